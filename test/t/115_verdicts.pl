# An event that was accepted has not been processed yet: the worker asks what
# became of it.  It learns SUCCESS and FAILED as the service has them, for few
# requests, none of them for a single event; of what an earlier worker
# delivered, too; a role that may not ask has its events delivered all the same,
# and asks more and more seldom; and neither what is never decided nor a long
# table of it makes a look dear.  When role or server are gone, nobody asks.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

# Pages have fifty events; looks come after 2, 4 and 8 seconds.
use constant { EVENTS => 120, PATIENCE => 60 };

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

$sim->settings(lineage_requested_seconds => 0.2,
	lineage_processing_seconds => 0.4);
$sim->control('POST', 'lineage/rules',
	{ job_name => '^bad', status => 'FAILED' });
$sim->control('POST', 'lineage/rules',
	{ job_name => '^slow', status => 'SUCCESS', requested_seconds => 1,
		processing_seconds => 4 });
wait_worker($node);
what_becomes_of_many();
on_the_way();
by_the_next_worker();
who_may_not_ask();
never_decided();
a_long_table();
a_server_with_another_name();
another_server_of_the_name();
nobody_is_left();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# One transaction for all.
sub enqueue_many
{
	my ($job, $count) = @_;

	return $node->safe_psql('postgres', join ";\n", 'BEGIN',
		(map { 'SELECT datazone_enqueue_lineage(' . event_sql("$job $_") . ')' }
			1 .. $count), 'COMMIT');
}

sub statuses
{
	my ($jobs) = @_;

	return "SELECT coalesce(string_agg(s, ', ' ORDER BY s), 'none') FROM (
		SELECT concat_ws(' ', count(*), coalesce(processing_status, 'unknown'))
		FROM datazone_delivery WHERE job ~ '^shop/$jobs'
		GROUP BY processing_status) AS t (s)";
}

# What the service says is what the table says, event by event.
sub is_the_truth
{
	my ($what) = @_;
	my %known = map { split /\|/ } split /\n/, $node->safe_psql('postgres',
		'SELECT service_id, processing_status FROM datazone_delivery');
	my %truth = map { $_->{id} => $_->{status} } $sim->lineage;

	return is_deeply(\%known, \%truth, $what);
}

sub what_becomes_of_many
{
	enqueue_many('good', EVENTS);
	enqueue_many('bad', 3);
	wait_value($node, statuses('(good|bad)'),
		qr/^${\EVENTS} SUCCESS, 3 FAILED$/, 'verdicts', PATIENCE);
	is_the_truth('each event has its own verdict');
	my $asked = $sim->count('ListLineageEvents');
	note "asked $asked times for " . (EVENTS + 3) . ' events';
	cmp_ok($asked, '<=', 3 * 4, 'for few requests');
	cmp_ok($asked, '>', 1, 'more than a page');
	is($sim->count('GetLineageEvent'), 0, 'and none for a single event');
	return;
}

# A verdict that takes longer is waited for, and its stages are seen.
sub on_the_way
{
	enqueue($node, 'slow');
	wait_value($node, statuses('slow'), qr/REQUESTED|PROCESSING/,
		'a stage', PATIENCE);
	pass('what is not decided yet is seen');
	wait_value($node, statuses('slow'), qr/^1 SUCCESS$/, 'the verdict',
		PATIENCE);
	is_the_truth('and the verdict, later');
	return;
}

sub by_the_next_worker
{
	enqueue($node, 'slow again');
	wait_delivered($node, EVENTS + 5);
	my $pid = worker_pid($node);
	$node->safe_psql('postgres', "SELECT pg_terminate_backend($pid)");
	poll_until(sub { my $now = worker_pid($node); $now && $now != $pid },
		'another worker');
	wait_value($node, statuses('slow again'), qr/^1 SUCCESS$/, 'the verdict',
		PATIENCE);
	pass('another worker asks for what the first one delivered');
	return;
}

# Events keep coming, and none may be asked for: pauses double, whatever comes.
# A change in the catalogs has it tried again.
sub who_may_not_ask
{
	my $already = $node->safe_psql('postgres',
		'SELECT count(*) FROM datazone_delivery');
	my $n = 0;

	$sim->clear_log;
	$sim->fault('ListLineageEvents', 'error', 'all', status => 403,
		code => 'AccessDeniedException');
	my $until = time() + 16;
	while (time() < $until)
	{
		enqueue($node, 'not told ' . ++$n);
		select undef, undef, undef, 0.1;
	}
	wait_delivered($node, $already + $n);
	my $asked = $sim->count('ListLineageEvents');
	note "$n events, $asked requests";
	cmp_ok($n, '>', 20, 'events that nobody may ask for are delivered');
	cmp_ok($asked, '>=', 2, 'it is tried again');
	cmp_ok($asked, '<=', 5, 'more and more seldom');
	is($node->safe_psql('postgres', statuses('not told')), "$n unknown",
		'and there is no verdict');
	$sim->clear_faults;
	$node->safe_psql('postgres', "ALTER SERVER sim OPTIONS (ADD max_attempts '3')");
	wait_value($node, statuses('not told'), qr/^$n SUCCESS$/,
		'the verdicts of all, once it may', 10);
	pass('a change in the catalogs has it tried at once');
	return;
}

# One event stays undecided, and a thousand came after it: those that come now
# are asked for without listing the thousand each time.
sub never_decided
{
	$sim->control('POST', 'lineage/rules',
		{ job_name => '^never', status => 'SUCCESS', requested_seconds => 1,
			processing_seconds => 1e6 });
	enqueue($node, 'never');
	enqueue_many('crowd', 1000);
	wait_value($node, statuses('crowd'), qr/^1000 SUCCESS$/, 'verdicts',
		PATIENCE);

	# what came long ago, as far as we know
	$node->safe_psql('postgres', q{UPDATE datazone_delivery
		SET delivered_at = delivered_at - interval '20 minutes',
			enqueued_at = enqueued_at - interval '20 minutes'
		WHERE job = 'shop/never'});
	steady(time() + 10);
	$sim->clear_log;
	steady(time() + 20);
	my $asked = $sim->count('ListLineageEvents');
	note "$asked requests beside one that is never decided";
	cmp_ok($asked, '<=', 30, 'one that is never decided costs little');
	cmp_ok($asked, '>', 0, 'and keeps nobody from being asked for');
	return;
}

sub steady
{
	my ($until) = @_;

	while (time() < $until)
	{
		enqueue($node, 'steady');
		select undef, undef, undef, 0.5;
	}
	return;
}

# A table of events that nobody ever decided is not gone through.
sub a_long_table
{
	my $reads = q{SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables
		WHERE relname = 'datazone_delivery'};
	my $role = $node->safe_psql('postgres', 'SELECT current_user');

	wait_value($node, statuses('steady'), qr/^\d+ SUCCESS$/, 'the verdicts',
		PATIENCE);
	$node->safe_psql('postgres', qq{
		INSERT INTO datazone_delivery (outbox_id, role, server, server_id,
			operation, domain_id, service_id, enqueued_at, delivered_at)
		SELECT -n, '$role', 'sim', oid, 'PostLineageEvent', 'dzd_simulator',
			'none' || n, t, t
		FROM pg_foreign_server, generate_series(1, 100000) n,
			LATERAL (SELECT now() - interval '2 minutes'
				- n * interval '30 ms') m (t)
		WHERE srvname = 'sim';
		ANALYZE datazone_delivery});
	$node->safe_psql('postgres', 'SELECT pg_stat_force_next_flush()');
	my $before = $node->safe_psql('postgres', $reads);
	for (1 .. 2)
	{
		my $id = enqueue($node, 'beside');
		wait_value($node, "SELECT processing_status FROM datazone_delivery
			WHERE outbox_id = $id", qr/^SUCCESS$/, 'its verdict', PATIENCE);
	}
	my $read = $node->safe_psql('postgres', $reads) - $before;
	note "$read rows read";
	cmp_ok($read, '<', 50000, 'looks read what is new, not what there is');
	$node->safe_psql('postgres', 'DELETE FROM datazone_delivery WHERE outbox_id < 0');
	return;
}

# What a server is called changes nothing: its events were enqueued before it
# got another name.
sub a_server_with_another_name
{
	$node->safe_psql('postgres', "ALTER SERVER sim OPTIONS (ADD paused 'true')");
	my $id = enqueue($node, 'renamed', run => 42);
	$node->safe_psql('postgres', "ALTER SERVER sim RENAME TO other;
		ALTER SERVER other OPTIONS (DROP paused)");
	wait_value($node, statuses('renamed'), qr/^1 SUCCESS$/,
		'the verdict of a server that was renamed', PATIENCE);
	pass('a server that was renamed learns its verdicts');
	is( $node->safe_psql('postgres', "SELECT run_id, server_id = (
			SELECT oid FROM pg_foreign_server WHERE srvname = 'other')
			FROM datazone_delivery WHERE outbox_id = $id"),
		'019abd5e-5c00-7c3e-9d0c-000000000042|t',
		'the delivery says which run it was, and which server');
	$node->safe_psql('postgres', 'ALTER SERVER other RENAME TO sim');
	return;
}

# The next server of a name does not ask for the former one's events, neither
# does it answer for them; nor does another role of the same service.
sub another_server_of_the_name
{
	my $key = q{access_key_id 'AKIDEXAMPLE',
		secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'};

	$node->safe_psql('postgres', "CREATE ROLE etl;
		GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage TO etl");
	create_datazone_server($node, 'lent', $sim, rate_limit => 0);
	$sim->control('POST', 'lineage/rules',
		{ job_name => '^former', status => 'FAILED', requested_seconds => 0.1,
			processing_seconds => 8 });
	enqueue($node, 'former', server => 'lent');
	wait_value($node, statuses('former'), qr/^1/, 'the delivery');
	$node->safe_psql('postgres', 'DROP SERVER lent CASCADE');
	create_datazone_server($node, 'lent', $sim, rate_limit => 0);
	$node->safe_psql('postgres', "GRANT USAGE ON FOREIGN SERVER lent TO etl;
		CREATE USER MAPPING FOR etl SERVER lent OPTIONS ($key)");
	my $before = $node->safe_psql('postgres', statuses('former'));
	enqueue($node, 'latter', server => 'lent');
	enqueue($node, 'latter', server => 'lent', set => 'SET ROLE etl');
	poll_until(sub { grep { $_->{status} eq 'FAILED' } $sim->lineage },
		'the former event to be processed');
	enqueue($node, 'latter', server => 'lent');
	wait_value($node, statuses('latter'), qr/^3 SUCCESS$/, 'the verdicts',
		PATIENCE);
	is($node->safe_psql('postgres', statuses('former')), $before,
		'a server of the same name asks for its own events only');
	return;
}

# Somebody whose events are still undecided is dropped, and so is a server: that
# is noticed once.
sub nobody_is_left
{
	my $key = q{access_key_id 'AKIDEXAMPLE',
		secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'};
	my $log = -s $node->logfile;
	my $count = sub {
		my ($what) = @_;
		my @times = slurp_file($node->logfile, $log) =~
		  /no verdicts of domain .*: $what .* no longer exists/g;

		return scalar @times;
	};

	$node->safe_psql('postgres', q{ALTER SYSTEM SET log_min_messages = 'debug1'});
	$node->reload;
	$sim->control('POST', 'lineage/rules',
		{ job_name => '^left', status => 'SUCCESS', requested_seconds => 1,
			processing_seconds => 1e6 });
	create_datazone_server($node, 'gone', $sim, rate_limit => 0);
	$node->safe_psql('postgres', "CREATE ROLE leaver;
		GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage TO leaver;
		GRANT USAGE ON FOREIGN SERVER sim TO leaver;
		CREATE USER MAPPING FOR leaver SERVER sim OPTIONS ($key)");
	enqueue($node, 'left 1', set => 'SET ROLE leaver');
	enqueue($node, 'left 2', server => 'gone');
	wait_value($node, statuses('left'), qr/^2 (REQUESTED|PROCESSING)$/,
		'both to be asked for', PATIENCE);
	$node->safe_psql('postgres', 'DROP USER MAPPING FOR leaver SERVER sim;
		DROP OWNED BY leaver; DROP ROLE leaver; DROP SERVER gone CASCADE');
	my $since;
	poll_until(
		sub {
			return 0 unless $count->('role') && $count->('foreign server');
			$since //= time();
			return time() - $since > 10;
		},
		'both to be missed, and some seconds', PATIENCE + 10);
	is($count->('role'), 1, 'a role that is gone: nobody asks for its events');
	is($count->('foreign server'), 1, 'nor of a server that is gone');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET log_min_messages');
	$node->reload;
	return;
}
