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
 * shown_text(): an answer about a wrong signature repeats the request that it
 * saw, session token included.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "access/xact.h"
#include "mb/pg_wchar.h"

#include "aws/client.h"
#include "aws/errorcode.h"

/* bytes of the service's words that a message may show */
#define DZ_MAX_WORDS 1000

#define DZ_REDACTED "(removed)"

/* bytes of a secret, and of one that was cut short, that are recognised */
#define DZ_MIN_SECRET 8
#define DZ_MIN_SECRET_PART 12

/* an error longer than this has no words for people */
#define DZ_MAX_ERROR_BODY (1024 * 1024)

static void read_transport_failure(DzAwsReply *reply,
								   const DzAwsReading *reading,
								   DzHttpTransfer *transfer,
								   MemoryContext cxt);
static void read_error(DzAwsReply *reply, const DzAwsReading *reading,
					   DzHttpTransfer *transfer, MemoryContext cxt);
static const char *error_code(DzHttpTransfer *transfer, const DzJson *body,
							  const DzAwsReading *reading, MemoryContext cxt);
static const char *error_words(const DzJson *body, size_t *len);
static char *shown_text(const char *words, size_t len,
						const DzAwsReading *reading, MemoryContext cxt);
static size_t any_secret_at(const char *p, const char *end,
							const DzAwsReading *reading);
static size_t secret_at(const char *p, const char *end, const char *secret);
static bool marker_at(const char *p, const char *end);
static char *to_server_or_question_marks(char *utf8);

/* Fill "reply" from a transfer that has ended; texts are made in "cxt". */
void
DzAwsReplyRead(DzAwsReply *reply, const DzAwsReading *reading,
			   DzHttpTransfer *transfer, MemoryContext cxt)
{
	const char *id = DzHttpHeaderValue(transfer, "x-amzn-requestid");

	reply->transfer = transfer;
	reply->http_status = DzHttpStatus(transfer);
	reply->code = "";
	reply->message = "";
	reply->timed_out = false;
	reply->request_id =
		id != NULL ? shown_text(id, strlen(id), reading, cxt) : "";
	reply->body = DzHttpBody(transfer, &reply->body_len);

	if (DzHttpResult(transfer) != DZ_HTTP_ANSWERED)
		read_transport_failure(reply, reading, transfer, cxt);
	else if (reply->http_status >= 200 && reply->http_status < 300)
		reply->outcome = DZ_AWS_SUCCESS;
	else if (reply->http_status >= 400)
	{
		reply->outcome = DZ_AWS_REFUSED;
		read_error(reply, reading, transfer, cxt);
	}
	else
		/* redirects above all: no operation of AWS answers with one */
		reply->outcome = DZ_AWS_UNEXPECTED;
}

static void
read_transport_failure(DzAwsReply *reply, const DzAwsReading *reading,
					   DzHttpTransfer *transfer, MemoryContext cxt)
{
	const char *words = DzHttpFailureText(transfer);

	reply->message = shown_text(words, strlen(words), reading, cxt);

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

/* As the service's own protocol has it. */
static void
read_foreign_error(DzAwsReply *reply, const DzAwsReading *reading,
				   MemoryContext cxt)
{
	DzAwsErrorText error;

	memset(&error, 0, sizeof(error));
	reading->read_error(reply->body, reply->body_len, &error);
	reply->code = shown_text(error.code, strlen(error.code), reading, cxt);
	reply->message =
		shown_text(error.message, strlen(error.message), reading, cxt);
	if (reply->request_id[0] == '\0')
		reply->request_id = shown_text(error.request_id,
									   strlen(error.request_id), reading, cxt);
	explicit_bzero(&error, sizeof(error));
}

static void
read_error(DzAwsReply *reply, const DzAwsReading *reading,
		   DzHttpTransfer *transfer, MemoryContext cxt)
{
	DzJsonError error;
	const char *why;
	const char *words;
	size_t len;
	const DzJson *body = NULL;

	if (reading->read_error != NULL)
	{
		if (reply->body_len <= DZ_MAX_ERROR_BODY)
			read_foreign_error(reply, reading, cxt);
		return;
	}
	if (reply->body_len <= DZ_MAX_ERROR_BODY)
		body = DzJsonParse(cxt, reply->body, reply->body_len, &error, &why);

	reply->code = error_code(transfer, body, reading, cxt);
	words = error_words(body, &len);
	if (words != NULL)
		reply->message = shown_text(words, len, reading, cxt);
}

/* The code as a C string in "cxt"; "" if the answer has none. */
static const char *
error_code(DzHttpTransfer *transfer, const DzJson *body,
		   const DzAwsReading *reading, MemoryContext cxt)
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

	return len > 0 ? shown_text(code, len, reading, cxt) : "";
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
 * Foreign words (UTF-8) as they may be shown, in the server's encoding: cut,
 * without the call's secrets, without what a refused signature brings
 * along, without control characters.
 *
 * One pass forward over as much as is shown: the words may be megabytes, and
 * whoever sends them may know the session token.
 */
static char *
shown_text(const char *words, size_t len, const DzAwsReading *reading,
		   MemoryContext cxt)
{
	MemoryContext old = MemoryContextSwitchTo(cxt);
	const char *end = words + len;
	StringInfoData shown;
	char *result;

	initStringInfo(&shown);
	while (words < end && shown.len < DZ_MAX_WORDS)
	{
		size_t secret = any_secret_at(words, end, reading);

		if (secret > 0)
		{
			appendStringInfoString(&shown, DZ_REDACTED);
			words += secret;
		}
		else if (marker_at(words, end))
		{
			appendStringInfoString(&shown, DZ_REDACTED);
			break;
		}
		else
		{
			unsigned char c = (unsigned char) *words++;

			appendStringInfoChar(&shown, c < 0x20 || c == 0x7f ? ' ' : c);
		}
	}
	/* the cut may have split a character */
	if (words < end)
		shown.data[pg_encoding_mbcliplen(PG_UTF8, shown.data, shown.len,
										 shown.len)] = '\0';

	if (pg_verify_mbstr(PG_UTF8, shown.data, (int) strlen(shown.data), true))
		result = to_server_or_question_marks(shown.data);
	else
		result = pstrdup("(text that is not UTF-8)");
	MemoryContextSwitchTo(old);
	return result;
}

/* How much of a secret that the call knows stands at "p"; 0: none does. */
static size_t
any_secret_at(const char *p, const char *end, const DzAwsReading *reading)
{
	const DzAwsKeys *keys = reading->keys;
	size_t len = secret_at(p, end, reading->secret);

	if (len == 0 && keys != NULL)
		len = secret_at(p, end, keys->session_token);
	if (len == 0 && keys != NULL)
		len = secret_at(p, end, keys->secret_access_key);
	return len;
}

/*
 * How much of "secret" stands at "p": all of it, or as much of its beginning
 * as the sender left; 0 if that may be chance.
 */
static size_t
secret_at(const char *p, const char *end, const char *secret)
{
	size_t len = 0;

	if (secret == NULL)
		return 0;
	while (p + len < end && secret[len] != '\0' && p[len] == secret[len])
		len++;
	/* shorter ones are no secrets of AWS's, and would blot out words */
	if (secret[len] == '\0' && len >= DZ_MIN_SECRET)
		return len;
	return len >= DZ_MIN_SECRET_PART ? len : 0;
}

/* Whether "p" begins what repeats a request: nothing from there on is shown. */
static bool
marker_at(const char *p, const char *end)
{
	static const char *const markers[] = {
		"AWS4-HMAC-SHA256", "Canonical String",     "Credential=",
		"Signature=",       "String-to-Sign",       "String to Sign",
		"X-Amz-Signature",  "X-Amz-Security-Token",
	};
	unsigned char first = pg_ascii_toupper((unsigned char) *p);

	/* mostly this is all: an answer's request id is looked through as well */
	for (int i = 0; i < (int) lengthof(markers); i++)
	{
		size_t len;

		if ((unsigned char) markers[i][0] != first)
			continue;
		len = strlen(markers[i]);
		if (len <= (size_t) (end - p) &&
			pg_strncasecmp(p, markers[i], len) == 0)
			return true;
	}
	return false;
}

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if (IS_HIGHBIT_SET(*text))
			return false;
	return true;
}

/* Without a conversion: a question mark for each character beyond ASCII. */
static char *
ascii_or_question_marks(const char *utf8)
{
	StringInfoData shown;

	initStringInfo(&shown);
	for (const char *p = utf8; *p != '\0';
		 p += pg_utf_mblen((const unsigned char *) p))
		appendStringInfoChar(&shown, IS_HIGHBIT_SET(*p) ? '?' : *p);
	return shown.data;
}

/*
 * Convert valid UTF-8 to the server's encoding.  Characters that it lacks
 * become question marks: the error that is being told must not give way to
 * one about its words.  PostgreSQL looks conversions up in a transaction, and
 * the worker has none open while its requests end.
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

	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII || is_ascii(utf8))
		return utf8;
	if (!IsTransactionState())
		return ascii_or_question_marks(utf8);
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
