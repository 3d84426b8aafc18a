--
-- Metadata generation: started for an asset, and looked at until it ends.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\! sim set '{"metadata_submitted_seconds": 100, "metadata_running_seconds": 100}'

-- the default is one type, business descriptions
\x on
SELECT id ~ '^[a-z0-9]{14}$' AS id_made, domain_id, owning_project_id, status,
       types, created_by,
       created_at BETWEEN now() - interval '1 minute'
                      AND now() + interval '1 minute' AS just_created
FROM datazone_start_metadata_generation_run('prj_retail', 'ast_orders');
\x off
\set log `sim get log`
SELECT operation, method, target, headers->>'content-type' AS type,
       body::jsonb - 'clientToken' AS body,
       body::jsonb->>'clientToken' ~ '^[0-9a-f-]{36}$' AS token_is_uuid
FROM requests(:'log');

-- one type is sent as type, several as types
\! sim forget
SELECT types FROM datazone_start_metadata_generation_run('prj_retail',
    'ast_orders', '1', '{BUSINESS_NAMES}');
SELECT types FROM datazone_start_metadata_generation_run('prj_retail',
    'ast_orders', types => '{BUSINESS_NAMES,BUSINESS_DESCRIPTIONS}');
SELECT types FROM datazone_start_metadata_generation_run('prj_retail',
    'ast_orders', '7', types => '{BUSINESS_DESCRIPTIONS,BUSINESS_NAMES,BUSINESS_GLOSSARY_ASSOCIATIONS}');
-- the reference shows three where the model allows two; new ones may come
SELECT refusal($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', types => '{BUSINESS_POEMS}')$$);
-- an array is its elements, wherever it begins
SELECT types FROM datazone_start_metadata_generation_run('prj_retail',
    'ast_orders', types => '[5:6]={BUSINESS_NAMES,BUSINESS_DESCRIPTIONS}');
\set log `sim get log`
SELECT body::jsonb - 'clientToken' AS body FROM requests(:'log');

-- neither without a type nor with half a one
\! sim forget
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', types => '{}')$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', types => '{BUSINESS_NAMES,NULL}')$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', types => '{NULL}')$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    NULL, 'ast_orders')$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', NULL)$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', client_token => '')$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', client_token => E'a\nb')$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', domain_identifier => 'dzd_')$$);
SELECT outcome($$SELECT * FROM datazone_get_metadata_generation_run(NULL)$$);
SELECT outcome($$SELECT * FROM datazone_get_metadata_generation_run('')$$);
\! sim count

-- its way to the end
\! sim reset
\! sim set '{"metadata_submitted_seconds": 10, "metadata_running_seconds": 10}'
SELECT id, created_at FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_returns') \gset run_
SELECT status, types, created_by FROM datazone_get_metadata_generation_run(:'run_id');
\! sim clock '{"advance_seconds": 15}'
SELECT status, id = :'run_id' AS same, domain_id, owning_project_id, types,
       created_at = :'run_created_at' AS same_moment
FROM datazone_get_metadata_generation_run(:'run_id');
\! sim clock '{"advance_seconds": 15}'
SELECT status FROM datazone_get_metadata_generation_run(:'run_id');
\! sim post metadata/rules '[{"target": "ast_payments", "status": "FAILED", "submitted_seconds": 0, "running_seconds": 0}, {"target": "ast_customers", "status": "PARTIALLY_SUCCEEDED", "submitted_seconds": 0, "running_seconds": 0}]' > /dev/null
SELECT asset, g.status
FROM unnest('{ast_payments,ast_customers}'::text[]) asset,
     LATERAL datazone_start_metadata_generation_run('prj_retail', asset,
         types => '{BUSINESS_NAMES,BUSINESS_DESCRIPTIONS}') s,
     LATERAL datazone_get_metadata_generation_run(s.id) g;

-- one statement is one run; a token is the same run again
\! sim reset
SELECT (datazone_start_metadata_generation_run('prj_retail', 'ast_orders')).* \gset one_
\! sim log
SELECT id = :'one_id' AS same FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders');
SELECT count(*) FROM datazone_start_metadata_generation_run('prj_retail', 'ast_orders') a
JOIN datazone_start_metadata_generation_run('prj_retail', 'ast_orders') b USING (id);
SELECT id AS first FROM datazone_start_metadata_generation_run('prj_retail',
    'ast_orders', client_token => 'again') \gset
SELECT id = :'first' AS same FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_orders', client_token => 'again');
SELECT refusal($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_returns', client_token => 'again')$$);
\! sim effects

-- what the service refuses
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_forecast')$$);
SELECT outcome($$SELECT * FROM datazone_start_metadata_generation_run(
    'prj_retail', 'ast_absent')$$);
SELECT outcome($$SELECT * FROM datazone_get_metadata_generation_run('absent')$$);

-- answers of the older API: type alone; members that are silent are NULL
\set fault `sim fault GetMetadataGenerationRun answer 1 '{"json": {"domainId": "dzd_x", "id": "r", "owningProjectId": "p", "type": "BUSINESS_DESCRIPTIONS", "createdAt": 1.762021397763E9, "createdBy": ""}}'`
SELECT * FROM datazone_get_metadata_generation_run('any');
\set fault `sim fault StartMetadataGenerationRun answer 1 '{"json": {"domainId": "dzd_x", "id": "r", "types": []}}'`
SELECT * FROM datazone_start_metadata_generation_run('prj_retail', 'ast_orders');
\set fault `sim fault GetMetadataGenerationRun answer 1 '{"json": {"domainId": "dzd_x", "id": "r", "owningProjectId": "p"}}'`
SELECT * FROM datazone_get_metadata_generation_run('any');
