/*-------------------------------------------------------------------------
 *
 * server.h
 *		The server room: CREATE SERVER and USER MAPPING for datazone.
 *
 * Options and their validator, which server a call means, who may use it,
 * and the connection (an AWS client ready to use) cached per process for
 * each pair of server and role until a catalog change makes it stale.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_SERVER_H
#define DATAZONE_SERVER_H

#include "aws/aws.h"

/* What a function needs to know to call the service for a role. */
typedef struct DzConnection
{
	Oid serverid;
	Oid userid;
	char *server_name;
	char *domain_identifier; /* the server's default, or NULL */
	char *region;
	DzAwsClient *client;
} DzConnection;

/*
 * The connection that a function called with argument "server" means (NULL:
 * the default rules), for the current user.  Valid until the next call of
 * this function; the client outlives it for calls in flight.
 *
 * Errors: 42704 no such or no unique server, no mapping; 42501 no USAGE.
 */
extern DzConnection *DzConnect(const char *server);

extern void DzServerInit(void); /* settings and cache callbacks */

#endif /* DATAZONE_SERVER_H */
