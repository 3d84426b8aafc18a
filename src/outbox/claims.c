/*-------------------------------------------------------------------------
 *
 * claims.c
 *		What this process holds of the outbox: entries, and the lanes they are in.
 *
 * A claim is an entry in our memory, and nothing in the table: a crash leaves
 * none behind.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "outbox/reading.h"

/*
 * Payloads in memory: of all lanes that have some; and where each has but one,
 * since one is always allowed.
 */
#define CLAIM_BYTES (16 * 1024 * 1024)
#define MOST_BYTES (4 * CLAIM_BYTES)

/* after trouble, entries that were not tried come first for so long */
#define GO_BACK_US (20 * DZ_SECOND_US)

typedef struct Claim
{
	int64 id; /* must be first */
	DzEntry *entry;
} Claim;

static HTAB *claims;
static Size claimed_bytes = 0;
static uint32 nlanes_with_bytes = 0;
static HTAB *lanes;
static uint64 changes = 0; /* of what is shown in datazone_stat */

dlist_head dz_lanes = DLIST_STATIC_INIT(dz_lanes);

void
DzClaimsInit(void)
{
	HASHCTL ctl;

	ctl.keysize = sizeof(int64);
	ctl.entrysize = sizeof(Claim);
	ctl.hcxt = TopMemoryContext;
	claims = hash_create("datazone claims", 512, &ctl,
						 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	ctl.keysize = sizeof(DzLaneName);
	ctl.entrysize = sizeof(DzLane);
	lanes = hash_create("datazone lanes", 16, &ctl,
						HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

/* Give everything up; requests that are under way are not waited for. */
void
DzClaimsForget(void)
{
	HASH_SEQ_STATUS seq;
	Claim *claim;

	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
		DzEntryFree(claim->entry);
	DzKeysForget();
	while (!dlist_is_empty(&dz_lanes))
	{
		DzLane *lane =
			dlist_container(DzLane, node, dlist_pop_head_node(&dz_lanes));

		(void) hash_search(lanes, &lane->name, HASH_REMOVE, NULL);
	}
}

/* ----------
 * Claims
 * ----------
 */

void
DzClaimsAdd(DzEntry *entry)
{
	Claim *claim = hash_search(claims, &entry->id, HASH_ENTER, NULL);

	claim->entry = entry;
	entry->lane->nentries++;
	changes++;
}

/* The claimed entry of that number; NULL: it is not ours. */
DzEntry *
DzClaimsFind(int64 id)
{
	Claim *claim = hash_search(claims, &id, HASH_FIND, NULL);

	return claim ? claim->entry : NULL;
}

/* The entry is no longer ours. */
void
DzClaimsRemove(DzEntry *entry)
{
	if (entry->is_waiting)
		dlist_delete(&entry->node);
	entry->is_waiting = false;
	if (hash_search(claims, &entry->id, HASH_REMOVE, NULL) == NULL)
		return;
	changes++;
	DzClaimsDropBytes(entry);
	if (--entry->lane->nentries == 0 && entry->lane->left_behind != DZ_NOTHING)
		entry->lane->caught_up = false;
}

/* The entry's payload is no longer in memory. */
void
DzClaimsDropBytes(DzEntry *entry)
{
	if (entry->bytes == 0)
		return;
	claimed_bytes -= entry->bytes;
	entry->lane->bytes -= entry->bytes;
	if (entry->lane->bytes == 0)
		nlanes_with_bytes--;
	entry->bytes = 0;
}

/* The entry's payload was read, or is going to be. */
void
DzClaimsCountBytes(DzEntry *entry, Size size)
{
	DzClaimsDropBytes(entry);
	if (entry->lane->bytes == 0)
		nlanes_with_bytes++;
	entry->bytes = entry->size = size;
	claimed_bytes += size;
	entry->lane->bytes += size;
}

int
DzClaimsCount(void)
{
	return (int) hash_get_num_entries(claims);
}

bool
DzClaimsHaveRoom(void)
{
	return DzClaimsCount() < DZ_CLAIM_ROWS && claimed_bytes < MOST_BYTES;
}

/*
 * The ids of those that are marked in the table as sent, also of those whose
 * result is to take the mark away; as an array.
 */
Datum
DzClaimsMarked(void)
{
	Datum *ids = palloc(sizeof(Datum) * Max(DzClaimsCount(), 1));
	int n = 0;
	HASH_SEQ_STATUS seq;
	Claim *claim;

	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
		if (claim->entry->is_claimed || claim->entry->is_listed)
			ids[n++] = Int64GetDatum(claim->id);
	return PointerGetDatum(
		construct_array(ids, n, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* ----------
 * Lanes
 * ----------
 */

DzLane *
DzLaneFind(Oid serverid, Oid role)
{
	DzLaneName name = {serverid, role};
	bool found;
	DzLane *lane = hash_search(lanes, &name, HASH_ENTER, &found);

	if (!found)
	{
		lane->cursor = 0;
		lane->caught_up = false;
		lane->blocked_until_us = 0;
		lane->nentries = lane->nkeys = 0;
		lane->bytes = 0;
		lane->left_behind = DZ_NOTHING;
		lane->go_back_us = 0;
		lane->nfailures = 0;
		lane->is_troubled = false;
		lane->nprobes = lane->npauses = 0;
		lane->pause_us = 0;
		lane->at_once = false;
		lane->waits_since = 0;
		dlist_push_tail(&dz_lanes, &lane->node);
	}
	return lane;
}

/*
 * The lane of an entry that has just become visible.  One that is not known
 * had nothing that could be seen before: nobody need look.
 */
DzLane *
DzLaneOfNew(Oid serverid, Oid role, int64 id)
{
	DzLaneName name = {serverid, role};
	bool is_known = hash_search(lanes, &name, HASH_FIND, NULL) != NULL;
	DzLane *lane = DzLaneFind(serverid, role);

	if (!is_known)
	{
		lane->cursor = id - 1;
		lane->caught_up = true;
	}
	return lane;
}

/*
 * Lanes of which there is nothing go: roles may come and go by the thousand.
 * One that is needed again is made anew.
 */
void
DzLanesDropIdle(void)
{
	dlist_mutable_iter iter;

	dlist_foreach_modify (iter, &dz_lanes)
	{
		DzLane *lane = dlist_container(DzLane, node, iter.cur);

		if (!lane->caught_up || lane->left_behind != DZ_NOTHING ||
			lane->nentries > 0 || lane->nkeys > 0 || DzLaneIsBlocked(lane))
			continue;
		dlist_delete(&lane->node);
		(void) hash_search(lanes, &lane->name, HASH_REMOVE, NULL);
	}
}

bool
DzLaneIsBlocked(DzLane *lane)
{
	if (lane->blocked_until_us != 0 &&
		lane->blocked_until_us <= DzNowMonotonicUs())
		lane->blocked_until_us = 0;
	return lane->blocked_until_us != 0;
}

/* Whether a lane's entries are better left in the table. */
bool
DzLaneIsHeldUp(DzLane *lane)
{
	return lane->is_troubled || DzLaneIsBlocked(lane);
}

/* 0 is no moment. */
static TimestampTz
earlier(TimestampTz a, TimestampTz b)
{
	if (a == 0 || b == 0)
		return Max(a, b);
	return Min(a, b);
}

/* An entry that was not sent is read again, next. */
static void
unclaim(DzEntry *entry)
{
	DzLanePutBack(entry->lane, entry->id, entry->enqueued_at);
	if (entry->key != NULL)
		DzKeyWaits(entry->key, entry->id);
	DzEntryFree(entry);
}

/*
 * An entry that was tried goes back to the table, which knows that it was.
 * The cursor goes on to others first: what is wrong may be wrong with this one
 * alone.  Those behind it with the same key are read again with it; until then
 * the key's index finds it before them.
 */
void
DzClaimGiveBack(DzEntry *entry)
{
	DzLane *lane = entry->lane;

	lane->left_behind = Min(lane->left_behind, entry->id - 1);
	lane->caught_up = false;
	lane->waits_since = earlier(lane->waits_since, entry->enqueued_at);
	if (entry->key != NULL)
	{
		lane->left_behind = Min(lane->left_behind, entry->key->after);
		entry->key->has_more = false;
	}
	DzEntryFree(entry);
}

/* Those left behind have their turn. */
void
DzLaneGoBack(DzLane *lane)
{
	if (lane->left_behind == DZ_NOTHING)
		return;
	lane->cursor = Min(lane->cursor, lane->left_behind);
	lane->left_behind = DZ_NOTHING;
	lane->go_back_us = 0;
	lane->caught_up = false;
}

/*
 * What is not under way goes back to the table, but for results that are not
 * in there yet, and marks: these entries are tried while the lane is blocked.
 */
static void
unclaim_lane(DzLane *lane)
{
	HASH_SEQ_STATUS seq;
	Claim *claim;

	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
	{
		DzEntry *entry = claim->entry;

		if (entry->lane != lane || entry->is_claimed)
			continue;
		if (entry->job.place == DZ_JOB_READY && entry->job.request_cxt == NULL)
			unclaim(entry);
		else if (entry->job.place == DZ_JOB_ASLEEP &&
				 entry->end == DZ_ENTRY_OPEN)
			DzClaimGiveBack(entry);
	}
}

/* Nothing of this lane can go out for "us", or until the catalogs change. */
void
DzLaneBlock(DzLane *lane, int64 us)
{
	lane->blocked_until_us = DzNowMonotonicUs() + us;
	lane->at_once = lane->lacks_rights = false;
	unclaim_lane(lane);
}

/* A server is in trouble: so are all of its lanes. */
void
DzLanesBlock(Oid serverid, int64 us)
{
	dlist_iter iter;

	dlist_foreach (iter, &dz_lanes)
	{
		DzLane *lane = dlist_container(DzLane, node, iter.cur);

		if (lane->name.serverid != serverid || lane->is_troubled)
			continue;
		lane->is_troubled = true;
		lane->pause_us = us;
		DzLaneBlock(lane, us);
	}
}

/*
 * The service has answered: what was held back by its trouble goes on, those
 * first that were not tried, for a while.
 */
void
DzLaneGoesWell(DzLane *lane)
{
	lane->nfailures = lane->nprobes = lane->npauses = 0;
	if (lane->is_troubled)
		lane->blocked_until_us = 0;
	lane->is_troubled = lane->lacks_rights = false;
	if (lane->left_behind != DZ_NOTHING && lane->go_back_us == 0)
		lane->go_back_us = DzNowMonotonicUs() + GO_BACK_US;
}

/*
 * The catalogs have changed: try all of them again, and at once; or those that
 * lack rights.  Some applications make and drop roles all the time, which says
 * nothing about a service that is in trouble.
 */
void
DzLanesUnblock(bool lack_rights)
{
	HASH_SEQ_STATUS seq;
	dlist_iter iter;
	Claim *claim;

	dlist_foreach (iter, &dz_lanes)
	{
		DzLane *lane = dlist_container(DzLane, node, iter.cur);

		if (lack_rights && !lane->lacks_rights)
			continue;
		lane->at_once |= lane->blocked_until_us != 0;
		lane->blocked_until_us = 0;
		DzLaneGoBack(lane);
	}
	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
		if (claim->entry->waits_for_lane &&
			(!lack_rights || claim->entry->lane->lacks_rights) &&
			claim->entry->job.place == DZ_JOB_ASLEEP)
			DzJobSleep(&claim->entry->job, 0);
}

/* An entry of a lane that is blocked has been seen: its turn comes later. */
void
DzLanePutBack(DzLane *lane, int64 id, TimestampTz enqueued_at)
{
	lane->waits_since = earlier(lane->waits_since, enqueued_at);
	lane->caught_up = false;
	lane->cursor = Min(lane->cursor, id - 1);
	changes++;
}

/* How many entries a lane's cursor may have claimed. */
static int
most_of(const DzLane *lane)
{
	return lane->is_troubled ? DZ_PROBES : DZ_LANE_ROWS;
}

/*
 * Whether another payload of a lane may be in memory.  As many lanes as have
 * some share what there is, and leave a share to the next one; a lane that has
 * none may have one, whatever others hold.
 */
bool
DzLaneHasBytes(const DzLane *lane)
{
	if (lane->bytes == 0)
		return claimed_bytes < MOST_BYTES;
	return claimed_bytes < CLAIM_BYTES &&
		   lane->bytes < CLAIM_BYTES / (nlanes_with_bytes + 1);
}

/* Whether there is room for another entry of a lane. */
bool
DzLaneMayClaim(const DzLane *lane)
{
	if (DzClaimsCount() >= DZ_CLAIM_ROWS - DZ_SPARE_ROWS &&
		lane->nentries >= DZ_HARDLY_ANY)
		return false;
	return DzClaimsCount() < DZ_CLAIM_ROWS && DzLaneHasBytes(lane);
}

/*
 * Whether a lane may have another entry claimed that is new: more than its
 * cursor may claim, so that a backlog leaves some room.
 */
bool
DzLaneHasRoom(const DzLane *lane)
{
	return lane->nentries < 2 * most_of(lane) && DzLaneMayClaim(lane);
}

/* Whether a lane has a backlog of which it may claim some. */
bool
DzLaneWantsReading(DzLane *lane)
{
	return !lane->caught_up && !DzLaneIsBlocked(lane) &&
		   lane->nentries < most_of(lane) && DzLaneMayClaim(lane);
}

int
DzLanesCount(void)
{
	return (int) hash_get_num_entries(lanes);
}

/* Whether no lane has a backlog. */
bool
DzLanesCaughtUp(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &dz_lanes)
	{
		if (!dlist_container(DzLane, node, iter.cur)->caught_up)
			return false;
	}
	return true;
}

/* ----------
 * What datazone_stat shows
 * ----------
 */

/* Since when the entry that has waited longest does, as far as is known. */
TimestampTz
DzClaimsOldest(void)
{
	TimestampTz oldest = 0;
	HASH_SEQ_STATUS seq;
	Claim *claim;
	dlist_iter iter;

	hash_seq_init(&seq, claims);
	while ((claim = hash_seq_search(&seq)) != NULL)
		if (claim->entry->end == DZ_ENTRY_OPEN ||
			claim->entry->end == DZ_ENTRY_RETRY)
			oldest = earlier(oldest, claim->entry->enqueued_at);
	dlist_foreach (iter, &dz_lanes)
	{
		oldest = earlier(oldest,
						 dlist_container(DzLane, node, iter.cur)->waits_since);
	}
	return oldest;
}

/* A number that is another one after something was claimed or ended. */
uint64
DzClaimsChanges(void)
{
	return changes;
}
