/*-------------------------------------------------------------------------
 *
 * room.h
 *		What the files of the lineage room tell each other.
 *
 * Wording:  a *definition* is a trigger's arguments, read.  An *origin* is
 * what the session's settings said of the job when a table was changed.  A
 * *change* is what one definition and origin have seen in one level of
 * subtransactions.  A *target* is what becomes an event: all changes of a job
 * to a table.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_LINEAGE_ROOM_H
#define DATAZONE_LINEAGE_ROOM_H

#include "commands/trigger.h"
#include "lib/ilist.h"
#include "nodes/pg_list.h"
#include "utils/jsonb.h"

#include "compat.h"
#include "edges/edges.h"
#include "shared/shared.h"

/* the SQL function's name */
#define DZ_LINEAGE_TRIGGER "datazone_lineage_trigger"

/* ---- settings.c ---- */

typedef enum DzLineageErrors
{
	DZ_LINEAGE_WARN,
	DZ_LINEAGE_ERROR
} DzLineageErrors;

extern int DzLineageErrorMode; /* datazone.lineage_errors */

/* Strings; NULL or empty: not set. */
extern char *DzDatasetNamespace;
extern char *DzJobNamespace;
extern char *DzJobName;
extern char *DzParentRun;

/* Goes up with each change of a setting that an event depends on. */
extern uint64 DzOriginGeneration;
extern void DzNoteTextSetting(const char *newval, void *extra);
extern void DzNoteEnumSetting(int newval, void *extra);

/* A run as "namespace/name/runId"; the first may hold slashes. */
typedef struct DzParentName
{
	char *namespace;
	char *name;
	char *run_id;
} DzParentName;

/* Take it apart, in CurrentMemoryContext; false: it is none. */
extern bool DzParentRunParse(const char *text, DzParentName *parent);

/* ---- arguments.c ---- */

typedef struct DzLineageInput
{
	char *namespace; /* NULL: a table of this server */
	char *database; /* of a table; NULL: this one */
	char *schema; /* of a table; NULL: that of the trigger's table */
	char *name;
} DzLineageInput;

typedef struct DzDefinition
{
	Oid trigger; /* hash key; must be first */
	Oid original; /* the trigger that a partition's one is a copy of */
	Oid table; /* of that one */
	char *name; /* the trigger's; its copies have the same */
	int nargs;
	char **args; /* as written */
	const char *domain; /* the rest: NULL where not given */
	const char *server;
	const char *job;
	const char *namespace; /* the job's */
	List *inputs; /* of DzLineageInput */
} DzDefinition;

/*
 * Read a trigger's arguments in CurrentMemoryContext.  22023 for one that is
 * unknown, given twice or malformed.
 */
extern DzDefinition *DzDefinitionRead(const Trigger *trigger);

/* ---- attach.c ---- */

extern void DzAttachInit(void); /* the hook that sees new triggers */

/* ---- trigger.c ---- */

/* 39P01; "why" follows the function's name. */
pg_noreturn extern void DzLineageTriggerMisused(const char *why);

/* ---- collect.c ---- */

typedef struct DzOrigin
{
	char *job_namespace; /* NULL: not set */
	char *job_name;
	char *parent_run;
} DzOrigin;

/* What can happen to rows, in the order in which rows are counted. */
typedef enum DzRowAction
{
	DZ_ROWS_INSERTED,
	DZ_ROWS_UPDATED,
	DZ_ROWS_DELETED
} DzRowAction;

#define DZ_ROW_ACTIONS 3

typedef struct DzRowCount
{
	bool happened;
	bool uncounted; /* at least once nobody counted the rows */
	int64 rows;
} DzRowCount;

typedef struct DzChangeKey
{
	const DzDefinition *definition;
	const DzOrigin *origin;
	int64 level; /* of subtransactions; int64 leaves no padding */
} DzChangeKey;

typedef struct DzChange
{
	DzChangeKey key; /* must be first */
	DzRowCount counts[DZ_ROW_ACTIONS];
	dlist_node node;
} DzChange;

/* Add what another has seen of other rows. */
extern void DzRowCountsAdd(DzRowCount *counts, const DzRowCount *more);

/*
 * The change that belongs to a trigger that fires now; it lives as long as
 * the subtransaction.  NULL while events are being written.
 */
extern DzChange *DzCollect(const Trigger *trigger, Oid relid);

/* ---- write.c ---- */

/* What a trigger has seen of a target, its copies on partitions included. */
typedef struct DzWitness
{
	Oid trigger;
	DzRowCount counts[DZ_ROW_ACTIONS];
} DzWitness;

/* A dataset as OpenLineage names it. */
typedef struct DzDataset
{
	const char *namespace;
	const char *name;
	const char *database; /* of a table; NULL: not known, or no table */
} DzDataset;

/* What has become of a relation. */
typedef enum DzLifeChange
{
	DZ_LIFE_NONE,
	DZ_LIFE_TRUNCATE,
	DZ_LIFE_OVERWRITE, /* dropped, and made again */
	DZ_LIFE_RENAME,
	DZ_LIFE_CREATE,
	DZ_LIFE_DROP
} DzLifeChange;

/* What a captured statement wrote into a table. */
typedef struct DzPart
{
	const DzEdges *edges;
	const DzEdgeTarget *target; /* one of theirs */
	DzLedgerKey fingerprint; /* of the edges */
	const char *text; /* the statement's; NULL: not to be told */
	const struct DzRecord *record;
} DzPart;

/* What becomes an event. */
typedef struct DzTarget
{
	Oid table; /* or a file's */
	const char *trigger; /* the name of one that saw it; NULL: captured */
	bool is_captured;
	bool is_lost; /* its event could not be written */
	List *parts; /* of DzPart; of a captured one */
	DzLifeChange change; /* of a captured one */
	DzDataset dataset; /* of a captured one */
	const char *name; /* the relation's own; of a captured one */
	DzDataset previous; /* before it was renamed; or NULLs */
	Oid routine; /* in which it was captured; or InvalidOid */
	const char *given_job_name; /* what the session has set */
	const char *server; /* NULL: the only one */
	const char *domain;
	const char *job_namespace; /* NULL: that of datasets */
	const char *job_name; /* NULL: the table's */
	const char *parent_run;
	List *inputs;
	List *witnesses; /* of DzWitness, one for each trigger */
	DzRowCount counts[DZ_ROW_ACTIONS]; /* the best that any of them knows */
} DzTarget;

/* Enqueue the events of "changes", which are in order. */
extern void DzLineageWrite(dlist_head *changes);

/*
 * Enqueue the events of a list of DzTarget; "errors" says what becomes of the
 * transaction if that fails.
 */
extern void DzLineageWriteTargets(List *targets, DzLineageErrors errors);

extern bool DzSameText(const char *a, const char *b); /* NULL equals NULL */

/* ---- origin.c ---- */

extern const DzOrigin *DzOriginNow(void);
extern const DzOrigin *DzOriginOfJob(const DzOrigin *origin);
extern void DzOriginsForget(void);

/* ---- guard.c ---- */

extern bool DzGuarded(void (*work)(void *arg), void *arg);
extern bool DzGuardedLook(void (*work)(void *arg), void *arg);
extern bool DzGuardedNote(void (*work)(void *arg), void *arg);
extern void DzCaptureFails(int sqlstate, const char *why);
extern bool DzErrorIsNotOurs(const ErrorData *error);

/* ---- capture.c ---- */

typedef enum DzCaptureModes
{
	DZ_CAPTURE_OFF,
	DZ_CAPTURE_TABLE,
	DZ_CAPTURE_COLUMN
} DzCaptureModes;

extern int DzCaptureMode; /* datazone.capture */
extern int DzCaptureInterval; /* datazone.capture_interval, in seconds */

extern void DzCaptureInit(void); /* settings, hooks */

/* Is there a server, and a name for this one?  Else a warning, once. */
extern bool DzCaptureIsReady(void);
extern bool DzNamespaceIsSet(void); /* datazone.dataset_namespace */

/* The server that captured lineage goes to; InvalidOid: none is known. */
extern Oid DzCaptureServer(void);

/* ---- exclude.c ---- */

extern char *DzCaptureExclude; /* datazone.capture_exclude */

extern void DzExcludeInit(void);
extern bool DzIsExcluded(const char *schema, const char *name);
extern bool DzIsExcludedWord(const char *word);

/* ---- files.c ---- */

extern Oid DzFileOid(const char *path);
extern bool DzFileIs(Oid relid);
extern const char *DzFilePath(Oid relid);
extern AttrNumber DzFileColumn(Oid relid, const char *name);
extern const char *DzFileColumnName(Oid relid, AttrNumber number);

/* ---- dataset.c ---- */

extern bool DzDatasetIs(Oid relid);
extern bool DzDatasetIsTarget(Oid relid);
extern bool DzNamesExcluded(const DzEdges *edges);
extern DzDataset DzDatasetOf(Oid relid);
extern const char *DzDatasetColumn(Oid relid, AttrNumber attnum);

/* ---- plans.c ---- */

/* Under which key the event of a plan's statement was last looked up. */
typedef struct DzTold
{
	DzLedgerKey key;
	uint64 names; /* generations of which that holds; 0: never */
	uint64 settings;
	Oid routine;
} DzTold;

typedef struct DzPlan
{
	uint32 id; /* must be first */
	MemoryContext context;
	const DzEdges *edges;
	DzLedgerKey identity; /* of the edges */
	DzLedgerKey fingerprint; /* of the edges, as of "names" */
	uint64 names;
	bool has_staging; /* a temporary table is among sources or targets */
	uint64 composed_at; /* a generation of staging; 0: never */
	MemoryContext composed_in;
	const DzEdges *composed;
	DzLedgerKey composed_identity;
	DzTold told;
	int npins; /* so many need it */
	dlist_node node;
} DzPlan;

extern uint32 DzPlanRemember(const DzEdges *edges);
extern DzPlan *DzPlanFind(uint32 id);
extern void DzPlanPin(DzPlan *plan);
extern void DzPlanUnpin(DzPlan *plan);
extern uint64 DzNamesGeneration(void);
extern DzLedgerKey DzPlanFingerprint(DzPlan *plan);
extern bool DzPlanIdentity(const DzPlan *plan, DzLedgerKey *identity);
extern const DzEdges *DzPlanComposed(DzPlan *plan, DzLedgerKey *identity);

/* ---- tables.c ---- */

extern DzEdges *DzTablesOfPlan(const PlannedStmt *plan);

/* ---- captured.c ---- */

/* A change of a relation, with names of before. */
typedef struct DzLife
{
	DzLifeChange change;
	Oid relid;
	const char *schema; /* these are NULL of one that is new */
	const char *name;
	DzDataset dataset;
	const char **columns; /* by number; of a dropped one that was read */
	int ncolumns;
} DzLife;

/* A statement that has ended well. */
typedef struct DzRan
{
	DzPlan *plan; /* NULL: not of one */
	const DzEdges *edges; /* NULL: the plan's */
	const DzLife *life; /* NULL: it has written rows */
	const PlannedStmt *forgotten; /* the plan, if its edges are not kept */
	Oid into; /* what its output became; or InvalidOid */
	int64 rows; /* negative: not known */
	const char *source; /* its text, which others may share; or NULL */
	int location; /* where it begins there; -1: not known */
	int length; /* 0: up to the end */
} DzRan;

/* By which records that are the same are known.  Has no padding. */
typedef struct DzRecordKey
{
	DzLedgerKey identity; /* of the edges */
	const DzOrigin *origin;
	Oid into;
	Oid routine; /* the outermost one that runs; or InvalidOid */
#if SIZEOF_VOID_P == 4
	uint32 unused; /* else padding, where a uint64 is aligned to 8 */
#endif
} DzRecordKey;

/* What statements of the same lineage have written. */
typedef struct DzRecord
{
	DzRecordKey key;
	const DzOrigin *origin; /* of the latest one */
	MemoryContext memory; /* its own */
	DzPlan *plan; /* that the edges belong to; or NULL */
	const DzEdges *edges; /* NULL: what became of a relation */
	const DzLife *life;
	const char *text; /* of the first one; or NULL */
	bool has_escapes; /* a backslash in it makes the next letter another */
	int64 rows;
	bool is_uncounted; /* at least once nobody counted the rows */
	bool is_coarse; /* which tables, and not which columns */
	bool is_read_only; /* where no event may be written */
	int level; /* of subtransactions */
	uint64 number; /* goes up from one to the next */
	void *slot;
	struct DzRecord *below; /* of the same key, or NULL */
	dlist_node node;
} DzRecord;

extern void DzCapturedAdd(const DzRan *ran);
extern bool DzRecordIsUnited(const DzRecord *record);

/* Are events being written?  What runs then is ours. */
extern bool DzCapturedIsWriting(void);

/* From here on the transaction's end is watched. */
extern void DzCapturedWatch(void);

/* What there is now, the latest first. */
extern dlist_head *DzCapturedRecords(void);

/* ---- gone.c ---- */

extern void DzGoneBegin(void);
extern void DzGoneForget(void);
extern const DzLife *DzGone(Oid relid);
extern bool DzGoneWasRead(Oid relid);
extern bool DzGoneWasRenamed(Oid relid);
extern const DzEdges *DzGoneEdges(const DzRecord *record);

/* ---- targets.c ---- */

extern void DzTargetsAdd(List **targets, const DzRecord *record);
extern int DzTargetCoarseParts(const DzTarget *target);
extern DzTarget *DzTargetFor(List **targets, Oid table, Oid routine,
							 const DzOrigin *origin);
extern void DzTargetBecomes(DzTarget *target, DzLifeChange change,
							const DzLife *life);
extern void DzTargetsTell(List *targets, MemoryContext context);
extern void DzTargetsAreLost(void);
extern bool DzTargetIsTold(const DzRecord *record);
extern void DzTargetsAreTold(void);
extern void DzTargetsForget(void);

/* ---- lifecycle.c ---- */

extern void DzLifeInit(void);
extern DzLedgerKey DzLifeIdentity(const DzLife *life);
extern DzLife *DzLifeKeep(const DzLife *life);
extern void DzLifeAdd(List **targets, const DzRecord *record);

/* ---- routine.c ---- */

extern void DzRoutinesInit(void);
extern Oid DzRoutineNow(void);
extern void DzRoutineEnter(Oid routine);
extern void DzRoutineLeave(void);

/* ---- text.c ---- */

typedef enum DzSqlModes
{
	DZ_SQL_OFF,
	DZ_SQL_NORMALIZED,
	DZ_SQL_FULL
} DzSqlModes;

extern int DzCaptureSql; /* datazone.capture_sql */

extern void DzTextInit(void);
extern char *DzStatementText(const DzRan *ran);
extern char *DzStatementTold(const char *text, bool has_escapes);
extern bool DzTextOnlySelects(const char *text);

/* ---- staging.c: temporary tables ---- */

extern bool DzStagingIs(Oid relid);
extern const DzEdges *DzStagingStandsFor(Oid relid);
extern uint64 DzStagingGeneration(void);
extern void DzStagingSee(Oid relid);
extern void DzStagingAdd(Oid relid, const DzEdges *edges,
						 const DzEdgeTarget *target);
extern void DzStagingTruncate(Oid relid);
extern void DzStagingEmptyAtCommit(Oid relid);
extern void DzStagingIsUnknown(Oid relid);
extern void DzStagingIsComputed(Oid relid);
extern void DzStagingWasUnseen(Oid relid);

/* The end of a level of subtransactions, and of the transaction. */
extern void DzStagingEndLevel(int level, bool is_commit);
extern void DzStagingEnd(bool is_commit);

/* ---- resume.c: what was filled while capture was off ---- */

extern void DzResume(void);
extern bool DzResumeIsDue(void);
extern void DzResumeLook(void);
extern void DzResumeEndLevel(int level, bool is_commit);

/* ---- copying.c ---- */

extern void DzCopyingSee(const CopyStmt *copy, DzRan *ran);

/* ---- altering.c ---- */

extern bool DzAlteringComputes(const Node *node);
extern void DzAlteringSee(const AlterTableStmt *alter);

/* ---- commands.c ---- */

/* A command that makes something from a query's rows. */
typedef struct DzMaking
{
	struct DzMaking *outer;
	const char *source; /* its text, and its query's */
	bool is_refresh; /* its own SQL is nobody's lineage */
	bool is_planned; /* the query has been: what comes is others' */
	DzEdges *edges; /* NULL: none yet, or they could not be derived */
	MemoryContext context; /* of the edges */
} DzMaking;

extern void DzCommandsInit(void);
extern DzMaking *DzMakingFor(const char *source);
extern void DzMakingIsOf(DzMaking *this, const DzEdges *edges);
extern bool DzMakingIsKnown(const char *source);
extern bool DzIsRefreshing(void);

/* ---- hooks.c ---- */

extern void DzHooksInit(void);
extern bool DzProcessIsCaptured(void);

/* ---- fingerprint.c ---- */

extern DzLedgerKey DzEdgesIdentity(const DzEdges *edges);
extern DzLedgerKey DzFingerprint(const DzEdges *edges);
extern DzLedgerKey DzTargetFingerprint(const DzTarget *target);

/* ---- job.c ---- */

/* The captured target's dataset and its job's name. */
extern void DzTargetNames(DzTarget *target);

/* Push the parent of a captured target's run, and its job's facets. */
extern void DzPushParent(DzJsonbState *state, const DzTarget *target);
extern void DzPushJobFacets(DzJsonbState *state, const DzTarget *target,
							bool with_sql, bool with_comment);
extern void DzPushUnresolved(DzJsonbState *state, const DzTarget *target,
							 const char *cut);
extern char *DzNoteTold(const DzNote *note);

/* The transaction has ended, and with it its run. */
extern void DzJobForgetRun(void);

/* ---- facet.c ---- */

/* The tables that a captured target has its rows from: OIDs, each once. */
extern List *DzTargetSources(const DzTarget *target);

/* Push the facet columnLineage of a captured target. */
extern void DzPushColumnLineage(DzJsonbState *state, const DzTarget *target,
								bool with_rows);

/* ---- describe.c ---- */

extern void DzPushColumns(DzJsonbState *state, Oid table, bool with_comments);
extern void DzPushDataSource(DzJsonbState *state, const DzDataset *dataset);
extern void DzPushDocumentation(DzJsonbState *state, Oid classid, Oid oid,
								const char *schema);
extern void DzPushLifecycle(DzJsonbState *state, const DzTarget *target);

/* ---- json.c ---- */

/* Texts of more bytes than that are cut, from here on. */
extern void DzPushTextsUpTo(int bytes);

extern void DzPushBeginObject(DzJsonbState *state);
extern void DzPushEndObject(DzJsonbState *state);
extern void DzPushKey(DzJsonbState *state, const char *key);
extern void DzPushText(DzJsonbState *state, const char *key, const char *text);
extern void DzPushInteger(DzJsonbState *state, const char *key, int64 number);
extern void DzPushBeginFacet(DzJsonbState *state, const char *key,
							 const char *schema);

/* ---- event.c ---- */

#define DZ_LINEAGE_PRODUCER "https://pgxn.org/dist/datazone/"
#define DZ_LINEAGE_SPEC "https://openlineage.io/spec/"

/* PostgreSQL's epoch, as seconds of Unix */
#define DZ_EPOCH_SECONDS \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY)

/* A facet's schema: its file's version and the name that it defines. */
#define DZ_FACET_SCHEMA(version, name) \
	DZ_LINEAGE_SPEC "facets/" version "/" name ".json#/$defs/" name

/* database.schema.table */
extern char *DzDatasetName(Oid table);

/* In CurrentMemoryContext.  "table" still exists. */
extern Jsonb *DzLineageEvent(const DzTarget *target);

#endif /* DATAZONE_LINEAGE_ROOM_H */
