# A dump and a copy of a database bring its watches along, but ask for nothing
# until somebody says that the copy is meant to: in a copy on the same cluster
# (CREATE DATABASE ... TEMPLATE), restored beside the original, restored on
# another cluster, and restored in the original's place.  datazone_run is not
# dumped.

use strict;
use warnings;

use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

use constant PRELOAD => "shared_preload_libraries = 'datazone'\n";

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim, conf => PRELOAD);
my $other = PostgreSQL::Test::Cluster->new('other');
# what the watches are about, in the path of a request
my $brought = qr/payments|returns|customers|preferences|stores/;
my $dump = "${PostgreSQL::Test::Utils::tmp_check}/dump.sql";

# Three watches of a role, one of the superuser, one of a role that goes.  The
# original is paused before it is copied, so that whoever asks is a copy.
my $roles = q{
	CREATE ROLE etl;
	CREATE ROLE member IN ROLE etl;
};
$node->safe_psql(
	'postgres', $roles . q{
	CREATE ROLE temporary;
	GRANT USAGE ON FOREIGN SERVER sim TO etl, temporary;
	GRANT EXECUTE ON FUNCTION datazone_watch, datazone_unwatch, datazone_resume
		TO etl, temporary;
	CREATE USER MAPPING FOR PUBLIC SERVER sim OPTIONS (
		access_key_id 'AKIDEXAMPLE',
		secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
	SET ROLE etl;
	SELECT datazone_watch('ds_' || n, '1 second')
	FROM unnest('{payments,returns,customers}'::text[]) n;
	SET ROLE temporary;
	SELECT datazone_watch('ds_stores', '1 second');
	RESET ROLE;
	SELECT datazone_watch('ds_preferences', '1 second');
});
poll_sql($node, 'postgres',
	'SELECT bool_and(last_sync_at IS NOT NULL) FROM datazone_watched_data_source',
	'the first sync');
$node->safe_psql('postgres',
	q{ALTER SERVER sim OPTIONS (ADD paused 'true')});
poll_sql($node, 'postgres',
	q{SELECT bool_and(last_error ~ 'paused') FROM datazone_watched_data_source},
	'the pause');
$node->safe_psql('postgres',
	'DROP OWNED BY temporary; DROP ROLE temporary;');
my $count = qq{
	SELECT count(*) FROM datazone_run WHERE data_source_id <> 'ds_clickstream'};
my $runs = $node->safe_psql('postgres', $count);
ok($runs > 0, 'the original has runs');
command_ok([ 'pg_dump', '--file', $dump, $node->connstr('postgres') ],
	'the database is dumped');
unlike(slurp_file($dump), qr/run_payments/, 'without its runs');

my $asked = $sim->count;

subtest 'a copy by CREATE DATABASE' => sub {
	$node->safe_psql('postgres', q{
		ALTER SERVER sim OPTIONS (SET paused 'false');
		SELECT datazone_start_run('ds_inventory');
		ALTER SERVER sim OPTIONS (SET paused 'true')});
	$node->safe_psql('postgres', 'CREATE DATABASE copied TEMPLATE postgres');
	poll_sql($node, 'copied',
		'SELECT NOT EXISTS (SELECT FROM datazone_followed_run)',
		'what its original follows to be forgotten');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_followed_run'),
		1, 'the original follows its run');
	check_held($node, 'copied');
	is($node->safe_psql('copied', $count),
		$runs, 'a copy of the files has the runs');
	check_resumed($node, 'copied');
};

subtest 'restored beside the original' => sub {
	$node->safe_psql('postgres', 'CREATE DATABASE restored');
	restore($node, 'restored');
	check_held($node, 'restored');
	is($node->safe_psql('restored', $count), 0, 'runs are not restored');
	check_resumed($node, 'restored');
};

subtest 'restored on another cluster' => sub {
	$other->init;
	$other->append_conf('postgresql.conf', PRELOAD);
	$other->start;
	$other->safe_psql('postgres', $roles);
	restore($other, 'postgres');
	check_held($other, 'postgres');

	# held is held: a restart changes nothing
	$other->restart;
	check_held($other, 'postgres');
	check_resumed($other, 'postgres');
};

is( $node->safe_psql(
		'postgres', q{
		SELECT DISTINCT state FROM datazone_watched_data_source}),
	'active',
	'the original was left alone');

# The servers have other OIDs than those that the watches name.
subtest 'restored in place' => sub {
	$node->safe_psql('postgres', 'DROP EXTENSION datazone CASCADE');
	restore($node, 'postgres');
	like(
		$node->safe_psql('postgres', q{
			SELECT DISTINCT last_error FROM datazone_watched_data_source}),
		qr/made anew/,
		'last_error says why they are held');
	check_held($node, 'postgres');
	check_resumed($node, 'postgres');
};

done_testing();

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

	# nobody has called a function that wakes the worker
	poll_sql($server, $database,
		q{SELECT bool_and(state = 'held') FROM datazone_watched_data_source},
		'what was restored to be held');
	return;
}

# Where nothing is paused, the worker asks for a watch that was made here, and
# for none that came along.
sub check_held
{
	my ($server, $database) = @_;
	$server->safe_psql(
		$database, q{
		ALTER SERVER sim OPTIONS (SET paused 'false');
		SELECT datazone_watch('ds_clickstream', '1 second');
		UPDATE datazone_watched_data_source SET last_sync_at = NULL
		WHERE data_source_id = 'ds_clickstream'});
	poll_sql(
		$server, $database,
		q{SELECT last_sync_at IS NOT NULL FROM datazone_watched_data_source
		  WHERE data_source_id = 'ds_clickstream'},
		'the sync of a watch that was made here');
	$server->safe_psql($database, q{SELECT datazone_unwatch('ds_clickstream')});
	poll_sql($server, $database,
		q{SELECT bool_and(state = 'held') FROM datazone_watched_data_source},
		'the watches to be held');
	is( $server->safe_psql(
			$database, q{
			SELECT data_source_id,
				CASE WHEN role::text ~ '^\d+$' THEN 'gone' ELSE role::text END,
				every, last_sync_at IS NOT NULL
			FROM datazone_watched_data_source ORDER BY 1}),
		join("\n",
			'ds_customers|etl|00:00:01|f', 'ds_payments|etl|00:00:01|f',
			'ds_preferences|' . $node->safe_psql('postgres', 'SELECT user')
			  . '|00:00:01|f',
			'ds_returns|etl|00:00:01|f', 'ds_stores|gone|00:00:01|f'),
		'all of them are there');
	is(scalar(grep { $_->{target} =~ /$brought/ } new_requests()),
		0, 'nothing is asked for them');
	return;
}

# Who has a role's rights resumes its watches, and then they are asked for.
sub check_resumed
{
	my ($server, $database) = @_;

	is( $server->safe_psql(
			$database, q{
			SET ROLE member;
			SELECT datazone_resume('sim'), datazone_resume('sim');}),
		'3|0',
		'a member resumes the watches of the role');
	is( $server->safe_psql(
			$database, q{
			SELECT data_source_id FROM datazone_watched_data_source
			WHERE state = 'active'
			AND server_id = (SELECT oid FROM pg_foreign_server)
			AND origin_system_identifier = (
				SELECT system_identifier FROM pg_control_system())
			AND origin_database_id = (
				SELECT oid FROM pg_database
				WHERE datname = current_database())
			ORDER BY 1}),
		"ds_customers\nds_payments\nds_returns",
		'they belong here now');
	for my $source (qw(ds_customers ds_payments ds_returns))
	{
		poll_until(
			sub { grep { $_->{target} =~ /$source/ } new_requests() },
			"$source to be asked for");
	}
	is(scalar(grep { $_->{target} =~ /ds_preferences|ds_stores/ }
			new_requests()),
		0, 'the others are not');
	is($server->safe_psql($database, q{SELECT datazone_resume('sim')}),
		1, 'the superuser resumes the rest');
	is( $server->safe_psql(
			$database, q{
			SELECT data_source_id FROM datazone_watched_data_source
			WHERE state = 'held'}),
		'ds_stores',
		'except what belongs to nobody');
	is($server->safe_psql($database, q{SELECT datazone_unwatch('ds_stores')}),
		't', 'which can be ended');
	poll_sql(
		$server, $database,
		'SELECT bool_and(last_error IS NULL AND last_sync_at IS NOT NULL)
		 FROM datazone_watched_data_source',
		'the sync of all');

	# so that the next copy's silence can be heard
	$server->safe_psql($database,
		q{SELECT datazone_unwatch(data_source_id)
		  FROM datazone_watched_data_source});
	poll_sql($server, $database,
		q{SELECT watched = 0 AND in_flight = 0 FROM datazone_stat
		  WHERE datname = current_database()},
		'the worker to have nothing to do');
	$asked = $sim->count;
	return;
}

# What arrived since the last copy was done with.
sub new_requests
{
	my @all = $sim->log;
	return @all[ $asked .. $#all ];
}
