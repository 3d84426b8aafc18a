/*-------------------------------------------------------------------------
 *
 * insert.c
 *		One row of the outbox, written the short way.
 *
 * Other people's transactions pay for this, perhaps millions of times in a
 * session.  A statement through SPI would cost them more than the row: it
 * needs the owner's identity and a search_path of its own, and whatever
 * changes that has every plan and every name of the session looked at again.
 * So the row goes in as logical replication's rows do, without a statement,
 * and no identity is changed: there is nothing of anybody's that could run.
 * Where somebody has put triggers on the table they run as its owner.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "outbox/outbox.h"
#include "worker/tables.h"

/* The columns by what fills them in, and "id" first. */
static const char *const column_names[] = {"id",
										   "xid",
										   "operation",
										   "server",
										   "server_id",
										   "role",
										   "domain_id",
										   "ordering_key",
										   "client_token",
										   "payload",
										   "job",
										   "run_id",
										   "origin_system_identifier",
										   "origin_database_id",
										   "role_name",
										   "enqueued_at",
										   "state",
										   "attempts"};

#define NCOLUMNS ((int) lengthof(column_names))
#define NGIVEN (NCOLUMNS - 4) /* without id and the last three */

StaticAssertDecl(NGIVEN == DZ_OUTBOX_COLUMNS,
				 "the caller gives as many values");

/* The table as it was looked up; InvalidOid: to be looked up. */
static Oid table_oid = InvalidOid;
static Oid sequence_oid;
static AttrNumber columns[NCOLUMNS];

static void
forget_table(Datum arg, Oid relid)
{
	if (relid == table_oid || !OidIsValid(relid))
		table_oid = InvalidOid;
}

static void
look_up(void)
{
	static bool registered = false;
	Oid relid;
	Relation rel;

	if (!registered)
		CacheRegisterRelcacheCallback(forget_table, (Datum) 0);
	registered = true;

	relid = DzTableOid(DZ_OUTBOX_TABLE);
	rel = table_open(relid, RowExclusiveLock);
	for (int i = 0; i < NCOLUMNS; i++)
	{
		columns[i] = get_attnum(relid, column_names[i]);
		if (columns[i] == InvalidAttrNumber)
			elog(ERROR, "the outbox has no column \"%s\"", column_names[i]);
	}
	sequence_oid = DzIdentitySequence(rel, columns[0]);
	table_close(rel, NoLock);

	/* last, since any of this may have told us to forget */
	table_oid = relid;
}

/* A row of what the caller gives and what is the same for all. */
static int64
fill(TupleTableSlot *slot, Relation rel, const Datum *values,
	 const bool *nulls)
{
	int64 id = DzOutboxNumber(rel, sequence_oid);
	Datum rest[] = {TimestampTzGetDatum(GetCurrentTimestamp()),
					CStringGetTextDatum("pending"), Int32GetDatum(0)};

	ExecClearTuple(slot);
	memset(slot->tts_isnull, true,
		   slot->tts_tupleDescriptor->natts * sizeof(bool));
	for (int i = 0; i < NCOLUMNS; i++)
	{
		int at = columns[i] - 1;

		if (i == 0)
			slot->tts_values[at] = Int64GetDatum(id);
		else if (i <= NGIVEN)
			slot->tts_values[at] = values[i - 1];
		else
			slot->tts_values[at] = rest[i - 1 - NGIVEN];
		slot->tts_isnull[at] = i >= 1 && i <= NGIVEN && nulls[i - 1];
	}
	ExecStoreVirtualTuple(slot);
	return id;
}

static int64
insert_row(Relation rel, const Datum *values, const bool *nulls)
{
	EState *estate = CreateExecutorState();
	ResultRelInfo *result = makeNode(ResultRelInfo);
	MemoryContext caller = MemoryContextSwitchTo(estate->es_query_cxt);
	TupleTableSlot *slot;
	int64 id;

	InitResultRelInfo(result, rel, 0, NULL, 0);
	slot =
		ExecInitExtraTupleSlot(estate, RelationGetDescr(rel), &TTSOpsVirtual);
	id = fill(slot, rel, values, nulls);
	ExecOpenIndices(result, false);
	if (rel->trigdesc != NULL)
		AfterTriggerBeginQuery();
	ExecSimpleRelationInsert(result, estate, slot);
	if (rel->trigdesc != NULL)
	{
		AfterTriggerEndQuery(estate);
		ExecCloseResultRelations(estate); /* that triggers had opened */
	}
	ExecCloseIndices(result);
	ExecResetTupleTable(estate->es_tupleTable, false);
	MemoryContextSwitchTo(caller);
	FreeExecutorState(estate);
	return id;
}

/*
 * Write an entry; "values" and "nulls" are those of the columns from "xid" to
 * "role_name".  Its number.
 */
int64
DzOutboxInsert(const Datum *values, const bool *nulls)
{
	Relation rel;
	int64 id;

	PreventCommandIfReadOnly("INSERT");
	if (!OidIsValid(table_oid))
		look_up();
	rel = table_open(table_oid, RowExclusiveLock);
	if (rel->trigdesc == NULL)
		id = insert_row(rel, values, nulls);
	else
	{
		DzIdentity caller;

		DzIdentityAssume(&caller, rel->rd_rel->relowner, true);
		id = insert_row(rel, values, nulls);
		DzIdentityRestore(&caller);
	}
	table_close(rel, NoLock);

	/* the transaction's next command sees it */
	CommandCounterIncrement();
	return id;
}

/* The number of an entry that goes to the end of the queue. */
int64
DzOutboxNextNumber(void)
{
	Relation rel;
	int64 number;

	if (!OidIsValid(table_oid))
		look_up();
	rel = table_open(table_oid, RowExclusiveLock);
	number = DzOutboxNumber(rel, sequence_oid);
	table_close(rel, NoLock);
	return number;
}
