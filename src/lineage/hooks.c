/*-------------------------------------------------------------------------
 *
 * hooks.c
 *		Where statements pass: when they are planned, and when they have run.
 *
 * The planner's hook sees the analysed and rewritten query of every plan, of a
 * function's statement or of dynamic SQL as well: there the edges are derived,
 * and the plan gets their number.  The executor's hook sees the end of each
 * run that was not cut short by an error: there the statement is recorded.
 * Commands that make a relation from a query's rows are known by neither; for
 * these the utility hook waits until they are over.
 *
 * Nothing here may harm a statement.  Deriving runs in a subtransaction: if it
 * fails, the statement is planned as if nobody had looked, and one warning
 * says so.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "commands/extension.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "optimizer/planner.h"
#include "tcop/utility.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "lineage/room.h"
#include "shared/shared.h"

/* A command that makes a relation from a query's rows. */
typedef struct Making
{
	struct Making *outer;
	bool is_refresh; /* its own SQL is nobody's lineage */
	bool is_planned; /* the query has been: what comes is others' */
	DzEdges *edges; /* NULL: none yet, or they could not be derived */
	MemoryContext context; /* of the edges */
} Making;

static planner_hook_type next_planner = NULL;
static ExecutorEnd_hook_type next_end = NULL;
static ProcessUtility_hook_type next_utility = NULL;

static Making *making = NULL; /* the innermost */
static Oid procedure = InvalidOid; /* the outermost CALL's */

static PlannedStmt *plan(DZ_PLANNER_PARAMETERS);
static uint32 see_query(Query *parse);
static bool is_wanted(const Query *parse);
static DzEdges *derive(Query *parse, MemoryContext context);
static void warn_once(const ErrorData *error);
static void end(QueryDesc *query);
static bool has_run(const QueryDesc *query);
static void utility(DZ_UTILITY_PARAMETERS);
static void see_staging(Node *node);
static void utility_next(DZ_UTILITY_PARAMETERS);
static void make_relation(DZ_UTILITY_PARAMETERS);
static void while_making(Making *this, DZ_UTILITY_PARAMETERS);
static void call_procedure(DZ_UTILITY_PARAMETERS);
static void copy(DZ_UTILITY_PARAMETERS);
static DzRecord new_record(void);
static RangeVar *made_by(Node *node);
static bool is_emptied_at_commit(Node *node);

void
DzHooksInit(void)
{
	next_planner = planner_hook;
	planner_hook = plan;
	next_end = ExecutorEnd_hook;
	ExecutorEnd_hook = end;
	next_utility = ProcessUtility_hook;
	ProcessUtility_hook = utility;
}

/* ----------
 * Planning
 * ----------
 */

static PlannedStmt *
plan(DZ_PLANNER_PARAMETERS)
{
	PlannedStmt *result;
	uint32 id = 0;

	/* first, as the planner changes the query */
	if (DzCaptureMode != DZ_CAPTURE_OFF && is_wanted(parse))
		id = see_query(parse);
	if (next_planner != NULL)
		result = next_planner(DZ_PLANNER_ARGUMENTS);
	else
		result = standard_planner(DZ_PLANNER_ARGUMENTS);
	if (id != 0)
		DzPlanTag(result, id);
	return result;
}

/*
 * Does the query write, or is it the one whose rows a relation is made from?
 * A worker, and whoever runs in parallel, only reads.
 */
static bool
is_wanted(const Query *parse)
{
	if (IsParallelWorker() || IsInParallelMode() || creating_extension ||
		DzCapturedIsWriting() || !IsTransactionState())
		return false;
	if (making != NULL && !making->is_planned)
		return parse->commandType == CMD_SELECT;
	if (making != NULL && making->is_refresh)
		return false;
	return parse->hasModifyingCTE || (parse->commandType != CMD_SELECT &&
									  parse->commandType != CMD_UTILITY);
}

/* Derive the edges, for the command that is under way or for the plan. */
static uint32
see_query(Query *parse)
{
	MemoryContext context;
	MemoryContext old = CurrentMemoryContext;
	DzEdges *edges;
	Making *made = making != NULL && !making->is_planned ? making : NULL;
	uint32 id = 0;

	/* plans are kept by transaction, though this one may never run */
	DzCapturedWatch();
	if (made != NULL)
		made->is_planned = true;
	context = AllocSetContextCreate(CurrentMemoryContext,
									"datazone lineage derivation",
									ALLOCSET_DEFAULT_SIZES);
	edges = derive(parse, context);
	if (edges != NULL && made != NULL)
	{
		MemoryContextSwitchTo(made->context);
		made->edges = DzKeepEdges(edges);
	}
	else if (edges != NULL)
		id = DzPlanRemember(edges);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return id;
}

/* NULL where it could not be done, which is told once. */
static DzEdges *
derive(Query *parse, MemoryContext context)
{
	DzEdgeOptions options = {.views = DzViewMode};
	MemoryContext old = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	DzEdges *volatile edges = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		edges = DzDeriveEdges(parse, &options);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(old);
		CurrentResourceOwner = owner;
		warn_once(error);
		edges = NULL;
	}
	PG_END_TRY();
	MemoryContextSwitchTo(old);
	CurrentResourceOwner = owner;
	return edges;
}

static void
warn_once(const ErrorData *error)
{
	static bool warned = false;

	if (ERRCODE_TO_CATEGORY(error->sqlerrcode) ==
		ERRCODE_TO_CATEGORY(ERRCODE_QUERY_CANCELED))
		ReThrowError(unconstify(ErrorData *, error));
	DzStatCountLineageError();
	if (!warned)
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("could not derive the lineage of a statement: %s",
						error->message),
				 errdetail("The statement itself goes on.  Further ones of "
						   "this session are counted only.")));
	warned = true;
}

/* ----------
 * The end of a run
 * ----------
 */

static void
end(QueryDesc *query)
{
	if (DzCaptureMode != DZ_CAPTURE_OFF && has_run(query))
	{
		DzRecord record = new_record();

		record.plan = DzPlanFind(DzPlanTagOf(query->plannedstmt));
		record.rows = (int64) query->estate->es_processed;
		if (record.plan != NULL)
			DzCapturedAdd(&record);
	}
	if (next_end != NULL)
		next_end(query);
	else
		standard_ExecutorEnd(query);
}

/*
 * EXPLAIN without ANALYZE starts and ends a plan, and runs nothing.  What
 * referential integrity does runs without triggers, as no user's statement
 * that writes does.
 */
static bool
has_run(const QueryDesc *query)
{
	int flags = query->estate->es_top_eflags;

	return query->already_executed && query->estate->es_finished &&
		   !IsParallelWorker() && (flags & EXEC_FLAG_EXPLAIN_ONLY) == 0 &&
		   ((flags & EXEC_FLAG_SKIP_TRIGGERS) == 0 ||
			query->operation == CMD_SELECT);
}

/* ----------
 * Commands
 * ----------
 */

static void
utility(DZ_UTILITY_PARAMETERS)
{
	Node *node = pstmt->utilityStmt;

	if (DzCaptureMode == DZ_CAPTURE_OFF)
		utility_next(DZ_UTILITY_ARGUMENTS);
	else if (made_by(node) != NULL)
		make_relation(DZ_UTILITY_ARGUMENTS);
	else if (IsA(node, CallStmt) && !OidIsValid(procedure))
		call_procedure(DZ_UTILITY_ARGUMENTS);
	else if (IsA(node, CopyStmt))
		copy(DZ_UTILITY_ARGUMENTS);
	else
	{
		utility_next(DZ_UTILITY_ARGUMENTS);
		see_staging(node);
	}
}

/* Commands that empty temporary tables, now or at each commit. */
static void
see_staging(Node *node)
{
	List *emptied = NIL;
	CreateStmt *create = (CreateStmt *) node;
	ListCell *lc;

	if (IsA(node, TruncateStmt))
		emptied = ((TruncateStmt *) node)->relations;
	else if (IsA(node, CreateStmt) && create->oncommit == ONCOMMIT_DELETE_ROWS)
	{
		DzCapturedWatch();
		DzStagingEmptyAtCommit(
			RangeVarGetRelid(create->relation, NoLock, true));
	}
	foreach (lc, emptied)
	{
		DzCapturedWatch();
		DzStagingTruncate(RangeVarGetRelid(lfirst(lc), NoLock, true));
	}
}

static void
utility_next(DZ_UTILITY_PARAMETERS)
{
	if (next_utility != NULL)
		next_utility(DZ_UTILITY_ARGUMENTS);
	else
		standard_ProcessUtility(DZ_UTILITY_ARGUMENTS);
}

static RangeVar *
made_by(Node *node)
{
	if (IsA(node, CreateTableAsStmt))
		return ((CreateTableAsStmt *) node)->into->rel;
	if (IsA(node, RefreshMatViewStmt))
		return ((RefreshMatViewStmt *) node)->relation;
	return NULL;
}

static bool
is_emptied_at_commit(Node *node)
{
	return IsA(node, CreateTableAsStmt) &&
		   ((CreateTableAsStmt *) node)->into->onCommit ==
			   ONCOMMIT_DELETE_ROWS;
}

static void
while_making(Making *this, DZ_UTILITY_PARAMETERS)
{
	PG_TRY();
	{
		making = this;
		utility_next(DZ_UTILITY_ARGUMENTS);
	}
	PG_FINALLY();
	{
		making = this->outer;
	}
	PG_END_TRY();
}

/* The relation's name is looked up when it surely is there. */
static void
make_relation(DZ_UTILITY_PARAMETERS)
{
	RangeVar *relation = made_by(pstmt->utilityStmt);
	Making this = {.outer = making,
				   .is_refresh = IsA(pstmt->utilityStmt, RefreshMatViewStmt)};
	QueryCompletion own = {.commandTag = CMDTAG_UNKNOWN};

	/* whoever calls without asking for the number of rows */
	if (qc == NULL)
		qc = &own;
	this.context = AllocSetContextCreate(CurrentMemoryContext,
										 "datazone lineage of a new relation",
										 ALLOCSET_SMALL_SIZES);
	while_making(&this, DZ_UTILITY_ARGUMENTS);

	if (this.edges != NULL)
	{
		DzRecord record = new_record();

		record.edges = this.edges;
		record.into = RangeVarGetRelid(relation, NoLock, true);
		if (qc->commandTag != CMDTAG_UNKNOWN)
			record.rows = (int64) qc->nprocessed;
		DzCapturedAdd(&record);
		if (is_emptied_at_commit(pstmt->utilityStmt))
			DzStagingEmptyAtCommit(record.into);
	}
	MemoryContextDelete(this.context);
}

/* What it and its statements run belongs to the outermost procedure. */
static void
call_procedure(DZ_UTILITY_PARAMETERS)
{
	CallStmt *call = castNode(CallStmt, pstmt->utilityStmt);

	PG_TRY();
	{
		procedure = call->funcexpr->funcid;
		utility_next(DZ_UTILITY_ARGUMENTS);
	}
	PG_FINALLY();
	{
		procedure = InvalidOid;
	}
	PG_END_TRY();
}

static void
copy(DZ_UTILITY_PARAMETERS)
{
	QueryCompletion own = {.commandTag = CMDTAG_UNKNOWN};
	DzRecord record = new_record();

	if (qc == NULL)
		qc = &own;
	utility_next(DZ_UTILITY_ARGUMENTS);
	if (!DzCapturedIsWriting())
		DzCopyingSee((CopyStmt *) pstmt->utilityStmt, query_string,
					 (int64) qc->nprocessed, &record);
}

/* What the session says of a statement. */
static DzRecord
new_record(void)
{
	DzRecord record = {.rows = -1,
					   .procedure = procedure,
					   .job_namespace = DzJobNamespace,
					   .job_name = DzJobName,
					   .parent_run = DzParentRun};

	return record;
}
