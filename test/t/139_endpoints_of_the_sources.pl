# STS is asked where the host says, in the SDKs' order, and never where only
# DataZone is to be asked; a sign-in that has ended says what to do about it.

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
my $nobody = 'http://127.0.0.1:' . free_port();
my $good = $aws->url;
my $role = 'arn:aws:iam::111122223333:role/there';
know($aws, 'AKIDSOURCE', 'secret/of+SOURCE');
my $node = new_host_node('main', $sim, server => { max_attempts => 1 });

write_home($node, '.aws/config', <<"END");
[profile source]
aws_access_key_id = AKIDSOURCE
aws_secret_access_key = secret/of+SOURCE

[profile section]
role_arn = $role
source_profile = source
services = local
[services local]
sts =
  endpoint_url = $good

[profile section-nobody]
role_arn = $role
source_profile = source
services = nobody
endpoint_url = $good
[services nobody]
sts =
  endpoint_url = $nobody

[profile of-another]
role_arn = $role
source_profile = source
services = another
endpoint_url = $good
[services another]
s3 =
  endpoint_url = $nobody
datazone =
  endpoint_url = $nobody

[profile ignoring]
role_arn = $role
source_profile = source
services = local
endpoint_url = $good
ignore_configured_endpoint_urls = true

[profile broken]
role_arn = $role
source_profile = source
services = broken
[services broken]
sts =
  endpoint_url = ftp://x

[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example.com/start
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Reader
END

# The first that is there.
asked({}, 'section', 1, 'a services section');
asked({}, 'of-another', 1, "the profile's endpoint_url, besides a section of others");
asked({}, 'section-nobody', 0, "a services section before the profile's endpoint_url");
asked({ AWS_ENDPOINT_URL => $good }, 'section-nobody', 1,
	'AWS_ENDPOINT_URL before a services section');
asked({ AWS_ENDPOINT_URL => $nobody }, 'section', 0, '... whatever it says');
asked({ AWS_ENDPOINT_URL_STS => $good, AWS_ENDPOINT_URL => $nobody },
	'section-nobody', 1, 'AWS_ENDPOINT_URL_STS before all');
asked({ AWS_ENDPOINT_URL_STS => $nobody, AWS_ENDPOINT_URL => $good },
	'section', 0, '... whatever it says');
asked({ AWS_ENDPOINT_URL_DATAZONE => $nobody }, 'section', 1,
	"DataZone's own variable is not for STS");

# All of it can be switched off: then STS is where the rules say.  Nothing is
# sent there by this test: a proxy, which tunnels to nowhere, notes the name.
{
	my ($proxy, $told) = start_proxy();

	for my $case ([ {}, 'ignoring' ],
		[ { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS => 'true',
			AWS_ENDPOINT_URL_STS => $good }, 'section' ])
	{
		my ($environment, $profile) = @$case;

		restart_host($node, %$environment, https_proxy => $proxy);
		$aws->clear_log;
		map_identity($node, 'sim', "profile '$profile'");
		ok(!call($node)->{ok}, "$profile, ignored: refused");
		is($aws->count, 0, '... our STS is not asked');
	}
	my %names = map { $_ => 1 } slurp_file($told) =~ /(sts[\w.-]+)/g;
	is_deeply([ keys %names ], ['sts.eu-west-1.amazonaws.com'],
		'... but the one of the Region');
}

# What is not usable is named.
restart_host($node);
map_identity($node, 'sim', "profile 'broken'");
like(call($node)->{error}, qr/22023.*services.*broken/s,
	'a section with gibberish is named');

# A role on top of a mapping's own keys: the settings of the host count.
restart_host($node, AWS_PROFILE => 'section');
map_identity($node, 'sim', "access_key_id 'AKIDSOURCE',
	secret_access_key 'secret/of+SOURCE', role_arn '$role'");
$aws->clear_log;
ok(call($node)->{ok}, 'own keys: a services section');
is($aws->count('AssumeRole'), 1, '... is where STS is asked');

# Sign-ins: what they are good for, and what to do when they are not any more.
$aws->settings(sso_token => 'sso-access-token');
restart_host($node, AWS_ENDPOINT_URL_SSO => $good);
map_identity($node, 'sim', "profile 'sso'");
sign_in('2099-01-01T00:00:00Z');
ok(call($node)->{ok}, 'a sign-in that lasts');
is($aws->count('SsoRoleCredentials'), 1, '... is exchanged for keys');
for my $case (
	[ 'that has ended', '2020-01-01T00:00:00Z', qr/has expired/ ],
	[ 'whose end nobody knows', 'soon', qr/has no\s+expiresAt/ ],
	[ 'that is not there', undef, qr/no (?:such file|cached)|could not|cannot/i ])
{
	my ($what, $until, $said) = @$case;

	sign_in($until);
	$aws->clear_log;
	for my $result (call($node), whoami($node))
	{
		like($result->{error}, qr/ERROR:  28000:/, "a sign-in $what: SQLSTATE");
		like($result->{error}, $said, '... what is wrong');
		like($result->{error},
			qr/HINT:.*aws sso login.*operating system user/s, '... what to do');
		unlike($result->{error}, qr/sso-access-token/, '... no token');
	}
	is($aws->count, 0, '... and the portal is not asked');
}
sign_in('2099-01-01T00:00:00Z');
ok(call($node)->{ok}, 'signed in again: works');

is($aws->statistics->{bugs} + $sim->statistics->{bugs}, 0,
	'the stand-ins had no trouble');
done_testing();

sub asked
{
	my ($environment, $profile, $is_asked, $what) = @_;

	restart_host($node, %$environment);
	map_identity($node, 'sim', "profile '$profile'");
	$aws->clear_log;
	my $result = call($node);
	is($result->{ok} ? 1 : 0, $is_asked, $what) or diag($result->{error});
	is($aws->count('AssumeRole'), $is_asked, '... that is where STS is asked')
	  if $is_asked;
	is($result->{sqlstate}, 'HV00N', '... where nobody is') if !$is_asked;
	return;
}

sub sign_in
{
	my ($until) = @_;
	my $path = '.aws/sso/cache/' . sha1_hex('corp') . '.json';

	if (!defined $until)
	{
		unlink home_of($node) . "/$path";
		return;
	}
	write_home($node, $path, JSON::PP->new->encode({
		accessToken => 'sso-access-token', expiresAt => $until }));
	return;
}
