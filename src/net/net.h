/*-------------------------------------------------------------------------
 *
 * net.h
 *		The network room: one event loop, HTTP transfers on it, JSON.
 *
 * Wording:  the *loop* is the process's only one.  A *transfer* is one HTTP
 * request and its answer.  A *timer* calls a function of ours when it is due.
 * Callbacks run in DzLoopTurn(), never below libcurl's frames, so they may
 * throw.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_NET_H
#define DATAZONE_NET_H

#include "lib/ilist.h"
#include "lib/pairingheap.h"
#include "utils/palloc.h"

/* ---- guard.c: foreign handles tied to a memory context ---- */

typedef void (*DzReleaseFn)(void *handle);

typedef struct DzGuard
{
	void *handle; /* NULL: nothing to release */
	DzReleaseFn release;
	MemoryContextCallback cb;
} DzGuard;

extern DzGuard *DzGuardCreate(MemoryContext owner, DzReleaseFn release);
extern void DzGuardRelease(void *arg);

/* ---- loop.c ---- */

typedef void (*DzTimerFn)(void *arg);

/* A timer lives in its owner's memory; it must be cancelled before that goes. */
typedef struct DzTimer
{
	pairingheap_node node;
	bool armed;
	int64 due_us; /* monotonic clock */
	DzTimerFn fn;
	void *arg;
} DzTimer;

/*
 * A descriptor that the loop is to watch for being readable, or at its end: a
 * pipe of ours.  Like a timer it lives in its owner's memory, and it must be
 * given up before the descriptor is closed.
 */
typedef struct DzWatch
{
	dlist_node node;
	bool active;
	bool is_ready;
	int fd;
	DzTimerFn fn;
	void *arg;
} DzWatch;

extern void DzWatchSet(DzWatch *watch, int fd, DzTimerFn fn, void *arg);
extern void DzWatchCancel(DzWatch *watch);
extern int64 DzNowMonotonicUs(void);
extern void DzTimerSet(DzTimer *timer, int64 delay_us, DzTimerFn fn,
					   void *arg);
extern void DzTimerCancel(DzTimer *timer);
extern void DzLoopTurn(int64 max_wait_us);
extern void DzLoopKeepConnections(int n);

/* ---- http.c ---- */

typedef struct DzHttpHeader
{
	const char *name;
	const char *value;
} DzHttpHeader;

typedef struct DzHttpRequest
{
	const char *method;
	const char *url; /* complete, percent-encoded */
	const DzHttpHeader *headers;
	int nheaders;
	const char *body; /* must live until the transfer is done */
	size_t body_len;
	int connect_timeout_ms; /* DNS, TCP and TLS together */
	int request_timeout_ms; /* the whole transfer, connecting included */
	size_t max_body; /* bytes of answer, decoded */
	const char *proxy; /* NULL: the environment's; "": none */
	const char *ca_file; /* NULL: the system's */

	/*
	 * Use a new connection.  On a kept one that turns out dead libcurl sends
	 * the request again by itself, which must not happen to a write that may
	 * have been carried out.
	 */
	bool send_once;

	bool is_secret; /* the answer's body is wiped when it goes */
} DzHttpRequest;

/* How a transfer ended, as far as HTTP itself can tell. */
typedef enum DzHttpOutcome
{
	DZ_HTTP_PENDING,
	DZ_HTTP_ANSWERED, /* a complete answer, whatever its status */
	DZ_HTTP_NOT_CONNECTED, /* DNS, TCP or TLS failed: nothing was sent */
	DZ_HTTP_CONNECT_TIMEOUT, /* the same, by time-out */
	DZ_HTTP_LOST, /* connection lost once connected, or a body cut short */
	DZ_HTTP_TIMEOUT, /* request_timeout after connecting */
	DZ_HTTP_TOO_LARGE, /* answer above max_body or header limit */
	DZ_HTTP_GARBLED, /* not HTTP, or an encoding that does not decode */
	DZ_HTTP_NO_MEMORY
} DzHttpOutcome;

typedef struct DzHttpTransfer DzHttpTransfer;
typedef void (*DzHttpDoneFn)(DzHttpTransfer *transfer, void *arg);

extern DzHttpTransfer *DzHttpStart(MemoryContext owner,
								   const DzHttpRequest *request,
								   DzHttpDoneFn done, void *arg);
extern DzHttpOutcome DzHttpResult(const DzHttpTransfer *transfer);
extern const char *DzHttpFailureText(const DzHttpTransfer *transfer);
extern int DzHttpStatus(const DzHttpTransfer *transfer);
extern const char *DzHttpBody(const DzHttpTransfer *transfer, size_t *len);
extern const char *DzHttpHeaderValue(DzHttpTransfer *transfer,
									 const char *name);

/* ---- json.c ---- */

/* A value inside a parsed document; lives as long as that. */
typedef struct DzJson DzJson;

typedef enum DzJsonType
{
	DZ_JSON_OBJECT,
	DZ_JSON_ARRAY,
	DZ_JSON_STRING,
	DZ_JSON_NUL_STRING, /* with a NUL character: DzJsonString() gives none */
	DZ_JSON_NUMBER,
	DZ_JSON_TRUE,
	DZ_JSON_FALSE,
	DZ_JSON_NULL
} DzJsonType;

typedef enum DzJsonError
{
	DZ_JSON_OK,
	DZ_JSON_INVALID,
	DZ_JSON_TOO_DEEP,
	DZ_JSON_TOO_MANY
} DzJsonError;

/* nesting that an answer may have; DataZone's own shapes stay below 20 */
#define DZ_JSON_MAX_DEPTH 256

/*
 * Values and names that an answer may hold: 16 MB of nodes.  The largest page
 * that DataZone can send, 50 assets with forms, has some thousands.
 */
#define DZ_JSON_MAX_VALUES (1024 * 1024)

extern const DzJson *DzJsonParse(MemoryContext owner, const char *text,
								 size_t len, DzJsonError *error,
								 const char **message);
extern const DzJson *DzJsonParseInPlace(MemoryContext owner, char *text,
										size_t len, DzJsonError *error,
										const char **message);
extern DzJsonType DzJsonTypeOf(const DzJson *value);
extern const char *DzJsonTypeName(const DzJson *value);
extern size_t DzJsonLength(const DzJson *value);
extern const DzJson *DzJsonFirst(const DzJson *container);
extern const DzJson *DzJsonNext(const DzJson *value);
extern const DzJson *DzJsonWalk(const DzJson *value, const DzJson *at);
extern const DzJson *DzJsonMember(const DzJson *object, const char *name);
extern const char *DzJsonString(const DzJson *value, size_t *len);
extern const char *DzJsonNumber(const DzJson *value, size_t *len);
extern bool DzJsonInteger(const DzJson *value, int64 *integer);

#endif /* DATAZONE_NET_H */
