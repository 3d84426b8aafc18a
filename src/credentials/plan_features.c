/*-------------------------------------------------------------------------
 *
 * plan_features.c
 *		A plan in the letters by which the SDKs' user agents tell of it.
 *
 * Source: the list of features that smithy-rs and botocore agree on.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/plan.h"

#include <string.h>

static const char *profile_letters(const DzPlan *plan);
static const char *letters(const DzPlan *plan);
static bool is_of_the_host(const DzPlan *plan);
static void append(char *out, size_t size, const char *more);

void
DzPlanFeatures(const DzPlan *plan, bool has_own_role, char *out, size_t size)
{
	int nroles_of_profile = plan->nroles - (has_own_role ? 1 : 0);

	out[0] = '\0';
	if (plan->profile != NULL && nroles_of_profile > 0)
		append(out, size, is_of_the_host(plan) ? "p" : "o");
	append(out, size,
		   plan->profile != NULL && !is_of_the_host(plan)
			   ? profile_letters(plan)
			   : letters(plan));
	if (plan->nroles > 0)
		append(out, size, "i");
}

/* What credential_source may name, in a profile. */
static bool
is_of_the_host(const DzPlan *plan)
{
	return plan->is_environment || plan->base == DZ_BASE_CONTAINER ||
		   plan->base == DZ_BASE_IMDS;
}

static const char *
profile_letters(const DzPlan *plan)
{
	switch (plan->base)
	{
		case DZ_BASE_KEYS:
			return "n";
		case DZ_BASE_PROCESS:
			return "v,w";
		case DZ_BASE_WEB_IDENTITY:
			return "q,k";
		case DZ_BASE_SSO:
			return plan->sso_session != NULL ? "r,s" : "t,u";
		default:
			return "";
	}
}

static const char *
letters(const DzPlan *plan)
{
	switch (plan->base)
	{
		case DZ_BASE_KEYS:
			return plan->is_environment ? "g" : "e";
		case DZ_BASE_WEB_IDENTITY:
			return "h,k";
		case DZ_BASE_CONTAINER:
			return "z";
		case DZ_BASE_IMDS:
			return "0";
		default:
			return "";
	}
}

/* With a comma before it; nothing rather than half of it. */
static void
append(char *out, size_t size, const char *more)
{
	size_t len = strlen(out);
	size_t more_len = strlen(more);

	if (more_len == 0 || len + 1 + more_len >= size)
		return;
	if (len > 0)
		out[len++] = ',';
	memcpy(out + len, more, more_len + 1);
}
