/*-------------------------------------------------------------------------
 *
 * providers.c
 *		The providers of this process that fetch, by what they fetch.
 *
 * A connection is made anew when something has changed that may have to do
 * with it; mostly it has not.  What was fetched must outlive that: a source
 * that is down, or counts its calls, is no reason to forget good keys.  So a
 * connection takes over the provider that would fetch just the same, which a
 * digest tells, and with it its keys, what it is waiting for, and when it may
 * ask again.
 *
 * The table keeps nobody alive.  A provider is in it for as long as somebody
 * has a reference, so there are no more of them than connections, and one that
 * nobody takes over is wiped at once.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "credentials/fetch.h"

typedef struct ProviderEntry
{
	DzProviderKey key; /* must be first */
	DzAwsProvider *provider;
} ProviderEntry;

static HTAB *providers = NULL; /* until first used */

static void
create_table(void)
{
	HASHCTL ctl;

	ctl.keysize = sizeof(DzProviderKey);
	ctl.entrysize = sizeof(ProviderEntry);
	ctl.hcxt = TopMemoryContext;
	providers = hash_create("datazone credential providers", 8, &ctl,
							HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

DzAwsProvider *
DzProvidersFind(const DzProviderKey *key)
{
	ProviderEntry *entry = NULL;

	if (providers != NULL)
		entry = hash_search(providers, key, HASH_FIND, NULL);
	if (entry == NULL)
		return NULL;
	DzAwsProviderHold(entry->provider);
	return entry->provider;
}

void
DzProvidersAdd(const DzProviderKey *key, DzAwsProvider *provider)
{
	ProviderEntry *entry;
	bool found;

	if (providers == NULL)
		create_table();
	entry = hash_search(providers, key, HASH_ENTER, &found);
	Assert(!found);
	entry->provider = provider;
}

void
DzProvidersRemove(const DzProviderKey *key)
{
	(void) hash_search(providers, key, HASH_REMOVE, NULL);
}
