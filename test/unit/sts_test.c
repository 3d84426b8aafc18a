/*-------------------------------------------------------------------------
 *
 * sts_test.c
 *		What is sent to the Security Token Service, and what answers.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/sts.h"

#include "shared.h"
#include "tap.h"

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))
#define ARN "arn:aws:iam::123456789012:role/a/b"
#define ENCODED_ARN "arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fa%2Fb"

static void
test_body(const DzStsRequest *request, const char *expected)
{
	DzBuffer body = {0};
	DzProblem problem = {0};
	bool is_ok = DzStsRequestBody(&body, request, &problem);

	tap_text(is_ok ? body.data : problem.detail, expected, "a request");
	DzBufferFree(&body);
}

static void
test_bodies(void)
{
	static const char bad_name[] =
		"A role session name consists of 2 to 64 letters, digits and "
		"characters of _+=,.@-.";
	static const char bad_arn[] = "A role to assume is named by its ARN, "
								  "arn:aws:iam::account:role/name.";
	char name[80];
	DzStsRequest r = {.role_arn = ARN, .session_name = "a_b+c=d,e.f@g-1"};

	test_body(&r, "Action=AssumeRole&Version=2011-06-15&RoleArn=" ENCODED_ARN
				  "&RoleSessionName=a_b%2Bc%3Dd%2Ce.f%40g-1");
	r.session_name = "ab";
	r.external_id = "x&y z";
	r.duration_seconds = 3600;
	test_body(&r, "Action=AssumeRole&Version=2011-06-15&RoleArn=" ENCODED_ARN
				  "&RoleSessionName=ab&DurationSeconds=3600"
				  "&ExternalId=x%26y%20z");
	r.web_identity_token = "e.y/+=J not this";
	r.web_identity_token_len = 7;
	test_body(&r, "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
				  "&RoleArn=" ENCODED_ARN "&RoleSessionName=ab"
				  "&DurationSeconds=3600&WebIdentityToken=e.y%2F%2B%3DJ");
	r.web_identity_token_len = 0;
	test_body(&r, "The file of the web identity token is empty.");
	r.web_identity_token = NULL;

	r.session_name = "a";
	test_body(&r, bad_name);
	r.session_name = "a b";
	test_body(&r, bad_name);
	memset(name, 'a', 65);
	name[65] = '\0';
	r.session_name = name;
	test_body(&r, bad_name);
	r.session_name = "ab";
	r.role_arn = "role/a";
	test_body(&r, bad_arn);
	r.role_arn = "arn:aws:iam::1:role";
	test_body(&r, bad_arn);

	DzStsSessionName(INT64_C(1767323045678901), name);
	tap_text(name, "datazone-postgresql-1767323045678", "a name of ours");
	DzStsSessionName(INT64_MIN, name);
	tap_ok(strlen(name) < DZ_STS_SESSION_NAME_SIZE, "whatever the time");
}

#define RESULT(keys) \
	"<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">" \
	"<AssumeRoleResult>" keys "</AssumeRoleResult><ResponseMetadata>" \
	"<RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>"
#define CREDENTIALS \
	"<Credentials><SessionToken>t&#x3D;</SessionToken>" \
	"<AccessKeyId>A</AccessKeyId><New><AccessKeyId>B</AccessKeyId></New>" \
	"<SecretAccessKey>s&amp;</SecretAccessKey>" \
	"<Expiration>2026-01-02T03:04:05Z</Expiration></Credentials>"
#define USER \
	"<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/a/b</Arn>" \
	"</AssumedRoleUser>"

static const struct
{
	const char *xml;
	const char *expected;
} answers[] = {
	{RESULT(CREDENTIALS USER), "A s& t= 123456789012 1767323045"},
	{RESULT(USER "\n" CREDENTIALS), "A s& t= 123456789012 1767323045"},
	{RESULT(CREDENTIALS), "A s& t= - 1767323045"},
	{RESULT(CREDENTIALS "<AssumedRoleUser><Arn>arn</Arn></AssumedRoleUser>"),
	 "A s& t= - 1767323045"},
	{"<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult>"
	 "<Provider>p</Provider>" CREDENTIALS USER
	 "</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>",
	 "A s& t= 123456789012 1767323045"},
	{"", "!not XML"},
	{"{}", "!not XML"},
	{"<html></html>", "!no access key id"},
	{"<!DOCTYPE x>" RESULT(CREDENTIALS), "!not XML"},
	{RESULT("<Credentials><AccessKeyId>A</AccessKeyId></Credentials>"),
	 "!no secret access key"},
	{RESULT("<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>s"
			"</SecretAccessKey></Credentials>"),
	 "!without the time of their Expiration"},
	{RESULT("<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>s"
			"</SecretAccessKey><Expiration>x</Expiration></Credentials>"),
	 "!without the time of their Expiration"},
	{RESULT("<Credentials><AccessKeyId>A&#10;B</AccessKeyId><SecretAccessKey>"
			"s</SecretAccessKey></Credentials>"),
	 "!an access key id that is none"},
	/* another operation's, or not where they belong */
	{"<AssumeRoleResponse>" CREDENTIALS "</AssumeRoleResponse>",
	 "!no access key id"},
};

static void
test_answers(void)
{
	for (size_t i = 0; i < NELEMS(answers); i++)
	{
		const char *expected = answers[i].expected;
		DzCredentials c = {0};
		DzProblem problem = {0};
		bool is_ok =
			DzStsRead(answers[i].xml, strlen(answers[i].xml), &c, &problem);
		char text[256] = "";

		if (is_ok)
			(void) snprintf(text, sizeof(text), "%s %s %s %s %" PRId64,
							c.access_key_id, c.secret_access_key,
							c.session_token,
							c.account_id != NULL ? c.account_id : "-",
							c.expires_us / 1000000);
		if (expected[0] == '!')
			tap_ok(!is_ok && problem.kind == DZ_PROBLEM_ANSWER &&
					   strstr(problem.detail, expected + 1) != NULL &&
					   c.access_key_id == NULL,
				   "answer %d is refused: %s", (int) i, problem.detail);
		else
			tap_text(is_ok ? text : problem.detail, expected, "answer %d",
					 (int) i);
		DzCredentialsFree(&c);
	}
}

static void
test_error(const char *xml, const char *expected)
{
	DzStsError error;
	char text[1024] = "";

	if (DzStsReadError(xml, strlen(xml), &error))
		(void) snprintf(text, sizeof(text), "%s|%s|%s", error.code,
						error.message, error.request_id);
	tap_text(text, expected, "error %s", expected);
}

static void
test_errors(void)
{
	char xml[2048];
	DzStsError error;
	char *p = xml;

	test_error("<ErrorResponse xmlns=\"x\"><Error><Type>Sender</Type>"
			   "<Code>ExpiredTokenException</Code><Message>Token &lt;x&gt;"
			   "</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
			   "ExpiredTokenException|Token <x>|r-1");
	test_error("<ErrorResponse><Error><Code>A</Code></Error></ErrorResponse>",
			   "A||");
	test_error("<ErrorResponse><Error><Message>m</Message></Error>"
			   "</ErrorResponse>",
			   "");
	test_error("<ErrorResponse><Error><Code>a b</Code></Error>"
			   "</ErrorResponse>",
			   "");
	test_error("<ErrorResponse><Error><Code>A</Code></Error>", "");
	test_error("<Response><Errors><Error><Code>A</Code></Error></Errors>"
			   "</Response>",
			   "");

	p += sprintf(p, "<ErrorResponse><Error><Code>A</Code><Message>");
	for (int i = 0; i < 400; i++)
		p += sprintf(p, "\xc3\xa9");
	(void) sprintf(p, "</Message></Error></ErrorResponse>");
	tap_ok(DzStsReadError(xml, strlen(xml), &error), "a long message");
	tap_int((int64_t) strlen(error.message), DZ_STS_MESSAGE_SIZE - 2,
			"is cut between two characters");
}

/* ---- the SDKs' cases ---- */

/* Members of the top level that are strings, integers or booleans. */
static bool
append_members(DzBuffer *body, const json_t *params)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *) params, name, value)
	{
		char number[32];

		if (json_is_string(value))
			DzFormAppend(body, name, json_string_value(value),
						 json_string_length(value));
		else if (json_is_boolean(value))
			DzFormAppend(body, name, json_is_true(value) ? "true" : "false",
						 json_is_true(value) ? 4 : 5);
		else if (json_is_integer(value))
		{
			int len = snprintf(number, sizeof(number), "%lld",
							   (long long) json_integer_value(value));

			DzFormAppend(body, name, number, (size_t) len);
		}
		else
			return false;
	}

	return true;
}

static bool
is_ours(const char *id)
{
	static const char *const others[] = {"Blob",     "Timestamps", "Encoding",
										 "AutoFill", "List",       "Map",
										 "Nested",   "Float"};

	for (size_t i = 0; i < NELEMS(others); i++)
	{
		if (strstr(id, others[i]) != NULL &&
			strcmp(id, "QueryProtocolIdempotencyTokenAutoFillIsSet") != 0)
			return false;
	}

	return true;
}

static void
test_shared(void)
{
	static const char name[] = "sts-query-protocol/input/query.json";
	json_t *json;
	const json_t *suite;
	const json_t *c;
	size_t i;
	size_t j;
	int all = 0;
	int ran = 0;

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
			const char *operation = json_string_value(
				json_object_get(json_object_get(c, "given"), "name"));
			const json_t *serialized = json_object_get(c, "serialized");
			DzBuffer body = {0};

			all++;
			DzFormAppend(&body, "Action", operation, strlen(operation));
			DzFormAppend(&body, "Version", "2020-01-08", 10);
			if (!is_ours(id))
				tap_skip(id, "STS needs no such parameter");
			else if (append_members(&body, json_object_get(c, "params")))
			{
				ran++;
				tap_text(
					body.data,
					json_string_value(json_object_get(serialized, "body")),
					"shared: %s", id);
			}
			else
				tap_ok(false, "shared: %s has other members", id);
			DzBufferFree(&body);
		}
	}
	tap_int(all, 38, "38 shared requests, %d of them of this kind", ran);
	json_decref(json);
}

static void
test_shared_errors(void)
{
	static const char name[] = "sts-query-protocol/output/query.json";
	json_t *json;
	const json_t *suite;
	const json_t *c;
	size_t i;
	size_t j;
	int count = 0;

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
			const char *code =
				json_string_value(json_object_get(c, "errorCode"));
			const char *message =
				json_string_value(json_object_get(c, "errorMessage"));
			const char *body = json_string_value(
				json_object_get(json_object_get(c, "response"), "body"));
			DzStsError error;

			if (code == NULL)
				continue;
			count++;
			tap_ok(DzStsReadError(body, strlen(body), &error) &&
					   strcmp(error.code, code) == 0 &&
					   strcmp(error.message, message != NULL ? message : "") ==
						   0 &&
					   strcmp(error.request_id, "foo-id") == 0,
				   "shared: %s", json_string_value(json_object_get(c, "id")));
		}
	}
	tap_int(count, 3, "3 shared errors");
	json_decref(json);
}

int
main(void)
{
	test_bodies();
	test_answers();
	test_errors();
	test_shared();
	test_shared_errors();

	return tap_done();
}
