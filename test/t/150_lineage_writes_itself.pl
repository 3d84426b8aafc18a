# Capture: what of each way to run a statement becomes an event, and what does
# not.  The sections are those of PostgreSQL's hooks: where a statement passes
# decides whether it is seen.  Each event is checked against OpenLineage.

use strict;
use warnings;
use utf8;

use DatazoneTest;
use DatazoneWorker;
use Encode ();
use JSON::PP;
use OpenLineage;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

use constant NAMESPACE => 'postgres://db.example.com:5432';

my $json = JSON::PP->new->utf8->canonical;
my $sim = start_simulator();
# Nothing is sent: the outbox shows all that there is.
my $node = new_worker_node('main', $sim, conf => qq{
	datazone.enabled = off
	datazone.dataset_namespace = '${\NAMESPACE}'
	datazone.capture_interval = 0
	max_prepared_transactions = 5
});
my $directory = $node->basedir;
my $last = 0;
my $said = '';

diag('without the published schemas of OpenLineage: events are checked by '
	  . 'the rules in OpenLineage.pm only')
  unless has_schemas();
setup();
views();
relations_of_queries();
materialized_views();
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
lifecycle();
job_names();
excluded();
statements();
facets();
foreign_tables();
unresolved();
too_large();
arrives();
$node->stop;
done_testing();

sub setup
{
	$node->safe_psql('postgres', q{
		CREATE TABLE src (id int PRIMARY KEY, a int, b text);
		CREATE TABLE dst (x int, y text, n bigint);
		CREATE TABLE detail (id int REFERENCES src ON DELETE CASCADE, q int);
		CREATE VIEW seen AS SELECT id, a, b FROM src WHERE a > 0;
		INSERT INTO src SELECT g, g, g::text FROM generate_series(1, 10) g;
		INSERT INTO detail VALUES (1, 1)});
	return;
}

# Run SQL with capture on; what it left is compared with lines of the form
# "job: inputs -> output (rows) column=source:KIND dataset=source:KIND CHANGE".
sub captured
{
	my ($name, $sql, @expected) = @_;

	my @events = events_of($sql);
	is_deeply([ map { summary($_) } @events ], \@expected, $name)
	  or diag($said);
	return @events;
}

sub events_of
{
	my ($sql, %options) = @_;
	my ($out, $err) = ('', '');
	my $code = $node->psql(
		'postgres', Encode::encode_utf8("SET datazone.capture = 'column';\n$sql"),
		stdout => \$out,
		stderr => \$err,
		on_error_stop => $options{may_fail} ? 0 : 1);

	$said = "$out\n$err";
	fail("failed: $said") if $code != 0;
	return new_events();
}

sub new_events
{
	my @rows = split /\n/, $node->safe_psql('postgres',
		"SELECT jsonb_build_object('id', id, 'event', payload)
		 FROM datazone_outbox_entry WHERE id > $last ORDER BY id");
	my @entries = map { $json->decode($_) } @rows;

	$last = $entries[-1]{id} if @entries;
	for my $entry (@entries)
	{
		my @problems = event_problems($entry->{event});
		is_deeply(\@problems, [], "valid: $entry->{event}{job}{name}")
		  if @problems;
	}
	return map { $_->{event} } @entries;
}

sub summary
{
	my ($event) = @_;
	my $output = $event->{outputs}[0];
	my $facets = $output->{facets};
	my $lineage = $facets->{columnLineage} // {};
	my @parts = (short($event->{job}{name}) . ':');

	push @parts, join(',', map { short($_->{name}) } @{ $event->{inputs} })
	  if @{ $event->{inputs} };
	push @parts, '->', short($output->{name});
	push @parts, "($output->{outputFacets}{outputStatistics}{rowCount})"
	  if $output->{outputFacets};
	push @parts, map { "$_=" . fields($lineage->{fields}{$_}{inputFields}) }
	  sort keys %{ $lineage->{fields} // {} };
	push @parts, 'dataset=' . fields($lineage->{dataset})
	  if @{ $lineage->{dataset} // [] };
	push @parts, $facets->{lifecycleStateChange}{lifecycleStateChange}
	  if $facets->{lifecycleStateChange};
	return join ' ', @parts;
}

sub fields
{
	my ($inputs) = @_;

	return join '+', sort map {
		my $input = $_;
		map { short($input->{name}) . ".$input->{field}:$_->{subtype}" }
		  @{ $input->{transformations} }
	} @$inputs;
}

sub short
{
	my ($name) = @_;

	$name =~ s/^postgres\.public\.//;
	$name =~ s/\Q$directory\E//;
	$name =~ s/^postgres\./db./ if $name =~ m{^postgres\./};
	return $name;
}

# The view is in the statement, and its table in the plan.
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
		CREATE TABLE audit (kind text, n bigint);
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
	captured('FROM the client', "COPY copied (t) FROM STDIN;\none\n\\.\n", 'copied: -> copied (1)');
	captured('through a temporary table',
		"CREATE TEMP TABLE loaded (k int, u text); COPY loaded FROM '$directory/out';
		 INSERT INTO dst (x, y) SELECT k, lower(u) FROM loaded; COPY loaded (u) TO '$directory/again'",
		'dst: /out -> dst (3) x=/out.k:IDENTITY y=/out.u:TRANSFORMATION',
		'db./again: /out -> /again (3) u=/out.u:IDENTITY');
	captured('in a READ ONLY transaction', "BEGIN READ ONLY; COPY src TO '$directory/read_only'; COMMIT");
	captured('COPY of INSERT ... RETURNING', "COPY (INSERT INTO dst (x) SELECT a FROM src RETURNING x) TO '$directory/returned'",
		'dst: src -> dst (9) x=src.a:IDENTITY');
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

sub parallel
{
	captured('workers', q{SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
			RESET datazone.capture; ALTER TABLE src SET (parallel_workers = 2); SET datazone.capture = 'column';
			CREATE TABLE gathered AS SELECT sum(a) AS s FROM src},
		'gathered: src -> gathered (1) s=src.a:AGGREGATION CREATE');
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

sub lifecycle
{
	captured('CREATE TABLE', 'CREATE TABLE life (k serial PRIMARY KEY, v text)', 'life: -> life CREATE');
	captured('TRUNCATE with what fills it again',
		'BEGIN; TRUNCATE life; INSERT INTO life (v) SELECT b FROM src; COMMIT',
		'life: src -> life (9) v=src.b:IDENTITY TRUNCATE');
	my ($renamed) = captured('RENAME', 'ALTER TABLE life RENAME TO death; ALTER TABLE death RENAME v TO w', 'death: -> death RENAME');
	is_deeply($renamed->{outputs}[0]{facets}{lifecycleStateChange}{previousIdentifier},
		{ namespace => NAMESPACE, name => 'postgres.public.life' }, 'from its former name');
	captured('SET SCHEMA, and back', 'BEGIN; ALTER TABLE death SET SCHEMA etl; ALTER TABLE etl.death SET SCHEMA public; COMMIT');
	captured('a table that is written anew is not another', 'ALTER TABLE death ALTER w TYPE varchar(7); CLUSTER death USING life_pkey');
	captured('DROP', 'DROP TABLE death', 'death: -> death DROP');
	captured('made, renamed and dropped in one transaction',
		'BEGIN; CREATE TABLE brief (k int); ALTER TABLE brief RENAME TO briefer; INSERT INTO briefer SELECT a FROM src; DROP TABLE briefer; COMMIT');
	captured('made and renamed in one transaction', 'BEGIN; CREATE TABLE life AS SELECT a FROM src; ALTER TABLE life RENAME TO life2; COMMIT',
		'life2: src -> life2 (9) a=src.a:IDENTITY CREATE');
	captured('dropped and made again in one transaction', 'BEGIN; DROP TABLE life2; CREATE TABLE life2 AS SELECT b FROM src; COMMIT',
		'life2: src -> life2 (9) b=src.b:IDENTITY OVERWRITE');
	captured('with a schema', 'CREATE SCHEMA doomed CREATE TABLE t (k int) CREATE TABLE u (k int); DROP SCHEMA doomed CASCADE',
		'postgres.doomed.t: -> postgres.doomed.t CREATE', 'postgres.doomed.u: -> postgres.doomed.u CREATE',
		'postgres.doomed.u: -> postgres.doomed.u DROP', 'postgres.doomed.t: -> postgres.doomed.t DROP');
	captured('temporary tables have none', 'CREATE TEMP TABLE t (k int); TRUNCATE t; ALTER TABLE t RENAME TO u; DROP TABLE u');
	captured('created twice within the interval, it is told twice',
		q{SET datazone.capture_interval = '1h'; CREATE TABLE twice (k int); DROP TABLE twice; CREATE TABLE twice (k int); DROP TABLE twice},
		('twice: -> twice CREATE', 'twice: -> twice DROP') x 2);
	return;
}

sub job_names
{
	captured('a function that a SELECT calls, a trigger, a setting',
		q{SELECT body(1) FROM src WHERE id = 1; SET datazone.job_name = 'nightly'; SELECT body(1)},
		'public.body.dst: src -> dst (1) x=src.a:IDENTITY dataset=src.id:FILTER',
		'nightly: src -> dst (1) x=src.a:IDENTITY dataset=src.id:FILTER');
	captured('one that fails does not name what comes after it',
		q{DO $$ BEGIN PERFORM looped(i / 0) FROM (VALUES (1)) v(i); EXCEPTION WHEN OTHERS THEN NULL; END $$;
			DO $$ BEGIN PERFORM looped(1 / (i - 1)) FROM (VALUES (1)) v(i); EXCEPTION WHEN OTHERS THEN NULL; END $$;
			INSERT INTO dst (x) SELECT a FROM src},
		'dst: src -> dst (9) x=src.a:IDENTITY');
	return;
}

sub excluded
{
	my @events = captured('what is excluded is neither source nor target',
		q{SET datazone.capture_exclude = 'detail, etl.*, public.au?it';
			INSERT INTO dst (x, n) SELECT src.a, detail.q FROM src LEFT JOIN detail USING (id) WHERE id > 2;
			INSERT INTO dst (x) SELECT a FROM src;
			INSERT INTO audit (n) SELECT a FROM src;
			CREATE TABLE etl.hidden AS SELECT a FROM src; DROP TABLE etl.hidden},
		'dst: src -> dst (8) x=src.a:IDENTITY dataset=src.id:FILTER+src.id:JOIN',
		'dst: src -> dst (9) x=src.a:IDENTITY');
	ok(!exists $events[0]{job}{facets}{sql}, 'nor in the statement');
	ok(exists $events[1]{job}{facets}{sql}, 'of which others are told');
	unlike($json->encode($_), qr/detail/, 'the name is nowhere') for @events;
	return;
}

sub sql_of
{
	return map { $_->{job}{facets}{sql}{query} } @_;
}

sub statements
{
	my $sql = q{INSERT INTO dst (x, y) -- a comment
		SELECT a, E'it\\'s' || 'secret' FROM src /* another */ WHERE id IN (1, 2.5e-3) AND b <> $q$x$q$};
	is_deeply([ sql_of(events_of("SELECT 1; $sql; SELECT 2")) ],
		['INSERT INTO dst (x, y) SELECT a, ? || ? FROM src WHERE id IN (?, ?) AND b <> ?'],
		'statements are told without their constants');
	is_deeply([ sql_of(events_of("SET datazone.capture_sql = 'full'; $sql; SELECT 2")) ],
		[$sql], 'or as they are');
	is_deeply([ sql_of(events_of("SET datazone.capture_sql = 'off'; $sql")) ], [undef], 'or not at all');
	is_deeply([ sql_of(events_of(q{BEGIN; INSERT INTO dst (x) SELECT a FROM src; INSERT INTO dst (n) SELECT id FROM src; COMMIT})) ],
		["INSERT INTO dst (x) SELECT a FROM src;\nINSERT INTO dst (n) SELECT id FROM src"], 'all of a job');
	is_deeply([ sql_of(events_of('SELECT body(3); SELECT atomic(3)')) ],
		[ 'INSERT INTO dst (x) SELECT a FROM src WHERE id = k', undef ], 'of a function its own');
	is_deeply([ sql_of(events_of('PREPARE p (int) AS INSERT INTO dst (x) SELECT a FROM src WHERE id = $1; EXECUTE p(5)')) ],
		['PREPARE p (int) AS INSERT INTO dst (x) SELECT a FROM src WHERE id = $1'], 'of a prepared one what was prepared');
	my ($long) = sql_of(events_of("SET datazone.capture_sql = 'full'; INSERT INTO dst (y) SELECT  '" . ("\x{e9}" x 10000) . "' FROM src"));
	is(length(Encode::encode_utf8($long)), 16383, 'a long one is cut, and not within a character');
	return;
}

sub facets
{
	$node->safe_psql('postgres', q{
		COMMENT ON TABLE dst IS 'where it goes'; COMMENT ON COLUMN dst.x IS 'the amount';
		COMMENT ON TABLE src IS 'where it is from'; COMMENT ON PROCEDURE etl.load IS 'the load'});
	my @events = events_of(q{CALL etl.load()});
	my $event = $events[0];
	my $output = $event->{outputs}[0]{facets};
	is($event->{job}{facets}{documentation}{description}, 'the load', 'comments are told: of the procedure');
	is($output->{documentation}{description}, 'where it goes', 'of the output');
	is($output->{schema}{fields}[0]{description}, 'the amount', 'of a column');
	is($event->{inputs}[0]{facets}{documentation}{description}, 'where it is from', 'and of the input');
	is_deeply({ map { $_ => $output->{dataSource}{$_} } qw(name uri) },
		{ name => NAMESPACE, uri => NAMESPACE . '/postgres' }, 'where a table is');
	is_deeply([ @{ $event->{job}{facets}{jobType} }{qw(processingType integration jobType)} ],
		[qw(BATCH POSTGRESQL PROCEDURE)], 'what kind of job it is');
	is($event->{run}{facets}{processing_engine}{name}, 'PostgreSQL', 'and what has run it');
	my @runs = map { $_->{run}{facets}{parent} } @events;
	is_deeply([ map { $_->{job}{name} } @runs ], [ ('etl.load') x 2 ], 'the parent is the procedure');
	isnt($runs[0]{run}{runId}, $runs[1]{run}{runId}, 'a run for each transaction');

	@events = events_of('BEGIN; INSERT INTO dst (x) SELECT a FROM src; INSERT INTO audit (n) SELECT a FROM src; COMMIT');
	@runs = map { $_->{run}{facets}{parent} } @events;
	is($runs[0]{run}{runId}, $runs[1]{run}{runId}, 'that its events have in common');
	is($runs[0]{job}{name}, 'postgres', 'else the database is the parent');
	isnt($events[0]{run}{runId}, $events[1]{run}{runId}, 'each with a run of its own');
	my $parent = 'flow/ns/daily/01234567-89ab-7def-8123-456789abcdef';
	($event) = events_of("SET datazone.parent_run = '$parent'; INSERT INTO dst (x) SELECT a FROM src");
	is_deeply($event->{run}{facets}{parent}{job}, { namespace => 'flow/ns', name => 'daily' }, 'or what the session says');
	($event) = events_of('WITH s AS (SELECT a, b FROM src WHERE id > 1) INSERT INTO dst (x, y) SELECT a, max(b) FROM s GROUP BY a');
	is_deeply($event->{outputs}[0]{facets}{columnLineage}{fields}{y}{inputFields},
		[ { namespace => NAMESPACE, name => 'postgres.public.src', field => 'b',
			transformations => [ { type => 'DIRECT', subtype => 'AGGREGATION' } ] } ], 'transformations are told');
	return;
}

sub foreign_tables
{
  SKIP:
	{
		skip 'postgres_fdw or file_fdw is not installed', 1
		  if $node->safe_psql('postgres',
			q{SELECT count(*) FROM pg_available_extensions WHERE name IN ('postgres_fdw', 'file_fdw')}) != 2;
		my $port = $node->port;
		my $host = $node->host;
		$node->safe_psql('postgres', qq{
			CREATE EXTENSION postgres_fdw; CREATE EXTENSION file_fdw;
			CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$host', port '$port', dbname 'postgres');
			CREATE USER MAPPING FOR CURRENT_USER SERVER here;
			CREATE TABLE remote (id int, v text); INSERT INTO remote VALUES (1, 'a');
			CREATE FOREIGN TABLE far (k int OPTIONS (column_name 'id'), v text) SERVER here OPTIONS (schema_name 'public', table_name 'remote');
			CREATE SERVER named FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'warehouse.example', dbname 'sales');
			CREATE FOREIGN TABLE away (k int OPTIONS (column_name 'id')) SERVER named OPTIONS (schema_name 'mart', table_name 'orders');
			CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
			CREATE FOREIGN TABLE lines (line text) SERVER files OPTIONS (filename '$directory/lines')});
		$node->safe_psql('postgres', "COPY src (b) TO '$directory/lines'");
		captured('a foreign table without a host is known by its own name', 'INSERT INTO dst (x) SELECT k FROM far',
			'dst: far -> dst (1) x=far.id:IDENTITY') if $host =~ m{^/};
		captured('a file', 'INSERT INTO dst (y) SELECT line FROM lines', 'dst: /lines -> dst (9) y=/lines.line:IDENTITY');
		my ($event) = events_of('INSERT INTO dst (x) SELECT k FROM away WHERE false');
		is_deeply([ @{ $event->{inputs}[0] }{qw(namespace name)} ], [ 'postgres://warehouse.example:5432', 'sales.mart.orders' ],
			'one elsewhere by what it is there');
		is($event->{outputs}[0]{facets}{columnLineage}{fields}{x}{inputFields}[0]{field}, 'id', 'its columns too');
	}
	return;
}

sub unresolved
{
	my ($event) = events_of(q{CREATE FUNCTION opaque(k int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN k; END';
		INSERT INTO dst (x) SELECT opaque(a) FROM src});
	my $facet = $event->{run}{facets}{extractionError};
	is_deeply([ map { $_->{errorMessage} } @{ $facet->{errors} } ],
		['function public.opaque(integer) is not looked into: its language is plpgsql'], 'what is not known is said');
	is_deeply([ @$facet{qw(totalTasks failedTasks)} ], [ 1, 1 ], 'and of how many statements');
	return;
}

# As it is left out, one after the other: see doc/lineage.md.
sub too_large
{
	my $columns = sub {
		my ($n, $length) = @_;
		return join ', ', map { sprintf('c%04d%s text', $_, 'x' x $length) } 1 .. $n;
	};
	my $cut = $node->safe_psql('postgres', 'SELECT lineage_cut FROM datazone_stat WHERE datname = current_database()');
	my @cases = (
		[ 'columns of the inputs', 700, 58, 0, 'columnLineage dataSource rows schema sql' ],
		[ 'statements', 765, 58, 2, 'columnLineage dataSource rows schema' ],
		[ 'columns of the output', 800, 58, 0, 'columnLineage dataSource rows' ],
		[ 'what decides about the row set', 850, 58, 1, 'columnLineage dataSource' ],
		[ 'column lineage', 1500, 58, 0, 'dataSource' ]);
	for my $case (@cases)
	{
		my ($what, $n, $length, $kind, $kept) = @$case;
		$node->safe_psql('postgres', "DROP TABLE IF EXISTS wide_in, wide_out;
			CREATE TABLE wide_in (${\$columns->($n, $length)}); CREATE TABLE wide_out (${\$columns->($n, $length)})");
		my ($event) = events_of(join ' ', "SET datazone.capture_sql = 'full'; INSERT INTO wide_out SELECT",
			$kind == 1 ? 'DISTINCT' : (), '* FROM wide_in', $kind == 2 ? "WHERE '" . ('x' x 15000) . "' <> ''" : ());
		my $facets = $event->{outputs}[0]{facets};
		cmp_ok(length(JSON::PP->new->utf8->encode($event)), '<=', 300_000, "$what: the event is not too large");
		like($event->{run}{facets}{extractionError}{errors}[-1]{errorMessage}, qr/^the event was too large: /, 'and says so');
		is($event->{inputs}[0]{name}, 'postgres.public.wide_in', 'its input is told');
		is(join(' ', sort(keys %$facets, $facets->{columnLineage} && exists $facets->{columnLineage}{dataset} ? 'rows' : (),
				exists $event->{job}{facets}{sql} ? 'sql' : ())), $kept, 'without what is before it, and itself');
	}
	is($node->safe_psql('postgres', 'SELECT lineage_cut FROM datazone_stat WHERE datname = current_database()') - $cut,
		scalar(@cases), 'each is counted');
	my $many = join ' UNION ALL ', map { "SELECT k FROM $_" }
	  map { 'many_' . ('y' x 50) . $_ } 1 .. 1200;
	$node->safe_psql('postgres', q{DO $$ BEGIN FOR i IN 1..1200 LOOP
		EXECUTE format('CREATE TABLE many_%s%s (k int)', repeat('y', 50), i); COMMIT; END LOOP; END $$});
	my ($event) = events_of("INSERT INTO dst (x) $many");
	cmp_ok(scalar(@{ $event->{inputs} }), '<=', 1200, 'and very many inputs are fewer');
	cmp_ok(length(JSON::PP->new->utf8->encode($event)), '<=', 300_000, 'if the event were too large else');
	return;
}

# With a worker: exactly these events, and no others.
sub arrives
{
	$node->safe_psql('postgres', 'DELETE FROM datazone_outbox_entry');
	$node->append_conf('postgresql.conf', 'datazone.enabled = on');
	$node->reload;
	$node->safe_psql('postgres', q{SET datazone.capture = 'column'; INSERT INTO dst (x) SELECT a FROM src; CALL etl.load()});
	poll_until(sub { $node->safe_psql('postgres', 'SELECT count(*) FROM datazone_delivery') >= 3 }, 'three events', 60);
	is_deeply([ sort map { short($json->decode($_->{body})->{job}{name}) } @{ $sim->control('GET', 'lineage?bodies=1')->{events} } ],
		[ 'dst', 'etl.load.dst', 'etl.load.dst' ], 'the service has the events, and no others');
	return;
}
