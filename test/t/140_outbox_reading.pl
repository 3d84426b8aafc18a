# What is looked at for an entry that has just been enqueued, in blocks of the
# table and its indexes: not the rows that a dump has brought, whatever the
# number of their transaction, nor what a transaction has enqueued that is
# still open.  Rows that are dead but for an old snapshot are gone through once,
# by a worker that begins.  And roles that come and go leave nothing behind.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use List::Util qw(min);
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# Rows that lie around, and entries whose cost is taken; more than are read at
# once when they become visible together.
use constant { ROWS => 20_000, ENTRIES => 100, BULK => 2_600 };

# Roles that come at once, and how often.
use constant { ROLES => 100, TIMES => 6 };

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 },
	conf => "autovacuum = off\n");
my $session = DatazoneSession->new($node);
my $enqueue = DatazoneSession->new($node);

# Rows as another cluster has them, or as a transaction here writes them.
$node->safe_psql('postgres', q{
	CREATE PROCEDURE fill(number xid8, origin bigint, gave_up text, rows int)
	LANGUAGE sql AS $$
		-- what is enqueued comes behind
		INSERT INTO datazone_outbox_entry (id, xid, operation, server,
			server_id, role, domain_id, client_token, payload, enqueued_at,
			state, origin_system_identifier, origin_database_id)
		SELECT n - rows, coalesce(number, pg_current_xact_id()), 'PostLineageEvent',
			'sim', s.oid, current_user::regrole, 'dzd_simulator',
			'token ' || n, '{}', now(), gave_up, origin, d.oid
		FROM generate_series(1, rows) n, pg_foreign_server s, pg_database d
		WHERE srvname = 'sim' AND datname = 'postgres' $$});
wait_worker($node);

my $alone = one_by_one('an empty table');
beside_rows_of_elsewhere();
beside_an_open_transaction();
behind_a_snapshot();
lanes_go();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$_->close for $session, $enqueue;
$node->stop;
done_testing();

# What everybody has reported of the queue: rows deleted, blocks looked at.
sub counters
{
	return split /\|/, $session->query(q{
		SELECT n_tup_del,
			heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit
		FROM pg_stat_all_tables JOIN pg_statio_all_tables USING (relid)
		WHERE relid = 'datazone_outbox_entry'::regclass})->{out};
}

# Entries that are delivered one after the other; gives the blocks for each.
# The cost of what they are compared with must have been reported.
sub one_by_one
{
	my ($what) = @_;
	my ($deleted, $blocks) = delivered(1);
	my ($last, $then) = delivered(ENTRIES);

	note sprintf '%s: %.1f blocks an entry', $what,
	  ($then - $blocks) / ENTRIES;
	return ($then - $blocks) / ENTRIES;
}

# The counters when so many more have been delivered.
sub delivered
{
	my ($entries) = @_;
	my ($before) = counters();
	my @now;

	for my $n (1 .. $entries)
	{
		my $id = $enqueue->query(
			"SELECT datazone_enqueue_lineage(${\event_sql($n)})")->{out};
		poll_until(
			sub {
				return $session->query("SELECT count(*)
					FROM datazone_delivery WHERE outbox_id = $id")->{out};
			},
			'a delivery');
	}
	poll_until(
		sub {
			@now = counters();
			return $now[0] - $before >= $entries;
		},
		'the deletions to be reported');
	return @now;
}

sub same_cost
{
	my ($what) = @_;

	# the worker counts the queue after a TRUNCATE, in one of them
	cmp_ok(min(map { one_by_one($what) } 1 .. 3), '<=', $alone * 2 + 5,
		"beside $what an entry costs as many blocks");
	return;
}

# A greater number than any transaction of this cluster has had.
sub beside_rows_of_elsewhere
{
	my $number = "'99999999999'::xid8";
	my $here = $node->safe_psql('postgres',
		'SELECT system_identifier FROM pg_control_system()');

	for my $case ([ 'pending', 1 ], [ 'failed', 1 ], [ 'failed', $here ])
	{
		my ($state, $origin) = @$case;
		my $whose = $origin eq '1' ? 'elsewhere' : 'a copy of here';

		$node->safe_psql('postgres',
			"CALL fill($number, $origin, '$state', ${\ROWS})");
		same_cost("$state rows of $whose");
		$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	}
	return;
}

sub beside_an_open_transaction
{
	my $open = DatazoneSession->new($node);

	$open->query('BEGIN');
	$open->query("CALL fill(NULL, 1, 'pending', ${\ROWS})");
	same_cost('what an open transaction has written');
	is($open->query('ROLLBACK')->{sqlstate}, '00000', 'it can end');
	$open->close;
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	return;
}

# How many entries of the lanes' index were gone through.
sub walked
{
	return $session->query(q{SELECT idx_tup_read FROM pg_stat_all_indexes
		WHERE indexrelname = 'datazone_outbox_entry_lane'})->{out};
}

sub set_enabled
{
	my ($enabled) = @_;

	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = '
		  . ($enabled ? 'on' : 'off'));
	$node->reload;
	wait_value($node, q{SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'}, $enabled ? qr/running/ : qr/disabled/,
		'the worker to know');
	return;
}

# Deliver a number of entries that commit together; gives how many entries of
# the index that took, as reported.
sub walked_for
{
	my ($entries) = @_;
	my $before = walked();
	my ($deleted) = counters();

	$node->safe_psql('postgres', "SELECT count(datazone_enqueue_lineage(
			jsonb_set(${\event_sql('bulk')}, '{run,runId}',
				to_jsonb(gen_random_uuid()))))
		FROM generate_series(1, $entries)");
	set_enabled(1);
	poll_until(
		sub {
			my ($now) = counters();
			return $now - $deleted >= $entries;
		},
		'the deletions to be reported', 120);
	return walked() - $before;
}

sub behind_a_snapshot
{
	my $old = DatazoneSession->new($node);

	$old->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
	$old->query('SELECT count(*) FROM pg_class');
	$node->safe_psql('postgres', "CALL fill(NULL, 1, 'pending', ${\ROWS});
		DELETE FROM datazone_outbox_entry");
	my $bulk = walked_for(BULK);
	note "$bulk for a bulk";
	cmp_ok($bulk, '<', ROWS,
		'many entries at once: dead rows are not gone through');
	set_enabled(0);
	my $dead = ROWS + BULK;
	my $begun = walked_for(1);
	note "$begun when it begins";
	cmp_ok($begun, '<', $dead * 1.5, 'a worker that begins does it once');
	$old->query('COMMIT');
	$old->close;
	$node->safe_psql('postgres', 'VACUUM datazone_outbox_entry');
	return;
}

# What the worker's table of lanes takes.
sub memory_of_lanes
{
	my $log = -s $node->logfile;
	my $pid = worker_pid($node);

	$node->safe_psql('postgres',
		"SELECT pg_log_backend_memory_contexts($pid)");
	return poll_until(
		sub {
			return slurp_file($node->logfile, $log) =~
			  /datazone lanes: (\d+) total.*Grand total/s ? $1 : 0;
		},
		'the memory contexts');
}

# Roles that are made for a job, as some identity brokers do.
sub lanes_go
{
	my @sizes;

	for my $time (1 .. TIMES)
	{
		# of an operation that has gone: it fails, and nobody connects
		$node->safe_psql('postgres', join ';',
			map { "CREATE ROLE job_${time}_$_" } 1 .. ROLES);
		$node->safe_psql('postgres', qq{
			INSERT INTO datazone_outbox_entry (xid, operation, server,
				server_id, role, payload, enqueued_at,
				origin_system_identifier, origin_database_id)
			SELECT pg_current_xact_id(), 'Gone', 'sim', s.oid, r.oid, '{}',
				now(), system_identifier, d.oid
			FROM pg_roles r, pg_foreign_server s, pg_database d,
				pg_control_system()
			WHERE rolname ~ '^job_${time}_' AND srvname = 'sim'
				AND datname = 'postgres'});
		delivered(1);
		wait_value($node, q{SELECT count(*) FROM datazone_outbox
			WHERE state = 'failed'}, qr/^${\($time * ROLES)}$/, 'failures');
		push @sizes, memory_of_lanes();
		# once a second idle ones go, and not without something to do
		my $until = time() + 1.5;
		delivered(1) while time() < $until;
	}
	note "@sizes";
	cmp_ok($sizes[-1], '<=', $sizes[0] * 2,
		'roles that come and go leave no lanes behind');
	return;
}
