/*-------------------------------------------------------------------------
 *
 * numbers.c
 *		Numbers of outbox entries: one counter for all sessions of a database.
 *
 * It hands out what somebody has allowed, a range at a time; who allows it
 * has reserved the range on disk.  Numbers rise in the order in which they are
 * taken, and some are never given to anybody.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

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
	return true;
}

/* Which is the next one of a sequence; false: there is no counter. */
bool
DzNumberNext(Oid sequence, int64 *number)
{
	DzSlot *slot = DzSlotMine();

	if (slot == NULL)
		return false;
	*number = pg_atomic_read_u32(&slot->number_sequence) == sequence
				  ? (int64) pg_atomic_read_u64(&slot->number_next)
				  : 0;
	return true;
}

/*
 * Allow the numbers of a sequence from "first", which is not below the next
 * one, to below "end".  One process at a time.
 */
void
DzNumberAllow(Oid sequence, int64 first, int64 end)
{
	DzSlot *slot = DzSlotMine();

	if (slot == NULL)
		return;
	/* nobody takes any until the end is said */
	pg_atomic_write_u64(&slot->number_end, 0);
	pg_atomic_write_u64(&slot->number_next, (uint64) first);
	pg_atomic_write_u32(&slot->number_sequence, sequence);
	pg_write_barrier();
	pg_atomic_write_u64(&slot->number_end, (uint64) end);
}

/* What was allowed may be in use: no more of it is given to anybody. */
void
DzNumberForbid(void)
{
	DzSlot *slot = DzSlotMine();

	if (slot != NULL)
		pg_atomic_write_u64(&slot->number_end, 0);
}

/* They begin anew: nothing is left that has any. */
void
DzNumberRestart(void)
{
	DzSlot *slot = DzSlotMine();

	DzNumberForbid();
	if (slot != NULL)
		pg_atomic_write_u64(&slot->number_next, 0);
}
