/*-------------------------------------------------------------------------
 *
 * numbers.c
 *		Numbers of outbox entries: one counter for all sessions of a database.
 *
 * It hands out what somebody has allowed, a range at a time; who allows it
 * has reserved the range on disk.  Numbers rise in the order in which they are
 * taken, and some are never given to anybody.  Whatever becomes of the
 * sequence, the counter of one does not fall: what the worker holds, and what
 * was delivered, is known by its number.
 *
 * A database's slot may be given to another one at any moment, and databases
 * that were copied from one have sequences of the same OID.  Who takes a number
 * looks afterwards whose it was; who changes the range holds the slots' lock.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "shared/segment.h"

/* Take the next number of a sequence.  False: none is allowed. */
bool
DzNumberTake(Oid sequence, int64 *number)
{
	DzSlot *slot = DzSlotMine();
	uint64 next;

	if (slot == NULL || pg_atomic_read_u32(&slot->number_sequence) != sequence)
		return false;
	next = pg_atomic_read_u64(&slot->number_next);
	do
	{
		if (next >= pg_atomic_read_u64(&slot->number_end))
			return false;
	} while (
		!pg_atomic_compare_exchange_u64(&slot->number_next, &next, next + 1));
	*number = (int64) next;

	/* another one's, which nobody gets now */
	return slot->view.database == MyDatabaseId &&
		   pg_atomic_read_u32(&slot->number_sequence) == sequence;
}

/*
 * What is known of a sequence's numbers: the next one, 0 if there was none yet,
 * and how often ranges were voided.  False: there is no counter.
 */
bool
DzNumberRead(Oid sequence, DzNumberState *state)
{
	DzSlot *slot = DzSlotMine();

	if (slot == NULL)
		return false;
	state->nforbidden = pg_atomic_read_u32(&slot->number_forbidden);
	pg_read_barrier();
	state->next = pg_atomic_read_u32(&slot->number_sequence) == sequence
					  ? (int64) pg_atomic_read_u64(&slot->number_next)
					  : 0;
	return true;
}

/* The slot, which the lock keeps ours; NULL, and no lock: there is none. */
static DzSlot *
lock_slot(void)
{
	DzSlot *slot;

	if (DzSlotMine() == NULL)
		return NULL;
	LWLockAcquire(DzSegmentLock(DZ_LOCK_SLOTS), LW_EXCLUSIVE);
	slot = DzSlotFind(MyDatabaseId);
	if (slot == NULL)
		LWLockRelease(DzSegmentLock(DZ_LOCK_SLOTS));
	return slot;
}

static void
unlock_slot(void)
{
	LWLockRelease(DzSegmentLock(DZ_LOCK_SLOTS));
}

/* Not below what it is. */
static void
raise_next(DzSlot *slot, uint64 first)
{
	uint64 next = pg_atomic_read_u64(&slot->number_next);

	while (next < first &&
		   !pg_atomic_compare_exchange_u64(&slot->number_next, &next, first))
		;
}

/*
 * Allow the numbers of a sequence from "first" to below "end", of those that
 * were not taken yet.  Nothing is allowed if ranges were voided since "known"
 * was read: what has made them void may have brought these numbers, too.
 */
void
DzNumberAllow(Oid sequence, int64 first, int64 end, DzNumberState known)
{
	DzSlot *slot = lock_slot();

	if (slot == NULL)
		return;
	if (pg_atomic_read_u32(&slot->number_forbidden) == known.nforbidden)
	{
		/* nobody takes any until the end is said */
		pg_atomic_write_u64(&slot->number_end, 0);
		pg_memory_barrier();
		if (pg_atomic_read_u32(&slot->number_sequence) == sequence)
			raise_next(slot, (uint64) first);
		else
			pg_atomic_write_u64(&slot->number_next, (uint64) first);
		pg_atomic_write_u32(&slot->number_sequence, sequence);
		pg_write_barrier();
		pg_atomic_write_u64(&slot->number_end, (uint64) end);
	}
	unlock_slot();
}

/* What was allowed may be in use: no more of it is given to anybody. */
void
DzNumberForbid(void)
{
	DzSlot *slot = lock_slot();

	if (slot == NULL)
		return;
	pg_atomic_write_u64(&slot->number_end, 0);
	pg_atomic_fetch_add_u32(&slot->number_forbidden, 1);
	unlock_slot();
}
