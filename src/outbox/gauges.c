/*-------------------------------------------------------------------------
 *
 * gauges.c
 *		What datazone_stat says of the outbox, kept right by the worker.
 *
 * Whoever changes the queue adds to its counts in shared memory (depth.c, and
 * the worker here).  Sums of changes go wrong when some are lost: with a crash,
 * a ROLLBACK PREPARED.  So there are moments at which they are set: the worker
 * counts when it begins, and when somebody has copied entries into the table
 * or emptied it, as a restore does; and whenever it knows that the queue is
 * empty, which takes no query, it knows its depth.
 *
 * A count of a large table would hold everything else up for seconds; above
 * some size the table's own statistics and a sample have to do.  Of what gave
 * up there is an index, so that not one of it is overlooked.
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

static bool is_counted = false;
static uint64 shown = 0; /* the reader's number of changes, as last shown */
static int64 not_before_us = 0;

/* What others did until now may not have been counted. */
void
DzGaugesBegin(void)
{
	is_counted = false;
	not_before_us = 0;
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

/* How many entries there are, into "*arg"; as before where nobody can tell. */
static void
count(void *arg)
{
	DzQueueCounts *counts = arg;
	int64 size = table_size();
	int64 rows;

	counts->failed = count_failed();
	counts->held = count_pending(false, size);
	if (size <= LARGE)
		counts->waiting = count_pending(true, size);
	else if ((rows = estimate_rows()) >= 0)
		counts->waiting = Max(rows - counts->failed - counts->held, 0);
}

/* What is added while we count stays added. */
static void
correct_by_counting(void)
{
	DzQueueCounts before = DzQueueRead();
	DzQueueCounts now = before;
	ErrorData *error;

	is_counted = true;
	error = DzSqlTry(DZ_OUTBOX_TABLE, "counting the outbox", count, &now);
	if (error != NULL)
		ereport(LOG, (errmsg("datazone worker: could not count the outbox: %s",
							 error->message)));
	else
	{
		(void) DzQueueSetCounted();
		DzQueueAdd((DzQueueCounts){.waiting = now.waiting - before.waiting,
								   .failed = now.failed - before.failed,
								   .held = now.held - before.held});
	}
}

/* Show what has changed, once a second at most. */
void
DzGaugesRun(void)
{
	if (DzGaugesWaitUs() != 0)
		return;

	shown = DzClaimsChanges();
	if (!is_counted)
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
	if (is_counted && shown == DzClaimsChanges())
		return -1;
	return Max(not_before_us - DzNowMonotonicUs(), 0);
}
