/*-------------------------------------------------------------------------
 *
 * compose.c
 *		Edges put behind edges: what came from where through a table between.
 *
 * If a statement reads from a table of which it is known what it was filled
 * with, that stands for the table: A -> between -> B is A -> B, column by
 * column.  What decides on the rows of the table between decides on those of
 * the target.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"


/* One composition: the edges that come out of it, and what replaces what. */
typedef struct Composer
{
	DzDerivation derivation;
	DzStandsFor stands_for;
} Composer;

static void begin(Composer *composer, DzEdges *result, DzStandsFor stands_for);
static void add_flow(Composer *composer, const DzEdges *edges,
					 const DzFlow *flow, DzFlow *out, DzFlow *rows);
static void add_source(Composer *composer, DzSource source, DzEdgeKind kind,
					   DzFlow *out, DzFlow *rows);
static void add_between(Composer *composer, const DzEdges *between,
						AttrNumber attnum, DzEdgeKind kind, DzFlow *out,
						DzFlow *rows);
static void add_target(Composer *composer, const DzEdges *edges,
					   const DzEdgeTarget *target, DzEdgeTarget *to);

/* In CurrentMemoryContext.  "edges" are not changed. */
DzEdges *
DzComposeEdges(const DzEdges *edges, DzStandsFor stands_for)
{
	DzEdges *result = palloc0(sizeof(DzEdges));
	Composer composer;
	ListCell *lc;

	begin(&composer, result, stands_for);
	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = palloc0(sizeof(DzEdgeTarget));

		target->relid = ((DzEdgeTarget *) lfirst(lc))->relid;
		target->by_cte = ((DzEdgeTarget *) lfirst(lc))->by_cte;
		add_target(&composer, edges, lfirst(lc), target);
		result->targets = lappend(result->targets, target);
	}
	return result;
}

/* Edges with one target, that has what either target has; "a" may be NULL. */
DzEdges *
DzUniteTargets(const DzEdges *a, const DzEdges *b, const DzEdgeTarget *of_b)
{
	DzEdges *result = palloc0(sizeof(DzEdges));
	DzEdgeTarget *target = palloc0(sizeof(DzEdgeTarget));
	Composer composer;

	begin(&composer, result, NULL);
	if (a != NULL && a->targets != NIL)
		add_target(&composer, a, linitial(a->targets), target);
	add_target(&composer, b, of_b, target);
	result->targets = list_make1(target);
	return result;
}

/* The number of edges.  What was united and has no more has nothing new. */
int
DzCountEdges(const DzEdges *edges)
{
	int n = 0;
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);

		for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
		{
			n += bms_num_members(target->rows.sources[kind]);
			foreach (lc2, target->columns)
			{
				n += bms_num_members(
					((DzEdgeColumn *) lfirst(lc2))->flow.sources[kind]);
			}
		}
	}
	return n;
}

static void
begin(Composer *composer, DzEdges *result, DzStandsFor stands_for)
{
	memset(composer, 0, sizeof(Composer));
	composer->stands_for = stands_for;
	composer->derivation.edges = result;
	DzSourcesInit(&composer->derivation);
}

static void
add_target(Composer *composer, const DzEdges *edges,
		   const DzEdgeTarget *target, DzEdgeTarget *to)
{
	ListCell *lc;

	foreach (lc, target->columns)
	{
		DzEdgeColumn *column = lfirst(lc);
		char *name = column->name != NULL ? pstrdup(column->name) : NULL;

		add_flow(composer, edges, &column->flow,
				 DzTargetColumn(to, column->attnum, name), &to->rows);
	}
	add_flow(composer, edges, &target->rows, &to->rows, &to->rows);
}

static void
add_flow(Composer *composer, const DzEdges *edges, const DzFlow *flow,
		 DzFlow *out, DzFlow *rows)
{
	int number;

	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		number = -1;
		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
			add_source(composer, edges->sources[number], kind, out, rows);
	}
	number = -1;
	while ((number = bms_next_member(flow->notes, number)) >= 0)
		DzNoteAdd(&composer->derivation, edges->notes[number].kind,
				  edges->notes[number].funcid, out);
}

static void
add_source(Composer *composer, DzSource source, DzEdgeKind kind, DzFlow *out,
		   DzFlow *rows)
{
	const DzEdges *between = NULL;

	if (!OidIsValid(source.relid))
		return;
	if (composer->stands_for != NULL)
		between = composer->stands_for(source.relid);
	if (between == NULL)
		DzSourceAdd(&composer->derivation, source.relid, source.attnum, kind,
					out);
	else
		add_between(composer, between, source.attnum, kind, out, rows);
}

/* Nothing stands behind a table that was filled with nothing known. */
static void
add_between(Composer *composer, const DzEdges *between, AttrNumber attnum,
			DzEdgeKind kind, DzFlow *out, DzFlow *rows)
{
	DzEdgeTarget *target;
	ListCell *lc;

	if (between->targets == NIL)
		return;
	target = linitial(between->targets);
	foreach (lc, target->columns)
	{
		DzEdgeColumn *column = lfirst(lc);
		DzFlow plain = {0};

		if (attnum != 0 && column->attnum != attnum)
			continue;
		/* what stands there has been composed itself: no table between */
		for (int k = 0; k < DZ_EDGE_KINDS; k++)
		{
			int number = -1;

			while ((number =
						bms_next_member(column->flow.sources[k], number)) >= 0)
				DzSourceAdd(&composer->derivation,
							between->sources[number].relid,
							between->sources[number].attnum, k, &plain);
		}
		DzFlowAdd(
			out, attnum == 0 ? DzUseUnder(kind, DZ_EDGE_TRANSFORMATION) : kind,
			&plain);
	}
	for (int k = 0; k < DZ_EDGE_KINDS; k++)
	{
		int number = -1;

		while ((number = bms_next_member(target->rows.sources[k], number)) >=
			   0)
			DzSourceAdd(&composer->derivation, between->sources[number].relid,
						between->sources[number].attnum, k, rows);
	}
}
