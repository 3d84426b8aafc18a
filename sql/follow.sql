--
-- A run that is started here is followed from the commit on: the row that says
-- so is part of the transaction.
--
-- setting: shared_preload_libraries = datazone
-- setting: datazone.databases = no_worker_here
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
-- no worker serves here, which each watch would say
SET client_min_messages = warning;
\! sim clock '{"scale": 0}' > /dev/null
CREATE ROLE datazone_etl;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_etl;
GRANT EXECUTE ON FUNCTION datazone_start_run(text, text, text, text) TO datazone_etl;
\! sim post identities '{"access_key": "AKIDETL", "secret_key": "etl"}' > /dev/null
CREATE USER MAPPING FOR datazone_etl SERVER sim OPTIONS (access_key_id 'AKIDETL', secret_access_key 'etl');
CREATE VIEW follow AS
    SELECT server, domain_id, data_source_id, role, server_id = (SELECT oid FROM pg_foreign_server) AS its_server,
        followed_at <= now() AS timed
    FROM datazone_followed_run ORDER BY followed_at;

-- a row for a run, also where PostgreSQL evaluates the function for each column
SET ROLE datazone_etl;
SELECT id AS run FROM datazone_start_run('ds_stores', client_token => repeat('t', 36)) \gset
SELECT (datazone_start_run('ds_orders')).status;
SELECT (r).status, (r).type FROM (SELECT datazone_start_run('ds_returns') r OFFSET 0) x;
SELECT (datazone_start_run('ds_customers')).*  \gset ignored_
RESET ROLE;
TABLE follow;
SELECT run_id = :'run' AS same FROM datazone_followed_run WHERE data_source_id = 'ds_stores';

-- the same client token is the same run, whose follower stays
SELECT id = :'run' AS same FROM datazone_start_run('ds_stores', client_token => repeat('t', 36));
SELECT count(*), min(role::text) FROM datazone_followed_run WHERE data_source_id = 'ds_stores';
-- unless its server was replaced
UPDATE datazone_followed_run SET server_id = 1;
SELECT id = :'run' AS same FROM datazone_start_run('ds_stores', client_token => repeat('t', 36));
SELECT data_source_id, role FROM follow WHERE its_server;
TRUNCATE datazone_followed_run;

-- a transaction that rolls back starts a run all the same, which nobody follows
BEGIN;
SELECT status FROM datazone_start_run('ds_inventory');
SELECT count(*) FROM datazone_followed_run;
ROLLBACK;
BEGIN;
SAVEPOINT s;
SELECT status FROM datazone_start_run('ds_inventory');
ROLLBACK TO s;
SELECT status FROM datazone_start_run('ds_payments');
COMMIT;
TABLE follow;
TRUNCATE datazone_followed_run;

-- no run, no row; and other operations have none
\! sim fault StartDataSourceRun error 1 '{"status": 409, "code": "ConflictException"}'
SELECT refusal('SELECT * FROM datazone_start_run(''ds_orders'')');
SELECT status FROM datazone_start_metadata_generation_run('prj_retail', 'ast_orders');
SELECT datazone_call('StartDataSourceRun', '{"dataSourceIdentifier": "ds_orders"}')->>'status';
TABLE follow;

-- what would keep the row from being written costs no run
\! sim forget
ALTER TABLE datazone_followed_run RENAME TO elsewhere;
SELECT outcome('SELECT * FROM datazone_start_run(''ds_orders'')');
ALTER TABLE elsewhere RENAME TO datazone_followed_run;
\! sim count

-- another schema, and a name that has to be quoted
DROP EXTENSION datazone CASCADE;
CREATE SCHEMA "Data Zone";
CREATE EXTENSION datazone SCHEMA "Data Zone";
CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier 'dzd_simulator', endpoint_url :'url');
CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
    access_key_id 'AKIDEXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
SELECT status FROM "Data Zone".datazone_start_run('ds_clickstream');
SELECT data_source_id FROM "Data Zone".datazone_followed_run;
SELECT "Data Zone".datazone_watch('ds_clickstream');
SELECT "Data Zone".datazone_resume('sim');
SELECT data_source_id FROM "Data Zone".datazone_watched_data_source;
SELECT "Data Zone".datazone_unwatch('ds_clickstream');
SELECT count(*) FROM "Data Zone".datazone_stat WHERE datname = current_database();
