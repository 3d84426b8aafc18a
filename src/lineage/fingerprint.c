/*-------------------------------------------------------------------------
 *
 * fingerprint.c
 *		Is it the same lineage?  Hashes of edges, and of what an event says.
 *
 * A fingerprint is by name, not by OID: a table that each load makes anew is
 * the same dataset, and one that was renamed is another.  The identity of
 * edges is by OID, and takes no look into the catalogs.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"

#include "lineage/room.h"
#include "server/server.h"

static uint64 scramble(uint64 value);
static void mix(DzLedgerKey *key, uint64 value);
static void mix_text(DzLedgerKey *key, const char *text);
static void mix_flow(DzLedgerKey *key, const DzFlow *flow);
static void mix_notes(DzLedgerKey *key, const DzEdges *edges);
static void mix_targets(DzLedgerKey *key, const DzEdges *edges, bool by_name);
static void mix_relation(DzLedgerKey *key, Oid relid);
static void mix_server(DzLedgerKey *key);
static void mix_life(DzLedgerKey *key, const DzTarget *target);

/* Of edges, by OID.  "low" is never 0. */
DzLedgerKey
DzEdgesIdentity(const DzEdges *edges)
{
	DzLedgerKey key = {0};

	for (int i = 0; i < edges->nsources; i++)
		mix(&key, (uint64) edges->sources[i].relid << 16 |
					  (uint16) edges->sources[i].attnum);
	for (int i = 0; i < edges->nnotes; i++)
		mix(&key, (uint64) edges->notes[i].object << 8 | edges->notes[i].kind);
	mix_targets(&key, edges, false);
	key.low |= 1;
	return key;
}

/* Of a statement's edges, by name. */
DzLedgerKey
DzFingerprint(const DzEdges *edges)
{
	DzLedgerKey key = {0};
	Oid last = InvalidOid;

	for (int i = 0; i < edges->nsources; i++)
	{
		DzSource source = edges->sources[i];

		/* columns of a table mostly come one after the other */
		if (source.relid != last && DzDatasetIs(source.relid))
			mix_relation(&key, source.relid);
		last = source.relid;
		mix(&key, (uint16) source.attnum);
		if (source.attnum != 0 && DzDatasetIs(source.relid))
			mix_text(&key, DzDatasetColumn(source.relid, source.attnum));
	}
	mix_notes(&key, edges);
	mix_targets(&key, edges, true);
	return key;
}

/* What cannot be known, in the words in which it is told. */
static void
mix_notes(DzLedgerKey *key, const DzEdges *edges)
{
	for (int i = 0; i < edges->nnotes; i++)
		mix_text(key, DzNoteTold(&edges->notes[i]));
}

static void
mix_targets(DzLedgerKey *key, const DzEdges *edges, bool by_name)
{
	ListCell *lc;
	ListCell *lc2;

	foreach (lc, edges->targets)
	{
		DzEdgeTarget *target = lfirst(lc);

		if (!by_name)
			mix(key, target->relid);
		foreach (lc2, target->columns)
		{
			DzEdgeColumn *column = lfirst(lc2);

			mix(key, (uint16) column->attnum);
			mix_text(key, column->name);
			if (by_name && OidIsValid(target->relid) &&
				DzDatasetIs(target->relid))
				mix_text(key, DzDatasetColumn(target->relid, column->attnum));
			mix_flow(key, &column->flow);
		}
		mix_flow(key, &target->rows);
	}
}

/* That of a target: its statements', each once and in any order, and its job. */
DzLedgerKey
DzTargetFingerprint(const DzTarget *target)
{
	DzLedgerKey key = {0};
	DzLedgerKey sum = {0};
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
	mix(&key, sum.high);
	mix(&key, sum.low);
	mix(&key, MyDatabaseId);
	mix_server(&key);
	mix(&key, DzCaptureMode << 8 | DzCaptureSql);
	mix(&key, DzTargetCoarseParts(target) > 0);
	mix_text(&key, DzCaptureExclude);
	mix_text(&key, target->dataset.namespace);
	mix_text(&key, target->dataset.name);
	mix_text(&key, target->job_namespace);
	mix_text(&key, target->job_name);
	mix_text(&key, DzDatasetNamespace);
	mix_life(&key, target);
	return key;
}

/* Who has not been told is told at once: another server, or another domain. */
static void
mix_server(DzLedgerKey *key)
{
	Oid server = DzCaptureServer();

	mix(key, server);
	mix_text(key, DzServerDefaultDomain(server));
}

static void
mix_life(DzLedgerKey *key, const DzTarget *target)
{
	mix(key, target->change);
	mix_text(key, target->previous.namespace);
	mix_text(key, target->previous.name);
}

/* Each bit of the value changes half of those of the result. */
static uint64
scramble(uint64 value)
{
	value = (value ^ (value >> 33)) * UINT64CONST(0xff51afd7ed558ccd);
	value = (value ^ (value >> 33)) * UINT64CONST(0xc4ceb9fe1a85ec53);
	return value ^ (value >> 33);
}

/* Two hashes that have nothing to do with each other. */
static void
mix(DzLedgerKey *key, uint64 value)
{
	key->high = hash_combine64(key->high, scramble(value));
	key->low = scramble(key->low ^ (value + UINT64CONST(0x9E3779B97F4A7C15)));
}

/* Nothing is not the same as an empty text. */
static void
mix_text(DzLedgerKey *key, const char *text)
{
	mix(key, text == NULL ? 0
						  : hash_bytes_extended((const unsigned char *) text,
												(int) strlen(text), 1));
}

static void
mix_relation(DzLedgerKey *key, Oid relid)
{
	DzDataset dataset = DzDatasetOf(relid);

	mix_text(key, dataset.namespace);
	mix_text(key, dataset.name);
}

static void
mix_flow(DzLedgerKey *key, const DzFlow *flow)
{
	int note = -1;

	for (int kind = 0; kind < DZ_EDGE_KINDS; kind++)
	{
		int number = -1;

		if (flow->sources[kind] == NULL)
			continue;
		while ((number = bms_next_member(flow->sources[kind], number)) >= 0)
			mix(key, (uint64) kind << 32 | (uint32) number);
	}
	while ((note = bms_next_member(flow->notes, note)) >= 0)
		mix(key, (uint64) DZ_EDGE_KINDS << 32 | (uint32) note);
	mix(key, UINT64_MAX);
}
