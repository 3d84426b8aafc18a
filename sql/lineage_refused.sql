--
-- Lineage events that are refused before they are sent, and why.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on

CREATE FUNCTION event(members jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE sql AS $$
    SELECT '{"eventTime": "2025-06-30T06:02:05Z", "producer": "https://example.com/etl",
             "schemaURL": "https://example.com/RunEvent",
             "run": {"runId": "r"}, "job": {"namespace": "n", "name": "j"}}'::jsonb
           || members;
$$;
CREATE FUNCTION post(event jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT outcome(format('SELECT datazone_post_lineage(%L)', event));
$$;

-- the event that all others are made from is accepted
SELECT post(event());
\! sim forget

-- each member missing
SELECT path, post(event() #- path)
FROM unnest(ARRAY['{run}', '{run,runId}', '{job}', '{job,namespace}',
    '{job,name}', '{eventTime}', '{producer}', '{schemaURL}']) AS v(p),
    LATERAL (SELECT p::text[] AS path) t;
-- each member of another type
SELECT path, value, post(jsonb_set(event(), path, value))
FROM unnest(ARRAY['{run,runId}', '{job,namespace}', '{job,name}',
         '{eventTime}', '{producer}', '{schemaURL}']) WITH ORDINALITY AS v(p, n),
     LATERAL (SELECT p::text[] AS path) t,
     unnest(ARRAY['null', '1', 'true', '{}', '["a"]']::jsonb[]) AS value
ORDER BY n, value::text COLLATE "C";
SELECT path, value, post(jsonb_set(event(), path, value))
FROM unnest(ARRAY['{run}', '{job}']) AS v(p),
     LATERAL (SELECT p::text[] AS path) t,
     unnest(ARRAY['null', '"text"', '1', 'false', '[]', '[{"runId": "r"}]',
                  '{}']::jsonb[]) AS value;
-- names are not what they look like
SELECT post(event() - 'schemaURL' || '{"schemaUrl": "https://example.com"}');
SELECT post(event() - 'job' || '{"Job": {"namespace": "n", "name": "j"}}');

-- what is no RunEvent
SELECT post('{"eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s",
    "dataset": {"namespace": "n", "name": "d"}}');
SELECT post('{"eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s",
    "job": {"namespace": "n", "name": "j"}, "inputs": [], "outputs": []}');
SELECT post('{}');
SELECT post(value::jsonb) FROM unnest(ARRAY[
    'null', 'true', '7', '""', '"{}"', '[]', '[{}]']) value;
SELECT post(jsonb_build_array(event()));
SELECT post(to_jsonb(event()::text));

-- NULL
SELECT outcome('SELECT datazone_post_lineage(NULL)');
SELECT outcome('SELECT datazone_post_lineage(NULL::jsonb || ''{"a": 1}'')');

-- client tokens that no header can carry, or that the service does not take
SELECT to_json(left(token, 10)), length(token), outcome(format(
    'SELECT datazone_post_lineage(event(), client_token => %L)', token))
FROM unnest(ARRAY['', ' ', 'a b', E'a\tb', E'a\r\nX-Evil: 1', E'a\nb',
    E'\x01', E'a\x7f', 'tökén', '🚚', repeat('t', 129)]) token;
-- domains
SELECT to_json(domain), outcome(format(
    'SELECT datazone_post_lineage(event(), %L)', domain))
FROM unnest(ARRAY['', 'dzd', 'dzd_', 'dzd.a', 'dzd_a b', 'dzd_a/b', 'dzd_ä',
    'xdzd_a', 'DZD_a', E'dzd_a\n', '../dzd_a', 'dzd_' || repeat('a', 37)]) domain;
-- servers
SELECT outcome($$SELECT datazone_post_lineage(event(), server => 'nobody')$$);

-- nothing of this was sent
\! sim count

-- the longest token is sent
SELECT outcome($$SELECT datazone_post_lineage(event(),
    client_token => repeat('~', 128))$$);
-- members beyond the required ones are nobody's business before the service
SELECT post(event('{"eventType": "LUNCH"}'));
SELECT post(event('{"inputs": "none"}'));
SELECT post(event('{"unknown": {"a": [1, {"b": null}]}}'));
SELECT post(event('{"run": {"runId": "not a uuid", "facets": null}}'));
\! sim log
