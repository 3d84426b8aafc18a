/*-------------------------------------------------------------------------
 *
 * datazone.c
 *		Load the extension: each room says what it needs at load time.
 *
 * Nothing here, and nothing that it calls, may touch libcurl or OpenSSL: the
 * library may be loaded by the postmaster (shared_preload_libraries), and
 * neither survives fork().  Each process initialises them at its first use.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/guc.h"

#include "compat.h"
#include "datazone.h"
#include "edges/edges.h"
#include "lineage/lineage.h"
#include "outbox/outbox.h"
#include "server/server.h"
#include "shared/shared.h"
#include "worker/worker.h"

DZ_MODULE_MAGIC;

void _PG_init(void);

void
_PG_init(void)
{
	DzSharedInit();
	DzServerInit();
	DzWorkerInit();
	DzOutboxInit();
	DzDeliveryInit();
	DzEdgesInit();
	DzLineageInit();

	/* last: from here on an unknown datazone.* setting is an error */
	MarkGUCPrefixReserved(DZ_EXTENSION_NAME);
}
