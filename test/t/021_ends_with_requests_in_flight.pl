# Whatever calls wait for, a server stops within a second, a backend whose
# client or whose postmaster has gone ends, and nobody takes it for a crash.

use strict;
use warnings;

use DatazonePhases;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use constant LIMIT_SECONDS => 1;

plan skip_all => DatazonePhases->why_not if DatazonePhases->why_not;

my $sim = start_simulator();
my $phases = DatazonePhases->new($sim);
my $node = $phases->new_node('main',
	conf => "client_connection_check_interval = '50ms'");

# Kill the clients: each backend ends by itself.
{
	my @sessions = hang_in_every_phase();

	for my $session (@sessions)
	{
		my $began = time();

		$session->kill9;
		poll_until(sub { !is_alive($session->pid) }, 'a backend to end', 10);
		my $seconds = time() - $began;
		note sprintf('%s: %.1f ms after its client',
			$session->{phase}, $seconds * 1000);
		cmp_ok($seconds, '<', LIMIT_SECONDS,
			"without its client a backend ends: $session->{phase}");
	}
	$sim->clear_faults;
	is( $node->safe_psql(
			'postgres', q{SELECT id
				FROM datazone_get_run('run_orders_001', server => 'sim')}),
		'run_orders_001',
		'others work');
}

# Stop the server.
for my $mode ('fast', 'immediate')
{
	my @sessions = hang_in_every_phase();
	my $began = time();

	$node->stop($mode);
	my $seconds = time() - $began;
	note sprintf('%s stop with %d requests in flight: %.1f ms',
		$mode, scalar @sessions, $seconds * 1000);
	cmp_ok($seconds, '<', LIMIT_SECONDS,
		"$mode stop with a request in every phase");
	my @codes = map { $_->result->{sqlstate} } @sessions;
	is_deeply([ grep { !/^(?:57P01|57P02|lost)$/ } @codes ],
		[], "$mode stop: the clients are told");
	start_again(@sessions);
}

# Kill the postmaster: nobody stays behind, holding its port and memory.
{
	my @sessions = hang_in_every_phase();
	my ($postmaster) =
	  slurp_file($node->data_dir . '/postmaster.pid') =~ /^(\d+)/;
	my $began = time();

	$node->kill9;
	poll_until(
		sub {
			!grep { is_alive($_->pid) } @sessions;
		},
		'the backends to end', 20);
	my $seconds = time() - $began;
	note sprintf('backends end %.1f ms after their postmaster',
		$seconds * 1000);
	cmp_ok($seconds, '<', LIMIT_SECONDS,
		'without a postmaster backends end in every phase');
	poll_until(sub { !processes_of_node() && !-d "/proc/$postmaster" },
		'all processes to end', 20);
	start_again(@sessions);
}

$node->stop;
unlike(
	slurp_file($node->logfile),
	qr/was terminated by signal|PANIC|exited with exit code [02-9]/,
	'no process crashed');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# A session for each phase, hanging there.
sub hang_in_every_phase
{
	my @sessions;

	for my $phase ($phases->all)
	{
		my $session = DatazoneSession->new($node);

		$phases->enter($phase, $session);
		$session->{phase} = $phase->{name};
		push @sessions, $session;
	}
	return @sessions;
}

# A dead process that nobody has waited for yet is not alive.
sub is_alive
{
	my ($pid) = @_;

	open(my $file, '<', "/proc/$pid/stat") or return 0;
	my $line = <$file> // '';
	return $line =~ /\) [^ZX]/;
}

# All processes of the server work in its data directory.
sub processes_of_node
{
	return grep { (readlink($_) // '') eq $node->data_dir } glob '/proc/*/cwd';
}

sub start_again
{
	my (@sessions) = @_;
	local $ENV{LD_PRELOAD} = $phases->{preload};
	local $ENV{STALL_SECONDS} = 10;

	$_->close for @sessions;
	$sim->clear_faults;
	$node->start;
	return;
}
