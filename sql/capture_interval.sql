--
-- Captured lineage is told again when it has changed or some time has passed;
-- rows that come in between are added up.
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
CREATE SCHEMA etl;
SET search_path = etl, public;
CREATE TABLE src (a int, b int);
CREATE TABLE dst (x int);
INSERT INTO src SELECT g, g FROM generate_series(1, 10) g;
CREATE FUNCTION captured() RETURNS SETOF text LANGUAGE sql AS $$
    WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *)
    SELECT (payload #>> '{outputs,0,name}') || ' '
        || coalesce(payload #>> '{outputs,0,outputFacets,outputStatistics,rowCount}', 'uncounted')
    FROM gone ORDER BY id $$;
SHOW datazone.capture_interval;
SET datazone.capture = 'column';

-- the same once, whatever makes the plan
INSERT INTO dst SELECT a FROM src WHERE a <= 3;
INSERT INTO dst SELECT a FROM src WHERE a <= 4;
DO $$ BEGIN INSERT INTO etl.dst SELECT a FROM etl.src WHERE a <= 5; END $$;
SELECT captured();
-- other columns are another lineage, another job too
INSERT INTO dst SELECT b FROM src WHERE a <= 3;
SELECT captured();
SET datazone.job_name = 'another';
INSERT INTO dst SELECT a FROM src WHERE a <= 3;
RESET datazone.job_name;
SELECT captured();

-- the rows that were not told come with the next event
SET datazone.capture_interval = 0;
INSERT INTO dst SELECT a FROM src WHERE a <= 1;
SELECT captured();
INSERT INTO dst SELECT a FROM src WHERE a <= 1;
SELECT captured();
RESET datazone.capture_interval;
INSERT INTO dst SELECT a FROM src WHERE a <= 2;
SELECT captured();

-- what was rolled back was not told
BEGIN;
INSERT INTO dst SELECT a + b FROM src;
ROLLBACK;
SELECT captured();
BEGIN;
INSERT INTO dst SELECT a + b FROM src;
PREPARE TRANSACTION 'interval';
ROLLBACK PREPARED 'interval';
INSERT INTO dst SELECT a + b FROM src;
SELECT captured();

-- a transaction's statements are one lineage, in any order
BEGIN;
INSERT INTO dst SELECT a - b FROM src;
INSERT INTO dst SELECT a * b FROM src WHERE a > b;
COMMIT;
SELECT captured();
BEGIN;
INSERT INTO dst SELECT a * b FROM src WHERE a > b;
INSERT INTO dst SELECT a - b FROM src;
INSERT INTO dst SELECT a - b FROM src;
COMMIT;
SELECT captured();

-- a table that each load makes anew is the same; one that was renamed is not
CREATE TABLE fresh AS SELECT a FROM src;
DROP TABLE fresh;
CREATE TABLE fresh AS SELECT a FROM src;
SELECT captured();
ALTER TABLE src RENAME TO source;
INSERT INTO dst SELECT a FROM source WHERE a <= 3;
ALTER TABLE source RENAME a TO c;
INSERT INTO dst SELECT c FROM source WHERE c <= 3;
ALTER TABLE dst RENAME TO target;
INSERT INTO target SELECT c FROM source WHERE c <= 3;
INSERT INTO target SELECT c FROM source WHERE c <= 3;
SELECT captured();

-- what is not known is part of what is told
CREATE FUNCTION f(k int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN k; END';
INSERT INTO target SELECT f(c) FROM source WHERE c <= 3;
CREATE OR REPLACE FUNCTION f(k int) RETURNS int LANGUAGE sql AS 'SELECT k + 1';
INSERT INTO target SELECT f(c) FROM source WHERE c <= 3;
INSERT INTO target SELECT f(c) FROM source WHERE c <= 3;
SELECT captured();
CREATE OR REPLACE FUNCTION f(k int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN k; END';
ALTER FUNCTION f(int) RENAME TO g;
INSERT INTO target SELECT g(c) FROM source WHERE c <= 3;
SELECT captured();

-- what a job's name was when the statement ran
CREATE TABLE named (x int);
SET datazone.job_name = 'a';
BEGIN;
INSERT INTO named SELECT c FROM source;
SET datazone.job_name = 'b';
COMMIT;
INSERT INTO named SELECT c FROM source;
RESET datazone.job_name;
SELECT job, captured FROM (SELECT row_number() OVER (ORDER BY id) AS n, job FROM datazone_outbox_entry) e
    JOIN (SELECT row_number() OVER () AS n, captured FROM captured()) c USING (n) ORDER BY n;

-- what could not be enqueued comes again
SET datazone.capture_server = 'sim';
CREATE TABLE lost (x int);
ALTER TABLE datazone_outbox_entry ADD CONSTRAINT full_up CHECK (false) NOT VALID;
\set VERBOSITY terse
INSERT INTO lost SELECT c FROM source;
ALTER TABLE datazone_outbox_entry DROP CONSTRAINT full_up;
INSERT INTO lost SELECT c FROM source;
SELECT captured();
