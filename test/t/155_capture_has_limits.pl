# What a session and a transaction keep of lineage is limited.  What is beyond a
# limit is counted, told once, and costs lineage and nothing else.

use strict;
use warnings;

use DatazoneCapture;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
# A transaction that makes many tables locks them all.
my $node = new_capture_node($sim, conf => "max_locks_per_transaction = 500\n");
my $directory = $node->basedir;

plans();
temporary_tables();
files();
functions();
relations();
gone();
savepoints();
settings();
$node->stop;
done_testing();

# Memory of the session that is ours, in bytes.
sub used
{
	my ($session, $what) = @_;

	return $session->query("SELECT coalesce(sum(total_bytes), 0) FROM pg_backend_memory_contexts WHERE name LIKE 'datazone lineage$what%'")->{out};
}

sub problems
{
	my ($event) = @_;

	return join '; ', map { $_->{errorMessage} } @{ $event->{run}{facets}{extractionError}{errors} };
}

# A plan that has been forgotten tells tables, and that it does not know more.
sub plans
{
	$node->safe_psql('postgres', 'CREATE TABLE wide (' . join(', ', map { "c$_ int" } 1 .. 510) . ');
		CREATE TABLE parted (k int, v text) PARTITION BY RANGE (k); CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100)');
	my $prepared = q{CREATE TEMP TABLE stage AS SELECT b FROM src; SET plan_cache_mode = force_generic_plan;
		PREPARE one AS INSERT INTO dst (x) SELECT seen.a FROM seen JOIN detail ON detail.id = seen.id;
		PREPARE two AS UPDATE parted SET v = 'x' WHERE k < 3;
		PREPARE three AS WITH gone AS (DELETE FROM audit RETURNING n) INSERT INTO dst (n) SELECT n FROM gone;
		PREPARE four AS INSERT INTO dst (y) SELECT b FROM stage;
		PREPARE five AS SELECT * FROM src FOR UPDATE;
		CREATE TEMP TABLE next (b text); PREPARE six AS INSERT INTO next SELECT b FROM src;
		EXECUTE one; EXECUTE two; EXECUTE three; EXECUTE four; EXECUTE five; EXECUTE six;};
	my $others = join '', 'BEGIN;', (map { "PREPARE c$_ AS INSERT INTO dst (x) SELECT c$_ FROM wide; EXECUTE c$_;" } 1 .. 510), 'ROLLBACK;';
	my ($errors, $cut) = map { counter($_) } qw(lineage_errors lineage_cut);
	my @later = grep { $_->{job}{name} eq 'later' } events_of("$prepared $others SET datazone.job_name = 'later';
		EXECUTE one; EXECUTE two; EXECUTE three; EXECUTE four; EXECUTE five; EXECUTE c510");
	is_deeply([ map { summary($_) } @later ],
		[ 'later: detail,src -> dst (1)', 'later: parted -> parted (0)', 'later: -> dst', 'later: -> audit', 'later: src -> dst (10)',
			'later: wide -> dst (0) x=wide.c510:IDENTITY' ],
		'a plan whose columns are forgotten tells which tables it reads and writes');
	is_deeply([ map { problems($_) } @later ], [ ('columns are not known: the session uses more plans than are kept') x 5, '' ], 'and that it knows no more');
	is(join(' ', sort keys %{ $later[0]{outputs}[0]{facets} }), 'dataSource schema', 'it has no columns');
	is(counter('lineage_cut') - $cut, 5, 'each is counted');
	is(counter('lineage_errors') - $errors, 0, 'and is no error');
	my ($event) = grep { $_->{job}{name} eq 'later' } events_of("$prepared $others SET datazone.job_name = 'later';
		EXECUTE six; INSERT INTO dst (y) SELECT b FROM next");
	is(summary($event) . '; ' . problems($event), 'later: src -> dst (20) y=src.b:IDENTITY; what a temporary table was filled with is not known',
		'nor does who reads what it has filled a temporary table with');

	@later = grep { $_->{job}{name} eq 'later' } events_of("$prepared $others SET datazone.capture = 'table'; SET datazone.job_name = 'later'; EXECUTE one");
	is_deeply([ map { summary($_) . problems($_) } @later ], ['later: detail,src -> dst (1)'], 'where only tables are wanted all is told');
	return;
}

sub temporary_tables
{
	my $errors = counter('lineage_errors');
	my @events = events_of(q{DO $$ BEGIN FOR i IN 1..1010 LOOP EXECUTE format('CREATE TEMP TABLE s%s AS SELECT a FROM src', i); COMMIT; END LOOP; END $$;
		INSERT INTO dst (x) SELECT a FROM s1000; INSERT INTO dst (x) SELECT a FROM s1001;
		DROP TABLE s1, s2; INSERT INTO s1001 SELECT a FROM src; INSERT INTO dst (x) SELECT a FROM s1001});
	is_deeply([ map { summary($_) } @events ], [ 'dst: src -> dst (10) x=src.a:IDENTITY', 'dst: -> dst (10)', 'dst: src -> dst (20) x=src.a:IDENTITY' ],
		'a thousand temporary tables are followed, one more if another is dropped');
	is(counter('lineage_errors') - $errors, 10, 'each beyond is counted');
	is(scalar(() = said() =~ /WARNING:  could not capture .*: the session fills more than 1000 temporary tables/g), 1, 'and told once');
	return;
}

sub files
{
	my $errors = counter('lineage_errors');
	my @events = events_of(qq{DO \$\$ BEGIN FOR i IN 1..1003 LOOP EXECUTE format('COPY src (a) TO %L', '$directory/f' || i); END LOOP; END \$\$;
		COPY src (b) TO '$directory/f1000'; COPY src (b) TO '$directory/f1003'});
	is(scalar(@events), 1001, 'a thousand files are told');
	is(summary($events[-1]), 'db./f1000: src -> /f1000 (10) b=src.b:IDENTITY', 'also when they come again');
	is(counter('lineage_errors') - $errors, 4, 'each beyond is counted');
	is(scalar(() = said() =~ /WARNING:  could not capture .*: the session copies more than 1000 files/g), 1, 'and told once');
	return;
}

sub functions
{
	my $session = DatazoneSession->new($node);
	my $call = sub {
		my ($from, $to) = @_;
		$session->query("DO \$\$ BEGIN FOR i IN $from..$to LOOP
			EXECUTE format('CREATE FUNCTION f%s() RETURNS int LANGUAGE plpgsql AS %L', i, 'BEGIN RETURN 1; END'); COMMIT; END LOOP;
			FOR i IN $from..$to LOOP EXECUTE format('SELECT f%s()', i); END LOOP; END \$\$", 60);
		return used($session, ' functions');
	};
	$session->query(q{SET datazone.capture = 'column'});
	my $before = $call->(1, 1000);
	my $after = $call->(1001, 3500);
	cmp_ok($before, '>', 30_000, "what is known of a thousand functions takes $before bytes");
	cmp_ok($after, '<=', $before * 1.5, "and of thousands $after");
	$session->query('CREATE FUNCTION last() RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO dst (x) SELECT a FROM src; END $$; SELECT last()');
	is_deeply([ map { summary($_) } new_events() ], ['public.last.dst: src -> dst (10) x=src.a:IDENTITY'], 'and the next names its job');
	$session->close;
	return;
}

# What becomes of very many relations, of which indexes and the like are none.
sub relations
{
	my $errors = counter('lineage_errors');
	my $session = DatazoneSession->new($node);
	$node->safe_psql('postgres', 'DELETE FROM datazone_outbox_entry');
	my $make = sub {
		my ($from, $to) = @_;
		$session->query("DO \$\$ BEGIN FOR i IN $from..$to LOOP EXECUTE format('CREATE TABLE r%s (k int)', i); END LOOP; END \$\$", 120);
		return used($session, '');
	};
	$session->query(q{SET datazone.capture = 'column'; BEGIN});
	$session->query('DO $$ BEGIN FOR i IN 1..200 LOOP
		EXECUTE format(\'CREATE TYPE t%1$s AS (k int); CREATE TEMP TABLE u%1$s (k serial PRIMARY KEY)\', i); END LOOP; END $$');
	my ($few, $many, $too_many) = ($make->(1, 5000), $make->(5001, 10000), $make->(10001, 10300));
	cmp_ok($many, '>', $few * 1.5, "relations take $few, and then $many bytes");
	cmp_ok($too_many, '<=', $many * 1.01, "and no more beyond a limit: $too_many");
	my $result = $session->query('INSERT INTO r10300 SELECT a FROM src');
	$result = $session->query('COMMIT', 120);
	is($result->{sqlstate}, '00000', 'the transaction commits');
	is($node->safe_psql('postgres', 'WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *) SELECT count(*) FROM gone'), 10000, 'and tells of ten thousand');
	is(counter('lineage_errors') - $errors, 301, 'each beyond is counted');
	$session->close;
	return;
}

# What stands for very many tables that are there no more takes less to find than
# it took to run the statements.
sub gone
{
	my $session = DatazoneSession->new($node);
	my $begin = time;
	$session->query(q{SET datazone.capture = 'column'; BEGIN});
	$session->query('DO $$ BEGIN
		FOR i IN 1..3000 LOOP EXECUTE format(\'CREATE TABLE g%1$s (k int); INSERT INTO g%1$s SELECT a FROM src\', i); END LOOP;
		FOR i IN 1..3000 LOOP EXECUTE format(\'INSERT INTO dst (x) SELECT k FROM g%1$s; DROP TABLE g%1$s\', i); END LOOP; END $$', 120);
	my $ran = time;
	$session->query('COMMIT', 120);
	cmp_ok(time - $ran, '<', 0.2 * ($ran - $begin), 'a transaction that drops very many tables which it has read commits soon');
	is_deeply([ map { summary($_) } new_events() ], ['dst: src -> dst (30000) x=src.a:IDENTITY'], 'and tells what was in them');
	$session->close;
	return;
}

# Beyond so many different statements those of a table are one, however many
# savepoints there are.
sub savepoints
{
	my $session = DatazoneSession->new($node);
	my $loop = sub {
		my ($from, $to) = @_;
		$session->query("DO \$\$ BEGIN FOR i IN $from..$to LOOP
			BEGIN EXECUTE format('INSERT INTO dst (x) SELECT c%s + c%s FROM wide', i % 500 + 1, i % 499 + 1); EXCEPTION WHEN division_by_zero THEN NULL; END;
			END LOOP; END \$\$", 120);
		return used($session, ' record');
	};
	$session->query(q{SET datazone.capture = 'column'; BEGIN});
	my ($before, $after) = ($loop->(1, 1000), $loop->(1001, 5000));
	cmp_ok($after, '<=', $before * 1.2, "statements in savepoints take $before bytes, and then $after");
	$session->query('COMMIT');
	my @events = new_events();
	is(scalar(@events), 1, 'they are one event');
	is(scalar(@{ $events[0]{outputs}[0]{facets}{columnLineage}{fields}{x}{inputFields} }), 500, 'with all columns');

	# of a long text only the beginning is kept
	$session->query(q{BEGIN; DO $$ BEGIN EXECUTE 'INSERT INTO dst (y) SELECT b FROM src WHERE b <> '';'' AND a = ANY (ARRAY[0' || repeat(', id', 20000) || '])'; END $$}, 60);
	cmp_ok($before = used($session, ' record'), '<', 100_000, "a text of 80,000 bytes takes $before");
	$session->query('COMMIT');
	is(scalar(new_events()), 1, 'and is told');

	# what is rolled back needs no plan any more
	my $undone = sub {
		my ($from, $to) = @_;
		$session->query("DO \$\$ BEGIN FOR i IN $from..$to LOOP
			BEGIN EXECUTE format('INSERT INTO dst (x) SELECT c%s - c%s FROM wide', i % 500 + 1, i % 499 + 1); PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN NULL; END;
			END LOOP; END \$\$", 120);
		return used($session, ' plan');
	};
	$session->query('BEGIN');
	($before, $after) = ($undone->(1, 600), $undone->(601, 2000));
	cmp_ok($after, '<=', $before * 1.1, "statements that are rolled back take $before bytes, and then $after");
	$session->query('COMMIT');
	is(scalar(new_events()), 0, 'and are not told');
	$session->close;
	return;
}

# The run that a session names may be another with each statement.
sub settings
{
	my $session = DatazoneSession->new($node);
	my $run = sub { return sprintf('01234567-89ab-7def-8123-%012d', $_[0]); };
	my $loop = sub {
		my ($from, $to) = @_;
		$session->query("DO \$\$ BEGIN FOR i IN $from..$to LOOP
			PERFORM set_config('datazone.parent_run', 'ns/flow/01234567-89ab-7def-8123-' || lpad(i::text, 12, '0'), false);
			INSERT INTO dst (x) SELECT a FROM src; END LOOP; END \$\$", 120);
		return used($session, ' record');
	};
	$session->query(q{SET datazone.capture = 'column'; BEGIN});
	my ($before, $after) = ($loop->(1, 600), $loop->(601, 3000));
	cmp_ok($after, '<=', $before * 1.1, "runs of a job take $before bytes, and then $after");
	$session->query('COMMIT');
	my @events = new_events();
	is_deeply([ map { summary($_) } @events ], ['dst: src -> dst (30000) x=src.a:IDENTITY'], 'they are one event with all rows');
	is($events[0]{run}{facets}{parent}{run}{runId}, $run->(3000), 'and of the last run');
	$session->close;
	return;
}
