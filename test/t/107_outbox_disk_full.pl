# The disk of the queue's tablespace is full.  Who enqueues is told so (53100)
# and rolled back; the worker, which can write neither results nor claims then,
# lives on at its ease, sends nothing again meanwhile, and goes on by itself
# when there is space.  Nothing is lost, nothing sent twice that must not be.
#
# Twice: with a library that has files grow no longer, and, where a user may
# have name spaces, on a small file system that is full indeed.

use strict;
use warnings;

use File::Basename ();
use File::Temp ();

# The whole test goes into a mount name space with such a file system; two user
# name spaces, as the server must not be root.
BEGIN
{
	if (!$ENV{DATAZONE_SMALL_DISK} && $^O eq 'linux' && !$^C)
	{
		my $dir = File::Temp::tempdir(
			DIR => $ENV{TESTDATADIR} // '/tmp', CLEANUP => 1);
		my $user = "--map-user=$> --map-group=" . ($) + 0);
		my @enter = (
			'unshare', '--user', '--map-root-user', '--mount', 'sh', '-c',
			"mount -t tmpfs -o size=32m,mode=700 tmpfs '$dir' &&
			 exec unshare --user $user \"\$\@\"", 'sh');

		if (system('sh', '-c', 'exec "$@" >/dev/null 2>&1', 'sh', @enter,
				'true') == 0)
		{
			$ENV{DATAZONE_SMALL_DISK} = $dir;
			exec @enter, $^X, (map { "-I$_" } @INC), $0;
		}
	}
}

use DatazoneOutbox;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

plan skip_all => 'descriptors are looked up in /proc of Linux'
  unless $^O eq 'linux';

# Entries whose delivery cannot be recorded.
use constant ENTRIES => 300;

# How often the worker may try again in a second, for how many it is watched,
# and how soon it must see that there is space.
use constant { TRIES_A_SECOND => 3, WATCHED => 3, SOON => 10 };

my $shim = "${PostgreSQL::Test::Utils::tmp_check}/disk_full.so";
my $sim = start_simulator();
my $node;
my $disk;

system_or_bail('cc', '-shared', '-fPIC', '-o', $shim,
	File::Basename::dirname(__FILE__) . '/../perl/disk_full.c', '-ldl');
subtest 'files that do not grow' => sub {
	$disk = "${PostgreSQL::Test::Utils::tmp_check}/disk";
	mkdir $disk or die "$disk: $!";
	local $ENV{LD_PRELOAD} = $shim;
	local $ENV{DISK_FULL_DIR} = $disk;
	check('shim', fill => sub { append_to_file("$disk.full", '') },
		free => sub { unlink "$disk.full" or die "$disk.full: $!" });
};
subtest 'a small file system' => sub {
	plan skip_all => 'this user may have no name spaces'
	  unless $ENV{DATAZONE_SMALL_DISK};
	$disk = $ENV{DATAZONE_SMALL_DISK};
	check('tmpfs', fill => sub { fill_with("$disk/filler") },
		free => sub { unlink "$disk/filler" or die "$disk/filler: $!" });
};
done_testing();

# Leave no byte.
sub fill_with
{
	my ($name) = @_;

	open(my $file, '>', $name) or die "$name: $!";
	1 while syswrite($file, "\0" x 4096);
	die "$name: $!" unless $!{ENOSPC};
	close $file;
	return;
}

sub check
{
	my ($name, %disk) = @_;

	$sim->reset;
	$node = new_worker_node($name, $sim, server => { rate_limit => 0 },
		conf => "autovacuum = off\n");
	move_queue();
	wait_worker($node);
	enqueueing(%disk);
	lineage(%disk);
	recording(%disk);
	recording(%disk, ended => 1);
	recording(%disk, crashed => 1);
	claiming(%disk);
	refusing(%disk);
	is_deeply(summary()->{accepted_twice},
		[], 'no token was accepted twice');
	is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
	$node->stop;
	return;
}

# Tables of the outbox, and what belongs to them, get a tablespace of their own.
sub move_queue
{
	mkdir "$disk/space" or die "$disk/space: $!";
	$node->safe_psql('postgres',
		"CREATE TABLESPACE small LOCATION '$disk/space'");
	$node->safe_psql('postgres', q{
		CREATE TABLE load (job text);
		DO $$
		DECLARE
			relation regclass;
		BEGIN
			FOR relation IN SELECT indexrelid FROM pg_index WHERE indrelid IN
				('datazone_outbox_entry'::regclass, 'datazone_delivery'::regclass)
			LOOP
				EXECUTE format('ALTER INDEX %s SET TABLESPACE small', relation);
			END LOOP;
			ALTER TABLE datazone_outbox_entry SET TABLESPACE small;
			ALTER TABLE datazone_delivery SET TABLESPACE small;
		END $$;
		CREATE FUNCTION enqueue(name text) RETURNS bigint LANGUAGE sql AS $$
			INSERT INTO load VALUES (name);
			SELECT datazone_enqueue_lineage(jsonb_build_object(
				'eventType', 'COMPLETE', 'eventTime', '2026-11-21T06:00:00Z',
				'producer', 'https://example.com/load',
				'schemaURL', 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
				'run', jsonb_build_object('runId', gen_random_uuid()),
				'job', jsonb_build_object('namespace', 'shop', 'name', name)));
		$$});
	return;
}

sub set_paused
{
	my ($paused) = @_;

	$node->safe_psql('postgres', $paused
		? q{ALTER SERVER sim OPTIONS (ADD paused 'true')}
		: q{ALTER SERVER sim OPTIONS (DROP paused)});
	return;
}

sub summary { return $sim->control('GET', 'lineage?summary=1'); }

sub log_size { return -s $node->logfile; }

# How often something was logged from an offset on.
sub logged
{
	my ($pattern, $offset) = @_;
	my @found = substr(slurp_file($node->logfile), $offset) =~ /$pattern/g;

	return scalar @found;
}

# What the table of loads says is what the service has heard of, once each.
sub all_delivered
{
	my ($what) = @_;

	wait_value($node, q{SELECT count(*) FROM datazone_outbox}, qr/^0$/,
		"$what: the queue to drain");
	my %loads = map { $_ => 1 } split /\n/,
	  $node->safe_psql('postgres', 'SELECT job FROM load');
	my %accepted;
	$accepted{$_}++ for accepted($sim);
	is_deeply(
		[ grep { ($accepted{$_} // 0) != 1 } sort keys %loads ],
		[], "$what: all that was committed is accepted, once");
	is_deeply([ grep { !$loads{$_} } sort keys %accepted ],
		[], "$what: and nothing else");
	is( $node->safe_psql('postgres', 'SELECT count(*) FROM datazone_delivery
			WHERE operation = \'PostLineageEvent\''),
		scalar(keys %loads), "$what: and recorded");
	return;
}

# Until it fails; then the transaction has done nothing, and the session goes on.
sub enqueueing
{
	my (%disk) = @_;
	my $session = DatazoneSession->new($node);
	my $done = 0;
	my $result;

	set_paused(1);
	$session->query("SELECT enqueue('before')");
	$disk{fill}->();
	while ($done < 2000)
	{
		$result = $session->query("SELECT enqueue('filling $done')");
		last if $result->{sqlstate} ne '00000';
		$done++;
	}
	is($result->{sqlstate}, '53100', "enqueue: 53100, after $done entries");
	like($result->{error}, qr/No space left on device/, 'enqueue: in words');
	is( $session->query(q{
			INSERT INTO load SELECT 'several ' || n FROM generate_series(1, 50) n
			WHERE enqueue('several') IS NOT NULL})->{sqlstate},
		'53100', 'enqueue: fails again');

	# who sees to it may go on
	$session->query('BEGIN');
	$session->query('SAVEPOINT a');
	is($session->query(q{SELECT count(enqueue('caught ' || n))
			FROM generate_series(1, 50) n})->{sqlstate},
		'53100', 'enqueue: in a subtransaction');
	$session->query('ROLLBACK TO a');
	is($session->query('COMMIT')->{sqlstate},
		'00000', 'enqueue: which rolls back alone');
	is( $node->safe_psql('postgres', q{SELECT queue_depth FROM datazone_stat
			WHERE datname = 'postgres'}),
		$done + 1, 'enqueue: and the queue is as deep as before');
	$disk{free}->();
	# only now: from 19 on reading may write to the visibility map
	is($session->query('SELECT count(*) FROM load')->{out},
		$done + 1, 'enqueue: what the transactions had done is undone');
	is( $session->query('SELECT count(*) FROM datazone_outbox')->{out},
		$done + 1, 'enqueue: as are the entries');
	is($session->query("SELECT enqueue('after')")->{sqlstate},
		'00000', 'enqueue: with space again, the same session does');
	$session->close;
	set_paused(0);
	all_delivered('enqueue');
	return;
}

# An ETL transaction need not fail for its lineage.
sub lineage
{
	my (%disk) = @_;
	my $session = DatazoneSession->new($node);

	set_paused(1);
	$node->safe_psql('postgres', q{
		ALTER SYSTEM SET datazone.dataset_namespace = 'postgres://example:5432';
		CREATE TABLE target (n int);
		CREATE TRIGGER lineage AFTER INSERT ON target FOR EACH STATEMENT
			EXECUTE FUNCTION datazone_lineage_trigger()});
	$node->reload;
	wait_value($node, 'SHOW datazone.dataset_namespace', qr/example/,
		'the setting');
	fill_pages(%disk);
	my ($result, $before) = load_until_full($session, 'warn');
	is($result->{sqlstate}, '00000', 'lineage: the transaction commits');
	like($result->{out}, qr/WARNING:  53100/, 'lineage: with a warning');
	$session->query('SET datazone.lineage_errors = error');
	($result, my $then) = load_until_full($session, 'error');
	is($result->{sqlstate}, '53100',
		'lineage: or fails, if that is what is wanted');
	is($session->query('SELECT count(*) FROM target')->{out},
		$before + 1 + $then, 'lineage: and what it wrote is there, or not');
	$session->close;
	$disk{free}->();
	$node->safe_psql('postgres', 'DROP TABLE target');
	set_paused(0);
	all_delivered('lineage');
	return;
}

# Load until there is no room for the event, as a page of the table or of an
# index may still have some; what came of that, and how many loads went before.
sub load_until_full
{
	my ($session, $mode) = @_;

	for my $n (0 .. 500)
	{
		my $job = "$mode $n";
		$session->query("SET datazone.job_name = '$job'");
		my $result = $session->query('INSERT INTO target VALUES (1)');
		return ($result, $n) if $result->{sqlstate} ne '00000'
		  || $result->{out} =~ /WARNING/;
		$session->query("INSERT INTO load VALUES ('$job')");
	}
	die 'there is always room';
}

# A full disk, and no room in the pages that the table has.
sub fill_pages
{
	my (%disk) = @_;

	$disk{fill}->();
	my $session = DatazoneSession->new($node);
	my $failures = 0;

	for my $n (1 .. 2000)
	{
		$failures++
		  if $session->query("SELECT enqueue('pages ' || gen_random_uuid())")
		  ->{sqlstate} ne '00000';
		last if $failures == 30;
	}
	is($failures, 30, 'there is no room');
	$session->close;
	return;
}

# All are sent, and it cannot be recorded.
sub recording
{
	my (%disk) = @_;
	my $what =
	    $disk{ended} ? 'a worker ends'
	  : $disk{crashed} ? 'a crash'
	  : 'results';
	my $pid = wait_worker($node);
	my $arrivals = sub { summary()->{arrivals} };

	$node->safe_psql('postgres', 'TRUNCATE datazone_delivery, load');
	$sim->reset;
	set_paused(1);
	$node->safe_psql('postgres', sprintf q{SELECT count(enqueue('load ' || n))
		FROM generate_series(1, %d) n}, ENTRIES);
	$disk{fill}->();
	my $offset = log_size();
	set_paused(0);
	wait_accepted($sim, ENTRIES);
	poll_until(sub { logged(qr/No space left/, $offset) },
		'the worker to say why');
	pass("$what: the log says why");
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_delivery'),
		0, "$what: nothing is recorded");
	watch_worker($what, $pid, $arrivals);
	if ($disk{ended})
	{
		kill TERM => $pid;
		$pid = poll_until(
			sub { my $new = wait_worker($node); return $new != $pid && $new },
			'another worker');
		poll_until(sub { $arrivals->() > ENTRIES }, 'it to send');
		watch_worker("$what: the next one", $pid);
	}
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_outbox
			WHERE state = \'pending\''),
		ENTRIES, "$what: all of them still wait");
	$disk{crashed} ? crash($disk{free}) : $disk{free}->();
	my $freed = time();
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'the results', 30);
	cmp_ok(time() - $freed, '<', SOON, "$what: there is space: it goes on");
	is(worker_pid($node), $pid, "$what: the same worker")
	  unless $disk{crashed};
	is($arrivals->(), ENTRIES, "$what: and none was sent again")
	  unless $disk{crashed} || $disk{ended};
	all_delivered($what);
	return;
}

# Recovery needs space.
sub crash
{
	my ($free) = @_;

	$node->stop('immediate');
	$free->();
	$node->start;
	wait_worker($node);
	return;
}

# It neither ends nor spins.
sub watch_worker
{
	my ($what, $pid, $arrivals) = @_;
	my $offset = log_size();
	my $requests = $arrivals ? $arrivals->() : undef;
	my $cpu = cpu_seconds($pid);
	my $until = time() + WATCHED;

	poll_until(sub { time() > $until }, 'the time to watch');
	my $tries = logged(qr/No space left/, $offset);
	cmp_ok($tries, '<=', WATCHED * TRIES_A_SECOND,
		"$what: it tries now and then");
	cmp_ok($tries, '>', 0, "$what: but it does");
	is($arrivals->(), $requests, "$what: and sends nothing meanwhile")
	  if $arrivals;
	cmp_ok(cpu_seconds($pid) - $cpu, '<', WATCHED / 4, "$what: at its ease");
	is(worker_pid($node), $pid, "$what: it lives");
	return;
}

# A call without a token is claimed in the table before it goes out.  The
# claims' index has no page yet, so that there is no room for the first.
sub claiming
{
	my (%disk) = @_;

	set_enabled(0);
	$node->safe_psql('postgres', 'TRUNCATE datazone_outbox_entry');
	$node->safe_psql('postgres',
		q{SELECT datazone_enqueue('CreateProject', '{"name": "claimed"}')});
	$disk{fill}->();
	my $offset = log_size();
	set_enabled(1);
	my $pid = wait_worker($node);
	poll_until(sub { logged(qr/No space left/, $offset) },
		'a claim to fail, and the log to say so');
	watch_worker('claims', $pid);
	is($sim->count('CreateProject'), 0, 'without its claim nothing is sent');
	$disk{free}->();
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'the call', 30);
	is(scalar($sim->effects('CreateProject')), 1, 'with space it is, once');
	is(worker_pid($node), $pid, 'by the same worker');
	return;
}

sub set_enabled
{
	my ($enabled) = @_;

	$node->safe_psql('postgres', 'ALTER SYSTEM SET datazone.enabled = '
		  . ($enabled ? 'on' : 'off'));
	$node->reload;
	wait_value($node, q{SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'}, $enabled ? qr/running/ : qr/disabled/,
		'the worker to know');
	return;
}

# What is refused or tried again cannot be told to the table either.
sub refusing
{
	my (%disk) = @_;
	my $pid = wait_worker($node);

	$node->safe_psql('postgres',
		'TRUNCATE datazone_outbox_entry, datazone_delivery, load');
	$sim->reset;
	set_paused(1);
	$node->safe_psql('postgres', q{SELECT enqueue('refused'),
		enqueue('throttled'), enqueue('good')});
	# from 19 on who reads a new table makes its visibility map, or fails
	$node->safe_psql('postgres', 'VACUUM datazone_outbox_entry');
	fill_pages(%disk);
	$sim->control('POST', 'faults', [
			{ operation => 'PostLineageEvent', kind => 'error', count => 1,
				match => { body => 'refused' },
				params => { status => 400, code => 'ValidationException' } },
			{ operation => 'PostLineageEvent', kind => 'throttle', count => 4,
				match => { body => 'throttled' } } ]);
	set_paused(0);
	poll_until(sub { $sim->statistics->{requests} > 2 }, 'requests');
	watch_worker('refused', $pid);
	$disk{free}->();
	wait_value($node, q{SELECT string_agg(state || ' ' ||
			(payload -> 'job' ->> 'name'), ',') FROM datazone_outbox},
		qr/^failed refused$/, 'all but the refused one to be delivered', 60);
	is(worker_pid($node), $pid, 'by the same worker');
	is(scalar(grep { ($_->{body} // '') =~ /refused/ }
			  $sim->log('PostLineageEvent')),
		1, 'what was refused is not sent again');
	$node->safe_psql('postgres',
		q{DELETE FROM load WHERE job = 'refused';
		  SELECT datazone_discard(id) FROM datazone_outbox});
	all_delivered('refused and throttled');
	return;
}
