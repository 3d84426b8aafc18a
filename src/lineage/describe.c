/*-------------------------------------------------------------------------
 *
 * describe.c
 *		What an event says of a dataset beside its lineage: small facets.
 *
 * Columns are read from the catalogs without a lock, which nobody should wait
 * for at commit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "commands/comment.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#include "aws/uri.h"
#include "lineage/room.h"

#define COLUMNS_SCHEMA DZ_FACET_SCHEMA("1-2-0", "SchemaDatasetFacet")
#define SOURCE_SCHEMA DZ_FACET_SCHEMA("1-0-1", "DatasourceDatasetFacet")
#define LIFE_SCHEMA \
	DZ_FACET_SCHEMA("1-0-1", "LifecycleStateChangeDatasetFacet")

static void push_column(DzJsonbState *state, Oid table,
						const FormData_pg_attribute *column,
						bool with_comments);

/* Dropped columns and the system's are none. */
void
DzPushColumns(DzJsonbState *state, Oid table, bool with_comments)
{
	DzPushBeginFacet(state, "schema", COLUMNS_SCHEMA);
	DzPushKey(state, "fields");
	DzJsonbPush(state, WJB_BEGIN_ARRAY, NULL);
	for (AttrNumber i = 1;; i++)
	{
		HeapTuple tuple =
			SearchSysCache2(ATTNUM, ObjectIdGetDatum(table), Int16GetDatum(i));

		if (!HeapTupleIsValid(tuple))
			break; /* a dropped one is still there */
		push_column(state, table, (Form_pg_attribute) GETSTRUCT(tuple),
					with_comments);
		ReleaseSysCache(tuple);
	}
	DzJsonbPush(state, WJB_END_ARRAY, NULL);
	DzPushEndObject(state);
}

static void
push_column(DzJsonbState *state, Oid table,
			const FormData_pg_attribute *column, bool with_comments)
{
	char *comment = NULL;

	if (column->attisdropped)
		return;
	DzPushBeginObject(state);
	DzPushText(state, "name", pstrdup(NameStr(column->attname)));
	DzPushText(state, "type",
			   format_type_with_typemod(column->atttypid, column->atttypmod));
	if (with_comments)
		comment = GetComment(table, RelationRelationId, column->attnum);
	if (comment != NULL)
		DzPushText(state, "description", comment);
	DzPushEndObject(state);
}

/* Where a table is: its database, as a URI. */
void
DzPushDataSource(DzJsonbState *state, const DzDataset *dataset)
{
	char *database;
	char *encoded;

	if (dataset->database == NULL)
		return;
	database = pg_server_to_any(dataset->database, strlen(dataset->database),
								PG_UTF8);
	encoded = palloc(3 * strlen(database) + 1);
	(void) DzUriEncode(encoded, database, strlen(database));
	DzPushBeginFacet(state, "dataSource", SOURCE_SCHEMA);
	DzPushText(state, "name", dataset->namespace);
	DzPushText(state, "uri", psprintf("%s/%s", dataset->namespace, encoded));
	DzPushEndObject(state);
}

/* COMMENT ON; "schema" is that of the facet of its kind. */
void
DzPushDocumentation(DzJsonbState *state, Oid classid, Oid oid,
					const char *schema)
{
	char *comment = OidIsValid(oid) ? GetComment(oid, classid, 0) : NULL;

	if (comment == NULL)
		return;
	DzPushBeginFacet(state, "documentation", schema);
	DzPushText(state, "description", comment);
	DzPushEndObject(state);
}

void
DzPushLifecycle(DzJsonbState *state, const DzTarget *target)
{
	static const char *const names[] = {[DZ_LIFE_NONE] = NULL,
										[DZ_LIFE_TRUNCATE] = "TRUNCATE",
										[DZ_LIFE_OVERWRITE] = "OVERWRITE",
										[DZ_LIFE_RENAME] = "RENAME",
										[DZ_LIFE_CREATE] = "CREATE",
										[DZ_LIFE_DROP] = "DROP"};

	if (target->change == DZ_LIFE_NONE)
		return;
	DzPushBeginFacet(state, "lifecycleStateChange", LIFE_SCHEMA);
	DzPushText(state, "lifecycleStateChange", names[target->change]);
	if (target->change == DZ_LIFE_RENAME)
	{
		DzPushKey(state, "previousIdentifier");
		DzPushBeginObject(state);
		DzPushText(state, "namespace", target->previous.namespace);
		DzPushText(state, "name", target->previous.name);
		DzPushEndObject(state);
	}
	DzPushEndObject(state);
}
