/*-------------------------------------------------------------------------
 *
 * names.c
 *		datazone_run_server: which server the rows of datazone_run are of.
 *
 * The rows name their server, and a name can go to another server.  So the
 * worker notes for each name whose rows there are, by OID, before it writes
 * the first: a server *claims* its name.  Rows whose claim no longer holds,
 * because the server was dropped or renamed, go before another server can
 * claim the name.
 *
 * A claim is checked when an answer comes, not when the request is sent: the
 * server may have gone meanwhile.  One that was found good is so until a
 * server is made, changed or dropped: that wakes the worker, and the cleanup,
 * which begins by forgetting them all, runs before the next answer is taken.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "worker/engine.h"

typedef struct Claim
{
	Oid serverid;
	const char *name;
	bool is_real; /* there is a server of this OID and name */
	Oid holder; /* of the name; InvalidOid: none yet */
} Claim;

static List *good_claims = NIL;

/* ----------
 * A claim
 * ----------
 */

static bool
is_known_good(Oid serverid, const char *name)
{
	ListCell *lc;

	foreach (lc, good_claims)
	{
		const Claim *claim = lfirst(lc);

		if (claim->serverid == serverid && strcmp(claim->name, name) == 0)
			return true;
	}
	return false;
}

static void
remember(const Claim *claim)
{
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);
	Claim *kept = palloc(sizeof(Claim));

	*kept = *claim;
	kept->name = pstrdup(claim->name);
	good_claims = lappend(good_claims, kept);
	MemoryContextSwitchTo(old);
}

static void
look_at(Claim *claim)
{
	Oid types[] = {OIDOID, TEXTOID};
	Datum values[] = {ObjectIdGetDatum(claim->serverid),
					  CStringGetTextDatum(claim->name)};
	bool isnull;
	Datum holder;

	if (SPI_execute_with_args(
			psprintf("SELECT c.server_id FROM pg_catalog.pg_foreign_server s "
					 "LEFT JOIN %s c ON c.server = s.srvname "
					 "WHERE s.oid = $1 AND s.srvname = $2",
					 DzTableName(DZ_RUN_SERVER_TABLE)),
			2, types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for a server's claim");
	claim->is_real = SPI_processed > 0;
	claim->holder = InvalidOid;
	if (!claim->is_real)
		return;
	holder = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1,
						   &isnull);
	if (!isnull)
		claim->holder = DatumGetObjectId(holder);
}

/* As the owner of the claims. */
static void
make_claim(void *arg)
{
	Claim *claim = arg;
	Oid types[] = {TEXTOID, OIDOID, INT8OID};
	Datum values[] = {CStringGetTextDatum(claim->name),
					  ObjectIdGetDatum(claim->serverid),
					  Int64GetDatum(DzOriginSystem())};

	look_at(claim);
	if (!claim->is_real || OidIsValid(claim->holder))
		return;
	if (SPI_execute_with_args(psprintf("INSERT INTO %s VALUES ($1, $2, $3)",
									   DzTableName(DZ_RUN_SERVER_TABLE)),
							  lengthof(types), types, values, NULL, false,
							  0) != SPI_OK_INSERT)
		elog(ERROR, "could not note a server's claim");
	claim->holder = claim->serverid;
}

/*
 * To be called before rows are kept that a server has answered with: "name"
 * is what they say that it is called.  Throws 55000 if it is not, or if rows
 * of another server of that name are still to be deleted.  Neither lasts.
 */
void
DzNameRequire(Oid serverid, const char *name)
{
	Claim claim = {serverid, name, false, InvalidOid};

	if (is_known_good(serverid, name))
		return;
	DzSqlRun(DZ_RUN_SERVER_TABLE, "claiming a server's name", make_claim,
			 &claim);
	if (!claim.is_real)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("foreign server \"%s\" was dropped or renamed "
							   "while it was asked",
							   name)));
	if (claim.holder != serverid)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("runs of a former foreign server \"%s\" are "
							   "still to be deleted",
							   name)));
	remember(&claim);
}

/* Servers have changed. */
void
DzNamesForget(void)
{
	ListCell *lc;

	foreach (lc, good_claims)
	{
		Claim *claim = lfirst(lc);

		pfree(unconstify(char *, claim->name));
		pfree(claim);
	}
	list_free(good_claims);
	good_claims = NIL;
}

/* ----------
 * Claims that no longer hold; as their owner
 * ----------
 */

/*
 * Of a cluster that this one was made from (by pg_upgrade): servers have kept
 * their names, but not their OIDs.
 */
static void
adopt_claims(void)
{
	Oid types[] = {INT8OID};
	Datum values[] = {Int64GetDatum(DzOriginSystem())};

	if (SPI_execute_with_args(psprintf("UPDATE %s c SET server_id = s.oid, "
									   "origin_system_identifier = $1 "
									   "FROM pg_catalog.pg_foreign_server s "
									   "WHERE s.srvname = c.server "
									   "AND c.origin_system_identifier <> $1",
									   DzTableName(DZ_RUN_SERVER_TABLE)),
							  1, types, values, NULL, false,
							  0) != SPI_OK_UPDATE)
		elog(ERROR, "could not adopt servers' claims");
}

/* "arg": where to put the names that are void, an array of text for SQL. */
void
DzNamesFindVoid(void *arg)
{
	Datum *names = arg;
	MemoryContext spi;
	bool isnull;
	Datum array;

	adopt_claims();
	if (SPI_execute(psprintf("SELECT ARRAY(SELECT c.server FROM %s c "
							 "WHERE NOT EXISTS (SELECT FROM "
							 "pg_catalog.pg_foreign_server s "
							 "WHERE s.oid = c.server_id "
							 "AND s.srvname = c.server))",
							 DzTableName(DZ_RUN_SERVER_TABLE)),
					false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for void claims");
	array = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1,
						  &isnull);
	spi = MemoryContextSwitchTo(TopMemoryContext);
	*names = PointerGetDatum(DatumGetArrayTypePCopy(array));
	MemoryContextSwitchTo(spi);
}

/* "arg": the names, whose rows are all gone. */
void
DzNamesDelete(void *arg)
{
	Oid types[] = {TEXTARRAYOID};
	Datum *values = arg;

	if (SPI_execute_with_args(
			psprintf("DELETE FROM %s WHERE server = ANY ($1)",
					 DzTableName(DZ_RUN_SERVER_TABLE)),
			1, types, values, NULL, false, 0) != SPI_OK_DELETE)
		elog(ERROR, "could not delete void claims");
}
