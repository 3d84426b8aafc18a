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
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "functions/functions.h"

/* the widest row type: datazone_run */
#define DZ_MAX_COLUMNS 32

/* what storing an item of a listing needs */
typedef struct Sink
{
	ReturnSetInfo *rsinfo;
	const DzRowShape *shape;
	const char *const *given;
} Sink;

static void store_item(const DzAnswer *answer, const DzJson *item,
					   size_t index, void *arg);
static MemoryContext statement_context(ReturnSetInfo *rsinfo);
static HeapTuple fetch_row(const DzConnection *conn, const DzOperation *op,
						   const DzParams *params, const DzRowShape *shape,
						   const char *const *given, TupleDesc desc);

/*
 * Begin the result of a function whose rows are of "shape".  The row type is
 * compared with it, column by column: a superuser can alter a type, and the
 * library may be older or newer than the extension's SQL objects.
 */
ReturnSetInfo *
DzResultBegin(FunctionCallInfo fcinfo, const DzRowShape *shape)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	bool fits;

	InitMaterializedSRF(fcinfo, 0);

	fits = rsinfo->setDesc->natts == shape->ncolumns &&
		   shape->ncolumns <= DZ_MAX_COLUMNS;
	for (int i = 0; fits && i < shape->ncolumns; i++)
	{
		Form_pg_attribute att = TupleDescAttr(rsinfo->setDesc, i);

		fits = !att->attisdropped &&
			   att->atttypid == DzColumnType(shape->columns[i].kind);
	}

	if (!fits)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the row type \"%s\" is not what the library expects",
						format_type_be(rsinfo->setDesc->tdtypeid)),
				 errhint("Run ALTER EXTENSION datazone UPDATE, and do not "
						 "alter the columns of the extension's types.")));
	return rsinfo;
}

/* Put the row that "item" makes into the function's result. */
void
DzRowStore(ReturnSetInfo *rsinfo, const DzAnswer *answer,
		   const DzRowShape *shape, const char *const *given,
		   const DzJson *item)
{
	Datum values[DZ_MAX_COLUMNS];
	bool nulls[DZ_MAX_COLUMNS];

	DzRowRead(answer, shape, given, item, values, nulls);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* All items of a paginated operation, a row each. */
void
DzListInto(FunctionCallInfo fcinfo, const DzConnection *conn,
		   const char *operation, const DzParams *params, int64 max_items,
		   const DzRowShape *shape, const char *const *given)
{
	Sink sink = {DzResultBegin(fcinfo, shape), shape, given};

	DzListEach(conn, DzTypedOperation(operation), params, NULL, max_items,
			   store_item, &sink);
}

static void
store_item(const DzAnswer *answer, const DzJson *item, size_t index, void *arg)
{
	Sink *sink = arg;

	DzRowStore(sink->rsinfo, answer, sink->shape, sink->given, item);
}

/* One call, one row. */
void
DzRowInto(FunctionCallInfo fcinfo, const DzConnection *conn,
		  const char *operation, const DzParams *params,
		  const DzRowShape *shape, const char *const *given)
{
	ReturnSetInfo *rsinfo = DzResultBegin(fcinfo, shape);

	tuplestore_puttuple(rsinfo->setResult,
						fetch_row(conn, DzTypedOperation(operation), params,
								  shape, given, rsinfo->setDesc));
}

/*
 * One writing call, one row, once for each set of arguments in a statement:
 * a repeated evaluation gets the first one's row (see statement.c).  Returns
 * the row if the call was made now, else NULL.
 */
HeapTuple
DzRowOnceInto(FunctionCallInfo fcinfo, const DzConnection *conn,
			  const char *operation, const DzParams *params,
			  const DzRowShape *shape, const char *const *given)
{
	ReturnSetInfo *rsinfo = DzResultBegin(fcinfo, shape);
	DzStatementKey key = {0};
	HeapTuple row;
	HeapTuple made = NULL;

	key.query_cxt = statement_context(rsinfo);
	key.op = DzTypedOperation(operation);
	key.serverid = conn->serverid;
	key.userid = conn->userid;
	key.params = DzParamsToJsonb(params);

	row = DzStatementFind(&key);
	if (row == NULL)
	{
		row = fetch_row(conn, key.op, params, shape, given, rsinfo->setDesc);
		DzStatementRemember(&key, row);
		made = row;
	}
	tuplestore_puttuple(rsinfo->setResult, row);
	return made;
}

/*
 * What stands for the statement.  When a row that it updates was changed
 * meanwhile, PostgreSQL evaluates parts of it again in a state of their own:
 * that is still the same statement.
 */
static MemoryContext
statement_context(ReturnSetInfo *rsinfo)
{
	EState *estate = rsinfo->econtext->ecxt_estate;

	while (estate != NULL && estate->es_epq_active != NULL)
		estate = estate->es_epq_active->parentestate;
	return estate != NULL ? estate->es_query_cxt
						  : rsinfo->econtext->ecxt_per_query_memory;
}

static HeapTuple
fetch_row(const DzConnection *conn, const DzOperation *op,
		  const DzParams *params, const DzRowShape *shape,
		  const char *const *given, TupleDesc desc)
{
	Datum values[DZ_MAX_COLUMNS];
	bool nulls[DZ_MAX_COLUMNS];
	HeapTuple row;
	DzCall *call =
		DzCallStart(conn->client, op, params, NULL, conn->domain_identifier);

	const DzAnswer *answer = DzCallWait(call);

	DzRowRead(answer, shape, given, answer->body, values, nulls);
	row = heap_form_tuple(desc, values, nulls);
	DzCallRelease(call);
	return row;
}
