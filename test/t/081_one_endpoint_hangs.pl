# 300 data sources on six servers, one of which takes requests and never answers:
# the 250 others are synced in time, and last_error says what is wrong with
# the 50, whether an attempt is given up after seconds or after minutes.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant EVERY => 5;

# What a cycle may be late by while the machine does other things, too.
use constant LATE => 4;
use constant OBSERVED => 14;

my @servers = map { "s$_" } 1 .. 5;
my $sim = start_simulator();
my $hanging = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

$sim->settings(log_bodies => JSON::PP::false);
for my $n (1 .. 5)
{
	seed($sim, $n);
	create_datazone_server($node, "s$n", $sim, rate_limit => 0,
		domain_identifier => "dzd_$n");
}
seed($hanging, 6);
create_datazone_server($node, 'hanging', $hanging, rate_limit => 0,
	domain_identifier => 'dzd_6', request_timeout => '3s', max_attempts => 1);
$hanging->fault('*', 'stall', 'all');

for my $server (@servers, 'hanging')
{
	watch($node, (map { "ds_$_" } 1 .. 50),
		{ server => $server, every => EVERY . ' seconds' });
}
for my $n (1 .. 5)
{
	is_deeply(
		[ wait_synced($node, $sim, server => "s$n", domain => "dzd_$n",
			seconds => 60) ],
		[],
		"server $n: its 50 data sources arrive beside one that hangs");
}

observe('seconds');
like(
	wait_value($node, "SELECT string_agg(DISTINCT last_error, ' / '),
		count(last_error) FROM datazone_watched_data_source
		WHERE server = 'hanging'", qr/\|50$/, 'all 50 to have failed', 60),
	qr/time|timed/i,
	'last_error says of each that it takes too long');

my $altered = time();

# the defaults: 50 requests that hang for half a minute, three times
$node->safe_psql('postgres', 'ALTER SERVER hanging OPTIONS (
	DROP request_timeout, DROP max_attempts)');
poll_until(sub { time() - $altered > 4 }, 'requests of before to end');
$hanging->control('DELETE', 'statistics');
observe('minutes');
cmp_ok($hanging->statistics->{peak_in_flight}, '<', 32,
	'the hanging endpoint does not have all of datazone.max_in_flight');

# it answers again
$hanging->clear_faults;
$node->safe_psql('postgres', "ALTER SERVER hanging OPTIONS (
	ADD request_timeout '3s')");
is_deeply(
	[ wait_synced($node, $hanging, server => 'hanging', domain => 'dzd_6',
		seconds => 60) ],
	[],
	'it answers, and is synced');

is($_->statistics->{bugs}, 0, 'a simulator had no trouble') for $sim, $hanging;
$node->stop;
done_testing();

sub seed
{
	my ($simulator, $n) = @_;

	return $simulator->control('POST', 'seed',
		{ domains => [ { id => "dzd_$n" } ],
			data_sources => [ { domain => "dzd_$n", project => 'prj_many',
				id => 'ds_%d', count => 50, runs => 3 } ] });
}

# For a while: how long a data source of another server goes without a cycle,
# and how long a change takes to be seen.
sub observe
{
	my ($what) = @_;
	my $session = DatazoneSession->new($node);
	my (undef, $since) = polls($sim, 1e9);
	my $began = time();
	my @seen;

	while (time() - $began < OBSERVED)
	{
		my $n = 1 + @seen % 5;
		my ($run) = @{ $sim->control('POST', 'runs/start',
				{ domain => "dzd_$n", data_sources => [ 'ds_' . (1 + @seen % 50) ],
					outcome => { requested_seconds => 0,
						running_seconds => 0 } })->{ids} };
		my $started = time();
		poll_until(
			sub {
				$session->query("SELECT count(*) FROM datazone_run
					WHERE id = '$run'")->{out} == 1;
			},
			"a run beside a server that hangs for $what");
		push @seen, time() - $started;
	}
	my $ended = time();
	my ($polls) = polls($sim, $since);
	my $oldest = 0;
	for my $times (values %$polls)
	{
		my $last = $began;
		for my $time (@$times, $ended)
		{
			$oldest = $time - $last if $time - $last > $oldest;
			$last = $time;
		}
	}
	my ($longest) = sort { $b <=> $a } @seen;
	is(scalar keys %$polls, 250, "hangs for $what: all others are served");
	cmp_ok($longest, '<', EVERY + LATE,
		sprintf 'hangs for %s: each of %d changes is seen within a cycle (%.1f s)',
		$what, scalar @seen, $longest);
	cmp_ok($oldest, '<', EVERY + LATE,
		sprintf 'hangs for %s: no cycle is late (%.1f s)', $what, $oldest);
	$session->close;
	return;
}
