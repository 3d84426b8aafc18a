/*-------------------------------------------------------------------------
 *
 * api.h
 *		The API room: DataZone's operations as data.
 *
 * An *operation* is one row of the generated table.  A request is built from
 * params (jsonb, the API's own member names) and the operation's shapes; the
 * answer comes back as parsed JSON.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_API_H
#define DATAZONE_API_H

#include "api/jsontext.h"
#include "api/model.h"
#include "aws/aws.h"
#include "compat.h"
#include "utils/array.h"
#include "utils/jsonb.h"

/* ---- params.c ---- */

/* members that a typed function, or a listing, may set */
#define DZ_MAX_PARAMS 12

/*
 * What a call is made with.  Values and names are not copied: they must stay
 * until the request is built.
 */
typedef struct DzParams
{
	Jsonb *object; /* members given as a whole; NULL: none */
	int count;
	struct
	{
		const char *name;
		JsonbValue value;
	} members[DZ_MAX_PARAMS]; /* single ones; they win over the object's */
} DzParams;

/* A NULL value is left out, as an absent argument is. */
extern DzParams *DzParamsBegin(void);
extern DzParams *DzParamsOf(Jsonb *object);
extern DzParams *DzParamsCopy(const DzParams *params);
extern void DzParamsText(DzParams *params, const char *name, char *value);
extern void DzParamsInteger(DzParams *params, const char *name, int64 value);
extern void DzParamsTextArray(DzParams *params, const char *name,
							  ArrayType *value);
extern void DzParamsJsonb(DzParams *params, const char *name, Jsonb *value);
extern Jsonb *DzParamsToJsonb(const DzParams *params);

/* ---- request.c ---- */

/*
 * Check "params" against the operation's input shape and build the request in
 * CurrentMemoryContext.  "root" is what error messages call the params
 * ("params", or NULL for a typed function, whose paths begin at the member).
 * A missing domainIdentifier is taken from "default_domain" (may be NULL); a
 * missing client token is made (UUID version 4).
 *
 * Errors: 22023 with the JSON path for anything that is wrong.
 */
extern DzAwsRequest *DzRequestBuild(const DzOperation *op,
									const DzParams *params, const char *root,
									const char *default_domain);

/* A successful answer: its body as an object, and whose answer it is. */
typedef struct DzAnswer
{
	const DzOperation *op;
	const DzJson *body; /* NULL: what came is no JSON object */
	bool is_empty; /* nothing came; the body is an object without members */
	const DzAwsCall *call; /* for messages; NULL: none */
} DzAnswer;

/* ---- call.c ---- */

/*
 * One call of an operation.  It lives in a memory context of its own below
 * the CurrentMemoryContext of its start: that one's end gives the call up.
 */
typedef struct DzCall DzCall;
typedef void (*DzCallDoneFn)(DzCall *call, void *arg);

extern DzCall *DzCallStart(DzAwsClient *client, const DzOperation *op,
						   const DzParams *params, const char *root,
						   const char *default_domain);
extern bool DzCallIsDone(const DzCall *call);
extern const DzAnswer *DzCallWait(DzCall *call);

/* for who has many calls under way at once, as the worker has */
extern int64 DzCallTakeToken(const DzAwsClient *client, const DzOperation *op);
extern DzCall *DzCallStartTaken(DzAwsClient *client, const DzOperation *op,
								const DzParams *params, const char *root,
								const char *default_domain);
extern void DzCallOnDone(DzCall *call, DzCallDoneFn fn, void *arg);
extern const DzAnswer *DzCallAnswer(DzCall *call);
extern const DzAwsReply *DzCallReply(const DzCall *call);
extern const char *DzCallBody(const DzCall *call, size_t *len);
extern void DzCallRelease(DzCall *call);

/* ---- pages.c ---- */

typedef struct DzPages DzPages;

extern DzPages *DzPagesOpen(DzAwsClient *client, const DzOperation *op,
							const DzParams *params, const char *root,
							const char *default_domain, int64 max_items);
extern const DzJson *DzPagesNext(DzPages *pages, size_t *count);
extern const DzAnswer *DzPagesAnswer(const DzPages *pages);

/* for who asks for the pages one by one, as the worker does */
extern const DzJson *DzPageItems(const DzAnswer *answer, size_t *count);
extern char *DzPageToken(const DzAnswer *answer);

/* What must be remembered of a listing's tokens so that it surely ends. */
typedef struct DzTokenCycle
{
	MemoryContext cxt;
	char *last;
	char *kept;
	uint64 count;
} DzTokenCycle;

extern void DzTokenCycleInit(DzTokenCycle *cycle, MemoryContext cxt);
extern void DzTokenCycleCheck(DzTokenCycle *cycle, const DzAnswer *answer,
							  const char *token);

/* ---- error.c ---- */

extern int DzReplySqlstate(const DzAwsReply *reply);
pg_noreturn extern void DzReplyThrow(const char *operation,
									 const DzAwsCall *call);
pg_noreturn extern void DzUnexpectedAnswer(const DzAnswer *answer,
										   const char *fmt, ...)
	pg_attribute_printf(2, 3);
pg_noreturn extern void DzAnswerRefuse(const DzAnswer *answer, int sqlstate,
									   const char *what);

/* ---- value.c: an answer by its operation's shape ---- */

extern Jsonb *DzValueToJsonb(const DzAnswer *answer, DzHttpTransfer *transfer,
							 const char *payload, size_t payload_len);
extern Jsonb *DzItemToJsonb(const DzAnswer *answer, const DzJson *item,
							size_t index);
extern bool DzJsonTime(const DzJson *value, int64_t *unix_us);

/* ---- value_any.c ---- */

extern Jsonb *DzJsonToJsonb(const DzAnswer *answer, const DzJson *value);
extern bool DzJsonFitsJsonb(const DzJson *value);

#endif /* DATAZONE_API_H */
