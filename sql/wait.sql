--
-- Waiting for a run to end: as a function, and as a procedure that commits.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\! sim set '{"requested_seconds": 0, "running_seconds": 0}'

-- each end is an end, not an error
\! sim post runs/script '{"data_source": "ds_orders", "outcomes": [{"status": "SUCCESS"}, {"status": "PARTIALLY_SUCCEEDED"}, {"status": "FAILED"}, {"status": "SUCCESS"}]}' > /dev/null
SELECT w.status, w.id = s.id AS same, w.failed > 0 AS some_failed,
       w.error_type IS NOT NULL AS reason, w.stopped_at >= s.created_at AS later,
       w.lineage_import_status,
       w.configuration_snapshot IS NOT NULL AS configuration
FROM generate_series(1, 3) n,
     LATERAL datazone_start_run('ds_orders', client_token => 'wait ' || n) s,
     LATERAL datazone_wait_for_run(s.id) w;
-- one that takes its time is looked at until it ends
\! sim set '{"requested_seconds": 0.3}'
\! sim forget
SELECT w.* FROM datazone_start_run('ds_orders') s,
    LATERAL datazone_wait_for_run(s.id, '1 minute') w \gset ended_
\echo :ended_status
\set log `sim get log`
SELECT operation, count(*) > 1 AS several,
       bool_and(target LIKE '%/data-source-runs/' || :'ended_id') AS this_run
FROM requests(:'log') WHERE method = 'GET' GROUP BY 1;
-- what has ended is seen at the first look
\! sim forget
SELECT id, status FROM datazone_wait_for_run('run_payments_001');
SELECT id, status FROM datazone_wait_for_run('run_payments_002', '0');
SELECT status FROM datazone_wait_for_run('run_payments_003', '1 month',
    'dzd_simulator', 'sim');
SELECT status FROM datazone_wait_for_run('run_payments_003', '178000000 years');
\! sim log

-- what does not end
\! sim post runs/script '{"data_source": "ds_returns", "outcomes": [{"status": "REQUESTED"}, {"status": "RUNNING"}]}' > /dev/null
SELECT id AS requested FROM datazone_start_run('ds_returns', client_token => '1') \gset
SELECT id AS running FROM datazone_start_run('ds_returns', client_token => '2') \gset
\! sim forget
SELECT replace(outcome(format($$SELECT * FROM datazone_wait_for_run(%L, '0')$$,
    :'requested')), :'requested', '<run>');
\! sim log
SELECT replace(outcome(format($$SELECT * FROM datazone_wait_for_run(%L, '300 ms')$$,
    :'running')), :'running', '<run>');
-- it waited as long as it was told, and not much longer
SELECT clock_timestamp() AS began \gset
SELECT left(refusal(format($$SELECT * FROM datazone_wait_for_run(%L, '1 second')$$,
    :'running')), 5);
SELECT clock_timestamp() - :'began' BETWEEN '1 second' AND '15 seconds' AS in_time;
-- an earlier end of the statement wins
SET statement_timeout = '300 ms';
SELECT status FROM datazone_wait_for_run(:'running');
\echo :LAST_ERROR_SQLSTATE
RESET statement_timeout;

-- refused before anything is sent
\! sim forget
SELECT outcome($$SELECT * FROM datazone_wait_for_run(NULL)$$);
SELECT outcome($$SELECT * FROM datazone_wait_for_run('')$$);
SELECT outcome($$SELECT * FROM datazone_wait_for_run('r', '-1 second')$$);
SELECT outcome($$SELECT * FROM datazone_wait_for_run('r', '1 hour', 'nowhere')$$);
\! sim count
-- refused by the service: at once, not when the time is over
SELECT outcome($$SELECT * FROM datazone_wait_for_run('absent', '1 hour')$$);
-- a new state is not an end
\set fault `sim fault GetDataSourceRun wrong_types 1 '{"member": "status", "value": "PAUSED"}'`
SELECT status FROM datazone_wait_for_run('run_payments_003');
-- the service stumbles in between
\! sim fault GetDataSourceRun internal 2
SELECT status FROM datazone_wait_for_run('run_payments_003');

-- the procedure
CALL datazone_await_run('run_payments_001');
CALL datazone_await_run('run_payments_002', '10 seconds', 'dzd_simulator', 'sim');
CALL datazone_await_run(run_identifier => 'run_payments_003', timeout => '0',
    status => 'ignored');
SELECT id AS run, status FROM datazone_start_run('ds_orders') \gset
CALL datazone_await_run(:'run');
SELECT format('CALL datazone_await_run(%L, %L)', :'running', '300 ms') AS command \gset
\set VERBOSITY sqlstate
:command;
CALL datazone_await_run(NULL);
CALL datazone_await_run('absent');
\set VERBOSITY terse
-- it cannot commit what is not its own
BEGIN;
CALL datazone_await_run('run_payments_001');
ROLLBACK;
CREATE FUNCTION in_function() RETURNS text LANGUAGE plpgsql AS $$
DECLARE s text;
BEGIN
    CALL datazone_await_run('run_payments_001', status => s);
    RETURN s;
END $$;
SELECT in_function();
DO $$
DECLARE s text;
BEGIN
    BEGIN
        CALL datazone_await_run('run_payments_001', status => s);
    EXCEPTION WHEN division_by_zero THEN
        NULL;
    END;
END $$;
\echo :LAST_ERROR_SQLSTATE
CREATE PROCEDURE with_setting() LANGUAGE plpgsql SET work_mem = '1MB' AS $$
DECLARE s text;
BEGIN
    CALL datazone_await_run('run_payments_001', status => s);
END $$;
CALL with_setting();
\echo :LAST_ERROR_SQLSTATE
-- in a DO block and in procedures it can
\! sim set '{"requested_seconds": 0}'
DO $$
DECLARE
    s text;
    run text;
BEGIN
    SELECT id INTO run FROM datazone_start_run('ds_orders');
    CALL datazone_await_run(run, '1 minute', NULL, NULL, s);
    RAISE NOTICE 'in DO: %', s;
END $$;
CREATE PROCEDURE run_and_wait(source text, INOUT result text) LANGUAGE plpgsql AS $$
DECLARE run text;
BEGIN
    FOR run IN SELECT id FROM datazone_start_run(source) LOOP
        CALL datazone_await_run(run, status => result);
    END LOOP;
END $$;
CALL run_and_wait('ds_customers', NULL);
DO $$
DECLARE s text;
BEGIN
    CALL run_and_wait('ds_customers', s);
    RAISE NOTICE 'nested: %', s;
END $$;
-- between two looks it commits: what was done before survives, and the
-- transaction is another one
\! sim set '{"requested_seconds": 0.3}'
CREATE TABLE done (step text, xact xid8 DEFAULT pg_current_xact_id(),
                   at timestamptz DEFAULT now());
DO $$
DECLARE
    s text;
    run text;
BEGIN
    SELECT id INTO run FROM datazone_start_run('ds_orders');
    INSERT INTO done VALUES ('before');
    CALL datazone_await_run(run, status => s);
    INSERT INTO done VALUES ('after');
    ROLLBACK;
    INSERT INTO done VALUES ('at last');
END $$;
SELECT step, count(*) FROM done GROUP BY step ORDER BY step DESC;
SELECT count(DISTINCT xact) AS transactions, count(DISTINCT at) AS moments FROM done;
-- after an error, too, the session goes on
SELECT status FROM datazone_get_run('run_payments_001');
