# With shared_preload_libraries the postmaster loads the extension and does
# nothing with it: no libcurl, no OpenSSL of ours, no thread, no descriptor,
# because none of them survives fork(); its backends use them, each its own.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use File::Basename;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'processes are looked at in /proc of Linux'
  unless -d '/proc/self/task';

my $shim = "${PostgreSQL::Test::Utils::tmp_check}/library_calls.so";
my $calls = "${PostgreSQL::Test::Utils::tmp_check}/library_calls.txt";
system_or_bail('cc', '-shared', '-fPIC', '-o', $shim,
	dirname(__FILE__) . '/../perl/library_calls.c', '-ldl');
$ENV{LIBRARY_CALLS} = $calls;

my $sim = start_simulator(tls => 1);
my $node = start_with_shim(
	sub {
		new_datazone_node('main', $sim, conf => 'restart_after_crash = on');
	});
my @plain = kinds_of_descriptors(postmaster());

$node->append_conf('postgresql.conf', "shared_preload_libraries = 'datazone'");
$node->stop;
unlink $calls;
start_with_shim(sub { $node->start; });
my $postmaster = postmaster();
like(slurp_file("/proc/$postmaster/maps"),
	qr/datazone\.so/, 'the postmaster has loaded the extension');
is_clean('after the start');

# Backends use the libraries, and the shim tells.
my @sessions = map { DatazoneSession->new($node) } 1 .. 3;
for my $session (@sessions)
{
	is( $session->query(q{SELECT id FROM datazone_get_run('run_orders_001')})
		  ->{out},
		'run_orders_001',
		'a backend calls');
	ok((grep { $_ == $session->pid } callers()),
		'and has initialised the libraries itself');
}
is_clean('after calls');

# Backends that did not call have not done so either.
{
	my $idle = DatazoneSession->new($node);
	$idle->query("ALTER SERVER sim OPTIONS (ADD max_attempts '2')");
	$idle->query('SHOW datazone.server');
	is($idle->query('SELECT datazone_get_run(NULL)')->{sqlstate},
		'22004', 'a call that is refused early');
	is_deeply([ grep { $_ == $idle->pid } callers() ],
		[], 'a backend that sends nothing initialises nothing');
	$idle->close;
}

# After a crash the postmaster starts all anew, by itself.
{
	my $log = -s $node->logfile;
	kill KILL => $sessions[0]->pid;
	$_->close for @sessions;
	$node->wait_for_log(qr/all server processes terminated/, $log);
	$node->poll_query_until('postgres', 'SELECT true')
	  or die 'the server did not recover';
	is(postmaster(), $postmaster, 'the postmaster lived on');
	my $session = DatazoneSession->new($node);
	is( $session->query(q{SELECT id FROM datazone_get_run('run_orders_001')})
		  ->{out},
		'run_orders_001',
		'after a crash of a backend all is well');
	is_clean('after a crash');

	# stop, with a connection open
	my $began = time();
	$node->stop('fast');
	cmp_ok(time() - $began, '<', 1, 'it stops within a second');
	$session->close;
}

done_testing();

# Run something in whose children the shim is loaded.
sub start_with_shim
{
	my ($do) = @_;
	local $ENV{LD_PRELOAD} = $shim;
	return $do->();
}

sub postmaster
{
	my ($pid) = slurp_file($node->data_dir . '/postmaster.pid') =~ /^(\d+)/;
	return $pid;
}

sub callers
{
	return () unless -e $calls;
	return map { /^(\d+) / ? $1 : () } split /\n/, slurp_file($calls);
}

# What a process has open, without what tells one start from another.
sub kinds_of_descriptors
{
	my ($pid) = @_;
	return sort map { s/\d+//gr } map { readlink($_) // () } glob "/proc/$pid/fd/*";
}

sub is_clean
{
	my ($when) = @_;
	my @threads = glob "/proc/$postmaster/task/*";

	is(scalar @threads, 1, "$when: the postmaster has one thread");
	is_deeply([ kinds_of_descriptors($postmaster) ],
		\@plain, "$when: no descriptor more than without the extension");
	is_deeply([ grep { $_ == $postmaster } callers() ],
		[], "$when: it has not used the libraries");
	return;
}
