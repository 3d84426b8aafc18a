/*-------------------------------------------------------------------------
 *
 * cache.h
 *		Inside of the credentials room: a provider that keeps what was fetched.
 *
 *	 none, expired, refused ──► everyone waits for the fetch
 *	 due                    ──► one asker waits for it, all others go on
 *	 fresh                  ──► at hand
 *
 * cache.c is the provider's face: what there is, who asks, who is told.
 * refresh.c gets others: by a fetch, or from another process's.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_CACHE_H
#define DATAZONE_CREDENTIALS_CACHE_H

#include "credentials/share.h"

typedef struct DzCache
{
	DzAwsProvider provider; /* must be first */
	MemoryContext cxt; /* holds all of this, and the source */
	DzFetchSource *source;
	DzProviderKey key; /* see providers.c */

	/* what there is */
	DzAwsKeys *keys; /* NULL: nothing */
	bool is_refused; /* by the service: not to be given out again */
	int64 refresh_at_us; /* since 1970 */

	/* the fetch under way, here or elsewhere */
	DzFetch *fetch; /* NULL: none of ours */
	DzShare share;
	bool is_ahead; /* the keys there are still good */
	DzTimer poll;
	DzTimer patience;
	dlist_head waiting; /* askers, for this fetch */

	/* after it */
	dlist_head told; /* askers whose answer is there */
	DzTimer tell;
	bool is_telling; /* holds a reference */
	int nfailures; /* in a row */
	int64 retry_at_us; /* no refresh ahead before */
	int64 forced_us; /* monotonic clock; 0: never */
} DzCache;

/* ---- cache.c ---- */

extern DzFreshness DzCacheFreshness(const DzCache *cache);

/* Keep these, and what was told of the Region; "" is nothing. */
extern void DzCacheKeep(DzCache *cache, const DzCredentials *have,
						int64 refresh_at_us, const char *region);

/*
 * Give all that wait their keys or, unless it is NULL, the failure, and call
 * them in a moment.
 */
extern void DzCacheAnswer(DzCache *cache, const DzAwsFailure *failure);

/* ---- refresh.c ---- */

extern bool DzRefreshIsUnderWay(const DzCache *cache);

/*
 * See to it that there is a fetch, here or in another process; "is_ahead" says
 * what it is for.  True: there need not be, keys are at hand.  Throws only
 * when out of memory, and then nothing is under way.
 */
extern bool DzRefreshBegin(DzCache *cache);

/* The keys at hand have expired while they were being refreshed ahead. */
extern void DzRefreshUrgently(DzCache *cache);

/* Nothing is under way any more, and nothing is known of its end. */
extern void DzRefreshStop(DzCache *cache);

#endif /* DATAZONE_CREDENTIALS_CACHE_H */
