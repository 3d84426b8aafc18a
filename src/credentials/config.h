/*-------------------------------------------------------------------------
 *
 * config.h
 *		Settings of the SDKs: from the environment, else from the profile.
 *
 * Pure.  What a server's own options say comes before all of this and is the
 * caller's; so is asking the instance for its Region, which comes after.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_CONFIG_H
#define DATAZONE_CREDENTIALS_CONFIG_H

#include <stdbool.h>

#include "aws/problem.h"
#include "aws/retry.h"
#include "credentials/environment.h"
#include "credentials/profile.h"

/* Where settings are looked up; "profile" NULL: only in the environment. */
typedef struct DzConfigSource
{
	const DzEnvironment *env;
	const DzProfiles *profiles;
	const DzSection *profile;
} DzConfigSource;

/* What need not be looked up, because the foreign server's options say it. */
#define DZ_CONFIG_REGION 0x01
#define DZ_CONFIG_FIPS 0x02
#define DZ_CONFIG_RETRY_MODE 0x04
#define DZ_CONFIG_MAX_ATTEMPTS 0x08
#define DZ_CONFIG_OTHERS 0x10 /* cannot be known; for DzConfig.broken */

/* Texts are the environment's or the profile's; NULL or 0: not set. */
typedef struct DzConfig
{
	const char *region; /* AWS_REGION, AWS_DEFAULT_REGION; region */
	bool use_fips; /* AWS_USE_FIPS_ENDPOINT; use_fips_endpoint */
	bool use_dual_stack; /* AWS_USE_DUALSTACK_ENDPOINT; for STS alone */
	bool ignore_endpoint_urls; /* AWS_IGNORE_CONFIGURED_ENDPOINT_URLS */
	const char *ca_bundle; /* AWS_CA_BUNDLE; ca_bundle */
	bool has_retry_mode;
	DzRetryMode retry_mode; /* AWS_RETRY_MODE; retry_mode */
	int max_attempts; /* AWS_MAX_ATTEMPTS; max_attempts */
	const char *app_id; /* AWS_SDK_UA_APP_ID; sdk_ua_app_id */
	unsigned int broken; /* DZ_CONFIG_...: set, but not usable */
	bool no_skew_correction; /* AWS_DISABLE_CLOCK_SKEW_CORRECTION */
} DzConfig;

/*
 * Look all of them up but for those in "known".  False: one that is set is not
 * usable (a Region that is no part of a host name, a switch that is neither
 * true nor false, ...), and the problem says where it stands.
 */
extern bool DzConfigResolve(const DzConfigSource *source, unsigned int known,
							DzConfig *out, DzProblem *problem);

/*
 * The endpoint that is configured for a service ("datazone", "sts"), or NULL:
 * AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the service's endpoint_url in
 * the profile's services section, the profile's endpoint_url.  It is not
 * checked; ignore_endpoint_urls is the caller's to heed first.  "where" (of
 * DZ_PROPERTY_TEXT_SIZE, may be NULL) tells where it stands.
 *
 * False: the services section that the profile names does not exist.
 */
extern bool DzConfigEndpoint(const DzConfigSource *source, const char *service,
							 const char **url, char *where,
							 DzProblem *problem);

#endif /* DATAZONE_CREDENTIALS_CONFIG_H */
