/*-------------------------------------------------------------------------
 *
 * launcher.c
 *		One worker for each database that has the extension.
 *
 * The launcher is connected to no database, so that it is in nobody's way.
 * It knows the databases by pg_database and what is going on in them by their
 * slots; a database of which it knows nothing gets a *probe*: the worker's own
 * process, which leaves at once where the extension is not.  Probes and starts
 * go one at a time, so that a cluster of a thousand databases needs one
 * process slot to be looked through.
 *
 * It sleeps without a time-out when nothing is due.  What wakes it: the end of
 * a worker, a probe asked for (CREATE EXTENSION), a rescan asked for (CREATE
 * DATABASE, a database unblocked), a reload.
 *
 * All that it knows is its own and can be found again: a launcher that starts
 * anew leaves workers alone that it finds in the slots.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "lib/ilist.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/sinval.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "datazone.h"
#include "shared/shared.h"
#include "shared/vault.h"
#include "worker/room.h"
#include "worker/worker.h"

/* between starts of a worker that failed: doubling from the first */
#define FIRST_BACKOFF_MS 1000
#define LONGEST_BACKOFF_MS 60000

/* when no background worker slot was free */
#define NO_SLOT_BACKOFF_MS 5000

/* a start that is not heard of after so long holds up the next no more */
#define START_TIMEOUT_MS 2000

/* a sleep until credentials expire, at most: the clock may be set */
#define LONGEST_WIPE_MS 3600000

#define LAUNCHER_RESTART_SECONDS 1

/* what a DROP DATABASE that was interrupted leaves (since 15.4) */
#define CONNLIMIT_OF_INVALID (-2)

/* What the launcher knows of a database. */
typedef struct Database
{
	dlist_node node;
	Oid oid;
	NameData name;
	bool seen; /* in this reading of pg_database */
	bool connectable; /* neither a template nor closed */
	bool wanted; /* connectable, and datazone.databases names it */
	bool absent; /* looked at: no extension */
	int no_slot_failures; /* starts in a row without a process slot */
	TimestampTz not_before; /* its next start; 0: at once */
} Database;

static dlist_head databases = DLIST_STATIC_INIT(databases);

/* The start that is under way, if there is one. */
static Database *starting = NULL;
static BackgroundWorkerHandle *starting_handle = NULL;
static TimestampTz starting_since;

/* A database found no slot of ours: said once, until one finds a slot. */
static bool lacks_own_slots = false;

static void read_databases(void);
static void see_to_all(bool woken, TimestampTz now);
static void see_to(Database *database, TimestampTz now);
static void start_worker(Database *database, bool has_slot, TimestampTz now);
static void watch_start(TimestampTz now);
static long time_to_sleep(TimestampTz now);
static long time_to_wipe(long sleep_ms);

/* Called while the postmaster loads libraries. */
void
DzLauncherInit(void)
{
	BackgroundWorker launcher = {0};

	/* pg_upgrade's servers must not do anything by themselves */
	if (IsBinaryUpgrade)
		return;

	launcher.bgw_flags =
		BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	launcher.bgw_start_time = BgWorkerStart_RecoveryFinished;
	launcher.bgw_restart_time = LAUNCHER_RESTART_SECONDS;
	strlcpy(launcher.bgw_library_name, DZ_EXTENSION_NAME,
			sizeof(launcher.bgw_library_name));
	strlcpy(launcher.bgw_function_name, "DzLauncherMain",
			sizeof(launcher.bgw_function_name));
	strlcpy(launcher.bgw_name, "datazone launcher", BGW_MAXLEN);
	strlcpy(launcher.bgw_type, "datazone launcher", BGW_MAXLEN);
	RegisterBackgroundWorker(&launcher);
}

void
DzLauncherMain(Datum arg)
{
	bool woken = true;
	uint32 wait_event;

	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	/* until here SIGHUP was ignored: one since the fork is lost */
	ConfigReloadPending = true;
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();

	DzLauncherEnter();
	BackgroundWorkerInitializeConnection(NULL, NULL, 0);
	SetConfigOption("application_name", "datazone launcher", PGC_SUSET,
					PGC_S_OVERRIDE);
	pgstat_report_activity(STATE_IDLE, NULL);
	wait_event = DzWaitEventNew("DatazoneLauncherMain");

	for (;;)
	{
		TimestampTz now;
		long sleep_ms;
		int events;

		CHECK_FOR_INTERRUPTS();
		if (catchupInterruptPending)
			ProcessCatchupInterrupt();
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
			DzLauncherAskRescan();
		}

		if (DzLauncherTakeRescan())
			read_databases();
		now = GetCurrentTimestamp();
		watch_start(now);
		see_to_all(woken, now);

		sleep_ms = time_to_wipe(time_to_sleep(now));
		events = WaitLatch(MyLatch,
						   WL_LATCH_SET | WL_EXIT_ON_PM_DEATH |
							   (sleep_ms >= 0 ? WL_TIMEOUT : 0),
						   sleep_ms, wait_event);
		ResetLatch(MyLatch);
		woken = (events & WL_LATCH_SET) != 0;
	}
}

/* ----------
 * Which databases there are
 * ----------
 */

static Database *
find_database(Oid oid)
{
	dlist_iter iter;

	dlist_foreach (iter, &databases)
	{
		Database *database = dlist_container(Database, node, iter.cur);

		if (database->oid == oid)
			return database;
	}
	return NULL;
}

/* The start that was under way is so no longer, or matters no more. */
static void
forget_start(void)
{
	pfree(starting_handle);
	starting_handle = NULL;
	starting = NULL;
}

static void
take_tuple(Form_pg_database form)
{
	Database *database = find_database(form->oid);

	if (database == NULL)
	{
		database = MemoryContextAllocZero(TopMemoryContext, sizeof(Database));
		database->oid = form->oid;
		dlist_push_tail(&databases, &database->node);
	}
	database->name = form->datname;
	database->seen = true;
	database->connectable = form->datallowconn && !form->datistemplate &&
							form->datconnlimit != CONNLIMIT_OF_INVALID;
	database->wanted =
		database->connectable && DzDatabaseIsWanted(NameStr(form->datname));
}

/* Forget a database that was dropped. */
static void
forget_database(Database *database)
{
	if (starting == database)
		forget_start();
	dlist_delete(&database->node);
	pfree(database);
}

/*
 * Slots of databases that are not there: of dropped ones, and of one that was
 * made after our reading of pg_database.  The latter has another reading asked
 * for, and whatever that finds new is probed.
 */
static void
free_strange_slots(void)
{
	DzSlotView *slots = palloc(DzMaxDatabases * sizeof(DzSlotView));
	int count = DzSlotReadAll(slots, DzMaxDatabases);

	for (int i = 0; i < count; i++)
		if (find_database(slots[i].database) == NULL)
		{
			(void) DzSlotTakeProbe(slots[i].database);
			(void) DzSlotFree(slots[i].database);
		}
	pfree(slots);
}

static void
read_databases(void)
{
	Relation rel;
	TableScanDesc scan;
	HeapTuple tuple;
	dlist_mutable_iter iter;

	dlist_foreach_modify (iter, &databases)
	{
		dlist_container(Database, node, iter.cur)->seen = false;
	}

	SetCurrentStatementStartTimestamp();
	pgstat_report_activity(STATE_RUNNING, "reading pg_database");
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	rel = table_open(DatabaseRelationId, AccessShareLock);
	scan = table_beginscan_catalog(rel, 0, NULL);
	while ((tuple = heap_getnext(scan, ForwardScanDirection)) != NULL)
		take_tuple((Form_pg_database) GETSTRUCT(tuple));
	table_endscan(scan);
	table_close(rel, AccessShareLock);
	PopActiveSnapshot();
	CommitTransactionCommand();
	pgstat_report_activity(STATE_IDLE, NULL);

	dlist_foreach_modify (iter, &databases)
	{
		Database *database = dlist_container(Database, node, iter.cur);

		if (!database->seen)
			forget_database(database);
	}
	free_strange_slots();
}

/* ----------
 * What each needs
 * ----------
 */

/* 1 s, 2 s, 4 s ... after so many failures in a row. */
static TimestampTz
back_off(TimestampTz since, int failures, int first_ms)
{
	int doublings = Min(Max(failures - 1, 0), 16);
	int64 ms = Min((int64) first_ms << doublings, LONGEST_BACKOFF_MS);

	return TimestampTzPlusMilliseconds(since, ms);
}

/* False: it is still needed.  Else who lacks one may try again. */
static bool
give_slot_back(const Database *database)
{
	if (!DzSlotFree(database->oid))
		return false;
	if (lacks_own_slots)
		SetLatch(MyLatch);
	return true;
}

/*
 * A database has no worker: may one be started, and not before when?  False:
 * not before something changes.
 */
static bool
may_start(Database *database, const DzSlotView *slot, bool has_slot)
{
	if (!has_slot)
		return !database->absent;

	switch (slot->state)
	{
		case DZ_WORKER_ABSENT:
			database->absent = give_slot_back(database);
			return false;
		case DZ_WORKER_REFUSED:
			return false;
		case DZ_WORKER_FAILED:
			database->not_before =
				back_off(slot->ended_at, slot->failures, FIRST_BACKOFF_MS);
			return true;
		default:
			return true;
	}
}

/* A database that is to have no worker. */
static void
see_to_unwanted(const Database *database, const DzSlotView *slot)
{
	if (slot->worker_pid != 0)
		DzSlotSignal(database->oid);
	else if (database->connectable)
		DzSlotSetState(database->oid, DZ_WORKER_UNWANTED, "");
	else
	{
		(void) DzSlotTakeProbe(database->oid);
		(void) give_slot_back(database);
	}
}

static void
see_to(Database *database, TimestampTz now)
{
	DzSlotView slot;
	bool has_slot = DzSlotRead(database->oid, &slot);

	if (!database->wanted)
	{
		database->absent = false;
		database->not_before = 0;
		if (has_slot)
			see_to_unwanted(database, &slot);
		return;
	}
	if (database == starting || (has_slot && slot.worker_pid != 0))
		return;

	if (has_slot && slot.probe)
	{
		(void) DzSlotTakeProbe(database->oid);
		DzSlotSetState(database->oid, DZ_WORKER_NONE, NULL);
		slot.state = DZ_WORKER_NONE;
		database->absent = false;
		database->not_before = 0;
	}
	if (may_start(database, &slot, has_slot) && database->not_before <= now &&
		starting == NULL && DzDatabaseMayStart(database->oid))
		start_worker(database, has_slot, now);
}

/*
 * "woken" is not by time.  The postmaster wakes us when a worker has ended,
 * and then a process slot may be free: whoever lacks one need not wait.
 */
static void
see_to_all(bool woken, TimestampTz now)
{
	bool probe_all = DzLauncherTakeProbeAll();
	dlist_iter iter;

	dlist_foreach (iter, &databases)
	{
		Database *database = dlist_container(Database, node, iter.cur);

		if (probe_all)
			database->absent = false;
		if (woken && database->no_slot_failures > 0)
			database->not_before = 0;
		see_to(database, now);
	}
}

/* ----------
 * Starting
 * ----------
 */

/* Whether some database's last start found no background worker slot. */
static bool
has_complained_of_slots(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &databases)
	{
		Database *database = dlist_container(Database, node, iter.cur);

		if (database->wanted && database->no_slot_failures > 0)
			return true;
	}
	return false;
}

/* There is no background worker slot: once is enough to say so. */
static void
no_worker_slot(Database *database, TimestampTz now)
{
	if (!has_complained_of_slots())
		ereport(WARNING,
				(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
				 errmsg("no background worker slot is free for the datazone "
						"worker of database \"%s\"",
						NameStr(database->name)),
				 errhint("Raise max_worker_processes.")));
	database->no_slot_failures++;
	database->not_before =
		back_off(now, database->no_slot_failures, NO_SLOT_BACKOFF_MS);
	DzSlotSetState(database->oid, DZ_WORKER_NO_SLOT,
				   "no background worker slot is free; raise "
				   "max_worker_processes");
}

/* A slot that only says that its database is to have no worker. */
static bool
free_an_unwanted_slot(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &databases)
	{
		Database *database = dlist_container(Database, node, iter.cur);

		if (database->wanted)
			continue;
		(void) DzSlotTakeProbe(database->oid);
		if (DzSlotFree(database->oid))
			return true;
	}
	return false;
}

static bool
claim_slot(Oid database)
{
	return DzSlotClaim(database) ||
		   (free_an_unwanted_slot() && DzSlotClaim(database));
}

/*
 * All our own slots are taken.  Only we give slots back, so there is nothing
 * to wait for: whenever we are awake we try again.
 */
static void
no_own_slot(const Database *database)
{
	if (!lacks_own_slots)
		ereport(WARNING,
				(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
				 errmsg("no datazone worker for database \"%s\": all %d "
						"slots are taken",
						NameStr(database->name), DzMaxDatabases),
				 errhint("Raise datazone.max_databases.")));
	lacks_own_slots = true;
}

static bool
register_worker(const Database *database)
{
	BackgroundWorker worker = {0};
	MemoryContext old;
	bool done;

	worker.bgw_flags = BGWORKER_SHMEM_ACCESS |
					   BGWORKER_BACKEND_DATABASE_CONNECTION |
					   DZ_BGWORKER_INTERRUPTIBLE;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	strlcpy(worker.bgw_library_name, DZ_EXTENSION_NAME,
			sizeof(worker.bgw_library_name));
	strlcpy(worker.bgw_function_name, "DzWorkerMain",
			sizeof(worker.bgw_function_name));
	snprintf(worker.bgw_name, BGW_MAXLEN, "datazone worker of database %u",
			 database->oid);
	strlcpy(worker.bgw_type, "datazone worker", BGW_MAXLEN);
	worker.bgw_main_arg = ObjectIdGetDatum(database->oid);
	worker.bgw_notify_pid = MyProcPid;

	old = MemoryContextSwitchTo(TopMemoryContext);
	done = RegisterDynamicBackgroundWorker(&worker, &starting_handle);
	MemoryContextSwitchTo(old);
	return done;
}

static void
start_worker(Database *database, bool has_slot, TimestampTz now)
{
	if (!has_slot && !claim_slot(database->oid))
	{
		no_own_slot(database);
		return;
	}
	lacks_own_slots = lacks_own_slots && has_slot;

	/* first: a worker may have come and gone before we are back */
	DzSlotSetState(database->oid, DZ_WORKER_STARTING,
				   database->no_slot_failures > 0 ? "" : NULL);
	if (!register_worker(database))
	{
		no_worker_slot(database, now);
		return;
	}
	database->no_slot_failures = 0;
	starting = database;
	starting_since = now;
}

/*
 * Has the start that is under way come to something?  It has when the worker
 * serves, or when the postmaster has seen its end, for only then its process
 * slot is free for the next.
 */
static void
watch_start(TimestampTz now)
{
	DzSlotView slot;
	pid_t pid;
	bool has_slot;

	if (starting == NULL)
		return;

	has_slot = DzSlotRead(starting->oid, &slot);
	if (GetBackgroundWorkerPid(starting_handle, &pid) == BGWH_STOPPED)
	{
		/* it could not even enter: blocked, or no memory to fork */
		if (has_slot && slot.worker_pid == 0 &&
			slot.state == DZ_WORKER_STARTING)
		{
			DzSlotSetState(starting->oid, DZ_WORKER_NONE, NULL);
			starting->not_before =
				TimestampTzPlusMilliseconds(now, FIRST_BACKOFF_MS);
		}
		forget_start();
	}
	else if ((has_slot && (slot.state == DZ_WORKER_RUNNING ||
						   slot.state == DZ_WORKER_DISABLED)) ||
			 TimestampDifferenceExceeds(starting_since, now, START_TIMEOUT_MS))
		forget_start();
}

/* Milliseconds until something is due; -1: nothing is. */
static long
time_to_sleep(TimestampTz now)
{
	TimestampTz due = 0;
	dlist_iter iter;

	if (starting != NULL)
		due = TimestampTzPlusMilliseconds(starting_since, START_TIMEOUT_MS);
	dlist_foreach (iter, &databases)
	{
		Database *database = dlist_container(Database, node, iter.cur);

		if (database->wanted && database->not_before > now &&
			(due == 0 || database->not_before < due))
			due = database->not_before;
	}
	return due == 0 ? -1 : TimestampDifferenceMilliseconds(now, due);
}

/*
 * Wipe credentials that have expired, and be back when the next ones do; at
 * most once a second.  "sleep_ms" and the result are as above.
 */
static long
time_to_wipe(long sleep_ms)
{
	int64 next_us = DzVaultWipeExpired();
	long wipe_ms;

	if (next_us < 0)
		return sleep_ms;
	wipe_ms = (long) Min(Max(next_us / 1000 + 1, 1000), LONGEST_WIPE_MS);
	return sleep_ms < 0 ? wipe_ms : Min(sleep_ms, wipe_ms);
}
