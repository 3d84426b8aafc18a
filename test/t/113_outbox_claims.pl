# What a worker has taken up, it brings to its end: a call that must not be
# repeated is sent once, whatever it went through before the worker ended, and
# only what was under way then is in doubt.  Entries that wait are not forgotten,
# not for a lock on the whole table, not for a long transaction that names a
# server for the first time, not for more locked rows than a batch has.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# More than a worker holds at a time; more than it writes in one go.
use constant { MORE_THAN_HELD => 2_600, MORE_THAN_A_BATCH => 1_100 };

# Rows that are locked before their call, which has no token; and how long other
# calls of the operation may take, that has so many tokens a second.
use constant { LOCKED => 30, TOKENS => 10, SOON => 2 };

# How many calls without a token may be under way at five a second: what the
# bucket has at first, and those that come meanwhile.
use constant FEW => 10;

# What the worker may use while all its results wait for locks, in seconds of
# CPU, and over how long that is measured.
use constant { IDLE => 0.5, OVER => 2 };

my $sim = start_simulator();
my $node = new_worker_node(
	'main', $sim,
	server => {
		rate_limit => 0,
		max_attempts => 1,
		connect_timeout => '2s',
		request_timeout => '10s' });
my $closed = 'http://127.0.0.1:1';
my $key = q{access_key_id 'AKIDEXAMPLE',
	secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'};

wait_worker($node);
sent_after_a_retry();
waited_for_a_mapping();
waited_for_the_rate();
behind_a_locked_table();
for_a_server_never_seen();
locked_in_mid_delivery();
locked_before_they_are_marked();
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

# CreateProject has no token and is not idempotent.
sub project_sql
{
	my ($name) = @_;

	return qq{SELECT datazone_enqueue('CreateProject',
		jsonb_build_object('name', $name), server => 'sim')};
}

# How often each project was sent, by its name.
sub sent
{
	my %sent;

	$sent{ $_->{body} =~ /"name": ?"([^"]+)"/ ? $1 : '' }++
	  for $sim->log('CreateProject');
	return \%sent;
}

sub set_endpoint
{
	my ($url) = @_;

	$node->safe_psql('postgres',
		"ALTER SERVER sim OPTIONS (SET endpoint_url '$url')");
	return;
}

# As an administrator would end it; another comes.
sub terminate_worker
{
	my $pid = worker_pid($node);

	is($node->safe_psql('postgres', "SELECT pg_terminate_backend($pid)"),
		't', 'the worker is terminated');
	poll_until(sub { wait_worker($node) != $pid }, 'another worker');
	return;
}

# Nobody listened at first, so that it was tried again; then it was under way.
sub sent_after_a_retry
{
	set_endpoint($closed);
	my $id = $node->safe_psql('postgres', project_sql(q{'retried'}));
	wait_entry($node, $id, 'state, error_code, attempts',
		qr/^pending\|HV00N\|[1-9]/, 'a connection to be refused');
	$sim->fault('CreateProject', 'slow', 1, ms => 5000);
	set_endpoint($sim->url);
	poll_until(sub { sent()->{retried} }, 'the request');
	is( $node->safe_psql('postgres', "SELECT claimed_at IS NOT NULL
			FROM datazone_outbox_entry WHERE id = $id"),
		't', 'tried again: the table says that it is under way');
	terminate_worker();
	like(
		wait_entry($node, $id, 'state, error_code, error_message',
			qr/^(?:failed|gone)/, 'its end'),
		qr/^failed\|58000\|outcome unknown: /,
		'the worker ended meanwhile: the outcome is unknown');
	# the worker that said so would have sent it by then
	my $later = $node->safe_psql('postgres', project_sql(q{'later'}));
	wait_entry($node, $later, 'state', qr/gone/, 'another call');
	is_deeply(sent(), { retried => 1, later => 1 }, 'and it is sent once');
	clear();
	return;
}

# Neither sent nor in doubt, as long as the lane is blocked.
sub waited_for_a_mapping
{
	$node->safe_psql('postgres', '
		CREATE ROLE etl;
		GRANT USAGE ON FOREIGN SERVER sim TO etl;
		GRANT EXECUTE ON FUNCTION datazone_enqueue TO etl');
	$node->safe_psql('postgres',
		'SET ROLE etl; ' . project_sql("'mapped ' || n")
		  . ' FROM generate_series(1, 6) n');
	wait_value($node, q{SELECT count(*) FROM datazone_outbox
		WHERE error_code = '42704'}, qr/^[1-9]/, 'the mapping to be missed');
	$node->safe_psql('postgres',
		"CREATE USER MAPPING FOR etl SERVER sim OPTIONS ($key)");
	is( wait_value($node, q{SELECT (SELECT count(*) FROM datazone_delivery)
			|| ' delivered, ' || (SELECT count(*) FROM datazone_outbox
				WHERE state = 'failed') || ' failed'},
			qr/^(?:6 |.*[1-6] failed)/, 'six ends'),
		'6 delivered, 0 failed', 'given a mapping, all are delivered');
	is_deeply(sent(), { map { ("mapped $_" => 1) } 1 .. 6 }, 'each once');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_outbox'),
		0, 'and none is left');
	clear();
	return;
}

# Those that wait for the rate have not been sent, and nothing is in doubt.
sub waited_for_the_rate
{
	$node->safe_psql('postgres',
		q{ALTER SERVER sim OPTIONS (SET rate_limit '5')});
	$sim->settings(latency_ms => 600);
	$node->safe_psql('postgres', project_sql("'rated ' || n")
		  . ' FROM generate_series(1, 60) n');
	wait_value($node, 'SELECT count(*) FROM datazone_delivery',
		qr/^(?:[3-9]|\d\d)$/, 'some deliveries');
	poll_until(
		sub { grep { !defined $_->{answered_us} } $sim->log('CreateProject') },
		'a request to be under way');
	terminate_worker();
	$sim->settings(latency_ms => 0);
	$node->safe_psql('postgres',
		q{ALTER SERVER sim OPTIONS (SET rate_limit '0')});
	wait_value($node, q{SELECT count(*) FROM datazone_outbox
		WHERE state = 'pending'}, qr/^0$/, 'all to end');
	my ($failed, $unknown) = split /\|/, $node->safe_psql('postgres',
		q{SELECT count(*), count(*) FILTER (
				WHERE error_message LIKE 'outcome unknown: %')
		FROM datazone_outbox});
	my $delivered = $node->safe_psql('postgres',
		'SELECT count(*) FROM datazone_delivery');

	note "$delivered delivered, $failed failed";
	cmp_ok($failed, '>=', 1, 'what was under way is in doubt');
	cmp_ok($failed, '<=', FEW, 'and only that');
	is($unknown, $failed, 'nothing else went wrong');
	is($delivered + $failed, 60, 'the others are delivered');
	my $sent = sent();
	my @twice = grep { $sent->{$_} > 1 } keys %$sent;
	is_deeply(\@twice, [], 'and nothing is sent twice');
	clear();
	return;
}

# Some of them are tried again while nobody can read or write the table.  What
# it takes for the worker to meet the lock is that it is held for a while.
sub behind_a_locked_table
{
	my $session = DatazoneSession->new($node);
	my @runs = map { 1000 + $_ } 1 .. 20;

	set_endpoint($closed);
	enqueue($node, "first $_", run => $_) for @runs;
	wait_value($node, q{SELECT count(*) FROM datazone_outbox
		WHERE error_code = 'HV00N'}, qr/^[1-9]/, 'connections to be refused');
	$session->query('BEGIN');
	$session->query('LOCK TABLE datazone_outbox_entry
		IN ACCESS EXCLUSIVE MODE');
	is($session->query('SELECT pg_sleep(3)')->{sqlstate},
		'00000', 'the table is locked for three seconds');
	$session->query('COMMIT');
	set_endpoint($sim->url);
	my $more = enqueue($node, "second $runs[0]", run => $runs[0]);
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered');
	my @accepted = accepted($sim);
	is_deeply(
		[ sort @accepted ],
		[ sort((map { "first $_" } @runs), "second $runs[0]") ],
		'all are delivered, one more with a run that had waited');
	is_deeply([ grep { / $runs[0]$/ } @accepted ],
		[ "first $runs[0]", "second $runs[0]" ], 'in their order');

	# and while it is locked the endpoint comes back
	set_endpoint($closed);
	enqueue($node, "third $_", run => $_) for @runs[ 0 .. 4 ];
	wait_value($node, q{SELECT count(*) FROM datazone_outbox
		WHERE error_code = 'HV00N'}, qr/^[1-9]/, 'connections to be refused');
	$session->query('BEGIN');
	$session->query('LOCK TABLE datazone_outbox_entry
		IN ACCESS EXCLUSIVE MODE');
	set_endpoint($sim->url);
	$session->query('SELECT pg_sleep(3)');
	$session->query('COMMIT');
	$session->close;
	enqueue($node, "fourth $_", run => $_) for @runs[ 0 .. 4 ];
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered');
	is(scalar(grep { /^(third|fourth) / } accepted($sim)),
		10, 'all are delivered that waited when the endpoint came back');
	is_deeply($sim->control('GET', 'lineage?summary=1')->{accepted_twice},
		[], 'nothing is accepted twice');
	clear();
	return;
}

# Events of runs of their own, as a query.
sub events_sql
{
	my ($job, $count, $server) = @_;

	return "SELECT count(datazone_enqueue_lineage(jsonb_set(
			${\event_sql($job)}, '{run,runId}', to_jsonb(gen_random_uuid())),
			server => '$server'))
		FROM generate_series(1, $count);";
}

# The last of a long transaction is for a server that nobody has used before.
sub for_a_server_never_seen
{
	create_datazone_server($node, 'fresh', $sim, rate_limit => 0);
	$node->safe_psql('postgres',
		'BEGIN;'
		  . events_sql('one of many', MORE_THAN_HELD, 'sim')
		  . events_sql('on its own', 1, 'fresh')
		  . 'COMMIT');
	wait_value($node, q{SELECT count(*) FROM datazone_delivery
		WHERE server = 'fresh'}, qr/^1$/, 'the one to be delivered');
	pass('behind many of another server: delivered');
	wait_delivered($node, MORE_THAN_HELD + 1);
	my $summary = $sim->control('GET', 'lineage?summary=1');
	is_deeply($summary->{accepted_twice}, [], 'and the many, each once');
	$node->safe_psql('postgres', 'SET client_min_messages = warning;
		DROP SERVER fresh CASCADE');
	clear();
	return;
}

# Until no request has come for a second, and none is under way.  How many are
# sent while nothing can be recorded is the worker's affair.
sub wait_until_still
{
	my ($last, $since) = (-1, time());

	poll_until(
		sub {
			my $statistics = $sim->statistics;
			my $total = $statistics->{operations}{PostLineageEvent}{total};
			($last, $since) = ($total, time()) if $total != $last;
			return time() - $since >= 1;
		},
		'requests to end');
	wait_value($node, q{SELECT in_flight FROM datazone_stat
		WHERE datname = 'postgres'}, qr/^0$/, 'the answers');
	note "$last were sent";
	return;
}

# Somebody locks them all while they are sent, before that is recorded.
sub locked_in_mid_delivery
{
	my $session = DatazoneSession->new($node);
	my $pid = worker_pid($node);

	$sim->settings(latency_ms => 1000);
	$session->query(events_sql('locked', MORE_THAN_A_BATCH, 'sim') =~ s/;$//r);
	$session->query('BEGIN');
	is( $session->query('SELECT count(*) FROM (
			SELECT FROM datazone_outbox_entry FOR UPDATE) e')->{out},
		MORE_THAN_A_BATCH, 'all rows are locked');
	poll_until(sub { $sim->count('PostLineageEvent') }, 'the first request');
	$sim->settings(latency_ms => 0);
	wait_until_still();
	my ($since, $used) = (time(), cpu_seconds($pid));
	poll_until(sub { time() - $since >= OVER }, 'time to pass');
	$used = cpu_seconds($pid) - $used;
	note sprintf 'the worker used %.2f s', $used;
	cmp_ok($used, '<', IDLE, 'the worker does not spin');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_delivery'),
		0, 'nothing can be recorded as yet');
	$session->query('COMMIT');
	$session->close;
	wait_delivered($node, MORE_THAN_A_BATCH);
	pass('the locks are gone: all is recorded');
	is(worker_pid($node), $pid, 'by the same worker');
	is_deeply($sim->control('GET', 'lineage?summary=1')->{accepted_twice},
		[], 'nothing is accepted twice');
	is($sim->statistics->{operations}{PostLineageEvent}{total},
		MORE_THAN_A_BATCH, 'nor sent twice');
	clear();
	return;
}

# Whoever has their rows keeps them from being marked, so that they are not
# sent: that is nobody's failure, and takes nothing from others.
sub locked_before_they_are_marked
{
	my $session = DatazoneSession->new($node);
	my $log = -s $node->logfile;
	my $log_now = sub { return slurp_file($node->logfile, $log) };

	$node->safe_psql('postgres', "ALTER SERVER sim
		OPTIONS (ADD paused 'true', SET rate_limit '${\TOKENS}')");
	$node->safe_psql('postgres',
		project_sql("'locked ' || n") . " FROM generate_series(1, ${\LOCKED}) n");
	$session->query('BEGIN');
	is( $session->query('SELECT count(*) FROM (
			SELECT FROM datazone_outbox_entry FOR UPDATE) e')->{out},
		LOCKED, 'rows are locked');
	$node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS (DROP paused)');
	poll_until(
		sub { my @said = $log_now->() =~ /entry \d+ is locked/g; @said == LOCKED },
		'the log to say so of each');
	pass('the log says which are locked');
	for my $n (1 .. 10)
	{
		my $since = time();
		my $id = $node->safe_psql('postgres', project_sql("'free $n'"));
		wait_entry($node, $id, 'state', qr/^gone$/, 'a call beside them');
		cmp_ok(time() - $since, '<', SOON, 'beside them: another call is made');
	}
	my @said = $log_now->() =~ /entry \d+ is locked/g;
	is(scalar(@said), LOCKED, 'it is said once');
	unlike($log_now->(), qr/WARNING:/, 'and nobody is warned');
	is( $node->safe_psql('postgres', q{SELECT count(*) FROM datazone_outbox
			WHERE attempts = 0 AND error_code IS DISTINCT FROM '55P03'}),
		LOCKED, 'nothing has failed');
	$session->query('COMMIT');
	$session->close;
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered');
	my $sent = sent();
	is_deeply(
		[ grep { $sent->{$_} != 1 } keys %$sent ],
		[], 'the locks are gone: each is sent, once');
	is(scalar(keys %$sent), LOCKED + 10, 'and all of them');
	$node->safe_psql('postgres',
		q{ALTER SERVER sim OPTIONS (SET rate_limit '0')});
	clear();
	return;
}
