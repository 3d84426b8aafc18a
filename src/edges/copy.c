/*-------------------------------------------------------------------------
 *
 * copy.c
 *		COPY as the queries that it amounts to.
 *
 * COPY t TO is SELECT of its columns.  COPY t FROM is INSERT of one row of
 * parameters, which are the file's columns: so privileges, partitions and
 * generated columns are those of any INSERT.  Rules do not hold for COPY.
 *
 *-------------------------------------------------------------------------
 */
#include "edges/room.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/pg_authid.h"
#include "commands/copy.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "optimizer/optimizer.h"
#include "parser/analyze.h"
#include "parser/parse_coerce.h"
#include "parser/parse_collate.h"
#include "parser/parse_expr.h"
#include "parser/parse_relation.h"
#include "utils/acl.h"
#include "utils/rel.h"

static void check_file(const CopyStmt *copy);
static List *columns_of(const CopyStmt *copy, Relation rel);
static Query *insert_of(CopyStmt *copy, List *columns, const char *text);
static Node *select_of(CopyStmt *copy, List *columns);
static List *filtered_by(CopyStmt *copy, Relation rel, List *columns,
						 const char *text);

/* Of COPY (query) TO the query has been read already. */
void
DzCopyRead(DzStatement *statement, CopyStmt *copy, const char *text)
{
	Relation rel;
	List *columns;

	check_file(copy);
	if (!copy->is_from && !copy->is_program)
		statement->target = copy->filename;
	if (copy->relation == NULL)
		return;

	rel = table_openrv(copy->relation,
					   copy->is_from ? RowExclusiveLock : AccessShareLock);
	columns = columns_of(copy, rel);
	if (!copy->is_from)
		statement->queries = DzAnalyse(select_of(copy, columns), text);
	else
	{
		statement->queries = list_make1(insert_of(copy, columns, text));
		statement->filtered = filtered_by(copy, rel, columns, text);
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
	query = insert_of(copy, *columns, text);
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
insert_of(CopyStmt *copy, List *columns, const char *text)
{
	InsertStmt *insert = makeNode(InsertStmt);
	SelectStmt *values = makeNode(SelectStmt);
	RawStmt *raw = makeNode(RawStmt);
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
	return parse_analyze_varparams(raw, text, &types, &ntypes, NULL);
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

/* The places, from 1, of the file's columns that COPY's WHERE names. */
static List *
filtered_by(CopyStmt *copy, Relation rel, List *columns, const char *text)
{
	ParseState *pstate = make_parsestate(NULL);
	ParseNamespaceItem *item;
	Node *where;
	Bitmapset *named = NULL;
	List *places = NIL;
	ListCell *lc;

	if (copy->whereClause == NULL)
		return NIL;
	pstate->p_sourcetext = text;
	item = addRangeTableEntryForRelation(pstate, rel, RowExclusiveLock, NULL,
										 false, false);
	addNSItemToQuery(pstate, item, false, true, true);
	where = transformExpr(pstate, copy->whereClause, EXPR_KIND_COPY_WHERE);
	where = coerce_to_boolean(pstate, where, "WHERE");
	assign_expr_collations(pstate, where);
	pull_varattnos(where, 1, &named);
	foreach (lc, columns)
	{
		AttrNumber attnum = attnameAttNum(rel, lfirst(lc), false);

		if (bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, named))
			places = lappend_int(places, foreach_current_index(lc) + 1);
	}
	free_parsestate(pstate);
	return places;
}
