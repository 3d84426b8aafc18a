/*-------------------------------------------------------------------------
 *
 * call.c
 *		Call an operation: request out of params, answer as parsed JSON.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "api/api.h"

struct DzCall
{
	MemoryContext cxt; /* holds all of this */
	const DzOperation *op;
	DzAwsCall *aws;
	DzAnswer answer; /* its body is NULL until it is read */
};

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
	MemoryContext cxt = AllocSetContextCreate(
		CurrentMemoryContext, "datazone call", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(cxt);
	DzCall *call = palloc0(sizeof(DzCall));
	DzAwsRequest *request;

	call->cxt = cxt;
	call->op = op;
	request = DzRequestBuild(op, params, root, default_domain);
	call->aws = DzAwsStart(cxt, client, request, NULL, NULL);
	call->answer.op = op;
	call->answer.call = call->aws;
	MemoryContextSwitchTo(old);

	return call;
}

bool
DzCallIsDone(const DzCall *call)
{
	return DzAwsResult(call->aws)->outcome != DZ_AWS_PENDING;
}

/*
 * Turn the loop until the call has ended.  Returns the answer, which lives as
 * long as the call.  Throws what the service's error, or the network's, maps to.
 */
const DzAnswer *
DzCallWait(DzCall *call)
{
	while (!DzCallIsDone(call))
		DzLoopTurn(-1);

	if (DzAwsResult(call->aws)->outcome != DZ_AWS_SUCCESS)
		DzReplyThrow(call->op->name, call->aws);

	if (call->answer.body == NULL)
		call->answer.body = read_body(call);
	return &call->answer;
}

/* The reply as it came, for headers and payloads; once the call is done. */
const DzAwsReply *
DzCallReply(const DzCall *call)
{
	return DzAwsResult(call->aws);
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
		if (error == DZ_JSON_INVALID)
			DzUnexpectedAnswer(&call->answer, "The answer is not JSON: %s.",
							   why);
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 error == DZ_JSON_TOO_DEEP
					 ? errmsg("could not complete %s: the answer is nested "
							  "more than %d levels deep",
							  call->op->name, DZ_JSON_MAX_DEPTH)
					 : errmsg("could not complete %s: the answer holds more "
							  "than %d values",
							  call->op->name, DZ_JSON_MAX_VALUES)));
	}

	if (DzJsonTypeOf(body) != DZ_JSON_OBJECT)
		DzUnexpectedAnswer(&call->answer,
						   "The answer is not a JSON object but: %s.",
						   DzJsonTypeName(body));
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
