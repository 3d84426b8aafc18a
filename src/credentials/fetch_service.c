/*-------------------------------------------------------------------------
 *
 * fetch_service.c
 *		Credentials that a service of AWS gives: STS, IAM Identity Center.
 *
 * These are calls like any other, with a client of their own: time-outs,
 * retries, proxy and certificates are those of the server's requests.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "credentials/fetch.h"
#include "credentials/sts.h"

static const char sts_name[] = "The Security Token Service";
static const char sso_name[] = "IAM Identity Center";

static DzAwsClientConfig client_config(const DzFetch *fetch,
									   const char *service, const char *region,
									   const char *endpoint_url);
static void sts_read_error(const char *body, size_t len, DzAwsErrorText *out);
static void sts_call(DzFetch *fetch, const DzRole *role,
					 DzAwsProvider *provider);
static void sts_answered(DzFetch *fetch);
static char *sso_query(const DzPlan *plan);
static void sso_answered(DzFetch *fetch);

static DzAwsClientConfig
client_config(const DzFetch *fetch, const char *service, const char *region,
			  const char *endpoint_url)
{
	const DzSettings *settings = &fetch->source->settings;

	return (DzAwsClientConfig){
		.name = fetch->source->server_name,
		.service = service,
		.region = region,
		.endpoint_url = endpoint_url,
		.use_fips = settings->use_fips,
		.use_dual_stack = settings->use_dual_stack,
		.connect_timeout_ms = settings->connect_timeout_ms,
		.request_timeout_ms = settings->request_timeout_ms,
		.max_attempts = settings->max_attempts,
		.proxy = settings->proxy,
		.ca_file = settings->ca_file,
		.app_id = settings->app_id,
		.execution_env = settings->execution_env,
		.trace_id = settings->trace_id,
		.no_skew_correction = settings->no_skew_correction,
		.id = fetch->source->server,
	};
}

/* ----------
 * STS
 * ----------
 */

void
DzFetchWebIdentity(DzFetch *fetch)
{
	const DzPlan *plan = &fetch->source->plan;

	/* whoever writes it writes it anew before it expires */
	if (DzFetchReadFile(fetch, plan->token_file, "The web identity token file",
						NULL, &fetch->secret))
		sts_call(fetch, &plan->web_role, NULL);
}

/* Assume the next role with what the last step gave. */
void
DzFetchRole(DzFetch *fetch)
{
	const DzCredentials *have = &fetch->have;
	DzAwsProvider *volatile provider = DzAwsProviderOfKeys(
		have->access_key_id, have->secret_access_key, have->session_token);

	DzBufferReset(&fetch->secret);
	PG_TRY();
	{
		sts_call(fetch, &fetch->source->plan.roles[fetch->role], provider);
	}
	PG_FINALLY();
	{
		DzAwsProviderRelease(provider);
	}
	PG_END_TRY();
}

/* With a provider AssumeRole, else AssumeRoleWithWebIdentity. */
static void
sts_call(DzFetch *fetch, const DzRole *role, DzAwsProvider *provider)
{
	static const DzHttpHeader type = {"Content-Type", DZ_STS_CONTENT_TYPE};
	char name[DZ_STS_SESSION_NAME_SIZE];
	DzStsRequest sts = {.role_arn = role->arn,
						.session_name = role->session_name,
						.external_id = role->external_id,
						.duration_seconds = role->duration_seconds};
	DzAwsClientConfig config =
		client_config(fetch, "sts", DzFetchRegion(fetch),
					  fetch->source->settings.sts_endpoint_url);
	DzAwsRequest request = {0};
	DzProblem problem = {0};

	MemoryContextReset(fetch->step_cxt);
	if (sts.session_name == NULL)
	{
		DzStsSessionName(DzFetchNowUs(), name);
		sts.session_name = name;
	}
	if (provider == NULL)
	{
		sts.web_identity_token = fetch->secret.data;
		sts.web_identity_token_len = fetch->secret.len;
		request.secret = fetch->secret.data;
	}
	DzBufferReset(&fetch->body);
	if (!DzStsRequestBody(&fetch->body, &sts, &problem))
	{
		DzFetchFailProblem(fetch, &problem);
		return;
	}

	config.provider = provider;
	config.read_error = sts_read_error;
	request.operation =
		provider == NULL ? "AssumeRoleWithWebIdentity" : "AssumeRole";
	request.method = "POST";
	request.path = "/";
	request.query = "";
	request.headers = &type;
	request.nheaders = 1;
	request.body = fetch->body.data;
	request.body_len = fetch->body.len;
	request.repeatable = true;
	request.is_secret = true;
	DzFetchCall(fetch, &config, &request, sts_answered);
}

static void
sts_read_error(const char *body, size_t len, DzAwsErrorText *out)
{
	DzStsError error;

	if (DzStsReadError(body, len, &error))
	{
		strlcpy(out->code, error.code, sizeof(out->code));
		strlcpy(out->message, error.message, sizeof(out->message));
		strlcpy(out->request_id, error.request_id, sizeof(out->request_id));
	}
	explicit_bzero(&error, sizeof(error));
}

static void
sts_answered(DzFetch *fetch)
{
	const DzAwsReply *reply = DzAwsResult(fetch->call);
	bool is_base = !fetch->has_base;
	const DzPlan *plan = &fetch->source->plan;
	const DzRole *role = is_base ? &plan->web_role : &plan->roles[fetch->role];
	DzProblem problem = {0};

	if (reply->outcome != DZ_AWS_SUCCESS)
	{
		char source[256];

		snprintf(source, sizeof(source), "%s, asked for role \"%.*s\",",
				 sts_name, 160, role->arn);
		DzFetchRefused(fetch, source,
					   is_base ? "Let the trust policy of the role admit the "
								 "token's issuer and subject."
							   : "Let the trust policy of the role, and the "
								 "policies of the identity that assumes it, "
								 "allow sts:AssumeRole. If the trust "
								 "policy asks for an external id, external_id "
								 "of the user mapping or profile must be it.");
	}
	else if (!DzStsRead(reply->body, reply->body_len, &fetch->have, &problem))
		DzFetchFailProblem(fetch, &problem);
	else if (is_base)
		DzFetchGotBase(fetch);
	else
		DzFetchGotRole(fetch);
}

/* ----------
 * IAM Identity Center
 * ----------
 */

void
DzFetchSso(DzFetch *fetch)
{
	const DzPlan *plan = &fetch->source->plan;
	DzAwsClientConfig config =
		client_config(fetch, "portal.sso", plan->sso_region,
					  fetch->source->settings.sso_endpoint_url);
	DzAwsRequest request = {0};
	DzHttpHeader header = {DZ_SSO_TOKEN_HEADER, NULL};
	DzProblem problem = {0};
	const char *token;
	size_t len;

	MemoryContextReset(fetch->step_cxt);
	if (!DzFetchReadFile(fetch, plan->sso_token_path,
						 "The cached token of IAM Identity Center",
						 "Run \"aws sso login\" as the server's operating "
						 "system user.",
						 &fetch->body))
		return;
	if (!DzFetchReadSsoToken(fetch->body.data, fetch->body.len, DzFetchNowUs(),
							 &token, &len, &problem))
	{
		DzFetchFailProblem(fetch, &problem);
		return;
	}
	DzBufferReset(&fetch->secret);
	DzBufferAppend(&fetch->secret, token, len);
	DzBufferReset(&fetch->body);
	if (fetch->secret.failed)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for a token")));

	header.value = fetch->secret.data;
	request.operation = "GetRoleCredentials";
	request.method = "GET";
	request.path = DZ_SSO_PATH;
	request.query = sso_query(plan);
	request.headers = memcpy(palloc(sizeof(header)), &header, sizeof(header));
	request.nheaders = 1;
	request.body = "";
	request.repeatable = true;
	request.secret = fetch->secret.data;
	request.is_secret = true;
	DzFetchCall(fetch, &config, &request, sso_answered);
}

static char *
sso_query(const DzPlan *plan)
{
	DzBuffer query = {0};
	char *copy = NULL;

	DzFormAppend(&query, "account_id", plan->sso_account_id,
				 strlen(plan->sso_account_id));
	DzFormAppend(&query, "role_name", plan->sso_role_name,
				 strlen(plan->sso_role_name));
	if (!query.failed)
		copy = pstrdup(query.data);
	DzBufferFree(&query);
	if (copy == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for a request")));
	return copy;
}

static void
sso_answered(DzFetch *fetch)
{
	const DzAwsReply *reply = DzAwsResult(fetch->call);
	DzProblem problem = {0};

	if (reply->outcome != DZ_AWS_SUCCESS)
		DzFetchRefused(fetch, sso_name,
					   "Run \"aws sso login\" as the server's operating "
					   "system user, and see that the role is assigned.");
	else if (DzFetchReadJson(fetch, DZ_ANSWER_SSO,
							 unconstify(char *, reply->body), reply->body_len,
							 &problem))
		DzFetchGotBase(fetch);
	else
		DzFetchFailProblem(fetch, &problem);
}
