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
		DzReaderInit();
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
}

static void
forget(void)
{
	if (!has_begun)
		return;
	DzReaderForget();
	DzVerdictForget();
}

static void
heed(uint32 wakes)
{
	if (wakes & DZ_WAKE_OUTBOX)
		DzReaderWake();
}

static void
run(void)
{
	DzResultsFlush();
	if (catalogs_changed)
		DzLanesUnblock();
	catalogs_changed = false;
	DzReaderRun();
}

static int64
wait_us(void)
{
	int64 results = DzResultsWaitUs();
	int64 reader = DzReaderWaitUs();

	if (results < 0)
		return reader;
	return reader < 0 ? results : Min(results, reader);
}

static const DzWorkerTask dz_delivery_task = {
	.begin = begin,
	.forget = forget,
	.heed = heed,
	.run = run,
	.wait_us = wait_us,
};

/* Called at load. */
void
DzDeliveryInit(void)
{
	DzWorkerAddTask(&dz_delivery_task);
}
