/*-------------------------------------------------------------------------
 *
 * files.c
 *		Files that COPY reads and writes, as if they were relations.
 *
 * Edges lead from and to relations by OID.  A file gets an OID that no
 * relation has, so that whatever is done with edges, above all putting them
 * one behind the other, needs no case for files.  PostgreSQL leaves OIDs from
 * 8000 to 9999 to developers and gives none of them away in a release; an
 * extended server may, which is looked at.
 *
 * A file's columns are those that COPY names, numbered as they come.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"
#include "utils/syscache.h"

#include "lineage/room.h"

#define FIRST_OID ((Oid) 9000)
#define MAX_FILES 1000
#define MAX_COLUMNS 1600

typedef struct KnownFile
{
	MemoryContext context;
	char *path;
	List *columns; /* of char * */
} KnownFile;

static KnownFile *files = NULL; /* OID by place; a NULL path: free */
static int nfiles = 0;

static int find(const char *path);
static bool make_room(void);

/* A file's OID; InvalidOid if there is no room: then it has no name. */
Oid
DzFileOid(const char *path)
{
	int number = find(path);
	MemoryContext old;
	KnownFile *file;

	if (number >= 0)
		return FIRST_OID + number;
	if (!make_room())
	{
		DzCaptureFails(
			ERRCODE_PROGRAM_LIMIT_EXCEEDED,
			"the session copies more than " CppAsString2(MAX_FILES) " files");
		return InvalidOid;
	}
	file = &files[nfiles];
	if (file->context == NULL)
		file->context = AllocSetContextCreate(TopMemoryContext,
											  "datazone lineage of a file",
											  ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(file->context);
	file->path = pstrdup(path);
	file->columns = NIL;
	MemoryContextSwitchTo(old);
	return FIRST_OID + nfiles++;
}

static int
find(const char *path)
{
	for (int i = 0; i < nfiles; i++)
	{
		if (strcmp(files[i].path, path) == 0)
			return i;
	}
	return -1;
}

static bool
make_room(void)
{
	if (files == NULL)
		files = MemoryContextAllocZero(TopMemoryContext,
									   MAX_FILES * sizeof(KnownFile));
	return nfiles < MAX_FILES &&
		   !SearchSysCacheExists1(RELOID,
								  ObjectIdGetDatum(FIRST_OID + nfiles));
}

bool
DzFileIs(Oid relid)
{
	return relid >= FIRST_OID && relid < (Oid) FIRST_OID + nfiles;
}

const char *
DzFilePath(Oid relid)
{
	return files[relid - FIRST_OID].path;
}

/* The number of one of its columns; 0, all of it, if there are too many. */
AttrNumber
DzFileColumn(Oid relid, const char *name)
{
	KnownFile *file = &files[relid - FIRST_OID];
	MemoryContext old;
	ListCell *lc;

	foreach (lc, file->columns)
	{
		if (strcmp(lfirst(lc), name) == 0)
			return foreach_current_index(lc) + 1;
	}
	if (list_length(file->columns) >= MAX_COLUMNS)
		return 0;
	old = MemoryContextSwitchTo(file->context);
	file->columns = lappend(file->columns, pstrdup(name));
	MemoryContextSwitchTo(old);
	return list_length(file->columns);
}

/* NULL: it has none of that number. */
const char *
DzFileColumnName(Oid relid, AttrNumber number)
{
	List *columns = files[relid - FIRST_OID].columns;

	return number >= 1 && number <= list_length(columns)
			   ? list_nth(columns, number - 1)
			   : NULL;
}
