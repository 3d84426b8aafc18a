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

/* Take the next number.  False: none is allowed. */
bool
DzNumberTake(int64 *number)
{
	DzSlot *slot = DzSlotMine();
	uint64 next;

	if (slot == NULL)
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

/* Which is the next one; false: there is no counter. */
bool
DzNumberNext(int64 *number)
{
	DzSlot *slot = DzSlotMine();

	if (slot != NULL)
		*number = (int64) pg_atomic_read_u64(&slot->number_next);
	return slot != NULL;
}

/*
 * Allow the numbers from "first", or from the next one where that is greater,
 * to below "end".  One process at a time.
 */
void
DzNumberAllow(int64 first, int64 end)
{
	DzSlot *slot = DzSlotMine();
	uint64 next;

	if (slot == NULL)
		return;
	next = pg_atomic_read_u64(&slot->number_next);
	while (next < (uint64) first &&
		   !pg_atomic_compare_exchange_u64(&slot->number_next, &next,
										   (uint64) first))
		;
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
