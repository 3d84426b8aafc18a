# The worker acts for the role that watches, and asks each time whether it may:
# what is denied, revoked, dropped, paused or switched off is not synced, which
# last_error says; what comes again is; what merely has the same name is not.

use strict;
use warnings;

use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my @sources = map { "ds_$_" }
  qw(orders customers returns inventory payments clickstream stores preferences);
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

watch($node, @sources);
is_deeply([ wait_synced($node, $sim) ], [], 'all is synced');
rights();
followed_run();
servers_and_roles();
switched_off();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# What a role may do, at the service and here, holds from the next cycle on.
sub rights
{
	$sim->control('POST', 'identities',
		{ access_key => 'AKIDETL', secret_key => 'etl',
			denied => ['ListDataSourceRuns'] });
	$node->safe_psql('postgres', q{
		CREATE ROLE etl LOGIN;
		GRANT EXECUTE ON FUNCTION
			datazone_watch(text, interval, text, text) TO etl;
		GRANT USAGE ON FOREIGN SERVER sim TO etl;
		CREATE USER MAPPING FOR etl SERVER sim OPTIONS (
			access_key_id 'AKIDETL', secret_access_key 'etl');
		SELECT datazone_unwatch('ds_payments');
		SET ROLE etl;
		SELECT datazone_watch('ds_payments', '1 second')});
	wait_value($node, last_error('ds_payments'), qr/AccessDenied|denied/i,
		'access to be denied');
	pass('access denied: last_error says so');
	$sim->control('POST', 'identities',
		{ access_key => 'AKIDETL', secret_key => 'etl' });
	my $run = start_ended_run($sim, 'ds_payments');
	arrives($run, 'access allowed');

	my %troubles = (
		'USAGE' => [
			'REVOKE USAGE ON FOREIGN SERVER sim FROM etl',
			'GRANT USAGE ON FOREIGN SERVER sim TO etl',
			qr/permission denied|USAGE/i ],
		'mapping' => [
			'DROP USER MAPPING FOR etl SERVER sim',
			"CREATE USER MAPPING FOR etl SERVER sim OPTIONS (
				access_key_id 'AKIDETL', secret_access_key 'etl')",
			qr/mapping/i ],
		'paused' => [
			q{ALTER SERVER sim OPTIONS (ADD paused 'true')},
			q{ALTER SERVER sim OPTIONS (DROP paused)},
			undef ]);
	for my $name (sort keys %troubles)
	{
		my ($take, $give, $words) = @{ $troubles{$name} };
		$node->safe_psql('postgres', $take);
		wait_value($node, last_error('ds_payments'), $words,
			"last_error to tell of $name")
		  if defined $words;
		is_silent($name, $name eq 'paused' ? '.' : '/ds_payments/');
		my $missed = start_ended_run($sim, 'ds_payments');
		is( $node->safe_psql('postgres',
				"SELECT count(*) FROM datazone_run WHERE id = '$missed'"),
			'0',
			"$name: nothing is synced without");
		$node->safe_psql('postgres', $give);
		arrives($missed, $name);
		wait_value($node, last_error('ds_payments'), qr/^$/,
			"last_error to go after $name");
	}
	return;
}

sub arrives
{
	my ($run, $why) = @_;

	wait_value($node, "SELECT status FROM datazone_run WHERE id = '$run'",
		qr/\w/, "a run to arrive ($why)");
	pass("$why: given again, it goes on");
	return;
}

# No request for paths like this in the time of three cycles, once those that
# were under way have ended.
sub is_silent
{
	my ($why, $path) = @_;
	my $count = sub { scalar grep { $_->{path} =~ $path } $sim->log };

	poll_until(sub { $sim->statistics->{in_flight} == 0 },
		'requests to end');
	my $quiet = eval {
		poll_until(
			sub {
				$sim->clear_log;
				my $began = time();
				poll_until(sub { time() - $began > 3 }, 'time');
				return $count->() == 0;
			},
			'silence', 10);
	};
	ok($quiet, "$why: no requests");
	return;
}

# A run that is followed, of a data source that nobody watches, is not given up
# while its role's keys or rights are changed in two steps.
sub followed_run
{
	my $follow = 'SELECT count(*) FROM datazone_followed_run';

	$node->safe_psql('postgres', q{
		GRANT EXECUTE ON FUNCTION datazone_start_run(text, text, text, text) TO etl;
		SELECT datazone_unwatch('ds_inventory')});
	for my $pair (
		[ 'mapping', 'DROP USER MAPPING FOR etl SERVER sim',
			"CREATE USER MAPPING FOR etl SERVER sim OPTIONS (
				access_key_id 'AKIDETL', secret_access_key 'etl')" ],
		[ 'USAGE', 'REVOKE USAGE ON FOREIGN SERVER sim FROM etl',
			'GRANT USAGE ON FOREIGN SERVER sim TO etl' ])
	{
		my ($what, $take, $give) = @$pair;
		my $offset = -s $node->logfile;

		$sim->settings(requested_seconds => 2, running_seconds => 2);
		my $run = $node->safe_psql('postgres', q{SET ROLE etl;
			SELECT id FROM datazone_start_run('ds_inventory', server => 'sim')});
		$node->safe_psql('postgres', $take);
		$node->wait_for_log(qr/cannot ask for run "$run"/, $offset);
		is($node->safe_psql('postgres', $follow),
			'1', "$what: a run is followed still");
		poll_until(
			sub { !grep { $_->{id} eq $run && $_->{status} =~ /^R/ } $sim->runs },
			'the run to end');
		my $began = time();
		$node->safe_psql('postgres', $give);
		wait_value($node, "SELECT status FROM datazone_run WHERE id = '$run'",
			qr/^[SPF]/, "the end of the run ($what)");
		cmp_ok(time() - $began, '<', 5, "$what: given again, its end is seen");
		wait_value($node, $follow, qr/^0$/, 'the follow to end');
	}
	$sim->settings(requested_seconds => 5, running_seconds => 120);
	watch($node, 'ds_inventory');
	return;
}

# A new server, or a new role, of an old name is another one.
sub servers_and_roles
{
	my $second = start_simulator();

	create_datazone_server($node, 'temporary', $second, rate_limit => 0);
	watch($node, 'ds_returns', 'ds_orders', { server => 'temporary' });
	wait_value($node, "SELECT count(*) FROM datazone_run
		WHERE server = 'temporary'", qr/^142$/, 'its runs to arrive');
	$node->safe_psql('postgres', 'DROP SERVER temporary CASCADE');
	wait_value($node, "SELECT count(*) FROM datazone_run
		WHERE server = 'temporary'", qr/^0$/, 'its runs to go');
	pass('a dropped server: its runs are deleted');
	like(
		wait_value($node, last_error('ds_orders', 'temporary'), qr/\S/,
			'an error'),
		qr/server/i,
		'a dropped server: last_error says so');
	create_datazone_server($node, 'temporary', $second, rate_limit => 0);
	$second->clear_log;
	wait_cycles($sim, 3, [ grep { $_ ne 'ds_payments' } @sources ]);
	is($second->count, 0, 'one of the same name inherits no watch');
	is(watch($node, 'ds_returns', { server => 'temporary' }),
		1, 'until it is asked to');
	wait_value($node, "SELECT count(*) FROM datazone_run
		WHERE server = 'temporary'", qr/^5$/, 'its runs to arrive');
	$node->safe_psql('postgres', 'DROP SERVER temporary CASCADE');
	is($second->statistics->{bugs}, 0, 'the second had no trouble');
	$second->stop;

	$node->safe_psql('postgres', q{
		DROP USER MAPPING FOR etl SERVER sim; DROP OWNED BY etl;
		DROP ROLE etl});
	like(
		wait_value($node, last_error('ds_payments'), qr/\S/, 'an error'),
		qr/role/i,
		'a dropped role: last_error says so');
	$node->safe_psql('postgres', q{
		CREATE ROLE etl;
		GRANT USAGE ON FOREIGN SERVER sim TO etl;
		CREATE USER MAPPING FOR etl SERVER sim OPTIONS (
			access_key_id 'AKIDETL', secret_access_key 'etl')});
	is_silent('a role of the same name', '/ds_payments/');
	is(watch($node, 'ds_payments'), 1, 'another role may take the watch');
	is_deeply(
		[ wait_synced($node, $sim) ], [], 'and it is synced again');
	return;
}

sub switched_off
{
	my $state = "SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'";
	my $usual = $node->safe_psql('postgres', $state);

	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = off');
	$node->reload;
	like(wait_value($node, $state, qr/disabled/, 'the worker to be disabled'),
		qr/disabled/, 'datazone.enabled = off: datazone_stat says so');
	is_silent('datazone.enabled = off', '.');
	start_ended_run($sim, 'ds_stores');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.enabled');
	$node->reload;
	is_deeply([ wait_synced($node, $sim) ], [], 'on again: it goes on');
	is($node->safe_psql('postgres', $state), $usual, 'and says so');
	return;
}
