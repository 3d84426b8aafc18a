
=pod

=head1 NAME

DatazoneLauncher - a server with the launcher, and which workers it has

=head1 SYNOPSIS

  use DatazoneLauncher;

  my $node = new_preloaded_node('main');
  create_database($node, 'with "quotes"');
  my %workers = wait_for_workers($node, 'with "quotes"');

=head1 DESCRIPTION

No simulator: what is looked at are processes.  The database "postgres" has no
extension unless a test makes it; one session there sees workers come and go.

=cut

package DatazoneLauncher;

use strict;
use warnings;

use Exporter 'import';
use Carp;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(
  new_preloaded_node
  create_database
  identifier
  drop_databases
  workers
  wait_for_workers
  wait_for_new_worker
  launcher
  wait_for_launcher
  worker_state
  wait_for_state
  log_of
  count_in_log
);

# How long what must happen may take where nothing else is promised.
use constant PATIENCE => 30;

my %sessions;

=head1 FUNCTIONS

=over

=item new_preloaded_node($name, %options)

A started node with the library preloaded.  Options: C<conf> is text for
postgresql.conf, C<init> a list for init().

=cut

sub new_preloaded_node
{
	my ($name, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(@{ $options{init} // [] });
	$node->append_conf('postgresql.conf', "
		shared_preload_libraries = 'datazone'
		restart_after_crash = on
		autovacuum = off
		max_connections = 30
		" . ($options{conf} // ''));
	$node->start;
	return $node;
}

=item identifier($name)

A name in double quotes.

=cut

sub identifier
{
	my ($name) = @_;

	return '"' . ($name =~ s/"/""/gr) . '"';
}

=item create_database($node, $name, $options), drop_databases($node, @names)

CREATE DATABASE, and the extension in it.  And DROP DATABASE.

=cut

sub create_database
{
	my ($node, $name, $options) = @_;

	$node->safe_psql('postgres',
		'CREATE DATABASE ' . identifier($name) . ' ' . ($options // ''));
	$node->safe_psql($name, 'CREATE EXTENSION datazone');
	return;
}

sub drop_databases
{
	my ($node, @names) = @_;

	$node->safe_psql('postgres', 'DROP DATABASE ' . identifier($_)) for @names;
	return;
}

=item workers($node)

The workers, a hash of processes by database; empty where nobody answers.

=cut

sub workers
{
	my ($node) = @_;
	my $out = _ask($node, "SELECT pid || ' ' || datname FROM pg_stat_activity
		WHERE backend_type = 'datazone worker' AND datname IS NOT NULL");

	return map { /^(\d+) (.*)/ ? ($2 => $1) : () } split /\n/, $out;
}

# A query through the node's session, which is made again if it was lost.
sub _ask
{
	my ($node, $query) = @_;
	my $key = $node->name;

	for (1 .. 2)
	{
		$sessions{$key} //= eval { DatazoneSession->new($node) } // return '';
		my $result = $sessions{$key}->query($query);
		return $result->{out} unless $result->{lost};
		(delete $sessions{$key})->close;
	}
	return '';
}

=item leave($node)

End the session that workers() asks through, which a smart stop would wait
for.

=cut

sub leave
{
	my ($node) = @_;
	my $session = delete $sessions{ $node->name };

	$session->close if $session;
	return;
}

=item wait_for_workers($node, @databases)

Wait until these databases have workers, and no other has; give the processes
as workers() does.

=cut

sub wait_for_workers
{
	my ($node, @databases) = @_;
	my $wanted = join "\n", sort @databases;
	my %found;

	my $there = eval {
		poll_until(
			sub {
				%found = workers($node);
				return $wanted eq join "\n", sort keys %found;
			},
			'workers', PATIENCE);
	};
	croak "workers of: @{[ sort keys %found ]}; not of: @databases"
	  unless $there;
	return %found;
}

=item wait_for_new_worker($node, $database, $old, $seconds)

Wait for a worker that is another process than $old; give it.

=cut

sub wait_for_new_worker
{
	my ($node, $database, $old, $seconds) = @_;

	return poll_until(
		sub {
			my %workers = workers($node);
			my $pid = $workers{$database} // 0;
			return $pid == $old ? 0 : $pid;
		},
		"another worker of $database",
		$seconds // PATIENCE);
}

=item launcher($node), wait_for_launcher($node, $old)

The launcher's process, or undef.  And waiting for one that is not $old.

=cut

sub launcher
{
	my ($node) = @_;
	my $pid = _ask($node, "SELECT pid FROM pg_stat_activity
		WHERE backend_type = 'datazone launcher'");

	return $pid =~ /^(\d+)$/ ? $1 : undef;
}

sub wait_for_launcher
{
	my ($node, $old) = @_;

	return poll_until(
		sub {
			my $pid = launcher($node) // 0;
			return $pid == ($old // 0) ? 0 : $pid;
		},
		'the launcher', PATIENCE);
}

=item worker_state($node, $database, $where)

A row of datazone_stat as "state|failures|last_error", seen from a database
that has the extension ($database itself where not given).

=cut

sub worker_state
{
	my ($node, $database, $where) = @_;
	my $literal = "'" . ($database =~ s/'/''/gr) . "'";

	return $node->safe_psql($where // $database,
		"SELECT worker_state, worker_failures, worker_last_error
			FROM datazone_stat WHERE datname = $literal");
}

=item wait_for_state($node, $database, $pattern, $where)

Wait until worker_state() matches; give it.

=cut

sub wait_for_state
{
	my ($node, $database, $pattern, $where) = @_;
	my $state = '';

	eval {
		poll_until(
			sub {
				$state = worker_state($node, $database, $where);
				return $state =~ $pattern;
			},
			'a state', PATIENCE);
	} or croak "the worker of $database is \"$state\", not $pattern";
	return $state;
}

=item log_of($node, $offset), count_in_log($node, $pattern, $offset)

What the server has logged, from an offset on; and how often a pattern is in
there.

=cut

sub log_of
{
	my ($node, $offset) = @_;

	return substr slurp_file($node->logfile), $offset // 0;
}

sub count_in_log
{
	my ($node, $pattern, $offset) = @_;
	my @found = log_of($node, $offset) =~ /$pattern/g;

	return scalar @found;
}

=back

=cut

1;
