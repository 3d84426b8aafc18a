/*-------------------------------------------------------------------------
 *
 * rows.c
 *		From a row of the outbox to an entry that is claimed.
 *
 * The statements of a reading share one snapshot and this list of columns.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "outbox/reading.h"

#define COLUMNS \
	"e.id, e.server_id, e.role::oid, e.operation, e.domain_id, " \
	"e.client_token, e.payload, e.enqueued_at, e.attempts, e.ordering_key, " \
	"e.claimed_at IS NOT NULL, e.next_attempt_at"

enum
{
	COL_ID = 1,
	COL_SERVER,
	COL_ROLE,
	COL_OPERATION,
	COL_DOMAIN,
	COL_TOKEN,
	COL_PAYLOAD,
	COL_ENQUEUED,
	COL_ATTEMPTS,
	COL_KEY,
	COL_CLAIMED,
	COL_NEXT
};

/* ----------
 * Statements
 * ----------
 */

static char *
statement(const char *from, const char *where)
{
	return psprintf("SELECT " COLUMNS " FROM %s WHERE e.state = 'pending' "
					"AND " DZ_FROM_HERE " AND %s",
					from, DzOriginSystem(), MyDatabaseId, where);
}

/*
 * Entries that may be sent from here, and for which "where" holds: a condition
 * on "e", with what follows it.  "from" gives "e".  The plan is made at the
 * first time and kept in "*plan"; then nobody looks at both.
 */
SPITupleTable *
DzRowQueryFrom(SPIPlanPtr *plan, const char *from, const char *where,
			   int nargs, Oid *types, Datum *values)
{
	if (*plan == NULL)
	{
		SPIPlanPtr new = SPI_prepare(statement(from, where), nargs, types);

		if (new == NULL || SPI_keepplan(new) != 0)
			elog(ERROR, "could not prepare a statement of the outbox");
		*plan = new;
	}
	/* read-only: with the snapshot of the whole reading */
	if (SPI_execute_plan(*plan, values, NULL, true, 0) < 0)
		elog(ERROR, "could not read the outbox");
	return SPI_tuptable;
}

/* The same of the whole table. */
SPITupleTable *
DzRowQuery(SPIPlanPtr *plan, const char *where, int nargs, Oid *types,
		   Datum *values)
{
	const char *from = NULL;

	if (*plan == NULL)
		from = psprintf("%s e", DzTableName(DZ_OUTBOX_TABLE));
	return DzRowQueryFrom(plan, from, where, nargs, types, values);
}

/*
 * The next queries get their rows by the index that has them in their order,
 * or that finds few of them, until the reading ends.  The planner cannot know
 * that: what holds of a queue at one moment does not at the next, and what
 * looks like one row may be a million.
 */
void
DzRowsByIndex(bool in_order)
{
	static const char *const settings[][2] = {
		{"plan_cache_mode", "force_generic_plan"},
		{"enable_seqscan", "off"},
		{"jit", "off"}, /* whatever the planner expects, it is few */
		{"enable_bitmapscan", "off"},
		{"enable_sort", "off"}};

	for (int i = 0; i < (in_order ? (int) lengthof(settings) : 3); i++)
		(void) set_config_option(settings[i][0], settings[i][1], PGC_USERSET,
								 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
								 false);
}

/* ----------
 * Columns
 * ----------
 */

static char *
row_text(SPITupleTable *rows, int row, int column)
{
	char *text = SPI_getvalue(rows->vals[row], rows->tupdesc, column);

	return text ? MemoryContextStrdup(TopMemoryContext, text) : NULL;
}

Datum
DzRowDatum(SPITupleTable *rows, int row, int column)
{
	bool isnull;

	return SPI_getbinval(rows->vals[row], rows->tupdesc, column, &isnull);
}

int64
DzRowId(SPITupleTable *rows, int row)
{
	return DatumGetInt64(DzRowDatum(rows, row, COL_ID));
}

/* The lane of a row that has just become visible. */
DzLane *
DzRowLane(SPITupleTable *rows, int row)
{
	return DzLaneOfNew(DatumGetObjectId(DzRowDatum(rows, row, COL_SERVER)),
					   DatumGetObjectId(DzRowDatum(rows, row, COL_ROLE)),
					   DzRowId(rows, row));
}

/* Whether nobody has it: neither this process nor, perhaps, an earlier one. */
bool
DzRowIsFree(SPITupleTable *rows, int row)
{
	return DzClaimsFind(DzRowId(rows, row)) == NULL &&
		   !DatumGetBool(DzRowDatum(rows, row, COL_CLAIMED));
}

/* ----------
 * Entries
 * ----------
 */

/* A copy that outlives the transaction. */
void
DzRowPayload(DzEntry *entry, SPITupleTable *rows, int row)
{
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);
	Jsonb *payload = DatumGetJsonbPCopy(DzRowDatum(rows, row, COL_PAYLOAD));

	MemoryContextSwitchTo(old);
	if (entry->payload != NULL)
		pfree(entry->payload);
	entry->payload = payload;
	DzClaimsCountBytes(entry, VARSIZE(payload));
}

/* Claim a row.  The entry is the caller's to begin. */
DzEntry *
DzRowEntry(SPITupleTable *rows, int row, DzLane *lane)
{
	DzEntry *entry = MemoryContextAllocZero(TopMemoryContext, sizeof(DzEntry));
	char *operation =
		SPI_getvalue(rows->vals[row], rows->tupdesc, COL_OPERATION);
	Datum next;
	bool isnull;

	entry->id = DatumGetInt64(DzRowDatum(rows, row, COL_ID));
	entry->lane = lane;
	entry->job.op = DzOperationFind(operation);
	entry->domain = row_text(rows, row, COL_DOMAIN);
	entry->token = row_text(rows, row, COL_TOKEN);
	entry->enqueued_at =
		DatumGetTimestampTz(DzRowDatum(rows, row, COL_ENQUEUED));
	entry->attempts = DatumGetInt32(DzRowDatum(rows, row, COL_ATTEMPTS));
	entry->is_claimed = DatumGetBool(DzRowDatum(rows, row, COL_CLAIMED));
	next = SPI_getbinval(rows->vals[row], rows->tupdesc, COL_NEXT, &isnull);
	entry->next_attempt_at = isnull ? 0 : DatumGetTimestampTz(next);
	DzRowPayload(entry, rows, row);
	DzClaimsAdd(entry);
	return entry;
}

/* The row's turn comes later: so do those behind it with its ordering key. */
static void
wait_in_line(DzLane *lane, const char *ordering_key, int64 id)
{
	DzKey *key = ordering_key ? DzKeyFind(lane, ordering_key) : NULL;

	if (key != NULL)
		DzKeyWaits(key, id);
}

/* The row is left to the cursor of its lane. */
void
DzRowPutBack(SPITupleTable *rows, int row, DzLane *lane)
{
	int64 id = DzRowId(rows, row);

	DzLanePutBack(lane, id,
				  DatumGetTimestampTz(DzRowDatum(rows, row, COL_ENQUEUED)));
	wait_in_line(lane, SPI_getvalue(rows->vals[row], rows->tupdesc, COL_KEY),
				 id);
}

/*
 * Claim a row, unless we have it, or somebody else's turn comes first, or an
 * earlier worker may have sent it.  Without "is_sure" there may be an entry of
 * its key that is older and that we have not looked at: the key finds it.
 */
void
DzRowClaim(SPITupleTable *rows, int row, DzLane *lane, bool is_fresh,
		   bool is_sure)
{
	char *ordering_key = SPI_getvalue(rows->vals[row], rows->tupdesc, COL_KEY);
	DzEntry *entry;

	if (!DzRowIsFree(rows, row))
		return;
	if (ordering_key != NULL && DzKeyFind(lane, ordering_key) != NULL)
	{
		wait_in_line(lane, ordering_key, DzRowId(rows, row));
		return;
	}
	if (ordering_key != NULL && !is_sure)
	{
		DzKeyMeet(lane, ordering_key, DzRowId(rows, row));
		return;
	}

	entry = DzRowEntry(rows, row, lane);
	entry->job.is_fresh = is_fresh;
	if (ordering_key != NULL)
		DzKeyTake(DzKeyMake(lane, ordering_key), entry);
	DzEntryBegin(entry);
}
