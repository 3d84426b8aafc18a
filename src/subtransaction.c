/*-------------------------------------------------------------------------
 *
 * subtransaction.c
 *		Work that may fail, in a subtransaction of its own.
 *
 * An error is contained by the subtransaction in which it came: its locks,
 * buffers, settings and references to caches go with it, and the role is again
 * who it was.  What is done with the error is for the caller to say.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "subtransaction.h"

ErrorData *
DzInSubtransaction(void (*work)(void *arg), void *arg, DzAfterwards afterwards)
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
		if (afterwards == DZ_KEEP)
			ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();

	if (error != NULL || afterwards == DZ_UNDO)
		RollbackAndReleaseCurrentSubTransaction();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	return error;
}
