/*-------------------------------------------------------------------------
 *
 * target.c
 *		The sides that are fuzzed: answers, and params.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/fmgrprotos.h"

#include "fuzz_server.h"

/* what datazone_call() makes of an empty success is of no interest here */
#define EMPTY_ANSWER "200\n\n{}"

static void run_response(const char *input, size_t len);
static void run_request(const char *input, size_t len);
static Jsonb *read_params(const char *utf8, size_t len);
static ErrorData *call_routine(DzRoutine *routine, const char *name,
							   Jsonb *params);
static bool is_expected(int sqlstate, const int *expected);
static bool is_about_encoding(int sqlstate);

static const DzFuzzTarget targets[] = {{"response", true, true, run_response},
									   {"request", true, false, run_request},
									   {"json", false, true, DzDocumentRun}};

const DzFuzzTarget *dz_fuzz_target = NULL;

/* What an answer may lead to, beside what the service's errors map to. */
static const int response_errors[] = {
	ERRCODE_FDW_UNABLE_TO_CREATE_REPLY,
	ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION,
	ERRCODE_FDW_UNABLE_TO_CREATE_EXECUTION,
	ERRCODE_PROGRAM_LIMIT_EXCEEDED,
	ERRCODE_OUT_OF_MEMORY,
	ERRCODE_INVALID_PARAMETER_VALUE,
	ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
	ERRCODE_INSUFFICIENT_PRIVILEGE,
	ERRCODE_UNDEFINED_OBJECT,
	ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
	ERRCODE_CONFIGURATION_LIMIT_EXCEEDED,
	ERRCODE_INSUFFICIENT_RESOURCES,
	ERRCODE_SYSTEM_ERROR,
	ERRCODE_LOCK_NOT_AVAILABLE,
	0};

/* Params that are refused; and of what went through, the empty answer. */
static const int request_errors[] = {
	ERRCODE_INVALID_PARAMETER_VALUE, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
	ERRCODE_STATEMENT_TOO_COMPLEX, ERRCODE_FDW_UNABLE_TO_CREATE_REPLY, 0};

const DzFuzzTarget *
DzFuzzTargetFind(const char *name)
{
	for (int i = 0; i < (int) lengthof(targets); i++)
		if (strcmp(targets[i].name, name) == 0)
			return &targets[i];
	return NULL;
}

size_t
DzFuzzFirstLine(const char *input, size_t len, size_t *rest)
{
	const char *end = memchr(input, '\n', len);
	size_t line = end != NULL ? (size_t) (end - input) : len;

	*rest = end != NULL ? line + 1 : len;
	return line;
}

/* Any bytes as the answers to a call that is itself in order. */
static void
run_response(const char *input, size_t len)
{
	size_t rest;
	size_t line = DzFuzzFirstLine(input, len, &rest);
	DzRoutine *routine = DzRoutineFind(input, line);
	ErrorData *error;

	if (routine == NULL)
	{
		uint32 hash = hash_bytes((const unsigned char *) input, (int) line);

		routine = DzRoutineAt((int) (hash % DzRoutineCount()));
	}
	DzWireScript(input + rest, len - rest);
	error = call_routine(routine, NULL, NULL);
	DzFuzzRequireOf(DzWireSent() > 0, error ? error->message : "nothing sent");
	if (error != NULL)
		DzFuzzRequireOf(is_expected(error->sqlerrcode, response_errors),
						psprintf("%s: %s", unpack_sql_state(error->sqlerrcode),
								 error->message));
}

/* Any jsonb as the params of a call. */
static void
run_request(const char *input, size_t len)
{
	size_t rest;
	size_t line = DzFuzzFirstLine(input, len, &rest);
	DzRoutine *routine = DzRoutineFind(input, line);
	Jsonb *params = read_params(input + rest, len - rest);
	char *name = pnstrdup(input, line);
	ErrorData *error;

	if (params == NULL || !pg_verifymbstr(name, (int) strlen(name), true))
		return;
	DzWireScript(EMPTY_ANSWER, strlen(EMPTY_ANSWER));
	error = call_routine(routine, name, params);
	if (error == NULL)
	{
		DzFuzzRequire(DzWireSent() > 0);
		return;
	}
	DzFuzzRequireOf(is_expected(error->sqlerrcode, request_errors),
					psprintf("%s: %s", unpack_sql_state(error->sqlerrcode),
							 error->message));

	/* what was refused was not sent, and what was sent had been accepted */
	DzFuzzRequireOf((DzWireSent() > 0) == (error->sqlerrcode ==
										   ERRCODE_FDW_UNABLE_TO_CREATE_REPLY),
					error->message);
}

/* The params as a client that sends UTF-8 would get them in, or NULL. */
static Jsonb *
read_params(const char *utf8, size_t len)
{
	MemoryContext caller = CurrentMemoryContext;
	Jsonb *volatile params = NULL;

	if (memchr(utf8, '\0', len) != NULL ||
		!pg_verify_mbstr(PG_UTF8, utf8, (int) len, true))
		return NULL;
	PG_TRY();
	{
		char *text = pnstrdup(utf8, len);

		text = pg_any_to_server(text, (int) len, PG_UTF8);
		params = DatumGetJsonbP(
			DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
	}
	PG_CATCH();
	{
		/* no JSON, or what jsonb cannot hold: not ours to judge */
		MemoryContextSwitchTo(caller);
		FlushErrorState();
	}
	PG_END_TRY();
	return params;
}

/* Call a routine, or if it is NULL an operation called "name". */
static ErrorData *
call_routine(DzRoutine *routine, const char *name, Jsonb *params)
{
	MemoryContext caller = CurrentMemoryContext;
	ErrorContextCallback *context = error_context_stack;
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		if (routine != NULL)
			DzRoutineCall(routine, params);
		else
			DzRoutineCallUnknown(name, params);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();
	DzFuzzRequire(error_context_stack == context);
	if (error != NULL)
		DzOutcomeError(error);
	return error;
}

static bool
is_expected(int sqlstate, const int *expected)
{
	for (; *expected != 0; expected++)
		if (sqlstate == *expected)
			return true;
	return is_about_encoding(sqlstate);
}

/* UTF-8 holds every character; what else a database has may not. */
static bool
is_about_encoding(int sqlstate)
{
	return GetDatabaseEncoding() != PG_UTF8 &&
		   sqlstate == ERRCODE_UNTRANSLATABLE_CHARACTER;
}
