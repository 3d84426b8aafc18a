/*-------------------------------------------------------------------------
 *
 * xml_test.c
 *		The small reader of XML.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/xml.h"

#include "shared.h"
#include "tap.h"

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

/* The leaves as "path=text;"; NULL: not well-formed. */
static const struct
{
	const char *xml;
	const char *leaves;
} cases[] = {
	{"<a/>", "a=;"},
	{"<a></a>", "a=;"},
	{"<a>x</a>", "a=x;"},
	{"<a><b>1</b><c/>\n<b>2</b></a>", "a/b=1;a/c=;a/b=2;"},
	{"<a>text<b>1</b>more</a>", "a/b=1;"},
	{"<a><b><c>1</c></b></a>", "a/b/c=1;"},
	{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a> x </a>\n", "a= x ;"},
	{"\xef\xbb\xbf<a>x</a>", "a=x;"},
	{"<!-- <b> --><a><!-- > -->x<!----></a><!-- -->", "a=x;"},
	{"<a><?pi <b>?>x</a><?pi?>", "a=x;"},
	{"<a b=\"1\" c = '>\"' d:e=\"/>\" >x</a >", "a=x;"},
	{"<a b='1'/>", "a=;"},
	{"<n:a xmlns:n=\"u\"><n:b>1</n:b><m:c/></n:a>", "a/b=1;a/c=;"},
	{"<a>&lt;&gt;&amp;&apos;&quot;</a>", "a=<>&'\";"},
	{"<a>&amp;lt;</a>", "a=&lt;;"},
	{"<a>&#65;&#x42;&#x0043;</a>", "a=ABC;"},
	{"<a>&#xe9;&#x20ac;&#x1F600;</a>",
	 "a=\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80;"},
	{"<a>\xc3\xa9</a>", "a=\xc3\xa9;"},
	{"<\xc3\xa9>x</\xc3\xa9>", "\xc3\xa9=x;"},
	{"<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "a=<b>&amp;]]>;"},
	{"<a>1\r\n2\r3\n</a>", "a=1\n2\n3\n;"},
	{"<a>&#13;</a>", "a=\r;"},
	{"<a><b>x</b>&lt;</a>", "a/b=x;"},

	{"", NULL},
	{" ", NULL},
	{"x", NULL},
	{"x<a/>", NULL},
	{"<a/>x", NULL},
	{"<a/><b/>", NULL},
	{"<a>", NULL},
	{"<a>x", NULL},
	{"<a", NULL},
	{"<a ", NULL},
	{"<a/", NULL},
	{"<", NULL},
	{"<>", NULL},
	{"< a/>", NULL},
	{"</a>", NULL},
	{"<a></b>", NULL},
	{"<a></A>", NULL},
	{"<a></ab>", NULL},
	{"<ab></a>", NULL},
	{"<n:a></a>", NULL},
	{"<a><b></a></b>", NULL},
	{"<n:/>", NULL},
	{"<:a/>", NULL},
	{"<a:b:c/>", NULL},
	{"<1/>", NULL},
	{"<-a/>", NULL},
	{"<n:.a/>", NULL},
	{"<a b></a>", NULL},
	{"<a b=></a>", NULL},
	{"<a b=1></a>", NULL},
	{"<a b=\"1></a>", NULL},
	{"<a b=\"1'></a>", NULL},
	{"<a b=\"<\"></a>", NULL},
	{"<a b=\"1\"c=\"2\"></a>", NULL},
	{"<a b=\"1\" =\"2\"></a>", NULL},
	{"<a>&</a>", NULL},
	{"<a>&amp</a>", NULL},
	{"<a>&nbsp;</a>", NULL},
	{"<a>&#;</a>", NULL},
	{"<a>&#x;</a>", NULL},
	{"<a>&#xg;</a>", NULL},
	{"<a>&#0;</a>", NULL},
	{"<a>&#x1;</a>", NULL},
	{"<a>&#xd800;</a>", NULL},
	{"<a>&#xfffe;</a>", NULL},
	{"<a>&#x110000;</a>", NULL},
	{"<a>&#4294967361;</a>", NULL},
	{"<a>&#65</a>", NULL},
	{"<a><!-- </a>", NULL},
	{"<a><!--> </a>", NULL},
	{"<a><?x </a>", NULL},
	{"<a><![CDATA[x</a>", NULL},
	{"<![CDATA[x]]><a/>", NULL},
	{"<!DOCTYPE a><a/>", NULL},
	{"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", NULL},
	{"<a><!ELEMENT b></a>", NULL},
};

typedef struct Leaves
{
	char text[4096];
	size_t len;
	int calls;
	int stop_at;
} Leaves;

static bool
collect(void *arg, const char *path, const char *text, size_t len)
{
	Leaves *leaves = arg;

	leaves->len += (size_t) snprintf(leaves->text + leaves->len,
									 sizeof(leaves->text) - leaves->len,
									 "%s=%s;", path, text);
	if (strlen(text) != len)
		tap_ok(false, "the length is that of the text");

	return ++leaves->calls != leaves->stop_at;
}

/* From memory of exactly its size, so that a byte too far is seen. */
static bool
read_exact(const char *xml, size_t len, Leaves *leaves)
{
	char *copy = tap_alloc(len);
	bool is_ok;

	memcpy(copy, xml, len);
	is_ok = DzXmlRead(copy, len, collect, leaves) == DZ_XML_DONE;
	free(copy);

	return is_ok;
}

static void
test_cases(void)
{
	for (size_t i = 0; i < NELEMS(cases); i++)
	{
		Leaves leaves = {0};
		const char *xml = cases[i].xml;
		bool is_ok = read_exact(xml, strlen(xml), &leaves);
		int cut_read = 0;

		tap_text(is_ok ? leaves.text : NULL, cases[i].leaves, "document %d",
				 (int) i);

		/* no part of a document is one, unless only what follows it lacks */
		for (size_t len = 0; is_ok && len < strlen(xml); len++)
		{
			Leaves part = {0};

			if (read_exact(xml, len, &part))
				cut_read += strcmp(part.text, leaves.text) != 0;
		}
		if (is_ok)
			tap_int(cut_read, 0, "document %d, cut", (int) i);
	}
}

static void
test_limits(void)
{
	char xml[DZ_XML_MAX_PATH * 2 + 32];
	char deeper[sizeof(xml) + 8];
	Leaves leaves = {0};
	char *p = xml;

	for (int i = 0; i < DZ_XML_MAX_DEPTH; i++)
		p += sprintf(p, "<a>");
	for (int i = 0; i < DZ_XML_MAX_DEPTH; i++)
		p += sprintf(p, "</a>");
	tap_ok(read_exact(xml, strlen(xml), &leaves), "as deep as can be");
	(void) snprintf(deeper, sizeof(deeper), "<a>%s</a>", xml);
	tap_ok(!read_exact(deeper, strlen(deeper), &leaves),
		   "one deeper is refused");

	memset(xml, 'a', sizeof(xml));
	xml[0] = '<';
	memcpy(xml + DZ_XML_MAX_PATH - 1, "/>", 3);
	leaves = (Leaves){0};
	tap_ok(read_exact(xml, strlen(xml), &leaves), "as long as can be");
	tap_int((int64_t) leaves.len, DZ_XML_MAX_PATH, "a name and \"=;\"");
	memcpy(xml + DZ_XML_MAX_PATH - 1, "a/>", 4);
	tap_ok(!read_exact(xml, strlen(xml), &leaves), "one longer is refused");

	leaves = (Leaves){.stop_at = 2};
	strcpy(xml, "<a><b/><c/><d/></a>");
	tap_ok(!read_exact(xml, strlen(xml), &leaves), "the caller stops it");
	tap_text(leaves.text, "a/b=;a/c=;", "and hears no more");
	tap_ok(!read_exact("<a>\0</a>", 8, &leaves), "a NUL is refused");
	tap_ok(!read_exact("<a><![CDATA[\0]]></a>", 20, &leaves),
		   "and in CDATA, too");
}

/* ---- the SDKs' cases: texts of plain members ---- */

static int
count_text_members(const json_t *result, const char *leaves)
{
	const char *name;
	json_t *value;
	int missing = 0;

	json_object_foreach((json_t *) result, name, value)
	{
		char leaf[256];

		if (!json_is_string(value) || json_string_length(value) == 0)
			continue;
		(void) snprintf(leaf, sizeof(leaf), "=%s;", json_string_value(value));
		missing += strstr(leaves, leaf) == NULL;
	}

	return missing;
}

static void
test_shared(void)
{
	static const char name[] = "sts-query-protocol/output/query.json";
	json_t *json;
	const json_t *suite;
	const json_t *c;
	size_t i;
	size_t j;
	int bodies = 0;
	int empty = 0;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	json = shared_json(name);
	json_array_foreach(json, i, suite)
	{
		json_array_foreach(json_object_get(suite, "cases"), j, c)
		{
			const char *id = json_string_value(json_object_get(c, "id"));
			const char *body = json_string_value(
				json_object_get(json_object_get(c, "response"), "body"));
			Leaves leaves = {0};

			if (body == NULL)
			{
				empty++;
				tap_skip(id, "its answer has no body");
				continue;
			}
			bodies++;
			tap_ok(read_exact(body, strlen(body), &leaves) &&
					   (strstr(id, "Blob") != NULL ||
						count_text_members(json_object_get(c, "result"),
										   leaves.text) == 0),
				   "shared: %s", id);
		}
	}
	tap_int(bodies + empty, 38, "38 shared answers, %d of them with a body",
			bodies);
	json_decref(json);
}

int
main(void)
{
	test_cases();
	test_limits();
	test_shared();

	return tap_done();
}
