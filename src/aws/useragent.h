/*-------------------------------------------------------------------------
 *
 * useragent.h
 *		The header User-Agent in the form of the AWS SDKs.
 *
 * Pure.  It is never signed.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_USERAGENT_H
#define DATAZONE_AWS_USERAGENT_H

#include "aws/buffer.h"

/* NULL: not known, and left out. */
typedef struct DzUserAgent
{
	const char *version; /* of the extension */
	const char *postgresql; /* its major version */
	const char *os; /* "linux" */
	const char *os_version;
	const char *architecture; /* "x86_64" */
	const char *features; /* ids of the SDKs' features, "E,g" */
	const char *retry_mode; /* "standard" */
	const char *execution_env; /* AWS_EXECUTION_ENV */
	const char *app_id; /* AWS_SDK_UA_APP_ID, sdk_ua_app_id */
} DzUserAgent;

/*
 * Append the header's value; characters that its tokens must not hold become
 * '-'.  Running out of memory is recorded in "out".
 */
extern void DzUserAgentAppend(DzBuffer *out, const DzUserAgent *agent);

#endif /* DATAZONE_AWS_USERAGENT_H */
