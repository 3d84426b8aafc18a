/*-------------------------------------------------------------------------
 *
 * json.c
 *		Parsed JSON: the only file that includes jansson.h.
 *
 * jansson's json_object() bears the name of a function of PostgreSQL's, to
 * which a call from here would be bound: the backend would crash.  So that
 * function is never called, this file includes nothing that declares the
 * other, and no other file sees jansson at all (make lint checks both).
 *
 * A document lives as long as the memory context that it was parsed for; all
 * values handed out are borrowed from it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <jansson.h>

#include "net/net.h"

static const json_t *
unwrap(const DzJson *value)
{
	return (const json_t *) value;
}

static const DzJson *
wrap(const json_t *value)
{
	return (const DzJson *) value;
}

static void
release_document(void *handle)
{
	json_decref((json_t *) handle);
}

/*
 * Whether brackets nest deeper than we allow.  Looked at before parsing: the
 * parser and all that reads its tree recurse.
 */
static bool
is_too_deep(const char *text, size_t len)
{
	int depth = 0;
	bool in_string = false;

	for (const char *p = text, *end = text + len; p < end; p++)
	{
		if (in_string)
		{
			if (*p == '\\')
				p++;
			else if (*p == '"')
				in_string = false;
			continue;
		}
		if (*p == '"')
			in_string = true;
		else if (*p == '{' || *p == '[')
		{
			if (++depth > DZ_JSON_MAX_DEPTH)
				return true;
		}
		else if (*p == '}' || *p == ']')
			depth--;
	}
	return false;
}

/*
 * Parse "len" bytes of UTF-8 into a document that lives with "owner".  NULL
 * if they are no JSON (RFC 8259; NUL characters and lone surrogates are
 * refused too): then "*error" says why, "*message" in words.
 */
const DzJson *
DzJsonParse(MemoryContext owner, const char *text, size_t len,
			DzJsonError *error, const char **message)
{
	DzGuard *guard = DzGuardCreate(owner, release_document);
	json_error_t why;
	json_t *root;

	*error = DZ_JSON_OK;
	*message = "";

	if (is_too_deep(text, len))
	{
		*error = DZ_JSON_TOO_DEEP;
		*message = "nested too deeply";
		return NULL;
	}

	root = json_loadb(text, len, JSON_DECODE_ANY, &why);
	if (root == NULL)
	{
		*error = json_error_code(&why) == json_error_out_of_memory
					 ? DZ_JSON_NO_MEMORY
					 : DZ_JSON_INVALID;
		*message = MemoryContextStrdup(owner, why.text);
		return NULL;
	}
	guard->handle = root;
	return wrap(root);
}

DzJsonType
DzJsonTypeOf(const DzJson *value)
{
	switch (json_typeof(unwrap(value)))
	{
		case JSON_OBJECT:
			return DZ_JSON_OBJECT;
		case JSON_ARRAY:
			return DZ_JSON_ARRAY;
		case JSON_STRING:
			return DZ_JSON_STRING;
		case JSON_INTEGER:
			return DZ_JSON_INTEGER;
		case JSON_REAL:
			return DZ_JSON_REAL;
		case JSON_TRUE:
			return DZ_JSON_TRUE;
		case JSON_FALSE:
			return DZ_JSON_FALSE;
		case JSON_NULL:
			break;
	}
	return DZ_JSON_NULL;
}

/* The type in JSON's own words, for messages. */
const char *
DzJsonTypeName(const DzJson *value)
{
	switch (DzJsonTypeOf(value))
	{
		case DZ_JSON_OBJECT:
			return "object";
		case DZ_JSON_ARRAY:
			return "array";
		case DZ_JSON_STRING:
			return "string";
		case DZ_JSON_INTEGER:
		case DZ_JSON_REAL:
			return "number";
		case DZ_JSON_TRUE:
		case DZ_JSON_FALSE:
			return "boolean";
		case DZ_JSON_NULL:
			break;
	}
	return "null";
}

/* An object's member; NULL if there is none, or if it is no object. */
const DzJson *
DzJsonMember(const DzJson *object, const char *name)
{
	return wrap(json_object_get(unwrap(object), name));
}

/* How many members an object or items an array has; 0 for all else. */
size_t
DzJsonLength(const DzJson *array_or_object)
{
	const json_t *value = unwrap(array_or_object);

	return json_is_array(value) ? json_array_size(value)
								: json_object_size(value);
}

/* An array's item; NULL past its end, or if it is no array. */
const DzJson *
DzJsonItem(const DzJson *array, size_t i)
{
	return wrap(json_array_get(unwrap(array), i));
}

/* A string's bytes, UTF-8, NUL-terminated; NULL if it is no string. */
const char *
DzJsonString(const DzJson *string, size_t *len)
{
	*len = json_string_length(unwrap(string));
	return json_string_value(unwrap(string));
}

int64
DzJsonInteger(const DzJson *integer)
{
	return (int64) json_integer_value(unwrap(integer));
}

/* A number's value, whether it was written as an integer or not. */
double
DzJsonNumber(const DzJson *number)
{
	return json_number_value(unwrap(number));
}

/* Walk an object: the first member, the next; NULL at the end. */
void *
DzJsonFirst(const DzJson *object)
{
	return json_object_iter((json_t *) unwrap(object));
}

void *
DzJsonNext(const DzJson *object, void *iter)
{
	return json_object_iter_next((json_t *) unwrap(object), iter);
}

const char *
DzJsonIterName(void *iter, size_t *len)
{
	const char *name = json_object_iter_key(iter);

	/* names with NUL are refused by the parser */
	*len = strlen(name);
	return name;
}

const DzJson *
DzJsonIterValue(void *iter)
{
	return wrap(json_object_iter_value(iter));
}
