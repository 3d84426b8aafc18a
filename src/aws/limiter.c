/*-------------------------------------------------------------------------
 *
 * limiter.c
 *		The client's rate limiter of the SDKs' "adaptive" retry mode.
 *
 * Source of the numbers: "Retry behavior" in the AWS SDKs and Tools reference
 * guide, and what the SDKs agree on.  The shape is that of TCP's CUBIC: after
 * a throttling the rate falls to 70 %, comes back to where it was fast at
 * first and slowly in the end, and then probes beyond.
 *
 * A token is taken only once it is there.  One that is promised for later
 * would be promised at the rate of that moment, the least there is after a
 * throttling, and those who wait would not see it grow.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/limiter.h"

#include <math.h>
#include <string.h>

#define US_PER_SECOND 1e6
#define BUCKET_US INT64_C(500000)
#define BUCKETS_PER_SECOND 2.0

#define SMOOTHING 0.8
#define BETA 0.7
#define SCALE 0.4
#define MAX_FACTOR 2.0 /* of the measured rate */
#define MIN_RATE 0.5
#define MIN_CAPACITY 1.0

static void measure(DzRateLimiter *limiter, int64_t now_us);
static double rate_after_throttle(DzRateLimiter *limiter, int64_t now_us);
static double rate_after_success(const DzRateLimiter *limiter, int64_t now_us);
static void refill(DzRateLimiter *limiter, int64_t now_us);
static void set_rate(DzRateLimiter *limiter, double rate, int64_t now_us);

void
DzRateLimiterInit(DzRateLimiter *limiter, int64_t now_us)
{
	memset(limiter, 0, sizeof(*limiter));
	limiter->bucket = now_us / BUCKET_US;
	limiter->last_throttle_us = now_us;
	limiter->refilled_us = now_us;
	limiter->fill_rate = MIN_RATE;
	limiter->capacity = MIN_CAPACITY;
}

int64_t
DzRateLimiterTake(DzRateLimiter *limiter, int64_t now_us)
{
	if (!limiter->is_enabled)
		return 0;
	refill(limiter, now_us);
	if (limiter->tokens >= 1)
	{
		limiter->tokens -= 1;
		return 0;
	}
	return (int64_t) ceil((1 - limiter->tokens) / limiter->fill_rate *
						  US_PER_SECOND);
}

void
DzRateLimiterGiveBack(DzRateLimiter *limiter)
{
	if (limiter->is_enabled && limiter->tokens < limiter->capacity)
		limiter->tokens = fmin(limiter->tokens + 1, limiter->capacity);
}

void
DzRateLimiterUpdate(DzRateLimiter *limiter, bool throttled, int64_t now_us)
{
	double rate;

	measure(limiter, now_us);
	rate = throttled ? rate_after_throttle(limiter, now_us)
					 : rate_after_success(limiter, now_us);
	set_rate(limiter, fmin(rate, MAX_FACTOR * limiter->measured), now_us);
}

static void
measure(DzRateLimiter *limiter, int64_t now_us)
{
	int64_t bucket = now_us / BUCKET_US;

	limiter->count++;
	if (bucket <= limiter->bucket)
		return;
	limiter->measured = (double) limiter->count * BUCKETS_PER_SECOND /
							(double) (bucket - limiter->bucket) * SMOOTHING +
						limiter->measured * (1 - SMOOTHING);
	limiter->count = 0;
	limiter->bucket = bucket;
}

static double
rate_after_throttle(DzRateLimiter *limiter, int64_t now_us)
{
	double rate = limiter->is_enabled
					  ? fmin(limiter->measured, limiter->fill_rate)
					  : limiter->measured;

	limiter->last_max_rate = rate;
	limiter->window_s = cbrt(rate * (1 - BETA) / SCALE);
	limiter->last_throttle_us = now_us;
	limiter->is_enabled = true;

	return rate * BETA;
}

static double
rate_after_success(const DzRateLimiter *limiter, int64_t now_us)
{
	double seconds =
		(double) (now_us - limiter->last_throttle_us) / US_PER_SECOND;
	double distance = seconds - limiter->window_s;

	return SCALE * distance * distance * distance + limiter->last_max_rate;
}

static void
set_rate(DzRateLimiter *limiter, double rate, int64_t now_us)
{
	refill(limiter, now_us);
	limiter->fill_rate = fmax(rate, MIN_RATE);
	limiter->capacity = fmax(rate, MIN_CAPACITY);
	limiter->tokens = fmin(limiter->tokens, limiter->capacity);
}

/* A clock that went back, as another machine's would be, gives nothing. */
static void
refill(DzRateLimiter *limiter, int64_t now_us)
{
	if (now_us > limiter->refilled_us)
		limiter->tokens =
			fmin(limiter->tokens + (double) (now_us - limiter->refilled_us) /
									   US_PER_SECOND * limiter->fill_rate,
				 limiter->capacity);
	limiter->refilled_us = now_us;
}
