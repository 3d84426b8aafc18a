/*-------------------------------------------------------------------------
 *
 * tables.c
 *		Which tables a plan reads and writes, where its columns are forgotten.
 *
 * Edges are derived when a plan is made, and kept for so many plans only, see
 * plans.c.  A plan that is still in use after that has its range table: what
 * privileges are needed of the relations there tells which are read and which
 * are written.  That is told instead, and that it is all that is known.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "nodes/plannodes.h"
#include "parser/parsetree.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"

#include "lineage/room.h"

#define ACL_WRITES (ACL_INSERT | ACL_UPDATE | ACL_DELETE)

static List *written(const PlannedStmt *plan);
static Oid dataset(const RangeTblEntry *rte);
static void add_sources(DzEdges *edges, const PlannedStmt *plan, DzFlow *rows);

/*
 * Edges from each table that is read to the row set of the one that is
 * written.  Where CTEs write, it is not known which is read for which, and
 * there are none.  In CurrentMemoryContext.
 */
DzEdges *
DzTablesOfPlan(const PlannedStmt *plan)
{
	DzEdges *edges = palloc0(sizeof(DzEdges));
	ListCell *lc;

	foreach (lc, written(plan))
	{
		DzEdgeTarget *target = palloc0(sizeof(DzEdgeTarget));

		target->relid = lfirst_oid(lc);
		target->by_cte = plan->hasModifyingCTE;
		if (!plan->hasModifyingCTE)
			add_sources(edges, plan, &target->rows);
		edges->targets = lappend(edges->targets, target);
	}
	return edges;
}

/* The tables that are written, each once. */
static List *
written(const PlannedStmt *plan)
{
	Bitmapset *places = DzPlanWrites(plan);
	List *tables = NIL;
	int place = -1;

	while ((place = bms_next_member(places, place)) >= 0)
	{
		RangeTblEntry *rte = rt_fetch(place, plan->rtable);

		/* a child that is written with its parent needs no privilege */
		if ((DzPlanPrivileges(plan, rte) & ACL_WRITES) != 0 ||
			get_rel_relispartition(rte->relid))
			tables = list_append_unique_oid(tables, dataset(rte));
	}
	return tables;
}

/* A partition is written and read as its root. */
static Oid
dataset(const RangeTblEntry *rte)
{
	List *ancestors = NIL;

	if (get_rel_relispartition(rte->relid))
		ancestors = get_partition_ancestors(rte->relid);
	return ancestors != NIL ? llast_oid(ancestors) : rte->relid;
}

/* Tables behind a view are in the range table, and so stand for it. */
static void
add_sources(DzEdges *edges, const PlannedStmt *plan, DzFlow *rows)
{
	List *tables = NIL;
	ListCell *lc;

	foreach (lc, plan->rtable)
	{
		RangeTblEntry *rte = lfirst_node(RangeTblEntry, lc);

		if (rte->rtekind == RTE_RELATION && rte->relkind != RELKIND_VIEW &&
			(DzPlanPrivileges(plan, rte) & ACL_SELECT) != 0)
			tables = list_append_unique_oid(tables, dataset(rte));
	}
	edges->sources = palloc_array(DzSource, list_length(tables) + 1);
	foreach (lc, tables)
	{
		int number = edges->nsources++;

		edges->sources[number] = (DzSource){.relid = lfirst_oid(lc)};
		rows->sources[DZ_EDGE_READ] =
			bms_add_member(rows->sources[DZ_EDGE_READ], number);
	}
}
