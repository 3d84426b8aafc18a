/*-------------------------------------------------------------------------
 *
 * whoami.c
 *		datazone_whoami(): with which identity, and where, calls would go.
 *
 * The first thing to run when something is refused.  It gets credentials as a
 * call would, so it fails where a call would fail for want of them, but asks
 * nothing of the service.  It shows no secret: of the access key id the last
 * four characters, which is how the AWS console names keys.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "server/server.h"

#define WHOAMI_COLUMNS 6

PG_FUNCTION_INFO_V1(datazone_whoami);

/*
 * All but the last four characters hidden; of an id that has no more than
 * those, everything.
 */
static char *
mask_key_id(const char *key_id)
{
	char *masked = pstrdup(key_id);
	int len = strlen(masked);

	memset(masked, '*', len > 4 ? len - 4 : len);
	return masked;
}

static const DzAwsKeys *
wait_for_keys(const DzConnection *connection)
{
	DzAwsFailure failure;
	const DzAwsKeys *keys = DzAwsClientWait(connection->client, &failure);

	if (keys == NULL)
		ereport(ERROR,
				(errcode(failure.sqlstate),
				 errmsg("could not get credentials for server \"%s\"",
						connection->server_name),
				 errdetail_internal("%s", failure.detail),
				 failure.hint[0] != '\0' ? errhint("%s", failure.hint) : 0,
				 errcontext("credential source: %s",
							connection->credential_source)));
	return keys;
}

/* Microseconds since 1970 as PostgreSQL's time; false: beyond its range. */
static bool
unix_to_timestamp(int64 unix_us, TimestampTz *out)
{
	int64 shift =
		(int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY;

	return !pg_sub_s64_overflow(unix_us, shift, out) &&
		   IS_VALID_TIMESTAMP(*out);
}

/*
 * datazone_whoami(server text DEFAULT NULL) returns one row: server, endpoint,
 * region, credential_source, access_key_id text, expires_at timestamptz.
 *
 * Errors: those of DzConnect(); what keeps the source from giving credentials.
 */
Datum
datazone_whoami(PG_FUNCTION_ARGS)
{
	TupleDesc desc;
	Datum values[WHOAMI_COLUMNS];
	bool nulls[WHOAMI_COLUMNS] = {false};
	DzConnection *connection;
	const DzAwsKeys *keys;
	TimestampTz expires_at;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE ||
		desc->natts != WHOAMI_COLUMNS)
		elog(ERROR, "datazone_whoami has an unexpected row type");

	connection = DzConnect(
		PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0)));

	keys = wait_for_keys(connection);

	values[0] = CStringGetTextDatum(connection->server_name);
	values[1] = CStringGetTextDatum(DzAwsClientEndpoint(connection->client));
	values[2] = CStringGetTextDatum(DzAwsClientRegion(connection->client));
	values[3] = CStringGetTextDatum(connection->credential_source);
	values[4] = CStringGetTextDatum(mask_key_id(keys->access_key_id));
	nulls[5] =
		!keys->expires || !unix_to_timestamp(keys->expires_us, &expires_at);
	if (!nulls[5])
		values[5] = TimestampTzGetDatum(expires_at);

	PG_RETURN_DATUM(HeapTupleGetDatum(
		heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
