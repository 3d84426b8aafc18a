/*-------------------------------------------------------------------------
 *
 * waiting.c
 *		Entries that need the table once more before they are sent.
 *
 * Those whose pause is over have their payload read again, as it was not kept
 * in memory meanwhile.  Those that must never be sent twice are marked in the
 * table first: who finds the mark after a crash knows that the outcome is
 * unknown.  A standby that commits wait for has to have the mark as well.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xlog.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "outbox/reading.h"

/* how often it is looked what standbys have confirmed: at first, and in time */
#define FIRST_LOOK_US 1000
#define LONGEST_LOOK_US (200 * 1000)

static dlist_head again = DLIST_STATIC_INIT(again); /* payload wanted */
static dlist_head marked = DLIST_STATIC_INIT(marked); /* not confirmed */
static int64 look_again_us = 0;
static int64 look_pause_us = 0;

/* ----------
 * Entries whose pause is over
 * ----------
 */

/* The entry's payload is to be read again. */
void
DzWaitingAgain(DzEntry *entry)
{
	DzResultRemove(entry);
	dlist_push_tail(&again, &entry->node);
	entry->is_waiting = true;
}

/* Whether there is room for its payload, or room was made. */
static bool
may_be_read(const DzEntry *entry)
{
	return entry->bytes > 0 || DzLaneHasBytes(entry->lane);
}

bool
DzWaitingWantsReading(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &again)
	{
		if (may_be_read(dlist_container(DzEntry, node, iter.cur)))
			return true;
	}
	return false;
}

/* The first entries that wait, as many as their lanes have room for. */
static int
collect(DzEntry **entries)
{
	int n = 0;
	dlist_iter iter;

	dlist_foreach (iter, &again)
	{
		DzEntry *entry = dlist_container(DzEntry, node, iter.cur);

		if (!may_be_read(entry))
			continue;
		DzClaimsCountBytes(entry, entry->size);
		entries[n++] = entry;
		if (n == DZ_READ_BATCH)
			break;
	}
	return n;
}

static Datum
ids_of(DzEntry *const *entries, int n)
{
	Datum *ids = palloc(sizeof(Datum) * Max(n, 1));

	for (int i = 0; i < n; i++)
		ids[i] = Int64GetDatum(entries[i]->id);
	return PointerGetDatum(
		construct_array(ids, n, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* It waits no longer, and has its payload if it is still in the table. */
static void
go_on(DzEntry *entry)
{
	dlist_delete(&entry->node);
	entry->is_waiting = false;
	if (entry->payload == NULL) /* discarded or requeued meanwhile */
		DzEntryFree(entry);
	else if (!DzLaneIsBlocked(entry->lane))
		DzEntryBegin(entry);
	else if (entry->end == DZ_ENTRY_OPEN)
		DzClaimGiveBack(entry);
	else
	{
		DzEntrySleep(entry, DZ_LOOK_AGAIN_US);
		entry->waits_for_lane = true;
	}
}

/* Nothing is lost if this throws: those that wait are read again. */
void
DzWaitingRead(void)
{
	static SPIPlanPtr plan = NULL;
	DzEntry *entries[DZ_READ_BATCH];
	int n = collect(entries);
	Oid types[] = {INT8ARRAYOID};
	Datum values[] = {ids_of(entries, n)};
	SPITupleTable *rows =
		DzRowQuery(&plan, "e.id = ANY ($1)", lengthof(types), types, values);

	for (uint64 i = 0; i < SPI_processed; i++)
		DzRowPayload(DzClaimsFind(DzRowId(rows, (int) i)), rows, (int) i);
	for (int i = 0; i < n; i++)
		go_on(entries[i]);
}

/* ----------
 * Entries that must not be sent twice
 * ----------
 */

/* A row that is locked, or no longer there, is not marked. */
static void
write_mark(void *arg)
{
	DzEntry *entry = arg;
	const char *table = DzTableName(DZ_OUTBOX_TABLE);
	Oid types[] = {INT8OID};
	Datum values[] = {Int64GetDatum(entry->id)};

	DzHurry();
	if (SPI_execute_with_args(
			psprintf("UPDATE %s SET claimed_at = clock_timestamp() "
					 "WHERE id = (SELECT id FROM %s WHERE id = $1 "
					 "AND state = 'pending' FOR UPDATE SKIP LOCKED)",
					 table, table),
			lengthof(types), types, values, NULL, false, 0) != SPI_OK_UPDATE)
		elog(ERROR, "could not mark an entry of the outbox");
	entry->is_claimed = SPI_processed == 1;
}

/*
 * The table says, once the open transaction is committed, that the entry may
 * have been sent.  False: somebody has its row.
 */
bool
DzMarkWrite(DzEntry *entry)
{
	DzSqlWithin(DZ_OUTBOX_TABLE, write_mark, entry);
	return entry->is_claimed;
}

/* Whether another one may be marked before it is sent: as many as can be sent. */
bool
DzMarkMayWait(void)
{
	int n = 0;
	dlist_iter iter;

	dlist_foreach (iter, &marked)
		n++;
	return n < DzMaxInFlight;
}

/* The mark is committed; the entry is sent when the standbys have it. */
void
DzMarkWait(DzEntry *entry)
{
	DzJobEnd(&entry->job);
	entry->marked_at = XactLastCommitEnd;
	dlist_push_tail(&marked, &entry->node);
	entry->is_waiting = true;
	look_pause_us = FIRST_LOOK_US;
	look_again_us = 0;
}

/* What standbys have confirmed goes out next. */
void
DzMarksRun(void)
{
	XLogRecPtr confirmed;
	dlist_mutable_iter iter;

	if (DzMarksWaitUs() != 0)
		return;
	confirmed = DzStandbyConfirmed();
	dlist_foreach_modify (iter, &marked)
	{
		DzEntry *entry = dlist_container(DzEntry, node, iter.cur);

		if (entry->marked_at > confirmed)
			continue;
		dlist_delete(&entry->node);
		entry->is_waiting = false;
		DzJobAskNext(&entry->job, entry->job.op);
	}
	look_again_us = DzNowMonotonicUs() + look_pause_us;
	look_pause_us = Min(2 * look_pause_us, LONGEST_LOOK_US);
}

/* How long until DzMarksRun() has something to do; -1: for ever. */
int64
DzMarksWaitUs(void)
{
	if (dlist_is_empty(&marked))
		return -1;
	return Max(look_again_us - DzNowMonotonicUs(), 0);
}
