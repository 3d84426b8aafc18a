# A call that must not be repeated is sent only when the synchronous standby
# knows that it may have been: were that lost in a failover, the promoted
# standby would send it again.  Nothing else waits for that, and nothing does
# where commits do not wait for standbys.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $primary = new_worker_node('primary', $sim,
	init => [ allows_streaming => 1 ],
	server => { rate_limit => 0 });
my $standby = PostgreSQL::Test::Cluster->new('standby');
my $conninfo;

replicate();
wait_worker($primary);
confirmed_at_once();
commits_wait_for_nobody();
sent_when_the_link_is_back();
sent_once_after_a_failover();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$standby->stop;
done_testing();

sub replicate
{
	$primary->backup('copy');
	$standby->init_from_backup($primary, 'copy', has_streaming => 1);
	$standby->start;
	$conninfo = $standby->safe_psql('postgres', 'SHOW primary_conninfo');
	$primary->append_conf('postgresql.conf',
		"synchronous_standby_names = 'standby'\n");
	$primary->reload;
	link_up(1);
	return;
}

# Whether the standby is connected.
sub link_up
{
	my ($is_up) = @_;
	my $to = $is_up ? $conninfo : 'host=/nowhere';

	$to =~ s/'/''/g;
	$standby->safe_psql('postgres',
		"ALTER SYSTEM SET primary_conninfo = '$to'");
	$standby->reload;
	wait_value($primary, q{SELECT count(*) FROM pg_stat_replication
		WHERE sync_state = 'sync'}, $is_up ? qr/^1$/ : qr/^0$/,
		'the standby');
	return;
}

sub set_primary
{
	my ($name, $value) = @_;

	$primary->safe_psql('postgres', "SET synchronous_commit = local;
		ALTER SYSTEM SET $name = $value");
	$primary->reload;
	return;
}

# A call that has no token, in a commit that waits for the standby.
sub enqueue_project
{
	my ($name) = @_;

	return $primary->safe_psql('postgres', qq{SELECT
		datazone_enqueue('CreateProject', '{"name": "$name"}')});
}

# Have one that the standby knows of delivered while that is not connected.
# Gives its number once the mark is in the table, or it was sent.
sub while_the_link_is_down
{
	my ($name) = @_;
	my $state = q{SELECT worker_state FROM datazone_stat
		WHERE datname = 'postgres'};

	set_primary('datazone.enabled', 'off');
	wait_value($primary, $state, qr/disabled/, 'the worker to stop');
	my $id = enqueue_project($name);
	link_up(0);
	set_primary('datazone.enabled', 'on');
	wait_value($primary, $state, qr/running/, 'the worker to go on');
	return $id;
}

# Whether the worker goes on with what may be repeated.
sub others_are_delivered
{
	my ($what) = @_;
	my $id = enqueue($primary, $what, set => 'SET synchronous_commit = local');

	wait_entry($primary, $id, 'state', qr/^gone$/, $what);
	pass("$what is delivered meanwhile");
	return;
}

sub sent
{
	my ($name) = @_;

	return scalar grep { $_->{body} =~ /"\Q$name\E"/ }
	  $sim->log('CreateProject');
}

sub confirmed_at_once
{
	my $id = enqueue_project('with a standby');

	wait_entry($primary, $id, 'state', qr/^gone$/, 'the call');
	is(sent('with a standby'), 1, 'with a standby it is sent');
	return;
}

sub commits_wait_for_nobody
{
	set_primary('synchronous_commit', 'local');
	my $id = while_the_link_is_down('local');

	wait_entry($primary, $id, 'state', qr/^gone$/, 'the call');
	is(sent('local'), 1, 'where commits wait for nobody it is sent at once');
	set_primary('synchronous_commit', 'on');
	link_up(1);
	return;
}

sub marked
{
	my ($id) = @_;

	return "SELECT claimed_at IS NOT NULL FROM datazone_outbox_entry
		WHERE id = $id";
}

sub sent_when_the_link_is_back
{
	my $id = while_the_link_is_down('waits');

	wait_value($primary, marked($id), qr/^t$/, 'the mark');
	others_are_delivered('an event');
	is(sent('waits'), 0, 'it is not sent before the standby knows');
	link_up(1);
	wait_entry($primary, $id, 'state', qr/^gone$/, 'the call');
	is(sent('waits'), 1, 'it is when the standby is back');
	return;
}

sub sent_once_after_a_failover
{
	my $id = while_the_link_is_down('once');

	$sim->fault('CreateProject', 'slow', 1, ms => 2000);
	wait_value($primary, marked($id), qr/^t$/, 'the mark');
	others_are_delivered('another event');
	my $postmaster = $primary->{_pid};
	my @children = split ' ', qx(ps -o pid= --ppid $postmaster);
	$primary->kill9;
	kill KILL => @children;
	$standby->promote;
	wait_worker($standby, 'postgres', 30);
	$standby->safe_psql('postgres',
		q{ALTER SYSTEM RESET synchronous_standby_names});
	wait_entry($standby, $id, 'state', qr/^(gone|failed)$/, 'the call');
	is(sent('once'), 1, 'after a failover it is sent once');
	return;
}
