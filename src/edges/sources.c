/*-------------------------------------------------------------------------
 *
 * sources.c
 *		Sources and notes by number: what sets of them are made of.
 *
 * A dense number for each column lets a flow be a few bitmaps, so that to
 * join two of them costs words, not look-ups.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "catalog/partition.h"
#include "utils/lsyscache.h"

#define SOURCES_AT_FIRST 64
#define NOTES_AT_FIRST 8

/* The key of a source: memory of its own, so that no padding is compared. */
typedef struct SourceKey
{
	Oid relid;
	int32 attnum;
} SourceKey;

typedef struct SourceNumber
{
	SourceKey key; /* must be first */
	int number;
} SourceNumber;

typedef struct Root
{
	Oid relid; /* must be first */
	Oid root; /* of a partition; else the relation itself */
} Root;

static Oid root_of(DzDerivation *derivation, Oid relid);
static int new_source(DzDerivation *derivation, Oid relid, AttrNumber attnum);

void
DzSourcesInit(DzDerivation *derivation)
{
	HASHCTL numbers = {.keysize = sizeof(SourceKey),
					   .entrysize = sizeof(SourceNumber),
					   .hcxt = CurrentMemoryContext};
	HASHCTL relations = {.keysize = sizeof(Oid),
						 .entrysize = sizeof(Root),
						 .hcxt = CurrentMemoryContext};
	DzEdges *edges = derivation->edges;

	derivation->source_numbers =
		hash_create("datazone lineage sources", 4 * SOURCES_AT_FIRST, &numbers,
					HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	derivation->relations =
		hash_create("datazone lineage relations", SOURCES_AT_FIRST, &relations,
					HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	derivation->sources_room = SOURCES_AT_FIRST;
	edges->sources = palloc_array(DzSource, SOURCES_AT_FIRST);
	derivation->notes_room = NOTES_AT_FIRST;
	edges->notes = palloc_array(DzNote, NOTES_AT_FIRST);
}

void
DzSourceAdd(DzDerivation *derivation, Oid relid, AttrNumber attnum,
			DzEdgeKind use, DzFlow *out)
{
	SourceKey key = {.relid = relid, .attnum = attnum};
	SourceNumber *entry;
	bool found;

	entry = hash_search(derivation->source_numbers, &key, HASH_ENTER, &found);
	if (!found)
	{
		DzSource source = DzRootColumn(derivation, relid, attnum);

		/* the same column of two partitions is one source */
		if (source.relid != relid)
		{
			DzFlow root = {0};

			DzSourceAdd(derivation, source.relid, source.attnum,
						DZ_EDGE_IDENTITY, &root);
			entry->number =
				bms_singleton_member(root.sources[DZ_EDGE_IDENTITY]);
		}
		else
			entry->number = new_source(derivation, relid, attnum);
	}
	out->sources[use] = bms_add_member(out->sources[use], entry->number);
}

/*
 * Columns of a partition are its root's by name; a number may differ, where
 * either has dropped columns.
 */
DzSource
DzRootColumn(DzDerivation *derivation, Oid relid, AttrNumber attnum)
{
	DzSource source = {.relid = root_of(derivation, relid), .attnum = attnum};

	if (source.relid != relid && attnum > 0)
		source.attnum =
			get_attnum(source.relid, get_attname(relid, attnum, false));
	return source;
}

static Oid
root_of(DzDerivation *derivation, Oid relid)
{
	bool found;
	Root *entry;

	entry = hash_search(derivation->relations, &relid, HASH_ENTER, &found);
	if (!found)
	{
		entry->root = relid;
		if (get_rel_relispartition(relid))
		{
			List *ancestors = get_partition_ancestors(relid);

			/* none while it is being detached */
			if (ancestors != NIL)
				entry->root = llast_oid(ancestors);
		}
	}
	return entry->root;
}

static int
new_source(DzDerivation *derivation, Oid relid, AttrNumber attnum)
{
	DzEdges *edges = derivation->edges;

	if (edges->nsources == derivation->sources_room)
	{
		derivation->sources_room *= 2;
		edges->sources =
			repalloc_array(edges->sources, DzSource, derivation->sources_room);
	}
	edges->sources[edges->nsources] =
		(DzSource){.relid = relid, .attnum = attnum};
	return edges->nsources++;
}

int
DzPlaceholders(DzDerivation *derivation, int n)
{
	int first = derivation->edges->nsources;

	for (int i = 0; i < n; i++)
		(void) new_source(derivation, InvalidOid, 0);
	return first;
}

bool
DzIsPlaceholder(const DzDerivation *derivation, int number)
{
	return !OidIsValid(derivation->edges->sources[number].relid);
}

/* There are few different notes: each is looked for among all. */
void
DzNoteAdd(DzDerivation *derivation, DzNoteKind kind, Oid funcid, DzFlow *out)
{
	DzEdges *edges = derivation->edges;
	int number = 0;

	while (number < edges->nnotes && (edges->notes[number].kind != kind ||
									  edges->notes[number].funcid != funcid))
		number++;
	if (number == edges->nnotes)
	{
		if (edges->nnotes == derivation->notes_room)
		{
			derivation->notes_room *= 2;
			edges->notes =
				repalloc_array(edges->notes, DzNote, derivation->notes_room);
		}
		edges->notes[edges->nnotes++] =
			(DzNote){.kind = kind, .funcid = funcid};
	}
	out->notes = bms_add_member(out->notes, number);
}
