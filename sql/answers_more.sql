--
-- Answers of the other operations that break a promise, answers without end,
-- and answers that are odd but right.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on

CREATE TABLE call (n serial, operation text, statement text);
INSERT INTO call (operation, statement) VALUES
    ('ListDataSourceRuns', 'SELECT * FROM datazone_list_data_source_runs(''ds_payments'')'),
    ('ListDataSources', 'SELECT * FROM datazone_list_data_sources(''prj_retail'')'),
    ('GetDataSourceRun', 'SELECT * FROM datazone_get_run(''run_payments_001'')'),
    ('StartDataSourceRun', 'SELECT * FROM datazone_start_run(''ds_orders'')'),
    ('PostLineageEvent', 'SELECT * FROM datazone_post_lineage(''{"run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"}, "eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s"}'')'),
    ('StartMetadataGenerationRun', 'SELECT * FROM datazone_start_metadata_generation_run(''prj_retail'', ''ast_orders'')'),
    ('GetMetadataGenerationRun', 'SELECT * FROM datazone_get_metadata_generation_run(''r'')'),
    ('CreateDataProductRevision', 'SELECT * FROM datazone_create_data_product_revision(''dp_orders'', ''n'')');
-- One rule of this kind for each operation.
CREATE FUNCTION faults(kind text, params json DEFAULT '{}', count int DEFAULT 1)
RETURNS json LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', operation, 'kind', kind,
        'params', params, 'count', count)) FROM call;
$$;
SELECT * FROM datazone_start_metadata_generation_run('prj_retail', 'ast_orders') \gset run_
UPDATE call SET statement = replace(statement, '(''r'')', format('(%L)', :'run_id'))
WHERE operation = 'GetMetadataGenerationRun';
-- the calls are right in themselves
SELECT operation, outcome(statement) FROM call ORDER BY n;

-- the kinds of fault, for every operation
SELECT faults('html200') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('garbage') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('truncated') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('whole_body', '{"value": ["a", 1]}') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('nul') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('lone_surrogate') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('bad_utf8') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('raw_control') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('trailing') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('deep', '{"depth": 100000}') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
SELECT faults('deep', '{"depth": 2000, "objects": true}') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call ORDER BY n;
-- an empty answer has no members; only a lineage event needs none
SELECT faults('empty') \gset
\set ids `sim post faults :'faults'`
SELECT operation, broken_promise(statement) FROM call ORDER BY n;
SELECT faults('wrong_types', '{"member": "id", "value": {}}') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call WHERE operation <> 'ListDataSources' ORDER BY n;
\! sim faults clear
SELECT faults('wrong_types', '{"member": "createdAt", "value": {}}') \gset
\set ids `sim post faults :'faults'`
SELECT operation, refusal(statement) FROM call WHERE operation <> 'PostLineageEvent' ORDER BY n;
\! sim faults clear

-- more than anyone can hold
\set ids `sim fault GetDataSourceRun huge 1 '{"mib": 100}'`
SELECT refusal('SELECT * FROM datazone_get_run(''run_payments_001'')');
\set ids `sim fault ListDataSourceRuns huge 1 '{"endless": true}'`
SELECT refusal('SELECT * FROM datazone_list_data_source_runs(''ds_payments'')');
\set ids `sim fault GetDataSourceRun gzip_bomb 1 '{"mib": 200}'`
SELECT refusal('SELECT * FROM datazone_get_run(''run_payments_001'')');

-- the same answers in other wrappings are the same
SELECT id, status FROM datazone_get_run('run_payments_001') \gset
\! sim fault GetDataSourceRun chunked 1 '{"size": 7}'
\! sim fault GetDataSourceRun gzip
\! sim fault GetDataSourceRun http10
\! sim fault GetDataSourceRun close
\! sim fault GetDataSourceRun content_type
\! sim fault GetDataSourceRun slow 1 '{"ms": 100}'
\! sim fault GetDataSourceRun slow_body 1 '{"bytes": 100, "ms": 5}'
\! sim fault GetDataSourceRun deep 1 '{"depth": 20}'
\! sim fault GetDataSourceRun huge 1 '{"mib": 1}'
SELECT kind, r.status = :'status' AS same
FROM unnest('{chunked,gzip,http10,close,content type,slow,slow body,deep,large}'::text[]) kind,
    LATERAL datazone_get_run('run_payments_001' || left(kind, 0)) r;
\! sim log GetDataSourceRun | tail -9
-- broken compression is no answer
\! sim fault GetDataSourceRun gzip 3 '{"broken": true}'
SELECT refusal('SELECT * FROM datazone_get_run(''run_payments_001'')');
\! sim faults clear
-- after all this the session is as before
SELECT operation, outcome(statement) FROM call ORDER BY n;
