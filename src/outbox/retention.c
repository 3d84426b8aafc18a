/*-------------------------------------------------------------------------
 *
 * retention.c
 *		Rows of datazone_delivery that are older than
 *		datazone.delivery_retention go.
 *
 * A thousand at a time, so that nothing else waits for long.  Then the oldest
 * that is left says when there will be more to do; if none is left, nothing
 * can be too old before the retention has passed.  So a worker with nothing to
 * deliver runs a query a day here, or none.
 *
 * Each look begins where the last one ended: rows that were deleted but are
 * still in the index, for somebody's old snapshot, are not gone through again.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"

#include "outbox/delivery.h"

#define BATCH 1000
#define LONGEST_PERIOD_US (86400 * DZ_SECOND_US) /* clocks may be set */
#define AFTER_ERROR_US (60 * DZ_SECOND_US)

static int64 due_us = 0;
static int retention = 0; /* that "due_us" was reckoned with */
static TimestampTz reached = DT_NOBEGIN; /* everything older is gone */

typedef struct Look
{
	uint64 ndeleted;
	TimestampTz next; /* the oldest that is left; DT_NOEND: none */
} Look;

/* The worker begins. */
void
DzRetentionBegin(void)
{
	due_us = 0;
	reached = DT_NOBEGIN;
}

static TimestampTz
first_moment(TimestampTz otherwise)
{
	bool isnull;
	Datum moment = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc,
								 1, &isnull);

	return isnull ? otherwise : DatumGetTimestampTz(moment);
}

static void
delete_batch(const char *table, Look *look)
{
	Oid types[] = {TIMESTAMPTZOID, TIMESTAMPTZOID, INT4OID};
	Datum values[] = {
		TimestampTzGetDatum(reached),
		TimestampTzGetDatum(GetCurrentTimestamp() - retention * DZ_SECOND_US),
		Int32GetDatum(BATCH)};
	bool isnull;

	if (SPI_execute_with_args(
			psprintf("WITH gone AS (DELETE FROM %s WHERE ctid = ANY (ARRAY("
					 "SELECT ctid FROM %s WHERE delivered_at >= $1 "
					 "AND delivered_at < $2 ORDER BY delivered_at LIMIT $3)) "
					 "RETURNING delivered_at) "
					 "SELECT max(delivered_at), count(*) FROM gone",
					 table, table),
			lengthof(types), types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not delete old deliveries");
	look->ndeleted = (uint64) DatumGetInt64(SPI_getbinval(
		SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &isnull));
	look->next = first_moment(DT_NOEND);
}

static void
find_next(const char *table, Look *look)
{
	Oid types[] = {TIMESTAMPTZOID};
	Datum values[] = {TimestampTzGetDatum(reached)};

	if (SPI_execute_with_args(psprintf("SELECT (SELECT delivered_at FROM %s "
									   "WHERE delivered_at >= $1 "
									   "ORDER BY delivered_at LIMIT 1)",
									   table),
							  lengthof(types), types, values, NULL, true,
							  0) != SPI_OK_SELECT)
		elog(ERROR, "could not find old deliveries");
	look->next = first_moment(DT_NOEND);
}

static void
clean(void *arg)
{
	Look *look = arg;
	const char *table = DzTableName(DZ_DELIVERY_TABLE);

	delete_batch(table, look);
	if (look->ndeleted == 0)
		find_next(table, look);
}

/* Until the oldest of those that are left is too old. */
static int64
pause_us(TimestampTz oldest)
{
	int64 us = retention * DZ_SECOND_US;

	if (!TIMESTAMP_NOT_FINITE(oldest))
		us -= GetCurrentTimestamp() - oldest;
	return Min(Max(us, DZ_SECOND_US), LONGEST_PERIOD_US);
}

/* Delete a batch, if it is time. */
void
DzRetentionRun(void)
{
	Look look = {0, DT_NOEND};
	ErrorData *error;

	if (DzRetentionWaitUs() != 0)
		return;

	if (DzDeliveryRetention != retention)
		reached = DT_NOBEGIN;
	retention = DzDeliveryRetention;
	error =
		DzSqlTry(DZ_DELIVERY_TABLE, "deleting old deliveries", clean, &look);
	if (error != NULL)
	{
		ereport(LOG,
				(errmsg("datazone worker: could not delete old deliveries: %s",
						error->message)));
		due_us = DzNowMonotonicUs() + AFTER_ERROR_US;
		return;
	}
	if (!TIMESTAMP_NOT_FINITE(look.next))
		reached = look.next;
	due_us = look.ndeleted > 0 ? 0 : DzNowMonotonicUs() + pause_us(look.next);
}

/* How long until DzRetentionRun() has something to do; -1: for ever. */
int64
DzRetentionWaitUs(void)
{
	if (DzDeliveryRetention == 0)
		return -1;
	if (DzDeliveryRetention != retention)
		return 0;
	return Max(due_us - DzNowMonotonicUs(), 0);
}
