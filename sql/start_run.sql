--
-- Starting runs: how many runs and requests a statement means.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\! sim set '{"requested_seconds": 1000}'

-- every column
\x on
SELECT server, domain_id, id ~ '^[a-z0-9]{14}$' AS id_made, data_source_id,
       project_id, type, status,
       created_at BETWEEN now() - interval '1 minute'
                      AND now() + interval '1 minute' AS just_created,
       updated_at = created_at AS not_updated, started_at, stopped_at, added,
       updated, unchanged, skipped, failed, lineage_import_status,
       error_type, error_detail, synced_at,
       configuration_snapshot->'redshiftRunConfiguration'->'region' AS region
FROM datazone_start_run('ds_orders');
\x off
\set log `sim get log`
SELECT operation, method, target, status, headers->>'content-type' AS type,
       body::jsonb - 'clientToken' AS body,
       body::jsonb->>'clientToken' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
       AS token_is_uuid
FROM requests(:'log');

-- one statement, one source: one run, and one request
\! sim reset
SELECT (datazone_start_run('ds_orders')).server,
       (datazone_start_run('ds_orders')).data_source_id;
\! sim log
\! sim reset
SELECT count(*), count(DISTINCT id) AS runs, min(status) AS status
FROM (SELECT (datazone_start_run('ds_orders')).*) r;
\! sim log
\! sim effects
\! sim reset
SELECT (datazone_start_run('ds_orders', client_token => NULL)).*
INTO TEMP started;
SELECT count(*) FROM started;
\! sim log
\! sim reset
SELECT count(DISTINCT r.id) AS runs, count(*) AS rows
FROM generate_series(1, 3) g,
     LATERAL (SELECT * FROM datazone_start_run('ds_orders') WHERE g > 0) r;
\! sim log
\! sim reset
SELECT count(*) FROM datazone_start_run('ds_orders') a
JOIN datazone_start_run('ds_orders') b USING (id);
\! sim log
\! sim reset
WITH a AS MATERIALIZED (SELECT * FROM datazone_start_run('ds_orders')),
     b AS MATERIALIZED (SELECT * FROM datazone_start_run('ds_orders'))
SELECT count(*) FROM a, b WHERE a.id = b.id;
\! sim log
-- a cursor is one statement, however it is fetched
\! sim reset
BEGIN;
DECLARE c CURSOR FOR SELECT (datazone_start_run('ds_orders')).data_source_id,
    (datazone_start_run('ds_orders')).status FROM generate_series(1, 2);
FETCH c;
FETCH c;
FETCH c;
COMMIT;
\! sim log
-- as many as there are sources
\! sim reset
SELECT source, r.data_source_id = source AS its_own, o.ordinality
FROM unnest('{ds_orders,ds_returns,ds_orders,ds_stores}'::text[])
         WITH ORDINALITY AS o(source, ordinality),
     LATERAL datazone_start_run(source) r ORDER BY 3;
\! sim log
-- arguments that differ are another call, although they mean the same
\! sim reset
SELECT (datazone_start_run('ds_orders')).id <>
       (datazone_start_run('ds_orders', 'dzd_simulator', 'x')).id AS two;
\! sim log
\! sim reset
EXPLAIN (COSTS off) SELECT * FROM datazone_start_run('ds_orders');
SELECT 1 FROM datazone_start_run('ds_orders') WHERE false;
\! sim count

-- two statements, two runs, whoever runs them
\! sim reset
CREATE TABLE seen (how text, id text);
INSERT INTO seen SELECT 'plain', id FROM datazone_start_run('ds_orders');
INSERT INTO seen SELECT 'plain', id FROM datazone_start_run('ds_orders');
INSERT INTO seen SELECT 'simple', id FROM datazone_start_run('ds_orders') \;
INSERT INTO seen SELECT 'simple', id FROM datazone_start_run('ds_orders');
PREPARE start(text) AS INSERT INTO seen
    SELECT 'prepared', (datazone_start_run($1)).id;
EXECUTE start('ds_orders');
EXECUTE start('ds_orders');
SET plan_cache_mode = force_generic_plan;
EXECUTE start('ds_orders');
EXECUTE start('ds_orders');
RESET plan_cache_mode;
DO $$
DECLARE
    r record;
    one text;
BEGIN
    FOR i IN 1..3 LOOP
        SELECT (datazone_start_run('ds_returns')).* INTO r;
        INSERT INTO seen VALUES ('select into', r.id);
    END LOOP;
    FOR i IN 1..3 LOOP
        one := (datazone_start_run('ds_returns')).id;
        INSERT INTO seen VALUES ('assignment', one);
    END LOOP;
    FOR i IN 1..3 LOOP
        FOR r IN SELECT * FROM datazone_start_run('ds_returns') LOOP
            INSERT INTO seen VALUES ('for', r.id);
        END LOOP;
    END LOOP;
    FOR i IN 1..3 LOOP
        EXECUTE 'SELECT (datazone_start_run($1)).*' INTO r USING 'ds_returns';
        INSERT INTO seen VALUES ('execute', r.id);
    END LOOP;
    FOR i IN 1..3 LOOP
        BEGIN
            SELECT (datazone_start_run('ds_returns')).id INTO one;
            RAISE EXCEPTION 'undo';
        EXCEPTION WHEN raise_exception THEN
            INSERT INTO seen VALUES ('rolled back', one);
        END;
    END LOOP;
END
$$;
SELECT how, count(*), count(DISTINCT id) AS runs FROM seen
GROUP BY how ORDER BY how;
SELECT count(DISTINCT id) = count(*) AS all_differ FROM seen;
\set log `sim get log`
\set runs `sim get runs`
SELECT count(*) AS requests, count(DISTINCT body) AS tokens
FROM requests(:'log');
SELECT count(*) AS known_to_the_service
FROM seen JOIN jsonb_to_recordset(:'runs'::jsonb->'runs') AS r(id text)
     USING (id);
-- a ROLLBACK does not undo it
\! sim reset
BEGIN;
SELECT status FROM datazone_start_run('ds_orders');
ROLLBACK;
SELECT count(*) FROM datazone_list_data_source_runs('ds_orders', 'REQUESTED');
