/*-------------------------------------------------------------------------
 *
 * write.c
 *		Targets: what a statement and its CTEs write, or put out.
 *
 * After rewriting the entries of a target list that writes have the numbers of
 * the table's columns, defaults stand in them, and views that can be updated
 * have become their tables.  Only generated columns are not there: the
 * executor computes them, from what is assigned to others.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/table.h"
#include "parser/parsetree.h"
#include "utils/rel.h"

static DzEdgeTarget *target_of(DzDerivation *derivation, Oid relid);
static DzEdgeTarget *put_out(DzLevel *level);
static DzEdgeTarget *write_table(DzLevel *level);
static void write_list(DzLevel *level, Oid relid, List *assignments,
					   CmdType command);
static DzFlow *table_column(DzLevel *level, Oid relid, AttrNumber attnum);
static void write_generated(DzNewRow *row, Relation rel, AttrNumber attnum);

DzEdgeTarget *
DzTargets(DzLevel *level)
{
	ListCell *lc;

	foreach (lc, level->query->cteList)
	{
		Query *query =
			castNode(Query, lfirst_node(CommonTableExpr, lc)->ctequery);

		if (query->commandType != CMD_SELECT)
			(void) write_table(DzLevelOf(level->derivation, query, level));
	}
	foreach (lc, level->derivation->edges->targets)
	{
		((DzEdgeTarget *) lfirst(lc))->by_cte = true;
	}
	if (level->query->commandType == CMD_SELECT)
		return put_out(level);
	return write_table(level);
}

/* A table may be written by the statement and by its CTEs. */
static DzEdgeTarget *
target_of(DzDerivation *derivation, Oid relid)
{
	DzEdges *edges = derivation->edges;
	DzEdgeTarget *target;
	ListCell *lc;

	foreach (lc, edges->targets)
	{
		target = lfirst(lc);
		if (target->relid == relid)
			return target;
	}
	target = palloc0(sizeof(DzEdgeTarget));
	target->relid = relid;
	edges->targets = lappend(edges->targets, target);
	return target;
}

static DzEdgeTarget *
put_out(DzLevel *level)
{
	DzEdgeTarget *target = target_of(level->derivation, InvalidOid);

	for (int i = 1; i <= level->noutputs; i++)
	{
		TargetEntry *entry = level->outputs[i - 1];

		if (entry != NULL)
			DzFlowAdd(DzTargetColumn(target, i, entry->resname),
					  DZ_EDGE_IDENTITY, DzOutputColumn(level, i));
	}
	DzFlowAdd(&target->rows, DZ_EDGE_IDENTITY, DzRows(level));
	return target;
}

static DzEdgeTarget *
write_table(DzLevel *level)
{
	const Query *query = level->query;
	Oid relid = rt_fetch(query->resultRelation, query->rtable)->relid;
	Oid root = DzRootColumn(level->derivation, relid, 0).relid;

	/* one that only deletes is a target, too */
	DzEdgeTarget *target = target_of(level->derivation, root);
	ListCell *lc;

	if (query->commandType == CMD_INSERT || query->commandType == CMD_UPDATE)
		write_list(level, relid, query->targetList, query->commandType);
	if (query->onConflict != NULL)
		write_list(level, relid, query->onConflict->onConflictSet, CMD_UPDATE);
	foreach (lc, query->mergeActionList)
	{
		MergeAction *action = lfirst_node(MergeAction, lc);

		if (action->commandType == CMD_INSERT ||
			action->commandType == CMD_UPDATE)
			write_list(level, relid, action->targetList, action->commandType);
	}
	DzFlowAdd(&target->rows, DZ_EDGE_IDENTITY, DzRows(level));
	return target;
}

/* What one list of assignments brings into a table. */
static void
write_list(DzLevel *level, Oid relid, List *assignments, CmdType command)
{
	Relation rel;
	TupleDesc desc;
	ListCell *lc;

	level->assignments = assignments;
	foreach (lc, assignments)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);

		if (!entry->resjunk)
			DzExpression(level, (Node *) entry->expr, DZ_EDGE_IDENTITY,
						 table_column(level, relid, entry->resno));
	}

	rel = table_open(relid, NoLock);
	desc = RelationGetDescr(rel);
	if (desc->constr != NULL && DzHasGenerated(desc->constr))
	{
		DzNewRow *row = DzNewRowOf(level, rel, assignments, command);

		for (int i = 0; i < desc->natts; i++)
		{
			if (TupleDescAttr(desc, i)->attgenerated != '\0')
				write_generated(row, rel, i + 1);
		}
	}
	table_close(rel, NoLock);
}

static DzFlow *
table_column(DzLevel *level, Oid relid, AttrNumber attnum)
{
	DzSource root = DzRootColumn(level->derivation, relid, attnum);

	return DzTargetColumn(target_of(level->derivation, root.relid),
						  root.attnum, NULL);
}

static void
write_generated(DzNewRow *row, Relation rel, AttrNumber attnum)
{
	DzFlow flow = {0};

	if (DzGenerated(row, rel, attnum, &flow))
		DzFlowAdd(table_column(row->writer, RelationGetRelid(rel), attnum),
				  DZ_EDGE_IDENTITY, &flow);
}
