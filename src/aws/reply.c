/*-------------------------------------------------------------------------
 *
 * reply.c
 *		What an answer of AWS means: success, or an error's code and words.
 *
 * The error's code is found by the restJson1 rules (header x-amzn-errortype,
 * else the body's "code", else its "__type"; see errorcode.h).  Gateways and
 * proxies in between answer in HTML: then the status alone has to tell.
 *
 * Whatever of the service's words may reach a user or a log goes through
 * redact(): an answer about a wrong signature repeats the request that it
 * saw, session token included.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "mb/pg_wchar.h"

#include "aws/client.h"
#include "aws/errorcode.h"

/* bytes of the service's words that a message may show */
#define DZ_MAX_WORDS 1000

#define DZ_REDACTED "(removed)"

static void read_transport_failure(DzAwsReply *reply,
								   DzHttpTransfer *transfer);
static void read_error(DzAwsReply *reply, const DzAwsClient *client,
					   DzHttpTransfer *transfer, MemoryContext cxt);
static const char *error_code(DzHttpTransfer *transfer, const DzJson *body,
							  MemoryContext cxt);
static const char *error_words(const DzJson *body, size_t *len);
static char *redact(const char *words, size_t len, const DzAwsClient *client,
					MemoryContext cxt);
static char *to_server_or_question_marks(char *utf8);
static void remove_secret(char *text, const char *secret);
static void make_printable(char *text);

/* Fill "reply" from a transfer that has ended; texts are made in "cxt". */
void
DzAwsReplyRead(DzAwsReply *reply, const DzAwsClient *client,
			   DzHttpTransfer *transfer, MemoryContext cxt)
{
	const char *id = DzHttpHeaderValue(transfer, "x-amzn-requestid");

	reply->transfer = transfer;
	reply->http_status = DzHttpStatus(transfer);
	reply->code = "";
	reply->message = "";
	reply->timed_out = false;
	reply->request_id = id != NULL ? redact(id, strlen(id), client, cxt) : "";
	reply->body = DzHttpBody(transfer, &reply->body_len);

	if (DzHttpResult(transfer) != DZ_HTTP_ANSWERED)
		read_transport_failure(reply, transfer);
	else if (reply->http_status >= 200 && reply->http_status < 300)
		reply->outcome = DZ_AWS_SUCCESS;
	else if (reply->http_status >= 400)
	{
		reply->outcome = DZ_AWS_REFUSED;
		read_error(reply, client, transfer, cxt);
	}
	else
		/* redirects above all: no operation of AWS answers with one */
		reply->outcome = DZ_AWS_UNEXPECTED;
}

static void
read_transport_failure(DzAwsReply *reply, DzHttpTransfer *transfer)
{
	reply->message = DzHttpFailureText(transfer);

	switch (DzHttpResult(transfer))
	{
		case DZ_HTTP_CONNECT_TIMEOUT:
			reply->timed_out = true;
			reply->outcome = DZ_AWS_NOT_CONNECTED;
			break;
		case DZ_HTTP_NOT_CONNECTED:
			reply->outcome = DZ_AWS_NOT_CONNECTED;
			break;
		case DZ_HTTP_TIMEOUT:
			reply->timed_out = true;
			reply->outcome = DZ_AWS_LOST;
			break;
		case DZ_HTTP_LOST:
			reply->outcome = DZ_AWS_LOST;
			break;
		case DZ_HTTP_TOO_LARGE:
			reply->outcome = DZ_AWS_TOO_LARGE;
			break;
		case DZ_HTTP_NO_MEMORY:
			reply->outcome = DZ_AWS_NO_MEMORY;
			break;
		case DZ_HTTP_GARBLED:
		case DZ_HTTP_PENDING:
		case DZ_HTTP_ANSWERED:
			reply->outcome = DZ_AWS_UNEXPECTED;
			break;
	}
}

static void
read_error(DzAwsReply *reply, const DzAwsClient *client,
		   DzHttpTransfer *transfer, MemoryContext cxt)
{
	DzJsonError error;
	const char *why;
	const char *words;
	size_t len;
	const DzJson *body =
		DzJsonParse(cxt, reply->body, reply->body_len, &error, &why);

	reply->code = error_code(transfer, body, cxt);
	words = error_words(body, &len);
	if (words != NULL)
		reply->message = redact(words, len, client, cxt);
}

/* The code as a C string in "cxt"; "" if the answer has none. */
static const char *
error_code(DzHttpTransfer *transfer, const DzJson *body, MemoryContext cxt)
{
	static const char *const members[] = {"code", "__type"};
	const char *text = DzHttpHeaderValue(transfer, "x-amzn-errortype");
	const char *code = NULL;
	size_t len = 0;

	if (text != NULL)
		len = DzErrorCodeCut(text, strlen(text), &code);

	for (int i = 0; len == 0 && body != NULL && i < (int) lengthof(members);
		 i++)
	{
		const DzJson *member = DzJsonMember(body, members[i]);
		size_t text_len;

		text = member != NULL ? DzJsonString(member, &text_len) : NULL;
		if (text != NULL)
			len = DzErrorCodeCut(text, text_len, &code);
	}

	if (len == 0)
		return "";
	else
	{
		char *copy = MemoryContextAllocZero(cxt, len + 1);

		memcpy(copy, code, len);
		return copy;
	}
}

/* The service's own words, or NULL. */
static const char *
error_words(const DzJson *body, size_t *len)
{
	static const char *const members[] = {"message", "Message",
										  "errorMessage"};

	for (int i = 0; body != NULL && i < (int) lengthof(members); i++)
	{
		const DzJson *member = DzJsonMember(body, members[i]);
		const char *text = member != NULL ? DzJsonString(member, len) : NULL;

		if (text != NULL)
			return text;
	}
	return NULL;
}

/*
 * A copy of the service's words (UTF-8) that may be shown, in the server's
 * encoding: without this client's secrets, without the canonical request that
 * a signature mismatch brings along, without control characters, and cut.
 */
static char *
redact(const char *words, size_t len, const DzAwsClient *client,
	   MemoryContext cxt)
{
	MemoryContext old = MemoryContextSwitchTo(cxt);
	char *text = pnstrdup(words, len);
	char *canonical = strstr(text, "Canonical String");

	if (canonical == NULL)
		canonical = strstr(text, "String-to-Sign");
	if (canonical != NULL)
		strlcpy(canonical, "...", len - (canonical - text) + 1);

	remove_secret(text, client->session_token);
	remove_secret(text, client->secret_access_key);
	make_printable(text);
	if (strlen(text) > DZ_MAX_WORDS)
		text[pg_encoding_mbcliplen(PG_UTF8, text, strlen(text),
								   DZ_MAX_WORDS)] = '\0';

	if (!pg_verify_mbstr(PG_UTF8, text, strlen(text), true))
		text = pstrdup("(text that is not UTF-8)");
	else
		text = to_server_or_question_marks(text);
	MemoryContextSwitchTo(old);
	return text;
}

/*
 * Convert valid UTF-8 to the server's encoding.  Characters that it lacks
 * become question marks: the error that is being told must not give way to
 * one about its words.
 */
static char *
to_server_or_question_marks(char *utf8)
{
	int encoding = GetDatabaseEncoding();
	unsigned char *from = (unsigned char *) utf8;
	int left = strlen(utf8);
	Oid conversion = InvalidOid;
	StringInfoData shown;
	unsigned char *room;
	int room_size = left * MAX_CONVERSION_GROWTH + 1;

	if (encoding != PG_UTF8 && encoding != PG_SQL_ASCII)
		conversion = FindDefaultConversionProc(PG_UTF8, encoding);
	if (!OidIsValid(conversion))
		return utf8;

	initStringInfo(&shown);
	room = palloc(room_size);
	while (left > 0)
	{
		int done = pg_do_encoding_conversion_buf(
			conversion, PG_UTF8, encoding, from, left, room, room_size, true);

		appendStringInfoString(&shown, (char *) room);
		from += done;
		left -= done;
		if (left > 0)
		{
			int skip = Min(pg_utf_mblen(from), left);

			appendStringInfoChar(&shown, '?');
			from += skip;
			left -= skip;
		}
	}
	return shown.data;
}

/* Overwrite each occurrence of "secret", which is at least as long. */
static void
remove_secret(char *text, const char *secret)
{
	size_t secret_len = secret != NULL ? strlen(secret) : 0;
	char *found;

	/* shorter ones are no secrets of AWS's, and would blot out words */
	if (secret_len < sizeof(DZ_REDACTED) - 1)
		return;

	while ((found = strstr(text, secret)) != NULL)
	{
		char *rest = found + secret_len;

		memcpy(found, DZ_REDACTED, sizeof(DZ_REDACTED) - 1);
		memmove(found + sizeof(DZ_REDACTED) - 1, rest, strlen(rest) + 1);
	}
}

static void
make_printable(char *text)
{
	for (char *p = text; *p != '\0'; p++)
		if ((unsigned char) *p < 0x20 || *p == 0x7f)
			*p = ' ';
}
