/*-------------------------------------------------------------------------
 *
 * follow.c
 *		Single runs, asked for until they have ended.
 *
 * A run is followed because datazone_start_run() left a row in
 * datazone_followed_run, because backends wait for it (the board), or both.
 * One request serves all; it acts with the mapping of the role that started
 * the run or waits for it, so that two roles make two follows.
 *
 * Pauses grow from half a second to ten, as those of a backend that polls for
 * itself.  A run that the service does not know or does not let us see is
 * given up; after other errors we go on, for a day, and at once when servers,
 * mappings or rights have changed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/ilist.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "worker/engine.h"

#define FIRST_PAUSE_US (DZ_SECOND_US / 2)
#define LONGEST_PAUSE_US (10 * DZ_SECOND_US)
#define TROUBLED_PAUSE_US (60 * DZ_SECOND_US)
#define LONGEST_FOLLOW_US (86400 * DZ_SECOND_US)

/*
 * Runs that are followed for who waits, for each request that may be under
 * way at once; who waits for another is told to ask by itself.
 */
#define MAX_BOARD_EACH 32

typedef struct Follow
{
	DzJob job; /* must be first */
	dlist_node node;
	char *server; /* its name, when last asked */
	char *domain;
	char *run;
	bool in_table;
	bool on_board;
	bool has_ended;
	bool has_failed; /* the last time that it was asked for */
	bool has_complained;
	int64 pause_us;
	int64 began_us;
} Follow;

static dlist_head follows = DLIST_STATIC_INIT(follows);
static int nfollows = 0;

static void follow_due(DzJob *job);
static DzCall *follow_start(DzJob *job, const DzConnection *conn);
static void follow_answered(DzJob *job, DzCall *call);
static void follow_failed(DzJob *job, const ErrorData *error);
static void follow_stored(DzJob *job, const char *run, const ErrorData *error);

static const DzJobKind dz_follow = {
	.due = follow_due,
	.start = follow_start,
	.answered = follow_answered,
	.failed = follow_failed,
	.stored = follow_stored,
};

int
DzFollowsCount(void)
{
	return nfollows;
}

/* ----------
 * The list
 * ----------
 */

/* A run as the board and the table know it; the strings are the caller's. */
typedef struct FollowKey
{
	Oid server;
	Oid role;
	const char *domain;
	const char *run;
} FollowKey;

static FollowKey
key_on_board(const DzBoardRun *run)
{
	return (FollowKey){run->server, run->role, run->domain, run->run};
}

/* Only a run that is on the board can be told there: its identifiers fit. */
static DzBoardRun
board_run(const Follow *follow)
{
	DzBoardRun run = {follow->job.serverid, follow->job.role, {0}, {0}};

	strlcpy(run.domain, follow->domain, sizeof(run.domain));
	strlcpy(run.run, follow->run, sizeof(run.run));
	return run;
}

static Follow *
find_follow(const FollowKey *key)
{
	dlist_iter iter;

	dlist_foreach (iter, &follows)
	{
		Follow *follow = dlist_container(Follow, node, iter.cur);

		if (follow->job.serverid == key->server &&
			follow->job.role == key->role &&
			strcmp(follow->run, key->run) == 0 &&
			strcmp(follow->domain, key->domain) == 0)
			return follow;
	}
	return NULL;
}

/* Find the follow of a run, or begin one that asks at once. */
static Follow *
find_or_begin(const FollowKey *key)
{
	Follow *follow = find_follow(key);

	if (follow != NULL)
		return follow;

	follow = MemoryContextAllocZero(TopMemoryContext, sizeof(Follow));
	follow->domain = MemoryContextStrdup(TopMemoryContext, key->domain);
	follow->run = MemoryContextStrdup(TopMemoryContext, key->run);
	follow->pause_us = FIRST_PAUSE_US;
	follow->began_us = DzNowMonotonicUs();
	DzJobInit(&follow->job, &dz_follow, key->server, key->role);
	dlist_push_tail(&follows, &follow->node);
	nfollows++;
	DzJobSleep(&follow->job, 0);
	return follow;
}

static void
end_follow(Follow *follow)
{
	DzJobEnd(&follow->job);
	DzStoreForget(&follow->job);
	dlist_delete(&follow->node);
	nfollows--;
	if (follow->server != NULL)
		pfree(follow->server);
	pfree(follow->domain);
	pfree(follow->run);
	pfree(follow);
}

static void
delete_row(void *arg)
{
	const Follow *follow = arg;
	Oid types[] = {OIDOID, TEXTOID, TEXTOID, OIDOID};
	Datum values[] = {ObjectIdGetDatum(follow->job.serverid),
					  CStringGetTextDatum(follow->domain),
					  CStringGetTextDatum(follow->run),
					  ObjectIdGetDatum(follow->job.role)};

	if (SPI_execute_with_args(
			psprintf("DELETE FROM %s WHERE server_id = $1 "
					 "AND domain_id = $2 AND run_id = $3 AND role::oid = $4",
					 DzTableName(DZ_FOLLOW_TABLE)),
			4, types, values, NULL, false, 0) != SPI_OK_DELETE)
		elog(ERROR, "could not delete a followed run");
}

/* The row has done its duty; if it cannot go now, the next reading sees to it. */
static void
finish(Follow *follow)
{
	if (follow->in_table)
	{
		ErrorData *error =
			DzSqlTry(DZ_FOLLOW_TABLE, "ending a follow", delete_row, follow);

		if (error != NULL)
		{
			ereport(LOG,
					(errmsg("datazone: could not end following run \"%s\": %s",
							follow->run, error->message)));
			DzJobSleep(&follow->job, TROUBLED_PAUSE_US);
			return;
		}
	}
	end_follow(follow);
}

/* ----------
 * The job
 * ----------
 */

static void
follow_due(DzJob *job)
{
	DzJobAsk(job, DzOperationFind("GetDataSourceRun"));
}

static DzCall *
follow_start(DzJob *job, const DzConnection *conn)
{
	Follow *follow = (Follow *) job;
	DzParams *params = DzParamsBegin();

	if (follow->server != NULL)
		pfree(follow->server);
	follow->server = MemoryContextStrdup(TopMemoryContext, conn->server_name);
	DzParamsText(params, "domainIdentifier", follow->domain);
	DzParamsText(params, "identifier", follow->run);
	return DzCallStartTaken(conn->client, job->op, params, NULL, NULL);
}

static void
follow_answered(DzJob *job, DzCall *call)
{
	Follow *follow = (Follow *) job;
	const DzAnswer *answer = DzCallAnswer(call);
	const DzJson *member = DzJsonMember(answer->body, "status");
	size_t len = 0;
	const char *status = member ? DzJsonString(member, &len) : NULL;

	DzNameRequire(job->serverid, follow->server);
	DzStoreAdd(job, answer, &DzRunShape, follow->server, follow->domain,
			   answer->body);

	follow->has_failed = false;

	/* the row's reader has refused an answer without a status */
	follow->has_ended = DzRunHasEnded(status, len);
	if (follow->on_board)
	{
		DzBoardRun run = board_run(follow);
		char text[DZ_BOARD_ID_SIZE];

		strlcpy(text, pnstrdup(status, len), sizeof(text));
		DzBoardTell(&run, text);
	}
	DzJobSleep(job, follow->pause_us);
	follow->pause_us =
		Min(follow->pause_us + follow->pause_us / 2, LONGEST_PAUSE_US);
}

/* Who is to ask, and whom. */
typedef struct Parties
{
	const DzJob *job;
	bool are_there;
} Parties;

static void
look_for_parties(void *arg)
{
	Parties *parties = arg;
	const DzJob *job = parties->job;

	parties->are_there =
		SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(job->role)) &&
		SearchSysCacheExists1(FOREIGNSERVEROID,
							  ObjectIdGetDatum(job->serverid));
}

/*
 * Whether it will be the same the next time: the service has said that the
 * role may not, or that there is no such run; or role or server are gone for
 * ever.  A mapping or USAGE that is not there, and what keeps credentials
 * away, is another matter: it may come again at any time.
 */
static bool
is_final(const DzJob *job, const ErrorData *error)
{
	Parties parties = {job, true};

	if (job->place != DZ_JOB_ANSWERED)
	{
		(void) DzSqlTry(NULL, "looking for role and server", look_for_parties,
						&parties);
		return !parties.are_there;
	}
	if (DzCallReply(job->call)->outcome == DZ_AWS_NO_CREDENTIALS)
		return false;

	switch (error->sqlerrcode)
	{
		case ERRCODE_UNDEFINED_OBJECT:
		case ERRCODE_INSUFFICIENT_PRIVILEGE:
		case ERRCODE_INVALID_PARAMETER_VALUE:
			return true;
		default:
			return false;
	}
}

/* Trouble is told when it begins, not each time: nobody else would say it. */
static void
complain(Follow *follow, const char *what, const ErrorData *error)
{
	char *text;

	if (follow->has_complained || !follow->in_table)
		return;
	follow->has_complained = true;
	text =
		psprintf("%s run \"%s\": %s", what, follow->run, DzErrorText(error));
	DzWorkerSetState(DZ_WORKER_RUNNING, text);
	ereport(WARNING,
			(errcode(error->sqlerrcode), errmsg("datazone worker: %s", text)));
}

/* Who waits asks for itself, and gets the error, or the answer. */
static void
tell_lost(Follow *follow)
{
	DzBoardRun run = board_run(follow);

	if (follow->on_board)
		DzBoardTellLost(&run);
	follow->on_board = false;
}

static void
follow_failed(DzJob *job, const ErrorData *error)
{
	Follow *follow = (Follow *) job;
	bool over = DzNowMonotonicUs() - follow->began_us > LONGEST_FOLLOW_US ||
				(follow->in_table && is_final(job, error));

	follow->has_failed = true;
	tell_lost(follow);
	complain(follow, over ? "no longer follows" : "cannot ask for", error);

	if (!over && follow->in_table)
	{
		follow->pause_us = Min(follow->pause_us * 2, TROUBLED_PAUSE_US);
		DzJobSleep(job, follow->pause_us);
		return;
	}
	finish(follow);
}

/* The row of the run was written, or could not be. */
static void
follow_stored(DzJob *job, const char *run, const ErrorData *error)
{
	Follow *follow = (Follow *) job;

	if (error != NULL)
		complain(follow, "could not write", error);
	if (error != NULL && follow->in_table &&
		DzNowMonotonicUs() - follow->began_us < LONGEST_FOLLOW_US)
	{
		/* asked for again after the pause, and written again */
		follow->pause_us = Min(follow->pause_us * 2, TROUBLED_PAUSE_US);
		if (job->place == DZ_JOB_ASLEEP)
			DzJobSleep(job, follow->pause_us);
		return;
	}
	if (follow->has_ended)
		finish(follow);
}

/* ----------
 * Where follows come from
 * ----------
 */

/*
 * Those of another origin came with a copy of the database: the original
 * follows them, and here they have nobody's word.
 */
static void
delete_strangers(void)
{
	Oid types[] = {INT8OID, OIDOID};
	Datum values[] = {Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};

	if (SPI_execute_with_args(
			psprintf("DELETE FROM %s WHERE (origin_system_identifier, "
					 "origin_database_id) <> ($1, $2)",
					 DzTableName(DZ_FOLLOW_TABLE)),
			2, types, values, NULL, false, 0) != SPI_OK_DELETE)
		elog(ERROR, "could not delete the followed runs of another origin");
}

static void
take_rows(void *arg)
{
	delete_strangers();

	/* not as read-only, which would see what was just deleted */
	if (SPI_execute(psprintf("SELECT server_id, role::oid, domain_id, run_id "
							 "FROM %s",
							 DzTableName(DZ_FOLLOW_TABLE)),
					false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the followed runs");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple row = SPI_tuptable->vals[i];
		TupleDesc desc = SPI_tuptable->tupdesc;
		bool isnull;
		FollowKey key = {
			.server = DatumGetObjectId(SPI_getbinval(row, desc, 1, &isnull)),
			.role = DatumGetObjectId(SPI_getbinval(row, desc, 2, &isnull)),
			.domain = SPI_getvalue(row, desc, 3),
			.run = SPI_getvalue(row, desc, 4),
		};

		find_or_begin(&key)->in_table = true;
	}
}

/* Follow the runs that the table names. */
void
DzFollowsReadTable(void)
{
	DzSqlRun(DZ_FOLLOW_TABLE, "reading followed runs", take_rows, NULL);
}

/* Servers, mappings or rights have changed: what failed may do so no more. */
void
DzFollowsTryAgain(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &follows)
	{
		Follow *follow = dlist_container(Follow, node, iter.cur);

		if (follow->has_failed && follow->job.place == DZ_JOB_ASLEEP)
			DzJobSleep(&follow->job, FIRST_PAUSE_US);
	}
}

/* Give all follows up; their rows stay for a later time. */
void
DzFollowsForget(void)
{
	dlist_mutable_iter iter;

	dlist_foreach_modify (iter, &follows)
	{
		Follow *follow = dlist_container(Follow, node, iter.cur);

		tell_lost(follow);
		end_follow(follow);
	}
}

/*
 * Follow the runs that backends wait for, and forget those for which nobody
 * waits any more.
 */
void
DzFollowsReadBoard(void)
{
	int max = MAX_BOARD_EACH * DzMaxInFlight;
	DzBoardRun *runs =
		MemoryContextAllocHuge(CurrentMemoryContext, max * sizeof(DzBoardRun));
	int n = DzBoardList(runs, max);
	dlist_mutable_iter iter;

	dlist_foreach_modify (iter, &follows)
	{
		dlist_container(Follow, node, iter.cur)->on_board = false;
	}
	for (int i = 0; i < n; i++)
	{
		FollowKey key = key_on_board(&runs[i]);

		find_or_begin(&key)->on_board = true;
	}
	dlist_foreach_modify (iter, &follows)
	{
		Follow *follow = dlist_container(Follow, node, iter.cur);

		if (!follow->on_board && !follow->in_table)
			end_follow(follow);
	}
	pfree(runs);
}
