/*-------------------------------------------------------------------------
 *
 * captured.c
 *		What statements of this transaction have written, and from where.
 *
 * A record belongs to the level of subtransactions in which its statement
 * ended.  When the level commits, its records pass to the one above; when it
 * aborts they are forgotten.  Before the transaction commits, the records that
 * are left become targets, and those events.
 *
 * The same lineage again adds its rows to the record that is there, so that a
 * loop of a million statements keeps one, and costs each a look-up.  When there
 * are very many different ones, those of the same target are united: then the
 * number of tables is the limit, and not that of statements.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "lineage/room.h"

/* Beyond these, records of the same target are united. */
#define MAX_RECORDS 500

/* The newest record of each key, which leads to those of levels below. */
typedef struct Slot
{
	DzRecordKey key; /* must be first */
	DzRecord *newest; /* NULL: none */
} Slot;

/* What is added, and as what. */
typedef struct Addition
{
	const DzRan *ran;
	const DzEdges *edges;
	DzRecordKey key;
	int level;
} Addition;

/* NULL context: nothing yet in this transaction. */
static MemoryContext context = NULL;
static HTAB *slots = NULL; /* of Slot; empty between transactions */
static dlist_head records; /* of DzRecord, the deepest level first */
static int nrecords;
static bool is_writing = false;

static bool add_to_known(const Addition *addition);
static void add_new(void *arg);
static void compose(Addition *addition);
static void compose_in_rounds(Addition *addition);
static void fill_staging(const Addition *addition);
static DzRecord *new_record(const Addition *addition, const DzRecordKey *key);
static void unite(const Addition *addition, const DzEdgeTarget *target);
static const DzEdges *united(const DzEdges *a, const Addition *addition,
							 const DzEdgeTarget *target);
static void join_level(DzRecord *record);
static void drop(DzRecord *record);
static void at_transaction_event(XactEvent event, void *arg);
static void at_subtransaction_event(SubXactEvent event, SubTransactionId id,
									SubTransactionId parent, void *arg);
static void end_level(int level, bool is_commit);
static bool is_told(void);
static void write_all(void *arg);

bool
DzCapturedIsWriting(void)
{
	return is_writing;
}

/* Note that a statement has ended well.  Fails only for want of memory. */
void
DzCapturedAdd(const DzRan *ran)
{
	Addition addition = {.ran = ran, .edges = ran->edges};
	MemoryContext scratch;
	MemoryContext old;

	if (is_writing || IsInParallelMode())
		return;
	addition.level = GetCurrentTransactionNestLevel();
	memset(&addition.key, 0, sizeof(DzRecordKey));
	addition.key.into = ran->into;
	addition.key.routine = DzRoutineNow();
	if (context != NULL && ran->plan != NULL)
	{
		addition.key.origin = DzOriginNow();
		if (DzPlanIdentity(ran->plan, &addition.key.identity) &&
			add_to_known(&addition))
			return;
	}

	/* what is only kept takes memory and can do no harm */
	if (ran->life != NULL || (ran->plan != NULL && !ran->plan->has_staging &&
							  nrecords < MAX_RECORDS))
	{
		add_new(&addition);
		return;
	}
	scratch =
		AllocSetContextCreate(CurrentMemoryContext, "datazone lineage scratch",
							  ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(scratch);
	(void) DzGuarded(add_new, &addition);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

static bool
add_to_known(const Addition *addition)
{
	Slot *slot = hash_search(slots, &addition->key, HASH_FIND, NULL);
	const DzRan *ran = addition->ran;
	DzRecord *record = slot != NULL ? slot->newest : NULL;

	if (record == NULL || record->level != addition->level)
		return false;
	record->is_uncounted |= ran->rows < 0;
	record->rows += Max(ran->rows, 0);
	return true;
}

static void
add_new(void *arg)
{
	Addition *addition = arg;
	const DzRan *ran = addition->ran;
	DzRecord *record;

	DzCapturedWatch();
	addition->key.origin = DzOriginNow();
	if (ran->life != NULL)
		addition->key.identity = DzLifeIdentity(ran->life);
	else if (ran->plan == NULL || ran->plan->has_staging)
		compose_in_rounds(addition);
	else
	{
		addition->edges = ran->plan->edges;
		addition->key.identity = ran->plan->identity;
	}
	if (add_to_known(addition))
		return;
	if (nrecords >= MAX_RECORDS && ran->life == NULL)
	{
		ListCell *lc;

		foreach (lc, addition->edges->targets)
		{
			unite(addition, lfirst(lc));
		}
		return;
	}
	record = new_record(addition, &addition->key);
	if (ran->plan != NULL && !ran->plan->has_staging)
	{
		record->plan = ran->plan;
		record->edges = ran->plan->edges;
		DzPlanPin(ran->plan);
	}
	else
	{
		MemoryContext old = MemoryContextSwitchTo(record->memory);

		if (ran->life != NULL)
			record->life = DzLifeKeep(ran->life);
		else
			record->edges = DzKeepEdges(addition->edges);
		MemoryContextSwitchTo(old);
	}
	join_level(record);
}

/*
 * What reads from temporary tables reads what these were filled with, and what
 * is filled is kept for those who read from it.
 */
static void
compose(Addition *addition)
{
	const DzRan *ran = addition->ran;

	if (ran->plan != NULL)
		addition->edges = DzPlanComposed(ran->plan, &addition->key.identity);
	else
	{
		addition->edges = DzComposeEdges(ran->edges, DzStagingStandsFor);
		addition->key.identity = DzEdgesIdentity(addition->edges);
	}
	fill_staging(addition);
}

/*
 * A statement may itself read what its CTEs fill temporary tables with, by their
 * RETURNING: each round can bring it from one CTE to the next.
 */
static void
compose_in_rounds(Addition *addition)
{
	const DzRan *ran = addition->ran;
	const DzEdges *edges = ran->plan != NULL ? ran->plan->edges : ran->edges;
	int rounds = 0;
	uint64 before;
	ListCell *lc;

	foreach (lc, edges != NULL ? edges->targets : NIL)
	{
		Oid table = ((DzEdgeTarget *) lfirst(lc))->relid;

		DzStagingSee(OidIsValid(table) ? table : ran->into);
	}
	do
	{
		before = DzStagingGeneration();
		compose(addition);
	} while (DzStagingGeneration() != before &&
			 ++rounds < list_length(addition->edges->targets));
}

static void
fill_staging(const Addition *addition)
{
	ListCell *lc;

	foreach (lc, addition->edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);
		Oid table =
			OidIsValid(target->relid) ? target->relid : addition->ran->into;

		if (DzStagingIs(table))
			DzStagingAdd(table, addition->edges, target);
	}
}

/* Not yet one of the records. */
static DzRecord *
new_record(const Addition *addition, const DzRecordKey *key)
{
	MemoryContext memory = AllocSetContextCreate(
		context, "datazone lineage record", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(memory);
	DzRecord *record = palloc0(sizeof(DzRecord));

	record->memory = memory;
	record->key = *key;
	record->level = addition->level;
	record->rows = Max(addition->ran->rows, 0);
	record->is_uncounted = addition->ran->rows < 0;
	record->text = DzStatementText(addition->ran);
	MemoryContextSwitchTo(old);
	return record;
}

/*
 * Add what a target of the statement has to the record of all of that table.
 * Where levels were joined there may be several: they are made one.
 */
static void
unite(const Addition *addition, const DzEdgeTarget *target)
{
	DzRecordKey key = addition->key;
	Slot *slot;
	DzRecord *known;
	DzRecord *record;
	MemoryContext old;

	key.identity.high = target->relid;
	key.identity.low = 0;
	slot = hash_search(slots, &key, HASH_FIND, NULL);
	known = slot != NULL ? slot->newest : NULL;
	record = new_record(addition, &key);
	if (target != llast(addition->edges->targets))
		record->is_uncounted = true;
	old = MemoryContextSwitchTo(record->memory);
	record->edges = united(NULL, addition, target);
	while (known != NULL && known->level == addition->level)
	{
		DzRecord *below = known->below;

		record->edges = DzUniteTargets(record->edges, known->edges,
									   linitial(known->edges->targets));
		((DzEdgeTarget *) linitial(record->edges->targets))->relid =
			target->relid;
		record->rows += known->rows;
		record->is_uncounted |= known->is_uncounted;
		drop(known);
		known = below;
	}
	MemoryContextSwitchTo(old);
	join_level(record);
}

static const DzEdges *
united(const DzEdges *a, const Addition *addition, const DzEdgeTarget *target)
{
	DzEdges *edges = DzUniteTargets(a, addition->edges, target);

	((DzEdgeTarget *) linitial(edges->targets))->relid = target->relid;
	return edges;
}

/* From here on it is one of the records; it is of the deepest level. */
static void
join_level(DzRecord *record)
{
	bool found;
	Slot *slot = hash_search(slots, &record->key, HASH_ENTER, &found);

	record->slot = slot;
	record->below = found ? slot->newest : NULL;
	slot->newest = record;
	dlist_push_head(&records, &record->node);
	nrecords++;
}

/* The newest of its key is no more.  Nothing here allocates. */
static void
drop(DzRecord *record)
{
	Slot *slot = record->slot;

	slot->newest = record->below;
	if (slot->newest == NULL)
		(void) hash_search(slots, &record->key, HASH_REMOVE, NULL);
	dlist_delete(&record->node);
	nrecords--;
	MemoryContextDelete(record->memory);
}

void
DzCapturedWatch(void)
{
	HASHCTL control = {.keysize = sizeof(DzRecordKey),
					   .entrysize = sizeof(Slot),
					   .hcxt = TopMemoryContext};

	if (context != NULL)
		return;
	if (slots == NULL)
	{
		slots = hash_create("datazone lineage records", 16, &control,
							HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
		RegisterXactCallback(at_transaction_event, NULL);
		RegisterSubXactCallback(at_subtransaction_event, NULL);
	}
	dlist_init(&records);
	nrecords = 0;
	context = AllocSetContextCreate(TopTransactionContext,
									"datazone lineage capture",
									ALLOCSET_SMALL_SIZES);
}

/* ----------
 * The end of transactions and of their levels
 * ----------
 */

static void
at_transaction_event(XactEvent event, void *arg)
{
	switch (event)
	{
		case XACT_EVENT_PRE_COMMIT:
		case XACT_EVENT_PRE_PREPARE:
			if (context == NULL || dlist_is_empty(&records) || is_told())
				break;
			is_writing = true;
			(void) DzGuarded(write_all, NULL);
			is_writing = false;
			break;
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PREPARE:
			if (context != NULL && event == XACT_EVENT_COMMIT)
				DzTargetsAreTold();
			if (context != NULL)
				end_level(0, false);
			context = NULL; /* it goes with the transaction's */
			DzStagingEnd(event != XACT_EVENT_ABORT);
			DzOriginsForget();
			DzTargetsForget();
			DzJobForgetRun();
			is_writing = false;
			DzPlansTransactionEnds();
			break;
		default:
			break;
	}
}

static void
at_subtransaction_event(SubXactEvent event, SubTransactionId id,
						SubTransactionId parent, void *arg)
{
	bool is_commit = event == SUBXACT_EVENT_COMMIT_SUB;

	if (context == NULL || is_writing ||
		(!is_commit && event != SUBXACT_EVENT_ABORT_SUB))
		return;
	DzStagingEndLevel(GetCurrentTransactionNestLevel(), is_commit);
	end_level(GetCurrentTransactionNestLevel(), is_commit);
}

/*
 * Give a level's records to the one above, which may have some of the same, or
 * forget them.  Nothing here allocates: it must not fail.
 */
static void
end_level(int level, bool is_commit)
{
	dlist_mutable_iter iter;

	dlist_foreach_modify (iter, &records)
	{
		DzRecord *record = dlist_container(DzRecord, node, iter.cur);
		DzRecord *below = record->below;

		if (record->level < level)
			break;
		if (!is_commit)
			drop(record);
		else if (below == NULL || below->level < level - 1 ||
				 DzRecordIsUnited(record))
			record->level = level - 1;
		else
		{
			below->rows += record->rows;
			below->is_uncounted |= record->is_uncounted;
			drop(record);
		}
	}
}

/*
 * The common case, which is to cost a look-up: one statement, of a plan whose
 * event would say what this session has told before.
 */
static bool
is_told(void)
{
	DzRecord *record = dlist_head_element(DzRecord, node, &records);

	return nrecords == 1 && record->plan != NULL && DzTargetIsTold(record);
}

/* United records of the same key have different edges. */
bool
DzRecordIsUnited(const DzRecord *record)
{
	return record->key.identity.low == 0;
}

static void
write_all(void *arg)
{
	MemoryContext scratch = AllocSetContextCreate(
		context, "datazone lineage events", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	List *targets = NIL;
	dlist_iter iter;

	if (DzCaptureIsReady())
	{
		/* in the order in which they came */
		dlist_reverse_foreach(iter, &records)
		{
			DzRecord *record = dlist_container(DzRecord, node, iter.cur);

			if (record->life != NULL)
				DzLifeAdd(&targets, record);
			else
				DzTargetsAdd(&targets, record);
		}
		DzTargetsTell(targets, context);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}
