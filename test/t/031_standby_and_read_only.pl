# A hot standby and a READ ONLY transaction read; what writes is refused there
# as 25006 before anything is sent.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $primary = new_datazone_node('primary', $sim,
	init => [ allows_streaming => 1 ]);
my $standby = PostgreSQL::Test::Cluster->new('standby');

$primary->backup('copy');
$standby->init_from_backup($primary, 'copy', has_streaming => 1);
$standby->start;
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
$sim->settings(requested_seconds => 0, running_seconds => 0);

my ($run) = @{ $sim->control('POST', 'runs/start',
		{ data_sources => ['ds_stores'] })->{ids} };
my $event = q{'{"eventType": "COMPLETE", "eventTime": "2026-11-20T10:00:00Z",
	"producer": "https://e.com/etl",
	"schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
	"run": {"runId": "0190d5a8-0000-7000-8000-000000000001"},
	"job": {"namespace": "etl", "name": "load"}}'};
my %readers = (
	datazone_get_run => q{SELECT id FROM datazone_get_run('run_orders_001')},
	datazone_list_data_source_runs => q{SELECT count(*)
		FROM datazone_list_data_source_runs('ds_clickstream')},
	datazone_list_data_sources =>
	  q{SELECT count(*) > 5 FROM datazone_list_data_sources('prj_retail')},
	datazone_wait_for_run =>
	  "SELECT count(*) FROM datazone_wait_for_run('$run')",
	datazone_whoami => 'SELECT server FROM datazone_whoami()');
my %writers = (
	datazone_start_run => q{SELECT datazone_start_run('ds_orders')},
	datazone_post_lineage => "SELECT datazone_post_lineage($event)",
	datazone_start_metadata_generation_run =>
	  q{SELECT datazone_start_metadata_generation_run('prj_retail', 'a')},
	datazone_create_data_product_revision =>
	  q{SELECT datazone_create_data_product_revision('p', 'name')});

# The primary's own READ ONLY transactions, of each kind.
{
	my $session = DatazoneSession->new($primary);

	for my $set ('BEGIN READ ONLY', 'BEGIN; SET TRANSACTION READ ONLY',
		'SET default_transaction_read_only = on; BEGIN')
	{
		for my $name (sort keys %readers)
		{
			$session->query($set);
			is($session->query($readers{$name})->{sqlstate},
				'00000', "$set: $name reads");
			$session->query('ROLLBACK');
		}
		$sim->clear_log;
		for my $name (sort keys %writers)
		{
			$session->query($set);
			my $result = $session->query($writers{$name});
			is($result->{sqlstate}, '25006', "$set: $name is refused")
			  or diag($result->{out});
			$session->query('ROLLBACK');
		}
		is($sim->count, 0, "$set: nothing was sent");
		$session->query('RESET default_transaction_read_only');
	}
	$session->close;
}

# The standby, before and after it is promoted, in one session.
my $session = DatazoneSession->new($standby);
for my $name (sort keys %readers)
{
	my $result = $session->query($readers{$name});
	is($result->{sqlstate}, '00000', "standby: $name reads")
	  or diag($result->{out});
}
is($session->query("CALL datazone_await_run('$run')")->{sqlstate},
	'00000', 'standby: datazone_await_run waits');

$sim->clear_log;
for my $name (sort keys %writers)
{
	is($session->query($writers{$name})->{sqlstate},
		'25006', "standby: $name is refused");
}
is($sim->count, 0, 'standby: nothing was sent');

# What changes on the primary is seen by the standby's next call.
$primary->safe_psql('postgres',
	"ALTER SERVER sim OPTIONS (SET domain_identifier 'dzd_elsewhere')");
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
$sim->clear_log;
$session->query($readers{datazone_get_run});
like(($sim->log)[0]{path}, qr/dzd_elsewhere/,
	'standby: a change of the server arrives');
$primary->safe_psql('postgres',
	"ALTER SERVER sim OPTIONS (SET domain_identifier 'dzd_simulator')");
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));

$standby->promote;
poll_until(
	sub { $session->query('SELECT pg_is_in_recovery()')->{out} eq 'f' },
	'the promotion');
my $result = $session->query($writers{datazone_start_run});
is($result->{sqlstate}, '00000', 'promoted: it writes')
  or diag($result->{out});

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();
