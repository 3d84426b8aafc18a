/*-------------------------------------------------------------------------
 *
 * params.c
 *		The params of a call: a jsonb object, single members, or both.
 *
 * datazone_call() has an object; typed functions have arguments, which are
 * members; a listing adds its token and page size to what it was given.
 * Members are placed into the request as they are: an event of 300 kB is not
 * built into an object first, only to be taken out of it again.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "api/api.h"
#include "compat.h"

/* Params without members, in CurrentMemoryContext. */
DzParams *
DzParamsBegin(void)
{
	return palloc0(sizeof(DzParams));
}

/* Params that are the members of "object", and what is added to them. */
DzParams *
DzParamsOf(Jsonb *object)
{
	DzParams *params = DzParamsBegin();

	params->object = object;
	return params;
}

/* A copy to which members can be added. */
DzParams *
DzParamsCopy(const DzParams *params)
{
	DzParams *copy = DzParamsBegin();

	*copy = *params;
	return copy;
}

/* The value of a member called "name": a new one, or the one there is. */
static JsonbValue *
member_value(DzParams *params, const char *name)
{
	for (int i = 0; i < params->count; i++)
		if (strcmp(params->members[i].name, name) == 0)
			return &params->members[i].value;

	if (params->count == DZ_MAX_PARAMS)
		elog(ERROR, "more than %d members", DZ_MAX_PARAMS);
	params->members[params->count].name = name;
	return &params->members[params->count++].value;
}

static void
set_text(JsonbValue *value, char *text, int len)
{
	value->type = jbvString;
	value->val.string.val = text;
	value->val.string.len = len;
}

void
DzParamsText(DzParams *params, const char *name, char *value)
{
	if (value != NULL)
		set_text(member_value(params, name), value, (int) strlen(value));
}

void
DzParamsInteger(DzParams *params, const char *name, int64 value)
{
	JsonbValue *number = member_value(params, name);

	number->type = jbvNumeric;
	number->val.numeric = int64_to_numeric(value);
}

/* NULL elements become JSON nulls, which the request builder refuses. */
void
DzParamsTextArray(DzParams *params, const char *name, ArrayType *value)
{
	DzJsonbState state = {0};
	Datum *items;
	bool *nulls;
	int count;

	if (value == NULL)
		return;
	deconstruct_array(value, TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls,
					  &count);

	DzJsonbPush(&state, WJB_BEGIN_ARRAY, NULL);
	for (int i = 0; i < count; i++)
	{
		JsonbValue item = {.type = jbvNull};

		if (!nulls[i])
		{
			text *string = DatumGetTextPP(items[i]);

			set_text(&item, VARDATA_ANY(string), VARSIZE_ANY_EXHDR(string));
		}
		DzJsonbPush(&state, WJB_ELEM, &item);
	}
	DzJsonbPush(&state, WJB_END_ARRAY, NULL);
	DzParamsJsonb(params, name, JsonbValueToJsonb(state.result));
}

/* Any JSON, which is not copied; an outermost scalar is what it is. */
void
DzParamsJsonb(DzParams *params, const char *name, Jsonb *value)
{
	JsonbValue *member;

	if (value == NULL)
		return;
	member = member_value(params, name);
	if (JB_ROOT_IS_SCALAR(value))
		(void) JsonbExtractScalar(&value->root, member);
	else
	{
		member->type = jbvBinary;
		member->val.binary.data = &value->root;
		member->val.binary.len = VARSIZE_ANY_EXHDR(value);
	}
}

/* All members as one object, to be compared or kept. */
Jsonb *
DzParamsToJsonb(const DzParams *params)
{
	DzJsonbState state = {0};

	Assert(params->object == NULL);
	DzJsonbPush(&state, WJB_BEGIN_OBJECT, NULL);
	for (int i = 0; i < params->count; i++)
	{
		JsonbValue value = params->members[i].value;
		JsonbValue key;

		set_text(&key, unconstify(char *, params->members[i].name),
				 (int) strlen(params->members[i].name));
		DzJsonbPush(&state, WJB_KEY, &key);
		DzJsonbPush(&state, WJB_VALUE, &value);
	}
	DzJsonbPush(&state, WJB_END_OBJECT, NULL);
	return JsonbValueToJsonb(state.result);
}
