/*-------------------------------------------------------------------------
 *
 * verdict.c
 *		What DataZone made of the lineage events that it accepted.
 *
 * It processes them later: REQUESTED, PROCESSING, then SUCCESS or FAILED.  An
 * *inquiry* is the job of one server, role and domain: it lists the events of
 * the time in which those lie that are still undecided, some fifty to a
 * request, and writes what it learns into datazone_delivery.  So a thousand
 * events cost some twenty requests a look, not a thousand.
 *
 * Looks come after 2, 4, 8 ... seconds and then every five minutes.  Most go
 * back an hour at the most, so that an event that is never decided does not
 * make the window grow; every tenth goes back a day, which is when an event
 * is left undecided.  The API does not say whether its window is one of arrival
 * or of the events' own times: those, too, are after what was enqueued last,
 * unless a backlog was long; every tenth look allows for that as well.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "foreign/foreign.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "aws/timestamp.h"
#include "outbox/delivery.h"

#define FIRST_LOOK_US (2 * DZ_SECOND_US)
#define LONGEST_PAUSE_US (300 * DZ_SECOND_US)
#define SHORT_WINDOW "1 hour"
#define LONG_WINDOW "1 day"
#define LONG_LOOK 10 /* every so many */

/* the service's clock and ours may differ */
#define MARGIN_US (120 * DZ_SECOND_US)

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
	int looks;
	bool wanted; /* new events came meanwhile */

	/* this look */
	TimestampTz oldest; /* of the undecided; 0: there are none */
	char *token;
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

/* Events of these were delivered just now: look what becomes of them. */
void
DzVerdictExpect(Oid serverid, Oid role, const char *domain)
{
	Inquiry *inquiry = find_inquiry(serverid, role, domain);

	if (inquiry == NULL)
	{
		inquiry = MemoryContextAllocZero(TopMemoryContext, sizeof(Inquiry));
		inquiry->domain = MemoryContextStrdup(TopMemoryContext, domain);
		DzJobInit(&inquiry->job, &dz_inquiry, serverid, role);
		DzTokenCycleInit(&inquiry->tokens, TopMemoryContext);
		dlist_push_tail(&inquiries, &inquiry->node);
		inquiry->pause_us = FIRST_LOOK_US;
		DzJobSleep(&inquiry->job, inquiry->pause_us);
	}
	inquiry->wanted = true;
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

static bool
is_long_look(const Inquiry *inquiry)
{
	return inquiry->looks % LONG_LOOK == 0;
}

static void
find_oldest(void *arg)
{
	Inquiry *inquiry = arg;
	Oid types[] = {OIDOID, TEXTOID, OIDOID};
	Datum values[] = {ObjectIdGetDatum(inquiry->job.serverid),
					  CStringGetTextDatum(inquiry->domain),
					  ObjectIdGetDatum(inquiry->job.role)};
	bool isnull;
	Datum oldest;

	if (SPI_execute_with_args(
			psprintf("SELECT min(%s) FROM %s d "
					 "WHERE " UNDECIDED " AND d.delivered_at > "
					 "now() - interval '%s' AND d.server_id = $1 "
					 "AND d.domain_id = $2 AND d.role = $3",
					 is_long_look(inquiry)
						 ? "LEAST(d.enqueued_at, d.delivered_at)"
						 : "d.delivered_at",
					 DzTableName(DZ_DELIVERY_TABLE),
					 is_long_look(inquiry) ? LONG_WINDOW : SHORT_WINDOW),
			3, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not look for undecided events");
	oldest = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1,
						   &isnull);
	inquiry->oldest = isnull ? 0 : DatumGetTimestampTz(oldest);
}

/* At first: what an earlier worker has left undecided. */
static void
find_inquiries(void *arg)
{
	if (SPI_execute(
			psprintf("SELECT d.server_id, d.role::oid, d.domain_id "
					 "FROM %s d JOIN pg_catalog.pg_foreign_server s "
					 "ON s.oid = d.server_id WHERE " UNDECIDED
					 " AND d.delivered_at > now() - interval '" LONG_WINDOW
					 "' AND d.domain_id IS NOT NULL GROUP BY 1, 2, 3",
					 DzTableName(DZ_DELIVERY_TABLE)),
			true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for undecided events");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple row = SPI_tuptable->vals[i];
		TupleDesc desc = SPI_tuptable->tupdesc;
		bool isnull;

		DzVerdictExpect(DatumGetObjectId(SPI_getbinval(row, desc, 1, &isnull)),
						DatumGetObjectId(SPI_getbinval(row, desc, 2, &isnull)),
						SPI_getvalue(row, desc, 3));
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

static void
look_later(Inquiry *inquiry)
{
	inquiry->looks++;
	inquiry->pause_us = inquiry->wanted
							? FIRST_LOOK_US
							: Min(inquiry->pause_us * 2, LONGEST_PAUSE_US);
	inquiry->wanted = false;
	DzJobSleep(&inquiry->job, inquiry->pause_us);
}

static void
inquiry_due(DzJob *job)
{
	Inquiry *inquiry = (Inquiry *) job;

	forget_page(inquiry);
	DzSqlRun(DZ_DELIVERY_TABLE, "looking for undecided events", find_oldest,
			 inquiry);
	if (inquiry->oldest != 0)
		DzJobAsk(job, DzOperationFind("ListLineageEvents"));
	else if (inquiry->wanted || !is_long_look(inquiry))
		look_later(inquiry);
	else
		end_inquiry(inquiry);
}

static DzCall *
inquiry_start(DzJob *job, const DzConnection *conn)
{
	Inquiry *inquiry = (Inquiry *) job;
	DzParams *params = DzParamsBegin();
	char after[64];

	after[DzTimestampFormatIso(
		inquiry->oldest - MARGIN_US +
			(int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY,
		after)] = '\0';
	DzParamsText(params, "domainIdentifier", inquiry->domain);
	DzParamsText(params, "timestampAfter", pstrdup(after));
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

static void
inquiry_answered(DzJob *job, DzCall *call)
{
	Inquiry *inquiry = (Inquiry *) job;
	const DzAnswer *answer = DzCallAnswer(call);
	Verdicts page = {inquiry, NULL, 0};
	char *token;

	page.items = DzPageItems(answer, &page.count);
	if (page.count > 0)
		DzSqlRun(DZ_DELIVERY_TABLE, "writing verdicts", write_page, &page);
	token = DzPageToken(answer);
	if (token == NULL)
	{
		look_later(inquiry);
		return;
	}
	DzTokenCycleCheck(&inquiry->tokens, answer, token);
	if (inquiry->token != NULL)
		pfree(inquiry->token);
	inquiry->token = MemoryContextStrdup(TopMemoryContext, token);
	DzJobAsk(job, job->op);
}

/*
 * Reading events is a right of its own, which not everybody has who may post
 * them: then there is no verdict.  It is asked for again with the next events.
 */
static void
inquiry_failed(DzJob *job, const ErrorData *error)
{
	Inquiry *inquiry = (Inquiry *) job;

	ereport(DEBUG1, (errmsg("no verdicts of domain \"%s\": %s",
							inquiry->domain, error->message)));
	if (error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE ||
		error->sqlerrcode == ERRCODE_UNDEFINED_OBJECT)
		end_inquiry(inquiry);
	else
		look_later(inquiry);
}
