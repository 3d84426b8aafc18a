/*-------------------------------------------------------------------------
 *
 * renames.c
 *		Watches keep their server when it gets another name.
 *
 * All that are to have another name get it together, since names can be
 * exchanged, or go round; and in two steps, through names that no server can
 * have, since a unique key is checked row by row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"

#include "worker/tables.h"

/* as long as a name can be, so that a name with this before it is none */
#define PREFIX "repeat('*', 64)"

StaticAssertDecl(NAMEDATALEN <= 65, "PREFIX is to be as long as a name");

/*
 * Active watches of this database whose server has another name now.  $1 and
 * $2 are the origin.
 */
#define MOVERS \
	"mover AS (SELECT w.ctid AS at, w.server AS old, " \
	"s.srvname::text AS new, w.domain_id, w.data_source_id " \
	"FROM %1$s w JOIN pg_catalog.pg_foreign_server s ON s.oid = w.server_id " \
	"WHERE s.srvname <> w.server AND w.state = 'active' " \
	"AND w.origin_system_identifier = $1 AND w.origin_database_id = $2)"

static uint64
run(const char *format)
{
	Oid types[] = {INT8OID, OIDOID};
	Datum values[] = {Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};

	(void) DzSqlAsOwner(DZ_WATCH_TABLE,
						psprintf(format, DzTableName(DZ_WATCH_TABLE)),
						lengthof(types), types, values, NULL);
	return SPI_processed;
}

/*
 * Give watches the names that their servers have now.  SPI is connected.
 * What is in the way stays, and who would need its place stays behind it: a
 * watch that is held, under the name that it came with.  Not so the watch of
 * a server that is gone, which nobody can ever serve.
 */
void
DzWatchesFollowRenames(void)
{
	(void) run("WITH " MOVERS " DELETE FROM %1$s x USING mover m "
			   "WHERE x.server = m.new AND x.domain_id = m.domain_id "
			   "AND x.data_source_id = m.data_source_id "
			   "AND x.origin_system_identifier = $1 "
			   "AND x.origin_database_id = $2 "
			   "AND NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_server s "
			   "WHERE s.oid = x.server_id)");

	/* blocked: by one that does not move, by another mover, by a blocked one */
	if (run("WITH RECURSIVE " MOVERS ", "
			"blocked AS (SELECT m.old, m.domain_id, m.data_source_id "
			"FROM mover m JOIN %1$s x ON x.server = m.new "
			"AND x.domain_id = m.domain_id "
			"AND x.data_source_id = m.data_source_id "
			"WHERE NOT EXISTS (SELECT FROM mover o WHERE o.at = x.ctid) "
			"UNION SELECT m.old, m.domain_id, m.data_source_id "
			"FROM mover m JOIN mover o USING (new, domain_id, data_source_id) "
			"WHERE o.old < m.old "
			"UNION SELECT m.old, m.domain_id, m.data_source_id "
			"FROM blocked b JOIN mover m ON m.new = b.old "
			"AND m.domain_id = b.domain_id "
			"AND m.data_source_id = b.data_source_id) "
			"UPDATE %1$s w SET server = " PREFIX " || m.new, "
			"last_sync_at = NULL, last_error = NULL FROM mover m "
			"WHERE w.ctid = m.at AND (m.old, m.domain_id, m.data_source_id) "
			"NOT IN (SELECT old, domain_id, data_source_id FROM blocked)") ==
		0)
		return;
	(void) run("UPDATE %1$s SET server = substr(server, 65) "
			   "WHERE starts_with(server, " PREFIX ") "
			   "AND origin_system_identifier = $1 "
			   "AND origin_database_id = $2");
}
