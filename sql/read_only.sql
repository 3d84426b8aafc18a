--
-- READ ONLY transactions: readers work, writers are refused before they send.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
CREATE FUNCTION event() RETURNS jsonb LANGUAGE sql AS $$
    SELECT '{"eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s",
             "run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"}}'::jsonb;
$$;
SELECT id AS generation FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders') \gset
\! sim forget

BEGIN READ ONLY;
SELECT count(*) FROM datazone_list_data_source_runs('ds_payments');
SELECT count(*) FROM datazone_list_data_sources('prj_retail');
SELECT status FROM datazone_get_run('run_payments_001');
SELECT status FROM datazone_wait_for_run('run_payments_001');
SELECT types FROM datazone_get_metadata_generation_run(:'generation');
SELECT server FROM datazone_whoami();
SELECT outcome('SELECT * FROM datazone_start_run(''ds_orders'')');
SELECT outcome('SELECT (datazone_start_run(''ds_orders'', client_token => ''t'')).*');
SELECT outcome('SELECT datazone_post_lineage(event())');
SELECT outcome('SELECT * FROM datazone_start_metadata_generation_run(
    ''prj_retail'', ''ast_orders'')');
SELECT outcome('SELECT * FROM datazone_create_data_product_revision(
    ''dp_orders'', ''n'')');
COMMIT;
\! sim log

-- however the transaction came to be so
\! sim forget
SET default_transaction_read_only = on;
SELECT refusal('SELECT * FROM datazone_start_run(''ds_orders'')');
CALL datazone_await_run('run_payments_001');
RESET default_transaction_read_only;
BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE;
SELECT refusal('SELECT datazone_post_lineage(event())');
COMMIT;
BEGIN;
SELECT status FROM datazone_start_run('ds_orders');
SAVEPOINT s;
SET TRANSACTION READ ONLY;
SELECT refusal('SELECT * FROM datazone_start_run(''ds_orders'')');
ROLLBACK TO s;
SELECT refusal('SELECT * FROM datazone_start_run(''ds_returns'')');
COMMIT;
\! sim log

-- the refusal of the transaction comes before that of the arguments, or
-- after it: but nothing is sent
\! sim forget
BEGIN READ ONLY;
SELECT left(refusal('SELECT * FROM datazone_start_run(NULL)'), 5) IN ('22004', '25006');
COMMIT;
\! sim count
