--
-- Client tokens of runs: a repeated token is the same run, an automatic one
-- outlives the attempts of a call and nothing else.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- the caller's token, again in other statements
SELECT id AS first FROM datazone_start_run('ds_orders', client_token => 'nightly-1') \gset
SELECT id = :'first' AS same FROM datazone_start_run('ds_orders',
    client_token => 'nightly-1');
SELECT (datazone_start_run('ds_orders', client_token => 'nightly-1')).id = :'first' AS same;
SELECT id = :'first' AS same FROM datazone_start_run('ds_orders',
    client_token => 'nightly-2');
\! sim log
\! sim effects
\set log `sim get log`
SELECT body FROM requests(:'log');
-- for another data source it is a conflict
SELECT outcome($$SELECT * FROM datazone_start_run('ds_returns',
    client_token => 'nightly-1')$$);
-- the service sets no limits here: any line of text is a token
SELECT id = :'first' AS same FROM datazone_start_run('ds_orders',
    client_token => E'a "b" \\ ünï 🚚' || repeat('x', 200));
\set log `sim get log`
SELECT body FROM requests(:'log') ORDER BY n DESC LIMIT 1;
-- control characters are none
SELECT refusal($$SELECT * FROM datazone_start_run('ds_orders',
    client_token => E'a\nb')$$);

-- attempts of one call carry the same token, and the run is spent once
\! sim reset
\! sim fault StartDataSourceRun internal 1
\! sim fault StartDataSourceRun half_body 1
SELECT count(*) FROM datazone_start_run('ds_orders');
\! sim log
\! sim effects
\set log `sim get log`
SELECT count(*) AS attempts, count(DISTINCT body) AS bodies,
       count(DISTINCT headers->>'amz-sdk-invocation-id') AS calls,
       array_agg(regexp_replace(headers->>'amz-sdk-request', '\d{8}T\d{6}Z', 'MOMENT')
                 ORDER BY n) AS told
FROM requests(:'log');

-- after the attempts are over, the next statement means another run
\! sim reset
\! sim fault StartDataSourceRun half_body 3
SELECT refusal($$SELECT * FROM datazone_start_run('ds_orders')$$);
SELECT count(*) FROM datazone_start_run('ds_orders');
\! sim log
\! sim effects
\set log `sim get log`
SELECT count(DISTINCT body) AS tokens FROM requests(:'log');

-- 25 runs a day: the 26th is refused, by the service, without a retry
\! sim reset
SELECT count(DISTINCT id) FROM generate_series(1, 25) g,
    LATERAL datazone_start_run('ds_orders', client_token => 'run ' || g);
SELECT outcome($$SELECT * FROM datazone_start_run('ds_orders')$$);
\! sim count
-- a repeated token costs none
SELECT status FROM datazone_start_run('ds_orders', client_token => 'run 25');
\! sim effects | wc -l
