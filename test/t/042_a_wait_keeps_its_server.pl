# A wait asks, from its first look to its last, the server and the domain that
# it began with, whatever becomes of settings and of other servers meanwhile.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $other = start_simulator();
my $node = new_datazone_node('main', $sim);
my $wait = q{SELECT status FROM datazone_wait_for_run('@')};
my $await = q{CALL datazone_await_run('@')};

# There is one server only: without a name it is meant, and stays so.
for my $sql ($await, $wait, in_block('', $await))
{
	my ($result, $looks) = waiting(
		$sql,
		sub {
			create_datazone_server($node, 'second', $other);
			$node->safe_psql('postgres',
				q{ALTER SERVER sim OPTIONS (SET domain_identifier 'dzd_elsewhere')});
		});

	is($result->{sqlstate}, '00000', 'another server comes while it waits')
	  or diag($result->{out});
	like($result->{out}, qr/SUCCESS/, 'and it ends well');
	cmp_ok($looks, '>=', 3, 'after several looks');
	$node->safe_psql(
		'postgres', q{DROP SERVER second CASCADE;
		ALTER SERVER sim OPTIONS (SET domain_identifier 'dzd_simulator')});
}
is($other->count, 0, 'the other server was not asked');

# There are two: the setting tells which, and may end with the transaction.
create_datazone_server($node, 'second', $other);
for my $local (
	q{PERFORM set_config('datazone.server', 'sim', true);},
	q{SET LOCAL datazone.server = 'sim';})
{
	my ($result, $looks) = waiting(in_block($local, $await));

	is($result->{sqlstate}, '00000', 'a setting of the transaction')
	  or diag($result->{out});
	like($result->{out}, qr/SUCCESS/, 'holds for the whole wait');
	cmp_ok($looks, '>=', 3, 'of several looks');
	like($result->{out}, qr/the setting is ""/, 'and has ended meanwhile');
}
is($other->count, 0, 'the other server was not asked');

# A setting of the session that changes: by another procedure, or by a reload.
{
	my $session = DatazoneSession->new($node,
		set => q{SET datazone.server = 'sim'});
	my ($result) = waiting(
		$await,
		sub {
			$node->safe_psql('postgres',
				q{ALTER DATABASE postgres SET datazone.server = 'second'});
			$node->reload;
		},
		$session);

	like($result->{out}, qr/SUCCESS/, 'a setting of the session');
	is($session->query('SHOW datazone.server')->{out}, 'sim', 'is still there');
	$session->close;
	$node->safe_psql('postgres',
		'ALTER DATABASE postgres RESET datazone.server');
}

# What must not go on does not: the right to use the server, and the server.
for my $case (
	[ 'REVOKE USAGE ON FOREIGN SERVER sim FROM waiter', '42501' ],
	[ 'DROP USER MAPPING FOR waiter SERVER sim', '42704' ],
	[ 'DROP SERVER sim CASCADE', '42704' ])
{
	my ($change, $sqlstate) = @$case;

	$node->safe_psql(
		'postgres', qq{DO \$\$BEGIN CREATE ROLE waiter LOGIN;
			EXCEPTION WHEN duplicate_object THEN NULL; END\$\$;
		GRANT USAGE ON FOREIGN SERVER sim TO waiter;
		GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO waiter;
		CREATE USER MAPPING IF NOT EXISTS FOR waiter SERVER sim OPTIONS (
			access_key_id '${\DatazoneTest::ACCESS_KEY}',
			secret_access_key '${\DatazoneTest::SECRET_KEY}')});
	my $session = DatazoneSession->new($node, user => 'waiter',
		set => q{SET datazone.server = 'sim'});
	my ($result) =
	  waiting($await, sub { $node->safe_psql('postgres', $change); }, $session);

	is($result->{sqlstate}, $sqlstate, "$change: the wait ends")
	  or diag($result->{out});
	$session->close;
}

is($_->statistics->{bugs}, 0, 'a simulator had no trouble') for $sim, $other;
done_testing();

# A DO block that waits and tells.
sub in_block
{
	my ($before, $call) = @_;

	$call =~ s/\)$/, status => s)/;
	return "DO \$\$
		DECLARE
			s text;
		BEGIN
			$before
			$call;
			RAISE NOTICE '%, the setting is \"%\"', s,
				current_setting('datazone.server', true);
		END\$\$";
}

# Wait for a run that takes some looks; while it does, change something.
# Gives the result and the number of looks.
sub waiting
{
	my ($sql, $change, $session) = @_;

	$sim->clear_log;
	$sim->control(
		'POST',
		'runs/script',
		{
			data_source => 'ds_stores',
			outcomes => [ { status => 'SUCCESS' } ],
			requested_seconds => 0,
			running_seconds => 2
		});
	my $run = $sim->control('POST', 'runs/start',
		{ data_sources => ['ds_stores'] })->{ids}[0];
	my $own = $session // DatazoneSession->new($node);

	$sql =~ s/\@/$run/;
	$own->send($sql);
	poll_until(sub { $sim->count('GetDataSourceRun') }, 'the first look');
	$change->() if $change;
	my $result = $own->result;
	$own->close unless $session;
	return ($result, $sim->count('GetDataSourceRun'));
}
