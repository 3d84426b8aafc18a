/*-------------------------------------------------------------------------
 *
 * extension.c
 *		Where the extension is installed.
 *
 * Everything of ours is found from here: by the extension's OID, never by a
 * schema's name and never through search_path, both of which a user can make
 * to look right.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_extension.h"
#include "commands/extension.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"

#include "datazone.h"
#include "server/server.h"

/*
 * The extension's OID in this database.  Where it is not installed:
 * InvalidOid with "missing_ok", else ERROR 42704.
 */
Oid
DzExtensionOid(bool missing_ok)
{
	return get_extension_oid(DZ_EXTENSION_NAME, missing_ok);
}

/*
 * The schema that holds the extension's objects.  ERROR 42704 where it is not
 * installed.
 */
Oid
DzExtensionSchema(void)
{
	Oid extension = DzExtensionOid(false);
	Oid schema = InvalidOid;
	Relation rel;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	/* there is no syscache for pg_extension before 18 */
	rel = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_extension_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(rel, ExtensionOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		schema = ((Form_pg_extension) GETSTRUCT(tuple))->extnamespace;
	systable_endscan(scan);
	table_close(rel, AccessShareLock);

	if (!OidIsValid(schema))
		elog(ERROR, "extension %u has no schema", extension);

	return schema;
}
