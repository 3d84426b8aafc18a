
=pod

=head1 NAME

DatazoneSession - a psql that stays open, and tells when an answer came

=head1 SYNOPSIS

  use DatazoneSession;

  my $session = DatazoneSession->new($node);
  is($session->query('SELECT 1')->{out}, '1');

  $session->send('SELECT * FROM datazone_get_run($$run$$)');
  # ... until the request is on its way ...
  kill INT => $session->pid;
  my $result = $session->result;
  is($result->{sqlstate}, '57014');
  cmp_ok($result->{answered} - $sent, '<', 0.25);

=head1 DESCRIPTION

PostgreSQL::Test::Cluster runs psql once for each query, or in the background
with the time-out of a whole test.  Here one backend runs many statements,
each with a deadline of its own, and each answer carries the moment at which
its first error (or else its end) arrived, which is what tests of cancel
measure.

=cut

package DatazoneSession;

use strict;
use warnings;

use Carp;
use IO::Select;
use POSIX ':sys_wait_h';
use Time::HiRes qw(time);

my %open;

=head1 METHODS

=over

=item new($node, %options)

Connect.  Options: C<dbname> (postgres), C<user>, C<set> (SQL to begin with),
C<encoding> of the client.

=cut

sub new
{
	my ($class, $node, %options) = @_;
	my $connection = $node->connstr($options{dbname} // 'postgres');
	my $self = bless { buffer => '', marks => 0 }, $class;

	$connection .= " user=$options{user}" if defined $options{user};
	pipe(my $psql_in, my $in) or croak "pipe: $!";
	pipe(my $out, my $psql_out) or croak "pipe: $!";
	my $pid = fork // croak "fork: $!";
	if ($pid == 0)
	{
		$ENV{PGCLIENTENCODING} = $options{encoding}
		  if defined $options{encoding};
		open(STDIN, '<&', $psql_in);
		open(STDOUT, '>&', $psql_out);
		open(STDERR, '>&', $psql_out);
		close $_ for $in, $out, $psql_in, $psql_out;
		exec('psql', '-XAtq', '-d', $connection) or POSIX::_exit(127);
	}
	close $_ for $psql_in, $psql_out;
	$in->autoflush(1);
	@$self{qw(psql in out)} = ($pid, $in, $out);
	$open{$self} = $pid;
	$self->query('\set VERBOSITY verbose');
	$self->{pid} = $self->query('SELECT pg_backend_pid()')->{out};
	croak "could not connect: $self->{pid}" unless $self->{pid} =~ /^\d+$/;
	$self->query($options{set}) if defined $options{set};
	return $self;
}

=item pid

The backend's process.

=cut

sub pid { return $_[0]{pid}; }

=item send($sql)

Send something and return at once.  One statement at a time: several would
go to the server one after another.

=cut

sub send
{
	my ($self, $sql) = @_;
	my $mark = sprintf('--- %s.%d ---', $$, ++$self->{marks});
	local $SIG{PIPE} = 'IGNORE';

	croak 'the last result was not read' if defined $self->{mark};
	$self->{mark} = $mark;
	$self->{sent} = time();
	delete $self->{error_at};
	$sql .= ';' unless $sql =~ /^\\|;\s*$/;
	print { $self->{in} } "$sql\n\\echo '$mark'\n";
	return $self->{sent};
}

=item result($seconds)

Wait for what was sent; dies after $seconds (60 where not given).  Gives a
hash: C<out> (all output), C<error> (what follows ERROR or FATAL, or undef),
C<sqlstate> ('00000' without an error), C<sent>, C<answered> (moments),
C<lost> (whether the connection ended).

=cut

sub result
{
	my ($self, $seconds) = @_;
	my $deadline = time() + ($seconds // 60);
	my $mark = $self->{mark} // croak 'nothing was sent';
	my $lost = 0;

	until ($self->{buffer} =~ /^\Q$mark\E\n/m)
	{
		if (!$self->_read($deadline))
		{
			$lost = 1;
			last;
		}
	}
	my $now = time();
	delete $self->{mark};
	my $out = $self->{buffer};
	if (!$lost)
	{
		$out =~ s/^\Q$mark\E\n(.*)\z//ms;
		$self->{buffer} = $1;
	}
	chomp $out;
	my ($sqlstate, $error) = $out =~ /^(?:ERROR|FATAL):  (\w{5}): (.*)/m;
	return {
		out => $out,
		error => $error,
		sqlstate => $sqlstate // ($lost ? 'lost' : '00000'),
		sent => $self->{sent},
		answered => $self->{error_at} // $now,
		lost => $lost
	};
}

=item is_answered()

Whether result() would return at once.

=cut

sub is_answered
{
	my ($self) = @_;

	while (IO::Select->new($self->{out})->can_read(0))
	{
		return 1 unless $self->_read(time() + 1);
	}
	return $self->{buffer} =~ /^\Q$self->{mark}\E\n/m;
}

# Read a little; false at the end of the file.
sub _read
{
	my ($self, $deadline) = @_;
	my $wait = IO::Select->new($self->{out});
	my $left;

	# a signal may end the wait early, with nothing to read
	do
	{
		$left = $deadline - time();
		croak "no answer in time; so far: $self->{buffer}" if $left <= 0;
	} until ($wait->can_read($left));
	my $got = sysread($self->{out}, my $piece, 65536);
	return 0 unless $got;
	$self->{buffer} .= $piece;
	$self->{error_at} //= time()
	  if $self->{buffer} =~ /^(?:ERROR|FATAL):  /m;
	return 1;
}

=item query($sql, $seconds)

send() and result().

=cut

sub query
{
	my ($self, $sql, $seconds) = @_;

	$self->send($sql);
	return $self->result($seconds);
}

=item close()

End psql and wait for it.

=cut

sub close    ## no critic
{
	my ($self) = @_;

	return unless $open{$self};
	CORE::close($self->{in});
	CORE::close($self->{out});
	waitpid(delete $open{$self}, 0);
	return;
}

=item kill9()

Kill psql, as a client that dies without a word.

=cut

sub kill9
{
	my ($self) = @_;

	kill KILL => $self->{psql};
	return $self->close;
}

=back

=cut

END
{
	local $?;
	for my $pid (values %open)
	{
		kill KILL => $pid;
		waitpid($pid, 0);
	}
}

1;
