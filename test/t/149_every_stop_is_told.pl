# Work never stops without a trace: whatever ends a worker, the log has a line
# that says so, and datazone_stat why there is none.

use strict;
use warnings;

use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	conf => "log_min_messages = warning\n");

$node->safe_psql('postgres', 'CREATE DATABASE lake');
$node->safe_psql('lake', 'CREATE EXTENSION datazone');
wait_worker($node, 'lake');

stops('terminated', sub {
		$node->safe_psql('postgres', 'SELECT pg_terminate_backend('
			  . worker_pid($node, 'lake') . ')');
	},
	qr/terminating .*due to administrator command/, undef);
stops('switched off', sub { set('datazone.enabled', 'off') },
	qr/parameter "datazone.enabled" changed to "off"/, qr/^disabled$/);
set('datazone.enabled', 'on');
wait_state(qr/^running$/);
stops('not among the databases', sub { set('datazone.databases', 'postgres') },
	qr/datazone.databases.*terminating .*due to administrator command/s,
	qr/^not in datazone.databases$/);
set('datazone.databases', '*');
wait_state(qr/^running$/);
stops('of another version',
	sub {
		$node->safe_psql('lake', q{UPDATE pg_extension SET extversion = '0.0'
			WHERE extname = 'datazone'});
		$node->safe_psql('postgres', 'SELECT pg_terminate_backend('
			  . worker_pid($node, 'lake') . ')');
	},
	qr/does not serve database "lake": the extension is version 0.0/,
	qr/^refused$/);
$node->safe_psql('lake', q{UPDATE pg_extension SET extversion = '1.0'
	WHERE extname = 'datazone'; DROP EXTENSION datazone;
	CREATE EXTENSION datazone});
wait_state(qr/^running$/);
stops('a dropped extension',
	sub { $node->safe_psql('lake', 'DROP EXTENSION datazone') },
	qr/worker of database "lake" ends: the extension was dropped/,
	qr/^(?:no extension)?$/);
$node->safe_psql('lake', 'CREATE EXTENSION datazone');
wait_state(qr/^running$/);
stops('a dropped database',
	sub { $node->safe_psql('postgres', 'DROP DATABASE lake') },
	qr/terminating .*due to administrator command/, qr/^$/);
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# Do it, and look what is told of it.  A state of undef: a worker comes again.
sub stops
{
	my ($what, $do, $line, $state) = @_;
	my $offset = -s $node->logfile;

	$do->();
	my $told = eval {
		poll_until(
			sub { slurp_file($node->logfile, $offset) =~ $line },
			'the line', 20);
	};
	ok($told, "$what: the log says so")
	  or diag(slurp_file($node->logfile, $offset));
	wait_state($state // qr/^running$/);
	pass("$what: datazone_stat does, too");
	return;
}

sub wait_state
{
	my ($state) = @_;

	wait_value($node, q{SELECT max(worker_state) FROM datazone_stat
		WHERE datname = 'lake'}, $state, 'its state', 30);
	return;
}

sub set
{
	my ($name, $value) = @_;

	$node->safe_psql('postgres', "ALTER SYSTEM SET $name = '$value'");
	$node->reload;
	return;
}
