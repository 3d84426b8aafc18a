# A hot standby and a READ ONLY transaction read; what writes is refused there
# as 25006 before anything is sent: each typed function, and each operation of
# the API by its name.

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

$primary->safe_psql('postgres', any_operation());
$primary->safe_psql('postgres', 'CREATE TABLE src (a int, b text);
	CREATE TABLE dst (a int PRIMARY KEY, b text);
	CREATE FUNCTION one(n int) RETURNS int LANGUAGE sql STABLE AS $$SELECT max(a) FROM src WHERE a < n$$;
	CREATE FUNCTION broken(n int) RETURNS int LANGUAGE sql AS $$SELECT n$$;
	CREATE MATERIALIZED VIEW mv AS SELECT a FROM src;
	ALTER TABLE src ADD gone int;
	CREATE OR REPLACE FUNCTION broken(n int) RETURNS int LANGUAGE sql AS $$SELECT max(gone) FROM src$$;
	ALTER TABLE src DROP gone');
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
# Lineage is asked for without running what it is asked for.
my @explained = (
	'SELECT one(a), broken(a) FROM src', 'SELECT a FROM src FOR UPDATE',
	'INSERT INTO dst SELECT one(a), broken(a)::text FROM src ON CONFLICT (a) DO UPDATE SET b = excluded.b',
	'UPDATE dst SET b = src.b FROM src WHERE src.a = dst.a', 'DELETE FROM dst USING src WHERE src.a = dst.a',
	'MERGE INTO dst USING src ON src.a = dst.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (src.a, src.b)',
	'WITH d AS (DELETE FROM dst RETURNING a) INSERT INTO dst (a) SELECT a FROM d', 'CREATE TABLE made AS SELECT a FROM src',
	'CREATE TEMP TABLE made AS SELECT a FROM src', 'CREATE VIEW made AS SELECT a FROM src', 'REFRESH MATERIALIZED VIEW mv',
	q{COPY dst (a) FROM '/file' WHERE a > 0}, q{COPY src TO '/file'}, 'EXPLAIN ANALYZE INSERT INTO dst SELECT a, b FROM src');
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
		$session->query($set);
		explains($session, $set);
		$session->query('ROLLBACK');
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
	$session->query('BEGIN READ ONLY');
	by_name($session, 'READ ONLY');
	$session->query('ROLLBACK');
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
explains($session, 'standby');
is($session->query("CALL datazone_await_run('$run')")->{sqlstate},
	'00000', 'standby: datazone_await_run waits');

$sim->clear_log;
for my $name (sort keys %writers)
{
	is($session->query($writers{$name})->{sqlstate},
		'25006', "standby: $name is refused");
}
is($sim->count, 0, 'standby: nothing was sent');
by_name($session, 'standby');

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

# The view any_operation: each operation with the least params that it takes,
# and a function that runs something and gives its SQLSTATE.
sub any_operation
{
	return q{
		CREATE VIEW any_operation AS
		SELECT operation, method, read_only, paginated, (
			SELECT coalesce(jsonb_object_agg(p->>'name', CASE
				WHEN p->>'name' = 'match' THEN '[
					{"entityPattern": {"entityType": "t", "identifier": "i"}},
					{"entityPattern": {"entityType": "t", "identifier": "j"}}]'
				WHEN p->>'type' = 'boolean' THEN 'true'
				WHEN p->>'type' = 'list' THEN '["x"]'
				ELSE '"dzd_x"' END::jsonb), '{}')
			FROM jsonb_array_elements(parameters) p
			WHERE (p->>'required')::boolean AND read_only) AS params
		FROM datazone_operations();

		CREATE FUNCTION sqlstate_of(statement text, operation text,
			params jsonb) RETURNS text LANGUAGE plpgsql AS $$
		BEGIN
			EXECUTE statement USING operation, params;
			RETURN '00000';
		EXCEPTION WHEN others THEN
			RETURN sqlstate;
		END $$};
}

# datazone_explain_lineage(), of statements that read and that write.
sub explains
{
	my ($session, $where) = @_;

	for my $statement (@explained)
	{
		my $result = $session->query("SELECT count(*) > 0 FROM datazone_explain_lineage(\$query\$$statement\$query\$)");
		is("$result->{sqlstate} $result->{out}", '00000 t', "$where: the lineage of $statement")
		  or diag($result->{out});
	}
	return;
}

# Every operation by its name, from a service that answers with nothing, and
# every listing, from one that has no items.
sub by_name
{
	my ($session, $where) = @_;
	my $each = 'SELECT string_agg(DISTINCT outcome, $$,$$), count(*) FROM (
		SELECT sqlstate_of($$SELECT * FROM %s($1, $2)$$, operation, params)
			AS outcome FROM any_operation WHERE %s) AS each';
	my $count = sub {
		$sim->clear_log;
		my $out = $session->query(sprintf $each, @_)->{out};
		my %methods;
		$methods{ $_->{method} }++ for $sim->log;
		return join ' ', $out, map { "$_:$methods{$_}" } sort keys %methods;
	};

	$sim->fault('*', 'answer', 'all', body => '');
	is($count->('datazone_call', 'read_only'),
		'00000|82 GET:76 POST:6', "$where: 82 operations read by name");
	is($count->('datazone_call', 'NOT read_only'),
		'25006|113', "$where: 113 are refused, and nothing is sent");
	$sim->clear_faults;
	$sim->fault('*', 'answer', 'all', json => { map { $_ => [] } qw(items
		members owners grantList nodes notifications) });
	is($count->('datazone_list', 'paginated'),
		'00000|41 GET:35 POST:6', "$where: 41 listings read by name");
	is($count->('datazone_list', 'NOT paginated AND NOT read_only'),
		'25006|113', "$where: to list what writes is refused, too");
	$sim->clear_faults;
	return;
}
