/*-------------------------------------------------------------------------
 *
 * json.c
 *		Parsed JSON: a flat array of nodes over a copy of the text.
 *
 * One pass over the text, no recursion, two allocations.  A value is a node;
 * an array's items, and an object's names and values in turn, follow it in
 * order, and each node says how many nodes it spans.  Strings are unescaped
 * where they stand and end with a NUL; numbers keep their text, so that none
 * is too large and none is rounded.
 *
 * Why our own: a general library builds a tree of allocations.  jansson's is
 * about 100 times as large as the text for an answer of empty arrays, refuses
 * numbers that it cannot hold, and took most of the time of a listing.
 *
 * Grammar: RFC 8259.  Refused as well: characters that are no UTF-8, lone
 * surrogates; what is nested too deeply, or holds too many values.  A string
 * with the NUL character, which PostgreSQL cannot hold, is a type of its own
 * that no reader takes for a string: it spoils the value that it is part of,
 * and not all that came with it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "net/net.h"

#define MAX_SPAN ((1 << 28) - 1)

/* what an integer's text may have, with a point and an exponent, and its value */
#define MAX_INTEGER_TEXT 64
#define MAX_INTEGER_DIGITS 19

StaticAssertDecl(DZ_JSON_MAX_VALUES < MAX_SPAN, "a node's span has 28 bits");

struct DzJson
{
	char *text; /* string: its bytes; number: as written */
	uint32 len; /* of text; array, object: items or members */
	uint32 span : 28; /* nodes, this one and all inside it */
	uint32 type : 4; /* DzJsonType */
};

typedef struct Parser
{
	MemoryContext owner;
	const char *begin;
	char *p; /* next character */
	char *end; /* a NUL stands here */

	DzJson *nodes;
	uint32 count;
	uint32 size;

	/* containers that are open, the innermost last, by node */
	uint32 open[DZ_JSON_MAX_DEPTH];
	int depth;

	bool has_nul; /* the string that was parsed last */

	DzJsonError error;
	const char *why;
} Parser;

static bool parse_document(Parser *parser);
static bool parse_value(Parser *parser);
static bool open_container(Parser *parser, DzJsonType type);
static bool close_containers(Parser *parser);
static bool parse_name(Parser *parser);
static bool parse_string(Parser *parser);
static bool parse_escape(Parser *parser, char **to);
static bool parse_hex(Parser *parser, pg_wchar *unit);
static bool parse_number(Parser *parser);
static bool parse_word(Parser *parser, const char *word, DzJsonType type);
static DzJson *add_node(Parser *parser, DzJsonType type);
static bool fail(Parser *parser, DzJsonError error, const char *why);

/*
 * Parse "len" bytes of UTF-8 into a document that lives in "owner".  NULL if
 * they are no JSON that we take: then "*error" says why, "*message" in words
 * of ours, which quote nothing.
 */
const DzJson *
DzJsonParse(MemoryContext owner, const char *text, size_t len,
			DzJsonError *error, const char **message)
{
	char *copy = MemoryContextAllocHuge(owner, len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return DzJsonParseInPlace(owner, copy, len, error, message);
}

/*
 * The same in the caller's own bytes, which have a NUL behind them, are
 * changed, and must live as long as the document: for whoever has to wipe
 * them.
 */
const DzJson *
DzJsonParseInPlace(MemoryContext owner, char *text, size_t len,
				   DzJsonError *error, const char **message)
{
	Parser parser = {.owner = owner, .why = ""};

	*error = DZ_JSON_OK;
	if (!pg_verify_mbstr(PG_UTF8, text, (int) len, true))
		fail(&parser, DZ_JSON_INVALID, "it is not UTF-8");
	else
	{
		parser.begin = parser.p = text;
		parser.end = text + len;
		if (parse_document(&parser))
			return parser.nodes;
	}

	*error = parser.error;
	*message = parser.why;
	if (parser.error == DZ_JSON_INVALID && parser.p != NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(owner);

		*message = psprintf("%s at byte %zu", parser.why,
							(size_t) (parser.p - parser.begin) + 1);
		MemoryContextSwitchTo(old);
	}
	return NULL;
}

/* Note why this is no JSON; always false. */
static bool
fail(Parser *parser, DzJsonError error, const char *why)
{
	parser->error = error;
	parser->why = why;
	return false;
}

static inline void
skip_space(Parser *parser)
{
	char *p = parser->p;

	while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
		p++;
	parser->p = p;
}

/*
 * A value, and after each value what it is followed by.  The loop is the
 * grammar's recursion: "open" is its stack.
 */
static bool
parse_document(Parser *parser)
{
	/* a value of DataZone's takes 20 bytes and more, with its name */
	parser->size =
		Min((parser->end - parser->begin) / 16 + 16, DZ_JSON_MAX_VALUES);
	parser->nodes = MemoryContextAllocHuge(parser->owner, (Size) parser->size *
															  sizeof(DzJson));

	do
	{
		if (!parse_value(parser))
			return false;
	} while (parser->depth > 0);

	skip_space(parser);
	if (parser->p != parser->end)
		return fail(parser, DZ_JSON_INVALID, "more text after the value");
	return true;
}

/*
 * One value, or the beginning of one that holds others; then the names,
 * commas and closing brackets up to the next value.
 */
static bool
parse_value(Parser *parser)
{
	bool is_good;

	skip_space(parser);
	switch (*parser->p)
	{
		case '{':
			return open_container(parser, DZ_JSON_OBJECT);
		case '[':
			return open_container(parser, DZ_JSON_ARRAY);
		case '"':
			is_good = parse_string(parser);
			break;
		case 't':
			is_good = parse_word(parser, "true", DZ_JSON_TRUE);
			break;
		case 'f':
			is_good = parse_word(parser, "false", DZ_JSON_FALSE);
			break;
		case 'n':
			is_good = parse_word(parser, "null", DZ_JSON_NULL);
			break;
		default:
			is_good = parse_number(parser);
	}
	return is_good && close_containers(parser);
}

static bool
open_container(Parser *parser, DzJsonType type)
{
	char closing = type == DZ_JSON_OBJECT ? '}' : ']';

	if (parser->depth == DZ_JSON_MAX_DEPTH)
		return fail(parser, DZ_JSON_TOO_DEEP, "it is nested too deeply");
	parser->open[parser->depth++] = parser->count;
	if (add_node(parser, type) == NULL)
		return false;

	parser->p++;
	skip_space(parser);
	if (*parser->p == closing)
		return close_containers(parser);
	return type == DZ_JSON_OBJECT ? parse_name(parser) : true;
}

/*
 * After a value: count it in its container; a comma leads to the next one,
 * brackets close containers, each of which is itself a value.
 */
static bool
close_containers(Parser *parser)
{
	/* an empty container comes here with its bracket, and counts nothing */
	bool is_empty = parser->depth > 0 &&
					parser->open[parser->depth - 1] == parser->count - 1 &&
					(*parser->p == '}' || *parser->p == ']');

	while (parser->depth > 0)
	{
		DzJson *container = &parser->nodes[parser->open[parser->depth - 1]];
		bool is_object = container->type == DZ_JSON_OBJECT;

		if (!is_empty)
			container->len++;
		is_empty = false;

		skip_space(parser);
		if (*parser->p == ',')
		{
			parser->p++;
			return is_object ? parse_name(parser) : true;
		}
		if (*parser->p != (is_object ? '}' : ']'))
			return fail(parser, DZ_JSON_INVALID,
						is_object ? "a comma or \"}\" is missing"
								  : "a comma or \"]\" is missing");
		parser->p++;
		container->span = parser->count - parser->open[parser->depth - 1];
		parser->depth--;
	}
	return true;
}

/* A member's name and its colon. */
static bool
parse_name(Parser *parser)
{
	skip_space(parser);
	if (*parser->p != '"')
		return fail(parser, DZ_JSON_INVALID, "a member's name is missing");
	if (!parse_string(parser))
		return false;
	if (parser->has_nul)
		return fail(parser, DZ_JSON_INVALID,
					"a NUL character in a member's name");
	skip_space(parser);
	if (*parser->p != ':')
		return fail(parser, DZ_JSON_INVALID, "a colon is missing");
	parser->p++;
	return true;
}

/* Unescape a string where it stands: it never grows. */
static bool
parse_string(Parser *parser)
{
	char *from = parser->p + 1;
	char *to;
	DzJson *node = add_node(parser, DZ_JSON_STRING);

	if (node == NULL)
		return false;
	node->text = from;
	parser->has_nul = false;

	/* most strings have no escapes: nothing to move */
	while (*from != '"' && *from != '\\' && (unsigned char) *from >= 0x20)
		from++;

	to = parser->p = from;
	while (*parser->p != '"')
	{
		if (*parser->p == '\\')
		{
			if (!parse_escape(parser, &to))
				return false;
		}
		else if ((unsigned char) *parser->p < 0x20)
			return fail(parser, DZ_JSON_INVALID,
						parser->p == parser->end
							? "a string does not end"
							: "a control character in a string");
		else
			*to++ = *parser->p++;
	}
	parser->p++;
	*to = '\0';
	node->len = to - node->text;
	if (parser->has_nul)
		node->type = DZ_JSON_NUL_STRING;
	return true;
}

static bool
parse_escape(Parser *parser, char **to)
{
	static const char short_escapes[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	char c = parser->p[1];
	const char *found = c != '\0' ? strchr(short_escapes, c) : NULL;
	pg_wchar unit;
	pg_wchar low;

	parser->p++;
	if (found != NULL)
	{
		*(*to)++ = meanings[found - short_escapes];
		parser->p++;
		return true;
	}
	if (c != 'u' || !parse_hex(parser, &unit))
		return fail(parser, DZ_JSON_INVALID, "an escape that is none");

	if (unit >= 0xD800 && unit <= 0xDBFF)
	{
		if (parser->p[0] != '\\' || parser->p[1] != 'u')
			return fail(parser, DZ_JSON_INVALID, "half a surrogate pair");
		parser->p++;
		if (!parse_hex(parser, &low) || low < 0xDC00 || low > 0xDFFF)
			return fail(parser, DZ_JSON_INVALID, "half a surrogate pair");
		unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
	}
	else if (unit >= 0xDC00 && unit <= 0xDFFF)
		return fail(parser, DZ_JSON_INVALID, "half a surrogate pair");
	else if (unit == 0)
		parser->has_nul = true;

	unicode_to_utf8(unit, (unsigned char *) *to);
	*to += pg_utf_mblen((unsigned char *) *to);
	return true;
}

/* The four digits behind "u", at which we stand. */
static bool
parse_hex(Parser *parser, pg_wchar *unit)
{
	*unit = 0;
	for (int i = 1; i <= 4; i++)
	{
		char c = parser->p[i];

		if (c >= '0' && c <= '9')
			*unit = *unit * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			*unit = *unit * 16 + (c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			*unit = *unit * 16 + (c - 'A' + 10);
		else
			return false;
	}
	parser->p += 5;
	return true;
}

static inline char *
skip_digits(char *p)
{
	while (*p >= '0' && *p <= '9')
		p++;
	return p;
}

/* number = [ "-" ] int [ frac ] [ exp ]; it keeps its text. */
static bool
parse_number(Parser *parser)
{
	char *p = parser->p;
	char *digits;
	DzJson *node;

	if (*p == '-')
		p++;
	digits = p;
	p = skip_digits(p);
	if (p == digits || (*digits == '0' && p - digits > 1))
		return fail(parser, DZ_JSON_INVALID, "a value is missing");
	if (*p == '.')
	{
		digits = ++p;
		p = skip_digits(p);
		if (p == digits)
			return fail(parser, DZ_JSON_INVALID, "a number that is none");
	}
	if (*p == 'e' || *p == 'E')
	{
		p++;
		if (*p == '+' || *p == '-')
			p++;
		digits = p;
		p = skip_digits(p);
		if (p == digits)
			return fail(parser, DZ_JSON_INVALID, "a number that is none");
	}

	node = add_node(parser, DZ_JSON_NUMBER);
	if (node == NULL)
		return false;
	node->text = parser->p;
	node->len = p - parser->p;
	parser->p = p;
	return true;
}

static bool
parse_word(Parser *parser, const char *word, DzJsonType type)
{
	size_t len = strlen(word);

	if (strncmp(parser->p, word, len) != 0)
		return fail(parser, DZ_JSON_INVALID, "a value is missing");
	parser->p += len;
	return add_node(parser, type) != NULL;
}

/* A new node at the end; NULL, with the error noted, above the limit. */
static DzJson *
add_node(Parser *parser, DzJsonType type)
{
	DzJson *node;

	if (parser->count == parser->size)
	{
		uint32 size = Min(parser->size * 2, DZ_JSON_MAX_VALUES);
		DzJson *nodes;

		if (parser->count == DZ_JSON_MAX_VALUES)
		{
			fail(parser, DZ_JSON_TOO_MANY, "it holds too many values");
			return NULL;
		}
		nodes = MemoryContextAllocHuge(parser->owner,
									   (Size) size * sizeof(DzJson));
		memcpy(nodes, parser->nodes, parser->count * sizeof(DzJson));
		pfree(parser->nodes);
		parser->nodes = nodes;
		parser->size = size;
	}
	node = &parser->nodes[parser->count++];
	node->text = NULL;
	node->len = 0;
	node->span = 1;
	node->type = type;
	return node;
}

/* ---- reading ---- */

DzJsonType
DzJsonTypeOf(const DzJson *value)
{
	return (DzJsonType) value->type;
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
		case DZ_JSON_NUL_STRING:
			return "string with a NUL character";
		case DZ_JSON_NUMBER:
			return "number";
		case DZ_JSON_TRUE:
		case DZ_JSON_FALSE:
			return "boolean";
		case DZ_JSON_NULL:
			break;
	}
	return "null";
}

/* How many members an object or items an array has; 0 for all else. */
size_t
DzJsonLength(const DzJson *value)
{
	return value->type == DZ_JSON_OBJECT || value->type == DZ_JSON_ARRAY
			   ? value->len
			   : 0;
}

/*
 * The first item of an array, or the first name of an object (its value is
 * the next).  Only to be used where DzJsonLength() is not 0.
 */
const DzJson *
DzJsonFirst(const DzJson *container)
{
	return container + 1;
}

/* What follows a value in its container; the caller counts. */
const DzJson *
DzJsonNext(const DzJson *value)
{
	return value + value->span;
}

/*
 * What follows "at" in a walk through all that a value is made of, names
 * included; it begins with NULL and the value itself, and ends with NULL.
 */
const DzJson *
DzJsonWalk(const DzJson *value, const DzJson *at)
{
	at = at == NULL ? value : at + 1;
	return at < value + value->span ? at : NULL;
}

/*
 * An object's member; NULL if there is none, or if it is no object.  Of a
 * repeated name the last one counts.
 */
const DzJson *
DzJsonMember(const DzJson *object, const char *name)
{
	const DzJson *found = NULL;
	const DzJson *key = object + 1;
	size_t len = strlen(name);

	if (object->type != DZ_JSON_OBJECT)
		return NULL;
	for (uint32 i = 0; i < object->len; i++)
	{
		if (key->len == len && memcmp(key->text, name, len) == 0)
			found = key + 1;
		key = DzJsonNext(key + 1);
	}
	return found;
}

/* A string's bytes, UTF-8, NUL-terminated; NULL if it is no string. */
const char *
DzJsonString(const DzJson *value, size_t *len)
{
	*len = value->len;
	return value->type == DZ_JSON_STRING ? value->text : NULL;
}

/* A number as it was written, not terminated; NULL if it is no number. */
const char *
DzJsonNumber(const DzJson *value, size_t *len)
{
	*len = value->len;
	return value->type == DZ_JSON_NUMBER ? value->text : NULL;
}

/*
 * A number as a 64-bit integer; false if it is none, or no number at all.  A
 * point and an exponent are no obstacle: 5.0 and 5e0 are 5.  By its digits:
 * to a double, 1e-400 is 0, and 2^53 + 1 is 2^53.
 */
bool
DzJsonInteger(const DzJson *value, int64 *integer)
{
	char digits[MAX_INTEGER_TEXT + MAX_INTEGER_DIGITS + 1];
	const char *p = value->text;
	int len = 0;
	int64 zeros = 0; /* to be put behind the digits */
	bool is_fraction = false;

	if (value->type != DZ_JSON_NUMBER || value->len > MAX_INTEGER_TEXT)
		return false;
	for (; p < value->text + value->len && *p != 'e' && *p != 'E'; p++)
	{
		if (*p == '.')
			is_fraction = true;
		else
		{
			digits[len++] = *p;
			zeros -= is_fraction ? 1 : 0;
		}
	}
	if (p < value->text + value->len)
		zeros += Max(Min(strtol(p + 1, NULL, 10), INT_MAX), INT_MIN);

	digits[len] = '\0';
	if (strspn(digits, "-0") == (size_t) len)
		zeros = 0;
	for (; zeros < 0 && len > 0 && digits[len - 1] == '0'; zeros++)
		len--;
	if (zeros < 0 || zeros > MAX_INTEGER_DIGITS)
		return false;
	memset(digits + len, '0', zeros);
	digits[len + zeros] = '\0';

	errno = 0;
	*integer = strtoi64(digits, NULL, 10);
	return errno == 0;
}
