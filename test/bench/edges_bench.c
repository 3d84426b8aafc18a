/*-------------------------------------------------------------------------
 *
 * edges_bench.c
 *		Benchmark module: derive the lineage of a statement, or plan it.
 *
 * Linked from the extension's own object files.  The statement is analysed
 * once; what is measured is only what comes after, as the CPU's time: what
 * other processes take of it does not count.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <time.h>

#include "edges/edges.h"
#include "fmgr.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(bench_derive);
PG_FUNCTION_INFO_V1(bench_plan);

static double cpu_seconds(void);
static Query *analysed(const char *text);

static double
cpu_seconds(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
		elog(ERROR, "no clock");
	return now.tv_sec + now.tv_nsec / 1e9;
}

static Query *
analysed(const char *text)
{
	List *raw = pg_parse_query(text);
	List *queries;

	if (list_length(raw) != 1)
		elog(ERROR, "not one statement");
	queries = pg_analyze_and_rewrite_fixedparams(linitial_node(RawStmt, raw),
												 text, NULL, 0, NULL);
	if (list_length(queries) != 1)
		elog(ERROR, "not one query");
	return linitial_node(Query, queries);
}

/* bench_derive(statement, n): microseconds of one derivation */
Datum
bench_derive(PG_FUNCTION_ARGS)
{
	Query *query = analysed(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	int n = PG_GETARG_INT32(1);
	DzEdgeOptions options = {.views = DZ_VIEWS_EXPAND};
	MemoryContext round = AllocSetContextCreate(CurrentMemoryContext, "round",
												ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(round);
	double start;
	double took;

	if (DzDeriveEdges(query, &options)->targets == NIL)
		elog(ERROR, "nothing was derived");
	MemoryContextReset(round);
	start = cpu_seconds();
	for (int i = 0; i < n; i++)
	{
		(void) DzDeriveEdges(query, &options);
		MemoryContextReset(round);
	}
	took = cpu_seconds() - start;
	MemoryContextSwitchTo(old);
	PG_RETURN_FLOAT8(took * 1e6 / n);
}

/*
 * bench_plan(statement, n): microseconds of planning it once, hooks and all.
 * A first time, in which caches are filled, does not count.
 */
Datum
bench_plan(PG_FUNCTION_ARGS)
{
	char *statement = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Query *query = analysed(statement);
	int n = PG_GETARG_INT32(1);
	MemoryContext round = AllocSetContextCreate(CurrentMemoryContext, "round",
												ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(round);
	double seconds = 0;

	PushActiveSnapshot(GetTransactionSnapshot());
	for (int i = 0; i <= n; i++)
	{
		Query *copy = copyObject(query);
		double start = cpu_seconds();

		(void) pg_plan_query(copy, statement, 0, NULL);
		if (i > 0)
			seconds += cpu_seconds() - start;
		MemoryContextReset(round);
	}
	PopActiveSnapshot();
	MemoryContextSwitchTo(old);
	PG_RETURN_FLOAT8(seconds * 1e6 / n);
}
