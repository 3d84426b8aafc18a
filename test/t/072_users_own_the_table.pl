# datazone_run is an ordinary table: its users' triggers, constraints and locks
# cost the rows that they refuse, for as long as they do, and nothing else; they
# give nobody the rights of the worker; retention and dropped servers empty it.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my @sources = map { "ds_$_" } qw(orders customers returns inventory
  payments clickstream stores preferences);
my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

# The table of an ordinary owner, as README says.
$node->safe_psql('postgres', q{
	CREATE ROLE keeper LOGIN;
	GRANT CREATE ON SCHEMA public TO keeper;
	ALTER TABLE datazone_run OWNER TO keeper;
	CREATE TABLE witness (at timestamptz DEFAULT clock_timestamp(),
		attempt text, outcome text, who text);
	ALTER TABLE witness OWNER TO keeper});
watch($node, @sources);
is_deeply([ wait_synced($node, $sim) ],
	[], 'a table of an ordinary owner is synced');
my $worker = worker_pid($node);

refused_rows();
hostile_triggers();
locks();
notify_fails();
notify_queue();
is(worker_pid($node), $worker, 'the worker has lived through all of it');
retention();
dropped_server();
slow_deletion();
reported();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

# As the owner.
sub keeper
{
	my ($sql) = @_;

	return $node->safe_psql('postgres', $sql,
		extra_params => [ '-U', 'keeper' ]);
}

# A run that something will refuse, and good ones before and after it.
sub one_bad_among_good
{
	my ($what, $value, $words, $seconds) = @_;
	my $good = start_ended_run($sim, 'ds_payments');
	my ($bad) = @{ $sim->control('POST', 'runs/start',
			{ data_sources => ['ds_returns'],
				outcome => { status => 'SUCCESS', requested_seconds => 0,
					running_seconds => 0,
					runStatisticsForAssets => { added => $value, updated => 0,
						unchanged => 0, skipped => 0, failed => 0 } } })->{ids} };
	my @more = map { start_ended_run($sim, $_) } 'ds_returns', 'ds_stores';

	for my $id ($good, @more)
	{
		wait_value($node, "SELECT status FROM datazone_run WHERE id = '$id'",
			qr/\w/, "$what: a good row", $seconds);
	}
	pass("$what: the other rows arrive");
	my $error = wait_value($node, last_error('ds_returns'), $words,
		"$what: last_error", $seconds);
	note("$what: $error");
	is( $node->safe_psql('postgres',
			"SELECT count(*) FROM datazone_run WHERE id = '$bad'"),
		'0',
		"$what: the refused row is not there");

	# rows that were to be written beside a slow one may have its error, until
	# they are written in the next cycle
	wait_value($node, last_error('ds_payments'), qr/^$/,
		"$what: no error of other data sources", $seconds)
	  if defined $seconds;
	is($node->safe_psql('postgres', last_error('ds_payments')),
		'', "$what: other data sources have no error");
	return;
}

# What refused it is gone: the row arrives, no one need do anything.
sub all_good_again
{
	my ($what) = @_;

	is_deeply([ wait_synced($node, $sim) ], [],
		"$what: once it is gone, the row arrives");
	wait_value($node, last_error('ds_returns'), qr/^$/,
		"$what: last_error to go");
	return;
}

sub refused_rows
{
	my %bad = (raises => 661, check => 662, deferred => 663, slow => 664,
		foreign => 665);

	keeper(qq{
		CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \$\$
		BEGIN
			IF NEW.added IN ($bad{raises}, $bad{deferred}) THEN
				RAISE 'row of the beast';
			END IF;
			RETURN NEW;
		END \$\$;
		CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS \$\$
		BEGIN
			IF NEW.added = $bad{slow} THEN
				PERFORM pg_sleep(60);
			END IF;
			RETURN NEW;
		END \$\$});

	keeper('CREATE TRIGGER t BEFORE INSERT OR UPDATE ON datazone_run
		FOR EACH ROW EXECUTE FUNCTION refuse()');
	one_bad_among_good('a trigger that raises',
		$bad{raises}, qr/row of the beast/);
	keeper('DROP TRIGGER t ON datazone_run');
	all_good_again('a trigger that raises');

	keeper("ALTER TABLE datazone_run ADD CONSTRAINT modest
		CHECK (added <> $bad{check})");
	one_bad_among_good('a CHECK constraint', $bad{check}, qr/modest/);
	keeper('ALTER TABLE datazone_run DROP CONSTRAINT modest');
	all_good_again('a CHECK constraint');

	keeper('CREATE CONSTRAINT TRIGGER t AFTER INSERT OR UPDATE ON datazone_run
		DEFERRABLE INITIALLY DEFERRED
		FOR EACH ROW EXECUTE FUNCTION refuse()');
	one_bad_among_good('a deferred constraint trigger',
		$bad{deferred}, qr/row of the beast/);
	keeper('DROP TRIGGER t ON datazone_run');
	all_good_again('a deferred constraint trigger');

	keeper("CREATE TABLE number AS SELECT n FROM generate_series(0, 100000) n
			WHERE n <> $bad{foreign};
		ALTER TABLE number ADD PRIMARY KEY (n);
		ALTER TABLE datazone_run ADD CONSTRAINT counted
			FOREIGN KEY (added) REFERENCES number NOT VALID");
	one_bad_among_good('a foreign key', $bad{foreign}, qr/counted/);
	keeper('ALTER TABLE datazone_run DROP CONSTRAINT counted; DROP TABLE number');
	all_good_again('a foreign key');

	# PostgreSQL has no such statement where there are rules: nothing is written
	keeper(q{CREATE RULE quiet AS ON INSERT TO datazone_run
		DO ALSO INSERT INTO witness (attempt) VALUES ('rule')});
	start_ended_run($sim, 'ds_returns');
	wait_value($node, last_error('ds_returns'), qr/rules/i,
		'the error of a rule');
	pass('a rule: last_error says that there may be none');
	keeper('DROP RULE quiet ON datazone_run');
	all_good_again('a rule');

	# each attempt takes the statement time-out of 5 s
	keeper('CREATE TRIGGER t BEFORE INSERT OR UPDATE ON datazone_run
		FOR EACH ROW EXECUTE FUNCTION dawdle()');
	one_bad_among_good('a slow trigger', $bad{slow}, qr/timeout/, 40);
	keeper('DROP TRIGGER t ON datazone_run');
	all_good_again('a slow trigger');
	return;
}

# What a trigger function of the table's owner tries runs as that owner, who
# cannot become anybody else.
sub hostile_triggers
{
	my %attempts = (
		superuser => 'ALTER ROLE keeper SUPERUSER',
		set_role => 'SET ROLE postgres',
		reset_role => 'RESET ROLE; ALTER ROLE keeper SUPERUSER',
		authorization => 'SET SESSION AUTHORIZATION postgres',
		default_authorization =>
		  'RESET SESSION AUTHORIZATION; ALTER ROLE keeper SUPERUSER',
		config => q{SELECT set_config('role', 'postgres', false)},
		program => q{COPY public.witness TO PROGRAM 'true'},
		temporary => 'CREATE TEMP TABLE mine (a int)',
		deferred => 'CREATE CONSTRAINT TRIGGER later AFTER INSERT ON public.witness
			DEFERRABLE INITIALLY DEFERRED
			FOR EACH ROW EXECUTE FUNCTION public.refuse();
			SET CONSTRAINTS ALL DEFERRED;
			INSERT INTO public.witness (attempt) VALUES (NULL)',
		listen => 'LISTEN datazone_run',
		prepare => 'PREPARE hold AS SELECT 1',
		cursor => 'DECLARE hold CURSOR WITH HOLD FOR SELECT 1');
	my $list = join ', ',
	  map { "('$_', \$q\$$attempts{$_}\$q\$)" } sort keys %attempts;

	keeper(qq{
		CREATE TABLE attempt (name text, statement text);
		INSERT INTO attempt VALUES $list;
		CREATE FUNCTION attack() RETURNS trigger LANGUAGE plpgsql AS \$\$
		DECLARE
			a public.attempt;
		BEGIN
			FOR a IN SELECT * FROM public.attempt LOOP
				BEGIN
					EXECUTE a.statement;
					INSERT INTO public.witness (attempt, outcome, who)
					VALUES (a.name, 'done', current_user);
				EXCEPTION WHEN others THEN
					INSERT INTO public.witness (attempt, outcome, who)
					VALUES (a.name, sqlerrm, current_user);
				END;
			END LOOP;
			RETURN NEW;
		END \$\$;
		CREATE TRIGGER attack BEFORE INSERT ON datazone_run
		FOR EACH ROW EXECUTE FUNCTION attack()});
	my $id = start_ended_run($sim, 'ds_stores');
	wait_value($node, "SELECT status FROM datazone_run WHERE id = '$id'",
		qr/\w/, 'the attacked row');
	my %outcomes = map { split /\|/, $_, 2 } split /\n/,
	  $node->safe_psql('postgres',
		'SELECT DISTINCT ON (attempt) attempt, outcome FROM witness
		WHERE attempt IS NOT NULL ORDER BY attempt, at DESC');
	for my $name (sort keys %attempts)
	{
		my $outcome = $outcomes{$name} // 'not tried';
		like($outcome, qr/permission denied|security-restricted|must be superuser|cannot/,
			"a trigger that tries $name gets an error");
	}
	is( $node->safe_psql('postgres', 'SELECT string_agg(DISTINCT who, $$,$$)
			FROM witness WHERE who IS NOT NULL'),
		'keeper',
		'it runs as the owner of the table');
	is( $node->safe_psql('postgres',
			"SELECT rolsuper FROM pg_roles WHERE rolname = 'keeper'"),
		'f',
		'who has not become superuser');
	keeper('DROP TRIGGER attack ON datazone_run');

	# a transaction setting of a trigger does not outlive its transaction
	keeper(q{
		CREATE FUNCTION unset() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			PERFORM set_config('statement_timeout', '0', false),
				set_config('lock_timeout', '0', false),
				set_config('search_path', 'nowhere', false),
				set_config('synchronous_commit', 'on', false);
			RETURN NEW;
		END $$;
		CREATE TRIGGER unset BEFORE INSERT ON datazone_run
		FOR EACH ROW EXECUTE FUNCTION unset()});
	start_ended_run($sim, 'ds_stores');
	is_deeply([ wait_synced($node, $sim) ],
		[], 'a trigger that changes settings does no harm');
	keeper('DROP TRIGGER unset ON datazone_run');
	start_ended_run($sim, 'ds_stores');
	is_deeply([ wait_synced($node, $sim) ], [], 'nor afterwards');
	return;
}

# Somebody holds a lock for longer than the worker waits for one.
sub locks
{
	my $session = DatazoneSession->new($node);

	$session->query('BEGIN; LOCK TABLE datazone_run IN SHARE MODE');
	my $id = start_ended_run($sim, 'ds_stores');
	my $before = $sim->statistics->{requests};
	my $began = time();
	poll_until(
		sub {
			$sim->statistics->{requests} > $before + 20
			  && time() - $began > 4;
		},
		'requests while the table is locked', 40);
	pass('while the table is locked the worker goes on');
	my $waits = $node->safe_psql('postgres', "
		SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)), 0)
			< 2
		FROM pg_locks WHERE NOT granted
		AND relation = 'datazone_run'::regclass");
	is($waits, 't', 'and waits for no lock longer than a second');
	is( $session->query("SELECT count(*) FROM datazone_run WHERE id = '$id'")
		  ->{out},
		'0',
		'nothing was written');
	$session->query('COMMIT');
	is_deeply([ wait_synced($node, $sim) ],
		[], 'after the lock nothing is lost');

	# one row only
	my ($run) = @{ $sim->control('POST', 'runs/start',
			{ data_sources => ['ds_returns'],
				outcome => { requested_seconds => 0, running_seconds => 3600 } })
		  ->{ids} };
	wait_synced($node, $sim, quick => 1);
	$session->query("BEGIN; SELECT FROM datazone_run WHERE id = '$run' FOR UPDATE");
	$sim->clock(advance_seconds => 3700);
	my $other = start_ended_run($sim, 'ds_payments');
	wait_value($node, "SELECT status FROM datazone_run WHERE id = '$other'",
		qr/\w/, 'a row beside one that is locked');
	like(
		wait_value($node, last_error('ds_returns'), qr/\S/, 'last_error'),
		qr/lock/,
		'one row is locked: last_error says so, others arrive');
	$session->query('COMMIT');
	is_deeply([ wait_synced($node, $sim) ],
		[], 'after the lock the row has its end');
	$session->close;
	return;
}

# Whatever keeps a NOTIFY from its queue does so at the commit of the
# transaction that has it, as a full queue does, which takes 8 GB before
# PostgreSQL 17.  Here it is the queue's files: a page has to be written once
# there are more than its buffers hold, and somebody listens.
sub notify_fails
{
	my $directory = $node->data_dir . '/pg_notify';
	my $listener = DatazoneSession->new($node, set => 'LISTEN x');
	my $filler = DatazoneSession->new($node);
	my $offset = -s $node->logfile;

	$listener->query('BEGIN');
	$listener->query('SELECT 1');
	chmod 0, $directory or die "chmod: $!";

	# until nothing fits into the last page that could be had
	for my $size (7900, 1000, 10)
	{
		like(
			eval {
				poll_until(
					sub {
						my $result = $filler->query(
							"NOTIFY x, '" . 'x' x $size . q{'});
						return $result->{sqlstate} ne '00000'
						  && $result->{out};
					},
					'NOTIFY to fail');
			} // $@,
			qr/pg_notify.*Permission denied/s,
			"a NOTIFY of $size bytes fails");
	}
	my $good = eval {
		start_ended_run($sim, 'ds_stores');
		return [ wait_synced($node, $sim) ];
	} // [$@];
	chmod 0700, $directory or die "chmod: $!";
	is_deeply($good, [], 'the rows are written although their NOTIFY fails');
	like(
		slurp_file($node->logfile, $offset),
		qr/WARNING:  could not send notifications on channel "datazone_run": could not/,
		'and the log says so');
	$listener->query('ROLLBACK');

	# what was told before was not lost with it
	$listener->query('LISTEN datazone_run');
	my $run = start_ended_run($sim, 'ds_stores');
	poll_until(
		sub { grep { $_->{id} eq $run } notifications($listener) },
		'to be told again');
	pass('afterwards it tells again');
	$_->close for $listener, $filler;
	return;
}

# The queue of notifications is filled: where it can be small, else, in the long
# tests, with its 8 GB.
sub notify_queue
{
	my $can_be_small =
	  $node->safe_psql('postgres', 'SHOW server_version_num') >= 170000;

  SKIP:
	{
		skip 'max_notify_queue_pages, without which the queue takes 8 GB, '
		  . 'is new in PostgreSQL 17', 2
		  unless $can_be_small || $ENV{DATAZONE_STRESS};
		$node->append_conf('postgresql.conf', 'max_notify_queue_pages = 64')
		  if $can_be_small;
		$node->restart;
		my $count = $can_be_small ? 20 : 5000;
		my $listener = DatazoneSession->new($node, set => 'LISTEN x');
		my $filler = DatazoneSession->new($node);
		$listener->query('BEGIN');
		$listener->query('SELECT 1');
		poll_until(
			sub {
				$filler->query("SELECT count(pg_notify('x',
					n || repeat('x', 7900)))
					FROM generate_series(1, $count) n")->{sqlstate} ne '00000';
			},
			'the queue to be full', 600);
		start_ended_run($sim, 'ds_stores');
		is_deeply([ wait_synced($node, $sim) ],
			[], 'a full queue of notifications does not cost the rows');

		# not by ROLLBACK: it would be told all of it
		$node->safe_psql('postgres',
			'SELECT pg_terminate_backend(' . $listener->pid . ')');
		start_ended_run($sim, 'ds_stores');
		is_deeply([ wait_synced($node, $sim) ], [], 'nor afterwards');
		$_->close for $listener, $filler;
		$worker = worker_pid($node);
	}
	return;
}

# Finished runs that are older go, and no listing brings them back.
sub retention
{
	my ($old) = @{ $sim->control('POST', 'runs/start',
			{ data_sources => ['ds_stores'],
				outcome => { status => 'RUNNING', requested_seconds => 0 } })
		  ->{ids} };
	wait_synced($node, $sim, quick => 1);
	my $young = "SELECT count(*) FILTER (WHERE updated_at < now() - interval '2 days'
			AND status !~ '^R'),
		count(*) FILTER (WHERE id = '$old'), count(*) > 5 FROM datazone_run";
	like($node->safe_psql('postgres', $young), qr/^\d\d+\|1\|t$/,
		'there are old runs, and one that has not ended');
	$node->safe_psql('postgres',
		q{ALTER SYSTEM SET datazone.run_retention = '1d'});
	$node->reload;
	wait_value($node, $young, qr/^0\|/, 'old runs to go', 80);
	like($node->safe_psql('postgres', $young), qr/^0\|1\|t$/,
		'datazone.run_retention: old runs that have ended go, others stay');
	wait_cycles($sim, 2, \@sources);
	$node->restart;
	my $fresh = start_ended_run($sim, 'ds_orders');
	wait_value($node, "SELECT status FROM datazone_run WHERE id = '$fresh'",
		qr/\w/, 'a new run');
	wait_cycles($sim, 2, \@sources);
	like($node->safe_psql('postgres', $young), qr/^0\|1\|t$/,
		'and do not come back, not by a full listing either');
	return;
}

sub dropped_server
{
	my $others = "SELECT count(*) FROM datazone_run WHERE server = 'sim'";
	my $before = $node->safe_psql('postgres', $others);

	$sim->control('POST', 'seed', { domains => [ { id => 'dzd_big' } ],
			data_sources => [ { domain => 'dzd_big', id => 'ds_big',
				project => 'prj_big', runs => 5000 } ] });
	$node->safe_psql('postgres',
		'ALTER SYSTEM RESET datazone.run_retention');
	$node->reload;
	create_datazone_server($node, 'big', $sim, rate_limit => 0,
		domain_identifier => 'dzd_big');
	watch($node, 'ds_big', { server => 'big' });
	wait_synced($node, $sim, server => 'big', domain => 'dzd_big', quick => 1);
	$node->safe_psql('postgres', 'DROP SERVER big CASCADE');
	wait_value($node, "SELECT count(*) FROM datazone_run WHERE server = 'big'",
		qr/^0$/, 'the rows of a dropped server to go');
	pass('the 5,000 rows of a dropped server go');
	is($node->safe_psql('postgres', $others), $before, 'and no others');
	return;
}

# A trigger for which a thousand rows would take longer than they may.
sub slow_deletion
{
	$sim->control('POST', 'seed', { domains => [ { id => 'dzd_slow' } ],
			data_sources => [ { domain => 'dzd_slow', id => 'ds_slow',
				project => 'prj_slow', runs => 1200 } ] });
	create_datazone_server($node, 'slow', $sim, rate_limit => 0,
		domain_identifier => 'dzd_slow');
	watch($node, 'ds_slow', { server => 'slow' });
	wait_synced($node, $sim, server => 'slow', domain => 'dzd_slow',
		quick => 1);
	keeper(q{
		CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			PERFORM pg_sleep(0.006);
			RETURN OLD;
		END $$;
		CREATE TRIGGER t BEFORE DELETE ON datazone_run
			FOR EACH ROW EXECUTE FUNCTION linger()});
	$node->safe_psql('postgres', 'DROP SERVER slow CASCADE');
	wait_value($node, 'SELECT worker_last_error FROM datazone_stat',
		qr/could not delete old runs: .*timeout/, 'the time-out to be told', 20);
	my $began = time();
	my $run = start_ended_run($sim, 'ds_stores');
	wait_value($node, "SELECT status FROM datazone_run WHERE id = '$run'",
		qr/\w/, 'another row meanwhile');
	cmp_ok(time() - $began, '<', 5, 'meanwhile others are served');
	wait_value($node, "SELECT count(*) FROM datazone_run WHERE server = 'slow'",
		qr/^0$/, 'all rows to go', 90);
	pass('rows that go slowly go in smaller batches');
	keeper('DROP TRIGGER t ON datazone_run');
	return;
}

# Autovacuum knows what the worker does, which uses the indexes.
sub reported
{
	is( wait_value($node, q{SELECT n_tup_ins > 1000, n_tup_upd > 0,
			n_tup_del > 1000 FROM pg_stat_user_tables
			WHERE relname = 'datazone_run'}, qr/^t\|t\|t$/,
			'the statistics of the table'),
		't|t|t', 'what the worker writes and deletes is in pg_stat_user_tables');
	return;
}
