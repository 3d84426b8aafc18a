# Sessions enqueue 20,000 entries, of several operations, roles and ordering
# keys, in transactions that commit, roll back, do so in part, or are prepared;
# the service fails one request in ten in every way that it can; and workers,
# backends and postmasters are killed.  At the end everything that was committed
# has been accepted once by its client token, in the order of its key, with the
# same bytes, not before its commit; nothing of what was rolled back was ever
# sent; and a call without a token whose outcome is unknown was not repeated.
# What the database says of it is what the simulator says.
#
# 20 rounds, 250 in make stress; DATAZONE_ROUNDS and DATAZONE_SEED for others.
# All comparisons are made in the database, with the simulator's own record.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use HTTP::Tiny;
use List::Util qw(max sum);
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $rounds = $ENV{DATAZONE_ROUNDS} // ($ENV{DATAZONE_STRESS} ? 250 : 20);
my $seed = $ENV{DATAZONE_SEED} // 1905;

# So many are committed in all; in each round that ends with a kill, a share.
my $entries = $ENV{DATAZONE_ENTRIES} // max(20_000, 200 * $rounds);
my $share = int($entries / ($rounds + 1));

use constant CLIENTS => 6;

# Keys of which each client has its own, keys of all, prepared transactions at
# a time, and for how long queues may take to drain.
use constant {
	OWN_KEYS => 60,
	SHARED_KEYS => 40,
	PREPARED => 30,
	PATIENCE => 240
};

# A request that hangs ends after so many seconds.
use constant TIMEOUT => 3;

# How often each operation, and each kind of transaction.
my %kinds = (
	lineage => 82, run => 4, product => 4, metadata => 2, project => 5,
	untag => 3);
my %shapes = (
	single => 3, plain => 6, savepoints => 4, rollback => 2, error => 1,
	caught => 3, prepare => 3);

# The service's final words; all else passes.
my @refusals = (
	[ 400, 'ValidationException' ],
	[ 401, 'UnauthorizedException' ],
	[ 402, 'ServiceQuotaExceededException' ],
	[ 403, 'AccessDeniedException' ],
	[ 404, 'ResourceNotFoundException' ],
	[ 409, 'ConflictException' ]);

# Faults in which the request takes effect nevertheless.
my @effective = qw(drop_after half_body half_head chunked_cut chunked close
  http10 slow slow_body bad_headers gzip content_type garbage html200 empty
  truncated wrong_types missing_required whole_body duplicate_member trailing
  gzip_bomb
  nul lone_surrogate bad_utf8 raw_control deep huge);

my $record = "${PostgreSQL::Test::Utils::tmp_check}/requests.json";
my $sim = start_simulator(arguments => [ '--log', $record ]);
my $node = new_worker_node(
	'main', $sim,
	conf => "max_prepared_transactions = 100\nlog_min_duration_statement = 3s\nlog_lock_waits = on\n",
	server => {
		rate_limit => 0,
		connect_timeout => '2s',
		request_timeout => TIMEOUT . 's' });
my (@clients, @prepared, %doomed, @kills, %commit);
my %done = map { $_ => 0 } keys %shapes, 'finish';
my ($left, $began) = (0, time());

diag("seed $seed, $rounds rounds (DATAZONE_SEED, DATAZONE_ROUNDS)")
  if $ENV{DATAZONE_SEED} || $ENV{DATAZONE_ROUNDS};
note("seed $seed, $rounds rounds, $entries entries");
srand($seed);
set_up();
for my $round (1 .. $rounds)
{
	kill_in_mid_work($round);
}
enqueue_the_rest();
note(sprintf '%.0f s until all was enqueued', time() - $began);
deliver_the_rest();
note(sprintf '%.0f s until all was delivered', time() - $began);
take_the_record();
what_was_done();
what_was_sent();
what_was_accepted();
what_must_not_be_repeated();
order_of_keys();
what_is_left();
what_the_database_says();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
note(sprintf '%.0f s in all', time() - $began);
done_testing();

# One of the names of a hash, as often as its numbers say.
sub draw
{
	my ($weights) = @_;
	my $at = rand(sum(values %$weights));

	for my $name (sort keys %$weights)
	{
		$at -= $weights->{$name};
		return $name if $at < 0;
	}
	die 'no weights';
}

# Each entry leaves a row in the table of loads, in the same transaction: who
# it is for the service, and when and where it was enqueued.
sub set_up
{
	$sim->settings(runs_per_day => 0, log_limit => 1);
	$sim->control('POST', 'faults', [faults()]);
	$node->safe_psql('postgres', <<'SQL');
CREATE TABLE load (name text PRIMARY KEY, transaction text NOT NULL,
	operation text NOT NULL, key text, id bigint NOT NULL, token text,
	role regrole NOT NULL DEFAULT current_user::regrole,
	at timestamptz NOT NULL, last_id bigint);

CREATE FUNCTION enqueue(kind text, name text, transaction text, key text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	began timestamptz := clock_timestamp();
	given text := CASE WHEN hashtext(name) % 3 = 0 THEN 'given-' || name END;
	run uuid := md5(coalesce(key, name))::uuid;
	made bigint;
BEGIN
	IF kind = 'lineage' THEN
		made := datazone_enqueue_lineage(jsonb_build_object(
			'eventType', 'COMPLETE', 'eventTime', '2026-11-21T06:00:00Z',
			'producer', 'https://example.com/load',
			'schemaURL', 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
			'run', jsonb_build_object('runId', run),
			'job', jsonb_build_object('namespace', 'shop', 'name', name)),
			client_token => given);
	ELSIF kind = 'project' THEN
		made := datazone_enqueue('CreateProject',
			jsonb_build_object('name', name), key);
	ELSIF kind = 'untag' THEN
		made := datazone_enqueue('UntagResource', jsonb_build_object(
			'resourceArn', 'arn:aws:datazone:eu-west-1:123456789012:domain/dzd_simulator',
			'tagKeys', ARRAY[name]), key);
	ELSIF kind = 'run' THEN
		made := datazone_enqueue('StartDataSourceRun',
			'{"dataSourceIdentifier": "ds_returns"}', key, given);
	ELSIF kind = 'product' THEN
		made := datazone_enqueue('CreateDataProduct', jsonb_build_object(
			'name', name, 'owningProjectIdentifier', 'prj_retail'), key, given);
	ELSE
		made := datazone_enqueue('StartMetadataGenerationRun',
			'{"owningProjectIdentifier": "prj_retail",
			  "type": "BUSINESS_DESCRIPTIONS",
			  "target": {"identifier": "ast_orders", "type": "ASSET"}}',
			key, given);
	END IF;
	INSERT INTO load
	SELECT enqueue.name, enqueue.transaction, operation, ordering_key, id,
		client_token, current_user::regrole, began
	FROM datazone_outbox WHERE id = made;
END $$;

-- in a subtransaction of its own, which may be rolled back
CREATE FUNCTION enqueue_caught(kind text, name text, transaction text, key text,
	fails boolean)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM enqueue(kind, name, transaction, key);
	IF fails THEN
		RAISE division_by_zero;
	END IF;
EXCEPTION WHEN division_by_zero THEN NULL;
END $$;

CREATE ROLE etl;
GRANT USAGE ON FOREIGN SERVER sim TO etl;
GRANT INSERT ON load TO etl;
GRANT SELECT ON datazone_outbox TO etl;
GRANT EXECUTE ON FUNCTION datazone_enqueue_lineage, datazone_enqueue TO etl;
SQL
	$node->safe_psql('postgres', "CREATE USER MAPPING FOR etl SERVER sim
		OPTIONS (access_key_id '${\DatazoneTest::ACCESS_KEY}',
			secret_access_key '${\DatazoneTest::SECRET_KEY}')");
	wait_worker($node);
	return;
}

# Everything that the simulator knows, one in ten of the requests in all.
sub faults
{
	my @faults = (
		(map { { kind => 'error', params =>
						{ status => $_->[0], code => $_->[1] } } } @refusals),
		(map { { kind => 'error', params =>
						{ status => $_, code => 'Whatever' } } } 502, 504),
		(map { { kind => $_ } } qw(internal unavailable throttle redirect
			  raw half_head chunked_cut chunked close http10 content_type
			  garbage html200 empty truncated wrong_types missing_required
			  trailing duplicate_member nul lone_surrogate bad_utf8
			  raw_control deep gzip)),
		{ kind => 'throttle', params => { retry_after_ms => 100 } },
		(map { { kind => $_ }, { kind => $_, params => { reset => \1 } } }
			  qw(drop drop_after half_body)),
		{ kind => 'answer', params => { status => 503, body => '' } },
		{ kind => 'raw', params => { base64 => 'AAEC/wo=' } },
		{ kind => 'slow', params => { ms => 300 } },
		{ kind => 'slow', params => { ms => 1000 * (TIMEOUT + 2) } },
		{ kind => 'slow_body', params => { bytes => 10, ms => 20 } },
		{ kind => 'stall' },
		{ kind => 'stall', params => { head => \1 } },
		{ kind => 'stall', params => { seconds => 0.5 } },
		(map { { kind => 'bad_headers', params => { variant => $_ } } }
			  qw(long many no_colon nul control folded two_lengths status)),
		{ kind => 'gzip', params => { broken => \1 } },
		{ kind => 'gzip_bomb', process => \1, params => { mib => 32 } },
		{ kind => 'whole_body', params => { value => [ 1, 2 ] } },
		{ kind => 'missing_required', params => { null => \1 } },
		{ kind => 'huge', params => { mib => 2 } });

	# numbers after numbers, so that each is drawn by itself
	return map { { %{ $faults[$_] }, operation => '*', count => undef,
				probability => 0.1 / @faults, seed => 1000 * $seed + $_ } }
	  0 .. $#faults;
}

# Rows of VALUES for so many new entries of a transaction.
sub rows
{
	my ($client, $transaction, $count) = @_;
	my @rows;

	for (1 .. $count)
	{
		my $kind = draw(\%kinds);
		my $name = "$transaction-" . ++$client->{entries};
		my $place = rand();
		my $key =
		  $place < 0.6 ? sprintf "'%d.%d'", $client->{number}, rand(OWN_KEYS)
		  : $place < 0.8 ? sprintf "'all.%d'", rand(SHARED_KEYS)
		  : 'NULL';
		push @rows, "('$kind', '$name', '$transaction', $key)";
	}
	return join ', ', @rows;
}

# A statement that enqueues so many; what is not to be committed does not count.
sub enqueue
{
	my ($client, $transaction, $count, $is_doomed) = @_;
	my $rows = rows($client, $transaction, $count);

	$left -= $count unless $is_doomed;
	return "SELECT count(enqueue(kind, name, transaction, key::text))
		FROM (VALUES $rows) v (kind, name, transaction, key)";
}

# What a client does next: a list of statements.  The one that commits is last,
# and known by the transaction's name.
sub transaction
{
	my ($client) = @_;
	my $name = "$client->{number}-" . ++$client->{transactions};
	my $some = sub { enqueue($client, $name, 1 + int(rand($_[0]))) };
	my $no = sub { enqueue($client, $name, 1 + int(rand(5)), 1) };
	my $shape = draw(\%shapes);
	my @steps;

	$shape = 'plain' if $shape eq 'prepare' && @prepared >= PREPARED;
	if ($client->{is_superuser} && rand() < @prepared / 100)
	{
		return finish(splice @prepared, int(rand(@prepared)), 1);
	}
	$client->{shape} = $shape;
	if ($shape eq 'single')
	{
		return ([ $some->(3), $name ]);
	}
	elsif ($shape eq 'plain')
	{
		@steps = map { $some->(30) } 1 .. 1 + rand(2);
	}
	elsif ($shape eq 'savepoints')
	{
		@steps = ($some->(8), 'SAVEPOINT a', $no->(), 'SAVEPOINT b', $no->(),
			'RELEASE b', 'ROLLBACK TO a', $some->(8), 'SAVEPOINT c',
			$some->(8), 'RELEASE c');
		@steps = @steps[ 1 .. $#steps ] if rand() < 0.3;
	}
	elsif ($shape eq 'caught')
	{
		my $rows = rows($client, $name, 10);
		$left -= 6;
		@steps = "SELECT count(enqueue_caught(kind, name, transaction,
				key::text, row_number % 3 = 1))
			FROM (SELECT *, row_number() OVER () FROM (VALUES $rows)
				v (kind, name, transaction, key)) w";
	}
	elsif ($shape eq 'prepare')
	{
		my $is_doomed = rand() < 0.4;
		@steps = $is_doomed ? ($no->()) : ($some->(12));
		push @steps, 'SAVEPOINT a', $no->(), 'ROLLBACK TO a' if rand() < 0.4;
		push @prepared, $name;
		$doomed{$name} = 1 if $is_doomed;
		return map { [$_] } 'BEGIN', @steps, "PREPARE TRANSACTION '$name'";
	}
	else
	{
		@steps = ($no->());
		push @steps, "SELECT datazone_enqueue_lineage('{}')"
		  if $shape eq 'error';
		return map { [$_] } 'BEGIN', @steps,
		  $shape eq 'error' ? 'COMMIT' : 'ROLLBACK';
	}
	return ((map { [$_] } 'BEGIN', @steps), [ 'COMMIT', $name ]);
}

# The second phase, in whichever session.  It may have to be said again, after
# a crash; and the first may never have been.
sub finish
{
	my ($name) = @_;

	$done{finish}++;
	return $doomed{$name}
	  ? ([ "ROLLBACK PREPARED '$name'" ])
	  : ([ "COMMIT PREPARED '$name'", $name ]);
}

sub connect_clients
{
	for my $number (1 .. CLIENTS)
	{
		my $client = $clients[ $number - 1 ] //= { number => $number };
		my $is_superuser = $number % 2;

		$client->{is_superuser} = $is_superuser;
		$client->{session} = DatazoneSession->new($node,
			set => $is_superuser ? 'SELECT' : 'SET SESSION AUTHORIZATION etl');

		# what was under way when the server went has ended, one way or other
		$commit{ $client->{commits} }{acked} //= time()
		  if defined $client->{commits};
		$client->{steps} = [];
		delete @$client{qw(is_busy commits)};
	}
	return;
}

# Have the clients do what they can do without waiting.
sub turn
{
	for my $client (@clients)
	{
		next if $client->{is_lost};
		take_answer($client) || next if $client->{is_busy};
		next if $client->{is_lost};
		if (!@{ $client->{steps} })
		{
			next if $left <= 0;
			$client->{steps} = [ transaction($client) ];
		}
		my ($statement, $commits) = @{ shift @{ $client->{steps} } };
		$client->{is_busy} = 1;
		$client->{commits} = $commits;
		my $sent = $client->{session}->send($statement);
		$commit{$commits}{sent} //= $sent if defined $commits;
	}
	return;
}

# False if there is none yet.
sub take_answer
{
	my ($client) = @_;

	return 0 unless $client->{session}->is_answered;
	my $result = $client->{session}->result;
	my $sqlstate = $result->{sqlstate};
	delete $client->{is_busy};
	if ($result->{lost} || $result->{out} =~ /connection|terminat/)
	{
		$client->{is_lost} = 1;
		return 1;
	}
	my $expected = ($client->{shape} // '') eq 'error' ? '22023|25P02' : '0';

	# a second phase may be over
	die "$client->{shape}: $result->{out}"
	  unless $sqlstate =~ /^(?:00000|42704|$expected)$/;
	if (defined $client->{commits})
	{
		$commit{ delete $client->{commits} }{acked} //= time();
	}
	$done{ $client->{shape} }++
	  if !@{ $client->{steps} } && defined $client->{shape};
	return 1;
}

sub requests
{
	return $sim->statistics->{requests};
}

# Sessions work and the worker delivers, until something is killed, when so
# many requests of the round have arrived as was drawn.
sub kill_in_mid_work
{
	my ($round) = @_;
	my $what =
	  $round <= 3
	  ? (qw(worker backend postmaster))[ $round - 1 ]
	  : (qw(worker worker backend postmaster))[ int(rand(4)) ];
	my $more = int(rand($share));
	my $pid = wait_worker($node, 'postgres', 60);

	connect_clients();
	my $start = requests();
	$left = $share;
	poll_until(
		sub {
			turn() for 1 .. 5;
			return requests() >= $start + $more
			  || ($left <= 0 && !pending());
		},
		"$more requests in round $round",
		PATIENCE);
	my ($busy) = grep { $_->{is_busy} } @clients;
	$pid = ($busy // $clients[0])->{session}->pid if $what eq 'backend';
	push @kills, { what => $what, at => time(), requests => $more };
	$what eq 'postmaster' ? kill_postmaster() : kill_process($pid);
	$_->{session}->close for @clients;
	delete $_->{is_lost} for @clients;
	return;
}

sub pending
{
	return $node->safe_psql('postgres',
		q{SELECT count(*) FROM datazone_outbox WHERE state = 'pending'});
}

# All others are ended and started again: wait until that has begun.
sub kill_process
{
	my ($pid) = @_;

	kill KILL => $pid;
	poll_until(sub { !kill(0, $pid) }, 'the process to be gone');
	poll_until(
		sub {
			my ($status) = $node->psql('postgres', 'SELECT');
			return $status == 0;
		},
		'the server to accept again');
	return;
}

# What the postmaster leaves behind must end before another can start.
sub kill_postmaster
{
	$node->kill9;
	$_->{session}->close for @clients;
	poll_until(sub { $node->start(fail_ok => 1) }, 'the server to start');
	return;
}

# Without being killed, up to the number that was promised.
sub enqueue_the_rest
{
	wait_worker($node);
	connect_clients();
	poll_until(
		sub {
			turn() for 1 .. 20;
			return 0 if grep { $_->{is_busy} || @{ $_->{steps} } } @clients;
			$left = $entries
			  - $node->safe_psql('postgres', 'SELECT count(*) FROM load');
			return $left <= 0;
		},
		"$entries entries",
		PATIENCE);

	# also where a crash came between a second phase and its effect
	for my $name (split /\n/,
		$node->safe_psql('postgres', 'SELECT gid FROM pg_prepared_xacts'))
	{
		my ($statement) = @{ (finish($name))[0] };
		$commit{$name}{sent} = time() unless $doomed{$name};
		$clients[0]{session}->query($statement);
		$commit{$name}{acked} = time() unless $doomed{$name};
	}
	is($node->safe_psql('postgres', 'SELECT count(*) FROM pg_prepared_xacts'),
		0, 'no transaction is left prepared');
	$_->{session}->close for @clients;
	return;
}

# Those that the service has refused are requeued until it has not; all that
# remains is what must not be repeated.
sub deliver_the_rest
{
	my $final = join '|', qw(22023 28000 53400 42501 42704 55000);
	my ($requeued, $odd);

	for my $wave (1 .. 10)
	{
		wait_value($node, q{SELECT count(*) FROM datazone_outbox
			WHERE state <> 'failed'}, qr/^0$/, 'the queue to drain', PATIENCE);
		$odd .= $node->safe_psql('postgres', "SELECT operation, error_code,
				error_message FROM datazone_outbox
			WHERE error_code !~ '^($final)\$'
				AND error_message NOT LIKE 'outcome unknown%'
				OR state <> 'failed'");
		$requeued = $node->safe_psql('postgres', q{
			BEGIN;
			CREATE TEMP TABLE again AS
			SELECT o.id, l.name FROM datazone_outbox o
				JOIN load l ON coalesce(l.last_id, l.id) = o.id
			WHERE error_message NOT LIKE 'outcome unknown%';
			SELECT count(*) FILTER (WHERE datazone_requeue(id))
			FROM (SELECT id FROM again ORDER BY id) a;
			UPDATE load SET last_id = o.id
			FROM again a, datazone_outbox o
			WHERE load.name = a.name AND o.id > a.id AND (load.token = o.client_token
				OR load.token IS NULL AND load.name IN
					(o.payload ->> 'name', o.payload #>> '{tagKeys,0}'));
			COMMIT});
		note "wave $wave: $requeued were refused and are requeued";
		last if $requeued == 0;
	}
	is($requeued, 0, 'what was refused is accepted in the end');
	is($odd, '', 'only what the service refuses for good gives up');
	return;
}

# The simulator's record, and what the clients know, as tables.
sub take_the_record
{
	my $effects = "$record.effects";
	my $commits = "$record.commits";
	my $kills = "$record.kills";
	my $quoted = join ', ', map { "'$_'" } @effective;
	my $copy = 'WITH (FORMAT csv, QUOTE E\'\x01\', DELIMITER E\'\x02\')';

	poll_until(sub { $sim->statistics->{in_flight} == 0 },
		'the simulator to have nothing to do');
	my $answer = HTTP::Tiny->new(timeout => 120)
	  ->mirror("$sim->{control}/effects", $effects);
	die "effects: $answer->{status}" unless $answer->{success};
	append_to_file($commits, join '',
		map { join("\t", $_, $commit{$_}{sent}, $commit{$_}{acked}) . "\n" }
		sort keys %commit);
	append_to_file($kills, join '', map { "$_->{at}\n" } @kills);
	$node->safe_psql('postgres', <<"SQL", timeout => PATIENCE);
CREATE TEMP TABLE line (j jsonb);
COPY line FROM '$record' $copy;
CREATE TABLE arrival AS
SELECT (j ->> 'sequence')::int AS sequence, j ->> 'operation' AS operation,
	coalesce(
		(SELECT h ->> 1 FROM jsonb_array_elements(j -> 'headers') h
			WHERE lower(h ->> 0) = 'client-token'),
		CASE WHEN j ->> 'operation' NOT IN ('PostLineageEvent',
			'CreateProject', 'UntagResource')
			THEN (j ->> 'body')::jsonb ->> 'clientToken' END,
		CASE WHEN j ->> 'operation' = 'CreateProject'
			THEN (j ->> 'body')::jsonb ->> 'name' END,
		(SELECT q ->> 1 FROM jsonb_array_elements(j -> 'query') q
			WHERE q ->> 0 = 'tagKeys')) AS who,
	md5(concat(j ->> 'method', j ->> 'target', j ->> 'body')) AS bytes,
	j ->> 'fault' AS fault, (j ->> 'status')::int AS status,
	(j ->> 'client_gone')::boolean AS client_gone,
	(j ->> 'request_id') AS request_id,
	j ->> 'fault' IS NULL OR j ->> 'fault' IN ($quoted) AS is_effective,
	(j ->> 'fault' IN ('throttle', 'error')
		AND (j ->> 'status')::int < 500) IS TRUE AS is_refused,
	(j ->> 'received_us')::numeric / 1000000 AS received
FROM line
WHERE j ->> 'method' <> 'GET';
DELETE FROM line;
COPY line FROM '$effects' $copy;
CREATE TABLE effect AS
SELECT sequence, operation, id, client_token, sha256
FROM line, jsonb_to_recordset(j -> 'effects') AS e (sequence int,
	operation text, id text, client_token text, sha256 text);
CREATE TABLE commits (transaction text PRIMARY KEY, sent numeric,
	acked numeric);
COPY commits FROM '$commits';
CREATE TABLE kills (at numeric);
COPY kills FROM '$kills';
ALTER TABLE load ADD who text;
UPDATE load SET who = coalesce(token, name);
CREATE UNIQUE INDEX ON load (who);
CREATE INDEX ON arrival (who);
CREATE INDEX ON effect (client_token);
ANALYZE load, arrival, effect;
CREATE TABLE first_arrival AS
SELECT l.name, l.transaction, l.role, l.key, l.id, l.at, a.sequence, a.received
FROM load l CROSS JOIN LATERAL (SELECT sequence, received FROM arrival
	WHERE who = l.who AND is_effective ORDER BY sequence LIMIT 1) a
WHERE last_id IS NULL;
ANALYZE commits, kills, first_arrival;
SQL
	return;
}

# A query that gives nothing where all is well; else its first rows are told.
sub none
{
	my ($query, $what) = @_;

	return is(
		$node->safe_psql('postgres', "SELECT * FROM ($query) q LIMIT 10",
			timeout => PATIENCE),
		'', $what);
}

sub one
{
	my ($query) = @_;
	return $node->safe_psql('postgres', $query, timeout => PATIENCE);
}

# The test itself: that it did what it is for.
sub what_was_done
{
	my $rules = $sim->control('GET', 'faults')->{faults};
	my $requests = requests();
	my $faults = sum(map { $_->{hits} } @$rules);
	my %kills;

	$kills{ $_->{what} }++ for @kills;
	note join ', ', "killed", map { "$_ $kills{$_}" } sort keys %kills;
	note join ', ', "transactions", map { "$_ $done{$_}" } sort keys %done;
	note "$requests requests, $faults faults";
	is(scalar(@kills), $rounds, "$rounds times killed");
	is(scalar(keys %kills), 3, 'workers, backends and postmasters')
	  if $rounds >= 3;
	cmp_ok(one('SELECT count(*) FROM load'), '>=', $entries,
		"$entries entries are committed");
	is_deeply([ grep { !$done{$_} } sort keys %done ],
		[], 'in transactions of every kind');
	cmp_ok($faults, '>', 0.08 * $requests, 'one request in ten failed');
	is_deeply([ map { $_->{kind} } grep { !$_->{hits} } @$rules ],
		[], 'in every way');
	is( one('SELECT count(DISTINCT operation) || \' \' || count(DISTINCT role)
			FROM load'),
		'6 2', 'of six operations, by two roles');
	return;
}

sub what_was_sent
{
	none('SELECT * FROM arrival
		WHERE NOT EXISTS (SELECT FROM load WHERE load.who = arrival.who)',
		'nothing was sent that is not committed');
	none('SELECT a.who, a.received, c.sent
		FROM arrival a JOIN load USING (who) JOIN commits c USING (transaction)
		WHERE a.received < c.sent',
		'nothing was sent before its commit');
	none('SELECT who, count(DISTINCT bytes) FROM arrival
		GROUP BY who HAVING count(DISTINCT bytes) > 1',
		'whatever was sent again was the same');

	# a time-out shows late where the simulator is busy: its own are faults
	none(sprintf(q{SELECT * FROM (
			SELECT who, fault, client_gone, received,
				lead(received) OVER (PARTITION BY who ORDER BY sequence) AS again
			FROM arrival) a
		WHERE again IS NOT NULL AND fault IS NULL AND NOT client_gone
			AND again - received < %d
			AND NOT EXISTS (SELECT FROM kills WHERE at > received - 1
				AND at < again)}, TIMEOUT),
		'nothing was sent again without a reason');
	return;
}

sub what_was_accepted
{
	none(q{SELECT name, l.operation, count(e.id),
			(SELECT string_agg(concat_ws(' ', sequence, fault, status), ', '
					ORDER BY sequence)
				FROM arrival a WHERE a.who = l.who) AS requests
		FROM load l LEFT JOIN effect e ON client_token = token
		WHERE token IS NOT NULL
		GROUP BY l.name, l.operation HAVING count(e.id) <> 1},
		'everything that was committed is accepted once by its client token');
	none('SELECT * FROM effect WHERE client_token IS NOT NULL
		AND NOT EXISTS (SELECT FROM load WHERE token = client_token)',
		'and nothing else');
	none(q{SELECT name FROM load WHERE operation = 'UntagResource'
		AND NOT EXISTS (SELECT FROM arrival a WHERE a.who = load.who
			AND is_effective)},
		'what may be repeated is done without a token as well');
	is(one(q{SELECT count(*) FROM effect WHERE operation = 'CreateProject'}),
		one(q{SELECT count(*) FROM arrival
			WHERE operation = 'CreateProject' AND is_effective}),
		'effects and requests without a token agree');
	return;
}

# Without a token: what the service has not clearly refused is sent once.
sub what_must_not_be_repeated
{
	my $projects = q{SELECT *, lead(sequence) OVER w AS again,
			count(*) FILTER (WHERE is_effective) OVER (PARTITION BY who)
				AS effects
		FROM arrival WHERE operation = 'CreateProject'
		WINDOW w AS (PARTITION BY who ORDER BY sequence)};
	my $unknown = q{SELECT payload ->> 'name' FROM datazone_outbox};

	none("SELECT * FROM ($projects) p
		WHERE again IS NOT NULL AND NOT is_refused",
		'without a token nothing is repeated whose outcome is unclear');
	none("SELECT * FROM ($projects) p WHERE effects > 1",
		'and nothing is done twice');
	none("SELECT name FROM load WHERE operation = 'CreateProject'
			AND name NOT IN ($unknown)
			AND name NOT IN (SELECT who FROM arrival WHERE is_effective)",
		'whatever does not say that it is unknown is done');
	none("SELECT * FROM ($projects) p
		WHERE who IN ($unknown) AND again IS NULL AND fault IS NULL
			AND NOT client_gone AND NOT EXISTS (SELECT FROM kills
				WHERE at > received - 1 AND at < received + 10)",
		'and what says so has a reason');
	return;
}

# Of a role, within a transaction, and where one had been committed when another
# was enqueued.  Those that were refused and requeued have gone last.
sub order_of_keys
{
	my $query = q{SELECT a.name AS first, b.name AS second, a.key, a.id AS first_id,
			b.id AS second_id, a.sequence AS first_at, b.sequence AS second_at,
			c.acked, b.at
		FROM first_arrival a JOIN first_arrival b
			ON a.key = b.key AND a.role = b.role AND b.sequence < a.sequence
			LEFT JOIN commits c ON c.transaction = a.transaction
		WHERE %s (a.transaction = b.transaction AND a.id < b.id
			OR a.transaction <> b.transaction
				AND to_timestamp(c.acked::float8) < b.at)};
	my $pairs = $query;

	$pairs =~ s/AND b.sequence < a.sequence//;
	my $count = one("SELECT count(*) FROM (${\sprintf $pairs, ''}) q");
	my $keys = one('SELECT count(DISTINCT (role, key)) FROM first_arrival');
	note "$count pairs of $keys keys have an order";
	cmp_ok($count, '>', $entries, 'keys have an order');
	none(sprintf($query, ''), 'which is kept');
	return;
}

# In the queue there is what must not be repeated, and nothing else.
sub what_is_left
{
	none(q{SELECT * FROM datazone_outbox WHERE client_token IS NOT NULL
			OR operation <> 'CreateProject' OR state <> 'failed'
			OR error_message NOT LIKE 'outcome unknown%'},
		'only outcomes that are unknown are left');
	note one('SELECT count(*) FROM datazone_outbox')
	  . ' outcomes are unknown, of '
	  . one(q{SELECT count(*) FROM load WHERE operation = 'CreateProject'});
	cmp_ok(one('SELECT count(*) FROM datazone_outbox'), '>', 0,
		'and there are some');
	wait_value($node, q{SELECT queue_depth || ' ' || in_flight || ' ' ||
			(entries_failed - (SELECT count(*) FROM datazone_outbox))
		FROM datazone_stat WHERE datname = 'postgres'}, qr/^0 0 0$/,
		'the statistics to say so');
	return;
}

sub what_the_database_says
{
	none(q{SELECT l.name, l.operation, d.outbox_id, l.last_id FROM load l
			FULL JOIN datazone_delivery d
				ON d.outbox_id = coalesce(l.last_id, l.id)
		WHERE (d.outbox_id IS NULL) IS DISTINCT FROM
				(coalesce(l.last_id, l.id) IN (SELECT id FROM datazone_outbox))
			OR l.name IS NULL},
		'a delivery is recorded for each that is done, and for no other');
	none(q{SELECT l.name, d.* FROM load l JOIN datazone_delivery d
			ON d.outbox_id = coalesce(l.last_id, l.id)
			LEFT JOIN effect e ON e.client_token = l.token
		WHERE (l.token, l.operation, l.role, 'sim', attempts > 0)
				IS DISTINCT FROM
				(d.client_token, d.operation, d.role, d.server, true)
			OR (l.operation <> 'UntagResource')
				<> (d.domain_id IS NOT DISTINCT FROM 'dzd_simulator')
			OR l.operation = 'PostLineageEvent' AND (d.job, d.payload_sha256)
				IS DISTINCT FROM ('shop/' || l.name, e.sha256)
			OR d.service_id <> e.id
			OR d.delivered_at < d.enqueued_at
			OR d.enqueued_at IS NULL},
		'with what was enqueued and accepted');
	none(q{SELECT l.name, d.request_id FROM load l JOIN datazone_delivery d
			ON d.outbox_id = coalesce(l.last_id, l.id)
		WHERE NOT EXISTS (SELECT FROM arrival a WHERE a.who = l.who
			AND a.request_id = d.request_id AND a.status BETWEEN 200 AND 299
			AND to_timestamp(a.received::float8) <= d.delivered_at)},
		'and the request by which it was');
	return;
}
