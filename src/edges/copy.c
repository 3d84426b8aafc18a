/*-------------------------------------------------------------------------
 *
 * copy.c
 *		COPY as the queries that it amounts to.
 *
 * COPY t TO is SELECT of its columns.  COPY t FROM is INSERT of one row of
 * parameters, which are the file's columns: so privileges, partitions and
 * generated columns are those of any INSERT.  Its WHERE is about the row that
 * is to be inserted: of the parameters, and of defaults for other columns.
 * Rules do not hold for COPY.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/table.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/copy.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "parser/analyze.h"
#include "parser/parse_coerce.h"
#include "parser/parse_collate.h"
#include "parser/parse_expr.h"
#include "parser/parse_relation.h"
#include "rewrite/rewriteHandler.h"
#include "utils/acl.h"
#include "utils/rel.h"
#include "utils/reltrigger.h"
#include "utils/rls.h"

/* A row of COPY FROM. */
typedef struct Filled
{
	Relation rel;
	List *columns; /* those from the file */
} Filled;

static void check_file(const CopyStmt *copy);
static void check_relation(const CopyStmt *copy, Relation rel);
static List *columns_of(const CopyStmt *copy, Relation rel);
static Query *insert_of(CopyStmt *copy, Relation rel, List *columns,
						const char *text);
static Node *select_of(CopyStmt *copy, List *columns);
static Node *where_of(CopyStmt *copy, Relation rel, const char *text);
static Node *as_filled(Node *node, void *arg);
static Node *filled_row(const Filled *filled, const Var *var);
static Node *filled_column(const Filled *filled, AttrNumber attnum);

/* Of COPY (query) TO the query has been read already. */
void
DzCopyRead(DzStatement *statement, CopyStmt *copy, const char *text)
{
	Relation rel;
	List *columns;

	check_file(copy);
	if (!copy->is_from && !copy->is_program && copy->filename != NULL)
	{
		statement->target = copy->filename;
		statement->returned = true;
	}
	if (copy->relation == NULL)
		return;

	rel = table_openrv(copy->relation,
					   copy->is_from ? RowExclusiveLock : AccessShareLock);
	check_relation(copy, rel);
	columns = columns_of(copy, rel);
	if (!copy->is_from)
		statement->queries = DzAnalyse(select_of(copy, columns), text);
	else
	{
		statement->queries = list_make1(insert_of(copy, rel, columns, text));
		statement->file_columns = columns;
		if (copy->is_program)
			statement->unresolved = "rows come from a program";
		else if (copy->filename == NULL)
			statement->unresolved = "rows come from the client";
		else
			statement->file = copy->filename;
	}
	table_close(rel, NoLock);
}

Query *
DzCopyQuery(CopyStmt *copy, List **columns, const char *text)
{
	Relation rel = table_openrv(copy->relation, RowExclusiveLock);
	Query *query;

	*columns = columns_of(copy, rel);
	query = insert_of(copy, rel, *columns, text);
	table_close(rel, NoLock);
	return query;
}

/* The server's own files and programs are for those who may have them. */
static void
check_file(const CopyStmt *copy)
{
	Oid role = copy->is_program ? ROLE_PG_EXECUTE_SERVER_PROGRAM
			   : copy->is_from  ? ROLE_PG_READ_SERVER_FILES
								: ROLE_PG_WRITE_SERVER_FILES;

	if (copy->filename != NULL && !has_privs_of_role(GetUserId(), role))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to COPY to or from %s",
						copy->is_program ? "a program" : "a file"),
				 errhint("Only roles with the privileges of \"%s\" may.",
						 GetUserNameFromId(role, false))));
}

/*
 * COPY is for less than SELECT and INSERT are; but where row-level security
 * hides rows it becomes a query, which is for any table.
 */
static void
check_relation(const CopyStmt *copy, Relation rel)
{
	char kind = rel->rd_rel->relkind;
	bool is_for;

	if (copy->is_from)
		is_for =
			kind == RELKIND_RELATION || kind == RELKIND_FOREIGN_TABLE ||
			kind == RELKIND_PARTITIONED_TABLE ||
			(rel->trigdesc != NULL && rel->trigdesc->trig_insert_instead_row);
	else
		is_for = DzCopyReads(kind) ||
				 check_enable_rls(RelationGetRelid(rel), InvalidOid, false) ==
					 RLS_ENABLED;
	if (!is_for)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("cannot COPY %s relation \"%s\"",
						copy->is_from ? "into" : "from",
						RelationGetRelationName(rel)),
				 errdetail_relkind_not_supported(kind),
				 !copy->is_from ? errhint("Ask for COPY (SELECT ...) TO.")
				 : kind == RELKIND_VIEW
					 ? errhint("It needs an INSTEAD OF INSERT trigger.")
					 : 0));
}

/* The names of the columns that are copied. */
static List *
columns_of(const CopyStmt *copy, Relation rel)
{
	TupleDesc desc = RelationGetDescr(rel);
	List *names = NIL;
	ListCell *lc;

	foreach (lc, CopyGetAttnums(desc, rel, copy->attlist))
	{
		names = lappend(
			names, pstrdup(NameStr(
					   TupleDescAttr(desc, lfirst_int(lc) - 1)->attname)));
	}
	return names;
}

static Query *
insert_of(CopyStmt *copy, Relation rel, List *columns, const char *text)
{
	InsertStmt *insert = makeNode(InsertStmt);
	SelectStmt *values = makeNode(SelectStmt);
	RawStmt *raw = makeNode(RawStmt);
	Filled filled = {.rel = rel, .columns = columns};
	Query *query;
	List *row = NIL;
	Oid *types = NULL;
	int ntypes = 0;
	ListCell *lc;

	foreach (lc, columns)
	{
		ResTarget *column = makeNode(ResTarget);
		ParamRef *param = makeNode(ParamRef);

		column->name = lfirst(lc);
		insert->cols = lappend(insert->cols, column);
		param->number = foreach_current_index(lc) + 1;
		row = lappend(row, param);
	}
	insert->relation = copy->relation;
	if (columns != NIL)
	{
		values->valuesLists = list_make1(row);
		insert->selectStmt = (Node *) values;
	}
	raw->stmt = (Node *) insert;
	query = parse_analyze_varparams(raw, text, &types, &ntypes, NULL);
	if (copy->whereClause != NULL)
		query->jointree->quals = as_filled(where_of(copy, rel, text), &filled);
	return query;
}

/* ONLY, since COPY reads no table that inherits. */
static Node *
select_of(CopyStmt *copy, List *columns)
{
	SelectStmt *select = makeNode(SelectStmt);
	RangeVar *relation = copyObject(copy->relation);
	ListCell *lc;

	relation->inh = false;
	select->fromClause = list_make1(relation);
	foreach (lc, columns)
	{
		ColumnRef *ref = makeNode(ColumnRef);
		ResTarget *target = makeNode(ResTarget);

		ref->fields = list_make1(makeString(lfirst(lc)));
		target->val = (Node *) ref;
		select->targetList = lappend(select->targetList, target);
	}
	return (Node *) select;
}

/* COPY's WHERE, analysed as PostgreSQL does: the table is its only relation. */
static Node *
where_of(CopyStmt *copy, Relation rel, const char *text)
{
	ParseState *pstate = make_parsestate(NULL);
	ParseNamespaceItem *item;
	Node *where;

	pstate->p_sourcetext = text;
	item = addRangeTableEntryForRelation(pstate, rel, RowExclusiveLock, NULL,
										 false, false);
	addNSItemToQuery(pstate, item, false, true, true);
	where = transformExpr(pstate, copy->whereClause, EXPR_KIND_COPY_WHERE);
	where = coerce_to_boolean(pstate, where, "WHERE");
	assign_expr_collations(pstate, where);
	free_parsestate(pstate);
	return where;
}

/* The expression with what a row is filled with, instead of its columns. */
static Node *
as_filled(Node *node, void *arg)
{
	const Filled *filled = arg;

	if (node == NULL)
		return NULL;
	check_stack_depth();
	if (!IsA(node, Var))
		return expression_tree_mutator(node, as_filled, arg);
	if (((Var *) node)->varattno == 0)
		return filled_row(filled, (Var *) node);
	return filled_column(filled, ((Var *) node)->varattno);
}

static Node *
filled_row(const Filled *filled, const Var *var)
{
	RowExpr *row = makeNode(RowExpr);

	for (int i = 1; i <= RelationGetNumberOfAttributes(filled->rel); i++)
		row->args = lappend(row->args, filled_column(filled, i));
	row->row_typeid = var->vartype;
	row->row_format = COERCE_IMPLICIT_CAST;
	row->location = -1;
	return (Node *) row;
}

/* The file's column, as a parameter; the default of one that is not in it. */
static Node *
filled_column(const Filled *filled, AttrNumber attnum)
{
	Form_pg_attribute column;
	Node *value = NULL;
	ListCell *lc;

	/* a system column is not yet there, a dropped one no more */
	if (attnum < 0)
		return (Node *) makeNullConst(OIDOID, -1, InvalidOid);
	column = TupleDescAttr(RelationGetDescr(filled->rel), attnum - 1);
	if (column->attisdropped)
		return (Node *) makeNullConst(INT4OID, -1, InvalidOid);

	foreach (lc, filled->columns)
	{
		Param *param;

		if (strcmp(lfirst(lc), NameStr(column->attname)) != 0)
			continue;
		param = makeNode(Param);
		param->paramkind = PARAM_EXTERN;
		param->paramid = foreach_current_index(lc) + 1;
		param->paramtype = column->atttypid;
		param->paramtypmod = column->atttypmod;
		param->paramcollid = column->attcollation;
		param->location = -1;
		return (Node *) param;
	}
	/* a generated column is computed from others */
	if (column->atthasdef)
		value = as_filled(build_column_default(filled->rel, attnum),
						  unconstify(Filled *, filled));
	if (value != NULL)
		return value;
	return (Node *) makeNullConst(column->atttypid, column->atttypmod,
								  column->attcollation);
}
