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

static bool name_relations(Node *node, void *arg);
static DzBody *parameters(DzDerivation *derivation, int n);
static void add_reads(DzLevel *level);
static void forget_known(const DzFlow *flow, Bitmapset **left);

DzEdges *
DzDeriveEdges(const Query *query, const DzEdgeOptions *options)
{
	DzDerivation *derivation = palloc0(sizeof(DzDerivation));
	DzLevel *level;

	derivation->options = options;
	derivation->edges = palloc0(sizeof(DzEdges));
	DzSourcesInit(derivation);
	DzLevelsInit(derivation);

	if (query->commandType != CMD_UTILITY)
	{
		level = DzLevelOf(derivation, query, NULL);
		if (options->nparams > 0)
			level->body = parameters(derivation, options->nparams);
		DzTargets(level);
		if (options->reads)
			add_reads(level);
		(void) name_relations((Node *) unconstify(Query *, query), derivation);
	}
	return derivation->edges;
}

/*
 * Make each relation that the query names a source, if of nothing: who is not
 * to name one has to know.
 */
static bool
name_relations(Node *node, void *arg)
{
	DzFlow nowhere = {0};

	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, name_relations, arg,
								 QTW_EXAMINE_RTES_BEFORE);
	if (IsA(node, RangeTblEntry))
	{
		RangeTblEntry *rte = (RangeTblEntry *) node;
		Oid relid =
			rte->rtekind == RTE_RELATION ? rte->relid : DzItemView(rte);

		if (OidIsValid(relid))
			DzSourceAdd(arg, relid, DZ_NO_COLUMN, DZ_EDGE_READ, &nowhere);
		return false;
	}
	return expression_tree_walker(node, name_relations, arg);
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

/* What is read but is in no edge is an edge to the last target's row set. */
static void
add_reads(DzLevel *level)
{
	DzEdges *edges = level->derivation->edges;
	DzEdgeTarget *last = llast(edges->targets);
	DzFlow reads = {0};
	Bitmapset *left = NULL;
	int number = -1;
	ListCell *lc;
	ListCell *lc2;

	DzReads(level, &reads);
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
		left = bms_add_members(left, reads.sources[kind]);
	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);

		forget_known(&target->rows, &left);
		foreach (lc2, target->columns)
		{
			forget_known(&((DzEdgeColumn *) lfirst(lc2))->flow, &left);
		}
	}
	while ((number = bms_next_member(left, number)) >= 0)
	{
		if (!DzIsPlaceholder(level->derivation, number))
			last->rows.sources[DZ_EDGE_READ] =
				bms_add_member(last->rows.sources[DZ_EDGE_READ], number);
	}
}

static void
forget_known(const DzFlow *flow, Bitmapset **left)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
		*left = bms_del_members(*left, flow->sources[kind]);
}
