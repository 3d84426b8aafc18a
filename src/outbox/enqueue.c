/*-------------------------------------------------------------------------
 *
 * enqueue.c
 *		Write a call into the outbox, in the caller's transaction.
 *
 * The check is the one that the synchronous functions make, by the same code:
 * a call that could not be sent fails the statement that made it.  The token
 * is settled here, so that every attempt carries the same one.
 *
 * Cost matters: this runs in other people's transactions, perhaps millions of
 * them in a session.  The statement is planned once, the table looked up once
 * until it changes, and the wake at commit is registered once a process.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/xid8.h"

#include "api/model.h"
#include "aws/uuid.h"
#include "compat.h"
#include "outbox/outbox.h"
#include "server/server.h"
#include "shared/shared.h"
#include "worker/tables.h"
#include "worker/worker.h"

/* Far from what an entry of an index may have. */
#define DZ_ORDERING_KEY_MAX 1024

/* The table as it was looked up; InvalidOid: to be looked up. */
static Oid table_oid = InvalidOid;
static Oid table_owner = InvalidOid;
static SPIPlanPtr plan = NULL;

static const Oid dz_insert_types[] = {
	XID8OID, TEXTOID,  TEXTOID, OIDOID,  REGROLEOID, TEXTOID, TEXTOID,
	TEXTOID, JSONBOID, TEXTOID, TEXTOID, INT8OID,    OIDOID};

static void
forget_table(Datum arg, Oid relid)
{
	if (relid == table_oid || !OidIsValid(relid))
		table_oid = InvalidOid;
}

/* A schema was renamed, ours perhaps: the statement has its name. */
static void
forget_name(Datum arg, DzSysCacheId cacheid, uint32 hash)
{
	table_oid = InvalidOid;
}

/* Find the table and prepare the statement, unless that has been done. */
static void
prepare(void)
{
	static bool registered = false;
	SPIPlanPtr new;

	if (OidIsValid(table_oid) && plan != NULL)
		return;
	if (!registered)
	{
		CacheRegisterRelcacheCallback(forget_table, (Datum) 0);
		CacheRegisterSyscacheCallback(NAMESPACEOID, forget_name, (Datum) 0);
	}
	registered = true;

	if (plan != NULL)
		SPI_freeplan(plan);
	plan = NULL;
	table_owner = DzTableOwner(DZ_OUTBOX_TABLE);
	new = SPI_prepare(
		psprintf("INSERT INTO %s (xid, operation, server, server_id, role, "
				 "domain_id, ordering_key, client_token, payload, job, "
				 "run_id, origin_system_identifier, origin_database_id, "
				 "enqueued_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
				 "$10, $11, $12, $13, pg_catalog.clock_timestamp()) "
				 "RETURNING id",
				 DzTableName(DZ_OUTBOX_TABLE)),
		lengthof(dz_insert_types), (Oid *) dz_insert_types);
	if (new == NULL || SPI_keepplan(new) != 0)
		elog(ERROR, "could not prepare the outbox's statement");
	plan = new;
	table_oid = DzTableOid(DZ_OUTBOX_TABLE);
}

/* ----------
 * What an entry is made of
 * ----------
 */

/* All that is known of a call before it is written. */
typedef struct Fields
{
	const char *domain;
	const char *token;
	const char *key;
	const char *job;
	const char *run_id;
} Fields;

static bool
is_lineage(const DzOperation *op)
{
	return strcmp(op->name, "PostLineageEvent") == 0;
}

/* A member of a jsonb object; NULL if it is absent or no string. */
static char *
member_text(JsonbContainer *object, const char *name)
{
	JsonbValue value;

	if (getKeyJsonValueFromContainer(object, name, (int) strlen(name),
									 &value) == NULL ||
		value.type != jbvString)
		return NULL;
	return pnstrdup(value.val.string.val, value.val.string.len);
}

static JsonbContainer *
member_object(JsonbContainer *object, const char *name)
{
	JsonbValue value;

	if (getKeyJsonValueFromContainer(object, name, (int) strlen(name),
									 &value) == NULL ||
		value.type != jbvBinary)
		return NULL;
	return value.val.binary.data;
}

static bool
has_domain(const DzOperation *op)
{
	const char *name = "domainIdentifier";

	return op->input != DZ_NO_SHAPE &&
		   DzShapeMember(&dz_shapes[op->input], name, strlen(name)) != NULL;
}

static const char *
settle_domain(const DzOutboxCall *call)
{
	char *given = NULL;

	if (call->domain != NULL)
		return call->domain;
	if (!has_domain(call->op))
		return NULL;
	if (!is_lineage(call->op) && JB_ROOT_IS_OBJECT(call->payload))
		given = member_text(&call->payload->root, "domainIdentifier");
	return given ? given : DzServerDefaultDomain(call->serverid);
}

const char *
DzOutboxToken(const char *argument, const char *member)
{
	if (argument != NULL && strcmp(argument, member) != 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("argument \"client_token\" is not what "
							   "params.clientToken says")));
	return member;
}

/*
 * The token is an argument or a member of the params, else made.  NULL where
 * there is none, or one that check() refuses.
 */
static const char *
settle_token(const DzOutboxCall *call)
{
	JsonbValue given = {.type = jbvNull};
	char *token;

	if (!call->op->has_token && call->client_token != NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("operation \"%s\" takes no client token",
							   call->op->name)));
	if (!call->op->has_token)
		return NULL;
	if (!is_lineage(call->op) && JB_ROOT_IS_OBJECT(call->payload))
		(void) getKeyJsonValueFromContainer(&call->payload->root,
											"clientToken",
											strlen("clientToken"), &given);
	if (given.type == jbvString)
		return DzOutboxToken(
			call->client_token,
			pnstrdup(given.val.string.val, given.val.string.len));
	if (given.type != jbvNull || call->client_token != NULL)
		return given.type != jbvNull ? NULL : call->client_token;

	token = palloc(DZ_UUID_TEXT_SIZE);
	DzUuidRandom(token);
	return token;
}

/*
 * An ordering key is in an index, which limits its length.  Runs whose own
 * identifiers are too long for that go by a hash of them: two with the same
 * hash are in order although nobody asked for it.
 */
static const char *
settle_key(const DzOutboxCall *call, const Fields *fields)
{
	const char *key = call->ordering_key;

	if (key == NULL && fields->run_id == NULL)
		return NULL;
	if (key == NULL)
	{
		key = psprintf("%s %s", fields->domain, fields->run_id);
		if (strlen(key) > DZ_ORDERING_KEY_MAX)
			key = psprintf(
				"%s #" UINT64_FORMAT, fields->domain,
				hash_bytes_extended((const unsigned char *) fields->run_id,
									(int) strlen(fields->run_id), 0));
	}
	else if (strlen(key) > DZ_ORDERING_KEY_MAX)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("argument \"ordering_key\" is too long"),
						errdetail("It has %zu bytes, and may have %d.",
								  strlen(key), DZ_ORDERING_KEY_MAX)));
	return key;
}

/* Throws what a synchronous call would before it sends. */
static void
check(const DzOutboxCall *call, const Fields *fields)
{
	MemoryContext scratch = AllocSetContextCreate(
		CurrentMemoryContext, "datazone outbox check", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	DzParams *params;

	if (is_lineage(call->op))
	{
		params = DzParamsBegin();
		DzParamsJsonb(params, "event", call->payload);
		DzParamsText(params, "domainIdentifier",
					 unconstify(char *, fields->domain));
	}
	else
		params = DzParamsOf(call->payload);
	DzParamsText(params, "clientToken", unconstify(char *, fields->token));
	(void) DzRequestBuild(call->op, params,
						  is_lineage(call->op) ? NULL : "params",
						  fields->domain);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

/* Of an event that has been checked: what it is about. */
static void
describe_event(const DzOutboxCall *call, Fields *fields)
{
	JsonbContainer *job = member_object(&call->payload->root, "job");
	JsonbContainer *run = member_object(&call->payload->root, "run");

	fields->job = psprintf("%s/%s", member_text(job, "namespace"),
						   member_text(job, "name"));
	fields->run_id = member_text(run, "runId");
}

/* ----------
 * Writing
 * ----------
 */

static Datum
text_or_null(const char *text, char *isnull)
{
	*isnull = text == NULL ? 'n' : ' ';
	return text == NULL ? (Datum) 0 : CStringGetTextDatum(text);
}

static int64
insert(const DzOutboxCall *call, const Fields *fields)
{
	Datum values[lengthof(dz_insert_types)];
	char nulls[lengthof(dz_insert_types) + 1];
	DzIdentity caller;
	bool isnull;
	int64 id;

	memset(nulls, ' ', lengthof(dz_insert_types));
	nulls[lengthof(dz_insert_types)] = '\0';
	values[0] = FullTransactionIdGetDatum(GetTopFullTransactionId());
	values[1] = CStringGetTextDatum(call->op->name);
	values[2] = CStringGetTextDatum(DzServerName(call->serverid));
	values[3] = ObjectIdGetDatum(call->serverid);
	values[4] = ObjectIdGetDatum(call->role);
	values[5] = text_or_null(fields->domain, &nulls[5]);
	values[6] = text_or_null(fields->key, &nulls[6]);
	values[7] = text_or_null(fields->token, &nulls[7]);
	values[8] = JsonbPGetDatum(call->payload);
	values[9] = text_or_null(fields->job, &nulls[9]);
	values[10] = text_or_null(fields->run_id, &nulls[10]);
	values[11] = Int64GetDatum(DzOriginSystem());
	values[12] = ObjectIdGetDatum(MyDatabaseId);

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	prepare();
	DzIdentityAssume(&caller, table_owner, true);
	if (SPI_execute_plan(plan, values, nulls, false, 0) !=
		SPI_OK_INSERT_RETURNING)
		elog(ERROR, "could not write into the outbox");
	id = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
									 SPI_tuptable->tupdesc, 1, &isnull));
	DzIdentityRestore(&caller);
	SPI_finish();
	return id;
}

int64
DzOutboxAdd(const DzOutboxCall *call)
{
	Fields fields = {0};
	int64 id;

	DzRequirePreload("the outbox");
	DzOutboxRequireRoom();
	fields.domain = settle_domain(call);
	fields.token = settle_token(call);
	check(call, &fields);
	if (is_lineage(call->op))
		describe_event(call, &fields);
	fields.key = settle_key(call, &fields);
	id = insert(call, &fields);
	DzOutboxCount((DzQueueCounts){.waiting = 1});
	DzWakeAtCommit(DZ_WAKE_OUTBOX);
	return id;
}
