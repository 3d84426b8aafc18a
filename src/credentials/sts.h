/*-------------------------------------------------------------------------
 *
 * sts.h
 *		AssumeRole of the Security Token Service: what is sent, what answers.
 *
 * Pure.  Source: the API reference of AWS STS, version 2011-06-15, and the
 * Query protocol.  AssumeRole is signed (service "sts"), and
 * AssumeRoleWithWebIdentity is not.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_STS_H
#define DATAZONE_CREDENTIALS_STS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aws/buffer.h"
#include "credentials/credentials.h"
#include "aws/errorcode.h"
#include "aws/problem.h"

#define DZ_STS_CONTENT_TYPE "application/x-www-form-urlencoded"
#define DZ_STS_SESSION_NAME_SIZE 65
#define DZ_STS_MESSAGE_SIZE 512

typedef struct DzStsRequest
{
	const char *role_arn;
	const char *session_name;
	const char *external_id; /* NULL: none */
	int duration_seconds; /* 0: the role's own */
	const char *web_identity_token; /* NULL: AssumeRole */
	size_t web_identity_token_len;
} DzStsRequest;

/*
 * Append the body to "out", which holds a secret if there is a token.  False:
 * the service would refuse what it is made of (a session name of other than
 * 2 to 64 letters, digits and _+=,.@-; a role that is no ARN).
 */
extern bool DzStsRequestBody(DzBuffer *out, const DzStsRequest *request,
							 DzProblem *problem);

/* Append "&name=value" or, where "out" is empty, "name=value", encoded. */
extern void DzFormAppend(DzBuffer *out, const char *name, const char *value,
						 size_t len);

/* A session name for whoever gave none; "unix_us" makes it differ. */
extern void DzStsSessionName(int64_t unix_us,
							 char name[DZ_STS_SESSION_NAME_SIZE]);

/*
 * Take the credentials out of the answer to either call; the account id is
 * that of the assumed role.
 */
extern bool DzStsRead(const char *xml, size_t len, DzCredentials *out,
					  DzProblem *problem);

typedef struct DzStsError
{
	char code[DZ_ERROR_CODE_MAX + 1];
	char message
		[DZ_STS_MESSAGE_SIZE]; /* cut; as it was sent, not checked to be UTF-8 */
	char request_id[DZ_ERROR_CODE_MAX + 1];
} DzStsError;

/*
 * Take an error answer apart; false: it is none, and all is "".  The message
 * is to be redacted as those of other services are: it may repeat a request.
 */
extern bool DzStsReadError(const char *xml, size_t len, DzStsError *out);

#endif /* DATAZONE_CREDENTIALS_STS_H */
