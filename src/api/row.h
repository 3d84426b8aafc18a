/*-------------------------------------------------------------------------
 *
 * row.h
 *		Objects of answers as rows: which member goes into which column.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_API_ROW_H
#define DATAZONE_API_ROW_H

#include "api/api.h"

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

/* ---- run_row.c: datazone_run, column by column ---- */

/* the values that DZ_COL_GIVEN columns want: server, domain */
extern const DzRowShape DzRunShape; /* of an operation's own answer */
extern const DzRowShape DzRunItemShape; /* of an item of a listing */

/* The statuses in which a run has ended, as an SQL list. */
#define DZ_ENDED_STATUSES "'SUCCESS', 'PARTIALLY_SUCCEEDED', 'FAILED'"

/* A status that we do not know is not an end: enums grow. */
extern bool DzRunHasEnded(const char *status, size_t len);

#endif /* DATAZONE_API_ROW_H */
