/*-------------------------------------------------------------------------
 *
 * settings.c
 *		What lineage takes for a source: a setting.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/guc.h"

#include "edges/edges.h"

int DzViewMode = DZ_VIEWS_EXPAND;

static const struct config_enum_entry view_modes[] = {
	{"expand", DZ_VIEWS_EXPAND, false},
	{"name", DZ_VIEWS_NAME, false},
	{NULL, 0, false}};

/*
 * Called at load.  One for all sessions of a database, as a rule: a graph in
 * which the same view is now seen through and now named has holes.
 */
void
DzEdgesInit(void)
{
	DefineCustomEnumVariable(
		"datazone.capture_views",
		"Whether lineage sees through views or names them.",
		"\"expand\": sources are the tables behind views; \"name\": a view is "
		"a source of its own.",
		&DzViewMode, DZ_VIEWS_EXPAND, view_modes, PGC_SUSET, 0, NULL, NULL,
		NULL);
}
