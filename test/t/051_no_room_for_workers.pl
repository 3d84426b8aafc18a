# Without a free process slot, or a slot of our own, databases wait for their
# workers: said once, shown, and over as soon as there is room.

use strict;
use warnings;

use DatazoneLauncher;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

# PostgreSQL's own launcher of logical replication takes one, ours another.
my $no_process = qr/no background worker slot is free for the datazone worker/;
my $node = new_preloaded_node('processes', conf => "
	max_worker_processes = 3
	max_logical_replication_workers = 1\n");

$node->safe_psql('postgres', 'CREATE DATABASE plain');
create_database($node, $_) for 'one', 'two', 'three';
my %workers = poll_until(
	sub { my %found = workers($node); return %found ? \%found : 0; },
	'a worker')->%*;
is_deeply([ keys %workers ], ['one'], 'the first database has a worker');
for my $database ('two', 'three')
{
	is( wait_for_state($node, $database, qr/^no worker slot/, 'one'),
		'no worker slot|0|no background worker slot is free; raise max_worker_processes',
		"the view says why $database has none");
}
is(count_in_log($node, $no_process), 1, 'one warning for both');
like(log_of($node), qr/HINT:  Raise max_worker_processes\./,
	'which says what to do');

# Starts that failed are tried again after 5 s, 10 s and so on.
my $began = time();
poll_until(
	sub { return time() - $began > 6; },
	'a retry', 15);
is(count_in_log($node, $no_process), 1, 'no other warning when it tries again');
drop_databases($node, 'one');
poll_until(
	sub { my %found = workers($node); return keys %found == 1; },
	'the process to go to another database', 3);
pass('a process that is free is taken at once');
$node->append_conf('postgresql.conf', 'max_worker_processes = 8');
$node->restart;
wait_for_workers($node, 'two', 'three');
pass('with more processes both have workers');
$node->stop;

# A cluster can be looked through with one process slot.
$node->append_conf('postgresql.conf', 'max_worker_processes = 3');
$node->start;
$node->safe_psql('two', 'DROP EXTENSION datazone');
poll_until(sub { !{ workers($node) }->{two} }, 'the worker to leave');
wait_for_workers($node, 'three');
$node->safe_psql('postgres', 'DROP DATABASE three');
for my $number (1 .. 10)
{
	$node->safe_psql('postgres', "CREATE DATABASE plain_$number");
}
create_database($node, 'last');
$node->stop;
my $offset = -s $node->logfile;
$node->start;
wait_for_workers($node, 'last');
is(count_in_log($node, $no_process, $offset),
	0, 'a process slot is free again before the next database is looked at');
$node->stop;

# Slots of our own.
my $no_slot = qr/no datazone worker for database "\w+": all 2 slots are taken/;
$node = new_preloaded_node('slots', conf => "datazone.max_databases = 2\n");
create_database($node, $_) for 'one', 'two';
wait_for_workers($node, 'one', 'two');
create_database($node, $_) for 'three', 'four';
poll_until(sub { count_in_log($node, $no_slot) }, 'the warning');
wait_for_workers($node, 'one', 'two');
is(count_in_log($node, $no_slot), 1, 'one warning for two databases');
like(log_of($node), qr/HINT:  Raise datazone\.max_databases\./,
	'which says what to do');
is($node->safe_psql('one', 'SELECT count(*) FROM datazone_stat'),
	'2', 'the view has two rows');
is( $node->safe_psql('three',
		'CREATE SERVER s FOREIGN DATA WRAPPER datazone; SELECT 1'),
	'1',
	'without a slot the extension can be used');
kill TERM => { workers($node) }->{one};
wait_for_workers($node, 'one', 'two');
is(count_in_log($node, $no_slot), 1,
	'a worker that starts again in its slot makes no new warning');
drop_databases($node, 'one');
poll_until(
	sub { my %found = workers($node); return keys %found == 2; },
	'a database that waited to have the slot', 5);
$node->safe_psql('two', 'DROP EXTENSION datazone');
wait_for_workers($node, 'three', 'four');
pass('slots that are given back are taken at once');

# An extension that is made while there is no slot to note it in.
$node->safe_psql('two', 'CREATE EXTENSION datazone');
wait_for_workers($node, 'three', 'four');
drop_databases($node, 'three');
wait_for_workers($node, 'two', 'four');
pass('and what came meanwhile is not forgotten');

# Databases that are not named take no slot from those that are.
$node->safe_psql('postgres', "ALTER SYSTEM SET datazone.databases = 'named'");
$node->reload;
wait_for_workers($node);
create_database($node, $_) for 'other', 'named';
wait_for_workers($node, 'named');
pass('a database that is named has a slot before others');
$node->stop;
done_testing();
