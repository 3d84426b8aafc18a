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

/*
 * After a change of roles, inquiries that were refused are made again once in
 * so long: some applications make and drop roles all the time.
 */
#define ROLES_PERIOD_US (10 * DZ_SECOND_US)

static bool has_begun = false;
static bool catalogs_changed = false;
static bool roles_changed = false;
static bool roles_have_changed = false; /* since roles_again_us was set */
static int64 roles_again_us = 0;

/* A mapping, a server: what blocked a lane may be gone. */
static void
note_change(Datum arg, DzSysCacheId cacheid, uint32 hash)
{
	catalogs_changed = true;
}

/* A role, or who is a member of it: the same, though seldom. */
static void
note_role_change(Datum arg, DzSysCacheId cacheid, uint32 hash)
{
	roles_changed = true;
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
		CacheRegisterSyscacheCallback(AUTHOID, note_role_change, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, note_role_change,
									  (Datum) 0);
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

/* What was blocked or refused is tried again. */
static void
heed_changes(void)
{
	bool heeds_roles;

	if (catalogs_changed || roles_changed)
		DzLanesUnblock(!catalogs_changed);
	roles_have_changed |= roles_changed;
	roles_changed = false;

	heeds_roles = roles_have_changed && roles_again_us <= DzNowMonotonicUs();
	if (catalogs_changed || heeds_roles)
		DzVerdictCatalogChanged();
	catalogs_changed = false;
	if (heeds_roles)
	{
		roles_again_us = DzNowMonotonicUs() + ROLES_PERIOD_US;
		roles_have_changed = false;
	}
}

static void
run(void)
{
	DzResultsFlush();
	heed_changes();
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
changes_wait_us(void)
{
	if (catalogs_changed || roles_changed)
		return 0;
	return roles_have_changed ? Max(roles_again_us - DzNowMonotonicUs(), 0)
							  : -1;
}

static int64
wait_us(void)
{
	return sooner(sooner(changes_wait_us(), DzMarksWaitUs()),
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
