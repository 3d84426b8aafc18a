/*-------------------------------------------------------------------------
 *
 * lineage_event.c
 *		Is this an OpenLineage RunEvent that DataZone would take?
 *
 * The service accepts a post and processes it later; what it cannot use ends
 * as FAILED without a reason.  So what the OpenLineage specification requires
 * of a RunEvent is checked before sending, whichever function sends it.
 * Facets are nobody's business but the service's.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/request.h"
#include "utils/jsonb.h"

static const JsonbValue *get_member(JsonbContainer *object, const char *name,
									JsonbValue *v);
static JsonbContainer *require_object(JsonbContainer *object, const char *name,
									  const DzPath *path, JsonbValue *v);
static void require_text(JsonbContainer *object, const char *name,
						 const DzPath *path);

/*
 * Check the event at "path".  "compact_len" is its length in bytes as it would
 * be sent.  Throws 22023.
 */
void
DzLineageEventCheck(JsonbContainer *event, size_t compact_len,
					const DzPath *path)
{
	JsonbValue v;
	DzPath event_time = DzPathMember(path, "eventTime", 9);
	DzPath run_path = DzPathMember(path, "run", 3);
	DzPath job_path = DzPathMember(path, "job", 3);
	JsonbContainer *part;

	if (compact_len > DZ_LINEAGE_EVENT_MAX)
		DzParamError(path,
					 "%zu bytes as compact JSON, but at most %d are accepted",
					 compact_len, DZ_LINEAGE_EVENT_MAX);

	if (get_member(event, "run", &v) == NULL)
		DzParamErrorHint(
			&run_path,
			errhint(
				"Only an OpenLineage RunEvent is accepted, not a DatasetEvent or a JobEvent."),
			"required");
	part = require_object(event, "run", path, &v);
	require_text(part, "runId", &run_path);

	part = require_object(event, "job", path, &v);
	require_text(part, "namespace", &job_path);
	require_text(part, "name", &job_path);

	require_text(event, "producer", path);
	require_text(event, "schemaURL", path);

	require_text(event, "eventTime", path);
	DzParamTime(get_member(event, "eventTime", &v), &event_time);
}

/* The member, or NULL where it is absent or null. */
static const JsonbValue *
get_member(JsonbContainer *object, const char *name, JsonbValue *v)
{
	if (getKeyJsonValueFromContainer(object, name, strlen(name), v) == NULL ||
		v->type == jbvNull)
		return NULL;
	return v;
}

static JsonbContainer *
require_object(JsonbContainer *object, const char *name, const DzPath *path,
			   JsonbValue *v)
{
	DzPath here = DzPathMember(path, name, strlen(name));

	if (get_member(object, name, v) == NULL)
		DzParamError(&here, "required");
	return DzParamObject(v, &here);
}

static void
require_text(JsonbContainer *object, const char *name, const DzPath *path)
{
	DzPath here = DzPathMember(path, name, strlen(name));
	JsonbValue v;

	if (get_member(object, name, &v) == NULL)
		DzParamError(&here, "required");
	if (v.type != jbvString)
		DzParamTypeError(&v, "a string", &here);
	if (v.val.string.len == 0)
		DzParamError(&here, "must not be empty");
}
