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
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "lineage/room.h"
#include "shared/shared.h"

static void tell(const ErrorData *error);

/*
 * Call "work" in CurrentMemoryContext; false: it failed, and has been told.
 * Not to be called in parallel mode, in which there are no subtransactions.
 */
bool
DzGuarded(void (*work)(void *arg), void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData *volatile error = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		work(arg);
		MemoryContextSwitchTo(context);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();

	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	if (error == NULL)
		return true;

	/* a deadlock was over when the subtransaction gave up its locks */
	if (DzErrorIsNotOurs(error) &&
		error->sqlerrcode != ERRCODE_T_R_DEADLOCK_DETECTED)
		ReThrowError(error);
	tell(error);
	FreeErrorData(error);
	return false;
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

static void
tell(const ErrorData *error)
{
	static bool has_told = false;

	DzStatCountLineageError();
	if (!has_told)
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("could not capture the lineage of a statement: %s",
						error->message),
				 errdetail("The statement itself goes on.  Further ones of "
						   "this session are counted only.")));
	has_told = true;
}
