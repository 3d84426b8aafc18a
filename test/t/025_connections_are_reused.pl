# A backend keeps its connection: a hundred calls of any kind open one, over
# http and https; one that has died meanwhile, or may be out of step, is
# replaced without anybody noticing.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });
my $get = q{SELECT id FROM datazone_get_run('run_orders_100', server => 'sim')};

# One connection for a hundred statements, whatever they are.
{
	my $session = DatazoneSession->new($node);

	$sim->control('DELETE', 'statistics');
	for my $n (1 .. 25)
	{
		is($session->query($get)->{out}, 'run_orders_100', 'a read')
		  if $n == 1;
		$session->query(q{SELECT count(*)
			FROM datazone_list_data_source_runs('ds_clickstream')});
		$session->query(qq{SELECT id FROM datazone_start_run('ds_orders',
			client_token => 'one-run')});
		$session->query(q{SELECT id FROM datazone_get_run('none')});
	}
	my $found = $sim->statistics;
	is($found->{connections_opened}, 1, 'statements of all kinds: one');
	cmp_ok($found->{requests}, '>=', 100, 'for more than a hundred requests');

	# a loop in one statement
	$sim->control('DELETE', 'statistics');
	$session->query(q{DO $$BEGIN FOR n IN 1..100 LOOP
		PERFORM datazone_get_run('run_orders_100'); END LOOP; END$$});
	$found = $sim->statistics;
	is($found->{requests}, 100, 'a hundred calls in one statement');
	is($found->{connections_opened}, 0, 'need no other connection');

	# an answer that was not understood, but was whole
	$sim->fault('GetDataSourceRun', $_) for 'garbage', 'unavailable';
	$session->query($get) for 1 .. 3;
	is($sim->statistics->{connections_opened},
		0, 'nor does an answer that makes no sense');
	$session->close;
}

# The connection is the backend's own, and ends with it.
{
	my @sessions = map { DatazoneSession->new($node) } 1 .. 3;

	$sim->control('DELETE', 'statistics');
	$_->query($get) for @sessions, @sessions;
	is($sim->statistics->{connections_opened}, 3, 'three backends: three');
	$_->close for @sessions;
	poll_until(sub { $sim->statistics->{connections_open} == 0 },
		'connections to close');
	pass('which end with them');
}

# Dead meanwhile: the peer closed it, announced or not; or is a new process.
{
	my $session = DatazoneSession->new($node);

	for my $announced (1, 0)
	{
		my $how = $announced ? 'announced' : 'silent';

		$sim->control('DELETE', 'statistics');
		$sim->fault('GetDataSourceRun', 'close', 3,
			announce => $announced ? \1 : \0);
		for my $n (1 .. 4)
		{
			is($session->query($get)->{out}, 'run_orders_100',
				"call $n of a connection that closes ($how) each time");
		}
		cmp_ok($sim->statistics->{connections_opened},
			'>=', 3, "$how: another connection each time");
	}

	my ($port) = $sim->url =~ /:(\d+)$/;
	$session->query($get);
	$sim->kill9;
	$sim = start_simulator(arguments => [ '--port', $port ]);
	is($session->query($get)->{out},
		'run_orders_100', 'another process at the same port is no matter');
	is($sim->count, 1, 'and is asked once');

	# a write on a connection that is dead: one run, no error
	$sim->kill9;
	$sim = start_simulator(arguments => [ '--port', $port ]);
	like(
		$session->query(q{SELECT status
			FROM datazone_start_run('ds_stores')})->{out},
		qr/^REQUESTED$/, 'nor for a write');
	is(scalar(grep { $_->{dataSourceId} eq 'ds_stores' } $sim->runs),
		1, 'which happens once');
	$session->close;
}

# A cancelled answer never becomes the answer of the next call.
{
	my $session = DatazoneSession->new($node);

	$session->query($get);
	$sim->fault('GetDataSourceRun', 'slow_body', 1, bytes => 20, ms => 50);
	$session->query('SET statement_timeout = 300');
	is( $session->query(
			q{SELECT id FROM datazone_get_run('run_orders_001')})->{sqlstate},
		'57014',
		'a call is cancelled in the middle of its answer');
	$session->query('RESET statement_timeout');
	$sim->control('DELETE', 'statistics');
	is($session->query($get)->{out},
		'run_orders_100', 'the next call has an answer of its own');
	is($sim->statistics->{connections_opened}, 1, 'by another connection');

	# the same for what a listing had asked for and did not need any more
	for my $n (1 .. 5)
	{
		$session->query(q{DO $$BEGIN
			PERFORM FROM datazone_list_data_source_runs('ds_clickstream') r
			WHERE 1 / (CASE r.id WHEN 'run_clickstream_040'
				THEN 0 ELSE 1 END) = 1;
			EXCEPTION WHEN division_by_zero THEN NULL; END$$});
		is($session->query($get)->{out},
			'run_orders_100', "after a listing that failed: $n");
	}
	$session->close;
}

# https: the handshake is done once.
{
	my $tls = start_simulator(tls => 1);
	my $session = DatazoneSession->new($node);

	create_datazone_server($node, 'tls', $tls);
	for my $n (1 .. 100)
	{
		my $result = $session->query(q{SELECT id
			FROM datazone_get_run('run_orders_100', server => 'tls')});
		is($result->{out}, 'run_orders_100', 'a read over https') if $n == 1;
	}
	my $found = $tls->statistics;
	is($found->{requests}, 100, 'https: a hundred calls');
	is($found->{connections_opened}, 1, 'https: one connection');
	$session->close;
}

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();
