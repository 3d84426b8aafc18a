/*-------------------------------------------------------------------------
 *
 * tables.h
 *		The extension's tables: what they are called, and writing to them.
 *
 * Functions and the worker write to them as their owner, whoever that is: the
 * roles that call the functions need no privilege on a table, and a trigger
 * that somebody puts there runs with no other rights than its own.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_WORKER_TABLES_H
#define DATAZONE_WORKER_TABLES_H

#include "datatype/timestamp.h"

#define DZ_RUN_TABLE "datazone_run"
#define DZ_OUTBOX_TABLE "datazone_outbox_entry"
#define DZ_WATCH_TABLE "datazone_watched_data_source"

/*
 * As a condition on a watch "w": its server is gone, and another one has its
 * name.
 */
#define DZ_WATCH_IS_LEFT_BEHIND \
	"(NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_server s " \
	"WHERE s.oid = w.server_id) " \
	"AND EXISTS (SELECT FROM pg_catalog.pg_foreign_server s " \
	"WHERE s.srvname = w.server))"

#define DZ_FOLLOW_TABLE "datazone_followed_run"
#define DZ_RUN_SERVER_TABLE "datazone_run_server"

/* The schema that the extension was created in; InvalidOid: it is not here. */
extern Oid DzExtensionSchema(void);

/*
 * A table of the extension by its own name: qualified and quoted for SQL, in
 * CurrentMemoryContext; its OID; its owner.  55000 if it is not there.
 */
extern char *DzTableName(const char *table);
extern Oid DzTableOid(const char *table);
extern Oid DzTableOwner(const char *table);

/* Who this cluster is: with MyDatabaseId the origin of a row. */
extern int64 DzOriginSystem(void);

/* ---- acting as somebody else ---- */

typedef struct DzIdentity
{
	Oid userid;
	int sec_context;
	int guc_level;
} DzIdentity;

/*
 * Act as "role" until DzIdentityRestore(), with a search_path that nobody can
 * put anything into.  An ERROR restores by itself, at the end of the
 * (sub)transaction.  "restricted": as PostgreSQL restricts maintenance that
 * runs other people's functions (SECURITY_RESTRICTED_OPERATION).
 */
extern void DzIdentityAssume(DzIdentity *saved, Oid role, bool restricted);
extern void DzIdentityRestore(const DzIdentity *saved);

/*
 * Run one statement, which names everything with its schema, as the owner of
 * "table"; SPI is connected.  Gives SPI's result code, which is not negative.
 */
extern int DzSqlAsOwner(const char *table, const char *sql, int nargs,
						Oid *types, Datum *values, const char *nulls);

/* ---- renames.c ---- */

extern void DzWatchesFollowRenames(void);

#endif /* DATAZONE_WORKER_TABLES_H */
