# Many listings are under way at once; data sources that are watched and unwatched
# meanwhile leave nothing behind; answers that are none, whatever they are made
# of, cost a data source its cycle and nobody anything else.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use File::Basename;
use MIME::Base64;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant SOURCES => 50;

# of the 32 that datazone.max_in_flight allows
use constant AT_ONCE => 20;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });
my $session = DatazoneSession->new($node);
my $pid = wait_worker($node);

$sim->control('POST', 'seed', { domains => [ { id => 'dzd_many' } ],
		data_sources => [ { domain => 'dzd_many', project => 'prj_many',
			id => 'ds_%d', count => SOURCES, runs => 3 } ] });
many_at_once();
come_and_go();
bad_answers();
is(worker_pid($node), $pid, 'the worker has lived through all of it');
unlike(slurp_file($node->logfile), qr/PANIC|terminated by signal|XX000/,
	'and the log has nothing of crashes');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$session->close;
$node->stop;
done_testing();

sub watch_many
{
	return $session->query("SELECT count(datazone_watch('ds_' || n, '1 second',
		'dzd_many')) FROM generate_series(1, ${\SOURCES}) n")->{out};
}

sub unwatch_all
{
	return $session->query('SELECT count(datazone_unwatch(data_source_id,
		domain_id)) FROM datazone_watched_data_source')->{out};
}

# Each answer takes a second: one after another would take minutes.
sub many_at_once
{
	$sim->settings(latency_ms => 1000);
	$sim->control('DELETE', 'statistics');
	watch_many();
	wait_value($node, 'SELECT count(last_sync_at)
		FROM datazone_watched_data_source', qr/^${\SOURCES}$/,
		'all to be synced', 60);
	my $peak = $sim->statistics->{peak_in_flight};
	cmp_ok($peak, '>=', AT_ONCE, "$peak requests are under way at once");
	cmp_ok($peak, '<=', 33, 'and no more than are allowed');
	$sim->settings(latency_ms => 0);
	return;
}

# Their requests are under way when they end.
sub come_and_go
{
	my $rounds = 0;
	my $until = time() + 6;

	$sim->settings(latency_ms => 50);
	while (time() < $until)
	{
		unwatch_all() if $rounds % 2;
		$session->query(
			'SELECT datazone_unwatch($$ds_' . (1 + $rounds % SOURCES)
			  . '$$, $$dzd_many$$)');
		watch_many();
		$rounds++;
	}
	$sim->settings(latency_ms => 0);
	is_deeply([ wait_synced($node, $sim, domain => 'dzd_many') ],
		[], "watched and unwatched $rounds times, the table is the truth");
	unwatch_all();
	wait_value($node, "SELECT watched, in_flight FROM datazone_stat
		WHERE datname = 'postgres'", qr/^0\|0$/, 'nothing to be under way');
	pass('what is unwatched leaves nothing under way');
	return;
}

# Whatever broke a reader of ours once, or might: each file as the answer to a
# listing or to a request for a run, and each fault that the simulator knows.
sub bad_answers
{
	my $corpus = dirname(__FILE__) . '/../fuzz/corpus';
	my @files = map { glob "$corpus/$_/*" }
	  qw(json response response_shapes errorcode headers);
	my @faults = map { { kind => 'answer',
			params => { status => /errorcode/ ? 400 : 200,
				body_base64 => encode_base64(slurp_file($_), '') } } } @files;

	push @faults, map { { kind => $_, params => {} } }
	  qw(garbage html200 empty truncated wrong_types missing_required
	  repeat_token nul lone_surrogate bad_utf8 raw_control chunked_cut half_head
	  duplicate_member trailing bad_headers gzip deep);
	push @faults, { kind => 'raw', params => { close => JSON::PP::true,
			base64 => encode_base64(slurp_file($_), '') } }
	  for glob "$corpus/headers/*";
	cmp_ok(scalar @faults, '>=', 40, scalar(@faults) . ' bad answers');

	# the worker meets them one by one, each in an attempt of some request
	$sim->settings(requested_seconds => 1, running_seconds => 1);
	$sim->control('POST', 'faults', { count => 1, %$_,
			operations => [qw(ListDataSourceRuns GetDataSourceRun)] })
	  for @faults;
	my @sources = map { "ds_$_" } qw(orders customers returns inventory payments
	  clickstream stores preferences);
	my $started = 0;
	watch($node, @sources);
	# each start makes the worker look at once; one source has 25 a day
	poll_until(
		sub {
			$session->query("SELECT datazone_start_run('"
				  . $sources[$started++ % @sources] . "')");
			my @left = grep { $_->{hits} < 1 }
			  @{ $sim->control('GET', 'faults')->{faults} };
			return !@left;
		},
		'all bad answers to be given',
		120);
	$sim->clear_faults;
	is_deeply([ wait_synced($node, $sim, seconds => 60, quick => 1) ],
		[], 'after them nothing is missing');
	is( wait_value($node, 'SELECT count(last_error)
			FROM datazone_watched_data_source', qr/^0$/, 'errors to go'),
		'0', 'and no error is left');
	return;
}
