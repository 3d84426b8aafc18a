/*-------------------------------------------------------------------------
 *
 * resume.c
 *		Temporary tables, when capture is on again that was off for a while.
 *
 * What they were filled with in the meantime, nobody has seen.  So when it is
 * turned on in a session that has temporary tables, each that holds something
 * is said to be unknown, beside what is known of it; see staging.c.
 *
 * A setting is assigned where nothing may be looked up: the tables are looked
 * at afterwards, before the next statement that is captured runs if possible.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_namespace.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "lineage/room.h"

static bool is_due = false;
static int looked_at = 0; /* a level of subtransactions; 0: not in this one */

static Oid temporary_schema(void);
static List *tables_in(Oid schema);

/* Capture is turned on.  A session without temporary tables has missed none. */
void
DzResume(void)
{
	is_due = is_due || OidIsValid(temporary_schema());
}

bool
DzResumeIsDue(void)
{
	return is_due;
}

/* If that is due; in a subtransaction of its own. */
void
DzResumeLook(void)
{
	ListCell *lc;

	if (!is_due)
		return;
	DzCapturedWatch();
	is_due = false;
	looked_at = GetCurrentTransactionNestLevel();
	foreach (lc, tables_in(temporary_schema()))
	{
		DzStagingWasUnseen(lfirst_oid(lc));
	}
}

/* What was noted is forgotten with its level; nothing here allocates. */
void
DzResumeEndLevel(int level, bool is_commit)
{
	if (looked_at < level)
		return;
	is_due = is_due || (!is_commit && looked_at > 0);
	looked_at = is_commit ? Max(level - 1, 0) : 0;
}

static Oid
temporary_schema(void)
{
	Oid schema;
	Oid toast;

	GetTempNamespaceState(&schema, &toast);
	return schema;
}

/* All that is in a schema depends on it. */
static List *
tables_in(Oid schema)
{
	List *tables = NIL;
	Relation rel = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple tuple;

	ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(NamespaceRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(schema));
	scan =
		systable_beginscan(rel, DependReferenceIndexId, true, NULL, 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->classid == RelationRelationId &&
			get_rel_relkind(form->objid) == RELKIND_RELATION)
			tables = lappend_oid(tables, form->objid);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return tables;
}
