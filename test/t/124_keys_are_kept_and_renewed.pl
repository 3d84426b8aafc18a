# A process fetches keys once and keeps them; they are renewed ahead of their
# expiry, kept while the source is down, and renewed at once, once, when the
# service says that they have expired.  Files that change are noticed.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use POSIX ();
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
for my $name ('ONE', 'TWO')
{
	know($_, "AKIDFILE$name", "secret/of+$name") for $sim, $aws;
}
my %imds = (
	AWS_EC2_METADATA_DISABLED => 'false',
	AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url,
	AWS_CONTAINER_CREDENTIALS_FULL_URI => $aws->url . '/container',
	AWS_CONTAINER_AUTHORIZATION_TOKEN => 'x',
	AWS_ENDPOINT_URL_STS => $aws->url);
$aws->settings(container_authorization => 'x');
my $node = new_host_node('main', $sim, environment => \%imds,
	server => { max_attempts => 2 });
my $home = home_of($node);
write_home($node, 'web.token', 'web-token');
write_home($node, '.aws/config', <<"END");
[profile sts]
role_arn = $arn/s
source_profile = source
[profile source]
aws_access_key_id = AKIDFILEONE
aws_secret_access_key = secret/of+ONE
[profile web]
role_arn = $arn/w
web_identity_token_file = $home/web.token
[profile instance]
role_arn = $arn/i
credential_source = Ec2InstanceMetadata
[profile process]
credential_process = cat $home/process.json; echo x >> $home/process.ran
END

my %sources = (
	sts => [ "profile 'sts'", 'sts_seconds', 'AssumeRole' ],
	web => [ "profile 'web'", 'sts_seconds', 'AssumeRoleWithWebIdentity' ],
	container => [ "credentials 'default'", 'container_seconds',
		'ContainerCredentials' ]);

for my $name (sort keys %sources)
{
	my ($options, $setting, $operation) = @{ $sources{$name} };

	# kept
	begin($options);
	my $session = DatazoneSession->new($node);
	is(many($session, 20), 20, "$name: twenty calls");
	is($aws->count($operation), 1, "$name: one fetch");

	forced($session, $name);
	$session->close;
}

for my $name ('container', 'sts')
{
	my ($options, $setting, $operation) = @{ $sources{$name} };
	my $session = DatazoneSession->new($node);

	# renewed ahead of expiry
	$aws->settings($setting => 3);
	begin($options);
	my $until = time + 7;
	my ($calls, $failed) = (0, 0);
	while (time < $until)
	{
		$calls++;
		$failed++ if !one($session)->{ok};
	}
	is($failed, 0, "$name: no call fails while keys of 3 seconds come and go");
	is(used_after_expiry(), 0, "$name: none is signed with keys that expired");
	cmp_ok($aws->count($operation), '>=', 3, "$name: fetches");
	cmp_ok($aws->count($operation), '<=', 30, "$name: but not for each call");
	note("$name: $calls calls, " . $aws->count($operation) . ' fetches');

	# last good kept while the source is down, until it ends; then an error
	$aws->settings($setting => 4);
	begin($options);
	ok(one($session)->{ok}, "$name: keys of 4 seconds");
	my $expires = last_key()->{expires_at};
	$aws->fault($operation, 'answer', 'all', status => 500, body => '');
	$failed = 0;
	while (time < $expires - 1)
	{
		$failed++ if !one($session)->{ok};
	}
	is($failed, 0, "$name: they serve while the source is down");
	my $result;
	poll_until(sub { !($result = one($session))->{ok} },
		'keys to have expired', 20);
	like($result->{sqlstate}, qr/^(?:28000|58000|HV00[NLM])$/,
		"$name: then that is an error");
	cmp_ok($aws->count($operation), '<', 60,
		"$name: the source that is down is not asked for each call");
	$aws->clear_faults;
	poll_until(sub { one($session)->{ok} }, 'the source to be back', 20);
	pass("$name: and all is well when it is back");
	$aws->settings($setting => $name eq 'container' ? 3600 : undef);

	$session->close;
}

# So does an agent of containers, and a host's clock may be hours ahead.
{
	$aws->settings(container_seconds => -60);
	begin("credentials 'default'");
	my $session = DatazoneSession->new($node);
	is(many($session, 5), 5, 'a container: keys that expired are used');
	is($aws->count('ContainerCredentials'), 1,
		'... and are not asked for each time');
	$aws->settings(container_seconds => 3600);
	$session->close;
}

# The instance keeps giving keys that expired while what renews them is down:
# they are used, as the SDKs do.
{
	restart_host($node, %imds, AWS_CONTAINER_CREDENTIALS_FULL_URI => undef,
		AWS_CONFIG_FILE => '/nonexistent/config');
	$aws->settings(imds_seconds => -60);
	begin("credentials 'default'");
	my $session = DatazoneSession->new($node);
	is(many($session, 5), 5, 'the instance: keys that expired are used');
	is($aws->count('ImdsCredentials'), 1, '... and are not asked for each time');
	$aws->settings(imds_seconds => 3600);
	$session->close;

	# a token that the instance does not know any more
	$session = DatazoneSession->new($node);
	$aws->settings(imds_seconds => 3);
	begin("credentials 'default'");
	ok(one($session)->{ok}, 'the instance: keys of three seconds');
	$aws->control('POST', 'imds/forget', {});
	my $first = signer($sim);
	poll_until(sub { one($session)->{ok} && signer($sim) ne $first },
		'other keys', 20);
	pass('the instance: its token is renewed');
	$aws->settings(imds_seconds => 3600);
	$session->close;
	restart_host($node, %imds);
}

# Roles on top of the instance: both are renewed.
{
	$aws->settings(imds_seconds => 3, sts_seconds => 3);
	begin("profile 'instance'");
	my $session = DatazoneSession->new($node);
	my $failed = 0;
	my $until = time + 5;
	while (time < $until)
	{
		$failed++ if !one($session)->{ok};
	}
	is($failed, 0, 'a role of the instance: no call fails');
	cmp_ok(scalar(grep { $_->{signature} ne 'ok' } $aws->log('AssumeRole')),
		'==', 0, '... STS was never asked with keys that expired');
	$aws->settings(imds_seconds => 3600, sts_seconds => undef);
	$session->close;
}

# Commands: without an expiry once, with one again.
{
	my $json = '{"Version":1,"AccessKeyId":"AKIDFILE%s",'
	  . '"SecretAccessKey":"secret/of+%s"%s}';
	write_home($node, 'process.json', sprintf $json, 'ONE', 'ONE', '');
	begin("profile 'process'");
	my $session = DatazoneSession->new($node);
	is(many($session, 10), 10, 'a command: ten calls');
	is(slurp_file("$home/process.ran"), "x\n", 'a command: one run');
	begin("profile 'process'");
	unlink "$home/process.ran";
	my @soon = gmtime(time + 3);
	write_home($node, 'process.json', sprintf $json, 'ONE', 'ONE',
		sprintf ',"Expiration":"%04d-%02d-%02dT%02d:%02d:%02dZ"',
		$soon[5] + 1900, $soon[4] + 1, @soon[ 3, 2, 1, 0 ]);
	ok(one($session)->{ok}, 'a command: keys that expire');
	write_home($node, 'process.json', sprintf $json, 'TWO', 'TWO', '');
	poll_until(
		sub { one($session)->{ok} && signer($sim) eq 'AKIDFILETWO' },
		'other keys of the command', 20);
	pass('a command: is run again');
	$session->close;
}

# Files that change, and mappings that do.
{
	begin("profile 'source'");
	my $session = DatazoneSession->new($node);
	ok(one($session)->{ok}, 'a file: works');
	is(signer($sim), 'AKIDFILEONE', 'a file: its keys');
	my $config = slurp_file("$home/.aws/config");
	$config =~ s/AKIDFILEONE/AKIDFILETWO/;
	$config =~ s/of\+ONE/of+TWO/;
	write_home($node, '.aws/config', $config);
	poll_until(
		sub { one($session)->{ok} && signer($sim) eq 'AKIDFILETWO' },
		'the changed file', 10);
	pass('a file: its change is noticed in a session that lives on');

	# as tools do that write in place: first it is cut, then written
	write_in_place("$home/.aws/config", '');
	my $failed = 0;
	my $until = time + 2;
	while (time < $until)
	{
		$failed++ if !one($session)->{ok};
	}
	is($failed, 0, 'a file that was cut: no call of the session fails');
	write_in_place("$home/.aws/config", '');
	my $writer = fork // die "fork: $!";
	if ($writer == 0)
	{
		sleep 0.2;
		write_in_place("$home/.aws/config", $config);
		POSIX::_exit(0);
	}
	my $late = DatazoneSession->new($node);
	ok(one($late)->{ok}, '... a new session waits until it is written');
	waitpid($writer, 0);
	$late->close;
	is(signer($sim), 'AKIDFILETWO', '... and uses what it says then');
	ok(one($session)->{ok}, '... and the session goes on');
	begin("access_key_id 'AKIDFILEONE', secret_access_key 'secret/of+ONE'");
	ok(one($session)->{ok}, 'a mapping: is changed');
	is(signer($sim), 'AKIDFILEONE', 'a mapping: at once');
	$session->close;
}
is($aws->statistics->{bugs} + $sim->statistics->{bugs}, 0,
	'the stand-ins had no trouble');
done_testing();

# The service says that keys have expired: they are renewed, once.
sub forced
{
	my ($session, $name) = @_;
	my ($options, $setting, $operation) = @{ $sources{$name} };

	begin($options);
	ok(one($session)->{ok}, "$name: new keys");
	my $old = signer($sim);
	expire($old);
	$sim->clear_log;
	$aws->clear_log;
	my $write = $session->query(
		"SELECT status FROM datazone_start_run('ds_orders')");
	is($write->{sqlstate}, '00000', "$name: expired by the service: a write works")
	  or diag($write->{out});
	is_deeply([ map { $_->{status} } $sim->log ], [ 403, 200 ],
		"$name: refused, then accepted");
	isnt(signer($sim), $old, "$name: with other keys");
	is($aws->count($operation), 1, "$name: of one fetch");

	# a service that will not have any
	begin($options);
	ok(one($session)->{ok}, "$name: new keys");
	$sim->fault('*', 'error', 'all', status => 403,
		code => 'ExpiredTokenException', message => 'expired');
	$aws->clear_log;
	$sim->clear_log;
	my $result = one($session);
	is($result->{sqlstate}, '28000', "$name: always expired: an error");
	like($result->{out}, qr/HINT:.*datazone_whoami/s, "$name: with its hint");
	is($sim->count, 2, "$name: two requests");
	cmp_ok($aws->count($operation), '<=', 1, "$name: at most one fetch");
	$sim->clear_faults;
	ok(one($session)->{ok}, "$name: goes on after that");

	# refused once, while there are no others: that call fails, and no more
	begin($options);
	ok(one($session)->{ok}, "$name: new keys");
	$old = signer($sim);
	$sim->fault('*', 'error', 1, status => 403,
		code => 'ExpiredTokenException', message => 'expired');
	$aws->fault($operation, 'answer', 'all', status => 500, body => '');
	$aws->clear_log;
	ok(!one($session)->{ok}, "$name: refused, and the source is down");
	my $asked = $aws->count($operation);
	is(many($session, 10), 10, "$name: the keys are not lost by that");
	is(signer($sim), $old, "$name: they are the same");
	is($aws->count($operation), $asked, "$name: the source is left alone");
	$aws->clear_faults;
	return;
}

# A mapping made anew: nothing that was fetched before is of use.
sub begin
{
	my ($options) = @_;

	map_identity($node, 'sim', $options);
	$aws->clear_log;
	$sim->clear_log;
	return;
}

sub write_in_place
{
	my ($path, $text) = @_;

	open(my $file, '>', $path) or die "$path: $!";
	print {$file} $text;
	close $file or die "$path: $!";
	return;
}

sub one
{
	my ($session) = @_;
	sleep 0.02;    # calls come at some pace, or the logs are long
	my $result =
	  $session->query("SELECT id FROM datazone_get_run('run_orders_001')");

	$result->{ok} = $result->{out} eq 'run_orders_001';
	return $result;
}

sub many
{
	my ($session, $count) = @_;
	my $ok = 0;

	$ok += one($session)->{ok} for 1 .. $count;
	return $ok;
}

sub issued
{
	my @keys = @{ $aws->control('GET', 'keys')->{keys} };

	$_->{expires_at} = epoch($_->{expires}) for @keys;
	return @keys;
}

sub last_key { return (issued())[-1]; }

sub epoch
{
	my ($text) = @_;
	return $node->safe_psql('postgres',
		"SELECT extract(epoch FROM '$text'::timestamptz)");
}

sub expire
{
	my ($key) = @_;
	return $aws->control('POST', 'keys/expire', { access_key => $key });
}

# Requests whose keys had expired when they came.
sub used_after_expiry
{
	my %expires;
	my $count = 0;

	for my $record ($sim->log)
	{
		my $key = $record->{identity} // next;
		if (!%expires)
		{
			# one query for all of them
			my @keys = @{ $aws->control('GET', 'keys')->{keys} };
			my $list = join ',', map { "'$_->{expires}'::timestamptz" } @keys;
			my @moments = split /\n/, $node->safe_psql('postgres',
				"SELECT extract(epoch FROM unnest(ARRAY[$list]))");
			$expires{ $keys[$_]{access_key} } = $moments[$_] for 0 .. $#keys;
		}
		$count++ if $record->{received_us} / 1e6 > $expires{$key};
	}
	return $count;
}
