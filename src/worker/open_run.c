/*-------------------------------------------------------------------------
 *
 * open_run.c
 *		A source's runs that had not ended when they were last seen.
 *
 * There are a handful at a time: a list will do.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "worker/engine.h"

static DzOpenRun **
find_link(DzSource *source, const char *run)
{
	DzOpenRun **link = &source->open_runs;

	while (*link != NULL && strcmp((*link)->id, run) != 0)
		link = &(*link)->next;
	return link;
}

/* The run was seen and has not ended; it is kept from now on. */
void
DzSourceAddOpenRun(DzSource *source, const char *run)
{
	DzOpenRun **link = find_link(source, run);

	if (*link == NULL)
	{
		Size len = strlen(run) + 1;
		DzOpenRun *new = MemoryContextAlloc(TopMemoryContext,
											offsetof(DzOpenRun, id) + len);

		new->next = NULL;
		memcpy(new->id, run, len);
		*link = new;
	}
	(*link)->seen = true;
}

/* It has ended, or is no longer known. */
void
DzSourceDropOpenRun(DzSource *source, const char *run)
{
	DzOpenRun **link = find_link(source, run);
	DzOpenRun *gone = *link;

	if (gone == NULL)
		return;
	if (source->asking == gone)
		source->asking = NULL;
	*link = gone->next;
	pfree(gone);
}

/* The run that failed does not keep the others from their turn. */
void
DzSourceDeferOpenRun(DzSource *source, DzOpenRun *run)
{
	DzOpenRun **link = find_link(source, run->id);

	*link = run->next;
	run->next = NULL;
	while (*link != NULL)
		link = &(*link)->next;
	*link = run;
}

/* The run as it is kept; NULL if it is not. */
DzOpenRun *
DzSourceFindOpenRun(const DzSource *source, const char *run)
{
	DzOpenRun *open = source->open_runs;

	while (open != NULL && strcmp(open->id, run) != 0)
		open = open->next;
	return open;
}

int
DzSourceCountOpenRuns(const DzSource *source)
{
	int n = 0;

	for (DzOpenRun *run = source->open_runs; run != NULL; run = run->next)
		n++;
	return n;
}
