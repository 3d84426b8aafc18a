/*-------------------------------------------------------------------------
 *
 * environment_test.c
 *		Variables, paths, the profile that is meant, the trace id.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/environment.h"

#include "fake.h"
#include "shared.h"
#include "tap.h"

static const struct
{
	const char *lines;
	const char *config; /* NULL: there is none */
	const char *credentials;
} locations[] = {
	{"HOME=/var/x\n", "/var/x/.aws/config", "/var/x/.aws/credentials"},
	{"HOME=/var/x/\n", "/var/x/.aws/config", "/var/x/.aws/credentials"},
	{"HOME=/\n", "//.aws/config", "//.aws/credentials"},
	{"", NULL, NULL},
	{"HOME= \n", NULL, NULL},
	{"AWS_CONFIG_FILE=/a b\n", "/a b", NULL},
	{"AWS_CONFIG_FILE=~/c\nHOME=/h\n", "/h/c", "/h/.aws/credentials"},
	{"AWS_CONFIG_FILE=~/c\n", NULL, NULL},
	{"AWS_CONFIG_FILE=~x/c\nHOME=/h\n", "~x/c", "/h/.aws/credentials"},
	{"AWS_CONFIG_FILE=relative\nAWS_SHARED_CREDENTIALS_FILE=~\nHOME=/h\n",
	 "relative", "/h"},
	{"AWS_CONFIG_FILE=\t\nHOME=/h\n", "/h/.aws/config", "/h/.aws/credentials"},
};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

static void
test_location(const DzEnvironment *env, DzProfileFile file,
			  const char *expected, const char *name)
{
	DzBuffer path = {0};
	bool is_ok = DzEnvironmentFile(env, file, &path);

	tap_text(is_ok ? path.data : NULL, expected, "%s %s", name,
			 file == DZ_CONFIG_FILE ? "config" : "credentials");
	DzBufferFree(&path);
}

static void
test_locations(void)
{
	for (size_t i = 0; i < NELEMS(locations); i++)
	{
		FakeLines lines = {.lines = locations[i].lines};
		DzEnvironment env = {fake_get_line, &lines};
		char name[32];

		(void) snprintf(name, sizeof(name), "location %d:", (int) i);
		test_location(&env, DZ_CONFIG_FILE, locations[i].config, name);
		test_location(&env, DZ_CREDENTIALS_FILE, locations[i].credentials,
					  name);
	}
}

static void
test_profile(const char *text, const char *expected, bool expected_named)
{
	FakeLines lines = {.lines = text};
	DzEnvironment env = {fake_get_line, &lines};
	bool is_named;

	tap_text(DzEnvironmentProfile(&env, &is_named), expected, "profile %s",
			 expected);
	tap_int(is_named, expected_named, "was it named?");
}

static void
test_trace(const char *text, const char *expected)
{
	FakeLines lines = {.lines = text};
	DzEnvironment env = {fake_get_line, &lines};
	DzBuffer out = {0};
	bool is_ok = DzEnvironmentTraceId(&env, &out);

	tap_text(is_ok ? out.data : NULL, expected, "trace id %s",
			 expected != NULL ? expected : "(none)");
	DzBufferFree(&out);
}

/* ---- the SDKs' cases ---- */

static void
test_shared_location(const json_t *c)
{
	const char *name = json_string_value(json_object_get(c, "name"));
	const char *platform = json_string_value(json_object_get(c, "platform"));
	const char *profile = json_string_value(json_object_get(c, "profile"));
	DzEnvironment env = {fake_get_member, json_object_get(c, "environment")};
	bool is_named;

	if (strcmp(platform, "linux") != 0)
	{
		tap_skip(name, "it is for another platform");
		return;
	}
	test_location(&env, DZ_CONFIG_FILE,
				  json_string_value(json_object_get(c, "configLocation")),
				  name);
	test_location(&env, DZ_CREDENTIALS_FILE,
				  json_string_value(json_object_get(c, "credentialsLocation")),
				  name);
	if (profile != NULL)
		tap_text(DzEnvironmentProfile(&env, &is_named), profile, "%s profile",
				 name);
}

static void
test_shared_trace(const json_t *c, int number)
{
	DzEnvironment env = {fake_get_member, json_object_get(c, "env")};
	const char *header = json_string_value(
		json_array_get(json_object_get(c, "requestHeadersAfter"), 0));
	DzBuffer out = {0};
	char name[64];
	bool is_ok;

	(void) snprintf(name, sizeof(name), "recursion detection %d", number);
	if (json_array_size(json_object_get(c, "requestHeadersBefore")) > 0)
	{
		tap_skip(name, "no request of ours has such a header before");
		return;
	}
	DzBufferAppendText(&out, "X-Amzn-Trace-Id: ");
	is_ok = DzEnvironmentTraceId(&env, &out);
	tap_text(is_ok ? out.data : NULL, header, "shared: %s", name);
	DzBufferFree(&out);
}

static void
test_shared(void)
{
	static const char files[] = "credential-chain/file-location-tests.json";
	static const char traces[] = "credential-chain/recursion-detection.json";
	json_t *json;
	const json_t *tests;

	if (!shared_has(files) || !shared_has(traces))
	{
		tap_skip(files, SHARED_ABSENT);
		tap_skip(traces, SHARED_ABSENT);
		return;
	}
	json = shared_json(files);
	tests = json_object_get(json, "tests");
	tap_int((int64_t) json_array_size(tests), 9, "9 shared locations");
	for (size_t i = 0; i < json_array_size(tests); i++)
		test_shared_location(json_array_get(tests, i));
	json_decref(json);

	json = shared_json(traces);
	tap_int((int64_t) json_array_size(json), 5, "5 shared trace ids");
	for (size_t i = 0; i < json_array_size(json); i++)
		test_shared_trace(json_array_get(json, i), (int) i + 1);
	json_decref(json);
}

int
main(void)
{
	test_locations();

	test_profile("", "default", false);
	test_profile("AWS_PROFILE=a\nAWS_DEFAULT_PROFILE=b\n", "a", true);
	test_profile("AWS_PROFILE=\nAWS_DEFAULT_PROFILE=b\n", "b", true);
	test_profile("AWS_PROFILE=default\n", "default", true);

	test_trace("_X_AMZN_TRACE_ID=Root=1;Sampled=1\n", NULL);
	test_trace("AWS_LAMBDA_FUNCTION_NAME=f\n", NULL);
	test_trace("AWS_LAMBDA_FUNCTION_NAME=f\n"
			   "_X_AMZN_TRACE_ID=Root=1;a\rb\x7f\xc3\xa9 c%0A\n",
			   "Root=1;a%0Db%7F%C3%A9 c%0A");
	test_shared();

	return tap_done();
}
