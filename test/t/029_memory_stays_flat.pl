# A backend that makes ten thousand calls, well answered, refused, lost or
# cancelled, is no larger at the end than after the first few, in memory and
# in open files; and a listing of any length needs the same memory beside the
# spool that PostgreSQL keeps its rows in.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

# What may come and go between two looks, without being a leak.
use constant {
	RESIDENT_KB => 1024,
	CONTEXTS_KB => 64,
	PEAK_KB => 4096,
	LISTING_KB => 10 * 1024
};

plan skip_all => 'memory and files are counted in /proc of Linux'
  unless -r '/proc/self/status';

my $sim = start_simulator();
my $tls = start_simulator(tls => 1);
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });

create_datazone_server($node, 'tls', $tls);
$_->settings(log => \0, runs_per_day => 1_000_000) for $sim, $tls;
$node->safe_psql(
	'postgres', q{
CREATE FUNCTION repeat_call(sql text, times int) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	failures int := 0;
BEGIN
	FOR n IN 1 .. times LOOP
		BEGIN
			EXECUTE sql;
		EXCEPTION WHEN OTHERS THEN
			failures := failures + 1;
		END;
	END LOOP;
	RETURN failures;
END$$});

my $get = q{SELECT datazone_get_run('run_orders_001', server => 'sim')};
my $event = sprintf q{'{"eventType": "COMPLETE",
	"eventTime": "2026-11-20T10:00:00Z", "producer": "https://e.com/etl",
	"schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
	"run": {"runId": "0190d5a8-0000-7000-8000-000000000001"},
	"job": {"namespace": "etl", "name": "load"}, "padding": "%s"}'},
  'x' x 100_000;

# One backend for all of it.
my $session = DatazoneSession->new($node);
my $pid = $session->pid;

stays_flat('10,000 calls', 500, 10_000, sub { loop($get, $_[0], 0); });
stays_flat('5,000 calls in one query', 200, 5_000,
	sub {
		my $result = $session->query("SELECT count(*)
			FROM generate_series(1, $_[0]) n,
			datazone_get_run(format('run_orders_%s', to_char(n % 100 + 1,
				'FM000')), server => 'sim')", 120);
		die $result->{out} unless $result->{out} eq $_[0];
	});
stays_flat('2,000 calls in one query\'s list of results', 200, 2_000,
	sub {
		my $result = $session->query("SELECT count((r).id) FROM (
			SELECT datazone_get_run(format('run_orders_%s',
				to_char(n % 100 + 1, 'FM000')), server => 'sim') r
			FROM generate_series(1, $_[0]) n) q", 120);
		die $result->{out} unless $result->{out} eq $_[0];
	});
stays_flat('2,000 calls that start something',
	200, 2_000,
	sub {
		loop(
			q{SELECT datazone_start_run('ds_stores', server => 'sim')},
			$_[0], 0);
	});
stays_flat('200 large events', 50, 200,
	sub {
		loop("SELECT datazone_post_lineage($event, server => 'sim')",
			$_[0], 0);
	});
stays_flat('500 listings of two pages', 50, 500,
	sub {
		loop(
			q{SELECT count(*) FROM datazone_list_data_source_runs(
				'ds_clickstream', server => 'sim')},
			$_[0], 0);
	});
stays_flat('2,000 refusals', 200, 2_000,
	sub {
		loop(q{SELECT datazone_get_run('none', server => 'sim')},
			$_[0], $_[0]);
	});
for my $kind ('garbage', 'missing_required', 'drop', 'half_body', 'gzip')
{
	my $fails = $kind eq 'gzip' ? 0 : 1;

	stays_flat("500 times $kind", 100, 500,
		sub {
			$sim->fault('GetDataSourceRun', $kind, 'all');
			loop($get, $_[0], $_[0] * $fails);
			$sim->clear_faults;
		});
}
stays_flat('500 new connections', 100, 500,
	sub {
		$sim->fault('GetDataSourceRun', 'close', 'all');
		loop($get, $_[0], 0);
		$sim->clear_faults;
	});
stays_flat('1,000 calls over https', 100, 1_000,
	sub { loop($get =~ s/'sim'/'tls'/r, $_[0], 0); });
stays_flat('200 new connections over https', 50, 200,
	sub {
		$tls->fault('GetDataSourceRun', 'close', 'all');
		loop($get =~ s/'sim'/'tls'/r, $_[0], 0);
		$tls->clear_faults;
	});
stays_flat('100 calls cancelled', 20, 100,
	sub {
		$sim->fault('GetDataSourceRun', 'stall', 'all');
		$session->query('SET statement_timeout = 10');
		for (1 .. $_[0])
		{
			my $sqlstate = $session->query($get)->{sqlstate};
			die "not cancelled but $sqlstate" unless $sqlstate eq '57014';
		}
		$session->query('RESET statement_timeout');
		$sim->clear_faults;
	});
stays_flat('500 changes of the server', 50, 500,
	sub {
		for (1 .. $_[0])
		{
			$session->query(q{ALTER SERVER sim OPTIONS (SET max_attempts '1')});
			$session->query($get);
		}
	});
is($session->query('SELECT pg_backend_pid()')->{out},
	$pid, 'all of it happened to one backend');
$session->close;

# Listings: what the largest moment took, in a backend of its own each.
{
	my %runs = (ds_few => 10_000, ds_many => 100_000);
	my %peak;

	$sim->control('POST', 'seed',
		{
			data_sources =>
			  [ map { { id => $_, runs => $runs{$_} } } sort keys %runs ]
		});
	for my $source (sort keys %runs)
	{
		my $lister = DatazoneSession->new($node, set => "SET work_mem = '1MB'");

		$lister->query($get);
		is( $lister->query(
				"SELECT count(*) FROM datazone_list_data_source_runs(
					'$source', server => 'sim')", 120)->{out},
			$runs{$source},
			"$runs{$source} runs are listed");
		$peak{$source} = status_kb($lister->pid, 'VmHWM');
		$lister->close;
	}
	note "peak of 10,000 runs: $peak{ds_few} kB, of 100,000: $peak{ds_many} kB";
	cmp_ok(abs($peak{ds_many} - $peak{ds_few}),
		'<', LISTING_KB, 'ten times the runs need no more memory');
}

is($_->statistics->{bugs}, 0, 'a simulator had no trouble') for $sim, $tls;
done_testing();

# Do something a few times, look, do it many times, look again: four tests.
sub stays_flat
{
	my ($name, $few, $many, $do) = @_;

	# A connection that was idle for long is closed, and the one over plain
	# http is used below: both looks are with that one open.
	$do->($few);
	loop($get, 1, 0);
	my @before = look();
	$do->($many);
	loop($get, 1, 0);
	my @after = look();

	# A newer libcurl says goodbye to a TLS server in the background; a
	# connection whose server is slow to answer goes with a later call.
	my $deadline = time + 30;
	while ($after[2] > $before[2] && time < $deadline)
	{
		loop($get, 1, 0);
		$after[2] = (look())[2];
	}

	note sprintf '%s: resident %+d kB, contexts %+d kB, sockets %+d,'
	  . ' peak %+d kB', $name, map { $after[$_] - $before[$_] } 0 .. 3;
	cmp_ok($after[0] - $before[0], '<', RESIDENT_KB, "$name: memory");
	cmp_ok($after[1] - $before[1], '<', CONTEXTS_KB, "$name: contexts");
	cmp_ok($after[2], '<=', $before[2], "$name: sockets and the like");
	cmp_ok($after[3] - $before[3], '<', PEAK_KB, "$name: memory on the way");
	return;
}

# Kilobytes of its own memory, kilobytes of contexts, and the descriptors that
# are no files on disk (PostgreSQL opens and closes those as it likes), and the
# most memory it ever had, shared buffers that it touched included.
sub look
{
	my @files = grep { (readlink($_) // '') !~ m{^/} } glob "/proc/$pid/fd/*";
	my $contexts = $session->query(
		'SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts')
	  ->{out};
	return (
		status_kb($pid, 'RssAnon'),
		$contexts, scalar @files, status_kb($pid, 'VmHWM'));
}

sub status_kb
{
	my ($of, $name) = @_;
	my ($kb) = slurp_file("/proc/$of/status") =~ /^$name:\s+(\d+)/m;
	return $kb;
}

# Run a statement many times in one; so many of them must fail.
sub loop
{
	my ($sql, $times, $failures) = @_;
	my $result =
	  $session->query("SELECT repeat_call(\$sql\$$sql\$sql\$, $times)", 120);

	die "expected $failures failures: " . substr($result->{out}, 0, 300)
	  if $result->{out} ne $failures;
	return;
}
