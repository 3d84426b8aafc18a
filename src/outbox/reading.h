/*-------------------------------------------------------------------------
 *
 * reading.h
 *		Inside of the outbox room: how entries are found and claimed.
 *
 *		reader.c ──► visible.c, waiting.c ──► rows.c ──► claims.c
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_OUTBOX_READING_H
#define DATAZONE_OUTBOX_READING_H

#include "access/xlogdefs.h"
#include "executor/spi.h"
#include "lib/ilist.h"

#include "outbox/delivery.h"

/* entries that are read at once, claimed in a lane, and in all */
#define DZ_READ_BATCH 250
#define DZ_LANE_ROWS 500
#define DZ_CLAIM_ROWS 20000

/* of all claims, so many are for lanes that have hardly any */
#define DZ_SPARE_ROWS 4000
#define DZ_HARDLY_ANY 8

/* a key or an entry that could not go on is looked at again after this */
#define DZ_LOOK_AGAIN_US (5 * DZ_SECOND_US)

/* ---- claims.c ---- */

extern dlist_head dz_lanes;

extern void DzClaimsForget(void);
extern void DzClaimsAdd(DzEntry *entry);
extern DzEntry *DzClaimsFind(int64 id);
extern void DzClaimsCountBytes(DzEntry *entry, Size size);
extern int DzClaimsCount(void);
extern Datum DzClaimsMarked(void);
extern bool DzClaimsHaveRoom(void);
extern DzLane *DzLaneFind(Oid serverid, Oid role);
extern DzLane *DzLaneOfNew(Oid serverid, Oid role, int64 id);
extern void DzLanesDropIdle(void);
extern bool DzLaneIsBlocked(DzLane *lane);
extern bool DzLaneHasBytes(const DzLane *lane);
extern bool DzLaneMayClaim(const DzLane *lane);
extern bool DzLaneWantsReading(DzLane *lane);
extern void DzLaneGoBack(DzLane *lane);
extern void DzLanePutBack(DzLane *lane, int64 id, TimestampTz enqueued_at);
extern bool DzLaneHasRoom(const DzLane *lane);
extern int DzLanesCount(void);
extern bool DzLanesCaughtUp(void);

/* ---- rows.c ---- */

extern SPITupleTable *DzRowQueryFrom(SPIPlanPtr *plan, const char *from,
									 const char *where, int nargs, Oid *types,
									 Datum *values);
extern SPITupleTable *DzRowQuery(SPIPlanPtr *plan, const char *where,
								 int nargs, Oid *types, Datum *values);
extern void DzRowsByIndex(bool in_order);
extern Datum DzRowDatum(SPITupleTable *rows, int row, int column);
extern int64 DzRowId(SPITupleTable *rows, int row);
extern DzLane *DzRowLane(SPITupleTable *rows, int row);
extern bool DzRowIsFree(SPITupleTable *rows, int row);
extern void DzRowPutBack(SPITupleTable *rows, int row, DzLane *lane);
extern void DzRowPayload(DzEntry *entry, SPITupleTable *rows, int row);
extern DzEntry *DzRowEntry(SPITupleTable *rows, int row, DzLane *lane);
extern void DzRowClaim(SPITupleTable *rows, int row, DzLane *lane,
					   bool is_fresh, bool is_sure);

/* ---- visible.c ---- */

extern void DzVisibleRemember(void);
extern void DzVisibleRead(void);

/* ---- standby.c ---- */

extern XLogRecPtr DzStandbyConfirmed(void);

/* ---- waiting.c ---- */

extern bool DzWaitingWantsReading(void);
extern void DzWaitingRead(void);

#endif /* DATAZONE_OUTBOX_READING_H */
