# Whoever owns the outbox may empty it and fill it again, while the worker
# delivers: an answer to what is no longer there does nothing to what has come
# since, each delivery has its proof, and what a COPY brings back is delivered by
# the worker that runs, or given up where it may have been sent.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

# Entries that are copied.
use constant COPIED => 7;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });
my $depth = 'SELECT coalesce(queue_depth, -1) FROM datazone_stat';
my $file = "$PostgreSQL::Test::Utils::tmp_check/entries";

wait_worker($node);
numbers_begin_anew();
answer_to_what_is_gone();
copied_back();
copied_back_while_others_come();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# Start afresh: no deliveries, nothing accepted.
sub clear
{
	$sim->clear_faults;
	$node->safe_psql('postgres', 'DELETE FROM datazone_delivery');
	$sim->reset;
	return;
}

sub truncate_outbox
{
	return $node->safe_psql('postgres',
		'TRUNCATE datazone_outbox_entry RESTART IDENTITY');
}

sub pause
{
	my ($pause) = @_;

	return $node->safe_psql('postgres', 'ALTER SERVER sim OPTIONS ('
		  . ($pause ? q{ADD paused 'true'} : 'DROP paused') . ')');
}

sub numbers_begin_anew
{
	enqueue($node, "early $_") for 1 .. 3;
	wait_delivered($node, 3);
	truncate_outbox();
	enqueue($node, "late $_") for 1 .. 3;
	wait_delivered($node, 6);
	is( $node->safe_psql('postgres', q{SELECT string_agg(job, ' ' ORDER BY job)
			FROM datazone_delivery}),
		join(' ', map { my $when = $_; map { "shop/$when $_" } 1 .. 3 }
			  qw(early late)),
		'RESTART IDENTITY: each delivery is recorded');
	wait_value($node, $depth, qr/^0$/, 'the depth');
	pass('and nothing waits');
	clear();
	return;
}

# The request is under way when the table is emptied.
sub answer_to_what_is_gone
{
	$sim->fault('PostLineageEvent', 'slow', 3, ms => 3000);
	enqueue($node, "gone $_") for 1 .. 3;
	poll_until(sub { $sim->count('PostLineageEvent') == 3 }, 'the requests');
	truncate_outbox();
	enqueue($node, "new $_") for 1 .. 3;
	poll_until(
		sub {
			scalar(grep { /^gone/ } accepted($sim)) == 3
			  && scalar(grep { /^new/ } accepted($sim)) == 3;
		},
		'all to be accepted');
	wait_delivered($node, 3);
	is( $node->safe_psql('postgres', q{SELECT string_agg(job, ' ' ORDER BY job)
			FROM datazone_delivery}),
		join(' ', map { "shop/new $_" } 1 .. 3),
		'an answer to what is gone: what has come since is delivered');
	wait_value($node, $depth, qr/^0$/, 'the depth');
	pass('and nothing waits');
	clear();
	return;
}

# One of them was marked as sent when it was copied.
sub copied_back
{
	pause(1);
	my @ids = map { enqueue($node, "copied $_") } 1 .. COPIED;
	my $marked = $node->safe_psql('postgres', qq{SELECT
		datazone_enqueue('CreateProject', '{"name": "marked"}', server => 'sim')});
	$node->safe_psql('postgres', qq{
		UPDATE datazone_outbox_entry SET claimed_at = now() WHERE id = $marked;
		\\copy datazone_outbox_entry TO '$file'});
	truncate_outbox();
	pause(0);
	my $other = enqueue($node, 'other');
	wait_entry($node, $other, 'state', qr/^gone$/, 'another');
	my $pid = worker_pid($node);

	pause(1);
	$node->safe_psql('postgres', "\\copy datazone_outbox_entry FROM '$file'");
	wait_entry($node, $marked, 'state, error_message',
		qr/^failed\|outcome unknown: /, 'the marked one');
	pass('a COPY brings what may have been sent: it is given up');
	wait_value($node, $depth, qr/^${\COPIED}$/, 'the depth');
	pass('and what waits is counted');
	pause(0);
	wait_delivered($node, COPIED + 1);
	is($sim->count('CreateProject'), 0, 'what may have been sent is not');
	is(scalar(grep { /^copied/ } accepted($sim)),
		COPIED, 'what a COPY has brought back is delivered');
	is(worker_pid($node), $pid, 'by the worker that runs');
	ok((sort { $a <=> $b } @ids, $marked)[-1] < $other,
		'(it is older than what was looked at)');
	$node->safe_psql('postgres', "SELECT datazone_discard($marked)");
	wait_value($node, $depth, qr/^0$/, 'the depth');
	clear();
	return;
}

# Of those that the worker holds just now, none is sent twice.
sub copied_back_while_others_come
{
	$sim->fault('PostLineageEvent', 'slow', COPIED, ms => 2000);
	my @ids = map { enqueue($node, "held $_") } 1 .. COPIED;
	poll_until(sub { $sim->count('PostLineageEvent') == COPIED },
		'the requests');
	$node->safe_psql('postgres', qq{BEGIN;
		\\copy datazone_outbox_entry TO '$file'
		TRUNCATE datazone_outbox_entry;
		\\copy datazone_outbox_entry FROM '$file'
		COMMIT});
	enqueue($node, 'other');
	wait_delivered($node, COPIED + 1);
	is($sim->count('PostLineageEvent'), COPIED + 1,
		'copied while they are under way: each is sent once');
	clear();
	return;
}
