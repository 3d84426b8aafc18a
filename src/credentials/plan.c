/*-------------------------------------------------------------------------
 *
 * plan.c
 *		Where credentials come from: a plan, made before anything is fetched.
 *
 * Two things are stricter than in some SDKs.  Half a key pair in the
 * environment is an error, and so is a profile that AWS_PROFILE names and no
 * file has: there, a chain that goes on ends in the instance's role, without
 * a word, for a typing mistake.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/plan.h"

#include <stdio.h>
#include <string.h>

#include "credentials/metadata.h"
#include "aws/secret.h"

static bool plan_default(DzPlan *plan, const DzEnvironment *env,
						 const DzProfiles *profiles, DzProblem *problem);
static bool plan_named(DzPlan *plan, const DzEnvironment *env,
					   const DzProfiles *profiles, const char *name,
					   bool is_named, DzProblem *problem);
static bool plan_web_identity(DzPlan *plan, const DzEnvironment *env,
							  DzProblem *problem);
static void free_role(DzRole *role);
static void append(char *out, size_t size, const char *text);
static void describe_role(const DzRole *role, char *out, size_t size);

void
DzPlanFree(DzPlan *plan)
{
	char *texts[] = {
		plan->profile,        plan->access_key_id, plan->secret_access_key,
		plan->session_token,  plan->account_id,    plan->command,
		plan->token_file,     plan->sso_session,   plan->sso_account_id,
		plan->sso_role_name,  plan->sso_region,    plan->sso_start_url,
		plan->sso_token_path, plan->uri,           plan->token};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		DzSecretFree(texts[i]);
	free_role(&plan->web_role);
	for (int i = 0; i < plan->nroles; i++)
		free_role(&plan->roles[i]);
	memset(plan, 0, sizeof(*plan));
}

static void
free_role(DzRole *role)
{
	DzSecretFree(role->arn);
	DzSecretFree(role->session_name);
	DzSecretFree(role->external_id);
}

bool
DzPlanDefault(DzPlan *plan, const DzEnvironment *env,
			  const DzProfiles *profiles, DzProblem *problem)
{
	bool is_ok = plan_default(plan, env, profiles, problem);

	/* what was not configured on the way is no problem then */
	if (is_ok)
		memset(problem, 0, sizeof(*problem));

	return is_ok;
}

static bool
plan_default(DzPlan *plan, const DzEnvironment *env,
			 const DzProfiles *profiles, DzProblem *problem)
{
	bool is_named;
	const char *name = DzEnvironmentProfile(env, &is_named);
	const DzSection *profile =
		DzProfilesFind(profiles, DZ_SECTION_PROFILE, name);

	if (DzPlanEnvironmentKeys(plan, env, problem))
		return true;
	if (problem->kind != DZ_PROBLEM_NOTHING)
		return false;

	/* "default" is no typing mistake, and often there are no files at all */
	if (plan_named(plan, env, profiles, name,
				   is_named && strcmp(name, "default") != 0, problem))
		return true;
	if (problem->kind != DZ_PROBLEM_NOTHING)
		return false;

	if (plan_web_identity(plan, env, problem))
		return true;
	if (problem->kind != DZ_PROBLEM_NOTHING)
		return false;

	if (DzContainerIsConfigured(env))
		return DzPlanContainer(plan, env, problem);

	/* the profile has no credentials, but may say where the service is */
	if (DzPlanImds(plan, env, profiles, profile, problem))
		return true;
	if (problem->kind != DZ_PROBLEM_NOTHING)
		return false;

	return DzProblemSet(
		problem, DZ_PROBLEM_NOTHING,
		"Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the server's "
		"environment, or give its operating system user a profile.",
		"Neither the server's environment nor profile \"%s\" names any "
		"credentials, and AWS_EC2_METADATA_DISABLED is set.",
		name);
}

bool
DzPlanProfile(DzPlan *plan, const DzEnvironment *env,
			  const DzProfiles *profiles, const char *name, DzProblem *problem)
{
	return plan_named(plan, env, profiles, name, true, problem) ||
		   (problem->kind == DZ_PROBLEM_NOTHING &&
			DzProblemSet(problem, DZ_PROBLEM_CONFIG,
						 "Give it access keys, a role_arn, or another source "
						 "of credentials.",
						 "Profile \"%s\" has no credentials.", name));
}

/* A profile; if nobody asked for this one, there may be none. */
static bool
plan_named(DzPlan *plan, const DzEnvironment *env, const DzProfiles *profiles,
		   const char *name, bool is_named, DzProblem *problem)
{
	const DzSection *profile;

	if (profiles->problem.kind != DZ_PROBLEM_NONE)
	{
		*problem = profiles->problem;
		return false;
	}
	profile = DzProfilesFind(profiles, DZ_SECTION_PROFILE, name);
	if (profile != NULL)
		return DzPlanFollow(plan, env, profiles, profile, problem);

	return DzProblemSet(
		problem, is_named ? DZ_PROBLEM_CONFIG : DZ_PROBLEM_NOTHING,
		"Add the profile ([profile name] in the config file, [name] in the "
		"credentials file), or correct its name.",
		"There is no profile \"%s\" in the AWS config file \"%s\" and the "
		"credentials file \"%s\".",
		name, DzProfilesPath(profiles, DZ_CONFIG_FILE),
		DzProfilesPath(profiles, DZ_CREDENTIALS_FILE));
}

bool
DzPlanKeys(DzPlan *plan, const char *access_key_id,
		   const char *secret_access_key, const char *session_token,
		   DzProblem *problem)
{
	plan->base = DZ_BASE_KEYS;

	return (DzSecretSet(&plan->access_key_id, access_key_id) &&
			DzSecretSet(&plan->secret_access_key, secret_access_key) &&
			DzSecretSet(&plan->session_token, session_token)) ||
		   DzProblemNoMemory(problem);
}

bool
DzPlanEnvironmentKeys(DzPlan *plan, const DzEnvironment *env,
					  DzProblem *problem)
{
	const char *id = DzEnvironmentGet(env, "AWS_ACCESS_KEY_ID");
	const char *secret = DzEnvironmentGet(env, "AWS_SECRET_ACCESS_KEY");

	if (id == NULL && secret == NULL)
		return DzProblemSet(problem, DZ_PROBLEM_NOTHING,
							"Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
							"The server's environment has no access keys.");
	if (id == NULL || secret == NULL)
		return DzProblemSet(
			problem, DZ_PROBLEM_CONFIG, "Set both of them, or none.",
			"The server's environment has %s without %s.",
			id != NULL ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY",
			id != NULL ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID");

	plan->is_environment = true;

	return DzPlanKeys(plan, id, secret,
					  DzEnvironmentGet(env, "AWS_SESSION_TOKEN"), problem) &&
		   (DzSecretSet(&plan->account_id,
						DzEnvironmentGet(env, "AWS_ACCOUNT_ID")) ||
			DzProblemNoMemory(problem));
}

static bool
plan_web_identity(DzPlan *plan, const DzEnvironment *env, DzProblem *problem)
{
	const char *file = DzEnvironmentGet(env, "AWS_WEB_IDENTITY_TOKEN_FILE");
	const char *arn = DzEnvironmentGet(env, "AWS_ROLE_ARN");

	/* AWS_ROLE_ARN alone means nothing */
	if (file == NULL)
		return DzProblemSet(problem, DZ_PROBLEM_NOTHING, "",
							"AWS_WEB_IDENTITY_TOKEN_FILE is not set.");
	if (arn == NULL)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Set AWS_ROLE_ARN, too.",
							"The server's environment has "
							"AWS_WEB_IDENTITY_TOKEN_FILE without "
							"AWS_ROLE_ARN.");
	plan->base = DZ_BASE_WEB_IDENTITY;

	return (DzSecretSet(&plan->token_file, file) &&
			DzSecretSet(&plan->web_role.arn, arn) &&
			DzSecretSet(&plan->web_role.session_name,
						DzEnvironmentGet(env, "AWS_ROLE_SESSION_NAME"))) ||
		   DzProblemNoMemory(problem);
}

bool
DzPlanContainer(DzPlan *plan, const DzEnvironment *env, DzProblem *problem)
{
	DzContainer container = {0};
	bool is_ok = DzContainerResolve(env, &container, problem);

	plan->base = DZ_BASE_CONTAINER;
	if (is_ok && (!DzSecretSet(&plan->uri, container.uri.data) ||
				  !DzSecretSet(&plan->token_file, container.token_file) ||
				  !DzSecretSet(&plan->token, container.token)))
		is_ok = DzProblemNoMemory(problem);
	DzBufferFree(&container.uri);

	return is_ok;
}

bool
DzPlanImds(DzPlan *plan, const DzEnvironment *env, const DzProfiles *profiles,
		   const DzSection *profile, DzProblem *problem)
{
	DzBuffer endpoint = {0};
	bool is_ok;

	if (DzImdsIsDisabled(env))
		return DzProblemSet(problem, DZ_PROBLEM_NOTHING,
							"Use other credentials, or remove the variable.",
							"The instance metadata service is switched off "
							"by AWS_EC2_METADATA_DISABLED in the server's "
							"environment.");
	is_ok = DzImdsEndpoint(env, profiles, profile, &endpoint, problem);
	plan->base = DZ_BASE_IMDS;
	if (is_ok && !DzSecretSet(&plan->uri, endpoint.data))
		is_ok = DzProblemNoMemory(problem);
	DzBufferFree(&endpoint);

	return is_ok;
}

bool
DzPlanAddRole(DzPlan *plan, const char *arn, const char *session_name,
			  const char *external_id, int duration_seconds,
			  DzProblem *problem)
{
	DzRole *role;

	if (plan->nroles >= DZ_PLAN_MAX_ROLES)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Let one role trust another more directly.",
							"More than %d roles would be assumed one after "
							"the other.",
							DZ_PLAN_MAX_ROLES);
	role = &plan->roles[plan->nroles++];
	role->duration_seconds = duration_seconds;

	return (DzSecretSet(&role->arn, arn) &&
			DzSecretSet(&role->session_name, session_name) &&
			DzSecretSet(&role->external_id, external_id)) ||
		   DzProblemNoMemory(problem);
}

void
DzPlanDescribe(const DzPlan *plan, char *out, size_t size)
{
	static const char *const names[] = {"no credentials",
										"access keys",
										"process",
										"web identity",
										"IAM Identity Center",
										"container credentials",
										"instance metadata service"};

	out[0] = '\0';
	if (plan->profile != NULL)
	{
		append(out, size, "profile \"");
		append(out, size, plan->profile);
		append(out, size, "\", ");
	}
	if (plan->is_environment)
		append(out, size, "environment, ");
	append(out, size, names[plan->base]);
	if (plan->base == DZ_BASE_WEB_IDENTITY)
		describe_role(&plan->web_role, out, size);
	for (int i = 0; i < plan->nroles; i++)
	{
		append(out, size, ", assumed");
		describe_role(&plan->roles[i], out, size);
	}
}

static void
describe_role(const DzRole *role, char *out, size_t size)
{
	append(out, size, " (role ");
	append(out, size, role->arn);
	append(out, size, ")");
}

/* Printable ASCII; what is too long is cut. */
static void
append(char *out, size_t size, const char *text)
{
	size_t len = strlen(out);

	for (; *text != '\0' && len + 1 < size; text++)
		out[len++] = *text >= ' ' && *text <= '~' ? *text : '?';
	out[len] = '\0';
}
