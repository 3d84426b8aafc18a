/*-------------------------------------------------------------------------
 *
 * server.h
 *		The server room: CREATE SERVER and USER MAPPING for datazone.
 *
 * Options and their validator, which server a call means, who may use it,
 * and the connection (an AWS client ready to use) cached per process for
 * each pair of server and role until a catalog change makes it stale.
 *
 * A *datazone server* is a foreign server of a foreign-data wrapper that
 * belongs to the extension.  The *caller* is the current user id: inside a
 * SECURITY DEFINER function, its owner.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SERVER_H
#define DATAZONE_SERVER_H

#include "aws/aws.h"

/* ---- server.c ---- */

/*
 * The OID of the datazone server that a function called with argument
 * "server" means: that one; for NULL the setting datazone.server (ignored
 * inside SECURITY DEFINER functions); without that, the only datazone server
 * on which the caller has USAGE.  The caller has USAGE on the result.
 *
 * Errors: 42704 no such or no unique server; 42501 no USAGE.
 */
extern Oid DzServerResolve(const char *server);
extern bool DzServerIsOurs(Oid serverid);

/*
 * Of datazone servers, whoever may use them: the one of that name, InvalidOid
 * if there is none; the database's only one, InvalidOid if there are none or
 * several; the names of all, quoted, as a message lists them, or NULL if there
 * are none; its name; its option domain_identifier, or NULL.
 */
extern Oid DzServerFind(const char *name);
extern Oid DzServerOnly(void);
extern char *DzServerNames(void);
extern char *DzServerName(Oid serverid);
extern char *DzServerDefaultDomain(Oid serverid);

extern void DzServerInit(void); /* settings, caches and hook of the room */

/* ---- connection.c ---- */

/* What a function needs to know to call the service for a role. */
typedef struct DzConnection
{
	Oid serverid;
	Oid userid;
	char *server_name;
	char *domain_identifier; /* the server's default, or NULL */
	char *credential_source; /* in words, e.g. "user mapping (static keys)" */
	double rate_limit; /* requests a second; negative: not set; 0: none */
	bool paused; /* the background worker leaves the server alone */
	DzAwsClient *client;
} DzConnection;

/*
 * The connection that a function called with argument "server" means (NULL:
 * the default rules), for the current user.  Valid until the next call of
 * this function; the client outlives it for calls in flight.
 *
 * Errors: as DzServerResolve(); 42704 no mapping, or one without keys; 22023
 * a server without a Region, or settings of the host that are not usable;
 * 28000 where the host has no credentials to fetch.
 */
extern DzConnection *DzConnect(const char *server);

#endif /* DATAZONE_SERVER_H */
