# Each way to stop the server takes less than a second while requests are under
# way; a reload changes at once which databases have a worker, and whether
# workers work.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# The promise is a second; pg_ctl looks each tenth of one, and has to start.
use constant IN_TIME => 1.5;

my $odd = q{my "Odd", ☃ base};
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => process_conf()
	  . "wal_level = replica\nmax_wal_senders = 3\n");

make_database($node, $_) for 'second', $odd;
chooses_databases();
switched_off();
stops();
synchronous_standby();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

sub set_and_reload
{
	my ($name, $value) = @_;

	ask($node, "ALTER SYSTEM SET $name = " . literal($value));
	$node->reload;
	return;
}

sub chooses_databases
{
	my $began;
	my %pid = map { $_ => wait_running($node, $_) } 'postgres', 'second', $odd;

	$began = time();
	set_and_reload('datazone.databases', 'postgres, ' . identifier($odd));
	wait_no_worker($node, 'second');
	cmp_ok(time() - $began, '<', 1, 'a database left the list: no worker');
	poll_until(
		sub {
			return worker($node, 'second')->{state} eq
			  'not in datazone.databases';
		},
		'datazone_stat to say why');
	is(worker($node, 'second')->{error}, '', 'and that is no error');
	is(wait_running($node, $_), $pid{$_}, 'who is named keeps its worker')
	  for 'postgres', $odd;

	# new ones are chosen in the same way
	make_database($node, 'third');
	wait_state($node, 'third', qr/^not in datazone\.databases$/);
	is(scalar starts($node, 'third'), 0, 'a new one that is not named: none');
	ask($node, 'ALTER DATABASE third RENAME TO fourth');
	set_and_reload('datazone.databases', 'FOURTH, "postgres"');
	ok(wait_running($node, 'fourth'), 'a name without quotes is in lower case');
	ok(wait_no_worker($node, $odd), 'and who is not named loses its own');
	ask($node, 'ALTER DATABASE fourth RENAME TO fifth');
	ok(wait_no_worker($node, 'fifth'), 'renamed, it is not named any more');
	ask($node, 'DROP DATABASE fifth');

	set_and_reload('datazone.databases', '');
	ok(wait_no_worker($node, 'postgres'), 'an empty list: nobody');

	# refused: the old value stays
	my $session = DatazoneSession->new($node);
	for my $list ('a, "b', 'a,,b', 'a b', '*, a', '*, "*"')
	{
		is( $session->query('ALTER SYSTEM SET datazone.databases = '
				  . literal($list))->{sqlstate},
			'22023', "refused: $list");
	}
	$session->close;
	$node->append_conf('postgresql.auto.conf',
		"datazone.databases = 'a,,b'");
	$node->reload;
	$node->wait_for_log(qr/invalid value for parameter "datazone.databases"/);
	is(ask($node, 'SHOW datazone.databases'), '', 'so in a file');

	# a database may have any name
	set_and_reload('datazone.databases', '"*", postgres');
	wait_running($node, 'postgres');
	is(worker($node, 'second')->{state},
		'not in datazone.databases', 'a quoted * is a name');
	set_and_reload('datazone.databases', ' * ');
	ok(wait_running($node, 'second'), 'spaces around * do not matter');

	ask($node, 'ALTER SYSTEM RESET datazone.databases');
	$node->reload;
	ok(wait_running($node, $_), "RESET: a worker in $_")
	  for 'postgres', 'second', $odd;
	return;
}

sub switched_off
{
	make_server($node, 'second', $sim, 'ds_orders');
	wait_cycles($sim, 1, ['ds_orders']);
	my $pid = wait_running($node, 'second');

	set_and_reload('datazone.enabled', 'off');
	wait_state($node, 'second', qr/^disabled$/);
	is(worker($node, 'second')->{pid}, $pid, 'disabled: the worker stays');
	poll_until(sub { $sim->statistics->{in_flight} == 0 }, 'requests to end');
	my $count = $sim->statistics->{requests};
	my $until = time() + 2.5;
	poll_until(sub { time() >= $until }, 'more than two cycles');
	is($sim->statistics->{requests}, $count, 'and asks for nothing');

	# it still sees what becomes of its extension
	make_database($node, 'brief');
	wait_state($node, 'brief', qr/^disabled$/);
	$node->safe_psql('brief', 'DROP EXTENSION datazone');
	ok(wait_no_worker($node, 'brief'), 'disabled: DROP EXTENSION ends it');
	$node->safe_psql('brief', 'CREATE EXTENSION datazone');
	wait_state($node, 'brief', qr/^disabled$/);
	my $began = time();
	ask($node, 'DROP DATABASE brief');
	cmp_ok(time() - $began, '<', 2, 'so does DROP DATABASE');

	set_and_reload('datazone.enabled', 'on');
	is(wait_running($node, 'second'), $pid, 'enabled: it is the same worker');
	wait_cycles($sim, 1, ['ds_orders']);
	pass('and it asks again');
	return;
}

# Requests that will not be answered, in two databases.
sub wait_stalled
{
	poll_until(
		sub {
			return ask($node, q{SELECT coalesce(sum(in_flight), 0)
				FROM datazone_stat}) >= 2;
		},
		'requests in flight');
	return;
}

# What a reload changes holds at once, whatever is under way.
sub reloads
{
	wait_stalled();
	my $began = time();
	set_and_reload('datazone.enabled', 'off');
	wait_state($node, $_, qr/^disabled$/) for 'second', $odd;
	poll_until(
		sub {
			return ask($node, 'SELECT sum(in_flight) FROM datazone_stat') eq '0';
		},
		'requests to be given up');
	cmp_ok(time() - $began, '<', 1,
		'datazone.enabled = off gives up what is under way');
	set_and_reload('datazone.enabled', 'on');

	wait_stalled();
	$began = time();
	set_and_reload('datazone.databases', 'postgres');
	wait_no_worker($node, $_) for 'second', $odd;
	cmp_ok(time() - $began, '<', 1,
		'so does a database that leaves datazone.databases');
	ask($node, 'ALTER SYSTEM RESET datazone.databases');
	$node->reload;
	wait_running($node, $_) for 'second', $odd;
	return;
}

sub stops
{
	make_server($node, $odd, $sim, 'ds_returns');
	$sim->fault('*', 'stall', 'all', seconds => 60);
	reloads();
	for my $mode (qw(smart fast immediate))
	{
		wait_stalled();
		my @pids = (launcher_pid($node), map { wait_running($node, $_) }
			  'postgres', 'second', $odd);

		# a smart shutdown waits for sessions
		close_session($node);
		my $began = time();
		$node->stop($mode);
		cmp_ok(time() - $began, '<', IN_TIME, "a $mode stop");
		is(scalar(grep { kill(0, $_) } @pids), 0, 'leaves no process');
		$node->start;
	}

	# single processes
	wait_stalled();
	for my $pid (wait_running($node, 'second'), launcher_pid($node))
	{
		my $began = time();
		ask($node, "SELECT pg_terminate_backend($pid)");
		poll_until(sub { !kill(0, $pid) }, 'it to end');
		cmp_ok(time() - $began, '<', 1, 'pg_terminate_backend');
	}

	# the extension of one that waits for an answer
	wait_stalled();
	my $began = time();
	$node->safe_psql($odd, 'DROP EXTENSION datazone CASCADE');
	wait_no_worker($node, $odd);
	cmp_ok(time() - $began, '<', 1, 'DROP EXTENSION');

	# one that waits would do so for half a minute
	$sim->clear_faults;
	my $pid = wait_running($node, 'second');
	ask($node, "SELECT pg_terminate_backend($pid)");
	poll_until(sub { worker($node, 'second')->{pid} ne $pid }, 'its end');
	return;
}

# Nobody acknowledges: whoever waited for that would never end.  Nor would who
# waits for those: a NOTIFY holds a lock until its commit is over, and the
# worker's own needs it.
sub synchronous_standby
{
	wait_running($node, $_) for 'postgres', 'second';
	my $writer = DatazoneSession->new($node, dbname => 'second');
	$writer->query('CREATE TABLE written (a int)');
	$node->safe_psql('second', q{
		SET synchronous_commit = local;
		ALTER SYSTEM SET synchronous_standby_names = 'nobody';
		SELECT pg_reload_conf()});
	poll_until(
		sub {
			$writer->query('SHOW synchronous_standby_names')->{out} eq 'nobody';
		},
		'the session to know');

	# who commits asks the checkpointer's copy of the setting
	ask($node, 'CHECKPOINT');
	$writer->send('BEGIN; INSERT INTO written VALUES (1); NOTIFY x; COMMIT');
	poll_until(
		sub {
			return ask($node, q{SELECT count(*) FROM pg_stat_activity
				WHERE wait_event = 'SyncRep' AND pid = } . $writer->pid) eq '1';
		},
		'a session that waits for the standby');

	for my $number (1 .. 3)
	{
		my $count = runs_written();
		my $began = time();
		start_ended_run($sim, 'ds_orders');
		poll_until(sub { runs_written() > $count }, 'a run to be written');
		cmp_ok(time() - $began, '<', 5,
			"no standby acknowledges, and the worker writes run $number");
	}
	is(ask($node, q{SELECT count(*) FROM pg_stat_activity
			WHERE wait_event = 'SyncRep' AND backend_type LIKE 'datazone%'}),
		0, 'and waits for none');

	# told when it can be
	my $listener = DatazoneSession->new($node, dbname => 'second',
		set => 'LISTEN datazone_run');
	ask($node, 'SELECT pg_cancel_backend(' . $writer->pid . ')');
	$writer->result;
	poll_until(sub { notifications($listener) }, 'to be told');
	pass('what could not be told at once is told later');
	$_->close for $listener, $writer;

	close_session($node);
	my $began = time();
	$node->stop('fast');
	cmp_ok(time() - $began, '<', IN_TIME, 'a fast stop');
	return;
}

sub runs_written
{
	return $node->safe_psql('second', 'SELECT count(*) FROM datazone_run');
}
