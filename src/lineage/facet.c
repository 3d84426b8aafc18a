/*-------------------------------------------------------------------------
 *
 * facet.c
 *		What a captured target has its rows from: OpenLineage's columnLineage.
 *
 * What decides on the row set stands once, in "dataset": a copy of it for each
 * column would make an event of columns times conditions.  A whole row is told
 * as its columns, as the facet knows nothing else.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_attribute.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "lineage/room.h"

#define FACET_SCHEMA DZ_FACET_SCHEMA("1-2-0", "ColumnLineageDatasetFacet")

/* A source, and in how many ways it arrives: a bit for each kind. */
typedef struct Input
{
	DzSource source;
	uint32 kinds;
} Input;

static List *add_flow(List *inputs, const DzEdges *edges, const DzFlow *flow);
static List *add_input(List *inputs, DzSource source, DzEdgeKind kind);
static List *add_row(List *inputs, Oid relid, DzEdgeKind kind);
static List *sources_of(List *oids, const DzEdges *edges, const DzFlow *flow);
static int last_column(const DzTarget *target);
static List **inputs_of(const DzTarget *target, int last);
static void push_inputs(DzJsonbState *state, const char *key, List *inputs);
static void push_kinds(DzJsonbState *state, uint32 kinds);

List *
DzTargetSources(const DzTarget *target)
{
	List *oids = NIL;
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, target->parts)
	{
		DzPart *part = lfirst(lc);

		foreach (lc2, part->target->columns)
		{
			oids = sources_of(oids, part->edges,
							  &((DzEdgeColumn *) lfirst(lc2))->flow);
		}
		oids = sources_of(oids, part->edges, &part->target->rows);
	}
	return oids;
}

static List *
sources_of(List *oids, const DzEdges *edges, const DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		int number = -1;

		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
		{
			Oid relid = edges->sources[number].relid;

			if (DzDatasetIs(relid))
				oids = list_append_unique_oid(oids, relid);
		}
	}
	return oids;
}

void
DzPushColumnLineage(DzJsonbState *state, const DzTarget *target,
					bool with_rows)
{
	int last = last_column(target);
	List **inputs = inputs_of(target, last);

	DzPushBeginFacet(state, "columnLineage", FACET_SCHEMA);
	DzPushKey(state, "fields");
	DzPushBeginObject(state);
	for (int attnum = 1; attnum <= last; attnum++)
	{
		const char *name = inputs[attnum] == NIL
							   ? NULL
							   : DzDatasetColumn(target->table, attnum);

		if (name == NULL)
			continue;
		DzPushKey(state, name);
		DzPushBeginObject(state);
		push_inputs(state, "inputFields", inputs[attnum]);
		DzPushEndObject(state);
	}
	DzPushEndObject(state);
	if (with_rows)
		push_inputs(state, "dataset", inputs[0]);
	DzPushEndObject(state);
}

/* The last column that any part writes. */
static int
last_column(const DzTarget *target)
{
	int last = 0;
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, target->parts)
	{
		foreach (lc2, ((DzPart *) lfirst(lc))->target->columns)
		{
			last = Max(last, ((DzEdgeColumn *) lfirst(lc2))->attnum);
		}
	}
	return last;
}

/* What arrives in each column in any part; in place 0: in the row set. */
static List **
inputs_of(const DzTarget *target, int last)
{
	List **inputs = palloc0_array(List *, last + 1);
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, target->parts)
	{
		DzPart *part = lfirst(lc);

		inputs[0] = add_flow(inputs[0], part->edges, &part->target->rows);
		foreach (lc2, part->target->columns)
		{
			DzEdgeColumn *column = lfirst(lc2);

			inputs[column->attnum] =
				add_flow(inputs[column->attnum], part->edges, &column->flow);
		}
	}
	return inputs;
}

static List *
add_flow(List *inputs, const DzEdges *edges, const DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_READ; kind++)
	{
		int number = -1;

		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
		{
			DzSource source = edges->sources[number];

			if (!DzDatasetIs(source.relid))
				continue;
			if (source.attnum == 0 && !DzFileIs(source.relid))
				inputs = add_row(inputs, source.relid, kind);
			else
				inputs = add_input(inputs, source, kind);
		}
	}
	return inputs;
}

static List *
add_row(List *inputs, Oid relid, DzEdgeKind kind)
{
	for (AttrNumber i = 1;; i++)
	{
		DzSource column = {.relid = relid, .attnum = i};

		if (!SearchSysCacheExists2(ATTNUM, ObjectIdGetDatum(relid),
								   Int16GetDatum(i)))
			return inputs;
		if (get_attname(relid, i, true) != NULL)
			inputs = add_input(inputs, column, kind);
	}
}

static List *
add_input(List *inputs, DzSource source, DzEdgeKind kind)
{
	Input *input;
	ListCell *lc;

	foreach (lc, inputs)
	{
		input = lfirst(lc);
		if (input->source.relid == source.relid &&
			input->source.attnum == source.attnum)
		{
			input->kinds |= 1U << kind;
			return inputs;
		}
	}
	input = palloc0(sizeof(Input));
	input->source = source;
	input->kinds = 1U << kind;
	return lappend(inputs, input);
}

static void
push_inputs(DzJsonbState *state, const char *key, List *inputs)
{
	ListCell *lc;

	DzPushKey(state, key);
	DzJsonbPush(state, WJB_BEGIN_ARRAY, NULL);
	foreach (lc, inputs)
	{
		Input *input = lfirst(lc);
		DzDataset dataset = DzDatasetOf(input->source.relid);
		const char *name =
			DzDatasetColumn(input->source.relid, input->source.attnum);

		if (name == NULL)
			continue;
		DzPushBeginObject(state);
		DzPushText(state, "namespace", dataset.namespace);
		DzPushText(state, "name", dataset.name);
		DzPushText(state, "field", name);
		push_kinds(state, input->kinds);
		DzPushEndObject(state);
	}
	DzJsonbPush(state, WJB_END_ARRAY, NULL);
}

static void
push_kinds(DzJsonbState *state, uint32 kinds)
{
	DzPushKey(state, "transformations");
	DzJsonbPush(state, WJB_BEGIN_ARRAY, NULL);
	for (int kind = 0; kind < DZ_EDGE_READ; kind++)
	{
		if ((kinds & (1U << kind)) == 0)
			continue;
		DzPushBeginObject(state);
		DzPushText(state, "type", DzEdgeTypeName(kind));
		DzPushText(state, "subtype", DzEdgeSubtypeName(kind));
		DzPushEndObject(state);
	}
	DzJsonbPush(state, WJB_END_ARRAY, NULL);
}
