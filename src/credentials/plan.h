/*-------------------------------------------------------------------------
 *
 * plan.h
 *		Where credentials come from: a plan, made before anything is fetched.
 *
 * Pure.  A plan is one *base*, which gives credentials by itself, and the
 * roles that are assumed with them one after the other.  Source of the rules:
 * "Standardized credential providers" in the AWS SDKs and Tools reference
 * guide; where that is silent, what the SDKs agree on.
 *
 * The plan follows from the environment and the files alone.  A source that
 * is configured and then fails does not hand over to the next one: a broken
 * setting must not end in another identity.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_PLAN_H
#define DATAZONE_CREDENTIALS_PLAN_H

#include <stdbool.h>

#include "credentials/environment.h"
#include "aws/problem.h"
#include "credentials/profile.h"

/* more roles in a chain than anybody has; its end would be long in coming */
#define DZ_PLAN_MAX_ROLES 16

typedef enum DzBaseKind
{
	DZ_BASE_NONE, /* a plan that is not made yet */
	DZ_BASE_KEYS, /* an access key pair, at hand */
	DZ_BASE_PROCESS, /* a command prints credentials */
	DZ_BASE_WEB_IDENTITY, /* STS, for a token in a file */
	DZ_BASE_SSO, /* IAM Identity Center, for a token in its cache */
	DZ_BASE_CONTAINER, /* HTTP, ECS or EKS */
	DZ_BASE_IMDS /* HTTP, the instance's role */
} DzBaseKind;

/* A role to assume; NULL and 0: not given. */
typedef struct DzRole
{
	char *arn;
	char *session_name;
	char *external_id;
	int duration_seconds;
} DzRole;

/* All texts are the plan's own and are wiped with it. */
typedef struct DzPlan
{
	DzBaseKind base;
	char *profile; /* that the base is of; NULL: of the environment */

	bool is_environment; /* keys: of AWS_ACCESS_KEY_ID and its like */

	/* keys; account_id also falls in where a process names none */
	char *access_key_id;
	char *secret_access_key;
	char *session_token;
	char *account_id;

	char *command; /* process: for a shell */

	DzRole web_role; /* web identity */
	char *token_file; /* web identity; container, if it has one */

	/* SSO */
	char *sso_session; /* NULL: the older form, without a session */
	char *sso_account_id;
	char *sso_role_name;
	char *sso_region;
	char *sso_start_url;
	char *sso_token_path; /* the cached token's file */

	char *uri; /* container; for IMDS the endpoint, without a path */
	char *token; /* container: Authorization's value */

	DzRole roles[DZ_PLAN_MAX_ROLES]; /* in the order of assuming them */
	int nroles;
} DzPlan;

/* Wipe and free; the plan is as zeroed afterwards. */
extern void DzPlanFree(DzPlan *plan);

/*
 * credentials 'default': environment, profile (AWS_PROFILE, else default), web
 * identity of the environment, container, instance.  "plan" is zeroed at
 * first.  False: the problem's kind tells whether nothing is configured
 * (NOTHING) or something is configured wrongly; the caller frees "plan".
 *
 * "profiles" holds what could be read of the files; a problem that it has only
 * matters where the environment has no keys.
 */
extern bool DzPlanDefault(DzPlan *plan, const DzEnvironment *env,
						  const DzProfiles *profiles, DzProblem *problem);

/* profile 'name': that one, which must exist and have credentials. */
extern bool DzPlanProfile(DzPlan *plan, const DzEnvironment *env,
						  const DzProfiles *profiles, const char *name,
						  DzProblem *problem);

/*
 * Keys that the caller has (a user mapping's); the texts are copied.
 * "session_token" may be NULL.
 */
extern bool DzPlanKeys(DzPlan *plan, const char *access_key_id,
					   const char *secret_access_key,
					   const char *session_token, DzProblem *problem);

/* One more role at the end, on top of all; what is NULL is not given. */
extern bool DzPlanAddRole(DzPlan *plan, const char *arn,
						  const char *session_name, const char *external_id,
						  int duration_seconds, DzProblem *problem);

/*
 * The plan in words, without a secret, for datazone_whoami() and messages:
 * 'profile "x", web identity (role arn:...), then role arn:...'.
 */
extern void DzPlanDescribe(const DzPlan *plan, char *out, size_t size);

/*
 * The same in the SDKs' letters for their user agent: "o,n,i".
 * "has_own_role": DzPlanAddRole() was called for the caller's own role.
 */
extern void DzPlanFeatures(const DzPlan *plan, bool has_own_role, char *out,
						   size_t size);

/*
 * plan.c, for the part that follows profiles.  A base; false: not usable, or,
 * with kind NOTHING, not configured.
 */
extern bool DzPlanEnvironmentKeys(DzPlan *plan, const DzEnvironment *env,
								  DzProblem *problem);
extern bool DzPlanContainer(DzPlan *plan, const DzEnvironment *env,
							DzProblem *problem);
extern bool DzPlanImds(DzPlan *plan, const DzEnvironment *env,
					   const DzProfiles *profiles, const DzSection *profile,
					   DzProblem *problem);

/*
 * plan_profile.c: follow a profile to its base.  "profile" is the selected
 * one.  False with kind NOTHING: it has no credentials at all.
 */
extern bool DzPlanFollow(DzPlan *plan, const DzEnvironment *env,
						 const DzProfiles *profiles, const DzSection *profile,
						 DzProblem *problem);

/* plan_sso.c: a profile with sso_ keys. */
extern bool DzPlanSso(DzPlan *plan, const DzEnvironment *env,
					  const DzProfiles *profiles, const DzSection *profile,
					  DzProblem *problem);

#endif /* DATAZONE_CREDENTIALS_PLAN_H */
