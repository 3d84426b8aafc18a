/*-------------------------------------------------------------------------
 *
 * xml.c
 *		A small reader of XML, for the answers of STS.
 *
 * One pass, no tree: a path that grows and shrinks with the elements, and the
 * text of the innermost one.  Every read is checked against the end; names
 * and nesting are checked as XML demands, so that a cut or doctored answer is
 * none rather than half of one.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/xml.h"

#include <stdint.h>
#include <string.h>

#include "aws/ascii.h"
#include "aws/buffer.h"

typedef struct Reader
{
	const char *p;
	const char *end;
	DzXmlLeafFn leaf;
	void *arg;

	/* the open elements: their local names, joined */
	char path[DZ_XML_MAX_PATH];
	size_t path_len;
	size_t starts[DZ_XML_MAX_DEPTH]; /* path_len before each of them */
	const char *names[DZ_XML_MAX_DEPTH]; /* in the input, with prefixes */
	size_t name_lens[DZ_XML_MAX_DEPTH];
	int depth;

	bool is_leaf; /* the innermost element has no child so far */
	DzBuffer text; /* its text, while it is a leaf */
} Reader;

static bool read_document(Reader *reader);
static bool read_markup(Reader *reader);
static bool read_text(Reader *reader);
static bool read_start(Reader *reader);
static bool read_attributes(Reader *reader, bool *is_empty);
static bool read_attribute(Reader *reader);
static bool read_end(Reader *reader);
static bool open_element(Reader *reader, const char *name, size_t len);
static bool is_local_name(const char *name, size_t len);
static bool close_element(Reader *reader);
static bool read_reference(Reader *reader);
static bool read_number(Reader *reader, uint32_t *code);
static bool is_char(uint32_t code);
static void append_utf8(DzBuffer *out, uint32_t code);
static void append_char(Reader *reader, char c);
static bool read_cdata(Reader *reader);
static bool skip_to(Reader *reader, const char *mark);
static bool skip_word(Reader *reader, const char *word);
static bool skip_space(Reader *reader);
static size_t name_length(const Reader *reader);
static bool is_space(char c);

DzXmlResult
DzXmlRead(const char *text, size_t len, DzXmlLeafFn leaf, void *arg)
{
	Reader reader = {0};
	DzXmlResult result;

	reader.p = text;
	reader.end = text + len;
	reader.leaf = leaf;
	reader.arg = arg;
	if (read_document(&reader))
		result = DZ_XML_DONE;
	else
		result = reader.text.failed ? DZ_XML_NO_MEMORY : DZ_XML_REFUSED;
	DzBufferFree(&reader.text);

	return result;
}

/* Markup and white space around one element. */
static bool
read_document(Reader *reader)
{
	bool has_root = false;

	(void) skip_word(reader, "\xef\xbb\xbf");
	while (reader->p < reader->end)
	{
		if (reader->depth > 0)
		{
			if (*reader->p == '<' ? !read_markup(reader) : !read_text(reader))
				return false;
		}
		else if (skip_space(reader))
			continue;
		else if (*reader->p != '<')
			return false;
		else
		{
			const char *at = reader->p;
			bool is_element =
				reader->end - at > 1 && at[1] != '!' && at[1] != '?';

			if (is_element && has_root)
				return false;
			has_root = has_root || is_element;
			if (!read_markup(reader))
				return false;
		}
	}

	return has_root && reader->depth == 0;
}

static bool
read_markup(Reader *reader)
{
	if (skip_word(reader, "<!--"))
		return skip_to(reader, "-->");
	if (skip_word(reader, "<?"))
		return skip_to(reader, "?>");
	if (reader->depth > 0 && skip_word(reader, "<![CDATA["))
		return read_cdata(reader);
	if (skip_word(reader, "</"))
		return read_end(reader);
	if (skip_word(reader, "<!"))
		return false;

	return skip_word(reader, "<") && read_start(reader);
}

/* Up to the next markup. */
static bool
read_text(Reader *reader)
{
	while (reader->p < reader->end && *reader->p != '<')
	{
		if (*reader->p == '&')
		{
			if (!read_reference(reader))
				return false;
		}
		else
		{
			if (*reader->p == '\0')
				return false;
			append_char(reader, *reader->p++);
		}
	}

	return !reader->text.failed;
}

/* A line end is LF, however it is written (XML 1.0, section 2.11). */
static void
append_char(Reader *reader, char c)
{
	if (!reader->is_leaf)
		return;
	if (c == '\r')
	{
		if (reader->p < reader->end && *reader->p == '\n')
			return;
		c = '\n';
	}
	DzBufferAppendChar(&reader->text, c);
}

static bool
read_cdata(Reader *reader)
{
	while (!skip_word(reader, "]]>"))
	{
		if (reader->p >= reader->end || *reader->p == '\0')
			return false;
		append_char(reader, *reader->p++);
	}

	return !reader->text.failed;
}

static bool
read_start(Reader *reader)
{
	const char *name = reader->p;
	size_t len = name_length(reader);
	bool is_empty = false;

	reader->p += len;
	if (len == 0 || !read_attributes(reader, &is_empty) ||
		!open_element(reader, name, len))
		return false;

	return !is_empty || close_element(reader);
}

/* Up to and with the end of the tag. */
static bool
read_attributes(Reader *reader, bool *is_empty)
{
	for (;;)
	{
		bool has_space = skip_space(reader);

		*is_empty = skip_word(reader, "/>");
		if (*is_empty || skip_word(reader, ">"))
			return true;
		if (!has_space || !read_attribute(reader))
			return false;
	}
}

static bool
read_attribute(Reader *reader)
{
	size_t len = name_length(reader);
	const char *close;
	char quote;

	reader->p += len;
	(void) skip_space(reader);
	if (len == 0 || !skip_word(reader, "="))
		return false;
	(void) skip_space(reader);
	if (reader->p >= reader->end)
		return false;
	quote = *reader->p++;
	if (quote != '"' && quote != '\'')
		return false;
	close = memchr(reader->p, quote, (size_t) (reader->end - reader->p));
	if (close == NULL ||
		memchr(reader->p, '<', (size_t) (close - reader->p)) != NULL)
		return false;
	reader->p = close + 1;

	return true;
}

static bool
read_end(Reader *reader)
{
	const char *name = reader->p;
	size_t len = name_length(reader);
	int inner = reader->depth - 1;

	reader->p += len;
	(void) skip_space(reader);

	return inner >= 0 && skip_word(reader, ">") &&
		   len == reader->name_lens[inner] &&
		   memcmp(name, reader->names[inner], len) == 0 &&
		   close_element(reader);
}

static bool
open_element(Reader *reader, const char *name, size_t len)
{
	const char *colon = memchr(name, ':', len);
	size_t skipped = colon != NULL ? (size_t) (colon - name) + 1 : 0;
	size_t local_len = len - skipped;

	if (skipped == 1 || !is_local_name(name + skipped, local_len) ||
		reader->depth >= DZ_XML_MAX_DEPTH ||
		reader->path_len + 1 + local_len + 1 > sizeof(reader->path))
		return false;
	reader->starts[reader->depth] = reader->path_len;
	reader->names[reader->depth] = name;
	reader->name_lens[reader->depth] = len;
	if (reader->depth++ > 0)
		reader->path[reader->path_len++] = '/';
	memcpy(reader->path + reader->path_len, name + skipped, local_len);
	reader->path_len += local_len;
	reader->path[reader->path_len] = '\0';
	reader->is_leaf = true;
	DzBufferReset(&reader->text);

	return true;
}

/* A name behind its prefix; of its characters, all but the first are fine. */
static bool
is_local_name(const char *name, size_t len)
{
	return len > 0 && !DzIsDigit(name[0]) && name[0] != '-' &&
		   name[0] != '.' && memchr(name, ':', len) == NULL;
}

static bool
close_element(Reader *reader)
{
	bool is_ok = true;

	if (reader->is_leaf)
		is_ok = DzBufferReserve(&reader->text, 0) &&
				reader->leaf(reader->arg, reader->path, reader->text.data,
							 reader->text.len);
	reader->is_leaf = false;
	reader->path_len = reader->starts[--reader->depth];
	reader->path[reader->path_len] = '\0';

	return is_ok;
}

/* &lt; and its like, &#10; or &#x0A; */
static bool
read_reference(Reader *reader)
{
	static const struct
	{
		const char *name;
		char c;
	} entities[] = {{"&lt;", '<'},
					{"&gt;", '>'},
					{"&amp;", '&'},
					{"&apos;", '\''},
					{"&quot;", '"'}};
	uint32_t code;

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
	{
		if (skip_word(reader, entities[i].name))
		{
			append_char(reader, entities[i].c);
			return true;
		}
	}
	if (!read_number(reader, &code) || !is_char(code))
		return false;
	if (reader->is_leaf)
		append_utf8(&reader->text, code);

	return true;
}

static bool
read_number(Reader *reader, uint32_t *code)
{
	bool is_hex = skip_word(reader, "&#x");
	int ndigits = 0;

	if (!is_hex && !skip_word(reader, "&#"))
		return false;
	*code = 0;
	for (; reader->p < reader->end && *reader->p != ';'; reader->p++)
	{
		int digit = is_hex                  ? DzHexValue(*reader->p)
					: DzIsDigit(*reader->p) ? *reader->p - '0'
											: -1;

		if (digit < 0 || ++ndigits > 8)
			return false;
		*code = *code * (is_hex ? 16 : 10) + (uint32_t) digit;
	}

	return ndigits > 0 && skip_word(reader, ";");
}

/* XML 1.0, section 2.2 */
static bool
is_char(uint32_t code)
{
	return code == 0x9 || code == 0xa || code == 0xd ||
		   (code >= 0x20 && code <= 0xd7ff) ||
		   (code >= 0xe000 && code <= 0xfffd) ||
		   (code >= 0x10000 && code <= 0x10ffff);
}

static void
append_utf8(DzBuffer *out, uint32_t code)
{
	if (code < 0x80)
	{
		DzBufferAppendChar(out, (char) code);
		return;
	}
	if (code < 0x800)
		DzBufferAppendChar(out, (char) (0xc0 | (code >> 6)));
	else
	{
		if (code < 0x10000)
			DzBufferAppendChar(out, (char) (0xe0 | (code >> 12)));
		else
		{
			DzBufferAppendChar(out, (char) (0xf0 | (code >> 18)));
			DzBufferAppendChar(out, (char) (0x80 | ((code >> 12) & 0x3f)));
		}
		DzBufferAppendChar(out, (char) (0x80 | ((code >> 6) & 0x3f)));
	}
	DzBufferAppendChar(out, (char) (0x80 | (code & 0x3f)));
}

/* Behind the next "mark"; there must be one. */
static bool
skip_to(Reader *reader, const char *mark)
{
	while (!skip_word(reader, mark))
	{
		if (reader->p >= reader->end)
			return false;
		reader->p++;
	}

	return true;
}

static bool
skip_word(Reader *reader, const char *word)
{
	size_t len = strlen(word);

	if ((size_t) (reader->end - reader->p) < len ||
		memcmp(reader->p, word, len) != 0)
		return false;
	reader->p += len;

	return true;
}

/* Whether there was some. */
static bool
skip_space(Reader *reader)
{
	const char *before = reader->p;

	while (reader->p < reader->end && is_space(*reader->p))
		reader->p++;

	return reader->p > before;
}

/* What AWS's names consist of, and any byte above ASCII. */
static size_t
name_length(const Reader *reader)
{
	const char *p = reader->p;

	while (p < reader->end &&
		   (DzIsAlnum(*p) || *p == '_' || *p == ':' || *p == '-' ||
			*p == '.' || (unsigned char) *p >= 0x80))
		p++;

	return (size_t) (p - reader->p);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
