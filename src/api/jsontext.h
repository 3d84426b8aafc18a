/*-------------------------------------------------------------------------
 *
 * jsontext.h
 *		Compact JSON text.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_JSONTEXT_H
#define DATAZONE_JSONTEXT_H

#include "lib/stringinfo.h"
#include "utils/jsonb.h"

/*
 * Append "value" (an object, an array, or a jsonb's root scalar) as JSON with
 * no space between tokens, in the server's encoding.  Works without recursion,
 * so that depth needs no limit.
 */
extern void DzJsonbCompact(StringInfo buf, JsonbContainer *value);

/* Append "len" bytes of "text" as a JSON string, quotes included. */
extern void DzJsonAppendString(StringInfo buf, const char *text, size_t len);

/* Append a number as numeric writes it; jsonb holds neither NaN nor infinity. */
extern void DzJsonAppendNumeric(StringInfo buf, Numeric number);

#endif /* DATAZONE_JSONTEXT_H */
