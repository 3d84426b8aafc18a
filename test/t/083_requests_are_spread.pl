# Data sources that were watched at the same moment are not asked for at the same
# moment for ever: their cycles are spread over the interval.

use strict;
use warnings;

use DatazoneTest;
use DatazoneWorker;
use List::Util qw(max);
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant SOURCES => 200;
use constant EVERY => 5;

# What part of the cycles may begin in the busiest second of five; evenly
# spread it is a fifth, and chance adds a little.
use constant BUSIEST => 0.4;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

$sim->control('POST', 'seed', { domains => [ { id => 'dzd_many' } ],
		data_sources => [ { domain => 'dzd_many', project => 'prj_many',
			id => 'ds_%d', count => SOURCES, runs => 1 } ] });
$node->safe_psql('postgres', "SELECT count(datazone_watch('ds_' || n,
	'${\EVERY} seconds', 'dzd_many')) FROM generate_series(1, ${\SOURCES}) n");
wait_synced($node, $sim, domain => 'dzd_many', quick => 1);

# after the first two cycles, two more
for my $cycles (2, 2)
{
	my $until = time() + $cycles * EVERY;
	$sim->clear_log;
	poll_until(sub { time() >= $until }, 'cycles');
}
my ($polls) = polls($sim);
my @times = map { @$_ } values %$polls;
my $began = (sort { $a <=> $b } @times)[0];
my %second;
$second{ int($_ - $began) % EVERY }++ for @times;
my $busiest = max(values %second) / @times;

is(scalar keys %$polls, SOURCES, 'all are asked for');
cmp_ok(scalar @times, '>=', SOURCES * 1.5, 'as often as was wished');
cmp_ok($busiest, '<', BUSIEST,
	sprintf 'the busiest of %d seconds has %.0f %% of the cycles',
	EVERY, 100 * $busiest);
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();
