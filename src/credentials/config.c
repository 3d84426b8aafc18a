/*-------------------------------------------------------------------------
 *
 * config.c
 *		Settings of the SDKs: from the environment, else from the profile.
 *
 * A setting that is there and cannot be understood is an error and not as if
 * it were not there: "use_fips_endpoint = ture" must not mean no FIPS.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/config.h"

#include <stdio.h>
#include <string.h>

#include "aws/ascii.h"
#include "aws/endpoint.h"

#define MAX_ATTEMPTS 1000

/* A value and what a problem calls it. */
typedef struct Setting
{
	const char *value; /* NULL: not set */
	char where[DZ_PROPERTY_TEXT_SIZE];
} Setting;

static void look_up(const DzConfigSource *source, const char *variable,
					const char *key, Setting *out);
static bool resolve_region(const DzConfigSource *source, DzConfig *out,
						   DzProblem *problem);
static bool resolve_retry_mode(const DzConfigSource *source, DzConfig *out,
							   DzProblem *problem);
static bool resolve_max_attempts(const DzConfigSource *source, DzConfig *out,
								 DzProblem *problem);
static bool resolve_switch(const DzConfigSource *source, const char *variable,
						   const char *key, bool *out, DzProblem *problem);
static void name_variable(const char *service, char *out, size_t size);

bool
DzConfigResolve(const DzConfigSource *source, unsigned int known,
				DzConfig *out, DzProblem *problem)
{
	Setting setting;

	memset(out, 0, sizeof(*out));
	look_up(source, "AWS_CA_BUNDLE", "ca_bundle", &setting);
	out->ca_bundle = setting.value;
	look_up(source, "AWS_SDK_UA_APP_ID", "sdk_ua_app_id", &setting);
	out->app_id = setting.value;

	/* the last problem is the one that is told: what matters most is last */
	if (!resolve_switch(source, "AWS_USE_DUALSTACK_ENDPOINT",
						"use_dualstack_endpoint", &out->use_dual_stack,
						problem))
		out->broken |= DZ_CONFIG_OTHERS;
	if (!resolve_switch(source, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
						"ignore_configured_endpoint_urls",
						&out->ignore_endpoint_urls, problem))
		out->broken |= DZ_CONFIG_OTHERS;
	if (!resolve_switch(source, "AWS_DISABLE_CLOCK_SKEW_CORRECTION",
						"disable_clock_skew_correction",
						&out->no_skew_correction, problem))
		out->broken |= DZ_CONFIG_OTHERS;
	if ((known & DZ_CONFIG_MAX_ATTEMPTS) == 0 &&
		!resolve_max_attempts(source, out, problem))
		out->broken |= DZ_CONFIG_MAX_ATTEMPTS;
	if ((known & DZ_CONFIG_RETRY_MODE) == 0 &&
		!resolve_retry_mode(source, out, problem))
		out->broken |= DZ_CONFIG_RETRY_MODE;
	if ((known & DZ_CONFIG_FIPS) == 0 &&
		!resolve_switch(source, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint",
						&out->use_fips, problem))
		out->broken |= DZ_CONFIG_FIPS;
	if ((known & DZ_CONFIG_REGION) == 0 &&
		!resolve_region(source, out, problem))
		out->broken |= DZ_CONFIG_REGION;

	return out->broken == 0;
}

/* The environment comes first. */
static void
look_up(const DzConfigSource *source, const char *variable, const char *key,
		Setting *out)
{
	const DzProperty *property = NULL;

	out->where[0] = '\0';
	out->value = DzEnvironmentGet(source->env, variable);
	if (out->value != NULL)
	{
		(void) snprintf(out->where, sizeof(out->where),
						"environment variable %s", variable);
		return;
	}
	property = DzSectionFind(source->profile, key);
	if (property == NULL)
		return;
	out->value = property->value;
	DzPropertyDescribe(source->profiles, source->profile, property, out->where,
					   sizeof(out->where));
}

static bool
resolve_region(const DzConfigSource *source, DzConfig *out, DzProblem *problem)
{
	Setting setting;

	look_up(source, "AWS_REGION", "", &setting);
	if (setting.value == NULL)
		look_up(source, "AWS_DEFAULT_REGION", "region", &setting);
	out->region = setting.value;
	if (out->region == NULL || DzRegionIsValid(out->region))
		return true;
	out->region = NULL;

	return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
						"Set it to the name of a Region, such as eu-west-1.",
						"The %s is no name of a Region.", setting.where);
}

static bool
resolve_retry_mode(const DzConfigSource *source, DzConfig *out,
				   DzProblem *problem)
{
	Setting setting;

	look_up(source, "AWS_RETRY_MODE", "retry_mode", &setting);
	out->has_retry_mode = setting.value != NULL;
	if (out->has_retry_mode && DzIsWord(setting.value, "adaptive"))
		out->retry_mode = DZ_RETRY_ADAPTIVE;
	/* "legacy" is what the oldest SDK had; here it is the same */
	else if (out->has_retry_mode && !DzIsWord(setting.value, "standard") &&
			 !DzIsWord(setting.value, "legacy"))
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Set it to standard or adaptive.",
							"The %s is no retry mode.", setting.where);

	return true;
}

static bool
resolve_max_attempts(const DzConfigSource *source, DzConfig *out,
					 DzProblem *problem)
{
	Setting setting;
	int attempts = 0;

	look_up(source, "AWS_MAX_ATTEMPTS", "max_attempts", &setting);
	if (setting.value == NULL)
		return true;
	for (const char *p = setting.value; *p != '\0'; p++)
	{
		attempts = DzIsDigit(*p) && attempts <= MAX_ATTEMPTS
					   ? attempts * 10 + (*p - '0')
					   : MAX_ATTEMPTS + 1;
	}
	if (attempts < 1 || attempts > MAX_ATTEMPTS)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Set it to the number of attempts; 1 switches "
							"retries off.",
							"The %s is no number between 1 and %d.",
							setting.where, MAX_ATTEMPTS);
	out->max_attempts = attempts;

	return true;
}

static bool
resolve_switch(const DzConfigSource *source, const char *variable,
			   const char *key, bool *out, DzProblem *problem)
{
	Setting setting;

	look_up(source, variable, key, &setting);
	if (setting.value == NULL || DzIsWord(setting.value, "false"))
		return true;
	*out = DzIsWord(setting.value, "true");
	if (*out)
		return true;

	return DzProblemSet(problem, DZ_PROBLEM_CONFIG, "Set it to true or false.",
						"The %s is neither true nor false.", setting.where);
}

bool
DzConfigEndpoint(const DzConfigSource *source, const char *service,
				 const char **url, char *where, DzProblem *problem)
{
	const DzProperty *name = DzSectionFind(source->profile, "services");
	const DzProperty *property = NULL;
	const DzSection *section = source->profile;
	char scratch[DZ_PROPERTY_TEXT_SIZE];
	char variable[64];
	Setting setting;

	if (where == NULL)
		where = scratch;
	where[0] = '\0';

	name_variable(service, variable, sizeof(variable));
	look_up(source, variable, "", &setting);
	if (setting.value == NULL)
		look_up(source, "AWS_ENDPOINT_URL", "", &setting);
	*url = setting.value;
	if (*url != NULL)
	{
		(void) memcpy(where, setting.where, sizeof(setting.where));
		return true;
	}

	if (name != NULL)
	{
		section =
			DzProfilesFind(source->profiles, DZ_SECTION_SERVICES, name->value);
		if (section == NULL)
		{
			DzPropertyDescribe(source->profiles, source->profile, name, where,
							   DZ_PROPERTY_TEXT_SIZE);
			return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
								"Add [services name] to the config file, or "
								"remove the key.",
								"The %s names a section that does not exist.",
								where);
		}
		property = DzSectionFindSub(section, service, "endpoint_url");
	}
	if (property == NULL)
	{
		section = source->profile;
		property = DzSectionFind(section, "endpoint_url");
	}
	if (property == NULL)
		return true;
	*url = property->value;
	DzPropertyDescribe(source->profiles, section, property, where,
					   DZ_PROPERTY_TEXT_SIZE);

	return true;
}

/* AWS_ENDPOINT_URL_ and the service's name in upper case */
static void
name_variable(const char *service, char *out, size_t size)
{
	int len = snprintf(out, size, "AWS_ENDPOINT_URL_%s", service);

	for (int i = 0; i < len && i < (int) size - 1; i++)
	{
		if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char) (out[i] - 'a' + 'A');
		else if (out[i] == '-')
			out[i] = '_';
	}
}
