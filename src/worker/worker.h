/*-------------------------------------------------------------------------
 *
 * worker.h
 *		The worker room: a launcher, and one background worker for each
 *		database that has the extension.
 *
 * The *launcher* is connected to no database; it sees to it that each one
 * with the extension has its *worker*, which keeps datazone_run like the
 * service and (a later version) delivers the outbox.  A *probe* is a worker
 * that was started to see whether the extension is there.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_WORKER_H
#define DATAZONE_WORKER_H

#include "fmgr.h"

extern void DzWorkerInit(void);

/* ---- settings.c ---- */

extern bool DzEnabled; /* datazone.enabled */
extern char *DzDatabases; /* datazone.databases */
extern int DzMaxInFlight; /* datazone.max_in_flight */
extern int DzRunRetention; /* datazone.run_retention, seconds; 0: for ever */
extern bool DzNotify; /* datazone.notify */

/* Whether datazone.databases names a database. */
extern bool DzDatabaseIsWanted(const char *name);

/* ---- wake.c: what happens once a transaction has committed ---- */

/* Wake this database's worker; "why" as DZ_WAKE_... in shared.h. */
extern void DzWakeAtCommit(uint32 why);

/* The extension was made, changed or dropped here. */
extern void DzProbeAtCommit(void);

/* Databases were made or changed. */
extern void DzRescanAtCommit(void);

/* ---- process.c: what other rooms have a worker do ---- */

typedef struct DzWorkerTask
{
	void (*begin)(void); /* the worker begins, or is enabled again */
	void (*forget)(void); /* it was disabled; also before the first begin */
	void (*heed)(uint32 wakes); /* it was woken */
	void (*run)(void); /* in each round: what can be done without waiting */
	int64 (*wait_us)(void); /* until there is more to do; -1: for ever */
	uint32 (*later)(void); /* wakes that have time until then */
} DzWorkerTask;

extern void DzWorkerAddTask(const DzWorkerTask *task);

/* ---- entry points of the processes ---- */

extern PGDLLEXPORT void DzLauncherMain(Datum arg);
extern PGDLLEXPORT void DzWorkerMain(Datum arg);

#endif /* DATAZONE_WORKER_H */
