--
-- schema.sql
--		What the cases read and write.
--
CREATE TABLE t (a int, b int, c int, d text, e date);
CREATE TABLE u (a int, x int, y text, z numeric);
CREATE TABLE w (id int PRIMARY KEY, p int, q int, s text);
CREATE TABLE r (i int, big bigint, vc varchar(10), ts timestamp);
CREATE TABLE docs (id int, doc jsonb, arr int[], x xml);
CREATE TABLE tgt (a int, b int, c int, d text);
CREATE TABLE ins (id int PRIMARY KEY, v int, n int DEFAULT 7);
CREATE TABLE gen (a int, b int, g int GENERATED ALWAYS AS (a + b) STORED);
CREATE TABLE part (k int, v int) PARTITION BY RANGE (k);
CREATE TABLE part_low PARTITION OF part FOR VALUES FROM (0) TO (100);
CREATE TABLE part_more PARTITION OF part FOR VALUES FROM (100) TO (900)
	PARTITION BY RANGE (k);
CREATE TABLE part_high PARTITION OF part_more FOR VALUES FROM (100) TO (200);
CREATE TABLE parent (k int, v int);
CREATE TABLE child (more int) INHERITS (parent);
CREATE TABLE edge (src int, dst int);
CREATE TABLE logged (a int, b text);
CREATE TYPE pair AS (one int, two text);
CREATE TABLE pairs (id int, p pair);
CREATE TABLE dropped (gone int, a int, b int);
ALTER TABLE dropped DROP COLUMN gone;
CREATE SCHEMA other;
CREATE TABLE other.t (a int, k int);

CREATE VIEW v AS SELECT a, b + c AS s FROM t WHERE c > 0;
CREATE VIEW vv AS SELECT v.a, v.s, u.x FROM v JOIN u ON u.a = v.a;
CREATE VIEW vagg AS SELECT a, sum(b) AS total FROM t GROUP BY a;
CREATE VIEW simple AS SELECT a AS va, b AS vb FROM tgt;
CREATE VIEW checked AS SELECT a, b FROM tgt WHERE c > 0;
CREATE VIEW acted AS SELECT a, d FROM tgt;
CREATE RULE acted_insert AS ON INSERT TO acted DO INSTEAD
	INSERT INTO logged VALUES (NEW.a, NEW.d);
CREATE MATERIALIZED VIEW mv AS SELECT a, count(b) AS n FROM t GROUP BY a;

CREATE FUNCTION of_string(n int) RETURNS TABLE (f1 int, f2 text)
LANGUAGE sql STABLE AS 'SELECT a, d FROM t WHERE b = n';
CREATE FUNCTION of_atomic(n int) RETURNS TABLE (f1 int, f2 int)
LANGUAGE sql STABLE BEGIN ATOMIC SELECT x, x + a FROM u WHERE u.x > n; END;
CREATE FUNCTION plus_one(n int) RETURNS int
LANGUAGE sql IMMUTABLE AS 'SELECT n + 1';
CREATE FUNCTION same(n int) RETURNS int
LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE FUNCTION opaque(n int) RETURNS int
LANGUAGE plpgsql STABLE AS 'BEGIN RETURN n; END';
CREATE FUNCTION opaque_rows(n int) RETURNS TABLE (o1 int, o2 int)
LANGUAGE plpgsql STABLE AS 'BEGIN RETURN QUERY SELECT 1, 2; END';

CREATE ROLE lineage_reader;
CREATE TABLE guarded (id int, secret int, owner_id int);
CREATE POLICY guard ON guarded USING (owner_id > 0);
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
GRANT SELECT ON guarded, t TO lineage_reader;
