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
#include "commands/dbcommands.h"
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

#define SPEC DZ_LINEAGE_SPEC
#define EVENT_SCHEMA SPEC "2-0-2/OpenLineage.json#/$defs/RunEvent"
#define PARENT_SCHEMA \
	SPEC "facets/1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet"
#define ENGINE_SCHEMA \
	SPEC "facets/1-1-1/ProcessingEngineRunFacet.json" \
		 "#/$defs/ProcessingEngineRunFacet"
#define COLUMNS_SCHEMA \
	SPEC "facets/1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet"
#define STATISTICS_SCHEMA \
	SPEC "facets/1-0-2/OutputStatisticsOutputDatasetFacet.json" \
		 "#/$defs/OutputStatisticsOutputDatasetFacet"

/* PostgreSQL's epoch, as seconds of Unix */
#define EPOCH_SECONDS \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY)

/* Which columns are told: an event must not exceed the service's limit. */
typedef enum Columns
{
	COLUMNS_OF_ALL,
	COLUMNS_OF_OUTPUT,
	COLUMNS_OF_NONE
} Columns;

/* ----------
 * Datasets
 * ----------
 */

/* Dropped columns and the system's are none. */
static void
push_columns(DzJsonbState *state, Oid table)
{
	DzPushBeginFacet(state, "schema", COLUMNS_SCHEMA);
	DzPushKey(state, "fields");
	DzJsonbPush(state, WJB_BEGIN_ARRAY, NULL);
	for (AttrNumber i = 1;; i++)
	{
		HeapTuple tuple =
			SearchSysCache2(ATTNUM, ObjectIdGetDatum(table), Int16GetDatum(i));
		Form_pg_attribute column;

		if (!HeapTupleIsValid(tuple))
			break; /* a dropped one is still there */
		column = (Form_pg_attribute) GETSTRUCT(tuple);
		if (!column->attisdropped)
		{
			DzPushBeginObject(state);
			DzPushText(state, "name", pstrdup(NameStr(column->attname)));
			DzPushText(
				state, "type",
				format_type_with_typemod(column->atttypid, column->atttypmod));
			DzPushEndObject(state);
		}
		ReleaseSysCache(tuple);
	}
	DzJsonbPush(state, WJB_END_ARRAY, NULL);
	DzPushEndObject(state);
}

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

static void
push_source(DzJsonbState *state, Oid table, Columns columns)
{
	DzPushBeginObject(state);
	DzPushText(state, "namespace", DzDatasetNamespace);
	DzPushText(state, "name", DzDatasetName(table));
	if (columns == COLUMNS_OF_ALL)
	{
		DzPushKey(state, "facets");
		DzPushBeginObject(state);
		push_columns(state, table);
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

static void
push_input(DzJsonbState *state, const DzLineageInput *input, Oid target,
		   Columns columns)
{
	const char *here = get_database_name(MyDatabaseId);
	const char *database = input->database ? input->database : here;
	const char *schema = input->schema
							 ? input->schema
							 : get_namespace_name(get_rel_namespace(target));
	Oid table = InvalidOid;

	if (strcmp(database, here) == 0)
		table = find_table(schema, input->name);
	DzPushBeginObject(state);
	DzPushText(state, "namespace", DzDatasetNamespace);
	DzPushText(state, "name", full_name(database, schema, input->name));
	if (OidIsValid(table) && columns == COLUMNS_OF_ALL)
	{
		DzPushKey(state, "facets");
		DzPushBeginObject(state);
		push_columns(state, table);
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
push_output(DzJsonbState *state, const DzTarget *target, Columns columns)
{
	int64 rows = row_count(target);

	DzPushBeginObject(state);
	DzPushText(state, "namespace", DzDatasetNamespace);
	DzPushText(state, "name", DzDatasetName(target->table));
	if (columns != COLUMNS_OF_NONE)
	{
		DzPushKey(state, "facets");
		DzPushBeginObject(state);
		push_columns(state, target->table);
		if (target->is_captured && DzCaptureMode == DZ_CAPTURE_COLUMN)
			DzPushColumnLineage(state, target);
		DzPushEndObject(state);
	}
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
push_job(DzJsonbState *state, const char *namespace, const char *name)
{
	DzPushKey(state, "job");
	DzPushBeginObject(state);
	DzPushText(state, "namespace", namespace);
	DzPushText(state, "name", name);
	DzPushEndObject(state);
}

/* The setting was checked when it was set. */
static void
push_parent(DzJsonbState *state, const char *parent_run)
{
	DzParentName parent;

	if (!DzParentRunParse(parent_run, &parent))
		elog(ERROR, "setting \"datazone.parent_run\" is invalid");
	DzPushBeginFacet(state, "parent", PARENT_SCHEMA);
	DzPushKey(state, "run");
	DzPushBeginObject(state);
	DzPushText(state, "runId", parent.run_id);
	DzPushEndObject(state);
	push_job(state, parent.namespace, parent.name);
	DzPushEndObject(state);
}

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
push_run(DzJsonbState *state, const DzTarget *target, TimestampTz now)
{
	char *id = palloc(DZ_UUID_TEXT_SIZE);

	DzUuidTimed(now + EPOCH_SECONDS * USECS_PER_SEC, id);
	DzPushKey(state, "run");
	DzPushBeginObject(state);
	DzPushText(state, "runId", id);
	DzPushKey(state, "facets");
	DzPushBeginObject(state);
	push_engine(state);
	if (target->parent_run != NULL)
		push_parent(state, target->parent_run);
	DzPushEndObject(state);
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

static Jsonb *
build(const DzTarget *target, Columns columns)
{
	DzJsonbState state = {0};
	TimestampTz now = GetCurrentTimestamp();
	ListCell *lc;

	DzPushBeginObject(&state);
	DzPushText(&state, "eventType", "COMPLETE");
	DzPushText(&state, "eventTime", time_text(now));
	DzPushText(&state, "producer", DZ_LINEAGE_PRODUCER);
	DzPushText(&state, "schemaURL", EVENT_SCHEMA);
	push_run(&state, target, now);
	push_job(
		&state,
		target->job_namespace ? target->job_namespace : DzDatasetNamespace,
		target->job_name ? target->job_name : DzDatasetName(target->table));
	DzPushKey(&state, "inputs");
	DzJsonbPush(&state, WJB_BEGIN_ARRAY, NULL);
	foreach (lc, target->inputs)
	{
		const DzLineageInput *input = lfirst(lc);

		if (input->namespace != NULL)
			push_foreign_input(&state, input);
		else
			push_input(&state, input, target->table, columns);
	}
	foreach (lc, DzTargetSources(target))
	{
		push_source(&state, lfirst_oid(lc), columns);
	}
	DzJsonbPush(&state, WJB_END_ARRAY, NULL);
	DzPushKey(&state, "outputs");
	DzJsonbPush(&state, WJB_BEGIN_ARRAY, NULL);
	push_output(&state, target, columns);
	DzJsonbPush(&state, WJB_END_ARRAY, NULL);
	DzPushEndObject(&state);

	return JsonbValueToJsonb(state.result);
}

/* As it would be sent: compact, in UTF-8. */
static bool
is_too_large(Jsonb *event)
{
	StringInfoData text;
	char *sent;

	/* jsonb has an offset for each value where text has punctuation */
	if (VARSIZE(event) < DZ_LINEAGE_EVENT_MAX / 4)
		return false;
	initStringInfo(&text);
	DzJsonbCompact(&text, &event->root);
	sent = pg_server_to_any(text.data, text.len, PG_UTF8);
	return strlen(sent) > DZ_LINEAGE_EVENT_MAX;
}

/*
 * Edges matter more than columns: those of the inputs are left out first.
 */
Jsonb *
DzLineageEvent(const DzTarget *target)
{
	Jsonb *event = NULL;

	if (DzDatasetNamespace == NULL || DzDatasetNamespace[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("setting \"datazone.dataset_namespace\" is not set"),
				 errhint("Set it in postgresql.conf to the name that lineage "
						 "shall have for this server, as "
						 "postgres://host:port.")));

	for (Columns columns = COLUMNS_OF_ALL; columns <= COLUMNS_OF_NONE;
		 columns++)
	{
		event = build(target, columns);
		if (!is_too_large(event))
			break;
	}
	return event;
}
