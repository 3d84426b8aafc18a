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

static DzFlow *column_of_row(DzNewRow *row, Oid relid, AttrNumber attnum);

DzNewRow *
DzNewRowOf(DzLevel *writer, Relation rel, List *assignments, CmdType command)
{
	DzNewRow *row = palloc0(sizeof(DzNewRow));
	Query *query = makeNode(Query);
	RangeTblEntry *entry = makeNode(RangeTblEntry);
	ListCell *lc;

	row->writer = writer;
	row->command = command;
	row->natts = RelationGetNumberOfAttributes(rel);
	row->assigned = palloc0_array(TargetEntry *, row->natts + 1);
	foreach (lc, assignments)
	{
		TargetEntry *assignment = lfirst_node(TargetEntry, lc);

		if (!assignment->resjunk && assignment->resno <= row->natts)
			row->assigned[assignment->resno - 1] = assignment;
	}

	/* columns are asked of an item, so the row is one */
	entry->rtekind = RTE_RESULT;
	query->rtable = list_make1(entry);
	row->row = DzLevelOf(writer->derivation, query, NULL);
	row->row->items[0].ncolumns = row->natts;
	row->row->items[0].columns = palloc0_array(DzFlow *, row->natts + 1);
	return row;
}

/*
 * What is in a column that nobody generates.  In an INSERT one that is not
 * assigned is empty; in an UPDATE it is what it was.
 */
static DzFlow *
column_of_row(DzNewRow *row, Oid relid, AttrNumber attnum)
{
	DzFlow **place = &row->row->items[0].columns[attnum - 1];
	TargetEntry *assignment = row->assigned[attnum - 1];

	if (*place != NULL)
		return *place;
	*place = palloc0(sizeof(DzFlow));
	if (assignment != NULL)
		DzExpression(row->writer, (Node *) assignment->expr, DZ_EDGE_IDENTITY,
					 *place);
	else if (row->command == CMD_UPDATE)
		DzSourceAdd(row->writer->derivation, relid, attnum, DZ_EDGE_IDENTITY,
					*place);
	return *place;
}

/* In the column's expression another column stands for what is in it. */
bool
DzGenerated(DzNewRow *row, Relation rel, AttrNumber attnum, DzFlow *out)
{
	Node *expr = build_column_default(rel, attnum);
	Bitmapset *needed = NULL;
	bool is_concerned = row->command == CMD_INSERT;
	int member = -1;

	pull_varattnos(expr, 1, &needed);
	while ((member = bms_next_member(needed, member)) >= 0)
	{
		AttrNumber from = member + FirstLowInvalidHeapAttributeNumber;

		/* tableoid is known before the row is */
		if (from <= 0)
			continue;
		(void) column_of_row(row, RelationGetRelid(rel), from);
		if (row->assigned[from - 1] != NULL)
			is_concerned = true;
	}
	bms_free(needed);
	if (is_concerned)
		DzExpression(row->row, expr, DZ_EDGE_IDENTITY, out);
	return is_concerned;
}

void
DzExcluded(DzLevel *level, AttrNumber attnum, DzFlow *out)
{
	const Query *query = level->query;
	Relation rel;

	rel = table_open(rt_fetch(query->resultRelation, query->rtable)->relid,
					 NoLock);
	if (level->excluded == NULL)
		level->excluded =
			DzNewRowOf(level, rel, query->targetList, CMD_INSERT);
	if (TupleDescAttr(RelationGetDescr(rel), attnum - 1)->attgenerated != '\0')
		(void) DzGenerated(level->excluded, rel, attnum, out);
	else
		DzFlowAdd(
			out, DZ_EDGE_IDENTITY,
			column_of_row(level->excluded, RelationGetRelid(rel), attnum));
	table_close(rel, NoLock);
}
