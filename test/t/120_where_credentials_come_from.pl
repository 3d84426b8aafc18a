# credentials 'default' finds keys wherever an AWS SDK would: environment,
# files, roles, commands, web identity, SSO, containers and the instance; and
# role_arn goes on top of any of them.  datazone_whoami() says which it was.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneTest;
use Digest::SHA qw(sha1_hex);
use JSON::PP;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
for my $name ('ENV', 'FILE', 'CONF', 'OTHER', 'PROCESS', 'STATIC')
{
	know($_, "AKIDFROM$name", "secret/of+$name",
		$name eq 'PROCESS' ? 'token/of+PROCESS==' : undef)
	  for $sim, $aws;
}
my %env_keys = (
	AWS_ACCESS_KEY_ID => 'AKIDFROMENV',
	AWS_SECRET_ACCESS_KEY => 'secret/of+ENV');
my %sts = (AWS_ENDPOINT_URL_STS => $aws->url);
my $node = new_host_node('main', $sim, environment => \%sts);
my $home = home_of($node);
my $token_file = write_home($node, 'web.token', 'web.identity-token');
my $process = JSON::PP->new->canonical->encode({
	Version => 1, AccessKeyId => 'AKIDFROMPROCESS',
	SecretAccessKey => 'secret/of+PROCESS',
	SessionToken => 'token/of+PROCESS==' });
write_home($node, 'keys.json', $process);
write_home($node, '.aws/credentials', <<"END");
[default]
aws_access_key_id = AKIDFROMFILE
aws_secret_access_key = secret/of+FILE

[other]
aws_access_key_id = AKIDFROMOTHER
aws_secret_access_key = secret/of+OTHER
END
write_home($node, '.aws/config', <<"END");
[profile conf]
aws_access_key_id = AKIDFROMCONF
aws_secret_access_key = secret/of+CONF

[profile role]
role_arn = $arn/first
source_profile = other
role_session_name = named_session
external_id = an-external/id:1
duration_seconds = 1800

[profile chain]
role_arn = $arn/second
source_profile = role

[profile of-environment]
role_arn = $arn/env
credential_source = Environment

[profile of-container]
role_arn = $arn/ecs
credential_source = EcsContainer

[profile of-instance]
role_arn = $arn/imds
credential_source = Ec2InstanceMetadata

[profile process]
credential_process = cat $home/keys.json | cat

[profile web]
role_arn = $arn/web
web_identity_token_file = $token_file

[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example.com/start

[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Reader
END

# A file's default profile, and profiles by name.
works('the credentials file', "credentials 'default'", 'AKIDFROMFILE',
	qr/profile/i);
works('a profile of the credentials file', "profile 'other'",
	'AKIDFROMOTHER', qr/profile.*other/i);
works('a profile of the config file', "profile 'conf'", 'AKIDFROMCONF',
	qr/profile.*conf/i);

# Roles on top.
works('a role', "profile 'role'", qr/^ASIASTS/, qr/role.*first/i, 1);
is_deeply(
	sent_form(),
	{
		Action => 'AssumeRole', Version => '2011-06-15',
		RoleArn => "$arn/first", RoleSessionName => 'named_session',
		ExternalId => 'an-external/id:1', DurationSeconds => '1800'
	},
	'a role: what STS is asked');
is(($aws->log('AssumeRole'))[-1]{identity}, 'AKIDFROMOTHER',
	'a role: with the keys of its source');
$aws->clear_log;
works('a chain of roles', "profile 'chain'", qr/^ASIASTS/,
	qr/role.*second/i, 1);
is_deeply([ map { $_->{form}{RoleArn} } ($aws->log('AssumeRole'))[ 0, 1 ] ],
	[ "$arn/first", "$arn/second" ], 'a chain of roles: from its end');
like(($aws->log('AssumeRole'))[-1]{identity}, qr/^ASIASTS/,
	'a chain of roles: the second with the keys of the first');
works('a role of options on top of a profile', "profile 'role', role_arn
	'$arn/third', external_id 'e-1', role_session_name 'dba'",
	qr/^ASIASTS/, qr/third/, 1);
is(sent_form()->{RoleArn}, "$arn/third", '... is the last');
is(sent_form()->{ExternalId}, 'e-1', '... with its external id');
is(sent_form()->{RoleSessionName}, 'dba', '... and session name');
works('a role on top of static keys', "access_key_id 'AKIDFROMSTATIC',
	secret_access_key 'secret/of+STATIC', role_arn '$arn/static'",
	qr/^ASIASTS/, qr/static/, 1);
is(($aws->log('AssumeRole'))[-1]{identity}, 'AKIDFROMSTATIC',
	'... which sign the request');
like(sent_form()->{RoleSessionName}, qr/^[\w+=,.@-]{2,64}$/,
	'... a session name is made');
ok(!exists sent_form()->{ExternalId}, '... no external id is');

# Commands, web identity, SSO.
works('a command', "profile 'process'", 'AKIDFROMPROCESS', qr/process/i);
works('a role on top of a command', "profile 'process', role_arn '$arn/p'",
	qr/^ASIASTS/, qr{role/p}, 1);
works('web identity of a profile', "profile 'web'", qr/^ASIASTS/,
	qr/web identity.*role/i, 1);
is(($aws->log('AssumeRoleWithWebIdentity'))[-1]{form}{WebIdentityToken},
	'web.identity-token', '... with the token');
is(($aws->log('AssumeRoleWithWebIdentity'))[-1]{signature}, 'unsigned',
	'... unsigned');

# The environment comes before files, and has more in it.
restart_host($node, %sts, %env_keys);
works('the environment', "credentials 'default'", 'AKIDFROMENV',
	qr/environment/i);
works('a role of the environment', "profile 'of-environment'",
	qr/^ASIASTS/, qr{role/env}, 1);
is(($aws->log('AssumeRole'))[-1]{identity}, 'AKIDFROMENV', '... signed so');
works('a role on top of the environment', "credentials 'default', role_arn
	'$arn/top'", qr/^ASIASTS/, qr{role/top}, 1);
works('a profile that the mapping names', "profile 'other'",
	'AKIDFROMOTHER', qr/other/);
restart_host($node, %sts, AWS_PROFILE => 'conf');
works('AWS_PROFILE', "credentials 'default'", 'AKIDFROMCONF', qr/conf/);
restart_host($node, %sts,
	AWS_CONFIG_FILE => "$home/elsewhere",
	AWS_SHARED_CREDENTIALS_FILE => write_home($node, 'credentials.2', <<'END'));
[default]
aws_access_key_id = AKIDFROMOTHER
aws_secret_access_key = secret/of+OTHER
END
works('files elsewhere', "credentials 'default'", 'AKIDFROMOTHER',
	qr/profile/i);

# As EKS tells a pod (IRSA).
my %no_files = (
	AWS_CONFIG_FILE => "$home/none",
	AWS_SHARED_CREDENTIALS_FILE => "$home/none");
restart_host($node, %sts, %no_files,
	AWS_ROLE_ARN => "$arn/irsa",
	AWS_ROLE_SESSION_NAME => 'pod-1',
	AWS_WEB_IDENTITY_TOKEN_FILE => $token_file);
works('web identity of the environment', "credentials 'default'",
	qr/^ASIASTS/, qr/web identity.*role.*irsa/i, 1);
is_deeply(
	($aws->log('AssumeRoleWithWebIdentity'))[-1]{form},
	{
		Action => 'AssumeRoleWithWebIdentity', Version => '2011-06-15',
		RoleArn => "$arn/irsa", RoleSessionName => 'pod-1',
		WebIdentityToken => 'web.identity-token'
	},
	'... what STS is asked');
write_text($token_file, 'a newer token');
works('... the file is read anew', "credentials 'default'", qr/^ASIASTS/,
	qr/web identity/i, 1);
is(($aws->log('AssumeRoleWithWebIdentity'))[-1]{form}{WebIdentityToken},
	'a newer token', '... a rotated token is sent');

# Containers.
my $pod_token = write_home($node, 'pod.token', 'pod-identity-token');
$aws->settings(container_authorization => 'pod-identity-token');
restart_host($node, %sts, %no_files,
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container/v1',
	AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE => $pod_token,
	AWS_CONTAINER_AUTHORIZATION_TOKEN => 'the file wins');
works('a container', "credentials 'default'", qr/^ASIAECS/,
	qr/container|ECS/i, 1);
write_text($pod_token, 'rotated-token');
$aws->settings(container_authorization => 'rotated-token');
works('... whose token is rotated', "credentials 'default'", qr/^ASIAECS/,
	qr/container|ECS/i, 1);
$aws->settings(container_authorization => 'Basic abc=');
restart_host($node, %sts,
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container/v1',
	AWS_CONTAINER_AUTHORIZATION_TOKEN => 'Basic abc=');
works('a role of the container', "profile 'of-container'", qr/^ASIASTS/,
	qr{role/ecs}, 1);
like(($aws->log('AssumeRole'))[-1]{identity}, qr/^ASIAECS/, '... signed so');

# The instance.
my %imds = (
	AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url);
restart_host($node, %sts, %imds, %no_files);
$aws->clear_log;
works('the instance', "credentials 'default'", qr/^ASIAIMDS/,
	qr/instance|IMDS/i, 1);
my @asked = $aws->log;
is_deeply(
	[ map { $_->{operation} } @asked[ 0 .. 2 ] ],
	[ 'ImdsToken', 'ImdsRoles', 'ImdsCredentials' ],
	'... a token first');
is({ map { lc $_->[0] => $_->[1] } @{ $asked[0]{headers} } }
	->{'x-aws-ec2-metadata-token-ttl-seconds'},
	'21600', '... for six hours');
restart_host($node, %sts, %imds);
works('a role of the instance', "profile 'of-instance'", qr/^ASIASTS/,
	qr{role/imds}, 1);
like(($aws->log('AssumeRole'))[-1]{identity}, qr/^ASIAIMDS/, '... signed so');

# IAM Identity Center, with the token that the command line left.
$aws->settings(sso_token => 'sso-access-token');
write_home($node, '.aws/sso/cache/' . sha1_hex('corp') . '.json',
	JSON::PP->new->encode({
		accessToken => 'sso-access-token',
		expiresAt => '2099-01-01T00:00:00Z',
		region => 'eu-west-1',
		startUrl => 'https://corp.example.com/start' }));
restart_host($node, %sts, AWS_ENDPOINT_URL_SSO => $aws->url);
works('an SSO session', "profile 'sso'", qr/^ASIASSO/,
	qr/SSO|Identity Center/i, 1);

is($aws->statistics->{bugs} + $sim->statistics->{bugs}, 0,
	'the stand-ins had no trouble');
done_testing();

# With a mapping of these options a call is signed by that key, and whoami
# says where it is from, when it expires, and no more of it than is due.
sub works
{
	my ($what, $options, $key, $source, $expires) = @_;

	map_identity($node, 'sim', $options);
	my $result = call($node);
	ok($result->{ok}, "$what: a call works") or diag($result->{error});
	my $signer = $result->{ok} ? signer($sim) : '';
	like($signer, ref $key ? $key : qr/^\Q$key\E$/, "$what: its keys sign");
	my $who = whoami($node);
	like($who->{credential_source} // $who->{error}, $source,
		"$what: whoami tells it");
	my $shown = $who->{access_key_id} // '';
	like($shown, qr/^\*+\w{4}$/, "$what: whoami masks the key id");
	# what is fetched anew for another session has another number
	(my $mask = $signer) =~ s/.(?=....)/*/g;
	s/\d+$// for $shown, $mask;
	is($shown, $mask, "$what: whoami shows the right one");
	is(defined $who->{expires_at}, !!$expires, "$what: whoami tells an expiry")
	  or diag(explain($who));
	return;
}

sub sent_form
{
	return ($aws->log('AssumeRole'))[-1]{form} // {};
}
