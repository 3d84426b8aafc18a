# A result that the tables do not take keeps no other from being recorded: an
# identifier that is longer than any, a row that the owner's constraint refuses.
# It is told of by itself, and recorded when the table takes it.

use strict;
use warnings;

use DatazoneOutbox;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

# Entries of which some are refused, and how many.
use constant { ENTRIES => 200, REFUSED => 3 };

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

wait_worker($node);
a_long_identifier();
refused_by_a_constraint();
refused_all();
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();

sub clear
{
	$sim->clear_faults;
	$sim->reset;
	$node->safe_psql('postgres', 'DELETE FROM datazone_delivery');
	return;
}

# No index takes it, whatever it can be compressed to.
sub a_long_identifier
{
	my @letters = ('a' .. 'z', 0 .. 9);
	my $long = join '', map { $letters[ rand @letters ] } 1 .. 12_000;

	$sim->fault('PostLineageEvent', 'answer', 1, status => 200,
		json => { id => $long });
	my $odd = enqueue($node, 'odd');
	my @others = map { enqueue($node, "other $_") } 1 .. 5;

	wait_entry($node, $_, 'state', qr/^gone$/, 'a result') for $odd, @others;
	is( $node->safe_psql('postgres', "SELECT service_id IS NULL
			FROM datazone_delivery WHERE outbox_id = $odd"),
		't', 'an identifier that is none is not kept');
	is($sim->count('PostLineageEvent'), 6, 'each is sent once');
	clear();
	return;
}

sub many
{
	my ($job) = @_;

	return $node->safe_psql('postgres', "SELECT count(
			datazone_enqueue_lineage(jsonb_set(jsonb_set(${\event_sql($job)},
				'{run,runId}', to_jsonb(gen_random_uuid())),
				'{job,name}', to_jsonb('$job ' || n))))
		FROM generate_series(1, ${\ENTRIES}) n");
}

sub refused_by_a_constraint
{
	my $log = -s $node->logfile;

	$node->safe_psql('postgres', "ALTER TABLE datazone_delivery
		ADD CONSTRAINT no_sevens CHECK (job !~ 'load (7|70|77)\$')");
	many('load');
	wait_value($node, 'SELECT count(*) FROM datazone_outbox',
		qr/^${\REFUSED}$/, 'those that are not refused');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM datazone_delivery'),
		ENTRIES - REFUSED, 'beside results that are refused others are kept');
	for my $id (split /\n/,
		$node->safe_psql('postgres', 'SELECT id FROM datazone_outbox'))
	{
		poll_until(
			sub {
				return slurp_file($node->logfile, $log) =~
				  /WARNING:.*result of outbox entry $id: .*no_sevens/;
			},
			"a warning of entry $id");
	}
	pass('the log names each of those that are');
	my $next = enqueue($node, 'the next');
	wait_entry($node, $next, 'state', qr/^gone$/, 'the next');
	pass('and the next one is recorded as well');

	$node->safe_psql('postgres',
		'ALTER TABLE datazone_delivery DROP CONSTRAINT no_sevens');
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'those that were refused', 60);
	is($sim->count('PostLineageEvent'),
		ENTRIES + 1, 'when they are taken, they have not been sent again');
	clear();
	return;
}

# It is the table, and no single result.
sub refused_all
{
	my $log = -s $node->logfile;

	$node->safe_psql('postgres', 'ALTER TABLE datazone_delivery
		ADD CONSTRAINT nothing CHECK (outbox_id < 0) NOT VALID');
	many('none');
	poll_until(
		sub {
			return slurp_file($node->logfile, $log) =~
			  /WARNING:.*could not record deliveries: /;
		},
		'a warning of all');
	$node->safe_psql('postgres',
		'ALTER TABLE datazone_delivery DROP CONSTRAINT nothing');
	wait_value($node, 'SELECT count(*) FROM datazone_outbox', qr/^0$/,
		'those that were refused', 60);
	is($sim->count('PostLineageEvent'),
		ENTRIES, 'a table that takes nothing: none is sent again');
	clear();
	return;
}
