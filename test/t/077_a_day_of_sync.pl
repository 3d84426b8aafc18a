# A day of simulated time, in a minute: with schedules running, hour by hour, the
# table follows the truth; a cycle costs a few requests; runs that pages do not
# show are found by the hourly reconciliation; the worker does not grow.

use strict;
use warnings;

use DatazoneClock;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'clocks are made fast, and processes looked at, on Linux'
  unless $^O eq 'linux';

use constant SCALE => 1440;
use constant HOUR => 3600 / SCALE;

# Minutes between cycles, and how many a day.
use constant EVERY => 10;
use constant CYCLES => 24 * 60 / EVERY;

# What a cycle may cost, over a day, with all that happens in it.
use constant REQUESTS_A_CYCLE => 4;

# By how many kB the worker may be larger at the day's end than in the morning.
use constant GROWTH => 2048;

my $clock = DatazoneClock->new(SCALE);
my ($sim, $node) = $clock->run(
	sub {
		my $simulator = start_simulator();

		# a signature is made minutes before it is read
		$simulator->settings(max_skew_seconds => 6 * 3600,
			log => JSON::PP::false, requested_seconds => 60,
			running_seconds => 1800);
		return ($simulator,
			new_worker_node('main', $simulator,
				server => {
					connect_timeout => '10min',
					request_timeout => '10min' },
				conf => "autovacuum_naptime = '1d'\n"
				  . "checkpoint_timeout = '1d'\nbgwriter_delay = '10s'\n"
				  . "wal_writer_delay = '10s'\n"));
	});
my @sources = map { "ds_$_" } (
	qw(orders customers returns inventory payments clickstream stores preferences),
	1 .. 20);

$sim->control('POST', 'seed', { data_sources => [
		{ id => 'ds_%d', count => 10, runs => 5 } ] });
$sim->control('POST', 'seed', { data_sources => [
		map { { id => "ds_$_", runs => 60 } } 11 .. 20 ] });
watch($node, @sources, { every => EVERY . ' minutes' });
wait_synced($node, $sim, quick => 1);
my $pid = wait_worker($node);
my $began = $clock->now;
my ($morning, $noon);

$sim->control('DELETE', 'statistics');
for my $hour (1 .. 24)
{
	an_hour($hour);
	$morning = memory_kb($pid, 'RssAnon') if $hour == 6;
	if ($hour == 12)
	{
		is_deeply([ wait_synced($node, $sim, quick => 1) ],
			[], 'at noon the table is what the simulator knows');
		$sim->settings(run_order => 'unordered');
	}
}
my $hours = ($clock->now - $began) / 3600;
my $made = $sim->statistics->{requests};
my $cycles = $hours * 60 / EVERY * @sources;
my $evening = memory_kb($pid, 'RssAnon');

cmp_ok($hours, '>=', 24, sprintf '%.1f hours have passed', $hours);
$sim->settings(running_seconds => 60);
is_deeply([ wait_synced($node, $sim) ],
	[], 'in the evening the table is what the simulator knows');
cmp_ok($made, '>', $cycles, "$made requests in $cycles cycles");
cmp_ok($made, '<', $cycles * REQUESTS_A_CYCLE,
	sprintf '%.2f requests a cycle', $made / $cycles);
cmp_ok($evening - $morning, '<', GROWTH,
	"the worker has $morning kB in the morning and $evening in the evening");
is(worker_pid($node), $pid, 'it is the same worker');

# Runs that came and went, of data sources whose pages are in no order.
my $since = $clock->now;
start_ended_run($sim, $_) for @sources;
is_deeply([ wait_synced($node, $sim) ],
	[], 'the reconciliation finds what no page shows');
cmp_ok(($clock->now - $since) / 3600,
	'<', 5, 'once an hour; a busy machine takes its time');
spread_over_the_hour();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# Where pages are in no order, a listing of all runs is a reconciliation.  All
# of them at once would be a crowd of a minute, as it lasts.
sub spread_over_the_hour
{
	my %first;

	$sim->settings(log => JSON::PP::true);
	poll_until(
		sub {
			my $log = $sim->control('GET',
				'log?operation=ListDataSourceRuns&brief=1');
			for my $request (@{ $log->{requests} })
			{
				next if $request->{target} =~ /[?&](?:status|nextToken)=/;
				my ($source) = $request->{target} =~ m{/data-sources/(\w+)/runs}
				  or next;
				$first{$source} //= $request->{received_us} / 60e6;
			}
			return keys %first == @sources;
		},
		'each data source to be reconciled');
	my ($from, @rest) = sort { $a <=> $b } values %first;
	cmp_ok($rest[-1] - $from, '>', 20,
		sprintf 'reconciliations of %d data sources over %.0f minutes',
		1 + @rest, $rest[-1] - $from);
	# the half of them that are nearest to each other
	my $half = @sources / 2;
	my @all = ($from, @rest);
	my ($crowd) = sort { $a <=> $b }
	  map { $all[ $_ + $half - 1 ] - $all[$_] } 0 .. @all - $half;
	cmp_ok($crowd, '>', 5, sprintf 'no half of them within %.0f minutes',
		$crowd);
	return;
}

# Schedules start runs each quarter of an hour, and one ends at once.
sub an_hour
{
	my ($hour) = @_;

	for my $quarter (1 .. 4)
	{
		my $next = time() + HOUR / 4;
		$sim->control('POST', 'runs/start',
			{ fraction => 0.06, seed => $hour * 10 + $quarter });
		start_ended_run($sim, $sources[ $hour % @sources ]);
		poll_until(sub { time() >= $next }, 'a quarter of an hour');
	}
	return;
}
