/*-------------------------------------------------------------------------
 *
 * event.c
 *		An OpenLineage RunEvent of what a job did to a table.
 *
 * One COMPLETE event tells all: at commit nothing remains to be known.  It
 * has one output and a run of its own, because a consumer draws an edge from
 * each input to each output of a run.
 *
 * Names are those of the moment of commit; columns are read from the
 * catalogs without a lock, which nobody should wait for at commit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "api/jsontext.h"
#include "api/request.h"
#include "aws/uuid.h"
#include "compat.h"
#include "lineage/room.h"

#define EVENT_SCHEMA DZ_LINEAGE_SPEC "2-0-2/OpenLineage.json#/$defs/RunEvent"
#define ENGINE_SCHEMA DZ_FACET_SCHEMA("1-1-1", "ProcessingEngineRunFacet")
#define STATISTICS_SCHEMA \
	DZ_FACET_SCHEMA("1-0-2", "OutputStatisticsOutputDatasetFacet")
#define DOCUMENTATION_SCHEMA \
	DZ_FACET_SCHEMA("1-1-0", "DocumentationDatasetFacet")

/*
 * What is left out of an event that exceeds the service's limit: edges matter
 * more than columns, and columns of the output more than those of inputs.
 * Each step has all that is before it.  What is left at the end, no input and
 * some tens of short texts, always fits.
 */
typedef enum Cut
{
	CUT_NOTHING,
	CUT_INPUTS, /* all facets of the inputs, and comments */
	CUT_SQL,
	CUT_OUTPUT, /* the output's columns */
	CUT_ROWS, /* what decides about the row set */
	CUT_EDGES, /* columnLineage as a whole */
	CUT_TEXTS, /* the end of each name or text above MAX_TEXT */
	CUT_HALF /* half of the inputs; and again, until it fits */
} Cut;

/* So much of a text is left by CUT_TEXTS, in bytes of the database. */
#define MAX_TEXT 1000

/* As JSON and in UTF-8 a byte of ours takes six at most: a control's. */
#define MAX_EXPANSION 6

static const char *const cut_words[] = {
	[CUT_NOTHING] = NULL,
	[CUT_INPUTS] = "the event was too large: comments and columns of the "
				   "inputs are left out",
	[CUT_SQL] = "the event was too large: comments, statements and columns of "
				"the inputs are left out",
	[CUT_OUTPUT] = "the event was too large: comments, statements and columns "
				   "are left out",
	[CUT_ROWS] = "the event was too large: comments, statements, columns and "
				 "what decides about the row set are left out",
	[CUT_EDGES] = "the event was too large: comments, statements, columns and "
				  "column lineage are left out",
	[CUT_TEXTS] = "the event was too large: comments, statements, columns, "
				  "column lineage and the ends of long texts are left out",
	[CUT_HALF] = "the event was too large: comments, statements, columns, "
				 "column lineage, the ends of long texts and some inputs are "
				 "left out"};

/* An event as it is being made. */
typedef struct Making
{
	DzJsonbState state;
	const DzTarget *target;
	Cut cut;
	int ninputs; /* so many of them at most */
} Making;

/* ----------
 * Datasets
 * ----------
 */

static char *
full_name(const char *database, const char *schema, const char *name)
{
	return psprintf("%s.%s.%s", database, schema, name);
}

char *
DzDatasetName(Oid table)
{
	return full_name(get_database_name(MyDatabaseId),
					 get_namespace_name(get_rel_namespace(table)),
					 get_rel_name(table));
}

/* An input that is not there, or no longer, has a name and no columns. */
static Oid
find_table(const char *schema, const char *name)
{
	Oid namespace = get_namespace_oid(schema, true);

	return OidIsValid(namespace) ? get_relname_relid(name, namespace)
								 : InvalidOid;
}

/* A table that a captured one has its rows from. */
static void
push_source(Making *making, Oid table)
{
	DzJsonbState *state = &making->state;
	DzDataset dataset = DzDatasetOf(table);

	DzPushBeginObject(state);
	DzPushText(state, "namespace", dataset.namespace);
	DzPushText(state, "name", dataset.name);
	if (making->cut < CUT_INPUTS && !DzFileIs(table) &&
		get_rel_name(table) != NULL)
	{
		DzPushKey(state, "facets");
		DzPushBeginObject(state);
		DzPushColumns(state, table, true);
		DzPushDataSource(state, &dataset);
		DzPushDocumentation(state, RelationRelationId, table,
							DOCUMENTATION_SCHEMA);
		DzPushEndObject(state);
	}
	DzPushEndObject(state);
}

static void
push_foreign_input(DzJsonbState *state, const DzLineageInput *input)
{
	DzPushBeginObject(state);
	DzPushText(state, "namespace", input->namespace);
	DzPushText(state, "name", input->name);
	DzPushEndObject(state);
}

/* A table that a trigger names. */
static void
push_input(Making *making, const DzLineageInput *input)
{
	DzJsonbState *state = &making->state;
	const char *here = get_database_name(MyDatabaseId);
	const char *database = input->database ? input->database : here;
	const char *schema =
		input->schema
			? input->schema
			: get_namespace_name(get_rel_namespace(making->target->table));
	Oid table = InvalidOid;

	if (strcmp(database, here) == 0)
		table = find_table(schema, input->name);
	DzPushBeginObject(state);
	DzPushText(state, "namespace", DzDatasetNamespace);
	DzPushText(state, "name", full_name(database, schema, input->name));
	if (OidIsValid(table) && making->cut < CUT_INPUTS)
	{
		DzPushKey(state, "facets");
		DzPushBeginObject(state);
		DzPushColumns(state, table, false);
		DzPushEndObject(state);
	}
	DzPushEndObject(state);
}

/*
 * The rows that were written, if all were counted; -1 if not, and where the
 * table was truncated only.
 */
static int64
row_count(const DzTarget *target)
{
	int64 rows = 0;
	bool any = false;

	for (int i = 0; i < DZ_ROW_ACTIONS; i++)
	{
		if (target->counts[i].uncounted)
			return -1;
		any |= target->counts[i].happened;
		rows += target->counts[i].rows;
	}
	return any ? rows : -1;
}

static void
push_output_facets(Making *making)
{
	DzJsonbState *state = &making->state;
	const DzTarget *target = making->target;
	bool is_there = target->change != DZ_LIFE_DROP;

	DzPushKey(state, "facets");
	DzPushBeginObject(state);
	if (making->cut < CUT_OUTPUT && is_there && !DzFileIs(target->table))
		DzPushColumns(state, target->table,
					  target->is_captured && making->cut < CUT_INPUTS);
	if (target->is_captured)
	{
		DzPushDataSource(state, &target->dataset);
		DzPushLifecycle(state, target);
		if (making->cut < CUT_INPUTS && is_there && !DzFileIs(target->table))
			DzPushDocumentation(state, RelationRelationId, target->table,
								DOCUMENTATION_SCHEMA);
		if (DzCaptureMode != DZ_CAPTURE_TABLE && making->cut < CUT_EDGES &&
			DzTargetCoarseParts(target) < list_length(target->parts))
			DzPushColumnLineage(state, target, making->cut < CUT_ROWS);
	}
	DzPushEndObject(state);
}

static void
push_output(Making *making)
{
	DzJsonbState *state = &making->state;
	const DzTarget *target = making->target;
	int64 rows = row_count(target);

	DzPushBeginObject(state);
	DzPushText(state, "namespace",
			   target->is_captured ? target->dataset.namespace
								   : DzDatasetNamespace);
	DzPushText(state, "name",
			   target->is_captured ? target->dataset.name
								   : DzDatasetName(target->table));
	if (target->is_captured || making->cut < CUT_OUTPUT)
		push_output_facets(making);
	if (rows >= 0)
	{
		DzPushKey(state, "outputFacets");
		DzPushBeginObject(state);
		DzPushBeginFacet(state, "outputStatistics", STATISTICS_SCHEMA);
		DzPushInteger(state, "rowCount", rows);
		DzPushEndObject(state);
		DzPushEndObject(state);
	}
	DzPushEndObject(state);
}

/* ----------
 * Run, job, event
 * ----------
 */

static void
push_engine(DzJsonbState *state)
{
	DzPushBeginFacet(state, "processing_engine", ENGINE_SCHEMA);
	DzPushText(state, "name", "PostgreSQL");
	DzPushText(state, "version",
			   GetConfigOption("server_version", false, false));
	DzPushText(state, "openlineageAdapterVersion", DZ_VERSION);
	DzPushEndObject(state);
}

static void
push_run(Making *making, TimestampTz now)
{
	DzJsonbState *state = &making->state;
	char *id = palloc(DZ_UUID_TEXT_SIZE);

	DzUuidTimed(now + DZ_EPOCH_SECONDS * USECS_PER_SEC, id);
	DzPushKey(state, "run");
	DzPushBeginObject(state);
	DzPushText(state, "runId", id);
	DzPushKey(state, "facets");
	DzPushBeginObject(state);
	push_engine(state);
	DzPushParent(state, making->target);
	if (making->target->is_captured)
		DzPushUnresolved(state, making->target, cut_words[making->cut]);
	DzPushEndObject(state);
	DzPushEndObject(state);
}

static void
push_job(Making *making)
{
	DzJsonbState *state = &making->state;
	const DzTarget *target = making->target;

	DzPushKey(state, "job");
	DzPushBeginObject(state);
	DzPushText(state, "namespace",
			   target->job_namespace ? target->job_namespace
									 : DzDatasetNamespace);
	DzPushText(state, "name",
			   target->job_name ? target->job_name
								: DzDatasetName(target->table));
	if (target->is_captured)
		DzPushJobFacets(state, target, making->cut < CUT_SQL,
						making->cut < CUT_INPUTS);
	DzPushEndObject(state);
}

/* ISO 8601 in UTC, whatever the session's time zone. */
static char *
time_text(TimestampTz now)
{
	struct pg_tm tm;
	fsec_t micros;

	if (timestamp2tm(now, NULL, &tm, &micros, NULL, NULL) != 0)
		elog(ERROR, "the clock is out of range");
	return psprintf("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", tm.tm_year,
					tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
					(int) micros);
}

static void
push_inputs(Making *making)
{
	int left = making->ninputs;
	ListCell *lc;

	DzPushKey(&making->state, "inputs");
	DzJsonbPush(&making->state, WJB_BEGIN_ARRAY, NULL);
	foreach (lc, making->target->inputs)
	{
		const DzLineageInput *input = lfirst(lc);

		if (input->namespace != NULL)
			push_foreign_input(&making->state, input);
		else
			push_input(making, input);
	}
	foreach (lc, DzTargetSources(making->target))
	{
		if (left-- > 0)
			push_source(making, lfirst_oid(lc));
	}
	DzJsonbPush(&making->state, WJB_END_ARRAY, NULL);
}

static Jsonb *
build(const DzTarget *target, Cut cut, int ninputs)
{
	Making making = {.target = target, .cut = cut, .ninputs = ninputs};
	DzJsonbState *state = &making.state;
	TimestampTz now = GetCurrentTimestamp();

	DzPushTextsUpTo(cut < CUT_TEXTS ? INT_MAX : MAX_TEXT);
	DzPushBeginObject(state);
	DzPushText(state, "eventType", "COMPLETE");
	DzPushText(state, "eventTime", time_text(now));
	DzPushText(state, "producer", DZ_LINEAGE_PRODUCER);
	DzPushText(state, "schemaURL", EVENT_SCHEMA);
	push_run(&making, now);
	push_job(&making);
	push_inputs(&making);
	DzPushKey(state, "outputs");
	DzJsonbPush(state, WJB_BEGIN_ARRAY, NULL);
	push_output(&making);
	DzJsonbPush(state, WJB_END_ARRAY, NULL);
	DzPushEndObject(state);

	return JsonbValueToJsonb(state->result);
}

/* As it would be sent: compact, in UTF-8. */
static bool
is_too_large(Jsonb *event)
{
	StringInfoData text;
	char *sent;

	/* jsonb has an offset for each value where text has punctuation */
	if (VARSIZE(event) < DZ_LINEAGE_EVENT_MAX / MAX_EXPANSION)
		return false;
	initStringInfo(&text);
	DzJsonbCompact(&text, &event->root);
	sent = pg_server_to_any(text.data, text.len, PG_UTF8);
	return strlen(sent) > DZ_LINEAGE_EVENT_MAX;
}

/*
 * In CurrentMemoryContext, and of no more than the service takes: see Cut.
 */
Jsonb *
DzLineageEvent(const DzTarget *target)
{
	int ninputs = INT_MAX;
	Cut cut = CUT_NOTHING;
	Jsonb *event;

	if (!DzNamespaceIsSet())
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("setting \"datazone.dataset_namespace\" is not set"),
				 errhint("Set it in postgresql.conf to the name that lineage "
						 "shall have for this server, as "
						 "postgres://host:port.")));

	event = build(target, cut, ninputs);
	while (is_too_large(event) && ninputs > 0)
	{
		if (cut < CUT_HALF)
			cut++;
		if (cut == CUT_HALF)
			ninputs = Min(ninputs, list_length(DzTargetSources(target))) / 2;
		event = build(target, cut, ninputs);
	}
	if (cut > CUT_NOTHING ||
		(DzCaptureMode != DZ_CAPTURE_TABLE && DzTargetCoarseParts(target) > 0))
		DzStatCountLineageCut();
	return event;
}
