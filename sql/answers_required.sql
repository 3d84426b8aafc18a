--
-- Required members of answers: without one of them, or with one of another
-- type, an answer is not what the API promises.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on

-- What each operation must answer, and the call that reads it.
CREATE TABLE operation (n serial, name text, call text, is_list boolean, members jsonb);
INSERT INTO operation (name, call, is_list, members) VALUES
    ('GetDataSourceRun', 'datazone_get_run(''r'')', false,
     '{"id": "r", "domainId": "dzd_x", "dataSourceId": "d", "projectId": "p", "status": "SUCCESS",
       "type": "SCHEDULED", "createdAt": "2025-01-02T03:04:05Z", "updatedAt": "2025-01-02T03:04:05Z"}'),
    ('StartDataSourceRun', 'datazone_start_run(''d'')', false,
     '{"id": "r", "domainId": "dzd_x", "dataSourceId": "d", "projectId": "p", "status": "REQUESTED",
       "type": "PRIORITIZED", "createdAt": "2025-01-02T03:04:05Z", "updatedAt": "2025-01-02T03:04:05Z"}'),
    ('ListDataSourceRuns', 'datazone_list_data_source_runs(''d'')', true,
     '{"id": "r", "dataSourceId": "d", "projectId": "p", "status": "SUCCESS",
       "type": "SCHEDULED", "createdAt": "2025-01-02T03:04:05Z", "updatedAt": "2025-01-02T03:04:05Z"}'),
    ('ListDataSources', 'datazone_list_data_sources(''p'')', true,
     '{"dataSourceId": "d", "domainId": "dzd_x", "name": "n", "status": "READY", "type": "GLUE"}'),
    ('StartMetadataGenerationRun', 'datazone_start_metadata_generation_run(''p'', ''a'')', false,
     '{"id": "r", "domainId": "dzd_x"}'),
    ('GetMetadataGenerationRun', 'datazone_get_metadata_generation_run(''r'')', false,
     '{"id": "r", "domainId": "dzd_x", "owningProjectId": "p"}'),
    ('CreateDataProductRevision', 'datazone_create_data_product_revision(''d'', ''n'')', false,
     '{"id": "d", "domainId": "dzd_x", "revision": "2", "owningProjectId": "p", "name": "n", "status": "CREATED"}');

-- Answers to be given, in their order for each operation.
CREATE TABLE answer (n serial, operation text, what text, document jsonb);
CREATE FUNCTION faults() RETURNS json LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', name, 'kind', 'answer', 'params',
        json_build_object('json', CASE WHEN is_list
            THEN jsonb_build_object('items', jsonb_build_array(members, document))
            ELSE document END)) ORDER BY a.n)
    FROM answer a JOIN operation o ON o.name = a.operation;
$$;
CREATE FUNCTION outcomes() RETURNS TABLE (operation text, what text, outcome text)
LANGUAGE sql AS $$
    SELECT name, what, broken_promise('SELECT * FROM ' || call)
    FROM answer a JOIN operation o ON o.name = a.operation ORDER BY a.n;
$$;

-- whole
INSERT INTO answer (operation, what, document)
SELECT name, 'whole', members FROM operation ORDER BY n;
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes();

-- each member missing, or null, which is the same
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (operation, what, document)
SELECT name, 'no ' || member, members - member
FROM operation, jsonb_object_keys(members) WITH ORDINALITY AS k(member, o) ORDER BY n, o;
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes();
UPDATE answer a SET what = replace(what, 'no ', 'null '),
    document = members || jsonb_build_object(substr(what, 4), NULL)
FROM operation o WHERE o.name = a.operation;
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT what, count(*), min(left(outcome, 5)), max(left(outcome, 5))
FROM outcomes() GROUP BY what ORDER BY what;

-- each member of each other type
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (operation, what, document)
SELECT name, format('%s: %s', member, value), members || jsonb_build_object(member, value)
FROM operation, jsonb_object_keys(members) WITH ORDINALITY AS k(member, o),
     unnest(ARRAY['true', '[]', '{}', '7']::jsonb[]) WITH ORDINALITY AS v(value, p)
WHERE NOT (member LIKE '%At' AND value = '7')
ORDER BY n, o, p;
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT split_part(what, ':', 2) AS value, count(*), left(outcome, 5) AS sqlstate,
       string_agg(DISTINCT regexp_replace(outcome, '"\w+"', '...'), ', ') AS detail
FROM outcomes() GROUP BY 1, 3 ORDER BY 1, 3;

-- an error message within a run has a type
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (operation, what, document)
SELECT name, error, members || jsonb_build_object('errorMessage', error)
FROM operation, unnest(ARRAY['{"errorDetail": "d"}', '{}', '{"errorType": null, "errorDetail": "d"}']::jsonb[]) AS error
WHERE name = 'GetDataSourceRun';
SELECT faults() \gset
\set ids `sim post faults :'faults'`
SELECT what, left(outcome, 5) AS sqlstate FROM outcomes();
