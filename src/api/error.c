/*-------------------------------------------------------------------------
 *
 * error.c
 *		The one place where failures become SQLSTATEs and messages.
 *
 * Class 08 (connection exception) is avoided: connection pools take it for
 * the loss of their own connection and discard it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/api.h"
#include "aws/retry.h"

/* By the error's code, where it says more than the status. */
static const struct
{
	const char *code;
	int sqlstate;
} dz_code_sqlstates[] = {
	{"ValidationException", ERRCODE_INVALID_PARAMETER_VALUE},
	{"UnauthorizedException", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"AccessDeniedException", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{"AccessDenied", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{"ResourceNotFoundException", ERRCODE_UNDEFINED_OBJECT},
	{"ConflictException", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},
	{"ServiceQuotaExceededException", ERRCODE_CONFIGURATION_LIMIT_EXCEEDED},
	{"ThrottlingException", ERRCODE_INSUFFICIENT_RESOURCES},
	{"InternalServerException", ERRCODE_SYSTEM_ERROR},

	/* the signature or the token was rejected, before the operation's turn */
	{"AuthFailure", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"ExpiredToken", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"ExpiredTokenException", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"IncompleteSignature", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"IncompleteSignatureException",
	 ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"InvalidAccessKeyId", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"InvalidClientTokenId", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"InvalidSignatureException", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"MissingAuthenticationToken",
	 ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"MissingAuthenticationTokenException",
	 ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"RequestExpired", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"RequestTimeTooSkewed", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"SignatureDoesNotMatch", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{"UnrecognizedClientException",
	 ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
};

static int service_sqlstate(const DzAwsReply *reply);
static const char *what_failed(const DzAwsReply *reply);
static char *failure_detail(const char *operation, const DzAwsReply *reply);
static void append_status(StringInfo buf, const DzAwsReply *reply);
static void append_whence(StringInfo detail, const DzAnswer *answer);
static bool is_from_the_service(const DzAnswer *answer);
static int attempt_context(const char *operation, const DzAwsCall *call);
static char *failure_hint(int sqlstate, const char *code,
						  const char *operation, const DzAwsClient *client);
static char *source_hint(const DzAwsFailure *failure);
static char *credentials_hint(const char *code, const DzAwsClient *client);

/* The SQLSTATE of a call that failed. */
int
DzReplySqlstate(const DzAwsReply *reply)
{
	switch (reply->outcome)
	{
		case DZ_AWS_REFUSED:
			return service_sqlstate(reply);
		case DZ_AWS_NOT_CONNECTED:
			return ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION; /* HV00N */
		case DZ_AWS_LOST:
			return ERRCODE_FDW_UNABLE_TO_CREATE_EXECUTION; /* HV00L */
		case DZ_AWS_TOO_LARGE:
			return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
		case DZ_AWS_NO_MEMORY:
			return ERRCODE_OUT_OF_MEMORY;
		case DZ_AWS_NO_CREDENTIALS:
			return reply->failure->sqlstate;
		case DZ_AWS_UNEXPECTED:
		case DZ_AWS_PENDING:
		case DZ_AWS_SUCCESS:
			break;
	}
	return ERRCODE_FDW_UNABLE_TO_CREATE_REPLY; /* HV00M */
}

/*
 * Throttling by the SDKs' list of codes, whatever the status; then by code,
 * then by status: gateways send codes that no model has, or
 * none.
 */
static int
service_sqlstate(const DzAwsReply *reply)
{
	if (DzRetryClassify(reply->http_status, reply->code) ==
		DZ_RETRY_THROTTLING)
		return ERRCODE_INSUFFICIENT_RESOURCES;

	for (int i = 0; i < (int) lengthof(dz_code_sqlstates); i++)
		if (strcmp(dz_code_sqlstates[i].code, reply->code) == 0)
			return dz_code_sqlstates[i].sqlstate;

	switch (reply->http_status)
	{
		case 400:
			return ERRCODE_INVALID_PARAMETER_VALUE;
		case 401:
			return ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION;
		case 402:
			return ERRCODE_CONFIGURATION_LIMIT_EXCEEDED;
		case 403:
			return ERRCODE_INSUFFICIENT_PRIVILEGE;
		case 404:
			return ERRCODE_UNDEFINED_OBJECT;
		case 409:
			return ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
		case 429:
			return ERRCODE_INSUFFICIENT_RESOURCES;
		default:
			return reply->http_status >= 500
					   ? ERRCODE_SYSTEM_ERROR
					   : ERRCODE_FDW_UNABLE_TO_CREATE_REPLY;
	}
}

/*
 * Raise the error of a call that failed: message with the operation, detail
 * with the service's words, hint with what to do, context with the attempts.
 */
void
DzReplyThrow(const char *operation, const DzAwsCall *call)
{
	const DzAwsReply *reply = DzAwsResult(call);
	int sqlstate = DzReplySqlstate(reply);
	char *detail = failure_detail(operation, reply);
	char *hint = reply->outcome == DZ_AWS_NO_CREDENTIALS
					 ? source_hint(reply->failure)
					 : failure_hint(sqlstate, reply->code, operation,
									DzAwsCallClient(call));

	ereport(ERROR, (errcode(sqlstate),
					errmsg("could not complete %s: %s", operation,
						   what_failed(reply)),
					detail != NULL ? errdetail_internal("%s", detail) : 0,
					hint != NULL ? errhint("%s", hint) : 0,
					attempt_context(operation, call)));
	pg_unreachable();
}

static const char *
what_failed(const DzAwsReply *reply)
{
	switch (reply->outcome)
	{
		case DZ_AWS_REFUSED:
			return reply->code[0] != '\0'
					   ? reply->code
					   : psprintf("HTTP status %d", reply->http_status);
		case DZ_AWS_NOT_CONNECTED:
			return reply->timed_out ? "no connection within connect_timeout"
									: "could not connect to the service";
		case DZ_AWS_LOST:
			return reply->timed_out ? "no answer within request_timeout"
									: "connection lost";
		case DZ_AWS_TOO_LARGE:
			return "the answer is too large";
		case DZ_AWS_NO_MEMORY:
			return "out of memory";
		case DZ_AWS_NO_CREDENTIALS:
			return "could not get credentials";
		case DZ_AWS_UNEXPECTED:
		case DZ_AWS_PENDING:
		case DZ_AWS_SUCCESS:
			break;
	}
	return "unexpected answer";
}

static char *
failure_detail(const char *operation, const DzAwsReply *reply)
{
	const DzOperation *op = DzOperationFind(operation);
	StringInfoData buf;

	initStringInfo(&buf);
	if (reply->outcome == DZ_AWS_NO_CREDENTIALS)
		appendStringInfoString(&buf, reply->failure->detail);
	else if (reply->http_status != 0)
	{
		append_status(&buf, reply);
		if (reply->message[0] != '\0')
			appendStringInfo(&buf, ": %s", reply->message);
		else
			appendStringInfoChar(&buf, '.');
	}
	else if (reply->message[0] != '\0')
		appendStringInfo(&buf, "%s.", reply->message);

	/* an answer below 500 to the last attempt settles nothing of earlier ones */
	if (reply->may_have_arrived && (op == NULL || !op->read_only))
	{
		if (buf.len > 0 && strchr(".!?", buf.data[buf.len - 1]) == NULL)
			appendStringInfoChar(&buf, '.');
		appendStringInfoString(
			&buf, " The service may have carried the request out.");
	}

	return buf.len > 0 ? buf.data : NULL;
}

/* An error code is missed only where there should be one. */
static void
append_status(StringInfo buf, const DzAwsReply *reply)
{
	bool is_success = reply->http_status >= 200 && reply->http_status < 300;

	appendStringInfoString(buf, "The service answered ");
	if (reply->code[0] != '\0')
		appendStringInfo(buf, "%s (HTTP status %d", reply->code,
						 reply->http_status);
	else
		appendStringInfo(buf, "with HTTP status %d%s", reply->http_status,
						 is_success ? "" : " (no error code");
	if (reply->request_id[0] != '\0')
		appendStringInfo(buf, ", request ID %s", reply->request_id);
	if (reply->code[0] != '\0' || !is_success)
		appendStringInfoChar(buf, ')');
}

static char *
failure_hint(int sqlstate, const char *code, const char *operation,
			 const DzAwsClient *client)
{
	const char *server = DzAwsClientName(client);

	switch (sqlstate)
	{
		case ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION:
			return credentials_hint(code, client);
		case ERRCODE_INSUFFICIENT_PRIVILEGE:
			return psprintf("Allow the identity behind the user mapping for "
							"server \"%s\" the action datazone:%s; a domain "
							"that does not exist is refused in the same way. "
							"datazone_whoami() shows which key was used.",
							server, operation);
		case ERRCODE_CONFIGURATION_LIMIT_EXCEEDED:
			if (strcmp(operation, "StartDataSourceRun") == 0)
				return "A data source may run 25 times a day unless the "
					   "quota was raised: start it again tomorrow, or ask "
					   "AWS Service Quotas for more.";
			return "Ask AWS Service Quotas for a higher quota.";
		case ERRCODE_INSUFFICIENT_RESOURCES:
			return "Ask less often, or try again later.";
		case ERRCODE_SYSTEM_ERROR:
			return "Try again later; if it lasts, give the request ID to AWS "
				   "Support.";
		case ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION:
			return psprintf("Check the options region, endpoint_url "
							"and ca_bundle of server \"%s\", and this host's "
							"network and name service.",
							server);
		default:
			return NULL;
	}
}

/*
 * What the source of the credentials asks for.  Not datazone_whoami(), which
 * would fetch from the same source, and fail as this did.
 */
static char *
source_hint(const DzAwsFailure *failure)
{
	return failure->hint[0] != '\0' ? pstrdup(failure->hint) : NULL;
}

/* What to look at first when key, token or signature were rejected. */
static char *
credentials_hint(const char *code, const DzAwsClient *client)
{
	static const struct
	{
		const char *code; /* how it begins; services may add "Exception" */
		const char *before; /* what stands before the mapping, and behind */
		const char *behind;
	} hints[] = {
		{"ExpiredToken", "Put new keys, with their session token, into", ""},
		{"InvalidSignature", "Check the secret key in",
		 ", that server's option region, and this host's clock"},
		{"SignatureDoesNotMatch", "Check the secret key in",
		 ", that server's option region, and this host's clock"},
		{"RequestExpired", "Check this host's clock, then the keys in", ""},
		{"RequestTimeTooSkewed", "Check this host's clock, then the keys in",
		 ""},
		{"UnrecognizedClient",
		 "Check the access key id, and the session token if it needs one, in",
		 ""},
		{"InvalidClientTokenId",
		 "Check the access key id, and the session token if it needs one, in",
		 ""},
		{"", "Check the keys in", " and this host's clock"},
	};
	const char *server = DzAwsClientName(client);
	const char *keys_from = DzAwsClientKeysFrom(client);
	int i = 0;

	/* "" is how every code begins */
	while (strncmp(code, hints[i].code, strlen(hints[i].code)) != 0)
		i++;
	if (keys_from != NULL)
		return psprintf("Check where the keys of server \"%s\" come from "
						"(%s)%s; datazone_whoami() shows which key was used.",
						server, keys_from, hints[i].behind);
	return psprintf("%s the user mapping for server \"%s\"%s; "
					"datazone_whoami() shows which key was used.",
					hints[i].before, server, hints[i].behind);
}

/*
 * Raise HV00M: a success whose content is not what the API promises.  "fmt"
 * is a sentence that says what is wrong, in the server's encoding and without
 * a value of the answer, which may be a secret.
 */
void
DzUnexpectedAnswer(const DzAnswer *answer, const char *fmt, ...)
{
	StringInfoData detail;
	int needed;

	initStringInfo(&detail);
	do
	{
		va_list args;

		va_start(args, fmt);
		needed = appendStringInfoVA(&detail, fmt, args);
		va_end(args);
		if (needed > 0)
			enlargeStringInfo(&detail, needed);
	} while (needed > 0);

	if (answer->call != NULL)
		append_whence(&detail, answer);

	ereport(ERROR,
			(errcode(ERRCODE_FDW_UNABLE_TO_CREATE_REPLY),
			 errmsg("could not understand the answer to %s", answer->op->name),
			 errdetail_internal("%s", detail.data),
			 answer->call != NULL
				 ? attempt_context(answer->op->name, answer->call)
				 : 0));
	pg_unreachable();
}

/*
 * Raise "sqlstate": an answer that may be right, and that we cannot take.
 * "what" says of it why, without a value of the answer, which may be a secret:
 * "is nested too deeply".
 */
void
DzAnswerRefuse(const DzAnswer *answer, int sqlstate, const char *what)
{
	StringInfoData detail;

	initStringInfo(&detail);
	if (answer->call != NULL)
		append_whence(&detail, answer);
	ereport(ERROR, (errcode(sqlstate),
					errmsg("could not complete %s: the answer %s",
						   answer->op->name, what),
					detail.len > 0 ? errdetail_internal("%s", detail.data) : 0,
					answer->call != NULL
						? attempt_context(answer->op->name, answer->call)
						: 0));
	pg_unreachable();
}

/* Which answer it was, and what it means that it is one. */
static void
append_whence(StringInfo detail, const DzAnswer *answer)
{
	const DzAwsReply *reply = DzAwsResult(answer->call);

	if (detail->len > 0)
		appendStringInfoChar(detail, ' ');
	append_status(detail, reply);
	appendStringInfoChar(detail, '.');
	if (!answer->op->read_only)
		appendStringInfoString(detail,
							   is_from_the_service(answer)
								   ? " It has carried the request out."
								   : " It may have carried the request out.");
}

/*
 * Proxies and portals between us and the service answer with successes of
 * their own: pages of HTML, or nothing.
 */
static bool
is_from_the_service(const DzAnswer *answer)
{
	return DzAwsResult(answer->call)->request_id[0] != '\0' ||
		   (answer->body != NULL && !answer->is_empty);
}

/* Once more than asked for, if credentials were renewed on the way. */
static int
attempt_context(const char *operation, const DzAwsCall *call)
{
	int attempts = DzAwsResult(call)->attempts;

	if (attempts == 0)
		return errcontext("%s, before the first attempt", operation);
	return errcontext("%s, attempt %d of %d", operation, attempts,
					  Max(attempts, DzAwsMaxAttempts(call)));
}
