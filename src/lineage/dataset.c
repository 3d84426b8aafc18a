/*-------------------------------------------------------------------------
 *
 * dataset.c
 *		Which relations are datasets, and how these are named.
 *
 * A table is database.schema.table in the namespace of this server.  A foreign
 * table of postgres_fdw or file_fdw is what it stands for, if its options tell
 * all of the name: then what two servers capture meets.  Else it is a table
 * of this server.
 *
 * No datasets are the catalogs, the session's own tables, what is gone by now
 * (but see gone.c), and what datazone.capture_exclude keeps to itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/pg_class.h"
#include "commands/dbcommands.h"
#include "commands/defrem.h"
#include "commands/extension.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "datazone.h"
#include "edges/edges.h"
#include "lineage/room.h"

#define FILE_NAMESPACE "file"
#define POSTGRES_PORT "5432"

static bool is_excluded(Oid relid);
static bool name_foreign(Oid table, DzDataset *dataset);
static bool name_postgres(const ForeignServer *server, Oid table,
						  DzDataset *dataset);
static bool is_plain_host(const char *host);
static const char *handler_of(const ForeignServer *server);
static char *option_of(List *options, const char *name);

/* May a relation be named, as one that is read? */
bool
DzDatasetIs(Oid relid)
{
	char *name;

	if (DzFileIs(relid))
		return true;
	if (relid < FirstNormalObjectId)
		return false;
	name = get_rel_name(relid);
	if (name == NULL)
	{
		const DzLife *gone = DzGone(relid);

		return gone != NULL && !DzIsExcluded(gone->schema, gone->name);
	}
	return get_rel_persistence(relid) != RELPERSISTENCE_TEMP &&
		   !DzIsExcluded(get_namespace_name(get_rel_namespace(relid)), name);
}

/*
 * And as one that is written?  What the extension itself keeps is nobody's
 * data.  Whether a table is ours takes two scans of catalogs: the name, which
 * all of ours begin with, is looked at first.
 */
bool
DzDatasetIsTarget(Oid relid)
{
	if (!DzDatasetIs(relid))
		return false;
	if (DzFileIs(relid))
		return true;
	if (get_rel_name(relid) == NULL)
		return false;
	return strncmp(get_rel_name(relid), DZ_EXTENSION_NAME,
				   strlen(DZ_EXTENSION_NAME)) != 0 ||
		   getExtensionOfObject(RelationRelationId, relid) !=
			   get_extension_oid(DZ_EXTENSION_NAME, true);
}

/* Is a relation that may not be named among sources or targets? */
bool
DzNamesExcluded(const DzEdges *edges)
{
	ListCell *lc;

	for (int i = 0; i < edges->nsources; i++)
	{
		if (is_excluded(edges->sources[i].relid))
			return true;
	}
	foreach (lc, edges->targets)
	{
		if (is_excluded(((DzEdgeTarget *) lfirst(lc))->relid))
			return true;
	}
	return false;
}

static bool
is_excluded(Oid relid)
{
	char *name = OidIsValid(relid) ? get_rel_name(relid) : NULL;

	return name != NULL &&
		   DzIsExcluded(get_namespace_name(get_rel_namespace(relid)), name);
}

/* In CurrentMemoryContext.  The relation is there. */
DzDataset
DzDatasetOf(Oid relid)
{
	DzDataset dataset = {.namespace = DzDatasetNamespace};
	const DzLife *gone;

	dataset.database = get_database_name(MyDatabaseId);
	if (DzFileIs(relid))
	{
		dataset.namespace = FILE_NAMESPACE;
		dataset.name = DzFilePath(relid);
		dataset.database = NULL;
	}
	else if (get_rel_name(relid) == NULL && (gone = DzGone(relid)) != NULL)
		dataset = gone->dataset;
	else if (get_rel_relkind(relid) != RELKIND_FOREIGN_TABLE ||
			 !name_foreign(relid, &dataset))
		dataset.name = DzDatasetName(relid);
	return dataset;
}

static bool
name_foreign(Oid table, DzDataset *dataset)
{
	ForeignTable *foreign = GetForeignTable(table);
	ForeignServer *server = GetForeignServer(foreign->serverid);
	const char *handler = handler_of(server);

	if (strcmp(handler, "postgres_fdw_handler") == 0)
		return name_postgres(server, table, dataset);
	if (strcmp(handler, "file_fdw_handler") == 0)
	{
		dataset->name = option_of(foreign->options, "filename");
		if (dataset->name == NULL)
			return false;
		dataset->namespace = FILE_NAMESPACE;
		dataset->database = NULL;
		return true;
	}
	return false;
}

/* Without a host it is this machine's, by which others do not know it. */
static bool
name_postgres(const ForeignServer *server, Oid table, DzDataset *dataset)
{
	char *host = option_of(server->options, "host");
	char *port = option_of(server->options, "port");
	char *database = option_of(server->options, "dbname");

	if (!is_plain_host(host) || database == NULL)
		return false;
	dataset->namespace =
		psprintf(strchr(host, ':') ? "postgres://[%s]:%s" : "postgres://%s:%s",
				 host, port ? port : POSTGRES_PORT);
	dataset->name = psprintf("%s.%s", database, DzEdgeRelationName(table));
	dataset->database = database;
	return true;
}

/* One host, and no directory of sockets. */
static bool
is_plain_host(const char *host)
{
	return host != NULL && host[0] != '\0' && strpbrk(host, "/, @") == NULL;
}

static const char *
handler_of(const ForeignServer *server)
{
	Oid handler = GetForeignDataWrapper(server->fdwid)->fdwhandler;
	char *name = OidIsValid(handler) ? get_func_name(handler) : NULL;

	return name != NULL ? name : "";
}

/* An option's value; NULL if it is not given. */
static char *
option_of(List *options, const char *name)
{
	ListCell *lc;

	foreach (lc, options)
	{
		DefElem *option = lfirst_node(DefElem, lc);

		if (strcmp(option->defname, name) == 0)
			return defGetString(option);
	}
	return NULL;
}

/* A column's name in the dataset; NULL if there is none of that number. */
const char *
DzDatasetColumn(Oid relid, AttrNumber attnum)
{
	if (DzFileIs(relid))
		return DzFileColumnName(relid, attnum);
	if (get_rel_name(relid) == NULL)
	{
		const DzLife *gone = DzGone(relid);

		return gone != NULL && attnum >= 1 && attnum <= gone->ncolumns
				   ? gone->columns[attnum - 1]
				   : NULL;
	}
	if (get_attname(relid, attnum, true) == NULL)
		return NULL;
	return DzEdgeColumnName(relid, attnum);
}
