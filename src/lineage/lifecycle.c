/*-------------------------------------------------------------------------
 *
 * lifecycle.c
 *		Tables that are made, dropped, renamed or truncated.
 *
 * PostgreSQL's object access hook tells of each relation, whatever command it
 * was and also where one drops many.  A new relation's name is not visible
 * then, and of a changed one the old row is: so what becomes of it is looked
 * at when the transaction commits.  What a transaction has itself made and
 * dropped nobody has seen.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/relcache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "edges/edges.h"
#include "lineage/room.h"

/* What was seen of a relation of which something becomes. */
typedef struct Sight
{
	DzLife *life;
	bool is_told; /* to others */
	bool is_staging; /* the session's own, which is emptied */
} Sight;

static object_access_hook_type next_hook = NULL;

static void see(ObjectAccessType access, Oid classid, Oid objectid, int subid,
				void *arg);
static bool is_internal(ObjectAccessType access, void *arg);
static void note(ObjectAccessType access, Oid relid);
static void begin_scratch(void *arg);
static DzLifeChange change_of(ObjectAccessType access);
static void look(void *arg);
static void look_at_columns(DzLife *life);
static void empty_staging(void *arg);
static bool is_new_dataset(Oid relid);
static bool is_kind_of_dataset(char relkind);
static bool is_made_here(Oid relid);
static bool is_dataset_kind(Oid relid);
static bool is_locked(Oid relid);
static Oid now_named(const DzLife *life);
static void add_dropped(List **targets, const DzRecord *record);
static void add_renamed(List **targets, const DzRecord *record);

/* Called at load. */
void
DzLifeInit(void)
{
	next_hook = object_access_hook;
	object_access_hook = see;
}

static void
see(ObjectAccessType access, Oid classid, Oid objectid, int subid, void *arg)
{
	if (next_hook != NULL)
		next_hook(access, classid, objectid, subid, arg);
	if (DzCaptureMode == DZ_CAPTURE_OFF || classid != RelationRelationId ||
		subid != 0 || is_internal(access, arg) || DzCapturedIsWriting() ||
		creating_extension || IsInParallelMode() || !DzProcessIsCaptured())
		return;
	note(access, objectid);
}

/* What a command does for itself, to write a table anew, say. */
static bool
is_internal(ObjectAccessType access, void *arg)
{
	switch (access)
	{
		case OAT_POST_CREATE:
			return ((ObjectAccessPostCreate *) arg)->is_internal;
		case OAT_POST_ALTER:
			return ((ObjectAccessPostAlter *) arg)->is_internal;
		case OAT_DROP:
			return (((ObjectAccessDrop *) arg)->dropflags &
					PERFORM_DELETION_INTERNAL) != 0;
		case OAT_TRUNCATE:
			return false;
		default:
			return true;
	}
}

/*
 * The catalogs are in the middle of a change, which nothing here may make
 * visible: names are looked up under a guard of its own.
 */
static void
note(ObjectAccessType access, Oid relid)
{
	DzLife life = {.relid = relid};
	DzRan ran = {.rows = -1, .life = &life};
	Sight sight = {.life = &life};
	MemoryContext scratch;
	MemoryContext old;

	if (!DzGuardedNote(begin_scratch, &scratch))
		return;
	old = MemoryContextSwitchTo(scratch);
	life.change = change_of(access);
	if (!DzGuardedLook(look, &sight))
		sight.is_told = false;
	else if (sight.is_staging)
		(void) DzGuardedNote(empty_staging, &life);
	if (sight.is_told)
		DzCapturedAdd(&ran);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

static void
begin_scratch(void *arg)
{
	*(MemoryContext *) arg =
		AllocSetContextCreate(CurrentMemoryContext, "datazone lineage scratch",
							  ALLOCSET_SMALL_SIZES);
}

static DzLifeChange
change_of(ObjectAccessType access)
{
	switch (access)
	{
		case OAT_POST_CREATE:
			return DZ_LIFE_CREATE;
		case OAT_DROP:
			return DZ_LIFE_DROP;
		case OAT_TRUNCATE:
			return DZ_LIFE_TRUNCATE;
		default:
			return DZ_LIFE_RENAME;
	}
}

/* Is it a dataset, and by which name was it known? */
static void
look(void *arg)
{
	Sight *sight = arg;
	DzLife *life = sight->life;
	bool is_truncate = life->change == DZ_LIFE_TRUNCATE;

	if (life->change == DZ_LIFE_CREATE)
	{
		sight->is_told = is_new_dataset(life->relid);
		return;
	}
	sight->is_staging = is_truncate && DzStagingIs(life->relid);
	/* one that is dropped is told by the name that it had: see gone.c */
	if (!DzNamespaceIsSet() || !is_dataset_kind(life->relid) ||
		(!DzDatasetIsTarget(life->relid) &&
		 !(life->change == DZ_LIFE_DROP && DzGoneWasRenamed(life->relid))) ||
		(!is_truncate && is_made_here(life->relid)))
		return;
	life->dataset = DzDatasetOf(life->relid);
	life->schema = get_namespace_name(get_rel_namespace(life->relid));
	life->name = get_rel_name(life->relid);
	if (life->change == DZ_LIFE_DROP && DzGoneWasRead(life->relid))
		look_at_columns(life);
	sight->is_told = true;
}

/* What reads them is still to be told. */
static void
look_at_columns(DzLife *life)
{
	while (SearchSysCacheExists2(ATTNUM, ObjectIdGetDatum(life->relid),
								 Int16GetDatum(life->ncolumns + 1)))
		life->ncolumns++;
	life->columns = palloc_array(const char *, life->ncolumns);
	for (int i = 0; i < life->ncolumns; i++)
		life->columns[i] = DzDatasetColumn(life->relid, i + 1);
}

/*
 * A new relation's row is not yet visible to others than its command.  Nobody
 * will hear of indexes, sequences, types or temporary tables.
 */
static bool
is_new_dataset(Oid relid)
{
	Relation rel = table_open(RelationRelationId, AccessShareLock);
	bool result = false;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	ScanKeyInit(&key, Anum_pg_class_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	scan =
		systable_beginscan(rel, ClassOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_class form = (Form_pg_class) GETSTRUCT(tuple);

		result = form->relpersistence != RELPERSISTENCE_TEMP &&
				 is_kind_of_dataset(form->relkind);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return result;
}

static void
empty_staging(void *arg)
{
	DzCapturedWatch();
	DzStagingTruncate(((DzLife *) arg)->relid);
}

/* Has this transaction made it? */
static bool
is_made_here(Oid relid)
{
	Relation rel = RelationIdGetRelation(relid);
	bool result;

	if (rel == NULL)
		return false;
	result = rel->rd_createSubid != InvalidSubTransactionId;
	RelationClose(rel);
	return result;
}

/* A view is a dataset where views are named; a partition is part of one. */
static bool
is_dataset_kind(Oid relid)
{
	return is_kind_of_dataset(get_rel_relkind(relid)) &&
		   !get_rel_relispartition(relid);
}

static bool
is_kind_of_dataset(char relkind)
{
	switch (relkind)
	{
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
		case RELKIND_FOREIGN_TABLE:
		case RELKIND_MATVIEW:
			return true;
		case RELKIND_VIEW:
			return DzViewMode == DZ_VIEWS_NAME;
		default:
			return false;
	}
}

/* By which the same change of the same relation is known. */
DzLedgerKey
DzLifeIdentity(const DzLife *life)
{
	DzLedgerKey key = {.high = life->relid, .low = life->change + 1};

	return key;
}

/* A copy in CurrentMemoryContext. */
DzLife *
DzLifeKeep(const DzLife *life)
{
	DzLife *kept = palloc(sizeof(DzLife));

	*kept = *life;
	if (life->name == NULL)
		return kept;
	kept->schema = pstrdup(life->schema);
	kept->name = pstrdup(life->name);
	kept->dataset.namespace = pstrdup(life->dataset.namespace);
	kept->dataset.name = pstrdup(life->dataset.name);
	if (life->dataset.database != NULL)
		kept->dataset.database = pstrdup(life->dataset.database);
	kept->columns = palloc_array(const char *, life->ncolumns);
	for (int i = 0; i < life->ncolumns; i++)
		kept->columns[i] =
			life->columns[i] != NULL ? pstrdup(life->columns[i]) : NULL;
	return kept;
}

/*
 * Before commit: what has become of a relation is told with what was written
 * to it.
 */
void
DzLifeAdd(List **targets, const DzRecord *record)
{
	const DzLife *life = record->life;
	DzTarget *target;

	if (life->change == DZ_LIFE_DROP)
		add_dropped(targets, record);
	else if (life->change == DZ_LIFE_RENAME)
		add_renamed(targets, record);
	else if (!DzDatasetIsTarget(life->relid) ||
			 !is_dataset_kind(life->relid) ||
			 (life->change == DZ_LIFE_TRUNCATE && !is_locked(life->relid)))
		return;
	else
	{
		target = DzTargetFor(targets, life->relid, record->key.routine,
							 record->origin);
		DzTargetBecomes(target, life->change, life);
	}
}

/*
 * TRUNCATE is told of before it has its lock, while which a table may come to
 * have another name: then that is truncated which has it now.
 */
static bool
is_locked(Oid relid)
{
	LOCKTAG tag;

	SET_LOCKTAG_RELATION(tag, MyDatabaseId, relid);
	return DzLockIsHeld(&tag, AccessExclusiveLock);
}

/* What has the name by now that a relation had; InvalidOid: nothing. */
static Oid
now_named(const DzLife *life)
{
	Oid schema = get_namespace_oid(life->schema, true);

	return OidIsValid(schema) ? get_relname_relid(life->name, schema)
							  : InvalidOid;
}

/* One that is there again under the name has been replaced. */
static void
add_dropped(List **targets, const DzRecord *record)
{
	const DzLife *life = DzGone(record->life->relid);
	Oid again = now_named(life);
	DzTarget *target;

	/* the name that it had may be excluded */
	if (!DzDatasetIs(life->relid))
		return;
	if (OidIsValid(again) && !is_dataset_kind(again))
		return;
	target = DzTargetFor(targets, OidIsValid(again) ? again : life->relid,
						 record->key.routine, record->origin);
	DzTargetBecomes(
		target, OidIsValid(again) ? DZ_LIFE_OVERWRITE : DZ_LIFE_DROP, life);
}

/*
 * One that was made under the former name has replaced it, which is told behind
 * the new name of what was there: in this order a reader loses neither.  A new
 * name that is excluded is not told.
 */
static void
add_renamed(List **targets, const DzRecord *record)
{
	const DzLife *life = record->life;
	Oid again = now_named(life);
	bool is_replaced;
	DzDataset now;
	DzTarget *target;

	if (get_rel_name(life->relid) == NULL || !is_dataset_kind(life->relid))
		return;
	now = DzDatasetOf(life->relid);
	if (strcmp(now.name, life->dataset.name) == 0 &&
		strcmp(now.namespace, life->dataset.namespace) == 0)
		return;
	is_replaced =
		OidIsValid(again) && is_dataset_kind(again) && is_made_here(again);
	if (DzDatasetIsTarget(life->relid))
	{
		target = DzTargetFor(targets, life->relid, record->key.routine,
							 record->origin);
		DzTargetBecomes(target, DZ_LIFE_RENAME, life);
		if (is_replaced)
			*targets = lcons(target, list_delete_ptr(*targets, target));
	}
	if (is_replaced)
		DzTargetBecomes(
			DzTargetFor(targets, again, record->key.routine, record->origin),
			DZ_LIFE_OVERWRITE, life);
}
