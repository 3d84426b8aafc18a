# The primary is killed while clients enqueue and its worker delivers; its
# synchronous standby is promoted and delivers the rest by itself.  Nothing
# that a client was told is committed is lost, nothing is accepted twice by
# token, the order within keys is kept, and a call without a token that was
# under way is not sent again.  A physical copy has what waits, with the same
# tokens, on a timeline of its own.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

# Entries that wait when it begins, of so many keys.
use constant { BACKLOG => 3000, KEYS => 100 };

# Clients that go on enqueueing, and the keys of each.
use constant { CLIENTS => 4, KEYS_OF_CLIENT => 5 };

# The primary dies when so many have been accepted, and so many commits were
# acknowledged; of a client's transactions one in so many is rolled back.
use constant { DIES_AFTER => 600, COMMITS => 200, ROLLED_BACK => 5 };

# Requests a second meanwhile, so that a busy machine does not get to the end;
# and what a promotion may take.
use constant { RATE => 400, BACK_AFTER => 10 };

my $sim = start_simulator();
my $primary = new_worker_node(
	'primary', $sim,
	init => [ allows_streaming => 1 ],
	server => { rate_limit => RATE, max_attempts => 1 });
my $standby = PostgreSQL::Test::Cluster->new('standby');

$primary->safe_psql('postgres', q{
	CREATE TABLE load (job text);
	CREATE FUNCTION enqueue(name text, key int) RETURNS bigint
	LANGUAGE sql AS $$
		INSERT INTO load VALUES (name);
		SELECT datazone_enqueue_lineage(jsonb_build_object(
			'eventType', 'COMPLETE', 'eventTime', '2026-11-21T06:00:00Z',
			'producer', 'https://example.com/load',
			'schemaURL', 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
			'run', jsonb_build_object('runId',
				'019abd5e-5c00-7c3e-9d0c-' || lpad(key::text, 12, '0')),
			'job', jsonb_build_object('namespace', 'shop', 'name', name)));
	$$});
replicate();
failover();
physical_copy();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# What is committed on the primary is on the standby's disk as well.
sub replicate
{
	$primary->backup('copy');
	$standby->init_from_backup($primary, 'copy', has_streaming => 1);
	$standby->start;
	$primary->append_conf('postgresql.conf',
		"synchronous_standby_names = 'standby'\n");
	$primary->reload;
	wait_value($primary, 'SELECT sync_state FROM pg_stat_replication',
		qr/^sync$/, 'the standby to be synchronous');
	return;
}

sub summary
{
	return $sim->control('GET', 'lineage?summary=1');
}

# Clients enqueue until the primary has gone; the function given, which sees to
# that, is told how many commits they know of.  Gives the jobs of these.
sub enqueue_until
{
	my ($tick) = @_;
	my @clients = map { { name => $_, n => 0,
			session => DatazoneSession->new($primary) } } 1 .. CLIENTS;
	my %told;

	while (@clients)
	{
		for my $client (@clients)
		{
			my $session = $client->{session};

			if ($client->{job})
			{
				next unless $session->is_answered;
				my $result = $session->result;
				$client->{lost} = $result->{lost}
				  || $result->{out} =~ /terminating|connection/;
				$told{ $client->{job} } = 1
				  if $result->{out} =~ /^committed$/m;
				next if $client->{lost};
			}
			$client->{n}++;
			$client->{job} = "client $client->{name}.$client->{n}";
			$session->send(transaction($client));
		}
		$_->{session}->close for grep { $_->{lost} } @clients;
		@clients = grep { !$_->{lost} } @clients;
		$tick->(scalar keys %told) if @clients;
		sleep 0.002;
	}
	return \%told;
}

# A transaction that says that it has committed, or is rolled back.
sub transaction
{
	my ($client) = @_;
	my $key = KEYS + $client->{name} * KEYS_OF_CLIENT
	  + $client->{n} % KEYS_OF_CLIENT;
	my $end = $client->{n} % ROLLED_BACK
	  ? "COMMIT \\; SELECT 'committed'"
	  : 'ROLLBACK';

	return
	    "BEGIN \\; SELECT enqueue('$client->{job}', $key) \\; "
	  . "SAVEPOINT a \\; SELECT enqueue('no', $key) \\; ROLLBACK TO a \\; $end";
}

# kill -9 of the primary's processes, all at once.
sub kill_primary
{
	my $postmaster = $primary->{_pid};
	my @children = split ' ', qx(ps -o pid= --ppid $postmaster);

	$primary->kill9;
	kill KILL => @children;
	return;
}

sub failover
{
	my $unclear;
	my $dead = 0;

	$sim->control('POST', 'faults',
		{ operation => 'PostLineageEvent', probability => 0.03, seed => 11,
			count => undef,
			kinds => [qw(throttle internal drop drop_after half_body)] });
	$sim->fault('CreateProject', 'slow', 'all', ms => 60_000);
	$primary->safe_psql('postgres', sprintf q{
		SELECT count(enqueue('old ' || n, n %% %d))
		FROM generate_series(1, %d) n}, KEYS, BACKLOG);
	my $told = enqueue_until(
		sub {
			my ($commits) = @_;

			return if $dead;
			if (!$unclear && summary()->{accepted} >= DIES_AFTER / 2)
			{
				$unclear = $primary->safe_psql('postgres', q{SELECT
					datazone_enqueue('CreateProject', '{"name": "once"}')});
			}
			return
			  unless $unclear
			  && $sim->count('CreateProject')
			  && $commits >= COMMITS
			  && summary()->{accepted} >= DIES_AFTER;
			kill_primary();
			$dead = 1;
		});
	my $accepted = summary()->{accepted};

	note(scalar(keys %$told)
		  . " transactions were told that they committed; $accepted accepted");
	cmp_ok($accepted, '<', BACKLOG, 'the primary died in mid-drain');
	cmp_ok(scalar(keys %$told), '>=', COMMITS, 'while clients enqueued');
	is(worker_pid($standby), undef, 'the standby has no worker');
	takes_over();
	check_all($told);
	like(
		$standby->safe_psql('postgres', entry($unclear,
				'state, error_code, error_message')),
		qr/^failed\|58000\|outcome unknown/,
		'what has no token and was under way: the outcome is unknown');
	is(scalar($sim->effects('CreateProject')), 1, 'and it is not sent again');
	return;
}

sub takes_over
{
	$standby->promote;
	my $promoted = time();
	wait_worker($standby, 'postgres', 30);
	cmp_ok(time() - $promoted, '<', BACK_AFTER,
		'promoted, it has a worker by itself');
	$standby->safe_psql('postgres',
		q{ALTER SERVER sim OPTIONS (SET rate_limit '0')});
	wait_value($standby, q{SELECT count(*) FROM datazone_outbox
		WHERE state <> 'failed'}, qr/^0$/, 'the queue to drain', 120);
	wait_value($standby, 'SELECT timeline_id FROM pg_control_checkpoint()',
		qr/^2$/, 'a new timeline');
	return;
}

# The table of loads is what was committed.
sub check_all
{
	my ($told) = @_;
	my %load = map { $_ => 1 } split /\n/,
	  $standby->safe_psql('postgres', 'SELECT job FROM load');
	my @accepted = accepted($sim);
	my %count;
	my %last;
	my @disorder;

	$count{$_}++ for @accepted;
	is_deeply([ grep { !$load{$_} } sort keys %$told ],
		[], 'no commit is lost that a client was told of');
	is_deeply([ grep { !$count{$_} } sort keys %load ],
		[], 'everything that was committed is accepted');
	is_deeply([ grep { !$load{$_} } sort keys %count ],
		[], 'and nothing else');
	is_deeply([ grep { $count{$_} > 1 } sort keys %count ],
		[], 'each once');
	is_deeply(summary()->{accepted_twice}, [], 'and no token twice');
	for my $event ($sim->lineage)
	{
		my ($run, $job, $n) = key_and_number($event->{body});
		push @disorder, "$job after $last{$run}"
		  if $n < ($last{$run} // 0);
		$last{$run} = $n;
	}
	is_deeply(\@disorder, [], 'in the order of their keys');
	is( $standby->safe_psql('postgres', q{SELECT
			(SELECT count(*) FROM load) - (SELECT count(*)
				FROM datazone_delivery WHERE operation = 'PostLineageEvent'),
			(SELECT count(*) FROM datazone_delivery) - (SELECT
				count(DISTINCT client_token) FROM datazone_delivery)}),
		'0|0', 'and each is recorded once');
	return;
}

# Of an event: its run, its job, and the number that its job ends with.
sub key_and_number
{
	my $event = JSON::PP->new->decode($_[0]);
	my $job = $event->{job}{name};
	my ($n) = $job =~ /(\d+)$/;

	return ($event->{run}{runId}, $job, $n);
}

# The number that entries get next, which both sides of a copy share, and what
# the tokens of both are.
sub tokens
{
	my ($node) = @_;
	return $node->safe_psql('postgres',
		"SELECT string_agg(id || ' ' || client_token, ',' ORDER BY id)
		 FROM datazone_outbox WHERE state = 'pending'");
}

sub physical_copy
{
	my $copy = PostgreSQL::Test::Cluster->new('copy');
	my $pause = q{ALTER SERVER sim OPTIONS (ADD paused 'true')};
	my $resume = q{ALTER SERVER sim OPTIONS (DROP paused)};

	$sim->clear_faults;
	$sim->reset;
	$standby->safe_psql('postgres', 'TRUNCATE load;
		TRUNCATE datazone_delivery;
		SELECT datazone_discard(id) FROM datazone_outbox');
	$standby->safe_psql('postgres', "$pause;
		SELECT count(enqueue('waits ' || n, n % 3))
		FROM generate_series(1, 30) n");
	$standby->backup('of_standby');
	$copy->init_from_backup($standby, 'of_standby', has_restoring => 1,
		standby => 0);
	$copy->append_conf('postgresql.conf', "datazone.enabled = off\n");
	$copy->start;
	$copy->poll_query_until('postgres', 'SELECT NOT pg_is_in_recovery()')
	  or die 'the copy does not end its recovery';
	is(tokens($copy), tokens($standby),
		'a physical copy has what waits, with the same tokens');
	$copy->safe_psql('postgres', $resume);

	# which numbers are given next, both know from the same sequence then
	$standby->restart;
	is($copy->safe_psql('postgres', "SELECT enqueue('of the copy', 9)"),
		$standby->safe_psql('postgres', "SELECT enqueue('of the original', 9)"),
		'new entries have the same number on both');
	is($sim->count('PostLineageEvent'), 0, 'switched off, it sends nothing');

	$copy->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = on');
	$copy->reload;
	$standby->safe_psql('postgres', $resume);
	for my $node ($copy, $standby)
	{
		wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
			'the queue of ' . $node->name . ' to drain');
	}
	my $summary = summary();
	is($summary->{accepted}, 32,
		'both deliver: the new ones of both, and the old ones once');
	is_deeply($summary->{accepted_twice}, [], 'no token is accepted twice');
	is($summary->{arrivals}, 62, 'by their tokens');
	wait_value($copy, 'SELECT timeline_id FROM pg_control_checkpoint()',
		qr/^3$/, 'a new timeline');
	$copy->stop;
	$standby->stop;
	return;
}
