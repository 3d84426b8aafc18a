# Workers and postmasters are killed at random moments, while runs begin and
# end: each time the worker is back within five seconds, and when the dust has
# settled the table is what the simulator knows and nothing is still followed.
#
# 20 rounds, 200 in make stress; DATAZONE_ROUNDS and DATAZONE_SEED for others.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# From the moment at which connections are accepted again.
use constant BACK_AFTER => 5;

# Compared with the truth after so many rounds, and at the end.
use constant COMPARE_EVERY => 5;

my $rounds = $ENV{DATAZONE_ROUNDS} // ($ENV{DATAZONE_STRESS} ? 200 : 20);
my $seed = $ENV{DATAZONE_SEED} // 4711;
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

diag("seed $seed, $rounds rounds (DATAZONE_SEED, DATAZONE_ROUNDS)")
  if $ENV{DATAZONE_SEED} || $ENV{DATAZONE_ROUNDS};
note("seed $seed, $rounds rounds");
srand($seed);
$sim->settings(requested_seconds => 0.5, running_seconds => 1,
	runs_per_day => 0, log => JSON::PP::false);
$sim->control('POST', 'seed', { data_sources =>
		[ { id => 'ds_%d', count => 40, runs => 20 } ] });
$node->safe_psql('postgres', "SELECT count(datazone_watch(id, '1 second'))
	FROM datazone_list_data_sources('prj_retail')
	WHERE id <> 'ds_stores'");

for my $round (1 .. $rounds)
{
	my $what = rand() < 0.7 ? 'worker' : 'postmaster';

	start_runs($round);
	my $pid = wait_worker($node, 'postgres', 30);
	my $until = time() + rand(1.2);
	poll_until(sub { time() >= $until }, 'the moment');
	$what eq 'worker' ? kill_worker($pid) : kill_postmaster();

	my $began = time();
	my $new = wait_worker($node, 'postgres', 30);
	my $took = time() - $began;
	if ($new == $pid || $took > BACK_AFTER)
	{
		fail("round $round: kill -9 of a $what: back after $took s");
	}
	next if $round % COMPARE_EVERY && $round != $rounds;
	is_deeply([ wait_synced($node, $sim) ],
		[], "after round $round the table is what the simulator knows");
}
ok($rounds > 0, "$rounds times killed, and back within five seconds");
wait_value($node, 'SELECT count(*) FROM datazone_followed_run',
	qr/^0$/, 'all that was followed to end');
pass('nothing is still followed');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# By the schedule; and from SQL, of a data source that nobody watches, so that
# its runs are there only because they are followed.
sub start_runs
{
	my ($round) = @_;

	$sim->control('POST', 'runs/start',
		{ data_sources => [ 'ds_orders', map { "ds_$_" } 1 .. 40 ],
			fraction => 0.3, seed => $seed + $round });
	$node->safe_psql('postgres',
		q{SELECT status FROM datazone_start_run('ds_stores')})
	  if rand() < 0.5;
	return;
}

sub kill_worker
{
	my ($pid) = @_;

	kill KILL => $pid;

	# all processes are ended and started again: wait until that has begun
	poll_until(sub { !kill(0, $pid) }, 'the worker to be gone');
	poll_until(sub { is_accepting() }, 'the server to accept again', 60);
	return;
}

sub is_accepting
{
	my ($status) = $node->psql('postgres', 'SELECT', on_error_die => 0);
	return $status == 0;
}

# What the postmaster leaves behind must end before another can start.
sub kill_postmaster
{
	$node->kill9;
	poll_until(sub { $node->start(fail_ok => 1) }, 'the server to start', 60);
	return;
}
