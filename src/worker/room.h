/*-------------------------------------------------------------------------
 *
 * room.h
 *		What DzWorkerInit() calls.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_WORKER_ROOM_H
#define DATAZONE_WORKER_ROOM_H

extern void DzSettingsInit(void);
extern void DzLauncherInit(void); /* registers the launcher */
extern void DzBlockingInit(void); /* hooks of commands on databases */
extern void DzWakeInit(void); /* sees what replication commits */

/* Unblock at the end of this transaction what is blocked then. */
extern void DzExpectTransactionEnd(void);

/* A database is being dropped: its slot is free when that has committed. */
extern void DzForgetAtCommit(Oid database);
extern void DzWipeCredentialsAtCommit(Oid server, Oid mapping);

/* A transaction that was prepared elsewhere has been committed. */
extern void DzWakeAfterPrepared(void);

#endif /* DATAZONE_WORKER_ROOM_H */
