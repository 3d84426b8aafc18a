/*-------------------------------------------------------------------------
 *
 * names.c
 *		Edges in words: the names of kinds, relations, columns, functions
 *		and triggers.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "commands/defrem.h"
#include "commands/proclang.h"
#include "foreign/foreign.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

static char *option_of(List *options, const char *name);
static char *trigger_text(Oid trigger);
static Oid look_up_trigger(Oid trigger, char **name);
static char *function_name(Oid funcid);
static char *opaque_text(Oid funcid, const char *function);

const char *
DzEdgeTypeName(DzEdgeKind kind)
{
	return DzEdgeIsDirect(kind) ? "DIRECT" : "INDIRECT";
}

const char *
DzEdgeSubtypeName(DzEdgeKind kind)
{
	static const char *const names[] = {[DZ_EDGE_IDENTITY] = "IDENTITY",
										[DZ_EDGE_TRANSFORMATION] =
											"TRANSFORMATION",
										[DZ_EDGE_AGGREGATION] = "AGGREGATION",
										[DZ_EDGE_JOIN] = "JOIN",
										[DZ_EDGE_FILTER] = "FILTER",
										[DZ_EDGE_GROUP_BY] = "GROUP_BY",
										[DZ_EDGE_SORT] = "SORT",
										[DZ_EDGE_WINDOW] = "WINDOW",
										[DZ_EDGE_CONDITIONAL] = "CONDITIONAL",
										[DZ_EDGE_READ] = NULL};

	return names[kind];
}

char *
DzEdgeNoteText(const DzNote *note)
{
	char *function = NULL;

	if (note->kind == DZ_NOTE_TRIGGER)
		return trigger_text(note->object);
	if (OidIsValid(note->object))
	{
		if (get_func_name(note->object) == NULL)
			return NULL;
		function = function_name(note->object);
	}
	switch (note->kind)
	{
		case DZ_NOTE_OPAQUE:
			return opaque_text(note->object, function);
		case DZ_NOTE_RECURSIVE:
			return psprintf(
				"function %s calls itself: that call is not looked into",
				function);
		case DZ_NOTE_WRITES:
			return psprintf("function %s also changes tables: that is lineage "
							"of its own statements",
							function);
		case DZ_NOTE_BROKEN:
			return psprintf("function %s is not looked into: its body cannot "
							"be analysed",
							function);
		case DZ_NOTE_DYNAMIC:
			return psprintf("function %s reads what its arguments name",
							function);
		case DZ_NOTE_UNSEEN:
			return pstrdup("what a temporary table was filled with is not "
						   "known");
		case DZ_NOTE_CLIENT:
			return pstrdup("rows come from the client");
		case DZ_NOTE_PROGRAM:
			return pstrdup("rows come from a program");
		case DZ_NOTE_TRIGGER:
			break;
	}
	return NULL;
}

Oid
DzEdgeTriggerTable(Oid trigger)
{
	char *name;

	return look_up_trigger(trigger, &name);
}

/* NULL: there is no such trigger any more. */
static char *
trigger_text(Oid trigger)
{
	char *name;
	Oid table = look_up_trigger(trigger, &name);

	if (!OidIsValid(table))
		return NULL;
	return psprintf("trigger %s of %s %s may change its rows", name,
					get_rel_relkind(table) == RELKIND_VIEW ? "view" : "table",
					DzEdgeRelationName(table));
}

/* Its table, and its name; InvalidOid: there is none. */
static Oid
look_up_trigger(Oid trigger, char **name)
{
	Relation catalog = table_open(TriggerRelationId, AccessShareLock);
	Oid table = InvalidOid;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	ScanKeyInit(&key, Anum_pg_trigger_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(trigger));
	scan = systable_beginscan(catalog, TriggerOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_trigger form = (Form_pg_trigger) GETSTRUCT(tuple);

		table = form->tgrelid;
		*name = pstrdup(NameStr(form->tgname));
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return table;
}

/* schema.name(types), none of them quoted. */
static char *
function_name(Oid funcid)
{
	HeapTuple proc = DzFunctionTuple(funcid);
	Form_pg_proc form = (Form_pg_proc) GETSTRUCT(proc);
	StringInfoData name;

	initStringInfo(&name);
	appendStringInfo(&name, "%s.%s(",
					 get_namespace_name_or_temp(form->pronamespace),
					 NameStr(form->proname));
	for (int i = 0; i < form->pronargs; i++)
		appendStringInfo(&name, "%s%s", i > 0 ? "," : "",
						 format_type_be(form->proargtypes.values[i]));
	appendStringInfoChar(&name, ')');
	ReleaseSysCache(proc);
	return name.data;
}

/* One in SQL is only not looked into where no call of it can be made. */
static char *
opaque_text(Oid funcid, const char *function)
{
	HeapTuple proc = DzFunctionTuple(funcid);
	Oid language = ((Form_pg_proc) GETSTRUCT(proc))->prolang;

	ReleaseSysCache(proc);
	if (language == SQLlanguageId)
		return psprintf("function %s is not looked into: an aggregate or an "
						"operator calls it",
						function);
	return psprintf("function %s is not looked into: its language is %s",
					function, get_language_name(language, false));
}

char *
DzEdgeRelationName(Oid relid)
{
	char *name = get_rel_name(relid);
	char *schema = get_namespace_name_or_temp(get_rel_namespace(relid));

	if (name == NULL || schema == NULL)
		elog(ERROR, "cache lookup failed for relation %u", relid);
	if (get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE)
	{
		List *options = GetForeignTable(relid)->options;
		char *remote_schema = option_of(options, "schema_name");
		char *remote_name = option_of(options, "table_name");

		schema = remote_schema != NULL ? remote_schema : schema;
		name = remote_name != NULL ? remote_name : name;
	}
	return psprintf("%s.%s", schema, name);
}

char *
DzEdgeColumnName(Oid relid, AttrNumber attnum)
{
	char *remote = NULL;

	if (attnum == 0 || attnum == DZ_NO_COLUMN)
		return NULL;
	if (attnum > 0 && get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE)
		remote =
			option_of(GetForeignColumnOptions(relid, attnum), "column_name");
	return remote != NULL ? remote : get_attname(relid, attnum, false);
}

/* An option's value; NULL if it is not given. */
static char *
option_of(List *options, const char *name)
{
	ListCell *lc;

	foreach (lc, options)
	{
		DefElem *option = lfirst_node(DefElem, lc);

		if (strcmp(option->defname, name) == 0)
			return defGetString(option);
	}
	return NULL;
}
