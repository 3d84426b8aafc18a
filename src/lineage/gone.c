/*-------------------------------------------------------------------------
 *
 * gone.c
 *		Tables that were read and are no more when the transaction commits.
 *
 * An event names what it is about at commit.  Of a table that the transaction
 * has dropped after it was read, the names are those of before: those that it
 * had when the transaction began, as another that it got since nobody has seen.
 * Nor has anybody seen a table that the transaction has itself made: as with a
 * temporary one, that stands for it which it was filled with.
 *
 * All this is asked only while events are being written.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"

#include "lineage/room.h"

/*
 * What records say of a table, in the memory in which events are written: made
 * when the first one is asked for that is gone.
 */
typedef struct Known
{
	Oid relid; /* must be first */
	const DzLife *life; /* that it was dropped, with its names; or NULL */
	const DzLife
		*renamed; /* when it first was, with those of before; or NULL */
	List *fillings; /* of Filling, the latest first */
	const DzEdges *edges; /* what stands for it; NULL: not yet asked */
} Known;

/* A record that writes a table, as so many-th of its targets. */
typedef struct Filling
{
	const DzRecord *record;
	int number;
} Filling;

static MemoryContext memory = NULL; /* of events that are being written */
static HTAB *known = NULL; /* of Known; NULL: nothing was asked yet */

/*
 * OIDs of all that was recorded as a source, and of what may have been renamed,
 * as of a record's number.  What was rolled back may be among them.  They go
 * with the transaction.
 */
static HTAB *sources = NULL;
static HTAB *renamed = NULL;
static uint64 learned = 0;

static const DzEdges nothing = {0};

static Known *look_up(Oid relid);
static void name_as_before(Known *table);
static void learn(void);
static void learn_record(HTAB *table, const DzRecord *record);
static Known *entry_of(HTAB *table, Oid relid);
static bool is_among(HTAB *oids, Oid relid);
static void learn_latest(void);
static void remember(HTAB **oids, Oid relid);
static bool stands_for_another(Oid relid);
static const DzEdges *stands_for(Oid relid);
static const DzEdges *filled_with(const Known *table);

/* Events begin to be written, in CurrentMemoryContext. */
void
DzGoneBegin(void)
{
	memory = CurrentMemoryContext;
	known = NULL;
}

/* The transaction has ended. */
void
DzGoneForget(void)
{
	memory = NULL;
	known = NULL;
	sources = NULL;
	renamed = NULL;
	learned = 0;
}

/* What was dropped, with its names; NULL: it was not, or not of others. */
const DzLife *
DzGone(Oid relid)
{
	Known *table = DzCapturedIsWriting() ? look_up(relid) : NULL;

	if (table == NULL)
		return NULL;
	if (table->life != NULL && table->renamed != NULL)
		name_as_before(table);
	return table->life;
}

/* Columns stay those that it had last. */
static void
name_as_before(Known *table)
{
	DzLife *life = MemoryContextAlloc(memory, sizeof(DzLife));

	*life = *table->life;
	life->schema = table->renamed->schema;
	life->name = table->renamed->name;
	life->dataset = table->renamed->dataset;
	table->life = life;
	table->renamed = NULL;
}

static Known *
look_up(Oid relid)
{
	if (known == NULL)
		learn();
	return hash_search(known, &relid, HASH_FIND, NULL);
}

static void
learn(void)
{
	HASHCTL control = {
		.keysize = sizeof(Oid), .entrysize = sizeof(Known), .hcxt = memory};
	MemoryContext old = MemoryContextSwitchTo(memory);
	HTAB *table = hash_create("datazone lineage of what is gone", 64, &control,
							  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	dlist_iter iter;

	dlist_foreach (iter, DzCapturedRecords())
	{
		learn_record(table, dlist_container(DzRecord, node, iter.cur));
	}
	MemoryContextSwitchTo(old);
	known = table;
}

static void
learn_record(HTAB *table, const DzRecord *record)
{
	const DzLife *life = record->life;
	ListCell *lc;

	if (life != NULL && life->change == DZ_LIFE_DROP)
		entry_of(table, life->relid)->life = life;
	/* the first one comes last */
	if (life != NULL && life->change == DZ_LIFE_RENAME)
		entry_of(table, life->relid)->renamed = life;
	foreach (lc, record->edges != NULL ? record->edges->targets : NIL)
	{
		Oid target = ((DzEdgeTarget *) lfirst(lc))->relid;
		Known *entry =
			entry_of(table, OidIsValid(target) ? target : record->key.into);
		Filling *filling = palloc(sizeof(Filling));

		filling->record = record;
		filling->number = foreach_current_index(lc);
		entry->fillings = lappend(entry->fillings, filling);
	}
}

static Known *
entry_of(HTAB *table, Oid relid)
{
	bool found;
	Known *entry = hash_search(table, &relid, HASH_ENTER, &found);

	if (!found)
	{
		entry->life = NULL;
		entry->renamed = NULL;
		entry->fillings = NIL;
		entry->edges = NULL;
	}
	return entry;
}

/* Is it a source of what has been recorded so far? */
bool
DzGoneWasRead(Oid relid)
{
	learn_latest();
	return is_among(sources, relid);
}

/* May it have had a name that others know? */
bool
DzGoneWasRenamed(Oid relid)
{
	learn_latest();
	return is_among(renamed, relid);
}

static bool
is_among(HTAB *oids, Oid relid)
{
	return oids != NULL && hash_search(oids, &relid, HASH_FIND, NULL) != NULL;
}

/*
 * Of those that have come since the last time: where very many tables are
 * dropped, each is a record.
 */
static void
learn_latest(void)
{
	dlist_head *records = DzCapturedRecords();
	dlist_iter iter;

	dlist_foreach (iter, records)
	{
		const DzRecord *record = dlist_container(DzRecord, node, iter.cur);

		/* the latest is the first */
		if (record->number <= learned)
			break;
		if (record->life != NULL && record->life->change == DZ_LIFE_RENAME)
			remember(&renamed, record->life->relid);
		for (int i = 0; record->edges && i < record->edges->nsources; i++)
			remember(&sources, record->edges->sources[i].relid);
	}
	if (!dlist_is_empty(records))
		learned = dlist_head_element(DzRecord, node, records)->number;
}

static void
remember(HTAB **oids, Oid relid)
{
	HASHCTL control = {.keysize = sizeof(Oid),
					   .entrysize = sizeof(Oid),
					   .hcxt = TopTransactionContext};

	if (*oids == NULL)
		*oids = hash_create("datazone lineage relations", 64, &control,
							HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	(void) hash_search(*oids, &relid, HASH_ENTER, NULL);
}

/*
 * The edges of a record, with what stands for tables that are gone; they are
 * its own if there are none.
 */
const DzEdges *
DzGoneEdges(const DzRecord *record)
{
	const DzEdges *edges = record->edges;
	Oid last = InvalidOid;

	for (int i = 0; i < edges->nsources; i++)
	{
		/* columns of a table mostly come one after the other */
		if (edges->sources[i].relid == last)
			continue;
		last = edges->sources[i].relid;
		if (stands_for_another(last))
			return DzComposeEdges(edges, stands_for);
	}
	return edges;
}

static bool
stands_for_another(Oid relid)
{
	return OidIsValid(relid) && !DzFileIs(relid) &&
		   get_rel_name(relid) == NULL && DzGone(relid) == NULL;
}

static const DzEdges *
stands_for(Oid relid)
{
	MemoryContext old;
	Known *table;

	if (!stands_for_another(relid))
		return NULL;
	table = look_up(relid);
	if (table == NULL)
		return &nothing;
	if (table->edges != NULL)
		return table->edges;

	/* a table that was filled from itself adds nothing to that */
	table->edges = &nothing;
	old = MemoryContextSwitchTo(memory);
	table->edges = filled_with(table);
	MemoryContextSwitchTo(old);
	return table->edges;
}

/* What all that this transaction has written to a table has it from. */
static const DzEdges *
filled_with(const Known *table)
{
	const DzEdges *all = &nothing;
	ListCell *lc;

	check_stack_depth();
	foreach (lc, table->fillings)
	{
		const Filling *filling = lfirst(lc);
		const DzEdges *edges = DzGoneEdges(filling->record);

		all = DzUniteTargets(all, edges,
							 list_nth(edges->targets, filling->number));
	}
	return all;
}
