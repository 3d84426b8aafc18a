/*-------------------------------------------------------------------------
 *
 * statistics.c
 *		Counters of what this database's processes asked of the service.
 *
 * Atomic additions without a lock: a call costs tens of nanoseconds.  A
 * database gets its slot with its first call, if one is free; where none is,
 * nothing is counted.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/timestamp.h"

#include "shared/segment.h"

/* In the order of the counters; the last class has none of its own. */
static const int dz_failure_sqlstates[DZ_FAILURE_CLASSES] = {
	ERRCODE_INVALID_PARAMETER_VALUE,
	ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
	ERRCODE_INSUFFICIENT_PRIVILEGE,
	ERRCODE_UNDEFINED_OBJECT,
	ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
	ERRCODE_CONFIGURATION_LIMIT_EXCEEDED,
	ERRCODE_INSUFFICIENT_RESOURCES,
	ERRCODE_SYSTEM_ERROR,
	ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION,
	ERRCODE_FDW_UNABLE_TO_CREATE_EXECUTION,
	ERRCODE_FDW_UNABLE_TO_CREATE_REPLY,
	ERRCODE_PROGRAM_LIMIT_EXCEEDED,
	0,
};

int
DzFailureSqlstate(int kind)
{
	Assert(kind >= 0 && kind < DZ_FAILURE_CLASSES);
	return dz_failure_sqlstates[kind];
}

static int
failure_class(int sqlstate)
{
	for (int kind = 0; kind < DZ_FAILURE_CLASSES - 1; kind++)
		if (dz_failure_sqlstates[kind] == sqlstate)
			return kind;
	return DZ_FAILURE_CLASSES - 1;
}

/*
 * This database's slot; NULL: it has none.  Looked up once a process and kept
 * by its place: the slot's own database says whether it is still the right
 * one.
 */
DzSlot *
DzSlotMine(void)
{
	static DzSlot *mine = NULL;

	if (!DzSharedIsThere() || !OidIsValid(MyDatabaseId))
		return NULL;
	if (mine == NULL || mine->view.database != MyDatabaseId)
	{
		mine = NULL;
		if (DzSlotClaim(MyDatabaseId))
		{
			LWLockAcquire(DzSegmentLock(DZ_LOCK_SLOTS), LW_SHARED);
			mine = DzSlotFind(MyDatabaseId);
			LWLockRelease(DzSegmentLock(DZ_LOCK_SLOTS));
		}
	}
	return mine;
}

static void
raise_maximum(pg_atomic_uint64 *maximum, uint64 value)
{
	uint64 old = pg_atomic_read_u64(maximum);

	while (old < value &&
		   !pg_atomic_compare_exchange_u64(maximum, &old, value))
		;
}

/* Add one call that has ended. */
void
DzStatCount(const DzCallFigures *figures)
{
	DzSlot *slot = DzSlotMine();

	if (slot == NULL)
		return;

	pg_atomic_fetch_add_u64(&slot->calls, 1);
	pg_atomic_fetch_add_u64(&slot->requests, figures->attempts);
	if (figures->attempts > 1)
		pg_atomic_fetch_add_u64(&slot->retries, figures->attempts - 1);
	if (figures->throttles > 0)
		pg_atomic_fetch_add_u64(&slot->throttles, figures->throttles);
	pg_atomic_fetch_add_u64(&slot->bytes_sent, figures->bytes_sent);
	pg_atomic_fetch_add_u64(&slot->bytes_received, figures->bytes_received);
	pg_atomic_fetch_add_u64(&slot->latency_us, figures->latency_us);
	raise_maximum(&slot->max_latency_us, figures->latency_us);
	if (figures->sqlstate != 0)
		pg_atomic_fetch_add_u64(
			&slot->failures[failure_class(figures->sqlstate)], 1);
}

/* ----------
 * The outbox and lineage
 * ----------
 */

/* An event that a transaction goes without. */
void
DzStatCountLineageError(void)
{
	DzSlot *slot = DzSlotMine();

	if (slot != NULL)
		pg_atomic_fetch_add_u64(&slot->lineage_errors, 1);
}

/* An event of which something was left out, as it was too large. */
void
DzStatCountLineageCut(void)
{
	DzSlot *slot = DzSlotMine();

	if (slot != NULL)
		pg_atomic_fetch_add_u64(&slot->lineage_cut, 1);
}

/* The worker will say since when; meanwhile it is now, if nothing waited. */
void
DzQueueAdd(DzQueueCounts more)
{
	DzSlot *slot = DzSlotMine();
	uint64 none = 0;

	if (slot == NULL)
		return;
	if (more.failed != 0)
		pg_atomic_fetch_add_u64(&slot->queue_failed, more.failed);
	if (more.held != 0)
		pg_atomic_fetch_add_u64(&slot->queue_held, more.held);
	if (more.waiting != 0)
		pg_atomic_fetch_add_u64(&slot->queue_depth, more.waiting);
	if (more.waiting > 0)
		(void) pg_atomic_compare_exchange_u64(&slot->queue_oldest, &none,
											  (uint64) GetCurrentTimestamp());
}

bool
DzQueueIsCounted(void)
{
	DzSlot *slot = DzSlotMine();

	return slot == NULL || pg_atomic_read_u32(&slot->queue_is_counted) != 0;
}

bool
DzQueueSetCounted(void)
{
	DzSlot *slot = DzSlotMine();

	return slot != NULL &&
		   pg_atomic_exchange_u32(&slot->queue_is_counted, 1) == 0;
}

static DzQueueCounts
read_queue(DzSlot *slot)
{
	DzQueueCounts counts;

	counts.waiting = (int64) pg_atomic_read_u64(&slot->queue_depth);
	counts.failed = (int64) pg_atomic_read_u64(&slot->queue_failed);
	counts.held = (int64) pg_atomic_read_u64(&slot->queue_held);
	return counts;
}

DzQueueCounts
DzQueueRead(void)
{
	DzQueueCounts none = {0};
	DzSlot *slot = DzSlotMine();

	return slot == NULL ? none : read_queue(slot);
}

int64
DzQueueDepth(void)
{
	DzSlot *slot = DzSlotMine();

	return slot == NULL ? 0 : (int64) pg_atomic_read_u64(&slot->queue_depth);
}

void
DzQueueSetOldest(TimestampTz oldest)
{
	DzSlot *slot = DzSlotMine();

	if (slot != NULL)
		pg_atomic_write_u64(&slot->queue_oldest, (uint64) oldest);
}

/* ----------
 * Reading
 * ----------
 */

/* The counters of a database; false if it has no slot. */
bool
DzStatRead(Oid database, DzStatistics *stat)
{
	DzSlot *slot;

	memset(stat, 0, sizeof(*stat));
	if (!DzSharedIsThere())
		return false;

	LWLockAcquire(DzSegmentLock(DZ_LOCK_SLOTS), LW_SHARED);
	slot = DzSlotFind(database);
	if (slot != NULL)
	{
		stat->database = database;
		stat->requests = pg_atomic_read_u64(&slot->requests);
		stat->retries = pg_atomic_read_u64(&slot->retries);
		stat->throttles = pg_atomic_read_u64(&slot->throttles);
		for (int kind = 0; kind < DZ_FAILURE_CLASSES; kind++)
			stat->failures[kind] = pg_atomic_read_u64(&slot->failures[kind]);
		stat->bytes_sent = pg_atomic_read_u64(&slot->bytes_sent);
		stat->bytes_received = pg_atomic_read_u64(&slot->bytes_received);
		stat->calls = pg_atomic_read_u64(&slot->calls);
		stat->latency_us = pg_atomic_read_u64(&slot->latency_us);
		stat->max_latency_us = pg_atomic_read_u64(&slot->max_latency_us);
		stat->gauges.watched = pg_atomic_read_u32(&slot->watched);
		stat->gauges.failing = pg_atomic_read_u32(&slot->failing);
		stat->gauges.held = pg_atomic_read_u32(&slot->held);
		stat->gauges.followed = pg_atomic_read_u32(&slot->followed);
		stat->gauges.in_flight = pg_atomic_read_u32(&slot->in_flight);
		stat->lineage_errors = pg_atomic_read_u64(&slot->lineage_errors);
		stat->lineage_cut = pg_atomic_read_u64(&slot->lineage_cut);
		stat->queue = read_queue(slot);
		stat->queue_oldest =
			(TimestampTz) pg_atomic_read_u64(&slot->queue_oldest);
	}
	LWLockRelease(DzSegmentLock(DZ_LOCK_SLOTS));

	return slot != NULL;
}
