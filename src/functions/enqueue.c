/*-------------------------------------------------------------------------
 *
 * enqueue.c
 *		Calls that wait for the transaction's commit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

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
	PG_RETURN_INT64(DzOutboxAdd(&call));
}

/*
 * datazone_enqueue(operation, params, ordering_key, client_token, server)
 */
Datum
datazone_enqueue(PG_FUNCTION_ARGS)
{
	char *name = DzArgRequired(fcinfo, 0, "operation");
	DzOutboxCall call = {0};

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
	call.role = GetUserId();
	PG_RETURN_INT64(DzOutboxAdd(&call));
}
