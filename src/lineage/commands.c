/*-------------------------------------------------------------------------
 *
 * commands.c
 *		Commands that write what a query gives, or a file has.
 *
 * CREATE TABLE AS, SELECT INTO, CREATE and REFRESH MATERIALIZED VIEW and COPY
 * TO have a query, which is planned while the command is under way: it is known
 * by its text, which is the command's.  Where the query was planned before (a
 * prepared statement), is stored (a view) or is none (COPY of a table), the
 * edges are derived when the command is over.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "commands/defrem.h"
#include "commands/extension.h"
#include "commands/prepare.h"
#include "nodes/makefuncs.h"
#include "rewrite/rewriteHandler.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/plancache.h"
#include "utils/rel.h"

#include "lineage/room.h"

/* A command that is over, and what it says of itself. */
typedef struct Over
{
	Node *node;
	DzMaking *making;
	DzRan ran;
} Over;

static ProcessUtility_hook_type next_utility = NULL;
static DzMaking *making = NULL; /* the innermost */

static void utility(DZ_UTILITY_PARAMETERS);
static void utility_next(DZ_UTILITY_PARAMETERS);
static bool is_captured(void);
static void resume(void);
static void look_at_staging(void *arg);
static void call_routine(DZ_UTILITY_PARAMETERS);
static Node *maker(Node *node);
static bool is_analysed(const ExplainStmt *explain);
static void make(Node *node, DZ_UTILITY_PARAMETERS);
static void begin_memory(void *arg);
static void while_making(DzMaking *this, DZ_UTILITY_PARAMETERS);
static void take(void *arg);
static bool has_made(const Over *over, const CreateTableAsStmt *create);
static void take_made(Over *over, const CreateTableAsStmt *create);
static void take_relation(Over *over, Oid relation);
static Oid made(RangeVar *relation);
static void take_prepared(Over *over, const CreateTableAsStmt *create);
static void take_view(Over *over, const ViewStmt *view);
static void take_definition(void *arg);
static void take_altered(void *arg);

void
DzCommandsInit(void)
{
	next_utility = ProcessUtility_hook;
	ProcessUtility_hook = utility;
}

static void
utility(DZ_UTILITY_PARAMETERS)
{
	Node *node = pstmt->utilityStmt;

	/* asked first: a command may throw away its own tree */
	bool is_emptied = IsA(node, CreateStmt) &&
					  ((CreateStmt *) node)->oncommit == ONCOMMIT_DELETE_ROWS;
	bool is_computed = DzAlteringComputes(node);
	bool is_set = IsA(node, VariableSetStmt);

	if (DzCaptureMode == DZ_CAPTURE_OFF || !is_captured())
		utility_next(DZ_UTILITY_ARGUMENTS);
	else if (IsA(node, CallStmt))
		call_routine(DZ_UTILITY_ARGUMENTS);
	else if (maker(node) != NULL)
		make(maker(node), DZ_UTILITY_ARGUMENTS);
	else
	{
		utility_next(DZ_UTILITY_ARGUMENTS);
		if (is_emptied)
			(void) DzGuarded(take_definition, node);
		if (is_computed)
			(void) DzGuarded(take_altered, node);
	}
	if (is_set)
		resume();
}

static void
utility_next(DZ_UTILITY_PARAMETERS)
{
	if (next_utility != NULL)
		next_utility(DZ_UTILITY_ARGUMENTS);
	else
		standard_ProcessUtility(DZ_UTILITY_ARGUMENTS);
}

static bool
is_captured(void)
{
	return !DzCapturedIsWriting() && !creating_extension &&
		   DzProcessIsCaptured();
}

/* See resume.c. */
static void
resume(void)
{
	if (DzResumeIsDue() && DzCaptureMode != DZ_CAPTURE_OFF && is_captured() &&
		IsTransactionState() && !IsInParallelMode())
		(void) DzGuarded(look_at_staging, NULL);
}

static void
look_at_staging(void *arg)
{
	DzResumeLook();
}

/* What it and its statements run belongs to the outermost procedure. */
static void
call_routine(DZ_UTILITY_PARAMETERS)
{
	CallStmt *call = castNode(CallStmt, pstmt->utilityStmt);

	DzRoutineEnter(call->funcexpr->funcid);
	PG_TRY();
	{
		utility_next(DZ_UTILITY_ARGUMENTS);
	}
	PG_FINALLY();
	{
		DzRoutineLeave();
	}
	PG_END_TRY();
}

/* A temporary table that each commit empties. */
static void
take_definition(void *arg)
{
	DzCapturedWatch();
	DzStagingEmptyAtCommit(
		RangeVarGetRelid(((CreateStmt *) arg)->relation, NoLock, true));
}

static void
take_altered(void *arg)
{
	DzAlteringSee(arg);
}

/* ----------
 * Commands with rows of a query or of a file
 * ----------
 */

/* The command itself, also where EXPLAIN ANALYZE runs it; NULL: none. */
static Node *
maker(Node *node)
{
	switch (nodeTag(node))
	{
		case T_CreateTableAsStmt:
		case T_RefreshMatViewStmt:
			return node;
		case T_CopyStmt:
			/* the client and a program have no name that others know */
			return ((CopyStmt *) node)->is_from ||
						   (((CopyStmt *) node)->filename != NULL &&
							!((CopyStmt *) node)->is_program)
					   ? node
					   : NULL;
		case T_ViewStmt:
			return DzViewMode == DZ_VIEWS_NAME ? node : NULL;
		case T_ExplainStmt:
		{
			Node *query = ((ExplainStmt *) node)->query;

			if (!IsA(query, Query) || !is_analysed((ExplainStmt *) node))
				return NULL;
			query = ((Query *) query)->utilityStmt;
			return query != NULL && IsA(query, CreateTableAsStmt) ? query
																  : NULL;
		}
		default:
			return NULL;
	}
}

/* What is wrong with the options is for EXPLAIN to say. */
static bool
is_analysed(const ExplainStmt *explain)
{
	bool result = false;
	ListCell *lc;

	foreach (lc, explain->options)
	{
		DefElem *option = lfirst_node(DefElem, lc);

		if (strcmp(option->defname, "analyze") != 0)
			continue;
		result = option->arg == NULL ||
				 (IsA(option->arg, Integer) && intVal(option->arg) != 0) ||
				 (!IsA(option->arg, Integer) &&
				  (pg_strcasecmp(defGetString(option), "true") == 0 ||
				   pg_strcasecmp(defGetString(option), "on") == 0));
	}
	return result;
}

static void
make(Node *node, DZ_UTILITY_PARAMETERS)
{
	DzMaking this = {.outer = making,
					 .source = query_string,
					 .is_refresh = IsA(node, RefreshMatViewStmt)};
	QueryCompletion own = {.commandTag = CMDTAG_UNKNOWN};
	Over over = {.node = node, .making = &this};
	MemoryContext old;

	/* whoever calls without asking for the number of rows */
	if (qc == NULL)
		qc = &own;
	if (!DzGuardedNote(begin_memory, &this))
	{
		utility_next(DZ_UTILITY_ARGUMENTS);
		return;
	}
	/* a query that is planned in the meantime is another one */
	if (IsA(node, ViewStmt) ||
		(IsA(node, CopyStmt) && ((CopyStmt *) node)->is_from))
		this.is_planned = true;
	resume();
	while_making(&this, DZ_UTILITY_ARGUMENTS);

	over.ran = (DzRan){.rows = -1,
					   .source = query_string,
					   .location = pstmt->stmt_location,
					   .length = pstmt->stmt_len};
	if (qc->commandTag != CMDTAG_UNKNOWN && qc->commandTag != CMDTAG_EXPLAIN)
		over.ran.rows = (int64) qc->nprocessed;
	old = MemoryContextSwitchTo(this.context);
	if (!IsInParallelMode())
		(void) DzGuarded(take, &over);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(this.context);
}

static void
begin_memory(void *arg)
{
	((DzMaking *) arg)->context = AllocSetContextCreate(
		CurrentMemoryContext, "datazone lineage of a command",
		ALLOCSET_SMALL_SIZES);
}

static void
while_making(DzMaking *this, DZ_UTILITY_PARAMETERS)
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

/* The command whose query has this text and is now planned; NULL: none. */
DzMaking *
DzMakingFor(const char *source)
{
	return making != NULL && !making->is_planned && making->source == source
			   ? making
			   : NULL;
}

/* Is what runs now REFRESH's own SQL? */
bool
DzIsRefreshing(void)
{
	return making != NULL && making->is_refresh && making->is_planned;
}

/* These are the edges of the command's query. */
void
DzMakingIsOf(DzMaking *this, const DzEdges *edges)
{
	MemoryContext old = MemoryContextSwitchTo(this->context);

	this->edges = DzKeepEdges(edges);
	MemoryContextSwitchTo(old);
}

/* Has what runs with this text its edges in the command that is under way? */
bool
DzMakingIsKnown(const char *source)
{
	return making != NULL && making->source == source && making->edges != NULL;
}

/* ----------
 * When they are over
 * ----------
 */

/* The relation's name is looked up when it surely is there. */
static void
take(void *arg)
{
	Over *over = arg;
	Node *node = over->node;

	over->ran.edges = over->making->edges;
	switch (nodeTag(node))
	{
		case T_CreateTableAsStmt:
			if (has_made(over, (CreateTableAsStmt *) node))
				take_made(over, (CreateTableAsStmt *) node);
			break;
		case T_RefreshMatViewStmt:
			take_relation(
				over, RangeVarGetRelid(((RefreshMatViewStmt *) node)->relation,
									   NoLock, true));
			break;
		case T_ViewStmt:
			take_view(over, (ViewStmt *) node);
			break;
		default:
			DzCopyingSee((CopyStmt *) node, &over->ran);
			break;
	}
}

/* Of IF NOT EXISTS that is known by the rows that went in. */
static bool
has_made(const Over *over, const CreateTableAsStmt *create)
{
	return over->ran.rows >= 0 || over->ran.edges != NULL ||
		   !create->if_not_exists;
}

static void
take_made(Over *over, const CreateTableAsStmt *create)
{
	Oid relation = made(create->into->rel);

	if (over->ran.edges == NULL)
		take_prepared(over, create);
	take_relation(over, relation);
	if (create->into->onCommit != ONCOMMIT_DELETE_ROWS)
		return;
	DzCapturedWatch();
	DzStagingEmptyAtCommit(relation);
}

static void
take_relation(Over *over, Oid relation)
{
	if (over->ran.edges == NULL)
		return;
	DzCapturedWatch();
	over->ran.into = relation;
	DzCapturedAdd(&over->ran);
}

/*
 * What a command has made of that name.  It is where things are made, which is
 * not where the name is found first, if a temporary table has it, too.
 */
static Oid
made(RangeVar *relation)
{
	return get_relname_relid(relation->relname,
							 RangeVarGetCreationNamespace(relation));
}

/* CREATE TABLE AS EXECUTE: its plan may have been made long before. */
static void
take_prepared(Over *over, const CreateTableAsStmt *create)
{
	DzEdgeOptions options = {.views = DzViewMode};
	ExecuteStmt *execute =
		(ExecuteStmt *) ((Query *) create->query)->utilityStmt;
	PreparedStatement *prepared;
	List *queries;

	if (create->into->skipData || execute == NULL ||
		!IsA(execute, ExecuteStmt))
		return;
	prepared = FetchPreparedStatement(execute->name, false);
	queries = prepared != NULL ? prepared->plansource->query_list : NIL;
	if (list_length(queries) == 1)
		over->ran.edges =
			DzDeriveEdges(linitial_node(Query, queries), &options);
}

/*
 * As whoever reads from it would see it: SEARCH and CYCLE make their columns
 * when the query is rewritten.  A view over temporary tables is temporary
 * without saying so; if it has the name of another one, which of them was made
 * is not known.
 */
static void
take_view(Over *over, const ViewStmt *view)
{
	DzEdgeOptions options = {.views = DzViewMode};
	Oid other = RangeVarGetRelid(view->view, NoLock, true);
	Relation rel;
	Query *query;

	over->ran.into = made(view->view);
	if (!OidIsValid(over->ran.into) ||
		(other != over->ran.into && OidIsValid(other) &&
		 get_rel_relkind(other) == RELKIND_VIEW))
		return;
	rel = relation_open(over->ran.into, AccessShareLock);
	query = copyObject(get_view_query(rel));
	AcquireRewriteLocks(query, true, false);
	over->ran.edges =
		DzDeriveEdges(linitial_node(Query, pg_rewrite_query(query)), &options);
	over->ran.rows = -1;
	DzCapturedAdd(&over->ran);
	relation_close(rel, NoLock);
}
