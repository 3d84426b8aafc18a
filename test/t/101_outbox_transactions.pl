# What is enqueued lives and dies with its transaction: nothing is sent for a
# rollback, a savepoint that was rolled back, ROLLBACK PREPARED, a session that
# was killed or a commit that was lost; everything else is, once.  COMMIT
# PREPARED sends from whichever session it comes, or from logical replication.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $node = new_worker_node(
	'main', $sim,
	conf => "max_prepared_transactions = 10\n"
	  . "wal_retrieve_retry_interval = '100ms'\n",
	server => { rate_limit => 0 });

$node->safe_psql('postgres', q{
	CREATE TABLE load (job text);
	CREATE FUNCTION enqueue(name text) RETURNS bigint LANGUAGE sql AS $$
		INSERT INTO load VALUES (name);
		SELECT datazone_enqueue_lineage(jsonb_build_object(
			'eventType', 'COMPLETE', 'eventTime', '2026-11-21T06:00:00Z',
			'producer', 'https://example.com/load',
			'schemaURL', 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
			'run', jsonb_build_object('runId', gen_random_uuid()),
			'job', jsonb_build_object('namespace', 'shop', 'name', name)));
	$$});
wait_worker($node);
rollbacks();
prepared();
depth_beside_a_queue();
applied();
slow_transactions();
killed_sessions();
crashes();
lost_commits();
many_in_a_session();
null_token();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# What the table of loads says has happened is what the service has heard of.
sub same_as_table
{
	my ($what) = @_;
	my $loads = $node->safe_psql('postgres',
		'SELECT job FROM load ORDER BY job COLLATE "C"');
	my $summary;

	wait_value($node, q{SELECT count(*) FROM datazone_outbox}, qr/^0$/,
		"$what: the queue to drain");
	is(join("\n", sort(accepted($sim))), $loads, "$what: what was committed, once");
	$summary = $sim->control('GET', 'lineage?summary=1');
	is_deeply($summary->{accepted_twice}, [], "$what: no token twice");
	$node->safe_psql('postgres', 'DELETE FROM load');
	$sim->reset;
	return;
}

# Whether the worker has looked, and sent nothing: an entry that comes later
# has gone out.
sub nothing_but
{
	my ($what) = @_;

	$node->safe_psql('postgres', "SELECT enqueue('later')");
	wait_value($node, q{SELECT count(*) FROM datazone_delivery
		WHERE job = 'shop/later'}, qr/^[1-9]/, "$what: a later entry");
	same_as_table($what);
	$node->safe_psql('postgres', 'DELETE FROM datazone_delivery');
	return;
}

sub rollbacks
{
	$node->safe_psql('postgres', "BEGIN; SELECT enqueue('no'); ROLLBACK");
	$node->psql('postgres', "BEGIN; SELECT enqueue('no'); SELECT 1 / 0; COMMIT");
	nothing_but('ROLLBACK');
	$node->safe_psql('postgres', "
		BEGIN;
		SELECT enqueue('yes 1');
		SAVEPOINT a;
		SELECT enqueue('no');
		SAVEPOINT b;
		SELECT enqueue('no');
		RELEASE b;
		ROLLBACK TO a;
		SELECT enqueue('yes 2');
		SAVEPOINT c;
		SELECT enqueue('yes 3');
		RELEASE c;
		COMMIT");
	nothing_but('savepoints');
	# only subtransactions have done something
	$node->safe_psql('postgres', q{
		DO $$
		BEGIN
			FOR n IN 1..5 LOOP
				BEGIN
					PERFORM enqueue('loop ' || n);
					IF n % 2 = 0 THEN
						RAISE division_by_zero;
					END IF;
				EXCEPTION WHEN division_by_zero THEN NULL;
				END;
			END LOOP;
		END $$});
	nothing_but('exceptions in PL/pgSQL');
	return;
}

sub prepared
{
	my $idle = DatazoneSession->new($node);

	$node->safe_psql('postgres', "
		BEGIN; SELECT enqueue('prepared 1'); PREPARE TRANSACTION 'one';
		BEGIN; SELECT enqueue('prepared 2'); PREPARE TRANSACTION 'two';
		BEGIN; SAVEPOINT a; SELECT enqueue('no'); ROLLBACK TO a;
		SELECT enqueue('prepared 3'); PREPARE TRANSACTION 'three'");
	nothing_but('PREPARE TRANSACTION');
	$node->safe_psql('postgres', "ROLLBACK PREPARED 'one'");
	nothing_but('ROLLBACK PREPARED');

	# from another session, which has never enqueued: it wakes the worker
	my $sent = time();
	$idle->query("COMMIT PREPARED 'two'");
	wait_accepted($sim, 1);
	cmp_ok(time() - $sent, '<', 3, 'COMMIT PREPARED elsewhere: at once');
	same_as_table('COMMIT PREPARED');

	# it survives a crash, and a restart finds it when it is committed
	kill_cluster();
	nothing_but('prepared, and a crash');
	$node->safe_psql('postgres', "COMMIT PREPARED 'three'");
	wait_accepted($sim, 1);
	same_as_table('COMMIT PREPARED after a crash');
	$idle->close;
	wait_value($node, "SELECT queue_depth FROM datazone_stat
		WHERE datname = 'postgres'", qr/^0$/, 'the depth to be right again');
	return;
}

# The depth of the queue is right again after a ROLLBACK PREPARED, and after
# somebody has deleted rows, though something waits all the time.
sub depth_beside_a_queue
{
	my $depth = "SELECT queue_depth FROM datazone_stat
		WHERE datname = 'postgres'";
	my $full = 3;

	$node->safe_psql('postgres', "ALTER SERVER sim OPTIONS (ADD paused 'true');
		SELECT enqueue('waits')");
	for my $n (1 .. 3)
	{
		$node->safe_psql('postgres', "BEGIN; SELECT enqueue('no $n');
			PREPARE TRANSACTION 'no'");
		$node->safe_psql('postgres', "ROLLBACK PREPARED 'no'");
	}
	wait_value($node, $depth, qr/^1$/, 'the depth after ROLLBACK PREPARED');
	pass('ROLLBACK PREPARED leaves the depth right while something waits');

	$node->safe_psql('postgres', "SELECT enqueue('by hand') FROM generate_series(2, $full);
		ALTER SYSTEM SET datazone.max_queue_size = $full");
	$node->reload;
	wait_value($node, 'SHOW datazone.max_queue_size', qr/^$full$/, 'the limit');
	my (undef, undef, $said) =
	  $node->psql('postgres', "SELECT enqueue('no')");
	like($said, qr/the outbox is full/, 'the outbox is full');
	$node->safe_psql('postgres', "DELETE FROM load WHERE job = 'by hand';
		DELETE FROM datazone_outbox_entry WHERE job = 'shop/by hand'");
	poll_until(sub { $node->psql('postgres', "SELECT enqueue('waits, too')") == 0 },
		'the outbox to have room');
	pass('who finds the queue full has it counted');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.max_queue_size;
		ALTER SERVER sim OPTIONS (DROP paused)');
	$node->reload;
	same_as_table('what waited meanwhile');
	return;
}

# COMMIT PREPARED that logical replication applies is nobody's command.  The
# process that applies it may not be the one that applied the PREPARE.
sub applied
{
	my $publisher = PostgreSQL::Test::Cluster->new('publisher');

	$publisher->init(allows_streaming => 'logical');
	$publisher->append_conf('postgresql.conf', 'max_prepared_transactions = 10');
	$publisher->start;
	$publisher->safe_psql('postgres', 'CREATE TABLE feed (job text);
		CREATE PUBLICATION feed FOR TABLE feed');
	$node->safe_psql('postgres', q{
		CREATE TABLE feed (job text);
		CREATE FUNCTION feed() RETURNS trigger LANGUAGE plpgsql
			SET search_path = public AS $$
			BEGIN PERFORM enqueue(NEW.job); RETURN NULL; END $$;
		CREATE TRIGGER feed AFTER INSERT ON feed FOR EACH ROW
			EXECUTE FUNCTION feed();
		ALTER TABLE feed ENABLE ALWAYS TRIGGER feed;
		CREATE SUBSCRIPTION feed CONNECTION $$}
		  . $publisher->connstr('postgres')
		  . q{$$ PUBLICATION feed WITH (two_phase = true)});
	wait_value($node, 'SELECT subtwophasestate FROM pg_subscription', qr/^e$/,
		'replication in two phases');
	$publisher->safe_psql('postgres', "INSERT INTO feed VALUES ('plain')");
	wait_accepted($sim, 1);
	same_as_table('applied');

	for my $restarts (0, 1)
	{
		$publisher->safe_psql('postgres', "BEGIN;
			INSERT INTO feed VALUES ('applied $restarts');
			PREPARE TRANSACTION 'feed'");
		wait_value($node, 'SELECT count(*) FROM pg_prepared_xacts WHERE gid ~ $$^pg_gid$$',
			qr/^1$/, 'the PREPARE to be applied');
		nothing_but('applied PREPARE TRANSACTION');
		restart_apply() if $restarts;
		$publisher->safe_psql('postgres', "COMMIT PREPARED 'feed'");
		wait_value($node, 'SELECT count(*) FROM load', qr/^1$/,
			'the COMMIT PREPARED to be applied');
		my $applied = time();
		wait_accepted($sim, 1);
		cmp_ok(time() - $applied, '<', 3, "sent at once ($restarts restarts)");
		same_as_table('applied COMMIT PREPARED');
	}
	$node->safe_psql('postgres', 'DROP SUBSCRIPTION feed');
	$publisher->stop;
	return;
}

# Until another process applies.
sub restart_apply
{
	my $apply = "FROM pg_stat_subscription WHERE pid IS NOT NULL
		AND received_lsn IS NOT NULL";
	my $pid = $node->safe_psql('postgres', "SELECT pid $apply");

	$node->safe_psql('postgres', "SELECT pg_terminate_backend($pid)");
	wait_value($node, "SELECT count(*) $apply AND pid <> $pid", qr/^1$/,
		'another process to apply');
	return;
}

# Transactions that overlap: one that began long ago commits last.
sub slow_transactions
{
	my @sessions = map { DatazoneSession->new($node) } 1 .. 5;

	for my $n (0 .. 4)
	{
		$sessions[$n]->query('BEGIN');
		$sessions[$n]->query("SELECT enqueue('overlap $n')");
	}
	$node->safe_psql('postgres', "SELECT enqueue('between')");
	wait_accepted($sim, 1);
	for my $n (4, 1, 3, 0)
	{
		$sessions[$n]->query('COMMIT');
		my $before = scalar $sim->lineage;
		poll_until(sub { scalar($sim->lineage) > $before - 1 }, 'an event');
	}
	$sessions[2]->query('ROLLBACK');
	$_->close for @sessions;
	wait_accepted($sim, 5);
	same_as_table('transactions that overlap');

	# a REPEATABLE READ transaction, and one with hundreds of subtransactions
	$node->safe_psql('postgres', q{
		BEGIN ISOLATION LEVEL SERIALIZABLE;
		SELECT enqueue('serializable');
		COMMIT;
		DO $$
		BEGIN
			FOR n IN 1..300 LOOP
				BEGIN
					PERFORM enqueue('sub ' || n);
				EXCEPTION WHEN division_by_zero THEN NULL;
				END;
			END LOOP;
		END $$});
	same_as_table('many subtransactions');
	return;
}

# A client that dies, and a backend that is terminated, have not committed.
sub killed_sessions
{
	my $client = DatazoneSession->new($node);
	my $backend = DatazoneSession->new($node);

	$client->query('BEGIN');
	$client->query("SELECT enqueue('no')");
	$client->kill9;
	$backend->query('BEGIN');
	$backend->query("SELECT enqueue('no')");
	$node->safe_psql('postgres',
		"SELECT pg_terminate_backend(${\$backend->pid})");
	$backend->close;
	nothing_but('sessions that were killed');
	return;
}

sub kill_cluster
{
	$node->stop('immediate');
	$node->start;
	wait_worker($node);
	return;
}

# Committed before, and in between, and not at all.
sub crashes
{
	my $open = DatazoneSession->new($node);

	$sim->fault('PostLineageEvent', 'slow', 'all', ms => 300);
	$open->query('BEGIN');
	$open->query("SELECT enqueue('no')");
	$node->safe_psql('postgres', "SELECT enqueue('before ' || n)
		FROM generate_series(1, 50) n");
	poll_until(sub { $sim->count('PostLineageEvent') }, 'a request');
	kill_cluster();
	$open->close;
	$sim->clear_faults;
	same_as_table('a crash in mid-delivery');
	return;
}

# With synchronous_commit off a crash loses the last commits: nothing that is
# lost may have been announced.
sub lost_commits
{
	my $lost = 0;

	$node->safe_psql('postgres', "ALTER SYSTEM SET wal_writer_delay = '10s';
		ALTER SYSTEM SET wal_writer_flush_after = 0");
	$node->restart;
	wait_worker($node);
	for my $round (1 .. 5)
	{
		my $session = DatazoneSession->new($node);

		$session->query('SET synchronous_commit = off');
		$session->query("SELECT enqueue('asynchronous $round.$_')") for 1 .. 20;
		$node->stop('immediate');
		$session->close;
		$node->start;
		wait_worker($node);
		wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
			'the queue to drain');
		my %there = map { $_ => 1 } split /\n/,
		  $node->safe_psql('postgres', 'SELECT job FROM load');
		my @false = grep { !$there{$_} } accepted($sim);
		is("@false", '', "round $round: nothing is announced that is lost");
	}
	same_as_table('synchronous_commit = off');
	return;
}

# One session, thousands of transactions: each arrives, and the last as cheaply
# as the first.
sub many_in_a_session
{
	my $session = DatazoneSession->new($node);
	my $loop = q{
		DO $$ BEGIN
			FOR n IN 1..%d LOOP
				PERFORM enqueue('many ' || '%s.' || n);
				COMMIT;
			END LOOP;
		END $$};
	my @took;

	for my $round (1 .. 4)
	{
		my $began = time();
		my $result = $session->query(sprintf $loop, 500, $round);
		is($result->{sqlstate}, '00000', "500 transactions ($round)");
		push @took, time() - $began;
	}
	$session->close;
	cmp_ok($took[3], '<', 3 * $took[1] + 0.5,
		sprintf 'as fast as before: %.2f s, %.2f s', @took[ 1, 3 ]);
	same_as_table('many transactions of a session');
	return;
}

# A token that is null is none: one is made, and each attempt carries it.
sub null_token
{
	$sim->fault('StartDataSourceRun', 'drop_after', 1);
	$node->safe_psql('postgres', q{SELECT datazone_enqueue('StartDataSourceRun',
		'{"dataSourceIdentifier": "ds_orders", "clientToken": null}')});
	wait_value($node, q{SELECT count(*) FROM datazone_outbox}, qr/^0$/,
		'the delivery');
	my @tokens = map { JSON::PP->new->decode($_->{body})->{clientToken} }
	  $sim->log('StartDataSourceRun');
	is(scalar @tokens, 2, 'its answer was lost, so it is sent again');
	like($tokens[0], qr/^[0-9a-f-]{36}$/, 'with a token that was made');
	is($tokens[1], $tokens[0], 'and with the same');
	is(scalar($sim->effects('StartDataSourceRun')), 1, 'it has happened once');
	return;
}
