/*-------------------------------------------------------------------------
 *
 * captured.c
 *		What statements of this transaction have written, and from where.
 *
 * A record belongs to the level of subtransactions in which its statement
 * ended.  When the level commits, its records pass to the one above; when it
 * aborts they are forgotten.  Before the transaction commits, the records that
 * are left become targets, and those events.
 *
 * The same statement again adds its rows to the record that is there, so that
 * a loop of a million statements keeps one.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/pg_class.h"
#include "commands/extension.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "datazone.h"
#include "lineage/room.h"

/* NULL context: nothing yet in this transaction. */
static MemoryContext context = NULL;
static List *records; /* of DzRecord, levels never going down */
static List *notices; /* of Notice: for when the transaction has committed */
static bool is_writing = false;

/* What the ledger is to remember of a target. */
typedef struct Notice
{
	DzLedgerKey key;
	TimestampTz told_at; /* 0: it is not told again */
	int64 rows; /* more, or fewer, that were not told */
} Notice;

static void keep_copied(DzRecord *record, const DzRecord *new);
static void fill_staging(const DzRecord *record);
static bool is_same(const DzRecord *record, const DzRecord *other);
static char *keep_text(const char *text);
static void at_transaction_event(XactEvent event, void *arg);
static void at_subtransaction_event(SubXactEvent event, SubTransactionId id,
									SubTransactionId parent, void *arg);
static void write_records(void);
static List *new_ones(List *targets);
static void forget_lost(List *targets);
static void note_notices(void);
static void add_record(List **targets, const DzRecord *record);
static DzLineageInput *file_input(const char *file);
static DzTarget *target_for(List **targets, const DzRecord *record, Oid table);
static bool is_told(Oid table);

bool
DzCapturedIsWriting(void)
{
	return is_writing;
}

/*
 * Note that a statement has ended well: "new" says what it was; its level is
 * filled in here, and what must last is copied.
 */
void
DzCapturedAdd(DzRecord *new)
{
	DzRecord *record;
	MemoryContext old;
	int level = GetCurrentTransactionNestLevel();
	ListCell *lc;

	if (is_writing)
		return;
	DzCapturedWatch();
	if (new->plan == NULL || new->plan->has_staging)
		new->staged = DzStagingGeneration();

	foreach (lc, records)
	{
		record = lfirst(lc);
		if (record->level == level && is_same(record, new))
		{
			record->rows += new->rows;
			return;
		}
	}

	old = MemoryContextSwitchTo(context);
	record = palloc(sizeof(DzRecord));
	*record = *new;
	record->level = level;
	record->job_namespace = keep_text(new->job_namespace);
	record->job_name = keep_text(new->job_name);
	record->parent_run = keep_text(new->parent_run);
	if (new->file_columns != NIL)
		keep_copied(record, new);
	else if (record->staged != 0)
	{
		record->edges =
			DzComposeEdges(new->plan != NULL ? new->plan->edges : new->edges,
						   DzStagingStandsFor);
		record->fingerprint = DzFingerprint(record->edges, NULL);
		fill_staging(record);
	}
	records = lappend(records, record);
	MemoryContextSwitchTo(old);
}

/* Nothing stands for a file, and a temporary table keeps none. */
static void
keep_copied(DzRecord *record, const DzRecord *new)
{
	ListCell *lc;

	record->file = keep_text(new->file);
	record->file_columns = NIL;
	foreach (lc, new->file_columns)
	{
		record->file_columns =
			lappend(record->file_columns, pstrdup(lfirst(lc)));
	}
	record->edges = DzKeepEdges(new->edges);
	record->fingerprint = DzFingerprint(record->edges, record->file);
}

/* What goes into a temporary table is kept for those who read from it. */
static void
fill_staging(const DzRecord *record)
{
	ListCell *lc;

	foreach (lc, record->edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);
		Oid table = OidIsValid(target->relid) ? target->relid : record->into;

		if (DzStagingIs(table))
			DzStagingAdd(table, record->edges, target);
	}
}

static bool
is_same(const DzRecord *record, const DzRecord *other)
{
	return record->plan != NULL && record->plan == other->plan &&
		   record->staged == other->staged &&
		   record->procedure == other->procedure &&
		   DzSameText(record->job_namespace, other->job_namespace) &&
		   DzSameText(record->job_name, other->job_name) &&
		   DzSameText(record->parent_run, other->parent_run);
}

static char *
keep_text(const char *text)
{
	return text == NULL || text[0] == '\0' ? NULL : pstrdup(text);
}

void
DzCapturedWatch(void)
{
	static bool registered = false;

	if (context != NULL)
		return;
	if (!registered)
	{
		RegisterXactCallback(at_transaction_event, NULL);
		RegisterSubXactCallback(at_subtransaction_event, NULL);
	}
	registered = true;
	records = NIL;
	notices = NIL;
	context = AllocSetContextCreate(TopTransactionContext,
									"datazone lineage capture",
									ALLOCSET_SMALL_SIZES);
}

static void
at_transaction_event(XactEvent event, void *arg)
{
	switch (event)
	{
		case XACT_EVENT_PRE_COMMIT:
		case XACT_EVENT_PRE_PREPARE:
			if (context != NULL)
				write_records();
			break;
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PREPARE:
			if (context != NULL && event == XACT_EVENT_COMMIT)
				note_notices();
			context = NULL; /* it goes with the transaction's */
			DzStagingEnd(event != XACT_EVENT_ABORT);
			is_writing = false;
			DzPlansTransactionEnds();
			break;
		default:
			break;
	}
}

/* Nothing here allocates: it must not fail. */
static void
at_subtransaction_event(SubXactEvent event, SubTransactionId id,
						SubTransactionId parent, void *arg)
{
	int level = GetCurrentTransactionNestLevel();
	int n;

	if (context == NULL || is_writing ||
		(event != SUBXACT_EVENT_COMMIT_SUB &&
		 event != SUBXACT_EVENT_ABORT_SUB))
		return;

	DzStagingEndLevel(level, event == SUBXACT_EVENT_COMMIT_SUB);
	n = list_length(records);
	if (event == SUBXACT_EVENT_COMMIT_SUB)
	{
		while (n > 0 &&
			   ((DzRecord *) list_nth(records, n - 1))->level >= level)
			((DzRecord *) list_nth(records, --n))->level = level - 1;
	}
	else
	{
		while (n > 0 &&
			   ((DzRecord *) list_nth(records, n - 1))->level >= level)
			n--;
		records = list_truncate(records, n);
	}
}

/* One target for each job and table, so that no event is about two. */
static void
write_records(void)
{
	List *targets = NIL;
	MemoryContext scratch;
	MemoryContext old;
	ListCell *lc;

	if (records == NIL || !DzCaptureIsReady())
		return;

	is_writing = true;
	scratch = AllocSetContextCreate(context, "datazone lineage events",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(scratch);
	foreach (lc, records)
	{
		add_record(&targets, lfirst(lc));
	}
	DzLineageWriteTargets(new_ones(targets), DZ_LINEAGE_WARN);
	forget_lost(targets);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
	is_writing = false;
}

/*
 * Targets that are not yet known, or were told too long ago.  What there is to
 * remember of either is noted when the transaction has committed.
 */
static List *
new_ones(List *targets)
{
	List *result = NIL;
	TimestampTz now = GetCurrentTimestamp();
	TimestampTz since = now - DzCaptureInterval * USECS_PER_SEC;
	ListCell *lc;

	foreach (lc, targets)
	{
		DzTarget *target = lfirst(lc);
		DzRowCount *count = &target->counts[DZ_ROWS_INSERTED];
		Notice *notice = MemoryContextAllocZero(context, sizeof(Notice));
		MemoryContext old;
		int64 before;

		notice->key = DzTargetFingerprint(target);
		if (DzLedgerIsTold(notice->key, since, &before))
			notice->rows = count->uncounted ? 0 : count->rows;
		else
		{
			if (!count->uncounted)
			{
				count->rows += before;
				notice->rows = -before;
			}
			notice->told_at = now;
			result = lappend(result, target);
		}
		old = MemoryContextSwitchTo(context);
		notices = lappend(notices, notice);
		MemoryContextSwitchTo(old);
	}
	return result;
}

/* What could not be enqueued has not been told: it comes again. */
static void
forget_lost(List *targets)
{
	ListCell *lc;

	foreach (lc, targets)
	{
		Notice *notice = list_nth(notices, foreach_current_index(lc));

		if (((DzTarget *) lfirst(lc))->is_lost)
			memset(notice, 0, sizeof(Notice));
	}
}

/* Nothing here allocates. */
static void
note_notices(void)
{
	ListCell *lc;

	foreach (lc, notices)
	{
		Notice *notice = lfirst(lc);

		DzLedgerNote(notice->key, notice->told_at, notice->rows);
	}
}

static void
add_record(List **targets, const DzRecord *record)
{
	const DzEdges *edges =
		record->edges != NULL ? record->edges : record->plan->edges;
	ListCell *lc;

	foreach (lc, edges->targets)
	{
		DzEdgeTarget *written = lfirst(lc);
		Oid table = OidIsValid(written->relid) ? written->relid : record->into;
		DzPart *part;
		DzTarget *target;

		if (!is_told(table))
			continue;
		target = target_for(targets, record, table);
		part = palloc(sizeof(DzPart));
		part->edges = edges;
		part->target = written;
		part->file = record->file;
		part->file_columns = record->file_columns;
		part->fingerprint = record->edges != NULL ? record->fingerprint
												  : record->plan->fingerprint;
		target->parts = lappend(target->parts, part);
		if (part->file != NULL)
			target->inputs = lappend(target->inputs, file_input(part->file));

		/* the server counts the statement's own rows, not those of a CTE */
		target->counts[DZ_ROWS_INSERTED].happened = true;
		if (lnext(edges->targets, lc) == NULL && record->rows >= 0)
			target->counts[DZ_ROWS_INSERTED].rows += record->rows;
		else
			target->counts[DZ_ROWS_INSERTED].uncounted = true;
	}
}

/* A server's file, as OpenLineage names local ones. */
static DzLineageInput *
file_input(const char *file)
{
	DzLineageInput *input = palloc0(sizeof(DzLineageInput));

	input->namespace = pstrdup(DZ_FILE_NAMESPACE);
	input->name = pstrdup(file);
	return input;
}

static DzTarget *
target_for(List **targets, const DzRecord *record, Oid table)
{
	DzTarget *target;
	ListCell *lc;

	foreach (lc, *targets)
	{
		target = lfirst(lc);
		if (target->table == table && target->procedure == record->procedure &&
			DzSameText(target->job_namespace, record->job_namespace) &&
			DzSameText(target->given_job_name, record->job_name))
			break;
		target = NULL;
	}
	if (lc == NULL)
	{
		target = palloc0(sizeof(DzTarget));
		target->is_captured = true;
		target->table = table;
		target->procedure = record->procedure;
		target->job_namespace = record->job_namespace;
		target->given_job_name = record->job_name;
		target->job_name = DzCaptureJobName(record, table);
		*targets = lappend(*targets, target);
	}
	if (record->parent_run != NULL)
		target->parent_run = record->parent_run;
	return target;
}

/*
 * Is a relation one that others can see?  Not the session's own, not the
 * catalogs, not ours, and not what is no longer there.  Whether it is ours
 * takes two scans of catalogs: the name, which all of ours begin with, is
 * looked at first.
 */
static bool
is_told(Oid table)
{
	char *name = get_rel_name(table);

	if (table < FirstNormalObjectId || name == NULL)
		return false;
	if (get_rel_persistence(table) == RELPERSISTENCE_TEMP)
		return false;
	return strncmp(name, DZ_EXTENSION_NAME, strlen(DZ_EXTENSION_NAME)) != 0 ||
		   getExtensionOfObject(RelationRelationId, table) !=
			   get_extension_oid(DZ_EXTENSION_NAME, true);
}
