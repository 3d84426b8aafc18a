# retry_mode 'adaptive': once the service has throttled one process, all of the
# cluster wait before they send, first attempts too; they can be cancelled
# meanwhile; and when nothing is throttled any more, they get faster again.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	server => { retry_mode => 'adaptive', rate_limit => 0 });
my $call = q{SELECT id FROM datazone_get_run('run_orders_001', server => '%s')};
my $first = DatazoneSession->new($node);
my $second = DatazoneSession->new($node);

create_datazone_server($node, 'standard', $sim, rate_limit => 0);

# Until then adaptive mode does nothing.
cmp_ok(seconds($first, 'sim', 20), '<', 15, 'twenty calls are not held up');

# One is throttled, in one backend ...
$sim->fault('GetDataSourceRun', 'throttle', 1);
is($first->query(sprintf($call, 'sim'))->{out},
	'run_orders_001', 'throttled, and tried again');

# ... and all wait: so many calls have to take longer than one after another
# in standard mode do.  The least rate is one in two seconds.
my $slow = seconds($second, 'sim', 3);
my $fast = seconds($second, 'standard', 3);
note sprintf('three calls: %.3f s, in standard mode %.3f s', $slow, $fast);
cmp_ok($slow, '>', $fast + 0.2, 'another backend waits for its turn');

# While the service refuses whatever comes, four sessions queue for their
# turns.  Whoever comes after them can be cancelled, and has sent nothing.
$sim->fault('GetDataSourceRun', 'throttle', 'all');
my @queue = map { DatazoneSession->new($node) } 1 .. 4;
$sim->clear_log;
$_->send(sprintf($call, 'sim')) for @queue;
poll_until(sub { $sim->count('GetDataSourceRun') >= 6 }, 'six attempts');
$second->query("SET statement_timeout = '100ms'");
my $cancelled = $second->query(
	q{SELECT id FROM datazone_get_run('run_orders_002', server => 'sim')});
is($cancelled->{sqlstate}, '57014', 'whoever waits can be cancelled');
cmp_ok($cancelled->{answered} - $cancelled->{sent},
	'<', 0.1 + 0.25, '... at once');
is(scalar(grep { $_->{path} =~ /run_orders_002/ } $sim->log), 0,
	'... and has sent nothing');
is($_->result->{sqlstate}, '53000', 'the others are throttled to their end')
  for @queue;
$_->close for @queue;
$sim->clear_faults;

# Nobody waits for ever: after request_timeout a call has been throttled, by
# what others were told.
create_datazone_server($node, 'hasty', $sim, retry_mode => 'adaptive',
	rate_limit => 0, max_attempts => 1, request_timeout => '2s');
$sim->fault('GetDataSourceRun', 'throttle', 'all');
is($first->query(sprintf($call, 'hasty'))->{sqlstate}, '53000', 'throttled');
my @hasty = map { DatazoneSession->new($node) } 1 .. 8;
$sim->clear_log;
$_->send(sprintf($call, 'hasty')) for @hasty;
my @ended = map { $_->result } @hasty;
is(scalar(grep { $_->{sqlstate} eq '53000' } @ended), 8, 'all eight are throttled');
is(scalar(grep { $_->{out} =~ /nothing was sent/ } @ended),
	8 - $sim->count('GetDataSourceRun'), '... most without having been sent');
cmp_ok($sim->count('GetDataSourceRun'), '<', 6, '... because it was not their turn');
cmp_ok((sort { $b <=> $a } map { $_->{answered} - $_->{sent} } @ended)[0],
	'<', 10, '... and were told so in time');
$_->close for @hasty;
$sim->clear_faults;

# Its turn was given back: ten of those do not hold up the next by 20 seconds.
$second->query("SET statement_timeout = '20ms'");
$second->query(sprintf($call, 'sim')) for 1 .. 10;
$second->query('RESET statement_timeout');
cmp_ok(seconds($second, 'sim', 1), '<', 10,
	'those who left do not hold up the others');

# The others of the cluster: standard mode, and another server, do not wait.
cmp_ok(seconds($second, 'standard', 3), '<', 1.5, 'standard mode does not wait');
create_datazone_server($node, 'other', $sim,
	retry_mode => 'adaptive', rate_limit => 0);
cmp_ok(seconds($second, 'other', 3), '<', 1.5, 'nor does another server');

# Once the service has room again the rate grows.
my $last = 99;
poll_until(sub { ($last = seconds($first, 'sim', 1)) < 0.1 },
	'the rate to grow', 60);
pass("after some successes a call takes $last s");

# The service lets through four a second.  Six sessions in both modes ask for
# all they can get: adaptive mode gets as much with fewer refusals.
my %told;
for my $mode (qw(standard other))
{
	$sim->settings(rate_limits => {});
	$sim->clear_log;
	$node->safe_psql('postgres',
		"ALTER SERVER $mode OPTIONS (ADD max_attempts '50')");
	$sim->settings(rate_limits => { GetDataSourceRun => 4 });
	my @sessions = map { DatazoneSession->new($node) } 1 .. 6;
	my $began = time();

	$_->send(sprintf("SELECT count(g.id) FROM generate_series(1, 6) i,
		LATERAL datazone_get_run('run_orders_00' || i, server => '%s') g",
			$mode))
	  for @sessions;
	my @results = map { $_->result(120) } @sessions;
	is(scalar(grep { $_->{out} eq '6' } @results),
		6, "$mode: all calls succeed")
	  or diag(join "\n", map { $_->{out} } @results);
	my @sent = $sim->log('GetDataSourceRun');
	$told{$mode} = {
		throttled => scalar(grep { $_->{status} == 429 } @sent),
		seconds => time() - $began };
	note sprintf('%s: %d throttled, %.1f s',
		$mode, @{ $told{$mode} }{qw(throttled seconds)});
	$_->close for @sessions;
}
cmp_ok($told{other}{throttled}, '<', $told{standard}{throttled},
	'adaptive mode is throttled less often');
$sim->settings(rate_limits => {});

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$_->close for $first, $second;
$node->stop;
done_testing();

# How long so many calls take.
sub seconds
{
	my ($session, $server, $times) = @_;
	my $began = time();

	for (1 .. $times)
	{
		my $result = $session->query(sprintf($call, $server));
		is($result->{out}, 'run_orders_001', "a call of $server")
		  if $result->{out} ne 'run_orders_001';
	}
	return time() - $began;
}
