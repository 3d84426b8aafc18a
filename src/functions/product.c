/*-------------------------------------------------------------------------
 *
 * product.c
 *		Data products: a new revision.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/array.h"

#include "functions/functions.h"

/* datazone_data_product_revision */
static const DzColumn dz_revision_columns[] = {
	{.kind = DZ_COL_TEXT, .path = "id", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "revision", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "domainId", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "owningProjectId", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "name", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "description"},
	{.kind = DZ_COL_TEXT, .path = "status", .is_required = true},
	{.kind = DZ_COL_TEXT_ARRAY, .path = "glossaryTerms"},
	{.kind = DZ_COL_JSON, .path = "items"},
	{.kind = DZ_COL_JSON, .path = "formsOutput"},
	{.kind = DZ_COL_TIME, .path = "createdAt"},
	{.kind = DZ_COL_TEXT, .path = "createdBy"},
	{.kind = DZ_COL_TIME, .path = "firstRevisionCreatedAt"},
	{.kind = DZ_COL_TEXT, .path = "firstRevisionCreatedBy"},
};

static const DzRowShape dz_revision_shape = {
	dz_revision_columns, lengthof(dz_revision_columns), false};

PG_FUNCTION_INFO_V1(datazone_create_data_product_revision);

/*
 * datazone_create_data_product_revision(identifier, name, description, items,
 *		forms_input, glossary_terms, domain_identifier, client_token, server)
 */
Datum
datazone_create_data_product_revision(PG_FUNCTION_ARGS)
{
	char *product = DzArgRequired(fcinfo, 0, "identifier");
	char *name = DzArgRequired(fcinfo, 1, "name");
	char *description = DzArgText(fcinfo, 2);
	Jsonb *items = DzArgJsonb(fcinfo, 3);
	Jsonb *forms = DzArgJsonb(fcinfo, 4);
	ArrayType *terms = PG_ARGISNULL(5) ? NULL : PG_GETARG_ARRAYTYPE_P(5);
	char *domain = DzArgText(fcinfo, 6);
	char *token = DzArgText(fcinfo, 7);
	DzConnection *conn = DzConnect(DzArgText(fcinfo, 8));
	DzParams *params = DzParamsBegin();

	PreventCommandIfReadOnly("datazone_create_data_product_revision()");

	DzParamsText(params, "domainIdentifier", domain);
	DzParamsText(params, "clientToken", token);
	DzParamsText(params, "identifier", product);
	DzParamsText(params, "name", name);
	DzParamsText(params, "description", description);
	DzParamsJsonb(params, "items", items);
	DzParamsJsonb(params, "formsInput", forms);
	DzParamsTextArray(params, "glossaryTerms", terms);
	DzRowOnceInto(fcinfo, conn, "CreateDataProductRevision", params,
				  &dz_revision_shape, NULL);
	return (Datum) 0;
}
