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
static void write_list(DzLevel *level, Relation rel, List *assignments,
					   CmdType command, DzEdgeTarget *target);
static DzFlow *table_column(DzLevel *level, Oid relid, AttrNumber attnum);
static void write_generated(DzNewRow *row, Relation rel, AttrNumber attnum);

DzEdgeTarget *
DzTargets(DzLevel *level)
{
	DzEdgeTarget *target;
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
	target = write_table(level);
	if (level->derivation->options->returned)
		(void) put_out(level);
	return target;
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
	DzReturnedRows(level, &target->rows);
	return target;
}

static DzEdgeTarget *
write_table(DzLevel *level)
{
	const Query *query = level->query;
	Oid relid = rt_fetch(query->resultRelation, query->rtable)->relid;
	Oid root = DzRootColumn(level->derivation, relid, 0).relid;
	Relation rel = table_open(relid, NoLock);

	/* one that only deletes is a target, too */
	DzEdgeTarget *target = target_of(level->derivation, root);
	ListCell *lc;

	if (query->commandType != CMD_MERGE)
		write_list(level, rel, query->targetList, query->commandType, target);
	if (query->onConflict != NULL &&
		query->onConflict->action == ONCONFLICT_UPDATE)
		write_list(level, rel, query->onConflict->onConflictSet, CMD_UPDATE,
				   target);
	foreach (lc, query->mergeActionList)
	{
		MergeAction *action = lfirst_node(MergeAction, lc);

		if (action->commandType != CMD_NOTHING)
			write_list(level, rel, action->targetList, action->commandType,
					   target);
	}
	DzFlowAdd(&target->rows, DZ_EDGE_IDENTITY, DzRows(level));
	table_close(rel, NoLock);
	return target;
}

/* What one command, with its list of assignments, does to a table. */
static void
write_list(DzLevel *level, Relation rel, List *assignments, CmdType command,
		   DzEdgeTarget *target)
{
	TupleDesc desc = RelationGetDescr(rel);
	ListCell *lc;

	DzTriggerNotes(level->derivation, rel, command, assignments,
				   &target->rows);
	if (command == CMD_DELETE)
		return;
	level->assignments = assignments;
	foreach (lc, assignments)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);

		if (!entry->resjunk)
			DzExpression(
				level, (Node *) entry->expr, DZ_EDGE_IDENTITY,
				table_column(level, RelationGetRelid(rel), entry->resno));
	}
	if (desc->constr != NULL && DzHasGenerated(desc->constr))
	{
		DzNewRow *row = DzNewRowOf(level, rel, assignments, command);

		for (int i = 0; i < desc->natts; i++)
		{
			if (TupleDescAttr(desc, i)->attgenerated != '\0')
				write_generated(row, rel, i + 1);
		}
	}
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
