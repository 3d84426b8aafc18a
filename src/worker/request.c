/*-------------------------------------------------------------------------
 *
 * request.c
 *		A job's request: as the job's role, with the mapping that it has now.
 *
 * The role's rights and the server's options may have changed since the job
 * began, or gone: so all is looked up for each request, in a transaction of its
 * own.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "worker/engine.h"

/* The role must exist: its OID may be all that is left of it. */
static void
require_role(Oid role)
{
	if (!SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(role)))
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("role with OID %u no longer exists", role)));
}

static DzConnection *
connect_as(Oid role, Oid serverid)
{
	ForeignServer *server = GetForeignServerExtended(serverid, FSV_MISSING_OK);
	DzConnection *conn;

	if (server == NULL)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("foreign server with OID %u no longer exists",
							   serverid)));
	require_role(role);
	SetUserIdAndSecContext(role, SECURITY_LOCAL_USERID_CHANGE);
	conn = DzConnect(server->servername);
	if (conn->paused)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("server \"%s\" is paused", conn->server_name),
						errhint("ALTER SERVER %s OPTIONS (DROP paused) lets "
								"it go on.",
								quote_identifier(conn->server_name))));
	return conn;
}

/*
 * With the mapping that the job's role has at this moment: take a token and
 * start the call, or find out how long to wait for one.
 */
void
DzJobTryStart(DzJob *job, DzCallDoneFn done)
{
	Oid saved_user;
	int saved_context;
	DzConnection *conn;
	MemoryContext caller;

	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	GetUserIdAndSecContext(&saved_user, &saved_context);
	conn = connect_as(job->role, job->serverid);
	if (!job->has_token)
		job->token_wait_us = DzCallTakeToken(conn->client, job->op);

	if (job->token_wait_us == 0)
	{
		job->request_cxt = AllocSetContextCreate(
			TopMemoryContext, "datazone job request", ALLOCSET_SMALL_SIZES);
		caller = MemoryContextSwitchTo(job->request_cxt);
		job->call = job->kind->start(job, conn);
		job->has_token = job->call == NULL;
		if (job->call != NULL)
			DzCallOnDone(job->call, done, job);
		MemoryContextSwitchTo(caller);
	}

	SetUserIdAndSecContext(saved_user, saved_context);
	CommitTransactionCommand();
	if (job->request_cxt != NULL && job->kind->started != NULL)
		job->kind->started(job);
}
