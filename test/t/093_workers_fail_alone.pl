# What ends a process is made good by itself: a worker or the launcher that is
# terminated, one that meets an error, and the crash of them all; and what
# happens to one worker leaves the others alone.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => process_conf());
my @names = qw(postgres first second);

make_database($node, $_) for qw(first second);
my %pid = map { $_ => wait_running($node, $_) } @names;

worker_terminated();
launcher_terminated();
worker_with_an_error();
worker_killed();
$node->stop;
done_testing();

sub others_are_the_same
{
	my ($name, $what) = @_;

	is(worker($node, $_)->{pid}, $pid{$_}, "$what: the worker of $_ goes on")
	  for grep { $_ ne $name } @names;
	return;
}

sub worker_terminated
{
	for (1 .. 2)
	{
		ask($node, "SELECT pg_terminate_backend($pid{first})");
		my $began = time();
		poll_until(
			sub {
				my $worker = worker($node, 'first');
				return $worker->{state} eq 'running'
				  && $worker->{pid} != $pid{first};
			},
			'another worker', 10);
		cmp_ok(time() - $began, '<', 5, 'terminated: another one comes soon');
		$pid{first} = wait_running($node, 'first');
	}
	is(worker($node, 'first')->{failures}, '0', 'that was no failure');
	others_are_the_same('first', 'terminated');
	return;
}

sub launcher_terminated
{
	my $old = launcher_pid($node);

	ask($node, "SELECT pg_terminate_backend($old)");
	my $new = poll_until(
		sub {
			my $pid = launcher_pid($node);
			return defined $pid && $pid != $old && $pid;
		},
		'another launcher', 10);
	ok($new, 'the launcher is back');
	wait_round($node);
	others_are_the_same('', 'another launcher');

	# what happened while there was none
	ask($node, 'CREATE DATABASE gone TEMPLATE first');
	wait_running($node, 'gone');
	$pid{first} = wait_running($node, 'first');
	ask($node, "SELECT pg_terminate_backend($new)");
	ask($node, 'DROP DATABASE gone');
	ask($node, "SELECT pg_terminate_backend($pid{first})");
	make_database($node, 'third');
	ok(wait_running($node, 'third'), 'it finds a new database');
	poll_until(sub { (worker($node, 'first')->{pid} // '') ne $pid{first} },
		'the worker to end');
	$pid{first} = wait_running($node, 'first');
	ok($pid{first}, 'a worker that has ended');
	is(ask($node, 'SELECT count(*) FROM datazone_stat WHERE datname IS NULL'),
		'0', 'and that a database has gone');
	return;
}

# Somebody has altered the extension's table: the new worker cannot begin.
sub worker_with_an_error
{
	my $session = DatazoneSession->new($node, dbname => 'first');
	my $before = starts($node, 'first');

	run($session, 'ALTER TABLE datazone_run RENAME TO hidden');
	ask($node, "SELECT pg_terminate_backend($pid{first})");
	poll_until(sub { worker($node, 'first')->{failures} >= 3 },
		'three failures', 30);
	my $worker = worker($node, 'first');
	like($worker->{error}, qr/datazone_run/, 'datazone_stat has the error');
	like($worker->{state}, qr/^(?:failed|starting)$/, 'and that it failed');
	others_are_the_same('first', 'an error');

	my @starts = starts($node, 'first');
	splice @starts, 0, $before;
	my @pauses = map { $starts[$_] - $starts[ $_ - 1 ] } 1 .. 2;
	ok($pauses[0] > 0.9 && $pauses[1] > 1.9 && $pauses[1] < 4,
		'it comes back after one second, then after two')
	  or diag("@pauses");

	# a probe that is asked for does not wait
	run($session, 'ALTER TABLE hidden RENAME TO datazone_run');
	my $began = time();
	run($session, 'ALTER EXTENSION datazone UPDATE');
	$pid{first} = wait_running($node, 'first');
	cmp_ok(time() - $began, '<', 2, 'ALTER EXTENSION ends the pause');
	is(worker($node, 'first')->{failures},
		'3', 'the count stays until it has been well for a minute');
	$session->close;
	return;
}

# All processes begin anew, and each worker is there again.
sub worker_killed
{
	kill KILL => $pid{first};
	poll_until(sub { !kill(0, $pid{second}) }, 'all to end');
	poll_until(sub { scalar $node->psql('postgres', 'SELECT') == 0 },
		'the server to accept again', 30);
	my $began = time();
	for my $name (@names)
	{
		my $now = wait_running($node, $name, 10);
		isnt($now, $pid{$name}, "kill -9: $name has a worker again");
		$pid{$name} = $now;
	}
	cmp_ok(time() - $began, '<', 5, 'all within five seconds');
	return;
}
