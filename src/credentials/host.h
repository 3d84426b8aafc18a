/*-------------------------------------------------------------------------
 *
 * host.h
 *		What the database host itself says: environment and files.
 *
 * Both are the server process's: the environment is the postmaster's, the
 * files are read as its operating system user.  Each process reads the files
 * once and again when they have changed, which is noticed within a second.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_HOST_H
#define DATAZONE_CREDENTIALS_HOST_H

#include "credentials/environment.h"
#include "credentials/profile.h"

/*
 * A number that grows when a file has changed.  What was made of the host's
 * environment and profiles is stale then, and so are pointers into them.
 */
extern uint64 DzHostGeneration(void);

extern const DzEnvironment *DzHostEnvironment(void);

/*
 * The profiles as of the last DzHostGeneration(); with the problem of a file
 * that could not be read.
 */
extern const DzProfiles *DzHostProfiles(void);

#endif /* DATAZONE_CREDENTIALS_HOST_H */
