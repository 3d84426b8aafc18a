/*-------------------------------------------------------------------------
 *
 * compose.c
 *		Edges put behind edges: what came from where through a table between.
 *
 * If a statement reads from a table of which it is known what it was filled
 * with, that stands for the table: A -> between -> B is A -> B, column by
 * column.  What decides on the rows of the table between decides where those
 * count: on the target's rows, as a rule.
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
static void add_names(Composer *composer, const DzEdges *edges);
static int count_flow(const DzFlow *flow);
static void add_target(Composer *composer, const DzEdges *edges,
					   const DzEdgeTarget *target, DzEdgeTarget *to);
static void add_flow(Composer *composer, const DzEdges *edges,
					 const DzFlow *flow, DzFlow *out);
static void add_between(Composer *composer, const DzEdges *between,
						AttrNumber attnum, DzEdgeKind kind, DzFlow *out);
static void add_plain(Composer *composer, const DzEdges *edges,
					  const DzFlow *flow, DzFlow *out);

/* In CurrentMemoryContext.  "edges" are not changed. */
DzEdges *
DzComposeEdges(const DzEdges *edges, DzStandsFor stands_for)
{
	DzEdges *result = palloc0(sizeof(DzEdges));
	Composer composer;
	ListCell *lc;

	begin(&composer, result, stands_for);
	add_names(&composer, edges);
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
	if (a != NULL)
		add_names(&composer, a);
	add_names(&composer, b);
	if (a != NULL && a->targets != NIL)
		add_target(&composer, a, linitial(a->targets), target);
	add_target(&composer, b, of_b, target);
	result->targets = list_make1(target);
	return result;
}

/*
 * The number of edges and notes.  What was united and has no more has nothing
 * new.
 */
int
DzCountEdges(const DzEdges *edges)
{
	int n = 0;
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);

		n += count_flow(&target->rows);
		foreach (lc2, target->columns)
		{
			n += count_flow(&((DzEdgeColumn *) lfirst(lc2))->flow);
		}
	}
	return n;
}

static int
count_flow(const DzFlow *flow)
{
	int n = bms_num_members(flow->notes);

	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
		n += bms_num_members(flow->sources[kind]);
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

/* Relations that are named, if of nothing; not those that others stand for. */
static void
add_names(Composer *composer, const DzEdges *edges)
{
	DzFlow nowhere = {0};

	for (int i = 0; i < edges->nsources; i++)
	{
		DzSource source = edges->sources[i];

		if (source.attnum == DZ_NO_COLUMN &&
			(composer->stands_for == NULL ||
			 composer->stands_for(source.relid) == NULL))
			DzSourceAdd(&composer->derivation, source.relid, source.attnum,
						DZ_EDGE_READ, &nowhere);
	}
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
				 DzTargetColumn(to, column->attnum, name));
	}
	add_flow(composer, edges, &target->rows, &to->rows);
}

static void
add_flow(Composer *composer, const DzEdges *edges, const DzFlow *flow,
		 DzFlow *out)
{
	int number;

	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		number = -1;
		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
		{
			DzSource source = edges->sources[number];
			const DzEdges *between = NULL;

			if (!OidIsValid(source.relid))
				continue;
			if (composer->stands_for != NULL)
				between = composer->stands_for(source.relid);
			if (between == NULL)
				DzSourceAdd(&composer->derivation, source.relid, source.attnum,
							kind, out);
			else
				add_between(composer, between, source.attnum, kind, out);
		}
	}
	number = -1;
	while ((number = bms_next_member(flow->notes, number)) >= 0)
		DzNoteAdd(&composer->derivation, edges->notes[number].kind,
				  edges->notes[number].object, out);
}

/*
 * What a table between was filled with: a column, all of them for its row; and
 * where its rows count, what decided on them.  Where it is only known that the
 * table is read, both do.  Nothing stands behind one that was filled with
 * nothing known.
 */
static void
add_between(Composer *composer, const DzEdges *between, AttrNumber attnum,
			DzEdgeKind kind, DzFlow *out)
{
	DzEdgeTarget *target;
	ListCell *lc;

	if (between->targets == NIL)
		return;
	target = linitial(between->targets);
	if (attnum == DZ_NO_COLUMN || (attnum == 0 && kind == DZ_EDGE_READ))
		add_plain(composer, between, &target->rows, out);
	foreach (lc, target->columns)
	{
		DzEdgeColumn *column = lfirst(lc);
		DzFlow plain = {0};

		if (attnum != 0 && column->attnum != attnum)
			continue;
		add_plain(composer, between, &column->flow, &plain);
		DzFlowAdd(
			out, attnum == 0 ? DzUseUnder(kind, DZ_EDGE_TRANSFORMATION) : kind,
			&plain);
	}
}

/* What stands there has been composed itself: no table is between. */
static void
add_plain(Composer *composer, const DzEdges *edges, const DzFlow *flow,
		  DzFlow *out)
{
	DzStandsFor stands_for = composer->stands_for;

	composer->stands_for = NULL;
	add_flow(composer, edges, flow, out);
	composer->stands_for = stands_for;
}
