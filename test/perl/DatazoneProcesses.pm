
=pod

=head1 NAME

DatazoneProcesses - the launcher and the workers, as others see them

=head1 SYNOPSIS

  use DatazoneTest;
  use DatazoneWorker;
  use DatazoneProcesses;

  my $node = new_worker_node('main', $sim, conf => process_conf());

  make_database($node, 'sales');
  my $pid = wait_running($node, 'sales');
  wait_round($node);    # the launcher has been through all databases

=head1 DESCRIPTION

Databases are asked about from the database "postgres", whose datazone_stat
has the rows of all.  One session a node asks; it connects anew when the server
ended it.

=cut

package DatazoneProcesses;

use strict;
use warnings;

use Exporter 'import';
use Carp;
use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Time::HiRes qw(time);

our @EXPORT = qw(
  process_conf
  ask
  close_session
  run
  literal
  identifier
  make_database
  make_server
  worker
  wait_state
  wait_running
  wait_no_worker
  launcher_pid
  starts
  wait_round
  seconds_of
);

my %session;
my $beacons = 0;

=head1 FUNCTIONS

=over

=item process_conf()

Settings with which the log tells of each start of a process.

=cut

sub process_conf
{
	return "log_min_messages = debug1\n"
	  . "log_line_prefix = '%m [%p] '\n"
	  . "autovacuum = off\n";
}

=item ask($node, $query)

A query's output, as a superuser in "postgres"; dies if it fails.

=cut

sub ask
{
	my ($node, $query) = @_;
	my $key = $node->name;

	for (1 .. 2)
	{
		$session{$key} //= DatazoneSession->new($node);
		my $result = $session{$key}->query($query);
		return $result->{out} if $result->{sqlstate} eq '00000';
		$session{$key}->close;
		delete $session{$key};
		croak $result->{out} unless $result->{lost};
	}
	croak "the connection was lost twice in: $query";
}

=item close_session($node)

Close the session with which the above asks, until it is asked again.

=cut

sub close_session
{
	my ($node) = @_;
	my $session = delete $session{ $node->name };

	$session->close if $session;
	return;
}

END
{
	local $?;
	$_->close for values %session;
}

=item run($session, $sql)

Run something in a DatazoneSession; dies unless all of it succeeds.

=cut

sub run
{
	my ($session, $sql) = @_;
	my $result = $session->query($sql);

	croak "$sql: $result->{out}" unless $result->{sqlstate} eq '00000';
	return $result->{out};
}

=item literal($text), identifier($text)

Quoted for SQL.

=cut

sub literal
{
	my ($text) = @_;

	$text =~ s/'/''/g;
	return "'$text'";
}

sub identifier
{
	my ($text) = @_;

	$text =~ s/"/""/g;
	return "\"$text\"";
}

=item make_database($node, $name, $options)

CREATE DATABASE with these options, and the extension in it.

=cut

sub make_database
{
	my ($node, $name, $options) = @_;

	ask($node,
		'CREATE DATABASE ' . identifier($name) . ' ' . ($options // ''));
	$node->safe_psql($name, 'CREATE EXTENSION datazone');
	return;
}

=item make_server($node, $database, $simulator, $source)

The foreign server "sim" in a database, with a mapping for the superuser, and,
where a data source is given, a watch of it, each second.

=cut

sub make_server
{
	my ($node, $database, $simulator, $source) = @_;
	my $watch =
	  defined $source ? "SELECT datazone_watch('$source', '1 second');" : '';

	$node->safe_psql($database, "
		CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
			region '${\DatazoneTest::REGION}',
			domain_identifier '${\DatazoneTest::DOMAIN}',
			endpoint_url '${\$simulator->url}', rate_limit '0');
		CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
			access_key_id '${\DatazoneTest::ACCESS_KEY}',
			secret_access_key '${\DatazoneTest::SECRET_KEY}');
		$watch");
	return;
}

=item worker($node, $database)

What datazone_stat says of a database's worker: a hash of C<pid>, C<state>,
C<failures>, C<error>; empty where there is no row.

=cut

sub worker
{
	my ($node, $database) = @_;
	my %worker;

	# a line each, since an error may hold any separator
	@worker{qw(pid state failures error)} = split /\n/,
	  ask($node, "
		SELECT unnest(ARRAY[worker_pid::text, worker_state,
			worker_failures::text, worker_last_error])
		FROM datazone_stat WHERE datname = " . literal($database)), -1;
	return defined $worker{state} ? \%worker : {};
}

=item wait_state($node, $database, $pattern, $seconds)

Wait until the worker's state, '' where there is no row, matches; gives
worker().  Dies, telling the state, after $seconds (20).

=cut

sub wait_state
{
	my ($node, $database, $pattern, $seconds) = @_;
	my $worker = {};
	my $found = eval {
		poll_until(
			sub {
				$worker = worker($node, $database);
				return ($worker->{state} // '') =~ $pattern;
			},
			'a state', $seconds // 20);
	};

	croak "$@; the worker of $database is "
	  . join(', ', map { $_ // '' } @$worker{qw(state pid failures error)})
	  unless $found;
	return $worker;
}

=item wait_running($node, $database, $seconds)

Wait for a worker that is running; gives its process, which pg_stat_activity
must know as well.

=cut

sub wait_running
{
	my ($node, $database, $seconds) = @_;
	my $known = '0';
	my $pid;

	while ($known ne '1')
	{
		my $before = $pid // '';

		$pid = wait_state($node, $database, qr/^running$/, $seconds)->{pid};
		$known = ask($node, "
			SELECT count(*) FROM pg_stat_activity
			WHERE pid = $pid AND backend_type = 'datazone worker'
				AND datname = " . literal($database));

		# one that has ended in the meantime may not be known any more
		croak "pg_stat_activity does not know worker $pid"
		  if $known ne '1' && $pid eq $before;
	}
	return $pid;
}

=item wait_no_worker($node, $database, $seconds)

Wait until no worker is in a database, by name.

=cut

sub wait_no_worker
{
	my ($node, $database, $seconds) = @_;

	poll_until(
		sub {
			return ask($node, "
				SELECT count(*) FROM pg_stat_activity
				WHERE backend_type = 'datazone worker'
					AND datname = " . literal($database)) eq '0'
			  && !worker($node, $database)->{pid};
		},
		"$database to have no worker",
		$seconds // 20);
	return 1;
}

=item launcher_pid($node)

The launcher's process, or undef.

=cut

sub launcher_pid
{
	my ($node) = @_;
	my $pid = ask($node, q{SELECT pid FROM pg_stat_activity
		WHERE backend_type = 'datazone launcher'});

	return $pid =~ /^\d+$/ ? $pid : undef;
}

=item starts($node, $database)

When a process was started for a database, by name or OID: a list of moments,
in seconds of the day, from the log.

=cut

sub starts
{
	my ($node, $database) = @_;
	my $oid =
	  $database =~ /^\d+$/
	  ? $database
	  : ask($node,
		'SELECT oid FROM pg_database WHERE datname = ' . literal($database));

	return map { seconds_of($_) } grep {
		/starting background worker process "datazone worker of database $oid"/
	} split /\n/, slurp_file($node->logfile);
}

=item seconds_of($line)

The moment of a line of the log, in seconds of the day.

=cut

sub seconds_of
{
	my ($line) = @_;

	$line =~ /^\S+ (\d+):(\d+):([\d.]+)/ or croak "no moment: $line";
	return ($1 * 60 + $2) * 60 + $3;
}

=item wait_round($node)

Wait until the launcher has looked at each database after this call began: a
database that is made now comes last.

=cut

sub wait_round
{
	my ($node) = @_;
	my $name = 'beacon_' . ++$beacons;

	make_database($node, $name, 'TEMPLATE template0');
	wait_running($node, $name);
	ask($node, "DROP DATABASE $name");
	return;
}

=back

=cut

1;
