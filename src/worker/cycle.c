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

#include "common/pg_prng.h"
#include "utils/memutils.h"

#include "worker/engine.h"

#define RECONCILE_ORDERED_US (24 * 3600 * DZ_SECOND_US)

/*
 * Rows that could not be written and whose runs are asked for one by one in
 * the next cycle; those beyond have to wait until a listing shows them.
 */
#define MAX_UNWRITTEN 50

/* between two tries that a change in the catalogs has brought on */
#define TRY_AGAIN_US (10 * DZ_SECOND_US)

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

/* Anything up to "us": sources that begin together do not go on so. */
static int64
some_of(int64 us)
{
	return (int64) (us * pg_prng_double(&pg_global_prng_state));
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

static void
set_error(DzSource *source, const char *error)
{
	char *kept = error ? MemoryContextStrdup(TopMemoryContext, error) : NULL;

	if ((kept != NULL) != (source->last_error != NULL))
		DzSourceFails(kept != NULL);
	if (source->last_error != NULL)
		pfree(source->last_error);
	source->last_error = kept;
}

/* Read the whole listing in about "us", if not before. */
void
DzSourceReconcileBy(DzSource *source, int64 us)
{
	source->reconcile_at_us =
		Min(source->reconcile_at_us, DzNowMonotonicUs() + about(us));
}

/*
 * A source that was just allocated and has its watch filled in, with the error
 * that the watch tells of, which stays until a cycle ends well; NULL: none.
 */
void
DzSourceInit(DzSource *source, const char *error)
{
	bool is_new = source->last_sync_at == 0;

	DzJobInit(&source->job, &dz_cycle, source->job.serverid, source->job.role);
	source->reconcile_at_us = DzNowMonotonicUs() + about(DZ_RECONCILE_US);

	/* those of a restarted worker spread over their period */
	DzJobSleep(&source->job,
			   is_new ? 0 : some_of(Min(source->every_us, LONGEST_PAUSE_US)));
	source->is_spread = !is_new;
	set_error(source, error);
}

/* What kept it from its data may be gone: do not wait for the next cycle. */
void
DzSourceTryAgain(DzSource *source)
{
	if (source->job.place == DZ_JOB_ASLEEP &&
		DzNowMonotonicUs() - source->began_us > TRY_AGAIN_US)
		DzJobSleep(&source->job, 0);
}

void
DzSourceFree(DzSource *source)
{
	DzJobEnd(&source->job);
	DzStoreForget(&source->job);
	while (source->open_runs != NULL)
		DzSourceDropOpenRun(source, source->open_runs->id);
	if (source->token != NULL)
		pfree(source->token);
	forget_tokens(source);
	set_error(source, NULL);
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
	set_error(source, error);
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

static const DzOperation *
operation_of(DzCycleStep step)
{
	return DzOperationFind(step == DZ_STEP_OPEN ? "GetDataSourceRun"
												: "ListDataSourceRuns");
}

static void
begin_step(DzSource *source, DzCycleStep step)
{
	source->step = step;
	set_token(source, NULL);
	forget_tokens(source);
	DzJobAsk(&source->job, operation_of(step));
}

static bool
needs_whole_listing(const DzSource *source)
{
	return (source->last_sync_at == 0 && !source->has_list) ||
		   source->reconcile_at_us <= DzNowMonotonicUs();
}

static void
begin_whole_listing(DzSource *source)
{
	source->misses_rows = false;
	DzPageForgetOrder(source);
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
	const DzOperation *op = operation_of(source->step);
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", source->domain);
	if (source->step == DZ_STEP_OPEN)
	{
		DzParamsText(params, "identifier", source->asking->id);
		return DzCallStartTaken(conn->client, op, params, NULL, NULL);
	}

	DzParamsText(params, "dataSourceIdentifier", source->id);
	DzParamsText(params, "nextToken", source->token);
	if (source->step == DZ_STEP_REQUESTED)
		DzParamsText(params, "status", "REQUESTED");
	if (source->step == DZ_STEP_RUNNING)
		DzParamsText(params, "status", "RUNNING");
	DzParamsInteger(params, "maxResults", op->pager->limit_max);
	return DzCallStartTaken(conn->client, op, params, NULL, NULL);
}

static void
cycle_answered(DzJob *job, DzCall *call)
{
	DzSource *source = (DzSource *) job;

	DzNameRequire(job->serverid, source->server);
	if (source->step == DZ_STEP_OPEN)
	{
		/* a run that is no longer known keeps its row and is let be */
		if (DzCallReply(call)->http_status == 404)
			DzSourceDropOpenRun(source, source->asking->id);
		else
			take_run(source, DzCallAnswer(call));
		next_step(source);
	}
	else
		take_page(source, DzCallAnswer(call));
}

/*
 * A run could not be asked for: others first, the next time.  An identifier
 * that is none, which came with a bad answer, would fail for ever.
 */
static void
leave_open_run(DzSource *source, const ErrorData *error)
{
	if (error->sqlerrcode == ERRCODE_INVALID_PARAMETER_VALUE)
		DzSourceDropOpenRun(source, source->asking->id);
	else
		DzSourceDeferOpenRun(source, source->asking);
	source->asking = NULL;
}

/* The cycle is given up; the next one begins anew. */
static void
cycle_failed(DzJob *job, const ErrorData *error)
{
	DzSource *source = (DzSource *) job;

	DzSourceSetError(source, DzErrorText(error));
	memset(source->hashes, 0, sizeof(source->hashes));
	if (source->step == DZ_STEP_OPEN && source->asking != NULL)
		leave_open_run(source, error);
	DzJobSleep(job, about(Min(source->every_us, LONGEST_PAUSE_US)));
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
	if (DzSourceCountOpenRuns(source) < MAX_UNWRITTEN)
		DzSourceAddOpenRun(source, run);
	else
	{
		/* more than are kept: only the whole listing brings them again */
		source->misses_rows = true;
		DzSourceReconcileBy(source, LONGEST_PAUSE_US);
	}
}

/* ----------
 * What came
 * ----------
 */

/* Keep the row and remember whether the run has ended. */
static void
take_item(DzSource *source, const DzAnswer *answer, const DzRowShape *shape,
		  const DzJson *item)
{
	char *run = DzItemRunId(item);

	DzStoreTryAdd(&source->job, answer, shape, source->server, source->domain,
				  item);
	if (run == NULL)
		return;
	if (DzItemHasEnded(item))
		DzSourceDropOpenRun(source, run);
	else
		DzSourceAddOpenRun(source, run);
}

/*
 * Read the whole listing next.  The table must say first that the source is
 * not in step: what a crash leaves half written would look like the whole.
 */
static void
start_over(DzSource *source)
{
	TimestampTz last_sync_at = source->last_sync_at;

	source->last_sync_at = 0;
	if (!DzSourceSave(source))
	{
		/* the next cycle finds out again */
		source->last_sync_at = last_sync_at;
		ereport(ERROR,
				(errcode(ERRCODE_LOCK_NOT_AVAILABLE),
				 errmsg("the watch of data source \"%s\" cannot be written",
						source->id),
				 errdetail("Another session has locked it, or the log tells "
						   "of an error.")));
	}
	source->has_list = false;
	begin_whole_listing(source);
}

static void
take_page(DzSource *source, const DzAnswer *answer)
{
	size_t count;
	const DzJson *items = DzPageItems(answer, &count);
	const DzJson *item = DzJsonFirst(items);
	char *token = DzPageToken(answer);

	if (DzPageIsUnchanged(source, items, count, token != NULL))
		DzPageSeeAgain(source, items, count);
	else
	{
		DzPageWatchOrder(source, items, count);
		if (source->step == DZ_STEP_LATEST && token != NULL &&
			DzPageLeavesGap(source, items, count))
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
		DzJobAsk(&source->job, operation_of(source->step));
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
									   : DZ_RECONCILE_US);
	if (source->misses_rows)
		DzSourceReconcileBy(source, LONGEST_PAUSE_US);
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
	DzJobSleep(&source->job, source->is_spread
								 ? Max(source->every_us - used_us, 0)
								 : some_of(source->every_us));
	source->is_spread = true;
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
		if (source->in_trouble || source->misses_rows)
			continue;
		DzSourceSetError(source, NULL);
		DzSourceChanged(source, source->last_sync_at == 0);
		source->last_sync_at = GetCurrentTimestamp();
	}
}
