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
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/value.h"
#include "aws/timestamp.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

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
static void push_time(DzReading *reading, JsonbIteratorToken seq,
					  const DzJson *value, const DzPath *path);
static void push_list(DzReading *reading, const DzShape *shape,
					  const DzJson *value, const DzPath *path);
static void push_map(DzReading *reading, const DzShape *shape,
					 const DzJson *value, const DzPath *path);
static void push_members(DzReading *reading, const DzShape *shape,
						 const DzJson *object, const DzPath *path,
						 Where where);
static void require_members(DzReading *reading, const DzShape *shape,
							const DzJson *object, const DzPath *path,
							Where where);
static const DzMember *push_member(DzReading *reading, const DzShape *shape,
								   const DzJson *key, const DzJson *value,
								   const DzPath *path, Where where);
static const DzMember *member_by_key(const DzShape *shape, const char *key,
									 size_t len, Where where);
static void push_payload(DzReading *reading, const DzMember *member,
						 const char *payload, size_t payload_len,
						 const DzPath *path);
static void push_other_places(DzReading *reading, const DzShape *shape,
							  DzHttpTransfer *transfer, const char *payload,
							  size_t payload_len);

/*
 * The answer as jsonb, in CurrentMemoryContext.  The payload is the body as it
 * came, for operations whose body is one member.  "transfer" has the headers; NULL: there are none.
 *
 * Errors: HV00M with the member's path.
 */
Jsonb *
DzValueToJsonb(const DzAnswer *answer, DzHttpTransfer *transfer,
			   const char *payload, size_t payload_len)
{
	static const DzShape no_output = {.kind = DZ_KIND_STRUCTURE};
	DzReading reading = {.answer = answer};
	const DzShape *shape = answer->op->output == DZ_NO_SHAPE
							   ? &no_output
							   : &dz_shapes[answer->op->output];
	bool has_payload = false;

	for (int i = 0; i < shape->count; i++)
		if (dz_members[shape->first + i].place == DZ_IN_PAYLOAD)
			has_payload = true;

	DzReadingBegin(&reading, WJB_BEGIN_OBJECT);
	if (!has_payload)
		push_members(&reading, shape, answer->body, NULL, AT_ROOT);
	push_other_places(&reading, shape, transfer, payload, payload_len);
	DzJsonbPush(&reading.jsonb, WJB_END_OBJECT, NULL);
	return JsonbValueToJsonb(reading.jsonb.result);
}

/*
 * An item of a paginated operation's answer, in CurrentMemoryContext;
 * "index" is for the path.  Errors as above.
 */
Jsonb *
DzItemToJsonb(const DzAnswer *answer, const DzJson *item, size_t index)
{
	const DzOperation *op = answer->op;
	const char *key = op->pager->result_key;
	const DzShape *shape = NULL;
	DzReading reading = {.answer = answer};
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
	DzUnexpectedAnswer(reading->answer, "Member \"%s\" is not %s.",
					   DzPathText(path), wanted);
}

void
DzReadingMissing(const DzReading *reading, const DzPath *path)
{
	DzUnexpectedAnswer(reading->answer,
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
		DzReadingAny(reading, seq, value);
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
			DzReadingBegin(reading, WJB_BEGIN_OBJECT);
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
	int64 integer;

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
			if (type != DZ_JSON_NUMBER && type != DZ_JSON_STRING)
				DzReadingWrong(reading, path, "a number");
			break;
		default:
			if (!DzJsonInteger(value, &integer))
				DzReadingWrong(reading, path, "an integer");
	}
	DzReadingAny(reading, seq, value);
}

/*
 * A timestamp in microseconds since 1970; false if it is none.  Services mix
 * the forms (ISO 8601, epoch seconds, http-date), so any is read anywhere.
 */
bool
DzJsonTime(const DzJson *value, int64_t *unix_us)
{
	size_t len;
	const char *text = DzJsonString(value, &len);

	if (text == NULL)
		text = DzJsonNumber(value, &len);
	return text != NULL && DzTimestampParse(text, len, unix_us);
}

static void
push_time(DzReading *reading, JsonbIteratorToken seq, const DzJson *value,
		  const DzPath *path)
{
	int64_t unix_us = 0;

	if (!DzJsonTime(value, &unix_us))
		DzReadingWrong(reading, path, "a timestamp");
	DzReadingTime(reading, seq, unix_us);
}

static void
push_list(DzReading *reading, const DzShape *shape, const DzJson *value,
		  const DzPath *path)
{
	DzPath here = DzPathItem(path, 0);
	int count = (int) DzJsonLength(value);
	const DzJson *item = DzJsonFirst(value);

	DzReadingBegin(reading, WJB_BEGIN_ARRAY);
	for (; here.index < count; here.index++)
	{
		CHECK_FOR_INTERRUPTS();
		push_value(reading, WJB_ELEM, &dz_shapes[shape->first], item, &here);
		item = DzJsonNext(item);
	}
	DzJsonbPush(&reading->jsonb, WJB_END_ARRAY, NULL);
}

/*
 * An entry that is null is absent, unless the map is sparse.  Keys are the
 * service's to choose, and may be secrets like its values: no path names one.
 */
static void
push_map(DzReading *reading, const DzShape *shape, const DzJson *value,
		 const DzPath *path)
{
	const DzJson *key = DzJsonFirst(value);
	DzPath here = DzPathEntry(path);

	DzReadingBegin(reading, WJB_BEGIN_OBJECT);
	for (size_t i = DzJsonLength(value); i > 0; i--)
	{
		const DzJson *item = DzJsonNext(key);
		size_t len;
		const char *utf8 = DzJsonString(key, &len);

		CHECK_FOR_INTERRUPTS();
		key = DzJsonNext(item);
		if (DzJsonTypeOf(item) == DZ_JSON_NULL &&
			!(shape->flags & DZ_SHAPE_SPARSE))
			continue;
		DzReadingText(reading, WJB_KEY, utf8, len);
		push_value(reading, WJB_VALUE, &dz_shapes[shape->first], item, &here);
	}
	DzJsonbPush(&reading->jsonb, WJB_END_OBJECT, NULL);
}

/*
 * The pairs of a structure or union, between the braces that the caller
 * pushes.
 */
static void
push_members(DzReading *reading, const DzShape *shape, const DzJson *object,
			 const DzPath *path, Where where)
{
	const DzJson *key = DzJsonFirst(object);
	int nrequired = 0;
	uint64 seen = 0;

	for (size_t i = DzJsonLength(object); i > 0; i--)
	{
		const DzJson *value = DzJsonNext(key);
		const DzMember *member =
			push_member(reading, shape, key, value, path, where);

		/* a repeated name counts once; no structure has 64 members */
		if (member != NULL && (member->flags & DZ_MEMBER_REQUIRED))
		{
			uint64 bit = UINT64CONST(1)
						 << ((member - &dz_members[shape->first]) & 63);

			nrequired += (seen & bit) == 0;
			seen |= bit;
		}
		key = DzJsonNext(value);
	}
	/* to nothing at all nothing is missing: 38 operations answer so */
	if (nrequired != shape->nrequired &&
		!(where == AT_ROOT && reading->answer->is_empty))
		require_members(reading, shape, object, path, where);
}

/* Report the first required member that is not there. */
static void
require_members(DzReading *reading, const DzShape *shape, const DzJson *object,
				const DzPath *path, Where where)
{
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

/* One pair; the member that it is, if it is one and not null. */
static const DzMember *
push_member(DzReading *reading, const DzShape *shape, const DzJson *key,
			const DzJson *value, const DzPath *path, Where where)
{
	size_t len;
	const char *name = DzJsonString(key, &len);
	const DzMember *member = member_by_key(shape, name, len, where);
	DzPath here;

	if (member == NULL)
	{
		/* the service's note to itself of which class a union was */
		if (shape->kind == DZ_KIND_UNION && strcmp(name, "__type") == 0)
			return NULL;
		DzReadingText(reading, WJB_KEY, name, len);
		DzReadingAny(reading, WJB_VALUE, value);
		return NULL;
	}
	if (DzJsonTypeOf(value) == DZ_JSON_NULL)
		return NULL;
	here = DzPathMember(path, DzPoolText(member->name), member->name_len);
	DzReadingKey(reading, DzPoolText(member->name));
	push_value(reading, WJB_VALUE, &dz_shapes[member->shape], value, &here);
	return member;
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
push_other_places(DzReading *reading, const DzShape *shape,
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
				push_payload(reading, member, payload, payload_len, &here);
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
push_payload(DzReading *reading, const DzMember *member, const char *payload,
			 size_t payload_len, const DzPath *path)
{
	const DzShape *shape = &dz_shapes[member->shape];

	DzReadingKey(reading, DzPoolText(member->name));
	if (shape->check == DZ_CHECK_RUN_EVENT)
		DzReadingAny(reading, WJB_VALUE, reading->answer->body);
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
		push_value(reading, WJB_VALUE, shape, reading->answer->body, path);
}
