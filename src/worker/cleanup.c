/*-------------------------------------------------------------------------
 *
 * cleanup.c
 *		Rows of datazone_run that go: those of servers that are gone or have
 *		another name, and finished runs older than datazone.run_retention.
 *
 * In small batches, so that no other work waits for long and no transaction
 * grows: a thousand rows, then the next round of the main loop.  Where the
 * table's owner has triggers that take their time, and a batch meets the
 * statement's time-out, the next ones are smaller.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "worker/engine.h"

#define BATCH 1000
#define LONGEST_PERIOD_US (3600 * DZ_SECOND_US)
#define AFTER_ERROR_US (60 * DZ_SECOND_US)
#define SHORT_US (DZ_SECOND_US / 10) /* longer, and others are let to work */
#define AFTER_TIMEOUT_US (5 * DZ_SECOND_US) /* the next batch is smaller */

static int64 due_us = 0; /* -1: not before something happens */
static int batch_rows = BATCH; /* fewer after a time-out */
static uint64 ndeleted;
static bool has_more; /* rows of dropped servers */

/*
 * "void_names" are names whose server, if there is one, is not that of the
 * rows.  Servers are found by leaps through the primary key: one step for
 * each server that has rows, however many rows there are.  Their order by it
 * keeps each batch from reading the table as a whole.
 */
static void
delete_of_dropped_servers(const char *table, Datum void_names)
{
	Oid types[] = {INT4OID, TEXTARRAYOID};
	Datum values[] = {Int32GetDatum(batch_rows), void_names};

	if (SPI_execute_with_args(
			psprintf(
				"WITH RECURSIVE leap (server) AS ("
				"(SELECT server FROM %s ORDER BY server LIMIT 1) UNION ALL "
				"SELECT (SELECT r.server FROM %s r WHERE r.server > leap.server "
				"ORDER BY r.server LIMIT 1) FROM leap "
				"WHERE leap.server IS NOT NULL), "
				"gone AS (SELECT server FROM leap WHERE server IS NOT NULL "
				"AND (leap.server = ANY ($2) OR NOT EXISTS ("
				"SELECT FROM pg_catalog.pg_foreign_server s "
				"WHERE s.srvname = leap.server))) "
				"DELETE FROM %s WHERE ctid = ANY (ARRAY(SELECT r.at FROM gone, "
				"LATERAL (SELECT of.ctid AS at FROM %s of "
				"WHERE of.server = gone.server "
				"ORDER BY of.domain_id, of.id LIMIT $1) r LIMIT $1))",
				table, table, table, table),
			2, types, values, NULL, false, 0) != SPI_OK_DELETE)
		elog(ERROR, "could not delete runs of dropped servers");
	ndeleted += SPI_processed;
	has_more = SPI_processed == (uint64) batch_rows;
}

static void
delete_old(const char *table)
{
	Oid types[] = {INT4OID, FLOAT8OID};
	Datum values[] = {Int32GetDatum(batch_rows),
					  Float8GetDatum((double) DzRunRetention)};

	if (SPI_execute_with_args(
			psprintf(
				"DELETE FROM %s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %s "
				"WHERE updated_at < now() - make_interval(secs => $2) "
				"AND status IN (%s) ORDER BY updated_at LIMIT $1))",
				table, table, DZ_ENDED_STATUSES),
			2, types, values, NULL, false, 0) != SPI_OK_DELETE)
		elog(ERROR, "could not delete old runs");
	ndeleted += SPI_processed;
}

static void
clean(void *arg)
{
	const char *table = DzTableName(DZ_RUN_TABLE);

	delete_of_dropped_servers(table, *(Datum *) arg);
	if (DzRunRetention > 0)
		delete_old(table);
}

/* Each table as its owner; the error if something failed. */
static ErrorData *
clean_tables(void)
{
	static const char *const activity = "cleaning up";
	Datum void_names = (Datum) 0;
	ErrorData *error;

	error =
		DzSqlTry(DZ_RUN_SERVER_TABLE, activity, DzNamesFindVoid, &void_names);
	if (error == NULL)
		error = DzSqlTry(DZ_RUN_TABLE, activity, clean, &void_names);
	if (error == NULL && !has_more &&
		ARR_NDIM(DatumGetArrayTypeP(void_names)) > 0)
		error = DzSqlTry(DZ_RUN_SERVER_TABLE, activity, DzNamesDelete,
						 &void_names);
	if (void_names != (Datum) 0)
		pfree(DatumGetPointer(void_names));
	return error;
}

/* A tenth of the retention, between a second and an hour. */
static int64
period_us(void)
{
	return Min(Max(DzRunRetention * DZ_SECOND_US / 10, DZ_SECOND_US),
			   LONGEST_PERIOD_US);
}

/* Something may have to go: look in this round. */
void
DzCleanupSoon(void)
{
	DzNamesForget();
	due_us = 0;
}

/*
 * A smaller batch may be in time; one that was well within it grows again.
 * "took_us" is the time that the last one took.
 */
static void
adapt_batch(const ErrorData *error, int64 took_us)
{
	if (error != NULL && error->sqlerrcode == ERRCODE_QUERY_CANCELED)
		batch_rows = Max(batch_rows / 4, 1);
	else if (error == NULL && took_us > DZ_SECOND_US)
		batch_rows = Max(batch_rows / 2, 1);
	else if (error == NULL && took_us < DZ_SECOND_US / 4)
		batch_rows = Min(batch_rows * 2, BATCH);
}

/* Tell of trouble when it begins: "error", NULL for none. */
static void
complain(const ErrorData *error)
{
	static int trouble = 0;

	if (error != NULL)
	{
		char *text = psprintf("could not delete old runs: %s", error->message);

		if (trouble != error->sqlerrcode)
			ereport(LOG, (errmsg("datazone: %s", text)));
		DzWorkerSetState(DZ_WORKER_RUNNING, text);
	}
	trouble = error != NULL ? error->sqlerrcode : 0;
}

/* Delete a batch, if it is time. */
void
DzCleanupRun(void)
{
	int64 began = DzNowMonotonicUs();
	int64 took_us;
	bool is_smallest = batch_rows == 1;
	ErrorData *error;

	if (DzCleanupWaitUs() != 0)
		return;

	ndeleted = 0;
	error = clean_tables();
	took_us = DzNowMonotonicUs() - began;
	adapt_batch(error, took_us);
	complain(error);
	if (error != NULL)
		due_us = DzNowMonotonicUs() +
				 (error->sqlerrcode == ERRCODE_QUERY_CANCELED && !is_smallest
					  ? AFTER_TIMEOUT_US
					  : AFTER_ERROR_US);
	else if (ndeleted > 0)
		due_us = took_us < SHORT_US ? 0 : DzNowMonotonicUs() + took_us;
	else if (DzRunRetention > 0)
		due_us = DzNowMonotonicUs() + period_us();
	else
		due_us = -1;
}

/* How long until DzCleanupRun() has something to do; -1: for ever. */
int64
DzCleanupWaitUs(void)
{
	if (due_us < 0)
		return -1;
	return Max(due_us - DzNowMonotonicUs(), 0);
}
