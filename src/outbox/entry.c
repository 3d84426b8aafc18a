/*-------------------------------------------------------------------------
 *
 * entry.c
 *		An entry's way: sent, answered, and what that means.
 *
 * What may be repeated is: the same bytes and the same token, for days if
 * need be.  A write without a token that is not idempotent is claimed in the
 * table before it goes out, and is never sent again if it may have arrived.
 *
 * Trouble before the request is made is the lane's: no mapping, no USAGE.
 * Trouble with the request or the answer is the entry's.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "common/pg_prng.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "aws/digest.h"
#include "outbox/delivery.h"

#define FIRST_PAUSE_US DZ_SECOND_US
#define LONGEST_PAUSE_US (60 * DZ_SECOND_US)
#define FRESH_US DZ_SECOND_US
#define FIRST_LOCKED_US (DZ_SECOND_US / 2)
#define LONGEST_LOCKED_US (16 * DZ_SECOND_US)
#define LANE_PAUSE_US (60 * DZ_SECOND_US)
#define LONGEST_LANE_PAUSE_US (30 * DZ_SECOND_US)
#define LONGEST_TROUBLE_PAUSE_US (8 * DZ_SECOND_US)

/* failures in a row after which it is the lane's trouble, or the server's */
#define TROUBLE 32
#define SILENT 8

/* bytes of the service's identifier of what was made */
#define LONGEST_ID 256

static void entry_due(DzJob *job);
static DzCall *entry_start(DzJob *job, const DzConnection *conn);
static void entry_started(DzJob *job);
static void entry_answered(DzJob *job, DzCall *call);
static void entry_failed(DzJob *job, const ErrorData *error);
static void give_up(DzEntry *entry, int sqlstate, const char *message);

static const DzJobKind dz_delivery = {
	.due = entry_due,
	.start = entry_start,
	.started = entry_started,
	.answered = entry_answered,
	.failed = entry_failed,
};

/*
 * How long an entry has to wait that another worker has sent, or that was
 * given back.  Not where the lane decides: it was blocked for want of what may
 * have come since, or it is in trouble and has its own pauses.
 */
static int64
left_of_pause(const DzEntry *entry)
{
	if (entry->next_attempt_at == 0 || entry->attempts == 0 ||
		entry->lane->at_once || entry->lane->is_troubled)
		return 0;
	/* no longer than any pause: clocks may be set */
	return Min(entry->next_attempt_at - GetCurrentTimestamp(),
			   LONGEST_PAUSE_US);
}

/* An entry that was just read: it is sent as soon as may be. */
void
DzEntryBegin(DzEntry *entry)
{
	const DzOperation *op = entry->job.op;
	bool is_fresh = entry->job.is_fresh;
	bool has_token = entry->job.has_token;
	int64 pause = left_of_pause(entry);

	DzJobInit(&entry->job, &dz_delivery, entry->lane->name.serverid,
			  entry->lane->name.role);
	entry->job.op = op;
	entry->job.is_fresh = is_fresh;
	entry->job.has_token = has_token; /* of a try that was put off */
	entry->job.fresh_until_us = DzNowMonotonicUs() + FRESH_US;
	entry->waits_for_lane = false;
	if (op == NULL)
		give_up(entry, ERRCODE_UNDEFINED_OBJECT,
				"the operation is not in this library's model");
	else if (pause > 0)
		DzEntrySleep(entry, pause);
	else
		DzJobAsk(&entry->job, op);
}

static void
free_text(char **text)
{
	if (*text != NULL)
		pfree(*text);
	*text = NULL;
}

static void
drop_payload(DzEntry *entry)
{
	if (entry->payload != NULL)
		pfree(entry->payload);
	entry->payload = NULL;
	DzClaimsDropBytes(entry);
}

/* The table has been told, or nobody is to be. */
void
DzEntryFree(DzEntry *entry)
{
	DzJobEnd(&entry->job);
	DzResultRemove(entry);
	drop_payload(entry);
	DzClaimsRemove(entry);
	if (entry->key != NULL && entry->key->holder == entry)
		DzKeyRelease(entry->key);
	free_text(&entry->domain);
	free_text(&entry->token);
	free_text(&entry->request_id);
	free_text(&entry->service_id);
	free_text(&entry->message);
	pfree(entry);
}

/* Later; without its payload. */
void
DzEntrySleep(DzEntry *entry, int64 us)
{
	drop_payload(entry);
	DzJobSleep(&entry->job, us);
}

/* Its pause is over: the payload is read again first. */
static void
entry_due(DzJob *job)
{
	DzEntry *entry = (DzEntry *) job;

	entry->next_attempt_at = 0;
	DzWaitingAgain(entry);
}

/* What is sent, in short: datazone_delivery keeps it as a proof. */
static void
hash_body(DzEntry *entry, const char *body, size_t len)
{
	static DzHasher *hasher = NULL;
	unsigned char digest[DZ_SHA256_LEN];

	if (hasher == NULL)
		hasher = DzHasherCreate();
	if (hasher == NULL || !DzSha256(hasher, body, len, digest))
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for a hash")));
	DzSha256Hex(digest, entry->sha256);
}

/*
 * Said once for each time that it is locked; and not at the first try, which
 * one that was discarded fails as well.
 */
static void
note_lock(DzEntry *entry)
{
	if (++entry->nlocked == 2)
		ereport(LOG, (errmsg("datazone worker: outbox entry " INT64_FORMAT
							 " is locked, and is not sent until it can be "
							 "marked",
							 entry->id)));
}

/*
 * Until whoever has its row lets it go.  That is no failure: the table is told
 * nothing, and the token is kept.
 */
static void
sleep_locked(DzEntry *entry)
{
	int doublings = Min(entry->nlocked - 1, 5);

	DzEntrySleep(entry, Min(FIRST_LOCKED_US << doublings, LONGEST_LOCKED_US));
}

static DzCall *
entry_start(DzJob *job, const DzConnection *conn)
{
	DzEntry *entry = (DzEntry *) job;
	DzParams *params;
	DzCall *call;
	const char *body;
	size_t len;

	if (!job->op->repeatable && !entry->is_claimed)
	{
		bool is_awaited = DzStandbyIsAwaited();

		if (is_awaited && !DzMarkMayWait())
			return NULL;
		if (!DzMarkWrite(entry))
			note_lock(entry);
		if (is_awaited || !entry->is_claimed)
			return NULL;
	}
	if (strcmp(job->op->name, "PostLineageEvent") == 0)
	{
		params = DzParamsBegin();
		DzParamsJsonb(params, "event", entry->payload);
	}
	else
		params = DzParamsOf(entry->payload);
	DzParamsText(params, "domainIdentifier", entry->domain);
	DzParamsText(params, "clientToken", entry->token);
	call = DzCallStartTaken(conn->client, job->op, params, NULL, NULL);

	body = DzCallBody(call, &len);
	hash_body(entry, body, len);
	return call;
}

/*
 * The mark is on disk before anything is sent, and on those of standbys that
 * commits wait for.
 */
static void
entry_started(DzJob *job)
{
	DzEntry *entry = (DzEntry *) job;

	if (job->op->repeatable)
		return;
	if (entry->is_claimed)
	{
		entry->nlocked = 0;
		DzWalFlush();
	}
	if (job->call != NULL)
		return;
	if (entry->is_claimed)
		DzMarkWait(entry);
	else if (entry->nlocked > 0)
		sleep_locked(entry);
	else
		DzEntrySleep(entry, DZ_SECOND_US);
}

static void
set_text(char **slot, const char *text)
{
	free_text(slot);
	if (text != NULL && text[0] != '\0')
		*slot = MemoryContextStrdup(TopMemoryContext, text);
}

static void
note_reply(DzEntry *entry, const DzAwsReply *reply)
{
	entry->attempts += reply->attempts;
	set_text(&entry->request_id, reply->request_id);
}

/*
 * Identifiers are ASCII; what is not would need converting, and be none.  They
 * have some forty characters at most; the table's index has room for more, but
 * not for everything.
 */
static bool
may_be_identifier(const char *text, size_t len)
{
	if (len > LONGEST_ID)
		return false;
	while (*text != '\0')
		if (IS_HIGHBIT_SET(*text++))
			return false;
	return true;
}

static void
entry_answered(DzJob *job, DzCall *call)
{
	DzEntry *entry = (DzEntry *) job;
	const DzAnswer *answer;
	const DzJson *id;
	const char *text = NULL;
	size_t len = 0;

	note_reply(entry, DzCallReply(call));
	answer = DzCallAnswer(call); /* or throws */
	DzLaneGoesWell(entry->lane);
	id = DzJsonMember(answer->body, "id");
	if (id != NULL)
		text = DzJsonString(id, &len);
	if (text != NULL && may_be_identifier(text, len))
		set_text(&entry->service_id, text);

	DzJobEnd(job);
	drop_payload(entry);
	entry->end = DZ_ENTRY_DELIVERED;
	DzResultAdd(entry);
}

static void
give_up(DzEntry *entry, int sqlstate, const char *message)
{
	DzJobEnd(&entry->job);
	drop_payload(entry);
	entry->end = DZ_ENTRY_FAILED;
	entry->sqlstate = sqlstate;
	set_text(&entry->message, message);
	DzResultAdd(entry);
}

static bool
is_too_old(const DzEntry *entry)
{
	return DzMaxEntryAge > 0 && GetCurrentTimestamp() - entry->enqueued_at >
									(int64) DzMaxEntryAge * DZ_SECOND_US;
}

/* Between a half and the whole of 1 s, 2 s, 4 s ... */
static int64
pause_us(const DzEntry *entry)
{
	int doublings = Min(entry->attempts / 3, 6);
	int64 us = Min(FIRST_PAUSE_US << doublings, LONGEST_PAUSE_US);

	return us -
		   (int64) ((double) us / 2 * pg_prng_double(&pg_global_prng_state));
}

static void
try_later(DzEntry *entry, const ErrorData *error)
{
	int64 us = pause_us(entry);

	entry->end = DZ_ENTRY_RETRY;
	entry->is_claimed = false; /* the result takes the mark away */
	entry->sqlstate = error->sqlerrcode;
	set_text(&entry->message, DzErrorText(error));
	entry->next_attempt_at = GetCurrentTimestamp() + us;
	DzEntrySleep(entry, us);
	DzResultAdd(entry);
}

/* Whether the same request may be answered otherwise later. */
static bool
is_passing(int sqlstate)
{
	switch (sqlstate)
	{
		case ERRCODE_INSUFFICIENT_RESOURCES:
		case ERRCODE_SYSTEM_ERROR:
		case ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION:
		case ERRCODE_FDW_UNABLE_TO_CREATE_EXECUTION:
		case ERRCODE_FDW_UNABLE_TO_CREATE_REPLY:
		case ERRCODE_PROGRAM_LIMIT_EXCEEDED:
		case ERRCODE_OUT_OF_MEMORY:
			return true;
		default:
			return false;
	}
}

/* Whether what went wrong here may go well later. */
static bool
is_passing_here(int sqlstate)
{
	switch (ERRCODE_TO_CATEGORY(sqlstate))
	{
		case ERRCODE_TO_CATEGORY(ERRCODE_T_R_DEADLOCK_DETECTED):
		case ERRCODE_TO_CATEGORY(ERRCODE_INSUFFICIENT_RESOURCES):
		case ERRCODE_TO_CATEGORY(ERRCODE_LOCK_NOT_AVAILABLE):
		case ERRCODE_TO_CATEGORY(ERRCODE_QUERY_CANCELED):
		case ERRCODE_TO_CATEGORY(ERRCODE_SYSTEM_ERROR):
			return true;
		default:
			return is_passing(sqlstate);
	}
}

/*
 * Keys that were good: the mapping's owner has to renew them, or the source
 * that they come from, which has been asked for others already, perhaps for
 * another entry.
 */
static bool
has_expired(const DzAwsReply *reply)
{
	return reply->refused_temporary ||
		   strcmp(reply->code, "ExpiredTokenException") == 0 ||
		   strcmp(reply->code, "ExpiredToken") == 0;
}

/*
 * Between a half and the whole of 1 s, 2 s, 4 s ...; not so long where somebody
 * answers.
 */
static int64
lane_pause_us(DzLane *lane, bool nobody_there)
{
	int64 us =
		Min(FIRST_PAUSE_US << Min(lane->npauses, 5),
			nobody_there ? LONGEST_LANE_PAUSE_US : LONGEST_TROUBLE_PAUSE_US);

	return us -
		   (int64) ((double) us / 2 * pg_prng_double(&pg_global_prng_state));
}

/* Whoever is next in the lane would meet the same. */
static void
block_lane(DzEntry *entry, const ErrorData *error, int64 us)
{
	try_later(entry, error);
	entry->next_attempt_at =
		Max(entry->next_attempt_at, GetCurrentTimestamp() + us);
	entry->waits_for_lane = true;
	DzLaneBlock(entry->lane, us);
}

/*
 * The lane is in trouble.  Each time some are tried, since what is wrong may be
 * wrong with one alone, and then there is a pause.  Of those that were under
 * way when it began the first one counts.
 */
static void
fail_in_trouble(DzEntry *entry, const ErrorData *error, bool nobody_there)
{
	DzLane *lane = entry->lane;

	if (lane->blocked_until_us <= DzNowMonotonicUs())
	{
		lane->nprobes++;
		if (nobody_there || !lane->is_troubled || lane->nprobes >= DZ_PROBES)
		{
			lane->nprobes = 0;
			lane->npauses++;
			lane->is_troubled = true;
			lane->pause_us = lane_pause_us(lane, nobody_there);
			block_lane(entry, error, lane->pause_us);
			return;
		}
	}
	try_later(entry, error);
}

/*
 * It may go well later.  After some failures in a row it is not the entry's
 * trouble: then others of the lane would meet the same, and of what waits for
 * the end of it hardly anything is held in memory.
 */
static void
fail_for_now(DzEntry *entry, const ErrorData *error)
{
	DzLane *lane = entry->lane;
	bool nobody_there =
		DzCallReply(entry->job.call)->outcome == DZ_AWS_NOT_CONNECTED;
	bool is_silent = DzQueueSilences(lane->name.serverid) >= SILENT;

	if (nobody_there || is_silent || ++lane->nfailures >= TROUBLE)
		fail_in_trouble(entry, error, nobody_there);
	else
		try_later(entry, error);
	if (is_silent)
		DzLanesBlock(lane->name.serverid, FIRST_PAUSE_US);
}

/* The service has answered, or nobody has. */
static void
service_failed(DzEntry *entry, const ErrorData *error)
{
	const DzAwsReply *reply = DzCallReply(entry->job.call);
	bool arrived = reply->outcome == DZ_AWS_SUCCESS || reply->may_have_arrived;
	bool no_keys =
		reply->outcome == DZ_AWS_NO_CREDENTIALS || has_expired(reply);

	if (!entry->job.op->repeatable && arrived)
		give_up(entry, error->sqlerrcode,
				psprintf("outcome unknown: %s", DzErrorText(error)));
	else if (!no_keys && !is_passing(error->sqlerrcode))
	{
		DzLaneGoesWell(entry->lane);
		give_up(entry, error->sqlerrcode, DzErrorText(error));
	}
	else if (is_too_old(entry))
		give_up(entry, error->sqlerrcode, DzErrorText(error));
	else if (no_keys)
		block_lane(entry, error, LANE_PAUSE_US);
	else
		fail_for_now(entry, error);
}

/* Whether a server or a role was dropped; no transaction is open. */
bool
DzIsGone(Oid serverid, Oid role)
{
	bool gone;

	StartTransactionCommand();
	gone = GetForeignServerExtended(serverid, FSV_MISSING_OK) == NULL ||
		   !SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(role));
	CommitTransactionCommand();
	return gone;
}

static void
entry_failed(DzJob *job, const ErrorData *error)
{
	DzEntry *entry = (DzEntry *) job;

	if (job->place == DZ_JOB_ANSWERED)
		service_failed(entry, error);
	else if (DzIsGone(job->serverid, job->role))
		give_up(entry, error->sqlerrcode, DzErrorText(error));
	else if (job->request_cxt == NULL)
	{
		block_lane(entry, error, LANE_PAUSE_US);
		entry->lane->lacks_rights = true;
	}
	else if (error->sqlerrcode == ERRCODE_LOCK_NOT_AVAILABLE)
	{
		/* somebody has the table; the token was taken */
		job->has_token = true;
		entry->is_claimed = false;
		note_lock(entry);
		sleep_locked(entry);
	}
	else if (is_passing_here(error->sqlerrcode))
	{
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("datazone worker: could not start the request of "
						"outbox entry " INT64_FORMAT ": %s",
						entry->id, error->message)));
		try_later(entry, error);
	}
	else
		give_up(entry, error->sqlerrcode, DzErrorText(error));
}
