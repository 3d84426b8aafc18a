/*-------------------------------------------------------------------------
 *
 * endpoint_test.c
 *		Endpoints by rule and custom ones, Regions, loopback.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/endpoint.h"

#include <ctype.h>
#include <stdlib.h>

#include "shared.h"
#include "tap.h"

#define NO_REGION "The endpoint follows from the Region, and none is given."
#define BAD_REGION \
	"A Region consists of 1 to 63 letters, digits and hyphens, neither " \
	"begins nor ends with a hyphen, and is not a number."
#define FIPS_AND_CUSTOM "A custom endpoint cannot be combined with FIPS."
#define NO_SERVICE "There is no endpoint rule for the service."
#define NO_SCHEME "An endpoint is a URL that begins with https:// or http://."
#define NOT_LOOPBACK "Plain http is allowed for loopback addresses only."
#define HAS_USER "An endpoint must not hold a user name or password."
#define BAD_HOST "The endpoint's host is neither a host name nor an address."
#define BAD_PORT "The endpoint's port is not a number between 1 and 65535."
#define HAS_QUERY "An endpoint must not hold a query or a fragment."
#define LONG_PATH "The endpoint's path is too long."
#define BAD_PATH \
	"The endpoint's path holds characters that a URL must not hold " \
	"unencoded."
#define DOT_PATH \
	"The endpoint's path must not hold the segments \".\" and \"..\"."

static const struct
{
	const char *service;
	const char *region;
	bool use_fips;
	const char *host;
} rules[] = {
	{"datazone", "us-east-1", false, "datazone.us-east-1.api.aws"},
	{"datazone", "us-east-1", true, "datazone-fips.us-east-1.api.aws"},
	{"datazone", "eu-west-1", false, "datazone.eu-west-1.api.aws"},
	{"datazone", "ap-southeast-4", false, "datazone.ap-southeast-4.api.aws"},
	{"datazone", "EU-West-1", false, "datazone.eu-west-1.api.aws"},
	{"datazone", "cn-north-1", false,
	 "datazone.cn-north-1.api.amazonwebservices.com.cn"},
	{"datazone", "cn-northwest-1", true,
	 "datazone-fips.cn-northwest-1.api.amazonwebservices.com.cn"},
	{"datazone", "us-gov-west-1", false, "datazone.us-gov-west-1.api.aws"},
	{"datazone", "us-gov-west-1", true, "datazone-fips.us-gov-west-1.api.aws"},
	{"datazone", "eusc-de-east-1", false,
	 "datazone.eusc-de-east-1.api.amazonwebservices.eu"},
	{"datazone", "us-iso-east-1", false,
	 "datazone.us-iso-east-1.api.aws.ic.gov"},
	{"datazone", "us-isob-east-1", false,
	 "datazone.us-isob-east-1.api.aws.scloud"},
	{"datazone", "eu-isoe-west-1", false,
	 "datazone.eu-isoe-west-1.api.cloud-aws.adc-e.uk"},
	{"datazone", "us-isof-south-1", true,
	 "datazone-fips.us-isof-south-1.api.aws.hci.ic.gov"},

	/* what no partition's pattern matches belongs to the first */
	{"datazone", "mars-north-1", false, "datazone.mars-north-1.api.aws"},
	{"datazone", "cn-north", false, "datazone.cn-north.api.aws"},
	{"datazone", "cn-north-x", false, "datazone.cn-north-x.api.aws"},
	{"datazone", "cn-north-1-a", false, "datazone.cn-north-1-a.api.aws"},
	{"datazone", "cnx-north-1", false, "datazone.cnx-north-1.api.aws"},
	{"datazone", "cn", false, "datazone.cn.api.aws"},
	{"datazone", "x", false, "datazone.x.api.aws"},
	{"datazone", "aws-cn-global", false,
	 "datazone.aws-cn-global.api.amazonwebservices.com.cn"},
	{"datazone", "aws-global", false, "datazone.aws-global.api.aws"},

	/* a service without the dual-stack suffix */
	{"sts", "eu-west-1", false, "sts.eu-west-1.amazonaws.com"},
	{"sts", "us-east-2", true, "sts-fips.us-east-2.amazonaws.com"},
	{"sts", "cn-north-1", false, "sts.cn-north-1.amazonaws.com.cn"},
	{"sts", "us-gov-east-1", true, "sts.us-gov-east-1.amazonaws.com"},
	{"sts", "us-iso-east-1", false, "sts.us-iso-east-1.c2s.ic.gov"},
};

static const struct
{
	const char *url;
	const char *host;
	int port;
	const char *path;
	const char *host_header;
	const char *canonical;
} customs[] = {
	{"https://example.com", "example.com", 443, "", "example.com",
	 "https://example.com"},
	{"HTTPS://Example.COM/", "example.com", 443, "", "example.com",
	 "https://example.com"},
	{"https://example.com:443", "example.com", 443, "", "example.com",
	 "https://example.com"},
	{"https://example.com:00443", "example.com", 443, "", "example.com",
	 "https://example.com"},
	{"https://example.com:80", "example.com", 80, "", "example.com:80",
	 "https://example.com:80"},
	{"https://example.com:8443/Base/x///", "example.com", 8443, "/Base/x",
	 "example.com:8443", "https://example.com:8443/Base/x"},
	{"https://a-b.c_d.example/%7Ev1/a:b@c", "a-b.c_d.example", 443,
	 "/%7Ev1/a:b@c", "a-b.c_d.example", "https://a-b.c_d.example/%7Ev1/a:b@c"},
	{"https://10.0.0.1", "10.0.0.1", 443, "", "10.0.0.1", "https://10.0.0.1"},
	{"https://[2001:DB8:0::1]:8443", "[2001:db8::1]", 8443, "",
	 "[2001:db8::1]:8443", "https://[2001:db8::1]:8443"},
	{"https://example.com/...", "example.com", 443, "/...", "example.com",
	 "https://example.com/..."},
	{"https://3com.example.x1", "3com.example.x1", 443, "", "3com.example.x1",
	 "https://3com.example.x1"},
	{"http://localhost", "localhost", 80, "", "localhost", "http://localhost"},
	{"http://LOCALHOST:4566/dz/", "localhost", 4566, "/dz", "localhost:4566",
	 "http://localhost:4566/dz"},
	{"http://127.0.0.1:80", "127.0.0.1", 80, "", "127.0.0.1",
	 "http://127.0.0.1"},
	{"http://127.0.0.1:443", "127.0.0.1", 443, "", "127.0.0.1:443",
	 "http://127.0.0.1:443"},
	{"http://127.255.1.2:65535", "127.255.1.2", 65535, "", "127.255.1.2:65535",
	 "http://127.255.1.2:65535"},
	{"http://[::1]:8080", "[::1]", 8080, "", "[::1]:8080",
	 "http://[::1]:8080"},
	{"http://[0:0::0:1]", "[::1]", 80, "", "[::1]", "http://[::1]"},
};

static const struct
{
	const char *url;
	const char *error;
} refused[] = {
	{"example.com", NO_SCHEME},
	{"ftp://example.com", NO_SCHEME},
	{"https", NO_SCHEME},
	{"https:", NO_SCHEME},
	{"https:/example.com", NO_SCHEME},
	{"httpss://example.com", NO_SCHEME},
	{" https://example.com", NO_SCHEME},
	{"://example.com", NO_SCHEME},

	{"http://example.com", NOT_LOOPBACK},
	{"http://10.0.0.1", NOT_LOOPBACK},
	{"http://128.0.0.1", NOT_LOOPBACK},
	{"http://127.0.0.1.example.com", NOT_LOOPBACK},
	{"http://localhost.example.com", NOT_LOOPBACK},
	{"http://[::2]", NOT_LOOPBACK},
	{"http://[::]", NOT_LOOPBACK},
	{"http://169.254.169.254", NOT_LOOPBACK},

	{"https://user@example.com", HAS_USER},
	{"https://user:secret@example.com", HAS_USER},
	{"http://127.0.0.1@example.com", HAS_USER},
	{"http://127.0.0.1:80@example.com/", HAS_USER},

	{"https://", BAD_HOST},
	{"https:///x", BAD_HOST},
	{"https://:443", BAD_HOST},
	{"https://.example.com", BAD_HOST},
	{"https://example..com", BAD_HOST},
	{"https://example.com.", BAD_HOST},
	{"https://exa mple.com", BAD_HOST},
	{"https://exa%6dple.com", BAD_HOST},
	{"https://ex\xc3\xa4mple.com", BAD_HOST},
	{"https://example.com\\x", BAD_HOST},
	{"https://example.com\r\nx", BAD_HOST},
	{"https://example.com\t", BAD_HOST},

	/* what address parsers read as another address than it looks like */
	{"https://127.1", BAD_HOST},
	{"https://2130706433", BAD_HOST},
	{"https://0x7f.0.0.0x1", BAD_HOST},
	{"https://0x7F000001", BAD_HOST},
	{"https://0177.0.0.1", BAD_HOST},
	{"https://1.2.3.4.5", BAD_HOST},
	{"https://256.0.0.1", BAD_HOST},

	{"https://[::1", BAD_HOST},
	{"https://[]", BAD_HOST},
	{"https://[", BAD_HOST},
	{"https://[1.2.3.4]", BAD_HOST},
	{"https://[fe80::1%25eth0]", BAD_HOST},
	{"https://[::1::]", BAD_HOST},
	{"https://::1", BAD_HOST},

	{"https://example.com:", BAD_PORT},
	{"https://example.com:0", BAD_PORT},
	{"https://example.com:65536", BAD_PORT},
	{"https://example.com:000443", BAD_PORT},
	{"https://example.com:-1", BAD_PORT},
	{"https://example.com:80a", BAD_PORT},
	{"https://example.com:80:80", BAD_PORT},
	{"https://[::1]443", BAD_PORT},
	{"https://[::1]:x", BAD_PORT},

	{"https://example.com?", HAS_QUERY},
	{"https://example.com/?x=1", HAS_QUERY},
	{"https://example.com#", HAS_QUERY},
	{"https://example.com/x#y", HAS_QUERY},

	{"https://example.com/a b", BAD_PATH},
	{"https://example.com/a%2", BAD_PATH},
	{"https://example.com/a%", BAD_PATH},
	{"https://example.com/a%zz", BAD_PATH},
	{"https://example.com/a\nb", BAD_PATH},
	{"https://example.com/a\x7f", BAD_PATH},
	{"https://example.com/\xc3\xa9", BAD_PATH},
	{"https://example.com/a\\b", BAD_PATH},
	{"https://example.com/{a}", BAD_PATH},

	{"https://example.com/.", DOT_PATH},
	{"https://example.com/a/../b", DOT_PATH},
	{"https://example.com/a/..", DOT_PATH},
	{"https://example.com/%2e%2E/b", DOT_PATH},
	{"https://example.com/a/.%2e", DOT_PATH},
};

static const char *const good_regions[] = {
	"us-east-1",
	"a",
	"1a",
	"A-9",
	"us--east",
	"abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-abcdefghi"};

static const char *const bad_regions[] = {
	"",
	"-us",
	"us-",
	"-",
	"1",
	"0123456789",
	"us east",
	"us_east",
	"us.east",
	"us/east",
	"us@east",
	"us-east-1\n",
	"\xc3\xa9",
	"abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-abcdefghij"};

static const char *const loopbacks[] = {
	"localhost",       "LocalHost", "127.0.0.1",       "127.1.2.3",
	"127.255.255.255", "::1",       "0:0:0:0:0:0:0:1", "[::1]"};

static const char *const not_loopbacks[] = {
	"",
	"localhos",
	"localhost.",
	"localhost.example",
	"xlocalhost",
	"128.0.0.1",
	"126.0.0.1",
	"127.1",
	"127",
	"127.0.0.1.x",
	"127.0.0.1.1",
	"127.0.0.256",
	"127.0.0.01x",
	"[127.0.0.1]",
	"[localhost]",
	"[]",
	"[::1",
	"::1]",
	"::",
	"::2",
	"::127.0.0.1",
	"2001:db8::1",
	"::1 ",
	"example.com",
	"0.0.0.0",
	"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb"};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

static void
test_rules(void)
{
	for (size_t i = 0; i < NELEMS(rules); i++)
	{
		DzEndpoint e;
		const char *error;
		char url[400];

		tap_ok(DzEndpointResolve(rules[i].service, rules[i].region,
								 rules[i].use_fips, NULL, &e, &error),
			   "%s in %s%s resolves", rules[i].service, rules[i].region,
			   rules[i].use_fips ? " with FIPS" : "");
		(void) snprintf(url, sizeof(url), "https://%s", rules[i].host);
		tap_text(e.url, url, "its URL");
		tap_text(e.host, rules[i].host, "its host");
		tap_text(e.host_header, rules[i].host, "its Host header");
		tap_ok(e.port == 443 && e.path[0] == '\0' &&
				   strcmp(e.scheme, "https") == 0,
			   "its scheme, port and path");
	}
}

static void
test_custom(void)
{
	for (size_t i = 0; i < NELEMS(customs); i++)
	{
		DzEndpoint e;
		const char *error = NULL;
		const char *url = customs[i].url;

		tap_ok(
			DzEndpointResolve("datazone", "eu-west-1", false, url, &e, &error),
			"%s is taken", url);
		tap_text(error, NULL, "without an error");
		tap_text(e.host, customs[i].host, "its host");
		tap_int(e.port, customs[i].port, "its port");
		tap_text(e.path, customs[i].path, "its path");
		tap_text(e.host_header, customs[i].host_header, "its Host header");
		tap_text(e.url, customs[i].canonical, "its URL");
		tap_int(e.scheme[4] == 's', tolower((unsigned char) url[4]) == 's',
				"its scheme");
	}
}

static void
test_refusal(const char *region, bool use_fips, const char *url,
			 const char *expected)
{
	DzEndpoint e;
	const char *error = NULL;

	tap_ok(!DzEndpointResolve("datazone", region, use_fips, url, &e, &error),
		   "refuse endpoint %d", tap_tests);
	tap_text(error, expected, "with the right reason");
}

static void
test_refused(void)
{
	DzEndpoint e;
	const char *error = NULL;

	for (size_t i = 0; i < NELEMS(refused); i++)
		test_refusal("eu-west-1", false, refused[i].url, refused[i].error);

	test_refusal(NULL, false, NULL, NO_REGION);
	test_refusal("", false, "", NO_REGION);
	test_refusal("", true, NULL, NO_REGION);
	test_refusal("eu-west-1", true, "https://example.com", FIPS_AND_CUSTOM);
	test_refusal(NULL, true, "http://127.0.0.1", FIPS_AND_CUSTOM);
	test_refusal("evil/", false, NULL, BAD_REGION);
	test_refusal("evil.example", false, "https://example.com", BAD_REGION);

	tap_ok(!DzEndpointResolve("s3", "eu-west-1", false, NULL, &e, &error),
		   "no rule for another service");
	tap_text(error, NO_SERVICE, "with the right reason");
	tap_ok(DzEndpointResolve("datazone", NULL, false, "https://example.com",
							 &e, &error),
		   "a custom endpoint needs no Region");
	tap_ok(DzEndpointResolve("s3", "x-1", false, "https://example.com", &e,
							 &error),
		   "nor a rule");
}

/* The longest parts fill the fields and do not overrun them. */
static void
test_lengths(void)
{
	char url[2000];
	char *p = url + sprintf(url, "https://");
	DzEndpoint e;
	const char *error;

	for (int label = 0; label < 4; label++)
	{
		int len = label < 3 ? 63 : 61;

		memset(p, 'a', (size_t) len);
		p += len;
		*p++ = label < 3 ? '.' : ':';
	}
	p += sprintf(p, "65535/");
	memset(p, 'b', 510);
	p[510] = '\0';

	tap_ok(DzEndpointResolve("datazone", NULL, false, url, &e, &error),
		   "253 characters of host, 511 of path");
	tap_text(e.url, url, "its URL");
	tap_int((int64_t) strlen(e.host), 253, "its host");
	tap_int((int64_t) strlen(e.path), 511, "its path");
	memcpy(p + 510, "b", 2);
	test_refusal(NULL, false, url, LONG_PATH);
	memcpy(p + 510, "/////", 6);
	tap_ok(DzEndpointResolve("datazone", NULL, false, url, &e, &error),
		   "what is cut off does not count");

	/* one more character of host, one more of a label */
	memcpy(p, "b", 2);
	memmove(url + 9, url + 8, strlen(url + 8) + 1);
	test_refusal(NULL, false, url, BAD_HOST);
	url[8 + 64] = '.';
	url[8 + 63] = 'a';
	test_refusal(NULL, false, url, BAD_HOST);
}

static void
test_names(void)
{
	for (size_t i = 0; i < NELEMS(good_regions); i++)
		tap_ok(DzRegionIsValid(good_regions[i]), "Region %s is valid",
			   good_regions[i]);
	for (size_t i = 0; i < NELEMS(bad_regions); i++)
		tap_ok(!DzRegionIsValid(bad_regions[i]), "bad Region %d", (int) i);
	tap_ok(!DzRegionIsValid(NULL), "no Region is not valid");

	for (size_t i = 0; i < NELEMS(loopbacks); i++)
		tap_ok(DzHostIsLoopback(loopbacks[i]), "\"%s\" is loopback",
			   loopbacks[i]);
	for (size_t i = 0; i < NELEMS(not_loopbacks); i++)
		tap_ok(!DzHostIsLoopback(not_loopbacks[i]), "\"%s\" is not loopback",
			   not_loopbacks[i]);
}

/* What services other than DataZone have a switch for. */
static void
test_dual_stack(void)
{
	static const struct
	{
		const char *service;
		const char *region;
		bool use_fips;
		bool use_dual_stack;
		const char *url;
	} cases[] = {
		{"sts", "us-east-1", false, true, "https://sts.us-east-1.api.aws"},
		{"sts", "us-east-1", true, true, "https://sts-fips.us-east-1.api.aws"},
		{"sts", "us-gov-west-1", true, false,
		 "https://sts.us-gov-west-1.amazonaws.com"},
		{"sts", "us-gov-west-1", true, true,
		 "https://sts-fips.us-gov-west-1.api.aws"},
		{"portal.sso", "us-east-2", false, false,
		 "https://portal.sso.us-east-2.amazonaws.com"},
		{"portal.sso", "us-east-2", true, true,
		 "https://portal.sso-fips.us-east-2.api.aws"},
		{"portal.sso", "us-gov-west-1", true, false,
		 "https://portal.sso.us-gov-west-1.amazonaws.com"},
		{"datazone", "eu-west-1", false, true,
		 "https://datazone.eu-west-1.api.aws"},
	};

	for (size_t i = 0; i < NELEMS(cases); i++)
	{
		DzEndpoint e;
		const char *error = NULL;
		bool is_ok = DzEndpointResolveDual(
			cases[i].service, cases[i].region, cases[i].use_fips,
			cases[i].use_dual_stack, NULL, &e, &error);

		tap_text(is_ok ? e.url : error, cases[i].url, "%s in %s",
				 cases[i].service, cases[i].region);
	}
}

static void
test_origin(void)
{
	static const struct
	{
		const char *url;
		const char *origin; /* NULL: refused */
		const char *rest;
	} cases[] = {
		{"http://example.com/a?b#c", "http://example.com", "/a?b#c"},
		{"HTTPS://Example.com:443?b", "https://example.com", "?b"},
		{"http://[::1]:81", "http://[::1]:81", ""},
		{"http://a@b/", NULL, NULL},
		{"http:///x", NULL, NULL},
		{"//x", NULL, NULL},
		{"", NULL, NULL},
	};

	for (size_t i = 0; i < NELEMS(cases); i++)
	{
		DzEndpoint e;
		const char *error = NULL;
		const char *rest = DzUrlOrigin(cases[i].url, &e, &error);

		tap_text(rest, cases[i].rest, "what follows the origin, %d", (int) i);
		if (rest != NULL)
			tap_text(e.url, cases[i].origin, "the origin");
		else
			tap_ok(error != NULL, "with a reason");
	}
}

/* ---- AWS's cases for DataZone ---- */

/* Our sentence for an error of AWS's rule set. */
static const char *
our_error(const char *error)
{
	if (strcmp(error, "Invalid Configuration: FIPS and custom endpoint are "
					  "not supported") == 0)
		return FIPS_AND_CUSTOM;
	if (strcmp(error, "Invalid Configuration: Missing Region") == 0)
		return NO_REGION;

	return error;
}

static void
test_shared_case(const json_t *c)
{
	const char *title = json_string_value(json_object_get(c, "documentation"));
	const json_t *params = json_object_get(c, "params");
	const json_t *expect = json_object_get(c, "expect");
	const json_t *endpoint = json_object_get(expect, "endpoint");
	DzEndpoint e;
	const char *error = NULL;
	bool is_ok = DzEndpointResolve(
		"datazone", json_string_value(json_object_get(params, "Region")),
		json_is_true(json_object_get(params, "UseFIPS")),
		json_string_value(json_object_get(params, "Endpoint")), &e, &error);

	if (endpoint != NULL)
		tap_text(is_ok ? e.url : error,
				 json_string_value(json_object_get(endpoint, "url")),
				 "shared: %s", title);
	else
		tap_text(
			is_ok ? e.url : error,
			our_error(json_string_value(json_object_get(expect, "error"))),
			"shared: %s", title);
}

static void
test_shared(void)
{
	static const char name[] = "datazone/endpoint-tests.json";
	json_t *json;
	const json_t *cases;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	json = shared_json(name);
	cases = json_object_get(json, "testCases");
	tap_int((int64_t) json_array_size(cases), 10, "10 shared cases");
	for (size_t i = 0; i < json_array_size(cases); i++)
		test_shared_case(json_array_get(cases, i));
	json_decref(json);
}

int
main(void)
{
	test_rules();
	test_custom();
	test_refused();
	test_lengths();
	test_names();
	test_dual_stack();
	test_origin();
	test_shared();

	return tap_done();
}
