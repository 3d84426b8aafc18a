/*-------------------------------------------------------------------------
 *
 * requeue.c
 *		What becomes of entries of the outbox that are not simply delivered:
 *		requeued, discarded, resumed.
 *
 * The row decides.  It is locked first, so that of two who want something of
 * an entry, the worker among them, one waits for the other and then sees what
 * is left.  Who has no right to an entry locks nothing, and is not told of one
 * that the view does not show.  The worker, for its part, finds entries by their id and only while
 * they are pending: what was discarded while its request was under way may
 * have been delivered, and is gone all the same.
 *
 * A requeued entry is as good as a new one: it gets a new number, which is
 * its place in the queue, and starts its time and its attempts again.  Its
 * client token stays, so that the service knows what it may have seen before.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/syscache.h"
#include "utils/xid8.h"

#include "functions/functions.h"
#include "outbox/outbox.h"
#include "shared/shared.h"
#include "worker/tables.h"
#include "worker/worker.h"

/*
 * Whether the role that an entry names is the one that enqueued it.  A role that
 * was dropped is dumped as a number, and that is somebody else's in another
 * cluster; there the name has to be the same as well.  For psprintf:
 * DzOriginSystem().
 */
#define HAS_ITS_ROLE \
	"EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.oid = e.role " \
	"AND (e.origin_system_identifier = " INT64_FORMAT \
	" OR r.rolname = e.role_name))"

/* An entry as the table has it. */
typedef struct Entry
{
	int64 id;
	Oid role; /* InvalidOid: the one that enqueued it is gone */
	char *server;
	Oid serverid;
	bool is_from_here;
	bool is_failed;
} Entry;

static int64 id_argument(FunctionCallInfo fcinfo);
static bool find_entry(int64 id, Entry *entry);
static bool read_entry(int64 id, const char *how, Entry *entry);
static bool may_see(const Entry *entry);
static void check_role(const Entry *entry);
static void require_role(const Entry *entry);
static Oid server_of(const Entry *entry);
static void put_last(const Entry *entry, Oid serverid);
static void delete_entry(const Entry *entry);

PG_FUNCTION_INFO_V1(datazone_requeue);
PG_FUNCTION_INFO_V1(datazone_discard);

/*
 * datazone_requeue(outbox_id)
 *
 * True if the entry had failed and is pending again, as the last one of all
 * and under another number.
 */
Datum
datazone_requeue(PG_FUNCTION_ARGS)
{
	int64 id = id_argument(fcinfo);
	Entry entry;
	bool requeued;

	DzRequirePreload("datazone_requeue()");
	PreventCommandIfReadOnly("datazone_requeue()");
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	requeued = find_entry(id, &entry) && entry.is_failed;
	if (requeued)
	{
		require_role(&entry);
		put_last(&entry, server_of(&entry));
	}
	SPI_finish();

	if (requeued)
	{
		DzOutboxCount((DzQueueCounts){.waiting = 1, .failed = -1});
		DzWakeAtCommit(DZ_WAKE_OUTBOX);
	}
	PG_RETURN_BOOL(requeued);
}

/*
 * datazone_discard(outbox_id)
 *
 * True if there was such an entry, in whatever state.  It may have been sent.
 */
Datum
datazone_discard(PG_FUNCTION_ARGS)
{
	int64 id = id_argument(fcinfo);
	Entry entry;
	bool found;

	PreventCommandIfReadOnly("datazone_discard()");
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	found = find_entry(id, &entry);
	if (found)
		delete_entry(&entry);
	SPI_finish();

	if (found && entry.is_failed)
		DzOutboxCount((DzQueueCounts){.failed = -1});
	else if (found && entry.is_from_here)
		DzOutboxCount((DzQueueCounts){.waiting = -1});
	else if (found)
		DzOutboxCount((DzQueueCounts){.held = -1});
	PG_RETURN_BOOL(found);
}

static int64
id_argument(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("argument \"outbox_id\" must not be null")));
	return PG_GETARG_INT64(0);
}

/* ----------
 * The table; SPI is connected
 * ----------
 */

/*
 * Find an entry, and lock its row, which only those do who may change it.
 * False: there is none that the caller may see.
 */
static bool
find_entry(int64 id, Entry *entry)
{
	if (!read_entry(id, "", entry) || !may_see(entry))
		return false;
	check_role(entry);
	return read_entry(id, "FOR UPDATE", entry);
}

static bool
read_entry(int64 id, const char *how, Entry *entry)
{
	Oid types[] = {INT8OID, INT8OID, OIDOID};
	Datum values[] = {Int64GetDatum(id), Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};
	HeapTuple row;
	TupleDesc desc;
	bool isnull;

	(void) DzSqlAsOwner(
		DZ_OUTBOX_TABLE,
		psprintf("SELECT CASE WHEN " HAS_ITS_ROLE " THEN e.role::oid "
				 "ELSE 0 END, server, server_id, "
				 "origin_system_identifier = $2 AND origin_database_id = $3, "
				 "state = 'failed' "
				 "FROM %s e WHERE id = $1 %s",
				 DzOriginSystem(), DzTableName(DZ_OUTBOX_TABLE), how),
		lengthof(types), types, values, NULL);
	if (SPI_processed == 0)
		return false;

	row = SPI_tuptable->vals[0];
	desc = SPI_tuptable->tupdesc;
	entry->id = id;
	entry->role = DatumGetObjectId(SPI_getbinval(row, desc, 1, &isnull));
	entry->server = SPI_getvalue(row, desc, 2);
	entry->serverid = DatumGetObjectId(SPI_getbinval(row, desc, 3, &isnull));
	entry->is_from_here = DatumGetBool(SPI_getbinval(row, desc, 4, &isnull));
	entry->is_failed = DatumGetBool(SPI_getbinval(row, desc, 5, &isnull));
	return true;
}

/* As the view has it. */
static bool
may_see(const Entry *entry)
{
	return is_member_of_role(GetUserId(), entry->role) ||
		   is_member_of_role(GetUserId(), ROLE_PG_MONITOR);
}

/* It is the business of the entry's role, and of superusers. */
static void
check_role(const Entry *entry)
{
	bool exists = OidIsValid(entry->role);

	if (superuser() || (exists && has_privs_of_role(GetUserId(), entry->role)))
		return;
	ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					errmsg("permission denied for entry " INT64_FORMAT
						   " of the outbox",
						   entry->id),
					exists ? errdetail("It belongs to role \"%s\".",
									   GetUserNameFromId(entry->role, true))
						   : errdetail("Its role no longer exists."),
					exists ? errhint("Have a member of that role do it.")
						   : errhint("Have a superuser discard it.")));
}

static void
refuse_dropped(const Entry *entry, const char *what, const char *detail)
{
	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
					errmsg("%s of entry " INT64_FORMAT " was dropped", what,
						   entry->id),
					detail ? errdetail("%s", detail) : 0,
					errhint("Enqueue it again from its payload, then call "
							"datazone_discard(" INT64_FORMAT ").",
							entry->id)));
}

/* Requeued for a role that is gone it would only give up again. */
static void
require_role(const Entry *entry)
{
	if (!OidIsValid(entry->role))
		refuse_dropped(entry, "role", NULL);
}

/*
 * The server that an entry is for: who requeues one that came from another
 * database means the server of that name here.  Of one that was enqueued here
 * the OID decides, as another server may be another service.
 */
static Oid
server_of(const Entry *entry)
{
	if (!entry->is_from_here)
		return DzServerResolve(entry->server);
	if (!SearchSysCacheExists1(FOREIGNSERVEROID,
							   ObjectIdGetDatum(entry->serverid)))
		refuse_dropped(entry, psprintf("server \"%s\"", entry->server),
					   OidIsValid(DzServerFind(entry->server))
						   ? "The present server of that name is another."
						   : NULL);
	return entry->serverid;
}

static void
put_last(const Entry *entry, Oid serverid)
{
	Oid types[] = {INT8OID, XID8OID, OIDOID, INT8OID, OIDOID, INT8OID};
	Datum values[] = {Int64GetDatum(entry->id),
					  FullTransactionIdGetDatum(GetTopFullTransactionId()),
					  ObjectIdGetDatum(serverid),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId),
					  Int64GetDatum(DzOutboxNextNumber())};

	(void) DzSqlAsOwner(
		DZ_OUTBOX_TABLE,
		psprintf("UPDATE %s SET id = $6, xid = $2, server_id = $3, "
				 "origin_system_identifier = $4, origin_database_id = $5, "
				 "role_name = pg_catalog.pg_get_userbyid(role::oid), "
				 "enqueued_at = pg_catalog.clock_timestamp(), "
				 "state = 'pending', attempts = 0, next_attempt_at = NULL, "
				 "claimed_at = NULL, error_code = NULL, "
				 "error_message = NULL, request_id = NULL WHERE id = $1",
				 DzTableName(DZ_OUTBOX_TABLE)),
		lengthof(types), types, values, NULL);
}

static void
delete_entry(const Entry *entry)
{
	Oid types[] = {INT8OID};
	Datum values[] = {Int64GetDatum(entry->id)};

	(void) DzSqlAsOwner(
		DZ_OUTBOX_TABLE,
		psprintf("DELETE FROM %s WHERE id = $1", DzTableName(DZ_OUTBOX_TABLE)),
		lengthof(types), types, values, NULL);
}

/* ----------
 * After a restore
 * ----------
 */

/*
 * How many entries of a server are held although their roles are there: what
 * a call of datazone_resume() has left to others.  SPI is connected.
 */
int64
DzEntriesHeld(const char *server)
{
	Oid types[] = {TEXTOID, INT8OID, OIDOID};
	Datum values[] = {CStringGetTextDatum(server),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};
	bool isnull;

	(void) DzSqlAsOwner(
		DZ_OUTBOX_TABLE,
		psprintf("SELECT count(*) FROM %s e WHERE e.server = $1 "
				 "AND e.state = 'pending' AND (e.origin_system_identifier, "
				 "e.origin_database_id) <> ($2, $3) "
				 "AND " HAS_ITS_ROLE,
				 DzTableName(DZ_OUTBOX_TABLE), DzOriginSystem()),
		lengthof(types), types, values, NULL);
	return DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
									   SPI_tuptable->tupdesc, 1, &isnull));
}

/*
 * Entries of a server that came from another database, and whose role's
 * rights the caller has, are pending from now on; how many.  One that may
 * have been sent while it was copied is not for us to send again.  SPI is
 * connected.
 */
int64
DzEntriesResume(const char *server, Oid serverid)
{
	Oid types[] = {TEXTOID, OIDOID, INT8OID, OIDOID, OIDOID, XID8OID};
	Datum values[] = {CStringGetTextDatum(server),
					  ObjectIdGetDatum(serverid),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId),
					  ObjectIdGetDatum(GetUserId()),
					  FullTransactionIdGetDatum(GetTopFullTransactionId())};
	int64 resumed = 0;

	if (DzSqlAsOwner(
			DZ_OUTBOX_TABLE,
			psprintf(
				"UPDATE %s e SET state = CASE WHEN claimed_at IS NULL "
				"THEN 'pending' ELSE 'failed' END, "
				"error_code = CASE WHEN claimed_at IS NOT NULL "
				"THEN '58000' END, "
				"error_message = CASE WHEN claimed_at IS NOT NULL "
				"THEN 'outcome unknown: the request was under way when the "
				"database was copied' END, "
				"xid = $6, server_id = $2, next_attempt_at = NULL, "
				"enqueued_at = pg_catalog.clock_timestamp(), "
				"claimed_at = NULL, "
				"role_name = pg_catalog.pg_get_userbyid(e.role::oid), "
				"origin_system_identifier = $3, "
				"origin_database_id = $4 "
				"WHERE e.server = $1 AND (e.state = 'held' "
				"OR e.state = 'pending' AND (e.origin_system_identifier, "
				"e.origin_database_id) <> ($3, $4)) "
				"AND " HAS_ITS_ROLE
				" AND pg_has_role($5, e.role, 'USAGE') RETURNING e.state",
				DzTableName(DZ_OUTBOX_TABLE), DzOriginSystem()),
			lengthof(types), types, values, NULL) != SPI_OK_UPDATE_RETURNING)
		elog(ERROR, "could not resume entries of the outbox");

	for (uint64 i = 0; i < SPI_processed; i++)
		if (strcmp(
				SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1),
				"pending") == 0)
			resumed++;
	if (SPI_processed > 0)
		DzOutboxCount(
			(DzQueueCounts){.waiting = resumed,
							.failed = (int64) SPI_processed - resumed,
							.held = -(int64) SPI_processed});
	return resumed;
}
