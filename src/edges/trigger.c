/*-------------------------------------------------------------------------
 *
 * trigger.c
 *		Triggers that may change what a statement writes.
 *
 * A trigger before each row may put other values into it, or leave it out; one
 * instead of a view's rows may do anything with them.  What it does is in its
 * function, and cannot be known: that there is one is noted.  What a trigger
 * does after the row was written does not change it.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/reltrigger.h"

static int16 event_of(CmdType command);
static bool changes_rows(const Trigger *trigger, int16 event);
static bool fires(const Trigger *trigger);
static bool is_for(const Trigger *trigger, TupleDesc desc, List *assignments);

/*
 * Of the relation that the statement names: which of its partitions rows will
 * come to is not known.
 */
void
DzTriggerNotes(DzDerivation *derivation, Relation rel, CmdType command,
			   List *assignments, DzFlow *out)
{
	const TriggerDesc *triggers = rel->trigdesc;

	if (triggers == NULL)
		return;
	for (int i = 0; i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];

		if (changes_rows(trigger, event_of(command)) && fires(trigger) &&
			(command != CMD_UPDATE ||
			 is_for(trigger, RelationGetDescr(rel), assignments)))
			DzNoteAdd(derivation, DZ_NOTE_TRIGGER, trigger->tgoid, out);
	}
}

static int16
event_of(CmdType command)
{
	switch (command)
	{
		case CMD_INSERT:
			return TRIGGER_TYPE_INSERT;
		case CMD_UPDATE:
			return TRIGGER_TYPE_UPDATE;
		default:
			return TRIGGER_TYPE_DELETE;
	}
}

static bool
changes_rows(const Trigger *trigger, int16 event)
{
	return TRIGGER_FOR_ROW(trigger->tgtype) &&
		   !TRIGGER_FOR_AFTER(trigger->tgtype) &&
		   (trigger->tgtype & event) != 0 && !trigger->tgisinternal &&
		   trigger->tgfoid != F_SUPPRESS_REDUNDANT_UPDATES_TRIGGER;
}

/* In a session that applies what others did, other triggers fire. */
static bool
fires(const Trigger *trigger)
{
	char unless = SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA
					  ? TRIGGER_FIRES_ON_ORIGIN
					  : TRIGGER_FIRES_ON_REPLICA;

	return trigger->tgenabled != TRIGGER_DISABLED &&
		   trigger->tgenabled != unless;
}

/*
 * UPDATE OF: is one of its columns assigned?  A generated one may change with
 * any other.
 */
static bool
is_for(const Trigger *trigger, TupleDesc desc, List *assignments)
{
	for (int i = 0; i < trigger->tgnattr; i++)
	{
		AttrNumber attnum = trigger->tgattr[i];
		ListCell *lc;

		if (TupleDescAttr(desc, attnum - 1)->attgenerated != '\0')
			return true;
		foreach (lc, assignments)
		{
			const TargetEntry *entry = lfirst_node(TargetEntry, lc);

			if (!entry->resjunk && entry->resno == attnum)
				return true;
		}
	}
	return trigger->tgnattr == 0;
}
