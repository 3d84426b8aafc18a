
=pod

=head1 NAME

DatazoneClock - servers and simulators in which time goes fast

=head1 SYNOPSIS

  use DatazoneClock;

  my $clock = DatazoneClock->new(60);
  my $node = $clock->run(sub { new_worker_node('main', $sim) });
  note $clock->now;

=head1 DESCRIPTION

By a library that is preloaded (fast_clock.c); on Linux.  All that is started
in run() has the same clock, which is right when it begins.

=cut

package DatazoneClock;

use strict;
use warnings;

use File::Basename;
use PostgreSQL::Test::Utils;
use Time::HiRes qw(time);

=head1 METHODS

=over

=item new($scale)

A clock that goes so many times as fast.

=cut

sub new
{
	my ($class, $scale) = @_;
	my $self = bless {
		scale => $scale,
		origin => int(time()),
		library => "${PostgreSQL::Test::Utils::tmp_check}/fast_clock.so" },
	  $class;

	system_or_bail('cc', '-shared', '-fPIC', '-o', $self->{library},
		dirname(__FILE__) . '/fast_clock.c', '-ldl');
	return $self;
}

=item run($do)

Call $do and give what it gives; the processes that it starts have this clock.

=cut

sub run
{
	my ($self, $do) = @_;
	local $ENV{LD_PRELOAD} = $self->{library};
	local $ENV{FAST_CLOCK_ORIGIN} = $self->{origin};
	local $ENV{FAST_CLOCK_SCALE} = $self->{scale};

	return $do->();
}

=item now()

Their time, in seconds since 1970.

=cut

sub now
{
	my ($self) = @_;

	return $self->{origin} + (time() - $self->{origin}) * $self->{scale};
}

=back

=cut

1;
