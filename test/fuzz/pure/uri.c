/*-------------------------------------------------------------------------
 *
 * uri.c
 *		Fuzz: percent-encoding, and canonical paths and queries.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/uri.h"

#include "fuzz.h"

/* a segment of a path, as it was written */
typedef struct Segment
{
	const char *text;
	size_t len;
} Segment;

static char *encode(const char *text, size_t len);
static void check_encode(const char *text, size_t len);
static void check_path(const char *path);
static char *expected_path(const char *path);
static char *expected_kept_path(const char *path);
static void check_query(const char *query);
static size_t check_order(const char *canonical);
static int compare_parts(const char *a, size_t a_len, const char *b,
						 size_t b_len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *path;
	char *query;

	check_encode((const char *) data, size);
	path = fuzz_text(&data, &size);
	query = fuzz_text(&data, &size);
	check_path(path);
	check_query(query);
	free(path);
	free(query);
	return 0;
}

static char *
encode(const char *text, size_t len)
{
	char *dst = fuzz_alloc(3 * len + 1);
	size_t written = DzUriEncode(dst, text, len);

	REQUIRE(written <= 3 * len && dst[written] == '\0');
	REQUIRE(strspn(dst, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%"
						"abcdefghijklmnopqrstuvwxyz") == written);
	return dst;
}

/* Decoding gives the bytes back. */
static void
check_encode(const char *text, size_t len)
{
	char *dst = encode(text, len);
	const char *p = dst;

	for (size_t i = 0; i < len; i++)
	{
		unsigned int byte = (unsigned char) *p++;

		if (byte == '%')
		{
			char hex[3] = {p[0], p[1], '\0'};

			byte = (unsigned int) strtoul(hex, NULL, 16);
			p += 2;
		}
		REQUIRE(byte == (unsigned char) text[i]);
	}
	REQUIRE(*p == '\0');
	free(dst);
}

static void
check_path(const char *path)
{
	DzBuffer out = {0};
	char *wanted = expected_path(path);

	DzUriCanonicalPath(&out, path, false);
	REQUIRE(!out.failed && strcmp(out.data, wanted) == 0);
	free(wanted);

	DzBufferReset(&out);
	wanted = expected_kept_path(path);
	DzUriCanonicalPath(&out, path, true);
	REQUIRE(!out.failed && strcmp(out.data, wanted) == 0);
	free(wanted);
	DzBufferFree(&out);
}

/* All segments as a stack first, then written: slower, but plain to see. */
static char *
expected_path(const char *path)
{
	size_t len = strlen(path);
	Segment *stack = fuzz_alloc((len + 1) * sizeof(Segment));
	char *result = fuzz_alloc(3 * len + 3);
	char *p = result;
	size_t depth = 0;

	for (const char *s = path; *s != '\0'; s += *s == '/' ? 1 : 0)
	{
		Segment segment = {s, strcspn(s, "/")};

		s += segment.len;
		if (segment.len == 2 && memcmp(segment.text, "..", 2) == 0)
			depth -= depth > 0 ? 1 : 0;
		else if (segment.len > 1 ||
				 (segment.len == 1 && segment.text[0] != '.'))
			stack[depth++] = segment;
	}
	for (size_t i = 0; i < depth; i++)
	{
		*p++ = '/';
		p += DzUriEncode(p, stack[i].text, stack[i].len);
	}
	if (depth == 0 || path[len - 1] == '/')
		*p++ = '/';
	*p = '\0';
	free(stack);
	return result;
}

/* All bytes encoded but for the slashes. */
static char *
expected_kept_path(const char *path)
{
	size_t len = strlen(path);
	char *result = fuzz_alloc(3 * len + 2);
	char *p = result;

	if (path[0] != '/')
		*p++ = '/';
	*p = '\0';
	for (size_t i = 0; i < len; i++)
	{
		if (path[i] == '/')
			*p++ = '/';
		else
			p += DzUriEncode(p, path + i, 1);
	}
	*p = '\0';
	return result;
}

/* The canonical form is sorted, complete, and its own canonical form. */
static void
check_query(const char *query)
{
	DzUriQuery scratch = {0};
	DzBuffer once = {0};
	DzBuffer twice = {0};
	size_t count = 0;

	for (const char *p = query; *p != '\0'; p += *p == '&' ? 1 : 0)
	{
		size_t len = strcspn(p, "&");

		count += len > 0 ? 1 : 0;
		p += len;
	}
	DzUriCanonicalQuery(&once, query, &scratch);
	REQUIRE(!once.failed);
	REQUIRE((once.len > 0 ? check_order(once.data) : 0) == count);
	DzUriCanonicalQuery(&twice, once.len > 0 ? once.data : "", &scratch);
	REQUIRE(!twice.failed && twice.len == once.len);
	REQUIRE(once.len == 0 || memcmp(once.data, twice.data, once.len) == 0);

	DzBufferFree(&once);
	DzBufferFree(&twice);
	DzUriQueryFree(&scratch);
}

/* By name, then by value; returns how many parameters there are. */
static size_t
check_order(const char *canonical)
{
	const char *last = NULL;
	size_t count = 0;

	for (const char *p = canonical;; p++)
	{
		size_t name = strcspn(p, "=&");
		size_t value;

		REQUIRE(p[name] == '=');
		value = strcspn(p + name + 1, "=&");
		if (last != NULL)
		{
			size_t last_name = strcspn(last, "=");
			const char *last_value = last + last_name + 1;
			int order = compare_parts(last, last_name, p, name);

			REQUIRE(order < 0 ||
					(order == 0 &&
					 compare_parts(last_value, strcspn(last_value, "&"),
								   p + name + 1, value) <= 0));
		}
		last = p;
		count++;
		p += name + 1 + value;
		if (*p == '\0')
			return count;
		REQUIRE(*p == '&');
	}
}

static int
compare_parts(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}
