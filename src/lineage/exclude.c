/*-------------------------------------------------------------------------
 *
 * exclude.c
 *		Relations that lineage never names: datazone.capture_exclude.
 *
 * Patterns with commas between them, of one to three parts with dots between
 * them: name, schema.name or database.schema.name, as events have it.  In a
 * part * stands for any characters and ? for one; a part that is not there
 * is any.  Names are compared as they are stored, without quotes.
 *
 * A pattern that can name nothing would keep nothing to itself, and nobody
 * would know: it is refused when the setting is set.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "commands/dbcommands.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/guc.h"

#include "lineage/room.h"

#define BLANKS " \t\n\r"
#define MAX_PARTS 3

char *DzCaptureExclude = NULL; /* datazone.capture_exclude */

/* A part of a pattern, without the blanks around it. */
typedef struct Part
{
	const char *start;
	const char *end;
} Part;

typedef struct Pattern
{
	int nparts; /* as written; those beyond MAX_PARTS are not kept */
	Part parts[MAX_PARTS];
} Pattern;

static bool check(char **newval, void **extra, GucSource source);
static const char *patterns(const char *value);
static const char *wrong_with(const Pattern *pattern);
static bool next_pattern(const char **rest, Pattern *pattern);
static Part trimmed(const char *start, const char *end);
static bool names_this_database(const Pattern *pattern);
static bool is_any(Part part);
static bool matches(Part part, const char *text);

void
DzExcludeInit(void)
{
	DefineCustomStringVariable(
		"datazone.capture_exclude",
		"Relations that captured lineage never names.",
		"Patterns of name, schema.name or database.schema.name, with commas "
		"between them; * stands for any characters, ? for one.",
		&DzCaptureExclude, NULL, PGC_SUSET, 0, check, DzNoteTextSetting, NULL);
}

static bool
check(char **newval, void **extra, GucSource source)
{
	const char *rest = patterns(*newval);
	const char *why = NULL;
	Pattern pattern;

	while (why == NULL && next_pattern(&rest, &pattern))
		why = wrong_with(&pattern);
	if (why == NULL)
		return true;
	GUC_check_errdetail("%s", why);
	GUC_check_errhint("Write name, schema.name or database.schema.name, with "
					  "commas between them; * stands for any characters, ? "
					  "for one, also for a dot, a comma or a quote.");
	return false;
}

/* Where those of a value begin; blanks alone are as good as not set. */
static const char *
patterns(const char *value)
{
	return value != NULL && value[strspn(value, BLANKS)] != '\0' ? value
																 : NULL;
}

/* NULL: nothing is. */
static const char *
wrong_with(const Pattern *pattern)
{
	if (pattern->nparts > MAX_PARTS)
		return "A pattern has three parts at most: database.schema.name.";
	for (int i = 0; i < pattern->nparts; i++)
	{
		Part part = pattern->parts[i];

		if (part.start == part.end)
			return "A pattern, or a part of one, is empty.";
		if (memchr(part.start, '"', part.end - part.start) != NULL)
			return "Names are written as they are stored, without quotes.";
	}
	return NULL;
}

bool
DzIsExcluded(const char *schema, const char *name)
{
	const char *rest = patterns(DzCaptureExclude);
	Pattern pattern;

	while (next_pattern(&rest, &pattern))
	{
		int n = Min(pattern.nparts, MAX_PARTS);

		if (matches(pattern.parts[n - 1], name) &&
			(n == 1 ||
			 (schema != NULL && matches(pattern.parts[n - 2], schema))) &&
			names_this_database(&pattern))
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
	const char *rest = patterns(DzCaptureExclude);
	Pattern pattern;

	while (next_pattern(&rest, &pattern))
	{
		int n = Min(pattern.nparts, MAX_PARTS);
		Part part = pattern.parts[n - 1];

		if (n > 1 && is_any(part))
			part = pattern.parts[n - 2];
		if (matches(part, word) && names_this_database(&pattern))
			return true;
	}
	return false;
}

/* False: there is none; "rest" is NULL behind the last one. */
static bool
next_pattern(const char **rest, Pattern *pattern)
{
	const char *start = *rest;

	if (start == NULL)
		return false;
	pattern->nparts = 0;
	for (;;)
	{
		const char *end = start + strcspn(start, ".,");

		if (pattern->nparts < MAX_PARTS)
			pattern->parts[pattern->nparts] = trimmed(start, end);
		pattern->nparts++;
		if (*end != '.')
		{
			*rest = *end == ',' ? end + 1 : NULL;
			return true;
		}
		start = end + 1;
	}
}

static Part
trimmed(const char *start, const char *end)
{
	while (start < end && strchr(BLANKS, *start) != NULL)
		start++;
	while (end > start && strchr(BLANKS, end[-1]) != NULL)
		end--;
	return (Part){start, end};
}

/* A session has one database, which has one name for as long. */
static bool
names_this_database(const Pattern *pattern)
{
	static char *database = NULL;

	if (pattern->nparts < MAX_PARTS)
		return true;
	if (database == NULL)
	{
		char *name = get_database_name(MyDatabaseId);

		/* rather one too many than one that is to be kept back */
		if (name == NULL)
			return true;
		database = MemoryContextStrdup(TopMemoryContext, name);
	}
	return matches(pattern->parts[0], database);
}

/* Does it match all names, and not only some? */
static bool
is_any(Part part)
{
	return strspn(part.start, "*?") >= (size_t) (part.end - part.start);
}

/*
 * When what follows a * does not fit, the * takes one character more.  Of
 * several only the last needs to be tried again.
 */
static bool
matches(Part part, const char *text)
{
	const char *pattern = part.start;
	const char *end = part.end;
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
