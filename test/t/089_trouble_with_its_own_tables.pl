# What the worker meets in its own tables and catalogs costs what is in trouble and
# nothing else: a transaction that stays open on a watch, a table that cannot
# be written; the log is told once.  Commands that have the worker look at its
# extension leave no memory behind.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# What a change may take to be seen, where each cycle is a second.
use constant SOON => 3;

# How much the worker's longest-lived memory may grow by in ten cycles.
use constant GROWTH => 512;

my @sources = qw(ds_orders ds_stores ds_payments);
my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	server => { rate_limit => 0 },
	conf => "max_prepared_transactions = 2\n");

watch($node, @sources);
wait_value($node, 'SELECT bool_and(last_sync_at IS NOT NULL)
	FROM datazone_watched_data_source', qr/^t$/, 'the first sync');
my $pid = wait_worker($node);

open_transaction();
table_refuses();
memory();
is(worker_pid($node), $pid, 'the worker has lived through all of it');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# The seconds until a run of a data source is in the table.
sub latency
{
	my $began = time();
	my $run = start_ended_run($sim, 'ds_stores');

	wait_value($node, "SELECT status FROM datazone_run WHERE id = '$run'",
		qr/\w/, 'a run to be seen');
	return time() - $began;
}

# Warnings in the log since an offset.
sub warnings_since
{
	my ($offset) = @_;
	my @all =
	  slurp_file($node->logfile, $offset) =~ /^.*WARNING: .*datazone worker.*$/mg;

	return @all;
}

# Somebody calls datazone_watch() and forgets to commit.
sub open_transaction
{
	my $session = DatazoneSession->new($node);
	my $offset = -s $node->logfile;
	my $now = $node->safe_psql('postgres', 'SELECT now()');

	$session->query('BEGIN');
	$session->query("SELECT datazone_watch('ds_orders', '1 second')");
	my ($slowest) = sort { $b <=> $a } map { latency() } 1 .. 8;
	cmp_ok($slowest, '<', SOON,
		sprintf 'beside a watch that is locked changes are seen (%.1f s)',
		$slowest);
	is( wait_value($node, "SELECT string_agg(data_source_id, ','
				ORDER BY data_source_id)
			FROM datazone_watched_data_source
			WHERE last_sync_at > '$now'::timestamptz + interval '2 s'",
			qr/,/, 'last_sync_at of the others'),
		'ds_payments,ds_stores',
		'and what the other watches say is saved');
	cmp_ok(scalar(warnings_since($offset)), '<=', 2, 'the log stays short');
	$session->query('COMMIT');
	$session->close;
	wait_value($node, "SELECT last_sync_at > now() - interval '2 s'
		FROM datazone_watched_data_source WHERE data_source_id = 'ds_orders'",
		qr/^t$/, 'the watch that was locked to be saved');
	pass('which catches up');
	return;
}

# A constraint of the table's owner.
sub table_refuses
{
	my $offset = -s $node->logfile;

	$node->safe_psql('postgres', q{
		ALTER TABLE datazone_watched_data_source ADD CONSTRAINT never
		CHECK (last_sync_at < '2001-01-01') NOT VALID});
	my $used = cpu_seconds($pid);
	my ($slowest) = sort { $b <=> $a } map { latency() } 1 .. 6;
	my $until = time() + 4;
	poll_until(sub { time() >= $until }, 'time');
	cmp_ok($slowest, '<', SOON,
		sprintf 'while no watch can be saved changes are seen (%.1f s)',
		$slowest);
	cmp_ok(cpu_seconds($pid) - $used, '<', 1, 'the worker does not spin');
	my @warnings = warnings_since($offset);
	like($warnings[0] // 'none', qr/never/, 'the log says what is wrong');
	cmp_ok(scalar @warnings, '<=', 2, 'and says it once');
	like(
		$node->safe_psql('postgres',
			'SELECT worker_last_error FROM datazone_stat'),
		qr/never/,
		'so does datazone_stat');
	like(
		$node->safe_psql('postgres',
			"SELECT state FROM pg_stat_activity WHERE pid = $pid"),
		qr/^(?:idle)?$/,
		'between its statements the worker is idle');
	$node->safe_psql('postgres',
		'ALTER TABLE datazone_watched_data_source DROP CONSTRAINT never');
	wait_value($node, q{SELECT bool_and(last_sync_at > now() - interval '2 s')
		FROM datazone_watched_data_source}, qr/^t$/, 'the watches to be saved');
	pass('once it is gone they are saved');
	return;
}

# Bytes that the worker's longest-lived memory context has in use.
sub top_memory
{
	my $offset = -s $node->logfile;
	my $used;

	$node->safe_psql('postgres', "SELECT pg_log_backend_memory_contexts($pid)");
	poll_until(
		sub {
			($used) = slurp_file($node->logfile, $offset) =~
			  /TopMemoryContext: \d+ total in .*; (\d+) used/;
			return defined $used;
		},
		'the memory contexts');
	return $used;
}

# Each ends a transaction of the worker's in its own way.
sub memory
{
	$node->safe_psql('postgres', $_)
	  for 'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1',
	  'ALTER EXTENSION datazone ADD FUNCTION f()',
	  'ALTER EXTENSION datazone DROP FUNCTION f()',
	  'DROP EXTENSION plpgsql', 'CREATE EXTENSION plpgsql',
	  q{BEGIN; CREATE TABLE t (); PREPARE TRANSACTION 'p'},
	  q{COMMIT PREPARED 'p'},
	  q{ALTER TABLE datazone_watched_data_source ADD CONSTRAINT never
		CHECK (last_sync_at < '2001-01-01') NOT VALID};
	wait_cycles($sim, 3, \@sources);
	my $before = top_memory();
	wait_cycles($sim, 10, \@sources);
	my $grown = top_memory() - $before;
	cmp_ok($grown, '<=', GROWTH,
		"ten cycles later as much memory as before ($grown bytes more)");
	return;
}
