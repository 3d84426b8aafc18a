/*-------------------------------------------------------------------------
 *
 * regulator.h
 *		What the calls of one endpoint have in common.
 *
 * A *regulator* is what an SDK keeps in its client: the retry quota, the rate
 * limiter of adaptive mode, the clock skew.  Two hundred backends are two
 * hundred clients, but one user of the service; so it is kept where they all
 * find it.  It is numbers alone, and this header needs no server.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_REGULATOR_H
#define DATAZONE_AWS_REGULATOR_H

#include "aws/limiter.h"
#include "aws/retry.h"
#include "aws/skew.h"

typedef struct DzRegulator
{
	DzRetryQuota quota;
	DzRateLimiter limiter;
	DzSkew skew;
} DzRegulator;

/* As it is before the first call; the time is the limiter's. */
extern void DzRegulatorInit(DzRegulator *regulator, int64_t now_us);

/*
 * Where regulators are kept.  "enter" gives that of the client's id and its
 * endpoint, a new one if there is none, for the caller alone until it leaves;
 * NULL: there is none to be had, and it must not leave.  Neither throws, nor
 * may the caller in between.
 */
typedef struct DzRegulatorKeeper
{
	DzRegulator *(*enter)(unsigned int id, const char *endpoint);
	void (*leave)(void);
} DzRegulatorKeeper;

/*
 * Called at load.  Without a keeper, and for clients whose id is 0, each
 * client has a regulator of its own.
 */
extern void DzRegulatorsKeptBy(const DzRegulatorKeeper *keeper);

#endif /* DATAZONE_AWS_REGULATOR_H */
