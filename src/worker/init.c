/*-------------------------------------------------------------------------
 *
 * init.c
 *		What the worker room does when the library is loaded.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "worker/room.h"
#include "worker/worker.h"

/* Without preloading there are settings, and no worker that heeds them. */
void
DzWorkerInit(void)
{
	DzSettingsInit();
	if (!process_shared_preload_libraries_in_progress)
		return;
	DzLauncherInit();
	DzBlockingInit();
}
