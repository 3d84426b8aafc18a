# The shipped psql script gives a role its keys, and no log, statistics view or
# screen shows them; neither does the log when the extension refuses keys.

use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $sharedir = `$ENV{PG_CONFIG} --sharedir`;
chomp $sharedir;
my $script = "$sharedir/extension/datazone_create_mapping.sql";
my $has_statements =
  -e do { my $dir = `$ENV{PG_CONFIG} --pkglibdir`; chomp $dir; $dir } . '/pg_stat_statements.so';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf(
	'postgresql.conf', q{
log_statement = all
log_min_duration_statement = 0
log_min_error_statement = info
log_transaction_sample_rate = 1
debug_print_parse = on
lc_messages = 'C'
});
$node->append_conf('postgresql.conf',
	"shared_preload_libraries = 'pg_stat_statements'\n")
  if $has_statements;
$node->start;
$node->safe_psql(
	'postgres', q{
CREATE EXTENSION datazone;
CREATE SERVER sales FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
CREATE ROLE etl LOGIN;
GRANT USAGE ON FOREIGN SERVER sales TO etl;
GRANT EXECUTE ON FUNCTION datazone_whoami TO etl;
});
$node->safe_psql('postgres', 'CREATE EXTENSION pg_stat_statements')
  if $has_statements;

# Run the script with these keys in the environment.
sub run_script
{
	my ($keys, @arguments) = @_;
	local %ENV = (%ENV, PGUSER => undef, %$keys);
	delete $ENV{PGUSER};
	my ($out, $err) = ('', '');

	IPC::Run::run(
		[
			'psql', '-X', '-d', $node->connstr('postgres'), '-v',
			'from_environment=1', '-v', 'server=sales', @arguments
		],
		'<', \undef, '>', \$out, '2>', \$err,
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	return ($? >> 8, "$out$err");
}

sub options_of
{
	my ($role) = @_;
	return $node->safe_psql('postgres',
		"SELECT umoptions FROM pg_user_mappings WHERE usename = '$role'");
}

# Whether the log or pg_stat_statements has a text.
sub is_recorded
{
	my ($secret) = @_;

	return 1 if index(slurp_file($node->logfile), $secret) >= 0;
	return 0 unless $has_statements;

	my $texts =
	  $node->safe_psql('postgres', 'SELECT query FROM pg_stat_statements');
	return index($texts, $secret) >= 0;
}

sub is_unrecorded
{
	my ($secret, $name) = @_;
	ok(!is_recorded($secret), $name);
	return;
}

# This server records what it can: the test would see a secret.
$node->safe_psql('postgres',
	    "CREATE USER MAPPING FOR PUBLIC SERVER sales OPTIONS "
	  . "(access_key_id 'AKIDBYHAND', secret_access_key 'secret/by+hand')");
ok(is_recorded('secret/by+hand'), 'keys in a plain statement are recorded');

# A superuser makes a mapping, changes it, takes the token away again.
my ($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDFIRST',
		AWS_SECRET_ACCESS_KEY => 'secret/first+1'
	},
	'-v',
	'role=etl',
	'-f',
	$script);
is($status, 0, 'a superuser creates a mapping') or diag($output);
is(options_of('etl'),
	'{access_key_id=AKIDFIRST,secret_access_key=secret/first+1}',
	'it has the keys');
unlike($output, qr/secret.first/, 'the secret is not shown');
is_unrecorded('secret/first+1', 'and recorded nowhere');

($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDSECOND',
		AWS_SECRET_ACCESS_KEY => q{secret'second\2},
		AWS_SESSION_TOKEN => 'token==second'
	},
	'-a', '-v',
	'role=etl',
	'-f',
	$script);
is($status, 0, 'the keys of a mapping are replaced');
is( options_of('etl'),
	q({access_key_id=AKIDSECOND,"secret_access_key=secret'second\\\\2",session_token=token==second}),
	'quotes, backslashes and the token arrive as they are');
unlike($output, qr/secret.second|token..second/, 'not even psql -a shows them');
is_unrecorded('secret\'second', 'the secret is recorded nowhere');
is_unrecorded('token==second', 'nor is the token');

($status) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDTHIRD',
		AWS_SECRET_ACCESS_KEY => 'secret/third+3',
		AWS_SESSION_TOKEN => ''
	},
	'-v',
	'role=etl',
	'-f',
	$script);
is($status, 0, 'keys without a token replace keys with one');
is(options_of('etl'),
	'{access_key_id=AKIDTHIRD,secret_access_key=secret/third+3}',
	'the token is gone');

($status) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDPUBLIC',
		AWS_SECRET_ACCESS_KEY => 'secret/public+4'
	},
	'-v',
	'role=public',
	'-f',
	$script);
is($status, 0, 'public is a role too');
is(options_of('public'),
	'{access_key_id=AKIDPUBLIC,secret_access_key=secret/public+4}',
	'whose mapping has the keys');
is_unrecorded('secret/public+4', 'that are recorded nowhere');

# In a session that goes on, everything is as it was.
($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDFIFTH',
		AWS_SECRET_ACCESS_KEY => 'secret/fifth+5'
	},
	'-v',
	'role=etl',
	'-c',
	"\\set ECHO none",
	'-c',
	"\\i '$script'",
	'-Atqc',
	"SELECT concat_ws(' ', current_setting('log_statement'), "
	  . "current_setting('log_min_duration_statement'), "
	  . "current_setting('log_transaction_sample_rate'), "
	  . "current_setting('log_min_error_statement'), "
	  . "current_setting('debug_print_parse'), "
	  . "current_setting('track_activities'))",
	'-c',
	'\\echo [:ECHO:ON_ERROR_STOP:datazone_secret]');
is($status, 0, 'the script runs inside a session');
like($output, qr/^all 0 1 info on on$/m, 'logging is on again after it');
like($output, qr/^\[none.*:datazone_secret\]$/m, 'psql forgot the secret');

# Nothing is asked, changed or logged where it could not work.
($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDSIXTH',
		AWS_SECRET_ACCESS_KEY => 'secret/sixth+6'
	},
	'-v',
	'role=nobody_there',
	'-f',
	$script);
is($status, 3, 'a role that does not exist is an error');
like($output, qr/role "nobody_there" does not exist/, 'which is named');
is_unrecorded('secret/sixth+6', 'the secret is not recorded');

for my $missing ('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY')
{
	local %ENV = %ENV;
	my %keys = (
		AWS_ACCESS_KEY_ID => 'AKIDSIXTH',
		AWS_SECRET_ACCESS_KEY => 'secret/sixth+6');

	delete $ENV{$missing};
	delete $keys{$missing};
	($status, $output) = run_script(\%keys, '-v', 'role=etl', '-f', $script);
	is($status, 3, "an environment without $missing is an error");
	like($output, qr/ERROR:  psql's environment has no $missing\nHINT/,
		'which is said');
}
is_unrecorded('secret/sixth+6', 'the secret is not recorded');
like(options_of('etl'), qr/AKIDFIFTH/, 'nothing changed');

# The host's identity is not replaced by keys just so.
$node->safe_psql('postgres', q{
	CREATE ROLE hosted;
	CREATE USER MAPPING FOR hosted SERVER sales OPTIONS (profile 'x')});
($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDSIXTH',
		AWS_SECRET_ACCESS_KEY => 'secret/sixth+6'
	},
	'-v',
	'role=hosted',
	'-f',
	$script);
is($status, 3, 'a mapping with the host\'s identity is left as it is');
like(
	$output,
	qr/"profile" exclude each other\nHINT:.*drop it first/,
	'and the error says what to do');
is(options_of('hosted'), '{profile=x}', 'nothing changed');
is_unrecorded('secret/sixth+6', 'the secret is not recorded');

($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDSEVENTH',
		AWS_SECRET_ACCESS_KEY => 'secret/seventh+7'
	},
	'-v',
	'role=etl',
	'-c',
	'BEGIN',
	'-c',
	"\\i '$script'");
like($output, qr/a transaction is open/, 'an open transaction is refused');
like(options_of('etl'), qr/AKIDFIFTH/, 'nothing changed');

# A role that cannot turn the logs off is refused.
($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDEIGHTH',
		AWS_SECRET_ACCESS_KEY => 'secret/eighth+8'
	},
	'-v',
	'role=etl',
	'-U',
	'etl',
	'-f',
	$script);
is($status, 3, 'a plain role under a talkative server is refused');
like(
	$output,
	qr/may not change them: .*log_min_duration_statement.*log_statement/,
	'with the settings that stand against it');
like(options_of('etl'), qr/AKIDFIFTH/, 'nothing changed');
is_unrecorded('secret/eighth+8', 'the secret is not recorded');

# With ordinary settings it is served, with a note on what remains.
$node->append_conf(
	'postgresql.conf', q{
log_statement = none
log_min_duration_statement = -1
log_min_error_statement = error
log_transaction_sample_rate = 0
debug_print_parse = off
});
$node->append_conf('postgresql.conf',
	"pg_stat_statements.track_utility = off\n")
  if $has_statements;
$node->reload;
$node->poll_query_until('postgres',
	"SELECT current_setting('log_statement') = 'none'")
  or die 'settings were not reloaded';
($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDNINTH',
		AWS_SECRET_ACCESS_KEY => 'secret/ninth+9'
	},
	'-v',
	'role=etl',
	'-U',
	'etl',
	'-f',
	$script);
is($status, 0, 'a plain role sets its own keys');
like($output, qr/may not change .*log_min_error_statement/, 'with a note');
like(options_of('etl'), qr/AKIDNINTH/, 'the mapping has them');
is_unrecorded('secret/ninth+9', 'they are recorded nowhere');
is( $node->safe_psql(
		'postgres', 'SELECT access_key_id FROM datazone_whoami()',
		extra_params => [ '-U', 'etl' ]),
	'*****INTH',
	'and it can use them');

# Keys that the extension refuses stay out of the log, script or not.
($status, $output) = run_script(
	{
		AWS_ACCESS_KEY_ID => 'AKIDTENTH',
		AWS_SECRET_ACCESS_KEY => 'secret tenth+10'
	},
	'-v',
	'role=etl',
	'-U',
	'etl',
	'-f',
	$script);
is($status, 3, 'a secret with a blank is refused');
like($output, qr/no user mapping was changed/, 'and the script says so');
like(options_of('etl'), qr/AKIDNINTH/, 'the old keys are still there');
is_unrecorded('secret tenth', 'the secret is not in the log');

my @refused = (
	q{ALTER USER MAPPING FOR etl SERVER sales OPTIONS (SET secret_access_key 'spilt beans')},
	q{CREATE SERVER s2 FOREIGN DATA WRAPPER datazone OPTIONS (secret_access_key 'spilt beans')},
	q{CREATE USER MAPPING FOR CURRENT_USER SERVER sales OPTIONS (secret_access_key 'spiltbeans')},
	q{CREATE USER MAPPING FOR CURRENT_USER SERVER sales OPTIONS (secret_access_kee 'spilt beans')},
	q{CREATE USER MAPPING FOR CURRENT_USER SERVER sales OPTIONS (profile 'x', secret_access_key 'spilt beans')},
	q{DO $$BEGIN EXECUTE 'CREATE USER MAPPING FOR CURRENT_USER SERVER sales OPTIONS (secret_access_key ''spilt beans'')'; END$$},
);
foreach my $statement (@refused)
{
	my $offset = -s $node->logfile;
	my ($rc) = $node->psql('postgres', $statement);
	my $log = substr(slurp_file($node->logfile), $offset);

	isnt($rc, 0, 'refused: ' . substr($statement, 0, 50));
	like($log, qr/ERROR:/, 'the log has the error');
	unlike($log, qr/spilt.?beans/, 'but not the statement');
}

# By hand: the terminal shows the prompt and not what is typed.
SKIP:
{
	skip 'IO::Pty or stty is missing', 1
	  unless eval { require IO::Pty; 1 } && system('command -v stty >/dev/null') == 0;

	my ($status, $screen) = run_by_hand('secret/typed+11', 'yes', 'token+typed');

	is($status, 0, 'the script asks for what it is not told') or diag($screen);
	like($screen, qr/AKIDTYPED/, 'the key id is shown as it is typed');
	unlike($screen, qr/secret.typed|token.typed/, 'secret and token are not');
	is( options_of('etl'),
		'{access_key_id=AKIDTYPED,secret_access_key=secret/typed+11,session_token=token+typed}',
		'they arrive');
	is_unrecorded('secret/typed+11', 'and are recorded nowhere');

	# Enter is no, and yes can be written in more than one way
	for my $answer ('', 'no', 'N', ' off ', 'Y', ' True')
	{
		my $has_token = $answer =~ /[yt]/i;
		my $secret = "secret/for$answer+12" =~ s/ //gr;

		($status, $screen) = run_by_hand($secret, $answer,
			$has_token ? "token/for+$answer" =~ s/ //gr : ());
		is($status, 0, "\"$answer\" is an answer") or diag($screen);
		unlike($screen, qr/unrecognized|error/i, 'without a complaint');
		like($screen, qr/Keys stored/, 'keys are stored');
		like(
			options_of('etl'),
			$has_token
			? qr{=\Q$secret\E,session_token=token/for}
			: qr{=\Q$secret\E\}$},
			$has_token ? 'with the token' : 'without a token');
	}

	# a token in the wrong place is not shown again, and nothing is stored
	my $before = options_of('etl');
	for my $answer ('IQoJb3JpZ2luX2VjEA+in/the+wrong+place', q{FwoGZX'"`\\:x},
		'maybe')
	{
		($status, $screen) = run_by_hand('secret/misplaced+13', $answer);
		is($status, 3, "\"$answer\" is none") or diag($screen);
		like($screen, qr/answer "yes" or "no"/, 'which is said');
		is(() = $screen =~ /\Q$answer\E/g, 1, 'and not repeated');
		is(options_of('etl'), $before, 'nothing is stored');
		is_unrecorded($answer, 'nor recorded');
	}
	is_unrecorded('secret/misplaced+13', 'the secret is not recorded, either');
}

$node->stop;
done_testing();

# Type a secret, the answer whether there is a token, and perhaps a token: the
# script's status, and what was on the screen.
sub run_by_hand
{
	my ($secret, $answer, $token) = @_;
	my ($in, $screen) = ('', '');
	my $timer = IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default);
	my $psql = IPC::Run::start(
		[ 'psql', '-X', '-d', $node->connstr('postgres'), '-f', $script ],
		'<pty<', \$in, '>pty>', \$screen, $timer);
	my @dialogue = (
		[ qr/Server, in database postgres: /, 'sales' ],
		[ qr/Role .*: /, 'etl' ],
		[ qr/Access key id: /, 'AKIDTYPED' ],
		[ qr/Secret access key .*: /, $secret ],
		[ qr/session token .*\? /, $answer ],
		defined $token ? [ qr/Session token .*: /, $token ] : ());

	foreach my $line (@dialogue)
	{
		my ($prompt, $typed) = @$line;
		$psql->pump until $screen =~ /$prompt/;
		$in .= "$typed\n";
	}
	$psql->finish;
	return ($? >> 8, $screen);
}
