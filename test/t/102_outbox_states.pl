# What becomes of entries that are not simply delivered: those that the service
# refuses give up and say why, those that meet trouble wait and go on, and a
# call that must not be repeated is not.  What is requeued goes last, what is
# discarded is gone; nobody's open transaction holds the others up.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $node = new_worker_node(
	'main', $sim,
	server => {
		rate_limit => 0,
		max_attempts => 1,
		connect_timeout => '2s',
		request_timeout => '3s' });
my $reason = "state, error_code, error_message";

wait_worker($node);
refused();
requeued_and_discarded();
tried_again();
not_repeated();
in_order();
while_it_is_sent();
locked_rows();
too_old();
what_is_kept();
a_limit_after_a_restart();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# Start afresh: no entries, no deliveries, no faults, nothing accepted.
sub clear
{
	$sim->clear_faults;
	$node->safe_psql('postgres',
		'SELECT datazone_discard(id) FROM datazone_outbox;
		 DELETE FROM datazone_delivery');
	$sim->reset;
	return;
}

# As datazone_stat has it.
sub failed_entries
{
	return $node->safe_psql('postgres', 'SELECT entries_failed
		FROM datazone_stat WHERE datname = current_database()');
}

# The service's no is the end, with its words.
sub refused
{
	my @cases = (
		[ 400, 'ValidationException', '22023' ],
		[ 401, 'UnauthorizedException', '28000' ],
		[ 402, 'ServiceQuotaExceededException', '53400' ],
		[ 403, 'AccessDeniedException', '42501' ],
		[ 404, 'ResourceNotFoundException', '42704' ],
		[ 409, 'ConflictException', '55000' ]);

	for my $case (@cases)
	{
		my ($status, $code, $sqlstate) = @$case;
		$sim->fault('PostLineageEvent', 'error', 'all', status => $status,
			code => $code, message => 'these words');
		my $id = enqueue($node, "refused $status");
		my $said = wait_entry($node, $id, "$reason, request_id, attempts",
			qr/^failed/, "$status to be final");
		my ($last) = grep { $_->{operation} eq 'PostLineageEvent' }
		  reverse $sim->log;
		like($said,
			qr/^failed\|$sqlstate\|.*$code.*$status.*these words.*\|\Q$last->{request_id}\E\|\d+$/,
			"$status: SQLSTATE, code, status, words and request");
		$sim->clear_faults;
	}
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_delivery'),
		0, 'nothing was delivered');
	is($node->safe_psql('postgres',
			'SELECT queue_depth, oldest_entry_age, entries_failed, entries_held
			 FROM datazone_stat WHERE datname = current_database()'),
		'0||6|0', 'what gave up does not wait, and is counted') or diag $node->safe_psql(
		'postgres', 'TABLE datazone_stat');
	return;
}

# Those six, again.
sub requeued_and_discarded
{
	my $tokens = 'SELECT string_agg(client_token, \',\' ORDER BY %s)
		FROM %s';
	my $were = $node->safe_psql('postgres',
		sprintf $tokens, 'id', 'datazone_outbox');

	is( $node->safe_psql('postgres',
			'SELECT count(*) FILTER (WHERE datazone_requeue(id))
			 FROM (SELECT id FROM datazone_outbox ORDER BY id) e'),
		6, 'all are requeued');
	wait_delivered($node, 6);
	is(failed_entries(), 0, 'and no longer counted as failed');
	is($node->safe_psql('postgres',
			sprintf $tokens, 'outbox_id', 'datazone_delivery'),
		$were, 'and delivered, with the tokens they had');
	is($node->safe_psql('postgres', 'SELECT min(outbox_id), sum(attempts)
			FROM datazone_delivery'),
		'7|6', 'under new numbers, with new attempts');

	$sim->fault('PostLineageEvent', 'error', 1, status => 400,
		code => 'ValidationException');
	my $id = enqueue($node, 'discarded');
	wait_entry($node, $id, 'state', qr/failed/, 'an entry to fail');
	is(failed_entries(), 1, 'it is counted');
	$node->safe_psql('postgres',
		"BEGIN; SELECT datazone_discard($id); ROLLBACK");
	is(failed_entries(), 1, 'as it is after a ROLLBACK');

	# the table's owner needs no function: the worker counts again
	$node->safe_psql('postgres',
		'BEGIN; TRUNCATE datazone_outbox_entry; ROLLBACK');
	is(failed_entries(), 1, 'no TRUNCATE, no change');
	is($node->safe_psql('postgres', "SELECT datazone_discard($id),
			datazone_discard($id), datazone_requeue($id)"),
		't|f|f', 'discarded is discarded');
	is(failed_entries(), 0, 'and not counted');

	$sim->fault('PostLineageEvent', 'error', 1, status => 400,
		code => 'ValidationException');
	$id = enqueue($node, 'truncated');
	wait_entry($node, $id, 'state', qr/failed/, 'an entry to fail');
	is(failed_entries(), 1, 'one more');
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	poll_until(sub { failed_entries() == 0 }, 'the worker to count');
	clear();
	return;
}

# Trouble that passes: the same bytes and the same token, until it has passed.
sub tried_again
{
	my @kinds = qw(internal unavailable throttle drop drop_after half_body
	  garbage stall);

	for my $kind (@kinds)
	{
		$sim->clear_log;
		$sim->fault('PostLineageEvent', $kind, 2);
		my $id = enqueue($node, "tried $kind");
		wait_entry($node, $id, "$reason, next_attempt_at > enqueued_at",
			qr/^pending\|(58000|53000|HV00L|HV00M)\|.+\|t$|^gone$/,
			"$kind to be told");
		wait_entry($node, $id, 'state', qr/gone/, "$kind to pass");
		my @tries =
		  grep { $_->{operation} eq 'PostLineageEvent' } $sim->log;
		is(scalar(@tries), 3, "$kind: tried until it passed");
		my %bytes = map { $_->{body} => 1 } @tries;
		is(scalar(keys %bytes), 1, "$kind: with the same bytes");
		# libcurl tries by itself where a kept connection had gone
		like( $node->safe_psql('postgres',
				"SELECT attempts FROM datazone_delivery WHERE outbox_id = $id"),
			$kind =~ /drop/ ? qr/^[1-3]$/ : qr/^3$/,
			"$kind: and all are counted");
	}
	my $summary = $sim->control('GET', 'lineage?summary=1');
	is_deeply($summary->{accepted_twice}, [], 'nothing is accepted twice');
	is_deeply([ accepted($sim) ], [ map { "tried $_" } @kinds ],
		'and each once');

	# nobody listens
	my $url = $sim->url;
	$node->safe_psql('postgres',
		"ALTER SERVER sim OPTIONS (SET endpoint_url 'http://127.0.0.1:1')");
	my $id = enqueue($node, 'unreachable');
	like(wait_entry($node, $id, $reason, qr/HV00N/, 'an error'),
		qr/^pending\|HV00N\|/, 'an endpoint that is not there: it waits');
	like($node->safe_psql('postgres',
			'SELECT queue_depth, oldest_entry_age > \'0\' FROM datazone_stat
			 WHERE datname = current_database()'),
		qr/^1\|t$/, 'and datazone_stat says that it does');
	$node->safe_psql('postgres',
		"ALTER SERVER sim OPTIONS (SET endpoint_url '$url')");
	wait_entry($node, $id, 'state', qr/gone/, 'the delivery');
	pass('there again: delivered');
	clear();
	return;
}

# CreateProject has no token: what may have arrived is not sent again.
sub not_repeated
{
	my $call = sub {
		my ($name) = @_;
		return $node->safe_psql('postgres',
			qq{SELECT datazone_enqueue('CreateProject', '{"name": "$name"}')});
	};
	my $effects = sub { scalar $sim->effects('CreateProject') };

	my $id = $call->('plain');
	wait_entry($node, $id, 'state', qr/gone/, 'a project');
	is($effects->(), 1, 'without a token: sent once');
	is( $node->safe_psql('postgres', "SELECT client_token IS NULL,
			service_id IS NOT NULL, operation FROM datazone_delivery
			WHERE outbox_id = $id"),
		't|t|CreateProject', 'and recorded, with what the service calls it');

	my %arrived = (internal => 0, drop_after => 1, half_body => 1, stall => 0);
	for my $kind (sort keys %arrived)
	{
		my $before = $effects->();
		$sim->fault('CreateProject', $kind, 1);
		$id = $call->($kind);
		like(
			wait_entry($node, $id, $reason, qr/^failed/, "$kind to be final"),
			qr/^failed\|\w{5}\|outcome unknown: /,
			"$kind: the outcome is unknown");
		is($effects->() - $before, $arrived{$kind}, "$kind: not sent again");
	}

	# what has certainly not been done may be done
	my $before = $effects->();
	$sim->fault('CreateProject', 'throttle', 2);
	$id = $call->('throttled');
	wait_entry($node, $id, 'state', qr/gone/, 'a project after throttling');
	is($effects->() - $before, 1, 'throttled: sent again, and done once');

	# the worker is killed while it is under way
	$sim->fault('CreateProject', 'slow', 1, ms => 2000);
	$id = $call->('killed');
	poll_until(sub { grep { ($_->{body} // '') =~ /killed/ } $sim->log },
		'the request');
	kill KILL => worker_pid($node);
	$node->poll_query_until('postgres', 'SELECT true')
	  or die 'the server did not come back';
	like(
		wait_entry($node, $id, $reason, qr/^failed/, 'the next worker'),
		qr/^failed\|58000\|outcome unknown: the worker ended/,
		'the worker was killed meanwhile: the outcome is unknown');
	is($node->safe_psql('postgres', "SELECT datazone_requeue($id)"),
		't', 'who knows better may requeue it');
	wait_value($node, 'SELECT count(*) FROM datazone_outbox
		WHERE state = \'pending\'', qr/^0$/, 'the delivery');
	clear();
	return;
}

# Within a key one after the other, also while the first is tried again; keys
# overtake each other; what gave up holds nobody, and a requeued one goes last.
sub in_order
{
	$sim->control('POST', 'faults',
		{ operation => 'PostLineageEvent', kind => 'internal', count => 2,
			match => { body => 'first' } });
	enqueue($node, $_, run => 1) for 'first', 'second', 'third';
	enqueue($node, 'other', run => 2);
	is_deeply([ wait_accepted($sim, 4) ],
		[qw(other first second third)],
		'one that is tried again holds its key, and no other');
	wait_delivered($node, 4);
	clear();

	$sim->control('POST', 'faults',
		{ operation => 'PostLineageEvent', kind => 'error', count => 1,
			match => { body => 'first' },
			params => { status => 400, code => 'ValidationException' } });
	$node->safe_psql('postgres',
		"ALTER SERVER sim OPTIONS (ADD paused 'true')");
	my $first = enqueue($node, 'first', run => 3);
	enqueue($node, 'second', run => 3);
	$node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS (DROP paused)');
	is_deeply([ wait_accepted($sim, 1) ], ['second'],
		'one that gave up does not hold its key');
	$node->safe_psql('postgres', "BEGIN;
		SELECT datazone_enqueue_lineage(${\event_sql('third', 3)});
		SELECT datazone_requeue($first);
		SELECT datazone_enqueue_lineage(${\event_sql('fourth', 3)});
		COMMIT");
	is_deeply([ wait_accepted($sim, 4) ],
		[qw(second third first fourth)],
		'a requeued one goes where it was requeued');
	wait_delivered($node, 3 + 1);
	clear();

	# across operations and roles a key is a key
	my $keyed = sub {
		my ($name) = @_;
		return qq{SELECT datazone_enqueue('CreateProject',
			'{"name": "$name"}', 'a key')};
	};
	$sim->fault('CreateProject', 'throttle', 2);
	$node->safe_psql('postgres', $keyed->("project $_")) for 1 .. 3;
	poll_until(sub { $sim->effects('CreateProject') == 3 }, 'three projects');
	is( join(' ',
			map { $_->{body} =~ /project (\d)/ }
			  grep { $_->{operation} eq 'CreateProject' && $_->{status} == 201 }
			  $sim->log),
		'1 2 3',
		'datazone_enqueue: in the order of its key');
	wait_delivered($node, 3);
	clear();
	return;
}

# Discarded in mid-request: it may arrive, and nothing is left of it here.
sub while_it_is_sent
{
	$sim->fault('PostLineageEvent', 'slow', 1, ms => 1500);
	my $id = enqueue($node, 'in flight');
	poll_until(sub { $sim->count('PostLineageEvent') }, 'the request');
	is($node->safe_psql('postgres', "SELECT datazone_requeue($id),
			datazone_discard($id)"),
		'f|t', 'discarded while it is sent');
	enqueue($node, 'next');
	wait_delivered($node, 1);
	wait_accepted($sim, 2);
	wait_value($node, 'SELECT in_flight FROM datazone_stat
		WHERE datname = current_database()', qr/^0$/, 'the answer');
	is($node->safe_psql('postgres', 'SELECT (SELECT count(*) FROM
			datazone_outbox), (SELECT count(*) FROM datazone_delivery)'),
		'0|1', 'nothing is left of it, and nothing is recorded');
	clear();
	return;
}

# Somebody discards and does not commit: the others are recorded meanwhile.
sub locked_rows
{
	my $session = DatazoneSession->new($node);
	$sim->fault('PostLineageEvent', 'slow', 1, ms => 1000);
	my $id = enqueue($node, 'locked');

	poll_until(sub { $sim->count('PostLineageEvent') }, 'the request');
	$session->query('BEGIN');
	is($session->query("SELECT datazone_discard($id)")->{out},
		't', 'an entry is locked');
	wait_accepted($sim, 1);
	enqueue($node, "other $_") for 1 .. 20;
	wait_value($node, 'SELECT count(*) FROM datazone_delivery',
		qr/^20$/, 'the others to be recorded', 10);
	pass('its lock holds no other up');
	is($node->safe_psql('postgres', entry($id, 'state')),
		'pending', 'it is still there');
	$session->query('ROLLBACK');
	wait_delivered($node, 21);
	pass('and recorded when the lock has gone');

	# a worker that starts is not kept from work either
	$node->safe_psql('postgres',
		"ALTER SERVER sim OPTIONS (ADD paused 'true')");
	my @ids = map { enqueue($node, "late $_") } 1 .. 3;
	wait_entry($node, $ids[0], $reason,
		qr/paused.*ALTER SERVER sim OPTIONS \(DROP paused\)/,
		'the pause, and how it ends');
	$session->query('BEGIN');
	$session->query("SELECT datazone_discard($ids[0])");
	my $pid = worker_pid($node);
	kill TERM => $pid;
	poll_until(sub { wait_worker($node) != $pid }, 'another worker');
	$node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS (DROP paused)');
	wait_value($node, 'SELECT count(*) FROM datazone_delivery',
		qr/^23$/, 'the others to be delivered', 15);
	pass('a new worker goes on around a locked entry');
	$session->query('ROLLBACK');
	wait_delivered($node, 24);
	$session->close;
	is_deeply($sim->control('GET', 'lineage?summary=1')->{accepted_twice},
		[], 'nothing is accepted twice');
	clear();
	return;
}

# datazone.max_entry_age ends it.
sub too_old
{
	$node->safe_psql('postgres',
		"ALTER SYSTEM SET datazone.max_entry_age = '3s'");
	$node->reload;
	$sim->fault('PostLineageEvent', 'internal', 'all');
	my $id = enqueue($node, 'old');
	like(
		wait_entry($node, $id, "$reason, attempts", qr/^failed/,
			'its age to end it'),
		qr/^failed\|58000\|.*InternalServerException.*\|[2-9]/,
		'too old: it gives up, with the last error');
	$sim->clear_faults;
	is($node->safe_psql('postgres', "SELECT datazone_requeue($id)"),
		't', 'requeued, it is young again');
	wait_delivered($node, 1);
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.max_entry_age');
	$node->reload;
	clear();
	return;
}

# datazone.delivery_retention, in batches of a thousand.
sub what_is_kept
{
	$node->safe_psql('postgres', q{
		INSERT INTO datazone_delivery (outbox_id, role, delivered_at)
		SELECT 1000000 + n, current_user::regrole,
			now() - '7 days'::interval + n * '1 minute'::interval
		FROM generate_series(-2500, 2500) n});
	$node->safe_psql('postgres',
		"ALTER SYSTEM SET datazone.delivery_retention = '6d'");
	$node->reload;
	wait_value($node, 'SELECT min(outbox_id) - 1000000 FROM datazone_delivery',
		qr/^14[34]\d$/, 'a day less');
	pass('what is older goes');
	enqueue($node, 'kept');
	wait_value($node, q{SELECT count(*) FROM datazone_delivery
		WHERE delivered_at > now() - '1 minute'::interval},
		qr/^1$/, 'a delivery');
	$node->safe_psql('postgres',
		"ALTER SYSTEM SET datazone.delivery_retention = '2s'");
	$node->reload;
	wait_value($node, 'SELECT count(*) FROM datazone_delivery', qr/^0$/,
		'all to go');
	pass('and what becomes old later');
	$node->safe_psql('postgres',
		'ALTER SYSTEM RESET datazone.delivery_retention');
	$node->reload;
	return;
}

# What waited when the server started is counted, also if no worker does it.
sub a_limit_after_a_restart
{
	clear();
	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = off');
	$node->reload;
	wait_value($node, 'SELECT worker_state FROM datazone_stat
		WHERE datname = current_database()', qr/^disabled/,
		'the worker to rest');
	enqueue($node, "waits $_") for 1 .. 3;
	$node->safe_psql('postgres',
		'ALTER SYSTEM SET datazone.max_queue_size = 4');
	$node->restart;
	enqueue($node, 'waits 4');
	my ($status, $out, $error) = $node->psql('postgres',
		'SELECT datazone_enqueue_lineage('
		  . event_sql('one too many')
		  . ')');
	like($error, qr/the outbox is full/, 'a restart does not make it larger');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.enabled;
		ALTER SYSTEM RESET datazone.max_queue_size');
	$node->reload;
	wait_delivered($node, 4);
	is($node->safe_psql('postgres', 'SELECT queue_depth FROM datazone_stat
		WHERE datname = current_database()'), 0, 'and none is counted twice');
	return;
}
