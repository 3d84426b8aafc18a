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

#include "net/net.h"

typedef struct DzAwsClientConfig
{
	const char *name; /* what messages call it: the foreign server's name */
	const char *service; /* signing name, e.g. "datazone" */
	const char *region; /* required, also with an endpoint of its own */
	const char *endpoint_url; /* NULL: from the Region by rule */
	bool use_fips;
	const char *access_key_id;
	const char *secret_access_key;
	const char *session_token; /* NULL: none */
	int connect_timeout_ms;
	int request_timeout_ms;
	int max_attempts;
	const char *proxy;
	const char *ca_file;

	/* not used here: for whoever meters and counts the client's calls */
	unsigned int id; /* whatever the caller knows it by */
	double rate_limit; /* requests a second; negative: by the operation */
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
	DZ_AWS_NO_MEMORY
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
	bool may_have_arrived; /* of a failed call: the outcome is unclear */
	DzHttpTransfer *transfer; /* of the last attempt, for its headers */
} DzAwsReply;

typedef struct DzAwsCall DzAwsCall;

/* What happens to a call. */
typedef enum DzAwsEvent
{
	DZ_AWS_SENDING, /* an attempt is about to begin; the first in DzAwsStart */
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
