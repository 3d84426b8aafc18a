/*-------------------------------------------------------------------------
 *
 * value_header.c
 *		Members of an answer that came in its headers or its status.
 *
 * A header is text of which the shape says what it means.  Lists are items
 * with commas between them, in double quotes where an item has one itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "api/value.h"
#include "aws/timestamp.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

static void push_text(DzReading *reading, JsonbIteratorToken seq,
					  const DzShape *shape, const char *text, size_t len,
					  const DzPath *path);
static void push_number(DzReading *reading, JsonbIteratorToken seq,
						const DzShape *shape, const char *text, size_t len,
						const DzPath *path);
static void push_items(DzReading *reading, const DzShape *shape,
					   const char *text, const DzPath *path);
static const char *read_quoted(StringInfo item, const char *p);

bool
DzReadingHeader(DzReading *reading, const DzMember *member,
				DzHttpTransfer *transfer, const DzPath *path)
{
	const DzShape *shape = &dz_shapes[member->shape];
	const char *text;
	char status[12];

	if (member->place == DZ_IN_STATUS)
	{
		snprintf(status, sizeof(status), "%d", DzHttpStatus(transfer));
		text = status;
	}
	else
		text = DzHttpHeaderValue(transfer, DzPoolText(member->wire));
	if (text == NULL)
		return false;
	if (!pg_verify_mbstr(PG_UTF8, text, (int) strlen(text), true))
		DzReadingWrong(reading, path, "UTF-8 text");

	DzReadingKey(reading, DzPoolText(member->name));
	if (shape->kind == DZ_KIND_LIST)
		push_items(reading, shape, text, path);
	else
		push_text(reading, WJB_VALUE, shape, text, strlen(text), path);
	return true;
}

static void
push_text(DzReading *reading, JsonbIteratorToken seq, const DzShape *shape,
		  const char *text, size_t len, const DzPath *path)
{
	JsonbValue v = {.type = jbvBool};
	int64_t unix_us;

	switch (shape->kind)
	{
		case DZ_KIND_STRING:
		case DZ_KIND_BLOB:
			DzReadingText(reading, seq, text, len);
			break;
		case DZ_KIND_TIMESTAMP:
			if (!DzTimestampParse(text, len, &unix_us))
				DzReadingWrong(reading, path, "a timestamp");
			DzReadingTime(reading, seq, unix_us);
			break;
		case DZ_KIND_BOOLEAN:
			v.val.boolean = len == 4 && memcmp(text, "true", 4) == 0;
			if (!v.val.boolean && (len != 5 || memcmp(text, "false", 5) != 0))
				DzReadingWrong(reading, path, "a boolean");
			DzJsonbPush(&reading->jsonb, seq, &v);
			break;
		default:
			push_number(reading, seq, shape, text, len, path);
	}
}

/* numeric would take more (spaces, "inf"), and say less about where it was */
static void
push_number(DzReading *reading, JsonbIteratorToken seq, const DzShape *shape,
			const char *text, size_t len, const DzPath *path)
{
	char *number = pnstrdup(text, len);
	char *end;
	double value = strtod(number, &end);

	if (len == 0 || *end != '\0' || strspn(number, "+-.0123456789eE") != len ||
		isinf(value))
	{
		/* JSON has no number for NaN and the infinities */
		if (shape->kind != DZ_KIND_FLOAT ||
			(strcmp(number, "NaN") != 0 && strcmp(number, "Infinity") != 0 &&
			 strcmp(number, "-Infinity") != 0))
			DzReadingWrong(reading, path, "a number");
		DzReadingText(reading, seq, text, len);
		return;
	}
	if (shape->kind != DZ_KIND_FLOAT && rint(value) != value)
		DzReadingWrong(reading, path, "an integer");
	DzReadingNumber(reading, seq, text, len);
}

/* An http-date has a comma of its own, behind the day of the week. */
static void
push_items(DzReading *reading, const DzShape *shape, const char *text,
		   const DzPath *path)
{
	const DzShape *item_shape = &dz_shapes[shape->first];
	DzPath here = DzPathItem(path, 0);
	StringInfoData item;
	const char *p = text;

	DzReadingBegin(reading, WJB_BEGIN_ARRAY);
	while (*p != '\0')
	{
		initStringInfo(&item); /* each stays until the jsonb is made */
		p += strspn(p, " \t");
		if (*p == '"')
			p = read_quoted(&item, p + 1);
		else
		{
			size_t len = strcspn(p, ",");

			if (item_shape->kind == DZ_KIND_TIMESTAMP && len == 3 &&
				p[len] == ',')
				len += 1 + strcspn(p + len + 1, ",");
			appendBinaryStringInfo(&item, p, len);
			while (item.len > 0 && strchr(" \t", item.data[item.len - 1]))
				item.data[--item.len] = '\0';
			p += len;
		}
		push_text(reading, WJB_ELEM, item_shape, item.data, item.len, &here);
		here.index++;
		p += strcspn(p, ",");
		if (*p == ',')
			p++;
	}
	DzJsonbPush(&reading->jsonb, WJB_END_ARRAY, NULL);
}

/* The text up to the closing quote; returns what follows it. */
static const char *
read_quoted(StringInfo item, const char *p)
{
	for (; *p != '\0' && *p != '"'; p++)
	{
		if (*p == '\\' && p[1] != '\0')
			p++;
		appendStringInfoChar(item, *p);
	}
	return *p == '"' ? p + 1 : p;
}
