/*-------------------------------------------------------------------------
 *
 * no_memory.c
 *		A preloaded library in which one of the extension's allocations fails.
 *
 * For tests only.  no_memory_at(N), which is a function for SQL as well, says
 * that the Nth call of malloc() or realloc() from now on that is made on behalf
 * of datazone.so finds no memory; it gives how many were counted since the last
 * call of it, negative if one of them has failed.
 *
 * On whose behalf a call is, the stack tells: whose code is found first on the
 * way out of it, the extension's or one of those functions of the server that
 * do the user's work.  To begin and to end a subtransaction is the server's own
 * affair, too: no code can contain an error there.
 *
 *		cc -shared -fPIC -I$(pg_config --includedir-server) \
 *			-o no_memory.so no_memory.c -ldl
 *		LD_PRELOAD=$PWD/no_memory.so postgres ...
 *
 *-------------------------------------------------------------------------
 */
#define _GNU_SOURCE
#include "postgres.h"

#include <dlfcn.h>
#include <execinfo.h>

#include "fmgr.h"

#define MAX_DEPTH 200
#define EXTENSION "datazone.so"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(no_memory_at);

/* The C library's own, which need no look-up. */
extern void *__libc_malloc(size_t size);
extern void *__libc_realloc(void *old, size_t size);

static const char *const others[] = {
	"standard_planner",
	"standard_ProcessUtility",
	"standard_ExecutorStart",
	"standard_ExecutorEnd",
	"BeginInternalSubTransaction",
	"ReleaseCurrentSubTransaction",
	"RollbackAndReleaseCurrentSubTransaction",
};

/* Whose code it is. */
typedef enum Side
{
	NOBODYS,
	OURS,
	THEIRS
} Side;

static int wanted = 0; /* 0: none */
static int counted = 0;
static bool has_failed = false;
static bool is_looking = false;

static bool
is_one_of_others(const char *function)
{
	for (int i = 0; function != NULL && i < (int) lengthof(others); i++)
	{
		if (strcmp(function, others[i]) == 0)
			return true;
	}
	return false;
}

/* To find that out takes long: what is known of a place in the code is kept. */
static Side
side_of(void *place)
{
	static struct
	{
		void *place;
		Side side;
	} known[16384];
	int number = (int) ((uintptr_t) place / 2 % lengthof(known));
	Dl_info found;

	if (known[number].place == place)
		return known[number].side;
	known[number].place = place;
	if (dladdr(place, &found) == 0 || found.dli_fname == NULL)
		known[number].side = NOBODYS;
	else if (strstr(found.dli_fname, EXTENSION) != NULL)
		known[number].side = OURS;
	else
		known[number].side =
			is_one_of_others(found.dli_sname) ? THEIRS : NOBODYS;
	return known[number].side;
}

/* Looking may itself take memory. */
static bool
is_ours(void)
{
	void *frames[MAX_DEPTH];
	Side side = NOBODYS;
	int n;

	is_looking = true;
	n = backtrace(frames, MAX_DEPTH);
	for (int i = 0; i < n && side == NOBODYS; i++)
		side = side_of(frames[i]);
	is_looking = false;
	return side == OURS;
}

static bool
fails(void)
{
	if (wanted == 0 || has_failed || is_looking || !is_ours() ||
		++counted != wanted)
		return false;
	has_failed = true;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *
realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

Datum
no_memory_at(PG_FUNCTION_ARGS)
{
	int before = has_failed ? -counted : counted;

	/* the first look loads a library */
	(void) is_ours();
	wanted = PG_GETARG_INT32(0);
	counted = 0;
	has_failed = false;
	PG_RETURN_INT32(before);
}
