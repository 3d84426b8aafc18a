/*-------------------------------------------------------------------------
 *
 * result.c
 *		Call an operation and put what it gives into the function's result.
 *
 * All set-returning functions use materialise mode: the whole life of a
 * listing, with its network resources, is then within one call of the
 * function, and PostgreSQL would spool the rows anyway.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "functions/functions.h"

/* the widest row type: datazone_run */
#define DZ_MAX_COLUMNS 32

static ReturnSetInfo *begin_result(FunctionCallInfo fcinfo,
								   const DzRowShape *shape);
static HeapTuple fetch_row(const DzConnection *conn, const DzOperation *op,
						   Jsonb *params, const DzRowShape *shape,
						   const char *const *given, TupleDesc desc);

/* Put the row that "item" makes into the function's result. */
void
DzRowStore(ReturnSetInfo *rsinfo, const char *operation,
		   const DzRowShape *shape, const char *const *given,
		   const DzJson *item)
{
	Datum values[DZ_MAX_COLUMNS];
	bool nulls[DZ_MAX_COLUMNS];

	DzRowRead(operation, shape, given, item, values, nulls);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * All items of a paginated operation, a row each.  Memory beside the spool
 * is two pages and one page's values.
 */
void
DzListInto(FunctionCallInfo fcinfo, const DzConnection *conn,
		   const char *operation, Jsonb *params, int64 max_items,
		   const DzRowShape *shape, const char *const *given)
{
	ReturnSetInfo *rsinfo = begin_result(fcinfo, shape);
	MemoryContext listing = AllocSetContextCreate(
		CurrentMemoryContext, "datazone listing", ALLOCSET_DEFAULT_SIZES);
	MemoryContext rows = AllocSetContextCreate(
		listing, "datazone listing rows", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(listing);
	const DzJson *items;
	DzPages *pages;
	size_t count;

	pages = DzPagesOpen(conn->client, DzTypedOperation(operation), params,
						NULL, conn->domain_identifier, max_items);
	while ((items = DzPagesNext(pages, &count)) != NULL)
	{
		MemoryContextSwitchTo(rows);
		for (size_t i = 0; i < count; i++)
			DzRowStore(rsinfo, operation, shape, given, DzJsonItem(items, i));
		MemoryContextSwitchTo(listing);
		MemoryContextReset(rows);
		CHECK_FOR_INTERRUPTS();
	}

	MemoryContextSwitchTo(old);
	MemoryContextDelete(listing);
}

/* One call, one row. */
void
DzRowInto(FunctionCallInfo fcinfo, const DzConnection *conn,
		  const char *operation, Jsonb *params, const DzRowShape *shape,
		  const char *const *given)
{
	ReturnSetInfo *rsinfo = begin_result(fcinfo, shape);

	tuplestore_puttuple(rsinfo->setResult,
						fetch_row(conn, DzTypedOperation(operation), params,
								  shape, given, rsinfo->setDesc));
}

/*
 * One writing call, one row, once for each set of arguments in a statement:
 * a repeated evaluation gets the first one's row (see statement.c).
 */
void
DzRowOnceInto(FunctionCallInfo fcinfo, const DzConnection *conn,
			  const char *operation, Jsonb *params, const DzRowShape *shape,
			  const char *const *given)
{
	ReturnSetInfo *rsinfo = begin_result(fcinfo, shape);
	DzStatementKey key = {0};
	HeapTuple row;

	key.query_cxt = rsinfo->econtext->ecxt_per_query_memory;
	key.op = DzTypedOperation(operation);
	key.serverid = conn->serverid;
	key.userid = conn->userid;
	key.params = params;

	row = DzStatementFind(&key);
	if (row == NULL)
	{
		row = fetch_row(conn, key.op, params, shape, given, rsinfo->setDesc);
		DzStatementRemember(&key, row);
	}
	tuplestore_puttuple(rsinfo->setResult, row);
}

static ReturnSetInfo *
begin_result(FunctionCallInfo fcinfo, const DzRowShape *shape)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);

	/* the library may be newer or older than the extension's SQL objects */
	if (rsinfo->setDesc->natts != shape->ncolumns ||
		shape->ncolumns > DZ_MAX_COLUMNS)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the row type has %d columns where the library "
						"expects %d",
						rsinfo->setDesc->natts, shape->ncolumns),
				 errhint("Run ALTER EXTENSION datazone UPDATE, and add no "
						 "columns to the extension's types.")));
	return rsinfo;
}

static HeapTuple
fetch_row(const DzConnection *conn, const DzOperation *op, Jsonb *params,
		  const DzRowShape *shape, const char *const *given, TupleDesc desc)
{
	Datum values[DZ_MAX_COLUMNS];
	bool nulls[DZ_MAX_COLUMNS];
	HeapTuple row;
	DzCall *call =
		DzCallStart(conn->client, op, params, NULL, conn->domain_identifier);

	DzRowRead(op->name, shape, given, DzCallWait(call), values, nulls);
	row = heap_form_tuple(desc, values, nulls);
	DzCallRelease(call);
	return row;
}
