# Whatever a peer answers, a call gives whole rows or an error that says what
# is wrong; the backend lives on, works, and gives its memory back.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use JSON::PP;
use MIME::Base64;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $elsewhere = start_simulator();
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });
my $session = DatazoneSession->new($node);
my $pid = $session->pid;

my %calls = (
	run => q{SELECT id, data_source_id, status, created_at AT TIME ZONE 'UTC',
		added, failed FROM datazone_get_run('run_orders_100')},
	runs => q{SELECT string_agg(id, ' ')
		FROM datazone_list_data_source_runs('ds_clickstream')},
	source => q{SELECT id, name
		FROM datazone_list_data_sources('prj_retail')
		WHERE id = 'ds_preferences'},
	post => q{SELECT datazone_post_lineage('{
		"eventType": "COMPLETE", "eventTime": "2026-11-20T10:00:00Z",
		"producer": "https://example.com/etl",
		"schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
		"run": {"runId": "0190d5a8-0000-7000-8000-000000000001"},
		"job": {"namespace": "etl", "name": "load"}}') IS NULL});
my %operations = (
	run => 'GetDataSourceRun',
	runs => 'ListDataSourceRuns',
	source => 'ListDataSources',
	post => 'PostLineageEvent');

# What they give when nothing is wrong.
my %right = map { $_ => $session->query($calls{$_})->{out} } keys %calls;
like($right{run}, qr/^run_orders_100\|ds_orders\|/, 'a run, to begin with');
is(scalar(split / /, $right{runs}), 51, 'a listing of two pages');
is($right{post}, 'f', 'a lineage event has an id');

# Name, call, fault, its parameters, and what may come of it: SQLSTATEs, or
# "right" for the very same rows.
my @cases = (
	# not JSON, or not an object
	[ 'garbage', 'run', 'garbage', {}, 'HV00M' ],
	[ 'a page of HTML', 'run', 'html200', {}, 'HV00M' ],
	[ 'an empty body', 'run', 'empty', {}, 'HV00M' ],
	[ 'half a document', 'run', 'truncated', {}, 'HV00M' ],
	[ 'two documents', 'run', 'trailing', {}, 'HV00M' ],
	[ 'an array', 'run', 'whole_body', { value => [] }, 'HV00M' ],
	[ 'null', 'run', 'whole_body', { value => undef }, 'HV00M' ],
	[ 'a number', 'run', 'whole_body', { value => 5 }, 'HV00M' ],
	[ 'a string', 'runs', 'whole_body', { value => 'x' }, 'HV00M' ],
	[ 'an empty object', 'runs', 'whole_body', { value => {} }, 'HV00M' ],

	# JSON of another shape
	[ 'no id', 'run', 'missing_required', { member => 'id' }, 'HV00M' ],
	[
		'an id that is null', 'run', 'missing_required',
		{ member => 'id', null => \1 }, 'HV00M'
	],
	[ 'no items', 'runs', 'missing_required', {}, 'HV00M' ],
	[ 'items that are a string', 'runs', 'wrong_types', {}, 'HV00M' ],
	[
		'items that are an object', 'runs', 'wrong_types',
		{ member => 'items', value => { id => 'x' } }, 'HV00M'
	],
	[
		'items of strings', 'runs', 'wrong_types',
		{ member => 'items', value => [ 'x', 'y' ] }, 'HV00M'
	],
	[
		'an id that is a number', 'run', 'wrong_types',
		{ member => 'id', value => 5 }, 'HV00M'
	],
	[
		'a status that is an object', 'runs', 'wrong_types',
		{ member => 'status', value => {} }, 'HV00M'
	],
	[
		'a time that is an object', 'run', 'wrong_types',
		{ member => 'createdAt', value => {} }, 'HV00M'
	],
	[
		'a time that is no time', 'run', 'wrong_types',
		{ member => 'createdAt', value => 'yesterday' }, 'HV00M'
	],
	[
		'a time beyond all times', 'run', 'wrong_types',
		{ member => 'createdAt', value => 1e300 }, 'HV00M'
	],
	[
		'a count that is a string', 'run', 'wrong_types',
		{ member => 'added', value => '3' }, 'HV00M'
	],
	[
		'a count beyond an integer', 'run', 'wrong_types',
		{ member => 'added', value => 9999999999 }, 'HV00M'
	],
	[
		'a count that is a fraction', 'run', 'wrong_types',
		{ member => 'added', value => 1.5 }, 'HV00M'
	],
	[
		'statistics that are an array', 'run', 'wrong_types',
		{ member => 'runStatisticsForAssets', value => [] }, 'HV00M'
	],
	[ 'a token that repeats', 'runs', 'repeat_token', {}, 'HV00M' ],
	[
		'a token that is a number', 'runs', 'wrong_types',
		{ member => 'nextToken', value => 5 }, 'HV00M'
	],

	# strings that PostgreSQL cannot hold
	[ 'NUL', 'source', 'nul', { member => 'name' }, 'HV00M' ],
	[ 'bad UTF-8', 'source', 'bad_utf8', { member => 'name' }, 'HV00M' ],
	[
		'half a surrogate pair', 'source', 'lone_surrogate',
		{ member => 'name' }, 'HV00M'
	],
	[
		'a raw control character', 'source', 'raw_control',
		{ member => 'name' }, 'HV00M'
	],

	# too much
	[ 'deep arrays', 'run', 'deep', {}, '54000' ],
	[ 'deep objects', 'run', 'deep', { objects => \1 }, '54000' ],
	[ 'a little deep', 'run', 'deep', { depth => 100 }, 'right' ],
	[ '65 MiB', 'run', 'huge', { mib => 65 }, '54000' ],
	[ 'an endless answer', 'run', 'huge', { endless => \1 }, '54000' ],
	[ 'a bomb of 1 GiB', 'run', 'gzip_bomb', { mib => 1024 }, '54000' ],
	[ '20 MiB', 'run', 'huge', { mib => 20 }, 'right' ],

	# encodings and framing
	[ 'gzip', 'run', 'gzip', {}, 'right' ],
	[ 'half of a gzip', 'run', 'gzip', { broken => \1 }, 'HV00M', 'HV00L' ],
	[
		'an unknown encoding', 'run', 'answer',
		{ headers => [ [ 'Content-Encoding', 'rot13' ] ], body => '{}' },
		'HV00M'
	],
	[ 'chunks', 'runs', 'chunked', {}, 'right' ],
	[ 'chunks of a byte', 'run', 'chunked', { size => 1 }, 'right' ],
	[ 'a chunk that is cut', 'runs', 'chunked_cut', {}, 'HV00L' ],
	[ 'half a body', 'runs', 'half_body', {}, 'HV00L' ],
	[ 'HTTP/1.0', 'runs', 'http10', {}, 'right' ],
	[ 'an end of the connection', 'run', 'close', {}, 'right' ],
	[
		'an unannounced one', 'run', 'close', { announce => \0 }, 'right'
	],
	[ 'text/html', 'run', 'content_type', { value => 'text/html' }, 'right' ],
	[ 'no HTTP', 'run', 'raw', raw("SSH-2.0-OpenSSH_9.2\r\n"), 'HV00M' ],
	[ 'an early hint', 'run', 'raw', raw(hinted()), 'right' ],
	[ 'half of the headers', 'run', 'half_head', {}, 'HV00L' ],
	[ 'half of an empty answer', 'post', 'half_head', {}, 'HV00L' ],
	[ 'an empty answer', 'post', 'empty', {}, 't' ],

	# headers: wrong ones spoil at most this answer
	[
		'a header of 1 MB', 'run', 'bad_headers', {},
		'54000', 'HV00M'
	],
	[
		'20,000 headers', 'run', 'bad_headers', { variant => 'many' },
		'54000', 'HV00M', 'right'
	],
	[
		'a header with no colon', 'run', 'bad_headers',
		{ variant => 'no_colon' }, 'HV00M', 'right'
	],
	[
		'a header with NUL', 'run', 'bad_headers', { variant => 'nul' },
		'HV00M', 'right'
	],
	[
		'a header with control characters', 'run', 'bad_headers',
		{ variant => 'control' }, 'HV00M', 'right'
	],
	[
		'a folded header', 'run', 'bad_headers', { variant => 'folded' },
		'HV00M', 'right'
	],
	[
		'two lengths', 'run', 'bad_headers', { variant => 'two_lengths' },
		'HV00M', 'HV00L', 'right'
	],
	[
		'HTTP of the future', 'run', 'bad_headers', { variant => 'status' },
		'HV00M'
	],

	# errors whose bodies are no help: the status alone tells
	map({ refusal($_->[0], 'HTML', '<html>', $_->[1]) } statuses()),
	map({ refusal($_->[0], 'nothing', '', $_->[1]) } statuses()),
	refusal(400, 'wrong types', '{"code":5,"message":[]}', '22023'),
	refusal(404, 'NUL', '{"message":"a\u0000b"}', '42704'),
	refusal(500, 'an array', '[]', '58000'));

for my $case (@cases)
{
	my ($name, $call, $kind, $params, @allowed) = @$case;

	$sim->fault($operations{$call}, $kind, 'all', %$params);
	my $result = $session->query($calls{$call});
	my $got =
	    $result->{sqlstate} ne '00000' ? $result->{sqlstate}
	  : $result->{out} eq $right{$call} ? 'right'
	  : $result->{out};

	ok((grep { $_ eq $got } @allowed), "$name: $allowed[0]")
	  or diag(substr($result->{out}, 0, 500));
	last if $result->{lost};

	# the very next call is right again, on the same backend
	$sim->clear_faults;
	is($session->query($calls{run})->{out}, $right{run}, "$name: and on");
}

# A page that is bad in the middle: no rows at all, not those of the first.
{
	$sim->control(
		'POST', 'faults',
		{
			operation => 'ListDataSourceRuns',
			match => { query => 'nextToken' },
			kind => 'garbage'
		});
	my $result = $session->query(q{SELECT id
		FROM datazone_list_data_source_runs('ds_clickstream')});
	is($result->{sqlstate}, 'HV00M', 'a bad second page is an error');
	unlike($result->{out}, qr/^run_/m, 'and gives no row');
}

# Redirects are not followed: that would show the signature to anybody.
for my $status (301, 302, 303, 307, 308)
{
	$sim->fault('GetDataSourceRun', 'redirect', 1,
		status => $status,
		location => $elsewhere->url . '/v2/domains/dzd_simulator');
	is($session->query($calls{run})->{sqlstate},
		'HV00M', "a redirect by $status is an error");
}
is($elsewhere->statistics->{connections_opened}, 0, 'nobody went there');
is($elsewhere->count, 0, 'and nothing was asked');

# What was not understood can be asked about: by its request id.
{
	$sim->clear_log;
	$sim->fault('GetDataSourceRun', 'garbage');
	my $result = $session->query($calls{run});
	my ($request) = $sim->log('GetDataSourceRun');

	like($result->{out}, qr/GetDataSourceRun/, 'the error names the operation');
	like($result->{out}, qr/\Q$request->{request_id}\E/,
		'and the request, as the service calls it');
}

# The service's error code, wherever it stands.
for my $style ('header', 'header_uri', 'body_type', 'body_code')
{
	$sim->fault('GetDataSourceRun', 'error', 1,
		status => 400,
		code => 'ConflictException',
		message => 'its words',
		style => $style);
	my $result = $session->query($calls{run});

	is($result->{sqlstate}, '55000', "code in $style: it decides");
	like($result->{out}, qr/ConflictException.*its words/,
		"code in $style: and is shown with the words");
}

# Words beyond measure are cut.
{
	$sim->fault('GetDataSourceRun', 'error', 1, message => 'long ' x 100_000);
	my $result = $session->query($calls{run});

	is($result->{sqlstate}, '22023', 'a message of 500 kB');
	cmp_ok(length $result->{out}, '<', 10_000, 'is cut');
}

is($session->query('SELECT pg_backend_pid()')->{out},
	$pid, 'all of it happened to one backend');

# Large answers, read or refused, do not add up.  The C library may keep one
# block for the next of them, so the first round is not the measure.
SKIP:
{
	skip 'resident memory is read from /proc of Linux', 2
	  unless -r "/proc/$pid/status";
	my $contexts = contexts_kb();
	my @resident;

	for my $round (0 .. 3)
	{
		for my $fault ([ 'huge', mib => 50 ], [ 'huge', endless => \1 ],
			[ 'gzip_bomb', mib => 1024 ])
		{
			$sim->fault('GetDataSourceRun', $fault->[0], 1, @$fault[ 1, 2 ]);
			$session->query($calls{run});
		}
		push @resident, resident_kb();
	}
	note "resident after each round of large answers: @resident kB";
	cmp_ok($resident[-1] - $resident[0],
		'<', 4096, 'large answers do not add up in memory');
	cmp_ok(contexts_kb() - $contexts, '<', 64, 'nor in memory contexts');
}

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
unlike(slurp_file($node->logfile), qr/was terminated by signal|PANIC/,
	'no process crashed');
done_testing();

sub raw
{
	my ($bytes) = @_;
	return { base64 => encode_base64($bytes, '') };
}

# The true answer once more, after an interim one.
sub hinted
{
	my ($run) = grep { $_->{id} eq 'run_orders_100' } $sim->runs;
	delete @$run{qw(clientToken startedBy)};
	my $body = JSON::PP->new->utf8->encode($run);

	return "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
	  . "HTTP/1.1 200 OK\r\nContent-Length: "
	  . length($body)
	  . "\r\n\r\n$body";
}

sub statuses
{
	return (
		[ 400, '22023' ], [ 401, '28000' ], [ 402, '53400' ],
		[ 403, '42501' ], [ 404, '42704' ], [ 409, '55000' ],
		[ 429, '53000' ], [ 500, '58000' ], [ 503, '58000' ]);
}

sub refusal
{
	my ($status, $what, $body, $sqlstate) = @_;
	return [
		"$status with $what",
		'run', 'answer',
		{ status => $status, headers => [], body => $body }, $sqlstate
	];
}

sub resident_kb
{
	my ($kb) = slurp_file("/proc/$pid/status") =~ /^VmRSS:\s+(\d+)/m;
	return $kb;
}

sub contexts_kb
{
	return $session->query(
		'SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts')
	  ->{out};
}
