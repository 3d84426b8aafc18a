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

#include "common/hashfn.h"
#include "lib/ilist.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "lineage/room.h"

#define MAX_PLANS 500

static HTAB *plans = NULL; /* of DzPlan, by number */
static HTAB *identities = NULL; /* of Identity, by what the edges are */
static dlist_head by_use; /* the last used first */
static uint32 last_id = 0;
static uint64 transaction = 1; /* goes up with each that ends */

typedef struct Identity
{
	DzLedgerKey key; /* must be first */
	uint32 id;
} Identity;

static void begin(void);
static DzLedgerKey identity_of(const DzEdges *edges, DzLedgerKey fingerprint);
static DzPlan *add_plan(const DzEdges *edges, DzLedgerKey fingerprint,
						DzLedgerKey identity);
static bool has_staging(const DzEdges *edges);
static void forget_oldest(void);

/* Keep the edges of a plan; its number, which is never 0. */
uint32
DzPlanRemember(const DzEdges *edges)
{
	DzLedgerKey fingerprint = DzFingerprint(edges, NULL);
	DzLedgerKey key = identity_of(edges, fingerprint);
	Identity *identity;
	bool found;

	if (plans == NULL)
		begin();
	identity = hash_search(identities, &key, HASH_FIND, NULL);
	if (identity == NULL)
	{
		uint32 id;

		forget_oldest();
		id = add_plan(edges, fingerprint, key)->id;
		identity = hash_search(identities, &key, HASH_ENTER, &found);
		identity->id = id;
	}
	return identity->id;
}

/*
 * A fingerprint has names, and a table that was made anew may have those of
 * another: together with OIDs it tells whether edges are the same.
 */
static DzLedgerKey
identity_of(const DzEdges *edges, DzLedgerKey fingerprint)
{
	ListCell *lc;

	for (int i = 0; i < edges->nsources; i++)
		fingerprint.low =
			hash_combine64(fingerprint.low, edges->sources[i].relid);
	foreach (lc, edges->targets)
	{
		fingerprint.low = hash_combine64(fingerprint.low,
										 ((DzEdgeTarget *) lfirst(lc))->relid);
	}
	return fingerprint;
}

static DzPlan *
add_plan(const DzEdges *edges, DzLedgerKey fingerprint, DzLedgerKey identity)
{
	DzPlan *plan;
	MemoryContext context;
	MemoryContext old;
	DzEdges *kept;
	uint32 id;
	bool found;

	context = AllocSetContextCreate(TopMemoryContext, "datazone lineage plan",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	kept = DzKeepEdges(edges);
	MemoryContextSwitchTo(old);

	do
		id = ++last_id;
	while (id == 0 || hash_search(plans, &id, HASH_FIND, NULL) != NULL);
	plan = hash_search(plans, &id, HASH_ENTER, &found);
	plan->context = context;
	plan->edges = kept;
	plan->fingerprint = fingerprint;
	plan->identity = identity;
	plan->has_staging = has_staging(kept);
	plan->used_in = transaction;
	dlist_push_head(&by_use, &plan->node);
	return plan;
}

/* The plan of that number, safe until the transaction ends; NULL: none. */
DzPlan *
DzPlanFind(uint32 id)
{
	DzPlan *plan = NULL;

	if (plans != NULL && id != 0)
		plan = hash_search(plans, &id, HASH_FIND, NULL);
	if (plan != NULL)
	{
		plan->used_in = transaction;
		dlist_move_head(&by_use, &plan->node);
	}
	return plan;
}

void
DzPlansTransactionEnds(void)
{
	transaction++;
}

static void
begin(void)
{
	HASHCTL control = {.keysize = sizeof(uint32),
					   .entrysize = sizeof(DzPlan),
					   .hcxt = TopMemoryContext};

	dlist_init(&by_use);
	plans = hash_create("datazone lineage plans", MAX_PLANS, &control,
						HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	control.keysize = sizeof(DzLedgerKey);
	control.entrysize = sizeof(Identity);
	identities = hash_create("datazone lineage of plans", MAX_PLANS, &control,
							 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

/* A plan is made anew when a table that it names changes. */
static bool
has_staging(const DzEdges *edges)
{
	ListCell *lc;

	for (int i = 0; i < edges->nsources; i++)
	{
		if (DzStagingIs(edges->sources[i].relid))
			return true;
	}
	foreach (lc, edges->targets)
	{
		if (DzStagingIs(((DzEdgeTarget *) lfirst(lc))->relid))
			return true;
	}
	return false;
}

/* Those of this transaction are yet to be written, however many they are. */
static void
forget_oldest(void)
{
	while (hash_get_num_entries(plans) >= MAX_PLANS)
	{
		DzPlan *plan = dlist_tail_element(DzPlan, node, &by_use);

		if (plan->used_in == transaction)
			return;
		dlist_delete(&plan->node);
		MemoryContextDelete(plan->context);
		(void) hash_search(identities, &plan->identity, HASH_REMOVE, NULL);
		(void) hash_search(plans, &plan->id, HASH_REMOVE, NULL);
	}
}
