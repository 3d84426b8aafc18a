/*-------------------------------------------------------------------------
 *
 * statement.c
 *		From a statement's text to its queries, without running it.
 *
 * A command that holds a query stands for that query: CREATE TABLE AS and its
 * like give its output a name, EXPLAIN, PREPARE and DECLARE CURSOR add
 * nothing.  A command without one has no lineage of its own.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_namespace.h"
#include "commands/prepare.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "rewrite/prs2lock.h"
#include "rewrite/rewriteHandler.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/rel.h"

static void point_into_text(void *arg);
static void read_node(DzStatement *statement, Node *node, const char *text);
static void check_copied(List *queries);
static bool read_wrapped(DzStatement *statement, Node *node, const char *text);
static void read_select(DzStatement *statement, SelectStmt *select,
						const char *text);
static void read_into(DzStatement *statement, IntoClause *into, Node *query,
					  const char *text);
static void read_view(DzStatement *statement, ViewStmt *view,
					  const char *text);
static void read_refresh(DzStatement *statement, RefreshMatViewStmt *refresh);
static void read_execute(DzStatement *statement, ExecuteStmt *execute);
static char *new_relation(RangeVar *relation);
static void check_temporary(void);
static void refuse(Node *node);

DzStatement *
DzStatementRead(const char *text)
{
	DzStatement *statement = palloc0(sizeof(DzStatement));
	ErrorContextCallback place = {.callback = point_into_text,
								  .arg = unconstify(char *, text),
								  .previous = error_context_stack};
	List *raw;
	ListCell *lc;

	error_context_stack = &place;
	raw = pg_parse_query(text);
	if (list_length(raw) != 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("query must be one statement"),
						errdetail("It has %d.", list_length(raw)),
						errhint("Give each statement by itself.")));
	read_node(statement, linitial_node(RawStmt, raw)->stmt, text);
	foreach (lc, statement->queries)
	{
		DzCheckQuery(lfirst_node(Query, lc));
	}
	error_context_stack = place.previous;
	return statement;
}

/* A place in the text is not one in the statement that calls us. */
static void
point_into_text(void *arg)
{
	int position = geterrposition();

	if (position > 0)
	{
		errposition(0);
		internalerrposition(position);
		internalerrquery(arg);
	}
}

static void
read_node(DzStatement *statement, Node *node, const char *text)
{
	check_stack_depth();
	switch (nodeTag(node))
	{
		case T_SelectStmt:
			read_select(statement, (SelectStmt *) node, text);
			break;
		case T_InsertStmt:
		case T_UpdateStmt:
		case T_DeleteStmt:
		case T_MergeStmt:
			statement->queries = DzAnalyse(node, text);
			break;
		case T_CopyStmt:
			if (((CopyStmt *) node)->query != NULL)
			{
				read_node(statement, ((CopyStmt *) node)->query, text);
				check_copied(statement->queries);
			}
			DzCopyRead(statement, (CopyStmt *) node, text);
			break;
		default:
			if (!read_wrapped(statement, node, text))
				refuse(node);
			break;
	}
}

/* What rules make of it is one query, that gives rows. */
static void
check_copied(List *queries)
{
	if (list_length(queries) != 1)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("COPY of a query that rules make %d queries of is not "
						"supported",
						list_length(queries)),
				 errhint("Ask for the query itself.")));
	if (DzOutputs(linitial_node(Query, queries)) == NIL &&
		linitial_node(Query, queries)->commandType != CMD_SELECT)
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("COPY of a query that returns nothing is not "
							   "supported"),
						errhint("Give the query a RETURNING clause.")));
}

/* Commands around a query; false: it is none. */
static bool
read_wrapped(DzStatement *statement, Node *node, const char *text)
{
	switch (nodeTag(node))
	{
		case T_CreateTableAsStmt:
			read_into(statement, ((CreateTableAsStmt *) node)->into,
					  ((CreateTableAsStmt *) node)->query, text);
			return true;
		case T_ViewStmt:
			read_view(statement, (ViewStmt *) node, text);
			return true;
		case T_RefreshMatViewStmt:
			read_refresh(statement, (RefreshMatViewStmt *) node);
			return true;
		case T_ExecuteStmt:
			read_execute(statement, (ExecuteStmt *) node);
			return true;
		case T_ExplainStmt:
			read_node(statement, ((ExplainStmt *) node)->query, text);
			return true;
		case T_DeclareCursorStmt:
			read_node(statement, ((DeclareCursorStmt *) node)->query, text);
			return true;
		case T_PrepareStmt:
			read_node(statement, ((PrepareStmt *) node)->query, text);
			return true;
		default:
			return false;
	}
}

List *
DzAnalyse(Node *raw, const char *text)
{
	RawStmt *statement = makeNode(RawStmt);
	Oid *types = NULL;
	int ntypes = 0;

	statement->stmt = raw;
	return pg_analyze_and_rewrite_varparams(statement, text, &types, &ntypes,
											NULL);
}

/* SELECT INTO says so in the leftmost query of a set operation. */
static void
read_select(DzStatement *statement, SelectStmt *select, const char *text)
{
	SelectStmt *leftmost = select;
	IntoClause *into;

	while (leftmost->op != SETOP_NONE)
		leftmost = leftmost->larg;
	into = leftmost->intoClause;
	leftmost->intoClause = NULL;
	if (into != NULL)
		read_into(statement, into, (Node *) select, text);
	else
		statement->queries = DzAnalyse((Node *) select, text);
}

static void
read_into(DzStatement *statement, IntoClause *into, Node *query,
		  const char *text)
{
	read_node(statement, query, text);
	statement->target = new_relation(into->rel);
	statement->columns = into->colNames;
}

static void
read_view(DzStatement *statement, ViewStmt *view, const char *text)
{
	read_node(statement, view->query, text);
	statement->target = new_relation(view->view);
	statement->columns = view->aliases;
}

/* The view's query is in its rule, analysed; it runs with its owner's rights. */
static void
read_refresh(DzStatement *statement, RefreshMatViewStmt *refresh)
{
	Relation rel = table_openrv(refresh->relation, AccessShareLock);
	Query *query;

	if (rel->rd_rel->relkind != RELKIND_MATVIEW)
		ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
						errmsg("\"%s\" is not a materialized view",
							   RelationGetRelationName(rel))));
	if (!DzMaintainCheck(RelationGetRelid(rel), GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_MATVIEW,
					   RelationGetRelationName(rel));
	query = copyObject(linitial_node(Query, rel->rd_rules->rules[0]->actions));
	AcquireRewriteLocks(query, true, false);
	statement->queries = pg_rewrite_query(query);
	statement->target = DzEdgeRelationName(RelationGetRelid(rel));
	for (int i = 0; i < RelationGetNumberOfAttributes(rel); i++)
		statement->columns =
			lappend(statement->columns,
					makeString(pstrdup(NameStr(
						TupleDescAttr(RelationGetDescr(rel), i)->attname))));
	table_close(rel, NoLock);
}

/* What was prepared is analysed anew: a plan that is kept may be stale. */
static void
read_execute(DzStatement *statement, ExecuteStmt *execute)
{
	CachedPlanSource *source =
		FetchPreparedStatement(execute->name, true)->plansource;
	Node *raw;

	if (source->raw_parse_tree == NULL)
		return;
	raw = copyObject(source->raw_parse_tree->stmt);
	if (IsA(raw, ExecuteStmt))
		refuse(raw);
	read_node(statement, raw, source->query_string);
}

/* The name of a relation that is to be made, where the user may do that. */
static char *
new_relation(RangeVar *relation)
{
	Oid schema;
	AclResult result;

	if (relation->relpersistence == RELPERSISTENCE_TEMP ||
		(relation->schemaname != NULL &&
		 strcmp(relation->schemaname, "pg_temp") == 0))
	{
		check_temporary();
		return psprintf("pg_temp.%s", relation->relname);
	}
	schema = RangeVarGetCreationNamespace(relation);
	result = DzSchemaAclCheck(schema, GetUserId(), ACL_CREATE);
	if (result != ACLCHECK_OK)
		aclcheck_error(result, OBJECT_SCHEMA, get_namespace_name(schema));
	return psprintf("%s.%s", get_namespace_name_or_temp(schema),
					relation->relname);
}

static void
check_temporary(void)
{
	if (DzDatabaseAclCheck(MyDatabaseId, GetUserId(), ACL_CREATE_TEMP) !=
		ACLCHECK_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to create temporary tables in "
						"database \"%s\"",
						get_database_name(MyDatabaseId)),
				 errhint("TEMPORARY on the database is needed.")));
}

static void
refuse(Node *node)
{
	bool runs_others = IsA(node, DoStmt) || IsA(node, CallStmt);

	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s has no query to tell the lineage of",
					GetCommandTagName(CreateCommandTag(node))),
			 runs_others ? errhint("Ask for each of the statements that it "
								   "runs.")
						 : errhint("Ask for a statement that reads or writes "
								   "rows.")));
}
