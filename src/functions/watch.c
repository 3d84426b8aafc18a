/*-------------------------------------------------------------------------
 *
 * watch.c
 *		Watches: whose data sources' runs the background worker keeps.
 *
 * A watch belongs to the role that registered it, with whose user mapping the
 * worker asks.  Another role may change it only with that role's privileges,
 * for the worker would go on to spend that role's quota.
 *
 * A watch is *orphaned* when its role, or the server that it was made for, is
 * gone; anybody may then take it over or end it.  OIDs decide, so that another
 * role or server of the same name inherits nothing.  A watch that came from
 * another database has a server's OID that says nothing here: for it the name
 * counts, and nothing happens before somebody resumes it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "functions/functions.h"
#include "shared/shared.h"
#include "worker/tables.h"
#include "worker/worker.h"

/* Asking more often than this is no use: the shortest run takes seconds. */
#define DZ_SHORTEST_EVERY_US USECS_PER_SEC

/* Longer is a mistake, and would overflow the worker's clock at some point. */
#define DZ_LONGEST_EVERY_US (366.0 * USECS_PER_DAY)

/* What a call is about. */
typedef struct Target
{
	Oid serverid; /* InvalidOid: it is gone */
	char *server;
	char *domain; /* NULL: any, where the server is gone */
	char *source;
} Target;

/* A watch as the table has it. */
typedef struct Watch
{
	char *domain;
	Oid role;
	Oid serverid;
	bool is_from_here;
} Watch;

static void check_arguments(const Target *target);
static Interval *every_argument(FunctionCallInfo fcinfo, int n);
static void rename_watches(const Target *target);
static int64 resume_watches(char *server, Oid serverid);
static int64 held_watches(const char *server);
static void tell_what_stays(int64 entries, int64 watches);
static bool find_watch(const Target *target, Watch *watch);
static bool is_orphaned(const Watch *watch, const Target *target);
static bool is_privileged(const Watch *watch);
static bool insert_watch(const Target *target, Interval *every);
static bool take_watch(const Target *target, const Watch *watch,
					   Interval *every);
static void change_watch(const Target *target, Oid role, Interval *every,
						 bool anew);
static void delete_watch(const Target *target, const Watch *watch);

PG_FUNCTION_INFO_V1(datazone_watch);
PG_FUNCTION_INFO_V1(datazone_unwatch);
PG_FUNCTION_INFO_V1(datazone_resume);

/*
 * datazone_watch(data_source_identifier, every, domain_identifier, server)
 *
 * True if it is a new watch, false if there was one, which has "every" now.
 */
Datum
datazone_watch(PG_FUNCTION_ARGS)
{
	Target target = {0};
	Interval *every;
	Watch watch;
	bool is_new;

	DzRequirePreload("datazone_watch()");
	target.source = DzArgRequired(fcinfo, 0, "data_source_identifier");
	every = every_argument(fcinfo, 1);
	target.domain = DzArgText(fcinfo, 2);
	target.serverid = DzServerResolve(DzArgText(fcinfo, 3));
	target.server = DzServerName(target.serverid);
	if (target.domain == NULL)
		target.domain = DzServerDefaultDomain(target.serverid);
	PreventCommandIfReadOnly("datazone_watch()");
	check_arguments(&target);

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	rename_watches(&target);

	/* another session may insert it between our look and our insertion */
	do
	{
		is_new = !find_watch(&target, &watch);
		if (!is_new)
		{
			is_new = take_watch(&target, &watch, every);
			break;
		}
	} while (!insert_watch(&target, every));
	SPI_finish();

	DzWakeAtCommit(DZ_WAKE_WATCHES);
	DzTellIfUnserved();
	PG_RETURN_BOOL(is_new);
}

/*
 * datazone_unwatch(data_source_identifier, domain_identifier, server)
 *
 * True if there was a watch.  Neither a mapping nor USAGE is needed to end
 * one's own: both may have been taken away.
 */
Datum
datazone_unwatch(PG_FUNCTION_ARGS)
{
	Target target = {0};
	char *server;
	Watch watch;
	bool found = false;

	target.source = DzArgRequired(fcinfo, 0, "data_source_identifier");
	target.domain = DzArgText(fcinfo, 1);
	server = DzArgText(fcinfo, 2);
	target.serverid =
		server != NULL ? DzServerFind(server) : DzServerResolve(NULL);
	target.server = server != NULL ? server : DzServerName(target.serverid);
	PreventCommandIfReadOnly("datazone_unwatch()");

	if (OidIsValid(target.serverid))
	{
		if (target.domain == NULL)
			target.domain = DzServerDefaultDomain(target.serverid);
		check_arguments(&target);
	}

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (OidIsValid(target.serverid))
		rename_watches(&target);
	while (find_watch(&target, &watch))
	{
		if (!is_privileged(&watch) && OidIsValid(target.serverid))
			(void) DzServerResolve(target.server); /* USAGE at least */
		if (!is_privileged(&watch) && !is_orphaned(&watch, &target))
			ereport(ERROR,
					(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					 errmsg("permission denied for the watch of data source "
							"\"%s\"",
							target.source),
					 errdetail("It belongs to role \"%s\".",
							   GetUserNameFromId(watch.role, true)),
					 errhint("Have a member of that role end it.")));
		delete_watch(&target, &watch);
		found = true;
	}
	SPI_finish();

	if (found)
		DzWakeAtCommit(DZ_WAKE_WATCHES);
	else
		(void) DzServerResolve(target.server); /* a slip in its name? */
	PG_RETURN_BOOL(found);
}

/*
 * datazone_resume(server)
 *
 * How many watches and entries of the outbox go on now that were held, or
 * would have been as soon as the worker saw them: those that came from another
 * database.
 */
Datum
datazone_resume(PG_FUNCTION_ARGS)
{
	char *server = DzArgRequired(fcinfo, 0, "server");
	Oid serverid = DzServerResolve(server);
	int64 watches;
	int64 entries;

	PreventCommandIfReadOnly("datazone_resume()");

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	watches = resume_watches(server, serverid);
	entries = DzEntriesResume(server, serverid);
	tell_what_stays(DzEntriesHeld(server), held_watches(server));
	SPI_finish();

	if (watches > 0)
		DzWakeAtCommit(DZ_WAKE_WATCHES);
	if (entries > 0)
		DzWakeAtCommit(DZ_WAKE_OUTBOX);
	PG_RETURN_INT64(watches + entries);
}

static void
tell_what_stays(int64 entries, int64 watches)
{
	if (entries == 0 && watches == 0)
		return;
	ereport(NOTICE, (errmsg(INT64_FORMAT " entries and " INT64_FORMAT
										 " watches of other roles stay held",
							entries, watches),
					 errhint("Call it as a member of their roles, or as a "
							 "superuser.")));
}

/* ----------
 * Arguments
 * ----------
 */

/* As the listing that the worker will ask for would be checked. */
static void
check_arguments(const Target *target)
{
	MemoryContext scratch = AllocSetContextCreate(
		CurrentMemoryContext, "datazone watch", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", target->domain);
	DzParamsText(params, "dataSourceIdentifier", target->source);
	(void) DzRequestBuild(DzTypedOperation("ListDataSourceRuns"), params, NULL,
						  NULL);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

/* A month counts as 30 days. */
static Interval *
every_argument(FunctionCallInfo fcinfo, int n)
{
	Interval *every;
	double us;

	if (PG_ARGISNULL(n))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("argument \"every\" must not be null")));

	every = PG_GETARG_INTERVAL_P(n);
	us = (double) every->time + (double) every->day * USECS_PER_DAY +
		 (double) every->month * DAYS_PER_MONTH * USECS_PER_DAY;
	if (us < DZ_SHORTEST_EVERY_US || us > DZ_LONGEST_EVERY_US)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("argument \"every\" must be from one second "
							   "to 366 days")));
	return every;
}

/* ----------
 * The table; SPI is connected
 * ----------
 */

/*
 * A server keeps its watches when it gets another name.  The worker sees to
 * it, too, but may not have come to it yet.  Concerned are those of the
 * target's server, and those that another server has left under its name.
 */
static void
rename_watches(const Target *target)
{
	Oid types[] = {TEXTOID, OIDOID, INT8OID, OIDOID};
	Datum values[] = {CStringGetTextDatum(target->server),
					  ObjectIdGetDatum(target->serverid),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};

	(void) DzSqlAsOwner(
		DZ_WATCH_TABLE,
		psprintf("SELECT FROM %s WHERE (server = $1) <> (server_id = $2) "
				 "AND state = 'active' AND origin_system_identifier = $3 "
				 "AND origin_database_id = $4 LIMIT 1",
				 DzTableName(DZ_WATCH_TABLE)),
		lengthof(types), types, values, NULL);
	if (SPI_processed > 0)
		DzWatchesFollowRenames();
}

static int64
resume_watches(char *server, Oid serverid)
{
	Oid types[] = {TEXTOID, OIDOID, INT8OID, OIDOID, OIDOID};
	Datum values[] = {CStringGetTextDatum(server), ObjectIdGetDatum(serverid),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId),
					  ObjectIdGetDatum(GetUserId())};

	(void) DzSqlAsOwner(
		DZ_WATCH_TABLE,
		psprintf("UPDATE %s w SET state = 'active', last_error = NULL, "
				 "server_id = $2, origin_system_identifier = $3, "
				 "origin_database_id = $4 "
				 "WHERE w.server = $1 AND (w.state = 'held' "
				 "OR (w.origin_system_identifier, w.origin_database_id) "
				 "<> ($3, $4) OR " DZ_WATCH_IS_LEFT_BEHIND ") "
				 "AND EXISTS (SELECT FROM pg_roles r WHERE r.oid = w.role) "
				 "AND pg_has_role($5, w.role, 'USAGE')",
				 DzTableName(DZ_WATCH_TABLE)),
		lengthof(types), types, values, NULL);
	return (int64) SPI_processed;
}

/* Watches that are still held although their roles are there. */
static int64
held_watches(const char *server)
{
	Oid types[] = {TEXTOID, INT8OID, OIDOID};
	Datum values[] = {CStringGetTextDatum(server),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};
	bool isnull;

	(void) DzSqlAsOwner(
		DZ_WATCH_TABLE,
		psprintf("SELECT count(*) FROM %s w WHERE w.server = $1 "
				 "AND (w.state = 'held' OR (w.origin_system_identifier, "
				 "w.origin_database_id) <> ($2, $3) "
				 "OR " DZ_WATCH_IS_LEFT_BEHIND ") "
				 "AND EXISTS (SELECT FROM pg_roles r WHERE r.oid = w.role)",
				 DzTableName(DZ_WATCH_TABLE)),
		lengthof(types), types, values, NULL);
	return DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
									   SPI_tuptable->tupdesc, 1, &isnull));
}

/* Find the target's watch, and lock its row; false: there is none. */
static bool
find_watch(const Target *target, Watch *watch)
{
	Oid types[] = {TEXTOID, TEXTOID, TEXTOID, INT8OID, OIDOID};
	Datum values[] = {
		CStringGetTextDatum(target->server),
		CStringGetTextDatum(target->source),
		target->domain != NULL ? CStringGetTextDatum(target->domain)
							   : (Datum) 0,
		Int64GetDatum(DzOriginSystem()), ObjectIdGetDatum(MyDatabaseId)};
	char nulls[] = {' ', ' ', target->domain != NULL ? ' ' : 'n', ' ', ' '};
	bool isnull;
	HeapTuple row;
	TupleDesc desc;

	(void) DzSqlAsOwner(
		DZ_WATCH_TABLE,
		psprintf("SELECT domain_id, role::oid, server_id, "
				 "origin_system_identifier = $4 AND origin_database_id = $5 "
				 "FROM %s WHERE server = $1 AND data_source_id = $2 "
				 "AND ($3 IS NULL OR domain_id = $3) LIMIT 1 FOR UPDATE",
				 DzTableName(DZ_WATCH_TABLE)),
		lengthof(types), types, values, nulls);
	if (SPI_processed == 0)
		return false;

	row = SPI_tuptable->vals[0];
	desc = SPI_tuptable->tupdesc;
	watch->domain = SPI_getvalue(row, desc, 1);
	watch->role = DatumGetObjectId(SPI_getbinval(row, desc, 2, &isnull));
	watch->serverid = DatumGetObjectId(SPI_getbinval(row, desc, 3, &isnull));
	watch->is_from_here = DatumGetBool(SPI_getbinval(row, desc, 4, &isnull));
	return true;
}

static bool
is_orphaned(const Watch *watch, const Target *target)
{
	if (!SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(watch->role)))
		return true;
	return watch->is_from_here
			   ? !SearchSysCacheExists1(FOREIGNSERVEROID,
										ObjectIdGetDatum(watch->serverid))
			   : !OidIsValid(target->serverid);
}

/* Whether the caller has the rights of the watch's role. */
static bool
is_privileged(const Watch *watch)
{
	return SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(watch->role)) &&
		   has_privs_of_role(GetUserId(), watch->role);
}

/*
 * Make it the caller's, who needs keys for it.  False: another session was
 * faster.
 */
static bool
insert_watch(const Target *target, Interval *every)
{
	Oid types[] = {TEXTOID,     TEXTOID, TEXTOID, REGROLEOID,
				   INTERVALOID, OIDOID,  INT8OID, OIDOID};
	Datum values[] = {CStringGetTextDatum(target->server),
					  CStringGetTextDatum(target->domain),
					  CStringGetTextDatum(target->source),
					  ObjectIdGetDatum(GetUserId()),
					  IntervalPGetDatum(every),
					  ObjectIdGetDatum(target->serverid),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};

	(void) DzConnect(target->server);
	(void) DzSqlAsOwner(
		DZ_WATCH_TABLE,
		psprintf("INSERT INTO %s (server, domain_id, data_source_id, role, "
				 "every, server_id, origin_system_identifier, "
				 "origin_database_id) "
				 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
				 "ON CONFLICT DO NOTHING",
				 DzTableName(DZ_WATCH_TABLE)),
		lengthof(types), types, values, NULL);
	return SPI_processed > 0;
}

/*
 * There is a watch: make it the caller's if it is orphaned, which is as good
 * as new; else change it, if the caller may.
 */
static bool
take_watch(const Target *target, const Watch *watch, Interval *every)
{
	bool orphaned = is_orphaned(watch, target);

	if (!orphaned && !is_privileged(watch))
		ereport(
			ERROR,
			(errcode(ERRCODE_DUPLICATE_OBJECT),
			 errmsg("data source \"%s\" is watched already", target->source),
			 errdetail("Role \"%s\" watches it, on server \"%s\".",
					   GetUserNameFromId(watch->role, false), target->server),
			 errhint("Its runs are in datazone_run for every role that "
					 "may use the server; a member of that role may "
					 "change the watch.")));

	if (orphaned)
		(void) DzConnect(target->server); /* the keys, as for a new one */
	change_watch(target, orphaned ? GetUserId() : watch->role, every,
				 orphaned);
	return orphaned;
}

/* Whoever asks for it here means it here, wherever it came from. */
static void
change_watch(const Target *target, Oid role, Interval *every, bool anew)
{
	Oid types[] = {TEXTOID, TEXTOID, TEXTOID, REGROLEOID, INTERVALOID,
				   OIDOID,  INT8OID, OIDOID,  BOOLOID};
	Datum values[] = {CStringGetTextDatum(target->server),
					  CStringGetTextDatum(target->domain),
					  CStringGetTextDatum(target->source),
					  ObjectIdGetDatum(role),
					  IntervalPGetDatum(every),
					  ObjectIdGetDatum(target->serverid),
					  Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId),
					  BoolGetDatum(anew)};

	(void) DzSqlAsOwner(
		DZ_WATCH_TABLE,
		psprintf("UPDATE %s SET role = $4, every = $5, state = 'active', "
				 "server_id = $6, origin_system_identifier = $7, "
				 "origin_database_id = $8, "
				 "last_sync_at = CASE WHEN $9 THEN NULL ELSE last_sync_at "
				 "END, last_error = CASE WHEN $9 OR state <> 'active' "
				 "THEN NULL ELSE last_error END "
				 "WHERE server = $1 AND domain_id = $2 "
				 "AND data_source_id = $3",
				 DzTableName(DZ_WATCH_TABLE)),
		lengthof(types), types, values, NULL);
}

static void
delete_watch(const Target *target, const Watch *watch)
{
	Oid types[] = {TEXTOID, TEXTOID, TEXTOID};
	Datum values[] = {CStringGetTextDatum(target->server),
					  CStringGetTextDatum(watch->domain),
					  CStringGetTextDatum(target->source)};

	(void) DzSqlAsOwner(
		DZ_WATCH_TABLE,
		psprintf("DELETE FROM %s WHERE server = $1 AND domain_id = $2 "
				 "AND data_source_id = $3",
				 DzTableName(DZ_WATCH_TABLE)),
		lengthof(types), types, values, NULL);
}
