/*-------------------------------------------------------------------------
 *
 * cte.c
 *		Common table expressions, recursive ones included.
 *
 * A recursive one is derived once, with placeholders where it refers to
 * itself, and then solved as a system of equations is: column by column, the
 * column's own placeholder is replaced in it and in all others by what the
 * column has.  This is exact, and takes no rounds until nothing changes.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

static DzCte *find_cte(DzLevel *level, const RangeTblEntry *rte,
					   DzLevel **body);
static void solve(DzCte *cte, DzLevel *body);

/* The CTE that an item names, and the level of its query. */
static DzCte *
find_cte(DzLevel *level, const RangeTblEntry *rte, DzLevel **body)
{
	DzLevel *definer = DzLevelUp(level, rte->ctelevelsup);
	ListCell *lc;

	foreach (lc, definer->query->cteList)
	{
		CommonTableExpr *expr = lfirst(lc);
		DzCte *cte = &definer->ctes[foreach_current_index(lc)];

		if (strcmp(expr->ctename, rte->ctename) != 0)
			continue;
		cte->cte = expr;
		*body = DzLevelOf(level->derivation, castNode(Query, expr->ctequery),
						  definer);
		if (expr->cterecursive && !cte->is_under_way && !cte->is_done)
			solve(cte, *body);
		return cte;
	}
	elog(ERROR, "could not find CTE \"%s\"", rte->ctename);
}

static void
solve(DzCte *cte, DzLevel *body)
{
	DzDerivation *derivation = body->derivation;
	int n = body->noutputs;

	cte->is_under_way = true;
	cte->ncolumns = n;
	cte->first = DzPlaceholders(derivation, n);
	cte->columns = palloc0_array(DzFlow, n + 1);
	for (int i = 0; i < n; i++)
		DzFlowAdd(&cte->columns[i], DZ_EDGE_IDENTITY,
				  DzOutputColumn(body, i + 1));
	DzFlowAdd(&cte->rows, DZ_EDGE_IDENTITY, DzRows(body));

	for (int solved = 0; solved < n; solved++)
	{
		DzFlow *solution = &cte->columns[solved];

		DzFlowReplace(solution, cte->first + solved, 1, solution);
		for (int i = 0; i < n; i++)
			DzFlowReplace(&cte->columns[i], cte->first + solved, 1, solution);
	}
	DzFlowReplace(&cte->rows, cte->first, n, cte->columns);
	cte->is_under_way = false;
	cte->is_done = true;
}

void
DzCteColumn(DzLevel *level, const RangeTblEntry *rte, AttrNumber attnum,
			DzEdgeKind use, DzFlow *out)
{
	DzLevel *body;
	DzCte *cte = find_cte(level, rte, &body);

	if (!cte->cte->cterecursive)
		DzFlowAdd(out, use, DzOutputColumn(body, attnum));
	else if (attnum > cte->ncolumns)
		return;
	else if (cte->is_under_way)
		out->sources[use] =
			bms_add_member(out->sources[use], cte->first + attnum - 1);
	else
		DzFlowAdd(out, use, &cte->columns[attnum - 1]);
}

/* While it is under way its row set is what is being derived. */
void
DzCteRows(DzLevel *level, const RangeTblEntry *rte, DzFlow *out)
{
	DzLevel *body;
	DzCte *cte = find_cte(level, rte, &body);

	if (!cte->cte->cterecursive)
		DzFlowAdd(out, DZ_EDGE_IDENTITY, DzRows(body));
	else if (!cte->is_under_way)
		DzFlowAdd(out, DZ_EDGE_IDENTITY, &cte->rows);
}

int
DzCteWidth(DzLevel *level, const RangeTblEntry *rte)
{
	DzLevel *body;

	(void) find_cte(level, rte, &body);
	return body->noutputs;
}
