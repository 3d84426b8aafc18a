/*-------------------------------------------------------------------------
 *
 * refresh.c
 *		Getting other keys for a provider, in time.
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
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/pg_prng.h"
#include "miscadmin.h"

#include "credentials/cache.h"

/* between askings of the vault: 15 to 30 ms, so that askers spread */
#define POLL_US 30000
#define POLL_SPREAD_US 15000.0

/* how long a refresh ahead of the expiry may hold whoever asked */
#define PATIENCE_US INT64CONST(5000000)

static void take_shared(DzCache *cache, DzShared *shared);
static void poll_later(DzCache *cache);
static void fetch_here(DzCache *cache);
static void guarded(DzCache *cache, void (*step)(DzCache *cache));
static void on_poll(void *arg);
static void poll_vault(DzCache *cache);
static void on_patience_ended(void *arg);
static void end_patience(DzCache *cache);
static void on_fetched(DzFetch *fetch, void *arg);
static void take_result(DzCache *cache);
static void fetched(DzCache *cache, DzFetch *fetch);
static void failed(DzCache *cache, const DzAwsFailure *failure);

bool
DzRefreshIsUnderWay(const DzCache *cache)
{
	return cache->fetch != NULL || cache->share.ticket != 0;
}

bool
DzRefreshBegin(DzCache *cache)
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

void
DzRefreshUrgently(DzCache *cache)
{
	cache->is_ahead = false;
	DzTimerCancel(&cache->patience);
}

/* Use what another process fetched. */
static void
take_shared(DzCache *cache, DzShared *shared)
{
	PG_TRY();
	{
		DzCacheKeep(cache, &shared->have, shared->refresh_at_us,
					shared->region);
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
poll_later(DzCache *cache)
{
	double random01 = pg_prng_double(&pg_global_prng_state);

	DzTimerSet(&cache->poll, POLL_US - (int64) (POLL_SPREAD_US * random01),
			   on_poll, cache);
}

static void
fetch_here(DzCache *cache)
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
		DzRefreshStop(cache);
		PG_RE_THROW();
	}
	PG_END_TRY();
}

void
DzRefreshStop(DzCache *cache)
{
	DzTimerCancel(&cache->poll);
	DzTimerCancel(&cache->patience);
	if (cache->fetch != NULL)
		DzFetchEnd(cache->fetch);
	cache->fetch = NULL;
	DzShareAbandon(&cache->share);
	cache->is_ahead = false;
}

/* ----------
 * What timers and the fetch call for
 * ----------
 */

/*
 * Do what a timer or the fetch calls for.  What it throws is not the failure
 * of whoever turns the loop just now, but of those who wait.  A cancel is not
 * to be taken for one, and is thrown where it is somebody's: telling the log
 * something looks for interrupts, too.
 */
static void
guarded(DzCache *cache, void (*step)(DzCache *cache))
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
		DzRefreshStop(cache);
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
poll_vault(DzCache *cache)
{
	DzShared shared;

	switch (DzShareAsk(&cache->share, false, &shared))
	{
		case DZ_SHARE_WAIT:
			poll_later(cache);
			return;
		case DZ_SHARE_TAKEN:
			take_shared(cache, &shared);
			DzCacheAnswer(cache, NULL);
			return;
		case DZ_SHARE_FAILED:
			DzCacheAnswer(cache, &shared.failure);
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
end_patience(DzCache *cache)
{
	DzAwsFailure failure;

	/* meanwhile they have expired: now there is only this */
	if (DzCacheFreshness(cache) == DZ_EXPIRED)
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
take_result(DzCache *cache)
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
is_of_use(DzCache *cache, DzCredentials *have)
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
fetched(DzCache *cache, DzFetch *fetch)
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
	DzCacheKeep(cache, &fetch->have, refresh_at_us, fetch->region);
	DzSharePublish(&cache->share, &fetch->have, refresh_at_us,
				   cache->provider.region);
	cache->nfailures = 0;
	cache->retry_at_us = 0;
	DzCacheAnswer(cache, NULL);
}

/*
 * Those that waited only to refresh go on; for others it is a failure.
 *
 * It is one for those, too, whose keys the service has refused, but the keys
 * stay: they may be good for other calls, and if not, the service says so and
 * they are fetched anew after a while, and not by each call.
 */
static void
failed(DzCache *cache, const DzAwsFailure *failure)
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

	if (!was_refused && DzCacheFreshness(cache) != DZ_EXPIRED)
	{
		ereport(LOG, (errmsg("could not refresh the credentials for server "
							 "\"%s\": those at hand are used until they "
							 "expire",
							 cache->source->server_name),
					  errdetail_internal("%s", failure->detail)));
		DzCacheAnswer(cache, NULL);
	}
	else
		DzCacheAnswer(cache, failure);
}
