# Plain http is for this host only, and goes there: a proxy that the server's
# environment names would carry session tokens elsewhere, in clear.

use strict;
use warnings;

use DatazoneTest;
use IO::Select;
use IO::Socket::INET;
use PostgreSQL::Test::Utils;
use Test::More;

# Somebody who listens, and must hear nothing.
my $proxy = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 10)
  or die "cannot listen: $!";
my $url = 'http://127.0.0.1:' . $proxy->sockport;

my $sim = start_simulator();
my $node;
{
	local %ENV = %ENV;
	for my $name ('http_proxy', 'https_proxy', 'all_proxy')
	{
		$ENV{$name} = $ENV{ uc $name } = $url;
	}
	delete @ENV{ 'no_proxy', 'NO_PROXY' };
	$node = new_datazone_node('main', $sim,
		server => { max_attempts => 1, request_timeout => '5s' });
}
(my $localhost = $sim->url) =~ s/127\.0\.0\.1/localhost/;
create_datazone_server($node, 'localhost', $sim, endpoint_url => $localhost,
	max_attempts => 1, request_timeout => '5s');

# The server's processes do have it.
$node->safe_psql(
	'postgres', q{CREATE TABLE environment (line text);
	COPY environment FROM PROGRAM 'env | grep -i proxy=' WITH (DELIMITER E'\x01')});
is( $node->safe_psql(
		'postgres', "SELECT count(*) FROM environment
		WHERE line ~ '^(http|https|all)_proxy=$url\$'"),
	3,
	'the environment names a proxy');
is( $node->safe_psql(
		'postgres', q{SELECT count(*) FROM environment WHERE line ~* '^no_'}),
	0,
	'for everything');

for my $server ('sim', 'localhost')
{
	my ($status, $out, $errors) = $node->psql('postgres',
		"SELECT id FROM datazone_get_run('run_orders_001', server => '$server')");

	is($out, 'run_orders_001', "$server: a call works") or diag($errors);
	ok(!IO::Select->new($proxy)->can_read(0), "$server: not by the proxy");
}
is($sim->count, 2, 'both came directly');
done_testing();
