/*-------------------------------------------------------------------------
 *
 * metadata_test.c
 *		Container URIs, the endpoint of IMDS, and what its answers mean.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/metadata.h"

#include "fake.h"
#include "shared.h"
#include "tap.h"

#define FULL "AWS_CONTAINER_CREDENTIALS_FULL_URI="
#define RELATIVE "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI="
#define TOKEN "AWS_CONTAINER_AUTHORIZATION_TOKEN="
#define TOKEN_FILE "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE="
#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

/* A URI, or, after a '!', what the problem's detail contains. */
static const struct
{
	const char *lines;
	const char *expected;
} containers[] = {
	{"", "!Neither"},
	{RELATIVE " \n", "!Neither"},
	{RELATIVE "/a?b=c%20d\n", "http://169.254.170.2/a?b=c%20d"},
	{RELATIVE "a\n", "!not the path"},
	{RELATIVE "/a b\n", "!not the path"},
	{RELATIVE "/a#b\n", "!not the path"},
	{RELATIVE "/a\\b\n", "!not the path"},
	{RELATIVE "/\xc3\xa9\n", "!not the path"},
	/* the host is a part of what is in front of the path, whatever follows */
	{RELATIVE "//evil/\n", "http://169.254.170.2//evil/"},
	{RELATIVE ".evil/\n", "!not the path"},
	{RELATIVE "@evil/\n", "!not the path"},
	{RELATIVE "/a\n" FULL "https://x/\n", "http://169.254.170.2/a"},

	{FULL "https://example.com/x\n", "https://example.com/x"},
	{FULL "HTTPS://Example.COM\n", "https://example.com/"},
	{FULL "https://example.com:8443?a=b\n", "https://example.com:8443/?a=b"},
	{FULL "http://localhost/\n", "http://localhost/"},
	{FULL "http://127.0.0.1:5/x\n", "http://127.0.0.1:5/x"},
	{FULL "http://127.9.9.9/\n", "http://127.9.9.9/"},
	{FULL "http://[::1]:80/\n", "http://[::1]/"},
	{FULL "http://169.254.170.2/\n", "http://169.254.170.2/"},
	{FULL "http://169.254.170.23/v1\n", "http://169.254.170.23/v1"},
	{FULL "http://[fd00:ec2::23]/v1\n", "http://[fd00:ec2::23]/v1"},
	{FULL "http://[fd00:0ec2:0::0023]/v1\n", "http://[fd00:ec2::23]/v1"},

	{FULL "http://169.254.170.3/\n", "!plain http"},
	{FULL "http://169.254.169.254/\n", "!plain http"},
	{FULL "http://[fd00:ec2::254]/\n", "!plain http"},
	{FULL "http://[::ffff:127.0.0.1]/\n", "!plain http"},
	{FULL "http://localhost.evil/\n", "!plain http"},
	{FULL "http://127.0.0.1.evil/\n", "!plain http"},
	{FULL "http://10.0.0.1/\n", "!plain http"},
	{FULL "http://0/\n", "!not usable"},
	{FULL "http://2130706433/\n", "!not usable"},
	{FULL "http://0x7f.1/\n", "!not usable"},
	{FULL "http://localhost@evil/\n", "!not usable"},
	{FULL "http://evil@localhost/\n", "!not usable"},
	{FULL "http://localhost:80:80/\n", "!not usable"},
	{FULL "http://localhost\\@evil/\n", "!not usable"},
	{FULL "ftp://localhost/\n", "!not usable"},
	{FULL "/relative\n", "!not usable"},
	{FULL "http:///x\n", "!not usable"},
	{FULL "https://example.com/a b\n", "!must not hold"},
	{FULL "https://example.com/#a\n", "!must not hold"},
	{FULL "https://example.com/\t\n", "!must not hold"},

	{FULL "https://x/\n" TOKEN "a\rb\n", "!AUTHORIZATION_TOKEN holds"},
};

static void
test_containers(void)
{
	for (size_t i = 0; i < NELEMS(containers); i++)
	{
		FakeLines lines = {.lines = containers[i].lines};
		DzEnvironment env = {fake_get_line, &lines};
		DzContainer container = {0};
		DzProblem problem = {0};
		bool is_ok = DzContainerResolve(&env, &container, &problem);
		const char *expected = containers[i].expected;

		if (expected[0] == '!')
			tap_ok(!is_ok && strstr(problem.detail, expected + 1) != NULL &&
					   problem.hint[0] != '\0',
				   "container %d is refused: %s", (int) i, problem.detail);
		else
			tap_text(is_ok ? container.uri.data : problem.detail, expected,
					 "container %d", (int) i);
		DzBufferFree(&container.uri);
	}
}

static void
test_tokens(void)
{
	FakeLines lines = {.lines = RELATIVE "/\n" TOKEN "t\n"};
	DzEnvironment env = {fake_get_line, &lines};
	DzContainer container = {0};
	DzProblem problem = {0};

	tap_ok(DzContainerResolve(&env, &container, &problem), "with a token");
	tap_text(container.token, "t", "the token");
	tap_text(container.token_file, NULL, "no file");
	DzBufferFree(&container.uri);
	lines.lines = RELATIVE "/\n" TOKEN "a\rb\n" TOKEN_FILE "/f\n";
	tap_ok(DzContainerResolve(&env, &container, &problem),
		   "with a file for the token");
	tap_text(container.token, NULL, "the file wins");
	tap_text(container.token_file, "/f", "the file");
	DzBufferFree(&container.uri);
	tap_ok(DzContainerIsConfigured(&env), "that is a configuration");
	lines.lines = TOKEN "t\n";
	tap_ok(!DzContainerIsConfigured(&env), "a token alone is none");

	tap_ok(DzHeaderValueIsSafe("Bearer x=", 9), "a safe value");
	tap_ok(!DzHeaderValueIsSafe("", 0), "nothing is no value");
	tap_ok(!DzHeaderValueIsSafe("a\n", 2), "nor is a line");
	tap_ok(!DzHeaderValueIsSafe("a\0b", 3), "nor something with a NUL");
	tap_ok(!DzHeaderValueIsSafe("\xc3\xa9", 2), "nor something beyond ASCII");
}

static const struct
{
	const char *lines;
	const char *config; /* profile default */
	const char *expected;
} endpoints[] = {
	{"", NULL, "http://169.254.169.254"},
	{"", "[default]\nec2_metadata_service_endpoint = https://a:1/b/\n",
	 "https://a:1/b"},
	{"AWS_EC2_METADATA_SERVICE_ENDPOINT=http://e\n",
	 "[default]\nec2_metadata_service_endpoint = http://p\n", "http://e"},
	{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=IPV6\n",
	 "[default]\nec2_metadata_service_endpoint = http://p\n", "http://p"},
	{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=ipv4\n",
	 "[default]\nec2_metadata_service_endpoint_mode = IPv6\n",
	 "http://169.254.169.254"},
	{"", "[default]\nec2_metadata_service_endpoint_mode = IPv6\n",
	 "http://[fd00:ec2::254]"},
	{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=IPv5\n", NULL,
	 "!environment variable AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither"},
	{"", "[default]\nec2_metadata_service_endpoint_mode = 6\n",
	 "!profile \"default\" (file \"/c\", line 2) is neither"},
	{"AWS_EC2_METADATA_SERVICE_ENDPOINT=169.254.169.254\n", NULL,
	 "!AWS_EC2_METADATA_SERVICE_ENDPOINT is not usable"},
	{"AWS_EC2_METADATA_SERVICE_ENDPOINT=http://x/?a\n", NULL, "!no query"},
	{"AWS_EC2_METADATA_SERVICE_ENDPOINT=http://x/ y\n", NULL, "!encoding"},
};

/* Compare with "expected" and what our requests have behind it. */
static void
test_endpoint(const DzEnvironment *env, const char *config,
			  const char *expected, const char *path, const char *name)
{
	DzProfiles profiles = {0};
	DzBuffer out = {0};
	DzProblem problem = {0};
	bool is_ok;

	if (!fake_profiles(&profiles, config, NULL))
		tap_ok(false, "profiles: %s", profiles.problem.detail);
	is_ok = DzImdsEndpoint(
		env, &profiles,
		DzProfilesFind(&profiles, DZ_SECTION_PROFILE, "default"), &out,
		&problem);
	DzBufferAppendText(&out, path);
	if (expected[0] == '!')
		tap_ok(!is_ok && strstr(problem.detail, expected + 1) != NULL &&
				   problem.hint[0] != '\0',
			   "%s is refused: %s", name, problem.detail);
	else
		tap_text(is_ok ? out.data : problem.detail, expected, "%s", name);
	DzBufferFree(&out);
	DzProfilesFree(&profiles);
}

static void
test_endpoints(void)
{
	for (size_t i = 0; i < NELEMS(endpoints); i++)
	{
		FakeLines lines = {.lines = endpoints[i].lines};
		DzEnvironment env = {fake_get_line, &lines};
		char name[32];

		(void) snprintf(name, sizeof(name), "IMDS endpoint %d", (int) i);
		test_endpoint(&env, endpoints[i].config, endpoints[i].expected, "",
					  name);
	}
}

static void
test_disabled(const char *value, bool expected)
{
	char text[64];
	FakeLines lines = {.lines = text};
	DzEnvironment env = {fake_get_line, &lines};

	(void) snprintf(text, sizeof(text), "AWS_EC2_METADATA_DISABLED=%s\n",
					value);
	tap_int(DzImdsIsDisabled(&env), expected, "disabled = \"%s\"", value);
}

static void
test_verdicts(void)
{
	static const struct
	{
		int status;
		DzImdsVerdict token;
		DzImdsVerdict role;
		DzImdsVerdict credentials;
	} cases[] = {
		{200, DZ_IMDS_OK, DZ_IMDS_OK, DZ_IMDS_OK},
		{0, DZ_IMDS_STOP, DZ_IMDS_STOP, DZ_IMDS_STOP},
		{204, DZ_IMDS_STOP, DZ_IMDS_STOP, DZ_IMDS_STOP},
		{301, DZ_IMDS_STOP, DZ_IMDS_STOP, DZ_IMDS_STOP},
		{400, DZ_IMDS_STOP, DZ_IMDS_STOP, DZ_IMDS_STOP},
		{401, DZ_IMDS_STOP, DZ_IMDS_RENEW_TOKEN, DZ_IMDS_RENEW_TOKEN},
		{403, DZ_IMDS_DISABLED, DZ_IMDS_STOP, DZ_IMDS_STOP},
		{404, DZ_IMDS_STOP, DZ_IMDS_NO_ROLE, DZ_IMDS_NO_ROLE},
		{429, DZ_IMDS_RETRY, DZ_IMDS_RETRY, DZ_IMDS_RETRY},
		{500, DZ_IMDS_RETRY, DZ_IMDS_RETRY, DZ_IMDS_RETRY},
		{503, DZ_IMDS_RETRY, DZ_IMDS_RETRY, DZ_IMDS_RETRY},
	};

	for (size_t i = 0; i < NELEMS(cases); i++)
	{
		int status = cases[i].status;

		tap_int((int64_t) DzImdsJudge(DZ_IMDS_GET_TOKEN, status),
				(int64_t) cases[i].token, "%d for the token", status);
		tap_int((int64_t) DzImdsJudge(DZ_IMDS_GET_ROLE, status),
				(int64_t) cases[i].role, "%d for the role", status);
		tap_int((int64_t) DzImdsJudge(DZ_IMDS_GET_CREDENTIALS, status),
				(int64_t) cases[i].credentials, "%d for credentials", status);
	}
}

static void
test_role(const char *text, const char *expected)
{
	DzBuffer out = {0};
	bool is_ok = DzImdsCredentialsPath(text, strlen(text), &out);

	tap_text(is_ok ? out.data + strlen(DZ_IMDS_ROLE_PATH) : NULL, expected,
			 "role %s", expected != NULL ? expected : "that is none");
	DzBufferFree(&out);
}

static void
test_roles(void)
{
	test_role("my-role", "my-role");
	test_role("my-role\n", "my-role");
	test_role("a\r\nb\n", "a");
	test_role("a+b=c,d.e@f_g", "a%2Bb%3Dc%2Cd.e%40f_g");
	test_role("", NULL);
	test_role("\n", NULL);
	test_role("..", NULL);
	test_role(".", NULL);
	test_role("...", "...");
	test_role("a/b", NULL);
	test_role("a b", NULL);
	test_role("<html>", NULL);
	test_role(
		"0123456789012345678901234567890123456789012345678901234567890123",
		"0123456789012345678901234567890123456789012345678901234567890123");
	test_role(
		"01234567890123456789012345678901234567890123456789012345678901234",
		NULL);
}

/* ---- the SDKs' cases ---- */

static void
test_shared_container(const json_t *c)
{
	const json_t *result = json_object_get(c, "result");
	const char *docs = json_string_value(json_object_get(c, "docs"));
	const char *expected = json_string_value(json_object_get(result, "Ok"));
	DzEnvironment env = {fake_get_member, json_object_get(c, "env")};
	DzContainer container = {0};
	DzProblem problem = {0};
	bool is_ok = DzContainerResolve(&env, &container, &problem);

	if (expected != NULL)
		tap_text(is_ok ? container.uri.data : problem.detail, expected,
				 "shared: %s", docs);
	else
		tap_ok(!is_ok && problem.detail[0] != '\0', "shared: %s (%s)", docs,
			   problem.detail);
	DzBufferFree(&container.uri);
}

static void
test_shared_imds(const json_t *c)
{
	const json_t *result = json_object_get(c, "result");
	const char *docs = json_string_value(json_object_get(c, "docs"));
	const char *expected = json_string_value(json_object_get(result, "Ok"));
	DzEnvironment env = {fake_get_member, json_object_get(c, "env")};
	const json_t *config = json_object_get(json_object_get(c, "fs"), "config");

	if (json_object_get(c, "endpoint_override") != NULL ||
		json_object_get(c, "mode_override") != NULL)
		tap_skip(docs, "nothing of ours overrides it but the environment");
	else
		test_endpoint(&env, json_string_value(config),
					  expected != NULL ? expected : "!", DZ_IMDS_TOKEN_PATH,
					  docs);
}

static void
test_shared(const char *name, size_t count, void (*test)(const json_t *c))
{
	json_t *json;
	const json_t *tests;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	json = shared_json(name);
	tests = json_object_get(json, "tests");
	tap_int((int64_t) json_array_size(tests), (int64_t) count,
			"%d cases of %s", (int) count, name);
	for (size_t i = 0; i < json_array_size(tests); i++)
		test(json_array_get(tests, i));
	json_decref(json);
}

int
main(void)
{
	test_containers();
	test_tokens();
	test_endpoints();
	test_disabled("true", true);
	test_disabled("TRUE", true);
	test_disabled("false", false);
	test_disabled("1", false);
	test_disabled("", false);
	test_verdicts();
	test_roles();
	test_shared("credential-chain/ecs-tests.json", 11, test_shared_container);
	test_shared("credential-chain/imds-config/imds-endpoint-tests.json", 14,
				test_shared_imds);

	return tap_done();
}
