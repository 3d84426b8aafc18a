--
-- Captured lineage through temporary tables: A -> temporary -> B is A -> B.
--
-- setting: shared_preload_libraries = datazone
-- setting: datazone.databases = no_worker_here
-- setting: datazone.capture_interval = 0
-- setting: datazone.dataset_namespace = postgres://db.example:5432
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
CREATE SCHEMA etl;
SET search_path = etl, public;
CREATE TABLE src (id int PRIMARY KEY, a int, b text);
CREATE TABLE dst (x int, y text, n bigint);
CREATE TABLE other (id int, q text);
INSERT INTO src SELECT g, g, g::text FROM generate_series(1, 10) g;

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


SET datazone.capture = 'column';

-- across transactions; several fillings add up; the table itself is none
CREATE TEMP TABLE stage AS SELECT id, a + 1 AS k, b FROM src WHERE id > 2;
SELECT captured();
INSERT INTO dst (x, y, n) SELECT k, b, id FROM stage;
SELECT captured();
INSERT INTO stage (id, b) SELECT id, q FROM other;
INSERT INTO dst (y) SELECT upper(b) FROM stage WHERE id > 1;
SELECT captured();
UPDATE stage SET k = o.id FROM other o WHERE o.id = stage.id;
INSERT INTO dst (x) SELECT sum(k) FROM stage;
SELECT captured();

-- temporary from temporary, whole rows, a join with a table
CREATE TEMP TABLE next AS SELECT s AS row, s.k FROM stage s;
CREATE TABLE json AS SELECT to_jsonb(n) AS doc, n.k + src.a AS sum FROM next n JOIN src ON src.id = n.k;
SELECT captured();

-- TRUNCATE takes all away, and ROLLBACK puts it back
BEGIN;
TRUNCATE stage;
INSERT INTO dst (x) SELECT k FROM stage;
COMMIT;
SELECT captured();
INSERT INTO stage (k) SELECT a FROM src;
BEGIN;
TRUNCATE stage;
INSERT INTO stage (b) SELECT q FROM other;
ROLLBACK;
INSERT INTO dst (x, y) SELECT k, b FROM stage;
SELECT captured();

-- savepoints
BEGIN;
SAVEPOINT one;
INSERT INTO stage (b) SELECT q FROM other;
SAVEPOINT two;
TRUNCATE stage;
ROLLBACK TO two;
RELEASE one;
SAVEPOINT one;
INSERT INTO stage (id) SELECT id FROM other;
ROLLBACK TO one;
INSERT INTO dst (x, y, n) SELECT k, b, id FROM stage;
COMMIT;
SELECT captured();

-- a table of the same name is another table
DROP TABLE stage CASCADE;
CREATE TEMP TABLE stage (id int, k int, b text);
INSERT INTO dst (x) SELECT k FROM stage;
SELECT captured();

-- ON COMMIT DELETE ROWS, ON COMMIT DROP
CREATE TEMP TABLE brief (k int) ON COMMIT DELETE ROWS;
BEGIN;
INSERT INTO brief SELECT a FROM src;
INSERT INTO dst (x) SELECT k FROM brief;
COMMIT;
SELECT captured();
INSERT INTO dst (x) SELECT k FROM brief;
SELECT captured();
BEGIN;
CREATE TEMP TABLE once ON COMMIT DROP AS SELECT a FROM src;
INSERT INTO dst (x) SELECT a FROM once;
COMMIT;
SELECT captured();

BEGIN;
CREATE TEMP TABLE emptied ON COMMIT DELETE ROWS AS SELECT b FROM src;
INSERT INTO dst (y) SELECT b FROM emptied;
COMMIT;
SELECT captured();
INSERT INTO dst (y) SELECT b FROM emptied;
SELECT captured();

CREATE TEMP TABLE void ON COMMIT DELETE ROWS AS SELECT b FROM src WITH NO DATA;
CREATE TEMP TABLE full_of_it AS SELECT b FROM src;
CREATE TEMP TABLE IF NOT EXISTS full_of_it ON COMMIT DELETE ROWS AS SELECT b FROM src;
BEGIN;
INSERT INTO void SELECT b FROM src;
INSERT INTO dst (y) SELECT b FROM void;
COMMIT;
SELECT captured();
INSERT INTO dst (y) SELECT b FROM void;
INSERT INTO dst (y) SELECT b FROM full_of_it;
SELECT captured();

-- DROP that is rolled back, as a whole and to a savepoint
INSERT INTO stage (k, b) SELECT a, b FROM src;
BEGIN;
DROP TABLE stage;
ROLLBACK;
BEGIN;
SAVEPOINT s;
DROP TABLE stage;
CREATE TEMP TABLE stage (k int);
INSERT INTO stage SELECT id FROM other;
ROLLBACK TO s;
INSERT INTO dst (x, y) SELECT k, b FROM stage;
COMMIT;
SELECT captured();

-- a kept plan reads what the table holds now
TRUNCATE stage;
PREPARE load AS INSERT INTO dst (x) SELECT k FROM stage;
SET plan_cache_mode = force_generic_plan;
INSERT INTO stage (k) SELECT a FROM src;
EXECUTE load;
INSERT INTO stage (k) SELECT id FROM other;
EXECUTE load;
SELECT captured();

-- a loop is still one statement
DO $$
BEGIN
    FOR i IN 1..3 LOOP
        INSERT INTO stage (k) SELECT id FROM src WHERE id = i;
        INSERT INTO dst (n) SELECT k FROM stage WHERE k = i;
    END LOOP;
END $$;
SELECT captured();

-- DELETE ... RETURNING out of a temporary table; MERGE into one
WITH moved AS (DELETE FROM stage RETURNING k) INSERT INTO dst (x) SELECT k FROM moved;
SELECT captured();
TRUNCATE stage;
MERGE INTO stage USING other ON other.id = stage.id WHEN NOT MATCHED THEN INSERT (b) VALUES (other.q);
INSERT INTO dst (y) SELECT b FROM stage;
SELECT captured();
