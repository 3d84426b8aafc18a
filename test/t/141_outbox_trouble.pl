# A server in trouble keeps no other waiting: not one that answers with 5xx to
# forty roles with more entries than a worker holds, not one that is slow and
# gets large ones.  What it holds up goes out when the trouble is over, each
# once and in the order of its key.  And entries that cannot succeed are not the
# trouble of those behind them.  Roles that come and go are no reason to try
# more often.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use JSON::PP ();
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# More roles, and entries of each, than a worker holds (20,000); of how many
# keys; how many of each are left for the end of it; how many may have been tried once it is clear that there is trouble; and
# what a second tries then.
use constant {
	ROLES => 42,
	OF_EACH => 600,
	KEYS => 20,
	LEFT => 60,
	TRIED => 700,
	TRIED_A_SECOND => 40 };

# Roles that are made and dropped beside trouble, and how many requests that may
# cost.
use constant { COME_AND_GO => 60, REQUESTS => 40 };

# Large entries, and how large.
use constant { LARGE => 120, BYTES => 290_000 };

# Entries that never succeed, more than failures in a row that are trouble.
use constant POISON => 40;

# What is not held up is there within so many seconds, on a busy machine; and
# when trouble is over, all.
use constant { BESIDE => 20, DRAINED => 150 };

my $key = q{access_key_id 'AKIDEXAMPLE',
	secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'};
my $sim = start_simulator();
my $trouble = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

$sim->settings(log_bodies => JSON::PP::false);
$trouble->settings(log_bodies => JSON::PP::false);
create_datazone_server($node, 'trouble', $trouble,
	rate_limit => 0,
	max_attempts => 1);
$node->safe_psql('postgres', q{
	CREATE PROCEDURE fill(whose regrole, entries int, keys int, bytes int)
	LANGUAGE sql AS $$
		INSERT INTO datazone_outbox_entry (xid, operation, server, server_id,
			role, domain_id, client_token, ordering_key, payload, enqueued_at,
			origin_system_identifier, origin_database_id)
		SELECT pg_current_xact_id(), 'PostLineageEvent', srvname, s.oid, whose,
			'dzd_simulator', gen_random_uuid(), 'key ' || n % keys,
			jsonb_build_object('eventType', 'COMPLETE',
				'eventTime', '2026-11-21T06:00:00Z',
				'producer', 'https://example.com/load',
				'schemaURL', 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
				'run', jsonb_build_object('runId', format(
					'019abd5e-5c00-7c3e-%s-%s',
					lpad((whose::oid::int % 10000)::text, 4, '0'),
					lpad((n % keys)::text, 12, '0'))),
				'job', jsonb_build_object('namespace', 'shop',
					'name', 'load ' || n),
				'ballast', repeat('x', bytes)),
			now(), system_identifier, d.oid
		FROM generate_series(1, entries) n, pg_foreign_server s, pg_database d,
			pg_control_system()
		WHERE srvname = 'trouble' AND datname = 'postgres' $$});
wait_worker($node);
while_roles_come_and_go();
unavailable_to_many();
entries_that_never_succeed();
large_ones_of_a_slow_server();
is($_->statistics->{bugs}, 0, 'the simulator had no trouble')
  for $sim, $trouble;
$node->stop;
done_testing();

sub clear
{
	$_->clear_faults, $_->reset for $sim, $trouble;
	$node->safe_psql('postgres',
		'TRUNCATE datazone_outbox_entry, datazone_delivery');
	return;
}

# How long an entry of the other server takes.
sub seconds_beside
{
	my $id = enqueue($node, 'beside');
	my $since = time();

	wait_entry($node, $id, 'state', qr/^gone$/, 'an entry of another server',
		120);
	return time() - $since;
}

sub tried
{
	return $node->safe_psql('postgres',
		'SELECT count(*) FROM datazone_outbox WHERE attempts > 0');
}

sub unavailable_to_many
{
	my $fault = $trouble->fault('PostLineageEvent', 'unavailable', 'all');

	$node->safe_psql('postgres', join ';', map { "CREATE ROLE loader_$_;
		GRANT USAGE ON FOREIGN SERVER trouble TO loader_$_;
		CREATE USER MAPPING FOR loader_$_ SERVER trouble OPTIONS ($key)" }
		  1 .. ROLES);
	$node->safe_psql('postgres', join ';', 'BEGIN',
		(map { "CALL fill('loader_$_', ${\OF_EACH}, ${\KEYS}, 10)" }
			1 .. ROLES), 'COMMIT; SELECT datazone_enqueue_lineage('
		  . event_sql('wakes') . q{, server => 'sim')});
	wait_value($node, q{SELECT count(DISTINCT role) FROM datazone_outbox
		WHERE attempts > 0}, qr/^${\ROLES}$/, 'each role to have tried', 120);

	# until hardly any others are tried: all that a worker holds, or few
	my ($last, $then) = (tried(), time());
	poll_until(
		sub {
			return if time() - $then < 3;
			my ($now, $time) = (tried(), time());
			my $is_calm = $now - $last < TRIED_A_SECOND * ($time - $then);
			($last, $then) = ($now, $time);
			return $is_calm;
		},
		'calm', 240);
	note "$last were tried";
	cmp_ok($last, '<', TRIED, '503 for many roles: few entries are tried');
	cmp_ok(seconds_beside(), '<', BESIDE,
		'and those of another server are delivered');

	# the others only take time
	my $left = $node->safe_psql('postgres', q{
		DELETE FROM datazone_outbox_entry e USING (
			SELECT id, row_number() OVER (PARTITION BY role ORDER BY id) AS place
			FROM datazone_outbox_entry) p
		WHERE p.id = e.id AND attempts = 0 AND place > } . LEFT . q{;
		SELECT count(*) FROM datazone_outbox_entry});
	$trouble->control('DELETE', "faults/$fault");
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'those of all roles to be delivered', DRAINED);
	is( $node->safe_psql('postgres', q{SELECT count(*) FROM datazone_delivery
			WHERE server = 'trouble'}),
		$left, 'it is over: all are delivered');
	is_deeply(
		$trouble->control('GET', 'lineage?summary=1')->{accepted_twice},
		[], 'each once');
	is(disorder(), 0, 'in the order of their keys');
	clear();
	return;
}

# How many were delivered before another one of their role and key that is
# older: the next of a key is sent when the one before it was answered.
sub disorder
{
	return $node->safe_psql('postgres', q{
		SELECT count(*) FROM (SELECT request_number, lag(request_number) OVER
				(PARTITION BY role, run_id, outbox_id % } . KEYS . q{
				 ORDER BY outbox_id) AS before
			FROM (SELECT *, row_number() OVER (ORDER BY delivered_at)
				AS request_number FROM datazone_delivery
				WHERE server = 'trouble') d) d
		WHERE request_number < before});
}

# The service fails for good at some, and at nothing else of that role.
sub entries_that_never_succeed
{
	$trouble->control('POST', 'faults',
		{ operation => 'PostLineageEvent', kind => 'internal', count => undef,
			match => { body => '"load (1?\d|2\d|3\d|40)"' } });
	$node->safe_psql('postgres',
		"CALL fill('loader_1', ${\ (POISON * 4)}, 1000000, 10)");
	$node->safe_psql('postgres', 'SELECT datazone_enqueue_lineage('
		  . event_sql('wakes again') . q{, server => 'sim')});
	wait_value($node, 'SELECT count(*) FROM datazone_delivery
		WHERE role = \'loader_1\'::regrole', qr/^${\ (POISON * 3)}$/,
		'those that can succeed', 60);
	is( $node->safe_psql('postgres', q{SELECT count(*) FROM datazone_outbox
			WHERE state = 'pending' AND attempts > 0}),
		POISON, 'entries that never succeed are overtaken, and go on trying');
	$trouble->clear_faults;
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'those that failed', DRAINED);
	pass('and when they can succeed they do');
	clear();
	return;
}

sub large_ones_of_a_slow_server
{
	$node->safe_psql('postgres',
		q{ALTER SERVER trouble OPTIONS (SET rate_limit '1')});
	$node->safe_psql('postgres',
		"CALL fill('loader_1', ${\LARGE}, 1000000, ${\BYTES})");
	my @ids = map { enqueue($node, "beside large ones $_") } 1 .. 30;
	my $worst = seconds_beside();

	wait_value($node, q{SELECT count(*) FROM datazone_delivery
		WHERE server = 'sim'}, qr/^31$/, 'all of the other server', 120);
	my $slow = $node->safe_psql('postgres', q{SELECT count(*)
		FROM datazone_delivery WHERE server = 'trouble'});
	note sprintf '%d large ones meanwhile; %.2f s', $slow, $worst;
	cmp_ok($slow, '<', LARGE / 4,
		'beside large ones of a slow server others are delivered');
	cmp_ok($worst, '<', BESIDE, 'and what comes is');
	clear();
	return;
}

# Their lanes are not among those that wait.
sub while_roles_come_and_go
{
	my $role = $node->safe_psql('postgres', 'SELECT current_user');

	$trouble->fault('*', 'unavailable', 'all');
	$node->safe_psql('postgres', "CALL fill('$role', 200, 200, 0)");
	enqueue($node, 'wakes', server => 'trouble');
	poll_until(sub { $trouble->count('PostLineageEvent') > 8 },
		'trouble to be met');
	wait_value($node, q{SELECT in_flight FROM datazone_stat
		WHERE datname = 'postgres'}, qr/^0$/, 'a pause');
	$trouble->clear_log;
	my $since = time();
	for my $n (1 .. COME_AND_GO)
	{
		$node->safe_psql('postgres', "CREATE ROLE visitor_$n");
		$node->safe_psql('postgres', "ALTER ROLE visitor_$n LOGIN");
		$node->safe_psql('postgres', "DROP ROLE visitor_$n");
		seconds_beside();
	}
	my $requests = $trouble->count('PostLineageEvent');
	note sprintf '%d requests in %.1f s', $requests, time() - $since;
	cmp_ok($requests, '<=', REQUESTS,
		'roles come and go: a server in trouble has its pauses');
	$trouble->clear_faults;
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered', DRAINED);
	pass('and what it held up is delivered');
	$trouble->reset;
	$trouble->settings(log_bodies => JSON::PP::false);
	$node->safe_psql('postgres', 'DELETE FROM datazone_delivery');
	return;
}
