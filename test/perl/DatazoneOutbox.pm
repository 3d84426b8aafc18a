
=pod

=head1 NAME

DatazoneOutbox - what a test enqueues, and what became of it

=head1 SYNOPSIS

  use DatazoneOutbox;

  my $id = enqueue($node, 'job');
  wait_delivered($node, 1);
  is_deeply([ accepted($sim) ], ['job'], 'it has arrived');

=cut

package DatazoneOutbox;

use strict;
use warnings;

use Exporter 'import';
use DatazoneTest;
use DatazoneWorker;
use JSON::PP;

our @EXPORT = qw(
  event_sql
  enqueue
  entry
  wait_entry
  wait_delivered
  accepted
  wait_accepted
);

my $runs = 0;

=head1 FUNCTIONS

=over

=item event_sql($job, $run)

A lineage event as an SQL expression.  The run is a new one where none is
given: its number decides about the order of delivery.

=cut

sub event_sql
{
	my ($job, $run) = @_;
	my $id = sprintf '019abd5e-5c00-7c3e-9d0c-%012d', $run // 1e6 + ++$runs;

	return qq{'{"eventType": "COMPLETE",
		"eventTime": "2026-11-21T06:00:00Z",
		"producer": "https://example.com/load",
		"schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/\$defs/RunEvent",
		"run": {"runId": "$id"},
		"job": {"namespace": "shop", "name": "$job"}}'::jsonb};
}

=item enqueue($node, $job, %options)

Enqueue an event and commit; gives the entry's number.  Options: C<run>,
C<token>, C<server>, C<set> (SQL to begin with).

=cut

sub enqueue
{
	my ($node, $job, %options) = @_;
	my $event = event_sql($job, $options{run});
	my $token =
	  defined $options{token} ? "'$options{token}'" : 'NULL';
	my $server = $options{server} // 'sim';
	my $set = $options{set} // '';

	my $out = $node->safe_psql('postgres',
		"$set; SELECT datazone_enqueue_lineage($event,
			client_token => $token, server => '$server')");
	return (split /\n/, $out)[-1];
}

=item entry($id), wait_entry($node, $id, $columns, $pattern, $what)

The query of an entry's columns, and waiting for what it gives; "gone" where
there is no such entry.

=cut

sub entry
{
	my ($id, $columns) = @_;

	return "SELECT coalesce((SELECT concat_ws('|', $columns)
		FROM datazone_outbox WHERE id = $id), 'gone')";
}

sub wait_entry
{
	my ($node, $id, $columns, $pattern, $what, $seconds) = @_;

	return wait_value($node, entry($id, $columns), $pattern, $what, $seconds);
}

=item wait_delivered($node, $count, $seconds)

Wait until so many deliveries are recorded and nothing is pending.

=cut

sub wait_delivered
{
	my ($node, $count, $seconds) = @_;

	return wait_value(
		$node,
		"SELECT (SELECT count(*) FROM datazone_delivery) || ' ' ||
			(SELECT count(*) FROM datazone_outbox WHERE state = 'pending')",
		qr/^$count 0$/,
		"$count deliveries",
		$seconds);
}

=item accepted($simulator), wait_accepted($simulator, $count)

The jobs of the events that the service has accepted, in the order of their
arrival.

=cut

sub accepted
{
	my ($simulator) = @_;

	return
	  map { JSON::PP->new->decode($_->{body})->{job}{name} }
	  $simulator->lineage;
}

sub wait_accepted
{
	my ($simulator, $count, $seconds) = @_;

	poll_until(sub { scalar($simulator->lineage) >= $count },
		"$count events", $seconds);
	return accepted($simulator);
}

=back

=cut

1;
