/*-------------------------------------------------------------------------
 *
 * sigv4_test.c
 *		Signatures of requests written after the published rules.
 *
 * The canonical requests were written by hand; the signatures were computed
 * from them with Python's hmac and hashlib.  The first case is the example in
 * AWS's own documentation, and so is the key pair.  Built twice, as
 * digest_test.c is.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/sigv4.h"

#include <stdlib.h>

#include <openssl/err.h>

#include "tap.h"

#define ACCESS_KEY_ID "AKIDEXAMPLE"
#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

/* 2026-01-02T03:04:05Z */
#define T INT64_C(1767323045)

#define EMPTY_SHA256 \
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define EVENT "{\"eventType\":\"COMPLETE\"}"
#define EVENT_SHA256 \
	"ab11782a4076aa468f7fd635fb6f436984f03aff51cad7002e4e1e7dcbc8b64d"
#define BINARY "\0\xff\0binary\n"
#define BINARY_SHA256 \
	"3e940a919c1ce3ead9a843038649a208610e8dd8f35fbeb616a6dacbbd8c3ef0"

#define HOST \
	{ \
		"Host", "datazone.eu-west-1.api.aws" \
	}
#define MAX_HEADERS 8

typedef struct Case
{
	const char *title;
	const char *method;
	const char *path;
	const char *query;
	DzSignHeader headers[MAX_HEADERS]; /* ends with a NULL name */
	const char *body;
	size_t body_len;
	const char *session_token;
	bool sign_payload_header;
	bool omit_session_token;

	const char *canonical;
	const char *signed_names;
	const char *signature;
} Case;

static const Case cases[] = {
	{.title = "a label with reserved characters is encoded twice",
	 .method = "GET",
	 .path = "/v2/domains/dzd_1/lineage/nodes/arn%3Aaws%3Aglue%3Aeu-west-1"
			 "%3A1%3Atable%2Fsales%2F%C3%A9t%C3%A9%20~",
	 .headers = {HOST},
	 .canonical = "GET\n"
				  "/v2/domains/dzd_1/lineage/nodes/arn%253Aaws%253Aglue%253A"
				  "eu-west-1%253A1%253Atable%252Fsales%252F%25C3%25A9t%25C3"
				  "%25A9%2520~\n"
				  "\n"
				  "host:datazone.eu-west-1.api.aws\n"
				  "x-amz-date:20260102T030405Z\n"
				  "\n"
				  "host;x-amz-date\n" EMPTY_SHA256,
	 .signed_names = "host;x-amz-date",
	 .signature = "7eef34bb2ba73c1c290b5edb2da01d43"
				  "21736c6ad3afc753ea986d83aa2e1d52"},

	{.title = "a query is decoded, encoded and sorted by pairs",
	 .method = "GET",
	 .path = "/v2/x",
	 .query = "d=%7e-._&c&a-b=0&a=2&a=%2b&b=%20%C3%A9&a=1&a=",
	 .headers = {HOST},
	 .canonical = "GET\n"
				  "/v2/x\n"
				  "a=&a=%2B&a=1&a=2&a-b=0&b=%20%C3%A9&c=&d=~-._\n"
				  "host:datazone.eu-west-1.api.aws\n"
				  "x-amz-date:20260102T030405Z\n"
				  "\n"
				  "host;x-amz-date\n" EMPTY_SHA256,
	 .signed_names = "host;x-amz-date",
	 .signature = "27046e0d99887b48351d1fafa9008421"
				  "0d675346eec087a60b4f5fbcd6a3fd27"},

	{.title = "headers are sorted, folded and joined",
	 .method = "PUT",
	 .path = "",
	 .headers = {{"X-List", " z "},
				 {"X-List-2", "q"},
				 {"x-list", "a"},
				 HOST,
				 {"ACCEPT", "a,\t b  "},
				 {"X-LIST", "m \r\n\t  n"}},
	 .canonical = "PUT\n"
				  "/\n"
				  "\n"
				  "accept:a, b\n"
				  "host:datazone.eu-west-1.api.aws\n"
				  "x-amz-date:20260102T030405Z\n"
				  "x-list:z,a,m n\n"
				  "x-list-2:q\n"
				  "\n"
				  "accept;host;x-amz-date;x-list;x-list-2\n" EMPTY_SHA256,
	 .signed_names = "accept;host;x-amz-date;x-list;x-list-2",
	 .signature = "ad1ee0434893e5a1eabf345b175ad026"
				  "e0844dc85b93be55eec04b0ece2b323b"},

	{.title = "a session token is signed",
	 .method = "POST",
	 .path = "/v2/domains/dzd_1/lineage/events",
	 .query = "clientToken=t-1",
	 .headers = {HOST,
				 {"Content-Type", "application/json"},
				 {"Client-Token", "t-1"}},
	 .body = EVENT,
	 .body_len = sizeof(EVENT) - 1,
	 .session_token = "AQoD+/=example",
	 .canonical = "POST\n"
				  "/v2/domains/dzd_1/lineage/events\n"
				  "clientToken=t-1\n"
				  "client-token:t-1\n"
				  "content-type:application/json\n"
				  "host:datazone.eu-west-1.api.aws\n"
				  "x-amz-date:20260102T030405Z\n"
				  "x-amz-security-token:AQoD+/=example\n"
				  "\n"
				  "client-token;content-type;host;x-amz-date;"
				  "x-amz-security-token\n" EVENT_SHA256,
	 .signed_names = "client-token;content-type;host;x-amz-date;"
					 "x-amz-security-token",
	 .signature = "17dffd4d5ddddfd2c40eae22af8241b4"
				  "adb34548025663d36425377965990fc6"},

	{.title = "a session token may be left out",
	 .method = "POST",
	 .path = "/v2/domains/dzd_1/lineage/events",
	 .query = "clientToken=t-1",
	 .headers = {HOST,
				 {"Content-Type", "application/json"},
				 {"Client-Token", "t-1"}},
	 .body = EVENT,
	 .body_len = sizeof(EVENT) - 1,
	 .session_token = "AQoD+/=example",
	 .omit_session_token = true,
	 .canonical = "POST\n"
				  "/v2/domains/dzd_1/lineage/events\n"
				  "clientToken=t-1\n"
				  "client-token:t-1\n"
				  "content-type:application/json\n"
				  "host:datazone.eu-west-1.api.aws\n"
				  "x-amz-date:20260102T030405Z\n"
				  "\n"
				  "client-token;content-type;host;x-amz-date\n" EVENT_SHA256,
	 .signed_names = "client-token;content-type;host;x-amz-date",
	 .signature = "f7b3db52b5401dee63b84084ce1444e9"
				  "e2b597303972e88c028ee51a31a7a1b7"},

	{.title = "the payload's hash may be signed as a header, too",
	 .method = "POST",
	 .path = "/v2/domains/dzd_1/lineage/events",
	 .query = "clientToken=t-1",
	 .headers = {HOST,
				 {"Content-Type", "application/json"},
				 {"Client-Token", "t-1"}},
	 .body = EVENT,
	 .body_len = sizeof(EVENT) - 1,
	 .sign_payload_header = true,
	 .canonical = "POST\n"
				  "/v2/domains/dzd_1/lineage/events\n"
				  "clientToken=t-1\n"
				  "client-token:t-1\n"
				  "content-type:application/json\n"
				  "host:datazone.eu-west-1.api.aws\n"
				  "x-amz-content-sha256:" EVENT_SHA256 "\n"
				  "x-amz-date:20260102T030405Z\n"
				  "\n"
				  "client-token;content-type;host;x-amz-content-sha256;"
				  "x-amz-date\n" EVENT_SHA256,
	 .signed_names = "client-token;content-type;host;x-amz-content-sha256;"
					 "x-amz-date",
	 .signature = "7185d862146471d6f4ba2dca7dfc449c"
				  "89b0468ade02545c7d9b823f017b3407"},

	{.title = "a body is bytes, and a path is normalised",
	 .method = "POST",
	 .path = "/a/./b/..//c/",
	 .query = "",
	 .headers = {HOST},
	 .body = BINARY,
	 .body_len = sizeof(BINARY) - 1,
	 .canonical = "POST\n"
				  "/a/c/\n"
				  "\n"
				  "host:datazone.eu-west-1.api.aws\n"
				  "x-amz-date:20260102T030405Z\n"
				  "\n"
				  "host;x-amz-date\n" BINARY_SHA256,
	 .signed_names = "host;x-amz-date",
	 .signature = "7c6c17dc61ebc9d6e1b58169b8be09ac"
				  "354de66fc161e5a17a12450cef8b43f8"},
};

static DzSignInput
input_of(const Case *c)
{
	DzSignInput in = {0};

	in.method = c->method;
	in.path = c->path;
	in.query = c->query;
	in.headers = c->headers;
	while (c->headers[in.nheaders].name != NULL)
		in.nheaders++;
	in.body = c->body;
	in.body_len = c->body_len;
	in.region = "eu-west-1";
	in.service = "datazone";
	in.access_key_id = ACCESS_KEY_ID;
	in.secret_access_key = SECRET;
	in.session_token = c->session_token;
	in.unix_time = T;
	in.sign_payload_header = c->sign_payload_header;
	in.omit_session_token = c->omit_session_token;

	return in;
}

static void
test_case(DzSigner *signer, const Case *c)
{
	DzSignInput in = input_of(c);
	DzSignOutput out;
	char authorization[512];

	(void) snprintf(authorization, sizeof(authorization),
					"AWS4-HMAC-SHA256 Credential=" ACCESS_KEY_ID
					"/20260102/eu-west-1/datazone/aws4_request, "
					"SignedHeaders=%s, Signature=%s",
					c->signed_names, c->signature);
	if (!tap_ok(DzSign(signer, &in, &out), "%s", c->title))
		return;
	tap_text(DzSignerCanonicalRequest(signer), c->canonical,
			 "its canonical request");
	tap_text(out.authorization, authorization, "its Authorization");
	tap_text(out.amz_date, "20260102T030405Z", "its date");
	tap_text(out.payload_sha256,
			 c->canonical + strlen(c->canonical) - strlen(EMPTY_SHA256),
			 "its payload's hash");
}

/* "Create a signed AWS API request" in the IAM user guide. */
static void
test_documented(DzSigner *signer)
{
	static const DzSignHeader headers[] = {
		{"Host", "iam.amazonaws.com"},
		{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
	DzSignInput in = {0};
	DzSignOutput out;

	in.method = "GET";
	in.path = "/";
	in.query = "Action=ListUsers&Version=2010-05-08";
	in.headers = headers;
	in.nheaders = 2;
	in.region = "us-east-1";
	in.service = "iam";
	in.access_key_id = ACCESS_KEY_ID;
	in.secret_access_key = SECRET;
	in.unix_time = 1440938160;

	tap_ok(DzSign(signer, &in, &out), "the documentation's example");
	tap_text(
		DzSignerStringToSign(signer),
		"AWS4-HMAC-SHA256\n"
		"20150830T123600Z\n"
		"20150830/us-east-1/iam/aws4_request\n"
		"f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
		"its string to sign");
	tap_text(out.authorization,
			 "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/"
			 "aws4_request, SignedHeaders=content-type;host;x-amz-date, "
			 "Signature=5d672d79c15b13162d9279b0855cfba6"
			 "789a8edb4c82c400e06b5924a6f2b5d7",
			 "its Authorization");
}

/* Sign with a signer that has never signed anything. */
static char *
sign_fresh(const DzSignInput *in)
{
	DzSigner *signer = DzSignerCreate();
	DzSignOutput out;
	char *authorization = NULL;

	if (signer != NULL && DzSign(signer, in, &out))
		authorization = strdup(out.authorization);
	DzSignerFree(signer);

	return authorization;
}

static void
compare_with_fresh(DzSigner *signer, const DzSignInput *in, const char *title)
{
	char *fresh = sign_fresh(in);
	DzSignOutput out;

	tap_text(DzSign(signer, in, &out) ? out.authorization : "failed",
			 fresh != NULL ? fresh : "failed too", "%s", title);
	free(fresh);
}

/* The cached signing key serves what it was derived for, and nothing else. */
static void
test_key_cache(DzSigner *signer)
{
	const DzSignInput first = input_of(&cases[0]);
	DzSignInput in = first;
	char *signature = sign_fresh(&first);
	DzSignOutput out;

	compare_with_fresh(signer, &in, "the key is cached");
	in.unix_time = T + 72000;
	compare_with_fresh(signer, &in, "for the whole day");
	in.unix_time = INT64_C(1767398399);
	compare_with_fresh(signer, &in, "until a second before midnight UTC");
	in.unix_time = INT64_C(1767398400);
	compare_with_fresh(signer, &in, "not at midnight");
	in = first;
	compare_with_fresh(signer, &in, "nor on the day before");
	in.region = "eu-west-2";
	compare_with_fresh(signer, &in, "nor for another Region");
	in.service = "sts";
	compare_with_fresh(signer, &in, "nor for another service");
	in.secret_access_key = "another secret";
	compare_with_fresh(signer, &in, "nor after the secret changed");
	in.access_key_id = "AKIDOTHER";
	compare_with_fresh(signer, &in, "nor with another access key id");

	/* the same bytes, put together otherwise */
	in = first;
	in.region = "ab";
	in.service = "c";
	compare_with_fresh(signer, &in, "Region ab, service c");
	in.region = "a";
	in.service = "bc";
	compare_with_fresh(signer, &in, "is not Region a, service bc");

	in = first;
	in.secret_access_key = "";
	compare_with_fresh(signer, &in, "an empty secret");
	tap_text(DzSign(signer, &first, &out) ? out.authorization : "failed",
			 signature, "and back to the first");
	free(signature);
}

static void
test_times(DzSigner *signer)
{
	static const int64_t refused[] = {
		INT64_MIN, INT64_MAX, INT64_C(253402300800), INT64_C(-62135596801)};
	DzSignInput in = input_of(&cases[0]);
	DzSignOutput out;

	for (int i = 0; i < 4; i++)
	{
		in.unix_time = refused[i];
		tap_ok(!DzSign(signer, &in, &out) && out.authorization == NULL,
			   "refuse to sign at %" PRId64, in.unix_time);
	}
	in.unix_time = INT64_C(253402300799);
	tap_ok(DzSign(signer, &in, &out), "sign in the last second of 9999");
	tap_text(out.amz_date, "99991231T235959Z", "its date");
	in.unix_time = T;
	tap_ok(DzSign(signer, &in, &out), "sign again");
	tap_int((int64_t) ERR_peek_error(), 0, "OpenSSL's error queue is empty");
}

/* More than the scratch memory begins with. */
static void
test_large(DzSigner *signer)
{
	enum
	{
		NHEADERS = 300
	};
	static char names[NHEADERS][16];
	static DzSignHeader headers[NHEADERS + 1];
	size_t body_len = 300000;
	char *body = tap_alloc(body_len);
	DzSignInput in = input_of(&cases[0]);
	DzSignOutput out;
	const char *p;
	int found = 0;

	memset(body, 'x', body_len);
	headers[0] = (DzSignHeader) HOST;
	for (int i = 0; i < NHEADERS; i++)
	{
		(void) snprintf(names[i], sizeof(names[i]), "X-H%03d", 299 - i);
		headers[i + 1] = (DzSignHeader){names[i], "v"};
	}
	in.headers = headers;
	in.nheaders = NHEADERS + 1;
	in.body = body;
	in.body_len = body_len;
	compare_with_fresh(signer, &in, "300 headers, 300,000 bytes");

	tap_ok(DzSign(signer, &in, &out), "again");
	p = strstr(out.authorization, "SignedHeaders=host;x-amz-date;x-h000;");
	for (int i = 0; p != NULL && i < NHEADERS; i++)
	{
		char name[16];

		(void) snprintf(name, sizeof(name), ";x-h%03d", i);
		p = strstr(p, name);
		found += p != NULL;
	}
	tap_int(found, NHEADERS, "all are signed, in order");
	free(body);
}

int
main(void)
{
	DzSigner *signer = DzSignerCreate();

	if (!tap_ok(signer != NULL, "make a signer"))
		return tap_done();
	tap_text(DzSignerCanonicalRequest(signer), "", "which has signed nothing");
	tap_text(DzSignerStringToSign(signer), "", "yet");
	test_documented(signer);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_case(signer, &cases[i]);
	test_key_cache(signer);
	test_times(signer);
	test_large(signer);
	DzSignerFree(signer);
	DzSignerFree(NULL);

	return tap_done();
}
