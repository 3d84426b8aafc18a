# Whose keys sign a request, seen where it arrives: those of the role and of
# the foreign server of each call, as the catalogs have them at that moment.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $other = start_simulator();
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });

my %secret = (
	AKIDBLUE => 'blue/secret+1',
	AKIDGREEN => 'green/secret+2',
	AKIDOWNER => 'owner/secret+3');
for my $service ($sim, $other)
{
	$service->control(
		'POST',
		'identities',
		[
			map { { access_key => $_, secret_key => $secret{$_} } }
			sort keys %secret
		]);
	$service->control(
		'POST',
		'identities',
		{
			access_key => 'AKIDTOKEN',
			secret_key => 'token/secret+4',
			session_token => 'the+session/token=='
		});
}

$node->safe_psql(
	'postgres', "
	CREATE ROLE etl LOGIN; CREATE ROLE owner;
	GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO etl, owner;
	DROP USER MAPPING FOR CURRENT_USER SERVER sim;
	CREATE SERVER green FOREIGN DATA WRAPPER datazone OPTIONS (
		region 'eu-west-1', domain_identifier 'dzd_simulator',
		endpoint_url '${\$sim->url}', max_attempts '1');
	GRANT USAGE ON FOREIGN SERVER sim, green TO etl, owner;
	CREATE USER MAPPING FOR etl SERVER sim
		OPTIONS (access_key_id 'AKIDBLUE', secret_access_key 'blue/secret+1');
	CREATE USER MAPPING FOR etl SERVER green
		OPTIONS (access_key_id 'AKIDGREEN', secret_access_key 'green/secret+2');
	CREATE USER MAPPING FOR owner SERVER sim
		OPTIONS (access_key_id 'AKIDOWNER', secret_access_key 'owner/secret+3');
	CREATE FUNCTION as_owner() RETURNS text LANGUAGE sql SECURITY DEFINER
		SET search_path = public, pg_temp
		AS \$\$SELECT id FROM datazone_get_run('run_orders_001', server => 'sim')\$\$;
	ALTER FUNCTION as_owner() OWNER TO owner;
	GRANT EXECUTE ON FUNCTION as_owner() TO etl");

my $session = DatazoneSession->new($node, user => 'etl');

# Two servers, one session: in turn, and in one statement.
for (1 .. 3)
{
	is(signed_by(get('sim')), 'AKIDBLUE', 'one server, one key');
	is(signed_by(get('green')), 'AKIDGREEN', 'the other, the other');
}
is( signed_by(
		q{SELECT a.id, b.id FROM datazone_get_run('run_orders_001',
			server => 'sim') a, datazone_get_run('run_orders_002',
			server => 'green') b}),
	'AKIDBLUE AKIDGREEN',
	'both in one statement');

# Roles of one session.
is(signed_by('SELECT as_owner()'), 'AKIDOWNER', 'a definer\'s own keys');
is(signed_by(get('sim')), 'AKIDBLUE', 'and the caller\'s again');
{
	my $admin = DatazoneSession->new($node);

	is(signed_by("SET ROLE etl;" . get('sim'), $admin),
		'AKIDBLUE', 'SET ROLE changes the keys');
	is(signed_by("SET ROLE owner;" . get('sim'), $admin),
		'AKIDOWNER', 'at once');
	is($admin->query('RESET ROLE;' . get('sim'))->{sqlstate},
		'42704', 'a superuser without a mapping has none');
	$admin->close;
}

# Changes by another session hold for the next call.
change("ALTER USER MAPPING FOR etl SERVER sim OPTIONS (
	SET access_key_id 'AKIDGREEN', SET secret_access_key 'green/secret+2')");
is(signed_by(get('sim')), 'AKIDGREEN', 'ALTER USER MAPPING: another key');

change("ALTER USER MAPPING FOR etl SERVER sim OPTIONS (
	SET access_key_id 'AKIDTOKEN', SET secret_access_key 'token/secret+4',
	ADD session_token 'the+session/token==')");
is(signed_by(get('sim')), 'AKIDTOKEN', 'temporary keys');
is(token_sent(), 'the+session/token==', 'go with their token');
change("ALTER USER MAPPING FOR etl SERVER sim OPTIONS (
	SET access_key_id 'AKIDBLUE', SET secret_access_key 'blue/secret+1',
	DROP session_token)");
is(signed_by(get('sim')), 'AKIDBLUE', 'permanent ones again');
is(token_sent(), undef, 'go without');

# The secret alone changes: no signing key of the old one is used any more.
$sim->control('POST', 'identities',
	{ access_key => 'AKIDBLUE', secret_key => 'rotated/secret+5' });
is($session->query(get('sim'))->{sqlstate},
	'28000', 'a secret that was rotated at the service is refused');
change("ALTER USER MAPPING FOR etl SERVER sim
	OPTIONS (SET secret_access_key 'rotated/secret+5')");
is(signed_by(get('sim')), 'AKIDBLUE', 'until the mapping has it');

change("ALTER SERVER sim OPTIONS (SET endpoint_url '${\$other->url}')");
$other->control('POST', 'identities',
	{ access_key => 'AKIDBLUE', secret_key => 'rotated/secret+5' });
$sim->clear_log;
is($session->query(get('sim'))->{out},
	'run_orders_001', 'ALTER SERVER: another endpoint');
is($other->count, 1, 'is where the call goes');
is($sim->count, 0, 'and not to the old one');

change("ALTER SERVER sim OPTIONS (SET domain_identifier 'dzd_elsewhere')");
$other->clear_log;
$session->query(get('sim'));
like(($other->log)[0]{path}, qr{/domains/dzd_elsewhere/},
	'ALTER SERVER: another default domain');
change("ALTER SERVER sim OPTIONS (SET domain_identifier 'dzd_simulator',
	SET endpoint_url '${\$sim->url}')");

# Taken away.
change('REVOKE USAGE ON FOREIGN SERVER sim FROM etl');
is($session->query(get('sim'))->{sqlstate}, '42501', 'REVOKE USAGE');
is(signed_by(get('green')), 'AKIDGREEN', 'of one server');
change('GRANT USAGE ON FOREIGN SERVER sim TO etl');
is(signed_by(get('sim')), 'AKIDBLUE', 'GRANT USAGE');

change('REVOKE EXECUTE ON FUNCTION datazone_get_run FROM etl');
is($session->query(get('sim'))->{sqlstate}, '42501', 'REVOKE EXECUTE');
change('GRANT EXECUTE ON FUNCTION datazone_get_run TO etl');

change('DROP USER MAPPING FOR etl SERVER sim');
is($session->query(get('sim'))->{sqlstate}, '42704', 'DROP USER MAPPING');
is(signed_by(get('green')), 'AKIDGREEN', 'of one server');
change("CREATE USER MAPPING FOR PUBLIC SERVER sim
	OPTIONS (access_key_id 'AKIDOWNER', secret_access_key 'owner/secret+3')");
is(signed_by(get('sim')), 'AKIDOWNER', 'a mapping for PUBLIC serves all');

change('DROP SERVER sim CASCADE');
is($session->query(get('sim'))->{sqlstate}, '42704', 'DROP SERVER');
is(signed_by(get('green')), 'AKIDGREEN', 'the other one is still there');

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

sub get
{
	my ($server) = @_;
	return
	  "SELECT id FROM datazone_get_run('run_orders_001', server => '$server')";
}

# What another session does.
sub change
{
	my ($sql) = @_;
	return $node->safe_psql('postgres', $sql);
}

# Run something; give the keys of the requests that arrived, in their order.
sub signed_by
{
	my ($sql, $where) = @_;

	$sim->clear_log;
	my $result = ($where // $session)->query($sql);
	diag $result->{out} if $result->{sqlstate} ne '00000';
	return join ' ',
	  map { $_->{signature} eq 'ok' ? $_->{identity} : $_->{signature} }
	  $sim->log;
}

# The session token of the last request.
sub token_sent
{
	my $request = ($sim->log)[-1];
	my ($token) = map { $_->[1] }
	  grep { lc $_->[0] eq 'x-amz-security-token' } @{ $request->{headers} };
	return $token;
}
