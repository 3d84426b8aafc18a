/*-------------------------------------------------------------------------
 *
 * job.c
 *		What an event says of the job that was captured, and of its run.
 *
 * A job is what users would call so: what they have named with
 * datazone.job_name, else the outermost procedure or function with the table
 * that it fills, else the table.  Each event has a run of its own; what they
 * have in common, the transaction, is their parent.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_proc.h"
#include "commands/dbcommands.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "aws/uuid.h"
#include "lineage/room.h"

#define SQL_SCHEMA DZ_FACET_SCHEMA("1-1-0", "SQLJobFacet")
#define TYPE_SCHEMA DZ_FACET_SCHEMA("2-0-4", "JobTypeJobFacet")
#define PARENT_SCHEMA DZ_FACET_SCHEMA("1-2-0", "ParentRunFacet")
#define ERROR_SCHEMA DZ_FACET_SCHEMA("1-1-2", "ExtractionErrorRunFacet")
#define DOCUMENTATION_SCHEMA DZ_FACET_SCHEMA("1-1-0", "DocumentationJobFacet")

/* How many different statements of a job, and what is unknown of them. */
#define MAX_STATEMENTS 20
#define MAX_UNRESOLVED 20

/* Of a trigger of a table that no event names. */
#define UNNAMED_TRIGGER "a trigger may change rows that are written"

#define COARSE \
	"columns are not known: the session uses more plans than are kept"

static char transaction_run[DZ_UUID_TEXT_SIZE]; /* empty: not yet needed */

static char *routine_name(Oid routine);
static const char *parent_job(const DzTarget *target);
static void push_parent(DzJsonbState *state, const char *run_id,
						const char *namespace, const char *name);
static char *statements_of(const DzTarget *target);
static List *notes_of(const DzTarget *target, int *nfailed);
static List *add_notes(List *texts, const DzEdges *edges, const DzFlow *flow);
static void push_error(DzJsonbState *state, const char *message);

void
DzTargetNames(DzTarget *target)
{
	char *routine = routine_name(target->routine);

	if (target->dataset.name == NULL)
	{
		target->dataset = DzDatasetOf(target->table);
		target->name = DzFileIs(target->table) ? DzFilePath(target->table)
											   : get_rel_name(target->table);
	}
	if (target->given_job_name != NULL)
		target->job_name = target->given_job_name;
	else if (routine != NULL)
		target->job_name = psprintf("%s.%s", routine, target->name);
	else if (DzFileIs(target->table))
		target->job_name =
			psprintf("%s.%s", get_database_name(MyDatabaseId), target->name);
	else
		target->job_name = get_rel_name(target->table) != NULL
							   ? DzDatasetName(target->table)
							   : target->dataset.name;
}

/* schema.name; NULL if there is none, or it is gone. */
static char *
routine_name(Oid routine)
{
	char *name = OidIsValid(routine) ? get_func_name(routine) : NULL;

	if (name == NULL)
		return NULL;
	return psprintf("%s.%s", get_namespace_name(get_func_namespace(routine)),
					name);
}

/* ----------
 * The parent
 * ----------
 */

void
DzPushParent(DzJsonbState *state, const DzTarget *target)
{
	DzParentName parent;

	if (target->parent_run != NULL)
	{
		/* the setting was checked when it was set */
		if (!DzParentRunParse(target->parent_run, &parent))
			elog(ERROR, "setting \"datazone.parent_run\" is invalid");
		push_parent(state, parent.run_id, parent.namespace, parent.name);
	}
	else if (target->is_captured)
	{
		if (transaction_run[0] == '\0')
			DzUuidTimed(GetCurrentTransactionStartTimestamp() +
							DZ_EPOCH_SECONDS * USECS_PER_SEC,
						transaction_run);
		push_parent(state, transaction_run,
					target->job_namespace ? target->job_namespace
										  : DzDatasetNamespace,
					parent_job(target));
	}
}

void
DzJobForgetRun(void)
{
	transaction_run[0] = '\0';
}

/* No job is its own parent. */
static const char *
parent_job(const DzTarget *target)
{
	const char *name = routine_name(target->routine);

	if (name == NULL || strcmp(name, target->job_name) == 0)
		name = get_database_name(MyDatabaseId);
	return name;
}

static void
push_parent(DzJsonbState *state, const char *run_id, const char *namespace,
			const char *name)
{
	DzPushBeginFacet(state, "parent", PARENT_SCHEMA);
	DzPushKey(state, "run");
	DzPushBeginObject(state);
	DzPushText(state, "runId", run_id);
	DzPushEndObject(state);
	DzPushKey(state, "job");
	DzPushBeginObject(state);
	DzPushText(state, "namespace", namespace);
	DzPushText(state, "name", name);
	DzPushEndObject(state);
	DzPushEndObject(state);
}

/* ----------
 * Facets
 * ----------
 */

void
DzPushJobFacets(DzJsonbState *state, const DzTarget *target, bool with_sql,
				bool with_comment)
{
	char *statements = with_sql ? statements_of(target) : NULL;

	DzPushKey(state, "facets");
	DzPushBeginObject(state);
	DzPushBeginFacet(state, "jobType", TYPE_SCHEMA);
	DzPushText(state, "processingType", "BATCH");
	DzPushText(state, "integration", "POSTGRESQL");
	DzPushText(state, "jobType",
			   OidIsValid(target->routine) ? "PROCEDURE" : "QUERY");
	DzPushEndObject(state);
	if (statements != NULL)
	{
		DzPushBeginFacet(state, "sql", SQL_SCHEMA);
		DzPushText(state, "query", statements);
		DzPushText(state, "dialect", "postgresql");
		DzPushEndObject(state);
	}
	if (with_comment)
		DzPushDocumentation(state, ProcedureRelationId, target->routine,
							DOCUMENTATION_SCHEMA);
	DzPushEndObject(state);
}

/* Each once, in order; NULL: there is none to tell. */
static char *
statements_of(const DzTarget *target)
{
	List *texts = NIL;
	StringInfoData all;
	ListCell *lc;

	foreach (lc, target->parts)
	{
		const DzPart *part = lfirst(lc);
		char *told = NULL;
		bool is_new;
		ListCell *other;

		if (part->text != NULL && !DzNamesExcluded(part->edges))
			told = DzStatementTold(part->text, part->record->has_escapes);
		is_new = told != NULL;
		foreach (other, texts)
		{
			is_new = is_new && strcmp(told, lfirst(other)) != 0;
		}
		if (is_new && list_length(texts) < MAX_STATEMENTS)
			texts = lappend(texts, told);
	}
	if (texts == NIL)
		return NULL;
	initStringInfo(&all);
	foreach (lc, texts)
	{
		appendStringInfo(&all, "%s%s", all.len > 0 ? ";\n" : "",
						 (char *) lfirst(lc));
	}
	return all.data;
}

/*
 * What cannot be known of the statements, and what was cut off the event: "cut"
 * says that, or is NULL.
 */
void
DzPushUnresolved(DzJsonbState *state, const DzTarget *target, const char *cut)
{
	int ncoarse =
		DzCaptureMode != DZ_CAPTURE_TABLE ? DzTargetCoarseParts(target) : 0;
	int nfailed = ncoarse;
	List *texts = notes_of(target, &nfailed);
	ListCell *lc;

	if (ncoarse > 0)
		texts = lappend(texts, COARSE);
	if (texts == NIL && cut == NULL)
		return;
	DzPushBeginFacet(state, "extractionError", ERROR_SCHEMA);
	DzPushInteger(state, "totalTasks", Max(list_length(target->parts), 1));
	DzPushInteger(state, "failedTasks", nfailed);
	DzPushKey(state, "errors");
	DzJsonbPush(state, WJB_BEGIN_ARRAY, NULL);
	foreach (lc, texts)
	{
		push_error(state, lfirst(lc));
	}
	if (cut != NULL)
		push_error(state, cut);
	DzJsonbPush(state, WJB_END_ARRAY, NULL);
	DzPushEndObject(state);
}

static void
push_error(DzJsonbState *state, const char *message)
{
	DzPushBeginObject(state);
	DzPushText(state, "errorMessage", message);
	DzPushEndObject(state);
}

static List *
notes_of(const DzTarget *target, int *nfailed)
{
	List *texts = NIL;
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, target->parts)
	{
		const DzPart *part = lfirst(lc);
		List *before = texts;
		int nbefore = list_length(texts);

		texts = add_notes(texts, part->edges, &part->target->rows);
		foreach (lc2, part->target->columns)
		{
			texts = add_notes(texts, part->edges,
							  &((DzEdgeColumn *) lfirst(lc2))->flow);
		}
		if (list_length(texts) > nbefore || before != texts)
			(*nfailed)++;
	}
	return texts;
}

static List *
add_notes(List *texts, const DzEdges *edges, const DzFlow *flow)
{
	int number = -1;

	while ((number = bms_next_member(flow->notes, number)) >= 0)
	{
		char *text = DzNoteTold(&edges->notes[number]);
		bool is_new = text != NULL;
		ListCell *lc;

		foreach (lc, texts)
		{
			is_new = is_new && strcmp(lfirst(lc), text) != 0;
		}
		if (is_new && list_length(texts) < MAX_UNRESOLVED)
			texts = lappend(texts, text);
	}
	return texts;
}

/* A note in words; NULL: it is about what is no more. */
char *
DzNoteTold(const DzNote *note)
{
	Oid table = note->kind == DZ_NOTE_TRIGGER
					? DzEdgeTriggerTable(note->object)
					: InvalidOid;

	/* a partition may be kept to itself, of a table that is not */
	if (OidIsValid(table) &&
		DzIsExcluded(get_namespace_name(get_rel_namespace(table)),
					 get_rel_name(table)))
		return pstrdup(UNNAMED_TRIGGER);
	return DzEdgeNoteText(note);
}
