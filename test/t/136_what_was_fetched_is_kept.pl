# What a process has fetched outlives whatever does not change it: catalogs that
# are read anew, other mappings, options that have nothing to do with it, files
# written again.  What does change it ends it, at the process's next call.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
for my $name ('SOURCE', 'FILE', 'NEXT', 'COMMAND')
{
	know($_, "AKID$name", "secret/of+$name") for $sim, $aws;
}
my $node = new_host_node('main', $sim,
	environment => { AWS_ENDPOINT_URL_STS => $aws->url },
	server => { max_attempts => 1 });
my $home = home_of($node);
my %sections = (
	'profile sts' => "role_arn = $arn/kept\nsource_profile = source\n",
	'profile other' => "role_arn = $arn/other\nsource_profile = source\n",
	'profile source' => keys_of('SOURCE'),
	'profile file' => keys_of('FILE'),
	'profile command' => 'credential_process = echo x >>'
	  . "$home/ran; cat $home/keys.json\n");
write_home($node, 'keys.json', '{"Version": 1, "AccessKeyId": "AKIDCOMMAND",'
	  . ' "SecretAccessKey": "secret/of+COMMAND"}');
write_sections();

# One server each; "file" shows that a changed file has been noticed.
my %identity = (
	sim => "profile 'sts'", command => "profile 'command'",
	file => "profile 'file'",
	plain => "access_key_id '${\DatazoneTest::ACCESS_KEY}',
		secret_access_key '${\DatazoneTest::SECRET_KEY}'");
for my $server (sort keys %identity)
{
	create_datazone_server($node, $server, $sim, max_attempts => 1)
	  if $server ne 'sim';
	map_identity($node, $server, $identity{$server});
}
my $session = DatazoneSession->new($node);

works($_) for sort keys %identity;
is(fetches(), '1 1', 'a fetch each');

# None of this has to do with what is fetched.
my %nothing = (
	'another mapping is altered' =>
	  "ALTER USER MAPPING FOR CURRENT_USER SERVER plain
		OPTIONS (SET secret_access_key '${\DatazoneTest::SECRET_KEY}')",
	'a mapping of another role is made' =>
	  'CREATE ROLE other; CREATE USER MAPPING FOR PUBLIC SERVER sim
		OPTIONS (access_key_id \'a\', secret_access_key \'b\')',
	'the mapping says the same again' => "ALTER USER MAPPING FOR CURRENT_USER
		SERVER sim OPTIONS (SET profile 'sts')",
	'the server has another rate' =>
	  'ALTER SERVER sim OPTIONS (ADD rate_limit \'50\', ADD paused \'true\')',
	'the server has another owner' => 'CREATE ROLE owner SUPERUSER;
		ALTER SERVER sim OWNER TO owner',
	'the wrapper is altered' =>
	  'SET client_min_messages = error;
		ALTER FOREIGN DATA WRAPPER datazone VALIDATOR datazone_fdw_validator');
for my $what (sort keys %nothing)
{
	$node->safe_psql('postgres', $nothing{$what});
	works($_) for 'sim', 'command';
	is(fetches(), '1 1', "$what: nothing is fetched");
}

# A process that was not told in time has to forget all that it knows.
{
	my $pid = $session->pid;

	kill STOP => $pid;
	$node->safe_psql('postgres', 'DO $$ BEGIN FOR i IN 1 .. 500 LOOP
		CREATE TABLE t (a int, b text, c numeric); DROP TABLE t;
		END LOOP; END $$');
	kill CONT => $pid;
	works($_) for 'sim', 'command';
	is(fetches(), '1 1', 'too many invalidations: nothing is fetched');
}

# Files that are written again, with another profile changed.
$sections{'profile file'} = keys_of('NEXT');
write_sections();
poll_until(sub { ran('file') eq 'run_orders_001' && signer($sim) eq 'AKIDNEXT' },
	'the changed file to be noticed');
works($_) for 'sim', 'command';
is(fetches(), '1 1', 'other profiles are changed: nothing is fetched');

# So what is there serves although the source is down.
$aws->fault('AssumeRole', 'unavailable', 'all');
$node->safe_psql('postgres', $nothing{'the wrapper is altered'});
works('sim');
is(fetches(), '1 1', 'the source is down, and is not asked');
$aws->clear_faults;

# Memory does not grow by that: there is one source for each that fetches.
for my $n (1 .. 50)
{
	$node->safe_psql('postgres', $nothing{'the wrapper is altered'});
	ran('sim');
}
is( $session->query("SELECT count(*) FROM pg_backend_memory_contexts
		WHERE name = 'datazone credential source'")->{out},
	2, 'two sources, after fifty times');

# Two roles that use the mapping of PUBLIC are one identity.
{
	create_datazone_server($node, 'everyone', $sim, max_attempts => 1);
	$node->safe_psql('postgres',
		'DROP USER MAPPING FOR CURRENT_USER SERVER everyone;
		CREATE ROLE ann SUPERUSER; CREATE ROLE bob SUPERUSER');
	map_identity($node, 'everyone', "profile 'other'", 'PUBLIC');
	$aws->clear_log;
	for my $role ('ann', 'bob')
	{
		$session->query("SET ROLE $role");
		works('everyone');
		$session->query('RESET ROLE');
	}
	is($aws->count('AssumeRole'), 1, 'two roles of PUBLIC: one fetch');
	$node->safe_psql('postgres', 'DROP SERVER everyone CASCADE');
}

# What is changed is fetched anew; what was before, is nowhere any more.
ends('the profile that it names',
	"ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (SET profile 'other')");
is(($aws->log('AssumeRole'))[-1]{form}{RoleArn}, "$arn/other", '... the other');
ends('a role on top', "ALTER USER MAPPING FOR CURRENT_USER SERVER sim
	OPTIONS (ADD role_arn '$arn/top')");
ends('the time-out of requests',
	"ALTER SERVER sim OPTIONS (ADD request_timeout '20s')");
ends('the name of the server',
	'ALTER SERVER sim RENAME TO renamed; ALTER SERVER renamed RENAME TO new',
	'new');
$node->safe_psql('postgres', 'ALTER SERVER new RENAME TO sim');
works('sim');
ends('the file', sub {
	$sections{'profile source'} = keys_of('NEXT');
	$sections{'profile file'} = keys_of('FILE');
	write_sections();
	poll_until(
		sub { ran('file') eq 'run_orders_001' && signer($sim) eq 'AKIDFILE' },
		'the changed file to be noticed');
});
ends('that there is a mapping', 'DROP USER MAPPING FOR CURRENT_USER SERVER sim;
	DROP USER MAPPING FOR PUBLIC SERVER sim', undef);
map_identity($node, 'sim', $identity{sim});
works('sim');
ends('that there is a server', 'DROP SERVER sim CASCADE', undef);

# One that cannot be had any more is its own users' business alone.
delete $sections{'profile command'};
$sections{'profile file'} = keys_of('NEXT');
write_sections();
poll_until(sub { ran('file') eq 'run_orders_001' && signer($sim) eq 'AKIDNEXT' },
	'the changed file to be noticed');
works('plain');
ok( eval {
		poll_until(sub { ran('command') =~ /28000.*command/s }, 'the error', 5);
	},
	'a profile that has gone is told there');
works('plain');

is($aws->statistics->{bugs} + $sim->statistics->{bugs}, 0,
	'the stand-ins had no trouble');
$session->close;
done_testing();

sub keys_of
{
	my ($name) = @_;
	return "aws_access_key_id = AKID$name\n"
	  . "aws_secret_access_key = secret/of+$name\n";
}

sub write_sections
{
	write_home($node, '.aws/config',
		join '', map { "[$_]\n$sections{$_}" } sort keys %sections);
	return;
}

sub ran
{
	my ($server) = @_;
	my $result = $session->query(
		"SELECT id FROM datazone_get_run('run_orders_001', server => '$server')");

	return $result->{sqlstate} eq '00000'
	  ? $result->{out} : "$result->{sqlstate} $result->{out}";
}

sub works
{
	my ($server) = @_;
	my $out = ran($server);

	is($out, 'run_orders_001', "$server: a call works") if $out ne 'run_orders_001';
	return;
}

# AssumeRole, and runs of the command, so far.
sub fetches
{
	return $aws->count('AssumeRole') . ' '
	  . scalar(() = slurp_file("$home/ran") =~ /x/g);
}

# By a change the keys of "sim" end: another server's call shows that they are
# wiped, and the next one of "sim" itself fetches.
sub ends
{
	my ($what, $change, $server) = @_;
	$server = 'sim' if @_ < 3;

	$aws->clear_log;
	works('sim');
	my ($keys) = grep { $_->{access_key} eq signer($sim) }
	  @{ $aws->control('GET', 'keys')->{keys} };
	ref $change ? $change->() : $node->safe_psql('postgres', $change);
	works('plain');
	SKIP:
	{
		skip 'the memory of other processes is not to be read here', 1
		  unless defined memory_of($session->pid);

		# files are looked at once a second
		my $wiped = eval {
			poll_until(
				sub {
					ran('plain');
					return count_in(memory_of($session->pid),
						$keys->{secret_key}) == 0;
				},
				'the keys to be wiped', 5);
		};
		ok($wiped, "$what changes: wiped");
	}
	return if !defined $server;
	is($aws->count, 0, "$what changes: nothing is fetched before");
	works($server);
	cmp_ok($aws->count('AssumeRole'), '>=', 1, '... then it is');
	return;
}
