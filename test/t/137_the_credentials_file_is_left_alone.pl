# The file of credentials is the host's.  It is read where a mapping uses the
# host's identity; for mappings with keys of their own it might as well not be
# there.  The config file has settings for all of them.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $aws = start_standins($sim);
my $node = new_host_node('main', $sim,
	environment => { AWS_ENDPOINT_URL_STS => $aws->url });
my $file = home_of($node) . '/.aws/credentials';
my $own = "access_key_id '${\DatazoneTest::ACCESS_KEY}',
	secret_access_key '${\DatazoneTest::SECRET_KEY}'";
my $good = "[default]\naws_access_key_id = AKIDOFHOST\n"
  . "aws_secret_access_key = secret/of+HOST\nregion = eu-south-2\n";

know($aws, DatazoneTest::ACCESS_KEY, DatazoneTest::SECRET_KEY);
$node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS (DROP region)');
write_home($node, '.aws/config', "[default]\nregion = eu-west-1\n");
my %own = ('own keys' => $own,
	'a role on top of own keys' =>
	  "$own, role_arn 'arn:aws:iam::111122223333:role/own'");

# Broken, it is nobody's but theirs who need it.
write_text($file, "[default\nnonsense");
for my $what (sort keys %own)
{
	my $offset = -s $node->logfile;

	map_identity($node, 'sim', $own{$what});
	my $result = call($node);
	ok($result->{ok}, "$what: a broken file does not matter")
	  or diag($result->{error});
	is(whoami($node)->{region}, 'eu-west-1', '... the config file has the Region');
	unlike(substr(slurp_file($node->logfile), $offset), qr/AWS files/,
		'... and nobody complains');
}
map_identity($node, 'sim', "credentials 'default'");
like(call($node)->{error}, qr/28000.*\Q$file\E/s,
	"the host's identity: a broken file matters");

# The time of access tells whether somebody has read it.
SKIP:
{
	write_text($file, $good);
	skip 'this file system keeps no times of access', 4 if !is_read_after(
		sub { slurp_file($file) });
	for my $what (sort keys %own)
	{
		map_identity($node, 'sim', $own{$what});
		ok( !is_read_after(sub { call($node); whoami($node) }),
			"$what: it is not read");
	}
	map_identity($node, 'sim', "credentials 'default'");
	ok(is_read_after(sub { call($node) }), "the host's identity: it is");
	is(whoami($node)->{access_key_id} =~ s/\*+//r, 'HOST', '... for its keys');
}

# Both in one session, in either order: each sees what is its own.
create_datazone_server($node, 'own', $sim);
$node->safe_psql('postgres', 'ALTER SERVER own OPTIONS (DROP region)');
map_identity($node, 'own', $own);
map_identity($node, 'sim', "credentials 'default'");
for my $order ([ 'own', 'sim' ], [ 'sim', 'own' ])
{
	my $session = DatazoneSession->new($node);
	my %region;

	$region{$_} = $session->query("SELECT region FROM datazone_whoami('$_')")->{out}
	  for @$order, @$order;
	is_deeply(\%region, { own => 'eu-west-1', sim => 'eu-south-2' },
		"@$order: each has its Region");

	# the one is noticed to change although the other was there before
	write_text($file, $good =~ s/eu-south-2/eu-south-1/r);
	poll_until(
		sub {
			$session->query("SELECT region FROM datazone_whoami('own')");
			$session->query("SELECT region FROM datazone_whoami('sim')")->{out}
			  eq 'eu-south-1';
		},
		'the changed file to be noticed');
	pass("@$order: a change is noticed");
	write_text($file, $good);
	$session->close;
}
is($sim->statistics->{bugs} + $aws->statistics->{bugs}, 0,
	'the simulators had no trouble');
done_testing();

sub is_read_after
{
	my ($action) = @_;

	# older than the last change, or the system may not note the next access
	utime(1_000_000_000, time, $file) or die "$file: $!";
	$action->();
	return (stat $file)[8] != 1_000_000_000;
}
