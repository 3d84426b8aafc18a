/*-------------------------------------------------------------------------
 *
 * collect.c
 *		What this transaction has changed, by level of subtransactions.
 *
 * A change belongs to the level at which its trigger fired.  When that level
 * commits, the change passes to the one above; when it aborts, the change is
 * forgotten.  New changes are always of the deepest level, so the list has
 * the deepest first, and the end of a level concerns its beginning only.
 *
 * Each row may pay for a lookup in a hash table and no more: what a trigger's
 * arguments say is read once a transaction, and the session's settings are
 * copied when they have changed.  All of it lives as long as the transaction;
 * what grows is the number of triggers, settings and open levels, not that of
 * rows, statements or subtransactions.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/indexing.h"
#include "catalog/pg_trigger.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "lineage/room.h"

/* All that is known of the transaction; NULL context: nothing yet. */
static MemoryContext context = NULL;
static HTAB *definitions; /* of DefinitionSlot */
static HTAB *changes; /* of DzChange */
static dlist_head in_order; /* the same, the deepest level first */
static bool is_writing = false;

/* A replaced trigger has a new definition, while changes keep their own. */
typedef struct DefinitionSlot
{
	Oid trigger; /* must be first */
	DzDefinition *definition;
} DefinitionSlot;

/* ----------
 * The transaction's end
 * ----------
 */

static void
forget(void)
{
	context = NULL; /* it goes with the transaction's */
	DzOriginsForget();
	is_writing = false;
}

static void
at_transaction_event(XactEvent event, void *arg)
{
	if (context == NULL)
		return;

	switch (event)
	{
		case XACT_EVENT_PRE_COMMIT:
		case XACT_EVENT_PRE_PREPARE:
			is_writing = true;
			DzLineageWrite(&in_order);
			is_writing = false;
			break;
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PREPARE:
			forget();
			break;
		default:
			break;
	}
}

void
DzRowCountsAdd(DzRowCount *counts, const DzRowCount *more)
{
	for (int i = 0; i < DZ_ROW_ACTIONS; i++)
	{
		counts[i].happened |= more[i].happened;
		counts[i].uncounted |= more[i].uncounted;
		counts[i].rows += more[i].rows;
	}
}

static void
drop_change(DzChange *change)
{
	dlist_delete(&change->node);
	(void) hash_search(changes, &change->key, HASH_REMOVE, NULL);
}

/* Give a change to the level above, which may have one of the same. */
static void
pass_up(DzChange *change)
{
	DzChangeKey key = change->key;
	DzChange *above;

	key.level--;
	above = hash_search(changes, &key, HASH_FIND, NULL);
	if (above == NULL)
	{
		(void) hash_update_hash_key(changes, change, &key);
		return;
	}
	DzRowCountsAdd(above->counts, change->counts);
	drop_change(change);
}

/* Nothing here allocates: it must not fail. */
static void
at_subtransaction_event(SubXactEvent event, SubTransactionId id,
						SubTransactionId parent, void *arg)
{
	int64 level = GetCurrentTransactionNestLevel();
	dlist_mutable_iter iter;

	if (context == NULL || is_writing ||
		(event != SUBXACT_EVENT_COMMIT_SUB &&
		 event != SUBXACT_EVENT_ABORT_SUB))
		return;

	dlist_foreach_modify (iter, &in_order)
	{
		DzChange *change = dlist_container(DzChange, node, iter.cur);

		if (change->key.level < level)
			break;
		if (event == SUBXACT_EVENT_COMMIT_SUB)
			pass_up(change);
		else
			drop_change(change);
	}
}

/* ----------
 * What a change is made of
 * ----------
 */

static void
begin(void)
{
	static bool registered = false;
	HASHCTL control = {0};
	MemoryContext new;

	if (!registered)
	{
		RegisterXactCallback(at_transaction_event, NULL);
		RegisterSubXactCallback(at_subtransaction_event, NULL);
	}
	registered = true;

	new = AllocSetContextCreate(TopTransactionContext, "datazone lineage",
								ALLOCSET_SMALL_SIZES);
	control.hcxt = new;
	control.keysize = sizeof(Oid);
	control.entrysize = sizeof(DefinitionSlot);
	definitions = hash_create("datazone lineage definitions", 16, &control,
							  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	control.keysize = sizeof(DzChangeKey);
	control.entrysize = sizeof(DzChange);
	changes = hash_create("datazone lineage changes", 16, &control,
						  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	dlist_init(&in_order);
	context = new;
}

/*
 * A partition's trigger is a copy of its parent's; the lineage is of the
 * table for which the trigger was made.
 */
static void
find_original(DzDefinition *definition)
{
	Relation rel = table_open(TriggerRelationId, AccessShareLock);
	Oid next = definition->trigger;

	while (OidIsValid(next))
	{
		ScanKeyData key;
		SysScanDesc scan;
		HeapTuple tuple;

		ScanKeyInit(&key, Anum_pg_trigger_oid, BTEqualStrategyNumber, F_OIDEQ,
					ObjectIdGetDatum(next));
		scan = systable_beginscan(rel, TriggerOidIndexId, true, NULL, 1, &key);
		tuple = systable_getnext(scan);
		next = InvalidOid;
		if (HeapTupleIsValid(tuple))
		{
			Form_pg_trigger form = (Form_pg_trigger) GETSTRUCT(tuple);

			definition->original = form->oid;
			definition->table = form->tgrelid;
			next = form->tgparentid;
		}
		systable_endscan(scan);
	}
	table_close(rel, AccessShareLock);
}

static bool
is_defined_so(const DzDefinition *definition, const Trigger *trigger)
{
	if (definition->nargs != trigger->tgnargs)
		return false;
	for (int i = 0; i < trigger->tgnargs; i++)
	{
		if (strcmp(definition->args[i], trigger->tgargs[i]) != 0)
			return false;
	}
	return true;
}

/* The trigger's definition, read anew if it was replaced. */
static const DzDefinition *
find_definition(const Trigger *trigger, Oid relid)
{
	DefinitionSlot *slot;
	MemoryContext old;
	DzDefinition *definition;

	slot = hash_search(definitions, &trigger->tgoid, HASH_FIND, NULL);
	if (slot != NULL && is_defined_so(slot->definition, trigger))
		return slot->definition;

	old = MemoryContextSwitchTo(context);
	definition = DzDefinitionRead(trigger);
	definition->original = trigger->tgoid;
	definition->table = relid;
	if (trigger->tgisclone)
		find_original(definition);
	MemoryContextSwitchTo(old);

	slot = hash_search(definitions, &trigger->tgoid, HASH_ENTER, NULL);
	slot->definition = definition;
	return definition;
}

DzChange *
DzCollect(const Trigger *trigger, Oid relid)
{
	DzChangeKey key;
	DzChange *change;
	bool found;

	/* somebody put the trigger on the outbox: there is no end to that */
	if (is_writing)
		return NULL;
	if (context == NULL)
		begin();

	key.definition = find_definition(trigger, relid);
	key.origin = DzOriginNow();
	key.level = GetCurrentTransactionNestLevel();
	change = hash_search(changes, &key, HASH_ENTER, &found);
	if (!found)
	{
		memset(change->counts, 0, sizeof(change->counts));
		dlist_push_head(&in_order, &change->node);
	}
	return change;
}
