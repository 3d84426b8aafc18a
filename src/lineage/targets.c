/*-------------------------------------------------------------------------
 *
 * targets.c
 *		From what was captured to events: one for each job and table.
 *
 * A consumer draws an edge from each input to each output of an event, so that
 * none may be about two tables.  What the ledger says was told a while ago is
 * not told again; what there is to remember is noted when the transaction has
 * committed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "access/xlog.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "lineage/room.h"

/* What the ledger is to remember of a target. */
typedef struct Notice
{
	DzLedgerKey key;
	TimestampTz told_at; /* 0: it is not told again */
	int64 rows; /* more, or fewer, that were not told */
} Notice;

static List *notices = NIL; /* of Notice */
static Notice *only_notice = NULL; /* the only one; or NULL */

static void add_part(DzTarget *target, const DzRecord *record,
					 const DzEdges *edges, const DzEdgeTarget *written);
static bool reads_catalogs_only(const DzEdges *edges);
static bool may_write(void);
static bool has_target(const DzRecord *record);
static List *new_ones(List *targets, MemoryContext context);
static void remember_key(const DzTarget *target, DzLedgerKey key);
static void forget_lost(List *targets);

/* What a statement has written becomes part of a target for each table. */
void
DzTargetsAdd(List **targets, const DzRecord *record)
{
	const DzEdges *edges = DzGoneEdges(record);
	ListCell *lc;

	foreach (lc, edges->targets)
	{
		DzEdgeTarget *written = lfirst(lc);
		Oid table =
			OidIsValid(written->relid) ? written->relid : record->key.into;
		DzTarget *target;
		DzRowCount *count;

		if (!DzDatasetIsTarget(table) ||
			(DzFileIs(table) && reads_catalogs_only(edges)))
			continue;
		target =
			DzTargetFor(targets, table, record->key.routine, record->origin);
		add_part(target, record, edges, written);

		/* the server counts the statement's own rows, not those of a CTE */
		count = &target->counts[DZ_ROWS_INSERTED];
		count->happened = true;
		if (!written->by_cte && !record->is_uncounted)
			count->rows += record->rows;
		else
			count->uncounted = true;
	}
}

/* Does it read, and nothing that is anybody's data? */
static bool
reads_catalogs_only(const DzEdges *edges)
{
	for (int i = 0; i < edges->nsources; i++)
	{
		if (DzDatasetIs(edges->sources[i].relid))
			return false;
	}
	return edges->nsources > 0;
}

static void
add_part(DzTarget *target, const DzRecord *record, const DzEdges *edges,
		 const DzEdgeTarget *written)
{
	DzPart *part = palloc(sizeof(DzPart));

	part->edges = edges;
	part->target = written;
	part->text = record->text;
	part->record = record;
	part->fingerprint = record->plan != NULL && edges == record->edges
							? DzPlanFingerprint(record->plan)
							: DzFingerprint(edges);
	target->parts = lappend(target->parts, part);
}

/* How many of its parts tell which tables, and not which columns. */
int
DzTargetCoarseParts(const DzTarget *target)
{
	int n = 0;
	ListCell *lc;

	foreach (lc, target->parts)
	{
		n += ((DzPart *) lfirst(lc))->record->is_coarse;
	}
	return n;
}

/* The target of that table and job; new if there is none. */
DzTarget *
DzTargetFor(List **targets, Oid table, Oid routine, const DzOrigin *origin)
{
	DzTarget *target;
	ListCell *lc;

	foreach (lc, *targets)
	{
		target = lfirst(lc);
		if (target->table == table && target->routine == routine &&
			DzSameText(target->job_namespace, origin->job_namespace) &&
			DzSameText(target->given_job_name, origin->job_name))
			break;
		target = NULL;
	}
	if (lc == NULL)
	{
		target = palloc0(sizeof(DzTarget));
		target->is_captured = true;
		target->table = table;
		target->routine = routine;
		target->job_namespace = origin->job_namespace;
		target->given_job_name = origin->job_name;
		*targets = lappend(*targets, target);
	}
	if (origin->parent_run != NULL)
		target->parent_run = origin->parent_run;
	return target;
}

/*
 * Something has become of the table, too; what says more of it counts.  It
 * goes by another name than it had, or has none any more.
 */
void
DzTargetBecomes(DzTarget *target, DzLifeChange change, const DzLife *life)
{
	/* one that was dropped and made again by the same job */
	if (Min(change, target->change) == DZ_LIFE_OVERWRITE &&
		Max(change, target->change) == DZ_LIFE_CREATE)
		target->change = DZ_LIFE_OVERWRITE;
	else
		target->change = Max(target->change, change);
	if (change == DZ_LIFE_RENAME)
		target->previous = life->dataset;
	if (change == DZ_LIFE_DROP)
	{
		target->dataset = life->dataset;
		target->name = life->name;
	}
}

/*
 * Enqueue what is news.  "context" lives as long as the transaction.  What is
 * not known is the server's to say: see DzCaptureIsReady().
 */
void
DzTargetsTell(List *targets, MemoryContext context)
{
	ListCell *lc;

	if (targets == NIL || !may_write())
		return;
	foreach (lc, targets)
	{
		DzTargetNames(lfirst(lc));
	}
	DzLineageWriteTargets(new_ones(targets, context), DZ_LINEAGE_WARN);
	forget_lost(targets);
}

/*
 * A standby has no outbox of its own, and a READ ONLY transaction (in which
 * COPY writes files, and temporary tables are filled) is left as that.
 */
static bool
may_write(void)
{
	return !RecoveryInProgress() &&
		   (!XactReadOnly || TransactionIdIsValid(GetTopTransactionIdIfAny()));
}

/*
 * There is nowhere to tell it, or nothing has a name.  That is warned of once a
 * session; each transaction that has something to tell counts.
 */
void
DzTargetsAreLost(void)
{
	dlist_iter iter;

	dlist_foreach (iter, DzCapturedRecords())
	{
		const DzRecord *record = dlist_container(DzRecord, node, iter.cur);

		if (record->is_read_only || !has_target(record))
			continue;
		DzStatCountLineageError();
		return;
	}
}

static bool
has_target(const DzRecord *record)
{
	ListCell *lc;

	if (record->life != NULL)
		return record->life->change == DZ_LIFE_DROP ||
			   DzDatasetIsTarget(record->life->relid);
	foreach (lc, record->edges->targets)
	{
		Oid table = ((DzEdgeTarget *) lfirst(lc))->relid;

		if (DzDatasetIsTarget(OidIsValid(table) ? table : record->key.into))
			return true;
	}
	return false;
}

/* Targets that are not yet known, or were told too long ago. */
static List *
new_ones(List *targets, MemoryContext context)
{
	List *result = NIL;
	TimestampTz now = GetCurrentTimestamp();
	TimestampTz since = now - DzCaptureInterval * USECS_PER_SEC;
	ListCell *lc;

	notices = NIL;
	foreach (lc, targets)
	{
		DzTarget *target = lfirst(lc);
		DzRowCount *count = &target->counts[DZ_ROWS_INSERTED];
		Notice *notice = MemoryContextAllocZero(context, sizeof(Notice));
		MemoryContext old;
		int64 before;

		notice->key = DzTargetFingerprint(target);
		remember_key(target, notice->key);
		if (DzLedgerIsTold(notice->key, since, &before) &&
			target->change < DZ_LIFE_RENAME)
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

/* An event that is about one statement alone is known by its plan, too. */
static void
remember_key(const DzTarget *target, DzLedgerKey key)
{
	const DzPart *part;
	DzPlan *plan;
	DzTold told;

	if (list_length(target->parts) != 1 || target->change != DZ_LIFE_NONE)
		return;
	part = linitial(target->parts);
	plan = part->record->plan;
	if (plan == NULL || part->edges != plan->edges ||
		list_length(plan->edges->targets) != 1)
		return;

	/* the job's settings may have changed since the statement ran */
	if (part->record->origin != DzOriginNow())
		return;
	told.key = key;
	told.names = plan->names; /* those of the fingerprint, or before */
	told.settings = DzOriginGeneration;
	told.routine = target->routine;
	plan->told = told;
}

/*
 * Is the only record of the transaction one whose event was told a while ago?
 * Then its rows are noted.  Names and settings are those of the last time.
 */
bool
DzTargetIsTold(const DzRecord *record)
{
	const DzTold *told = &record->plan->told;
	TimestampTz since =
		GetCurrentTimestamp() - DzCaptureInterval * USECS_PER_SEC;
	static Notice notice;
	int64 before;

	if (told->names != DzNamesGeneration() ||
		told->settings != DzOriginGeneration ||
		told->routine != record->key.routine ||
		!DzLedgerIsTold(told->key, since, &before))
		return false;
	notice.key = told->key;
	notice.told_at = 0;
	notice.rows = record->is_uncounted ? 0 : record->rows;
	only_notice = &notice;
	return true;
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

/* The transaction has committed.  Nothing here allocates. */
void
DzTargetsAreTold(void)
{
	ListCell *lc;

	if (only_notice != NULL)
		DzLedgerNote(only_notice->key, 0, only_notice->rows);
	foreach (lc, notices)
	{
		Notice *notice = lfirst(lc);

		DzLedgerNote(notice->key, notice->told_at, notice->rows);
	}
}

/* It has ended, one way or the other. */
void
DzTargetsForget(void)
{
	notices = NIL;
	only_notice = NULL;
}
