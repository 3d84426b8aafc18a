# With nothing to do neither launcher nor worker runs a query, wakes up, or uses
# the processor, also after the time-outs of a start are over.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'processes are looked at in /proc of Linux'
  unless -r '/proc/self/stat';

# Longer than any time-out that a start may leave behind.
use constant OBSERVED => 13;
use constant STILL => 6;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	conf => "autovacuum = off\nstats_fetch_consistency = none\n");

# One with nothing but the extension, one with a server and a watch that is
# due tomorrow, which it has synced: a timer, and no more.
make_database($node, 'quiet');
make_database($node, 'tomorrow');
make_server($node, 'tomorrow', $sim);
$node->safe_psql('tomorrow',
	q{SELECT datazone_watch('ds_returns', '1 day')});
poll_until(
	sub {
		return $node->safe_psql('tomorrow', q{SELECT count(*) > 0
			FROM datazone_watched_data_source
			WHERE last_sync_at IS NOT NULL}) eq 't';
	},
	'the first sync');
my %pid = (
	'the launcher' => launcher_pid($node),
	'an idle worker' => wait_running($node, 'quiet'),
	'a worker that waits' => wait_running($node, 'tomorrow'));

# What was committed is counted within a second; an alarm of a statement's
# time-out that is no longer needed may come after five.
my %before;
my $still_since = time();
poll_until(
	sub {
		my %now = measure();
		if (($before{all} // '') ne $now{all})
		{
			%before = %now;
			$still_since = time();
		}
		return time() - $still_since > STILL;
	},
	'all to be still', 40);
note("still: $before{all}");

my $until = time() + OBSERVED;
poll_until(sub { time() >= $until }, 'some time', OBSERVED + 10);
my %after = measure();
for my $who (sort keys %pid)
{
	is($after{ticks}{$who}, $before{ticks}{$who}, "$who: no processor time");
	is($after{wakes}{$who}, $before{wakes}{$who}, "$who: not once awake");
}
for my $name (qw(quiet tomorrow))
{
	is($after{queries}{$name}, $before{queries}{$name},
		"no transaction in $name");
}

# And it is all there when it is needed.
$node->safe_psql('quiet', 'DROP EXTENSION datazone');
ok(wait_no_worker($node, 'quiet', 5), 'woken, it acts');
is(scalar $sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

sub measure
{
	my %found;

	for my $who (keys %pid)
	{
		my $stat = slurp_file("/proc/$pid{$who}/stat");
		my $status = slurp_file("/proc/$pid{$who}/status");
		my @field = split ' ', $stat =~ s/.*\)//sr;

		$found{ticks}{$who} = $field[11] + $field[12];
		($found{wakes}{$who}) =
		  $status =~ /^voluntary_ctxt_switches:\s+(\d+)/m;
	}
	my $queries = ask($node, q{
		SELECT datname, xact_commit + xact_rollback FROM pg_stat_database
		WHERE datname IN ('quiet', 'tomorrow') ORDER BY 1});
	$found{queries} = { map { split /\|/ } split /\n/, $queries };
	$found{all} = join ' ', $queries,
	  map { $found{wakes}{$_} } sort keys %pid;
	return %found;
}
