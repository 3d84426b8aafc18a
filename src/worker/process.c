/*-------------------------------------------------------------------------
 *
 * process.c
 *		The life of a worker: a background process of one database.
 *
 *		enter ──► connect ──► extension there? ──► serve, for ever
 *		  │ blocked             │ no: a probe that found nothing
 *		  ▼                     ▼
 *		 end                   end
 *
 * The launcher starts it and starts it again; what it leaves in its slot when
 * it ends tells the launcher why it did.  SIGTERM is die(), which ends it at
 * the next CHECK_FOR_INTERRUPTS(), and the loop checks at every turn.  It
 * ends with an error status unless there is nothing to do here.
 *
 * A round of the main loop does all that can be done at once and then turns
 * the event loop, which waits until something happens.  With nothing to do
 * that is for ever: no query, no timer.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/indexing.h"
#include "catalog/pg_extension.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/lock.h"
#include "storage/sinval.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "datazone.h"
#include "worker/engine.h"

/* the watches' table is read once in this time at most */
#define READ_PERIOD_US DZ_SECOND_US

/* after a reading that failed */
#define READ_AGAIN_US (5 * DZ_SECOND_US)

/* without an error for so long a worker is well */
#define HEALTHY_US (60 * DZ_SECOND_US)

/*
 * What makes our advisory lock ours: "dzwk", and a class that no SQL function
 * takes (they have 1 and 2), so that no session can keep a worker out.
 */
#define LOCK_SPACE 0x647a776b
#define LOCK_NUMBER 1
#define LOCK_CLASS 3

/* What was found of the extension. */
typedef struct Extension
{
	Oid oid; /* InvalidOid: none */
	Oid schema;
	char version[NAMEDATALEN];
	char database[NAMEDATALEN];
} Extension;

static Extension served; /* what this worker has begun with */

static void set_up_signals(void);
static void set_up_session(void);
static void find_extension(Extension *extension);
static bool may_serve(const Extension *extension);
static void take_lock(void);
static void serve(void);

/* ----------
 * From start to end
 * ----------
 */

/* Keep the error for the slot; the process ends with it. */
static void
fail_with(ErrorData *error)
{
	DzWorkerSetState(DZ_WORKER_FAILED, error->message);
}

void
DzWorkerMain(Datum arg)
{
	Oid database = DatumGetObjectId(arg);
	MemoryContext life = CurrentMemoryContext;

	set_up_signals();
	if (!DzWorkerEnter(database))
		proc_exit(0);

	PG_TRY();
	{
		BackgroundWorkerInitializeConnectionByOid(database, InvalidOid, 0);
		set_up_session();
		find_extension(&served);
		if (!may_serve(&served))
			proc_exit(0);
		take_lock();
		serve();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(life);
		fail_with(CopyErrorData());
		PG_RE_THROW();
	}
	PG_END_TRY();
}

static void
set_up_signals(void)
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	/* until here SIGHUP was ignored: one since the fork is lost */
	ConfigReloadPending = true;
	pqsignal(SIGTERM, die);
	/* statements.c lets it in where it is meant */
	pqsignal(SIGINT, PG_SIG_IGN);
	BackgroundWorkerUnblockSignals();
}

/* What this database's settings may say otherwise. */
static void
set_up_session(void)
{
	static const char *const settings[][2] = {
		{"application_name", "datazone worker"},
		{"search_path", "pg_catalog, pg_temp"},
		{"default_transaction_read_only", "off"},
		{"default_transaction_isolation", "read committed"},
		{"lock_timeout", "1s"},
		{"transaction_timeout", "0"}, /* new in 17 */
	};

	for (int i = 0; i < (int) lengthof(settings); i++)
		if (GetConfigOption(settings[i][0], true, false) != NULL)
			SetConfigOption(settings[i][0], settings[i][1], PGC_SUSET,
							PGC_S_OVERRIDE);

	/*
	 * What is lost with a crash is synced again.  For this session only: what
	 * others' commits wait for can still be asked (outbox/standby.c).
	 */
	SetConfigOption("synchronous_commit", "off", PGC_SUSET, PGC_S_SESSION);
}

/*
 * One worker a database, as pg_locks shows.  The slot in shared memory is what
 * keeps a second one out: a trigger of a table's owner could release the lock.
 */
static void
take_lock(void)
{
	LOCKTAG tag;

	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, LOCK_SPACE, LOCK_NUMBER,
						 LOCK_CLASS);
	if (LockAcquire(&tag, ExclusiveLock, true, true) == LOCKACQUIRE_NOT_AVAIL)
		ereport(ERROR,
				(errcode(ERRCODE_LOCK_NOT_AVAILABLE),
				 errmsg("another session holds the advisory lock of the "
						"datazone worker")));
}

/* ----------
 * The extension
 * ----------
 */

/*
 * One look at the catalog tells all.  A syscache, where 18 and later keep
 * extensions, may know less: who is woken by a commit can be here before that
 * has told the caches what it changed.
 */
static void
read_extension(Extension *extension)
{
	Relation rel = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;
	bool isnull;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber,
				F_NAMEEQ, CStringGetDatum(DZ_EXTENSION_NAME));
	scan = systable_beginscan(rel, ExtensionNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_extension form = (Form_pg_extension) GETSTRUCT(tuple);
		Datum version = heap_getattr(tuple, Anum_pg_extension_extversion,
									 RelationGetDescr(rel), &isnull);

		extension->oid = form->oid;
		extension->schema = form->extnamespace;
		strlcpy(extension->version, TextDatumGetCString(version),
				sizeof(extension->version));
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
}

static void
find_extension(Extension *extension)
{
	memset(extension, 0, sizeof(*extension));
	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	read_extension(extension);
	strlcpy(extension->database, get_database_name(MyDatabaseId),
			sizeof(extension->database));
	PopActiveSnapshot();
	CommitTransactionCommand();
}

/* False, and the slot says why, if there is nothing for us here. */
static bool
may_serve(const Extension *extension)
{
	char reason[DZ_SHARED_ERROR_SIZE];

	if (!OidIsValid(extension->oid))
	{
		DzWorkerSetState(DZ_WORKER_ABSENT, NULL);
		return false;
	}
	if (strcmp(extension->version, DZ_VERSION) == 0)
		return true;

	snprintf(reason, sizeof(reason),
			 "the extension is version %s, the library knows %s",
			 extension->version, DZ_VERSION);
	DzWorkerSetState(DZ_WORKER_REFUSED, reason);
	ereport(WARNING,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("datazone worker does not serve database \"%s\": %s",
					extension->database, reason),
			 errhint("Run ALTER EXTENSION datazone UPDATE, or install the "
					 "library of that version and restart the server.")));
	return false;
}

/* ----------
 * Serving
 * ----------
 */

/* What other rooms have a worker do. */
#define MAX_TASKS 4

static const DzWorkerTask *tasks[MAX_TASKS];
static int ntasks = 0;

/* To be called at load. */
void
DzWorkerAddTask(const DzWorkerTask *task)
{
	Assert(ntasks < MAX_TASKS);
	tasks[ntasks++] = task;
}

static bool enabled = false;
static uint32 wakes; /* what is still to be done */
static int64 read_at_us = 0; /* when the watches may be read again */

/* Wakes for which nobody need disturb us: we shall look in time by ourselves. */
static uint32
later_wakes(void)
{
	uint32 later = 0;

	/* all is looked at when it is enabled */
	if (!enabled)
		return ~(uint32) DZ_WAKE_EXTENSION;
	for (int i = 0; i < ntasks; i++)
		later |= tasks[i]->later();
	return later;
}

/*
 * Something failed that is tried again.  The log is told once: "trouble" is
 * what it was told last, or 0 after a success.
 */
static void
complain(const ErrorData *error, int *trouble)
{
	if (*trouble != error->sqlerrcode)
		ereport(WARNING, (errcode(error->sqlerrcode),
						  errmsg("datazone worker: %s", DzErrorText(error))));
	*trouble = error->sqlerrcode;
	DzWorkerSetState(enabled ? DZ_WORKER_RUNNING : DZ_WORKER_DISABLED,
					 error->message);
}

static bool
read_guarded(void (*read)(void), int *trouble)
{
	MemoryContext caller = CurrentMemoryContext;
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		read();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		AbortOutOfAnyTransaction();
		pgstat_report_activity(STATE_IDLE, NULL);
	}
	PG_END_TRY();

	MemoryContextSwitchTo(caller);
	if (error != NULL)
		complain(error, trouble);
	else
		*trouble = 0;
	return error == NULL;
}

/* A row that is locked, or the whole table, holds nobody up: see watches.c. */
static void
save_watches(void)
{
	static int trouble = 0;
	ErrorData *error = DzWatchesSave();

	if (error != NULL)
		complain(error, &trouble);
	else
		trouble = 0;
}

/* ----------
 * The extension may have changed
 * ----------
 */

static Extension seen;

static void
find_again(void *arg)
{
	find_extension(&seen);
}

static void
look_again(void)
{
	DzSqlLimit(find_again, NULL);
}

/*
 * Leave if the extension is not what it was.  False: a lock is in the way;
 * look again later.
 */
static bool
check_extension(void)
{
	static int trouble = 0;

	/* before the look: a probe that is asked for after it is another one */
	(void) DzSlotTakeProbe(MyDatabaseId);
	if (!read_guarded(look_again, &trouble))
		return false;
	if (seen.oid == served.oid && seen.schema == served.schema &&
		strcmp(seen.version, served.version) == 0)
		return true;
	ereport(LOG, (errmsg("datazone worker of database \"%s\" ends: the "
						 "extension was %s",
						 seen.database,
						 OidIsValid(seen.oid) ? "altered" : "dropped")));
	DzWorkerSetState(OidIsValid(seen.oid) ? DZ_WORKER_NONE : DZ_WORKER_ABSENT,
					 NULL);
	proc_exit(0);
}

/* ----------
 * A round
 * ----------
 */

static void
read_tables(void)
{
	if (wakes & DZ_WAKE_WATCHES)
		DzWatchesRead();
	wakes &= ~DZ_WAKE_WATCHES;
	if (wakes & DZ_WAKE_FOLLOWS)
		DzFollowsReadTable();
	wakes &= ~DZ_WAKE_FOLLOWS;
}

/* Hear what became of the catalogs; callbacks of rooms note what they need. */
static void
read_changes(void)
{
	StartTransactionCommand();
	CommitTransactionCommand();
}

static int64 extension_at_us = 0; /* when to look at it again; 0: not */

static void
heed_extension(void)
{
	bool is_due =
		extension_at_us != 0 && DzNowMonotonicUs() >= extension_at_us;

	if (!(wakes & DZ_WAKE_EXTENSION) && !is_due)
		return;
	wakes &= ~DZ_WAKE_EXTENSION;
	extension_at_us =
		check_extension() ? 0 : DzNowMonotonicUs() + READ_AGAIN_US;
}

/* See to what we were woken for. */
static void
heed_wakes(void)
{
	static int catalog_trouble = 0;
	static int table_trouble = 0;

	heed_extension();
	if (wakes & DZ_WAKE_CLEANUP)
		DzCleanupSoon();
	if (wakes & DZ_WAKE_BOARD)
		DzFollowsReadBoard();
	if (wakes & DZ_WAKE_CATALOG)
	{
		(void) read_guarded(read_changes, &catalog_trouble);
		DzFollowsTryAgain();
	}
	for (int i = 0; i < ntasks; i++)
		tasks[i]->heed(wakes);
	wakes &= DZ_WAKE_WATCHES | DZ_WAKE_FOLLOWS;

	if (wakes != 0 && DzNowMonotonicUs() >= read_at_us)
		read_at_us =
			DzNowMonotonicUs() + (read_guarded(read_tables, &table_trouble)
									  ? READ_PERIOD_US
									  : READ_AGAIN_US);
}

static void
set_gauges(void)
{
	DzWorkerGauges gauges = {0};

	DzWatchesGauge(&gauges);
	gauges.followed = DzFollowsCount();
	gauges.in_flight = DzQueueInFlight();
	DzWorkerSetGauges(&gauges);
}

/* datazone.enabled was switched. */
static void
switch_state(void)
{
	enabled = DzEnabled;
	DzWorkerSetState(enabled ? DZ_WORKER_RUNNING : DZ_WORKER_DISABLED, NULL);
	if (!enabled)
	{
		DzWatchesForget();
		DzFollowsForget();
		for (int i = 0; i < ntasks; i++)
			tasks[i]->forget();
	}
	else
	{
		for (int i = 0; i < ntasks; i++)
			tasks[i]->begin();
		wakes = DZ_WAKE_ALL & ~DZ_WAKE_EXTENSION;
	}

	set_gauges();

	/* who had posted before the state was seen is not told otherwise */
	if (!enabled)
		DzBoardForget(MyDatabaseId);
}

static void
reload(void)
{
	ConfigReloadPending = false;
	ProcessConfigFile(PGC_SIGHUP);
	DzLoopExpectRequests(DzMaxInFlight);
	DzCleanupSoon();
}

static int64
sooner(int64 a, int64 b)
{
	if (a < 0)
		return b;
	return b < 0 ? a : Min(a, b);
}

/* How long nothing will be to do unless something happens; -1: for ever. */
static int64
wait_us(void)
{
	int64 wait = -1;

	if (extension_at_us != 0)
		wait = Max(extension_at_us - DzNowMonotonicUs(), 0);
	if (!enabled)
		return wait;
	wait = sooner(wait, DzQueueWaitUs());
	wait = sooner(wait, DzStoreWaitUs());
	wait = sooner(wait, DzWatchesSaveWaitUs());
	wait = sooner(wait, DzCleanupWaitUs());
	for (int i = 0; i < ntasks; i++)
		wait = sooner(wait, tasks[i]->wait_us());
	if (wakes != 0)
		wait = sooner(wait, Max(read_at_us - DzNowMonotonicUs(), 0));
	return wait;
}

static void
work(void)
{
	heed_wakes();
	DzCleanupRun(); /* before answers are taken: see names.c */
	for (int i = 0; i < ntasks; i++)
		tasks[i]->run();
	DzQueueRun();
	DzStoreFlush();
	DzCyclesSettle();
	if (DzWatchesSaveWaitUs() == 0)
		save_watches();
	set_gauges();
}

/* How long until failures no longer count; -1: there are none that do. */
static int64
healthy_wait_us(void)
{
	static int64 healthy_at_us = 0;
	DzSlotView slot;

	if (healthy_at_us == 0)
	{
		healthy_at_us = DzNowMonotonicUs() + HEALTHY_US;
		if (DzSlotRead(MyDatabaseId, &slot) && slot.failures == 0)
			healthy_at_us = -1;
	}
	if (healthy_at_us > 0 && DzNowMonotonicUs() >= healthy_at_us)
	{
		DzWorkerSetHealthy();
		healthy_at_us = -1;
	}
	return healthy_at_us < 0 ? -1 : healthy_at_us - DzNowMonotonicUs();
}

static void
serve(void)
{
	MemoryContext round = AllocSetContextCreate(
		TopMemoryContext, "datazone round", ALLOCSET_DEFAULT_SIZES);

	MemoryContextSwitchTo(round);
	DzQueueInit();
	DzWatchesInit();
	DzStoreInit();
	DzLoopExpectRequests(DzMaxInFlight);
	DzLoopNameIdleWait("DatazoneWorkerMain");
	switch_state();
	ereport(LOG, (errmsg("datazone worker serves database \"%s\"",
						 served.database)));

	for (;;)
	{
		int64 wait;

		/* a transaction's end may have left another one */
		MemoryContextSwitchTo(round);
		if (ConfigReloadPending)
			reload();
		if (catchupInterruptPending)
			ProcessCatchupInterrupt();
		if (enabled != DzEnabled)
			switch_state();
		wakes |= DzWorkerTakeWakes(later_wakes());
		if (enabled)
			work();
		else
			heed_extension();

		wait = sooner(wait_us(), healthy_wait_us());
		if (DzWorkerHasWakes(later_wakes()))
			wait = 0; /* what had time has none now */
		DzSqlReport(wait != 0);
		MemoryContextReset(round);
		DzLoopTurn(wait);
	}
}
