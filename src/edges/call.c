/*-------------------------------------------------------------------------
 *
 * call.c
 *		Calls: of functions that can be looked into, and of those that cannot.
 *
 * A function of the server's own transforms its arguments and reads nothing
 * else, but for the few that are given SQL or the name of a table or a file.
 * One written in SQL is replaced by its body.  Of any other, in C or in a
 * procedural language, only the arguments are known: that is noted.  An
 * operator is a call of its function; what calls functions in other ways, an
 * aggregate say, is not looked into.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_aggregate.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

static void begin(DzLevel *level, FuncExpr *call, DzEdgeKind use,
				  DzCalled *called);
static void take_fields(DzLevel *level, List *arguments, DzEdgeKind use,
						DzCalled *called);
static void pass_arguments(const DzCalled *called, DzFlow *value,
						   DzEdgeKind use, DzFlow *out);
static void opaque(DzLevel *level, FuncExpr *call, const DzBody *body,
				   DzEdgeKind use, DzFlow *out);
static bool is_dynamic(Oid funcid);
static bool reads_files(Oid funcid);

void
DzCall(DzLevel *level, FuncExpr *call, DzEdgeKind use, DzFlow *out)
{
	DzCalled called = {0};
	DzFlow value = {0};

	begin(level, call, use, &called);
	if (called.body == NULL)
	{
		DzFlowAdd(out, use, called.arguments);
		return;
	}
	/* a row that is not taken apart is made of its columns */
	for (int i = 0; i < called.body->ncolumns; i++)
		DzFlowAdd(&value,
				  called.body->ncolumns == 1 ? DZ_EDGE_IDENTITY
											 : DZ_EDGE_TRANSFORMATION,
				  &called.body->columns[i]);
	DzFlowAdd(&value, DZ_EDGE_IDENTITY, &called.body->rows);
	pass_arguments(&called, &value, use, out);
}

void
DzCallColumn(DzLevel *level, FuncExpr *call, AttrNumber n, DzEdgeKind use,
			 DzCalled *called, DzFlow *out)
{
	DzFlow value = {0};

	begin(level, call, use, called);
	if (called->body == NULL)
		DzFlowAdd(out, use, called->arguments);
	else if (n <= called->body->ncolumns)
	{
		DzFlowAdd(&value, DZ_EDGE_IDENTITY, &called->body->columns[n - 1]);
		pass_arguments(called, &value, use, out);
	}
}

void
DzCallRows(DzLevel *level, FuncExpr *call, DzCalled *called, DzFlow *out)
{
	DzFlow rows = {0};

	begin(level, call, DZ_EDGE_IDENTITY, called);
	if (called->body == NULL)
	{
		/* how many, only the arguments tell */
		if (call->funcretset)
			DzFlowAdd(out, DZ_EDGE_FILTER, called->arguments);
		return;
	}
	DzFlowAdd(&rows, DZ_EDGE_IDENTITY, &called->body->rows);
	pass_arguments(called, &rows, DZ_EDGE_IDENTITY, out);
}

/*
 * What the call passes, once.  All of it is used as "use" if that is INDIRECT;
 * else it takes its way through the body, where one can be looked into.
 */
static void
begin(DzLevel *level, FuncExpr *call, DzEdgeKind use, DzCalled *called)
{
	DzBody *body;
	List *arguments;
	ListCell *lc;

	if (called->arguments != NULL)
		return;
	body = DzBodyOf(level->derivation, call);
	if (body == NULL || body->is_under_way || body->is_broken)
	{
		called->arguments = palloc0(sizeof(DzFlow));
		opaque(level, call, body, use, called->arguments);
		return;
	}
	called->body = body;
	called->arguments = palloc0_array(DzFlow, body->nargs + 1);
	if (DzEdgeIsDirect(use))
		use = DZ_EDGE_IDENTITY;
	arguments = DzWholeCall(call)->args;
	foreach (lc, arguments)
	{
		if (foreach_current_index(lc) < body->nargs)
			DzExpression(level, lfirst(lc), use,
						 &called->arguments[foreach_current_index(lc)]);
	}
	take_fields(level, arguments, use, called);
}

/* Of a row only those fields count that the body takes. */
static void
take_fields(DzLevel *level, List *arguments, DzEdgeKind use, DzCalled *called)
{
	ListCell *lc;

	called->fields =
		palloc0_array(DzFlow, list_length(called->body->fields) + 1);
	foreach (lc, called->body->fields)
	{
		DzArgumentField *field = lfirst(lc);

		if (field->argument < list_length(arguments))
			DzField(level, list_nth(arguments, field->argument), field->field,
					use, &called->fields[foreach_current_index(lc)]);
	}
}

/* Put what was passed in the places of the body's arguments. */
static void
pass_arguments(const DzCalled *called, DzFlow *value, DzEdgeKind use,
			   DzFlow *out)
{
	ListCell *lc;

	DzFlowReplace(value, called->body->first, called->body->nargs,
				  called->arguments);
	foreach (lc, called->body->fields)
	{
		DzFlowReplace(value, ((DzArgumentField *) lfirst(lc))->number, 1,
					  &called->fields[foreach_current_index(lc)]);
	}
	DzFlowAdd(out, use, value);
}

/* A call of which the arguments are all that is known, and why. */
static void
opaque(DzLevel *level, FuncExpr *call, const DzBody *body, DzEdgeKind use,
	   DzFlow *out)
{
	DzExpression(level, (Node *) call->args,
				 DzUseUnder(use, DZ_EDGE_TRANSFORMATION), out);
	if (body != NULL)
		DzNoteAdd(level->derivation,
				  body->is_broken ? DZ_NOTE_BROKEN : DZ_NOTE_RECURSIVE,
				  call->funcid, out);
	else if (is_dynamic(call->funcid))
		DzNoteAdd(level->derivation, DZ_NOTE_DYNAMIC, call->funcid, out);
	else
		DzCallNote(level, call->funcid, out);
}

FuncExpr *
DzOperatorCall(const OpExpr *expr)
{
	FuncExpr *call;

	if (expr->opno < FirstNormalObjectId)
		return NULL;
	call =
		makeFuncExpr(get_opcode(expr->opno), expr->opresulttype, expr->args,
					 expr->opcollid, expr->inputcollid, COERCE_EXPLICIT_CALL);
	if (!OidIsValid(call->funcid))
		return NULL;
	call->funcretset = expr->opretset;
	return call;
}

void
DzCallNote(DzLevel *level, Oid funcid, DzFlow *out)
{
	if (funcid >= FirstNormalObjectId)
		DzNoteAdd(level->derivation, DZ_NOTE_OPAQUE, funcid, out);
}

/* Of a user's aggregate, the functions that it is made of. */
void
DzAggregateNote(DzLevel *level, Oid aggfnoid, DzFlow *out)
{
	HeapTuple tuple;
	Form_pg_aggregate form;
	Oid parts[2];

	if (aggfnoid < FirstNormalObjectId)
		return;
	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggfnoid));
	if (!HeapTupleIsValid(tuple))
		DzFunctionIsGone(aggfnoid);
	form = (Form_pg_aggregate) GETSTRUCT(tuple);
	parts[0] = form->aggtransfn;
	parts[1] = form->aggfinalfn;
	ReleaseSysCache(tuple);
	for (int i = 0; i < (int) lengthof(parts); i++)
		DzCallNote(level, parts[i], out);
}

/* Functions of the server that run SQL, or read what they are told to. */
static bool
is_dynamic(Oid funcid)
{
	switch (funcid)
	{
		case F_QUERY_TO_XML:
		case F_QUERY_TO_XMLSCHEMA:
		case F_QUERY_TO_XML_AND_XMLSCHEMA:
		case F_CURSOR_TO_XML:
		case F_CURSOR_TO_XMLSCHEMA:
		case F_TABLE_TO_XML:
		case F_TABLE_TO_XMLSCHEMA:
		case F_TABLE_TO_XML_AND_XMLSCHEMA:
		case F_SCHEMA_TO_XML:
		case F_SCHEMA_TO_XMLSCHEMA:
		case F_SCHEMA_TO_XML_AND_XMLSCHEMA:
		case F_DATABASE_TO_XML:
		case F_DATABASE_TO_XMLSCHEMA:
		case F_DATABASE_TO_XML_AND_XMLSCHEMA:
		case F_TS_STAT_TEXT:
		case F_TS_STAT_TEXT_TEXT:
		case F_TS_REWRITE_TSQUERY_TEXT:
			return true;
		default:
			return reads_files(funcid);
	}
}

/* Those that read files or large objects; the macros are named by arguments. */
static bool
reads_files(Oid funcid)
{
	switch (funcid)
	{
		case F_PG_READ_FILE_TEXT:
		case F_PG_READ_FILE_TEXT_INT8_INT8:
		case F_PG_READ_FILE_TEXT_INT8_INT8_BOOL:
		case F_PG_READ_BINARY_FILE_TEXT:
		case F_PG_READ_BINARY_FILE_TEXT_INT8_INT8:
		case F_PG_READ_BINARY_FILE_TEXT_INT8_INT8_BOOL:
#ifdef F_PG_READ_FILE_OLD
		case F_PG_READ_FILE_OLD:
#endif
#ifdef F_PG_READ_FILE_TEXT_BOOL
		case F_PG_READ_FILE_TEXT_BOOL:
		case F_PG_READ_BINARY_FILE_TEXT_BOOL:
#endif
		case F_PG_LS_DIR_TEXT:
		case F_PG_LS_DIR_TEXT_BOOL_BOOL:
		case F_LO_IMPORT_TEXT:
		case F_LO_IMPORT_TEXT_OID:
		case F_LO_GET_OID:
		case F_LO_GET_OID_INT8_INT4:
		case F_LOREAD:
			return true;
		default:
			return false;
	}
}
