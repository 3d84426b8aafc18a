/*-------------------------------------------------------------------------
 *
 * option.h
 *		What the options of a server say; private to the server room.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SERVER_OPTION_H
#define DATAZONE_SERVER_OPTION_H

#include "nodes/pg_list.h"

#include "aws/retry.h"

/*
 * Defaults of what a server does not say: a TCP connection attempt that
 * includes one retransmitted SYN (3 s) and a little; a whole exchange that is
 * longer than the service's slowest answers.
 */
#define DZ_DEFAULT_CONNECT_TIMEOUT_MS 3100
#define DZ_DEFAULT_REQUEST_TIMEOUT_MS 30000

/*
 * A server's options; strings belong to the list.  What is not set the host
 * may say, but for the time-outs, whose defaults are filled in.
 */
typedef struct DzServerOptions
{
	const char *region; /* NULL: not set */
	const char *domain_identifier; /* NULL: not set */
	const char *endpoint_url; /* NULL: not set */
	const char *ca_bundle; /* NULL: not set */
	const char *proxy; /* NULL: not set */
	bool has_use_fips;
	bool use_fips;
	bool has_retry_mode;
	DzRetryMode retry_mode;
	int connect_timeout_ms;
	int request_timeout_ms;
	int max_attempts; /* 0: not set */
	double rate_limit; /* requests a second; negative: not set; 0: none */
	bool paused; /* the background worker leaves the server alone */
} DzServerOptions;

extern void DzServerOptionsRead(List *given, DzServerOptions *out);
extern bool DzOptionIsForSuperuser(const char *name, Oid catalog);

#endif /* DATAZONE_SERVER_OPTION_H */
