--
-- Row types that somebody has altered: every function that returns one
-- refuses before it sends anything, and the backend lives on.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
SELECT pg_backend_pid() AS pid \gset

-- The functions of each row type, with arguments that they would take.
CREATE TABLE call (n serial, type text, statement text);
INSERT INTO call (type, statement) VALUES
    ('datazone_run', 'SELECT * FROM datazone_list_data_source_runs(''ds_payments'')'),
    ('datazone_run', 'SELECT * FROM datazone_start_run(''ds_payments'')'),
    ('datazone_run', 'SELECT * FROM datazone_get_run(''run_payments_001'')'),
    ('datazone_run', 'SELECT * FROM datazone_wait_for_run(''run_payments_001'')'),
    ('datazone_run', 'SELECT datazone_get_run(''run_payments_001'')'),
    ('datazone_run', 'SELECT (datazone_wait_for_run(''run_payments_001'')).id'),
    ('datazone_data_source', 'SELECT * FROM datazone_list_data_sources(''prj_retail'')'),
    ('datazone_metadata_generation_run', 'SELECT * FROM datazone_start_metadata_generation_run(''prj_retail'', ''ast_orders'')'),
    ('datazone_metadata_generation_run', 'SELECT * FROM datazone_get_metadata_generation_run(''r'')'),
    ('datazone_data_product_revision', 'SELECT * FROM datazone_create_data_product_revision(''dp_orders'', ''n'')');
-- no function of a row type is missing here
SELECT p.proname FROM pg_proc p JOIN pg_type t ON t.oid = p.prorettype
WHERE t.typname LIKE 'datazone\_%'
AND NOT EXISTS (SELECT FROM call WHERE statement ~ (p.proname || '\(') AND type = t.typname);

-- What becomes of the functions of a type: one line, if it is the same of all.
CREATE FUNCTION outcomes(of_type text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT DISTINCT outcome(statement) FROM call WHERE type = of_type;
$$;

-- as they are
SELECT type, count(*), count(*) FILTER (WHERE o NOT LIKE '% rows') AS refused
FROM (SELECT type, outcome(statement) o FROM call
      WHERE statement NOT LIKE '%_get_metadata_%' OFFSET 0) c
GROUP BY type ORDER BY type;
\! sim forget

-- datazone_run: columns of another type, more of them, fewer
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN added TYPE bigint;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN added TYPE text;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN error_detail TYPE int USING 0;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN status TYPE varchar(20);
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN created_at TYPE timestamp;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN synced_at TYPE boolean USING true;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN configuration_snapshot TYPE json;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run ADD COLUMN remark text;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run DROP COLUMN updated;
SELECT outcomes('datazone_run');
-- a dropped column stays in the row, and a new one comes behind it
ALTER TABLE datazone_run ADD COLUMN updated int;
SELECT outcomes('datazone_run');
ROLLBACK;
BEGIN;
ALTER TABLE datazone_run DROP COLUMN synced_at;
ALTER TABLE datazone_run DROP COLUMN configuration_snapshot;
SELECT outcomes('datazone_run');
ROLLBACK;
-- a name is only a name, a default only a default
BEGIN;
ALTER TABLE datazone_run RENAME COLUMN added TO assets_added;
ALTER TABLE datazone_run ALTER COLUMN status SET DEFAULT 'none';
SELECT assets_added IS NOT NULL FROM datazone_get_run('run_payments_001');
ROLLBACK;

-- the other types
BEGIN;
ALTER TYPE datazone_data_source ALTER ATTRIBUTE name TYPE int;
SELECT outcomes('datazone_data_source');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_data_source ALTER ATTRIBUTE last_run_asset_count TYPE text;
SELECT outcomes('datazone_data_source');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_data_source ADD ATTRIBUTE remark text;
SELECT outcomes('datazone_data_source');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_data_source DROP ATTRIBUTE schedule;
SELECT outcomes('datazone_data_source');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_metadata_generation_run ALTER ATTRIBUTE types TYPE text;
SELECT outcomes('datazone_metadata_generation_run');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_metadata_generation_run ALTER ATTRIBUTE types TYPE int[];
SELECT outcomes('datazone_metadata_generation_run');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_metadata_generation_run DROP ATTRIBUTE id;
SELECT outcomes('datazone_metadata_generation_run');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_data_product_revision ALTER ATTRIBUTE items TYPE timestamptz;
SELECT outcomes('datazone_data_product_revision');
ROLLBACK;
BEGIN;
ALTER TYPE datazone_data_product_revision ADD ATTRIBUTE remark text, DROP ATTRIBUTE name;
SELECT outcomes('datazone_data_product_revision');
ROLLBACK;

-- the one request of the other name, and none of a refusal; what does not
-- return the type goes on
\! sim log
BEGIN;
ALTER TABLE datazone_run ALTER COLUMN added TYPE text;
CREATE FUNCTION own_shape() RETURNS TABLE (id text) LANGUAGE sql
    AS 'SELECT a->>''id'' FROM datazone_call(''GetDataSourceRun'', ''{"identifier": "run_payments_001"}'') a';
SELECT * FROM own_shape();
ROLLBACK;

-- as they were, on the same backend
SELECT type, count(*), count(*) FILTER (WHERE o NOT LIKE '% rows') AS refused
FROM (SELECT type, outcome(statement) o FROM call
      WHERE statement NOT LIKE '%_get_metadata_%' OFFSET 0) c
GROUP BY type ORDER BY type;
SELECT pg_backend_pid() = :pid AS same_backend;
