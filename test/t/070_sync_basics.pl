# What is watched arrives in datazone_run: every column, every change, runs that
# came and went between two polls whatever the order of the service's pages;
# NOTIFY tells of changes; a data source with 50,000 old runs costs a few
# requests a cycle once it is synced.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

# REQUESTED, RUNNING, and the first page; the rest is for whatever changes.
use constant REQUESTS_A_CYCLE => 4;

my @sources = map { "ds_$_" }
  qw(orders customers returns inventory payments clickstream stores preferences);
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });
my $session = DatazoneSession->new($node, set => 'LISTEN datazone_run');

is(watch($node, @sources), 8, 'eight watches are new');
is(watch($node, @sources), 0, 'and are there');
is_deeply([ wait_synced($node, $sim) ],
	[], 'datazone_run is what the simulator knows');
is( $node->safe_psql('postgres',
		'SELECT count(*), count(synced_at) FROM datazone_run'),
	'259|259',
	'all 259 runs, each with the time of its arrival');
is( wait_value($node, "SELECT count(*), count(last_error)
		FROM datazone_watched_data_source
		WHERE state = 'active' AND last_sync_at > now() - interval '1 minute'",
		qr/^8/, 'the watches to have been synced'),
	'8|0',
	'the watches say so');

a_life();
watched_and_followed();
came_and_went($node, $sim, 'newest_first');
$session->close;
many_old_runs();
$node->stop;
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');

other_order($_) for qw(oldest_first unordered);
done_testing();

# A run's life is seen state by state, and told.
sub a_life
{
	notifications($session);
	my ($run) = @{ $sim->control('POST', 'runs/start',
			{ data_sources => ['ds_stores'],
				outcome => { status => 'SUCCESS', requested_seconds => 3,
					running_seconds => 3 } })->{ids} };
	my @told;

	poll_until(
		sub {
			push @told, grep { $_->{id} eq $run } notifications($session);
			return @told && $told[-1]{status} eq 'SUCCESS';
		},
		'the end of a run to be told', 30);
	is_deeply(
		\@told,
		[ map { { server => 'sim', domain_id => 'dzd_simulator',
			data_source_id => 'ds_stores', id => $run,
			old_status => $_->[0], status => $_->[1] } }
			[ undef, 'REQUESTED' ], [ 'REQUESTED', 'RUNNING' ],
			[ 'RUNNING', 'SUCCESS' ] ],
		'each change of a run is told, with the status before');
	is_deeply([ wait_synced($node, $sim) ], [], 'and is in the table');

	# nothing is told of what has not changed
	notifications($session);
	wait_cycles($sim, 2, \@sources);
	is_deeply([ notifications($session) ], [], 'no change, no notification');

	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.notify = off');
	$node->reload;
	my $quiet = start_ended_run($sim, 'ds_stores');
	wait_synced($node, $sim);
	wait_cycles($sim, 1, \@sources);
	is_deeply([ notifications($session) ],
		[], 'with datazone.notify off nothing is told');
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET datazone.notify');
	$node->reload;
	my $loud = start_ended_run($sim, 'ds_stores');
	my @again;
	poll_until(sub { push @again, notifications($session); @again },
		'a notification', 30);
	is($again[0]{id}, $loud, 'on again, it is');
	is($again[0]{old_status}, undef, 'and what is new has no old status');
	return;
}

# Listings and GetDataSourceRun tell of the same run by turns, and only the latter
# tells of its configuration.
sub watched_and_followed
{
	my @told;

	$node->safe_psql('postgres', q{
		CREATE TABLE forgotten (id text);
		CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			INSERT INTO public.forgotten VALUES (NEW.id);
			RETURN NULL;
		END $$;
		CREATE TRIGGER note AFTER UPDATE ON datazone_run FOR EACH ROW
		WHEN (OLD.configuration_snapshot IS NOT NULL
			AND NEW.configuration_snapshot IS NULL) EXECUTE FUNCTION note()});
	$sim->settings(requested_seconds => 4, running_seconds => 4);
	notifications($session);
	my $run = $node->safe_psql('postgres',
		q{SELECT id FROM datazone_start_run('ds_stores')});
	my $listen = sub {
		push @told, grep { $_->{id} eq $run } notifications($session);
		return;
	};
	poll_until(
		sub {
			$listen->();
			return @told && $told[-1]{status} !~ /^R/;
		},
		'the end of the run to be told', 30);
	wait_cycles($sim, 2, ['ds_stores']);
	$listen->();
	is(join(' ', map { $_->{status} } @told), 'REQUESTED RUNNING SUCCESS',
		'of a run that is followed, too, each change is told once');
	is( $node->safe_psql('postgres', "SELECT count(*),
			count(configuration_snapshot), (SELECT count(*) FROM forgotten)
			FROM datazone_run WHERE id = '$run'"),
		'1|1|0',
		'what GetDataSourceRun alone tells is kept where a listing tells later');
	$sim->settings(requested_seconds => 5, running_seconds => 120);
	$node->safe_psql('postgres', 'DROP TRIGGER note ON datazone_run');
	return;
}

# Runs that no listing by state has ever shown.
sub start_came_and_went
{
	my ($simulator) = @_;

	for my $source ('ds_stores', 'ds_orders', 'ds_clickstream')
	{
		start_ended_run($simulator, $source) for 1 .. 3;
	}
	return;
}

sub came_and_went
{
	my ($on, $simulator, $order) = @_;

	start_came_and_went($simulator);
	is_deeply([ wait_synced($on, $simulator) ],
		[], "$order: runs that came and went between polls are there");
	return;
}

# The requests of ten cycles, once all is known.
sub many_old_runs
{
	$sim->control('POST', 'seed', { domains => [ { id => 'dzd_big' } ],
			data_sources => [ { domain => 'dzd_big', id => 'ds_big',
				project => 'prj_big', runs => 50000 } ] });
	$node->safe_psql('postgres', "SELECT count(datazone_unwatch(data_source_id))
		FROM datazone_watched_data_source");
	watch($node, 'ds_big', { domain => 'dzd_big' });
	wait_synced($node, $sim, domain => 'dzd_big', quick => 1, seconds => 60);
	pass('50,000 old runs arrive');
	my @big = (['ds_big'], domain => 'dzd_big');
	wait_cycles($sim, 1, @big);

	my $cycles = sub {
		my ($what, $each) = @_;
		$sim->control('DELETE', 'statistics');
		for (1 .. 5)
		{
			$each->();
			wait_cycles($sim, 1, @big);
		}
		my $made = $sim->statistics->{requests};
		cmp_ok($made, '>=', 10, "$what: it asks");
		cmp_ok($made, '<=', 11 * REQUESTS_A_CYCLE,
			"$what: a few requests a cycle ($made in ten)");
	};
	$cycles->('nothing changes', sub { });
	$cycles->('a run a cycle',
		sub {
			$sim->control('POST', 'runs/start', { domain => 'dzd_big',
					data_sources => ['ds_big'],
					outcome => { requested_seconds => 0,
						running_seconds => 0 } });
		});
	wait_synced($node, $sim, domain => 'dzd_big', quick => 1);
	pass('and nothing is missed');
	return;
}

# Where pages do not begin with the newest run, those that came and went appear
# with the next full listing; what was seen to begin is followed to its end.
sub other_order
{
	my ($order) = @_;
	my $simulator = start_simulator();
	my $other;

	$simulator->settings(run_order => $order, requested_seconds => 2,
		running_seconds => 2);
	$other =
	  new_worker_node($order, $simulator, server => { rate_limit => 0 });
	watch($other, @sources);
	is_deeply([ wait_synced($other, $simulator) ],
		[], "$order: all runs arrive");
	$simulator->control('POST', 'runs/start',
		{ data_sources => [ 'ds_orders', 'ds_clickstream', 'ds_stores' ] });

	# it may move on between the look at the service and that at the table
	my @differences;
	for (1 .. 5)
	{
		@differences = wait_synced($other, $simulator);
		last unless @differences;
	}
	is_deeply(\@differences, [], "$order: a new run is seen");
	poll_until(
		sub { !grep { $_->{status} =~ /^R/ } $simulator->runs },
		'the runs to end');
	is_deeply([ wait_synced($other, $simulator) ],
		[], "$order: and its end");

	# while it runs they would wait for the hourly listing
	$other->stop;
	start_came_and_went($simulator);
	$other->start;
	is_deeply([ wait_synced($other, $simulator) ],
		[], "$order: runs that came and went without it are there");
	is($simulator->statistics->{bugs}, 0, "$order: no trouble");
	$other->stop;
	$simulator->stop;
	return;
}
