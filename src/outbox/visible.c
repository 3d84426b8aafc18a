/*-------------------------------------------------------------------------
 *
 * visible.c
 *		What has become visible since it was last looked.
 *
 * These are the entries of transactions that were in progress then, or had not
 * begun: the last snapshot tells which.  They may be behind a lane's cursor (a
 * transaction that took long) or far ahead of it (a backlog): then they are
 * fresh, and take turns with the oldest.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/transam.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/xid8.h"

#include "outbox/reading.h"

/* what is read at once before the cursors are to go on */
#define MAX_BATCHES 8

/* The snapshot up to which all that is visible was looked at. */
static uint64 seen_xmax = 0;
static Datum *seen_running = NULL; /* xid8 */
static int nseen_running = 0;

/* A transaction's number with its epoch: it is not in the future. */
static uint64
widen(TransactionId xid, FullTransactionId next)
{
	uint32 back = XidFromFullTransactionId(next) - xid;

	return U64FromFullTransactionId(next) - back;
}

/* Everything that this snapshot shows has been looked at. */
void
DzVisibleRemember(void)
{
	Snapshot snapshot = GetActiveSnapshot();
	FullTransactionId next = ReadNextFullTransactionId();
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);

	if (seen_running != NULL)
		pfree(seen_running);
	nseen_running = (int) snapshot->xcnt;
	seen_running = palloc(sizeof(Datum) * Max(nseen_running, 1));
	for (int i = 0; i < nseen_running; i++)
		seen_running[i] = FullTransactionIdGetDatum(
			FullTransactionIdFromU64(widen(snapshot->xip[i], next)));
	seen_xmax = widen(snapshot->xmax, next);
	MemoryContextSwitchTo(old);
}

static SPITupleTable *
read_visible(int64 after)
{
	static SPIPlanPtr plan = NULL;
	Oid types[] = {XID8OID, get_array_type(XID8OID), INT8OID, INT4OID};
	Datum values[] = {
		FullTransactionIdGetDatum(FullTransactionIdFromU64(seen_xmax)),
		PointerGetDatum(construct_array(seen_running, nseen_running, XID8OID,
										8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE)),
		Int64GetDatum(after), Int32GetDatum(DZ_READ_BATCH)};

	/* "+ 0": not by walking the primary key, from the start of a backlog */
	return DzRowQuery(&plan,
					  "(e.xid >= $1 OR e.xid = ANY ($2)) "
					  "AND e.id + 0 > $3 AND e.next_attempt_at IS NULL "
					  "ORDER BY e.id + 0 LIMIT $4",
					  lengthof(types), types, values);
}

/* A row that has become visible: whose turn is it? */
static void
take_visible(SPITupleTable *rows, int row)
{
	DzLane *lane = DzRowLane(rows, row);
	int64 id = DzRowId(rows, row);

	if (DzLaneIsBlocked(lane) || !DzLaneHasRoom(lane))
		DzRowPutBack(rows, row, lane);
	else if (lane->caught_up)
	{
		DzRowClaim(rows, row, lane, true, true);
		lane->cursor = Max(lane->cursor, id);
	}
	else
		DzRowClaim(rows, row, lane, id > lane->cursor, false);
}

/* There were more than there is room for: the cursors will find them. */
static void
leave_to_cursors(int64 after)
{
	dlist_iter iter;

	dlist_foreach (iter, &dz_lanes)
	{
		DzLane *lane = dlist_container(DzLane, node, iter.cur);

		lane->cursor = Min(lane->cursor, after);
		lane->caught_up = false;
	}
	DzKeysWait(after);
}

/*
 * Read what there is, for so long.  False: there is more, of lanes perhaps
 * that are not known yet.
 */
bool
DzVisibleRead(void)
{
	int64 after = 0;
	int nbatches = 0;
	uint64 n;

	do
	{
		SPITupleTable *rows = read_visible(after);

		n = SPI_processed;
		for (uint64 i = 0; i < n; i++)
		{
			take_visible(rows, (int) i);
			after = DzRowId(rows, (int) i);
		}
		SPI_freetuptable(rows);
	} while (n == DZ_READ_BATCH && ++nbatches < MAX_BATCHES);

	if (n == DZ_READ_BATCH)
		leave_to_cursors(after);
	DzVisibleRemember();
	return n < DZ_READ_BATCH;
}
