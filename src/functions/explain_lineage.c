/*-------------------------------------------------------------------------
 *
 * explain_lineage.c
 *		datazone_explain_lineage(): the lineage of a statement as rows.
 *
 * doc/lineage.md says what the rows mean and in which order they come.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "edges/edges.h"
#include "functions/functions.h"

PG_FUNCTION_INFO_V1(datazone_explain_lineage);

#define EDGE_COLUMNS 7

/* A row; NULL where a column has none. */
typedef struct EdgeRow
{
	const char *target;
	const char *target_column;
	const char *source;
	const char *source_column;
	const char *type;
	const char *subtype;
	const char *unresolved;
} EdgeRow;

typedef struct Explanation
{
	ReturnSetInfo *rsinfo;
	const DzStatement *statement;
	const DzEdges *edges;
	List *named; /* OIDs of relations whose columns a target has */
} Explanation;

/* A source in words, and what it is ordered by. */
typedef struct SourceName
{
	const char *relation;
	const char *column;
	AttrNumber attnum;
} SourceName;

static void show_target(Explanation *explanation, const DzEdgeTarget *target);
static List *named_by(List *oids, const DzEdges *edges, const DzFlow *flow);
static const char *column_name(const Explanation *explanation,
							   const DzEdgeTarget *target,
							   const DzEdgeColumn *column);
static void show_flow(const Explanation *explanation, EdgeRow row,
					  const DzFlow *flow);
static void show_kind(const Explanation *explanation, EdgeRow row,
					  const Bitmapset *sources);
static SourceName name_source(const Explanation *explanation,
							  const DzSource *source);
static int by_name_and_place(const void *a, const void *b);
static void show_notes(const Explanation *explanation, EdgeRow row,
					   const Bitmapset *notes);
static void show_copied(const Explanation *explanation, EdgeRow row);
static void show(const Explanation *explanation, const EdgeRow *row);

/* datazone_explain_lineage(query) */
Datum
datazone_explain_lineage(PG_FUNCTION_ARGS)
{
	char *query = DzArgRequired(fcinfo, 0, "query");
	DzStatement *statement = DzStatementRead(query);
	DzEdgeOptions options = {.views = DzViewMode,
							 .checks = true,
							 .returned = statement->returned,
							 .nparams = list_length(statement->file_columns)};
	ListCell *lc;
	ListCell *lc2;

	InitMaterializedSRF(fcinfo, 0);
	foreach (lc, statement->queries)
	{
		Query *part = lfirst_node(Query, lc);
		Explanation explanation = {.rsinfo =
									   (ReturnSetInfo *) fcinfo->resultinfo,
								   .statement = statement};

		/* a rule's action has the statement's text in it once more */
		options.reads = part->querySource == QSRC_ORIGINAL;
		explanation.edges = DzDeriveEdges(part, &options);
		foreach (lc2, explanation.edges->targets)
		{
			show_target(&explanation, lfirst(lc2));
		}
	}
	return (Datum) 0;
}

static void
show_target(Explanation *explanation, const DzEdgeTarget *target)
{
	EdgeRow row = {0};
	ListCell *lc;

	explanation->named = named_by(NIL, explanation->edges, &target->rows);
	foreach (lc, target->columns)
	{
		explanation->named = named_by(explanation->named, explanation->edges,
									  &((DzEdgeColumn *) lfirst(lc))->flow);
	}
	row.target = OidIsValid(target->relid) ? DzEdgeRelationName(target->relid)
										   : explanation->statement->target;
	foreach (lc, target->columns)
	{
		DzEdgeColumn *column = lfirst(lc);

		row.target_column = column_name(explanation, target, column);
		show_flow(explanation, row, &column->flow);
	}
	row.target_column = NULL;
	show_flow(explanation, row, &target->rows);
	show_copied(explanation, row);
}

/* Relations with columns in a flow are added to "oids". */
static List *
named_by(List *oids, const DzEdges *edges, const DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		int number = -1;

		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
		{
			if (edges->sources[number].attnum != DZ_NO_COLUMN)
				oids =
					list_append_unique_oid(oids, edges->sources[number].relid);
		}
	}
	return oids;
}

static const char *
column_name(const Explanation *explanation, const DzEdgeTarget *target,
			const DzEdgeColumn *column)
{
	List *names = explanation->statement->columns;

	if (OidIsValid(target->relid))
		return DzEdgeColumnName(target->relid, column->attnum);
	if (column->attnum <= list_length(names))
		return strVal(list_nth(names, column->attnum - 1));
	return column->name;
}

static void
show_flow(const Explanation *explanation, EdgeRow row, const DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		row.type = DzEdgeTypeName(kind);
		row.subtype = DzEdgeSubtypeName(kind);
		show_kind(explanation, row, flow->sources[kind]);
	}
	row.type = NULL;
	row.subtype = NULL;
	show_notes(explanation, row, flow->notes);
}

static void
show_kind(const Explanation *explanation, EdgeRow row,
		  const Bitmapset *sources)
{
	int n = bms_num_members(sources);
	SourceName *names = palloc_array(SourceName, n + 1);
	int number = -1;
	int i = 0;

	while ((number = bms_next_member(sources, number)) >= 0)
	{
		SourceName name =
			name_source(explanation, &explanation->edges->sources[number]);

		if (name.relation != NULL)
			names[i++] = name;
	}
	n = i;
	qsort(names, n, sizeof(SourceName), by_name_and_place);
	for (i = 0; i < n; i++)
	{
		/* two foreign tables may be the same one */
		if (i > 0 && by_name_and_place(&names[i - 1], &names[i]) == 0)
			continue;
		row.source = names[i].relation;
		row.source_column = names[i].column;
		show(explanation, &row);
	}
	pfree(names);
}

/*
 * A file's column, but not where COPY reads no file; a relation without a
 * column only if no column of it is named.
 */
static SourceName
name_source(const Explanation *explanation, const DzSource *source)
{
	const DzStatement *statement = explanation->statement;
	SourceName name = {.attnum = source->attnum};

	if (source->attnum == DZ_NO_COLUMN &&
		list_member_oid(explanation->named, source->relid))
		return name;
	if (OidIsValid(source->relid))
	{
		name.relation = DzEdgeRelationName(source->relid);
		name.column = DzEdgeColumnName(source->relid, source->attnum);
	}
	else if (source->attnum > 0 && statement->file != NULL)
	{
		name.relation = statement->file;
		name.column = list_nth(statement->file_columns, source->attnum - 1);
	}
	return name;
}

static int
by_name_and_place(const void *a, const void *b)
{
	const SourceName *left = a;
	const SourceName *right = b;
	int order = strcmp(left->relation, right->relation);

	return order != 0 ? order : (int) left->attnum - (int) right->attnum;
}

static void
show_notes(const Explanation *explanation, EdgeRow row, const Bitmapset *notes)
{
	int number = -1;

	while ((number = bms_next_member(notes, number)) >= 0)
	{
		row.unresolved = DzEdgeNoteText(&explanation->edges->notes[number]);
		if (row.unresolved != NULL)
			show(explanation, &row);
	}
}

/* What is not known of the row set of COPY FROM. */
static void
show_copied(const Explanation *explanation, EdgeRow row)
{
	const DzStatement *statement = explanation->statement;

	if (statement->unresolved != NULL)
	{
		row.unresolved = statement->unresolved;
		show(explanation, &row);
	}
}

static void
show(const Explanation *explanation, const EdgeRow *row)
{
	const char *texts[EDGE_COLUMNS] = {
		row->target, row->target_column, row->source,    row->source_column,
		row->type,   row->subtype,       row->unresolved};
	Datum values[EDGE_COLUMNS] = {0};
	bool nulls[EDGE_COLUMNS];

	for (int i = 0; i < EDGE_COLUMNS; i++)
	{
		nulls[i] = texts[i] == NULL;
		if (!nulls[i])
			values[i] = CStringGetTextDatum(texts[i]);
	}
	tuplestore_putvalues(explanation->rsinfo->setResult,
						 explanation->rsinfo->setDesc, values, nulls);
}
