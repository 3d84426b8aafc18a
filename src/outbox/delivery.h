/*-------------------------------------------------------------------------
 *
 * delivery.h
 *		Inside of the outbox room: how a worker delivers.
 *
 *		table ──► reader.c ──► entries ──► the worker's queue ──► api
 *					 ▲            │ answered
 *				   key.c          └─► result.c ──► table, datazone_delivery
 *
 * reading.h is what the files on the left have between themselves.
 *
 * An *entry* is a row of the outbox that this process has claimed: the claim
 * is only in its memory.  A *lane* holds the entries of one server and role;
 * it can be blocked as a whole, for want of a mapping, say.  A *key* orders:
 * of a lane's entries with the same ordering key one is claimed at a time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_OUTBOX_DELIVERY_H
#define DATAZONE_OUTBOX_DELIVERY_H

#include "access/xlogdefs.h"
#include "outbox/outbox.h"
#include "worker/engine.h"

typedef struct DzEntry DzEntry;

#define DZ_NOTHING PG_INT64_MAX

/* entries of a lane in trouble that are tried between pauses */
#define DZ_PROBES 4

typedef struct DzLaneName
{
	Oid serverid;
	Oid role;
} DzLaneName;

typedef struct DzLane
{
	DzLaneName name; /* must be first */
	int64 cursor; /* everything up to here has been looked at */
	bool caught_up; /* nothing that can be seen is behind the cursor */
	int64 blocked_until_us; /* 0: not blocked */
	int nentries; /* claimed */
	int nkeys; /* ordering keys that are known */
	Size bytes; /* of their payloads in memory */
	int64 left_behind; /* tried entries that were given back have a greater id;
						* DZ_NOTHING: there are none */
	int64 go_back_us; /* they have their turn then; 0: at the lane's end */
	int nfailures; /* in a row, of calls that may go well later */
	bool
		is_troubled; /* a few entries are tried at times, until one goes well */
	int nprobes; /* that failed since the last pause */
	int npauses; /* in a row */
	int64 pause_us; /* the last one */
	bool at_once; /* entries' own pauses no longer count */
	bool lacks_rights; /* blocked as its role may not, or cannot, ask */
	TimestampTz waits_since; /* of entries put back; 0: none were */
	dlist_node node;
} DzLane;

typedef struct DzKeyName
{
	DzLane *lane;
	char *text;
} DzKeyName;

typedef struct DzKey
{
	DzKeyName name; /* must be first */
	DzEntry *holder; /* NULL: nobody yet, or no longer */
	int64 after; /* what waits has a greater id; 0: not known yet */
	int64 met; /* of what was seen waiting, the least id */
	bool has_more; /* there may be others in the table */
	bool is_listed; /* to be advanced */
	dlist_node node;
} DzKey;

/* What became of an entry, as the table is to say. */
typedef enum DzEntryEnd
{
	DZ_ENTRY_OPEN,
	DZ_ENTRY_DELIVERED,
	DZ_ENTRY_FAILED,
	DZ_ENTRY_RETRY
} DzEntryEnd;

struct DzEntry
{
	DzJob job; /* must be first */
	int64 id;
	DzLane *lane;
	DzKey *key; /* NULL: unordered */
	char *domain; /* NULL: none */
	char *token; /* NULL: none */
	Jsonb *payload; /* NULL: to be read again */
	Size bytes; /* of payload; 0 while there is none */
	Size size; /* of payload, also when it is not in memory */
	TimestampTz enqueued_at;
	int attempts;
	bool is_claimed; /* the table says that it may have been sent */
	XLogRecPtr marked_at; /* and the WAL, up to there */

	/* for the table, until that has been told */
	DzEntryEnd end;
	bool is_listed; /* among the results */
	bool is_locked; /* the result waits for somebody else's lock */
	int64 refused_until_us; /* or is not tried before, as it is refused */
	bool is_waiting; /* to be read again, or for a standby */
	bool waits_for_lane; /* asleep, for want of what the lane needs */
	int nlocked; /* tries in a row to mark it while somebody had its row */
	dlist_node node; /* results, or entries to be read again */
	char *request_id;
	char *service_id;
	char sha256[65];
	int sqlstate;
	char *message;
	TimestampTz next_attempt_at; /* 0: at once */
};

/*
 * Rows that were made here.  Those that came with a dump or a copy wait for
 * datazone_resume(), whatever their state.  For psprintf: DzOriginSystem(),
 * MyDatabaseId.
 */
#define DZ_FROM_HERE \
	"e.origin_system_identifier = " INT64_FORMAT \
	" AND e.origin_database_id = %u"

/* ---- entry.c ---- */

extern void DzEntryBegin(DzEntry *entry);
extern void DzEntryFree(DzEntry *entry);
extern void DzEntrySleep(DzEntry *entry, int64 us);
extern bool DzIsGone(Oid serverid, Oid role);

/* ---- reader.c ---- */

extern void DzReaderForget(void);
extern void DzReaderWake(void);
extern void DzReaderStartOver(void);
extern void DzReaderRun(void);
extern int64 DzReaderWaitUs(void);
extern bool DzReaderIsEmpty(void);
extern bool DzReaderIsWoken(void);

/* ---- wal.c ---- */

extern void DzWalFlush(void);

/* ---- waiting.c ---- */

extern void DzWaitingAgain(DzEntry *entry);
extern bool DzMarkWrite(DzEntry *entry);
extern bool DzMarkMayWait(void);
extern void DzMarkWait(DzEntry *entry);
extern void DzMarksRun(void);
extern int64 DzMarksWaitUs(void);

/* ---- standby.c ---- */

extern bool DzStandbyIsAwaited(void);

/* ---- claims.c ---- */

extern void DzClaimsInit(void);
extern void DzClaimsRemove(DzEntry *entry);
extern void DzClaimsDropBytes(DzEntry *entry);
extern TimestampTz DzClaimsOldest(void);
extern uint64 DzClaimsChanges(void);
extern void DzClaimGiveBack(DzEntry *entry);
extern void DzLaneBlock(DzLane *lane, int64 us);
extern void DzLanesBlock(Oid serverid, int64 us);
extern void DzLaneGoesWell(DzLane *lane);
extern bool DzLaneIsHeldUp(DzLane *lane);
extern void DzLanesUnblock(bool lack_rights);

/* ---- key.c ---- */

extern void DzKeysInit(void);
extern void DzKeysForget(void);
extern DzKey *DzKeyFind(DzLane *lane, const char *text);
extern DzKey *DzKeyMake(DzLane *lane, const char *text);
extern void DzKeyTake(DzKey *key, DzEntry *entry);
extern void DzKeyWaits(DzKey *key, int64 id);
extern void DzKeyRelease(DzKey *key);
extern void DzKeyMeet(DzLane *lane, const char *text, int64 id);
extern void DzKeyDefer(DzKey *key);
extern void DzKeyStuck(DzKey *key);
extern DzKey *DzKeyNextToAdvance(void);
extern void DzKeysWait(int64 after);
extern bool DzKeysAreListed(void);
extern void DzKeysAdvance(void);
extern void DzKeysEnd(void);
extern bool DzKeysAreUrgent(void);
extern void DzKeyRemove(DzKey *key);

/* ---- result.c ---- */

extern void DzHurry(void);
extern void DzResultAdd(DzEntry *entry);
extern void DzResultRemove(DzEntry *entry);
extern void DzResultsFlush(void);
extern int64 DzResultsWaitUs(void);

/* ---- verdict.c ---- */

extern void DzVerdictBegin(void);
extern void DzVerdictForget(void);
extern void DzVerdictExpect(Oid serverid, Oid role, const char *domain);
extern void DzVerdictCatalogChanged(void);

/* ---- gauges.c ---- */

extern void DzGaugesBegin(void);
extern void DzGaugesRecount(void);
extern void DzGaugesTake(int64 n, bool delivered);
extern void DzGaugesRun(void);
extern int64 DzGaugesWaitUs(void);

/* ---- retention.c ---- */

extern void DzRetentionBegin(void);
extern void DzRetentionRun(void);
extern int64 DzRetentionWaitUs(void);

#endif /* DATAZONE_OUTBOX_DELIVERY_H */
