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
static int64 reported_us = 0;

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

/*
 * Let pg_stat_* know of what was done since, autovacuum for one: before a rest,
 * and once a second where there is none.
 */
void
DzSqlReport(bool rests)
{
	int64 now;

	if (!unreported)
		return;
	now = DzNowMonotonicUs();
	if (!rests && now - reported_us < DZ_SECOND_US)
		return;
	(void) pgstat_report_stat(true);
	reported_us = now;
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

/*
 * Call "fn", which may wait for locks, for a limited time: time-outs reach us
 * as SIGINT, which is let in meanwhile.  A transaction may be open or not.
 */
void
DzSqlLimit(DzSqlFn fn, void *arg)
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
	fn(arg);
	DzIdentityRestore(&self);
}

/* A statement with its commit. */
typedef struct Statement
{
	const char *table; /* as whose owner; NULL: as the worker itself */
	const char *activity;
	DzSqlFn fn;
	void *arg;
} Statement;

static void
run_and_commit(void *arg)
{
	const Statement *statement = arg;

	begin(statement->activity);
	if (statement->table != NULL)
		run_as_owner(statement->table, statement->fn, statement->arg);
	else
		statement->fn(statement->arg);
	commit();
}

/*
 * Run "fn" in a transaction, with SPI connected and for a limited time: as the
 * owner of "table", restricted, since it may have put triggers there; with
 * NULL as the worker itself.  The commit has its share of the time: one with
 * NOTIFY waits for a lock that every other NOTIFY holds until it is committed,
 * at a standby, too.  Throws whatever "fn" or the commit throws, and leaves
 * the transaction to the caller's AbortOutOfAnyTransaction().
 */
void
DzSqlRun(const char *table, const char *activity, DzSqlFn fn, void *arg)
{
	MemoryContext caller = CurrentMemoryContext;
	Statement statement = {table, activity, fn, arg};

	DzSqlLimit(run_and_commit, &statement);
	MemoryContextSwitchTo(caller);
}

/* "fn" and its argument, as the owner of a table. */
static void
run_within(void *arg)
{
	const Statement *statement = arg;

	run_as_owner(statement->table, statement->fn, statement->arg);
}

/* The same in the transaction that is open, which is the caller's to end. */
void
DzSqlWithin(const char *table, DzSqlFn fn, void *arg)
{
	Statement statement = {table, NULL, fn, arg};

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	PushActiveSnapshot(GetTransactionSnapshot());
	DzSqlLimit(run_within, &statement);
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
