# The service's clock and ours are ten minutes apart: last_error says so, in words
# that tell what to do; once the clock is right, all is synced.

use strict;
use warnings;

use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });
my @sources = map { "ds_$_" } qw(orders customers returns inventory payments
  clickstream stores preferences);

for my $minutes (10, -10)
{
	$sim->clock(offset_seconds => $minutes * 60);
	watch($node, @sources);
	my $error = wait_value($node, last_error('ds_orders'), qr/\S/,
		"an error of a clock that is wrong by $minutes minutes");
	note($error);
	like($error, qr/28000.*(?:Signature expired|not yet current)/s,
		"$minutes minutes: last_error has class and words of the service");
	like($error, qr/clock/i, "$minutes minutes: it speaks of the clock");
	like(
		$node->safe_psql('postgres', "SELECT failures_by_sqlstate
			FROM datazone_stat WHERE datname = 'postgres'"),
		qr/"28000"/,
		"$minutes minutes: its class is 28000");
	unlike($error, qr/AWS4-HMAC|Signature=|canonical/i,
		"$minutes minutes: nothing of the signature is told");
	start_ended_run($sim, 'ds_stores');
	$sim->clock(offset_seconds => 0);
	is_deeply([ wait_synced($node, $sim) ],
		[], "$minutes minutes: with the right clock all is synced");
	wait_value($node, 'SELECT count(last_error)
		FROM datazone_watched_data_source', qr/^0$/, 'last_error to go');
}
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();
