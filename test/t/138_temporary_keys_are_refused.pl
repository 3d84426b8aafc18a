# The service refuses keys that expire: the outbox's entries wait, since there
# may be others soon, and are delivered with those.  The same words about keys
# of a mapping's own are final: nobody but its owner can change them.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $aws = start_standins($sim);
know($aws, DatazoneTest::ACCESS_KEY, DatazoneTest::SECRET_KEY);
my $node = new_host_node('main', $sim, conf => own_conf(),
	environment => { AWS_ENDPOINT_URL_STS => $aws->url });
my $static = "access_key_id '${\DatazoneTest::ACCESS_KEY}',
	secret_access_key '${\DatazoneTest::SECRET_KEY}'";
my $role = "$static, role_arn 'arn:aws:iam::111122223333:role/etl'";
my $reason = 'state, error_code, attempts, error_message';
my @codes = (
	[ 'ExpiredTokenException', '28000' ],
	[ 'UnrecognizedClientException', '28000' ],
	[ 'InvalidClientTokenId', '28000' ]);
my $delivered = 0;

# Refused, those that are fetched instead as well: they wait, with the reason.
for my $case (@codes)
{
	my ($code, $sqlstate) = @$case;

	refuse($code);
	map_identity($node, 'sim', $role);
	my @ids = map { enqueue($node, "$code $_") } 1 .. 3;
	my $said = wait_entry($node, $ids[0], $reason, qr/\Q$code\E/, "$code: the reason");
	like($said, qr/^pending\|$sqlstate\|\d+\|.*$code/, "$code: it waits");
	is( $node->safe_psql('postgres', "SELECT string_agg(DISTINCT state, ',')
			FROM datazone_outbox"),
		'pending', "$code: so do all others");
	my $asked = $sim->count('PostLineageEvent');
	cmp_ok($asked, '<=', 6, "$code: and are not sent one by one");
	cmp_ok($aws->count('AssumeRole'), '<=', 2,
		"$code: nor is STS asked for each");

	# the service knows better, and a change of the catalogs tells
	$sim->clear_faults;
	map_identity($node, 'sim', $role);
	wait_delivered($node, $delivered += 3, 15);
	pass("$code: delivered");
	$sim->clear_log;
	$aws->clear_log;
}

# Expired in truth, and the source is down: nothing is lost.  When both are
# over, and nobody has changed anything, they are delivered within a minute.
{
	map_identity($node, 'sim', $role);
	enqueue($node, 'well');
	wait_delivered($node, ++$delivered, 15);
	my $old = signer($sim);
	$aws->control('POST', 'keys/expire', { access_key => $old });
	$aws->fault('AssumeRole', 'unavailable', 'all');
	my $begun = time;
	my @ids = map { enqueue($node, "expired $_") } 1 .. 3;
	wait_entry($node, $ids[0], $reason, qr/^pending\|\w{5}\|/, 'the reason');
	is($node->safe_psql('postgres', "SELECT count(*) FROM datazone_outbox
			WHERE state <> 'pending'"), 0, 'expired: they wait');
	$aws->clear_faults;
	wait_delivered($node, $delivered += 3, 75);
	cmp_ok(time() - $begun, '<', 70, 'expired: delivered within a minute');
	isnt(signer($sim), $old, '... with other keys');
}

# Keys that stay: the end, but for those that a mapping says are temporary.
for my $case (@codes)
{
	my ($code, $sqlstate) = @$case;

	refuse($code);
	map_identity($node, 'sim', $static);
	my $id = enqueue($node, "final $code");
	my $said = wait_entry($node, $id, $reason, qr/\Q$code\E/, "$code: the reason");
	my $state = $code =~ /^Expired/ ? 'pending' : 'failed';
	like($said, qr/^$state\|$sqlstate\|1\|/, "$code of own keys: $state");
	$sim->clear_faults;
	$node->safe_psql('postgres', "SELECT datazone_discard($id)");
}

is_deeply(
	[ sort { $a cmp $b } accepted($sim) ],
	[
		sort { $a cmp $b } 'well', map({ "expired $_" } 1 .. 3),
		map({ my $code = $_->[0]; map({ "$code $_" } 1 .. 3) } @codes)
	],
	'all that waited have arrived');
is(scalar(grep { $_->{arrivals} > 1 } $sim->lineage), 0, 'none came twice');
is($aws->statistics->{bugs} + $sim->statistics->{bugs}, 0,
	'the stand-ins had no trouble');
done_testing();

sub refuse
{
	my ($code) = @_;
	$sim->fault('PostLineageEvent', 'error', 'all', status => 403,
		code => $code, message => 'these words');
	return;
}
