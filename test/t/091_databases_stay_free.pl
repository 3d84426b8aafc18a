# DROP DATABASE, RENAME, SET TABLESPACE and CREATE DATABASE ... TEMPLATE work
# where a worker is, without FORCE and in less than two seconds, for whoever may
# run them: with an idle worker and with a request in flight.  Who may not run
# them cannot end a worker, and a command that fails leaves nothing blocked.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant IN_TIME => 2;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, conf => process_conf());
my $space = "${PostgreSQL::Test::Utils::tmp_check}/space";

mkdir $space or die "mkdir: $!";
ask($node, "CREATE TABLESPACE space LOCATION '$space'");
ask($node, 'CREATE ROLE maker LOGIN CREATEDB');
ask($node, 'CREATE ROLE holder LOGIN');
ask($node, 'CREATE ROLE stranger LOGIN CREATEDB');
ask($node, 'GRANT CREATE ON TABLESPACE space, pg_default
	TO maker, holder, stranger');
my $super = DatazoneSession->new($node);
my %session = map { $_ => DatazoneSession->new($node, user => $_) }
  qw(maker holder stranger);

with_a_worker($super, undef);
with_a_worker($session{maker}, 'maker');
without_the_right();
commands_that_fail();
two_at_once();
backend_killed();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$_->close for $super, values %session;
$node->stop;
done_testing();

# A database with a worker, which waits for an answer that will not come.
sub make_busy
{
	my ($name, $owner) = @_;
	my $before = $sim->statistics->{in_flight};

	make_database($node, $name, defined $owner ? "OWNER $owner" : '');
	$sim->fault('*', 'stall', 'all', seconds => 60);
	make_server($node, $name, $sim, 'ds_orders');
	wait_busy($name, $before);
	return;
}

sub wait_busy
{
	my ($name, $before) = @_;

	poll_until(
		sub {
			return ask($node, "SELECT in_flight FROM datazone_stat
				WHERE datname = '$name'") eq '1';
		},
		'a request in flight');
	return wait_running($node, $name);
}

# Run a command, which must succeed in time.
sub quick
{
	my ($session, $command, $what) = @_;
	my $result = $session->query($command);
	my $took = $result->{answered} - $result->{sent};

	ok($result->{sqlstate} eq '00000' && $took < IN_TIME, $what)
	  or diag(sprintf '%s took %.1f s: %s', $command, $took, $result->{out});
	return;
}

sub with_a_worker
{
	my ($session, $owner) = @_;
	my $who = $owner // 'superuser';

	for my $load (qw(idle busy))
	{
		my $what = "$who, worker $load";
		my $again = sub {
			my ($name) = @_;
			return $load eq 'busy' ? wait_busy($name) : wait_running($node, $name);
		};
		if ($load eq 'busy')
		{
			make_busy('d', $owner);
		}
		else
		{
			make_database($node, 'd', defined $owner ? "OWNER $owner" : '');
			wait_running($node, 'd');
		}
		my $pid = $again->('d');
		quick($session, 'CREATE DATABASE c TEMPLATE d', "$what: TEMPLATE");
		isnt($again->('d'), $pid, 'a new worker is back');
		wait_running($node, 'c');
		quick($session, 'DROP DATABASE c', "$what: DROP of the copy");
		quick($session, 'ALTER DATABASE d RENAME TO e', "$what: RENAME");
		$again->('e');
		quick($session, 'ALTER DATABASE e SET TABLESPACE space',
			"$what: SET TABLESPACE");
		$again->('e');
		quick($session, 'ALTER DATABASE e SET TABLESPACE pg_default',
			"$what: and back");
		$again->('e');
		quick($session, 'DROP DATABASE e', "$what: DROP");
		is(ask($node, "SELECT count(*) FROM datazone_stat
				WHERE datname IS NULL OR datname IN ('c', 'd', 'e')"),
			'0', 'and the statistics have no row of it');
		$sim->clear_faults;
	}
	return;
}

# PostgreSQL's own refusals, and the worker does not notice.
sub without_the_right
{
	make_database($node, 'mine', 'OWNER holder');
	make_database($node, 'system');
	my %pid = map { $_ => wait_running($node, $_) } qw(mine system);
	my %refused = (
		stranger => [
			'DROP DATABASE system', 'ALTER DATABASE system RENAME TO x',
			'ALTER DATABASE system SET TABLESPACE space',
			'CREATE DATABASE x TEMPLATE system',
			'CREATE DATABASE x OWNER stranger TEMPLATE = system' ],
		holder => [
			'ALTER DATABASE mine RENAME TO x',
			'CREATE DATABASE x TEMPLATE mine', 'DROP DATABASE system',
			'ALTER DATABASE system SET TABLESPACE space' ]);

	for my $who (sort keys %refused)
	{
		is($session{$who}->query($_)->{sqlstate}, '42501', "$who: $_")
		  for $refused{$who}->@*;
	}
	wait_round($node);
	is(wait_running($node, $_), $pid{$_}, "the worker of $_ is the same")
	  for qw(mine system);
	quick($session{holder}, 'ALTER DATABASE mine SET TABLESPACE space',
		'an owner without CREATEDB: SET TABLESPACE');
	wait_running($node, 'mine');
	quick($session{holder}, 'DROP DATABASE mine',
		'an owner without CREATEDB: DROP');
	return;
}

# Each ends the worker, or does not come so far; then it is back.
sub commands_that_fail
{
	my %fails = (
		'ALTER DATABASE system RENAME TO postgres' => '42P04',
		'CREATE DATABASE postgres TEMPLATE system' => '42P04',
		'BEGIN; ALTER DATABASE system RENAME TO x; ROLLBACK' => '00000',
		'BEGIN; SAVEPOINT s; ALTER DATABASE system RENAME TO postgres;
			ROLLBACK TO s; COMMIT' => '42P04',
		'BEGIN; DROP DATABASE system; ROLLBACK' => '25001',
		'ALTER DATABASE system SET TABLESPACE pg_global' => '22023',
		'DROP DATABASE nowhere' => '42704|3D000',
		'ALTER DATABASE system RENAME TO system' => '42P04');

	for my $command (sort keys %fails)
	{
		like($super->query($command)->{sqlstate},
			qr/^(?:$fails{$command})$/, $command);
		ok(wait_running($node, 'system', 5), 'and there is a worker');
	}

	# the session's own database: only a copy can be made
	my $here = DatazoneSession->new($node, dbname => 'system');
	quick($here, 'CREATE DATABASE copy TEMPLATE system',
		'a session copies its own database');
	is($here->query('ALTER DATABASE system RENAME TO x')->{sqlstate},
		'0A000', 'and cannot rename it');

	# a session in the database: PostgreSQL waits five seconds for it
	is($super->query('DROP DATABASE system')->{sqlstate},
		'55006', 'DROP DATABASE with a session in it');
	ok(wait_running($node, 'system', 5), 'the worker is back');
	$here->close;
	quick($super, 'DROP DATABASE copy', 'DROP of the copy');
	return;
}

sub two_at_once
{
	make_database($node, 'other');
	wait_running($node, $_) for qw(system other);
	my $second = DatazoneSession->new($node);

	# both need the same one: sharing is fine
	$super->send('CREATE DATABASE x TEMPLATE system');
	$second->send('CREATE DATABASE y TEMPLATE system');
	for my $result ($super->result, $second->result)
	{
		is($result->{sqlstate}, '00000', 'two copies of one database at once');
		cmp_ok($result->{answered} - $result->{sent}, '<', IN_TIME, 'in time');
	}
	wait_running($node, $_) for qw(system x y);

	$super->send('DROP DATABASE x');
	$second->send('DROP DATABASE y');
	for my $result ($super->result, $second->result)
	{
		is($result->{sqlstate}, '00000', 'two databases dropped at once');
		cmp_ok($result->{answered} - $result->{sent}, '<', IN_TIME, 'in time');
	}
	$second->close;
	quick($super, 'DROP DATABASE other', 'and a third');
	return;
}

# Whoever dies in the middle leaves nothing blocked.
sub backend_killed
{
	for my $how (qw(cancel terminate))
	{
		my $pid = wait_running($node, 'system');
		my $guest = DatazoneSession->new($node, dbname => 'system');
		my $dropper = DatazoneSession->new($node);

		$dropper->send('DROP DATABASE system');
		wait_no_worker($node, 'system');
		ask($node, "SELECT pg_${how}_backend(${\$dropper->pid})");
		is($dropper->result->{sqlstate},
			$how eq 'cancel' ? '57014' : '57P01',
			"$how while it waits for a session to leave");
		ok(wait_running($node, 'system', 5), 'the worker is back');
		$_->close for $guest, $dropper;
	}
	return;
}
