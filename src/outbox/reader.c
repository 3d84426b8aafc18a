/*-------------------------------------------------------------------------
 *
 * reader.c
 *		Which entries are claimed, and when: the outbox as a worker sees it.
 *
 * Entries get their place when they are enqueued but become visible when
 * their transaction commits, in another order.  So there are two ways to find
 * them:
 *
 *	- a lane's cursor walks by id, oldest first, in batches.  It finds a
 *	  backlog, however long, without holding more of it than a batch;
 *	- after a wake, the entries of transactions that were in progress or had
 *	  not begun when last looked: exactly what has become visible since.  They
 *	  may be behind a cursor (a transaction that took long) or far ahead of it
 *	  (a backlog): then they are fresh, and take turns with the oldest.
 *
 * A claim is an entry in our memory, and nothing in the table: a crash leaves
 * none behind.  What is read is flushed to disk before any of it is sent: a
 * commit that did not wait for its WAL could still be lost, and must not have
 * been announced.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xlog.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/xid8.h"

#include "outbox/delivery.h"

/* entries that are read at once, and claimed in all */
#define BATCH 250
#define CLAIM_ROWS 2000
#define CLAIM_BYTES (16 * 1024 * 1024)

/* a key or a lane that could not go on is looked at again after this */
#define LOOK_AGAIN_US (5 * DZ_SECOND_US)
#define AFTER_ERROR_US DZ_SECOND_US

#define COLUMNS \
	"e.id, e.server_id, e.role::oid, e.operation, e.domain_id, " \
	"e.client_token, e.payload, e.enqueued_at, e.attempts, e.ordering_key, " \
	"e.claimed_at IS NOT NULL"

enum
{
	COL_ID = 1,
	COL_SERVER,
	COL_ROLE,
	COL_OPERATION,
	COL_DOMAIN,
	COL_TOKEN,
	COL_PAYLOAD,
	COL_ENQUEUED,
	COL_ATTEMPTS,
	COL_KEY,
	COL_CLAIMED
};

/* The entries in this process, by id. */
typedef struct Claim
{
	int64 id; /* must be first */
	DzEntry *entry;
} Claim;

static HTAB *claims;
static Size claimed_bytes = 0;
static HTAB *lanes;

static dlist_head again = DLIST_STATIC_INIT(again); /* payload wanted */
static dlist_head to_claim = DLIST_STATIC_INIT(to_claim);

static bool woken = false;
static bool is_new = true; /* nothing was read yet */
static int64 not_before_us = 0;
static int64 keys_again_us = 0; /* those that could not go on */
static bool has_read; /* in this transaction: something to flush */
static uint64 changes = 0; /* of what is shown in datazone_stat */

/* The snapshot up to which all that is visible was looked at. */
static uint64 seen_xmax = 0;
static Datum *seen_running = NULL; /* xid8 */
static int nseen_running = 0;


/* ----------
 * Claims and lanes
 * ----------
 */

void
DzReaderInit(void)
{
	HASHCTL ctl;

	ctl.keysize = sizeof(int64);
	ctl.entrysize = sizeof(Claim);
	ctl.hcxt = TopMemoryContext;
	claims = hash_create("datazone claims", 512, &ctl,
						 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	ctl.keysize = sizeof(DzLaneName);
	ctl.entrysize = sizeof(DzLane);
	lanes = hash_create("datazone lanes", 16, &ctl,
						HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

/* Give everything up; requests that are under way are not waited for. */
void
DzReaderForget(void)
{
	HASH_SEQ_STATUS seq;
	Claim *claim;
	DzLane *lane;

	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
		DzEntryFree(claim->entry);
	DzKeysForget();
	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
		(void) hash_search(lanes, &lane->name, HASH_REMOVE, NULL);
	is_new = true;
	woken = false;
	not_before_us = 0;
}

static DzLane *
find_lane(Oid serverid, Oid role)
{
	DzLaneName name = {serverid, role};
	bool found;
	DzLane *lane = hash_search(lanes, &name, HASH_ENTER, &found);

	if (!found)
	{
		lane->cursor = 0;
		lane->caught_up = false;
		lane->blocked_until_us = 0;
		lane->nentries = 0;
		lane->waits_since = 0;
	}
	return lane;
}

static bool
is_blocked(DzLane *lane)
{
	if (lane->blocked_until_us != 0 &&
		lane->blocked_until_us <= DzNowMonotonicUs())
		lane->blocked_until_us = 0;
	return lane->blocked_until_us != 0;
}

/* 0 is no moment. */
static TimestampTz
earlier(TimestampTz a, TimestampTz b)
{
	if (a == 0 || b == 0)
		return Max(a, b);
	return Min(a, b);
}

/* Entries that have not been sent go back to the table, all but those asleep. */
static void
unclaim_lane(DzLane *lane)
{
	HASH_SEQ_STATUS seq;
	Claim *claim;

	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
	{
		DzEntry *entry = claim->entry;

		if (entry->lane != lane || entry->job.place != DZ_JOB_READY ||
			entry->job.request_cxt != NULL)
			continue;
		lane->cursor = Min(lane->cursor, entry->id - 1);
		lane->caught_up = false;
		lane->waits_since = earlier(lane->waits_since, entry->enqueued_at);
		if (entry->key != NULL)
			entry->key->has_more = true;
		DzEntryFree(entry);
	}
}

/* Nothing of this lane can go out for "us", or until the catalogs change. */
void
DzLaneBlock(DzLane *lane, int64 us)
{
	lane->blocked_until_us = DzNowMonotonicUs() + us;
	unclaim_lane(lane);
}

/* The catalogs have changed: try all of them again, and at once. */
void
DzLanesUnblock(void)
{
	HASH_SEQ_STATUS seq;
	DzLane *lane;
	Claim *claim;

	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
		lane->blocked_until_us = 0;
	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
		if (claim->entry->waits_for_lane &&
			claim->entry->job.place == DZ_JOB_ASLEEP)
			DzJobSleep(&claim->entry->job, 0);
}

/* The entry is no longer ours. */
void
DzClaimsRemove(DzEntry *entry)
{
	if (entry->is_waiting)
		dlist_delete(&entry->node);
	entry->is_waiting = false;
	if (hash_search(claims, &entry->id, HASH_REMOVE, NULL) == NULL)
		return;
	changes++;
	claimed_bytes -= entry->bytes;
	entry->lane->nentries--;
}

static int
count_claims(void)
{
	return (int) hash_get_num_entries(claims);
}

static bool
has_room(void)
{
	return count_claims() < CLAIM_ROWS && claimed_bytes < CLAIM_BYTES;
}

/* The entry's payload is to be read again. */
void
DzReaderAgain(DzEntry *entry)
{
	DzResultRemove(entry);
	dlist_push_tail(&again, &entry->node);
	entry->is_waiting = true;
}

/* The entry must be claimed in the table before it goes out. */
void
DzReaderClaim(DzEntry *entry)
{
	dlist_push_tail(&to_claim, &entry->node);
	entry->is_waiting = true;
}

void
DzReaderWake(void)
{
	woken = true;
}

/* ----------
 * Rows
 * ----------
 */

static char *
row_text(SPITupleTable *rows, int row, int column)
{
	char *text = SPI_getvalue(rows->vals[row], rows->tupdesc, column);

	return text ? MemoryContextStrdup(TopMemoryContext, text) : NULL;
}

static Datum
row_datum(SPITupleTable *rows, int row, int column)
{
	bool isnull;

	return SPI_getbinval(rows->vals[row], rows->tupdesc, column, &isnull);
}

/* A copy that outlives the transaction. */
static void
take_payload(DzEntry *entry, SPITupleTable *rows, int row)
{
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);

	entry->payload = DatumGetJsonbPCopy(row_datum(rows, row, COL_PAYLOAD));
	MemoryContextSwitchTo(old);
	if (entry->bytes == 0)
	{
		entry->bytes = VARSIZE(entry->payload);
		claimed_bytes += entry->bytes;
	}
}

static DzEntry *
make_entry(SPITupleTable *rows, int row, DzLane *lane)
{
	DzEntry *entry = MemoryContextAllocZero(TopMemoryContext, sizeof(DzEntry));
	char *operation =
		SPI_getvalue(rows->vals[row], rows->tupdesc, COL_OPERATION);
	Claim *claim;

	entry->id = DatumGetInt64(row_datum(rows, row, COL_ID));
	entry->lane = lane;
	entry->job.op = DzOperationFind(operation);
	entry->domain = row_text(rows, row, COL_DOMAIN);
	entry->token = row_text(rows, row, COL_TOKEN);
	entry->enqueued_at =
		DatumGetTimestampTz(row_datum(rows, row, COL_ENQUEUED));
	entry->attempts = DatumGetInt32(row_datum(rows, row, COL_ATTEMPTS));
	entry->is_claimed = DatumGetBool(row_datum(rows, row, COL_CLAIMED));
	take_payload(entry, rows, row);

	claim = hash_search(claims, &entry->id, HASH_ENTER, NULL);
	claim->entry = entry;
	lane->nentries++;
	changes++;
	return entry;
}

/*
 * Whether a row may be claimed as far as its ordering key says; the key, made
 * if need be, in "*key".  An entry that is older and that we have not looked
 * at yet must go first.
 */
static bool
may_take_key(SPITupleTable *rows, int row, DzKey **key, bool is_sure)
{
	char *text = SPI_getvalue(rows->vals[row], rows->tupdesc, COL_KEY);
	DzKey *known;

	*key = NULL;
	if (text == NULL)
		return true;

	known = DzKeyFind(text);
	if (known != NULL)
	{
		known->has_more = true;
		return false;
	}
	*key = DzKeyMake(text);
	if (is_sure)
		return true;
	DzKeyDefer(*key); /* looked up by the key itself, oldest first */
	return false;
}

/* Whether no lane has a backlog in which something older could hide. */
static bool
all_caught_up(const DzLane *but)
{
	HASH_SEQ_STATUS seq;
	DzLane *lane;
	bool all = true;

	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
		if (lane != but && !lane->caught_up)
			all = false;
	return all;
}

/*
 * Claim a row, unless we have it, or somebody else's turn comes first, or an
 * earlier worker may have sent it.
 */
static void
claim_row(SPITupleTable *rows, int row, bool is_fresh)
{
	int64 id = DatumGetInt64(row_datum(rows, row, COL_ID));
	DzLane *lane =
		find_lane(DatumGetObjectId(row_datum(rows, row, COL_SERVER)),
				  DatumGetObjectId(row_datum(rows, row, COL_ROLE)));
	DzKey *key;
	DzEntry *entry;

	if (hash_search(claims, &id, HASH_FIND, NULL) != NULL ||
		DatumGetBool(row_datum(rows, row, COL_CLAIMED)) ||
		!may_take_key(rows, row, &key, all_caught_up(is_fresh ? NULL : lane)))
		return;

	entry = make_entry(rows, row, lane);
	entry->job.is_fresh = is_fresh;
	entry->key = key;
	if (key != NULL)
		key->holder = entry;
	has_read = true;
	DzEntryBegin(entry);
}

/* ----------
 * Statements
 * ----------
 */

static SPITupleTable *
run_kept(SPIPlanPtr *plan, char *sql, int nargs, Oid *types, Datum *values)
{
	if (*plan == NULL)
	{
		SPIPlanPtr new = SPI_prepare(sql, nargs, types);

		if (new == NULL || SPI_keepplan(new) != 0)
			elog(ERROR, "could not prepare a statement of the outbox");
		*plan = new;
	}
	/* read-only: with the snapshot of the whole reading */
	if (SPI_execute_plan(*plan, values, NULL, true, 0) < 0)
		elog(ERROR, "could not read the outbox");
	return SPI_tuptable;
}

static char *
statement(const char *where)
{
	return psprintf("SELECT " COLUMNS " FROM %s e WHERE e.state = 'pending' "
					"AND " DZ_FROM_HERE " AND %s",
					DzTableName(DZ_OUTBOX_TABLE), DzOriginSystem(),
					MyDatabaseId, where);
}

/* ----------
 * By cursor
 * ----------
 */

static void
read_lane(DzLane *lane)
{
	static SPIPlanPtr plan = NULL;
	Oid types[] = {OIDOID, OIDOID, INT8OID, INT4OID};
	Datum values[] = {ObjectIdGetDatum(lane->name.serverid),
					  ObjectIdGetDatum(lane->name.role),
					  Int64GetDatum(lane->cursor), Int32GetDatum(BATCH)};
	SPITupleTable *rows =
		run_kept(&plan,
				 statement("e.server_id = $1 AND e.role = $2 AND e.id > $3 "
						   "ORDER BY e.id LIMIT $4"),
				 lengthof(types), types, values);
	uint64 n = SPI_processed;

	lane->caught_up = n < BATCH;
	lane->waits_since = 0;
	for (uint64 i = 0; i < n; i++)
	{
		int64 id = DatumGetInt64(row_datum(rows, (int) i, COL_ID));

		claim_row(rows, (int) i, false);
		lane->cursor = Max(lane->cursor, id);
	}
	SPI_freetuptable(rows);
}

static bool
wants_reading(DzLane *lane)
{
	return !lane->caught_up && !is_blocked(lane) &&
		   lane->nentries < CLAIM_ROWS / 4;
}

static void
read_lanes(void)
{
	HASH_SEQ_STATUS seq;
	DzLane *lane;
	List *wanted = NIL;
	ListCell *lc;

	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
		if (wants_reading(lane))
			wanted = lappend(wanted, lane);
	foreach (lc, wanted)
	{
		if (has_room())
			read_lane(lfirst(lc));
	}
	list_free(wanted);
}

/* ----------
 * What has become visible
 * ----------
 */

/* A transaction's number with its epoch: it is not in the future. */
static uint64
widen(TransactionId xid, FullTransactionId next)
{
	uint32 back = XidFromFullTransactionId(next) - xid;

	return U64FromFullTransactionId(next) - back;
}

/* Everything that this snapshot shows has been looked at. */
static void
remember_snapshot(void)
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
		Int64GetDatum(after), Int32GetDatum(BATCH)};

	return run_kept(&plan,
					statement("(e.xid >= $1 OR e.xid = ANY ($2)) "
							  "AND e.id > $3 AND e.next_attempt_at IS NULL "
							  "ORDER BY e.id LIMIT $4"),
					lengthof(types), types, values);
}

/* A row that has become visible: whose turn is it? */
static void
take_visible(SPITupleTable *rows, int row, int64 id)
{
	DzLane *lane =
		find_lane(DatumGetObjectId(row_datum(rows, row, COL_SERVER)),
				  DatumGetObjectId(row_datum(rows, row, COL_ROLE)));

	if (is_blocked(lane))
	{
		bool isnull;

		lane->waits_since = earlier(
			lane->waits_since,
			DatumGetTimestampTz(SPI_getbinval(rows->vals[row], rows->tupdesc,
											  COL_ENQUEUED, &isnull)));
		changes++;
		lane->caught_up = false;
		lane->cursor = Min(lane->cursor, id - 1);
	}
	else if (lane->caught_up)
	{
		claim_row(rows, row, true);
		lane->cursor = Max(lane->cursor, id);
	}
	else
		claim_row(rows, row, id > lane->cursor);
}

/* There were more than there is room for: the cursors will find them. */
static void
leave_to_cursors(int64 after)
{
	HASH_SEQ_STATUS seq;
	DzLane *lane;

	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
	{
		lane->cursor = Min(lane->cursor, after);
		lane->caught_up = false;
	}
}

static void
read_woken(void)
{
	int64 after = 0;
	uint64 n;

	do
	{
		SPITupleTable *rows = read_visible(after);

		n = SPI_processed;
		for (uint64 i = 0; i < n; i++)
		{
			after = DatumGetInt64(row_datum(rows, (int) i, COL_ID));
			take_visible(rows, (int) i, after);
		}
		SPI_freetuptable(rows);
	} while (n == BATCH && has_room());

	if (n == BATCH)
		leave_to_cursors(after);
	remember_snapshot();
	woken = false;
}

/* ----------
 * By key
 * ----------
 */

static bool
row_is_claimed(SPITupleTable *rows, int row)
{
	int64 id = DatumGetInt64(row_datum(rows, row, COL_ID));

	return hash_search(claims, &id, HASH_FIND, NULL) != NULL;
}

/*
 * The oldest entry of a key that nobody holds takes its turn.  False: it
 * cannot just now.
 */
static bool
advance_key(DzKey *key)
{
	static SPIPlanPtr plan = NULL;
	Oid types[] = {TEXTOID};
	Datum values[] = {CStringGetTextDatum(key->text)};
	SPITupleTable *rows =
		run_kept(&plan, statement("e.ordering_key = $1 ORDER BY e.id LIMIT 2"),
				 lengthof(types), types, values);
	bool has_more = SPI_processed > 1;
	DzLane *lane;
	DzEntry *entry;

	if (SPI_processed == 0)
	{
		DzKeyRemove(key);
		return true;
	}

	lane = find_lane(DatumGetObjectId(row_datum(rows, 0, COL_SERVER)),
					 DatumGetObjectId(row_datum(rows, 0, COL_ROLE)));
	if (is_blocked(lane) || row_is_claimed(rows, 0) ||
		DatumGetBool(row_datum(rows, 0, COL_CLAIMED)))
		return false;

	entry = make_entry(rows, 0, lane);
	entry->key = key;
	key->holder = entry;
	key->has_more = has_more;
	has_read = true;
	DzEntryBegin(entry);
	return true;
}

static void
advance_keys(void)
{
	List *stuck = NIL;
	ListCell *lc;
	DzKey *key;

	while (has_room() && (key = DzKeyNextToAdvance()) != NULL)
		if (!advance_key(key))
			stuck = lappend(stuck, key);
	foreach (lc, stuck)
	{
		DzKeyPutBack(lfirst(lc));
	}
	list_free(stuck);
	keys_again_us = DzNowMonotonicUs() + LOOK_AGAIN_US;
}

static bool
wants_keys(void)
{
	return DzKeysAreUrgent() ||
		   (DzKeysWait() && keys_again_us <= DzNowMonotonicUs());
}

/* ----------
 * By id: entries whose pause is over
 * ----------
 */

/* Take the first entries of a list, those that are ours to send. */
static int
take_waiting(dlist_head *list, DzEntry **entries)
{
	int n = 0;

	while (n < BATCH && !dlist_is_empty(list))
	{
		DzEntry *entry =
			dlist_container(DzEntry, node, dlist_pop_head_node(list));

		entry->is_waiting = false;
		entries[n++] = entry;
	}
	return n;
}

static Datum
ids_of(DzEntry *const *entries, int n)
{
	Datum *ids = palloc(sizeof(Datum) * Max(n, 1));

	for (int i = 0; i < n; i++)
		ids[i] = Int64GetDatum(entries[i]->id);
	return PointerGetDatum(
		construct_array(ids, n, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* What is no longer in the table was discarded, or requeued. */
static void
read_again(void)
{
	static SPIPlanPtr plan = NULL;
	DzEntry *entries[BATCH];
	int n = take_waiting(&again, entries);
	Oid types[] = {INT8ARRAYOID};
	Datum values[] = {ids_of(entries, n)};
	SPITupleTable *rows = run_kept(&plan, statement("e.id = ANY ($1)"),
								   lengthof(types), types, values);

	for (uint64 i = 0; i < SPI_processed; i++)
	{
		int64 id = DatumGetInt64(row_datum(rows, (int) i, COL_ID));
		Claim *claim = hash_search(claims, &id, HASH_FIND, NULL);

		take_payload(claim->entry, rows, (int) i);
	}
	for (int i = 0; i < n; i++)
	{
		if (entries[i]->payload == NULL)
			DzEntryFree(entries[i]);
		else if (is_blocked(entries[i]->lane))
		{
			DzEntrySleep(entries[i], LOOK_AGAIN_US);
			entries[i]->waits_for_lane = true;
		}
		else
			DzEntryBegin(entries[i]);
	}
	has_read = true;
}

/* ----------
 * Claims that the table is to know of
 * ----------
 */

typedef struct ClaimBatch
{
	int n;
	DzEntry *entries[BATCH];
} ClaimBatch;

static void
write_claims(void *arg)
{
	const ClaimBatch *batch = arg;
	const char *table = DzTableName(DZ_OUTBOX_TABLE);
	Oid types[] = {INT8ARRAYOID};
	Datum values[] = {ids_of(batch->entries, batch->n)};

	if (SPI_execute_with_args(
			psprintf("UPDATE %s SET claimed_at = clock_timestamp() "
					 "WHERE id = ANY (ARRAY(SELECT id FROM %s "
					 "WHERE id = ANY ($1) AND state = 'pending' "
					 "FOR UPDATE SKIP LOCKED)) RETURNING id",
					 table, table),
			lengthof(types), types, values, NULL, false,
			0) != SPI_OK_UPDATE_RETURNING)
		elog(ERROR, "could not claim entries of the outbox");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool isnull;
		int64 id = DatumGetInt64(SPI_getbinval(
			SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull));
		Claim *claim = hash_search(claims, &id, HASH_FIND, NULL);

		claim->entry->is_claimed = true;
	}
}

/* The claim is on disk before anything is sent. */
static void
claim_in_table(void)
{
	ClaimBatch batch;
	ErrorData *error;

	batch.n = take_waiting(&to_claim, batch.entries);
	error =
		DzSqlTry(DZ_OUTBOX_TABLE, "claiming entries", write_claims, &batch);
	if (error != NULL)
	{
		for (int i = 0; i < batch.n; i++)
			DzReaderClaim(batch.entries[i]);
		not_before_us = DzNowMonotonicUs() + AFTER_ERROR_US;
		return;
	}
	XLogFlush(GetXLogInsertRecPtr());
	for (int i = 0; i < batch.n; i++)
	{
		if (batch.entries[i]->is_claimed)
			DzEntryBegin(batch.entries[i]);
		else /* gone, or about to be */
			DzEntrySleep(batch.entries[i], LOOK_AGAIN_US);
	}
}

/* ----------
 * At first
 * ----------
 */

/*
 * What an earlier worker has left: entries that had been claimed in the table
 * may have been sent.  One whose row somebody has locked just now is left as
 * it is, and nobody sends it: claim_row() sees to that.
 */
static void
tidy_up(void *arg)
{
	const char *table = DzTableName(DZ_OUTBOX_TABLE);

	if (SPI_execute(
			psprintf("UPDATE %s SET state = 'failed', claimed_at = NULL, "
					 "next_attempt_at = NULL, error_code = '58000', "
					 "error_message = 'outcome unknown: the worker ended "
					 "while the request was under way' "
					 "WHERE id = ANY (ARRAY(SELECT e.id FROM %s e "
					 "WHERE e.claimed_at IS NOT NULL "
					 "AND e.state = 'pending' AND " DZ_FROM_HERE
					 " FOR UPDATE SKIP LOCKED))",
					 table, table, DzOriginSystem(), MyDatabaseId),
			false, 0) != SPI_OK_UPDATE)
		elog(ERROR, "could not tidy the outbox up");
}

/* Servers and roles that have entries, by leaps through the lanes' index. */
static void
find_lanes(void)
{
	const char *table = DzTableName(DZ_OUTBOX_TABLE);

	if (SPI_execute(
			psprintf("WITH RECURSIVE leap (server, role) AS ("
					 "(SELECT server_id, role::oid FROM %s "
					 "ORDER BY server_id, role LIMIT 1) UNION ALL "
					 "SELECT n.server_id, n.role::oid FROM leap l, LATERAL ("
					 "SELECT e.server_id, e.role FROM %s e "
					 "WHERE (e.server_id, e.role::oid) > (l.server, l.role) "
					 "ORDER BY e.server_id, e.role LIMIT 1) n) "
					 "SELECT server, role FROM leap",
					 table, table),
			true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not find the lanes of the outbox");
	for (uint64 i = 0; i < SPI_processed; i++)
		(void) find_lane(
			DatumGetObjectId(row_datum(SPI_tuptable, (int) i, 1)),
			DatumGetObjectId(row_datum(SPI_tuptable, (int) i, 2)));
	remember_snapshot();
	is_new = woken = false;
}

/* ----------
 * A round
 * ----------
 */

static bool
any_lane_wants(void)
{
	HASH_SEQ_STATUS seq;
	DzLane *lane;
	bool any = false;

	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
		any |= wants_reading(lane);
	return any;
}

static bool
wants_to_read(void)
{
	if (!dlist_is_empty(&again))
		return true;
	return has_room() && (is_new || woken || wants_keys() || any_lane_wants());
}

/* With one snapshot throughout. */
static void
read_all(void *arg)
{
	if (is_new)
		find_lanes();
	if (woken && has_room())
		read_woken();
	if (wants_keys())
		advance_keys();
	if (!dlist_is_empty(&again))
		read_again();
	read_lanes();
}

/* Claim what there is and what there is room for. */
void
DzReaderRun(void)
{
	ErrorData *error = NULL;

	if (DzNowMonotonicUs() < not_before_us)
		return;
	if (!dlist_is_empty(&to_claim))
		claim_in_table();
	if (!wants_to_read())
		return;

	has_read = false;
	if (is_new)
		error = DzSqlTry(DZ_OUTBOX_TABLE, "tidying the outbox", tidy_up, NULL);
	if (error == NULL)
		error =
			DzSqlTry(DZ_OUTBOX_TABLE, "reading the outbox", read_all, NULL);
	if (error != NULL)
	{
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("datazone worker: could not read the outbox: %s",
						error->message)));
		not_before_us = DzNowMonotonicUs() + AFTER_ERROR_US;
	}
	if (has_read)
		XLogFlush(GetXLogInsertRecPtr());
}

/* How long until DzReaderRun() has something to do; -1: for ever. */
int64
DzReaderWaitUs(void)
{
	int64 now = DzNowMonotonicUs();
	int64 due = PG_INT64_MAX;
	HASH_SEQ_STATUS seq;
	DzLane *lane;

	if (wants_to_read() || !dlist_is_empty(&to_claim))
		return Max(not_before_us - now, 0);
	if (DzKeysWait())
		due = keys_again_us;
	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
		if (!lane->caught_up && lane->blocked_until_us != 0)
			due = Min(due, lane->blocked_until_us);
	return due == PG_INT64_MAX ? -1 : Max(due - now, 0);
}

/* ----------
 * What datazone_stat shows
 * ----------
 */

/* Whether nothing waits, in memory or in the table. */
bool
DzReaderIsEmpty(void)
{
	return !is_new && !woken && count_claims() == 0 && !DzKeysWait() &&
		   all_caught_up(NULL);
}

/* Since when the entry that has waited longest does, as far as is known. */
TimestampTz
DzReaderOldest(void)
{
	TimestampTz oldest = 0;
	HASH_SEQ_STATUS seq;
	Claim *claim;
	DzLane *lane;

	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
		if (claim->entry->end == DZ_ENTRY_OPEN ||
			claim->entry->end == DZ_ENTRY_RETRY)
			oldest = earlier(oldest, claim->entry->enqueued_at);
	hash_seq_init(&seq, lanes);
	while ((lane = hash_seq_search(&seq)) != NULL)
		oldest = earlier(oldest, lane->waits_since);
	return oldest;
}

/* A number that is another one after something was claimed or ended. */
uint64
DzReaderChanges(void)
{
	return changes;
}
