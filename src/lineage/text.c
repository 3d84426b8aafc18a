/*-------------------------------------------------------------------------
 *
 * text.c
 *		A statement's text, as an event may tell it: datazone.capture_sql.
 *
 * Constants are data, and data is nobody's business in a catalog of jobs.  So
 * each is replaced by a question mark, and comments are left out.  The text is
 * read as PostgreSQL's own scanner reads it; but as it may be cut, what has no
 * end is no error here.
 *
 * A text that may name an excluded relation is not told at all.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "parser/scansup.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#include "lineage/room.h"

/* What is kept of a statement, in bytes. */
#define MAX_TEXT 16384

int DzCaptureSql = DZ_SQL_NORMALIZED; /* datazone.capture_sql */

static const struct config_enum_entry sql_modes[] = {
	{"off", DZ_SQL_OFF, false},
	{"normalized", DZ_SQL_NORMALIZED, false},
	{"full", DZ_SQL_FULL, false},
	{NULL, 0, false}};

/* A place in a text, and what has been read of it. */
typedef struct Reader
{
	const char *at;
	StringInfoData out;
	bool has_escapes; /* in a constant without E before it, too */
	bool needs_blank;
	bool is_excluded;
} Reader;

static bool is_known(const DzRan *ran);
static bool is_one_statement(const char *text);
static bool read_blank(Reader *reader);
static const char *after_comment(const char *at);
static bool read_constant(Reader *reader);
static const char *after_string(const char *at, bool escapes);
static const char *after_quotes(const char *at, char quote, bool escapes);
static const char *goes_on(const char *at);
static const char *after_dollars(const char *at);
static const char *after_number(const char *at);
static bool read_word(Reader *reader);
static bool is_word_start(char c);
static void put(Reader *reader, const char *text, int len);

void
DzTextInit(void)
{
	DefineCustomEnumVariable(
		"datazone.capture_sql",
		"Whether captured lineage tells the statement.",
		"\"normalized\": with ? for each constant; \"full\": as it is.",
		&DzCaptureSql, DZ_SQL_NORMALIZED, sql_modes, PGC_SUSET, 0, NULL,
		DzNoteEnumSetting, NULL);
}

/* The statement's own part of a source text; NULL: not to be told. */
char *
DzStatementText(const DzRan *ran)
{
	const char *start = ran->source;
	int len;

	if (DzCaptureSql == DZ_SQL_OFF || start == NULL || !is_known(ran))
		return NULL;
	len = strlen(start);
	if (ran->location > 0 && ran->location < len)
	{
		start += ran->location;
		len -= ran->location;
	}
	if (ran->length > 0)
		len = Min(len, ran->length);
	while (len > 0 && scanner_isspace(start[0]))
	{
		start++;
		len--;
	}
	while (len > 0 &&
		   (scanner_isspace(start[len - 1]) || start[len - 1] == ';'))
		len--;
	if (len == 0)
		return NULL;
	if (len > MAX_TEXT)
		len = pg_mbcliplen(start, len, MAX_TEXT);
	return pnstrdup(start, len);
}

/*
 * Is it known which part of the source text is the statement's?  That of a
 * rule's action is somewhere else; and what EXPLAIN runs may be said to be all
 * of a text with other statements in it, which are nobody's business.
 */
static bool
is_known(const DzRan *ran)
{
	MemoryContext scratch;
	MemoryContext old;
	bool result;

	if (ran->location != 0 || ran->length != 0)
		return ran->location >= 0;
	if (strchr(ran->source, ';') == NULL)
		return true;
	scratch =
		AllocSetContextCreate(CurrentMemoryContext, "datazone lineage scratch",
							  ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(scratch);
	result = is_one_statement(ran->source);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
	return result;
}

/* Is there nothing behind a semicolon? */
static bool
is_one_statement(const char *text)
{
	Reader reader = {.at = text, .has_escapes = DzBackslashEscapes()};
	bool is_over = false;

	initStringInfo(&reader.out);
	while (*reader.at != '\0')
	{
		resetStringInfo(&reader.out);
		if (read_blank(&reader))
			continue;
		if (is_over && *reader.at != ';')
			return false;
		is_over |= *reader.at == ';';
		if (!read_constant(&reader) && !read_word(&reader))
			reader.at++;
	}
	return true;
}

/*
 * As datazone.capture_sql has it, in CurrentMemoryContext; NULL: not to be
 * told.  "has_escapes" is how the session read constants when the statement
 * ran, as it may read them another way by now.
 */
char *
DzStatementTold(const char *text, bool has_escapes)
{
	Reader reader = {.at = text, .has_escapes = has_escapes};

	if (DzCaptureSql == DZ_SQL_OFF)
		return NULL;
	initStringInfo(&reader.out);
	while (*reader.at != '\0')
	{
		if (read_blank(&reader) || read_constant(&reader) ||
			read_word(&reader))
			continue;
		put(&reader, reader.at, 1);
		reader.at++;
	}
	if (reader.is_excluded)
		return NULL;
	return DzCaptureSql == DZ_SQL_FULL ? pstrdup(text) : reader.out.data;
}

/* Is there no other statement than SELECT in a text?  An empty one has none. */
bool
DzTextOnlySelects(const char *text)
{
	Reader reader = {.at = text, .has_escapes = DzBackslashEscapes()};
	bool is_start = true;

	initStringInfo(&reader.out);
	while (*reader.at != '\0')
	{
		const char *at = reader.at;

		resetStringInfo(&reader.out);
		if (read_blank(&reader))
			continue;
		if (is_start && *at != ';' && pg_strncasecmp(at, "select", 6) != 0)
			return false;
		is_start = *at == ';';
		if (!read_constant(&reader) && !read_word(&reader))
			reader.at++;
	}
	return true;
}

/* Space and comments are one blank. */
static bool
read_blank(Reader *reader)
{
	const char *at = reader->at;

	if (scanner_isspace(*at))
		at++;
	else if (strncmp(at, "--", 2) == 0)
		at += strcspn(at, "\n\r");
	else if (strncmp(at, "/*", 2) == 0)
		at = after_comment(at);
	else
		return false;
	reader->at = at;
	reader->needs_blank = reader->out.len > 0;
	return true;
}

/* Comments of this kind may be one inside the other. */
static const char *
after_comment(const char *at)
{
	int depth = 0;

	do
	{
		if (strncmp(at, "/*", 2) == 0)
			depth++;
		else if (strncmp(at, "*/", 2) == 0)
			depth--;
		else
		{
			at++;
			continue;
		}
		at += 2;
	} while (depth > 0 && *at != '\0');
	return at;
}

static bool
read_constant(Reader *reader)
{
	const char *at = reader->at;
	char next = at[0] != '\0' ? at[1] : '\0';

	if (*at == '\'')
		at = after_string(at, reader->has_escapes);
	else if (strchr("nN", *at) != NULL && next == '\'')
		at = after_string(at + 1, reader->has_escapes);
	else if (strchr("eEbBxX", *at) != NULL && next == '\'')
		at = after_string(at + 1, *at == 'e' || *at == 'E');
	else if ((*at == 'u' || *at == 'U') && strncmp(at + 1, "&'", 2) == 0)
		at = after_string(at + 2, false);
	else if (*at == '$' && (next == '$' || is_word_start(next)))
		at = after_dollars(at);
	else if (isdigit((unsigned char) *at) ||
			 (*at == '.' && isdigit((unsigned char) next)))
		at = after_number(at);
	else
		return false;
	if (at == reader->at)
		return false;
	reader->at = at;
	put(reader, "?", 1);
	return true;
}

/* All of a string, which may go on in the next line, of the same kind. */
static const char *
after_string(const char *at, bool escapes)
{
	const char *end;

	do
	{
		end = after_quotes(at, '\'', escapes);
		at = goes_on(end);
	} while (at != NULL);
	return end;
}

/* Where a string goes on behind blanks with a new line; NULL: it does not. */
static const char *
goes_on(const char *at)
{
	bool is_new_line = false;

	for (;;)
	{
		if (strncmp(at, "--", 2) == 0)
			at += strcspn(at, "\n\r");
		if (!scanner_isspace(*at))
			break;
		is_new_line |= *at == '\n' || *at == '\r';
		at++;
	}
	return is_new_line && *at == '\'' ? at : NULL;
}

/* A quote inside is there twice. */
static const char *
after_quotes(const char *at, char quote, bool escapes)
{
	for (at++; *at != '\0'; at++)
	{
		if (escapes && *at == '\\' && at[1] != '\0')
			at++;
		else if (*at == quote && at[1] == quote)
			at++;
		else if (*at == quote)
			return at + 1;
	}
	return at;
}

/* "at" itself: this is no dollar quote. */
static const char *
after_dollars(const char *at)
{
	const char *end = at + 1;
	char *tag;

	while (is_word_start(*end) || isdigit((unsigned char) *end))
		end++;
	if (*end != '$')
		return at;
	tag = pnstrdup(at, end + 1 - at);
	at = strstr(end + 1, tag);
	return at != NULL ? at + strlen(tag) : end + 1 + strlen(end + 1);
}

/* Also of newer kinds: 0x1F, 1_000. */
static const char *
after_number(const char *at)
{
	while (isalnum((unsigned char) *at) || *at == '_' || *at == '.')
	{
		if ((*at == 'e' || *at == 'E') && (at[1] == '+' || at[1] == '-'))
			at++;
		at++;
	}
	return at;
}

/* A name, a keyword, or a parameter. */
static bool
read_word(Reader *reader)
{
	const char *at = reader->at;
	char *word;

	if (*at == '"')
	{
		at = after_quotes(at, '"', false);
		word = pnstrdup(reader->at + 1, Max(at - reader->at - 2, 0));
	}
	else if (is_word_start(*at) || *at == '$')
	{
		for (at++;
			 is_word_start(*at) || isdigit((unsigned char) *at) || *at == '$';
			 at++)
			;
		word =
			downcase_truncate_identifier(reader->at, at - reader->at, false);
	}
	else
		return false;
	put(reader, reader->at, at - reader->at);
	reader->at = at;
	reader->is_excluded |= DzIsExcludedWord(word);
	return true;
}

static bool
is_word_start(char c)
{
	return isalpha((unsigned char) c) || c == '_' || IS_HIGHBIT_SET(c);
}

static void
put(Reader *reader, const char *text, int len)
{
	if (reader->needs_blank)
		appendStringInfoChar(&reader->out, ' ');
	reader->needs_blank = false;
	appendBinaryStringInfo(&reader->out, text, len);
}
