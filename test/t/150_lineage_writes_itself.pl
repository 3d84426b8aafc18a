# Capture: what of each way to run a statement becomes an event, and what does
# not.  The sections are those of PostgreSQL's hooks: where a statement passes
# decides whether it is seen.  Each event is checked against OpenLineage.

use strict;
use warnings;

use DatazoneCapture;
use DatazoneTest;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_capture_node($sim);
my $directory = $node->basedir;

views();
relations_of_queries();
materialized_views();
unlogged_tables();
prepared_statements();
functions();
triggers();
referential_integrity();
copies();
explained();
cursors();
several_targets();
partitions_and_views();
rules();
procedures();
dynamic();
parallel();
no_rows();
transactions();
catalogs();
$node->stop;
done_testing();

# The view is in the statement, and its table in the plan.
sub unresolved
{
	my ($event) = @_;

	return map { $_->{errorMessage} } @{ $event->{run}{facets}{extractionError}{errors} // [] };
}

sub views
{
	captured('a view is seen through',
		'INSERT INTO dst SELECT a, upper(b), id FROM seen WHERE id > 5',
		'dst: src -> dst (5) n=src.id:IDENTITY x=src.a:IDENTITY y=src.b:TRANSFORMATION dataset=src.a:FILTER+src.id:FILTER');
	captured('CREATE VIEW has no lineage of its own', 'CREATE VIEW v AS SELECT a FROM seen');
	captured(
		'unless views are named',
		q{SET datazone.capture_views = 'name';
			CREATE OR REPLACE VIEW v AS SELECT a FROM seen WHERE id > 1;
			CREATE VIEW w AS SELECT a + 1 AS k FROM v;
			INSERT INTO dst (x) SELECT k FROM w;
			CREATE TEMP VIEW t AS SELECT a FROM src},
		'v: seen -> v a=seen.a:IDENTITY dataset=seen.id:FILTER',
		'w: v -> w k=v.a:TRANSFORMATION CREATE',
		'dst: w -> dst (9) x=w.k:IDENTITY');
	captured(
		'and then views are dropped and renamed as tables are',
		q{SET datazone.capture_views = 'name'; ALTER VIEW w RENAME TO w2; DROP VIEW w2},
		'w2: -> w2 RENAME', 'w2: -> w2 DROP');
	return;
}

# The target is in the command only.
sub relations_of_queries
{
	captured('CREATE TABLE AS', 'CREATE TABLE made AS SELECT a AS k, count(*) AS n FROM src GROUP BY a',
		'made: src -> made (10) k=src.a:IDENTITY dataset=src.a:GROUP_BY CREATE');
	captured('IF NOT EXISTS makes nothing', 'CREATE TABLE IF NOT EXISTS made AS SELECT b FROM src');
	captured('WITH NO DATA has no lineage', 'CREATE TABLE empty AS SELECT b FROM src WITH NO DATA',
		'empty: -> empty CREATE');
	captured('SELECT INTO', 'SELECT b INTO made_too FROM src ORDER BY id',
		'made_too: src -> made_too (10) b=src.b:IDENTITY dataset=src.id:SORT CREATE');
	captured('CREATE TABLE AS EXECUTE, planned now',
		'PREPARE p (int) AS SELECT a AS k FROM src WHERE id < $1; CREATE TABLE executed AS EXECUTE p(4)',
		'executed: src -> executed (3) k=src.a:IDENTITY dataset=src.id:FILTER CREATE');
	captured('and planned before',
		'PREPARE p AS SELECT a AS k FROM src; EXECUTE p; EXECUTE p; CREATE TABLE executed_too AS EXECUTE p',
		'executed_too: src -> executed_too (10) k=src.a:IDENTITY CREATE');
	captured('within a function',
		q{DO $$ BEGIN CREATE TABLE in_do AS SELECT b FROM src; EXECUTE 'CREATE TABLE in_execute AS SELECT a FROM src'; END $$},
		'in_do: src -> in_do (10) b=src.b:IDENTITY CREATE',
		'in_execute: src -> in_execute (10) a=src.a:IDENTITY CREATE');
	captured('an event trigger\'s queries are not the command\'s', q{
		RESET datazone.capture;
		CREATE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS $$
			DECLARE many bigint; BEGIN SELECT count(*) INTO many FROM detail; END $$;
		CREATE EVENT TRIGGER noticed ON ddl_command_start EXECUTE FUNCTION noticed();
		SET datazone.capture = 'column';
		CREATE TABLE after_trigger AS SELECT b FROM src;
		RESET datazone.capture;
		DROP EVENT TRIGGER noticed},
		'after_trigger: src -> after_trigger (10) b=src.b:IDENTITY CREATE');
	return;
}

# No analysis, and internal SQL.
sub materialized_views
{
	captured('CREATE MATERIALIZED VIEW', 'CREATE MATERIALIZED VIEW mv AS SELECT a, b FROM seen',
		'mv: src -> mv (10) a=src.a:IDENTITY b=src.b:IDENTITY dataset=src.a:FILTER CREATE');
	captured('REFRESH', 'REFRESH MATERIALIZED VIEW mv',
		'mv: src -> mv (10) a=src.a:IDENTITY b=src.b:IDENTITY dataset=src.a:FILTER');
	captured('REFRESH CONCURRENTLY, once', 'RESET datazone.capture; CREATE UNIQUE INDEX ON mv (a);
			SET datazone.capture = \'column\'; REFRESH MATERIALIZED VIEW CONCURRENTLY mv',
		'mv: src -> mv (10) a=src.a:IDENTITY b=src.b:IDENTITY dataset=src.a:FILTER');
	return;
}

# Others see what is in them, until a crash.
sub unlogged_tables
{
	captured('an unlogged table is a dataset',
		'CREATE UNLOGGED TABLE staged AS SELECT a FROM src; INSERT INTO dst (x) SELECT a FROM staged; DROP TABLE staged',
		'staged: src -> staged (10) a=src.a:IDENTITY CREATE', 'dst: staged -> dst (10) x=staged.a:IDENTITY', 'staged: -> staged DROP');
	return;
}

# Plans are made for the first executions, and then none.
sub prepared_statements
{
	captured(
		'each execution, with plans of its own and the kept one',
		'PREPARE p (int) AS INSERT INTO dst (x) SELECT a FROM src WHERE id <= $1;'
		  . join('', map { "EXECUTE p($_);" } 1 .. 8),
		map { "dst: src -> dst ($_) x=src.a:IDENTITY dataset=src.id:FILTER" } 1 .. 8);
	captured(
		'a plan that DDL has made anew',
		q{SET plan_cache_mode = force_generic_plan;
			PREPARE p AS INSERT INTO dst (x) SELECT a FROM seen; EXECUTE p;
			RESET datazone.capture; CREATE OR REPLACE VIEW seen AS SELECT id, id AS a, b FROM src; SET datazone.capture = 'column';
			EXECUTE p; ALTER TABLE src RENAME id TO key; EXECUTE p; ALTER TABLE src RENAME key TO id;
			RESET datazone.capture; CREATE OR REPLACE VIEW seen AS SELECT id, a, b FROM src WHERE a > 0},
		'dst: src -> dst (10) x=src.a:IDENTITY dataset=src.a:FILTER',
		'dst: src -> dst (10) x=src.id:IDENTITY',
		'dst: src -> dst (10) x=src.key:IDENTITY');
	kept_plans_of_functions();
	return;
}

# A plan that is kept, of functions that the planner does not look into.
sub kept_plans_of_functions
{
	$node->safe_psql('postgres', q{
		CREATE TABLE old_source (k int, v int); CREATE TABLE new_source (k int, v int);
		INSERT INTO old_source SELECT g, g FROM generate_series(1, 10) g;
		CREATE VIEW source AS SELECT k, v FROM old_source;
		CREATE FUNCTION inner_of(n int) RETURNS int LANGUAGE sql STABLE AS 'SELECT max(v) FROM old_source WHERE k = n';
		CREATE FUNCTION outer_of(n int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT inner_of(n)';
		CREATE FUNCTION viewed(n int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT max(v) FROM source WHERE k = n';
		CREATE FUNCTION named(n int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT max(v) FROM old_source WHERE k = n'});
	my $kept = sub {
		my ($function, $change) = @_;
		return qq{SET plan_cache_mode = force_generic_plan;
			PREPARE p AS INSERT INTO dst (x) SELECT $function(id) FROM src; EXECUTE p; EXECUTE p;
			RESET datazone.capture; $change; SET datazone.capture = 'column'; EXECUTE p};
	};
	my $edges = sub {
		my ($source) = @_;
		return "dst: $source,src -> dst (10) x=$source.k:FILTER+$source.v:AGGREGATION+src.id:FILTER";
	};
	my @before = ($edges->('old_source')) x 2;
	captured('a kept plan, and a function that it calls',
		$kept->('named', q{CREATE OR REPLACE FUNCTION named(n int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
			AS 'SELECT max(v) FROM new_source WHERE k = n'}), @before, $edges->('new_source'));
	captured('one that this one calls',
		$kept->('outer_of', q{CREATE OR REPLACE FUNCTION inner_of(n int) RETURNS int LANGUAGE sql STABLE
			AS 'SELECT max(v) FROM new_source WHERE k = n'}), @before, $edges->('new_source'));
	captured('and a view that it reads from',
		$kept->('viewed', 'CREATE OR REPLACE VIEW source AS SELECT k, v FROM new_source'), @before, $edges->('new_source'));
	return;
}

# What the planner and the executor see of functions, or do not.
sub functions
{
	$node->safe_psql('postgres', q{
		CREATE FUNCTION atomic(k int) RETURNS void LANGUAGE sql
			BEGIN ATOMIC INSERT INTO dst (x) SELECT a FROM src WHERE id = k; END;
		CREATE FUNCTION body(k int) RETURNS void LANGUAGE sql AS
			'INSERT INTO dst (x) SELECT a FROM src WHERE id = k';
		CREATE FUNCTION looped(k int) RETURNS void LANGUAGE plpgsql AS $$
			BEGIN
				k := k + (SELECT 0);
				FOR i IN 1..k LOOP INSERT INTO dst (x) SELECT a FROM src WHERE id = i; END LOOP;
				EXECUTE 'INSERT INTO dst (n) SELECT id FROM src';
			END $$;
		CREATE FUNCTION inlined(k int) RETURNS TABLE (c int, d text) LANGUAGE sql STABLE AS
			'SELECT a, b FROM src WHERE id < k'});
	captured('a function in PL/pgSQL, called twice', 'SELECT looped(2); SELECT looped(3)',
		map { "public.looped.dst: src -> dst ($_) n=src.id:IDENTITY x=src.a:IDENTITY dataset=src.id:FILTER" } 12, 13);
	captured('a SQL function with a tree', 'SELECT atomic(1)',
		'public.atomic.dst: src -> dst (1) x=src.a:IDENTITY dataset=src.id:FILTER');
	captured('and with a text', 'SELECT body(1)',
		'public.body.dst: src -> dst (1) x=src.a:IDENTITY dataset=src.id:FILTER');
	captured('one that is inlined into a query', 'INSERT INTO dst (x, y) SELECT c, d FROM inlined(4)',
		'dst: src -> dst (3) x=src.a:IDENTITY y=src.b:IDENTITY dataset=src.id:FILTER');
	is($node->safe_psql('postgres', q{
		SET datazone.capture = 'column';
		CREATE FUNCTION one(k int) RETURNS int LANGUAGE sql AS 'SELECT k + 1 -- insert; update';
		EXPLAIN (VERBOSE, COSTS off) SELECT one(id) FROM src}),
		"Seq Scan on public.src\n  Output: (id + 1)",
		'a function that can be inlined still is');
	new_events();
	return;
}

sub triggers
{
	$node->safe_psql('postgres', q{
		CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO audit (kind) SELECT y FROM dst WHERE x = NEW.id; RETURN NULL; END $$;
		CREATE FUNCTION note_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO audit (n) SELECT id FROM added; RETURN NULL; END $$;
		CREATE TRIGGER note AFTER INSERT ON detail FOR EACH ROW EXECUTE FUNCTION note();
		CREATE TRIGGER note_all AFTER INSERT ON detail REFERENCING NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION note_all();
		DELETE FROM dst; INSERT INTO dst (x) VALUES (1), (2)});
	captured('a trigger for each row, and one with a transition table',
		'INSERT INTO detail (id) SELECT id FROM src WHERE id < 3',
		'public.note.audit: dst -> audit (2) kind=dst.y:IDENTITY dataset=dst.x:FILTER',
		'public.note_all.audit: detail -> audit (2) n=detail.id:IDENTITY',
		'detail: src -> detail (2) id=src.id:IDENTITY dataset=src.id:FILTER');
	$node->safe_psql('postgres', 'DROP TRIGGER note ON detail; DROP TRIGGER note_all ON detail');
	return;
}

sub referential_integrity
{
	captured('what a foreign key does is not the user\'s', 'DELETE FROM src WHERE id = 2',
		'src: src -> src (1) dataset=src.id:FILTER');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM detail WHERE id = 2'), 0, 'though it was done');
	$node->safe_psql('postgres', q{
		CREATE TABLE parent (k int PRIMARY KEY);
		CREATE TABLE cascaded (k int REFERENCES parent ON UPDATE CASCADE ON DELETE SET NULL);
		CREATE TABLE defaulted (k int DEFAULT 0 REFERENCES parent ON UPDATE SET DEFAULT ON DELETE SET DEFAULT);
		CREATE TABLE nulled (k int REFERENCES parent ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED);
		INSERT INTO parent VALUES (0), (1), (2);
		INSERT INTO cascaded VALUES (1), (2); INSERT INTO defaulted VALUES (1), (2); INSERT INTO nulled VALUES (1)});
	captured('on update, too: cascaded, set to NULL or the default, at once or deferred',
		'UPDATE parent SET k = k + 10 WHERE k = 1; DELETE FROM parent WHERE k = 2',
		'parent: parent -> parent (1) k=parent.k:TRANSFORMATION dataset=parent.k:FILTER',
		'parent: parent -> parent (1) dataset=parent.k:FILTER');
	is($node->safe_psql('postgres', q{
		SELECT string_agg(concat_ws(' ', t, coalesce(k::text, 'null')), ', ' ORDER BY t, k)
		FROM (SELECT 'cascaded' AS t, k FROM cascaded UNION ALL SELECT 'defaulted', k FROM defaulted UNION ALL SELECT 'nulled', k FROM nulled) u}),
		'cascaded 11, cascaded null, defaulted 0, defaulted 0, nulled null', 'each was done');
	return;
}

sub copies
{
	captured('COPY of a query to a file', "COPY (SELECT a AS k, upper(b) AS u FROM seen WHERE id > 7) TO '$directory/out'",
		'db./out: src -> /out (3) k=src.a:IDENTITY u=src.b:TRANSFORMATION dataset=src.a:FILTER+src.id:FILTER');
	captured('of a table', "COPY src (b, id) TO '$directory/table'",
		'db./table: src -> /table (9) b=src.b:IDENTITY id=src.id:IDENTITY');
	captured('to the client', 'COPY src TO STDOUT');
	captured('to a program', q{COPY src TO PROGRAM 'cat >/dev/null'});
	captured('of catalogs only', "COPY (SELECT relname FROM pg_class) TO '$directory/catalog'");
	captured('of what row-level security leaves', qq{
		RESET datazone.capture;
		CREATE ROLE reader; GRANT SELECT ON src TO reader; GRANT pg_write_server_files TO reader;
		ALTER TABLE src ENABLE ROW LEVEL SECURITY; CREATE POLICY large ON src USING (a > 5);
		SET datazone.capture = 'column';
		SET ROLE reader; COPY src (b) TO '$directory/secured'; RESET ROLE;
		RESET datazone.capture; DROP POLICY large ON src; ALTER TABLE src DISABLE ROW LEVEL SECURITY},
		'db./secured: src -> /secured (5) b=src.b:IDENTITY dataset=src.a:FILTER');
	captured('COPY FROM a file',
		"CREATE TABLE copied (id int, t text, twice int GENERATED ALWAYS AS (id * 2) STORED);
		 COPY copied (t, id) FROM '$directory/table' WHERE id > 8",
		'copied: -> copied CREATE',
		'copied: /table -> copied (2) id=/table.id:IDENTITY t=/table.t:IDENTITY twice=/table.id:TRANSFORMATION dataset=/table.id:FILTER');
	my ($event) = captured('FROM the client', "COPY copied (t) FROM STDIN;\none\n\\.\n", 'copied: -> copied (1)');
	is_deeply([ unresolved($event) ], ['rows come from the client'], 'of which nothing else is known');
	($event) = captured('through a temporary table, beside another source',
		"CREATE TEMP TABLE loaded (k int); COPY loaded FROM STDIN;\n1\n\\.\nINSERT INTO dst (x, y) SELECT k, b FROM loaded JOIN src ON id = k",
		'dst: src -> dst (1) y=src.b:IDENTITY dataset=src.id:JOIN');
	is_deeply([ unresolved($event) ], ['rows come from the client'], 'that is said as well');
	captured('through a temporary table',
		"CREATE TEMP TABLE loaded (k int, u text); COPY loaded FROM '$directory/out';
		 INSERT INTO dst (x, y) SELECT k, lower(u) FROM loaded; COPY loaded (u) TO '$directory/again'",
		'dst: /out -> dst (3) x=/out.k:IDENTITY y=/out.u:TRANSFORMATION',
		'db./again: /out -> /again (3) u=/out.u:IDENTITY');
	captured('in a READ ONLY transaction', "BEGIN READ ONLY; COPY src TO '$directory/read_only'; COMMIT");
	captured('also in one that has filled a temporary table',
		"CREATE TEMP TABLE loaded (k int); BEGIN READ ONLY; INSERT INTO loaded SELECT a FROM src; COPY loaded TO '$directory/read_only'; COMMIT;
		 INSERT INTO dst (n) SELECT k FROM loaded WHERE false", 'dst: src -> dst (0) n=src.a:IDENTITY');
	captured('one that has become that after it has written',
		'BEGIN; INSERT INTO dst (n) SELECT a FROM src WHERE false; INSERT INTO dst (n) SELECT a FROM src; SET TRANSACTION READ ONLY; COMMIT',
		'dst: src -> dst (9) n=src.a:IDENTITY');
	captured('COPY of INSERT ... RETURNING', "COPY (INSERT INTO dst (x) SELECT a FROM src RETURNING x) TO '$directory/returned'",
		'dst: src -> dst (9) x=src.a:IDENTITY', 'db./returned: dst -> /returned (9) x=dst.x:IDENTITY');
	captured('of DELETE ... RETURNING', "COPY (DELETE FROM dst WHERE n > 100 RETURNING x, upper(y) AS y) TO '$directory/returned'",
		'dst: dst -> dst (0) dataset=dst.n:FILTER',
		'db./returned: dst -> /returned (0) x=dst.x:IDENTITY y=dst.y:TRANSFORMATION dataset=dst.n:FILTER');
	captured('of what fills a temporary table',
		"CREATE TEMP TABLE loaded (k int); COPY (INSERT INTO loaded SELECT a FROM src RETURNING k) TO '$directory/returned';
		 COPY (WITH l AS (INSERT INTO loaded SELECT id FROM src RETURNING k) SELECT k FROM l) TO '$directory/returned';
		 INSERT INTO dst (n) SELECT k FROM loaded WHERE false",
		'db./returned: src -> /returned (9) k=src.a:IDENTITY', 'db./returned: src -> /returned (9) k=src.a:IDENTITY+src.id:IDENTITY',
		'dst: src -> dst (0) n=src.a:IDENTITY+src.id:IDENTITY');
	return;
}

sub explained
{
	captured('EXPLAIN', 'EXPLAIN INSERT INTO dst (x) SELECT a FROM src; EXPLAIN (ANALYZE off) CREATE TABLE never AS SELECT a FROM src');
	captured('PREPARE', 'PREPARE p AS INSERT INTO dst (x) SELECT a FROM src');
	captured('EXPLAIN ANALYZE, which runs', 'EXPLAIN ANALYZE INSERT INTO dst (x) SELECT a FROM src',
		'dst: src -> dst (9) x=src.a:IDENTITY');
	captured('of CREATE TABLE AS, too', 'EXPLAIN (ANALYZE) CREATE TABLE explained AS SELECT a FROM src',
		'explained: src -> explained a=src.a:IDENTITY CREATE');
	captured('and of CREATE TABLE AS EXECUTE',
		'PREPARE p AS SELECT a FROM src; EXECUTE p; EXPLAIN ANALYZE CREATE TABLE explained_too AS EXECUTE p;
		 EXPLAIN CREATE TABLE never AS EXECUTE p; EXPLAIN ANALYZE CREATE TABLE IF NOT EXISTS explained_too AS EXECUTE p',
		'explained_too: src -> explained_too a=src.a:IDENTITY CREATE');
	captured('of EXECUTE, too', 'PREPARE p AS INSERT INTO dst (x) SELECT a FROM src; EXPLAIN ANALYZE EXECUTE p',
		'dst: src -> dst (9) x=src.a:IDENTITY');
	return;
}

sub cursors
{
	captured('a cursor only reads; what is written at its place is known by the table',
		'BEGIN; DECLARE c CURSOR FOR SELECT * FROM dst FOR UPDATE; FETCH 2 FROM c;
		 UPDATE dst SET y = x::text WHERE CURRENT OF c; COMMIT',
		'dst: dst -> dst (1) y=dst.x:TRANSFORMATION');
	captured('a loop over a cursor, and over what was written',
		q{DO $$ DECLARE r record; BEGIN
			FOR r IN SELECT a FROM src LOOP INSERT INTO audit (n) VALUES (r.a); END LOOP;
			FOR r IN INSERT INTO dst (x) SELECT id FROM src RETURNING x LOOP NULL; END LOOP;
		END $$},
		'audit: -> audit (9)', 'dst: src -> dst (9) x=src.id:IDENTITY');
	captured('a cursor that outlasts its transaction runs to its end before that has',
		'BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT looped(1); COMMIT',
		'public.looped.dst: src -> dst (10) n=src.id:IDENTITY x=src.a:IDENTITY dataset=src.id:FILTER');
	return;
}

sub several_targets
{
	captured('MERGE', 'MERGE INTO dst USING src ON dst.x = src.id
			WHEN MATCHED THEN UPDATE SET y = src.b WHEN NOT MATCHED THEN INSERT (x) VALUES (src.a)',
		'dst: src,dst -> dst (' . merged() . ') x=src.a:IDENTITY y=src.b:IDENTITY dataset=dst.x:JOIN+src.id:JOIN');
	captured('ON CONFLICT', 'RESET datazone.capture; CREATE TABLE keyed (k int PRIMARY KEY, v text);
			SET datazone.capture = \'column\';
			INSERT INTO keyed SELECT id, b FROM src ON CONFLICT (k) DO UPDATE SET v = EXCLUDED.v || keyed.v',
		'keyed: src,keyed -> keyed (9) k=src.id:IDENTITY v=keyed.v:TRANSFORMATION+src.b:IDENTITY+src.b:TRANSFORMATION');
	captured('a CTE that writes; only the statement\'s own rows are counted',
		'WITH moved AS (DELETE FROM dst RETURNING x, y) INSERT INTO audit (n, kind) SELECT x, y FROM moved WHERE x > 3',
		'dst: -> dst',
		'audit: dst -> audit (' . $node->safe_psql('postgres', 'SELECT count(*) FROM dst WHERE x > 3') . ') kind=dst.y:IDENTITY n=dst.x:IDENTITY dataset=dst.x:FILTER');
	captured('of a table that both write nobody counts the rows',
		'WITH gone AS (DELETE FROM dst WHERE x > 100 RETURNING x), new AS (INSERT INTO audit (n) SELECT id FROM src)
		 INSERT INTO dst (x) SELECT a FROM src',
		'dst: src,dst -> dst x=src.a:IDENTITY dataset=dst.x:FILTER', 'audit: src -> audit n=src.id:IDENTITY');
	captured('nor of one that a CTE writes last',
		'WITH new AS (INSERT INTO audit (n) SELECT id FROM src), more AS (INSERT INTO detail (q) SELECT a FROM src)
		 INSERT INTO audit (n) SELECT a FROM src',
		'audit: src -> audit n=src.a:IDENTITY+src.id:IDENTITY',
		'detail: src -> detail q=src.a:IDENTITY');
	captured('SELECT with a CTE that writes', 'WITH new AS (INSERT INTO dst (x) SELECT a FROM src RETURNING x) SELECT * FROM new',
		'dst: src -> dst x=src.a:IDENTITY');
	return;
}

# How many rows MERGE will touch: it updates what there is of each, and adds
# the rest.
sub merged
{
	return $node->safe_psql('postgres',
		'SELECT count(*) FROM src LEFT JOIN dst ON dst.x = src.id');
}

sub partitions_and_views
{
	$node->safe_psql('postgres', q{
		CREATE TABLE parted (k int, v text) PARTITION BY RANGE (k);
		CREATE TABLE parted_1 (gone int, v text, k int); ALTER TABLE parted_1 DROP COLUMN gone;
		ALTER TABLE parted ATTACH PARTITION parted_1 FOR VALUES FROM (0) TO (100);
		CREATE VIEW updatable AS SELECT x AS p, y AS q FROM dst WHERE x > 0});
	captured('a partitioned table, and one of its partitions',
		'INSERT INTO parted SELECT id, b FROM src; INSERT INTO parted_1 (k) SELECT a FROM src; UPDATE parted SET v = v || k WHERE k < 3',
		'parted: src -> parted (9) k=src.id:IDENTITY v=src.b:IDENTITY',
		'parted: src -> parted (9) k=src.a:IDENTITY',
		'parted: parted -> parted (2) v=parted.k:TRANSFORMATION+parted.v:TRANSFORMATION dataset=parted.k:FILTER');
	captured('lifecycle of partitions is not that of the table', 'TRUNCATE parted_1; DROP TABLE parted_1');
	captured('through a view that can be updated', q{INSERT INTO updatable (p) SELECT id FROM src},
		'dst: src -> dst (9) x=src.id:IDENTITY');
	return;
}

sub rules
{
	$node->safe_psql('postgres', q{
		CREATE TABLE ruled (k int, v text);
		CREATE RULE also AS ON INSERT TO ruled DO ALSO INSERT INTO audit (n) VALUES (NEW.k);
		CREATE VIEW instead AS SELECT k FROM ruled WHERE false;
		CREATE RULE instead AS ON INSERT TO instead DO INSTEAD INSERT INTO audit (n, kind) SELECT NEW.k, b FROM src WHERE id = NEW.k});
	captured('what a rule adds, and what it puts instead',
		'INSERT INTO ruled (k) SELECT id FROM src; INSERT INTO instead SELECT a FROM src WHERE id < 4',
		'ruled: src -> ruled (9) k=src.id:IDENTITY',
		'audit: src -> audit n=src.id:IDENTITY',
		'audit: src -> audit (2) kind=src.b:IDENTITY n=src.a:IDENTITY dataset=src.a:FILTER+src.id:FILTER');
	return;
}

sub procedures
{
	$node->safe_psql('postgres', q{
		CREATE SCHEMA etl;
		CREATE PROCEDURE etl.load() LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO dst (x) SELECT a FROM src; COMMIT;
			INSERT INTO dst (n) SELECT id FROM src; ROLLBACK;
			PERFORM looped(1);
		END $$;
		CREATE PROCEDURE etl.all_of_it() LANGUAGE plpgsql AS $$ BEGIN CALL etl.load(); END $$});
	captured('a procedure that commits in between names the job, and the outermost one does',
		'CALL etl.load(); CALL etl.all_of_it()',
		map { ("$_.dst: src -> dst (9) x=src.a:IDENTITY",
			"$_.dst: src -> dst (10) n=src.id:IDENTITY x=src.a:IDENTITY dataset=src.id:FILTER") }
		  'etl.load', 'etl.all_of_it');
	captured('one that fails does not name what comes after it',
		q{DO $$ BEGIN CALL etl.load(); EXCEPTION WHEN OTHERS THEN NULL; END $$; INSERT INTO dst (x) SELECT a FROM src},
		'dst: src -> dst (9) x=src.a:IDENTITY');
	return;
}

sub dynamic
{
	captured('DO, and SQL that is made up',
		q{DO $$ BEGIN EXECUTE format('INSERT INTO %I (x) SELECT %I FROM src', 'dst', 'id') ; END $$},
		'dst: src -> dst (9) x=src.id:IDENTITY');
	return;
}

# The leader tells, and it alone: of the statement, and not of what workers ran
# of it and of a function's query.
sub parallel
{
	my $parallel = q{SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
		SET parallel_leader_participation = off; };
	$node->safe_psql('postgres', q{
		ALTER TABLE src SET (parallel_workers = 2);
		CREATE FUNCTION safe(k int) RETURNS int LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
			BEGIN RETURN (SELECT max(q) FROM detail) + k; END $$});
	captured('workers of CREATE TABLE AS',
		"$parallel EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) CREATE TABLE gathered AS SELECT sum(a) AS s FROM src",
		'gathered: src -> gathered s=src.a:AGGREGATION CREATE');
	like(said(), qr/Workers Planned: 2\s+Workers Launched: 2/, 'which really ran');
	captured('workers that run a function',
		"$parallel SET datazone.capture_views = 'name'; CREATE TABLE gathered_too AS SELECT sum(safe(a)) AS s FROM src;
		 EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) SELECT sum(safe(a)) FROM src",
		'gathered_too: src -> gathered_too (1) s=src.a:AGGREGATION CREATE');
	like(said(), qr/Workers Planned: 2\s+Workers Launched: 2/, 'and these');
	captured('workers of a COPY',
		"$parallel COPY (SELECT a, count(*) AS n FROM src GROUP BY a) TO '$directory/gathered'",
		'db./gathered: src -> /gathered (9) a=src.a:IDENTITY dataset=src.a:GROUP_BY');
	return;
}

sub no_rows
{
	captured('a statement that touches no row has run', 'INSERT INTO dst (x) SELECT a FROM src WHERE id < 0',
		'dst: src -> dst (0) x=src.a:IDENTITY dataset=src.id:FILTER');
	captured('one that only reads', 'SELECT count(*) FROM src');
	return;
}

sub transactions
{
	captured('what is rolled back, or fails, has none',
		q{BEGIN; INSERT INTO dst (x) SELECT a FROM src; CREATE TABLE gone AS SELECT 1; TRUNCATE audit; ROLLBACK;
			BEGIN; SAVEPOINT s; INSERT INTO dst (n) SELECT id FROM src; DROP TABLE audit CASCADE; ROLLBACK TO s; COMMIT;
			DO $$ BEGIN INSERT INTO dst (x) SELECT 1 / (a - a) FROM src; EXCEPTION WHEN OTHERS THEN NULL; END $$});
	captured('the same in several levels is one, and is counted together',
		q{BEGIN; INSERT INTO dst (x) SELECT a FROM src; SAVEPOINT s; INSERT INTO dst (x) SELECT a FROM src; RELEASE s;
			SAVEPOINT s; SAVEPOINT t; INSERT INTO dst (x) SELECT a FROM src; RELEASE t; INSERT INTO dst (x) SELECT a FROM src;
			RELEASE s; SAVEPOINT s; INSERT INTO dst (x) SELECT a FROM src; ROLLBACK TO s; COMMIT},
		'dst: src -> dst (36) x=src.a:IDENTITY');
	captured('a prepared transaction', q{BEGIN; INSERT INTO dst (x) SELECT a FROM src; PREPARE TRANSACTION 'p'; COMMIT PREPARED 'p'},
		'dst: src -> dst (9) x=src.a:IDENTITY');
	return;
}

sub catalogs
{
	captured('catalogs are no datasets, and our own tables are none', q{
		CREATE TABLE names AS SELECT relname::text FROM pg_class;
		SET allow_system_table_mods = on; UPDATE pg_description SET description = description WHERE false;
		SELECT datazone_watch('ds_orders', server => 'sim'); SELECT datazone_unwatch('ds_orders', server => 'sim')},
		'names: -> names (' . ($node->safe_psql('postgres', 'SELECT count(*) FROM pg_class')) . ') CREATE');
	return;
}
