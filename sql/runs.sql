--
-- Runs of a data source: listed and fetched, with all columns.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- every column of runs that ended: in a list, and alone
\x on
SELECT * FROM datazone_list_data_source_runs('ds_payments');
SELECT * FROM datazone_get_run('run_payments_003');
SELECT * FROM datazone_get_run('run_payments_001');
\x off
-- what was asked for, and nothing else
\set log `sim get log`
SELECT n, operation, method, target, body, status FROM requests(:'log');
SELECT count(DISTINCT headers->>'amz-sdk-invocation-id') AS calls,
       count(*) FILTER (WHERE headers ? 'content-type') AS with_content_type,
       count(*) FILTER (WHERE headers ? 'client-token') AS with_token
FROM requests(:'log');

-- runs that have not ended
\! sim set '{"requested_seconds": 0}'
\! sim post runs/script '{"data_source": "ds_stores", "outcomes": [{"status": "REQUESTED"}, {"status": "RUNNING"}, {"status": "SUCCESS", "running_seconds": 0}]}' > /dev/null
\! sim post runs/start '{"data_sources": ["ds_stores"], "type": "SCHEDULED"}' > /dev/null
\! sim post runs/start '{"data_sources": ["ds_stores"]}' > /dev/null
\! sim post runs/start '{"data_sources": ["ds_stores"]}' > /dev/null
SELECT status, type, started_at IS NOT NULL AS started,
       stopped_at IS NOT NULL AS stopped, added, updated, unchanged, skipped,
       failed, lineage_import_status, error_type,
       created_at BETWEEN now() - interval '1 minute'
                      AND now() + interval '1 minute' AS just_created,
       updated_at >= created_at AS updated_later
FROM datazone_list_data_source_runs('ds_stores');

-- each status, and all of them together
SELECT s, count(r.id) AS runs,
       count(*) FILTER (WHERE r.status <> s) AS of_another
FROM unnest('{REQUESTED,RUNNING,SUCCESS,PARTIALLY_SUCCEEDED,FAILED}'::text[])
         WITH ORDINALITY AS s(s, n),
     unnest('{ds_orders,ds_stores}'::text[]) AS source,
     LATERAL datazone_list_data_source_runs(source, s) r
GROUP BY s, s.n ORDER BY s.n;
SELECT status, count(*) FROM datazone_list_data_source_runs('ds_orders')
GROUP BY status ORDER BY status;
SELECT DISTINCT server, domain_id, data_source_id, project_id, synced_at
FROM datazone_list_data_source_runs('ds_orders', 'FAILED');
-- states may be added to the service: it is the judge
SELECT outcome($$SELECT * FROM datazone_list_data_source_runs('ds_orders',
    'ASLEEP')$$);

-- named arguments, another domain, a server by name
\! sim seed '{"domains": [{"id": "dzd-other_1"}], "projects": [{"domain": "dzd-other_1", "id": "prj_retail"}], "data_sources": [{"domain": "dzd-other_1", "id": "ds_orders", "runs": 2}]}'
SELECT domain_id, data_source_id, count(*)
FROM datazone_list_data_source_runs(
    domain_identifier => 'dzd-other_1', data_source_identifier => 'ds_orders')
GROUP BY 1, 2;
SELECT domain_id, count(*) FROM datazone_list_data_source_runs(
    'ds_orders', server => 'sim', max_items => 3) GROUP BY 1;
SELECT refusal($$SELECT * FROM datazone_get_run('run_orders_001',
    domain_identifier => 'dzd-other_1')$$);
-- a domain that does not exist, as the service says it
SELECT outcome($$SELECT * FROM datazone_get_run('run_orders_001',
    domain_identifier => 'dzd_absent')$$);
SELECT outcome($$SELECT * FROM datazone_list_data_source_runs('absent')$$);
SELECT outcome($$SELECT * FROM datazone_get_run('absent')$$);

-- no default domain: the call must name one
CREATE SERVER bare FOREIGN DATA WRAPPER datazone
    OPTIONS (region 'eu-west-1', endpoint_url :'url');
CREATE USER MAPPING FOR CURRENT_USER SERVER bare OPTIONS (
    access_key_id 'AKIDEXAMPLE',
    secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
\! sim forget
SELECT outcome($$SELECT * FROM datazone_get_run('run_orders_001',
    server => 'bare')$$);
SELECT outcome($$SELECT * FROM datazone_list_data_source_runs('ds_orders',
    server => 'bare')$$);
\! sim count
SELECT server, domain_id, id FROM datazone_get_run('run_orders_001',
    'dzd_simulator', 'bare');
DROP SERVER bare CASCADE;

-- the cheapest answer the API allows: members that are silent are NULL
\set fault `sim fault GetDataSourceRun answer 1 '{"json": {"id": "r", "domainId": "dzd_x", "dataSourceId": "d", "projectId": "p", "status": "SUCCESS", "type": "SCHEDULED", "createdAt": "2025-01-02T03:04:05Z", "updatedAt": "2025-01-02T03:04:05Z"}}'`
\x on
SELECT * FROM datazone_get_run('any');
-- null is silence too, unknown members are nothing, words are free
\set fault `sim fault ListDataSourceRuns answer 1 '{"json": {"new": [1], "nextToken": null, "items": [{"id": "r", "dataSourceId": "d", "projectId": "p", "status": "NEW_STATE", "type": "NEW_TYPE", "createdAt": "2025-01-02T03:04:05Z", "updatedAt": "2025-01-02T03:04:05Z", "startedAt": null, "runStatisticsForAssets": null, "errorMessage": null, "lineageSummary": {"importStatus": null, "x": 1}, "cost": {"eur": 1}}]}}'`
SELECT * FROM datazone_list_data_source_runs('any');
-- part of the statistics, half an error, numbers at their limits; the
-- configuration is JSON inside a string, and every digit of it counts
\set fault `sim fault GetDataSourceRun answer 1 '{"json": {"id": "r", "domainId": "dzd_x", "dataSourceId": "d", "projectId": "p", "status": "FAILED", "type": "SCHEDULED", "createdAt": "2025-01-02T03:04:05Z", "updatedAt": "2025-01-02T03:04:05Z", "runStatisticsForAssets": {"added": 2147483647, "failed": -1, "updated": 0}, "errorMessage": {"errorType": "VALIDATION_EXCEPTION"}, "dataSourceConfigurationSnapshot": "[1.50, \"\\u00e9\", 123456789012345678901234567890, 0.12345678901234567890, 1e20, true, null, {}]"}}'`
SELECT added, updated, unchanged, skipped, failed, error_type, error_detail,
       configuration_snapshot, jsonb_typeof(configuration_snapshot)
FROM datazone_get_run('any');
