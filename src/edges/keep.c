/*-------------------------------------------------------------------------
 *
 * keep.c
 *		Edges that outlive the memory in which they were derived.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

static void keep_flow(DzFlow *flow);

/*
 * A copy in CurrentMemoryContext, with nothing of what deriving needed beside.
 */
DzEdges *
DzKeepEdges(const DzEdges *edges)
{
	DzEdges *kept = palloc0(sizeof(DzEdges));
	ListCell *lc;
	ListCell *lc2;

	kept->nsources = edges->nsources;
	kept->sources = palloc_array(DzSource, edges->nsources + 1);
	if (edges->nsources > 0)
		memcpy(kept->sources, edges->sources,
			   edges->nsources * sizeof(DzSource));
	kept->nnotes = edges->nnotes;
	kept->notes = palloc_array(DzNote, edges->nnotes + 1);
	if (edges->nnotes > 0)
		memcpy(kept->notes, edges->notes, edges->nnotes * sizeof(DzNote));

	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = palloc(sizeof(DzEdgeTarget));

		*target = *(DzEdgeTarget *) lfirst(lc);
		keep_flow(&target->rows);
		target->columns = list_copy(target->columns);
		foreach (lc2, target->columns)
		{
			DzEdgeColumn *column = palloc(sizeof(DzEdgeColumn));

			*column = *(DzEdgeColumn *) lfirst(lc2);
			if (column->name != NULL)
				column->name = pstrdup(column->name);
			keep_flow(&column->flow);
			lfirst(lc2) = column;
		}
		kept->targets = lappend(kept->targets, target);
	}
	return kept;
}

static void
keep_flow(DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
		flow->sources[kind] = bms_copy(flow->sources[kind]);
	flow->notes = bms_copy(flow->notes);
}
