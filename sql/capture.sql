--
-- Lineage that writes itself: which statements make an event, and what is in
-- it.
--
-- setting: shared_preload_libraries = datazone
-- setting: datazone.databases = no_worker_here
-- setting: datazone.capture_interval = 0
-- setting: datazone.dataset_namespace = postgres://db.example:5432
-- setting: max_prepared_transactions = 2
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
CREATE SCHEMA etl;
SET search_path = etl, public;
CREATE TABLE src (id int PRIMARY KEY, a int, b text);
CREATE TABLE dst (x int, y text, n bigint);
CREATE TABLE detail (id int REFERENCES src ON DELETE CASCADE, q int);
CREATE VIEW seen AS SELECT id, a, b FROM src WHERE a > 0;
INSERT INTO src SELECT g, g, g::text FROM generate_series(1, 10) g;
INSERT INTO detail VALUES (1, 1);

-- what was enqueued since the last look: job, inputs -> output, rows, and for
-- each column where it is from
CREATE FUNCTION short(name text) RETURNS text LANGUAGE sql AS
    $$ SELECT replace(replace(name, current_database() || '.', ''), 'postgres://db.example:5432/', '') $$;
CREATE FUNCTION fields(inputs jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(short(f ->> 'name') || '.' || (f ->> 'field') || ':'
        || (SELECT string_agg(t ->> 'subtype', '+') FROM jsonb_array_elements(f -> 'transformations') t),
        ' ' ORDER BY n)
    FROM jsonb_array_elements(inputs) WITH ORDINALITY t (f, n) $$;
CREATE FUNCTION captured() RETURNS SETOF text LANGUAGE sql AS $$
    WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *),
         event AS (SELECT id, job, payload, payload #> '{outputs,0}' AS output FROM gone)
    SELECT concat_ws(' ', short(job) || ':',
        (SELECT string_agg(short(i ->> 'name'), ',' ORDER BY n)
         FROM jsonb_array_elements(payload -> 'inputs') WITH ORDINALITY t (i, n)),
        '->', short(output ->> 'name'), 'rows=' || (output #>> '{outputFacets,outputStatistics,rowCount}'),
        (SELECT string_agg(key || '=[' || fields(value -> 'inputFields') || ']', ' ' ORDER BY key)
         FROM jsonb_each(output #> '{facets,columnLineage,fields}')),
        'dataset=[' || fields(output #> '{facets,columnLineage,dataset}') || ']')
    FROM event ORDER BY id $$;

-- off, the default
INSERT INTO dst SELECT a, b FROM src;
SELECT captured();

-- plain statements; a view is seen through
SET datazone.capture = 'column';
INSERT INTO dst SELECT a, upper(b), id FROM seen WHERE id > 5;
SELECT captured();
UPDATE dst SET n = src.a + 1 FROM src WHERE src.id = dst.x;
SELECT captured();
DELETE FROM dst USING src WHERE src.id = dst.x AND src.a > 8;
SELECT captured();
MERGE INTO dst USING src ON dst.x = src.id
    WHEN MATCHED THEN UPDATE SET y = src.b WHEN NOT MATCHED THEN INSERT (x) VALUES (src.a);
SELECT captured();
WITH moved AS (DELETE FROM dst WHERE x = 1 RETURNING x, y)
    INSERT INTO detail (id, q) SELECT x, length(y) FROM moved;
SELECT captured();

-- whole rows are told as their columns; constants have no source
CREATE TABLE docs (doc jsonb, kind text);
INSERT INTO docs SELECT to_jsonb(d), 'detail' FROM detail d;
SELECT captured();

-- relations made from queries
CREATE TABLE made AS SELECT a AS k, count(*) AS n FROM src GROUP BY a;
SELECT captured();
SELECT b INTO made_too FROM src ORDER BY id;
SELECT captured();
CREATE MATERIALIZED VIEW mv AS SELECT a, b FROM src;
CREATE UNIQUE INDEX ON mv (a);
REFRESH MATERIALIZED VIEW mv;
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
SELECT captured();
CREATE TABLE IF NOT EXISTS made AS SELECT b FROM src;
CREATE TABLE empty AS SELECT b FROM src WITH NO DATA;
SELECT captured();

-- COPY: a file of the server is a dataset; client and program have no name
SELECT current_setting('data_directory') || '/copied' AS file \gset
COPY (SELECT a, b FROM src WHERE id > 7) TO :'file';
SELECT replace(captured, current_setting('data_directory'), '') FROM captured();
CREATE TABLE copied (n int, t text, twice int GENERATED ALWAYS AS (n * 2) STORED);
COPY copied (n, t) FROM :'file' WHERE n > 8;
SELECT replace(captured, current_setting('data_directory'), '') FROM captured();
CREATE TEMP TABLE made_up AS SELECT 1 AS one, 'x' AS two;
COPY made_up TO :'file';
SELECT replace(captured, current_setting('data_directory'), '') FROM captured();
COPY copied (t) FROM STDIN;
one
two
\.
SELECT captured();

-- a transaction has one event for a table; what was rolled back has none
BEGIN;
INSERT INTO dst (x) SELECT a FROM src WHERE id < 3;
INSERT INTO dst (y) SELECT b FROM src WHERE id < 4;
SAVEPOINT s;
INSERT INTO dst (n) SELECT id FROM src;
ROLLBACK TO s;
SAVEPOINT s;
INSERT INTO made_too SELECT b FROM seen;
RELEASE s;
COMMIT;
SELECT captured();
BEGIN;
INSERT INTO dst (x) SELECT a FROM src;
ROLLBACK;
INSERT INTO dst (x) SELECT 1 / (a - a) FROM src;
EXPLAIN (COSTS off) INSERT INTO dst (x) SELECT a FROM src;
SELECT captured();
DO $$ BEGIN EXECUTE 'EXPLAIN ANALYZE INSERT INTO dst (x) SELECT a FROM src'; END $$;
SELECT captured();
BEGIN;
INSERT INTO dst (x) SELECT a FROM src;
PREPARE TRANSACTION 'captured';
COMMIT PREPARED 'captured';
SELECT captured();

-- functions, dynamic SQL, triggers; a loop is one statement
DO $$
BEGIN
    FOR i IN 1..5 LOOP
        INSERT INTO dst (x) SELECT a FROM src WHERE id = i;
    END LOOP;
    BEGIN
        INSERT INTO dst (y) SELECT b FROM src;
        RAISE 'taken back';
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
    EXECUTE 'INSERT INTO dst (n) SELECT id FROM src';
END $$;
SELECT captured();
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO etl.docs (kind) SELECT y FROM etl.dst WHERE x = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER note AFTER INSERT ON detail FOR EACH ROW EXECUTE FUNCTION note();
INSERT INTO detail (id) SELECT id FROM src WHERE id < 3;
SELECT captured();

-- a procedure names the job, and commits in between; settings name it first
CREATE PROCEDURE load() LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO etl.dst (x) SELECT a FROM etl.src;
    COMMIT;
    INSERT INTO etl.dst (n) SELECT id FROM etl.src;
END $$;
CALL load();
SELECT captured();
SET datazone.job_name = 'nightly';
CALL load();
SELECT captured();
RESET datazone.job_name;

-- a plan that is kept is captured each time, a plan made anew too
PREPARE load (int) AS INSERT INTO dst (x) SELECT a FROM src WHERE id <= $1;
SET plan_cache_mode = force_generic_plan;
EXECUTE load(1);
EXECUTE load(2);
ALTER TABLE src ADD COLUMN added int;
EXECUTE load(3);
SELECT captured();
RESET plan_cache_mode;

-- referential integrity is not the user's
DELETE FROM src WHERE id = 2;
SELECT count(*) AS of_the_cascade FROM detail WHERE id = 2;
SELECT captured();

-- table: no columns
SET datazone.capture = 'table';
INSERT INTO dst (x) SELECT a FROM src;
SELECT captured();

-- what is not ready is said once, and harms nothing
SET datazone.capture = 'column';
SET datazone.capture_server = 'nowhere';
INSERT INTO dst (x) SELECT a FROM src;
INSERT INTO dst (x) SELECT a FROM src;
RESET datazone.capture_server;
CREATE SERVER another FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
INSERT INTO dst (x) SELECT a FROM src;
SELECT captured();
SET datazone.capture_server = 'another';
ALTER SERVER another OPTIONS (ADD domain_identifier 'dzd_another');
INSERT INTO dst (x) SELECT a FROM src;
SELECT server, domain_id, role = current_user::regrole AS owner FROM datazone_outbox;
SELECT captured();

-- who loads data needs nothing of datazone, and may not change what is captured
CREATE ROLE datazone_loader;
GRANT USAGE ON SCHEMA etl TO datazone_loader;
GRANT ALL ON dst, src TO datazone_loader;
SET ROLE datazone_loader;
INSERT INTO dst (x) SELECT a FROM src WHERE id = 1;
SET datazone.capture = 'off';
RESET ROLE;
SELECT captured();
DROP OWNED BY datazone_loader;
DROP ROLE datazone_loader;
