# With the library preloaded, what STS, a container or the instance gave is
# fetched once for a server and role, however many backends there are; each
# role has its own; a process that dies while it fetches holds up nobody.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
my $backends = 200;
my $static = "access_key_id 'AKIDEXAMPLE', secret_access_key
	'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'";
my %environment = (
	AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url,
	AWS_ENDPOINT_URL_STS => $aws->url);
my %container = (
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container',
	AWS_CONTAINER_AUTHORIZATION_TOKEN => 'x');
$aws->settings(container_authorization => 'x');
my $node = new_host_node('main', $sim, environment => \%environment,
	# a rate of its own would make hundreds of calls wait
	server => { rate_limit => 0 },
	conf => "shared_preload_libraries = 'datazone'
		max_connections = 230
		datazone.databases = ''
		shared_buffers = 16MB\n");
my $home = home_of($node);
$node->safe_psql('postgres', "CREATE ROLE etl LOGIN;
	GRANT USAGE ON FOREIGN SERVER sim TO etl;
	GRANT EXECUTE ON FUNCTION datazone_get_run, datazone_whoami TO etl");

# Two hundred backends at once, a call each, while STS takes its time.
$aws->settings(latency_ms => 500);
map_identity($node, 'sim', "$static, role_arn '$arn/all'");
all_at_once('AssumeRole');
all_at_once('AssumeRole', 0);
$aws->settings(latency_ms => 100);
map_identity($node, 'sim', "credentials 'default'");
all_at_once('ImdsCredentials');
restart_host($node, %environment, %container);
all_at_once('ContainerCredentials');
my $issued = whoami($node)->{expires_at};
is(whoami($node)->{expires_at}, $issued, 'another backend tells the same expiry');

# Keys that expire while they are in use: one process renews them.
$aws->settings(latency_ms => 0, container_seconds => 6);
map_identity($node, 'sim', "credentials 'default'");
$aws->clear_log;
$sim->control('DELETE', 'statistics');
bench("-c 20 -T 10", 'calls go on');
cmp_ok($aws->count, '>=', 2, 'twenty backends for ten seconds: keys are renewed');
cmp_ok($aws->count, '<=', 8, 'by one of them: ' . $aws->count . ' fetches');
is_deeply([ keys %{ statuses() } ], ['200'], 'no request was refused');
$sim->clear_log;

# Last good kept while the source is down, in backends that are new, too.
$aws->settings(container_seconds => 8);
map_identity($node, 'sim', "credentials 'default'");
ok(call($node)->{ok}, 'keys of eight seconds');
$aws->fault('ContainerCredentials', 'answer', 'all', status => 500, body => '');
my $until = time + 5;
my $bad = 0;
while (time < $until)
{
	$bad++ if !call($node)->{ok};
}
is($bad, 0, 'serve new backends while the source is down');
$aws->clear_faults;
$aws->settings(container_seconds => 3600);

# Forced: the service says expired, to many at once.
map_identity($node, 'sim', "credentials 'default'");
{
	my @sessions = map { DatazoneSession->new($node) } 1 .. 10;

	$sim->clear_log;
	one($_) for @sessions;
	$aws->control('POST', 'keys/expire', { access_key => signer($sim) });
	$aws->clear_log;
	$_->send("SELECT id FROM datazone_get_run('run_orders_001')") for @sessions;
	is(scalar(grep { $_->result->{out} eq 'run_orders_001' } @sessions), 10,
		'expired by the service: ten backends go on');
	is($aws->count('ContainerCredentials'), 1, '... after one fetch');
	$_->close for @sessions;
}

# Roles do not share, nor do databases, nor a mapping that was made anew.
map_identity($node, 'sim', "$static, role_arn '$arn/one'");
map_identity($node, 'sim', "$static, role_arn '$arn/two'", 'etl');
$aws->clear_log;
ok(call($node)->{ok}, 'a superuser with a role');
{
	my $etl = DatazoneSession->new($node, user => 'etl');
	ok(one($etl)->{ok}, 'another with another');
	$etl->close;
}
is_deeply([ map { $_->{form}{RoleArn} } $aws->log('AssumeRole') ],
	[ "$arn/one", "$arn/two" ], 'each has his own');
$node->safe_psql('postgres', "ALTER USER MAPPING FOR etl SERVER sim
	OPTIONS (SET role_arn '$arn/one')");
{
	my $etl = DatazoneSession->new($node, user => 'etl');
	$aws->clear_log;
	ok(one($etl)->{ok}, 'the same role in two mappings');
	is($aws->count('AssumeRole'), 1, 'is fetched for each of them');
	$etl->close;
}
$aws->clear_log;
map_identity($node, 'sim', "$static, role_arn '$arn/one', external_id 'x1'");
ok(call($node)->{ok}, 'a mapping made anew');
is($aws->count('AssumeRole'), 1, 'finds nothing of the old one');
$node->safe_psql('postgres', "DROP SERVER sim CASCADE");
create_datazone_server($node, 'sim', $sim, rate_limit => 0);
map_identity($node, 'sim', "$static, role_arn '$arn/one', external_id 'x1'");
$aws->clear_log;
ok(call($node)->{ok}, 'a server made anew');
is($aws->count('AssumeRole'), 1, 'finds nothing of the old one, either');

# Who fetches is cancelled, ended or killed: the others take over.
for my $how ('cancelled', 'ended', 'gone with its fetch at half')
{
	map_identity($node, 'sim', "$static, role_arn '$arn/fetch'");
	$aws->clear_log;
	$aws->fault('AssumeRole', 'stall', 1,
		$how =~ /half/ ? (head => \1) : ());
	my ($first, $second) = map { DatazoneSession->new($node) } 1 .. 2;
	$first->send("SELECT id FROM datazone_get_run('run_orders_001')");
	poll_until(sub { $aws->count('AssumeRole') }, 'a fetch to hang');
	my $sent = time;
	$second->send("SELECT id FROM datazone_get_run('run_orders_001')");
	$node->poll_query_until('postgres', "SELECT wait_event_type IS NOT NULL
		FROM pg_stat_activity WHERE pid = ${\$second->pid} AND state = 'active'")
	  or die 'the second does not wait';
	is($aws->count('AssumeRole'), 1, "$how: a second backend waits for the first");
	kill +($how eq 'cancelled' ? 'INT' : 'TERM') => $first->pid;
	my $result = $second->result;
	is($result->{out}, 'run_orders_001', "$how: the second goes on");
	cmp_ok(time - $sent, '<', 10, "$how: soon");
	is($aws->count('AssumeRole'), 2, "$how: with a fetch of its own");
	$first->result if $how eq 'cancelled';
	$_->close for $first, $second;
}

# A waiting backend can be cancelled, too.
{
	map_identity($node, 'sim', "$static, role_arn '$arn/wait'");
	$aws->clear_log;
	$aws->fault('AssumeRole', 'stall', 1);
	my ($first, $second) = map { DatazoneSession->new($node) } 1 .. 2;
	$first->send("SELECT id FROM datazone_get_run('run_orders_001')");
	poll_until(sub { $aws->count('AssumeRole') }, 'a fetch to hang');
	$second->send("SELECT id FROM datazone_get_run('run_orders_001')");
	$node->poll_query_until('postgres', "SELECT wait_event_type IS NOT NULL
		FROM pg_stat_activity WHERE pid = ${\$second->pid} AND state = 'active'")
	  or die 'the second does not wait';
	my $sent = time;
	kill INT => $second->pid;
	my $result = $second->result;
	is($result->{sqlstate}, '57014', 'who waits for another is cancelled');
	cmp_ok($result->{answered} - $sent, '<', 0.25, '... soon');
	kill INT => $first->pid;
	is($first->result->{sqlstate}, '57014', 'so is who fetches');
	$_->close for $first, $second;
}

# A backend that crashes in its fetch, and with it the server's memory.
{
	map_identity($node, 'sim', "$static, role_arn '$arn/crash'");
	$node->append_conf('postgresql.conf', "restart_after_crash = on\n");
	$node->reload;
	$aws->clear_log;
	$aws->fault('AssumeRole', 'stall', 1);
	my $first = DatazoneSession->new($node);
	$first->send("SELECT id FROM datazone_get_run('run_orders_001')");
	poll_until(sub { $aws->count('AssumeRole') }, 'a fetch to hang');
	kill KILL => $first->pid;
	poll_until(sub { eval { call($node)->{ok} } }, 'the server to be back', 60);
	pass('a crash: the server is back, and fetches');
	$first->close;
}

# Static keys, files and commands are each process's own.
write_home($node, '.aws/config',
	"[profile process]\ncredential_process = echo x >> $home/ran; echo "
	  . q('{"Version":1,"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":)
	  . q("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}') . "\n");
map_identity($node, 'sim', "profile 'process'");
ok(call($node)->{ok}, 'a command works') for 1 .. 2;
is(slurp_file("$home/ran"), "x\nx\n", 'a command is run for each process');

is($aws->statistics->{bugs} + $sim->statistics->{bugs}, 0,
	'the stand-ins had no trouble');
done_testing();

# All backends at once; so many requests of this kind must have come.
sub all_at_once
{
	my ($operation, $count) = @_;

	$aws->clear_log;
	$sim->clear_log;
	bench("-c $backends -t 1", "$backends backends call at once, $operation");
	is($sim->count('GetDataSourceRun'), $backends, '... each sends its request');
	is($aws->count($operation), $count // 1, "... $operation: fetches");
	return;
}

# How many requests came to which status.
sub statuses
{
	return $sim->statistics->{operations}{GetDataSourceRun}{statuses};
}

sub bench
{
	my ($options, $what) = @_;
	my $file = "${PostgreSQL::Test::Utils::tmp_check}/call.sql";
	my ($out, $error) = ('', '');

	write_text($file, "SELECT id FROM datazone_get_run('run_orders_001');\n");
	IPC::Run::run(
		[
			'pgbench', '-n', '-j', '2', (split ' ', $options), '-f', $file,
			'-h', $node->host, '-p', $node->port, 'postgres'
		],
		'<', \undef, '>', \$out, '2>', \$error, IPC::Run::timeout(120));
	is($?, 0, $what) or diag($error);
	unlike($error, qr/ERROR/, '... without an error') or diag(substr($error, 0, 800));
	return;
}

sub one
{
	my ($session) = @_;
	my $result =
	  $session->query("SELECT id FROM datazone_get_run('run_orders_001')");

	$result->{ok} = $result->{out} eq 'run_orders_001';
	diag($result->{out}) if !$result->{ok};
	return $result;
}
