/*-------------------------------------------------------------------------
 *
 * environment.h
 *		The environment variables of the AWS SDKs, and where files are.
 *
 * Pure: the environment is an argument, in a server that of the postmaster.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_ENVIRONMENT_H
#define DATAZONE_CREDENTIALS_ENVIRONMENT_H

#include <stdbool.h>

#include "aws/buffer.h"
#include "credentials/profile.h"

/* Returns the value, which must outlive what is made of it, or NULL. */
typedef const char *(*DzGetenvFn)(void *arg, const char *name);

typedef struct DzEnvironment
{
	DzGetenvFn get;
	void *arg;
} DzEnvironment;

/* A variable's value; NULL: not set, or nothing but white space. */
extern const char *DzEnvironmentGet(const DzEnvironment *env,
									const char *name);

/*
 * Put the path of one of the two files into "out" (empty at first):
 * AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/config or
 * ~/.aws/credentials, "~/" being $HOME.  False: there is no HOME, so there is
 * no such file; or out of memory, which is recorded in "out".
 */
extern bool DzEnvironmentFile(const DzEnvironment *env, DzProfileFile file,
							  DzBuffer *out);

/* The same for any path that may begin with "~/". */
extern bool DzEnvironmentExpand(const DzEnvironment *env, const char *path,
								DzBuffer *out);

/*
 * The profile that is meant where nobody names one: AWS_PROFILE, else
 * AWS_DEFAULT_PROFILE, else "default".  *is_named: one of the variables did.
 */
extern const char *DzEnvironmentProfile(const DzEnvironment *env,
										bool *is_named);

/*
 * Put the value of the header X-Amzn-Trace-Id into "out": in AWS Lambda, what
 * lets the service see that a function calls itself in a circle.  False: none
 * is to be sent, which holds outside of Lambda.
 */
extern bool DzEnvironmentTraceId(const DzEnvironment *env, DzBuffer *out);

#endif /* DATAZONE_CREDENTIALS_ENVIRONMENT_H */
