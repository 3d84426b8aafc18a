# pg_stat_activity says what a session waits for: the service's answer, or its
# own time.  Before 17 an extension's waits all have one name.  From 18 on the
# loaded library has a name and a version, too.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim);
my $session = DatazoneSession->new($node);
my $version = $session->query('SHOW server_version_num')->{out};
my $has_names = $version >= 170000;

# The answer does not come.
$sim->fault('GetDataSourceRun', 'stall', 1);
is( wait_while(
		q{SELECT id FROM datazone_get_run('run_orders_001', server => 'sim')}),
	$has_names ? 'DatazoneHttp' : 'Extension',
	'a request under way');

# It came, and says to try again in some seconds.
$sim->clear_faults;
$sim->fault('GetDataSourceRun', 'throttle', 'all', retry_after_ms => 5000);
is( wait_while(
		q{SELECT id FROM datazone_get_run('run_orders_001', server => 'sim')},
		'DatazoneHttp'),
	$has_names ? 'DatazoneDelay' : 'Extension',
	'the pause before the next attempt');

if ($has_names)
{
	is( $session->query(
			q{SELECT string_agg(name, ' ' ORDER BY name) FROM pg_wait_events
			WHERE type = 'Extension' AND name LIKE 'Datazone%'})->{out},
		'DatazoneDelay DatazoneHttp',
		'pg_wait_events has the names that were used');
}
if ($version >= 180000)
{
	is( $session->query(
			q{SELECT m.version = e.default_version
			FROM pg_get_loaded_modules() m, pg_available_extensions e
			WHERE m.module_name = 'datazone' AND e.name = 'datazone'})->{out},
		't',
		'the library says which version it is');
}
$session->close;
done_testing();

# Send a statement; what it waits for as soon as that is nothing of core's, nor
# the wait to be passed over; then cancel it.
sub wait_while
{
	my ($sql, $pass_over) = @_;
	my $pid = $session->pid;
	my $event = '';

	$session->send($sql);
	poll_until(
		sub {
			$event = $node->safe_psql('postgres',
				"SELECT wait_event FROM pg_stat_activity WHERE pid = $pid
				AND state = 'active' AND wait_event_type = 'Extension'");
			$event ne '' && $event ne ($pass_over // '');
		},
		'the session to wait');
	$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
	is($session->result->{sqlstate}, '57014', 'it is waiting, until cancelled');
	return $event;
}
