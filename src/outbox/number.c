/*-------------------------------------------------------------------------
 *
 * number.c
 *		The number of an entry.
 *
 * nextval() would make the outbox's sequence the one that the session's
 * lastval() tells of: an application that asks for the key of the row it has
 * inserted would get another number, since a trigger of ours was there.  So
 * numbers come from a counter that all sessions share, and the sequence says,
 * on disk, how far the counter may go: after a crash it goes on from there.
 * What was reserved and not used is never used.  TRUNCATE ... RESTART IDENTITY
 * has the sequence begin anew, but not the numbers: the worker may hold entries
 * that had them, and datazone_delivery keeps what was delivered by number.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "commands/sequence.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "outbox/outbox.h"
#include "worker/tables.h"

/* reserved at a time */
#define RESERVE 256

/* How far the sequence has reserved numbers; as its owner. */
static int64
reserved(Oid sequence)
{
	LOCAL_FCINFO(fcinfo, 1);
	Datum last;

	InitFunctionCallInfoData(*fcinfo, NULL, 1, InvalidOid, NULL, NULL);
	fcinfo->args[0].value = ObjectIdGetDatum(sequence);
	fcinfo->args[0].isnull = false;
	last = pg_sequence_last_value(fcinfo);
	return fcinfo->isnull ? 0 : DatumGetInt64(last);
}

/*
 * The greatest number in a table, by its primary key, whoever has put it there
 * and whether or not that is committed: a restore copies rows before it sets
 * the sequence.
 */
static int64
greatest(Relation rel)
{
	Relation index = index_open(DzPrimaryKeyIndex(rel), AccessShareLock);
	SysScanDesc scan =
		systable_beginscan_ordered(rel, index, SnapshotAny, 0, NULL);
	HeapTuple tuple = systable_getnext_ordered(scan, BackwardScanDirection);
	int64 number = 0;

	if (HeapTupleIsValid(tuple))
	{
		bool isnull;
		AttrNumber column = index->rd_index->indkey.values[0];

		number = DatumGetInt64(
			heap_getattr(tuple, column, RelationGetDescr(rel), &isnull));
	}
	systable_endscan_ordered(scan);
	index_close(index, AccessShareLock);
	return number;
}

/*
 * The greatest number that was delivered.  Who has the table for himself is
 * waited for only where nothing else is known.
 */
static int64
greatest_delivered(bool is_needed)
{
	Oid relid = DzTableOid(DZ_DELIVERY_TABLE);
	Relation rel;
	int64 number;

	if (is_needed)
		LockRelationOid(relid, AccessShareLock);
	else if (!ConditionalLockRelationOid(relid, AccessShareLock))
		return 0;
	rel = table_open(relid, NoLock);
	number = greatest(rel);
	table_close(rel, AccessShareLock);
	return number;
}

/* One process at a time.  False: there is no counter. */
static bool
reserve(Relation rel, Oid sequence)
{
	DzNumberState known;
	DzIdentity caller;
	int64 first;

	if (!DzNumberRead(sequence, &known))
		return false;
	first = Max(greatest(rel), greatest_delivered(known.next == 0));
	DzIdentityAssume(&caller, rel->rd_rel->relowner, true);
	first = Max(known.next, Max(reserved(sequence), first) + 1);
	(void) DirectFunctionCall2(setval_oid, ObjectIdGetDatum(sequence),
							   Int64GetDatum(first + RESERVE - 1));
	DzIdentityRestore(&caller);
	DzNumberAllow(sequence, first, first + RESERVE, known);
	return true;
}

/* The next number, when none is allowed, or more were taken than that. */
static int64
reserve_and_take(Relation rel, Oid sequence)
{
	int64 number;

	while (!DzNumberTake(sequence, &number))
	{
		CHECK_FOR_INTERRUPTS();
		if (!reserve(rel, sequence)) /* more databases than slots */
			return nextval_internal(sequence, false);
	}
	return number;
}

/*
 * A number for an entry of "rel", whose identity column has "sequence"; greater
 * than all that were taken before it.
 */
int64
DzOutboxNumber(Relation rel, Oid sequence)
{
	int64 number;

	if (DzNumberTake(sequence, &number))
		return number;
	LockRelationOid(sequence, ShareUpdateExclusiveLock);
	number = reserve_and_take(rel, sequence);
	UnlockRelationOid(sequence, ShareUpdateExclusiveLock);
	return number;
}
