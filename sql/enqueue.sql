--
-- The outbox as SQL sees it: what is checked, what is written, who may do and
-- see what, what a rollback leaves.  Nothing is delivered here.
--
-- setting: shared_preload_libraries = datazone
-- setting: datazone.databases = no_worker_here
-- setting: max_prepared_transactions = 4
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
-- that no worker serves this database, which enqueueing would tell
SET client_min_messages = warning;
CREATE ROLE datazone_etl;
CREATE ROLE datazone_member;
CREATE ROLE datazone_other;
CREATE ROLE datazone_watcher;
GRANT datazone_etl TO datazone_member;
GRANT pg_monitor TO datazone_watcher;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_etl, datazone_other;
GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage, datazone_enqueue, datazone_requeue, datazone_discard, datazone_resume
TO datazone_etl, datazone_other;
GRANT SELECT ON datazone_outbox, datazone_delivery TO datazone_etl, datazone_other;

CREATE FUNCTION event(n int, without text DEFAULT '') RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object('eventType', 'COMPLETE', 'eventTime', '2026-11-21T06:00:00Z',
        'producer', 'https://example.com/load', 'schemaURL', 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
        'run', jsonb_build_object('runId', '019abd5e-5c00-7c3e-9d0c-' || lpad(n::text, 12, '0')),
        'job', jsonb_build_object('namespace', 'shop', 'name', 'load ' || n)) - without;
$$;
-- an enqueued entry; what differs between runs is only said to be there
CREATE VIEW entry AS
    SELECT id, operation, domain_id, server, role, state, attempts, next_attempt_at, error_code, error_message, request_id,
        CASE WHEN client_token ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' THEN '<made>'
             ELSE client_token END AS token,
        ordering_key, enqueued_at BETWEEN now() - interval '1 hour' AND clock_timestamp() AS enqueued, payload
    FROM datazone_outbox;
CREATE FUNCTION clear() RETURNS void LANGUAGE sql AS 'SELECT FROM datazone_outbox, datazone_discard(id)';

-- an event, and what is kept of it
SET ROLE datazone_etl;
SELECT datazone_enqueue_lineage(event(1));
SELECT datazone_enqueue_lineage(event => event(1), domain_identifier => 'dzd_other', client_token => 'mine', server => 'sim');
RESET ROLE;
\x on
TABLE entry;
SELECT operation, job, run_id, (SELECT oid FROM pg_foreign_server) = server_id AS its_server, xid <= pg_current_xact_id() AS xid,
    origin_database_id = (SELECT oid FROM pg_database WHERE datname = current_database()) AS database,
    origin_system_identifier = system_identifier AS cluster, claimed_at
FROM datazone_outbox_entry, pg_control_system() WHERE id = 1;
\x off

-- any operation that writes: what is not its own column is in the payload
SELECT clear();
SELECT datazone_enqueue('StartDataSourceRun', '{"dataSourceIdentifier": "ds_orders"}');
SELECT datazone_enqueue('StartDataSourceRun', '{"dataSourceIdentifier": "ds_orders", "domainIdentifier": "dzd_other", "clientToken": "mine"}');
SELECT datazone_enqueue(operation => 'StartDataSourceRun', params => '{"dataSourceIdentifier": "ds_orders"}',
    ordering_key => 'orders', client_token => 'given', server => 'sim');
SELECT datazone_enqueue('DeleteDataSource', '{"identifier": "ds_orders"}', 'orders');
-- a token that is null is none, and one is made
SELECT datazone_enqueue('StartDataSourceRun', '{"dataSourceIdentifier": "ds_orders", "clientToken": null}');
SELECT datazone_enqueue('StartDataSourceRun', '{"dataSourceIdentifier": "ds_orders", "clientToken": null}', client_token => 'given, too');
-- one without a domain, and without a token
SELECT datazone_enqueue('TagResource', '{"resourceArn": "arn:aws:datazone:eu-west-1:123456789012:domain/d", "tags": {"a": "b"}}');
-- the event as an operation
SELECT datazone_enqueue('PostLineageEvent', jsonb_build_object('event', event(2)));
SELECT id, operation, domain_id, token, ordering_key, payload FROM entry ORDER BY id;
SELECT clear();

-- refused, as the synchronous functions refuse it, and nothing is written
SELECT outcome('SELECT datazone_enqueue_lineage(NULL)');
SELECT without, outcome(format('SELECT datazone_enqueue_lineage(event(1, %L))', without))
FROM unnest('{run,job,eventTime,producer,schemaURL}'::text[]) without;
SELECT outcome('SELECT datazone_enqueue_lineage(''[]'')');
SELECT outcome('SELECT datazone_enqueue_lineage(''"text"'')');
SELECT outcome('SELECT datazone_enqueue_lineage(event(1) || ''{"run": {}}'')');
SELECT outcome('SELECT datazone_enqueue_lineage(event(1) || ''{"job": {"name": 1, "namespace": "n"}}'')');
SELECT outcome('SELECT datazone_enqueue_lineage(event(1), ''no domain'')');
SELECT outcome('SELECT datazone_enqueue_lineage(event(1), client_token => '''')');
SELECT outcome('SELECT datazone_enqueue_lineage(event(1), client_token => repeat(''x'', 200))');
SELECT outcome('SELECT datazone_enqueue_lineage(event(1), server => ''absent'')');
SELECT outcome('SELECT datazone_enqueue_lineage(event(1) || jsonb_build_object(''x'', repeat(''x'', 300000)))');
SELECT outcome('SELECT datazone_enqueue(NULL, ''{}'')');
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRun'', NULL)');
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRuns'', ''{}'')');
SELECT outcome('SELECT datazone_enqueue(''GetDataSourceRun'', ''{"identifier": "r"}'')');
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRun'', ''{}'')');
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRun'', ''[1]'')');
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRun'', ''{"dataSourceIdentifier": 1}'')');
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRun'', ''{"dataSourceIdentifier": "d", "dataSource": "d"}'')');
SELECT outcome('SELECT datazone_enqueue(''PostLineageEvent'', ''{"event": {}}'')');
SELECT outcome('SELECT datazone_enqueue(''TagResource'', ''{"resourceArn": "arn:aws:datazone:eu-west-1:123456789012:domain/d", "tags": {"a": "b"}}'',
    client_token => ''t'')');
SELECT outcome('SELECT datazone_requeue(NULL)');
SELECT outcome('SELECT datazone_discard(NULL)');
SELECT count(*) FROM datazone_outbox_entry;
BEGIN READ ONLY;
SAVEPOINT s;
SELECT datazone_enqueue_lineage(event(1));
ROLLBACK TO s;
SELECT datazone_enqueue('StartDataSourceRun', '{"dataSourceIdentifier": "ds_orders"}');
ROLLBACK TO s;
SELECT datazone_requeue(1);
ROLLBACK TO s;
SELECT datazone_discard(1);
ROLLBACK;

-- transactions, savepoints, prepared transactions; what counts as waiting
CREATE VIEW depth AS SELECT queue_depth, oldest_entry_age < interval '1 hour' AS age FROM datazone_stat
WHERE datname = current_database();
CREATE VIEW job AS SELECT array_agg(job ORDER BY id) AS jobs FROM datazone_outbox_entry;
TABLE depth;
BEGIN;
SELECT datazone_enqueue_lineage(event(1)) IS NOT NULL;
TABLE depth;
ROLLBACK;
TABLE job;
TABLE depth;
BEGIN;
SELECT datazone_enqueue_lineage(event(2)) IS NOT NULL;
SAVEPOINT a;
SELECT datazone_enqueue_lineage(event(3)) IS NOT NULL;
SAVEPOINT b;
SELECT datazone_enqueue_lineage(event(4)) IS NOT NULL;
RELEASE b;
ROLLBACK TO a;
SELECT datazone_enqueue_lineage(event(5)) IS NOT NULL;
SAVEPOINT c;
SAVEPOINT d;
SELECT datazone_enqueue_lineage(event(6)) IS NOT NULL;
RELEASE d;
RELEASE c;
SAVEPOINT e;
SELECT datazone_enqueue_lineage(event(7)) IS NOT NULL;
ROLLBACK TO e;
COMMIT;
TABLE job;
TABLE depth;
DO $$
BEGIN
    FOR n IN 10..13 LOOP
        BEGIN
            PERFORM datazone_enqueue_lineage(event(n));
            IF n % 2 = 0 THEN
                RAISE division_by_zero;
            END IF;
        EXCEPTION WHEN division_by_zero THEN
            PERFORM datazone_enqueue_lineage(event(n + 10));
        END;
    END LOOP;
END $$;
TABLE job;
TABLE depth;
BEGIN;
SELECT datazone_enqueue_lineage(event(30)) IS NOT NULL;
PREPARE TRANSACTION 'enqueued';
TABLE job;
COMMIT PREPARED 'enqueued';
TABLE job;
TABLE depth;
SELECT clear();
TABLE depth;

-- a limit of those that wait
ALTER SYSTEM SET datazone.max_queue_size = 3;
SELECT pg_reload_conf();
\c
\pset tuples_only on
SET client_min_messages = warning;
SELECT n, refusal(format('SELECT datazone_enqueue_lineage(event(%s))', n)) FROM generate_series(1, 5) n;
TABLE depth;
SELECT outcome('SELECT datazone_enqueue(''StartDataSourceRun'', ''{"dataSourceIdentifier": "d"}'')');
UPDATE datazone_outbox_entry SET state = 'failed';
SELECT refusal(format('SELECT datazone_requeue(%s)', min(id))) FROM datazone_outbox;
SELECT clear();
TRUNCATE datazone_outbox_entry;
ALTER SYSTEM RESET datazone.max_queue_size;
SELECT pg_reload_conf();
\c
\pset tuples_only on
SET client_min_messages = warning;

-- who sees what
SET ROLE datazone_etl;
SELECT datazone_enqueue_lineage(event(1), client_token => 'a') AS id \gset
SET ROLE datazone_other;
SELECT datazone_enqueue_lineage(event(2), client_token => 'b') IS NOT NULL;
SELECT client_token, payload IS NOT NULL FROM datazone_outbox;
SET ROLE datazone_etl;
SELECT client_token, payload IS NOT NULL FROM datazone_outbox;
SET ROLE datazone_member;
SELECT client_token, payload IS NOT NULL FROM datazone_outbox;
SET ROLE datazone_watcher;
SELECT client_token, payload IS NOT NULL FROM datazone_outbox ORDER BY id;
-- what was delivered, likewise
RESET ROLE;
INSERT INTO datazone_delivery (outbox_id, role, client_token)
VALUES (-1, 'datazone_etl', 'of etl'), (-2, 'datazone_other', 'of other'), (-3, CURRENT_USER::regrole, 'of a superuser');
SET ROLE datazone_etl;
SELECT client_token FROM datazone_delivery ORDER BY outbox_id DESC;
SET ROLE datazone_member;
SELECT client_token FROM datazone_delivery ORDER BY outbox_id DESC;
SET ROLE datazone_other;
SELECT client_token FROM datazone_delivery ORDER BY outbox_id DESC;
SET ROLE datazone_watcher;
SELECT client_token FROM datazone_delivery ORDER BY outbox_id DESC;
RESET ROLE;
DELETE FROM datazone_delivery;
-- a leaky condition is asked after the view's own
SET ROLE datazone_other;
CREATE FUNCTION pg_temp.leak(token text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
'BEGIN RAISE WARNING ''saw %'', token; RETURN true; END';
SELECT client_token FROM datazone_outbox WHERE pg_temp.leak(client_token);
RESET ROLE;
-- who may write: nobody
SELECT r, t, has_table_privilege(r, t, 'SELECT') AS sees,
    has_table_privilege(r, t, 'INSERT, UPDATE, DELETE, TRUNCATE') AS writes,
    has_any_column_privilege(r, t, 'INSERT, UPDATE') AS columns
FROM unnest('{datazone_etl,datazone_watcher}'::text[]) r,
    unnest('{datazone_outbox,datazone_outbox_entry,datazone_delivery}'::text[]) t ORDER BY 1, 2;
SELECT has_sequence_privilege('datazone_etl', 'datazone_outbox_entry_id_seq', 'USAGE, SELECT, UPDATE');
SET ROLE datazone_etl;
SELECT refusal('INSERT INTO datazone_outbox (operation) VALUES (''StartDataSourceRun'')');
SELECT refusal('UPDATE datazone_outbox SET role = 10');
SELECT refusal('DELETE FROM datazone_outbox');
SELECT refusal('SELECT * FROM datazone_outbox_entry');
SELECT refusal('DELETE FROM datazone_delivery');
-- who may requeue and discard: the entry's role, its members, superusers; who
-- may not see an entry is told what there is to tell of none
SET ROLE datazone_other;
SELECT datazone_requeue(:id), datazone_discard(:id);
SELECT datazone_requeue(-1), datazone_discard(-1);
SET ROLE datazone_watcher;
SELECT refusal('SELECT datazone_discard(' || :id || ')');
RESET ROLE;
GRANT EXECUTE ON FUNCTION datazone_requeue, datazone_discard TO datazone_watcher;
SET ROLE datazone_watcher;
SELECT refusal('SELECT datazone_discard(' || :id || ')');
RESET ROLE;
-- what waits anyway is not requeued
SET ROLE datazone_member;
SELECT datazone_requeue(:id);
RESET ROLE;
-- what gave up is: with a new number, as the last one, its token as it was
UPDATE datazone_outbox_entry SET state = 'failed', attempts = 3, error_code = '22023', error_message = 'no', request_id = 'r',
    enqueued_at = enqueued_at - interval '9 days' WHERE id = :id;
SET ROLE datazone_member;
SELECT datazone_requeue(:id), datazone_requeue(:id);
RESET ROLE;
SELECT id > :id AS later, state, attempts, error_code, error_message, request_id, token, enqueued, role FROM entry ORDER BY id;
SELECT id = max(id) OVER () AS last FROM datazone_outbox WHERE client_token = 'a';
SELECT array_agg(id) AS ids FROM datazone_outbox WHERE role = 'datazone_etl'::regrole \gset
SET ROLE datazone_member;
SELECT datazone_discard(n), datazone_discard(n) FROM unnest(:'ids'::bigint[]) n;
RESET ROLE;
-- of a role that is gone
SET ROLE datazone_etl;
SELECT datazone_enqueue_lineage(event(3), client_token => 'c') AS id \gset
RESET ROLE;
DROP OWNED BY datazone_etl;
DROP ROLE datazone_etl;
SET ROLE datazone_other;
SELECT datazone_discard(:id);
SET ROLE datazone_watcher;
SELECT outcome('SELECT datazone_discard(' || :id || ')');
SET ROLE datazone_other;
SELECT client_token FROM datazone_outbox;
RESET ROLE;
SELECT datazone_discard(:id);
SELECT client_token FROM datazone_outbox;

-- inside a SECURITY DEFINER function it is its owner's
CREATE FUNCTION load_is_done(n int) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
'SELECT datazone_enqueue_lineage(event(n), client_token => ''definer'')';
GRANT EXECUTE ON FUNCTION load_is_done TO datazone_other;
SET ROLE datazone_other;
SELECT load_is_done(4) IS NOT NULL;
RESET ROLE;
SELECT client_token, role FROM datazone_outbox ORDER BY id;
-- a trigger that the table's owner has put there runs as the owner, restricted
CREATE ROLE datazone_keeper;
GRANT CREATE ON SCHEMA public TO datazone_keeper;
SELECT CURRENT_USER AS superuser \gset
ALTER TABLE datazone_outbox_entry OWNER TO datazone_keeper;
CREATE FUNCTION who() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE WARNING '% % as %, search_path %', TG_WHEN, TG_OP, current_user, current_setting('search_path');
    BEGIN
        EXECUTE 'SET ROLE datazone_other';
    EXCEPTION WHEN OTHERS THEN RAISE WARNING '%', SQLERRM;
    END;
    RETURN NEW;
END $$;
CREATE TRIGGER before BEFORE INSERT ON datazone_outbox_entry FOR EACH ROW EXECUTE FUNCTION who();
CREATE TRIGGER after AFTER INSERT ON datazone_outbox_entry FOR EACH ROW EXECUTE FUNCTION who();
SET ROLE datazone_other;
SET search_path = public, pg_temp;
SELECT datazone_enqueue_lineage(event(7), client_token => 'triggered') IS NOT NULL AS enqueued, current_user, current_setting('search_path');
SELECT current_user, current_setting('search_path');
RESET search_path;
RESET ROLE;
SELECT client_token, role FROM datazone_outbox ORDER BY id;
DROP TRIGGER before ON datazone_outbox_entry;
DROP TRIGGER after ON datazone_outbox_entry;
ALTER TABLE datazone_outbox_entry OWNER TO :superuser;
-- no mapping is needed to enqueue, USAGE is
REVOKE USAGE ON FOREIGN SERVER sim FROM datazone_other;
SET ROLE datazone_other;
SELECT outcome('SELECT datazone_enqueue_lineage(event(5))');
SELECT outcome('SELECT datazone_enqueue_lineage(event(5), server => ''sim'')');
RESET ROLE;

-- names and operators of others are not used
CREATE SCHEMA trap AUTHORIZATION datazone_other;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_other;
SET ROLE datazone_other;
CREATE TABLE trap.datazone_outbox_entry (LIKE public.datazone_outbox);
CREATE FUNCTION trap.wrong(bigint, bigint) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE ''trapped''; END';
CREATE OPERATOR trap.= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = trap.wrong);
SET search_path = trap, public, pg_catalog;
SELECT public.datazone_enqueue_lineage(public.event(6), client_token => 'd') AS id \gset
SELECT public.datazone_requeue(:id), public.datazone_discard(:id), current_setting('search_path');
TABLE trap.datazone_outbox_entry;
RESET search_path;
RESET ROLE;
