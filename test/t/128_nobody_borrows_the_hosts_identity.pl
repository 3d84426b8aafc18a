# Who is no superuser neither reaches the host's identity nor sends it
# elsewhere: by no option of a server or mapping, however it is created,
# altered or dropped, by no setting, function or view.  Each way is tried; at
# the end nobody has seen a request that was signed as the host.

use strict;
use warnings;

use DatazoneIdentity;
use DatazoneSession;
use DatazoneTest;
use IO::Select;
use IO::Socket::INET;
use PostgreSQL::Test::Utils;
use Test::More;

# Where an attacker would like requests to go.
my $ear = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 50)
  or die "cannot listen: $!";
my $ear_url = 'http://127.0.0.1:' . $ear->sockport;

my $sim = start_simulator();
my $aws = start_standins($sim);
my $arn = 'arn:aws:iam::111122223333:role';
know($_, 'AKIDHOST', 'hOsTsEcReT/128') for $sim, $aws;
know($_, 'AKIDOWN', 'own-secret') for $sim, $aws;
my $node = new_host_node(
	'main', $sim,
	environment => {
		AWS_ACCESS_KEY_ID => 'AKIDHOST',
		AWS_SECRET_ACCESS_KEY => 'hOsTsEcReT/128',
		AWS_ENDPOINT_URL_STS => $aws->url,
		AWS_ENDPOINT_URL_DATAZONE => $sim->url,
		AWS_EC2_METADATA_DISABLED => 'false',
		AWS_EC2_METADATA_SERVICE_ENDPOINT => $aws->url
	});
write_home($node, '.aws/config', "[profile host]\n"
	  . "aws_access_key_id = AKIDHOST\n"
	  . "aws_secret_access_key = hOsTsEcReT/128\n");
my $superuser = DatazoneSession->new($node);

# "owner" has a server of his own, made by himself, and one that a superuser
# made for him; "user" may use both.  PUBLIC and owner are mapped by a
# superuser on "given".
done_by($superuser, q{
	CREATE ROLE owner LOGIN; CREATE ROLE "user" LOGIN; CREATE ROLE other LOGIN;
	GRANT USAGE ON FOREIGN DATA WRAPPER datazone TO owner;
	GRANT CREATE ON SCHEMA public TO owner;
	GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO owner, "user", other});
done_by($superuser, "CREATE SERVER given FOREIGN DATA WRAPPER datazone OPTIONS (
	region 'eu-west-1', domain_identifier 'dzd_simulator',
	endpoint_url '${\$sim->url}', max_attempts '1')");
done_by($superuser, 'ALTER SERVER given OWNER TO owner');
done_by($superuser, 'GRANT USAGE ON FOREIGN SERVER given TO "user"');
my $owner = DatazoneSession->new($node, user => 'owner');
my $user = DatazoneSession->new($node, user => 'user');
my $other = DatazoneSession->new($node, user => 'other');
done_by($owner, "CREATE SERVER own FOREIGN DATA WRAPPER datazone OPTIONS (
	region 'eu-west-1', domain_identifier 'dzd_simulator')");
done_by($owner, 'GRANT USAGE ON FOREIGN SERVER own TO "user"');

# ---- options of servers ----

my %redirect = (
	endpoint_url => $ear_url,
	proxy => $ear_url,
	ca_bundle => '/etc/ssl/certs/ca-certificates.crt');
for my $option (sort keys %redirect)
{
	my $value = $redirect{$option};

	refused($owner, "CREATE SERVER evil FOREIGN DATA WRAPPER datazone
		OPTIONS (region 'eu-west-1', $option '$value')", "CREATE with $option");
	refused($owner, "ALTER SERVER own OPTIONS (ADD $option '$value')",
		"ADD $option");
	done_by($superuser, "ALTER SERVER own OPTIONS (ADD $option '$value')");
	for my $change ("SET $option '$value'", "SET $option 'https://e.invalid'",
		"DROP $option", "DROP $option, ADD max_attempts '1'",
		"SET region 'us-east-1', DROP $option")
	{
		refused($owner, "ALTER SERVER own OPTIONS ($change)", $change);
	}
	# in a function of his own, by DO, in a transaction, as owner of a schema
	refused($owner, "DO \$\$BEGIN EXECUTE
		'ALTER SERVER own OPTIONS (DROP $option)'; END\$\$", "DO, $option");
	$owner->query('BEGIN');
	refused($owner, "ALTER SERVER own OPTIONS (DROP $option)",
		"a transaction, $option");
	$owner->query('ROLLBACK');
	# the first statement of a session: nothing of ours is loaded yet
	{
		my ($status, $out, $error) = $node->psql('postgres',
			"\\set VERBOSITY sqlstate\nALTER SERVER own OPTIONS (DROP $option)",
			extra_params => [ '-U', 'owner' ]);
		like($error, qr/ERROR:  42501/, "DROP $option, first of all");
	}
	is(server_option('own', $option), $value, "$option is as it was");
	done_by($superuser, "ALTER SERVER own OPTIONS (DROP $option)");
}
for my $region ('evil.example.com', '127.0.0.1', 'a/b', 'a#b', 'a@b', 'x:1',
	'-a', '', ' ', "a\nb", '123')
{
	my $result =
	  $owner->query("ALTER SERVER own OPTIONS (SET region \$r\$$region\$r\$)");
	isnt($result->{sqlstate}, '00000', 'a Region that is a host name');
}
refused($owner, "ALTER FOREIGN DATA WRAPPER datazone OPTIONS (ADD a 'b')",
	'the wrapper');
refused($owner, 'ALTER FOREIGN DATA WRAPPER datazone NO VALIDATOR',
	"the wrapper's validator");
refused($owner, 'ALTER FOREIGN DATA WRAPPER datazone OWNER TO owner',
	"the wrapper's owner");
refused($owner, 'CREATE FOREIGN DATA WRAPPER mine', 'a wrapper of his own');

# ---- options of mappings: none may be made with the host's identity ----

my @host = ("credentials 'default'", "profile 'host'",
	"credentials 'default', profile 'host'",
	"credentials 'default', role_arn '$arn/x'",
	"profile 'host', role_arn '$arn/x', external_id 'ab'",
	"credentials 'default', access_key_id 'A', secret_access_key 'B'");
for my $options (@host)
{
	for my $server ('own', 'given')
	{
		refused($owner, "CREATE USER MAPPING FOR $_ SERVER $server
			OPTIONS ($options)", "$server: a mapping for $_ with $options")
		  for 'owner', 'PUBLIC', 'other', '"user"';
		refused($user, "CREATE USER MAPPING FOR CURRENT_USER SERVER $server
			OPTIONS ($options)", "$server: a user's own mapping with $options");
	}
}
done_by($owner, "CREATE USER MAPPING FOR $_ SERVER own OPTIONS (
	access_key_id 'AKIDOWN', secret_access_key 'own-secret')")
  for 'owner', 'PUBLIC';
done_by($user, "CREATE USER MAPPING FOR CURRENT_USER SERVER own OPTIONS (
	access_key_id 'AKIDOWN', secret_access_key 'own-secret')");
for my $change (
	"ADD credentials 'default'", "ADD profile 'host'",
	"ADD credentials 'default', DROP access_key_id, DROP secret_access_key",
	"ADD profile 'host', ADD role_arn '$arn/x'")
{
	refused($owner, "ALTER USER MAPPING FOR $_ SERVER own OPTIONS ($change)",
		"$_: $change")
	  for 'owner', 'PUBLIC', '"user"';
	refused($user, "ALTER USER MAPPING FOR CURRENT_USER SERVER own
		OPTIONS ($change)", "a user: $change");
}

# ---- those that a superuser made may not be changed ----

my %mapped = (
	"credentials 'default'" => [ "SET credentials 'default'" ],
	"profile 'host'" => [ "SET profile 'default'", "SET profile 'host'" ],
	"credentials 'default', role_arn '$arn/limited', external_id 'ab',
		role_session_name 'cd'" => [
		"SET role_arn '$arn/mighty'", 'DROP role_arn',
		"SET external_id 'xy'", 'DROP external_id',
		"SET role_session_name 'xy'", 'DROP role_session_name',
		'DROP role_arn, DROP external_id, DROP role_session_name'
	],
	"profile 'host', role_arn '$arn/limited'" =>
	  [ "SET role_arn '$arn/mighty'", 'DROP role_arn', "SET profile 'x'" ]);
for my $options (sort keys %mapped)
{
	my @changes = (
		@{ $mapped{$options} },
		"ADD access_key_id 'A', ADD secret_access_key 'B'",
		"ADD session_token 'C'",
		($options =~ /role_arn/ ? () : ("ADD role_arn '$arn/mighty'")),
		($options =~ /external_id/ ? () : ("ADD external_id 'xy'")));

	for my $for ('owner', 'PUBLIC', '"user"')
	{
		done_by($superuser, "DROP USER MAPPING IF EXISTS FOR $for SERVER given");
		done_by($superuser,
			"CREATE USER MAPPING FOR $for SERVER given OPTIONS ($options)");
		my $before = mapping($for);
		for my $change (@changes)
		{
			refused($owner, "ALTER USER MAPPING FOR $for SERVER given
				OPTIONS ($change)", "$for: $change");
			refused($user, "ALTER USER MAPPING FOR $for SERVER given
				OPTIONS ($change)", "$for, by a user: $change")
			  if $for eq '"user"';
		}
		is(mapping($for), $before, "$for: the mapping is as it was");
	}
}

# ---- and with them, redirecting what the host's identity signs ----

# Here the host's identity is used as a superuser wanted it.
is(called($user, 'given'), 'AKIDHOST/limited',
	'what a superuser allowed works, and is a role');
for my $option (sort keys %redirect)
{
	my $kind = defined server_option('given', $option) ? 'SET' : 'ADD';

	refused($owner, "ALTER SERVER given OPTIONS ($kind $option
		'$redirect{$option}')", "$kind $option where the host signs");
}
refused($owner, 'ALTER SERVER given OPTIONS (DROP endpoint_url)',
	'DROP endpoint_url where the host signs');
is(called($user, 'given'), 'AKIDHOST/limited', 'it still goes where it went');

# Every option there is, one that is added some day included: the owner changes
# what does not say where requests go, and nobody but a superuser the rest.
{
	my %value = (
		region => 'us-east-1', use_fips => 'false', paused => 'false',
		domain_identifier => 'dzd_other', retry_mode => 'standard',
		connect_timeout => '1s', request_timeout => '9s', max_attempts => '2',
		rate_limit => '0', %redirect);
	done_by($superuser, q{CREATE SERVER open FOREIGN DATA WRAPPER datazone OPTIONS (
		region 'eu-west-1', domain_identifier 'dzd_simulator')});
	done_by($superuser, 'ALTER SERVER open OWNER TO owner;
		GRANT USAGE ON FOREIGN SERVER open TO "user"');
	done_by($superuser, qq{CREATE USER MAPPING FOR "user" SERVER open OPTIONS (
		credentials 'default', role_arn '$arn/limited')});
	my %theirs = map { $_ => 1 } 'region', 'use_fips', keys %redirect;
	my @names = options_of('CREATE SERVER evil FOREIGN DATA WRAPPER datazone');

	is_deeply(\@names, [ sort keys %value ], 'all options of a server are tried');
	for my $option (@names)
	{
		my $was = server_option('open', $option);
		my $kind = defined $was ? 'SET' : 'ADD';
		my $change = "ALTER SERVER open OPTIONS ($kind $option '$value{$option}')";

		if ($theirs{$option})
		{
			refused($owner, $change, "$kind $option where the host signs");
			done_by($superuser, $change);
			refused($owner, "ALTER SERVER open OPTIONS (DROP $option)",
				"DROP $option where the host signs");
			done_by($superuser, 'ALTER SERVER open OPTIONS ('
				  . (defined $was ? "SET $option '$was'" : "DROP $option") . ')');
		}
		else
		{
			is($owner->query($change)->{sqlstate}, '00000',
				"$kind $option is the owner's");
			is(called($user, 'open'), 'AKIDHOST/limited',
				"$option: it goes where it went, as who it was")
			  if $option ne 'domain_identifier';
			done_by($superuser, 'ALTER SERVER open OPTIONS ('
				  . (defined $was ? "SET $option '$was'" : "DROP $option") . ')');
		}
	}
	is(called($user, 'open'), 'AKIDHOST/limited', 'after all of that, too');

	my %of_mapping = (
		access_key_id => 'AKIDOWN', secret_access_key => 'own-secret',
		session_token => 'x', credentials => 'default', profile => 'host',
		role_arn => "$arn/mighty", role_session_name => 'xy',
		external_id => 'xy');
	@names = options_of('CREATE USER MAPPING FOR owner SERVER open');
	is_deeply(\@names, [ sort keys %of_mapping ],
		'all options of a mapping are tried');
	my $before = mapping('"user"');
	for my $option (@names)
	{
		for my $session ($owner, $user)
		{
			for my $change ("ADD $option '$of_mapping{$option}'",
				"SET $option '$of_mapping{$option}'", "DROP $option")
			{
				isnt(
					$session->query("ALTER USER MAPPING FOR \"user\" SERVER given
						OPTIONS ($change)")->{sqlstate},
					'00000', "the host's mapping: $change");
			}
		}
	}
	is(mapping('"user"'), $before, "the host's mapping is as it was");
}

# Dropping may only take away.  What is left is nobody's identity.
done_by($superuser, "DROP USER MAPPING FOR $_ SERVER given")
  for 'owner', 'PUBLIC', '"user"';
for my $options ("credentials 'default'", "profile 'host'",
	"credentials 'default', role_arn '$arn/limited'")
{
	done_by($superuser,
		"CREATE USER MAPPING FOR \"user\" SERVER given OPTIONS ($options)");
	my ($name) = $options =~ /^(\w+)/;
	$user->query("ALTER USER MAPPING FOR CURRENT_USER SERVER given
		OPTIONS (DROP $name)");
	$user->query("ALTER USER MAPPING FOR CURRENT_USER SERVER given
		OPTIONS (DROP $name, ADD role_arn '$arn/mighty')");
	$user->query("ALTER USER MAPPING FOR CURRENT_USER SERVER given
		OPTIONS (ADD role_arn '$arn/mighty')");
	if (mapping('"user"') !~ /credentials|profile/)
	{
		is(called($user, 'given'), 'refused', "without $name it is nobody");
	}
	else
	{
		like(mapping('"user"'), qr/\Q$name\E=/, "$name cannot be dropped");
	}
	done_by($superuser, 'DROP USER MAPPING FOR "user" SERVER given');
}

# ---- no mapping, half a mapping, a role without keys ----

is(called($user, 'given'), 'refused', 'no mapping: the host does not step in');
for my $options ('', "role_arn '$arn/x'", "role_arn '$arn/x', external_id 'ab'",
	"role_session_name 'ab'", "session_token 'x'", "access_key_id 'A'",
	"secret_access_key 'B'", "access_key_id 'A', role_arn '$arn/x'")
{
	$user->query('CREATE USER MAPPING FOR CURRENT_USER SERVER given'
		  . ($options ? " OPTIONS ($options)" : ''));
	is(called($user, 'given'), 'refused',
		"a mapping with ($options): the host does not step in");
	my $who = $user->query("SELECT * FROM datazone_whoami('given')");
	unlike(
		$who->{out},
		qr/AKIDHOST|hOsTsEcReT|\*HOST|environment/i,
		"... nor for whoami");
	$user->query('DROP USER MAPPING IF EXISTS FOR CURRENT_USER SERVER given');
}

# ---- settings, variables, roles ----

done_by($user, "CREATE USER MAPPING FOR CURRENT_USER SERVER given OPTIONS (
	access_key_id 'AKIDOWN', secret_access_key 'own-secret')");
my @settings = split /\n/, $superuser->query(
	"SELECT name FROM pg_settings WHERE name LIKE 'datazone.%'")->{out};
cmp_ok(scalar @settings, '>', 5, 'there are settings');
for my $name (@settings, 'datazone.credentials', 'datazone.profile',
	'datazone.endpoint_url', 'datazone.proxy', 'datazone.ca_bundle')
{
	for my $value ('given', $ear_url, 'default', 'host')
	{
		$user->query("SET $name = '$value'");
		$user->query("ALTER ROLE CURRENT_USER SET $name = '$value'");
		$owner->query("SET $name = '$value'");
	}
	my $signed = called($user, "given");
	like($signed, qr/^(?:AKIDOWN|refused)$/, "$name: signs with his own keys");
	$user->query("RESET $name");
	$user->query("ALTER ROLE CURRENT_USER RESET $name");
}
for my $name ('search_path', 'local_preload_libraries', 'session_preload_libraries')
{
	$user->query("SET $name = 'http://x'");
}
$user->query('RESET ALL');
is(called($user, 'given'), 'AKIDOWN', 'his own keys sign as ever');
refused($user, 'SET ROLE owner', 'another role');
refused($user, 'SET SESSION AUTHORIZATION owner', 'another session user');

# ---- functions of the extension, by who has no mapping ----

done_by($user, 'DROP USER MAPPING FOR CURRENT_USER SERVER given');
done_by($superuser, "CREATE USER MAPPING FOR CURRENT_USER SERVER given OPTIONS (
	credentials 'default')");
my @functions = split /\n/, $superuser->query(q{
	SELECT format('%I(%s)', p.proname, string_agg(
		CASE WHEN a.name = 'server' THEN $$'given'$$
			WHEN a.type = 'jsonb'::regtype THEN $$'{}'$$
			WHEN a.type IN ('int'::regtype, 'bigint'::regtype) THEN '1'
			WHEN a.type = 'interval'::regtype THEN $$'1 second'$$
			WHEN a.type = 'text[]'::regtype THEN $$'{A}'$$
			WHEN a.name = 'operation' THEN $$'ListDomains'$$
			WHEN a.name = 'domain_identifier' THEN $$'dzd_simulator'$$
			ELSE $$'abcdefgh'$$ END, ', ' ORDER BY a.n))
	FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid,
		unnest(p.proargnames[1 : p.pronargs], p.proargtypes::oid[])
			WITH ORDINALITY a(name, type, n)
	WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
		AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'datazone')
		AND p.prokind = 'f' AND 'server' = ANY (p.proargnames)
	GROUP BY p.oid, p.proname ORDER BY p.proname})->{out};
cmp_ok(scalar @functions, '>', 15, 'there are functions');
for my $function (@functions)
{
	for my $session ($owner, $user, $other)
	{
		$session->query("SET statement_timeout = '5s'");
		my $result = $session->query("SELECT $function");
		# enqueueing is refused or held: nobody sends it here
		unlike($result->{out}, qr/AKIDHOST|hOsTsEcReT|\*+HOST/, $function);
	}
}

# A function of a superuser that runs as its caller uses the caller's mapping.
done_by($superuser, q{CREATE FUNCTION as_caller() RETURNS text LANGUAGE sql
	AS $$SELECT id FROM datazone_get_run('run_orders_001', server => 'given')$$});
isnt($user->query('SELECT as_caller()')->{sqlstate}, '00000',
	"an invoker's function does not lend its owner's identity");

# ---- views ----

my @relations = split /\n/, $superuser->query(q{
	SELECT c.oid::regclass FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
	WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'e'
		AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'datazone')
		AND c.relkind IN ('r', 'v', 'm', 'f')})->{out};
cmp_ok(scalar(grep { /datazone_stat|datazone_outbox$/ } @relations),
	'==', 2, 'there are views');
for my $session ($owner, $user, $other)
{
	for my $view ('pg_user_mappings', 'pg_user_mapping', 'pg_foreign_server',
		'information_schema.user_mapping_options', 'pg_settings',
		'pg_stat_activity', 'pg_file_settings', 'pg_shmem_allocations',
		'pg_backend_memory_contexts', @relations)
	{
		my $out = $session->query("SELECT * FROM $view")->{out};
		unlike($out, qr/hOsTsEcReT/, "$view: no secret of the host");
	}
	unlike($session->query(q{SELECT pg_read_file('/proc/self/environ')})->{out},
		qr/hOsTsEcReT/, 'the environment of the server');
}

# ---- nobody saw a request of the host's but those of the test itself ----

ok(!IO::Select->new($ear)->can_read(0), 'nothing went elsewhere');
is(scalar(grep { ($_->{identity} // '') =~ /HOST/ } $sim->log), 0,
	'no request was signed by the host itself');
is(scalar(grep { /mighty/ } map { $_->{form}{RoleArn} // '' } $aws->log), 0,
	'nor was a role assumed that no superuser named');
is(scalar(grep { $_->{operation} !~ /^AssumeRole$/ } $aws->log), 0,
	'nor metadata asked for');
# ---- what is wrong with the host's files ----

done_by($superuser, q{CREATE SERVER bare FOREIGN DATA WRAPPER datazone
	OPTIONS (domain_identifier 'dzd_simulator');
	GRANT USAGE ON FOREIGN SERVER bare TO "user"});
write_home($node, '.aws/config', "[default]\nregion = x.example.com/\n"
	  . "use_dualstack_endpoint = maybe\nservices = nowhere\n");
for my $case (
	[ undef, '42704', 'without a mapping' ],
	[ "access_key_id 'AKIDOWN', secret_access_key 'own-secret'", '22023',
		'with keys of her own' ])
{
	my ($options, $sqlstate, $what) = @$case;

	map_identity($node, 'bare', $options, '"user"') if defined $options;
	my $fresh = DatazoneSession->new($node, user => 'user');
	my $result =
	  $fresh->query("SELECT id FROM datazone_get_run('r', server => 'bare')");
	is($result->{sqlstate}, $sqlstate, "broken files, $what: SQLSTATE");
	unlike($result->{out}, qr/\.aws|line \d|x\.example/,
		"broken files, $what: nothing of them is told");
	$fresh->close;
}
map_identity($node, 'given', "access_key_id 'AKIDOWN',
	secret_access_key 'own-secret'", '"user"');
{
	my $fresh = DatazoneSession->new($node, user => 'user');
	my $result = $fresh->query("SELECT id
		FROM datazone_get_run('run_orders_001', server => 'given')");
	is($result->{out}, 'run_orders_001',
		"other settings of the host that are broken stop nobody's own keys");
	$fresh->close;
}
done_testing();

sub done_by
{
	my ($session, $sql) = @_;
	my $result = $session->query($sql);

	die "$sql: $result->{out}" if $result->{sqlstate} ne '00000';
	return;
}

# By that session this must be refused for want of rights.
sub refused
{
	my ($session, $sql, $what) = @_;
	my $result = $session->query($sql);

	is($result->{sqlstate}, '42501', $what) or diag("$sql\n$result->{out}");
	if ($result->{sqlstate} eq '00000' && $sql =~ /^CREATE USER MAPPING FOR (\S+) SERVER (\w+)/)
	{
		$superuser->query("DROP USER MAPPING FOR $1 SERVER $2")
		  if $1 ne 'CURRENT_USER';
	}
	return;
}

# Who signed a call in a new session: a key id, or "key id/role" where that
# key assumed one for it.
sub called
{
	my ($session, $server) = @_;
	my $name = $session == $user ? 'user' : 'owner';
	my $fresh = DatazoneSession->new($node, user => $name);
	my $result = $fresh->query("SELECT id FROM
		datazone_get_run('run_orders_001', server => '$server')");

	$fresh->close;
	return 'refused' if $result->{sqlstate} ne '00000';
	my $key = signer($sim);
	return $key unless $key =~ /^ASIASTS/;
	my $record = ($aws->log('AssumeRole'))[-1];
	return "$record->{identity}/" . ($record->{form}{RoleArn} =~ s{.*/}{}r);
}

# The names that a command with an option that is none is told.
sub options_of
{
	my ($command) = @_;
	my $out = $superuser->query("$command OPTIONS (qqqqqqqqqqqq 'x')")->{out};
	my ($names) = $out =~ /Valid options here are: ([\w, ]+)\./;

	return sort split /, /, $names // '';
}

sub server_option
{
	my ($server, $option) = @_;
	my $value = $superuser->query("SELECT option_value
		FROM pg_options_to_table((SELECT srvoptions FROM pg_foreign_server
			WHERE srvname = '$server')) WHERE option_name = '$option'")->{out};

	return $value eq '' ? undef : $value;
}

sub mapping
{
	my ($for) = @_;
	my $name = $for eq 'PUBLIC' ? 'public' : $for =~ s/"//gr;

	return $superuser->query("SELECT umoptions FROM pg_user_mappings
		WHERE srvname = 'given' AND usename = '$name'")->{out};
}
