/*-------------------------------------------------------------------------
 *
 * wait.c
 *		Wait until a data source run has ended.
 *
 * datazone_wait_for_run() is a function: it holds its statement's snapshot
 * while it waits.  datazone_await_run() is a procedure that commits between
 * polls, so that a wait of an hour holds nothing back.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "functions/functions.h"

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
	char *server;
	int64 deadline_us; /* monotonic clock */
	int64 pause_us;
} Wait;

static void begin_wait(Wait *wait, FunctionCallInfo fcinfo);
static int64 deadline_of(FunctionCallInfo fcinfo, int n);
static DzCall *poll_run(const Wait *wait, DzConnection **conn);
static bool has_ended(const DzJson *run, const char **status);
static char *await_status(Wait *wait, MemoryContext cxt);
static void pause_between_polls(Wait *wait, const char *status);
static void wake(void *arg);

PG_FUNCTION_INFO_V1(datazone_wait_for_run);
PG_FUNCTION_INFO_V1(datazone_await_run);

/* datazone_wait_for_run(run_identifier, timeout, domain_identifier, server) */
Datum
datazone_wait_for_run(PG_FUNCTION_ARGS)
{
	Wait wait;

	begin_wait(&wait, fcinfo);
	InitMaterializedSRF(fcinfo, 0);

	for (;;)
	{
		DzConnection *conn;
		DzCall *call = poll_run(&wait, &conn);
		const DzJson *run = DzCallWait(call);
		const char *status;

		if (has_ended(run, &status))
		{
			const char *given[] = {
				conn->server_name,
				wait.domain ? wait.domain : conn->domain_identifier, NULL};

			DzRowStore((ReturnSetInfo *) fcinfo->resultinfo,
					   "GetDataSourceRun", &DzRunShape, given, run);
			DzCallRelease(call);
			return (Datum) 0;
		}
		pause_between_polls(&wait, status);
		DzCallRelease(call);
	}
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
		DzConnection *conn;
		DzCall *call;
		const char *status;
		bool ended;
		char *result;

		MemoryContextSwitchTo(cxt);
		call = poll_run(wait, &conn);
		ended = has_ended(DzCallWait(call), &status);
		result = pstrdup(status);
		DzCallRelease(call);
		if (ended)
			return result;

		SPI_commit();
		MemoryContextSwitchTo(cxt);
		pause_between_polls(wait, result);
		pfree(result);
	}
}

/* Both take the same first four arguments. */
static void
begin_wait(Wait *wait, FunctionCallInfo fcinfo)
{
	wait->run = DzArgRequired(fcinfo, 0, "run_identifier");
	wait->deadline_us = deadline_of(fcinfo, 1);
	wait->domain = DzArgText(fcinfo, 2);
	wait->server = DzArgText(fcinfo, 3);
	wait->pause_us = DZ_FIRST_PAUSE_US;
}

/* NULL waits without a limit; a month counts as 30 days. */
static int64
deadline_of(FunctionCallInfo fcinfo, int n)
{
	Interval *timeout;
	double us;

	if (PG_ARGISNULL(n))
		return PG_INT64_MAX;

	timeout = PG_GETARG_INTERVAL_P(n);
	us = (double) timeout->time + (double) timeout->day * USECS_PER_DAY +
		 (double) timeout->month * DAYS_PER_MONTH * USECS_PER_DAY;
	if (us < 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("argument \"timeout\" must not be negative")));
	if (us >= DZ_LONGEST_TIMEOUT_US)
		return PG_INT64_MAX;
	return DzNowMonotonicUs() + (int64) us;
}

/*
 * Ask for the run.  The connection is looked up each time: keys may change
 * while we wait, and a privilege may be revoked.
 */
static DzCall *
poll_run(const Wait *wait, DzConnection **conn)
{
	DzParams *params = DzParamsBegin();

	*conn = DzConnect(wait->server);
	DzParamsText(params, "domainIdentifier", wait->domain);
	DzParamsText(params, "identifier", wait->run);
	return DzCallStart((*conn)->client, DzTypedOperation("GetDataSourceRun"),
					   DzParamsEnd(params), NULL, (*conn)->domain_identifier);
}

/* A status that we do not know is not an end: enums grow. */
static bool
has_ended(const DzJson *run, const char **status)
{
	const DzJson *member = DzJsonMember(run, "status");
	size_t len;

	*status = member != NULL ? DzJsonString(member, &len) : NULL;
	if (*status == NULL)
		DzUnexpectedAnswer("GetDataSourceRun",
						   "Member \"%s\" is missing or not a string.",
						   "status");

	return strcmp(*status, "SUCCESS") == 0 ||
		   strcmp(*status, "PARTIALLY_SUCCEEDED") == 0 ||
		   strcmp(*status, "FAILED") == 0;
}

/* Wait a little longer each time, but not past the deadline. */
static void
pause_between_polls(Wait *wait, const char *status)
{
	int64 left_us = wait->deadline_us - DzNowMonotonicUs();
	bool done = false;
	DzTimer timer = {0};

	if (left_us <= 0)
		ereport(
			ERROR,
			(errcode(ERRCODE_LOCK_NOT_AVAILABLE),
			 errmsg("data source run \"%s\" has not ended in time", wait->run),
			 errdetail("Its status is %s.",
					   pg_any_to_server(status, strlen(status), PG_UTF8)),
			 errhint("The run goes on; wait again, or with a longer "
					 "timeout.")));

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
