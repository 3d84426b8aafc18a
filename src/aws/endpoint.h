/*-------------------------------------------------------------------------
 *
 * endpoint.h
 *		Where a service is: endpoint from Region and FIPS, or a custom one.
 *
 * Pure: needs no server.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_ENDPOINT_H
#define DATAZONE_AWS_ENDPOINT_H

#include <stdbool.h>

typedef struct DzEndpoint
{
	char scheme[6]; /* "https" or "http" */
	char host[256]; /* lower case; an IPv6 address stands in brackets */
	int port; /* always set */
	char path[512]; /* "" or begins with '/', never ends with one */
	char host_header[264]; /* host, and the port if not the scheme's own */
	char url[800]; /* scheme://host_header and path */
} DzEndpoint;

/*
 * Resolve the endpoint of "service" ("datazone", "sts", "portal.sso").
 *
 * Without "endpoint_url" (NULL or "") it follows from the Region's partition.
 * With one, that is taken: https, or http for loopback only; it may carry a
 * path, but no user name, query or fragment.  It cannot be combined with FIPS
 * and needs no Region (signing does; that is the caller's to check), but a
 * Region that is given must be valid.
 *
 * False: *error is a constant sentence for an errdetail that repeats nothing
 * of the input, and *out is undefined.
 */
extern bool DzEndpointResolve(const char *service, const char *region,
							  bool use_fips, const char *endpoint_url,
							  DzEndpoint *out, const char **error);

/*
 * The same for services that have a switch for dual-stack names, which
 * DataZone has not: there it changes nothing.
 */
extern bool DzEndpointResolveDual(const char *service, const char *region,
								  bool use_fips, bool use_dual_stack,
								  const char *endpoint_url, DzEndpoint *out,
								  const char **error);

/*
 * The scheme, host and port of a URL, http to any host included: for whoever
 * has rules of his own about that.  Returns what follows the authority, within
 * "url"; "out" has no path then.  NULL: *error is a constant sentence.
 */
extern const char *DzUrlOrigin(const char *url, DzEndpoint *out,
							   const char **error);

/*
 * Whether "region" can be part of a host name: 1 to 63 letters, digits and
 * hyphens, no hyphen at either end, not digits alone.  NULL is not valid.
 */
extern bool DzRegionIsValid(const char *region);

/*
 * Whether "host" names this machine by itself: localhost, 127.0.0.0/8 in
 * dotted form, ::1 with or without brackets.  No name is looked up.
 */
extern bool DzHostIsLoopback(const char *host);

#endif /* DATAZONE_AWS_ENDPOINT_H */
