/*-------------------------------------------------------------------------
 *
 * call.c
 *		Call an operation: request out of params, answer as parsed JSON.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "api/meter.h"

struct DzCall
{
	MemoryContext cxt; /* holds all of this */
	const DzOperation *op;
	DzAwsClient *client;
	const DzAwsRequest *request;
	DzAwsCall *aws;
	DzAnswer answer; /* its body is NULL until it is read */
	bool token_taken; /* that of the next attempt, by the caller */
	bool is_counted;
	int sqlstate; /* of a call that has ended: its failure's, or 0 */
	MemoryContextCallback cleanup;
	DzCallDoneFn done;
	void *arg;
};

static DzCall *start(DzAwsClient *client, const DzOperation *op,
					 const DzParams *params, const char *root,
					 const char *default_domain, bool token_taken);
static void on_event(DzAwsCall *aws, DzAwsEvent event, void *arg);
static void count_once(DzCall *call, int sqlstate);
static void count_unread(void *arg);
static const DzJson *read_body(DzCall *call);
static const DzJson *empty_object(MemoryContext cxt);
static bool is_blank(const char *text, size_t len);

/*
 * Check the params and start the call.  Arguments as DzRequestBuild();
 * nothing is sent if they are wrong.
 */
DzCall *
DzCallStart(DzAwsClient *client, const DzOperation *op, const DzParams *params,
			const char *root, const char *default_domain)
{
	return start(client, op, params, root, default_domain, false);
}

/*
 * The same for a caller who waited until DzCallTakeToken() gave a token.
 * Further attempts draw their own.
 */
DzCall *
DzCallStartTaken(DzAwsClient *client, const DzOperation *op,
				 const DzParams *params, const char *root,
				 const char *default_domain)
{
	return start(client, op, params, root, default_domain, true);
}

static DzCall *
start(DzAwsClient *client, const DzOperation *op, const DzParams *params,
	  const char *root, const char *default_domain, bool token_taken)
{
	MemoryContext cxt = AllocSetContextCreate(
		CurrentMemoryContext, "datazone call", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(cxt);
	DzCall *call = palloc0(sizeof(DzCall));
	DzAwsRequest *request;

	call->cxt = cxt;
	call->op = op;
	call->client = client;
	call->token_taken = token_taken;
	call->request = request = DzRequestBuild(op, params, root, default_domain);
	call->aws = DzAwsStart(cxt, client, request, on_event, call);
	call->answer.op = op;
	call->answer.call = call->aws;

	/* callbacks run in reverse order, so that this one still finds the reply */
	call->cleanup.func = count_unread;
	call->cleanup.arg = call;
	MemoryContextRegisterResetCallback(cxt, &call->cleanup);
	MemoryContextSwitchTo(old);

	return call;
}

static void
on_event(DzAwsCall *aws, DzAwsEvent event, void *arg)
{
	DzCall *call = arg;

	switch (event)
	{
		case DZ_AWS_SENDING:
			if (!call->token_taken)
				DzMeterDraw(call->client, call->op);
			call->token_taken = false;
			break;
		case DZ_AWS_THROTTLED:
			DzMeterThrottled(call->client, call->op);
			break;
		case DZ_AWS_DONE:
			if (DzAwsResult(aws)->outcome != DZ_AWS_SUCCESS)
				call->sqlstate = DzReplySqlstate(DzAwsResult(aws));
			if (call->done != NULL)
				call->done(call, call->arg);
			break;
	}
}

/*
 * Have "fn" called, in a turn of the loop, when the call has ended.  It may
 * release the call.
 */
void
DzCallOnDone(DzCall *call, DzCallDoneFn fn, void *arg)
{
	Assert(!DzCallIsDone(call));
	call->done = fn;
	call->arg = arg;
}

bool
DzCallIsDone(const DzCall *call)
{
	return DzAwsResult(call->aws)->outcome != DZ_AWS_PENDING;
}

/* Turn the loop until the call has ended; then as DzCallAnswer(). */
const DzAnswer *
DzCallWait(DzCall *call)
{
	while (!DzCallIsDone(call))
		DzLoopTurn(-1);
	return DzCallAnswer(call);
}

/*
 * The answer to a call that has ended, which lives as long as the call.
 * Throws what the service's error, or the network's, maps to.
 */
const DzAnswer *
DzCallAnswer(DzCall *call)
{
	Assert(DzCallIsDone(call));

	if (DzAwsResult(call->aws)->outcome != DZ_AWS_SUCCESS)
	{
		count_once(call, call->sqlstate);
		DzReplyThrow(call->op->name, call->aws);
	}

	if (call->answer.body == NULL)
		call->answer.body = read_body(call);
	count_once(call, 0);
	return &call->answer;
}

/* A call is counted when it is known how it ended. */
static void
count_once(DzCall *call, int sqlstate)
{
	if (call->is_counted)
		return;
	call->is_counted = true;
	DzMeterCount(DzAwsResult(call->aws), sqlstate);
}

/*
 * The call goes, perhaps before its end, and nobody may have read it.  The
 * attempt's memory, and with it the reply's texts, has gone before.
 */
static void
count_unread(void *arg)
{
	DzCall *call = arg;

	count_once(call,
			   DzCallIsDone(call) ? call->sqlstate : ERRCODE_QUERY_CANCELED);
}

/* The reply as it came, for headers and payloads; once the call is done. */
const DzAwsReply *
DzCallReply(const DzCall *call)
{
	return DzAwsResult(call->aws);
}

/* The request's body, the same at every attempt. */
const char *
DzCallBody(const DzCall *call, size_t *len)
{
	*len = call->request->body_len;
	return call->request->body;
}

void
DzCallRelease(DzCall *call)
{
	MemoryContextDelete(call->cxt);
}

/*
 * 38 operations answer with nothing or with an empty object, and
 * PostLineageEvent did so until 2025: an empty body is an empty object.
 */
static const DzJson *
read_body(DzCall *call)
{
	const DzAwsReply *reply = DzAwsResult(call->aws);
	const DzJson *body;
	DzJsonError error;
	const char *why;

	call->answer.is_empty = is_blank(reply->body, reply->body_len);
	if (call->answer.is_empty)
		return empty_object(call->cxt);

	body = DzJsonParse(call->cxt, reply->body, reply->body_len, &error, &why);
	if (body == NULL)
	{
		count_once(call, error == DZ_JSON_INVALID
							 ? ERRCODE_FDW_UNABLE_TO_CREATE_REPLY
							 : ERRCODE_PROGRAM_LIMIT_EXCEEDED);
		if (error == DZ_JSON_INVALID)
			DzUnexpectedAnswer(&call->answer, "The answer is not JSON: %s.",
							   why);
		DzAnswerRefuse(
			&call->answer, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
			error == DZ_JSON_TOO_DEEP
				? psprintf("is nested more than %d levels deep",
						   DZ_JSON_MAX_DEPTH)
				: psprintf("holds more than %d values", DZ_JSON_MAX_VALUES));
	}

	if (DzJsonTypeOf(body) != DZ_JSON_OBJECT)
	{
		count_once(call, ERRCODE_FDW_UNABLE_TO_CREATE_REPLY);
		DzUnexpectedAnswer(&call->answer,
						   "The answer is not a JSON object but: %s.",
						   DzJsonTypeName(body));
	}
	return body;
}

static const DzJson *
empty_object(MemoryContext cxt)
{
	DzJsonError error;
	const char *why;

	return DzJsonParse(cxt, "{}", 2, &error, &why);
}

static bool
is_blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(" \t\r\n", text[i]) == NULL || text[i] == '\0')
			return false;
	return true;
}
