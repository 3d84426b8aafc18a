# What is sent is on disk first, also where WAL ends exactly at the end of a
# page: the next record would begin behind a header that nobody has written,
# and to flush up to there is an error.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

use constant {
	PAGE => 8192,
	SHORT_HEADER => 24,
	LONG_HEADER => 40,    # the first page of a segment
	TRIES => 50
};

my $sim = start_simulator();

# nobody else is to write WAL
my $node = new_worker_node('main', $sim,
	conf => "autovacuum = off\ncheckpoint_timeout = 1h\n"
	  . "wal_level = minimal\nmax_wal_senders = 0\n");

wait_worker($node);
for my $round (1 .. 3)
{
	switch('off');
	my $id = enqueue($node, "job $round");
	my $log = -s $node->logfile;
	is(align(), 1, "round $round: WAL ends with a page");
	my $pid = worker_pid();
	switch('on');
	wait_entry($node, $id, 'state', qr/^gone$/, 'the entry to be delivered');
	is(worker_pid(), $pid, "round $round: the worker has gone on");
	unlike(
		slurp_file($node->logfile, $log),
		qr/flush request|past end of generated WAL/,
		"round $round: nothing that is not there is flushed");
}
is_deeply([ accepted($sim) ],
	[ map { "job $_" } 1 .. 3 ], 'all have arrived');
$node->stop;
done_testing();

sub switch
{
	my ($state) = @_;

	$node->append_conf('postgresql.conf', "datazone.enabled = $state");
	$node->reload;
	my $wanted = $state eq 'on' ? 'running' : 'disabled';
	wait_value(
		$node,
		'SELECT worker_state FROM datazone_stat
			WHERE datname = current_database()',
		qr/^$wanted/,
		"the worker to be $wanted");
	return;
}

sub worker_pid
{
	return $node->safe_psql('postgres',
		'SELECT worker_pid FROM datazone_stat
			WHERE datname = current_database()');
}

sub position
{
	return $node->safe_psql('postgres',
		q{SELECT (pg_current_wal_insert_lsn() - '0/0') % } . PAGE);
}

# A message in WAL that belongs to no transaction; how far it moved the end.
sub emit
{
	my ($len) = @_;
	my $from = position();

	$node->safe_psql('postgres',
		"SELECT pg_logical_emit_message(false, 'fill', repeat('x', $len))");
	return position() - $from;
}

# Write until the next record would begin a page.
sub align
{
	for (1 .. TRIES)
	{
		my $at = position();
		return 1 if $at == SHORT_HEADER || $at == LONG_HEADER;

		# what a message takes beyond its own bytes, on one page
		my $more = emit(300) - 300;
		next if $more < 0;
		my $left = PAGE - position();
		emit($left - $more) if $left - $more >= 300;
	}
	return 0;
}
