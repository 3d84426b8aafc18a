/*-------------------------------------------------------------------------
 *
 * gone.c
 *		Tables that were read and are no more when the transaction commits.
 *
 * An event names what it is about at commit.  Of a table that the transaction
 * has dropped after it was read, the names are those of before.  One that it
 * has itself made, nobody has seen: as with a temporary table, that stands for
 * it which it was filled with.
 *
 * All this is asked only while events are being written.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "lineage/room.h"

/* What stands for a table, in the memory in which events are written. */
typedef struct Known
{
	Oid relid;
	const DzEdges *edges;
} Known;

static List *known = NIL; /* of Known */

static const DzEdges nothing = {0};

static bool stands_for_another(Oid relid);
static const DzEdges *stands_for(Oid relid);
static const DzEdges *filled_with(Oid relid);

/* Events begin to be written. */
void
DzGoneBegin(void)
{
	known = NIL;
}

/* What was dropped, with its names; NULL: it was not, or not of others. */
const DzLife *
DzGone(Oid relid)
{
	dlist_iter iter;

	if (!DzCapturedIsWriting())
		return NULL;
	dlist_foreach (iter, DzCapturedRecords())
	{
		const DzLife *life = dlist_container(DzRecord, node, iter.cur)->life;

		if (life != NULL && life->change == DZ_LIFE_DROP &&
			life->relid == relid)
			return life;
	}
	return NULL;
}

/* Is it a source of what has been recorded so far? */
bool
DzGoneWasRead(Oid relid)
{
	dlist_iter iter;

	dlist_foreach (iter, DzCapturedRecords())
	{
		const DzEdges *edges =
			dlist_container(DzRecord, node, iter.cur)->edges;

		for (int i = 0; edges != NULL && i < edges->nsources; i++)
		{
			if (edges->sources[i].relid == relid)
				return true;
		}
	}
	return false;
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
	Known *entry;
	ListCell *lc;

	foreach (lc, known)
	{
		entry = lfirst(lc);
		if (entry->relid == relid)
			return entry->edges;
	}
	if (!stands_for_another(relid))
		return NULL;

	/* a table that was filled from itself adds nothing to that */
	entry = palloc(sizeof(Known));
	entry->relid = relid;
	entry->edges = &nothing;
	known = lappend(known, entry);
	entry->edges = filled_with(relid);
	return entry->edges;
}

/* What all that this transaction has written to a table has it from. */
static const DzEdges *
filled_with(Oid relid)
{
	const DzEdges *all = &nothing;
	dlist_iter iter;
	ListCell *lc;

	check_stack_depth();
	dlist_foreach (iter, DzCapturedRecords())
	{
		const DzRecord *record = dlist_container(DzRecord, node, iter.cur);

		if (record->edges == NULL)
			continue;
		foreach (lc, record->edges->targets)
		{
			Oid table = ((DzEdgeTarget *) lfirst(lc))->relid;
			const DzEdges *edges;

			if ((OidIsValid(table) ? table : record->key.into) != relid)
				continue;
			edges = DzGoneEdges(record);
			all = DzUniteTargets(
				all, edges,
				list_nth(edges->targets, foreach_current_index(lc)));
		}
	}
	return all;
}
