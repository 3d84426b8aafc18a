/*-------------------------------------------------------------------------
 *
 * verdict.c
 *		What DataZone made of the lineage events that it accepted.
 *
 * It processes them later: REQUESTED, PROCESSING, then SUCCESS or FAILED.  An
 * *inquiry* is the job of one server, role and domain.  In a *look* it lists
 * the events of the times in which those lie that are still undecided, some
 * fifty to a request, and writes what it learns into datazone_delivery.  So a
 * thousand events cost some twenty requests a look, not a thousand.
 *
 * Looks come after 2, 4, 8 ... seconds: every 16 while events keep coming,
 * every five minutes at last.  How far back a look goes doubles from level to
 * level, 8 seconds to an hour, and a level has its turn when a quarter of its
 * span has passed.  So an event is looked for at ages that double, and one
 * that is never decided costs less and less, and nothing after an hour.  (The
 * first look of a worker goes back a day.)  Only *stretches* of time with
 * undecided events are listed, not what lies between them.  A look that takes
 * many requests rests between some of them; other jobs have their turn then.
 *
 * The API does not say whether its window is one of arrival or of the events'
 * own times, which are before they were enqueued.  That is the same unless
 * there was a backlog: so some of the levels go by the one, some by the other.
 *
 * Reading events is a right of its own, which not everybody has who may post
 * them.  Who is refused asks again after pauses that double up to an hour, and
 * when servers, mappings or roles have changed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "aws/timestamp.h"
#include "outbox/delivery.h"

#define FIRST_LOOK_US (2 * DZ_SECOND_US)
#define BUSY_PAUSE_US (16 * DZ_SECOND_US) /* while events keep coming */
#define LONGEST_PAUSE_US (300 * DZ_SECOND_US)
#define LONGEST_REFUSED_US (3600 * DZ_SECOND_US)

#define LEVELS 10
#define SPAN_US(level) ((4 * FIRST_LOOK_US) << (level))
#define LONG_SPAN_US (86400 * DZ_SECOND_US)

/* From here on every second level goes by when events were enqueued. */
#define BY_ENQUEUED_LEVEL 5

/*
 * The service's clock and ours may differ; hardly ever by much, so that young
 * events are looked for closely, and what is not found there more widely.
 */
#define LEAST_MARGIN_US (10 * DZ_SECOND_US)
#define MOST_MARGIN_US (120 * DZ_SECOND_US)

#define PAGES_AT_ONCE 40
#define ROWS_AT_ONCE 2000 /* about what so many pages have */

#define UNDECIDED \
	"d.operation = 'PostLineageEvent' AND d.service_id IS NOT NULL " \
	"AND (d.processing_status IS NULL " \
	"OR d.processing_status NOT IN ('SUCCESS', 'FAILED'))"

typedef struct Inquiry
{
	DzJob job; /* must be first */
	dlist_node node;
	char *domain;
	int64 pause_us;
	int failures; /* looks in a row that failed */
	bool wanted; /* events came since the last look began */
	bool is_long; /* the next look goes back a day */
	int64 looked_us[LEVELS]; /* when each level was last looked at */

	/* this look */
	bool is_under_way; /* also while it rests */
	bool is_busy; /* it was wanted */
	int level;
	TimestampTz began;
	int64 began_us;
	TimestampTz reached; /* delivered_at up to which it has looked */
	int npages; /* since it last rested */

	/* the stretch of time that is listed */
	TimestampTz first;
	TimestampTz last;
	char *token; /* of the next page */
	DzTokenCycle tokens;
} Inquiry;

static dlist_head inquiries = DLIST_STATIC_INIT(inquiries);

static void inquiry_due(DzJob *job);
static DzCall *inquiry_start(DzJob *job, const DzConnection *conn);
static void inquiry_answered(DzJob *job, DzCall *call);
static void inquiry_failed(DzJob *job, const ErrorData *error);

static const DzJobKind dz_inquiry = {
	.due = inquiry_due,
	.start = inquiry_start,
	.answered = inquiry_answered,
	.failed = inquiry_failed,
};

/* ----------
 * The list
 * ----------
 */

static Inquiry *
find_inquiry(Oid serverid, Oid role, const char *domain)
{
	dlist_iter iter;

	dlist_foreach (iter, &inquiries)
	{
		Inquiry *inquiry = dlist_container(Inquiry, node, iter.cur);

		if (inquiry->job.serverid == serverid && inquiry->job.role == role &&
			strcmp(inquiry->domain, domain) == 0)
			return inquiry;
	}
	return NULL;
}

static Inquiry *
make_inquiry(Oid serverid, Oid role, const char *domain)
{
	Inquiry *inquiry =
		MemoryContextAllocZero(TopMemoryContext, sizeof(Inquiry));
	int64 now = DzNowMonotonicUs();

	inquiry->domain = MemoryContextStrdup(TopMemoryContext, domain);
	DzJobInit(&inquiry->job, &dz_inquiry, serverid, role);
	DzTokenCycleInit(&inquiry->tokens, TopMemoryContext);
	dlist_push_tail(&inquiries, &inquiry->node);
	for (int level = 0; level < LEVELS; level++)
		inquiry->looked_us[level] = now;
	inquiry->pause_us = FIRST_LOOK_US;
	DzJobSleep(&inquiry->job, inquiry->pause_us);
	return inquiry;
}

/* It is due soon, whatever it waited for. */
static void
hasten(Inquiry *inquiry)
{
	if (inquiry->job.place == DZ_JOB_ASLEEP &&
		inquiry->job.due_us > DzNowMonotonicUs() + FIRST_LOOK_US)
		DzJobSleep(&inquiry->job, FIRST_LOOK_US);
}

/* Events of these were delivered just now: look what becomes of them. */
void
DzVerdictExpect(Oid serverid, Oid role, const char *domain)
{
	Inquiry *inquiry = find_inquiry(serverid, role, domain);

	if (inquiry == NULL)
		inquiry = make_inquiry(serverid, role, domain);
	inquiry->wanted = true;
	if (inquiry->failures == 0 && inquiry->pause_us > BUSY_PAUSE_US)
	{
		inquiry->pause_us = FIRST_LOOK_US;
		hasten(inquiry);
	}
}

/* Servers, mappings or roles have changed: who was refused may try again. */
void
DzVerdictCatalogChanged(void)
{
	dlist_iter iter;

	dlist_foreach (iter, &inquiries)
	{
		Inquiry *inquiry = dlist_container(Inquiry, node, iter.cur);

		if (inquiry->failures > 0)
			hasten(inquiry);
	}
}

static void
forget_page(Inquiry *inquiry)
{
	if (inquiry->token != NULL)
		pfree(inquiry->token);
	inquiry->token = NULL;
	if (inquiry->tokens.last != NULL)
		pfree(inquiry->tokens.last);
	if (inquiry->tokens.kept != NULL)
		pfree(inquiry->tokens.kept);
	DzTokenCycleInit(&inquiry->tokens, TopMemoryContext);
}

static void
end_inquiry(Inquiry *inquiry)
{
	DzJobEnd(&inquiry->job);
	dlist_delete(&inquiry->node);
	forget_page(inquiry);
	pfree(inquiry->domain);
	pfree(inquiry);
}

void
DzVerdictForget(void)
{
	while (!dlist_is_empty(&inquiries))
		end_inquiry(
			dlist_container(Inquiry, node, dlist_head_node(&inquiries)));
}

/* ----------
 * What is undecided
 * ----------
 */

static int64
span_us(const Inquiry *inquiry)
{
	return inquiry->is_long ? LONG_SPAN_US : SPAN_US(inquiry->level);
}

static int64
margin_us(const Inquiry *inquiry)
{
	return Min(Max(span_us(inquiry) / 4, LEAST_MARGIN_US), MOST_MARGIN_US);
}

static bool
goes_by_enqueued(const Inquiry *inquiry)
{
	return !inquiry->is_long && inquiry->level >= BY_ENQUEUED_LEVEL &&
		   inquiry->level % 2 != 0;
}

/*
 * When undecided events were delivered and enqueued, the first "count" of
 * those delivered after "from" and not after "to", in that order.
 */
static void
select_undecided(const Inquiry *inquiry, TimestampTz from, TimestampTz to,
				 int count)
{
	Oid types[] = {OIDOID, OIDOID, TEXTOID, TIMESTAMPTZOID, TIMESTAMPTZOID};
	Datum values[] = {ObjectIdGetDatum(inquiry->job.serverid),
					  ObjectIdGetDatum(inquiry->job.role),
					  CStringGetTextDatum(inquiry->domain),
					  TimestampTzGetDatum(from), TimestampTzGetDatum(to)};

	if (SPI_execute_with_args(
			psprintf("SELECT d.delivered_at, d.enqueued_at FROM %s d "
					 "WHERE " UNDECIDED " AND d.server_id = $1 "
					 "AND d.role = $2 AND d.domain_id = $3 "
					 "AND d.delivered_at > $4 AND d.delivered_at <= $5 "
					 "ORDER BY d.delivered_at LIMIT %d",
					 DzTableName(DZ_DELIVERY_TABLE), count),
			lengthof(types), types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for undecided events");
}

static TimestampTz
moment_of(uint64 row, int column, TimestampTz otherwise)
{
	bool isnull;
	Datum moment = SPI_getbinval(SPI_tuptable->vals[row],
								 SPI_tuptable->tupdesc, column, &isnull);

	return isnull ? otherwise : DatumGetTimestampTz(moment);
}

/*
 * The next stretch: undecided events that are so close together that the
 * margins around them would meet.  It begins and ends with DT_NOEND if there
 * is none.
 */
static void
find_stretch(void *arg)
{
	Inquiry *inquiry = arg;
	int column = goes_by_enqueued(inquiry) ? 2 : 1;
	int64 gap_us = 2 * margin_us(inquiry);

	inquiry->first = inquiry->last = DT_NOEND;
	select_undecided(inquiry, inquiry->reached, inquiry->began, ROWS_AT_ONCE);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		TimestampTz delivered = moment_of(row, 1, inquiry->began);
		TimestampTz moment = moment_of(row, column, delivered);

		if (row == 0)
			inquiry->first = inquiry->last = moment;
		else if (moment < inquiry->first - gap_us ||
				 moment > inquiry->last + gap_us)
			break;
		inquiry->first = Min(inquiry->first, moment);
		inquiry->last = Max(inquiry->last, moment);
		inquiry->reached = delivered;
	}
}

/* What is older than any level goes back is left alone. */
static void
find_any(void *arg)
{
	Inquiry *inquiry = arg;

	select_undecided(inquiry, inquiry->began - SPAN_US(LEVELS - 1),
					 inquiry->began, 1);
	inquiry->is_busy |= SPI_processed > 0;
}

/*
 * At first: what an earlier worker has left undecided.  The index is leapt
 * through, from one server, role and domain to the next.
 */
static void
find_inquiries(void *arg)
{
	const char *table = DzTableName(DZ_DELIVERY_TABLE);
	const char *first =
		psprintf("SELECT d.server_id, d.role::oid AS role, d.domain_id "
				 "FROM %s d WHERE " UNDECIDED
				 " AND d.server_id IS NOT NULL AND d.role IS NOT NULL "
				 "AND d.domain_id IS NOT NULL ",
				 table);
	const char *order = "ORDER BY d.server_id, d.role, d.domain_id LIMIT 1";

	if (SPI_execute(
			psprintf("WITH RECURSIVE leap (server, role, domain) AS (("
					 "%s %s) UNION ALL SELECT n.* FROM leap l, LATERAL ("
					 "%s AND (d.server_id, d.role::oid, d.domain_id) "
					 "> (l.server, l.role, l.domain) %s) n) "
					 "SELECT server, role, domain FROM leap",
					 first, order, first, order),
			true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for undecided events");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple row = SPI_tuptable->vals[i];
		TupleDesc desc = SPI_tuptable->tupdesc;
		bool isnull;
		Datum server = SPI_getbinval(row, desc, 1, &isnull);
		Datum role = SPI_getbinval(row, desc, 2, &isnull);

		if (SearchSysCacheExists1(FOREIGNSERVEROID, server) &&
			SearchSysCacheExists1(AUTHOID, role))
			make_inquiry(DatumGetObjectId(server), DatumGetObjectId(role),
						 SPI_getvalue(row, desc, 3))
				->is_long = true;
	}
}

void
DzVerdictBegin(void)
{
	ErrorData *error = DzSqlTry(DZ_DELIVERY_TABLE, "looking for verdicts",
								find_inquiries, NULL);

	if (error != NULL)
		ereport(WARNING,
				(errmsg("datazone worker: could not look for verdicts: %s",
						error->message)));
}

/* ----------
 * The job
 * ----------
 */

/* The widest level whose turn has come. */
static int
level_of_turn(const Inquiry *inquiry, int64 now)
{
	int level = LEVELS - 1;

	while (level > 0 && now - inquiry->looked_us[level] < SPAN_US(level) / 4)
		level--;
	return level;
}

static void
begin_look(Inquiry *inquiry)
{
	forget_page(inquiry);
	inquiry->is_under_way = true;
	inquiry->is_busy = inquiry->wanted;
	inquiry->wanted = false;
	inquiry->began = GetCurrentTimestamp();
	inquiry->began_us = DzNowMonotonicUs();
	inquiry->level = inquiry->is_long
						 ? LEVELS - 1
						 : level_of_turn(inquiry, inquiry->began_us);
	inquiry->reached = inquiry->began - span_us(inquiry);
}

static void
end_look(Inquiry *inquiry)
{
	for (int level = 0; level <= inquiry->level; level++)
		inquiry->looked_us[level] = inquiry->began_us;
	inquiry->is_under_way = inquiry->is_long = false;
	inquiry->failures = 0;
	inquiry->pause_us =
		Min(inquiry->pause_us * 2, inquiry->is_busy || inquiry->wanted
									   ? BUSY_PAUSE_US
									   : LONGEST_PAUSE_US);
	if (!inquiry->is_busy && !inquiry->wanted)
		DzSqlRun(DZ_DELIVERY_TABLE, "looking for undecided events", find_any,
				 inquiry);
	if (inquiry->is_busy || inquiry->wanted)
		DzJobSleep(&inquiry->job, inquiry->pause_us);
	else
		end_inquiry(inquiry);
}

/* Ask for the next page of this stretch, or for the next stretch. */
static void
go_on(Inquiry *inquiry)
{
	if (inquiry->npages >= PAGES_AT_ONCE)
	{
		inquiry->npages = 0;
		DzJobSleep(&inquiry->job, inquiry->pause_us);
		return;
	}
	if (inquiry->token == NULL)
		DzSqlRun(DZ_DELIVERY_TABLE, "looking for undecided events",
				 find_stretch, inquiry);
	if (inquiry->first == DT_NOEND)
		end_look(inquiry);
	else
		DzJobAsk(&inquiry->job, DzOperationFind("ListLineageEvents"));
}

static void
inquiry_due(DzJob *job)
{
	Inquiry *inquiry = (Inquiry *) job;

	inquiry->npages = 0;
	if (!inquiry->is_under_way)
		begin_look(inquiry);
	go_on(inquiry);
}

static char *
iso_text(TimestampTz moment)
{
	char *text = palloc(64);
	size_t len = DzTimestampFormatIso(
		moment +
			(int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY,
		text);

	text[len] = '\0';
	return text;
}

static DzCall *
inquiry_start(DzJob *job, const DzConnection *conn)
{
	Inquiry *inquiry = (Inquiry *) job;
	DzParams *params = DzParamsBegin();
	int64 margin = margin_us(inquiry);

	DzParamsText(params, "domainIdentifier", inquiry->domain);
	DzParamsText(params, "timestampAfter", iso_text(inquiry->first - margin));
	if (inquiry->last + margin < inquiry->began)
		DzParamsText(params, "timestampBefore",
					 iso_text(inquiry->last + margin));
	DzParamsText(params, "sortOrder", "ASCENDING");
	DzParamsInteger(params, "maxResults", job->op->pager->limit_max);
	DzParamsText(params, "nextToken", inquiry->token);
	return DzCallStartTaken(conn->client, job->op, params, NULL, NULL);
}

/* What a page says of events, as two columns. */
typedef struct Verdicts
{
	const Inquiry *inquiry;
	const DzJson *items;
	size_t count;
} Verdicts;

static Datum
column_of(const Verdicts *page, const char *name)
{
	Datum *values = palloc(sizeof(Datum) * page->count);
	const DzJson *item = DzJsonFirst(page->items);

	for (size_t i = 0; i < page->count; i++, item = DzJsonNext(item))
	{
		const DzJson *member = DzJsonMember(item, name);
		size_t len = 0;
		const char *text = member ? DzJsonString(member, &len) : NULL;

		/* both are ASCII by the model; what is not matches nothing */
		for (size_t k = 0; k < len && text != NULL; k++)
			if (IS_HIGHBIT_SET(text[k]))
				text = NULL;
		values[i] = CStringGetTextDatum(text ? text : "");
	}
	return PointerGetDatum(construct_array(values, (int) page->count, TEXTOID,
										   -1, false, TYPALIGN_INT));
}

static void
write_page(void *arg)
{
	const Verdicts *page = arg;
	const Inquiry *inquiry = page->inquiry;
	Oid types[] = {TEXTARRAYOID, TEXTARRAYOID, OIDOID, OIDOID, TEXTOID};
	Datum values[] = {column_of(page, "id"),
					  column_of(page, "processingStatus"),
					  ObjectIdGetDatum(inquiry->job.serverid),
					  ObjectIdGetDatum(inquiry->job.role),
					  CStringGetTextDatum(inquiry->domain)};

	if (SPI_execute_with_args(
			psprintf("UPDATE %s d SET processing_status = n.status "
					 "FROM ROWS FROM (unnest($1), unnest($2)) n (id, status) "
					 "WHERE d.service_id = n.id AND d.server_id = $3 "
					 "AND d.role = $4 AND d.domain_id = $5 "
					 "AND n.status <> '' AND " UNDECIDED
					 " AND d.processing_status IS DISTINCT FROM n.status",
					 DzTableName(DZ_DELIVERY_TABLE)),
			lengthof(types), types, values, NULL, false, 0) != SPI_OK_UPDATE)
		elog(ERROR, "could not write verdicts");
}

/* Of the stretch's next page; the last one has none. */
static void
take_token(Inquiry *inquiry, const DzAnswer *answer)
{
	char *token = DzPageToken(answer);

	if (token == NULL)
	{
		forget_page(inquiry);
		return;
	}
	DzTokenCycleCheck(&inquiry->tokens, answer, token);
	if (inquiry->token != NULL)
		pfree(inquiry->token);
	inquiry->token = MemoryContextStrdup(TopMemoryContext, token);
}

static void
inquiry_answered(DzJob *job, DzCall *call)
{
	Inquiry *inquiry = (Inquiry *) job;
	const DzAnswer *answer = DzCallAnswer(call);
	Verdicts page = {inquiry, NULL, 0};

	page.items = DzPageItems(answer, &page.count);
	if (page.count > 0)
		DzSqlRun(DZ_DELIVERY_TABLE, "writing verdicts", write_page, &page);
	inquiry->npages++;
	take_token(inquiry, answer);
	go_on(inquiry);
}

static bool
is_refusal(int sqlstate)
{
	return sqlstate == ERRCODE_INSUFFICIENT_PRIVILEGE ||
		   sqlstate == ERRCODE_UNDEFINED_OBJECT ||
		   sqlstate == ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION ||
		   sqlstate == ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
}

/*
 * The next look begins anew, at the same level.  Where nobody is left that
 * could ask, or be asked, there is none.
 */
static void
inquiry_failed(DzJob *job, const ErrorData *error)
{
	Inquiry *inquiry = (Inquiry *) job;
	int64 longest =
		is_refusal(error->sqlerrcode) ? LONGEST_REFUSED_US : LONGEST_PAUSE_US;

	ereport(DEBUG1, (errmsg("no verdicts of domain \"%s\": %s",
							inquiry->domain, error->message)));
	if (DzIsGone(job->serverid, job->role))
	{
		end_inquiry(inquiry);
		return;
	}
	inquiry->is_under_way = false;
	inquiry->failures = Min(inquiry->failures + 1, 30);
	DzJobSleep(job, Min(FIRST_LOOK_US << inquiry->failures, longest));
}
