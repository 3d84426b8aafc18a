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
#include "miscadmin.h"
#include "rewrite/rewriteHandler.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/resowner.h"
#include "utils/syscache.h"

static Query *result_of_call(FuncExpr *call, bool *writes);
static bool is_of_body(const ErrorData *error);
static List *parse_text(HeapTuple proc, FuncExpr *call, bool *writes);
static List *parse_stored(Datum body, bool *writes);
static Query *result_of(List *queries, bool *writes);
static void enter(HeapTuple proc);
static void name_function(void *arg);

/*
 * The Query whose rows a SQL function returns; NULL if it returns none.
 * "writes" is set where any of its statements changes tables or is a command;
 * those before the last are told by their kind, and not analysed.  False: it
 * cannot be analysed.  In parallel mode there are no subtransactions: then that
 * is an error.
 */
bool
DzBodyResult(FuncExpr *call, bool *writes, Query **result)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData *volatile error = NULL;

	if (IsInParallelMode())
	{
		*result = result_of_call(call, writes);
		return true;
	}
	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		*result = result_of_call(call, writes);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();

	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	if (error == NULL)
		return true;
	if (!is_of_body(error))
		ReThrowError(error);
	FreeErrorData(error);
	return false;
}

/* Not of the session, the server or the transaction, nor a lack of room. */
static bool
is_of_body(const ErrorData *error)
{
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

static Query *
result_of_call(FuncExpr *call, bool *writes)
{
	HeapTuple proc;
	Datum stored;
	bool is_text;
	List *queries;
	ErrorContextCallback place = {.callback = name_function,
								  .arg = &proc,
								  .previous = error_context_stack};
	Oid save_userid;
	int save_context;
	int save_settings = NewGUCNestLevel();

	proc = SearchSysCache1(PROCOID, ObjectIdGetDatum(call->funcid));
	if (!HeapTupleIsValid(proc))
		elog(ERROR, "cache lookup failed for function %u", call->funcid);
	error_context_stack = &place;
	GetUserIdAndSecContext(&save_userid, &save_context);
	enter(proc);

	*writes = false;
	stored = SysCacheGetAttr(PROCOID, proc, Anum_pg_proc_prosqlbody, &is_text);
	queries = is_text ? parse_text(proc, call, writes)
					  : parse_stored(stored, writes);

	AtEOXact_GUC(true, save_settings);
	SetUserIdAndSecContext(save_userid, save_context);
	error_context_stack = place.previous;
	ReleaseSysCache(proc);
	return result_of(queries, writes);
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

/* An error on the way is the end of the subtransaction, which undoes this. */
static void
enter(HeapTuple proc)
{
	Form_pg_proc form = (Form_pg_proc) GETSTRUCT(proc);
	Oid userid;
	int context;
	Datum config;
	bool has_none;

	GetUserIdAndSecContext(&userid, &context);
	if (form->prosecdef)
		SetUserIdAndSecContext(form->proowner,
							   context | SECURITY_LOCAL_USERID_CHANGE);
	config = SysCacheGetAttr(PROCOID, proc, Anum_pg_proc_proconfig, &has_none);
	if (!has_none)
		ProcessGUCArray(DatumGetArrayTypeP(config),
						superuser() ? PGC_SUSET : PGC_USERSET, PGC_S_SESSION,
						GUC_ACTION_SAVE);
}

static List *
parse_text(HeapTuple proc, FuncExpr *call, bool *writes)
{
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
		Node *statement = lfirst_node(RawStmt, lc)->stmt;

		if (!IsA(statement, SelectStmt))
			*writes = true;
	}
	return pg_analyze_and_rewrite_withcb(
		llast(statements), source_text, (ParserSetupHook) sql_fn_parser_setup,
		prepare_sql_fn_parse_info(proc, (Node *) call, call->inputcollid),
		NULL);
}

/* BEGIN ATOMIC or RETURN: analysed already, but not rewritten. */
static List *
parse_stored(Datum body, bool *writes)
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
		if (lfirst_node(Query, lc)->commandType != CMD_SELECT)
			*writes = true;
	}
	last = llast_node(Query, statements);
	AcquireRewriteLocks(last, true, false);
	return pg_rewrite_query(last);
}

static Query *
result_of(List *queries, bool *writes)
{
	Query *result = NULL;
	ListCell *lc;

	foreach (lc, queries)
	{
		Query *query = lfirst_node(Query, lc);

		if (query->canSetTag)
			result = query;
		if (query->hasModifyingCTE)
			*writes = true;
	}
	if (result == NULL || result->commandType == CMD_UTILITY)
		return NULL;
	return result;
}
