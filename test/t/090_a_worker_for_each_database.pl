# Each database that has the extension gets a worker by itself, whatever its
# name and wherever the extension came from; a template or a closed database
# never does; and a worker leaves when its extension has gone.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $odd = q{a "quoted" 'näme', ☃ %s $$};
my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	conf => process_conf() . "max_prepared_transactions = 5\n");

ok(wait_running($node, 'postgres'), 'a worker where the extension is first');
databases_come();
templates_have_none();
extensions_come_and_go();
prepared_transactions();
shown_in_activity();
$node->stop;
done_testing();

sub databases_come
{
	make_database($node, $odd);
	ok(wait_running($node, $odd), 'a worker in a database with an odd name');

	# the template has the extension, and no worker, whatever is done there
	$node->safe_psql('template1', 'CREATE EXTENSION datazone');
	wait_round($node);
	is(scalar starts($node, 'template1'), 0, 'nothing starts in template1');
	is_deeply(worker($node, 'template1'),
		{}, 'and datazone_stat has no row of it');
	ask($node, 'CREATE DATABASE copied');
	ok(wait_running($node, 'copied'),
		'a database made from it has the extension, and a worker');
	$node->safe_psql('template1', 'DROP EXTENSION datazone');

	# looked at once, and then left alone
	ask($node, 'CREATE DATABASE plain');
	wait_round($node);
	is(scalar starts($node, 'plain'), 1, 'a database without it: one probe');
	is_deeply(worker($node, 'plain'), {}, 'which leaves no trace');
	wait_round($node);
	is(scalar starts($node, 'plain'), 1, 'and no second');
	return;
}

sub templates_have_none
{
	# no extension can be put in a closed template, so it is copied
	ask($node, 'CREATE DATABASE pattern TEMPLATE copied IS_TEMPLATE true');
	wait_round($node);
	is(scalar starts($node, 'pattern'),
		0, 'CREATE DATABASE ... IS_TEMPLATE: nothing starts in it');

	wait_running($node, 'copied');
	ask($node, 'ALTER DATABASE copied IS_TEMPLATE true');
	ok(wait_no_worker($node, 'copied'), 'IS_TEMPLATE true ends the worker');
	my $count = starts($node, 'copied');
	wait_round($node);
	is(scalar starts($node, 'copied'), $count, 'and none is started');
	ask($node, 'ALTER DATABASE copied IS_TEMPLATE false');
	ok(wait_running($node, 'copied'), 'IS_TEMPLATE false: it is back');

	ask($node, 'ALTER DATABASE copied ALLOW_CONNECTIONS false');
	ok(wait_no_worker($node, 'copied'), 'ALLOW_CONNECTIONS false ends it');
	$count = starts($node, 'copied');
	wait_round($node);
	is(scalar starts($node, 'copied'), $count, 'and none is started');
	ask($node, 'ALTER DATABASE copied ALLOW_CONNECTIONS true');
	ok(wait_running($node, 'copied'), 'ALLOW_CONNECTIONS true: it is back');

	# what an interrupted DROP DATABASE leaves: only DROP is possible
	ask($node, q{UPDATE pg_database SET datconnlimit = -2
		WHERE datname = 'copied'});
	$node->reload;
	ok(wait_no_worker($node, 'copied'), 'an invalid database has none');
	$count = starts($node, 'copied');
	wait_round($node);
	is(scalar starts($node, 'copied'), $count, 'and none is started');
	ask($node, 'DROP DATABASE copied');
	return;
}

sub extensions_come_and_go
{
	my $session = DatazoneSession->new($node, dbname => 'plain');
	my $pid;

	run($session, 'BEGIN; CREATE EXTENSION datazone; ROLLBACK');
	wait_round($node);
	is_deeply(worker($node, 'plain'), {}, 'CREATE EXTENSION, ROLLBACK: none');

	run($session, 'CREATE EXTENSION datazone');
	$pid = wait_running($node, 'plain');
	ok($pid, 'CREATE EXTENSION: a worker');

	run($session, 'BEGIN; DROP EXTENSION datazone; ROLLBACK');
	wait_round($node);
	is(wait_running($node, 'plain'), $pid, 'DROP, ROLLBACK: it stays');
	run($session, 'BEGIN; SAVEPOINT s; DROP EXTENSION datazone;
		ROLLBACK TO s; COMMIT');
	wait_round($node);
	is(wait_running($node, 'plain'), $pid, 'so with a savepoint');

	run($session, 'BEGIN; DROP EXTENSION datazone;
		CREATE EXTENSION datazone; COMMIT');
	poll_until(sub { wait_running($node, 'plain') != $pid },
		'a worker of the new extension');
	pass('dropped and made in one transaction: another worker');

	run($session, 'DROP EXTENSION datazone');
	ok(wait_no_worker($node, 'plain'), 'DROP EXTENSION: it leaves');
	wait_round($node);
	is_deeply(worker($node, 'plain'), {}, 'and leaves no trace');

	run($session, 'CREATE SCHEMA s; CREATE EXTENSION datazone SCHEMA s');
	$pid = wait_running($node, 'plain');
	is($session->query('ALTER EXTENSION datazone SET SCHEMA public')->{sqlstate},
		'0A000', 'ALTER EXTENSION SET SCHEMA is refused');
	schema_renamed($session, $pid);
	run($session, 'DROP SCHEMA t CASCADE');
	ok(wait_no_worker($node, 'plain'), 'DROP SCHEMA CASCADE: it leaves');

	# a schema of that name is not the extension
	run($session, 'CREATE SCHEMA datazone;
		CREATE TABLE datazone.datazone_watched_data_source ()');
	my $count = starts($node, 'plain');
	wait_round($node);
	is(scalar starts($node, 'plain'), $count, 'a schema of our name: none');

	# as fast as it goes
	run($session, 'CREATE EXTENSION datazone; DROP EXTENSION datazone')
	  for 1 .. 10;
	ok(wait_no_worker($node, 'plain'), 'ten times quickly, dropped: none');
	run($session, 'DROP EXTENSION IF EXISTS datazone;
		CREATE EXTENSION datazone') for 1 .. 10;
	ok(wait_running($node, 'plain'), 'ten times quickly, made: one');
	run($session, 'DROP EXTENSION datazone');
	$session->close;
	return;
}

# The extension's schema may be renamed while the worker runs.
sub schema_renamed
{
	my ($session, $pid) = @_;

	run($session, 'SET search_path = s, public');
	make_server($node, 'plain', $sim, undef);
	run($session, q{SELECT datazone_watch('ds_returns', '1 second')});
	wait_synced_at($session, 's');
	run($session, 'ALTER SCHEMA s RENAME TO t');
	run($session, 'UPDATE t.datazone_watched_data_source
		SET last_sync_at = NULL');
	wait_synced_at($session, 't');
	is(wait_running($node, 'plain'), $pid,
		'ALTER SCHEMA RENAME: the same worker syncs on');
	run($session, 'DROP SERVER sim CASCADE');
	return;
}

sub wait_synced_at
{
	my ($session, $schema) = @_;

	poll_until(
		sub {
			return $session->query("SELECT last_sync_at IS NOT NULL
				FROM $schema.datazone_watched_data_source")->{out} eq 't';
		},
		"a sync with the tables in $schema", 15);
	return;
}

sub prepared_transactions
{
	my $session = DatazoneSession->new($node, dbname => 'plain');
	my $other = DatazoneSession->new($node, dbname => 'plain');
	my $pid;

	wait_no_worker($node, 'plain');
	for my $end ('ROLLBACK', 'COMMIT')
	{
		run($session, "BEGIN; CREATE EXTENSION datazone;
			PREPARE TRANSACTION 'come'");
		wait_round($node);
		is_deeply(worker($node, 'plain'), {}, 'prepared: no worker yet');
		run($other, "$end PREPARED 'come'");
		wait_round($node) if $end eq 'ROLLBACK';
		is_deeply(worker($node, 'plain'), {}, 'ROLLBACK PREPARED: none')
		  if $end eq 'ROLLBACK';
	}
	$pid = wait_running($node, 'plain');
	ok($pid, 'COMMIT PREPARED: a worker');

	run($session, "BEGIN; DROP EXTENSION datazone;
		PREPARE TRANSACTION 'go'");
	run($other, "ROLLBACK PREPARED 'go'");
	wait_round($node);
	is(wait_running($node, 'plain'), $pid, 'DROP, ROLLBACK PREPARED: it stays');
	run($session, "BEGIN; DROP EXTENSION datazone;
		PREPARE TRANSACTION 'go'");
	run($other, "COMMIT PREPARED 'go'");
	ok(wait_no_worker($node, 'plain'), 'DROP, COMMIT PREPARED: it leaves');
	$_->close for $session, $other;
	return;
}

sub shown_in_activity
{
	my $pid = wait_running($node, $odd);

	# only 17 and later let extensions name their waits
	my ($worker, $launcher) =
	  ask($node, 'SHOW server_version_num') >= 170000
	  ? ('DatazoneWorkerMain', 'DatazoneLauncherMain')
	  : ('Extension', 'Extension');

	is( ask($node, "SELECT backend_type, state, wait_event_type,
			wait_event, application_name LIKE 'datazone worker%'
			FROM pg_stat_activity WHERE pid = $pid"),
		"datazone worker|idle|Extension|$worker|t",
		'pg_stat_activity has all of a worker');
	is( ask($node, q{SELECT state, wait_event_type, wait_event,
			application_name, datname IS NULL
			FROM pg_stat_activity WHERE backend_type = 'datazone launcher'}),
		"idle|Extension|$launcher|datazone launcher|t",
		'and of the launcher, which is in no database');
	return;
}
