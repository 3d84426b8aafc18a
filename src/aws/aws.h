/*-------------------------------------------------------------------------
 *
 * aws.h
 *		The AWS room: signed requests with the SDKs' retries.
 *
 * Knows no service: a *client* is an endpoint, a Region, credentials and a
 * retry policy; a *call* is one logical request, which may take several
 * attempts.  The pure parts need no server and are linked by the unit tests as
 * they are: signing (sigv4.h, uri.h), addresses (endpoint.h), retries (retry.h,
 * limiter.h, skew.h) and timestamp.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_H
#define DATAZONE_AWS_H

#include "lib/ilist.h"

#include "aws/errorcode.h"
#include "aws/retry.h"
#include "net/net.h"

#define DZ_AWS_FAILURE_CODE 132
#define DZ_AWS_FAILURE_DETAIL 1024
#define DZ_AWS_FAILURE_HINT 320
#define DZ_AWS_ERROR_MESSAGE 512
#define DZ_AWS_FEATURES_SIZE 32

/* ---- provider.c: where a client's keys come from ---- */

/*
 * Keys to sign with.  Counted: a call holds those of its attempt until it has
 * read the answer, which may speak of them; a new set is another object.
 */
typedef struct DzAwsKeys
{
	int references;
	char *access_key_id;
	char *secret_access_key; /* wiped before it is freed, like the next */
	char *session_token; /* NULL: none */
	bool expires;
	int64 expires_us; /* since 1970, if they expire */
} DzAwsKeys;

/* Copies, in TopMemoryContext; one reference, the caller's. */
extern DzAwsKeys *DzAwsKeysCreate(const char *access_key_id,
								  const char *secret_access_key,
								  const char *session_token);
extern void DzAwsKeysHold(DzAwsKeys *keys);
extern void DzAwsKeysRelease(DzAwsKeys *keys); /* NULL is allowed */

/* Why there are no keys.  No text holds a secret; all are ASCII. */
typedef struct DzAwsFailure
{
	int sqlstate;
	char code[DZ_AWS_FAILURE_CODE]; /* of a service that refused, or "" */
	char detail[DZ_AWS_FAILURE_DETAIL]; /* whole sentences */
	char hint[DZ_AWS_FAILURE_HINT]; /* what to do, or "" */
} DzAwsFailure;

typedef struct DzAwsProvider DzAwsProvider;
typedef struct DzAwsAsk DzAwsAsk;
typedef void (*DzAwsKeysFn)(void *arg);

/*
 * Somebody who needs keys.  It lies in the asker's memory, zeroed at first;
 * whoever no longer wants them leaves (DzAwsProviderLeave).
 */
struct DzAwsAsk
{
	DzAwsProvider *provider; /* that is to call "done"; NULL: none */
	dlist_node node; /* for the provider's use */
	DzAwsKeysFn done; /* called in a turn of the loop */
	void *arg;
	DzAwsKeys *keys; /* what came, held for the asker; NULL: failure */
	DzAwsFailure failure;
};

typedef enum DzAwsKeysState
{
	DZ_AWS_KEYS_AT_HAND, /* ask->keys is set */
	DZ_AWS_KEYS_AWAITED, /* ask->done will be called, once */
	DZ_AWS_KEYS_NO_OTHERS /* there are none but those that were refused */
} DzAwsKeysState;

/*
 * A provider is a struct that begins with this.  Counted, like keys; the
 * client holds a reference.
 */
struct DzAwsProvider
{
	int references;

	/* how the keys are come by, in the SDKs' letters for the user agent */
	char features[DZ_AWS_FEATURES_SIZE];

	/* the Region, for a client without one, once there have been keys */
	const char *region;

	/*
	 * "refused" NULL: the keys of now.  Else: the service called those
	 * expired or unknown, so others are wanted, fetched anew if need be.
	 */
	DzAwsKeysState (*ask)(DzAwsProvider *provider, DzAwsAsk *ask,
						  const DzAwsKeys *refused);
	void (*leave)(DzAwsProvider *provider, DzAwsAsk *ask); /* do not throw */
	void (*free)(DzAwsProvider *provider); /* the last reference is gone */
};

extern DzAwsKeysState DzAwsProviderAsk(DzAwsProvider *provider, DzAwsAsk *ask,
									   const DzAwsKeys *refused);
extern void DzAwsProviderLeave(DzAwsAsk *ask); /* not waiting: no matter */
extern void DzAwsProviderHold(DzAwsProvider *provider);
extern void DzAwsProviderRelease(DzAwsProvider *provider);

/* The same keys for ever; they are copied.  One reference, the caller's. */
extern DzAwsProvider *DzAwsProviderOfKeys(const char *access_key_id,
										  const char *secret_access_key,
										  const char *session_token);

/* ---- client.c ---- */

typedef struct DzAwsErrorText
{
	char code[DZ_ERROR_CODE_MAX + 1]; /* or "" */
	char request_id[DZ_ERROR_CODE_MAX + 1]; /* or "" */
	char message[DZ_AWS_ERROR_MESSAGE]; /* UTF-8, not redacted yet; or "" */
} DzAwsErrorText;

/* Take an error answer apart, for services that do not speak restJson1. */
typedef void (*DzAwsReadErrorFn)(const char *body, size_t len,
								 DzAwsErrorText *out);

typedef struct DzAwsClientConfig
{
	const char *name; /* what messages call it: the foreign server's name */
	const char *service; /* signing name, e.g. "datazone" */
	const char *region; /* NULL: the provider's */
	const char *endpoint_url; /* NULL: from the Region by rule */
	bool use_fips;
	bool use_dual_stack; /* means nothing to DataZone */
	DzAwsProvider *provider; /* NULL: requests are not signed */
	const char *keys_from; /* for hints: where; NULL: the user mapping */
	DzAwsReadErrorFn read_error; /* NULL: errors are restJson1's */
	int connect_timeout_ms;
	int request_timeout_ms;
	int max_attempts;
	DzRetryMode retry_mode;
	const char *proxy; /* NULL: the environment's; "": none */
	const char *ca_file; /* NULL: the system's */
	const char *app_id; /* for the user agent; NULL: none */
	const char *execution_env; /* for the user agent; NULL: none */
	const char *trace_id; /* header X-Amzn-Trace-Id; NULL: none */
	bool no_skew_correction;

	/*
	 * Whatever the caller knows it by: whose regulator it shares (see
	 * regulator.h), and for whoever meters and counts the client's calls.
	 */
	unsigned int id;
	double rate_limit; /* not used here; negative: by the operation */
} DzAwsClientConfig;

typedef struct DzAwsClient DzAwsClient;

/*
 * Make a client; everything in "config" is copied.  The caller holds one
 * reference.  Throws 22023 for an impossible endpoint or Region.
 */
extern DzAwsClient *DzAwsClientCreate(const DzAwsClientConfig *config);
extern void DzAwsClientHold(DzAwsClient *client);
extern void DzAwsClientRelease(DzAwsClient *client);
extern const char *DzAwsClientName(const DzAwsClient *client);
extern const char *DzAwsClientEndpoint(const DzAwsClient *client);
extern const char *DzAwsClientRegion(const DzAwsClient *client);
extern const char *DzAwsClientKeysFrom(const DzAwsClient *client);

/*
 * Turn the loop until the client has keys, its Region and its endpoint, as a
 * call would.  The keys live as long as CurrentMemoryContext.  NULL:
 * "failure" says why there are none.
 */
extern const DzAwsKeys *DzAwsClientWait(DzAwsClient *client,
										DzAwsFailure *failure);
extern unsigned int DzAwsClientId(const DzAwsClient *client);
extern double DzAwsClientRateLimit(const DzAwsClient *client);

typedef struct DzAwsRequest
{
	const char *operation; /* for messages */
	const char *method;
	const char *path; /* percent-encoded once, begins with '/' */
	const char *query; /* percent-encoded, without '?'; "" if none */
	const DzHttpHeader *headers; /* all are signed */
	int nheaders;
	const char *body;
	size_t body_len;

	/*
	 * Whether a second arrival does no harm: read-only, idempotent, or with a
	 * client token.  Otherwise only what surely did not arrive is repeated.
	 */
	bool repeatable;

	const char *secret; /* that no message may show; NULL: none */
	bool is_secret; /* the answer is wiped when it goes */
} DzAwsRequest;

typedef enum DzAwsOutcome
{
	DZ_AWS_PENDING,
	DZ_AWS_SUCCESS, /* 2xx */
	DZ_AWS_REFUSED, /* the service answered with an error */
	DZ_AWS_NOT_CONNECTED,
	DZ_AWS_LOST, /* connection lost, or request_timeout after connecting */
	DZ_AWS_TOO_LARGE,
	DZ_AWS_UNEXPECTED, /* an answer that is not HTTP or not what AWS sends */
	DZ_AWS_NO_MEMORY,
	DZ_AWS_NO_CREDENTIALS /* nothing was sent: there are no keys */
} DzAwsOutcome;

typedef struct DzAwsReply
{
	DzAwsOutcome outcome;
	int http_status; /* 0: none */
	const char *code; /* the error's code, or "" */
	const char *message; /* the error's text or libcurl's, or "" */
	const char *request_id; /* or "" */
	bool timed_out; /* the failure was a time-out of ours */
	const char *body;
	size_t body_len;
	int attempts;
	int throttles; /* attempts that were throttled */
	int64 bytes_sent; /* bodies, of all attempts */
	int64 bytes_received; /* bodies, decoded, of all attempts */
	int64 latency_us; /* from the start to the end, pauses included */
	bool refused_temporary; /* keys that expire, and may be others soon */
	bool may_have_arrived; /* of a failed call: the outcome is unclear */
	DzHttpTransfer *transfer; /* of the last attempt, for its headers */
	const DzAwsFailure *failure; /* of NO_CREDENTIALS */
} DzAwsReply;

typedef struct DzAwsCall DzAwsCall;

/* What happens to a call. */
typedef enum DzAwsEvent
{
	DZ_AWS_SENDING, /* an attempt is about to begin */
	DZ_AWS_THROTTLED, /* an attempt was refused because there were too many */
	DZ_AWS_DONE /* the call has ended; its owner may release it now */
} DzAwsEvent;

typedef void (*DzAwsEventFn)(DzAwsCall *call, DzAwsEvent event, void *arg);

/*
 * Start a call.  "request" and what it points to must live in "owner" or
 * longer; resetting or deleting "owner" gives the call up.  "on_event" (may be
 * NULL) hears of each event.
 */
extern DzAwsCall *DzAwsStart(MemoryContext owner, DzAwsClient *client,
							 const DzAwsRequest *request,
							 DzAwsEventFn on_event, void *arg);
extern const DzAwsReply *DzAwsResult(const DzAwsCall *call);
extern const DzAwsClient *DzAwsCallClient(const DzAwsCall *call);
extern int DzAwsMaxAttempts(const DzAwsCall *call);

#endif /* DATAZONE_AWS_H */
