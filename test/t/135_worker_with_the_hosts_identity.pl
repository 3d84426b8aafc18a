# The worker delivers and syncs with the host's identity as with any other.
# While credentials are not to be had, entries wait with the reason, and
# nothing is lost or refused; a catalog change has them tried at once, and
# without one they are tried within a minute.  Keys that expire harm nobody.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
my $node = new_host_node(
	'main', $sim,
	conf => own_conf(),
	environment => {
		AWS_EC2_METADATA_DISABLED => 'false',
		AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url,
		AWS_ENDPOINT_URL_STS => $aws->url
	});
my $count = 0;
my $identity = "credentials 'default', role_arn '$arn/etl'";

# Works, entry and watch.
map_identity($node, 'sim', $identity);
enqueue($node, 'first');
wait_delivered($node, ++$count);
is_deeply([ accepted($sim) ], ['first'], 'an entry is delivered');
like(signer($sim), qr/^ASIASTS/, '... with the keys of a role');
watch($node, 'ds_orders');
wait_value($node, 'SELECT count(*) FROM datazone_run', qr/^137$/, 'a sync');
pass('a data source is synced');
$node->safe_psql('postgres', "SELECT datazone_unwatch('ds_orders')");

# Each way for credentials to be out of reach: entries wait, with the reason.
for my $case (
	[
		'the role is denied', qr/AccessDenied/, 'AssumeRole', 'answer',
		status => 403, body => '<ErrorResponse><Error><Code>AccessDenied</Code>'
		  . '<Message>not you</Message></Error></ErrorResponse>'
	],
	[ 'STS is down', qr/\w/, 'AssumeRole', 'unavailable' ],
	[ 'STS says nothing of use', qr/\w/, 'AssumeRole', 'garbage' ],
	[ 'the instance has none', qr/\w/, 'ImdsToken', 'answer', status => 403 ])
{
	my ($what, $told, $operation, $kind, @params) = @$case;

	$aws->fault($operation, $kind, 'all', @params);
	# keys that are at hand would do
	map_identity($node, 'sim', $identity);
	my $id = enqueue($node, $what);
	wait_entry($node, $id, 'error_code', qr/^\w{5}$/, "$what: the reason");
	my ($state, $code, $attempts, $message) = split /\|/,
	  $node->safe_psql('postgres', entry($id,
		"state, error_code, attempts, replace(error_message, '|', ' ')"));
	is($state, 'pending', "$what: the entry waits");
	like($code, qr/^(?:28000|42501|58000|HV00[NLM])$/, "$what: SQLSTATE");
	like($message, $told, "$what: the reason") or diag($message);
	unlike($message, qr/Zq7yK/, "$what: no secret");
	cmp_ok($attempts, '<=', 1, "$what: nothing was sent");
	$aws->clear_faults;
	# a change in the catalogs tells
	map_identity($node, 'sim', $identity);
	wait_delivered($node, ++$count, 15);
	is((accepted($sim))[-1], $what, "$what: delivered once that is over");
}

# Without any change: within a minute.
$aws->fault('AssumeRole', 'unavailable', 'all');
map_identity($node, 'sim', $identity);
{
	my $id = enqueue($node, 'patience');
	my $begun = time;

	wait_entry($node, $id, 'error_code', qr/^\w{5}$/, 'the reason');
	$aws->clear_faults;
	wait_delivered($node, ++$count, 75);
	cmp_ok(time - $begun, '<', 70, 'a source that is back is noticed in a minute');
}

# Keys of a few seconds, and keys that the service will not have any more.
$aws->settings(imds_seconds => 3, sts_seconds => 3);
map_identity($node, 'sim', $identity);
$aws->clear_log;
for my $number (1 .. 40)
{
	enqueue($node, "short $number");
	$count++;
	sleep 0.15;    # the pace of entries, over some lives of keys
}
wait_delivered($node, $count, 30);
cmp_ok($aws->count('AssumeRole'), '>=', 2, 'keys of three seconds are renewed');
cmp_ok($aws->count('AssumeRole'), '<=', 25, '... and not for each entry');
$aws->settings(imds_seconds => 3600, sts_seconds => undef);
map_identity($node, 'sim', $identity);
enqueue($node, 'before');
wait_delivered($node, ++$count, 15);
$aws->control('POST', 'keys/expire', { access_key => signer($sim) });
enqueue($node, 'after');
wait_delivered($node, ++$count, 15);
pass('keys that the service calls expired are renewed at once');

# All arrived, once.
my @jobs = accepted($sim);
is(scalar @jobs, $count, 'all entries have arrived');
is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_outbox'), 0,
	'none is left, none has failed');
is(scalar(grep { $_->{arrivals} > 1 } $sim->lineage), 0, 'none came twice');
is($aws->statistics->{bugs} + $sim->statistics->{bugs}, 0,
	'the stand-ins had no trouble');
done_testing();
