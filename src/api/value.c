/*-------------------------------------------------------------------------
 *
 * value.c
 *		An answer as jsonb, by the operation's output shape.
 *
 * The caller sees one form whatever the wire has: timestamps are ISO 8601
 * strings, members that came in headers stand beside those of the body, and
 * names are the API's own.  What the model does not know passes through, for
 * services grow; but a known member of the wrong type, or a required one that
 * is missing, means that this is not the answer it claims to be (HV00M).
 * Enums are open text and unions may have tags that we do not know.
 *
 * The jsonb is built value by value.  Text and jsonb_in() would be shorter to
 * write, but every string would be escaped, scanned and unescaped again.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "api/value.h"
#include "aws/timestamp.h"
#include "common/shortest_dec.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

/* which of a structure's members stand where we are looking */
typedef enum Where
{
	AT_ROOT, /* those of the body */
	INSIDE /* all: places have a meaning at the root only */
} Where;

static void push_value(DzReading *reading, JsonbIteratorToken seq,
					   const DzShape *shape, const DzJson *value,
					   const DzPath *path);
static void push_scalar(DzReading *reading, JsonbIteratorToken seq,
						const DzShape *shape, const DzJson *value,
						const DzPath *path);
static void push_any(DzReading *reading, JsonbIteratorToken seq,
					 const DzJson *value);
static void push_number(DzReading *reading, JsonbIteratorToken seq,
						const DzJson *value);
static void push_boolean(DzReading *reading, JsonbIteratorToken seq,
						 const DzJson *value);
static void push_time(DzReading *reading, JsonbIteratorToken seq,
					  const DzJson *value, const DzPath *path);
static void push_list(DzReading *reading, const DzShape *shape,
					  const DzJson *value, const DzPath *path);
static void push_map(DzReading *reading, const DzShape *shape,
					 const DzJson *value, const DzPath *path);
static void push_members(DzReading *reading, const DzShape *shape,
						 const DzJson *object, const DzPath *path,
						 Where where);
static bool push_member(DzReading *reading, const DzShape *shape,
						const char *key, size_t len, const DzJson *value,
						const DzPath *path, Where where);
static const DzMember *member_by_key(const DzShape *shape, const char *key,
									 size_t len, Where where);
static void push_payload(DzReading *reading, const DzMember *member,
						 const DzJson *body, const char *payload,
						 size_t payload_len, const DzPath *path);
static void push_other_places(DzReading *reading, const DzShape *shape,
							  const DzJson *body, DzHttpTransfer *transfer,
							  const char *payload, size_t payload_len);

/*
 * The answer to "op" in CurrentMemoryContext.  "body" is the parsed body
 * ({} for an empty one); the payload is the body as it came, for operations
 * whose body is one member.  "transfer" has the headers; NULL: there are none.
 *
 * Errors: HV00M with the member's path.
 */
Jsonb *
DzValueToJsonb(const DzOperation *op, const DzJson *body,
			   DzHttpTransfer *transfer, const char *payload,
			   size_t payload_len)
{
	static const DzShape no_output = {.kind = DZ_KIND_STRUCTURE};
	DzReading reading = {.op = op};
	const DzShape *shape =
		op->output == DZ_NO_SHAPE ? &no_output : &dz_shapes[op->output];
	bool has_payload = false;

	for (int i = 0; i < shape->count; i++)
		if (dz_members[shape->first + i].place == DZ_IN_PAYLOAD)
			has_payload = true;

	DzJsonbPush(&reading.jsonb, WJB_BEGIN_OBJECT, NULL);
	if (!has_payload)
		push_members(&reading, shape, body, NULL, AT_ROOT);
	push_other_places(&reading, shape, body, transfer, payload, payload_len);
	DzJsonbPush(&reading.jsonb, WJB_END_OBJECT, NULL);
	return JsonbValueToJsonb(reading.jsonb.result);
}

/*
 * An item of a paginated operation's answer, in CurrentMemoryContext;
 * "index" is for the path.  Errors as above.
 */
Jsonb *
DzItemToJsonb(const DzOperation *op, const DzJson *item, size_t index)
{
	const char *key = op->pager->result_key;
	const DzShape *shape = NULL;
	DzReading reading = {.op = op};
	DzPath list = DzPathMember(NULL, key, strlen(key));
	DzPath here = DzPathItem(&list, (int) index);

	if (op->output != DZ_NO_SHAPE)
	{
		const DzMember *member =
			DzShapeMember(&dz_shapes[op->output], key, strlen(key));

		if (member != NULL && dz_shapes[member->shape].kind == DZ_KIND_LIST)
			shape = &dz_shapes[dz_shapes[member->shape].first];
	}

	/* an array of one: the state has no way to hold a bare scalar */
	DzJsonbPush(&reading.jsonb, WJB_BEGIN_ARRAY, NULL);
	push_value(&reading, WJB_ELEM, shape, item, &here);
	DzJsonbPush(&reading.jsonb, WJB_END_ARRAY, NULL);
	return JsonbValueToJsonb(&reading.jsonb.result->val.array.elems[0]);
}

void
DzReadingWrong(const DzReading *reading, const DzPath *path,
			   const char *wanted)
{
	DzUnexpectedAnswer(reading->op->name, "Member \"%s\" is not %s.",
					   DzPathText(path), wanted);
}

void
DzReadingMissing(const DzReading *reading, const DzPath *path)
{
	DzUnexpectedAnswer(reading->op->name,
					   "The required member \"%s\" is missing.",
					   DzPathText(path));
}

/* A value of "shape"; NULL: of a shape that we do not know. */
static void
push_value(DzReading *reading, JsonbIteratorToken seq, const DzShape *shape,
		   const DzJson *value, const DzPath *path)
{
	DzJsonType type = DzJsonTypeOf(value);

	check_stack_depth();
	if (shape == NULL || shape->kind == DZ_KIND_DOCUMENT ||
		type == DZ_JSON_NULL)
	{
		push_any(reading, seq, value);
		return;
	}
	switch (shape->kind)
	{
		case DZ_KIND_LIST:
			if (type != DZ_JSON_ARRAY)
				DzReadingWrong(reading, path, "an array");
			push_list(reading, shape, value, path);
			break;
		case DZ_KIND_MAP:
		case DZ_KIND_STRUCTURE:
		case DZ_KIND_UNION:
			if (type != DZ_JSON_OBJECT)
				DzReadingWrong(reading, path, "an object");
			if (shape->kind == DZ_KIND_MAP)
			{
				push_map(reading, shape, value, path);
				break;
			}
			DzJsonbPush(&reading->jsonb, WJB_BEGIN_OBJECT, NULL);
			push_members(reading, shape, value, path, INSIDE);
			DzJsonbPush(&reading->jsonb, WJB_END_OBJECT, NULL);
			break;
		default:
			push_scalar(reading, seq, shape, value, path);
	}
}

static void
push_scalar(DzReading *reading, JsonbIteratorToken seq, const DzShape *shape,
			const DzJson *value, const DzPath *path)
{
	DzJsonType type = DzJsonTypeOf(value);
	bool is_number = type == DZ_JSON_INTEGER || type == DZ_JSON_REAL;

	switch (shape->kind)
	{
		case DZ_KIND_TIMESTAMP:
			push_time(reading, seq, value, path);
			return;
		case DZ_KIND_STRING:
		case DZ_KIND_BLOB:
			if (type != DZ_JSON_STRING)
				DzReadingWrong(reading, path, "a string");
			break;
		case DZ_KIND_BOOLEAN:
			if (type != DZ_JSON_TRUE && type != DZ_JSON_FALSE)
				DzReadingWrong(reading, path, "a boolean");
			break;
		case DZ_KIND_FLOAT:
			/* NaN and the infinities are strings in JSON */
			if (!is_number && type != DZ_JSON_STRING)
				DzReadingWrong(reading, path, "a number");
			break;
		default:
			if (!is_number || rint(DzJsonNumber(value)) != DzJsonNumber(value))
				DzReadingWrong(reading, path, "an integer");
	}
	push_any(reading, seq, value);
}

/* Any JSON, as it is. */
static void
push_any(DzReading *reading, JsonbIteratorToken seq, const DzJson *value)
{
	JsonbValue null = {.type = jbvNull};
	const char *text;
	size_t len;

	check_stack_depth();
	switch (DzJsonTypeOf(value))
	{
		case DZ_JSON_OBJECT:
			DzJsonbPush(&reading->jsonb, WJB_BEGIN_OBJECT, NULL);
			for (void *iter = DzJsonFirst(value); iter != NULL;
				 iter = DzJsonNext(value, iter))
			{
				text = DzJsonIterName(iter, &len);
				DzReadingText(reading, WJB_KEY, text, len);
				push_any(reading, WJB_VALUE, DzJsonIterValue(iter));
			}
			DzJsonbPush(&reading->jsonb, WJB_END_OBJECT, NULL);
			break;
		case DZ_JSON_ARRAY:
			DzJsonbPush(&reading->jsonb, WJB_BEGIN_ARRAY, NULL);
			for (size_t i = 0; i < DzJsonLength(value); i++)
				push_any(reading, WJB_ELEM, DzJsonItem(value, i));
			DzJsonbPush(&reading->jsonb, WJB_END_ARRAY, NULL);
			break;
		case DZ_JSON_STRING:
			text = DzJsonString(value, &len);
			DzReadingText(reading, seq, text, len);
			break;
		case DZ_JSON_INTEGER:
		case DZ_JSON_REAL:
			push_number(reading, seq, value);
			break;
		case DZ_JSON_TRUE:
		case DZ_JSON_FALSE:
			push_boolean(reading, seq, value);
			break;
		case DZ_JSON_NULL:
			DzJsonbPush(&reading->jsonb, seq, &null);
			break;
	}
}

/* A real as its shortest decimal: 0.1 stays 0.1. */
static void
push_number(DzReading *reading, JsonbIteratorToken seq, const DzJson *value)
{
	char text[DOUBLE_SHORTEST_DECIMAL_LEN];
	JsonbValue v = {.type = jbvNumeric};

	if (DzJsonTypeOf(value) == DZ_JSON_INTEGER)
		v.val.numeric = int64_to_numeric(DzJsonInteger(value));
	else
	{
		double_to_shortest_decimal_buf(DzJsonNumber(value), text);
		v.val.numeric = DatumGetNumeric(DirectFunctionCall3(
			numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid),
			Int32GetDatum(-1)));
	}
	DzJsonbPush(&reading->jsonb, seq, &v);
}

static void
push_boolean(DzReading *reading, JsonbIteratorToken seq, const DzJson *value)
{
	JsonbValue v = {.type = jbvBool};

	v.val.boolean = DzJsonTypeOf(value) == DZ_JSON_TRUE;
	DzJsonbPush(&reading->jsonb, seq, &v);
}

/* Services mix the forms, so any form is read wherever a timestamp is. */
static void
push_time(DzReading *reading, JsonbIteratorToken seq, const DzJson *value,
		  const DzPath *path)
{
	DzJsonType type = DzJsonTypeOf(value);
	bool is_time = false;
	int64_t unix_us = 0;

	if (type == DZ_JSON_STRING)
	{
		size_t len;
		const char *text = DzJsonString(value, &len);

		is_time = DzTimestampParse(text, len, &unix_us);
	}
	else if (type == DZ_JSON_INTEGER || type == DZ_JSON_REAL)
		is_time = DzTimestampFromDouble(DzJsonNumber(value), &unix_us);
	if (!is_time)
		DzReadingWrong(reading, path, "a timestamp");
	DzReadingTime(reading, seq, unix_us);
}

void
DzReadingTime(DzReading *reading, JsonbIteratorToken seq, int64 unix_us)
{
	char *text = palloc(DZ_TIMESTAMP_MAX);
	int len = DzTimestampFormatIso(unix_us, text);

	DzReadingText(reading, seq, text, len);
}

void
DzReadingKey(DzReading *reading, const char *name)
{
	DzReadingText(reading, WJB_KEY, name, strlen(name));
}

/*
 * A string or key, converted to the server's encoding.  It is not copied if
 * there is nothing to convert: "utf8" must stay until the jsonb is made.
 */
void
DzReadingText(DzReading *reading, JsonbIteratorToken seq, const char *utf8,
			  size_t len)
{
	JsonbValue v = {.type = jbvString};
	char *text = pg_any_to_server(utf8, (int) len, PG_UTF8);

	v.val.string.val = text;
	v.val.string.len = text == utf8 ? len : strlen(text);
	DzJsonbPush(&reading->jsonb, seq, &v);
}

static void
push_list(DzReading *reading, const DzShape *shape, const DzJson *value,
		  const DzPath *path)
{
	DzPath here = DzPathItem(path, 0);
	size_t count = DzJsonLength(value);

	DzJsonbPush(&reading->jsonb, WJB_BEGIN_ARRAY, NULL);
	for (size_t i = 0; i < count; i++)
	{
		here.index = (int) i;
		push_value(reading, WJB_ELEM, &dz_shapes[shape->first],
				   DzJsonItem(value, i), &here);
	}
	DzJsonbPush(&reading->jsonb, WJB_END_ARRAY, NULL);
}

/* An entry that is null is absent, unless the map is sparse. */
static void
push_map(DzReading *reading, const DzShape *shape, const DzJson *value,
		 const DzPath *path)
{
	DzJsonbPush(&reading->jsonb, WJB_BEGIN_OBJECT, NULL);
	for (void *iter = DzJsonFirst(value); iter != NULL;
		 iter = DzJsonNext(value, iter))
	{
		size_t len;
		const char *key = DzJsonIterName(iter, &len);
		const DzJson *item = DzJsonIterValue(iter);
		char *name = pg_any_to_server(key, (int) len, PG_UTF8);
		DzPath here = DzPathMember(path, name, (int) strlen(name));

		if (DzJsonTypeOf(item) == DZ_JSON_NULL &&
			!(shape->flags & DZ_SHAPE_SPARSE))
			continue;
		DzReadingText(reading, WJB_KEY, key, len);
		push_value(reading, WJB_VALUE, &dz_shapes[shape->first], item, &here);
	}
	DzJsonbPush(&reading->jsonb, WJB_END_OBJECT, NULL);
}

/*
 * The pairs of a structure or union, between the braces that the caller
 * pushes.  Required members are counted, and looked for only if the count is
 * short.
 */
static void
push_members(DzReading *reading, const DzShape *shape, const DzJson *object,
			 const DzPath *path, Where where)
{
	int nrequired = 0;

	for (void *iter = DzJsonFirst(object); iter != NULL;
		 iter = DzJsonNext(object, iter))
	{
		size_t len;
		const char *key = DzJsonIterName(iter, &len);

		if (push_member(reading, shape, key, len, DzJsonIterValue(iter), path,
						where))
			nrequired++;
	}
	if (nrequired == shape->nrequired)
		return;
	for (int i = 0; i < shape->count; i++)
	{
		const DzMember *member = &dz_members[shape->first + i];
		const DzJson *value = DzJsonMember(object, DzPoolText(member->wire));
		DzPath here =
			DzPathMember(path, DzPoolText(member->name), member->name_len);

		if ((member->flags & DZ_MEMBER_REQUIRED) &&
			(where == INSIDE || member->place == DZ_IN_BODY) &&
			(value == NULL || DzJsonTypeOf(value) == DZ_JSON_NULL))
			DzReadingMissing(reading, &here);
	}
}

/* One pair; true if it is a required member. */
static bool
push_member(DzReading *reading, const DzShape *shape, const char *key,
			size_t len, const DzJson *value, const DzPath *path, Where where)
{
	const DzMember *member = member_by_key(shape, key, len, where);
	DzPath here;

	if (member == NULL)
	{
		/* the service's note to itself of which class a union was */
		if (shape->kind == DZ_KIND_UNION && strcmp(key, "__type") == 0)
			return false;
		DzReadingText(reading, WJB_KEY, key, len);
		push_any(reading, WJB_VALUE, value);
		return false;
	}
	if (DzJsonTypeOf(value) == DZ_JSON_NULL)
		return false;
	here = DzPathMember(path, DzPoolText(member->name), member->name_len);
	DzReadingKey(reading, DzPoolText(member->name));
	push_value(reading, WJB_VALUE, &dz_shapes[member->shape], value, &here);
	return (member->flags & DZ_MEMBER_REQUIRED) != 0;
}

/*
 * JSON keys are the members' names, save in the few renamed shapes.  In the
 * body, a key that belongs to a header is like any that we do not know.
 */
static const DzMember *
member_by_key(const DzShape *shape, const char *key, size_t len, Where where)
{
	const DzMember *member = DzShapeMember(shape, key, len);

	if (shape->flags & DZ_SHAPE_RENAMED)
	{
		member = NULL;
		for (int i = 0; i < shape->count && member == NULL; i++)
			if (strcmp(DzPoolText(dz_members[shape->first + i].wire), key) ==
				0)
				member = &dz_members[shape->first + i];
	}
	if (member != NULL && where == AT_ROOT && member->place != DZ_IN_BODY)
		return NULL;
	return member;
}

/* What does not stand in the JSON body: headers, status, the whole body. */
static void
push_other_places(DzReading *reading, const DzShape *shape, const DzJson *body,
				  DzHttpTransfer *transfer, const char *payload,
				  size_t payload_len)
{
	for (int i = 0; i < shape->count; i++)
	{
		const DzMember *member = &dz_members[shape->first + i];
		DzPath here =
			DzPathMember(NULL, DzPoolText(member->name), member->name_len);
		bool is_there = true;

		if (member->place == DZ_IN_PAYLOAD)
		{
			is_there = payload_len > 0;
			if (is_there)
				push_payload(reading, member, body, payload, payload_len,
							 &here);
		}
		else if (member->place == DZ_IN_HEADER ||
				 member->place == DZ_IN_STATUS)
			is_there = transfer != NULL &&
					   DzReadingHeader(reading, member, transfer, &here);

		if (!is_there && (member->flags & DZ_MEMBER_REQUIRED))
			DzReadingMissing(reading, &here);
	}
}

/* A blob is base64 text, but an event is the JSON that it holds. */
static void
push_payload(DzReading *reading, const DzMember *member, const DzJson *body,
			 const char *payload, size_t payload_len, const DzPath *path)
{
	const DzShape *shape = &dz_shapes[member->shape];

	DzReadingKey(reading, DzPoolText(member->name));
	if (shape->check == DZ_CHECK_RUN_EVENT)
		push_any(reading, WJB_VALUE, body);
	else if (shape->kind == DZ_KIND_BLOB)
	{
		text *base64 = DatumGetTextPP(DirectFunctionCall2(
			binary_encode,
			PointerGetDatum(cstring_to_text_with_len(payload, payload_len)),
			CStringGetTextDatum("base64")));
		char *lines = text_to_cstring(base64);
		char *to = lines;

		/* without PostgreSQL's line ends */
		for (char *from = lines; *from != '\0'; from++)
			if (*from != '\n')
				*to++ = *from;
		DzReadingText(reading, WJB_VALUE, lines, to - lines);
	}
	else if (shape->kind == DZ_KIND_STRING)
		DzReadingText(reading, WJB_VALUE, payload, payload_len);
	else
		push_value(reading, WJB_VALUE, shape, body, path);
}
