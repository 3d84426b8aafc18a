--
-- The examples of doc/reference.md: each block of output there is a piece of
-- expected/reference.out (test/run checks it).
--
-- setting: shared_preload_libraries = datazone
-- setting: datazone.databases = no_worker_here
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset format aligned
\pset null ''
SET intervalstyle = 'postgres';

SELECT server, region, credential_source, access_key_id, expires_at
FROM datazone_whoami();

SELECT id, name, type, schedule->>'schedule' AS schedule, last_run_status
FROM datazone_list_data_sources('prj_retail', max_items => 3);

SELECT id, type, status, created_at, added, updated, failed
FROM datazone_list_data_source_runs('ds_orders', max_items => 3);

SELECT s.name, r.created_at, r.status, r.error_type, r.error_detail
FROM datazone_list_data_sources('prj_retail') s,
     datazone_list_data_source_runs(s.id, status => 'FAILED', max_items => 1) r
ORDER BY s.name
LIMIT 3;

SELECT data_source_id, type, status FROM datazone_start_run('ds_stores');

SELECT id, status, started_at, stopped_at, added
FROM datazone_get_run('run_payments_003');

SELECT id, status FROM datazone_wait_for_run('run_payments_003', '1 minute');

CALL datazone_await_run('run_payments_003');

-- where a worker serves the database, datazone_watch() has no notice
SET client_min_messages = warning;

SELECT datazone_watch('ds_orders', '30 seconds') AS new;

SELECT datazone_watch('ds_orders', '1 minute') AS new;

SELECT data_source_id, role, every, state, last_sync_at, last_error
FROM datazone_watched_data_source;

SELECT datazone_unwatch('ds_orders') AS there_was_one;

SELECT datazone_resume('sim') AS resumed;

SELECT calls, requests, retries, throttles, failures, failures_by_sqlstate
FROM datazone_stat WHERE datname = current_database();

SELECT datazone_post_lineage('{
  "eventType": "COMPLETE", "eventTime": "2026-11-21T06:00:00Z",
  "producer": "https://example.com/nightly-load",
  "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
  "run": {"runId": "019abd5e-5c00-7c3e-9d0c-5f6a3f2f9b11"},
  "job": {"namespace": "postgres://db.example.com:5432", "name": "public.load_orders"},
  "inputs":  [{"namespace": "postgres://db.example.com:5432", "name": "shop.staging.orders"}],
  "outputs": [{"namespace": "postgres://db.example.com:5432", "name": "shop.public.orders"}]
}') IS NOT NULL AS posted;

SELECT datazone_post_lineage('{"eventTime": "2026-11-21T06:00:00Z"}');

SELECT datazone_enqueue_lineage('{
  "eventType": "COMPLETE", "eventTime": "2026-11-21T06:00:00Z",
  "producer": "https://example.com/nightly-load",
  "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
  "run": {"runId": "019abd5e-5c00-7c3e-9d0c-5f6a3f2f9b12"},
  "job": {"namespace": "postgres://db.example.com:5432", "name": "public.load_orders"}
}') AS entry;

SELECT datazone_enqueue('StartDataSourceRun',
                        '{"dataSourceIdentifier": "ds_orders"}') AS entry;

SELECT datazone_enqueue('GetDataSourceRun', '{"identifier": "run_orders_137"}');

SELECT id, operation, domain_id, role, state, attempts, ordering_key
FROM datazone_outbox ORDER BY id;

SELECT datazone_requeue(2) AS requeued;

SELECT datazone_discard(2) AS discarded;

SELECT queue_depth, oldest_entry_age < '1 hour' AS young
FROM datazone_stat WHERE datname = current_database();

SELECT owning_project_id, status, types
FROM datazone_start_metadata_generation_run('prj_retail', 'ast_orders',
         types => '{BUSINESS_DESCRIPTIONS,BUSINESS_NAMES}');

SELECT g.status
FROM datazone_start_metadata_generation_run('prj_retail', 'ast_orders') s,
     datazone_get_metadata_generation_run(s.id) g;

SELECT id, revision, name, status, items
FROM datazone_create_data_product_revision('dp_orders', 'Orders, cleaned',
         description => 'Orders without test customers',
         items => '[{"itemType": "ASSET", "identifier": "ast_orders"}]');

SELECT operation, read_only, paginated, p->>'name' AS parameter,
       p->>'type' AS type, p->>'required' AS required, p->>'where' AS "where"
FROM datazone_operations(), jsonb_array_elements(parameters) p
WHERE operation = 'GetMetadataGenerationRun';

SELECT jsonb_pretty(datazone_call('GetDataSource', '{"identifier": "ds_returns"}')
                    - 'configuration' - 'errorMessage') AS data_source;

SELECT datazone_call('GetDataSource', '{"identifer": "ds_returns"}');

SELECT i->'assetItem'->>'name' AS asset, i->'assetItem'->>'createdAt' AS created_at
FROM datazone_list('Search', '{"searchScope": "ASSET"}', max_items => 2) i;

-- as README calls it
ALTER SERVER sim RENAME TO sales;

CREATE FUNCTION data_source_status(data_source text) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT public.datazone_call('GetDataSource',
        jsonb_build_object('identifier', data_source), 'sales')->>'status';
$$;
REVOKE ALL ON FUNCTION data_source_status(text) FROM PUBLIC;
SELECT data_source_status('ds_returns');

CREATE TABLE orders (id int PRIMARY KEY, customer int, amount numeric, placed date);
CREATE TABLE daily (day date, customers bigint, total numeric);
SELECT target_column, source, source_column, type, subtype
FROM datazone_explain_lineage($$
    INSERT INTO daily
    SELECT placed, count(DISTINCT customer), sum(amount) FROM orders
    WHERE amount > 0 GROUP BY placed
$$);
