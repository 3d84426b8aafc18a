/*-------------------------------------------------------------------------
 *
 * metadata.c
 *		Where a container's and an instance's credentials are fetched.
 *
 * Credentials that travel over plain http must not leave the machine, so
 * http is for addresses that cannot: loopback, and the link-local ones of ECS
 * and EKS.  A name is refused although it may resolve to one of them, because
 * it may resolve to something else a moment later; only "localhost" is taken.
 * The endpoint of IMDS may be anything, as in the SDKs: who sets it has the
 * environment or the files of the server.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/metadata.h"

#include <string.h>

#include "aws/ascii.h"
#include "aws/endpoint.h"
#include "aws/uri.h"

#define ECS_ORIGIN "http://169.254.170.2"
#define IMDS_IPV4 "http://169.254.169.254"
#define IMDS_IPV6 "http://[fd00:ec2::254]"

#define RELATIVE_URI "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
#define FULL_URI "AWS_CONTAINER_CREDENTIALS_FULL_URI"
#define TOKEN "AWS_CONTAINER_AUTHORIZATION_TOKEN"
#define TOKEN_FILE "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
#define IMDS_ENDPOINT "AWS_EC2_METADATA_SERVICE_ENDPOINT"
#define IMDS_MODE "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"

#define MAX_ROLE_NAME 64 /* IAM's limit */
#define MAX_URI 2048

static bool append_full_uri(const char *uri, DzBuffer *out,
							DzProblem *problem);
static bool is_local(const char *host);
static bool is_path_and_query(const char *text);
static bool append_imds_url(const char *url, const char *where, DzBuffer *out,
							DzProblem *problem);
static bool append_imds_mode(const char *mode, const char *where,
							 DzBuffer *out, DzProblem *problem);

bool
DzContainerIsConfigured(const DzEnvironment *env)
{
	return DzEnvironmentGet(env, RELATIVE_URI) != NULL ||
		   DzEnvironmentGet(env, FULL_URI) != NULL;
}

bool
DzContainerResolve(const DzEnvironment *env, DzContainer *out,
				   DzProblem *problem)
{
	const char *relative = DzEnvironmentGet(env, RELATIVE_URI);
	const char *full = DzEnvironmentGet(env, FULL_URI);

	out->token_file = DzEnvironmentGet(env, TOKEN_FILE);
	out->token = out->token_file == NULL ? DzEnvironmentGet(env, TOKEN) : NULL;
	if (out->token != NULL &&
		!DzHeaderValueIsSafe(out->token, strlen(out->token)))
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Set it to the token alone, without a line end.",
							"The environment variable " TOKEN " holds "
							"characters that a header must not hold.");

	if (relative == NULL && full == NULL)
		return DzProblemSet(problem, DZ_PROBLEM_NOTHING,
							"Set one of them, or use other credentials.",
							"Neither " RELATIVE_URI " nor " FULL_URI
							" is set in the server's environment.");
	if (relative == NULL)
		return append_full_uri(full, &out->uri, problem);

	if (relative[0] != '/' || strlen(relative) > MAX_URI ||
		!is_path_and_query(relative))
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Set it to a path that begins with \"/\".",
							"The environment variable " RELATIVE_URI
							" is not the path of a URL.");
	DzBufferAppendText(&out->uri, ECS_ORIGIN);
	DzBufferAppendText(&out->uri, relative);

	return !out->uri.failed || DzProblemNoMemory(problem);
}

static bool
append_full_uri(const char *uri, DzBuffer *out, DzProblem *problem)
{
	DzEndpoint origin;
	const char *error;
	const char *rest = DzUrlOrigin(uri, &origin, &error);

	if (rest == NULL)
		return DzProblemSet(
			problem, DZ_PROBLEM_CONFIG, "Set it to a whole URL with its host.",
			"The environment variable " FULL_URI " is not usable. %s", error);
	if (strcmp(origin.scheme, "https") != 0 && !is_local(origin.host))
		return DzProblemSet(
			problem, DZ_PROBLEM_CONFIG,
			"Use https, or the address itself instead of a name.",
			"The environment variable " FULL_URI
			" asks for plain http to a host that is neither a loopback "
			"address nor one of ECS or EKS.");
	if (strlen(uri) > MAX_URI || !is_path_and_query(rest))
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG, "Percent-encode them.",
							"The environment variable " FULL_URI
							" holds characters that a URL must not hold "
							"unencoded.");
	DzBufferAppendText(out, origin.url);
	if (rest[0] != '/')
		DzBufferAppendChar(out, '/');
	DzBufferAppendText(out, rest);

	return !out->failed || DzProblemNoMemory(problem);
}

static bool
is_local(const char *host)
{
	return DzHostIsLoopback(host) || strcmp(host, "169.254.170.2") == 0 ||
		   strcmp(host, "169.254.170.23") == 0 ||
		   strcmp(host, "[fd00:ec2::23]") == 0;
}

/* What libcurl sends as it is; a fragment would not be sent. */
static bool
is_path_and_query(const char *text)
{
	for (; *text != '\0'; text++)
	{
		if (!DzIsAlnum(*text) && strchr("-._~!$&'()*+,;=:@/?%", *text) == NULL)
			return false;
	}

	return true;
}

bool
DzHeaderValueIsSafe(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
	{
		if (text[i] < ' ' || text[i] > '~')
			return false;
	}

	return len > 0;
}

bool
DzImdsIsDisabled(const DzEnvironment *env)
{
	const char *value = DzEnvironmentGet(env, "AWS_EC2_METADATA_DISABLED");

	return value != NULL && DzIsWord(value, "true");
}

bool
DzImdsEndpoint(const DzEnvironment *env, const DzProfiles *profiles,
			   const DzSection *profile, DzBuffer *out, DzProblem *problem)
{
	const char *url = DzEnvironmentGet(env, IMDS_ENDPOINT);
	const char *mode = DzEnvironmentGet(env, IMDS_MODE);
	const DzProperty *property;
	char where[DZ_PROPERTY_TEXT_SIZE];

	if (url != NULL)
		return append_imds_url(url, "environment variable " IMDS_ENDPOINT, out,
							   problem);
	property = DzSectionFind(profile, "ec2_metadata_service_endpoint");
	if (property != NULL)
	{
		DzPropertyDescribe(profiles, profile, property, where, sizeof(where));
		return append_imds_url(property->value, where, out, problem);
	}
	if (mode != NULL)
		return append_imds_mode(mode, "environment variable " IMDS_MODE, out,
								problem);
	property = DzSectionFind(profile, "ec2_metadata_service_endpoint_mode");
	if (property != NULL)
	{
		DzPropertyDescribe(profiles, profile, property, where, sizeof(where));
		return append_imds_mode(property->value, where, out, problem);
	}

	return append_imds_mode("ipv4", "", out, problem);
}

static bool
append_imds_url(const char *url, const char *where, DzBuffer *out,
				DzProblem *problem)
{
	DzEndpoint origin;
	const char *error;
	const char *rest = DzUrlOrigin(url, &origin, &error);
	size_t len;

	if (rest != NULL && (strlen(url) > MAX_URI || !is_path_and_query(rest) ||
						 strchr(rest, '?') != NULL))
	{
		error = "A path in it must hold no query and only characters that "
				"need no encoding.";
		rest = NULL;
	}
	if (rest == NULL)
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Correct it, or remove it: the address of the "
							"instance metadata service is well known.",
							"The %s is not usable. %s", where, error);
	len = strlen(rest);
	while (len > 0 && rest[len - 1] == '/')
		len--;
	DzBufferAppendText(out, origin.url);
	DzBufferAppend(out, rest, len);

	return !out->failed || DzProblemNoMemory(problem);
}

static bool
append_imds_mode(const char *mode, const char *where, DzBuffer *out,
				 DzProblem *problem)
{
	if (DzIsWord(mode, "ipv4"))
		DzBufferAppendText(out, IMDS_IPV4);
	else if (DzIsWord(mode, "ipv6"))
		DzBufferAppendText(out, IMDS_IPV6);
	else
		return DzProblemSet(problem, DZ_PROBLEM_CONFIG,
							"Set it to IPv4 or IPv6.",
							"The %s is neither IPv4 nor IPv6.", where);

	return !out->failed || DzProblemNoMemory(problem);
}

DzImdsVerdict
DzImdsJudge(DzImdsStep step, int http_status)
{
	if (http_status == 200)
		return DZ_IMDS_OK;
	if (http_status >= 500 || http_status == 429)
		return DZ_IMDS_RETRY;
	switch (http_status)
	{
		case 401:
			return step == DZ_IMDS_GET_TOKEN ? DZ_IMDS_STOP
											 : DZ_IMDS_RENEW_TOKEN;
		case 403:
			return step == DZ_IMDS_GET_TOKEN ? DZ_IMDS_DISABLED : DZ_IMDS_STOP;
		case 404:
			return step == DZ_IMDS_GET_TOKEN ? DZ_IMDS_STOP : DZ_IMDS_NO_ROLE;
		default:

			/* 0 too: where there is no such service, each try costs seconds */
			return DZ_IMDS_STOP;
	}
}

bool
DzImdsCredentialsPath(const char *text, size_t len, DzBuffer *out)
{
	/* a list of one; what follows its first line does not count */
	const char *newline = memchr(text, '\n', len);
	char encoded[3 * MAX_ROLE_NAME + 1];

	if (newline != NULL)
		len = (size_t) (newline - text);
	if (len > 0 && text[len - 1] == '\r')
		len--;
	if (len == 0 || len > MAX_ROLE_NAME)
		return false;
	for (size_t i = 0; i < len; i++)
	{
		if (!DzIsAlnum(text[i]) &&
			(text[i] == '\0' || strchr("+=,.@_-", text[i]) == NULL))
			return false;
	}
	/* a dot segment would be another path */
	if (len <= 2 && memcmp(text, "..", len) == 0)
		return false;
	(void) DzUriEncode(encoded, text, len);
	DzBufferAppendText(out, DZ_IMDS_ROLE_PATH);
	DzBufferAppendText(out, encoded);

	return !out->failed;
}
