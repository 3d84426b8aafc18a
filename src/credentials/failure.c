/*-------------------------------------------------------------------------
 *
 * failure.c
 *		Why there are no credentials, as the room below tells it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "credentials/fetch.h"

static void
copy_ascii(char *out, size_t size, const char *text)
{
	strlcpy(out, text, size);
	for (; *out != '\0'; out++)
	{
		if (*out < ' ' || *out > '~')
			*out = '?';
	}
}

/*
 * Set "failure".  "code" is a service's that refused, or ""; "detail" is whole
 * sentences without a secret, and may quote a service's redacted words.
 */
void
DzFailureSet(DzAwsFailure *failure, int sqlstate, const char *code,
			 const char *hint, const char *detail)
{
	failure->sqlstate = sqlstate;
	copy_ascii(failure->code, sizeof(failure->code), code);
	copy_ascii(failure->hint, sizeof(failure->hint), hint);
	copy_ascii(failure->detail, sizeof(failure->detail), detail);
}

/* Everything that is wrong with settings and answers is 28000. */
void
DzFailureOfProblem(DzAwsFailure *failure, const DzProblem *problem)
{
	DzFailureSet(failure,
				 problem->kind == DZ_PROBLEM_NO_MEMORY
					 ? ERRCODE_OUT_OF_MEMORY
					 : ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
				 "", problem->hint, problem->detail);
}

/* An error that was thrown on the way: out of memory, or none that we know. */
void
DzFailureOfError(DzAwsFailure *failure, const ErrorData *error)
{
	char detail[DZ_AWS_FAILURE_DETAIL];

	snprintf(detail, sizeof(detail), "%s%s%s",
			 error->message ? error->message : "Unknown error",
			 error->detail ? ": " : "", error->detail ? error->detail : "");
	DzFailureSet(failure, error->sqlerrcode, "", "", detail);
}
