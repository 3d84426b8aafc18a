# What is wrong with an answer is told as that, whatever characters it holds
# and in whichever encoding the database and its client are.

use strict;
use warnings;
use utf8;

use DatazoneSession;
use DatazoneTest;
use Encode qw(encode decode);
use MIME::Base64;
use PostgreSQL::Test::Utils;
use Test::More;

my @ENCODINGS = qw(UTF8 EUC_JP LATIN1 WIN1251 EUC_KR SQL_ASCII);

# Answers that are none, as bytes.
my %bodies = (
	'a word that is none' => encode('UTF-8', '{"id": 好み}'),
	'a page' => encode('UTF-8', "<html>サインイン – déjà vu, вход 😀</html>"),
	'two strings' => encode('UTF-8', '{"id": "好み" "é"}'),
	'a character' => encode('UTF-8', '好'),
	'a comma too many' => encode('UTF-8', '{"好み": "д",}'),
	'a string without end' => encode('UTF-8', '{"id": "é好'),
	'half a character' => qq({"id": "\xe5\xa5),
	'an escape that is none' => encode('UTF-8', '{"id": "\好"}'),
	'other characters behind it' => encode('UTF-8', '{} ÿ好'),
	'text in EUC_JP' => qq({"id": "\xb9\xa5\xa4\xdf"}),
	'text in LATIN1' => "<p>d\xe9j\xe0 vu</p>",
	'a list' => encode('UTF-8', '["好み é"]'),
	'a string' => encode('UTF-8', '"好み é"'));
my %calls = (
	GetDataSourceRun => [
		q{SELECT * FROM datazone_get_run('r')},
		q{SELECT * FROM datazone_wait_for_run('r')},
		q{SELECT datazone_call('GetDataSourceRun', '{"identifier": "r"}')}
	],
	ListDataSourceRuns => [
		q{SELECT * FROM datazone_list_data_source_runs('d')},
		q{SELECT * FROM datazone_list('ListDataSourceRuns',
			'{"dataSourceIdentifier": "d"}')}
	]);

my $sim = start_simulator();
my $node = new_datazone_node('main', $sim);

for my $encoding (@ENCODINGS)
{
	create_database($encoding);
	for my $client ($encoding, $encoding eq 'UTF8' ? () : 'UTF8')
	{
		my $session = DatazoneSession->new($node, dbname => lc $encoding,
			encoding => $client);

		is_told_in_all($session, "$encoding told to $client", $client);
		shows_words($session, $encoding, $client);
		$session->close;
	}
}

# A path in the caller's params holds what the keys do, one in an answer does
# not: its keys may be secrets.
for my $encoding ('UTF8', 'EUC_JP', 'SQL_ASCII')
{
	my $session = DatazoneSession->new($node, dbname => lc $encoding,
		encoding => 'UTF8');

	answer('ListTagsForResource', encode('UTF-8', '{"tags": {"好み": 5}}'));
	my $result = $session->query(
		q{SELECT datazone_call('ListTagsForResource', '{"resourceArn": "a"}')});
	is($result->{sqlstate}, 'HV00M', "$encoding: a member of a wrong type");
	like($result->{out}, qr/"tags\[\*\]"/, "$encoding: is named by its map");
	$result = $session->query(
		encode(
			'UTF-8', q{SELECT datazone_call('TagResource',
			'{"resourceArn": "a", "tags": {"好み": 5}}')}));
	is($result->{sqlstate}, '22023', "$encoding: a param of a wrong type");
	like(decode('UTF-8', $result->{out}), qr/params\.tags\["好み"\]/,
		"$encoding: is named by its key");
	$session->close;
}

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
unlike(slurp_file($node->logfile), qr/ERROR:  (?:22021|22P05|XX000)/,
	'nothing was wrong with the errors themselves');
done_testing();

sub create_database
{
	my ($encoding) = @_;
	my $name = lc $encoding;
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
	return;
}

sub answer
{
	my ($operation, $body) = @_;

	$sim->clear_faults;
	$sim->fault($operation, 'answer', 'all',
		headers => [ [ 'Content-Type', 'application/json' ] ],
		body_base64 => encode_base64($body, ''));
	return;
}

# Every answer that is none, to every call.
sub is_told_in_all
{
	my ($session, $name) = @_;

	for my $operation (sort keys %calls)
	{
		for my $what (sort keys %bodies)
		{
			answer($operation, $bodies{$what});
			my @results = map { $session->query($_) } @{ $calls{$operation} };
			my @wrong = grep {
				     $_->{sqlstate} ne 'HV00M'
				  || $_->{out} !~ /^DETAIL:  (?:The answer|Member|The required) .*HTTP status 200/m
			} @results;

			is(scalar @wrong, 0, "$name: $operation with $what")
			  or diag($wrong[0]{out});
		}
	}
	return;
}

# A refusal's words: what the database has, and question marks.
sub shows_words
{
	my ($session, $encoding, $client) = @_;
	my %shown = (
		UTF8 => 'déjà 好み вход 😀.',
		EUC_JP => qr/^d.*j.* 好み вход \?\.$/,
		LATIN1 => 'déjà ?? ???? ?.',
		WIN1251 => 'd?j? ?? вход ?.',
		EUC_KR => qr/^d\?j\? 好\S+ вход \?\.$/,
		SQL_ASCII => 'déjà 好み вход 😀.');
	my %perl = (EUC_JP => 'euc-jp', LATIN1 => 'iso-8859-1',
		WIN1251 => 'cp1251', EUC_KR => 'euc-kr');

	$sim->clear_faults;
	$sim->fault('GetDataSourceRun', 'error', 1, status => 409,
		code => 'ConflictException', message => 'déjà 好み вход 😀.');
	my $result = $session->query($calls{GetDataSourceRun}[0]);
	my ($words) = decode($perl{$client} // 'UTF-8', $result->{out}) =~
	  /^DETAIL:  .*request ID [-0-9a-f]+\): (.*)$/m;

	is($result->{sqlstate}, '55000', "$encoding told to $client: a refusal");
	like($words, ref $shown{$encoding} ? $shown{$encoding} : qr/^\Q$shown{$encoding}\E$/,
		"$encoding told to $client: and its words");
	return;
}
