/*-------------------------------------------------------------------------
 *
 * problem.c
 *		What the pure parts say when credentials or settings are of no use.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/problem.h"

#include <stdarg.h>
#include <stdio.h>

bool
DzProblemSet(DzProblem *problem, DzProblemKind kind, const char *hint,
			 const char *detail, ...)
{
	va_list args;

	problem->kind = kind;
	(void) snprintf(problem->hint, sizeof(problem->hint), "%s", hint);
	va_start(args, detail);
	(void) vsnprintf(problem->detail, sizeof(problem->detail), detail, args);
	va_end(args);
	for (char *p = problem->detail; *p != '\0'; p++)
	{
		if (*p < ' ' || *p > '~')
			*p = '?';
	}

	return false;
}

bool
DzProblemNoMemory(DzProblem *problem)
{
	return DzProblemSet(problem, DZ_PROBLEM_NO_MEMORY, "", "Out of memory.");
}
