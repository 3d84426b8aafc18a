# What one session changes about a server, a mapping or a privilege holds for
# every other session's next call, also in a transaction that was open before.

use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql(
	'postgres', q{
CREATE EXTENSION datazone;
CREATE SERVER sales FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
CREATE ROLE etl LOGIN;
GRANT USAGE ON FOREIGN SERVER sales TO etl;
GRANT EXECUTE ON FUNCTION datazone_whoami TO etl;
CREATE USER MAPPING FOR PUBLIC SERVER sales
    OPTIONS (access_key_id 'AKIDPUBLIC', secret_access_key 's');
});

# The session that is told nothing.
my ($in, $out) = ('', '');
my $session = IPC::Run::start(
	[
		'psql', '-XAtq', '-d', $node->connstr('postgres'), '-U', 'etl',
		'-v', 'VERBOSITY=sqlstate'
	],
	'<', \$in, '>', \$out, '2>&1',
	IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
my $number = 0;

# Run a statement there; return what it printed.
sub ask
{
	my ($statement) = @_;
	my $mark = 'done ' . ++$number;

	$out = '';
	$in .= "$statement\n\\echo $mark\n";
	$session->pump until $out =~ /^\Q$mark\E$/m;
	$out =~ s/^\Q$mark\E\n//m;
	chomp $out;
	return $out;
}

# Each: what the other session does, and what the next call gives here.
my $call = 'SELECT server, region, access_key_id FROM datazone_whoami();';
my @changes = (
	[ 'SELECT 1', 'sales|eu-west-1|******BLIC' ],
	[
		"ALTER USER MAPPING FOR PUBLIC SERVER sales "
		  . "OPTIONS (SET access_key_id 'AKIDROTATED')",
		'sales|eu-west-1|*******ATED'
	],
	[
		"CREATE USER MAPPING FOR etl SERVER sales "
		  . "OPTIONS (access_key_id 'AKIDOWN', secret_access_key 's')",
		'sales|eu-west-1|***DOWN'
	],
	[
		"ALTER SERVER sales OPTIONS (SET region 'us-east-1')",
		'sales|us-east-1|***DOWN'
	],
	[
		'DROP USER MAPPING FOR etl SERVER sales',
		'sales|us-east-1|*******ATED'
	],
	[ 'ALTER SERVER sales RENAME TO sold', 'sold|us-east-1|*******ATED' ],
	[ 'REVOKE USAGE ON FOREIGN SERVER sold FROM etl', qr/42704/ ],
	[
		'GRANT USAGE ON FOREIGN SERVER sold TO etl',
		'sold|us-east-1|*******ATED'
	],
	[ 'DROP SERVER sold CASCADE', qr/42704/ ],
	[
		"CREATE SERVER other FOREIGN DATA WRAPPER datazone "
		  . "OPTIONS (region 'eu-west-3'); "
		  . "GRANT USAGE ON FOREIGN SERVER other TO etl; "
		  . "CREATE USER MAPPING FOR etl SERVER other "
		  . "OPTIONS (access_key_id 'AKIDOTHER', secret_access_key 's')",
		'other|eu-west-3|*****THER'
	]);

foreach my $transaction (0, 1)
{
	my $where = $transaction ? 'in an open transaction' : 'between statements';

	ask('BEGIN;') if $transaction;
	foreach my $change (@changes)
	{
		my ($statement, $expected) = @$change;
		my $found;

		$node->safe_psql('postgres', $statement);
		ask('SAVEPOINT s;') if $transaction;
		$found = ask($call);
		ask('ROLLBACK TO s;') if $transaction && $found =~ /ERROR/;
		if (ref $expected)
		{
			like($found, $expected, "$where: $statement");
		}
		else
		{
			is($found, $expected, "$where: $statement");
		}
	}
	ask('COMMIT;') if $transaction;

	# as at the beginning
	$node->safe_psql(
		'postgres', q{
DROP SERVER other CASCADE;
CREATE SERVER sales FOREIGN DATA WRAPPER datazone OPTIONS (region 'eu-west-1');
GRANT USAGE ON FOREIGN SERVER sales TO etl;
CREATE USER MAPPING FOR PUBLIC SERVER sales
    OPTIONS (access_key_id 'AKIDPUBLIC', secret_access_key 's');
});
}

$in .= "\\q\n";
$session->finish;
$node->stop;
done_testing();
