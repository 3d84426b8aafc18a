/*-------------------------------------------------------------------------
 *
 * server.c
 *		Which server a call means, and whether the caller may use it.
 *
 * The OIDs of all datazone servers are remembered per process until
 * pg_foreign_server or pg_foreign_data_wrapper changes, so that a call with
 * the default server scans no catalog.  Who may use which of them is never
 * remembered: USAGE is looked up at every call.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/pg_foreign_data_wrapper.h"
#include "catalog/pg_foreign_server.h"
#include "commands/extension.h"
#include "foreign/foreign.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "compat.h"
#include "datazone.h"
#include "nearest.h"
#include "server/option.h"
#include "server/room.h"
#include "server/server.h"

/* how many names an error message lists */
#define MAX_LISTED 10

static char *default_server; /* datazone.server */

/*
 * All datazone servers, as of a number of catalog changes: a change that
 * comes in while they are read makes the list stale at birth.
 */
static List *known_servers; /* OIDs, in TopMemoryContext */
static uint64 known_as_of = 0;
static uint64 catalog_changes = 1;

static void forget_servers(Datum arg, DzSysCacheId cacheid, uint32 hash);

/* Called at load, perhaps in the postmaster. */
void
DzServerInit(void)
{
	DefineCustomStringVariable(
		"datazone.server",
		"Server that datazone functions use when called without one.",
		"While unset, the only datazone server on which the role has USAGE "
		"is used. Ignored inside SECURITY DEFINER functions.",
		&default_server, NULL, PGC_USERSET, 0, NULL, NULL, NULL);

	CacheRegisterSyscacheCallback(FOREIGNSERVEROID, forget_servers, (Datum) 0);
	CacheRegisterSyscacheCallback(FOREIGNDATAWRAPPEROID, forget_servers,
								  (Datum) 0);

	DzConnectionInit();
	DzProtectInit();
}

/* ----------
 * All datazone servers
 * ----------
 */

static void
forget_servers(Datum arg, DzSysCacheId cacheid, uint32 hash)
{
	catalog_changes++;
}

/* Read the OIDs of all datazone servers, in CurrentMemoryContext. */
static List *
scan_servers(void)
{
	Oid extension = get_extension_oid(DZ_EXTENSION_NAME, true);
	List *wrappers = NIL; /* seen to be the extension's */
	List *servers = NIL;
	Relation rel;
	SysScanDesc scan;
	HeapTuple tuple;

	if (!OidIsValid(extension))
		return NIL;

	rel = table_open(ForeignServerRelationId, AccessShareLock);
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_foreign_server form =
			(Form_pg_foreign_server) GETSTRUCT(tuple);

		if (!list_member_oid(wrappers, form->srvfdw))
		{
			if (getExtensionOfObject(ForeignDataWrapperRelationId,
									 form->srvfdw) != extension)
				continue;
			wrappers = lappend_oid(wrappers, form->srvfdw);
		}
		servers = lappend_oid(servers, form->oid);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);

	return servers;
}

static List *
all_servers(void)
{
	uint64 as_of = catalog_changes;
	List *scanned;
	MemoryContext oldcontext;

	if (known_as_of == as_of)
		return known_servers;

	scanned = scan_servers();

	oldcontext = MemoryContextSwitchTo(TopMemoryContext);
	list_free(known_servers);
	known_servers = NIL;
	known_servers = list_copy(scanned);
	MemoryContextSwitchTo(oldcontext);

	known_as_of = as_of;
	return known_servers;
}

/* Whether "serverid" is a datazone server. */
bool
DzServerIsOurs(Oid serverid)
{
	return list_member_oid(all_servers(), serverid);
}

/* ----------
 * Resolving
 * ----------
 */

static bool
may_use(Oid serverid)
{
	return DzServerAclCheck(serverid, GetUserId(), ACL_USAGE) == ACLCHECK_OK;
}

/* The name of a server, or NULL if it is just being dropped. */
static char *
server_name(Oid serverid)
{
	ForeignServer *server = GetForeignServerExtended(serverid, FSV_MISSING_OK);

	return server ? server->servername : NULL;
}

static char *
nearest_server(const char *given)
{
	DzNearest nearest;
	ListCell *lc;

	DzNearestInit(&nearest, given);
	foreach (lc, all_servers())
	{
		char *name = server_name(lfirst_oid(lc));

		if (name != NULL)
			DzNearestOffer(&nearest, name);
	}
	return nearest.best ? pstrdup(nearest.best) : NULL;
}

static void
refuse_unknown(const char *name, bool from_setting)
{
	char *nearest = nearest_server(name);

	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("server \"%s\" does not exist", name),
			 from_setting
				 ? errdetail("The setting \"datazone.server\" names it.")
				 : 0,
			 nearest ? errhint("Perhaps you meant the server \"%s\".", nearest)
					 : 0));
}

/* The server with this name, which the caller must be allowed to use. */
static Oid
resolve_name(const char *name, bool from_setting)
{
	Oid serverid = get_foreign_server_oid(name, true);

	if (!OidIsValid(serverid))
		refuse_unknown(name, from_setting);

	if (!DzServerIsOurs(serverid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("server \"%s\" is not a datazone server", name),
				 from_setting
					 ? errdetail("The setting \"datazone.server\" names it.")
					 : 0,
				 errhint("Name a server of FOREIGN DATA WRAPPER datazone.")));

	if (!may_use(serverid))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						errmsg("permission denied for server \"%s\"", name),
						errhint("GRANT USAGE ON FOREIGN SERVER %s TO %s.",
								quote_identifier(name),
								quote_identifier(
									GetUserNameFromId(GetUserId(), false)))));

	return serverid;
}

/* Their names, for a message; empty: all are just being dropped. */
static char *
listed(const List *servers)
{
	StringInfoData names;
	ListCell *lc;

	initStringInfo(&names);
	foreach (lc, servers)
	{
		char *name = server_name(lfirst_oid(lc));

		if (foreach_current_index(lc) == MAX_LISTED)
		{
			appendStringInfo(&names, " and %d more",
							 list_length(servers) - MAX_LISTED);
			break;
		}
		if (name != NULL)
			appendStringInfo(&names, "%s\"%s\"", names.len > 0 ? ", " : "",
							 name);
	}
	return names.data;
}

/* None, or several, of the datazone servers may be used: say what to do. */
static void
refuse_ambiguous(List *usable)
{
	char *role = GetUserNameFromId(GetUserId(), false);

	if (usable == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("no datazone server for role \"%s\"", role),
				 errdetail("The role has USAGE on no server of FOREIGN DATA "
						   "WRAPPER datazone."),
				 errhint("CREATE SERVER, or GRANT USAGE ON FOREIGN SERVER "
						 "to the role.")));

	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
					errmsg("no unique datazone server for role \"%s\"", role),
					errdetail("The role has USAGE on %s.", listed(usable)),
					InLocalUserIdChange()
						? errhint("Pass the argument \"server\".")
						: errhint("Pass the argument \"server\", or set "
								  "\"datazone.server\".")));
}

static Oid
resolve_only(void)
{
	List *usable = NIL;
	Oid found = InvalidOid;
	ListCell *lc;

	foreach (lc, all_servers())
	{
		if (!may_use(lfirst_oid(lc)))
			continue;
		found = lfirst_oid(lc);
		usable = lappend_oid(usable, found);
	}
	if (list_length(usable) != 1)
		refuse_ambiguous(usable);

	return found;
}

/*
 * A SECURITY DEFINER function spends its owner's credentials; where they go
 * is not for its caller's settings to say.  The flag is also on in other
 * places where PostgreSQL runs code as somebody else (a materialized view's
 * query, an index expression), and the same is right there.
 */
Oid
DzServerResolve(const char *server)
{
	/*
	 * A statement that names no table takes no lock, and so would not hear of
	 * other sessions' changes before its transaction ends.
	 */
	AcceptInvalidationMessages();

	if (server != NULL)
		return resolve_name(server, false);

	if (default_server != NULL && default_server[0] != '\0' &&
		!InLocalUserIdChange())
		return resolve_name(default_server, true);

	return resolve_only();
}

Oid
DzServerFind(const char *name)
{
	Oid serverid;

	AcceptInvalidationMessages();
	serverid = get_foreign_server_oid(name, true);
	return OidIsValid(serverid) && DzServerIsOurs(serverid) ? serverid
															: InvalidOid;
}

Oid
DzServerOnly(void)
{
	AcceptInvalidationMessages();
	return list_length(all_servers()) == 1 ? linitial_oid(all_servers())
										   : InvalidOid;
}

char *
DzServerNames(void)
{
	List *servers;

	AcceptInvalidationMessages();
	servers = list_copy(all_servers());
	return servers != NIL ? listed(servers) : NULL;
}

char *
DzServerName(Oid serverid)
{
	return pstrdup(GetForeignServer(serverid)->servername);
}

char *
DzServerDefaultDomain(Oid serverid)
{
	DzServerOptions options;

	DzServerOptionsRead(GetForeignServer(serverid)->options, &options);
	return options.domain_identifier ? pstrdup(options.domain_identifier)
									 : NULL;
}
