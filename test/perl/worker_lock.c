/*-------------------------------------------------------------------------
 *
 * worker_lock.c
 *		A function that takes an advisory lock of any class.
 *
 * For tests only.  A worker's lock is of a class that PostgreSQL's own
 * functions cannot take: so that no session can keep a worker out, and no test
 * could show that another worker does.
 *
 *		CREATE FUNCTION take_lock(int, int, int) RETURNS void
 *		AS '/some/dir/worker_lock.so' LANGUAGE C;
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "storage/lock.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(take_lock);

/* Wait for the lock, and keep it until the session ends. */
Datum
take_lock(PG_FUNCTION_ARGS)
{
	LOCKTAG tag;

	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, PG_GETARG_INT32(0),
						 PG_GETARG_INT32(1), PG_GETARG_INT32(2));
	(void) LockAcquire(&tag, ExclusiveLock, true, false);
	PG_RETURN_VOID();
}
