/*-------------------------------------------------------------------------
 *
 * reads.c
 *		Every column that the statement's own text refers to.
 *
 * Edges say what becomes of a column.  Of some nothing does: nobody uses the
 * sub-query's column that it is in.  The server locks, checks and reads them
 * all the same, and pg_depend names them.  This walk finds every one, so that
 * what is left over when the edges are known can be said.
 *
 * It follows the text: not into views, functions or policies, whose texts are
 * others'; a view's column is what it is made of.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "parser/parsetree.h"

typedef struct Reader
{
	DzLevel *level;
	DzFlow *out;
} Reader;

static bool walk(Node *node, void *arg);
static void of_var(const Reader *reader, const Var *var);
static void of_query(const Reader *reader, const Query *query);
static void of_clauses(Reader *reader, const Query *query);
static bool is_old_row(const TargetEntry *entry);
static void of_item(Reader *reader, RangeTblEntry *rte);

void
DzReads(DzLevel *level, DzFlow *out)
{
	Reader reader = {.level = level, .out = out};

	of_clauses(&reader, level->query);
}

static bool
walk(Node *node, void *arg)
{
	const Reader *reader = arg;

	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, Var))
	{
		of_var(reader, (Var *) node);
		return false;
	}
	if (IsA(node, Query))
	{
		of_query(reader, (Query *) node);
		return false;
	}
	return expression_tree_walker(node, walk, arg);
}

/* A table's column, or a view's; any other is read where it is made. */
static void
of_var(const Reader *reader, const Var *var)
{
	DzLevel *level = DzLevelUp(reader->level, var->varlevelsup);
	RangeTblEntry *rte = rt_fetch(var->varno, level->query->rtable);

	if (rte->rtekind == RTE_RELATION || rte->rtekind == RTE_NAMEDTUPLESTORE ||
		OidIsValid(DzItemView(rte)))
		DzItemColumn(level, var->varno, var->varattno, DZ_EDGE_READ,
					 reader->out);
}

static void
of_query(const Reader *reader, const Query *query)
{
	Reader inner = *reader;

	inner.level = DzLevelOf(reader->level->derivation, query, reader->level);
	of_clauses(&inner, query);
	(void) walk((Node *) query->returningList, &inner);
}

/* RETURNING is the caller's matter: of the statement itself it is not ours. */
static void
of_clauses(Reader *reader, const Query *query)
{
	ListCell *lc;

	foreach (lc, query->targetList)
	{
		if (!is_old_row(lfirst_node(TargetEntry, lc)))
			(void) walk(lfirst(lc), reader);
	}
	(void) walk((Node *) query->jointree, reader);
	(void) walk(query->havingQual, reader);
	(void) walk((Node *) query->windowClause, reader);
	(void) walk(query->limitOffset, reader);
	(void) walk(query->limitCount, reader);
	(void) walk((Node *) query->mergeActionList, reader);
	(void) walk(DzMergeCondition(query), reader);
	if (query->onConflict != NULL)
	{
		(void) walk((Node *) query->onConflict->onConflictSet, reader);
		(void) walk(query->onConflict->onConflictWhere, reader);
	}
	foreach (lc, query->cteList)
	{
		of_query(reader,
				 castNode(Query, lfirst_node(CommonTableExpr, lc)->ctequery));
	}
	foreach (lc, query->rtable)
	{
		of_item(reader, lfirst_node(RangeTblEntry, lc));
	}
}

/* The rewriter gives the old row of a view to its INSTEAD OF triggers. */
static bool
is_old_row(const TargetEntry *entry)
{
	return entry->resjunk && IsA(entry->expr, Var) &&
		   ((Var *) entry->expr)->varattno == InvalidAttrNumber &&
		   entry->resname != NULL && strcmp(entry->resname, "wholerow") == 0;
}

/*
 * What is in a range table entry's own text.  Not the aliases of a join: they
 * repeat what its sides have, and its condition names the columns.
 */
static void
of_item(Reader *reader, RangeTblEntry *rte)
{
	if (rte->rtekind == RTE_SUBQUERY && !OidIsValid(DzItemView(rte)))
		of_query(reader, rte->subquery);
	(void) walk((Node *) rte->functions, reader);
	(void) walk((Node *) rte->tablefunc, reader);
	(void) walk((Node *) rte->values_lists, reader);
	(void) walk((Node *) DzGroupExpressions(rte), reader);
	if (rte->tablesample != NULL)
	{
		(void) walk((Node *) rte->tablesample->args, reader);
		(void) walk((Node *) rte->tablesample->repeatable, reader);
	}
}
