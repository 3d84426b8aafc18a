# What the service refuses to some data sources it would refuse to the next: a
# server's data sources share its rate, and all of them slow down when some are
# throttled.  Those of another server do not.

use strict;
use warnings;

use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# Requests a second that the servers allow: less than the watches ask for.
use constant RATE => 8;

# What is left of a pace that others' trouble does not concern, and of one
# that it does, which would grow otherwise, as the throttled ones ask for less; a
# pace is measured for so many seconds.
use constant { UNTOUCHED => 0.7, SLOWER => 0.6, SECONDS => 4 };

# Three of eight: the five that are left would use the whole rate by themselves.
my @throttled = qw(ds_orders ds_customers ds_returns);

my @sources = map { "ds_$_" }
  qw(orders customers returns inventory payments clickstream stores preferences);
my $sim = start_simulator();
my $other = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => RATE });

create_datazone_server($node, 'other', $other, rate_limit => RATE);
watch($node, @sources);
watch($node, @sources, { server => 'other' });
is_deeply([ wait_synced($node, $sim) ], [], 'all is synced');
is_deeply([ wait_synced($node, $other, server => 'other') ],
	[], 'that of the other server, too');

my ($usual, $usual_other) = paces();
cmp_ok($usual, '>', RATE / 2, sprintf '%.1f requests a second', $usual);

# They are asked less and less often, and so refused less: the rate is lowest
# a few seconds after their trouble began.
$sim->control('POST', 'faults',
	{ operation => 'ListDataSourceRuns', kind => 'throttle', count => undef,
		match => { path => "/data-sources/$_/" } })
  for @throttled;
my ($slow, $slow_other) = (1e9, 1e9);
my $ok = eval {
	poll_until(
		sub {
			my ($pace, $pace_other) = paces();
			($slow, $slow_other) = ($pace, $pace_other) if $pace < $slow;
			return $slow < SLOWER * $usual;
		},
		'the others to slow down', 40);
};
ok($ok, sprintf 'some are throttled: %.1f requests a second for the others of '
	  . 'their server, which had %.1f', $slow, $usual);
cmp_ok($slow_other, '>', UNTOUCHED * $usual_other,
	sprintf 'another server has %.1f, and had %.1f', $slow_other,
	$usual_other);
is( $node->safe_psql('postgres',
		'SELECT count(last_error) FROM datazone_watched_data_source
		WHERE NOT data_source_id = ANY($$'
		  . '{' . join(',', @throttled) . '}$$)'),
	0, 'no other data source has an error');

# They are let through again: the rate grows back within a minute.
$sim->clear_faults;
my $recovered = eval {
	poll_until(sub { (paces())[0] > UNTOUCHED * $usual },
		'the pace of before', 120);
};
ok($recovered, 'the trouble is over, and the pace that of before');
is($_->statistics->{bugs}, 0, 'the simulator had no trouble')
  for ($sim, $other);
$node->stop;
done_testing();

# Requests a second, of both servers at the same time, for data sources that
# nothing is wrong with.
sub paces
{
	my @since = map { (polls($_, 1e9))[1] } ($sim, $other);
	my $began = time();

	poll_until(sub { time() - $began >= SECONDS }, 'time');
	return map { asked($_, shift @since) / (time() - $began) } ($sim, $other);
}

sub asked
{
	my ($simulator, $since) = @_;
	my $throttled = join '|', @throttled;
	my $log = $simulator->control('GET',
		"log?operation=ListDataSourceRuns&brief=1&since=$since");

	return scalar grep { $_->{target} !~ m{/data-sources/(?:$throttled)/} }
	  @{ $log->{requests} };
}
