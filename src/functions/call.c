/*-------------------------------------------------------------------------
 *
 * call.c
 *		Any operation by its name: one answer, or the items of a listing.
 *
 * Params and answers are the API's own JSON, checked against the same table
 * as everything else.  Some answers hold credentials: they go to the caller
 * and nowhere else, so nothing here writes a value into a message.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "functions/functions.h"

/* what the errors call the second argument, and paths begin with */
#define PARAMS "params"

PG_FUNCTION_INFO_V1(datazone_call);
PG_FUNCTION_INFO_V1(datazone_list);

static const DzOperation *operation_argument(FunctionCallInfo fcinfo,
											 const char *function);
static DzParams *params_argument(FunctionCallInfo fcinfo);
static void store_item(const DzAnswer *answer, const DzJson *item,
					   size_t index, void *arg);

/* datazone_call(operation, params, server) */
Datum
datazone_call(PG_FUNCTION_ARGS)
{
	const DzOperation *op = operation_argument(fcinfo, "datazone_call");
	DzParams *params = params_argument(fcinfo);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 2));
	DzCall *call =
		DzCallStart(conn->client, op, params, PARAMS, conn->domain_identifier);
	const DzAnswer *answer = DzCallWait(call);
	const DzAwsReply *reply = DzCallReply(call);
	Jsonb *result =
		DzValueToJsonb(answer, reply->transfer, reply->body, reply->body_len);

	DzCallRelease(call);
	PG_RETURN_JSONB_P(result);
}

/* datazone_list(operation, params, max_items, server) */
Datum
datazone_list(PG_FUNCTION_ARGS)
{
	const DzOperation *op = operation_argument(fcinfo, "datazone_list");
	DzParams *params = params_argument(fcinfo);
	int64 max_items = DzArgMaxItems(fcinfo, 2);
	DzConnection *conn;

	if (op->pager == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("operation \"%s\" has no pages", op->name),
						errhint("Use datazone_call().")));
	conn = DzConnect(DzArgText(fcinfo, 3));

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	DzListEach(conn, op, params, PARAMS, max_items, store_item,
			   fcinfo->resultinfo);
	return (Datum) 0;
}

/*
 * The operation that the first argument names.  One that writes is refused in
 * a READ ONLY transaction, and so on a standby.
 */
static const DzOperation *
operation_argument(FunctionCallInfo fcinfo, const char *function)
{
	char *name = DzArgRequired(fcinfo, 0, "operation");
	const DzOperation *op = DzNamedOperation(name);

	if (!op->read_only)
		PreventCommandIfReadOnly(psprintf("%s('%s')", function, op->name));
	return op;
}

/* The second argument; nothing is the same as no params. */
static DzParams *
params_argument(FunctionCallInfo fcinfo)
{
	return DzParamsOf(DzArgJsonb(fcinfo, 1));
}

/* An item as a row. */
static void
store_item(const DzAnswer *answer, const DzJson *item, size_t index, void *arg)
{
	ReturnSetInfo *rsinfo = arg;
	Datum value = JsonbPGetDatum(DzItemToJsonb(answer, item, index));
	bool isnull = false;

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &value, &isnull);
}
