/*-------------------------------------------------------------------------
 *
 * document.c
 *		Any bytes as JSON, read by us and by the server.
 *
 * Both must take the same texts, and read the same values from them.  What
 * each has limits of its own for is left out: nesting and numbers.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "fuzz_server.h"

/* How the server found a text. */
typedef enum Verdict
{
	TAKEN,
	NO_JSON,
	BEYOND_LIMITS
} Verdict;

static Verdict read_jsonb(const char *text, size_t len, Jsonb **result);
static bool has_nul(const DzJson *document);
static void compare(const DzJson *value, const JsonbValue *v);
static void compare_number(const DzJson *value, const JsonbValue *v);
static void compare_array(const DzJson *array, JsonbContainer *container);
static void compare_object(const DzJson *object, JsonbContainer *container);

void
DzDocumentRun(const char *text, size_t len)
{
	DzJsonError error;
	const char *why;
	const DzJson *document =
		DzJsonParse(CurrentMemoryContext, text, len, &error, &why);
	Jsonb *jsonb = NULL;
	Verdict verdict = read_jsonb(text, len, &jsonb);

	if (document == NULL)
	{
		DzFuzzRequire(error != DZ_JSON_OK && why[0] != '\0');
		DzFuzzRequireOf(verdict != TAKEN || error != DZ_JSON_INVALID, why);
		return;
	}
	DzFuzzRequire(error == DZ_JSON_OK);
	DzFuzzRequire(verdict != NO_JSON || has_nul(document));
	if (verdict == TAKEN)
	{
		JsonbValue v;

		if (JB_ROOT_IS_SCALAR(jsonb))
			(void) JsonbExtractScalar(&jsonb->root, &v);
		else
		{
			v.type = jbvBinary;
			v.val.binary.data = &jsonb->root;
		}
		compare(document, &v);
	}
}

/* Whether there is a string in it that we take and jsonb does not. */
static bool
has_nul(const DzJson *document)
{
	for (const DzJson *at = DzJsonWalk(document, NULL); at != NULL;
		 at = DzJsonWalk(document, at))
		if (DzJsonTypeOf(at) == DZ_JSON_NUL_STRING)
			return true;
	return false;
}

/* What the server makes of a text; it is asked in its own encoding, UTF-8. */
static Verdict
read_jsonb(const char *text, size_t len, Jsonb **result)
{
	MemoryContext caller = CurrentMemoryContext;
	volatile Verdict verdict = TAKEN;

	if (memchr(text, '\0', len) != NULL ||
		!pg_verify_mbstr(PG_UTF8, text, (int) len, true))
		return NO_JSON;
	PG_TRY();
	{
		*result = DatumGetJsonbP(DirectFunctionCall1(
			jsonb_in, CStringGetDatum(pnstrdup(text, len))));
	}
	PG_CATCH();
	{
		ErrorData *error;

		/* "json" is of the text, any other type is of a number in it */
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		verdict = BEYOND_LIMITS;
		if (error->sqlerrcode == ERRCODE_UNTRANSLATABLE_CHARACTER ||
			strcmp(error->message, "invalid input syntax for type json") == 0)
			verdict = NO_JSON;
	}
	PG_END_TRY();
	return verdict;
}

static void
compare(const DzJson *value, const JsonbValue *v)
{
	const char *text;
	size_t len;

	switch (DzJsonTypeOf(value))
	{
		case DZ_JSON_OBJECT:
			DzFuzzRequire(v->type == jbvBinary);
			compare_object(value, v->val.binary.data);
			break;
		case DZ_JSON_ARRAY:
			DzFuzzRequire(v->type == jbvBinary);
			compare_array(value, v->val.binary.data);
			break;
		case DZ_JSON_STRING:
			text = DzJsonString(value, &len);
			DzFuzzRequire(v->type == jbvString && text != NULL);
			DzFuzzRequire(len == (size_t) v->val.string.len);
			DzFuzzRequire(memcmp(text, v->val.string.val, len) == 0);
			DzFuzzRequire(text[len] == '\0');
			break;
		case DZ_JSON_NUL_STRING:
			DzFuzzRequire(false);
			break;
		case DZ_JSON_NUMBER:
			compare_number(value, v);
			break;
		case DZ_JSON_TRUE:
		case DZ_JSON_FALSE:
			DzFuzzRequire(v->type == jbvBool);
			DzFuzzRequire(v->val.boolean ==
						  (DzJsonTypeOf(value) == DZ_JSON_TRUE));
			break;
		case DZ_JSON_NULL:
			DzFuzzRequire(v->type == jbvNull);
			break;
	}
}

/* As text; and as an integer, where it is one and its text is not long. */
static void
compare_number(const DzJson *value, const JsonbValue *v)
{
	size_t len;
	const char *text = DzJsonNumber(value, &len);
	int64 integer;
	Datum number;

	DzFuzzRequire(v->type == jbvNumeric && text != NULL);
	number =
		DirectFunctionCall3(numeric_in, CStringGetDatum(pnstrdup(text, len)),
							ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	DzFuzzRequire(DatumGetBool(DirectFunctionCall2(
		numeric_eq, number, NumericGetDatum(v->val.numeric))));
	if (DzJsonInteger(value, &integer))
		DzFuzzRequire(DatumGetBool(DirectFunctionCall2(
			numeric_eq, number, NumericGetDatum(int64_to_numeric(integer)))));
}

static void
compare_array(const DzJson *array, JsonbContainer *container)
{
	const DzJson *item = DzJsonFirst(array);

	DzFuzzRequire(JsonContainerIsArray(container));
	DzFuzzRequire(DzJsonLength(array) == JsonContainerSize(container));
	for (uint32 i = 0; i < DzJsonLength(array); i++)
	{
		compare(item, getIthJsonbValueFromContainer(container, i));
		item = DzJsonNext(item);
	}
}

/* Of a repeated name both keep the last value. */
static void
compare_object(const DzJson *object, JsonbContainer *container)
{
	const DzJson *name = DzJsonFirst(object);

	DzFuzzRequire(JsonContainerIsObject(container));
	DzFuzzRequire(DzJsonLength(object) >= JsonContainerSize(container));
	for (uint32 i = 0; i < DzJsonLength(object); i++)
	{
		size_t len;
		const char *text = DzJsonString(name, &len);
		const DzJson *value = DzJsonMember(object, text);
		JsonbValue *v =
			getKeyJsonValueFromContainer(container, text, (int) len, NULL);

		DzFuzzRequire(value != NULL && v != NULL);
		if (value == DzJsonNext(name))
			compare(value, v);
		name = DzJsonNext(DzJsonNext(name));
	}
}
