# A dump and a copy of a database bring what waits in the outbox along, and
# send nothing of it until somebody says that the copy is meant to: in a copy on
# the same cluster (CREATE DATABASE ... TEMPLATE), restored beside the original,
# and restored on another cluster.  What is enqueued there goes out meanwhile.
# Whichever of them sends an entry in the end, its client token is the same, so
# that the service takes it once.

use strict;
use warnings;

use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

use constant PRELOAD => "shared_preload_libraries = 'datazone'\n";

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim,
	conf => PRELOAD . "datazone.enabled = off\n");
my $other = PostgreSQL::Test::Cluster->new('other');
my $dump = "${PostgreSQL::Test::Utils::tmp_check}/dump.sql";

# The original is paused, so that whoever sends is a copy; and its worker does
# nothing at all before it is dumped and copied.
my $roles = q{
	CREATE ROLE etl;
	CREATE ROLE member IN ROLE etl;
	CREATE ROLE stranger;
};
$node->safe_psql('postgres', q{ALTER SERVER sim OPTIONS (ADD paused 'true')});
$node->safe_psql(
	'postgres', $roles . q{
	CREATE ROLE temporary;
	GRANT USAGE ON FOREIGN SERVER sim TO etl, temporary, stranger;
	GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage, datazone_resume
		TO etl, temporary, stranger;
	GRANT EXECUTE ON FUNCTION datazone_requeue, datazone_discard TO etl;
	CREATE USER MAPPING FOR PUBLIC SERVER sim OPTIONS (
		access_key_id 'AKIDEXAMPLE',
		secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
	CREATE FUNCTION event(name text, run text DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql AS $$
		SELECT jsonb_build_object('eventType', 'COMPLETE',
			'eventTime', '2026-11-21T06:00:00Z',
			'producer', 'https://example.com/load',
			'schemaURL', 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
			'run', jsonb_build_object('runId',
				coalesce(run, gen_random_uuid()::text)),
			'job', jsonb_build_object('namespace', 'shop', 'name', name))
	$$;
	SET ROLE etl;
	SELECT datazone_enqueue_lineage(event('etl_' || n,
		'019abd5e-5c00-7c3e-9d0c-000000000001'), client_token => 'etl_' || n)
	FROM generate_series(1, 4) n;
	SET ROLE temporary;
	SELECT datazone_enqueue_lineage(event('temporary_1'),
		client_token => 'temporary_1');
	RESET ROLE;
	SELECT datazone_enqueue_lineage(event('super_1'),
		client_token => 'super_1');
	SELECT datazone_enqueue_lineage(event('failed_1'),
		client_token => 'failed_1');
	UPDATE datazone_outbox_entry SET state = 'failed', error_code = '22023'
	WHERE client_token = 'failed_1';
	UPDATE datazone_outbox_entry
	SET error_code = '58000', error_message = 'of the original'
	WHERE client_token = 'etl_1';
});
my $number = $node->safe_psql('postgres', q{SELECT 'temporary'::regrole::oid});
$node->safe_psql('postgres', 'DROP OWNED BY temporary; DROP ROLE temporary');
my $last = $node->safe_psql('postgres', 'SELECT max(id) FROM datazone_outbox');
command_ok([ 'pg_dump', '--file', $dump, $node->connstr('postgres') ],
	'the database is dumped');
unlike(slurp_file($dump), qr/CREATE VIEW public\.datazone_outbox\b/,
	'without what the extension makes');
$node->safe_psql('postgres', 'CREATE DATABASE copied TEMPLATE postgres');
$node->append_conf('postgresql.conf', "datazone.enabled = on\n");
$node->reload;

subtest 'a copy by CREATE DATABASE' => sub {
	check_held($node, 'copied');
	check_resumed($node, 'copied');
};

subtest 'restored beside the original' => sub {
	$node->safe_psql('postgres', 'CREATE DATABASE restored');
	restore($node, 'restored');
	check_held($node, 'restored');
	check_resumed($node, 'restored');
};

subtest 'restored on another cluster' => sub {
	$other->init;
	$other->append_conf('postgresql.conf', PRELOAD);
	$other->start;
	$other->safe_psql('postgres', $roles);
	make_heir();
	restore($other, 'postgres');
	check_held($other, 'postgres');
	check_heir();

	# held is held: a restart changes nothing
	$other->restart;
	check_held($other, 'postgres');
	check_resumed($other, 'postgres');
};

# The original has waited, and now sends the same again.
is( $node->safe_psql(
		'postgres', q{
		SELECT count(*) FROM datazone_outbox
		WHERE state = 'pending' AND client_token ~ '^(etl|super)'}),
	'5',
	'the original was left alone');
$node->safe_psql('postgres',
	q{ALTER SERVER sim OPTIONS (SET paused 'false')});
poll_sql(
	$node, 'postgres',
	q{SELECT bool_and(state = 'failed') AND count(*) = 2
	  FROM datazone_outbox},
	'the original to deliver');
is( $node->safe_psql(
		'postgres', q{
		SELECT client_token, error_code IS NOT NULL FROM datazone_outbox
		ORDER BY id}),
	"temporary_1|t\nfailed_1|t",
	'what a dropped role has enqueued fails');
my %arrivals = map { $_->{client_token} => $_->{arrivals} } $sim->lineage;
is_deeply(
	[ map { "$_ $arrivals{$_}" } grep { /^etl|^super/ } sort keys %arrivals ],
	[ (map { "etl_$_ 4" } 1 .. 4), 'super_1 4' ],
	'each of the four databases has sent its own');
is_deeply($sim->control('GET', 'lineage?summary=1')->{accepted_twice},
	[], 'and the service has taken nothing twice');

done_testing();

# A role that was dropped is dumped as a number, which somebody else has on the
# other cluster.
sub make_heir
{
	is( $other->safe_psql(
			'postgres', qq{
			DO \$\$
			DECLARE got oid;
			BEGIN
				LOOP
					CREATE ROLE heir;
					SELECT oid INTO got FROM pg_roles WHERE rolname = 'heir';
					EXIT WHEN got >= $number;
					DROP ROLE heir;
				END LOOP;
			END \$\$;
			SELECT 'heir'::regrole::oid}),
		$number,
		'another role has the number of the one that was dropped');
	return;
}

# Nothing of that is for the one who has its number.
sub check_heir
{
	my $id = $other->safe_psql('postgres', q{
		GRANT EXECUTE ON FUNCTION datazone_requeue, datazone_discard,
			datazone_resume TO heir;
		GRANT SELECT ON datazone_outbox TO heir;
		GRANT USAGE ON FOREIGN SERVER sim TO heir;
		SELECT id FROM datazone_outbox WHERE client_token = 'temporary_1'});
	my $all = "SET ROLE heir;
		SELECT (SELECT count(*) FROM datazone_outbox), datazone_discard($id),
			datazone_requeue($id), datazone_resume('sim')";

	is($other->safe_psql('postgres', $all), '0|f|f|0',
		'who has its number does not inherit its entries');
	is( $other->safe_psql(
			'postgres', q{
			GRANT pg_monitor TO heir;
			SET ROLE heir;
			SELECT client_token, payload IS NULL FROM datazone_outbox
			WHERE client_token = 'temporary_1'}),
		'temporary_1|t',
		'nor sees what is to be sent');
	$other->safe_psql('postgres', 'REVOKE pg_monitor FROM heir');
	return;
}

# Poll a query that gives a boolean.
sub poll_sql
{
	my ($server, $database, $query, $what) = @_;
	poll_until(sub { $server->safe_psql($database, $query) eq 't' }, $what);
	return;
}

sub restore
{
	my ($server, $database) = @_;
	command_ok(
		[
			'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $dump, '-d',
			$server->connstr($database)
		],
		'the dump is restored');
	return;
}

# Client tokens of the requests that arrived since the log was cleared.
sub tokens
{
	my ($pattern) = @_;
	my @found;

	for my $request ($sim->log('PostLineageEvent'))
	{
		my %query = map { @$_ } @{ $request->{query} };
		push @found, $query{clientToken}
		  if $query{clientToken} =~ /$pattern/;
	}
	return @found;
}

# Nothing is paused here, and the worker sends what is enqueued, with a number
# that is not one of those that came along; but none of those.
sub check_held
{
	my ($server, $database) = @_;

	$sim->clear_log;
	$server->safe_psql($database,
		q{ALTER SERVER sim OPTIONS (SET paused 'false')});
	is( $server->safe_psql(
			$database, q{
			SELECT client_token, state,
				CASE WHEN role::text ~ '^(\d+|heir)$' THEN 'gone'
					WHEN role = 'etl'::regrole THEN 'etl' ELSE 'super' END,
				payload -> 'job' ->> 'name' = client_token
			FROM datazone_outbox ORDER BY id}),
		join("\n",
			(map { "etl_$_|held|etl|t" } 1 .. 4),
			'temporary_1|held|gone|t', 'super_1|held|super|t',
			'failed_1|failed|super|t'),
		'all of them are there, and held');
	is( $server->safe_psql(
			$database, q{
			SELECT DISTINCT error_code IS NULL, error_message
			FROM datazone_outbox WHERE state = 'held'}),
		't|came with a copy of another database: '
		  . 'datazone_resume() lets it go on',
		'and say why, not what went wrong elsewhere');
	my $id = $server->safe_psql($database,
		q{SELECT datazone_enqueue_lineage(event('here'))});
	cmp_ok($id, '>', $last, 'a new entry has a new number');
	poll_sql($server, $database,
		"SELECT count(*) = 1 FROM datazone_delivery WHERE outbox_id = $id",
		'an entry of this database to be delivered');
	is_deeply([ tokens('_') ], [], 'nothing that came along is sent');
	poll_sql(
		$server, $database,
		q{SELECT (queue_depth, entries_failed, entries_held) = (0, 1, 6)
		  FROM datazone_stat WHERE datname = current_database()},
		'datazone_stat to tell what is held');
	return;
}

# What datazone_resume() gives, called twice, and how many entries it says stay
# held.
sub resumes
{
	my ($server, $database, $role, $resumed, $others, $what) = @_;
	my (undef, $got, $said) = $server->psql($database, "SET ROLE $role;
		SELECT datazone_resume('sim'), datazone_resume('sim')");
	my $notice = qr/NOTICE:  $others entries and 0 watches of other roles stay held\nHINT:  Call it as a member/;

	is($got, $resumed, $what);
	$others
	  ? like($said, $notice, "$role: and is told what stays held")
	  : unlike($said, qr/NOTICE/, "$role: and nothing is held");
	return;
}

# Who has a role's rights resumes its entries: they are sent in their order,
# with their tokens, and the rest is not.
sub check_resumed
{
	my ($server, $database) = @_;

	$sim->clear_log;
	resumes($server, $database, 'stranger', '0|0', 5,
		'a stranger resumes nothing');
	resumes($server, $database, 'member', '4|0', 1,
		'a member resumes the entries of the role');
	poll_sql(
		$server, $database,
		q{SELECT count(*) = 4 FROM datazone_delivery
		  WHERE client_token ~ '^etl' AND role = 'etl'::regrole},
		'the entries of the role to be delivered');
	is_deeply(
		[ tokens('_') ],
		[ map { "etl_$_" } 1 .. 4 ],
		'the service gets them in their order, each once');
	resumes($server, $database, 'none', '1|0', 0,
		'a superuser resumes the rest');
	poll_sql(
		$server, $database,
		q{SELECT count(*) = 1 FROM datazone_delivery
		  WHERE client_token = 'super_1'},
		'the last of them to be delivered');
	is( $server->safe_psql(
			$database,
			q{SELECT client_token, state FROM datazone_outbox ORDER BY id}),
		"temporary_1|held\nfailed_1|failed",
		'except what belongs to nobody, or gave up');
	is( $server->safe_psql(
			$database, q{
			SELECT entries_failed, entries_held FROM datazone_stat
			WHERE datname = current_database()}),
		'1|1', 'and datazone_stat counts these two');

	# they can be seen to: by requeueing, by discarding
	is( $server->safe_psql(
			$database, q{
			SELECT client_token, CASE state WHEN 'held'
				THEN datazone_discard(id) ELSE datazone_requeue(id) END
			FROM datazone_outbox ORDER BY id}),
		"temporary_1|t\nfailed_1|t",
		'a superuser discards one and requeues the other');
	poll_sql(
		$server, $database, q{
		SELECT NOT EXISTS (SELECT FROM datazone_outbox)
		AND EXISTS (SELECT FROM datazone_delivery
			WHERE client_token = 'failed_1')},
		'an empty outbox');
	is_deeply([ tokens('temporary') ], [], 'the discarded one is not sent');
	is( $server->safe_psql(
			$database, q{
			SELECT entries_failed, entries_held FROM datazone_stat
			WHERE datname = current_database()}),
		'0|0', 'and datazone_stat knows');
	return;
}
