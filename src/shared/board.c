/*-------------------------------------------------------------------------
 *
 * board.c
 *		Where backends that wait for a run meet the worker that watches it.
 *
 * A backend waits for one run at a time, so each has one entry, found by its
 * process's number; the board can never be full.  It posts what it waits for
 * and sleeps on its latch; the worker asks the service, once for all who wait
 * for the same run, and writes what it saw into their entries.  Nothing goes
 * through a table, so that no snapshot can hide it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/proc.h"

#include "compat.h"
#include "shared/segment.h"

static void
lock_board(LWLockMode mode)
{
	LWLockAcquire(DzSegmentLock(DZ_LOCK_BOARD), mode);
}

static void
unlock_board(void)
{
	LWLockRelease(DzSegmentLock(DZ_LOCK_BOARD));
}

static bool
is_same_run(const DzBoardRun *a, const DzBoardRun *b)
{
	return a->server == b->server && a->role == b->role &&
		   strcmp(a->domain, b->domain) == 0 && strcmp(a->run, b->run) == 0;
}

static void
clear_at_exit(int code, Datum arg)
{
	DzBoardClear();
}

static void
clear_if_posted(void)
{
	if (OidIsValid(DzSegmentProcesses()[DzMyProcNumber].board.database))
		DzBoardClear();
}

/* An ERROR ended the wait, which may have been caught. */
static void
clear_at_abort(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT)
		clear_if_posted();
}

static void
clear_at_subabort(SubXactEvent event, SubTransactionId mine,
				  SubTransactionId parent, void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		clear_if_posted();
}

/*
 * Say that this process waits for a run.  False if nobody would hear it: the
 * caller is to ask the service itself.
 */
bool
DzBoardPost(const DzBoardRun *run)
{
	static bool registered = false;
	DzBoardEntry *mine;

	if (!DzWorkerIsRunning(MyDatabaseId))
		return false;
	if (!registered)
	{
		before_shmem_exit(clear_at_exit, (Datum) 0);
		RegisterXactCallback(clear_at_abort, NULL);
		RegisterSubXactCallback(clear_at_subabort, NULL);
		registered = true;
	}

	lock_board(LW_EXCLUSIVE);
	mine = &DzSegmentProcesses()[DzMyProcNumber].board;
	mine->database = MyDatabaseId;
	mine->run = *run;
	mine->news = DZ_BOARD_NOTHING;
	unlock_board();

	DzWorkerWake(MyDatabaseId, DZ_WAKE_BOARD);

	/* it may have gone between: then it has not seen the entry */
	if (DzWorkerIsRunning(MyDatabaseId))
		return true;
	DzBoardClear();
	return false;
}

/* What the worker has said since the last call. */
DzBoardNews
DzBoardRead(char *status, size_t size)
{
	DzBoardEntry *mine = &DzSegmentProcesses()[DzMyProcNumber].board;
	DzBoardNews news;

	lock_board(LW_EXCLUSIVE);
	news = mine->news;
	if (news == DZ_BOARD_STATUS)
		strlcpy(status, mine->status, size);
	mine->news = DZ_BOARD_NOTHING;
	unlock_board();
	return news;
}

/* This process no longer waits. */
void
DzBoardClear(void)
{
	bool was_there;

	if (!DzSharedIsThere())
		return;
	lock_board(LW_EXCLUSIVE);
	was_there =
		OidIsValid(DzSegmentProcesses()[DzMyProcNumber].board.database);
	DzSegmentProcesses()[DzMyProcNumber].board.database = InvalidOid;
	unlock_board();

	/* nobody else may be waiting for the run */
	if (was_there)
		DzWorkerWake(MyDatabaseId, DZ_WAKE_BOARD);
}

/*
 * The runs that backends of this database wait for, each once.  There may be
 * more than "max": who waits for one of the others is told that it is lost.
 */
int
DzBoardList(DzBoardRun *runs, int max)
{
	DzProcessEntry *processes = DzSegmentProcesses();
	int n = 0;

	lock_board(LW_EXCLUSIVE);
	for (int i = 0; i < DzSegmentOf()->nprocesses; i++)
	{
		DzBoardEntry *entry = &processes[i].board;
		bool known = entry->database != MyDatabaseId;

		for (int j = 0; j < n && !known; j++)
			known = is_same_run(&runs[j], &entry->run);
		if (!known && n < max)
			runs[n++] = entry->run;
		else if (!known)
		{
			entry->news = DZ_BOARD_LOST;
			DzWakeProcess(i);
		}
	}
	unlock_board();
	return n;
}

/* Write to all entries of a run, and wake who waits. */
static void
tell(Oid database, const DzBoardRun *run, DzBoardNews news, const char *status)
{
	DzProcessEntry *processes = DzSegmentProcesses();

	lock_board(LW_EXCLUSIVE);
	for (int i = 0; i < DzSegmentOf()->nprocesses; i++)
	{
		DzBoardEntry *entry = &processes[i].board;

		if (entry->database != database ||
			(run != NULL && !is_same_run(&entry->run, run)))
			continue;
		entry->news = news;
		if (status != NULL)
			strlcpy(entry->status, status, sizeof(entry->status));
		DzWakeProcess(i);
	}
	unlock_board();
}

void
DzBoardTell(const DzBoardRun *run, const char *status)
{
	tell(MyDatabaseId, run, DZ_BOARD_STATUS, status);
}

/* The worker cannot see the run: who waits is to ask, and gets the error. */
void
DzBoardTellLost(const DzBoardRun *run)
{
	tell(MyDatabaseId, run, DZ_BOARD_LOST, NULL);
}

/* The database's worker has gone. */
void
DzBoardForget(Oid database)
{
	tell(database, NULL, DZ_BOARD_LOST, NULL);
}
