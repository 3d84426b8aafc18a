# What an answer holds of credentials reaches the caller's result and nothing
# else, however damaged the answer is: no log at its most talkative, no error,
# no view, no file.  A SECURITY DEFINER function as documented gives a role one
# operation, and nothing but that.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use File::Basename;
use File::Find;
use JSON::PP;
use MIME::Base64;
use PostgreSQL::Test::Utils;
use Test::More;

# Every secret repeats this, so that no piece of one goes unseen.
my $STEM = 'Qz9x';
my $secrets = 0;

my $sim = start_simulator();
my $pkglibdir = `$ENV{PG_CONFIG} --pkglibdir`;
chomp $pkglibdir;
my $has_statements = -e "$pkglibdir/pg_stat_statements.so";
my $has_explain = -e "$pkglibdir/auto_explain.so";
my $node = new_datazone_node(
	'main', $sim,
	server => { max_attempts => 1 },
	conf => 'log_statement = none'
	  . ($has_statements
		? "\nshared_preload_libraries = 'pg_stat_statements'"
		: ''));
$node->safe_psql('postgres', 'CREATE EXTENSION pg_stat_statements')
  if $has_statements;
my $loud = join ' ', map { "SET $_;" } (
	'client_min_messages = debug5', 'log_min_messages = debug5',
	'log_error_verbosity = verbose', 'log_min_error_statement = debug5',
	'log_min_duration_statement = 0', 'log_parameter_max_length_on_error = -1',
	'log_executor_stats = on', 'debug_print_parse = on',
	'debug_print_rewritten = on', 'debug_print_plan = on');
$loud .= ' LOAD $$auto_explain$$; SET auto_explain.log_min_duration = 0;
	SET auto_explain.log_analyze = on; SET auto_explain.log_verbose = on;'
  if $has_explain;
my $offset = -s $node->logfile;
my $session = DatazoneSession->new($node, set => $loud);
my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my $told = '';

my $connection = {
	connectionId => 'con', domainId => 'dzd_simulator', domainUnitId => 'unit',
	name => 'n', type => 'REDSHIFT',
	physicalEndpoints => [ { host => 'h', port => 5439 } ],
	props => {
		redshiftProperties => { credentials => { usernamePassword =>
			{ username => 'u', password => secret() } } },
		sparkEmrProperties => {
			managedEndpointCredentials => { id => 'i', token => secret() } } } };
my $keys = {
	accessKeyId => secret(), secretAccessKey => secret(),
	sessionToken => secret(), expiration => '2026-11-21T06:00:00Z' };

# Operation, params, answer, where in it a secret is, and its status.
my @calls = (
	[
		'GetEnvironmentCredentials', '{"environmentIdentifier": "e"}', $keys,
		['secretAccessKey']
	],
	[
		'GetConnection', '{"identifier": "c", "withSecret": true}',
		{ %$connection, connectionCredentials => $keys },
		[ 'connectionCredentials', 'sessionToken' ]
	],
	[
		'GetIamPortalLoginUrl', '{}',
		{ userProfileId => 'p', authCodeUrl => 'https://e.com/?c=' . secret() },
		['authCodeUrl']
	],
	[
		'CreateConnection', '{"name": "n"}', $connection,
		[qw(props redshiftProperties credentials usernamePassword password)], 201
	],
	[
		'UpdateConnection', '{"identifier": "c"}', $connection,
		[qw(props sparkEmrProperties managedEndpointCredentials token)]
	],
	[
		'ListConnections', '{"projectIdentifier": "p"}',
		{ items => [ $connection, $connection ] },
		[qw(items 1 props redshiftProperties credentials usernamePassword
			  password)
		]
	]);

for my $call (@calls)
{
	my ($operation, $params, $answer, $path, $status) = @$call;
	my $sql = "SELECT datazone_call('$operation', '$params')";
	my $body = $json->encode($answer);

	answer($body, $status);
	my $result = run($sql);
	is_deeply(eval { $json->decode($result->{rows}[0]) },
		$answer, "$operation: the caller has all of the answer")
	  or diag($result->{out});
	is($result->{leaked}, 0, "$operation: and nothing else of it was told");
	for my $damage (damages($answer, $body, $path, $status))
	{
		damaged("$operation, $damage->[0]", $sql, @$damage);
	}
}

# The same by a listing, the second page included.
{
	my $sql = q{SELECT datazone_list('ListConnections',
		'{"projectIdentifier": "p"}')};
	my @pages = map {
		$json->encode({ items => [$connection], $_ ? (nextToken => $_) : () })
	} 't1', undef;

	answer($_) for @pages;
	my $result = run($sql);
	is_deeply([ map { $json->decode($_) } @{ $result->{rows} } ],
		[ $connection, $connection ], 'datazone_list: the caller has the items');
	is($result->{leaked}, 0, 'datazone_list: and nothing else was told');
	for my $damage (
		damages({ items => [$connection] }, $pages[1],
			[ 'items', 0, @{ $calls[-1][3] }[ 2 .. 6 ] ]))
	{
		answer($pages[0]);
		damaged("datazone_list, second page, $damage->[0]", $sql, @$damage);
	}
}

# Nothing is kept: who asks again asks the service.
{
	my $body = $json->encode($keys);
	my $one = q{datazone_call('GetEnvironmentCredentials',
		'{"environmentIdentifier": "e"}')};

	$sim->clear_log;
	answer($body) for 1 .. 3;
	run("SELECT $one, $one");
	run("SELECT $one");
	is($sim->count, 3, 'three calls are three requests');
}

# Looked at while half of the answer is here, then cancelled.
{
	my $onlooker = DatazoneSession->new($node);
	my $body = $json->encode($keys);
	my $head = "HTTP/1.1 200 OK\r\nContent-Length: ${\length $body}\r\n\r\n";

	$sim->clear_log;
	raw($head . substr($body, 0, -5), 0);
	$session->send(q{SELECT datazone_call('GetEnvironmentCredentials',
		'{"environmentIdentifier": "e"}')});
	poll_until(sub { grep { $_->{answered_us} } $sim->log },
		'half of an answer');
	$told .= $onlooker->query($_)->{out} for
	  'SELECT * FROM pg_stat_activity',
	  "SELECT pg_log_backend_memory_contexts(${\$session->pid})",
	  "SELECT pg_cancel_backend(${\$session->pid})";
	my $result = $session->result;
	is($result->{sqlstate}, '57014', 'half of an answer: cancelled');
	$told .= $result->{out};
	$sim->clear_faults;
	$onlooker->close;
}

# One operation for a role, as the reference shows it, and one more of that
# kind whose answer is a secret.
my $wrapper = documented_wrapper();
like($wrapper, qr/SECURITY DEFINER SET search_path/, 'the reference has one');
ok($wrapper =~ s/'sales'/'sim'/, 'for a server by its name');
(my $another = $wrapper) =~ s/data_source_status/environment_keys/g;
ok( $another =~ s/GetDataSource/GetEnvironmentCredentials/
	  && $another =~ s/'identifier'/'environmentIdentifier'/
	  && $another =~ s/->>'status'/::text/,
	'and it suits another operation');
$node->safe_psql('postgres', "CREATE ROLE clerk LOGIN; $wrapper; $another;
	GRANT CREATE ON DATABASE postgres TO clerk");
create_datazone_server($node, 'other', $sim);
{
	my $clerk = DatazoneSession->new($node, user => 'clerk');
	my $status = q{SELECT data_source_status('ds_returns')};
	my $told_clerk = sub {
		my $result = $clerk->query(@_);
		$told .= $result->{out};
		return $result;
	};

	is($told_clerk->($status)->{sqlstate}, '42501', 'not for everybody');
	$node->safe_psql('postgres', 'GRANT EXECUTE ON FUNCTION
		data_source_status(text), environment_keys(text) TO clerk');
	is($told_clerk->($status)->{out}, 'READY', 'but for whom it is granted');
	is( $node->safe_psql(
			'postgres', q{SELECT count(*) FROM pg_user_mappings
			WHERE usename IN ('clerk', 'public')
				OR has_server_privilege('clerk', srvid, 'USAGE')}),
		0, 'who has neither USAGE nor a mapping');

	# nothing else
	my @routines = split /\n/, $node->safe_psql('postgres',
		q{SELECT objid::regprocedure FROM pg_depend
		WHERE deptype = 'e' AND classid = 'pg_proc'::regclass
			AND refobjid = (SELECT oid FROM pg_extension
				WHERE extname = 'datazone')
			AND objid::regprocedure::text NOT LIKE '%validator%'
			-- row security asks it for whoever reads runs: names of servers
			AND objid <> 'datazone_run_servers'::regproc});
	cmp_ok(scalar @routines, '>', 12, 'there is more that could be called');
	$sim->clear_log;
	for my $routine (@routines)
	{
		my ($name, $types) = $routine =~ /^(\w+)\((.*)\)$/;
		my $list = join ', ', map { "NULL::$_" } split /,/, $types;
		my $verb = $name eq 'datazone_await_run' ? 'CALL' : 'SELECT';

		is($told_clerk->("$verb $name($list)")->{sqlstate},
			'42501', "the role cannot call $name");
	}
	is($sim->count, 0, 'and nothing was sent');

	# nor can it be made to do something else
	$told_clerk->($_) for
	  'CREATE SCHEMA own',
	  q{CREATE FUNCTION own.jsonb_build_object(VARIADIC "any") RETURNS jsonb
		LANGUAGE sql AS $$SELECT '{"identifier": "ds_orders"}'::jsonb$$},
	  q{CREATE FUNCTION own.datazone_call(text, jsonb, text) RETURNS jsonb
		LANGUAGE sql AS $$SELECT '{"status": "HIJACKED"}'::jsonb$$},
	  q{CREATE FUNCTION own.get(jsonb, text) RETURNS text
		LANGUAGE sql AS $$SELECT 'HIJACKED'$$},
	  'CREATE OPERATOR own.->> (LEFTARG = jsonb, RIGHTARG = text,
		FUNCTION = own.get)',
	  'SET search_path = own, pg_temp, public, pg_catalog',
	  q{SET datazone.server = 'other'};
	is($told_clerk->('SELECT own.get(NULL, NULL)')->{out},
		'HIJACKED', 'the role has operators of its own');
	is($told_clerk->($status)->{out}, 'READY', 'which change nothing');
	my %outcomes = (
		q{'ds_returns/../../environments/e/credentials'} => '22023',
		q{'ds_returns?x=y#z'} => '22023',
		q{'ds_returns", "domainIdentifier": "dzd_other'} => '22023',
		q{'ds_of_nobody'} => '42704',
		q{'..'} => '22023', q{''} => '22023', 'NULL' => '22023');
	for my $given (sort keys %outcomes)
	{
		my $result = $told_clerk->("SELECT data_source_status($given)");
		is($result->{sqlstate}, $outcomes{$given}, "for $given an error")
		  or diag($result->{out});
	}
	my @targets = map { $_->{target} } $sim->log;
	is(scalar @targets, 5, 'what was sent');
	is( scalar(grep { m{^/v2/domains/dzd_simulator/data-sources/[^/?]+$} }
			@targets),
		5, 'is this operation, in this domain');

	# a secret goes to whom the function was given
	answer($json->encode($keys));
	my $out = $clerk->query(q{SELECT environment_keys('e')})->{out};
	is_deeply(eval { $json->decode($out) },
		$keys, 'a role is given credentials')
	  or diag($out);
	$clerk->query("SET client_min_messages = debug5");
	for my $damage (damages($keys, $json->encode($keys), ['sessionToken']))
	{
		$damage->[2]->();
		is(leaks($told_clerk->(q{SELECT environment_keys('e')})->{out}),
			0, "or none at all: $damage->[0]");
		$sim->clear_faults;
	}
	$clerk->close;
}

# A database whose encoding lacks a character of a secret: no message has the
# character, as PostgreSQL's own would.
{
	my $odd = $STEM . chr(0x20ac) . 'x';
	my ($url, $result) = ($sim->url);

	$node->safe_psql('postgres', q{CREATE DATABASE latin1 ENCODING 'LATIN1'
		LOCALE 'C' TEMPLATE template0});
	$node->safe_psql(
		'latin1', "CREATE EXTENSION datazone;
		CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
			region 'eu-west-1', domain_identifier 'dzd_simulator',
			endpoint_url '$url');
		CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
			access_key_id '${\DatazoneTest::ACCESS_KEY}',
			secret_access_key '${\DatazoneTest::SECRET_KEY}')");
	my $narrow = DatazoneSession->new($node,
		dbname => 'latin1', encoding => 'LATIN1', set => $loud);
	for my $case (
		[ 'in a value', [ $calls[0][3][0] ], sub { $odd } ],
		[ 'in a name', ['new'], sub { +{ $odd => 1 } } ])
	{
		my ($what, $path, $change) = @$case;

		answer(changed($keys, $path, $change));
		$result = $narrow->query(q{SELECT datazone_call(
			'GetEnvironmentCredentials', '{"environmentIdentifier": "e"}')});
		is($result->{sqlstate}, '22P05', "no such character, $what");
		like($result->{out}, qr/request ID/, 'of which request is told');
		unlike($result->{out}, qr/0xe2|\\x?e2|\xe2/i, 'the character is not');
		$told .= $result->{out};
	}
	$narrow->close;
}

# All that is left of it.
$told .= $session->query($_)->{out} for
  'SELECT * FROM pg_stat_activity',
  'SELECT * FROM pg_backend_memory_contexts',
  'SELECT * FROM pg_prepared_statements',
  $has_statements ? 'SELECT * FROM pg_stat_statements' : ();
is(leaks($told), 0, 'no secret in a message or a view');
$session->query('DO $$BEGIN RAISE LOG $l$canary %$l$, 6 * 7; END$$');
$session->close;
$node->stop;
my $log = substr(slurp_file($node->logfile), $offset);
cmp_ok(scalar(() = $log =~ /DEBUG:/g), '>', 100, 'the log was talkative');
cmp_ok(scalar(() = $log =~ /could not understand the answer/g),
	'>', 100, 'and has our errors');
like($log, qr/PLANNEDSTMT/, 'and plans');
like($log, qr/canary 42/, 'to the end');
like($log, qr/ERROR:  22P05/, 'and what an encoding lacks');
is(scalar(() = $log =~ /0xe2 0x82/g), 0, 'but no character');
is(leaks($log), 0, 'but no secret')
  or diag($log =~ /(.{0,300}\Q$STEM\E.{0,100})/s);
is_deeply([ files_with_secrets() ], [], 'nor has any file of the cluster');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# A secret as AWS makes them.
sub secret
{
	return join '', map { sprintf "$STEM/%03d+", ++$secrets } 1 .. 6;
}

# How often a piece of a secret is in a text, however it is written.
sub leaks
{
	my ($text) = @_;
	my $hex = unpack('H*', $STEM);

	return scalar(() = $text =~ /\Q$STEM\E|$hex/gi);
}

# Run a statement: its rows of JSON, and what else is told about secrets.
sub run
{
	my ($sql) = @_;
	my $result = $session->query($sql);
	my @lines = split /\n/, $result->{out};

	$result->{rows} = [ grep { /^\{/ } @lines ];
	my $rest = join "\n", grep { !/^\{"/ } @lines;
	$told .= "$rest\n";
	$result->{leaked} = leaks($rest);
	return $result;
}

# Run a statement whose answer is damaged, and see that nothing is told of it.
sub damaged
{
	my ($name, $sql, undef, $sqlstate, $damage) = @_;

	$damage->();
	my $result = run($sql);
	ok( $result->{sqlstate} eq $sqlstate
		  && !@{ $result->{rows} }
		  && !$result->{leaked},
		"$name: $sqlstate, and no secret")
	  or diag($result->{out} =~ /^(ERROR: .*?^LOCATION|\{.*?)$/ms);
	$sim->clear_faults;
	return;
}

# The next request's answer.
sub answer
{
	my ($body, $status, @headers) = @_;

	$sim->fault('*', 'answer', 1,
		status => ($status // 200) + 0,
		headers => [@headers],
		body_base64 => encode_base64($body, ''));
	return;
}

sub raw
{
	my ($bytes, $close) = @_;

	$sim->fault('*', 'raw', 1,
		base64 => encode_base64($bytes, ''),
		close => $close ? \1 : \0);
	return;
}

# A copy of an answer with another value at a place.
sub changed
{
	my ($answer, $path, $change) = @_;
	my $copy = $json->decode($json->encode($answer));
	my @steps = @$path;
	my $last = pop @steps;
	my $holder = $copy;

	$holder = ref $holder eq 'ARRAY' ? $holder->[$_] : $holder->{$_}
	  for @steps;
	$holder->{$last} = $change->($holder->{$last});
	return $json->encode($copy);
}

# Ways to damage an answer that holds a secret at a place: name, SQLSTATE, and
# a function that lets the next request meet it.
sub damages
{
	my ($answer, $body, $path, $status) = @_;
	my $member = join '.', @$path;
	my ($secret) = $body =~ /((?:\Q$STEM\E[^"]*))/;
	my $at = index($body, $secret);
	my $other = secret();
	my @bodies;

	# values of other types
	push @bodies, map {
		my ($what, $change) = @$_;
		[ "$member is $what", changed($answer, $path, $change) ]
	} ([ 'an array', sub { [ $_[0] ] } ],
		[ 'an object', sub { { a => $_[0] } } ],
		[ 'an object of its name', sub { { $_[0] => 1 } } ],
		[ 'a number', sub { 5 } ],
		[ 'a boolean', sub { JSON::PP::true } ]);
	push @bodies, [ 'a secret for a structure',
		changed($answer, [ @$path[ 0 .. $#$path - 1 ] ], sub { $other }) ]
	  if @$path > 1 && $path->[-2] !~ /^\d/;
	push @bodies, [ 'no answer but a secret', $json->encode($other) ],
	  [ 'an array of secrets', $json->encode([ $other, $other ]) ];
	push @bodies, [ 'a secret for a time',
		changed($answer, ['expiration'], sub { $other }) ]
	  if exists $answer->{expiration};
	push @bodies, damaged_connections($answer, $path, $other);
	push @bodies, [ 'secrets for names and values that nobody knows',
		$json->encode({ %$answer, $other => $other, new => { $other => 1 },
			type => $other, status => $other, __type => $other,
			$path->[0] => [ [$other] ] }) ];

	# bytes that are no JSON
	push @bodies, map {
		my ($what, $bytes) = @$_;
		my $copy = $body;
		substr($copy, $at + 11, 1) = $bytes;
		[ "$what in a secret", $copy ]
	} ([ 'a NUL', '\u0000' ], [ 'a byte 0', "\0" ], [ 'a control', "\x01" ],
		[ 'a line', "\n" ], [ 'no UTF-8', "\xff" ], [ 'a quote', '"' ],
		[ 'half a character', "\xc3" ], [ 'half a surrogate', '\ud800' ],
		[ 'a wrong escape', '\q' ], [ 'a wrong digit', '\u12x4' ]);
	push @bodies, [ 'garbage behind it', "$body $other" ],
	  [ 'a string behind it', $body . $json->encode($other) ],
	  [ 'garbage before it', "$other $body" ],
	  [ 'cut inside a secret', substr($body, 0, $at + 17) ],
	  [ 'cut behind a secret', substr($body, 0, $at + length($secret) + 1) ],
	  [ 'without quotes', $body =~ s/"(\Q$secret\E)"/$1/r =~
		  s/"([^"]*\Q$secret\E)"/$1/r ],
	  [ 'begun as a number', $body =~ s/"[^"]*\Q$secret\E"/12$secret/r ],
	  [ 'a number of 2,000 digits beside it',
		$body =~ s/(?<=\{)([^{]*\Q$secret\E)/'"n":' . 1 x 2000 . ",$1"/er ];
	my @damages = map {
		my ($what, $bytes) = @$_;
		[ $what, 'HV00M', sub { answer($bytes, $status) } ]
	} @bodies;

	push @damages,
	  [ 'too deep', '54000',
		sub { answer($body =~ s/\}$/',"d":' . '[' x 300 . ']' x 300 . '}'/er) } ],
	  map { my $code = $_; [ "status $code->[0]", $code->[1],
		sub { answer($body, $code->[0]) } ] }
	  ([ 302, 'HV00M' ], [ 400, '22023' ], [ 403, '42501' ], [ 404, '42704' ],
		[ 500, '58000' ], [ 503, '58000' ]);

	# what is no HTTP
	my $head = "HTTP/1.1 200 OK\r\n";
	push @damages, map {
		my ($what, $sqlstate, $bytes) = @$_;
		[ $what, $sqlstate, sub { raw($bytes, 1) } ]
	} ([ 'the connection cut', 'HV00L',
			"${head}Content-Length: 100000\r\n\r\n$body" ],
		[ 'a secret for the size of a chunk', 'HV00L',
			"${head}Transfer-Encoding: chunked\r\n\r\n$secret\r\n$body\r\n" ],
		[ 'a cut chunk', 'HV00L',
			"${head}Transfer-Encoding: chunked\r\n\r\nfff\r\n$body" ],
		[ 'no gzip', 'HV00M', "${head}Content-Encoding: gzip\r\n"
			. "Content-Length: ${\length $body}\r\n\r\n$body" ],
		[ 'no HTTP', 'HV00M', "$secret $body\r\n\r\n" ],
		[ 'no header', 'HV00M', "$head$secret\r\n\r\n$body" ]);
	return @damages;
}

# Bodies of an answer whose connection, if there is one, has another secret in
# places that a path names, keys of maps above all: name, and body.
sub damaged_connections
{
	my ($answer, $path, $other) = @_;
	my @at = $path->[0] eq 'items' ? @$path[ 0, 1 ] : ();
	my $connection = @at ? $answer->{items}[ $path->[1] ] : $answer;
	my $plain = $other =~ s/\W/_/gr;

	return () if !exists $connection->{physicalEndpoints};
	return (
		map {
			my ($what, $member, $value) = @$_;
			[ $what, changed($answer, [ @at, $member ], sub { $value }) ]
		} ([ 'a secret for a list', 'physicalEndpoints', $other ],
			[ 'a secret for a number', 'physicalEndpoints',
				[ { port => $other } ] ],
			[ 'a required member is missing', 'name', undef ],
			[ 'a secret for a key', 'configurations',
				[ { properties => { $other => 5 } } ] ],
			[ 'a secret that looks like a name for a key', 'configurations',
				[ { properties => { $plain => [] } } ] ],
			[ 'a secret for a key in a connection to Glue',
				'physicalEndpoints',
				[ { glueConnection => {
						connectionProperties => { a => '', $other => {} } } } ] ]
		));
}

# The statements of the reference that make its function.
sub documented_wrapper
{
	my $text = slurp_file(dirname(__FILE__) . '/../../doc/reference.md');
	my ($section) = $text =~ /^### One operation for a role\n(.*?)^##/ms;
	my ($block) = $section =~ /^```text\n(.*?)^SELECT /ms;

	return $block;
}

# Files of the cluster in which a piece of a secret is.
sub files_with_secrets
{
	my @found;

	find(
		sub {
			push @found, $_ if -f && index(slurp_file($_), $STEM) >= 0;
		},
		$node->data_dir);
	return @found;
}
