--
-- The lineage trigger: an event for each job and table of a transaction, with
-- what it was told and what it counted; none of what was rolled back.
--
-- setting: shared_preload_libraries = datazone
-- setting: datazone.databases = no_worker_here
-- setting: datazone.dataset_namespace = postgres://db.example:5432
-- setting: max_prepared_transactions = 2
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
CREATE ROLE datazone_owner;
CREATE ROLE datazone_etl;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_owner;
GRANT EXECUTE ON FUNCTION datazone_lineage_trigger() TO datazone_owner;
CREATE SCHEMA mart AUTHORIZATION datazone_owner;
GRANT USAGE ON SCHEMA mart TO datazone_etl;
ALTER DEFAULT PRIVILEGES IN SCHEMA mart GRANT ALL ON TABLES TO datazone_etl;
ALTER DEFAULT PRIVILEGES FOR ROLE datazone_owner IN SCHEMA mart GRANT ALL ON TABLES TO datazone_etl;

-- what was enqueued since the last look
CREATE FUNCTION enqueued() RETURNS SETOF text LANGUAGE sql AS $$
    WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *)
    SELECT concat_ws(' ', role, domain_id, job, '->',
        replace(payload #>> '{outputs,0,name}', current_database() || '.', ''),
        'rows=' || (payload #>> '{outputs,0,outputFacets,outputStatistics,rowCount}'),
        'inputs=' || (SELECT string_agg(replace(i ->> 'name', current_database() || '.', ''), ',' ORDER BY n)
                      FROM jsonb_array_elements(payload -> 'inputs') WITH ORDINALITY t (i, n)))
    FROM gone ORDER BY id;
$$;
-- all that is the same in every run
CREATE FUNCTION fixed(event jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT replace(jsonb_pretty(event #- '{eventTime}' #- '{run,runId}'
                                #- '{run,facets,processing_engine,version}'), current_database(), 'DATABASE');
$$;

SET ROLE datazone_owner;
CREATE TABLE mart.source (id int, "Größe" numeric(10, 2));
CREATE TABLE mart.target (id int PRIMARY KEY, amount numeric(10, 2), gone text, tags text[]);
ALTER TABLE mart.target DROP COLUMN gone;
CREATE TRIGGER ins AFTER INSERT ON mart.target REFERENCING NEW TABLE AS n
    EXECUTE FUNCTION datazone_lineage_trigger('job=load', 'inputs=mart.source');
CREATE TRIGGER upd AFTER UPDATE ON mart.target REFERENCING OLD TABLE AS o
    EXECUTE FUNCTION datazone_lineage_trigger('job=load', 'inputs=mart.source');
CREATE TRIGGER del AFTER DELETE ON mart.target REFERENCING OLD TABLE AS o
    EXECUTE FUNCTION datazone_lineage_trigger('job=load', 'inputs=mart.source');
CREATE TRIGGER tru AFTER TRUNCATE ON mart.target
    EXECUTE FUNCTION datazone_lineage_trigger('job=load', 'inputs=mart.source');
RESET ROLE;

-- the event as it is; the loader has neither server nor keys
SET ROLE datazone_etl;
SET datazone.parent_run = 'postgres://scheduler/nightly/01234567-89ab-7def-8123-456789abcdef';
INSERT INTO mart.target SELECT n, n FROM generate_series(1, 5) n;
RESET datazone.parent_run;
RESET ROLE;
SELECT fixed(payload) FROM datazone_outbox;
SELECT payload #>> '{run,runId}' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' AS version_7,
       ('x' || left(replace(payload #>> '{run,runId}', '-', ''), 12))::bit(48)::bigint / 1000.0
           BETWEEN extract(epoch FROM now()) - 60 AND extract(epoch FROM clock_timestamp()) AS its_time,
       (payload ->> 'eventTime')::timestamptz BETWEEN now() - interval '1 minute' AND clock_timestamp() AS event_time,
       ordering_key = 'dzd_simulator ' || (payload #>> '{run,runId}') AS key
FROM datazone_outbox;
SELECT enqueued();

-- each statement
SET ROLE datazone_etl;
UPDATE mart.target SET amount = 0 WHERE id < 3;
DELETE FROM mart.target WHERE id = 5;
TRUNCATE mart.target;
COPY mart.target (id, amount) FROM STDIN;
1	1.5
2	2.5
\.
MERGE INTO mart.target t USING (VALUES (1), (2), (3)) s (id) ON t.id = s.id
    WHEN MATCHED AND s.id = 1 THEN DELETE
    WHEN MATCHED THEN UPDATE SET amount = 9
    WHEN NOT MATCHED THEN INSERT VALUES (s.id);
INSERT INTO mart.target VALUES (3), (4) ON CONFLICT (id) DO UPDATE SET amount = 1;
UPDATE mart.target SET amount = 0 WHERE false;
BEGIN;
TRUNCATE mart.target;
INSERT INTO mart.target VALUES (1), (2);
INSERT INTO mart.target VALUES (3);
COMMIT;
RESET ROLE;
SELECT enqueued();

-- what was rolled back is not told
SET ROLE datazone_etl;
BEGIN;
INSERT INTO mart.target VALUES (10);
ROLLBACK;
BEGIN;
SAVEPOINT a;
INSERT INTO mart.target VALUES (11);
ROLLBACK TO a;
COMMIT;
BEGIN;
INSERT INTO mart.target VALUES (12);
SAVEPOINT a;
INSERT INTO mart.target VALUES (13), (14);
SAVEPOINT b;
INSERT INTO mart.target VALUES (15), (16), (17), (18);
ROLLBACK TO b;
INSERT INTO mart.target VALUES (19);
RELEASE a;
COMMIT;
BEGIN;
SAVEPOINT a;
SAVEPOINT b;
INSERT INTO mart.target VALUES (20);
RELEASE b;
ROLLBACK TO a;
SAVEPOINT c;
DELETE FROM mart.target WHERE id = 19;
COMMIT;
DO $$
BEGIN
    INSERT INTO mart.target VALUES (21);
    FOR n IN 22..24 LOOP
        BEGIN
            INSERT INTO mart.target VALUES (n), (100 / (n - 23));
        EXCEPTION WHEN division_by_zero THEN NULL;
        END;
    END LOOP;
END
$$;
RESET ROLE;
SELECT enqueued();

-- a prepared transaction
BEGIN;
INSERT INTO mart.target VALUES (30);
PREPARE TRANSACTION 'kept';
BEGIN;
INSERT INTO mart.target VALUES (31);
PREPARE TRANSACTION 'dropped';
SELECT enqueued();
COMMIT PREPARED 'kept';
ROLLBACK PREPARED 'dropped';
SELECT enqueued();

-- a procedure that commits, with a cursor open
CREATE PROCEDURE load() LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
    FOR n IN SELECT generate_series(40, 42) LOOP
        INSERT INTO mart.target VALUES (n);
        IF n = 41 THEN ROLLBACK; ELSE COMMIT; END IF;
    END LOOP;
END
$$;
CALL load();
SELECT enqueued();

-- several tables, several jobs; a function's own settings
SET ROLE datazone_owner;
CREATE TABLE mart.other (id int);
CREATE TRIGGER all_of_it AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mart.other
    EXECUTE FUNCTION datazone_lineage_trigger('inputs=mart.target, public.none,dwh.old.facts,"mart"."Tab,le",s3://bucket  path/to file.csv');
RESET ROLE;
CREATE FUNCTION load_other(n int) RETURNS void LANGUAGE sql
    SET datazone.job_name = 'from function' SET datazone.job_namespace = 'functions'
    AS 'INSERT INTO mart.other VALUES (n)';
BEGIN;
INSERT INTO mart.target VALUES (50);
INSERT INTO mart.other VALUES (1);
SELECT load_other(1);
SET LOCAL datazone.job_name = 'b';
INSERT INTO mart.other VALUES (2);
SELECT load_other(2);
SET LOCAL datazone.job_name = '';
DELETE FROM mart.other;
INSERT INTO mart.target VALUES (51);
COMMIT;
SELECT count(DISTINCT payload #>> '{run,runId}') FROM datazone_outbox;
SELECT replace(payload #>> '{inputs}', current_database(), 'DATABASE') FROM datazone_outbox_entry WHERE job ~ 'other$';
SELECT enqueued();

-- partitions: the lineage is that of the table which has the trigger
SET ROLE datazone_owner;
CREATE TABLE mart.parted (id int) PARTITION BY RANGE (id);
CREATE TABLE mart.part1 PARTITION OF mart.parted FOR VALUES FROM (0) TO (10);
CREATE TABLE mart.part2 PARTITION OF mart.parted FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
CREATE TABLE mart.part2a PARTITION OF mart.part2 FOR VALUES FROM (10) TO (20);
CREATE TRIGGER rows AFTER INSERT OR UPDATE OR DELETE ON mart.parted
    FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger('job=rows');
INSERT INTO mart.parted VALUES (1), (2), (11), (12), (13);
INSERT INTO mart.part1 VALUES (3);
DROP TRIGGER rows ON mart.parted;
CREATE TRIGGER statements AFTER INSERT ON mart.parted REFERENCING NEW TABLE AS n
    EXECUTE FUNCTION datazone_lineage_trigger('job=statements');
INSERT INTO mart.parted VALUES (4), (14);
INSERT INTO mart.part1 VALUES (5);
RESET ROLE;
SELECT enqueued();

-- rows are counted once, by whoever can
SET ROLE datazone_owner;
CREATE TABLE mart.counted (id int, v int);
CREATE TRIGGER rows AFTER INSERT ON mart.counted REFERENCING NEW TABLE AS n
    FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger('job=count');
CREATE TRIGGER statements AFTER INSERT ON mart.counted
    EXECUTE FUNCTION datazone_lineage_trigger('job=count', 'inputs=mart.other');
CREATE TRIGGER with_table AFTER INSERT ON mart.counted REFERENCING NEW TABLE AS n
    EXECUTE FUNCTION datazone_lineage_trigger('job=count', 'inputs=mart.source,mart.other');
CREATE TRIGGER part_of_it AFTER UPDATE ON mart.counted
    FOR EACH ROW WHEN (NEW.id > 1) EXECUTE FUNCTION datazone_lineage_trigger('job=count');
INSERT INTO mart.counted VALUES (1), (2), (3);
UPDATE mart.counted SET v = 1;
CREATE OR REPLACE TRIGGER part_of_it AFTER UPDATE OF v ON mart.counted
    FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger('job=column');
UPDATE mart.counted SET v = 2;
UPDATE mart.counted SET id = 2;
-- its arguments change within a transaction
BEGIN;
UPDATE mart.counted SET v = 3;
CREATE OR REPLACE TRIGGER part_of_it AFTER UPDATE ON mart.counted
    FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger('job=replaced');
UPDATE mart.counted SET v = 4;
COMMIT;
-- the trigger says which job it is, whatever the session does
BEGIN;
INSERT INTO mart.counted VALUES (4), (5);
SET LOCAL datazone.job_name = 'ignored';
INSERT INTO mart.counted VALUES (6), (7), (8);
COMMIT;
RESET ROLE;
SELECT enqueued();

-- renamed, given away, dropped, temporary
BEGIN;
INSERT INTO mart.target VALUES (60);
ALTER TABLE mart.target RENAME TO renamed;
INSERT INTO mart.renamed VALUES (61);
COMMIT;
ALTER TABLE mart.renamed RENAME TO target;
CREATE ROLE datazone_heir;
GRANT USAGE ON FOREIGN SERVER sim TO datazone_heir;
GRANT ALL ON SCHEMA mart TO datazone_heir;
BEGIN;
INSERT INTO mart.target VALUES (62);
ALTER TABLE mart.target OWNER TO datazone_heir;
COMMIT;
INSERT INTO mart.target VALUES (63);
BEGIN;
CREATE TABLE mart.short (LIKE mart.other);
CREATE TRIGGER t AFTER INSERT ON mart.short EXECUTE FUNCTION datazone_lineage_trigger();
INSERT INTO mart.short VALUES (1);
DROP TABLE mart.short;
COMMIT;
CREATE TEMP TABLE own (id int);
CREATE TRIGGER t AFTER INSERT ON own EXECUTE FUNCTION datazone_lineage_trigger();
INSERT INTO own VALUES (1);
BEGIN READ ONLY;
INSERT INTO own VALUES (1);
COMMIT;
SELECT enqueued();

-- what triggers must not be told: they are not made
CREATE TABLE mistake (id int);
CREATE FUNCTION told(VARIADIC arguments text[]) RETURNS text LANGUAGE sql AS $$
    SELECT outcome(format('CREATE TRIGGER t AFTER INSERT ON mistake EXECUTE FUNCTION datazone_lineage_trigger(%s)',
        (SELECT string_agg(quote_literal(a), ', ') FROM unnest(arguments) a)));
$$;
SELECT told('jobs=x');
SELECT told('job');
SELECT told('=x');
SELECT told('job=');
SELECT told('job=a', 'job=b');
SELECT told('domain=somewhere');
SELECT told('inputs=');
SELECT told('inputs=s3://bucket/');
SELECT told('inputs=orders,,b');
SELECT told('inputs=a.b.c.d');
SELECT told('inputs=a.b,');
SELECT told('inputs=s3://bucket');
SELECT told('inputs=a.b', 'inputs=a.c');
SELECT told('inputs="a.b');
CREATE TRIGGER t BEFORE INSERT ON mistake EXECUTE FUNCTION datazone_lineage_trigger();
SELECT outcome('SELECT datazone_lineage_trigger()');
SELECT count(*) FROM pg_trigger WHERE tgrelid = 'mistake'::regclass;
-- where that could not be seen, the first statement hears of it
CREATE FUNCTION by_another_name() RETURNS trigger LANGUAGE c AS '$libdir/datazone', 'datazone_lineage_trigger';
CREATE TRIGGER t AFTER INSERT ON mistake EXECUTE FUNCTION by_another_name('jobs=x');
SELECT outcome('INSERT INTO mistake VALUES (1)');
CREATE OR REPLACE TRIGGER t BEFORE INSERT ON mistake EXECUTE FUNCTION by_another_name();
SELECT outcome('INSERT INTO mistake VALUES (1)');
DROP TRIGGER t ON mistake;
-- nor is one by who does not own the table
GRANT TRIGGER ON mistake TO datazone_owner;
SET ROLE datazone_owner;
CREATE TRIGGER t AFTER INSERT ON mistake EXECUTE FUNCTION datazone_lineage_trigger();
RESET ROLE;
REVOKE TRIGGER ON mistake FROM datazone_owner;

-- where they go
CREATE TRIGGER t AFTER INSERT ON mistake
    EXECUTE FUNCTION datazone_lineage_trigger('domain=dzd_elsewhere', 'server=sim', 'namespace=jobs', 'job=j');
INSERT INTO mistake VALUES (1);
SELECT enqueued();

-- trouble with lineage is a warning, and other tables have their events
SET ROLE datazone_owner;
CREATE TABLE mart.unlucky (id int);
CREATE TRIGGER t AFTER INSERT ON mart.unlucky EXECUTE FUNCTION datazone_lineage_trigger('server=elsewhere');
RESET ROLE;
BEGIN;
INSERT INTO mart.unlucky VALUES (1);
INSERT INTO mart.other VALUES (7);
COMMIT;
SELECT count(*) FROM mart.unlucky;
SELECT enqueued();
SELECT lineage_errors FROM datazone_stat WHERE datname = current_database();
-- the session's server does not count, the owner's only one does
CREATE SERVER second FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_second');
SET datazone.server = 'second';
INSERT INTO mart.other VALUES (8);
GRANT USAGE ON FOREIGN SERVER second TO datazone_owner;
INSERT INTO mart.other VALUES (9);
REVOKE USAGE ON FOREIGN SERVER second FROM datazone_owner;
RESET datazone.server;
SELECT enqueued();
-- or an error, which only a superuser decides
SET datazone.lineage_errors = error;
INSERT INTO mart.unlucky VALUES (2);
BEGIN;
INSERT INTO mart.unlucky VALUES (3);
INSERT INTO mart.other VALUES (10);
COMMIT;
SELECT count(*) FROM mart.unlucky;
SELECT enqueued();
RESET datazone.lineage_errors;
SET ROLE datazone_etl;
SET datazone.lineage_errors = warn;
RESET ROLE;

-- what is set is checked
SET datazone.parent_run = 'n/j';
SET datazone.parent_run = 'n/j/no-uuid';
SET datazone.parent_run = '/j/01234567-89ab-7def-8123-456789abcdef';
SET datazone.parent_run = '';
SET datazone.dataset_namespace = 'x';
ALTER SYSTEM SET datazone.dataset_namespace = ' ';
ALTER SYSTEM SET datazone.dataset_namespace = 'postgres://db example:5432';
ALTER SYSTEM SET datazone.dataset_namespace = E'postgres://db:5432\n';
ALTER SYSTEM SET datazone.dataset_namespace = 'postgres://db.example/5432';
ALTER SYSTEM SET datazone.dataset_namespace = 'db.example:5432';
ALTER SYSTEM SET datazone.dataset_namespace = '://db.example:5432';
ALTER SYSTEM SET datazone.dataset_namespace = 'postgres://';
ALTER SYSTEM SET datazone.dataset_namespace = 'postgres://db.example:5432/';
ALTER SYSTEM SET datazone.dataset_namespace = '1://db.example';
SET datazone.job_namespace = ' ';
SET datazone.job_namespace = 'my jobs';
SET datazone.job_namespace = E'jobs\tof';
SET datazone.job_namespace = 'jobs/of-mine:1';
SET datazone.job_namespace = '';
RESET datazone.job_namespace;

-- what a trigger names may come later; a table elsewhere is not ours to know
CREATE TABLE notices (id int);
CREATE TRIGGER a AFTER INSERT ON notices EXECUTE FUNCTION
    datazone_lineage_trigger('inputs=notices, No.table, mart.nothing, elsewhere.a.b, s3://bucket/key, "Quoted"', 'server=later');
CREATE TRIGGER b AFTER INSERT ON notices EXECUTE FUNCTION
    datazone_lineage_trigger('inputs=notices, mart.other', 'server=sim');
DROP TABLE notices;

-- a table with more columns than an event may tell: edges come first
DO $$
BEGIN
    EXECUTE 'CREATE TABLE wide (' || (SELECT string_agg(format('%I numeric(10, 2)', repeat('w', 58) || n), ', ')
                                      FROM generate_series(1, 1590) n) || ')';
    EXECUTE 'CREATE TABLE wide_source (LIKE wide)';
END
$$;
CREATE TRIGGER t AFTER INSERT ON wide
    EXECUTE FUNCTION datazone_lineage_trigger('job=wide', 'server=sim', 'inputs=public.wide_source,mart.source');
INSERT INTO wide DEFAULT VALUES;
SELECT jsonb_array_length(payload #> '{outputs,0,facets,schema,fields}') AS columns,
       payload #> '{inputs,0,facets}' AS of_input, payload #> '{inputs,1,facets}' AS of_other
FROM datazone_outbox;
SELECT enqueued();

-- a trigger on the outbox tells nothing of itself
CREATE TRIGGER t AFTER INSERT ON datazone_outbox_entry EXECUTE FUNCTION datazone_lineage_trigger('job=loop');
INSERT INTO mart.other VALUES (11);
SELECT enqueued();

SET client_min_messages = warning;
DROP TRIGGER t ON datazone_outbox_entry;
DROP SCHEMA mart CASCADE;
DROP EXTENSION datazone CASCADE;
DROP ROLE datazone_owner, datazone_etl, datazone_heir;
