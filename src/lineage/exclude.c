/*-------------------------------------------------------------------------
 *
 * exclude.c
 *		Relations that lineage never names: datazone.capture_exclude.
 *
 * Patterns with commas between them.  In one, * stands for any characters and
 * ? for one; before a dot it is about the schema, and without a dot about
 * relations of any schema.  Names are compared as they are stored.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/guc.h"

#include "lineage/room.h"

char *DzCaptureExclude = NULL; /* datazone.capture_exclude */

static bool matches(const char *pattern, const char *end, const char *text);
static const char *next_pattern(const char **rest, const char **end);

void
DzExcludeInit(void)
{
	DefineCustomStringVariable(
		"datazone.capture_exclude",
		"Relations that captured lineage never names.",
		"Patterns of schema.relation, with commas between them; * stands for "
		"any characters, ? for one.",
		&DzCaptureExclude, NULL, PGC_SUSET, 0, NULL, DzNoteTextSetting, NULL);
}

bool
DzIsExcluded(const char *schema, const char *name)
{
	const char *rest = DzCaptureExclude;
	const char *pattern;
	const char *end;

	while ((pattern = next_pattern(&rest, &end)) != NULL)
	{
		const char *dot = memchr(pattern, '.', end - pattern);

		if (dot == NULL ? matches(pattern, end, name)
						: schema != NULL && matches(pattern, dot, schema) &&
							  matches(dot + 1, end, name))
			return true;
	}
	return false;
}

/*
 * May a word of a statement be the name of such a relation?  Where that may be
 * any name, the schema's is looked for.
 */
bool
DzIsExcludedWord(const char *word)
{
	const char *rest = DzCaptureExclude;
	const char *pattern;
	const char *end;

	while ((pattern = next_pattern(&rest, &end)) != NULL)
	{
		const char *dot = memchr(pattern, '.', end - pattern);

		if (dot == NULL)
			dot = pattern - 1;
		else if (strspn(dot + 1, "*?") >= (size_t) (end - dot - 1))
		{
			end = dot;
			dot = pattern - 1;
		}
		if (matches(dot + 1, end, word))
			return true;
	}
	return false;
}

/* The next one without the blanks around it; NULL: there is none. */
static const char *
next_pattern(const char **rest, const char **end)
{
	const char *start;

	if (*rest == NULL)
		return NULL;
	start = *rest + strspn(*rest, ", \t\n\r");
	if (*start == '\0')
		return NULL;
	*rest = start + strcspn(start, ",");
	*end = *rest;
	while (*end > start && strchr(" \t\n\r", (*end)[-1]) != NULL)
		(*end)--;
	return start;
}

/*
 * When what follows a * does not fit, the * takes one character more.  Of
 * several only the last needs to be tried again.
 */
static bool
matches(const char *pattern, const char *end, const char *text)
{
	const char *star = NULL;
	const char *star_text = NULL;

	while (*text != '\0')
	{
		if (pattern < end && *pattern == '*')
		{
			star = pattern++;
			star_text = text;
		}
		else if (pattern < end && (*pattern == '?' || *pattern == *text))
		{
			text += *pattern == '?' ? pg_mblen(text) : 1;
			pattern++;
		}
		else if (star != NULL)
		{
			pattern = star + 1;
			text = ++star_text;
		}
		else
			return false;
	}
	while (pattern < end && *pattern == '*')
		pattern++;
	return pattern == end;
}
