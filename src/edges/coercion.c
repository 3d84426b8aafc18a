/*-------------------------------------------------------------------------
 *
 * coercion.c
 *		Casts that the server puts in by itself: which of them keep the value.
 *
 * An integer that becomes a bigint is still the same value, and the edge an
 * IDENTITY; a timestamp that an INSERT cuts down to a date is not.  The
 * server's own implicit casts are made to keep values; its casts "on
 * assignment" and those to a shorter type modifier may round.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_cast.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

static bool is_implicit(Oid from, Oid to);
static bool is_integer(Oid type);
static bool modifier_keeps(const FuncExpr *cast, Oid type);
static int numeric_scale(int32 typmod);

bool
DzCastKeeps(const FuncExpr *cast)
{
	Oid from;

	if (cast->funcformat != COERCE_IMPLICIT_CAST || cast->args == NIL ||
		cast->funcid >= FirstNormalObjectId)
		return false;
	from = exprType(linitial(cast->args));
	if (from == cast->funcresulttype)
		return modifier_keeps(cast, from);
	return is_implicit(from, cast->funcresulttype) ||
		   (is_integer(from) && is_integer(cast->funcresulttype));
}

/* The cast of an element stands around what means the element. */
bool
DzArrayCastKeeps(const ArrayCoerceExpr *cast)
{
	Node *node = (Node *) cast->elemexpr;

	while (!IsA(node, CaseTestExpr))
	{
		if (IsA(node, FuncExpr) && DzCastKeeps((FuncExpr *) node))
			node = linitial(((FuncExpr *) node)->args);
		else if (IsA(node, RelabelType))
			node = (Node *) ((RelabelType *) node)->arg;
		else if (IsA(node, CoerceToDomain))
			node = (Node *) ((CoerceToDomain *) node)->arg;
		else if (IsA(node, CoerceViaIO))
			node = (Node *) ((CoerceViaIO *) node)->arg;
		else
			return false;
	}
	return cast->coerceformat == COERCE_IMPLICIT_CAST;
}

static bool
is_implicit(Oid from, Oid to)
{
	HeapTuple tuple;
	bool result;

	tuple = SearchSysCache2(CASTSOURCETARGET, ObjectIdGetDatum(from),
							ObjectIdGetDatum(to));
	if (!HeapTupleIsValid(tuple))
		return false;
	result = ((Form_pg_cast) GETSTRUCT(tuple))->castcontext ==
			 COERCION_CODE_IMPLICIT;
	ReleaseSysCache(tuple);
	return result;
}

/* One that does not fit in a shorter type is an error, not another value. */
static bool
is_integer(Oid type)
{
	return type == INT2OID || type == INT4OID || type == INT8OID;
}

/*
 * Strings that do not fit are errors.  Numbers and times are rounded, unless
 * the old modifier surely has no more digits.
 */
static bool
modifier_keeps(const FuncExpr *cast, Oid type)
{
	Oid of = getBaseType(type);
	int32 old_typmod = exprTypmod(linitial(cast->args));
	int32 new_typmod = exprTypmod((const Node *) cast);

	switch (of)
	{
		case VARCHAROID:
		case BPCHAROID:
		case BITOID:
		case VARBITOID:
			return true;
		case NUMERICOID:
			return old_typmod >= 0 && new_typmod >= 0 &&
				   numeric_scale(new_typmod) >= numeric_scale(old_typmod);
		case TIMEOID:
		case TIMETZOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			return old_typmod >= 0 && new_typmod >= old_typmod;
		default:
			return false;
	}
}

/* As numeric.c packs it: 11 bits in two's complement. */
static int
numeric_scale(int32 typmod)
{
	return (((typmod - VARHDRSZ) & 0x7ff) ^ 1024) - 1024;
}
