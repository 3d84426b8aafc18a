/*-------------------------------------------------------------------------
 *
 * generated.c
 *		Columns of a new row that no one has assigned: generated ones; EXCLUDED.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "rewrite/rewriteHandler.h"
#include "utils/rel.h"

static TargetEntry *assignment_to(List *assignments, AttrNumber attnum);
static DzLevel *row_level(DzDerivation *derivation, int natts);

static TargetEntry *
assignment_to(List *assignments, AttrNumber attnum)
{
	ListCell *lc;

	foreach (lc, assignments)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);

		if (!entry->resjunk && entry->resno == attnum)
			return entry;
	}
	return NULL;
}

/* A level with one item, the new row, whose columns the caller fills in. */
static DzLevel *
row_level(DzDerivation *derivation, int natts)
{
	Query *query = makeNode(Query);
	RangeTblEntry *row = makeNode(RangeTblEntry);
	DzLevel *level;

	row->rtekind = RTE_RESULT;
	query->rtable = list_make1(row);
	level = DzLevelOf(derivation, query, NULL);
	level->items[0].ncolumns = natts;
	level->items[0].columns = palloc0_array(DzFlow *, natts + 1);
	for (int i = 0; i < natts; i++)
		level->items[0].columns[i] = palloc0(sizeof(DzFlow));
	return level;
}

/*
 * In the column's expression a column that is assigned stands for what it is
 * assigned.  In an INSERT any other is empty; in an UPDATE it is what it was.
 */
bool
DzGenerated(DzLevel *level, Relation rel, AttrNumber attnum, List *assignments,
			CmdType command, DzFlow *out)
{
	Node *expr = build_column_default(rel, attnum);
	DzLevel *row =
		row_level(level->derivation, RelationGetNumberOfAttributes(rel));
	Bitmapset *needed = NULL;
	bool is_concerned = command == CMD_INSERT;
	int member = -1;

	pull_varattnos(expr, 1, &needed);
	while ((member = bms_next_member(needed, member)) >= 0)
	{
		AttrNumber from = member + FirstLowInvalidHeapAttributeNumber;
		TargetEntry *entry = assignment_to(assignments, from);

		/* tableoid is known before the row is */
		if (from <= 0)
			continue;
		if (entry != NULL)
		{
			is_concerned = true;
			DzExpression(level, (Node *) entry->expr, DZ_EDGE_IDENTITY,
						 row->items[0].columns[from - 1]);
		}
		else if (command == CMD_UPDATE)
			DzSourceAdd(level->derivation, RelationGetRelid(rel), from,
						DZ_EDGE_IDENTITY, row->items[0].columns[from - 1]);
	}
	if (is_concerned)
		DzExpression(row, expr, DZ_EDGE_IDENTITY, out);
	return is_concerned;
}

void
DzExcluded(DzLevel *level, AttrNumber attnum, DzFlow *out)
{
	const Query *query = level->query;
	TargetEntry *entry = assignment_to(query->targetList, attnum);
	Relation rel;

	if (entry != NULL)
	{
		DzExpression(level, (Node *) entry->expr, DZ_EDGE_IDENTITY, out);
		return;
	}
	rel = table_open(rt_fetch(query->resultRelation, query->rtable)->relid,
					 NoLock);
	if (TupleDescAttr(RelationGetDescr(rel), attnum - 1)->attgenerated != '\0')
		(void) DzGenerated(level, rel, attnum, query->targetList, CMD_INSERT,
						   out);
	table_close(rel, NoLock);
}
