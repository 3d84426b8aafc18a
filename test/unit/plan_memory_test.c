/*-------------------------------------------------------------------------
 *
 * plan_memory_test.c
 *		Memory on the way to credentials: none left, and none left behind.
 *
 * As memory_test does for signing: the n-th allocation fails, for every n.
 * Then there is no result, the reason is memory, and nothing leaks.  All the
 * while no memory is given back that holds one of the secrets.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/plan.h"
#include "credentials/sts.h"

#include <malloc.h>
#include <stdlib.h>

#include "tap.h"

/* What each secret begins with. */
#define SECRET "hidden-"

/* Allocations left before one fails; negative: none fails. */
static long until_failure = -1;

extern void *__real_malloc(size_t size);
extern void *__real_calloc(size_t n, size_t size);
extern void *__real_realloc(void *old, size_t size);
extern void *__wrap_malloc(size_t size);
extern void *__wrap_calloc(size_t n, size_t size);
extern void *__wrap_realloc(void *old, size_t size);
extern void __real_free(void *old);
extern void __wrap_free(void *old);

static int secrets_found = 0;

static bool holds_secret(const char *memory);

static bool
fails_now(void)
{
	if (until_failure < 0)
		return false;

	until_failure--;
	return until_failure < 0;
}

void *
__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return fails_now() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *old, size_t size)
{
	secrets_found += holds_secret(old);
	return fails_now() ? NULL : __real_realloc(old, size);
}

/* Of a text, its beginning would be enough to tell. */
static bool
holds_secret(const char *memory)
{
	size_t len = memory != NULL ? malloc_usable_size((void *) memory) : 0;

	for (size_t i = 0; i + strlen(SECRET) <= len; i++)
	{
		if (memcmp(memory + i, SECRET, strlen(SECRET)) == 0)
			return true;
	}

	return false;
}

void
__wrap_free(void *old)
{
	secrets_found += holds_secret(old);
	__real_free(old);
}

static const char *
get_variable(void *arg, const char *name)
{
	static const char *const values[][2] = {
		{"HOME", "/h"},
		{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/c"},
		{"AWS_CONTAINER_AUTHORIZATION_TOKEN", SECRET "token"}};

	(void) arg;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
	{
		if (strcmp(name, values[i][0]) == 0)
			return values[i][1];
	}

	return NULL;
}

/* More sections and properties than the first allocation has room for. */
static const char config[] =
	"[default]\nregion = eu-west-1\n"
	"[profile keys]\naws_access_key_id = i\naws_secret_access_key = " SECRET
	"key\n"
	"aws_session_token = " SECRET
	"token\naws_account_id = 1\na=\n b = 1\n c = 2\nd=1\n"
	"e=2\nf=3\ng=\n h=" SECRET "4\ni = 5\n " SECRET "continued\n"
	"[profile role]\nrole_arn = r\nsource_profile = keys\n"
	"external_id = e\nrole_session_name = n\n"
	"[profile web]\nrole_arn = r\nweb_identity_token_file = ~/t\n"
	"[profile process]\ncredential_process = " SECRET
	"command\naws_account_id = 1\n"
	"[profile sso]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n"
	"[sso-session s]\nsso_region = eu-west-1\nsso_start_url = u\n"
	"[profile container]\ncredential_source = EcsContainer\n"
	"[profile imds]\ncredential_source = Ec2InstanceMetadata\n"
	"[services v]\n";

/* Files and a plan; true: all of it. */
static bool
make_plan(const char *profile, DzProblem *problem)
{
	DzEnvironment env = {get_variable, NULL};
	DzProfiles profiles = {0};
	DzPlan plan = {0};
	bool is_ok = DzProfilesRead(&profiles, DZ_CONFIG_FILE, "/c", config,
								sizeof(config) - 1) &&
				 DzProfilesRead(&profiles, DZ_CREDENTIALS_FILE, "/s",
								"[keys]\nx = 1\n", 13);

	if (is_ok)
		is_ok = DzPlanProfile(&plan, &env, &profiles, profile, problem);
	else
		*problem = profiles.problem;
	DzPlanFree(&plan);
	DzProfilesFree(&profiles);

	return is_ok;
}

static bool
read_sts(const char *profile, DzProblem *problem)
{
	static const char xml[] =
		"<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>"
		"arn:aws:sts::1:x</Arn></AssumedRoleUser><Credentials>"
		"<AccessKeyId>A</AccessKeyId><SecretAccessKey>" SECRET
		"s</SecretAccessKey>"
		"<SessionToken>" SECRET
		"t</SessionToken><Expiration>2026-01-02T03:04:05Z"
		"</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
	DzStsRequest request = {.role_arn = "arn:aws:iam::1:role/name",
							.session_name = "name",
							.web_identity_token = SECRET "token",
							.web_identity_token_len = 12};
	DzCredentials credentials = {0};
	DzBuffer body = {0};
	bool is_ok = DzStsRequestBody(&body, &request, problem) &&
				 DzStsRead(xml, sizeof(xml) - 1, &credentials, problem);

	(void) profile;
	DzBufferFree(&body);
	DzCredentialsFree(&credentials);

	return is_ok;
}

static void
test(bool (*run)(const char *profile, DzProblem *problem), const char *profile)
{
	DzProblem problem = {0};
	int refused = 0;
	int wrong = 0;
	bool is_done = false;

	tap_ok(run(profile, &problem), "%s: with enough memory %s", profile,
		   problem.detail);
	for (long n = 0; n < 1000 && !is_done; n++)
	{
		bool is_ok;

		memset(&problem, 0, sizeof(problem));
		until_failure = n;
		is_ok = run(profile, &problem);
		is_done = until_failure >= 0; /* there was no n-th allocation */
		until_failure = -1;

		refused += !is_ok;
		wrong += !is_done && is_ok;
		wrong += !is_ok && problem.kind != DZ_PROBLEM_NO_MEMORY;
	}
	tap_ok(is_done && refused > 3, "%s: each allocation failed once (%d)",
		   profile, refused);
	tap_int(wrong, 0, "%s: and memory was the reason", profile);
}

/* The search itself finds what is there. */
static void
test_search(void)
{
	char *memory = tap_alloc(100);

	(void) snprintf(memory, 100, "%90s%s", "", SECRET);
	free(memory);
	tap_int(secrets_found, 1, "one that is not wiped is found");
}

int
main(void)
{
	static const char *const profiles[] = {
		"keys", "role", "web", "process", "sso", "container", "imds"};

	for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++)
		test(make_plan, profiles[i]);
	test(read_sts, "STS");
	tap_int(secrets_found, 0, "no secret was given back with its memory");
	test_search();

	return tap_done();
}
