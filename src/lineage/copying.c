/*-------------------------------------------------------------------------
 *
 * copying.c
 *		COPY FROM: lineage from a file into a table.
 *
 * No plan and no executor sees it.  When it is over it is told as the INSERT
 * that it amounts to; a server's file is the source, and its columns are
 * called as those that they fill.  What comes from the client or from a
 * program has no name: then there is a target and no source.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/makefuncs.h"

#include "lineage/room.h"

/* "rows" are those that were copied.  The command has ended well. */
void
DzCopyingSee(const CopyStmt *copy, const char *text, int64 rows,
			 const DzRecord *like)
{
	DzEdgeOptions options = {0};
	DzRecord record = *like;
	MemoryContext context;
	MemoryContext old;
	List *columns;
	Query *query;

	if (!copy->is_from || copy->relation == NULL)
		return;
	context =
		AllocSetContextCreate(CurrentMemoryContext, "datazone lineage of COPY",
							  ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	query =
		DzCopyQuery(copyObject(unconstify(CopyStmt *, copy)), &columns, text);
	options.nparams = list_length(columns);
	record.edges = DzDeriveEdges(query, &options);
	record.rows = rows;
	if (!copy->is_program)
		record.file = copy->filename;
	record.file_columns = columns;
	DzCapturedAdd(&record);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
}
