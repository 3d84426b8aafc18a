/*-------------------------------------------------------------------------
 *
 * operations.c
 *		The API as rows: what datazone_call() and datazone_list() know.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "functions/functions.h"

PG_FUNCTION_INFO_V1(datazone_operations);

#define OPERATION_COLUMNS 6

/* types in the API's own words */
static const char *const kind_names[] = {
	[DZ_KIND_STRING] = "string",       [DZ_KIND_BOOLEAN] = "boolean",
	[DZ_KIND_BYTE] = "byte",           [DZ_KIND_SHORT] = "short",
	[DZ_KIND_INTEGER] = "integer",     [DZ_KIND_LONG] = "long",
	[DZ_KIND_FLOAT] = "float",         [DZ_KIND_TIMESTAMP] = "timestamp",
	[DZ_KIND_BLOB] = "blob",           [DZ_KIND_DOCUMENT] = "document",
	[DZ_KIND_LIST] = "list",           [DZ_KIND_MAP] = "map",
	[DZ_KIND_STRUCTURE] = "structure", [DZ_KIND_UNION] = "union"};

static const char *const place_names[] = {[DZ_IN_BODY] = "body",
										  [DZ_IN_PATH] = "path",
										  [DZ_IN_QUERY] = "query",
										  [DZ_IN_HEADER] = "header",
										  [DZ_IN_HEADER_PREFIX] = "header",
										  [DZ_IN_PAYLOAD] = "body",
										  [DZ_IN_STATUS] = "status"};

static char *uri_of(const DzOperation *op);
static Jsonb *parameters_of(const DzOperation *op);
static int by_need_and_name(const void *a, const void *b);
static void push_parameter(DzJsonbState *state, const DzMember *member);
static void push_pair(DzJsonbState *state, const char *key, const char *value);
static void push_text(DzJsonbState *state, JsonbIteratorToken token,
					  const char *text);

/* datazone_operations() */
Datum
datazone_operations(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < dz_noperations; i++)
	{
		const DzOperation *op = &dz_operations[i];
		Datum values[OPERATION_COLUMNS];
		bool nulls[OPERATION_COLUMNS] = {false};

		values[0] = CStringGetTextDatum(op->name);
		values[1] = CStringGetTextDatum(op->method);
		values[2] = CStringGetTextDatum(uri_of(op));
		values[3] = BoolGetDatum(op->read_only);
		values[4] = BoolGetDatum(op->pager != NULL);
		values[5] = JsonbPGetDatum(parameters_of(op));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}

/* The path with its labels in braces, as the API's reference writes it. */
static char *
uri_of(const DzOperation *op)
{
	StringInfoData uri;

	initStringInfo(&uri);
	for (int i = 0; i < op->nparts; i++)
	{
		const DzPathPart *part = &dz_path_parts[op->first_part + i];

		appendStringInfoString(&uri, DzPoolText(part->literal));
		if (part->label != DZ_NO_LABEL)
			appendStringInfo(
				&uri, "{%s%s}",
				DzPoolText(
					dz_members[dz_shapes[op->input].first + part->label].name),
				part->is_greedy ? "+" : "");
	}
	return uri.data;
}

/* An array of objects: required parameters first, then by name. */
static Jsonb *
parameters_of(const DzOperation *op)
{
	DzJsonbState state = {0};
	uint16 sorted[PG_UINT8_MAX]; /* places in dz_members */
	int n = 0;

	if (op->input != DZ_NO_SHAPE)
	{
		const DzShape *input = &dz_shapes[op->input];

		for (; n < Min(input->count, (int) lengthof(sorted)); n++)
			sorted[n] = input->first + n;
	}
	if (n > 1)
		qsort(sorted, n, sizeof(uint16), by_need_and_name);

	DzJsonbPush(&state, WJB_BEGIN_ARRAY, NULL);
	for (int i = 0; i < n; i++)
		push_parameter(&state, &dz_members[sorted[i]]);
	DzJsonbPush(&state, WJB_END_ARRAY, NULL);
	return JsonbValueToJsonb(state.result);
}

static int
by_need_and_name(const void *a, const void *b)
{
	const DzMember *left = &dz_members[*(const uint16 *) a];
	const DzMember *right = &dz_members[*(const uint16 *) b];
	int need = (right->flags & DZ_MEMBER_REQUIRED) -
			   (left->flags & DZ_MEMBER_REQUIRED);

	return need != 0 ? need
					 : strcmp(DzPoolText(left->name), DzPoolText(right->name));
}

static void
push_parameter(DzJsonbState *state, const DzMember *member)
{
	JsonbValue required = {.type = jbvBool};

	required.val.boolean = (member->flags & DZ_MEMBER_REQUIRED) != 0;
	DzJsonbPush(state, WJB_BEGIN_OBJECT, NULL);
	push_pair(state, "name", DzPoolText(member->name));
	push_pair(state, "type", kind_names[dz_shapes[member->shape].kind]);
	push_text(state, WJB_KEY, "required");
	DzJsonbPush(state, WJB_VALUE, &required);
	push_pair(state, "where", place_names[member->place]);
	DzJsonbPush(state, WJB_END_OBJECT, NULL);
}

static void
push_pair(DzJsonbState *state, const char *key, const char *value)
{
	push_text(state, WJB_KEY, key);
	push_text(state, WJB_VALUE, value);
}

static void
push_text(DzJsonbState *state, JsonbIteratorToken token, const char *text)
{
	JsonbValue v = {.type = jbvString};

	v.val.string.val = unconstify(char *, text);
	v.val.string.len = strlen(text);
	DzJsonbPush(state, token, &v);
}
