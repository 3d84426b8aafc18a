/*-------------------------------------------------------------------------
 *
 * profile_parse.c
 *		Read the text of a shared config or credentials file.
 *
 * Line by line, and by the line's first character: '[' begins a section, '#'
 * and ';' a comment, white space continues the property before it, and all
 * else is a property.  A property is complete when something other than its
 * continuation follows.
 *
 * What has a name that the tools do not accept is ignored, so that a file of
 * a newer tool does no harm; what has no such form at all is an error, for a
 * file that is read half may name another identity than its writer meant.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/profile.h"

#include <string.h>

#include "aws/ascii.h"
#include "aws/buffer.h"
#include "aws/secret.h"

/* A piece of the file's text. */
typedef struct Piece
{
	const char *text;
	size_t len;
} Piece;

typedef struct Parser
{
	DzProfiles *profiles;
	DzProfileFile file;
	int line;
	bool in_section; /* some header has been read */
	int section; /* index; -1: one that is ignored */

	/* the property that may go on */
	bool in_property;
	bool is_kept; /* it has a valid name in a section that counts */
	bool has_subs; /* its own value was empty */
	int property_line;
	DzBuffer key;
	DzBuffer value;
} Parser;

static bool parse_text(Parser *parser, const char *text, size_t len);
static bool parse_line(Parser *parser, Piece line);
static bool parse_header(Parser *parser, Piece line);
static bool begin_section(Parser *parser, Piece name);
static bool begin_profile(Parser *parser, Piece name, bool is_prefixed);
static bool parse_property(Parser *parser, Piece line);
static bool parse_continuation(Parser *parser, Piece line);
static bool finish_property(Parser *parser);
static bool was_set(const Parser *parser);
static bool set_subs(Parser *parser);
static bool fail(Parser *parser, const char *what, const char *hint);
static void warn(Parser *parser, const char *why);
static bool is_blank(char c);
static Piece trim(Piece piece);
static Piece cut_comment(Piece line);
static bool is_name(Piece name);
static void append_lower(DzBuffer *out, Piece piece);

bool
DzProfilesRead(DzProfiles *profiles, DzProfileFile file, const char *path,
			   const char *text, size_t len)
{
	Parser parser = {0};
	bool is_ok;

	if (profiles->problem.kind != DZ_PROBLEM_NONE)
		return false;
	if (!DzSecretSet(&profiles->paths[file], path))
		return DzProblemNoMemory(&profiles->problem);
	if (len > DZ_PROFILE_MAX_FILE)
		return DzProblemSet(&profiles->problem, DZ_PROBLEM_SYNTAX,
							"Name the right file in AWS_CONFIG_FILE or "
							"AWS_SHARED_CREDENTIALS_FILE.",
							"File \"%s\" is larger than %d bytes, which no "
							"file of AWS profiles is.",
							path, DZ_PROFILE_MAX_FILE);

	parser.profiles = profiles;
	parser.file = file;
	parser.section = -1;
	is_ok = parse_text(&parser, text, len);
	DzBufferFree(&parser.key);
	DzBufferFree(&parser.value);

	return is_ok;
}

static bool
parse_text(Parser *parser, const char *text, size_t len)
{
	const char *p = text;
	const char *end = text + len;

	/* a byte order mark, as editors of Windows write it */
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	while (p < end)
	{
		const char *newline = memchr(p, '\n', (size_t) (end - p));
		Piece line = {p, (size_t) ((newline != NULL ? newline : end) - p)};

		parser->line++;
		if (memchr(line.text, '\0', line.len) != NULL)
			return fail(parser, "a NUL byte is no part of such a file",
						"Is this the right file?");
		if (!parse_line(parser, line))
			return false;
		p += line.len + (newline != NULL ? 1 : 0);
	}

	return finish_property(parser);
}

static bool
parse_line(Parser *parser, Piece line)
{
	if (trim(line).len == 0 || line.text[0] == '#' || line.text[0] == ';')
		return true;
	if (line.text[0] == '[')
		return parse_header(parser, line);
	if (is_blank(line.text[0]))
		return parse_continuation(parser, line);
	return parse_property(parser, line);
}

/* [name], and a comment, which may follow without a space */
static bool
parse_header(Parser *parser, Piece line)
{
	Piece name = line;

	if (!finish_property(parser))
		return false;
	for (size_t i = 0; i < line.len; i++)
	{
		if (line.text[i] == '#' || line.text[i] == ';')
		{
			name.len = i;
			break;
		}
	}
	name = trim(name);
	if (name.text[name.len - 1] != ']')
		return fail(parser, "the header of a section must end with \"]\"",
					"Write it as [profile name] in the config file, as "
					"[name] in the credentials file.");
	name.text++;
	name.len -= 2;
	parser->in_section = true;
	parser->section = -1;

	return begin_section(parser, trim(name));
}

/* Of what kind the section is, and whether its name is one. */
static bool
begin_section(Parser *parser, Piece name)
{
	static const struct
	{
		const char *word;
		DzSectionKind kind;
	} prefixes[] = {{"profile", DZ_SECTION_PROFILE},
					{"sso-session", DZ_SECTION_SSO_SESSION},
					{"services", DZ_SECTION_SERVICES}};
	bool is_config = parser->file == DZ_CONFIG_FILE;

	for (size_t i = 0; is_config && i < sizeof(prefixes) / sizeof(prefixes[0]);
		 i++)
	{
		size_t len = strlen(prefixes[i].word);
		Piece rest = {name.text + len, name.len - len};

		if (name.len <= len || memcmp(name.text, prefixes[i].word, len) != 0 ||
			!is_blank(name.text[len]))
			continue;
		rest = trim(rest);
		if (!is_name(rest))
			break;
		if (prefixes[i].kind == DZ_SECTION_PROFILE)
			return begin_profile(parser, rest, true);
		parser->section =
			DzProfilesSection(parser->profiles, prefixes[i].kind, rest.text,
							  rest.len, parser->file, parser->line);
		return parser->section >= 0;
	}

	if (is_name(name) &&
		(!is_config ||
		 (name.len == 7 && memcmp(name.text, "default", 7) == 0)))
		return begin_profile(parser, name, false);
	warn(parser, is_config ? "The section is ignored: only [default], "
							 "[profile name], [sso-session name] and "
							 "[services name] have a meaning."
						   : "The section is ignored: a profile's name "
							 "consists of letters, digits and -/.%@_:+.");

	return true;
}

/*
 * In the config file, what [profile default] says replaces all that [default]
 * says, wherever they stand.
 */
static bool
begin_profile(Parser *parser, Piece name, bool is_prefixed)
{
	int index =
		DzProfilesSection(parser->profiles, DZ_SECTION_PROFILE, name.text,
						  name.len, parser->file, parser->line);
	DzSection *section;

	if (index < 0)
		return false;
	section = &parser->profiles->sections[index];
	if (parser->file == DZ_CONFIG_FILE && section->is_prefixed && !is_prefixed)
	{
		warn(parser, "The section is ignored: [profile default] takes its "
					 "place.");
		return true;
	}
	if (is_prefixed && !section->is_prefixed)
	{
		DzSectionForget(section, DZ_CONFIG_FILE);
		section->is_prefixed = true;
	}
	parser->section = index;

	return true;
}

/* key = value */
static bool
parse_property(Parser *parser, Piece line)
{
	Piece whole = cut_comment(line);
	Piece key = whole;
	Piece value = whole;
	const char *equals = memchr(whole.text, '=', whole.len);

	if (!finish_property(parser))
		return false;
	if (!parser->in_section)
		return fail(parser, "a property stands before the first section",
					"Begin the file with the header of a section, such as "
					"[default].");
	if (equals == NULL)
		return fail(parser, "a property must have the form \"key = value\"",
					"Begin the line with \"#\" if it is a comment, with a "
					"space if it continues the value before it.");
	key.len = (size_t) (equals - whole.text);
	key = trim(key);
	value.text = equals + 1;
	value.len = whole.len - (size_t) (value.text - whole.text);
	value = trim(value);
	if (key.len == 0)
		return fail(parser, "a property must have a key before its \"=\"",
					"Write it as \"key = value\".");

	if (!is_name(key))
		warn(parser, "The property is ignored: a key consists of letters, "
					 "digits and -/.%@_:+.");
	parser->in_property = true;
	parser->is_kept = parser->section >= 0 && is_name(key);
	parser->has_subs = value.len == 0;
	parser->property_line = parser->line;
	append_lower(&parser->key, key);
	DzBufferAppend(&parser->value, value.text, value.len);

	return true;
}

/* One more line of a value, or, where the value is empty, a sub-property. */
static bool
parse_continuation(Parser *parser, Piece line)
{
	Piece text = trim(line);

	if (!parser->in_section)
		return fail(parser, "an indented line stands before the first section",
					"Begin the file with the header of a section, such as "
					"[default].");
	if (!parser->in_property)
		return fail(parser, "an indented line continues no property",
					"Begin properties in the first column.");
	if (parser->has_subs)
	{
		const char *equals = memchr(text.text, '=', text.len);

		if (text.text[0] == '#' || text.text[0] == ';')
			return true;
		if (equals == NULL)
			return fail(parser,
						"a sub-property must have the form \"key = value\"",
						"Indent only the sub-properties of a property whose "
						"own value is empty.");
		if (equals == text.text)
			return fail(parser,
						"a sub-property must have a key before its \"=\"",
						"Write it as \"key = value\".");
	}
	DzBufferAppendChar(&parser->value, '\n');
	DzBufferAppend(&parser->value, text.text, text.len);

	return true;
}

static bool
finish_property(Parser *parser)
{
	bool is_ok = true;

	if (!parser->in_property)
		return true;
	if (parser->is_kept)
	{
		/* an empty value has no memory of its own */
		if (parser->key.failed || !DzBufferReserve(&parser->value, 0))
			return DzProblemNoMemory(&parser->profiles->problem);
		is_ok = DzSectionSet(parser->profiles, parser->section,
							 parser->key.data, parser->value.data,
							 parser->file, parser->property_line);
		if (is_ok && parser->has_subs && was_set(parser))
			is_ok = set_subs(parser);
	}
	parser->in_property = false;
	DzBufferReset(&parser->key);
	DzBufferReset(&parser->value);

	return is_ok;
}

/* Whether the property is this file's, and not that of one that wins. */
static bool
was_set(const Parser *parser)
{
	const DzProperty *property = DzSectionFind(
		&parser->profiles->sections[parser->section], parser->key.data);

	return property != NULL && property->file == parser->file;
}

/* The lines behind an empty value, each as a property of its own. */
static bool
set_subs(Parser *parser)
{
	size_t key_len = parser->key.len;
	const char *p = parser->value.data;
	bool is_ok = true;

	while (is_ok && *p == '\n')
	{
		size_t len = strcspn(p + 1, "\n");
		Piece name = {p + 1, strcspn(p + 1, "=")};
		Piece value = {p + 2 + name.len, len - name.len - 1};
		char *copy;

		name = trim(name);
		value = trim(value);
		copy = DzSecretCopy(value.text, value.len);
		DzBufferAppendChar(&parser->key, '\n');
		append_lower(&parser->key, name);
		if (copy == NULL || parser->key.failed)
			is_ok = DzProblemNoMemory(&parser->profiles->problem);
		else
			is_ok = DzSectionSet(parser->profiles, parser->section,
								 parser->key.data, copy, parser->file,
								 parser->property_line);
		DzSecretFree(copy);
		if (!parser->key.failed)
		{
			parser->key.len = key_len;
			parser->key.data[key_len] = '\0';
		}
		p += 1 + len;
	}

	return is_ok;
}

static bool
fail(Parser *parser, const char *what, const char *hint)
{
	return DzProblemSet(&parser->profiles->problem, DZ_PROBLEM_SYNTAX, hint,
						"In file \"%s\", line %d: %s.",
						DzProfilesPath(parser->profiles, parser->file),
						parser->line, what);
}

static void
warn(Parser *parser, const char *why)
{
	DzProfiles *profiles = parser->profiles;

	if (profiles->nwarnings < DZ_PROFILE_MAX_WARNINGS)
		profiles->warnings[profiles->nwarnings] =
			(DzProfileWarning){parser->file, parser->line, why};
	profiles->nwarnings++;
}

/* '\r' too: it stands before the '\n' of a file from Windows */
static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static Piece
trim(Piece piece)
{
	while (piece.len > 0 && is_blank(piece.text[piece.len - 1]))
		piece.len--;
	while (piece.len > 0 && is_blank(piece.text[0]))
	{
		piece.text++;
		piece.len--;
	}

	return piece;
}

/* In a property, a comment begins after white space only. */
static Piece
cut_comment(Piece line)
{
	for (size_t i = 1; i < line.len; i++)
	{
		if ((line.text[i] == '#' || line.text[i] == ';') &&
			is_blank(line.text[i - 1]))
		{
			line.len = i;
			break;
		}
	}

	return line;
}

/* What the name of a section or the key of a property may consist of. */
static bool
is_name(Piece name)
{
	for (size_t i = 0; i < name.len; i++)
	{
		if (!DzIsAlnum(name.text[i]) &&
			(name.text[i] == '\0' || strchr("-/.%@_:+", name.text[i]) == NULL))
			return false;
	}

	return name.len > 0;
}

static void
append_lower(DzBuffer *out, Piece piece)
{
	for (size_t i = 0; i < piece.len; i++)
		DzBufferAppendChar(out, DzLower(piece.text[i]));
}
