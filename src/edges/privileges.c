/*-------------------------------------------------------------------------
 *
 * privileges.c
 *		May the current user run this query?
 *
 * The lineage of a statement tells what is in it, so it needs the privileges
 * that the statement needs.  The executor checks them when it starts: tables
 * and columns as they are listed in each query, also of views, whose owners'
 * rights count there; and EXECUTE on each function when it is set up.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "catalog/pg_proc.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"

static bool check(Node *node, void *arg);
static bool check_function(Oid funcid, void *arg);

void
DzCheckQuery(const Query *query)
{
	(void) check((Node *) unconstify(Query *, query), NULL);
}

static bool
check(Node *node, void *arg)
{
	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, Query))
	{
		DzCheckRangeTable((Query *) node);
		return query_tree_walker((Query *) node, check, arg, 0);
	}
	(void) check_functions_in_node(node, check_function, arg);
	return expression_tree_walker(node, check, arg);
}

/* Never true, so that all are looked at. */
static bool
check_function(Oid funcid, void *arg)
{
	AclResult result = DzFunctionAclCheck(funcid, GetUserId(), ACL_EXECUTE);

	if (result != ACLCHECK_OK)
		aclcheck_error(result, OBJECT_FUNCTION, get_func_name(funcid));
	return false;
}
