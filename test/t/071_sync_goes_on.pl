# Whatever the service does to one data source or one server is that one's
# trouble: last_error says what it is, all others keep their pace, and when the
# trouble is over nothing is missing.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my @sources = map { "ds_$_" }
  qw(orders customers returns inventory payments clickstream stores preferences);
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

answers_of_one_source();
watch($node, @sources);
is_deeply([ wait_synced($node, $sim) ], [], 'all is synced');
throttled();
one_source_fails();
one_item_is_bad();
refused();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# A rule for one data source's listings.
sub of_source
{
	my ($source, $kind, %more) = @_;
	my $count = delete $more{count};

	return $sim->control('POST', 'faults',
		{ operation => 'ListDataSourceRuns', kind => $kind, count => $count,
			match => { path => "/data-sources/$source/" }, params => \%more });
}

# Answers that are no answers, from the first cycle on.  ds_orders has pages.
sub answers_of_one_source
{
	my %kinds = (
		garbage => {}, missing_required => {}, half_body => {},
		wrong_types => { member => 'createdAt', value => [] },
		repeat_token => {});

	watch($node, 'ds_customers');
	for my $kind (sort keys %kinds)
	{
		of_source('ds_orders', $kind, %{ $kinds{$kind} });
		watch($node, 'ds_orders');
		my $error = wait_value($node, last_error('ds_orders'), qr/\S/,
			"an error of $kind", 60);
		note("$kind: $error");
		unlike($error, qr/panic|unexpected|cache lookup|XX000/i,
			"$kind: an error for users");
		wait_cycles($sim, 1, ['ds_customers']);
		is($node->safe_psql('postgres', last_error('ds_customers')),
			'', "$kind: the other data source has none");
		$sim->clear_faults;
		$node->safe_psql('postgres', q{SELECT datazone_unwatch('ds_orders')});
	}
	return;
}

# The service refuses everything for a while: the worker asks less, and
# nothing is lost.
sub throttled
{
	my $pace = sub {
		my ($seconds) = @_;
		my $before = $sim->statistics->{requests};
		my $began = time();
		poll_until(sub { time() - $began >= $seconds }, 'time', 60);
		return ($sim->statistics->{requests} - $before) / (time() - $began);
	};
	wait_cycles($sim, 1, \@sources);
	my $usual = $pace->(4);

	$sim->fault('ListDataSourceRuns', 'throttle', 'all');
	my $new = start_ended_run($sim, 'ds_stores');
	wait_value($node, last_error($_), qr/thrott|rate exceeded|429/i,
		"$_ to be throttled")
	  for @sources;
	pass('last_error says that it is throttled, of each data source');
	my $throttled = $pace->(6);
	cmp_ok($throttled, '<', $usual / 2,
		sprintf 'it asks less: %.1f requests a second, %.1f as usual',
		$throttled, $usual);
	$sim->clear_faults;
	is_deeply([ wait_synced($node, $sim, seconds => 60) ],
		[], 'and finds what it missed');
	wait_value($node, 'SELECT count(last_error)
		FROM datazone_watched_data_source', qr/^0$/, 'last_error to go');
	pass('and last_error goes');

	# a quota that is too small for all is shared by all
	$sim->settings(rate_limits => { ListDataSourceRuns => 8 });
	my $began = time();
	start_ended_run($sim, $_) for @sources;
	is_deeply([ wait_synced($node, $sim, seconds => 60) ],
		[], 'with a quota below the wish, each is served');
	$sim->settings(rate_limits => {});
	return;
}

# One data source is broken in one way or another; the others keep their pace.
sub one_source_fails
{
	my %patterns = (
		internal => qr/InternalServer|500/,
		drop => qr/lost|closed|empty reply|reset|could not/i);

	for my $kind (sort keys %patterns)
	{
		wait_cycles($sim, 1, \@sources);
		of_source('ds_orders', $kind);
		my $error = wait_value($node, last_error('ds_orders'),
			$patterns{$kind}, "last_error to tell of $kind");
		note("$kind: $error");
		my $run = start_ended_run($sim, 'ds_stores');
		wait_value($node, "SELECT status FROM datazone_run WHERE id = '$run'",
			qr/\w/, "another data source's run", 8);
		is( $node->safe_psql('postgres', "SELECT count(last_error)
				FROM datazone_watched_data_source
				WHERE data_source_id <> 'ds_orders'"),
			'0',
			"$kind: the others go on");
		$sim->clear_faults;
		wait_value($node, last_error('ds_orders'), qr/^$/,
			"last_error to go after $kind");
		is_deeply([ wait_synced($node, $sim) ], [], "$kind: nothing is lost");
	}

	# one that never answers
	of_source('ds_orders', 'stall', count => 1);
	poll_until(sub { grep { ($_->{fault} // '') eq 'stall' } $sim->log },
		'a request to hang');
	wait_cycles($sim, 3, [ grep { $_ ne 'ds_orders' } @sources ]);
	pass('stall: the others go on');
	$sim->clear_faults;
	return;
}

# One run of many holds what the database cannot: a NUL in a text.
sub one_item_is_bad
{
	my ($bad) = @{ $sim->control('POST', 'runs/start',
			{ data_sources => ['ds_orders'],
				outcome => { status => 'FAILED', requested_seconds => 0,
					running_seconds => 0,
					errorMessage => { errorType => 'INTERNAL_ERROR',
						errorDetail => "before\0behind" } } })->{ids} };
	my $error = wait_value($node, last_error('ds_orders'), qr/\S/,
		'an error of the run');
	like($error, qr/\Q$bad\E.*HV00M.*errorDetail.*NUL/s,
		'a NUL in one run: last_error names the run and its member');
	my $good = start_ended_run($sim, 'ds_orders');
	wait_value($node, "SELECT status FROM datazone_run WHERE id = '$good'",
		qr/\w/, 'another run of the same page');
	pass('and the others of its page arrive');
	is_deeply([ differences($node, $sim) ],
		["$bad (FAILED) is missing"], 'nothing else is missing');
	is( $node->safe_psql('postgres', q{SELECT watches_failing, watched
			FROM datazone_stat WHERE datname = 'postgres'}),
		'1|' . @sources,
		'datazone_stat counts the watch that fails');
	$node->safe_psql('postgres', q{SELECT datazone_unwatch('ds_orders')});
	wait_value($node, q{SELECT watches_failing FROM datazone_stat
		WHERE datname = 'postgres'}, qr/^0$/, 'none to fail');
	return;
}

# A server where nobody listens.
sub refused
{
	my $port = free_port();

	$node->safe_psql('postgres', "
		CREATE SERVER nobody FOREIGN DATA WRAPPER datazone OPTIONS (
			region 'eu-west-1', domain_identifier 'dzd_simulator',
			endpoint_url 'http://127.0.0.1:$port');
		CREATE USER MAPPING FOR CURRENT_USER SERVER nobody OPTIONS (
			access_key_id 'AKIDEXAMPLE', secret_access_key 'x')");
	watch($node, 'ds_orders', { server => 'nobody' });
	like(
		wait_value($node, last_error('ds_orders', 'nobody'), qr/\S/,
			'an error'),
		qr/could not connect|refused/i,
		'a refused connection: last_error says so');
	# ds_orders may still be hanging
	wait_cycles($sim, 2, [ grep { $_ ne 'ds_orders' } @sources ]);
	is( $node->safe_psql('postgres', "SELECT count(last_error)
			FROM datazone_watched_data_source WHERE server = 'sim'"),
		'0',
		'and the other server goes on');
	$node->safe_psql('postgres', 'DROP SERVER nobody CASCADE');
	$node->safe_psql('postgres',
		q{SELECT datazone_unwatch('ds_orders', 'dzd_simulator', 'nobody')});
	return;
}
