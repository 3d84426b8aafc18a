/*-------------------------------------------------------------------------
 *
 * argument.c
 *		Arguments of SQL functions.
 *
 * No function is STRICT: a NULL where a value is needed is a mistake that the
 * caller should hear of, not a reason to do nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "functions/functions.h"

char *
DzArgText(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(n));
}

char *
DzArgRequired(FunctionCallInfo fcinfo, int n, const char *name)
{
	if (PG_ARGISNULL(n))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("argument \"%s\" must not be null", name)));
	return text_to_cstring(PG_GETARG_TEXT_PP(n));
}

int64
DzArgMaxItems(FunctionCallInfo fcinfo, int n)
{
	int32 max_items;

	if (PG_ARGISNULL(n))
		return -1;
	max_items = PG_GETARG_INT32(n);
	if (max_items < 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("argument \"max_items\" must not be negative"),
						errhint("Leave it out to get all items.")));
	return max_items;
}

Jsonb *
DzArgJsonb(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : PG_GETARG_JSONB_P(n);
}

const DzOperation *
DzNamedOperation(const char *name)
{
	const DzOperation *op = DzOperationFind(name);
	const char *nearest;

	if (op != NULL)
		return op;
	nearest = DzOperationNearest(name);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("unknown operation \"%s\"", name),
					nearest != NULL
						? errhint("Perhaps you meant \"%s\".", nearest)
						: errhint("datazone_operations() lists them all.")));
	pg_unreachable();
}

const DzOperation *
DzTypedOperation(const char *name)
{
	const DzOperation *op = DzOperationFind(name);

	if (op == NULL)
		elog(ERROR, "operation \"%s\" is not in the model", name);
	return op;
}
