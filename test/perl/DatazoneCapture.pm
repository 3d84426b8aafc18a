
=pod

=head1 NAME

DatazoneCapture - statements that are captured, and the events that they leave

=head1 SYNOPSIS

  use DatazoneCapture;

  my $node = new_capture_node($sim);
  captured('a view is seen through', 'INSERT INTO dst (x) SELECT a FROM seen',
      'dst: src -> dst (9) x=src.a:IDENTITY');

=head1 DESCRIPTION

A node on which nothing is sent: the outbox shows all that there is.  Each
event that is looked at is checked against OpenLineage.

=cut

package DatazoneCapture;

use strict;
use warnings;

use DatazoneTest;
use DatazoneWorker;
use Encode ();
use Exporter 'import';
use JSON::PP;
use OpenLineage;
use PostgreSQL::Test::Utils;
use Test::More;

use constant NAMESPACE => 'postgres://db.example.com:5432';

our @EXPORT = qw(
  NAMESPACE
  new_capture_node
  captured
  events_of
  new_events
  summary
  said
  counter
);
our @EXPORT_OK = qw(new_entries);

my $json = JSON::PP->new->utf8->canonical;
my $node;
my $last = 0;
my $said = '';

=head1 FUNCTIONS

=over

=item new_capture_node($simulator, %options)

Make and start a node with a worker that does nothing, and some tables.  The
functions below are about the last one that was made.  Options: C<conf>;
C<interval>, of datazone.capture_interval (0); C<nameless>, without
datazone.dataset_namespace.

=cut

sub new_capture_node
{
	my ($simulator, %options) = @_;
	my $interval = $options{interval} // 0;

	diag('without the published schemas of OpenLineage: events are checked by '
		  . 'the rules in OpenLineage.pm only')
	  unless has_schemas();
	my $namespace = $options{nameless} ? '' : "datazone.dataset_namespace = '${\NAMESPACE}'";
	$node = new_worker_node('main', $simulator, conf => qq{
		datazone.enabled = off
		$namespace
		datazone.capture_interval = '$interval'
		max_prepared_transactions = 5
	} . ($options{conf} // ''));
	$last = 0;
	$node->safe_psql('postgres', q{
		CREATE TABLE src (id int PRIMARY KEY, a int, b text);
		CREATE TABLE dst (x int, y text, n bigint);
		CREATE TABLE detail (id int REFERENCES src ON DELETE CASCADE, q int);
		CREATE TABLE audit (kind text, n bigint);
		CREATE VIEW seen AS SELECT id, a, b FROM src WHERE a > 0;
		INSERT INTO src SELECT g, g, g::text FROM generate_series(1, 10) g;
		INSERT INTO detail VALUES (1, 1)});
	return $node;
}

=item captured($name, $sql, @expected)

Run SQL with capture on; what it left is compared with lines of the form
"job: inputs -> output (rows) column=source:KIND dataset=source:KIND CHANGE".
Gives the events.

=cut

sub captured
{
	my ($name, $sql, @expected) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my @events = events_of($sql);

	is_deeply([ map { summary($_) } @events ], \@expected, $name)
	  or diag($said);
	return @events;
}

=item events_of($sql), new_events()

Run SQL with capture on, in a session of its own; and what was enqueued since
the last look, decoded.

=cut

sub events_of
{
	my ($sql) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my ($out, $err) = ('', '');
	my $code = $node->psql(
		'postgres', Encode::encode_utf8("SET datazone.capture = 'column';\n$sql"),
		stdout => \$out,
		stderr => \$err,
		on_error_stop => 1);

	$said = "$out\n$err";
	fail("failed: $said") if $code != 0;
	return new_events();
}

sub new_events
{
	local $Test::Builder::Level = $Test::Builder::Level + 1;

	return map { $_->{event} } new_entries($node, 'postgres', \$last);
}

=item new_entries($node, $dbname, \$last)

What was enqueued in a database since the entry of number $last, which is
brought up to date: C<id>, C<role>, C<server>, C<domain> and the C<event>.
Exported on request.

=cut

sub new_entries
{
	my ($where, $dbname, $latest) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my @rows = split /\n/, $where->safe_psql($dbname,
		"SELECT jsonb_build_object('id', id, 'role', role::text, 'server', server,
			'domain', domain_id, 'event', payload)
		 FROM datazone_outbox_entry WHERE id > $$latest ORDER BY id");
	my @entries = map { $json->decode($_) } @rows;

	$$latest = $entries[-1]{id} if @entries;
	for my $entry (@entries)
	{
		my @problems = event_problems($entry->{event});
		is_deeply(\@problems, [], "valid: $entry->{event}{job}{name}")
		  if @problems;
	}
	return @entries;
}

=item said()

What psql said to the last SQL.

=cut

sub said { return $said; }

=item counter($name, $database)

A column of datazone_stat, as lineage_errors, for a database (postgres).

=cut

sub counter
{
	my ($name, $database) = @_;
	$database //= 'postgres';

	return $node->safe_psql('postgres',
		"SELECT coalesce(sum($name), 0) FROM datazone_stat WHERE datname = '$database'");
}

=item summary($event)

An event in one line, see captured().

=cut

sub summary
{
	my ($event) = @_;
	my $output = $event->{outputs}[0];
	my $facets = $output->{facets};
	my $lineage = $facets->{columnLineage} // {};
	my @parts = (_short($event->{job}{name}) . ':');

	push @parts, join(',', map { _short($_->{name}) } @{ $event->{inputs} })
	  if @{ $event->{inputs} };
	push @parts, '->', _short($output->{name});
	push @parts, "($output->{outputFacets}{outputStatistics}{rowCount})"
	  if $output->{outputFacets};
	push @parts, map { "$_=" . _fields($lineage->{fields}{$_}{inputFields}) }
	  sort keys %{ $lineage->{fields} // {} };
	push @parts, 'dataset=' . _fields($lineage->{dataset})
	  if @{ $lineage->{dataset} // [] };
	push @parts, $facets->{lifecycleStateChange}{lifecycleStateChange}
	  if $facets->{lifecycleStateChange};
	return join ' ', @parts;
}

sub _fields
{
	my ($inputs) = @_;

	return join '+', sort map {
		my $input = $_;
		map { _short($input->{name}) . ".$input->{field}:$_->{subtype}" }
		  @{ $input->{transformations} }
	} @$inputs;
}

sub _short
{
	my ($name) = @_;
	my $directory = $node->basedir;

	$name =~ s/^postgres\.public\.//;
	$name =~ s/\Q$directory\E//;
	$name =~ s/^postgres\./db./ if $name =~ m{^postgres\./};
	return $name;
}

=back

=cut

1;
