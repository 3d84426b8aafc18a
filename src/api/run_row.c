/*-------------------------------------------------------------------------
 *
 * run_row.c
 *		A data source run as a row of datazone_run.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/row.h"

/* column by column, as the table has them */
static const DzColumn dz_run_columns[] = {
	{.kind = DZ_COL_GIVEN}, /* server */
	{.kind = DZ_COL_GIVEN, .path = "domainId", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "id", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "dataSourceId", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "projectId", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "type", .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "status", .is_required = true},
	{.kind = DZ_COL_TIME, .path = "createdAt", .is_required = true},
	{.kind = DZ_COL_TIME, .path = "updatedAt", .is_required = true},
	{.kind = DZ_COL_TIME, .path = "startedAt"},
	{.kind = DZ_COL_TIME, .path = "stoppedAt"},
	{.kind = DZ_COL_INT, .path = "added", .inside = "runStatisticsForAssets"},
	{.kind = DZ_COL_INT,
	 .path = "updated",
	 .inside = "runStatisticsForAssets"},
	{.kind = DZ_COL_INT,
	 .path = "unchanged",
	 .inside = "runStatisticsForAssets"},
	{.kind = DZ_COL_INT,
	 .path = "skipped",
	 .inside = "runStatisticsForAssets"},
	{.kind = DZ_COL_INT, .path = "failed", .inside = "runStatisticsForAssets"},
	{.kind = DZ_COL_TEXT, .path = "importStatus", .inside = "lineageSummary"},
	{.kind = DZ_COL_TEXT,
	 .path = "errorType",
	 .inside = "errorMessage",
	 .is_required = true},
	{.kind = DZ_COL_TEXT, .path = "errorDetail", .inside = "errorMessage"},
	{.kind = DZ_COL_JSON_TEXT, .path = "dataSourceConfigurationSnapshot"},
	{.kind = DZ_COL_NEVER_TIME}, /* synced_at: the worker's rows have it */
};

const DzRowShape DzRunShape = {dz_run_columns, lengthof(dz_run_columns),
							   false};

/* items of a listing have no domainId */
const DzRowShape DzRunItemShape = {dz_run_columns, lengthof(dz_run_columns),
								   true};

bool
DzRunHasEnded(const char *status, size_t len)
{
	static const char *const ended[] = {"SUCCESS", "PARTIALLY_SUCCEEDED",
										"FAILED"};

	for (int i = 0; i < (int) lengthof(ended); i++)
		if (strlen(ended[i]) == len && memcmp(status, ended[i], len) == 0)
			return true;
	return false;
}
