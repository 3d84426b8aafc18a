/*-------------------------------------------------------------------------
 *
 * page.c
 *		What a page of a listing of runs says: whether it changed, in which
 *		order it is, whether it joins what is known.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <time.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "utils/builtins.h"

#include "worker/engine.h"

static uint64
hash_items(const DzJson *items, size_t count, bool has_more)
{
	uint64 hash = hash_combine64(count, has_more ? 1 : 2);
	const DzJson *part = NULL;

	while (count > 0 && (part = DzJsonWalk(items, part)) != NULL)
	{
		size_t len;
		const char *text = DzJsonString(part, &len);

		if (text == NULL)
			text = DzJsonNumber(part, &len);
		hash = hash_combine64(hash, (uint64) DzJsonTypeOf(part));
		if (text != NULL)
			hash = hash_bytes_extended((const unsigned char *) text, (int) len,
									   hash);
	}
	return hash;
}

/* Whether a first page is what it was; remembers it. */
bool
DzPageIsUnchanged(DzSource *source, const DzJson *items, size_t count,
				  bool has_more)
{
	uint64 hash;

	if (source->step >= DZ_STEPS_HASHED || source->token != NULL)
		return false;
	hash = hash_items(items, count, has_more);
	if (source->hashes[source->step] == hash)
		return true;
	source->hashes[source->step] = hash;
	return false;
}

/* Learn of the order from an item's moment of creation. */
static void
watch_order(DzSource *source, const DzJson *item)
{
	const DzJson *created = DzJsonMember(item, "createdAt");
	int64_t us;

	if (created == NULL || !DzJsonTime(created, &us))
		return;
	if (us > source->last_created_us)
		source->order_broken = true;
	if (us < source->last_created_us &&
		source->last_created_us != PG_INT64_MAX)
		source->order_shown = true;
	source->last_created_us = us;
}

/*
 * A run's identifier as text in any encoding: by the model it is ASCII, and
 * what is not cannot be a run that we know.
 */
char *
DzItemRunId(const DzJson *item)
{
	const DzJson *member = DzJsonMember(item, "id");
	size_t len = 0;
	const char *text = member ? DzJsonString(member, &len) : NULL;

	for (size_t i = 0; text != NULL && i < len; i++)
		if (IS_HIGHBIT_SET(text[i]))
			return NULL;
	return text ? pnstrdup(text, len) : NULL;
}

bool
DzItemHasEnded(const DzJson *item)
{
	const DzJson *member = DzJsonMember(item, "status");
	size_t len = 0;
	const char *text = member ? DzJsonString(member, &len) : NULL;

	/* a status that we do not know yet, of a run that has stopped */
	if (text != NULL && !DzRunHasEnded(text, len))
		return DzJsonMember(item, "stoppedAt") != NULL &&
			   DzJsonTypeOf(DzJsonMember(item, "stoppedAt")) != DZ_JSON_NULL;
	return text != NULL;
}

/* Whether the table has the oldest run of a page, its last. */
typedef struct KnownQuery
{
	const DzSource *source;
	char *run;
	bool is_known;
} KnownQuery;

static void
query_known(void *arg)
{
	KnownQuery *query = arg;
	Oid types[] = {TEXTOID, TEXTOID, TEXTOID};
	Datum values[] = {CStringGetTextDatum(query->source->server),
					  CStringGetTextDatum(query->source->domain),
					  CStringGetTextDatum(query->run)};

	if (SPI_execute_with_args(
			psprintf("SELECT FROM %s WHERE server = $1 AND domain_id = $2 "
					 "AND id = $3",
					 DzTableName(DZ_RUN_TABLE)),
			3, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not look for a known run");
	query->is_known = SPI_processed > 0;
}

/*
 * The last one, because one that was started here is known without those
 * before it.
 */
static bool
oldest_is_known(const DzSource *source, const DzJson *items, size_t count)
{
	const DzJson *item = DzJsonFirst(items);
	KnownQuery query = {source, NULL, false};

	for (size_t i = 1; i < count; i++)
		item = DzJsonNext(item);
	query.run = DzItemRunId(item);
	if (query.run != NULL)
		DzSqlRun(DZ_RUN_TABLE, "looking for a known run", query_known, &query);
	return query.is_known;
}

/* Whether the page reaches back to what datazone.run_retention has deleted. */
static bool
any_purged(const DzJson *items, size_t count)
{
	const DzJson *item = DzJsonFirst(items);

	if (DzRunRetention == 0)
		return false;
	for (size_t i = 0; i < count; i++, item = DzJsonNext(item))
	{
		const DzJson *updated = DzJsonMember(item, "updatedAt");
		int64_t us;

		if (updated != NULL && DzJsonTime(updated, &us) &&
			us / DZ_SECOND_US + DzRunRetention < (int64) time(NULL))
			return true;
	}
	return false;
}

/*
 * The latest page has changed.  Whether it leaves a gap: there is more behind
 * it, and either its oldest run was not known before, or the runs are not in
 * an order in which it would tell.
 */
bool
DzPageLeavesGap(DzSource *source, const DzJson *items, size_t count)
{
	if (source->order_broken)
	{
		source->order = DZ_ORDER_OTHER;
		DzSourceReconcileBy(source, DZ_RECONCILE_US);
		return !source->has_list;
	}
	if (!source->has_list && !source->order_shown)
		return true;
	if (count == 0)
		return false;
	return !any_purged(items, count) && !oldest_is_known(source, items, count);
}

/* A listing begins. */
void
DzPageForgetOrder(DzSource *source)
{
	source->last_created_us = PG_INT64_MAX;
	source->order_broken = source->order_shown = false;
}

/* The same runs as in the cycle before, still unfinished where they were. */
void
DzPageSeeAgain(DzSource *source, const DzJson *items, size_t count)
{
	const DzJson *item = DzJsonFirst(items);

	for (size_t i = 0; i < count; i++, item = DzJsonNext(item))
	{
		char *run = DzItemRunId(item);
		DzOpenRun *open = run ? DzSourceFindOpenRun(source, run) : NULL;

		if (open != NULL)
			open->seen = true;
	}
}

/* What a page shows of the order, after the pages before it. */
void
DzPageWatchOrder(DzSource *source, const DzJson *items, size_t count)
{
	const DzJson *item = DzJsonFirst(items);

	if (source->step == DZ_STEP_LATEST)
		DzPageForgetOrder(source);
	for (size_t i = 0; i < count; i++, item = DzJsonNext(item))
		watch_order(source, item);
}
