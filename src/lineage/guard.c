/*-------------------------------------------------------------------------
 *
 * guard.c
 *		What may fail without harm to the statement that is being looked at.
 *
 * An error is contained by the subtransaction in which it came: locks, buffers
 * and references to caches go with it.  It is counted, and told once a session.
 * A cancel, a shutdown or a serialization failure is not about lineage, and
 * goes on.
 *
 * There are three guards, as a subtransaction has its price, and its end makes
 * visible what a command has done so far:
 *
 *	DzGuarded		anything; not in the middle of a command
 *	DzGuardedLook	looks into catalogs, and changes nothing
 *	DzGuardedNote	takes memory and nothing else: there is nothing to give back
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lineage/room.h"
#include "shared/shared.h"
#include "subtransaction.h"

static ErrorData *in_memory(void (*work)(void *arg), void *arg);
static bool contained(ErrorData *error);
static void settle(ErrorData *error);
static void warn(void *arg);

/* What is told of an error. */
typedef struct Loss
{
	int sqlstate;
	const char *why;
} Loss;

/*
 * Call "work" in CurrentMemoryContext; false: it failed, and has been told.
 * Not to be called in parallel mode, in which there are no subtransactions.
 */
bool
DzGuarded(void (*work)(void *arg), void *arg)
{
	return contained(DzInSubtransaction(work, arg, DZ_KEEP));
}

/*
 * The same for what only looks, and may do so in the middle of a command: that
 * is rolled back, so that nothing becomes visible by it.
 */
bool
DzGuardedLook(void (*work)(void *arg), void *arg)
{
	return contained(DzInSubtransaction(work, arg, DZ_UNDO));
}

static bool
contained(ErrorData *error)
{
	if (error != NULL)
		settle(error);
	return error == NULL;
}

/* The same for what only takes memory. */
bool
DzGuardedNote(void (*work)(void *arg), void *arg)
{
	return contained(in_memory(work, arg));
}

static ErrorData *
in_memory(void (*work)(void *arg), void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		work(arg);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();

	MemoryContextSwitchTo(context);
	return error;
}

static void
settle(ErrorData *error)
{
	/* a deadlock was over when the subtransaction gave up its locks */
	if (DzErrorIsNotOurs(error) &&
		error->sqlerrcode != ERRCODE_T_R_DEADLOCK_DETECTED)
		ReThrowError(error);
	DzCaptureFails(error->sqlerrcode, error->message);
	FreeErrorData(error);
}

/*
 * Whether an error is about the transaction or the session rather than about
 * lineage: a cancel, a shutdown, a serialization failure.
 */
bool
DzErrorIsNotOurs(const ErrorData *error)
{
	int category = ERRCODE_TO_CATEGORY(error->sqlerrcode);

	return category == ERRCODE_TO_CATEGORY(ERRCODE_QUERY_CANCELED) ||
		   category == ERRCODE_TRANSACTION_ROLLBACK;
}

/*
 * Lineage is lost, and "why": count it, and say so once a session.  A client
 * whose encoding lacks a character of it hears nothing: that would be an error.
 */
void
DzCaptureFails(int sqlstate, const char *why)
{
	static bool has_told = false;
	Loss loss = {.sqlstate = sqlstate, .why = why};
	ErrorData *error;

	DzStatCountLineageError();
	if (has_told)
		return;
	has_told = true;
	error = in_memory(warn, &loss);
	if (error == NULL)
		return;
	if (DzErrorIsNotOurs(error))
		ReThrowError(error);
	FreeErrorData(error);
}

static void
warn(void *arg)
{
	const Loss *loss = arg;

	ereport(
		WARNING,
		(errcode(loss->sqlstate),
		 errmsg("could not capture the lineage of a statement: %s", loss->why),
		 errdetail("The statement itself goes on.  Further ones of this "
				   "session are counted only.")));
}
