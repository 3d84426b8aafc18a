/*-------------------------------------------------------------------------
 *
 * whoami.c
 *		datazone_whoami(): with which identity, and where, calls would go.
 *
 * The first thing to run when something is refused.  It asks the catalogs
 * alone, not the service, and shows no secret: of the access key id the last
 * four characters, which is how the AWS console names keys.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "server/server.h"

#define WHOAMI_COLUMNS 6

PG_FUNCTION_INFO_V1(datazone_whoami);

/*
 * datazone_whoami(server text DEFAULT NULL) returns one row: server, endpoint,
 * region, credential_source, access_key_id text, expires_at timestamptz.
 *
 * Errors: those of DzConnect().
 */
Datum
datazone_whoami(PG_FUNCTION_ARGS)
{
	TupleDesc desc;
	Datum values[WHOAMI_COLUMNS];
	bool nulls[WHOAMI_COLUMNS] = {false};
	DzConnection *connection;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE ||
		desc->natts != WHOAMI_COLUMNS)
		elog(ERROR, "datazone_whoami has an unexpected row type");

	connection = DzConnect(
		PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0)));

	values[0] = CStringGetTextDatum(connection->server_name);
	values[1] = CStringGetTextDatum(DzAwsClientEndpoint(connection->client));
	values[2] = CStringGetTextDatum(DzAwsClientRegion(connection->client));
	values[3] = CStringGetTextDatum(connection->credential_source);
	values[4] = CStringGetTextDatum(connection->masked_key_id);
	nulls[5] = true; /* keys in a mapping do not expire */

	PG_RETURN_DATUM(HeapTupleGetDatum(
		heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
