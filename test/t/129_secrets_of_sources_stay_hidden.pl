# Keys that are fetched, tokens that fetch them, and what proves the host to
# its sources are in no log at its most talkative, in no message, view or file
# of the server; nor are they left in the memory of a process that has done
# with them.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use Digest::SHA qw(sha1_hex);
use File::Find;
use JSON::PP;
use PostgreSQL::Test::Utils;
use Test::More;

my $STEM = 'Zq7yK';    # in every secret that the stand-ins issue
my %own = (
	'environment' => 'eNv5eCrEt/129+abcdefghijklmnopqrstuvwx',
	'file' => 'fIl5eCrEt/129+abcdefghijklmnopqrstuvwxyz',
	'command' => 'pRoC5eCrEt/129+abcdefghijklmnopqrstuvwxy',
	'web identity token' => 'wEbTokEn129.' . 'abcdef0123456789' x 20,
	'container token' => 'cOnTaInEr129-' . 'abcdef0123456789' x 4,
	'SSO token' => 'sSoToKeN129-' . 'abcdef0123456789' x 8,
	'external id' => 'eXtErNaL129-abcdefghijklmnop');
my $arn = 'arn:aws:iam::111122223333:role';

my $sim = start_simulator();
my $aws = start_standins($sim);
know($_, 'AKIDENV', $own{environment}) for $sim, $aws;
know($_, 'AKIDFILE', $own{file}) for $sim, $aws;
know($_, 'AKIDCOMMAND', $own{command}) for $sim, $aws;
$aws->settings(container_authorization => $own{'container token'},
	sso_token => $own{'SSO token'});
my $node = new_host_node(
	'main', $sim,
	server => { max_attempts => 1 },
	environment => {
		AWS_ACCESS_KEY_ID => 'AKIDENV',
		AWS_SECRET_ACCESS_KEY => $own{environment},
		AWS_ENDPOINT_URL_STS => $aws->url,
		AWS_ENDPOINT_URL_SSO => $aws->url,
		AWS_EC2_METADATA_DISABLED => 'false',
		AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url,
		AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container',
		AWS_CONTAINER_AUTHORIZATION_TOKEN => $own{'container token'}
	},
	# mappings are made while the log is quiet: their text is PostgreSQL's
	conf => "log_statement = none\n");
my $home = home_of($node);
write_home($node, 'web.token', $own{'web identity token'});
write_home($node, 'process.json', JSON::PP->new->encode({ Version => 1,
	AccessKeyId => 'AKIDCOMMAND', SecretAccessKey => $own{command} }));
write_home($node, '.aws/sso/cache/' . sha1_hex('corp') . '.json',
	JSON::PP->new->encode({ accessToken => $own{'SSO token'},
		expiresAt => '2099-01-01T00:00:00Z' }));
write_home($node, '.aws/config', <<"END");
[profile file]
aws_access_key_id = AKIDFILE
aws_secret_access_key = $own{file}
[profile sts]
role_arn = $arn/s
source_profile = file
external_id = $own{'external id'}
[profile command]
credential_process = cat $home/process.json; cat $home/process.json >&2
[profile web]
role_arn = $arn/w
web_identity_token_file = $home/web.token
[profile instance]
role_arn = $arn/i
credential_source = Ec2InstanceMetadata
[profile container]
role_arn = $arn/c
credential_source = EcsContainer
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Reader
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example.com/start
END
my %servers = (env => "credentials 'default'",
	map { $_ => "profile '$_'" }
	  qw(file sts command web instance container sso));
for my $name (sort keys %servers)
{
	create_datazone_server($node, $name, $sim, max_attempts => 1);
	map_identity($node, $name, $servers{$name});
}
my $offset = -s $node->logfile;
my $told = '';
my $session = DatazoneSession->new($node, set => join ' ', map { "SET $_;" } (
	'client_min_messages = debug5', 'log_min_messages = debug5',
	'log_error_verbosity = verbose', 'log_min_error_statement = debug5',
	'log_statement = all', 'log_min_duration_statement = 0'));

# What works, and every way not to.
my %operations = (
	sts => ['AssumeRole'], web => ['AssumeRoleWithWebIdentity'],
	instance => [ 'ImdsToken', 'ImdsRoles', 'ImdsCredentials', 'AssumeRole' ],
	container => [ 'ContainerCredentials', 'AssumeRole' ],
	sso => ['SsoRoleCredentials']);
for my $name (sort keys %servers)
{
	like(told("SELECT id FROM datazone_get_run('run_orders_001', server => '$name')"),
		qr/^run_orders_001$/m, "$name: a call works");
	told("SELECT * FROM datazone_whoami('$name')");
	for my $operation (@{ $operations{$name} // [] })
	{
		my $answer = $name eq 'sts' || $operation =~ /Assume/
		  ? "<ErrorResponse><Error><Code>AccessDenied</Code><Message>"
		  . "sent: x-amz-security-token: $STEM/abc Authorization: "
		  . "AWS4-HMAC-SHA256 Credential=A, Signature=$STEM "
		  . "WebIdentityToken=$own{'web identity token'}</Message></Error>"
		  . "</ErrorResponse>"
		  : "{\"SecretAccessKey\": \"$STEM/broken\", \"message\": \"$STEM";

		for my $fault ([ 'answer', status => 403, body => $answer ],
			[ 'answer', status => 200, body => $answer ], ['half_body'],
			['truncated'], [ 'duplicate_member', member => 'Code', value => 'x' ])
		{
			my ($kind, @params) = @$fault;

			# keys that are at hand would not be fetched again
			map_identity($node, $name, $servers{$name});
			$aws->fault($operation, $kind, 'all', @params);
			told("SELECT id FROM datazone_get_run('run_orders_001', server => '$name')");
			told("SELECT * FROM datazone_whoami('$name')");
			$aws->clear_faults;
		}
	}
}
for my $view ('pg_stat_activity', 'pg_user_mappings', 'pg_settings',
	'pg_backend_memory_contexts')
{
	$told .= $session->query("SELECT * FROM $view")->{out};
}

# Done with: other keys, and no mapping.  What the process held is gone from
# its memory; what the kernel keeps of sockets is not its memory.
my $pid = $session->pid;
SKIP:
{
	skip 'the memory of other processes is not to be read here', 2
	  unless defined memory_of($pid);
	$session->query("SELECT id FROM datazone_get_run('run_orders_001', server => 'sts')");
	my @live = grep { $_->{access_key} eq signer($sim) }
	  @{ $aws->control('GET', 'keys')->{keys} };
	cmp_ok(count_in(memory_of($pid), $live[0]{secret_key}), '>', 0,
		'keys that are in use are in memory');
	$node->safe_psql('postgres', "DROP SERVER $_ CASCADE") for sort keys %servers;
	# what was dropped is let go of when the process next has to do with us
	map_identity($node, 'sim', "access_key_id '${\DatazoneTest::ACCESS_KEY}',
		secret_access_key '${\DatazoneTest::SECRET_KEY}'");
	$session->query("SELECT id FROM datazone_get_run('run_orders_001', server => 'sim')");
	my $memory = memory_of($pid);
	my %left;
	for my $keys (@{ $aws->control('GET', 'keys')->{keys} })
	{
		$left{"$keys->{source} secret"} += count_in($memory, $keys->{secret_key});
	}
	# the files themselves have not changed, and are known as they are
	$left{'command secret'} += count_in($memory, $own{command});
	is_deeply([ grep { $left{$_} } sort keys %left ], [],
		'secrets of servers that were dropped are wiped')
	  or diag(explain(\%left));
}

# Who was told what.
$session->close;
$node->stop;
my $log = substr(slurp_file($node->logfile), $offset);
cmp_ok(scalar(() = $log =~ /DEBUG:/g), '>', 100, 'the log was talkative');
my %places = ('the log' => $log, 'what the client was told' => $told,
	'files of the server' => files());
for my $place (sort keys %places)
{
	for my $what (sort keys %own)
	{
		next if $what eq 'external id' && $place ne 'the log';
		is(count_in($places{$place}, $own{$what}), 0, "$place: no $what");
	}
	# damaged answers of the test itself may be in no place, either
	is(count_in($places{$place}, $STEM), 0, "$place: nothing that was issued")
	  or diag(substr($places{$place}, index($places{$place}, $STEM) - 300, 600));
	is(count_in($places{$place}, 'AWS4-HMAC-SHA256 Credential'), 0,
		"$place: no header of a signature");
}
done_testing();

sub told
{
	my ($sql) = @_;
	my $out = $session->query($sql)->{out};

	$told .= "$out\n";
	return $out;
}

sub count_in
{
	my ($text, $what) = @_;
	my ($count, $at) = (0, -1);

	$count++ while ($at = index($text, $what, $at + 1)) >= 0;
	return $count;
}

sub files
{
	my $all = '';

	find(
		sub { $all .= slurp_file($_) if -f && -r && !-l; },
		$node->data_dir);
	return $all;
}

# All that a process may write to, or undef where that is not for us to read.
sub memory_of
{
	my ($process) = @_;
	my $all = '';

	open(my $maps, '<', "/proc/$process/maps") or return undef;
	open(my $memory, '<:raw', "/proc/$process/mem") or return undef;
	while (<$maps>)
	{
		my ($from, $to) = /^([0-9a-f]+)-([0-9a-f]+) rw/ or next;
		next if /\[vvar|\/dev\/(?:shm|zero)|SYSV/;
		no warnings 'portable';
		my ($start, $size) = (hex $from, hex($to) - hex($from));
		sysseek($memory, $start, 0) or next;
		my $part = '';
		1 while sysread($memory, $part, $size - length $part, length $part);
		$all .= $part;
	}
	return length $all ? $all : undef;
}
