# With preloading one process fetches credentials for all that use the same
# mapping: two hundred backends make one call of AssumeRole.  Whoever fetches
# may be cancelled or end: the next one goes on.  What was fetched is in shared
# memory as long as it is of use, and no longer.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $backends = 200;
my $stem = 'Zq7yK';    # of every secret that the stand-ins issue
my $sim = start_simulator();
my $aws = start_standins($sim);
my %environment = (AWS_ENDPOINT_URL_STS => $aws->url);
my $conf = own_conf()
  . "max_connections = @{[ $backends + 40 ]}\nshared_buffers = '16MB'
	max_prepared_transactions = 2\n";
my $node = new_host_node('main', $sim, environment => \%environment,
	conf => $conf, server => { rate_limit => 0 });
my $arn = 'arn:aws:iam::111122223333:role';
my $keys = sprintf "access_key_id '%s', secret_access_key '%s'",
  DatazoneTest::ACCESS_KEY, DatazoneTest::SECRET_KEY;
my $call = q{SELECT id FROM datazone_get_run('run_orders_001')};

many_backends();
those_who_leave();
those_who_wait();
those_who_stand_still();
refusals();
refreshed_ahead();
whose_they_are();
more_than_there_is_room_for();
wiped();
the_worker();
alone();
done_testing();

sub fetches
{
	return $aws->count('AssumeRole');
}

sub start_afresh
{
	my (%settings) = @_;

	$aws->settings(latency_ms => 0, sts_seconds => undef, roles => {},
		%settings);
	$aws->clear_log;
	$sim->clear_log;
	map_identity($node, 'sim', "$keys, role_arn '$arn/etl'");
	return;
}

# Have all sessions call at once; gives how many succeeded.
sub all_call
{
	my (@sessions) = @_;

	$_->send($call) for @sessions;
	return scalar grep { $_->result(180)->{out} eq 'run_orders_001' }
	  @sessions;
}

sub many_backends
{
	start_afresh(latency_ms => 1000);
	my @sessions = map { DatazoneSession->new($node) } 1 .. $backends;

	is(all_call(@sessions), $backends, "$backends backends succeed");
	is(fetches(), 1, 'with one call of AssumeRole');
	my $first = signer($sim);

	# refused by the service: one forced refresh for all
	$aws->control('POST', 'keys/expire', { access_key => $first });
	is(all_call(@sessions), $backends, 'they succeed with expired keys, too');
	is(fetches(), 2, 'after one more call of AssumeRole');
	isnt(signer($sim), $first, 'with other keys');
	is(all_call(@sessions), $backends, 'and once more');
	is(fetches(), 2, 'with those that are there');
	is( $sessions[0]->query(q{SELECT expires_at > now() + interval '50 minutes'
			FROM datazone_whoami()})->{out},
		't', 'datazone_whoami() shows when they expire');
	is(fetches(), 2, 'and fetches none');
	$_->close for @sessions;

	is(call($node)->{ok}, 1, 'a new backend succeeds');
	is(fetches(), 2, 'with what there is');

	# refused again at once: new keys are not fetched for each backend
	@sessions = map { DatazoneSession->new($node) } 1 .. 10;
	$sim->fault('GetDataSourceRun', 'error', 'all',
		status => 403, code => 'ExpiredTokenException');
	all_call(@sessions);
	cmp_ok(fetches(), '<=', 3, 'whatever is refused is not fetched for each');
	$sim->clear_faults;
	$_->close for @sessions;
	return;
}

# The worker is one of them.
sub the_worker
{
	start_afresh();
	is(call($node)->{ok}, 1, 'a backend fetches');
	watch($node, 'ds_orders');
	wait_value($node, 'SELECT count(*) FROM datazone_run',
		qr/^[1-9]/, 'the worker to sync');
	is(fetches(), 1, 'and the worker uses it');
	$node->safe_psql('postgres', q{SELECT datazone_unwatch('ds_orders')});
	return;
}

# Whoever fetches is cancelled, or ends: another one takes over.
sub those_who_leave
{
	for my $signal ('INT', 'TERM')
	{
		start_afresh(latency_ms => 5000);
		my ($first, @others) = map { DatazoneSession->new($node) } 1 .. 4;

		$first->send($call);
		poll_until(sub { fetches() == 1 }, 'the first to fetch');
		$_->send($call) for @others;
		$aws->settings(latency_ms => 0);
		kill $signal => $first->pid;
		my $left = time();
		is( scalar(grep { $_->result->{out} eq 'run_orders_001' } @others),
			3, "$signal: the others succeed");
		is(fetches(), 2, "$signal: after one more call");
		cmp_ok(time() - $left, '<', 4.5, "$signal: which did not wait");
		$first->result;
		$_->close for $first, @others;
	}
	return;
}

# Whoever waits for another one's fetch can be cancelled, which ends nothing.
sub those_who_wait
{
	start_afresh(latency_ms => 3000);
	my ($first, $second, $third) = map { DatazoneSession->new($node) } 1 .. 3;

	$first->send($call);
	poll_until(sub { fetches() == 1 }, 'the first to fetch');
	$_->send($call) for $second, $third;
	poll_until(
		sub {
			2 == $node->safe_psql('postgres', sprintf("
				SELECT count(*) FROM pg_stat_activity
				WHERE pid IN (%s, %s) AND state = 'active'",
				$second->pid, $third->pid));
		},
		'the others to wait');
	my $cancelled = time();
	kill INT => $second->pid;
	is($second->result->{sqlstate}, '57014', 'a waiter is cancelled');
	cmp_ok(time() - $cancelled, '<', 0.25, '... at once');
	is($_->result->{out}, 'run_orders_001', 'the others succeed')
	  for $first, $third;
	is(fetches(), 1, 'with that one fetch');
	$_->close for $first, $second, $third;
	return;
}

# Who fetches is stopped, and turns its loop no more: after some seconds another
# one takes over.  Who goes on keeps the fetch, however long that takes.
sub those_who_stand_still
{
	start_afresh(latency_ms => 20000);
	my ($first, $second) = map { DatazoneSession->new($node) } 1 .. 2;

	$first->send($call);
	poll_until(sub { fetches() == 1 }, 'the first to fetch');
	$aws->settings(latency_ms => 0);
	kill STOP => $first->pid;
	my $stopped = time();
	$second->send($call);
	is($second->result(60)->{out}, 'run_orders_001', 'one is stopped: another succeeds');
	cmp_ok(time() - $stopped, '<', 15, '... after some seconds');
	is(fetches(), 2, '... with a call of its own');
	kill CONT => $first->pid;
	is($first->result(60)->{out}, 'run_orders_001', 'and the first goes on');

	start_afresh(latency_ms => 8000);
	is(all_call($first, $second), 2, 'a source that takes eight seconds');
	is(fetches(), 1, '... is asked once');
	$_->close for $first, $second;
	return;
}

# A refusal is told to all that waited for it, and to those who ask soon
# after it: after some time one of them tries anew.
sub refusals
{
	start_afresh(latency_ms => 3000, roles => { "$arn/etl" => { denied => \1 } });
	my @sessions = map { DatazoneSession->new($node) } 1 .. 10;

	$_->send($call) for @sessions;
	my @results = map { $_->result } @sessions;
	is(scalar(grep { $_->{sqlstate} eq '42501' } @results),
		10, 'all ten are refused')
	  or diag(join "\n", map { $_->{out} } @results);
	is(scalar(grep { $_->{out} =~ /AccessDenied/ } @results),
		10, 'and know why');
	is(fetches(), 1, 'by one answer')
	  or diag(explain([ map { [ @{$_}{qw(received_us answered_us status code fault)} ] }
		  $aws->log('AssumeRole') ]));
	$aws->settings(latency_ms => 0);
	my ($asked, $told) = (0, 0);
	my $until = time() + 3;
	while (time() < $until)
	{
		my $result = $sessions[ $asked++ % 10 ]->query($call);
		$told++
		  if $result->{sqlstate} eq '42501' && $result->{out} =~ /AccessDenied/;
	}
	is($told, $asked, "$asked calls in three seconds are refused, too");
	cmp_ok(fetches(), '>=', 2, '... some after another attempt');
	cmp_ok(fetches(), '<=', 5, '... but not each: ' . fetches());
	$aws->settings(roles => {});
	poll_until(sub { all_call($sessions[0]) }, 'the next attempt');
	$aws->clear_log;
	is(all_call(@sessions), 10, 'once the role trusts them, they succeed');
	is(fetches(), 0, 'with what the first of them got');
	$_->close for @sessions;
	return;
}

# Ahead of the expiry one process fetches, which takes a second, and the
# others go on with what they have.  Twelve seconds of life are renewed after
# nine to ten of them.
sub refreshed_ahead
{
	start_afresh(sts_seconds => 12);
	my @sessions = map { DatazoneSession->new($node) } 1 .. 5;
	my $began = time();
	my ($failed, $longest) = (0, 0);

	is(all_call(@sessions), 5, 'five sessions share what one fetched');
	$aws->settings(latency_ms => 1000);
	while (fetches() < 3 && time() - $began < 60)
	{
		my $sent = time();
		$_->send($call) for @sessions;
		poll_until(sub { 4 <= grep { $_->is_answered } @sessions },
			'four answers');
		my $took = time() - $sent;
		$longest = $took if $took > $longest;
		$failed += grep { $_->result->{out} ne 'run_orders_001' } @sessions;
	}
	my $seconds = time() - $began;
	note sprintf('%d calls of AssumeRole in %.1f s; of five sessions four '
		  . 'never waited longer than %.3f s', fetches(), $seconds, $longest);
	is($failed, 0, 'no call failed');
	is(fetches(), 3, 'what they have is renewed');
	cmp_ok($seconds, '>', 17, 'by one process, when it is due');
	cmp_ok($longest, '<', 0.9, 'while the others go on');
	$_->close for @sessions;
	return;
}

# A mapping's are those of its own roles, and of what it says now.
sub whose_they_are
{
	start_afresh();
	$node->safe_psql('postgres', qq{
		CREATE ROLE ann LOGIN; CREATE ROLE bob LOGIN; CREATE ROLE cyd LOGIN;
		GRANT USAGE ON FOREIGN SERVER sim TO ann, bob, cyd;
		GRANT EXECUTE ON FUNCTION datazone_get_run TO ann, bob, cyd;
		CREATE USER MAPPING FOR PUBLIC SERVER sim
			OPTIONS ($keys, role_arn '$arn/etl');
		CREATE USER MAPPING FOR cyd SERVER sim
			OPTIONS ($keys, role_arn '$arn/etl')});
	my %session =
	  map { $_ => DatazoneSession->new($node, user => $_) } qw(ann bob cyd);

	is(all_call(@session{qw(ann bob)}), 2, 'two roles use the mapping of PUBLIC');
	is(fetches(), 1, 'and share what it gets');
	is(all_call($session{cyd}), 1, 'a mapping with the same options');
	is(fetches(), 2, 'gets its own');
	my $old = signer($sim);
	$node->safe_psql('postgres', "ALTER USER MAPPING FOR cyd SERVER sim
		OPTIONS (SET role_arn '$arn/other')");
	is(all_call($session{cyd}), 1, 'a changed mapping');
	is(fetches(), 3, '... gets others');
	isnt(signer($sim), $old, '... and uses them');
	is(call_as('cyd'), 1, 'in a new session');
	is(fetches(), 3, '... as well');
	$node->safe_psql('postgres', 'DROP USER MAPPING FOR cyd SERVER sim');
	is(all_call($session{cyd}), 1, 'without a mapping of its own');
	is(fetches(), 3, '... a role gets what PUBLIC has');
	$_->close for values %session;
	$node->safe_psql('postgres', 'DROP USER MAPPING FOR PUBLIC SERVER sim');
	return;
}

sub call_as
{
	my ($role) = @_;
	my $session = DatazoneSession->new($node, user => $role);
	my $ok = all_call($session);

	$session->close;
	return $ok;
}

# More mappings than there is room for: all work, in all sessions, and those
# that found room are shared.  Nobody takes another database's place.
sub more_than_there_is_room_for
{
	my $room = 64;    # the least there is
	my $small = new_host_node('small', $sim, environment => \%environment,
		server => { rate_limit => 0 }, conf => own_conf()
		  . "max_connections = 10\n"
		  . "datazone.databases = ''\n");

	start_afresh();
	map_identity($small, 'sim', "$keys, role_arn '$arn/etl'");
	make_servers($small, 'postgres', 2 * $room);
	$small->safe_psql('postgres', 'CREATE DATABASE neighbour');
	$small->safe_psql('neighbour', 'CREATE EXTENSION datazone');
	make_servers($small, 'neighbour', 4);
	$aws->clear_log;

	is($small->safe_psql('neighbour', all_of(4)), 4, 'a database with four mappings');
	my $n = $room + 6;
	my @sessions = map { DatazoneSession->new($small) } 1, 2;
	is($sessions[0]->query(all_of($n))->{out}, $n, "$n mappings of another work");
	is(fetches(), 4 + $n, 'each gets its own');
	is($sessions[1]->query(all_of($n))->{out}, $n, 'in another session, too');
	is(fetches(), 4 + $n + $n - ($room - 4), 'which fetches what found no room');
	my $before = fetches();
	is($sessions[0]->query(all_of($n))->{out}, $n, 'they work again');
	is(fetches(), $before, 'with what the session has');
	is($small->safe_psql('neighbour', all_of(4)), 4, 'the first database');
	is(fetches(), $before, '... still has its own');
	$_->close for @sessions;

	drop_servers($small, 'postgres', 2 * $room);
	is(secrets_in_memory($small), secrets_in_memory($small) < 0 ? -1 : 2 * 4,
		'dropped together, wiped together');
	$small->stop;
	return;
}

sub make_servers
{
	my ($where, $database, $n) = @_;

	$where->safe_psql($database, sprintf(q{
		DO $$
		BEGIN
			FOR i IN 1 .. %d
			LOOP
				EXECUTE format('CREATE SERVER many_%%s
					FOREIGN DATA WRAPPER datazone OPTIONS (region %%L,
					domain_identifier %%L, endpoint_url %%L,
					rate_limit ''0'')', i, '%s', '%s', '%s');
				EXECUTE format('CREATE USER MAPPING FOR CURRENT_USER
					SERVER many_%%s OPTIONS (%s, role_arn %%L)', i, '%s/many');
			END LOOP;
		END $$}, $n, DatazoneTest::REGION, DatazoneTest::DOMAIN, $sim->url,
		$keys =~ s/'/''/gr, $arn));
	return;
}

sub drop_servers
{
	my ($where, $database, $n) = @_;

	$where->safe_psql($database, "
		DO \$\$
		BEGIN
			FOR i IN 1 .. $n
			LOOP
				EXECUTE format('DROP SERVER many_%s CASCADE', i);
			END LOOP;
		END \$\$");
	return;
}

sub all_of
{
	my ($n) = @_;

	return "SELECT count(r.id) FROM generate_series(1, $n) i,
		LATERAL datazone_get_run('run_orders_001', server => 'many_' || i) r";
}

# The shared memory of the cluster, as the postmaster maps it: how often a
# secret stands there; -1 if it may not be read.
sub secrets_in_memory
{
	my $of = shift // $node;
	my $pid = (split /\n/, slurp_file($of->data_dir . '/postmaster.pid'))[0];
	my $found = 0;

	open(my $memory, '<:raw', "/proc/$pid/mem") or return -1;
	for my $line (split /\n/, slurp_file("/proc/$pid/maps"))
	{
		my ($from, $to) =
		  $line =~ m{^(\w+)-(\w+) rw-s .*/(?:dev/zero|SYSV|anon_hugepage)}
		  or next;
		no warnings 'portable';
		my ($at, $end) = (hex $from, hex $to);
		my $kept = '';

		while ($at < $end)
		{
			sysseek($memory, $at, 0) or return -1;
			my $got = sysread($memory, my $piece, 1 << 20);
			return -1 unless $got;
			my $text = $kept . $piece;
			for (my $i = 0; ($i = index($text, "$stem/", $i)) >= 0; $i++)
			{
				$found++;
			}
			$kept = substr($piece, -length $stem);
			$at += $got;
		}
	}
	return $found;
}

sub wiped
{
	start_afresh();
	is(secrets_in_memory() <=> 0, secrets_in_memory() < 0 ? -1 : 0,
		'no secret in shared memory');
	is(call($node)->{ok}, 1, 'a call');
  SKIP:
	{
		skip 'the memory of another process cannot be read', 13
		  if secrets_in_memory() < 0;
		is(secrets_in_memory(), 2, 'secret key and token are there');

		$node->safe_psql('postgres', 'DROP USER MAPPING FOR CURRENT_USER SERVER sim');
		is(secrets_in_memory(), 0, 'gone with the mapping');

		start_afresh();
		call($node);
		$node->safe_psql('postgres', 'ALTER USER MAPPING FOR CURRENT_USER
			SERVER sim OPTIONS (ADD external_id $$x1$$)');
		is(secrets_in_memory(), 0, 'gone when the mapping was altered');

		start_afresh();
		call($node);
		is(secrets_in_memory(), 2, 'they are there');
		$node->safe_psql('postgres', q{BEGIN; DROP SERVER sim CASCADE; ROLLBACK});
		is(secrets_in_memory(), 2, 'who is not dropped keeps them');
		$node->safe_psql('postgres', q{ALTER SERVER sim OPTIONS
			(ADD request_timeout '20s')});
		is(secrets_in_memory(), 0, 'gone when the server was altered');

		# whose options are others
		start_afresh();
		call($node);
		is(secrets_in_memory(), 2, 'they are there again');
		$node->safe_psql('postgres', "ALTER USER MAPPING FOR CURRENT_USER
			SERVER sim OPTIONS (SET role_arn '$arn/another')");
		is(secrets_in_memory(), 0, 'gone when the mapping was altered');

		# prepared, and committed by whomever
		call($node);
		is(secrets_in_memory(), 2, 'they are there for another role');
		$node->safe_psql('postgres', q{BEGIN;
			DROP USER MAPPING FOR CURRENT_USER SERVER sim;
			PREPARE TRANSACTION 'drop'});
		is(secrets_in_memory(), 0, 'gone when a drop was prepared');
		$node->safe_psql('postgres', q{COMMIT PREPARED 'drop'});

		# what has expired goes by itself
		start_afresh(sts_seconds => 4);
		call($node);
		is(secrets_in_memory(), 2, 'those that live four seconds');
		poll_until(sub { secrets_in_memory() == 0 },
			'them to be wiped, though nobody asks', 20);
		create_datazone_server($node, 'other', $sim, rate_limit => 0);
		map_identity($node, 'other', "$keys, role_arn '$arn/other'");
		$aws->settings(sts_seconds => undef);
		is(call($node, 'other')->{ok}, 1, 'another mapping asks');
		is(secrets_in_memory(), 2, '... and only its own are there');

		# a database of its own
		$node->safe_psql('postgres', 'CREATE DATABASE neighbour');
		$node->safe_psql('neighbour', 'CREATE EXTENSION datazone');
		$node->safe_psql('neighbour', sprintf("
			CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
				region '%s', domain_identifier '%s', endpoint_url '%s');
			CREATE USER MAPPING FOR CURRENT_USER SERVER sim
				OPTIONS ($keys, role_arn '$arn/etl')",
			DatazoneTest::REGION, DatazoneTest::DOMAIN, $sim->url));
		$node->safe_psql('neighbour', $call);
		is(secrets_in_memory(), 4, 'another database has others');
		$node->safe_psql('postgres', 'DROP DATABASE neighbour');
		is(secrets_in_memory(), 2, '... which go with it');

		$node->safe_psql('postgres', 'DROP EXTENSION datazone CASCADE');
		is(secrets_in_memory(), 0, 'gone with the extension');
		$node->safe_psql('postgres', 'CREATE EXTENSION datazone');
		create_datazone_server($node, 'sim', $sim, rate_limit => 0);

		# a process dies, and PostgreSQL makes its memory anew
		start_afresh();
		my $session = DatazoneSession->new($node);
		all_call($session);
		kill KILL => $session->pid;
		$session->close;
		poll_until(sub { eval { call($node)->{ok} } }, 'the restart');
		is(secrets_in_memory(), 2, 'after a crash only the new ones are there');
	}
	return;
}

# Without preloading each process fetches for itself.
sub alone
{
	my $lone = new_host_node('lone', $sim, environment => \%environment);

	map_identity($lone, 'sim', "$keys, role_arn '$arn/etl'");
	$aws->settings(sts_seconds => undef);
	$aws->clear_log;
	is(call($lone)->{ok}, 1, 'a call without preloading') for 1 .. 3;
	is(fetches(), 3, 'each process fetches');
	$lone->stop;
	$node->stop;
	is($aws->statistics->{bugs}, 0, 'the stand-ins had no trouble');
	is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
	return;
}
