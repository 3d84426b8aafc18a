# Many who wait for a run ask the worker, who asks the service once for all of
# them; where no worker runs, or it goes, they ask by themselves.  Whatever
# happens they end: with the run, at their time-out, or when cancelled.
# A run that was started here is followed from the commit on.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant WAITERS => 20;

# A waiter's own: one that begins, one that fetches the row at the end.
use constant OWN_REQUESTS => 2;

# The worker looks at a followed run at least every ten seconds.
use constant SEEN_AFTER => 12;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 },
	conf => 'max_prepared_transactions = 2');
my @sessions = map { DatazoneSession->new($node) } 1 .. WAITERS;

$sim->settings(runs_per_day => 0);
wait_worker($node);
many_wait();
worker_goes();
ends_in_time();
snapshots();
followed_from_commit();
more_than_it_follows();
follow_of_a_long_name();
$_->close for @sessions;
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# A run that runs for so many seconds.
sub start_run
{
	my ($seconds, $source) = @_;

	return $sim->control('POST', 'runs/start',
		{ data_sources => [ $source // 'ds_orders' ],
			outcome => { status => 'SUCCESS', requested_seconds => 0,
				running_seconds => $seconds } })->{ids}[0];
}

# All sessions wait; gives their results and how many requests that took.
sub all_wait
{
	my ($run, $meanwhile) = @_;

	$sim->control('DELETE', 'statistics');
	for my $n (0 .. $#sessions)
	{
		$sessions[$n]->send(
			$n % 2
			? "CALL datazone_await_run('$run', '1 minute')"
			: "SELECT status FROM datazone_wait_for_run('$run', '1 minute')");
	}
	if ($meanwhile)
	{
		poll_until(
			sub { requests() >= WAITERS },
			'all to have asked once');
		$meanwhile->();
	}
	my @results = map { $_->result(90) } @sessions;
	is_deeply([ map { $_->{out} } @results ],
		[ ('SUCCESS') x WAITERS ], 'all see the end');
	return (\@results, requests());
}

sub requests
{
	my $made = $sim->statistics->{operations}{GetDataSourceRun}{total};
	return $made // 0;
}

sub many_wait
{
	my $seconds = 6;
	my $began = time();
	my ($results, $made) = all_wait(start_run($seconds));
	my ($last) = sort { $b <=> $a } map { $_->{answered} } @$results;

	# of the worker, at most one at each of 0, 0.5, 1, 2, 4, 8 ... seconds
	cmp_ok($made, '<=', WAITERS * OWN_REQUESTS + 12,
		"20 wait for $seconds s: $made requests");
	cmp_ok($last - $began, '<', $seconds + SEEN_AFTER, 'the last one in time');

	# of a data source that is watched, its end is seen by the sync
	watch($node, 'ds_customers');
	$began = time();
	($results, $made) = all_wait(start_run($seconds, 'ds_customers'));
	($last) = sort { $b <=> $a } map { $_->{answered} } @$results;
	cmp_ok($last - $began, '<', $seconds + SEEN_AFTER,
		'of a watched data source, too');
	is( $node->safe_psql('postgres', q{
			SELECT datazone_unwatch('ds_customers')}),
		't',
		'unwatched');
	return;
}

# The worker is ended or switched off while 20 wait.
sub worker_goes
{
	my $pid = wait_worker($node);

	all_wait(start_run(5),
		sub { $node->safe_psql('postgres',
				"SELECT pg_terminate_backend($pid)") });
	cmp_ok(wait_worker($node), '!=', $pid,
		'its worker terminated, another took its place');
	all_wait(start_run(5),
		sub {
			$node->safe_psql('postgres',
				'ALTER SYSTEM SET datazone.enabled = off');
			$node->reload;
		});
	my ($results, $made) = all_wait(start_run(5));
	cmp_ok($made, '>', WAITERS * OWN_REQUESTS,
		"disabled: each asks by itself ($made requests)");
	cmp_ok($made, '<', WAITERS * 20, 'with back-off');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.enabled');
	$node->reload;
	wait_value($node, "SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'", qr/running/, 'the worker to run');

	# for a waiter the service may be gone for a while, too
	my $run = start_run(3);
	all_wait($run, sub { $sim->fault('GetDataSourceRun', 'throttle', 10) });
	$sim->clear_faults;
	return;
}

sub ends_in_time
{
	my $run = start_run(3600);
	my $session = $sessions[0];

	for my $seconds (1, 3)
	{
		for my $wait ("SELECT datazone_wait_for_run('$run', '$seconds s')",
			"CALL datazone_await_run('$run', '$seconds s')")
		{
			my $result = $session->query($wait);
			my $took = $result->{answered} - $result->{sent};
			is($result->{sqlstate}, '55P03', "$seconds s: time-out");
			cmp_ok($took, '>=', $seconds - 0.01, 'not early');
			cmp_ok($took, '<', $seconds + 0.5, 'on time');
		}
	}
	for my $wait ("SELECT datazone_wait_for_run('$run')",
		"CALL datazone_await_run('$run')")
	{
		for my $after (0.05, 1.2)
		{
			my $sent = $session->send($wait);
			poll_until(sub { time() - $sent >= $after }, 'the moment');
			my $cancelled = time();
			kill INT => $session->pid;
			my $result = $session->result;
			is($result->{sqlstate}, '57014', "cancelled after $after s");
			cmp_ok($result->{answered} - $cancelled, '<', 0.25,
				'within 250 ms');
		}
	}

	# nobody waits any more: nobody asks any more
	my $quiet = eval {
		poll_until(
			sub {
				my $before = requests();
				my $began = time();
				poll_until(sub { time() - $began > 4 }, 'time');
				return requests() == $before;
			},
			'the worker to stop asking', 30);
	};
	ok($quiet, 'when all have gone the worker asks no more');
	return;
}

# The caller's snapshot is older than the run's end.
sub snapshots
{
	my $session = $sessions[0];

	for my $level ('REPEATABLE READ', 'SERIALIZABLE')
	{
		my $run = start_run(3);
		$session->query("BEGIN ISOLATION LEVEL $level");
		$session->query('SELECT count(*) FROM datazone_run');
		is( $session->query("SELECT status
				FROM datazone_wait_for_run('$run', '40 s')")->{out},
			'SUCCESS',
			"$level: the end is seen");
		$session->query('COMMIT');
	}
	return;
}

sub followed_from_commit
{
	my $session = $sessions[0];
	my $start = "SELECT id FROM datazone_start_run('ds_stores')";
	my $of = sub {
		"SELECT string_agg(status, ',') FROM datazone_run WHERE id = '$_[0]'";
	};

	$sim->settings(requested_seconds => 1, running_seconds => 2);
	$session->query('BEGIN');
	my $lost = $session->query($start)->{out};
	$session->query('ROLLBACK');
	$session->query('BEGIN');
	my $kept = $session->query($start)->{out};
	is($node->safe_psql('postgres', $of->($kept)),
		'', 'before the commit no one follows');
	$session->query('COMMIT');
	my $committed = time();
	like(wait_value($node, $of->($kept), qr/\w/, 'the run', 10),
		qr/^\w+$/, 'a run that was started is in the table');
	note(sprintf 'seen %.0f ms after the commit',
		(time() - $committed) * 1000);
	is( wait_value($node, $of->($kept), qr/SUCCESS|FAILED|PARTIALLY/,
			'its end'),
		(grep { $_->{id} eq $kept } $sim->runs)[0]{status},
		'and followed to its end');
	wait_value($node, 'SELECT count(*) FROM datazone_followed_run',
		qr/^0$/, 'the follow row to go');
	pass('when the follow row goes');
	is( $node->safe_psql('postgres',
			"SELECT configuration_snapshot IS NULL FROM datazone_run
			WHERE id = '$kept'"),
		(grep { $_->{id} eq $kept }
			  $sim->runs)[0]{dataSourceConfigurationSnapshot} ? 'f' : 't',
		'with its configuration');
	is($node->safe_psql('postgres', $of->($lost)),
		'', 'one whose transaction rolled back is not followed');

	# prepared transactions run no callback at their commit
	$session->query('BEGIN');
	my $prepared = $session->query($start)->{out};
	$session->query(q{PREPARE TRANSACTION 'p'});
	$session->query(q{COMMIT PREPARED 'p'});
	wait_value($node, $of->($prepared), qr/\w/, 'the run', 10);
	pass('COMMIT PREPARED is a commit');
	return;
}

# With few requests at a time the worker follows few runs; who waits for one
# too many is told, and asks.
sub more_than_it_follows
{
	my $followed = q{SELECT followed FROM datazone_stat
		WHERE datname = 'postgres'};

	$node->safe_psql('postgres',
		'ALTER SYSTEM SET datazone.max_in_flight = 1');
	$node->reload;
	push @sessions, map { DatazoneSession->new($node) } 1 .. 16;
	my @runs = map { start_run(3600) } @sessions;
	$sim->clear_log;
	for my $n (0 .. $#sessions)
	{
		$sessions[$n]->send("SELECT datazone_wait_for_run('$runs[$n]')");
	}
	is(wait_value($node, $followed, qr/^32$/, 'as many as there may be'),
		'32', @sessions . ' wait for as many runs: 32 are followed');

	# once when a wait begins; then by the worker, or by who waits
	poll_until(
		sub {
			my %asked;
			$asked{ $_->{path} =~ s{.*/}{}r }++ for $sim->log;
			return !grep { ($asked{$_} // 0) < 3 } @runs;
		},
		'each run to be asked for again and again');
	pass('and all are asked for');
	kill INT => $_->pid for @sessions;
	$_->result for @sessions;
	wait_value($node, $followed, qr/^0$/, 'nothing to follow');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.max_in_flight');
	$node->reload;
	return;
}

# The service's identifiers are short, but that is its own affair.
sub follow_of_a_long_name
{
	my $id = 'run_' . 'x' x 90;
	my %answer = (domainId => 'dzd_simulator', dataSourceId => 'ds_stores',
		id => $id, projectId => 'prj', type => 'PRIORITIZED',
		status => 'REQUESTED', createdAt => 1, updatedAt => 1);
	my $body = '{' . join(',', map { "\"$_\": "
			  . ($answer{$_} eq '1' ? 1 : "\"$answer{$_}\"") }
		  sort keys %answer) . '}';

	$sim->fault('StartDataSourceRun', 'answer', 1, status => 200,
		headers => [], body => $body);
	is($sessions[0]->query("SELECT id FROM datazone_start_run('ds_stores')")
		  ->{out}, $id, 'a run with a long identifier');
	like(
		wait_value($node, q{SELECT worker_last_error FROM datazone_stat
			WHERE datname = 'postgres'}, qr/no longer follows/, 'an error'),
		qr/"\Q$id\E"/,
		'it is asked for by that name');
	is( wait_value($node, 'SELECT count(*) FROM datazone_followed_run',
			qr/^0$/, 'the follow to end'),
		'0', 'and its row goes when the service does not know it');
	return;
}
