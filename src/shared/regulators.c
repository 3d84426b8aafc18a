/*-------------------------------------------------------------------------
 *
 * regulators.c
 *		Where the regulators of endpoints are kept (see aws/regulator.h).
 *
 * In shared memory, so that the quota of retries, the rate of adaptive mode
 * and what is known of the clock are the cluster's; without preloading in
 * this process's memory, so that they outlive a client, which is made anew
 * whenever a catalog changes.
 *
 * The table is a fixed array in groups of eight, like that of the buckets.  A
 * group that is full gives up the regulator that has not been used for
 * longest; so those of dropped servers go without being told.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "net/net.h"
#include "shared/segment.h"

#define GROUP 8
#define GROUPS_OF_A_PROCESS 4

static DzRegulatorEntry *own = NULL; /* without preloading */

static DzRegulator *enter(unsigned int id, const char *endpoint);
static void leave(void);

/* Called at load, whether preloaded or not. */
void
DzRegulatorsInit(void)
{
	static const DzRegulatorKeeper keeper = {enter, leave};

	DzRegulatorsKeptBy(&keeper);
}

/* The table, locked if there are others; NULL: out of memory. */
static DzRegulatorEntry *
open_table(uint32 *ngroups)
{
	if (DzSharedIsThere())
	{
		LWLockAcquire(DzSegmentLock(DZ_LOCK_REGULATORS), LW_EXCLUSIVE);
		*ngroups = DZ_REGULATORS / GROUP;
		return DzSegmentRegulators();
	}
	if (own == NULL)
		own = MemoryContextAllocExtended(TopMemoryContext,
										 GROUPS_OF_A_PROCESS * GROUP *
											 sizeof(DzRegulatorEntry),
										 MCXT_ALLOC_ZERO | MCXT_ALLOC_NO_OOM);
	*ngroups = GROUPS_OF_A_PROCESS;
	return own;
}

static void
leave(void)
{
	if (DzSharedIsThere())
		LWLockRelease(DzSegmentLock(DZ_LOCK_REGULATORS));
}

static bool
is_key(const DzRegulatorKey *a, const DzRegulatorKey *b)
{
	return a->database == b->database && a->server == b->server &&
		   a->endpoint == b->endpoint;
}

static DzRegulator *
enter(unsigned int id, const char *endpoint)
{
	DzRegulatorKey key = {MyDatabaseId, id,
						  hash_bytes_extended((const unsigned char *) endpoint,
											  (int) strlen(endpoint), 0)};
	uint32 ngroups;
	DzRegulatorEntry *table = open_table(&ngroups);
	DzRegulatorEntry *group;
	DzRegulatorEntry *chosen;
	int64 now = DzNowMonotonicUs();

	if (table == NULL)
		return NULL;

	group = table + hash_bytes((const unsigned char *) &key, sizeof(key)) %
						ngroups * GROUP;
	chosen = &group[0];
	for (int i = 0; i < GROUP; i++)
	{
		DzRegulatorEntry *entry = &group[i];

		if (is_key(&entry->key, &key))
		{
			entry->used_at = now;
			return &entry->regulator;
		}
		if (entry->used_at < chosen->used_at)
			chosen = entry;
	}

	chosen->key = key;
	chosen->used_at = now;
	DzRegulatorInit(&chosen->regulator, now);
	return &chosen->regulator;
}
