/*-------------------------------------------------------------------------
 *
 * sts.c
 *		AssumeRole of the Security Token Service: what is sent, what answers.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/sts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "aws/ascii.h"
#include "aws/secret.h"
#include "aws/timestamp.h"
#include "aws/uri.h"
#include "credentials/xml.h"

#define API_VERSION "2011-06-15"
#define MIN_ARN 20
#define MAX_ARN 2048

/* What has been read of an answer so far. */
typedef struct Answer
{
	DzCredentials credentials; /* not checked yet */
	bool is_out_of_memory;
} Answer;

static bool check_request(const DzStsRequest *request, DzProblem *problem);
static void append_text(DzBuffer *out, const char *name, const char *value);
static void append_encoded(DzBuffer *out, const char *text, size_t len);
static bool take_leaf(void *arg, const char *path, const char *text,
					  size_t len);
static bool take_text(Answer *answer, char **place, const char *text);
static bool take_account(Answer *answer, const char *arn);
static bool take_error_leaf(void *arg, const char *path, const char *text,
							size_t len);
static void copy_token(char *out, size_t size, const char *text, size_t len);
static const char *below_result(const char *path);
static size_t utf8_boundary(const char *text, size_t len);

bool
DzStsRequestBody(DzBuffer *out, const DzStsRequest *request,
				 DzProblem *problem)
{
	char duration[16];

	if (!check_request(request, problem))
		return false;
	append_text(out, "Action",
				request->web_identity_token != NULL
					? "AssumeRoleWithWebIdentity"
					: "AssumeRole");
	append_text(out, "Version", API_VERSION);
	append_text(out, "RoleArn", request->role_arn);
	append_text(out, "RoleSessionName", request->session_name);
	if (request->duration_seconds > 0)
	{
		(void) snprintf(duration, sizeof(duration), "%d",
						request->duration_seconds);
		append_text(out, "DurationSeconds", duration);
	}
	if (request->web_identity_token != NULL)
		DzFormAppend(out, "WebIdentityToken", request->web_identity_token,
					 request->web_identity_token_len);
	else if (request->external_id != NULL)
		append_text(out, "ExternalId", request->external_id);

	return !out->failed || DzProblemNoMemory(problem);
}

static bool
check_request(const DzStsRequest *request, DzProblem *problem)
{
	const char *name = request->session_name;
	size_t len = strlen(name);
	bool is_name = len >= 2 && len < DZ_STS_SESSION_NAME_SIZE;

	for (size_t i = 0; i < len; i++)
	{
		if (!DzIsAlnum(name[i]) && strchr("_+=,.@-", name[i]) == NULL)
			is_name = false;
	}
	if (!is_name)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Correct role_session_name.",
							"A role session name consists of 2 to 64 letters, "
							"digits and characters of _+=,.@-.");
	len = strlen(request->role_arn);
	if (len < MIN_ARN || len > MAX_ARN ||
		strncmp(request->role_arn, "arn:", 4) != 0)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG, "Correct role_arn.",
							"A role to assume is named by its ARN, "
							"arn:aws:iam::account:role/name.");
	if (request->web_identity_token != NULL &&
		request->web_identity_token_len == 0)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Let whoever writes the file write it anew.",
							"The file of the web identity token is empty.");

	return true;
}

static void
append_text(DzBuffer *out, const char *name, const char *value)
{
	DzFormAppend(out, name, value, strlen(value));
}

void
DzFormAppend(DzBuffer *out, const char *name, const char *value, size_t len)
{
	if (out->len > 0)
		DzBufferAppendChar(out, '&');
	append_encoded(out, name, strlen(name));
	DzBufferAppendChar(out, '=');
	append_encoded(out, value, len);
}

static void
append_encoded(DzBuffer *out, const char *text, size_t len)
{
	if (len > SIZE_MAX / 4)
		out->failed = true;
	if (!DzBufferReserve(out, 3 * len))
		return;
	out->len += DzUriEncode(out->data + out->len, text, len);
}

void
DzStsSessionName(int64_t unix_us, char name[DZ_STS_SESSION_NAME_SIZE])
{
	(void) snprintf(name, DZ_STS_SESSION_NAME_SIZE,
					"datazone-postgresql-%" PRIu64, (uint64_t) unix_us / 1000);
}

bool
DzStsRead(const char *xml, size_t len, DzCredentials *out, DzProblem *problem)
{
	static const char source[] = "The Security Token Service";
	Answer answer = {0};
	const DzCredentials *read = &answer.credentials;
	DzXmlResult result = DzXmlRead(xml, len, take_leaf, &answer);
	bool is_ok;

	DzCredentialsFree(out);
	if (answer.is_out_of_memory || result == DZ_XML_NO_MEMORY)
		is_ok = DzProblemNoMemory(problem);
	else if (result != DZ_XML_DONE)
		is_ok = DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
							 "%s gave an answer that is not XML.", source);
	else
		is_ok = DzCredentialsSet(out, read->access_key_id,
								 read->secret_access_key, read->session_token,
								 read->account_id, source, problem);
	if (is_ok && !read->expires)
		is_ok = DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
							 "%s gave credentials without the time of their "
							 "Expiration.",
							 source);
	if (is_ok)
	{
		out->expires = true;
		out->expires_us = read->expires_us;
	}
	else
		DzCredentialsFree(out);
	DzCredentialsFree(&answer.credentials);

	return is_ok;
}

static bool
take_leaf(void *arg, const char *path, const char *text, size_t len)
{
	Answer *answer = arg;
	DzCredentials *out = &answer->credentials;
	const char *name = below_result(path);

	if (name == NULL)
		return true;
	if (strcmp(name, "Credentials/AccessKeyId") == 0)
		return take_text(answer, &out->access_key_id, text);
	if (strcmp(name, "Credentials/SecretAccessKey") == 0)
		return take_text(answer, &out->secret_access_key, text);
	if (strcmp(name, "Credentials/SessionToken") == 0)
		return take_text(answer, &out->session_token, text);
	if (strcmp(name, "AssumedRoleUser/Arn") == 0)
		return take_account(answer, text);
	if (strcmp(name, "Credentials/Expiration") == 0)
		out->expires = DzTimestampParse(text, len, &out->expires_us);

	return true;
}

static bool
take_text(Answer *answer, char **place, const char *text)
{
	answer->is_out_of_memory = !DzSecretSet(place, text);

	return !answer->is_out_of_memory;
}

/* What is behind "XResponse/XResult/", or NULL. */
static const char *
below_result(const char *path)
{
	static const char *const tops[] = {
		"AssumeRoleResponse/AssumeRoleResult/",
		"AssumeRoleWithWebIdentityResponse/AssumeRoleWithWebIdentityResult/"};

	for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++)
	{
		size_t len = strlen(tops[i]);

		if (strncmp(path, tops[i], len) == 0)
			return path + len;
	}

	return NULL;
}

/* arn:aws:sts::123456789012:assumed-role/name/session */
static bool
take_account(Answer *answer, const char *arn)
{
	const char *p = arn;
	char account[32];
	size_t len;

	for (int colons = 0; colons < 4; colons++)
	{
		p = strchr(p, ':');
		if (p == NULL)
			return true;
		p++;
	}
	len = strcspn(p, ":");
	if (len == 0 || len >= sizeof(account))
		return true;
	memcpy(account, p, len);
	account[len] = '\0';

	return take_text(answer, &answer->credentials.account_id, account);
}

bool
DzStsReadError(const char *xml, size_t len, DzStsError *out)
{
	memset(out, 0, sizeof(*out));
	if (DzXmlRead(xml, len, take_error_leaf, out) == DZ_XML_DONE &&
		out->code[0] != '\0')
		return true;
	memset(out, 0, sizeof(*out));

	return false;
}

static bool
take_error_leaf(void *arg, const char *path, const char *text, size_t len)
{
	DzStsError *out = arg;

	if (strcmp(path, "ErrorResponse/Error/Code") == 0)
		copy_token(out->code, sizeof(out->code), text, len);
	else if (strcmp(path, "ErrorResponse/RequestId") == 0)
		copy_token(out->request_id, sizeof(out->request_id), text, len);
	else if (strcmp(path, "ErrorResponse/Error/Message") == 0)
	{
		len = strlen(text);
		if (len >= sizeof(out->message))
			len = utf8_boundary(text, sizeof(out->message) - 1);
		memcpy(out->message, text, len);
		out->message[len] = '\0';
	}

	return true;
}

/* A code or an id: short, and without anything odd in it; otherwise none. */
static void
copy_token(char *out, size_t size, const char *text, size_t len)
{
	out[0] = '\0';
	if (len >= size)
		return;
	for (size_t i = 0; i < len; i++)
	{
		if (!DzIsAlnum(text[i]) &&
			(text[i] == '\0' || strchr("._-", text[i]) == NULL))
			return;
	}
	memcpy(out, text, len);
	out[len] = '\0';
}

/* The largest length up to "len" that cuts no character in two. */
static size_t
utf8_boundary(const char *text, size_t len)
{
	while (len > 0 && ((unsigned char) text[len] & 0xc0) == 0x80)
		len--;

	return len;
}
