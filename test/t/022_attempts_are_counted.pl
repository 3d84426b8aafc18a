# How often a request is sent for each kind of failure, counted where it
# arrives: as often as max_attempts allows where another attempt may help, once
# where it cannot; and no kind of failure starts a second run.
#
# All cases run at the same time, each in a session of its own on a data
# source of its own, because most of the time is spent in back-off.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use IO::Socket::INET;
use POSIX ();
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim);

# A port that is taken, and on which nothing listens.
my $deaf = IO::Socket::INET->new(Proto => 'tcp', LocalAddr => '127.0.0.1')
  or die "no port: $!";

# Foreign servers for each number of attempts, patient ones and others.
for my $attempts (1, 2, 5)
{
	create_datazone_server($node, "sim_$attempts", $sim,
		max_attempts => $attempts);
	create_datazone_server($node, "short_$attempts", $sim,
		max_attempts => $attempts, request_timeout => '400ms');
	create_datazone_server($node, "refused_$attempts", $sim,
		max_attempts => $attempts,
		endpoint_url => 'http://127.0.0.1:' . $deaf->sockport);
}

# name, fault and its parameters, SQLSTATE, whether it is worth another
# attempt, whether the run has been started, and the foreign servers' prefix.
my @cases = (
	# what the service and what stands before it answer
	[ 'throttled', 'throttle', {}, '53000', 1, 0 ],
	[
		'throttled_by_a_proxy', 'answer',
		{ status => 429, headers => [], body => 'slow down' },
		'53000', 1, 0
	],
	[ 'internal_error', 'internal', {}, '58000', 1, 0 ],
	[ 'html_503', 'unavailable', {}, '58000', 1, 0 ],
	[
		'html_502', 'answer',
		{ status => 502, headers => [], body => '<html>' },
		'58000', 1, 0
	],
	[ 'empty_504', 'answer', { status => 504, headers => [] }, '58000', 1, 0 ],

	# the connection
	[ 'dropped', 'drop', {}, 'HV00L', 1, 0 ],
	[ 'reset', 'drop', { reset => \1 }, 'HV00L', 1, 0 ],
	[ 'dropped_after', 'drop_after', {}, 'HV00L', 1, 1 ],
	[ 'reset_after', 'drop_after', { reset => \1 }, 'HV00L', 1, 1 ],
	[ 'half_head', 'half_head', {}, 'HV00L', 1, 1 ],
	[ 'half_body', 'half_body', {}, 'HV00L', 1, 1 ],
	[ 'half_body_reset', 'half_body', { reset => \1 }, 'HV00L', 1, 1 ],
	[ 'chunk_cut', 'chunked_cut', {}, 'HV00L', 1, 1 ],

	# time
	[ 'slow', 'slow', { ms => 20000 }, 'HV00L', 1, 1, 'short' ],
	[ 'stalled', 'stall', {}, 'HV00L', 1, 0, 'short' ],
	[ 'stalled_body', 'stall', { head => 1 }, 'HV00L', 1, 0, 'short' ],
	[
		'trickling_body', 'slow_body',
		{ bytes => 1, ms => 30 },
		'HV00L', 1, 1, 'short'
	],

	# what no repetition changes
	[ 'invalid', 'error', error(400, 'ValidationException'), '22023', 0, 0 ],
	[
		'unauthorized', 'error', error(401, 'UnauthorizedException'),
		'28000', 0, 0
	],
	[
		'quota', 'error', error(402, 'ServiceQuotaExceededException'),
		'53400', 0, 0
	],
	[ 'denied', 'error', error(403, 'AccessDeniedException'), '42501', 0, 0 ],
	[
		'not_found', 'error', error(404, 'ResourceNotFoundException'),
		'42704', 0, 0
	],
	[ 'conflict', 'error', error(409, 'ConflictException'), '55000', 0, 0 ],
	[
		'bad_signature', 'error', error(403, 'InvalidSignatureException'),
		'28000', 0, 0
	],
	[
		'bad_token', 'error', error(403, 'UnrecognizedClientException'),
		'28000', 0, 0
	],
	[
		'expired_token', 'error', error(403, 'ExpiredTokenException'),
		'28000', 0, 0
	],
	[ 'garbage', 'garbage', {}, 'HV00M', 0, 1 ],
	[ 'redirect', 'redirect', {}, 'HV00M', 0, 0 ]);

$sim->control(
	'POST', 'seed',
	{
		data_sources => [
			map {
				my $case = $_->[0];
				map { { id => "${case}_$_" } } 1, 5
			} @cases
		]
	});

# Send all.
my @running;
for my $case (@cases)
{
	my ($name, $kind, $params, undef, undef, undef, $prefix) = @$case;

	for my $max (1, 5)
	{
		my $source = "${name}_$max";
		my $session = DatazoneSession->new($node);

		$sim->control(
			'POST', 'faults',
			{
				operation => 'StartDataSourceRun',
				match => { path => "/$source/" },
				count => undef,
				kind => $kind,
				params => $params
			});
		$session->send(
			"SELECT id FROM datazone_start_run('$source', server => '"
			  . ($prefix // 'sim')
			  . "_$max')");
		push @running, [ $case, $max, $source, $session ];
	}
}

# Judge all.
for my $one (@running)
{
	my ($case, $max, $source, $session) = @$one;
	my (undef, undef, undef, $sqlstate, $repeats, $starts) = @$case;
	my $result = $session->result(120);
	my $expected = $repeats ? $max : 1;
	my @requests =
	  grep { $_->{path} =~ m{/$source/} } $sim->log('StartDataSourceRun');
	my @runs = grep { $_->{dataSourceId} eq $source } $sim->runs;

	is($result->{sqlstate}, $sqlstate, "$source: SQLSTATE")
	  or diag($result->{out});
	is(scalar @requests, $expected, "$source: attempts");
	is(scalar @runs, $starts, "$source: runs started");
	like(
		$result->{out},
		qr/^CONTEXT:  StartDataSourceRun, attempt $expected of $max$/m,
		"$source: the context tells the attempts")
	  unless $sqlstate eq 'HV00M';
	$session->close;
}

# Where nothing listens the error alone tells; where a peer hangs up during
# the handshake, the peer does.
for my $max (1, 5)
{
	my $session = DatazoneSession->new($node);
	my $result = $session->query(
		"SELECT id FROM datazone_start_run('x', server => 'refused_$max')");

	is($result->{sqlstate}, 'HV00N', "refused, $max: SQLSTATE");
	like($result->{out},
		qr/^CONTEXT:  StartDataSourceRun, attempt $max of $max$/m,
		"refused, $max: all attempts are made");

	my $counter = HangingUp->new;
	create_datazone_server(
		$node, "tls_$max", $sim,
		max_attempts => $max,
		endpoint_url => 'https://127.0.0.1:' . $counter->port);
	$result = $session->query(
		"SELECT id FROM datazone_start_run('x', server => 'tls_$max')");
	is($result->{sqlstate}, 'HV00N', "no TLS, $max: SQLSTATE");
	is($counter->count, $max, "no TLS, $max: attempts");
	$session->close;
}

# A write that has no client token and is not idempotent is sent again only if
# it surely did nothing: it was not connected, or was refused unread.
for my $case (
	[ 'throttle', {}, '53000', 2 ],
	[ 'internal', {}, '58000', 1 ],
	[ 'unavailable', {}, '58000', 1 ],
	[ 'drop', {}, 'HV00L', 1 ],
	[ 'half_body', {}, 'HV00L', 1 ])
{
	my ($kind, $params, $sqlstate, $attempts) = @$case;
	my $session = DatazoneSession->new($node);

	$sim->clear_faults;
	$sim->clear_log;
	$sim->fault('*', $kind, 'all', %$params);
	my $result = $session->query(q{SELECT datazone_call('CreateProject',
		'{"name": "twice would be two"}', 'sim_2')});
	is($result->{sqlstate}, $sqlstate, "no token, $kind: SQLSTATE")
	  or diag($result->{out});
	is($sim->count, $attempts, "no token, $kind: attempts");
	$session->close;
}
$sim->clear_faults;

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

sub error
{
	my ($status, $code) = @_;
	return { status => $status, code => $code };
}

# A peer that accepts connections, closes them, and counts.
package HangingUp;

use strict;
use warnings;

sub new
{
	my ($class) = @_;
	my $socket =
	  IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 16)
	  or die "no port: $!";

	pipe(my $read, my $write) or die "pipe: $!";
	my $pid = fork // die "fork: $!";
	if ($pid == 0)
	{
		while (my $client = $socket->accept)
		{
			syswrite $write, '.';
		}
		POSIX::_exit(0);
	}
	close $write;
	return bless {
		pid => $pid,
		read => $read,
		port => $socket->sockport
	}, $class;
}

sub port { return $_[0]{port}; }

# Stop, and tell how many came.
sub count
{
	my ($self) = @_;

	kill KILL => $self->{pid};
	waitpid($self->{pid}, 0);
	local $/;
	return length(readline($self->{read}) // '');
}
