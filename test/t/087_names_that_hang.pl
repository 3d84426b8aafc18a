# Name lookups that hang hold up no other name, as many as there are: neither
# in a worker nor in a session, which may have given them up long ago.

use strict;
use warnings;

use DatazonePhases;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

use constant {
	# longer than the test has patience
	STALL_SECONDS => 90,
	NAMES => 24,
	GIVEN_UP => 24
};

plan skip_all => DatazonePhases->why_not if DatazonePhases->why_not;

my $sim = start_simulator(tls => 1);
my $phases = DatazonePhases->new($sim);
my $node = $phases->new_node('main',
	stall_seconds => STALL_SECONDS,
	conf => own_conf());

# An endpoint whose name has to be looked up, and is found at once.
$sim->control('POST', 'seed',
	{ domains => [ { id => 'dzd_here' } ],
		data_sources => [ { domain => 'dzd_here', project => 'prj_many',
			id => 'ds_%d', count => 5, runs => 3 } ] });
create_datazone_server($node, 'here', $sim,
	domain_identifier => 'dzd_here',
	endpoint_url => $sim->url =~ s/127\.0\.0\.1/datazone.here.test/r);

# The worker looks up names that hang; requests for one of them share a lookup.
for my $n (1 .. NAMES)
{
	create_datazone_server($node, "hangs_$n", $sim, $phases->patience->%*,
		endpoint_url => "https://datazone$n.stall.test");
	watch($node, 'ds_1', { server => "hangs_$n" });
}
my $worker = wait_worker($node);
poll_until(
	sub { $phases->threads($worker) > NAMES },
	'a thread for each lookup of the worker',
	30);
pass('the lookup of each name is under way');
watch($node, (map { "ds_$_" } 1 .. 5),
	{ server => 'here', domain => 'dzd_here' });
is_deeply(
	[ wait_synced($node, $sim, server => 'here', domain => 'dzd_here') ],
	[], 'a server whose name does not hang is synced beside them');

# A session gives up one lookup after the other.
my $session = DatazoneSession->new($node);
$session->query(q{SET statement_timeout = '100ms'});
my %given_up;
$given_up{ $session->query(
		q{SELECT id FROM datazone_get_run('run_1', server => 'dns')})
	  ->{sqlstate} }++
  for 1 .. GIVEN_UP;
is_deeply(\%given_up, { '57014' => GIVEN_UP }, 'lookups that were given up');
cmp_ok($phases->threads($session->pid), '>', GIVEN_UP, 'they all still hang');
$session->query(q{SET statement_timeout = '20s'});
is( $session->query(
		q{SELECT count(*) FROM datazone_list_data_source_runs('ds_1',
			server => 'here')})->{out},
	3,
	'the next name of that session is looked up at once');
$session->close;
$node->stop;
done_testing();
