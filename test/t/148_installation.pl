# CREATE EXTENSION takes nothing for its own that was there before, and calls
# nothing that somebody else put in its way.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
my $ours = q{SELECT count(*) FROM pg_depend d JOIN pg_extension e
	ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	WHERE extname = 'datazone'};

$node->init;
$node->append_conf('postgresql.conf', 'shared_preload_libraries = datazone');
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE mallory LOGIN;
	GRANT CREATE ON DATABASE postgres TO mallory');
is_already_there();
calls_nobody();
$node->stop;
done_testing();

# An object of each kind, by somebody who hopes that it will be filled or called
# with the rights of others.
sub is_already_there
{
	my %objects = (
		'CREATE TABLE s.datazone_run (a int)' => '42P07',
		'CREATE VIEW s.datazone_stat AS SELECT 1' => '42P07',
		'CREATE SEQUENCE s.datazone_outbox_entry' => '42P07',
		'CREATE TYPE s.datazone_data_source AS (a int)' => '42710',
		'CREATE TABLE t (a int); CREATE INDEX datazone_run_by_update ON s.t (a)' =>
		  '42P07',
		q{CREATE FUNCTION s.datazone_lineage_trigger() RETURNS trigger
			LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'} => '42723');

	for my $object (sort keys %objects)
	{
		as_mallory("CREATE SCHEMA s; SET search_path = s; $object");
		my ($rc, undef, $err) = $node->psql('postgres',
			'CREATE EXTENSION datazone SCHEMA s',
			extra_params => [ '-v', 'VERBOSITY=verbose' ]);
		like($err, qr/ERROR:  $objects{$object}: /,
			"refused ($objects{$object}): $object");
		is($node->safe_psql('postgres', $ours), '0', '... and nothing is made');
		as_mallory('DROP SCHEMA s CASCADE');
	}
	return;
}

# Functions and operators that match better than PostgreSQL's own, in the schema
# where the extension goes: whoever calls one is found out.
sub calls_nobody
{
	as_mallory(q{
		CREATE SCHEMA s;
		SET search_path = s;
		CREATE FUNCTION trap() RETURNS void LANGUAGE plpgsql
			AS $$ BEGIN RAISE 'called as %', current_user; END $$;
		CREATE FUNCTION trap(anyelement) RETURNS boolean LANGUAGE plpgsql
			AS $$ BEGIN RAISE 'called as %', current_user; END $$;
		CREATE FUNCTION trap(text, text) RETURNS boolean LANGUAGE plpgsql
			AS $$ BEGIN RAISE 'called as %', current_user; END $$;
		CREATE FUNCTION trap(oid, oid) RETURNS boolean LANGUAGE plpgsql
			AS $$ BEGIN RAISE 'called as %', current_user; END $$;
		CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = trap);
		CREATE OPERATOR <> (LEFTARG = text, RIGHTARG = text, FUNCTION = trap);
		CREATE OPERATOR = (LEFTARG = oid, RIGHTARG = oid, FUNCTION = trap)});
	for my $function (qw(now lower format current_setting has_server_privilege
		pg_has_role clock_timestamp set_config concat))
	{
		as_mallory("SET search_path = s; CREATE FUNCTION s.$function(VARIADIC text[])
			RETURNS boolean LANGUAGE plpgsql
			AS 'BEGIN RAISE ''called as %'', current_user; END'");
	}
	$node->safe_psql('postgres', 'CREATE EXTENSION datazone SCHEMA s');
	is($node->safe_psql('postgres',
			q{SELECT count(*) FROM pg_extension WHERE extname = 'datazone'}),
		1, 'it is made among traps');
	$node->safe_psql('postgres',
		"SET search_path = s, pg_catalog; SELECT * FROM $_")
	  for qw(s.datazone_stat s.datazone_run s.datazone_outbox s.datazone_delivery
	  s.datazone_watched_data_source);
	pass('its views and policies call none, whoever has them in the path');
	is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_depend d
		JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid
		WHERE p.proowner = 'mallory'::regrole AND d.deptype <> 'n'}),
		'0', 'and nothing of theirs depends on it');
	$node->safe_psql('postgres', 'DROP EXTENSION datazone');
	is($node->safe_psql('postgres', q{SELECT count(*) > 10 FROM pg_proc
		WHERE proowner = 'mallory'::regrole}), 't', 'what was there stays');
	return;
}

sub as_mallory
{
	my ($sql) = @_;

	$node->safe_psql('postgres', $sql, extra_params => [ '-U', 'mallory' ]);
	return;
}
