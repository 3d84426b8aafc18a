# A short session under valgrind, with answers of every kind, shows no error
# and no definite leak in which the extension takes part.
#
# The postmaster runs under valgrind, and so does each of its backends.  What
# others do (the server and the libraries make some use of memory that valgrind
# cannot follow) is left out: only what has a frame of the extension counts.

use strict;
use warnings;

use DatazoneSession;
use DatazoneTest;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'valgrind is not installed'
  if system('valgrind --version >/dev/null 2>&1') != 0;

my $sim = start_simulator();
my $tls = start_simulator(tls => 1);
my $node = new_datazone_node('main', $sim,
	conf => "shared_buffers = '1MB'
		autovacuum = off
		max_worker_processes = 0
		max_logical_replication_workers = 0",
	server => { max_attempts => 2, request_timeout => '20s' });
create_datazone_server($node, 'tls', $tls, connect_timeout => '30s',
	request_timeout => '60s');
create_datazone_server($node, 'refused', $sim, max_attempts => 2,
	endpoint_url => 'http://127.0.0.1:' . free_port());
create_datazone_server($node, 'short', $sim, max_attempts => 1,
	request_timeout => '200ms');
$node->stop;

my $reports = "${PostgreSQL::Test::Utils::tmp_check}/valgrind";
mkdir $reports or die "$reports: $!";
my $postmaster;
END
{
	local $?;    # the test's exit status
	kill QUIT => $postmaster if $postmaster;
}
$postmaster = start_under_valgrind();
my $session = DatazoneSession->new($node);
my $pid = $session->pid;

# The session: what works,
my $get = "SELECT id FROM datazone_get_run('run_orders_001', server => 'sim')";
is(run($get), '00000', 'a read');
is(run("SELECT count(*) FROM datazone_list_data_source_runs('ds_clickstream',
	server => 'sim')"), '00000', 'a listing of two pages');
is(run("SELECT name FROM datazone_list_data_sources('prj_retail',
	server => 'sim')"), '00000', 'data sources');
is(run("SELECT (datazone_start_run('ds_stores', server => 'sim')).*"),
	'00000', 'a start');
is(run(q{SELECT datazone_post_lineage('{"eventType": "COMPLETE",
	"eventTime": "2026-11-20T10:00:00Z", "producer": "https://e.com/etl",
	"schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
	"run": {"runId": "0190d5a8-0000-7000-8000-000000000001"},
	"job": {"namespace": "etl", "name": "load"}}', server => 'sim')}),
	'00000', 'a lineage event');
is(run("SELECT datazone_wait_for_run('run_orders_001', server => 'sim')"),
	'00000', 'a wait');
is(run("CALL datazone_await_run('run_orders_001', server => 'sim')"),
	'00000', 'a wait that commits');
is(run($get =~ s/'sim'/'tls'/r), '00000', 'https');
is(run("SELECT * FROM datazone_whoami('sim')"), '00000', 'whoami');

# what does not,
my @faults = (
	[ '42704', 'error', status => 404, code => 'ResourceNotFoundException' ],
	[ '58000', 'internal' ],
	[ 'HV00L', 'drop' ],
	[ 'HV00L', 'half_body' ],
	[ 'HV00M', 'garbage' ],
	[ 'HV00M', 'missing_required' ],
	[ 'HV00M', 'bad_utf8', member => 'id' ],
	[ 'HV00M', 'redirect' ],
	[ '54000', 'deep', depth => 2000 ],
	[ '00000', 'gzip' ]);
for my $fault (@faults)
{
	my ($sqlstate, $kind, %params) = @$fault;

	$sim->fault('GetDataSourceRun', $kind, 'all', %params);
	is(run($get), $sqlstate, $kind);
	$sim->clear_faults;
}
is(run($get =~ s/'sim'/'refused'/r), 'HV00N', 'refused');
$sim->fault('GetDataSourceRun', 'stall', 'all');
is(run($get =~ s/'sim'/'short'/r), 'HV00L', 'a time-out of ours');
run("SET statement_timeout = '1s'");
is(run($get), '57014', 'a time-out of the statement');
run('RESET statement_timeout');
$sim->clear_faults;
is(run("SELECT datazone_get_run(NULL)"), '22004', 'refused before it is sent');
run("ALTER SERVER sim OPTIONS (SET max_attempts '3')");
is(run($get), '00000', 'a changed server');
is(run("CREATE SERVER x FOREIGN DATA WRAPPER datazone OPTIONS (regio 'x')"),
	'HV00D', 'a wrong option');
run("DO \$\$BEGIN FOR i IN 1..20 LOOP BEGIN
	PERFORM datazone_get_run('none', server => 'sim');
	EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END\$\$");

# and the end, where leaks are looked for.
$session->close;
poll_until(sub { slurp_if_there("$reports/$pid.xml") =~ m{</valgrindoutput>} },
	'the report of the backend', 120);
kill INT => $postmaster;
waitpid($postmaster, 0);
undef $postmaster;

my $report = slurp_if_there("$reports/$pid.xml");
my @all = $report =~ m{<error>(.*?)</error>}gs;
my @ours = grep { m{<obj>[^<]*/datazone\.so</obj>} } @all;
my @errors = grep { !m{<kind>Leak_} } @ours;
my @leaks = grep { m{<kind>Leak_DefinitelyLost} } @ours;

note scalar(@all) . ' errors and leaks were reported in all';
is(scalar @errors, 0, 'no error with the extension in its stack')
  or diag(readable($errors[0]));
is(scalar @leaks, 0, 'no definite leak with the extension in its stack')
  or diag(readable($leaks[0]));
done_testing();

sub run
{
	my ($sql) = @_;
	return $session->query($sql, 120)->{sqlstate};
}

# As pg_ctl would start it, but as a child of ours and under valgrind.
sub start_under_valgrind
{
	my $bindir = `$ENV{PG_CONFIG} --bindir`;
	chomp $bindir;
	my $pid = fork // die "fork: $!";
	if ($pid == 0)
	{
		open(STDIN, '<', '/dev/null');
		open(STDOUT, '>>', $node->logfile);
		open(STDERR, '>&', \*STDOUT);
		exec('valgrind', '--quiet', '--leak-check=full',
			'--errors-for-leak-kinds=definite',
			'--show-leak-kinds=definite', '--num-callers=40',
			'--xml=yes', "--xml-file=$reports/%p.xml",
			"$bindir/postgres", '-D', $node->data_dir)
		  or POSIX::_exit(127);
	}
	poll_until(
		sub {
			slurp_if_there($node->data_dir . '/postmaster.pid') =~ /^ready/m;
		},
		'the server to start under valgrind', 120);
	return $pid;
}

sub slurp_if_there
{
	my ($path) = @_;
	return -e $path ? slurp_file($path) : '';
}

sub readable
{
	my ($xml) = @_;
	return join "\n",
	  map { /<(?:text|kind|fn|line|what)>([^<]*)</ ? $1 : () } split /\n/, $xml;
}
