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
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/xid8.h"

#include "outbox/reading.h"

/* what is read in all before the cursors are to go on */
#define MOST_ROWS (8 * DZ_READ_BATCH)

/*
 * Rows of these transactions, each range by the index on xid, which OFFSET
 * sees to: nothing else of the statement is mixed with a range's bounds.
 */
#define ROWS_OF_RANGES \
	"ROWS FROM (unnest($1), unnest($2)) r (low, high), LATERAL (" \
	"SELECT * FROM %s x WHERE x.xid >= r.low AND x.xid < r.high OFFSET 0) e"

/* The snapshot up to which all that is visible was looked at. */
static uint64 seen_xmax = 0;
static uint64 *seen_running = NULL; /* in order */
static int nseen_running = 0;

/* Transactions, from each "low" to below its "high". */
typedef struct Ranges
{
	int n;
	Datum *low; /* xid8 */
	Datum *high;
} Ranges;

/* A transaction's number with its epoch: it is not in the future. */
static uint64
widen(TransactionId xid, FullTransactionId next)
{
	uint32 back = XidFromFullTransactionId(next) - xid;

	return U64FromFullTransactionId(next) - back;
}

static int
compare_xids(const void *a, const void *b)
{
	uint64 one = *(const uint64 *) a;
	uint64 other = *(const uint64 *) b;

	return one < other ? -1 : one > other ? 1 : 0;
}

/* The transactions that the open snapshot sees running; gives its xmax. */
static uint64
running_now(uint64 **running, int *n)
{
	Snapshot snapshot = GetActiveSnapshot();
	FullTransactionId next = ReadNextFullTransactionId();

	*n = (int) snapshot->xcnt;
	*running = palloc(sizeof(uint64) * Max(*n, 1));
	for (int i = 0; i < *n; i++)
		(*running)[i] = widen(snapshot->xip[i], next);
	qsort(*running, *n, sizeof(uint64), compare_xids);
	return widen(snapshot->xmax, next);
}

/* Everything that this snapshot shows has been looked at. */
void
DzVisibleRemember(void)
{
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);

	if (seen_running != NULL)
		pfree(seen_running);
	seen_xmax = running_now(&seen_running, &nseen_running);
	MemoryContextSwitchTo(old);
}

static void
add_range(Ranges *ranges, uint64 low, uint64 high)
{
	if (low >= high)
		return;
	ranges->low[ranges->n] =
		FullTransactionIdGetDatum(FullTransactionIdFromU64(low));
	ranges->high[ranges->n] =
		FullTransactionIdGetDatum(FullTransactionIdFromU64(high));
	ranges->n++;
}

/*
 * The transactions that have ended since the last look.  One that is still
 * running has nothing to show, be it a million rows; and a number that is not
 * given out yet is that of a row that came from another cluster.
 */
static Ranges
find_ended(void)
{
	Ranges ranges = {0};
	uint64 *running;
	int n;
	uint64 xmax = running_now(&running, &n);
	uint64 low = seen_xmax;

	ranges.low = palloc(sizeof(Datum) * (nseen_running + n + 1));
	ranges.high = palloc(sizeof(Datum) * (nseen_running + n + 1));
	for (int i = 0; i < nseen_running; i++)
		if (bsearch(&seen_running[i], running, n, sizeof(uint64),
					compare_xids) == NULL)
			add_range(&ranges, seen_running[i], seen_running[i] + 1);
	for (int i = 0; i < n; i++)
	{
		if (running[i] < low)
			continue;
		add_range(&ranges, low, running[i]);
		low = running[i] + 1;
	}
	add_range(&ranges, low, xmax);
	return ranges;
}

static Datum
xid_array(Datum *xids, int n)
{
	return PointerGetDatum(construct_array(xids, n, XID8OID, 8,
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static SPITupleTable *
read_visible(const Ranges *ranges, int64 after, int limit)
{
	static SPIPlanPtr plan = NULL;
	Oid xids = get_array_type(XID8OID);
	Oid types[] = {xids, xids, INT8OID, INT4OID};
	Datum values[] = {xid_array(ranges->low, ranges->n),
					  xid_array(ranges->high, ranges->n), Int64GetDatum(after),
					  Int32GetDatum(limit)};
	const char *from = NULL;

	if (plan == NULL)
		from = psprintf(ROWS_OF_RANGES, DzTableName(DZ_OUTBOX_TABLE));
	/* "+ 0": not by walking the primary key, from the start of a backlog */
	return DzRowQueryFrom(&plan, from,
						  "e.id + 0 > $3 AND e.next_attempt_at IS NULL "
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
	else if (lane->caught_up && lane->left_behind == DZ_NOTHING)
	{
		DzRowClaim(rows, row, lane, true, true);
		lane->cursor = Max(lane->cursor, id);
	}
	else
		DzRowClaim(rows, row, lane, id > lane->cursor, false);
}

/*
 * There were more than there is room for: the cursors will find them, each from
 * the first of its lane on.
 */
static void
leave_to_cursors(const Ranges *ranges, int64 after)
{
	Oid xids = get_array_type(XID8OID);
	Oid types[] = {xids, xids, INT8OID};
	Datum values[] = {xid_array(ranges->low, ranges->n),
					  xid_array(ranges->high, ranges->n),
					  Int64GetDatum(after)};

	if (SPI_execute_with_args(
			psprintf("SELECT e.server_id, e.role::oid, min(e.id), "
					 "min(e.enqueued_at) FROM " ROWS_OF_RANGES
					 " WHERE e.id > $3 AND e.state = 'pending' "
					 "AND " DZ_FROM_HERE " GROUP BY 1, 2",
					 DzTableName(DZ_OUTBOX_TABLE), DzOriginSystem(),
					 MyDatabaseId),
			lengthof(types), types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not find the lanes of new entries");
	for (int i = 0; i < (int) SPI_processed; i++)
	{
		int64 first = DatumGetInt64(DzRowDatum(SPI_tuptable, i, 3));
		DzLane *lane = DzLaneOfNew(
			DatumGetObjectId(DzRowDatum(SPI_tuptable, i, 1)),
			DatumGetObjectId(DzRowDatum(SPI_tuptable, i, 2)), first);

		DzLanePutBack(lane, first,
					  DatumGetTimestampTz(DzRowDatum(SPI_tuptable, i, 4)));
	}
	DzKeysWait(after);
}

/* Read what there is, up to a number. */
void
DzVisibleRead(void)
{
	Ranges ranges = find_ended();
	int64 after = 0;
	int limit = DZ_READ_BATCH;
	int nread = 0;
	bool is_full = ranges.n > 0;

	while (is_full && nread < MOST_ROWS)
	{
		SPITupleTable *rows = read_visible(&ranges, after, limit);
		int n = (int) SPI_processed;

		for (int i = 0; i < n; i++)
		{
			take_visible(rows, i);
			after = DzRowId(rows, i);
		}
		SPI_freetuptable(rows);
		nread += n;
		is_full = n == limit;
		limit = MOST_ROWS - nread; /* each time all of them are sorted */
	}

	if (is_full)
		leave_to_cursors(&ranges, after);
	DzVisibleRemember();
}
