# Text reaches the service as UTF-8 and comes back in the database's encoding,
# whichever that is; what it cannot hold is an error and never a cut.

use strict;
use warnings;
use utf8;

use DatazoneSession;
use DatazoneTest;
use Encode qw(encode);
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });
my %name = (
	ds_latin => 'Préférences',
	ds_kanji => 'Ventes 好み',
	ds_emoji => 'Sales 😀',
	ds_tricky => "quote ' \" back\\slash \t tab % \$1");

$sim->control(
	'POST', 'seed',
	{
		data_sources => [
			map { { id => $_, project => "prj_$_", name => $name{$_} } }
			sort keys %name
		]
	});

my %session = map { $_ => connect_to($_) } qw(utf8 latin1 sql_ascii);

# What is sent, spelled by code points or bytes, whatever the client's own
# encoding is.
my %e_acute = (
	utf8 => 'chr(233)',
	latin1 => 'chr(233)',
	sql_ascii => q{E'\xc3\xa9'});
for my $database (sort keys %session)
{
	my $e = $e_acute{$database};

	# in a body
	is_sent($database,
		"SELECT datazone_create_data_product_revision('p', 'caf' || $e)",
		sub { $_[0]{body} },
		qr/"name":"caf(?:\xc3\xa9|\\u00e9)"/i);

	# in a path
	is_sent($database, "SELECT datazone_get_run('caf' || $e)",
		sub { $_[0]{target} },
		qr{/caf%C3%A9$}i);

	# in a query: nothing of a status is checked before it is sent
	is_sent($database,
		"SELECT datazone_list_data_source_runs('ds_latin', 'caf' || $e)",
		sub { $_[0]{target} },
		qr{[?&]status=caf%C3%A9(&|$)}i);

	# in JSON
	is_sent($database,
		"SELECT datazone_post_lineage(jsonb_build_object(
			'eventType', 'COMPLETE', 'eventTime', '2026-11-20T10:00:00Z',
			'producer', 'https://e.com/etl', 'schemaURL',
			'https://openlineage.io/spec/2-0-2/OpenLineage.json',
			'run', jsonb_build_object(
				'runId', '0190d5a8-0000-7000-8000-000000000001'),
			'job', jsonb_build_object('namespace', 'etl',
				'name', 'caf' || $e)))",
		sub { $_[0]{body} },
		qr/"caf(?:\xc3\xa9|\\u00e9)"/i);
}

# What comes back.
is(name_of('utf8', $_), encode('UTF-8', $name{$_}), "UTF8: $_")
  for sort keys %name;
is(name_of('sql_ascii', $_), encode('UTF-8', $name{$_}), "SQL_ASCII: $_")
  for sort keys %name;
is(name_of('latin1', $_), encode('ISO-8859-1', $name{$_}), "LATIN1: $_")
  for qw(ds_latin ds_tricky);
for my $source (qw(ds_kanji ds_emoji))
{
	is(name_of('latin1', $source), '22P05',
		"LATIN1: $source cannot be represented");
	is( $session{latin1}->query(
			"SELECT count(id) FROM datazone_list_data_sources('prj_$source')")
		  ->{sqlstate},
		'22P05',
		'LATIN1: not even in a column that nobody asks for');
}

# JSON in a row.
for my $database (sort keys %session)
{
	my $text = $database eq 'latin1' ? 'café' : 'café 好';

	$sim->fault(
		'GetDataSourceRun',
		'wrong_types', 1,
		member => 'dataSourceConfigurationSnapshot',
		value => qq({"nom": "$text"}));
	my $result = $session{$database}->query(
		q{SELECT encode(convert_to(configuration_snapshot ->> 'nom',
			getdatabaseencoding()), 'hex')
		FROM datazone_get_run('run_orders_001')});
	is($result->{out},
		unpack('H*', encode($database eq 'latin1' ? 'ISO-8859-1' : 'UTF-8',
				$text)), "$database: inside jsonb");
}
$sim->fault(
	'GetDataSourceRun',
	'wrong_types', 1,
	member => 'dataSourceConfigurationSnapshot',
	value => '{"nom": "好"}');
is( $session{latin1}->query(
		q{SELECT configuration_snapshot FROM datazone_get_run('run_orders_001')}
	)->{sqlstate},
	'22P05',
	'LATIN1: what jsonb cannot represent is an error');

# Text that is no text in the database's encoding is not sent.
$sim->clear_log;
is( $session{sql_ascii}->query(q{SELECT datazone_get_run(E'caf\xe9')})
	  ->{sqlstate},
	'22021',
	'SQL_ASCII: bytes that are no UTF-8 are refused');
is($sim->count, 0, 'and not sent');

# The service's words never hide what went wrong, in whichever language.
for my $database (sort keys %session)
{
	$sim->fault('GetDataSourceRun', 'error', 1,
		status => 409, code => 'ConflictException',
		message => 'déjà vu 好');
	my $result =
	  $session{$database}->query(q{SELECT datazone_get_run('run_orders_001')});

	is($result->{sqlstate}, '55000', "$database: a conflict is a conflict")
	  or diag($result->{out});
	like($result->{out}, qr/ConflictException/, "$database: and named");
}

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# A database of an encoding, and a session whose client has the same one.
sub connect_to
{
	my ($name) = @_;
	my $encoding = uc $name;
	my $url = $sim->url;

	$node->safe_psql('postgres', "CREATE DATABASE $name ENCODING '$encoding'
		LOCALE 'C' TEMPLATE template0");
	$node->safe_psql(
		$name, "CREATE EXTENSION datazone;
		CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (
			region 'eu-west-1', domain_identifier 'dzd_simulator',
			endpoint_url '$url', max_attempts '1');
		CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
			access_key_id '${\DatazoneTest::ACCESS_KEY}',
			secret_access_key '${\DatazoneTest::SECRET_KEY}')");
	return DatazoneSession->new($node, dbname => $name,
		encoding => $encoding);
}

# Run something that sends one request, whose part must match. What is in the
# simulator's log is text: back to the bytes that were sent.
sub is_sent
{
	my ($database, $sql, $part, $expected) = @_;

	$sim->clear_log;
	my $result = $session{$database}->query($sql);
	my @requests = $sim->log;
	my $sent = @requests == 1 ? encode('UTF-8', $part->($requests[0])) : '';

	like($sent, $expected, "$database: sent as UTF-8")
	  or diag($result->{out});
	is($requests[0]{signature}, 'ok', "$database: and signed as sent");
	return;
}

# A data source's name as bytes, or the SQLSTATE.
sub name_of
{
	my ($database, $source) = @_;
	my $result = $session{$database}->query(
		"SELECT encode(convert_to(name, getdatabaseencoding()), 'hex')
		FROM datazone_list_data_sources('prj_$source')");

	return $result->{sqlstate} if $result->{sqlstate} ne '00000';
	return pack 'H*', $result->{out};
}
