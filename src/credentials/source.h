/*-------------------------------------------------------------------------
 *
 * source.h
 *		The credentials room: where a connection's keys and settings come from.
 *
 * A *plan* (plan.h) says where credentials come from; a *fetch* carries it
 * out, on the event loop; a *provider* keeps what was fetched and fetches it
 * anew.  Plans and settings follow from the server's and the mapping's
 * options and from the host: the environment of the postmaster, and the files
 * of the AWS tools (host.h).
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_SOURCE_H
#define DATAZONE_CREDENTIALS_SOURCE_H

#include "aws/aws.h"

/* What the options of a server and of a mapping say; NULL or 0: nothing. */
typedef struct DzSourceOptions
{
	const char *server_name;
	Oid server;
	Oid mapping; /* the user mapping's own OID */

	/* the mapping's */
	const char *access_key_id;
	const char *secret_access_key;
	const char *session_token;
	bool is_default; /* credentials 'default' */
	const char *profile;
	const char *role_arn;
	const char *role_session_name;
	const char *external_id;

	/* the server's */
	const char *region;
	bool has_use_fips;
	bool use_fips;
	const char *endpoint_url;
	const char *ca_bundle;
	const char *proxy;
	bool has_retry_mode;
	DzRetryMode retry_mode;
	int max_attempts;
	int connect_timeout_ms;
	int request_timeout_ms;
} DzSourceOptions;

/* What follows from those and the host for requests to the service. */
typedef struct DzSettings
{
	const char *region; /* NULL: the provider asks the instance for it */
	bool use_fips;
	bool use_dual_stack; /* STS */
	const char *endpoint_url; /* of the service; NULL: by rule */
	const char *sts_endpoint_url;
	const char *sso_endpoint_url;
	const char *ca_file;
	const char *proxy;
	DzRetryMode retry_mode;
	int max_attempts;
	int connect_timeout_ms;
	int request_timeout_ms;
	const char *app_id;
	const char *execution_env;
	const char *trace_id;
	bool no_skew_correction;
} DzSettings;

/*
 * A number that grows when the host's files have changed: what was made
 * before is stale.
 */
extern uint64 DzSourceGeneration(void);

/*
 * Wipe what DzSettingsResolve() and DzSourceProvider() have read of the files:
 * secrets of profiles that are none of the connection's business.  To be
 * called after both, whether they threw or not.
 */
extern void DzSourceForget(void);

/*
 * Look up what the options leave open.  Texts are made in
 * CurrentMemoryContext.  Errors: 22023 for a setting of the host that is not
 * usable, and for a Region that nobody names; 28000 for files that cannot be
 * read.
 */
extern void DzSettingsResolve(const DzSourceOptions *options,
							  DzSettings *settings);

/*
 * Make the provider for the options; "*words" says in CurrentMemoryContext
 * where the keys come from, without a secret.  One reference, the caller's.
 * Errors: 28000 with what is missing or wrong; nothing is fetched yet.
 */
extern DzAwsProvider *DzSourceProvider(const DzSourceOptions *options,
									   const DzSettings *settings,
									   char **words);

#endif /* DATAZONE_CREDENTIALS_SOURCE_H */
