/*-------------------------------------------------------------------------
 *
 * cycle.c
 *		What is asked for a watched data source, again and again.
 *
 * A cycle asks for what can have changed, which is little however many runs
 * there have been:
 *
 *		1. the listing by status REQUESTED, then that by RUNNING
 *		2. the first page of all runs, where newest comes first: runs that
 *		   came and went between two cycles are on it.  If none of its runs
 *		   is known we have missed some, and the whole listing is read
 *		3. each run that was unfinished when last seen and that no listing
 *		   showed: it has ended meanwhile
 *
 * The API documents no order.  So what was seen decides: a whole listing in
 * which no run is older than the one after it makes "newest first", anything
 * else makes step 2 useless and it is left out.  Either way the whole listing
 * is read when a source is new, and again and again: hourly where the order
 * is anything else, daily where it is newest first and has shown what there
 * is.  After a restart of the worker, first pages that agree with "newest
 * first" are believed until the next whole listing.
 *
 * A first page that is what it was in the cycle before is not looked at
 * twice: its hash is kept.  A row that could not be written voids the hashes,
 * so that the next cycle brings it again; nothing waits in memory for that.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <time.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "common/pg_prng.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "worker/engine.h"

#define HOUR_US (3600 * DZ_SECOND_US)
#define RECONCILE_US HOUR_US
#define RECONCILE_ORDERED_US (24 * HOUR_US)

/*
 * Rows that could not be written and whose runs are asked for one by one in
 * the next cycle; those beyond have to wait until a listing shows them.
 */
#define MAX_UNWRITTEN 50

/* after a failure a source waits for its next cycle, but this at most */
#define LONGEST_PAUSE_US (60 * DZ_SECOND_US)

/* whose cycle has ended, with rows that may not be written yet */
static dlist_head ended_sources = DLIST_STATIC_INIT(ended_sources);

static void cycle_due(DzJob *job);
static DzCall *cycle_start(DzJob *job, const DzConnection *conn);
static void cycle_answered(DzJob *job, DzCall *call);
static void cycle_failed(DzJob *job, const ErrorData *error);
static void cycle_stored(DzJob *job, const char *run, const ErrorData *error);
static void take_page(DzSource *source, const DzAnswer *answer);
static void take_run(DzSource *source, const DzAnswer *answer);
static void next_step(DzSource *source);
static void end_cycle(DzSource *source);

static const DzJobKind dz_cycle = {
	.due = cycle_due,
	.start = cycle_start,
	.answered = cycle_answered,
	.failed = cycle_failed,
	.stored = cycle_stored,
};

/* A moment between 90 and 110 % of "us", so that sources spread. */
static int64
about(int64 us)
{
	return (int64) (us * (0.9 + 0.2 * pg_prng_double(&pg_global_prng_state)));
}

/* ----------
 * Unfinished runs
 * ----------
 */

static DzOpenRun **
find_open_run(DzSource *source, const char *run)
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
	DzOpenRun **link = find_open_run(source, run);

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

static void
drop_open_run(DzSource *source, const char *run)
{
	DzOpenRun **link = find_open_run(source, run);
	DzOpenRun *gone = *link;

	if (gone == NULL)
		return;
	if (source->asking == gone)
		source->asking = NULL;
	*link = gone->next;
	pfree(gone);
}

/* ----------
 * The job
 * ----------
 */

static void
forget_tokens(DzSource *source)
{
	if (source->tokens.last != NULL)
		pfree(source->tokens.last);
	if (source->tokens.kept != NULL)
		pfree(source->tokens.kept);
	DzTokenCycleInit(&source->tokens, TopMemoryContext);
}

/* A source that was just allocated and has its watch filled in. */
void
DzSourceInit(DzSource *source)
{
	bool is_new = source->last_sync_at == 0;

	DzJobInit(&source->job, &dz_cycle, source->job.serverid, source->job.role);
	source->reconcile_at_us = DzNowMonotonicUs() + about(RECONCILE_US);

	/* those of a restarted worker spread over their period */
	DzJobSleep(&source->job,
			   is_new ? 0
					  : (int64) (Min(source->every_us, LONGEST_PAUSE_US) *
								 pg_prng_double(&pg_global_prng_state)));
}

void
DzSourceFree(DzSource *source)
{
	DzJobEnd(&source->job);
	while (source->open_runs != NULL)
		drop_open_run(source, source->open_runs->id);
	if (source->token != NULL)
		pfree(source->token);
	forget_tokens(source);
	if (source->last_error != NULL)
		pfree(source->last_error);
	if (source->is_ended)
		dlist_delete(&source->ended_node);
	pfree(source->server);
	pfree(source->domain);
	pfree(source->id);
}

/* "error" NULL: all is well. */
void
DzSourceSetError(DzSource *source, const char *error)
{
	bool same = error == NULL ? source->last_error == NULL
							  : source->last_error != NULL &&
									strcmp(source->last_error, error) == 0;

	if (same)
		return;
	if (source->last_error != NULL)
		pfree(source->last_error);
	source->last_error =
		error ? MemoryContextStrdup(TopMemoryContext, error) : NULL;
	DzSourceChanged(source, true);
}

static void
set_token(DzSource *source, char *token)
{
	if (source->token != NULL)
		pfree(source->token);
	source->token =
		token ? MemoryContextStrdup(TopMemoryContext, token) : NULL;
}

static void
begin_step(DzSource *source, DzCycleStep step)
{
	source->step = step;
	set_token(source, NULL);
	forget_tokens(source);
	DzJobAsk(&source->job, step == DZ_STEP_OPEN ? DZ_ASK_RUN : DZ_ASK_LIST);
}

static bool
needs_whole_listing(const DzSource *source)
{
	return source->last_sync_at == 0 ||
		   source->reconcile_at_us <= DzNowMonotonicUs();
}

static void
forget_order(DzSource *source)
{
	source->last_created_us = PG_INT64_MAX;
	source->order_broken = source->order_shown = false;
}

static void
begin_whole_listing(DzSource *source)
{
	forget_order(source);
	begin_step(source, DZ_STEP_ALL);
}

/* A new cycle begins. */
static void
cycle_due(DzJob *job)
{
	DzSource *source = (DzSource *) job;

	source->began_us = DzNowMonotonicUs();
	source->asking = NULL;
	source->in_trouble = false;
	for (DzOpenRun *run = source->open_runs; run != NULL; run = run->next)
		run->seen = false;

	if (needs_whole_listing(source))
		begin_whole_listing(source);
	else
		begin_step(source, DZ_STEP_REQUESTED);
}

static DzCall *
cycle_start(DzJob *job, const DzConnection *conn)
{
	DzSource *source = (DzSource *) job;
	const DzOperation *op;
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", source->domain);
	if (source->step == DZ_STEP_OPEN)
	{
		DzParamsText(params, "identifier", source->asking->id);
		op = DzOperationFind("GetDataSourceRun");
		return DzCallStartTaken(conn->client, op, params, NULL, NULL);
	}

	DzParamsText(params, "dataSourceIdentifier", source->id);
	DzParamsText(params, "nextToken", source->token);
	if (source->step == DZ_STEP_REQUESTED)
		DzParamsText(params, "status", "REQUESTED");
	if (source->step == DZ_STEP_RUNNING)
		DzParamsText(params, "status", "RUNNING");
	op = DzOperationFind("ListDataSourceRuns");
	DzParamsInteger(params, "maxResults", op->pager->limit_max);
	return DzCallStartTaken(conn->client, op, params, NULL, NULL);
}

static void
cycle_answered(DzJob *job, DzCall *call)
{
	DzSource *source = (DzSource *) job;

	if (source->step == DZ_STEP_OPEN)
	{
		/* a run that is no longer known keeps its row and is let be */
		if (DzCallReply(call)->http_status == 404)
			drop_open_run(source, source->asking->id);
		else
			take_run(source, DzCallAnswer(call));
		next_step(source);
	}
	else
		take_page(source, DzCallAnswer(call));
}

/* The run that failed does not keep the others from their turn. */
static void
put_last(DzSource *source, DzOpenRun *run)
{
	DzOpenRun **link = find_open_run(source, run->id);

	*link = run->next;
	run->next = NULL;
	while (*link != NULL)
		link = &(*link)->next;
	*link = run;
}

/* The cycle is given up; the next one begins anew. */
static void
cycle_failed(DzJob *job, const ErrorData *error)
{
	DzSource *source = (DzSource *) job;

	DzSourceSetError(source, DzErrorText(error));
	memset(source->hashes, 0, sizeof(source->hashes));
	if (source->step == DZ_STEP_OPEN && source->asking != NULL)
		put_last(source, source->asking);
	DzJobSleep(job, about(Min(source->every_us, LONGEST_PAUSE_US)));
}

static int
count_open_runs(const DzSource *source)
{
	int n = 0;

	for (DzOpenRun *run = source->open_runs; run != NULL; run = run->next)
		n++;
	return n;
}

/*
 * What came of a row.  One that was not written is asked for again in the
 * next cycle: because the pages' hashes no longer hold, and by its own
 * request, as it may be on no page that a cycle reads.
 */
static void
cycle_stored(DzJob *job, const char *run, const ErrorData *error)
{
	DzSource *source = (DzSource *) job;

	if (error == NULL)
		return;

	source->in_trouble = true;
	DzSourceSetError(source, psprintf("could not write run \"%s\": %s", run,
									  DzErrorText(error)));
	memset(source->hashes, 0, sizeof(source->hashes));
	if (count_open_runs(source) < MAX_UNWRITTEN)
		DzSourceAddOpenRun(source, run);
}

/* ----------
 * What came
 * ----------
 */

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
static bool
is_unchanged(DzSource *source, const DzJson *items, size_t count,
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
static char *
id_text(const DzJson *item)
{
	const DzJson *member = DzJsonMember(item, "id");
	size_t len = 0;
	const char *text = member ? DzJsonString(member, &len) : NULL;

	for (size_t i = 0; text != NULL && i < len; i++)
		if (IS_HIGHBIT_SET(text[i]))
			return NULL;
	return text ? pnstrdup(text, len) : NULL;
}

static bool
item_has_ended(const DzJson *item)
{
	const DzJson *member = DzJsonMember(item, "status");
	size_t len = 0;
	const char *text = member ? DzJsonString(member, &len) : NULL;

	return text != NULL && DzRunHasEnded(text, len);
}

/* Keep the row and remember whether the run has ended. */
static void
take_item(DzSource *source, const DzAnswer *answer, const DzRowShape *shape,
		  const DzJson *item)
{
	char *run = id_text(item);

	DzStoreAdd(&source->job, answer, shape, source->server, source->domain,
			   item);
	if (run == NULL)
		return;
	if (item_has_ended(item))
		drop_open_run(source, run);
	else
		DzSourceAddOpenRun(source, run);
}

/* Which of a page's runs the table has already. */
typedef struct KnownQuery
{
	const DzSource *source;
	const DzJson *items;
	size_t count;
	bool any_known;
} KnownQuery;

static void
query_known(void *arg)
{
	KnownQuery *query = arg;
	const DzJson *item = DzJsonFirst(query->items);
	Datum *ids = palloc(sizeof(Datum) * query->count);
	Oid types[] = {TEXTOID, TEXTOID, TEXTARRAYOID};
	Datum values[3];
	int n = 0;

	for (size_t i = 0; i < query->count; i++, item = DzJsonNext(item))
	{
		char *run = id_text(item);

		if (run != NULL)
			ids[n++] = CStringGetTextDatum(run);
	}
	values[0] = CStringGetTextDatum(query->source->server);
	values[1] = CStringGetTextDatum(query->source->domain);
	values[2] = PointerGetDatum(
		construct_array(ids, n, TEXTOID, -1, false, TYPALIGN_INT));
	if (SPI_execute_with_args(
			psprintf("SELECT 1 FROM %s WHERE server = $1 AND domain_id = $2 "
					 "AND id = ANY ($3) LIMIT 1",
					 DzTableName(DZ_RUN_TABLE)),
			3, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not look for known runs");
	query->any_known = SPI_processed > 0;
}

static bool
any_known(const DzSource *source, const DzJson *items, size_t count)
{
	KnownQuery query = {source, items, count, false};

	DzSqlRun(DZ_RUN_TABLE, "looking for known runs", query_known, &query);
	return query.any_known;
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
 * it, and either nothing on it was known before, or the runs are not in an
 * order in which it would tell.
 */
static bool
leaves_gap(DzSource *source, const DzJson *items, size_t count)
{
	if (source->order_broken)
	{
		source->order = DZ_ORDER_OTHER;
		source->reconcile_at_us = Min(
			source->reconcile_at_us, DzNowMonotonicUs() + about(RECONCILE_US));
		return !source->has_list;
	}
	if (!source->order_shown && !source->has_list)
		return true;
	return !any_purged(items, count) && !any_known(source, items, count);
}

/*
 * Read the whole listing next.  The table must say first that the source is
 * not in step: what a crash leaves half written would look like the whole.
 */
static void
start_over(DzSource *source)
{
	source->last_sync_at = 0;
	DzSourceChanged(source, true);
	DzWatchesSave();
	begin_whole_listing(source);
}

/* The same runs as in the cycle before, still unfinished where they were. */
static void
see_again(DzSource *source, const DzJson *items, size_t count)
{
	const DzJson *item = DzJsonFirst(items);

	for (size_t i = 0; i < count; i++, item = DzJsonNext(item))
	{
		char *run = id_text(item);
		DzOpenRun *open = run ? *find_open_run(source, run) : NULL;

		if (open != NULL)
			open->seen = true;
	}
}

static void
watch_page_order(DzSource *source, const DzJson *items, size_t count)
{
	const DzJson *item = DzJsonFirst(items);

	if (source->step == DZ_STEP_LATEST)
		forget_order(source);
	for (size_t i = 0; i < count; i++, item = DzJsonNext(item))
		watch_order(source, item);
}

static void
take_page(DzSource *source, const DzAnswer *answer)
{
	size_t count;
	const DzJson *items = DzPageItems(answer, &count);
	const DzJson *item = DzJsonFirst(items);
	char *token = DzPageToken(answer);

	if (is_unchanged(source, items, count, token != NULL))
		see_again(source, items, count);
	else
	{
		watch_page_order(source, items, count);
		if (source->step == DZ_STEP_LATEST && token != NULL &&
			leaves_gap(source, items, count))
		{
			start_over(source);
			return;
		}
		for (size_t i = 0; i < count; i++, item = DzJsonNext(item))
			take_item(source, answer, &DzRunItemShape, item);
	}

	if (token != NULL && source->step != DZ_STEP_LATEST)
	{
		DzTokenCycleCheck(&source->tokens, answer, token);
		set_token(source, token);
		DzJobAsk(&source->job, DZ_ASK_LIST);
	}
	else
		next_step(source);
}

static void
take_run(DzSource *source, const DzAnswer *answer)
{
	take_item(source, answer, &DzRunShape, answer->body);
}

/* ----------
 * From step to step
 * ----------
 */

/* The next unfinished run that no listing showed, if there is one. */
static void
ask_for_open_run(DzSource *source)
{
	DzOpenRun *run = source->open_runs;

	while (run != NULL && run->seen)
		run = run->next;
	if (run == NULL)
	{
		end_cycle(source);
		return;
	}
	run->seen = true; /* once a cycle */
	source->asking = run;
	begin_step(source, DZ_STEP_OPEN);
}

/* A whole listing has ended: what it says of the order. */
static void
learn_order(DzSource *source)
{
	if (source->order_broken)
		source->order = DZ_ORDER_OTHER;
	else if (source->order_shown)
		source->order = DZ_ORDER_NEWEST_FIRST;
	source->has_list = true;
	source->reconcile_at_us =
		DzNowMonotonicUs() + about(source->order == DZ_ORDER_NEWEST_FIRST
									   ? RECONCILE_ORDERED_US
									   : RECONCILE_US);
}

static void
next_step(DzSource *source)
{
	switch (source->step)
	{
		case DZ_STEP_REQUESTED:
			begin_step(source, DZ_STEP_RUNNING);
			break;
		case DZ_STEP_RUNNING:
			if (source->order == DZ_ORDER_OTHER)
				ask_for_open_run(source);
			else
				begin_step(source, DZ_STEP_LATEST);
			break;
		case DZ_STEP_LATEST:
			ask_for_open_run(source);
			break;
		case DZ_STEP_ALL:
			learn_order(source);
			ask_for_open_run(source);
			break;
		case DZ_STEP_OPEN:
			ask_for_open_run(source);
			break;
	}
}

static void
end_cycle(DzSource *source)
{
	int64 used_us = DzNowMonotonicUs() - source->began_us;

	if (!source->is_ended)
		dlist_push_tail(&ended_sources, &source->ended_node);
	source->is_ended = true;
	DzJobSleep(&source->job, Max(source->every_us - used_us, 0));
}

/*
 * To be called when the rows of the cycles that have ended are written, or
 * could not be: now it is known what the watch's row is to say.
 */
void
DzCyclesSettle(void)
{
	while (!dlist_is_empty(&ended_sources))
	{
		DzSource *source = dlist_container(
			DzSource, ended_node, dlist_pop_head_node(&ended_sources));

		source->is_ended = false;
		if (!source->in_trouble)
			DzSourceSetError(source, NULL);
		DzSourceChanged(source, source->last_sync_at == 0);
		source->last_sync_at = GetCurrentTimestamp();
	}
}
