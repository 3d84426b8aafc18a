/*-------------------------------------------------------------------------
 *
 * provider.c
 *		Where a client's keys come from: counting, and the trivial provider.
 *
 * Keys are counted apart from their provider, because a call that is under
 * way needs the keys that it was signed with, whatever has come since.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "aws/aws.h"
#include "aws/secret.h"

typedef struct KeysProvider
{
	DzAwsProvider provider; /* must be first */
	DzAwsKeys *keys;
} KeysProvider;

/* A copy of a secret; what is freed of keys is wiped, so not of a context. */
static char *
copy_secret(const char *text)
{
	char *copy;

	if (text == NULL)
		return NULL;
	copy = DzSecretCopy(text, strlen(text));
	if (copy == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for credentials")));
	return copy;
}

DzAwsKeys *
DzAwsKeysCreate(const char *access_key_id, const char *secret_access_key,
				const char *session_token)
{
	DzAwsKeys *keys =
		MemoryContextAllocZero(TopMemoryContext, sizeof(DzAwsKeys));

	keys->references = 1;
	PG_TRY();
	{
		keys->access_key_id = copy_secret(access_key_id);
		keys->secret_access_key = copy_secret(secret_access_key);
		keys->session_token = copy_secret(session_token);
	}
	PG_CATCH();
	{
		DzAwsKeysRelease(keys);
		PG_RE_THROW();
	}
	PG_END_TRY();

	return keys;
}

void
DzAwsKeysHold(DzAwsKeys *keys)
{
	keys->references++;
}

void
DzAwsKeysRelease(DzAwsKeys *keys)
{
	if (keys == NULL)
		return;
	Assert(keys->references > 0);
	if (--keys->references > 0)
		return;

	DzSecretFree(keys->access_key_id);
	DzSecretFree(keys->secret_access_key);
	DzSecretFree(keys->session_token);
	pfree(keys);
}

/*
 * Ask for keys.  "done" and "arg" of "ask" are set, and it waits for nothing.
 * Throws only when out of memory.
 */
DzAwsKeysState
DzAwsProviderAsk(DzAwsProvider *provider, DzAwsAsk *ask,
				 const DzAwsKeys *refused)
{
	Assert(ask->provider == NULL && ask->keys == NULL);

	return provider->ask(provider, ask, refused);
}

void
DzAwsProviderLeave(DzAwsAsk *ask)
{
	if (ask->provider != NULL)
		ask->provider->leave(ask->provider, ask);
	ask->provider = NULL;
}

void
DzAwsProviderHold(DzAwsProvider *provider)
{
	provider->references++;
}

void
DzAwsProviderRelease(DzAwsProvider *provider)
{
	Assert(provider->references > 0);
	if (--provider->references == 0)
		provider->free(provider);
}

/* ----------
 * Keys that stay
 * ----------
 */

static DzAwsKeysState
ask_keys(DzAwsProvider *provider, DzAwsAsk *ask, const DzAwsKeys *refused)
{
	KeysProvider *self = (KeysProvider *) provider;

	if (refused == self->keys)
		return DZ_AWS_KEYS_NO_OTHERS;
	DzAwsKeysHold(self->keys);
	ask->keys = self->keys;
	return DZ_AWS_KEYS_AT_HAND;
}

static void
leave_keys(DzAwsProvider *provider, DzAwsAsk *ask)
{
	/* nobody ever waits */
}

static void
free_keys(DzAwsProvider *provider)
{
	KeysProvider *self = (KeysProvider *) provider;

	DzAwsKeysRelease(self->keys);
	pfree(self);
}

DzAwsProvider *
DzAwsProviderOfKeys(const char *access_key_id, const char *secret_access_key,
					const char *session_token)
{
	DzAwsKeys *keys =
		DzAwsKeysCreate(access_key_id, secret_access_key, session_token);
	KeysProvider *self =
		MemoryContextAllocExtended(TopMemoryContext, sizeof(KeysProvider),
								   MCXT_ALLOC_ZERO | MCXT_ALLOC_NO_OOM);

	if (self == NULL)
	{
		DzAwsKeysRelease(keys);
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for credentials")));
	}
	self->keys = keys;
	self->provider.references = 1;
	self->provider.ask = ask_keys;
	self->provider.leave = leave_keys;
	self->provider.free = free_keys;

	return &self->provider;
}
