/*-------------------------------------------------------------------------
 *
 * plans.c
 *		What is known of plans: a plan carries a number, we keep the rest.
 *
 * A plan is made once and run often: a statement's edges are derived when it
 * is planned, from the only tree that still has them, and found again by the
 * number when the plan has run.  The number goes with the plan wherever the
 * plan cache copies it, and a plan that is made anew has a new one.
 *
 * Plans with the same edges have the same number, so that statements which
 * differ in their constants only, and are planned each time, are kept once.
 *
 * Nobody tells us when a plan is thrown away.  So the longest unused edges go
 * when there are too many; a plan that is then run once more has no edges.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/ilist.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "lineage/room.h"

#define MAX_PLANS 500

static HTAB *plans = NULL; /* of DzPlan, by number */
static HTAB *identities = NULL; /* of Identity, by what the edges are */
static dlist_head by_use; /* the last used first */
static uint32 last_id = 0;
static uint64 names = 1; /* goes up when something may have a new name */

typedef struct Identity
{
	DzLedgerKey key; /* must be first */
	uint32 id;
} Identity;

static void begin(void);
static void forget_names(Datum arg, Oid relid);
static void forget_others(Datum arg, DzSysCacheId cache, uint32 hash);
static DzPlan *add_plan(const DzEdges *edges, DzLedgerKey identity);
static bool has_staging(const DzEdges *edges);
static void forget_oldest(void);

/* Keep the edges of a plan; its number, which is never 0. */
uint32
DzPlanRemember(const DzEdges *edges)
{
	DzLedgerKey key = DzEdgesIdentity(edges);
	Identity *identity;
	bool found;

	if (plans == NULL)
		begin();
	DzResumeLook();
	identity = hash_search(identities, &key, HASH_FIND, NULL);
	if (identity == NULL)
	{
		uint32 id;

		forget_oldest();
		id = add_plan(edges, key)->id;
		identity = hash_search(identities, &key, HASH_ENTER, &found);
		identity->id = id;
	}
	return identity->id;
}

static DzPlan *
add_plan(const DzEdges *edges, DzLedgerKey identity)
{
	DzPlan *plan;
	MemoryContext context;
	MemoryContext old;
	DzEdges *kept;
	uint32 id;
	bool is_staging;
	bool found;

	context = AllocSetContextCreate(
		CurrentMemoryContext, "datazone lineage plan", ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	kept = DzKeepEdges(edges);
	MemoryContextSwitchTo(old);
	is_staging = has_staging(kept);

	do
		id = ++last_id;
	while (id == 0 || hash_search(plans, &id, HASH_FIND, NULL) != NULL);
	plan = hash_search(plans, &id, HASH_ENTER, &found);

	/* nothing fails from here on, so that none is kept in part */
	MemoryContextSetParent(context, TopMemoryContext);
	memset(plan, 0, sizeof(DzPlan));
	plan->id = id;
	plan->context = context;
	plan->edges = kept;
	plan->identity = identity;
	plan->has_staging = is_staging;
	dlist_push_head(&by_use, &plan->node);
	return plan;
}

/* The plan of that number, safe until the next is made; NULL: none. */
DzPlan *
DzPlanFind(uint32 id)
{
	DzPlan *plan = NULL;

	if (plans != NULL && id != 0)
		plan = hash_search(plans, &id, HASH_FIND, NULL);
	if (plan != NULL)
		dlist_move_head(&by_use, &plan->node);
	return plan;
}

/* It is needed until that is taken back. */
void
DzPlanPin(DzPlan *plan)
{
	plan->npins++;
}

/* Nothing here allocates. */
void
DzPlanUnpin(DzPlan *plan)
{
	plan->npins--;
}

/* Goes up when anything that events name may have been renamed. */
uint64
DzNamesGeneration(void)
{
	return names;
}

/* The fingerprint of its edges, anew if a relation may have been renamed. */
DzLedgerKey
DzPlanFingerprint(DzPlan *plan)
{
	/* to look names up may tell of another change of them */
	uint64 now = names;

	if (plan->names != now)
	{
		plan->fingerprint = DzFingerprint(plan->edges);
		plan->names = now;
	}
	return plan->fingerprint;
}

/*
 * Its edges with what temporary tables stand for now; for one that has any.
 * They are good until the next call; "identity" is theirs.
 */
const DzEdges *
DzPlanComposed(DzPlan *plan, DzLedgerKey *identity)
{
	uint64 generation = DzStagingGeneration();

	if (plan->composed_at != generation)
	{
		MemoryContext context = AllocSetContextCreate(
			CurrentMemoryContext, "datazone lineage composed",
			ALLOCSET_SMALL_SIZES);
		MemoryContext old = MemoryContextSwitchTo(context);
		DzEdges *edges = DzComposeEdges(plan->edges, DzStagingStandsFor);

		/* nothing fails from here on */
		MemoryContextSwitchTo(old);
		MemoryContextSetParent(context, plan->context);
		if (plan->composed_in != NULL)
			MemoryContextDelete(plan->composed_in);
		plan->composed_in = context;
		plan->composed = edges;
		plan->composed_identity = DzEdgesIdentity(edges);
		plan->composed_at = generation;
	}
	*identity = plan->composed_identity;
	return plan->composed;
}

/*
 * The identity of its edges, composed if need be; false: they are to be composed
 * anew.  What they fill is known then, too: to fill a temporary table with
 * anything new makes a new generation.
 */
bool
DzPlanIdentity(const DzPlan *plan, DzLedgerKey *identity)
{
	*identity = plan->has_staging ? plan->composed_identity : plan->identity;
	return !plan->has_staging ||
		   (plan->composed_at == DzStagingGeneration() && !DzResumeIsDue());
}

static void
begin(void)
{
	HASHCTL control = {.keysize = sizeof(uint32),
					   .entrysize = sizeof(DzPlan),
					   .hcxt = TopMemoryContext};
	static const DzSysCacheId named[] = {NAMESPACEOID, PROCOID,
										 FOREIGNSERVEROID};
	HTAB *new;

	new = hash_create("datazone lineage plans", MAX_PLANS, &control,
					  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	control.keysize = sizeof(DzLedgerKey);
	control.entrysize = sizeof(Identity);
	identities = hash_create("datazone lineage of plans", MAX_PLANS, &control,
							 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	dlist_init(&by_use);
	CacheRegisterRelcacheCallback(forget_names, (Datum) 0);
	for (int i = 0; i < (int) lengthof(named); i++)
		CacheRegisterSyscacheCallback(named[i], forget_others, (Datum) 0);
	plans = new;
}

static void
forget_names(Datum arg, Oid relid)
{
	names++;
}

static void
forget_others(Datum arg, DzSysCacheId cache, uint32 hash)
{
	names++;
}

/* A plan is made anew when a table that it names changes. */
static bool
has_staging(const DzEdges *edges)
{
	Oid last = InvalidOid;
	ListCell *lc;

	for (int i = 0; i < edges->nsources; i++)
	{
		/* columns of a table mostly come one after the other */
		if (edges->sources[i].relid == last)
			continue;
		last = edges->sources[i].relid;
		if (DzStagingIs(last))
			return true;
	}
	foreach (lc, edges->targets)
	{
		if (DzStagingIs(((DzEdgeTarget *) lfirst(lc))->relid))
			return true;
	}
	return false;
}

/*
 * Those that records need are yet to be written: captured.c limits how many
 * they are.
 */
static void
forget_oldest(void)
{
	dlist_node *node = by_use.head.prev;

	while (hash_get_num_entries(plans) >= MAX_PLANS && node != &by_use.head)
	{
		DzPlan *plan = dlist_container(DzPlan, node, node);

		node = node->prev;
		if (plan->npins > 0)
			continue;
		dlist_delete(&plan->node);
		MemoryContextDelete(plan->context);
		(void) hash_search(identities, &plan->identity, HASH_REMOVE, NULL);
		(void) hash_search(plans, &plan->id, HASH_REMOVE, NULL);
	}
}
