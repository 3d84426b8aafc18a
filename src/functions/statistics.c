/*-------------------------------------------------------------------------
 *
 * statistics.c
 *		The rows of the view datazone_stat: what workers and calls did.
 *
 * Read from shared memory alone; a row for each database that has a slot
 * there, as pg_stat_database has one for each database.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xlog.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "functions/functions.h"
#include "shared/shared.h"

/* datazone_stat, column by column */
enum
{
	STAT_DATID,
	STAT_DATNAME,
	STAT_WORKER_PID,
	STAT_WORKER_STATE,
	STAT_WORKER_STARTED_AT,
	STAT_WORKER_FAILURES,
	STAT_WORKER_LAST_ERROR,
	STAT_WORKER_LAST_ERROR_AT,
	STAT_WATCHED,
	STAT_WATCHES_FAILING,
	STAT_WATCHES_HELD,
	STAT_FOLLOWED,
	STAT_IN_FLIGHT,
	STAT_QUEUE_DEPTH,
	STAT_OLDEST_ENTRY_AGE,
	STAT_ENTRIES_FAILED,
	STAT_ENTRIES_HELD,
	STAT_LINEAGE_ERRORS,
	STAT_LINEAGE_CUT,
	STAT_CALLS,
	STAT_REQUESTS,
	STAT_RETRIES,
	STAT_THROTTLES,
	STAT_FAILURES,
	STAT_FAILURES_BY_SQLSTATE,
	STAT_BYTES_SENT,
	STAT_BYTES_RECEIVED,
	STAT_MEAN_LATENCY,
	STAT_MAX_LATENCY,
	STAT_COLUMNS
};

#define US_PER_MS 1000.0

static void fill_worker(const DzSlotView *view, NameData *name, Datum *values,
						bool *nulls);
static char *shown_error(const char *text);
static void fill_counters(const DzStatistics *stat, Datum *values,
						  bool *nulls);
static Interval *age_of(TimestampTz moment);
static Jsonb *failures_by_sqlstate(const DzStatistics *stat, int64 *all);

PG_FUNCTION_INFO_V1(datazone_stat_get);

Datum
datazone_stat_get(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	DzSlotView *views;
	int count;

	DzRequirePreload("datazone_stat");

	/* no launcher makes rows on a standby, and this one has something to say */
	if (RecoveryInProgress())
		(void) DzSlotClaim(MyDatabaseId);
	InitMaterializedSRF(fcinfo, 0);
	if (rsinfo->setDesc->natts != STAT_COLUMNS)
		elog(ERROR, "datazone_stat_get has an unexpected row type");

	views = palloc(DzMaxDatabases * sizeof(DzSlotView));
	count = DzSlotReadAll(views, DzMaxDatabases);
	for (int i = 0; i < count; i++)
	{
		Datum values[STAT_COLUMNS];
		bool nulls[STAT_COLUMNS] = {false};
		DzStatistics stat;
		NameData name;

		/* it may have been given back meanwhile */
		if (!DzStatRead(views[i].database, &stat))
			continue;
		fill_worker(&views[i], &name, values, nulls);
		fill_counters(&stat, values, nulls);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}

/* "name" is where the row's datname may point to. */
static void
fill_worker(const DzSlotView *view, NameData *name, Datum *values, bool *nulls)
{
	char *datname = get_database_name(view->database);

	values[STAT_DATID] = ObjectIdGetDatum(view->database);
	nulls[STAT_DATNAME] = datname == NULL; /* just dropped */
	if (datname != NULL)
		namestrcpy(name, datname);
	values[STAT_DATNAME] = NameGetDatum(name);

	nulls[STAT_WORKER_PID] = view->worker_pid == 0;
	values[STAT_WORKER_PID] = Int32GetDatum(view->worker_pid);
	values[STAT_WORKER_STATE] = CStringGetTextDatum(
		RecoveryInProgress() ? "waiting for promotion"
							 : DzWorkerStateName(view->state));
	nulls[STAT_WORKER_STARTED_AT] = view->started_at == 0;
	values[STAT_WORKER_STARTED_AT] = TimestampTzGetDatum(view->started_at);
	values[STAT_WORKER_FAILURES] = Int32GetDatum(view->failures);
	nulls[STAT_WORKER_LAST_ERROR] = view->last_error[0] == '\0';
	values[STAT_WORKER_LAST_ERROR] =
		CStringGetTextDatum(shown_error(view->last_error));
	nulls[STAT_WORKER_LAST_ERROR_AT] = view->last_error_at == 0;
	values[STAT_WORKER_LAST_ERROR_AT] =
		TimestampTzGetDatum(view->last_error_at);
}

/*
 * A worker's words, which may be in another database's encoding, and cut in
 * the middle of a character.
 */
static char *
shown_error(const char *text)
{
	char *shown = pstrdup(text);
	int len = (int) strlen(shown);
	int valid = pg_encoding_verifymbstr(GetDatabaseEncoding(), shown, len);

	if (len - valid < MAX_MULTIBYTE_CHAR_LEN)
		shown[valid] = '\0';
	else
		for (char *c = shown; *c != '\0'; c++)
			if (IS_HIGHBIT_SET(*c))
				*c = '?';
	return shown;
}

static void
fill_counters(const DzStatistics *stat, Datum *values, bool *nulls)
{
	int64 failures;

	values[STAT_WATCHED] = Int32GetDatum(stat->gauges.watched);
	values[STAT_WATCHES_FAILING] = Int32GetDatum(stat->gauges.failing);
	values[STAT_WATCHES_HELD] = Int32GetDatum(stat->gauges.held);
	values[STAT_FOLLOWED] = Int32GetDatum(stat->gauges.followed);
	values[STAT_IN_FLIGHT] = Int32GetDatum(stat->gauges.in_flight);
	values[STAT_QUEUE_DEPTH] = Int64GetDatum(Max(stat->queue.waiting, 0));
	nulls[STAT_OLDEST_ENTRY_AGE] =
		stat->queue.waiting <= 0 || stat->queue_oldest == 0;
	values[STAT_OLDEST_ENTRY_AGE] =
		IntervalPGetDatum(age_of(stat->queue_oldest));
	values[STAT_ENTRIES_FAILED] = Int64GetDatum(Max(stat->queue.failed, 0));
	values[STAT_ENTRIES_HELD] = Int64GetDatum(Max(stat->queue.held, 0));
	values[STAT_LINEAGE_ERRORS] = Int64GetDatum(stat->lineage_errors);
	values[STAT_LINEAGE_CUT] = Int64GetDatum(stat->lineage_cut);
	values[STAT_CALLS] = Int64GetDatum(stat->calls);
	values[STAT_REQUESTS] = Int64GetDatum(stat->requests);
	values[STAT_RETRIES] = Int64GetDatum(stat->retries);
	values[STAT_THROTTLES] = Int64GetDatum(stat->throttles);
	values[STAT_FAILURES_BY_SQLSTATE] =
		JsonbPGetDatum(failures_by_sqlstate(stat, &failures));
	values[STAT_FAILURES] = Int64GetDatum(failures);
	values[STAT_BYTES_SENT] = Int64GetDatum(stat->bytes_sent);
	values[STAT_BYTES_RECEIVED] = Int64GetDatum(stat->bytes_received);

	/* without a call there is no time that it took */
	nulls[STAT_MEAN_LATENCY] = nulls[STAT_MAX_LATENCY] = stat->calls == 0;
	values[STAT_MEAN_LATENCY] =
		Float8GetDatum(stat->latency_us / US_PER_MS / Max(stat->calls, 1));
	values[STAT_MAX_LATENCY] =
		Float8GetDatum(stat->max_latency_us / US_PER_MS);
}

/* In days and less, so that the text says how long it is. */
static Interval *
age_of(TimestampTz moment)
{
	return DatumGetIntervalP(DirectFunctionCall1(
		interval_justify_hours,
		DirectFunctionCall2(timestamp_mi,
							TimestampTzGetDatum(GetCurrentTimestamp()),
							TimestampTzGetDatum(moment))));
}

/* {"22023": 2, "other": 1}; what never happened is left out. */
static Jsonb *
failures_by_sqlstate(const DzStatistics *stat, int64 *all)
{
	StringInfoData json;

	*all = 0;
	initStringInfo(&json);
	appendStringInfoChar(&json, '{');
	for (int kind = 0; kind < DZ_FAILURE_CLASSES; kind++)
	{
		int sqlstate = DzFailureSqlstate(kind);

		if (stat->failures[kind] == 0)
			continue;
		appendStringInfo(&json, "%s\"%s\": " INT64_FORMAT,
						 *all > 0 ? ", " : "",
						 sqlstate != 0 ? unpack_sql_state(sqlstate) : "other",
						 stat->failures[kind]);
		*all += stat->failures[kind];
	}
	appendStringInfoChar(&json, '}');
	return DatumGetJsonbP(
		DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data)));
}
