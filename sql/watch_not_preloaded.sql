--
-- Without shared_preload_libraries: what needs the background worker says so,
-- and nothing else does.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
SELECT outcome('SELECT datazone_watch(''ds_orders'')');
SELECT outcome('TABLE datazone_stat');
-- watches that a dump brought can be ended, and resumed for later
INSERT INTO datazone_watched_data_source
    (server, domain_id, data_source_id, role, every, state, server_id, origin_system_identifier, origin_database_id)
SELECT 'sim', 'dzd_simulator', 'ds_' || n, 'postgres', '1 minute', 'held', 1, 1, 1 FROM generate_series(1, 2) n;
SELECT datazone_unwatch('ds_1');
SELECT datazone_resume('sim');
SELECT data_source_id, state, server_id = (SELECT oid FROM pg_foreign_server) AS its_server
FROM datazone_watched_data_source;
-- nothing follows a run
SELECT status FROM datazone_start_run('ds_stores');
SELECT count(*) FROM datazone_followed_run;
SELECT status FROM datazone_wait_for_run('run_payments_003');
