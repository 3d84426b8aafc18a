/*-------------------------------------------------------------------------
 *
 * blocking.c
 *		Commands that concern databases and extensions, seen by hooks.
 *
 * DROP DATABASE, ALTER DATABASE ... RENAME and SET TABLESPACE, and CREATE
 * DATABASE with the database as TEMPLATE wait five seconds for other sessions
 * to leave and fail then.  Our workers are nobody's session: the command
 * blocks the database, so that no worker enters it, ends the one that is
 * there, and unblocks when it has failed or the transaction is over.
 *
 * For DROP that happens in the object access hook, which PostgreSQL calls
 * when it has checked permission.  For the others there is no such moment, so
 * that we check permission ourselves, by PostgreSQL's rules: whoever may not
 * run the command must not be able to end a worker with it.  Where our check
 * says no, PostgreSQL's own error follows.
 *
 * The same hooks tell launcher and worker, at commit, of extensions and
 * databases that come, change and go.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_database.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_user_mapping.h"
#include "commands/defrem.h"
#include "commands/extension.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "datazone.h"
#include "shared/shared.h"
#include "worker/room.h"
#include "worker/tables.h"
#include "worker/worker.h"

/* as long as PostgreSQL itself waits for sessions to leave */
#define END_WORKER_MS 5000

/* what CREATE DATABASE copies if nothing is said */
#define DEFAULT_TEMPLATE "template1"

static object_access_hook_type next_access_hook = NULL;
static ProcessUtility_hook_type next_utility_hook = NULL;

static void on_access(ObjectAccessType access, Oid classid, Oid objectid,
					  int subid, void *arg);
static void on_utility(PlannedStmt *pstmt, const char *query_string,
					   bool read_only_tree, ProcessUtilityContext context,
					   ParamListInfo params, QueryEnvironment *environment,
					   DestReceiver *dest, QueryCompletion *completion);

/* Called while the postmaster loads libraries. */
void
DzBlockingInit(void)
{
	next_access_hook = object_access_hook;
	object_access_hook = on_access;
	next_utility_hook = ProcessUtility_hook;
	ProcessUtility_hook = on_utility;
	DzWakeInit();
}

/*
 * Unblocked when the transaction ends: until then nobody can connect anyway,
 * because the command holds PostgreSQL's lock on the database.
 */
static void
empty_database(Oid database)
{
	DzExpectTransactionEnd();
	DzDatabaseBlock(database);
	if (!DzDatabaseEndWorker(database, END_WORKER_MS))
		ereport(LOG, (errmsg("datazone worker of database %u did not end in "
							 "time for a command",
							 database)));
}

/* ----------
 * Objects
 * ----------
 */

static bool
is_change(ObjectAccessType access)
{
	return access == OAT_POST_CREATE || access == OAT_POST_ALTER ||
		   access == OAT_DROP;
}

/* An extension that is just being made cannot be looked up: it may be ours. */
static bool
may_be_ours(Oid extension)
{
	const char *name = get_extension_name(extension);

	return name == NULL || strcmp(name, DZ_EXTENSION_NAME) == 0;
}

static void
on_access(ObjectAccessType access, Oid classid, Oid objectid, int subid,
		  void *arg)
{
	if (next_access_hook != NULL)
		next_access_hook(access, classid, objectid, subid, arg);

	switch (classid)
	{
		case DatabaseRelationId:
			if (access == OAT_DROP)
			{
				empty_database(objectid);
				DzForgetAtCommit(objectid);
			}
			break;
		case ExtensionRelationId:
			if (is_change(access) && may_be_ours(objectid))
				DzProbeAtCommit();
			break;
		case ForeignServerRelationId:
			if (is_change(access))
				DzWakeAtCommit(DZ_WAKE_CLEANUP | DZ_WAKE_WATCHES |
							   DZ_WAKE_CATALOG);
			if (access == OAT_POST_ALTER || access == OAT_DROP)
				DzWipeCredentialsAtCommit(objectid, InvalidOid);
			break;
		case UserMappingRelationId:
			if (is_change(access))
				DzWakeAtCommit(DZ_WAKE_CATALOG);
			if (access == OAT_DROP)
				DzWipeCredentialsAtCommit(InvalidOid, objectid);
			break;
		default:
			break;
	}
}

/* ----------
 * Who may
 * ----------
 */

static bool
owns(Oid database)
{
	return DzDatabaseOwnerCheck(database, GetUserId());
}

/*
 * PostgreSQL's own function for this is not to be had in every minor release:
 * 15.18 keeps it to itself, 15.20 does not.
 */
static bool
may_create_databases(void)
{
	HeapTuple tuple;
	bool may;

	if (superuser())
		return true;
	tuple = SearchSysCache1(AUTHOID, ObjectIdGetDatum(GetUserId()));
	if (!HeapTupleIsValid(tuple))
		return false;
	may = ((Form_pg_authid) GETSTRUCT(tuple))->rolcreatedb;
	ReleaseSysCache(tuple);
	return may;
}

/* A database that anybody with CREATEDB may copy. */
static bool
is_template(Oid database)
{
	HeapTuple tuple = SearchSysCache1(DATABASEOID, ObjectIdGetDatum(database));
	bool is_template = false;

	if (HeapTupleIsValid(tuple))
	{
		is_template = ((Form_pg_database) GETSTRUCT(tuple))->datistemplate;
		ReleaseSysCache(tuple);
	}
	return is_template;
}

/* ----------
 * Commands
 * ----------
 */

static const DefElem *
find_option(const List *options, const char *name)
{
	ListCell *lc;

	foreach (lc, options)
	{
		const DefElem *option = lfirst_node(DefElem, lc);

		if (strcmp(option->defname, name) == 0)
			return option;
	}
	return NULL;
}

/*
 * The database that a command needs without connections; InvalidOid if it
 * needs none, or if the user may not run it.
 */
static Oid
database_to_empty(Node *command)
{
	Oid database = InvalidOid;

	switch (nodeTag(command))
	{
		case T_RenameStmt:
		{
			RenameStmt *stmt = (RenameStmt *) command;

			if (stmt->renameType != OBJECT_DATABASE)
				break;
			database = get_database_oid(stmt->subname, true);
			if (OidIsValid(database) &&
				!(owns(database) && may_create_databases()))
				database = InvalidOid;
			break;
		}
		case T_AlterDatabaseStmt:
		{
			AlterDatabaseStmt *stmt = (AlterDatabaseStmt *) command;

			if (find_option(stmt->options, "tablespace") == NULL)
				break;
			database = get_database_oid(stmt->dbname, true);
			if (OidIsValid(database) && !owns(database))
				database = InvalidOid;
			break;
		}
		case T_CreatedbStmt:
		{
			CreatedbStmt *stmt = (CreatedbStmt *) command;
			const DefElem *option = find_option(stmt->options, "template");
			const char *name = DEFAULT_TEMPLATE;

			/* TEMPLATE = DEFAULT has no argument */
			if (option != NULL && option->arg != NULL)
				name = defGetString(unconstify(DefElem *, option));
			database = get_database_oid(name, true);
			if (OidIsValid(database) &&
				!(may_create_databases() &&
				  (owns(database) || is_template(database))))
				database = InvalidOid;
			break;
		}
		default:
			break;
	}

	/* the session's own may be copied; all else PostgreSQL will refuse */
	if (database == MyDatabaseId && !IsA(command, CreatedbStmt))
		return InvalidOid;
	return database;
}

/* Whether there was a database to be emptied. */
static bool
empty_for(Node *command)
{
	Oid database = database_to_empty(command);

	if (OidIsValid(database))
		empty_database(database);
	return OidIsValid(database);
}

/* What may let somebody use a server who could not. */
static bool
gives_rights(const Node *command)
{
	switch (nodeTag(command))
	{
		case T_GrantStmt:
			return ((const GrantStmt *) command)->objtype ==
				   OBJECT_FOREIGN_SERVER;
		case T_GrantRoleStmt:
		case T_AlterRoleStmt:
			return true;
		default:
			return false;
	}
}

/* Anybody may have a table of that name, or look for one elsewhere. */
static bool
is_outbox(const RangeVar *table)
{
	Oid schema;
	Oid relid;

	if (table == NULL || strcmp(table->relname, DZ_OUTBOX_TABLE) != 0)
		return false;
	schema = DzExtensionSchema();
	if (!OidIsValid(schema))
		return false;
	relid = RangeVarGetRelid(table, NoLock, true);
	return OidIsValid(relid) &&
		   relid == get_relname_relid(DZ_OUTBOX_TABLE, schema);
}

/* What puts entries into the outbox, as a restore does. */
static bool
brings_entries(const Node *command)
{
	return IsA(command, CopyStmt) && ((const CopyStmt *) command)->is_from &&
		   is_outbox(((const CopyStmt *) command)->relation);
}

/* Whoever may not is about to be told so, and holds up nobody. */
static bool
may_bring_entries(void)
{
	return pg_class_aclcheck(DzTableOid(DZ_OUTBOX_TABLE), GetUserId(),
							 ACL_INSERT) == ACLCHECK_OK;
}

/* What puts entries into the outbox, or empties it. */
static bool
moves_entries(const Node *command)
{
	ListCell *lc;

	if (!IsA(command, TruncateStmt))
		return brings_entries(command);
	foreach (lc, ((const TruncateStmt *) command)->relations)
		if (is_outbox(lfirst(lc)))
			return true;
	return false;
}

/* What puts watches where no function did, as a restore does. */
static bool
brings_watches(const Node *command)
{
	const CopyStmt *copy = (const CopyStmt *) command;

	return IsA(command, CopyStmt) && copy->is_from && copy->relation != NULL &&
		   strcmp(copy->relation->relname, DZ_WATCH_TABLE) == 0;
}

/* What was fetched by the options that the mapping had is of no more use. */
static void
wipe_altered(const AlterUserMappingStmt *command)
{
	Oid server = get_foreign_server_oid(command->servername, true);
	Oid role = command->user->roletype == ROLESPEC_PUBLIC
				   ? InvalidOid
				   : get_rolespec_oid(command->user, true);
	Oid mapping =
		GetSysCacheOid2(USERMAPPINGUSERSERVER, Anum_pg_user_mapping_oid,
						ObjectIdGetDatum(role), ObjectIdGetDatum(server));

	if (OidIsValid(mapping))
		DzWipeCredentialsAtCommit(InvalidOid, mapping);
}

/* Who is to look, once the command has committed. */
static void
note_consequences(Node *command)
{
	switch (nodeTag(command))
	{
		case T_CreatedbStmt:
		case T_DropdbStmt:
		case T_AlterDatabaseStmt:
			DzRescanAtCommit();
			break;
		case T_RenameStmt:
			if (((RenameStmt *) command)->renameType == OBJECT_DATABASE)
				DzRescanAtCommit();
			break;
		case T_AlterObjectSchemaStmt:
			if (((AlterObjectSchemaStmt *) command)->objectType ==
				OBJECT_EXTENSION)
				DzProbeAtCommit();
			break;
		case T_AlterExtensionStmt:
			if (strcmp(((AlterExtensionStmt *) command)->extname,
					   DZ_EXTENSION_NAME) == 0)
				DzProbeAtCommit();
			break;
		case T_TransactionStmt:
			if (((TransactionStmt *) command)->kind ==
				TRANS_STMT_COMMIT_PREPARED)
				DzWakeAfterPrepared();
			else /* what it enqueued was counted at PREPARE */
				DzWakeAtCommit(DZ_WAKE_RECOUNT);
			break;
		case T_AlterUserMappingStmt: /* PostgreSQL calls no hook for it */
			wipe_altered((AlterUserMappingStmt *) command);
			DzWakeAtCommit(DZ_WAKE_CATALOG);
			break;
		default:
			if (gives_rights(command))
				DzWakeAtCommit(DZ_WAKE_CATALOG);
			if (moves_entries(command))
			{
				DzNumberForbid();
				DzWakeAtCommit(brings_entries(command)
								   ? DZ_WAKE_RECOUNT | DZ_WAKE_RESTORED
								   : DZ_WAKE_RECOUNT);
			}
			if (brings_watches(command))
				DzWakeAtCommit(DZ_WAKE_WATCHES);
			break;
	}
}

/* Whether we have anything to do with a command; all others go straight on. */
static bool
concerns_us(const Node *command)
{
	switch (nodeTag(command))
	{
		case T_CreatedbStmt:
		case T_DropdbStmt:
		case T_AlterDatabaseStmt:
		case T_RenameStmt:
		case T_AlterObjectSchemaStmt:
		case T_AlterExtensionStmt:
		case T_AlterUserMappingStmt:
			return true;
		case T_TransactionStmt:
			return ((const TransactionStmt *) command)->kind ==
					   TRANS_STMT_COMMIT_PREPARED ||
				   ((const TransactionStmt *) command)->kind ==
					   TRANS_STMT_ROLLBACK_PREPARED;
		default:
			return gives_rights(command) || moves_entries(command) ||
				   brings_watches(command);
	}
}

/* The command itself, or the next extension that has a say in it. */
static void
run_utility(PlannedStmt *pstmt, const char *query_string, bool read_only_tree,
			ProcessUtilityContext context, ParamListInfo params,
			QueryEnvironment *environment, DestReceiver *dest,
			QueryCompletion *completion)
{
	ProcessUtility_hook_type next =
		next_utility_hook ? next_utility_hook : standard_ProcessUtility;

	next(pstmt, query_string, read_only_tree, context, params, environment,
		 dest, completion);
}

static void
on_utility(PlannedStmt *pstmt, const char *query_string, bool read_only_tree,
		   ProcessUtilityContext context, ParamListInfo params,
		   QueryEnvironment *environment, DestReceiver *dest,
		   QueryCompletion *completion)
{
	volatile bool blocks = false;

	if (!concerns_us(pstmt->utilityStmt))
	{
		run_utility(pstmt, query_string, read_only_tree, context, params,
					environment, dest, completion);
		return;
	}

	PG_TRY();
	{
		/* others take numbers behind those that it begins with */
		if (brings_entries(pstmt->utilityStmt) && may_bring_entries())
			DzNumberForbid();
		blocks = empty_for(pstmt->utilityStmt);
		run_utility(pstmt, query_string, read_only_tree, context, params,
					environment, dest, completion);
	}
	PG_CATCH();
	{
		/*
		 * The transaction may live on, after a savepoint; and with it an
		 * earlier command, whose block stays.
		 */
		if (blocks)
			DzDatabaseUnblock();
		PG_RE_THROW();
	}
	PG_END_TRY();
	note_consequences(pstmt->utilityStmt);
}
