/*-------------------------------------------------------------------------
 *
 * hooks.c
 *		Where statements pass: when they are planned, and when they have run.
 *
 * The planner's hook sees the analysed and rewritten query of every plan, of a
 * function's statement or of dynamic SQL as well: there the edges are derived,
 * and the plan gets their number.  The executor's hook sees the end of each
 * run that was not cut short by an error: there the statement is recorded.
 * Commands that make something from a query's rows are known by neither: see
 * commands.c.
 *
 * Nothing here may harm a statement: see guard.c.  If deriving fails, the
 * statement is planned as if nobody had looked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "commands/extension.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "optimizer/planner.h"
#include "postmaster/bgworker.h"
#include "utils/memutils.h"

#include "datazone.h"
#include "lineage/room.h"

/* A query that is being planned, and what comes of it. */
typedef struct Seen
{
	Query *query;
	DzMaking *making; /* the command that it is for; or NULL */
	PlannedStmt *plan; /* that comes of it */
	uint32 id; /* of its edges; 0: it has none */

	/* what these depend on, beside what the plan knows of */
	List *relations;
	List *invalidations;
} Seen;

static planner_hook_type next_planner = NULL;
static ExecutorEnd_hook_type next_end = NULL;

static PlannedStmt *plan(DZ_PLANNER_PARAMETERS);
static bool is_wanted(const Query *parse, const DzMaking *making);
static void see_query(Seen *seen);
static void derive(void *arg);
static void mark(void *arg);
static void end(QueryDesc *query);
static void add(QueryDesc *query, uint32 id);
static void add_unknown(QueryDesc *query);
static void note_unknown(void *arg);
static bool has_run(const QueryDesc *query);

void
DzHooksInit(void)
{
	next_planner = planner_hook;
	planner_hook = plan;
	next_end = ExecutorEnd_hook;
	ExecutorEnd_hook = end;
}

/* The SQL of our own workers and of pg_upgrade is nobody's lineage. */
bool
DzProcessIsCaptured(void)
{
	static int is_captured = -1;

	if (is_captured < 0)
		is_captured =
			!IsBinaryUpgrade && (MyBgworkerEntry == NULL ||
								 strcmp(MyBgworkerEntry->bgw_library_name,
										DZ_EXTENSION_NAME) != 0);
	return is_captured == 1;
}

/* ----------
 * Planning
 * ----------
 */

static PlannedStmt *
plan(DZ_PLANNER_PARAMETERS)
{
	PlannedStmt *result;
	Seen seen = {.query = parse};

	/* first, as the planner changes the query */
	if (DzCaptureMode != DZ_CAPTURE_OFF)
	{
		seen.making = DzMakingFor(query_string);
		if (is_wanted(parse, seen.making))
			see_query(&seen);
	}
	if (next_planner != NULL)
		result = next_planner(DZ_PLANNER_ARGUMENTS);
	else
		result = standard_planner(DZ_PLANNER_ARGUMENTS);
	if (seen.id != 0)
	{
		seen.plan = result;
		(void) DzGuardedNote(mark, &seen);
	}
	return result;
}

/*
 * Does the query write, or is it the one whose rows something is made from?
 * A worker, and whoever runs in parallel, only reads.
 */
static bool
is_wanted(const Query *parse, const DzMaking *making)
{
	if (making == NULL && parse->commandType == CMD_SELECT &&
		!parse->hasModifyingCTE)
		return false;
	if (parse->commandType == CMD_UTILITY || IsInParallelMode() ||
		creating_extension || DzCapturedIsWriting() || DzIsRefreshing() ||
		!IsTransactionState() || !DzProcessIsCaptured())
		return false;
	return true;
}

/* Derive the edges, for the command that is under way or for the plan. */
static void
see_query(Seen *seen)
{
	if (seen->making != NULL)
		seen->making->is_planned = true;
	(void) DzGuarded(derive, seen);
}

/* After an error the memory goes with the subtransaction. */
static void
derive(void *arg)
{
	MemoryContext context = AllocSetContextCreate(
		CurTransactionContext, "datazone lineage derivation",
		ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	Seen *seen = arg;
	/* what a command is made of is what COPY (DELETE ... RETURNING) returns */
	DzEdgeOptions options = {.views = DzViewMode,
							 .returned = seen->making != NULL};
	DzEdges *edges = DzDeriveEdges(seen->query, &options);

	MemoryContextSwitchTo(old);
	if (seen->making != NULL)
		DzMakingIsOf(seen->making, edges);
	else
	{
		seen->relations = list_copy(edges->relations);
		seen->invalidations = copyObject(edges->invalidations);
		seen->id = DzPlanRemember(edges);
	}
	MemoryContextDelete(context);
}

/*
 * The plan cache makes a plan anew when what is in its lists changes: what
 * functions refer to that were looked into, the planner does not put there,
 * unless it inlines them.
 */
static void
mark(void *arg)
{
	const Seen *seen = arg;
	PlannedStmt *plan = seen->plan;

	DzPlanTag(plan, seen->id);
	plan->relationOids =
		list_concat_unique_oid(plan->relationOids, seen->relations);
	plan->invalItems = list_concat(plan->invalItems, seen->invalidations);
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
		uint32 id = DzPlanTagOf(query->plannedstmt);

		if (id != 0)
			add(query, id);
		else if (!DzMakingIsKnown(query->sourceText))
			add_unknown(query);
	}
	if (next_end != NULL)
		next_end(query);
	else
		standard_ExecutorEnd(query);
}

static void
add(QueryDesc *query, uint32 id)
{
	/* of what a rule adds, nobody counts the rows */
	bool is_counted = query->plannedstmt->canSetTag;
	DzRan ran = {.plan = DzPlanFind(id),
				 .rows = is_counted ? (int64) query->estate->es_processed : -1,
				 .source = query->sourceText,
				 .location = query->plannedstmt->stmt_location,
				 .length = query->plannedstmt->stmt_len};

	if (ran.plan == NULL)
		ran.forgotten = query->plannedstmt;
	DzCapturedAdd(&ran);
}

/* What a plan without edges has brought into temporary tables. */
static void
add_unknown(QueryDesc *query)
{
	ListCell *lc;

	if (query->operation == CMD_DELETE || IsInParallelMode() ||
		DzCapturedIsWriting() || DzIsRefreshing())
		return;
	foreach (lc, query->estate->es_opened_result_relations)
	{
		Relation rel = ((ResultRelInfo *) lfirst(lc))->ri_RelationDesc;
		Oid relid = RelationGetRelid(rel);

		if (RelationUsesLocalBuffers(rel))
			(void) DzGuarded(note_unknown, &relid);
	}
}

static void
note_unknown(void *arg)
{
	DzCapturedWatch();
	DzStagingWasUnseen(*(Oid *) arg);
}

/*
 * EXPLAIN without ANALYZE starts and ends a plan, and runs nothing.  What
 * referential integrity does runs without triggers, as no user's statement
 * that writes does.  A parallel worker has a copy of the plan without our
 * number, and nothing is recorded in parallel mode.
 */
static bool
has_run(const QueryDesc *query)
{
	int flags = query->estate->es_top_eflags;

	return query->already_executed && query->estate->es_finished &&
		   (flags & EXEC_FLAG_EXPLAIN_ONLY) == 0 &&
		   ((flags & EXEC_FLAG_SKIP_TRIGGERS) == 0 ||
			query->operation == CMD_SELECT);
}
