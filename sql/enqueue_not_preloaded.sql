--
-- The outbox without shared_preload_libraries: nothing would deliver, so that
-- nothing is enqueued; what a dump brought can be discarded, or resumed for
-- later.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
SELECT outcome('SELECT datazone_enqueue_lineage(''{}'')');
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRun'', ''{"dataSourceIdentifier": "d"}'')');
SELECT outcome('SELECT datazone_requeue(1)');
INSERT INTO datazone_outbox_entry (xid, operation, server, server_id, role, payload, enqueued_at, state, claimed_at,
    origin_system_identifier, origin_database_id, role_name)
SELECT '9', 'StartDataSourceRun', 'sim', 1, 'postgres', '{}', now(), CASE n WHEN 4 THEN 'failed' ELSE 'pending' END,
    CASE n WHEN 3 THEN now() END, 1, 1, 'postgres'
FROM generate_series(1, 4) n;
SELECT id, state FROM datazone_outbox ORDER BY id;
SELECT datazone_discard(1);
SELECT datazone_resume('sim');
SELECT id, state, error_code, error_message FROM datazone_outbox ORDER BY id;
SELECT id, server_id = (SELECT oid FROM pg_foreign_server) AS its_server, xid <= pg_current_xact_id() AND xid > '9' AS xid, claimed_at
FROM datazone_outbox_entry ORDER BY id;
SELECT count(*) FROM datazone_delivery;
