/*-------------------------------------------------------------------------
 *
 * jsontext.c
 *		Compact JSON text from jsonb.
 *
 * jsonb_out() puts a space behind each comma and colon.  What goes over the
 * wire is counted against the service's limits, stored and compared byte for
 * byte, so it is written without them, by one function.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/jsontext.h"
#include "fmgr.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

static void append_scalar(StringInfo buf, const JsonbValue *v);
static void append_escape(StringInfo buf, unsigned char c);

void
DzJsonbCompact(StringInfo buf, JsonbContainer *value)
{
	JsonbIterator *it = JsonbIteratorInit(value);
	JsonbIteratorToken token;
	JsonbValue v;
	bool comma = false; /* something stands before the next item */
	bool is_scalar = false;

	while ((token = JsonbIteratorNext(&it, &v, false)) != WJB_DONE)
	{
		switch (token)
		{
			case WJB_BEGIN_ARRAY:
			case WJB_BEGIN_OBJECT:
				is_scalar =
					(token == WJB_BEGIN_ARRAY && v.val.array.rawScalar);
				if (comma)
					appendStringInfoCharMacro(buf, ',');
				if (!is_scalar)
					appendStringInfoCharMacro(
						buf, token == WJB_BEGIN_ARRAY ? '[' : '{');
				comma = false;
				break;
			case WJB_END_ARRAY:
			case WJB_END_OBJECT:
				if (!is_scalar)
					appendStringInfoCharMacro(
						buf, token == WJB_END_ARRAY ? ']' : '}');
				comma = true;
				break;
			case WJB_KEY:
				if (comma)
					appendStringInfoCharMacro(buf, ',');
				append_scalar(buf, &v);
				appendStringInfoCharMacro(buf, ':');
				comma = false;
				break;
			default: /* WJB_VALUE, WJB_ELEM */
				if (comma)
					appendStringInfoCharMacro(buf, ',');
				append_scalar(buf, &v);
				comma = true;
				break;
		}
	}
}

static void
append_scalar(StringInfo buf, const JsonbValue *v)
{
	switch (v->type)
	{
		case jbvNull:
			appendBinaryStringInfo(buf, "null", 4);
			break;
		case jbvBool:
			appendStringInfoString(buf, v->val.boolean ? "true" : "false");
			break;
		case jbvNumeric:
			DzJsonAppendNumeric(buf, v->val.numeric);
			break;
		case jbvString:
			DzJsonAppendString(buf, v->val.string.val, v->val.string.len);
			break;
		default:
			elog(ERROR, "unexpected jsonb value type %d", (int) v->type);
	}
}

void
DzJsonAppendNumeric(StringInfo buf, Numeric number)
{
	char *text = DatumGetCString(
		DirectFunctionCall1(numeric_out, NumericGetDatum(number)));

	appendStringInfoString(buf, text);
	pfree(text);
}

void
DzJsonAppendString(StringInfo buf, const char *text, size_t len)
{
	const char *end = text + len;
	const char *run = text; /* first byte not yet appended */

	appendStringInfoCharMacro(buf, '"');
	for (const char *p = text; p < end; p++)
	{
		unsigned char c = (unsigned char) *p;

		if (likely(c >= ' ' && c != '"' && c != '\\'))
			continue;
		appendBinaryStringInfo(buf, run, p - run);
		append_escape(buf, c);
		run = p + 1;
	}
	appendBinaryStringInfo(buf, run, end - run);
	appendStringInfoCharMacro(buf, '"');
}

static void
append_escape(StringInfo buf, unsigned char c)
{
	switch (c)
	{
		case '"':
			appendBinaryStringInfo(buf, "\\\"", 2);
			break;
		case '\\':
			appendBinaryStringInfo(buf, "\\\\", 2);
			break;
		case '\b':
			appendBinaryStringInfo(buf, "\\b", 2);
			break;
		case '\f':
			appendBinaryStringInfo(buf, "\\f", 2);
			break;
		case '\n':
			appendBinaryStringInfo(buf, "\\n", 2);
			break;
		case '\r':
			appendBinaryStringInfo(buf, "\\r", 2);
			break;
		case '\t':
			appendBinaryStringInfo(buf, "\\t", 2);
			break;
		default:
			appendStringInfo(buf, "\\u%04x", c);
	}
}
