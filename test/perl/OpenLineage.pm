
=pod

=head1 NAME

OpenLineage - is this an event that the OpenLineage specification allows?

=head1 SYNOPSIS

  use OpenLineage;

  is_deeply([ event_problems($event) ], [], 'the event is valid');
  note 'without the published schemas' unless has_schemas();

=head1 DESCRIPTION

The published JSON schemas are no part of the project.  Where DATAZONE_SHARED
leads to them, each event is checked against the core schema and each facet
against its own: the core lets facets be anything.  What the specification
requires of the facets that we write is checked everywhere.

=cut

package OpenLineage;

use strict;
use warnings;

use B ();
use Exporter 'import';
use JSON::PP;

our @EXPORT = qw(event_problems has_schemas);

use constant CORE => 'https://openlineage.io/spec/2-0-2/OpenLineage.json';

my $uuid = qr/\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z/i;
my %formats = (
	'uuid' => $uuid,
	'uri' => qr/\A[A-Za-z][A-Za-z0-9+.-]*:[^\s]+\z/,
	'date-time' =>
	  qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\z/);

# Where facets are: the member that holds them, and what else may be there.
my %required = (
	schema => [],
	outputStatistics => [],
	processing_engine => ['version'],
	parent => [ 'run', 'job' ],
	columnLineage => ['fields'],
	lifecycleStateChange => ['lifecycleStateChange'],
	documentation => ['description'],
	dataSource => ['name', 'uri'],
	sql => ['query'],
	jobType => [ 'processingType', 'integration' ],
	extractionError => [ 'totalTasks', 'failedTasks', 'errors' ]);

my (%files, %facets);
my $loaded = 0;

=head1 FUNCTIONS

=over

=item has_schemas()

Whether the published schemas are here.

=cut

sub has_schemas
{
	load() unless $loaded;
	return exists $files{ (CORE) };
}

sub load
{
	my $directory = ($ENV{DATAZONE_SHARED} // '/nowhere') . '/data/openlineage';

	$loaded = 1;
	for my $path ("$directory/OpenLineage.json",
		glob("$directory/facets/*.json"))
	{
		open(my $file, '<', $path) or next;
		local $/;
		my $schema = JSON::PP->new->utf8->decode(<$file>);
		$files{ $schema->{'$id'} } = $schema;
		next if $schema->{'$id'} eq CORE;
		my ($kind) = $schema->{'$id'} =~ /(Dataset|Job|Run)Facet\.json/;
		$facets{ $kind // '' }{$_} = $schema->{'$id'}
		  for keys %{ $schema->{properties} };
	}
	return;
}

=item event_problems($event)

What is wrong with a decoded RunEvent, a list of texts.

=cut

sub event_problems
{
	my ($event) = @_;
	my @problems = own_rules($event);

	return @problems unless has_schemas();
	push @problems,
	  schema_problems($event, resolve(CORE . '#/$defs/RunEvent', CORE),
		'event');
	for my $place (facet_places($event))
	{
		my ($where, $map) = @$place;
		for my $name (sort keys %$map)
		{
			my $id = $facets{ kind_of_facet($where) }{$name};
			if (!defined $id)
			{
				push @problems, "$where.$name: no such facet";
				next;
			}
			push @problems, "$where.$name: not of schema $id"
			  unless index($map->{$name}{_schemaURL}, "$id#") == 0;
			push @problems,
			  schema_problems({ $name => $map->{$name} }, $files{$id}, $id,
				$where);
		}
	}
	return @problems;
}

# Facets of the same name differ by what they are of.
sub kind_of_facet
{
	my ($where) = @_;

	return $where =~ /^run/ ? 'Run' : $where =~ /^job/ ? 'Job' : 'Dataset';
}

sub facet_places
{
	my ($event) = @_;
	my @places = (
		[ 'run.facets', $event->{run}{facets} ],
		[ 'job.facets', $event->{job}{facets} ]);

	for my $side (qw(inputs outputs))
	{
		for my $dataset (@{ $event->{$side} // [] })
		{
			push @places, [ "$side.$_", $dataset->{$_} ]
			  for qw(facets inputFacets outputFacets);
		}
	}
	return grep { defined $_->[1] } @places;
}

# What holds without the schemas, and what they do not say.
sub own_rules
{
	my ($event) = @_;
	my @problems;
	my $check = sub {
		my ($holds, $what) = @_;
		push @problems, $what unless $holds;
	};

	$check->(($event->{eventType} // '') eq 'COMPLETE', 'eventType');
	$check->(($event->{eventTime} // '') =~ $formats{'date-time'}, 'eventTime');
	$check->(($event->{$_} // '') =~ $formats{uri}, $_)
	  for qw(producer schemaURL);
	$check->(($event->{run}{runId} // '') =~ $uuid, 'run.runId');
	$check->(
		substr($event->{run}{runId}, 14, 1) eq '7'
		  && substr($event->{run}{runId}, 19, 1) =~ /[89ab]/,
		'run.runId is of version 7');
	$check->(length($event->{job}{$_} // ''), "job.$_") for qw(namespace name);
	for my $side (qw(inputs outputs))
	{
		$check->(ref($event->{$side}) eq 'ARRAY', $side);
		for my $dataset (@{ $event->{$side} })
		{
			$check->(length($dataset->{$_} // ''), "$side.$_")
			  for qw(namespace name);
		}
	}
	for my $place (facet_places($event))
	{
		my ($where, $map) = @$place;
		for my $name (keys %$map)
		{
			$check->(exists $map->{$name}{$_}, "$where.$name.$_")
			  for '_producer', '_schemaURL', @{ $required{$name} // [] };
		}
	}
	return @problems;
}

=back

=head1 JSON SCHEMA

Those keywords that the OpenLineage schemas use.

=cut

sub resolve
{
	my ($ref, $base) = @_;
	my ($id, $pointer) = split /#/, $ref, 2;

	$id = $base if $id eq '';
	my $schema = $files{$id} // die "unknown schema $ref";
	for my $step (grep { length } split m{/}, $pointer // '')
	{
		$schema = $schema->{$step} // die "unknown schema $ref";
	}
	return ($schema, $id);
}

sub type_of
{
	my ($value) = @_;

	return 'null' unless defined $value;
	return 'object' if ref $value eq 'HASH';
	return 'array' if ref $value eq 'ARRAY';
	return 'boolean' if JSON::PP::is_bool($value);
	my $flags = B::svref_2object(\$value)->FLAGS;
	return 'string' if $flags & B::SVp_POK;
	return $value == int($value) ? 'integer' : 'number';
}

sub is_type
{
	my ($value, $wanted) = @_;
	my $type = type_of($value);

	return $type eq $wanted || ($type eq 'integer' && $wanted eq 'number');
}

sub schema_problems
{
	my ($value, $schema, $base, $path) = @_;
	my @problems;

	return $schema ? () : ("$path: not allowed") if JSON::PP::is_bool($schema);
	if (defined $schema->{'$ref'})
	{
		my ($target, $id) = resolve($schema->{'$ref'}, $base);
		push @problems, schema_problems($value, $target, $id, $path);
	}
	if (defined $schema->{type})
	{
		my @types =
		  ref $schema->{type} ? @{ $schema->{type} } : $schema->{type};
		push @problems, "$path: is " . type_of($value) . ", not @types"
		  unless grep { is_type($value, $_) } @types;
	}
	if (defined $schema->{enum}
		&& !grep { $_ eq ($value // '') } @{ $schema->{enum} })
	{
		push @problems, "$path: none of @{ $schema->{enum} }";
	}
	push @problems, "$path: not $schema->{const}"
	  if exists $schema->{const} && $schema->{const} ne ($value // '');
	push @problems, "$path: below $schema->{minimum}"
	  if defined $schema->{minimum} && $value < $schema->{minimum};
	push @problems, "$path: no $schema->{format}: $value"
	  if defined $schema->{format}
	  && type_of($value) eq 'string'
	  && $value !~ ($formats{ $schema->{format} } // qr//);
	push @problems, combined($value, $schema, $base, $path);
	push @problems, members($value, $schema, $base, $path)
	  if ref $value eq 'HASH';
	if (ref $value eq 'ARRAY' && defined $schema->{items})
	{
		push @problems,
		  schema_problems($value->[$_], $schema->{items}, $base, "$path\[$_]")
		  for 0 .. $#$value;
	}
	return @problems;
}

sub combined
{
	my ($value, $schema, $base, $path) = @_;
	my @problems = map { schema_problems($value, $_, $base, $path) }
	  @{ $schema->{allOf} // [] };

	for my $kind (qw(anyOf oneOf))
	{
		next unless defined $schema->{$kind};
		my $fits = grep { !schema_problems($value, $_, $base, $path) }
		  @{ $schema->{$kind} };
		push @problems, "$path: $fits of $kind"
		  unless $kind eq 'anyOf' ? $fits > 0 : $fits == 1;
	}
	push @problems, "$path: is what it must not be"
	  if defined $schema->{not}
	  && !schema_problems($value, $schema->{not}, $base, $path);
	return @problems;
}

sub members
{
	my ($value, $schema, $base, $path) = @_;
	my $known = $schema->{properties} // {};
	my @problems = map { "$path.$_: missing" }
	  grep { !exists $value->{$_} } @{ $schema->{required} // [] };

	for my $name (sort keys %$value)
	{
		push @problems, map { "$path.$_: missing beside $name" }
		  grep { !exists $value->{$_} }
		  @{ $schema->{dependentRequired}{$name} // [] };
		my $inner = $known->{$name} // $schema->{additionalProperties} // next;
		push @problems,
		  schema_problems($value->{$name}, $inner, $base, "$path.$name");
	}
	return @problems;
}

1;
