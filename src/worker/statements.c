/*-------------------------------------------------------------------------
 *
 * statements.c
 *		The worker's own SQL: transactions, time-outs, whose rights.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "pgstat.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"
#include "utils/timeout.h"

#include "compat.h"
#include "worker/engine.h"
#include "worker/tables.h"

/* what a statement on a table, with its triggers, may take */
#define OWNER_STATEMENT_TIMEOUT_MS 5000

static bool unreported = false;

static void
begin(const char *activity)
{
	/* or now() would be when the process began */
	SetCurrentStatementStartTimestamp();
	pgstat_report_activity(STATE_RUNNING, activity);
	StartTransactionCommand();
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	PushActiveSnapshot(GetTransactionSnapshot());
}

static void
commit(void)
{
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
	unreported = true;
	pgstat_report_activity(STATE_IDLE, NULL);
}

void
DzSqlReport(void)
{
	if (unreported)
		(void) pgstat_report_stat(true);
	unreported = false;
}

/*
 * A cancel is meant for a statement: between statements it would end the
 * worker.
 */
static void
arm(void)
{
	QueryCancelPending = false;
	pqsignal(SIGINT, StatementCancelHandler);
	enable_timeout_after(STATEMENT_TIMEOUT, OWNER_STATEMENT_TIMEOUT_MS);
}

static void
disarm(void)
{
	disable_timeout(STATEMENT_TIMEOUT, false);
	pqsignal(SIGINT, PG_SIG_IGN);
	QueryCancelPending = false;
}

void
DzSqlUnlimited(void)
{
	disable_timeout(STATEMENT_TIMEOUT, false);
}

/*
 * The owner's deferred constraint triggers fire at once: a security-restricted
 * operation must not leave them to a time when it is over.
 */
static void
set_constraints_immediate(void)
{
	ConstraintsSetStmt *stmt = makeNode(ConstraintsSetStmt);

	stmt->constraints = NIL; /* all of them */
	stmt->deferred = false;
	AfterTriggerSetState(stmt);
}

/* Time-outs reach us as SIGINT, which is let in meanwhile. */
static void
run_limited(DzSqlFn fn, void *arg)
{
	arm();
	PG_TRY();
	{
		fn(arg);
	}
	PG_FINALLY();
	{
		disarm();
	}
	PG_END_TRY();
}

static void
run_as_owner(const char *table, DzSqlFn fn, void *arg)
{
	DzIdentity self;

	DzIdentityAssume(&self, DzTableOwner(table), true);
	set_constraints_immediate();
	run_limited(fn, arg);
	DzIdentityRestore(&self);
}

/*
 * Run "fn" in a transaction, with SPI connected and for a limited time: as the
 * owner of "table", restricted, since it may have put triggers there; with
 * NULL as the worker itself.  Throws whatever "fn" or the commit throws,
 * and leaves the transaction to the caller's AbortOutOfAnyTransaction().
 */
void
DzSqlRun(const char *table, const char *activity, DzSqlFn fn, void *arg)
{
	MemoryContext caller = CurrentMemoryContext;

	begin(activity);
	if (table != NULL)
		run_as_owner(table, fn, arg);
	else
		run_limited(fn, arg);
	commit();
	MemoryContextSwitchTo(caller);
}

/* The same in the transaction that is open, which is the caller's to end. */
void
DzSqlWithin(const char *table, DzSqlFn fn, void *arg)
{
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	PushActiveSnapshot(GetTransactionSnapshot());
	run_as_owner(table, fn, arg);
	SPI_finish();
	PopActiveSnapshot();
	unreported = true;
}

/*
 * The same, but what is thrown is returned, in CurrentMemoryContext; NULL if
 * all went well.
 */
ErrorData *
DzSqlTry(const char *table, const char *activity, DzSqlFn fn, void *arg)
{
	MemoryContext caller = CurrentMemoryContext;
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		DzSqlRun(table, activity, fn, arg);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		AbortOutOfAnyTransaction();
		pgstat_report_activity(STATE_IDLE, NULL);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(caller);
	return error;
}

/* An error's message and, where it has them, detail and hint; palloc'd. */
char *
DzErrorText(const ErrorData *error)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "%s (%s)", error->message,
					 unpack_sql_state(error->sqlerrcode));
	if (error->detail != NULL)
		appendStringInfo(&text, " %s", error->detail);
	if (error->hint != NULL)
		appendStringInfo(&text, " %s", error->hint);
	return text.data;
}
