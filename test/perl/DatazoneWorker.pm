
=pod

=head1 NAME

DatazoneWorker - a server whose worker syncs, and whether it does

=head1 SYNOPSIS

  use DatazoneTest;
  use DatazoneWorker;

  my $sim = start_simulator();
  my $node = new_worker_node('main', $sim);

  watch($node, 'ds_orders');
  wait_synced($node, $sim, sources => ['ds_orders']);
  is_deeply([ differences($node, $sim, sources => ['ds_orders']) ],
	[], 'datazone_run is what the simulator knows');

=head1 DESCRIPTION

What is compared is always the whole table against the simulator's C<GET runs>:
tests say what shall be true, and wait until it is, with a deadline.

=cut

package DatazoneWorker;

use strict;
use warnings;

use Exporter 'import';
use Carp;
use DatazoneSession;
use DatazoneTest;
use JSON::PP;
use POSIX ();
use PostgreSQL::Test::Utils;
use Time::HiRes qw(time);

our @EXPORT = qw(
  new_worker_node
  watch
  truth
  table
  differences
  wait_synced
  polls
  wait_cycles
  wait_value
  watches
  last_error
  worker_pid
  wait_worker
  memory_kb
  cpu_seconds
  own_conf
  notifications
  start_ended_run
);

my $json = JSON::PP->new->utf8->canonical;
my @statistics = qw(added updated unchanged skipped failed);

# How long whatever the worker does may take where nothing else is promised.
# Machines that run many tests side by side are slow.
use constant PATIENCE => 30;

=head1 FUNCTIONS

=over

=item new_worker_node($name, $simulator, %options)

As DatazoneTest's new_datazone_node(), with the library preloaded.  Faults
are tried often, so a crash does not keep the server down.

=cut

sub new_worker_node
{
	my ($name, $simulator, %options) = @_;

	$options{conf} = own_conf() . ($options{conf} // '');
	return new_datazone_node($name, $simulator, %options);
}

=item own_conf()

The settings of such a node.

=cut

sub own_conf
{
	return "shared_preload_libraries = 'datazone'\n"
	  . "restart_after_crash = on\n"
	  . "max_connections = 60\n";
}

=item watch($node, @sources)

Watch data sources, each second.  The last argument may be a hash of
C<every>, C<server>, C<domain>.

=cut

sub watch
{
	my ($node, @sources) = @_;
	my $options = ref $sources[-1] ? pop @sources : {};
	my $server = $options->{server} // 'sim';
	my $every = $options->{every} // '1 second';
	my $domain = defined $options->{domain} ? "'$options->{domain}'" : 'NULL';
	my $list = join ', ', map { "'$_'" } @sources;

	return $node->safe_psql('postgres',
		"SELECT count(*) FILTER (WHERE datazone_watch(source, '$every',
			$domain, '$server')) FROM unnest(ARRAY[$list]) source");
}

# A moment of the API with six digits of a fraction, as the table gives it.
sub _moment
{
	my ($text) = @_;

	return undef unless defined $text;
	my ($second, $fraction) = $text =~ /^(.*?)(?:\.(\d+))?Z$/
	  or croak "no moment: $text";
	return $second . '.' . substr(($fraction // '') . '000000', 0, 6) . 'Z';
}

=item truth($simulator, %options)

What the simulator knows, a hash of runs by identifier.  Options: C<sources>,
a list of data sources (all), C<domain>.

=cut

sub truth
{
	my ($simulator, %options) = @_;
	my $path = 'runs?domain=' . ($options{domain} // 'dzd_simulator');
	my %wanted = map { $_ => 1 } @{ $options{sources} // [] };
	my %found;

	for my $run (@{ $simulator->control('GET', $path)->{runs} })
	{
		next if %wanted && !$wanted{ $run->{dataSourceId} };
		my $sums = $run->{runStatisticsForAssets} // {};
		my $error = $run->{errorMessage} // {};
		$found{ $run->{id} } = {
			domain_id => $run->{domainId},
			id => $run->{id},
			data_source_id => $run->{dataSourceId},
			project_id => $run->{projectId},
			type => $run->{type},
			status => $run->{status},
			created_at => _moment($run->{createdAt}),
			updated_at => _moment($run->{updatedAt}),
			started_at => _moment($run->{startedAt}),
			stopped_at => _moment($run->{stoppedAt}),
			lineage_import_status => $run->{lineageSummary}{importStatus},
			error_type => $error->{errorType},
			error_detail => $error->{errorDetail},
			configuration_snapshot => $run->{dataSourceConfigurationSnapshot},
			map { $_ => $sums->{$_} } @statistics };
	}
	return \%found;
}

=item table($node, %options)

What datazone_run has, in the same form.  Option: C<server> (sim).

=cut

sub table
{
	my ($node, %options) = @_;
	my $server = $options{server} // 'sim';
	my $moments = join ', ', map {
		"to_char($_ AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS $_"
	} qw(created_at updated_at started_at stopped_at);
	my $text = $node->safe_psql('postgres',
		"SELECT coalesce(json_agg(r), '[]') FROM (
			SELECT domain_id, id, data_source_id, project_id, type, status,
				$moments, added, updated, unchanged, skipped, failed,
				lineage_import_status, error_type, error_detail,
				configuration_snapshot
			FROM datazone_run WHERE server = '$server') r");

	return { map { $_->{id} => $_ } @{ $json->decode(encode_text($text)) } };
}

# psql's output as bytes, whatever a version of the framework makes of it.
sub encode_text
{
	my ($text) = @_;

	utf8::encode($text) if utf8::is_utf8($text);
	return $text;
}

=item differences($node, $simulator, %options)

What the table lacks, has too much, or has wrong: a list of sentences, empty
where it is right.  Only GetDataSourceRun tells a run's configuration, so that
NULL is right where a listing told of the run.  Options as for truth() and
table().

=cut

sub differences
{
	my ($node, $simulator, %options) = @_;
	my $truth = truth($simulator, %options);
	my $table = table($node, %options);
	my @found;

	for my $id (sort keys %$truth)
	{
		my ($want, $have) = ($truth->{$id}, delete $table->{$id});
		if (!defined $have)
		{
			push @found, "$id ($want->{status}) is missing";
			next;
		}
		push @found, _differing($id, $want, $have);
	}
	push @found, map { "$_ ($table->{$_}{status}) is too much" }
	  sort keys %$table;
	return @found;
}

# The columns of a run that are not what they should be.
sub _differing
{
	my ($id, $want, $have) = @_;
	my @found;

	for my $column (sort keys %$want)
	{
		my ($right, $is) = ($want->{$column}, $have->{$column});
		if ($column eq 'configuration_snapshot')
		{
			next unless defined $is;
			$right = $json->encode($json->decode($right)) if defined $right;
			$is = $json->encode($is);
		}
		push @found,
		    "$id: $column is "
		  . ($is // 'NULL')
		  . ', not '
		  . ($right // 'NULL')
		  if ($is // "\0") ne ($right // "\0");
	}
	return @found;
}

=item wait_synced($node, $simulator, %options)

Wait until counts and digest of the simulator's runs are those of the table,
then give differences(), which compares all columns: an empty list is right.
Options: C<domain>; C<server> (sim); C<seconds> to wait; C<quick>, not to
compare all columns.  Every data source of the domain must be watched.
Dies, telling what differs, if the time is over.

=cut

sub wait_synced
{
	my ($node, $simulator, %options) = @_;
	my $path =
	  'runs?summary=1&domain=' . ($options{domain} // 'dzd_simulator');
	my $server = $options{server} // 'sim';
	my $domain = $options{domain} // 'dzd_simulator';
	my $digest = "SELECT encode(sha256(convert_to(coalesce(string_agg(line,
			'' ORDER BY line COLLATE \"C\"), ''), 'UTF8')), 'hex')
		FROM (SELECT format(E'%s|%s|%s\\n', id, status,
				(extract(epoch FROM updated_at) * 1000000)::bigint) AS line
			FROM datazone_run
			WHERE server = '$server' AND domain_id = '$domain') r";
	my $session = DatazoneSession->new($node);
	my $ends = time() + ($options{seconds} // PATIENCE);
	my ($synced, $want, @found);

	# Where time is fast, runs go on between the two reads of a comparison.
	do
	{
		$synced = eval {
			poll_until(
				sub {
					$want = $simulator->control('GET', $path)->{digest};
					return $session->query($digest)->{out} eq $want;
				},
				'the table to equal the truth',
				$ends - time());
		};
		@found = differences($node, $simulator, %options)
		  unless $synced && $options{quick};
	  } while $synced
	  && @found
	  && time() < $ends
	  && $simulator->control('GET', $path)->{digest} ne $want;
	$session->close;
	croak 'the table is not what the simulator knows: '
	  . join('; ', scalar(@found), @found[ 0 .. ($#found < 9 ? $#found : 9) ],
		watches($node), _trouble($node))
	  unless $synced;
	return @found;
}

# What a server's log has to say when a test gives up, its end.
sub _trouble
{
	my ($node) = @_;
	my @lines = grep { !/statement: / && /^\d/ } split /\n/,
	  slurp_file($node->logfile);

	splice @lines, 0, -40 if @lines > 40;
	return join "\n", 'the log ends with', @lines, '';
}

=item watches($node)

What the watches say, in short.

=cut

sub watches
{
	my ($node) = @_;

	return $node->safe_psql('postgres', "
		SELECT coalesce(string_agg(format('%s %s %s %s: %s', n, server, state,
			age, last_error), '; '), 'no watches')
		FROM (SELECT count(*) n, server, state, last_error,
				max(clock_timestamp() - last_sync_at) AS age
			FROM datazone_watched_data_source
			GROUP BY server, state, last_error LIMIT 10) w");
}

=item polls($simulator, $since)

The moments at which cycles began, in seconds: a hash of lists by
"domain/source", of the requests after a sequence number of the log; and the
last sequence number.  Every cycle asks for the runs that are REQUESTED.

=cut

sub polls
{
	my ($simulator, $since) = @_;
	my $log = $simulator->control('GET',
		"log?operation=ListDataSourceRuns&brief=1&since=" . ($since // 0));
	my %found;

	for my $request (@{ $log->{requests} })
	{
		my ($domain, $source) = $request->{target} =~
		  m{^/v2/domains/([^/]+)/data-sources/([^/]+)/runs\?(?:.*&)?status=REQUESTED}
		  or next;
		push @{ $found{"$domain/$source"} }, $request->{received_us} / 1e6;
	}
	return (\%found, $log->{last_sequence});
}

=item wait_cycles($simulator, $count, $sources, %options)

Wait until each of these data sources has been asked for in $count cycles that
began and ended after now.  Options: C<domain>; C<seconds>.

=cut

sub wait_cycles
{
	my ($simulator, $count, $sources, %options) = @_;
	my $domain = $options{domain} // 'dzd_simulator';
	my (undef, $since) = polls($simulator, 1e9);
	my %left = map { ("$domain/$_" => $count + 1) } @$sources;

	# a cycle has ended when the next begins
	poll_until(
		sub {
			(my $polls, $since) = polls($simulator, $since);
			for my $source (grep { $left{$_} } keys %$polls)
			{
				$left{$source} -= @{ $polls->{$source} };
				delete $left{$source} if $left{$source} <= 0;
			}
			return !%left;
		},
		"$count cycles of " . join(', ', @$sources),
		$options{seconds});
	return;
}

=item wait_value($node, $query, $pattern, $what, $seconds)

Poll a query until its output matches a pattern; give the output.  Dies with
the last output.

=cut

sub wait_value
{
	my ($node, $query, $pattern, $what, $seconds) = @_;
	my $session = DatazoneSession->new($node);
	my $value = '';
	my $found = eval {
		poll_until(
			sub {
				$value = $session->query($query)->{out};
				return $value =~ $pattern;
			},
			$what,
			$seconds // PATIENCE);
	};
	$session->close;
	croak "gave up waiting for $what; it is: $value; "
	  . watches($node) . "; " . _trouble($node)
	  unless $found;
	return $value;
}

=item last_error($source, $server)

The query of a watch's last_error.

=cut

sub last_error
{
	my ($source, $server) = @_;

	$server //= 'sim';
	return "SELECT last_error FROM datazone_watched_data_source
		WHERE data_source_id = '$source' AND server = '$server'";
}

=item worker_pid($node, $database), wait_worker($node, $database, $seconds)

The process of a database's worker, as pg_stat_activity has it; undef where
there is none.  And waiting for one.

=cut

sub worker_pid
{
	my ($node, $database) = @_;
	my $pid = $node->safe_psql('postgres', sprintf("
		SELECT pid FROM pg_stat_activity
		WHERE backend_type = 'datazone worker' AND datname = '%s'",
		$database // 'postgres'));

	return $pid =~ /^(\d+)$/ ? $1 : undef;
}

sub wait_worker
{
	my ($node, $database, $seconds) = @_;

	return poll_until(
		sub {
			my $state = $node->safe_psql('postgres', sprintf(
				"SELECT worker_pid FROM datazone_stat WHERE datname = '%s'",
				$database // 'postgres'));
			my $pid = worker_pid($node, $database);
			return defined $pid && $state eq $pid ? $pid : 0;
		},
		'a worker', $seconds);
}

=item memory_kb($pid, $what)

A process's memory, by a name of /proc: VmHWM (its peak, the default), RssAnon.

=cut

sub memory_kb
{
	my ($pid, $what) = @_;
	my $name = $what // 'VmHWM';
	my ($size) =
	  slurp_file("/proc/$pid/status") =~ /^\Q$name\E:\s*(\d+) kB/m;

	return $size;
}

=item cpu_seconds($pid)

What a process has used, user and system.

=cut

sub cpu_seconds
{
	my ($pid) = @_;
	my ($rest) = slurp_file("/proc/$pid/stat") =~ /\) (.*)/s;
	my @fields = split ' ', $rest;

	return ($fields[11] + $fields[12]) / POSIX::sysconf(POSIX::_SC_CLK_TCK());
}

=item notifications($session)

What a session that LISTENs to datazone_run was told since it was last asked:
a list of decoded payloads.

=cut

sub notifications
{
	my ($session) = @_;
	my $out = $session->query('SELECT')->{out};

	return map { $json->decode(encode_text($_)) } $out =~
	  /^Asynchronous notification "datazone_run" with payload "(.*)" received/mg;
}

=item start_ended_run($simulator, $source)

Start a run that ends at once, as the schedule would; give its identifier.

=cut

sub start_ended_run
{
	my ($simulator, $source) = @_;

	return $simulator->control(
		'POST',
		'runs/start',
		{ data_sources => [$source],
			outcome => { requested_seconds => 0, running_seconds => 0 } })
	  ->{ids}[0];
}

=back

=cut

1;
