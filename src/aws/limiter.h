/*-------------------------------------------------------------------------
 *
 * limiter.h
 *		The client's rate limiter of the SDKs' "adaptive" retry mode.
 *
 * Pure: needs no server and no clock.  A limiter is numbers alone, so it can
 * lie in shared memory, behind a lock of the caller's, and serve all
 * processes.  Times are microseconds of a clock that does not go back.
 *
 * Until the first throttling it only measures; from then on each request,
 * first attempts too, takes a token from a bucket whose rate follows what the
 * service lets through.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_LIMITER_H
#define DATAZONE_AWS_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct DzRateLimiter
{
	bool is_enabled; /* there has been a throttling */

	/* the rate of answers, in buckets of half a second */
	int64_t bucket; /* number of the last one that was counted */
	int64_t count;
	double measured; /* a second, smoothed */

	/* CUBIC: the rate at the last throttling, and when it is reached again */
	double last_max_rate;
	double window_s;
	int64_t last_throttle_us;

	/* tokens */
	double fill_rate; /* a second */
	double capacity;
	double tokens;
	int64_t refilled_us;
} DzRateLimiter;

extern void DzRateLimiterInit(DzRateLimiter *limiter, int64_t now_us);

/*
 * Take a token for a request.  0: it is the caller's.  Else there is none, and
 * the next will be there after so many microseconds, at the rate of now and
 * unless others are faster: ask again then, or earlier, for the rate may grow.
 */
extern int64_t DzRateLimiterTake(DzRateLimiter *limiter, int64_t now_us);

/* Give back the token of a request that was not sent after all. */
extern void DzRateLimiterGiveBack(DzRateLimiter *limiter);

/* An answer came; "throttled": its class is DZ_RETRY_THROTTLING. */
extern void DzRateLimiterUpdate(DzRateLimiter *limiter, bool throttled,
								int64_t now_us);

#endif /* DATAZONE_AWS_LIMITER_H */
