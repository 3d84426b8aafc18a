/*-------------------------------------------------------------------------
 *
 * client.c
 *		An AWS client: endpoint, Region, credentials, how it calls itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <sys/utsname.h>

#include "utils/memutils.h"

#include "aws/client.h"
#include "aws/useragent.h"

#ifdef __linux__
#define DZ_OS "linux"
#elif defined(__APPLE__)
#define DZ_OS "macos"
#else
#define DZ_OS "other"
#endif

static char *copy_text(MemoryContext cxt, const char *text);
static void fill_client(DzAwsClient *client, const DzAwsClientConfig *config);
static char *build_user_agent(MemoryContext cxt,
							  const DzAwsClientConfig *config);
static void create_signer(DzAwsClient *client);

static void
free_signer(void *handle)
{
	DzSignerFree(handle);
}

/*
 * Make a client with one reference, which is the caller's.  Throws 22023 for
 * a Region or endpoint that cannot be, and then leaves nothing behind.  The
 * client takes a reference to the provider; the caller keeps its own.
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
	const char *why = NULL;

	client->name = copy_text(cxt, config->name);
	client->keys_from = copy_text(cxt, config->keys_from);
	client->service = copy_text(cxt, config->service);
	client->region = copy_text(cxt, config->region);
	client->proxy = copy_text(cxt, config->proxy);
	client->ca_file = copy_text(cxt, config->ca_file);
	client->connect_timeout_ms = config->connect_timeout_ms;
	client->request_timeout_ms = config->request_timeout_ms;
	client->max_attempts = config->max_attempts;
	client->id = config->id;
	client->rate_limit = config->rate_limit;
	client->use_fips = config->use_fips;
	client->use_dual_stack = config->use_dual_stack;
	client->read_error = config->read_error;
	client->retry_mode = config->retry_mode;
	client->no_skew_correction = config->no_skew_correction;
	client->trace_id = copy_text(cxt, config->trace_id);
	client->user_agent = build_user_agent(cxt, config);
	DzRegulatorInit(&client->regulator, DzNowMonotonicUs());

	/* without a Region and an endpoint the provider has to tell the first */
	client->is_located =
		config->region != NULL || config->endpoint_url != NULL;
	if (client->is_located &&
		!DzEndpointResolveDual(config->service, config->region,
							   config->use_fips, config->use_dual_stack,
							   config->endpoint_url, &client->endpoint, &why))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("server \"%s\" has no usable endpoint", config->name),
				 errdetail("%s", why)));

	create_signer(client);
	if (config->provider != NULL)
		DzAwsProviderHold(config->provider);
	client->provider = config->provider;
}

/*
 * The SDKs' form, without anything about the user.  The features are the
 * SDKs' letters: E and F are the retry modes, N an endpoint that was given,
 * the others are the provider's.
 */
static char *
build_user_agent(MemoryContext cxt, const DzAwsClientConfig *config)
{
	bool is_adaptive = config->retry_mode == DZ_RETRY_ADAPTIVE;
	const char *of_keys =
		config->provider != NULL ? config->provider->features : "";
	char features[DZ_AWS_FEATURES_SIZE + 8];
	struct utsname host;
	bool knows_host = uname(&host) >= 0;
	DzUserAgent agent = {.version = DZ_VERSION,
						 .postgresql = PG_MAJORVERSION,
						 .os = DZ_OS,
						 .os_version = knows_host ? host.release : NULL,
						 .architecture = knows_host ? host.machine : NULL,
						 .features = features,
						 .retry_mode = is_adaptive ? "adaptive" : "standard",
						 .execution_env = config->execution_env,
						 .app_id = config->app_id};
	DzBuffer text = {0};
	char *copy = NULL;

	snprintf(features, sizeof(features), "%s%s%s%s", is_adaptive ? "F" : "E",
			 config->endpoint_url != NULL ? ",N" : "",
			 of_keys[0] != '\0' ? "," : "", of_keys);
	DzUserAgentAppend(&text, &agent);
	if (!text.failed)
		copy =
			MemoryContextAllocExtended(cxt, text.len + 1, MCXT_ALLOC_NO_OOM);
	if (copy != NULL)
		memcpy(copy, text.data, text.len + 1);
	DzBufferFree(&text);
	if (copy == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for a user agent")));
	return copy;
}

static void
create_signer(DzAwsClient *client)
{
	DzGuard *guard = DzGuardCreate(client->cxt, free_signer);

	guard->handle = client->signer = DzSignerCreate();
	if (client->signer == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for signing keys")));
}

/*
 * See to it that the client knows its Region, if anything is to be signed,
 * and its endpoint.  False: "failure" says why it cannot.
 */
bool
DzAwsClientLocate(DzAwsClient *client, DzAwsFailure *failure)
{
	const char *why = "There is no Region.";

	if (client->is_located &&
		(client->region != NULL || client->provider == NULL))
		return true;

	if (client->region == NULL && client->provider != NULL &&
		client->provider->region != NULL)
		client->region = copy_text(client->cxt, client->provider->region);
	if (client->region != NULL && !client->is_located)
		client->is_located = DzEndpointResolveDual(
			client->service, client->region, client->use_fips,
			client->use_dual_stack, NULL, &client->endpoint, &why);
	if (client->region != NULL && client->is_located)
		return true;

	failure->sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	failure->code[0] = '\0';
	strlcpy(failure->detail, why, sizeof(failure->detail));
	snprintf(failure->hint, sizeof(failure->hint),
			 "Set the option region of the server.");
	return false;
}

static char *
copy_text(MemoryContext cxt, const char *text)
{
	return text != NULL ? MemoryContextStrdup(cxt, text) : NULL;
}

void
DzAwsClientHold(DzAwsClient *client)
{
	client->references++;
}

/* Give a reference up; the last one frees the client. */
void
DzAwsClientRelease(DzAwsClient *client)
{
	Assert(client->references > 0);
	if (--client->references > 0)
		return;

	if (client->provider != NULL)
		DzAwsProviderRelease(client->provider);
	MemoryContextDelete(client->cxt);
}

const char *
DzAwsClientName(const DzAwsClient *client)
{
	return client->name;
}

/*
 * The URL that requests go to, without a slash at its end.  NULL: it follows
 * from the Region, which the provider has yet to tell.
 */
const char *
DzAwsClientEndpoint(const DzAwsClient *client)
{
	return client->is_located ? client->endpoint.url : NULL;
}

/* The Region that requests are signed for, or NULL as the endpoint. */
const char *
DzAwsClientRegion(const DzAwsClient *client)
{
	return client->region;
}

/* Where the keys come from, in words; NULL: from a user mapping. */
const char *
DzAwsClientKeysFrom(const DzAwsClient *client)
{
	return client->keys_from;
}

/* One who waits, in memory that may go at any time. */
typedef struct Waiter
{
	DzAwsAsk ask;
	DzAwsClient *client;
	bool is_done;
	MemoryContextCallback cleanup;
} Waiter;

static void
stop_waiting(void *arg)
{
	Waiter *waiter = arg;

	DzAwsProviderLeave(&waiter->ask);
	DzAwsKeysRelease(waiter->ask.keys);
	DzAwsClientRelease(waiter->client);
}

static void
note_done(void *arg)
{
	((Waiter *) arg)->is_done = true;
}

const DzAwsKeys *
DzAwsClientWait(DzAwsClient *client, DzAwsFailure *failure)
{
	Waiter *waiter = palloc0(sizeof(Waiter));

	waiter->ask.done = note_done;
	waiter->ask.arg = waiter;
	waiter->client = client;
	waiter->cleanup.func = stop_waiting;
	waiter->cleanup.arg = waiter;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, &waiter->cleanup);
	DzAwsClientHold(client);

	if (DzAwsProviderAsk(client->provider, &waiter->ask, NULL) ==
		DZ_AWS_KEYS_AWAITED)
		while (!waiter->is_done)
			DzLoopTurn(-1);

	if (waiter->ask.keys == NULL)
		*failure = waiter->ask.failure;
	else if (DzAwsClientLocate(client, failure))
		return waiter->ask.keys;
	return NULL;
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
