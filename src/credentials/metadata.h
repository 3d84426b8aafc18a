/*-------------------------------------------------------------------------
 *
 * metadata.h
 *		Where a container's and an instance's credentials are fetched.
 *
 * Pure: addresses, headers and what an answer's status means.  Source of the
 * rules: "Container credential provider" and "IMDS credential provider" in
 * the AWS SDKs and Tools reference guide.  Such requests never go through
 * a proxy and are never redirected.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_METADATA_H
#define DATAZONE_CREDENTIALS_METADATA_H

#include <stdbool.h>
#include <stddef.h>

#include "aws/buffer.h"
#include "credentials/environment.h"
#include "aws/problem.h"

/* ---- containers: ECS, EKS pod identity ---- */

/* The values are the environment's, but for the URI. */
typedef struct DzContainer
{
	DzBuffer uri; /* to GET */
	const char *token_file; /* its content is the Authorization header */
	const char *token; /* or this is, a secret; both NULL: no such header */
} DzContainer;

/* Whether the environment names a source of container credentials. */
extern bool DzContainerIsConfigured(const DzEnvironment *env);

/*
 * What to fetch.  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI comes first, then
 * AWS_CONTAINER_CREDENTIALS_FULL_URI: https, or http to a loopback address,
 * "localhost", or one of the addresses of ECS and EKS.  No name is looked up.
 * "out" is zeroed at first; the caller frees out->uri, whatever is returned.
 */
extern bool DzContainerResolve(const DzEnvironment *env, DzContainer *out,
							   DzProblem *problem);

/*
 * Whether a text can be the value of a header: printable ASCII, not empty.
 * For tokens of files and answers, which must not smuggle in another header.
 */
extern bool DzHeaderValueIsSafe(const char *text, size_t len);

/* ---- instances: IMDSv2 ---- */

#define DZ_IMDS_TOKEN_PATH "/latest/api/token" /* PUT */
#define DZ_IMDS_TTL_HEADER "x-aws-ec2-metadata-token-ttl-seconds"
#define DZ_IMDS_TTL_SECONDS 21600
#define DZ_IMDS_TOKEN_HEADER "x-aws-ec2-metadata-token"
#define DZ_IMDS_ROLE_PATH "/latest/meta-data/iam/security-credentials/"
#define DZ_IMDS_REGION_PATH "/latest/meta-data/placement/region"

/* AWS_EC2_METADATA_DISABLED is "true", in any case. */
extern bool DzImdsIsDisabled(const DzEnvironment *env);

/*
 * Put the endpoint into "out" (empty at first), without a '/' at its end:
 * AWS_EC2_METADATA_SERVICE_ENDPOINT, the profile's
 * ec2_metadata_service_endpoint, else after AWS_EC2_METADATA_SERVICE_ENDPOINT_
 * MODE or ec2_metadata_service_endpoint_mode the IPv4 or IPv6 address.
 * "profile" may be NULL.
 */
extern bool DzImdsEndpoint(const DzEnvironment *env,
						   const DzProfiles *profiles,
						   const DzSection *profile, DzBuffer *out,
						   DzProblem *problem);

/* The requests; the first one's answer is in a header of the others. */
typedef enum DzImdsStep
{
	DZ_IMDS_GET_TOKEN,
	DZ_IMDS_GET_ROLE,
	DZ_IMDS_GET_CREDENTIALS,
	DZ_IMDS_GET_REGION
} DzImdsStep;

typedef enum DzImdsVerdict
{
	DZ_IMDS_OK,
	DZ_IMDS_RETRY, /* after a pause */
	DZ_IMDS_RENEW_TOKEN, /* begin again, once */
	DZ_IMDS_NO_ROLE, /* the instance has none, or there is no such thing */
	DZ_IMDS_DISABLED, /* refused to everybody */
	DZ_IMDS_STOP /* a failure that does not go away */
} DzImdsVerdict;

/* What an answer means; status 0: none came, connecting failed. */
extern DzImdsVerdict DzImdsJudge(DzImdsStep step, int http_status);

/*
 * Append the path of a role's credentials to "out".  "text" is the answer to
 * the request for the role's name.  False: it is no name of a role.
 */
extern bool DzImdsCredentialsPath(const char *text, size_t len, DzBuffer *out);

#endif /* DATAZONE_CREDENTIALS_METADATA_H */
