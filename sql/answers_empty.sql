--
-- Answers without a body: to nothing at all nothing is missing.  An object
-- that lacks what it must have is another matter.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
ALTER SERVER sim OPTIONS (ADD max_attempts '1');

CREATE TABLE call (n serial, operation text, params text);
INSERT INTO call (operation, params) VALUES
    -- readers
    ('GetDataSourceRun', '{"identifier": "r"}'),
    ('GetDomain', '{"identifier": "dzd_simulator"}'),
    ('Search', '{"searchScope": "ASSET"}'),
    ('ListDataSourceRuns', '{"dataSourceIdentifier": "d"}'),
    -- writers, those that have a client token, and those that have none
    ('StartDataSourceRun', '{"dataSourceIdentifier": "d"}'),
    ('CreateDataProduct', '{"name": "n", "owningProjectIdentifier": "p"}'),
    ('CreateProject', '{"name": "n"}'),
    ('CreateGlossary', '{"name": "n", "owningProjectIdentifier": "p"}'),
    ('UpdateDomain', '{"identifier": "dzd_simulator"}'),
    ('StartMetadataGenerationRun', '{"owningProjectIdentifier": "p", "type": "BUSINESS_DESCRIPTIONS",
        "target": {"identifier": "a", "type": "ASSET"}}'),
    -- those whose answers need no member
    ('PostLineageEvent', '{"event": {"run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"},
        "eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s"}}'),
    ('TagResource', '{"resourceArn": "a", "tags": {}}'),
    ('DeleteProject', '{"identifier": "p"}');
-- which of them write
SELECT c.operation, o.read_only FROM call c
JOIN datazone_operations() o USING (operation) ORDER BY n;
-- One answer to every request; most of these operations are not simulated.
CREATE FUNCTION answer(status int, body text) RETURNS json LANGUAGE sql AS $$
    SELECT json_build_object('operation', '*', 'kind', 'answer', 'count', NULL, 'params',
        json_build_object('status', status, 'body', body,
            'headers', '[["Content-Type", "application/json"]]'::json));
$$;
CREATE FUNCTION called(operation text, params text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT datazone_call(operation, params::jsonb);
$$;

-- nothing
SELECT answer(200, '') \gset
\set ids `sim post faults :'answer'`
SELECT operation, called(operation, params) FROM call ORDER BY n;
\! sim faults clear
SELECT answer(204, '') \gset
\set ids `sim post faults :'answer'`
SELECT DISTINCT called(operation, params) FROM call;
-- space is nothing
\! sim faults clear
SELECT answer(201, E' \r\n\t ') \gset
\set ids `sim post faults :'answer'`
SELECT DISTINCT called(operation, params) FROM call;

-- an object without members: what it lacks, and that a write has been done
\! sim faults clear
SELECT answer(200, '{}') \gset
\set ids `sim post faults :'answer'`
SELECT operation, outcome(format('SELECT called(%L, %L)', operation, params)) FROM call ORDER BY n;
-- the same of what is no object, or no JSON
\! sim faults clear
SELECT answer(200, '[]') \gset
\set ids `sim post faults :'answer'`
SELECT outcome ~ 'carried the request out' AS done, left(outcome, 5) AS sqlstate,
       string_agg(operation, ' ' ORDER BY n)
FROM (SELECT *, outcome(format('SELECT called(%L, %L)', operation, params)) FROM call OFFSET 0) c
GROUP BY 1, 2 ORDER BY 1, 2;
\! sim faults clear
SELECT answer(200, '<html>') \gset
\set ids `sim post faults :'answer'`
SELECT outcome ~ 'carried the request out' AS done, left(outcome, 5) AS sqlstate,
       string_agg(operation, ' ' ORDER BY n)
FROM (SELECT *, outcome(format('SELECT called(%L, %L)', operation, params)) FROM call OFFSET 0) c
GROUP BY 1, 2 ORDER BY 1, 2;

-- functions with columns need what their columns are made of
\! sim faults clear
SELECT answer(200, '') \gset
\set ids `sim post faults :'answer'`
SELECT outcome('SELECT * FROM datazone_get_run(''r'')');
SELECT outcome('SELECT * FROM datazone_start_run(''d'')');
SELECT outcome('SELECT * FROM datazone_list_data_source_runs(''d'')');
SELECT outcome('SELECT * FROM datazone_list(''ListDataSourceRuns'', ''{"dataSourceIdentifier": "d"}'')');
-- Search's items are no required member, and no item is no row
SELECT count(*) FROM datazone_list('Search', '{"searchScope": "ASSET"}');
\! sim faults clear
