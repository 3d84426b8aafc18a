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

#include "aws/aws.h"
#include "api/model.h"
#include "utils/jsonb.h"

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
extern DzAwsRequest *DzRequestBuild(const DzOperation *op, Jsonb *params,
									const char *root,
									const char *default_domain);

/* ---- jsontext.c ---- */

/* Append "value" as compact JSON in the server's encoding. */
extern void DzJsonbCompact(StringInfo buf, JsonbContainer *value);

/* ---- call.c ---- */

typedef struct DzCall DzCall;

extern DzCall *DzCallStart(DzAwsClient *client, const DzOperation *op,
						   Jsonb *params, const char *root,
						   const char *default_domain);
extern const DzJson *DzCallWait(DzCall *call);
extern void DzCallRelease(DzCall *call);

#endif /* DATAZONE_API_H */
