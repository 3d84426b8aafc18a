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

#include "aws/regulator.h"
#include "shared/shared.h"
#include "shared/vault.h"

/* which lock of the tranche guards what */
typedef enum DzSharedLock
{
	DZ_LOCK_SLOTS, /* slots, the launcher, blocked databases */
	DZ_LOCK_RATES,
	DZ_LOCK_BOARD,
	DZ_LOCK_LEDGER,
	DZ_LOCK_REGULATORS,
	DZ_LOCK_VAULT,
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
	pg_atomic_uint64 lineage_cut; /* events that were too large as a whole */
	/* these three are signed: changes may come out of order */
	pg_atomic_uint64 queue_depth;
	pg_atomic_uint32 queue_is_counted; /* since the server's start */
	pg_atomic_uint64 queue_failed;
	pg_atomic_uint64 queue_held;
	pg_atomic_uint64 queue_oldest; /* TimestampTz; 0: none */
	pg_atomic_uint64 number_next; /* of outbox entries; it only rises */
	pg_atomic_uint64 number_end; /* numbers below it may be taken */
	pg_atomic_uint32 number_sequence; /* that has reserved them */
	pg_atomic_uint32 number_forbidden; /* how often ranges were voided */
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

typedef struct DzRegulatorKey
{
	Oid database;
	Oid server;
	uint64 endpoint; /* a hash of its URL */
} DzRegulatorKey;

typedef struct DzRegulatorEntry
{
	DzRegulatorKey key; /* server InvalidOid: nobody's */
	int64 used_at; /* monotonic clock, microseconds */
	DzRegulator regulator;
} DzRegulatorEntry;

/* The place of a server's and a mapping's item, and whoever fetches it. */
typedef struct DzVaultEntry
{
	Oid database; /* InvalidOid: nobody's */
	DzVaultKey key;
	int64 used_at; /* monotonic clock, microseconds */
	DzVaultItem item; /* generation 0: there is none */

	int claimant; /* the process that fetches, or DZ_NO_PROCESS */
	uint64 ticket; /* of its claim, or of the last one */
	int64 claimed_at; /* monotonic clock */
	bool is_forced; /* the claim is due to a refusal of the item */
	int64 forced_at; /* when the item came, if so: monotonic clock, or 0 */

	int nfailures; /* of fetches, in a row */
	uint64 failed_ticket; /* of the last one that failed; 0: none has */
	int64 retry_at_us; /* no refresh ahead before */
	int64 denied_until_us; /* nor any other: monotonic clock */
	size_t failure_len;
	char failure[DZ_VAULT_FAILURE_SIZE];
} DzVaultEntry;

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
	uint64 vault_serial; /* the last generation or ticket of the vault */
	int64 vault_wipe_us; /* when the launcher wipes next, since 1970 */
	int nslots;
	int nprocesses;
	int nvault;
	/* then: slots, buckets, ledger, processes, regulators, the vault */
} DzSegment;

#define DZ_BUCKETS 1024
#define DZ_LEDGER 8192
#define DZ_REGULATORS 256

/*
 * As many mappings may be in use at a time as there are processes; each entry
 * takes eight and a half kilobytes.
 */
#define DZ_MIN_VAULT 64

extern DzSegment *DzSegmentOf(void); /* NULL: not preloaded */
extern DzSlot *DzSegmentSlots(void);
extern DzBucket *DzSegmentBuckets(void);
extern DzLedgerEntry *DzSegmentLedger(void);
extern DzProcessEntry *DzSegmentProcesses(void);
extern DzRegulatorEntry *DzSegmentRegulators(void);
extern DzVaultEntry *DzSegmentVault(void);
extern LWLock *DzSegmentLock(DzSharedLock which);
extern DzSlot *DzSlotFind(Oid database); /* lock held; NULL: none */
extern DzSlot *DzSlotMine(void); /* this process's database; NULL: none */
extern void DzWakeProcess(int number);
extern void DzRegulatorsInit(void);
extern void DzVaultLayOut(DzVaultEntry *entries, int count);
extern void DzVaultWipe(void); /* no lock: by the postmaster, when it ends */

#endif /* DATAZONE_SHARED_SEGMENT_H */
