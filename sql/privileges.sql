--
-- Who may call what: EXECUTE, USAGE, a mapping; whose they are.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
CREATE ROLE datazone_etl;
CREATE ROLE datazone_reader;
CREATE ROLE datazone_member;
GRANT datazone_etl TO datazone_member;

CREATE TABLE call (n serial, name text, writes boolean, statement text);
INSERT INTO call (name, writes, statement) VALUES
    ('list runs', false, 'SELECT * FROM datazone_list_data_source_runs(''ds_payments'')'),
    ('list sources', false, 'SELECT * FROM datazone_list_data_sources(''prj_retail'')'),
    ('get run', false, 'SELECT * FROM datazone_get_run(''run_payments_001'')'),
    ('wait for run', false, 'SELECT * FROM datazone_wait_for_run(''run_payments_001'')'),
    ('start run', true, 'SELECT * FROM datazone_start_run(''ds_orders'')'),
    ('post lineage', true, 'SELECT datazone_post_lineage(''{"run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"}, "eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s"}'')'),
    ('start generation', true, 'SELECT * FROM datazone_start_metadata_generation_run(''prj_retail'', ''ast_orders'')'),
    ('get generation', false, 'SELECT * FROM datazone_get_metadata_generation_run(''absent'')'),
    ('revise product', true, 'SELECT * FROM datazone_create_data_product_revision(''dp_orders'', ''n'')');
GRANT SELECT ON call TO PUBLIC;
\! sim forget

-- without EXECUTE nobody calls anything
SET ROLE datazone_etl;
SELECT name, outcome(statement) FROM call ORDER BY n;
CALL datazone_await_run('run_payments_001');
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;

-- with EXECUTE, but without USAGE
DO $$
DECLARE f regprocedure;
BEGIN
    FOR f IN SELECT objid FROM pg_depend
        WHERE deptype = 'e' AND classid = 'pg_proc'::regclass
          AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'datazone')
    LOOP
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO datazone_etl, datazone_reader', f);
    END LOOP;
END $$;
SET ROLE datazone_etl;
SELECT name, outcome(statement) FROM call ORDER BY n;
-- the server is named, and exists: that is not the question
SELECT outcome('SELECT * FROM datazone_get_run(''run_payments_001'', server => ''sim'')');
SELECT outcome('SELECT * FROM datazone_get_run(''run_payments_001'', server => ''absent'')');
\set VERBOSITY sqlstate
CALL datazone_await_run('run_payments_001');
CALL datazone_await_run('run_payments_001', server => 'sim');
\set VERBOSITY default
RESET ROLE;

-- with USAGE, but without a mapping
GRANT USAGE ON FOREIGN SERVER sim TO datazone_etl;
SET ROLE datazone_etl;
SELECT name, outcome(statement) FROM call ORDER BY n;
RESET ROLE;
-- so far nothing was sent
\! sim count

-- with a mapping of its own
\! sim post identities '{"access_key": "AKIDETL", "secret_key": "etl"}' > /dev/null
CREATE USER MAPPING FOR datazone_etl SERVER sim OPTIONS (access_key_id 'AKIDETL', secret_access_key 'etl');
SET ROLE datazone_etl;
SELECT name, refusal(statement) FROM call ORDER BY n;
CALL datazone_await_run('run_payments_001');
RESET ROLE;
\set log `sim get log`
SELECT DISTINCT substring(headers->>'authorization' FROM 'Credential=(\w+)') FROM requests(:'log');

-- a member has the role's USAGE and EXECUTE, not its mapping
SET ROLE datazone_member;
SELECT refusal(statement) FROM call WHERE name IN ('get run', 'start run') ORDER BY n;
RESET ROLE;
-- the reader has EXECUTE, and neither USAGE nor mapping: a function of the
-- ETL role's runs with that role's
CREATE FUNCTION runs_for_all(source text) RETURNS SETOF datazone_run LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT * FROM public.datazone_list_data_source_runs(source)';
ALTER FUNCTION runs_for_all OWNER TO datazone_etl;
CREATE FUNCTION start_for_all(source text) RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT status FROM public.datazone_start_run(source));
END $$;
ALTER FUNCTION start_for_all OWNER TO datazone_etl;
CREATE VIEW view_of_runs AS SELECT id FROM datazone_list_data_source_runs('ds_payments');
ALTER VIEW view_of_runs OWNER TO datazone_etl;
GRANT SELECT ON view_of_runs TO datazone_reader;
\! sim forget
SET ROLE datazone_reader;
SELECT refusal(statement) FROM call WHERE name = 'get run';
SELECT count(*) FROM runs_for_all('ds_payments');
SELECT start_for_all('ds_orders');
-- a view is no such function: its functions run as the one who asks
SELECT refusal('SELECT * FROM view_of_runs');
RESET ROLE;
\set log `sim get log`
SELECT operation, substring(headers->>'authorization' FROM 'Credential=(\w+)') FROM requests(:'log');

-- each role its own keys, in one session
\! sim post identities '{"access_key": "AKIDREADER", "secret_key": "reader"}' > /dev/null
GRANT USAGE ON FOREIGN SERVER sim TO datazone_reader;
CREATE USER MAPPING FOR datazone_reader SERVER sim OPTIONS (access_key_id 'AKIDREADER', secret_access_key 'reader');
\! sim forget
SET ROLE datazone_etl;
SELECT status FROM datazone_get_run('run_payments_001');
SET ROLE datazone_reader;
SELECT status FROM datazone_get_run('run_payments_001');
SELECT count(*) FROM runs_for_all('ds_payments');
SELECT status FROM datazone_get_run('run_payments_001');
RESET ROLE;
SELECT status FROM datazone_get_run('run_payments_001');
-- a change of the mapping takes effect at the next call
ALTER USER MAPPING FOR datazone_reader SERVER sim OPTIONS (SET access_key_id 'AKIDETL', SET secret_access_key 'etl');
SET ROLE datazone_reader;
SELECT status FROM datazone_get_run('run_payments_001');
RESET ROLE;
REVOKE USAGE ON FOREIGN SERVER sim FROM datazone_reader;
SET ROLE datazone_reader;
SELECT refusal('SELECT status FROM datazone_get_run(''run_payments_001'')');
RESET ROLE;
DROP USER MAPPING FOR datazone_etl SERVER sim;
SET ROLE datazone_etl;
SELECT refusal('SELECT status FROM datazone_get_run(''run_payments_001'')');
RESET ROLE;
\set log `sim get log`
SELECT substring(headers->>'authorization' FROM 'Credential=(\w+)') FROM requests(:'log') ORDER BY n;

DROP VIEW view_of_runs;
DROP FUNCTION runs_for_all, start_for_all;
DROP OWNED BY datazone_etl, datazone_reader CASCADE;
DROP ROLE datazone_member, datazone_etl, datazone_reader;
