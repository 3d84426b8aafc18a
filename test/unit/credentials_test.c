/*-------------------------------------------------------------------------
 *
 * credentials_test.c
 *		What sources answer, and how long it lasts.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/credentials.h"

#include "answer.h"
#include "shared.h"
#include "tap.h"

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

#define PROCESS DZ_ANSWER_PROCESS
#define CONTAINER DZ_ANSWER_CONTAINER
#define IMDS DZ_ANSWER_IMDS
#define SSO DZ_ANSWER_SSO

#define KEYS "\"AccessKeyId\": \"AKID\", \"SecretAccessKey\": \"s+/=\""
#define EXPIRES "\"Expiration\": \"2026-01-02T03:04:05Z\""
#define EXPIRES_US (INT64_C(1767323045) * SECOND)

static const struct
{
	DzAnswerForm form;
	const char *json;
	/* "id secret token account expiry"; '!': what the detail contains */
	const char *expected;
} answers[] = {
	{PROCESS, "{\"Version\": 1, " KEYS "}", "AKID s+/= - - -"},
	{PROCESS,
	 "{\"Version\": 1, " KEYS ", " EXPIRES
	 ", \"SessionToken\": \"t\", \"AccountId\": \"1\", \"Other\": [1]}",
	 "AKID s+/= t 1 1767323045"},
	{PROCESS, "{\"Version\": 1, " KEYS ", \"Token\": \"t\"}",
	 "AKID s+/= - - -"},
	{PROCESS, "{\"Version\": 2, " KEYS "}", "!version 1"},
	{PROCESS, "{\"Version\": \"1\", " KEYS "}", "!version 1"},
	{PROCESS, "{\"Version\": 1.0, " KEYS "}", "!version 1"},
	{PROCESS, "{" KEYS "}", "!version 1"},
	{PROCESS, "{\"Version\": 1, \"AccessKeyId\": \"A\"}",
	 "!credential_process gave no secret access key"},
	{PROCESS, "{\"Version\": 1, \"SecretAccessKey\": \"A\"}",
	 "!gave no access key id"},
	{PROCESS, "{\"Version\": 1, " KEYS ", \"Expiration\": \"soon\"}",
	 "!whose Expiration is no time"},
	{PROCESS, "{\"Version\": 1, " KEYS ", \"Expiration\": 1767323045}",
	 "!whose Expiration is no time"},
	{PROCESS, "{\"Version\": 1, " KEYS ", \"Expiration\": null}",
	 "AKID s+/= - - -"},

	{CONTAINER, "{" KEYS ", \"Token\": \"t\", " EXPIRES "}",
	 "AKID s+/= t - 1767323045"},
	{CONTAINER,
	 "{" KEYS ", \"Token\": \"\", " EXPIRES ", \"AccountId\": \"2\"}",
	 "AKID s+/= - 2 1767323045"},
	{CONTAINER, "{" KEYS ", \"SessionToken\": \"t\", " EXPIRES "}",
	 "AKID s+/= - - 1767323045"},
	{CONTAINER, "{" KEYS ", \"Token\": \"t\"}", "!without Expiration"},
	{CONTAINER, "{\"code\": \"x\", \"message\": \"y\"}",
	 "!without Expiration"},
	{CONTAINER, "{\"AccessKeyId\": 5, \"SecretAccessKey\": \"s\"}",
	 "!gave a AccessKeyId that is no text"},

	{IMDS, "{\"Code\": \"Success\", " KEYS ", \"Token\": \"t\", " EXPIRES "}",
	 "AKID s+/= t - 1767323045"},
	{IMDS, "{" KEYS ", \"Token\": \"t\", " EXPIRES "}",
	 "AKID s+/= t - 1767323045"},
	{IMDS, "{\"Code\": \"AssumeRoleUnauthorizedAccess\", " KEYS "}",
	 "!does not trust EC2"},
	{IMDS, "{\"Code\": \"Failed\", " KEYS ", " EXPIRES "}",
	 "!a code other than Success"},
	{IMDS, "{\"Code\": \"Success\", " KEYS "}", "!without Expiration"},

	{SSO,
	 "{\"accessKeyId\": \"A\", \"secretAccessKey\": \"s\", "
	 "\"sessionToken\": \"t\", \"expiration\": 1767323045000}",
	 "A s t - 1767323045"},
	{SSO,
	 "{\"accessKeyId\": \"A\", \"secretAccessKey\": \"s\", "
	 "\"expiration\": \"1767323045000\"}",
	 "!expiration is no time"},
	{SSO,
	 "{\"accessKeyId\": \"A\", \"secretAccessKey\": \"s\", "
	 "\"expiration\": 1.5}",
	 "!expiration is no time"},
	{SSO,
	 "{\"accessKeyId\": \"A\", \"secretAccessKey\": \"s\", "
	 "\"expiration\": -1}",
	 "!expiration is no time"},
	{SSO, "{\"accessKeyId\": \"A\", \"secretAccessKey\": \"s\"}",
	 "!without expiration"},

	/* what would be another header, or another part of one */
	{PROCESS,
	 "{\"Version\": 1, \"AccessKeyId\": \"A\\nB\", "
	 "\"SecretAccessKey\": \"s\"}",
	 "!an access key id that is none"},
	{PROCESS,
	 "{\"Version\": 1, \"AccessKeyId\": \"A/B\", "
	 "\"SecretAccessKey\": \"s\"}",
	 "!an access key id that is none"},
	{PROCESS,
	 "{\"Version\": 1, \"AccessKeyId\": \"A,B\", "
	 "\"SecretAccessKey\": \"s\"}",
	 "!an access key id that is none"},
	{PROCESS,
	 "{\"Version\": 1, \"AccessKeyId\": \"A\\u0000B\", "
	 "\"SecretAccessKey\": \"s\"}",
	 "!that is no text"},
	{PROCESS,
	 "{\"Version\": 1, \"AccessKeyId\": \"A\", "
	 "\"SecretAccessKey\": \"s \"}",
	 "!a secret access key that is none"},
	{PROCESS, "{\"Version\": 1, " KEYS ", \"SessionToken\": \"a\\r\\nb\"}",
	 "!a session token that is none"},
	{PROCESS, "{\"Version\": 1, " KEYS ", \"SessionToken\": \"\\u00e9\"}",
	 "!a session token that is none"},
	{PROCESS, "{\"Version\": 1, " KEYS ", \"AccountId\": \"1 2\"}",
	 "!an account id that is none"},
	{PROCESS, "[]", "!version 1"},
};

static void
describe(const DzCredentials *c, char *out, size_t size)
{
	char expiry[32] = "-";

	if (c->expires)
		(void) snprintf(expiry, sizeof(expiry), "%" PRId64,
						c->expires_us / SECOND);
	(void) snprintf(out, size, "%s %s %s %s %s", c->access_key_id,
					c->secret_access_key,
					c->session_token != NULL ? c->session_token : "-",
					c->account_id != NULL ? c->account_id : "-", expiry);
}

static void
test_answers(void)
{
	for (size_t i = 0; i < NELEMS(answers); i++)
	{
		const char *expected = answers[i].expected;
		json_t *json = json_loads(answers[i].json, JSON_ALLOW_NUL, NULL);
		DzCredentials credentials = {0};
		DzProblem problem = {0};
		bool is_ok = DzCredentialsRead(&credentials, answers[i].form,
									   answer_member, json, &problem);
		char text[256] = "";

		if (is_ok)
			describe(&credentials, text, sizeof(text));
		if (expected[0] == '!')
			tap_ok(!is_ok && problem.kind == DZ_PROBLEM_ANSWER &&
					   strstr(problem.detail, expected + 1) != NULL,
				   "answer %d is refused: %s", (int) i, problem.detail);
		else
			tap_text(is_ok ? text : problem.detail, expected, "answer %d",
					 (int) i);
		DzCredentialsFree(&credentials);
		json_decref(json);
	}
}

/* No problem tells what it is about. */
static void
test_discretion(void)
{
	DzCredentials credentials = {0};
	DzProblem problem = {0};

	tap_ok(!DzCredentialsSet(&credentials, "A", "hidden words", NULL, "",
							 "The test", &problem),
		   "a secret with a space: %s", problem.detail);
	tap_ok(strstr(problem.detail, "hidden") == NULL &&
			   strstr(problem.hint, "hidden") == NULL,
		   "the secret is not repeated");
	tap_ok(DzCredentialsSet(&credentials, "A", "s", "", "", "The test",
							&problem) &&
			   credentials.session_token == NULL &&
			   credentials.account_id == NULL,
		   "an empty token is none");
	DzCredentialsFree(&credentials);
	tap_ok(credentials.access_key_id == NULL, "freed");
}

static void
test_sso_token(void)
{
	static const struct
	{
		const char *json;
		const char *expected;
	} cases[] = {
		{"{\"accessToken\": \"t\", \"expiresAt\": \"2026-01-02T03:04:06Z\"}",
		 "t"},
		{"{\"accessToken\": \"t\", \"expiresAt\": \"2026-01-02T03:04:05Z\"}",
		 "!has expired"},
		{"{\"accessToken\": \"t\"}", "!no expiresAt"},
		{"{\"accessToken\": \"t\", \"expiresAt\": \"never\"}",
		 "!no expiresAt"},
		{"{\"expiresAt\": \"2026-01-02T03:04:06Z\"}", "!no accessToken"},
		{"{\"accessToken\": \"a\\nb\", \"expiresAt\": "
		 "\"2026-01-02T03:04:06Z\"}",
		 "!is no token"},
	};

	for (size_t i = 0; i < NELEMS(cases); i++)
	{
		json_t *json = json_loads(cases[i].json, JSON_ALLOW_NUL, NULL);
		DzProblem problem = {0};
		const char *token = NULL;
		size_t len = 0;
		bool is_ok = DzSsoTokenRead(answer_member, json, EXPIRES_US, &token,
									&len, &problem);

		if (cases[i].expected[0] == '!')
			tap_ok(!is_ok && strstr(problem.detail, cases[i].expected + 1) &&
					   problem.hint[0] != '\0',
				   "cached token %d: %s", (int) i, problem.detail);
		else
			tap_ok(is_ok && len == 1 && token[0] == 't', "cached token %d",
				   (int) i);
		json_decref(json);
	}
}

static int64_t
refresh_at(int64_t fetched_us, int64_t expires_us, double random01)
{
	DzCredentials c = {.expires = true, .expires_us = expires_us};

	return DzRefreshAtUs(&c, fetched_us, random01);
}

static void
test_refresh(void)
{
	DzCredentials c = {0};
	int64_t now = EXPIRES_US;

	tap_int(DzRefreshAtUs(&c, 0, 0.5), INT64_MAX, "never, without expiry");
	tap_int(DzCredentialsFreshness(&c, 0, INT64_MAX), DZ_FRESH,
			"and always fresh");
	tap_int(refresh_at(0, 60 * MINUTE, 0), 45 * MINUTE,
			"an hour: 15 minutes ahead at first");
	tap_int(refresh_at(0, 60 * MINUTE, 1), 50 * MINUTE,
			"and 10 minutes at last");
	tap_int(refresh_at(0, 360 * MINUTE, 0.5), 347 * MINUTE + 30 * SECOND,
			"six hours: the same");
	tap_int(refresh_at(0, 16 * MINUTE, 0), 12 * MINUTE,
			"16 minutes: a quarter ahead");
	tap_int(refresh_at(0, 15 * MINUTE, 1), 12 * MINUTE + 30 * SECOND,
			"15 minutes: a sixth at last");
	tap_int(refresh_at(now, now, 0), now, "expired already: now");
	tap_int(refresh_at(now, now - MINUTE, 1), now - MINUTE,
			"expired long ago: no later");

	c.expires = true;
	c.expires_us = 100;
	tap_int(DzCredentialsFreshness(&c, 50, 49), DZ_FRESH, "fresh");
	tap_int(DzCredentialsFreshness(&c, 50, 50), DZ_REFRESH_DUE, "due");
	tap_int(DzCredentialsFreshness(&c, 50, 99), DZ_REFRESH_DUE, "still due");
	tap_int(DzCredentialsFreshness(&c, 50, 100), DZ_EXPIRED, "expired");
	tap_int(DzCredentialsFreshness(&c, 200, 100), DZ_EXPIRED,
			"expired, whatever was planned");

	tap_int(DzRefreshRetryAtUs(now, 1, 0), now + SECOND, "first failure");
	tap_int(DzRefreshRetryAtUs(now, 1, 1), now + SECOND / 2, "less a half");
	tap_int(DzRefreshRetryAtUs(now, 5, 0), now + 16 * SECOND, "the fifth");
	tap_int(DzRefreshRetryAtUs(now, 9, 0), now + 256 * SECOND, "the ninth");
	tap_int(DzRefreshRetryAtUs(now, 10, 0), now + 5 * MINUTE, "the tenth");
	tap_int(DzRefreshRetryAtUs(now, INT32_MAX, 0), now + 5 * MINUTE,
			"never more than 5 minutes");

	c.expires_us = now;
	tap_ok(DzCredentialsExtend(&c, now, 0), "expired ones are extended");
	tap_int(c.expires_us, now + 10 * MINUTE, "by 10 minutes");
	tap_ok(!DzCredentialsExtend(&c, now, 1), "others are not");
	tap_int(c.expires_us, now + 10 * MINUTE, "and stay");
	c.expires_us = 0;
	tap_ok(DzCredentialsExtend(&c, now, 1), "long expired ones, too");
	tap_int(c.expires_us, now + 15 * MINUTE, "by up to 15 minutes from now");
}

int
main(void)
{
	test_answers();
	test_discretion();
	test_sso_token();
	test_refresh();

	return tap_done();
}
