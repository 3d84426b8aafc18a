/*-------------------------------------------------------------------------
 *
 * shared.h
 *		The shared room: what the processes of a cluster share.
 *
 * There is shared memory only if the library was preloaded
 * (shared_preload_libraries); without it every function here that changes
 * something does nothing, and DzSharedIsThere() says so.
 *
 * Wording:  a *slot* holds what is known of one database: its worker, its
 * counters.  A database is *blocked* while a command needs it without
 * connections.  A *bucket* meters one operation on one server.  The *board*
 * is where backends that wait for a run meet the worker that watches it.
 *
 * Nothing in shared memory is a pointer: a slot is known by its number, a
 * process by its number in PostgreSQL's own array of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SHARED_H
#define DATAZONE_SHARED_H

#include "datatype/timestamp.h"

/* ---- shared.c: the segment ---- */

extern void DzSharedInit(void);
extern bool DzSharedIsThere(void);

/* Throws 55000 with a hint unless preloaded; "what" begins the message. */
extern void DzRequirePreload(const char *what);

extern int DzMaxDatabases; /* the setting datazone.max_databases */

/* ---- databases.c: slots, workers, the launcher ---- */

typedef enum DzWorkerState
{
	DZ_WORKER_NONE, /* not started yet, or nothing to start for */
	DZ_WORKER_STARTING,
	DZ_WORKER_RUNNING,
	DZ_WORKER_DISABLED, /* runs; datazone.enabled is off */
	DZ_WORKER_ABSENT, /* ended: the database has no extension */
	DZ_WORKER_REFUSED, /* ended: the extension's version is not ours */
	DZ_WORKER_FAILED, /* ended by an error; will be started again */
	DZ_WORKER_NO_SLOT, /* max_worker_processes is used up */
	DZ_WORKER_UNWANTED /* datazone.databases does not name the database */
} DzWorkerState;

extern const char *DzWorkerStateName(DzWorkerState state);

/* Why a worker was woken. */
#define DZ_WAKE_WATCHES 0x01 /* the list of watches changed */
#define DZ_WAKE_FOLLOWS 0x02 /* a run is to be followed */
#define DZ_WAKE_BOARD 0x04 /* a backend waits for a run */
#define DZ_WAKE_EXTENSION 0x08 /* the extension was altered or dropped */
#define DZ_WAKE_CLEANUP 0x10 /* a server was dropped */
#define DZ_WAKE_OUTBOX 0x20 /* something was enqueued */
#define DZ_WAKE_RECOUNT 0x40 /* entries came or went uncounted */
#define DZ_WAKE_CATALOG 0x80 /* a server, a mapping or rights changed */
#define DZ_WAKE_RESTORED 0x100 /* old entries were copied into the outbox */
#define DZ_WAKE_ALL 0xff /* what the end of a prepared transaction may mean */

#define DZ_SHARED_ERROR_SIZE 256

/* What a process may know of a slot: a copy, taken under the lock. */
typedef struct DzSlotView
{
	Oid database;
	int worker_pid; /* 0: none */
	DzWorkerState state;
	bool probe; /* the extension was made or changed: look again */
	int failures; /* of the worker, in a row */
	TimestampTz started_at; /* the worker's start; 0: never */
	TimestampTz ended_at; /* when the last one ended; 0: none has */
	char last_error[DZ_SHARED_ERROR_SIZE];
	TimestampTz last_error_at; /* 0: there was none */
} DzSlotView;

/* the launcher's side */
extern void DzLauncherEnter(void);
extern void DzLauncherWake(void);
extern void DzLauncherAskRescan(void);
extern bool DzLauncherTakeRescan(void);
extern bool DzLauncherTakeProbeAll(void);
extern bool DzSlotClaim(Oid database);
extern bool DzSlotFree(Oid database);
extern bool DzSlotRead(Oid database, DzSlotView *view);
extern int DzSlotReadAll(DzSlotView *views, int max);
extern void DzSlotSetState(Oid database, DzWorkerState state,
						   const char *error);
extern bool DzSlotTakeProbe(Oid database);
extern void DzSlotSignal(Oid database);

/* anybody's */
extern void DzDatabaseAskProbe(Oid database);
extern void DzWorkerWake(Oid database, uint32 why);
extern bool DzWorkerIsRunning(Oid database);

/* What a worker has to do just now. */
typedef struct DzWorkerGauges
{
	int watched; /* watches that are active */
	int failing; /* of these, those whose last cycle did not end well */
	int held; /* watches that are not active */
	int followed;
	int in_flight;
} DzWorkerGauges;

/* the worker's side */
extern bool DzWorkerEnter(Oid database);
extern void DzWorkerSetState(DzWorkerState state, const char *error);
extern void DzWorkerSetHealthy(void);
extern void DzWorkerSetGauges(const DzWorkerGauges *gauges);
extern uint32 DzWorkerTakeWakes(uint32 later);
extern bool DzWorkerHasWakes(uint32 later);

/* commands that need a database without connections */
extern void DzDatabaseBlock(Oid database);
extern void DzDatabaseUnblock(void);
extern bool DzDatabaseMayStart(Oid database);
extern bool DzDatabaseEndWorker(Oid database, int timeout_ms);

/* ---- rate.c: token buckets ---- */

/*
 * "server" is the foreign server's OID in this database, "operation" the
 * operation's number, "limit" in requests a second; 0 means no bucket.
 */
extern void DzRateDraw(Oid server, int operation, double limit, int count);
extern int64 DzRateTake(Oid server, int operation, double limit);
extern void DzRateThrottled(Oid server, int operation, double limit);

/* ---- statistics.c: counters of this database ---- */

/* One logical call, when it has ended. */
typedef struct DzCallFigures
{
	int attempts;
	int throttles; /* attempts that were throttled */
	int64 bytes_sent; /* bodies, all attempts */
	int64 bytes_received;
	int64 latency_us; /* from the start to the end */
	int sqlstate; /* 0: success */
} DzCallFigures;

/* The classes of failures, by SQLSTATE as DESIGN has them; the last: others. */
#define DZ_FAILURE_CLASSES 13

/* Entries of the outbox, or how many more of them there are. */
typedef struct DzQueueCounts
{
	int64 waiting;
	int64 failed; /* gave up */
	int64 held; /* came with a copy: see datazone_resume() */
} DzQueueCounts;

typedef struct DzStatistics
{
	Oid database;
	int64 requests;
	int64 retries;
	int64 throttles;
	int64 failures[DZ_FAILURE_CLASSES];
	int64 bytes_sent;
	int64 bytes_received;
	int64 calls;
	int64 latency_us; /* of all calls together */
	int64 max_latency_us;
	DzWorkerGauges gauges;
	int64 lineage_errors; /* events that could not be written */
	int64 lineage_cut; /* events that were too large as a whole */
	DzQueueCounts queue;
	TimestampTz queue_oldest; /* 0: nothing waits */
} DzStatistics;

extern void DzStatCount(const DzCallFigures *figures);
extern void DzStatCountLineageError(void);
extern void DzStatCountLineageCut(void);
extern bool DzStatRead(Oid database, DzStatistics *stat);
extern int DzFailureSqlstate(int kind); /* 0: the class of all others */

/*
 * The outbox of this database: how many entries there are, and since when the
 * one waits that has waited longest.  Counts may be below 0 for a moment.
 */
extern void DzQueueAdd(DzQueueCounts more);

/*
 * Whether somebody has counted what waited when the server started; and having
 * done so.  True: the caller was first, and adds what it counted.
 */
extern bool DzQueueIsCounted(void);
extern bool DzQueueSetCounted(void);
extern DzQueueCounts DzQueueRead(void);
extern int64 DzQueueDepth(void); /* those that wait */
extern void DzQueueSetOldest(TimestampTz oldest); /* 0: none */

/* ---- numbers.c: of outbox entries ---- */

typedef struct DzNumberState
{
	int64 next; /* 0: none was given out since the server's start */
	uint32 nforbidden; /* how often ranges were voided */
} DzNumberState;

extern bool DzNumberTake(Oid sequence, int64 *number);
extern bool DzNumberRead(Oid sequence, DzNumberState *state);
extern void DzNumberAllow(Oid sequence, int64 first, int64 end,
						  DzNumberState known);
extern void DzNumberForbid(void);

/* ---- board.c: runs that backends wait for ---- */

#define DZ_BOARD_ID_SIZE 64

/* What a backend asks for. */
typedef struct DzBoardRun
{
	Oid server;
	Oid role; /* with whose mapping the worker may ask */
	char domain[DZ_BOARD_ID_SIZE];
	char run[DZ_BOARD_ID_SIZE];
} DzBoardRun;

typedef enum DzBoardNews
{
	DZ_BOARD_NOTHING, /* the worker has said nothing new */
	DZ_BOARD_STATUS, /* it has seen the status */
	DZ_BOARD_LOST /* it cannot see the run, or has gone: ask the service */
} DzBoardNews;

/* the waiting backend's side */
extern bool DzBoardPost(const DzBoardRun *run);
extern DzBoardNews DzBoardRead(char *status, size_t size);
extern void DzBoardClear(void);

/* the worker's side */
extern int DzBoardList(DzBoardRun *runs, int max);
extern void DzBoardTell(const DzBoardRun *run, const char *status);
extern void DzBoardTellLost(const DzBoardRun *run);
extern void DzBoardForget(Oid database); /* its worker has gone */

/* ---- ledger.c: lineage that was told ---- */

/* A hash of all that makes an event. */
typedef struct DzLedgerKey
{
	uint64 high;
	uint64 low;
} DzLedgerKey;

extern bool DzLedgerIsTold(DzLedgerKey key, TimestampTz since, int64 *rows);
extern void DzLedgerNote(DzLedgerKey key, TimestampTz now, int64 rows);

#endif /* DATAZONE_SHARED_H */
