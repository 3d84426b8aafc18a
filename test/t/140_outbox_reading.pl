# What is looked at for an entry that has just been enqueued, in blocks of the
# table and its indexes: not the rows that a dump has brought, whatever the
# number of their transaction, nor what a transaction has enqueued that is
# still open.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

# Rows that lie around, and entries whose cost is taken.
use constant { ROWS => 20_000, ENTRIES => 100 };

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 },
	conf => "autovacuum = off\n");
my $session = DatazoneSession->new($node);
my $enqueue = DatazoneSession->new($node);

# Rows as another cluster has them, or as a transaction here writes them.
$node->safe_psql('postgres', q{
	CREATE PROCEDURE fill(number xid8, origin bigint, gave_up text, rows int)
	LANGUAGE sql AS $$
		INSERT INTO datazone_outbox_entry (xid, operation, server, server_id,
			role, domain_id, client_token, payload, enqueued_at, state,
			origin_system_identifier, origin_database_id)
		SELECT coalesce(number, pg_current_xact_id()), 'PostLineageEvent',
			'sim', s.oid, current_user::regrole, 'dzd_simulator',
			'token ' || n, '{}', now(), gave_up, origin, d.oid
		FROM generate_series(1, rows) n, pg_foreign_server s, pg_database d
		WHERE srvname = 'sim' AND datname = 'postgres' $$});
wait_worker($node);

my $alone = one_by_one('an empty table');
beside_rows_of_elsewhere();
beside_an_open_transaction();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$_->close for $session, $enqueue;
$node->stop;
done_testing();

# What everybody has reported of the queue: rows deleted, blocks looked at.
sub counters
{
	return split /\|/, $session->query(q{
		SELECT n_tup_del,
			heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit
		FROM pg_stat_all_tables JOIN pg_statio_all_tables USING (relid)
		WHERE relid = 'datazone_outbox_entry'::regclass})->{out};
}

# Entries that are delivered one after the other; gives the blocks for each.
# The cost of what they are compared with must have been reported.
sub one_by_one
{
	my ($what) = @_;
	my ($deleted, $blocks) = delivered(1);
	my ($last, $then) = delivered(ENTRIES);

	note sprintf '%s: %.1f blocks an entry', $what,
	  ($then - $blocks) / ENTRIES;
	return ($then - $blocks) / ENTRIES;
}

# The counters when so many more have been delivered.
sub delivered
{
	my ($entries) = @_;
	my ($before) = counters();
	my @now;

	for my $n (1 .. $entries)
	{
		my $id = $enqueue->query(
			"SELECT datazone_enqueue_lineage(${\event_sql($n)})")->{out};
		poll_until(
			sub {
				return $session->query("SELECT count(*)
					FROM datazone_delivery WHERE outbox_id = $id")->{out};
			},
			'a delivery');
	}
	poll_until(
		sub {
			@now = counters();
			return $now[0] - $before >= $entries;
		},
		'the deletions to be reported');
	return @now;
}

sub same_cost
{
	my ($what) = @_;

	cmp_ok(one_by_one($what), '<=', $alone * 2 + 5,
		"beside $what an entry costs as many blocks");
	return;
}

# A greater number than any transaction of this cluster has had.
sub beside_rows_of_elsewhere
{
	my $number = "'99999999999'::xid8";
	my $here = $node->safe_psql('postgres',
		'SELECT system_identifier FROM pg_control_system()');

	for my $case ([ 'pending', 1 ], [ 'failed', 1 ], [ 'failed', $here ])
	{
		my ($state, $origin) = @$case;
		my $whose = $origin eq '1' ? 'elsewhere' : 'a copy of here';

		$node->safe_psql('postgres',
			"CALL fill($number, $origin, '$state', ${\ROWS})");
		same_cost("$state rows of $whose");
		$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	}
	return;
}

sub beside_an_open_transaction
{
	my $open = DatazoneSession->new($node);

	$open->query('BEGIN');
	$open->query("CALL fill(NULL, 1, 'pending', ${\ROWS})");
	same_cost('what an open transaction has written');
	is($open->query('ROLLBACK')->{sqlstate}, '00000', 'it can end');
	$open->close;
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	return;
}
