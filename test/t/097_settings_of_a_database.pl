# ALTER DATABASE ... SET concerns the sessions of users; the worker works with
# whatever is set there.

use strict;
use warnings;

use DatazoneProcesses;
use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim,
	conf => "autovacuum = off\n", server => { rate_limit => 0 });
my %setting = (
	search_path => "'nowhere'",
	role => 'powerless',
	row_security => 'off',
	default_transaction_read_only => 'on',
	default_transaction_isolation => 'serializable',
	default_transaction_deferrable => 'on',
	transaction_timeout => undef,
	statement_timeout => "'1ms'",
	lock_timeout => "'1ms'",
	idle_in_transaction_session_timeout => "'1ms'",
	idle_session_timeout => "'1ms'",
	session_preload_libraries => "'not_there'",
	local_preload_libraries => "'not_there'",
	DateStyle => "'SQL, DMY'",
	IntervalStyle => "'sql_standard'",
	TimeZone => "'Australia/Eucla'",
	bytea_output => "'escape'",
	extra_float_digits => '-15',
	standard_conforming_strings => 'off',
	escape_string_warning => 'off',
	transform_null_equals => 'on',
	quote_all_identifiers => 'on',
	default_tablespace => "'nowhere'",
	temp_tablespaces => "'nowhere'",
	default_table_access_method => "'nowhere'",
	session_replication_role => 'replica',
	client_min_messages => 'error',
	client_encoding => "'latin1'",
	lc_messages => "'C'",
	work_mem => "'64kB'",
	enable_indexscan => 'off',
	enable_seqscan => 'off',
	jit_above_cost => '0',
	debug_parallel_query => undef,
	force_parallel_mode => 'on',
	parallel_setup_cost => '0',
	plan_cache_mode => 'force_generic_plan',
	synchronous_commit => 'on',
	log_statement => "'all'",
	xmlbinary => "'hex'");

# PostgreSQL 19 knows that one still, but only as on
delete $setting{standard_conforming_strings}
  if ask($node, 'SHOW server_version_num') >= 190000;

ask($node, 'CREATE ROLE powerless');
my $known = join ',', map { literal($_) } keys %setting;
my @known = split /\n/, ask($node, "SELECT name FROM pg_settings
	WHERE name IN ($known) UNION ALL VALUES ('role') ORDER BY 1");
cmp_ok(scalar @known, '>', 30, 'there is something to set');

watch($node, qw(ds_orders ds_customers ds_returns ds_inventory ds_payments
	  ds_clickstream ds_stores ds_preferences));
wait_synced($node, $sim);

# what a new worker begins with
for my $name (grep { defined $setting{$_} } @known)
{
	ask($node, "ALTER DATABASE postgres SET $name = $setting{$name}");
}
# the session that asks has begun before, and goes on without them
is($node->psql('postgres', 'SELECT'), 2, 'other sessions cannot even begin');
ask($node, 'SELECT pg_terminate_backend(worker_pid) FROM datazone_stat');
start_ended_run($sim, 'ds_orders');
poll_until(sub { ($sim->log('ListDataSourceRuns'))[-1] }, 'requests', 10);
my $worker = wait_state($node, 'postgres', qr/^running$/);
ok($worker->{pid}, 'the worker runs');
start_ended_run($sim, 'ds_stores');
wait_cycles($sim, 2, [qw(ds_orders ds_stores)]);
is(worker($node, 'postgres')->{failures}, '0', 'without a failure');
is(worker($node, 'postgres')->{pid}, $worker->{pid}, 'and is the same still');

# Seen without these settings, the rows are as they should be.
ask($node, 'ALTER DATABASE postgres RESET ALL');
is_deeply([ differences($node, $sim) ],
	[], 'what it wrote is what the simulator knows');
is( ask($node, 'SELECT count(*) FROM datazone_watched_data_source
		WHERE last_error IS NOT NULL'),
	'0',
	'no watch has an error');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();
