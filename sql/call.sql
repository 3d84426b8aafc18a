--
-- datazone_call(), datazone_list(), datazone_operations(): any operation by
-- its name.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- the API as rows
SELECT count(*) AS operations,
       count(*) FILTER (WHERE read_only) AS read_only,
       count(*) FILTER (WHERE paginated) AS paginated
FROM datazone_operations();
SELECT string_agg(operation, ' ' ORDER BY operation)
FROM datazone_operations() WHERE read_only AND method = 'POST';
SELECT operation, method, uri, read_only, paginated, p.*
FROM datazone_operations(),
     jsonb_to_recordset(parameters)
         AS p(name text, type text, required boolean, "where" text)
WHERE operation IN ('PostLineageEvent', 'ListTagsForResource', 'UpdateDomain');
SELECT provolatile, proparallel, proretset, has_function_privilege('pg_monitor', oid, 'EXECUTE')
FROM pg_proc
WHERE proname IN ('datazone_call', 'datazone_list', 'datazone_operations')
ORDER BY proname;

-- answers as the API names them, times in ISO 8601
SELECT a->>'id' AS id, a->>'createdAt' AS created_at,
       a->'runStatisticsForAssets'->>'added' AS added
FROM datazone_call('GetDataSourceRun', '{"identifier": "run_payments_003"}') a;
SELECT a - 'nextToken' = jsonb_build_object('items', a->'items') AS only_items,
       jsonb_array_length(a->'items') AS items
FROM datazone_call('ListDataSources',
                   '{"projectIdentifier": "prj_retail", "maxResults": 2}') a;
SELECT jsonb_array_length(datazone_call('ListDomains', NULL)->'items');

-- an event goes out and comes back, with what its headers say
SELECT datazone_call('PostLineageEvent', jsonb_build_object('event', '{
    "eventTime": "2026-01-02T03:04:05.5Z", "producer": "p", "schemaURL": "s",
    "run": {"runId": "r/1"}, "job": {"namespace": "n", "name": "jöb"}}'::jsonb,
    'clientToken', 'a-token'))->>'id' AS event \gset
\set log `sim get log`
SELECT method, body, headers->>'client-token' AS header, query,
       headers->>'content-type' AS content_type
FROM requests(:'log') WHERE operation = 'PostLineageEvent';
SELECT a - 'id' - 'createdAt' - 'processingStatus'
FROM datazone_call('GetLineageEvent',
                   jsonb_build_object('identifier', :'event')) a;

-- empty answers, labels of any text, repeated query parameters
SELECT datazone_call('TagResource', '{
    "resourceArn": "arn:aws:datazone:eu-west-1:123456789012:domain/dzd_simulator",
    "tags": {"a b": "x/y", "+=@": "", "c": "d"}}');
SELECT datazone_call('UntagResource', '{
    "resourceArn": "arn:aws:datazone:eu-west-1:123456789012:domain/dzd_simulator",
    "tagKeys": ["a b", "+=@"]}');
SELECT datazone_call('ListTagsForResource', '{
    "resourceArn": "arn:aws:datazone:eu-west-1:123456789012:domain/dzd_simulator"}');
\set log `sim get log`
SELECT method, target FROM requests(:'log')
WHERE operation ILIKE '%tag%' ORDER BY n;

-- listings, whichever way they page
SELECT count(*), count(DISTINCT i->>'id')
FROM datazone_list('ListDataSourceRuns',
                   '{"dataSourceIdentifier": "ds_orders"}') i;
SELECT i->>'id' AS id, i->>'startedAt' AS started_at
FROM datazone_list('ListDataSourceRuns',
                   '{"dataSourceIdentifier": "ds_orders"}', 2) i;
SELECT count(*) FROM datazone_list('ListDataSourceRuns',
    '{"dataSourceIdentifier": "ds_orders", "maxResults": 7}', max_items => 20);
\set log `sim get log`
SELECT query->>'maxResults' AS page, count(*) FROM requests(:'log')
WHERE operation = 'ListDataSourceRuns' GROUP BY 1 ORDER BY 1;
SELECT i->'assetItem'->>'name' AS name
FROM datazone_list('Search', '{"searchScope": "ASSET", "maxResults": 2}') i;
SELECT datazone_list('ListDataSourceRuns',
    '{"dataSourceIdentifier": "ds_orders"}', 2)->>'id' AS in_the_select_list;
SELECT count(*) FROM datazone_list('ListDataSourceRuns',
    '{"dataSourceIdentifier": "ds_orders"}', 0);

-- writers are refused where nothing may be written, readers are not
BEGIN READ ONLY;
SELECT jsonb_array_length(datazone_call('Search',
    '{"searchScope": "ASSET", "maxResults": 1}')->'items');
SELECT datazone_call('StartDataSourceRun', '{"dataSourceIdentifier": "ds_orders"}');
ROLLBACK;

-- refusals, before anything is sent
\set first `sim get log`
SELECT refusal($$SELECT datazone_call(NULL)$$);
SELECT outcome($$SELECT datazone_call('ListDataSourceRun')$$);
SELECT outcome($$SELECT datazone_call('list_data_source_runs')$$);
SELECT outcome($$SELECT datazone_call('DropTable')$$);
SELECT outcome($$SELECT datazone_list('GetDomain')$$);
SELECT outcome($$SELECT * FROM datazone_list('ListDomains', max_items => -1)$$);
SELECT outcome($$SELECT datazone_call('ListDataSourceRuns')$$);
SELECT outcome($$SELECT datazone_call('ListDataSourceRuns', '[]')$$);
SELECT outcome($$SELECT datazone_call('CreateRule', '{"name": "r", "action":
    "CREATE_LISTING_CHANGE_SET", "scope": {}, "target": {"domainUnitTarget":
    {"domainUnitIdentifier": "d"}}, "detail":
    {"metadataFormEnforcementDetail": {}}}')$$);
SELECT outcome($$SELECT datazone_call('GetDomain', '{"identifier": "nowhere"}')$$);
-- where the API calls it so, the domain is the object of the call: no default
SELECT operation, outcome(format($$SELECT datazone_call(%L)$$, operation))
FROM datazone_operations() WHERE operation ~ '^[A-Z][a-z]+Domain$' ORDER BY 1;
SELECT outcome($$SELECT datazone_call('DeleteDomain', '{"identifier": null}')$$);
SELECT outcome($$SELECT datazone_call('DeleteDomain', '{"domainIdentifier": "dzd_x"}')$$);
SELECT outcome($$SELECT datazone_call('GetLineageNode', '{"identifier": ".."}')$$);
SELECT outcome($$SELECT datazone_call('PostLineageEvent', '{"event": {"run": 5}}')$$);
\set last `sim get log`
SELECT jsonb_array_length(:'first'::jsonb->'requests') =
       jsonb_array_length(:'last'::jsonb->'requests') AS nothing_was_sent;

-- the service's own refusals
SELECT outcome($$SELECT datazone_call('GetDataSourceRun', '{"identifier": "nope"}')$$);

-- answers that are not what the API promises, and those that are
\! sim fault Search empty 1
SELECT count(*) AS no_items FROM datazone_list('Search', '{"searchScope": "ASSET"}');
\! sim fault ListDataSourceRuns empty 1
SELECT outcome($$SELECT * FROM datazone_list('ListDataSourceRuns',
    '{"dataSourceIdentifier": "ds_orders"}')$$);
\! sim fault ListDataSourceRuns wrong_types 1 '{"member": "updatedAt", "value": "soon"}'
SELECT outcome($$SELECT * FROM datazone_list('ListDataSourceRuns',
    '{"dataSourceIdentifier": "ds_orders"}')$$);
\! sim fault GetDataSourceRun wrong_types 1 '{"member": "added", "value": [1]}'
SELECT outcome($$SELECT datazone_call('GetDataSourceRun',
    '{"identifier": "run_payments_003"}')$$);
\! sim fault GetDataSourceRun missing_required 1 '{"member": "status"}'
SELECT outcome($$SELECT datazone_call('GetDataSourceRun',
    '{"identifier": "run_payments_003"}')$$);
\! sim fault GetDataSourceRun wrong_types 1 '{"member": "status", "value": "A_NEW_ONE"}'
SELECT datazone_call('GetDataSourceRun',
    '{"identifier": "run_payments_003"}')->>'status' AS status;
\! sim fault ListDataSourceRuns repeat_token all
SELECT outcome($$SELECT * FROM datazone_list('ListDataSourceRuns',
    '{"dataSourceIdentifier": "ds_orders"}')$$);
