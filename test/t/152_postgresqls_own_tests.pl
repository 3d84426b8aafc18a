# PostgreSQL's own regression tests give the same results with capture as
# without: no statement of theirs is changed by it, and none makes a server
# crash.  They are no part of this project: where DATAZONE_REGRESS names a
# directory src/test/regress of a source tree (of any minor version of this
# server's major one) they are run twice, which takes minutes.

use strict;
use warnings;

use File::Copy;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $suite = $ENV{DATAZONE_REGRESS};
plan skip_all => 'DATAZONE_REGRESS names no directory with parallel_schedule'
  unless defined $suite && -r "$suite/parallel_schedule";

my $config = sub {
	my ($out) = run_command([ 'pg_config', "--$_[0]" ]);
	return $out;
};
my $program = dirname_of($config->('pgxs')) . '/../test/regress/pg_regress';
my $library = "$suite/regress.so";
if (!-e $library)
{
	$library = PostgreSQL::Test::Utils::tempdir() . '/regress.so';
	run_log([ $ENV{CC} // 'cc', '-O1', '-fPIC', '-shared', '-w', '-I' . $config->('includedir-server'),
		"-I$suite/../../../contrib/spi", '-o', $library, "$suite/regress.c" ])
	  or BAIL_OUT('regress.c cannot be compiled');
}

my %results = map { $_ => run_suite($_) } qw(off column);
my @names = sort keys %{ $results{off} };

cmp_ok(scalar(@names), '>', 0, scalar(@names) . ' files have results');
is($results{column}{$_}, $results{off}{$_}, $_) for @names;
done_testing();

sub dirname_of { return $_[0] =~ s{/[^/]*\z}{}r; }

# Its results by name.
sub run_suite
{
	my ($mode) = @_;
	my $node = PostgreSQL::Test::Cluster->new($mode);
	my $output = $node->basedir . '/output';

	$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
	$node->append_conf('postgresql.conf', qq{
		shared_preload_libraries = 'datazone'
		datazone.databases = 'no_worker_here'
		datazone.dataset_namespace = 'postgres://db.example.com:5432'
		max_prepared_transactions = 2
		autovacuum = off
		restart_after_crash = off
		datestyle = 'postgres, mdy'
		timezone = 'PST8PDT'
	});
	$node->start;
	$node->safe_psql('postgres', 'CREATE DATABASE regression TEMPLATE template0');
	$node->safe_psql('regression', qq{
		CREATE SCHEMA datazone_is_here;
		CREATE EXTENSION datazone SCHEMA datazone_is_here;
		CREATE SERVER datazone FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1', domain_identifier 'dzd_x');
		ALTER DATABASE regression SET lc_messages = 'C';
		ALTER DATABASE regression SET bytea_output = 'hex';
		ALTER DATABASE regression SET timezone_abbreviations = 'Default';
		ALTER DATABASE regression SET datazone.capture = '$mode'});
	mkdir $output or BAIL_OUT("$output: $!");
	{
		local $ENV{PGOPTIONS} = '-c intervalstyle=postgres_verbose';
		run_log([ $program, "--inputdir=$suite", "--outputdir=$output", '--bindir=' . $config->('bindir'),
			'--dlpath=' . dirname_of($library), '--host=' . $node->host, '--port=' . $node->port,
			"--schedule=$suite/parallel_schedule", '--max-connections=4', '--use-existing', '--dbname=regression' ]);
	}
	is($node->psql('regression', 'SELECT 1'), 0, "datazone.capture = $mode: the server is up");
	my $events = $node->safe_psql('regression', 'SELECT count(*) FROM datazone_is_here.datazone_outbox_entry');
	ok($mode eq 'off' ? $events == 0 : $events > 0, "with $events events");
	unlike(slurp_file($node->logfile), qr/could not (?:capture|record) the lineage|PANIC|TRAP|was terminated by signal/,
		'and no trouble in its log');
	$node->stop;
	return { map { m{([^/]+)\z} => slurp_file($_) } glob("$output/results/*.out") };
}
