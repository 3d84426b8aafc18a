# A process that was to fetch credentials for all is stopped: after some seconds
# another one does it, and not at once, though time goes fast here.  When the
# first goes on, it harms nobody.

use strict;
use warnings;

use DatazoneClock;
use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'the clock of programs can be changed on Linux alone'
  unless $^O eq 'linux';

my $scale = 20;
my $clock = DatazoneClock->new($scale);
my ($sim, $aws, $node);

$clock->run(sub {
	$sim = start_simulator();
	$aws = start_standins($sim);
	$node = new_host_node('main', $sim, conf => own_conf(),
		environment => {
			AWS_ENDPOINT_URL_STS => $aws->url,
			map { $_ => $ENV{$_} }
			  qw(LD_PRELOAD FAST_CLOCK_ORIGIN FAST_CLOCK_SCALE) },
		server => { request_timeout => '1h', rate_limit => 0 });
});
map_identity($node, 'sim', sprintf(
	"access_key_id '%s', secret_access_key '%s', role_arn '%s'",
	DatazoneTest::ACCESS_KEY, DatazoneTest::SECRET_KEY,
	'arn:aws:iam::111122223333:role/etl'));

my $call = q{SELECT id FROM datazone_get_run('run_orders_001')};
my ($first, $second, $third) = map { DatazoneSession->new($node) } 1 .. 3;

$aws->settings(latency_ms => 1200 * 1000);
$first->send($call);
poll_until(sub { $aws->count('AssumeRole') == 1 }, 'the first to fetch');
kill STOP => $first->pid;
$aws->settings(latency_ms => 0);

my $began = time();
$_->send($call) for $second, $third;
is($_->result(60)->{out}, 'run_orders_001', 'another one succeeds')
  for $second, $third;
my $seconds = (time() - $began) * $scale;
note sprintf('after %.1f seconds', $seconds);
cmp_ok($seconds, '>', 2, 'not before five seconds, or what is left of them');
is($aws->count('AssumeRole'), 2, 'one of them has fetched');

kill CONT => $first->pid;
kill INT => $first->pid;
is($first->result(60)->{sqlstate}, '57014', 'the first is cancelled');
is($first->query($call)->{out}, 'run_orders_001', 'and succeeds then');
is($aws->count('AssumeRole'), 2, 'with what the other one fetched');
$_->close for $first, $second, $third;
$node->stop;
done_testing();
