# connect_timeout ends name lookup, connect and handshake, request_timeout all
# of it: in time, as HV00N before there is a connection and HV00L after that.

use strict;
use warnings;

use DatazonePhases;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

use constant {
	TIMEOUT_SECONDS => 0.3,
	MARGIN_SECONDS => 1
};

plan skip_all => DatazonePhases->why_not if DatazonePhases->why_not;

my $sim = start_simulator();
my $phases = DatazonePhases->new($sim);
my $node = $phases->new_node('main');
my $session = DatazoneSession->new($node);
my @servers = qw(dns connect tls sim);

# Which of the two options is short, and what that gives before and after.
for my $case ([ 'connect_timeout', 'HV00N', undef ],
	[ 'request_timeout', 'HV00N', 'HV00L' ])
{
	my ($option, $before, $after) = @$case;

	set_option($option, TIMEOUT_SECONDS * 1000 . 'ms');
	for my $phase ($phases->all)
	{
		my $name = $phase->{name};
		my $is_before =
		  $name =~ /^(?:name lookup|TCP connect|TLS handshake)$/;
		my $sqlstate = $is_before ? $before : $after;

		next if !defined $sqlstate || $name =~ /pause|back-off/;
		$phase->{prepare}->($session);
		my $result = $session->query($phase->{sql});
		my $seconds = $result->{answered} - $result->{sent};

		is($result->{sqlstate}, $sqlstate, "$option during $name")
		  or diag($result->{out});
		like($result->{out}, qr/time(?:d |-)?out/i,
			"$option during $name: the error says so");
		cmp_ok($seconds, '>=', TIMEOUT_SECONDS * 0.95,
			"$option during $name: not before");
		cmp_ok($seconds, '<', TIMEOUT_SECONDS + MARGIN_SECONDS,
			"$option during $name: in time");
		$sim->clear_faults;
	}
	set_option($option, '30s');
}

# A long wait for the answer is none of connect_timeout's.
set_option('connect_timeout', '100ms');
$sim->fault('GetDataSourceRun', 'slow', 1, ms => 500);
is( $session->query(
		q{SELECT id FROM datazone_get_run('run_orders_001', server => 'sim')}
	)->{out},
	'run_orders_001',
	'connect_timeout ends with the connect');

# A name that does not exist: the resolver says so at once.
$session->close;
{
	local $ENV{LD_PRELOAD} = $phases->{preload};
	local $ENV{STALL_SECONDS} = 0;
	$node->restart;
}
$session = DatazoneSession->new($node);
my $result = $session->query(
	q{SELECT id FROM datazone_get_run('run_orders_001', server => 'dns')});
is($result->{sqlstate}, 'HV00N', 'a name that does not exist')
  or diag($result->{out});
like($result->{out}, qr/resolve.*datazone\.stall\.test/,
	'the error says what could not be resolved');

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# For all servers; one attempt, so that time is of one.
sub set_option
{
	my ($option, $value) = @_;

	for my $server (@servers)
	{
		$node->safe_psql('postgres',
			"ALTER SERVER $server OPTIONS (SET $option '$value')");
		$node->psql('postgres',
			"ALTER SERVER $server OPTIONS (ADD max_attempts '1')");
	}
	return;
}
