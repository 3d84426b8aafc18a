/*-------------------------------------------------------------------------
 *
 * level.c
 *		Levels: queries in their place, and what they put out.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "common/hashfn.h"
#include "miscadmin.h"

typedef struct LevelOfQuery
{
	const Query *query;
	DzLevel *level;
	char status;
} LevelOfQuery;

#define SH_PREFIX levels
#define SH_ELEMENT_TYPE LevelOfQuery
#define SH_KEY_TYPE const Query *
#define SH_KEY query
#define SH_HASH_KEY(table, key) murmurhash32((uint32) ((uintptr_t) (key) >> 3))
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

#define LEVELS_AT_FIRST 12

static void find_outputs(DzLevel *level);
static void derive_output(DzLevel *level, TargetEntry *entry, DzFlow *out);

void
DzLevelsInit(DzDerivation *derivation)
{
	derivation->levels =
		levels_create(CurrentMemoryContext, LEVELS_AT_FIRST, NULL);
}

/* The level of a query; made when it is first met. */
DzLevel *
DzLevelOf(DzDerivation *derivation, const Query *query, DzLevel *parent)
{
	LevelOfQuery *entry;
	DzLevel *level;
	bool found;

	entry = levels_insert(derivation->levels, query, &found);
	if (found)
		return entry->level;

	level = palloc0(sizeof(DzLevel));
	entry->level = level;
	level->query = query;
	level->derivation = derivation;
	level->parent = parent;
	level->body = parent != NULL ? parent->body : NULL;
	if (query->rtable != NIL)
		level->items = palloc0_array(DzItem, list_length(query->rtable));
	if (query->cteList != NIL)
		level->ctes = palloc0_array(DzCte, list_length(query->cteList));
	find_outputs(level);
	return level;
}

/*
 * An array, since to find an entry in a list takes longer in a longer one.
 * What is there to be ordered by alone is none of them.
 */
static void
find_outputs(DzLevel *level)
{
	List *entries = DzOutputs(level->query);
	ListCell *lc;

	foreach (lc, entries)
	{
		TargetEntry *entry = lfirst(lc);

		if (!entry->resjunk)
			level->noutputs = Max(level->noutputs, entry->resno);
	}
	if (level->noutputs == 0)
		return;

	level->outputs = palloc0_array(TargetEntry *, level->noutputs);
	level->columns = palloc0_array(DzFlow *, level->noutputs);
	foreach (lc, entries)
	{
		TargetEntry *entry = lfirst(lc);

		if (!entry->resjunk)
			level->outputs[entry->resno - 1] = entry;
	}
}

DzLevel *
DzLevelUp(DzLevel *level, Index levels_up)
{
	while (levels_up-- > 0)
	{
		level = level->parent;
		if (level == NULL)
			elog(ERROR, "a query refers to a level that it is not in");
	}
	return level;
}

List *
DzOutputs(const Query *query)
{
	return query->commandType == CMD_SELECT ? query->targetList
											: query->returningList;
}

const DzFlow *
DzOutputColumn(DzLevel *level, AttrNumber resno)
{
	static const DzFlow nothing = {0};
	DzFlow *flow;

	if (resno < 1 || resno > level->noutputs ||
		level->outputs[resno - 1] == NULL)
		return &nothing;
	if (level->columns[resno - 1] != NULL)
		return level->columns[resno - 1];

	check_stack_depth();
	flow = palloc0(sizeof(DzFlow));
	derive_output(level, level->outputs[resno - 1], flow);
	level->columns[resno - 1] = flow;
	return flow;
}

/* The target list of a set operation only shows its leftmost query's. */
static void
derive_output(DzLevel *level, TargetEntry *entry, DzFlow *out)
{
	if (level->query->setOperations != NULL)
		DzSetOperationColumn(level, level->query->setOperations, entry->resno,
							 DZ_EDGE_IDENTITY, out);
	else
		DzExpression(level, (Node *) entry->expr, DZ_EDGE_IDENTITY, out);
}

/*
 * Columns meet by position.  What is on the right of EXCEPT never arrives:
 * it belongs to the row set.
 */
void
DzSetOperationColumn(DzLevel *level, Node *node, AttrNumber resno,
					 DzEdgeKind use, DzFlow *out)
{
	check_stack_depth();
	if (IsA(node, RangeTblRef))
		DzItemColumn(level, ((RangeTblRef *) node)->rtindex, resno, use, out);
	else
	{
		SetOperationStmt *setop = castNode(SetOperationStmt, node);

		DzSetOperationColumn(level, setop->larg, resno, use, out);
		if (setop->op != SETOP_EXCEPT)
			DzSetOperationColumn(level, setop->rarg, resno, use, out);
	}
}
