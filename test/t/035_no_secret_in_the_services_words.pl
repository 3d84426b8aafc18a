# The words of a refusal are shown without secrets, at once and in whole
# characters, whatever the service, or what answers in its place, says.

use strict;
use warnings;
use utf8;

use Compress::Zlib;
use DatazoneSession;
use DatazoneTest;
use Encode qw(encode decode FB_CROAK);
use JSON::PP;
use MIME::Base64;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# No answer here may take longer; what was wrong once took minutes or for ever.
use constant SECONDS => 15;

# What a message may show of the service's words, and what may stand around.
use constant WORDS => 1000;

my $TOKEN = 'IQoJb3JpZ2luX2VjEA' . join('', map { chr(97 + $_ % 26) . $_ } 0 .. 30);
my $SECRET = 'sEcReTkEyOf35x0123456789abcdefghijklmnop';
my $CALL = q{SELECT id FROM datazone_get_run('run_orders_001', server => 'sim')};

my $json = JSON::PP->new->ascii;
my $sim = start_simulator();
my $node = new_datazone_node('main', $sim, server => { max_attempts => 1 });
my $session = DatazoneSession->new($node, encoding => 'UTF8');
my $identities = 0;

use_keys($SECRET, $TOKEN);
is($session->query($CALL)->{out}, 'run_orders_001', 'the keys work');
my $pid = $session->pid;

# Tokens that are, hold, or are held by what takes their place: an end.
for my $token ('(removed)', '(removed', 'removed)', '(removed)(removed)',
	'x(removed)x', '((((((((', 'aaaaaaaaaaaa')
{
	use_keys($SECRET, $token);
	my $shown = words_shown("<$token$token> $token");

	unlike($shown =~ s/\(removed\)//gr, qr/\Q$token/, "token $token: is not shown");
	like($shown, qr/^<\(removed\)\(removed\)> \(removed\)/,
		"token $token: is replaced");
}
use_keys($SECRET, $TOKEN);

# Errors beyond measure: at once, and with what their status and header say.
my %long = (
	'the token, many times' => $TOKEN,
	'the secret key, many times' => $SECRET,
	'a mark of signatures, many times' => 'Signature=',
	'what takes their place, many times' => '(removed)',
	'nothing but space' => ' ');
for my $what (sort keys %long)
{
	my $words = $long{$what} x (60_000_000 / length $long{$what});
	my $result = answered(
		gzipped(qq({"message":"$words"}),
			[ 'x-amzn-ErrorType', 'ConflictException' ]));

	is($result->{sqlstate}, '55000', "60 MB of error, $what")
	  or diag(substr($result->{out}, 0, 500));
	note sprintf '%.2f s', $result->{answered} - $result->{sent};
}
{
	# as large as an error's body may be to be read at all
	my $words = $TOKEN x (1_000_000 / length $TOKEN);
	my $shown = words_shown($words);

	like($shown, qr/^(?:\(removed\)){100,115}$/, '1 MB of tokens, one after another');
}
is($session->query($CALL)->{out}, 'run_orders_001', 'and on');

# Wherever a secret stands, also across the place where the words are cut.
for my $secret ($TOKEN, $SECRET)
{
	my @shown = map { words_shown(('.' x $_) . "$secret tail") } 950 .. 1001;

	is(scalar(grep { has_piece($_, $secret) } @shown),
		0, 'a secret across the cut is not shown');
	is(scalar(grep { length > WORDS + 20 } @shown), 0, 'and the words are cut');
	like($shown[0], qr/^\.{950}\(removed\) tail$/, 'a secret before it is replaced');
	like($shown[-1], qr/^\.{1000}$/, 'nothing is shown behind it');
}
{
	my $shown = words_shown("$SECRET$TOKEN,$TOKEN$SECRET");

	is($shown, '(removed)(removed),(removed)(removed)', 'secrets side by side');
	$shown = words_shown(substr($TOKEN, 0, 20) . $TOKEN);
	is(index($shown, $TOKEN), -1, 'a secret behind its own beginning');
}

# Characters are whole, also where the words are cut.
for my $character ('é', '好', '😀')
{
	my $bytes = length encode('UTF-8', $character);
	my @shown = map { words_shown(('.' x $_) . ($character x 1000)) } 0 .. 4;

	for my $n (0 .. 4)
	{
		my $count = int((WORDS - $n) / $bytes);

		like($shown[$n], qr/^\.{$n}(?:$character){$count,}$/,
			"characters of $bytes bytes behind $n others");
	}
	is(words_shown($character x int(WORDS / $bytes)),
		$character x int(WORDS / $bytes),
		"words of $bytes bytes a character that need no cut");
	is(words_shown("$character$TOKEN$character"),
		"$character(removed)$character", 'a secret between them');
}

# What repeats a request is cut off, however it is written.
my $signature = 'Qf' x 32;
my %repeated = (
	'the header Authorization' =>
	  "Authorization: AWS4-HMAC-SHA256 Credential=A/20261120/r/s/aws4_request,"
	  . " SignedHeaders=host, Signature=$signature",
	'a credential' => "Credential=$signature",
	'a signature' => "Signature=$signature",
	'a signature in a query' => "?X-Amz-Signature=$signature",
	'the string to sign' => "String-to-Sign is\nAWS4\n$signature",
	'the same without hyphens' => "String to Sign: $signature",
	'the canonical string' => "The Canonical String for this is 'POST $signature'",
	'the header of the token' => "x-amz-security-token: $signature");
for my $what (sort keys %repeated)
{
	for my $how ('as it is', 'in capitals', 'in small letters', 'mixed')
	{
		my $words =
		    $how eq 'in capitals' ? uc $repeated{$what}
		  : $how eq 'in small letters' ? lc $repeated{$what}
		  : $how eq 'mixed' ? $repeated{$what} =~ s/(.)(.)/lc($1) . uc($2)/gesr
		  : $repeated{$what};
		my $shown = words_shown("Refused. $words, $signature");

		unlike($shown, qr/(?:Qf){4}/i, "$what, $how: no signature");
		like($shown, qr/^Refused\. .*\(removed\)$/i, "$what, $how: cut off there");
	}
}

# Not only in the words.
for my $secret ($TOKEN, $SECRET)
{
	my $code = substr $secret, 0, 100;

	use_keys($SECRET, $code) if $secret eq $TOKEN;
	for my $answer (
		{ body => $json->encode({ __type => $code, message => 'm' }) },
		{ body => $json->encode({ code => "aws#X$code.Y", message => 'm' }) },
		{ body => '{}', headers => [ [ 'x-amzn-ErrorType', $code ] ] },
		{ body => '{}', headers => [ [ 'x-amzn-ErrorType', "$code:http://x/" ] ] })
	{
		my $result = answered({ status => 400, %$answer });

		is($result->{sqlstate}, '22023', 'a secret as error code');
		ok(!has_piece($result->{out}, $code), 'is not shown')
		  or diag($result->{out});
		like($result->{out}, qr/\(removed\)/, 'but replaced');
	}
	for my $status ('400 Bad Request', '200 OK')
	{
		my $result = raw_answered("HTTP/1.1 $status\r\n"
			  . "x-amzn-RequestId: <$code>\r\nContent-Length: 2\r\n\r\n[]");

		like($result->{sqlstate}, qr/^(?:22023|HV00M)$/, "a secret as request ID, $status");
		ok(!has_piece($result->{out}, $code), 'is not shown')
		  or diag($result->{out});
		like($result->{out}, qr/request ID <\(removed\)>/, 'but replaced');
	}
	my $result = raw_answered("HTTP/1.1 $code\r\n\r\n");
	isnt($result->{sqlstate}, '00000', 'a secret in a status line');
	ok(!has_piece($result->{out}, $code), 'is not shown')
	  or diag($result->{out});
	use_keys($SECRET, $TOKEN);
}

is($session->query('SELECT pg_backend_pid()')->{out},
	$pid, 'all of it happened to one backend');
$session->close;
my ($told) =
  slurp_file($node->logfile) =~ /(ERROR:  could not complete GetDataSourceRun.*)/s;
like($told, qr/ValidationException/, 'the log has it, too');
ok(!has_piece($told, $SECRET), 'but no secret key');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
done_testing();

# Let the mapping have these keys, and the simulator accept them.
sub use_keys
{
	my ($secret, $token) = @_;
	my $key = 'AKIDTEST' . ++$identities;
	my $add = $identities == 1 ? 'ADD' : 'SET';

	$sim->control('POST', 'identities',
		{ access_key => $key, secret_key => $secret, session_token => $token });
	$node->safe_psql(
		'postgres', "SET log_statement = none;
		SET log_min_duration_statement = -1;
		ALTER USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
			SET access_key_id '$key', SET secret_access_key '$secret',
			$add session_token '$token')");
	return;
}

# What comes of an answer.
sub answered
{
	my ($answer) = @_;

	$sim->fault('GetDataSourceRun', 'answer', 1, %$answer);
	return $session->query($CALL, SECONDS);
}

sub raw_answered
{
	my ($bytes) = @_;

	$sim->fault('GetDataSourceRun', 'raw', 1,
		base64 => encode_base64($bytes, ''), close => JSON::PP::true);
	return $session->query($CALL, SECONDS);
}

# What is shown of a message.
sub words_shown
{
	my ($words) = @_;
	my $result = answered(
		{
			status => 400,
			headers => [ [ 'Content-Type', 'application/json' ] ],
			body => $json->encode(
				{ __type => 'ValidationException', message => $words })
		});
	my $out = decode('UTF-8', $result->{out}, FB_CROAK);

	return $1
	  if $out =~ /^DETAIL:  The service answered ValidationException \(HTTP status 400, request ID [-0-9a-f]+\): (.*)$/m;
	return "not shown: $out";
}

sub gzipped
{
	my ($body, @headers) = @_;
	return {
		status => 409,
		headers => [
			[ 'Content-Type', 'application/json' ],
			[ 'Content-Encoding', 'gzip' ], @headers
		],
		body_base64 => encode_base64(Compress::Zlib::memGzip($body), '')
	};
}

# Whether eight characters of a secret, or more, stand in a text.
sub has_piece
{
	my ($text, $secret) = @_;

	for my $at (0 .. length($secret) - 8)
	{
		return 1 if index($text, substr($secret, $at, 8)) >= 0;
	}
	return 0;
}
