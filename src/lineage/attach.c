/*-------------------------------------------------------------------------
 *
 * attach.c
 *		Who may add a lineage trigger to a table, and with which arguments.
 *
 * The event is enqueued for the table's owner, on the owner's server and with
 * the owner's keys, and says what the trigger's arguments say.  PostgreSQL
 * lets whoever has the privilege TRIGGER on a table, and EXECUTE on the
 * function, add a trigger; that must not be enough to speak for somebody
 * else.  PostgreSQL's object access hook is called when the trigger's row has
 * been written, before the command ends: what is wrong is said to the one who
 * can mend it, and not to who loads data later.
 *
 * Triggers that PostgreSQL copies to partitions were checked when the first
 * was made.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "datazone.h"
#include "lineage/room.h"

static object_access_hook_type next_hook = NULL;

/* The extension's function; the name is looked at first, as it is cheap. */
static bool
is_ours(Oid function)
{
	char *name = get_func_name(function);

	return name != NULL && strcmp(name, DZ_LINEAGE_TRIGGER) == 0 &&
		   getExtensionOfObject(ProcedureRelationId, function) ==
			   get_extension_oid(DZ_EXTENSION_NAME, true);
}

/* The arguments lie one behind the other, each with a NUL at its end. */
static void
take_arguments(Trigger *trigger, Relation rel, HeapTuple tuple)
{
	bool isnull;
	Datum datum = heap_getattr(tuple, Anum_pg_trigger_tgargs,
							   RelationGetDescr(rel), &isnull);
	char *next;

	if (isnull)
		elog(ERROR, "null tgargs of trigger \"%s\"", trigger->tgname);
	next = VARDATA_ANY(DatumGetByteaPP(datum));

	trigger->tgargs = palloc(sizeof(char *) * (trigger->tgnargs + 1));
	for (int i = 0; i < trigger->tgnargs; i++)
	{
		trigger->tgargs[i] = pstrdup(next);
		next += strlen(next) + 1;
	}
}

static void
check_trigger(Relation rel, HeapTuple tuple)
{
	Form_pg_trigger form = (Form_pg_trigger) GETSTRUCT(tuple);
	Trigger trigger = {0};

	if (OidIsValid(form->tgparentid) || !is_ours(form->tgfoid))
		return;
	if (!DzTableOwnerCheck(form->tgrelid, GetUserId()))
		ereport(
			ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("must be owner of table %s", get_rel_name(form->tgrelid)),
			 errdetail("A lineage trigger acts for the table's owner.")));
	if (!TRIGGER_FOR_AFTER(form->tgtype))
		DzLineageTriggerMisused("must be fired AFTER the change");

	trigger.tgoid = form->oid;
	trigger.tgname = NameStr(form->tgname);
	trigger.tgnargs = form->tgnargs;
	take_arguments(&trigger, rel, tuple);
	(void) DzDefinitionRead(&trigger);
}

static void
on_create(ObjectAccessType access, Oid classid, Oid objectid, int subid,
		  void *arg)
{
	Relation rel;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	if (next_hook != NULL)
		next_hook(access, classid, objectid, subid, arg);
	if (access != OAT_POST_CREATE || classid != TriggerRelationId)
		return;

	/* the command's own row is not visible to others yet, this one included */
	rel = table_open(TriggerRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_trigger_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(objectid));
	scan = systable_beginscan(rel, TriggerOidIndexId, true, SnapshotSelf, 1,
							  &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		check_trigger(rel, tuple);
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
}

/* Called at load, perhaps in the postmaster. */
void
DzAttachInit(void)
{
	next_hook = object_access_hook;
	object_access_hook = on_create;
}
