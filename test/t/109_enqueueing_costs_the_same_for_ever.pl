# A session that has enqueued in twenty thousand transactions (a million in
# make stress) pays for the next one what it paid for the first, in time and in
# memory: committed ones, rolled back ones, ones with savepoints, ones whose
# table somebody has altered since, and ones whose lineage a trigger enqueues.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'memory and time are counted in /proc of Linux'
  unless -r '/proc/self/stat';

use constant ROUNDS => 10;

# What may come and go without being a leak, and how much more CPU a third of the
# rounds may take than another: what grows with the session would be many times
use constant {
	CONTEXTS_KB => 32,
	PRIVATE_KB => 1024,
	SLOWER => 3
};

my $transactions = $ENV{DATAZONE_STRESS} ? 1_000_000 : 20_000;
my $sim = start_simulator();

# Nothing is delivered: what is counted is the session.
my $node = new_worker_node('main', $sim,
	conf => "datazone.enabled = off\nautovacuum = off\n"
	  . "datazone.dataset_namespace = 'postgres://main.example:5432'\n");

$node->safe_psql('postgres', sprintf(
	q{
CREATE FUNCTION event(n int) RETURNS jsonb LANGUAGE sql AS $f$ SELECT %s $f$;

CREATE PROCEDURE committed(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		PERFORM datazone_enqueue_lineage(event(n));
		COMMIT;
	END LOOP;
END$$;

CREATE PROCEDURE rolled_back(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		PERFORM datazone_enqueue_lineage(event(n));
		ROLLBACK;
	END LOOP;
END$$;

-- two levels, of which one is released and one rolled back
CREATE PROCEDURE with_savepoints(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		BEGIN
			PERFORM datazone_enqueue_lineage(event(n));
			BEGIN
				PERFORM datazone_enqueue_lineage(event(n));
				RAISE division_by_zero;
			EXCEPTION WHEN division_by_zero THEN
			END;
		EXCEPTION WHEN OTHERS THEN
			RAISE;
		END;
		COMMIT;
	END LOOP;
END$$;

CREATE PROCEDURE refused(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		BEGIN
			PERFORM datazone_enqueue_lineage(event(n) - 'job');
		EXCEPTION WHEN invalid_parameter_value THEN
		END;
		COMMIT;
	END LOOP;
END$$;

CREATE PROCEDURE altered(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		IF n %% 10 = 0 THEN
			ALTER TABLE datazone_outbox_entry SET (fillfactor = 100);
		END IF;
		PERFORM datazone_enqueue_lineage(event(n));
		COMMIT;
	END LOOP;
END$$;

CREATE TABLE source (id int);
CREATE TABLE target (id int);
CREATE TRIGGER lineage AFTER INSERT ON target REFERENCING NEW TABLE AS added
	EXECUTE FUNCTION datazone_lineage_trigger('job=load', 'inputs=source');
CREATE TRIGGER each_row AFTER UPDATE ON target FOR EACH ROW
	EXECUTE FUNCTION datazone_lineage_trigger('job=load', 'inputs=source');

CREATE PROCEDURE triggered(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		INSERT INTO target VALUES (n);
		COMMIT;
	END LOOP;
END$$;

-- one event of what is left, whatever was rolled back
CREATE PROCEDURE triggered_with_savepoints(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		INSERT INTO target VALUES (n);
		BEGIN
			INSERT INTO target VALUES (n);
			UPDATE target SET id = id WHERE id = n AND xmin = pg_current_xact_id()::xid;
			RAISE division_by_zero;
		EXCEPTION WHEN division_by_zero THEN
		END;
		COMMIT;
	END LOOP;
END$$;

CREATE PROCEDURE triggered_rolled_back(times int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		INSERT INTO target VALUES (n);
		ROLLBACK;
	END LOOP;
END$$;
}, event_sql('load', 1)));

costs_the_same('committed', $transactions);
costs_the_same('with_savepoints', $transactions / 4);
costs_the_same('rolled_back', $transactions / 4);
costs_the_same('refused', $transactions / 4);
costs_the_same('altered', $transactions / 10);
costs_the_same('triggered', $transactions / 4);
costs_the_same('triggered_with_savepoints', $transactions / 10);
costs_the_same('triggered_rolled_back', $transactions / 10);

$node->stop;
done_testing();

# One session of its own: what the middle rounds and the last ones take, after
# one that warms up.
sub costs_the_same
{
	my ($procedure, $times) = @_;

	subtest "$times transactions, $procedure" => sub {
		my $session = DatazoneSession->new($node);
		my $each = int($times / ROUNDS);
		my (@seconds, @contexts, @private);

		for my $round (0 .. ROUNDS)
		{
			my $before = cpu_seconds($session->pid);
			my $result = $session->query("CALL $procedure($each)", 3600);
			is($result->{sqlstate}, '00000', "round $round");
			push @seconds, cpu_seconds($session->pid) - $before;
			push @contexts, contexts_kb($session);
			push @private, memory_kb($session->pid, 'RssAnon');
			check_rows($procedure, $each);
		}
		my $first = sum(@seconds[ 1 .. 5 ]);
		my $last = sum(@seconds[ 6 .. 10 ]);
		note sprintf('%s: %.0f us each; contexts %s kB; private %s kB',
			$procedure, $last / 5 / $each * 1e6,
			join(' ', @contexts), join(' ', @private));
		cmp_ok($last, '<=', $first * SLOWER + 0.05,
			'the last half takes no longer than the first');
		cmp_ok($contexts[-1] - $contexts[1],
			'<=', CONTEXTS_KB, 'memory contexts do not grow');
		cmp_ok($private[-1] - $private[1],
			'<=', PRIVATE_KB, 'nor does the process');
		$session->close;
	};
	return;
}

# What the session's memory contexts hold, without what this query needs.
sub contexts_kb
{
	my ($session) = @_;
	return $session->query('SELECT (sum(used_bytes) / 1024)::int
		FROM pg_backend_memory_contexts')->{out};
}

# It did what it is measured for; then there is room for the next round.
sub check_rows
{
	my ($procedure, $each) = @_;
	my $want = $procedure =~ /rolled_back|refused/ ? 0 : $each;

	is( $node->safe_psql(
			'postgres', q{SELECT count(*) FROM datazone_outbox_entry}),
		$want,
		"$want entries wait");
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry, target');
	return;
}

sub sum
{
	my $sum = 0;
	$sum += $_ for @_;
	return $sum;
}
