# During binary upgrade nothing starts; without preloading there are no
# processes, and all that needs none works.

use strict;
use warnings;

use DatazoneLauncher;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_preloaded_node('main', conf => "log_min_messages = debug1\n");
create_database($node, 'one');
wait_for_workers($node, 'one');
like(log_of($node), qr/registering background worker "datazone launcher"/,
	'what the log says of a launcher');
DatazoneLauncher::leave($node);
$node->stop;

# As pg_upgrade starts servers.
{
	my @pg_ctl = ('pg_ctl', '-w', '-D', $node->data_dir);
	my $offset = -s $node->logfile;
	my $processes = "SELECT count(*) FROM pg_stat_activity
		WHERE backend_type LIKE 'datazone%'";

	system_or_bail(@pg_ctl, '-l', $node->logfile, '-o', '-b', 'start');
	is($node->safe_psql('postgres', $processes), '0', 'none is running');
	$node->safe_psql('one', 'ALTER EXTENSION datazone UPDATE');
	$node->safe_psql('postgres', 'ALTER DATABASE one RENAME TO two');
	is( $node->safe_psql('two', "$processes;
			SELECT count(*) FROM datazone_stat WHERE worker_pid IS NOT NULL"),
		"0\n0",
		'nor does one start when an extension or a database is altered');
	unlike(log_of($node, $offset), qr/datazone (?:launcher|worker)/,
		'nothing was even registered');
	system_or_bail(@pg_ctl, '-m', 'fast', 'stop');
}
$node->start;
wait_for_workers($node, 'two');
pass('afterwards the database has its worker');
DatazoneLauncher::leave($node);

# Without preloading.
$node->append_conf('postgresql.conf', "shared_preload_libraries = ''");
$node->restart;
{
	my $session = DatazoneSession->new($node, dbname => 'two');

	is(launcher($node), undef, 'without preloading there is no launcher');
	is($session->query('SELECT count(*) > 100 FROM datazone_operations()')
		  ->{out},
		't', 'functions work');
	is($session->query('SHOW datazone.databases')->{out},
		'*', 'the settings are there');
	for my $query (
		q{SELECT datazone_watch('ds', '1 minute')},
		'SELECT * FROM datazone_stat')
	{
		my $result = $session->query($query);
		is($result->{sqlstate}, '55000', "$query needs the worker");
		like($result->{out},
			qr/HINT:  Add datazone to shared_preload_libraries/,
			'and says how to have one');
	}
	is( $session->query('BEGIN; DROP EXTENSION datazone;
			CREATE EXTENSION datazone; COMMIT')->{sqlstate},
		'00000',
		'the extension is dropped and made');
	is( $node->safe_psql('postgres', 'CREATE DATABASE three TEMPLATE template1;
			ALTER DATABASE three RENAME TO four; DROP DATABASE four; SELECT 1'),
		'1',
		'commands on databases work');
	$session->close;
}
DatazoneLauncher::leave($node);
$node->stop;
done_testing();
