/*-------------------------------------------------------------------------
 *
 * result.c
 *		What became of entries: told to the tables for many at once.
 *
 * A success is one DELETE and one INSERT for all that a round has brought; no
 * result waits for a slower one.  If the tables cannot be written just now the
 * results wait in memory, where the claims are that bound their number; after
 * a crash they are sent again, with the same bytes and the same token.  If it
 * is one result that the tables refuse, by a constraint or a trigger that their
 * owner has put there, it is found by halves, and only that one waits.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#include "outbox/delivery.h"

#define BATCH 500
#define AGAIN_US DZ_SECOND_US
#define LOCK_TIMEOUT "100ms"

/* a result that is refused is tried again after this */
#define REFUSED_US (10 * DZ_SECOND_US)

/* with so many in a row it is the tables that refuse */
#define MOST_REFUSED 8

static dlist_head results = DLIST_STATIC_INIT(results);
static int64 not_before_us = 0;
static int64 locked_again_us = 0; /* 0: no row is known to be locked */
static int batch_size = BATCH; /* fewer while a refused result is looked for */
static int nrefused = 0; /* in a row */

typedef struct Batch
{
	int n;
	DzEntry *entries[BATCH];
	int64 nleft; /* so many no longer wait, as far as the table knows */
} Batch;

/* An entry's "end" is set: the table is to know of it. */
void
DzResultAdd(DzEntry *entry)
{
	if (!entry->is_listed)
		dlist_push_tail(&results, &entry->node);
	entry->is_listed = true;
}

void
DzResultRemove(DzEntry *entry)
{
	if (entry->is_listed)
		dlist_delete(&entry->node);
	entry->is_listed = entry->is_locked = false;
	entry->refused_until_us = 0;
}

/* ----------
 * Columns of a batch
 * ----------
 */

static Datum
make_array(Datum *values, bool *nulls, int n, Oid type, int len, bool byval,
		   char align)
{
	int dims[1] = {n};
	int lbs[1] = {1};

	return PointerGetDatum(construct_md_array(values, nulls, 1, dims, lbs,
											  type, len, byval, align));
}

typedef const char *(*TextOf)(const DzEntry *entry);

static Datum
text_column(const Batch *batch, TextOf text_of)
{
	Datum *values = palloc(sizeof(Datum) * batch->n);
	bool *nulls = palloc(sizeof(bool) * batch->n);

	for (int i = 0; i < batch->n; i++)
	{
		const char *text = text_of(batch->entries[i]);

		nulls[i] = text == NULL;
		values[i] = text ? CStringGetTextDatum(text) : (Datum) 0;
	}
	return make_array(values, nulls, batch->n, TEXTOID, -1, false,
					  TYPALIGN_INT);
}

static Datum
id_column(const Batch *batch)
{
	Datum *values = palloc(sizeof(Datum) * batch->n);

	for (int i = 0; i < batch->n; i++)
		values[i] = Int64GetDatum(batch->entries[i]->id);
	return PointerGetDatum(construct_array(values, batch->n, INT8OID, 8,
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static Datum
attempts_column(const Batch *batch)
{
	Datum *values = palloc(sizeof(Datum) * batch->n);

	for (int i = 0; i < batch->n; i++)
		values[i] = Int32GetDatum(batch->entries[i]->attempts);
	return PointerGetDatum(
		construct_array(values, batch->n, INT4OID, 4, true, TYPALIGN_INT));
}

static Datum
time_column(const Batch *batch)
{
	Datum *values = palloc(sizeof(Datum) * batch->n);
	bool *nulls = palloc(sizeof(bool) * batch->n);

	for (int i = 0; i < batch->n; i++)
	{
		nulls[i] = batch->entries[i]->end != DZ_ENTRY_RETRY;
		values[i] = TimestampTzGetDatum(batch->entries[i]->next_attempt_at);
	}
	return make_array(values, nulls, batch->n, TIMESTAMPTZOID, 8,
					  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
}

static const char *
get_request_id(const DzEntry *entry)
{
	return entry->request_id;
}

static const char *
get_service_id(const DzEntry *entry)
{
	return entry->service_id;
}

static const char *
get_sha256(const DzEntry *entry)
{
	return entry->sha256;
}

static const char *
get_sqlstate(const DzEntry *entry)
{
	return pstrdup(unpack_sql_state(entry->sqlstate));
}

static const char *
get_message(const DzEntry *entry)
{
	return entry->message;
}

static const char *
get_state(const DzEntry *entry)
{
	return entry->end == DZ_ENTRY_FAILED ? "failed" : "pending";
}

/* ----------
 * Statements
 * ----------
 */

/*
 * For the statements of this transaction: whoever has a row or the table is
 * not waited for, and rows are found by their number, whatever the size that
 * the table had when the plan was made.
 */
void
DzHurry(void)
{
	static const char *const settings[][2] = {
		{"lock_timeout", LOCK_TIMEOUT},
		{"enable_seqscan", "off"},
		{"plan_cache_mode", "force_generic_plan"}};

	for (int i = 0; i < (int) lengthof(settings); i++)
		(void) set_config_option(settings[i][0], settings[i][1], PGC_USERSET,
								 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
								 false);
}

/* Prepared once; PostgreSQL plans it again when a table changes. */
static void
run_kept(SPIPlanPtr *plan, char *sql, int nargs, Oid *types, Datum *values)
{
	if (*plan == NULL)
	{
		SPIPlanPtr new = SPI_prepare(sql, nargs, types);

		if (new == NULL || SPI_keepplan(new) != 0)
			elog(ERROR, "could not prepare a statement of the outbox");
		*plan = new;
	}
	if (SPI_execute_plan(*plan, values, NULL, false, 0) < 0)
		elog(ERROR, "could not run a statement of the outbox");
}

static void
tell_delivered(void *arg)
{
	static SPIPlanPtr plan = NULL;
	Batch *batch = arg;
	Oid types[] = {INT8ARRAYOID, INT4ARRAYOID, TEXTARRAYOID, TEXTARRAYOID,
				   TEXTARRAYOID};
	Datum values[] = {id_column(batch), attempts_column(batch),
					  text_column(batch, get_request_id),
					  text_column(batch, get_service_id),
					  text_column(batch, get_sha256)};

	DzHurry();
	run_kept(
		&plan,
		psprintf(
			"WITH told AS MATERIALIZED (SELECT * FROM ROWS FROM "
			"(unnest($1), unnest($2), unnest($3), unnest($4), "
			"unnest($5)) t (id, tries, request, service, sha)), "
			"gone AS (DELETE FROM %s e USING told t WHERE e.id = t.id "
			"RETURNING e.id, e.role, e.server, e.operation, e.domain_id, "
			"e.job, e.run_id, e.client_token, t.sha, t.tries, t.request, "
			"t.service, e.enqueued_at, e.server_id), "
			"kept AS (INSERT INTO %s (outbox_id, role, server, operation, "
			"domain_id, job, run_id, client_token, payload_sha256, "
			"attempts, request_id, service_id, enqueued_at, server_id, "
			"delivered_at) "
			"SELECT *, clock_timestamp() FROM gone "
			"ON CONFLICT DO NOTHING) SELECT FROM gone",
			DzTableName(DZ_OUTBOX_TABLE), DzTableName(DZ_DELIVERY_TABLE)),
		lengthof(types), types, values);
	batch->nleft = (int64) SPI_processed;
}

/* Its result is set aside, and tried again in a while. */
static void
note_locked(const Batch *batch, int64 id)
{
	for (int i = 0; i < batch->n; i++)
		if (batch->entries[i]->id == id)
			batch->entries[i]->is_locked = true;
	if (locked_again_us == 0)
		locked_again_us = DzNowMonotonicUs() + AGAIN_US;
}

/*
 * How many have failed of those that were updated, which somebody may have
 * discarded others of; and those whose rows were locked are set aside.
 */
static int64
take_told(const Batch *batch)
{
	int64 count = 0;

	for (uint64 row = 0; row < SPI_processed; row++)
	{
		HeapTuple tuple = SPI_tuptable->vals[row];
		TupleDesc desc = SPI_tuptable->tupdesc;
		bool isnull;
		Datum has_failed = SPI_getbinval(tuple, desc, 2, &isnull);

		if (isnull)
			note_locked(batch,
						DatumGetInt64(SPI_getbinval(tuple, desc, 1, &isnull)));
		else
			count += DatumGetBool(has_failed);
	}
	return count;
}

/* Nobody's lock on a row is waited for. */
static void
tell_others(void *arg)
{
	static SPIPlanPtr plan = NULL;
	Batch *batch = arg;
	const char *table = DzTableName(DZ_OUTBOX_TABLE);
	Oid types[] = {INT8ARRAYOID,       INT4ARRAYOID, TEXTARRAYOID,
				   TEXTARRAYOID,       TEXTARRAYOID, TEXTARRAYOID,
				   TIMESTAMPTZARRAYOID};
	Datum values[] = {id_column(batch),
					  attempts_column(batch),
					  text_column(batch, get_request_id),
					  text_column(batch, get_state),
					  text_column(batch, get_sqlstate),
					  text_column(batch, get_message),
					  time_column(batch)};

	DzHurry();
	run_kept(
		&plan,
		psprintf("WITH ours AS MATERIALIZED (SELECT id FROM %s "
				 "WHERE id = ANY ($1) FOR UPDATE SKIP LOCKED), "
				 "told AS (UPDATE %s e SET attempts = t.tries, "
				 "request_id = t.request, state = t.state, "
				 "error_code = t.code, error_message = t.message, "
				 "next_attempt_at = t.at, claimed_at = NULL "
				 "FROM ours o, ROWS FROM (unnest($1), unnest($2), "
				 "unnest($3), unnest($4), unnest($5), unnest($6), unnest($7)) "
				 "t (id, tries, request, state, code, message, at) "
				 "WHERE e.id = o.id AND e.id = t.id AND e.state = 'pending' "
				 "RETURNING e.id, e.state = 'failed') "
				 "TABLE told UNION ALL SELECT e.id, NULL FROM %s e "
				 "WHERE e.id = ANY ($1) AND e.id NOT IN (SELECT id FROM ours)",
				 table, table, table),
		lengthof(types), types, values);
	batch->nleft = take_told(batch);
}

/* ----------
 * Rows that somebody else has locked
 *
 * Who discards an entry may leave the transaction open for hours.  The results
 * of all others are not to wait for that, nor is the worker.
 * ----------
 */

static void
find_locked(void *arg)
{
	const Batch *batch = arg;
	const char *table = DzTableName(DZ_OUTBOX_TABLE);
	Oid types[] = {INT8ARRAYOID};
	Datum values[] = {id_column(batch)};

	DzHurry();
	if (SPI_execute_with_args(
			psprintf("WITH ours AS MATERIALIZED (SELECT id FROM %s "
					 "WHERE id = ANY ($1) FOR UPDATE SKIP LOCKED) "
					 "SELECT id FROM %s WHERE id = ANY ($1) "
					 "AND id NOT IN (SELECT id FROM ours)",
					 table, table),
			lengthof(types), types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not find locked entries of the outbox");

	for (int i = 0; i < batch->n; i++)
		batch->entries[i]->is_locked = false;
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		bool isnull;

		note_locked(batch, DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[row],
													   SPI_tuptable->tupdesc,
													   1, &isnull)));
	}
}

/* Set those aside whose rows are locked.  False: that is not the trouble. */
static bool
set_aside(Batch *batch)
{
	ErrorData *error = DzSqlTry(DZ_OUTBOX_TABLE, "looking for locked entries",
								find_locked, batch);
	bool any = false;

	for (int i = 0; i < batch->n; i++)
		any |= batch->entries[i]->is_locked;
	return error == NULL && any;
}

static bool
any_locked(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &results)
	{
		if (dlist_container(DzEntry, node, iter.cur)->is_locked)
			return true;
	}
	return false;
}

/*
 * Look whether those that were set aside can be written now: some at a time,
 * which then go to the end, so that all have their turn.
 */
static void
try_locked(void)
{
	static Batch batch;
	int64 now = DzNowMonotonicUs();
	dlist_mutable_iter iter;

	if (locked_again_us == 0 || now < locked_again_us)
		return;
	batch.n = 0;
	dlist_foreach_modify (iter, &results)
	{
		DzEntry *entry = dlist_container(DzEntry, node, iter.cur);

		if (!entry->is_locked || entry->refused_until_us > now ||
			batch.n == BATCH)
			continue;
		entry->refused_until_us = 0;
		batch.entries[batch.n++] = entry;
	}
	for (int i = 0; i < batch.n; i++)
	{
		dlist_delete(&batch.entries[i]->node);
		dlist_push_tail(&results, &batch.entries[i]->node);
	}
	locked_again_us = 0;
	if (batch.n > 0)
		(void) set_aside(&batch);
	/* those that were left out: the locked at once, the refused in time */
	if (locked_again_us == 0 && any_locked())
		locked_again_us = now + (batch.n == BATCH ? 0 : AGAIN_US);
}

/* Whether what went wrong may have to do with one of the results alone. */
static bool
may_be_of_one(const ErrorData *error)
{
	switch (ERRCODE_TO_CATEGORY(error->sqlerrcode))
	{
		case ERRCODE_TO_CATEGORY(ERRCODE_INSUFFICIENT_RESOURCES):
		case ERRCODE_TO_CATEGORY(ERRCODE_SYSTEM_ERROR):
		case ERRCODE_TO_CATEGORY(ERRCODE_T_R_DEADLOCK_DETECTED):
		case ERRCODE_TO_CATEGORY(ERRCODE_LOCK_NOT_AVAILABLE):
		case ERRCODE_TO_CATEGORY(ERRCODE_UNDEFINED_TABLE):
			return false;
		default:
			return true;
	}
}

/*
 * After a batch that was refused: halve it, or set aside what is left of it.
 * False: that is not the trouble, or there are too many.
 */
static bool
split(const Batch *batch, const ErrorData *error)
{
	DzEntry *entry = batch->entries[0];

	if (!may_be_of_one(error))
		return false;
	if (batch->n > 1)
	{
		batch_size = batch->n / 2;
		return true;
	}
	if (++nrefused > MOST_REFUSED)
	{
		nrefused = 0;
		return false;
	}
	ereport(WARNING, (errcode(error->sqlerrcode),
					  errmsg("datazone worker: could not record the result of "
							 "outbox entry " INT64_FORMAT ": %s",
							 entry->id, error->message)));
	entry->is_locked = true;
	entry->refused_until_us = DzNowMonotonicUs() + REFUSED_US;
	if (locked_again_us == 0)
		locked_again_us = entry->refused_until_us;
	return true;
}

/* ----------
 * Batches
 * ----------
 */

static void
collect(Batch *batch, bool delivered)
{
	dlist_iter iter;

	batch->n = 0;
	dlist_foreach (iter, &results)
	{
		DzEntry *entry = dlist_container(DzEntry, node, iter.cur);

		if ((entry->end == DZ_ENTRY_DELIVERED) == delivered &&
			!entry->is_locked && batch->n < batch_size)
			batch->entries[batch->n++] = entry;
	}
}

static void
expect_verdict(const DzEntry *entry)
{
	if (entry->service_id != NULL && entry->domain != NULL &&
		strcmp(entry->job.op->name, "PostLineageEvent") == 0)
		DzVerdictExpect(entry->lane->name.serverid, entry->lane->name.role,
						entry->domain);
}

/* The table knows of all that were not set aside: those that have ended go. */
static void
settle(const Batch *batch)
{
	for (int i = 0; i < batch->n; i++)
	{
		DzEntry *entry = batch->entries[i];

		if (entry->is_locked)
			continue;
		DzResultRemove(entry);
		if (entry->end == DZ_ENTRY_DELIVERED)
			expect_verdict(entry);
		if (entry->end != DZ_ENTRY_RETRY)
			DzEntryFree(entry);
		else if (entry->job.place == DZ_JOB_ASLEEP &&
				 DzLaneIsHeldUp(entry->lane))
			DzClaimGiveBack(entry);
		else
			entry->end = DZ_ENTRY_OPEN;
	}
}

static bool
flush(bool delivered)
{
	static Batch batch;
	ErrorData *error;

	for (;;)
	{
		collect(&batch, delivered);
		if (batch.n == 0)
			return true;
		error = DzSqlTry(DZ_OUTBOX_TABLE, "recording deliveries",
						 delivered ? tell_delivered : tell_others, &batch);
		if (error != NULL && error->sqlerrcode == ERRCODE_LOCK_NOT_AVAILABLE &&
			set_aside(&batch))
			continue;
		if (error != NULL && split(&batch, error))
			continue;
		if (error != NULL)
		{
			ereport(WARNING,
					(errcode(error->sqlerrcode),
					 errmsg("datazone worker: could not record deliveries: %s",
							error->message)));
			return false;
		}
		batch_size = Min(2 * batch_size, BATCH);
		nrefused = 0;
		DzGaugesTake(batch.nleft, delivered);
		settle(&batch);
	}
}

void
DzResultsFlush(void)
{
	if (dlist_is_empty(&results) || DzNowMonotonicUs() < not_before_us)
		return;
	try_locked();
	if (flush(true) && flush(false))
		not_before_us = 0;
	else
		not_before_us = DzNowMonotonicUs() + AGAIN_US;
}

/* How long until DzResultsFlush() has something to do; -1: for ever. */
int64
DzResultsWaitUs(void)
{
	int64 due = not_before_us;
	bool all_locked = true;
	dlist_iter iter;

	if (dlist_is_empty(&results))
		return -1;
	dlist_foreach (iter, &results)
	{
		if (dlist_container(DzEntry, node, iter.cur)->is_locked)
			continue;
		all_locked = false;
		break;
	}
	if (all_locked)
		due = Max(due, locked_again_us);
	return Max(due - DzNowMonotonicUs(), 0);
}
