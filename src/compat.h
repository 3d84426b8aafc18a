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

#endif /* DATAZONE_COMPAT_H */
