/*-------------------------------------------------------------------------
 *
 * replies.c
 *		Test module: what is made of a transfer that has ended.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "aws/client.h"
#include "fmgr.h"
#include "transfer.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"

PG_FUNCTION_INFO_V1(test_reply);

static const char *const outcome_names[] = {
	[DZ_AWS_PENDING] = "pending",
	[DZ_AWS_SUCCESS] = "success",
	[DZ_AWS_REFUSED] = "refused",
	[DZ_AWS_NOT_CONNECTED] = "not connected",
	[DZ_AWS_LOST] = "lost",
	[DZ_AWS_TOO_LARGE] = "too large",
	[DZ_AWS_UNEXPECTED] = "unexpected",
	[DZ_AWS_NO_MEMORY] = "no memory",
	[DZ_AWS_NO_CREDENTIALS] = "no credentials"};

/* as the members of DzHttpOutcome are called */
static const char *const transfer_outcome_names[] = {
	[DZ_HTTP_PENDING] = "pending",
	[DZ_HTTP_ANSWERED] = "answered",
	[DZ_HTTP_NOT_CONNECTED] = "not connected",
	[DZ_HTTP_CONNECT_TIMEOUT] = "connect timeout",
	[DZ_HTTP_LOST] = "lost",
	[DZ_HTTP_TIMEOUT] = "timeout",
	[DZ_HTTP_TOO_LARGE] = "too large",
	[DZ_HTTP_GARBLED] = "garbled",
	[DZ_HTTP_NO_MEMORY] = "no memory"};

static DzHttpOutcome transfer_outcome(const char *name);
static void text_field(StringInfo buf, const char *name, const char *value);

/*
 * test_reply(outcome text, words text, status int, headers jsonb, body bytea,
 *			  secret_access_key text, session_token text) returns jsonb
 */
Datum
test_reply(PG_FUNCTION_ARGS)
{
	bytea *body = PG_GETARG_BYTEA_PP(4);
	size_t len = VARSIZE_ANY_EXHDR(body);
	DzHttpTransfer transfer = {
		.outcome = transfer_outcome(text_to_cstring(PG_GETARG_TEXT_PP(0))),
		.failure = text_to_cstring(PG_GETARG_TEXT_PP(1)),
		.status = PG_GETARG_INT32(2),
		.headers = PG_GETARG_JSONB_P(3),
		/* a block of just its length: valgrind sees what reads on */
		.body = memcpy(palloc(len), VARDATA_ANY(body), len),
		.body_len = len};
	DzAwsKeys keys = {
		.secret_access_key = text_to_cstring(PG_GETARG_TEXT_PP(5)),
		.session_token =
			PG_ARGISNULL(6) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(6))};
	DzAwsReading reading = {.keys = &keys};
	DzAwsReply reply;
	StringInfoData buf;

	/* nothing may be left as it was */
	memset(&reply, 0x7f, sizeof(reply));
	DzAwsReplyRead(&reply, &reading, &transfer, CurrentMemoryContext);

	initStringInfo(&buf);
	appendStringInfo(&buf, "{\"status\":%d,\"timed_out\":%s,",
					 reply.http_status, reply.timed_out ? "true" : "false");
	appendStringInfo(&buf, "\"is_whole\":%s,",
					 reply.body == transfer.body && reply.body_len == len &&
							 reply.transfer == &transfer
						 ? "true"
						 : "false");
	text_field(&buf, "outcome", outcome_names[reply.outcome]);
	text_field(&buf, "code", reply.code);
	text_field(&buf, "message", reply.message);
	text_field(&buf, "request_id", reply.request_id);
	buf.data[buf.len - 1] = '}';
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data));
}

static DzHttpOutcome
transfer_outcome(const char *name)
{
	for (int i = 0; i < (int) lengthof(transfer_outcome_names); i++)
		if (strcmp(transfer_outcome_names[i], name) == 0)
			return (DzHttpOutcome) i;
	elog(ERROR, "no outcome %s", name);
}

static void
text_field(StringInfo buf, const char *name, const char *value)
{
	appendStringInfo(buf, "\"%s\":", name);
	escape_json(buf, value);
	appendStringInfoChar(buf, ',');
}
