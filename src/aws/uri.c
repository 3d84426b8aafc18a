/*-------------------------------------------------------------------------
 *
 * uri.c
 *		Percent-encoding, and the canonical path and query of Signature V4.
 *
 * A label is encoded once on the wire.  For every service but S3 the path is
 * encoded a second time before it is signed, so that %2F in a label signs as
 * %252F.  A query is decoded first and thus stays encoded once, whatever its
 * writer left unencoded; a raw '+' is a plus and not a space.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/uri.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "aws/ascii.h"

/* One parameter: offsets into the text, which moves while it grows. */
struct DzUriPair
{
	const char *text; /* set once the text is complete, for comparing */
	size_t name;
	size_t name_len;
	size_t value;
	size_t value_len;
};

static const char hex_upper[] = "0123456789ABCDEF";

static bool is_unreserved(char c);
static size_t decode(char *dst, const char *src, size_t len);
static void append_encoded(DzBuffer *out, const char *src, size_t len);
static bool is_dropped(const char *segment, size_t len);
static void drop_segment(DzBuffer *out, size_t start);
static bool add_pair(DzUriQuery *scratch, const char *piece, size_t len);
static DzUriPair *new_pair(DzUriQuery *scratch);
static bool append_reencoded(DzBuffer *text, const char *src, size_t len);
static int compare_pairs(const void *a, const void *b);
static int compare_bytes(const char *a, size_t a_len, const char *b,
						 size_t b_len);

static bool
is_unreserved(char c)
{
	return DzIsAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

size_t
DzUriEncode(char *dst, const char *src, size_t len)
{
	char *p = dst;

	for (size_t i = 0; i < len; i++)
	{
		unsigned char c = (unsigned char) src[i];

		if (is_unreserved(src[i]))
			*p++ = src[i];
		else
		{
			*p++ = '%';
			*p++ = hex_upper[c >> 4];
			*p++ = hex_upper[c & 0x0f];
		}
	}
	*p = '\0';

	return (size_t) (p - dst);
}

/* Undo percent-encoding; a '%' that begins no %XX stands for itself. */
static size_t
decode(char *dst, const char *src, size_t len)
{
	char *p = dst;

	for (size_t i = 0; i < len; i++)
	{
		int high = -1;
		int low = -1;

		if (src[i] == '%' && len - i > 2)
		{
			high = DzHexValue(src[i + 1]);
			low = DzHexValue(src[i + 2]);
		}
		if (high >= 0 && low >= 0)
		{
			*p++ = (char) (high * 16 + low);
			i += 2;
		}
		else
			*p++ = src[i];
	}

	return (size_t) (p - dst);
}

static void
append_encoded(DzBuffer *out, const char *src, size_t len)
{
	if (len > SIZE_MAX / 4)
		out->failed = true;
	if (!DzBufferReserve(out, 3 * len))
		return;
	out->len += DzUriEncode(out->data + out->len, src, len);
}

void
DzUriCanonicalPath(DzBuffer *out, const char *path, bool keep_path)
{
	const char *p = *path == '/' ? path + 1 : path;
	size_t start;

	DzBufferAppendChar(out, '/');
	start = out->len;

	/* what is in "out" ends with '/' at the beginning of each round */
	while (*p != '\0')
	{
		size_t len = strcspn(p, "/");
		bool has_slash = p[len] == '/';

		if (keep_path || !is_dropped(p, len))
		{
			append_encoded(out, p, len);
			if (has_slash || !keep_path)
				DzBufferAppendChar(out, '/');
		}
		else if (len == 2)
			drop_segment(out, start);
		p += len + (has_slash ? 1 : 0);
	}

	/* a final '/' is there only if the path had one */
	if (!keep_path && !out->failed && out->len > start && p[-1] != '/')
		out->data[--out->len] = '\0';
}

/* Whether normalising takes this segment away: "", "." and "..". */
static bool
is_dropped(const char *segment, size_t len)
{
	return len == 0 || (len == 1 && segment[0] == '.') ||
		   (len == 2 && segment[0] == '.' && segment[1] == '.');
}

/* Remove the last segment, unless there is none after "start". */
static void
drop_segment(DzBuffer *out, size_t start)
{
	if (out->failed || out->len == start)
		return;
	do
		out->len--;
	while (out->len > start && out->data[out->len - 1] != '/');
	out->data[out->len] = '\0';
}

void
DzUriCanonicalQuery(DzBuffer *out, const char *query, DzUriQuery *scratch)
{
	const char *p = query;

	scratch->npairs = 0;
	DzBufferReset(&scratch->text);

	while (*p != '\0')
	{
		size_t len = strcspn(p, "&");

		if (len > 0 && !add_pair(scratch, p, len))
		{
			out->failed = true;
			return;
		}
		p += len + (p[len] == '\0' ? 0 : 1);
	}

	for (size_t i = 0; i < scratch->npairs; i++)
		scratch->pairs[i].text = scratch->text.data;
	if (scratch->npairs > 1)
		qsort(scratch->pairs, scratch->npairs, sizeof(DzUriPair),
			  compare_pairs);

	for (size_t i = 0; i < scratch->npairs; i++)
	{
		const DzUriPair *pair = &scratch->pairs[i];

		if (i > 0)
			DzBufferAppendChar(out, '&');
		DzBufferAppend(out, pair->text + pair->name, pair->name_len);
		DzBufferAppendChar(out, '=');
		DzBufferAppend(out, pair->text + pair->value, pair->value_len);
	}
}

void
DzUriQueryFree(DzUriQuery *scratch)
{
	DzBufferFree(&scratch->text);
	free(scratch->pairs);
	*scratch = (DzUriQuery){0};
}

/* Add the parameter "name=value" or "name", which is the same as "name=". */
static bool
add_pair(DzUriQuery *scratch, const char *piece, size_t len)
{
	const char *equals = memchr(piece, '=', len);
	size_t name_len = equals != NULL ? (size_t) (equals - piece) : len;
	size_t value_at = equals != NULL ? name_len + 1 : len;
	DzBuffer *text = &scratch->text;
	DzUriPair *pair = new_pair(scratch);

	if (pair == NULL)
		return false;

	pair->name = text->len;
	if (!append_reencoded(text, piece, name_len))
		return false;
	pair->name_len = text->len - pair->name;

	pair->value = text->len;
	if (!append_reencoded(text, piece + value_at, len - value_at))
		return false;
	pair->value_len = text->len - pair->value;

	return true;
}

/* Room for one more parameter, or NULL. */
static DzUriPair *
new_pair(DzUriQuery *scratch)
{
	if (scratch->npairs == scratch->maxpairs)
	{
		size_t maxpairs = scratch->maxpairs > 0 ? scratch->maxpairs * 2 : 16;
		DzUriPair *pairs;

		if (maxpairs > SIZE_MAX / sizeof(DzUriPair))
			return NULL;
		pairs = realloc(scratch->pairs, maxpairs * sizeof(DzUriPair));
		if (pairs == NULL)
			return NULL;
		scratch->pairs = pairs;
		scratch->maxpairs = maxpairs;
	}

	return &scratch->pairs[scratch->npairs++];
}

/*
 * Decode and encode again.  The decoded bytes are put at the far end of the
 * room that is reserved, behind whatever their encoding can need.
 */
static bool
append_reencoded(DzBuffer *text, const char *src, size_t len)
{
	char *decoded;

	if (len > SIZE_MAX / 8)
		text->failed = true;
	if (!DzBufferReserve(text, 4 * len))
		return false;
	decoded = text->data + text->len + 3 * len + 1;
	len = decode(decoded, src, len);
	text->len += DzUriEncode(text->data + text->len, decoded, len);

	return true;
}

/* By encoded name, then by encoded value: not by "name=value" as a whole. */
static int
compare_pairs(const void *a, const void *b)
{
	const DzUriPair *x = a;
	const DzUriPair *y = b;
	int order = compare_bytes(x->text + x->name, x->name_len,
							  y->text + y->name, y->name_len);

	if (order != 0)
		return order;
	return compare_bytes(x->text + x->value, x->value_len, y->text + y->value,
						 y->value_len);
}

static int
compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	if (order != 0)
		return order;
	return (a_len > b_len) - (a_len < b_len);
}
