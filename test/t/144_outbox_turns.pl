# Whose turn it is: those that pause wait for their time, also with another
# worker; a drain keeps to the server's rate_limit and slows down when it is
# throttled; what is new shares the slots with what is old; what commits late is
# found behind a backlog; and a call without a token that was under way when the
# worker was switched off is not repeated.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use JSON::PP ();
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# More than are read at once before the cursors go on.
use constant MANY => 2_600;

# The server's limit, what the service takes, both a second; how long it is
# until the one has come down to the other, and for how long that is looked at.
use constant { LIMIT => 40, TAKEN => 8, ADAPTED => 8, LOOKED_AT => 6 };

# By how many requests at once a bucket may be missed.
use constant JITTER => 10;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	server => { rate_limit => 0, max_attempts => 1 });

wait_worker($node);
pauses_outlast_a_worker();
keeps_to_the_rate();
slows_down();
new_ones_share_the_slots();
late_ones_behind_a_backlog();
switched_off_in_mid_flight();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

sub clear
{
	$sim->clear_faults;
	$node->safe_psql('postgres',
		'SELECT count(datazone_discard(id)) FROM datazone_outbox;
		 DELETE FROM datazone_delivery');

	# what is under way takes effect
	wait_value($node, 'SELECT in_flight FROM datazone_stat', qr/^0$/,
		'requests to end');
	$sim->reset;
	return;
}

sub set_enabled
{
	my ($enabled) = @_;

	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = '
		  . ($enabled ? 'on' : 'off'));
	$node->reload;
	wait_value($node, q{SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'}, $enabled ? qr/running/ : qr/disabled/,
		'the worker to know');
	return;
}

sub rate_limit
{
	my ($limit) = @_;

	$node->safe_psql('postgres',
		"ALTER SERVER sim OPTIONS (SET rate_limit '$limit')");
	return;
}

# Events of runs of their own, in one transaction.
sub many
{
	my ($job, $count) = @_;

	$node->safe_psql('postgres', "SELECT count(datazone_enqueue_lineage(
			jsonb_set(${\event_sql($job)}, '{run,runId}',
				to_jsonb(gen_random_uuid()))))
		FROM generate_series(1, $count)");
	return;
}

# When the requests arrived, in seconds, in their order.
sub arrivals
{
	return sort { $a <=> $b }
	  map { $_->{received_us} / 1e6 } $sim->log('PostLineageEvent');
}

# What another worker has tried is not tried before its time, and holds its key;
# what it has not tried goes at once.
sub pauses_outlast_a_worker
{
	set_enabled(0);
	my @tried = map { enqueue($node, "tried $_", run => $_) } 1 .. 3;
	my $behind = enqueue($node, 'behind the second', run => 2);
	my @others = map { enqueue($node, "not tried $_") } 1 .. 3;

	$node->safe_psql('postgres', sprintf q{
		CREATE TABLE pause AS SELECT id,
			clock_timestamp() + '6 seconds' AS until
			FROM datazone_outbox WHERE id IN (%s);
		UPDATE datazone_outbox_entry e SET attempts = 3,
			next_attempt_at = p.until, error_code = '58000',
			error_message = 'unavailable' FROM pause p WHERE p.id = e.id},
		join ', ', @tried);
	set_enabled(1);
	wait_entry($node, $_, 'state', qr/^gone$/, 'one not tried') for @others;
	wait_delivered($node, 7);
	is( $node->safe_psql('postgres', q{
			SELECT count(*) FROM pause p JOIN datazone_delivery d
				ON d.outbox_id = p.id WHERE d.delivered_at < p.until}),
		0, 'what pauses waits for its time, with another worker');
	my @jobs = accepted($sim);
	is(join(' ', map { /not tried (\d)/ } @jobs[ 0 .. 2 ]),
		'1 2 3', 'what was not tried goes first');
	is(join(', ', grep { /second|tried 2/ && !/not/ } @jobs),
		'tried 2, behind the second', 'and a key waits as well');
	clear();
	return;
}

# In no time do more arrive than the bucket held and was given.
sub keeps_to_the_rate
{
	rate_limit(LIMIT);
	many('limited', LIMIT * 4);
	wait_delivered($node, LIMIT * 4, 60);
	my @times = arrivals();
	my $too_many = 0;

	for my $first (0 .. $#times)
	{
		for my $last ($first .. $#times)
		{
			my $allowed = LIMIT + LIMIT * ($times[$last] - $times[$first]);
			$too_many++ if $last - $first + 1 > $allowed + JITTER;
		}
	}
	is(scalar @times, LIMIT * 4, 'a drain: each is sent once');
	is($too_many, 0, 'and at no time more than the rate limit allows');
	clear();
	return;
}

# Those that were refused are tried again, so that without slowing down there
# would be LIMIT requests a second all the time.
sub slows_down
{
	$sim->settings(rate_limits => { PostLineageEvent => TAKEN });
	many('throttled', LIMIT * 8);
	my @first = poll_until(sub { $sim->log('PostLineageEvent') ? 1 : 0 },
		'requests');
	my ($begin) = arrivals();
	my $from = $begin + ADAPTED;
	my $to = $from + LOOKED_AT;
	poll_until(sub { time() > $to }, 'some time', ADAPTED + LOOKED_AT + 20);
	my $count = grep { $_ >= $from && $_ < $to } arrivals();

	note "$count requests in " . LOOKED_AT . ' seconds';
	cmp_ok($count, '<', LOOKED_AT * LIMIT / 2,
		'throttled, a drain slows down');
	cmp_ok($count, '>', 0, 'and goes on');
	$sim->settings(rate_limits => {});
	rate_limit(0);
	clear();
	return;
}

# With four slots and answers that take a second, one that is new is among the
# next eight.
sub new_ones_share_the_slots
{
	$node->safe_psql('postgres',
		'ALTER SYSTEM SET datazone.max_in_flight = 4');
	$node->reload;
	$sim->fault('PostLineageEvent', 'slow', 'all', ms => 500);
	many('old', 60);
	wait_value($node, q{SELECT min(clock_timestamp() - enqueued_at)
		> '2 seconds' FROM datazone_outbox}, qr/^t$/, 'them to be old');
	my $id = enqueue($node, 'new');
	my ($enqueued) = $node->safe_psql('postgres', "SELECT extract(epoch
		FROM enqueued_at) FROM (SELECT id, enqueued_at FROM datazone_outbox
			UNION ALL SELECT outbox_id, enqueued_at FROM datazone_delivery) e
		WHERE id = $id");
	wait_entry($node, $id, 'state', qr/^gone$/, 'the new one');
	my ($new) = grep { $_->{body} =~ /"new"/ } $sim->log('PostLineageEvent');
	my @before = grep {
		$_->{received_us} / 1e6 > $enqueued
		  && $_->{received_us} < $new->{received_us}
	} $sim->log('PostLineageEvent');

	note scalar(@before) . ' before it';
	cmp_ok(scalar @before, '<=', 8, 'a new one shares the slots with old ones');
	cmp_ok($node->safe_psql('postgres', 'SELECT count(*)
			FROM datazone_outbox'), '>', 10, 'of which many wait');
	$node->safe_psql('postgres',
		'ALTER SYSTEM RESET datazone.max_in_flight');
	$node->reload;
	clear();
	return;
}

# A transaction that commits when the cursor is far beyond what it enqueued.
sub late_ones_behind_a_backlog
{
	my $slow = DatazoneSession->new($node);

	rate_limit(100);
	$slow->query('BEGIN');
	$slow->query("SELECT datazone_enqueue_lineage(${\event_sql('late', 77)})");
	many('bulk', MANY);
	wait_value($node, 'SELECT count(*) FROM datazone_delivery',
		qr/^\d{3,}$/, 'the cursor to be beyond it');
	$slow->query('COMMIT');
	$slow->close;
	my $next = enqueue($node, 'the next of its key', run => 77);
	wait_entry($node, $next, 'state', qr/^gone$/, 'the next of its key');
	cmp_ok($node->safe_psql('postgres', 'SELECT count(*)
			FROM datazone_outbox'), '>', 500,
		'what commits late is delivered while a backlog waits');
	rate_limit(0);
	wait_delivered($node, MANY + 2, 120);
	my $summary = $sim->control('GET', 'lineage?summary=1');
	is($summary->{accepted}, MANY + 2, 'nothing is lost');
	is_deeply($summary->{accepted_twice}, [], 'nothing is sent twice');
	is(join(', ', grep { !/bulk/ } accepted($sim)),
		'late, the next of its key', 'and its key is in order');
	clear();
	return;
}

sub switched_off_in_mid_flight
{
	$sim->fault('CreateProject', 'slow', 'all', ms => 60_000);
	my $id = $node->safe_psql('postgres',
		q{SELECT datazone_enqueue('CreateProject', '{"name": "once"}')});
	poll_until(sub { $sim->statistics->{in_flight} > 0 }, 'the request');
	set_enabled(0);
	is($node->safe_psql('postgres', entry($id, 'state')),
		'pending', 'switched off in mid-flight, it waits');
	$sim->clear_faults;
	set_enabled(1);
	like(
		wait_entry($node, $id, 'state, error_code, error_message',
			qr/^failed/, 'the end'),
		qr/^failed\|58000\|outcome unknown/,
		'switched on again, its outcome is unknown');
	is(scalar(grep { $_->{body} =~ /"once"/ } $sim->log('CreateProject')),
		1, 'and it is not sent again');
	clear();
	return;
}
