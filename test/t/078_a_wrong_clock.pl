# The service's clock and ours are ten minutes apart: one refusal tells, and
# all processes sign with the service's time from then on.  When the clock is
# set right, one refusal tells that, too.  A proxy that tells a wrong time
# changes nothing where nothing is refused.  With the correction switched off
# the error says what to do, and once the clock is right, all goes on.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::Local;

my @sources = map { "ds_$_" } qw(orders customers returns inventory payments
  clickstream stores preferences);
my $call = q{SELECT id FROM datazone_get_run('run_orders_001')};

corrected();
not_corrected();
per_process();
of_sts();
done_testing();

# How far the time that a request was signed with is from ours, in seconds.
sub shift_of
{
	my ($request) = @_;
	my ($date) = map { $_->[1] }
	  grep { lc $_->[0] eq 'x-amz-date' } @{ $request->{headers} };
	my ($year, $month, @rest) = $date =~ /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
	  or die "no date: $date";

	return timegm(reverse(@rest), $month - 1, $year) -
	  $request->{received_us} / 1e6;
}

sub refused
{
	my ($sim) = @_;
	return grep { $_->{signature} ne 'ok' } $sim->log;
}

sub corrected
{
	my $sim = start_simulator();
	my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });
	my $session = DatazoneSession->new($node);

	# 10, -10: wrong; 0: set right meanwhile
	for my $minutes (10, -10, 0)
	{
		my $what = "$minutes minutes";
		my $before = $sim->clock()->{offset_seconds};

		$sim->clock(offset_seconds => $minutes * 60);
		$sim->clear_log;
		is($session->query($call)->{out},
			'run_orders_001', "$what: the first call succeeds");
		my @sent = $sim->log('GetDataSourceRun');
		is(scalar @sent, 2, "$what: in two attempts");
		isnt($sent[0]{signature}, 'ok', "$what: one that was refused");
		is($sent[1]{signature}, 'ok', "$what: and one that was not");
		cmp_ok(abs(shift_of($sent[1]) - $minutes * 60),
			'<', 20, "$what: signed with the service's time");
		is($session->query($call)->{out},
			'run_orders_001', "$what: so does the second call");
		is(scalar(my @other = $sim->log('GetDataSourceRun')),
			3, "$what: at once");

		# others know
		my $fresh = DatazoneSession->new($node);
		is($fresh->query($call)->{out},
			'run_orders_001', "$what: so does a new backend's");
		is(scalar(@other = $sim->log('GetDataSourceRun')),
			4, "$what: at once, too");
		$fresh->close;

		# until when an answer is of use, by the service's clock
		my ($ttl) = map { $_->[1] =~ /^ttl=(\d{8}T\d{6})Z; attempt=1; max=3$/ }
		  grep { lc $_->[0] eq 'amz-sdk-request' } @{ $other[3]{headers} };
		cmp_ok(
			abs(shift_of({
				%{ $other[3] }, headers => [ [ 'x-amz-date', "${ttl}Z" ] ] })
				  - $minutes * 60 - 30),
			'<', 20, "$what: the ttl is 30 seconds ahead of that");
	}

	# and so does the worker
	$sim->clock(offset_seconds => 600);
	$sim->clear_log;
	watch($node, @sources);
	is_deeply([ wait_synced($node, $sim) ], [], 'the worker syncs');
	is( $node->safe_psql('postgres',
			'SELECT count(last_error) FROM datazone_watched_data_source'),
		'0', 'without an error');
	cmp_ok(scalar(refused($sim)), '<=', scalar(@sources) * 4,
		'what was under way together is refused together, and no more');
	my $nrefused = refused($sim);
	wait_cycles($sim, 2, \@sources);
	is(scalar(refused($sim)), $nrefused, 'then nothing is refused any more');

	# what is refused for another reason stays refused
	$sim->fault('GetDataSourceRun', 'error', 'all',
		status => 403, code => 'AccessDeniedException');
	$sim->clear_log;
	is($session->query($call)->{sqlstate}, '42501', 'denied');
	is($sim->count('GetDataSourceRun'), 1, '... once');
	$sim->clear_faults;

	# nobody complains about our time, so that it is left alone
	$sim->settings(max_skew_seconds => 100000);
	$sim->clock(offset_seconds => 6000);
	$sim->clear_log;
	$session->query($call) for 1 .. 3;
	my @sent = $sim->log('GetDataSourceRun');
	cmp_ok(abs(shift_of($_) - 600), '<', 20, 'the correction stays as it is')
	  for @sent;
	is(scalar @sent, 3, 'and each call is one request');

	# a denial may be for the time: asked once more, and only once
	$sim->fault('GetDataSourceRun', 'error', 'all',
		status => 403, code => 'AccessDeniedException');
	$sim->clear_log;
	is($session->query($call)->{sqlstate}, '42501', 'denied for another time');
	@sent = $sim->log('GetDataSourceRun');
	is(scalar @sent, 2, '... which is tried once');
	cmp_ok(abs(shift_of($sent[1]) - 6000), '<', 20, '... with the new time');

	is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
	$node->stop;
	return;
}

sub not_corrected
{
	my $sim = start_simulator();
	local $ENV{AWS_DISABLE_CLOCK_SKEW_CORRECTION} = 'true';
	my $node = new_worker_node('off', $sim, server => { rate_limit => 0 });

	for my $minutes (10, -10)
	{
		$sim->clock(offset_seconds => $minutes * 60);
		$sim->clear_log;
		my ($ret, $out, $err) = $node->psql('postgres', $call);
		isnt($ret, 0, "off, $minutes minutes: refused");
		is($sim->count('GetDataSourceRun'),
			1, "off, $minutes minutes: one attempt");
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
	return;
}

# Without preloading each process finds out for itself, and remembers whatever
# changes in the catalogs.
sub per_process
{
	my $sim = start_simulator();
	my $node = new_datazone_node('alone', $sim);

	$sim->clock(offset_seconds => 600);
	for my $n (1, 2)
	{
		my $session = DatazoneSession->new($node);

		$sim->clear_log;
		is($session->query($call)->{out}, 'run_orders_001', "backend $n");
		is($sim->count('GetDataSourceRun'), 2, '... finds out');
		$session->query("ALTER SERVER sim OPTIONS (ADD request_timeout '9s')")
		  if $n == 1;
		is($session->query($call)->{out}, 'run_orders_001', '... once more');
		is($sim->count('GetDataSourceRun'), 3, '... and remembers');
		$session->close;
	}

	# there is no second attempt, but the next call is right
	$node->safe_psql('postgres',
		'ALTER SERVER sim OPTIONS (ADD max_attempts $$1$$)');
	my $session = DatazoneSession->new($node);
	$sim->clear_log;
	is($session->query($call)->{sqlstate}, '28000', 'a single attempt fails');
	is($session->query($call)->{out}, 'run_orders_001', 'the next does not');
	is($sim->count('GetDataSourceRun'), 2, 'in two requests');
	$session->close;
	$node->stop;
	return;
}

# STS has a clock of its own, which is found out once, although each fetch has
# a client of its own.
sub of_sts
{
	my $sim = start_simulator();
	my $aws = start_standins($sim);
	my $node = new_host_node('sts', $sim,
		environment => { AWS_ENDPOINT_URL_STS => $aws->url });
	my $session = DatazoneSession->new($node);

	map_identity($node, 'sim', sprintf(
		"access_key_id '%s', secret_access_key '%s', role_arn '%s'",
		DatazoneTest::ACCESS_KEY, DatazoneTest::SECRET_KEY,
		'arn:aws:iam::111122223333:role/etl'));
	$aws->clock(offset_seconds => -600);
	is($session->query($call)->{out}, 'run_orders_001',
		'with a role of an STS whose clock is another');
	my @asked = $aws->log('AssumeRole');
	is_deeply([ map { $_->{signature} } @asked ],
		[ 'InvalidSignatureException', 'ok' ], 'which refused once');
	cmp_ok(abs(shift_of($asked[1]) + 600), '<', 20, 'and told its time');
	is($sim->count('GetDataSourceRun'), 1, 'the service has ours');

	$aws->control('POST', 'keys/expire', { access_key => signer($sim) });
	is($session->query($call)->{out}, 'run_orders_001', 'a second fetch');
	is($aws->count('AssumeRole'), 3, '... is right at once');
	$session->close;
	$node->stop;
	return;
}
