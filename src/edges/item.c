/*-------------------------------------------------------------------------
 *
 * item.c
 *		What a range table entry's columns are, and what decides on its rows.
 *
 * A table's column is a source; any other item's is derived from what the
 * item is made of, once.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "parser/parsetree.h"

static bool is_source(DzLevel *level, const RangeTblEntry *rte, Oid *relid);
static void derive_column(DzLevel *level, int varno, AttrNumber attnum,
						  DzFlow *out);
static void function_column(DzLevel *level, const RangeTblEntry *rte,
							AttrNumber attnum, DzFlow *out);
static void table_function_column(DzLevel *level, const TableFunc *tf,
								  AttrNumber attnum, DzFlow *out);
static void values_column(DzLevel *level, const RangeTblEntry *rte,
						  AttrNumber attnum, DzFlow *out);
static void whole_row(DzLevel *level, int varno, DzEdgeKind use, DzFlow *out);
static void whole_join(DzLevel *level, Node *node, DzEdgeKind use,
					   DzFlow *out);
static Node *join_of(Node *node, int varno);
static int width_of(DzLevel *level, const RangeTblEntry *rte);

void
DzItemColumn(DzLevel *level, int varno, AttrNumber attnum, DzEdgeKind use,
			 DzFlow *out)
{
	RangeTblEntry *rte = rt_fetch(varno, level->query->rtable);
	const OnConflictExpr *conflict = level->query->onConflict;
	DzItem *item = &level->items[varno - 1];
	bool is_excluded =
		conflict != NULL && conflict->exclRelIndex == varno && attnum >= 0;
	Oid relid;

	if (!is_excluded && is_source(level, rte, &relid))
	{
		DzSourceAdd(level->derivation, relid, attnum, use, out);
		return;
	}
	if (attnum == 0)
	{
		whole_row(level, varno, use, out);
		return;
	}
	if (item->columns == NULL)
	{
		item->ncolumns = list_length(rte->eref->colnames);
		item->columns = palloc0_array(DzFlow *, item->ncolumns + 1);
	}
	/* a system column of what is no table has no source */
	if (attnum < 0 || attnum > item->ncolumns)
		return;
	if (item->columns[attnum - 1] == NULL)
	{
		DzFlow *flow = palloc0(sizeof(DzFlow));

		if (is_excluded)
			DzExcluded(level, attnum, flow);
		else
			derive_column(level, varno, attnum, flow);
		item->columns[attnum - 1] = flow;
	}
	DzFlowAdd(out, use, item->columns[attnum - 1]);
}

/* Is it a relation, or a view that is to be named? */
static bool
is_source(DzLevel *level, const RangeTblEntry *rte, Oid *relid)
{
	*relid = InvalidOid;
	if (rte->rtekind == RTE_RELATION || rte->rtekind == RTE_NAMEDTUPLESTORE)
		*relid = rte->relid;
	else if (level->derivation->options->views == DZ_VIEWS_NAME)
		*relid = DzItemView(rte);
	return OidIsValid(*relid);
}

Oid
DzItemView(const RangeTblEntry *rte)
{
	return rte->rtekind == RTE_SUBQUERY ? DzExpandedView(rte) : InvalidOid;
}

static void
derive_column(DzLevel *level, int varno, AttrNumber attnum, DzFlow *out)
{
	RangeTblEntry *rte = rt_fetch(varno, level->query->rtable);
	List *grouped;
	Node *expr;

	switch (rte->rtekind)
	{
		case RTE_SUBQUERY:
			DzFlowAdd(out, DZ_EDGE_IDENTITY,
					  DzOutputColumn(
						  DzLevelOf(level->derivation, rte->subquery, level),
						  attnum));
			break;
		case RTE_JOIN:
			/* an alias of a dropped column is NULL */
			expr = list_nth(rte->joinaliasvars, attnum - 1);
			DzExpression(level, expr, DZ_EDGE_IDENTITY, out);
			break;
		case RTE_FUNCTION:
			function_column(level, rte, attnum, out);
			break;
		case RTE_TABLEFUNC:
			table_function_column(level, rte->tablefunc, attnum, out);
			break;
		case RTE_VALUES:
			values_column(level, rte, attnum, out);
			break;
		case RTE_CTE:
			DzCteColumn(level, rte, attnum, DZ_EDGE_IDENTITY, out);
			break;
		default:
			grouped = DzGroupExpressions(rte);
			if (grouped != NIL && attnum <= list_length(grouped))
				DzExpression(level, list_nth(grouped, attnum - 1),
							 DZ_EDGE_IDENTITY, out);
			break;
	}
}

/* ROWS FROM puts functions side by side; a last column may be ORDINALITY. */
static void
function_column(DzLevel *level, const RangeTblEntry *rte, AttrNumber attnum,
				DzFlow *out)
{
	ListCell *lc;

	foreach (lc, rte->functions)
	{
		RangeTblFunction *function = lfirst(lc);

		if (attnum > function->funccolcount)
		{
			attnum -= function->funccolcount;
			continue;
		}
		if (IsA(function->funcexpr, FuncExpr))
			DzCallColumn(level, (FuncExpr *) function->funcexpr, attnum,
						 DZ_EDGE_IDENTITY, out);
		else
			DzExpression(level, function->funcexpr, DZ_EDGE_TRANSFORMATION,
						 out);
		return;
	}
}

/* XMLTABLE and JSON_TABLE: the document, and the column's own expressions. */
static void
table_function_column(DzLevel *level, const TableFunc *tf, AttrNumber attnum,
					  DzFlow *out)
{
	List *lists[] = {tf->colexprs, tf->coldefexprs, DzTableFuncValues(tf)};

	DzExpression(level, tf->docexpr, DZ_EDGE_TRANSFORMATION, out);
	DzExpression(level, tf->rowexpr, DZ_EDGE_TRANSFORMATION, out);
	DzExpression(level, (Node *) tf->ns_uris, DZ_EDGE_TRANSFORMATION, out);
	DzExpression(level, (Node *) DzTableFuncPassing(tf),
				 DZ_EDGE_TRANSFORMATION, out);
	/* the ORDINALITY column has a place in the lists, and NULL there */
	for (int i = 0; i < (int) lengthof(lists); i++)
	{
		if (lists[i] != NIL && attnum <= list_length(lists[i]))
			DzExpression(level, list_nth(lists[i], attnum - 1),
						 DZ_EDGE_TRANSFORMATION, out);
	}
}

static void
values_column(DzLevel *level, const RangeTblEntry *rte, AttrNumber attnum,
			  DzFlow *out)
{
	ListCell *lc;

	foreach (lc, rte->values_lists)
	{
		List *row = lfirst(lc);

		if (attnum <= list_length(row))
			DzExpression(level, list_nth(row, attnum - 1), DZ_EDGE_IDENTITY,
						 out);
	}
}

/* The row of what is no table is made of its columns. */
static void
whole_row(DzLevel *level, int varno, DzEdgeKind use, DzFlow *out)
{
	RangeTblEntry *rte = rt_fetch(varno, level->query->rtable);
	int width;

	if (rte->rtekind == RTE_JOIN)
	{
		whole_join(level, join_of((Node *) level->query->jointree, varno), use,
				   out);
		return;
	}
	width = width_of(level, rte);
	for (int i = 1; i <= width; i++)
		DzItemColumn(level, varno, i, DzUseUnder(use, DZ_EDGE_TRANSFORMATION),
					 out);
}

/* That of a join is made of its sides' rows. */
static void
whole_join(DzLevel *level, Node *node, DzEdgeKind use, DzFlow *out)
{
	if (node == NULL)
		return;
	if (IsA(node, RangeTblRef))
		DzItemColumn(level, ((RangeTblRef *) node)->rtindex, 0,
					 DzUseUnder(use, DZ_EDGE_TRANSFORMATION), out);
	else
	{
		JoinExpr *join = castNode(JoinExpr, node);

		whole_join(level, join->larg, use, out);
		whole_join(level, join->rarg, use, out);
	}
}

static Node *
join_of(Node *node, int varno)
{
	Node *found = NULL;
	ListCell *lc;

	if (IsA(node, JoinExpr))
	{
		JoinExpr *join = (JoinExpr *) node;

		if (join->rtindex == varno)
			return node;
		found = join_of(join->larg, varno);
		return found != NULL ? found : join_of(join->rarg, varno);
	}
	if (IsA(node, FromExpr))
	{
		foreach (lc, ((FromExpr *) node)->fromlist)
		{
			found = join_of(lfirst(lc), varno);
			if (found != NULL)
				break;
		}
	}
	return found;
}

static int
width_of(DzLevel *level, const RangeTblEntry *rte)
{
	if (rte->rtekind == RTE_CTE)
		return DzCteWidth(level, rte);
	return list_length(rte->eref->colnames);
}

void
DzItemRows(DzLevel *level, int varno, DzFlow *out)
{
	RangeTblEntry *rte = rt_fetch(varno, level->query->rtable);
	ListCell *lc;
	Oid relid;

	DzExpression(level, (Node *) rte->securityQuals, DZ_EDGE_FILTER, out);
	if (rte->tablesample != NULL)
	{
		DzExpression(level, (Node *) rte->tablesample->args, DZ_EDGE_FILTER,
					 out);
		DzExpression(level, (Node *) rte->tablesample->repeatable,
					 DZ_EDGE_FILTER, out);
	}
	if (is_source(level, rte, &relid))
		return;

	if (rte->rtekind == RTE_SUBQUERY)
		DzFlowAdd(out, DZ_EDGE_IDENTITY,
				  DzRows(DzLevelOf(level->derivation, rte->subquery, level)));
	else if (rte->rtekind == RTE_CTE)
		DzCteRows(level, rte, out);
	else if (rte->rtekind == RTE_FUNCTION)
	{
		foreach (lc, rte->functions)
		{
			Node *function = ((RangeTblFunction *) lfirst(lc))->funcexpr;

			if (IsA(function, FuncExpr))
				DzCallRows(level, (FuncExpr *) function, out);
		}
	}
}
