# An event that was accepted has not been processed yet: the worker asks what
# became of it.  It learns SUCCESS and FAILED as the service has them, for few
# requests, none of them for a single event; of what an earlier worker
# delivered, too; and a role that may not ask has its events delivered all the
# same, and does not ask for ever.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use Test::More;

# Pages have fifty events; looks come after 2, 4 and 8 seconds.
use constant { EVENTS => 120, PATIENCE => 60 };

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

$sim->settings(lineage_requested_seconds => 0.2,
	lineage_processing_seconds => 0.4);
$sim->control('POST', 'lineage/rules',
	{ job_name => '^bad', status => 'FAILED' });
$sim->control('POST', 'lineage/rules',
	{ job_name => '^slow', status => 'SUCCESS', requested_seconds => 1,
		processing_seconds => 4 });
wait_worker($node);
what_becomes_of_many();
on_the_way();
by_the_next_worker();
who_may_not_ask();
a_server_with_another_name();
another_server_of_the_name();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# One transaction for all.
sub enqueue_many
{
	my ($job, $count) = @_;

	return $node->safe_psql('postgres', join ";\n", 'BEGIN',
		(map { 'SELECT datazone_enqueue_lineage(' . event_sql("$job $_") . ')' }
			1 .. $count), 'COMMIT');
}

sub statuses
{
	my ($jobs) = @_;

	return "SELECT coalesce(string_agg(s, ', ' ORDER BY s), 'none') FROM (
		SELECT concat_ws(' ', count(*), coalesce(processing_status, 'unknown'))
		FROM datazone_delivery WHERE job ~ '^shop/$jobs'
		GROUP BY processing_status) AS t (s)";
}

# What the service says is what the table says, event by event.
sub is_the_truth
{
	my ($what) = @_;
	my %known = map { split /\|/ } split /\n/, $node->safe_psql('postgres',
		'SELECT service_id, processing_status FROM datazone_delivery');
	my %truth = map { $_->{id} => $_->{status} } $sim->lineage;

	return is_deeply(\%known, \%truth, $what);
}

sub what_becomes_of_many
{
	enqueue_many('good', EVENTS);
	enqueue_many('bad', 3);
	wait_value($node, statuses('(good|bad)'),
		qr/^${\EVENTS} SUCCESS, 3 FAILED$/, 'verdicts', PATIENCE);
	is_the_truth('each event has its own verdict');
	my $asked = $sim->count('ListLineageEvents');
	note "asked $asked times for " . (EVENTS + 3) . ' events';
	cmp_ok($asked, '<=', 3 * 4, 'for few requests');
	cmp_ok($asked, '>', 1, 'more than a page');
	is($sim->count('GetLineageEvent'), 0, 'and none for a single event');
	return;
}

# A verdict that takes longer is waited for, and its stages are seen.
sub on_the_way
{
	enqueue($node, 'slow');
	wait_value($node, statuses('slow'), qr/REQUESTED|PROCESSING/,
		'a stage', PATIENCE);
	pass('what is not decided yet is seen');
	wait_value($node, statuses('slow'), qr/^1 SUCCESS$/, 'the verdict',
		PATIENCE);
	is_the_truth('and the verdict, later');
	return;
}

sub by_the_next_worker
{
	enqueue($node, 'slow again');
	wait_delivered($node, EVENTS + 5);
	my $pid = worker_pid($node);
	$node->safe_psql('postgres', "SELECT pg_terminate_backend($pid)");
	poll_until(sub { my $now = worker_pid($node); $now && $now != $pid },
		'another worker');
	wait_value($node, statuses('slow again'), qr/^1 SUCCESS$/, 'the verdict',
		PATIENCE);
	pass('another worker asks for what the first one delivered');
	return;
}

sub who_may_not_ask
{
	$sim->clear_log;
	$sim->fault('ListLineageEvents', 'error', 'all', status => 403,
		code => 'AccessDeniedException');
	my $log = -s $node->logfile;
	enqueue($node, 'not told');
	wait_delivered($node, EVENTS + 6);
	poll_until(sub { $sim->count('ListLineageEvents') > 0 }, 'a request');

	# with the next event it asks again, and not before: so there are two
	enqueue($node, 'told');
	wait_delivered($node, EVENTS + 7);
	poll_until(sub { $sim->count('ListLineageEvents') > 1 }, 'another one');
	is($sim->count('ListLineageEvents'), 2,
		'who may not ask asks once for what it delivers');
	is($node->safe_psql('postgres', statuses('(not )?told')), '2 unknown',
		'and there is no verdict');
	$sim->clear_faults;
	enqueue($node, 'allowed');
	wait_value($node, statuses('(allowed|(not )?told)'), qr/^3 SUCCESS$/,
		'the verdicts of all', PATIENCE);
	is_the_truth('once it may, all are told');
	return;
}

# What a server is called changes nothing: its events were enqueued before it
# got another name.
sub a_server_with_another_name
{
	$node->safe_psql('postgres', "ALTER SERVER sim OPTIONS (ADD paused 'true')");
	my $id = enqueue($node, 'renamed');
	$node->safe_psql('postgres', "ALTER SERVER sim RENAME TO other;
		ALTER SERVER other OPTIONS (DROP paused)");
	wait_value($node, statuses('renamed'), qr/^1 SUCCESS$/,
		'the verdict of a server that was renamed', PATIENCE);
	pass('a server that was renamed learns its verdicts');
	$node->safe_psql('postgres', 'ALTER SERVER other RENAME TO sim');
	return;
}

# The next server of a name does not ask for the former one's events, neither
# does it answer for them; nor does another role of the same service.
sub another_server_of_the_name
{
	my $key = q{access_key_id 'AKIDEXAMPLE',
		secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'};

	$node->safe_psql('postgres', "CREATE ROLE etl;
		GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage TO etl");
	create_datazone_server($node, 'lent', $sim, rate_limit => 0);
	$sim->control('POST', 'lineage/rules',
		{ job_name => '^former', status => 'FAILED', requested_seconds => 0.1,
			processing_seconds => 8 });
	enqueue($node, 'former', server => 'lent');
	wait_value($node, statuses('former'), qr/^1/, 'the delivery');
	$node->safe_psql('postgres', 'DROP SERVER lent CASCADE');
	create_datazone_server($node, 'lent', $sim, rate_limit => 0);
	$node->safe_psql('postgres', "GRANT USAGE ON FOREIGN SERVER lent TO etl;
		CREATE USER MAPPING FOR etl SERVER lent OPTIONS ($key)");
	my $before = $node->safe_psql('postgres', statuses('former'));
	enqueue($node, 'latter', server => 'lent');
	enqueue($node, 'latter', server => 'lent', set => 'SET ROLE etl');
	poll_until(sub { grep { $_->{status} eq 'FAILED' } $sim->lineage },
		'the former event to be processed');
	enqueue($node, 'latter', server => 'lent');
	wait_value($node, statuses('latter'), qr/^3 SUCCESS$/, 'the verdicts',
		PATIENCE);
	is($node->safe_psql('postgres', statuses('former')), $before,
		'a server of the same name asks for its own events only');
	return;
}
