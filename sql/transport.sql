--
-- Connections that fail, and how often a call is tried.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
-- One call: how it ended, and the context, which counts the attempts.  The
-- detail is in the words of the HTTP library.
CREATE FUNCTION get() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' / ', words[1], words[2], substring(words[cardinality(words)]
                                                          FROM '.*, attempt .*'))
    FROM string_to_array(outcome('SELECT * FROM datazone_get_run(''run_payments_001'')'),
                         ' / ') words;
$$;

-- attempts: three, for what may pass; the last word is told
\set ids `sim fault GetDataSourceRun internal 3`
SELECT get();
\set ids `sim fault GetDataSourceRun unavailable 3`
SELECT get();
\set ids `sim fault GetDataSourceRun half_body 3`
SELECT get();
\set ids `sim fault GetDataSourceRun chunked_cut 3`
SELECT get();
\! sim log
-- once, for what will not pass
\! sim forget
\set ids `sim post faults '[{"operation": "GetDataSourceRun", "kind": "error", "params": {"status": 400}}, {"operation": "GetDataSourceRun", "kind": "error", "params": {"status": 401}}, {"operation": "GetDataSourceRun", "kind": "error", "params": {"status": 402}}, {"operation": "GetDataSourceRun", "kind": "error", "params": {"status": 403}}, {"operation": "GetDataSourceRun", "kind": "error", "params": {"status": 404}}, {"operation": "GetDataSourceRun", "kind": "error", "params": {"status": 409}}, {"operation": "GetDataSourceRun", "kind": "html200"}, {"operation": "GetDataSourceRun", "kind": "redirect"}, {"operation": "GetDataSourceRun", "kind": "garbage"}]'`
SELECT count(outcome('SELECT * FROM datazone_get_run(''r'')')) FROM generate_series(1, 9);
\! sim log
-- two stumbles are forgiven; a throttled call waits longer
\! sim forget
\set ids `sim post faults '[{"operation": "GetDataSourceRun", "kind": "throttle"}, {"operation": "GetDataSourceRun", "kind": "internal"}]'`
SELECT get();
\! sim log
\set log `sim get log`
SELECT count(*) AS attempts, count(DISTINCT headers->>'amz-sdk-invocation-id') AS calls
FROM requests(:'log');
-- as many as the server says
ALTER SERVER sim OPTIONS (ADD max_attempts '5');
\! sim forget
\set ids `sim fault GetDataSourceRun internal 4`
SELECT get();
\! sim log
ALTER SERVER sim OPTIONS (SET max_attempts '1');
\! sim forget
\set ids `sim fault GetDataSourceRun internal 1`
SELECT get();
\! sim log

-- what gets no answer
\set ids `sim fault GetDataSourceRun half_body`
SELECT get();
\set ids `sim fault GetDataSourceRun slow_body 1 '{"bytes": 10, "ms": 200}'`
ALTER SERVER sim OPTIONS (ADD request_timeout '300ms');
SELECT get();
\set ids `sim fault GetDataSourceRun stall 1 '{"head": true}'`
SELECT get();
\set ids `sim fault GetDataSourceRun stall`
SELECT get();
-- each attempt has its own time
ALTER SERVER sim OPTIONS (SET max_attempts '2');
\! sim forget
\set ids `sim fault GetDataSourceRun stall`
SELECT get();
\! sim log
ALTER SERVER sim OPTIONS (DROP request_timeout, SET max_attempts '1');
-- headers that are none
\set ids `sim fault GetDataSourceRun bad_headers 1 '{"variant": "long"}'`
SELECT left(get(), 5) IN ('HV00L', 'HV00M', '54000');
\set ids `sim fault GetDataSourceRun bad_headers 1 '{"variant": "status"}'`
SELECT left(get(), 5) IN ('HV00L', 'HV00M');
\set ids `sim fault GetDataSourceRun bad_headers 1 '{"variant": "nul"}'`
SELECT left(get(), 5) IN ('HV00L', 'HV00M');
\set ids `sim fault GetDataSourceRun bad_headers 1 '{"variant": "many"}'`
SELECT left(get(), 5) IN ('HV00L', 'HV00M', '54000');
\set ids `sim fault GetDataSourceRun bad_headers 1 '{"variant": "folded"}'`
SELECT get();
\set ids `sim fault GetDataSourceRun bad_headers 1 '{"variant": "control"}'`
SELECT left(get(), 5) IN ('HV00L', 'HV00M', '1 row');
\set ids `sim fault GetDataSourceRun bad_headers 1 '{"variant": "no_colon"}'`
SELECT left(get(), 5) IN ('HV00L', 'HV00M', '1 row');
SELECT get();

-- a connection that ends before the answer has begun is no answer: it must
-- not pass for the empty one that means success
CREATE FUNCTION post() RETURNS text LANGUAGE sql AS $$
    SELECT refusal('SELECT datazone_post_lineage(''{"run": {"runId": "r"}, "job": {"namespace": "n",
        "name": "j"}, "eventTime": "2025-06-30T06:02:05Z", "producer": "p", "schemaURL": "s"}'')');
$$;
\set ids `sim post faults '[{"operation": "PostLineageEvent", "kind": "half_head"}, {"operation": "PostLineageEvent", "kind": "raw", "params": {"base64": "SFRUUC8xLjEgMjAwIE9L"}}, {"operation": "PostLineageEvent", "kind": "raw", "params": {"base64": "SFRUUC8xLjEgMjAwIE9LDQo="}}, {"operation": "PostLineageEvent", "kind": "raw", "params": {"base64": "SFRUUC8xLjEgMjAwIE9LDQpDb250ZW50LUxlbmd0aDogMTANCg0K"}}, {"operation": "PostLineageEvent", "kind": "raw", "params": {"base64": "Z2FyYmFnZQ=="}}]'`
SELECT what, post() FROM unnest('{half a head,half a line,a status line,a head without its body,no head}'::text[]) what;

-- nobody there: a port that was free a moment ago, and TLS with a server that
-- does not speak it
ALTER SERVER sim OPTIONS (SET endpoint_url 'http://127.0.0.1:1',
    ADD connect_timeout '500ms');
SELECT get();
SELECT format('ALTER SERVER sim OPTIONS (SET endpoint_url %L)',
    replace(:'url', 'http:', 'https:')) AS change \gset
:change;
SELECT get();
-- the writer, too, is tried again where nobody was there
ALTER SERVER sim OPTIONS (SET endpoint_url 'http://127.0.0.1:1', SET max_attempts '3');
SELECT refusal('SELECT * FROM datazone_start_run(''ds_orders'')');
-- and the next call finds the right place
SELECT format('ALTER SERVER sim OPTIONS (SET endpoint_url %L)', :'url') AS change \gset
:change;
SELECT get();
