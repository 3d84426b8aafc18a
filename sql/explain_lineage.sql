--
-- datazone_explain_lineage(): the order of its rows, what it refuses and whom,
-- and that it runs nothing.  What the rows say is tested by test/lineage.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include
\pset tuples_only on
-- made in an order that is not that of the names
CREATE TABLE u (x int, a int, y text);
CREATE TABLE t (c int, a int PRIMARY KEY, b int, d text);
CREATE SEQUENCE numbers;
CREATE TABLE dst (z int, x int, n bigint DEFAULT nextval('numbers'), y text);
CREATE TABLE log (what text);
INSERT INTO t VALUES (1, 2, 3, 'x');
INSERT INTO u VALUES (1, 2, 'y');
CREATE FUNCTION opaque(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (n); RETURN n; END';
CREATE FUNCTION other(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (n); RETURN n; END';
CREATE FUNCTION lineage(query text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT concat_ws(' ', coalesce(target || '.', '') || coalesce(target_column, '*'), '<-',
        source || '.' || coalesce(source_column, '*'), type, subtype, unresolved)
    FROM datazone_explain_lineage(query) $$;

-- the order of rows: targets of CTEs first; columns by their place, the row set
-- last; kinds; sources by name, their columns by place; what is unresolved last
SELECT lineage($$WITH gone AS (DELETE FROM log WHERE what > 'x' RETURNING what)
    INSERT INTO dst (y, x, z)
    SELECT g.what, opaque(CASE WHEN u.y = t.d THEN u.a + t.a + t.c END), other(opaque(u.x))
    FROM u JOIN t ON t.b = u.x AND t.a = u.a, gone g, log AS l
    WHERE other(t.c) > 0 ORDER BY u.y, t.d LIMIT 3$$);
SELECT lineage('SELECT d, sum(b) OVER (PARTITION BY c ORDER BY a) AS s, count(*) FILTER (WHERE x > 1) OVER () FROM t JOIN u USING (a) WHERE c > 1');
-- the same every time, in whatever order tables were made
CREATE FUNCTION answers(query text) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(DISTINCT (SELECT string_agg(l::text, '') FROM datazone_explain_lineage(query || repeat(' ', g)) l))
    FROM generate_series(1, 20) g $$;
SELECT answers('INSERT INTO dst SELECT t.a, u.x, t.b, opaque(other(u.x))::text FROM t, u WHERE t.c = u.a ORDER BY u.y');
CREATE TEMP TABLE before AS SELECT row_number() OVER () AS n, l FROM lineage('INSERT INTO dst (x) SELECT u.a + t.a + t.c FROM t, u') l;
DROP TABLE u;
CREATE TABLE u (x int, a int, y text);
INSERT INTO u VALUES (1, 2, 'y');
SELECT * FROM before EXCEPT SELECT row_number() OVER (), l FROM lineage('INSERT INTO dst (x) SELECT u.a + t.a + t.c FROM t, u') l;
SELECT count(*) FROM before;

-- errors: of what it is given
SELECT outcome('SELECT * FROM datazone_explain_lineage(NULL)');
CREATE FUNCTION told(query text) RETURNS text LANGUAGE sql AS $$
    SELECT outcome(format('SELECT * FROM datazone_explain_lineage(%L)', query)) $$;
SELECT told('');
SELECT told(' ; -- nothing');
SELECT told('SELECT 1; SELECT 2');
SELECT told('INSERT INTO dst SELECT 1;;');
-- of commands without a query
SELECT query, told(query) FROM unnest(ARRAY[
    'DO $x$ BEGIN END $x$', 'CALL nobody()', 'CREATE TABLE n (a int)', 'DROP TABLE t', 'TRUNCATE t',
    'ALTER TABLE t ADD e int', 'BEGIN', 'SET work_mem = 64', 'VACUUM t', 'FETCH ALL FROM c', 'LISTEN x',
    'EXPLAIN DO $x$ BEGIN END $x$', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1']) query;
-- PostgreSQL's own, which point into the text
SELECT * FROM datazone_explain_lineage('SELECT a, nowhere FROM t');
SELECT * FROM datazone_explain_lineage('SELECT a FROM t WHER b > 1');
SELECT * FROM datazone_explain_lineage('INSERT INTO dst (x, none) SELECT 1, 2');
SELECT * FROM datazone_explain_lineage('EXPLAIN SELECT * FROM missing');
SELECT * FROM datazone_explain_lineage('COPY dst (x) FROM STDIN WHERE none > 1');
SELECT * FROM datazone_explain_lineage('CREATE TABLE n AS SELECT t.a, u.none FROM t, u');
SELECT told('EXECUTE nobody');
SELECT told('REFRESH MATERIALIZED VIEW t');
-- and what it refuses to copy
CREATE VIEW over_t AS SELECT a FROM t;
CREATE TABLE parts (a int) PARTITION BY LIST (a);
CREATE MATERIALIZED VIEW kept_t AS SELECT a FROM t;
CREATE RULE also AS ON DELETE TO dst DO ALSO DELETE FROM log;
SELECT query, told(query) FROM unnest(ARRAY[
    'COPY over_t TO ''/x''', 'COPY over_t TO STDOUT', 'COPY over_t FROM ''/x''', 'COPY kept_t FROM STDIN', 'COPY numbers TO ''/x''',
    'COPY numbers FROM ''/x''', 'COPY (DELETE FROM t) TO ''/x''', 'COPY (DELETE FROM dst RETURNING x) TO ''/x''']) query;
SELECT name, told(format('COPY %s TO STDOUT', name)) LIKE '42809 %' = (current_setting('server_version_num')::int < since) AS refused_before
FROM (VALUES ('kept_t', 180000), ('parts', 190000)) v (name, since);
SELECT told('COPY parts FROM STDIN');
CREATE FUNCTION put() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER put INSTEAD OF INSERT ON over_t FOR EACH ROW EXECUTE FUNCTION put();
SELECT lineage('COPY over_t FROM ''/x''');
DROP VIEW over_t;
DROP MATERIALIZED VIEW kept_t;
DROP RULE also ON dst;
-- of a query that is nested too deeply
SELECT split_part(told('SELECT 1' || repeat(' + 1', 200000)), ' ', 1);
-- and of functions that call each other in too long a chain
CREATE FUNCTION chain_0(n int) RETURNS int LANGUAGE sql AS 'SELECT n + x FROM u';
DO $$ BEGIN FOR i IN 1..200 LOOP
    EXECUTE format('CREATE FUNCTION chain_%s(n int) RETURNS int LANGUAGE sql AS %L', i, format('SELECT chain_%s(n + 1)', i - 1));
END LOOP; END $$;
SELECT lineage('SELECT chain_200(a) AS n FROM t');
SET max_stack_depth = '100kB';
SELECT split_part(told('SELECT chain_200(a) AS n FROM t'), ' ', 1);
SELECT split_part(told('SELECT chain_1(a) AS n FROM t'), ' ', 1);
RESET max_stack_depth;
-- what a function's body has is no error of the statement
CREATE FUNCTION inner_error() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER TABLE log ADD gone int;
CREATE OR REPLACE FUNCTION inner_error() RETURNS int LANGUAGE sql AS 'SELECT max(gone) FROM log';
ALTER TABLE log DROP gone;
SELECT lineage('SELECT inner_error() AS n');

-- it runs nothing, whatever it is asked for
SELECT current_setting('data_directory') || '/explained' AS file \gset
CREATE MATERIALIZED VIEW mv AS SELECT a FROM t;
INSERT INTO t VALUES (9, 9, 9, 'later');
CREATE TABLE statement (query text);
INSERT INTO statement VALUES
    ('INSERT INTO dst (x) SELECT opaque(a) FROM t'), ('INSERT INTO dst DEFAULT VALUES'),
    ('INSERT INTO t (a) SELECT a FROM t ON CONFLICT (a) DO UPDATE SET b = opaque(excluded.a)'),
    ('UPDATE t SET b = nextval(''numbers'')'), ('DELETE FROM t USING u'),
    ('MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (a) VALUES (u.a)'),
    ('WITH d AS (DELETE FROM t RETURNING a) SELECT opaque(a) FROM d'), ('SELECT opaque(1), pg_notify(''x'', ''y'')'),
    ('CREATE TABLE made AS SELECT opaque(a) AS o FROM t'), ('CREATE TEMP TABLE made_too AS SELECT 1 AS o'),
    ('SELECT opaque(a) AS o INTO made FROM t'), ('CREATE VIEW seen AS SELECT a FROM t'),
    ('CREATE MATERIALIZED VIEW made AS SELECT opaque(a) AS o FROM t'), ('REFRESH MATERIALIZED VIEW mv'),
    ('EXPLAIN ANALYZE INSERT INTO dst (x) SELECT opaque(a) FROM t'), ('DECLARE c CURSOR WITH HOLD FOR SELECT opaque(a) FROM t'),
    ('PREPARE p AS INSERT INTO dst (x) SELECT opaque(a) FROM t'), (format('COPY t TO %L', :'file')),
    (format('COPY (DELETE FROM t RETURNING opaque(a)) TO PROGRAM %L', 'cat > ' || :'file')),
    (format('COPY dst FROM PROGRAM %L WHERE opaque(x) > 0', 'touch ' || :'file')), (format('COPY t FROM %L', :'file')),
    ('SELECT a FROM t FOR UPDATE'), ('SELECT lo_create(7)');
CREATE VIEW state AS SELECT (SELECT count(*) FROM pg_class) AS relations, (SELECT array_agg(t ORDER BY a) FROM t) AS t,
    (SELECT count(*) FROM dst) AS dst, (SELECT count(*) FROM log) AS log, (SELECT is_called FROM numbers) AS numbers,
    (SELECT array_agg(a) FROM mv) AS mv, (SELECT count(*) FROM pg_prepared_statements) AS prepared,
    (SELECT count(*) FROM pg_cursors WHERE name = 'c') AS cursors, (SELECT count(*) FROM pg_largeobject_metadata) AS objects,
    pg_stat_file(current_setting('data_directory') || '/explained', true) IS NOT NULL AS file;
SELECT state::text AS before FROM state \gset
BEGIN;
SELECT told(query), replace(query, :'file', '<file>') FROM statement ORDER BY query COLLATE "C";
SELECT pg_current_xact_id_if_assigned() IS NULL AS nothing_written;
COMMIT;
SELECT state::text = :'before' AS same FROM state;
-- which would be seen
BEGIN;
INSERT INTO dst (x) SELECT opaque(a) FROM t;
SELECT state::text = :'before' AS same FROM state;
ROLLBACK;
-- it locks what the statement names, as PREPARE does
BEGIN;
SELECT told('INSERT INTO dst (x) SELECT a FROM t');
SELECT relation::regclass, mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation IN ('t'::regclass, 'u'::regclass, 'dst'::regclass)
ORDER BY relation::regclass::text;
ROLLBACK;
-- nothing of this needs a transaction that writes
BEGIN READ ONLY;
SELECT count(*) FROM statement WHERE told(query) LIKE '% rows';
ROLLBACK;
SELECT count(*) FROM statement;

-- it needs the privileges that the statement needs
CREATE ROLE datazone_teller;
CREATE SCHEMA closed;
CREATE TABLE closed.secret (a int PRIMARY KEY, b int);
CREATE SCHEMA shut;
CREATE TABLE shut.secret (a int);
GRANT USAGE ON SCHEMA closed TO datazone_teller;
CREATE VIEW lent AS SELECT a FROM closed.secret;
CREATE VIEW own_rights WITH (security_invoker) AS SELECT a FROM closed.secret;
CREATE MATERIALIZED VIEW closed.mv AS SELECT a FROM closed.secret;
CREATE FUNCTION closed.f(n int) RETURNS int LANGUAGE sql AS 'SELECT n';
CREATE FUNCTION closed.plus(a int, b int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN a + b; END';
CREATE OPERATOR public.|+| (LEFTARG = int, RIGHTARG = int, FUNCTION = closed.plus);
CREATE AGGREGATE closed.total (int) (SFUNC = closed.plus, STYPE = int);
CREATE FUNCTION reads_secret() RETURNS bigint LANGUAGE sql AS 'SELECT sum(a) FROM closed.secret';
CREATE FUNCTION lends_secret() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT reads_secret()';
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA closed FROM PUBLIC;
GRANT SELECT ON lent, own_rights, t TO datazone_teller;
GRANT INSERT ON t TO datazone_teller;
GRANT CREATE ON SCHEMA public TO datazone_teller;
PREPARE kept AS SELECT a FROM closed.secret;
CREATE TABLE asked (n serial, query text);
INSERT INTO asked (query) VALUES ('SELECT a FROM closed.secret'), ('SELECT b FROM closed.secret'), ('SELECT count(*) FROM closed.secret'),
    ('SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM closed.secret)'), ('SELECT (SELECT max(a) FROM closed.secret)'),
    ('WITH unused AS (SELECT a FROM closed.secret) SELECT 1'), ('SELECT a FROM t UNION SELECT a FROM closed.secret'),
    ('SELECT a FROM closed.secret FOR UPDATE'), ('SELECT a FROM lent'), ('SELECT a FROM own_rights'), ('SELECT a FROM shut.secret'),
    ('INSERT INTO closed.secret (a) SELECT a FROM t'), ('INSERT INTO closed.secret (a, b) SELECT a, b FROM t'),
    ('INSERT INTO closed.secret (a) SELECT a FROM t ON CONFLICT (a) DO UPDATE SET b = 3'), ('INSERT INTO t (a) SELECT a FROM closed.secret'),
    ('UPDATE closed.secret SET b = 1'), ('UPDATE closed.secret SET b = a'), ('DELETE FROM closed.secret'), ('DELETE FROM closed.secret WHERE a = 1'),
    ('MERGE INTO closed.secret s USING t ON s.a = t.a WHEN MATCHED THEN UPDATE SET b = t.b'), ('WITH d AS (DELETE FROM closed.secret) SELECT 1'),
    ('SELECT closed.f(a) FROM t'), ('SELECT closed.plus(a, b) FROM t'), ('SELECT a |+| b FROM t'), ('SELECT closed.total(a) FROM t'),
    ('SELECT closed.total(a) OVER () FROM t'), ('SELECT 1 FROM t, closed.f(3)'), ('INSERT INTO t (a) VALUES (closed.f(1))'),
    ('COPY t FROM STDIN WHERE closed.f(a) > 1'), ('SELECT reads_secret()'), ('SELECT lends_secret()'),
    ('CREATE TABLE closed.n AS SELECT a FROM t'), ('SELECT a INTO closed.n FROM t'), ('CREATE VIEW closed.n AS SELECT a FROM t'),
    ('CREATE MATERIALIZED VIEW closed.n AS SELECT a FROM t'), ('CREATE TABLE n AS SELECT a FROM t'), ('CREATE TEMP TABLE n AS SELECT a FROM t'),
    ('REFRESH MATERIALIZED VIEW closed.mv'), ('COPY closed.secret TO STDOUT'), ('COPY closed.secret (b) FROM STDIN'),
    ('COPY t FROM ''/x'''), ('COPY t TO ''/x'''), ('COPY t FROM PROGRAM ''x'''), ('COPY (SELECT a FROM t) TO PROGRAM ''x'''),
    ('EXPLAIN SELECT a FROM closed.secret'), ('DECLARE c CURSOR FOR SELECT a FROM closed.secret'), ('PREPARE p AS DELETE FROM closed.secret'),
    ('EXECUTE kept'), ('CREATE TABLE n AS EXECUTE kept');
GRANT SELECT ON asked TO datazone_teller;
SET ROLE datazone_teller;
SELECT told('SELECT 1');
RESET ROLE;
GRANT EXECUTE ON FUNCTION datazone_explain_lineage(text) TO datazone_teller;
SET ROLE datazone_teller;
SELECT told(query) AS answer, query FROM asked ORDER BY n;
RESET ROLE;
-- and no more than these
GRANT SELECT (a), INSERT (a), UPDATE (b), DELETE ON closed.secret TO datazone_teller;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA closed TO datazone_teller;
GRANT CREATE ON SCHEMA closed TO datazone_teller;
GRANT pg_read_server_files, pg_write_server_files, pg_execute_server_program TO datazone_teller;
ALTER MATERIALIZED VIEW closed.mv OWNER TO datazone_teller;
SELECT format('REVOKE TEMP ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SET ROLE datazone_teller;
SELECT told(query) AS answer, query FROM asked ORDER BY n;
RESET ROLE;
SELECT format('GRANT TEMP ON DATABASE %I TO PUBLIC', current_database()) \gexec
DROP OWNED BY datazone_teller;
DROP ROLE datazone_teller;
