
=pod

=head1 NAME

DatazoneTest - a simulator and a server with the extension, for TAP tests

=head1 SYNOPSIS

  use PostgreSQL::Test::Utils;
  use Test::More;
  use DatazoneTest;

  my $sim = start_simulator();
  my $node = new_datazone_node('main', $sim);

  $sim->fault('StartDataSourceRun', 'throttle', 2);
  $node->safe_psql('postgres', q{SELECT id FROM datazone_start_run('ds')});
  is($sim->count('StartDataSourceRun'), 3, 'two throttled, one accepted');

  poll_until(sub { $sim->count >= 5 }, 'five requests');

=head1 DESCRIPTION

Each test has simulators and nodes of its own, on ports and sockets that
nobody else has.  They end with the test, however that ends.

=cut

package DatazoneTest;

use strict;
use warnings;

use Exporter 'import';
use Carp;
use IO::Socket::INET;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Time::HiRes qw(time sleep);

our @EXPORT = qw(
  start_simulator
  new_datazone_node
  create_datazone_server
  poll_until
  free_port
);

# What the simulator accepts from its start, and the domain that it has.
use constant ACCESS_KEY => 'AKIDEXAMPLE';
use constant SECRET_KEY => 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
use constant DOMAIN => 'dzd_simulator';
use constant REGION => 'eu-west-1';

=head1 FUNCTIONS

=over

=item start_simulator(%options)

Start a simulator and give a DatazoneTest::Simulator, see below.  Options:
C<tls> for https (1, or a variant of certificate that clients must refuse:
expired, wrong-name, untrusted), C<arguments> for its command line.

=cut

sub start_simulator
{
	return DatazoneTest::Simulator->start(@_);
}

=item new_datazone_node($name, $simulator, %options)

Make and start a PostgreSQL node whose database "postgres" has the extension
and the foreign server "sim" with a mapping for the superuser.  Options:
C<conf> is text for postgresql.conf, C<init> a list for the node's init(),
C<server> a hash of further server options.

=cut

sub new_datazone_node
{
	my ($name, $simulator, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(@{ $options{init} // [] });
	$node->append_conf('postgresql.conf', $options{conf})
	  if defined $options{conf};
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION datazone');
	create_datazone_server($node, 'sim', $simulator,
		%{ $options{server} // {} });
	return $node;
}

=item create_datazone_server($node, $name, $simulator, %options)

Create a foreign server for a simulator, and a mapping for the superuser.

=cut

sub create_datazone_server
{
	my ($node, $name, $simulator, %options) = @_;
	my %all = (
		region => REGION,
		domain_identifier => DOMAIN,
		endpoint_url => $simulator->url,
		%options);
	$all{ca_bundle} //= $simulator->ca_file if $simulator->ca_file;
	my $list = join ', ',
	  map { my $value = $all{$_}; $value =~ s/'/''/g; "$_ '$value'" }
	  sort keys %all;

	$node->safe_psql('postgres', "
		CREATE SERVER $name FOREIGN DATA WRAPPER datazone OPTIONS ($list);
		CREATE USER MAPPING FOR CURRENT_USER SERVER $name OPTIONS (
			access_key_id '${\ACCESS_KEY}',
			secret_access_key '${\SECRET_KEY}')");
	return;
}

=item poll_until($condition, $what, $seconds)

Call the condition until it gives something true, and return that.  Dies,
naming what was waited for, after $seconds (60 where not given).

=cut

sub poll_until
{
	my ($condition, $what, $seconds) = @_;
	my $deadline = time() + ($seconds // 60);

	while (1)
	{
		my $found = $condition->();
		return $found if $found;
		croak "gave up waiting for $what" if time() > $deadline;
		sleep 0.02;
	}
}

=item free_port()

Give a TCP port of 127.0.0.1 that nothing listens on now.

=cut

sub free_port
{
	my $socket = IO::Socket::INET->new(
		LocalAddr => '127.0.0.1',
		Listen => 1) or croak "no free port: $!";
	return $socket->sockport;
}

=back

=cut

package DatazoneTest::Simulator;

use strict;
use warnings;

use Carp;
use File::Basename;
use File::Spec;
use HTTP::Tiny;
use JSON::PP;
use POSIX ':sys_wait_h';
use PostgreSQL::Test::Utils;
use Time::HiRes qw(time sleep);

my $program = File::Spec->rel2abs(
	dirname(__FILE__) . '/../simulator/datazone_simulator.py');
my $json = JSON::PP->new->utf8->canonical;
my @running;
my $started = 0;

=head1 THE SIMULATOR

Its control addresses are described in test/simulator/README.md.

=over

=item start(%options), stop(), kill9()

Ends with the test in any case.

=cut

sub start
{
	my ($class, %options) = @_;
	my $base = "${PostgreSQL::Test::Utils::tmp_check}/simulator." . ++$started;
	my $self = bless { out => "$base.out", log => "$base.log" }, $class;
	my @command = ('python3', '-B', $options{program} // $program,
		'--parent-pid', $$, @{ $options{arguments} // [] });

	if ($options{tls})
	{
		push @command, '--tls', "$base.tls";
		push @command, '--tls-variant', $options{tls} if $options{tls} ne '1';
		$self->{ca_file} = "$base.tls/ca.pem";
	}
	PostgreSQL::Test::Utils::append_to_file($self->{out}, '');
	my $pid = fork // croak "fork: $!";
	if ($pid == 0)
	{
		open(STDIN, '<', '/dev/null');
		open(STDOUT, '>', $self->{out});
		open(STDERR, '>', $self->{log});
		exec @command or POSIX::_exit(127);
	}
	$self->{pid} = $pid;
	push @running, $self;
	DatazoneTest::poll_until(
		sub {
			croak "the simulator did not start: "
			  . PostgreSQL::Test::Utils::slurp_file($self->{log})
			  if waitpid($pid, WNOHANG) == $pid;
			my $text = PostgreSQL::Test::Utils::slurp_file($self->{out});
			return ($self->{url}, $self->{control}) =
			  $text =~ /^(http\S+)\n(http\S+)\n/;
		},
		'the simulator to start');
	return $self;
}

sub stop
{
	my ($self, $signal) = @_;

	return unless defined $self->{pid};
	kill($signal // 'TERM', $self->{pid});
	waitpid($self->{pid}, 0);
	delete $self->{pid};
	@running = grep { $_ != $self } @running;
	return;
}

sub kill9
{
	my ($self) = @_;
	return $self->stop('KILL');
}

END
{
	local $?;    # the test's exit status, which waitpid would change
	$_->stop('KILL') for @running;
}

=item url, pid, ca_file

The base URL; the process; the file with the certificate's authority (only
with TLS).

=cut

sub url { return $_[0]{url}; }
sub pid { return $_[0]{pid}; }

sub ca_file { return $_[0]{ca_file}; }

=item control($method, $path, $given)

Any control request; gives the decoded answer and dies if it is refused.

=cut

sub control
{
	my ($self, $method, $path, $given) = @_;
	my $http = HTTP::Tiny->new(timeout => 30);
	my $answer = $http->request(
		$method,
		"$self->{control}/$path",
		defined $given ? { content => $json->encode($given) } : {});

	croak "$method $path: $answer->{status} $answer->{content}"
	  unless $answer->{success};
	return $json->decode($answer->{content});
}

=item reset(), settings(%settings), clock(%clock)

Start afresh; change settings; change the clock.

=cut

sub reset { return $_[0]->control('POST', 'reset', {}); }

sub settings
{
	my ($self, %settings) = @_;
	return $self->control('POST', 'settings', \%settings);
}

sub clock
{
	my ($self, %clock) = @_;
	return $self->control('POST', 'clock', \%clock);
}

=item fault($operation, $kind, $count, %params), clear_faults()

Let requests meet a fault: $count times (once where not given, always with
'all').  For more (match, probability, skip) use control().

=cut

sub fault
{
	my ($self, $operation, $kind, $count, %params) = @_;

	$count //= 1;
	my $rule = {
		operation => $operation,
		kind => $kind,
		count => $count eq 'all' ? undef : $count + 0,
		params => \%params };
	return $self->control('POST', 'faults', $rule)->{ids}[0];
}

sub clear_faults { return $_[0]->control('DELETE', 'faults'); }

=item log($operation), count($operation), clear_log()

The requests that arrived (a list of hashes), their number, and forgetting
them.

=cut

sub log
{
	my ($self, $operation) = @_;
	my $path = 'log' . (defined $operation ? "?operation=$operation" : '');
	return @{ $self->control('GET', $path)->{requests} };
}

sub count
{
	my ($self, $operation) = @_;
	return scalar(my @all = $self->log($operation));
}

sub clear_log { return $_[0]->control('DELETE', 'log'); }

=item runs(), effects($operation), lineage(), statistics()

The truth, to compare with what the database says.

=cut

sub runs { return @{ $_[0]->control('GET', 'runs')->{runs} }; }

sub effects
{
	my ($self, $operation) = @_;
	my $path = 'effects' . (defined $operation ? "?operation=$operation" : '');
	return @{ $self->control('GET', $path)->{effects} };
}

sub lineage
{
	return @{ $_[0]->control('GET', 'lineage?bodies=1')->{events} };
}

sub statistics { return $_[0]->control('GET', 'statistics'); }

=back

=cut

1;
