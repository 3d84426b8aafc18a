# Only a server that proves to be the one in endpoint_url is told anything:
# one that cannot is refused as HV00N with the reason, and sees no request.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use IO::Socket::INET;
use PostgreSQL::Test::Utils;
use Test::More;

my $good = start_simulator(tls => 1);
my $plain = start_simulator();
my $node = new_datazone_node('main', $good, server => { max_attempts => 1 });
my $session = DatazoneSession->new($node);

is(call('sim')->{out}, 'run_orders_100', 'a bundle that has its authority');

my $by_name = $good->url =~ s/127\.0\.0\.1/localhost/r;
create_datazone_server($node, 'by_name', $good, endpoint_url => $by_name);
is(call('by_name')->{out}, 'run_orders_100', 'by name as well as by address');

# Refused: name, simulator, options, the reason as OpenSSL or libcurl say it.
my $expired = start_simulator(tls => 'expired');
my $wrong_name = start_simulator(tls => 'wrong-name');
my $untrusted = start_simulator(tls => 'untrusted');
my $empty = "${PostgreSQL::Test::Utils::tmp_check}/empty.pem";
append_to_file($empty, "no certificate\n");

my @cases = (
	[
		'an authority that the system does not know',
		$good, { ca_bundle => '/etc/ssl/certs/ca-certificates.crt' },
		qr/certificate/
	],
	[
		'an authority that the bundle does not have',
		$untrusted, {}, qr/certificate/
	],
	[ 'a certificate that has expired', $expired, {}, qr/expired/ ],
	[
		'a certificate for another name',
		$wrong_name, {}, qr/name|host|address/i
	],
	[
		'the right name for another address', $wrong_name,
		{ endpoint_url => $wrong_name->url =~ s/127\.0\.0\.1/localhost/r },
		qr/name|host/i
	],
	[
		'a bundle that is not there', $good,
		{ ca_bundle => '/nowhere/ca.pem' }, qr{/nowhere/ca\.pem|certificate}
	],
	[
		'a bundle without certificates', $good,
		{ ca_bundle => $empty }, qr/certificate|empty\.pem/
	],
	[
		'a server that speaks no TLS', $plain,
		{ endpoint_url => $plain->url =~ s/^http:/https:/r }, qr/SSL|TLS/i
	]);

for my $n (0 .. $#cases)
{
	my ($name, $sim, $options, $reason) = @{ $cases[$n] };

	$sim->control('DELETE', 'statistics');
	$sim->clear_log;
	create_datazone_server($node, "case_$n", $sim, max_attempts => 1,
		%$options);
	my $result = call("case_$n");

	is($result->{sqlstate}, 'HV00N', "$name: refused");
	like($result->{out}, $reason, "$name: the error says why");
	is($sim->count, 0, "$name: nothing was asked");
	is($sim->statistics->{malformed}, 0, "$name: and nothing else was said")
	  unless $sim == $plain;
}

# Nothing of a refusal stays: the good server works, and refuses nobody.
is(call('sim')->{out}, 'run_orders_100', 'the good one works after all that');

# The connection to a server that was good is not used for one that is not:
# the same address, another bundle.
$node->safe_psql('postgres', "ALTER SERVER sim OPTIONS (SET ca_bundle '$empty')");
is(call('sim')->{sqlstate},
	'HV00N', 'a bundle that changes is looked at by the next call');

is($good->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

sub call
{
	my ($server) = @_;
	return $session->query(
		"SELECT id FROM datazone_get_run('run_orders_100', server => '$server')"
	);
}
