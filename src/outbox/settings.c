/*-------------------------------------------------------------------------
 *
 * settings.c
 *		How much may wait, for how long, and what is kept of it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "miscadmin.h"
#include "utils/guc.h"

#include "outbox/outbox.h"

#define WEEK (7 * 86400)

int DzMaxEntryAge = WEEK;
int DzDeliveryRetention = WEEK;
int DzMaxQueueSize = 0;

/* Called at load. */
void
DzOutboxInit(void)
{
	DefineCustomIntVariable(
		"datazone.max_entry_age",
		"How long the outbox tries to deliver an entry.",
		"An entry that is older and fails again is given up; 0 never does.",
		&DzMaxEntryAge, WEEK, 0, INT_MAX, PGC_SIGHUP, GUC_UNIT_S, NULL, NULL,
		NULL);
	DefineCustomIntVariable(
		"datazone.delivery_retention",
		"How long datazone_delivery says what was delivered.",
		"0 keeps it all.", &DzDeliveryRetention, WEEK, 0, INT_MAX, PGC_SIGHUP,
		GUC_UNIT_S, NULL, NULL, NULL);
	DefineCustomIntVariable(
		"datazone.max_queue_size",
		"How many entries may wait in the outbox of a database.",
		"Above it enqueueing is an error; 0 sets no limit.", &DzMaxQueueSize,
		0, 0, INT_MAX, PGC_SIGHUP, 0, NULL, NULL, NULL);
}
