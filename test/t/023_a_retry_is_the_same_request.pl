# Another attempt carries the same bytes, the same client token and the same
# invocation id, is signed anew, counts itself, comes when the service asked
# for it, and stops when the retry quota of the backend is used up.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim, server => { max_attempts => 5 });
my @sources = qw(ds_throttle ds_drop ds_error ds_given);

$sim->control('POST', 'seed', { data_sources => [ map { { id => $_ } } @sources ] });

# Fails twice, then works.  The waits are in parallel.
my %faults = (
	ds_throttle => [ 'throttle', { retry_after_ms => 1500 } ],
	ds_drop => [ 'drop_after', {} ],
	ds_error => [ 'internal', {} ],
	ds_given => [ 'unavailable', {} ]);
my %session = map { $_ => DatazoneSession->new($node) } @sources;

for my $source (@sources)
{
	my ($kind, $params) = @{ $faults{$source} };
	my $token = $source eq 'ds_given' ? ", client_token => 'my-own-token'" : '';

	$sim->control(
		'POST', 'faults',
		{
			operation => 'StartDataSourceRun',
			match => { path => "/$source/" },
			count => 2,
			kind => $kind,
			params => $params
		});
	$session{$source}->send("SELECT data_source_id, status, id
		FROM datazone_start_run('$source'$token)");
}
for my $source (@sources)
{
	my $result = $session{$source}->result;
	my @runs = grep { $_->{dataSourceId} eq $source } $sim->runs;

	is(scalar @runs, 1, "$source: one run was started");
	is( $result->{out},
		"$source|REQUESTED|" . ($runs[0]{id} // ''),
		"$source: the row is of that run");
	is_repetition($source);
}
is((requests_of('ds_given'))[0]{body},
	'{"clientToken":"my-own-token"}', 'the token that was given is used');

# Dates: the throttled one waited, so its attempts are of different seconds.
my @throttled = requests_of('ds_throttle');
my %dates = map { header($_, 'x-amz-date') => 1 } @throttled;
is(scalar keys %dates, 3, 'each attempt has its own date');
# From request to request: what the simulator takes for the time of its answer
# may be later than the moment when the answer is here.
for my $n (1, 2)
{
	my $waited =
	  ($throttled[$n]{received_us} - $throttled[ $n - 1 ]{received_us}) / 1e6;
	note sprintf('attempt %d came after %.3f s', $n + 1, $waited);
	cmp_ok($waited, '>=', 1.5,
		"x-amz-retry-after is waited for before attempt @{[$n + 1]}");
}

# The service cannot make a session wait for an hour, and what is not a number
# of milliseconds is no wish.
{
	my @hints = (
		[ 'an hour', '3600000', 5, 6.5 ],
		[ 'a date', 'Fri, 20 Nov 2026 12:00:00 GMT', 0, 1.5 ],
		[ 'a negative one', '-3000', 0, 1.5 ]);
	my @running;

	for my $n (0 .. $#hints)
	{
		my ($name, $value) = @{ $hints[$n] };
		my $session = DatazoneSession->new($node);

		$sim->control(
			'POST', 'faults',
			{
				operation => 'GetDataSourceRun',
				match => { path => "/run_orders_10$n\$" },
				kind => 'answer',
				params => {
					status => 503,
					headers => [ [ 'x-amz-retry-after', $value ] ]
				}
			});
		$session->send("SELECT id FROM datazone_get_run('run_orders_10$n')");
		push @running, $session;
	}
	for my $n (0 .. $#hints)
	{
		my ($name, undef, $least, $most) = @{ $hints[$n] };
		my $result = $running[$n]->result;
		my @got =
		  grep { $_->{path} =~ /run_orders_10$n$/ } $sim->log('GetDataSourceRun');

		is($result->{out}, "run_orders_10$n", "$name as a wish: it works");
		is(scalar @got, 2, "$name as a wish: two attempts");
		my $waited = ($got[1]{received_us} - $got[0]{received_us}) / 1e6;
		cmp_ok($waited, '>=', $least, "$name as a wish: not before");
		cmp_ok($waited, '<', $most, "$name as a wish: not much later");
		$running[$n]->close;
	}
}

# The quota: 500, of which each retry of a failed request takes 14, so that 35
# are made in all.  A success gives 1 back, and what its own retry took.
{
	my $session = DatazoneSession->new($node);
	my $call = q{SELECT id FROM datazone_get_run('run_orders_001')};
	my @attempts;

	$sim->clear_faults;
	$sim->fault('GetDataSourceRun', 'internal', 'all');
	for (1 .. 12)
	{
		$sim->clear_log;
		my $result = $session->query($call);
		push @attempts, $sim->count('GetDataSourceRun');
		is($result->{sqlstate}, '58000', 'an error, however often tried')
		  if @attempts == 1 || @attempts == 12;
	}
	is("@attempts", '5 5 5 5 5 5 5 5 4 1 1 1',
		'attempts while the retry quota lasts');

	# 10 are left; four successes make 14, enough for one retry.
	$sim->clear_faults;
	$session->query($call) for 1 .. 3;
	is(attempts_of_failure($session, $call), 1, '13 are not enough');
	$sim->clear_faults;
	$session->query($call);
	is(attempts_of_failure($session, $call), 2, '14 are');
	$session->close;

	# another backend has a quota of its own
	$session = DatazoneSession->new($node);
	is(attempts_of_failure($session, $call), 5, 'a new backend starts anew');
	$session->close;
}

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

sub requests_of
{
	my ($source) = @_;
	return grep { $_->{path} =~ m{/$source/} } $sim->log('StartDataSourceRun');
}

sub header
{
	my ($request, $name) = @_;
	my ($value) = map { $_->[1] }
	  grep { lc $_->[0] eq $name } @{ $request->{headers} };
	return $value // '';
}

# Three requests that differ in what must differ and in nothing else.
sub is_repetition
{
	my ($source) = @_;
	my @sent = requests_of($source);
	my %changing = map { $_ => 1 } qw(amz-sdk-request authorization x-amz-date);
	my @same = map {
		my $request = $_;
		join "\n", $request->{method}, $request->{target}, $request->{body},
		  map { "$_->[0]: $_->[1]" }
		  grep { !$changing{ lc $_->[0] } } @{ $request->{headers} };
	} @sent;

	is(scalar @sent, 3, "$source: two failures, one success");
	is($same[$_], $same[0], "$source: attempt @{[$_ + 1]} is the same request")
	  for 1, 2;
	like($sent[0]{body}, qr/^\{"clientToken":"[!-~]{8,128}"\}$/,
		"$source: with a client token");
	like(header($sent[0], 'amz-sdk-invocation-id'),
		qr/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/,
		"$source: with an invocation id");
	is_deeply([ map { $_->{signature} } @sent ],
		[ 'ok', 'ok', 'ok' ], "$source: each attempt is signed for its time");
	like(header($sent[$_], 'amz-sdk-request'),
		qr/(^|; )attempt=@{[$_ + 1]}; max=5$/,
		"$source: attempt @{[$_ + 1]} counts itself")
	  for 0 .. 2;
	return;
}

sub attempts_of_failure
{
	my ($session, $call) = @_;

	$sim->clear_faults;
	$sim->fault('GetDataSourceRun', 'internal', 'all');
	$sim->clear_log;
	$session->query($call);
	return $sim->count('GetDataSourceRun');
}
