/*-------------------------------------------------------------------------
 *
 * rate.c
 *		Token buckets: how often an operation may be called on a server.
 *
 * A bucket holds a second's worth of tokens and is refilled at the rate that
 * the server's option says.  The background worker takes a token before it
 * sends and waits where there is none.  Synchronous calls draw as well but
 * never wait: they may take the bucket below zero, by a second's worth at
 * most, so that the worker makes room for people without starving.
 *
 * When the service throttles, the rate is cut by 30 %, and it grows back to
 * the limit within a minute: additive increase, multiplicative decrease, as
 * TCP does and for its reason: all clients together find what they may have.
 *
 * The table is a fixed array in groups of eight.  A group that is full gives
 * up the bucket that has not been touched for longest: a bucket at rest is a
 * full one, and a full one is what a new one is.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/hashfn.h"
#include "miscadmin.h"

#include "net/net.h"
#include "shared/segment.h"

#define GROUP 8
#define SLOWER 0.7 /* what throttling leaves of the rate */
#define SLOWEST 0.2 /* requests a second */
#define RECOVERY_SECONDS 60.0
#define CUT_US 1000000 /* between two cuts */

/* Room for one token at least, or a limit below 1 would never let any go. */
static double
capacity(double limit)
{
	return Max(limit, 1.0);
}

static void
refill(DzBucket *bucket, double limit)
{
	int64 now = DzNowMonotonicUs();
	double seconds = (now - bucket->filled_at) / 1e6;

	/* somebody has changed the option: it holds at once */
	if (limit != bucket->limit)
		bucket->rate = bucket->limit = limit;
	bucket->rate =
		Min(limit, bucket->rate + limit / RECOVERY_SECONDS * seconds);
	bucket->tokens =
		Min(capacity(limit), bucket->tokens + bucket->rate * seconds);
	bucket->filled_at = now;
}

/* The lock is held.  A new bucket is full. */
static DzBucket *
find_bucket(Oid server, int operation, double limit)
{
	DzBucketKey key = {MyDatabaseId, server, operation};
	uint32 hash = hash_bytes((const unsigned char *) &key, sizeof(key));
	DzBucket *group = DzSegmentBuckets() + hash % (DZ_BUCKETS / GROUP) * GROUP;
	DzBucket *chosen = &group[0];

	for (int i = 0; i < GROUP; i++)
	{
		DzBucket *bucket = &group[i];

		if (bucket->used && memcmp(&bucket->key, &key, sizeof(key)) == 0)
		{
			refill(bucket, limit);
			return bucket;
		}
		if (chosen->used &&
			(!bucket->used || bucket->filled_at < chosen->filled_at))
			chosen = bucket;
	}

	chosen->key = key;
	chosen->used = true;
	chosen->tokens = capacity(limit);
	chosen->rate = chosen->limit = limit;
	chosen->cut_at = 0;
	chosen->filled_at = DzNowMonotonicUs();
	return chosen;
}

/* Count "count" requests that go out now, whatever the bucket holds. */
void
DzRateDraw(Oid server, int operation, double limit, int count)
{
	DzBucket *bucket;

	if (!DzSharedIsThere() || limit <= 0 || count <= 0)
		return;

	LWLockAcquire(DzSegmentLock(DZ_LOCK_RATES), LW_EXCLUSIVE);
	bucket = find_bucket(server, operation, limit);
	bucket->tokens = Max(bucket->tokens - count, -capacity(limit));
	LWLockRelease(DzSegmentLock(DZ_LOCK_RATES));
}

/*
 * Take a token.  Returns 0 if there was one, else how many microseconds it
 * will be until there is, if nobody else comes.
 */
int64
DzRateTake(Oid server, int operation, double limit)
{
	DzBucket *bucket;
	int64 wait_us = 0;

	if (!DzSharedIsThere() || limit <= 0)
		return 0;

	LWLockAcquire(DzSegmentLock(DZ_LOCK_RATES), LW_EXCLUSIVE);
	bucket = find_bucket(server, operation, limit);
	if (bucket->tokens >= 1.0)
		bucket->tokens -= 1.0;
	else
		wait_us = (int64) ceil((1.0 - bucket->tokens) / bucket->rate * 1e6);
	LWLockRelease(DzSegmentLock(DZ_LOCK_RATES));

	return wait_us;
}

/* The service said that it was too much. */
void
DzRateThrottled(Oid server, int operation, double limit)
{
	DzBucket *bucket;

	if (!DzSharedIsThere() || limit <= 0)
		return;

	LWLockAcquire(DzSegmentLock(DZ_LOCK_RATES), LW_EXCLUSIVE);
	bucket = find_bucket(server, operation, limit);

	/* what was under way together is throttled together: that counts once */
	if (bucket->filled_at - bucket->cut_at >= CUT_US)
	{
		bucket->rate = Max(bucket->rate * SLOWER, Min(SLOWEST, limit));
		bucket->cut_at = bucket->filled_at;
	}
	bucket->tokens = Min(bucket->tokens, 0.0);
	LWLockRelease(DzSegmentLock(DZ_LOCK_RATES));
}
