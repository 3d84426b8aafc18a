/*-------------------------------------------------------------------------
 *
 * config_test.c
 *		Settings of the SDKs: environment first, then the profile.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/config.h"

#include "fake.h"
#include "shared.h"
#include "tap.h"

#define ALL \
	"[profile p]\nregion = eu-west-1\nuse_fips_endpoint = TRUE\n" \
	"use_dualstack_endpoint = true\nca_bundle = /ca\n" \
	"retry_mode = adaptive\nmax_attempts = 7\nsdk_ua_app_id = app\n" \
	"ignore_configured_endpoint_urls = true\n" \
	"disable_clock_skew_correction = true\n"

typedef struct Fixture
{
	FakeLines lines;
	DzEnvironment env;
	DzProfiles profiles;
	DzConfigSource source;
} Fixture;

/* Profile "p" of a config file; NULL: no profile. */
static void
set_up(Fixture *f, const char *lines, const char *config)
{
	memset(f, 0, sizeof(*f));
	f->lines.lines = lines;
	f->env = (DzEnvironment){fake_get_line, &f->lines};
	if (!fake_profiles(&f->profiles, config, NULL))
		tap_ok(false, "profiles: %s", f->profiles.problem.detail);
	f->source = (DzConfigSource){
		&f->env, &f->profiles,
		DzProfilesFind(&f->profiles, DZ_SECTION_PROFILE, "p")};
}

static void
test_values(void)
{
	Fixture f;
	DzConfig c;
	DzProblem problem = {0};

	set_up(&f, "", NULL);
	tap_ok(DzConfigResolve(&f.source, 0, &c, &problem), "nothing is set");
	tap_ok(c.region == NULL && !c.use_fips && !c.use_dual_stack &&
			   !c.ignore_endpoint_urls && c.ca_bundle == NULL &&
			   !c.has_retry_mode && c.max_attempts == 0 && c.app_id == NULL &&
			   !c.no_skew_correction,
		   "and nothing is found");

	set_up(&f, "", ALL);
	tap_ok(DzConfigResolve(&f.source, 0, &c, &problem), "all in the profile");
	tap_text(c.region, "eu-west-1", "region");
	tap_ok(c.use_fips && c.use_dual_stack && c.ignore_endpoint_urls &&
			   c.no_skew_correction,
		   "switches");
	tap_text(c.ca_bundle, "/ca", "ca_bundle");
	tap_text(c.app_id, "app", "sdk_ua_app_id");
	tap_ok(c.has_retry_mode && c.retry_mode == DZ_RETRY_ADAPTIVE &&
			   c.max_attempts == 7,
		   "retries");
	DzProfilesFree(&f.profiles);

	set_up(&f,
		   "AWS_REGION=us-east-2\nAWS_DEFAULT_REGION=us-east-1\n"
		   "AWS_USE_FIPS_ENDPOINT=False\nAWS_USE_DUALSTACK_ENDPOINT=false\n"
		   "AWS_CA_BUNDLE=/other\nAWS_RETRY_MODE=Standard\n"
		   "AWS_MAX_ATTEMPTS=1\nAWS_SDK_UA_APP_ID=b\n"
		   "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=false\n"
		   "AWS_DISABLE_CLOCK_SKEW_CORRECTION=false\n",
		   ALL);
	tap_ok(DzConfigResolve(&f.source, 0, &c, &problem), "and elsewhere");
	tap_text(c.region, "us-east-2", "AWS_REGION wins");
	tap_ok(!c.use_fips && !c.use_dual_stack && !c.ignore_endpoint_urls &&
			   !c.no_skew_correction,
		   "so do the switches of the environment");
	tap_text(c.ca_bundle, "/other", "AWS_CA_BUNDLE wins");
	tap_text(c.app_id, "b", "AWS_SDK_UA_APP_ID wins");
	tap_ok(c.retry_mode == DZ_RETRY_STANDARD && c.max_attempts == 1,
		   "AWS_RETRY_MODE and AWS_MAX_ATTEMPTS win");
	DzProfilesFree(&f.profiles);

	set_up(&f, "AWS_DEFAULT_REGION=us-east-1\nAWS_RETRY_MODE=legacy\n", ALL);
	tap_ok(DzConfigResolve(&f.source, 0, &c, &problem), "the second choice");
	tap_text(c.region, "us-east-1", "AWS_DEFAULT_REGION before the profile");
	tap_int((int64_t) c.retry_mode, DZ_RETRY_STANDARD, "legacy is standard");
	DzProfilesFree(&f.profiles);
}

static void
test_refused(void)
{
	static const struct
	{
		const char *lines;
		const char *config;
		unsigned int known;
		const char *where; /* NULL: taken */
	} cases[] = {
		{"AWS_REGION=evil.example/\n", NULL, 0,
		 "The environment variable AWS_REGION is no"},
		{"AWS_REGION=evil.example/\n", NULL, DZ_CONFIG_REGION, NULL},
		{"AWS_DEFAULT_REGION=-\n", NULL, 0, "AWS_DEFAULT_REGION is no"},
		{"", "[profile p]\n\nregion = 1\n", 0,
		 "The key region of profile \"p\" (file \"/c\", line 3) is no"},
		{"AWS_USE_FIPS_ENDPOINT=ture\n", NULL, 0, "neither true nor false"},
		{"AWS_USE_FIPS_ENDPOINT=ture\n", NULL, DZ_CONFIG_FIPS, NULL},
		{"AWS_USE_DUALSTACK_ENDPOINT=1\n", NULL, 0, "neither"},
		{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=yes\n", NULL, 0, "neither"},
		{"AWS_DISABLE_CLOCK_SKEW_CORRECTION=truely\n", NULL, 0, "neither"},
		{"AWS_RETRY_MODE=fast\n", NULL, 0, "AWS_RETRY_MODE is no retry mode"},
		{"AWS_RETRY_MODE=fast\n", NULL, DZ_CONFIG_RETRY_MODE, NULL},
		{"AWS_MAX_ATTEMPTS=0\n", NULL, 0, "AWS_MAX_ATTEMPTS is no number"},
		{"AWS_MAX_ATTEMPTS=0\n", NULL, DZ_CONFIG_MAX_ATTEMPTS, NULL},
		{"AWS_MAX_ATTEMPTS=3x\n", NULL, 0, "is no number"},
		{"AWS_MAX_ATTEMPTS=x3\n", NULL, 0, "is no number"},
		{"AWS_MAX_ATTEMPTS=-1\n", NULL, 0, "is no number"},
		{"AWS_MAX_ATTEMPTS=1001\n", NULL, 0, "is no number"},
		{"AWS_MAX_ATTEMPTS=99999999999999999999\n", NULL, 0, "is no number"},
		{"AWS_MAX_ATTEMPTS=1000\n", NULL, 0, NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Fixture f;
		DzConfig c;
		DzProblem problem = {0};
		bool is_ok;

		set_up(&f, cases[i].lines, cases[i].config);
		is_ok = DzConfigResolve(&f.source, cases[i].known, &c, &problem);
		if (cases[i].where == NULL)
			tap_ok(is_ok, "setting %d is not looked at, or right", (int) i);
		else
			tap_ok(!is_ok && problem.kind == DZ_PROBLEM_CONFIG &&
					   problem.hint[0] != '\0' &&
					   strstr(problem.detail, cases[i].where) != NULL,
				   "refused: %s", problem.detail);
		DzProfilesFree(&f.profiles);
	}
}

#define URLS \
	"[profile p]\nendpoint_url = https://p\nservices = s\n" \
	"[services s]\ndatazone =\n  endpoint_url = https://s\n" \
	"sts =\n  other = https://o\n"

static void
test_endpoints(void)
{
	static const struct
	{
		const char *lines;
		const char *config;
		const char *service;
		const char *url;
		const char *where;
	} cases[] = {
		{"", NULL, "datazone", NULL, ""},
		{"", URLS, "datazone", "https://s",
		 "key datazone.endpoint_url of services \"s\" (file \"/c\", line 5)"},
		{"", URLS, "sts", "https://p",
		 "key endpoint_url of profile \"p\" (file \"/c\", line 2)"},
		{"AWS_ENDPOINT_URL=https://e\n", URLS, "datazone", "https://e",
		 "environment variable AWS_ENDPOINT_URL"},
		{"AWS_ENDPOINT_URL=https://e\nAWS_ENDPOINT_URL_DATAZONE=https://d\n",
		 URLS, "datazone", "https://d",
		 "environment variable AWS_ENDPOINT_URL_DATAZONE"},
		{"AWS_ENDPOINT_URL_DATAZONE=https://d\n", URLS, "sts", "https://p",
		 NULL},
		{"AWS_ENDPOINT_URL_A_B=https://d\n", NULL, "a-b", "https://d", NULL},
	};
	Fixture f;
	const char *url;
	DzProblem problem = {0};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char where[DZ_PROPERTY_TEXT_SIZE];

		set_up(&f, cases[i].lines, cases[i].config);
		tap_ok(DzConfigEndpoint(&f.source, cases[i].service, &url, where,
								&problem),
			   "endpoint %d", (int) i);
		tap_text(url, cases[i].url, "its URL");
		if (cases[i].where != NULL)
			tap_text(where, cases[i].where, "where it stands");
		DzProfilesFree(&f.profiles);
	}

	set_up(&f, "", "[profile p]\nservices = t\n");
	tap_ok(!DzConfigEndpoint(&f.source, "sts", &url, NULL, &problem),
		   "no such services section: %s", problem.detail);
	DzProfilesFree(&f.profiles);
}

/* ---- the SDKs' cases ---- */

static json_t *
named(const json_t *suite, const char *group, const json_t *c, const char *key)
{
	return json_object_get(json_object_get(suite, group),
						   json_string_value(json_object_get(c, key)));
}

/* Write a profile of the suite as profile "p", and all its services. */
static void
write_config(DzBuffer *out, const json_t *profile, const json_t *services)
{
	const char *name;
	json_t *value;

	DzBufferAppendText(out, "[profile p]\n");
	json_object_foreach((json_t *) profile, name, value)
	{
		DzBufferAppendText(out, name);
		DzBufferAppendText(out, " = ");
		DzBufferAppendText(out, json_string_value(value));
		DzBufferAppendChar(out, '\n');
	}
	json_object_foreach((json_t *) services, name, value)
	{
		const char *service;
		const char *key;
		json_t *settings;
		json_t *setting;

		DzBufferAppendText(out, "[services ");
		DzBufferAppendText(out, name);
		DzBufferAppendText(out, "]\n");
		json_object_foreach(value, service, settings)
		{
			DzBufferAppendText(out, service);
			DzBufferAppendText(out, " =\n");
			json_object_foreach(settings, key, setting)
			{
				DzBufferAppendText(out, "  ");
				DzBufferAppendText(out, key);
				DzBufferAppendText(out, " = ");
				DzBufferAppendText(out, json_string_value(setting));
				DzBufferAppendChar(out, '\n');
			}
		}
	}
}

/* A client's own settings come first, as a foreign server's options do. */
static const char *
resolve_url(const DzConfigSource *source, const json_t *client,
			const char *service)
{
	const char *url =
		json_string_value(json_object_get(client, "endpoint_url"));
	DzConfig config;
	DzProblem problem = {0};

	if (url != NULL)
		return url;
	if (!DzConfigResolve(source, 0, &config, &problem))
		return problem.kind == DZ_PROBLEM_NONE ? NULL : "(error)";
	if (config.ignore_endpoint_urls ||
		json_is_true(
			json_object_get(client, "ignore_configured_endpoint_urls")))
		return NULL;
	if (!DzConfigEndpoint(source, service, &url, NULL, &problem))
		return "(error)";

	return url;
}

static void
test_shared_case(const json_t *suite, const json_t *c)
{
	const char *expected = json_string_value(
		json_object_get(json_object_get(c, "output"), "endpointUrl"));
	DzEnvironment env = {fake_get_member,
						 named(suite, "environments", c, "environment")};
	DzProfiles profiles = {0};
	DzBuffer text = {0};
	DzConfigSource source = {&env, &profiles, NULL};

	/* what follows from a service's rules is no configured URL */
	if (strstr(expected, ".fake-region-10.amazonaws.com") != NULL)
		expected = NULL;
	write_config(&text, named(suite, "profiles", c, "profile"),
				 json_object_get(suite, "services"));
	if (!fake_profiles(&profiles, text.data, NULL))
		tap_ok(false, "profiles: %s", profiles.problem.detail);
	source.profile = DzProfilesFind(&profiles, DZ_SECTION_PROFILE, "p");
	tap_text(resolve_url(&source,
						 named(suite, "client_configs", c, "client_config"),
						 json_string_value(json_object_get(c, "service"))),
			 expected, "shared: %s",
			 json_string_value(json_object_get(c, "name")));
	DzBufferFree(&text);
	DzProfilesFree(&profiles);
}

static void
test_shared(void)
{
	static const char name[] =
		"credential-chain/endpoint-url-profile-tests.json";
	json_t *json;
	const json_t *suite;
	const json_t *tests;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	json = shared_json(name);
	suite = json_array_get(json_object_get(json, "testSuites"), 0);
	tests = json_object_get(suite, "endpointUrlTests");
	tap_int((int64_t) json_array_size(tests), 39, "39 shared cases");
	for (size_t i = 0; i < json_array_size(tests); i++)
		test_shared_case(suite, json_array_get(tests, i));
	json_decref(json);
}

int
main(void)
{
	test_values();
	test_refused();
	test_endpoints();
	test_shared();

	return tap_done();
}
