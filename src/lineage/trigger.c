/*-------------------------------------------------------------------------
 *
 * trigger.c
 *		The trigger function: note that a table was changed.
 *
 * For each statement it costs a lookup, for each row as well; the event is
 * made once, before the transaction commits.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/rel.h"
#include "utils/tuplestore.h"

#include "lineage/room.h"

PG_FUNCTION_INFO_V1(datazone_lineage_trigger);

void
DzLineageTriggerMisused(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg(DZ_LINEAGE_TRIGGER "() %s", why),
			 errhint("CREATE TRIGGER ... AFTER INSERT, UPDATE, DELETE or "
					 "TRUNCATE ... EXECUTE FUNCTION "
					 "datazone_lineage_trigger().")));
}

/*
 * The rows that this firing is about; -1: nobody counts them.  A trigger for
 * each row that has a transition table fires once for each row in it, unless
 * its condition or list of columns leaves some out.
 */
static int64
rows_of(const TriggerData *data)
{
	const Trigger *trigger = data->tg_trigger;
	Tuplestorestate *rows;

	rows = data->tg_newtable ? data->tg_newtable : data->tg_oldtable;
	if (rows == NULL)
		return -1;
	if (TRIGGER_FIRED_FOR_STATEMENT(data->tg_event))
		return tuplestore_tuple_count(rows);
	return trigger->tgqual == NULL && trigger->tgnattr == 0 ? 1 : -1;
}

static void
count(DzRowCount *count, int64 rows)
{
	count->happened = true;
	if (rows < 0)
		count->uncounted = true;
	else
		count->rows += rows;
}

Datum
datazone_lineage_trigger(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	DzChange *change;

	if (!CALLED_AS_TRIGGER(fcinfo))
		DzLineageTriggerMisused("must be called as a trigger");
	if (!TRIGGER_FIRED_AFTER(data->tg_event))
		DzLineageTriggerMisused("must be fired AFTER the change");

	change = DzCollect(data->tg_trigger, RelationGetRelid(data->tg_relation));
	if (change == NULL)
		return PointerGetDatum(NULL);

	/* a TRUNCATE writes no rows; that it happened is what there is to say */
	if (TRIGGER_FIRED_BY_INSERT(data->tg_event))
		count(&change->counts[DZ_ROWS_INSERTED], rows_of(data));
	else if (TRIGGER_FIRED_BY_UPDATE(data->tg_event))
		count(&change->counts[DZ_ROWS_UPDATED], rows_of(data));
	else if (TRIGGER_FIRED_BY_DELETE(data->tg_event))
		count(&change->counts[DZ_ROWS_DELETED], rows_of(data));

	return PointerGetDatum(NULL);
}
