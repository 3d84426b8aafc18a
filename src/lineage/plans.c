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
 * Nobody tells us when a plan is thrown away.  So the longest unused edges go
 * when there are too many; a plan that is then run once more has no edges.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/ilist.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "lineage/room.h"

#define MAX_PLANS 500

static HTAB *plans = NULL; /* of DzPlan, by number */
static dlist_head by_use; /* the last used first */
static uint32 last_id = 0;
static uint64 transaction = 1; /* goes up with each that ends */

static void begin(void);
static bool has_staging(const DzEdges *edges);
static void forget_oldest(void);

/* Keep the edges of a plan; its number, which is never 0. */
uint32
DzPlanRemember(const DzEdges *edges)
{
	uint32 id;
	DzPlan *plan;
	MemoryContext context;
	MemoryContext old;
	DzEdges *kept;
	bool found;

	if (plans == NULL)
		begin();
	if (hash_get_num_entries(plans) >= MAX_PLANS)
		forget_oldest();

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
	plan->fingerprint = DzFingerprint(kept);
	plan->has_staging = has_staging(kept);
	plan->used_in = transaction;
	dlist_push_head(&by_use, &plan->node);
	return id;
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

/* Those of this transaction's are yet to be written, however many there are. */
static void
forget_oldest(void)
{
	DzPlan *plan = dlist_tail_element(DzPlan, node, &by_use);

	if (plan->used_in == transaction)
		return;
	dlist_delete(&plan->node);
	MemoryContextDelete(plan->context);
	(void) hash_search(plans, &plan->id, HASH_REMOVE, NULL);
}
