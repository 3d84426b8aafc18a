/*-------------------------------------------------------------------------
 *
 * cache.c
 *		A provider that keeps what was fetched, and fetches it anew in time.
 *
 *	 none, expired, refused ──► everyone waits for the fetch
 *	 due                    ──► one asker waits for it, all others go on
 *	 fresh                  ──► at hand
 *
 * A fetch goes on only while somebody turns the loop, and in a backend that is
 * whoever waits for an answer.  So a fetch is always somebody's: an asker that
 * waits for it.  When the last of them has gone (a cancelled statement, say)
 * it is ended, and nothing is left behind.  A refresh ahead of the expiry is
 * waited for, too, but not for long, and by one asker: for all others, and for
 * that one if it fails, the keys at hand are good until they expire.
 *
 * With the vault (shared/vault.h) one process of the cluster fetches for all
 * that use the same mapping.  Those that have nothing ask it again every some
 * 20 ms until the one has succeeded, failed or gone.
 *
 * Askers are told from a timer, out of everybody's frames: what they do then
 * may throw, and may release the provider.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/pg_prng.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "credentials/share.h"

/* between askings of the vault: 15 to 30 ms, so that askers spread */
#define POLL_US 30000
#define POLL_SPREAD_US 15000.0

/* how long a refresh ahead of the expiry may hold whoever asked */
#define PATIENCE_US INT64CONST(5000000)

/* between fetches that a refusal of the service causes */
#define BETWEEN_FORCED_US INT64CONST(5000000)

typedef struct Cache
{
	DzAwsProvider provider; /* must be first */
	MemoryContext cxt; /* holds all of this, and the source */
	DzFetchSource *source;

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
} Cache;

static DzAwsKeysState cache_ask(DzAwsProvider *provider, DzAwsAsk *ask,
								const DzAwsKeys *refused);
static void cache_leave(DzAwsProvider *provider, DzAwsAsk *ask);
static void cache_free(DzAwsProvider *provider);
static bool note_refusal(Cache *cache, const DzAwsKeys *refused);
static DzAwsKeysState give(Cache *cache, DzAwsAsk *ask);
static void wait_for_fetch(Cache *cache, DzAwsAsk *ask);
static bool is_under_way(const Cache *cache);
static bool begin(Cache *cache);
static void take_shared(Cache *cache, DzShared *shared);
static void poll_later(Cache *cache);
static void fetch_here(Cache *cache);
static void stop(Cache *cache);
static void guarded(Cache *cache, void (*step)(Cache *cache));
static void on_poll(void *arg);
static void poll_vault(Cache *cache);
static void on_patience_ended(void *arg);
static void end_patience(Cache *cache);
static void on_fetched(DzFetch *fetch, void *arg);
static void take_result(Cache *cache);
static void fetched(Cache *cache, DzFetch *fetch);
static void failed(Cache *cache, const DzAwsFailure *failure);
static void set_region(Cache *cache, const char *region);
static void set_keys(Cache *cache, const DzCredentials *have,
					 int64 refresh_at_us);
static void answer_all(Cache *cache, const DzAwsFailure *failure);
static void tell_all(void *arg);

DzAwsProvider *
DzCacheCreate(MemoryContext cxt, DzFetchSource *source, Oid server,
			  Oid mapping, const unsigned char *digest)
{
	Cache *cache = MemoryContextAllocZero(cxt, sizeof(Cache));

	cache->cxt = cxt;
	cache->source = source;
	dlist_init(&cache->waiting);
	dlist_init(&cache->told);
	cache->provider.references = 1;
	cache->provider.ask = cache_ask;
	cache->provider.leave = cache_leave;
	cache->provider.free = cache_free;
	if (digest != NULL)
	{
		cache->share.is_on = true;
		cache->share.key.server = server;
		cache->share.key.mapping = mapping;
		memcpy(cache->share.key.digest, digest, DZ_VAULT_DIGEST_SIZE);
	}
	MemoryContextSetParent(cxt, TopMemoryContext);

	return &cache->provider;
}

static void
cache_free(DzAwsProvider *provider)
{
	Cache *cache = (Cache *) provider;

	Assert(dlist_is_empty(&cache->waiting) && dlist_is_empty(&cache->told));
	stop(cache);
	DzTimerCancel(&cache->tell);
	DzAwsKeysRelease(cache->keys);
	MemoryContextDelete(cache->cxt);
}

/* ----------
 * Asking
 * ----------
 */

static DzFreshness
freshness(const Cache *cache)
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
	Cache *cache = (Cache *) provider;
	DzFreshness is;

	if (refused != NULL && !note_refusal(cache, refused))
		return DZ_AWS_KEYS_NO_OTHERS;

	is = freshness(cache);
	if (is == DZ_FRESH)
		return give(cache, ask);
	if (is == DZ_REFRESH_DUE &&
		(is_under_way(cache) || DzFetchNowUs() < cache->retry_at_us))
		return give(cache, ask);

	if (!is_under_way(cache))
	{
		cache->is_ahead = is == DZ_REFRESH_DUE;
		if (begin(cache))
			return give(cache, ask);
	}
	/* a refresh ahead has become more than that: the keys have expired */
	else if (is == DZ_EXPIRED && cache->is_ahead)
	{
		cache->is_ahead = false;
		DzTimerCancel(&cache->patience);
	}
	wait_for_fetch(cache, ask);
	return DZ_AWS_KEYS_AWAITED;
}

/*
 * The service refused these keys.  False: there are no others, and it is too
 * soon to fetch again.
 */
static bool
note_refusal(Cache *cache, const DzAwsKeys *refused)
{
	int64 now = DzNowMonotonicUs();

	/* later ones have come meanwhile, or are on their way */
	if (cache->keys != refused || cache->is_refused)
		return cache->keys != refused || is_under_way(cache);

	if (cache->forced_us != 0 && now - cache->forced_us < BETWEEN_FORCED_US)
		return false;
	cache->forced_us = now;
	cache->is_refused = true;
	return true;
}

static DzAwsKeysState
give(Cache *cache, DzAwsAsk *ask)
{
	DzAwsKeysHold(cache->keys);
	ask->keys = cache->keys;
	return DZ_AWS_KEYS_AT_HAND;
}

static void
wait_for_fetch(Cache *cache, DzAwsAsk *ask)
{
	ask->provider = &cache->provider;
	dlist_push_tail(&cache->waiting, &ask->node);
}

static void
cache_leave(DzAwsProvider *provider, DzAwsAsk *ask)
{
	Cache *cache = (Cache *) provider;

	dlist_delete(&ask->node);
	if (dlist_is_empty(&cache->waiting))
		stop(cache);
}

/* ----------
 * Fetching
 * ----------
 */

static bool
is_under_way(const Cache *cache)
{
	return cache->fetch != NULL || cache->share.ticket != 0;
}

/*
 * See to it that there is a fetch, here or in another process.  True: there
 * need not be, keys are at hand.  Throws only when out of memory, and then
 * nothing is under way.
 */
static bool
begin(Cache *cache)
{
	DzShared shared;

	switch (DzShareAsk(&cache->share, cache->is_ahead, &shared))
	{
		case DZ_SHARE_TAKEN:
			take_shared(cache, &shared);
			return true;
		case DZ_SHARE_LATER:
			cache->retry_at_us = shared.retry_at_us;
			return true;
		case DZ_SHARE_WAIT:
			poll_later(cache);
			return false;
		case DZ_SHARE_FETCH:
		case DZ_SHARE_FAILED:
			break;
	}
	if (shared.nfailures >= 0)
		cache->nfailures = shared.nfailures;
	fetch_here(cache);
	return false;
}

/* Use what another process fetched. */
static void
take_shared(Cache *cache, DzShared *shared)
{
	PG_TRY();
	{
		set_region(cache, shared->region);
		set_keys(cache, &shared->have, shared->refresh_at_us);
	}
	PG_CATCH();
	{
		DzCredentialsFree(&shared->have);
		PG_RE_THROW();
	}
	PG_END_TRY();
	DzCredentialsFree(&shared->have);
}

static void
poll_later(Cache *cache)
{
	double random01 = pg_prng_double(&pg_global_prng_state);

	DzTimerSet(&cache->poll, POLL_US - (int64) (POLL_SPREAD_US * random01),
			   on_poll, cache);
}

static void
fetch_here(Cache *cache)
{
	PG_TRY();
	{
		cache->fetch = DzFetchStart(cache->source, on_fetched, cache);
		if (cache->is_ahead)
			DzTimerSet(&cache->patience, PATIENCE_US, on_patience_ended,
					   cache);
	}
	PG_CATCH();
	{
		stop(cache);
		PG_RE_THROW();
	}
	PG_END_TRY();
}

/* Nothing is under way any more, and nothing is known of its end. */
static void
stop(Cache *cache)
{
	DzTimerCancel(&cache->poll);
	DzTimerCancel(&cache->patience);
	if (cache->fetch != NULL)
		DzFetchEnd(cache->fetch);
	cache->fetch = NULL;
	DzShareAbandon(&cache->share);
	cache->is_ahead = false;
}

/*
 * Do what a timer or the fetch calls for.  What it throws is not the failure
 * of whoever turns the loop just now, but of those who wait.  A cancel is not
 * to be taken for one, and is thrown where it is somebody's: telling the log
 * something looks for interrupts, too.
 */
static void
guarded(Cache *cache, void (*step)(Cache *cache))
{
	MemoryContext caller = CurrentMemoryContext;
	uint32 held = InterruptHoldoffCount;
	DzAwsFailure failure;
	volatile bool has_failed = false;

	HOLD_INTERRUPTS();
	PG_TRY();
	{
		step(cache);
	}
	PG_CATCH();
	{
		ErrorData *error;

		/* an error has let them go */
		InterruptHoldoffCount = held + 1;
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		DzFailureOfError(&failure, error);
		FreeErrorData(error);
		has_failed = true;
	}
	PG_END_TRY();

	if (has_failed)
	{
		stop(cache);
		failed(cache, &failure);
	}
	InterruptHoldoffCount = held;
}

static void
on_poll(void *arg)
{
	guarded(arg, poll_vault);
}

/* Another process fetches: has it ended? */
static void
poll_vault(Cache *cache)
{
	DzShared shared;

	switch (DzShareAsk(&cache->share, false, &shared))
	{
		case DZ_SHARE_WAIT:
			poll_later(cache);
			return;
		case DZ_SHARE_TAKEN:
			take_shared(cache, &shared);
			answer_all(cache, NULL);
			return;
		case DZ_SHARE_FAILED:
			answer_all(cache, &shared.failure);
			return;
		case DZ_SHARE_FETCH:
		case DZ_SHARE_LATER:
			break;
	}

	/* it has gone, or what it left is of no use: now it is our turn */
	if (shared.nfailures >= 0)
		cache->nfailures = shared.nfailures;
	fetch_here(cache);
}

static void
on_patience_ended(void *arg)
{
	guarded(arg, end_patience);
}

/* The source is slow today; who asked goes on with the keys at hand. */
static void
end_patience(Cache *cache)
{
	DzAwsFailure failure;

	/* meanwhile they have expired: now there is only this */
	if (freshness(cache) == DZ_EXPIRED)
	{
		cache->is_ahead = false;
		return;
	}
	DzFailureSet(&failure, ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION, "", "",
				 "The source of the credentials takes too long.");
	DzFetchEnd(cache->fetch);
	cache->fetch = NULL;
	failed(cache, &failure);
}

static void
on_fetched(DzFetch *fetch, void *arg)
{
	guarded(arg, take_result);
}

static void
take_result(Cache *cache)
{
	DzFetch *fetch = cache->fetch;

	DzTimerCancel(&cache->patience);
	if (fetch->is_ok)
		fetched(cache, fetch);
	else
		failed(cache, &fetch->failure);
	cache->fetch = NULL;
	DzFetchEnd(fetch);
}

/*
 * What has come may have expired already.  IMDS hands such keys out while it
 * cannot get new ones, and services accept them; for it the SDKs go on with
 * them.  We do so for containers, STS and SSO, too: those that just answered
 * do not hand out what has ended, so mostly it is our clock that is wrong, and
 * if not, the service says so.  What a command prints is the command's affair.
 */
static bool
is_of_use(Cache *cache, DzCredentials *have)
{
	const DzPlan *plan = &cache->source->plan;
	bool may_extend = plan->nroles > 0 || plan->base != DZ_BASE_PROCESS;

	if (!have->expires || have->expires_us > DzFetchNowUs())
		return true;
	if (!may_extend)
		return false;
	(void) DzCredentialsExtend(have, DzFetchNowUs(),
							   pg_prng_double(&pg_global_prng_state));
	ereport(LOG, (errmsg("credentials for server \"%s\" that were fetched "
						 "have expired already; they are used for some "
						 "minutes nevertheless",
						 cache->source->server_name)));
	return true;
}

static void
fetched(Cache *cache, DzFetch *fetch)
{
	int64 refresh_at_us;
	DzAwsFailure failure;

	if (!is_of_use(cache, &fetch->have))
	{
		DzFailureSet(&failure, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION, "",
					 "Look at this host's clock, and at the source.",
					 "The source gave credentials that have expired already.");
		failed(cache, &failure);
		return;
	}
	refresh_at_us = DzRefreshAtUs(&fetch->have, DzFetchNowUs(),
								  pg_prng_double(&pg_global_prng_state));
	set_region(cache, fetch->region);
	set_keys(cache, &fetch->have, refresh_at_us);
	DzSharePublish(&cache->share, &fetch->have, refresh_at_us,
				   cache->provider.region);
	cache->nfailures = 0;
	cache->retry_at_us = 0;
	answer_all(cache, NULL);
}

/*
 * Those that waited only to refresh go on; for others it is a failure.
 *
 * It is one for those, too, whose keys the service has refused, but the keys
 * stay: they may be good for other calls, and if not, the service says so and
 * they are fetched anew after a while, and not by each call.
 */
static void
failed(Cache *cache, const DzAwsFailure *failure)
{
	bool was_refused = cache->is_refused;

	if (was_refused)
	{
		cache->is_refused = false;
		cache->forced_us = DzNowMonotonicUs();
	}
	cache->nfailures++;
	cache->retry_at_us =
		DzRefreshRetryAtUs(DzFetchNowUs(), cache->nfailures,
						   pg_prng_double(&pg_global_prng_state));
	DzShareFail(&cache->share, failure, cache->retry_at_us);

	if (!was_refused && freshness(cache) != DZ_EXPIRED)
	{
		ereport(LOG, (errmsg("could not refresh the credentials for server "
							 "\"%s\": those at hand are used until they "
							 "expire",
							 cache->source->server_name),
					  errdetail_internal("%s", failure->detail)));
		answer_all(cache, NULL);
	}
	else
		answer_all(cache, failure);
}

/* The first one that is told stays: requests have gone out for it. */
static void
set_region(Cache *cache, const char *region)
{
	if (region[0] != '\0' && cache->provider.region == NULL)
		cache->provider.region = MemoryContextStrdup(cache->cxt, region);
}

static void
set_keys(Cache *cache, const DzCredentials *have, int64 refresh_at_us)
{
	DzAwsKeys *keys = DzAwsKeysCreate(
		have->access_key_id, have->secret_access_key, have->session_token);

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

/* Give all that wait their keys or the failure, and call them in a moment. */
static void
answer_all(Cache *cache, const DzAwsFailure *failure)
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
	Cache *cache = arg;

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
