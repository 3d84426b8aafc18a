# However many runs the table holds, the worker reads the ones that it is about:
# cycles, followed runs, retention and the rows of dropped servers go by indexes.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

use constant OLD_RUNS => 50_000;

my @sources = map { "ds_$_" } qw(orders customers returns inventory payments
  clickstream stores preferences);
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 },
	conf => "autovacuum = off\n");

# Runs of this server, and of one that will go, as if years had passed.
create_datazone_server($node, 'gone', $sim);
watch($node, @sources);
is_deeply([ wait_synced($node, $sim) ], [], 'all is synced');
for my $server ('sim', 'gone')
{
	$node->safe_psql('postgres', "
		INSERT INTO datazone_run (server, domain_id, data_source_id, id, status,
			type, created_at, updated_at)
		SELECT '$server', 'dzd_simulator', 'ds_old', 'run_' || n, 'SUCCESS',
			'SCHEDULED', t, t
		FROM generate_series(1, ${\OLD_RUNS}) n,
			LATERAL (SELECT now() - interval '300 days' - n * interval '1 minute' t) at");
}
$node->safe_psql('postgres', 'VACUUM ANALYZE datazone_run');

my $before = reported();
wait_cycles($sim, 2, \@sources);
$sim->settings(requested_seconds => 0, running_seconds => 1);
my $run = start_ended_run($sim, 'ds_orders');
wait_value($node, status_of($run), qr/\w/,
	'a new run');
$run = $node->safe_psql('postgres', "SELECT id FROM datazone_start_run('ds_orders', server => 'sim')");
wait_value($node, status_of($run),
	qr/^[^R]/, 'a run that is followed');
is(whole_reads('written', 2), 0, 'cycles and followed runs read no whole table');

$before = reported();
$node->safe_psql('postgres', 'DROP SERVER gone CASCADE');
is(whole_reads('deleted', OLD_RUNS),
	0, 'nor does the deletion of the rows of a dropped server');

$before = reported();
$node->safe_psql('postgres', q{ALTER SYSTEM SET datazone.run_retention = '1d'});
$node->reload;
is(whole_reads('deleted', OLD_RUNS), 0, 'nor does retention');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# What has been reported of the table.
sub reported
{
	my @names = qw(written deleted whole_reads);
	my %counters;

	@counters{@names} = split /\|/, $node->safe_psql('postgres',
		q{SELECT n_tup_ins + n_tup_upd, n_tup_del, seq_scan
		FROM pg_stat_user_tables WHERE relname = 'datazone_run'});
	return \%counters;
}

# Sequential scans since "before", once so much more of the rest is reported: a
# process reports all that it has done at once.
sub whole_reads
{
	my ($what, $count) = @_;

	poll_until(sub { reported()->{$what} >= $before->{$what} + $count },
		"$count rows to be $what", 120);
	return reported()->{whole_reads} - $before->{whole_reads};
}

# By the primary key.
sub status_of
{
	my ($run) = @_;

	return "SELECT status FROM datazone_run WHERE server = 'sim'
		AND domain_id = 'dzd_simulator' AND id = '$run'";
}
