/*-------------------------------------------------------------------------
 *
 * profile.c
 *		Fuzz: the shared config and credentials files, and what they plan.
 *
 * The order in which the two are read makes no difference; names are what
 * they may be; each profile has a plan or a reason why not.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/config.h"
#include "credentials/plan.h"

#include "fuzz.h"

typedef struct Input
{
	const char *config;
	size_t config_len;
	const char *credentials;
	size_t credentials_len;
	uint8_t variables; /* a bit for each that is set */
} Input;

static bool read_config(DzProfiles *profiles, const Input *in);
static bool read_credentials(DzProfiles *profiles, const Input *in);
static void check_profiles(const DzProfiles *profiles, bool is_ok);
static void check_name(const char *name, bool is_lower);
static void check_same(const DzProfiles *a, const DzProfiles *b);
static void check_plans(const DzProfiles *profiles, const DzEnvironment *env);
static void check_plan(const DzPlan *plan, bool is_ok,
					   const DzProblem *problem);
static void check_config(const DzProfiles *profiles, const DzSection *profile,
						 const DzEnvironment *env);
static void check_problem(const DzProblem *problem);
static const char *get_variable(void *arg, const char *name);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t variables = fuzz_byte(&data, &size);
	const uint8_t *split = memchr(data, 0x1e, size);
	size_t config_len = split != NULL ? (size_t) (split - data) : size;
	size_t rest = split != NULL ? config_len + 1 : size;
	Input in = {(const char *) data, config_len, (const char *) data + rest,
				size - rest, variables};
	DzEnvironment env = {get_variable, &in};
	DzProfiles first = {0};
	DzProfiles second = {0};
	bool is_ok = read_config(&first, &in) && read_credentials(&first, &in);

	check_profiles(&first, is_ok);
	if (is_ok && read_credentials(&second, &in) && read_config(&second, &in))
	{
		check_same(&first, &second);
		check_same(&second, &first);
	}
	check_plans(&first, &env);
	DzProfilesFree(&first);
	DzProfilesFree(&second);
	return 0;
}

static bool
read_config(DzProfiles *profiles, const Input *in)
{
	return DzProfilesRead(profiles, DZ_CONFIG_FILE, "/config", in->config,
						  in->config_len);
}

static bool
read_credentials(DzProfiles *profiles, const Input *in)
{
	return DzProfilesRead(profiles, DZ_CREDENTIALS_FILE, "/credentials",
						  in->credentials, in->credentials_len);
}

static void
check_profiles(const DzProfiles *profiles, bool is_ok)
{
	REQUIRE(is_ok == (profiles->problem.kind == DZ_PROBLEM_NONE));
	if (!is_ok)
		check_problem(&profiles->problem);
	for (int i = 0; i < profiles->nsections; i++)
	{
		const DzSection *section = &profiles->sections[i];

		check_name(section->name, false);
		REQUIRE(section->line > 0);
		REQUIRE(section->nproperties <= DZ_PROFILE_MAX_PROPERTIES);
		REQUIRE(section ==
				DzProfilesFind(profiles, section->kind, section->name));
		for (int j = 0; j < section->nproperties; j++)
		{
			const DzProperty *property = &section->properties[j];
			const DzProperty *found = DzSectionFind(section, property->key);

			REQUIRE(property->line > 0);
			REQUIRE(found == (property->value[0] != '\0' ? property : NULL));
			if (strchr(property->key, '\n') == NULL)
				check_name(property->key, true);
		}
	}
}

static void
check_name(const char *name, bool is_lower)
{
	REQUIRE(name[0] != '\0');
	REQUIRE(name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789"
							  "ABCDEFGHIJKLMNOPQRSTUVWXYZ-/.%@_:+")] == '\0');
	if (is_lower)
		REQUIRE(strpbrk(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL);
}

/* Whatever "a" says, "b" says. */
static void
check_same(const DzProfiles *a, const DzProfiles *b)
{
	REQUIRE(a->nsections == b->nsections);
	for (int i = 0; i < a->nsections; i++)
	{
		const DzSection *section = &a->sections[i];
		const DzSection *other =
			DzProfilesFind(b, section->kind, section->name);

		REQUIRE(other != NULL);
		for (int j = 0; j < section->nproperties; j++)
		{
			const DzProperty *property = &section->properties[j];
			const DzProperty *found = DzSectionFind(other, property->key);

			if (property->value[0] == '\0')
				REQUIRE(found == NULL);
			else
				REQUIRE(found != NULL && found->file == property->file &&
						found->line == property->line &&
						strcmp(found->value, property->value) == 0);
		}
	}
}

static void
check_plans(const DzProfiles *profiles, const DzEnvironment *env)
{
	DzProblem problem = {0};
	DzPlan plan = {0};
	bool is_ok = DzPlanDefault(&plan, env, profiles, &problem);

	check_plan(&plan, is_ok, &problem);
	DzPlanFree(&plan);
	for (int i = 0; i < profiles->nsections; i++)
	{
		const DzSection *section = &profiles->sections[i];

		if (section->kind != DZ_SECTION_PROFILE)
			continue;
		memset(&problem, 0, sizeof(problem));
		is_ok = DzPlanProfile(&plan, env, profiles, section->name, &problem);
		REQUIRE(!is_ok || profiles->problem.kind == DZ_PROBLEM_NONE);
		check_plan(&plan, is_ok, &problem);
		DzPlanFree(&plan);
		check_config(profiles, section, env);
	}
}

/* A base has what is needed to use it. */
static void
check_plan(const DzPlan *plan, bool is_ok, const DzProblem *problem)
{
	char text[64];

	if (!is_ok)
	{
		check_problem(problem);
		return;
	}
	REQUIRE(problem->kind == DZ_PROBLEM_NONE);
	REQUIRE(plan->base != DZ_BASE_NONE);
	REQUIRE((plan->base == DZ_BASE_KEYS) == (plan->access_key_id != NULL));
	REQUIRE((plan->base == DZ_BASE_KEYS) == (plan->secret_access_key != NULL));
	REQUIRE((plan->base == DZ_BASE_PROCESS) == (plan->command != NULL));
	REQUIRE((plan->base == DZ_BASE_WEB_IDENTITY) ==
			(plan->web_role.arn != NULL));
	REQUIRE((plan->base == DZ_BASE_SSO) == (plan->sso_token_path != NULL));
	REQUIRE((plan->base == DZ_BASE_CONTAINER || plan->base == DZ_BASE_IMDS) ==
			(plan->uri != NULL));
	for (int i = 0; i < plan->nroles; i++)
		REQUIRE(plan->roles[i].arn != NULL);
	DzPlanDescribe(plan, text, sizeof(text));
	REQUIRE(strlen(text) > 0 && strlen(text) < sizeof(text));
}

static void
check_config(const DzProfiles *profiles, const DzSection *profile,
			 const DzEnvironment *env)
{
	DzConfigSource source = {env, profiles, profile};
	DzConfig config;
	DzProblem problem = {0};
	const char *url;
	char where[DZ_PROPERTY_TEXT_SIZE];

	if (!DzConfigResolve(&source, 0, &config, &problem))
		check_problem(&problem);
	memset(&problem, 0, sizeof(problem));
	if (!DzConfigEndpoint(&source, "datazone", &url, where, &problem))
		check_problem(&problem);
	else
		REQUIRE((url == NULL) == (where[0] == '\0'));
}

/* Something to say, and nothing but printable ASCII. */
static void
check_problem(const DzProblem *problem)
{
	REQUIRE(problem->kind != DZ_PROBLEM_NONE);
	REQUIRE(problem->detail[0] != '\0');
	REQUIRE(strlen(problem->detail) < sizeof(problem->detail));
	for (const char *p = problem->detail; *p != '\0'; p++)
		REQUIRE(*p >= ' ' && *p <= '~');
}

static const char *
get_variable(void *arg, const char *name)
{
	static const char *const values[8][2] = {
		{"HOME", "/var/x"},
		{"AWS_PROFILE", "p"},
		{"AWS_ACCESS_KEY_ID", "id"},
		{"AWS_SECRET_ACCESS_KEY", "secret"},
		{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/c"},
		{"AWS_EC2_METADATA_DISABLED", "true"},
		{"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"},
		{"AWS_ROLE_ARN", "arn:aws:iam::1:role/r"}};
	const Input *in = arg;

	for (int i = 0; i < 8; i++)
	{
		if ((in->variables >> i & 1) != 0 && strcmp(name, values[i][0]) == 0)
			return values[i][1];
	}
	return NULL;
}
