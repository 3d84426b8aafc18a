/*-------------------------------------------------------------------------
 *
 * standby.c
 *		Whether synchronous standbys have what must not be lost.
 *
 * A mark (waiting.c) that a failover loses has the call repeated by the
 * promoted standby.  A commit would wait for the standby, and with it all that
 * this process does; so the commit does not wait, and what depends on it does:
 * the walsenders keep in shared memory how far the standbys have confirmed.
 *
 * Asynchronous standbys are not waited for: what they lack is lost with the
 * primary, and the cluster's owner has said that it may be.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "replication/syncrep.h"
#include "replication/walsender.h"
#include "replication/walsender_private.h"
#include "storage/lwlock.h"
#include "utils/guc.h"

#include "outbox/reading.h"

/*
 * What commits here wait for, by the settings of the cluster and the database:
 * our own are others, process.c has us wait for nothing.  A standby that has
 * the record on disk will replay it before it is promoted.
 */
static int
wait_mode(void)
{
	const char *level;

	if (max_wal_senders == 0 || SyncRepStandbyNames == NULL ||
		SyncRepStandbyNames[0] == '\0')
		return SYNC_REP_NO_WAIT;
	level = GetConfigOptionResetString("synchronous_commit");
	if (strcmp(level, "off") == 0 || strcmp(level, "local") == 0)
		return SYNC_REP_NO_WAIT;
	return strcmp(level, "remote_write") == 0 ? SYNC_REP_WAIT_WRITE
											  : SYNC_REP_WAIT_FLUSH;
}

/* Whether commits wait for standbys. */
bool
DzStandbyIsAwaited(void)
{
	return wait_mode() != SYNC_REP_NO_WAIT;
}

/* Up to where the standbys have confirmed all, if they are waited for. */
XLogRecPtr
DzStandbyConfirmed(void)
{
	int mode = wait_mode();
	XLogRecPtr lsn;

	if (mode == SYNC_REP_NO_WAIT)
		return PG_UINT64_MAX;
	LWLockAcquire(SyncRepLock, LW_SHARED);
	lsn = WalSndCtl->lsn[mode];
	LWLockRelease(SyncRepLock);
	return lsn;
}
