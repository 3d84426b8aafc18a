/*-------------------------------------------------------------------------
 *
 * rows.c
 *		The row set: which rows a query has, how often, in which order.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"

/* Whose functions that return sets are looked for, and where they belong. */
typedef struct SetReturning
{
	DzLevel *level;
	DzFlow *out;
} SetReturning;

static void derive_rows(DzLevel *level, DzFlow *out);
static void jointree_rows(DzLevel *level, Node *node, DzFlow *out);
static void setop_rows(DzLevel *level, Node *node, DzEdgeKind known,
					   DzFlow *out);
static void setop_columns(DzLevel *level, Node *node, int n, DzEdgeKind use,
						  DzFlow *out);
static void clause_rows(DzLevel *level, List *clause, DzEdgeKind use,
						DzFlow *out);
static void function_rows(DzLevel *level, DzFlow *out);
static bool set_returning(Node *node, void *arg);
static void unused_windows(DzLevel *level, DzFlow *out);
static bool used_windows(Node *node, void *arg);
static void merge_rows(DzLevel *level, DzFlow *out);

const DzFlow *
DzRows(DzLevel *level)
{
	if (level->rows == NULL)
	{
		DzFlow *flow = palloc0(sizeof(DzFlow));

		check_stack_depth();
		derive_rows(level, flow);
		level->rows = flow;
	}
	return level->rows;
}

/* What RETURNING gives are rows of the table that was written. */
void
DzReturnedRows(DzLevel *level, DzFlow *out)
{
	const Query *query = level->query;
	DzFlow rows = *DzRows(level);

	if (query->commandType != CMD_SELECT)
	{
		rows.sources[DZ_EDGE_READ] = NULL;
		DzSourceAdd(level->derivation,
					rt_fetch(query->resultRelation, query->rtable)->relid,
					DZ_NO_COLUMN, DZ_EDGE_READ, out);
	}
	DzFlowAdd(out, DZ_EDGE_IDENTITY, &rows);
}

static void
derive_rows(DzLevel *level, DzFlow *out)
{
	const Query *query = level->query;

	if (query->setOperations != NULL)
		setop_rows(level, query->setOperations, DZ_EDGE_READ, out);
	if (query->jointree != NULL)
		jointree_rows(level, (Node *) query->jointree, out);
	if (query->commandType == CMD_MERGE)
		merge_rows(level, out);
	clause_rows(level, query->groupClause, DZ_EDGE_GROUP_BY, out);
	DzExpression(level, query->havingQual, DZ_EDGE_FILTER, out);
	clause_rows(level, query->distinctClause, DZ_EDGE_GROUP_BY, out);
	clause_rows(level, query->sortClause, DZ_EDGE_SORT, out);
	if (query->hasTargetSRFs)
		function_rows(level, out);
	if (query->windowClause != NIL)
		unused_windows(level, out);
	DzExpression(level, query->limitOffset, DZ_EDGE_FILTER, out);
	DzExpression(level, query->limitCount, DZ_EDGE_FILTER, out);
	if (query->onConflict != NULL)
	{
		level->assignments = query->onConflict->onConflictSet;
		DzExpression(level, query->onConflict->onConflictWhere, DZ_EDGE_FILTER,
					 out);
	}
}

static void
jointree_rows(DzLevel *level, Node *node, DzFlow *out)
{
	DzEdgeKind use = DZ_EDGE_FILTER;
	ListCell *lc;

	check_stack_depth();
	if (IsA(node, RangeTblRef))
		DzItemRows(level, ((RangeTblRef *) node)->rtindex, out);
	else if (IsA(node, JoinExpr))
	{
		JoinExpr *join = (JoinExpr *) node;

		jointree_rows(level, join->larg, out);
		jointree_rows(level, join->rarg, out);
		DzExpression(level, join->quals, DZ_EDGE_JOIN, out);
	}
	else
	{
		FromExpr *from = castNode(FromExpr, node);

		foreach (lc, from->fromlist)
		{
			jointree_rows(level, lfirst(lc), out);
		}
		if (level->query->commandType == CMD_MERGE && DZ_MERGE_ON_IS_WHERE)
			use = DZ_EDGE_JOIN;
		DzExpression(level, from->quals, use, out);
	}
}

/*
 * Rows of all branches.  INTERSECT and EXCEPT compare rows of both sides, UNION
 * makes equal ones one: all columns decide.  "known" is the kind as which those
 * that arrive in the node are in "out" already; READ: as none.
 */
static void
setop_rows(DzLevel *level, Node *node, DzEdgeKind known, DzFlow *out)
{
	SetOperationStmt *setop;
	DzEdgeKind use = known;
	int ncolumns;

	check_stack_depth();
	if (IsA(node, RangeTblRef))
	{
		DzItemRows(level, ((RangeTblRef *) node)->rtindex, out);
		return;
	}

	setop = castNode(SetOperationStmt, node);
	ncolumns = list_length(setop->colTypes);
	if (setop->op != SETOP_UNION)
		use = DZ_EDGE_FILTER;
	else if (!setop->all)
		use = DZ_EDGE_GROUP_BY;
	if (use != known)
		setop_columns(level, node, ncolumns, use, out);
	/* its right side does not arrive */
	if (setop->op == SETOP_EXCEPT)
		setop_columns(level, setop->rarg, ncolumns, use, out);
	setop_rows(level, setop->larg, use, out);
	setop_rows(level, setop->rarg, use, out);
}

static void
setop_columns(DzLevel *level, Node *node, int n, DzEdgeKind use, DzFlow *out)
{
	for (int i = 1; i <= n; i++)
		DzSetOperationColumn(level, node, i, use, out);
}

/* The expressions behind GROUP BY, DISTINCT or ORDER BY. */
static void
clause_rows(DzLevel *level, List *clause, DzEdgeKind use, DzFlow *out)
{
	ListCell *lc;

	foreach (lc, clause)
	{
		TargetEntry *entry = get_sortgroupclause_tle(
			(SortGroupClause *) lfirst(lc), level->query->targetList);

		/* of a set operation the entry only shows the leftmost query's */
		if (level->query->setOperations != NULL && !entry->resjunk)
			DzFlowAdd(out, use, DzOutputColumn(level, entry->resno));
		else
			DzExpression(level, (Node *) entry->expr, use, out);
	}
}

/* A function among the outputs that returns a set makes rows. */
static void
function_rows(DzLevel *level, DzFlow *out)
{
	SetReturning found = {.level = level, .out = out};
	ListCell *lc;

	(void) expression_tree_walker((Node *) level->query->targetList,
								  set_returning, &found);
	foreach (lc, level->query->rtable)
	{
		(void) expression_tree_walker(
			(Node *) DzGroupExpressions(lfirst_node(RangeTblEntry, lc)),
			set_returning, &found);
	}
}

/* Those of this level: a sub-query has its own. */
static bool
set_returning(Node *node, void *arg)
{
	const SetReturning *found = arg;
	FuncExpr *call = NULL;
	DzCalled called = {0};

	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, FuncExpr))
		call = (FuncExpr *) node;
	else if (IsA(node, OpExpr))
		call = DzOperatorCall((OpExpr *) node);
	if (call != NULL && call->funcretset)
		DzCallRows(found->level, call, &called, found->out);
	else if (IsA(node, OpExpr) && ((OpExpr *) node)->opretset)
		DzExpression(found->level, node, DZ_EDGE_FILTER, found->out);
	return expression_tree_walker(node, set_returning, arg);
}

/*
 * A window that no function uses belongs to no output.  One that another is
 * made of has given that one its columns.
 */
static void
unused_windows(DzLevel *level, DzFlow *out)
{
	const Query *query = level->query;
	Bitmapset *used = NULL;
	ListCell *lc;
	ListCell *lc2;

	(void) expression_tree_walker((Node *) query->targetList, used_windows,
								  &used);
	foreach (lc, query->windowClause)
	{
		WindowClause *window = lfirst_node(WindowClause, lc);
		bool is_used = bms_is_member(window->winref, used);

		foreach (lc2,
				 is_used || window->name == NULL ? NIL : query->windowClause)
		{
			const char *base = lfirst_node(WindowClause, lc2)->refname;

			if (base != NULL && strcmp(base, window->name) == 0)
				is_used = true;
		}
		if (!is_used)
			DzWindow(level, window, DZ_EDGE_WINDOW, out);
	}
	bms_free(used);
}

/* Those of this level: a window function is in its own query's list. */
static bool
used_windows(Node *node, void *arg)
{
	Bitmapset **used = arg;

	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, WindowFunc))
		*used = bms_add_member(*used, ((WindowFunc *) node)->winref);
	return expression_tree_walker(node, used_windows, arg);
}

/* MERGE's target is not in its join tree. */
static void
merge_rows(DzLevel *level, DzFlow *out)
{
	ListCell *lc;

	DzItemRows(level, DzMergeTarget(level->query), out);
	DzExpression(level, DzMergeCondition(level->query), DZ_EDGE_JOIN, out);
	foreach (lc, level->query->mergeActionList)
	{
		DzExpression(level, ((MergeAction *) lfirst(lc))->qual, DZ_EDGE_FILTER,
					 out);
	}
}
