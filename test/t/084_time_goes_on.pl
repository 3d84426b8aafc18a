# A worker that has lived for a while: now() is now, in what its owner's
# triggers write, in pg_stat_activity, and for datazone.run_retention.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use DatazoneWorker;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $sim = start_simulator();
my $node = new_worker_node('main', $sim, server => { rate_limit => 0 });

$node->safe_psql(
	'postgres', q{
	CREATE TABLE seen (id text, at timestamptz DEFAULT now(),
		clock timestamptz DEFAULT clock_timestamp());
	CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
		$$BEGIN INSERT INTO public.seen VALUES (NEW.id); RETURN NEW; END$$;
	CREATE TRIGGER see AFTER INSERT ON datazone_run
		FOR EACH ROW EXECUTE FUNCTION see()});
watch($node, 'ds_payments');
wait_value($node, 'SELECT count(*) FROM datazone_run', qr/^3$/, 'the old runs');

# let the worker grow older than what is allowed below
my $old = time() + 5;
poll_until(sub { time() > $old }, 'time to pass');
my $run = start_ended_run($sim, 'ds_payments');
wait_value($node, "SELECT count(*) FROM seen WHERE id = '$run'",
	qr/^1$/, 'the trigger');
is( $node->safe_psql('postgres', "SELECT clock - at < interval '2 seconds'
		FROM seen WHERE id = '$run'"),
	't', 'now() is when the row is written');
is( $node->safe_psql('postgres', "SELECT count(*) FROM pg_stat_activity
		WHERE backend_type = 'datazone worker'
		AND query_start > now() - interval '4 seconds'"),
	'1', 'pg_stat_activity says when it last did something');

$node->append_conf('postgresql.conf', "datazone.run_retention = '3s'");
$node->reload;
wait_value($node, "SELECT count(*) FROM datazone_run WHERE id = '$run'",
	qr/^0$/, 'the run to grow old');
my $later = start_ended_run($sim, 'ds_payments');
wait_value($node, "SELECT count(*) FROM seen WHERE id = '$later'",
	qr/^1$/, 'a run that is new');
wait_value($node, "SELECT count(*) FROM datazone_run WHERE id = '$later'",
	qr/^0$/, 'and grows old while the worker lives');
pass('datazone.run_retention goes by the time that it is');
# A watch that nobody serves is accepted, and says so.
$node->append_conf('postgresql.conf', 'datazone.enabled = off');
$node->reload;
wait_value($node, "SELECT worker_state FROM datazone_stat
	WHERE datname = 'postgres'", qr/^disabled$/, 'the worker to heed it');
my ($out, $notice);
$node->psql('postgres', "SELECT datazone_watch('ds_stores')",
	stdout => \$out, stderr => \$notice);
is($out, 't', 'a watch is accepted while the worker is off');
like($notice, qr/NOTICE:  no datazone worker serves.*disabled/s, 'with a notice');
# And an entry of the outbox, too, but a session is told once.
$node->psql('postgres', q{
	SELECT datazone_enqueue('StartDataSourceRun',
		'{"dataSourceIdentifier": "ds_stores"}') FROM generate_series(1, 3);
	SELECT datazone_enqueue_lineage('{
		"eventType": "COMPLETE", "eventTime": "2026-11-21T06:00:00Z",
		"producer": "https://example.com/nightly-load",
		"schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
		"run": {"runId": "019abd5e-5c00-7c3e-9d0c-5f6a3f2f9b11"},
		"job": {"namespace": "n", "name": "j"}}')},
	stdout => \$out, stderr => \$notice);
like($out, qr/^\d+\n\d+\n\d+\n\d+$/, 'entries are accepted as well');
like($notice, qr/no datazone worker serves.*disabled.*pg_monitor/s,
	'with the same notice');
is(() = $notice =~ /NOTICE/g, 1, 'once a session');
is($sim->statistics->{bugs}, 0, 'the simulator had no trouble');
$node->stop;
done_testing();
