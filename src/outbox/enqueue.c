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
 * them in a session.  See insert.c; and the wake at commit is registered once
 * a process.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
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

static void
set_text(Datum *value, bool *isnull, const char *text)
{
	*isnull = text == NULL;
	*value = text == NULL ? (Datum) 0 : CStringGetTextDatum(text);
}

static int64
insert(const DzOutboxCall *call, const Fields *fields)
{
	Datum values[DZ_OUTBOX_COLUMNS];
	bool nulls[DZ_OUTBOX_COLUMNS] = {false};

	values[0] = FullTransactionIdGetDatum(GetTopFullTransactionId());
	values[1] = CStringGetTextDatum(call->op->name);
	values[2] = CStringGetTextDatum(DzServerName(call->serverid));
	values[3] = ObjectIdGetDatum(call->serverid);
	values[4] = ObjectIdGetDatum(call->role);
	set_text(&values[5], &nulls[5], fields->domain);
	set_text(&values[6], &nulls[6], fields->key);
	set_text(&values[7], &nulls[7], fields->token);
	values[8] = JsonbPGetDatum(call->payload);
	set_text(&values[9], &nulls[9], fields->job);
	set_text(&values[10], &nulls[10], fields->run_id);
	values[11] = Int64GetDatum(DzOriginSystem());
	values[12] = ObjectIdGetDatum(MyDatabaseId);
	values[13] = DirectFunctionCall1(
		namein, CStringGetDatum(GetUserNameFromId(call->role, false)));
	return DzOutboxInsert(values, nulls);
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
