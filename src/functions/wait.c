/*-------------------------------------------------------------------------
 *
 * wait.c
 *		Wait until a data source run has ended.
 *
 * datazone_wait_for_run() is a function: it holds its statement's snapshot
 * while it waits.  datazone_await_run() is a procedure that commits between
 * polls, so that a wait of an hour holds nothing back.
 *
 * Where this database's worker runs, it asks the service, once for all who
 * wait for the same run, and tells through shared memory (the board): no
 * snapshot can hide that.  Elsewhere a backend polls for itself, and also when
 * the worker cannot see the run: then it is the backend that gets the error.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "functions/functions.h"
#include "shared/shared.h"

/*
 * Pause between polls: from half a second, as the shortest runs take a few,
 * to ten, as most take two or three minutes; growing by half each time.
 */
#define DZ_FIRST_PAUSE_US (500 * 1000L)
#define DZ_LONGEST_PAUSE_US (10 * 1000 * 1000L)

/* a century: longer ones would overflow the clock, and nobody waits so long */
#define DZ_LONGEST_TIMEOUT_US (100.0 * 365 * 86400 * 1e6)

#define DZ_NO_DEADLINE PG_INT64_MAX

typedef struct Wait
{
	char *run;
	char *domain;
	char *server; /* by name */
	Oid serverid;
	int64 deadline_us; /* monotonic clock */
	int64 pause_us;
	MemoryContext round; /* one poll's memory */
} Wait;

static void begin_wait(Wait *wait, FunctionCallInfo fcinfo);
static int64 deadline_of(FunctionCallInfo fcinfo, int n);
static const DzAnswer *poll_run(const Wait *wait);
static bool has_ended(const DzAnswer *answer, const char **status);
static char *await_status(Wait *wait, MemoryContext cxt);
static void check_deadline(const Wait *wait, const char *status);
static char *wait_for_news(Wait *wait, const char *status);
static bool listen_to_worker(const Wait *wait, char *status, size_t size);
static void pause_between_polls(Wait *wait);
static void wake(void *arg);

PG_FUNCTION_INFO_V1(datazone_wait_for_run);
PG_FUNCTION_INFO_V1(datazone_await_run);

/* datazone_wait_for_run(run_identifier, timeout, domain_identifier, server) */
Datum
datazone_wait_for_run(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = DzResultBegin(fcinfo, &DzRunShape);
	MemoryContext old = CurrentMemoryContext;
	Wait wait;

	begin_wait(&wait, fcinfo);
	for (;;)
	{
		const DzAnswer *answer;
		const char *status;

		MemoryContextSwitchTo(wait.round);
		answer = poll_run(&wait);
		if (has_ended(answer, &status))
		{
			const char *given[] = {wait.server, wait.domain};

			DzRowStore(rsinfo, answer, &DzRunShape, given, answer->body);
			break;
		}
		check_deadline(&wait, status);
		(void) wait_for_news(&wait, status);
		MemoryContextReset(wait.round);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(wait.round);
	return (Datum) 0;
}

/*
 * CALL datazone_await_run(run_identifier, timeout, domain_identifier, server,
 *						   INOUT status)
 */
Datum
datazone_await_run(PG_FUNCTION_ARGS)
{
	CallContext *context = (CallContext *) fcinfo->context;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext waiting;
	Wait wait;
	TupleDesc desc;
	char *status;
	Datum value;
	bool is_null = false;

	if (context == NULL || !IsA(context, CallContext) || context->atomic)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TRANSACTION_TERMINATION),
				 errmsg("datazone_await_run() commits, and cannot do so here"),
				 errhint("Call it outside a transaction block, or use "
						 "datazone_wait_for_run().")));
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "datazone_await_run() must return a row");
	desc = BlessTupleDesc(desc);

	/* what is needed across transactions lives with the portal */
	waiting = AllocSetContextCreate(PortalContext, "datazone await",
									ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(waiting);
	begin_wait(&wait, fcinfo);

	if (SPI_connect_ext(SPI_OPT_NONATOMIC) != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect_ext failed");
	status = await_status(&wait, waiting);
	SPI_finish();

	MemoryContextSwitchTo(caller);
	value = CStringGetTextDatum(status);
	MemoryContextDelete(waiting);
	return HeapTupleGetDatum(heap_form_tuple(desc, &value, &is_null));
}

/*
 * Poll until the run has ended, committing in between: no snapshot is held
 * while this waits.  The status is made in "cxt".
 */
static char *
await_status(Wait *wait, MemoryContext cxt)
{
	for (;;)
	{
		const char *status;

		MemoryContextSwitchTo(wait->round);
		if (has_ended(poll_run(wait), &status))
			return MemoryContextStrdup(cxt, status);
		check_deadline(wait, status);

		SPI_commit();
		MemoryContextSwitchTo(wait->round);
		status = wait_for_news(wait, status);
		if (status != NULL)
			return MemoryContextStrdup(cxt, status);
		MemoryContextReset(wait->round);
	}
}

/*
 * Both take the same first four arguments.  Which server and domain they mean
 * is settled here, once: a setting may change while we wait, as SET LOCAL does
 * at a commit.  All is kept in CurrentMemoryContext.
 */
static void
begin_wait(Wait *wait, FunctionCallInfo fcinfo)
{
	DzConnection *conn;

	wait->run = DzArgRequired(fcinfo, 0, "run_identifier");
	wait->deadline_us = deadline_of(fcinfo, 1);
	wait->domain = DzArgText(fcinfo, 2);
	conn = DzConnect(DzArgText(fcinfo, 3));
	wait->server = pstrdup(conn->server_name);
	wait->serverid = conn->serverid;
	if (wait->domain == NULL && conn->domain_identifier != NULL)
		wait->domain = pstrdup(conn->domain_identifier);
	wait->pause_us = DZ_FIRST_PAUSE_US;
	wait->round = AllocSetContextCreate(CurrentMemoryContext, "datazone poll",
										ALLOCSET_DEFAULT_SIZES);
}

/* NULL waits without a limit; a month counts as 30 days. */
static int64
deadline_of(FunctionCallInfo fcinfo, int n)
{
	Interval *timeout;
	double us;

	if (PG_ARGISNULL(n))
		return DZ_NO_DEADLINE;

	timeout = PG_GETARG_INTERVAL_P(n);
	us = (double) timeout->time + (double) timeout->day * USECS_PER_DAY +
		 (double) timeout->month * DAYS_PER_MONTH * USECS_PER_DAY;
	if (us < 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("argument \"timeout\" must not be negative")));
	if (us >= DZ_LONGEST_TIMEOUT_US)
		return DZ_NO_DEADLINE;
	return DzNowMonotonicUs() + (int64) us;
}

/*
 * Ask for the run, in CurrentMemoryContext.  The connection is looked up each
 * time: keys may change while we wait, and a privilege may be revoked.
 */
static const DzAnswer *
poll_run(const Wait *wait)
{
	DzConnection *conn = DzConnect(wait->server);
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", wait->domain);
	DzParamsText(params, "identifier", wait->run);
	return DzCallWait(DzCallStart(conn->client,
								  DzTypedOperation("GetDataSourceRun"), params,
								  NULL, NULL));
}

static bool
has_ended(const DzAnswer *answer, const char **status)
{
	const DzJson *member = DzJsonMember(answer->body, "status");
	size_t len;

	*status = member != NULL ? DzJsonString(member, &len) : NULL;
	if (*status == NULL)
		DzUnexpectedAnswer(answer, "Member \"status\" is missing or not a "
								   "string.");

	return DzRunHasEnded(*status, len);
}

/*
 * Raise 55P03 when the time is over.  The status is told if it is a name: it
 * is the service's word, and might be anything.
 */
static void
check_deadline(const Wait *wait, const char *status)
{
	size_t len = strlen(status);
	bool is_plain =
		len <= NAMEDATALEN &&
		strspn(status, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == len;

	if (DzNowMonotonicUs() < wait->deadline_us)
		return;
	ereport(
		ERROR,
		(errcode(ERRCODE_LOCK_NOT_AVAILABLE),
		 errmsg("data source run \"%s\" has not ended in time", wait->run),
		 is_plain ? errdetail("Its status is %s.", status) : 0,
		 errhint("The run goes on; wait again, or with a longer timeout.")));
}

/*
 * Wait until there is reason to ask for the run again: the worker says that
 * it has ended, or a pause is over.  In the former case its status is
 * returned, in CurrentMemoryContext, else NULL.  "status" is the last known.
 */
static char *
wait_for_news(Wait *wait, const char *status)
{
	DzBoardRun run = {wait->serverid, GetUserId(), {0}, {0}};
	char news[DZ_BOARD_ID_SIZE];
	bool heard = false;

	if (wait->domain != NULL &&
		strlcpy(run.domain, wait->domain, sizeof(run.domain)) <
			sizeof(run.domain) &&
		strlcpy(run.run, wait->run, sizeof(run.run)) < sizeof(run.run) &&
		DzBoardPost(&run))
	{
		strlcpy(news, status, sizeof(news));
		heard = listen_to_worker(wait, news, sizeof(news));
		DzBoardClear();
	}
	if (heard)
		return pstrdup(news);
	pause_between_polls(wait);
	return NULL;
}

/*
 * True: the worker has seen that the run has ended.  False: it does not see
 * it, or has gone.
 */
static bool
listen_to_worker(const Wait *wait, char *status, size_t size)
{
	for (;;)
	{
		switch (DzBoardRead(status, size))
		{
			case DZ_BOARD_LOST:
				return false;
			case DZ_BOARD_STATUS:
				if (DzRunHasEnded(status, strlen(status)))
					return true;
				break;
			case DZ_BOARD_NOTHING:
				break;
		}
		check_deadline(wait, status);
		DzLoopTurn(wait->deadline_us == DZ_NO_DEADLINE
					   ? -1
					   : Max(wait->deadline_us - DzNowMonotonicUs(), 0));
	}
}

/* Wait a little longer each time, but not past the deadline. */
static void
pause_between_polls(Wait *wait)
{
	int64 left_us = wait->deadline_us - DzNowMonotonicUs();
	bool done = false;
	DzTimer timer = {0};

	/* the timer is on our stack: an interrupt must not leave it armed */
	PG_TRY();
	{
		DzTimerSet(&timer, Min(wait->pause_us, left_us), wake, &done);
		while (!done)
			DzLoopTurn(-1);
	}
	PG_FINALLY();
	{
		DzTimerCancel(&timer);
	}
	PG_END_TRY();

	wait->pause_us =
		Min(wait->pause_us + wait->pause_us / 2, DZ_LONGEST_PAUSE_US);
}

static void
wake(void *arg)
{
	*(bool *) arg = true;
}
