/*-------------------------------------------------------------------------
 *
 * call.c
 *		One logical request: attempts, back-off, and what came of it.
 *
 *			  ┌───────────── back-off timer ◄──────────┐
 *			  ▼                                        │ retryable, and
 *		begin: in adaptive mode wait for a token       │
 *			  ▼                                        │
 *		ask for keys ──► send ──► transfer on the loop ──► on_answer ──► finish
 *			  ▲  │ none yet: on_keys                   │
 *			  └──┴──────── other keys, once ◄──────────┘ keys refused
 *
 * Each attempt is signed anew (the clock moves on) and carries the same bytes
 * and the same client token.  The rules are the AWS SDKs' "standard" mode of
 * 2026, see retry.h, and their "adaptive" mode, see limiter.h.  A refusal for
 * which our clock may be the reason counts as a transient failure: skew.h.
 *
 * A call lives in its owner's memory context; resetting that takes it off the
 * loop, in whichever state it is.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/pg_prng.h"
#include "utils/memutils.h"

#include "aws/client.h"
#include "aws/errorcode.h"
#include "aws/timestamp.h"
#include "aws/uuid.h"

/*
 * Bytes of an answer that we accept, decoded.  The largest that DataZone is
 * known to send, a page of 50 assets with forms, stays below 20 MB.
 */
#define DZ_MAX_ANSWER (64 * 1024 * 1024)

/* headers that an attempt adds to the request's own */
#define DZ_ADDED_HEADERS 7

/* after which whoever waits for its turn asks again, at the latest */
#define TURN_US INT64CONST(1000000)

struct DzAwsCall
{
	DzAwsClient *client;
	DzAwsRequest request;
	DzAwsEventFn on_event;
	void *arg;
	MemoryContextCallback cleanup;

	MemoryContext attempt_cxt; /* one attempt's request and answer */
	DzHttpTransfer *transfer;
	DzTimer backoff;
	int64 turn_us; /* since when it waits for its turn; 0: it does not */
	DzAwsOutcome last_outcome; /* of the attempt before, while PENDING */
	DzAwsAsk ask; /* its keys are those of this attempt */
	bool has_renewed; /* other keys were asked for: at most once */
	bool has_token; /* of the limiter, for the attempt that is to come */
	bool has_corrected; /* the clock, at most once */
	int64 sent_us; /* the last attempt, by our clock */
	int64 applied_us; /* the skew that it was signed with */
	int last_cost; /* what the last retry took from the quota */
	bool may_have_arrived; /* some attempt may have been carried out */
	int64 started_us; /* monotonic clock */
	char invocation_id[DZ_UUID_TEXT_SIZE];
	DzAwsReply reply;
};

static void give_up(void *arg);
static void begin_attempt(void *arg);
static void end_without_turn(DzAwsCall *call);
static void ask_for_keys(void *arg);
static void drop_token(DzAwsCall *call);
static void on_keys(void *arg);
static void send_attempt(DzAwsCall *call);
static bool renew_keys(DzAwsCall *call);
static bool refuses_keys(const DzAwsReply *reply);
static void end_without_keys(DzAwsCall *call);
static void on_answer(DzHttpTransfer *transfer, void *arg);
static bool was_throttled(const DzAwsReply *reply);
static void finish(DzAwsCall *call);
static void tell(DzAwsCall *call, DzAwsEvent event);
static bool plan_retry(DzAwsCall *call, int64 *delay_us);
static bool corrects_clock(DzAwsCall *call);
static bool surely_did_not_arrive(const DzAwsReply *reply);
static char *build_url(const DzAwsCall *call);
static DzHttpHeader *build_headers(DzAwsCall *call, int *count);
static char *describe_attempt(const DzAwsCall *call, const DzSkew *skew);
static int sign(DzAwsCall *call, DzHttpHeader *headers);

DzAwsCall *
DzAwsStart(MemoryContext owner, DzAwsClient *client,
		   const DzAwsRequest *request, DzAwsEventFn on_event, void *arg)
{
	DzAwsCall *call = MemoryContextAllocZero(owner, sizeof(DzAwsCall));

	call->attempt_cxt = AllocSetContextCreate(owner, "datazone AWS attempt",
											  ALLOCSET_DEFAULT_SIZES);
	call->client = client;
	call->request = *request;
	call->on_event = on_event;
	call->arg = arg;
	call->started_us = DzNowMonotonicUs();
	call->ask.done = on_keys;
	call->ask.arg = call;
	DzUuidRandom(call->invocation_id);

	/* from here on the context's end gives the reference back */
	call->cleanup.func = give_up;
	call->cleanup.arg = call;
	MemoryContextRegisterResetCallback(owner, &call->cleanup);
	DzAwsClientHold(client);

	begin_attempt(call);
	return call;
}

/*
 * The owner's context goes.  The attempt's context, and with it the transfer,
 * has gone before: children are deleted first.
 */
static void
give_up(void *arg)
{
	DzAwsCall *call = arg;

	DzTimerCancel(&call->backoff);
	drop_token(call);
	DzAwsProviderLeave(&call->ask);
	DzAwsKeysRelease(call->ask.keys);
	call->ask.keys = NULL;
	DzAwsClientRelease(call->client);
}

/*
 * Wait until it is our turn, in adaptive mode.  Also the back-off timer's
 * function.  Many may wait for the same token: they ask again at different
 * moments, and not much later than the rate may have grown.
 */
static void
begin_attempt(void *arg)
{
	DzAwsCall *call = arg;
	int64 wait_us = DzAwsTakeToken(call->client);
	int64 now = DzNowMonotonicUs();
	double spread = 1 + pg_prng_double(&pg_global_prng_state) / 2;

	if (wait_us <= 0)
	{
		call->turn_us = 0;
		call->has_token = true;
		ask_for_keys(call);
		return;
	}

	if (call->turn_us == 0)
		call->turn_us = now;
	else if (now - call->turn_us >=
			 (int64) call->client->request_timeout_ms * 1000)
	{
		end_without_turn(call);
		return;
	}
	DzTimerSet(&call->backoff,
			   (int64) ((double) Min(wait_us, TURN_US) * spread),
			   begin_attempt, call);
}

/*
 * It has waited for as long as an answer may take.  The service's last words,
 * if there are any, are why; else it is others that were throttled.
 */
static void
end_without_turn(DzAwsCall *call)
{
	DzAwsReply *reply = &call->reply;

	if (reply->attempts > 0)
		reply->outcome = call->last_outcome;
	else
	{
		reply->outcome = DZ_AWS_REFUSED;
		reply->code = "ThrottlingException";
		reply->message = "nothing was sent: retry_mode adaptive found no "
						 "turn for the call within request_timeout";
		reply->request_id = "";
		reply->body = "";
	}
	finish(call);
}

/* Nothing was sent: others need not wait for it. */
static void
drop_token(DzAwsCall *call)
{
	if (call->has_token)
		DzAwsGiveTokenBack(call->client);
	call->has_token = false;
}

/* ---- keys ---- */

/* Get the keys of now, and send. */
static void
ask_for_keys(void *arg)
{
	DzAwsCall *call = arg;
	DzAwsProvider *provider = call->client->provider;

	DzAwsKeysRelease(call->ask.keys);
	call->ask.keys = NULL;
	if (provider == NULL ||
		DzAwsProviderAsk(provider, &call->ask, NULL) == DZ_AWS_KEYS_AT_HAND)
		send_attempt(call);
}

/* The keys have come, or will not.  Also the timer's after a renewal. */
static void
on_keys(void *arg)
{
	DzAwsCall *call = arg;

	if (call->ask.keys != NULL)
		send_attempt(call);
	else
		end_without_keys(call);
}

/*
 * The service called the keys expired or unknown.  Whoever has others, sends
 * again: what was refused for that was not carried out.  False: there are no
 * others, and the refusal stands.
 */
static bool
renew_keys(DzAwsCall *call)
{
	DzAwsKeys *refused = call->ask.keys;
	DzAwsKeysState state;

	if (refused == NULL || call->has_renewed || !refuses_keys(&call->reply))
		return false;
	call->has_renewed = true;
	call->ask.keys = NULL;
	state = DzAwsProviderAsk(call->client->provider, &call->ask, refused);
	if (state == DZ_AWS_KEYS_NO_OTHERS)
	{
		call->ask.keys = refused;
		return false;
	}
	DzAwsKeysRelease(refused);

	/* it is one more request, which no longer waits for its turn */
	call->has_token = DzAwsTakeToken(call->client) == 0;
	if (state == DZ_AWS_KEYS_AT_HAND)
		DzTimerSet(&call->backoff, 0, on_keys, call);
	return true;
}

/* Some gateways have only words for it. */
static bool
refuses_keys(const DzAwsReply *reply)
{
	return reply->outcome == DZ_AWS_REFUSED &&
		   (DzErrorCodeRefusesKeys(reply->code) ||
			(reply->http_status == 403 &&
			 strstr(reply->message, "security token") != NULL &&
			 strstr(reply->message, "expired") != NULL));
}

static void
end_without_keys(DzAwsCall *call)
{
	DzAwsReply *reply = &call->reply;

	drop_token(call);
	MemoryContextReset(call->attempt_cxt);
	call->transfer = NULL;
	reply->outcome = DZ_AWS_NO_CREDENTIALS;
	reply->http_status = 0;
	reply->code = call->ask.failure.code;
	reply->message = call->ask.failure.detail;
	reply->request_id = "";
	reply->timed_out = false;
	reply->body = "";
	reply->body_len = 0;
	reply->transfer = NULL;
	reply->failure = &call->ask.failure;
	finish(call);
}

/* In a turn of the loop, and not while the call is being started. */
static void
end_later(void *arg)
{
	end_without_keys(arg);
}

/* ---- attempts ---- */

/* Sign and send. */
static void
send_attempt(DzAwsCall *call)
{
	DzAwsClient *client = call->client;
	MemoryContext old;
	DzHttpRequest http = {0};

	if (!DzAwsClientLocate(client, &call->ask.failure))
	{
		DzTimerSet(&call->backoff, 0, end_later, call);
		return;
	}

	MemoryContextReset(call->attempt_cxt);
	call->has_token = false;
	call->reply.attempts++;
	call->reply.bytes_sent += call->request.body_len;
	tell(call, DZ_AWS_SENDING);

	old = MemoryContextSwitchTo(call->attempt_cxt);
	http.method = call->request.method;
	http.url = build_url(call);
	http.headers = build_headers(call, &http.nheaders);
	http.body = call->request.body;
	http.body_len = call->request.body_len;
	http.connect_timeout_ms = client->connect_timeout_ms;
	http.request_timeout_ms = client->request_timeout_ms;
	http.max_body = DZ_MAX_ANSWER;
	http.proxy = client->proxy;
	http.ca_file = client->ca_file;
	http.send_once = !call->request.repeatable;
	http.is_secret = call->request.is_secret;

	call->transfer = DzHttpStart(call->attempt_cxt, &http, on_answer, call);
	MemoryContextSwitchTo(old);
}

/* The transfer has ended, well or badly: finish, or wait and try again. */
static void
on_answer(DzHttpTransfer *transfer, void *arg)
{
	DzAwsCall *call = arg;
	const DzAwsReading reading = {.keys = call->ask.keys,
								  .secret = call->request.secret,
								  .read_error = call->client->read_error};
	int64 delay_us;

	DzAwsReplyRead(&call->reply, &reading, transfer, call->attempt_cxt);
	call->reply.bytes_received += call->reply.body_len;
	DzAwsNoteAnswer(
		call->client, transfer, call->sent_us, was_throttled(&call->reply),
		call->reply.outcome == DZ_AWS_SUCCESS ? call->last_cost : -1);
	if (was_throttled(&call->reply))
	{
		call->reply.throttles++;
		tell(call, DZ_AWS_THROTTLED);
	}

	if (renew_keys(call))
	{
		call->reply.outcome = DZ_AWS_PENDING;
		return;
	}

	if (call->reply.outcome != DZ_AWS_SUCCESS)
	{
		if (!surely_did_not_arrive(&call->reply))
			call->may_have_arrived = true;
		if (plan_retry(call, &delay_us))
		{
			call->last_outcome = call->reply.outcome;
			call->reply.outcome = DZ_AWS_PENDING;
			DzTimerSet(&call->backoff, delay_us, begin_attempt, call);
			return;
		}
	}
	finish(call);
}

/*
 * Decide on another attempt, in the order of the SDKs: retryable? attempts
 * left? quota left?
 */
static bool
plan_retry(DzAwsCall *call, int64 *delay_us)
{
	const DzAwsReply *reply = &call->reply;
	DzRetryClass class;

	switch (reply->outcome)
	{
		case DZ_AWS_REFUSED:
			class = DzRetryClassify(reply->http_status, reply->code);
			break;
		case DZ_AWS_NOT_CONNECTED:
		case DZ_AWS_LOST:
			class = DzRetryClassify(0, "");
			break;
		default:
			return false;
	}

	if (class == DZ_RETRY_NONE && corrects_clock(call))
		class = DZ_RETRY_TRANSIENT;
	if (class == DZ_RETRY_NONE ||
		reply->attempts >= call->client->max_attempts)
		return false;

	/* a write that may have been carried out must not be sent again */
	if (!call->request.repeatable && call->may_have_arrived)
		return false;

	if (!DzAwsPayRetry(call->client, class, &call->last_cost))
		return false;

	*delay_us = DzRetryDelayUs(
		class, reply->attempts - 1, pg_prng_double(&pg_global_prng_state),
		DzHttpHeaderValue(reply->transfer, "x-amz-retry-after"));
	return true;
}

/* Whether the time was the reason of a refusal, and is another one now. */
static bool
corrects_clock(DzAwsCall *call)
{
	if (call->reply.outcome != DZ_AWS_REFUSED || call->has_corrected)
		return false;
	call->has_corrected =
		DzAwsCorrectSkew(call->client, call->reply.code, call->applied_us);
	return call->has_corrected;
}

/*
 * Whether the service surely did nothing: the request never left, or it was
 * refused before it was looked at.
 */
static bool
surely_did_not_arrive(const DzAwsReply *reply)
{
	switch (reply->outcome)
	{
		case DZ_AWS_NOT_CONNECTED:
			return true;
		case DZ_AWS_REFUSED:
			return reply->http_status < 500;
		default:
			return false;
	}
}

static bool
was_throttled(const DzAwsReply *reply)
{
	return reply->outcome == DZ_AWS_REFUSED &&
		   DzRetryClassify(reply->http_status, reply->code) ==
			   DZ_RETRY_THROTTLING;
}

/* The owner may release the call here: it is not touched afterwards. */
static void
finish(DzAwsCall *call)
{
	call->reply.may_have_arrived = call->may_have_arrived;
	call->reply.refused_temporary = call->ask.keys != NULL &&
									call->ask.keys->expires &&
									refuses_keys(&call->reply);
	call->reply.latency_us = DzNowMonotonicUs() - call->started_us;
	tell(call, DZ_AWS_DONE);
}

static void
tell(DzAwsCall *call, DzAwsEvent event)
{
	if (call->on_event != NULL)
		call->on_event(call, event, call->arg);
}

/* The reply; its outcome is DZ_AWS_PENDING while the call is under way. */
const DzAwsReply *
DzAwsResult(const DzAwsCall *call)
{
	return &call->reply;
}

const DzAwsClient *
DzAwsCallClient(const DzAwsCall *call)
{
	return call->client;
}

int
DzAwsMaxAttempts(const DzAwsCall *call)
{
	return call->client->max_attempts;
}

static char *
build_url(const DzAwsCall *call)
{
	const DzAwsRequest *r = &call->request;

	return psprintf("%s%s%s%s", call->client->endpoint.url, r->path,
					r->query[0] != '\0' ? "?" : "", r->query);
}

/* All headers of an attempt: the signed ones, and those that may change. */
static DzHttpHeader *
build_headers(DzAwsCall *call, int *count)
{
	const DzAwsRequest *r = &call->request;
	const DzAwsClient *client = call->client;
	DzHttpHeader *headers =
		palloc((r->nheaders + DZ_ADDED_HEADERS) * sizeof(DzHttpHeader));
	int n = r->nheaders;
	DzSkew skew = DzAwsSkewOf(call->client);

	if (n > 0)
		memcpy(headers, r->headers, n * sizeof(DzHttpHeader));
	call->sent_us = DzAwsClockUs();
	call->applied_us = skew.applied_us;
	if (call->ask.keys != NULL)
		n += sign(call, &headers[n]);

	headers[n++] = (DzHttpHeader){"User-Agent", client->user_agent};
	headers[n++] =
		(DzHttpHeader){"amz-sdk-invocation-id", call->invocation_id};
	headers[n++] =
		(DzHttpHeader){"amz-sdk-request", describe_attempt(call, &skew)};
	if (client->trace_id != NULL)
		headers[n++] = (DzHttpHeader){"X-Amzn-Trace-Id", client->trace_id};

	*count = n;
	return headers;
}

/*
 * What the service may know of the attempt: until when an answer is of use to
 * us, by the service's clock if we know that, and which attempt it is.  There
 * is one more than planned where keys were renewed.
 */
static char *
describe_attempt(const DzAwsCall *call, const DzSkew *skew)
{
	int attempt = call->reply.attempts;
	int64 until_us = call->sent_us + skew->measured_us +
					 (int64) call->client->request_timeout_ms * 1000;
	char until[DZ_TIMESTAMP_MAX] = "";
	bool has_until =
		skew->is_measured && DzTimestampFormatBasic(until_us, until) > 0;

	return psprintf("%s%s%sattempt=%d; max=%d", has_until ? "ttl=" : "", until,
					has_until ? "; " : "", attempt,
					Max(attempt, call->client->max_attempts));
}

/* Add the headers that sign the request to "headers"; returns how many. */
static int
sign(DzAwsCall *call, DzHttpHeader *headers)
{
	const DzAwsRequest *r = &call->request;
	const DzAwsClient *client = call->client;
	const DzAwsKeys *keys = call->ask.keys;
	DzSignHeader *signed_headers =
		palloc((r->nheaders + 1) * sizeof(DzSignHeader));
	DzSignInput in = {0};
	DzSignOutput out;
	int n = 0;

	signed_headers[0] = (DzSignHeader){"host", client->endpoint.host_header};
	for (int i = 0; i < r->nheaders; i++)
		signed_headers[i + 1] =
			(DzSignHeader){r->headers[i].name, r->headers[i].value};

	in.method = r->method;
	in.path = psprintf("%s%s", client->endpoint.path, r->path);
	in.query = r->query;
	in.headers = signed_headers;
	in.nheaders = r->nheaders + 1;
	in.body = r->body;
	in.body_len = r->body_len;
	in.region = client->region;
	in.service = client->service;
	in.access_key_id = keys->access_key_id;
	in.secret_access_key = keys->secret_access_key;
	in.session_token = keys->session_token;
	in.unix_time = (call->sent_us + call->applied_us) / 1000000;

	if (!DzSign(client->signer, &in, &out))
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("could not sign a request"),
						errdetail("OpenSSL failed or memory ran out.")));

	headers[n++] = (DzHttpHeader){"X-Amz-Date", pstrdup(out.amz_date)};
	if (keys->session_token != NULL)
		headers[n++] =
			(DzHttpHeader){"X-Amz-Security-Token", keys->session_token};
	headers[n++] = (DzHttpHeader){"Authorization", pstrdup(out.authorization)};
	return n;
}
