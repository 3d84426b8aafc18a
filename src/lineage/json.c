/*-------------------------------------------------------------------------
 *
 * json.c
 *		Small steps of building an event as jsonb.
 *
 * Texts may come from anywhere, and an event has a limit: so whoever makes one
 * says how long a text may be in it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/numeric.h"

#include "lineage/room.h"

static int longest_text = INT_MAX; /* bytes, of the event that is made now */

void
DzPushTextsUpTo(int bytes)
{
	longest_text = bytes;
}

void
DzPushBeginObject(DzJsonbState *state)
{
	DzJsonbPush(state, WJB_BEGIN_OBJECT, NULL);
}

void
DzPushEndObject(DzJsonbState *state)
{
	DzJsonbPush(state, WJB_END_OBJECT, NULL);
}

static JsonbValue
text_value(const char *text)
{
	JsonbValue value;

	value.type = jbvString;
	value.val.string.val = unconstify(char *, text);
	value.val.string.len = (int) strlen(text);
	return value;
}

void
DzPushKey(DzJsonbState *state, const char *key)
{
	JsonbValue value = text_value(key);

	DzJsonbPush(state, WJB_KEY, &value);
}

void
DzPushText(DzJsonbState *state, const char *key, const char *text)
{
	JsonbValue value = text_value(text);

	if (value.val.string.len > longest_text)
		value.val.string.len =
			pg_mbcliplen(text, value.val.string.len, longest_text);
	DzPushKey(state, key);
	DzJsonbPush(state, WJB_VALUE, &value);
}

void
DzPushInteger(DzJsonbState *state, const char *key, int64 number)
{
	JsonbValue value;

	value.type = jbvNumeric;
	value.val.numeric = int64_to_numeric(number);
	DzPushKey(state, key);
	DzJsonbPush(state, WJB_VALUE, &value);
}

void
DzPushBeginFacet(DzJsonbState *state, const char *key, const char *schema)
{
	DzPushKey(state, key);
	DzPushBeginObject(state);
	DzPushText(state, "_producer", DZ_LINEAGE_PRODUCER);
	DzPushText(state, "_schemaURL", schema);
}
