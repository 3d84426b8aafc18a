/*-------------------------------------------------------------------------
 *
 * store.c
 *		Rows of datazone_run: collected in a turn of the loop, written at its
 *		end.
 *
 * The table may carry its owner's triggers, so that a row can fail, take its
 * time, or try to make use of us.  It is written as its owner in a
 * security-restricted operation with time-outs.  What fails as a batch is
 * tried row by row, for a while; whoever asked for a row hears what became of
 * it and asks again later.  Rows do not wait here: memory stays flat whatever
 * the table does.
 *
 * NOTIFY has a transaction of its own, after the rows': its queue can be
 * full, and that must not cost a row; or another session's NOTIFY can wait for
 * a standby, behind which ours would wait.  It is then tried again later.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "commands/async.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "pgstat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "worker/engine.h"

#define BATCH_ROWS 1000
#define BATCH_BYTES (8 * 1024 * 1024)

/* how long rows of a failed batch are tried one by one */
#define SINGLY_US (3 * DZ_SECOND_US)

/* after a NOTIFY that failed, and between two complaints about that */
#define NOTIFY_AGAIN_US (5 * DZ_SECOND_US)
#define COMPLAIN_US (60 * DZ_SECOND_US)

/* more are not kept, nor is one that PostgreSQL would not take */
#define MAX_NOTICES 1000
#define MAX_NOTICE_BYTES 7900

#define CHANNEL "datazone_run"

typedef struct StoredRow
{
	DzJob *job; /* NULL: it has ended */
	char *run; /* its identifier, for messages */
	Datum row;
} StoredRow;

/* All in batch_cxt, which is reset when the batch is done. */
static MemoryContext batch_cxt;
static StoredRow *batch;
static int nrows = 0;
static Size nbytes = 0;

/* Payloads to send, in notices_cxt, which is reset when they are sent. */
static MemoryContext notices_cxt;
static List *notices = NIL;
static int64 notify_at_us = 0; /* not before */

static TupleDesc run_desc; /* of datazone_run, when the worker began */

/* the row's columns that are used by number */
#define COL_ID 2
#define COL_SNAPSHOT 19
#define COL_SYNCED_AT 20

/* rows of the batch that are written together */
typedef struct Range
{
	int first;
	int n;
} Range;

/* ----------
 * Collecting
 * ----------
 */

static void
read_description(void *arg)
{
	Relation rel = table_open(DzTableOid(DZ_RUN_TABLE), AccessShareLock);
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);
	bool fits = RelationGetNumberOfAttributes(rel) == DzRunShape.ncolumns;

	run_desc = CreateTupleDescCopy(RelationGetDescr(rel));
	MemoryContextSwitchTo(old);
	for (int i = 0; fits && i < run_desc->natts; i++)
		fits = !TupleDescAttr(run_desc, i)->attisdropped &&
			   TupleDescAttr(run_desc, i)->atttypid ==
				   DzColumnType(DzRunShape.columns[i].kind);
	table_close(rel, AccessShareLock);

	if (!fits)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the table \"datazone_run\" is not what the library "
						"expects"),
				 errhint("Do not alter the columns of the extension's "
						 "tables.")));
}

void
DzStoreInit(void)
{
	batch_cxt = AllocSetContextCreate(TopMemoryContext, "datazone rows",
									  ALLOCSET_DEFAULT_SIZES);
	notices_cxt = AllocSetContextCreate(TopMemoryContext, "datazone notices",
										ALLOCSET_SMALL_SIZES);
	batch =
		MemoryContextAlloc(TopMemoryContext, sizeof(StoredRow) * BATCH_ROWS);
	DzSqlRun(NULL, "looking at datazone_run", read_description, NULL);
}

/* What a row is made from, and what it was made into. */
typedef struct Form
{
	const DzAnswer *answer;
	const DzRowShape *shape;
	const char *given[2];
	const DzJson *item;
	HeapTuple tuple; /* this and the next in batch_cxt */
	char *run;
} Form;

/* Throws what the answer deserves. */
static void
form_row(void *arg)
{
	Form *form = arg;
	Datum *values = palloc(sizeof(Datum) * form->shape->ncolumns);
	bool *nulls = palloc(sizeof(bool) * form->shape->ncolumns);
	MemoryContext old;

	DzRowRead(form->answer, form->shape, form->given, form->item, values,
			  nulls);
	values[COL_SYNCED_AT] = TimestampTzGetDatum(GetCurrentTimestamp());
	nulls[COL_SYNCED_AT] = false;

	old = MemoryContextSwitchTo(batch_cxt);
	form->run = TextDatumGetCString(values[COL_ID]);
	form->tuple = heap_form_tuple(run_desc, values, nulls);
	MemoryContextSwitchTo(old);
}

/*
 * Keep a run as a row to be written; "job" will hear of it.  Throws HV00M for
 * an answer that is not what the API promises.
 */
void
DzStoreAdd(DzJob *job, const DzAnswer *answer, const DzRowShape *shape,
		   const char *server, const char *domain, const DzJson *item)
{
	Form form = {answer, shape, {server, domain}, item, NULL, NULL};

	if (nrows == BATCH_ROWS || nbytes > BATCH_BYTES)
		DzStoreFlush();

	/* PostgreSQL converts encodings within a transaction only */
	if (GetDatabaseEncoding() == PG_UTF8)
		form_row(&form);
	else
		DzSqlRun(NULL, "reading an answer", form_row, &form);

	batch[nrows].job = job;
	batch[nrows].run = form.run;
	batch[nrows].row = HeapTupleGetDatum(form.tuple);
	nrows++;
	nbytes += form.tuple->t_len;
}

/*
 * The same, but an item that cannot be a row is told to the job as a row that
 * could not be written: it must not keep the others of its page from theirs.
 */
void
DzStoreTryAdd(DzJob *job, const DzAnswer *answer, const DzRowShape *shape,
			  const char *server, const char *domain, const DzJson *item)
{
	MemoryContext caller = CurrentMemoryContext;
	ErrorData *volatile error = NULL;
	char *run;

	PG_TRY();
	{
		DzStoreAdd(job, answer, shape, server, domain, item);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		AbortOutOfAnyTransaction();
		pgstat_report_activity(STATE_IDLE, NULL);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(caller);
	if (error == NULL)
		return;

	run = DzItemRunId(item);
	job->kind->stored(job, run != NULL ? run : "?", error);
}

/* ----------
 * Writing
 * ----------
 */

/*
 * What a column is to be.  A listing has no snapshot of the configuration, so
 * that what GetDataSourceRun has told of it stays.
 */
static char *
new_value(int column)
{
	const char *name =
		quote_identifier(NameStr(TupleDescAttr(run_desc, column)->attname));

	if (column == COL_SNAPSHOT)
		return psprintf("coalesce(excluded.%s, r.%s)", name, name);
	return psprintf("excluded.%s", name);
}

/*
 * What was there before is read first: RETURNING knows the new row only.  A
 * run that a page shows older than the table has it, or unfinished when the
 * table knows its end, comes from a request that was overtaken.
 */
static char *
build_statement(void)
{
	StringInfoData sql;
	const char *table = DzTableName(DZ_RUN_TABLE);
	const char *comma = "";

	initStringInfo(&sql);
	appendStringInfo(
		&sql,
		"WITH given AS MATERIALIZED ("
		"SELECT DISTINCT ON (server, domain_id, id) * FROM unnest($1) "
		"WHERE $2 = 0 OR updated_at "
		">= now() - make_interval(secs => $2) OR status NOT IN (%s) "
		"ORDER BY server, domain_id, id, updated_at DESC, "
		"configuration_snapshot IS NULL), "
		"before AS MATERIALIZED ("
		"SELECT r.server, r.domain_id, r.id, r.status FROM %s r "
		"JOIN given USING (server, domain_id, id)), "
		"written AS (INSERT INTO %s AS r SELECT * FROM given "
		"ON CONFLICT (server, domain_id, id) DO UPDATE SET ",
		DZ_ENDED_STATUSES, table, table);
	for (int i = COL_ID + 1; i < run_desc->natts; i++)
	{
		const char *name =
			quote_identifier(NameStr(TupleDescAttr(run_desc, i)->attname));

		appendStringInfo(&sql, "%s%s = %s", comma, name, new_value(i));
		comma = ", ";
	}
	appendStringInfo(&sql,
					 " WHERE (r.updated_at IS NULL OR "
					 "excluded.updated_at >= r.updated_at) "
					 "AND (r.status IS NULL OR r.status NOT IN (%s) OR "
					 "excluded.status IN (%s)) AND (",
					 DZ_ENDED_STATUSES, DZ_ENDED_STATUSES);
	comma = "";
	for (int i = COL_ID + 1; i < COL_SYNCED_AT; i++)
	{
		const char *name =
			quote_identifier(NameStr(TupleDescAttr(run_desc, i)->attname));

		appendStringInfo(&sql, "%sr.%s IS DISTINCT FROM %s", comma, name,
						 new_value(i));
		comma = " OR ";
	}
	appendStringInfoString(
		&sql, ") RETURNING r.server, r.domain_id, r.data_source_id, r.id, "
			  "r.status) "
			  "SELECT w.server, w.domain_id, w.data_source_id, w.id, "
			  "b.status, w.status FROM written w "
			  "LEFT JOIN before b USING (server, domain_id, id) "
			  "WHERE b.status IS DISTINCT FROM w.status");
	return sql.data;
}

static void
append_member(StringInfo payload, const char *name, const char *value)
{
	appendStringInfo(payload, "%s\"%s\": ", payload->len > 1 ? ", " : "",
					 name);
	if (value != NULL)
		escape_json(payload, value);
	else
		appendStringInfoString(payload, "null");
}

/* A row whose status is new, as what NOTIFY says of it. */
static char *
payload_of(SPITupleTable *rows, int row)
{
	static const char *const names[] = {
		"server", "domain_id", "data_source_id", "id", "old_status", "status"};
	StringInfoData payload;

	initStringInfo(&payload);
	appendStringInfoChar(&payload, '{');
	for (int i = 0; i < (int) lengthof(names); i++)
		append_member(&payload, names[i],
					  SPI_getvalue(rows->vals[row], rows->tupdesc, i + 1));
	appendStringInfoChar(&payload, '}');
	return payload.data;
}

static void
write_rows(void *arg)
{
	const Range *range = arg;
	Datum *rows = palloc(sizeof(Datum) * range->n);
	Oid array_type = get_array_type(run_desc->tdtypeid);
	Oid types[] = {array_type, FLOAT8OID};
	Datum values[2];

	for (int i = 0; i < range->n; i++)
		rows[i] = batch[range->first + i].row;
	values[0] = PointerGetDatum(construct_array(
		rows, range->n, run_desc->tdtypeid, -1, false, TYPALIGN_DOUBLE));
	values[1] = Float8GetDatum((double) DzRunRetention);

	if (SPI_execute_with_args(build_statement(), 2, types, values, NULL, false,
							  0) != SPI_OK_SELECT)
		elog(ERROR, "could not write runs");
	if (!DzNotify)
		return;
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		char *payload = payload_of(SPI_tuptable, (int) i);
		MemoryContext old = MemoryContextSwitchTo(notices_cxt);

		if (strlen(payload) <= MAX_NOTICE_BYTES)
			notices = lappend(notices, pstrdup(payload));
		MemoryContextSwitchTo(old);
	}
}

/* Write a range; the error if that failed, in batch_cxt. */
static ErrorData *
try_write(Range range)
{
	MemoryContext caller = MemoryContextSwitchTo(batch_cxt);
	int nnotices = list_length(notices);
	ErrorData *error =
		DzSqlTry(DZ_RUN_TABLE, "writing runs", write_rows, &range);

	MemoryContextSwitchTo(caller);
	if (error != NULL)
		notices = list_truncate(notices, nnotices);
	return error;
}

static void
report(int i, const ErrorData *error)
{
	if (batch[i].job != NULL)
		batch[i].job->kind->stored(batch[i].job, batch[i].run, error);
}

/* The job ends and will not hear what becomes of its rows. */
void
DzStoreForget(const DzJob *job)
{
	for (int i = 0; i < nrows; i++)
		if (batch[i].job == job)
			batch[i].job = NULL;
}

/* Whether single rows would meet the same trouble as all of them. */
static bool
concerns_all(const ErrorData *error)
{
	switch (ERRCODE_TO_CATEGORY(error->sqlerrcode))
	{
		case ERRCODE_INSUFFICIENT_RESOURCES:
		case ERRCODE_SYSTEM_ERROR:
			return true;
		default:
			return error->sqlerrcode == ERRCODE_LOCK_NOT_AVAILABLE ||
				   error->sqlerrcode == ERRCODE_READ_ONLY_SQL_TRANSACTION;
	}
}

/* Row by row, until the time for that is over. */
static void
write_singly(ErrorData *error)
{
	int64 until = DzNowMonotonicUs() + SINGLY_US;
	int n = nrows;

	for (int i = 0; i < n; i++)
	{
		if (n > 1 && DzNowMonotonicUs() < until)
			error = try_write((Range){i, 1});
		report(i, error);
	}
}

static void
send_notices(void *arg)
{
	ListCell *lc;

	foreach (lc, notices)
	{
		Async_Notify(CHANNEL, lfirst(lc));
	}
}

static void
forget_notices(void)
{
	notices = NIL;
	MemoryContextReset(notices_cxt);
}

/* Hints that get lost are no harm; say so now and then. */
static void
notify(void)
{
	static int64 complained_us = 0;
	ErrorData *error;

	if (notices == NIL || DzNowMonotonicUs() < notify_at_us)
		return;
	error = DzSqlTry(NULL, "notifying", send_notices, NULL);
	if (error == NULL)
	{
		forget_notices();
		return;
	}

	notify_at_us = DzNowMonotonicUs() + NOTIFY_AGAIN_US;
	if (list_length(notices) > MAX_NOTICES)
		forget_notices();
	if (complained_us != 0 && DzNowMonotonicUs() - complained_us < COMPLAIN_US)
		return;
	complained_us = DzNowMonotonicUs();
	ereport(WARNING,
			(errcode(error->sqlerrcode),
			 errmsg("could not send notifications on channel \"%s\": %s",
					CHANNEL, error->message),
			 errdetail("The rows are written.")));
}

static void
write_batch(void)
{
	ErrorData *error = try_write((Range){0, nrows});

	if (error == NULL || concerns_all(error))
		for (int i = 0; i < nrows; i++)
			report(i, error);
	else
		write_singly(error);

	nrows = 0;
	nbytes = 0;
	MemoryContextReset(batch_cxt);
}

/* Write what was collected. */
void
DzStoreFlush(void)
{
	if (nrows > 0)
		write_batch();
	notify();
}

/* How long until DzStoreFlush() has to be called again; -1: for ever. */
int64
DzStoreWaitUs(void)
{
	if (notices == NIL)
		return -1;
	return Max(notify_at_us - DzNowMonotonicUs(), 0);
}
