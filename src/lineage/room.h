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

/* Goes up with each change of one of the three that a session may set. */
extern uint64 DzOriginGeneration;

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

/* What a captured statement wrote into a table. */
typedef struct DzPart
{
	const DzEdges *edges;
	const DzEdgeTarget *target; /* one of theirs */
	DzLedgerKey fingerprint; /* of the edges */
	const char *file; /* NULL: none */
	List *file_columns;
} DzPart;

/* What becomes an event. */
typedef struct DzTarget
{
	Oid table;
	const char *trigger; /* the name of one that saw it; NULL: captured */
	bool is_captured;
	bool is_lost; /* its event could not be written */
	List *parts; /* of DzPart; of a captured one */
	Oid procedure; /* in which it was captured; or InvalidOid */
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

/* The server that captured lineage goes to; InvalidOid: none is known. */
extern Oid DzCaptureServer(void);

/* ---- plans.c ---- */

typedef struct DzPlan
{
	uint32 id; /* must be first */
	MemoryContext context;
	const DzEdges *edges;
	DzLedgerKey fingerprint;
	DzLedgerKey identity; /* the same with OIDs */
	bool has_staging; /* a temporary table is among sources or targets */
	uint64 used_in; /* a transaction */
	dlist_node node;
} DzPlan;

extern uint32 DzPlanRemember(const DzEdges *edges);
extern DzPlan *DzPlanFind(uint32 id);
extern void DzPlansTransactionEnds(void);

/* ---- captured.c ---- */

#define DZ_FILE_NAMESPACE "file"

/* A statement that has ended well. */
typedef struct DzRecord
{
	DzPlan *plan; /* NULL: not of one */
	const DzEdges *edges; /* NULL: the plan's */
	uint64 staged; /* 0, or as of which generation of staging they hold */
	DzLedgerKey fingerprint; /* of "edges" */
	const char *file; /* that COPY has read; or NULL */
	List *file_columns; /* of char *: $1, $2, ... in its edges */
	Oid into; /* what its output became; or InvalidOid */
	int64 rows; /* negative: not known */
	int level; /* of subtransactions */
	Oid procedure; /* the outermost one that is called; or InvalidOid */
	const char *job_namespace; /* NULL: not set */
	const char *job_name;
	const char *parent_run;
} DzRecord;

extern void DzCapturedAdd(DzRecord *new);

/* Are events being written?  What runs then is ours. */
extern bool DzCapturedIsWriting(void);

/* From here on the transaction's end is watched. */
extern void DzCapturedWatch(void);

/* ---- staging.c: temporary tables ---- */

extern bool DzStagingIs(Oid relid);
extern const DzEdges *DzStagingStandsFor(Oid relid);
extern uint64 DzStagingGeneration(void);
extern void DzStagingAdd(Oid relid, const DzEdges *edges,
						 const DzEdgeTarget *target);
extern void DzStagingTruncate(Oid relid);
extern void DzStagingEmptyAtCommit(Oid relid);

/* The end of a level of subtransactions, and of the transaction. */
extern void DzStagingEndLevel(int level, bool is_commit);
extern void DzStagingEnd(bool is_commit);

/* ---- copying.c ---- */

extern void DzCopyingSee(const CopyStmt *copy, const char *text, int64 rows,
						 const DzRecord *like);

/* ---- hooks.c ---- */

extern void DzHooksInit(void);

/* ---- fingerprint.c ---- */

extern DzLedgerKey DzFingerprint(const DzEdges *edges, const char *file);
extern DzLedgerKey DzTargetFingerprint(const DzTarget *target);

/* ---- facet.c ---- */

/* The job's name, where the session has set none; NULL: the table's. */
extern const char *DzCaptureJobName(const DzRecord *record, Oid table);

/* The tables that a captured target has its rows from: OIDs, each once. */
extern List *DzTargetSources(const DzTarget *target);

/* Push the facet columnLineage of a captured target. */
extern void DzPushColumnLineage(DzJsonbState *state, const DzTarget *target);

/* ---- json.c ---- */

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

/* database.schema.table */
extern char *DzDatasetName(Oid table);

/* In CurrentMemoryContext.  "table" still exists. */
extern Jsonb *DzLineageEvent(const DzTarget *target);

#endif /* DATAZONE_LINEAGE_ROOM_H */
