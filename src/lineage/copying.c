/*-------------------------------------------------------------------------
 *
 * copying.c
 *		COPY: lineage from a file into a table, and the other way round.
 *
 * No plan and no executor sees COPY FROM.  When it is over it is told as the
 * INSERT that it amounts to; a server's file is the source, and its columns are
 * called as those that they fill.  What comes from the client or from a
 * program has no name: then there is a target and no source, which is said.
 *
 * COPY TO makes a file of what it reads, with a column for each that it puts
 * out; the rows may be those that INSERT, UPDATE or DELETE returns.  What
 * goes to the client or to a program is like any SELECT: nothing is written
 * that others could read.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/partition.h"
#include "commands/copy.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "lineage/room.h"

static void from_file(const CopyStmt *copy, DzRan *ran);
static void fill_in_file(DzEdges *edges, const char *path, List *columns);
static void say_unnamed(DzEdges *edges, DzNoteKind kind);
static void to_file(const CopyStmt *copy, DzRan *ran);
static DzEdges *of_table(const CopyStmt *copy);
static void name_columns(const DzEdges *edges, Oid file);

/* The command has ended well; "ran" says the rest, and what was planned. */
void
DzCopyingSee(const CopyStmt *copy, DzRan *ran)
{
	DzCapturedWatch();
	if (copy->is_from)
		from_file(copy, ran);
	else
		to_file(copy, ran);
}

static void
from_file(const CopyStmt *copy, DzRan *ran)
{
	DzEdgeOptions options = {0};
	DzEdges *edges;
	List *columns;
	Query *query;

	query = DzCopyQuery(copyObject(unconstify(CopyStmt *, copy)), &columns,
						ran->source);
	options.nparams = list_length(columns);
	edges = DzDeriveEdges(query, &options);
	if (copy->is_program)
		say_unnamed(edges, DZ_NOTE_PROGRAM);
	else if (copy->filename == NULL)
		say_unnamed(edges, DZ_NOTE_CLIENT);
	else
		fill_in_file(edges, copy->filename, columns);
	ran->edges = edges;
	DzCapturedAdd(ran);
}

/* The parameters of the INSERT are the file's columns. */
static void
fill_in_file(DzEdges *edges, const char *path, List *columns)
{
	Oid file = DzFileOid(path);

	if (!OidIsValid(file))
		return;
	for (int i = 0; i < edges->nsources; i++)
	{
		DzSource *source = &edges->sources[i];

		if (OidIsValid(source->relid) || source->attnum < 1)
			continue;
		source->attnum =
			DzFileColumn(file, list_nth(columns, source->attnum - 1));
		source->relid = file;
	}
}

/* As a note on the rows, which whoever reads from them has as well. */
static void
say_unnamed(DzEdges *edges, DzNoteKind kind)
{
	DzEdgeTarget *target = llast(edges->targets);
	DzNote *notes = palloc_array(DzNote, edges->nnotes + 1);

	if (edges->nnotes > 0)
		memcpy(notes, edges->notes, edges->nnotes * sizeof(DzNote));
	notes[edges->nnotes] = (DzNote){.kind = kind};
	target->rows.notes = bms_add_member(target->rows.notes, edges->nnotes++);
	edges->notes = notes;
}

/* What row-level security hides was planned as a query. */
static void
to_file(const CopyStmt *copy, DzRan *ran)
{
	if (ran->edges == NULL && copy->relation != NULL)
		ran->edges = of_table(copy);
	ran->into = DzFileOid(copy->filename);
	if (ran->edges == NULL)
		return;
	if (OidIsValid(ran->into))
		name_columns(ran->edges, ran->into);
	/* without a name of the file, tables that the query has written remain */
	else if (list_length(ran->edges->targets) == 1)
		return;
	DzCapturedAdd(ran);
}

/* A partition is read as its root, whose column may have another number. */
static DzEdges *
of_table(const CopyStmt *copy)
{
	Relation rel = table_openrv(copy->relation, AccessShareLock);
	Oid relid = RelationGetRelid(rel);
	DzEdges *edges = palloc0(sizeof(DzEdges));
	DzEdgeTarget *target = palloc0(sizeof(DzEdgeTarget));
	List *attnums;
	Oid root = relid;
	ListCell *lc;

	if (rel->rd_rel->relispartition && get_partition_ancestors(relid) != NIL)
		root = llast_oid(get_partition_ancestors(relid));
	attnums = CopyGetAttnums(RelationGetDescr(rel), rel, copy->attlist);
	edges->sources = palloc_array(DzSource, list_length(attnums) + 1);
	edges->sources[edges->nsources++] =
		(DzSource){.relid = root, .attnum = DZ_NO_COLUMN};
	target->rows.sources[DZ_EDGE_READ] = bms_make_singleton(0);
	foreach (lc, attnums)
	{
		DzEdgeColumn *column = palloc0(sizeof(DzEdgeColumn));
		int number = edges->nsources++;

		column->name = get_attname(relid, lfirst_int(lc), false);
		column->attnum = number;
		column->flow.sources[DZ_EDGE_IDENTITY] = bms_make_singleton(number);
		target->columns = lappend(target->columns, column);
		edges->sources[number] = (DzSource){
			.relid = root,
			.attnum = root == relid ? lfirst_int(lc)
									: get_attnum(root, column->name)};
	}
	edges->targets = list_make1(target);
	table_close(rel, NoLock);
	return edges;
}

/* Outputs become the file's columns, which it may have from before. */
static void
name_columns(const DzEdges *edges, Oid file)
{
	DzEdgeTarget *target = llast(edges->targets);
	ListCell *lc;

	foreach (lc, target->columns)
	{
		DzEdgeColumn *column = lfirst(lc);

		if (column->name != NULL)
			column->attnum = DzFileColumn(file, column->name);
	}
}
