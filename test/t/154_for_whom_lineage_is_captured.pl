# Captured lineage goes to one server, as its owner, and is told once in a while
# for all sessions together.

use strict;
use warnings;

use DatazoneCapture;
use DatazoneTest;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $json = JSON::PP->new->utf8;
my $sim = start_simulator();
my $node = new_capture_node($sim, interval => '1h', nameless => 1);

without_a_name();
settings_of_a_role();
the_owners();
the_only_server();
another_server();
which_is_missing();
one_for_all_sessions();
the_interval_passes();
only_looked_up();
the_ledger_is_full();
$node->stop;
not_preloaded();
done_testing();

# As any role; gives the output.
sub run_as
{
	my ($user, $sql, %options) = @_;
	my ($out, $err) = ('', '');
	my $code = ($options{node} // $node)->psql('postgres', $sql, stdout => \$out, stderr => \$err,
		extra_params => [ '-U', $user ], on_error_stop => 1);

	is($code, $options{code} // 0, $options{name} // "$user runs it") or diag($err);
	return ($out, $err);
}

sub warnings_of
{
	my ($err) = @_;

	return $err =~ /^(?:.*: )?(WARNING: .*|DETAIL: .*|HINT: .*)$/mg;
}

# What was enqueued since the last look: role, server, table and rows.
sub entries
{
	return $node->safe_psql('postgres', q{
		WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *)
		SELECT coalesce(string_agg(format('%s %s %s %s', role::regrole, server, replace(payload #>> '{outputs,0,name}', 'postgres.public.', ''),
			payload #>> '{outputs,0,outputFacets,outputStatistics,rowCount}'), ', ' ORDER BY id), '') FROM gone});
}

sub me { return $node->safe_psql('postgres', 'SELECT current_user'); }

# Nothing has a name, and so nothing is told; one warning says so.
sub without_a_name
{
	my (undef, $err) = run_as(me(), q{SET datazone.capture = 'column';
		INSERT INTO dst (x) SELECT a FROM src; INSERT INTO dst (n) SELECT a FROM src;
		CREATE TABLE brief (k int); TRUNCATE brief; ALTER TABLE brief RENAME TO briefer; DROP TABLE briefer; CREATE TABLE left_over AS SELECT a FROM src},
		name => 'without datazone.dataset_namespace all statements run');
	is_deeply([ warnings_of($err) ],
		[ 'WARNING:  lineage is not captured', 'HINT:  Set "datazone.dataset_namespace" to the name that lineage shall have for this server.' ],
		'with one warning');
	is(entries(), '', 'and no event');
	$node->append_conf('postgresql.conf', "datazone.dataset_namespace = '${\NAMESPACE}'");
	$node->reload;
	poll_until(sub { $node->safe_psql('postgres', 'SHOW datazone.dataset_namespace') eq NAMESPACE }, 'the setting');
	return;
}

# A DBA says whose statements are captured; who runs them may not, unless told.
sub settings_of_a_role
{
	$node->safe_psql('postgres', q{
		CREATE ROLE loader LOGIN; GRANT SELECT ON src TO loader; GRANT SELECT, INSERT ON dst TO loader;
		CREATE ROLE analyst LOGIN; GRANT SELECT ON src TO analyst; GRANT SELECT, INSERT ON dst TO analyst;
		ALTER ROLE loader SET datazone.capture = 'column'});
	run_as('loader', 'INSERT INTO dst (x) SELECT a FROM src WHERE id = 1', name => 'a role with ALTER ROLE SET');
	is(entries(), me() . ' sim dst 1', 'is captured');
	run_as('analyst', 'INSERT INTO dst (y) SELECT b FROM src', name => 'another');
	is(entries(), '', 'is not');
	my (undef, $err) = run_as('analyst', q{SET datazone.capture = 'column'}, code => 3, name => 'nor can it want to be');
	like($err, qr/permission denied to set parameter "datazone\.capture"/, 'as it may not');
	$node->safe_psql('postgres', 'GRANT SET ON PARAMETER datazone.capture TO analyst');
	run_as('analyst', q{SET datazone.capture = 'column'; INSERT INTO dst (y) SELECT b FROM src WHERE id < 4}, name => 'but with GRANT SET');
	is(entries(), me() . ' sim dst 3', 'it can');
	$node->safe_psql('postgres', q{REVOKE SET ON PARAMETER datazone.capture FROM analyst; ALTER DATABASE postgres SET datazone.capture = 'column'});
	run_as('analyst', 'INSERT INTO dst (x) SELECT id FROM src WHERE id < 3', name => 'with ALTER DATABASE SET');
	is(entries(), me() . ' sim dst 2', 'all are');
	$node->safe_psql('postgres', 'ALTER DATABASE postgres RESET datazone.capture');
	return;
}

# A server's owner need not be a superuser, and is not who runs statements.
sub the_owners
{
	$node->safe_psql('postgres', q{
		CREATE ROLE keeper; GRANT USAGE ON FOREIGN DATA WRAPPER datazone TO keeper; ALTER SERVER sim OWNER TO keeper});
	run_as('loader', 'INSERT INTO dst (n) SELECT a FROM src', name => 'a loader without any right on the server');
	is(entries(), 'keeper sim dst 10', 'leaves an entry of the owner');
	return;
}

sub the_only_server
{
	run_as(me(), q{SET datazone.server = 'nowhere'; SET datazone.capture = 'column'; INSERT INTO dst (n) SELECT id FROM src}, name => 'with datazone.server');
	is(entries(), 'keeper sim dst 10', 'it goes to the only server all the same');
	$node->safe_psql('postgres', q{CREATE SERVER second FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_second')});
	my (undef, $err) = run_as(me(), q{SET datazone.capture = 'column'; SET datazone.server = 'sim';
		INSERT INTO dst (n) SELECT id + 1 FROM src; INSERT INTO dst (n) SELECT id + 2 FROM src}, name => 'with two servers and none named');
	is_deeply([ warnings_of($err) ],
		[ 'WARNING:  lineage is not captured', 'DETAIL:  There are several datazone servers, and "datazone.capture_server" is not set.',
			'HINT:  Set "datazone.capture_server" to one of "sim", "second".' ], 'one warning says so');
	is(entries(), '', 'and nothing is enqueued');
	return;
}

# The same lineage is news to a server that was not told, and to a domain.
sub another_server
{
	my $insert = 'INSERT INTO dst (x) SELECT a + id FROM src';
	my $to = sub {
		my ($server) = @_;
		return "SET datazone.capture = 'column'; SET datazone.server = 'sim'; SET datazone.capture_server = '$server'; $insert; $insert";
	};
	run_as(me(), $to->('second'));
	is(entries(), me() . ' second dst 10', 'the server that is named has it, as its owner');
	run_as(me(), $to->('sim'));
	is(entries(), 'keeper sim dst 10', 'and another one at once when it is named');
	run_as(me(), $to->('second'));
	is(entries(), '', 'each once');
	$node->safe_psql('postgres', q{ALTER SERVER second OPTIONS (SET domain_identifier 'dzd_third')});
	run_as(me(), $to->('second'));
	is(entries(), me() . ' second dst 10', 'and another domain as well');
	run_as(me(), q{SET datazone.capture = 'column'; SET datazone.capture_server = 'sim'; SET plan_cache_mode = force_generic_plan;
		PREPARE p AS INSERT INTO dst (x, y) SELECT a, b FROM src; EXECUTE p; EXECUTE p; EXECUTE p;
		ALTER SERVER second OPTIONS (SET domain_identifier 'dzd_fourth'); SET datazone.capture_server = 'second'; EXECUTE p; EXECUTE p});
	is(entries(), 'keeper sim dst 10, ' . me() . ' second dst 10', 'also within a session');
	$node->safe_psql('postgres', 'DROP SERVER second');
	return;
}

# A warning for each cause, of which a session has one; each transaction counts.
sub which_is_missing
{
	my $statements = 'INSERT INTO dst (x) SELECT a FROM src; CREATE TEMP TABLE own AS SELECT a FROM src; INSERT INTO dst (x) SELECT a FROM src';
	my $warned = sub {
		my ($name, $database, $before, @expected) = @_;
		my $errors = counter('lineage_errors', $database);
		my $err = '';
		$node->psql($database, "SET datazone.capture = 'column'; SET datazone.capture_interval = 0; $before; $statements", stderr => \$err, on_error_stop => 1);
		is_deeply([ warnings_of($err) ], \@expected, "$name: the warning says so");
		is(counter('lineage_errors', $database) - $errors, 2, 'what is lost is counted, each time');
	};
	my @lost = ('WARNING:  lineage is not captured');
	my $set = 'HINT:  Set "datazone.capture_server" to one of "sim".';
	my $create = "HINT:  CREATE SERVER ... FOREIGN DATA WRAPPER datazone OPTIONS (region '...', domain_identifier '...').";

	$warned->('a server that is not there', 'postgres', "SET datazone.capture_server = 'nowhere'", @lost,
		'DETAIL:  Server "nowhere", which "datazone.capture_server" names, does not exist.', $set);
	$node->safe_psql('postgres', 'CREATE FOREIGN DATA WRAPPER foreigner; CREATE SERVER theirs FOREIGN DATA WRAPPER foreigner');
	$warned->('one of another wrapper', 'postgres', "SET datazone.capture_server = 'theirs'", @lost,
		'DETAIL:  Server "theirs", which "datazone.capture_server" names, is not of FOREIGN DATA WRAPPER datazone.', $set);
	$node->safe_psql('postgres', 'DROP FOREIGN DATA WRAPPER foreigner CASCADE; CREATE DATABASE bare');
	$node->safe_psql('bare', 'CREATE TABLE src (a int); CREATE TABLE dst (x int)');
	$warned->('no extension', 'bare', '', @lost, 'DETAIL:  The database does not have the extension.', 'HINT:  CREATE EXTENSION datazone, and a server of it.');
	$node->safe_psql('bare', 'CREATE EXTENSION datazone');
	$warned->('no server', 'bare', '', @lost, 'DETAIL:  The database has no server of FOREIGN DATA WRAPPER datazone.', $create);
	$warned->('neither', 'bare', "SET datazone.capture_server = 'nowhere'", @lost,
		'DETAIL:  Server "nowhere", which "datazone.capture_server" names, does not exist.', $create);
	$node->safe_psql('bare', q{CREATE SERVER "With a blank" FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1')});
	$warned->('a server without a domain', 'bare', '',
		('WARNING:  could not record the lineage of dataset "bare.public.dst": server "With a blank" has no domain',
			q{HINT:  ALTER SERVER "With a blank" OPTIONS (ADD domain_identifier '...').}) x 2);
	$node->safe_psql('postgres', 'DROP DATABASE bare');
	return;
}

# What is told is told for all; rows that others have brought are added.
sub one_for_all_sessions
{
	my $insert = sub { return "SET datazone.capture = 'column'; INSERT INTO dst (y) SELECT b || a FROM src WHERE id <= $_[0]"; };

	run_as(me(), $insert->(1));
	is(entries(), 'keeper sim dst 1', 'told in a session');
	run_as(me(), $insert->(2));
	run_as('loader', $insert->(3) =~ s/.*?; //r);
	is(entries(), '', 'and in no other');
	run_as(me(), 'SET datazone.capture_interval = 0; ' . $insert->(4));
	is(entries(), 'keeper sim dst 9', 'whose rows come with the next event');
	return;
}

# Told again when that long has passed, and never before; no row is lost.
sub the_interval_passes
{
	my $count = sub { return $node->safe_psql('postgres', 'SELECT count(*) FROM datazone_outbox_entry'); };
	my $runs = 0;

	poll_until(sub {
		$runs++;
		$node->safe_psql('postgres', q{SET datazone.capture = 'column'; SET datazone.capture_interval = '2s'; INSERT INTO dst (y) SELECT a::text FROM src WHERE id <= 3});
		return $count->() >= 3;
	}, 'three events', 60);
	my @events = new_events();
	my @times = split /\n/, $node->safe_psql('postgres', "SELECT extract(epoch FROM (payload ->> 'eventTime')::timestamptz) FROM datazone_outbox_entry ORDER BY id");
	cmp_ok($times[$_] - $times[ $_ - 1 ], '>=', 1.9, "event $_ comes when the interval has passed") for 1 .. 2;
	my $rows = 0;
	$rows += $_->{outputs}[0]{outputFacets}{outputStatistics}{rowCount} for @events;
	is($rows, 3 * $runs, 'and together they have all rows');
	entries();
	return;
}

# What is known costs neither a subtransaction nor a derivation.
sub only_looked_up
{
	my $execute = sub {
		my ($setting) = @_;
		my (undef, $err) = run_as(me(), qq{SET datazone.capture = 'column'; SET plan_cache_mode = force_generic_plan;
			PREPARE p AS INSERT INTO dst (x, n) SELECT a, id FROM src; EXECUTE p; EXECUTE p; $setting
			SET client_min_messages = debug5; EXECUTE p; RESET client_min_messages});
		return scalar(() = $err =~ /StartSubTransaction/g);
	};
	is($execute->(''), 0, 'what was told is looked up, and that is all');
	is(entries(), 'keeper sim dst 10', 'it was told once');
	cmp_ok($execute->('SET datazone.capture_interval = 0;'), '>', 0, 'while what is told is written in subtransactions');
	is(entries(), 'keeper sim dst 50', 'with all rows');
	return;
}

# 8,192 of them; beyond that some are told once more, and nothing else happens.
sub the_ledger_is_full
{
	my $tell = sub {
		my ($from, $to, $node) = @_;
		run_as(me(), qq{SET datazone.capture = 'column';
			DO \$\$ BEGIN FOR i IN $from..$to LOOP
				PERFORM set_config('datazone.job_name', 'job' || i, false);
				INSERT INTO dst (n) VALUES (i);
				IF i % 50 = 0 THEN COMMIT; END IF;
			END LOOP; END \$\$}, name => "jobs from $from to $to");
		return $node->safe_psql('postgres', 'WITH gone AS (DELETE FROM datazone_outbox_entry RETURNING *) SELECT count(*) FROM gone');
	};
	is($tell->(1, 9000, $node), 9000, 'more lineages than the ledger has room for are all told');
	is($tell->(8951, 9000, $node), 0, 'the latest are known');
	my $again = $tell->(1, 1000, $node);
	cmp_ok($again, '>', 0, "of the first thousand $again are told again");
	cmp_ok($again, '<', 1000, 'but not all');
	return;
}

# Loaded by a session, the library has no shared memory, and so no outbox.
sub not_preloaded
{
	my $other = PostgreSQL::Test::Cluster->new('other');
	$other->init;
	$other->append_conf('postgresql.conf', "session_preload_libraries = 'datazone'\ndatazone.dataset_namespace = '${\NAMESPACE}'");
	$other->start;
	$other->safe_psql('postgres', q{CREATE EXTENSION datazone; CREATE TABLE src (a int); CREATE TABLE dst (x int);
		CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_x')});
	my ($out, $err) = run_as($other->safe_psql('postgres', 'SELECT current_user'), q{SET datazone.capture = 'column';
		INSERT INTO src VALUES (1), (2); INSERT INTO dst SELECT a FROM src; CREATE TABLE made AS SELECT a FROM src; TRUNCATE src;
		SELECT count(*) FROM dst}, node => $other, name => 'without preloading statements run');
	is($out, 2, 'and do what they do');
	is_deeply([ warnings_of($err) ],
		[ 'WARNING:  lineage is not captured', 'HINT:  Add datazone to shared_preload_libraries and restart the server.' ], 'with one warning');
	is($other->safe_psql('postgres', 'SELECT count(*) FROM datazone_outbox_entry'), 0, 'and no event');
	$other->stop;
	return;
}
