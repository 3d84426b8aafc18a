\pset footer off
\pset null -
SET timezone = 'UTC';
\echo
\set ECHO all

-- Who am I?  The role "etl" of a private cluster, calling a simulator of
-- Amazon DataZone that checks every signature as the service does.

SELECT server, endpoint, region, access_key_id FROM datazone_whoami();

-- 1. The data sources of a project, with their last run.

SELECT id, name, type, last_run_status AS last_run, last_run_at
FROM datazone_list_data_sources('prj_retail');

-- 2. All runs of one of them: 137, at most 50 a page.  The function asks for
--    the next page while this one's rows are handed out.

SELECT status, count(*), min(started_at)::date AS first, max(started_at)::date AS last,
       avg(stopped_at - started_at)::interval(0) AS lasted
FROM datazone_list_data_source_runs('ds_orders')
GROUP BY status ORDER BY count(*) DESC;

--    How many requests was that?  (The simulator keeps a log.)

\! test/run/sim count ListDataSourceRuns

-- 3. What failed lately in the whole project, and why: a join, like any other.

SELECT source.name, run.started_at::timestamptz(0), run.error_type, run.error_detail
FROM datazone_list_data_sources('prj_retail') AS source
CROSS JOIN LATERAL datazone_list_data_source_runs(source.id, status => 'FAILED') AS run
ORDER BY run.started_at DESC LIMIT 6;

-- 4. Start a run now, and wait until it has ended.

SELECT id AS run_id, status, created_at IS NOT NULL AS created
FROM datazone_start_run('ds_returns') \gset

\echo run :run_id is :status

SELECT status, added, updated, unchanged, stopped_at - started_at AS lasted
FROM datazone_wait_for_run(:'run_id', timeout => '1 minute');

--    In scripts and pg_cron jobs a procedure waits without a long transaction.

SELECT id AS run_id FROM datazone_start_run('ds_payments') \gset
CALL datazone_await_run(:'run_id', timeout => '1 minute');

-- 5. Watch a data source: from here on a background worker keeps its runs in an
--    ordinary table, which costs a query no request.

SELECT datazone_watch('ds_clickstream', every => '2 seconds');

SELECT id AS run_id FROM datazone_start_run('ds_clickstream') \gset
CALL datazone_await_run(:'run_id', timeout => '1 minute');
\! sleep 1

SELECT id = :'run_id' AS mine, status, created_at::timestamptz(0), added, error_type
FROM datazone_run
WHERE server = 'retail' AND domain_id = 'dzd_simulator'
AND data_source_id = 'ds_clickstream'
ORDER BY created_at DESC LIMIT 5;

--    Is the watch served, and what did all of this cost?

SELECT data_source_id, role, every, state,
       last_sync_at > now() - 3 * every AS served, last_error
FROM datazone_watched_data_source;

SELECT worker_state, watched, calls, requests, retries, failures,
       round(mean_latency_ms) AS mean_ms
FROM datazone_stat WHERE datname = current_database();

-- 6. Post lineage: what the nightly ETL did, as OpenLineage events.

\set orders_start       `cat demo/events/1-orders-start.json`
\set orders_complete    `cat demo/events/2-orders-complete.json`
\set daily_sales        `cat demo/events/3-daily-sales-complete.json`
\set customer_value     `cat demo/events/4-customer-value-complete.json`
\set returns_fail       `cat demo/events/5-returns-fail.json`

SELECT event #>> '{job,name}' AS job, event ->> 'eventType' AS event,
       jsonb_array_length(event -> 'outputs') AS outputs,
       datazone_post_lineage(event) AS posted_as
FROM (VALUES (:'orders_start'::jsonb), (:'orders_complete'),
             (:'daily_sales'), (:'customer_value'), (:'returns_fail')) AS file (event);

-- 7. Or have it wait for the commit: a call that is enqueued is part of the
--    transaction.  Of these two runs one is never started.

BEGIN;
SELECT datazone_enqueue('StartDataSourceRun', '{"dataSourceIdentifier": "ds_stores"}') AS entry;
ROLLBACK;

BEGIN;
SELECT datazone_enqueue('StartDataSourceRun', '{"dataSourceIdentifier": "ds_returns"}') AS entry;
SELECT id, operation, state, payload FROM datazone_outbox ORDER BY id;
COMMIT;

-- 8. Lineage of what a transaction did: a trigger on the table that is loaded
--    enqueues the event.  The load itself knows nothing of DataZone.

SHOW datazone.dataset_namespace;

CREATE TABLE mart.daily_sales (day date, orders bigint, amount numeric);
CREATE TRIGGER lineage AFTER INSERT ON mart.daily_sales
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION datazone_lineage_trigger('inputs=staging.orders',
        'job=nightly.daily_sales', 'server=retail');

INSERT INTO mart.daily_sales
SELECT day, count(*), sum(amount) FROM staging.orders GROUP BY day;

--    The worker has delivered both, and what DataZone makes of an event it
--    tells some seconds later.  Nothing waits any more.

\! sleep 5
SELECT outbox_id AS entry, operation, job, attempts, service_id, processing_status
FROM datazone_delivery ORDER BY outbox_id;

SELECT queue_depth, entries_failed, lineage_errors
FROM datazone_stat WHERE datname = current_database();

--    What the service was told: the event, as it keeps it.

SELECT event #>> '{job,name}' AS job, event #>> '{inputs,0,name}' AS input,
       event #>> '{outputs,0,name}' AS output,
       event #>> '{outputs,0,outputFacets,outputStatistics,rowCount}' AS rows
FROM datazone_delivery AS delivery,
     datazone_call('GetLineageEvent', jsonb_build_object('identifier', service_id)) AS answer,
     LATERAL (SELECT (answer ->> 'event')::jsonb AS event) AS kept
WHERE delivery.operation = 'PostLineageEvent';

-- 9. Or lineage writes itself.  A procedure as any other, with a temporary
--    table between source and target ...

CREATE TABLE mart.best_days (day date, amount numeric, share numeric);
CREATE PROCEDURE mart.load_best_days() LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE totals ON COMMIT DROP AS
        SELECT day, sum(amount) AS total FROM staging.orders GROUP BY day;
    TRUNCATE mart.best_days;
    INSERT INTO mart.best_days
        SELECT day, total, total / sum(total) OVER () FROM totals
        ORDER BY total DESC LIMIT 10;
END $$;
GRANT USAGE ON SCHEMA staging, mart TO nightly;
GRANT SELECT ON staging.orders TO nightly;
GRANT INSERT, TRUNCATE ON mart.best_days TO nightly;

--    ... and a role for which a DBA has said ALTER ROLE nightly SET
--    datazone.capture = 'column', and which knows nothing of DataZone.

\connect - nightly
CALL mart.load_best_days();
\connect - etl

\! sleep 1
SELECT field AS "column", input ->> 'name' AS source, input ->> 'field' AS source_column,
       kind ->> 'type' AS type, kind ->> 'subtype' AS subtype
FROM datazone_delivery AS delivery,
     datazone_call('GetLineageEvent', jsonb_build_object('identifier', service_id)) AS answer,
     jsonb_each((answer ->> 'event')::jsonb #> '{outputs,0,facets,columnLineage,fields}') AS fields (field, value),
     jsonb_array_elements(value -> 'inputFields') AS input,
     jsonb_array_elements(input -> 'transformations') AS kind
WHERE delivery.job LIKE '%/mart.load_best_days.best_days'
ORDER BY field, source_column;

-- 10. Let the service write business descriptions for a table.

SELECT id AS generation_id, status
FROM datazone_start_metadata_generation_run('prj_retail', 'ast_order_lines') \gset

\echo generation :generation_id is :status

\! sleep 1
SELECT id, status, types, owning_project_id
FROM datazone_get_metadata_generation_run(:'generation_id');

-- 11. Revise a data product: the same assets and the customers beside them.

SELECT id, revision, status, jsonb_array_length(items) AS assets, first_revision_created_by
FROM datazone_create_data_product_revision('dp_orders',
         name => 'Orders',
         description => 'Orders, their lines, and who ordered.',
         glossary_terms => '{trm_order,trm_customer}',
         items => '[{"itemType": "ASSET", "identifier": "ast_orders"},
                    {"itemType": "ASSET", "identifier": "ast_order_lines"},
                    {"itemType": "ASSET", "identifier": "ast_customers"}]');

-- 12. What cannot be right is refused before anything is sent ...

SELECT datazone_post_lineage(:'orders_start'::jsonb #- '{run,runId}');

--    ... and what the service refuses is told in its own words, with the
--    request id that its support asks for, and a SQLSTATE to branch on.

SELECT status FROM datazone_get_run('no_such_run');
\echo SQLSTATE :LAST_ERROR_SQLSTATE
