/*-------------------------------------------------------------------------
 *
 * params_build.c
 *		Build the params of an operation member by member.
 *
 * Typed functions go through the same request builder as datazone_call():
 * their arguments become params first.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "api/api.h"
#include "compat.h"

struct DzParams
{
	DzJsonbState state;
};

static void
push_text(DzParams *params, JsonbIteratorToken token, const char *text,
		  int len)
{
	JsonbValue value;

	value.type = jbvString;
	value.val.string.val = (char *) text;
	value.val.string.len = len;
	DzJsonbPush(&params->state, token, &value);
}

static void
push_key(DzParams *params, const char *name)
{
	push_text(params, WJB_KEY, name, strlen(name));
}

DzParams *
DzParamsBegin(void)
{
	DzParams *params = palloc0(sizeof(DzParams));

	DzJsonbPush(&params->state, WJB_BEGIN_OBJECT, NULL);
	return params;
}

void
DzParamsText(DzParams *params, const char *name, const char *value)
{
	if (value == NULL)
		return;
	push_key(params, name);
	push_text(params, WJB_VALUE, value, strlen(value));
}

void
DzParamsInteger(DzParams *params, const char *name, int64 value)
{
	JsonbValue number;

	number.type = jbvNumeric;
	number.val.numeric = int64_to_numeric(value);
	push_key(params, name);
	DzJsonbPush(&params->state, WJB_VALUE, &number);
}

/* NULL elements become JSON nulls, which the request builder refuses. */
void
DzParamsTextArray(DzParams *params, const char *name, ArrayType *value)
{
	Datum *items;
	bool *nulls;
	int count;

	if (value == NULL)
		return;
	deconstruct_array(value, TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls,
					  &count);

	push_key(params, name);
	DzJsonbPush(&params->state, WJB_BEGIN_ARRAY, NULL);
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
		{
			JsonbValue null = {.type = jbvNull};

			DzJsonbPush(&params->state, WJB_ELEM, &null);
		}
		else
		{
			text *item = DatumGetTextPP(items[i]);

			push_text(params, WJB_ELEM, VARDATA_ANY(item),
					  VARSIZE_ANY_EXHDR(item));
		}
	}
	DzJsonbPush(&params->state, WJB_END_ARRAY, NULL);
}

/* Any JSON; an outermost scalar is pushed as what it is. */
void
DzParamsJsonb(DzParams *params, const char *name, Jsonb *value)
{
	JsonbValue item;

	if (value == NULL)
		return;
	push_key(params, name);
	if (JB_ROOT_IS_SCALAR(value))
		(void) JsonbExtractScalar(&value->root, &item);
	else
	{
		item.type = jbvBinary;
		item.val.binary.data = &value->root;
		item.val.binary.len = VARSIZE_ANY_EXHDR(value);
	}
	DzJsonbPush(&params->state, WJB_VALUE, &item);
}

/* Begin, and end, an object that is a member. */
void
DzParamsOpen(DzParams *params, const char *name)
{
	push_key(params, name);
	DzJsonbPush(&params->state, WJB_BEGIN_OBJECT, NULL);
}

void
DzParamsClose(DzParams *params)
{
	DzJsonbPush(&params->state, WJB_END_OBJECT, NULL);
}

Jsonb *
DzParamsEnd(DzParams *params)
{
	DzJsonbPush(&params->state, WJB_END_OBJECT, NULL);
	return JsonbValueToJsonb(params->state.result);
}
