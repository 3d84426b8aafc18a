/*-------------------------------------------------------------------------
 *
 * wake.c
 *		Wake worker and launcher once a transaction has committed.
 *
 * One callback a process, registered when first needed: a session of a
 * million transactions pays for it once.  What a subtransaction asked for
 * counts although it may have rolled back: a wake too many costs a look.
 *
 * PostgreSQL calls no callback in the session that commits a prepared
 * transaction for what the other one did in it; the utility hook wakes
 * everything then.  Logical replication (two_phase) commits it without a
 * command.  What tells such a commit from others of that process is that it
 * writes nothing itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/twophase.h"
#include "access/xact.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "replication/logicalworker.h"

#include "datazone.h"
#include "shared/shared.h"
#include "worker/room.h"
#include "worker/worker.h"

static uint32 pending_wakes = 0;
static bool pending_probe = false;
static bool pending_rescan = false;
static Oid pending_drop = InvalidOid; /* a transaction drops one at most */

/* Other processes see what was committed before this is called. */
static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT &&
		event != XACT_EVENT_PREPARE)
		return;

	if (event == XACT_EVENT_COMMIT)
	{
		if (pending_wakes != 0)
			DzWorkerWake(MyDatabaseId, pending_wakes);
		if (pending_probe)
			DzDatabaseAskProbe(MyDatabaseId);
		if (pending_rescan)
			DzLauncherAskRescan();
		if (OidIsValid(pending_drop))
		{
			(void) DzSlotTakeProbe(pending_drop);
			(void) DzSlotFree(pending_drop);
		}
	}
	pending_wakes = 0;
	pending_probe = pending_rescan = false;
	pending_drop = InvalidOid;
	DzDatabaseUnblock();
}

void
DzExpectTransactionEnd(void)
{
	static bool registered = false;

	if (!registered)
		RegisterXactCallback(at_transaction_end, NULL);
	registered = true;
}

void
DzWakeAtCommit(uint32 why)
{
	DzExpectTransactionEnd();
	pending_wakes |= why;
}

void
DzProbeAtCommit(void)
{
	DzExpectTransactionEnd();
	pending_probe = true;
}

void
DzRescanAtCommit(void)
{
	DzExpectTransactionEnd();
	pending_rescan = true;
}

void
DzForgetAtCommit(Oid database)
{
	DzExpectTransactionEnd();
	pending_drop = database;
}

/*
 * It may have made or dropped the extension, or renamed a database: the
 * catalogs know by now.
 */
void
DzWakeAfterPrepared(void)
{
	DzSlotView slot;

	DzRescanAtCommit();
	if (!DzSlotRead(MyDatabaseId, &slot) &&
		!OidIsValid(get_extension_oid(DZ_EXTENSION_NAME, true)))
		return;
	DzWakeAtCommit(DZ_WAKE_ALL);
	DzProbeAtCommit();
}

/*
 * The process that commits a prepared transaction may be another one than
 * prepared it, after a restart, or where several apply in parallel: so that
 * it cannot know whether there is anything to wake for.
 */
static void
at_applied_commit(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_COMMIT && IsLogicalWorker() &&
		max_prepared_xacts > 0 &&
		!TransactionIdIsValid(GetTopTransactionIdIfAny()))
		DzWorkerWake(MyDatabaseId, DZ_WAKE_ALL & ~DZ_WAKE_EXTENSION);
}

/* Called while the postmaster loads libraries; all processes inherit it. */
void
DzWakeInit(void)
{
	RegisterXactCallback(at_applied_commit, NULL);
}
