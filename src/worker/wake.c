/*-------------------------------------------------------------------------
 *
 * wake.c
 *		Wake worker and launcher once a transaction has committed.
 *
 * One callback a process, registered when first needed: a session of a
 * million transactions pays for it once.  What a subtransaction asked for
 * counts although it may have rolled back: a wake too many costs a look.
 *
 * The callback of the commit comes before other processes are told what has
 * become of the catalogs.  A worker that is woken for a new user mapping would
 * find that there is none, and sleep; so it is woken when resources have been
 * released, which is after that.
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
#include "utils/resowner.h"

#include "datazone.h"
#include "shared/shared.h"
#include "shared/vault.h"
#include "worker/room.h"
#include "worker/worker.h"

static uint32 pending_wakes = 0;
static bool pending_probe = false;
static bool pending_rescan = false;
static Oid pending_drop = InvalidOid; /* a transaction drops one at most */

/* Credentials to be wiped; of more than these, all of the database. */
#define FORGET_AT_ONCE 8

typedef struct Forgotten
{
	Oid server; /* InvalidOid: any */
	Oid mapping;
} Forgotten;

static Forgotten forgotten[FORGET_AT_ONCE];
static int nforgotten = 0; /* may be more than there is room for */

static void
wipe_credentials(void)
{
	if (nforgotten > FORGET_AT_ONCE)
		DzVaultForget(MyDatabaseId, InvalidOid, InvalidOid);
	else
		for (int i = 0; i < nforgotten; i++)
			DzVaultForget(MyDatabaseId, forgotten[i].server,
						  forgotten[i].mapping);
}

static bool has_committed = false;

static void
forget_all(void)
{
	pending_wakes = 0;
	pending_probe = pending_rescan = has_committed = false;
	pending_drop = InvalidOid;
	nforgotten = 0;
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_COMMIT)
		has_committed = true;
	else if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
	{
		/*
		 * Whoever commits it does not know what it was: they go at once.
		 * Until then others may fetch by what is still committed, and that
		 * goes when it expires.
		 */
		if (event == XACT_EVENT_PREPARE)
			wipe_credentials();
		forget_all();
		DzDatabaseUnblock();
	}
}

/* All that was committed is known to others, its invalidations included. */
static void
at_release(ResourceReleasePhase phase, bool is_commit, bool is_top, void *arg)
{
	if (!has_committed || !is_top || phase != RESOURCE_RELEASE_AFTER_LOCKS)
		return;

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
		DzVaultForget(pending_drop, InvalidOid, InvalidOid);
	}
	wipe_credentials();
	forget_all();
	DzDatabaseUnblock();
}

void
DzExpectTransactionEnd(void)
{
	static bool registered = false;

	if (!registered)
	{
		RegisterXactCallback(at_transaction_end, NULL);
		RegisterResourceReleaseCallback(at_release, NULL);
	}
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

/* Of a server or a mapping, the other being InvalidOid. */
void
DzWipeCredentialsAtCommit(Oid server, Oid mapping)
{
	DzExpectTransactionEnd();
	if (nforgotten < FORGET_AT_ONCE)
		forgotten[nforgotten++] = (Forgotten){server, mapping};
	else
		nforgotten = FORGET_AT_ONCE + 1;
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
	{
		DzWakeAtCommit(DZ_WAKE_ALL & ~DZ_WAKE_EXTENSION);
		has_committed = true; /* our own callback may be new */
	}
}

/* Called while the postmaster loads libraries; all processes inherit it. */
void
DzWakeInit(void)
{
	RegisterXactCallback(at_applied_commit, NULL);
}
