# A write that must not be repeated has a connection of its own, lest it be
# sent into one that is dead; and leaves none behind.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

# What a backend may keep: a connection to an endpoint, and one that ends.
use constant FEW => 2;

plan skip_all => 'descriptors are counted in /proc of Linux'
  unless -d '/proc/self/fd';

my $sim = start_simulator();
my $tls = start_simulator(tls => 1);
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });

create_datazone_server($node, 'tls', $tls, max_attempts => 1);
for my $server ('sim', 'tls')
{
	my $peer = $server eq 'tls' ? $tls : $sim;
	my $session = DatazoneSession->new($node);
	my $read = "SELECT id FROM datazone_get_run('run_orders_001',
		server => '$server')";

	is($session->query($read)->{out}, 'run_orders_001', "$server: a read");
	my $before = sockets($session);

	$peer->control('DELETE', 'statistics');
	is( $session->query(
			"SELECT count(DISTINCT datazone_call('CreateProject',
				jsonb_build_object('name', 'project ' || n), '$server') ->> 'id')
			FROM generate_series(1, 70) n", 120)->{out},
		70,
		"$server: 70 writes in a statement");
	cmp_ok(sockets($session) - $before, '<=', FEW, "$server: leave no sockets");
	poll_until(sub { $peer->statistics->{connections_open} <= 1 + FEW },
		'connections to close at the other end');
	cmp_ok($peer->statistics->{connections_opened},
		'>=', 70, "$server: they were connections of their own");

	for my $n (1 .. 70)
	{
		my $result = $session->query("SELECT datazone_call('CreateProject',
			jsonb_build_object('name', 'single $n'), '$server')");
		die $result->{out} if $result->{sqlstate} ne '00000';
	}
	cmp_ok(sockets($session) - $before, '<=', FEW,
		"$server: nor do 70 statements");

	# the reader's connection is still there
	$peer->control('DELETE', 'statistics');
	is($session->query($read)->{out}, 'run_orders_001', "$server: a read");
	cmp_ok($peer->statistics->{connections_opened},
		'<=', 1, "$server: on its connection, or at most on one more");

	# writes that fail leave none, either
	$peer->fault('CreateProject', $_, 10)
	  for 'internal', 'drop', 'half_body', 'garbage', 'close';
	for my $n (1 .. 50)
	{
		$session->query("SELECT datazone_call('CreateProject',
			jsonb_build_object('name', 'failed $n'), '$server')");
	}
	$peer->clear_faults;
	cmp_ok(sockets($session) - $before, '<=', FEW,
		"$server: nor do 50 that fail");
	$session->close;
}

# Reads from many places do not add up for ever.
{
	my $session = DatazoneSession->new($node);
	my @peers = map { start_simulator() } 1 .. 12;
	my $before = sockets($session);

	for my $n (0 .. $#peers)
	{
		create_datazone_server($node, "peer$n", $peers[$n]);
		$session->query("SELECT id
			FROM datazone_get_run('run_orders_001', server => 'peer$n')");
	}
	cmp_ok(sockets($session) - $before,
		'<=', 10, 'twelve endpoints: at most a few connections are kept');
	$_->stop for @peers;
}

is($_->statistics->{bugs}, 0, 'a simulator had no trouble') for $sim, $tls;
done_testing();

sub sockets
{
	my ($session) = @_;

	return scalar grep { (readlink($_) // '') =~ /^socket:/ }
	  glob "/proc/${\$session->pid}/fd/*";
}
