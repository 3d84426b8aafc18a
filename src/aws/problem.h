/*-------------------------------------------------------------------------
 *
 * problem.h
 *		What the pure parts say when credentials or settings are of no use.
 *
 * They cannot ereport(), and what went wrong with a profile is more than a
 * constant: which file, which line, which profile, which key.  So they write
 * the sentences of an errdetail and an errhint here, and the caller raises.
 *
 * A problem never repeats a value of a file, of the environment or of an
 * answer, which may be a secret: only names of profiles, sections, keys,
 * variables and files.  Bytes that are not printable ASCII become '?', so the
 * text is valid in every encoding.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_PROBLEM_H
#define DATAZONE_AWS_PROBLEM_H

#include <stdbool.h>

typedef enum DzProblemKind
{
	DZ_PROBLEM_NONE,
	DZ_PROBLEM_NO_MEMORY,
	DZ_PROBLEM_SYNTAX, /* a file that is not what it should be */
	DZ_PROBLEM_CONFIG, /* settings that contradict or lack each other */
	DZ_PROBLEM_NOTHING, /* nothing is configured */
	DZ_PROBLEM_ANSWER /* what a source of credentials answered is no use */
} DzProblemKind;

/* Zeroed = none. */
typedef struct DzProblem
{
	DzProblemKind kind;
	char detail[1024]; /* whole sentences, for errdetail */
	char hint[320]; /* what to do, for errhint; may be "" */
} DzProblem;

/*
 * Write a problem down.  Always returns false, for "return DzProblemSet(...)".
 * "hint" is a constant; a detail that is too long is cut.
 */
extern bool DzProblemSet(DzProblem *problem, DzProblemKind kind,
						 const char *hint, const char *detail, ...)
	__attribute__((format(printf, 4, 5)));

/* The same for memory, which needs no words. */
extern bool DzProblemNoMemory(DzProblem *problem);

#endif /* DATAZONE_AWS_PROBLEM_H */
