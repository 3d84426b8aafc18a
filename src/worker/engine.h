/*-------------------------------------------------------------------------
 *
 * engine.h
 *		Inside of the worker room: what a worker process is made of.
 *
 *		watches.c ──► sources ─┐                      ┌─► store.c ──► datazone_run
 *					  cycle.c   ├─► queue.c ──► api ───┤
 *		follow.c  ──► follows ─┘   (one loop)         └─► board, NOTIFY
 *
 * A *job* asks the service for one thing after another, one request at a
 * time: a *source* is the job of a watched data source, a *follow* that of a
 * single run.  The queue starts the requests of all jobs, as many at once as
 * the settings and the buckets allow, and hands out the answers.
 *
 * No transaction is open while a request is under way.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_WORKER_ENGINE_H
#define DATAZONE_WORKER_ENGINE_H

#include "lib/ilist.h"
#include "lib/pairingheap.h"
#include "utils/timestamp.h"

#include "api/api.h"
#include "api/row.h"
#include "server/server.h"
#include "shared/shared.h"
#include "worker/tables.h"
#include "worker/worker.h"

#define DZ_SECOND_US INT64CONST(1000000)

/* ---- queue.c ---- */

typedef struct DzJob DzJob;
typedef struct DzServerQueue DzServerQueue;

/* What a kind of job does.  All may throw; the queue calls failed() then. */
typedef struct DzJobKind
{
	/* the job is due: say what it asks for first, by DzJobAsk() */
	void (*due)(DzJob *job);

	/*
	 * Start the request that was asked for, in CurrentMemoryContext; a
	 * transaction is open, the current user is the job's role.  NULL: not
	 * yet; then started() puts the job aside, which keeps its token.
	 */
	DzCall *(*start)(DzJob *job, const DzConnection *conn);

	/* or NULL: that transaction is committed, and nothing has been sent yet */
	void (*started)(DzJob *job);

	/*
	 * The call has ended, well or badly.  No transaction is open.  To end
	 * with DzJobAsk(), DzJobSleep() or DzJobEnd().
	 */
	void (*answered)(DzJob *job, DzCall *call);

	/* it threw; the same ending */
	void (*failed)(DzJob *job, const ErrorData *error);

	/* a row that it stored was written, or could not be (error not NULL) */
	void (*stored)(DzJob *job, const char *run, const ErrorData *error);
} DzJobKind;

typedef enum DzJobPlace
{
	DZ_JOB_NOWHERE,
	DZ_JOB_ASLEEP, /* in the heap, until it is due */
	DZ_JOB_READY, /* in its server's queue */
	DZ_JOB_SENT, /* its request is under way */
	DZ_JOB_ANSWERED /* its request has ended */
} DzJobPlace;

struct DzJob
{
	const DzJobKind *kind;
	Oid serverid;
	Oid role;
	DzJobPlace place;
	const DzOperation *op; /* that it asks for */
	bool is_fresh; /* takes turns with those that have waited */
	int64 fresh_until_us; /* and with them only until then */
	dlist_node node; /* ready, sent or answered */
	pairingheap_node heap_node; /* asleep */
	int64 due_us;
	DzServerQueue *queue; /* while ready, sent or answered */
	int64 token_wait_us; /* what its last try to start has to wait for */
	bool has_token; /* from a try that was put off */
	MemoryContext request_cxt; /* of the request under way */
	DzCall *call;
};

extern void DzQueueInit(void);
extern void DzJobInit(DzJob *job, const DzJobKind *kind, Oid serverid,
					  Oid role);
extern void DzJobAsk(DzJob *job, const DzOperation *op);
extern void DzJobAskNext(DzJob *job, const DzOperation *op);
extern void DzJobSleep(DzJob *job, int64 delay_us);
extern void DzJobEnd(DzJob *job);
extern void DzQueueRun(void);
extern int64 DzQueueWaitUs(void);
extern int DzQueueInFlight(void);
extern int DzQueueSilences(Oid serverid);
extern bool DzQueueLacksTokens(void);

/* ---- request.c ---- */

extern void DzJobTryStart(DzJob *job, DzCallDoneFn done);

/* ---- watches.c: the list of watches, in the table and in memory ---- */

typedef struct DzSource DzSource;

extern void DzWatchesInit(void);
extern void DzWatchesRead(void);
extern void DzSourceChanged(DzSource *source, bool soon);
extern ErrorData *DzWatchesSave(void);
extern bool DzSourceSave(DzSource *source);
extern int64 DzWatchesSaveWaitUs(void);
extern int DzWatchesCount(void);
extern void DzWatchesGauge(DzWorkerGauges *gauges);
extern void DzSourceFails(bool now);
extern void DzWatchesForget(void);

/* ---- cycle.c: what a watched data source's job does ---- */

/* A run that has not ended, as far as we know. */
typedef struct DzOpenRun
{
	struct DzOpenRun *next;
	bool seen; /* in this cycle */
	char id[FLEXIBLE_ARRAY_MEMBER];
} DzOpenRun;

typedef enum DzCycleStep
{
	DZ_STEP_REQUESTED, /* the listing by status REQUESTED */
	DZ_STEP_RUNNING, /* by status RUNNING */
	DZ_STEP_LATEST, /* the first page of all */
	DZ_STEP_ALL, /* the whole listing */
	DZ_STEP_OPEN /* unfinished runs that no listing showed */
} DzCycleStep;

/* whose first page is remembered by its hash */
#define DZ_STEPS_HASHED 3

/* What the listing's order has shown so far. */
typedef enum DzOrder
{
	DZ_ORDER_UNKNOWN,
	DZ_ORDER_NEWEST_FIRST,
	DZ_ORDER_OTHER
} DzOrder;

struct DzSource
{
	DzJob job; /* must be first */

	/* the watch: its key as the table has it */
	char *server;
	char *domain;
	char *id;
	int64 every_us;
	uint64 generation; /* of the reading that saw it last */

	/* what the table should say */
	TimestampTz last_sync_at; /* 0: never */
	char *last_error; /* NULL: none */
	bool unsaved; /* it says something else */
	bool save_soon;
	int64 saved_at_us;
	dlist_node unsaved_node;

	/* between cycles */
	DzOpenRun *open_runs;
	uint64 hashes[DZ_STEPS_HASHED]; /* of first pages; 0: none */
	DzOrder order;
	bool is_spread; /* its cycles have a phase of their own */
	bool has_list; /* the whole listing was read since the worker began */
	int64 reconcile_at_us;

	/* this cycle */
	DzCycleStep step;
	int64 began_us;
	char *token; /* of the page to ask for; NULL: the first */
	DzTokenCycle tokens;
	int64 last_created_us; /* of the item before; for the order */
	bool order_broken;
	bool order_shown; /* two runs made at different times were seen */
	DzOpenRun *asking; /* in DZ_STEP_OPEN */
	bool in_trouble; /* a row could not be written */
	bool misses_rows; /* some that could not are not asked for singly */
	bool is_ended; /* waits for its rows to be written */
	dlist_node ended_node;
};

/* between readings of the whole listing, where its order tells nothing */
#define DZ_RECONCILE_US (3600 * DZ_SECOND_US)

extern void DzSourceInit(DzSource *source, const char *error);
extern void DzSourceReconcileBy(DzSource *source, int64 us);
extern void DzSourceTryAgain(DzSource *source);
extern void DzSourceFree(DzSource *source);
extern void DzCyclesSettle(void);
extern void DzSourceSetError(DzSource *source, const char *error);

/* ---- open_run.c ---- */

extern DzOpenRun *DzSourceFindOpenRun(const DzSource *source, const char *run);
extern void DzSourceAddOpenRun(DzSource *source, const char *run);
extern void DzSourceDropOpenRun(DzSource *source, const char *run);
extern void DzSourceDeferOpenRun(DzSource *source, DzOpenRun *run);
extern int DzSourceCountOpenRuns(const DzSource *source);

/* ---- page.c: "items" has "count" of them ---- */

extern bool DzPageIsUnchanged(DzSource *source, const DzJson *items,
							  size_t count, bool has_more);
extern void DzPageSeeAgain(DzSource *source, const DzJson *items,
						   size_t count);
extern void DzPageForgetOrder(DzSource *source);
extern void DzPageWatchOrder(DzSource *source, const DzJson *items,
							 size_t count);
extern bool DzPageLeavesGap(DzSource *source, const DzJson *items,
							size_t count);
extern char *DzItemRunId(const DzJson *item);
extern bool DzItemHasEnded(const DzJson *item);

/* ---- follow.c: single runs ---- */

extern void DzFollowsReadTable(void);
extern void DzFollowsReadBoard(void);
extern int DzFollowsCount(void);
extern void DzFollowsForget(void);
extern void DzFollowsTryAgain(void);

/* ---- store.c: rows of datazone_run ---- */

extern void DzStoreInit(void);
extern void DzStoreAdd(DzJob *job, const DzAnswer *answer,
					   const DzRowShape *shape, const char *server,
					   const char *domain, const DzJson *item);
extern void DzStoreTryAdd(DzJob *job, const DzAnswer *answer,
						  const DzRowShape *shape, const char *server,
						  const char *domain, const DzJson *item);
extern void DzStoreFlush(void);
extern void DzStoreForget(const DzJob *job);
extern int64 DzStoreWaitUs(void);

/* ---- claims.c: whose rows of datazone_run a server's name stands for ---- */

extern void DzNameRequire(Oid serverid, const char *name);
extern void DzNamesForget(void);
extern void DzNamesFindVoid(void *arg);
extern void DzNamesDelete(void *arg);

/* ---- cleanup.c ---- */

extern void DzCleanupRun(void);
extern void DzCleanupSoon(void);
extern int64 DzCleanupWaitUs(void);

/* ---- statements.c: the worker's own SQL ---- */

typedef void (*DzSqlFn)(void *arg);

extern void DzSqlLimit(DzSqlFn fn, void *arg);
extern void DzSqlRun(const char *table, const char *activity, DzSqlFn fn,
					 void *arg);
extern void DzSqlWithin(const char *table, DzSqlFn fn, void *arg);
extern ErrorData *DzSqlTry(const char *table, const char *activity, DzSqlFn fn,
						   void *arg);

/* In a DzSqlFn whose statements run nobody's code: no limit from here on. */
extern void DzSqlUnlimited(void);

/* Let pg_stat_* know of what was done since. */
extern void DzSqlReport(bool rests);

/* An error as one line for a table or a log. */
extern char *DzErrorText(const ErrorData *error);

#endif /* DATAZONE_WORKER_ENGINE_H */
