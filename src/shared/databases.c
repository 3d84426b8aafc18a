/*-------------------------------------------------------------------------
 *
 * databases.c
 *		Slots of databases: who works where, who is to be woken, what is
 *		blocked.
 *
 * A worker claims its database before it connects and gives it back after it
 * has left PostgreSQL's array of processes: its exit callback is registered
 * before the connection's own, and callbacks run in reverse.  A command that
 * needs a database without connections blocks it, which no worker enters any
 * more, and then waits until the one that is there has left.
 *
 * A block belongs to a process and a process blocks one database at a time,
 * so that one that dies cannot leave a database blocked for ever.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <signal.h>

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/proc.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "shared/segment.h"

#define POLL_MS 100 /* between looks at a worker that is to end */

static void leave_worker(int code, Datum arg);
static void leave_launcher(int code, Datum arg);
static void forget_block(int code, Datum arg);

static void
lock_slots(LWLockMode mode)
{
	LWLockAcquire(DzSegmentLock(DZ_LOCK_SLOTS), mode);
}

static void
unlock_slots(void)
{
	LWLockRelease(DzSegmentLock(DZ_LOCK_SLOTS));
}

/* Set the latch of a process known by number; no harm if it has gone. */
void
DzWakeProcess(int number)
{
	if (number != DZ_NO_PROCESS)
		ProcSendSignal(number);
}

DzSlot *
DzSlotFind(Oid database)
{
	DzSlot *slots = DzSegmentSlots();

	for (int i = 0; i < DzSegmentOf()->nslots; i++)
		if (slots[i].view.database == database)
			return &slots[i];
	return NULL;
}

static void
clear_counters(DzSlot *slot)
{
	pg_atomic_write_u64(&slot->requests, 0);
	pg_atomic_write_u64(&slot->retries, 0);
	pg_atomic_write_u64(&slot->throttles, 0);
	for (int kind = 0; kind < DZ_FAILURE_CLASSES; kind++)
		pg_atomic_write_u64(&slot->failures[kind], 0);
	pg_atomic_write_u64(&slot->bytes_sent, 0);
	pg_atomic_write_u64(&slot->bytes_received, 0);
	pg_atomic_write_u64(&slot->calls, 0);
	pg_atomic_write_u64(&slot->latency_us, 0);
	pg_atomic_write_u64(&slot->max_latency_us, 0);
	pg_atomic_write_u32(&slot->watched, 0);
	pg_atomic_write_u32(&slot->failing, 0);
	pg_atomic_write_u32(&slot->held, 0);
	pg_atomic_write_u32(&slot->followed, 0);
	pg_atomic_write_u32(&slot->in_flight, 0);
	pg_atomic_write_u64(&slot->lineage_errors, 0);
	pg_atomic_write_u64(&slot->lineage_cut, 0);
	pg_atomic_write_u64(&slot->queue_depth, 0);
	pg_atomic_write_u64(&slot->queue_failed, 0);
	pg_atomic_write_u64(&slot->queue_held, 0);
	pg_atomic_write_u64(&slot->queue_oldest, 0);
	pg_atomic_write_u32(&slot->queue_is_counted, 0);
	pg_atomic_write_u64(&slot->number_end, 0);
	pg_atomic_write_u64(&slot->number_next, 0);
	pg_atomic_write_u32(&slot->number_sequence, InvalidOid);
}

/* Find a database's slot or take a free one; NULL if there is none. */
static DzSlot *
find_or_take(Oid database)
{
	DzSlot *slot = DzSlotFind(database);

	if (slot != NULL)
		return slot;

	slot = DzSlotFind(InvalidOid);
	if (slot != NULL)
	{
		memset(&slot->view, 0, sizeof(slot->view));
		slot->view.database = database;
		slot->worker_process = DZ_NO_PROCESS;
		pg_atomic_write_u32(&slot->wakes, 0);
		clear_counters(slot);
	}
	return slot;
}

const char *
DzWorkerStateName(DzWorkerState state)
{
	switch (state)
	{
		case DZ_WORKER_NONE:
			return "none";
		case DZ_WORKER_STARTING:
			return "starting";
		case DZ_WORKER_RUNNING:
			return "running";
		case DZ_WORKER_DISABLED:
			return "disabled";
		case DZ_WORKER_ABSENT:
			return "no extension";
		case DZ_WORKER_REFUSED:
			return "refused";
		case DZ_WORKER_FAILED:
			return "failed";
		case DZ_WORKER_NO_SLOT:
			return "no worker slot";
		case DZ_WORKER_UNWANTED:
			return "not in datazone.databases";
	}
	return "unknown";
}

/* ----------
 * The launcher
 * ----------
 */

/* This process is the launcher, until it ends. */
void
DzLauncherEnter(void)
{
	on_shmem_exit(leave_launcher, (Datum) 0);
	lock_slots(LW_EXCLUSIVE);
	DzSegmentOf()->launcher_process = DzMyProcNumber;
	DzSegmentOf()->rescan = true;
	unlock_slots();
}

static void
leave_launcher(int code, Datum arg)
{
	lock_slots(LW_EXCLUSIVE);
	DzSegmentOf()->launcher_process = DZ_NO_PROCESS;
	unlock_slots();
}

void
DzLauncherWake(void)
{
	int number;

	if (!DzSharedIsThere())
		return;
	lock_slots(LW_SHARED);
	number = DzSegmentOf()->launcher_process;
	unlock_slots();
	DzWakeProcess(number);
}

/* The launcher is to read pg_database again. */
void
DzLauncherAskRescan(void)
{
	if (!DzSharedIsThere())
		return;
	lock_slots(LW_EXCLUSIVE);
	DzSegmentOf()->rescan = true;
	unlock_slots();
	DzLauncherWake();
}

bool
DzLauncherTakeRescan(void)
{
	bool rescan;

	lock_slots(LW_EXCLUSIVE);
	rescan = DzSegmentOf()->rescan;
	DzSegmentOf()->rescan = false;
	unlock_slots();
	return rescan;
}

/* Whether databases that seem to have no extension are to be looked at. */
bool
DzLauncherTakeProbeAll(void)
{
	bool probe_all;

	lock_slots(LW_EXCLUSIVE);
	probe_all = DzSegmentOf()->probe_all;
	DzSegmentOf()->probe_all = false;
	unlock_slots();
	return probe_all;
}

/* Make sure that a database has a slot; false if all are taken. */
bool
DzSlotClaim(Oid database)
{
	bool claimed;

	lock_slots(LW_EXCLUSIVE);
	claimed = find_or_take(database) != NULL;
	unlock_slots();
	return claimed;
}

/*
 * Give a slot back, with its counters.  False if there is none, a worker is
 * in it, or a probe has been asked for meanwhile.
 */
bool
DzSlotFree(Oid database)
{
	DzSlot *slot;
	bool freed;

	lock_slots(LW_EXCLUSIVE);
	slot = DzSlotFind(database);
	freed = slot != NULL && slot->view.worker_pid == 0 && !slot->view.probe;
	if (freed)
		slot->view.database = InvalidOid;
	unlock_slots();
	return freed;
}

bool
DzSlotRead(Oid database, DzSlotView *view)
{
	DzSlot *slot;

	lock_slots(LW_SHARED);
	slot = DzSlotFind(database);
	if (slot != NULL)
		*view = slot->view;
	unlock_slots();
	return slot != NULL;
}

/* Copy the slots in use; gives how many. */
int
DzSlotReadAll(DzSlotView *views, int max)
{
	DzSlot *slots = DzSegmentSlots();
	int n = 0;

	lock_slots(LW_SHARED);
	for (int i = 0; i < DzSegmentOf()->nslots && n < max; i++)
		if (OidIsValid(slots[i].view.database))
			views[n++] = slots[i].view;
	unlock_slots();
	return n;
}

/* "error" NULL: the last one stays. */
static void
set_state(DzSlot *slot, DzWorkerState state, const char *error)
{
	slot->view.state = state;
	if (error == NULL)
		return;
	strlcpy(slot->view.last_error, error, DZ_SHARED_ERROR_SIZE);
	slot->view.last_error_at = GetCurrentTimestamp();
}

void
DzSlotSetState(Oid database, DzWorkerState state, const char *error)
{
	DzSlot *slot;

	lock_slots(LW_EXCLUSIVE);
	slot = DzSlotFind(database);
	if (slot != NULL)
		set_state(slot, state, error);
	unlock_slots();
}

bool
DzSlotTakeProbe(Oid database)
{
	DzSlot *slot;
	bool probe = false;

	lock_slots(LW_EXCLUSIVE);
	slot = DzSlotFind(database);
	if (slot != NULL)
	{
		probe = slot->view.probe;
		slot->view.probe = false;
	}
	unlock_slots();
	return probe;
}

/* End a database's worker; it leaves when it comes round to it. */
void
DzSlotSignal(Oid database)
{
	DzSlot *slot;

	lock_slots(LW_EXCLUSIVE);
	slot = DzSlotFind(database);
	if (slot != NULL && slot->view.worker_pid != 0)
		(void) kill(slot->view.worker_pid, SIGTERM);
	unlock_slots();
}

/* ----------
 * Anybody
 * ----------
 */

/*
 * The extension came to a database, or was changed or dropped there: a
 * worker that is there looks for itself, else the launcher sends one.
 */
void
DzDatabaseAskProbe(Oid database)
{
	DzSlot *slot;

	if (!DzSharedIsThere())
		return;
	lock_slots(LW_EXCLUSIVE);
	slot = find_or_take(database);
	if (slot != NULL)
		slot->view.probe = true;
	else
		DzSegmentOf()->probe_all = true;
	unlock_slots();

	DzWorkerWake(database, DZ_WAKE_EXTENSION);
	DzLauncherWake();
}

void
DzWorkerWake(Oid database, uint32 why)
{
	DzSlot *slot;
	int number = DZ_NO_PROCESS;

	if (!DzSharedIsThere())
		return;
	lock_slots(LW_SHARED);
	slot = DzSlotFind(database);

	/* who was first to say so has woken it, or it will look by itself */
	if (slot != NULL &&
		(pg_atomic_fetch_or_u32(&slot->wakes, why) & why) != why)
		number = slot->worker_process;
	unlock_slots();
	DzWakeProcess(number);
}

/* Whether a worker serves the database now. */
bool
DzWorkerIsRunning(Oid database)
{
	DzSlotView view;

	return DzSharedIsThere() && DzSlotRead(database, &view) &&
		   view.worker_pid != 0 && view.state == DZ_WORKER_RUNNING;
}

/* ----------
 * The worker
 * ----------
 */

/* without a failure for so long a worker is well: the next one is a first */
#define HEALTHY_MS 60000

/* A slot stays where it is while its worker lives. */
static DzSlot *my_slot = NULL;

/* Slots locked. */
static bool
is_blocked(Oid database)
{
	DzProcessEntry *processes = DzSegmentProcesses();

	for (int i = 0; i < DzSegmentOf()->nprocesses; i++)
		if (processes[i].blocked == database)
			return true;
	return false;
}

/* Slots locked. */
static void
count_failure(DzSlot *slot)
{
	if (TimestampDifferenceExceeds(slot->view.started_at,
								   GetCurrentTimestamp(), HEALTHY_MS))
		slot->view.failures = 0;
	slot->view.failures++;
}

/*
 * This process is the database's worker, until it ends.  To be called before
 * it connects.  False: the database is blocked, has a worker, or there is no
 * slot; the caller is to leave.
 */
bool
DzWorkerEnter(Oid database)
{
	DzSlot *slot;
	bool entered;

	on_shmem_exit(leave_worker, (Datum) 0);

	lock_slots(LW_EXCLUSIVE);
	slot = is_blocked(database) ? NULL : find_or_take(database);
	entered = slot != NULL && slot->view.worker_pid == 0;
	if (entered)
	{
		slot->view.worker_pid = MyProcPid;
		slot->view.probe = false; /* it is going to look */
		slot->view.started_at = GetCurrentTimestamp();
		slot->worker_process = DzMyProcNumber;
		set_state(slot, DZ_WORKER_STARTING, NULL);
		pg_atomic_write_u32(&slot->wakes, 0);
		my_slot = slot;
	}
	unlock_slots();
	return entered;
}

/*
 * The worker has not said why it ends, so it was told to, or met a FATAL
 * error: one before it served is likely to come again, and counts.
 */
static void
note_sudden_end(DzSlot *slot)
{
	if (is_blocked(slot->view.database))
	{
		set_state(slot, DZ_WORKER_NONE, NULL);
		return;
	}
	if (slot->view.state == DZ_WORKER_STARTING)
		count_failure(slot);
	set_state(slot, DZ_WORKER_FAILED,
			  "the worker was terminated; see the server log");
}

/* At exit, when PostgreSQL no longer counts us among the connections. */
static void
leave_worker(int code, Datum arg)
{
	Oid database;

	if (my_slot == NULL)
		return;

	lock_slots(LW_EXCLUSIVE);
	database = my_slot->view.database;
	my_slot->view.worker_pid = 0;
	my_slot->view.ended_at = GetCurrentTimestamp();
	my_slot->worker_process = DZ_NO_PROCESS;
	if (my_slot->view.state == DZ_WORKER_STARTING ||
		my_slot->view.state == DZ_WORKER_RUNNING ||
		my_slot->view.state == DZ_WORKER_DISABLED)
		note_sudden_end(my_slot);
	pg_atomic_write_u32(&my_slot->in_flight, 0);
	my_slot = NULL;
	unlock_slots();

	ConditionVariableBroadcast(&DzSegmentOf()->worker_left);
	DzBoardForget(database);
	DzLauncherWake();
}

/* How this worker is, and the error that it met if it met one. */
void
DzWorkerSetState(DzWorkerState state, const char *error)
{
	lock_slots(LW_EXCLUSIVE);
	if (state == DZ_WORKER_FAILED)
		count_failure(my_slot);
	set_state(my_slot, state, error);
	unlock_slots();
	DzLauncherWake();
}

/* A time without errors: the next one begins a new count. */
void
DzWorkerSetHealthy(void)
{
	lock_slots(LW_EXCLUSIVE);
	my_slot->view.failures = 0;
	unlock_slots();
}

void
DzWorkerSetGauges(const DzWorkerGauges *gauges)
{
	pg_atomic_write_u32(&my_slot->watched, gauges->watched);
	pg_atomic_write_u32(&my_slot->failing, gauges->failing);
	pg_atomic_write_u32(&my_slot->held, gauges->held);
	pg_atomic_write_u32(&my_slot->followed, gauges->followed);
	pg_atomic_write_u32(&my_slot->in_flight, gauges->in_flight);
}

/*
 * What this worker was woken for since the last call.  "later" stays where it
 * is, so that nobody wakes us for that again: a caller must not sleep longer
 * than until it wants to know.
 */
uint32
DzWorkerTakeWakes(uint32 later)
{
	if (!DzWorkerHasWakes(later))
		return 0;
	return pg_atomic_fetch_and_u32(&my_slot->wakes, later) & ~later;
}

bool
DzWorkerHasWakes(uint32 later)
{
	return (pg_atomic_read_u32(&my_slot->wakes) & ~later) != 0;
}

/* ----------
 * Commands that need a database without connections
 * ----------
 */

static bool is_blocking = false; /* this process, some database */

/* No worker enters the database until this process unblocks it. */
void
DzDatabaseBlock(Oid database)
{
	static bool registered = false;

	if (!DzSharedIsThere())
		return;
	if (!registered)
	{
		before_shmem_exit(forget_block, (Datum) 0);
		registered = true;
	}
	lock_slots(LW_EXCLUSIVE);
	DzSegmentProcesses()[DzMyProcNumber].blocked = database;
	unlock_slots();
	is_blocking = true;
}

static void
forget_block(int code, Datum arg)
{
	DzDatabaseUnblock();
}

void
DzDatabaseUnblock(void)
{
	if (!is_blocking)
		return;
	lock_slots(LW_EXCLUSIVE);
	DzSegmentProcesses()[DzMyProcNumber].blocked = InvalidOid;
	DzSegmentOf()->rescan = true;
	unlock_slots();
	is_blocking = false;
	DzLauncherWake();
}

/*
 * Whether a worker may be started.  Not before pg_database is read again
 * where that is asked for: a command may just have dropped the database.
 */
bool
DzDatabaseMayStart(Oid database)
{
	bool may;

	lock_slots(LW_SHARED);
	may = !is_blocked(database) && !DzSegmentOf()->rescan;
	unlock_slots();
	return may;
}

/*
 * End the database's worker and wait until it has left.  False if it is still
 * there after "timeout_ms".  The pid is read and signalled under the lock:
 * leave_worker() needs the lock too, so it is the worker's still.
 */
bool
DzDatabaseEndWorker(Oid database, int timeout_ms)
{
	TimestampTz began = GetCurrentTimestamp();
	bool left = false;
	uint32 wait_event;

	if (!DzSharedIsThere())
		return true;

	wait_event = DzWaitEventNew("DatazoneWorkerEnd");
	ConditionVariablePrepareToSleep(&DzSegmentOf()->worker_left);
	for (;;)
	{
		DzSlot *slot;

		lock_slots(LW_EXCLUSIVE);
		slot = DzSlotFind(database);
		left = slot == NULL || slot->view.worker_pid == 0;
		if (!left)
			(void) kill(slot->view.worker_pid, SIGTERM);
		unlock_slots();

		if (left || TimestampDifferenceExceeds(began, GetCurrentTimestamp(),
											   timeout_ms))
			break;
		(void) ConditionVariableTimedSleep(&DzSegmentOf()->worker_left,
										   POLL_MS, wait_event);
	}
	ConditionVariableCancelSleep();
	return left;
}
