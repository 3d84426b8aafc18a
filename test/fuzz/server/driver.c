/*-------------------------------------------------------------------------
 *
 * driver.c
 *		libFuzzer inside a server process.
 *
 * The rooms need memory contexts, error handling and jsonb, which only a
 * server has.  So libFuzzer comes to the server: this module is instrumented
 * and linked with it, the server is started with the sanitizer preloaded, and
 * one SQL function hands over control.  libFuzzer ends the process when it is
 * done; in single-user mode nobody minds.
 *
 * Each input runs in a memory context of its own.  Afterwards nothing may be
 * left of it: no memory, no transfer, no timer, no reference.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "fuzz_server.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(datazone_fuzz);

/* caches grow now and then; a leak shows each time */
#define LEAK_REPEATS 8

/*
 * Bytes of an allocation set's block.  The least that the server's arithmetic
 * allows makes every chunk of more than a few bytes a malloc() of its own,
 * with the sanitizer's red zones around it.  Assertions ask for more.
 */
#ifdef USE_ASSERT_CHECKING
#define BLOCK_SIZE 1024
#else
#define BLOCK_SIZE 144
#endif

/* of the run-time library, whose headers need not be there for make lint */
extern size_t __sanitizer_get_current_allocated_bytes(void);

extern int LLVMFuzzerRunDriver(int *argc, char ***argv,
							   int (*callback)(const uint8_t *data,
											   size_t size));

/* The linker puts the second in the place of the first (--wrap). */
extern MemoryContext __real_AllocSetContextCreateInternal(MemoryContext parent,
														  const char *name,
														  Size min_size,
														  Size init_size,
														  Size max_size);
extern MemoryContext __wrap_AllocSetContextCreateInternal(MemoryContext parent,
														  const char *name,
														  Size min_size,
														  Size init_size,
														  Size max_size);

static int run_input(const uint8_t *data, size_t size);
static void run_once(const char *input, size_t size);

/* datazone_fuzz(target text, arguments text[]): does not return */
Datum
datazone_fuzz(PG_FUNCTION_ARGS)
{
	char *target = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Datum *items;
	int count;
	char **argv;
	int argc = 1;

	dz_fuzz_target = DzFuzzTargetFind(target);
	if (dz_fuzz_target == NULL)
		elog(ERROR, "no target \"%s\"", target);
	DzRoutineInit();

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false,
					  TYPALIGN_INT, &items, NULL, &count);
	argv = palloc0((count + 2) * sizeof(char *));
	argv[0] = target;
	for (int i = 0; i < count; i++)
		argv[argc++] = TextDatumGetCString(items[i]);
	(void) LLVMFuzzerRunDriver(&argc, &argv, run_input);
	exit(0);
}

static int
run_input(const uint8_t *data, size_t size)
{
	int repeats = 0;

	for (; repeats < LEAK_REPEATS; repeats++)
	{
		size_t before = __sanitizer_get_current_allocated_bytes();

		run_once((const char *) data, size);
		if (__sanitizer_get_current_allocated_bytes() <= before)
			break;
	}
	DzFuzzRequireOf(repeats < LEAK_REPEATS, "memory is lost each time");
	return 0;
}

static void
run_once(const char *input, size_t size)
{
	MemoryContext cxt = AllocSetContextCreate(TopMemoryContext, "fuzz input",
											  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(cxt);

	dz_fuzz_target->run(input, size);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(cxt);

	DzWireRequireSettled();
	DzRoutineRequireSettled();
}

void
DzFuzzFail(const char *file, int line, const char *condition, const char *what)
{
	fprintf(stderr, "%s:%d: this does not hold: %s%s%s\n", file, line,
			condition, what ? ": " : "", what ? what : "");
	abort();
}

MemoryContext
__wrap_AllocSetContextCreateInternal(MemoryContext parent, const char *name,
									 Size min_size, Size init_size,
									 Size max_size)
{
	return __real_AllocSetContextCreateInternal(parent, name, 0, BLOCK_SIZE,
												BLOCK_SIZE);
}
