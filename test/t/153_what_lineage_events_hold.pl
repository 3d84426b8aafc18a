# What events of captured lineage hold: names, facets, statements, what becomes
# of tables, and what is left out of an event that is too large.

use strict;
use warnings;
use utf8;

use DatazoneCapture;
use DatazoneTest;
use Encode ();
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $json = JSON::PP->new->utf8->canonical;
my $sim = start_simulator();
my $node = new_capture_node($sim);
my $directory = $node->basedir;

setup();
lifecycle();
job_names();
excluded();
refused_patterns();
statements();
facets();
foreign_tables();
unresolved();
too_large();
long_texts();
long_notes();
very_many_inputs();
arrives();
$node->stop;
done_testing();

sub lifecycle
{
	captured('CREATE TABLE', 'CREATE TABLE life (k serial PRIMARY KEY, v text)', 'life: -> life CREATE');
	captured('TRUNCATE with what fills it again',
		'BEGIN; TRUNCATE life; INSERT INTO life (v) SELECT b FROM src; COMMIT',
		'life: src -> life (10) v=src.b:IDENTITY TRUNCATE');
	my ($renamed) = captured('RENAME', 'ALTER TABLE life RENAME TO death; ALTER TABLE death RENAME v TO w', 'death: -> death RENAME');
	is_deeply($renamed->{outputs}[0]{facets}{lifecycleStateChange}{previousIdentifier},
		{ namespace => NAMESPACE, name => 'postgres.public.life' }, 'from its former name');
	captured('SET SCHEMA, and back', 'BEGIN; ALTER TABLE death SET SCHEMA etl; ALTER TABLE etl.death SET SCHEMA public; COMMIT');
	captured('a table that is written anew is not another', 'ALTER TABLE death ALTER w TYPE varchar(7); CLUSTER death USING life_pkey');
	captured('DROP', 'DROP TABLE death', 'death: -> death DROP');
	captured('made, renamed and dropped in one transaction',
		'BEGIN; CREATE TABLE brief (k int); ALTER TABLE brief RENAME TO briefer; INSERT INTO briefer SELECT a FROM src; DROP TABLE briefer; COMMIT');
	captured('made and renamed in one transaction', 'BEGIN; CREATE TABLE life AS SELECT a FROM src; ALTER TABLE life RENAME TO life2; COMMIT',
		'life2: src -> life2 (10) a=src.a:IDENTITY CREATE');
	captured('dropped and made again in one transaction', 'BEGIN; DROP TABLE life2; CREATE TABLE life2 AS SELECT b FROM src; COMMIT',
		'life2: src -> life2 (10) b=src.b:IDENTITY OVERWRITE');
	captured('what reads it reads what it was made from',
		'BEGIN; CREATE TABLE one AS SELECT a, upper(b) AS u FROM src WHERE id > 2; CREATE TABLE two (k int, v text);
		 INSERT INTO two SELECT a, u FROM one; INSERT INTO two SELECT k, v FROM two; INSERT INTO dst (x, y) SELECT k, lower(v) FROM two;
		 DROP TABLE one, two; COMMIT',
		'dst: src -> dst (16) x=src.a:IDENTITY y=src.b:TRANSFORMATION dataset=src.id:FILTER');
	captured('dropped after it was read, it is known by the name that it had',
		'BEGIN; INSERT INTO dst (y) SELECT b FROM life2; DROP TABLE life2; COMMIT',
		'dst: life2 -> dst (10) y=life2.b:IDENTITY', 'life2: -> life2 DROP');
	$node->safe_psql('postgres', 'CREATE TABLE rebuilt (gone int, k int, v text); ALTER TABLE rebuilt DROP COLUMN gone; INSERT INTO rebuilt VALUES (1)');
	my ($rebuilt) = captured('made anew from itself', 'BEGIN; CREATE TABLE anew AS SELECT k + 1 AS k, v FROM rebuilt; DROP TABLE rebuilt; ALTER TABLE anew RENAME TO rebuilt; COMMIT',
		'rebuilt: rebuilt -> rebuilt (1) k=rebuilt.k:TRANSFORMATION v=rebuilt.v:IDENTITY OVERWRITE');
	is($rebuilt->{outputs}[0]{facets}{dataSource}{uri}, NAMESPACE . '/postgres', 'it is where it was');
	swapped();
	captured('with a schema', 'CREATE SCHEMA doomed CREATE TABLE t (k int) CREATE TABLE u (k int); DROP SCHEMA doomed CASCADE',
		'postgres.doomed.t: -> postgres.doomed.t CREATE', 'postgres.doomed.u: -> postgres.doomed.u CREATE',
		'postgres.doomed.u: -> postgres.doomed.u DROP', 'postgres.doomed.t: -> postgres.doomed.t DROP');
	captured('temporary tables have none', 'CREATE TEMP TABLE t (k int); TRUNCATE t; ALTER TABLE t RENAME TO u; DROP TABLE u');
	captured('created twice within the interval, it is told twice',
		q{SET datazone.capture_interval = '1h'; CREATE TABLE twice (k int); DROP TABLE twice; CREATE TABLE twice (k int); DROP TABLE twice},
		('twice: -> twice CREATE', 'twice: -> twice DROP') x 2);
	return;
}

# A table is dropped under the name that it had when the transaction began.
sub swapped
{
	my $made = 'model: src -> model (10) k=src.a:IDENTITY OVERWRITE';

	$node->safe_psql('postgres', 'CREATE TABLE model AS SELECT a AS k FROM src');
	captured('renamed, made again and dropped',
		'BEGIN; ALTER TABLE model RENAME TO model_bak; CREATE TABLE model AS SELECT a AS k FROM src; DROP TABLE model_bak; COMMIT', $made);
	captured('after it has gone to another schema',
		'BEGIN; ALTER TABLE model SET SCHEMA etl; CREATE TABLE model AS SELECT a AS k FROM src; DROP TABLE etl.model; COMMIT', $made);
	captured('made under another name',
		'BEGIN; CREATE TABLE model__tmp AS SELECT a AS k FROM src; ALTER TABLE model RENAME TO model__backup;
		 ALTER TABLE model__tmp RENAME TO model; DROP TABLE model__backup; COMMIT', $made);
	captured('from itself, renamed twice and in subtransactions',
		'BEGIN; CREATE TABLE model__tmp AS SELECT k FROM model; SAVEPOINT a; ALTER TABLE model RENAME TO never; ROLLBACK TO a; SAVEPOINT b;
		 ALTER TABLE model RENAME TO once; RELEASE b; SAVEPOINT c; ALTER TABLE once RENAME TO twice; ALTER TABLE model__tmp RENAME TO model; DROP TABLE twice; COMMIT',
		'model: model -> model (10) k=model.k:IDENTITY OVERWRITE');
	captured('and dropped by the next transaction',
		'BEGIN; CREATE TABLE model__tmp AS SELECT a AS k FROM src; ALTER TABLE model RENAME TO model__backup; ALTER TABLE model__tmp RENAME TO model; COMMIT;
		 DROP TABLE model__backup',
		'model__backup: -> model__backup RENAME', $made, 'model__backup: -> model__backup DROP');
	my $backups = "SET datazone.capture_exclude = '*__backup'";
	my @events = captured('where the name between is excluded', "$backups; BEGIN; INSERT INTO dst (x) SELECT k FROM model;
		ALTER TABLE model RENAME TO model__backup; CREATE TABLE model AS SELECT a AS k FROM src; DROP TABLE model__backup; COMMIT",
		'dst: model -> dst (10) x=model.k:IDENTITY', $made);
	push @events, captured('and the table stays', "$backups; BEGIN; ALTER TABLE model RENAME TO model__backup; CREATE TABLE model AS SELECT a AS k FROM src; COMMIT;
		BEGIN; SAVEPOINT a; ALTER TABLE model__backup RENAME TO other; ROLLBACK TO a; DROP TABLE model__backup; COMMIT", $made);
	unlike($json->encode($_), qr/backup/, 'that name is nowhere') for @events;
	captured('read, renamed and dropped, and not made again',
		'BEGIN; INSERT INTO dst (x) SELECT k FROM model; ALTER TABLE model RENAME TO model_bak; INSERT INTO dst (n) SELECT k FROM model_bak; DROP TABLE model_bak; COMMIT',
		'dst: model -> dst (20) n=model.k:IDENTITY x=model.k:IDENTITY', 'model: -> model DROP');
	return;
}

sub setup
{
	$node->safe_psql('postgres', q{
		CREATE FUNCTION atomic(k int) RETURNS void LANGUAGE sql
			BEGIN ATOMIC INSERT INTO dst (x) SELECT a FROM src WHERE id = k; END;
		CREATE FUNCTION body(k int) RETURNS void LANGUAGE sql AS
			'INSERT INTO dst (x) SELECT a FROM src WHERE id = k';
		CREATE FUNCTION looped(k int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
			FOR i IN 1..k LOOP INSERT INTO dst (x) SELECT a FROM src WHERE id = i; END LOOP; END $$;
		CREATE TABLE ruled (k int);
		CREATE RULE also AS ON INSERT TO ruled DO ALSO INSERT INTO audit (n) VALUES (NEW.k);
		CREATE SCHEMA etl;
		CREATE PROCEDURE etl.load() LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO dst (x) SELECT a FROM src; COMMIT;
			INSERT INTO dst (n) SELECT id FROM src;
		END $$});
	return;
}

sub job_names
{
	captured('a function that a SELECT calls, a trigger, a setting',
		q{SELECT body(1) FROM src WHERE id = 1; SET datazone.job_name = 'nightly'; SELECT body(1)},
		'public.body.dst: src -> dst (1) x=src.a:IDENTITY dataset=src.id:FILTER',
		'nightly: src -> dst (1) x=src.a:IDENTITY dataset=src.id:FILTER');
	my @jobs = map { $_->{job} } events_of(q{SELECT body(1); SET datazone.job_namespace = 'warehouse'; SELECT body(1)});
	is_deeply([ map { "$_->{namespace} $_->{name}" } @jobs ],
		[ map { "$_ public.body.dst" } NAMESPACE, 'warehouse' ], 'in a namespace of its own, or in that of the datasets');
	captured('one that fails does not name what comes after it',
		q{DO $$ BEGIN PERFORM looped(i / 0) FROM (VALUES (1)) v(i); EXCEPTION WHEN OTHERS THEN NULL; END $$;
			DO $$ BEGIN PERFORM looped(1 / (i - 1)) FROM (VALUES (1)) v(i); EXCEPTION WHEN OTHERS THEN NULL; END $$;
			INSERT INTO dst (x) SELECT a FROM src},
		'dst: src -> dst (10) x=src.a:IDENTITY');
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
		'dst: src -> dst (10) x=src.a:IDENTITY');
	ok(!exists $events[0]{job}{facets}{sql}, 'nor in the statement');
	ok(exists $events[1]{job}{facets}{sql}, 'of which others are told');
	unlike($json->encode($_), qr/detail/, 'the name is nowhere') for @events;
	@events = captured('a pattern may name the database',
		q{SET datazone.capture_exclude = 'other.public.src, post*.pub*.detail';
			INSERT INTO dst (x, n) SELECT src.a, detail.q FROM src LEFT JOIN detail USING (id) WHERE id > 2},
		'dst: src -> dst (8) x=src.a:IDENTITY dataset=src.id:FILTER+src.id:JOIN');
	ok(!exists $events[0]{job}{facets}{sql}, 'as in the statement');
	captured('blanks around names do not count', q{SET datazone.capture_exclude = ' public . dst , audit '; INSERT INTO dst (x) SELECT a FROM src});
	return;
}

# Nobody is to rely on a pattern that names nothing.
sub refused_patterns
{
	my $few = qr/A pattern has three parts at most: database\.schema\.name\./;
	my $empty = qr/A pattern, or a part of one, is empty\./;
	my $quote = qr/Names are written as they are stored, without quotes\./;

	for (['a.b.c.d', $few], ['a,,b', $empty], [',', $empty], ['a,', $empty], ['a..b', $empty], ['.b', $empty], ['a. ', $empty],
		['"Foo', $quote], ['"Foo"', $quote])
	{
		my ($value, $why) = @$_;
		my $err = '';
		$node->psql('postgres', "SET datazone.capture_exclude = '$value'", stderr => \$err);
		like($err, qr/invalid value for parameter "datazone\.capture_exclude".*DETAIL:  $why/s, "'$value' is refused");
	}
	is($node->safe_psql('postgres', "SET datazone.capture_exclude = ' '; SELECT 'set'"), 'set', 'none at all is none');
	$node->append_conf('postgresql.conf', "datazone.capture_exclude = 'a,,b'");
	$node->restart;
	is($node->safe_psql('postgres', 'SHOW datazone.capture_exclude'), '', 'in postgresql.conf it is not set, and the server starts');
	like(slurp_file($node->logfile), qr/WARNING:  invalid value for parameter "datazone\.capture_exclude": "a,,b"/, 'of which the log tells');
	$node->append_conf('postgresql.conf', "datazone.capture_exclude = ''");
	return;
}

sub sql_of
{
	return map { $_->{job}{facets}{sql}{query} } @_;
}

# SQL that the client sends as one string.
sub one_string
{
	my ($sql) = @_;

	$node->command_ok([ 'psql', '-XAtq', '-d', $node->connstr('postgres') . q{ options='-c datazone.capture=column'}, '-c', $sql ], "$sql: as one string");
	return new_events();
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
	is_deeply([ sql_of(events_of("INSERT INTO dst (y) SELECT E'it' -- goes on\n\n 'is\\' secret' || 'a' FROM src")) ],
		['INSERT INTO dst (y) SELECT ? || ? FROM src'], 'a constant of several lines is one');
	is_deeply([ sql_of(events_of(q{BEGIN; SET LOCAL standard_conforming_strings = off; SET LOCAL escape_string_warning = off;
			INSERT INTO dst (y) SELECT 'it\'s a secret' || N'it\'s another' FROM src; SET LOCAL standard_conforming_strings = on; COMMIT})) ],
		['INSERT INTO dst (y) SELECT ? || ? FROM src'], 'read as they were read when the statement ran')
	  if $node->safe_psql('postgres', 'SHOW server_version_num') < 190000;
	is_deeply([ sql_of(events_of(q{BEGIN; INSERT INTO dst (x) SELECT a FROM src; INSERT INTO dst (n) SELECT id FROM src; COMMIT})) ],
		["INSERT INTO dst (x) SELECT a FROM src;\nINSERT INTO dst (n) SELECT id FROM src"], 'all of a job');
	is_deeply([ sql_of(events_of('SELECT body(3); SELECT atomic(3)')) ],
		[ 'INSERT INTO dst (x) SELECT a FROM src WHERE id = k', undef ], 'of a function its own');
	is_deeply([ sql_of(events_of('CREATE PROCEDURE stored() BEGIN ATOMIC INSERT INTO dst (x) SELECT a FROM src; END; CALL stored(); DROP PROCEDURE stored')) ],
		[undef], 'of a stored body none');
	is_deeply([ sql_of(events_of('CREATE TEMP TABLE own AS SELECT a FROM src; INSERT INTO dst (x) SELECT a FROM own')) ],
		['INSERT INTO dst (x) SELECT a FROM own'], 'nor of what only fills a temporary table');
	is_deeply([ sql_of(events_of('CREATE TABLE short_lived (k int); TRUNCATE short_lived; DROP TABLE short_lived')) ],
		[ undef, undef, undef ], 'nor where there are no rows');
	is_deeply([ sql_of(events_of('PREPARE p (int) AS INSERT INTO dst (x) SELECT a FROM src WHERE id = $1; EXECUTE p(5)')) ],
		['PREPARE p (int) AS INSERT INTO dst (x) SELECT a FROM src WHERE id = $1'], 'of a prepared one what was prepared');
	is_deeply([ sql_of(events_of("INSERT INTO ruled SELECT id FROM src; SELECT 'secret'")) ], [ 'INSERT INTO ruled SELECT id FROM src', undef ],
		'of a rule\'s action, which is somewhere else, none');
	# from 18 on the server says where it is, and before it may be anywhere
	my ($beside) = sql_of(one_string("SELECT 'secret' AS s; EXPLAIN ANALYZE INSERT INTO dst (x) SELECT a FROM src"));
	like($beside // '', qr/^(?:INSERT INTO dst \(x\) SELECT a FROM src)?$/, 'nor what stands beside one that EXPLAIN runs');
	like((sql_of(one_string('EXPLAIN ANALYZE INSERT INTO dst (x) SELECT a FROM src;')))[0],
		qr/^(?:EXPLAIN ANALYZE )?INSERT INTO dst \(x\) SELECT a FROM src$/, 'where nothing does, it is told');
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
	is((events_of('INSERT INTO dst (x) SELECT a FROM src'))[0]{job}{facets}{jobType}{jobType}, 'QUERY', 'a statement of its own is another kind');
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
	is($event->{run}{facets}{parent}{run}{runId}, '01234567-89ab-7def-8123-456789abcdef', 'and its run');
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
		captured('a file', 'INSERT INTO dst (y) SELECT line FROM lines', 'dst: /lines -> dst (10) y=/lines.line:IDENTITY');
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
	is_deeply([ map { [ map { $_->{errorMessage} } @{ $_->{run}{facets}{extractionError}{errors} // [] } ] } events_of(q{
			CREATE TABLE halves (k int, v int) PARTITION BY LIST (k); CREATE TABLE half PARTITION OF halves DEFAULT;
			CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v := 0; RETURN NEW; END';
			CREATE TRIGGER stamp BEFORE INSERT ON half FOR EACH ROW EXECUTE FUNCTION stamp();
			INSERT INTO half SELECT a, id FROM src; SET datazone.capture_exclude = 'half'; INSERT INTO half SELECT a, id FROM src; RESET datazone.capture_exclude;
			BEGIN; INSERT INTO half SELECT a, id FROM src; DROP TRIGGER stamp ON half; COMMIT; DROP TABLE halves}) ],
		[ [], ['trigger stamp of table public.half may change its rows'], ['a trigger may change rows that are written'], [], [] ],
		'of a trigger, too, without the name of what is excluded');
	return;
}

# As it is left out, one after the other: see doc/lineage.md.
sub too_large
{
	my $columns = sub {
		my ($n, $length) = @_;
		return join ', ', map { sprintf('c%04d%s text', $_, 'x' x $length) } 1 .. $n;
	};
	my $cut = counter('lineage_cut');
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
		is_cut($what, $event);
		is($event->{inputs}[0]{name}, 'postgres.public.wide_in', 'its input is told');
		is(join(' ', sort(keys %$facets, $facets->{columnLineage} && exists $facets->{columnLineage}{dataset} ? 'rows' : (),
				exists $event->{job}{facets}{sql} ? 'sql' : ())), $kept, 'without what is before it, and itself');
	}
	is(counter('lineage_cut') - $cut, scalar(@cases), 'each is counted');
	return;
}

# An event that is cut says so, and has no more than the service takes.
sub is_cut
{
	my ($what, $event) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;

	cmp_ok(length(JSON::PP->new->utf8->encode($event)), '<=', 300_000, "$what: the event is not too large");
	like($event->{run}{facets}{extractionError}{errors}[-1]{errorMessage}, qr/^the event was too large: /, 'and says so');
	return;
}

# What users have written may be of any length.
sub long_texts
{
	my $x = 'x' x 300_000;
	$node->safe_psql('postgres', "COMMENT ON PROCEDURE etl.load IS '$x'");
	my ($event) = events_of('CALL etl.load()');
	is_cut('a comment', $event);
	is(summary($event), 'etl.load.dst: src -> dst (10) x=src.a:IDENTITY', 'it has all else');
	is(join(' ', sort keys %{ $event->{job}{facets} }), 'jobType sql', 'but the comment');
	$node->safe_psql('postgres', 'COMMENT ON PROCEDURE etl.load IS NULL');

	# a byte of the database may be six of the event
	$node->safe_psql('postgres', q{DO $$ BEGIN EXECUTE format('COMMENT ON TABLE src IS %L', repeat(E'\x01', 60000)); END $$});
	($event) = events_of('INSERT INTO dst (x) SELECT a FROM src');
	is_cut('a comment of control characters', $event);
	$node->safe_psql('postgres', q{COMMENT ON TABLE src IS NULL});

	for my $letter ('x', "\x{e9}", '\x01')
	{
		($event) = events_of("SELECT set_config('datazone.job_name', repeat(E'$letter', 300000), false); INSERT INTO dst (x) SELECT a FROM src");
		is_cut("a job's name of $letter", $event);
		is($event->{inputs}[0]{name}, 'postgres.public.src', 'its input is told');
		is(length(Encode::encode_utf8($event->{job}{name})), 1000, 'and the beginning of the name');
	}
	return;
}

# Each function says what is not known of it, in so many words.
sub long_notes
{
	my $type = 'a_type_' . ('t' x 56);
	my @functions = map { 'unknown_' . $_ } 1 .. 20;
	my $call = join ', ', ("NULL::\"$type\".\"$type\"") x 99;

	$node->safe_psql('postgres', join ';', "CREATE SCHEMA $type; CREATE DOMAIN $type.$type AS int",
		map { "CREATE FUNCTION $_(a int, " . join(', ', ("$type.$type") x 99) . ") RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'" } @functions);
	my ($event) = events_of("SELECT set_config('datazone.job_name', repeat('x', 100000), false);
		INSERT INTO dst (x) SELECT " . join(' + ', map { "$_(a, $call)" } @functions) . ' FROM src');
	my @errors = map { $_->{errorMessage} } @{ $event->{run}{facets}{extractionError}{errors} };
	is_cut('what is not known', $event);
	is(scalar(grep { /^function public\.unknown_\d+\(integer,/ && length == 1000 } @errors), 20, 'the beginning of each');
	is($event->{inputs}[0]{name}, 'postgres.public.src', 'and the input');
	return;
}

sub very_many_inputs
{
	my $n = 1700;
	my $long = 'y' x 58;
	my $cut = counter('lineage_cut');
	$node->safe_psql('postgres', qq{CREATE SCHEMA many_$long; DO \$\$ BEGIN FOR i IN 1..$n LOOP
		EXECUTE format('CREATE TABLE many_$long.t%s%s (k int)', lpad(i::text, 4, '0'), repeat('z', 58)); COMMIT; END LOOP; END \$\$});
	my ($event) = events_of(join ' ', 'BEGIN;', (map {
		my $from = $_;
		'INSERT INTO dst (x) ' . join(' UNION ALL ', map { sprintf("SELECT k FROM many_$long.t%04d%s", $_, 'z' x 58) } $from .. $from + 424) . ';'
	  } map { $_ * 425 + 1 } 0 .. 3), 'COMMIT');
	is_cut('very many inputs', $event);
	is(scalar(@{ $event->{inputs} }), $n / 2, 'half of them are left');
	is(scalar(grep { $_->{name} =~ /^postgres\.many_y{58}\.t\d{4}z{58}\z/ && !exists $_->{facets} } @{ $event->{inputs} }), $n / 2, 'by their names');
	is(summary($event) =~ s/^dst: \S+ //r, '-> dst (0)', 'and nothing else');
	is(counter('lineage_cut') - $cut, 1, 'counted once');
	return;
}

# With a worker: exactly these events arrive, and no others.
sub arrives
{
	$node->safe_psql('postgres', 'DELETE FROM datazone_outbox_entry');
	my $sql = join ';', q{SET datazone.capture = 'column'}, 'INSERT INTO dst (x) SELECT a FROM src', 'CALL etl.load()',
	  'SELECT count(*) FROM src', 'BEGIN; INSERT INTO dst (x) SELECT a FROM src; ROLLBACK',
	  'CREATE TABLE sent AS SELECT a, upper(b) AS u FROM seen WHERE id > 2', 'EXPLAIN INSERT INTO dst (x) SELECT a FROM src',
	  'CREATE TEMP TABLE between AS SELECT b FROM src', 'INSERT INTO sent (u) SELECT b FROM between',
	  'BEGIN; UPDATE sent SET u = src.b FROM src WHERE src.a = sent.a; INSERT INTO audit (n) SELECT a FROM sent; COMMIT',
	  "COPY (SELECT a FROM src) TO '$directory/sent'", 'ALTER TABLE sent RENAME TO sent_too', 'TRUNCATE sent_too', 'DROP TABLE sent_too';
	$node->safe_psql('postgres', $sql);
	my @expected = new_events();
	my $marker = 'a marker';
	is_deeply([ map { summary($_) } @expected ],
		[ 'dst: src -> dst (10) x=src.a:IDENTITY',
			'etl.load.dst: src -> dst (10) x=src.a:IDENTITY',
			'etl.load.dst: src -> dst (10) n=src.id:IDENTITY',
			'sent: src -> sent (8) a=src.a:IDENTITY u=src.b:TRANSFORMATION dataset=src.a:FILTER+src.id:FILTER CREATE',
			'sent: src -> sent (10) u=src.b:IDENTITY',
			'sent: src,sent -> sent (8) u=src.b:IDENTITY dataset=sent.a:FILTER+src.a:FILTER',
			'audit: sent -> audit (18) n=sent.a:IDENTITY',
			'db./sent: src -> /sent (10) a=src.a:IDENTITY',
			'sent_too: -> sent_too RENAME', 'sent_too: -> sent_too TRUNCATE', 'sent_too: -> sent_too DROP' ],
		'what waits to be sent');

	$node->append_conf('postgresql.conf', 'datazone.enabled = on');
	$node->reload;
	drained();
	my @arrived = $sim->lineage;
	is_deeply(by_run(map { $json->decode($_->{body}) } @arrived), by_run(@expected), 'the service has these events, each as a whole');
	is($sim->count('PostLineageEvent'), scalar(@expected), 'each in one request');

	# what comes next is the next: nothing else was on its way
	$node->safe_psql('postgres', qq{SET datazone.capture = 'column'; SELECT count(*) FROM src;
		SET datazone.job_name = '$marker'; INSERT INTO dst (x) SELECT a FROM src});
	poll_until(sub { (grep { $json->decode($_->{body})->{job}{name} eq $marker } $sim->lineage) }, 'the marker', 60);
	drained();
	is(scalar(my @all = $sim->lineage), @expected + 1, 'and no further one');
	is($sim->count('PostLineageEvent'), @expected + 1, 'nor a further request');
	return;
}

sub drained
{
	poll_until(sub { $node->safe_psql('postgres', 'SELECT count(*) FROM datazone_outbox_entry') == 0 }, 'the outbox to be empty', 60);
	return;
}

sub by_run
{
	return { map { $_->{run}{runId} => $_ } @_ };
}
