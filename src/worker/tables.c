/*-------------------------------------------------------------------------
 *
 * tables.c
 *		The extension's tables: what they are called, and writing to them.
 *
 * They are found through the extension's OID and its schema, never through
 * search_path, which is the caller's.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xlog.h"
#include "catalog/indexing.h"
#include "catalog/pg_class.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "datazone.h"
#include "worker/tables.h"

Oid
DzExtensionSchema(void)
{
	Oid extension = get_extension_oid(DZ_EXTENSION_NAME, true);
	Oid schema = InvalidOid;
	Relation rel;
	SysScanDesc scan;
	ScanKeyData key;
	HeapTuple tuple;

	if (!OidIsValid(extension))
		return InvalidOid;

	/* there is no syscache for extensions before 18 */
	rel = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_extension_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(rel, ExtensionOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		schema = ((Form_pg_extension) GETSTRUCT(tuple))->extnamespace;
	systable_endscan(scan);
	table_close(rel, AccessShareLock);

	return schema;
}

char *
DzTableName(const char *table)
{
	Oid schema = get_rel_namespace(DzTableOid(table));

	return quote_qualified_identifier(get_namespace_name(schema), table);
}

Oid
DzTableOid(const char *table)
{
	Oid schema = DzExtensionSchema();
	Oid relid =
		OidIsValid(schema) ? get_relname_relid(table, schema) : InvalidOid;

	if (!OidIsValid(relid))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the extension's table \"%s\" is not there", table),
				 errhint("Run ALTER EXTENSION datazone UPDATE, and do not "
						 "rename the extension's tables.")));
	return relid;
}

Oid
DzTableOwner(const char *table)
{
	Oid relid = DzTableOid(table);
	HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Oid owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", relid);
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);

	return owner;
}

int64
DzOriginSystem(void)
{
	return (int64) GetSystemIdentifier();
}

void
DzIdentityAssume(DzIdentity *saved, Oid role, bool restricted)
{
	int context;

	GetUserIdAndSecContext(&saved->userid, &saved->sec_context);
	context = saved->sec_context | SECURITY_LOCAL_USERID_CHANGE;
	if (restricted)
		context |= SECURITY_RESTRICTED_OPERATION;

	saved->guc_level = NewGUCNestLevel();
	(void) set_config_option("search_path", "pg_catalog, pg_temp", PGC_USERSET,
							 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	SetUserIdAndSecContext(role, context);
}

void
DzIdentityRestore(const DzIdentity *saved)
{
	AtEOXact_GUC(false, saved->guc_level);
	SetUserIdAndSecContext(saved->userid, saved->sec_context);
}

int
DzSqlAsOwner(const char *table, const char *sql, int nargs, Oid *types,
			 Datum *values, const char *nulls)
{
	DzIdentity caller;
	int result;

	DzIdentityAssume(&caller, DzTableOwner(table), true);
	result = SPI_execute_with_args(sql, nargs, types, values, nulls, false, 0);
	DzIdentityRestore(&caller);

	if (result < 0)
		elog(ERROR, "could not run a statement on \"%s\": %s", table,
			 SPI_result_code_string(result));
	return result;
}
