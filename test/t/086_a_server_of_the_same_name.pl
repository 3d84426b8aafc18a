# Runs and watches belong to a server, not to its name: another server of the
# name inherits neither, however fast it takes it, and a server that gets
# another name keeps its watches, also when two of them exchange theirs.

use strict;
use warnings;

use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

use constant SERVERS => q{
	FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1',
		domain_identifier 'dzd_simulator', endpoint_url '%s', rate_limit '0');
	CREATE USER MAPPING FOR CURRENT_USER SERVER "%s" OPTIONS (
		access_key_id 'AKIDEXAMPLE',
		secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');};

# Two accounts: they have a domain and a data source of the same identifiers,
# but not the same runs.
my ($first, $second) = map { start_simulator() } 1 .. 2;
my $node = new_worker_node('main', $first, server => { rate_limit => 0 });
my $old = seed($first, 'old', 1500);
my $new = seed($second, 'new', 3);

replaced_at_once();
replaced_without_worker();
replaced_while_answering();
upgraded();
names_exchanged();
name_kept_by_a_held_watch();
is($_->statistics->{bugs}, 0, 'a simulator had no trouble')
  for $first, $second;
$node->stop;
done_testing();

# A data source with so many runs, whose identifiers begin with a word.
sub seed
{
	my ($sim, $word, $count) = @_;

	$sim->control('POST', 'seed', { data_sources => [ { id => 'ds_both' } ],
			runs => [ { data_source => 'ds_both', count => $count,
					id => "${word}_%d" } ] });
	return grep { /^${word}_/ } map { $_->{id} } $sim->runs;
}

sub server
{
	my ($name, $sim) = @_;

	return "CREATE SERVER \"$name\" " . sprintf(SERVERS, $sim->url, $name);
}

# How many runs of the first and of the second the table has for a name.
sub runs_of
{
	my ($server) = @_;

	return "SELECT count(*) FILTER (WHERE id LIKE 'old%'),
		count(*) FILTER (WHERE id NOT LIKE 'old%')
		FROM datazone_run WHERE server = '$server'";
}

# More rows than go at once, and in one transaction with the new server's watch.
sub replaced_at_once
{
	$node->safe_psql('postgres', server('sales', $first));
	watch($node, 'ds_both', { server => 'sales' });
	wait_value($node, runs_of('sales'), qr/^$old\|0$/, 'the old runs');
	$node->safe_psql('postgres', 'BEGIN; DROP SERVER sales CASCADE;'
		  . server('sales', $second) . 'COMMIT');
	wait_value($node, runs_of('sales'), qr/^0\|0$/, 'the old runs to go');
	pass('a server of the same name inherits no run');

	$node->safe_psql('postgres', 'BEGIN; DROP SERVER sales CASCADE;'
		  . server('sales', $first)
		  . "SELECT datazone_watch('ds_both', '1 s', server => 'sales'); COMMIT");
	wait_value($node, runs_of('sales'), qr/^$old\|0$/, 'the old runs');
	$node->safe_psql('postgres', 'BEGIN; DROP SERVER sales CASCADE;'
		  . server('sales', $second)
		  . "SELECT datazone_watch('ds_both', '1 s', server => 'sales'); COMMIT");
	wait_value($node, runs_of('sales'), qr/^0\|$new$/, 'the new runs alone');
	pass('and one that is watched at once has its own only');
	wait_value($node, last_error('ds_both', 'sales'), qr/^$/, 'no error');
	wait_value($node, "SELECT count(*) FROM datazone_run_server c
			JOIN pg_foreign_server s ON s.srvname = c.server
				AND s.oid = c.server_id
			FULL JOIN (SELECT DISTINCT server FROM datazone_run) r
				ON r.server = c.server
			WHERE r.server IS NULL OR c.server IS NULL",
		qr/^0$/, "the worker's notes to be right");
	return;
}

# While no worker deletes them, the runs are not those of the new server's users.
sub replaced_without_worker
{
	my $seen = q{SET ROLE reader;
		SELECT count(*), count(*) FILTER (WHERE id LIKE 'new%') FROM datazone_run};

	$node->safe_psql('postgres', q{CREATE ROLE reader;
		GRANT SELECT ON datazone_run TO reader;
		GRANT USAGE ON FOREIGN SERVER sales TO reader});
	is($node->safe_psql('postgres', $seen),
		"$new|$new", 'who may use the server sees its runs');
	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = off');
	$node->reload;
	wait_value($node, 'SELECT worker_state FROM datazone_stat',
		qr/^disabled$/, 'the worker to be disabled');
	$node->safe_psql('postgres', 'DROP SERVER sales CASCADE;'
		  . server('sales', $first)
		  . 'GRANT USAGE ON FOREIGN SERVER sales TO reader');
	is($node->safe_psql('postgres', runs_of('sales')),
		"0|$new", 'the runs of a dropped server are still there');
	is($node->safe_psql('postgres', $seen),
		'0|0', 'and hidden from those who may use the next one of its name');

	# as it was before
	$node->safe_psql('postgres', 'DROP SERVER sales CASCADE;'
		  . server('sales', $second)
		  . 'ALTER SYSTEM RESET datazone.enabled');
	watch($node, 'ds_both', { server => 'sales' });
	$node->reload;
	wait_value($node, runs_of('sales'), qr/^0\|$new$/, 'the new runs');
	return;
}

# The answer comes when the server is gone and its runs are deleted.
sub replaced_while_answering
{
	for my $again ('', server('sales', $first))
	{
		my $what = $again eq '' ? 'gone' : 'another';

		$second->fault('ListDataSourceRuns', 'slow', 'all', ms => 1500);
		start_ended_run($second, 'ds_both');
		$second->clear_log;
		poll_until(
			sub { grep { $_->{target} !~ /status=/ } $second->log },
			'the latest page to be asked for');
		$node->safe_psql('postgres',
			"BEGIN; DROP SERVER sales CASCADE; $again COMMIT");
		wait_value($node, runs_of('sales'), qr/^0\|0$/, 'the runs to go');
		$second->clear_faults;
		wait_value($node, last_error('ds_both', 'sales'), qr/\S/, 'an error');
		poll_until(sub { $second->statistics->{in_flight} == 0 },
			'the answer');
		is($node->safe_psql('postgres', runs_of('sales')),
			'0|0', "$what: an answer that was under way is not written");

		# the next round, or what there was has gone
		$node->safe_psql('postgres', 'DROP SERVER IF EXISTS sales CASCADE');
		$node->safe_psql('postgres', server('sales', $second));
		watch($node, 'ds_both', { server => 'sales' });
		$new = grep { $_->{dataSourceId} eq 'ds_both' } $second->runs;
		wait_value($node, runs_of('sales'), qr/^0\|$new$/, 'the runs to come');
	}
	return;
}

# pg_upgrade keeps the rows and the servers' names, but not their OIDs.
sub upgraded
{
	my $rows = q{SELECT count(*), max(xmin::text), min(synced_at)
		FROM datazone_run WHERE server = 'sales'};
	my $before = $node->safe_psql('postgres', $rows);

	$node->safe_psql('postgres', q{
		UPDATE datazone_run_server
		SET server_id = 1, origin_system_identifier = 1;
		ALTER SERVER sales OPTIONS (ADD paused 'false')});
	wait_value($node, q{SELECT c.server_id = s.oid
		FROM datazone_run_server c
		JOIN pg_foreign_server s ON s.srvname = c.server
		WHERE c.server = 'sales'}, qr/^t$/, 'the server to be recognised');
	wait_cycles($second, 1, ['ds_both']);
	is($node->safe_psql('postgres', $rows),
		$before, 'after pg_upgrade a server has its runs by its name');
	return;
}

# Both watch a data source of the same identifier.
sub names_exchanged
{
	my $owner = "SELECT string_agg(s.srvname || ' ' || (w.server_id = s.oid)
			|| ' ' || state, ', ' ORDER BY s.srvname)
		FROM datazone_watched_data_source w
		JOIN pg_foreign_server s ON s.srvname = w.server
		WHERE w.server IN ('sales', 'stock', 'spare')";

	$node->safe_psql('postgres', server('stock', $first));
	watch($node, 'ds_both', { server => 'stock' });
	wait_value($node, runs_of('stock'), qr/^$old\|0$/, 'the old runs');

	$node->safe_psql('postgres', q{BEGIN;
		ALTER SERVER sales RENAME TO spare;
		ALTER SERVER stock RENAME TO sales;
		ALTER SERVER spare RENAME TO stock; COMMIT});
	wait_value($node, $owner, qr/^sales true active, stock true active$/,
		'the watches to follow');
	wait_value($node, runs_of('sales'), qr/^$old\|0$/, 'the old runs');
	wait_value($node, runs_of('stock'), qr/^0\|[1-9]/, 'the new runs');
	pass('two that exchange their names keep watches and runs');

	# one by one, with a name in between
	for my $command (
		'ALTER SERVER sales RENAME TO spare',
		'ALTER SERVER stock RENAME TO sales',
		'ALTER SERVER spare RENAME TO stock')
	{
		$node->safe_psql('postgres', $command);
	}
	wait_value($node, runs_of('stock'), qr/^$old\|0$/, 'the old runs');
	wait_value($node, runs_of('sales'), qr/^0\|[1-9]/, 'the new runs');
	wait_value($node, "SELECT count(last_error), count(last_sync_at)
			FROM datazone_watched_data_source
			WHERE server IN ('sales', 'stock')",
		qr/^0\|2$/, 'both to be well');
	pass('and in single steps');

	# a third one goes where a dropped one was, whose watch stands in the way
	$node->safe_psql('postgres', 'BEGIN; DROP SERVER sales CASCADE;
		ALTER SERVER stock RENAME TO sales; COMMIT');
	wait_value($node, runs_of('sales'), qr/^$old\|0$/, 'the old runs');
	is($node->safe_psql('postgres', $owner), 'sales true active',
		'the watch of a dropped server makes way');
	return;
}

# A watch that came with a dump waits for somebody's word, under its name.
sub name_kept_by_a_held_watch
{
	my $state = q{SELECT string_agg(server || ' ' || state, ', '
			ORDER BY server)
		FROM datazone_watched_data_source
		WHERE server IN ('sales', 'store')};

	$node->safe_psql('postgres', q{
		INSERT INTO datazone_watched_data_source (server, domain_id,
			data_source_id, role, every, state, server_id,
			origin_system_identifier, origin_database_id)
		SELECT 'store', domain_id, data_source_id, role, every, 'held',
			server_id, 1, 1
		FROM datazone_watched_data_source WHERE server = 'sales';
		ALTER SERVER sales RENAME TO store});
	like(
		wait_value($node, last_error('ds_both', 'sales'), qr/\S/,
			'an error'),
		qr/renamed/,
		'a held watch is not pushed aside: last_error says why nothing is synced');
	is($node->safe_psql('postgres', $state),
		'sales active, store held', 'both are there');
	$node->safe_psql('postgres', q{DELETE FROM datazone_watched_data_source
		WHERE state = 'held'; ALTER SERVER store OPTIONS (ADD paused 'false')});
	wait_value($node, $state, qr/^store active$/, 'the watch to follow');
	wait_value($node, runs_of('store'), qr/^$old\|0$/, 'its runs');
	pass('once it is gone the other follows its server');
	return;
}
