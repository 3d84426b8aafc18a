# The worker sends for the entry's role, and asks each time whether it may.  What
# is paused, switched off, revoked, or without a user mapping waits and says
# why, and goes on at once when that is mended; what belongs to a role or a
# server that is gone gives up, and one of the same name inherits nothing.

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
my $node =
  new_worker_node('main', $sim, server => { rate_limit => 0 });
my $key = q{access_key_id 'AKIDEXAMPLE',
	secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'};
my $reason = 'state, error_code, error_message';

# what was mended is noticed at once: the lane alone would wait for a minute
use constant AT_ONCE => 3;

$node->safe_psql('postgres', "
	CREATE ROLE etl;
	CREATE ROLE clerk;
	GRANT USAGE ON FOREIGN SERVER sim TO etl, clerk;
	GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage TO etl, clerk;
	CREATE USER MAPPING FOR clerk SERVER sim OPTIONS ($key)");
wait_worker($node);
waits_for(
	'a user mapping', qr/42704\|.*mapping/,
	'SELECT',
	"CREATE USER MAPPING FOR etl SERVER sim OPTIONS ($key)");
waits_for(
	'a key that is known', undef,
	"ALTER USER MAPPING FOR etl SERVER sim OPTIONS (DROP secret_access_key,
		DROP access_key_id)",
	"ALTER USER MAPPING FOR etl SERVER sim OPTIONS (ADD $key)" =~
	  s/, *\s*secret/, ADD secret/r);
waits_for(
	'USAGE', qr/42501\|.*permission denied/,
	'REVOKE USAGE ON FOREIGN SERVER sim FROM etl',
	'GRANT USAGE ON FOREIGN SERVER sim TO etl');
waits_for(
	'USAGE by membership', qr/42501\|.*permission denied/,
	'CREATE ROLE loaders; GRANT USAGE ON FOREIGN SERVER sim TO loaders;
	 REVOKE USAGE ON FOREIGN SERVER sim FROM etl',
	'GRANT loaders TO etl');
$node->safe_psql('postgres', 'GRANT USAGE ON FOREIGN SERVER sim TO etl');
waits_for(
	'the end of a pause', qr/55000\|.*paused/,
	"ALTER SERVER sim OPTIONS (ADD paused 'true')",
	"ALTER SERVER sim OPTIONS (SET paused 'false')",
	'all');
$node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS (DROP paused)');
one_by_one();
switched_off();
others_go_on();
role_is_gone();
server_is_gone();
gone_while_it_is_sent();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# Enqueue for etl, then take something away; it waits until it is given.
sub waits_for
{
	my ($what, $words, $take, $give, $all) = @_;

	$sim->reset;
	$node->safe_psql('postgres',
		"ALTER SYSTEM SET datazone.enabled = off");
	$node->reload;
	wait_value($node, "SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'", qr/disabled/, 'the worker to be disabled');
	my @ids = map {
		enqueue($node, "$what $_", run => $_ % 2 ? 1 : 2,
			set => 'SET ROLE etl')
	} 1 .. 4;
	my $clerks = enqueue($node, 'of another role', set => 'SET ROLE clerk');
	$node->safe_psql('postgres', $take);
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.enabled');
	$node->reload;
	if (defined $words)
	{
		like(
			wait_value($node, 'SELECT string_agg(concat_ws(\'|\',' . $reason
				  . q{), '; ') FROM datazone_outbox WHERE error_code IS NOT NULL},
				$words, "$what to be missed"),
			qr/^pending\|/, "without $what: it waits, and says for what");
		is( $node->safe_psql('postgres', q{
				SELECT bool_and(next_attempt_at > now() + interval '20 s')
				FROM datazone_outbox WHERE error_code IS NOT NULL}),
			't',
			"without $what: and until when");
	}
	else
	{
		wait_value($node, 'SELECT count(*) FROM datazone_outbox
			WHERE error_code IS NOT NULL', qr/^[1-9]/, "$what to be missed");
	}
	if (!$all)
	{
		wait_entry($node, $clerks, 'state', qr/gone/, 'the other role');
		pass("without $what: another role's entry is delivered");
	}
	is(scalar(grep { $_ ne 'of another role' } accepted($sim)),
		0, "without $what: nothing is sent");
	my $given = time();
	$node->safe_psql('postgres', $give);
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered');
	cmp_ok(time() - $given, '<', AT_ONCE, "given $what, it is delivered at once");
	is(scalar(accepted($sim)), 5, 'each once');
	my @odd = grep { /[13]$/ } accepted($sim);
	is_deeply(\@odd, [ "$what 1", "$what 3" ], 'in the order of their keys');
	return;
}

# Entries that come just as their lane is blocked, with keys of their own and
# with the same: nothing of a lane is looked at later than the rest.
sub one_by_one
{
	my $session = DatazoneSession->new($node);
	my $run = 100;

	for my $what ('of one key', 'of several keys')
	{
		my $slowest = 0;

		$sim->reset;
		for my $round (1 .. 3)
		{
			$session->query(q{ALTER SERVER sim OPTIONS (ADD paused 'true')});
			for my $n (1 .. 14)
			{
				my $event = event_sql("$what $n", $run);
				$session->query("SELECT datazone_enqueue_lineage($event)");
				$run++ if $what =~ /several/;
			}
			wait_value($node, 'SELECT count(*) FROM datazone_outbox
				WHERE error_message IS NOT NULL', qr/^[1-9]/, 'the pause');
			my $given = time();
			$session->query('ALTER SERVER sim OPTIONS (DROP paused)');
			wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
				'all to be delivered');
			$slowest = time() - $given if time() - $given > $slowest;
		}
		cmp_ok($slowest, '<', AT_ONCE,
			"$what, enqueued during a pause: delivered at once");
		is(scalar(accepted($sim)), 42, 'each once');
	}
	$session->close;
	return;
}

# datazone.enabled = off: accepted, and delivered when it is on again.
sub switched_off
{
	$sim->reset;
	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = off');
	$node->reload;
	wait_value($node, "SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'", qr/disabled/, 'the worker to be disabled');
	my $id = enqueue($node, 'while off');
	is($node->safe_psql('postgres', entry($id, $reason)),
		'pending', 'switched off: it waits');
	is($node->safe_psql('postgres', "SELECT queue_depth,
			oldest_entry_age IS NOT NULL FROM datazone_stat
			WHERE datname = 'postgres'"),
		'1|t', 'and is counted');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.enabled');
	$node->reload;
	wait_entry($node, $id, 'state', qr/gone/, 'the delivery');
	is_deeply([ accepted($sim) ], ['while off'], 'on again: it is delivered');
	wait_value($node, "SELECT queue_depth || '|' ||
			(oldest_entry_age IS NULL) FROM datazone_stat
			WHERE datname = 'postgres'", qr/^0\|true$/, 'nothing to wait');
	return;
}

# One lane that cannot go on delays no other, however much waits there.
sub others_go_on
{
	$sim->reset;
	$node->safe_psql('postgres', "
		REVOKE USAGE ON FOREIGN SERVER sim FROM etl, loaders;
		GRANT USAGE ON FOREIGN SERVER sim TO etl;
		SET ROLE etl;
		SELECT count(datazone_enqueue_lineage(jsonb_set(
			${\event_sql('of etl')}, '{run,runId}', to_jsonb(gen_random_uuid()))))
		FROM generate_series(1, 3000);
		RESET ROLE;
		REVOKE USAGE ON FOREIGN SERVER sim FROM etl");
	# some of them may have gone out by then
	wait_value($node, "SELECT count(*) FROM datazone_outbox
		WHERE error_code = '42501'", qr/^[1-9]/, 'USAGE to be missed');
	my $sent = time();
	my $id = enqueue($node, 'urgent', set => 'SET ROLE clerk');
	wait_entry($node, $id, 'state', qr/gone/, 'the delivery');
	cmp_ok(time() - $sent, '<', AT_ONCE, 'others are not delayed');
	$node->safe_psql('postgres', 'GRANT USAGE ON FOREIGN SERVER sim TO etl');
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered', 60);
	my $summary = $sim->control('GET', 'lineage?summary=1');
	is(scalar(accepted($sim)), 3001, 'and all of them are sent');
	is_deeply($summary->{accepted_twice}, [], 'each once');
	return;
}

# Enqueue with the server paused; then something happens to what it names.
sub enqueue_paused
{
	my ($job, %options) = @_;
	my $server = $options{server} // 'sim';

	$sim->reset;
	$node->safe_psql('postgres',
		"ALTER SERVER $server OPTIONS (ADD paused 'true')");
	return map { enqueue($node, "$job $_", %options) } 1 .. 3;
}

sub role_is_gone
{
	my @ids = enqueue_paused('of a role', set => 'SET ROLE etl');

	$node->safe_psql('postgres', "
		DROP OWNED BY etl;
		DROP ROLE etl;
		CREATE ROLE etl;
		GRANT USAGE ON FOREIGN SERVER sim TO etl;
		CREATE USER MAPPING FOR etl SERVER sim OPTIONS ($key);
		ALTER SERVER sim OPTIONS (DROP paused)");
	like(
		wait_entry($node, $_, $reason, qr/^failed/, 'it to give up'),
		qr/^failed\|42704\|role .*no longer exists/,
		'its role is gone: it gives up') for @ids;
	is(scalar(accepted($sim)), 0, 'a role of that name inherits nothing');
	like(refusal("SELECT datazone_requeue($ids[0])"), qr/
		ERROR:\ \ 42704:\ role\ of\ entry\ $ids[0]\ was\ dropped\n
		HINT:\ \ Enqueue\ it\ again.*datazone_discard\($ids[0]\)/x,
		'nor is it requeued');
	is($node->safe_psql('postgres',
			'SELECT count(*) FILTER (WHERE datazone_discard(id))
			 FROM datazone_outbox'),
		3, 'a superuser discards them');
	return;
}

# What a superuser is told, with its SQLSTATE.
sub refusal
{
	my ($command) = @_;
	my (undef, undef, $said) =
	  $node->psql('postgres', "\\set VERBOSITY verbose\n$command");
	return $said;
}

sub server_is_gone
{
	create_datazone_server($node, 'other', $sim, rate_limit => 0);
	my @ids = enqueue_paused('of a server', server => 'other');

	$node->safe_psql('postgres', 'DROP SERVER other CASCADE');
	like(
		wait_entry($node, $_, $reason, qr/^failed/, 'it to give up'),
		qr/^failed\|42704\|.*server .*no longer exists/,
		'its server is gone: it gives up') for @ids;
	create_datazone_server($node, 'other', $sim, rate_limit => 0);
	like(refusal("SELECT datazone_requeue($ids[0])"), qr/
		ERROR:\ \ 42704:\ server\ "other"\ of\ entry\ $ids[0]\ was\ dropped\n
		DETAIL:\ \ The\ present\ server\ of\ that\ name\ is\ another\.\n
		HINT:\ \ Enqueue\ it\ again.*datazone_discard\($ids[0]\)/x,
		'nor is it requeued for another one of that name');
	is($node->safe_psql('postgres', "SELECT datazone_resume('other')"),
		0, 'or resumed');
	is($node->safe_psql('postgres', "SELECT count(*) FROM datazone_outbox
			WHERE state = 'failed'"),
		3, 'they stay failed');
	is(scalar(accepted($sim)), 0, 'a server of that name inherits nothing');
	$node->safe_psql('postgres',
		'SELECT datazone_discard(id) FROM datazone_outbox');

	# one that has another name is still the same
	@ids = enqueue_paused('of a renamed server', server => 'other');
	$node->safe_psql('postgres', 'ALTER SERVER other RENAME TO another;
		ALTER SERVER another OPTIONS (DROP paused)');
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered');
	is(scalar(accepted($sim)), 3, 'a renamed server is the same');
	return;
}

# A request that is under way when its role, server and mapping go is not sent
# again, whatever becomes of the entry; the worker and others go on.
sub gone_while_it_is_sent
{
	my $pid = worker_pid($node);

	$sim->reset;
	create_datazone_server($node, 'brief', $sim, rate_limit => 0);
	$node->safe_psql('postgres', "CREATE ROLE passing;
		GRANT USAGE ON FOREIGN SERVER brief TO passing;
		GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage TO passing;
		CREATE USER MAPPING FOR passing SERVER brief OPTIONS ($key)");
	$sim->fault('PostLineageEvent', 'slow', 1, ms => 1500);
	my $id = enqueue($node, 'under way', server => 'brief',
		set => 'SET ROLE passing');
	poll_until(sub { $sim->count('PostLineageEvent') }, 'the request');
	$node->safe_psql('postgres', 'SET client_min_messages = warning;
		DROP SERVER brief CASCADE; DROP OWNED BY passing; DROP ROLE passing');
	enqueue($node, 'of another');
	wait_entry($node, $id, 'state', qr/^(?:gone|failed)$/, 'its end');
	wait_value($node, "SELECT count(*) FROM datazone_outbox
		WHERE state = 'pending'", qr/^0$/, 'all to end');
	is_deeply([ sort(accepted($sim)) ], [ 'of another', 'under way' ],
		'role and server dropped while it is sent: each arrives once');
	is($sim->count('PostLineageEvent'), 2, 'and is sent once');
	is(worker_pid($node), $pid, 'by the same worker');
	return;
}
