--
-- No name of anybody else's is taken for ours, whatever search_path says.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on

-- objects that lie where they should not are not adopted
DROP EXTENSION datazone CASCADE;
CREATE SCHEMA governance;
CREATE FUNCTION governance.datazone_get_run(text, text, text) RETURNS int
LANGUAGE sql AS 'SELECT 1';
SELECT refusal('CREATE EXTENSION datazone SCHEMA governance');
DROP FUNCTION governance.datazone_get_run;
CREATE TABLE governance.datazone_run (id text);
SELECT refusal('CREATE EXTENSION datazone SCHEMA governance');
DROP TABLE governance.datazone_run;

-- a schema full of traps: types, operators, functions, tables, casts
CREATE SCHEMA trap;
CREATE TYPE trap.text AS (trapped int);
CREATE TYPE trap.jsonb AS (trapped int);
CREATE TYPE trap.interval AS (trapped int);
CREATE TYPE trap.timestamptz AS (trapped int);
CREATE TYPE trap.int4 AS (trapped int);
CREATE TYPE trap.datazone_run AS (trapped int);
CREATE TYPE trap.datazone_data_source AS (trapped int);
CREATE TYPE trap.datazone_metadata_generation_run AS (trapped int);
CREATE TYPE trap.datazone_data_product_revision AS (trapped int);
CREATE TABLE trap.pg_extension (oid oid, extname name, extnamespace oid);
CREATE TABLE trap.pg_foreign_server (oid oid, srvname name, srvfdw oid, srvoptions pg_catalog.text[]);
CREATE TABLE trap.pg_foreign_data_wrapper (oid oid, fdwname name);
CREATE TABLE trap.pg_user_mapping (oid oid, umoptions pg_catalog.text[]);
DO $$
DECLARE t regtype;
BEGIN
    FOREACH t IN ARRAY '{text,name,oid,integer,jsonb,boolean,timestamptz}'::regtype[] LOOP
        EXECUTE format('CREATE FUNCTION trap.eq(%1$s, %1$s) RETURNS boolean LANGUAGE plpgsql
            AS $f$BEGIN RAISE EXCEPTION ''trapped''; END$f$', t);
        EXECUTE format('CREATE OPERATOR trap.= (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = trap.eq)', t);
        EXECUTE format('CREATE OPERATOR trap.<> (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = trap.eq)', t);
    END LOOP;
    CREATE FUNCTION trap.eq(name, text) RETURNS boolean LANGUAGE plpgsql
        AS $f$BEGIN RAISE EXCEPTION 'trapped'; END$f$;
    CREATE OPERATOR trap.= (LEFTARG = name, RIGHTARG = text, FUNCTION = trap.eq);
END $$;
CREATE FUNCTION trap.now() RETURNS pg_catalog.timestamptz LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$;
CREATE FUNCTION trap.gen_random_uuid() RETURNS uuid LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$;
CREATE FUNCTION trap.has_server_privilege(oid, pg_catalog.text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION trap.jsonb_build_object(VARIADIC "any") RETURNS pg_catalog.jsonb
    AS 'jsonb_build_array' LANGUAGE internal;
CREATE FUNCTION trap.format(pg_catalog.text, VARIADIC "any") RETURNS pg_catalog.text
    AS 'text_concat_ws' LANGUAGE internal;
CREATE FUNCTION trap.lower(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''trapped''::pg_catalog.text';
CREATE FUNCTION trap.datazone_get_run(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''trapped''::pg_catalog.text';

-- the extension is made, and works, with the traps in front
SET search_path = trap, pg_catalog, governance, public;
CREATE EXTENSION datazone SCHEMA governance;
SELECT pg_catalog.count(*) FROM pg_catalog.pg_proc WHERE pronamespace OPERATOR(pg_catalog.=)
    'governance'::pg_catalog.regnamespace AND proname OPERATOR(pg_catalog.~) '^datazone_'
    AND prosrc OPERATOR(pg_catalog.<>) proname::pg_catalog.text AND prosqlbody IS NULL;
CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier 'dzd_simulator', endpoint_url :'url');
CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (access_key_id 'AKIDEXAMPLE',
    secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');

-- every function, named in full, three times: with the traps in front, with
-- nothing but the traps, and with nothing at all
\set calls 'SELECT id, status FROM governance.datazone_list_data_source_runs(\'ds_payments\') \\; SELECT pg_catalog.count(*) FROM governance.datazone_list_data_sources(\'prj_retail\') \\; SELECT id, created_at FROM governance.datazone_get_run(\'run_payments_001\') \\; SELECT id FROM governance.datazone_wait_for_run(\'run_payments_001\', \'1 s\') \\; SELECT status FROM governance.datazone_start_run(\'ds_orders\') \\; SELECT (governance.datazone_start_run(\'ds_orders\')).status \\; SELECT governance.datazone_post_lineage(\'{"run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"}, "eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s"}\') IS NULL \\; SELECT types FROM governance.datazone_start_metadata_generation_run(\'prj_retail\', \'ast_orders\') \\; SELECT name, items FROM governance.datazone_create_data_product_revision(\'dp_orders\', \'n\', items => \'[{"itemType": "ASSET", "identifier": "ast_orders"}]\') \\; SELECT server FROM governance.datazone_whoami();'
:calls
CALL governance.datazone_await_run('run_payments_001', timeout => '1 s');
SET search_path = trap;
:calls
CALL governance.datazone_await_run('run_payments_001', timeout => '1 s');
SET search_path = '';
:calls
CALL governance.datazone_await_run('run_payments_001', timeout => '1 s');

-- the same with temporary objects, which are searched first of all
RESET search_path;
CREATE TEMP TABLE datazone_run (trapped int);
CREATE TEMP TABLE datazone_data_source (trapped int);
CREATE TEMP TABLE pg_extension (oid oid, extname name);
CREATE TEMP TABLE pg_foreign_server (oid oid, srvname name);
SET search_path = pg_temp, trap, pg_catalog;
:calls
RESET search_path;

-- errors come out the same way
SET search_path = trap;
SELECT * FROM governance.datazone_get_run(NULL);
SELECT * FROM governance.datazone_get_run('');
SELECT * FROM governance.datazone_post_lineage('{}');
ALTER SERVER sim OPTIONS (ADD regoin 'x');

-- the policy of the table keeps its meaning
SET search_path = trap, pg_catalog;
CREATE ROLE datazone_seller;
GRANT USAGE ON SCHEMA governance, trap TO datazone_seller;
GRANT SELECT ON governance.datazone_run TO datazone_seller;
INSERT INTO governance.datazone_run (server, domain_id, id) VALUES ('sim', 'd', 'i');
SET ROLE datazone_seller;
SELECT count(*) FROM governance.datazone_run;
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_seller;
SET ROLE datazone_seller;
SELECT count(*) FROM governance.datazone_run;
RESET ROLE;
RESET search_path;
DROP OWNED BY datazone_seller;
DROP ROLE datazone_seller;

-- a function of another schema, or of the user's, is not ours: nor is what
-- looks like an extension
SELECT count(*) FROM pg_depend WHERE deptype = 'e' AND classid = 'pg_proc'::regclass
    AND refobjid = (SELECT oid FROM pg_catalog.pg_extension WHERE extname = 'datazone')
    AND pg_identify_object(classid, objid, 0)::text !~ 'governance';
