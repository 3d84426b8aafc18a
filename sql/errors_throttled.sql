--
-- Throttling by its codes, whatever the status; and what is too long to be
-- asked at all.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
ALTER SERVER sim OPTIONS (ADD max_attempts '1');

CREATE TABLE answer (n serial, code text, status int);
INSERT INTO answer (code, status)
SELECT code, status FROM unnest('{Throttling,ThrottlingException,ThrottledException,RequestThrottledException,TooManyRequestsException,ProvisionedThroughputExceededException,TransactionInProgressException,RequestLimitExceeded,BandwidthLimitExceeded,LimitExceededException,RequestThrottled,SlowDown,PriorRequestNotComplete,EC2ThrottledException}'::text[]) code,
    unnest('{400,403,500,503}'::int[]) status;
SELECT json_agg(json_build_object('operation', 'GetDataSourceRun', 'kind', 'error',
    'params', json_build_object('code', code, 'status', status)) ORDER BY n) AS faults
FROM answer \gset
\set ids `sim post faults :'faults'`
SELECT code, array_agg(DISTINCT left(outcome, 5)) AS sqlstates, count(*)
FROM (SELECT *, outcome('SELECT * FROM datazone_get_run(''r'')') FROM answer ORDER BY n) a
GROUP BY code ORDER BY min(n);
-- all of one, wherever the code stands
SELECT json_agg(json_build_object('operation', 'GetDataSourceRun', 'kind', 'error', 'params',
    json_build_object('code', 'ThrottledException', 'status', 400, 'style', style,
                      'message', 'not so fast'))) AS faults
FROM unnest('{header,header_uri,body_type,body_code}'::text[]) style \gset
\set ids `sim post faults :'faults'`
SELECT outcome('SELECT * FROM datazone_get_run(''r'')'), count(*) FROM generate_series(1, 4)
GROUP BY 1;

-- it is worth another attempt, with the same client token
ALTER SERVER sim OPTIONS (SET max_attempts '2');
\! sim forget
\! sim fault StartDataSourceRun error 1 '{"code": "ThrottledException", "status": 400}'
SELECT status FROM datazone_start_run('ds_stores');
\! sim log
\! sim effects
\set log `sim get log`
SELECT count(DISTINCT body::jsonb->>'clientToken') AS tokens FROM requests(:'log');
-- also for a write that must not happen twice: it has not happened
\! sim forget
\! sim fault CreateProject error 1 '{"code": "SlowDown", "status": 400}'
SELECT datazone_call('CreateProject', '{"name": "throttled once"}')->>'name';
\! sim log
-- another 400 is not
\! sim forget
\! sim fault StartDataSourceRun error 1 '{"code": "SlowingDownException", "status": 400}'
SELECT refusal('SELECT * FROM datazone_start_run(''ds_stores'')');
\! sim log

-- identifiers that no URI can hold
\! sim forget
CREATE FUNCTION long(bytes int, piece text DEFAULT 'x') RETURNS text LANGUAGE sql
    AS 'SELECT repeat(piece, bytes / octet_length(piece))';
SELECT f, outcome(format('SELECT * FROM %s', format(f, long(10 << 20)))) FROM unnest(ARRAY[
    'datazone_get_run(%L)', 'datazone_wait_for_run(%L)', 'datazone_list_data_source_runs(%L)',
    'datazone_list_data_source_runs(''d'', status => %L)', 'datazone_list_data_sources(%L)',
    'datazone_start_run(%L)', 'datazone_get_metadata_generation_run(%L)',
    'datazone_create_data_product_revision(%L, ''n'')',
    'datazone_call(''GetDataSourceRun'', jsonb_build_object(''identifier'', %L))',
    'datazone_list(''ListDataSourceRuns'', jsonb_build_object(''dataSourceIdentifier'', %L))']) f;
DO $$
DECLARE
    s text;
BEGIN
    CALL datazone_await_run(long(10 << 20), status => s);
END $$;
-- as it is counted: three bytes for a slash, six for a letter
SELECT refusal(format('SELECT * FROM datazone_get_run(%L)', long(400000, '/')));
SELECT refusal(format('SELECT * FROM datazone_get_run(%L)', long(400000, 'é')));
\! sim count
-- a long one may still be asked about
SELECT outcome(format('SELECT * FROM datazone_get_run(%L)', long(4000)));
\! sim count
