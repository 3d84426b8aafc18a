/*-------------------------------------------------------------------------
 *
 * plan_profile.c
 *		Follow a profile, from one source_profile to the next, to its base.
 *
 * The roles are met last first: they are collected on the way and turned
 * round at the end.  Keys beside role_arn count in a profile that is another
 * one's source, and not in the selected one, which would otherwise never get
 * to its role.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/plan.h"

#include <string.h>

#include "aws/ascii.h"
#include "aws/secret.h"

/* STS's limits for a role */
#define MIN_DURATION 900
#define MAX_DURATION 43200

typedef struct Walk
{
	DzPlan *plan;
	const DzEnvironment *env;
	const DzProfiles *profiles;
	DzProblem *problem;
} Walk;

static bool has_role(const DzSection *profile);
static bool has_keys(const DzSection *profile);
static bool add_role(Walk *walk, const DzSection *profile);
static bool read_duration(Walk *walk, const DzSection *profile, int *seconds);
static bool next_profile(Walk *walk, const DzSection *profile,
						 const DzSection **next);
static bool plan_base(Walk *walk, const DzSection *profile);
static bool plan_credential_source(Walk *walk, const DzSection *profile,
								   const DzProperty *source);
static bool plan_web_identity(Walk *walk, const DzSection *profile);
static bool plan_process(Walk *walk, const DzSection *profile);
static bool plan_keys(Walk *walk, const DzSection *profile);
static bool has_sso(const DzSection *profile);
static bool fail(Walk *walk, const DzSection *profile, const char *hint,
				 const char *what);

bool
DzPlanFollow(DzPlan *plan, const DzEnvironment *env,
			 const DzProfiles *profiles, const DzSection *profile,
			 DzProblem *problem)
{
	Walk walk = {plan, env, profiles, problem};
	const DzSection *visited[DZ_PLAN_MAX_ROLES + 1];
	int nvisited = 0;
	const DzSection *next = profile;
	bool is_ok = true;

	/* at most DZ_PLAN_MAX_ROLES rounds: add_role() ends the next one */
	for (;; profile = next)
	{
		for (int i = 0; i < nvisited; i++)
		{
			if (visited[i] == profile)
				return fail(&walk, profile,
							"Let the last profile of the chain have "
							"credentials of its own.",
							"is a source of itself, through source_profile");
		}
		if (!has_role(profile) || (nvisited > 0 && has_keys(profile)))
			break;
		if (!add_role(&walk, profile) || !next_profile(&walk, profile, &next))
			return false;
		if (next == profile)
			break;
		visited[nvisited++] = profile;
	}

	is_ok = plan_base(&walk, profile);
	if (!is_ok && problem->kind == DZ_PROBLEM_NOTHING && plan->nroles > 0)
		return fail(&walk, profile,
					"Give it access keys, or another source of credentials.",
					"has no credentials and is the source of a role");
	if (is_ok && !DzSecretSet(&plan->profile, profile->name))
		is_ok = DzProblemNoMemory(problem);

	for (int i = 0; i < plan->nroles / 2; i++)
	{
		DzRole role = plan->roles[i];

		plan->roles[i] = plan->roles[plan->nroles - 1 - i];
		plan->roles[plan->nroles - 1 - i] = role;
	}

	return is_ok;
}

/* A role for a token of a file is a base and no step of a chain. */
static bool
has_role(const DzSection *profile)
{
	return DzSectionGet(profile, "role_arn") != NULL &&
		   DzSectionGet(profile, "web_identity_token_file") == NULL;
}

static bool
has_keys(const DzSection *profile)
{
	return DzSectionGet(profile, "aws_access_key_id") != NULL &&
		   DzSectionGet(profile, "aws_secret_access_key") != NULL;
}

static bool
add_role(Walk *walk, const DzSection *profile)
{
	int seconds;

	if (DzSectionGet(profile, "mfa_serial") != NULL)
		return fail(walk, profile,
					"Use a role that does not ask for a device's code.",
					"has mfa_serial, but nobody can be asked for a code here");

	return read_duration(walk, profile, &seconds) &&
		   DzPlanAddRole(walk->plan, DzSectionGet(profile, "role_arn"),
						 DzSectionGet(profile, "role_session_name"),
						 DzSectionGet(profile, "external_id"), seconds,
						 walk->problem);
}

static bool
read_duration(Walk *walk, const DzSection *profile, int *seconds)
{
	const char *text = DzSectionGet(profile, "duration_seconds");

	*seconds = 0;
	if (text == NULL)
		return true;
	for (; DzIsDigit(*text) && *seconds <= MAX_DURATION; text++)
		*seconds = *seconds * 10 + (*text - '0');
	if (*text == '\0' && *seconds >= MIN_DURATION && *seconds <= MAX_DURATION)
		return true;

	return fail(walk, profile, "Set it to a number of seconds.",
				"has a duration_seconds that is not between 900 and 43200");
}

/* What the role is assumed with; the profile itself: its own base. */
static bool
next_profile(Walk *walk, const DzSection *profile, const DzSection **next)
{
	const DzProperty *source = DzSectionFind(profile, "source_profile");
	const DzProperty *named = DzSectionFind(profile, "credential_source");
	const DzSection *found;
	char where[DZ_PROPERTY_TEXT_SIZE];

	if (source != NULL && named != NULL)
		return fail(walk, profile, "Remove one of them.",
					"has both source_profile and credential_source");
	if (source == NULL && named == NULL)
		return fail(walk, profile,
					"Add source_profile = name, or credential_source = "
					"Environment, Ec2InstanceMetadata or EcsContainer.",
					"has role_arn, but neither source_profile nor "
					"credential_source to assume it with");
	*next = profile;
	if (named != NULL || strcmp(source->value, profile->name) == 0)
		return true;

	found = DzProfilesFind(walk->profiles, DZ_SECTION_PROFILE, source->value);
	if (found != NULL)
	{
		*next = found;
		return true;
	}
	DzPropertyDescribe(walk->profiles, profile, source, where, sizeof(where));

	return DzProblemSet(walk->problem, DZ_PROBLEM_CONFIG,
						"Add that profile, or correct its name.",
						"The %s names a profile that does not exist.", where);
}

static bool
plan_base(Walk *walk, const DzSection *profile)
{
	const DzProperty *source = DzSectionFind(profile, "credential_source");

	if (source != NULL)
		return plan_credential_source(walk, profile, source);
	if (DzSectionGet(profile, "web_identity_token_file") != NULL)
		return plan_web_identity(walk, profile);
	if (has_sso(profile))
		return DzPlanSso(walk->plan, walk->env, walk->profiles, profile,
						 walk->problem);
	if (DzSectionGet(profile, "credential_process") != NULL)
		return plan_process(walk, profile);
	if (DzSectionGet(profile, "login_session") != NULL && !has_keys(profile))
		return fail(walk, profile,
					"Use sso_session, or another source of credentials.",
					"has login_session, which is not supported");

	return plan_keys(walk, profile);
}

static bool
plan_credential_source(Walk *walk, const DzSection *profile,
					   const DzProperty *source)
{
	char where[DZ_PROPERTY_TEXT_SIZE];
	bool is_ok;

	if (strcmp(source->value, "Environment") == 0)
		is_ok = DzPlanEnvironmentKeys(walk->plan, walk->env, walk->problem);
	else if (strcmp(source->value, "EcsContainer") == 0)
		is_ok = DzPlanContainer(walk->plan, walk->env, walk->problem);
	else if (strcmp(source->value, "Ec2InstanceMetadata") == 0)
		is_ok = DzPlanImds(walk->plan, walk->env, walk->profiles, profile,
						   walk->problem);
	else
	{
		DzPropertyDescribe(walk->profiles, profile, source, where,
						   sizeof(where));
		return DzProblemSet(walk->problem, DZ_PROBLEM_CONFIG,
							"Set it to Environment, Ec2InstanceMetadata or "
							"EcsContainer.",
							"The %s names no source.", where);
	}

	/* that there is none is not "nothing configured": somebody asked for it */
	if (!is_ok && walk->problem->kind == DZ_PROBLEM_NOTHING)
		walk->problem->kind = DZ_PROBLEM_CONFIG;

	return is_ok;
}

static bool
plan_web_identity(Walk *walk, const DzSection *profile)
{
	DzPlan *plan = walk->plan;
	const char *arn = DzSectionGet(profile, "role_arn");
	DzBuffer path = {0};
	bool is_ok;

	/* AWS_ROLE_ARN is another role's, and does not fill the gap */
	if (arn == NULL)
		return fail(walk, profile, "Add role_arn to this profile.",
					"has web_identity_token_file without role_arn");
	if (!read_duration(walk, profile, &plan->web_role.duration_seconds))
		return false;
	plan->base = DZ_BASE_WEB_IDENTITY;
	is_ok = DzEnvironmentExpand(
		walk->env, DzSectionGet(profile, "web_identity_token_file"), &path);
	if (!is_ok && !path.failed)
		return fail(walk, profile, "Write the whole path.",
					"has a path with ~, and HOME is not set in the server's "
					"environment");
	is_ok = is_ok && DzSecretSet(&plan->token_file, path.data) &&
			DzSecretSet(&plan->web_role.arn, arn) &&
			DzSecretSet(&plan->web_role.session_name,
						DzSectionGet(profile, "role_session_name"));
	DzBufferFree(&path);

	return is_ok || DzProblemNoMemory(walk->problem);
}

static bool
plan_process(Walk *walk, const DzSection *profile)
{
	walk->plan->base = DZ_BASE_PROCESS;

	return (DzSecretSet(&walk->plan->command,
						DzSectionGet(profile, "credential_process")) &&
			DzSecretSet(&walk->plan->account_id,
						DzSectionGet(profile, "aws_account_id"))) ||
		   DzProblemNoMemory(walk->problem);
}

static bool
plan_keys(Walk *walk, const DzSection *profile)
{
	const char *id = DzSectionGet(profile, "aws_access_key_id");
	const char *secret = DzSectionGet(profile, "aws_secret_access_key");

	if (id == NULL && secret == NULL)
		return DzProblemSet(walk->problem, DZ_PROBLEM_NOTHING, "",
							"Profile \"%s\" has no credentials.",
							profile->name);
	if (id == NULL)
		return fail(walk, profile, "Add aws_access_key_id.",
					"has aws_secret_access_key without aws_access_key_id");
	if (secret == NULL)
		return fail(walk, profile, "Add aws_secret_access_key.",
					"has aws_access_key_id without aws_secret_access_key");

	return DzPlanKeys(walk->plan, id, secret,
					  DzSectionGet(profile, "aws_session_token"),
					  walk->problem) &&
		   (DzSecretSet(&walk->plan->account_id,
						DzSectionGet(profile, "aws_account_id")) ||
			DzProblemNoMemory(walk->problem));
}

static bool
has_sso(const DzSection *profile)
{
	static const char *const keys[] = {"sso_session", "sso_account_id",
									   "sso_role_name", "sso_region",
									   "sso_start_url"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
	{
		if (DzSectionGet(profile, keys[i]) != NULL)
			return true;
	}

	return false;
}

static bool
fail(Walk *walk, const DzSection *profile, const char *hint, const char *what)
{
	char where[DZ_PROPERTY_TEXT_SIZE];

	DzSectionDescribe(walk->profiles, profile, where, sizeof(where));

	return DzProblemSet(walk->problem, DZ_PROBLEM_CONFIG, hint, "The %s %s.",
						where, what);
}
