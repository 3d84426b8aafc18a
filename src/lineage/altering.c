/*-------------------------------------------------------------------------
 *
 * altering.c
 *		ALTER TABLE that gives the rows of a temporary table other values.
 *
 * ALTER COLUMN TYPE with USING, and ADD COLUMN with a default or as a generated
 * column, compute what no query of anybody's gives.  Where that may be made of
 * data, it is not known what is in the table, beside what is known of it.  A
 * default is harmless that is made of the server's own functions only, like a
 * constant, now() or a sequence.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/transam.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "edges/edges.h"
#include "nodes/nodeFuncs.h"
#include "rewrite/rewriteHandler.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "lineage/room.h"

static bool computes(const AlterTableCmd *command);
static bool has_default(const ColumnDef *column);
static bool brings_data(Oid relid, const AlterTableCmd *command);
static bool may_read(Node *node, void *context);
static bool is_users(Oid funcid, void *context);

/* Is it of the kind?  Asked of the tree, and of nothing else. */
bool
DzAlteringComputes(const Node *node)
{
	ListCell *lc;

	if (!IsA(node, AlterTableStmt))
		return false;
	foreach (lc, ((const AlterTableStmt *) node)->cmds)
	{
		if (computes(lfirst_node(AlterTableCmd, lc)))
			return true;
	}
	return false;
}

static bool
computes(const AlterTableCmd *command)
{
	if (command->def == NULL || !IsA(command->def, ColumnDef))
		return false;
	return command->subtype == AT_AlterColumnType
			   ? ((ColumnDef *) command->def)->raw_default != NULL
			   : command->subtype == AT_AddColumn &&
					 has_default((ColumnDef *) command->def);
}

static bool
has_default(const ColumnDef *column)
{
	ListCell *lc;

	foreach (lc, column->constraints)
	{
		ConstrType kind = lfirst_node(Constraint, lc)->contype;

		if (kind == CONSTR_DEFAULT || kind == CONSTR_GENERATED)
			return true;
	}
	return false;
}

/* It has been run. */
void
DzAlteringSee(const AlterTableStmt *alter)
{
	Oid relid = RangeVarGetRelid(alter->relation, NoLock, true);
	ListCell *lc;

	if (!DzStagingIs(relid))
		return;
	foreach (lc, alter->cmds)
	{
		const AlterTableCmd *command = lfirst_node(AlterTableCmd, lc);

		if (!computes(command) || !brings_data(relid, command))
			continue;
		DzCapturedWatch();
		DzStagingIsComputed(relid);
		return;
	}
}

/* Of a new column as it is stored, where functions are known. */
static bool
brings_data(Oid relid, const AlterTableCmd *command)
{
	AttrNumber number;
	Relation rel;
	bool result;

	if (command->subtype == AT_AlterColumnType)
		return true;
	number = get_attnum(relid, ((ColumnDef *) command->def)->colname);
	if (number == InvalidAttrNumber)
		return false;
	rel = relation_open(relid, AccessShareLock);
	result = may_read(build_column_default(rel, number), NULL);
	relation_close(rel, AccessShareLock);
	return result;
}

static bool
may_read(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var) || check_functions_in_node(node, is_users, NULL))
		return true;
	return expression_tree_walker(node, may_read, context);
}

static bool
is_users(Oid funcid, void *context)
{
	return funcid >= FirstNormalObjectId;
}
