
=pod

=head1 NAME

DatazonePhases - calls that hang in a phase of their life, on purpose

=head1 SYNOPSIS

  my $sim = start_simulator();
  my $phases = DatazonePhases->new($sim);
  my $node = $phases->new_node('main');

  for my $phase ($phases->all)
  {
  	$phases->enter($phase, $session);
  	# now the session's call hangs in $phase->{name}
  }

=head1 DESCRIPTION

Each phase is a hash: C<name>, C<sql> (one statement, which does not come
back by itself for several seconds), C<prepare> (called before it is sent) and
C<is_reached> (says whether the backend is in the phase by now).  A phase is
recognised by Linux's /proc or by the simulator's log: nothing here sleeps and
hopes.

=cut

package DatazonePhases;

use strict;
use warnings;

use Carp;
use DatazoneTest;
use File::Basename;
use File::Spec;
use PostgreSQL::Test::Utils;

my $simulator_dir =
  File::Spec->rel2abs(dirname(__FILE__) . '/../simulator');
my $RUN = 'run_orders_001';
my @peers;

=head1 METHODS

=over

=item why_not()

Why this machine cannot tell the phases apart, or undef.

=cut

sub why_not
{
	return 'phases are recognised by /proc of Linux'
	  unless -d '/proc/self/task' && -r '/proc/net/tcp';
	return undef;
}

=item new($simulator)

Start the peers that never answer, and build what makes lookups hang.

=cut

sub new
{
	my ($class, $sim) = @_;
	my $self = bless { sim => $sim }, $class;

	$self->{port} = _start_stalling_peers();
	$self->{preload} = "${PostgreSQL::Test::Utils::tmp_check}/slow_dns.so";
	system_or_bail('cc', '-shared', '-fPIC', '-o', $self->{preload},
		"$simulator_dir/slow_getaddrinfo.c", '-ldl');
	return $self;
}

sub _start_stalling_peers
{
	my %port;

	pipe(my $read, my $write) or croak "pipe: $!";
	my $parent = $$;
	my $pid = fork // croak "fork: $!";
	if ($pid == 0)
	{
		open(STDOUT, '>&', $write);
		exec('python3', '-B', "$simulator_dir/stall.py", '--parent-pid',
			$parent)
		  or POSIX::_exit(127);
	}
	push @peers, $pid;
	close $write;
	while (my $line = <$read>)
	{
		$port{$1} = $2 if $line =~ /^(\w+) (\d+)$/;
		last if keys %port == 3;
	}
	croak 'the stalling peers did not start' unless keys %port == 3;
	$read->blocking(0);
	return \%port;
}

END
{
	local $?;
	for my $pid (@peers)
	{
		kill KILL => $pid;
		waitpid($pid, 0);
	}
}

=item new_node($name, %options)

A node as new_datazone_node() makes it, in whose processes the lookup of a
name in .stall.test hangs for C<stall_seconds> (ten), with a foreign server for
each peer that stalls.

=cut

sub new_node
{
	my ($self, $name, %options) = @_;
	local $ENV{LD_PRELOAD} = $self->{preload};
	local $ENV{STALL_SECONDS} = $options{stall_seconds} // 10;
	my $node = new_datazone_node($name, $self->{sim}, %options,
		server => $self->patience);

	create_datazone_server($node, 'dns', $self->{sim}, $self->patience->%*,
		endpoint_url => 'https://datazone.stall.test');
	create_datazone_server($node, $_, $self->{sim}, $self->patience->%*,
		endpoint_url => "https://127.0.0.1:$self->{port}{$_}")
	  for 'connect', 'tls';
	return $node;
}

=item enter($phase, $session)

Send the phase's statement and wait until it hangs there.

=cut

sub enter
{
	my ($self, $phase, $session) = @_;

	$phase->{prepare}->($session);
	$session->send($phase->{sql});
	poll_until(sub { $phase->{is_reached}->($session) }, $phase->{name});
	return;
}

=item threads($pid)

How many threads a process has: its own, and those of its name lookups.

=cut

sub threads
{
	my ($self, $pid) = @_;
	my @threads = glob "/proc/$pid/task/*";

	return scalar @threads;
}

=item patience()

Server options with which no time-out of ours ends a stall.

=cut

sub patience
{
	return { connect_timeout => '30s', request_timeout => '60s' };
}

=item all()

The phases.

=cut

sub all
{
	my ($self) = @_;

	return (
		$self->_lookup, $self->_connect('connect', 'TCP connect', '02'),
		$self->_connect('tls', 'TLS handshake', '01'),
		$self->_answers);
}

# Each lookup runs in threads of its own, which outlive a cancelled call.
sub _lookup
{
	my ($self) = @_;
	my $threads;

	return {
		name => 'name lookup',
		sql => "SELECT id FROM datazone_get_run('$RUN', server => 'dns')",
		prepare => sub { $threads = $self->threads($_[0]->pid); },
		is_reached => sub { return $self->threads($_[0]->pid) > $threads; }
	};
}

# A socket in a state that /proc/net/tcp numbers: 02 SYN_SENT, 01 ESTABLISHED.
sub _connect
{
	my ($self, $server, $name, $state) = @_;

	return {
		name => $name,
		sql => "SELECT id FROM datazone_get_run('$RUN', server => '$server')",
		prepare => sub { },
		is_reached => sub {
			return _has_socket($_[0]->pid, $self->{port}{$server}, $state);
		}
	};
}

sub _has_socket
{
	my ($pid, $port, $state) = @_;
	my %ours = map { (readlink($_) // '') =~ /^socket:\[(\d+)\]/ ? ($1, 1) : () }
	  glob "/proc/$pid/fd/*";

	for (split /\n/, slurp_file('/proc/net/tcp'))
	{
		my @field = split;
		next unless @field > 9 && $field[2] =~ /:([0-9A-F]{4})$/;
		return 1
		  if hex($1) == $port && $field[3] eq $state && $ours{ $field[9] };
	}
	return 0;
}

# Phases that the simulator's log shows.
sub _answers
{
	my ($self) = @_;
	my $get = "SELECT id FROM datazone_get_run('$RUN', server => 'sim')";
	my $list = q{SELECT count(*)
		FROM datazone_list_data_source_runs('ds_orders', server => 'sim')};
	my $await = q{CALL datazone_await_run('@', server => 'sim')};
	my $wait = q{SELECT status
		FROM datazone_wait_for_run('@', server => 'sim')};
	my @one = ('GetDataSourceRun', 1);
	my @second_page = ('ListDataSourceRuns', 2);

	return (
		$self->_logged('wait for the answer', $get, @one, 0,
			{ kind => 'stall' }),
		$self->_logged('wait for the body', $get, @one, 0,
			{ kind => 'stall', params => { head => 1 } }),
		$self->_logged('body that trickles', $get, @one, 0,
			{ kind => 'slow_body', params => { bytes => 1, ms => 25 } }),
		$self->_logged('second page of a listing', $list, @second_page, 0,
			{ kind => 'stall', match => { query => 'nextToken' } }),
		$self->_logged('back-off between attempts', $get, @one, 1,
			{ kind => 'throttle', params => { retry_after_ms => 5000 } }),
		$self->_logged('pause of datazone_wait_for_run', $wait, @one, 1),
		$self->_logged('pause of datazone_await_run', $await, @one, 1),
		$self->_logged('request of datazone_await_run', $await, @one, 0,
			{ kind => 'stall' }));
}

# Reached when this many requests of an operation have arrived, or have been
# answered.
sub _logged
{
	my ($self, $name, $sql, $operation, $count, $answered, $fault) = @_;
	my $sim = $self->{sim};

	if ($sql =~ /\@/)
	{
		my $run = $self->_endless_run;
		$sql =~ s/\@/$run/;
	}
	return {
		name => $name,
		sql => $sql,
		prepare => sub {
			$sim->clear_faults;
			$sim->clear_log;
			$sim->control('POST', 'faults',
				{ operation => $operation, count => undef, %$fault })
			  if $fault;
		},
		is_reached => sub {
			my @there = grep { !$answered || $_->{answered_us} }
			  $sim->log($operation);
			return @there >= $count;
		}
	};
}

# A run that stays RUNNING for a day.
sub _endless_run
{
	my ($self) = @_;

	$self->{run} //= do
	{
		my %slow = (requested_seconds => 0, running_seconds => 86400);
		$self->{sim}->control('POST', 'runs/script',
			{ data_source => 'ds_stores', %slow });
		$self->{sim}->control('POST', 'runs/start',
			{ data_sources => ['ds_stores'] })->{ids}[0];
	};
	return $self->{run};
}

=back

=cut

1;
