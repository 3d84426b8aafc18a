/*-------------------------------------------------------------------------
 *
 * sigv4.h
 *		AWS Signature Version 4 in the Authorization header.
 *
 * Pure: needs no server, only OpenSSL's EVP.  Source of the rules: "Signature
 * Version 4 signing process" of the AWS IAM user guide; where that is silent,
 * what the SDKs agree on.  Not for S3, whose paths are encoded once.
 *
 * Wording:  the *secret* is the secret access key; the *signing key* is
 * derived from it for one UTC day, Region and service, and is cached in the
 * *signer*.  Both are wiped when they are replaced and when the signer goes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_SIGV4_H
#define DATAZONE_AWS_SIGV4_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Name in any case, value raw; names may repeat, their order is kept. */
typedef struct DzSignHeader
{
	const char *name;
	const char *value;
} DzSignHeader;

typedef struct DzSignInput
{
	const char *method;
	const char *path; /* as on the wire: percent-encoded once */
	const char *query; /* as on the wire, without '?'; NULL or "": none */

	/*
	 * Everything to be signed, host and content-type included.  x-amz-date,
	 * x-amz-security-token and x-amz-content-sha256 are the signer's: they
	 * must not be here.
	 */
	const DzSignHeader *headers;
	int nheaders;

	const void *body;
	size_t body_len;
	const char *region;
	const char *service;
	const char *access_key_id;
	const char *secret_access_key;
	const char *session_token; /* NULL: none */
	int64_t unix_time; /* seconds, corrected for skew by the caller */

	bool keep_path; /* tests only: do not normalise the path */
	bool sign_payload_header; /* sign x-amz-content-sha256, too */
	bool omit_session_token; /* the token is added after signing */
} DzSignInput;

typedef struct DzSignOutput
{
	char amz_date[17]; /* send as x-amz-date */
	char payload_sha256[65]; /* lower-case hex */
	const char *authorization; /* the signer's, until its next use */
} DzSignOutput;

typedef struct DzSigner DzSigner;

/*
 * Make a signer; NULL: out of memory.  It keeps scratch memory and the last
 * signing key, so one signer serves one set of credentials best.
 */
extern DzSigner *DzSignerCreate(void);

/* Wipe and free; NULL is allowed. */
extern void DzSignerFree(DzSigner *signer);

/*
 * Sign a request.  The caller sends the headers that were signed, plus
 * x-amz-date, Authorization and, as the case may be, x-amz-security-token and
 * x-amz-content-sha256.
 *
 * False: out of memory, OpenSSL failed (its error queue is cleared), or
 * unix_time is outside the years 1 to 9999.  The signer stays usable.
 */
extern bool DzSign(DzSigner *signer, const DzSignInput *in, DzSignOutput *out);

/*
 * What the last DzSign() hashed, for tests.  They hold the session token:
 * never log them.
 */
extern const char *DzSignerCanonicalRequest(const DzSigner *signer);
extern const char *DzSignerStringToSign(const DzSigner *signer);

#endif /* DATAZONE_AWS_SIGV4_H */
