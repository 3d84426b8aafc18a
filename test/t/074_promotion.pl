# A standby has its launcher and waits; promoted, it syncs by itself.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $primary = new_worker_node('primary', $sim,
	init => [ allows_streaming => 1 ], server => { rate_limit => 0 });
my $standby = PostgreSQL::Test::Cluster->new('standby');

watch($primary, map { "ds_$_" } qw(orders customers returns inventory payments
	  clickstream stores preferences));
wait_synced($primary, $sim);
$primary->backup('copy');
$standby->init_from_backup($primary, 'copy', has_streaming => 1);
$standby->start;
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));

is_deeply([ differences($standby, $sim) ],
	[], 'the standby has the rows that the primary has written');
like(
	$standby->safe_psql('postgres', "SELECT string_agg(worker_state, ',')
		FROM datazone_stat WHERE datname = 'postgres'"),
	qr/^(waiting for promotion)?$/,
	'what the standby says of its worker');
is(worker_pid($standby), undef, 'it has none');

# With the primary switched off, whatever is asked comes from the standby.
$primary->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = off');
$primary->reload;
wait_value($primary, "SELECT worker_state FROM datazone_stat
	WHERE datname = 'postgres'", qr/disabled/, 'the primary to be disabled');
poll_until(sub { $sim->statistics->{in_flight} == 0 }, 'requests to end');
my $run = start_ended_run($sim, 'ds_stores');
my $count = $sim->statistics->{requests};
my $began = time();
poll_until(sub { time() - $began > 4 }, 'time');
is($sim->statistics->{requests}, $count, 'the standby asks for nothing');

# Runs go on while the primary fails and the standby takes over.
$primary->stop('immediate');
$began = time();
$standby->promote;
my $pid = wait_worker($standby, 'postgres', 30);
cmp_ok(time() - $began, '<', 10, 'promoted, it has a worker by itself');
is_deeply([ wait_synced($standby, $sim) ], [], 'which syncs');
is( $standby->safe_psql('postgres', "SELECT count(*)
		FROM datazone_watched_data_source WHERE state = 'active'"),
	'8',
	'the watches are its own');
like(
	$standby->safe_psql('postgres', "SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'"),
	qr/running/, 'and it says so');
start_ended_run($sim, 'ds_orders');
is_deeply([ wait_synced($standby, $sim) ], [], 'and goes on');

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$standby->stop;
done_testing();
