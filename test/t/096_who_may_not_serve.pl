# A worker refuses a version of the extension that its library does not know and
# says so; a standby waits for its promotion and says so; nobody but another
# worker can keep one out.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use File::Basename;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	init => [ allows_streaming => 1 ],
	conf => process_conf());

make_database($node, 'second');
my $pid = wait_running($node, 'postgres');
version_unknown();
no_process_slot();
lock_is_our_own();
two_workers();
standby_waits();
$node->stop;
done_testing();

sub set_version
{
	my ($version) = @_;

	$node->safe_psql('second', "UPDATE pg_extension SET extversion = '$version'
		WHERE extname = 'datazone'");
	return;
}

sub version_unknown
{
	my $old = wait_running($node, 'second');

	set_version('99.0');
	ask($node, "SELECT pg_terminate_backend($old)");
	my $worker = wait_state($node, 'second', qr/^refused$/);
	like($worker->{error}, qr/version 99\.0.* knows 1\./,
		'datazone_stat names both versions');
	$node->wait_for_log(qr/WARNING:  datazone worker does not serve .*99\.0/);
	$node->wait_for_log(qr/HINT:  .*ALTER EXTENSION datazone UPDATE/);
	my $count = starts($node, 'second');
	wait_round($node);
	is(scalar starts($node, 'second'), $count, 'it is not tried again');
	is(wait_running($node, 'postgres'), $pid, 'others are not concerned');

	# a probe finds that it is well again
	set_version('1.0');
	$node->safe_psql('second', 'ALTER EXTENSION datazone UPDATE');
	ok(wait_running($node, 'second'), 'after ALTER EXTENSION it serves');

	# one that changes while the worker runs, seen at any ALTER EXTENSION
	my $session = DatazoneSession->new($node, dbname => 'second');
	run($session, 'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1');
	set_version('99.0');
	run($session, 'ALTER EXTENSION datazone ADD FUNCTION f()');
	wait_state($node, 'second', qr/^refused$/);
	pass('a worker that runs ends when the version is not known any more');
	set_version('1.0');
	run($session, 'ALTER EXTENSION datazone DROP FUNCTION f()');
	ok(wait_running($node, 'second'), 'and is back when it is');
	$session->close;
	return;
}

# What was wrong is not said any more when it is well.
sub no_process_slot
{
	ask($node, 'ALTER SYSTEM SET max_worker_processes = 2');
	ask($node, 'ALTER SYSTEM SET max_logical_replication_workers = 0');
	close_session($node);
	$node->restart;
	poll_until(
		sub {
			return join(' ', map { worker($node, $_)->{state} // '' }
				  qw(postgres second)) =~ /no worker slot/;
		},
		'a database without worker');
	my ($without) = grep { worker($node, $_)->{state} eq 'no worker slot' }
	  qw(postgres second);
	my ($with) = grep { $_ ne $without } qw(postgres second);

	like(worker($node, $without)->{error}, qr/max_worker_processes/,
		'no process slot: datazone_stat says so');
	ask($node, "ALTER SYSTEM SET datazone.databases = $without");
	$node->reload;
	wait_running($node, $without);
	is(worker($node, $without)->{error}, '',
		'and not any more when it has one');
	is(worker($node, $with)->{state},
		'not in datazone.databases', 'who left it says why');
	ask($node, 'ALTER SYSTEM RESET ALL');
	close_session($node);
	$node->restart;
	wait_running($node, $_) for qw(postgres second);
	return;
}

# An advisory lock with the worker's numbers, as any role could take it.
sub lock_is_our_own
{
	my $session = DatazoneSession->new($node, dbname => 'second');
	my ($space, $number) = split /\|/, run($session, q{
		SELECT classid, objid FROM pg_locks WHERE locktype = 'advisory'
			AND database = (SELECT oid FROM pg_database
				WHERE datname = 'second')});

	ok($number, 'a worker holds its lock') or return;
	for my $key ("$space, $number", "(${space}::bigint << 32) + $number")
	{
		is(run($session, "SELECT pg_try_advisory_lock($key)"),
			't', "a session's lock on ($key) is another one");
	}
	my $old = wait_running($node, 'second');
	ask($node, "SELECT pg_terminate_backend($old)");
	poll_until(
		sub {
			my $worker = worker($node, 'second');
			return $worker->{state} eq 'running' && $worker->{pid} ne $old
			  || $worker->{failures} > 0;
		},
		'another worker');
	is(worker($node, 'second')->{failures},
		'0', 'no session can keep a worker out with an advisory lock');
	$session->close;
	return;
}

# Something else has the lock that is a worker's, as another worker of the
# database would: nothing serves it a second time.  No SQL can take that lock,
# so a library does.
sub two_workers
{
	my $library = "${PostgreSQL::Test::Utils::tmp_check}/worker_lock.so";
	my $include = `$ENV{PG_CONFIG} --includedir-server`;
	my $old = wait_running($node, 'second');
	my $session = DatazoneSession->new($node, dbname => 'second');

	chomp $include;
	system_or_bail('cc', '-shared', '-fPIC', '-I', $include, '-o', $library,
		File::Basename::dirname(__FILE__) . '/../perl/worker_lock.c');
	run($session, "CREATE FUNCTION take_lock(int, int, int) RETURNS void
		AS '$library' LANGUAGE C");
	my ($lock) = run($session, q{
		SELECT format('%s, %s, %s', classid, objid, objsubid) FROM pg_locks
		WHERE locktype = 'advisory' AND pid = } . $old);

	# whoever waits for it has it before the next worker can start
	$session->send("SELECT take_lock($lock)");
	wait_value($node, "SELECT wait_event FROM pg_stat_activity
		WHERE pid = ${\$session->pid}", qr/^advisory$/, 'a session to wait');
	ask($node, "SELECT pg_terminate_backend($old)");
	is($session->result->{sqlstate}, '00000', 'another process has the lock');
	my $worker;
	poll_until(sub { $worker = worker($node, 'second');
		return $worker->{failures} > 1 }, 'a worker to fail');
	like($worker->{error}, qr/another session holds the advisory lock/,
		'there is one worker for a database');
	isnt($worker->{state}, 'running', 'and no other');
	$session->close;
	ok(wait_running($node, 'second'), 'the next one comes when that has gone');
	return;
}

sub standby_waits
{
	my $standby = PostgreSQL::Test::Cluster->new('standby');

	$node->backup('copy');
	$standby->init_from_backup($node, 'copy', has_streaming => 1);
	$standby->start;
	$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
	is( $standby->safe_psql('second',
			q{SELECT worker_state, worker_pid IS NULL FROM datazone_stat
			WHERE datname = current_database()}),
		'waiting for promotion|t',
		'a standby says what its worker waits for');
	is(launcher_pid($standby), undef, 'and has no launcher');
	$standby->promote;
	ok(wait_running($standby, $_), "promoted: a worker in $_")
	  for qw(second postgres);
	$standby->stop;
	return;
}
