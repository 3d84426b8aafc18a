--
-- Watches: who makes, changes and ends them, what they are checked for, what a
-- rollback leaves, and what happens when a role or a server goes.
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
CREATE ROLE datazone_etl;
CREATE ROLE datazone_member;
CREATE ROLE datazone_other;
GRANT datazone_etl TO datazone_member;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_etl, datazone_member, datazone_other;
GRANT EXECUTE ON FUNCTION datazone_watch(text, interval, text, text), datazone_unwatch(text, text, text),
    datazone_resume(text) TO datazone_etl, datazone_member, datazone_other;
CREATE USER MAPPING FOR datazone_etl SERVER sim OPTIONS (access_key_id 'AKIDETL', secret_access_key 'etl');
CREATE USER MAPPING FOR datazone_other SERVER sim OPTIONS (access_key_id 'AKIDOTHER', secret_access_key 'other');
CREATE VIEW watch AS
    SELECT server, domain_id, data_source_id, role, every, state, last_sync_at IS NOT NULL AS synced, last_error,
        server_id = (SELECT oid FROM pg_foreign_server WHERE srvname = server) AS its_server,
        (origin_system_identifier, origin_database_id) = (
            SELECT system_identifier, d.oid FROM pg_control_system(), pg_database d WHERE datname = current_database()
        ) AS from_here
    FROM datazone_watched_data_source ORDER BY 1, 2, 3;

-- a new one, the same again, with another interval
SET ROLE datazone_etl;
SELECT datazone_watch('ds_orders');
SELECT datazone_watch('ds_orders');
SELECT datazone_watch('ds_orders', '5 minutes');
SELECT datazone_watch(data_source_identifier => 'ds_customers', every => '1 second', domain_identifier => 'dzd_other',
                      server => 'sim');
RESET ROLE;
TABLE watch;
SELECT datazone_unwatch('ds_customers', 'dzd_other');
SELECT datazone_unwatch('ds_customers', 'dzd_other');

-- arguments: what is missing, and what cannot be
SELECT outcome('SELECT datazone_watch(NULL)');
SELECT outcome('SELECT datazone_watch(''ds'', NULL)');
SELECT every, outcome(format('SELECT datazone_watch(''ds'', %L)', every)) FROM unnest(ARRAY[
    '0', '-1 minute', '999 ms', '1 month -31 days', '367 days', '178000000 years']) every;
SELECT every, outcome(format('SELECT datazone_watch(''ds_%s'', %L)', n, every))
FROM unnest(ARRAY['1 second', '1 day', '366 days', '2 months -59 days']) WITH ORDINALITY AS e(every, n);
SELECT outcome('SELECT datazone_watch('''')');
SELECT outcome('SELECT datazone_watch(''ds'', domain_identifier => ''absent'')');
SELECT outcome('SELECT datazone_watch(''ds'', domain_identifier => '''')');
SELECT outcome('SELECT datazone_watch(''ds'', server => ''absent'')');
SELECT outcome('SELECT datazone_unwatch(NULL)');
SELECT outcome('SELECT datazone_unwatch(''ds'', ''absent'')');
SELECT outcome('SELECT datazone_unwatch(''ds'', server => ''absent'')');
SELECT outcome('SELECT datazone_resume(NULL)');
SELECT outcome('SELECT datazone_resume(''absent'')');
SELECT count(*) FROM generate_series(1, 4) n WHERE datazone_unwatch('ds_' || n);
-- without a default domain one must be named
ALTER SERVER sim OPTIONS (DROP domain_identifier);
SELECT outcome('SELECT datazone_watch(''ds'')');
SELECT outcome('SELECT datazone_unwatch(''ds'')');
SELECT outcome('SELECT datazone_unwatch(''ds'', ''dzd_simulator'')');
ALTER SERVER sim OPTIONS (ADD domain_identifier 'dzd_simulator');
-- no request is sent for any of this
\! sim count

-- not in a transaction that may not write
BEGIN READ ONLY;
SELECT outcome('SELECT datazone_watch(''ds'')');
SELECT outcome('SELECT datazone_unwatch(''ds'')');
SELECT outcome('SELECT datazone_resume(''sim'')');
COMMIT;

-- a rollback leaves nothing, and takes nothing
BEGIN;
SELECT datazone_watch('ds_returns');
SELECT datazone_unwatch('ds_orders');
ROLLBACK;
BEGIN;
SAVEPOINT s;
SELECT datazone_watch('ds_stores');
ROLLBACK TO s;
SELECT datazone_watch('ds_inventory');
COMMIT;
TABLE watch;
SELECT datazone_unwatch('ds_inventory');

-- whose it is: another role may not change it, a member may
SET ROLE datazone_other;
SELECT outcome('SELECT datazone_watch(''ds_orders'')');
SELECT outcome('SELECT datazone_unwatch(''ds_orders'')');
SET ROLE datazone_member;
SELECT outcome('SELECT datazone_watch(''ds_orders'', ''2 minutes'')');
RESET ROLE;
TABLE watch;
SET ROLE datazone_member;
-- it has no keys for one of its own
SELECT outcome('SELECT datazone_watch(''ds_returns'')');
-- it may end it; and the owner needs no USAGE to do so
SELECT datazone_unwatch('ds_orders');
SET ROLE datazone_etl;
SELECT datazone_watch('ds_orders');
RESET ROLE;
REVOKE USAGE ON FOREIGN SERVER sim FROM datazone_etl;
SET ROLE datazone_etl;
SELECT outcome('SELECT datazone_watch(''ds_orders'')');
SELECT outcome('SELECT datazone_unwatch(''ds_absent'', server => ''sim'')');
SELECT datazone_unwatch('ds_orders', server => 'sim');
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_etl;
-- the owner of a SECURITY DEFINER function watches, not its caller
CREATE FUNCTION watch_for_all(source text) RETURNS boolean LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, public AS 'SELECT datazone_watch(source, server => ''sim'')';
ALTER FUNCTION watch_for_all OWNER TO datazone_etl;
SET ROLE datazone_other;
SELECT watch_for_all('ds_payments');
RESET ROLE;
TABLE watch;

-- row security: those of the servers that a role may use
GRANT SELECT ON datazone_watched_data_source, datazone_followed_run TO datazone_other;
SET ROLE datazone_other;
SELECT data_source_id FROM datazone_watched_data_source;
SELECT outcome('INSERT INTO datazone_watched_data_source SELECT * FROM datazone_watched_data_source');
SELECT outcome('UPDATE datazone_watched_data_source SET role = ''datazone_other''');
SELECT outcome('DELETE FROM datazone_watched_data_source');
RESET ROLE;
REVOKE USAGE ON FOREIGN SERVER sim FROM datazone_other;
SET ROLE datazone_other;
SELECT data_source_id FROM datazone_watched_data_source;
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_other;

-- the role goes: the watch is anybody's
CREATE ROLE datazone_temp;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_temp;
GRANT EXECUTE ON FUNCTION datazone_watch(text, interval, text, text) TO datazone_temp;
CREATE USER MAPPING FOR datazone_temp SERVER sim OPTIONS (access_key_id 'AKIDTEMP', secret_access_key 'temp');
SET ROLE datazone_temp;
SELECT datazone_watch('ds_stores'), datazone_watch('ds_returns');
RESET ROLE;
UPDATE datazone_watched_data_source SET last_sync_at = now(), last_error = 'e' WHERE data_source_id = 'ds_stores';
DROP OWNED BY datazone_temp;
DROP ROLE datazone_temp;
-- one of the same name inherits nothing
CREATE ROLE datazone_temp;
SELECT role = 'datazone_temp'::regrole AS same FROM datazone_watched_data_source WHERE data_source_id = 'ds_stores';
SET ROLE datazone_other;
SELECT datazone_watch('ds_stores', '7 minutes');
SELECT datazone_unwatch('ds_returns');
RESET ROLE;
TABLE watch;
SELECT datazone_unwatch('ds_stores');

-- a renamed server keeps its watches
ALTER SERVER sim RENAME TO sim2;
SET ROLE datazone_other;
SELECT outcome('SELECT datazone_watch(''ds_payments'')');
SET ROLE datazone_etl;
SELECT datazone_watch('ds_payments', '3 minutes');
RESET ROLE;
TABLE watch;
-- another server takes the name: the watch is its own server's still, and
-- nobody's to take
CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_simulator');
GRANT USAGE ON FOREIGN SERVER sim TO datazone_other;
CREATE USER MAPPING FOR datazone_other SERVER sim OPTIONS (access_key_id 'AKIDOTHER', secret_access_key 'other');
ALTER SERVER sim2 RENAME TO sim3;
SET ROLE datazone_other;
SELECT outcome('SELECT datazone_unwatch(''ds_payments'', ''dzd_simulator'', ''sim2'')');
SELECT datazone_watch('ds_payments', server => 'sim');
SELECT outcome('SELECT datazone_watch(''ds_payments'', server => ''sim3'')');
RESET ROLE;
TABLE watch;
-- they exchange their names, and the watches with them
ALTER SERVER sim3 RENAME TO sim2;
ALTER SERVER sim RENAME TO sim3;
ALTER SERVER sim2 RENAME TO sim;
SET ROLE datazone_other;
SELECT outcome('SELECT datazone_watch(''ds_payments'', server => ''sim'')');
RESET ROLE;
TABLE watch;
SELECT datazone_unwatch('ds_payments', server => 'sim3');
DROP SERVER sim3 CASCADE;
SELECT datazone_unwatch('ds_payments');

-- a server goes: its watches are ended by its name, or taken over with a new
-- one of that name
CREATE SERVER other FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
GRANT USAGE ON FOREIGN SERVER other TO datazone_etl;
CREATE USER MAPPING FOR datazone_etl SERVER other OPTIONS (access_key_id 'AKIDETL', secret_access_key 'etl');
SET ROLE datazone_etl;
SELECT count(datazone_watch('ds_' || n, domain_identifier => 'dzd_' || n, server => 'other'))
FROM generate_series(1, 4) n;
RESET ROLE;
DROP SERVER other CASCADE;
SET ROLE datazone_other;
SELECT datazone_unwatch('ds_1', 'dzd_1', 'other');
SELECT outcome('SELECT datazone_unwatch(''ds_1'', ''dzd_1'', ''other'')');
SELECT outcome('SELECT datazone_unwatch(''ds_2'', ''dzd_3'', ''other'')');
SELECT datazone_unwatch('ds_2', server => 'other');
RESET ROLE;
CREATE SERVER other FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_3');
SET ROLE datazone_other;
SELECT outcome('SELECT datazone_unwatch(''ds_3'', server => ''other'')');
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER other TO datazone_other;
CREATE USER MAPPING FOR datazone_other SERVER other OPTIONS (access_key_id 'AKIDOTHER', secret_access_key 'other');
SET ROLE datazone_other;
SELECT datazone_watch('ds_3', server => 'other');
SELECT datazone_unwatch('ds_4', 'dzd_4', 'other');
RESET ROLE;
TABLE watch;
SELECT datazone_unwatch('ds_3', server => 'other');

DROP SERVER other CASCADE;

-- held: resumed by its role's members, or one by one
SET ROLE datazone_etl;
SELECT count(datazone_watch('ds_' || n)) FROM generate_series(1, 5) n;
RESET ROLE;
SELECT datazone_watch('ds_6');
UPDATE datazone_watched_data_source SET state = 'held', last_error = 'e', server_id = 1, origin_database_id = 1
WHERE data_source_id <> 'ds_5';
-- one that the worker has not seen yet, and one whose role is gone
UPDATE datazone_watched_data_source SET state = 'active' WHERE data_source_id = 'ds_3';
UPDATE datazone_watched_data_source SET role = 1 WHERE data_source_id = 'ds_4';
SET ROLE datazone_other;
SELECT datazone_resume('sim');
SELECT outcome('SELECT datazone_watch(''ds_1'')');
SELECT outcome('SELECT datazone_unwatch(''ds_1'')');
SET ROLE datazone_etl;
SELECT datazone_watch('ds_1', '9 minutes');
SET ROLE datazone_member;
SELECT datazone_resume('sim');
SELECT datazone_resume('sim');
RESET ROLE;
TABLE watch;
SELECT datazone_resume('sim');
SELECT data_source_id FROM watch WHERE state = 'held';
SELECT datazone_unwatch('ds_4');
-- of this server only
UPDATE datazone_watched_data_source SET server = 'gone', state = 'held' WHERE data_source_id = 'ds_1';
SELECT datazone_resume('sim');
SELECT outcome('SELECT datazone_resume(''gone'')');
SELECT refusal('UPDATE datazone_watched_data_source SET state = ''paused''');
TRUNCATE datazone_watched_data_source;

-- the table has another owner, and a trigger: it runs as that owner, and the
-- caller's search_path does not lead it astray
CREATE ROLE datazone_keeper;
GRANT CREATE ON SCHEMA public TO datazone_keeper;
ALTER TABLE datazone_watched_data_source OWNER TO datazone_keeper;
CREATE TABLE witness (who text, path text);
GRANT INSERT ON witness TO datazone_keeper;
CREATE FUNCTION testify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.witness VALUES (current_user, current_setting('search_path'));
    RETURN NEW;
END $$;
CREATE TRIGGER testify BEFORE INSERT ON datazone_watched_data_source FOR EACH ROW EXECUTE FUNCTION testify();
CREATE SCHEMA trap AUTHORIZATION datazone_etl;
CREATE TABLE trap.datazone_watched_data_source (LIKE public.datazone_watched_data_source);
GRANT ALL ON trap.datazone_watched_data_source TO datazone_etl;
SET ROLE datazone_etl;
CREATE FUNCTION trap.wrong(text, text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE ''trapped''; END';
CREATE OPERATOR trap.= (LEFTARG = text, RIGHTARG = text, FUNCTION = trap.wrong);
SET search_path = trap, public, pg_catalog;
SELECT public.datazone_watch('ds_orders'), public.datazone_watch('ds_orders'), current_setting('search_path');
TABLE trap.datazone_watched_data_source;
RESET search_path;
RESET ROLE;
TABLE witness;
TABLE watch;

-- who has EXECUTE has no need of any privilege on the table, and has none
SELECT has_table_privilege('datazone_etl', 'datazone_watched_data_source', 'SELECT, INSERT, UPDATE, DELETE');
REVOKE EXECUTE ON FUNCTION datazone_watch(text, interval, text, text), datazone_unwatch(text, text, text),
    datazone_resume(text) FROM datazone_etl;
SET ROLE datazone_etl;
SELECT refusal('SELECT datazone_watch(''ds'')');
SELECT refusal('SELECT datazone_unwatch(''ds'')');
SELECT refusal('SELECT datazone_resume(''sim'')');
SELECT refusal('TABLE datazone_watched_data_source');
SELECT refusal('TABLE datazone_followed_run');
RESET ROLE;
-- a table that is not there
ALTER TABLE datazone_watched_data_source RENAME TO elsewhere;
SELECT outcome('SELECT datazone_watch(''ds'')');
