# Capture costs nobody a statement: what goes wrong is counted and told once.
# It costs no memory that grows with the statements of a session, or of a
# transaction, and nothing where it is off.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use File::Basename;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => q{
	datazone.enabled = off
	datazone.dataset_namespace = 'postgres://db.example.com:5432'
});

$node->safe_psql('postgres', q{
	CREATE TABLE src (id int PRIMARY KEY, a int, b text);
	CREATE TABLE dst (x int, y text, n bigint);
	INSERT INTO src SELECT g, g, g::text FROM generate_series(1, 10) g});
cannot_be_derived();
cannot_be_written();
not_ready();
cannot_be_looked_at();
cancelled();
not_serializable();
deadlocked();
renamed_while_waiting();
dropped_while_waiting();
many_statements();
one_transaction();
loops();
turned_off();
out_of_memory();
$node->stop;
done_testing();

sub run_sql
{
	my ($sql) = @_;
	my ($out, $err) = ('', '');
	my $code = $node->psql('postgres', $sql, stdout => \$out, stderr => \$err, on_error_stop => 1);

	return ($code, $out, $err);
}

sub errors
{
	return $node->safe_psql('postgres', 'SELECT lineage_errors FROM datazone_stat WHERE datname = current_database()');
}

sub events
{
	return $node->safe_psql('postgres',
		'WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *) SELECT count(*) FROM gone');
}

# The function's body is nested too deeply to be looked into; the statement
# never calls it.
sub cannot_be_derived
{
	$node->safe_psql('postgres', q{
		SET check_function_bodies = off;
		DO $$ BEGIN EXECUTE format('CREATE FUNCTION broken(k int) RETURNS int LANGUAGE sql SECURITY DEFINER AS %L',
			'SELECT k' || repeat(' + 1', 50000)); END $$});
	my $before = errors();
	my ($code, $out, $err) = run_sql(q{SET datazone.capture = 'column'; SET datazone.capture_interval = 0;
		INSERT INTO dst (x) SELECT CASE WHEN id > 100 THEN broken(id) ELSE id END FROM src RETURNING x;
		BEGIN; INSERT INTO dst (x) SELECT CASE WHEN id > 100 THEN broken(id) ELSE id END FROM src;
		INSERT INTO dst (x) SELECT a FROM src; COMMIT;
		CREATE TABLE made AS SELECT CASE WHEN id > 100 THEN broken(id) ELSE id END AS k FROM src});
	is($code, 0, 'statements whose lineage cannot be derived run');
	is($out, join("\n", 1 .. 10), 'and do what they do');
	my @warnings = $err =~ /^.*(WARNING: .*)$/mg;
	is_deeply(\@warnings,
		['WARNING:  could not capture the lineage of a statement: stack depth limit exceeded'], 'with one warning a session');
	is(errors() - $before, 3, 'and each is counted');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM dst'), 30, 'all rows are there');
	is(events(), 2, 'and the other lineage of the transaction, and that there is a table');
	return;
}

sub cannot_be_written
{
	my $before = errors();
	$node->safe_psql('postgres', 'ALTER TABLE datazone_outbox_entry ADD CONSTRAINT full_up CHECK (false) NOT VALID');
	my ($code, $out, $err) = run_sql(q{SET datazone.capture = 'column';
		INSERT INTO dst (n) SELECT id FROM src; SELECT count(n) FROM dst});
	$node->safe_psql('postgres', 'ALTER TABLE datazone_outbox_entry DROP CONSTRAINT full_up');
	is("$code $out", '0 10', 'a transaction whose event cannot be written commits');
	like($err, qr/WARNING:  could not record the lineage of dataset "postgres\.public\.dst"/, 'with a warning');
	is(errors() - $before, 1, 'that is counted');
	return;
}

sub not_ready
{
	my ($code, $out, $err) = run_sql(q{SET datazone.capture = 'column'; SET datazone.capture_server = 'nowhere';
		INSERT INTO dst (n) SELECT id + 1 FROM src; INSERT INTO dst (n) SELECT id + 2 FROM src});
	is($code, 0, 'without a server nothing is captured');
	is(scalar(() = $err =~ /WARNING: /g), 1, 'and one warning says so');
	is(events(), 0, 'no event');
	return;
}

# In the middle of a command nothing can be looked up, as a catalog is broken.
sub cannot_be_looked_at
{
	$node->safe_psql('postgres', q{
		CREATE FOREIGN DATA WRAPPER nothing;
		CREATE SERVER gone FOREIGN DATA WRAPPER nothing;
		CREATE FOREIGN TABLE away (a int) SERVER gone; CREATE FOREIGN TABLE far (a int) SERVER gone;
		SET allow_system_table_mods = on;
		DELETE FROM pg_foreign_server WHERE srvname = 'gone'});
	my $before = errors();
	my ($code, $out, $err) = run_sql(q{SET datazone.capture = 'column';
		BEGIN; CREATE TABLE beside (a int); ALTER FOREIGN TABLE far RENAME TO farther; DROP FOREIGN TABLE away; COMMIT;
		SELECT count(*) FROM pg_class WHERE relname IN ('away', 'far')});
	is("$code $out", '0 0', 'what becomes of a table that cannot be looked at happens');
	is(scalar(() = $err =~ /WARNING:  could not capture the lineage of a statement: cache lookup failed/g), 1, 'with one warning');
	is(errors() - $before, 2, 'each is counted');
	is(events(), 1, 'and all else is told');
	return;
}

# While a commit waits for the outbox.
sub waits
{
	my ($session) = @_;

	poll_until(sub { $node->safe_psql('postgres', "SELECT wait_event_type FROM pg_stat_activity WHERE pid = ${\$session->pid}") eq 'Lock' }, 'a lock');
	return;
}

sub rows_of_n
{
	my ($n) = @_;
	return $node->safe_psql('postgres', "SELECT count(*) FROM dst WHERE n = $n");
}

# A cancel is the user's, also while lineage is being written.
sub cancelled
{
	my $before = errors();
	my ($blocker, $session) = map { DatazoneSession->new($node) } 1 .. 2;

	$blocker->query('BEGIN; LOCK TABLE datazone_outbox_entry');
	$session->query(q{SET datazone.capture = 'column'});
	$session->send('INSERT INTO dst (n) SELECT 701 FROM src');
	waits($session);
	$node->safe_psql('postgres', "SELECT pg_cancel_backend(${\$session->pid})");
	my $result = $session->result;
	is($result->{sqlstate}, '57014', 'a statement that is cancelled while its lineage is written is cancelled');
	unlike($result->{out}, qr/WARNING/, 'without a word of lineage');
	$blocker->query('ROLLBACK');
	is(rows_of_n(701) . (errors() - $before) . events(), '000', 'nothing is left of it');
	is($session->query('INSERT INTO dst (n) SELECT 702 FROM src')->{sqlstate}, '00000', 'the next one runs');
	is(events(), 1, 'and is told');
	$_->close for $blocker, $session;
	return;
}

# Whoever must give way hears so, though it was capture that was told.
sub not_serializable
{
	my $before = errors();
	my ($first, $second) = map { DatazoneSession->new($node) } 1 .. 2;

	$node->safe_psql('postgres', 'CREATE TABLE left_hand (n int); CREATE TABLE right_hand (n int)');
	$first->query(q{SET datazone.capture = 'column'});
	$_->query('BEGIN ISOLATION LEVEL SERIALIZABLE') for $first, $second;
	$first->query('INSERT INTO left_hand SELECT count(*) FROM right_hand');
	$second->query('INSERT INTO right_hand SELECT count(*) FROM left_hand');
	is($second->query('COMMIT')->{sqlstate}, '00000', 'of two transactions that cannot both commit one does');
	my $result = $first->query('COMMIT');
	is($result->{sqlstate}, '40001', 'and the other, which is captured, does not');
	like($result->{out}, qr/Canceled on identification as a pivot, during conflict in checking/, 'as it finds out when it writes lineage');
	unlike($result->{out}, qr/WARNING/, 'which says nothing');
	is((errors() - $before) . events(), '00', 'is not counted, and leaves no event');
	$_->close for $first, $second;
	return;
}

# A deadlock that is over costs the event; that is not taken for told.
sub deadlocked
{
	my $before = errors();
	my ($other, $session) = map { DatazoneSession->new($node) } 1 .. 2;
	my $insert = 'INSERT INTO dst (n, y) SELECT a, b FROM src WHERE a = 5';

	$session->query(q{SET datazone.capture = 'column'; SET deadlock_timeout = '50ms'; BEGIN; LOCK TABLE left_hand});
	$session->query($insert);
	$other->query(q{SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE datazone_outbox_entry});
	$other->send('LOCK TABLE left_hand');
	waits($other);
	my $result = $session->query('COMMIT');
	is($result->{sqlstate}, '00000', 'a deadlock over lineage costs no commit');
	like($result->{out}, qr/WARNING: .*deadlock detected/, 'but a warning');
	$other->result;
	$other->query('ROLLBACK');
	is((errors() - $before) . events(), '10', 'and the event');
	$session->query($insert);
	is(events(), 1, 'which comes with the next of its kind');
	$_->close for $other, $session;
	return;
}

# TRUNCATE is of the table that has the name when the lock is there.
sub renamed_while_waiting
{
	my ($other, $session) = map { DatazoneSession->new($node) } 1 .. 2;

	$other->query('CREATE TABLE victim (a int); CREATE TABLE heir (a int)');
	$session->query(q{SET datazone.capture = 'column'});
	$other->query('BEGIN; LOCK TABLE victim');
	$session->send('TRUNCATE victim');
	waits($session);
	$other->query('ALTER TABLE victim RENAME TO victor; ALTER TABLE heir RENAME TO victim; COMMIT');
	is($session->result->{sqlstate}, '00000', 'a table gets another name while TRUNCATE waits for it');
	is($node->safe_psql('postgres', q{SELECT string_agg(concat_ws(' ', payload #>> '{outputs,0,name}',
			payload #>> '{outputs,0,facets,lifecycleStateChange,lifecycleStateChange}'), ',') FROM datazone_outbox_entry}),
		'postgres.public.victim TRUNCATE', 'and is not the one that was truncated');
	events();
	$_->close for $other, $session;
	return;
}

# Nothing keeps a function from being dropped while another one is looked into.
sub dropped_while_waiting
{
	my ($other, $session) = map { DatazoneSession->new($node) } 1 .. 2;

	$other->query(q{CREATE TABLE held (a int);
		CREATE FUNCTION first_one() RETURNS int LANGUAGE sql AS 'SELECT a FROM held';
		CREATE FUNCTION next_one() RETURNS int LANGUAGE sql AS 'SELECT 1'});
	$other->query('BEGIN; LOCK TABLE held; DROP FUNCTION next_one()');
	$session->send(q{SELECT * FROM datazone_explain_lineage('SELECT first_one(), next_one()')});
	waits($session);
	$other->query('COMMIT');
	my $result = $session->result;
	is($result->{sqlstate}, '42883', 'a function is dropped while lineage is derived');
	like($result->{out}, qr/function with OID \d+ does not exist/, 'which is said');

	# who gives up waiting is not told of a body that is broken
	$other->query('BEGIN; LOCK TABLE held');
	$result = $session->query(q{SET lock_timeout = '10ms'; SELECT * FROM datazone_explain_lineage('SELECT first_one()')});
	is($result->{sqlstate}, '55P03', 'a lock that cannot be had is no fault of a function');
	$other->query('ROLLBACK');
	$_->close for $other, $session;
	return;
}

# All memory of a session, in bytes, or that which is only ours.
sub used
{
	my ($session, $ours) = @_;
	my $which = $ours ? q{WHERE name LIKE 'datazone lineage%'} : '';

	return $session->query("SELECT coalesce(sum(total_bytes), 0) FROM pg_backend_memory_contexts $which")->{out};
}

sub many_statements
{
	my $session = DatazoneSession->new($node);
	my $statements = sub {
		my ($from, $to) = @_;
		return "DO \$\$ BEGIN FOR i IN $from..$to LOOP
			EXECUTE format('INSERT INTO dst (x) SELECT a AS c%s FROM src WHERE %s', i,
				(SELECT string_agg(CASE (i >> n) % 3 WHEN 0 THEN 'id > 100' WHEN 1 THEN 'a > 100' ELSE 'b = ''z''' END, ' AND ')
				 FROM generate_series(0, 13) n) || ' AND id > ' || i);
			COMMIT; END LOOP; END \$\$";
	};
	$session->query(q{SET datazone.capture = 'column'});
	$session->query($statements->(1, 1500), 60);
	# different lineage, beyond what is kept: tables by the hundred
	my $tables = sub {
		my ($from, $to) = @_;
		return "DO \$\$ BEGIN FOR i IN $from..$to LOOP
			EXECUTE format('INSERT INTO t%s (k, l) SELECT k %s, l %s FROM t%s', i % 40, '+' || i, CASE WHEN i % 2 = 0 THEN '' ELSE '+ k' END, (i / 40) % 40);
			COMMIT; END LOOP; END \$\$";
	};
	$session->query('DO $$ BEGIN FOR i IN 0..39 LOOP EXECUTE format(\'CREATE TABLE t%s (k int, l int)\', i); END LOOP; END $$');
	$session->query($tables->(1, 2000), 120);
	my $before = used($session);
	cmp_ok($before, '>', 100_000, "what is kept of plans takes $before bytes");
	$session->query($tables->(2001, 4000), 120);
	$session->query($statements->(1501, 9500), 240);
	my $after = used($session);
	cmp_ok($after, '<=', $before * 1.1, "and no more after 10,000 different statements: $after");
	$session->close;
	events();
	return;
}

# As many within one transaction, which must keep what it has to tell.
sub one_transaction
{
	my $session = DatazoneSession->new($node);
	my $some = sub {
		my ($from, $to) = @_;
		return "DO \$\$ BEGIN FOR i IN $from..$to LOOP
			EXECUTE format('INSERT INTO t%s (k, l) SELECT p.k, q.l FROM t%s p, t%s q', i % 40, (i / 40) % 40, (i / 1600) % 40);
			END LOOP; END \$\$";
	};
	$session->query(q{SET datazone.capture = 'column'; SET datazone.capture_interval = 0});
	$session->query('BEGIN');
	$session->query($some->(1, 3000), 120);
	my $before = used($session);
	$session->query($some->(3001, 9000), 240);
	my $after = used($session);
	cmp_ok($after, '<=', $before * 1.3, "a transaction of 9,000 different statements takes $after bytes, and $before after a third");
	$session->query('COMMIT', 60);
	is($node->safe_psql('postgres', q{SELECT count(DISTINCT payload #>> '{outputs,0,name}') FROM datazone_outbox_entry}), 40,
		'and tells of each table');
	is($node->safe_psql('postgres', q{
		SELECT count(*) FROM datazone_outbox_entry WHERE jsonb_array_length(payload -> 'inputs') >= 39}), 40,
		'all that came into it');
	$session->close;
	events();
	return;
}

# The same again keeps one record, whatever it is that is repeated.
sub loops
{
	my $session = DatazoneSession->new($node);
	my $loop = sub {
		my ($n) = @_;
		return "DO \$\$ BEGIN FOR i IN 1..$n LOOP
			TRUNCATE stage;
			INSERT INTO stage SELECT a FROM src WHERE id = i % 10;
			BEGIN INSERT INTO dst (x) SELECT k FROM stage; EXCEPTION WHEN division_by_zero THEN NULL; END;
			BEGIN TRUNCATE stage; INSERT INTO stage SELECT id FROM src; PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN NULL; END;
			PERFORM set_config('datazone.job_name', 'job' || i % 3, false);
			END LOOP; END \$\$";
	};
	# the server itself keeps something of each TRUNCATE until the transaction ends
	my $grows = sub {
		my ($session) = @_;
		$session->query('CREATE TEMP TABLE stage (k int); SET datazone.capture_interval = 0');
		$session->query('BEGIN');
		$session->query($loop->(100), 60);
		my $before = used($session);
		$session->query($loop->(2000), 120);
		return used($session) - $before;
	};
	my $other = DatazoneSession->new($node);
	my $without = $grows->($other);
	$other->query('ROLLBACK');
	$other->close;
	$session->query(q{SET datazone.capture = 'column'});
	my $with = $grows->($session);
	cmp_ok($with, '<=', $without * 1.1 + 20000, "a loop with temporary tables and savepoints grows by $with bytes, and by $without without capture");
	$session->query('COMMIT');
	is($node->safe_psql('postgres', q{
		SELECT string_agg(concat_ws(' ', job, payload #>> '{inputs,0,name}', payload #>> '{outputs,0,outputFacets,outputStatistics,rowCount}'), ', ' ORDER BY id)
		FROM datazone_outbox_entry WHERE payload #>> '{outputs,0,name}' = 'postgres.public.dst'}) =~ s{postgres://db\.example\.com:5432/}{}gr,
		'postgres.public.dst postgres.public.src 1, job1 postgres.public.src 631, job2 postgres.public.src 630, job0 postgres.public.src 628',
		'its events have all rows');
	$session->close;
	events();
	return;
}

# Nothing is looked at, and nothing is left over.
sub turned_off
{
	my $session = DatazoneSession->new($node);

	$session->query('INSERT INTO dst (x) SELECT a FROM src; CREATE TABLE off_1 AS SELECT a FROM src; DROP TABLE off_1');
	is(used($session, 1), 0, 'a session without capture keeps nothing');
	$session->query(q{SET datazone.capture = 'column'; SET datazone.capture_interval = 0; PREPARE p AS INSERT INTO dst (x) SELECT a FROM src});
	$session->query('EXECUTE p; RESET datazone.capture; EXECUTE p; BEGIN; INSERT INTO dst (x) SELECT id FROM src; COMMIT');
	is(events(), 1, 'nor one in which it was turned off');
	$session->close;
	return;
}

# Allocations of capture's own fail, each in a session of its own: the lineage of
# one statement or table may be lost, and then that is told.
sub out_of_memory
{
  SKIP:
	{
		my $shim = "${PostgreSQL::Test::Utils::tmp_check}/no_memory.so";
		my $headers = `@{[ $ENV{PG_CONFIG} // 'pg_config' ]} --includedir-server`;

		chomp $headers;
		skip 'no library can be preloaded that knows the stack', 1
		  if system('cc', '-shared', '-fPIC', "-I$headers", '-o', $shim,
			dirname(__FILE__) . '/../perl/no_memory.c', '-ldl') != 0;
		local $ENV{LD_PRELOAD} = $shim;
		$node->restart;
		$node->safe_psql('postgres', qq{
			CREATE FUNCTION no_memory_at(int) RETURNS int LANGUAGE c AS '$shim';
			CREATE TABLE of_memory (n int, a int); CREATE TABLE next (n int)});
		my $begin = q{SET datazone.capture = 'column'; SET datazone.capture_interval = 0; SELECT FROM no_memory_at(%1$d);};
		without_memory('INSERT', "$begin INSERT INTO of_memory SELECT \%1\$d, a FROM src", 'of_memory', 10);
		without_memory('temporary tables', "$begin
			BEGIN; CREATE TEMP TABLE stage AS SELECT a FROM src; INSERT INTO stage SELECT id FROM src;
			CREATE TABLE made AS SELECT \%1\$d AS n, a FROM stage; COMMIT", 'made', 20);
	}
	return;
}

# Every seventh of them, each one in make stress; %1$d in the SQL is its number.
sub without_memory
{
	my ($name, $sql, $table, $rows) = @_;
	my $step = $ENV{DATAZONE_STRESS} ? 1 : 7;
	my $before = errors();
	my ($at, @wrong);

	for ($at = 1;; $at += $step)
	{
		my ($code, $out, $err) = run_sql(sprintf($sql . q{;
			SELECT no_memory_at(0), count(*) FROM %2$s WHERE n = %1$d;
			INSERT INTO next SELECT a FROM src;
			RESET datazone.capture; SET client_min_messages = warning; DROP TABLE IF EXISTS made;
			SELECT lineage_errors FROM datazone_stat WHERE datname = current_database();
			WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *)
			SELECT replace(payload #>> '{outputs,0,name}', 'postgres.public.', '') FROM gone}, $at, $table));
		my ($counted, $found, $errors, @events) = split /[|\n]/, $out;
		last if $code == 0 && $counted >= 0;

		my $lost = ($errors // $before) - $before;
		my @told = $err =~ /WARNING:  could not (?:capture|record) the lineage of .*out of memory/g;
		push @wrong, "$at: $out $err"
		  if $code != 0 || $found != $rows || $lost != @told || (grep { $_ eq 'next' } @events) != 1
		  || (!$lost && !grep { $_ eq $table } @events) || ($err =~ s/^.*(?:WARNING|DETAIL):  .*\n?//mgr) ne '';
		$before += $lost;
		last if @wrong > 5;
	}
	is_deeply(\@wrong, [], "$name: when one of $at allocations fails, the statement does not, nor does the session");
	cmp_ok($at, '>', 50, 'and there are so many');
	return;
}
