/*-------------------------------------------------------------------------
 *
 * segment.h
 *		Inside of the shared room: the layout of the segment.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SHARED_SEGMENT_H
#define DATAZONE_SHARED_SEGMENT_H

#include "port/atomics.h"
#include "storage/condition_variable.h"
#include "storage/lwlock.h"

#include "shared/shared.h"

/* which lock of the tranche guards what */
typedef enum DzSharedLock
{
	DZ_LOCK_SLOTS, /* slots, the launcher, blocked databases */
	DZ_LOCK_RATES,
	DZ_LOCK_BOARD,
	DZ_LOCK_LEDGER,
	DZ_LOCK_COUNT
} DzSharedLock;

#define DZ_NO_PROCESS (-1)

typedef struct DzSlot
{
	DzSlotView view;
	int worker_process; /* its number, or DZ_NO_PROCESS */
	pg_atomic_uint32 wakes;

	/* counters; any process adds to them without a lock */
	pg_atomic_uint64 requests;
	pg_atomic_uint64 retries;
	pg_atomic_uint64 throttles;
	pg_atomic_uint64 failures[DZ_FAILURE_CLASSES];
	pg_atomic_uint64 bytes_sent;
	pg_atomic_uint64 bytes_received;
	pg_atomic_uint64 calls;
	pg_atomic_uint64 latency_us;
	pg_atomic_uint64 max_latency_us;
	pg_atomic_uint32 watched;
	pg_atomic_uint32 failing;
	pg_atomic_uint32 held;
	pg_atomic_uint32 followed;
	pg_atomic_uint32 in_flight;
	pg_atomic_uint64 lineage_errors; /* events that could not be written */
	/* these three are signed: changes may come out of order */
	pg_atomic_uint64 queue_depth;
	pg_atomic_uint64 queue_failed;
	pg_atomic_uint64 queue_held;
	pg_atomic_uint64 queue_oldest; /* TimestampTz; 0: none */
} DzSlot;

typedef struct DzBucketKey
{
	Oid database;
	Oid server;
	int32 operation;
} DzBucketKey;

typedef struct DzBucket
{
	DzBucketKey key;
	bool used;
	double tokens; /* below zero: synchronous calls went ahead */
	double rate; /* at most the limit; less after throttling */
	double limit; /* that the rate is for */
	int64 filled_at; /* monotonic clock, microseconds */
	int64 cut_at; /* when the rate was last cut */
} DzBucket;

typedef struct DzBoardEntry
{
	Oid database; /* InvalidOid: nobody waits here */
	DzBoardRun run;
	DzBoardNews news;
	char status[DZ_BOARD_ID_SIZE];
} DzBoardEntry;

/* Zeros: free.  Lineage that was told, or came after that. */
typedef struct DzLedgerEntry
{
	DzLedgerKey key;
	TimestampTz told_at;
	int64 rows; /* that have come since */
} DzLedgerEntry;

/* One for each process that may run a command. */
typedef struct DzProcessEntry
{
	Oid blocked; /* the database that its command needs empty */
	DzBoardEntry board;
} DzProcessEntry;

typedef struct DzSegment
{
	int launcher_process;
	bool rescan; /* the launcher is to read pg_database again */
	bool probe_all; /* a probe was asked for that no slot could note */
	ConditionVariable worker_left;
	int nslots;
	int nprocesses;
	/* then: slots, buckets, ledger, processes */
} DzSegment;

#define DZ_BUCKETS 1024
#define DZ_LEDGER 8192

extern DzSegment *DzSegmentOf(void); /* NULL: not preloaded */
extern DzSlot *DzSegmentSlots(void);
extern DzBucket *DzSegmentBuckets(void);
extern DzLedgerEntry *DzSegmentLedger(void);
extern DzProcessEntry *DzSegmentProcesses(void);
extern LWLock *DzSegmentLock(DzSharedLock which);
extern DzSlot *DzSlotFind(Oid database); /* lock held; NULL: none */
extern void DzWakeProcess(int number);

#endif /* DATAZONE_SHARED_SEGMENT_H */
