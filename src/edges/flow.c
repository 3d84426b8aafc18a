/*-------------------------------------------------------------------------
 *
 * flow.c
 *		Flows: what arrives in one place, and how it is joined and passed on.
 *
 * The rule of passing on, which edges.h states in words, is here alone: while
 * all steps are DIRECT the strongest names the kind.  Between levels the first
 * INDIRECT one, seen from the source, is kept; within one the outermost.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

static DzEdgeKind passed_on(DzEdgeKind kind, DzEdgeKind use);

/* The kind of what arrived as "kind" and is used as "use". */
static DzEdgeKind
passed_on(DzEdgeKind kind, DzEdgeKind use)
{
	if (!DzEdgeIsDirect(kind))
		return kind;
	return DzEdgeIsDirect(use) ? Max(kind, use) : use;
}

/*
 * In an expression that decides (of WHERE, say) everything does, also what is
 * in a branch of CASE; in one whose value arrives the step counts.
 */
DzEdgeKind
DzUseUnder(DzEdgeKind use, DzEdgeKind step)
{
	if (!DzEdgeIsDirect(use))
		return use;
	return DzEdgeIsDirect(step) ? Max(use, step) : step;
}

void
DzFlowAdd(DzFlow *out, DzEdgeKind use, const DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		DzEdgeKind to = passed_on(kind, use);

		if (flow->sources[kind] != NULL)
			out->sources[to] =
				bms_add_members(out->sources[to], flow->sources[kind]);
	}
	out->notes = bms_add_members(out->notes, flow->notes);
}

/*
 * "meant" may itself be what is being replaced, as in a recursive CTE: the
 * placeholders' place is then emptied before anything is added.
 */
void
DzFlowReplace(DzFlow *flow, int first, int n, const DzFlow *meant)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		Bitmapset *found = NULL;
		int number = first - 1;

		while ((number = bms_next_member(flow->sources[kind], number)) >= 0 &&
			   number < first + n)
			found = bms_add_member(found, number);
		if (found == NULL)
			continue;

		flow->sources[kind] = bms_del_members(flow->sources[kind], found);
		number = -1;
		while ((number = bms_next_member(found, number)) >= 0)
			DzFlowAdd(flow, kind, &meant[number - first]);
		bms_free(found);
	}
}
