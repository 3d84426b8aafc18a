/*-------------------------------------------------------------------------
 *
 * routine.c
 *		Which procedure or function is the outermost one that runs.
 *
 * It is what users call their job.  CALL is a command, which the utility hook
 * sees.  A function that a SELECT calls, or a trigger, is seen by PostgreSQL's
 * hook of functions; it has its price for each call, and forbids that a
 * function is inlined.  So it is asked for only while lineage is captured, and
 * for functions that may run statements that write: VOLATILE ones in a
 * procedural language, and in SQL those with anything else than SELECT, which
 * are never inlined.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "lineage/room.h"

/* Beyond these, what is known of functions is forgotten and asked again. */
#define MAX_KNOWN 1000

typedef struct Known
{
	Oid function; /* must be first */
	bool is_wanted;
} Known;

static needs_fmgr_hook_type next_needs = NULL;
static fmgr_hook_type next_hook = NULL;
static HTAB *known = NULL; /* of Known */
static Oid outermost = InvalidOid;
static int depth = 0;

static bool needs_hook(Oid function);
static bool is_wanted(Oid function);
static bool is_one_select(HeapTuple tuple);
static void forget_known(Datum arg, DzSysCacheId cache, uint32 hash);
static void hook(FmgrHookEventType event, FmgrInfo *info, Datum *arg);

void
DzRoutinesInit(void)
{
	next_needs = needs_fmgr_hook;
	needs_fmgr_hook = needs_hook;
	next_hook = fmgr_hook;
	fmgr_hook = hook;
}

/* InvalidOid: the statement is the user's own. */
Oid
DzRoutineNow(void)
{
	return outermost;
}

void
DzRoutineEnter(Oid routine)
{
	if (depth++ == 0)
		outermost = routine;
}

void
DzRoutineLeave(void)
{
	if (depth > 0 && --depth == 0)
		outermost = InvalidOid;
}

static bool
needs_hook(Oid function)
{
	if (next_needs != NULL && next_needs(function))
		return true;
	return DzCaptureMode != DZ_CAPTURE_OFF &&
		   function >= FirstNormalObjectId && is_wanted(function);
}

static bool
is_wanted(Oid function)
{
	HASHCTL control = {.keysize = sizeof(Oid),
					   .entrysize = sizeof(Known),
					   .hcxt = TopMemoryContext};
	Known *entry;
	HeapTuple tuple;
	Form_pg_proc form;
	bool result;
	bool found;

	if (known == NULL)
	{
		known = hash_create("datazone lineage functions", 64, &control,
							HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
		CacheRegisterSyscacheCallback(PROCOID, forget_known, (Datum) 0);
	}
	entry = hash_search(known, &function, HASH_FIND, NULL);
	if (entry != NULL)
		return entry->is_wanted;

	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	if (!HeapTupleIsValid(tuple))
		return false;
	form = (Form_pg_proc) GETSTRUCT(tuple);
	result = form->prokind == PROKIND_FUNCTION &&
			 form->provolatile == PROVOLATILE_VOLATILE &&
			 form->prolang != INTERNALlanguageId &&
			 form->prolang != ClanguageId &&
			 (form->prolang != SQLlanguageId || !is_one_select(tuple));
	ReleaseSysCache(tuple);
	if (hash_get_num_entries(known) >= MAX_KNOWN)
		forget_known((Datum) 0, 0, 0);
	entry = hash_search(known, &function, HASH_ENTER, &found);
	entry->is_wanted = result;
	return result;
}

/* Such a function may be inlined, and then must not be looked at. */
static bool
is_one_select(HeapTuple tuple)
{
	/* as a stored tree has them: what is not SELECT, see CmdType */
	static const char *const commands[] = {":commandType 2", ":commandType 3",
										   ":commandType 4", ":commandType 5",
										   ":commandType 6"};
	bool is_null;
	Datum body;
	char *tree;

	body = SysCacheGetAttr(PROCOID, tuple, Anum_pg_proc_prosqlbody, &is_null);
	if (is_null)
	{
		body = SysCacheGetAttr(PROCOID, tuple, Anum_pg_proc_prosrc, &is_null);
		return is_null || DzTextOnlySelects(TextDatumGetCString(body));
	}
	tree = TextDatumGetCString(body);
	for (int i = 0; i < (int) lengthof(commands); i++)
	{
		if (strstr(tree, commands[i]) != NULL)
			return false;
	}
	return true;
}

static void
forget_known(Datum arg, DzSysCacheId cache, uint32 hash)
{
	HASH_SEQ_STATUS status;
	Known *entry;

	hash_seq_init(&status, known);
	while ((entry = hash_seq_search(&status)) != NULL)
		(void) hash_search(known, &entry->function, HASH_REMOVE, NULL);
}

/* Calls are in order, also where an error ends them. */
static void
hook(FmgrHookEventType event, FmgrInfo *info, Datum *arg)
{
	if (next_hook != NULL)
		next_hook(event, info, arg);
	if (event == FHET_START)
		DzRoutineEnter(info->fn_oid);
	else
		DzRoutineLeave();
}
