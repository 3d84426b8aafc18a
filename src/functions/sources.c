/*-------------------------------------------------------------------------
 *
 * sources.c
 *		Data sources of a project.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "functions/functions.h"

/* datazone_data_source */
static const DzColumn dz_source_columns[] = {
	{.kind = DZ_COL_GIVEN}, /* server */
	{.kind = DZ_COL_TEXT, .path = "domainId", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "dataSourceId", .is_required = true},
	{.kind = DZ_COL_GIVEN}, /* project_id: as asked, the answer has none */
	{.kind = DZ_COL_TEXT, .path = "environmentId"},
	{.kind = DZ_COL_TEXT, .path = "connectionId"},
	{.kind = DZ_COL_TEXT, .path = "name", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "description"},
	{.kind = DZ_COL_TEXT, .path = "type", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "status", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "enableSetting"},
	{.kind = DZ_COL_JSON, .path = "schedule"},
	{.kind = DZ_COL_TEXT, .path = "lastRunStatus"},
	{.kind = DZ_COL_TIME, .path = "lastRunAt"},
	{.kind = DZ_COL_INT, .path = "lastRunAssetCount"},
	{.kind = DZ_COL_TEXT,
	 .path = "errorType",
	 .inside = "lastRunErrorMessage",
	 .is_required = true},
	{.kind = DZ_COL_TEXT,
	 .path = "errorDetail",
	 .inside = "lastRunErrorMessage"},
	{.kind = DZ_COL_TIME, .path = "createdAt"},
	{.kind = DZ_COL_TIME, .path = "updatedAt"},
};

static const DzRowShape dz_source_shape = {dz_source_columns,
										   lengthof(dz_source_columns), true};

PG_FUNCTION_INFO_V1(datazone_list_data_sources);

/*
 * datazone_list_data_sources(project_identifier, max_items,
 *							  domain_identifier, server)
 */
Datum
datazone_list_data_sources(PG_FUNCTION_ARGS)
{
	char *project = DzArgRequired(fcinfo, 0, "project_identifier");
	int64 max_items = DzArgMaxItems(fcinfo, 1);
	char *domain = DzArgText(fcinfo, 2);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 3));
	const char *given[] = {conn->server_name, project};
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "projectIdentifier", project);
	DzListInto(fcinfo, conn, "ListDataSources", params, max_items,
			   &dz_source_shape, given);
	return (Datum) 0;
}
