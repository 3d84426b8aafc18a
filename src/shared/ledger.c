/*-------------------------------------------------------------------------
 *
 * ledger.c
 *		Which lineage was told, and when: for all sessions.
 *
 * The same lineage of the same job comes again with each load, and is told
 * again only after a while.  What was not told has rows all the same: they are
 * added up until the next time.
 *
 * The table is a fixed array in groups of eight, found by a hash of all that
 * makes an event.  A group that is full gives up what was told longest ago: at
 * worst that is told once more than it need be.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "shared/segment.h"

#define GROUP 8

static DzLedgerEntry *find(DzLedgerKey key);
static DzLedgerEntry *find_or_take(DzLedgerKey key);

/* Under the lock; NULL: none. */
static DzLedgerEntry *
find(DzLedgerKey key)
{
	DzLedgerEntry *group =
		DzSegmentLedger() + key.high % (DZ_LEDGER / GROUP) * GROUP;

	for (int i = 0; i < GROUP; i++)
	{
		if (group[i].told_at != 0 && group[i].key.high == key.high &&
			group[i].key.low == key.low)
			return &group[i];
	}
	return NULL;
}

/* Under the exclusive lock. */
static DzLedgerEntry *
find_or_take(DzLedgerKey key)
{
	DzLedgerEntry *entry = find(key);
	DzLedgerEntry *group =
		DzSegmentLedger() + key.high % (DZ_LEDGER / GROUP) * GROUP;

	if (entry != NULL)
		return entry;
	entry = group;
	for (int i = 1; i < GROUP; i++)
	{
		if (group[i].told_at < entry->told_at)
			entry = &group[i];
	}
	memset(entry, 0, sizeof(DzLedgerEntry));
	entry->key = key;
	return entry;
}

/*
 * Was this told after "since"?  "rows" are those that have come since it was
 * told last.
 */
bool
DzLedgerIsTold(DzLedgerKey key, TimestampTz since, int64 *rows)
{
	DzLedgerEntry *entry;
	bool result;

	*rows = 0;
	if (DzSegmentOf() == NULL)
		return false;
	LWLockAcquire(DzSegmentLock(DZ_LOCK_LEDGER), LW_SHARED);
	entry = find(key);
	result = entry != NULL && entry->told_at > since;
	if (entry != NULL)
		*rows = entry->rows;
	LWLockRelease(DzSegmentLock(DZ_LOCK_LEDGER));
	return result;
}

/*
 * It has been told at "now", or not been told (0), and has so many rows more,
 * or fewer.  Called when the transaction has committed; cannot fail.
 */
void
DzLedgerNote(DzLedgerKey key, TimestampTz now, int64 rows)
{
	DzLedgerEntry *entry;

	if (DzSegmentOf() == NULL)
		return;
	LWLockAcquire(DzSegmentLock(DZ_LOCK_LEDGER), LW_EXCLUSIVE);
	entry = now != 0 ? find_or_take(key) : find(key);
	if (entry != NULL)
	{
		entry->rows += rows;
		entry->told_at = Max(entry->told_at, now);
	}
	LWLockRelease(DzSegmentLock(DZ_LOCK_LEDGER));
}
