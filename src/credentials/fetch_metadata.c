/*-------------------------------------------------------------------------
 *
 * fetch_metadata.c
 *		Credentials of the container and of the instance, over HTTP.
 *
 * Both are services of the host, at addresses that lead nowhere else.  So
 * their time-outs are short; no proxy is ever asked, since it would get the
 * token and its answer would be somebody else's identity; and a redirect is
 * an answer like any other that is not 200.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "aws/ascii.h"
#include "aws/endpoint.h"
#include "credentials/fetch.h"
#include "credentials/host.h"

#define CONTAINER_CONNECT_MS 2000
#define CONTAINER_TOTAL_MS 7000
#define CONTAINER_TRIES 3

/* as botocore's names for them; the values are those of other SDKs */
#define IMDS_TIMEOUT "AWS_METADATA_SERVICE_TIMEOUT"
#define IMDS_TRIES "AWS_METADATA_SERVICE_NUM_ATTEMPTS"
#define IMDS_TIMEOUT_S 1
#define IMDS_DEFAULT_TRIES 4
#define IMDS_MAX_TRIES 10

#define MAX_HEADERS 2

static void send_request(DzFetch *fetch, const char *method, const char *url,
						 const DzHttpHeader *headers, int nheaders,
						 int connect_ms, int total_ms,
						 void (*step)(DzFetch *fetch));
static void on_answer(DzHttpTransfer *transfer, void *arg);
static bool has_answered(const DzFetch *fetch);
static char *answer(const DzFetch *fetch, size_t *len);
static const char *how_failed(const DzFetch *fetch);
static int transient_sqlstate(const DzFetch *fetch);
static void container_send(DzFetch *fetch);
static void container_answered(DzFetch *fetch);
static bool container_read_token(DzFetch *fetch);
static void imds_begin(DzFetch *fetch, const char *url, DzImdsStep goal);
static void imds_send(DzFetch *fetch);
static void imds_answered(DzFetch *fetch);
static DzImdsVerdict imds_judge(const DzFetch *fetch);
static bool imds_take(DzFetch *fetch, DzProblem *problem);
static void imds_next(DzFetch *fetch);
static void imds_fail(DzFetch *fetch, DzImdsVerdict verdict);
static int from_environment(const char *name, int otherwise, int max);

/* ----------
 * Requests
 * ----------
 */

static void
send_request(DzFetch *fetch, const char *method, const char *url,
			 const DzHttpHeader *headers, int nheaders, int connect_ms,
			 int total_ms, void (*step)(DzFetch *fetch))
{
	DzHttpRequest http = {0};

	http.method = method;
	http.url = url;
	http.headers = headers;
	http.nheaders = nheaders;
	http.connect_timeout_ms = connect_ms;
	http.request_timeout_ms = total_ms;
	http.max_body = DZ_FETCH_MAX_ANSWER;
	http.proxy = "";
	http.ca_file = fetch->source->settings.ca_file;
	http.is_secret = true;

	fetch->tries++;
	fetch->next = step;
	fetch->transfer = DzHttpStart(fetch->step_cxt, &http, on_answer, fetch);
}

static void
on_answer(DzHttpTransfer *transfer, void *arg)
{
	DzFetch *fetch = arg;

	DzFetchStep(fetch, fetch->next);
}

static bool
has_answered(const DzFetch *fetch)
{
	return DzHttpResult(fetch->transfer) == DZ_HTTP_ANSWERED;
}

/* The body, which may be changed: it is the transfer's own, and nobody's else. */
static char *
answer(const DzFetch *fetch, size_t *len)
{
	return unconstify(char *, DzHttpBody(fetch->transfer, len));
}

/* How there is no answer. */
static const char *
how_failed(const DzFetch *fetch)
{
	switch (DzHttpResult(fetch->transfer))
	{
		case DZ_HTTP_NOT_CONNECTED:
		case DZ_HTTP_CONNECT_TIMEOUT:
			return "could not be reached";
		case DZ_HTTP_LOST:
		case DZ_HTTP_TIMEOUT:
			return "did not answer";
		default:
			return "gave an answer that cannot be read";
	}
}

/* What a source is that does not answer, or says that it cannot. */
static int
transient_sqlstate(const DzFetch *fetch)
{
	return has_answered(fetch) ? ERRCODE_SYSTEM_ERROR
							   : ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION;
}

/* ----------
 * The container
 * ----------
 */

void
DzFetchContainer(DzFetch *fetch)
{
	if (container_read_token(fetch))
		container_send(fetch);
}

/* The token is read anew each time: it changes every hour or so. */
static bool
container_read_token(DzFetch *fetch)
{
	const DzPlan *plan = &fetch->source->plan;

	DzBufferReset(&fetch->secret);
	if (plan->token_file == NULL)
	{
		DzBufferAppendText(&fetch->secret,
						   plan->token != NULL ? plan->token : "");
		return true;
	}
	if (!DzFetchReadFile(fetch, plan->token_file,
						 "The container's authorization token file",
						 &fetch->secret))
		return false;
	if (DzHeaderValueIsSafe(fetch->secret.data, fetch->secret.len))
		return true;

	DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
				"Look for a line end or another control character in it.",
				"The content of the container's authorization token file "
				"\"%s\" is not the value of a header.",
				plan->token_file);
	return false;
}

static void
container_send(DzFetch *fetch)
{
	DzHttpHeader headers[MAX_HEADERS];
	int n = 0;

	MemoryContextReset(fetch->step_cxt);
	headers[n++] = (DzHttpHeader){"Accept", "application/json"};
	if (fetch->secret.len > 0)
		headers[n++] = (DzHttpHeader){"Authorization", fetch->secret.data};
	send_request(fetch, "GET", fetch->source->plan.uri, headers, n,
				 CONTAINER_CONNECT_MS, CONTAINER_TOTAL_MS, container_answered);
}

static void
container_answered(DzFetch *fetch)
{
	static const char *const source = "The container's credential service";
	int status = has_answered(fetch) ? DzHttpStatus(fetch->transfer) : 0;
	bool is_passing =
		status == 0 || status == 200 || status == 429 || status >= 500;
	DzProblem problem = {0};
	size_t len;
	char *text = answer(fetch, &len);

	if (status == 200 &&
		DzFetchReadJson(fetch, DZ_ANSWER_CONTAINER, text, len, &problem))
		DzFetchGotBase(fetch);
	else if (is_passing && fetch->tries < CONTAINER_TRIES)
		DzFetchPause(fetch, container_send);
	else if (status == 200)
		DzFetchFailProblem(fetch, &problem);
	else if (status == 0)
		DzFetchFail(fetch, transient_sqlstate(fetch), "", "%s %s: %s.", source,
					how_failed(fetch), DzHttpFailureText(fetch->transfer));
	else
		DzFetchFail(fetch,
					is_passing ? transient_sqlstate(fetch)
							   : ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
					"Look at the role of the task, or of the pod's service "
					"account.",
					"%s answered with HTTP status %d.", source, status);
}

/* ----------
 * The instance
 * ----------
 */

void
DzFetchImds(DzFetch *fetch)
{
	imds_begin(fetch, fetch->source->plan.uri, DZ_IMDS_GET_ROLE);
}

void
DzFetchImdsRegion(DzFetch *fetch)
{
	imds_begin(fetch, fetch->source->imds_url, DZ_IMDS_GET_REGION);
}

/* A token that is there already lasts for hours. */
static void
imds_begin(DzFetch *fetch, const char *url, DzImdsStep goal)
{
	DzImdsFetch *imds = &fetch->imds;

	imds->url = url;
	imds->goal = goal;
	imds->step = imds->token.len > 0 ? goal : DZ_IMDS_GET_TOKEN;
	imds->has_renewed = false;
	fetch->tries = 0;
	imds_send(fetch);
}

static void
imds_send(DzFetch *fetch)
{
	const DzImdsFetch *imds = &fetch->imds;
	int seconds = from_environment(IMDS_TIMEOUT, IMDS_TIMEOUT_S, 60);
	DzHttpHeader header = {DZ_IMDS_TOKEN_HEADER, imds->token.data};
	const char *path = "";

	MemoryContextReset(fetch->step_cxt);
	switch (imds->step)
	{
		case DZ_IMDS_GET_TOKEN:
			path = DZ_IMDS_TOKEN_PATH;
			header.name = DZ_IMDS_TTL_HEADER;
			header.value = psprintf("%d", DZ_IMDS_TTL_SECONDS);
			break;
		case DZ_IMDS_GET_ROLE:
			path = DZ_IMDS_ROLE_PATH;
			break;
		case DZ_IMDS_GET_CREDENTIALS:
			path = imds->path.data;
			break;
		case DZ_IMDS_GET_REGION:
			path = DZ_IMDS_REGION_PATH;
			break;
	}
	send_request(fetch, imds->step == DZ_IMDS_GET_TOKEN ? "PUT" : "GET",
				 psprintf("%s%s", imds->url, path), &header, 1, seconds * 1000,
				 seconds * 2000, imds_answered);
}

static void
imds_answered(DzFetch *fetch)
{
	DzImdsFetch *imds = &fetch->imds;
	DzImdsVerdict verdict = imds_judge(fetch);
	DzProblem problem = {0};

	if (verdict == DZ_IMDS_OK && imds_take(fetch, &problem))
	{
		imds_next(fetch);
		return;
	}
	if (verdict == DZ_IMDS_RENEW_TOKEN && !imds->has_renewed)
	{
		imds->has_renewed = true;
		imds->step = DZ_IMDS_GET_TOKEN;
		fetch->tries = 0;
		DzFetchLater(fetch, 0, imds_send);
		return;
	}

	/* an answer that is none may be better the next time, too */
	if ((verdict == DZ_IMDS_RETRY || verdict == DZ_IMDS_OK) &&
		fetch->tries <
			from_environment(IMDS_TRIES, IMDS_DEFAULT_TRIES, IMDS_MAX_TRIES))
		DzFetchPause(fetch, imds_send);
	else if (verdict == DZ_IMDS_OK)
		DzFetchFailProblem(fetch, &problem);
	else
		imds_fail(fetch, verdict);
}

/* Where somebody takes connections, an answer that does not come may yet. */
static DzImdsVerdict
imds_judge(const DzFetch *fetch)
{
	switch (DzHttpResult(fetch->transfer))
	{
		case DZ_HTTP_ANSWERED:
			return DzImdsJudge(fetch->imds.step,
							   DzHttpStatus(fetch->transfer));
		case DZ_HTTP_LOST:
		case DZ_HTTP_TIMEOUT:
			return DZ_IMDS_RETRY;
		default:
			return DzImdsJudge(fetch->imds.step, 0);
	}
}

/* Take what a 200 answered; false: it is not what was asked for. */
static bool
imds_take(DzFetch *fetch, DzProblem *problem)
{
	DzImdsFetch *imds = &fetch->imds;
	size_t len;
	char *text = answer(fetch, &len);

	switch (imds->step)
	{
		case DZ_IMDS_GET_TOKEN:
			DzBufferReset(&imds->token);
			if (DzHeaderValueIsSafe(text, len))
				DzBufferAppend(&imds->token, text, len);
			if (imds->token.len > 0)
				return true;
			break;
		case DZ_IMDS_GET_ROLE:
			DzBufferReset(&imds->path);
			if (DzImdsCredentialsPath(text, len, &imds->path))
				return true;
			break;
		case DZ_IMDS_GET_CREDENTIALS:
			return DzFetchReadJson(fetch, DZ_ANSWER_IMDS, text, len, problem);
		case DZ_IMDS_GET_REGION:
			while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
				text[--len] = '\0';
			if (strlen(text) == len && DzRegionIsValid(text))
			{
				strlcpy(fetch->region, text, sizeof(fetch->region));
				return true;
			}
			break;
	}
	return DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
						"The instance metadata service answered a request "
						"for its %s with something else.",
						imds->step == DZ_IMDS_GET_TOKEN  ? "token"
						: imds->step == DZ_IMDS_GET_ROLE ? "role's name"
														 : "Region");
}

static void
imds_next(DzFetch *fetch)
{
	DzImdsFetch *imds = &fetch->imds;

	fetch->tries = 0;
	switch (imds->step)
	{
		case DZ_IMDS_GET_TOKEN:
			imds->step = imds->goal;
			imds_send(fetch);
			break;
		case DZ_IMDS_GET_ROLE:
			imds->step = DZ_IMDS_GET_CREDENTIALS;
			imds_send(fetch);
			break;
		case DZ_IMDS_GET_CREDENTIALS:
			DzFetchGotBase(fetch);
			break;
		case DZ_IMDS_GET_REGION:
			DzFetchGotRegion(fetch);
			break;
	}
}

static void
imds_fail(DzFetch *fetch, DzImdsVerdict verdict)
{
	static const char *const source = "The instance metadata service";
	int status = has_answered(fetch) ? DzHttpStatus(fetch->transfer) : 0;

	if (fetch->imds.goal == DZ_IMDS_GET_REGION)
		DzFetchFail(fetch, ERRCODE_INVALID_PARAMETER_VALUE,
					"Set the option region of the server, or AWS_REGION in "
					"its environment.",
					"Nothing names a Region, and %s could not tell it.",
					"the instance metadata service");
	else if (status == 0)
		DzFetchFail(fetch, transient_sqlstate(fetch),
					"If this host is no EC2 instance, give it credentials of "
					"another kind. In a container, the instance's metadata "
					"hop limit must be 2.",
					"%s at %s %s: %s.", source, fetch->imds.url,
					how_failed(fetch), DzHttpFailureText(fetch->transfer));
	else if (verdict == DZ_IMDS_NO_ROLE)
		DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
					"Attach a role to the instance, or give the host "
					"credentials of another kind.",
					"%s says that the instance has no role.", source);
	else if (verdict == DZ_IMDS_DISABLED)
		DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
					"Switch it on for this instance, or give the host "
					"credentials of another kind.",
					"%s is switched off for this instance (HTTP status %d).",
					source, status);
	else
		DzFetchFail(fetch,
					verdict == DZ_IMDS_RETRY
						? transient_sqlstate(fetch)
						: ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
					"", "%s answered with HTTP status %d.", source, status);
}

/* A whole number from 1 to "max" in the environment. */
static int
from_environment(const char *name, int otherwise, int max)
{
	const char *value = DzEnvironmentGet(DzHostEnvironment(), name);
	int number = 0;

	for (const char *p = value; p != NULL && *p != '\0'; p++)
		number = DzIsDigit(*p) && number <= max ? number * 10 + (*p - '0')
												: max + 1;
	return number >= 1 && number <= max ? number : otherwise;
}
