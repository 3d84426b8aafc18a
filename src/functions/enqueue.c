/*-------------------------------------------------------------------------
 *
 * enqueue.c
 *		Calls that wait for the transaction's commit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "functions/functions.h"
#include "outbox/outbox.h"
#include "shared/shared.h"

PG_FUNCTION_INFO_V1(datazone_enqueue_lineage);
PG_FUNCTION_INFO_V1(datazone_enqueue);

/* datazone_enqueue_lineage(event, domain_identifier, client_token, server) */
Datum
datazone_enqueue_lineage(PG_FUNCTION_ARGS)
{
	DzOutboxCall call = {0};
	int64 id;

	call.op = DzTypedOperation("PostLineageEvent");
	call.payload = DzArgJsonb(fcinfo, 0);
	call.domain = DzArgText(fcinfo, 1);
	call.client_token = DzArgText(fcinfo, 2);
	if (call.payload == NULL)
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("argument \"event\" must not be null")));
	DzRequirePreload("datazone_enqueue_lineage()");
	PreventCommandIfReadOnly("datazone_enqueue_lineage()");
	call.serverid = DzServerResolve(DzArgText(fcinfo, 3));
	call.role = GetUserId();
	id = DzOutboxAdd(&call);
	DzTellOnceIfUnserved();
	PG_RETURN_INT64(id);
}

/* A member that is a string; NULL if it is not there. */
static char *
member_text(Jsonb *params, const char *name)
{
	JsonbValue value;

	if (getKeyJsonValueFromContainer(&params->root, name, (int) strlen(name),
									 &value) == NULL ||
		value.type != jbvString)
		return NULL;
	return pnstrdup(value.val.string.val, value.val.string.len);
}

/*
 * Params of PostLineageEvent, as datazone_call() takes them: in the outbox the
 * event stands alone.  Checked as a whole first, for what is not the event's.
 */
static void
take_event_out(DzOutboxCall *call)
{
	Jsonb *params = call->payload;
	MemoryContext scratch = AllocSetContextCreate(
		CurrentMemoryContext, "datazone event", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	JsonbValue event;
	char *token;

	(void) DzRequestBuild(call->op, DzParamsOf(params), "params",
						  DzServerDefaultDomain(call->serverid));
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);

	(void) getKeyJsonValueFromContainer(&params->root, "event",
										strlen("event"), &event);
	call->payload = JsonbValueToJsonb(&event);
	call->domain = member_text(params, "domainIdentifier");
	token = member_text(params, "clientToken");
	if (token != NULL)
		call->client_token = DzOutboxToken(call->client_token, token);
}

/*
 * datazone_enqueue(operation, params, ordering_key, client_token, server)
 */
Datum
datazone_enqueue(PG_FUNCTION_ARGS)
{
	char *name = DzArgRequired(fcinfo, 0, "operation");
	DzOutboxCall call = {0};
	int64 id;

	call.payload = DzArgJsonb(fcinfo, 1);
	if (call.payload == NULL)
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("argument \"params\" must not be null")));
	call.op = DzNamedOperation(name);
	if (call.op->read_only)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("operation \"%s\" only reads", call.op->name),
				 errhint("Only operations that write are enqueued; call it "
						 "with datazone_call().")));
	call.ordering_key = DzArgText(fcinfo, 2);
	call.client_token = DzArgText(fcinfo, 3);
	DzRequirePreload("datazone_enqueue()");
	PreventCommandIfReadOnly("datazone_enqueue()");
	call.serverid = DzServerResolve(DzArgText(fcinfo, 4));
	if (call.op == DzTypedOperation("PostLineageEvent"))
		take_event_out(&call);
	call.role = GetUserId();
	id = DzOutboxAdd(&call);
	DzTellOnceIfUnserved();
	PG_RETURN_INT64(id);
}
