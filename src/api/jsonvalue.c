/*-------------------------------------------------------------------------
 *
 * jsonvalue.c
 *		Parsed JSON of an answer as text and as jsonb, unchanged.
 *
 * Goes by way of compact text: jsonb's own input then checks and converts
 * strings and numbers, in whichever encoding the database has.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/shortest_dec.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/fmgrprotos.h"

#include "api/api.h"

static void
append_string(StringInfo buf, const char *utf8, size_t len)
{
	char *text = pg_any_to_server(utf8, (int) len, PG_UTF8);

	escape_json(buf, text);
	if (text != utf8)
		pfree(text);
}

static void
append_object(StringInfo buf, const DzJson *object)
{
	bool first = true;

	appendStringInfoChar(buf, '{');
	for (void *iter = DzJsonFirst(object); iter != NULL;
		 iter = DzJsonNext(object, iter))
	{
		size_t len;
		const char *name = DzJsonIterName(iter, &len);

		if (!first)
			appendStringInfoChar(buf, ',');
		first = false;
		append_string(buf, name, len);
		appendStringInfoChar(buf, ':');
		DzJsonCompact(buf, DzJsonIterValue(iter));
	}
	appendStringInfoChar(buf, '}');
}

static void
append_array(StringInfo buf, const DzJson *array)
{
	size_t count = DzJsonLength(array);

	appendStringInfoChar(buf, '[');
	for (size_t i = 0; i < count; i++)
	{
		if (i > 0)
			appendStringInfoChar(buf, ',');
		DzJsonCompact(buf, DzJsonItem(array, i));
	}
	appendStringInfoChar(buf, ']');
}

/* Append "value" as compact JSON in the server's encoding. */
void
DzJsonCompact(StringInfo buf, const DzJson *value)
{
	char number[DOUBLE_SHORTEST_DECIMAL_LEN];
	const char *text;
	size_t len;

	check_stack_depth();

	switch (DzJsonTypeOf(value))
	{
		case DZ_JSON_OBJECT:
			append_object(buf, value);
			break;
		case DZ_JSON_ARRAY:
			append_array(buf, value);
			break;
		case DZ_JSON_STRING:
			text = DzJsonString(value, &len);
			append_string(buf, text, len);
			break;
		case DZ_JSON_INTEGER:
			appendStringInfo(buf, INT64_FORMAT, DzJsonInteger(value));
			break;
		case DZ_JSON_REAL:
			double_to_shortest_decimal_buf(DzJsonNumber(value), number);
			appendStringInfoString(buf, number);
			break;
		case DZ_JSON_TRUE:
			appendStringInfoString(buf, "true");
			break;
		case DZ_JSON_FALSE:
			appendStringInfoString(buf, "false");
			break;
		case DZ_JSON_NULL:
			appendStringInfoString(buf, "null");
			break;
	}
}

/* "value" as jsonb, in CurrentMemoryContext. */
Jsonb *
DzJsonToJsonb(const DzJson *value)
{
	StringInfoData buf;
	Jsonb *result;

	initStringInfo(&buf);
	DzJsonCompact(&buf, value);
	result = DatumGetJsonbP(
		DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data)));
	pfree(buf.data);
	return result;
}
