/*-------------------------------------------------------------------------
 *
 * functions.h
 *		What the SQL functions share: arguments in, rows out.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_FUNCTIONS_H
#define DATAZONE_FUNCTIONS_H

#include "fmgr.h"
#include "funcapi.h"

#include "api/api.h"
#include "api/row.h"
#include "server/server.h"

/* ---- argument.c ---- */

/* An argument as a C string; NULL if it is NULL. */
extern char *DzArgText(FunctionCallInfo fcinfo, int n);

/* The same for a required argument: 22004 if it is NULL. */
extern char *DzArgRequired(FunctionCallInfo fcinfo, int n, const char *name);

/* An argument max_items: -1 for NULL, 22023 below 0. */
extern int64 DzArgMaxItems(FunctionCallInfo fcinfo, int n);

/* An argument as jsonb; NULL if it is NULL. */
extern Jsonb *DzArgJsonb(FunctionCallInfo fcinfo, int n);

/* The operation of a typed function: the table surely has it. */
extern const DzOperation *DzTypedOperation(const char *name);

/* One that the user names: 22023 with the nearest name if there is none. */
extern const DzOperation *DzNamedOperation(const char *name);

/* ---- result.c ---- */

extern ReturnSetInfo *DzResultBegin(FunctionCallInfo fcinfo,
									const DzRowShape *shape);
extern void DzRowStore(ReturnSetInfo *rsinfo, const DzAnswer *answer,
					   const DzRowShape *shape, const char *const *given,
					   const DzJson *item);
extern void DzListInto(FunctionCallInfo fcinfo, const DzConnection *conn,
					   const char *operation, const DzParams *params,
					   int64 max_items, const DzRowShape *shape,
					   const char *const *given);
extern void DzRowInto(FunctionCallInfo fcinfo, const DzConnection *conn,
					  const char *operation, const DzParams *params,
					  const DzRowShape *shape, const char *const *given);
extern HeapTuple DzRowOnceInto(FunctionCallInfo fcinfo,
							   const DzConnection *conn, const char *operation,
							   const DzParams *params, const DzRowShape *shape,
							   const char *const *given);

/* ---- listing.c ---- */

/*
 * Called for each item of a listing, in a context that is reset by page;
 * "index" is the item's in its own page.
 */
typedef void (*DzItemFn)(const DzAnswer *answer, const DzJson *item,
						 size_t index, void *arg);

extern void DzListEach(const DzConnection *conn, const DzOperation *op,
					   const DzParams *params, const char *root,
					   int64 max_items, DzItemFn each, void *arg);

/* ---- statement.c ---- */

/* What one writing call of a statement gave; see there. */
typedef struct DzStatementKey
{
	MemoryContext query_cxt;
	const DzOperation *op;
	Oid serverid;
	Oid userid;
	Jsonb *params;
} DzStatementKey;

extern HeapTuple DzStatementFind(const DzStatementKey *key);
extern void DzStatementRemember(const DzStatementKey *key, HeapTuple row);

/* ---- follow.c: runs that the background worker follows ---- */

extern void DzFollowPrepare(void);
extern void DzFollowRun(const DzConnection *conn, HeapTuple run,
						TupleDesc desc);

/* ---- requeue.c: entries of the outbox ---- */

extern int64 DzEntriesResume(const char *server, Oid serverid);
extern int64 DzEntriesHeld(const char *server);

/* ---- served.c ---- */

/*
 * NOTICE unless a worker serves this database.  What the caller has asked for
 * is accepted all the same, and done once there is one.
 */
extern void DzTellIfUnserved(void);

/* The same for what may be called a million times: once a session. */
extern void DzTellOnceIfUnserved(void);

#endif /* DATAZONE_FUNCTIONS_H */
