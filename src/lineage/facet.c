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
#include "access/transam.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "lineage/room.h"

#define FACET_SCHEMA \
	DZ_LINEAGE_SPEC "facets/1-2-0/ColumnLineageDatasetFacet.json" \
					"#/$defs/ColumnLineageDatasetFacet"

/* A source, and in how many ways it arrives: a bit for each kind. */
typedef struct Input
{
	DzSource source;
	const char *file; /* NULL: a table's column */
	const char *column; /* the file's */
	uint32 kinds;
} Input;

static List *add_flow(List *inputs, const DzPart *part, const DzFlow *flow);
static List *add_file(List *inputs, const DzPart *part, DzSource source,
					  DzEdgeKind kind);
static List *add_input(List *inputs, DzSource source, DzEdgeKind kind);
static List *add_row(List *inputs, Oid relid, DzEdgeKind kind);
static bool is_told(Oid relid);
static List *sources_of(List *oids, const DzEdges *edges, const DzFlow *flow);
static Bitmapset *columns_of(const DzTarget *target);
static List *inputs_of(const DzTarget *target, AttrNumber attnum);
static void push_inputs(DzJsonbState *state, const char *key, List *inputs);
static void push_kinds(DzJsonbState *state, uint32 kinds);

const char *
DzCaptureJobName(const DzRecord *record, Oid table)
{
	char *schema;

	if (record->job_name != NULL)
		return record->job_name;
	if (!OidIsValid(record->procedure) ||
		get_func_name(record->procedure) == NULL)
		return NULL;
	schema = get_namespace_name(get_func_namespace(record->procedure));
	return psprintf("%s.%s.%s", schema, get_func_name(record->procedure),
					get_rel_name(table));
}

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

			if (is_told(relid))
				oids = list_append_unique_oid(oids, relid);
		}
	}
	return oids;
}

/* The catalogs, the session's own tables, and what is gone, are no sources. */
static bool
is_told(Oid relid)
{
	return relid >= FirstNormalObjectId && get_rel_name(relid) != NULL &&
		   get_rel_persistence(relid) != RELPERSISTENCE_TEMP;
}

void
DzPushColumnLineage(DzJsonbState *state, const DzTarget *target)
{
	Bitmapset *columns = columns_of(target);
	int attnum = -1;

	DzPushBeginFacet(state, "columnLineage", FACET_SCHEMA);
	DzPushKey(state, "fields");
	DzPushBeginObject(state);
	while ((attnum = bms_next_member(columns, attnum)) >= 0)
	{
		char *name = get_attname(target->table, attnum, true);
		List *inputs = inputs_of(target, attnum);

		if (name == NULL || inputs == NIL)
			continue;
		DzPushKey(state, name);
		DzPushBeginObject(state);
		push_inputs(state, "inputFields", inputs);
		DzPushEndObject(state);
	}
	DzPushEndObject(state);
	push_inputs(state, "dataset", inputs_of(target, 0));
	DzPushEndObject(state);
}

/* The columns that any part writes. */
static Bitmapset *
columns_of(const DzTarget *target)
{
	Bitmapset *columns = NULL;
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, target->parts)
	{
		foreach (lc2, ((DzPart *) lfirst(lc))->target->columns)
		{
			columns = bms_add_member(columns,
									 ((DzEdgeColumn *) lfirst(lc2))->attnum);
		}
	}
	return columns;
}

/* What arrives in a column in any part; 0: in the row set. */
static List *
inputs_of(const DzTarget *target, AttrNumber attnum)
{
	List *inputs = NIL;
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, target->parts)
	{
		DzPart *part = lfirst(lc);

		if (attnum == 0)
			inputs = add_flow(inputs, part, &part->target->rows);
		foreach (lc2, part->target->columns)
		{
			DzEdgeColumn *column = lfirst(lc2);

			if (column->attnum == attnum)
				inputs = add_flow(inputs, part, &column->flow);
		}
	}
	return inputs;
}

static List *
add_flow(List *inputs, const DzPart *part, const DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_READ; kind++)
	{
		int number = -1;

		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
		{
			DzSource source = part->edges->sources[number];

			if (!OidIsValid(source.relid) && part->file != NULL)
				inputs = add_file(inputs, part, source, kind);
			if (!is_told(source.relid))
				continue;
			if (source.attnum == 0)
				inputs = add_row(inputs, source.relid, kind);
			else
				inputs = add_input(inputs, source, kind);
		}
	}
	return inputs;
}

static List *
add_file(List *inputs, const DzPart *part, DzSource source, DzEdgeKind kind)
{
	Input *input = palloc0(sizeof(Input));

	input->source = source;
	input->file = part->file;
	input->column = list_nth(part->file_columns, source.attnum - 1);
	input->kinds = 1U << kind;
	return lappend(inputs, input);
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
		if (input->file == NULL && input->source.relid == source.relid &&
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
		const char *name = input->column;

		if (input->file == NULL)
			name =
				get_attname(input->source.relid, input->source.attnum, true);
		if (name == NULL)
			continue;
		DzPushBeginObject(state);
		DzPushText(state, "namespace",
				   input->file ? DZ_FILE_NAMESPACE : DzDatasetNamespace);
		DzPushText(state, "name",
				   input->file ? input->file
							   : DzDatasetName(input->source.relid));
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
