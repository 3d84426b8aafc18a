--
-- A database that is not UTF-8: text is converted on the way out and back.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
CREATE DATABASE datazone_latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C';
\c datazone_latin1
\i :include
SET client_encoding = 'UTF8';
SHOW server_encoding;

-- out: bytes in path, query, body and event are UTF-8
SELECT refusal('SELECT * FROM datazone_list_data_source_runs(''é ü'')');
SELECT refusal('SELECT * FROM datazone_list_data_sources(''ß'')');
SELECT name, description FROM datazone_create_data_product_revision('dp_orders', 'Größe',
    description => 'é£');
SELECT datazone_post_lineage('{"run": {"runId": "ü"}, "job": {"namespace": "n", "name": "\u00e9"},
    "eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s"}') IS NOT NULL AS id_made;
SELECT description FROM datazone_create_data_product_revision('dp_orders', 'n',
    items => '[{"itemType": "ASSET", "identifier": "ast_orders"}]', description => 'ÿ');
\set log `sim get log`
SELECT operation, target, body::jsonb->>'name' AS name, body::jsonb->'job'->>'name' AS job,
       body::jsonb->'run'->>'runId' AS run
FROM (SELECT operation, regexp_replace(target, 'clientToken=.*', 'clientToken=...') AS target,
             CASE WHEN body <> '' THEN body ELSE '{}' END AS body
      FROM requests(:'log')) r;
-- 300,000 bytes are those of UTF-8
SELECT refusal($$SELECT datazone_post_lineage(jsonb_build_object('run', '{"runId": "r"}'::jsonb,
    'job', '{"namespace": "n", "name": "j"}'::jsonb, 'eventTime', '2025-06-30T06:02:05Z',
    'producer', 'p', 'schemaURL', 's', 'x', repeat('é', 150000)))$$);

-- back: what LATIN1 has is text, what it has not is an error
SELECT name FROM datazone_list_data_sources('prj_retail', 7) WHERE id = 'ds_stores';
SELECT refusal('SELECT * FROM datazone_list_data_sources(''prj_retail'')');
\set fault `sim fault GetDataSourceRun error 1 '{"status": 404, "code": "ResourceNotFoundException", "message": "nicht gefunden: Größe"}'`
SELECT outcome('SELECT * FROM datazone_get_run(''r'')');
-- words of an error that cannot be shown do not hide the error
\set fault `sim fault GetDataSourceRun error 1 '{"status": 404, "code": "ResourceNotFoundException", "message": "not found: 好み"}'`
SELECT left(outcome('SELECT * FROM datazone_get_run(''r'')'), 5);
\c postgres
DROP DATABASE datazone_latin1;
