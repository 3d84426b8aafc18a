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

#include "parser/parsetree.h"

static DzCte *find_cte(DzLevel *level, int varno, DzLevel **body);
static DzCte *look_for_cte(DzLevel *level, const RangeTblEntry *rte,
						   DzLevel **body);
static void solve(DzCte *cte, DzLevel *body);
static void replace_all(DzCte *cte);
static void note_users(const DzCte *cte, int column, Bitmapset **users);

/* The CTE that an item names, and the level of its query. */
static DzCte *
find_cte(DzLevel *level, int varno, DzLevel **body)
{
	DzItem *item = &level->items[varno - 1];

	if (item->cte == NULL)
		item->cte = look_for_cte(level, rt_fetch(varno, level->query->rtable),
								 &item->cte_body);
	*body = item->cte_body;
	if (item->cte->cte->cterecursive && !item->cte->is_under_way &&
		!item->cte->is_done)
		solve(item->cte, *body);
	return item->cte;
}

static DzCte *
look_for_cte(DzLevel *level, const RangeTblEntry *rte, DzLevel **body)
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
		return cte;
	}
	elog(ERROR, "could not find CTE \"%s\"", rte->ctename);
}

static void
solve(DzCte *cte, DzLevel *body)
{
	int n = body->noutputs;

	cte->is_under_way = true;
	cte->ncolumns = n;
	cte->first = DzPlaceholders(body->derivation, n);
	cte->columns = palloc0_array(DzFlow, n + 1);
	for (int i = 0; i < n; i++)
		DzFlowAdd(&cte->columns[i], DZ_EDGE_IDENTITY,
				  DzOutputColumn(body, i + 1));
	DzFlowAdd(&cte->rows, DZ_EDGE_IDENTITY, DzRows(body));
	replace_all(cte);
	DzFlowReplace(&cte->rows, cte->first, n, cte->columns);
	cte->is_under_way = false;
	cte->is_done = true;
}

/* Only what has a placeholder is visited: most columns have none but theirs. */
static void
replace_all(DzCte *cte)
{
	Bitmapset **users = palloc0_array(Bitmapset *, cte->ncolumns + 1);

	for (int i = 0; i < cte->ncolumns; i++)
		note_users(cte, i, users);
	for (int solved = 0; solved < cte->ncolumns; solved++)
	{
		DzFlow *solution = &cte->columns[solved];
		int user = -1;

		DzFlowReplace(solution, cte->first + solved, 1, solution);
		while ((user = bms_next_member(users[solved], user)) >= 0)
		{
			if (user == solved)
				continue;
			DzFlowReplace(&cte->columns[user], cte->first + solved, 1,
						  solution);
			note_users(cte, user, users);
		}
	}
	pfree(users);
}

/* Note whose placeholders a column has. */
static void
note_users(const DzCte *cte, int column, Bitmapset **users)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		int number = cte->first - 1;

		while ((number = bms_next_member(cte->columns[column].sources[kind],
										 number)) >= 0 &&
			   number < cte->first + cte->ncolumns)
			users[number - cte->first] =
				bms_add_member(users[number - cte->first], column);
	}
}

void
DzCteColumn(DzLevel *level, int varno, AttrNumber attnum, DzEdgeKind use,
			DzFlow *out)
{
	DzLevel *body;
	DzCte *cte = find_cte(level, varno, &body);

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
DzCteRows(DzLevel *level, int varno, DzFlow *out)
{
	DzLevel *body;
	DzCte *cte = find_cte(level, varno, &body);

	if (!cte->cte->cterecursive)
		DzReturnedRows(body, out);
	else if (!cte->is_under_way)
		DzFlowAdd(out, DZ_EDGE_IDENTITY, &cte->rows);
}

int
DzCteWidth(DzLevel *level, int varno)
{
	DzLevel *body;

	(void) find_cte(level, varno, &body);
	return body->noutputs;
}

DzLevel *
DzCteLevel(DzLevel *level, int varno)
{
	DzLevel *body;
	const DzCte *cte = find_cte(level, varno, &body);

	return cte->cte->cterecursive ? NULL : body;
}
