/*-------------------------------------------------------------------------
 *
 * chain_test.c
 *		From environment and files to credentials, with recorded answers.
 *
 * The SDKs publish whole cases: an environment, a file system, what went over
 * the network, and the credentials that came of it.  Here the plan is made,
 * each request that follows from it is compared with the recorded one, and
 * the recorded answer is read.  What the network does is not tested here.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/endpoint.h"
#include "aws/retry.h"
#include "credentials/sts.h"

#include <dirent.h>
#include <sys/wait.h>

#include "answer.h"
#include "replay.h"

#define MAX_ATTEMPTS 4

/* a cached token of a case must not have expired then */
#define NOW_US (INT64_C(1767323045) * 1000000)

/* ---- sources ---- */

/*
 * Where a service is, with a '/' at its end.  Some cases were recorded with
 * plain http to another machine: that is refused, and replayed with https.
 */
static bool
service_url(Case *c, const char *service, const char *region, char *url,
			size_t size)
{
	const char *configured = NULL;
	char https[512];
	DzEndpoint endpoint;
	const char *error;
	DzProblem problem = {0};

	if (!c->config.ignore_endpoint_urls &&
		!DzConfigEndpoint(&c->source,
						  strcmp(service, "sts") == 0 ? "sts" : "sso",
						  &configured, NULL, &problem))
		return fail(c, "%s", problem.detail);
	if (configured != NULL && strncmp(configured, "http://", 7) == 0)
	{
		c->is_plain_http = true;
		if (DzEndpointResolve(service, region, false, configured, &endpoint,
							  &error))
			return fail(c, "%s was taken", configured);
		(void) snprintf(https, sizeof(https), "https://%s", configured + 7);
		configured = https;
	}
	if (!DzEndpointResolveDual(service, region, c->config.use_fips,
							   c->config.use_dual_stack, configured, &endpoint,
							   &error))
		return fail(c, "%s", error);
	(void) snprintf(url, size, "%s/", endpoint.url);

	return true;
}

static bool
read_json(Case *c, DzAnswerForm form, const json_t *json, DzCredentials *out)
{
	DzProblem problem = {0};

	return DzCredentialsRead(out, form, answer_member, (void *) json,
							 &problem) ||
		   fail(c, "%s", problem.detail);
}

/* One of the two calls of STS, as often as it may be tried. */
static bool
call_sts(Case *c, const DzRole *role, const char *token, size_t token_len,
		 DzCredentials *out)
{
	char url[1024];
	char name[128] = "?";
	DzProblem problem = {0};
	DzStsError error;
	DzBuffer body = {0};
	DzStsRequest request = {.role_arn = role->arn,
							.session_name = role->session_name,
							.external_id = role->external_id,
							.duration_seconds = role->duration_seconds,
							.web_identity_token = token,
							.web_identity_token_len = token_len};

	if (!service_url(c, "sts", c->config.region, url, sizeof(url)))
		return false;
	for (int i = 0; i < MAX_ATTEMPTS; i++)
	{
		const char *recorded = next_exchange(c, "POST", url, NULL);
		const char *at;

		if (recorded == NULL)
			return false;
		if (request.session_name == NULL &&
			(at = strstr(recorded, "RoleSessionName=")) != NULL)
		{
			at += strlen("RoleSessionName=");
			(void) snprintf(name, sizeof(name), "%.*s", (int) strcspn(at, "&"),
							at);
			request.session_name = name;
		}
		DzBufferReset(&body);
		if (!DzStsRequestBody(&body, &request, &problem))
			(void) fail(c, "%s", problem.detail);
		/* the recordings of web identities are of other roles and tokens */
		else if (token == NULL && strcmp(body.data, recorded) != 0)
			(void) fail(c, "%s, recorded is %s", body.data, recorded);
		else if (token != NULL &&
				 strncmp(recorded, "Action=AssumeRoleWithWebIdentity&", 33) !=
					 0)
			(void) fail(c, "recorded is %s", recorded);
		(void) DzStsReadError(c->answer, strlen(c->answer), &error);
		if (c->failure[0] != '\0' ||
			DzRetryClassify(c->status, error.code) == DZ_RETRY_NONE)
			break;
	}
	DzBufferFree(&body);
	if (c->failure[0] != '\0')
		return false;
	if (c->status != 200)
		return fail(c, "%d %s: %s", c->status, error.code, error.message);

	return DzStsRead(c->answer, strlen(c->answer), out, &problem) ||
		   fail(c, "%s", problem.detail);
}

static bool
fetch_web_identity(Case *c, DzCredentials *out)
{
	size_t len;
	char *token = read_file(c, c->plan.token_file, &len);
	bool is_ok;

	if (token == NULL)
		return fail(c, "no file %s", c->plan.token_file);
	is_ok = call_sts(c, &c->plan.web_role, token, len, out);
	free(token);

	return is_ok;
}

static bool
fetch_container(Case *c, DzCredentials *out)
{
	size_t len;
	char *token = NULL;
	json_t *json;
	bool is_ok;

	if (c->plan.token_file != NULL)
	{
		token = read_file(c, c->plan.token_file, &len);
		if (token == NULL)
			return fail(c, "no file %s", c->plan.token_file);
		is_ok = DzHeaderValueIsSafe(token, len);
		free(token);
		if (!is_ok)
			return fail(c, "the token is no header's value");
	}
	if (next_exchange(c, "GET", c->plan.uri, NULL) == NULL)
		return false;
	json = json_loads(c->answer, 0, NULL);
	is_ok = read_json(c, DZ_ANSWER_CONTAINER, json, out);
	json_decref(json);

	return is_ok;
}

/* A request to IMDS, repeated as its answers say. */
static bool
ask_imds(Case *c, DzImdsStep step, const char *path, const char *token)
{
	char url[1024];
	DzImdsVerdict verdict = DZ_IMDS_RETRY;

	(void) snprintf(url, sizeof(url), "%s%s", c->plan.uri, path);
	for (int i = 0; i < MAX_ATTEMPTS && verdict == DZ_IMDS_RETRY; i++)
	{
		if (next_exchange(c, step == DZ_IMDS_GET_TOKEN ? "PUT" : "GET", url,
						  token) == NULL)
			return false;
		verdict = DzImdsJudge(step, c->status);
	}

	return verdict == DZ_IMDS_OK ||
		   fail(c, "%s",
				verdict == DZ_IMDS_NO_ROLE    ? "the instance has no role"
				: verdict == DZ_IMDS_DISABLED ? "IMDS is disabled"
											  : "IMDS failed");
}

static bool
fetch_imds(Case *c, DzCredentials *out)
{
	DzBuffer path = {0};
	const char *token;
	json_t *json;
	bool is_ok;

	if (!ask_imds(c, DZ_IMDS_GET_TOKEN, DZ_IMDS_TOKEN_PATH, NULL))
		return false;
	token = c->answer;
	if (!ask_imds(c, DZ_IMDS_GET_ROLE, DZ_IMDS_ROLE_PATH, token))
		return false;
	is_ok = DzImdsCredentialsPath(c->answer, strlen(c->answer), &path) &&
			ask_imds(c, DZ_IMDS_GET_CREDENTIALS, path.data, token);
	DzBufferFree(&path);
	if (!is_ok)
		return false;
	json = json_loads(c->answer, 0, NULL);
	is_ok = read_json(c, DZ_ANSWER_IMDS, json, out);
	json_decref(json);

	return is_ok;
}

static bool
fetch_sso(Case *c, DzCredentials *out)
{
	size_t len;
	char *text = read_file(c, c->plan.sso_token_path, &len);
	json_t *json = text != NULL ? json_loads(text, 0, NULL) : NULL;
	DzProblem problem = {0};
	const char *token;
	size_t token_len;
	char base[1024];
	char url[2048];
	const json_t *request;
	const char *recorded;
	bool is_ok = json != NULL;

	if (!is_ok)
		(void) fail(c, "no file %s", c->plan.sso_token_path);
	else if (!DzSsoTokenRead(answer_member, json, NOW_US, &token, &token_len,
							 &problem))
		is_ok = fail(c, "%s", problem.detail);
	free(text);
	json_decref(json);
	if (!is_ok ||
		!service_url(c, "portal.sso", c->plan.sso_region, base, sizeof(base)))
		return false;

	/* the order of the parameters differs from case to case */
	request = json_object_get(
		json_object_get(
			json_object_get(
				json_array_get(json_object_get(c->traffic, "events"),
							   c->event),
				"action"),
			"Request"),
		"request");
	recorded = json_string_value(json_object_get(request, "uri"));
	if (recorded != NULL && strstr(recorded, "?role_name") != NULL)
		(void) snprintf(url, sizeof(url),
						"%sfederation/credentials?role_name=%s&account_id=%s",
						base, c->plan.sso_role_name, c->plan.sso_account_id);
	else
		(void) snprintf(url, sizeof(url),
						"%sfederation/credentials?account_id=%s&role_name=%s",
						base, c->plan.sso_account_id, c->plan.sso_role_name);
	if (next_exchange(c, "GET", url, NULL) == NULL)
		return false;
	if (c->status != 200)
		return fail(c, "IAM Identity Center answered %d", c->status);
	json = json_loads(c->answer, 0, NULL);
	is_ok = read_json(c, DZ_ANSWER_SSO,
					  json_object_get(json, "roleCredentials"), out);
	json_decref(json);

	return is_ok;
}

static bool
fetch_process(Case *c, DzCredentials *out)
{
	FILE *output = popen(c->plan.command, "r");
	char text[4096];
	size_t len = output != NULL ? fread(text, 1, sizeof(text), output) : 0;
	int status = output != NULL ? pclose(output) : -1;
	json_t *json;
	bool is_ok;

	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fail(c, "the process failed");
	json = json_loadb(text, len, 0, NULL);
	is_ok = json != NULL ? read_json(c, DZ_ANSWER_PROCESS, json, out)
						 : fail(c, "the process printed no JSON");
	json_decref(json);

	return is_ok;
}

static bool
fetch_base(Case *c, DzCredentials *out)
{
	const DzPlan *plan = &c->plan;
	DzProblem problem = {0};

	switch (plan->base)
	{
		case DZ_BASE_KEYS:
			return DzCredentialsSet(out, plan->access_key_id,
									plan->secret_access_key,
									plan->session_token, plan->account_id,
									"The case", &problem) ||
				   fail(c, "%s", problem.detail);
		case DZ_BASE_PROCESS:
			return fetch_process(c, out);
		case DZ_BASE_WEB_IDENTITY:
			return fetch_web_identity(c, out);
		case DZ_BASE_SSO:
			return fetch_sso(c, out);
		case DZ_BASE_CONTAINER:
			return fetch_container(c, out);
		case DZ_BASE_IMDS:
			return fetch_imds(c, out);
		case DZ_BASE_NONE:
			break;
	}

	return fail(c, "no plan");
}

static bool
resolve(Case *c, bool is_default_chain, DzCredentials *out)
{
	DzProblem problem = {0};
	bool is_named;
	const char *name = is_default_chain
						   ? DzEnvironmentProfile(&c->env, &is_named)
						   : "default";

	if (is_default_chain
			? !DzPlanDefault(&c->plan, &c->env, &c->profiles, &problem)
			: !DzPlanProfile(&c->plan, &c->env, &c->profiles, name, &problem))
		return fail(c, "%s", problem.detail);
	c->source = (DzConfigSource){
		&c->env, &c->profiles,
		DzProfilesFind(&c->profiles, DZ_SECTION_PROFILE, name)};
	if (!DzConfigResolve(&c->source, 0, &c->config, &problem))
		return fail(c, "%s", problem.detail);

	if (!fetch_base(c, out))
		return false;
	if (out->account_id == NULL)
		out->account_id =
			c->plan.account_id != NULL ? strdup(c->plan.account_id) : NULL;
	for (int i = 0; i < c->plan.nroles; i++)
	{
		if (!call_sts(c, &c->plan.roles[i], NULL, 0, out))
			return false;
	}

	return c->event >=
			   json_array_size(json_object_get(c->traffic, "events")) ||
		   fail(c, "more was recorded");
}

/* ---- results ---- */

static bool
same(const char *got, const json_t *expected, const char *name)
{
	const char *text = json_string_value(json_object_get(expected, name));

	return text == NULL || (got != NULL && strcmp(got, text) == 0);
}

static bool
is_expected(const DzCredentials *got, const json_t *expected)
{
	const json_t *expiry = json_object_get(expected, "expiry");

	return same(got->access_key_id, expected, "access_key_id") &&
		   same(got->secret_access_key, expected, "secret_access_key") &&
		   same(got->session_token, expected, "session_token") &&
		   same(got->account_id, expected, "account_id") &&
		   got->expires == (expiry != NULL) &&
		   (expiry == NULL ||
			got->expires_us / 1000000 == json_integer_value(expiry));
}

/* What our failure contains where a case expects theirs. */
static const char *
our_words(const char *theirs)
{
	static const struct
	{
		const char *theirs;
		const char *ours;
	} words[] = {
		{"No such file or directory", "no file /token.jwt"},
		{"failed to read `/home/.aws/sso/cache/dace00cba5f8355ec9d274ceb2bceb",
		 "no file /home/.aws/sso/cache/dace00cba5f8355ec9d274ceb2bcebdfbeed0e"
		 "12.json"},
		{"request forbidden: IMDS is disabled", "IMDS is disabled"},
		{"`web_identity_token_file` was specified but", "without role_arn"},
		{"InvalidIdentityTokenException: No OpenIDConnect",
		 "InvalidIdentityToken: No OpenIDConnect"},
		{"an error occurred while loading credentials: Error retrieving",
		 "the process failed"},
		{"an error occurred while loading credentials", "answered 503"},
		{"Error retrieving credentials from external", "printed no JSON"},
		{"could not parse profile file", "line 2: a property must have a key"},
		{"selected profile will resolve an access token",
		 "gives an access token and no credentials"}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		if (strncmp(theirs, words[i].theirs, strlen(words[i].theirs)) == 0)
			return words[i].ours;
	}

	return NULL;
}

/* "not enabled" has several reasons, and ours say which. */
static const char *
reason_of(const char *name)
{
	static const char *const reasons[][2] = {
		{"imds_default_chain_error", "the instance has no role"},
		{"imds_no_iam_role", "the instance has no role"},
		{"imds_disabled", "names any credentials"},
		{"profile_overrides_web_identity", "environment has no access keys"},
		{"empty_config", "There is no profile"}};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
	{
		if (strcmp(name, reasons[i][0]) == 0)
			return reasons[i][1];
	}

	return "(unknown)";
}

static json_t *
case_json(const Case *c, const char *file)
{
	char path[SHARED_PATH_MAX];

	(void) snprintf(path, sizeof(path), "%s/%s", c->directory, file);

	return shared_json(path);
}

static void
test_case(const char *suite, const char *name)
{
	Case c = {0};
	DzCredentials credentials = {0};
	json_t *test;
	const json_t *result;
	const char *error;
	bool is_ok;

	(void) snprintf(c.directory, sizeof(c.directory), "credential-chain/%s/%s",
					suite, name);
	test = case_json(&c, "test-case.json");
	result = json_object_get(test, "result");
	error = json_string_value(json_object_get(result, "ErrorContains"));
	c.env_json = case_json(&c, "env.json");
	c.env = (DzEnvironment){fake_get_member, c.env_json};
	c.traffic = case_json(&c, "http-traffic.json");
	read_profiles(&c);
	is_ok = resolve(&c, strncmp(suite, "default", 7) == 0, &credentials);

	if (error == NULL)
		tap_ok(
			is_ok && is_expected(&credentials, json_object_get(result, "Ok")),
			"shared: %s/%s%s %s", suite, name,
			c.is_plain_http ? ", http refused, https instead" : "", c.failure);
	else
	{
		const char *ours = our_words(error);

		if (ours == NULL)
			ours = reason_of(name);
		tap_ok(!is_ok && strstr(c.failure, ours) != NULL,
			   "shared: %s/%s fails: %s", suite, name, c.failure);
	}
	DzCredentialsFree(&credentials);
	DzPlanFree(&c.plan);
	DzProfilesFree(&c.profiles);
	json_decref(c.traffic);
	json_decref(c.env_json);
	json_decref(test);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
test_suite(const char *suite, int expected)
{
	char path[SHARED_PATH_MAX];
	char relative[256];
	static char names[64][128];
	DIR *directory = NULL;
	const struct dirent *entry;
	int count = 0;

	(void) snprintf(relative, sizeof(relative), "credential-chain/%s", suite);
	if (!shared_has(relative))
	{
		tap_skip(relative, SHARED_ABSENT);
		return;
	}
	if (shared_path(relative, path))
		directory = opendir(path);
	while (directory != NULL && (entry = readdir(directory)) != NULL &&
		   count < 64)
	{
		if (entry->d_name[0] != '.')
			(void) snprintf(names[count++], sizeof(names[0]), "%.127s",
							entry->d_name);
	}
	if (directory != NULL)
		(void) closedir(directory);
	qsort(names, (size_t) count, sizeof(names[0]), compare_names);
	tap_int(count, expected, "%d cases of %s", expected, suite);
	for (int i = 0; i < count; i++)
		test_case(suite, names[i]);
}

int
main(void)
{
	test_suite("default-credential-provider-chain", 29);
	test_suite("profile-provider", 18);

	return tap_done();
}
