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

/* ---- row.c ---- */

typedef enum DzColumnKind
{
	DZ_COL_TEXT,
	DZ_COL_INT,
	DZ_COL_TIME, /* timestamptz; ISO 8601, epoch seconds or http-date */
	DZ_COL_JSON, /* jsonb: the member as it is */
	DZ_COL_JSON_TEXT, /* jsonb: the member is a string that holds JSON */
	DZ_COL_TEXT_ARRAY,
	DZ_COL_GIVEN, /* text that the function gives, where the answer has none */
	DZ_COL_NEVER_TIME /* timestamptz that no answer has: NULL */
} DzColumnKind;

typedef struct DzColumn
{
	DzColumnKind kind;
	const char *path; /* the member's name; NULL: none */
	const char *inside; /* the object that holds it, if not the row's own */
	const char *or_path; /* where the value is if not at "path"; or NULL */
	bool is_required; /* inside an object: where there is that object */
} DzColumn;

typedef struct DzRowShape
{
	const DzColumn *columns;
	int ncolumns;
	bool is_item; /* of a listing, which leaves out what was asked for */
} DzRowShape;

/*
 * "given" are the values of the DZ_COL_GIVEN columns, in their order; NULL
 * for SQL NULL.
 */
extern void DzRowRead(const DzAnswer *answer, const DzRowShape *shape,
					  const char *const *given, const DzJson *item,
					  Datum *values, bool *nulls);
extern Oid DzColumnType(DzColumnKind kind);

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
extern void DzRowOnceInto(FunctionCallInfo fcinfo, const DzConnection *conn,
						  const char *operation, const DzParams *params,
						  const DzRowShape *shape, const char *const *given);

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

/* ---- runs.c: shared with wait.c ---- */

extern const DzRowShape DzRunShape;

#endif /* DATAZONE_FUNCTIONS_H */
