/*-------------------------------------------------------------------------
 *
 * json.c
 *		Small steps of building an event as jsonb.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/numeric.h"

#include "lineage/room.h"

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
