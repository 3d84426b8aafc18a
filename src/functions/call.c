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
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "functions/functions.h"

/* what the errors call the second argument, and paths begin with */
#define PARAMS "params"

PG_FUNCTION_INFO_V1(datazone_call);
PG_FUNCTION_INFO_V1(datazone_list);

static const DzOperation *operation_argument(FunctionCallInfo fcinfo,
											 const char *function);
static Jsonb *params_argument(FunctionCallInfo fcinfo);
static void store_page(ReturnSetInfo *rsinfo, const DzOperation *op,
					   const DzJson *items, size_t count, size_t before);

/* datazone_call(operation, params, server) */
Datum
datazone_call(PG_FUNCTION_ARGS)
{
	const DzOperation *op = operation_argument(fcinfo, "datazone_call");
	Jsonb *params = params_argument(fcinfo);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 2));
	DzCall *call =
		DzCallStart(conn->client, op, params, PARAMS, conn->domain_identifier);
	const DzJson *answer = DzCallWait(call);
	const DzAwsReply *reply = DzCallReply(call);
	Jsonb *result = DzValueToJsonb(op, answer, reply->transfer, reply->body,
								   reply->body_len);

	DzCallRelease(call);
	PG_RETURN_JSONB_P(result);
}

/* datazone_list(operation, params, max_items, server) */
Datum
datazone_list(PG_FUNCTION_ARGS)
{
	const DzOperation *op = operation_argument(fcinfo, "datazone_list");
	Jsonb *params = params_argument(fcinfo);
	int64 max_items = DzArgMaxItems(fcinfo, 2);
	DzConnection *conn;
	MemoryContext listing;
	MemoryContext rows;
	MemoryContext old;
	DzPages *pages;
	const DzJson *items;
	size_t count;
	size_t before = 0;

	if (op->pager == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("operation \"%s\" has no pages", op->name),
						errhint("Use datazone_call().")));
	conn = DzConnect(DzArgText(fcinfo, 3));

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	listing = AllocSetContextCreate(CurrentMemoryContext, "datazone listing",
									ALLOCSET_DEFAULT_SIZES);
	rows = AllocSetContextCreate(listing, "datazone listing rows",
								 ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(listing);
	pages = DzPagesOpen(conn->client, op, params, PARAMS,
						conn->domain_identifier, max_items);
	while ((items = DzPagesNext(pages, &count)) != NULL)
	{
		MemoryContextSwitchTo(rows);
		store_page((ReturnSetInfo *) fcinfo->resultinfo, op, items, count,
				   before);
		MemoryContextSwitchTo(listing);
		MemoryContextReset(rows);
		before += count;
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(listing);
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
	const DzOperation *op = DzOperationFind(name);

	if (op == NULL)
	{
		const char *nearest = DzOperationNearest(name);

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown operation \"%s\"", name),
				 nearest != NULL
					 ? errhint("Perhaps you meant \"%s\".", nearest)
					 : errhint("datazone_operations() lists them all.")));
	}
	if (!op->read_only)
		PreventCommandIfReadOnly(psprintf("%s('%s')", function, op->name));
	return op;
}

/* The second argument; nothing is the same as no params. */
static Jsonb *
params_argument(FunctionCallInfo fcinfo)
{
	Jsonb *params = DzArgJsonb(fcinfo, 1);

	return params != NULL ? params : DzParamsEnd(DzParamsBegin());
}

/* A page's items as rows; "before" counts those of earlier pages. */
static void
store_page(ReturnSetInfo *rsinfo, const DzOperation *op, const DzJson *items,
		   size_t count, size_t before)
{
	for (size_t i = 0; i < count; i++)
	{
		Datum value = JsonbPGetDatum(
			DzItemToJsonb(op, DzJsonItem(items, i), before + i));
		bool isnull = false;

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &value,
							 &isnull);
	}
}
