/*-------------------------------------------------------------------------
 *
 * plan_sso.c
 *		A profile whose credentials come from IAM Identity Center.
 *
 * Somebody has to have signed in as the server's operating system user: the
 * tools leave a token in a file whose name is a digest, and all that can be
 * done here is to use it while it lasts.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/plan.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "aws/endpoint.h"
#include "aws/secret.h"

#define SHA1_LEN 20

/* Of the profile, or of its sso-session. */
typedef struct SsoKeys
{
	const char *region;
	const char *start_url;
} SsoKeys;

static bool read_session(const DzProfiles *profiles, const DzSection *profile,
						 const char *name, SsoKeys *keys, DzProblem *problem);
static bool is_repeated(const char *in_profile, const char *in_session);
static bool token_path(const DzEnvironment *env, const char *name, char **path,
					   DzProblem *problem);
static bool append_sha1(const char *text, DzBuffer *out);
static bool fail(const DzProfiles *profiles, const DzSection *section,
				 const char *hint, const char *what, DzProblem *problem);

bool
DzPlanSso(DzPlan *plan, const DzEnvironment *env, const DzProfiles *profiles,
		  const DzSection *profile, DzProblem *problem)
{
	const char *session = DzSectionGet(profile, "sso_session");
	const char *account_id = DzSectionGet(profile, "sso_account_id");
	const char *role_name = DzSectionGet(profile, "sso_role_name");
	SsoKeys keys = {DzSectionGet(profile, "sso_region"),
					DzSectionGet(profile, "sso_start_url")};

	if (session != NULL &&
		!read_session(profiles, profile, session, &keys, problem))
		return false;
	if (account_id == NULL || role_name == NULL)
		return fail(profiles, profile,
					"Add sso_account_id and sso_role_name to the profile.",
					account_id == NULL && role_name == NULL
						? "gives an access token and no credentials, having "
						  "neither sso_account_id nor sso_role_name"
					: account_id == NULL
						? "has sso_role_name without sso_account_id"
						: "has sso_account_id without sso_role_name",
					problem);
	if (keys.region == NULL || keys.start_url == NULL)
		return fail(
			profiles, profile, "Add it, or an sso_session that has both.",
			keys.region == NULL ? "has no sso_region" : "has no sso_start_url",
			problem);
	/* it becomes a part of a host's name */
	if (!DzRegionIsValid(keys.region))
		return fail(profiles, profile,
					"Set it to the name of a Region, such as eu-west-1.",
					"has an sso_region that is no name of a Region", problem);

	plan->base = DZ_BASE_SSO;
	if (!DzSecretSet(&plan->sso_session, session) ||
		!DzSecretSet(&plan->sso_account_id, account_id) ||
		!DzSecretSet(&plan->account_id, account_id) ||
		!DzSecretSet(&plan->sso_role_name, role_name) ||
		!DzSecretSet(&plan->sso_region, keys.region) ||
		!DzSecretSet(&plan->sso_start_url, keys.start_url))
		return DzProblemNoMemory(problem);

	return token_path(env, session != NULL ? session : keys.start_url,
					  &plan->sso_token_path, problem);
}

/* Region and start URL are the session's; a profile may at most repeat them. */
static bool
read_session(const DzProfiles *profiles, const DzSection *profile,
			 const char *name, SsoKeys *keys, DzProblem *problem)
{
	const DzSection *session =
		DzProfilesFind(profiles, DZ_SECTION_SSO_SESSION, name);
	const char *region;
	const char *start_url;

	if (session == NULL)
		return fail(profiles, profile,
					"Add [sso-session name] to the config file, or correct "
					"the name.",
					"has an sso_session that does not exist", problem);
	region = DzSectionGet(session, "sso_region");
	start_url = DzSectionGet(session, "sso_start_url");
	if (region == NULL || start_url == NULL)
		return fail(profiles, session, "Add it to the sso-session.",
					region == NULL ? "has no sso_region"
								   : "has no sso_start_url",
					problem);
	if (!is_repeated(keys->region, region) ||
		!is_repeated(keys->start_url, start_url))
		return fail(profiles, profile,
					"Remove sso_region and sso_start_url from the profile.",
					"has another sso_region or sso_start_url than its "
					"sso_session",
					problem);
	keys->region = region;
	keys->start_url = start_url;

	return true;
}

static bool
is_repeated(const char *in_profile, const char *in_session)
{
	return in_profile == NULL || strcmp(in_profile, in_session) == 0;
}

/* ~/.aws/sso/cache/<SHA-1 of the session's name or the start URL>.json */
static bool
token_path(const DzEnvironment *env, const char *name, char **path,
		   DzProblem *problem)
{
	DzBuffer text = {0};
	bool is_ok = DzEnvironmentExpand(env, "~/.aws/sso/cache/", &text);

	if (!is_ok && !text.failed)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Set HOME for the server's process.",
							"HOME is not set in the server's environment, so "
							"the cached token of IAM Identity Center cannot "
							"be found.");
	is_ok = is_ok && append_sha1(name, &text);
	DzBufferAppendText(&text, ".json");
	is_ok = is_ok && !text.failed && DzSecretSet(path, text.data);
	DzBufferFree(&text);

	return is_ok || DzProblemNoMemory(problem);
}

/* The name of a file and no protection of anything. */
static bool
append_sha1(const char *text, DzBuffer *out)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int len = 0;

	if (EVP_Digest(text, strlen(text), digest, &len, EVP_sha1(), NULL) != 1 ||
		len != SHA1_LEN)
	{
		ERR_clear_error();
		return false;
	}
	for (int i = 0; i < SHA1_LEN; i++)
	{
		DzBufferAppendChar(out, hex[digest[i] >> 4]);
		DzBufferAppendChar(out, hex[digest[i] & 0x0f]);
	}

	return !out->failed;
}

static bool
fail(const DzProfiles *profiles, const DzSection *section, const char *hint,
	 const char *what, DzProblem *problem)
{
	char where[DZ_PROPERTY_TEXT_SIZE];

	DzSectionDescribe(profiles, section, where, sizeof(where));

	return DzProblemSet(problem, DZ_PROBLEM_CONFIG, hint, "The %s %s.", where,
						what);
}
