/*-------------------------------------------------------------------------
 *
 * task.c
 *		Delivery as one of a worker's tasks.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/inval.h"
#include "utils/syscache.h"

#include "compat.h"
#include "outbox/delivery.h"

static bool has_begun = false;
static bool catalogs_changed = false;

/* A mapping, a server, a role: what blocked a lane may be gone. */
static void
note_change(Datum arg, DzSysCacheId cacheid, uint32 hash)
{
	catalogs_changed = true;
}

static void
begin(void)
{
	if (!has_begun)
	{
		DzClaimsInit();
		DzKeysInit();
		CacheRegisterSyscacheCallback(FOREIGNSERVEROID, note_change,
									  (Datum) 0);
		CacheRegisterSyscacheCallback(USERMAPPINGUSERSERVER, note_change,
									  (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHOID, note_change, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, note_change, (Datum) 0);
	}
	has_begun = true;
	DzReaderWake();
	DzVerdictBegin();
	DzGaugesBegin();
	DzRetentionBegin();
}

static void
forget(void)
{
	if (!has_begun)
		return;
	DzResultsFlush();
	DzReaderForget();
	DzVerdictForget();
}

static void
heed(uint32 wakes)
{
	if (wakes & (DZ_WAKE_OUTBOX | DZ_WAKE_CATALOG))
		DzReaderWake();
	if (wakes & DZ_WAKE_RESTORED)
		DzReaderStartOver();
	if (wakes & DZ_WAKE_RECOUNT)
		DzGaugesRecount();
}

static void
run(void)
{
	DzResultsFlush();
	if (catalogs_changed)
	{
		DzLanesUnblock();
		DzVerdictCatalogChanged();
	}
	catalogs_changed = false;
	DzMarksRun();
	DzReaderRun();
	DzGaugesRun();
	DzRetentionRun();
}

/* -1 is for ever */
static int64
sooner(int64 a, int64 b)
{
	if (a < 0 || b < 0)
		return Max(a, b);
	return Min(a, b);
}

/* Reading may have told of a change that unblocks what it found blocked. */
static int64
wait_us(void)
{
	if (catalogs_changed)
		return 0;
	return sooner(DzMarksWaitUs(),
				  sooner(sooner(DzResultsWaitUs(), DzReaderWaitUs()),
						 sooner(DzGaugesWaitUs(), DzRetentionWaitUs())));
}

/* While it knows of entries to be read it does not matter how many. */
static uint32
later(void)
{
	return DzReaderIsWoken() ? DZ_WAKE_OUTBOX : 0;
}

static const DzWorkerTask dz_delivery_task = {
	.begin = begin,
	.forget = forget,
	.heed = heed,
	.run = run,
	.wait_us = wait_us,
	.later = later,
};

/* Called at load. */
void
DzDeliveryInit(void)
{
	DzWorkerAddTask(&dz_delivery_task);
}
