--
-- 300,000 bytes of compact JSON are the most that an event may have.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- An event with a text and a list in it; as text, jsonb has a space after
-- each comma and colon, which do not count.
CREATE FUNCTION event(filling text, list int DEFAULT 0) RETURNS jsonb
LANGUAGE sql AS $$
    SELECT jsonb_build_object('eventTime', '2025-06-30T06:02:05Z',
        'producer', 'https://example.com/etl',
        'schemaURL', 'https://example.com/RunEvent',
        'run', jsonb_build_object('runId', 'r'),
        'job', jsonb_build_object('namespace', 'n', 'name', 'j'),
        'list', (SELECT coalesce(jsonb_agg(0), '[]') FROM generate_series(1, list)),
        'filling', filling);
$$;

-- how many bytes an event has without its filling
CREATE FUNCTION bytes(log text) RETURNS SETOF int LANGUAGE sql AS $$
    SELECT octet_length(body) FROM requests(log) ORDER BY n;
$$;
SELECT datazone_post_lineage(event('')) IS NOT NULL AS id_made;
\set log `sim get log`
SELECT bytes AS bare FROM bytes(:'log') \gset
SELECT octet_length(event('')::text) - :bare AS spaces;

-- what exactly fits, in bytes of ASCII, of UTF-8, and of escapes
\! sim forget
SELECT datazone_post_lineage(event(repeat('x', 300000 - :bare))) IS NOT NULL AS id_made;
SELECT datazone_post_lineage(event(repeat('é', (300000 - :bare) / 2)
    || repeat('x', (300000 - :bare) % 2))) IS NOT NULL AS id_made;
SELECT datazone_post_lineage(event(repeat('🚚', (300000 - :bare) / 4)
    || repeat('x', (300000 - :bare) % 4))) IS NOT NULL AS id_made;
SELECT datazone_post_lineage(event(repeat(E'\n', (300000 - :bare) / 2)
    || repeat('x', (300000 - :bare) % 2))) IS NOT NULL AS id_made;
SELECT datazone_post_lineage(event(repeat(E'\x01', (300000 - :bare) / 6)
    || repeat('x', (300000 - :bare) % 6))) IS NOT NULL AS id_made;
-- a list of 100,000 numbers: 199,999 bytes of compact JSON, 299,998 of jsonb's
SELECT datazone_post_lineage(event(repeat('x', 300000 - :bare - 199999), 100000))
    IS NOT NULL AS id_made;
\set log `sim get log`
SELECT bytes FROM bytes(:'log');

-- one byte more does not
\! sim forget
SELECT outcome(format($$SELECT datazone_post_lineage(event(repeat('x', %s)))$$,
    300001 - :bare));
SELECT refusal(format($$SELECT datazone_post_lineage(event(repeat('é', %s)))$$,
    (300001 - :bare + 1) / 2));
SELECT refusal(format($$SELECT datazone_post_lineage(event(repeat(E'\x01', %s)))$$,
    (300001 - :bare + 5) / 6));
SELECT refusal(format($$SELECT datazone_post_lineage(event(repeat('x', %s), 100000))$$,
    300001 - :bare - 199999));
-- nor much more
SELECT refusal($$SELECT datazone_post_lineage(event(repeat('x', 50000000)))$$);
SELECT refusal($$SELECT datazone_post_lineage(event('', 2000000))$$);
SELECT refusal($$SELECT datazone_post_lineage(event(repeat('x', 200000))
    || '{"x": 1e131000}')$$);
\! sim count
