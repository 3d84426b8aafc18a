# A worker converts what arrives although it has no transaction open while it
# waits: in a database that is not in UTF-8, answers, errors and pages.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });
my $arrow = "\x{2192}";

for my $encoding (qw(LATIN1 EUC_JP SQL_ASCII))
{
	my $database = lc "in_$encoding";
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE template0
		ENCODING '$encoding' LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql(
		$database, "CREATE EXTENSION datazone;
		CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
			region 'eu-west-1', domain_identifier 'dzd_simulator',
			endpoint_url '${\$sim->url}', max_attempts '1', rate_limit '0');
		CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
			access_key_id 'AKIDEXAMPLE',
			secret_access_key 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')");

	# 137 runs are three pages; the words are in no such encoding
	$node->safe_psql($database, "SELECT datazone_watch(d, '1 second')
		FROM unnest('{ds_orders,ds_payments}'::text[]) d");
	value($database, 'SELECT count(*) FROM datazone_run', qr/^140$/,
		"$encoding: runs of several pages arrive");
	$sim->control('POST', 'faults', { operation => 'ListDataSourceRuns',
			kind => 'error', count => undef,
			params => { status => 400, code => 'ValidationException',
				message => "broken $arrow words" } });
	value($database, 'SELECT min(last_error) FROM datazone_watched_data_source',
		qr/broken .* words/, "$encoding: words that it lacks are told");
	$sim->control('DELETE', 'faults');
	value($database, 'SELECT count(last_error) FROM datazone_watched_data_source',
		qr/^0$/, "$encoding: and then all is well");
	$node->safe_psql($database,
		q{SELECT datazone_unwatch(d) FROM unnest('{ds_orders,ds_payments}'::text[]) d});
}

# One item that cannot be a row does not keep the others from theirs.
my ($bad) = @{ $sim->control('POST', 'runs/start',
		{ data_sources => ['ds_returns'],
			outcome => { status => 'FAILED', requested_seconds => 0,
				running_seconds => 0, errorMessage => {
					errorType => 'X', errorDetail => "an $arrow" } } })->{ids} };
$node->safe_psql('in_latin1', q{SELECT datazone_watch('ds_returns', '1 second')});
value('in_latin1', q{SELECT count(*) FROM datazone_run
	WHERE data_source_id = 'ds_returns'}, qr/^5$/,
	'a run whose words LATIN1 lacks does not keep the others away');
value('in_latin1', 'SELECT last_error FROM datazone_watched_data_source',
	qr/$bad/, 'and is named in last_error');

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
is(() = slurp_file($node->logfile) =~ /terminated by signal/g,
	0, 'no process was ended by a signal');
$node->stop;
done_testing();

sub value
{
	my ($database, $sql, $pattern, $what) = @_;
	my $value;

	poll_until(
		sub {
			$value = $node->safe_psql($database, $sql);
			return $value =~ $pattern;
		},
		$what);
	like($value, $pattern, $what);
	return;
}
