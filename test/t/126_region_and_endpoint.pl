# Region and endpoint follow from where the SDKs look, in their order; what the
# foreign server's options say comes first.  datazone_whoami() tells both
# without a request.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $tls = start_simulator(tls => 1);
my $aws = start_standins([ $sim, $tls ]);
my %keys = (AWS_ACCESS_KEY_ID => 'AKIDEXAMPLE',
	AWS_SECRET_ACCESS_KEY => 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
my $node = new_host_node('main', $sim, environment => \%keys);
my $n = 0;

write_home($node, '.aws/config', <<'END');
[default]
region = ap-southeast-2
[profile fips]
region = us-east-1
use_fips_endpoint = true
[profile service]
region = eu-central-1
services = local
endpoint_url = http://127.0.0.1:1/profile
[profile global]
region = eu-central-1
endpoint_url = http://127.0.0.1:1/profile
[profile ignoring]
region = eu-central-1
endpoint_url = http://127.0.0.1:1/profile
ignore_configured_endpoint_urls = true
[profile missing-section]
region = eu-central-1
services = nowhere
[profile broken-region]
region = x.example.com/#
[profile broken-switch]
region = eu-west-1
use_fips_endpoint = maybe
[services local]
datazone =
  endpoint_url = http://127.0.0.1:1/service
END

# Server options that win: Region by Region, a partition each.
for my $case (
	[ 'eu-west-1', 'datazone.eu-west-1.api.aws' ],
	[ 'cn-north-1', 'datazone.cn-north-1.api.amazonwebservices.com.cn' ],
	[ 'us-gov-west-1', 'datazone.us-gov-west-1.api.aws' ],
	[ 'eusc-de-east-1', 'datazone.eusc-de-east-1.api.amazonwebservices.eu' ],
	[ 'us-iso-east-1', 'datazone.us-iso-east-1.api.aws.ic.gov' ],
	[ 'us-isob-east-1', 'datazone.us-isob-east-1.api.aws.scloud' ],
	[ 'eu-isoe-west-1', 'datazone.eu-isoe-west-1.api.cloud-aws.adc-e.uk' ],
	[ 'us-isof-south-1', 'datazone.us-isof-south-1.api.aws.hci.ic.gov' ],
	[ 'mars-north-1', 'datazone.mars-north-1.api.aws' ])
{
	my ($region, $host) = @$case;

	is_at("region '$region'", $region, "https://$host");
	is_at("region '$region', use_fips 'true'", $region,
		'https://' . $host =~ s/datazone/datazone-fips/r);
}

# Without: the environment, then the profile.
is_at('', 'ap-southeast-2', 'https://datazone.ap-southeast-2.api.aws',
	"the default profile's Region");
in_environment({ AWS_DEFAULT_REGION => 'eu-south-1' },
	[ '', 'eu-south-1', 'https://datazone.eu-south-1.api.aws', 'AWS_DEFAULT_REGION' ]);
in_environment(
	{ AWS_DEFAULT_REGION => 'eu-south-1', AWS_REGION => 'eu-south-2' },
	[ '', 'eu-south-2', 'https://datazone.eu-south-2.api.aws', 'AWS_REGION' ],
	[ "region 'eu-west-3'", 'eu-west-3', 'https://datazone.eu-west-3.api.aws' ]);
in_environment(
	{ AWS_USE_FIPS_ENDPOINT => 'true', AWS_REGION => 'us-east-1' },
	[ '', 'us-east-1', 'https://datazone-fips.us-east-1.api.aws', 'FIPS by the environment' ],
	[ "use_fips 'false'", 'us-east-1', 'https://datazone.us-east-1.api.aws' ]);
in_environment(
	{ AWS_USE_DUALSTACK_ENDPOINT => 'true', AWS_REGION => 'us-east-1' },
	[ '', 'us-east-1', 'https://datazone.us-east-1.api.aws', 'dual stack changes nothing' ]);
in_environment({ AWS_PROFILE => 'fips' },
	[ '', 'us-east-1', 'https://datazone-fips.us-east-1.api.aws', "the profile's FIPS" ],
	[ "use_fips 'false', region 'us-east-2'", 'us-east-2',
		'https://datazone.us-east-2.api.aws' ]);

# Endpoints, the first that is there.
my $url = 'http://127.0.0.1:1';
my @levels = (
	{ AWS_PROFILE => 'global' }, "$url/profile",
	{ AWS_PROFILE => 'service' }, "$url/service",
	{ AWS_PROFILE => 'service', AWS_ENDPOINT_URL => "$url/global" }, "$url/global",
	{ AWS_PROFILE => 'service', AWS_ENDPOINT_URL => "$url/global",
		AWS_ENDPOINT_URL_DATAZONE => "$url/own" }, "$url/own");
while (my ($environment, $endpoint) = splice @levels, 0, 2)
{
	in_environment($environment,
		[ '', 'eu-central-1', $endpoint, "endpoint $endpoint" ],
		[ "endpoint_url '$url/option'", 'eu-central-1', "$url/option" ]);
	in_environment(
		{ %$environment, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS => 'true' },
		[ '', 'eu-central-1', 'https://datazone.eu-central-1.api.aws',
			"endpoint $endpoint is to be ignored" ],
		[ "endpoint_url '$url/option'", 'eu-central-1', "$url/option" ]);
}
in_environment({ AWS_PROFILE => 'ignoring' },
	[ '', 'eu-central-1', 'https://datazone.eu-central-1.api.aws',
		'a profile that ignores its own' ]);
in_environment(
	{ AWS_REGION => 'eu-west-1', AWS_ENDPOINT_URL_DATAZONE => $sim->url });
works('', $sim, 'AWS_ENDPOINT_URL_DATAZONE');

# The profile of a mapping is where settings come from, too.
{
	my $server = make_server('');

	map_identity($node, $server, "profile 'fips-keys'");
	write_home($node, '.aws/credentials', "[fips-keys]\n"
		  . "aws_access_key_id = A\naws_secret_access_key = B\n"
		  . "region = us-west-2\n");
	restart_host($node);
	is(whoami($node, $server)->{region}, 'us-west-2',
		"the Region of the mapping's profile");
}

# Not usable: an error that names where it stands.
for my $case (
	[ { AWS_REGION => 'x.example.com/' }, 'AWS_REGION' ],
	[ { AWS_PROFILE => 'broken-region' }, 'region' ],
	[ { AWS_PROFILE => 'broken-switch' }, 'use_fips_endpoint' ],
	[ { AWS_PROFILE => 'missing-section' }, 'missing-section' ],
	[ { AWS_ENDPOINT_URL => 'http://example.com', AWS_REGION => 'eu-west-1' },
		'AWS_ENDPOINT_URL' ],
	[ { AWS_ENDPOINT_URL_DATAZONE => 'gibberish', AWS_REGION => 'eu-west-1' },
		'AWS_ENDPOINT_URL_DATAZONE' ],
	[ { AWS_USE_FIPS_ENDPOINT => 'true', AWS_ENDPOINT_URL => $sim->url,
		AWS_REGION => 'eu-west-1' }, 'FIPS' ],
	[ { AWS_CONFIG_FILE => '/nonexistent' }, 'Region' ])
{
	my ($environment, $told) = @$case;
	my $server = make_server('');

	restart_host($node, %keys, %$environment);
	my $result = call($node, $server);
	ok(!$result->{ok}, "$told: refused");
	like($result->{sqlstate}, qr/^(?:22023|28000|HV00D|HV00N)$/, "$told: SQLSTATE");
	like($result->{error}, qr/\Q$told\E/i, "$told: is named");
}

# The instance's Region, where nothing else names one.
$aws->settings(imds_region => 'eu-north-1');
restart_host($node, %keys,
	AWS_CONFIG_FILE => '/nonexistent', AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url);
is_at('', 'eu-north-1', 'https://datazone.eu-north-1.api.aws',
	"the instance's Region");
$aws->settings(imds_region => 'x.example.com/');
{
	my $result = whoami($node, make_server(''));
	like($result->{error} // '', qr/ERROR/,
		"the instance's Region: one that is no name is refused");
}
$aws->settings(imds_region => 'eu-west-1');

# Certificates: AWS_CA_BUNDLE, the profile's, the server's.
my $ca = $tls->ca_file;
write_home($node, '.aws/config', "[profile ca]\nca_bundle = $ca\n");
for my $case (
	[ {}, '', 0, 'an authority that nobody names' ],
	[ { AWS_CA_BUNDLE => $ca }, '', 1, 'AWS_CA_BUNDLE' ],
	[ { AWS_PROFILE => 'ca' }, '', 1, "the profile's ca_bundle" ],
	[ { AWS_CA_BUNDLE => '/etc/ssl/certs/ca-certificates.crt' },
		", ca_bundle '$ca'", 1, 'the option before AWS_CA_BUNDLE' ],
	[ { AWS_CA_BUNDLE => $ca },
		", ca_bundle '/etc/ssl/certs/ca-certificates.crt'", 0,
		'an option that names another' ],
	[ { AWS_CA_BUNDLE => '/nonexistent/bundle' }, '', 0, 'no such file' ])
{
	my ($environment, $options, $good, $what) = @$case;
	my $server = make_server("region 'eu-west-1', endpoint_url '${\$tls->url}'"
		  . $options);

	restart_host($node, %keys, %$environment);
	my $result = call($node, $server);
	is($result->{ok} ? 1 : 0, $good, "$what") or diag($result->{error});
	is($result->{sqlstate}, 'HV00N', "$what: SQLSTATE") if !$good;
}
is($sim->statistics->{bugs} + $tls->statistics->{bugs}, 0,
	'the simulators had no trouble');
done_testing();

sub make_server
{
	my ($options) = @_;
	my $name = 's' . ++$n;

	$options .= ($options ? ', ' : '')
	  . "domain_identifier 'dzd_simulator', max_attempts '1'";
	$node->safe_psql('postgres',
		"CREATE SERVER $name FOREIGN DATA WRAPPER datazone OPTIONS ($options)");
	map_identity($node, $name, "credentials 'default'");
	return $name;
}

sub is_at
{
	my ($options, $region, $endpoint, $what) = @_;
	my $who = whoami($node, make_server($options));

	$what //= $options;
	is($who->{region}, $region, "$what: Region") or diag(explain($who));
	is($who->{endpoint}, $endpoint, "$what: endpoint");
	return;
}

sub in_environment
{
	my ($environment, @cases) = @_;

	restart_host($node, %keys, %$environment);
	is_at(@$_) for @cases;
	return;
}

sub works
{
	my ($options, $simulator, $what) = @_;
	my $result = call($node, make_server($options));

	ok($result->{ok}, "$what: a call works") or diag($result->{error});
	is(signer($simulator), 'AKIDEXAMPLE', "$what: it arrived there");
	return;
}
