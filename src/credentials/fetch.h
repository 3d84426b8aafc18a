/*-------------------------------------------------------------------------
 *
 * fetch.h
 *		Inside of the credentials room: carrying a plan out.
 *
 *	  region ──► base ──► role ──► role ──► ... ──► end
 *
 * A fetch is a state machine on the loop.  Its callbacks run in turns of
 * whoever turns the loop, perhaps for a request that has nothing to do with
 * it: so what goes wrong, errors that are thrown included, is the fetch's own
 * failure and never passes the step (DzFetchStep).
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_FETCH_H
#define DATAZONE_CREDENTIALS_FETCH_H

#include "credentials/credentials.h"
#include "credentials/metadata.h"
#include "credentials/plan.h"
#include "credentials/source.h"

/* bytes that an answer with credentials, or a file with a token, may have */
#define DZ_FETCH_MAX_ANSWER (64 * 1024)

/* What a fetch is made of; must outlive it. */
typedef struct DzFetchSource
{
	DzPlan plan;
	DzSettings settings;
	const char *server_name;
	Oid server;
	const char *imds_url; /* to ask for the Region; NULL: need not */
} DzFetchSource;

typedef struct DzFetch DzFetch;
typedef void (*DzFetchDoneFn)(DzFetch *fetch, void *arg);

/* IMDS's part. */
typedef struct DzImdsFetch
{
	const char *url; /* the endpoint */
	DzImdsStep goal; /* GET_ROLE or GET_REGION: what comes after the token */
	DzImdsStep step;
	DzBuffer token; /* a secret */
	DzBuffer path; /* of the role's credentials */
	bool has_renewed; /* the token, once */
} DzImdsFetch;

/* A child process's part. */
typedef struct DzProcessFetch
{
	int pid; /* 0: none */
	int fd; /* its output; -1: none */
	DzWatch watch;
	DzBuffer output; /* a secret */
	int64 deadline_us; /* monotonic clock */
} DzProcessFetch;

struct DzFetch
{
	MemoryContext cxt; /* holds all of this */
	MemoryContext step_cxt; /* one request's */
	MemoryContextCallback cleanup;
	const DzFetchSource *source;
	DzFetchDoneFn done;
	void *arg;

	void (*next)(DzFetch *fetch); /* what a timer continues with */
	DzTimer timer;
	int tries; /* of the request under way */
	DzHttpTransfer *transfer; /* or */
	DzAwsCall *call;
	DzBuffer body; /* what is sent to STS, a secret */
	DzBuffer secret; /* a token, a secret */
	DzImdsFetch imds;
	DzProcessFetch process;

	char region[64]; /* "": not known */
	bool has_base;
	DzCredentials have; /* of the last step */
	int role; /* the next one to assume */

	bool is_over;
	bool is_ok; /* "have" is what was wanted */
	DzAwsFailure failure;
};

/* ---- fetch.c ---- */

/*
 * Start; "done" is called once, in a turn of the loop, and may end the fetch.
 * Throws only when out of memory.
 */
extern DzFetch *DzFetchStart(const DzFetchSource *source, DzFetchDoneFn done,
							 void *arg);

/* End it, in whichever state it is: nothing is left.  Does not throw. */
extern void DzFetchEnd(DzFetch *fetch);

/* for the files of the sources */

extern void DzFetchStep(DzFetch *fetch, void (*step)(DzFetch *fetch));
extern void DzFetchLater(DzFetch *fetch, int64 delay_us,
						 void (*step)(DzFetch *fetch));
extern void DzFetchPause(DzFetch *fetch, void (*step)(DzFetch *fetch));
extern void DzFetchGotBase(DzFetch *fetch);
extern void DzFetchGotRegion(DzFetch *fetch);
extern void DzFetchGotRole(DzFetch *fetch);
extern void DzFetchFail(DzFetch *fetch, int sqlstate, const char *hint,
						const char *fmt, ...) pg_attribute_printf(4, 5);
extern void DzFetchFailProblem(DzFetch *fetch, const DzProblem *problem);
extern void DzFetchRefused(DzFetch *fetch, const char *source,
						   const char *hint);
extern bool DzFetchReadFile(DzFetch *fetch, const char *path, const char *what,
							DzBuffer *out);
extern const char *DzFetchRegion(const DzFetch *fetch);
extern void DzFetchCall(DzFetch *fetch, const DzAwsClientConfig *config,
						const DzAwsRequest *request,
						void (*step)(DzFetch *fetch));
extern bool DzFetchReadJson(DzFetch *fetch, DzAnswerForm form, char *text,
							size_t len, DzProblem *problem);
extern bool DzFetchReadSsoToken(char *text, size_t len, int64 now_us,
								const char **token, size_t *token_len,
								DzProblem *problem);
extern int64 DzFetchNowUs(void);

/* ---- the sources; each ends with DzFetchGot...() or DzFetchFail() ---- */

extern void DzFetchProcess(DzFetch *fetch);
extern void DzFetchProcessStop(DzProcessFetch *process);
extern void DzFetchContainer(DzFetch *fetch);
extern void DzFetchImds(DzFetch *fetch);
extern void DzFetchImdsRegion(DzFetch *fetch);
extern void DzFetchWebIdentity(DzFetch *fetch);
extern void DzFetchSso(DzFetch *fetch);
extern void DzFetchRole(DzFetch *fetch);

/* ---- failure.c ---- */

extern void DzFailureSet(DzAwsFailure *failure, int sqlstate, const char *code,
						 const char *hint, const char *detail);
extern void DzFailureOfProblem(DzAwsFailure *failure,
							   const DzProblem *problem);
extern void DzFailureOfError(DzAwsFailure *failure, const ErrorData *error);

/* ---- cache.c ---- */

/*
 * A provider that fetches by "source", which it takes over: it lies in "cxt",
 * which is the provider's from here on, its plan's texts are wiped at the
 * end.  "digest" NULL: what is fetched is shared with nobody.
 */
extern DzAwsProvider *DzCacheCreate(MemoryContext cxt, DzFetchSource *source,
									Oid server, Oid mapping,
									const unsigned char *digest);

#endif /* DATAZONE_CREDENTIALS_FETCH_H */
