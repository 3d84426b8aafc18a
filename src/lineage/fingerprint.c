/*-------------------------------------------------------------------------
 *
 * fingerprint.c
 *		Is it the same lineage?  A hash of all that an event would say.
 *
 * By name, not by OID: a table that each load makes anew is the same dataset,
 * and one that was renamed is another.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "lineage/room.h"

static void add_text(StringInfo buffer, const char *text);
static void add_relation_name(StringInfo buffer, Oid relid);
static void add_column_name(StringInfo buffer, Oid relid, AttrNumber attnum);
static void add_flow(StringInfo buffer, const DzFlow *flow);
static DzLedgerKey hash_of(const StringInfo buffer);

/* That of a statement's edges, which may be from a file. */
DzLedgerKey
DzFingerprint(const DzEdges *edges, const char *file)
{
	StringInfoData buffer;
	DzLedgerKey key;
	ListCell *lc;
	ListCell *lc2;

	initStringInfo(&buffer);
	add_text(&buffer, file);
	for (int i = 0; i < edges->nsources; i++)
	{
		Oid relid = edges->sources[i].relid;

		/* columns of a table mostly come one after the other */
		if (i == 0 || relid != edges->sources[i - 1].relid)
			add_relation_name(&buffer, relid);
		add_column_name(&buffer, relid, edges->sources[i].attnum);
	}
	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);

		foreach (lc2, target->columns)
		{
			DzEdgeColumn *column = lfirst(lc2);

			add_column_name(&buffer, target->relid, column->attnum);
			add_text(&buffer, column->name);
			add_flow(&buffer, &column->flow);
		}
		add_flow(&buffer, &target->rows);
	}
	key = hash_of(&buffer);
	pfree(buffer.data);
	return key;
}

/* That of a target: its statements', each once and in any order, and its job. */
DzLedgerKey
DzTargetFingerprint(const DzTarget *target)
{
	StringInfoData buffer;
	DzLedgerKey sum = {0};
	DzLedgerKey key;
	ListCell *lc;

	foreach (lc, target->parts)
	{
		DzPart *part = lfirst(lc);
		bool is_new = true;

		for (int i = 0; i < foreach_current_index(lc); i++)
		{
			DzPart *other = list_nth(target->parts, i);

			is_new &= other->fingerprint.high != part->fingerprint.high;
		}
		if (is_new)
		{
			sum.high += part->fingerprint.high;
			sum.low += part->fingerprint.low;
		}
	}
	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, (char *) &sum, sizeof(sum));
	appendBinaryStringInfo(&buffer, (char *) &MyDatabaseId, sizeof(Oid));
	appendBinaryStringInfo(&buffer, (char *) &DzCaptureMode, sizeof(int));
	add_relation_name(&buffer, target->table);
	add_text(&buffer, target->job_namespace);
	add_text(&buffer, target->job_name);
	add_text(&buffer, DzDatasetNamespace);
	key = hash_of(&buffer);
	pfree(buffer.data);
	return key;
}

static DzLedgerKey
hash_of(const StringInfo buffer)
{
	const unsigned char *bytes = (unsigned char *) buffer->data;
	DzLedgerKey key;

	key.high = hash_bytes_extended(bytes, buffer->len, 0);
	key.low = hash_bytes_extended(bytes, buffer->len, 1);
	return key;
}

/* With its end, so that two texts are not one. */
static void
add_text(StringInfo buffer, const char *text)
{
	if (text != NULL)
		appendBinaryStringInfo(buffer, text, strlen(text));
	appendStringInfoChar(buffer, '\0');
}

static void
add_relation_name(StringInfo buffer, Oid relid)
{
	if (!OidIsValid(relid))
		return;
	add_text(buffer, get_namespace_name(get_rel_namespace(relid)));
	add_text(buffer, get_rel_name(relid));
}

static void
add_column_name(StringInfo buffer, Oid relid, AttrNumber attnum)
{
	appendBinaryStringInfo(buffer, (char *) &attnum, sizeof(attnum));
	if (OidIsValid(relid) && attnum != 0)
		add_text(buffer, get_attname(relid, attnum, true));
}

static void
add_flow(StringInfo buffer, const DzFlow *flow)
{
	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		int number = -1;

		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
			appendBinaryStringInfo(buffer, (char *) &number, sizeof(number));
		appendBinaryStringInfo(buffer, (char *) &kind, sizeof(kind));
	}
}
