/*-------------------------------------------------------------------------
 *
 * body.c
 *		SQL functions looked into: what they return, for any arguments.
 *
 * A body is derived once for all calls with the same types, with placeholders
 * for its arguments.  A chain of functions, each of which calls the next one
 * twice, costs as much as its functions, not as its calls.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "common/hashfn.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

static DzBody *body_of(DzDerivation *derivation, FuncExpr *call,
					   HeapTuple proc);
static HTAB *new_bodies(void);
static FuncExpr *whole_call(FuncExpr *call, HeapTuple proc);
static void derive_body(DzDerivation *derivation, DzBody *body, FuncExpr *call,
						HeapTuple proc);
static void depend_on(DzEdges *edges, Query *query);
static void derive_columns(DzBody *body, DzLevel *level,
						   const DzBodyQuery *result);
static void derive_fields(DzBody *body, DzLevel *level, TupleDesc desc);

DzBody *
DzBodyOf(DzDerivation *derivation, FuncExpr *call)
{
	DzBody *body = NULL;
	HeapTuple proc;

	if (call->funcid < FirstNormalObjectId)
		return NULL;
	proc = DzFunctionTuple(call->funcid);
	if (((Form_pg_proc) GETSTRUCT(proc))->prolang == SQLlanguageId)
		body = body_of(derivation, call, proc);
	ReleaseSysCache(proc);
	return body;
}

static DzBody *
body_of(DzDerivation *derivation, FuncExpr *call, HeapTuple proc)
{
	DzBodyKey key = {.funcid = call->funcid,
					 .rettype = call->funcresulttype,
					 .environment = DzEnvironmentNow(derivation)};
	FuncExpr *whole = whole_call(call, proc);
	DzBody *body;
	bool found;
	ListCell *lc;

	foreach (lc, whole->args)
	{
		key.argtypes = hash_combine(key.argtypes, exprType(lfirst(lc)));
	}
	if (derivation->bodies == NULL)
		derivation->bodies = new_bodies();
	body = hash_search(derivation->bodies, &key, HASH_ENTER, &found);
	if (!found)
	{
		body->is_under_way = true;
		body->is_broken = false;
		body->nargs = ((Form_pg_proc) GETSTRUCT(proc))->pronargs;
		body->first = DzPlaceholders(derivation, body->nargs);
		body->fields = NIL;
		body->ncolumns = 0;
		body->columns = NULL;
		memset(&body->rows, 0, sizeof(DzFlow));
		derive_body(derivation, body, whole, proc);
		body->is_under_way = false;
	}
	return body;
}

static HTAB *
new_bodies(void)
{
	HASHCTL control = {.keysize = sizeof(DzBodyKey),
					   .entrysize = sizeof(DzBody),
					   .hcxt = CurrentMemoryContext};

	return hash_create("datazone lineage functions", 16, &control,
					   HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

int
DzBodyField(DzDerivation *derivation, DzBody *body, int argument,
			AttrNumber field)
{
	DzArgumentField *known;
	ListCell *lc;

	foreach (lc, body->fields)
	{
		known = lfirst(lc);
		if (known->argument == argument && known->field == field)
			return known->number;
	}
	known = palloc(sizeof(DzArgumentField));
	known->argument = argument;
	known->field = field;
	known->number = DzPlaceholders(derivation, 1);
	body->fields = lappend(body->fields, known);
	return known->number;
}

/* The call with all arguments in their places, those left out by default. */
FuncExpr *
DzWholeCall(FuncExpr *call)
{
	HeapTuple proc = DzFunctionTuple(call->funcid);
	FuncExpr *whole = whole_call(call, proc);

	ReleaseSysCache(proc);
	return whole;
}

static FuncExpr *
whole_call(FuncExpr *call, HeapTuple proc)
{
	FuncExpr *whole = makeNode(FuncExpr);

	*whole = *call;
	whole->args = expand_function_arguments(call->args, false,
											call->funcresulttype, proc);
	return whole;
}

HeapTuple
DzFunctionTuple(Oid funcid)
{
	HeapTuple proc = SearchSysCache1(PROCOID, ObjectIdGetDatum(funcid));

	if (!HeapTupleIsValid(proc))
		DzFunctionIsGone(funcid);
	return proc;
}

void
DzFunctionIsGone(Oid funcid)
{
	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_FUNCTION),
					errmsg("function with OID %u does not exist", funcid),
					errdetail("It was dropped while the lineage of a "
							  "statement that calls it was derived.")));
}

/* What it calls in its turn is looked into in its own environment. */
static void
derive_body(DzDerivation *derivation, DzBody *body, FuncExpr *call,
			HeapTuple proc)
{
	DzBodyQuery result;
	DzOutside outside;
	DzLevel *level;

	check_stack_depth();
	if (!DzBodyResult(call, proc, derivation->options->checks, &result))
	{
		body->is_broken = true;
		return;
	}
	if (result.writes)
		DzNoteAdd(derivation, DZ_NOTE_WRITES, call->funcid, &body->rows);
	if (result.query == NULL || call->funcresulttype == VOIDOID)
		return;

	depend_on(derivation->edges, result.query);
	level = DzLevelOf(derivation, result.query, NULL);
	level->body = body;
	DzEnter(proc, &outside);
	DzReturnedRows(level, &body->rows);
	derive_columns(body, level, &result);
	DzLeave(&outside);
}

/* A plan has what the statement's own text refers to, and no more of this. */
static void
depend_on(DzEdges *edges, Query *query)
{
	List *relations;
	List *invalidations;
	bool is_secured;

	extract_query_dependencies((Node *) query, &relations, &invalidations,
							   &is_secured);
	edges->relations = list_concat_unique_oid(edges->relations, relations);
	edges->invalidations = list_concat(edges->invalidations, invalidations);
}

/* The query's columns are the result's; or its only one is the whole row. */
static void
derive_columns(DzBody *body, DzLevel *level, const DzBodyQuery *result)
{
	if (result->is_whole &&
		type_is_rowtype(exprType((Node *) level->outputs[0]->expr)))
	{
		derive_fields(body, level, result->desc);
		return;
	}
	body->ncolumns = level->noutputs;
	body->columns = palloc0_array(DzFlow, body->ncolumns + 1);
	for (int i = 0; i < body->ncolumns; i++)
		DzFlowAdd(&body->columns[i], DZ_EDGE_IDENTITY,
				  DzOutputColumn(level, i + 1));
}

/*
 * Where "desc" is not known only the call says which columns it has.  Of a set
 * operation the expression only shows the leftmost query's.
 */
static void
derive_fields(DzBody *body, DzLevel *level, TupleDesc desc)
{
	Node *row = (Node *) level->outputs[0]->expr;

	if (desc == NULL)
		desc = get_expr_result_tupdesc(row, true);
	body->ncolumns = desc != NULL ? desc->natts : 1;
	body->columns = palloc0_array(DzFlow, body->ncolumns + 1);
	for (int i = 0; i < body->ncolumns; i++)
	{
		if (desc != NULL && TupleDescAttr(desc, i)->attisdropped)
			continue;
		if (level->query->setOperations != NULL)
			DzFlowAdd(&body->columns[i], DZ_EDGE_TRANSFORMATION,
					  DzOutputColumn(level, 1));
		else
			DzField(level, row, i + 1, DZ_EDGE_IDENTITY, &body->columns[i]);
	}
}
