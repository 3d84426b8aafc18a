# With synchronous_commit off a crash may lose what was committed.  What was
# announced to the service must not be lost: the worker has WAL on disk as far
# as it read before it sends.  Nobody else writes WAL to disk here, and the
# service answers nothing, so that no result's commit does it by the way.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use Test::More;

use constant { ROUNDS => 4, EVENTS => 8 };

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => <<'CONF');
wal_writer_delay = 10s
wal_writer_flush_after = 1GB
autovacuum = off
checkpoint_timeout = 1h
bgwriter_lru_maxpages = 0
CONF
my @announced;

$node->safe_psql('postgres', 'CREATE TABLE load (job text PRIMARY KEY)');
$node->append_conf('postgresql.conf', 'synchronous_commit = off');
$node->reload;
wait_worker($node);
announced_and_not_lost($_) for 1 .. ROUNDS;
unannounced_and_lost();

# what had no answer is sent again, with its token
wait_value($node,
	q{SELECT count(*) FROM datazone_outbox WHERE state <> 'failed'},
	qr/^0$/, 'everything to be delivered');
is_deeply(
	[ sort(accepted($sim)) ],
	[ split /\n/, $node->safe_psql('postgres',
			'SELECT job FROM load ORDER BY job COLLATE "C"') ],
	'what is committed is accepted once, and nothing else');
$node->stop;
done_testing();

# A transaction each, as fast as it goes; they do not wait for WAL.
sub load
{
	my ($round) = @_;
	my $session = DatazoneSession->new($node);
	my @jobs = map { sprintf 'job %s.%03d', $round, $_ } 1 .. EVENTS;

	for my $job (@jobs)
	{
		my $event = event_sql($job);
		my $result = $session->query(
			"WITH l AS (INSERT INTO load VALUES ('$job'))
			SELECT datazone_enqueue_lineage($event, server => 'sim')");
		is($result->{sqlstate}, '00000', "$job is committed");
	}
	$session->close;
	return @jobs;
}

sub crash
{
	$node->kill9;
	$sim->clear_faults;
	poll_until(sub { $node->start(fail_ok => 1) }, 'the server to start');
	wait_worker($node);
	return;
}

sub missing
{
	my $jobs = join ', ', map { "('$_')" } @_;

	return $node->safe_psql('postgres',
		"SELECT job FROM (VALUES $jobs) v (job) EXCEPT TABLE load ORDER BY 1");
}

sub announced_and_not_lost
{
	my ($round) = @_;

	$sim->fault('PostLineageEvent', 'slow', 'all', ms => 60_000);
	my @jobs = load($round);
	poll_until(
		sub { $sim->statistics->{in_flight} >= EVENTS },
		"the requests of round $round");
	crash();
	is(missing(@jobs), '', "round $round: what was sent is still there");
	return;
}

# That the test can fail: without a request, nothing had WAL written.
sub unannounced_and_lost
{
	switch('off');
	my @jobs = load('unread');
	crash();
	isnt(missing(@jobs), '', 'what nobody was told of may be lost');
	switch('on');
	return;
}

# Whether the worker reads at all.
sub switch
{
	my ($to) = @_;
	my $state = $to eq 'on' ? 'running' : 'disabled';

	$node->append_conf('postgresql.conf', "datazone.enabled = $to");
	$node->reload;
	wait_value($node, 'SELECT worker_state FROM datazone_stat
		WHERE datname = current_database()', qr/^$state/, "it to be $state");
	return;
}
