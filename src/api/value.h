/*-------------------------------------------------------------------------
 *
 * value.h
 *		What the files that turn an answer into jsonb share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_VALUE_H
#define DATAZONE_VALUE_H

#include "api/api.h"
#include "api/path.h"
#include "compat.h"

/* An answer being read: jsonb in the making, and whose answer it is. */
typedef struct DzReading
{
	const DzAnswer *answer;
	DzJsonbState jsonb;
	int ncontainers; /* objects and arrays in it so far */
} DzReading;

/* ---- value.c ---- */

/* Report HV00M: the value at "path" is not what was "wanted" ("a string"). */
extern void DzReadingWrong(const DzReading *reading, const DzPath *path,
						   const char *wanted);
extern void DzReadingMissing(const DzReading *reading, const DzPath *path);

/* ---- value_any.c ---- */

/*
 * Begin an object or an array.  Errors: 54000 if there are too many of them
 * in this jsonb already.
 */
extern void DzReadingBegin(DzReading *reading, JsonbIteratorToken seq);

/* Push any JSON as it is. */
extern void DzReadingAny(DzReading *reading, JsonbIteratorToken seq,
						 const DzJson *value);

/*
 * Push a key, a string, a timestamp as ISO 8601 text.  Keys and strings are
 * not copied: they must stay until the jsonb is made.
 */
extern void DzReadingKey(DzReading *reading, const char *name);
extern void DzReadingText(DzReading *reading, JsonbIteratorToken seq,
						  const char *utf8, size_t len);
extern void DzReadingTime(DzReading *reading, JsonbIteratorToken seq,
						  int64 unix_us);

/* Push a number, whose text is known to be one; HV00M if it is too long. */
extern void DzReadingNumber(DzReading *reading, JsonbIteratorToken seq,
							const char *number, size_t len);

/* ---- value_header.c ---- */

/*
 * Push key and value of a member that a header or the status carries.  False:
 * the header is not there.
 */
extern bool DzReadingHeader(DzReading *reading, const DzMember *member,
							DzHttpTransfer *transfer, const DzPath *path);

#endif /* DATAZONE_VALUE_H */
