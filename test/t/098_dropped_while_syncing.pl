# DROP EXTENSION at any moment of a worker's life, between its start and the
# rows that it is writing: the command succeeds, the worker leaves, and the
# next extension is served as if there had been none before.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant ROUNDS => 12;
use constant IN_TIME => 2;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => process_conf());
my $pid = wait_running($node, 'postgres');
my $longest = 0;
my $written = 0;

$sim->control('POST', 'seed',
	{ data_sources => [ { id => 'ds_%d', count => 20, runs => 60 } ] });
ask($node, 'CREATE DATABASE second TEMPLATE template0');
srand(7);

my $session = DatazoneSession->new($node, dbname => 'second');
for my $round (1 .. ROUNDS)
{
	run($session, 'CREATE EXTENSION datazone');
	make_server($node, 'second', $sim);
	run($session, q{SELECT count(datazone_watch('ds_' || n, '1 second'))
		FROM generate_series(1, 20) n});

	# from before the worker serves to when it has written for a while
	my $until = time() + rand(1.3);
	poll_until(sub { time() >= $until }, 'the moment');
	$written++ if run($session, 'SELECT count(*) > 0 FROM datazone_run') eq 't';
	my $result = $session->query('DROP EXTENSION datazone CASCADE');
	my $took = $result->{answered} - $result->{sent};
	is($result->{sqlstate}, '00000', "round $round: dropped")
	  or diag($result->{out});
	$longest = $took if $took > $longest;
	wait_no_worker($node, 'second');
}
cmp_ok($longest, '<', IN_TIME, 'none took two seconds');
ok($written > 0 && $written < ROUNDS,
	"some before rows were written, some after ($written)");

# whatever the last one met, it is over
wait_round($node);
is_deeply(worker($node, 'second'), {}, 'no worker, and no trace of one');
is(wait_running($node, 'postgres'), $pid, 'the other worker is the same');
unlike(slurp_file($node->logfile), qr/deadlock detected|cache lookup failed|PANIC/,
	'and the log has nothing of deadlocks and lost objects');

run($session, 'CREATE EXTENSION datazone');
make_server($node, 'second', $sim, 'ds_1');
poll_until(
	sub { return run($session, 'SELECT count(*) FROM datazone_run') >= 60; },
	'rows', 20);
pass('the next one is served');
$session->close;
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();
