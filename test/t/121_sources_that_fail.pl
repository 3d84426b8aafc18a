# What a source of credentials answers, or does not, comes to the right
# SQLSTATE, in bounded time, and repeats no secret.  A source that is not
# there lets the chain go on; one that refuses ends it.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $STEM = 'Zq7yK';    # in every secret that the stand-ins issue

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
my %none = (AWS_CONFIG_FILE => '/nonexistent/config',
	AWS_SHARED_CREDENTIALS_FILE => '/nonexistent/credentials');
my %imds = (
	AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url);
my $node = new_host_node('main', $sim, environment => { %none, %imds },
	server => { max_attempts => 1 });
map_identity($node, 'sim', "credentials 'default'");

# ---- the instance's metadata ----

ok(call($node)->{ok}, 'the instance: works');
fails('the instance: no role', '28000', qr/./, role => undef);
$aws->settings(imds_role => 'instance-role');
fails('the instance: metadata is switched off', '28000', qr/./,
	fault => [ 'ImdsToken', 'answer', status => 403, body => 'no' ]);
fails('the instance: a bad request', '28000', qr/./,
	fault => [ 'ImdsToken', 'answer', status => 400, body => 'no' ]);
fails('the instance: 403 for keys', '28000', qr/./,
	fault => [ 'ImdsCredentials', 'answer', status => 403, body => 'no' ]);
for my $operation ('ImdsToken', 'ImdsRoles', 'ImdsCredentials')
{
	fails("$operation: 404", '28000', qr/./,
		fault => [ $operation, 'answer', status => 404, body => 'no' ]);
}
$aws->settings(imds_code => 'AssumeRoleUnauthorizedAccess');
fails('the instance: its role does not trust it', '28000',
	qr/does not trust EC2/);
$aws->settings(imds_code => 'Success');

# 401 once: another token; 5xx: again; for ever: an error.
for my $case ([ 'a token that is not known any more', 401 ],
	[ 'an internal error', 500 ], [ 'unavailable', 503 ])
{
	my ($what, $status) = @$case;

	for my $operation ('ImdsRoles', 'ImdsCredentials')
	{
		$aws->clear_log;
		$aws->fault($operation, 'answer', 1, status => $status, body => '');
		ok(call($node)->{ok}, "$operation, $what: tried again");
		is($aws->count('ImdsToken'), $status == 401 ? 2 : 1,
			"$operation, $what: tokens");
		$aws->clear_faults;
	}
}
fails('the instance: 401 for ever', '28000', qr/./,
	fault => [ 'ImdsRoles', 'answer', status => 401, body => '' ]);
cmp_ok($aws->count, '<', 20, '... does not ask for ever');
fails('the instance: 500 for ever', qr/^(?:HV00N|28000|58000)$/, qr/./,
	fault => [ 'ImdsToken', 'answer', status => 500, body => '' ]);
cmp_ok($aws->count, '<', 20, '... does not ask for ever');
cmp_ok($aws->count, '>', 1, '... but again');
for my $operation ('ImdsToken', 'ImdsRoles', 'ImdsCredentials')
{
	for my $kind (faults())
	{
		fails("$operation, $kind->[0]", qr/^(?:28000|HV00[NLM])$/, qr/./,
			fault => [ $operation, @$kind ]);
	}
}
for my $token ("abc\r\nX-Evil: 1", "a b\nc", "tok\0en", '', 'x' x 100_000)
{
	fails('the instance: a token that is no header',
		qr/^(?:28000|HV00[NLM])$/, qr/./,
		fault => [ 'ImdsToken', 'answer', body => $token ]);
	is(scalar(grep { lc $_->[0] eq 'x-evil' } map { @{ $_->{headers} } }
			  $aws->log),
		0, '... and smuggles in none');
}
for my $role ("a/../../b", "a\nb", "a?b=c", '', 'x' x 2000)
{
	fails('the instance: a role that is no name', qr/^(?:28000|HV00[NLM])$/,
		qr/./, fault => [ 'ImdsRoles', 'answer', body => $role ]);
}

# Time-outs are short: a machine without IMDS must not wait for minutes.
{
	my $begun = time;

	fails('the instance: never answers', qr/^(?:HV00[NL]|28000)$/, qr/hop/i,
		fault => ['ImdsToken', 'stall']);
	cmp_ok(time - $begun, '<', 15, '... and that takes no minute');
}
restart_host($node, %none, AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => 'http://127.0.0.1:' . free_port());
fails('the instance: nobody listens', qr/^(?:HV00N|28000)$/, qr/./);
restart_host($node, %none);
$aws->clear_log;
fails('nothing at all', '28000', qr/credential/i);
is($aws->count, 0, 'disabled metadata is not asked');

# ---- containers ----

my $pod_token = write_home($node, 'pod.token', 'the-token');
my %container = (
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container/x',
	AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE => $pod_token);
$aws->settings(container_authorization => 'the-token');
restart_host($node, %none, %container);
ok(call($node)->{ok}, 'the container: works');
for my $kind (faults(),
	[ 'answer', status => 401, body => '{"code":"A","message":"B"}' ],
	[ 'answer', status => 404, body => '{"code":"A","message":"B"}' ],
	[ 'answer', status => 200, body => '{"AccessKeyId":"A"}' ],
	[ 'answer', status => 200, body => '{"AccessKeyId":"A","SecretAccessKey":'
		  . "\"$STEM\",\"Token\":\"$STEM\\r\\nX-Evil: 1\","
		  . '"Expiration":"2099-01-01T00:00:00Z"}' ])
{
	fails("the container, $kind->[0]", qr/^(?:28000|42501|HV00[NLM])$/,
		qr/./, fault => [ 'ContainerCredentials', @$kind ]);
}
for my $token ("the-token\r\nX-Evil: 1", "the\ntoken")
{
	write_text($pod_token, $token);
	$aws->clear_log;
	fails('the container: a token that is no header', '28000', qr/./);
	is($aws->count, 0, '... is not sent');
}
unlink $pod_token;
fails('the container: no token file', qr/^(?:28000|58030)$/, qr/./);
for my $url ('http://example.com/x', 'http://169.254.169.254/x',
	'ftp://127.0.0.1/x', 'http://localhost.example.com/', 'gibberish')
{
	restart_host($node, %none, AWS_CONTAINER_CREDENTIALS_FULL_URI => $url);
	fails("the container: $url is refused", '28000', qr/./);
}

# ---- web identity ----

my $token_file = write_home($node, 'web.token', 'web-token');
restart_host($node, %none, AWS_ENDPOINT_URL_STS => $aws->url,
	AWS_ROLE_ARN => "$arn/irsa", AWS_WEB_IDENTITY_TOKEN_FILE => $token_file);
ok(call($node)->{ok}, 'web identity: works');
for my $case (
	[ 400, 'InvalidIdentityToken', '28000' ],
	[ 400, 'ExpiredTokenException', '28000' ],
	[ 403, 'AccessDenied', '42501' ])
{
	my ($status, $code, $sqlstate) = @$case;

	fails("web identity: $code", $sqlstate, qr/\Q$code\E.*the words/s,
		fault => [
			'AssumeRoleWithWebIdentity', 'answer', status => $status,
			body => sts_error($code, 'the words web-token')
		]);
}
unlink $token_file;
fails('web identity: no file', qr/^(?:28000|58030)$/, qr/web\.token/);
write_text($token_file, '');
fails('web identity: an empty file', '28000', qr/./);

# ---- STS ----

restart_host($node, AWS_ENDPOINT_URL_STS => $aws->url);
map_identity($node, 'sim', "access_key_id 'AKIDEXAMPLE', secret_access_key
	'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', role_arn '$arn/etl',
	external_id 'ext-1'");
ok(call($node)->{ok}, 'STS: works');
$aws->settings(roles => { "$arn/etl" => { external_id => 'other' } });
fails('STS: the role does not want us', '42501',
	qr/AccessDenied.*not authorized.*HINT:.*external_id of the user mapping/s);
$aws->settings(roles => {});
for my $case (
	[ 403, 'InvalidClientTokenId', '28000' ],
	[ 403, 'SignatureDoesNotMatch', '28000' ],
	[ 403, 'ExpiredToken', '28000' ],
	[ 400, 'RegionDisabledException', qr/^(?:28000|42501|55000)$/ ],
	[ 400, 'Throttling', qr/^(?:53000|HV00N|28000)$/ ],
	[ 500, 'InternalFailure', qr/^(?:58000|HV00N|28000)$/ ])
{
	my ($status, $code, $sqlstate) = @$case;

	fails("STS: $code", $sqlstate, qr/\Q$code\E/,
		fault => [
			'AssumeRole', 'answer', status => $status,
			body => sts_error($code, "x-amz-security-token:$STEM/secret")
		]);
}
for my $kind (faults(),
	[ 'answer', status => 200, body => '<AssumeRoleResponse><Assume' ],
	[ 'answer', status => 200, body => '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' ])
{
	fails("STS, $kind->[0]", qr/^(?:28000|58000|HV00[NLM])$/, qr/./,
		fault => [ 'AssumeRole', @$kind ]);
}
for my $status (401, 403, 404)
{
	fails("STS: $status and no words", qr/^(?:28000|42501|HV00[NLM])$/, qr/./,
		fault => [ 'AssumeRole', 'answer', status => $status, body => '' ]);
}
$node->safe_psql('postgres',
	"ALTER SERVER sim OPTIONS (ADD request_timeout '1s')");
{
	my $begun = time;

	fails('STS: never answers', qr/^HV00[LN]$/, qr/time/i, fault => [ 'AssumeRole', 'stall' ]);
	cmp_ok(time - $begun, '<', 15, '... and that ends with request_timeout');
}
$node->safe_psql('postgres',
	'ALTER SERVER sim OPTIONS (DROP request_timeout)');
$aws->fault('AssumeRole', 'answer', 1, status => 500,
	body => sts_error('InternalFailure', 'once'));
$node->safe_psql('postgres', "ALTER SERVER sim OPTIONS (SET max_attempts '3')");
ok(call($node)->{ok}, 'STS: an internal error is tried again');
$aws->clear_faults;
restart_host($node,
	AWS_ENDPOINT_URL_STS => 'http://127.0.0.1:' . free_port());
fails('STS: nobody listens', 'HV00N', qr/./);

# ---- files and commands ----

restart_host($node);
map_identity($node, 'sim', "profile 'missing'");
fails('a profile that is not there', '28000', qr/missing/);
map_identity($node, 'sim', "profile 'p'");
for my $case (
	[ 'half a pair of keys', 'aws_access_key_id = A' ],
	[ 'a circle', "role_arn = $arn/a\nsource_profile = q\n[profile q]\n"
		  . "role_arn = $arn/b\nsource_profile = p" ],
	[ 'no such source', "role_arn = $arn/a\nsource_profile = zzz" ],
	[ 'two sources', "role_arn = $arn/a\nsource_profile = p\n"
		  . 'credential_source = Environment' ],
	[ 'no source', "role_arn = $arn/a" ],
	[ 'a device', "role_arn = $arn/a\nsource_profile = q\nmfa_serial = m\n"
		  . "[profile q]\naws_access_key_id = A\naws_secret_access_key = $STEM" ],
	[ 'a broken file', "aws_secret_access_key = $STEM\n[broken\n$STEM" ],
	[ 'a line of no form', "aws_secret_access_key = $STEM\n$STEM-is-no-line" ],
	[ 'SSO without a token', "sso_session = s\nsso_account_id = 1\n"
		  . "sso_role_name = r\n[sso-session s]\nsso_region = eu-west-1\n"
		  . 'sso_start_url = https://e.com/s' ],
	[ 'a command that fails', "credential_process = echo $STEM >&2; exit 3" ],
	[ 'a command that is not there', 'credential_process = /nonexistent/c' ],
	[ 'a command that prints words', "credential_process = echo $STEM" ],
	[ 'a command of another version', 'credential_process = echo '
		  . qq{'{"Version":2,"AccessKeyId":"A","SecretAccessKey":"$STEM"}'} ],
	[ 'a command whose keys have expired', 'credential_process = echo '
		  . qq('{"Version":1,"AccessKeyId":"A","SecretAccessKey":"$STEM",)
		  . q("Expiration":"2001-01-01T00:00:00Z"}') ],
	[ 'a command that prints for ever', "credential_process = yes $STEM" ],
	[ 'a command that is killed', 'credential_process = kill -9 $$' ])
{
	write_home($node, '.aws/config', "[profile p]\n$case->[1]\n");
	fails("a profile: $case->[0]", '28000', qr/./);
}
unlink home_of($node) . '/.aws/config';
mkdir home_of($node) . '/.aws/config';
fails('a directory for a file', qr/^(?:28000|58030)$/, qr/./);
rmdir home_of($node) . '/.aws/config';
POSIX::mkfifo(home_of($node) . '/.aws/config', 0600) or die "mkfifo: $!";
fails('a pipe for a file', qr/^(?:28000|58030)$/, qr/./);
unlink home_of($node) . '/.aws/config';
write_home($node, '.aws/config', '#' x (3 * 1024 * 1024));
fails('a file of three megabytes', qr/^(?:28000|58030|54000)$/, qr/./);

# ---- DataZone itself: the first thing to run is named there, too ----

unlink home_of($node) . '/.aws/config';
map_identity($node, 'sim', "access_key_id 'AKIDEXAMPLE', secret_access_key
	'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'");
for my $case (
	[ 403, 'AccessDeniedException', '42501' ],
	[ 401, 'UnauthorizedException', '28000' ],
	[ 403, 'ExpiredTokenException', '28000' ],
	[ 403, 'UnrecognizedClientException', '28000' ],
	[ 403, 'InvalidSignatureException', '28000' ],
	[ 403, 'MissingAuthenticationTokenException', '28000' ])
{
	my ($status, $code, $sqlstate) = @$case;

	$sim->fault('*', 'error', 'all', status => $status, code => $code);
	my $result = call($node);
	is($result->{sqlstate}, $sqlstate, "DataZone: $code");
	like($result->{error}, qr/HINT:.*datazone_whoami\(/s,
		"DataZone: $code: the hint");
	$sim->clear_faults;
}

is($aws->statistics->{bugs}, 0, 'the stand-ins had no trouble');
unlike(slurp_file($node->logfile), qr/\Q$STEM\E(?!-is)/,
	'no secret is in the log');
done_testing();

# Ways for an answer to be no good, whatever was asked.
sub faults
{
	return (
		[ 'garbage', bytes => 300 ], ['empty'], ['html200'],
		[ 'answer', status => 200, body => '{' ],
		[ 'redirect', location => $sim->url ],
		[ 'huge', mib => 3 ], ['half_body'], ['drop'],
		[ 'answer', status => 302, body => '' ],
		[ 'bad_headers', variant => 'long' ]);
}

# A new session's call must fail so, tell such, and no secret.
sub fails
{
	my ($what, $sqlstate, $told, %options) = @_;

	$aws->settings(imds_role => undef) if exists $options{role};
	$aws->clear_log;
	$sim->clear_log;
	if ($options{fault})
	{
		my ($operation, $kind, @params) = @{ $options{fault} };
		$aws->fault($operation, $kind, 'all', @params);
	}
	my $result = call($node);
	$aws->clear_faults;
	like($result->{sqlstate},
		ref $sqlstate ? $sqlstate : qr/^$sqlstate$/, "$what: SQLSTATE")
	  or diag($result->{error});
	like($result->{error}, $told, "$what: what is told");
	unlike($result->{error}, qr/\Q$STEM\E/, "$what: no secret is told");
	unlike($result->{error}, qr/datazone_whoami/,
		"$what: no hint at what would fail as well");
	is($sim->count, 0, "$what: nothing is sent to DataZone");
	return;
}

sub sts_error
{
	my ($code, $message) = @_;

	return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
	  . "<Error><Type>Sender</Type><Code>$code</Code>"
	  . "<Message>$message</Message></Error><RequestId>r</RequestId>"
	  . '</ErrorResponse>';
}
