/*-------------------------------------------------------------------------
 *
 * fuzz_server.h
 *		The fuzzers that run in a server process.
 *
 * The SQL functions of the extension are called as SQL calls them, with all
 * that lies below; only the network is not there.  wire.c hands out what the
 * fuzzer made instead of answers, and looks at what would have been sent.
 *
 * Wording:  a *routine* is a call that SQL can make: datazone_call() or
 * datazone_list() of one operation, or a typed function.  A *script* is the
 * answers that the service will give.  An *input* is what libFuzzer makes:
 * a routine's name, a line end, and what the target is about; or, of one
 * target, just JSON.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_FUZZ_SERVER_H
#define DATAZONE_FUZZ_SERVER_H

#include "api/api.h"
#include "aws/buffer.h"
#include "compat.h"

/* What does not hold ends the process: libFuzzer then keeps the input. */
#define DzFuzzRequire(condition) \
	do \
	{ \
		if (!(condition)) \
			DzFuzzFail(__FILE__, __LINE__, #condition, NULL); \
	} while (0)

#define DzFuzzRequireOf(condition, what) \
	do \
	{ \
		if (!(condition)) \
			DzFuzzFail(__FILE__, __LINE__, #condition, (what)); \
	} while (0)

pg_noreturn extern void DzFuzzFail(const char *file, int line,
								   const char *condition, const char *what);

/* ---- routine.c ---- */

typedef struct DzRoutine
{
	const char *name; /* see routine.c */
	const DzOperation *op;
	const struct DzRoutineFunction *function;
	Jsonb *least; /* params that pass, once they have been made */
} DzRoutine;

extern void DzRoutineInit(void);
extern int DzRoutineCount(void);
extern DzRoutine *DzRoutineAt(int i);
extern DzRoutine *DzRoutineFind(const char *name, size_t len);

/*
 * Call a routine and look at what it returns.  NULL for "params": such as
 * pass.  Throws what the routine throws.
 */
extern void DzRoutineCall(DzRoutine *routine, Jsonb *params);

/* Call datazone_call() with an operation that there is not. */
extern void DzRoutineCallUnknown(const char *name, Jsonb *params);

/* Secrets of the connection: no message may hold one. */
extern const char *const dz_fuzz_secrets[];

/* That no call holds on to the connection's client. */
extern void DzRoutineRequireSettled(void);

/* ---- wire.c ---- */

/* Answers to come; the last one is given to all requests that follow. */
extern void DzWireScript(const char *text, size_t len);

/* How many requests there were since then. */
extern int DzWireSent(void);

/* That nothing is on its way and no timer runs. */
extern void DzWireRequireSettled(void);

/* ---- outcome.c ---- */

extern void DzOutcomeText(const char *text);
extern void DzOutcomeJsonb(Jsonb *value);
extern void DzOutcomeError(const ErrorData *error);

/* ---- document.c ---- */

/* Read any bytes as JSON, and compare that with what the server reads. */
extern void DzDocumentRun(const char *text, size_t len);

/* ---- sample.c ---- */

typedef struct DzSample
{
	DzBuffer out;
	uint64 state; /* of the random numbers */
	bool is_answer; /* else params */
	bool is_least; /* what is required, and correct */
	int depth;
} DzSample;

extern uint64 DzSampleRandom(DzSample *sample, uint64 limit);

/* Append an object for an operation, as params or as an answer's body. */
extern void DzSampleObject(DzSample *sample, const DzOperation *op);

/* ---- target.c ---- */

typedef struct DzFuzzTarget
{
	const char *name;
	bool has_routine; /* in its first line */
	bool is_answer; /* what follows is; else params */
	void (*run)(const char *input, size_t len);
} DzFuzzTarget;

extern const DzFuzzTarget *DzFuzzTargetFind(const char *name);

/* the target that runs in this process: for mutate.c */
extern const DzFuzzTarget *dz_fuzz_target;

/* Split an input: the first line's length, and where the rest begins. */
extern size_t DzFuzzFirstLine(const char *input, size_t len, size_t *rest);

#endif /* DATAZONE_FUZZ_SERVER_H */
