/*-------------------------------------------------------------------------
 *
 * room.h
 *		What the files of the edges room tell each other.
 *
 * Wording.  A *level* is a Query with its place: whom its Vars mean when they
 * point outwards.  An *item* is an entry of a level's range table.  A *use* is
 * the kind of edge that an expression's columns become where it stands.
 *
 * Everything is derived when it is first asked for, and once: an output column
 * of a level, a column of an item, a level's row set, a CTE, a function.  So
 * the work is of the order of the tree, not of the ways through it.
 *
 * What is derived before its sources are known (a recursive CTE refers to
 * itself; a function's body to arguments that each call gives anew) has
 * *placeholders*: sources without a relation, a run of numbers for each
 * owner, which the owner replaces by what they stand for.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_EDGES_ROOM_H
#define DATAZONE_EDGES_ROOM_H

#include "postgres.h"

#include "access/htup.h"
#include "access/tupdesc.h"
#include "nodes/primnodes.h"
#include "utils/hsearch.h"
#include "utils/relcache.h"

#include "compat.h"
#include "edges/edges.h"

typedef struct DzBody DzBody;

/* One call of DzDeriveEdges(). */
typedef struct DzDerivation
{
	const DzEdgeOptions *options;
	DzEdges *edges;
	int sources_room; /* entries that there is memory for */
	int notes_room;
	struct numbers_hash *source_numbers; /* DzSource to its number */
	struct roots_hash *roots; /* of partitions, by OID */
	struct levels_hash *levels; /* DzLevel, by Query */
	HTAB *bodies; /* of SQL functions; NULL: none yet */
	List *environments; /* in which they were looked into; environment.c */
} DzDerivation;

/* A CTE; its own level's parent is the level that defines it. */
typedef struct DzCte
{
	CommonTableExpr *cte;
	bool is_under_way; /* who asks now gets placeholders */
	bool is_done; /* of a recursive one: columns and rows are there */
	int first; /* number of the first placeholder */
	int ncolumns;
	DzFlow *columns;
	DzFlow rows;
} DzCte;

/* A call of a function, as far as it is the same for all columns. */
typedef struct DzCalled
{
	DzBody *body; /* NULL: it cannot be looked into */
	DzFlow *arguments; /* of a body one for each; NULL: not yet asked */
	DzFlow *fields; /* of a body, one for each of its fields */
} DzCalled;

/* What is NULL has not yet been asked for. */
typedef struct DzItem
{
	DzFlow **columns; /* by attnum - 1 */
	int ncolumns;
	DzFlow *whole; /* the row, of what is no table */
	DzFlow *arguments; /* of a table function: what all columns have */
	DzCalled *calls; /* by place in "functions" */
	DzCte *cte; /* that it names, and */
	struct DzLevel *cte_body;
} DzItem;

typedef struct DzLevel
{
	const Query *query;
	DzDerivation *derivation;
	struct DzLevel *parent; /* NULL: outermost */
	DzBody *body; /* the function whose Params are meant; NULL: none */
	DzItem *items; /* by varno - 1 */
	TargetEntry **outputs; /* by resno - 1; NULL: none */
	DzFlow **columns; /* the flows of outputs; NULL: not yet derived */
	int noutputs;
	DzFlow *rows; /* NULL: not yet derived */
	DzCte *ctes; /* by place in cteList */
	List *assignments; /* the target list that is being derived */
	struct DzNewRow *excluded; /* what INSERT puts in; NULL: not yet asked */
} DzLevel;

/* A row that is written, by assignments; generated.c fills it in. */
typedef struct DzNewRow
{
	DzLevel *writer; /* whose assignments they are */
	CmdType command;
	int natts;
	TargetEntry **assigned; /* by attnum - 1; NULL: none */
	DzLevel *row; /* has the row's columns as its only item */
} DzNewRow;

/* A SQL function, derived for all calls with the same types in one place. */
typedef struct DzBodyKey
{
	Oid funcid;
	Oid rettype;
	uint32 argtypes; /* a hash */
	int environment; /* of the call: DzEnvironmentNow() */
} DzBodyKey;

struct DzBody
{
	DzBodyKey key; /* must be first */
	bool is_under_way;
	bool is_broken; /* it cannot be analysed */
	int first; /* number of the first argument's placeholder */
	int nargs;
	List *fields; /* of DzArgumentField: arguments that are taken apart */
	int ncolumns; /* of what it returns */
	DzFlow *columns;
	DzFlow rows;
};

/* A field of an argument that is a row; it has a placeholder of its own. */
typedef struct DzArgumentField
{
	int argument; /* from 0 */
	AttrNumber field;
	int number;
} DzArgumentField;

/* ---- flow.c ---- */

/* "use" for something that is under "step" in an expression. */
extern DzEdgeKind DzUseUnder(DzEdgeKind use, DzEdgeKind step);

/* Add what arrives in "flow" to "out", where it is used as "use". */
extern void DzFlowAdd(DzFlow *out, DzEdgeKind use, const DzFlow *flow);

/*
 * Replace the "n" placeholders from number "first" on in "flow" by what
 * stands in "meant".
 */
extern void DzFlowReplace(DzFlow *flow, int first, int n, const DzFlow *meant);

/* ---- sources.c ---- */

extern void DzSourcesInit(DzDerivation *derivation);

/* A column of a table, or of the root of its partitioned table, as a source. */
extern void DzSourceAdd(DzDerivation *derivation, Oid relid, AttrNumber attnum,
						DzEdgeKind use, DzFlow *out);
extern DzSource DzRootColumn(DzDerivation *derivation, Oid relid,
							 AttrNumber attnum);

/* The number of the first of "n" new placeholders. */
extern int DzPlaceholders(DzDerivation *derivation, int n);
extern bool DzIsPlaceholder(const DzDerivation *derivation, int number);

extern void DzNoteAdd(DzDerivation *derivation, DzNoteKind kind, Oid object,
					  DzFlow *out);

/* ---- level.c ---- */

extern void DzLevelsInit(DzDerivation *derivation);

extern DzLevel *DzLevelOf(DzDerivation *derivation, const Query *query,
						  DzLevel *parent);
extern DzLevel *DzLevelUp(DzLevel *level, Index levels_up);

/* What a level puts out: the target list, or RETURNING. */
extern List *DzOutputs(const Query *query);

/* An output column; empty if there is none of this number. */
extern const DzFlow *DzOutputColumn(DzLevel *level, AttrNumber resno);

/* A column of a set operation, or of a part of one, used as "use". */
extern void DzSetOperationColumn(DzLevel *level, Node *node, AttrNumber resno,
								 DzEdgeKind use, DzFlow *out);

/* ---- item.c ---- */

/* The view that an item stood for before it was rewritten, else InvalidOid. */
extern Oid DzItemView(const RangeTblEntry *rte);

/* A column of an item, 0 for its whole row, used as "use". */
extern void DzItemColumn(DzLevel *level, int varno, AttrNumber attnum,
						 DzEdgeKind use, DzFlow *out);

/*
 * The expression that alone makes a column of an item, and the level where it
 * stands; NULL: there is none, or several.
 */
extern Node *DzItemExpression(DzLevel *level, int varno, AttrNumber attnum,
							  DzLevel **inner);

/* What decides which rows an item has. */
extern void DzItemRows(DzLevel *level, int varno, DzFlow *out);

/* ---- cte.c ---- */

extern void DzCteColumn(DzLevel *level, int varno, AttrNumber attnum,
						DzEdgeKind use, DzFlow *out);
extern void DzCteRows(DzLevel *level, int varno, DzFlow *out);
extern int DzCteWidth(DzLevel *level, int varno);

/* The level of a CTE's query; NULL: it is recursive. */
extern DzLevel *DzCteLevel(DzLevel *level, int varno);

/* ---- rows.c ---- */

/* The row set of a level. */
extern const DzFlow *DzRows(DzLevel *level);

/* That of what it gives to others: of its RETURNING, if it writes. */
extern void DzReturnedRows(DzLevel *level, DzFlow *out);

/* ---- expression.c ---- */

extern void DzExpression(DzLevel *level, Node *node, DzEdgeKind use,
						 DzFlow *out);

/* What a window is partitioned and ordered by, and its frame. */
extern void DzWindow(DzLevel *level, WindowClause *window, DzEdgeKind use,
					 DzFlow *out);

/* Field "n" of an expression of a row type. */
extern void DzField(DzLevel *level, Node *node, AttrNumber n, DzEdgeKind use,
					DzFlow *out);

/* ---- coercion.c ---- */

/* Does a cast that the server put in keep the value? */
extern bool DzCastKeeps(const FuncExpr *cast);

/* Does one of an array keep its elements? */
extern bool DzArrayCastKeeps(const ArrayCoerceExpr *cast);

/* ---- call.c ---- */

/* A function's value. */
extern void DzCall(DzLevel *level, FuncExpr *call, DzEdgeKind use,
				   DzFlow *out);

/*
 * Column "n" of what a function returns.  "called" is all zero at first, and
 * then saves looking at the same call's arguments for each column.
 */
extern void DzCallColumn(DzLevel *level, FuncExpr *call, AttrNumber n,
						 DzEdgeKind use, DzCalled *called, DzFlow *out);

/* What decides which rows it returns. */
extern void DzCallRows(DzLevel *level, FuncExpr *call, DzCalled *called,
					   DzFlow *out);

/*
 * The call that an operator of a user's is; NULL: it is the server's own.  The
 * Query is not ours to fill in, where the function is not yet looked up.
 */
extern FuncExpr *DzOperatorCall(const OpExpr *expr);

/* Note what cannot be known of a function behind an aggregate, say. */
extern void DzCallNote(DzLevel *level, Oid funcid, DzFlow *out);
extern void DzAggregateNote(DzLevel *level, Oid aggfnoid, DzFlow *out);

/* ---- body.c ---- */

/* The body of a function that is written in SQL; NULL: it is not. */
extern DzBody *DzBodyOf(DzDerivation *derivation, FuncExpr *call);

/* The number of the placeholder of a field of an argument. */
extern int DzBodyField(DzDerivation *derivation, DzBody *body, int argument,
					   AttrNumber field);

/* A copy of a call with all arguments in their places, defaults too. */
extern FuncExpr *DzWholeCall(FuncExpr *call);

/*
 * A function in the catalog, to be released; 42883 if another session has
 * dropped it since the query was analysed: nothing keeps functions from that.
 */
extern HeapTuple DzFunctionTuple(Oid funcid);
pg_noreturn extern void DzFunctionIsGone(Oid funcid);

/* ---- environment.c ---- */

/* What was before DzEnter(). */
typedef struct DzOutside
{
	int settings;
	Oid userid;
	int security;
} DzOutside;

extern void DzEnter(HeapTuple proc, DzOutside *outside);
extern void DzLeave(const DzOutside *outside);

/* A number for the role and the settings that decide what a text means. */
extern int DzEnvironmentNow(DzDerivation *derivation);

/* ---- parse.c ---- */

/* What gives a SQL function its result. */
typedef struct DzBodyQuery
{
	Query *query; /* its outputs have the result's types; NULL: no result */
	TupleDesc desc; /* of the result, if that is a row; NULL: not known */
	bool is_whole; /* the query's only output is the result, a row even */
	bool writes; /* a statement changes tables, or is a command */
} DzBodyQuery;

extern bool DzBodyResult(FuncExpr *call, HeapTuple proc, bool checks,
						 DzBodyQuery *result);

/* ---- write.c ---- */

/*
 * All that the statement and its CTEs write, and then what it puts out.  Its
 * own target, which is not the last one if a CTE writes the same table, or if
 * what it returns is asked for, too.
 */
extern DzEdgeTarget *DzTargets(DzLevel *level);

/* ---- trigger.c ---- */

/*
 * Note the triggers that may change the rows with which "command" writes
 * "rel", by these assignments.
 */
extern void DzTriggerNotes(DzDerivation *derivation, Relation rel,
						   CmdType command, List *assignments, DzFlow *out);

/* ---- target.c ---- */

/* The flow into a column; "name" if it is new. */
extern DzFlow *DzTargetColumn(DzEdgeTarget *target, AttrNumber attnum,
							  const char *name);

/* ---- generated.c ---- */

/* The row that a level's list of assignments makes of a table. */
extern DzNewRow *DzNewRowOf(DzLevel *writer, Relation rel, List *assignments,
							CmdType command);

/* The flow into a generated column of it; false: nothing concerns it. */
extern bool DzGenerated(DzNewRow *row, Relation rel, AttrNumber attnum,
						DzFlow *out);

/* What INSERT would put into a column: EXCLUDED. */
extern void DzExcluded(DzLevel *level, AttrNumber attnum, DzFlow *out);

/* ---- reads.c ---- */

/* All that the query's text refers to, as READ. */
extern void DzReads(DzLevel *level, DzFlow *out);

/* ---- statement.c ---- */

/* Analyse and rewrite a raw statement; $n may have any type. */
extern List *DzAnalyse(Node *raw, const char *text);

/* ---- copy.c ---- */

extern void DzCopyRead(DzStatement *statement, CopyStmt *copy,
					   const char *text);

/* ---- privileges.c ---- */

/* 42501 if the current user may not run a query. */
extern void DzCheckQuery(const Query *query);

#endif /* DATAZONE_EDGES_ROOM_H */
