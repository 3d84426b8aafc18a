/*-------------------------------------------------------------------------
 *
 * source.c
 *		From options to a provider of keys.
 *
 * Keys that are at hand are provided as they are; all else is fetched, and
 * kept by cache.c, for whoever would fetch the same (providers.c).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "credentials/fetch.h"
#include "credentials/host.h"
#include "shared/vault.h"

#define KEYS_OF_A_MAPPING "user mapping (static keys)"

StaticAssertDecl(DZ_VAULT_DIGEST_SIZE == DZ_SHA256_LEN,
				 "the vault's digest is SHA-256");

typedef struct Owned
{
	DzFetchSource source;
	MemoryContextCallback cleanup;
} Owned;

static bool make_plan(DzPlan *plan, const DzSourceOptions *options,
					  DzProblem *problem);
static char *describe(const DzPlan *plan, const DzSourceOptions *options);
static DzAwsProvider *provide_keys(const DzPlan *plan,
								   const DzSourceOptions *options);
static DzAwsProvider *provide_fetched(MemoryContext cxt, DzFetchSource *source,
									  const DzSourceOptions *options,
									  const DzSettings *settings,
									  const char *features);
static void copy_settings(DzSettings *out, const DzSettings *settings);
static char *imds_url(const DzSourceOptions *options);
static void append_source(DzBuffer *out, const DzFetchSource *source);
static void append_manner(DzBuffer *out, const DzFetchSource *source,
						  const char *features);
static void digest(DzBuffer *text, unsigned char *out);

static void
refuse(const DzSourceOptions *options, const DzProblem *problem)
{
	DzAwsFailure failure;

	DzFailureOfProblem(&failure, problem);
	ereport(ERROR,
			(errcode(failure.sqlstate),
			 errmsg("could not get credentials for server \"%s\"",
					options->server_name),
			 errdetail_internal("%s", failure.detail),
			 failure.hint[0] != '\0' ? errhint("%s", failure.hint) : 0));
}

static void
free_plan(void *arg)
{
	DzPlanFree(&((Owned *) arg)->source.plan);
}

DzAwsProvider *
DzSourceProvider(const DzSourceOptions *options, const DzSettings *settings,
				 char **words)
{
	MemoryContext cxt = AllocSetContextCreate(CurrentMemoryContext,
											  "datazone credential source",
											  ALLOCSET_SMALL_SIZES);
	Owned *owned = MemoryContextAllocZero(cxt, sizeof(Owned));
	DzPlan *plan = &owned->source.plan;
	DzProblem problem = {0};
	char features[DZ_AWS_FEATURES_SIZE];
	DzAwsProvider *provider;

	/* from here on the context's end wipes the plan */
	owned->cleanup.func = free_plan;
	owned->cleanup.arg = owned;
	MemoryContextRegisterResetCallback(cxt, &owned->cleanup);

	if (!make_plan(plan, options, &problem))
		refuse(options, &problem);
	*words = describe(plan, options);

	DzPlanFeatures(plan, options->role_arn != NULL, features,
				   sizeof(features));
	if (plan->base != DZ_BASE_KEYS || plan->nroles > 0 ||
		settings->region == NULL)
		provider =
			provide_fetched(cxt, &owned->source, options, settings, features);
	else
	{
		provider = provide_keys(plan, options);
		MemoryContextDelete(cxt);
	}
	strlcpy(provider->features, features, sizeof(provider->features));
	return provider;
}

static bool
make_plan(DzPlan *plan, const DzSourceOptions *options, DzProblem *problem)
{
	const DzEnvironment *env = DzHostEnvironment();
	bool is_ok;

	if (options->profile != NULL)
		is_ok = DzPlanProfile(plan, env, DzHostProfiles(true),
							  options->profile, problem);
	else if (options->is_default)
		is_ok = DzPlanDefault(plan, env, DzHostProfiles(true), problem);
	else
		is_ok = DzPlanKeys(plan, options->access_key_id,
						   options->secret_access_key, options->session_token,
						   problem);
	return is_ok &&
		   (options->role_arn == NULL ||
			DzPlanAddRole(plan, options->role_arn, options->role_session_name,
						  options->external_id, 0, problem));
}

/* For people: where the keys come from, with no secret in it. */
static char *
describe(const DzPlan *plan, const DzSourceOptions *options)
{
	char words[1024];

	if (options->profile == NULL && !options->is_default)
		return options->role_arn == NULL
				   ? pstrdup(KEYS_OF_A_MAPPING)
				   : psprintf(KEYS_OF_A_MAPPING ", assumed (role %s)",
							  options->role_arn);
	DzPlanDescribe(plan, words, sizeof(words));
	return pstrdup(words);
}

/* Those of the environment and of files have not been looked at yet. */
static DzAwsProvider *
provide_keys(const DzPlan *plan, const DzSourceOptions *options)
{
	DzCredentials checked = {0};
	DzProblem problem = {0};
	bool is_ok =
		DzCredentialsSet(&checked, plan->access_key_id,
						 plan->secret_access_key, plan->session_token, NULL,
						 plan->is_environment    ? "The server's environment"
						 : plan->profile != NULL ? "The profile"
												 : "The user mapping",
						 &problem);

	DzCredentialsFree(&checked);
	if (!is_ok)
		refuse(options, &problem);
	return DzAwsProviderOfKeys(plan->access_key_id, plan->secret_access_key,
							   plan->session_token);
}

/* One that there is already, or a new one. */
static DzAwsProvider *
provide_fetched(MemoryContext cxt, DzFetchSource *source,
				const DzSourceOptions *options, const DzSettings *settings,
				const char *features)
{
	MemoryContext caller = MemoryContextSwitchTo(cxt);
	const DzPlan *plan = &source->plan;
	bool is_shared = plan->nroles > 0 || plan->base == DZ_BASE_WEB_IDENTITY ||
					 plan->base == DZ_BASE_CONTAINER ||
					 plan->base == DZ_BASE_IMDS;
	DzBuffer text = {0};
	DzProviderKey key;
	unsigned char shared[DZ_VAULT_DIGEST_SIZE];
	DzAwsProvider *provider;

	source->server_name = pstrdup(options->server_name);
	source->server = options->server;
	copy_settings(&source->settings, settings);
	if (settings->region == NULL)
		source->imds_url = imds_url(options);

	memset(&key, 0, sizeof(key));
	key.server = options->server;
	key.mapping = options->mapping;
	append_source(&text, source);
	digest(&text, shared);
	append_manner(&text, source, features);
	digest(&text, key.digest);
	DzBufferFree(&text);

	MemoryContextSwitchTo(caller);

	provider = DzProvidersFind(&key);
	if (provider == NULL)
		return DzCacheCreate(cxt, source, &key, is_shared ? shared : NULL);
	MemoryContextDelete(cxt);
	return provider;
}

/* In CurrentMemoryContext. */
static void
copy_settings(DzSettings *out, const DzSettings *settings)
{
	const char **texts[] = {
		&out->region,           &out->endpoint_url,  &out->sts_endpoint_url,
		&out->sso_endpoint_url, &out->ca_file,       &out->proxy,
		&out->app_id,           &out->execution_env, &out->trace_id};

	*out = *settings;
	for (int i = 0; i < (int) lengthof(texts); i++)
	{
		if (*texts[i] != NULL)
			*texts[i] = pstrdup(*texts[i]);
	}
}

/* Where the instance is asked for its Region: for the host's identity only. */
static char *
imds_url(const DzSourceOptions *options)
{
	const DzEnvironment *env = DzHostEnvironment();
	const DzProfiles *profiles = DzHostProfiles(true);
	bool is_named;
	const char *name = options->profile != NULL
						   ? options->profile
						   : DzEnvironmentProfile(env, &is_named);
	DzBuffer url = {0};
	DzProblem problem = {0};
	char *copy = NULL;

	if (DzImdsEndpoint(env, profiles,
					   DzProfilesFind(profiles, DZ_SECTION_PROFILE, name),
					   &url, &problem))
		copy = pstrdup(url.data);
	DzBufferFree(&url);
	if (copy == NULL)
		refuse(options, &problem);
	return copy;
}

/* ----------
 * The digest of all that decides what is fetched
 * ----------
 */

/* With its length, so that no two lists of texts are the same bytes. */
static void
append_text(DzBuffer *out, const char *text)
{
	uint32 len = text != NULL ? (uint32) strlen(text) : PG_UINT32_MAX;

	DzBufferAppend(out, (const char *) &len, sizeof(len));
	if (text != NULL)
		DzBufferAppendText(out, text);
}

static void
append_number(DzBuffer *out, int number)
{
	DzBufferAppend(out, (const char *) &number, sizeof(number));
}

static void
append_role(DzBuffer *out, const DzRole *role)
{
	append_text(out, role->arn);
	append_text(out, role->session_name);
	append_text(out, role->external_id);
	append_number(out, role->duration_seconds);
}

static void
append_source(DzBuffer *out, const DzFetchSource *source)
{
	const DzPlan *plan = &source->plan;
	const DzSettings *settings = &source->settings;
	const char *texts[] = {plan->access_key_id,
						   plan->secret_access_key,
						   plan->session_token,
						   plan->command,
						   plan->token_file,
						   plan->sso_session,
						   plan->sso_account_id,
						   plan->sso_role_name,
						   plan->sso_region,
						   plan->sso_start_url,
						   plan->uri,
						   plan->token,
						   settings->region,
						   settings->sts_endpoint_url,
						   settings->sso_endpoint_url,
						   settings->ca_file,
						   settings->proxy,
						   source->imds_url};

	append_number(out, (int) plan->base);
	for (int i = 0; i < (int) lengthof(texts); i++)
		append_text(out, texts[i]);
	append_number(out, settings->use_fips);
	append_number(out, settings->use_dual_stack);
	append_role(out, &plan->web_role);
	for (int i = 0; i < plan->nroles; i++)
		append_role(out, &plan->roles[i]);
}

/* And how: of no concern to what comes of it, but to whoever does it. */
static void
append_manner(DzBuffer *out, const DzFetchSource *source, const char *features)
{
	const DzSettings *settings = &source->settings;

	append_text(out, source->server_name);
	append_text(out, features);
	append_text(out, settings->app_id);
	append_text(out, settings->execution_env);
	append_text(out, settings->trace_id);
	append_text(out, source->plan.account_id);
	append_text(out, source->plan.profile);
	append_text(out, source->plan.sso_token_path);
	append_number(out, settings->retry_mode);
	append_number(out, settings->max_attempts);
	append_number(out, settings->connect_timeout_ms);
	append_number(out, settings->request_timeout_ms);
	append_number(out, settings->no_skew_correction);
}

/* Of a text with secrets in it: whoever cannot have one wipes it. */
static void
digest(DzBuffer *text, unsigned char *out)
{
	DzHasher *hasher = DzHasherCreate();
	bool is_ok = hasher != NULL && !text->failed &&
				 DzSha256(hasher, text->data, text->len, out);

	DzHasherFree(hasher);
	if (is_ok)
		return;
	DzBufferFree(text);
	ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
					errmsg("could not compute a digest"),
					errdetail("OpenSSL failed or memory ran out.")));
}
