# A statement whose rows another transaction has changed meanwhile looks at
# them again; what it has started for them is not started once more.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim);
my $other = DatazoneSession->new($node);
my $session = DatazoneSession->new($node);

$sim->settings(runs_per_day => 0);
$node->safe_psql(
	'postgres', q{
CREATE TABLE job (
	k int PRIMARY KEY, source text, changes int DEFAULT 0, run text);
CREATE TABLE started (k int, run text)});

my $RUN = q{(SELECT r.id FROM datazone_start_run(job.source) r)};
my @cases = (
	# name, statement, rows that it is about, runs that it starts
	[ 'UPDATE', "UPDATE job SET run = $RUN", 1, 1 ],
	[ 'UPDATE of three rows of one source', "UPDATE job SET run = $RUN", 3, 1 ],
	[
		'UPDATE, twice the same',
		"UPDATE job SET run = $RUN || substr($RUN, 1, 0)", 1, 1
	],
	[
		'UPDATE, every column',
		"UPDATE job SET run = (SELECT r.id FROM (
			SELECT (datazone_start_run(job.source)).*) r)",
		1, 1
	],
	[
		'UPDATE with a condition',
		"UPDATE job SET run = 'one' WHERE $RUN IS NOT NULL", 1, 1
	],
	[
		'UPDATE FROM',
		'UPDATE job SET run = r.id
			FROM job j, LATERAL datazone_start_run(j.source) r
			WHERE j.k = job.k',
		1, 1
	],
	[
		'UPDATE by a join',
		"UPDATE job SET run = $RUN FROM generate_series(1, 3) k
			WHERE k.k = job.k", 3, 1
	],
	[ 'SELECT FOR UPDATE', "SELECT $RUN FROM job FOR UPDATE", 1, 1 ],
	[ 'SELECT FOR SHARE', "SELECT $RUN FROM job FOR SHARE", 3, 1 ],
	[
		'INSERT of what is locked',
		"INSERT INTO started SELECT k, $RUN FROM job FOR UPDATE", 1, 1
	],
	[
		'WITH',
		"WITH j AS (UPDATE job SET run = $RUN RETURNING k, run)
			INSERT INTO started SELECT * FROM j", 1, 1
	],
	[ 'DELETE', "DELETE FROM job WHERE $RUN IS NOT NULL", 1, 1 ],
	[
		'a function that updates',
		"DO \$\$BEGIN UPDATE job SET run = $RUN; END\$\$", 1, 1
	]);

for my $case (@cases)
{
	my ($name, $sql, $rows, $runs) = @$case;

	# the other one's change is not of what the run depends on
	my $result =
	  waiting($sql, $rows, 'UPDATE job SET changes = changes + 1');
	is($result->{sqlstate}, '00000', "$name: works") or diag($result->{out});
	is(scalar(my @a = $sim->effects('StartDataSourceRun')),
		$runs, "$name: runs");
	is($sim->count('StartDataSourceRun'), $runs, "$name: and requests");
	is($node->safe_psql('postgres', 'SELECT count(*) FROM job WHERE changes = 1'),
		$name eq 'DELETE' ? 0 : $rows,
		"$name: the other's change is there");
}

# The run that is told of is the one that was started.
{
	waiting("UPDATE job SET run = $RUN", 3,
		'UPDATE job SET changes = changes + 1');
	my ($effect) = $sim->effects('StartDataSourceRun');

	is($node->safe_psql('postgres', 'SELECT DISTINCT run FROM job'),
		$effect->{id}, 'the first one\'s run is every one\'s run');
}

# What another source asks for is another run, and none is lost.
{
	my $result = waiting("UPDATE job SET run = $RUN",
		1, q{UPDATE job SET source = 'ds_returns'});
	my @effects = $sim->effects('StartDataSourceRun');

	is($result->{sqlstate}, '00000', 'a source that has changed');
	is(scalar @effects, 2, 'has a run of its own');
	is($node->safe_psql('postgres', 'SELECT source || run FROM job'),
		"ds_returns$effects[1]{id}", 'which is the one that is told of');
}

# A row that is gone: one run has been started, and nothing more.
{
	my $result = waiting("UPDATE job SET run = $RUN", 1, 'DELETE FROM job');

	is($result->{sqlstate}, '00000', 'a row that is gone');
	is(scalar(my @a = $sim->effects('StartDataSourceRun')), 1, 'has one run');
}

# The next statement is another one.
{
	waiting("UPDATE job SET run = $RUN",
		1, 'UPDATE job SET changes = changes + 1');
	$session->query("UPDATE job SET run = $RUN");
	is(scalar(my @a = $sim->effects('StartDataSourceRun')),
		2, 'a second statement starts a second run');
}

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# Rows of one source, and a simulator that has started nothing.
sub prepare
{
	my ($rows) = @_;

	$node->safe_psql(
		'postgres', "TRUNCATE job;
		INSERT INTO job (k, source)
		SELECT k, 'ds_stores' FROM generate_series(1, $rows) k");
	$sim->reset;
	$sim->settings(runs_per_day => 0);
	return;
}

# The result of a statement that waits for the end of a transaction, which
# has changed the rows.
sub waiting
{
	my ($sql, $rows, $change) = @_;

	prepare($rows);
	$other->query('BEGIN');
	$other->query($change);
	$session->send($sql);
	wait_for_lock($session);
	$other->query('COMMIT');
	return $session->result;
}

sub wait_for_lock
{
	my ($waiter) = @_;
	my $pid = $waiter->pid;

	$node->poll_query_until('postgres',
		"SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid")
	  or die 'it does not wait';
	return;
}
