# credential_process: the command that a profile of the host names is a
# stranger to the server.  It is told nothing, believed little, and never
# outlives whoever waits for it.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'processes are seen in /proc of Linux'
  unless -r '/proc/self/stat';

my $dir = PostgreSQL::Test::Utils::tempdir_short();
my $config = "$dir/config";
my $key = DatazoneTest::ACCESS_KEY;
my $secret = DatazoneTest::SECRET_KEY;
my $good = qq({"Version": 1, "AccessKeyId": "$key",
	"SecretAccessKey": "$secret"});

write_command('good', "cat <<'END'\n$good\nEND\n");
write_command('seen', "
	ls /proc/self/fd | tr '\\n' ' ' >$dir/descriptors
	cat >$dir/input
	cut -d' ' -f1,5 /proc/\$\$/stat >$dir/group
	echo told-to-nobody >&2
	cat <<'END'\n$good\nEND\n");
write_command('slow', "echo \$\$ >>$dir/slow.pids; sleep 600 & echo \$! >>$dir/slow.pids; wait");

my %profiles = (
	good => "$dir/good",
	seen => "$dir/seen",
	slow => "$dir/slow",
	piped => "$dir/good | sed 's/x/x/'",
	expired => said('"Expiration": "2020-01-01T00:00:00Z"'),
	fails => "$dir/good; exit 3",
	ended => 'kill -9 $$',
	absent => "$dir/there-is-none",
	words => 'echo hello',
	version => q(echo '{"Version": 2, "AccessKeyId": "a", "SecretAccessKey": "b"}'),
	half => q(echo '{"Version": 1, "AccessKeyId": "a"}'),
	header => q(printf '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "b\\\\r\\\\nX: y"}'),
	large => 'head -c 70000 /dev/zero',
	nothing => 'true');
write_profiles(%profiles);

my $sim = start_simulator();
my $node;
{
	local %ENV = %ENV;
	delete @ENV{ grep { /^AWS_/ } keys %ENV };
	$ENV{AWS_CONFIG_FILE} = $config;
	$ENV{AWS_SHARED_CREDENTIALS_FILE} = "$dir/none";
	$node = new_datazone_node('main', $sim);
}
$node->safe_psql('postgres', "
	DROP USER MAPPING FOR CURRENT_USER SERVER sim;
	CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (profile 'good')");

# What it prints signs requests.
for my $name ('good', 'piped')
{
	use_profile($name);
	is($node->safe_psql('postgres', run()),
		'run_orders_001', "$name: a call is signed with it");
}
is( $node->safe_psql('postgres',
		'SELECT credential_source, right(access_key_id, 4), expires_at
		 FROM datazone_whoami()'),
	'profile "piped", process|' . substr($key, -4) . '|',
	'whoami says so');

# What it gets of the server: nothing.
use_profile('seen');
my $watched = DatazoneSession->new($node);
is($watched->query(run())->{out}, 'run_orders_001', 'seen: it works');
is(slurp_file("$dir/descriptors"), '0 1 2 3 ', 'no descriptor of the server');
is(slurp_file("$dir/input"), '', 'no input');
my (undef, $group) = slurp_file("$dir/group") =~ /^(\d+) (\d+)$/;
isnt($group, getpgrp($watched->pid), 'a process group of its own');
isnt($group, getpgrp(0), 'and not ours');
$watched->close;
unlike(slurp_file($node->logfile), qr/told-to-nobody/, 'its words are nobody\'s');

# What is not believed.
my %refused = (
	fails => qr/failed with exit status 3/,
	ended => qr/was ended by signal 9/,
	absent => qr/failed with exit status 127/,
	words => qr/not a JSON object/,
	nothing => qr/not a JSON object/,
	version => qr/did not print credentials of version 1/,
	half => qr/gave no secret access key/,
	header => qr/secret access key that is none/,
	large => qr/printed more than 65536 bytes/,
	expired => qr/expired already/);
for my $name (sort keys %refused)
{
	use_profile($name);
	for my $sql (run(), 'SELECT * FROM datazone_whoami()')
	{
		my (undef, undef, $errors) = $node->psql('postgres', "\\set VERBOSITY verbose\n$sql");

		like($errors, qr/ERROR:  28000: .*\n.*$refused{$name}/,
			"$name: is refused");
		unlike($errors, qr/hello|"b|X: y/, "$name: nothing of it is shown");
	}
}
is($sim->count, 3, 'and nothing was sent with any of them');

# Nobody waits any more: it ends, with all its children.
use_profile('slow');
for my $how ('canceled', 'timed out', 'terminated')
{
	my $session = DatazoneSession->new($node);
	my @pids;

	unlink "$dir/slow.pids";
	$session->query(q{SET statement_timeout = '500ms'}) if $how eq 'timed out';
	$session->send(run());
	poll_until(sub { (@pids = slow_pids()) == 2 || $how eq 'timed out' },
		'the command runs');
	if ($how eq 'canceled')
	{
		$node->safe_psql('postgres', "SELECT pg_cancel_backend(${\$session->pid})");
	}
	elsif ($how eq 'terminated')
	{
		$node->safe_psql('postgres',
			"SELECT pg_terminate_backend(${\$session->pid})");
	}
	my $began = time();
	eval { $session->result };
	cmp_ok(time() - $began, '<', 5, "$how: at once");
	@pids = slow_pids() if $how eq 'timed out';
	poll_until(sub { !grep { is_running($_) } @pids }, "$how: no process is left");
	pass("$how: no process is left");
	next if $how eq 'terminated';
	is($session->query('SELECT 1')->{out}, '1', "$how: the session goes on");
	$session->close;
}
kill 'KILL', grep { is_running($_) } slow_pids();

# A session sees what the file says now.
use_profile('good');
{
	my $session = DatazoneSession->new($node);

	is($session->query(run())->{out}, 'run_orders_001', 'a session works');
	write_profiles(%profiles, good => 'exit 4');
	poll_until(
		sub { $session->query(run())->{out} =~ /exit status 4/ },
		'it notices a new command');
	write_profiles(%profiles);
	poll_until(sub { $session->query(run())->{out} eq 'run_orders_001' },
		'and that it is good again');
	pass('a change of the file is noticed');
	$session->close;
}
done_testing();

sub run
{
	return q{SELECT id FROM datazone_get_run('run_orders_001')};
}

sub use_profile
{
	my ($name) = @_;

	$node->safe_psql('postgres', "ALTER USER MAPPING FOR CURRENT_USER
		SERVER sim OPTIONS (SET profile '$name')");
	return;
}

sub write_command
{
	my ($name, $script) = @_;

	append_to_file("$dir/$name", "#!/bin/sh\n$script");
	chmod 0755, "$dir/$name" or die "cannot chmod: $!";
	return;
}

sub write_profiles
{
	my (%commands) = @_;

	append_to_file("$config.new",
		join '', map { "[profile $_]\ncredential_process = $commands{$_}\n" }
		sort keys %commands);
	rename "$config.new", $config or die "cannot rename: $!";
	return;
}

sub said
{
	my ($more) = @_;

	return qq(echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "b", $more}');
}

sub slow_pids
{
	return -e "$dir/slow.pids" ? split /\n/, slurp_file("$dir/slow.pids") : ();
}

# A zombie runs no more; whoever is its parent has not looked yet.
sub is_running
{
	my ($pid) = @_;
	my $state = eval { slurp_file("/proc/$pid/stat") } // return 0;

	return $state !~ /^\d+ \(.*\) Z/;
}
