/*-------------------------------------------------------------------------
 *
 * runs.c
 *		Data source runs: list them, start one, look at one.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "functions/functions.h"

PG_FUNCTION_INFO_V1(datazone_list_data_source_runs);
PG_FUNCTION_INFO_V1(datazone_start_run);
PG_FUNCTION_INFO_V1(datazone_get_run);

/*
 * datazone_list_data_source_runs(data_source_identifier, status, max_items,
 *								  domain_identifier, server)
 */
Datum
datazone_list_data_source_runs(PG_FUNCTION_ARGS)
{
	char *data_source = DzArgRequired(fcinfo, 0, "data_source_identifier");
	char *status = DzArgText(fcinfo, 1);
	int64 max_items = DzArgMaxItems(fcinfo, 2);
	char *domain = DzArgText(fcinfo, 3);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 4));
	const char *given[] = {conn->server_name,
						   domain ? domain : conn->domain_identifier};
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "dataSourceIdentifier", data_source);
	DzParamsText(params, "status", status);
	DzListInto(fcinfo, conn, "ListDataSourceRuns", params, max_items,
			   &DzRunItemShape, given);
	return (Datum) 0;
}

/*
 * datazone_start_run(data_source_identifier, domain_identifier, client_token,
 *					  server)
 */
Datum
datazone_start_run(PG_FUNCTION_ARGS)
{
	char *data_source = DzArgRequired(fcinfo, 0, "data_source_identifier");
	char *domain = DzArgText(fcinfo, 1);
	char *token = DzArgText(fcinfo, 2);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 3));
	const char *given[] = {conn->server_name,
						   domain ? domain : conn->domain_identifier};
	DzParams *params = DzParamsBegin();
	HeapTuple row;

	PreventCommandIfReadOnly("datazone_start_run()");

	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "dataSourceIdentifier", data_source);
	DzParamsText(params, "clientToken", token);

	DzFollowPrepare();
	row = DzRowOnceInto(fcinfo, conn, "StartDataSourceRun", params,
						&DzRunShape, given);
	if (row != NULL)
		DzFollowRun(conn, row,
					((ReturnSetInfo *) fcinfo->resultinfo)->setDesc);
	return (Datum) 0;
}

/* datazone_get_run(run_identifier, domain_identifier, server) */
Datum
datazone_get_run(PG_FUNCTION_ARGS)
{
	char *run = DzArgRequired(fcinfo, 0, "run_identifier");
	char *domain = DzArgText(fcinfo, 1);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 2));
	const char *given[] = {conn->server_name,
						   domain ? domain : conn->domain_identifier};
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "identifier", run);
	DzRowInto(fcinfo, conn, "GetDataSourceRun", params, &DzRunShape, given);
	return (Datum) 0;
}
