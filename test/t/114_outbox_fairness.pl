# Nobody's backlog is everybody's: not one for an endpoint that is down, be it
# long or large; not those of roles that have no mapping; not the same ordering
# key in other hands; not what one has enqueued at once oneself.  And what is
# large takes the worker no more memory than it may have, nor does it take more
# of that than a server's share; while nothing can be done, nothing is.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use JSON::PP ();
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'memory is counted in /proc of Linux'
  unless -r '/proc/self/status';

# An entry that nothing holds up is delivered within so many seconds beside a
# backlog that is tried again, and beside one that waits; and a backlog that can
# go on is delivered within so many.
use constant { BESIDE_RETRIES => 5, BESIDE_WAITING => 2, DRAINED => 10 };

# For how long entries are enqueued beside a backlog, one after the other.
use constant FOR_SECONDS => 3;

# Of 400, one that comes a second later overtakes so many.
use constant { BULK => 400, MOST => 200 };

# How many large entries there are, and how large each of the ten forms of an
# asset is, which the model allows to have 300,000 characters: 166 MB in all;
# how many fail before the server is well again.  And by how much they may make
# the worker grow, whatever their number.
use constant {
	LARGE => 60,
	TRIED => 12,
	FORM_BYTES => 290_000,
	GROWTH_KB => 100 * 1024 };

# So many small ones, which are more than a worker holds of a server, and so
# many large ones, more than it holds at all.  What it may use of the CPU while
# nothing moves, in seconds, of so many, some seconds later.
use constant {
	SMALL => 1150,
	KEYED => 2000,
	KEYED_BYTES => 40_000,
	IDLE => 0.5,
	OVER => 2,
	LATER => 6 };

# More keys than a share has room for, and so many large entries of each.
use constant { KEYS => 400, OF_EACH => 3 };

my $sim = start_simulator();
my $node = new_worker_node(
	'main', $sim,
	server => {
		rate_limit => 0,
		max_attempts => 1,
		connect_timeout => '2s',
		request_timeout => '10s' });
my $key = q{access_key_id 'AKIDEXAMPLE',
	secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'};

wait_worker($node);
endpoint_is_down();
roles_without_mapping();
same_key_of_another_role();
later_overtakes_bulk();
large_entries();
large_entries_with_keys();
order_within_a_share();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# Start afresh: no entries, no deliveries, no faults, nothing accepted.
sub clear
{
	$sim->clear_faults;
	$node->safe_psql('postgres',
		'SELECT count(datazone_discard(id)) FROM datazone_outbox;
		 DELETE FROM datazone_delivery');
	$sim->reset;
	return;
}

sub drop_server
{
	my ($name) = @_;

	$node->safe_psql('postgres', "SET client_min_messages = warning;
		DROP SERVER $name CASCADE");
	return;
}

# A query that enqueues events of runs of their own.  Options: server, bytes
# (how much each carries beside what an event must have).
sub many_sql
{
	my ($job, $count, %options) = @_;
	my $server = $options{server} // 'sim';
	my $bytes = $options{bytes} // 0;

	return "SELECT count(datazone_enqueue_lineage(
			jsonb_set(${\event_sql($job)}, '{run,runId}',
					to_jsonb(gen_random_uuid()))
				|| CASE WHEN $bytes = 0 THEN '{}'::jsonb ELSE
					jsonb_build_object('ballast', repeat('x', $bytes)) END,
			server => '$server'))
		FROM generate_series(1, $count);";
}

# How long an entry takes from commit to delivery.
sub seconds_to_deliver
{
	my ($job, %options) = @_;
	my $id = enqueue($node, $job, %options);
	my $since = time();

	wait_entry($node, $id, 'state', qr/^gone$/, "$job to be delivered");
	return time() - $since;
}

# The slowest of those that are enqueued one by one during some seconds.
# Options as for enqueue().
sub slowest_meanwhile
{
	my ($job, %options) = @_;
	my $since = time();
	my $slowest = 0;

	while (time() - $since < FOR_SECONDS)
	{
		my $seconds = seconds_to_deliver($job, %options);
		$slowest = $seconds if $seconds > $slowest;
	}
	note sprintf '%s: the slowest took %.2f s', $job, $slowest;
	return $slowest;
}

# More than a worker holds, in number and in bytes, for a port that nobody
# listens on.
sub endpoint_is_down
{
	create_datazone_server($node, 'down', $sim,
		endpoint_url => 'http://127.0.0.1:1',
		rate_limit => 0,
		max_attempts => 1);
	for my $backlog ([ 'many', 2300, 0 ], [ 'large', 60, 298_000 ])
	{
		my ($what, $count, $bytes) = @$backlog;

		$node->safe_psql('postgres',
			many_sql("$what for a closed port", $count,
				server => 'down', bytes => $bytes));
		wait_value($node, q{SELECT count(*) FROM datazone_outbox
			WHERE error_code = 'HV00N'}, qr/^[1-9]/,
			'a connection to be refused');
		cmp_ok(slowest_meanwhile("beside $what"), '<', BESIDE_RETRIES,
			"$what for an endpoint that is down: others are delivered");
		is( $node->safe_psql('postgres', q{SELECT count(*)
				FROM datazone_outbox WHERE state = 'pending'}),
			$count, "$what for an endpoint that is down: all of them wait");
		clear();
	}
	drop_server('down');
	return;
}

sub roles_without_mapping
{
	my @roles = map { "loader_$_" } 1 .. 10;

	for my $role (@roles)
	{
		$node->safe_psql('postgres', "CREATE ROLE $role;
			GRANT USAGE ON FOREIGN SERVER sim TO $role;
			GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage,
				datazone_enqueue TO $role");
	}
	$node->safe_psql('postgres', join "\n", 'BEGIN;',
		(map { ("SET LOCAL ROLE $_;", many_sql("of $_", 300)) } @roles),
		'COMMIT;');
	cmp_ok(slowest_meanwhile('beside those that come'), '<', BESIDE_WAITING,
		'ten roles without a mapping: others are delivered');
	wait_value($node, q{SELECT count(DISTINCT role) FROM datazone_outbox
		WHERE error_code = '42704'}, qr/^10$/, 'each mapping to be missed');
	# a change of the catalog has the worker look at all of them again
	cmp_ok(
		slowest_meanwhile(
			'beside those that wait',
			set => q{ALTER SERVER sim OPTIONS (SET request_timeout '11s')}),
		'<', BESIDE_WAITING,
		'ten roles that wait for a mapping: others are delivered');
	my $given = time();
	$node->safe_psql('postgres',
		"CREATE USER MAPPING FOR $roles[4] SERVER sim OPTIONS ($key)");
	wait_value($node, "SELECT count(*) FROM datazone_delivery
		WHERE role = '$roles[4]'::regrole", qr/^300$/,
		'what waited for a mapping');
	cmp_ok(time() - $given, '<', DRAINED,
		'one is given a mapping: all of its entries are delivered');
	is( $node->safe_psql('postgres', q{SELECT count(*) FROM datazone_outbox
			WHERE state = 'pending'}),
		2700, 'and those of the others wait');
	is_deeply($sim->control('GET', 'lineage?summary=1')->{accepted_twice},
		[], 'nothing is accepted twice');
	clear();
	return;
}

# A key orders what one role sends to one server.
sub same_key_of_another_role
{
	create_datazone_server($node, 'quiet', $sim, rate_limit => 0,
		paused => 'true');
	$node->safe_psql('postgres', "
		GRANT USAGE ON FOREIGN SERVER quiet TO loader_1;
		CREATE USER MAPPING FOR loader_1 SERVER quiet OPTIONS ($key)");
	my $project = sub {
		my ($name, $server, $role) = @_;
		my $set = defined $role ? "SET ROLE $role;" : '';

		return $node->safe_psql('postgres', qq{$set
			SELECT datazone_enqueue('CreateProject', '{"name": "$name"}',
				'a key', server => '$server')});
	};
	my $theirs = $project->('theirs', 'quiet', 'loader_1');
	my $run = enqueue($node, 'their run', run => 7, server => 'quiet',
		set => 'SET ROLE loader_1');
	wait_value($node, q{SELECT count(*) FROM datazone_outbox
		WHERE error_code = '55000'}, qr/^[1-9]/, 'the pause');
	my $since = time();
	my @mine = map { $project->("mine $_", 'sim') } 1 .. 3;
	wait_entry($node, $_, 'state', qr/^gone$/, 'mine to be delivered')
	  for @mine;
	cmp_ok(time() - $since, '<', BESIDE_RETRIES,
		'the same key of another role, whose server is paused: no hindrance');
	cmp_ok(seconds_to_deliver('my run', run => 7), '<', BESIDE_WAITING,
		'nor is the same run');
	is($node->safe_psql('postgres', entry($_, 'state')), 'pending',
		'what is paused waits') for $theirs, $run;
	is( join(' ', map { $_->{body} =~ /mine (\d)/ } $sim->log('CreateProject')),
		'1 2 3', 'and in mine the key orders');
	$node->safe_psql('postgres', 'ALTER SERVER quiet OPTIONS (DROP paused)');
	wait_delivered($node, 6);
	pass('theirs are delivered when the pause is over');
	drop_server('quiet');
	clear();
	return;
}

# Half of the rate is for those of the last second.
sub later_overtakes_bulk
{
	$node->safe_psql('postgres',
		q{ALTER SERVER sim OPTIONS (SET rate_limit '20')});
	$node->safe_psql('postgres', many_sql('bulk', BULK));
	wait_value($node, q{SELECT min(clock_timestamp() - enqueued_at)
		> '1 second' FROM datazone_outbox}, qr/^t$/, 'a second');
	for my $later (1 .. 3)
	{
		my $id = enqueue($node, "later $later");
		wait_entry($node, $id, 'state', qr/^gone$/, "later one $later");
		my $waiting = $node->safe_psql('postgres', q{SELECT count(*)
			FROM datazone_outbox WHERE state = 'pending'});
		note "$waiting wait";
		cmp_ok($waiting, '>', MOST, "later one $later overtakes a bulk");
	}
	clear();
	$node->safe_psql('postgres',
		q{ALTER SERVER sim OPTIONS (SET rate_limit '0')});
	return;
}

# The largest that the model allows: ten forms of an asset.
sub large_entries
{
	my $large = sprintf q{SELECT datazone_enqueue('CreateAsset',
			jsonb_build_object('name', 'asset ' || n,
				'owningProjectIdentifier', 'prj_retail',
				'typeIdentifier', 'a_type',
				'formsInput', (SELECT jsonb_agg(jsonb_build_object(
						'formName', 'form_' || form,
						'content', repeat('x', %d)))
					FROM generate_series(1, 10) form)),
			server => 'sim')}, FORM_BYTES;
	my ($status, undef, $error) = $node->psql('postgres',
		"\\set VERBOSITY verbose\n$large FROM generate_series(1, 1) n");

	if ($status != 0)
	{
		like($error, qr/ERROR:  22023: /, 'entries so large are refused');
		is($node->safe_psql('postgres',
				'SELECT count(*) FROM datazone_outbox'),
			0, 'and not enqueued');
		return;
	}
	wait_value($node, 'SELECT count(*) FROM datazone_outbox
		WHERE state = \'pending\'', qr/^0$/, 'the first');
	clear();
	$sim->settings(log => JSON::PP::false);
	my $trouble = $sim->fault('*', 'unavailable', 'all');
	$sim->fault('*', 'answer', 'all', status => 201,
		json => { id => 'ast_large' });
	my $pid = worker_pid($node);
	my $before = memory_kb($pid, 'RssAnon');
	my $most = 0;
	my $wait_for = sub {
		my ($query, $what) = @_;

		poll_until(
			sub {
				my $now = memory_kb($pid, 'RssAnon');
				$most = $now if $now > $most;
				return $node->safe_psql('postgres', $query) eq '0';
			},
			$what);
	};
	# a number of them fails before the first is delivered
	$node->safe_psql('postgres',
		"$large FROM generate_series(1, ${\LARGE}) n");
	$wait_for->("SELECT greatest(0, ${\TRIED} - count(*))
		FROM datazone_outbox WHERE attempts > 0", 'large entries to be tried');
	$sim->control('DELETE', "faults/$trouble");
	$wait_for->(q{SELECT count(*) FROM datazone_outbox
		WHERE state = 'pending'}, 'large entries to be delivered');
	note sprintf 'the worker grew by %d MB', ($most - $before) / 1024;
	cmp_ok($most - $before, '<', GROWTH_KB, 'large entries: it hardly grows');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_delivery'),
		LARGE, 'and all are delivered');
	is(worker_pid($node), $pid, 'by the same worker');
	clear();
	return;
}

# Each of them has an ordering key, and when they come the server has a backlog:
# they are behind its cursor, and some room is left for what is new.
sub large_entries_with_keys
{
	my $hanging = start_simulator();
	my $pid = worker_pid($node);
	my $slow = $hanging->fault('PostLineageEvent', 'slow', 'all', ms => 250);

	create_datazone_server($node, 'hanging', $hanging,
		rate_limit => 0,
		max_attempts => 1,
		request_timeout => '300s');
	$node->safe_psql('postgres',
		many_sql('small', SMALL, server => 'hanging'));
	poll_until(sub { $hanging->count('PostLineageEvent') > 100 },
		'some of them to be sent');
	$hanging->fault('PostLineageEvent', 'slow', 'all', ms => 300_000);
	$hanging->control('DELETE', "faults/$slow");
	wait_value($node, "SELECT count(*) < ${\SMALL} FROM datazone_outbox",
		qr/^t$/, 'deliveries');
	$node->safe_psql('postgres',
		many_sql('large', KEYED, server => 'hanging', bytes => KEYED_BYTES));
	cmp_ok(slowest_meanwhile('beside keys'), '<', BESIDE_WAITING,
		'large entries with keys whose server hangs: others are delivered');

	my $began = time();
	my $before;
	poll_until(
		sub {
			$before //= cpu_seconds($pid) if time() - $began > LATER;
			return time() - $began > LATER + OVER;
		},
		'some seconds');
	my $used = cpu_seconds($pid) - $before;
	note sprintf '%.2f s of CPU in %d s', $used, OVER;
	cmp_ok($used, '<', IDLE, 'and the worker rests');
	is($node->safe_psql('postgres', q{SELECT count(*) > 2000
			FROM datazone_outbox WHERE server = 'hanging'}),
		't', 'while they wait');
	drop_server('hanging');
	clear();
	return;
}

# What a server's share has no room for is left in the table, key by key, and
# found again in its order.
sub order_within_a_share
{
	my $other = start_simulator();
	my $slow = $other->fault('PostLineageEvent', 'slow', 'all', ms => 250);
	my $all = SMALL + KEYS * OF_EACH;

	create_datazone_server($node, 'other', $other, rate_limit => 0);
	$node->safe_psql('postgres', many_sql('small', SMALL, server => 'other'));
	poll_until(sub { $other->count('PostLineageEvent') > 100 },
		'some of them to be sent');
	$node->safe_psql('postgres', "SELECT count(datazone_enqueue_lineage(
			jsonb_set(jsonb_set(${\event_sql('keyed')}, '{run,runId}',
					to_jsonb('019abd5e-5c00-7c3e-9d0c-'
						|| lpad((n % ${\KEYS})::text, 12, '0'))),
				'{job,name}', to_jsonb(format('keyed %s %s', n % ${\KEYS}, n)))
				|| jsonb_build_object('ballast', repeat('x', ${\KEYED_BYTES})),
			server => 'other'))
		FROM generate_series(1, ${\(KEYS * OF_EACH)}) n");
	$other->control('DELETE', "faults/$slow");
	wait_delivered($node, $all, 120);
	is( $node->safe_psql('postgres', q{SELECT count(*), count(*)
			FILTER (WHERE n < before) FROM (
				SELECT n, lag(n) OVER (PARTITION BY key ORDER BY delivered_at)
				FROM datazone_delivery, LATERAL (SELECT
					split_part(job, ' ', 2), split_part(job, ' ', 3)::int) k (key, n)
				WHERE job LIKE '%/keyed %') d (n, before)}),
		KEYS * OF_EACH . '|0',
		'more keys than there is room for: all are delivered, each in its order');
	is_deeply($other->control('GET', 'lineage?summary=1')->{accepted_twice},
		[], 'nothing is accepted twice');
	is($other->statistics->{bugs}, 0, 'the simulator had no trouble');
	drop_server('other');
	clear();
	return;
}
