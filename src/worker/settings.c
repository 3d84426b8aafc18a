/*-------------------------------------------------------------------------
 *
 * settings.c
 *		What an administrator sets for the worker: all at reload.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "utils/guc.h"
#include "utils/varlena.h"

#include "worker/room.h"
#include "worker/worker.h"

bool DzEnabled = true;
char *DzDatabases = NULL;
int DzMaxInFlight = 32;
int DzRunRetention = 0;
bool DzNotify = true;

/*
 * Whether an element of a list is the * that means all, and not the name of a
 * database: SplitIdentifierString() leaves names where they were, behind their
 * quotes.
 */
static bool
means_all(const char *list, const char *name)
{
	return strcmp(name, "*") == 0 && (name == list || name[-1] != '"');
}

/* A list of names, or * alone. */
static bool
check_databases(char **newval, void **extra, GucSource source)
{
	char *list = pstrdup(*newval);
	List *names = NIL;
	bool good = SplitIdentifierString(list, ',', &names);
	ListCell *lc;

	foreach (lc, names)
		if (means_all(list, lfirst(lc)) && list_length(names) > 1)
			good = false;

	if (!good)
		GUC_check_errdetail("Write names separated by commas, in double "
							"quotes where SQL would want them, or * for all.");
	list_free(names);
	pfree(list);
	return good;
}

bool
DzDatabaseIsWanted(const char *name)
{
	char *list = pstrdup(DzDatabases);
	List *names;
	ListCell *lc;
	bool wanted = false;

	(void) SplitIdentifierString(list, ',', &names);
	foreach (lc, names)
		if (means_all(list, lfirst(lc)) || strcmp(lfirst(lc), name) == 0)
			wanted = true;
	list_free(names);
	pfree(list);
	return wanted;
}

void
DzSettingsInit(void)
{
	DefineCustomBoolVariable(
		"datazone.enabled", "Lets background workers call the service.",
		"Off: workers stay but do nothing. Functions that SQL calls are not "
		"concerned.",
		&DzEnabled, true, PGC_SIGHUP, 0, NULL, NULL, NULL);
	DefineCustomStringVariable(
		"datazone.databases", "Databases that get a background worker.",
		"Those among them that have the extension; * means all.", &DzDatabases,
		"*", PGC_SIGHUP, GUC_LIST_INPUT, check_databases, NULL, NULL);
	DefineCustomIntVariable(
		"datazone.max_in_flight",
		"Requests that a background worker has under way at once.",
		"A server that would have none may have one more.", &DzMaxInFlight, 32,
		1, 1024, PGC_SIGHUP, 0, NULL, NULL, NULL);
	DefineCustomIntVariable(
		"datazone.run_retention",
		"How long finished runs stay in datazone_run.",
		"By when the service last changed them; 0 keeps them all.",
		&DzRunRetention, 0, 0, INT_MAX, PGC_SIGHUP, GUC_UNIT_S, NULL, NULL,
		NULL);
	DefineCustomBoolVariable(
		"datazone.notify",
		"Sends NOTIFY datazone_run when a run's status changes in the table.",
		NULL, &DzNotify, true, PGC_SIGHUP, 0, NULL, NULL, NULL);
}
