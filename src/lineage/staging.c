/*-------------------------------------------------------------------------
 *
 * staging.c
 *		What the session's temporary tables were filled with.
 *
 * Nobody else sees a temporary table, so it is no dataset: a statement that
 * reads from one reads what the table was filled with.  INSERT, UPDATE and
 * MERGE add to that, TRUNCATE takes all away, DROP takes the table.  One that
 * has something in it, and was not seen to be filled, is said to be unknown; so
 * is, beside what is known, one of which a part was filled unseen.
 *
 * It is known by OID, for as long as the table lives, and changes as the table
 * does: what a transaction or a subtransaction has changed is put back when
 * that aborts.  A version is never changed, only replaced, so that to put it
 * back allocates nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/xact.h"
#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "storage/bufmgr.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "lineage/room.h"

/* Beyond these a new one is not followed: what it was filled with is lost. */
#define MAX_STAGED 1000

typedef struct Version
{
	MemoryContext context; /* of "edges"; NULL: nothing is known */
	DzEdges *edges;
} Version;

typedef struct Staged
{
	Oid relid; /* must be first */
	Version version;
	bool is_emptied; /* ON COMMIT DELETE ROWS */
	bool is_seen; /* at least once it was seen to be filled */
	struct Change *newest; /* of this table; NULL: none in this transaction */
} Staged;

/*
 * What a level of subtransactions has replaced, the newest first; of a table
 * no more than one for each level, so that a loop does not add to them.
 */
typedef struct Change
{
	dlist_node node;
	struct Change *below; /* the next newest of the same table */
	int level;
	Oid relid;
	Version old;
} Change;

static HTAB *tables = NULL; /* of Staged */
static dlist_head changes = DLIST_STATIC_INIT(changes);
static uint64 generation = 1; /* goes up with each change */

static bool has_rows(Oid relid);
static const DzEdges *unseen(void);
static bool has_room(Oid relid);
static Staged *staged(Oid relid);
static void sweep(void);
static void replace(Staged *table, DzEdges *edges);
static void drop_version(Version version);
static void pass_up(Change *change, int level);
static void undo(Change *change);
static void empty_at_commit(void);

uint64
DzStagingGeneration(void)
{
	return generation;
}

bool
DzStagingIs(Oid relid)
{
	return OidIsValid(relid) && get_rel_name(relid) != NULL &&
		   get_rel_persistence(relid) == RELPERSISTENCE_TEMP;
}

/* What stands for a relation; NULL: it is no temporary table. */
const DzEdges *
DzStagingStandsFor(Oid relid)
{
	static const DzEdges nothing = {0};
	Staged *table = NULL;

	if (!DzStagingIs(relid))
		return NULL;
	if (tables != NULL)
		table = hash_search(tables, &relid, HASH_FIND, NULL);
	if (table != NULL && table->version.edges != NULL)
		return table->version.edges;
	return (table == NULL || !table->is_seen) && has_rows(relid) ? unseen()
																 : &nothing;
}

/* Has it any block?  A partitioned table and a sequence are not looked into. */
static bool
has_rows(Oid relid)
{
	Relation rel;
	bool result;

	if (get_rel_relkind(relid) != RELKIND_RELATION)
		return false;
	rel = try_relation_open(relid, AccessShareLock);
	if (rel == NULL)
		return false;
	result = RelationGetNumberOfBlocks(rel) > 0;
	relation_close(rel, NoLock);
	return result;
}

/* What stands for a table of which nothing is known but that it is filled. */
static const DzEdges *
unseen(void)
{
	DzEdges *edges = palloc0(sizeof(DzEdges));
	DzEdgeTarget *target = palloc0(sizeof(DzEdgeTarget));

	edges->notes = palloc0(sizeof(DzNote));
	edges->notes[0].kind = DZ_NOTE_UNSEEN;
	edges->nnotes = 1;
	target->rows.notes = bms_make_singleton(0);
	edges->targets = list_make1(target);
	return edges;
}

/* A statement fills a table: with what, is about to be told. */
void
DzStagingSee(Oid relid)
{
	/* that there is no room for one more, DzStagingAdd() says */
	if (DzStagingIs(relid) && has_room(relid))
		staged(relid)->is_seen = true;
}

/* A statement has filled a table with what it has from elsewhere. */
void
DzStagingAdd(Oid relid, const DzEdges *edges, const DzEdgeTarget *target)
{
	Staged *table = staged(relid);
	MemoryContext scratch;
	MemoryContext old;
	DzEdges *united;

	if (table == NULL)
		return;
	scratch =
		AllocSetContextCreate(CurrentMemoryContext, "datazone lineage staging",
							  ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(scratch);
	united = DzUniteTargets(table->version.edges, edges, target);
	if (table->version.edges == NULL ||
		DzCountEdges(united) > DzCountEdges(table->version.edges))
		replace(table, united);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

/* Beside what is known, a table was filled with what is not. */
void
DzStagingIsUnknown(Oid relid)
{
	const DzEdges *edges = unseen();

	DzStagingAdd(relid, edges, linitial(edges->targets));
}

/*
 * Nobody has seen what became of a table for a while: if it holds something,
 * that is not known.  It may be a partition, which is part of its root.
 */
void
DzStagingWasUnseen(Oid relid)
{
	List *ancestors = NIL;
	Oid root = relid;

	if (get_rel_relispartition(relid))
		ancestors = get_partition_ancestors(relid);
	if (ancestors != NIL)
		root = llast_oid(ancestors);
	if (!has_rows(relid) && root == relid)
		DzStagingTruncate(relid);
	else if (has_rows(relid) && has_room(root))
		DzStagingIsUnknown(root);
}

/*
 * What a table holds has other values than those with which it was filled; an
 * empty one has none.  Whether a partitioned one is, those of its parts know.
 */
void
DzStagingIsComputed(Oid relid)
{
	if (get_rel_relkind(relid) == RELKIND_RELATION)
		DzStagingWasUnseen(relid);
	else if (DzCountEdges(DzStagingStandsFor(relid)) > 0)
		DzStagingIsUnknown(relid);
}

/* A table is empty now. */
void
DzStagingTruncate(Oid relid)
{
	Staged *table;

	if (tables == NULL || !DzStagingIs(relid))
		return;
	table = hash_search(tables, &relid, HASH_FIND, NULL);
	if (table != NULL && table->version.edges != NULL)
		replace(table, NULL);
}

/* A table that each commit empties. */
void
DzStagingEmptyAtCommit(Oid relid)
{
	Staged *table = DzStagingIs(relid) ? staged(relid) : NULL;

	if (table != NULL)
		table->is_emptied = true;
}

/* Is it known, or may it be? */
static bool
has_room(Oid relid)
{
	return tables == NULL || hash_get_num_entries(tables) < MAX_STAGED ||
		   hash_search(tables, &relid, HASH_FIND, NULL) != NULL;
}

static Staged *
staged(Oid relid)
{
	HASHCTL control = {.keysize = sizeof(Oid),
					   .entrysize = sizeof(Staged),
					   .hcxt = TopMemoryContext};
	Staged *table;
	bool found;

	if (tables == NULL)
		tables = hash_create("datazone lineage staging", 64, &control,
							 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	table = hash_search(tables, &relid, HASH_FIND, NULL);
	if (table != NULL)
		return table;

	if (hash_get_num_entries(tables) >= MAX_STAGED)
		sweep();
	if (hash_get_num_entries(tables) >= MAX_STAGED)
	{
		DzCaptureFails(ERRCODE_PROGRAM_LIMIT_EXCEEDED,
					   "the session fills more than " CppAsString2(
						   MAX_STAGED) " temporary tables");
		return NULL;
	}
	table = hash_search(tables, &relid, HASH_ENTER, &found);
	memset(&table->version, 0, sizeof(Version));
	table->is_emptied = table->is_seen = false;
	table->newest = NULL;
	return table;
}

/*
 * Forget tables that were dropped, unless this transaction may put them back.
 */
static void
sweep(void)
{
	HASH_SEQ_STATUS status;
	Staged *table;

	if (!dlist_is_empty(&changes))
		return;
	hash_seq_init(&status, tables);
	while ((table = hash_seq_search(&status)) != NULL)
	{
		if (get_rel_name(table->relid) != NULL)
			continue;
		drop_version(table->version);
		(void) hash_search(tables, &table->relid, HASH_REMOVE, NULL);
	}
}

/* Give a table a new version; NULL: nothing is in it. */
static void
replace(Staged *table, DzEdges *edges)
{
	int level = GetCurrentTransactionNestLevel();
	Change *change = table->newest;
	Version new = {0};
	MemoryContext old;

	/* nothing that may fail comes after the first change */
	if (change == NULL || change->level < level)
		change = MemoryContextAlloc(TopTransactionContext, sizeof(Change));
	if (edges != NULL)
	{
		new.context = AllocSetContextCreate(
			CurrentMemoryContext, "datazone lineage of a temporary table",
			ALLOCSET_SMALL_SIZES);
		old = MemoryContextSwitchTo(new.context);
		new.edges = DzKeepEdges(edges);
		MemoryContextSwitchTo(old);
		MemoryContextSetParent(new.context, TopMemoryContext);
	}
	if (change == table->newest)
		drop_version(table->version);
	else
	{
		change->below = table->newest;
		change->level = level;
		change->relid = table->relid;
		change->old = table->version;
		dlist_push_head(&changes, &change->node);
		table->newest = change;
	}
	table->version = new;
	generation++;
}

static void
drop_version(Version version)
{
	if (version.context != NULL)
		MemoryContextDelete(version.context);
}

/* A level has committed or aborted; nothing here allocates. */
void
DzStagingEndLevel(int level, bool is_commit)
{
	dlist_mutable_iter iter;

	DzResumeEndLevel(level, is_commit);
	dlist_foreach_modify (iter, &changes)
	{
		Change *change = dlist_container(Change, node, iter.cur);

		if (change->level < level)
			break;
		if (is_commit)
			pass_up(change, level - 1);
		else
			undo(change);
	}
}

/* The level above may have replaced what this one has: that is to stay. */
static void
pass_up(Change *change, int level)
{
	Staged *table;

	change->level = level;
	if (change->below == NULL || change->below->level < level)
		return;
	table = hash_search(tables, &change->relid, HASH_FIND, NULL);
	drop_version(change->old);
	if (table != NULL)
		table->newest = change->below;
	dlist_delete(&change->node);
	pfree(change);
}

static void
undo(Change *change)
{
	Staged *table = hash_search(tables, &change->relid, HASH_FIND, NULL);

	if (table != NULL)
	{
		drop_version(table->version);
		table->version = change->old;
		table->newest = change->below;
	}
	dlist_delete(&change->node);
	pfree(change);
	generation++;
}

/* Changes themselves go with the transaction's memory. */
void
DzStagingEnd(bool is_commit)
{
	dlist_mutable_iter iter;

	if (!is_commit)
		DzStagingEndLevel(0, false);
	DzResumeEndLevel(0, is_commit);
	dlist_foreach_modify (iter, &changes)
	{
		Change *change = dlist_container(Change, node, iter.cur);
		Staged *table = hash_search(tables, &change->relid, HASH_FIND, NULL);

		if (table != NULL)
			table->newest = NULL;
		drop_version(change->old);
		dlist_delete(&change->node);
	}
	if (is_commit && tables != NULL)
		empty_at_commit();
}

static void
empty_at_commit(void)
{
	HASH_SEQ_STATUS status;
	Staged *table;

	hash_seq_init(&status, tables);
	while ((table = hash_seq_search(&status)) != NULL)
	{
		if (!table->is_emptied || table->version.edges == NULL)
			continue;
		drop_version(table->version);
		memset(&table->version, 0, sizeof(Version));
		generation++;
	}
}
