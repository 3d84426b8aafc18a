# A thousand data sources that want to be asked for each second, and a server
# that allows 50 requests a second: the rate is kept, used, and shared fairly; who
# calls from SQL does not wait for it.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use List::Util qw(max min);
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant SOURCES => 1000;
use constant RATE => 50;
use constant FAST => 400;
use constant OBSERVED => 24;

# What may come at once, after a time in which nothing was asked.
use constant BURST => RATE;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => RATE });
my $session = DatazoneSession->new($node);

$sim->settings(log_bodies => JSON::PP::false);
$sim->control('POST', 'seed', { domains => [ { id => 'dzd_many' } ],
		data_sources => [ { domain => 'dzd_many', project => 'prj_many',
			id => 'ds_%d', count => SOURCES, runs => 2 } ] });
$sim->clear_log;
$node->safe_psql('postgres', "SELECT count(datazone_watch('ds_' || n,
	'1 second', 'dzd_many')) FROM generate_series(1, ${\SOURCES}) n");

# The first seconds: what a rate means.
my $until = time() + 20;
my @slow;
while (time() < $until)
{
	my $began = time();
	$session->query(q{SELECT status FROM datazone_get_run('run_orders_001')});
	$session->query(q{SELECT count(*)
		FROM datazone_list_data_source_runs('ds_payments')});
	push @slow, time() - $began;
	poll_until(sub { time() - $began > 2 }, 'the next call');
}
my %by_operation;
push @{ $by_operation{ $_->{operation} } }, $_->{received_us} / 1e6
  for brief_log();
for my $operation (sort keys %by_operation)
{
	my @times = sort { $a <=> $b } @{ $by_operation{$operation} };
	my $excess = excess(\@times);
	my $span = $times[-1] - $times[0];

	note(sprintf '%s: %d in %.1f s', $operation, scalar @times, $span);
	cmp_ok($excess, '<=', BURST + 3,
		sprintf '%s: never more than the rate and a burst (%.1f above the rate)',
		$operation, $excess);
	cmp_ok(@times / $span, '>', RATE * 0.8, "$operation: the rate is used")
	  if $operation eq 'ListDataSourceRuns';
}
cmp_ok(max(@slow), '<', 1, sprintf 'a call from SQL takes %.3f s at most',
	max(@slow));

# A server with a rate at which each has its turn several times, for fairness.
# The first turn is longer than others: it lists all.
$node->safe_psql('postgres', q{SELECT
	count(datazone_unwatch(data_source_id, domain_id))
	FROM datazone_watched_data_source});
create_datazone_server($node, 'fast', $sim, rate_limit => FAST);
$node->safe_psql('postgres', "SELECT count(datazone_watch('ds_' || n,
	'1 second', 'dzd_many', 'fast')) FROM generate_series(1, ${\SOURCES}) n");
wait_synced($node, $sim, server => 'fast', domain => 'dzd_many', quick => 1,
	seconds => 60);
pass('all of them have been synced');
my (undef, $since) = polls($sim, 1e9);
my $before = $sim->statistics->{requests};
$until = time() + OBSERVED;
poll_until(sub { time() >= $until }, 'some turns');
my $pace = ($sim->statistics->{requests} - $before) / OBSERVED;
my ($polls) = polls($sim, $since);
cmp_ok($pace, '<=', FAST * 1.1, sprintf 'at most %d a second: %.0f', FAST,
	$pace);
cmp_ok($pace, '>', FAST * 0.7, 'and not much less');
my @turns = map { scalar @{ $polls->{"dzd_many/ds_$_"} // [] } } 1 .. SOURCES;

note(sprintf 'turns: %d to %d', min(@turns), max(@turns));
cmp_ok(min(@turns), '>=', 2, 'each of a thousand has its turn');
cmp_ok(max(@turns) - min(@turns), '<=', 1 + max(@turns) * 0.1,
	'none more than its share');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$session->close;
$node->stop;
done_testing();

sub brief_log
{
	return @{ $sim->control('GET', 'log?brief=1')->{requests} };
}

# By how many requests any stretch of time has had more than the rate gives:
# what a bucket must have held at its beginning.
sub excess
{
	my ($times) = @_;
	my ($level, $most, $last) = (0, 0, $times->[0]);

	for my $time (@$times)
	{
		$level = max(0, $level - ($time - $last) * RATE) + 1;
		$most = max($most, $level);
		$last = $time;
	}
	return $most;
}
