--
-- Successes that are not what the API promises: an error, never a crash, and
-- never half a row.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on

-- A run as the API gives it, to be spoilt; and answers that are sent as they
-- are, one for each row of "answer", with what comes of them.
CREATE FUNCTION run(members jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
    SELECT '{"id": "r", "domainId": "dzd_x", "dataSourceId": "d", "projectId": "p",
             "status": "SUCCESS", "type": "SCHEDULED",
             "createdAt": "2025-01-02T03:04:05Z", "updatedAt": "2025-01-02T03:04:05Z"}'::jsonb
           || members;
$$;
CREATE TABLE answer (n serial, what text, body text, headers json
    DEFAULT '[["Content-Type", "application/json"]]');
CREATE FUNCTION faults(operation text) RETURNS json LANGUAGE sql AS $$
    SELECT json_agg(json_build_object('operation', operation, 'kind', 'answer',
        'params', json_build_object('headers', headers, 'body', body)) ORDER BY n)
    FROM answer;
$$;
CREATE FUNCTION outcomes(statement text) RETURNS TABLE (what text, outcome text)
LANGUAGE sql AS $$
    SELECT coalesce(what, body), broken_promise(statement) FROM answer ORDER BY n;
$$;
-- Without the detail, which is in the words of the JSON library.
CREATE FUNCTION refusals(statement text) RETURNS TABLE (what text, refusal text)
LANGUAGE sql AS $$
    SELECT coalesce(what, body), refusal(statement) FROM answer ORDER BY n;
$$;

-- what is no JSON object
INSERT INTO answer (body) VALUES ('<html><body>Sign in</body></html>'), ('OK'),
    ('{'), ('{"id": "r"'), ('{"id": "r",}'), ('{''id'': 1}'), ('{"id": }'),
    ('{"a": 01}'), ('{"a": NaN}'), ('{"a": tru}'), ('{"a": "b'), ('{} {}'), ('{}x'),
    ('[]'), ('[{}]'), ('null'), ('true'), ('7'), ('"text"');
SELECT faults('GetDataSourceRun') AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM refusals('SELECT * FROM datazone_get_run(''r'')');

-- text that is no text
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (what, body)
SELECT what, replace(run('{"projectId": "@"}')::text, '@', mark) FROM (VALUES
    ('NUL', '\u0000'), ('lone surrogate', '\ud800'), ('halves swapped', '\udc00\ud800'),
    ('half a pair', '\ud83dx'), ('raw newline', E'\n'), ('raw control', E'\x01'),
    ('bad escape', '\x41'), ('short escape', '\u12')) AS v(what, mark);
SELECT faults('GetDataSourceRun') AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM refusals('SELECT * FROM datazone_get_run(''r'')');
-- and what is text after all
\set ids `sim post faults '[{"operation": "GetDataSourceRun", "kind": "answer", "params": {"body": "\ufeff{}"}}, {"operation": "GetDataSourceRun", "kind": "bad_utf8"}, {"operation": "GetDataSourceRun", "kind": "garbage"}]'`
SELECT what, refusal('SELECT * FROM datazone_get_run(''run_orders_001'')')
FROM unnest('{byte order mark,bad UTF-8,random bytes}'::text[]) what;

-- optional members of a wrong type
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (body) VALUES
    ('{"runStatisticsForAssets": []}'), ('{"runStatisticsForAssets": 1}'),
    ('{"runStatisticsForAssets": {"added": "1"}}'), ('{"runStatisticsForAssets": {"added": 1.5}}'),
    ('{"runStatisticsForAssets": {"added": 2147483648}}'), ('{"runStatisticsForAssets": {"added": -2147483649}}'),
    ('{"runStatisticsForAssets": {"failed": 1e2}}'), ('{"runStatisticsForAssets": {"failed": true}}'),
    ('{"errorMessage": "text"}'), ('{"errorMessage": {"errorType": 1}}'),
    ('{"errorMessage": {"errorDetail": []}}'), ('{"lineageSummary": "SUCCESS"}'),
    ('{"lineageSummary": {"importStatus": {}}}'), ('{"dataSourceConfigurationSnapshot": {}}'),
    ('{"startedAt": true}'), ('{"startedAt": "soon"}'), ('{"stoppedAt": []}'), ('{"createdAt": ""}');
UPDATE answer SET what = body, body = run(body::jsonb);
SELECT faults('GetDataSourceRun') AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes('SELECT * FROM datazone_get_run(''r'')');

-- the error says which call and which request it was
\! sim fault GetDataSourceRun whole_body 1 '{"value": []}'
SELECT o ~ 'GetDataSourceRun' AS operation, o ~ 'HTTP status 200, request ID <id>' AS request,
       o ~ 'attempt 1 of 3' AS attempt
FROM outcome('SELECT * FROM datazone_get_run(''run_payments_001'')') o;

-- unknown members are nobody's business, whatever is in them
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (body) VALUES ('{"new": null}'), ('{"new": {"a": [1, "x"]}}'), ('{"": ""}'),
    ('{"new": 99999999999999999999}'), ('{"new": [-1e400, 1e-400, 0.12345678901234567890]}'),
    ('{"runStatisticsForAssets": {"renamed": 99999999999999999999}}');
UPDATE answer SET what = body, body = overlay(run()::text PLACING '{' || btrim(body, '{}')
    || repeat('}', length(body) - length(replace(body, '}', '')) - 1) || ', ' FROM 1 FOR 1);
SELECT faults('GetDataSourceRun') AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes('SELECT * FROM datazone_get_run(''r'')');

-- pages
TRUNCATE answer RESTART IDENTITY;
INSERT INTO answer (what, body) VALUES ('no items', '{}'), ('items null', '{"items": null}'),
    ('items an object', '{"items": {}}'), ('items text', '{"items": "none"}'), ('items 0', '{"items": 0}'),
    ('item null', '{"items": [null]}'), ('item text', '{"items": ["r"]}'), ('item a list', '{"items": [[]]}'),
    ('item empty', '{"items": [{}]}'),
    ('second item', json_build_object('items', json_build_array(run(), run() - 'id'))),
    ('token a number', json_build_object('items', json_build_array(run()), 'nextToken', 7)),
    ('token an object', json_build_object('items', json_build_array(run()), 'nextToken', json_build_object()));
SELECT faults('ListDataSourceRuns') AS faults \gset
\set ids `sim post faults :'faults'`
SELECT * FROM outcomes('SELECT * FROM datazone_list_data_source_runs(''d'')');

-- a page that leads to itself, at once and later
\! sim fault ListDataSourceRuns repeat_token all
\! sim forget
SELECT broken_promise('SELECT * FROM datazone_list_data_source_runs(''ds_orders'')');
\! sim log
SELECT outcome('SELECT * FROM datazone_list_data_source_runs(''ds_orders'', max_items => 10)');
\! sim faults clear
\! sim post faults '{"operation": "ListDataSourceRuns", "kind": "repeat_token", "skip": 1}' > /dev/null
SELECT broken_promise('SELECT * FROM datazone_list_data_source_runs(''ds_orders'')');
\! sim faults clear
