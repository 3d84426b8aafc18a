/*-------------------------------------------------------------------------
 *
 * scalar.c
 *		One value of the params: is it what its shape says, and how it is
 *		written.
 *
 * What can never be right is refused before it is sent: JSON types, minimum
 * lengths, the forms of domain identifiers, client tokens and timestamps.
 * Enums, maxima and other patterns are the service's, which widens them
 * without notice.  Everything is written in UTF-8, whatever the database's
 * encoding.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/jsontext.h"
#include "api/request.h"
#include "aws/timestamp.h"
#include "domain.h"
#include "mb/pg_wchar.h"

#define TOKEN_MAX 128

static const char *type_name(const JsonbValue *v);
static void check_string(const DzShape *shape, const char *text, int len,
						 const DzPath *path);
static bool is_alphanumeric(char c);
static bool is_base64(char c);
static bool is_client_token(const char *text, int len);
static bool is_printable(const char *text, int len);
static void append_integer(StringInfo buf, const DzShape *shape,
						   const JsonbValue *v, const DzPath *path);
static bool fits(DzKind kind, const char *digits);

void
DzParamTypeError(const JsonbValue *v, const char *wanted, const DzPath *path)
{
	DzParamError(path, "expected %s, not %s", wanted, type_name(v));
}

static const char *
type_name(const JsonbValue *v)
{
	switch (v->type)
	{
		case jbvNull:
			return "null";
		case jbvString:
			return "a string";
		case jbvNumeric:
			return "a number";
		case jbvBool:
			return "a boolean";
		default:
			return JsonContainerIsObject(v->val.binary.data) ? "an object"
															 : "an array";
	}
}

JsonbContainer *
DzParamObject(const JsonbValue *v, const DzPath *path)
{
	if (v->type != jbvBinary || !JsonContainerIsObject(v->val.binary.data))
		DzParamTypeError(v, "an object", path);
	return v->val.binary.data;
}

JsonbContainer *
DzParamArray(const JsonbValue *v, const DzPath *path)
{
	if (v->type != jbvBinary || !JsonContainerIsArray(v->val.binary.data))
		DzParamTypeError(v, "an array", path);
	return v->val.binary.data;
}

/*
 * The parser takes epoch numbers and http-dates too; in params a timestamp is
 * an ISO 8601 string, and only that begins with a year and a hyphen.
 */
int64
DzParamTime(const JsonbValue *v, const DzPath *path)
{
	const char *text = v->val.string.val;
	int len = v->val.string.len;
	int64_t unix_us;

	if (v->type != jbvString)
		DzParamTypeError(v, "a timestamp as an ISO 8601 string", path);
	if (len < 5 || text[4] != '-' || strspn(text, "0123456789") != 4 ||
		!DzTimestampParse(text, len, &unix_us))
		DzParamErrorHint(
			path,
			errhint(
				"A timestamp looks like 2026-01-02T03:04:05Z or 2026-01-02T03:04:05.678+01:00."),
			"not an ISO 8601 timestamp");
	return unix_us;
}

void
DzParamMinimum(const DzShape *shape, size_t count, const char *things,
			   const DzPath *path)
{
	if (count >= shape->min)
		return;
	if (count == 0)
		DzParamError(path, "must not be empty");
	DzParamError(path, "has %zu %s, but at least %d are required", count,
				 things, shape->min);
}

DzTimeFormat
DzParamTimeFormat(uint8 outer, const DzShape *shape, DzPlace place)
{
	if (outer != DZ_TIME_BY_PLACE)
		return outer;
	if (shape->time_format != DZ_TIME_BY_PLACE)
		return shape->time_format;
	switch (place)
	{
		case DZ_IN_PATH:
		case DZ_IN_QUERY:
			return DZ_TIME_ISO;
		case DZ_IN_HEADER:
			return DZ_TIME_HTTP;
		default:
			return DZ_TIME_EPOCH;
	}
}

void
DzParamText(StringInfo buf, const DzShape *shape, DzTimeFormat time_format,
			const JsonbValue *v, const DzPath *path)
{
	char text[DZ_TIMESTAMP_MAX];

	switch (shape->kind)
	{
		case DZ_KIND_STRING:
			DzParamString(buf, shape, false, v, path);
			break;
		case DZ_KIND_BLOB:
			DzParamBlob(buf, shape, v, path);
			break;
		case DZ_KIND_TIMESTAMP:
			DzParamTimeText(text, time_format, DzParamTime(v, path), path);
			appendStringInfoString(buf, text);
			break;
		case DZ_KIND_FLOAT:
			if (v->type == jbvString)
			{
				appendStringInfoString(buf, DzParamFloatWord(v, path));
				break;
			}
			DzParamLiteral(buf, shape, v, path);
			break;
		default:
			DzParamLiteral(buf, shape, v, path);
	}
}

void
DzParamTimeText(char *dst, DzTimeFormat time_format, int64 unix_us,
				const DzPath *path)
{
	int len;

	if (time_format == DZ_TIME_EPOCH)
		len = DzTimestampFormatEpoch(unix_us, dst);
	else if (time_format == DZ_TIME_HTTP)
		len = DzTimestampFormatHttpDate(unix_us, dst);
	else
		len = DzTimestampFormatIso(unix_us, dst);
	if (len == 0)
		DzParamError(path, "timestamp out of range");
}

/* JSON has no number for these three; the protocol gives them names. */
const char *
DzParamFloatWord(const JsonbValue *v, const DzPath *path)
{
	static const char *const words[] = {"NaN", "Infinity", "-Infinity"};

	for (int i = 0; i < (int) lengthof(words); i++)
		if (v->val.string.len == (int) strlen(words[i]) &&
			memcmp(v->val.string.val, words[i], v->val.string.len) == 0)
			return words[i];
	DzParamTypeError(v, "a number", path);
	return NULL;
}

void
DzParamString(StringInfo buf, const DzShape *shape, bool quoted,
			  const JsonbValue *v, const DzPath *path)
{
	const char *text = v->val.string.val;
	int len = v->val.string.len;
	char *utf8;

	if (v->type != jbvString)
		DzParamTypeError(v, "a string", path);
	check_string(shape, text, len, path);

	/* the same pointer where there is nothing to convert */
	utf8 = pg_server_to_any(text, len, PG_UTF8);
	if (utf8 != text)
		len = strlen(utf8);
	if (quoted)
		DzJsonAppendString(buf, utf8, len);
	else
		appendBinaryStringInfo(buf, utf8, len);
	if (utf8 != text)
		pfree(utf8);
}

static void
check_string(const DzShape *shape, const char *text, int len,
			 const DzPath *path)
{
	switch (shape->check)
	{
		case DZ_CHECK_DOMAIN_ID:
			if (!DzIsDomainId(text, len))
				DzParamErrorHint(
					path,
					errhint(
						"A domain identifier is \"dzd\", a hyphen or underscore, and 1 to %d letters, digits, hyphens or underscores.",
						DZ_DOMAIN_NAME_MAX),
					"not a domain identifier");
			break;
		case DZ_CHECK_CLIENT_TOKEN:
			if (!is_client_token(text, len))
				DzParamErrorHint(
					path,
					errhint(
						"A client token is 1 to %d printable ASCII characters without spaces.",
						TOKEN_MAX),
					"not a client token");
			break;
		case DZ_CHECK_PLAIN_TOKEN:
			if (len == 0 || !is_printable(text, len))
				DzParamError(
					path,
					"a client token must not be empty nor hold control characters");
			break;
		default:
			/* counting characters is needed only where bytes might suffice */
			if (shape->min > 0 && len < shape->min * MAX_MULTIBYTE_CHAR_LEN)
				DzParamMinimum(shape, pg_mbstrlen_with_len(text, len),
							   "characters", path);
	}
}

/* not isalnum(): that asks the locale */
static bool
is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		   (c >= '0' && c <= '9');
}

static bool
is_base64(char c)
{
	return is_alphanumeric(c) || c == '+' || c == '/';
}

static bool
is_client_token(const char *text, int len)
{
	if (len < 1 || len > TOKEN_MAX)
		return false;
	for (int i = 0; i < len; i++)
		if (text[i] < 0x21 || text[i] > 0x7E)
			return false;
	return true;
}

static bool
is_printable(const char *text, int len)
{
	for (int i = 0; i < len; i++)
		if ((unsigned char) text[i] < ' ' || text[i] == 0x7F)
			return false;
	return true;
}

/*
 * A blob is base64 text in params, as it is in the API's own JSON; it goes
 * through as it is.
 */
void
DzParamBlob(StringInfo buf, const DzShape *shape, const JsonbValue *v,
			const DzPath *path)
{
	const char *text = v->val.string.val;
	int len = v->val.string.len;
	int padding = 0;

	if (v->type != jbvString)
		DzParamTypeError(v, "base64 text", path);
	while (padding < 2 && padding < len && text[len - 1 - padding] == '=')
		padding++;
	for (int i = 0; i < len - padding; i++)
		if (!is_base64(text[i]))
			DzParamError(path, "not base64 text");
	if (len % 4 != 0)
		DzParamError(path, "not base64 text");
	DzParamMinimum(shape, len / 4 * 3 - padding, "bytes", path);
	appendBinaryStringInfo(buf, text, len);
}

void
DzParamLiteral(StringInfo buf, const DzShape *shape, const JsonbValue *v,
			   const DzPath *path)
{
	switch (shape->kind)
	{
		case DZ_KIND_BOOLEAN:
			if (v->type != jbvBool)
				DzParamTypeError(v, "a boolean", path);
			appendStringInfoString(buf, v->val.boolean ? "true" : "false");
			break;
		case DZ_KIND_FLOAT:
			if (v->type != jbvNumeric)
				DzParamTypeError(v, "a number", path);
			DzJsonAppendNumeric(buf, v->val.numeric);
			break;
		case DZ_KIND_BYTE:
		case DZ_KIND_SHORT:
		case DZ_KIND_INTEGER:
		case DZ_KIND_LONG:
			append_integer(buf, shape, v, path);
			break;
		default:
			elog(ERROR, "shape kind %d is not a scalar", shape->kind);
	}
}

/*
 * 5.0 is the integer 5, and is written so.  The width of the type is checked:
 * it is how the value is read, not a maximum that may be raised one day.
 */
static void
append_integer(StringInfo buf, const DzShape *shape, const JsonbValue *v,
			   const DzPath *path)
{
	int start = buf->len;
	char *point;

	if (v->type != jbvNumeric)
		DzParamTypeError(v, "an integer", path);
	DzJsonAppendNumeric(buf, v->val.numeric);
	point = strchr(buf->data + start, '.');
	if (point != NULL)
	{
		if (point[1 + strspn(point + 1, "0")] != '\0')
			DzParamError(path, "expected an integer, not a fraction");
		*point = '\0';
		buf->len = point - buf->data;
	}
	if (!fits(shape->kind, buf->data + start))
		DzParamError(path, "integer out of range");
}

static bool
fits(DzKind kind, const char *digits)
{
	int64 value;

	errno = 0;
	value = strtoll(digits, NULL, 10);
	if (errno != 0)
		return false;
	switch (kind)
	{
		case DZ_KIND_BYTE:
			return value >= PG_INT8_MIN && value <= PG_INT8_MAX;
		case DZ_KIND_SHORT:
			return value >= PG_INT16_MIN && value <= PG_INT16_MAX;
		case DZ_KIND_INTEGER:
			return value >= PG_INT32_MIN && value <= PG_INT32_MAX;
		default:
			return true;
	}
}
