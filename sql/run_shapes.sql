--
-- Where calls may stand in a query: FROM, LATERAL, the target list, views,
-- functions, prepared statements, cursors.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- FROM, with its own name and WITH ORDINALITY
SELECT r.id, r.status, n FROM datazone_list_data_source_runs('ds_payments')
    WITH ORDINALITY AS r(server, domain_id, id, data_source_id, project_id,
    type, status, created_at, updated_at, started_at, stopped_at, added,
    updated, unchanged, skipped, failed, lineage_import_status, error_type,
    error_detail, configuration_snapshot, synced_at, n);
SELECT ordinality, name FROM datazone_list_data_sources('prj_retail')
    WITH ORDINALITY ORDER BY ordinality DESC LIMIT 2;
SELECT id, ordinality FROM datazone_get_run('run_payments_001')
    WITH ORDINALITY;
-- rows from several functions side by side
SELECT a, b IS NULL AS no_b
FROM ROWS FROM (datazone_list_data_source_runs('ds_payments'),
                datazone_get_run('run_orders_001'))
     AS t(s1, d1, a, ds1, p1, t1, st1, c1, u1, sa1, so1, a1, up1, un1, sk1,
          f1, l1, et1, ed1, cs1, sy1,
          s2, d2, b, ds2, p2, t2, st2, c2, u2, sa2, so2, a2, up2, un2, sk2,
          f2, l2, et2, ed2, cs2, sy2);

-- LATERAL: failed runs with their reasons and the names of their sources
SELECT s.name, count(r.id) AS failed, min(r.error_type) AS one_reason
FROM datazone_list_data_sources('prj_retail') s
LEFT JOIN LATERAL datazone_list_data_source_runs(s.id, 'FAILED') r ON true
GROUP BY s.name ORDER BY s.name COLLATE "C";

-- the whole row, a row in the target list, several at once
SELECT pg_typeof(r), (r).id, (r).added FROM datazone_get_run('run_payments_002') r;
SELECT pg_typeof(datazone_get_run('run_payments_002'));
SELECT (datazone_get_run('run_payments_002')).id;
SELECT (datazone_list_data_source_runs('ds_payments')).id AS listed,
       (datazone_get_run('run_payments_001')).id AS got;
SELECT n, (datazone_list_data_source_runs(s)).id
FROM unnest('{ds_payments,ds_stores,ds_preferences}'::text[])
     WITH ORDINALITY AS t(s, n);
-- the columns of a row, each evaluated: a reader may ask again
\! sim forget
SELECT (datazone_get_run('run_payments_002')).* \gset got_
\echo :got_id :got_status :got_added

-- LIMIT does not stop a listing in FROM; a cursor can be left half-way
SELECT id FROM datazone_list_data_source_runs('ds_orders') LIMIT 1;
BEGIN;
DECLARE half CURSOR FOR SELECT id FROM datazone_list_data_source_runs('ds_orders');
FETCH 2 FROM half;
MOVE 130 FROM half;
FETCH 2 FROM half;
CLOSE half;
DECLARE scroll SCROLL CURSOR FOR
    SELECT id FROM datazone_list_data_source_runs('ds_clickstream');
MOVE LAST FROM scroll;
FETCH PRIOR FROM scroll;
FETCH FIRST FROM scroll;
COMMIT;
DECLARE held CURSOR WITH HOLD FOR
    SELECT id FROM datazone_list_data_source_runs('ds_payments');
FETCH 1 FROM held;
CLOSE held;

-- subqueries, EXISTS, aggregates, set operations, a rescan
SELECT EXISTS (SELECT FROM datazone_list_data_source_runs('ds_stores')) AS stores,
       EXISTS (SELECT FROM datazone_list_data_source_runs('ds_payments')) AS payments;
SELECT (SELECT count(*) FROM datazone_list_data_source_runs(s)) AS runs
FROM unnest('{ds_stores,ds_customers}'::text[]) s;
SELECT id FROM datazone_get_run('run_payments_001')
UNION ALL SELECT id FROM datazone_get_run('run_payments_002')
EXCEPT SELECT id FROM datazone_get_run('run_payments_001');
SELECT g, count(r) FROM generate_series(1, 2) g
LEFT JOIN datazone_list_data_source_runs('ds_payments') r ON r.added > g
GROUP BY g ORDER BY g;
SET enable_material = off;
SELECT count(*) FROM generate_series(1, 3) g, LATERAL (
    SELECT * FROM datazone_list_data_source_runs('ds_clickstream')
    LIMIT g + 48) r;
RESET enable_material;

-- views, SQL functions, prepared statements, INSERT ... SELECT
CREATE VIEW failed_runs AS SELECT id, error_type
    FROM datazone_list_data_source_runs('ds_payments', 'FAILED');
SELECT * FROM failed_runs;
CREATE FUNCTION last_run(source text) RETURNS SETOF datazone_run LANGUAGE sql
AS 'SELECT * FROM datazone_list_data_source_runs(source, max_items => 1)';
SELECT id FROM last_run('ds_customers');
PREPARE runs(text, int) AS
    SELECT count(*) FROM datazone_list_data_source_runs($1, max_items => $2);
EXECUTE runs('ds_orders', NULL);
EXECUTE runs('ds_orders', 60);
EXECUTE runs('ds_stores', 1);
SET plan_cache_mode = force_generic_plan;
EXECUTE runs('ds_orders', 7);
RESET plan_cache_mode;
CREATE TABLE kept (LIKE datazone_run);
INSERT INTO kept SELECT * FROM datazone_list_data_source_runs('ds_inventory');
SELECT count(*), count(DISTINCT id) FROM kept;
CREATE TABLE typed OF datazone_data_source;
INSERT INTO typed SELECT * FROM datazone_list_data_sources('prj_retail');
SELECT count(*) FROM typed;
MERGE INTO kept k USING datazone_list_data_source_runs('ds_inventory') r
    ON k.id = r.id WHEN MATCHED THEN UPDATE SET synced_at = now();
SELECT count(synced_at) FROM kept;

-- where a set cannot stand, PostgreSQL says so
SELECT 1 WHERE (datazone_get_run('run_payments_001')).id = 'x';
SELECT CASE WHEN true THEN (datazone_get_run('run_payments_001')).id END;

-- JIT and parallel plans change nothing
SET jit = on;
SET jit_above_cost = 0;
SELECT count(*) FROM datazone_list_data_source_runs('ds_clickstream');
RESET jit_above_cost;
RESET jit;
SELECT set_config(name, 'on', false) AS parallel FROM pg_settings
WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT count(*) FROM datazone_list_data_source_runs('ds_clickstream');
SELECT count(*) FROM kept k, LATERAL (SELECT added
    FROM datazone_get_run(k.id)) r WHERE k.id ~ '_00[12]$';
