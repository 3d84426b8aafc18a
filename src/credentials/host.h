/*-------------------------------------------------------------------------
 *
 * host.h
 *		What the database host itself says: environment and files.
 *
 * Both are the server process's: the environment is the postmaster's, the
 * files are read as its operating system user.  A file that somebody has asked
 * for is looked at once a second at most; that it has changed is noticed then,
 * and some seconds later if it got worse.  What files say, secrets included, is
 * read when it is needed and not kept.
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
 * What the config file says now, and the credentials file if that is asked for;
 * with the problem of one that could not be read.  Good until the next call, or
 * DzHostProfilesFree().  Waits for a moment, interruptibly, if one of them
 * seems to be half written.
 */
extern const DzProfiles *DzHostProfiles(bool with_credentials);

/* Wipe and forget what was read. */
extern void DzHostProfilesFree(void);

#endif /* DATAZONE_CREDENTIALS_HOST_H */
