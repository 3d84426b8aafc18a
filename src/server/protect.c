/*-------------------------------------------------------------------------
 *
 * protect.c
 *		Keep a server's owner from dropping what a superuser has set.
 *
 * endpoint_url, proxy and ca_bundle say through what requests go, and a
 * superuser may rely on that: the policy of a private endpoint, for one, can
 * allow an identity less than the public endpoint would.  The validator
 * refuses whoever is no superuser when such an option is in the list that it
 * sees (option.c), but ALTER SERVER ... OPTIONS (DROP ...) leaves a list
 * without it.  PostgreSQL's object access hook is called after the new row is
 * written and while the old one is still in the cache: there both can be
 * compared.  The hook needs no preloading: a command that changes options
 * calls the validator first, which loads this library.
 *
 * Where a user mapping is the host's identity (credentials, profile), Region and
 * use_fips are guarded alike: they decide to which host, of which partition,
 * its tokens go.
 *
 * User mappings need no such guard (and the hook is not called for them):
 * without credentials or profile a mapping can do less, not more.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/reloptions.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_user_mapping.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "server/option.h"
#include "server/room.h"
#include "server/server.h"

static object_access_hook_type next_hook = NULL;

static void check_alter(ObjectAccessType access, Oid classid, Oid objectid,
						int subid, void *arg);

/* Called at load, perhaps in the postmaster. */
void
DzProtectInit(void)
{
	next_hook = object_access_hook;
	object_access_hook = check_alter;
}

/* The options that the command under way has just written. */
static List *
read_new_options(Oid serverid)
{
	List *result = NIL;
	Relation rel;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	rel = table_open(ForeignServerRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_foreign_server_oid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(serverid));
	scan = systable_beginscan(rel, ForeignServerOidIndexId, true, SnapshotSelf,
							  1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		bool isnull;
		Datum datum = heap_getattr(tuple, Anum_pg_foreign_server_srvoptions,
								   RelationGetDescr(rel), &isnull);

		if (!isnull)
			result = untransformRelOptions(datum);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);

	return result;
}

static const char *
find_value(List *options, const char *name)
{
	ListCell *lc;

	foreach (lc, options)
	{
		DefElem *elem = lfirst_node(DefElem, lc);

		if (strcmp(elem->defname, name) == 0)
			return defGetString(elem);
	}
	return NULL;
}

/* Whether some mapping of the server is the host's identity. */
static bool
serves_the_host(Oid serverid)
{
	bool found = false;
	Relation rel = table_open(UserMappingRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	ScanKeyInit(&key, Anum_pg_user_mapping_umserver, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(serverid));
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 1, &key);
	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool isnull;
		Datum datum = heap_getattr(tuple, Anum_pg_user_mapping_umoptions,
								   RelationGetDescr(rel), &isnull);
		ListCell *lc;

		foreach (lc, isnull ? NIL : untransformRelOptions(datum))
			if (DzOptionIsForSuperuser(lfirst_node(DefElem, lc)->defname,
									   UserMappingRelationId))
				found = true;
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return found;
}

static bool
is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Refuse whatever would send the host's identity elsewhere. */
static void
check_directions(Oid serverid, List *old_options, List *new_options)
{
	static const char *const names[] = {"region", "use_fips"};

	for (size_t i = 0; i < lengthof(names); i++)
	{
		if (is_same(find_value(old_options, names[i]),
					find_value(new_options, names[i])) ||
			!serves_the_host(serverid))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied for option \"%s\"", names[i]),
				 errdetail("A user mapping of the server has the credentials "
						   "of the database's host; only a superuser may "
						   "say where they go.")));
	}
}

/* Refuse if an option for superusers is no longer what it was. */
static void
check_options(Oid serverid)
{
	List *old_options = GetForeignServer(serverid)->options;
	List *new_options = read_new_options(serverid);
	ListCell *lc;

	check_directions(serverid, old_options, new_options);

	foreach (lc, old_options)
	{
		DefElem *elem = lfirst_node(DefElem, lc);
		const char *value;

		if (!DzOptionIsForSuperuser(elem->defname, ForeignServerRelationId))
			continue;
		value = find_value(new_options, elem->defname);
		if (value == NULL || strcmp(value, defGetString(elem)) != 0)
			ereport(
				ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied for option \"%s\"", elem->defname),
				 errdetail("Only a superuser may change or drop it.")));
	}
}

static void
check_alter(ObjectAccessType access, Oid classid, Oid objectid, int subid,
			void *arg)
{
	if (next_hook != NULL)
		next_hook(access, classid, objectid, subid, arg);

	if (access == OAT_POST_ALTER && classid == ForeignServerRelationId &&
		!superuser() && DzServerIsOurs(objectid))
		check_options(objectid);
}
