/*-------------------------------------------------------------------------
 *
 * compat.h
 *		Every difference between PostgreSQL 15 and 19 that we meet.
 *
 * No other file tests PG_VERSION_NUM.  Each entry names what changed and in
 * which major, and gives the newer majors' form to all.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_COMPAT_H
#define DATAZONE_COMPAT_H

#if PG_VERSION_NUM < 150000
#error "datazone needs PostgreSQL 15 or later"
#endif

#include "storage/latch.h"
#if PG_VERSION_NUM >= 180000
#include "storage/waiteventset.h"
#endif
#include "utils/wait_event.h"

/* 16: VARDATA_ANY() and its like moved out of postgres.h */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* 19: get_database_oid() and get_database_name() left commands/dbcommands.h */
#include "catalog/pg_database.h"
#include "commands/dbcommands.h"
#include "utils/lsyscache.h"

/* 17: a wait event set is tied to a resource owner, not to a context */
#if PG_VERSION_NUM >= 170000
#define DzCreateWaitEventSet(nevents) CreateWaitEventSet(NULL, (nevents))
#else
#define DzCreateWaitEventSet(nevents) \
	CreateWaitEventSet(TopMemoryContext, (nevents))
#endif

/* 17: extensions name their wait events */
#if PG_VERSION_NUM >= 170000
#define DzWaitEventNew(name) WaitEventExtensionNew(name)
#else
#define DzWaitEventNew(name) PG_WAIT_EXTENSION
#endif

/* 16: object_aclcheck() replaced one function per catalog */
#if PG_VERSION_NUM >= 160000
#define DzServerAclCheck(serverid, userid, mode) \
	object_aclcheck(ForeignServerRelationId, (serverid), (userid), (mode))
#else
#define DzServerAclCheck(serverid, userid, mode) \
	pg_foreign_server_aclcheck((serverid), (userid), (mode))
#endif

/* 17: the sequence of an identity column is asked of the relation */
#if PG_VERSION_NUM >= 170000
#define DzIdentitySequence(rel, column) \
	getIdentitySequence((rel), (column), false)
#else
#define DzIdentitySequence(rel, column) \
	getIdentitySequence(RelationGetRelid(rel), (column), false)
#endif

/* 17: a process knows its number without looking into its PGPROC */
#if PG_VERSION_NUM >= 170000
#define DzMyProcNumber MyProcNumber
#else
#define DzMyProcNumber (MyProc->pgprocno)
#endif

/* 19: PostgreSQL itself ends workers of a database that a command needs */
#if PG_VERSION_NUM >= 190000
#define DZ_BGWORKER_INTERRUPTIBLE BGWORKER_INTERRUPTIBLE
#else
#define DZ_BGWORKER_INTERRUPTIBLE 0
#endif

/* 16: object_ownercheck() replaced one function per catalog */
#if PG_VERSION_NUM >= 160000
#define DzDatabaseOwnerCheck(database, userid) \
	object_ownercheck(DatabaseRelationId, (database), (userid))
#else
#define DzDatabaseOwnerCheck(database, userid) \
	pg_database_ownercheck((database), (userid))
#endif

#if PG_VERSION_NUM >= 160000
#define DzTableOwnerCheck(table, userid) \
	object_ownercheck(RelationRelationId, (table), (userid))
#else
#define DzTableOwnerCheck(table, userid) pg_class_ownercheck((table), (userid))
#endif

/* 18: the primary key's index may be that of a deferrable one */
#if PG_VERSION_NUM >= 180000
#define DzPrimaryKeyIndex(rel) RelationGetPrimaryKeyIndex((rel), false)
#else
#define DzPrimaryKeyIndex(rel) RelationGetPrimaryKeyIndex(rel)
#endif

/* 18: a function that does not return says so in front */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/* 18: a module says its name and version */
#if PG_VERSION_NUM >= 180000
#define DZ_MODULE_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "datazone", .version = DZ_VERSION)
#else
#define DZ_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/* 19: a case says so by an attribute where it goes on into the next */
#if PG_VERSION_NUM < 190000
#define pg_fallthrough __attribute__((fallthrough))
#endif

/* 19: handlers take more than the number, unlike the C library's constants */
#if PG_VERSION_NUM < 190000
#define PG_SIG_IGN SIG_IGN
#endif

/* 19: jsonb is built in a state that also holds the result */
#include "utils/jsonb.h"
#if PG_VERSION_NUM >= 190000
typedef JsonbInState DzJsonbState;

static inline void
DzJsonbPush(DzJsonbState *state, JsonbIteratorToken seq, JsonbValue *value)
{
	pushJsonbValue(state, seq, value);
}
#else
typedef struct DzJsonbState
{
	JsonbParseState *parseState;
	JsonbValue *result;
} DzJsonbState;

static inline void
DzJsonbPush(DzJsonbState *state, JsonbIteratorToken seq, JsonbValue *value)
{
	state->result = pushJsonbValue(&state->parseState, seq, value);
}
#endif

/* 19: a syscache is named by an enum of its own */
#if PG_VERSION_NUM >= 190000
#define DzSysCacheId SysCacheIdentifier
#else
#define DzSysCacheId int
#endif

/* 19: a backslash in quotes is always just that */
#if PG_VERSION_NUM >= 190000
#define DzBackslashEscapes() false
#else
#include "parser/parser.h"
#define DzBackslashEscapes() (!standard_conforming_strings)
#endif

/* ---- query trees: what the lineage of a statement is read from ---- */

#include "catalog/pg_class.h"
#include "nodes/parsenodes.h"

/*
 * 16: a view that the rewriter has expanded keeps its OID in the entry that
 * is now a sub-query.  Before, the sub-query's first entry, which its join
 * tree never names, is the view as OLD.
 */
static inline Oid
DzExpandedView(const RangeTblEntry *rte)
{
#if PG_VERSION_NUM >= 160000
	return rte->relkind == RELKIND_VIEW ? rte->relid : InvalidOid;
#else
	const RangeTblEntry *old;

	if (rte->subquery->rtable == NIL)
		return InvalidOid;
	old = linitial_node(RangeTblEntry, rte->subquery->rtable);
	return old->rtekind == RTE_RELATION && old->relkind == RELKIND_VIEW &&
				   strcmp(old->eref->aliasname, "old") == 0
			   ? old->relid
			   : InvalidOid;
#endif
}

/* 18: grouped expressions are columns of an entry of their own */
static inline List *
DzGroupExpressions(const RangeTblEntry *rte)
{
#if PG_VERSION_NUM >= 180000
	return rte->rtekind == RTE_GROUP ? rte->groupexprs : NIL;
#else
	return NIL;
#endif
}

/* 17: JSON_TABLE joins XMLTABLE */
#if PG_VERSION_NUM >= 170000
#define DzTableFuncValues(tf) ((tf)->colvalexprs)
#define DzTableFuncPassing(tf) ((tf)->passingvalexprs)
#else
#define DzTableFuncValues(tf) NIL
#define DzTableFuncPassing(tf) NIL
#endif

/* 17: MERGE's ON is no longer the WHERE of a join tree without the target */
#if PG_VERSION_NUM >= 170000
#define DZ_MERGE_ON_IS_WHERE false
#define DzMergeCondition(query) ((query)->mergeJoinCondition)
#else
#define DZ_MERGE_ON_IS_WHERE true
#define DzMergeCondition(query) NULL
#endif

/*
 * 17: MERGE may write a view.  Where triggers do so, its rows are an entry
 * beside the one that is written.
 */
#if PG_VERSION_NUM >= 170000
#define DzMergeTarget(query) ((query)->mergeTargetRelation)
#else
#define DzMergeTarget(query) ((query)->resultRelation)
#endif

/* 18: COPY TO reads a materialized view; 19: a partitioned table */
static inline bool
DzCopyReads(char relkind)
{
#if PG_VERSION_NUM >= 180000
	if (relkind == RELKIND_MATVIEW)
		return true;
#endif
#if PG_VERSION_NUM >= 190000
	if (relkind == RELKIND_PARTITIONED_TABLE)
		return true;
#endif
	return relkind == RELKIND_RELATION;
}

/* 16: a JSON constructor holds the call that makes the value */
static inline Node *
DzJsonConstructorCall(Node *node)
{
#if PG_VERSION_NUM >= 160000
	if (IsA(node, JsonConstructorExpr))
		return (Node *) ((JsonConstructorExpr *) node)->func;
#endif
	return NULL;
}

/* 18: what is not a plain column of OLD or NEW is marked as being of them */
static inline Node *
DzReturnedValue(Node *node)
{
#if PG_VERSION_NUM >= 180000
	if (IsA(node, ReturningExpr))
		return (Node *) ((ReturningExpr *) node)->retexpr;
#endif
	return NULL;
}

/* 18: generated columns need not be stored */
#include "access/tupdesc.h"
#if PG_VERSION_NUM >= 180000
#define DzHasGenerated(constr) \
	((constr)->has_generated_stored || (constr)->has_generated_virtual)
#else
#define DzHasGenerated(constr) ((constr)->has_generated_stored)
#endif

/*
 * Put in the casts to what a SQL function returns; true: the outputs are its
 * columns.  17: it is told of a procedure; 18: nobody asks for the new list.
 */
#include "catalog/pg_proc.h"
#include "executor/functions.h"
#if PG_VERSION_NUM >= 180000
#define DzFitSqlResult(queries, type, desc) \
	check_sql_fn_retval(list_make1(queries), (type), (desc), \
						PROKIND_FUNCTION, true)
#elif PG_VERSION_NUM >= 170000
#define DzFitSqlResult(queries, type, desc) \
	check_sql_fn_retval(list_make1(queries), (type), (desc), \
						PROKIND_FUNCTION, true, NULL)
#else
#define DzFitSqlResult(queries, type, desc) \
	check_sql_fn_retval(list_make1(queries), (type), (desc), true, NULL)
#endif

/* 16: privileges of a query's relations moved out of its range table */
#include "executor/executor.h"
#if PG_VERSION_NUM >= 160000
#define DzCheckRangeTable(query) \
	((void) ExecCheckPermissions((query)->rtable, (query)->rteperminfos, true))
#else
#define DzCheckRangeTable(query) \
	((void) ExecCheckRTPerms((query)->rtable, true))
#endif

/* 16: object_aclcheck() replaced one function per catalog */
#if PG_VERSION_NUM >= 160000
#define DzFunctionAclCheck(function, userid, mode) \
	object_aclcheck(ProcedureRelationId, (function), (userid), (mode))
#define DzSchemaAclCheck(schema, userid, mode) \
	object_aclcheck(NamespaceRelationId, (schema), (userid), (mode))
#define DzDatabaseAclCheck(database, userid, mode) \
	object_aclcheck(DatabaseRelationId, (database), (userid), (mode))
#else
#define DzFunctionAclCheck(function, userid, mode) \
	pg_proc_aclcheck((function), (userid), (mode))
#define DzSchemaAclCheck(schema, userid, mode) \
	pg_namespace_aclcheck((schema), (userid), (mode))
#define DzDatabaseAclCheck(database, userid, mode) \
	pg_database_aclcheck((database), (userid), (mode))
#endif

/* 17: REFRESH needs MAINTAIN, which an owner has */
#if PG_VERSION_NUM >= 170000
#define DzMaintainCheck(table, userid) \
	(pg_class_aclcheck((table), (userid), ACL_MAINTAIN) == ACLCHECK_OK)
#else
#define DzMaintainCheck(table, userid) DzTableOwnerCheck((table), (userid))
#endif

/* 17: a stronger lock may do, too */
#include "storage/lock.h"
#if PG_VERSION_NUM >= 170000
#define DzLockIsHeld(tag, mode) LockHeldByMe((tag), (mode), false)
#else
#define DzLockIsHeld(tag, mode) LockHeldByMe((tag), (mode))
#endif

/* ---- hooks, and what a plan carries ---- */

#include "nodes/plannodes.h"

/* 16: what is needed of a plan's relation stands beside its range table */
#if PG_VERSION_NUM >= 160000
#include "parser/parse_relation.h"

static inline AclMode
DzPlanPrivileges(const PlannedStmt *plan, RangeTblEntry *rte)
{
	return rte->perminfoindex == 0
			   ? 0
			   : getRTEPermissionInfo(plan->permInfos, rte)->requiredPerms;
}
#else
#define DzPlanPrivileges(plan, rte) ((rte)->requiredPerms)
#endif

/* 19: the places of relations that are written are a set */
static inline Bitmapset *
DzPlanWrites(const PlannedStmt *plan)
{
#if PG_VERSION_NUM >= 190000
	return plan->resultRelationRelids;
#else
	Bitmapset *places = NULL;
	ListCell *lc;

	foreach (lc, plan->resultRelations)
	{
		places = bms_add_member(places, lfirst_int(lc));
	}
	return places;
#endif
}

/* 19: the planner's hook is told of EXPLAIN */
#if PG_VERSION_NUM >= 190000
#define DZ_PLANNER_PARAMETERS \
	Query *parse, const char *query_string, int cursor_options, \
		ParamListInfo bound_params, struct ExplainState *explain
#define DZ_PLANNER_ARGUMENTS \
	parse, query_string, cursor_options, bound_params, explain
#else
#define DZ_PLANNER_PARAMETERS \
	Query *parse, const char *query_string, int cursor_options, \
		ParamListInfo bound_params
#define DZ_PLANNER_ARGUMENTS parse, query_string, cursor_options, bound_params
#endif

#define DZ_UTILITY_PARAMETERS \
	PlannedStmt *pstmt, const char *query_string, bool read_only_tree, \
		ProcessUtilityContext caller, ParamListInfo params, \
		QueryEnvironment *environment, DestReceiver *dest, \
		QueryCompletion *qc
#define DZ_UTILITY_ARGUMENTS \
	pstmt, query_string, read_only_tree, caller, params, environment, dest, qc

/*
 * A number that goes with a plan wherever the plan cache copies it; 0: none.
 *
 * 19: extensions may put nodes into a plan, by their name.  Before, an
 * invalidation item of a cache that does not exist serves: the plan cache
 * only ever compares its number with those of caches that do.
 */
#if PG_VERSION_NUM >= 190000
#include "nodes/makefuncs.h"

static inline void
DzPlanTag(PlannedStmt *plan, uint32 number)
{
	plan->extension_state =
		lappend(plan->extension_state,
				makeDefElem(pstrdup("datazone"),
							(Node *) makeInteger((int) number), -1));
}

static inline uint32
DzPlanTagOf(const PlannedStmt *plan)
{
	ListCell *lc;

	foreach (lc, plan->extension_state)
	{
		DefElem *state = lfirst_node(DefElem, lc);

		if (strcmp(state->defname, "datazone") == 0)
			return (uint32) intVal(state->arg);
	}
	return 0;
}
#else
#define DZ_PLAN_TAG_CACHE (-0x445A)

static inline void
DzPlanTag(PlannedStmt *plan, uint32 number)
{
	PlanInvalItem *item = makeNode(PlanInvalItem);

	item->cacheId = DZ_PLAN_TAG_CACHE;
	item->hashValue = number;
	plan->invalItems = lappend(plan->invalItems, item);
}

static inline uint32
DzPlanTagOf(const PlannedStmt *plan)
{
	ListCell *lc;

	foreach (lc, plan->invalItems)
	{
		PlanInvalItem *item = lfirst_node(PlanInvalItem, lc);

		if (item->cacheId == DZ_PLAN_TAG_CACHE)
			return item->hashValue;
	}
	return 0;
}
#endif

#endif /* DATAZONE_COMPAT_H */
