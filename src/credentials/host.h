/*-------------------------------------------------------------------------
 *
 * host.h
 *		What the database host itself says: environment and files.
 *
 * Both are the server process's: the environment is the postmaster's, the
 * files are read as its operating system user.  That they have changed is
 * noticed within a second, and within some if they got worse.  What they say,
 * secrets included, is read when it is needed and not kept.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_HOST_H
#define DATAZONE_CREDENTIALS_HOST_H

#include "credentials/environment.h"
#include "credentials/profile.h"

/*
 * A number that grows when a file has changed.  What was made of the host's
 * environment and profiles is stale then.
 */
extern uint64 DzHostGeneration(void);

extern const DzEnvironment *DzHostEnvironment(void);

/*
 * What the files say now, with the problem of one that could not be read; good
 * until DzHostProfilesFree().  Waits for a moment, interruptibly, if one of
 * them seems to be half written.
 */
extern const DzProfiles *DzHostProfiles(void);

/* Wipe and forget what was read. */
extern void DzHostProfilesFree(void);

#endif /* DATAZONE_CREDENTIALS_HOST_H */
