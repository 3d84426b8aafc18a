/*-------------------------------------------------------------------------
 *
 * origin.c
 *		What the session's settings say of the job, once for each setting.
 *
 * Both the trigger and capture note it with whatever is changed.  To compare
 * pointers is then to compare settings.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "lineage/room.h"

static List *origins = NIL; /* of DzOrigin, in TopTransactionContext */
static DzOrigin *origin = NULL; /* the present one, as of "generation" */
static uint64 generation = 0;

/* So many of the latest, or of the first, are looked through. */
#define MAX_LOOKED_AT 1000

static DzOrigin *find(void);
static int first(void);
static bool is_same(const char *setting, const char *kept);
static char *keep(const char *setting);

/*
 * The session's settings as they are now.  A function with a SET clause
 * changes them back and forth: what was seen before is found again.  Lives as
 * long as the transaction.
 */
const DzOrigin *
DzOriginNow(void)
{
	if (origin == NULL || generation != DzOriginGeneration)
	{
		origin = find();
		generation = DzOriginGeneration;
	}
	return origin;
}

/* The transaction has ended. */
void
DzOriginsForget(void)
{
	origins = NIL;
	origin = NULL;
}

static DzOrigin *
find(void)
{
	MemoryContext old;
	DzOrigin *new;

	for (int i = first(); i < list_length(origins); i++)
	{
		DzOrigin *known = list_nth(origins, i);

		if (is_same(DzJobNamespace, known->job_namespace) &&
			is_same(DzJobName, known->job_name) &&
			is_same(DzParentRun, known->parent_run))
			return known;
	}
	old = MemoryContextSwitchTo(TopTransactionContext);
	new = palloc(sizeof(DzOrigin));
	new->job_namespace = keep(DzJobNamespace);
	new->job_name = keep(DzJobName);
	new->parent_run = keep(DzParentRun);
	origins = lappend(origins, new);
	MemoryContextSwitchTo(old);
	return new;
}

static int
first(void)
{
	return Max(list_length(origins) - MAX_LOOKED_AT, 0);
}

/* The first one that names the same job, of whatever run. */
const DzOrigin *
DzOriginOfJob(const DzOrigin *origin)
{
	for (int i = 0; i < Min(list_length(origins), MAX_LOOKED_AT); i++)
	{
		const DzOrigin *known = list_nth(origins, i);

		if (DzSameText(known->job_namespace, origin->job_namespace) &&
			DzSameText(known->job_name, origin->job_name))
			return known;
	}
	return origin;
}

/* Equal, where empty is as good as not set. */
static bool
is_same(const char *setting, const char *kept)
{
	if (setting == NULL || setting[0] == '\0')
		return kept == NULL;
	return kept != NULL && strcmp(setting, kept) == 0;
}

static char *
keep(const char *setting)
{
	return setting == NULL || setting[0] == '\0' ? NULL : pstrdup(setting);
}
