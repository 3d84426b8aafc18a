/*-------------------------------------------------------------------------
 *
 * client.c
 *		An AWS client: endpoint, Region, credentials, retry quota.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "aws/client.h"

#ifdef __linux__
#define DZ_OS "linux"
#elif defined(__APPLE__)
#define DZ_OS "macos"
#else
#define DZ_OS "other"
#endif

static char *copy_text(MemoryContext cxt, const char *text);
static void fill_client(DzAwsClient *client, const DzAwsClientConfig *config);
static void resolve_endpoint(DzAwsClient *client,
							 const DzAwsClientConfig *config);
static void wipe(char *secret);

static void
free_signer(void *handle)
{
	DzSignerFree(handle);
}

/*
 * Make a client with one reference, which is the caller's.  Throws 22023 for
 * a Region or endpoint that cannot be, and then leaves nothing behind.
 */
DzAwsClient *
DzAwsClientCreate(const DzAwsClientConfig *config)
{
	MemoryContext cxt = AllocSetContextCreate(
		CurrentMemoryContext, "datazone AWS client", ALLOCSET_SMALL_SIZES);
	DzAwsClient *client = MemoryContextAllocZero(cxt, sizeof(DzAwsClient));

	client->cxt = cxt;
	client->references = 1;

	/* until it is whole the client belongs to the caller's context */
	PG_TRY();
	{
		fill_client(client, config);
	}
	PG_CATCH();
	{
		DzAwsClientRelease(client);
		PG_RE_THROW();
	}
	PG_END_TRY();

	MemoryContextSetParent(cxt, TopMemoryContext);
	return client;
}

static void
fill_client(DzAwsClient *client, const DzAwsClientConfig *config)
{
	MemoryContext cxt = client->cxt;
	DzGuard *guard;

	client->secret_access_key = copy_text(cxt, config->secret_access_key);
	client->session_token = copy_text(cxt, config->session_token);
	client->access_key_id = copy_text(cxt, config->access_key_id);
	client->name = copy_text(cxt, config->name);
	client->service = copy_text(cxt, config->service);
	client->region = copy_text(cxt, config->region);
	client->proxy = copy_text(cxt, config->proxy);
	client->ca_file = copy_text(cxt, config->ca_file);
	client->connect_timeout_ms = config->connect_timeout_ms;
	client->request_timeout_ms = config->request_timeout_ms;
	client->max_attempts = config->max_attempts;
	client->id = config->id;
	client->rate_limit = config->rate_limit;
	DzRetryQuotaInit(&client->quota);

	/* the SDKs' form of a user agent, without anything about the user */
	client->user_agent = MemoryContextStrdup(
		cxt, "datazone-postgresql/" DZ_VERSION " ua/2.1 os/" DZ_OS
			 " lang/c md/postgresql#" PG_MAJORVERSION
			 " m/E,e cfg/retry-mode#standard");

	resolve_endpoint(client, config);

	guard = DzGuardCreate(cxt, free_signer);
	guard->handle = client->signer = DzSignerCreate();
	if (client->signer == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for signing keys")));
}

static void
resolve_endpoint(DzAwsClient *client, const DzAwsClientConfig *config)
{
	const char *why = NULL;

	/* the Region signs, whatever the endpoint; the server room requires it */
	Assert(config->region != NULL);

	if (!DzEndpointResolve(config->service, config->region, config->use_fips,
						   config->endpoint_url, &client->endpoint, &why))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("server \"%s\" has no usable endpoint", config->name),
				 errdetail("%s", why)));
}

static char *
copy_text(MemoryContext cxt, const char *text)
{
	return text != NULL ? MemoryContextStrdup(cxt, text) : NULL;
}

static void
wipe(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
}

void
DzAwsClientHold(DzAwsClient *client)
{
	client->references++;
}

/* Give a reference up; the last one wipes the secrets and frees the client. */
void
DzAwsClientRelease(DzAwsClient *client)
{
	Assert(client->references > 0);
	if (--client->references > 0)
		return;

	wipe(client->secret_access_key);
	wipe(client->session_token);
	MemoryContextDelete(client->cxt);
}

const char *
DzAwsClientName(const DzAwsClient *client)
{
	return client->name;
}

/* The URL that requests go to, without a slash at its end. */
const char *
DzAwsClientEndpoint(const DzAwsClient *client)
{
	return client->endpoint.url;
}

unsigned int
DzAwsClientId(const DzAwsClient *client)
{
	return client->id;
}

double
DzAwsClientRateLimit(const DzAwsClient *client)
{
	return client->rate_limit;
}
