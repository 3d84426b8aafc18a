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
#include "catalog/namespace.h"
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
#include "server/server.h"

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

/* The argument of a trigger that begins so. */
static const char *
argument_of(const DzDefinition *definition, const char *key)
{
	for (int i = 0; i < definition->nargs; i++)
	{
		if (strncmp(definition->args[i], key, strlen(key)) == 0)
			return definition->args[i];
	}
	return key;
}

static bool
is_missing(const DzLineageInput *input, Oid table)
{
	Oid schema;

	if (input->namespace != NULL ||
		(input->database != NULL &&
		 get_database_oid(input->database, true) != MyDatabaseId))
		return false; /* not ours to know */
	schema = input->schema ? get_namespace_oid(input->schema, true)
						   : get_rel_namespace(table);
	return !OidIsValid(schema) ||
		   !OidIsValid(get_relname_relid(input->name, schema));
}

/*
 * What a trigger names may come later, as when a dump is restored; but it may
 * be a slip as well.
 */
static void
tell_of_missing(const DzDefinition *definition, Oid table)
{
	ListCell *lc;

	if (definition->server != NULL &&
		!OidIsValid(DzServerFind(definition->server)))
		ereport(
			NOTICE,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("trigger \"%s\" names a server that does not exist",
					definition->name),
			 errdetail("Its argument is \"server=%s\".", definition->server),
			 errhint("Until there is one, the lineage of the table "
					 "cannot be recorded.")));
	foreach (lc, definition->inputs)
	{
		DzLineageInput *input = lfirst(lc);

		if (is_missing(input, table))
			ereport(NOTICE,
					(errcode(ERRCODE_UNDEFINED_TABLE),
					 errmsg("trigger \"%s\" names an input that does not "
							"exist: table \"%s\"",
							definition->name,
							input->schema
								? psprintf("%s.%s", input->schema, input->name)
								: input->name),
					 errdetail("Its argument is \"%s\".",
							   argument_of(definition, "inputs="))));
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
	tell_of_missing(DzDefinitionRead(&trigger), form->tgrelid);
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
