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

#include "miscadmin.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"

static bool is_source(DzLevel *level, const RangeTblEntry *rte, Oid *relid);
static void derive_column(DzLevel *level, int varno, AttrNumber attnum,
						  DzFlow *out);
static void function_column(DzLevel *level, int varno, AttrNumber attnum,
							DzFlow *out);
static DzCalled *call_of(DzLevel *level, int varno, int n);
static void table_function_column(DzLevel *level, int varno, AttrNumber attnum,
								  DzFlow *out);
static const DzFlow *table_function_arguments(DzLevel *level, int varno);
static void values_column(DzLevel *level, const RangeTblEntry *rte,
						  AttrNumber attnum, DzFlow *out);
static void whole_row(DzLevel *level, int varno, DzEdgeKind use, DzFlow *out);
static void whole_join(DzLevel *level, Node *node, DzFlow *out);
static Node *join_of(Node *node, int varno);
static int width_of(DzLevel *level, int varno);

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

/*
 * Is it a relation, or a view that is to be named?  A temporary view is nobody
 * else's, and gone with the session.
 */
static bool
is_source(DzLevel *level, const RangeTblEntry *rte, Oid *relid)
{
	*relid = InvalidOid;
	if (rte->rtekind == RTE_RELATION || rte->rtekind == RTE_NAMEDTUPLESTORE)
		*relid = rte->relid;
	else if (level->derivation->options->views == DZ_VIEWS_NAME)
		*relid = DzItemView(rte);
	if (OidIsValid(*relid) && rte->rtekind == RTE_SUBQUERY &&
		get_rel_persistence(*relid) == RELPERSISTENCE_TEMP)
		*relid = InvalidOid;
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
			function_column(level, varno, attnum, out);
			break;
		case RTE_TABLEFUNC:
			table_function_column(level, varno, attnum, out);
			break;
		case RTE_VALUES:
			values_column(level, rte, attnum, out);
			break;
		case RTE_CTE:
			DzCteColumn(level, varno, attnum, DZ_EDGE_IDENTITY, out);
			break;
		default:
			break;
	}
}

Node *
DzItemExpression(DzLevel *level, int varno, AttrNumber attnum, DzLevel **inner)
{
	RangeTblEntry *rte = rt_fetch(varno, level->query->rtable);
	DzLevel *made = NULL;
	Oid relid;

	*inner = level;
	if (rte->rtekind == RTE_JOIN && attnum > 0)
		return list_nth(rte->joinaliasvars, attnum - 1);
	if (rte->rtekind == RTE_SUBQUERY && !is_source(level, rte, &relid))
		made = DzLevelOf(level->derivation, rte->subquery, level);
	else if (rte->rtekind == RTE_CTE)
		made = DzCteLevel(level, varno);
	if (made == NULL || made->query->setOperations != NULL || attnum < 1 ||
		attnum > made->noutputs || made->outputs[attnum - 1] == NULL)
		return NULL;
	*inner = made;
	return (Node *) made->outputs[attnum - 1]->expr;
}

/* ROWS FROM puts functions side by side; a last column may be ORDINALITY. */
static void
function_column(DzLevel *level, int varno, AttrNumber attnum, DzFlow *out)
{
	ListCell *lc;

	foreach (lc, rt_fetch(varno, level->query->rtable)->functions)
	{
		RangeTblFunction *function = lfirst(lc);

		if (attnum > function->funccolcount)
		{
			attnum -= function->funccolcount;
			continue;
		}
		if (IsA(function->funcexpr, FuncExpr))
			DzCallColumn(level, (FuncExpr *) function->funcexpr, attnum,
						 DZ_EDGE_IDENTITY,
						 call_of(level, varno, foreach_current_index(lc)),
						 out);
		else
			DzExpression(level, function->funcexpr, DZ_EDGE_TRANSFORMATION,
						 out);
		return;
	}
}

/* The call that is a function of an item. */
static DzCalled *
call_of(DzLevel *level, int varno, int n)
{
	DzItem *item = &level->items[varno - 1];

	if (item->calls == NULL)
		item->calls = palloc0_array(
			DzCalled,
			list_length(rt_fetch(varno, level->query->rtable)->functions));
	return &item->calls[n];
}

/* XMLTABLE and JSON_TABLE: the document, and the column's own expressions. */
static void
table_function_column(DzLevel *level, int varno, AttrNumber attnum,
					  DzFlow *out)
{
	const TableFunc *tf = rt_fetch(varno, level->query->rtable)->tablefunc;
	List *lists[] = {tf->colexprs, tf->coldefexprs, DzTableFuncValues(tf)};

	DzFlowAdd(out, DZ_EDGE_IDENTITY, table_function_arguments(level, varno));
	/* the ORDINALITY column has a place in the lists, and NULL there */
	for (int i = 0; i < (int) lengthof(lists); i++)
	{
		if (lists[i] != NIL && attnum <= list_length(lists[i]))
			DzExpression(level, list_nth(lists[i], attnum - 1),
						 DZ_EDGE_TRANSFORMATION, out);
	}
}

static const DzFlow *
table_function_arguments(DzLevel *level, int varno)
{
	const TableFunc *tf = rt_fetch(varno, level->query->rtable)->tablefunc;
	DzItem *item = &level->items[varno - 1];

	if (item->arguments == NULL)
	{
		List *arguments = list_make4(tf->docexpr, tf->rowexpr, tf->ns_uris,
									 DzTableFuncPassing(tf));

		item->arguments = palloc0(sizeof(DzFlow));
		DzExpression(level, (Node *) arguments, DZ_EDGE_TRANSFORMATION,
					 item->arguments);
	}
	return item->arguments;
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

/* The row of what is no table is made of its columns, or of a join's sides. */
static void
whole_row(DzLevel *level, int varno, DzEdgeKind use, DzFlow *out)
{
	RangeTblEntry *rte = rt_fetch(varno, level->query->rtable);
	DzItem *item = &level->items[varno - 1];

	if (item->whole == NULL)
	{
		DzFlow *flow = palloc0(sizeof(DzFlow));
		int width;

		check_stack_depth();
		if (rte->rtekind == RTE_JOIN)
			whole_join(level, join_of((Node *) level->query->jointree, varno),
					   flow);
		else
		{
			width = width_of(level, varno);
			for (int i = 1; i <= width; i++)
				DzItemColumn(level, varno, i, DZ_EDGE_TRANSFORMATION, flow);
		}
		item->whole = flow;
	}
	DzFlowAdd(out, use, item->whole);
}

static void
whole_join(DzLevel *level, Node *node, DzFlow *out)
{
	check_stack_depth();
	if (node == NULL)
		return;
	if (IsA(node, RangeTblRef))
		DzItemColumn(level, ((RangeTblRef *) node)->rtindex, 0,
					 DZ_EDGE_TRANSFORMATION, out);
	else
	{
		JoinExpr *join = castNode(JoinExpr, node);

		whole_join(level, join->larg, out);
		whole_join(level, join->rarg, out);
	}
}

static Node *
join_of(Node *node, int varno)
{
	Node *found = NULL;
	ListCell *lc;

	check_stack_depth();
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
width_of(DzLevel *level, int varno)
{
	RangeTblEntry *rte = rt_fetch(varno, level->query->rtable);

	if (rte->rtekind == RTE_CTE)
		return DzCteWidth(level, varno);
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
	{
		/* a table does not get its rows from itself by being written */
		if (varno != level->query->resultRelation)
			DzSourceAdd(level->derivation, relid, DZ_NO_COLUMN, DZ_EDGE_READ,
						out);
		return;
	}

	if (rte->rtekind == RTE_SUBQUERY)
		DzFlowAdd(out, DZ_EDGE_IDENTITY,
				  DzRows(DzLevelOf(level->derivation, rte->subquery, level)));
	else if (rte->rtekind == RTE_CTE)
		DzCteRows(level, varno, out);
	else if (rte->rtekind == RTE_TABLEFUNC)
		DzFlowAdd(out, DZ_EDGE_FILTER, table_function_arguments(level, varno));
	else if (rte->rtekind == RTE_FUNCTION)
	{
		foreach (lc, rte->functions)
		{
			Node *function = ((RangeTblFunction *) lfirst(lc))->funcexpr;

			if (IsA(function, FuncExpr))
				DzCallRows(level, (FuncExpr *) function,
						   call_of(level, varno, foreach_current_index(lc)),
						   out);
		}
	}
}
