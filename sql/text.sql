--
-- Text in arguments: what arrives is what was given, or it is refused.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- identifiers in the path: only unreserved characters stay
CREATE TABLE name (n serial, name text);
INSERT INTO name (name) VALUES ('AZaz09-._~'), ('a b'), ('a/b'), ('a%2Fb'), ('a+b'), ('a?b=c&d'),
    ('a#b'), ('a:b@c'), ('!$&''()*,;='), ('"<>\^`{|}'), ('[::1]'), ('äöü'), ('好み'), ('🚚'),
    (E'a\tb'), (E'a\nb\r'), (E'\x01\x1f\x7f'), ('../../x'), ('...'), ('.a'), ('%'), ('%00'),
    (U&'\FEFF\200B'), (repeat('x', 2000));
SELECT n, count(outcome(format('SELECT * FROM datazone_list_data_source_runs(%L)', name)))
    FROM name GROUP BY n, name ORDER BY n \g /dev/null
\set log `sim get log`
SELECT n, left(split_part(split_part(target, '/', 6), '?', 1), 60) AS segment,
       length(target) - length('/v2/domains/dzd_simulator/data-sources//runs?maxResults=50') AS length,
       array_length(string_to_array(target, '/'), 1) AS segments, status
FROM requests(:'log') ORDER BY n;
-- a dot segment would name another address, and nothing is no name
\! sim forget
SELECT id, outcome(format('SELECT * FROM datazone_list_data_source_runs(%L)', id)),
       left(outcome(format('SELECT * FROM datazone_get_run(%L)', id)), 5) AS get,
       left(outcome(format('SELECT * FROM datazone_start_run(%L)', id)), 5) AS start,
       left(outcome(format('SELECT * FROM datazone_wait_for_run(%L)', id)), 5) AS wait,
       left(outcome(format('SELECT * FROM datazone_get_metadata_generation_run(%L)', id)), 5) AS generation,
       left(outcome(format('SELECT * FROM datazone_create_data_product_revision(%L, ''n'')', id)), 5) AS product
FROM unnest('{"",.,..}'::text[]) id;
\! sim count

-- the query: the same encoding, space and plus included
SELECT count(outcome(format('SELECT * FROM datazone_list_data_sources(%L)', name)))
    FROM name WHERE n < 23 \g /dev/null
\set log `sim get log`
SELECT r.n, substring(target FROM 'projectIdentifier=([^&]*)') AS sent,
       query->>'projectIdentifier' = name.name AS same
FROM requests(:'log') r JOIN name USING (n) ORDER BY n;
\! sim forget
SELECT left(outcome(format('SELECT * FROM datazone_list_data_source_runs(''ds_orders'', %L)', name)), 5)
    FROM name WHERE n < 23 \g /dev/null
\set log `sim get log`
SELECT count(*), bool_and(query->>'status' = name.name) AS same
FROM requests(:'log') r JOIN name USING (n);

-- the body
\! sim forget
SELECT left(outcome(format('SELECT * FROM datazone_create_data_product_revision(''dp_orders'', %L,
    description => %L, glossary_terms => ARRAY[%L]::text[])', name, name, name)), 5)
    FROM name WHERE n < 23 \g /dev/null
\set log `sim get log`
SELECT count(*), bool_and(body::jsonb->>'name' = name.name
    AND body::jsonb->>'description' = name.name
    AND body::jsonb->'glossaryTerms' = jsonb_build_array(name.name)) AS same
FROM requests(:'log') r JOIN name USING (n);
SELECT body::jsonb - 'clientToken' FROM requests(:'log') WHERE n IN (10, 14, 15, 17) ORDER BY n;
-- and what it answers
SELECT to_json(name) AS name, description = E'x\x01\x7f' AS same
FROM datazone_create_data_product_revision('dp_orders', E'"q" \\ / \t \n é 🚚',
    description => E'x\x01\x7f');
-- long text
SELECT length(description) FROM datazone_create_data_product_revision('dp_orders', 'n',
    description => repeat('é', 4096));
\! sim forget
SELECT refusal(format('SELECT * FROM datazone_create_data_product_revision(''dp_orders'', ''n'',
    forms_input => jsonb_build_array(jsonb_build_object(''formName'', ''f'', ''content'', repeat(''é'', 400000))))'));
\set log `sim get log`
SELECT octet_length(body) > 800000 AS sent_whole, attempt FROM requests(:'log');
-- a path that no server takes: an error, not a cut
SELECT left(outcome(format('SELECT * FROM datazone_get_run(%L)', repeat('x', 10000000))), 5)
    IN ('22023', '54000', 'HV00M', 'HV00L') AS refused;
SELECT status FROM datazone_get_run('run_payments_001');
