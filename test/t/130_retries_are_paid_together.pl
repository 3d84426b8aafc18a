# The retry quota is the cluster's, one for each server: what one backend has
# used up another one lacks, and what one gets back another one may spend.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { max_attempts => 5 });
my $call = q{SELECT id FROM datazone_get_run('run_orders_001', server => '%s')};
my $first = DatazoneSession->new($node);
my $second = DatazoneSession->new($node);

create_datazone_server($node, 'other', $sim, max_attempts => 5);

# 500, of which each retry takes 14: 35 of them, in two backends by turns.
is(failures($first, 'sim', 4) . ' ' . failures($second, 'sim', 4),
	'5 5 5 5 5 5 5 5', 'each fails four times, after five attempts');
is(failures($first, 'sim', 1), '4', 'that was all but three of 35');
is(failures($second, 'sim', 2), '1 1', 'nothing is left for the second');
is(failures(DatazoneSession->new($node), 'sim', 1),
	'1', 'nor for a new backend');

# A success gives one back: whoever has it.
successes($first, 'sim', 2);
successes($second, 'sim', 1);
is(failures($first, 'sim', 1), '1', '10 and 3 are not enough');
successes($second, 'sim', 1);
is(failures($first, 'sim', 1), '2', '14 are');

# The worker is a user like others.
$sim->clear_log;
$node->safe_psql('postgres', q{SELECT datazone_watch('ds_orders',
	'1 second', server => 'sim')});
poll_until(sub { $sim->count('ListDataSourceRuns') > 30 },
	'the worker to ask often enough');
is(failures($second, 'sim', 1) =~ /^[2-5]$/ ? 'some' : 'none',
	'some', 'what the worker succeeds in, a backend may spend');
$node->safe_psql('postgres', q{SELECT datazone_unwatch('ds_orders',
	server => 'sim')});

# Other servers, other databases, another server of the same name.
is(failures($first, 'other', 1), '5', 'another server has its own');
$node->safe_psql('postgres', 'CREATE DATABASE neighbour TEMPLATE template0');
$node->safe_psql('neighbour', 'CREATE EXTENSION datazone');
$node->safe_psql('neighbour', sprintf("
	CREATE SERVER sim FOREIGN DATA WRAPPER datazone OPTIONS (region '%s',
		domain_identifier '%s', endpoint_url '%s', max_attempts '5');
	CREATE USER MAPPING FOR CURRENT_USER SERVER sim OPTIONS (
		access_key_id '%s', secret_access_key '%s')",
	DatazoneTest::REGION, DatazoneTest::DOMAIN, $sim->url,
	DatazoneTest::ACCESS_KEY, DatazoneTest::SECRET_KEY));
my $neighbour = DatazoneSession->new($node, dbname => 'neighbour');
is(failures($neighbour, 'sim', 1), '5', 'another database has its own');
failures($first, 'other', 9);
is(failures($second, 'other', 1), '1', 'the other one is used up, too');
$node->safe_psql('postgres', 'DROP SERVER other CASCADE');
create_datazone_server($node, 'other', $sim, max_attempts => 5);
is(failures($second, 'other', 1),
	'5', 'a new server of that name begins anew');

is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$_->close for $first, $second, $neighbour;
$node->stop;
done_testing();

# Let a call fail so many times; gives the attempts of each.
sub failures
{
	my ($session, $server, $times) = @_;
	my @attempts;

	$sim->fault('GetDataSourceRun', 'internal', 'all');
	for (1 .. $times)
	{
		$sim->clear_log;
		$session->query(sprintf($call, $server));
		push @attempts, $sim->count('GetDataSourceRun');
	}
	$sim->clear_faults;
	return "@attempts";
}

sub successes
{
	my ($session, $server, $times) = @_;

	for (1 .. $times)
	{
		is($session->query(sprintf($call, $server))->{out},
			'run_orders_001', 'a success');
	}
	return;
}
