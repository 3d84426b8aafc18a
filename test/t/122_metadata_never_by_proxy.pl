# Metadata of the instance and of containers is asked for directly, whatever
# proxy the environment or the server names; DataZone is reached by the proxy
# that the environment names, unless no_proxy or the server's own option says
# otherwise.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneTest;
use IO::Select;
use IO::Socket::INET;
use PostgreSQL::Test::Utils;
use Test::More;

# Somebody who listens, and must hear nothing.
my $ear = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 50)
  or die "cannot listen: $!";
my $ear_url = 'http://127.0.0.1:' . $ear->sockport;
my %ear = map { $_ => $ear_url, uc $_ => $ear_url }
  ('http_proxy', 'https_proxy', 'all_proxy');

my $sim = start_simulator();
my $tls = start_simulator(tls => 1);
my $aws = start_standins([ $sim, $tls ]);
my %none = (AWS_CONFIG_FILE => '/nonexistent/config',
	AWS_SHARED_CREDENTIALS_FILE => '/nonexistent/credentials');
my %imds = (
	AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url);
my %container = (
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container');
$aws->settings(container_authorization => 'x');
$container{AWS_CONTAINER_AUTHORIZATION_TOKEN} = 'x';
my $node = new_host_node('main', $sim,
	environment => { %none, %imds, %ear },
	server => { max_attempts => 1, request_timeout => '5s' });
map_identity($node, 'sim', "credentials 'default'");

reaches('the instance', qr/^ASIAIMDS/);
$node->safe_psql('postgres', "ALTER SERVER sim OPTIONS (DROP region)");
reaches("the instance, for the Region too", qr/^ASIAIMDS/);
is($aws->count('ImdsRegion') > 0, 1, '... which was asked for');
$node->safe_psql('postgres',
	"ALTER SERVER sim OPTIONS (ADD region 'eu-west-1')");
restart_host($node, %none, %container, %ear);
reaches('the container', qr/^ASIAECS/);
(my $localhost = $aws->url) =~ s/127\.0\.0\.1/localhost/;
restart_host($node, %none, %container, %ear,
	AWS_CONTAINER_CREDENTIALS_FULL_URI => "$localhost/container");
reaches('the container by the name localhost', qr/^ASIAECS/);

# The server's own option is for DataZone alone.
my $port = $tls->url =~ /:(\d+)$/ ? $1 : die;
my $proxied = 'datazone.proxied.test';
my ($proxy, $proxy_out) = start_proxy($proxied => $port, "127.0.0.1:$port" => $port);
create_datazone_server($node, 'by_option', $tls,
	proxy => $proxy, max_attempts => 1, request_timeout => '5s');
map_identity($node, 'by_option', "credentials 'default'");
restart_host($node, %none, %imds, %ear);
reaches('the option proxy', qr/^ASIAIMDS/, 'by_option', $tls);
is(asked(), "CONNECT 127.0.0.1:$port HTTP/1.1", '... takes DataZone there');

# The environment's proxy, for https.
create_datazone_server($node, 'by_environment', $tls,
	max_attempts => 1, request_timeout => '5s');
map_identity($node, 'by_environment', "credentials 'default'");
restart_host($node, %none, %imds, https_proxy => $proxy);
reaches('https_proxy', qr/^ASIAIMDS/, 'by_environment', $tls);
is(asked(), "CONNECT 127.0.0.1:$port HTTP/1.1", '... takes DataZone there');
restart_host($node, %none, %imds, HTTPS_PROXY => $proxy);
reaches('HTTPS_PROXY', qr/^ASIAIMDS/, 'by_environment', $tls);
is(asked(), "CONNECT 127.0.0.1:$port HTTP/1.1", '... takes DataZone there');
restart_host($node, %none, %imds, %ear, no_proxy => '127.0.0.1');
reaches('no_proxy', qr/^ASIAIMDS/, 'by_environment', $tls);
restart_host($node, %none, %imds, %ear, no_proxy => '127.0.0.1');
reaches('the option wins over no_proxy', qr/^ASIAIMDS/, 'by_option', $tls);
is(asked(), "CONNECT 127.0.0.1:$port HTTP/1.1", '... takes DataZone there');

# https to a container's endpoint is no reason for a proxy, either.
my $secure = start_standins([ $sim, $tls ], tls => 1);
$secure->settings(container_authorization => 'x');
restart_host($node, %none, %container, %ear,
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $secure->url . '/container',
	AWS_CA_BUNDLE => $secure->ca_file);
reaches('a container with TLS', qr/^ASIAECS/);

# STS goes the same way as DataZone; its authority is not known here.
(my $sts_port = $secure->url) =~ s/.*://;
my ($both, $both_out) =
  start_proxy("127.0.0.1:$port" => $port, "127.0.0.1:$sts_port" => $sts_port);
map_identity($node, 'by_environment', "credentials 'default',
	role_arn 'arn:aws:iam::111122223333:role/etl'");
restart_host($node, %none, %imds, https_proxy => $both,
	AWS_ENDPOINT_URL_STS => "https://127.0.0.1:$sts_port");
$proxy_out = $both_out;
$aws->fault('ImdsCredentials', 'answer', 'all', json => known_keys());
my $result = call($node, 'by_environment');
like($result->{error}, qr/HV00N/, 'STS: a certificate of an unknown authority')
  or diag(explain($result));
is(asked(), "CONNECT 127.0.0.1:$sts_port HTTP/1.1",
	'... was met by way of the proxy');
ok(!IO::Select->new($ear)->can_read(0), 'nobody asked the proxy that listens');
done_testing();

sub reaches
{
	my ($what, $key, $server, $simulator) = @_;

	$server //= 'sim';
	truncate($proxy_out, 0) if defined $proxy_out;
	my $result = call($node, $server);
	ok($result->{ok}, "$what: a call works") or diag($result->{error});
	like(signer($simulator // $sim) // '', $key, "$what: its keys sign");
	ok(!IO::Select->new($ear)->can_read(0), "$what: not by the proxy");
	return;
}

# What the proxy was asked, each line once.
sub asked
{
	my %seen;

	return join "\n",
	  grep { /\S/ && !$seen{$_}++ } map { s/^\0+//r } split /\n/,
	  slurp_file($proxy_out) =~ s{^http://\S+\n}{}r;
}

sub known_keys
{
	return {
		Code => 'Success', Type => 'AWS-HMAC', AccessKeyId => 'AKIDEXAMPLE',
		SecretAccessKey => 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
		Token => 't', Expiration => '2099-01-01T00:00:00Z',
		LastUpdated => '2026-01-01T00:00:00Z' };
}
