/*-------------------------------------------------------------------------
 *
 * uri.h
 *		Percent-encoding, and the canonical path and query of Signature V4.
 *
 * Pure: needs no server.  "Unreserved" is RFC 3986's: A-Z a-z 0-9 - . _ ~.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_URI_H
#define DATAZONE_AWS_URI_H

#include <stdbool.h>
#include <stddef.h>

#include "aws/buffer.h"

/*
 * Percent-encode "len" bytes of "src": unreserved bytes stay, every other
 * byte becomes %XX in upper case.  "dst" needs 3 * len + 1 bytes and must not
 * overlap "src".  Returns the length written; adds a NUL.
 */
extern size_t DzUriEncode(char *dst, const char *src, size_t len);

/*
 * Append the canonical form of a path that is given as on the wire, encoded
 * once: encoded again, '/' kept.  Unless "keep_path", dot segments and empty
 * segments are removed first; a final '/' stays.  An empty path is "/".
 */
extern void DzUriCanonicalPath(DzBuffer *out, const char *path,
							   bool keep_path);

/* What DzUriCanonicalQuery() keeps between calls; zeroed at first. */
typedef struct DzUriPair DzUriPair;
typedef struct DzUriQuery
{
	DzBuffer text; /* re-encoded names and values */
	DzUriPair *pairs; /* where they lie in "text" */
	size_t npairs;
	size_t maxpairs;
} DzUriQuery;

/*
 * Append the canonical form of a query that is given as on the wire, without
 * '?': names and values decoded and encoded again, sorted by name, then by
 * value.  Running out of memory is recorded in "out".
 */
extern void DzUriCanonicalQuery(DzBuffer *out, const char *query,
								DzUriQuery *scratch);
extern void DzUriQueryFree(DzUriQuery *scratch);

#endif /* DATAZONE_AWS_URI_H */
