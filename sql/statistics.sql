--
-- datazone_stat: its counters move by exactly what calls did.
--
-- setting: shared_preload_libraries = datazone
-- setting: datazone.databases = no_worker_here
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
CREATE TABLE last (calls bigint, requests bigint, retries bigint, throttles bigint, failures bigint,
    failures_by_sqlstate jsonb, bytes_sent bigint, bytes_received bigint);
INSERT INTO last VALUES (0, 0, 0, 0, 0, '{}', 0, 0);
-- what has been counted since the last time
CREATE FUNCTION counted(OUT calls bigint, OUT requests bigint, OUT retries bigint, OUT throttles bigint,
    OUT failures bigint, OUT by_sqlstate jsonb, OUT sent bigint, OUT received bigint)
LANGUAGE plpgsql AS $$
DECLARE
    a last;
    b datazone_stat;
BEGIN
    SELECT * FROM last INTO a;
    SELECT * FROM datazone_stat WHERE datname = current_database() INTO b;
    calls := b.calls - a.calls;
    requests := b.requests - a.requests;
    retries := b.retries - a.retries;
    throttles := b.throttles - a.throttles;
    failures := b.failures - a.failures;
    by_sqlstate := (SELECT coalesce(jsonb_object_agg(key, value::bigint - coalesce((a.failures_by_sqlstate->>key)::bigint, 0)), '{}')
                    FROM jsonb_each_text(b.failures_by_sqlstate)
                    WHERE value::bigint > coalesce((a.failures_by_sqlstate->>key)::bigint, 0));
    sent := b.bytes_sent - a.bytes_sent;
    received := b.bytes_received - a.bytes_received;
    UPDATE last SET calls = b.calls, requests = b.requests, retries = b.retries, throttles = b.throttles,
        failures = b.failures, failures_by_sqlstate = b.failures_by_sqlstate, bytes_sent = b.bytes_sent,
        bytes_received = b.bytes_received;
END $$;

-- the first call sees to it that the database is counted
SELECT status FROM datazone_get_run('run_payments_003');
SELECT calls, requests, retries, throttles, failures, by_sqlstate FROM counted();
-- what is refused before it is sent is no call
SELECT refusal('SELECT * FROM datazone_get_run(NULL)'), refusal('SELECT * FROM datazone_get_run('''')');
SELECT * FROM counted();

-- one request, whose answer has 112 bytes
\! sim fault GetDataSourceRun answer 1 '{"status": 200, "headers": [], "body": "{\"domainId\":\"d\",\"dataSourceId\":\"s\",\"id\":\"r\",\"projectId\":\"p\",\"type\":\"t\",\"status\":\"S\",\"createdAt\":1,\"updatedAt\":1}"}'
SELECT id FROM datazone_get_run('run_payments_001');
SELECT * FROM counted();
-- what is sent are the bodies, of retries too
\! sim forget
\! sim fault StartDataSourceRun throttle 2
SELECT status FROM datazone_start_run('ds_stores');
\set log `sim get log`
SELECT calls, requests, retries, throttles, failures, by_sqlstate,
       sent = (SELECT sum(length(body)) FROM requests(:'log')) AS sent, sent > 0 AS any_sent, received > 0 AS received
FROM counted();
-- a listing of three pages is three calls
SELECT count(*) FROM datazone_list_data_source_runs('ds_orders');
SELECT calls, requests, retries, throttles, failures FROM counted();
-- throttled each time
\! sim fault GetDataSourceRun throttle 3
SELECT refusal('SELECT * FROM datazone_get_run(''run_payments_001'')');
SELECT calls, requests, retries, throttles, failures, by_sqlstate FROM counted();
-- an error first, then none
\! sim fault GetDataSourceRun internal 1
SELECT status FROM datazone_get_run('run_payments_001');
SELECT calls, requests, retries, throttles, failures, by_sqlstate FROM counted();

-- failures by SQLSTATE
ALTER SERVER sim OPTIONS (ADD max_attempts '1', ADD request_timeout '2s');
CREATE TABLE failure (n serial, kind text, params jsonb);
INSERT INTO failure (kind, params) VALUES
    ('error', '{"status": 400, "code": "ValidationException"}'),
    ('error', '{"status": 401, "code": "UnauthorizedException"}'),
    ('error', '{"status": 403, "code": "AccessDeniedException"}'),
    ('error', '{"status": 404, "code": "ResourceNotFoundException"}'),
    ('error', '{"status": 409, "code": "ConflictException"}'),
    ('error', '{"status": 402, "code": "ServiceQuotaExceededException"}'),
    ('throttle', '{}'),
    ('internal', '{}'),
    ('half_body', '{}'),
    ('garbage', '{}'),
    ('answer', '{"status": 200, "headers": [], "body": "[1]"}'),
    ('gzip_bomb', '{}');
SELECT json_agg(json_build_object('operation', 'GetDataSourceRun', 'kind', kind, 'params', params) ORDER BY n) AS faults
FROM failure \gset
\set ids `sim post faults :'faults'`
SELECT kind, left(outcome('SELECT * FROM datazone_get_run(''run_payments_003'')'), 5) AS sqlstate FROM (SELECT * FROM failure ORDER BY n) f;
SELECT calls, requests, retries, throttles, failures, by_sqlstate FROM counted();
-- nobody listens there
ALTER SERVER sim OPTIONS (SET endpoint_url 'http://127.0.0.1:1');
SELECT left(outcome('SELECT * FROM datazone_get_run(''r'')'), 5);
ALTER SERVER sim OPTIONS (SET endpoint_url :'url');
SELECT calls, requests, failures, by_sqlstate FROM counted();
-- a call that is given up has ended, too
\! sim fault GetDataSourceRun stall
SET statement_timeout = '200ms';
SELECT left(outcome('SELECT * FROM datazone_get_run(''r'')'), 5);
RESET statement_timeout;
SELECT calls, requests, failures, by_sqlstate, received FROM counted();

-- calls draw from the server's bucket, and never wait for it
ALTER SERVER sim OPTIONS (ADD rate_limit '0.001');
SET statement_timeout = '60s';
SELECT count(status) FROM generate_series(1, 10) n, datazone_get_run(left('run_payments_003', 15 + least(n, 1)));
RESET statement_timeout;
ALTER SERVER sim OPTIONS (DROP rate_limit);
SELECT calls, requests, failures FROM counted();

-- how long calls took
\! sim fault GetDataSourceRun slow 1 '{"ms": 700}'
SELECT status FROM datazone_get_run('run_payments_001');
SELECT max_latency_ms BETWEEN 700 AND 60000 AS longest, mean_latency_ms > 0 AND mean_latency_ms < max_latency_ms AS mean
FROM datazone_stat WHERE datname = current_database();

-- another database counts for itself
CREATE DATABASE other;
\c other
CREATE EXTENSION datazone;
CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier 'dzd_simulator', endpoint_url :'url');
CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
    access_key_id 'AKIDEXAMPLE', secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
SELECT status FROM datazone_get_run('run_payments_001');
SELECT datname, datid = (SELECT oid FROM pg_database WHERE datname = current_database()) AS own, calls, requests,
       watched, followed, in_flight
FROM datazone_stat WHERE datname = 'other';
SELECT calls > 10 AS there FROM datazone_stat WHERE datname = 'regress';

-- without calls there is no latency
SELECT count(*) FROM datazone_stat
WHERE (calls = 0) <> (mean_latency_ms IS NULL) OR (calls = 0) <> (max_latency_ms IS NULL);

-- how many databases there is room for
SELECT setting, context FROM pg_settings WHERE name = 'datazone.max_databases';

-- who may look: pg_monitor, and nobody else
CREATE ROLE datazone_monitor;
CREATE ROLE datazone_nobody;
GRANT pg_monitor TO datazone_monitor;
SET ROLE datazone_monitor;
SELECT datname, calls FROM datazone_stat WHERE datname = 'other';
SET ROLE datazone_nobody;
TABLE datazone_stat;
SELECT * FROM datazone_stat_get();
RESET ROLE;
