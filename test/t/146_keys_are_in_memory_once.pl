# Keys that were fetched are in a process's memory where they are used, and
# nowhere else: not in what libcurl, OpenSSL or a parser freed.  Once they are
# not needed any more, they are nowhere.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $nobody = 'http://127.0.0.1:' . free_port();

for my $tls (0, 1)
{
	my $aws = start_standins($sim, tls => $tls);
	know($_, 'AKIDSOURCE', 'secret/of+SOURCE') for $sim, $aws;
	my $node = new_host_node($tls ? 'tls' : 'plain', $sim,
		environment => { AWS_ENDPOINT_URL_STS => $aws->url,
			$tls ? (AWS_CA_BUNDLE => $aws->ca_file) : () },
		server => { endpoint_url => $nobody, max_attempts => 1 });
	my $way = $tls ? 'https' : 'http';

	write_home($node, '.aws/config', "[profile sts]
role_arn = arn:aws:iam::111122223333:role/once
source_profile = source
[profile source]
aws_access_key_id = AKIDSOURCE
aws_secret_access_key = secret/of+SOURCE
");
	map_identity($node, 'sim', "profile 'sts'");

	# Nobody answers the call itself, so no later transfer tidies up by chance.
	my $session = DatazoneSession->new($node);
	my $answer = $session->query(q{SELECT datazone_get_run('run_orders_001')});
	my ($keys) = grep { $_->{access_key} =~ /^ASIA/ }
	  @{ $aws->control('GET', 'keys')->{keys} };
	my $memory = memory_of($session->pid);
	plan skip_all => 'the memory of other processes is not to be read here'
	  unless defined $memory;
	like($answer->{sqlstate}, qr/^HV00N$/,
		"$way: the call that fetches keys goes to nobody");
	is($aws->count('AssumeRole'), 1, "$way: they were fetched");
	is(count_in($memory, $keys->{secret_key}), 1,
		"$way: the secret key is in memory once");
	is(count_in($memory, "<SecretAccessKey>"), 0,
		"$way: and nothing of the answer that brought it");

	# Gone with what used it, also when that cannot be told from a mistake.
	$node->safe_psql('postgres', 'DROP SERVER sim CASCADE');
	is($session->query(q{SELECT datazone_get_run('run_orders_001')})->{sqlstate},
		'42704', "$way: there is no server any more");
	is(count_in(memory_of($session->pid), $keys->{secret_key}), 0,
		"$way: nor its keys");
	$session->close;
	$node->stop;
}
done_testing();
