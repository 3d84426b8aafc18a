/*-------------------------------------------------------------------------
 *
 * gauges.c
 *		What datazone_stat says of the outbox, kept right by the worker.
 *
 * Whoever changes the queue adds to its counts in shared memory (depth.c, and
 * the worker here).  Sums of changes go wrong when some are lost: with a crash,
 * a ROLLBACK PREPARED.  So there are moments at which they are set: the worker
 * counts when it begins, when somebody has copied entries into the table
 * or emptied it, as a restore does, when a prepared transaction has ended and
 * when somebody found the queue full; and whenever it knows that the queue is
 * empty, which takes no query, it knows its depth.
 *
 * A count of a large table would hold everything else up for seconds; above
 * some size the table's own statistics and a sample have to do.  Of what gave
 * up there is an index, so that not one of it is overlooked.  And however often
 * a count is asked for, counting takes a hundredth of the time at most.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "outbox/delivery.h"

#define PERIOD_US DZ_SECOND_US
#define LARGE (64 * 1024 * 1024)
#define SHARE 100 /* so many times what a count took passes before the next */
#define TRIES 10

static bool is_counted = false;
static uint64 shown = 0; /* the reader's number of changes, as last shown */
static int64 not_before_us = 0;
static int64 count_again_us = 0; /* there is no other count before */

/* What others did until now may not have been counted. */
void
DzGaugesBegin(void)
{
	is_counted = false;
	not_before_us = count_again_us = 0;
}

/* The same, while the worker runs. */
void
DzGaugesRecount(void)
{
	is_counted = false;
}

/* Entries that have left the queue: delivered, or else given up. */
void
DzGaugesTake(int64 n, bool delivered)
{
	if (n > 0)
		DzQueueAdd(
			(DzQueueCounts){.waiting = -n, .failed = delivered ? 0 : n});
}

static int64
table_size(void)
{
	return DatumGetInt64(DirectFunctionCall2(
		pg_relation_size, ObjectIdGetDatum(DzTableOid(DZ_OUTBOX_TABLE)),
		CStringGetTextDatum("main")));
}

/* The first column of a query's only row. */
static int64
number_of(char *sql)
{
	bool isnull;

	if (SPI_execute(sql, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not count the outbox");
	return DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
									   SPI_tuptable->tupdesc, 1, &isnull));
}

static int64
count_failed(void)
{
	return number_of(psprintf("SELECT count(*) FROM %s e "
							  "WHERE e.state = 'failed'",
							  DzTableName(DZ_OUTBOX_TABLE)));
}

/*
 * Those that are pending, from here or from elsewhere: in as much of a large
 * table as is quickly read, and in proportion.
 */
static int64
count_pending(bool from_here, int64 size)
{
	double share = Min((double) LARGE / Max(size, 1), 1);
	char *sample =
		share < 1 ? psprintf("TABLESAMPLE SYSTEM (%f)", share * 100) : "";

	return (
		int64) (number_of(psprintf(
					"SELECT count(*) FROM %s e %s "
					"WHERE e.state = 'pending' AND (" DZ_FROM_HERE ") = %s",
					DzTableName(DZ_OUTBOX_TABLE), sample, DzOriginSystem(),
					MyDatabaseId, from_here ? "true" : "false")) /
				share);
}

/*
 * All rows of a large table; -1 if there is no telling.  The density is that
 * of the last ANALYZE or VACUUM.
 */
static int64
estimate_rows(void)
{
	return number_of(
		psprintf("SELECT CASE WHEN reltuples >= 0 AND relpages > 0 "
				 "THEN (reltuples / relpages * (pg_relation_size(oid) "
				 "/ current_setting('block_size')::int))::int8 "
				 "ELSE -1 END FROM pg_class WHERE oid = %u",
				 DzTableOid(DZ_OUTBOX_TABLE)));
}

typedef struct Count
{
	DzQueueCounts before; /* what the changes came to */
	DzQueueCounts now; /* what there is; as before where nobody can tell */
	bool is_torn;
} Count;

/*
 * How many entries there are.  The snapshot has been taken; what was committed
 * between the reading of the sum and that would be counted twice.
 */
static void
count(void *arg)
{
	Count *found = arg;
	DzQueueCounts again = DzQueueRead();
	int64 size;
	int64 rows;

	found->is_torn = memcmp(&again, &found->before, sizeof(again)) != 0;
	if (found->is_torn)
		return;
	size = table_size();
	found->now.failed = count_failed();
	found->now.held = count_pending(false, size);
	if (size <= LARGE)
		found->now.waiting = count_pending(true, size);
	else if ((rows = estimate_rows()) >= 0)
		found->now.waiting =
			Max(rows - found->now.failed - found->now.held, 0);
}

/*
 * What is added while we count stays added.  (Between a commit and its addition
 * lie a few instructions: who is interrupted just there is counted twice, until
 * the next count.)
 */
static void
correct_by_counting(void)
{
	int64 began_us = DzNowMonotonicUs();
	Count found = {.is_torn = true};
	ErrorData *error = NULL;

	is_counted = true;
	for (int try = 0; try < TRIES && found.is_torn && error == NULL; try++)
	{
		found.before = found.now = DzQueueRead();
		error =
			DzSqlTry(DZ_OUTBOX_TABLE, "counting the outbox", count, &found);
	}
	if (error != NULL)
		ereport(LOG, (errmsg("datazone worker: could not count the outbox: %s",
							 error->message)));
	else if (found.is_torn)
		is_counted = false;
	else
	{
		(void) DzQueueSetCounted();
		DzQueueAdd((DzQueueCounts){
			.waiting = found.now.waiting - found.before.waiting,
			.failed = found.now.failed - found.before.failed,
			.held = found.now.held - found.before.held});
	}
	count_again_us = DzNowMonotonicUs() +
					 Max(SHARE * (DzNowMonotonicUs() - began_us), PERIOD_US);
}

/* Show what has changed, once a second at most. */
void
DzGaugesRun(void)
{
	if (DzGaugesWaitUs() != 0)
		return;

	shown = DzClaimsChanges();
	if (!is_counted && DzNowMonotonicUs() >= count_again_us)
		correct_by_counting();
	if (DzReaderIsEmpty() && DzResultsWaitUs() < 0)
	{
		DzQueueAdd((DzQueueCounts){.waiting = -DzQueueDepth()});
		DzQueueSetOldest(0);
	}
	else
		DzQueueSetOldest(DzClaimsOldest());
	not_before_us = DzNowMonotonicUs() + PERIOD_US;
}

/* How long until DzGaugesRun() has something to do; -1: for ever. */
int64
DzGaugesWaitUs(void)
{
	int64 due = PG_INT64_MAX;

	if (shown != DzClaimsChanges())
		due = not_before_us;
	if (!is_counted)
		due = Min(due, Max(not_before_us, count_again_us));
	if (due == PG_INT64_MAX)
		return -1;
	return Max(due - DzNowMonotonicUs(), 0);
}
