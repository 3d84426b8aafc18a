/*-------------------------------------------------------------------------
 *
 * gauges.c
 *		What datazone_stat says of the outbox, kept right by the worker.
 *
 * Whoever changes the queue adds to its depth in shared memory (depth.c, and
 * the worker here).  Sums of changes go wrong when some are lost: with a crash,
 * a ROLLBACK PREPARED, a TRUNCATE.  So there are two moments at which the depth
 * is set: when the worker begins it counts, and whenever it knows that the
 * queue is empty, which takes no query.
 *
 * A count of a large table would hold everything else up for seconds; above
 * some size the table's own statistics have to do.
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

/* The worker begins: what others did meanwhile may not have been counted. */
void
DzGaugesBegin(void)
{
	is_counted = false;
	not_before_us = 0;
}

/* Entries that have left the queue: delivered, or given up. */
void
DzGaugesTake(int64 n)
{
	if (n > 0)
		DzQueueAdd(-n);
}

static bool
is_large(void)
{
	return DatumGetInt64(DirectFunctionCall2(
			   pg_relation_size, ObjectIdGetDatum(DzTableOid(DZ_OUTBOX_TABLE)),
			   CStringGetTextDatum("main"))) > LARGE;
}

/*
 * How many entries wait, into "*arg"; -1 if there is no telling.  The density
 * is that of the last ANALYZE or VACUUM.
 */
static void
count(void *arg)
{
	int64 *depth = arg;
	bool isnull;

	if (is_large())
		(void) SPI_execute(
			psprintf("SELECT CASE WHEN reltuples >= 0 AND relpages > 0 "
					 "THEN (reltuples / relpages * (pg_relation_size(oid) "
					 "/ current_setting('block_size')::int))::int8 "
					 "ELSE -1 END FROM pg_class WHERE oid = %u",
					 DzTableOid(DZ_OUTBOX_TABLE)),
			true, 0);
	else
		(void) SPI_execute(
			psprintf("SELECT count(*) FROM %s e WHERE e.state = 'pending' "
					 "AND " DZ_FROM_HERE,
					 DzTableName(DZ_OUTBOX_TABLE), DzOriginSystem(),
					 MyDatabaseId),
			true, 0);
	*depth = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
										 SPI_tuptable->tupdesc, 1, &isnull));
}

/* What is added while we count stays added. */
static void
correct_by_counting(void)
{
	int64 before = DzQueueDepth();
	int64 depth = -1;
	ErrorData *error;

	is_counted = true;
	error = DzSqlTry(DZ_OUTBOX_TABLE, "counting the outbox", count, &depth);
	if (error != NULL)
		ereport(LOG, (errmsg("datazone worker: could not count the outbox: %s",
							 error->message)));
	else if (depth >= 0)
		DzQueueAdd(depth - before);
}

/* Show what has changed, once a second at most. */
void
DzGaugesRun(void)
{
	if (DzGaugesWaitUs() != 0)
		return;

	shown = DzClaimsChanges();
	if (DzReaderIsEmpty() && DzResultsWaitUs() < 0)
	{
		is_counted = true;
		DzQueueAdd(-DzQueueDepth());
		DzQueueSetOldest(0);
	}
	else
	{
		if (!is_counted)
			correct_by_counting();
		DzQueueSetOldest(DzClaimsOldest());
	}
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
