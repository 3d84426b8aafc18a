/*-------------------------------------------------------------------------
 *
 * cache.c
 *		A provider that keeps what was fetched, and gives it to who asks.
 *
 * Askers are told from a timer, out of everybody's frames: what they do then
 * may throw, and may release the provider.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "credentials/cache.h"

static DzAwsKeysState cache_ask(DzAwsProvider *provider, DzAwsAsk *ask,
								const DzAwsKeys *refused);
static void cache_leave(DzAwsProvider *provider, DzAwsAsk *ask);
static void cache_free(DzAwsProvider *provider);
static bool note_refusal(DzCache *cache, const DzAwsKeys *refused);
static DzAwsKeysState give(DzCache *cache, DzAwsAsk *ask);
static void wait_for_fetch(DzCache *cache, DzAwsAsk *ask);
static void tell_all(void *arg);

DzAwsProvider *
DzCacheCreate(MemoryContext cxt, DzFetchSource *source,
			  const DzProviderKey *key, const unsigned char *digest)
{
	DzCache *cache = MemoryContextAllocZero(cxt, sizeof(DzCache));

	cache->cxt = cxt;
	cache->source = source;
	cache->key = *key;
	dlist_init(&cache->waiting);
	dlist_init(&cache->told);
	cache->provider.references = 1;
	cache->provider.ask = cache_ask;
	cache->provider.leave = cache_leave;
	cache->provider.free = cache_free;
	if (digest != NULL)
	{
		cache->share.is_on = true;
		cache->share.key.server = key->server;
		cache->share.key.mapping = key->mapping;
		memcpy(cache->share.key.digest, digest, DZ_VAULT_DIGEST_SIZE);
	}
	DzProvidersAdd(key, &cache->provider);
	MemoryContextSetParent(cxt, TopMemoryContext);

	return &cache->provider;
}

bool
DzSourceFetches(const DzAwsProvider *provider)
{
	return provider->ask == cache_ask;
}

static void
cache_free(DzAwsProvider *provider)
{
	DzCache *cache = (DzCache *) provider;

	Assert(dlist_is_empty(&cache->waiting) && dlist_is_empty(&cache->told));
	DzProvidersRemove(&cache->key);
	DzRefreshStop(cache);
	DzTimerCancel(&cache->tell);
	DzAwsKeysRelease(cache->keys);
	MemoryContextDelete(cache->cxt);
}

/* ----------
 * Asking
 * ----------
 */

DzFreshness
DzCacheFreshness(const DzCache *cache)
{
	int64 now = DzFetchNowUs();

	if (cache->keys == NULL || cache->is_refused)
		return DZ_EXPIRED;
	if (!cache->keys->expires)
		return DZ_FRESH;
	if (now >= cache->keys->expires_us)
		return DZ_EXPIRED;
	return now >= cache->refresh_at_us ? DZ_REFRESH_DUE : DZ_FRESH;
}

static DzAwsKeysState
cache_ask(DzAwsProvider *provider, DzAwsAsk *ask, const DzAwsKeys *refused)
{
	DzCache *cache = (DzCache *) provider;
	DzFreshness is;

	if (refused != NULL && !note_refusal(cache, refused))
		return DZ_AWS_KEYS_NO_OTHERS;

	is = DzCacheFreshness(cache);
	if (is == DZ_FRESH)
		return give(cache, ask);
	if (is == DZ_REFRESH_DUE &&
		(DzRefreshIsUnderWay(cache) || DzFetchNowUs() < cache->retry_at_us))
		return give(cache, ask);

	if (!DzRefreshIsUnderWay(cache))
	{
		cache->is_ahead = is == DZ_REFRESH_DUE;
		if (DzRefreshBegin(cache))
			return give(cache, ask);
	}
	else if (is == DZ_EXPIRED && cache->is_ahead)
		DzRefreshUrgently(cache);
	wait_for_fetch(cache, ask);
	return DZ_AWS_KEYS_AWAITED;
}

/*
 * The service refused these keys.  False: there are no others, and it is too
 * soon to fetch again.
 */
static bool
note_refusal(DzCache *cache, const DzAwsKeys *refused)
{
	int64 now = DzNowMonotonicUs();

	/* later ones have come meanwhile, or are on their way */
	if (cache->keys != refused || cache->is_refused)
		return cache->keys != refused || DzRefreshIsUnderWay(cache);

	if (cache->forced_us != 0 && now - cache->forced_us < DZ_BETWEEN_FORCED_US)
		return false;
	cache->forced_us = now;
	cache->is_refused = true;
	return true;
}

static DzAwsKeysState
give(DzCache *cache, DzAwsAsk *ask)
{
	DzAwsKeysHold(cache->keys);
	ask->keys = cache->keys;
	return DZ_AWS_KEYS_AT_HAND;
}

static void
wait_for_fetch(DzCache *cache, DzAwsAsk *ask)
{
	ask->provider = &cache->provider;
	dlist_push_tail(&cache->waiting, &ask->node);
}

static void
cache_leave(DzAwsProvider *provider, DzAwsAsk *ask)
{
	DzCache *cache = (DzCache *) provider;

	dlist_delete(&ask->node);
	if (dlist_is_empty(&cache->waiting))
		DzRefreshStop(cache);
}

/* ----------
 * Keeping
 * ----------
 */

void
DzCacheKeep(DzCache *cache, const DzCredentials *have, int64 refresh_at_us,
			const char *region)
{
	DzAwsKeys *keys;

	/* the first one that is told stays: requests have gone out for it */
	if (region[0] != '\0' && cache->provider.region == NULL)
		cache->provider.region = MemoryContextStrdup(cache->cxt, region);

	keys = DzAwsKeysCreate(have->access_key_id, have->secret_access_key,
						   have->session_token);
	keys->expires = have->expires;
	keys->expires_us = have->expires_us;
	DzAwsKeysRelease(cache->keys);
	cache->keys = keys;
	cache->is_refused = false;
	cache->refresh_at_us = refresh_at_us;
}

/* ----------
 * Telling
 * ----------
 */

void
DzCacheAnswer(DzCache *cache, const DzAwsFailure *failure)
{
	cache->is_ahead = false;
	DzTimerSet(&cache->tell, 0, tell_all, cache);
	if (!cache->is_telling)
	{
		cache->is_telling = true;
		DzAwsProviderHold(&cache->provider);
	}
	while (!dlist_is_empty(&cache->waiting))
	{
		dlist_node *node = dlist_pop_head_node(&cache->waiting);
		DzAwsAsk *ask = dlist_container(DzAwsAsk, node, node);

		if (failure != NULL)
			ask->failure = *failure;
		else
		{
			DzAwsKeysHold(cache->keys);
			ask->keys = cache->keys;
		}
		dlist_push_tail(&cache->told, node);
	}
}

/* One that throws leaves the rest for the next turn. */
static void
tell_all(void *arg)
{
	DzCache *cache = arg;

	while (!dlist_is_empty(&cache->told))
	{
		dlist_node *node = dlist_pop_head_node(&cache->told);
		DzAwsAsk *ask = dlist_container(DzAwsAsk, node, node);

		DzTimerSet(&cache->tell, 0, tell_all, cache);
		ask->provider = NULL;
		ask->done(ask->arg);
	}
	DzTimerCancel(&cache->tell);
	cache->is_telling = false;
	DzAwsProviderRelease(&cache->provider);
}
