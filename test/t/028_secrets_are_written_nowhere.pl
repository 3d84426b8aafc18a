# No secret is in the server's log at its most talkative, in what the client
# is told, in a statistics view, in the outbox's tables or in a dump of them:
# whatever calls come to, and even if the service repeats in its answer what it
# was sent.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use Digest::SHA qw(hmac_sha256);
use File::Find;
use PostgreSQL::Test::Utils;
use Test::More;

my $SECRET = 'sEcReT/kEy+of=28/0123456789abcdefghijklm';
my $TOKEN = 'IQoJb3JpZ2luX2VjEA/tOkEn+oF+28/'
  . join('', map { chr(ord('a') + $_ % 26) . $_ } 0 .. 200) . '==';
my $OLD_SECRET = 'oUtDaTeD/sEcReT+28/0123456789abcdefghijk';

my $sim = start_simulator();
my $tls = start_simulator(tls => 1);
my $pkglibdir = `$ENV{PG_CONFIG} --pkglibdir`;
chomp $pkglibdir;
my $has_statements = -e "$pkglibdir/pg_stat_statements.so";

$_->control(
	'POST',
	'identities',
	[
		{ access_key => 'AKIDRIGHT', secret_key => $SECRET, session_token => $TOKEN },
		{
			access_key => 'AKIDWRONG',
			secret_key => 'another secret',
			session_token => $TOKEN
		}
	]) for $sim, $tls;

# Mappings are made while the log is quiet: their text is PostgreSQL's to log.
my $node = new_datazone_node(
	'main', $sim,
	conf => "log_statement = none\ndatazone.enabled = off\n"
	  . ($has_statements
		? "shared_preload_libraries = 'pg_stat_statements, datazone'
		   pg_stat_statements.track_utility = off\n"
		: "shared_preload_libraries = 'datazone'\n"));
create_datazone_server($node, $_, $sim, max_attempts => 2,
	request_timeout => '300ms')
  for 'works', 'wrong';
create_datazone_server($node, 'by_tls', $tls);
create_datazone_server($node, 'untrusted', $tls,
	ca_bundle => '/etc/ssl/certs/ca-certificates.crt', max_attempts => 1);
create_datazone_server($node, 'refused', $sim, max_attempts => 1,
	endpoint_url => 'http://127.0.0.1:' . free_port());
for my $server ('works', 'by_tls', 'untrusted', 'refused', 'wrong')
{
	my ($key, $secret) =
	  $server eq 'wrong' ? ('AKIDWRONG', $OLD_SECRET) : ('AKIDRIGHT', $SECRET);

	$node->safe_psql(
		'postgres', "ALTER USER MAPPING FOR CURRENT_USER SERVER $server OPTIONS (
			SET access_key_id '$key', SET secret_access_key '$secret',
			ADD session_token '$TOKEN')");
}
my $offset = -s $node->logfile;
unlike(slurp_file($node->logfile), qr/\Q$SECRET/, 'the test itself is quiet');

# Now as loud as can be.
$node->safe_psql('postgres', 'CREATE EXTENSION pg_stat_statements')
  if $has_statements;
for my $setting (
	[ log_min_messages => 'debug5' ],
	[ log_error_verbosity => 'verbose' ],
	[ log_min_error_statement => 'debug5' ],
	[ log_statement => 'all' ],
	[ log_min_duration_statement => 0 ],
	$has_statements ? [ 'pg_stat_statements.track_utility' => 'on' ] : ())
{
	$node->safe_psql('postgres', "ALTER SYSTEM SET $setting->[0] = '$setting->[1]'");
}
$node->reload;
$node->poll_query_until('postgres',
	"SELECT current_setting('log_min_messages') = 'debug5'")
  or die 'the settings were not reloaded';
my $session = DatazoneSession->new($node,
	set => 'SET client_min_messages = debug5');
my $told = '';
my @signatures;

# Successes.
for my $server ('works', 'by_tls')
{
	my $as = "server => '$server'";

	like(
		run("SELECT id FROM datazone_get_run('run_orders_001', $as)"),
		qr/^run_orders_001$/m, "$server: a call works");
	run("SELECT count(*) FROM datazone_list_data_source_runs('ds_orders', $as)");
	run("SELECT status FROM datazone_start_run('ds_orders', $as)");
	run("SELECT * FROM datazone_whoami('$server')");
	run(qq{SELECT datazone_post_lineage('{"eventType": "COMPLETE",
		"eventTime": "2026-11-20T10:00:00Z", "producer": "https://e.com/etl",
		"schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
		"run": {"runId": "0190d5a8-0000-7000-8000-000000000001"},
		"job": {"namespace": "etl", "name": "load"}}', $as)});
}

# The answer to a wrong signature holds the request, token included.
{
	my ($record) = sent('wrong', 1);

	is($record->{signature}, 'InvalidSignatureException',
		'a wrong signature is answered');
	like($told, qr/ERROR:  28000: .*?\n.*InvalidSignatureException/,
		'and told with the right SQLSTATE');
}

# Other services' words that repeat what they should not.
my $signature = '0123456789abcdef' x 4;
my $authorization = "Authorization: AWS4-HMAC-SHA256 Credential="
  . "AKIDRIGHT/20261120/eu-west-1/datazone/aws4_request, "
  . "SignedHeaders=host;x-amz-date, Signature=$signature";
my @words = (
	"x-amz-security-token:$TOKEN is no good",
	"$TOKEN$TOKEN",
	"$authorization is incomplete",
	"you sent: host: a\nx-amz-security-token: $TOKEN\n$authorization",
	(' ' x 990) . $TOKEN,
	"The Canonical String for this request should have been "
	  . "'POST\n/\n\nx-amz-security-token:" . substr($TOKEN, 0, 100));
for my $words (@words)
{
	for my $style ('header', 'body_code')
	{
		$sim->fault('*', 'error', 1, status => 403,
			code => 'IncompleteSignatureException',
			message => $words, style => $style);
		sent('works', 1);
	}
	$sim->fault('*', 'error', 2, status => 500,
		code => 'InternalServerException', message => $words);
	sent('works', 2);
}

# Every other way to fail.
for my $fault (
	[ 'throttle' ], [ 'internal' ], [ 'unavailable' ], [ 'drop' ],
	[ 'drop', reset => \1 ], [ 'drop_after' ], [ 'half_head' ],
	[ 'half_body' ], [ 'chunked_cut' ], [ 'stall' ], [ 'stall', head => \1 ],
	[ 'redirect' ], [ 'garbage' ], [ 'html200' ], [ 'empty' ],
	[ 'truncated' ], [ 'deep' ], [ 'huge', mib => 65 ], [ 'bad_headers' ],
	[ 'error', status => 400 ], [ 'error', status => 404 ])
{
	my ($kind, %params) = @$fault;

	$sim->fault('GetDataSourceRun', $kind, 'all', %params);
	sent('works');
	$sim->clear_faults;
}
run("SELECT id FROM datazone_get_run('x', server => '$_')")
  for 'refused', 'untrusted';
like($told, qr/ERROR:  HV00N/, 'connections fail, too');

# Cancelled, and looked at while it hangs.
{
	my $onlooker = DatazoneSession->new($node);

	$sim->clear_log;
	$sim->fault('GetDataSourceRun', 'stall', 'all');
	$session->send(q{SELECT id
		FROM datazone_get_run('run_orders_001', server => 'sim')});
	poll_until(sub { $sim->count }, 'a request to hang');
	$told .= $onlooker->query('SELECT * FROM pg_stat_activity')->{out};
	$told .= $onlooker->query('SELECT * FROM pg_user_mappings
		WHERE umoptions IS NULL')->{out};
	$told .= $onlooker->query("SELECT pg_log_backend_memory_contexts(
		${\$session->pid}), pg_cancel_backend(${\$session->pid})")->{out};
	my $result = $session->result;
	is($result->{sqlstate}, '57014', 'a call is cancelled');
	$told .= $result->{out};
	$sim->clear_faults;
	$onlooker->close;
}

# What is enqueued: delivered, given up, and waiting for a service that is not
# there.  Nobody's words but the service's are in the tables.
my $dump = '';
{
	# not before: the worker asks for the run that was started
	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = on');
	$node->reload;
	my %ids = map { $_ => event_id($_) } 'works', 'by_tls', 'wrong', 'refused';

	wait_entry($node, $ids{$_}, 'state', qr/gone/, "$_: the delivery")
	  for 'works', 'by_tls';
	wait_entry($node, $ids{wrong}, 'state, error_code', qr/failed\|28000/,
		'a wrong signature to be given up');
	wait_entry($node, $ids{refused}, 'state, error_code', qr/pending\|HV00N/,
		'a connection to fail');
	for my $words (@words)
	{
		$sim->fault('PostLineageEvent', 'error', 1, status => 400,
			code => 'ValidationException', message => $words);
		my $id = event_id('works');
		wait_entry($node, $id, 'state', qr/failed/, 'it to be given up');
	}
	push @signatures, map { /Signature=([0-9a-f]{64})/ ? $1 : () }
	  map { $_->[1] } map { @{ $_->{headers} } } $sim->log('PostLineageEvent');
	my $tables = join '', map { $node->safe_psql('postgres', "TABLE $_") . "\n" }
	  qw(datazone_outbox_entry datazone_outbox datazone_delivery datazone_stat);
	like($tables, qr/ValidationException/, 'the tables have what went wrong');
	$dump = $tables;
	my $file = "${PostgreSQL::Test::Utils::tmp_check}/dump.sql";
	command_ok([ 'pg_dump', '--file', $file, $node->connstr('postgres') ],
		'the database is dumped');
	my $text = slurp_file($file);
	like($text, qr/COPY \S*datazone_outbox_entry.*\n\d/, 'with its outbox');

	# who may read a mapping's options has them in a dump: that is PostgreSQL's
	$text =~ s/^CREATE USER MAPPING .*?\);$//gms;
	$dump .= $text;
}
run('SELECT * FROM pg_backend_memory_contexts');
run('SELECT * FROM pg_stat_statements') if $has_statements;

# Who was told what, now that all is over.
$session->close;
$node->stop;
my $log = substr(slurp_file($node->logfile), $offset);
cmp_ok(scalar(() = $log =~ /DEBUG:/g), '>', 100, 'the log was talkative');
like($log, qr/InvalidSignatureException/, 'and has our errors');
cmp_ok(scalar @signatures, '>', 20, 'signatures were sent');

my %secrets = (
	'secret key' => [ $SECRET, $OLD_SECRET ],
	'session token' => [ $TOKEN, substr($TOKEN, 0, 40), substr($TOKEN, -40) ],
	'signature that was sent' => \@signatures,
	'signature in an answer' => [$signature],
	'signing key' => [ map { signing_keys($_) } $SECRET, $OLD_SECRET ],
	'value of the header Authorization' => ['AWS4-HMAC-SHA256 Credential=']);
my %places = (
	'the log' => $log,
	'what the client was told' => $told,
	'tables and dump' => $dump,
	'files of statistics' => statistics_files());
for my $place (sort keys %places)
{
	cmp_ok(length $places{$place}, '>', 0, "$place: there is something")
	  unless $place =~ /files/;
	for my $what (sort keys %secrets)
	{
		my @found = grep { index($places{$place}, $_) >= 0 } @{ $secrets{$what} };

		is(scalar @found, 0, "$place: no $what")
		  or diag(map { context($places{$place}, $_) } $found[0]);
	}
}
like($told, qr/^works\|\S+\|eu-west-1\|.*\*+IGHT/m, 'whoami masks the key id');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# Run something, and remember all that is said about it.
sub run
{
	my ($sql) = @_;
	my $out = $session->query($sql)->{out};

	$told .= "$out\n";
	return $out;
}

# Enqueue an event; gives its number.
sub event_id
{
	my ($server) = @_;
	my $event = event_sql("for $server");

	my ($id) =
	  run("SELECT datazone_enqueue_lineage($event, server => '$server')") =~
	  /^(\d+)$/m;

	return $id;
}

# A call of which this many requests must arrive; gives the last one.
sub sent
{
	my ($server, $count) = @_;

	$sim->clear_log;
	run("SELECT id FROM datazone_get_run('run_orders_001', server => '$server')");
	my @requests = $sim->log;
	push @signatures, map { /Signature=([0-9a-f]{64})/ ? $1 : () }
	  map { $_->[1] } map { @{ $_->{headers} } } @requests;
	is(scalar @requests, $count, "$server: requests") if defined $count;
	return $requests[-1];
}

# The keys that SigV4 derives, raw and as hexadecimal digits.
sub signing_keys
{
	my ($secret) = @_;
	my @now = gmtime;
	my $date = sprintf('%04d%02d%02d', $now[5] + 1900, $now[4] + 1, $now[3]);
	my $key = "AWS4$secret";
	my @keys = ($key);

	for my $part ($date, 'eu-west-1', 'datazone', 'aws4_request')
	{
		$key = hmac_sha256($part, $key);
		push @keys, $key, unpack('H*', $key);
	}
	return @keys;
}

sub statistics_files
{
	my $all = '';
	find(
		sub {
			$all .= slurp_file($_) if -f && -r;
		},
		$node->data_dir . '/pg_stat',
		$node->data_dir . '/pg_stat_tmp');
	return $all;
}

sub context
{
	my ($text, $what) = @_;
	my $at = index($text, $what);

	return substr($text, $at > 300 ? $at - 300 : 0, 600);
}
