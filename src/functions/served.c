/*-------------------------------------------------------------------------
 *
 * served.c
 *		Say so where what is asked of the worker has to wait for one.
 *
 * A watch or an entry of the outbox is accepted whatever the worker does: it
 * may be back in a second.  But in a database that is switched off it waits
 * for ever, and nothing ever fails that somebody would look for.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"

#include "functions/functions.h"
#include "shared/shared.h"

/* Whether there is none that could, and why.  One that starts is as good. */
static bool
is_unserved(DzWorkerState *state)
{
	DzSlotView slot;

	if (!DzSlotRead(MyDatabaseId, &slot))
		return false;
	*state = slot.state;
	switch (slot.state)
	{
		case DZ_WORKER_DISABLED:
		case DZ_WORKER_REFUSED:
		case DZ_WORKER_FAILED:
		case DZ_WORKER_NO_SLOT:
		case DZ_WORKER_UNWANTED:
			return true;
		default:
			return false;
	}
}

static bool
tell(void)
{
	DzWorkerState state;

	if (!is_unserved(&state))
		return false;
	ereport(NOTICE,
			(errmsg("no datazone worker serves this database just now"),
			 errdetail("Its state is: %s.", DzWorkerStateName(state)),
			 errhint("Members of pg_monitor see more in datazone_stat.")));
	return true;
}

void
DzTellIfUnserved(void)
{
	(void) tell();
}

/* Shared memory is looked at once a transaction, and no more once it is said. */
void
DzTellOnceIfUnserved(void)
{
	static bool is_told = false;
	static TimestampTz looked_in = 0;

	if (is_told || looked_in == GetCurrentTransactionStartTimestamp())
		return;
	looked_in = GetCurrentTransactionStartTimestamp();
	is_told = tell();
}
