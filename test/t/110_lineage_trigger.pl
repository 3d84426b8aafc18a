# The lineage trigger beyond one session: events are as OpenLineage's schemas
# have them and arrive with the service; logical replication fires the trigger;
# names in a single-byte encoding; what goes wrong costs the loader nothing
# unless it is about the transaction; a million rows cost no memory.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use JSON::PP;
use OpenLineage;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

use constant PARENT => 'a/b/c/01234567-89ab-7def-8123-456789abcdef';
use constant LINEAGE => "wal_level = logical\nmax_wal_senders = 4\nmax_replication_slots = 4\nmax_prepared_transactions = 4\n"
  . "autovacuum = off\n"
  . "datazone.dataset_namespace = 'postgres://main.example:5432'\n";

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => LINEAGE,
	server => { rate_limit => 0 });

delivered();
single_byte_names();
settings_of_a_function_and_a_trap();
locked_outbox();
many_rows();
applied();
no_namespace();
not_preloaded();
$node->stop;
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# Events that the service has accepted.
sub accepted
{
	return @{ $sim->control('GET', 'lineage?bodies=1')->{events} };
}

sub waiting
{
	my ($on) = @_;

	return $on->safe_psql('postgres',
		'SELECT count(*) FROM datazone_outbox');
}

sub sent_events
{
	return map {
		my $body = $_->{body} // $_->{event};
		ref $body ? $body : JSON::PP->new->decode($body)
	} accepted();
}

sub bytes
{
	my ($text) = @_;

	utf8::encode($text) if utf8::is_utf8($text);
	return $text;
}

# All kinds of events reach the service, and are valid.
sub delivered
{
	$node->safe_psql('postgres', q{
		CREATE SCHEMA mart;
		CREATE TABLE mart.source (id int, "Spalte ""ü""" numeric(8, 2)[]);
		CREATE TABLE mart.target (id int, at timestamptz(3), "größe" text);
		CREATE TABLE mart."Ziel, 日本" (id int);
		CREATE TRIGGER i AFTER INSERT ON mart.target REFERENCING NEW TABLE AS n
			EXECUTE FUNCTION datazone_lineage_trigger('inputs=mart.source');
		CREATE TRIGGER d AFTER DELETE OR TRUNCATE ON mart.target
			EXECUTE FUNCTION datazone_lineage_trigger('inputs=mart.source,s3://bucket some/key', 'job=entfernt ✓');
		CREATE TRIGGER r AFTER INSERT ON mart."Ziel, 日本" FOR EACH ROW
			EXECUTE FUNCTION datazone_lineage_trigger('namespace=jobs');
	});
	$node->safe_psql('postgres', $_)
	  for 'INSERT INTO mart.target SELECT generate_series(1, 7)',
	  'SET datazone.parent_run = \'' . PARENT
	  . '\'; DELETE FROM mart.target WHERE id = 7',
	  'TRUNCATE mart.target',
	  q{BEGIN; INSERT INTO mart."Ziel, 日本" VALUES (1), (2);
		INSERT INTO mart.target VALUES (1); COMMIT},
	  q{BEGIN; INSERT INTO mart.target VALUES (1); ROLLBACK},
	  q{BEGIN; INSERT INTO mart.target VALUES (1);
		PREPARE TRANSACTION 'p'},
	  q{COMMIT PREPARED 'p'};
	poll_until(sub { scalar(accepted()) >= 6 }, 'six events to arrive', 30);
	poll_until(sub { waiting($node) == 0 }, 'the outbox to be empty', 30);
	my @events = sent_events();

	# first: a number that was printed is no longer one
	is_valid('all of them', @events);
	is(scalar @events, 6, 'an event for each table and transaction');
	my %runs = map { $_->{run}{runId} => 1 } @events;
	is(scalar keys %runs, 6, 'each is a run of its own');
	is_deeply(
		[ sort map { bytes($_->{outputs}[0]{name}) . ' '
				. ($_->{outputs}[0]{outputFacets}{outputStatistics}{rowCount}
					// '-') } @events ],
		[ sort 'postgres.mart.target 7', 'postgres.mart.target -',
			'postgres.mart.target -', 'postgres.mart.target 1',
			'postgres.mart.target 1', 'postgres.mart.Ziel, 日本 -' ],
		'tables and rows');
	return;
}

# By the specification's own schemas, where they are; broken ones are not.
sub is_valid
{
	my ($what, @events) = @_;
	my ($event) = grep { $_->{outputs}[0]{outputFacets} } @events;
	my $problems = sub {
		my ($change) = @_;
		my $copy = decode_json(encode_json($event));
		$change->($copy);
		return join "\n", event_problems($copy);
	};

	is_deeply([ map { event_problems($_) } @events ], [], "$what are valid");

  SKIP:
	{
		skip 'broken events: the OpenLineage schemas are not here', 4
		  unless has_schemas();
		like($problems->(sub { $_[0]{eventTime} = 'now' }),
			qr/eventTime/, 'the check sees a wrong format');
		like($problems->(sub { delete $_[0]{run}{runId};
				$_[0]{run}{runId} = 'x' x 36 }),
			qr/event\.run\.runId/, 'a wrong run');
		like($problems->(sub { $_[0]{outputs}[0]{outputFacets}
				{outputStatistics}{rowCount} = 'x' }),
			qr/rowCount/, "a facet's wrong type");
		like($problems->(sub { delete $_[0]{outputs}[0]{facets}{schema}
				{fields}[0]{name} }),
			qr/fields\[0\]\.name/, "a facet's missing member");
	}
	return;
}

# The server's encoding is not JSON's.
sub single_byte_names
{
	$node->safe_psql('postgres', q{CREATE DATABASE latin ENCODING 'LATIN1'
		LOCALE 'C' TEMPLATE template0});
	$node->safe_psql('latin', 'CREATE EXTENSION datazone');
	my $url = $sim->url;
	$node->safe_psql('latin', qq{
		SET client_encoding = 'UTF8';
		CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
			region 'eu-west-1', domain_identifier 'dzd_simulator',
			endpoint_url '$url', paused 'true');
		CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
			access_key_id 'AKIDEXAMPLE',
			secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
		CREATE TABLE "Größe" ("ß" int);
		CREATE TRIGGER t AFTER INSERT ON "Größe"
			EXECUTE FUNCTION datazone_lineage_trigger();
		INSERT INTO "Größe" VALUES (1);
	});
	my $found = JSON::PP->new->utf8->decode(bytes($node->safe_psql('latin',
		"SET client_encoding = 'UTF8'; SELECT payload FROM datazone_outbox")));
	is(bytes($found->{outputs}[0]{name}), 'latin.public.Größe',
		'a name of LATIN1 is what it is');
	is(bytes($found->{outputs}[0]{facets}{schema}{fields}[0]{name}),
		'ß', 'a column too');
	return;
}

# A SECURITY DEFINER loader with a search_path of its own changes nothing.
sub settings_of_a_function_and_a_trap
{
	my $before = accepted();

	$node->safe_psql('postgres', q{
		CREATE SCHEMA trap;
		CREATE FUNCTION trap.int8out(bigint) RETURNS cstring LANGUAGE internal
			AS 'int8out';
		CREATE TABLE trap.datazone_outbox_entry (id int);
		CREATE ROLE loader;
		GRANT USAGE ON SCHEMA mart, trap TO loader;
		GRANT INSERT ON mart.target TO loader;
		SET ROLE loader;
		SET search_path = trap, pg_catalog, public;
		INSERT INTO mart.target VALUES (4);
	});
	poll_until(sub { scalar(accepted()) > $before }, 'the event', 30);
	is($node->safe_psql('postgres',
			'SELECT count(*) FROM trap.datazone_outbox_entry'),
		0, 'nothing goes where search_path leads');
	return;
}

# A lock that cannot be had is trouble with lineage; a cancel is not.
sub locked_outbox
{
	my $holder = DatazoneSession->new($node);
	my $session = DatazoneSession->new($node);

	$holder->query('BEGIN; LOCK TABLE datazone_outbox_entry');
	$session->query(q{SET lock_timeout = '100ms'});
	my $result = $session->query('INSERT INTO mart.target VALUES (100)', 60);
	is($result->{sqlstate}, '00000', 'no lock: the transaction commits');
	like($result->{out},
		qr/could not record the lineage of table "mart\.target" \(trigger "i"\): .*lock timeout/,
		'with a warning');
	$session->query('RESET lock_timeout');
	$session->send('INSERT INTO mart.target VALUES (101)');
	my $pid = $session->pid;
	poll_until(
		sub {
			$node->safe_psql('postgres', "SELECT pg_cancel_backend(pid)
				FROM pg_stat_activity
				WHERE pid = $pid AND wait_event_type = 'Lock'") eq 't';
		},
		'the commit to wait');
	$result = $session->result(60);
	is($result->{sqlstate}, '57014', 'a cancel is one, at commit too');
	$holder->query('ROLLBACK');
	is($node->safe_psql('postgres',
			'SELECT string_agg(id::text, $$,$$) FROM mart.target WHERE id >= 100'),
		'100', 'and what it cancels is gone');
	$result = $session->query('INSERT INTO mart.target VALUES (102)', 60);
	is($result->{sqlstate}, '00000', 'the session goes on');
	$_->close for $holder, $session;
	return;
}

# Rows, statements and subtransactions add nothing.
sub many_rows
{
	my $session = DatazoneSession->new($node);
	my $size = q{SELECT sum(total_bytes) FROM pg_backend_memory_contexts
		WHERE name LIKE 'datazone lineage%'};

	$session->query('CREATE TABLE mart.many (id int);
		CREATE TRIGGER r AFTER INSERT ON mart.many
			REFERENCING NEW TABLE AS n FOR EACH ROW
			EXECUTE FUNCTION datazone_lineage_trigger()');
	$session->query('BEGIN; INSERT INTO mart.many VALUES (1)');
	my $before = $session->query($size)->{out};
	$session->query('INSERT INTO mart.many SELECT generate_series(1, 200000)',
		60);
	$session->query(q{DO $$ BEGIN
		FOR n IN 1..20000 LOOP
			BEGIN
				INSERT INTO mart.many VALUES (n), (100 / (n % 2));
			EXCEPTION WHEN division_by_zero THEN NULL;
			END;
			IF n % 100 = 0 THEN
				PERFORM set_config('datazone.job_namespace', '', true);
			END IF;
		END LOOP; END $$}, 120);
	my $after = $session->query($size)->{out};
	like($before, qr/^\d+\s*$/, "it takes $before bytes");
	is($after, $before, 'no more with many rows and subtransactions');
	is($session->query('COMMIT', 60)->{sqlstate}, '00000', 'it commits');
	poll_until(
		sub {
			grep { $_->{outputs}[0]{name} eq 'postgres.mart.many'
				  && $_->{outputs}[0]{outputFacets}{outputStatistics}{rowCount}
				  == 220001 } sent_events();
		},
		'the event of 220001 rows', 30);
	pass('all rows but those rolled back are counted');
	$session->close;
	return;
}

# What a subscription applies fires triggers of the modes ALWAYS and REPLICA.
sub applied
{
	my $target = new_worker_node('subscriber', $sim, conf => LINEAGE,
		server => { rate_limit => 0 });
	$target->append_conf('postgresql.conf',
		"datazone.dataset_namespace = 'postgres://subscriber.example:5432'");
	$target->reload;
	my $tables = 'CREATE TABLE copy_a (id int PRIMARY KEY);
		CREATE TABLE copy_r (id int PRIMARY KEY);
		CREATE TABLE copy_o (id int PRIMARY KEY);';
	$node->safe_psql('postgres', $tables . 'CREATE PUBLICATION p
		FOR TABLE copy_a, copy_r, copy_o');
	$target->safe_psql('postgres', $tables . join '', map {
		"CREATE TRIGGER t AFTER INSERT OR UPDATE OR DELETE ON $_ FOR EACH ROW
			EXECUTE FUNCTION datazone_lineage_trigger('job=apply');" }
	  qw(copy_a copy_r copy_o));
	$target->safe_psql('postgres', 'ALTER TABLE copy_a ENABLE ALWAYS TRIGGER t;
		ALTER TABLE copy_r ENABLE REPLICA TRIGGER t');
	my $from = $node->connstr('postgres') =~ s/'/''/gr;
	$target->safe_psql('postgres',
		"CREATE SUBSCRIPTION s CONNECTION '$from' PUBLICATION p");
	$target->wait_for_subscription_sync($node, 's');
	$node->safe_psql('postgres', 'BEGIN;
		INSERT INTO copy_a SELECT generate_series(1, 3);
		INSERT INTO copy_r VALUES (1), (2);
		INSERT INTO copy_o VALUES (1);
		DELETE FROM copy_a WHERE id = 1;
		COMMIT');
	$node->safe_psql('postgres',
		'BEGIN; INSERT INTO copy_a VALUES (9); ROLLBACK');
	$node->safe_psql('postgres', 'UPDATE copy_r SET id = 7 WHERE id = 1');
	my @found;
	poll_until(
		sub {
			@found = grep { $_->{job}{namespace} =~ /subscriber/ }
			  sent_events();
			return @found >= 3;
		},
		'three events of what was applied', 60);
	is_deeply(
		[ sort map { "$_->{job}{name} $_->{outputs}[0]{name} "
				. (exists $_->{outputs}[0]{outputFacets} ? '?' : 'uncounted') }
			  @found ],
		[ 'apply postgres.public.copy_a uncounted', 'apply postgres.public.copy_r uncounted',
			'apply postgres.public.copy_r uncounted' ],
		'an event for each applied transaction and table');
	is($target->safe_psql('postgres', 'SELECT count(*) FROM copy_o'),
		1, 'the table whose trigger is not enabled for it has its row');
	$target->safe_psql('postgres', 'DROP SUBSCRIPTION s');
	$target->stop;
	return;
}

# A server that has no name for lineage.
sub no_namespace
{
	$node->append_conf('postgresql.conf', "datazone.dataset_namespace = ''");
	$node->reload;
	my $session = DatazoneSession->new($node);
	poll_until(
		sub {
			$session->query('SHOW datazone.dataset_namespace')->{out} =~ /^\s*$/;
		},
		'the setting');
	my $result = $session->query('INSERT INTO mart.target VALUES (200)');
	is($result->{sqlstate}, '00000', 'without a namespace the load goes on');
	like($result->{out}, qr/"datazone.dataset_namespace" is not set/,
		'with a warning that says so');
	$session->query('SET datazone.lineage_errors = error');
	$result = $session->query('INSERT INTO mart.target VALUES (201)');
	is($result->{sqlstate}, '55000', 'or fails, if that is asked for');
	$session->close;
	$node->append_conf('postgresql.conf',
		"datazone.dataset_namespace = 'postgres://main.example:5432'");
	$node->reload;
	return;
}

# Nobody would deliver it.
sub not_preloaded
{
	$node->append_conf('postgresql.conf', "shared_preload_libraries = ''");
	$node->restart;
	my $session = DatazoneSession->new($node);
	my $result = $session->query('INSERT INTO mart.target VALUES (300)');
	is($result->{sqlstate}, '00000', 'without preloading the load goes on');
	like($result->{out}, qr/shared_preload_libraries/,
		'with a warning that says what to do');
	$session->query('SET datazone.lineage_errors = error');
	$result = $session->query('INSERT INTO mart.target VALUES (301)');
	is($result->{sqlstate}, '55000', 'or fails, if that is asked for');
	$session->close;
	return;
}
