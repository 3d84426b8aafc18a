--
-- Posting lineage: the bytes that arrive, the token, what comes back.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- A RunEvent with these members in place of, or beside, the usual ones.
CREATE FUNCTION event(members jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE sql AS $$
    SELECT '{"eventType": "COMPLETE", "eventTime": "2025-06-30T06:02:05.985Z",
             "producer": "https://example.com/etl",
             "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
             "run": {"runId": "3f5e83fa-3480-44ff-99c5-ff943904e5e8"},
             "job": {"namespace": "retail", "name": "load_orders"}}'::jsonb
           || members;
$$;

-- a whole event of a small ETL
SELECT datazone_post_lineage(event('{
    "run": {"runId": "3f5e83fa-3480-44ff-99c5-ff943904e5e8",
            "facets": {"parent": {"run": {"runId": "0"}, "job": {"namespace": "retail", "name": "nightly"}}}},
    "inputs": [{"namespace": "postgres://db:5432", "name": "retail.public.raw_orders"}],
    "outputs": [{"namespace": "redshift://retail:5439", "name": "retail.sales.orders",
                 "facets": {"columnLineage": {"fields": {"total": {"inputFields": [
                     {"namespace": "postgres://db:5432", "name": "retail.public.raw_orders", "field": "price"}]}}}}}]}'))
    ~ '^[a-z0-9]{14}$' AS id_made;
\set log `sim get log`
SELECT operation, method, regexp_replace(target, '[0-9a-f-]{36}', '<token>') AS target,
       status, headers->>'content-type' AS type,
       headers->>'client-token' = query->>'clientToken' AS same_token,
       headers->>'client-token' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
           AS token_is_uuid,
       headers->>'authorization' ~ 'SignedHeaders=client-token;' AS token_signed
FROM requests(:'log');
-- compact, and nothing lost
SELECT body FROM requests(:'log');
-- the domain can be named
\! sim seed '{"domains": [{"id": "dzd_two"}]}'
SELECT datazone_post_lineage(event(), 'dzd_two') IS NOT NULL AS id_made;
SELECT outcome($$SELECT datazone_post_lineage(event(), 'dzd_absent')$$);
\set lineage `sim get lineage`
SELECT e->>'domain' AS domain, e->>'runId' AS run, e->>'job' AS job
FROM jsonb_array_elements(:'lineage'::jsonb->'events') e;

-- what arrives is the event, whatever is in it
\! sim reset
CREATE TABLE odd (n serial, event jsonb);
INSERT INTO odd (event) SELECT event(jsonb_build_object('x', x)) FROM (VALUES
    (to_jsonb(E'quote " backslash \\ slash / tab \t newline \n return \r'::text)),
    (to_jsonb(E'\x01\x02\x1f\x7f\x08\x0c'::text)),
    (to_jsonb('é ü ß – 好み 🚚 '::text || U&'\2028\2029\FEFF\FFFD\00AD')),
    ('"\u00e9 \ud83d\ude9a \u0041 \/"'),
    ('""'), ('[]'), ('{}'), ('[[], {}, [{}]]'), ('null'), ('true'), ('[false, null]'),
    ('{"": "", " ": " ", "a b": {"c,d": [":", ", ", "{}"]}}'),
    ('{"z": 1, "a": 2, "aa": 3}'),
    ('[0, -0, 0.0, 0.1, 0.10, -1.50, 100, 1e2, 1E-7, 123456789012345678901234567890]'),
    ('[9007199254740993, 0.30000000000000004, 0.12345678901234567890123456789]'),
    ('1e400'), ('1e-400'), ('-1.5e300')
    ) AS v(x);
SELECT n, datazone_post_lineage(event) IS NOT NULL AS id_made FROM odd ORDER BY n;
\set log `sim get log`
SELECT o.n, r.body::jsonb = o.event AS equal,
       -- numbers as they were written: jsonb compares 0.10 and 0.1 as equal
       r.body::jsonb::text = o.event::text AS same_text,
       octet_length(r.body) < octet_length(o.event::text) AS compact,
       CASE WHEN octet_length(r.body) < 450
            THEN substring(r.body FROM '"x":(.*?),"(?:job|run|producer)"') END AS sent
FROM requests(:'log') r JOIN odd o USING (n) ORDER BY n;
SELECT n, length(substring(body FROM '"x":(-?[0-9.]+)')) AS digits
FROM requests(:'log') WHERE n IN (16, 17, 18);

-- attempts send identical bytes and the same token, and are one event
\! sim reset
\! sim fault PostLineageEvent internal 1
\! sim fault PostLineageEvent half_body 1
SELECT datazone_post_lineage((SELECT event FROM odd WHERE n = 3)) IS NOT NULL AS id_made;
\! sim log
\! sim effects
\set log `sim get log`
SELECT count(*) AS attempts, count(DISTINCT body) AS bodies,
       count(DISTINCT headers->>'client-token') AS header_tokens,
       count(DISTINCT query->>'clientToken') AS query_tokens
FROM requests(:'log');

-- the caller's token; each statement otherwise has one of its own
\! sim reset
SELECT datazone_post_lineage(event(), client_token => 'load/2025-06-30!~"%&=+') AS first \gset
SELECT datazone_post_lineage(event(), client_token => 'load/2025-06-30!~"%&=+') = :'first' AS same;
SELECT datazone_post_lineage(event()) = :'first' AS same;
SELECT datazone_post_lineage(event()) = :'first' AS same;
SELECT refusal($$SELECT datazone_post_lineage(event('{"x": 1}'),
    client_token => 'load/2025-06-30!~"%&=+')$$);
\set log `sim get log`
SELECT headers->>'client-token' AS in_header, target
FROM requests(:'log') WHERE n <= 2;
\! sim effects
-- events of several rows are several events
SELECT count(DISTINCT datazone_post_lineage(event(jsonb_build_object('n', n))))
FROM generate_series(1, 3) n;

-- an empty answer, as the API gave until 2025, has no id to tell
\! sim set '{"lineage_empty_answer": true}'
SELECT datazone_post_lineage(event()) IS NULL AS null;
\! sim set '{"lineage_empty_answer": false}'
\set fault `sim fault PostLineageEvent answer 1 '{"json": {}}'`
SELECT datazone_post_lineage(event()) IS NULL AS null;
\set fault `sim fault PostLineageEvent answer 1 '{"status": 204}'`
SELECT datazone_post_lineage(event()) IS NULL AS null;
\set fault `sim fault PostLineageEvent answer 1 '{"json": {"id": null, "domainId": "dzd_x"}}'`
SELECT datazone_post_lineage(event()) IS NULL AS null;
\set fault `sim fault PostLineageEvent answer 1 '{"json": {"id": 7}}'`
SELECT broken_promise($$SELECT datazone_post_lineage(event())$$);
