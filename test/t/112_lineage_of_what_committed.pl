# A lineage trigger tells what its transaction has committed: one event for
# each job and table, with that table's inputs and rows, valid and in the name
# of the table's owner; never what was rolled back, and never at the expense of
# the transaction.

use strict;
use warnings;
use utf8;

use DatazoneCapture qw(NAMESPACE new_entries);
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use Encode ();
use JSON::PP;
use OpenLineage;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $json = JSON::PP->new->utf8->canonical;
my $sim = start_simulator();
# Nothing is sent: the outbox shows all that there is.
my $node = new_worker_node('main', $sim, conf => qq{
	datazone.enabled = off
	datazone.dataset_namespace = '${\NAMESPACE}'
	max_prepared_transactions = 10
	wal_level = logical
	max_wal_senders = 5
	max_replication_slots = 5
});
our $last = 0;

setup();
statements();
row_counts();
rows_and_partitions();
separate_targets();
savepoints();
prepared();
jobs_and_parents();
inputs();
whose_event();
who_may_attach();
errors();
locked_out();
schema_of_its_own();
nothing_to_tell();
read_only_at_the_end();
rows_cost_nothing();
names();
columns_beyond_the_limit();
replication();
$node->stop;
done_testing();

sub setup
{
	$node->safe_psql('postgres', q{
		CREATE ROLE loader LOGIN;
		CREATE ROLE etl LOGIN;
		CREATE ROLE guest LOGIN;
		GRANT EXECUTE ON FUNCTION datazone_lineage_trigger() TO loader, guest;
		GRANT USAGE ON FOREIGN SERVER sim TO loader;
		CREATE SCHEMA mart AUTHORIZATION loader;
		GRANT USAGE ON SCHEMA mart TO etl, guest;
		CREATE SCHEMA staging AUTHORIZATION loader;
		SET ROLE loader;
		CREATE TABLE staging.orders (id int, amount numeric(10,2));
		INSERT INTO staging.orders SELECT i, i FROM generate_series(1, 10) i;
		CREATE TABLE mart.sales (id int PRIMARY KEY, gone text, amount numeric(10,2), "Tag" varchar(20)[]);
		ALTER TABLE mart.sales DROP COLUMN gone;
		CREATE TRIGGER lineage AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mart.sales
			FOR EACH STATEMENT EXECUTE FUNCTION datazone_lineage_trigger('inputs=staging.orders');
		GRANT ALL ON mart.sales TO etl});
	return;
}

# Run SQL (as a role), and give the events that it left, decoded.  psql's
# output is in $said and must have no error unless the caller looks at it.
my $said;

sub events_of
{
	my ($sql, %options) = @_;
	my $dbname = $options{dbname} // 'postgres';
	my ($out, $err) = ('', '');
	my $code = $node->psql(
		$dbname, Encode::encode_utf8($sql),
		stdout => \$out,
		stderr => \$err,
		extra_params => [ '-U', $options{user} // 'postgres' ],
		on_error_stop => 1);

	$said = Encode::decode_utf8("$out\n$err");
	fail("failed: $said") if $code != 0 && !$options{may_fail};
	return new_events($dbname);
}

sub new_events
{
	my ($dbname) = @_;

	return new_entries($node, $dbname, \$last);
}

sub output { return $_[0]{event}{outputs}[0]; }

sub rows
{
	my ($entry) = @_;
	my $facet = output($entry)->{outputFacets}{outputStatistics};

	return $facet ? $facet->{rowCount} : 'absent';
}

sub target
{
	my ($entry) = @_;
	return output($entry)->{name};
}

# Every kind of statement, and every way to run one.
sub statements
{
	note has_schemas() ? 'with the published schemas' : 'without them';
	my @entries =
	  events_of('INSERT INTO mart.sales SELECT id, amount FROM staging.orders');
	is(scalar(@entries), 1, 'one event of an INSERT');
	my $event = $entries[0]{event};
	is_deeply([ event_problems($event) ], [], 'it is valid');
	is_deeply($event->{job},
		{ namespace => NAMESPACE, name => 'postgres.mart.sales' },
		'the job is the table where nobody names it');
	is_deeply(
		[ map { [ @$_{qw(namespace name)} ] } @{ $event->{outputs} } ],
		[ [ NAMESPACE, 'postgres.mart.sales' ] ], 'the output');
	is_deeply(
		[ map { [ $_->{name}, $_->{type} ] }
			@{ output($entries[0])->{facets}{schema}{fields} } ],
		[ [ 'id', 'integer' ], [ 'amount', 'numeric(10,2)' ],
			[ 'Tag', 'character varying(20)[]' ] ],
		'its columns, without dropped ones');
	is_deeply(
		[ map { [ @$_{qw(namespace name)} ] } @{ $event->{inputs} } ],
		[ [ NAMESPACE, 'postgres.staging.orders' ] ], 'the input');
	is_deeply(
		[ map { $_->{name} } @{ $event->{inputs}[0]{facets}{schema}{fields} } ],
		[qw(id amount)], 'its columns');
	is($event->{run}{facets}{processing_engine}{name},
		'PostgreSQL', 'the engine');
	is(rows($entries[0]), 'absent', 'rows that nobody counted are not told');

	my %ways = (
		update => 'UPDATE mart.sales SET amount = 0',
		delete => 'DELETE FROM mart.sales WHERE id = 1',
		truncate => 'TRUNCATE mart.sales',
		copy => "COPY mart.sales (id, amount) FROM PROGRAM 'echo 100,1' CSV",
		'copy in a block' => "BEGIN; COPY mart.sales (id) FROM PROGRAM 'echo 101'; COMMIT",
		upsert => 'INSERT INTO mart.sales VALUES (100, 2) ON CONFLICT (id) DO UPDATE SET amount = 3',
		merge => 'MERGE INTO mart.sales s USING staging.orders o ON s.id = o.id
			WHEN MATCHED THEN UPDATE SET amount = o.amount
			WHEN NOT MATCHED THEN INSERT VALUES (o.id, o.amount)',
		'data-modifying WITH' => 'WITH d AS (DELETE FROM mart.sales RETURNING *) SELECT count(*) FROM d',
		prepared => 'PREPARE p AS INSERT INTO mart.sales VALUES (200); EXECUTE p',
		plpgsql => q{DO $$ BEGIN
				TRUNCATE mart.sales;
				FOR i IN 1 .. 5 LOOP INSERT INTO mart.sales VALUES (i); END LOOP;
				EXECUTE 'UPDATE mart.sales SET amount = id';
			END $$},
		'no rows' => 'UPDATE mart.sales SET amount = 1 WHERE false');
	for my $way (sort keys %ways)
	{
		is_deeply([ map { target($_) } events_of($ways{$way}, user => 'etl') ],
			['postgres.mart.sales'], "one event: $way")
		  unless $way =~ /copy|merge/;
		is_deeply([ map { target($_) } events_of($ways{$way}) ],
			['postgres.mart.sales'], "one event: $way")
		  if $way =~ /copy|merge/;
	}

	is(scalar(events_of(q{DO $$ BEGIN
			FOR i IN 1000 .. 1002 LOOP INSERT INTO mart.sales VALUES (i); COMMIT; END LOOP;
		END $$})), 3, 'a procedure that commits leaves an event for each transaction');
	is(scalar(events_of('BEGIN; INSERT INTO mart.sales VALUES (2000); ROLLBACK')),
		0, 'no event of a rollback');
	is(scalar(events_of('INSERT INTO mart.sales VALUES (1000)', may_fail => 1)),
		0, 'no event of a statement that fails');
	$node->safe_psql('postgres', q{
		CREATE TABLE mart.late (id int); ALTER TABLE mart.late OWNER TO loader;
		CREATE CONSTRAINT TRIGGER lineage AFTER INSERT ON mart.late DEFERRABLE INITIALLY DEFERRED
			FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger()});
	is_deeply(
		[ map { target($_) } events_of('INSERT INTO mart.late VALUES (1), (2)') ],
		['postgres.mart.late'], 'a deferred trigger is in time');
	return;
}

# Transition tables say how many rows there were.
sub row_counts
{
	$node->safe_psql('postgres', q{
		SET ROLE loader;
		CREATE TABLE mart.counted (id int PRIMARY KEY, v int);
		CREATE TRIGGER i AFTER INSERT ON mart.counted REFERENCING NEW TABLE AS n
			FOR EACH STATEMENT EXECUTE FUNCTION datazone_lineage_trigger();
		CREATE TRIGGER u AFTER UPDATE ON mart.counted REFERENCING NEW TABLE AS n OLD TABLE AS o
			FOR EACH STATEMENT EXECUTE FUNCTION datazone_lineage_trigger();
		CREATE TRIGGER d AFTER DELETE ON mart.counted REFERENCING OLD TABLE AS o
			FOR EACH STATEMENT EXECUTE FUNCTION datazone_lineage_trigger();
		CREATE TRIGGER t AFTER TRUNCATE ON mart.counted
			FOR EACH STATEMENT EXECUTE FUNCTION datazone_lineage_trigger()});
	my $count = sub { return [ map { rows($_) } events_of($_[0]) ]; };
	is_deeply($count->('INSERT INTO mart.counted SELECT generate_series(1, 7)'),
		[7], 'rows of an INSERT');
	is_deeply($count->('UPDATE mart.counted SET v = 1 WHERE id < 4'),
		[3], 'rows of an UPDATE, once');
	is_deeply($count->('DELETE FROM mart.counted WHERE id > 5'),
		[2], 'rows of a DELETE');
	is_deeply(
		$count->('BEGIN; TRUNCATE mart.counted;
			INSERT INTO mart.counted SELECT generate_series(1, 4);
			INSERT INTO mart.counted SELECT generate_series(5, 6); COMMIT'),
		[6], 'statements are added up; TRUNCATE has none');
	is_deeply(
		$count->('BEGIN; INSERT INTO mart.counted VALUES (10);
			SAVEPOINT s; INSERT INTO mart.counted VALUES (11), (12); ROLLBACK TO s;
			SAVEPOINT r; INSERT INTO mart.counted VALUES (13), (14); RELEASE r; COMMIT'),
		[3], 'what was rolled back is not counted');
	is_deeply(
		$count->('MERGE INTO mart.counted c USING generate_series(13, 16) i ON c.id = i
			WHEN MATCHED AND i = 13 THEN DELETE WHEN MATCHED THEN UPDATE SET v = 2
			WHEN NOT MATCHED THEN INSERT VALUES (i)'),
		[4], 'rows of a MERGE');
	is_deeply($count->('UPDATE mart.counted SET v = 1 WHERE false'),
		[0], 'none are counted, too');
	is_deeply($count->('TRUNCATE mart.counted'),
		['absent'], 'a TRUNCATE alone has no count');
	return;
}

# Row triggers, and tables in parts: the table that has them is the dataset.
sub rows_and_partitions
{
	$node->safe_psql('postgres', q{
		SET ROLE loader;
		CREATE TABLE mart.part (id int, day int) PARTITION BY LIST (day);
		CREATE TABLE mart.part_1 PARTITION OF mart.part FOR VALUES IN (1);
		CREATE TABLE mart.part_2 PARTITION OF mart.part FOR VALUES IN (2) PARTITION BY LIST (id);
		CREATE TABLE mart.part_2_1 PARTITION OF mart.part_2 DEFAULT;
		-- whose owner is another one, and lets triggers of the whole be added
		RESET ROLE;
		ALTER TABLE mart.part_1 OWNER TO etl;
		GRANT TRIGGER ON mart.part_1 TO loader;
		SET ROLE loader;
		CREATE TRIGGER r AFTER INSERT OR UPDATE OR DELETE ON mart.part
			FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger();
		CREATE TABLE mart.parts (id int, day int) PARTITION BY LIST (day);
		CREATE TABLE mart.parts_1 PARTITION OF mart.parts FOR VALUES IN (1);
		CREATE TABLE mart.parts_2 PARTITION OF mart.parts FOR VALUES IN (2);
		CREATE TRIGGER s AFTER INSERT ON mart.parts REFERENCING NEW TABLE AS n
			FOR EACH STATEMENT EXECUTE FUNCTION datazone_lineage_trigger();
		CREATE TABLE mart.by_row (id int);
		CREATE TRIGGER r AFTER INSERT ON mart.by_row REFERENCING NEW TABLE AS n
			FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger()});
	my $told = sub {
		return [ map { target($_) . ' ' . rows($_) } events_of($_[0]) ];
	};
	my $twelve = 'SELECT i, i % 2 + 1 FROM generate_series(1, 12) i';
	is_deeply($told->("INSERT INTO mart.part $twelve"),
		['postgres.mart.part absent'], 'rows of partitions: one event of the root');
	is_deeply($told->('INSERT INTO mart.part_2_1 VALUES (1, 2)'),
		['postgres.mart.part absent'], 'a row of a partition alone: of the root');
	is_deeply($told->('UPDATE mart.part SET day = 3 - day'),
		['postgres.mart.part absent'], 'rows that move between partitions');
	is_deeply($told->("INSERT INTO mart.parts $twelve"),
		['postgres.mart.parts 12'], 'a statement on a partitioned table');
	is_deeply($told->("COPY mart.parts FROM PROGRAM 'printf \"1,1\\n2,2\\n\"' CSV"),
		['postgres.mart.parts 2'], 'COPY into a partitioned table');
	is_deeply($told->('INSERT INTO mart.by_row SELECT generate_series(1, 9)'),
		['postgres.mart.by_row 9'], 'a transition table of a row trigger counts once');
	return;
}

# Two targets of one transaction have nothing to do with each other.
sub separate_targets
{
	$node->safe_psql('postgres', q{
		SET ROLE loader;
		CREATE TABLE mart.a (id int);
		CREATE TABLE mart.b (id int);
		CREATE TRIGGER l AFTER INSERT ON mart.a FOR EACH STATEMENT
			EXECUTE FUNCTION datazone_lineage_trigger('inputs=staging.orders', 'job=nightly');
		CREATE TRIGGER l AFTER INSERT ON mart.b FOR EACH STATEMENT
			EXECUTE FUNCTION datazone_lineage_trigger('inputs=mart.counted', 'job=nightly')});
	my @entries = events_of('BEGIN; INSERT INTO mart.a VALUES (1);
		INSERT INTO mart.b VALUES (1); INSERT INTO mart.a VALUES (1); COMMIT');
	is_deeply(
		[ map { [ target($_), map { $_->{name} } @{ $_->{event}{inputs} } ] }
			@entries ],
		[ [ 'postgres.mart.a', 'postgres.staging.orders' ],
			[ 'postgres.mart.b', 'postgres.mart.counted' ] ],
		'an event for each target, in order, with its own inputs');
	isnt($entries[0]{event}{run}{runId},
		$entries[1]{event}{run}{runId}, 'and runs of their own');
	return;
}

sub savepoints
{
	my $told = sub { return [ map { target($_) } events_of($_[0]) ]; };
	is_deeply(
		$told->('BEGIN; SAVEPOINT s; INSERT INTO mart.a VALUES (1);
			ROLLBACK TO s; INSERT INTO mart.b VALUES (1); COMMIT'),
		['postgres.mart.b'], 'a savepoint that was rolled back');
	is_deeply(
		$told->('BEGIN; SAVEPOINT s; INSERT INTO mart.a VALUES (1); SAVEPOINT t;
			INSERT INTO mart.b VALUES (1); RELEASE t; ROLLBACK TO s; COMMIT'),
		[], 'and what was released within it');
	is_deeply(
		$told->('BEGIN; SAVEPOINT s; SAVEPOINT t; INSERT INTO mart.a VALUES (1);
			RELEASE t; RELEASE s; SAVEPOINT s; INSERT INTO mart.b VALUES (1);
			ROLLBACK TO s; INSERT INTO mart.a VALUES (2); COMMIT'),
		['postgres.mart.a'], 'one that was released twice');
	is_deeply(
		$told->(q{DO $$ BEGIN FOR i IN 1 .. 2000 LOOP
				BEGIN
					INSERT INTO mart.a VALUES (i);
					IF i % 2 = 0 THEN INSERT INTO mart.b VALUES (i); RAISE division_by_zero; END IF;
				EXCEPTION WHEN division_by_zero THEN NULL;
				END;
			END LOOP; END $$}),
		['postgres.mart.a'], 'blocks with EXCEPTION');
	return;
}

sub prepared
{
	my $sql = 'BEGIN; INSERT INTO mart.a VALUES (1); PREPARE TRANSACTION';

	is(scalar(events_of("$sql 'one'")), 0, 'nothing of a prepared transaction');
	is(scalar(events_of("COMMIT PREPARED 'one'")), 1, 'before its commit');
	is(scalar(events_of("$sql 'two'; ROLLBACK PREPARED 'two'")),
		0, 'nor after its rollback');
	is(scalar(events_of("$sql 'three'; INSERT INTO mart.b VALUES (1);
		COMMIT PREPARED 'three'")), 2, 'and the next transaction is another one');
	return;
}

sub jobs_and_parents
{
	my $id = '019abd5e-5c00-7c3e-9d0c-5f6a3f2f9b11';
	my $run = NAMESPACE . "/nightly.load/$id";
	my ($entry) = events_of("SET datazone.job_name = 'jobs.sales'; SET datazone.job_namespace = 'cron';
		SET datazone.parent_run = '$run'; INSERT INTO mart.sales VALUES (3000)");
	is_deeply($entry->{event}{job},
		{ namespace => 'cron', name => 'jobs.sales' }, 'the session names the job');
	my $parent = $entry->{event}{run}{facets}{parent};
	is_deeply([ $parent->{run}, $parent->{job} ],
		[ { runId => $id }, { namespace => NAMESPACE, name => 'nightly.load' } ],
		'and the parent run');
	for my $bad ('x', "/a/$id", "n//$id", "n/$id", "n/a/${id}0", 'n/a/019abd5e')
	{
		events_of("SET datazone.parent_run = '$bad'", may_fail => 1);
		like($said, qr/invalid value for parameter "datazone.parent_run"/,
			"not a parent run: $bad");
	}

	($entry) = events_of("SET datazone.job_name = 'jobs.sales'; INSERT INTO mart.a VALUES (1)");
	is($entry->{event}{job}{name}, 'nightly', 'a trigger\'s argument comes first');
	is_deeply(
		[ map { $_->{event}{job}{name} } events_of("BEGIN;
			SET LOCAL datazone.job_name = 'one'; INSERT INTO mart.sales VALUES (3001);
			SET LOCAL datazone.job_name = 'two'; INSERT INTO mart.sales VALUES (3002);
			SET LOCAL datazone.job_name = 'one'; INSERT INTO mart.sales VALUES (3003);
			COMMIT") ],
		[qw(one two)], 'two jobs of one transaction');
	$node->safe_psql('postgres', q{
		CREATE FUNCTION load() RETURNS void LANGUAGE sql SET datazone.job_name = 'inner'
			AS 'INSERT INTO mart.sales VALUES (3004)';});
	($entry) = events_of('SELECT load()');
	is($entry->{event}{job}{name}, 'inner', 'a function\'s own setting');
	return;
}

sub inputs
{
	$node->safe_psql('postgres', q{
		SET ROLE loader;
		CREATE TABLE mart.joined (id int);
		CREATE TRIGGER a AFTER INSERT ON mart.joined FOR EACH STATEMENT EXECUTE FUNCTION
			datazone_lineage_trigger('inputs=staging.orders, STAGING."No, such"."table"', 'namespace=airflow');
		CREATE TRIGGER b AFTER INSERT ON mart.joined FOR EACH STATEMENT EXECUTE FUNCTION
			datazone_lineage_trigger('inputs=other.public.t,staging.orders, sales,s3://lake/raw/x.csv,
				postgres://far:5432 db.public."T"', 'namespace=airflow')});
	my @entries = events_of('INSERT INTO mart.joined VALUES (1)');
	is_deeply(
		[ map { "$_->{namespace} $_->{name}" } map { @{ $_->{event}{inputs} } } @entries ],
		[ NAMESPACE . ' postgres.staging.orders',
			NAMESPACE . ' staging.No, such.table',
			NAMESPACE . ' other.public.t',
			NAMESPACE . ' postgres.mart.sales',
			's3://lake raw/x.csv',
			'postgres://far:5432 db.public."T"' ],
		'inputs of several triggers are put together');
	is($entries[0]{event}{job}{namespace}, 'airflow', 'the job\'s namespace');
	is(output($entries[0])->{namespace}, NAMESPACE, 'which is not the dataset\'s');
	is_deeply(
		[ map { exists $_->{facets} ? 1 : 0 } @{ $entries[0]{event}{inputs} } ],
		[ 1, 0, 0, 1, 0, 0 ], 'what is not there has no columns');
	return;
}

# ETL roles need nothing; the event is the owner's, whatever the session says.
sub whose_event
{
	my ($entry) = events_of(q{SET datazone.server = 'absent'; INSERT INTO mart.sales VALUES (4000)},
		user => 'etl');
	is($entry->{role}, 'loader', 'the event is the owner\'s');
	is($entry->{server}, 'sim', 'on the owner\'s server');

	$node->safe_psql('postgres', q{
		CREATE ROLE other;
		GRANT CREATE ON SCHEMA mart TO other;
		CREATE SERVER second FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_second');
		GRANT USAGE ON FOREIGN SERVER second TO other;
		ALTER TABLE mart.sales OWNER TO other;
		GRANT INSERT ON mart.sales TO etl});
	($entry) = events_of('INSERT INTO mart.sales VALUES (4001)', user => 'etl');
	is_deeply([ @$entry{qw(role server domain)} ],
		[ 'other', 'second', 'dzd_second' ], 'the new owner\'s after ALTER OWNER');
	$node->safe_psql('postgres', q{
		ALTER TABLE mart.sales OWNER TO loader;
		ALTER TABLE mart.sales ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
		CREATE POLICY p ON mart.sales FOR INSERT TO etl WITH CHECK (true)});
	is(scalar(events_of('INSERT INTO mart.sales VALUES (4002)', user => 'etl')),
		1, 'row security hides nothing from it');
	$node->safe_psql('postgres', q{ALTER TABLE mart.sales DISABLE ROW LEVEL SECURITY});
	return;
}

# The event is the owner's, so who may only add triggers must not add this one.
sub who_may_attach
{
	my $create = 'CREATE TRIGGER mine AFTER INSERT ON mart.sales FOR EACH STATEMENT
		EXECUTE FUNCTION datazone_lineage_trigger';

	$node->safe_psql('postgres', 'GRANT TRIGGER ON mart.sales TO guest, etl');
	events_of("$create()", user => 'etl', may_fail => 1);
	like($said, qr/permission denied for function datazone_lineage_trigger/,
		'without EXECUTE nobody adds the trigger');
	events_of("$create('server=second')", user => 'guest', may_fail => 1);
	like($said, qr/must be owner of table sales/,
		'with TRIGGER and EXECUTE only the owner does');
	$node->safe_psql('postgres', 'GRANT loader TO guest');
	events_of("$create(); DROP TRIGGER mine ON mart.sales", user => 'guest');
	unlike($said, qr/ERROR/, 'a member of the owner may');
	for my $bad (
		[ 'sever=sim', qr/Perhaps you meant "server"/ ],
		[ 'server', qr/invalid argument "server"/ ],
		[ 'inputs=a.b.c.d', qr/invalid argument/ ],
		[ 'inputs=', qr/invalid argument/ ])
	{
		events_of("$create('$bad->[0]')", may_fail => 1);
		like($said, $bad->[1], "the trigger is not made: $bad->[0]");
	}
	events_of('CREATE TRIGGER mine BEFORE INSERT ON mart.sales
		EXECUTE FUNCTION datazone_lineage_trigger()', may_fail => 1);
	like($said, qr/AFTER/, 'the trigger is not made: BEFORE');
	return;
}

# A problem of lineage is a warning, unless it is to be an error.
sub errors
{
	my $insert = 'INSERT INTO mart.sales VALUES (%d)';
	my $errors = $node->safe_psql('postgres', q{
		ALTER ROLE loader SET search_path = public;
		REVOKE USAGE ON FOREIGN SERVER sim FROM loader;
		SELECT 0});

	is(scalar(events_of(sprintf($insert, 5000))), 0, 'no server, no event');
	like($said, qr/WARNING:.*sales.*no datazone server for role "loader"/,
		'a warning that names the table');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM mart.sales WHERE id = 5000'),
		1, 'and the rows are there');
	events_of(sprintf("BEGIN; $insert; INSERT INTO mart.a VALUES (1); PREPARE TRANSACTION 'p'; COMMIT PREPARED 'p'", 5001));
	is(() = $said =~ /WARNING/g, 2, 'a warning for each table');
	events_of(sprintf("SET datazone.lineage_errors = error; $insert", 5002), may_fail => 1);
	like($said, qr/ERROR:.*no datazone server/s, 'as an error');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM mart.sales WHERE id = 5002'),
		0, 'it takes the transaction with it');
	events_of('SET datazone.lineage_errors = error', user => 'etl', may_fail => 1);
	like($said, qr/permission denied/, 'which is not for everybody to ask for');

	$node->safe_psql('postgres', 'GRANT USAGE ON FOREIGN SERVER sim TO loader');
	$node->append_conf('postgresql.conf', "datazone.dataset_namespace = ''");
	$node->reload;
	$node->poll_query_until('postgres',
		q{SELECT current_setting('datazone.dataset_namespace') = ''});
	is(scalar(events_of(sprintf($insert, 5003))), 0, 'no name, no event');
	like($said, qr/WARNING:.*datazone.dataset_namespace/, 'a warning says why');
	$node->append_conf('postgresql.conf',
		"datazone.dataset_namespace = '${\NAMESPACE}'");
	$node->reload;
	$node->poll_query_until('postgres',
		q{SELECT current_setting('datazone.dataset_namespace') <> ''});

	# one event that cannot be written costs no other
	$node->safe_psql('postgres', q{
		SET ROLE loader;
		CREATE TABLE mart.wrong (id int);
		CREATE TRIGGER l AFTER INSERT ON mart.wrong FOR EACH STATEMENT
			EXECUTE FUNCTION datazone_lineage_trigger('server=absent')});
	is_deeply(
		[ map { target($_) } events_of('BEGIN; INSERT INTO mart.a VALUES (1);
			INSERT INTO mart.wrong VALUES (1); INSERT INTO mart.b VALUES (1); COMMIT') ],
		[ 'postgres.mart.a', 'postgres.mart.b' ], 'the others are written');
	is(() = $said =~ /WARNING/g, 1, 'with one warning');
	like($said, qr/WARNING:.*wrong.*server "absent" does not exist/, 'of that');
	return;
}

# Who has the outbox locked holds up a commit for seconds only, and but once.
sub locked_out
{
	my $holder = DatazoneSession->new($node);
	my $session = DatazoneSession->new($node);
	my $load = 'BEGIN; INSERT INTO mart.a VALUES (1); INSERT INTO mart.b VALUES (1)';
	my $commit = sub {
		$session->query($load);
		my $sent = time();
		my $result = $session->query($_[0] // 'COMMIT');
		return ($result, time() - $sent);
	};

	$holder->query('BEGIN; LOCK TABLE datazone_outbox_entry');
	my ($result, $took) = $commit->();
	is($result->{sqlstate}, '00000', 'a locked outbox: the transaction commits');
	is(() = $result->{out} =~ /could not record.*lock timeout/g,
		2, 'with a warning for each table');
	cmp_ok($took, '<', 9, 'after one wait');
	is($session->query('SHOW lock_timeout')->{out}, '0', 'whose limit is gone');
	($result, $took) = $commit->("PREPARE TRANSACTION 'locked'");
	is($result->{sqlstate}, '00000', 'PREPARE TRANSACTION, too');
	$session->query("COMMIT PREPARED 'locked'");

	$session->query("SET lock_timeout = '100ms'");
	($result, $took) = $commit->();
	is(() = $result->{out} =~ /could not record.*lock timeout/g,
		2, 'by the session\'s own limit');
	cmp_ok($took, '<', 4, 'which is shorter');
	is($session->query('SHOW lock_timeout')->{out}, '100ms', 'and stays');

	$session->query("SET lock_timeout = '1h'; SET datazone.lineage_errors = error");
	($result, $took) = $commit->();
	is($result->{sqlstate}, '55P03', 'as an error');
	$holder->query('ROLLBACK');
	($result) = $commit->();
	is($result->{sqlstate}, '00000', 'the session goes on');
	is(scalar(new_events('postgres')), 2, 'with its events');
	$_->close for $holder, $session;
	return;
}

# Neither the owner of a table nor who loads it needs the extension's schema.
sub schema_of_its_own
{
	$node->safe_psql('postgres', 'CREATE DATABASE governed');
	$node->safe_psql('governed', q{
		CREATE SCHEMA governance;
		CREATE EXTENSION datazone SCHEMA governance});
	create_datazone_server_in('governed');
	$node->safe_psql('governed', q{
		GRANT USAGE ON FOREIGN SERVER sim TO loader;
		CREATE SCHEMA mart AUTHORIZATION loader;
		GRANT USAGE ON SCHEMA mart TO etl;
		CREATE TABLE mart.t (id int);
		ALTER TABLE mart.t OWNER TO loader;
		GRANT INSERT ON mart.t TO etl;
		GRANT EXECUTE ON FUNCTION governance.datazone_lineage_trigger() TO loader;
		CREATE TRIGGER l AFTER INSERT ON mart.t FOR EACH STATEMENT
			EXECUTE FUNCTION governance.datazone_lineage_trigger()});
	for my $user (qw(loader etl))
	{
		my ($out, $err) = ('', '');
		$node->psql('governed', 'INSERT INTO mart.t VALUES (1)',
			stdout => \$out, stderr => \$err, extra_params => [ '-U', $user ]);
		is($err, '', "$user needs no rights on the extension's schema");
	}
	is($node->safe_psql('governed', q{SELECT string_agg(role::text || ' ' || job, ', ')
			FROM governance.datazone_outbox_entry}),
		join(', ', ("loader ${\NAMESPACE}/governed.mart.t") x 2),
		'and its events are written');
	return;
}

# What nobody else can see, or no longer can, has no event.
sub nothing_to_tell
{
	my $trigger = 'CREATE TRIGGER l AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION datazone_lineage_trigger();';
	my @silent = (
		[ 'a temporary table', 'CREATE TEMP TABLE t (id int);' . sprintf($trigger, 't') . 'INSERT INTO t VALUES (1)' ],
		[ 'one that goes at commit', 'BEGIN; CREATE TEMP TABLE t (id int) ON COMMIT DROP;'
			  . sprintf($trigger, 't') . 'INSERT INTO t VALUES (1); COMMIT' ],
		[ 'one that was dropped', 'BEGIN; CREATE TABLE t (id int);'
			  . sprintf($trigger, 't') . 'INSERT INTO t VALUES (1); DROP TABLE t; COMMIT' ]);
	for my $case (@silent)
	{
		is(scalar(events_of($case->[1])), 0, "no event: $case->[0]");
		unlike($said, qr/WARNING/, 'nor a warning');
	}
	is_deeply(
		[ map { target($_) } events_of('BEGIN; INSERT INTO mart.b VALUES (1);
			ALTER TABLE mart.b RENAME TO "B"; COMMIT') ],
		['postgres.mart.B'], 'a table has the name that it has at commit');
	return;
}

# The transaction may have become read only after it wrote.
sub read_only_at_the_end
{
	is(scalar(events_of('BEGIN; INSERT INTO mart.a VALUES (1);
		SET TRANSACTION READ ONLY; COMMIT')), 1, 'read only at its end');
	unlike($said, qr/WARNING/, 'without a warning');
	return;
}

# Neither rows, nor subtransactions, nor settings that change take memory.
sub rows_cost_nothing
{
	my $used = q{SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'datazone lineage%'};
	events_of(qq{BEGIN; INSERT INTO mart.part VALUES (1, 1); INSERT INTO mart.a VALUES (1);
		SELECT 'before', ($used);
		INSERT INTO mart.part SELECT i, i % 2 + 1 FROM generate_series(1, 100000) i;
		DO \$\$ BEGIN FOR i IN 1 .. 5000 LOOP
			BEGIN
				PERFORM set_config('datazone.job_name', (i % 2)::text, true);
				INSERT INTO mart.a VALUES (i);
				IF i % 3 = 0 THEN RAISE division_by_zero; END IF;
			EXCEPTION WHEN division_by_zero THEN NULL; END;
		END LOOP; END \$\$;
		SELECT 'after', ($used); COMMIT});
	my ($before) = $said =~ /before\|(\d+)/;
	my ($after) = $said =~ /after\|(\d+)/;
	cmp_ok($after - $before, '<', 32768, 'the memory stays what it was');
	return;
}

# Names of any length, in any encoding.
sub names
{
	my $long = 'ü' x 31;
	my $quoted = 'a"b.c\\d';
	for my $encoding (qw(UTF8 LATIN1))
	{
		my $dbname = lc $encoding;
		$node->safe_psql('postgres',
			"CREATE DATABASE $dbname ENCODING $encoding LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
		$node->safe_psql($dbname, 'CREATE EXTENSION datazone');
		create_datazone_server_in($dbname);
		local $last = 0;
		local $ENV{PGCLIENTENCODING} = 'UTF8';
		my ($entry) = events_of(qq{
			CREATE SCHEMA "$long"; CREATE TABLE "$long"."$long" ("$long" int);
			CREATE TRIGGER l AFTER INSERT ON "$long"."$long" EXECUTE FUNCTION
				datazone_lineage_trigger('inputs="$long"."a""b.c\\d"', 'job=Bücher');
			INSERT INTO "$long"."$long" VALUES (1)}, dbname => $dbname);
		is(target($entry), "$dbname.$long.$long", "$encoding: long names");
		is($entry->{event}{inputs}[0]{name}, "$dbname.$long.$quoted", 'odd names');
		is($entry->{event}{job}{name}, 'Bücher', 'the job');
		is(output($entry)->{facets}{schema}{fields}[0]{name}, $long, 'columns');
	}
	return;
}

sub create_datazone_server_in
{
	my ($dbname) = @_;
	return $node->safe_psql($dbname,
		q{CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_simulator')});
}

# Edges matter more than columns.
sub columns_beyond_the_limit
{
	my $columns = sub {
		my ($prefix) = @_;
		return join ', ', map {
			sprintf('%s%04d%s timestamp(3) with time zone', $prefix, $_, 'x' x 50)
		} 1 .. 1500;
	};
	$node->safe_psql('postgres', "SET ROLE loader;
		CREATE TABLE staging.wide (${\$columns->('a')});
		CREATE TABLE mart.wide (${\$columns->('b')});
		CREATE TRIGGER l AFTER INSERT ON mart.wide FOR EACH STATEMENT
			EXECUTE FUNCTION datazone_lineage_trigger('inputs=staging.wide')");
	my @entries = events_of('INSERT INTO mart.wide DEFAULT VALUES');
	is(scalar(@entries), 1, 'tables with very many columns have their event');
	unlike($said, qr/WARNING/, 'without a warning');
	is(scalar(@{ output($entries[0])->{facets}{schema}{fields} }),
		1500, 'with the columns of the output');
	ok(!exists $entries[0]{event}{inputs}[0]{facets}, 'and not of the input');
	return;
}

# What logical replication applies has its events, by row triggers.
sub replication
{
	my $subscriber = new_worker_node('subscriber', $sim, conf => qq{
		datazone.enabled = off
		datazone.dataset_namespace = 'postgres://replica:5432'
	});
	$node->safe_psql('postgres', 'CREATE TABLE public.feed (id int PRIMARY KEY, v int);
		CREATE PUBLICATION feed FOR TABLE public.feed');
	$subscriber->safe_psql('postgres', q{
		CREATE TABLE public.feed (id int PRIMARY KEY, v int);
		CREATE TRIGGER rows AFTER INSERT OR UPDATE OR DELETE ON feed FOR EACH ROW EXECUTE FUNCTION
			datazone_lineage_trigger('inputs=postgres://db.example.com:5432 postgres.public.feed', 'job=feed');
		ALTER TABLE feed ENABLE ALWAYS TRIGGER rows;
		CREATE TRIGGER emptied AFTER TRUNCATE ON feed FOR EACH STATEMENT EXECUTE FUNCTION datazone_lineage_trigger('job=feed');
		ALTER TABLE feed ENABLE REPLICA TRIGGER emptied;
		CREATE SUBSCRIPTION feed CONNECTION $$} . $node->connstr('postgres') . q{$$ PUBLICATION feed});
	$subscriber->wait_for_subscription_sync($node, 'feed');
	my $entries = 'SELECT count(*) FROM datazone_outbox_entry';
	my $before = $subscriber->safe_psql('postgres', $entries);
	for my $sql ('INSERT INTO feed SELECT generate_series(1, 100)',
		'UPDATE feed SET v = 1', 'DELETE FROM feed WHERE id < 50', 'TRUNCATE feed')
	{
		$node->safe_psql('postgres', $sql);
		$node->wait_for_catchup('feed');
		is($subscriber->safe_psql('postgres', $entries), ++$before, "one event: $sql");
	}
	my $event = $json->decode($subscriber->safe_psql('postgres',
		'SELECT payload FROM datazone_outbox_entry ORDER BY id LIMIT 1'));
	is_deeply([ event_problems($event) ], [], 'valid');
	is_deeply(
		[ map { [ @$_{qw(namespace name)} ] } @{ $event->{inputs} } ],
		[ [ NAMESPACE, 'postgres.public.feed' ] ], 'from the publisher\'s table');
	is($event->{outputs}[0]{namespace}, 'postgres://replica:5432', 'to its own');
	$subscriber->stop;
	return;
}
