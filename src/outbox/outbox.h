/*-------------------------------------------------------------------------
 *
 * outbox.h
 *		The outbox room: what a transaction enqueues is delivered after it.
 *
 * An *entry* is a call of a writing operation that waits in a table.  It is
 * written in the caller's transaction and lives and dies with that; this
 * database's background worker sends it once the transaction has committed.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_OUTBOX_H
#define DATAZONE_OUTBOX_H

#include "utils/relcache.h"

#include "api/api.h"
#include "shared/shared.h"

#define DZ_DELIVERY_TABLE "datazone_delivery"

/* at load: the settings; what the worker does */
extern void DzOutboxInit(void);
extern void DzDeliveryInit(void);

/* ---- settings.c ---- */

extern int DzMaxEntryAge; /* datazone.max_entry_age, seconds; 0: no limit */
extern int DzDeliveryRetention; /* datazone.delivery_retention, seconds */
extern int DzMaxQueueSize; /* datazone.max_queue_size; 0: no limit */

/* ---- enqueue.c ---- */

/* What is to be called.  Nothing is copied beyond the call. */
typedef struct DzOutboxCall
{
	const DzOperation *op; /* one that writes */
	Oid serverid;
	Oid role; /* with whose mapping it will be sent */
	const char
		*domain; /* NULL: the server's default, if the operation has one */
	const char *ordering_key; /* NULL: none, or for lineage domain and runId */
	const char *client_token; /* NULL: made, where the operation takes one */
	Jsonb *payload; /* params; for lineage the event */
} DzOutboxCall;

/*
 * Check a call as the synchronous functions do and write it into the outbox,
 * in the caller's transaction and as the table's owner.  The entry's id.
 *
 * Errors: as DzRequestBuild(); 53400 above datazone.max_queue_size; 55000
 * without preloading.
 */
extern int64 DzOutboxAdd(const DzOutboxCall *call);

/*
 * The token of params that have one, where there is also an argument for it:
 * 22023 if that says otherwise.
 */
extern const char *DzOutboxToken(const char *argument, const char *member);

/* ---- depth.c ---- */

/*
 * Say how many entries more (or fewer, below 0) there are once the current
 * transaction has committed.
 */
extern void DzOutboxCount(DzQueueCounts more);

/* 53400 above datazone.max_queue_size; see there how exact it is. */
extern void DzOutboxRequireRoom(void);

/* ---- insert.c ---- */

#define DZ_OUTBOX_COLUMNS 14 /* that whoever writes an entry gives */

extern int64 DzOutboxNumber(Relation rel, Oid sequence);
extern int64 DzOutboxNextNumber(void);
extern int64 DzOutboxInsert(const Datum *values, const bool *nulls);

#endif /* DATAZONE_OUTBOX_H */
