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

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "api/row.h"

/* from 1970 to 2000, PostgreSQL's epoch */
#define UNIX_TO_PG_US \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY)

/* where we are, for messages */
typedef struct Place
{
	const DzAnswer *answer;
	const char *path;
	const char *inside; /* or NULL */
} Place;

static const DzJson *not_null(const DzJson *value);
static const DzJson *find(const DzJson *item, const DzColumn *column,
						  const Place *place);
static Datum read_value(const DzColumn *column, const DzJson *value,
						const Place *place);
static Datum read_text(const DzJson *value, const Place *place);
static Datum read_int(const DzJson *value, const Place *place);
static Datum read_time(const DzJson *value, const Place *place);
static Datum read_json_text(const DzJson *value, const Place *place);
static Datum read_text_array(const DzJson *value, const Place *place);
pg_noreturn static void missing(const Place *place);
static const char *name_of(const Place *place);
pg_noreturn static void wrong_type(const DzJson *value, const char *wanted,
								   const Place *place);

/* The SQL type of a column of this kind. */
Oid
DzColumnType(DzColumnKind kind)
{
	switch (kind)
	{
		case DZ_COL_TEXT:
		case DZ_COL_GIVEN:
			return TEXTOID;
		case DZ_COL_INT:
			return INT4OID;
		case DZ_COL_TIME:
		case DZ_COL_NEVER_TIME:
			return TIMESTAMPTZOID;
		case DZ_COL_JSON:
		case DZ_COL_JSON_TEXT:
			return JSONBOID;
		case DZ_COL_TEXT_ARRAY:
			return TEXTARRAYOID;
	}
	pg_unreachable();
}

/*
 * Read "item" into "values" and "nulls", one for each column, in
 * CurrentMemoryContext.  Throws HV00M for what the API does not promise.
 */
void
DzRowRead(const DzAnswer *answer, const DzRowShape *shape,
		  const char *const *given, const DzJson *item, Datum *values,
		  bool *nulls)
{
	int ngiven = 0;

	if (DzJsonTypeOf(item) != DZ_JSON_OBJECT)
		DzUnexpectedAnswer(answer, "An item is not an object but: %s.",
						   DzJsonTypeName(item));

	for (int i = 0; i < shape->ncolumns; i++)
	{
		const DzColumn *column = &shape->columns[i];
		Place place = {answer, column->path, column->inside};
		const DzJson *value = NULL;

		if (column->path != NULL)
			value = find(item, column, &place);
		if (value == NULL && column->or_path != NULL)
		{
			place.path = column->or_path;
			value = not_null(DzJsonMember(item, column->or_path));
		}
		if (value == NULL && column->is_required && !shape->is_item &&
			column->kind == DZ_COL_GIVEN)
			missing(&place);

		nulls[i] = false;
		if (value != NULL)
			values[i] = read_value(column, value, &place);
		else if (column->kind == DZ_COL_GIVEN && given[ngiven] != NULL)
			values[i] = CStringGetTextDatum(given[ngiven]);
		else
		{
			nulls[i] = true;
			values[i] = (Datum) 0;
		}
		if (column->kind == DZ_COL_GIVEN)
			ngiven++;
	}
}

static const DzJson *
not_null(const DzJson *value)
{
	return value != NULL && DzJsonTypeOf(value) == DZ_JSON_NULL ? NULL : value;
}

/*
 * The column's value, or NULL if it is absent or null.  A required one must be
 * there; one inside an object, where there is that object.
 */
static const DzJson *
find(const DzJson *item, const DzColumn *column, const Place *place)
{
	const DzJson *value = item;

	if (column->inside != NULL)
	{
		value = not_null(DzJsonMember(item, column->inside));
		if (value == NULL)
			return NULL;
		if (DzJsonTypeOf(value) != DZ_JSON_OBJECT)
			wrong_type(value, "an object",
					   &(Place){place->answer, column->inside, NULL});
	}
	value = not_null(DzJsonMember(value, column->path));
	if (value == NULL && column->is_required && column->kind != DZ_COL_GIVEN)
		missing(place);
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
			return JsonbPGetDatum(DzJsonToJsonb(place->answer, value));
		case DZ_COL_JSON_TEXT:
			return read_json_text(value, place);
		case DZ_COL_TEXT_ARRAY:
			return read_text_array(value, place);
		case DZ_COL_NEVER_TIME:
			break;
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
	int64 integer;

	if (DzJsonTypeOf(value) != DZ_JSON_NUMBER)
		wrong_type(value, "a number", place);
	if (!DzJsonInteger(value, &integer) || integer < PG_INT32_MIN ||
		integer > PG_INT32_MAX)
		DzUnexpectedAnswer(place->answer,
						   "Member \"%s\" is not a 32-bit integer.",
						   name_of(place));
	return Int32GetDatum((int32) integer);
}

static Datum
read_time(const DzJson *value, const Place *place)
{
	int64_t unix_us;
	TimestampTz result;

	if (DzJsonTypeOf(value) != DZ_JSON_STRING &&
		DzJsonTypeOf(value) != DZ_JSON_NUMBER)
		wrong_type(value, "a timestamp", place);
	if (!DzJsonTime(value, &unix_us))
		DzUnexpectedAnswer(place->answer, "Member \"%s\" is not a timestamp.",
						   name_of(place));
	result = unix_us - UNIX_TO_PG_US;
	if (!IS_VALID_TIMESTAMP(result))
		DzUnexpectedAnswer(place->answer,
						   "Member \"%s\" is out of range for a timestamp.",
						   name_of(place));
	return TimestampTzGetDatum(result);
}

/*
 * A string that should hold JSON.  If it does not, or if that cannot become
 * jsonb, it is kept as a string: the row is worth more than its last column.
 */
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
	if (inner == NULL || !DzJsonFitsJsonb(inner))
		inner = value;
	result = JsonbPGetDatum(DzJsonToJsonb(place->answer, inner));
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
	if (is_array)
		value = DzJsonFirst(value);
	for (size_t i = 0; i < count; i++)
	{
		items[i] = read_text(value, place);
		value = DzJsonNext(value);
	}

	return PointerGetDatum(
		construct_array(items, (int) count, TEXTOID, -1, false, TYPALIGN_INT));
}

static const char *
name_of(const Place *place)
{
	return place->inside != NULL
			   ? psprintf("%s.%s", place->inside, place->path)
			   : place->path;
}

static void
missing(const Place *place)
{
	DzUnexpectedAnswer(place->answer, "Member \"%s\" is missing.",
					   name_of(place));
}

static void
wrong_type(const DzJson *value, const char *wanted, const Place *place)
{
	DzUnexpectedAnswer(place->answer, "Member \"%s\" is not %s but: %s.",
					   name_of(place), wanted, DzJsonTypeName(value));
}
