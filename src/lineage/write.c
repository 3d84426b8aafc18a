/*-------------------------------------------------------------------------
 *
 * write.c
 *		Before the transaction commits: an event for each job and table.
 *
 * The events go into the outbox for the table's owner: who loads data needs
 * neither a server nor keys.  The session's datazone.server does not count,
 * as in every place where code runs as somebody else.
 *
 * All are written in one subtransaction.  If that fails, each is tried in one
 * of its own, so that a table whose lineage cannot be recorded costs no other
 * table its event; what then becomes of the transaction is for
 * datazone.lineage_errors to say.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_class.h"
#include "foreign/foreign.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "api/model.h"
#include "lineage/room.h"
#include "outbox/outbox.h"
#include "server/server.h"
#include "shared/shared.h"
#include "subtransaction.h"
#include "worker/tables.h"

/* how long a commit may wait for a lock, in milliseconds */
#define LOCK_WAIT_MS 5000

/* Events that are written together, and which of them is being written. */
typedef struct Writing
{
	List *targets;
	DzTarget *culprit;
} Writing;

/* ----------
 * From changes to targets
 * ----------
 */

bool
DzSameText(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_input(const DzLineageInput *a, const DzLineageInput *b)
{
	return DzSameText(a->namespace, b->namespace) &&
		   DzSameText(a->database, b->database) &&
		   DzSameText(a->schema, b->schema) && DzSameText(a->name, b->name);
}

static void
add_inputs(DzTarget *target, const List *inputs)
{
	ListCell *lc;

	foreach (lc, inputs)
	{
		DzLineageInput *input = lfirst(lc);
		bool known = false;
		ListCell *other;

		foreach (other, target->inputs)
		{
			known |= same_input(input, lfirst(other));
		}
		if (!known)
			target->inputs = lappend(target->inputs, input);
	}
}

/* What one trigger saw at several times, and on several partitions, adds up. */
static void
add_counts(DzTarget *target, const DzChange *change)
{
	DzWitness *witness;
	ListCell *lc;

	foreach (lc, target->witnesses)
	{
		witness = lfirst(lc);
		if (witness->trigger == change->key.definition->original)
		{
			DzRowCountsAdd(witness->counts, change->counts);
			return;
		}
	}
	witness = palloc0(sizeof(DzWitness));
	witness->trigger = change->key.definition->original;
	DzRowCountsAdd(witness->counts, change->counts);
	target->witnesses = lappend(target->witnesses, witness);
}

/*
 * Several triggers may have seen the same rows: one for each kind of
 * statement, or one more for rows.  What any of them counted is known, and
 * the one that saw most has seen all.
 */
static void
settle_counts(DzTarget *target)
{
	ListCell *lc;

	foreach (lc, target->witnesses)
	{
		DzWitness *witness = lfirst(lc);

		for (int i = 0; i < DZ_ROW_ACTIONS; i++)
		{
			DzRowCount *known = &target->counts[i];
			const DzRowCount *seen = &witness->counts[i];

			if (!seen->happened)
				continue;
			if (!known->happened || (known->uncounted && !seen->uncounted))
				*known = *seen;
			else if (known->uncounted == seen->uncounted)
				known->rows = Max(known->rows, seen->rows);
		}
	}
}

static bool
is_target_of(const DzTarget *target, const DzTarget *other)
{
	return target->table == other->table &&
		   DzSameText(target->job_name, other->job_name) &&
		   DzSameText(target->job_namespace, other->job_namespace) &&
		   DzSameText(target->server, other->server) &&
		   DzSameText(target->domain, other->domain);
}

static DzTarget
target_of(const DzChange *change)
{
	const DzDefinition *definition = change->key.definition;
	const DzOrigin *origin = change->key.origin;
	DzTarget target = {0};

	target.table = definition->table;
	target.trigger = definition->name;
	target.server = definition->server;
	target.domain = definition->domain;
	target.job_namespace =
		definition->namespace ? definition->namespace : origin->job_namespace;
	target.job_name = definition->job ? definition->job : origin->job_name;
	target.parent_run = origin->parent_run;
	return target;
}

/* In the order in which they were first changed. */
static List *
all_targets(dlist_head *changes)
{
	List *targets = NIL;
	dlist_iter iter;
	ListCell *lc;

	dlist_reverse_foreach(iter, changes)
	{
		DzChange *change = dlist_container(DzChange, node, iter.cur);
		DzTarget wanted = target_of(change);
		DzTarget *target = NULL;

		foreach (lc, targets)
		{
			target = lfirst(lc);
			if (is_target_of(target, &wanted))
				break;
			target = NULL;
		}
		if (target == NULL)
		{
			target = palloc(sizeof(DzTarget));
			*target = wanted;
			targets = lappend(targets, target);
		}
		if (wanted.parent_run != NULL)
			target->parent_run = wanted.parent_run;
		add_inputs(target, change->key.definition->inputs);
		add_counts(target, change);
	}
	foreach (lc, targets)
	{
		settle_counts(lfirst(lc));
	}
	return targets;
}

/* ----------
 * Enqueueing
 * ----------
 */

/*
 * The owner of a table that others can see; InvalidOid where there is nothing
 * to tell: it was dropped, or is the session's own.
 */
static Oid
owner_of(Oid table)
{
	HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Form_pg_class form;
	Oid owner = InvalidOid;

	if (!HeapTupleIsValid(tuple))
		return InvalidOid;
	form = (Form_pg_class) GETSTRUCT(tuple);
	if (form->relpersistence != RELPERSISTENCE_TEMP)
		owner = form->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

/* "mart.t" and its trigger, as messages name them. */
static char *
describe(const DzTarget *target)
{
	char *schema;
	char *name;

	if (target->is_captured)
		return psprintf("dataset \"%s\"", target->dataset.name);
	schema = get_namespace_name(get_rel_namespace(target->table));
	name = get_rel_name(target->table);
	return psprintf("table \"%s.%s\" (trigger \"%s\")", schema ? schema : "?",
					name ? name : "?", target->trigger);
}

/*
 * The server that a trigger means.  What is wrong with it is for who made the
 * trigger to mend, and not for who fires it.
 */
static Oid
server_of(const DzTarget *target)
{
	MemoryContext context = CurrentMemoryContext;
	volatile Oid serverid = InvalidOid;

	PG_TRY();
	{
		serverid = DzServerResolve(target->server);
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		if (error->sqlerrcode != ERRCODE_UNDEFINED_OBJECT)
			PG_RE_THROW();
		FlushErrorState();
		ereport(ERROR,
				(errcode(error->sqlerrcode), errmsg("%s", error->message),
				 target->server
					 ? errdetail("The trigger's argument \"server=%s\" "
								 "names it.",
								 target->server)
				 : error->detail ? errdetail("%s", error->detail)
								 : 0,
				 target->server == NULL
					 ? errhint("Create the trigger with the argument "
							   "'server=NAME', and let the table's owner "
							   "have USAGE on that server.")
				 : error->hint ? errhint("%s", error->hint)
							   : 0));
	}
	PG_END_TRY();
	return serverid;
}

/* Where captured lineage goes.  It has no domain but the server's. */
static Oid
server_of_captured(void)
{
	Oid serverid = DzCaptureServer();
	char *name = DzServerName(serverid);

	if (DzServerDefaultDomain(serverid) == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("server \"%s\" has no domain", name),
						errhint("ALTER SERVER %s OPTIONS (ADD "
								"domain_identifier '...').",
								quote_identifier(name))));
	return serverid;
}

static void
write_one(DzTarget *target)
{
	Oid owner;
	Oid serverid = InvalidOid;
	DzOutboxCall call = {0};
	DzIdentity caller;

	if (target->is_captured)
	{
		/* who loads data needs neither a server nor keys */
		serverid = server_of_captured();
		owner = GetForeignServer(serverid)->owner;
	}
	else
		owner = owner_of(target->table);
	if (!OidIsValid(owner))
		return;

	DzIdentityAssume(&caller, owner, false);
	call.op = DzOperationFind("PostLineageEvent");
	call.serverid = OidIsValid(serverid) ? serverid : server_of(target);
	call.role = owner;
	call.domain = target->domain;
	call.payload = DzLineageEvent(target);
	(void) DzOutboxAdd(&call);
	DzIdentityRestore(&caller);
}

/*
 * PostgreSQL has switched statement_timeout off by now, and nobody must be
 * able to hold up commits by a lock on the outbox.  Lasts until the end of the
 * subtransaction; a limit of the session's own that is shorter stays.
 */
static void
limit_lock_waits(void)
{
	if (LockTimeout > 0 && LockTimeout <= LOCK_WAIT_MS)
		return;
	(void) set_config_option("lock_timeout", CppAsString2(LOCK_WAIT_MS),
							 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true,
							 0, false);
}

/*
 * The transaction has written, but may have been set to read only since; the
 * end of the subtransaction puts that back.
 */
static void
write_all(void *arg)
{
	Writing *writing = arg;
	ListCell *lc;

	XactReadOnly = false;
	limit_lock_waits();
	PushActiveSnapshot(GetTransactionSnapshot());
	foreach (lc, writing->targets)
	{
		writing->culprit = lfirst(lc);
		write_one(writing->culprit);
	}
	PopActiveSnapshot();
}

/*
 * Write them in a subtransaction; NULL, or the error with which it was rolled
 * back, in CurrentMemoryContext, and at which of them it came.
 */
static ErrorData *
try_to_write(List *targets, DzTarget **culprit)
{
	Writing writing = {.targets = targets};
	ErrorData *error = DzInSubtransaction(write_all, &writing, DZ_KEEP);

	*culprit = writing.culprit;
	return error;
}

static void
report(int elevel, const DzTarget *target, const ErrorData *error)
{
	ereport(elevel, (errcode(error->sqlerrcode),
					 errmsg("could not record the lineage of %s: %s",
							describe(target), error->message),
					 error->detail ? errdetail("%s", error->detail) : 0,
					 error->hint ? errhint("%s", error->hint) : 0));
}

static void
report_loss(DzTarget *target, const ErrorData *error)
{
	target->is_lost = true;
	DzStatCountLineageError();
	report(WARNING, target, error);
}

static void
write_each(List *targets)
{
	ListCell *lc;

	foreach (lc, targets)
	{
		DzTarget *target = NULL;
		ErrorData *error = try_to_write(list_make1(lfirst(lc)), &target);

		if (error == NULL)
			continue;
		if (DzErrorIsNotOurs(error))
			ReThrowError(error);
		report_loss(target ? target : lfirst(lc), error);
	}
}

/*
 * What becomes of them when they cannot be written together.  A lock that was
 * waited for in vain is the outbox's: each would wait for it again.
 */
static void
write_apart(List *targets, const ErrorData *error)
{
	ListCell *lc;

	if (error->sqlerrcode != ERRCODE_LOCK_NOT_AVAILABLE)
	{
		write_each(targets);
		return;
	}
	foreach (lc, targets)
	{
		report_loss(lfirst(lc), error);
	}
}

void
DzLineageWrite(dlist_head *changes)
{
	MemoryContext scratch;
	MemoryContext old;

	if (dlist_is_empty(changes))
		return;

	scratch =
		AllocSetContextCreate(CurrentMemoryContext, "datazone lineage events",
							  ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(scratch);
	DzLineageWriteTargets(all_targets(changes), DzLineageErrorMode);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

void
DzLineageWriteTargets(List *targets, DzLineageErrors errors)
{
	DzTarget *culprit = NULL;
	ErrorData *error;

	if (targets == NIL)
		return;
	error = try_to_write(targets, &culprit);
	if (error == NULL)
		return;
	if (DzErrorIsNotOurs(error) || culprit == NULL)
		ReThrowError(error);
	if (errors == DZ_LINEAGE_ERROR)
		report(ERROR, culprit, error);
	write_apart(targets, error);
}
