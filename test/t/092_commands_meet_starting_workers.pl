# The same commands while a worker is just starting, at whatever moment of that:
# it may wait for the lock on its database that the command holds.  And the
# launcher's probes are in nobody's way where the extension is not.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant IN_TIME => 2;
use constant ROUNDS => 24;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => process_conf());
my $session = DatazoneSession->new($node);
my $longest = 0;
my %command = (
	drop => 'DROP DATABASE d',
	rename => 'ALTER DATABASE d RENAME TO e',
	template => 'CREATE DATABASE e TEMPLATE d STRATEGY file_copy',
	new => 'CREATE DATABASE e TEMPLATE d');
my @kinds = sort keys %command;

make_database($node, 'pattern', 'IS_TEMPLATE true');
srand(42);
my $failed = 0;
for my $round (1 .. ROUNDS)
{
	my $kind = $kinds[ $round % @kinds ];

	run($session, 'CREATE DATABASE d TEMPLATE pattern');

	# a start takes some milliseconds; strike at any of them
	my $until = time() + rand(0.02);
	1 while time() < $until;
	my $result = $session->query($command{$kind});
	my $took = $result->{answered} - $result->{sent};
	$longest = $took if $took > $longest;
	$failed++ if $result->{sqlstate} ne '00000';
	diag("round $round: $command{$kind}: $result->{out}")
	  if $result->{sqlstate} ne '00000';

	# what is left of it goes at once
	for my $name (qw(d e))
	{
		$result = $session->query("DROP DATABASE IF EXISTS $name");
		$took = $result->{answered} - $result->{sent};
		$longest = $took if $took > $longest;
		$failed++ if $result->{sqlstate} ne '00000';
	}
}
is($failed, 0, ROUNDS . ' rounds, no command failed');
cmp_ok($longest, '<', IN_TIME, 'and none took two seconds');
is(ask($node, 'SELECT count(*) FROM datazone_stat WHERE datname IS NULL'),
	'0', 'no database that has gone is left in the statistics');

# The first probe of each of many databases, and commands on them meanwhile.
run($session, "CREATE DATABASE plain_$_ TEMPLATE template0") for 1 .. 5;
$longest = 0;
for my $n (1 .. 5)
{
	my $result = $session->query("DROP DATABASE plain_$n");
	is($result->{sqlstate}, '00000', 'a database without it is dropped');
	my $took = $result->{answered} - $result->{sent};
	$longest = $took if $took > $longest;
}
cmp_ok($longest, '<', IN_TIME, 'the probes delay nothing');

# A worker that waits for a lock while it starts holds nobody up for ever.
locked_catalog();
renamed_in_a_transaction();
$session->close;
$node->stop;
done_testing();

sub locked_catalog
{
	make_database($node, 'locked');
	wait_running($node, 'locked');
	my $locker = DatazoneSession->new($node, dbname => 'locked');

	run($locker, 'BEGIN; LOCK TABLE pg_extension IN ACCESS EXCLUSIVE MODE');
	my $pid = worker($node, 'locked')->{pid};
	ask($node, "SELECT pg_terminate_backend($pid)");
	poll_until(
		sub {
			my $worker = worker($node, 'locked');
			return $worker->{state} eq 'starting'
			  && $worker->{pid} =~ /^\d+$/ && $worker->{pid} != $pid;
		},
		'a worker that waits for the lock', 10);
	my $began = time();
	wait_round($node);
	cmp_ok(time() - $began, '<', 5,
		'one that cannot begin holds up no other database');
	run($locker, 'COMMIT');
	$locker->close;
	ok(wait_running($node, 'locked'), 'and it, when the lock is free');
	run($session, 'DROP DATABASE locked');
	return;
}

# A database stays without worker until the transaction that has its lock ends.
sub renamed_in_a_transaction
{
	make_database($node, 'first');
	wait_running($node, 'first');
	run($session, 'BEGIN; ALTER DATABASE first RENAME TO second');
	my $began = time();
	wait_round($node);
	cmp_ok(time() - $began, '<', 5, 'renamed, not committed: others go on');

	# longer than the pause before a worker is started again
	my $count = starts($node, 'first');
	poll_until(sub { time() - $began > 3 }, 'three seconds');
	is(worker($node, 'first')->{pid}, '', 'and it has no worker');
	is(scalar starts($node, 'first'), $count, 'nor is one tried');
	run($session, 'COMMIT');
	ok(wait_running($node, 'second', 5), 'committed: there it is');
	return;
}
