# Entries are numbered in the order in which they are enqueued, by all sessions
# together, each number once: also after a crash, and when a restore has put
# entries into the table that were numbered elsewhere, or somebody has emptied
# it and has its sequence begin anew.  The application's own sequences do not
# notice: lastval() is that of the row which it has inserted.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use POSIX qw(mkfifo);
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
beside_a_restore();
begun_anew();
begun_anew_and_rolled_back();
somebody_elses_table();
read_only();
without_a_slot();
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

# Others enqueue while a restore has begun, and its rows have not come yet.
sub beside_a_restore
{
	my $pipe = "$PostgreSQL::Test::Utils::tmp_check/pipe";
	my $restore = DatazoneSession->new($node);
	my $greatest = $node->safe_psql('postgres', 'SELECT enqueue()');
	my $row = $node->safe_psql('postgres', sprintf(
		q{CREATE TEMP TABLE copy AS SELECT * FROM datazone_outbox_entry LIMIT 1;
		UPDATE copy SET id = %d;
		COPY copy TO STDOUT}, $greatest + 3));

	mkfifo($pipe, 0600) or die "could not make a pipe: $!";
	$restore->send(
		"COPY datazone_outbox_entry FROM PROGRAM 'cat $pipe'");
	wait_value($node, q{SELECT count(*) FROM pg_stat_progress_copy},
		qr/^1$/, 'the restore to begin');
	is( $node->safe_psql('postgres', "SELECT count(*)
			FROM generate_series(1, 5) WHERE enqueue() > $greatest"),
		5, 'beside a COPY: entries have numbers');
	open my $out, '>', $pipe or die "could not open the pipe: $!";
	print {$out} "$row\n";
	close $out or die "could not write into the pipe: $!";
	is($restore->result->{error} // '', '', 'that are none of those that it brings');
	my ($now) = reverse numbers();
	is( $node->safe_psql('postgres', "SELECT count(*)
			FROM generate_series(1, 300) WHERE enqueue() > $now"),
		300, 'and afterwards, greater ones');
	$restore->close;
}

# The sequence does, the numbers do not.
sub begun_anew
{
	my $truncate = 'TRUNCATE datazone_outbox_entry RESTART IDENTITY';
	my ($greatest) = reverse numbers();

	$node->safe_psql('postgres', $truncate);
	cmp_ok($node->safe_psql('postgres', 'SELECT enqueue()'),
		'>', $greatest, 'RESTART IDENTITY: greater than all before');

	# what was delivered is known by its number
	($greatest) = reverse numbers();
	$node->safe_psql('postgres', qq{
		INSERT INTO datazone_delivery (outbox_id, role, server, operation,
				attempts, enqueued_at, delivered_at)
			SELECT id, role, server, operation, 1, enqueued_at, now()
			FROM datazone_outbox_entry;
		$truncate});
	$node->restart;
	cmp_ok($node->safe_psql('postgres', 'SELECT enqueue()'),
		'>', $greatest, 'also after a restart, than what was delivered');
}

sub begun_anew_and_rolled_back
{
	my $truncate = 'TRUNCATE datazone_outbox_entry RESTART IDENTITY';
	my $session = DatazoneSession->new($node);
	my ($greatest) = reverse numbers();

	$session->query($_) for 'BEGIN', $truncate;
	cmp_ok($session->query('SELECT enqueue()')->{out},
		'>', $greatest, 'RESTART IDENTITY that rolls back: greater meanwhile');
	$session->query('ROLLBACK');
	cmp_ok($node->safe_psql('postgres', 'SELECT enqueue()'),
		'>', $greatest, 'and afterwards, of another session');

	($greatest) = reverse numbers();
	$session->query($_) for 'BEGIN', 'SAVEPOINT before', $truncate,
	  'SELECT enqueue()', 'ROLLBACK TO before';
	cmp_ok($session->query('SELECT enqueue()')->{out},
		'>', $greatest, 'the same to a savepoint');
	$session->query('COMMIT');
	cmp_ok($node->safe_psql('postgres', 'SELECT min(enqueue())
			FROM generate_series(1, 300)'),
		'>', $greatest, 'and afterwards, of another session');
	$session->close;
}

# Tables that are called as the outbox is are anybody's.
sub somebody_elses_table
{
	my $before = $node->safe_psql('postgres', 'SELECT enqueue()');

	$node->safe_psql('postgres', q{
		CREATE SCHEMA other;
		CREATE TABLE other.datazone_outbox_entry (id int);
		TRUNCATE other.datazone_outbox_entry RESTART IDENTITY;
		CREATE TEMP TABLE datazone_outbox_entry (id int);
		TRUNCATE datazone_outbox_entry;
		DROP SCHEMA other CASCADE});
	is($node->safe_psql('postgres', 'SELECT enqueue()'),
		$before + 1, 'emptying a table of the same name leaves no gap');
	my ($status, $out, $err) = $node->psql('postgres', q{
		CREATE ROLE nobody;
		SET ROLE nobody;
		COPY datazone_outbox_entry FROM STDIN;});
	like($err, qr/permission denied/, 'not everybody may fill the outbox');
	is($node->safe_psql('postgres', 'SELECT enqueue()'),
		$before + 2, 'nor does trying to leave a gap');
}

# More databases than the workers are meant for: there is no counter.
sub without_a_slot
{
	my $enqueue = sprintf 'SELECT datazone_enqueue_lineage(%s)
		FROM generate_series(1, 3)', event_sql('load', 1);

	$node->append_conf('postgresql.conf', 'datazone.max_databases = 1');
	$node->restart;
	wait_value($node, 'SELECT datname FROM datazone_stat', qr/^postgres$/,
		'the only slot to be taken');
	$node->safe_psql('postgres', 'CREATE DATABASE second');
	$node->safe_psql('second', q{
		CREATE EXTENSION datazone;
		CREATE SERVER sim FOREIGN DATA WRAPPER datazone
			OPTIONS (region 'eu-west-1', domain_identifier 'dzd_none')});
	is($node->safe_psql('second', $enqueue), "1\n2\n3",
		'without a counter: numbers of the sequence');
	is($node->safe_psql('second', 'TRUNCATE datazone_outbox_entry;' . $enqueue),
		"4\n5\n6", 'which go on');
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
