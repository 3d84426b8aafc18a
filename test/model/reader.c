/*-------------------------------------------------------------------------
 *
 * reader.c
 *		Test module: what the JSON reader makes of a document.
 *
 * Bytes come as bytea, since most of what is tried is no text.  They are
 * copied into a block of exactly their length, so that valgrind sees a read
 * behind their end.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/api.h"
#include "api/jsontext.h"
#include "fmgr.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(test_json);
PG_FUNCTION_INFO_V1(test_json_jsonb);
PG_FUNCTION_INFO_V1(test_json_member);
PG_FUNCTION_INFO_V1(test_json_integer);

static const DzJson *read_bytes(bytea *document);
static Datum rendered(const DzJson *value);
static const DzJson *render(StringInfo buf, const DzJson *value);
static const DzJson *render_container(StringInfo buf, const DzJson *value,
									  const char *brackets);

/* test_json(bytea) returns text: each value as it was read, in its order */
Datum
test_json(PG_FUNCTION_ARGS)
{
	return rendered(read_bytes(PG_GETARG_BYTEA_PP(0)));
}

/* test_json_jsonb(bytea) returns jsonb */
Datum
test_json_jsonb(PG_FUNCTION_ARGS)
{
	DzAnswer answer = {.op = DzOperationFind("GetDomain")};

	answer.body = read_bytes(PG_GETARG_BYTEA_PP(0));
	return JsonbPGetDatum(DzJsonToJsonb(&answer, answer.body));
}

/* test_json_member(bytea, name) returns text: the member, rendered */
Datum
test_json_member(PG_FUNCTION_ARGS)
{
	const DzJson *member = DzJsonMember(read_bytes(PG_GETARG_BYTEA_PP(0)),
										text_to_cstring(PG_GETARG_TEXT_PP(1)));

	if (member == NULL)
		PG_RETURN_NULL();
	return rendered(member);
}

/* test_json_integer(bytea) returns bigint: the number's value, or NULL */
Datum
test_json_integer(PG_FUNCTION_ARGS)
{
	int64 integer;

	if (!DzJsonInteger(read_bytes(PG_GETARG_BYTEA_PP(0)), &integer))
		PG_RETURN_NULL();
	PG_RETURN_INT64(integer);
}

/* HV00M for what is no JSON, 54000 for what is too deep or too much. */
static const DzJson *
read_bytes(bytea *document)
{
	size_t len = VARSIZE_ANY_EXHDR(document);
	char *bytes = palloc(len);
	DzJsonError error;
	const char *message;
	const DzJson *value;

	memcpy(bytes, VARDATA_ANY(document), len);
	value = DzJsonParse(CurrentMemoryContext, bytes, len, &error, &message);
	if (value == NULL)
		ereport(ERROR, (errcode(error == DZ_JSON_INVALID
									? ERRCODE_FDW_UNABLE_TO_CREATE_REPLY
									: ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("%s", message)));
	/* what was read must not hang on what it was read from */
	memset(bytes, '?', len);
	pfree(bytes);
	return value;
}

static Datum
rendered(const DzJson *value)
{
	StringInfoData buf;
	const DzJson *end;

	initStringInfo(&buf);
	end = render(&buf, value);
	if (end != DzJsonNext(value))
		elog(ERROR, "a value ends where its last one does not");
	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
}

/* Append the value; returns what follows it.  At most 256 levels deep. */
static const DzJson *
render(StringInfo buf, const DzJson *value)
{
	size_t len;
	const char *text;

	switch (DzJsonTypeOf(value))
	{
		case DZ_JSON_OBJECT:
			return render_container(buf, value, "{}");
		case DZ_JSON_ARRAY:
			return render_container(buf, value, "[]");
		case DZ_JSON_STRING:
			text = DzJsonString(value, &len);
			if (text[len] != '\0')
				elog(ERROR, "a string does not end with NUL");
			DzJsonAppendString(buf, text, len);
			break;
		case DZ_JSON_NUL_STRING:
			if (DzJsonString(value, &len) != NULL)
				elog(ERROR, "a string with NUL is given out");
			appendStringInfoString(buf, "\"\\u0000\"");
			break;
		case DZ_JSON_NUMBER:
			text = DzJsonNumber(value, &len);
			appendBinaryStringInfo(buf, text, (int) len);
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
	return DzJsonNext(value);
}

static const DzJson *
render_container(StringInfo buf, const DzJson *value, const char *brackets)
{
	bool is_object = DzJsonTypeOf(value) == DZ_JSON_OBJECT;
	size_t count = DzJsonLength(value);
	const DzJson *next = DzJsonFirst(value);

	appendStringInfoChar(buf, brackets[0]);
	for (size_t i = 0; i < count; i++)
	{
		if (i > 0)
			appendStringInfoChar(buf, ',');
		if (is_object)
		{
			next = render(buf, next);
			appendStringInfoChar(buf, ':');
		}
		next = render(buf, next);
	}
	appendStringInfoChar(buf, brackets[1]);
	return next;
}
