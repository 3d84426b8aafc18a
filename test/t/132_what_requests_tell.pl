# What each request tells the service of its sender: the user agent in the
# SDKs' form, which attempt of which call it is, and until when an answer is
# of use; in AWS Lambda the trace.  None of it is signed.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $aws = start_standins($sim);
my $role = 'arn:aws:iam::111122223333:role/etl';

for my $name ('ENV', 'FILE', 'STATIC')
{
	know($_, "AKIDFROM$name", "secret/of+$name") for $sim, $aws;
}
my %environment = (
	AWS_ENDPOINT_URL_STS => $aws->url,
	AWS_EXECUTION_ENV => 'AWS_ECS_FARGATE',
	AWS_SDK_UA_APP_ID => "etl nightly\xc3\xa9");
my $node =
  new_host_node('main', $sim, environment => \%environment);
my $token_file = write_home($node, 'web.token', 'web.identity-token');
my $version = $node->pg_version->major;
my $library = slurp_file($node->config_data('--sharedir')
	  . '/extension/datazone.control') =~ /^default_version = '(.+)'/m ? $1 : '?';
my $system = join '#', map { s/[^\w!\$%&'*+.^`|~,-]/-/gr } 'linux',
  `uname -r` =~ s/\s+$//r;
my $machine = `uname -m` =~ s/\s+$//r;

write_home($node, '.aws/credentials', <<"END");
[file]
aws_access_key_id = AKIDFROMFILE
aws_secret_access_key = secret/of+FILE

[role]
role_arn = $role
source_profile = file

[of-environment]
role_arn = $role
credential_source = Environment

[process]
credential_process = echo '{"Version":1,"AccessKeyId":"AKIDFROMFILE","SecretAccessKey":"secret/of+FILE"}'

[web]
role_arn = $role
web_identity_token_file = $token_file
END

my $static = q{access_key_id 'AKIDFROMSTATIC', secret_access_key 'secret/of+STATIC'};

# The whole of it, once.
map_identity($node, 'sim', $static);
is( agent(),
	"datazone-postgresql/$library ua/2.1 os/"
	  . substr($system, 0, 56)
	  . " md/arch#$machine lang/c md/postgresql#$version"
	  . ' exec-env/AWS_ECS_FARGATE m/E,N,e cfg/retry-mode#standard'
	  . ' app/etl-nightly--',
	'the user agent');

# What the letters of its features say of where the keys come from.
for my $case (
	[ "$static, role_arn '$role'", 'e,i' ],
	[ q{profile 'file'}, 'n' ],
	[ qq{profile 'file', role_arn '$role'}, 'n,i' ],
	[ q{profile 'role'}, 'o,n,i' ],
	[ q{profile 'process'}, 'v,w' ],
	[ q{profile 'web'}, 'q,k' ],
	[ qq{profile 'web', role_arn '$role'}, 'q,k,i' ])
{
	my ($options, $letters) = @$case;

	map_identity($node, 'sim', $options);
	like(agent(), qr{ m/E,N,\Q$letters\E }, "features of $options");
}

# The other mode, from the server's option and from the environment.
map_identity($node, 'sim', $static);
$node->safe_psql('postgres',
	q{ALTER SERVER sim OPTIONS (ADD retry_mode 'adaptive')});
like(agent(), qr{ m/F,N,e cfg/retry-mode#adaptive }, 'adaptive mode');
$node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS (DROP retry_mode)');
restart_host($node, %environment, AWS_RETRY_MODE => 'adaptive',
	AWS_MAX_ATTEMPTS => 7);
like(agent(), qr{ m/F,N,e cfg/retry-mode#adaptive }, '... of the environment');
my ($request) = $sim->log('GetDataSourceRun');
is(header($request, 'amz-sdk-request'), 'attempt=1; max=7',
	'attempts of the environment');
is(header($request, 'x-amzn-trace-id'), undef, 'there is no trace');

# Identities of the host.
for my $case (
	[ { AWS_ACCESS_KEY_ID => 'AKIDFROMENV',
			AWS_SECRET_ACCESS_KEY => 'secret/of+ENV' },
		q{credentials 'default'}, 'g' ],
	[ { AWS_ACCESS_KEY_ID => 'AKIDFROMENV',
			AWS_SECRET_ACCESS_KEY => 'secret/of+ENV' },
		q{profile 'of-environment'}, 'p,g,i' ],
	[ { AWS_WEB_IDENTITY_TOKEN_FILE => $token_file, AWS_ROLE_ARN => $role },
		q{credentials 'default'}, 'h,k' ],
	[ { AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container' },
		q{credentials 'default'}, 'z' ],
	[ { AWS_EC2_METADATA_DISABLED => undef,
			AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url },
		qq{credentials 'default', role_arn '$role'}, '0,i' ])
{
	my ($more, $options, $letters) = @$case;

	restart_host($node, AWS_ENDPOINT_URL_STS => $aws->url, %$more);
	map_identity($node, 'sim', $options);
	like(agent(), qr{ m/E,N,\Q$letters\E }, "features: $letters");
}

# STS is told who asks, too.
like(header(($aws->log('AssumeRole'))[-1], 'user-agent'),
	qr{^datazone-postgresql/\S+ ua/2\.1 .* cfg/retry-mode#standard},
	'the user agent to STS');

# In AWS Lambda there is a trace, and there alone.
my %trace = (_X_AMZN_TRACE_ID => 'Root=1-5759e988-bd862e3fe1be46a994272793');
map_identity($node, 'sim', $static);
restart_host($node, %trace);
agent();
is(header(($sim->log('GetDataSourceRun'))[0], 'x-amzn-trace-id'),
	undef, 'no function, no trace');
restart_host($node, %trace, AWS_LAMBDA_FUNCTION_NAME => 'nightly');
agent();
is(header(($sim->log('GetDataSourceRun'))[0], 'x-amzn-trace-id'),
	$trace{_X_AMZN_TRACE_ID}, 'the trace of a function');
restart_host($node, %trace, AWS_LAMBDA_FUNCTION_NAME => 'nightly',
	AWS_ENDPOINT_URL_STS => $aws->url);
map_identity($node, 'sim', "$static, role_arn '$role'");
agent();
is(header(($aws->log('AssumeRole'))[-1], 'x-amzn-trace-id'),
	$trace{_X_AMZN_TRACE_ID}, '... which STS is told, too');
map_identity($node, 'sim', $static);

# The attempts of a call have one id, count themselves, and say until when an
# answer is of use as soon as the service's time is known; the next call has
# another id.
my $session = DatazoneSession->new($node);
$sim->clear_log;
$sim->fault('GetDataSourceRun', 'internal', 2);
$session->query(q{SELECT id FROM datazone_get_run('run_orders_001')})
  for 1, 2;
my @sent = $sim->log('GetDataSourceRun');
my @ids = map { header($_, 'amz-sdk-invocation-id') } @sent;
my @counts = map { header($_, 'amz-sdk-request') } @sent;
is(scalar @sent, 4, 'three attempts and one');
like($ids[0],
	qr/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
	'a random UUID');
is_deeply([ @ids[ 1, 2 ] ], [ @ids[ 0, 0 ] ], 'one for a call');
isnt($ids[3], $ids[0], 'another for the next');
is($counts[0], 'attempt=1; max=3', 'the first attempt knows no time');
like($counts[1], qr/^ttl=\d{8}T\d{6}Z; attempt=2; max=3$/, 'the second does');
like($counts[2], qr/^ttl=\d{8}T\d{6}Z; attempt=3; max=3$/, 'and the third');
like($counts[3], qr/^ttl=\d{8}T\d{6}Z; attempt=1; max=3$/, 'and the next call');
for my $one (@sent)
{
	my ($names) =
	  header($one, 'authorization') =~ /SignedHeaders=([^,]+)/;
	unlike($names, qr/user-agent|amz-sdk|trace/, 'none of it is signed');
	is($one->{signature}, 'ok', 'the signature is right');
}
$session->close;

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

sub header
{
	my ($request, $name) = @_;
	my ($value) = map { $_->[1] }
	  grep { lc $_->[0] eq $name } @{ $request->{headers} };
	return $value;
}

# The user agent of a call in a new session.
sub agent
{
	$sim->clear_log;
	my $result = call($node);
	ok(0, "a call: $result->{error}") unless $result->{ok};
	my ($request) = $sim->log('GetDataSourceRun');
	return header($request, 'user-agent');
}
