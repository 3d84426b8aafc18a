/*-------------------------------------------------------------------------
 *
 * reader.c
 *		The outbox as a worker sees it: which entries it reads, and when.
 *
 * Entries get their place when they are enqueued but become visible when
 * their transaction commits, in another order.  So there are two ways to find
 * them:
 *
 * 	- a lane's cursor walks by id, oldest first, in batches.  It finds a
 * 	  backlog, however long, without holding more of it than a batch;
 * 	- after a wake, visible.c reads what has become visible since.
 *
 * What is read is flushed to disk before any of it is sent: a commit that did
 * not wait for its WAL could still be lost, and must not have been announced.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "outbox/reading.h"

#define AFTER_ERROR_US DZ_SECOND_US
#define DROP_PERIOD_US DZ_SECOND_US
#define VISIBLE_PERIOD_US (5 * 1000)
#define VISIBLE_PERIOD_WITHOUT_TOKENS_US (50 * 1000)

static bool woken = false;
static bool is_new = true; /* what there is was not looked at yet */
static bool is_tidy = false; /* of what an earlier worker has left */
static int64 tidy_again_us = 0;
static int64 not_before_us = 0;
static int64 visible_again_us = 0;
static int64 keys_again_us = 0; /* those that could not go on */
static int64 drop_again_us = 0; /* lanes that are idle */

/* Give everything up; requests that are under way are not waited for. */
void
DzReaderForget(void)
{
	DzClaimsForget();
	DzReaderStartOver();
	woken = false;
	not_before_us = 0;
}

void
DzReaderWake(void)
{
	woken = true;
}

/*
 * Entries came into the table that are older than what was looked at, and
 * perhaps marked.  What is claimed stays so.
 */
void
DzReaderStartOver(void)
{
	is_new = true;
	is_tidy = false;
	tidy_again_us = 0;
}

/* ----------
 * By cursor
 * ----------
 */

/*
 * The cursor is at the end, and some were left behind.  In trouble their turn
 * comes when the last of the others has ended (see DzClaimsRemove), and if any
 * of these has failed there is a pause first.
 */
static void
begin_anew(DzLane *lane)
{
	if (lane->is_troubled && lane->nentries > 0)
		return;
	if (lane->is_troubled && lane->nprobes > 0)
	{
		lane->nprobes = 0;
		DzLaneBlock(lane, lane->pause_us);
	}
	DzLaneGoBack(lane);
}

/*
 * The next entries.  While some are left behind it is only the key's index
 * that knows which is the first of a key.
 */
static void
read_lane(DzLane *lane)
{
	static SPIPlanPtr plan = NULL;
	bool is_sure = lane->left_behind == DZ_NOTHING;
	uint64 limit = lane->is_troubled ? DZ_PROBES : DZ_READ_BATCH;
	Oid types[] = {OIDOID, OIDOID, INT8OID, INT4OID};
	Datum values[] = {ObjectIdGetDatum(lane->name.serverid),
					  ObjectIdGetDatum(lane->name.role),
					  Int64GetDatum(lane->cursor), Int32GetDatum(limit)};
	SPITupleTable *rows =
		DzRowQuery(&plan,
				   "(e.server_id, e.role::oid, e.id) > ($1, $2, $3) "
				   "AND (e.server_id, e.role::oid) <= ($1, $2) "
				   "ORDER BY e.server_id, e.role::oid, e.id LIMIT $4",
				   lengthof(types), types, values);
	uint64 n = SPI_processed;
	uint64 i;

	if (is_sure)
		lane->waits_since = 0;
	for (i = 0; i < n && DzLaneMayClaim(lane); i++)
	{
		DzRowClaim(rows, (int) i, lane, false, is_sure);
		lane->cursor = Max(lane->cursor, DzRowId(rows, (int) i));
	}
	SPI_freetuptable(rows);
	lane->caught_up = i == n && n < limit;
	if (lane->caught_up && lane->left_behind != DZ_NOTHING)
		begin_anew(lane);
}

/* When there is no more room the next in line is the first next time. */
static void
read_lanes(void)
{
	for (int n = DzLanesCount(); n > 0 && DzClaimsHaveRoom(); n--)
	{
		DzLane *lane =
			dlist_container(DzLane, node, dlist_pop_head_node(&dz_lanes));

		dlist_push_tail(&dz_lanes, &lane->node);
		if (!DzLaneWantsReading(lane))
			continue;
		if (lane->go_back_us != 0 && !lane->is_troubled &&
			lane->go_back_us <= DzNowMonotonicUs())
			DzLaneGoBack(lane);
		read_lane(lane);
	}
}

/* ----------
 * By key
 * ----------
 */

/* The oldest entry of a key that nobody holds takes its turn, if it can. */
static void
advance_key(DzKey *key)
{
	static SPIPlanPtr plan = NULL;
	DzLane *lane = key->name.lane;
	Oid types[] = {OIDOID, OIDOID, TEXTOID, INT8OID};
	Datum values[] = {ObjectIdGetDatum(lane->name.serverid),
					  ObjectIdGetDatum(lane->name.role),
					  CStringGetTextDatum(key->name.text),
					  Int64GetDatum(key->after)};
	SPITupleTable *rows = DzRowQuery(
		&plan,
		"(e.server_id, e.role::oid, e.ordering_key, e.id) > ($1, $2, $3, $4) "
		"AND (e.server_id, e.role::oid, e.ordering_key) <= ($1, $2, $3) "
		"AND e.ordering_key IS NOT NULL "
		"ORDER BY e.server_id, e.role::oid, e.ordering_key, e.id LIMIT 2",
		lengthof(types), types, values);
	bool has_more = SPI_processed > 1;
	DzEntry *entry;

	if (SPI_processed == 0)
		DzKeyRemove(key);
	else if (!DzRowIsFree(rows, 0))
		DzKeyStuck(key);
	else
	{
		entry = DzRowEntry(rows, 0, lane);
		entry->job.is_fresh = lane->caught_up || entry->id > lane->cursor;
		DzKeyTake(key, entry);
		key->has_more = has_more;
		DzEntryBegin(entry);
	}
	SPI_freetuptable(rows);
}

/*
 * The cursor of a lane that is blocked, or has its share, finds what waits
 * behind its keys.
 */
static void
leave_to_cursor(DzKey *key)
{
	DzLane *lane = key->name.lane;

	lane->cursor =
		Min(lane->cursor, key->after > 0 ? key->after : key->met - 1);
	lane->caught_up = false;
	DzKeyRemove(key);
}

static void
advance_keys(void)
{
	DzKey *key;

	DzKeysAdvance();
	while (DzClaimsHaveRoom() && (key = DzKeyNextToAdvance()) != NULL)
	{
		if (DzLaneIsBlocked(key->name.lane) || !DzLaneHasRoom(key->name.lane))
			leave_to_cursor(key);
		else
			advance_key(key);
	}
	DzKeysEnd();
	keys_again_us = DzNowMonotonicUs() + DZ_LOOK_AGAIN_US;
}

static bool
wants_keys(void)
{
	return DzKeysAreUrgent() ||
		   (DzKeysAreListed() && keys_again_us <= DzNowMonotonicUs());
}

/* ----------
 * At first
 * ----------
 */

/* Entries that had been marked in the table as sent. */
typedef struct Marks
{
	MemoryContext cxt;
	Datum ids; /* an array */
	int n;
} Marks;

/* All of them, of an earlier worker: nobody's code runs here, and no limit. */
static void
find_marks(void *arg)
{
	Marks *marks = arg;
	Oid types[] = {INT8ARRAYOID};
	Datum values[] = {DzClaimsMarked()};
	Datum *ids;

	DzSqlUnlimited();
	DzRowsByIndex(false);
	if (SPI_execute_with_args(
			psprintf("SELECT e.id FROM %s e WHERE e.claimed_at IS NOT NULL "
					 "AND e.state = 'pending' AND e.id <> ALL ($1) "
					 "AND " DZ_FROM_HERE,
					 DzTableName(DZ_OUTBOX_TABLE), DzOriginSystem(),
					 MyDatabaseId),
			lengthof(types), types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for what is to be tidied");
	marks->n = (int) SPI_processed;
	ids = palloc(sizeof(Datum) * Max(marks->n, 1));
	for (int i = 0; i < marks->n; i++)
		ids[i] = DzRowDatum(SPI_tuptable, i, 1);
	MemoryContextSwitchTo(marks->cxt);
	marks->ids = PointerGetDatum(construct_array(
		ids, marks->n, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static void
fail_marks(void *arg)
{
	Marks *marks = arg;
	const char *table = DzTableName(DZ_OUTBOX_TABLE);
	Oid types[] = {INT8ARRAYOID};

	DzRowsByIndex(false);
	if (SPI_execute_with_args(
			psprintf("UPDATE %s SET state = 'failed', claimed_at = NULL, "
					 "next_attempt_at = NULL, error_code = '58000', "
					 "error_message = 'outcome unknown: the worker ended "
					 "while the request was under way' "
					 "WHERE id = ANY (ARRAY(SELECT e.id FROM %s e "
					 "WHERE e.id = ANY ($1) AND e.claimed_at IS NOT NULL "
					 "AND e.state = 'pending' FOR UPDATE SKIP LOCKED))",
					 table, table),
			lengthof(types), types, &marks->ids, NULL, false,
			0) != SPI_OK_UPDATE)
		elog(ERROR, "could not tidy the outbox up");
	marks->n -= (int) SPI_processed;
}

/*
 * What an earlier worker has left: entries that had been marked in the table
 * may have been sent.  A row that somebody has locked just now is left as it
 * is, and nobody sends it: DzRowClaim() sees to that.  It is looked for again.
 */
static ErrorData *
tidy_up(void)
{
	Marks marks = {CurrentMemoryContext, (Datum) 0, 0};
	ErrorData *error;

	tidy_again_us = DzNowMonotonicUs() + DZ_LOOK_AGAIN_US;
	error = DzSqlTry(DZ_OUTBOX_TABLE, "looking for marks", find_marks, &marks);
	if (error == NULL && marks.n > 0)
		error = DzSqlTry(DZ_OUTBOX_TABLE, "tidying the outbox", fail_marks,
						 &marks);
	is_tidy = error == NULL && marks.n == 0;
	return error;
}

/*
 * Servers and roles that have entries, and the first of each, by leaps through
 * the lanes' index.  The cursors find all that can be seen now.
 */
static void
find_lanes(void)
{
	const char *table = DzTableName(DZ_OUTBOX_TABLE);

	if (SPI_execute(
			psprintf("WITH RECURSIVE leap (server, role, id) AS ("
					 "(SELECT e.server_id, e.role::oid, e.id FROM %s e "
					 "ORDER BY e.server_id, e.role::oid, e.id LIMIT 1) "
					 "UNION ALL SELECT n.* FROM leap l, LATERAL ("
					 "SELECT e.server_id, e.role::oid, e.id FROM %s e "
					 "WHERE (e.server_id, e.role::oid) > (l.server, l.role) "
					 "ORDER BY e.server_id, e.role::oid, e.id LIMIT 1) n) "
					 "SELECT server, role, id FROM leap",
					 table, table),
			true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not find the lanes of the outbox");
	for (int i = 0; i < (int) SPI_processed; i++)
	{
		DzLane *lane =
			DzLaneFind(DatumGetObjectId(DzRowDatum(SPI_tuptable, i, 1)),
					   DatumGetObjectId(DzRowDatum(SPI_tuptable, i, 2)));

		lane->cursor = DatumGetInt64(DzRowDatum(SPI_tuptable, i, 3)) - 1;
		lane->caught_up = false;
	}
	DzVisibleRemember();
	is_new = woken = false;
}

/* ----------
 * A round
 * ----------
 */

static bool
any_lane_wants(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &dz_lanes)
	{
		if (DzLaneWantsReading(dlist_container(DzLane, node, iter.cur)))
			return true;
	}
	return false;
}

static bool
wants_to_tidy(void)
{
	return !is_tidy && tidy_again_us <= DzNowMonotonicUs();
}

/*
 * Where rate_limit holds everything up, what is new waits as well, and looking
 * for it costs those who enqueue more than it gains: the longer period is that
 * of the default limit's tokens.  What is new for a server that nothing waits
 * for may have to wait for that long.
 */
static int64
visible_period(void)
{
	return DzQueueLacksTokens() ? VISIBLE_PERIOD_WITHOUT_TOKENS_US
								: VISIBLE_PERIOD_US;
}

/* While there is something to send, wakes cost one query for a few of them. */
static bool
wants_visible(void)
{
	return woken &&
		   (DzClaimsCount() == 0 || visible_again_us <= DzNowMonotonicUs());
}

static bool
wants_to_read(void)
{
	if (DzWaitingWantsReading() || wants_to_tidy())
		return true;
	return DzClaimsHaveRoom() &&
		   (is_new || wants_visible() || wants_keys() || any_lane_wants());
}

/*
 * With one snapshot throughout; and without a limit, since nobody's code runs:
 * rows that are dead but for somebody's old snapshot, and that there may be
 * millions of, have to be gone through before anything is found behind them.
 */
static void
read_all(void *arg)
{
	DzSqlUnlimited();
	if (is_new)
	{
		DzRowsByIndex(true);
		find_lanes();
	}
	if (wants_visible() && DzClaimsHaveRoom())
	{
		DzRowsByIndex(false);
		DzVisibleRead();
		woken = false;
		visible_again_us = DzNowMonotonicUs() + visible_period();
	}
	DzRowsByIndex(true);
	if (wants_keys())
		advance_keys();
	if (DzWaitingWantsReading())
		DzWaitingRead();
	read_lanes();
}

static void
complain(const ErrorData *error)
{
	if (error == NULL)
		return;
	ereport(WARNING, (errcode(error->sqlerrcode),
					  errmsg("datazone worker: could not read the outbox: %s",
							 error->message)));
}

/* Once in a while, and not if there is nothing else to do. */
static void
drop_idle_lanes(void)
{
	if (DzNowMonotonicUs() < drop_again_us)
		return;
	drop_again_us = DzNowMonotonicUs() + DROP_PERIOD_US;
	DzLanesDropIdle();
}

/* Claim what there is and what there is room for. */
void
DzReaderRun(void)
{
	ErrorData *error;
	uint64 before = DzClaimsChanges();

	if (DzNowMonotonicUs() < not_before_us)
		return;
	if (!wants_to_read())
		return;

	drop_idle_lanes();
	if (wants_to_tidy())
		complain(tidy_up());
	error = DzSqlTry(DZ_OUTBOX_TABLE, "reading the outbox", read_all, NULL);
	complain(error);
	if (error != NULL)
		not_before_us = DzNowMonotonicUs() + AFTER_ERROR_US;
	/* also after an error, which may have come behind a claim */
	if (DzClaimsChanges() != before)
		DzWalFlush();
}

/* How long until DzReaderRun() has something to do; -1: for ever. */
int64
DzReaderWaitUs(void)
{
	int64 now = DzNowMonotonicUs();
	int64 due = PG_INT64_MAX;
	dlist_iter iter;

	if (wants_to_read())
		return Max(not_before_us - now, 0);
	if (!is_tidy)
		due = tidy_again_us;
	/* what ends makes room, and comes by itself */
	if (!DzClaimsHaveRoom())
		return due == PG_INT64_MAX ? -1 : Max(due - now, 0);
	if (DzKeysAreListed())
		due = Min(due, keys_again_us);
	if (woken)
		due = Min(due, visible_again_us);
	dlist_foreach (iter, &dz_lanes)
	{
		DzLane *lane = dlist_container(DzLane, node, iter.cur);

		if (!lane->caught_up && lane->blocked_until_us != 0)
			due = Min(due, lane->blocked_until_us);
	}
	return due == PG_INT64_MAX ? -1 : Max(due - now, 0);
}

/*
 * Whether it has been told of new entries, and will read them when it may:
 * DzReaderWaitUs() says when, or an answer that makes room.
 */
bool
DzReaderIsWoken(void)
{
	return woken && !(wants_visible() && DzClaimsHaveRoom());
}

/* Whether nothing waits, in memory or in the table. */
bool
DzReaderIsEmpty(void)
{
	return !is_new && !woken && DzClaimsCount() == 0 && !DzKeysAreListed() &&
		   DzLanesCaughtUp();
}
