/*-------------------------------------------------------------------------
 *
 * follow.c
 *		Have the background worker follow a run that was started here.
 *
 * The row is part of the caller's transaction: the worker follows the run
 * from the commit on, and a transaction that rolls back leaves none.  Without
 * preloading there is no worker, and nothing is written.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"

#include "functions/functions.h"
#include "shared/shared.h"
#include "worker/tables.h"
#include "worker/worker.h"

/* columns of datazone_run */
#define RUN_DOMAIN 2
#define RUN_ID 3
#define RUN_DATA_SOURCE 4

/*
 * To be called before the run is started: a table that is missing, or locked
 * for longer than the caller waits, is to cost no run.
 */
void
DzFollowPrepare(void)
{
	if (DzSharedIsThere())
		LockRelationOid(DzTableOid(DZ_FOLLOW_TABLE), RowExclusiveLock);
}

/*
 * "run" is a row of datazone_run.  A run that is followed already, because a
 * client token was used again, stays its first starter's, unless the server
 * has been replaced by another one of that name.
 */
void
DzFollowRun(const DzConnection *conn, HeapTuple run, TupleDesc desc)
{
	Oid types[] = {TEXTOID,    TEXTOID, TEXTOID, TEXTOID,
				   REGROLEOID, OIDOID,  INT8OID, OIDOID};
	Datum values[lengthof(types)];
	bool isnull; /* none is: see DzRunShape */

	if (!DzSharedIsThere())
		return;

	values[0] = CStringGetTextDatum(conn->server_name);
	values[1] = heap_getattr(run, RUN_DOMAIN, desc, &isnull);
	values[2] = heap_getattr(run, RUN_ID, desc, &isnull);
	values[3] = heap_getattr(run, RUN_DATA_SOURCE, desc, &isnull);
	values[4] = ObjectIdGetDatum(conn->userid);
	values[5] = ObjectIdGetDatum(conn->serverid);
	values[6] = Int64GetDatum(DzOriginSystem());
	values[7] = ObjectIdGetDatum(MyDatabaseId);

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) DzSqlAsOwner(
		DZ_FOLLOW_TABLE,
		psprintf("INSERT INTO %s AS old (server, domain_id, run_id, "
				 "data_source_id, role, server_id, origin_system_identifier, "
				 "origin_database_id) "
				 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
				 "ON CONFLICT (server, domain_id, run_id) DO UPDATE "
				 "SET role = EXCLUDED.role, server_id = EXCLUDED.server_id, "
				 "origin_system_identifier = "
				 "EXCLUDED.origin_system_identifier, "
				 "origin_database_id = EXCLUDED.origin_database_id, "
				 "followed_at = EXCLUDED.followed_at "
				 "WHERE (old.server_id, old.origin_system_identifier, "
				 "old.origin_database_id) <> (EXCLUDED.server_id, "
				 "EXCLUDED.origin_system_identifier, "
				 "EXCLUDED.origin_database_id)",
				 DzTableName(DZ_FOLLOW_TABLE)),
		lengthof(types), types, values, NULL);
	SPI_finish();

	DzWakeAtCommit(DZ_WAKE_FOLLOWS);
}
