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
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

static HTAB *new_bodies(void);
static bool is_sql(Oid funcid, int *nargs);
static void derive_body(DzDerivation *derivation, DzBody *body,
						FuncExpr *call);
static void derive_columns(DzBody *body, DzLevel *level, Oid rettype);
static void derive_fields(DzBody *body, DzLevel *level, TupleDesc desc);

DzBody *
DzBodyOf(DzDerivation *derivation, FuncExpr *call)
{
	DzBodyKey key = {.funcid = call->funcid, .rettype = call->funcresulttype};
	DzBody *body;
	bool found;
	int nargs;
	FuncExpr *whole;
	ListCell *lc;

	if (call->funcid < FirstNormalObjectId || !is_sql(call->funcid, &nargs))
		return NULL;

	whole = DzWholeCall(call);
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
		body->writes = false;
		body->nargs = nargs;
		body->first = DzPlaceholders(derivation, nargs);
		body->ncolumns = 0;
		body->columns = NULL;
		memset(&body->rows, 0, sizeof(DzFlow));
		derive_body(derivation, body, whole);
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

/* The call with all arguments in their places, those left out by default. */
FuncExpr *
DzWholeCall(FuncExpr *call)
{
	HeapTuple proc;
	FuncExpr *whole = makeNode(FuncExpr);

	proc = SearchSysCache1(PROCOID, ObjectIdGetDatum(call->funcid));
	if (!HeapTupleIsValid(proc))
		elog(ERROR, "cache lookup failed for function %u", call->funcid);
	*whole = *call;
	whole->args = expand_function_arguments(call->args, false,
											call->funcresulttype, proc);
	ReleaseSysCache(proc);
	return whole;
}

static bool
is_sql(Oid funcid, int *nargs)
{
	HeapTuple proc;
	Form_pg_proc form;
	bool result;

	proc = SearchSysCache1(PROCOID, ObjectIdGetDatum(funcid));
	if (!HeapTupleIsValid(proc))
		elog(ERROR, "cache lookup failed for function %u", funcid);
	form = (Form_pg_proc) GETSTRUCT(proc);
	result = form->prolang == SQLlanguageId;
	*nargs = form->pronargs;
	ReleaseSysCache(proc);
	return result;
}

static void
derive_body(DzDerivation *derivation, DzBody *body, FuncExpr *call)
{
	Query *query;
	DzLevel *level;

	check_stack_depth();
	if (!DzBodyResult(call, &body->writes, &query))
	{
		body->is_broken = true;
		return;
	}
	if (body->writes)
		DzNoteAdd(derivation, DZ_NOTE_WRITES, call->funcid, &body->rows);
	if (query == NULL || call->funcresulttype == VOIDOID)
		return;

	level = DzLevelOf(derivation, query, NULL);
	level->body = body;
	DzFlowAdd(&body->rows, DZ_EDGE_IDENTITY, DzRows(level));
	derive_columns(body, level, call->funcresulttype);
}

/*
 * The query's columns are the result's; but one column of a row type is the
 * whole result of a function that returns rows.
 */
static void
derive_columns(DzBody *body, DzLevel *level, Oid rettype)
{
	TupleDesc desc = NULL;
	Oid relid = get_typ_typrelid(getBaseType(rettype));

	if (OidIsValid(relid))
		desc = lookup_rowtype_tupdesc_copy(getBaseType(rettype), -1);
	if (level->noutputs == 1 && level->outputs[0] != NULL && desc != NULL &&
		type_is_rowtype(exprType((Node *) level->outputs[0]->expr)))
	{
		derive_fields(body, level, desc);
		return;
	}

	body->ncolumns = desc != NULL ? desc->natts : level->noutputs;
	body->columns = palloc0_array(DzFlow, body->ncolumns + 1);
	for (int i = 0, output = 1; i < body->ncolumns; i++)
	{
		/* a dropped column of the row type has none in the query */
		if (desc == NULL || !TupleDescAttr(desc, i)->attisdropped)
			DzFlowAdd(&body->columns[i], DZ_EDGE_IDENTITY,
					  DzOutputColumn(level, output++));
	}
}

static void
derive_fields(DzBody *body, DzLevel *level, TupleDesc desc)
{
	body->ncolumns = desc->natts;
	body->columns = palloc0_array(DzFlow, body->ncolumns + 1);
	for (int i = 0; i < body->ncolumns; i++)
		DzField(level, (Node *) level->outputs[0]->expr, i + 1,
				DZ_EDGE_IDENTITY, &body->columns[i]);
}
