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

static void
refuse_misuse(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("datazone_lineage_trigger() %s", why),
			 errhint("CREATE TRIGGER ... AFTER INSERT, UPDATE, DELETE or "
					 "TRUNCATE ... EXECUTE FUNCTION "
					 "datazone_lineage_trigger().")));
}

/*
 * The rows that this firing is about; -1: nobody knows.  A row that does not
 * meet the trigger's condition, or an update of other columns, is not seen.
 */
static int64
rows_of(const TriggerData *data)
{
	const Trigger *trigger = data->tg_trigger;
	Tuplestorestate *rows;

	if (TRIGGER_FIRED_FOR_ROW(data->tg_event))
		return trigger->tgqual == NULL && trigger->tgnattr == 0 ? 1 : -1;

	rows = data->tg_newtable ? data->tg_newtable : data->tg_oldtable;
	return rows ? tuplestore_tuple_count(rows) : -1;
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
		refuse_misuse("must be called as a trigger");
	if (!TRIGGER_FIRED_AFTER(data->tg_event))
		refuse_misuse("must be fired AFTER the change");

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
