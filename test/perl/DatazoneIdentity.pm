
=pod

=head1 NAME

DatazoneIdentity - a host with an AWS identity, for TAP tests

=head1 SYNOPSIS

  use DatazoneTest;
  use DatazoneIdentity;

  my $sim = start_simulator();
  my $aws = start_standins($sim);
  my $node = new_host_node('main', $sim,
	  AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url);

  map_identity($node, 'sim', "credentials 'default'");
  call($node);
  is(signer($sim), 'ASIAIMDS00000001', 'signed with the instance\'s keys');

=head1 DESCRIPTION

The environment is the postmaster's, so a node has one from its start to its
next start.  Nothing of the machine's own identity is left in it: no variable
that an AWS SDK reads, a home directory of its own, and metadata of the
instance disabled unless a test names the stand-in's.

=cut

package DatazoneIdentity;

use strict;
use warnings;

use Exporter 'import';
use Carp;
use DatazoneTest;
use File::Basename;
use File::Path;
use File::Spec;
use JSON::PP;
use POSIX ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(
  start_standins
  start_proxy
  new_host_node
  restart_host
  home_of
  write_home
  write_text
  map_identity
  know
  call
  signer
  whoami
);

my $here = File::Spec->rel2abs(dirname(__FILE__) . '/../simulator');

=head1 FUNCTIONS

=over

=item start_standins($simulator, %options)

Start STS, IMDS, container and SSO stand-ins (one port, see
test/simulator/README.md); the simulator is told of each key that is issued.
Gives a DatazoneTest::Simulator, of which settings(), fault(), log(), count()
and control() work.

=cut

sub start_standins
{
	my ($simulator, %options) = @_;
	my @told = map { ('--simulator', $_->{control}) }
	  ref $simulator eq 'ARRAY' ? @$simulator : ($simulator);

	return DatazoneTest::Simulator->start(
		%options,
		program => "$here/identity_standins.py",
		arguments => [ @told, @{ $options{arguments} // [] } ]);
}

=item start_proxy(%ports)

Start a proxy that tunnels to these names, which are ports of this machine;
gives its URL and the file of its output.

=cut

my $proxies = 0;
my @pids;

sub start_proxy
{
	my (%ports) = @_;
	my $out = "${PostgreSQL::Test::Utils::tmp_check}/proxy." . ++$proxies;
	my $pid = fork // croak "fork: $!";

	if ($pid == 0)
	{
		open(STDIN, '<', '/dev/null');
		open(STDOUT, '>', $out);
		exec('python3', '-B', "$here/forward_proxy.py", '--parent-pid',
			getppid, '--hosts', map { "$_=$ports{$_}" } sort keys %ports)
		  or POSIX::_exit(127);
	}
	push @pids, $pid;
	my $url = poll_until(
		sub { -e $out && slurp_file($out) =~ /^(http\S+)\n/ ? $1 : undef },
		'the proxy to start');
	return ($url, $out);
}

END
{
	local $?;
	for my $pid (@pids)
	{
		kill TERM => $pid;
		waitpid($pid, 0);
	}
}

=item new_host_node($name, $simulator, %options)

A started node with the extension and the server "sim", without a mapping.
Options: C<environment> and C<server> are hashes, C<conf> is text, C<start> 0
leaves the node as it is after init().

=cut

sub new_host_node
{
	my ($name, $simulator, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init;
	$node->append_conf('postgresql.conf', "autovacuum = off\n"
		  . ($options{conf} // ''));
	mkpath(home_of($node) . '/.aws');
	_in_environment($node, $options{environment} // {},
		sub { $node->start });
	$node->safe_psql('postgres', 'CREATE EXTENSION datazone');
	create_datazone_server($node, 'sim', $simulator,
		%{ $options{server} // {} });
	$node->safe_psql('postgres', 'DROP USER MAPPING FOR CURRENT_USER SERVER sim');
	return $node;
}

=item restart_host($node, %environment)

Restart a node with another environment.

=cut

sub restart_host
{
	my ($node, %environment) = @_;

	_in_environment($node, \%environment, sub { $node->restart });
	return;
}

sub _in_environment
{
	my ($node, $environment, $action) = @_;
	my %clean;

	for my $name (keys %ENV)
	{
		$clean{$name} = $ENV{$name}
		  unless $name =~ /^(?:AWS_|ECS_)|_proxy$/i;
	}
	my %all = (
		%clean,
		HOME => home_of($node),
		AWS_EC2_METADATA_DISABLED => 'true',
		%$environment);
	delete @all{ grep { !defined $all{$_} } keys %all };
	local %ENV = %all;
	$action->();
	return;
}

=item home_of($node), write_home($node, $path, $text), write_text($path, $text)

The home directory of the node's server, and writing a file in it, at once as
rename() does it, or anywhere.

=cut

sub home_of
{
	my ($node) = @_;
	return $node->basedir . '/home';
}

sub write_home
{
	my ($node, $path, $text) = @_;
	my $all = home_of($node) . "/$path";

	mkpath(dirname($all));
	write_text($all, $text);
	return $all;
}

sub write_text
{
	my ($path, $text) = @_;

	open(my $file, '>', "$path.new") or croak "$path.new: $!";
	print {$file} $text;
	close $file or croak "$path.new: $!";
	rename("$path.new", $path) or croak "$path: $!";
	return;
}

=item map_identity($node, $server, $options, $role)

Make, or make anew, the mapping of the superuser (or a role).

=cut

sub map_identity
{
	my ($node, $server, $options, $role) = @_;
	$role //= 'CURRENT_USER';

	$node->safe_psql('postgres', "
		DROP USER MAPPING IF EXISTS FOR $role SERVER $server;
		CREATE USER MAPPING FOR $role SERVER $server OPTIONS ($options)");
	return;
}

=item know($simulator, $access_key, $secret_key, $session_token)

Let a simulator or the stand-ins know long-term keys.

=cut

sub know
{
	my ($simulator, $access_key, $secret_key, $session_token) = @_;

	$simulator->control(
		'POST',
		'identities',
		{
			access_key => $access_key,
			secret_key => $secret_key,
			defined $session_token ? (session_token => $session_token) : ()
		});
	return;
}

=item call($node, $server)

A call in a new session.  Gives a hash: C<ok>, C<error> (all that psql told,
verbose), C<sqlstate>.

=cut

sub call
{
	my ($node, $server) = @_;
	$server //= 'sim';
	my ($status, $out, $error) = $node->psql('postgres',
		"\\set VERBOSITY verbose\n"
		  . "SELECT id FROM datazone_get_run('run_orders_001', server => '$server')");

	return {
		ok => $out eq 'run_orders_001',
		error => $error,
		sqlstate => $error =~ /(?:ERROR|FATAL):  (\w{5}):/ ? $1 : '00000'
	};
}

=item signer($simulator)

The access key id that signed the last request.

=cut

sub signer
{
	my ($simulator) = @_;
	my @all = $simulator->log;

	return @all ? $all[-1]{identity} : undef;
}

=item whoami($node, $server)

A hash of datazone_whoami()'s columns, or of C<error>.

=cut

sub whoami
{
	my ($node, $server) = @_;
	$server //= 'sim';
	my ($status, $out, $error) = $node->psql('postgres',
		"\\set VERBOSITY verbose\n"
		  . "SELECT row_to_json(w) FROM datazone_whoami('$server') w");

	return { error => $error } if $out eq '';
	return JSON::PP->new->utf8->decode($out);
}

=back

=cut

1;
