/*-------------------------------------------------------------------------
 *
 * credentials.h
 *		Credentials: what the sources answer, how long it lasts.
 *
 * Pure: knows no JSON; members of an answer come through a callback.  Times
 * are microseconds since 1970, random numbers are in [0, 1] and arguments.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_CREDENTIALS_H
#define DATAZONE_CREDENTIALS_CREDENTIALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aws/problem.h"

/* Zeroed = none.  All texts are its own and are wiped with it. */
typedef struct DzCredentials
{
	char *access_key_id;
	char *secret_access_key;
	char *session_token; /* NULL: none */
	char *account_id; /* NULL: not known */
	bool expires;
	int64_t expires_us; /* if it expires */
} DzCredentials;

extern void DzCredentialsFree(DzCredentials *credentials);

/*
 * Copy texts into "out", which is freed first.  NULL and "" are none.  False:
 * a key is missing, or one holds what a header must not hold; "source" is what
 * the problem calls it ("The instance metadata service").  The caller frees
 * "out", whatever is returned, by the next function, too.
 */
extern bool DzCredentialsSet(DzCredentials *out, const char *access_key_id,
							 const char *secret_access_key,
							 const char *session_token, const char *account_id,
							 const char *source, DzProblem *problem);

/* ---- answers in JSON ---- */

/*
 * GetRoleCredentials of IAM Identity Center: GET with a query of account_id
 * and role_name, unsigned, and the cached token in a header.
 */
#define DZ_SSO_PATH "/federation/credentials"
#define DZ_SSO_TOKEN_HEADER "x-amz-sso_bearer_token"

typedef enum DzAnswerForm
{
	DZ_ANSWER_PROCESS, /* the output of a credential_process */
	DZ_ANSWER_CONTAINER, /* ECS, EKS */
	DZ_ANSWER_IMDS,
	DZ_ANSWER_SSO, /* the member roleCredentials of GetRoleCredentials */
	DZ_ANSWER_FORMS
} DzAnswerForm;

/* A string's content, or the text of a number. */
typedef struct DzMember
{
	const char *text;
	size_t len; /* a string of JSON may hold NULs */
	bool is_string;
} DzMember;

/* False: the object has no such member, or it is null or of another type. */
typedef bool (*DzMemberFn)(void *arg, const char *name, DzMember *out);

/*
 * Take credentials out of an answer: keys, token, Expiration, AccountId, and
 * what says that it is no credentials at all (a Version other than 1, a Code
 * other than Success).  Only a process may leave Expiration out.
 */
extern bool DzCredentialsRead(DzCredentials *out, DzAnswerForm form,
							  DzMemberFn member, void *arg,
							  DzProblem *problem);

/*
 * The cached token of IAM Identity Center: accessToken and expiresAt.  *token
 * points into the answer's own text.
 */
extern bool DzSsoTokenRead(DzMemberFn member, void *arg, int64_t now_us,
						   const char **token, size_t *len,
						   DzProblem *problem);

/* ---- how long they last ---- */

typedef enum DzFreshness
{
	DZ_FRESH,
	DZ_REFRESH_DUE, /* still usable, but to be fetched anew */
	DZ_EXPIRED
} DzFreshness;

/*
 * When to fetch credentials anew that were fetched at "fetched_us": 10 to 15
 * minutes ahead of their expiry, of short-lived ones a sixth to a quarter of
 * their life.  INT64_MAX: never.
 */
extern int64_t DzRefreshAtUs(const DzCredentials *credentials,
							 int64_t fetched_us, double random01);

/*
 * When to try again after the n-th failure in a row (from 1): 1 s, doubled up
 * to 5 minutes, less up to a half.
 */
extern int64_t DzRefreshRetryAtUs(int64_t now_us, int nfailures,
								  double random01);

extern DzFreshness DzCredentialsFreshness(const DzCredentials *credentials,
										  int64_t refresh_at_us,
										  int64_t now_us);

/*
 * The instance metadata service hands out credentials that have expired while
 * it cannot get new ones, and other services then accept them.  Extends those
 * by 10 to 15 minutes from now; true: it did, which deserves a warning.
 */
extern bool DzCredentialsExtend(DzCredentials *credentials, int64_t now_us,
								double random01);

#endif /* DATAZONE_CREDENTIALS_CREDENTIALS_H */
