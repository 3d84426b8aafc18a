/*-------------------------------------------------------------------------
 *
 * row.c
 *		An object of an answer becomes a row.
 *
 * Members that are absent or null are SQL NULL.  A member of another JSON
 * type than the API promises, or a promised one that is missing, is an error:
 * a row that looks whole must be whole.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "aws/timestamp.h"
#include "functions/functions.h"

/* from 1970 to 2000, PostgreSQL's epoch */
#define UNIX_TO_PG_US \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY)

/* where we are, for messages */
typedef struct Place
{
	const char *operation;
	const char *path;
} Place;

static const DzJson *find(const DzJson *item, const char *path,
						  const Place *place);
static Datum read_value(const DzColumn *column, const DzJson *value,
						const Place *place);
static Datum read_text(const DzJson *value, const Place *place);
static Datum read_int(const DzJson *value, const Place *place);
static Datum read_time(const DzJson *value, const Place *place);
static Datum read_json_text(const DzJson *value, const Place *place);
static Datum read_text_array(const DzJson *value, const Place *place);
static void wrong_type(const DzJson *value, const char *wanted,
					   const Place *place) pg_attribute_noreturn();

/*
 * Read "item" into "values" and "nulls", one for each column, in
 * CurrentMemoryContext.  Throws HV00M for what the API does not promise.
 */
void
DzRowRead(const char *operation, const DzRowShape *shape,
		  const char *const *given, const DzJson *item, Datum *values,
		  bool *nulls)
{
	int ngiven = 0;

	if (DzJsonTypeOf(item) != DZ_JSON_OBJECT)
		DzUnexpectedAnswer(operation, "An item is not an object but: %s.",
						   DzJsonTypeName(item));

	for (int i = 0; i < shape->ncolumns; i++)
	{
		const DzColumn *column = &shape->columns[i];
		Place place = {operation, column->path};
		const DzJson *value = NULL;

		if (column->path != NULL)
			value = find(item, column->path, &place);
		if (value == NULL && column->or_path != NULL)
		{
			place.path = column->or_path;
			value = find(item, column->or_path, &place);
		}

		nulls[i] = false;
		if (value != NULL)
			values[i] = read_value(column, value, &place);
		else if (column->kind == DZ_COL_GIVEN && given[ngiven] != NULL)
			values[i] = CStringGetTextDatum(given[ngiven]);
		else
		{
			if (column->is_required)
				DzUnexpectedAnswer(operation, "Member \"%s\" is missing.",
								   column->path);
			nulls[i] = true;
			values[i] = (Datum) 0;
		}
		if (column->kind == DZ_COL_GIVEN)
			ngiven++;
	}
}

/* The value at "path", or NULL if it is absent or null. */
static const DzJson *
find(const DzJson *item, const char *path, const Place *place)
{
	const char *dot = strchr(path, '.');
	const DzJson *value;

	if (dot == NULL)
		value = DzJsonMember(item, path);
	else
	{
		char first[NAMEDATALEN];

		strlcpy(first, path, Min(sizeof(first), (size_t) (dot - path) + 1));
		value = DzJsonMember(item, first);
		if (value == NULL || DzJsonTypeOf(value) == DZ_JSON_NULL)
			return NULL;
		if (DzJsonTypeOf(value) != DZ_JSON_OBJECT)
			wrong_type(value, "an object", &(Place){place->operation, first});
		value = DzJsonMember(value, dot + 1);
	}

	if (value != NULL && DzJsonTypeOf(value) == DZ_JSON_NULL)
		return NULL;
	return value;
}

static Datum
read_value(const DzColumn *column, const DzJson *value, const Place *place)
{
	switch (column->kind)
	{
		case DZ_COL_GIVEN: /* the answer's own word wins */
		case DZ_COL_TEXT:
			return read_text(value, place);
		case DZ_COL_INT:
			return read_int(value, place);
		case DZ_COL_TIME:
			return read_time(value, place);
		case DZ_COL_JSON:
			return JsonbPGetDatum(DzJsonToJsonb(value));
		case DZ_COL_JSON_TEXT:
			return read_json_text(value, place);
		case DZ_COL_TEXT_ARRAY:
			return read_text_array(value, place);
	}
	pg_unreachable();
}

static Datum
read_text(const DzJson *value, const Place *place)
{
	size_t len;
	const char *utf8 = DzJsonString(value, &len);
	const char *converted;
	text *result;

	if (utf8 == NULL)
		wrong_type(value, "a string", place);

	converted = pg_any_to_server(utf8, (int) len, PG_UTF8);
	if (converted != utf8)
		len = strlen(converted);
	result = cstring_to_text_with_len(converted, (int) len);
	if (converted != utf8)
		pfree(unconstify(char *, converted));
	return PointerGetDatum(result);
}

static Datum
read_int(const DzJson *value, const Place *place)
{
	double number;

	if (DzJsonTypeOf(value) != DZ_JSON_INTEGER &&
		DzJsonTypeOf(value) != DZ_JSON_REAL)
		wrong_type(value, "a number", place);

	number = DzJsonNumber(value);
	if (number != rint(number) || number < PG_INT32_MIN ||
		number > PG_INT32_MAX)
		DzUnexpectedAnswer(place->operation,
						   "Member \"%s\" is not a 32-bit integer.",
						   place->path);
	return Int32GetDatum((int32) number);
}

static Datum
read_time(const DzJson *value, const Place *place)
{
	int64 unix_us;
	bool is_valid;
	TimestampTz result;

	if (DzJsonTypeOf(value) == DZ_JSON_STRING)
	{
		size_t len;
		const char *text = DzJsonString(value, &len);

		is_valid = DzTimestampParse(text, len, &unix_us);
	}
	else if (DzJsonTypeOf(value) == DZ_JSON_INTEGER ||
			 DzJsonTypeOf(value) == DZ_JSON_REAL)
		is_valid = DzTimestampFromDouble(DzJsonNumber(value), &unix_us);
	else
		wrong_type(value, "a timestamp", place);

	if (!is_valid)
		DzUnexpectedAnswer(place->operation,
						   "Member \"%s\" is not a timestamp.", place->path);
	result = unix_us - UNIX_TO_PG_US;
	if (!IS_VALID_TIMESTAMP(result))
		DzUnexpectedAnswer(place->operation,
						   "Member \"%s\" is out of range for a timestamp.",
						   place->path);
	return TimestampTzGetDatum(result);
}

/* A string that should hold JSON; if it does not, it is kept as a string. */
static Datum
read_json_text(const DzJson *value, const Place *place)
{
	MemoryContext scratch;
	const DzJson *inner;
	DzJsonError error;
	const char *why;
	const char *text;
	size_t len;
	Datum result;

	text = DzJsonString(value, &len);
	if (text == NULL)
		wrong_type(value, "a string", place);

	scratch = AllocSetContextCreate(CurrentMemoryContext, "datazone JSON text",
									ALLOCSET_SMALL_SIZES);
	inner = DzJsonParse(scratch, text, len, &error, &why);
	result = JsonbPGetDatum(DzJsonToJsonb(inner != NULL ? inner : value));
	MemoryContextDelete(scratch);
	return result;
}

/* An array of strings; one string is taken for an array of one. */
static Datum
read_text_array(const DzJson *value, const Place *place)
{
	size_t count = 1;
	bool is_array = DzJsonTypeOf(value) == DZ_JSON_ARRAY;
	Datum *items;

	if (is_array)
		count = DzJsonLength(value);
	items = palloc(Max(count, 1) * sizeof(Datum));
	for (size_t i = 0; i < count; i++)
		items[i] = read_text(is_array ? DzJsonItem(value, i) : value, place);

	return PointerGetDatum(
		construct_array(items, (int) count, TEXTOID, -1, false, TYPALIGN_INT));
}

static void
wrong_type(const DzJson *value, const char *wanted, const Place *place)
{
	DzUnexpectedAnswer(place->operation, "Member \"%s\" is not %s but: %s.",
					   place->path, wanted, DzJsonTypeName(value));
}
