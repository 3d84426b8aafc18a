/*-------------------------------------------------------------------------
 *
 * fetch.c
 *		Carry a plan out: base, Region, roles, one after the other.
 *
 * All that a fetch has lies in its own memory context below TopMemoryContext:
 * it outlives the statement that needed it if others wait for it, too.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/pg_prng.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "credentials/fetch.h"
#include "credentials/file.h"

static void advance(DzFetch *fetch);
static void fetch_base(DzFetch *fetch);
static void take_keys(DzFetch *fetch);
static void clean_up(void *arg);
static void on_timer(void *arg);
static void on_call(DzAwsCall *call, DzAwsEvent event, void *arg);
static int refusal_sqlstate(const DzAwsReply *reply);
static void append_refusal(StringInfo detail, const char *source,
						   const DzAwsReply *reply);
static bool member_of(void *arg, const char *name, DzMember *out);

DzFetch *
DzFetchStart(const DzFetchSource *source, DzFetchDoneFn done, void *arg)
{
	MemoryContext cxt = AllocSetContextCreate(
		TopMemoryContext, "datazone credentials", ALLOCSET_SMALL_SIZES);
	DzFetch *fetch;

	/* until its clean-up is registered, an error must not leave it behind */
	PG_TRY();
	{
		fetch = MemoryContextAllocZero(cxt, sizeof(DzFetch));
		fetch->cxt = cxt;
		fetch->source = source;
		fetch->done = done;
		fetch->arg = arg;
		fetch->process.fd = -1;
		fetch->step_cxt = AllocSetContextCreate(
			cxt, "datazone credentials step", ALLOCSET_SMALL_SIZES);
		fetch->cleanup.func = clean_up;
		fetch->cleanup.arg = fetch;
		MemoryContextRegisterResetCallback(cxt, &fetch->cleanup);
		DzFetchLater(fetch, 0, advance);
	}
	PG_CATCH();
	{
		MemoryContextDelete(cxt);
		PG_RE_THROW();
	}
	PG_END_TRY();

	return fetch;
}

void
DzFetchEnd(DzFetch *fetch)
{
	MemoryContextDelete(fetch->cxt);
}

/* The context goes; a transfer or call below it has gone before. */
static void
clean_up(void *arg)
{
	DzFetch *fetch = arg;

	DzTimerCancel(&fetch->timer);
	DzFetchProcessStop(&fetch->process);
	DzBufferFree(&fetch->body);
	DzBufferFree(&fetch->secret);
	DzBufferFree(&fetch->imds.token);
	DzBufferFree(&fetch->imds.path);
	DzCredentialsFree(&fetch->have);
}

/* ----------
 * Steps
 * ----------
 */

/*
 * Do a step of the fetch.  What it throws is the fetch's failure; a cancel is
 * none, and waits until the step is over.  If the
 * fetch is over then, its owner hears of it and may end it.
 */
void
DzFetchStep(DzFetch *fetch, void (*step)(DzFetch *fetch))
{
	MemoryContext caller = CurrentMemoryContext;
	uint32 held = InterruptHoldoffCount;

	HOLD_INTERRUPTS();
	PG_TRY();
	{
		MemoryContextSwitchTo(fetch->step_cxt);
		step(fetch);
	}
	PG_CATCH();
	{
		ErrorData *error;

		/* an error has let them go */
		InterruptHoldoffCount = held + 1;
		MemoryContextSwitchTo(fetch->cxt);
		error = CopyErrorData();
		FlushErrorState();
		DzFailureOfError(&fetch->failure, error);
		FreeErrorData(error);
		fetch->is_over = true;
		fetch->is_ok = false;
	}
	PG_END_TRY();

	InterruptHoldoffCount = held;
	MemoryContextSwitchTo(caller);
	if (fetch->is_over)
		fetch->done(fetch, fetch->arg);
}

/* Do "step" in a later turn of the loop. */
void
DzFetchLater(DzFetch *fetch, int64 delay_us, void (*step)(DzFetch *fetch))
{
	fetch->next = step;
	DzTimerSet(&fetch->timer, delay_us, on_timer, fetch);
}

/* Try once more, after a pause that grows with the tries. */
void
DzFetchPause(DzFetch *fetch, void (*step)(DzFetch *fetch))
{
	DzFetchLater(fetch,
				 DzRetryDelayUs(DZ_RETRY_TRANSIENT, fetch->tries - 1,
								pg_prng_double(&pg_global_prng_state), NULL),
				 step);
}

static void
on_timer(void *arg)
{
	DzFetch *fetch = arg;

	DzFetchStep(fetch, fetch->next);
}

/*
 * The next step.  The Region comes before what needs one, and as late as may
 * be: on a host that is no instance, asking for it costs seconds.
 */
static void
advance(DzFetch *fetch)
{
	const DzFetchSource *source = fetch->source;
	bool needs_region =
		source->imds_url != NULL && DzFetchRegion(fetch) == NULL;

	if (!fetch->has_base && source->plan.base == DZ_BASE_WEB_IDENTITY &&
		needs_region)
		DzFetchImdsRegion(fetch);
	else if (!fetch->has_base)
		fetch_base(fetch);
	else if (needs_region)
		DzFetchImdsRegion(fetch);
	else if (fetch->role < source->plan.nroles)
		DzFetchRole(fetch);
	else
		fetch->is_over = fetch->is_ok = true;
}

static void
fetch_base(DzFetch *fetch)
{
	fetch->tries = 0;
	switch (fetch->source->plan.base)
	{
		case DZ_BASE_KEYS:
			take_keys(fetch);
			return;
		case DZ_BASE_PROCESS:
			DzFetchProcess(fetch);
			return;
		case DZ_BASE_WEB_IDENTITY:
			DzFetchWebIdentity(fetch);
			return;
		case DZ_BASE_SSO:
			DzFetchSso(fetch);
			return;
		case DZ_BASE_CONTAINER:
			DzFetchContainer(fetch);
			return;
		case DZ_BASE_IMDS:
			DzFetchImds(fetch);
			return;
		case DZ_BASE_NONE:
			break;
	}
	elog(ERROR, "there is no plan for credentials");
}

static void
take_keys(DzFetch *fetch)
{
	const DzPlan *plan = &fetch->source->plan;
	DzProblem problem = {0};

	if (DzCredentialsSet(
			&fetch->have, plan->access_key_id, plan->secret_access_key,
			plan->session_token, plan->account_id,
			plan->is_environment ? "The server's environment" : "The profile",
			&problem))
		DzFetchGotBase(fetch);
	else
		DzFetchFailProblem(fetch, &problem);
}

/* "have" holds the base's credentials. */
void
DzFetchGotBase(DzFetch *fetch)
{
	fetch->has_base = true;
	advance(fetch);
}

/* "region" is set. */
void
DzFetchGotRegion(DzFetch *fetch)
{
	advance(fetch);
}

/* "have" holds those of the role. */
void
DzFetchGotRole(DzFetch *fetch)
{
	fetch->role++;
	advance(fetch);
}

/* The Region that STS is asked in, or NULL. */
const char *
DzFetchRegion(const DzFetch *fetch)
{
	if (fetch->source->settings.region != NULL)
		return fetch->source->settings.region;
	return fetch->region[0] != '\0' ? fetch->region : NULL;
}

/* ----------
 * Failures
 * ----------
 */

/* The fetch has failed; "fmt" gives whole sentences without a secret. */
void
DzFetchFail(DzFetch *fetch, int sqlstate, const char *hint, const char *fmt,
			...)
{
	char detail[DZ_AWS_FAILURE_DETAIL];
	va_list args;

	va_start(args, fmt);
	vsnprintf(detail, sizeof(detail), fmt, args);
	va_end(args);
	DzFailureSet(&fetch->failure, sqlstate, "", hint, detail);
	fetch->is_over = true;
	fetch->is_ok = false;
}

void
DzFetchFailProblem(DzFetch *fetch, const DzProblem *problem)
{
	DzFailureOfProblem(&fetch->failure, problem);
	fetch->is_over = true;
	fetch->is_ok = false;
}

/* ----------
 * What the sources have in common
 * ----------
 */

/*
 * Read a file that holds a token; "what" begins a sentence ("The token
 * file").  False: it failed.
 */
bool
DzFetchReadFile(DzFetch *fetch, const char *path, const char *what,
				DzBuffer *out)
{
	const char *why = "there is no such file";

	DzBufferReset(out);
	switch (DzFileRead(path, DZ_FETCH_MAX_ANSWER, out, &why, NULL))
	{
		case DZ_FILE_READ:
			return true;
		case DZ_FILE_NO_MEMORY:
			ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
							errmsg("out of memory for a file")));
			break;
		case DZ_FILE_ABSENT:
		case DZ_FILE_UNREADABLE:
			break;
	}
	DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
				"Let the server's operating system user read the file.",
				"%s \"%s\" could not be read: %s.", what, path, why);
	return false;
}

/* Start a call of a service; "step" is done when it has ended. */
void
DzFetchCall(DzFetch *fetch, const DzAwsClientConfig *config,
			const DzAwsRequest *request, void (*step)(DzFetch *fetch))
{
	DzAwsClient *volatile client = DzAwsClientCreate(config);

	fetch->next = step;
	PG_TRY();
	{
		fetch->call =
			DzAwsStart(fetch->step_cxt, client, request, on_call, fetch);
	}
	PG_FINALLY();
	{
		DzAwsClientRelease(client);
	}
	PG_END_TRY();
}

static void
on_call(DzAwsCall *call, DzAwsEvent event, void *arg)
{
	DzFetch *fetch = arg;

	if (event == DZ_AWS_DONE)
		DzFetchStep(fetch, fetch->next);
}

/*
 * The call has failed: say of what service, "The Security Token Service", and
 * what to do if it refused.  The reply's words have been redacted.
 */
void
DzFetchRefused(DzFetch *fetch, const char *source, const char *hint)
{
	const DzAwsReply *reply = DzAwsResult(fetch->call);
	int sqlstate = refusal_sqlstate(reply);
	StringInfoData detail;

	fetch->is_over = true;
	fetch->is_ok = false;
	if (reply->outcome == DZ_AWS_NO_CREDENTIALS)
	{
		fetch->failure = *reply->failure;
		return;
	}

	initStringInfo(&detail);
	append_refusal(&detail, source, reply);
	if (reply->outcome == DZ_AWS_NOT_CONNECTED ||
		reply->outcome == DZ_AWS_LOST)
		hint = "Check the Region, and this host's network and name service.";
	else if (sqlstate != ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION &&
			 sqlstate != ERRCODE_INSUFFICIENT_PRIVILEGE)
		hint = "Try again later.";
	DzFailureSet(&fetch->failure, sqlstate, reply->code, hint, detail.data);
}

/* A source that does not answer is one that cannot be reached. */
static int
refusal_sqlstate(const DzAwsReply *reply)
{
	switch (reply->outcome)
	{
		case DZ_AWS_NOT_CONNECTED:
		case DZ_AWS_LOST:
			return ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION;
		case DZ_AWS_NO_MEMORY:
			return ERRCODE_OUT_OF_MEMORY;
		case DZ_AWS_REFUSED:
			break;
		default:
			return ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION;
	}

	if (DzRetryClassify(reply->http_status, reply->code) ==
		DZ_RETRY_THROTTLING)
		return ERRCODE_INSUFFICIENT_RESOURCES;
	if (reply->http_status >= 500)
		return ERRCODE_SYSTEM_ERROR;
	if (strncmp(reply->code, "AccessDenied", strlen("AccessDenied")) == 0)
		return ERRCODE_INSUFFICIENT_PRIVILEGE;
	return ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION;
}

static void
append_refusal(StringInfo detail, const char *source, const DzAwsReply *reply)
{
	bool has_id = reply->request_id[0] != '\0';

	switch (reply->outcome)
	{
		case DZ_AWS_REFUSED:
			appendStringInfo(
				detail, "%s answered %s (HTTP status %d%s%s)", source,
				reply->code[0] != '\0' ? reply->code : "with an error",
				reply->http_status, has_id ? ", request ID " : "",
				reply->request_id);
			break;
		case DZ_AWS_NOT_CONNECTED:
			appendStringInfo(detail, "%s could not be reached", source);
			break;
		case DZ_AWS_LOST:
			appendStringInfo(detail, "%s did not answer", source);
			break;
		case DZ_AWS_NO_MEMORY:
			appendStringInfoString(detail, "Out of memory");
			break;
		default:
			appendStringInfo(detail,
							 "%s gave an unexpected answer (HTTP status %d)",
							 source, reply->http_status);
			break;
	}
	if (reply->message[0] != '\0')
		appendStringInfo(detail, ": %s", reply->message);
	if (strchr(".!?", detail->data[detail->len - 1]) == NULL)
		appendStringInfoChar(detail, '.');
}

/* Microseconds since 1970, by the clock that expiries are told by. */
int64
DzFetchNowUs(void)
{
	return GetCurrentTimestamp() +
		   (int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY;
}

/* ----------
 * JSON
 * ----------
 */

static bool
member_of(void *arg, const char *name, DzMember *out)
{
	const DzJson *member = DzJsonMember(arg, name);

	if (member == NULL)
		return false;
	switch (DzJsonTypeOf(member))
	{
		case DZ_JSON_STRING:
			out->is_string = true;
			out->text = DzJsonString(member, &out->len);
			return true;
		case DZ_JSON_NUL_STRING:
			out->is_string = true;
			out->text = "";
			out->len = 1;
			return true;
		case DZ_JSON_NUMBER:
			out->is_string = false;
			out->text = DzJsonNumber(member, &out->len);
			return true;
		default:
			return false;
	}
}

/* The object in "text", which is changed; NULL and a problem if it is none. */
static const DzJson *
read_object(const char *source, char *text, size_t len, DzProblem *problem)
{
	DzJsonError error;
	const char *why;
	const DzJson *json =
		DzJsonParseInPlace(CurrentMemoryContext, text, len, &error, &why);

	if (json != NULL && DzJsonTypeOf(json) == DZ_JSON_OBJECT)
		return json;
	(void) DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
						"%s gave something that is not a JSON object.",
						source);
	return NULL;
}

/*
 * Take credentials out of an answer in JSON, which is changed.  False: it has
 * none that are of use, and "problem" says why.
 */
bool
DzFetchReadJson(DzFetch *fetch, DzAnswerForm form, char *text, size_t len,
				DzProblem *problem)
{
	static const char *const sources[DZ_ANSWER_FORMS] = {
		[DZ_ANSWER_PROCESS] = "The credential_process",
		[DZ_ANSWER_CONTAINER] = "The container's credential service",
		[DZ_ANSWER_IMDS] = "The instance metadata service",
		[DZ_ANSWER_SSO] = "IAM Identity Center"};
	const DzJson *json = read_object(sources[form], text, len, problem);

	if (json != NULL && form == DZ_ANSWER_SSO)
	{
		json = DzJsonMember(json, "roleCredentials");
		if (json == NULL || DzJsonTypeOf(json) != DZ_JSON_OBJECT)
			return DzProblemSet(problem, DZ_PROBLEM_ANSWER, "",
								"%s gave no roleCredentials.", sources[form]);
	}
	return json != NULL && DzCredentialsRead(&fetch->have, form, member_of,
											 (void *) json, problem);
}

/*
 * Take the token out of the cached one's file, which is changed; *token points
 * into it.
 */
bool
DzFetchReadSsoToken(char *text, size_t len, int64 now_us, const char **token,
					size_t *token_len, DzProblem *problem)
{
	const DzJson *json = read_object("The cached token of IAM Identity Center",
									 text, len, problem);

	return json != NULL && DzSsoTokenRead(member_of, (void *) json, now_us,
										  token, token_len, problem);
}
