/*-------------------------------------------------------------------------
 *
 * parse.c
 *		The query that gives a SQL function its result.
 *
 * It is analysed as a call would analyse it: with the types that the call
 * passes, under the function's own settings, and for SECURITY DEFINER as its
 * owner, whose row-level security then holds.
 *
 * A body may need what only its own first statements make, and then cannot be
 * analysed before it runs.  That is no error of the statement that calls it.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_proc.h"
#include "executor/functions.h"
#include "funcapi.h"
#include "rewrite/rewriteHandler.h"
#include "subtransaction.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

/* A body that is being analysed. */
typedef struct Analysis
{
	FuncExpr *call;
	HeapTuple proc;
	bool checks;
	DzBodyQuery *result;
} Analysis;

static bool is_of_body(const ErrorData *error, bool checks);
static void analyse(void *arg);
static void name_function(void *arg);
static List *parse_text(const Analysis *analysis);
static bool only_reads(Node *statement);
static List *parse_stored(const Analysis *analysis, Datum body);
static void fit_result(const Analysis *analysis, List *queries);
static void take_result(const Analysis *analysis, List *queries);

/*
 * The query whose rows a SQL function returns, for a call with all arguments
 * in their places.  Statements before the last are told by their kind, and not
 * analysed.  False: it cannot be analysed.  In parallel mode there are no
 * subtransactions: then that is an error.  With "checks" it is one, too, that
 * whoever the function runs as may not run the query.
 */
bool
DzBodyResult(FuncExpr *call, HeapTuple proc, bool checks, DzBodyQuery *result)
{
	Analysis analysis = {
		.call = call, .proc = proc, .checks = checks, .result = result};
	ErrorData *error;

	memset(result, 0, sizeof(DzBodyQuery));
	if (IsInParallelMode())
	{
		analyse(&analysis);
		return true;
	}
	error = DzInSubtransaction(analyse, &analysis, DZ_KEEP);
	if (error == NULL)
		return true;
	if (!is_of_body(error, checks))
		ReThrowError(error);
	FreeErrorData(error);
	return false;
}

/* Not of the session, the server or the transaction, nor a lack of room. */
static bool
is_of_body(const ErrorData *error, bool checks)
{
	if (error->sqlerrcode == ERRCODE_LOCK_NOT_AVAILABLE ||
		(checks && error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE))
		return false;
	switch (ERRCODE_TO_CATEGORY(error->sqlerrcode))
	{
		case ERRCODE_TRANSACTION_ROLLBACK:
		case ERRCODE_INSUFFICIENT_RESOURCES:
		case ERRCODE_PROGRAM_LIMIT_EXCEEDED:
		case ERRCODE_OPERATOR_INTERVENTION:
		case ERRCODE_SYSTEM_ERROR:
		case ERRCODE_INTERNAL_ERROR:
			return false;
		default:
			return true;
	}
}

static void
analyse(void *arg)
{
	const Analysis *analysis = arg;
	HeapTuple proc = analysis->proc;
	ErrorContextCallback place = {.callback = name_function,
								  .arg = &proc,
								  .previous = error_context_stack};
	DzOutside outside;
	Datum stored;
	bool is_text;
	List *queries;

	error_context_stack = &place;
	DzEnter(proc, &outside);
	stored = SysCacheGetAttr(PROCOID, proc, Anum_pg_proc_prosqlbody, &is_text);
	queries = is_text ? parse_text(analysis) : parse_stored(analysis, stored);
	if (analysis->call->funcresulttype != VOIDOID)
		fit_result(analysis, queries);
	take_result(analysis, queries);
	DzLeave(&outside);
	error_context_stack = place.previous;
}

/* As PostgreSQL itself reports what is wrong with a function's body. */
static void
name_function(void *arg)
{
	HeapTuple proc = *(HeapTuple *) arg;
	int position = geterrposition();
	bool is_null;
	Datum prosrc;

	if (position > 0)
	{
		prosrc = SysCacheGetAttr(PROCOID, proc, Anum_pg_proc_prosrc, &is_null);
		errposition(0);
		internalerrposition(position);
		internalerrquery(is_null ? "" : TextDatumGetCString(prosrc));
	}
	errcontext("SQL function \"%s\"",
			   NameStr(((Form_pg_proc) GETSTRUCT(proc))->proname));
}

static List *
parse_text(const Analysis *analysis)
{
	HeapTuple proc = analysis->proc;
	FuncExpr *call = analysis->call;
	Datum prosrc;
	bool is_null;
	char *source_text;
	List *statements;
	ListCell *lc;

	prosrc = SysCacheGetAttr(PROCOID, proc, Anum_pg_proc_prosrc, &is_null);
	if (is_null)
		elog(ERROR, "null prosrc for function %u", call->funcid);
	source_text = TextDatumGetCString(prosrc);
	statements = pg_parse_query(source_text);
	if (statements == NIL)
		return NIL;
	foreach (lc, statements)
	{
		if (!only_reads(lfirst_node(RawStmt, lc)->stmt))
			analysis->result->writes = true;
	}
	return pg_analyze_and_rewrite_withcb(
		llast(statements), source_text, (ParserSetupHook) sql_fn_parser_setup,
		prepare_sql_fn_parse_info(proc, (Node *) call, call->inputcollid),
		NULL);
}

/* A SELECT without INTO, which the leftmost has, and with no other in WITH. */
static bool
only_reads(Node *statement)
{
	SelectStmt *select = (SelectStmt *) statement;
	ListCell *lc;

	if (!IsA(statement, SelectStmt))
		return false;
	foreach (lc, select->withClause != NULL ? select->withClause->ctes : NIL)
	{
		if (!IsA(lfirst_node(CommonTableExpr, lc)->ctequery, SelectStmt))
			return false;
	}
	while (select->op != SETOP_NONE)
		select = select->larg;
	return select->intoClause == NULL;
}

/* BEGIN ATOMIC or RETURN: analysed already, but not rewritten. */
static List *
parse_stored(const Analysis *analysis, Datum body)
{
	Node *node = stringToNode(TextDatumGetCString(body));
	List *statements = IsA(node, List) ? linitial_node(List, (List *) node)
									   : list_make1(node);
	ListCell *lc;
	Query *last;

	if (statements == NIL)
		return NIL;
	foreach (lc, statements)
	{
		Query *query = lfirst_node(Query, lc);

		if (query->commandType != CMD_SELECT || query->hasModifyingCTE)
			analysis->result->writes = true;
	}
	last = llast_node(Query, statements);
	AcquireRewriteLocks(last, true, false);
	return pg_rewrite_query(last);
}

/*
 * The casts to what the function returns that a call puts in, and empty
 * columns in the places of a row type's dropped ones.
 */
static void
fit_result(const Analysis *analysis, List *queries)
{
	DzBodyQuery *result = analysis->result;

	(void) get_expr_result_type((Node *) analysis->call, NULL, &result->desc);
	result->is_whole =
		!DzFitSqlResult(queries, analysis->call->funcresulttype, result->desc);
}

static void
take_result(const Analysis *analysis, List *queries)
{
	DzBodyQuery *result = analysis->result;
	ListCell *lc;

	foreach (lc, queries)
	{
		Query *query = lfirst_node(Query, lc);

		if (query->canSetTag && query->commandType != CMD_UTILITY)
			result->query = query;
		if (query->hasModifyingCTE)
			result->writes = true;
		if (analysis->checks)
			DzCheckQuery(query);
	}
}
