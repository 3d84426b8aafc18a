/*-------------------------------------------------------------------------
 *
 * metadata.c
 *		Metadata generation runs: descriptions and names by AI.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "functions/functions.h"

/* datazone_metadata_generation_run; only one answer promises the project */
#define GENERATION_COLUMNS(project_is_required) \
	{ \
		{.kind = DZ_COL_TEXT, .path = "id", .is_required = true}, \
			{.kind = DZ_COL_TEXT, .path = "domainId", .is_required = true}, \
			{.kind = DZ_COL_TEXT, \
			 .path = "owningProjectId", \
			 .is_required = (project_is_required)}, \
			{.kind = DZ_COL_TEXT, .path = "status"}, \
			{.kind = DZ_COL_TEXT_ARRAY, .path = "types", .or_path = "type"}, \
			{.kind = DZ_COL_TIME, .path = "createdAt"}, \
			{.kind = DZ_COL_TEXT, .path = "createdBy"}, \
	}

static const DzColumn dz_started_columns[] = GENERATION_COLUMNS(false);
static const DzColumn dz_fetched_columns[] = GENERATION_COLUMNS(true);

static const DzRowShape dz_started_shape = {
	dz_started_columns, lengthof(dz_started_columns), false};
static const DzRowShape dz_fetched_shape = {
	dz_fetched_columns, lengthof(dz_fetched_columns), false};

static void add_types(DzParams *params, ArrayType *types);

PG_FUNCTION_INFO_V1(datazone_start_metadata_generation_run);
PG_FUNCTION_INFO_V1(datazone_get_metadata_generation_run);

/*
 * datazone_start_metadata_generation_run(owning_project_identifier,
 *		asset_identifier, asset_revision, types, domain_identifier,
 *		client_token, server)
 */
Datum
datazone_start_metadata_generation_run(PG_FUNCTION_ARGS)
{
	char *project = DzArgRequired(fcinfo, 0, "owning_project_identifier");
	char *asset = DzArgRequired(fcinfo, 1, "asset_identifier");
	char *revision = DzArgText(fcinfo, 2);
	ArrayType *types = PG_ARGISNULL(3) ? NULL : PG_GETARG_ARRAYTYPE_P(3);
	char *domain = DzArgText(fcinfo, 4);
	char *token = DzArgText(fcinfo, 5);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 6));
	DzParams *params = DzParamsBegin();
	DzParams *target = DzParamsBegin();

	PreventCommandIfReadOnly("datazone_start_metadata_generation_run()");

	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "clientToken", token);
	DzParamsText(params, "owningProjectIdentifier", project);
	DzParamsText(target, "type", "ASSET");
	DzParamsText(target, "identifier", asset);
	DzParamsText(target, "revision", revision);
	DzParamsJsonb(params, "target", DzParamsToJsonb(target));
	add_types(params, types);
	DzRowOnceInto(fcinfo, conn, "StartMetadataGenerationRun", params,
				  &dz_started_shape, NULL);
	return (Datum) 0;
}

/*
 * One type goes as "type", what the API first required and services of any
 * age understand; several as "types".
 */
static void
add_types(DzParams *params, ArrayType *types)
{
	Datum *items;
	bool *nulls;
	int count;

	if (types == NULL)
		return;
	deconstruct_array(types, TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls,
					  &count);
	if (count == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("argument \"types\" must not be empty")));
	if (count == 1 && !nulls[0])
		DzParamsText(params, "type", TextDatumGetCString(items[0]));
	else
		DzParamsTextArray(params, "types", types);
}

/*
 * datazone_get_metadata_generation_run(run_identifier, domain_identifier,
 *										server)
 */
Datum
datazone_get_metadata_generation_run(PG_FUNCTION_ARGS)
{
	char *run = DzArgRequired(fcinfo, 0, "run_identifier");
	char *domain = DzArgText(fcinfo, 1);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 2));
	DzParams *params = DzParamsBegin();

	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "identifier", run);
	DzRowInto(fcinfo, conn, "GetMetadataGenerationRun", params,
			  &dz_fetched_shape, NULL);
	return (Datum) 0;
}
