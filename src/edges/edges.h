/*-------------------------------------------------------------------------
 *
 * edges.h
 *		Column lineage of a statement, from the server's own query tree.
 *
 * A pure function: an analysed and rewritten Query goes in, edges come out.
 * No text is parsed, nothing is planned or run, and the Query is not changed
 * (a body of a SQL function is analysed beside it).
 *
 * Wording.  A *source* is a column of a relation, the relation's whole row,
 * the relation without any column, or a column of a file that COPY reads.  A *target* is a relation that the
 * statement writes, or the statement's own output.  An *edge* leads from a
 * source to a column of a target, or to the target's *row set*: which rows
 * there are, how often, and in which order.  A *flow* is all that arrives in
 * one place.
 *
 * An edge's kind.  DIRECT: the value arrives.
 *		IDENTITY		unchanged: a column, also through sub-queries, views, set
 *						operations, relabelled types, and casts that the server put
 *						in and that keep the value (a whole row of a table, too)
 *		TRANSFORMATION	through any operator or function, a window function's or
 *						a table function's argument, an explicit cast, a branch
 *						of CASE, an argument of COALESCE, a row or an array
 *		AGGREGATION		through an aggregate function
 * The strongest on the way wins: AGGREGATION, TRANSFORMATION, IDENTITY.
 * INDIRECT: the value decides, but does not arrive.
 *		JOIN			ON, USING, NATURAL; MERGE's ON
 *		FILTER			WHERE, HAVING, LIMIT and OFFSET, TABLESAMPLE, row-level
 *						security, MERGE's WHEN ... AND, ON CONFLICT's WHERE; what
 *						EXISTS, IN, ANY and ALL select; both sides of INTERSECT and
 *						EXCEPT; an argument of a function that returns a set, of
 *						XMLTABLE and JSON_TABLE; an aggregate's FILTER
 *		GROUP_BY		GROUP BY, DISTINCT, DISTINCT ON, UNION without ALL; an
 *						argument of GROUPING()
 *		SORT			ORDER BY; an aggregate's ORDER BY
 *		WINDOW			PARTITION BY, ORDER BY and frame of a window
 *		CONDITIONAL		a condition of CASE, the second argument of NULLIF
 *		READ			none of these: a column of a sub-query or a CTE that
 *						nothing uses, say (of the statement's own text; not of a
 *						view's or a function's).  SQL shows it as INDIRECT without
 *						a subtype; with it, edges name each column that the text
 *						refers to, as pg_depend does for a view.  And a relation
 *						whose rows are read, without any column: each has this edge
 *						where its rows count, count(*) or EXISTS (SELECT 1 ...), say
 * The clause in which a column stands names the kind, however deep in
 * sub-queries it is: of the levels on the way the first from the source
 * with an INDIRECT step names it, and within that its outermost clause.
 * What a clause of the statement or of a sub-query in FROM decides concerns
 * the target's row set; what decides about one output column alone (CASE, a
 * window, an aggregate's FILTER, all clauses of a sub-query within an
 * expression) is an edge to that column.  A window that no function uses has
 * none to decide about, so it is the row set's.
 *
 * RETURNING of a data-modifying CTE reads the table that was written, so
 * that lineage leads through that table; RETURNING of the statement itself
 * is only shown where that is asked for.  A generated column has the sources
 * of what the statement assigns to the columns that it is computed from.
 * EXCLUDED is what INSERT would have put in.  Relations: of a partition, the
 * root of its partitioned table; of a foreign table, itself (names.c says
 * what is known of the remote one).  A temporary view is never a source.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_EDGES_H
#define DATAZONE_EDGES_H

#include "access/attnum.h"
#include "access/sysattr.h"
#include "nodes/bitmapset.h"
#include "nodes/parsenodes.h"

typedef enum DzEdgeKind
{
	/* DIRECT, the weakest first */
	DZ_EDGE_IDENTITY,
	DZ_EDGE_TRANSFORMATION,
	DZ_EDGE_AGGREGATION,
	/* INDIRECT */
	DZ_EDGE_JOIN,
	DZ_EDGE_FILTER,
	DZ_EDGE_GROUP_BY,
	DZ_EDGE_SORT,
	DZ_EDGE_WINDOW,
	DZ_EDGE_CONDITIONAL,
	DZ_EDGE_READ
} DzEdgeKind;

#define DZ_EDGE_KINDS (DZ_EDGE_READ + 1)
#define DzEdgeIsDirect(kind) ((kind) <= DZ_EDGE_AGGREGATION)

typedef struct DzSource
{
	Oid relid; /* InvalidOid: a parameter of the statement, see options */
	AttrNumber attnum; /* 0: the whole row; negative: a system column */
} DzSource;

/* The number of no column: of the relation only that it is read is said. */
#define DZ_NO_COLUMN FirstLowInvalidHeapAttributeNumber

typedef enum DzNoteKind
{
	DZ_NOTE_OPAQUE, /* a function in another language than SQL */
	DZ_NOTE_RECURSIVE, /* a SQL function that calls itself */
	DZ_NOTE_WRITES, /* a SQL function that also changes tables */
	DZ_NOTE_BROKEN, /* a SQL function that cannot be analysed */
	DZ_NOTE_DYNAMIC, /* a function of the server that runs SQL or reads
					  * tables, files or large objects that its arguments
					  * name */
	DZ_NOTE_UNSEEN, /* a table between that was filled unseen */
	DZ_NOTE_TRIGGER, /* a trigger that may change what is written */
	DZ_NOTE_CLIENT, /* rows that COPY reads from the client */
	DZ_NOTE_PROGRAM /* or from a program */
} DzNoteKind;

/* What cannot be known, and is said instead of guessed. */
typedef struct DzNote
{
	DzNoteKind kind;
	Oid object; /* the function or the trigger; InvalidOid: none */
} DzNote;

/* Numbers of sources and of notes, which DzEdges has. */
typedef struct DzFlow
{
	Bitmapset *sources[DZ_EDGE_KINDS];
	Bitmapset *notes;
} DzFlow;

typedef struct DzEdgeColumn
{
	AttrNumber attnum; /* of an output: its position */
	const char *name; /* of an output; NULL for a relation's column */
	DzFlow flow;
} DzEdgeColumn;

typedef struct DzEdgeTarget
{
	Oid relid; /* InvalidOid: the statement's output */
	List *columns; /* of DzEdgeColumn, by attnum, each once */
	DzFlow rows; /* the row set */
	bool by_cte; /* a CTE writes it: its rows are not those that are counted */
} DzEdgeTarget;

typedef struct DzEdges
{
	DzSource *sources; /* each relation of the text is in one, if of nothing */
	int nsources;
	DzNote *notes;
	int nnotes;
	List *targets; /* of DzEdgeTarget: those of CTEs, then the statement's;
					* a table that both write is among the former */

	/*
	 * What the bodies of SQL functions refer to: when it changes, so may the
	 * edges.  Not part of what DzKeepEdges() keeps.
	 */
	List *relations; /* OIDs, as in PlannedStmt.relationOids */
	List *invalidations; /* of PlanInvalItem */
} DzEdges;

typedef enum DzEdgeViews
{
	DZ_VIEWS_EXPAND, /* sources are what views are made of */
	DZ_VIEWS_NAME /* a view is a source */
} DzEdgeViews;

typedef struct DzEdgeOptions
{
	DzEdgeViews views;
	bool reads; /* also columns that are only read */
	bool returned; /* also what RETURNING gives, as the output */
	bool checks; /* 42501 if a SQL function's body may not be run */
	int nparams; /* so many parameters are sources, $1 with attnum 1 */
} DzEdgeOptions;

/*
 * The edges of "query", which has been analysed and rewritten but not yet
 * planned, and its relations locked.  In CurrentMemoryContext, with scratch
 * memory, which is of the order of the query's own size; a context of the
 * caller's that goes soon is a good idea.  Errors: 54001 for too deep nesting.
 * Bodies of SQL functions are analysed in subtransactions, where there may be
 * any.
 */
extern DzEdges *DzDeriveEdges(const Query *query,
							  const DzEdgeOptions *options);

/* ---- keep.c ---- */

extern DzEdges *DzKeepEdges(const DzEdges *edges);

/* ---- compose.c ---- */

/*
 * What a relation was filled with: edges with one target, or none if nothing
 * is known; NULL if the relation stands for itself.
 */
typedef const DzEdges *(*DzStandsFor)(Oid relid);

extern DzEdges *DzComposeEdges(const DzEdges *edges, DzStandsFor stands_for);
extern DzEdges *DzUniteTargets(const DzEdges *a, const DzEdges *b,
							   const DzEdgeTarget *of_b);
extern int DzCountEdges(const DzEdges *edges);

/* ---- settings.c ---- */

extern int DzViewMode; /* datazone.capture_views: a DzEdgeViews */

extern void DzEdgesInit(void); /* the room's settings */

/* ---- statement.c ---- */

/* A statement, as it is needed to tell its lineage. */
typedef struct DzStatement
{
	List *queries; /* of Query, analysed and rewritten */
	const char *target; /* the name of what the output becomes; or NULL */
	List *columns; /* of String: names instead of the first outputs' */
	bool returned; /* RETURNING goes to the target, as DzEdgeOptions has it */
	const char *file; /* that COPY reads; its columns are $1, $2, ... */
	List *file_columns; /* of char *, their names */
	const char *unresolved; /* of the target's rows; or NULL */
} DzStatement;

/*
 * Parse, analyse and rewrite the one statement in "text", without planning or
 * running it, and see whether the current user may run it.  Locks what it
 * names, as PREPARE does.  In CurrentMemoryContext.  Errors: see
 * doc/lineage.md, and those that PostgreSQL has.
 */
extern DzStatement *DzStatementRead(const char *text);

/* ---- copy.c ---- */

/*
 * COPY FROM as an INSERT of one row of parameters, where its WHERE holds;
 * "columns" are the names of those that it fills, in the file's order.  "copy" is scribbled on.
 */
extern Query *DzCopyQuery(CopyStmt *copy, List **columns, const char *text);

/* ---- names.c ---- */

/* "DIRECT" or "INDIRECT". */
extern const char *DzEdgeTypeName(DzEdgeKind kind);

/* "IDENTITY" and so on; NULL for READ. */
extern const char *DzEdgeSubtypeName(DzEdgeKind kind);

/* The table or the view that a trigger is of; InvalidOid: it is no more. */
extern Oid DzEdgeTriggerTable(Oid trigger);

/* A note in words; NULL: it is about what is no more. */
extern char *DzEdgeNoteText(const DzNote *note);

/*
 * A relation as schema.table, neither part quoted; of a foreign table with
 * the remote names that its options schema_name and table_name give.
 */
extern char *DzEdgeRelationName(Oid relid);

/* A column of it; NULL for the whole row; a foreign table's column_name. */
extern char *DzEdgeColumnName(Oid relid, AttrNumber attnum);

#endif /* DATAZONE_EDGES_H */
