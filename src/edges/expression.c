/*-------------------------------------------------------------------------
 *
 * expression.c
 *		Which columns arrive in an expression, and how.
 *
 * Only what is more than "its arguments, transformed" has a case here; any
 * other node, also of a PostgreSQL to come, is walked through as that.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/transam.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"

typedef struct Place
{
	DzLevel *level;
	DzEdgeKind use;
	DzFlow *out;
} Place;

static bool walk(Node *node, void *arg);
static void under(const Place *place, void *node, DzEdgeKind step);
static void of_var(const Place *place, const Var *var);
static Node *grouped_by(DzLevel *level, const Var *var);
static void of_param(const Place *place, const Param *param);
static void of_aggregate(const Place *place, Aggref *agg);
static void of_window(const Place *place, WindowFunc *func);
static WindowClause *window_of(const Query *query, Index winref);
static void of_case(const Place *place, CaseExpr *expr);
static void of_sublink(const Place *place, SubLink *link);
static void of_arguments(const Place *place, Node *node);
static void field_of_var(DzLevel *level, Var *var, AttrNumber n,
						 DzEdgeKind use, DzFlow *out);
static void call_field(DzLevel *level, FuncExpr *call, AttrNumber n,
					   DzEdgeKind use, DzFlow *out);
static bool is_argument(const DzLevel *level, const Node *node);
static bool of_operator(const Place *place, Node *node);
static bool of_coercion(const Place *place, Node *node);
static void note_operator(const Place *place, Node *node);

void
DzExpression(DzLevel *level, Node *node, DzEdgeKind use, DzFlow *out)
{
	Place place = {.level = level, .use = use, .out = out};

	(void) walk(node, &place);
}

/* An expression_tree_walker that never stops early. */
static bool
walk(Node *node, void *arg)
{
	const Place *place = arg;

	if (node == NULL)
		return false;
	check_stack_depth();
	switch (nodeTag(node))
	{
		case T_Var:
			of_var(place, (Var *) node);
			return false;
		case T_Param:
			of_param(place, (Param *) node);
			return false;
		case T_List:
		case T_TargetEntry:
		case T_NamedArgExpr:
			return expression_tree_walker(node, walk, arg);
		case T_Aggref:
			of_aggregate(place, (Aggref *) node);
			return false;
		case T_GroupingFunc:
			under(place, ((GroupingFunc *) node)->args, DZ_EDGE_GROUP_BY);
			return false;
		case T_WindowFunc:
			of_window(place, (WindowFunc *) node);
			return false;
		case T_CaseExpr:
			of_case(place, (CaseExpr *) node);
			return false;
		case T_NullIfExpr:
			note_operator(place, node);
			under(place, linitial(((NullIfExpr *) node)->args),
				  DZ_EDGE_TRANSFORMATION);
			under(place, lsecond(((NullIfExpr *) node)->args),
				  DZ_EDGE_CONDITIONAL);
			return false;
		case T_SubLink:
			of_sublink(place, (SubLink *) node);
			return false;
		case T_FieldSelect:
			DzField(place->level, (Node *) ((FieldSelect *) node)->arg,
					((FieldSelect *) node)->fieldnum, place->use, place->out);
			return false;
		case T_FuncExpr:
			if (DzCastKeeps((FuncExpr *) node))
				return walk(linitial(((FuncExpr *) node)->args), arg);
			DzCall(place->level, (FuncExpr *) node, place->use, place->out);
			return false;
		default:
			break;
	}
	if (!of_coercion(place, node) && !of_operator(place, node))
		of_arguments(place, node);
	return false;
}

/*
 * An operator that users have made, as a call of its function; false: "node"
 * is none.  IS DISTINCT FROM also looks at what it compares itself.
 */
static bool
of_operator(const Place *place, Node *node)
{
	FuncExpr *call = NULL;

	if (IsA(node, OpExpr) || IsA(node, DistinctExpr))
		call = DzOperatorCall((OpExpr *) node);
	if (call == NULL)
		return false;
	if (IsA(node, OpExpr))
		DzCall(place->level, call, place->use, place->out);
	else
	{
		under(place, call, DZ_EDGE_TRANSFORMATION);
		under(place, call->args, DZ_EDGE_TRANSFORMATION);
	}
	return true;
}

/* Any node of which nothing more is known. */
static void
of_arguments(const Place *place, Node *node)
{
	Place inside = *place;
	Node *executed = DzJsonConstructorCall(node);

	note_operator(place, node);
	inside.use = DzUseUnder(place->use, DZ_EDGE_TRANSFORMATION);
	/* its arguments are a copy of those of the call */
	if (executed != NULL)
		(void) walk(executed, &inside);
	else
		(void) expression_tree_walker(node, walk, &inside);
}

static void
under(const Place *place, void *node, DzEdgeKind step)
{
	DzExpression(place->level, node, DzUseUnder(place->use, step), place->out);
}

/*
 * A column by which is grouped is its expression, in the place where it stands:
 * as servers have it that have no entry of its own for that.
 */
static void
of_var(const Place *place, const Var *var)
{
	DzLevel *level = DzLevelUp(place->level, var->varlevelsup);
	Node *grouped = grouped_by(level, var);

	if (grouped != NULL)
		DzExpression(level, grouped, place->use, place->out);
	else
		DzItemColumn(level, var->varno, var->varattno, place->use, place->out);
}

/* The expression that a Var of this level stands for so; NULL: none. */
static Node *
grouped_by(DzLevel *level, const Var *var)
{
	List *grouped =
		DzGroupExpressions(rt_fetch(var->varno, level->query->rtable));

	if (var->varattno < 1 || var->varattno > list_length(grouped))
		return NULL;
	return list_nth(grouped, var->varattno - 1);
}

/*
 * An argument of the function that is being looked into, or a column of the
 * sub-query in SET (a, b) = (SELECT ...), which is in the same target list.
 * Any other is a constant.
 */
static void
of_param(const Place *place, const Param *param)
{
	const DzBody *body = place->level->body;

	if (is_argument(place->level, (const Node *) param))
		place->out->sources[place->use] = bms_add_member(
			place->out->sources[place->use], body->first + param->paramid - 1);
	if (param->paramkind != PARAM_MULTIEXPR)
		return;

	/* such sub-queries are the last entries of the list */
	for (int i = list_length(place->level->assignments) - 1; i >= 0; i--)
	{
		TargetEntry *entry =
			list_nth_node(TargetEntry, place->level->assignments, i);
		SubLink *link = (SubLink *) entry->expr;

		if (!entry->resjunk)
			break;
		if (IsA(link, SubLink) && link->subLinkType == MULTIEXPR_SUBLINK &&
			link->subLinkId == param->paramid >> 16)
		{
			DzLevel *sub =
				DzLevelOf(place->level->derivation,
						  castNode(Query, link->subselect), place->level);

			DzFlowAdd(place->out, place->use,
					  DzOutputColumn(sub, param->paramid & 0xFFFF));
			DzFlowAdd(place->out, place->use, DzRows(sub));
			break;
		}
	}
}

/*
 * What is ordered by stands among the arguments, too: as junk, if it is there
 * for that alone.
 */
static void
of_aggregate(const Place *place, Aggref *agg)
{
	ListCell *lc;

	foreach (lc, agg->args)
	{
		TargetEntry *entry = lfirst(lc);

		if (!entry->resjunk)
			under(place, entry->expr, DZ_EDGE_AGGREGATION);
	}
	foreach (lc, agg->aggorder)
	{
		under(place, get_sortgroupclause_expr(lfirst(lc), agg->args),
			  DZ_EDGE_SORT);
	}
	under(place, agg->aggdirectargs, DZ_EDGE_AGGREGATION);
	under(place, agg->aggfilter, DZ_EDGE_FILTER);
	DzAggregateNote(place->level, agg->aggfnoid, place->out);
}

static void
of_window(const Place *place, WindowFunc *func)
{
	under(place, func->args, DZ_EDGE_TRANSFORMATION);
	under(place, func->aggfilter, DZ_EDGE_FILTER);
	if (func->winagg)
		DzAggregateNote(place->level, func->winfnoid, place->out);
	else
		DzCallNote(place->level, func->winfnoid, place->out);
	DzWindow(place->level, window_of(place->level->query, func->winref),
			 DzUseUnder(place->use, DZ_EDGE_WINDOW), place->out);
}

/* The parser counts them; looked for among all where that is not so. */
static WindowClause *
window_of(const Query *query, Index winref)
{
	WindowClause *window;
	ListCell *lc;

	if (winref >= 1 && winref <= (Index) list_length(query->windowClause))
	{
		window = list_nth_node(WindowClause, query->windowClause, winref - 1);
		if (window->winref == winref)
			return window;
	}
	foreach (lc, query->windowClause)
	{
		window = lfirst_node(WindowClause, lc);
		if (window->winref == winref)
			return window;
	}
	elog(ERROR, "could not find window clause %u", winref);
}

void
DzWindow(DzLevel *level, WindowClause *window, DzEdgeKind use, DzFlow *out)
{
	List *entries = level->query->targetList;
	ListCell *lc;

	foreach (lc, window->partitionClause)
	{
		DzExpression(level, get_sortgroupclause_expr(lfirst(lc), entries), use,
					 out);
	}
	foreach (lc, window->orderClause)
	{
		DzExpression(level, get_sortgroupclause_expr(lfirst(lc), entries), use,
					 out);
	}
	DzExpression(level, window->startOffset, use, out);
	DzExpression(level, window->endOffset, use, out);
}

static void
of_case(const Place *place, CaseExpr *expr)
{
	ListCell *lc;

	under(place, expr->arg, DZ_EDGE_CONDITIONAL);
	foreach (lc, expr->args)
	{
		CaseWhen *when = lfirst_node(CaseWhen, lc);

		under(place, when->expr, DZ_EDGE_CONDITIONAL);
		under(place, when->result, DZ_EDGE_TRANSFORMATION);
	}
	under(place, expr->defresult, DZ_EDGE_TRANSFORMATION);
}

/*
 * What the sub-query selects is the value, or is only looked at: for EXISTS,
 * and for IN, ANY and ALL, which compare it.
 */
static void
of_sublink(const Place *place, SubLink *link)
{
	DzLevel *sub = DzLevelOf(place->level->derivation,
							 castNode(Query, link->subselect), place->level);
	DzEdgeKind use;

	switch (link->subLinkType)
	{
		case EXISTS_SUBLINK:
		case ANY_SUBLINK:
		case ALL_SUBLINK:
			use = DZ_EDGE_FILTER;
			break;
		case ARRAY_SUBLINK:
		case ROWCOMPARE_SUBLINK:
			use = DzUseUnder(place->use, DZ_EDGE_TRANSFORMATION);
			break;
		case MULTIEXPR_SUBLINK:
			/* its columns are where their Params are */
			return;
		default:
			use = place->use;
			break;
	}
	for (int i = 1; i <= sub->noutputs; i++)
		DzFlowAdd(place->out, use, DzOutputColumn(sub, i));
	DzFlowAdd(place->out, place->use, DzRows(sub));
	under(place, link->testexpr, DZ_EDGE_TRANSFORMATION);
}

/* A field of a row that is known by fields; else it comes from the row. */
void
DzField(DzLevel *level, Node *node, AttrNumber n, DzEdgeKind use, DzFlow *out)
{
	DzEdgeKind inside = DzUseUnder(use, DZ_EDGE_TRANSFORMATION);

	check_stack_depth();
	if (IsA(node, Var))
		field_of_var(level, (Var *) node, n, use, out);
	else if (is_argument(level, node) && OidIsValid(level->body->key.funcid))
		out->sources[use] = bms_add_member(
			out->sources[use], DzBodyField(level->derivation, level->body,
										   ((Param *) node)->paramid - 1, n));
	else if (IsA(node, CoerceToDomain))
		DzField(level, (Node *) ((CoerceToDomain *) node)->arg, n, use, out);
	else if (IsA(node, RowExpr) && n <= list_length(((RowExpr *) node)->args))
		DzExpression(level, list_nth(((RowExpr *) node)->args, n - 1), use,
					 out);
	else if (IsA(node, FuncExpr))
		call_field(level, (FuncExpr *) node, n, use, out);
	else if (IsA(node, OpExpr) && DzOperatorCall((OpExpr *) node) != NULL)
		call_field(level, DzOperatorCall((OpExpr *) node), n, use, out);
	else
		DzExpression(level, node, inside, out);
}

/* A column that is a row may be one in a sub-query, whose fields are known. */
static void
field_of_var(DzLevel *level, Var *var, AttrNumber n, DzEdgeKind use,
			 DzFlow *out)
{
	DzLevel *at = DzLevelUp(level, var->varlevelsup);
	DzLevel *inner = at;
	Node *made = grouped_by(at, var);

	if (var->varattno == 0)
		DzItemColumn(at, var->varno, n, use, out);
	else
	{
		if (made == NULL)
			made = DzItemExpression(at, var->varno, var->varattno, &inner);
		if (made != NULL)
			DzField(inner, made, n, use, out);
		else
			DzExpression(level, (Node *) var,
						 DzUseUnder(use, DZ_EDGE_TRANSFORMATION), out);
	}
}

static void
call_field(DzLevel *level, FuncExpr *call, AttrNumber n, DzEdgeKind use,
		   DzFlow *out)
{
	DzCalled called = {0};

	DzCallColumn(level, call, n, use, &called, out);
	DzCallRows(level, call, &called, out);
}

/* Does it stand for an argument of the function that is being looked into? */
static bool
is_argument(const DzLevel *level, const Node *node)
{
	const Param *param = (const Param *) node;

	return IsA(node, Param) && param->paramkind == PARAM_EXTERN &&
		   level->body != NULL && param->paramid >= 1 &&
		   param->paramid <= level->body->nargs;
}

/*
 * Casts, except by a function, and what only says which row a value is of;
 * false: "node" is none.
 */
static bool
of_coercion(const Place *place, Node *node)
{
	CoercionForm form = COERCE_IMPLICIT_CAST;
	Node *arg;

	switch (nodeTag(node))
	{
		case T_RelabelType:
			arg = (Node *) ((RelabelType *) node)->arg;
			break;
		case T_CollateExpr:
			arg = (Node *) ((CollateExpr *) node)->arg;
			break;
		case T_CoerceToDomain:
			arg = (Node *) ((CoerceToDomain *) node)->arg;
			break;
		case T_ConvertRowtypeExpr:
			arg = (Node *) ((ConvertRowtypeExpr *) node)->arg;
			break;
		case T_CoerceViaIO:
			arg = (Node *) ((CoerceViaIO *) node)->arg;
			form = ((CoerceViaIO *) node)->coerceformat;
			break;
		case T_ArrayCoerceExpr:
			arg = (Node *) ((ArrayCoerceExpr *) node)->arg;
			if (!DzArrayCastKeeps((ArrayCoerceExpr *) node))
				form = COERCE_EXPLICIT_CAST;
			/* for what is unresolved of a user's cast */
			under(place, ((ArrayCoerceExpr *) node)->elemexpr,
				  DZ_EDGE_TRANSFORMATION);
			break;
		default:
			arg = DzReturnedValue(node);
			if (arg == NULL)
				return false;
			break;
	}
	under(place, arg,
		  form == COERCE_IMPLICIT_CAST ? DZ_EDGE_IDENTITY
									   : DZ_EDGE_TRANSFORMATION);
	return true;
}

/* What cannot be known of an operator's function that is no call of it. */
static void
note_operator(const Place *place, Node *node)
{
	Oid opno = InvalidOid;

	if (IsA(node, NullIfExpr))
		opno = ((OpExpr *) node)->opno;
	else if (IsA(node, ScalarArrayOpExpr))
		opno = ((ScalarArrayOpExpr *) node)->opno;
	if (opno >= FirstNormalObjectId)
		DzCallNote(place->level, get_opcode(opno), place->out);
}
