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

-- what the traps need
CREATE TABLE joined (gone int, a int, m int);
CREATE VIEW over_join AS SELECT j.m, j.x, to_jsonb(j) AS whole
FROM (joined JOIN u USING (a)) AS j;
ALTER TABLE joined DROP COLUMN gone;
CREATE VIEW unused_column AS SELECT a, (SELECT max(x) FROM u WHERE u.a = t.c) AS m FROM t WHERE b > 0;
CREATE VIEW two_levels AS SELECT va AS wa, vb AS wb FROM simple;
CREATE VIEW turned AS SELECT b AS a, a AS b FROM tgt WITH CASCADED CHECK OPTION;
CREATE VIEW secure WITH (security_barrier) AS SELECT a, b FROM t WHERE c > 0;
CREATE VIEW own_rights WITH (security_invoker) AS SELECT id, secret FROM guarded;
CREATE VIEW instead AS SELECT a, sum(b) AS total FROM tgt GROUP BY a;
CREATE FUNCTION do_nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER instead INSTEAD OF INSERT OR UPDATE OR DELETE ON instead
FOR EACH ROW EXECUTE FUNCTION do_nothing();
CREATE TABLE ruled (a int, b int);
CREATE RULE ruled_also AS ON INSERT TO ruled DO ALSO
	INSERT INTO logged SELECT NEW.a, u.y FROM u WHERE u.x = NEW.b;
CREATE RULE ruled_some AS ON UPDATE TO ruled WHERE OLD.b > 5 DO INSTEAD
	UPDATE tgt SET c = NEW.b WHERE tgt.a = OLD.a;
CREATE RULE ruled_never AS ON DELETE TO ruled DO INSTEAD NOTHING;
CREATE TABLE turned_part (v int, dropped int, k int);
ALTER TABLE turned_part DROP COLUMN dropped;
ALTER TABLE part ATTACH PARTITION turned_part FOR VALUES FROM (900) TO (1000);
CREATE TABLE hidden_root (gone text, k int, v int) PARTITION BY LIST (k);
ALTER TABLE hidden_root DROP COLUMN gone;
CREATE TABLE hidden_leaf PARTITION OF hidden_root DEFAULT;
CREATE TABLE grandchild (most int) INHERITS (child);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE typed (p positive, n numeric(8, 2), m numeric(10, 4), s varchar(5), ts timestamp, f real);
CREATE TABLE defaulted (id int GENERATED ALWAYS AS IDENTITY, a int DEFAULT 7, b text DEFAULT current_user,
	c int, d int GENERATED ALWAYS AS (c * 2 + a) STORED, e int GENERATED ALWAYS AS (5) STORED);
CREATE FOREIGN DATA WRAPPER elsewhere;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER elsewhere;
CREATE FOREIGN TABLE remote (id int OPTIONS (column_name 'order_id'), n int)
SERVER elsewhere OPTIONS (schema_name 'sales', table_name 'orders');
CREATE FOREIGN TABLE near (id int) SERVER elsewhere;
CREATE POLICY through_u ON guarded FOR SELECT
	USING (EXISTS (SELECT 1 FROM u WHERE u.a = guarded.id));
CREATE POLICY checked ON guarded FOR INSERT WITH CHECK (secret > 0);
GRANT INSERT, UPDATE, DELETE ON guarded TO lineage_reader;
GRANT SELECT ON own_rights, u TO lineage_reader;
GRANT EXECUTE ON FUNCTION datazone_explain_lineage(text) TO lineage_reader;
CREATE FUNCTION as_owner() RETURNS SETOF guarded LANGUAGE sql STABLE SECURITY DEFINER
AS 'SELECT * FROM guarded';
CREATE FUNCTION one_row(n int, OUT p int, OUT q text) LANGUAGE sql STABLE
BEGIN ATOMIC SELECT x, y FROM u WHERE a = n; END;
CREATE FUNCTION rows_of_t() RETURNS SETOF t LANGUAGE sql STABLE AS 'SELECT t FROM t WHERE c > 0';
CREATE FUNCTION returned(a int, b int DEFAULT 3) RETURNS int LANGUAGE sql IMMUTABLE RETURN a * b;
CREATE FUNCTION several(n int) RETURNS int LANGUAGE sql VOLATILE BEGIN ATOMIC
	INSERT INTO logged VALUES (n, 'x'); SELECT max(x) FROM u WHERE a = n; END;
CREATE FUNCTION calls_itself(n int) RETURNS int LANGUAGE sql STABLE
AS 'SELECT CASE WHEN n > 0 THEN calls_itself(n - 1) ELSE n END';
CREATE FUNCTION calls_two(n int) RETURNS int LANGUAGE sql STABLE
AS 'SELECT (one_row(n)).p + plus_one(n)';
CREATE FUNCTION all_of(VARIADIC n int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n[1]';
CREATE FUNCTION add_up(int, int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1 + $2; END';
CREATE AGGREGATE total_of (int) (SFUNC = add_up, STYPE = int, INITCOND = '0');
CREATE OPERATOR |+| (LEFTARG = int, RIGHTARG = int, FUNCTION = add_up);
CREATE FUNCTION to_pair(int) RETURNS pair LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN ($1, NULL)::pair; END';
CREATE CAST (int AS pair) WITH FUNCTION to_pair(int) AS ASSIGNMENT;
CREATE UNIQUE INDEX mv_a ON mv (a);
CREATE FUNCTION latest() RETURNS t LANGUAGE sql STABLE AS 'SELECT t FROM t ORDER BY c DESC LIMIT 1';
CREATE FUNCTION latest_a(n int) RETURNS int LANGUAGE sql STABLE AS 'SELECT a FROM t WHERE b < n ORDER BY c LIMIT 1';
SET check_function_bodies = off;
CREATE FUNCTION makes_its_own(n int) RETURNS bigint LANGUAGE sql
AS 'CREATE TEMP TABLE IF NOT EXISTS its_own (x int); SELECT sum(x) + n FROM its_own';
CREATE FUNCTION broken_rows(n int) RETURNS SETOF u LANGUAGE sql AS 'SELECT * FROM there_is_none';
RESET check_function_bodies;
CREATE FUNCTION calls_broken(n int) RETURNS int LANGUAGE sql STABLE AS 'SELECT max(b.x) FROM t, broken_rows(t.c) b WHERE t.a = n';
CREATE FUNCTION count_u() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM u';
CREATE FUNCTION count_above(n int) RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM u WHERE x > n';
CREATE FUNCTION rows_over(n int) RETURNS SETOF int LANGUAGE sql STABLE AS 'SELECT a FROM u WHERE x > n';

-- what is on a function's way out, and whom its body means
CREATE TABLE arrays (i int[], b bigint[], n numeric[]);
CREATE DOMAIN pair_domain AS pair;
CREATE FUNCTION rounded(n numeric) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE FUNCTION cast_out() RETURNS TABLE (z int, x bigint, e timestamp) LANGUAGE sql STABLE
AS 'SELECT u.z, u.x, t.e FROM u, t ORDER BY u.z';
CREATE FUNCTION day_of(v timestamp) RETURNS date LANGUAGE sql STABLE RETURN v;
CREATE FUNCTION pairs_of() RETURNS SETOF pairs LANGUAGE sql STABLE AS 'SELECT id, p FROM pairs';
CREATE FUNCTION dropped_of() RETURNS SETOF dropped LANGUAGE sql STABLE AS 'SELECT a, x FROM u';
CREATE FUNCTION dropped_row() RETURNS dropped LANGUAGE sql STABLE AS 'SELECT d FROM dropped d LIMIT 1';
CREATE FUNCTION record_of() RETURNS SETOF record LANGUAGE sql STABLE AS 'SELECT u FROM u WHERE a > 1';
CREATE FUNCTION out_of(OUT one int, OUT two text) RETURNS SETOF record LANGUAGE sql STABLE
AS 'SELECT ROW(x, y) FROM u';
CREATE FUNCTION either_of() RETURNS SETOF logged LANGUAGE sql STABLE
AS 'SELECT l FROM logged l UNION ALL SELECT ROW(x, y)::logged FROM u';
CREATE FUNCTION label(r t) RETURNS text LANGUAGE sql STABLE AS 'SELECT r.d || r.a';
CREATE FUNCTION label_twice(r t, s pair) RETURNS text LANGUAGE sql STABLE AS 'SELECT label(r) || s.two';
CREATE FUNCTION same_row(r t) RETURNS t LANGUAGE sql STABLE AS 'SELECT r';
CREATE FUNCTION logs(n int) RETURNS SETOF logged LANGUAGE sql
AS 'INSERT INTO logged SELECT a, d FROM t RETURNING a + n, b';
CREATE FUNCTION logs_first(n int) RETURNS int LANGUAGE sql
AS 'WITH l AS (INSERT INTO logged VALUES (n) RETURNING a) SELECT a FROM l; SELECT max(x) FROM u';
CREATE FUNCTION logs_atomic(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC
	WITH l AS (INSERT INTO logged VALUES (n) RETURNING a) SELECT a FROM l; SELECT max(x) FROM u; END;
CREATE FUNCTION makes_first() RETURNS int LANGUAGE sql
AS 'SELECT 1 AS n INTO TEMP made_first; SELECT max(x) FROM u';
CREATE FUNCTION by_path() RETURNS int LANGUAGE sql STABLE AS 'SELECT max(a) FROM t';
CREATE FUNCTION other_path() RETURNS int LANGUAGE sql STABLE SET search_path = other
AS 'SELECT public.by_path()';
CREATE FUNCTION by_role() RETURNS SETOF int LANGUAGE sql STABLE AS 'SELECT secret FROM guarded';
CREATE FUNCTION other_role() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT * FROM by_role()';

-- tables whose rows triggers may change
CREATE TABLE changed (id int PRIMARY KEY, v int, n int, g int GENERATED ALWAYS AS (n + 1) STORED);
CREATE FUNCTION change_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v := 0; RETURN NEW; END';
CREATE TRIGGER on_insert BEFORE INSERT ON changed FOR EACH ROW EXECUTE FUNCTION change_row();
CREATE TRIGGER on_v BEFORE UPDATE OF v ON changed FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION change_row();
CREATE TRIGGER on_g BEFORE UPDATE OF g ON changed FOR EACH ROW EXECUTE FUNCTION change_row();
CREATE TRIGGER on_delete BEFORE DELETE ON changed FOR EACH ROW EXECUTE FUNCTION do_nothing();
CREATE TABLE not_changed (id int, v int);
CREATE TRIGGER afterwards AFTER INSERT OR UPDATE OR DELETE ON not_changed FOR EACH ROW EXECUTE FUNCTION change_row();
CREATE TRIGGER by_statement BEFORE INSERT OR UPDATE OR DELETE ON not_changed EXECUTE FUNCTION do_nothing();
CREATE TRIGGER if_other BEFORE UPDATE ON not_changed FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TRIGGER turned_off BEFORE INSERT ON not_changed FOR EACH ROW EXECUTE FUNCTION change_row();
ALTER TABLE not_changed DISABLE TRIGGER turned_off;
CREATE TRIGGER on_replica BEFORE INSERT ON not_changed FOR EACH ROW EXECUTE FUNCTION change_row();
ALTER TABLE not_changed ENABLE REPLICA TRIGGER on_replica;
CREATE TABLE split (k int, v int) PARTITION BY RANGE (k);
CREATE TABLE split_low PARTITION OF split FOR VALUES FROM (0) TO (100);
CREATE TABLE split_rest PARTITION OF split DEFAULT;
CREATE TRIGGER on_all BEFORE INSERT ON split FOR EACH ROW EXECUTE FUNCTION change_row();
CREATE TRIGGER on_low BEFORE UPDATE ON split_low FOR EACH ROW EXECUTE FUNCTION change_row();
CREATE VIEW over_changed AS SELECT id AS i, v AS w FROM changed;

-- functions in SQL behind operators and an aggregate
CREATE FUNCTION add_sql(int, int) RETURNS int LANGUAGE sql STABLE AS 'SELECT $1 + max(x) FROM u WHERE a = $2';
CREATE OPERATOR |*| (LEFTARG = int, RIGHTARG = int, FUNCTION = add_sql);
CREATE OPERATOR !! (RIGHTARG = int, FUNCTION = same);
CREATE FUNCTION pair_sql(int, int) RETURNS pair LANGUAGE sql STABLE AS 'SELECT x, y FROM u WHERE a = $1';
CREATE OPERATOR |&| (LEFTARG = int, RIGHTARG = int, FUNCTION = pair_sql);
CREATE FUNCTION rows_sql(int, int) RETURNS SETOF int LANGUAGE sql STABLE AS 'SELECT x FROM u WHERE a > $1';
CREATE OPERATOR |^| (LEFTARG = int, RIGHTARG = int, FUNCTION = rows_sql);
CREATE FUNCTION equal_sql(int, text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT $1 = max(q) FROM w WHERE s = $2';
CREATE OPERATOR other.= (LEFTARG = int, RIGHTARG = text, FUNCTION = equal_sql);
CREATE AGGREGATE total_sql (int) (SFUNC = add_sql, STYPE = int, INITCOND = '0');
