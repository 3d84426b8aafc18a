/*-------------------------------------------------------------------------
 *
 * path.c
 *		Write the path to a JSON value as text.
 *
 * Keys come from whoever made the JSON: they may hold anything and have any
 * length, and the path goes into messages and logs.  Hence the limits.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/jsontext.h"
#include "api/path.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

/* what a reader takes in; nothing in the API is deeper than a dozen steps */
#define MAX_STEPS 40
#define MAX_KEY 64

static bool is_plain_name(const char *name, int len);
static void append_step(StringInfo buf, const DzPath *step);

char *
DzPathText(const DzPath *path)
{
	const DzPath *steps[MAX_STEPS];
	int n = 0;
	StringInfoData buf;

	initStringInfo(&buf);
	for (; path != NULL; path = path->up)
	{
		if (n == MAX_STEPS)
		{
			appendStringInfoString(&buf, "...");
			break;
		}
		steps[n++] = path;
	}
	while (n > 0)
		append_step(&buf, steps[--n]);
	return buf.data;
}

static void
append_step(StringInfo buf, const DzPath *step)
{
	int len;

	if (step->name == NULL)
	{
		if (step->index < 0)
			appendStringInfoString(buf, "[*]");
		else
			appendStringInfo(buf, "[%d]", step->index);
		return;
	}
	if (is_plain_name(step->name, step->len))
	{
		if (buf->len > 0)
			appendStringInfoChar(buf, '.');
		appendBinaryStringInfo(buf, step->name, step->len);
		return;
	}
	len = pg_mbcliplen(step->name, step->len, MAX_KEY);
	appendStringInfoChar(buf, '[');
	DzJsonAppendString(buf, step->name, len);
	appendStringInfoString(buf, len < step->len ? "...]" : "]");
}

static bool
is_plain_name(const char *name, int len)
{
	if (len == 0 || len > MAX_KEY)
		return false;
	for (int i = 0; i < len; i++)
	{
		char c = name[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
			  (i > 0 && ((c >= '0' && c <= '9') || c == '-'))))
			return false;
	}
	return true;
}
