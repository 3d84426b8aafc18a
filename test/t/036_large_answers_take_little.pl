# An answer that becomes many values is refused at once and in little memory,
# whichever operation it answers; one below the limit is read in a measure.

use strict;
use warnings;

use Compress::Zlib;
use DatazoneSession;
use DatazoneTest;
use MIME::Base64;
use PostgreSQL::Test::Utils;
use Test::More;

# Inflated; the largest that is taken at all is 64 MiB.
use constant SIZE => 60_000_000;

# What a backend may need for such an answer at its worst moment, for one of
# few bytes that it makes into jsonb, whose builder takes 600 bytes for each
# empty object, and how long any may take; whatever else this machine does
# included.
use constant {
	PEAK_KB => 300 * 1024,
	JSONB_PEAK_KB => 256 * 1024,
	SECONDS => 20
};

# Values and names that an answer may have, and objects and arrays that a jsonb
# is made of.
use constant {
	MOST_VALUES => 1024 * 1024,
	MOST_CONTAINERS => 150_000
};

plan skip_all => 'memory is read from /proc of Linux'
  unless -r '/proc/self/status';

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });

my %calls = (
	ListDataSourceRuns => [
		q{SELECT count(*) FROM datazone_list_data_source_runs('ds_orders')},
		q{SELECT count(*) FROM datazone_list('ListDataSourceRuns',
			'{"dataSourceIdentifier": "ds_orders"}')},
		q{SELECT datazone_call('ListDataSourceRuns',
			'{"dataSourceIdentifier": "ds_orders"}') IS NULL}
	],
	GetDataSourceRun => [
		q{SELECT count(*) FROM datazone_get_run('r')},
		q{CALL datazone_await_run('r')},
		q{SELECT datazone_call('GetDataSourceRun', '{"identifier": "r"}')
			IS NULL}
	]);

# What is small on the wire, or in a file, and many values: prefix, what is
# repeated, suffix.
my @documents = (
	[ 'ListDataSourceRuns', '{"items":[', '[],', '[]]}' ],
	[ 'ListDataSourceRuns', '{"items":[', '{},', '{}]}' ],
	[ 'ListDataSourceRuns', '{"items":[', '1,', '1]}' ],
	[ 'ListDataSourceRuns', '{"items":[],"x":[', '"",', '""]}' ],
	[ 'GetDataSourceRun', '{"id":"r","x":[', '[],', '[]]}' ],
	[ 'GetDataSourceRun', '{"id":"r","x":[', '{"":{}},', '{}]}' ],
	[ 'GetDataSourceRun', '{', '"":0,', '"":0}' ],
	[ 'GetDataSourceRun', '[', '1,', '1]' ]);

for my $document (@documents)
{
	my ($operation, $prefix, $piece, $suffix) = @$document;
	my $name = "$prefix$piece...$suffix";

	fault($operation, $prefix, $piece, $suffix, SIZE / length $piece);
	for my $call (@{ $calls{$operation} })
	{
		my ($function) = $call =~ /(datazone_\w+)/;
		my ($result, $peak) = in_a_backend($call);

		is($result->{sqlstate}, '54000', "$name: $function() refuses it")
		  or diag(substr($result->{out}, 0, 500));
		like($result->{error}, qr/\Q$operation\E: the answer holds more than/,
			"$name: and says why");
		like($result->{out}, qr/HTTP status 200, request ID [-\w]+\.$/m,
			"$name: and of which request");
		cmp_ok($peak, '<', PEAK_KB, "$name: in little memory");
		note sprintf '%s: %.2f s, %d MB', $function,
		  $result->{answered} - $result->{sent}, $peak / 1024;
	}
	$sim->clear_faults;
}

# A time-out is honoured meanwhile: no answer comes much later.
for my $document (@documents[ 0, 5 ])
{
	my ($operation, $prefix, $piece, $suffix) = @$document;

	fault($operation, $prefix, $piece, $suffix, SIZE / length $piece);
	for my $ms (20, 50, 100, 200)
	{
		my ($result) = in_a_backend($calls{$operation}[0],
			"SET statement_timeout = $ms");

		like($result->{sqlstate}, qr/^(?:57014|54000)$/,
			"$operation with a statement_timeout of $ms ms");
		cmp_ok($result->{answered} - $result->{sent},
			'<', $ms / 1000 + 3, 'ends in time');
	}
	$sim->clear_faults;
}

# As many values as there may be: read, or refused for what they are.
my $search = q{SELECT count(*)
	FROM datazone_list('Search', '{"searchScope": "ASSET"}')};
for my $case (
	# operation, call, prefix, what is repeated, the values that it is
	[ 'ListDataSourceRuns', 0, '{"items":[', '[]', 1, 'HV00M', PEAK_KB ],
	[ 'ListDataSourceRuns', 1, '{"items":[', '{}', 1, 'HV00M', PEAK_KB ],
	[ 'ListDataSourceRuns', 2, '{"items":[', '[]', 1, 'HV00M', PEAK_KB ],
	[ 'GetDataSourceRun', 0, '{"x":[', '{}', 1, 'HV00M', PEAK_KB ],
	[ 'Search', 0, '{"items":[', '{}', 1, 'items', PEAK_KB ],
	[ 'Search', 0, '{"items":[', '{"x":[]}', 3, 'items', PEAK_KB ],
	map({ [ 'ListDataSourceRuns', 2, '{"items":[],"x":[', @$_, 'f', JSONB_PEAK_KB ] }
		[ '1', 1 ], [ '""', 1 ], [ 'true', 1 ], [ '1.5e-999', 1 ],
		[ '[0,0,0,0,0,0,0]', 8 ], [ '{"a":0,"b":0,"c":0,"d":0,"e":0}', 11 ]))
{
	my ($operation, $which, $prefix, $piece, $values, $wanted, $most) = @$case;
	my $count = int(MOST_VALUES / $values) - 10;
	my $call = $operation eq 'Search' ? $search : $calls{$operation}[$which];
	my ($function) = $call =~ /(datazone_\w+)/;
	my $name = "$prefix$piece, ... as often as may be: $function()";

	fault($operation, $prefix, "$piece,", "$piece]}", $count);
	my ($result, $peak) = in_a_backend($call);
	if ($wanted eq 'HV00M')
	{
		is($result->{sqlstate}, 'HV00M', "$name refuses it")
		  or diag(substr($result->{out}, 0, 500));
	}
	else
	{
		is( substr($result->{out}, 0, 500),
			$wanted eq 'items' ? $count + 1 : $wanted,
			"$name reads it");
	}
	cmp_ok($peak, '<', $most, "$name in a measure of memory");
	note sprintf '%.2f s, %d MB', $result->{answered} - $result->{sent},
	  $peak / 1024;
	$sim->clear_faults;
}

# As many objects and arrays as a jsonb may be made of, which take the most
# memory, and one more.  The other values that there may be come first.
for my $case ([ '[]', 1, 1 ], [ '{}', 1, 1 ], [ '[[]]', 2, 2 ],
	[ '{"":0}', 1, 3 ], [ '{"":{}}', 2, 3 ], [ '{"a":[1.5e-999]}', 2, 4 ])
{
	my ($piece, $containers, $values) = @$case;
	# beside the answer, "x" and "items"
	my $count = int((MOST_CONTAINERS - 3) / $containers);
	my $others = MOST_VALUES - $values * $count - 20;
	my $name = "$piece, ... as often as jsonb may have it";
	my $call = $calls{ListDataSourceRuns}[2];
	my $prefix = '{"items":[],"x":[' . '1.5e-99,' x $others;

	fault('ListDataSourceRuns', $prefix, "$piece,", "$piece]}", $count - 1);
	my ($result, $peak) = in_a_backend($call);
	is(substr($result->{out}, 0, 500), 'f', "$name: read");
	cmp_ok($peak, '<', JSONB_PEAK_KB, "$name: in a measure of memory");
	note sprintf '%.2f s, %d MB', $result->{answered} - $result->{sent},
	  $peak / 1024;
	$sim->clear_faults;

	fault('ListDataSourceRuns', $prefix, "$piece,", "$piece]}", $count);
	($result, $peak) = in_a_backend($call);
	is($result->{sqlstate}, '54000', "$name, and once more: refused");
	like(
		$result->{out},
		qr/ListDataSourceRuns:\ the\ answer\ holds\ more\ than\ 150000
			\ objects\ and\ arrays$ .* request\ ID/msx,
		"$name, and once more: for that");
	cmp_ok($peak, '<', JSONB_PEAK_KB, "$name, and once more: in little memory");
	$sim->clear_faults;
}

# A string that holds as much stays a string, and the run a row.
for my $more (0, 1)
{
	fault(
		'GetDataSourceRun',
		'{"id":"r","domainId":"d","dataSourceId":"s","projectId":"p",'
		  . '"type":"SCHEDULED","status":"SUCCESS","createdAt":0,'
		  . '"updatedAt":0,"dataSourceConfigurationSnapshot":"[',
		'{},', '{}]"}', MOST_CONTAINERS - 2 + $more);
	my ($result, $peak) = in_a_backend(
		q{SELECT jsonb_typeof(configuration_snapshot) FROM
		datazone_get_run('r')});
	is($result->{out}, $more ? 'string' : 'array',
		"as many objects in a snapshot, and $more more");
	cmp_ok($peak, '<', JSONB_PEAK_KB, 'in a measure of memory');
	$sim->clear_faults;
}

# An answer of 10 MB that is like those of the service is read.
{
	my $item = '{"assetItem":{"createdAt":1762021397.763,"domainId":"dzd_a",'
	  . '"glossaryTerms":["t1","t2"],"identifier":"5wqc3k7tgrds7r",'
	  . '"name":"orders","typeIdentifier":"t","typeRevision":"1","owningProjectId":"6h2ot4ttzxx3kn","description":"'
	  . 'Orders of a day. ' x 8
	  . '","additionalAttributes":{"formsOutput":[{"formName":"f"}]}}}';

	fault('Search', '{"items":[', "$item,", "$item]}",
		10_000_000 / length $item);
	my ($result, $peak) = in_a_backend(q{SELECT jsonb_array_length(
		datazone_call('Search', '{"searchScope": "ASSET"}')->'items')});
	like($result->{out}, qr/^2\d{4}$/, 'an answer of 10 MB is read')
	  or diag(substr($result->{out}, 0, 500));
	cmp_ok($peak, '<', JSONB_PEAK_KB, 'in a measure of memory');
	note "$result->{out} items, $peak kB";
	$sim->clear_faults;
}

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
unlike(slurp_file($node->logfile), qr/XX000|was terminated by signal/,
	'no surprise and no crash');
done_testing();

# Let an operation answer with a document, until further notice.
sub fault
{
	my ($operation, $prefix, $piece, $suffix, $count) = @_;

	$sim->fault(
		$operation, 'answer', 'all',
		headers => [
			[ 'Content-Type', 'application/json' ],
			[ 'Content-Encoding', 'gzip' ]
		],
		body_base64 => encode_base64(
			Compress::Zlib::memGzip($prefix . $piece x $count . $suffix), ''));
	return;
}

# A statement's result, and the most memory that its backend ever had.
sub in_a_backend
{
	my ($sql, $set) = @_;
	my $session = DatazoneSession->new($node, set => $set);
	my $result = $session->query($sql, SECONDS);
	my ($kb) =
	  slurp_file("/proc/${\$session->pid}/status") =~ /^VmHWM:\s+(\d+)/m;

	$session->close;
	return ($result, $kb);
}
