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
#include "common/hashfn.h"
#include "utils/lsyscache.h"

#define SOURCES_AT_FIRST 64
#define NOTES_AT_FIRST 8

typedef struct SourceNumber
{
	uint64 key; /* of the relation and the column */
	int number;
	char status;
} SourceNumber;

typedef struct Root
{
	Oid relid;
	Oid root; /* of a partition; else the relation itself */
	char status;
} Root;

static Oid root_of(DzDerivation *derivation, Oid relid);
static int new_source(DzDerivation *derivation, Oid relid, AttrNumber attnum);

/* Tables for each statement that is planned have to be made quickly. */
#define SH_PREFIX numbers
#define SH_ELEMENT_TYPE SourceNumber
#define SH_KEY_TYPE uint64
#define SH_KEY key
#define SH_HASH_KEY(table, key) \
	hash_combine(murmurhash32((uint32) (key)), (uint32) ((key) >> 32))
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

#define SH_PREFIX roots
#define SH_ELEMENT_TYPE Root
#define SH_KEY_TYPE Oid
#define SH_KEY relid
#define SH_HASH_KEY(table, key) murmurhash32(key)
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

void
DzSourcesInit(DzDerivation *derivation)
{
	DzEdges *edges = derivation->edges;

	derivation->source_numbers =
		numbers_create(CurrentMemoryContext, SOURCES_AT_FIRST / 2, NULL);
	derivation->roots =
		roots_create(CurrentMemoryContext, SOURCES_AT_FIRST / 4, NULL);
	derivation->sources_room = SOURCES_AT_FIRST;
	edges->sources = palloc_array(DzSource, SOURCES_AT_FIRST);
	derivation->notes_room = NOTES_AT_FIRST;
	edges->notes = palloc_array(DzNote, NOTES_AT_FIRST);
}

void
DzSourceAdd(DzDerivation *derivation, Oid relid, AttrNumber attnum,
			DzEdgeKind use, DzFlow *out)
{
	uint64 key = (uint64) relid << 32 | (uint32) attnum;
	SourceNumber *entry = numbers_lookup(derivation->source_numbers, key);
	int number;
	bool found;

	if (entry != NULL)
		number = entry->number;
	else
	{
		DzSource source = DzRootColumn(derivation, relid, attnum);

		/* the same column of two partitions is one source */
		if (source.relid != relid)
		{
			DzFlow root = {0};

			DzSourceAdd(derivation, source.relid, source.attnum,
						DZ_EDGE_IDENTITY, &root);
			number = bms_singleton_member(root.sources[DZ_EDGE_IDENTITY]);
		}
		else
			number = new_source(derivation, relid, attnum);
		numbers_insert(derivation->source_numbers, key, &found)->number =
			number;
	}
	out->sources[use] = bms_add_member(out->sources[use], number);
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

	entry = roots_insert(derivation->roots, relid, &found);
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
DzNoteAdd(DzDerivation *derivation, DzNoteKind kind, Oid object, DzFlow *out)
{
	DzEdges *edges = derivation->edges;
	int number = 0;

	while (number < edges->nnotes && (edges->notes[number].kind != kind ||
									  edges->notes[number].object != object))
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
			(DzNote){.kind = kind, .object = object};
	}
	out->notes = bms_add_member(out->notes, number);
}
