/*-------------------------------------------------------------------------
 *
 * depth.c
 *		How many entries a transaction adds to the queue, or takes from it,
 *		and how many of those that do not wait: failed or held ones.
 *
 * The depth of the queue is a number in shared memory, so that the limit
 * datazone.max_queue_size costs a comparison and not a query.  Who changes it
 * says so when its transaction has committed; a subtransaction that was
 * rolled back has changed nothing.  A prepared transaction counts from PREPARE
 * on: few are rolled back, and nobody tells us of their COMMIT.  What is wrong
 * after a ROLLBACK PREPARED, or a crash, the worker corrects (gauges.c).
 *
 * Two transactions at a time may both find room for one more: the limit keeps
 * a disk from filling up, and is not exact to an entry.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "outbox/delivery.h"
#include "outbox/outbox.h"
#include "shared/shared.h"
#include "worker/tables.h"
#include "worker/worker.h"

/* What the (sub)transaction of a nesting level has added. */
typedef struct Level
{
	int nest;
	DzQueueCounts counts;
} Level;

/* Outermost first; levels that added nothing are not here. */
static Level *levels = NULL;
static int nlevels = 0;
static int max_levels = 0;
static DzQueueCounts total; /* of all levels */

static void
add(DzQueueCounts *sum, const DzQueueCounts *more, int sign)
{
	sum->waiting += sign * more->waiting;
	sum->failed += sign * more->failed;
	sum->held += sign * more->held;
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT &&
		event != XACT_EVENT_PREPARE)
		return;

	if (event != XACT_EVENT_ABORT && nlevels > 0)
		DzQueueAdd(total);
	nlevels = 0;
	memset(&total, 0, sizeof(total));
}

/* It goes to the parent's account, or to nobody's. */
static void
at_subtransaction_end(SubXactEvent event, SubTransactionId id,
					  SubTransactionId parent, void *arg)
{
	int nest = GetCurrentTransactionNestLevel();
	Level *top;

	if (nlevels == 0 || levels[nlevels - 1].nest < nest ||
		(event != SUBXACT_EVENT_COMMIT_SUB &&
		 event != SUBXACT_EVENT_ABORT_SUB))
		return;

	top = &levels[nlevels - 1];
	if (event == SUBXACT_EVENT_ABORT_SUB)
	{
		add(&total, &top->counts, -1);
		nlevels--;
	}
	else if (nlevels > 1 && levels[nlevels - 2].nest == nest - 1)
	{
		add(&levels[nlevels - 2].counts, &top->counts, 1);
		nlevels--;
	}
	else
		top->nest = nest - 1;
}

static void
register_once(void)
{
	static bool registered = false;

	if (registered)
		return;

	/* the last one registered is called first: we count, then the wake */
	DzWakeAtCommit(0);
	RegisterXactCallback(at_transaction_end, NULL);
	RegisterSubXactCallback(at_subtransaction_end, NULL);
	registered = true;
}

static Level *
level_of(int nest)
{
	if (nlevels > 0 && levels[nlevels - 1].nest == nest)
		return &levels[nlevels - 1];

	if (nlevels == max_levels)
	{
		int more = Max(max_levels * 2, 16);

		levels = levels == NULL ? MemoryContextAlloc(TopMemoryContext,
													 more * sizeof(Level))
								: repalloc(levels, more * sizeof(Level));
		max_levels = more;
	}
	levels[nlevels].nest = nest;
	memset(&levels[nlevels].counts, 0, sizeof(DzQueueCounts));
	return &levels[nlevels++];
}

/* Once this commits, there are so many more entries, or fewer. */
void
DzOutboxCount(DzQueueCounts more)
{
	register_once();
	add(&level_of(GetCurrentTransactionNestLevel())->counts, &more, 1);
	add(&total, &more, 1);
}

/*
 * What waited when the server started is in no count before the worker has
 * begun, which may be long: count it here, as far as the limit.  What this
 * transaction has added is told at its end.
 */
static void
count_what_waited(void)
{
	DzIdentity caller;
	bool isnull;
	int64 n;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	DzIdentityAssume(&caller, DzTableOwner(DZ_OUTBOX_TABLE), true);
	if (SPI_execute(psprintf("SELECT pg_catalog.count(*) FROM (SELECT FROM "
							 "%s e WHERE e.state = 'pending' "
							 "AND " DZ_FROM_HERE " LIMIT %d) e",
							 DzTableName(DZ_OUTBOX_TABLE), DzOriginSystem(),
							 MyDatabaseId, DzMaxQueueSize),
					true, 0) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "could not count the outbox");
	n = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
									SPI_tuptable->tupdesc, 1, &isnull));
	DzIdentityRestore(&caller);
	SPI_finish();
	if (DzQueueSetCounted())
		DzQueueAdd(
			(DzQueueCounts){.waiting = n - total.waiting - DzQueueDepth()});
}

/*
 * Somebody may have deleted rows by hand: before anybody is refused for ever,
 * the worker counts.  A session asks for that once a second at most.
 */
static void
ask_for_count(void)
{
	static TimestampTz asked = 0;
	TimestampTz now = GetCurrentTimestamp();

	if (TimestampDifferenceExceeds(asked, now, 1000))
	{
		asked = now;
		DzWorkerWake(MyDatabaseId, DZ_WAKE_RECOUNT);
	}
}

/* Throws 53400 if no more may wait. */
void
DzOutboxRequireRoom(void)
{
	int64 depth;

	if (DzMaxQueueSize == 0)
		return;
	if (!DzQueueIsCounted())
		count_what_waited();
	depth = DzQueueDepth() + total.waiting;
	if (depth < DzMaxQueueSize)
		return;
	ask_for_count();
	ereport(ERROR,
			(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
			 errmsg("the outbox is full"),
			 errdetail("About " INT64_FORMAT
					   " entries wait; datazone.max_queue_size allows %d.",
					   depth, DzMaxQueueSize),
			 errhint("See in datazone_outbox what keeps them from being "
					 "delivered, or raise the setting.")));
}
