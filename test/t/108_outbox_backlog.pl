# A backlog costs as much for each entry as a short queue does, at its end as at
# its beginning, also while a session has held a snapshot since before it was
# enqueued: counted in blocks, index scans and transactions, not in seconds.
# The worker does not grow, has no transaction open while it waits, holds no
# lock that others would wait for, and reports what it did, so that the queue
# is vacuumed.
#
# 30,000 entries, a million in make stress.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

plan skip_all => 'memory is counted in /proc of Linux'
  unless -r '/proc/self/status';

use constant SMALL => 3_000;

# Entries of one ordering key, which go out one after the other.
use constant OF_ONE_KEY => 3_000;

# By how much the cost of an entry may differ.  A short queue also pays for one
# look at what lies around; and where something older may hide among what
# another role enqueued, each entry's key is looked up as well.
use constant { DEARER => 1.3, BESIDE => 4 };

# By how much the worker may grow while it drains; and what it may hold more than
# with a short queue, which is two thousand entries if the service is slow.
use constant { GROWTH_KB => 6 * 1024, HELD_KB => 12 * 1024 };

# A transaction of the worker may be no older than this, in seconds.
use constant OLDEST => 1;

my $backlog = $ENV{DATAZONE_STRESS} ? 1_000_000 : 30_000;
my $patience = $ENV{DATAZONE_STRESS} ? 3000 : 120;
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 },
	conf => "autovacuum = off\nautovacuum_naptime = '1s'\n"
	  . "datazone.enabled = off\n");
my $session = DatazoneSession->new($node);

# Answered at once and kept nowhere: what is looked at is the worker.
$sim->settings(log => JSON::PP::false);
$sim->control('POST', 'faults',
	{ operation => 'PostLineageEvent', kind => 'answer', count => undef,
		params => { status => 200, json => { id => 'evt_answer' } } });
$node->safe_psql('postgres', sprintf q{
	CREATE PROCEDURE enqueue(entries int, key text DEFAULT NULL)
	LANGUAGE plpgsql AS $$
	DECLARE
		event jsonb := %s;
	BEGIN
		FOR n IN 1 .. entries LOOP
			PERFORM datazone_enqueue_lineage(jsonb_set(event, '{run,runId}',
				to_jsonb(coalesce(key, gen_random_uuid()::text))));
			IF n %% 100 = 0 THEN
				COMMIT;
			END IF;
		END LOOP;
	END $$}, event_sql('load'));

my $small = drain('a short queue', SMALL);
my $large = drain('a backlog', $backlog);
same_cost('a backlog', $small, $large);
vacuumed();
after_quiet_times();
behind_a_snapshot();
one_key();
beside_a_lane();
those_that_gave_up();
wakes();
waiting();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$session->close;
$node->stop;
done_testing();

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

# What everybody has reported of the queue since the cluster began.
sub counters
{
	my @names = qw(inserted deleted seq_scans scans blocks commits);
	my @values = split /\|/, $session->query(q{
		SELECT s.n_tup_ins, s.n_tup_del, s.seq_scan, s.seq_scan + s.idx_scan,
			heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit,
			(SELECT xact_commit FROM pg_stat_database
				WHERE datname = 'postgres')
		FROM pg_stat_all_tables s JOIN pg_statio_all_tables USING (relid)
		WHERE s.relid = 'datazone_outbox_entry'::regclass})->{out};
	my %counters;

	@counters{@names} = @values;
	return \%counters;
}

# Entries that nobody looks at yet, reported by who made them.
sub enqueue_many
{
	my ($entries, $key, $role) = @_;
	my $before = counters()->{inserted};
	my $argument = defined $key ? ", '$key'" : '';

	my $set = defined $role ? "SET ROLE $role;" : '';
	$node->safe_psql('postgres', "$set CALL enqueue($entries$argument)",
		timeout => $patience);
	poll_until(sub { counters()->{inserted} - $before == $entries },
		'the insertions to be reported');
	return;
}

# Keep the worker from delivering: it is switched off, and reads everything when
# it is on again; or it lives on, and finds a server that is paused.
sub hold
{
	my ($is_served, $is_held) = @_;

	return set_enabled(!$is_held) unless $is_served;
	$node->safe_psql('postgres', $is_held
		? q{ALTER SERVER sim OPTIONS (ADD paused 'true')}
		: q{ALTER SERVER sim OPTIONS (DROP paused)});
	return;
}

# Drain a queue; gives what an entry cost, also in each quarter (the first has
# the worker look around), and how large the worker was.
# Options: key; is_served, as hold() has it.
sub drain
{
	my ($what, $entries, %options) = @_;
	my (@quarters, $pid, $grown, $first);
	my $oldest = 0;

	hold($options{is_served}, 1);
	enqueue_many($entries, $options{key});
	my $start = counters();
	my $last = $start;
	hold($options{is_served}, 0);
	$pid = wait_worker($node);
	for my $quarter (1 .. 4)
	{
		my $now;

		poll_until(
			sub {
				my $age = transaction_age($pid);
				$oldest = $age if $age > $oldest;
				$now = counters();
				return $now->{deleted} - $start->{deleted} >=
				  $entries * $quarter / 4;
			},
			"quarter $quarter of $what", $patience);
		push @quarters, cost($last, $now);
		$last = $now;
		$grown //= memory_kb($pid, 'RssAnon');
		$first //= $now;
	}
	my $memory = memory_kb($pid, 'RssAnon');
	my $all = cost($start, $last);

	note sprintf '%s: %.2f blocks (%s), %.3f scans, %.3f commits an entry; '
	  . '%d kB, then %d kB; oldest transaction %.2f s', $what, $all->{blocks},
	  join(' ', map { sprintf '%.2f', $_->{blocks} } @quarters),
	  $all->{scans}, $all->{commits}, $grown, $memory, $oldest;
	is($last->{deleted} - $start->{deleted},
		$entries, "$what: the worker has reported what it deleted");
	is($last->{seq_scans} - $first->{seq_scans},
		0, "$what: it does not read the whole table again")
	  if $entries >= SMALL;
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_outbox
			WHERE role = current_user::regrole'),
		0, "$what: all are delivered");
	is($sim->statistics->{operations}{PostLineageEvent}{total},
		$entries, "$what: each once");
	cmp_ok($memory - $grown, '<=', GROWTH_KB,
		"$what: the worker does not grow from the first quarter on");
	cmp_ok($oldest, '<', OLDEST, "$what: its transactions are short");
	set_enabled(0) unless $options{is_served};
	$node->safe_psql('postgres', 'TRUNCATE datazone_delivery');
	$sim->control('DELETE', 'statistics');
	return { %$all, quarters => \@quarters, memory => $memory };
}

# For each entry that was delivered in between.
sub cost
{
	my ($before, $after) = @_;
	my $entries = $after->{deleted} - $before->{deleted};

	return {
		map { $_ => ($after->{$_} - $before->{$_}) / ($entries || 1) }
		  qw(blocks scans commits) };
}

# Of the worker's open transaction; 0 where there is none.
sub transaction_age
{
	my ($pid) = @_;

	return $session->query("SELECT coalesce(max(extract(epoch FROM
			clock_timestamp() - xact_start)), 0)
		FROM pg_stat_activity WHERE pid = $pid")->{out};
}

sub same_cost
{
	my ($what, $one, $other, $times) = @_;
	my $most = $times // DEARER;

	for my $unit (qw(blocks scans commits))
	{
		cmp_ok($other->{$unit}, '<=', $one->{$unit} * $most + 0.1,
			"$what: an entry costs as many $unit as one of a short queue");
	}
	ends_as_it_began($what, $other);
	cmp_ok($other->{memory}, '<=', $one->{memory} + HELD_KB,
		"$what: in as much memory");
	return;
}

sub ends_as_it_began
{
	my ($what, $drained) = @_;
	my ($first, undef, undef, $last) = @{ $drained->{quarters} };

	cmp_ok($last->{blocks}, '<=', $first->{blocks} * DEARER + 0.5,
		"$what: the last quarter costs as many blocks as the first");
	return;
}

# Autovacuum comes by what the worker has reported, and finds it all dead; the
# next entries take the same place.
sub vacuumed
{
	my $dead = q{SELECT n_dead_tup FROM pg_stat_all_tables
		WHERE relid = 'datazone_outbox_entry'::regclass};
	my $size = $node->safe_psql('postgres',
		q{SELECT pg_total_relation_size('datazone_outbox_entry')});

	cmp_ok($node->safe_psql('postgres', $dead),
		'>', $backlog / 2, 'the table knows of its dead rows');
	$node->safe_psql('postgres', 'ALTER SYSTEM SET autovacuum = on');
	$node->reload;
	wait_value($node, q{SELECT autovacuum_count FROM pg_stat_all_tables
		WHERE relid = 'datazone_outbox_entry'::regclass}, qr/^[1-9]/,
		'autovacuum to come', $patience);
	wait_value($node, $dead, qr/^\d{1,3}$/, 'dead rows to go');
	pass('autovacuum removes them');
	$node->safe_psql('postgres', 'ALTER SYSTEM SET autovacuum = off');
	$node->reload;
	enqueue_many($backlog / 10);
	cmp_ok(
		$node->safe_psql('postgres',
			q{SELECT pg_total_relation_size('datazone_outbox_entry')}),
		'<=', $size, 'and others take their place');
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	return;
}

# A worker that has known only a queue of one finds its way in a long one.
sub after_quiet_times
{
	set_enabled(1);
	wait_worker($node);
	one_by_one();
	$sim->control('DELETE', 'statistics');
	same_cost('a backlog after quiet times', $small,
		drain('a backlog after quiet times', $backlog, is_served => 1));
	set_enabled(0);
	return;
}

# Nothing that is delivered can be removed as long as somebody might look.
sub behind_a_snapshot
{
	my $other = DatazoneSession->new($node);

	$other->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
	$other->query('SELECT count(*) FROM pg_class');
	my $held = drain('with an old snapshot', $backlog);
	same_cost('with an old snapshot', $small, $held);
	my $again = drain('behind those dead rows', SMALL);
	same_cost('behind those dead rows', $small, $again, BESIDE);
	is($other->query('SELECT count(*) FROM datazone_outbox_entry')->{out},
		0, 'the old snapshot is what it was');
	is( $node->safe_psql('postgres', q{SELECT backend_xmin IS NOT NULL
			FROM pg_stat_activity WHERE pid = } . $other->pid),
		't', 'and was held');
	$other->query('COMMIT');
	$other->close;
	$node->safe_psql('postgres', 'VACUUM datazone_outbox_entry');
	return;
}

# Within a key the same holds.
sub one_key
{
	my $key = '019abd5e-5c00-7c3e-9d0c-0000000000';
	my $few = drain('a key', OF_ONE_KEY / 10, key => "${key}00");
	my $many = drain('a long key', OF_ONE_KEY, key => "${key}01");
	my $other = DatazoneSession->new($node);

	same_cost('a long key', $few, $many);
	$other->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
	$other->query('SELECT count(*) FROM pg_class');
	same_cost('a long key, with an old snapshot', $few,
		drain('a long key, with an old snapshot', OF_ONE_KEY,
			key => "${key}02"));
	$other->close;
	$node->safe_psql('postgres', 'VACUUM datazone_outbox_entry');
	return;
}

# What waits for a mapping, all of it with one key, does not stand in the way of
# other roles and keys, whatever the planner knows of it.
sub beside_a_lane
{
	my $key = '019abd5e-5c00-7c3e-9d0c-0000000000';
	my $few = drain('a key', OF_ONE_KEY / 10, key => "${key}03");

	$node->safe_psql('postgres', 'CREATE ROLE etl;
		GRANT USAGE ON FOREIGN SERVER sim TO etl;
		GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage TO etl');
	enqueue_many($backlog / 3, "${key}04", 'etl');
	for my $analyzed (0, 1)
	{
		my $what = $analyzed ? 'counted' : 'not counted';

		same_cost("a key beside a lane, $what", $few,
			drain("a key beside a lane, $what", OF_ONE_KEY / 10,
				key => "${key}05"), BESIDE);
		same_cost("a queue beside a lane, $what", $small,
			drain("a queue beside a lane, $what", SMALL), BESIDE);
		$node->safe_psql('postgres', 'ANALYZE datazone_outbox_entry');
	}
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	return;
}

# Entries that gave up stay in the table, and cost those that come nothing.
sub those_that_gave_up
{
	enqueue_many($backlog / 3);
	$node->safe_psql('postgres',
		"UPDATE datazone_outbox_entry SET state = 'failed'",
		timeout => $patience);
	$node->safe_psql('postgres', 'VACUUM ANALYZE datazone_outbox_entry');
	set_enabled(1);
	wait_worker($node);

	my $one = one_by_one();
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	my $other = one_by_one();
	note sprintf 'one by one: %.2f blocks beside those that gave up, %.2f '
	  . 'without', $one->{blocks}, $other->{blocks};
	cmp_ok($one->{blocks}, '<=', $other->{blocks} * 2 + 5,
		'beside many that gave up an entry costs as many blocks');
	return;
}

# The cost of entries that are delivered as they come.
sub one_by_one
{
	my ($entries) = 200;
	my $enqueue = DatazoneSession->new($node);
	my $start;

	# it looks around once before the first
	$enqueue->query('CALL enqueue(1)');
	wait_value($node, 'SELECT count(*) FROM datazone_delivery', qr/^1$/,
		'a delivery');
	$start = counters();
	for my $n (1 .. $entries)
	{
		$enqueue->query('CALL enqueue(1)');
	}
	$enqueue->close;
	wait_value($node, 'SELECT count(*) FROM datazone_delivery',
		qr/^@{[ $entries + 1 ]}$/, 'the deliveries');
	poll_until(
		sub { counters()->{deleted} - $start->{deleted} >= $entries },
		'the deletions to be reported');
	my $cost = cost($start, counters());
	$node->safe_psql('postgres', 'TRUNCATE datazone_delivery');
	return $cost;
}

# A wake costs nothing while there is no room for what it would bring.
sub wakes
{
	$node->safe_psql('postgres',
		q{ALTER SERVER sim OPTIONS (SET rate_limit '1')});
	enqueue_many(5_000);
	wait_value($node, q{SELECT queue_depth FROM datazone_stat
		WHERE datname = 'postgres'}, qr/^[45]\d{3}$/, 'the queue to fill');
	my $scans = settled(sub { counters()->{scans} });
	my $enqueue = DatazoneSession->new($node);
	my $began = time();

	$enqueue->query('CALL enqueue(1)') for 1 .. 300;
	$enqueue->close;
	my $more = counters()->{scans} - $scans;
	my $seconds = time() - $began;
	note sprintf '%d scans for 300 wakes in %.1f s', $more, $seconds;

	# an entry leaves each second, and makes room for one that is read
	my $allowed = 20 + 10 * $seconds;
	cmp_ok($more, '<=', $allowed < 150 ? $allowed : 150,
		'without room a wake costs no query');
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry;
		ALTER SERVER sim OPTIONS (SET rate_limit \'0\')');
	return;
}

# A number that has stayed the same for a moment.
sub settled
{
	my ($get) = @_;
	my $last = $get->();
	my $since = time();

	return poll_until(
		sub {
			my $now = $get->();
			($last, $since) = ($now, time()) if $now != $last;
			return time() - $since > 0.5 ? $now : 0;
		},
		'a number to settle');
}

# The service takes its time: meanwhile there is no transaction and no lock.
sub waiting
{
	my $pid;
	my $found = 0;

	set_enabled(0);
	$sim->clear_faults;
	$node->safe_psql('postgres',
		'TRUNCATE datazone_outbox_entry, datazone_delivery');
	$sim->fault('PostLineageEvent', 'slow', 'all', ms => 4000);
	enqueue_many(100);
	set_enabled(1);
	$pid = wait_worker($node);
	poll_until(sub { $sim->statistics->{in_flight} > 0 }, 'requests');
	my $until = time() + 3;
	my $looks = 0;

	while (time() < $until)
	{
		$looks++;
		$found++ if $session->query("SELECT
			(SELECT count(*) FROM pg_locks WHERE pid = $pid
				AND locktype <> 'advisory' AND locktype <> 'virtualxid') +
			(SELECT count(*) FROM pg_stat_activity WHERE pid = $pid
				AND (xact_start IS NOT NULL OR backend_xmin IS NOT NULL))"
		)->{out} > 0;
		sleep 0.02;
	}
	note "$found of $looks looks found a transaction";
	cmp_ok($found, '<', $looks / 10, 'no transaction is open in between');

	# whoever alters the tables waits for no answer
	for my $table (qw(datazone_outbox_entry datazone_delivery))
	{
		is( $session->query("SET lock_timeout = '1s';
				ALTER TABLE $table SET (fillfactor = 100)")->{sqlstate},
			'00000', "$table can be altered meanwhile");
	}
	$sim->clear_faults;
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'all to be delivered', 60);
	return;
}
