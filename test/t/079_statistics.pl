# What datazone_stat counts is what the simulator has counted.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use JSON::PP;
use PostgreSQL::Test::Utils;
use Test::More;

my @sources = map { "ds_$_" } qw(orders customers returns inventory payments
  clickstream stores preferences);
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });
my $session = DatazoneSession->new($node);

# Trouble of each kind, and calls of sessions among the worker's.  (A connection
# that is dropped is none of them: what libcurl sends again by itself is seen by
# the simulator alone.)
for my $kind (qw(throttle internal unavailable garbage half_body))
{
	watch($node, @sources);
	wait_synced($node, $sim, quick => 1);
	$sim->fault('*', $kind, 7);
	poll_until(sub { !grep { $_->{hits} < 7 } faults() }, "$kind to strike");
	$sim->clear_faults;
	$session->query(q{SELECT count(*) FROM datazone_list_data_source_runs(
		'ds_orders')});
	$session->query(q{SELECT * FROM datazone_get_run('run_none')});
	like(
		wait_value($node, query_of('watched, worker_pid, worker_state'),
			qr/^8\|/, 'the watches to be counted'),
		qr/^8\|\d+\|running$/,
		"$kind: what it says of the worker");
	rest();
	is(stat_of('requests'), $sim->statistics->{requests},
		"$kind: all requests are counted");
}
$session->query(q{SELECT id FROM datazone_start_run('ds_returns')});
$sim->control('POST', 'clock', { advance_seconds => 3600 });
wait_value($node, 'SELECT count(*) FROM datazone_followed_run', qr/^0$/,
	'what is followed to end');
rest();

my $truth = $sim->statistics;
my $own = stat_of('requests, throttles, retries, bytes_sent, calls, failures');
my ($requests, $throttles, $retries, $sent, $calls, $failures) =
  split /\|/, $own;
my %faults;
for my $operation (values %{ $truth->{operations} })
{
	$faults{$_} += $operation->{faults}{$_}
	  for keys %{ $operation->{faults} };
}
is($requests, $truth->{requests}, 'requests');
is($throttles, $faults{throttle}, 'throttles');
is($sent, $truth->{body_bytes}, 'bytes of bodies that were sent');
is($retries, scalar(grep { $_->{attempt} > 1 } $sim->log),
	'retries are the attempts after the first');
is($calls, $requests - $retries, 'calls are the first attempts');

my $classes = decode_json(stat_of('failures_by_sqlstate'));
my $sum = 0;
$sum += $_ for values %$classes;
is($sum, $failures, 'classes of failures add up');
is($classes->{42704}, 5, 'not found, five times');
cmp_ok($classes->{HV00M} // 0, '>', 0, 'answers that were garbage are there');
like(
	stat_of('mean_latency_ms > 0 AND mean_latency_ms <= max_latency_ms,
		bytes_received > 100000'),
	qr/^t\|t$/, 'latency and bytes received make sense');

# Watches that fail, and that are held.
is(stat_of('watches_failing, watches_held'), '0|0', 'no watch, none that fails');
watch($node, 'ds_orders', 'ds_none', 'ds_nobody', 'ds_payments');
like(
	wait_value($node, query_of('watched, watches_failing, watches_held'),
		qr/^4\|2\|/, 'two to fail'),
	qr/\|0$/,
	'of four watches two fail, as their data sources do not exist');
$session->query(q{UPDATE datazone_watched_data_source
	SET origin_database_id = 1 WHERE data_source_id IN ('ds_none', 'ds_payments');
	ALTER SERVER sim OPTIONS (SET rate_limit '0')});
is( wait_value($node, query_of('watched, watches_failing, watches_held'),
		qr/^2\|/, 'two to be held'),
	'2|1|2', 'one of each is held');
my $pid = wait_worker($node);
$session->query("SELECT pg_terminate_backend($pid)");
isnt(wait_worker($node), $pid, 'another worker');
is( wait_value($node, query_of('watched, watches_failing, watches_held'),
		qr/^2\|.\|2/, 'the watches to be counted'),
	'2|1|2', 'knows at once what is wrong');
$session->query(q{DELETE FROM datazone_watched_data_source
	WHERE state = 'held'; SELECT datazone_unwatch('ds_nobody')});
is( wait_value($node, query_of('watched, watches_failing, watches_held'),
		qr/^1\|/, 'the watches to end'),
	'1|0|0', 'what is gone is not counted');

# The last error stays, with its time.
is( stat_of(q{worker_last_error, worker_last_error_at
		BETWEEN worker_started_at - interval '1 minute' AND worker_started_at,
		worker_state}),
	'the worker was terminated; see the server log|t|running',
	'the last error is told with its time, also when all is well again');

# Counting goes on, from nothing after a restart of the server; the worker is
# not to ask anything before we look.
$session->query(q{ALTER SERVER sim OPTIONS (ADD paused 'true')});
$node->restart;
is(stat_of('requests, calls, failures'), '0|0|0', 'a restart forgets');
is(stat_of('worker_last_error, worker_last_error_at'), '|', 'errors, too');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$session->close;
$node->stop;
done_testing();

sub faults
{
	return @{ $sim->control('GET', 'faults')->{faults} };
}

sub query_of
{
	my ($columns) = @_;

	return "SELECT $columns FROM datazone_stat WHERE datname = 'postgres'";
}

sub stat_of
{
	my ($columns) = @_;

	return $node->safe_psql('postgres', query_of($columns));
}

# Wait until nothing is under way.
sub rest
{
	wait_cycles($sim, 1, \@sources)
	  if stat_of('watched') > 0;
	$node->safe_psql('postgres',
		'SELECT count(datazone_unwatch(data_source_id))
		FROM datazone_watched_data_source');
	poll_until(
		sub {
			$sim->statistics->{in_flight} == 0
			  && stat_of('watched, followed, in_flight') eq '0|0|0';
		},
		'the worker to rest');
	return;
}
