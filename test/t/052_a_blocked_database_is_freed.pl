# What a command on a database has blocked is free again whatever becomes of the
# transaction around it: savepoints, functions that catch errors, two phases.

use strict;
use warnings;

use DatazoneLauncher;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_preloaded_node('main',
	conf => "max_prepared_transactions = 5\n");
create_database($node, 'source');
my $pid = { wait_for_workers($node, 'source') }->{source};
my $session = DatazoneSession->new($node);

# While the transaction goes on.
$session->query('BEGIN; SAVEPOINT s');
is($session->query('ALTER DATABASE source RENAME TO postgres')->{sqlstate},
	'42P04', 'a command that fails');
$session->query('ROLLBACK TO s');
comes_back('after a savepoint, in the same transaction');
$session->query('ROLLBACK');

$session->query('BEGIN');
is( $session->query(q{DO 'BEGIN
		ALTER DATABASE source RENAME TO postgres;
		EXCEPTION WHEN duplicate_database THEN NULL; END'})->{sqlstate},
	'00000',
	'a function that catches the error');
comes_back('in the same transaction');
$session->query('ROLLBACK');

# Until the transaction ends nobody can connect: no worker tries to.
{
	my $offset = -s $node->logfile;

	$session->query('BEGIN');
	$session->query('ALTER DATABASE source RENAME TO undecided');
	create_database($node, 'barrier', 'TEMPLATE template0');
	wait_for_workers($node, 'barrier');
	$session->query('ALTER TABLE IF EXISTS nothing RENAME TO something');
	drop_databases($node, 'barrier');
	create_database($node, 'barrier', 'TEMPLATE template0');
	wait_for_workers($node, 'barrier');
	is( $node->safe_psql('barrier', q{SELECT worker_state FROM datazone_stat
			WHERE datname = 'source'}),
		'none',
		'renamed, not committed: no worker, and none is starting');
	$session->query('ROLLBACK');
	drop_databases($node, 'barrier');
	comes_back('rolled back');
}

# A transaction that ends in two phases.
$session->query('BEGIN');
$session->query('ALTER DATABASE source RENAME TO renamed');
$session->query("PREPARE TRANSACTION 'rename'");
$node->safe_psql('postgres', "ALTER SYSTEM SET datazone.databases = 'renamed'");
$node->reload;
$session->query("COMMIT PREPARED 'rename'");
wait_for_workers($node, 'renamed');
pass('COMMIT PREPARED: the launcher learns the new name');
$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.databases');
$node->reload;

$session->query('BEGIN');
$session->query('ALTER DATABASE renamed RENAME TO other');
$session->query("PREPARE TRANSACTION 'rename'");
$session->query("ROLLBACK PREPARED 'rename'");
wait_for_workers($node, 'renamed');
pass('ROLLBACK PREPARED: the worker comes back');

# More than one database in one transaction.
create_database($node, 'second');
wait_for_workers($node, 'renamed', 'second');
$session->query('BEGIN');
$session->query("ALTER DATABASE $_ RENAME TO ${_}_x") for 'renamed', 'second';
is($session->query('COMMIT')->{sqlstate}, '00000', 'two in one transaction');
wait_for_workers($node, 'renamed_x', 'second_x');
pass('both have their workers');

# A session that ends in the middle.
$session->query('BEGIN; ALTER DATABASE second_x RENAME TO second');
$session->kill9;
wait_for_workers($node, 'renamed_x', 'second_x');
pass('the session has gone: the worker comes back');
$node->stop;
is(count_in_log($node, qr/PANIC|TRAP|was terminated by signal/),
	0, 'no process crashed');
done_testing();

sub comes_back
{
	my ($when) = @_;

	$pid = wait_for_new_worker($node, 'source', $pid, 10);
	ok($pid, "$when: the worker comes back");
	return;
}
