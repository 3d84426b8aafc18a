/*-------------------------------------------------------------------------
 *
 * uri_test.c
 *		Percent-encoding, canonical paths and canonical queries.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/uri.h"

#include <stdlib.h>

#include "tap.h"

typedef struct Case
{
	const char *in;
	const char *out;
} Case;

static const Case encode_cases[] = {
	{"", ""},
	{"AZaz09-._~", "AZaz09-._~"},
	{" ", "%20"},
	{"a/b", "a%2Fb"},
	{"100%", "100%25"},
	{"%2F", "%252F"},
	{"a+b=c&d", "a%2Bb%3Dc%26d"},
	{"!*'()", "%21%2A%27%28%29"},
	{"\xc3\xa9\xe1\x88\xb4", "%C3%A9%E1%88%B4"},
	{"\x01\x7f\x80\xff", "%01%7F%80%FF"},
};

static const Case path_cases[] = {
	{"", "/"},
	{"/", "/"},
	{"a", "/a"},
	{"/a", "/a"},
	{"/a/", "/a/"},
	{"//", "/"},
	{"//a//b//", "/a/b/"},
	{"/.", "/"},
	{"/./", "/"},
	{"/./a", "/a"},
	{"/a/.", "/a"},
	{"/a/./", "/a/"},
	{"/..", "/"},
	{"/../..", "/"},
	{"/../a", "/a"},
	{"/a/..", "/"},
	{"/a/../", "/"},
	{"/a/b/..", "/a"},
	{"/a/b/../", "/a/"},
	{"/a/b/../../..", "/"},
	{"/a/b/../c", "/a/c"},
	{"/ab//../c", "/c"},
	{"/...", "/..."},
	{"/.a/..b/c..", "/.a/..b/c.."},

	/* %2E is no dot, and %2F no separator: they are encoded once more */
	{"/%2E%2E/a", "/%252E%252E/a"},
	{"/tags/arn%3Aaws%3A1%2Fx", "/tags/arn%253Aaws%253A1%252Fx"},
	{"/a%20b/@c:d", "/a%2520b/%40c%3Ad"},
	{"/\xe1\x88\xb4 ~", "/%E1%88%B4%20~"},
};

static const Case kept_path_cases[] = {
	{"", "/"},
	{"/", "/"},
	{"//", "//"},
	{"//a//", "//a//"},
	{"/a/../b", "/a/../b"},
	{"/./", "/./"},
	{"/a b%20", "/a%20b%2520"},
};

static const Case query_cases[] = {
	{"", ""},
	{"a", "a="},
	{"a=", "a="},
	{"a=1", "a=1"},
	{"b=1&a=2", "a=2&b=1"},
	{"a=2&a=1", "a=1&a=2"},
	{"a=1&a=1", "a=1&a=1"},
	{"a=b&a=b=", "a=b&a=b%3D"},
	{"=x", "=x"},
	{"&&a=1&&", "a=1"},

	/* bytewise: upper case first, a prefix before what continues it */
	{"b=1&B=2&Ab=3&A=4", "A=4&Ab=3&B=2&b=1"},
	{"p=1&p-3=2&p.x=3&p2=4", "p=1&p-3=2&p.x=3&p2=4"},
	{"p2=4&p.x=3&p-3=2&p=1", "p=1&p-3=2&p.x=3&p2=4"},
	{"z=1&%E1%88%B4=2", "%E1%88%B4=2&z=1"},

	/* decoded and encoded again */
	{"a=%2f%3a", "a=%2F%3A"},
	{"a=%41%7e", "a=A~"},
	{"a=x+y", "a=x%2By"},
	{"a=x%2By%20z", "a=x%2By%20z"},
	{"a=x y", "a=x%20y"},
	{"\xe1\x88\xb4=bar", "%E1%88%B4=bar"},
	{"a=%26%3D&b", "a=%26%3D&b="},

	/* a per cent sign that encodes nothing is itself */
	{"a=%", "a=%25"},
	{"a=%2", "a=%252"},
	{"a=%zz", "a=%25zz"},
	{"a=%%41", "a=%25A"},
};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

static void
test_encode(void)
{
	char all[256];
	char encoded[3 * 256 + 1];
	size_t len;
	int nplain = 0;

	for (size_t i = 0; i < NELEMS(encode_cases); i++)
	{
		const Case *c = &encode_cases[i];

		len = DzUriEncode(encoded, c->in, strlen(c->in));
		tap_text(encoded, c->out, "encode \"%s\"", c->out);
		tap_int((int64_t) len, (int64_t) strlen(c->out), "its length");
	}

	for (int i = 0; i < 256; i++)
		all[i] = (char) i;
	len = DzUriEncode(encoded, all, sizeof(all));
	for (size_t i = 0; i < len; i += encoded[i] == '%' ? 3 : 1)
		nplain += encoded[i] != '%';
	tap_int(nplain, 66, "66 of 256 bytes are unreserved");
	tap_int((int64_t) len, 66 + 3 * 190, "the rest takes three bytes each");
	tap_ok(memcmp(encoded, "%00%01", 6) == 0, "NUL is a byte as any other");
}

static void
test_path(const Case *cases, size_t ncases, bool keep_path)
{
	for (size_t i = 0; i < ncases; i++)
	{
		DzBuffer out = {0};

		DzBufferAppendText(&out, "GET\n");
		DzUriCanonicalPath(&out, cases[i].in, keep_path);
		tap_text(out.data + 4, cases[i].out, "path %s%s", cases[i].in,
				 keep_path ? ", kept" : "");
		DzBufferFree(&out);
	}
}

static void
test_query(void)
{
	DzUriQuery scratch = {0};

	for (size_t i = 0; i < NELEMS(query_cases); i++)
	{
		DzBuffer out = {0};

		DzBufferAppendText(&out, "/\n");
		DzUriCanonicalQuery(&out, query_cases[i].in, &scratch);
		tap_text(out.data + 2, query_cases[i].out, "query %s",
				 query_cases[i].in);
		DzBufferFree(&out);
	}
	DzUriQueryFree(&scratch);
}

/* More parameters and bytes than the scratch memory begins with. */
static void
test_long_query(void)
{
	DzUriQuery scratch = {0};
	DzBuffer query = {0};
	DzBuffer expected = {0};
	DzBuffer out = {0};

	for (int i = 0; i < 1000; i++)
	{
		char piece[64];

		(void) snprintf(piece, sizeof(piece), "%stagKeys=k%%2F%03d",
						i > 0 ? "&" : "", 999 - i);
		DzBufferAppendText(&query, piece);
		(void) snprintf(piece, sizeof(piece), "%stagKeys=k%%2F%03d",
						i > 0 ? "&" : "", i);
		DzBufferAppendText(&expected, piece);
	}
	DzUriCanonicalQuery(&out, query.data, &scratch);
	tap_ok(out.len == expected.len &&
			   memcmp(out.data, expected.data, out.len) == 0,
		   "1,000 repetitions of a name are sorted by value");
	tap_ok(!out.failed, "and nothing failed");

	DzBufferFree(&query);
	DzBufferFree(&expected);
	DzBufferFree(&out);
	DzUriQueryFree(&scratch);
}

int
main(void)
{
	test_encode();
	test_path(path_cases, NELEMS(path_cases), false);
	test_path(kept_path_cases, NELEMS(kept_path_cases), true);
	test_query();
	test_long_query();

	return tap_done();
}
