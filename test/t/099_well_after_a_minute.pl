# A failure after a minute without one is the first again: the worker's count
# goes, also if it has nothing to do meanwhile, and with it the pauses before
# the next start.  In seconds, by a fast clock.

use strict;
use warnings;

use DatazoneClock;
use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'clocks are made fast on Linux' unless $^O eq 'linux';

use constant SCALE => 10;

# Enough that one that counts on is told from one that begins anew.
use constant FAILURES => 4;

my $clock = DatazoneClock->new(SCALE);
my $node = $clock->run(
	sub {
		return new_worker_node('main', start_simulator(),
			conf => process_conf());
	});
my $session = DatazoneSession->new($node);
my $pid = wait_running($node, 'postgres');

for my $time (1, 2)
{
	fail_until(FAILURES);
	$pid = wait_running($node, 'postgres');
	poll_until(sub { worker($node, 'postgres')->{failures} eq '0' },
		'the count to go', 60);
	is(worker_pid($node), $pid, "time $time: the count goes, it is well");
	cmp_ok(age(), '>=', 60, 'after a minute');
	cmp_ok(age(), '<', 60 + 5 * SCALE, 'and not only when it is woken');
}
cmp_ok(fail_until(1), '<', FAILURES, 'the next failure is the first');
$session->close;
$node->stop;
done_testing();

# The table is not what the library expects, until so many workers have failed;
# gives the first count that was at least that.
sub fail_until
{
	my ($count) = @_;

	run($session, 'ALTER TABLE datazone_run RENAME TO hidden');
	ask($node, "SELECT pg_terminate_backend($pid)");
	my $failures = poll_until(
		sub {
			my $now = worker($node, 'postgres')->{failures};
			return $now >= $count && $now;
		},
		'failures', 30);
	run($session, 'ALTER TABLE hidden RENAME TO datazone_run');
	return $failures;
}

# How old the worker is, in seconds of its clock.
sub age
{
	return ask($node, q{SELECT floor(extract(epoch FROM
			clock_timestamp() - worker_started_at))
		FROM datazone_stat WHERE datname = 'postgres'});
}
