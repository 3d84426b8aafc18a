# A fetch of credentials is a wait like any other: cancel and statement_timeout
# end it within 250 ms, in each of its phases, and leave nothing behind; the
# next call works.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use Digest::SHA qw(sha1_hex);
use JSON::PP;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
$aws->settings(sso_token => 'sso-token', container_authorization => 'x');
know($_, 'AKIDSOURCE', 'secret/source') for $sim, $aws;
my %environment = (
	AWS_ENDPOINT_URL_STS => $aws->url,
	AWS_ENDPOINT_URL_SSO => $aws->url,
	AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url,
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container',
	AWS_CONTAINER_AUTHORIZATION_TOKEN => 'x');
my $node = new_host_node('main', $sim, environment => \%environment);
my $home = home_of($node);
my $pids = "$home/process.pids";
my $gate = "$home/gate";
write_home($node, 'web.token', 'web-token');
write_home($node, '.aws/sso/cache/' . sha1_hex('corp') . '.json',
	JSON::PP->new->encode({ accessToken => 'sso-token',
		expiresAt => '2099-01-01T00:00:00Z' }));
# the command waits for a file, with a child of its own, and ignores SIGTERM
write_home($node, 'command', <<"END");
trap '' TERM INT
echo \$\$ >> $pids
while [ ! -e $gate ]; do sleep 1; done
echo '{"Version":1,"AccessKeyId":"AKIDSOURCE","SecretAccessKey":"secret/source"}'
END
write_home($node, '.aws/config', <<"END");
[profile instance]
role_arn = $arn/i
credential_source = Ec2InstanceMetadata
[profile container]
role_arn = $arn/c
credential_source = EcsContainer
[profile process]
credential_process = sh $home/command
[profile web]
role_arn = $arn/w
web_identity_token_file = $home/web.token
[profile sts]
role_arn = $arn/s
source_profile = source
[profile source]
aws_access_key_id = AKIDSOURCE
aws_secret_access_key = secret/source
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Reader
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example.com/start
END

my $backend;
my @phases = (
	[ 'instance', 'ImdsToken' ], [ 'instance', 'ImdsRoles' ],
	[ 'instance', 'ImdsCredentials' ], [ 'instance', 'AssumeRole' ],
	[ 'container', 'ContainerCredentials' ], [ 'container', 'AssumeRole' ],
	[ 'web', 'AssumeRoleWithWebIdentity' ], [ 'sts', 'AssumeRole' ],
	[ 'sso', 'SsoRoleCredentials' ]);
for my $phase (@phases)
{
	my ($profile, $operation) = @$phase;

	for my $head (0, 1)
	{
		my $how = $head ? 'half an answer' : 'no answer';

		interrupted(
			"$profile, $operation, $how",
			$profile,
			sub { $aws->fault($operation, 'stall', 'all',
				$head ? (head => \1) : ()) },
			sub { grep { $_->{fault} } $aws->log($operation) },
			sub { $aws->clear_faults });
	}
}
interrupted(
	'process',
	'process',
	sub { write_text($pids, ''); unlink $gate },
	sub { -s $pids },
	sub {
		my @all = split ' ', slurp_file($pids);
		poll_until(sub { !grep { alive($_) } @all },
			'the command to be gone', 10);
		is(scalar(children()), 0, 'process: it left no child, nor a dead one');
		write_text($gate, '');
	});

# A pause between attempts is a wait, too.
map_identity($node, 'sim', "profile 'sts'");
$node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS (ADD max_attempts $$10$$)');
$aws->clear_log;
$aws->fault('AssumeRole', 'answer', 'all', status => 429, body =>
	'<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>');
{
	my $session = DatazoneSession->new($node);
	$session->send("SELECT id FROM datazone_get_run('run_orders_001')");
	poll_until(sub { $aws->count('AssumeRole') >= 2 }, 'an attempt');
	my $sent = time;
	kill INT => $session->pid;
	my $result = $session->result;
	is($result->{sqlstate}, '57014', 'a pause: cancelled');
	cmp_ok($result->{answered} - $sent, '<', 0.25, 'a pause: soon');
	$session->close;
}
$aws->clear_faults;
is($aws->statistics->{bugs}, 0, 'the stand-ins had no trouble');
done_testing();

# Hang, be seen hanging, be cancelled or time out; then all is well again, in
# the same session.
sub interrupted
{
	my ($what, $profile, $hang, $hangs, $heal) = @_;

	map_identity($node, 'sim', "profile '$profile'");
	my $session = DatazoneSession->new($node);
	$backend = $session->pid;
	for my $by ('cancel', 'statement_timeout')
	{
		$aws->clear_log;
		$hang->();
		$session->query("SET statement_timeout = '400ms'")
		  if $by eq 'statement_timeout';
		my $sent =
		  $session->send("SELECT id FROM datazone_get_run('run_orders_001')");
		my $limit = 0.25;
		poll_until($hangs, "$what to hang", 10) if $by eq 'cancel';
		$limit += 0.4 if $by eq 'statement_timeout';
		if ($by eq 'cancel')
		{
			$sent = time;
			kill INT => $session->pid;
		}
		my $result = $session->result;
		is($result->{sqlstate}, '57014', "$what: $by")
		  or diag($result->{out});
		cmp_ok($result->{answered} - $sent, '<', $limit, "$what: $by, soon");
		$session->query('RESET statement_timeout');
		$heal->();
		is($session->query("SELECT id FROM datazone_get_run('run_orders_001')")
			  ->{out}, 'run_orders_001', "$what: $by, then a call works");
		# keys that are at hand would not be fetched again
		map_identity($node, 'sim', "profile '$profile'");
	}
	$session->close;
	return;
}

sub alive
{
	my ($pid) = @_;
	my $status = eval { slurp_file("/proc/$pid/status") } // return 0;

	return $status !~ /^State:\s+Z/m;
}

# Processes, dead ones included, that the backend started.
sub children
{
	return grep { (eval { slurp_file($_) } // '') =~ /^\d+ \(.*\) \w $backend / }
	  glob '/proc/[0-9]*/stat';
}
