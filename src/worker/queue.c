/*-------------------------------------------------------------------------
 *
 * queue.c
 *		Which job's request goes out next.
 *
 *			  DzJobSleep()        due            DzJobAsk()
 *		job ──────────────► heap ─────► due() ─────────────► its server's queue
 *		 ▲                                                     │ a slot, a token
 *		 └────────────── answered() ◄──── answered ◄─── sent ◄─┘
 *
 * Fair between servers: each that has requests waiting gets an equal share of
 * datazone.max_in_flight, and one request at least whatever others hold, so
 * that an endpoint that hangs does not hold up another.  One that failed to answer three times in a row
 * gets a single request at a time until it answers again.  Within a server
 * the jobs take turns.
 *
 * Calls end inside DzLoopTurn(), below the loop's own frames.  Their callback
 * only moves the job to a list; what there is to do is done from here.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "compat.h"
#include "worker/engine.h"

/* failures in a row after which a server is asked once at a time */
#define SUSPECT 3

/* The jobs that ask for one operation; two lists that take turns. */
typedef struct OperationQueue
{
	dlist_node node;
	const DzOperation *op;
	dlist_head ready[2]; /* by DzJob.is_fresh */
	bool fresh_turn;
	int64 not_before_us; /* no token until then */
} OperationQueue;

/* One server's jobs. */
struct DzServerQueue
{
	Oid serverid; /* must be first: the key */
	dlist_node node; /* in the list of servers with jobs */
	int njobs; /* ready, sent or answered */
	int in_flight;
	int silences; /* calls in a row that got no answer */
	dlist_head operations; /* OperationQueue: made when first asked for */
};

static HTAB *servers;
static dlist_head busy_servers = DLIST_STATIC_INIT(busy_servers);
static int nbusy = 0;
static pairingheap *sleepers;
static dlist_head sent = DLIST_STATIC_INIT(sent);
static dlist_head answered = DLIST_STATIC_INIT(answered);
static int in_flight = 0;

static int compare_sleepers(const pairingheap_node *a,
							const pairingheap_node *b, void *arg);
static void wake_sleepers(void);
static void take_answers(void);
static bool start_requests(void);
static bool start_one(DzServerQueue *queue);

void
DzQueueInit(void)
{
	HASHCTL ctl;
	MemoryContext caller;

	ctl.keysize = sizeof(Oid);
	ctl.entrysize = sizeof(DzServerQueue);
	ctl.hcxt = TopMemoryContext;
	servers = hash_create("datazone server queues", 16, &ctl,
						  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);

	caller = MemoryContextSwitchTo(TopMemoryContext);
	sleepers = pairingheap_allocate(compare_sleepers, NULL);
	MemoryContextSwitchTo(caller);
}

/* The heap's root is its greatest element: the job due first. */
static int
compare_sleepers(const pairingheap_node *a, const pairingheap_node *b,
				 void *arg)
{
	int64 due_a = pairingheap_const_container(DzJob, heap_node, a)->due_us;
	int64 due_b = pairingheap_const_container(DzJob, heap_node, b)->due_us;

	return due_a < due_b ? 1 : due_a > due_b ? -1 : 0;
}

/* ----------
 * Where a job is
 * ----------
 */

void
DzJobInit(DzJob *job, const DzJobKind *kind, Oid serverid, Oid role)
{
	job->kind = kind;
	job->serverid = serverid;
	job->role = role;
	job->place = DZ_JOB_NOWHERE;
	job->request_cxt = NULL;
	job->call = NULL;
	job->queue = NULL;
	job->has_token = false;
}

static DzServerQueue *
enter_queue(Oid serverid)
{
	bool found;
	DzServerQueue *queue = hash_search(servers, &serverid, HASH_ENTER, &found);

	if (!found)
	{
		queue->njobs = queue->in_flight = queue->silences = 0;
		dlist_init(&queue->operations);
	}
	if (queue->njobs++ == 0)
	{
		dlist_push_tail(&busy_servers, &queue->node);
		nbusy++;
	}
	return queue;
}

static void
leave_queue(DzServerQueue *queue)
{
	if (--queue->njobs > 0)
		return;
	dlist_delete(&queue->node);
	nbusy--;
}

/* Take a job from where it is, its request with it. */
static void
take_out(DzJob *job)
{
	switch (job->place)
	{
		case DZ_JOB_NOWHERE:
			break;
		case DZ_JOB_ASLEEP:
			pairingheap_remove(sleepers, &job->heap_node);
			break;
		case DZ_JOB_SENT:
			in_flight--;
			job->queue->in_flight--;
			pg_fallthrough;
		case DZ_JOB_READY:
		case DZ_JOB_ANSWERED:
			dlist_delete(&job->node);
			leave_queue(job->queue);
			job->queue = NULL;
			break;
	}
	job->place = DZ_JOB_NOWHERE;
	job->call = NULL;
	if (job->request_cxt != NULL)
		MemoryContextDelete(job->request_cxt);
	job->request_cxt = NULL;
}

static OperationQueue *
find_operation(DzServerQueue *queue, const DzOperation *op)
{
	OperationQueue *operation;
	dlist_iter iter;

	dlist_foreach (iter, &queue->operations)
	{
		operation = dlist_container(OperationQueue, node, iter.cur);
		if (operation->op == op)
			return operation;
	}

	operation =
		MemoryContextAllocZero(TopMemoryContext, sizeof(OperationQueue));
	operation->op = op;
	dlist_init(&operation->ready[false]);
	dlist_init(&operation->ready[true]);
	dlist_push_tail(&queue->operations, &operation->node);
	return operation;
}

static dlist_head *
make_ready(DzJob *job, const DzOperation *op)
{
	DzServerQueue *queue = enter_queue(job->serverid);

	take_out(job);
	job->op = op;
	job->queue = queue;
	job->place = DZ_JOB_READY;
	return &find_operation(queue, op)->ready[job->is_fresh];
}

/* The job's next request, of "op", is to go out as soon as may be. */
void
DzJobAsk(DzJob *job, const DzOperation *op)
{
	dlist_push_tail(make_ready(job, op), &job->node);
}

/* The same, before others that ask for this. */
void
DzJobAskNext(DzJob *job, const DzOperation *op)
{
	dlist_push_head(make_ready(job, op), &job->node);
}

/* The job is to come back after "delay_us". */
void
DzJobSleep(DzJob *job, int64 delay_us)
{
	take_out(job);
	job->due_us = DzNowMonotonicUs() + Max(delay_us, 0);
	job->place = DZ_JOB_ASLEEP;
	pairingheap_add(sleepers, &job->heap_node);
}

/* The job is over: a request under way is given up. */
void
DzJobEnd(DzJob *job)
{
	take_out(job);
}

int
DzQueueInFlight(void)
{
	return in_flight;
}

/* How many calls of a server in a row got no answer, or none that is well. */
int
DzQueueSilences(Oid serverid)
{
	DzServerQueue *queue = hash_search(servers, &serverid, HASH_FIND, NULL);

	return queue ? queue->silences : 0;
}

/* ----------
 * A round
 * ----------
 */

/* Do all that can be done now, without waiting. */
void
DzQueueRun(void)
{
	take_answers();
	wake_sleepers();
	while (start_requests())
		;
}

static bool
is_waiting(OperationQueue *operation)
{
	return !dlist_is_empty(&operation->ready[false]) ||
		   !dlist_is_empty(&operation->ready[true]);
}

/* When there will be a token for what waits for one. */
static int64
token_due(DzServerQueue *queue)
{
	int64 due = PG_INT64_MAX;
	dlist_iter iter;

	dlist_foreach (iter, &queue->operations)
	{
		OperationQueue *operation =
			dlist_container(OperationQueue, node, iter.cur);

		if (is_waiting(operation) && operation->not_before_us > 0)
			due = Min(due, operation->not_before_us);
	}
	return due;
}

/* How many requests a server may have under way. */
static int
share_of(const DzServerQueue *queue)
{
	if (queue->silences >= SUSPECT)
		return 1;
	return Max(DzMaxInFlight / Max(nbusy, 1), 1);
}

/*
 * Whether a server may have another request under way.  One that has none may
 * always: another that hangs may hold all the slots, since it was alone when
 * it took them.
 */
static bool
has_slot(const DzServerQueue *queue)
{
	if (queue->in_flight == 0)
		return true;
	return in_flight < DzMaxInFlight && queue->in_flight < share_of(queue);
}

/*
 * Whether every server that has requests waiting lacks a token for them: a job
 * that comes now to one of these goes out no sooner.
 */
bool
DzQueueLacksTokens(void)
{
	int64 now = DzNowMonotonicUs();
	dlist_iter iter;

	dlist_foreach (iter, &busy_servers)
	{
		int64 due = token_due(dlist_container(DzServerQueue, node, iter.cur));

		if (due == PG_INT64_MAX || due <= now)
			return false;
	}
	return nbusy > 0;
}

/* How long nothing will have to be done unless a call ends; -1: for ever. */
int64
DzQueueWaitUs(void)
{
	int64 due = PG_INT64_MAX;
	dlist_iter iter;

	if (!pairingheap_is_empty(sleepers))
		due = pairingheap_container(DzJob, heap_node,
									pairingheap_first(sleepers))
				  ->due_us;

	/* one that only lacks a token; one without a slot waits for a call's end */
	dlist_foreach (iter, &busy_servers)
	{
		DzServerQueue *queue = dlist_container(DzServerQueue, node, iter.cur);

		if (has_slot(queue))
			due = Min(due, token_due(queue));
	}

	if (due == PG_INT64_MAX)
		return -1;
	return Max(due - DzNowMonotonicUs(), 0);
}

/*
 * Call a step of a job; what it throws is the job's failure and nobody
 * else's.  False if it threw: the job may be gone then.
 */
static bool
call_guarded(DzJob *job, void (*step)(DzJob *job))
{
	MemoryContext caller = CurrentMemoryContext;
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		step(job);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		AbortOutOfAnyTransaction();
	}
	PG_END_TRY();

	MemoryContextSwitchTo(caller);
	if (error == NULL)
		return true;

	pgstat_report_activity(STATE_IDLE, NULL);
	job->kind->failed(job, error);
	FreeErrorData(error);
	return false;
}

static void
call_due(DzJob *job)
{
	job->kind->due(job);
}

static void
call_answered(DzJob *job)
{
	job->kind->answered(job, job->call);
}

static void
wake_sleepers(void)
{
	int64 now = DzNowMonotonicUs();

	while (!pairingheap_is_empty(sleepers))
	{
		DzJob *job = pairingheap_container(DzJob, heap_node,
										   pairingheap_first(sleepers));

		if (job->due_us > now)
			break;
		take_out(job);
		(void) call_guarded(job, call_due);
	}
}

/* A server that does not answer, or not well, is not to hold the others' slots. */
static void
note_silence(DzServerQueue *queue, const DzCall *call)
{
	switch (DzCallReply(call)->outcome)
	{
		case DZ_AWS_NOT_CONNECTED:
		case DZ_AWS_LOST:
		case DZ_AWS_NO_CREDENTIALS:
			queue->silences++;
			break;
		default:
			if (DzCallReply(call)->http_status >= 500)
				queue->silences++;
			else
				queue->silences = 0;
			break;
	}
}

static void
take_answers(void)
{
	while (!dlist_is_empty(&answered))
	{
		DzJob *job = dlist_container(DzJob, node, dlist_head_node(&answered));

		note_silence(job->queue, job->call);
		(void) call_guarded(job, call_answered);
		CHECK_FOR_INTERRUPTS();
	}
}

/* In DzLoopTurn(). */
static void
on_call_done(DzCall *call, void *arg)
{
	DzJob *job = arg;

	Assert(job->place == DZ_JOB_SENT);
	dlist_delete(&job->node);
	dlist_push_tail(&answered, &job->node);
	job->place = DZ_JOB_ANSWERED;
	job->queue->in_flight--;
	in_flight--;
}

/* ----------
 * Starting requests
 * ----------
 */

/* Start at most one for each server; false if none could be started. */
static bool
start_requests(void)
{
	bool started = false;
	int n = nbusy;

	/* each once: those that had their turn go to the end */
	while (n-- > 0 && nbusy > 0)
	{
		DzServerQueue *queue = dlist_container(DzServerQueue, node,
											   dlist_head_node(&busy_servers));

		dlist_delete(&queue->node);
		dlist_push_tail(&busy_servers, &queue->node);
		if (has_slot(queue))
			started |= start_one(queue);
	}
	return started;
}

static void
try_start(DzJob *job)
{
	DzJobTryStart(job, on_call_done);
}

/* What is no longer fresh has waited. */
static void
let_age(OperationQueue *operation)
{
	int64 now = DzNowMonotonicUs();

	while (!dlist_is_empty(&operation->ready[true]))
	{
		DzJob *job = dlist_container(DzJob, node,
									 dlist_head_node(&operation->ready[true]));

		if (job->fresh_until_us > now)
			break;
		dlist_delete(&job->node);
		dlist_push_tail(&operation->ready[false], &job->node);
		job->is_fresh = false;
	}
}

/* Those who came last and those who wait longest, in turn. */
static DzJob *
next_job(OperationQueue *operation)
{
	bool fresh = operation->fresh_turn;

	let_age(operation);
	if (dlist_is_empty(&operation->ready[fresh]))
		fresh = !fresh;
	return dlist_container(DzJob, node,
						   dlist_head_node(&operation->ready[fresh]));
}

/* Take a job's turn.  False: no token, the queue waits, and it is not over. */
static bool
start_job(DzServerQueue *queue, OperationQueue *operation)
{
	bool was_fresh_turn = operation->fresh_turn;
	DzJob *job = next_job(operation);

	operation->fresh_turn = !was_fresh_turn;
	job->token_wait_us = 0;
	if (!call_guarded(job, try_start))
		return true;

	if (job->token_wait_us > 0)
	{
		operation->fresh_turn = was_fresh_turn;
		operation->not_before_us = DzNowMonotonicUs() + job->token_wait_us;
		return false;
	}
	operation->not_before_us = 0;
	if (job->place == DZ_JOB_READY && job->call != NULL)
	{
		dlist_delete(&job->node);
		dlist_push_tail(&sent, &job->node);
		job->place = DZ_JOB_SENT;
		queue->in_flight++;
		in_flight++;
	}
	return true;
}

/* The operations take turns, too. */
static bool
start_one(DzServerQueue *queue)
{
	int64 now = DzNowMonotonicUs();
	dlist_iter iter;

	dlist_foreach (iter, &queue->operations)
	{
		OperationQueue *operation =
			dlist_container(OperationQueue, node, iter.cur);

		if (!is_waiting(operation) || operation->not_before_us > now ||
			!start_job(queue, operation))
			continue;
		dlist_delete(&operation->node);
		dlist_push_tail(&queue->operations, &operation->node);
		return true;
	}
	return false;
}
