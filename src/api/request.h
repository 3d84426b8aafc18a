/*-------------------------------------------------------------------------
 *
 * request.h
 *		What the files that turn params into a request share.
 *
 * Everything here takes the path of the value at hand and throws 22023 with
 * it.  A JSON null counts as absent and does not get here.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_REQUEST_H
#define DATAZONE_REQUEST_H

#include "api/model.h"
#include "api/path.h"
#include "lib/stringinfo.h"
#include "net/net.h"
#include "utils/jsonb.h"

/* the service's limit for a lineage event, in bytes */
#define DZ_LINEAGE_EVENT_MAX 300000

/* ---- scalar.c: one value ---- */

/* The object or array behind "v"; anything else is an error. */
extern JsonbContainer *DzParamObject(const JsonbValue *v, const DzPath *path);
extern JsonbContainer *DzParamArray(const JsonbValue *v, const DzPath *path);

/* A string that is an ISO 8601 date-time, in microseconds since 1970. */
extern int64 DzParamTime(const JsonbValue *v, const DzPath *path);

/* Report that "v" is not what was "wanted" ("a string"). */
extern void DzParamTypeError(const JsonbValue *v, const char *wanted,
							 const DzPath *path);

/* Refuse less of "things" (characters, items) than the shape's minimum. */
extern void DzParamMinimum(const DzShape *shape, size_t count,
						   const char *things, const DzPath *path);

/* How a timestamp is written: "outer" wins over the shape, that over "place" */
extern DzTimeFormat DzParamTimeFormat(uint8 outer, const DzShape *shape,
									  DzPlace place);

/*
 * Append a checked scalar as UTF-8 text without quotes, as it stands in a
 * path, query or header.
 */
extern void DzParamText(StringInfo buf, const DzShape *shape,
						DzTimeFormat time_format, const JsonbValue *v,
						const DzPath *path);

/* Append a checked string as UTF-8 text, or as a JSON string if "quoted". */
extern void DzParamString(StringInfo buf, const DzShape *shape, bool quoted,
						  const JsonbValue *v, const DzPath *path);

/* Append base64 text as it is. */
extern void DzParamBlob(StringInfo buf, const DzShape *shape,
						const JsonbValue *v, const DzPath *path);

/* Write a time into "dst" (DZ_TIMESTAMP_MAX bytes), without quotes. */
extern void DzParamTimeText(char *dst, DzTimeFormat time_format, int64 unix_us,
							const DzPath *path);

/* NaN, Infinity or -Infinity, given as a string for a number. */
extern const char *DzParamFloatWord(const JsonbValue *v, const DzPath *path);

/* Append a checked number or boolean: the same in JSON and in a query. */
extern void DzParamLiteral(StringInfo buf, const DzShape *shape,
						   const JsonbValue *v, const DzPath *path);

/* ---- members.c: an object against its shape ---- */

/* A walk through an object's pairs beside its shape's members. */
typedef struct DzMemberScan
{
	const DzShape *shape;
	const DzPath *path;
	JsonbIterator *it;
	const DzMember *next; /* first member not yet passed */
	const DzMember *end;
	const DzMember *missing; /* a required one that was passed; else NULL */
} DzMemberScan;

extern void DzMemberScanStart(DzMemberScan *scan, const DzShape *shape,
							  JsonbContainer *object, const DzPath *path);

/*
 * The next member that is present and not null, and its value; NULL at the
 * end.  Unknown names are errors.
 */
extern const DzMember *DzMemberScanNext(DzMemberScan *scan, JsonbValue *v);

/* The names that exist, as a hint of the error being reported. */
extern int DzMemberListHint(const DzShape *shape);

/* ---- request_body.c ---- */

/* Append a value as JSON in UTF-8; "outer" is the member's time format. */
extern void DzBodyValue(StringInfo buf, const DzShape *shape, uint8 outer,
						const JsonbValue *v, const DzPath *path);

/* Append a member's JSON key and colon, and a comma before if asked. */
extern void DzBodyName(StringInfo buf, const DzMember *member, bool comma);

/* ---- request_uri.c, request_headers.c: for request.c ---- */

/* A request in the making: the operation's input, member by member. */
typedef struct DzRequestInput
{
	const DzShape *shape;
	const DzMember *members; /* the shape's */
	JsonbValue *values; /* beside the members; jbvNull: absent */
	const DzPath *root;
} DzRequestInput;

/* The path and the query, percent-encoded; the query without '?'. */
extern char *DzRequestPath(const DzOperation *op, const DzRequestInput *input);
extern char *DzRequestQuery(const DzRequestInput *input);

extern DzHttpHeader *DzRequestHeaders(const DzRequestInput *input,
									  const char *content_type, int *count);

/* ---- lineage_event.c ---- */

extern void DzLineageEventCheck(JsonbContainer *event, size_t compact_len,
								const DzPath *path);

#endif /* DATAZONE_REQUEST_H */
