# Entries are numbered in the order in which they are enqueued, by all sessions
# together, each number once: also after a crash, and when a restore has put
# entries into the table that were numbered elsewhere.  The application's own
# sequences do not notice: lastval() is that of the row which it has inserted.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();

# Nothing is delivered: what is looked at are the entries.
my $node = new_worker_node('main', $sim,
	conf => "datazone.enabled = off\nclient_min_messages = warning\n"
	  . "datazone.dataset_namespace = 'postgres://main.example:5432'\n");

$node->safe_psql('postgres', sprintf(
	q{CREATE FUNCTION enqueue() RETURNS bigint LANGUAGE sql AS
		$$ SELECT datazone_enqueue_lineage(%s) $$;
	CREATE TABLE sale (id serial PRIMARY KEY, amount int);
	ALTER SEQUENCE sale_id_seq RESTART 4711;
	CREATE TRIGGER lineage AFTER INSERT ON sale
		EXECUTE FUNCTION datazone_lineage_trigger('job=sales')},
	event_sql('load', 1)));

lastval_is_the_sessions();
all_sessions();
after_crashes();
after_a_restore();
read_only();
$node->stop;
done_testing();

# All numbers that are in the table.
sub numbers
{
	my @numbers = split /\n/, $node->safe_psql('postgres',
		'SELECT id FROM datazone_outbox_entry ORDER BY id');

	return @numbers;
}

# What an ORM does to learn the key of its row.
sub lastval_is_the_sessions
{
	is( $node->safe_psql('postgres', q{
			INSERT INTO sale (amount) VALUES (1);
			SELECT lastval()}),
		4711, 'lastval() tells of the table with the trigger');
	is( $node->safe_psql('postgres', q{
			INSERT INTO sale (amount) VALUES (1);
			SELECT enqueue() > 0;
			SELECT lastval()}),
		"t\n4712", 'an entry does not change it');
	my ($status, $out, $err) =
	  $node->psql('postgres', 'SELECT enqueue(); SELECT lastval()');
	like($err, qr/lastval is not yet defined/, 'nor define it');
	is(numbers(), 4, 'all that was enqueued is there');
}

# Sessions take turns, and each number is greater than the one before.
sub all_sessions
{
	my @sessions = map { DatazoneSession->new($node) } 1 .. 4;
	my @taken;

	for my $round (1 .. 100)
	{
		for my $session (@sessions)
		{
			push @taken, $session->query('SELECT enqueue()')->{out};
		}
	}
	is_deeply([ sort { $a <=> $b } @taken ],
		\@taken, '400 entries of four sessions, in their order');
	is($taken[-1] - $taken[0], 399, 'and none left out');
	$_->close foreach @sessions;
}

# What was reserved and not used stays unused.
sub after_crashes
{
	for my $round (1 .. 3)
	{
		my ($greatest) = reverse numbers();

		$node->stop('immediate');
		$node->start;
		cmp_ok($node->safe_psql('postgres', 'SELECT enqueue()'),
			'>', $greatest, "after crash $round: greater than all before");
	}

	# a table that is empty says nothing
	my ($greatest) = reverse numbers();
	$node->safe_psql('postgres', 'DELETE FROM datazone_outbox_entry');
	$node->stop('immediate');
	$node->start;
	cmp_ok($node->safe_psql('postgres', 'SELECT enqueue()'),
		'>', $greatest, 'also where none of them is left');
}

# Entries with numbers that we would give out next.
sub after_a_restore
{
	my ($greatest) = reverse numbers();

	$node->safe_psql('postgres', sprintf(
		q{CREATE TEMP TABLE copy AS SELECT * FROM datazone_outbox_entry LIMIT 1;
		UPDATE copy SET id = %d;
		\copy copy TO '%s/entries'
		\copy datazone_outbox_entry FROM '%s/entries'},
		$greatest + 3, ($PostgreSQL::Test::Utils::tmp_check) x 2));
	is( $node->safe_psql('postgres',
			"SELECT count(*) FROM generate_series(1, 5) WHERE enqueue() > $greatest + 3"),
		5, 'after a COPY into the table: greater than what it has brought');

	($greatest) = reverse numbers();
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	cmp_ok($node->safe_psql('postgres', 'SELECT enqueue()'),
		'>', $greatest, 'nor does it begin anew when the table is emptied');
}

# A temporary table may be written, and its trigger enqueues at the commit.
sub read_only
{
	my $before = numbers();
	my ($status, $out, $err) = $node->psql('postgres', q{
		CREATE TEMP TABLE stage (n int);
		CREATE TRIGGER lineage AFTER INSERT ON stage
			EXECUTE FUNCTION datazone_lineage_trigger('job=stage');
		BEGIN READ ONLY;
		INSERT INTO stage VALUES (1);
		COMMIT;
		SELECT count(*) FROM stage});

	is($out, 1, 'a read-only transaction commits');
	is(numbers(), $before, 'and enqueues nothing');
}
