/*-------------------------------------------------------------------------
 *
 * statement.c
 *		One writing call for each set of arguments in a statement.
 *
 * PostgreSQL expands "(datazone_start_run('x')).*" to one evaluation for each
 * column.  A client token alone would make the service answer all of them
 * with one run, at the price of 20 requests; so the first evaluation's row is
 * kept for the statement.
 *
 * "The statement" is an executor's per-query memory context: each execution
 * has its own, also inside functions.  The rows live in it, and its reset
 * callback takes them off our list, before its address can be used again.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/hashfn.h"
#include "lib/ilist.h"

#include "functions/functions.h"

typedef struct StatementRow
{
	slist_node node;
	uint32 hash;
	DzStatementKey key;
	HeapTuple row;
} StatementRow;

typedef struct Statement
{
	dlist_node node;
	MemoryContext query_cxt;
	slist_head rows;
	MemoryContextCallback cleanup;
} Statement;

/* statements under way, the innermost first: rarely more than two */
static dlist_head statements = DLIST_STATIC_INIT(statements);

static void
forget_statement(void *arg)
{
	dlist_delete(&((Statement *) arg)->node);
}

static uint32
hash_params(Jsonb *params)
{
	return hash_bytes((unsigned char *) VARDATA(params),
					  VARSIZE(params) - VARHDRSZ);
}

static bool
same_key(const DzStatementKey *a, const DzStatementKey *b)
{
	return a->op == b->op && a->serverid == b->serverid &&
		   a->userid == b->userid &&
		   VARSIZE(a->params) == VARSIZE(b->params) &&
		   memcmp(a->params, b->params, VARSIZE(a->params)) == 0;
}

static Statement *
find_statement(MemoryContext query_cxt)
{
	dlist_iter iter;

	dlist_foreach (iter, &statements)
	{
		Statement *statement = dlist_container(Statement, node, iter.cur);

		if (statement->query_cxt == query_cxt)
			return statement;
	}
	return NULL;
}

/* The row that this statement's earlier call gave, or NULL. */
HeapTuple
DzStatementFind(const DzStatementKey *key)
{
	Statement *statement = find_statement(key->query_cxt);
	uint32 hash = hash_params(key->params);
	slist_iter iter;

	if (statement == NULL)
		return NULL;
	slist_foreach (iter, &statement->rows)
	{
		StatementRow *entry = slist_container(StatementRow, node, iter.cur);

		if (entry->hash == hash && same_key(&entry->key, key))
			return entry->row;
	}
	return NULL;
}

/* Keep a copy of "row" for the rest of the statement. */
void
DzStatementRemember(const DzStatementKey *key, HeapTuple row)
{
	MemoryContext old = MemoryContextSwitchTo(key->query_cxt);
	Statement *statement = find_statement(key->query_cxt);
	StatementRow *entry = palloc(sizeof(StatementRow));
	Jsonb *params = palloc(VARSIZE(key->params));

	memcpy(params, key->params, VARSIZE(key->params));
	entry->hash = hash_params(params);
	entry->key = *key;
	entry->key.params = params;
	entry->row = heap_copytuple(row);

	if (statement == NULL)
	{
		statement = palloc0(sizeof(Statement));
		statement->query_cxt = key->query_cxt;
		slist_init(&statement->rows);
		statement->cleanup.func = forget_statement;
		statement->cleanup.arg = statement;
		MemoryContextRegisterResetCallback(key->query_cxt,
										   &statement->cleanup);
		dlist_push_head(&statements, &statement->node);
	}
	slist_push_head(&statement->rows, &entry->node);
	MemoryContextSwitchTo(old);
}
