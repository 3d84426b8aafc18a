/*-------------------------------------------------------------------------
 *
 * connection.c
 *		A server and a role's keys, made into an AWS client and kept.
 *
 * There is no session with DataZone to keep open: a *connection* is what is
 * needed to sign and send a request.  Making one means reading two catalogs,
 * so each process keeps those that it has made, by server and role.
 *
 * Life of an entry: made at the first call, or the first after a change;
 * marked stale by a syscache callback, which may come at any moment and
 * therefore frees nothing, or because the host's files have changed; dropped
 * by the next DzConnect(), whichever server that is for, so that keys which
 * were taken away do not stay in memory for longer than that.  Calls in flight
 * hold the AWS client itself, which is counted, and go on with the keys that
 * they began with.
 *
 * Where keys were fetched, DzConnect() makes the connection anew before it
 * drops the old one: most of what marks an entry stale changes nothing for it,
 * and then the new one has the keys of the old.
 *
 * A change of privileges makes nothing stale, because nothing here remembers
 * them: DzServerResolve() checks USAGE at each call.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_foreign_server.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "compat.h"
#include "credentials/source.h"
#include "server/option.h"
#include "server/room.h"
#include "server/server.h"

typedef struct ConnectionKey
{
	Oid serverid;
	Oid userid;
} ConnectionKey;

typedef struct ConnectionEntry
{
	ConnectionKey key; /* must be first */

	/* NULL while it is being made, or after that failed */
	DzConnection *connection;
	MemoryContext context; /* of the connection, its parent is the cache's */
	bool stale; /* the catalogs changed: make it anew */
	bool fetches; /* its keys: see renew() */

	uint64 generation; /* of the host's files, see DzSourceGeneration() */

	/* whose changes make it stale, as syscache hash values */
	uint32 server_hash;
	uint32 own_mapping_hash; /* also of one that does not exist yet */
	uint32 public_mapping_hash;
} ConnectionEntry;

static HTAB *connections; /* NULL until first used */
static MemoryContext connections_context;
static bool any_stale = false;
static bool is_checking = false; /* or was, when an error was thrown */
static uint64 checked = 0; /* the generation of the host's files */

static void mark_stale(Datum arg, DzSysCacheId cacheid, uint32 hash);
static void open_connection(ConnectionEntry *entry, uint64 generation);
static void note_sources(ConnectionEntry *entry, uint64 generation);

/*
 * Called at load, perhaps in the postmaster.
 *
 * Mappings are watched by role and server rather than by OID: the role's
 * first mapping of its own takes over from PUBLIC's, and it has no OID that
 * an entry made before could know.
 */
void
DzConnectionInit(void)
{
	CacheRegisterSyscacheCallback(FOREIGNDATAWRAPPEROID, mark_stale,
								  (Datum) 0);
	CacheRegisterSyscacheCallback(FOREIGNSERVEROID, mark_stale, (Datum) 0);
	CacheRegisterSyscacheCallback(USERMAPPINGUSERSERVER, mark_stale,
								  (Datum) 0);
}

/* ----------
 * The cache
 * ----------
 */

/* Syscache callback; hash value 0 means that anything may have changed. */
static void
mark_stale(Datum arg, DzSysCacheId cacheid, uint32 hash)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;

	if (connections == NULL)
		return;

	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		bool hit = hash == 0 || cacheid == FOREIGNDATAWRAPPEROID;

		if (cacheid == FOREIGNSERVEROID)
			hit |= hash == entry->server_hash;
		if (cacheid == USERMAPPINGUSERSERVER)
			hit |= hash == entry->own_mapping_hash ||
				   hash == entry->public_mapping_hash;
		if (hit)
			entry->stale = any_stale = true;
	}
}

static void
create_cache(void)
{
	HASHCTL ctl;

	connections_context = AllocSetContextCreate(
		TopMemoryContext, "datazone connections", ALLOCSET_SMALL_SIZES);
	ctl.keysize = sizeof(ConnectionKey);
	ctl.entrysize = sizeof(ConnectionEntry);
	ctl.hcxt = connections_context;
	connections = hash_create("datazone connections", 8, &ctl,
							  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

/* Let go of a connection. */
static void
close_connection(DzConnection *connection, MemoryContext context)
{
	if (connection == NULL)
		return;
	DzAwsClientRelease(connection->client);
	MemoryContextDelete(context);
}

static void
drop_entry(ConnectionEntry *entry)
{
	DzConnection *connection = entry->connection;
	MemoryContext context = entry->context;

	(void) hash_search(connections, &entry->key, HASH_REMOVE, NULL);
	close_connection(connection, context);
}

/* That a connection cannot be made any more is for its next caller to hear. */
static bool
is_for_next_caller(int sqlstate)
{
	return sqlstate == ERRCODE_UNDEFINED_OBJECT ||
		   sqlstate == ERRCODE_INVALID_PARAMETER_VALUE ||
		   sqlstate == ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION;
}

/*
 * Make a connection anew, and drop the old one when that is done: until then
 * it holds the provider of the keys, which the new one gets if it would fetch
 * the same.  False: there can be none.
 *
 * What open_connection() throws with those SQLSTATEs is thrown by our own
 * code, which holds nothing then that only the end of a transaction gives
 * back.
 */
static bool
renew(ConnectionEntry *entry, uint64 generation)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext attempt;
	DzConnection *old = entry->connection;
	MemoryContext old_context = entry->context;

	/* of one that was dropped the catalogs would say so in another way */
	if (!SearchSysCacheExists1(FOREIGNSERVEROID,
							   ObjectIdGetDatum(entry->key.serverid)))
		return false;

	attempt = AllocSetContextCreate(caller, "datazone renewal",
									ALLOCSET_SMALL_SIZES);
	entry->connection = NULL;
	entry->context = NULL;
	PG_TRY();
	{
		MemoryContextSwitchTo(attempt);
		open_connection(entry, generation);
		MemoryContextSwitchTo(caller);
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(caller);
		entry->connection = old;
		entry->context = old_context;
		entry->stale = true;
		error = CopyErrorData();
		if (!is_for_next_caller(error->sqlerrcode))
			PG_RE_THROW();
		FlushErrorState();
		FreeErrorData(error);
		MemoryContextDelete(attempt);
		return false;
	}
	PG_END_TRY();

	close_connection(old, old_context);
	MemoryContextDelete(attempt);
	return true;
}

/* Drop or renew all that the catalogs or the host's files may say otherwise. */
static void
renew_stale(uint64 generation)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;

	if (!any_stale && !is_checking && generation == checked)
		return;

	is_checking = true;
	any_stale = false;
	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (!entry->stale && entry->generation == generation)
			continue;
		if (!entry->fetches || !renew(entry, generation))
			drop_entry(entry);
	}
	checked = generation;
	is_checking = false;
}

/* ----------
 * Making a connection
 * ----------
 */

static uint32
mapping_hash(Oid userid, Oid serverid)
{
	return GetSysCacheHashValue2(USERMAPPINGUSERSERVER,
								 ObjectIdGetDatum(userid),
								 ObjectIdGetDatum(serverid));
}

/* Without a mapping, and keys by it, there is nothing to sign with. */
static void
require_mapping(const DzMapping *mapping, Oid userid,
				const ForeignServer *server)
{
	char *role = GetUserNameFromId(userid, false);

	if (mapping == NULL)
		ereport(
			ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("no user mapping for role \"%s\" on server \"%s\"", role,
					server->servername),
			 errhint("Make one with the psql script "
					 "datazone_create_mapping.sql, which keeps the keys out "
					 "of logs. For the identity of the database host instead, "
					 "a superuser can CREATE USER MAPPING FOR %s SERVER %s "
					 "OPTIONS (credentials 'default'). "
					 "Mappings of roles that it is a member of do not count.",
					 quote_identifier(role),
					 quote_identifier(server->servername))));

	if ((mapping->access_key_id == NULL ||
		 mapping->secret_access_key == NULL) &&
		mapping->credentials == NULL && mapping->profile == NULL)
		ereport(
			ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("the user mapping for role \"%s\" on server \"%s\" has "
					"no credentials",
					role, server->servername),
			 errhint("Give it keys with the psql script "
					 "datazone_create_mapping.sql, which keeps them out of "
					 "logs. For the identity of the database host instead, a "
					 "superuser can ALTER USER MAPPING FOR %s SERVER %s "
					 "OPTIONS (ADD credentials 'default').",
					 mapping->is_public ? "PUBLIC" : quote_identifier(role),
					 quote_identifier(server->servername))));
}

static char *
copy_if_set(const char *text)
{
	return text ? pstrdup(text) : NULL;
}

/* What the catalogs say, as a connection in CurrentMemoryContext. */
static DzConnection *
describe_connection(ConnectionKey key, const ForeignServer *server,
					const DzServerOptions *options, const char *source)
{
	DzConnection *connection = palloc0(sizeof(DzConnection));

	connection->serverid = key.serverid;
	connection->userid = key.userid;
	connection->server_name = pstrdup(server->servername);
	connection->domain_identifier = copy_if_set(options->domain_identifier);
	connection->credential_source = pstrdup(source);
	connection->rate_limit = options->rate_limit;
	connection->paused = options->paused;

	return connection;
}

static DzSourceOptions
source_options(const ForeignServer *server, const DzServerOptions *options,
			   const DzMapping *mapping)
{
	return (DzSourceOptions){
		.server_name = server->servername,
		.server = server->serverid,
		.mapping = mapping->mappingid,
		.access_key_id = mapping->access_key_id,
		.secret_access_key = mapping->secret_access_key,
		.session_token = mapping->session_token,
		.is_default = mapping->credentials != NULL,
		.profile = mapping->profile,
		.role_arn = mapping->role_arn,
		.role_session_name = mapping->role_session_name,
		.external_id = mapping->external_id,
		.region = options->region,
		.has_use_fips = options->has_use_fips,
		.use_fips = options->use_fips,
		.endpoint_url = options->endpoint_url,
		.ca_bundle = options->ca_bundle,
		.proxy = options->proxy,
		.has_retry_mode = options->has_retry_mode,
		.retry_mode = options->retry_mode,
		.max_attempts = options->max_attempts,
		.connect_timeout_ms = options->connect_timeout_ms,
		.request_timeout_ms = options->request_timeout_ms,
	};
}

/* "*words" says where its keys come from, "*fetches" whether by a fetch. */
static DzAwsClient *
create_client(const DzSourceOptions *source, const DzSettings *settings,
			  double rate_limit, char **words, bool *fetches)
{
	DzAwsClientConfig config = {0};
	DzAwsClient *volatile client = NULL;
	DzAwsProvider *provider;

	provider = DzSourceProvider(source, settings, words);
	*fetches = DzSourceFetches(provider);

	config.name = source->server_name;
	config.service = "datazone";
	config.region = settings->region;
	config.endpoint_url = settings->endpoint_url;
	config.use_fips = settings->use_fips;
	config.use_dual_stack = settings->use_dual_stack;
	config.provider = provider;
	if (source->access_key_id == NULL)
		config.keys_from = *words;
	config.connect_timeout_ms = settings->connect_timeout_ms;
	config.request_timeout_ms = settings->request_timeout_ms;
	config.max_attempts = settings->max_attempts;
	config.retry_mode = settings->retry_mode;
	config.proxy = settings->proxy;
	config.ca_file = settings->ca_file;
	config.app_id = settings->app_id;
	config.execution_env = settings->execution_env;
	config.trace_id = settings->trace_id;
	config.no_skew_correction = settings->no_skew_correction;
	config.id = source->server;
	config.rate_limit = rate_limit;

	PG_TRY();
	{
		client = DzAwsClientCreate(&config);
	}
	PG_FINALLY();
	{
		DzAwsProviderRelease(provider);
	}
	PG_END_TRY();

	return client;
}

/*
 * Fill an entry that has no connection.  On error it still has none, and
 * nothing else is left either: both contexts die with the caller's until the
 * connection is whole.
 */
static void
open_connection(ConnectionEntry *entry, uint64 generation)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext scratch;
	MemoryContext context;
	ForeignServer *server;
	DzServerOptions options;
	DzSourceOptions source;
	DzSettings settings;
	DzMapping *mapping;
	DzAwsClient *volatile client;
	DzConnection *connection;
	bool fetches;
	char *words;

	scratch = AllocSetContextCreate(caller, "datazone options",
									ALLOCSET_SMALL_SIZES);
	context = AllocSetContextCreate(caller, "datazone connection",
									ALLOCSET_SMALL_SIZES);

	MemoryContextSwitchTo(scratch);
	note_sources(entry, generation);
	server = GetForeignServer(entry->key.serverid);
	DzServerOptionsRead(server->options, &options);
	mapping = DzMappingRead(entry->key.userid, server->serverid);

	/* first: who has none is told nothing of the host */
	require_mapping(mapping, entry->key.userid, server);
	source = source_options(server, &options, mapping);
	DzSettingsResolve(&source, &settings);
	client = create_client(&source, &settings, options.rate_limit, &words,
						   &fetches);

	PG_TRY();
	{
		MemoryContextSwitchTo(context);
		connection = describe_connection(entry->key, server, &options, words);
		MemoryContextSetIdentifier(context, connection->server_name);
	}
	PG_CATCH();
	{
		DzAwsClientRelease(client);
		PG_RE_THROW();
	}
	PG_END_TRY();
	connection->client = client;

	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(context, connections_context);
	entry->context = context;
	entry->connection = connection;
	entry->fetches = fetches;
	MemoryContextDelete(scratch);
}

/* Before the catalogs are read, so that no change goes unnoticed. */
static void
note_sources(ConnectionEntry *entry, uint64 generation)
{
	const ConnectionKey *key = &entry->key;

	entry->stale = false;
	entry->generation = generation;
	entry->server_hash = GetSysCacheHashValue1(
		FOREIGNSERVEROID, ObjectIdGetDatum(key->serverid));
	entry->own_mapping_hash = mapping_hash(key->userid, key->serverid);
	entry->public_mapping_hash = mapping_hash(InvalidOid, key->serverid);
}

/* The entry of a key, with a connection. */
static ConnectionEntry *
find_or_open(const ConnectionKey *key, uint64 generation)
{
	ConnectionEntry *entry;
	bool found;

	entry = hash_search(connections, key, HASH_ENTER, &found);
	if (!found)
		memset((char *) entry + sizeof(*key), 0,
			   sizeof(*entry) - sizeof(*key));
	if (entry->connection == NULL)
		open_connection(entry, generation);
	return entry;
}

/* The caller's connection to a server, as the catalogs have it now. */
static DzConnection *
connect_to(const char *server, uint64 generation)
{
	ConnectionKey key;

	/* also if this call's own server has gone, so first */
	renew_stale(generation);
	key.serverid = DzServerResolve(server);
	key.userid = GetUserId();
	/* it may have heard of changes */
	renew_stale(generation);
	return find_or_open(&key, generation)->connection;
}

DzConnection *
DzConnect(const char *server)
{
	uint64 generation = DzSourceGeneration();
	DzConnection *volatile connection;

	if (connections == NULL)
		create_cache();

	/* whatever is read of the host's files meanwhile, all may use */
	PG_TRY();
	{
		connection = connect_to(server, generation);
	}
	PG_FINALLY();
	{
		DzSourceForget();
	}
	PG_END_TRY();

	return connection;
}
