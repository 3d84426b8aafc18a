/*-------------------------------------------------------------------------
 *
 * waiting.c
 *		Entries that need the table once more before they are sent.
 *
 * Those whose pause is over have their payload read again, as it was not kept
 * in memory meanwhile.  Those that must never be sent twice are marked in the
 * table first: who finds the mark after a crash knows that the outcome is
 * unknown.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "outbox/reading.h"

static dlist_head again = DLIST_STATIC_INIT(again); /* payload wanted */
static dlist_head to_claim = DLIST_STATIC_INIT(to_claim);

/* The entry's payload is to be read again. */
void
DzWaitingAgain(DzEntry *entry)
{
	DzResultRemove(entry);
	dlist_push_tail(&again, &entry->node);
	entry->is_waiting = true;
}

/* The entry must be claimed in the table before it goes out. */
void
DzWaitingToClaim(DzEntry *entry)
{
	dlist_push_tail(&to_claim, &entry->node);
	entry->is_waiting = true;
}

/* Take the first entries of a list, those that are ours to send. */
static int
take_waiting(dlist_head *list, DzEntry **entries)
{
	int n = 0;

	while (n < DZ_READ_BATCH && !dlist_is_empty(list))
	{
		DzEntry *entry =
			dlist_container(DzEntry, node, dlist_pop_head_node(list));

		entry->is_waiting = false;
		entries[n++] = entry;
	}
	return n;
}

static Datum
ids_of(DzEntry *const *entries, int n)
{
	Datum *ids = palloc(sizeof(Datum) * Max(n, 1));

	for (int i = 0; i < n; i++)
		ids[i] = Int64GetDatum(entries[i]->id);
	return PointerGetDatum(
		construct_array(ids, n, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* ----------
 * By id: entries whose pause is over
 * ----------
 */

bool
DzWaitingWantsReading(void)
{
	return !dlist_is_empty(&again);
}

/* What is no longer in the table was discarded, or requeued. */
void
DzWaitingRead(void)
{
	static SPIPlanPtr plan = NULL;
	DzEntry *entries[DZ_READ_BATCH];
	int n = take_waiting(&again, entries);
	Oid types[] = {INT8ARRAYOID};
	Datum values[] = {ids_of(entries, n)};
	SPITupleTable *rows = DzRowQuery(&plan, DzRowSql("e.id = ANY ($1)"),
									 lengthof(types), types, values);

	for (uint64 i = 0; i < SPI_processed; i++)
	{
		DzRowPayload(DzClaimsFind(DzRowId(rows, (int) i)), rows, (int) i);
	}
	for (int i = 0; i < n; i++)
	{
		if (entries[i]->payload == NULL)
			DzEntryFree(entries[i]);
		else if (DzLaneIsBlocked(entries[i]->lane))
		{
			DzEntrySleep(entries[i], DZ_LOOK_AGAIN_US);
			entries[i]->waits_for_lane = true;
		}
		else
			DzEntryBegin(entries[i]);
	}
}

/* ----------
 * Claims that the table is to know of
 * ----------
 */

bool
DzWaitingWantsClaims(void)
{
	return !dlist_is_empty(&to_claim);
}

typedef struct ClaimBatch
{
	int n;
	DzEntry *entries[DZ_READ_BATCH];
} ClaimBatch;

static void
write_claims(void *arg)
{
	const ClaimBatch *batch = arg;
	const char *table = DzTableName(DZ_OUTBOX_TABLE);
	Oid types[] = {INT8ARRAYOID};
	Datum values[] = {ids_of(batch->entries, batch->n)};

	if (SPI_execute_with_args(
			psprintf("UPDATE %s SET claimed_at = clock_timestamp() "
					 "WHERE id = ANY (ARRAY(SELECT id FROM %s "
					 "WHERE id = ANY ($1) AND state = 'pending' "
					 "FOR UPDATE SKIP LOCKED)) RETURNING id",
					 table, table),
			lengthof(types), types, values, NULL, false,
			0) != SPI_OK_UPDATE_RETURNING)
		elog(ERROR, "could not claim entries of the outbox");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool isnull;
		int64 id = DatumGetInt64(SPI_getbinval(
			SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull));

		DzClaimsFind(id)->is_claimed = true;
	}
}

/* The claim is on disk before anything is sent.  False: not now. */
bool
DzWaitingClaim(void)
{
	ClaimBatch batch;
	ErrorData *error;

	batch.n = take_waiting(&to_claim, batch.entries);
	error =
		DzSqlTry(DZ_OUTBOX_TABLE, "claiming entries", write_claims, &batch);
	if (error != NULL)
	{
		for (int i = 0; i < batch.n; i++)
			DzWaitingToClaim(batch.entries[i]);
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("datazone worker: could not claim entries of the "
						"outbox: %s",
						error->message)));
		return false;
	}
	DzWalFlush();
	for (int i = 0; i < batch.n; i++)
	{
		if (batch.entries[i]->is_claimed)
			DzEntryBegin(batch.entries[i]);
		else /* gone, or about to be */
			DzEntrySleep(batch.entries[i], DZ_LOOK_AGAIN_US);
	}
	return true;
}
