--
-- Data sources of a project, with all columns.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

\x on
SELECT * FROM datazone_list_data_sources('prj_retail', max_items => 1);
\x off
SELECT id, name, type, status, enable_setting, schedule IS NOT NULL AS planned,
       last_run_status, last_run_at, last_run_asset_count,
       last_run_error_type IS NOT NULL AS error
FROM datazone_list_data_sources('prj_retail');
\set log `sim get log`
SELECT operation, method, target, body FROM requests(:'log');

-- a project without, one that is not there, another domain
SELECT count(*) FROM datazone_list_data_sources('prj_finance');
SELECT outcome($$SELECT * FROM datazone_list_data_sources('prj_absent')$$);
\! sim seed '{"domains": [{"id": "dzd_two"}], "data_sources": [{"domain": "dzd_two", "project": "prj_two", "id": "ds_two", "type": "GLUE", "attributes": {"connectionId": "con_1", "schedule": {"schedule": "cron(0 1 * * ? *)"}}}]}'
\x on
SELECT server, domain_id, id, project_id, environment_id, connection_id, name,
       description, type, status, enable_setting, schedule, last_run_status,
       last_run_at, last_run_asset_count, last_run_error_type,
       last_run_error_detail,
       created_at BETWEEN now() - interval '1 minute'
                      AND now() + interval '1 minute' AS just_created,
       updated_at = created_at AS not_updated
FROM datazone_list_data_sources('prj_two', domain_identifier => 'dzd_two');
\x off

-- the last run failed, or still runs
\! sim set '{"requested_seconds": 0}'
\! sim post runs/script '{"data_source": "ds_stores", "outcomes": [{"status": "FAILED", "running_seconds": 0, "errorMessage": {"errorType": "THROTTLING_EXCEPTION", "errorDetail": "Too \"fast\"\n– slow down."}}, {"status": "RUNNING"}]}' > /dev/null
\! sim post runs/start '{"data_sources": ["ds_stores"]}' > /dev/null
SELECT status, last_run_status, last_run_asset_count, last_run_error_type,
       last_run_error_detail
FROM datazone_list_data_sources('prj_retail') WHERE id = 'ds_stores';
\! sim post runs/start '{"data_sources": ["ds_stores"]}' > /dev/null
SELECT status, last_run_status, last_run_asset_count, last_run_error_type
FROM datazone_list_data_sources('prj_retail') WHERE id = 'ds_stores';

-- members that are silent are NULL; epoch numbers are moments, too
\set fault `sim fault ListDataSources answer 1 '{"json": {"items": [{"domainId": "dzd_x", "dataSourceId": "d", "name": "n", "type": "t", "status": "s"}, {"domainId": "dzd_x", "dataSourceId": "e", "name": "", "type": "t", "status": "s", "schedule": {}, "lastRunAssetCount": 0, "lastRunErrorMessage": {"errorType": "X"}, "createdAt": "2025-01-02T03:04:05.6Z", "updatedAt": 1762021397.763}]}}'`
\x on
SELECT * FROM datazone_list_data_sources('prj_any');
\x off

-- NULL and wrong arguments are refused before anything is sent
\! sim forget
SELECT outcome($$SELECT * FROM datazone_list_data_sources(NULL)$$);
SELECT outcome($$SELECT * FROM datazone_list_data_sources('p', NULL, 'nowhere')$$);
\! sim count
-- the API sets no minimum for this one, so the service is the judge
SELECT refusal($$SELECT * FROM datazone_list_data_sources('')$$);
