/*-------------------------------------------------------------------------
 *
 * settings.c
 *		Region, endpoint and all else that is not credentials.
 *
 * The server's own options come first, then the environment, then the
 * profile: the one that the mapping names, else AWS_PROFILE, else "default".
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "aws/endpoint.h"
#include "credentials/config.h"
#include "credentials/fetch.h"
#include "credentials/host.h"

#define DEFAULT_ATTEMPTS 3 /* the SDKs' */

static void resolve_endpoints(const DzSourceOptions *options,
							  const DzConfigSource *source,
							  const DzConfig *config, DzSettings *settings);
static const char *service_endpoint(const DzSourceOptions *options,
									const DzConfigSource *source,
									const char *service);
static const char *copy(const char *text);
static const char *trace_id(const DzEnvironment *env);
static void refuse_or_ignore(const DzSourceOptions *options,
							 const DzProblem *problem, bool may_ignore);
static void tell_broken_files(const DzProblem *problem);
static void refuse_region(const DzSourceOptions *options);

uint64
DzSourceGeneration(void)
{
	return DzHostGeneration();
}

void
DzSourceForget(void)
{
	DzHostProfilesFree();
}

/* The host's identity is to be used, and not keys of the mapping's own. */
static bool
is_of_host(const DzSourceOptions *options)
{
	return options->is_default || options->profile != NULL;
}

/*
 * Throw what the host's files or settings are no good for.  Where they lie and
 * what is in them is the business of superusers, and of those who may use the
 * host's identity; for others the log has it.
 */
static void
refuse(const DzSourceOptions *options, const DzProblem *problem, int sqlstate)
{
	bool has_hint = problem->hint[0] != '\0';
	bool may_see = is_of_host(options) || superuser();

	if (!may_see)
		ereport(LOG, (errmsg("the AWS settings of this host cannot be used "
							 "for server \"%s\"",
							 options->server_name),
					  errdetail_internal("%s", problem->detail)));
	ereport(
		ERROR,
		(errcode(problem->kind == DZ_PROBLEM_NO_MEMORY ? ERRCODE_OUT_OF_MEMORY
													   : sqlstate),
		 errmsg("the AWS settings of this host cannot be used for server "
				"\"%s\"",
				options->server_name),
		 may_see ? errdetail_internal("%s", problem->detail)
				 : errdetail("The server's log says why."),
		 errhint("%s%sdatazone_whoami() reads them again, and sends DataZone "
				 "nothing.",
				 may_see ? problem->hint : "",
				 may_see && has_hint ? " " : "")));
}

void
DzSettingsResolve(const DzSourceOptions *options, DzSettings *settings)
{
	const DzEnvironment *env = DzHostEnvironment();
	const DzProfiles *profiles = DzHostProfiles();
	bool is_named;
	const char *name = options->profile != NULL
						   ? options->profile
						   : DzEnvironmentProfile(env, &is_named);
	DzConfigSource source = {env, profiles, NULL};
	DzConfig config;
	DzProblem problem = {0};
	unsigned int known =
		(options->region != NULL ? DZ_CONFIG_REGION : 0) |
		(options->has_use_fips ? DZ_CONFIG_FIPS : 0) |
		(options->has_retry_mode ? DZ_CONFIG_RETRY_MODE : 0) |
		(options->max_attempts > 0 ? DZ_CONFIG_MAX_ATTEMPTS : 0);

	if (profiles->problem.kind == DZ_PROBLEM_NONE)
		source.profile = DzProfilesFind(profiles, DZ_SECTION_PROFILE, name);
	else
		tell_broken_files(&profiles->problem);
	if (!DzConfigResolve(&source, known, &config, &problem))
		refuse_or_ignore(
			options, &problem,
			(config.broken & (DZ_CONFIG_REGION | DZ_CONFIG_FIPS)) == 0);

	memset(settings, 0, sizeof(*settings));
	settings->region =
		copy(options->region != NULL ? options->region : config.region);
	if (settings->region == NULL && profiles->problem.kind != DZ_PROBLEM_NONE)
		refuse(options, &profiles->problem,
			   ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION);
	if (settings->region == NULL)
		refuse_region(options);
	settings->use_fips =
		options->has_use_fips ? options->use_fips : config.use_fips;
	settings->use_dual_stack = config.use_dual_stack;
	settings->ca_file = copy(options->ca_bundle != NULL ? options->ca_bundle
														: config.ca_bundle);
	settings->proxy = copy(options->proxy);
	settings->retry_mode =
		options->has_retry_mode ? options->retry_mode : config.retry_mode;
	settings->max_attempts = options->max_attempts > 0 ? options->max_attempts
							 : config.max_attempts > 0 ? config.max_attempts
													   : DEFAULT_ATTEMPTS;
	settings->connect_timeout_ms = options->connect_timeout_ms;
	settings->request_timeout_ms = options->request_timeout_ms;
	settings->app_id = copy(config.app_id);
	settings->execution_env = copy(DzEnvironmentGet(env, "AWS_EXECUTION_ENV"));
	settings->trace_id = trace_id(env);
	settings->no_skew_correction = config.no_skew_correction;
	resolve_endpoints(options, &source, &config, settings);
}

/*
 * Nothing of a broken file is used.  Who needs a profile for credentials is
 * refused; for others, who have keys of their own, the log is told once.
 */
static void
tell_broken_files(const DzProblem *problem)
{
	static uint64 told = 0;

	if (told == DzHostGeneration())
		return;
	told = DzHostGeneration();
	ereport(LOG, (errmsg("the AWS files of this host are not used"),
				  errdetail_internal("%s", problem->detail)));
}

/*
 * A setting of the host is broken.  Those whose mapping has keys of its own
 * did not ask for the host's settings, and go on without it: the log is told
 * once.  Not so with what decides where they are used: "use_fips_endpoint =
 * ture" must not mean no FIPS.
 */
static void
refuse_or_ignore(const DzSourceOptions *options, const DzProblem *problem,
				 bool may_ignore)
{
	static uint64 told = 0;

	if (!may_ignore || is_of_host(options))
		refuse(options, problem, ERRCODE_INVALID_PARAMETER_VALUE);
	if (told == DzHostGeneration())
		return;
	told = DzHostGeneration();
	ereport(LOG, (errmsg("an AWS setting of this host is ignored for "
						 "mappings with keys of their own"),
				  errdetail_internal("%s", problem->detail)));
}

/*
 * Without a Region there is nothing to sign with, and no endpoint.  Where the
 * host's identity is used, the instance may be asked for its own; a mapping
 * with keys of its own has nothing to do with the instance.
 */
static void
refuse_region(const DzSourceOptions *options)
{
	if (is_of_host(options) && !DzImdsIsDisabled(DzHostEnvironment()))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("server \"%s\" has no region", options->server_name),
			 errhint("ALTER SERVER %s OPTIONS (ADD region 'eu-west-1').",
					 quote_identifier(options->server_name))));
}

static void
resolve_endpoints(const DzSourceOptions *options, const DzConfigSource *source,
				  const DzConfig *config, DzSettings *settings)
{
	settings->endpoint_url = copy(options->endpoint_url);
	if (config->ignore_endpoint_urls)
		return;
	if (settings->endpoint_url == NULL)
		settings->endpoint_url = service_endpoint(options, source, "datazone");
	settings->sts_endpoint_url = service_endpoint(options, source, "sts");
	settings->sso_endpoint_url = service_endpoint(options, source, "sso");
}

/* What the host has configured for a service, checked; NULL: nothing. */
static const char *
service_endpoint(const DzSourceOptions *options, const DzConfigSource *source,
				 const char *service)
{
	char where[DZ_PROPERTY_TEXT_SIZE];
	const char *url = NULL;
	const char *why;
	DzEndpoint endpoint;
	DzProblem problem = {0};

	if (!DzConfigEndpoint(source, service, &url, where, &problem))
		refuse_or_ignore(options, &problem, true);
	if (url == NULL)
		return NULL;
	if (!DzEndpointResolve(service, NULL, false, url, &endpoint, &why))
	{
		(void) DzProblemSet(&problem, DZ_PROBLEM_CONFIG,
							"Correct it, or remove it.",
							"The %s is no usable endpoint. %s", where, why);
		refuse_or_ignore(options, &problem, true);
		return NULL;
	}
	return copy(url);
}

static const char *
copy(const char *text)
{
	return text != NULL ? pstrdup(text) : NULL;
}

/* Copied out of the buffer, which is not the context's. */
static const char *
trace_id(const DzEnvironment *env)
{
	DzBuffer id = {0};
	char *text = NULL;

	if (DzEnvironmentTraceId(env, &id))
		text = pstrdup(id.data);
	DzBufferFree(&id);
	return text;
}
