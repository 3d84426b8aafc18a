/*-------------------------------------------------------------------------
 *
 * derive.c
 *		From a Query to its edges: the whole way.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "miscadmin.h"
#include "nodes/nodeFuncs.h"

static void name_relations(DzDerivation *derivation, const Query *query);
static bool in_expressions(Node *node, void *arg);
static DzBody *parameters(DzDerivation *derivation, int n);
static void add_reads(DzLevel *level, DzEdgeTarget *own);
static void add_known(const DzFlow *flow, Bitmapset **known);
static bool is_taken_apart(const DzEdges *edges, int number,
						   const Bitmapset *known);

DzEdges *
DzDeriveEdges(const Query *query, const DzEdgeOptions *options)
{
	DzDerivation *derivation = palloc0(sizeof(DzDerivation));
	DzLevel *level;
	DzEdgeTarget *own;

	derivation->options = options;
	derivation->edges = palloc0(sizeof(DzEdges));
	DzSourcesInit(derivation);
	DzLevelsInit(derivation);

	if (query->commandType != CMD_UTILITY)
	{
		level = DzLevelOf(derivation, query, NULL);
		if (options->nparams > 0)
			level->body = parameters(derivation, options->nparams);
		own = DzTargets(level);
		if (options->reads)
			add_reads(level, own);
		name_relations(derivation, query);
	}
	return derivation->edges;
}

/*
 * Make each relation that the query names a source, if of nothing: who is not
 * to name one has to know.
 */
static void
name_relations(DzDerivation *derivation, const Query *query)
{
	DzFlow nowhere = {0};
	ListCell *lc;

	check_stack_depth();
	foreach (lc, query->rtable)
	{
		RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);
		Oid relid =
			rte->rtekind == RTE_RELATION ? rte->relid : DzItemView(rte);

		if (OidIsValid(relid))
			DzSourceAdd(derivation, relid, DZ_NO_COLUMN, DZ_EDGE_READ,
						&nowhere);
		if (rte->rtekind == RTE_SUBQUERY)
			name_relations(derivation, rte->subquery);
	}
	foreach (lc, query->cteList)
	{
		name_relations(
			derivation,
			castNode(Query, lfirst_node(CommonTableExpr, lc)->ctequery));
	}
	/* most have none, and long lists of expressions */
	if (query->hasSubLinks)
		(void) query_tree_walker(
			unconstify(Query *, query), in_expressions, derivation,
			QTW_IGNORE_RT_SUBQUERIES | QTW_IGNORE_CTE_SUBQUERIES |
				QTW_IGNORE_JOINALIASES);
}

static bool
in_expressions(Node *node, void *arg)
{
	if (node == NULL)
		return false;
	check_stack_depth();
	if (!IsA(node, Query))
		return expression_tree_walker(node, in_expressions, arg);
	name_relations(arg, (Query *) node);
	return false;
}

/* The statement's own parameters, as if it were a function's body. */
static DzBody *
parameters(DzDerivation *derivation, int n)
{
	DzBody *body = palloc0(sizeof(DzBody));

	body->nargs = n;
	body->first = DzPlaceholders(derivation, n);
	for (int i = 0; i < n; i++)
		derivation->edges->sources[body->first + i].attnum = i + 1;
	return body;
}

/* What is read but is in no edge is an edge to the row set of its target. */
static void
add_reads(DzLevel *level, DzEdgeTarget *own)
{
	DzEdges *edges = level->derivation->edges;
	DzFlow reads = {0};
	Bitmapset *left = NULL;
	Bitmapset *known = NULL;
	int number = -1;
	ListCell *lc;
	ListCell *lc2;

	DzReads(level, &reads);
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
		left = bms_add_members(left, reads.sources[kind]);
	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);

		add_known(&target->rows, &known);
		foreach (lc2, target->columns)
		{
			add_known(&((DzEdgeColumn *) lfirst(lc2))->flow, &known);
		}
	}
	left = bms_del_members(left, known);
	while ((number = bms_next_member(left, number)) >= 0)
	{
		if (!DzIsPlaceholder(level->derivation, number) &&
			!is_taken_apart(edges, number, known))
			own->rows.sources[DZ_EDGE_READ] =
				bms_add_member(own->rows.sources[DZ_EDGE_READ], number);
	}
}

static void
add_known(const DzFlow *flow, Bitmapset **known)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
		*known = bms_add_members(*known, flow->sources[kind]);
}

/* A whole row that a function was given which took columns of it. */
static bool
is_taken_apart(const DzEdges *edges, int number, const Bitmapset *known)
{
	const DzSource *row = &edges->sources[number];
	int other = -1;

	if (row->attnum != 0)
		return false;
	while ((other = bms_next_member(known, other)) >= 0)
	{
		if (edges->sources[other].relid == row->relid &&
			edges->sources[other].attnum != DZ_NO_COLUMN)
			return true;
	}
	return false;
}
