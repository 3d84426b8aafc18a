/*-------------------------------------------------------------------------
 *
 * value_any.c
 *		Any JSON as jsonb, and the pieces that a jsonb is made of.
 *
 * The jsonb is built value by value.  Text and jsonb_in() would be shorter to
 * write, but every string would be escaped, scanned and unescaped again.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/value.h"
#include "aws/timestamp.h"
#include "catalog/namespace.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

/* digits that a number may have, before or behind the point */
#define DZ_MAX_DIGITS 1000

/*
 * Objects and arrays that a jsonb may be made of.  PostgreSQL's builder takes
 * 600 bytes for each object, be it empty: 90 MB for as many.  An answer of
 * 10 MB may still have one in every 66 bytes.
 */
#define DZ_MAX_CONTAINERS 150000

static void push_object(DzReading *reading, const DzJson *object);
static void push_array(DzReading *reading, const DzJson *array);
static void push_number(DzReading *reading, JsonbIteratorToken seq,
						const DzJson *value);
static bool number_fits(const char *number, size_t len);
static char *to_server(const DzReading *reading, const char *utf8, size_t len);
static void push_boolean(DzReading *reading, JsonbIteratorToken seq,
						 const DzJson *value);

/*
 * Any JSON as jsonb, in CurrentMemoryContext, of an answer to "answer".
 *
 * Errors: HV00M or 54000 for what DzJsonFitsJsonb() says no to.
 */
Jsonb *
DzJsonToJsonb(const DzAnswer *answer, const DzJson *value)
{
	DzReading reading = {.answer = answer};

	/* an array of one: the state has no way to hold a bare scalar */
	DzJsonbPush(&reading.jsonb, WJB_BEGIN_ARRAY, NULL);
	DzReadingAny(&reading, WJB_ELEM, value);
	DzJsonbPush(&reading.jsonb, WJB_END_ARRAY, NULL);
	return JsonbValueToJsonb(&reading.jsonb.result->val.array.elems[0]);
}

/*
 * Whether it can become jsonb: all of its numbers and strings can, and it is
 * not made of too many objects and arrays.
 */
bool
DzJsonFitsJsonb(const DzJson *value)
{
	int ncontainers = 0;

	for (const DzJson *at = DzJsonWalk(value, NULL); at != NULL;
		 at = DzJsonWalk(value, at))
	{
		size_t len;
		const char *number = DzJsonNumber(at, &len);

		if (number != NULL && !number_fits(number, len))
			return false;
		if (DzJsonTypeOf(at) == DZ_JSON_NUL_STRING)
			return false;
		if ((DzJsonTypeOf(at) == DZ_JSON_OBJECT ||
			 DzJsonTypeOf(at) == DZ_JSON_ARRAY) &&
			++ncontainers > DZ_MAX_CONTAINERS)
			return false;
	}
	return true;
}

void
DzReadingBegin(DzReading *reading, JsonbIteratorToken seq)
{
	if (++reading->ncontainers > DZ_MAX_CONTAINERS)
		DzAnswerRefuse(reading->answer, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
					   psprintf("holds more than %d objects and arrays",
								DZ_MAX_CONTAINERS));
	DzJsonbPush(&reading->jsonb, seq, NULL);
}

/* Any JSON, as it is. */
void
DzReadingAny(DzReading *reading, JsonbIteratorToken seq, const DzJson *value)
{
	JsonbValue null = {.type = jbvNull};
	const char *text;
	size_t len;

	check_stack_depth();
	switch (DzJsonTypeOf(value))
	{
		case DZ_JSON_OBJECT:
			push_object(reading, value);
			break;
		case DZ_JSON_ARRAY:
			push_array(reading, value);
			break;
		case DZ_JSON_STRING:
			text = DzJsonString(value, &len);
			DzReadingText(reading, seq, text, len);
			break;
		case DZ_JSON_NUL_STRING:
			DzUnexpectedAnswer(reading->answer,
							   "A string holds a NUL character.");
			break;
		case DZ_JSON_NUMBER:
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

static void
push_object(DzReading *reading, const DzJson *object)
{
	const DzJson *key = DzJsonFirst(object);

	DzReadingBegin(reading, WJB_BEGIN_OBJECT);
	for (size_t i = DzJsonLength(object); i > 0; i--)
	{
		const DzJson *value = DzJsonNext(key);
		size_t len;
		const char *name = DzJsonString(key, &len);

		CHECK_FOR_INTERRUPTS();
		DzReadingText(reading, WJB_KEY, name, len);
		DzReadingAny(reading, WJB_VALUE, value);
		key = DzJsonNext(value);
	}
	DzJsonbPush(&reading->jsonb, WJB_END_OBJECT, NULL);
}

static void
push_array(DzReading *reading, const DzJson *array)
{
	const DzJson *item = DzJsonFirst(array);

	DzReadingBegin(reading, WJB_BEGIN_ARRAY);
	for (size_t i = DzJsonLength(array); i > 0; i--)
	{
		CHECK_FOR_INTERRUPTS();
		DzReadingAny(reading, WJB_ELEM, item);
		item = DzJsonNext(item);
	}
	DzJsonbPush(&reading->jsonb, WJB_END_ARRAY, NULL);
}

static void
push_number(DzReading *reading, JsonbIteratorToken seq, const DzJson *value)
{
	size_t len;
	const char *number = DzJsonNumber(value, &len);

	DzReadingNumber(reading, seq, number, len);
}

/*
 * One like 1e100000 would be some bytes here and 100,000 digits to whoever
 * reads the jsonb, so exponents have a limit.
 */
static bool
number_fits(const char *number, size_t len)
{
	const char *end = number + len;
	const char *e = number;
	long exponent;

	while (e < end && *e != 'e' && *e != 'E')
		e++;
	/* what follows a number in the text that it is from is no digit */
	exponent = e < end ? strtol(e + 1, NULL, 10) : 0;
	return len <= DZ_MAX_DIGITS && exponent <= DZ_MAX_DIGITS &&
		   exponent >= -DZ_MAX_DIGITS;
}

/* A number as it was written: neither rounded nor limited to 64 bits. */
void
DzReadingNumber(DzReading *reading, JsonbIteratorToken seq, const char *number,
				size_t len)
{
	JsonbValue v = {.type = jbvNumeric};
	char *text;

	if (!number_fits(number, len))
		DzUnexpectedAnswer(reading->answer,
						   "A number has more than %d digits.", DZ_MAX_DIGITS);
	text = pnstrdup(number, len);
	v.val.numeric = DatumGetNumeric(
		DirectFunctionCall3(numeric_in, CStringGetDatum(text),
							ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
	pfree(text);
	DzJsonbPush(&reading->jsonb, seq, &v);
}

static void
push_boolean(DzReading *reading, JsonbIteratorToken seq, const DzJson *value)
{
	JsonbValue v = {.type = jbvBool};

	v.val.boolean = DzJsonTypeOf(value) == DZ_JSON_TRUE;
	DzJsonbPush(&reading->jsonb, seq, &v);
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
	char *text = to_server(reading, utf8, len);

	v.val.string.val = text;
	v.val.string.len = text == utf8 ? len : strlen(text);
	DzJsonbPush(&reading->jsonb, seq, &v);
}

/*
 * What pg_any_to_server() does, except that its error shows the character
 * that it cannot convert, which may be one of a password's.
 */
static char *
to_server(const DzReading *reading, const char *utf8, size_t len)
{
	int encoding = GetDatabaseEncoding();
	Oid conversion = InvalidOid;
	size_t size = len * MAX_CONVERSION_GROWTH + 1;
	unsigned char *text;
	int done;

	if (encoding != PG_UTF8 && encoding != PG_SQL_ASCII && len > 0)
		conversion = FindDefaultConversionProc(PG_UTF8, encoding);
	if (!OidIsValid(conversion))
		return pg_any_to_server(utf8, (int) len, PG_UTF8);

	/* the buffer outlives the jsonb: what is left over goes back */
	text = MemoryContextAllocHuge(CurrentMemoryContext, size);
	done = pg_do_encoding_conversion_buf(
		conversion, PG_UTF8, encoding,
		(unsigned char *) unconstify(char *, utf8), (int) len, text,
		(int) size, true);
	if (done < (int) len)
		DzAnswerRefuse(reading->answer, ERRCODE_UNTRANSLATABLE_CHARACTER,
					   psprintf("has a character that the database's "
								"encoding \"%s\" lacks",
								GetDatabaseEncodingName()));
	return repalloc_huge(text, strlen((char *) text) + 1);
}
