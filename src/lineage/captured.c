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
 * number of tables is the limit, and not that of statements.  And where even
 * these are too many, what is new is lost, and counted as that.
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

/* So many of these may wait for that, as it takes all that there is. */
#define MAX_APART 8

/* Beyond these there are no new ones: a relation takes a kilobyte or so. */
#define MAX_KEPT 10000

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
	bool is_noted; /* there is nothing left to do */
} Addition;

/* NULL context: nothing yet in this transaction. */
static MemoryContext context = NULL;
static HTAB *slots = NULL; /* of Slot; empty between transactions */
static dlist_head records; /* of DzRecord, the deepest level first */
static int nrecords;
static int nlives; /* those of them that tell what became of a relation */
static uint64 last_number = 0;
static bool is_writing = false;

static void note(void *arg);
static void add_in_scratch(void *arg);
static bool add_to_known(const Addition *addition);
static void add_new(void *arg);
static void keep(Addition *addition);
static void unite_targets(const Addition *addition);
static bool has_room(void);
static void compose(Addition *addition);
static void compose_in_rounds(Addition *addition);
static void fill_staging(const Addition *addition);
static DzRecord *new_record(const Addition *addition, const DzRecordKey *key);
static void unite(const Addition *addition, const DzEdgeTarget *target);
static int count_of_key(const DzRecord *record);
static void absorb(DzRecord *record);
static const DzEdges *united(const DzRecord *record, const DzEdges *a,
							 const DzEdges *b, const DzEdgeTarget *of_b);
static void join_level(DzRecord *record);
static void drop(DzRecord *record);
static void forget(DzRecord *record);
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

dlist_head *
DzCapturedRecords(void)
{
	static dlist_head none = DLIST_STATIC_INIT(none);

	return context != NULL ? &records : &none;
}

/*
 * Note that a statement has ended well.  In the middle of a command only
 * memory is taken.
 */
void
DzCapturedAdd(const DzRan *ran)
{
	Addition addition = {.ran = ran, .edges = ran->edges};

	if (is_writing || IsInParallelMode())
		return;
	addition.level = GetCurrentTransactionNestLevel();
	memset(&addition.key, 0, sizeof(DzRecordKey));
	addition.key.into = ran->into;
	addition.key.routine = DzRoutineNow();
	if (DzGuardedNote(note, &addition) && !addition.is_noted)
		(void) DzGuarded(add_in_scratch, &addition);
}

/* After an error the memory goes with the subtransaction. */
static void
add_in_scratch(void *arg)
{
	MemoryContext scratch = AllocSetContextCreate(CurTransactionContext,
												  "datazone lineage scratch",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);

	add_new(arg);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

/* What is known, or only to be kept, needs no look into any catalog. */
static void
note(void *arg)
{
	Addition *addition = arg;
	const DzRan *ran = addition->ran;

	DzCapturedWatch();
	addition->key.origin = DzOriginNow();
	if (ran->plan != NULL &&
		DzPlanIdentity(ran->plan, &addition->key.identity) &&
		add_to_known(addition))
		addition->is_noted = true;
	else if (ran->life != NULL ||
			 (ran->plan != NULL && !ran->plan->has_staging &&
			  nrecords - nlives < MAX_RECORDS))
	{
		add_new(addition);
		addition->is_noted = true;
	}
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
	if (nrecords - nlives >= MAX_RECORDS && ran->life == NULL)
		unite_targets(addition);
	else if (has_room())
		keep(addition);
}

/* Without it the lineage is lost. */
static bool
has_room(void)
{
	if (nrecords < MAX_KEPT)
		return true;
	DzCaptureFails(ERRCODE_PROGRAM_LIMIT_EXCEEDED,
				   "the transaction has changed more than " CppAsString2(
					   MAX_KEPT) " relations");
	return false;
}

static void
keep(Addition *addition)
{
	const DzRan *ran = addition->ran;
	DzRecord *record = new_record(addition, &addition->key);

	if (ran->plan != NULL && !ran->plan->has_staging)
	{
		record->plan = ran->plan;
		record->edges = ran->plan->edges;
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
	if (record->plan != NULL)
		DzPlanPin(record->plan);
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
		const DzEdges *edges = ran->forgotten != NULL
								   ? DzTablesOfPlan(ran->forgotten)
								   : ran->edges;

		addition->edges = DzComposeEdges(edges, DzStagingStandsFor);
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

	DzResumeLook();
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

		if (!DzStagingIs(table))
			continue;
		DzStagingAdd(table, addition->edges, target);
		/* which columns are filled is not known of such a plan */
		if (addition->ran->forgotten != NULL)
			DzStagingIsUnknown(table);
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
	record->origin = addition->key.origin;
	record->level = addition->level;
	record->rows = Max(addition->ran->rows, 0);
	record->is_uncounted = addition->ran->rows < 0;
	record->is_coarse = addition->ran->forgotten != NULL;
	record->is_read_only = XactReadOnly;
	record->text = DzStatementText(addition->ran);
	record->has_escapes = DzBackslashEscapes();
	MemoryContextSwitchTo(old);
	return record;
}

static void
unite_targets(const Addition *addition)
{
	ListCell *lc;

	foreach (lc, addition->edges->targets)
	{
		unite(addition, lfirst(lc));
	}
}

/*
 * Add what a target of the statement has to the records of all of that table.
 * There may be some of a level, also where levels were joined; when they are
 * too many they are made one, so that a loop of savepoints does not add to
 * them.
 */
static void
unite(const Addition *addition, const DzEdgeTarget *target)
{
	DzRecordKey key = addition->key;
	DzRecord *record;

	key.identity.high = target->relid;
	key.identity.low = 0;
	key.origin = DzOriginOfJob(key.origin);
	if (hash_search(slots, &key, HASH_FIND, NULL) == NULL && !has_room())
		return;
	record = new_record(addition, &key);
	record->is_uncounted |= target->by_cte;
	record->edges = united(record, NULL, addition->edges, target);
	join_level(record);
	if (count_of_key(record) <= MAX_APART && nrecords < MAX_KEPT / 2)
		return;
	for (; record != NULL; record = record->below)
	{
		while (record->below != NULL && record->below->level == record->level)
			absorb(record);
	}
}

static int
count_of_key(const DzRecord *record)
{
	int n = 0;

	for (; record != NULL; record = record->below)
		n++;
	return n;
}

/* Make the next one below part of it. */
static void
absorb(DzRecord *record)
{
	DzRecord *other = record->below;

	record->edges = united(record, record->edges, other->edges,
						   linitial(other->edges->targets));
	record->rows += other->rows;
	record->is_uncounted |= other->is_uncounted;
	record->is_coarse |= other->is_coarse;
	record->below = other->below;
	forget(other);
}

/* Edges with one target that has what both have, in the record's memory. */
static const DzEdges *
united(const DzRecord *record, const DzEdges *a, const DzEdges *b,
	   const DzEdgeTarget *of_b)
{
	MemoryContext old = MemoryContextSwitchTo(record->memory);
	DzEdges *edges = DzUniteTargets(a, b, of_b);

	((DzEdgeTarget *) linitial(edges->targets))->relid = of_b->relid;
	MemoryContextSwitchTo(old);
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
	record->number = ++last_number;
	dlist_push_head(&records, &record->node);
	nrecords++;
	nlives += record->life != NULL;
}

/* The newest of its key is no more.  Nothing here allocates. */
static void
drop(DzRecord *record)
{
	Slot *slot = record->slot;

	slot->newest = record->below;
	if (slot->newest == NULL)
		(void) hash_search(slots, &record->key, HASH_REMOVE, NULL);
	forget(record);
}

/* Nobody knows it any more. */
static void
forget(DzRecord *record)
{
	dlist_delete(&record->node);
	nrecords--;
	nlives -= record->life != NULL;
	if (record->plan != NULL)
		DzPlanUnpin(record->plan);
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
	nlives = 0;
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
			if (!DzGuarded(write_all, NULL))
				DzTargetsForget();
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
			DzGoneForget();
			DzJobForgetRun();
			is_writing = false;
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

	DzGoneBegin();
	if (DzCaptureIsReady())
	{
		/* in the order in which they came */
		dlist_reverse_foreach(iter, &records)
		{
			DzRecord *record = dlist_container(DzRecord, node, iter.cur);

			if (record->is_read_only)
				continue;
			if (record->life != NULL)
				DzLifeAdd(&targets, record);
			else
				DzTargetsAdd(&targets, record);
		}
		DzTargetsTell(targets, context);
	}
	else
		DzTargetsAreLost();
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}
