# The real pg_cron beside the worker: one job starts a run, another CALLs
# datazone_await_run, both as a role without superuser's rights; the results
# arrive in datazone_run.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;

my $sim = start_simulator();
my $node = new_worker_node('main', $sim);

if ($node->safe_psql('postgres', "SELECT count(*) FROM pg_available_extensions
		WHERE name = 'pg_cron'") eq '0')
{
	plan skip_all => 'pg_cron is not installed for this PostgreSQL';
}

# It connects to the server as a client does; here by the test's own socket.
$node->append_conf('postgresql.conf', "
shared_preload_libraries = 'datazone, pg_cron'
cron.database_name = 'postgres'
cron.host = '${\$node->host}'
cron.log_run = on
");
$node->restart;
$sim->settings(requested_seconds => 2, running_seconds => 8);
wait_worker($node);

# As README has it for an ETL role.
$node->safe_psql('postgres', q{
	CREATE EXTENSION pg_cron;
	CREATE ROLE etl LOGIN;
	GRANT USAGE ON SCHEMA cron TO etl;
	GRANT USAGE ON FOREIGN SERVER sim TO etl;
	GRANT SELECT ON datazone_run TO etl;
	GRANT EXECUTE ON FUNCTION datazone_start_run(text, text, text, text),
		datazone_wait_for_run(text, interval, text, text) TO etl;
	GRANT EXECUTE ON PROCEDURE
		datazone_await_run(text, interval, text, text, text) TO etl;
	CREATE FUNCTION latest_run(source text) RETURNS text LANGUAGE sql AS $$
		SELECT id FROM datazone_run WHERE data_source_id = source
		ORDER BY created_at DESC LIMIT 1 $$});
$sim->control('POST', 'identities',
	{ access_key => 'AKIDETL', secret_key => 'etl' });
$node->safe_psql('postgres', q{
	CREATE USER MAPPING FOR etl SERVER sim OPTIONS (
		access_key_id 'AKIDETL', secret_access_key 'etl')});

# A run that will have begun when the second job awaits it.
my $awaited = $node->safe_psql('postgres', q{
	SELECT id FROM datazone_start_run('ds_orders')});
wait_value($node, "SELECT count(*) FROM datazone_run WHERE id = '$awaited'",
	qr/^1$/, 'the run to be followed');
$sim->control('POST', 'runs/script',
	{ data_source => 'ds_stores', outcomes => [ { status => 'SUCCESS' } ] });
$node->safe_psql('postgres', q{
	SET ROLE etl;
	SELECT cron.schedule('start', '* * * * *',
		$$SELECT status FROM datazone_start_run('ds_stores')$$);
	SELECT cron.schedule('await', '* * * * *',
		$$CALL datazone_await_run(latest_run('ds_orders'), '50 seconds')$$)});

for my $job ('start', 'await')
{
	my $outcome = wait_value($node, "
		SELECT d.status, return_message, d.username
		FROM cron.job_run_details d JOIN cron.job USING (jobid)
		WHERE jobname = '$job' AND d.status IN ('succeeded', 'failed')
		ORDER BY runid LIMIT 1", qr/\w/, "the job $job to have run", 150);
	like($outcome, qr/^succeeded\|.*\|etl$/, "the job $job succeeds");
}
$node->safe_psql('postgres',
	q{SET ROLE etl; SELECT cron.unschedule(jobid) FROM cron.job});
is( wait_value($node, "SELECT status FROM datazone_run
		WHERE data_source_id = 'ds_stores' ORDER BY created_at LIMIT 1",
		qr/^(SUCCESS|FAILED|PARTIALLY_SUCCEEDED)$/,
		'the end of the run that the job has started'),
	'SUCCESS',
	'the run that a job has started arrives, to its end');
like(
	$node->safe_psql('postgres', "SELECT status FROM datazone_run
		WHERE id = '$awaited'"),
	qr/^(SUCCESS|FAILED|PARTIALLY_SUCCEEDED)$/,
	'the run that a job has awaited has ended');
my ($effect) = $sim->effects('StartDataSourceRun');
is(scalar(grep { $_->{identity} =~ /etl/i }
		  $sim->effects('StartDataSourceRun')) > 0,
	1, 'the job called with its own role\'s mapping');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();
