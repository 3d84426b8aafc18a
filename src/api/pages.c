/*-------------------------------------------------------------------------
 *
 * pages.c
 *		A listing, page by page.
 *
 * While the caller works on one page, the request for the next one is already
 * on its way.  Two pages are in memory at most, however long the listing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "api/api.h"

struct DzPages
{
	MemoryContext cxt; /* the caller's, in which calls are made */
	DzAwsClient *client;
	const DzOperation *op;
	const DzParams *params;
	const char *root;
	const char *default_domain;
	int64 wanted; /* items that may still be asked for; -1: all */

	DzCall *current; /* the page that the caller works on */
	const DzAnswer *answer; /* to it */
	DzCall *next; /* the page that is on its way */

	DzTokenCycle cycle;
};

static void request_page(DzPages *pages, char *token);
static void set_page_size(const DzPages *pages, DzParams *params);
static void request_following(DzPages *pages, const DzAnswer *answer);
static void remember_given_token(DzPages *pages);
static bool given_value(const DzPages *pages, const char *name,
						JsonbValue *value);
static void remember(char **slot, const char *token, MemoryContext cxt);

/*
 * Ask for the first page of "max_items" items in all (-1: no limit).  All
 * lives in CurrentMemoryContext.  "params" may hold a page size and a token
 * to begin at.
 */
DzPages *
DzPagesOpen(DzAwsClient *client, const DzOperation *op, const DzParams *params,
			const char *root, const char *default_domain, int64 max_items)
{
	DzPages *pages = palloc0(sizeof(DzPages));

	pages->cxt = CurrentMemoryContext;
	DzTokenCycleInit(&pages->cycle, pages->cxt);
	pages->client = client;
	pages->op = op;
	pages->params = params;
	pages->root = root;
	pages->default_domain = default_domain;
	pages->wanted = max_items;
	remember_given_token(pages);
	if (max_items != 0)
		request_page(pages, NULL);
	return pages;
}

/* A caller's own token may be the one that the service repeats. */
static void
remember_given_token(DzPages *pages)
{
	JsonbValue token;

	if (given_value(pages, pages->op->pager->input_token, &token) &&
		token.type == jbvString)
		remember(&pages->cycle.last,
				 pnstrdup(token.val.string.val, token.val.string.len),
				 pages->cxt);
}

/* What the caller's params say of a member; false if nothing. */
static bool
given_value(const DzPages *pages, const char *name, JsonbValue *value)
{
	Jsonb *object = pages->params->object;

	return object != NULL && JB_ROOT_IS_OBJECT(object) &&
		   getKeyJsonValueFromContainer(&object->root, name,
										(int) strlen(name), value) != NULL;
}

/*
 * The next page's items, an array, and in "*count" how many of them are to be
 * used; NULL at the end.  They stay until the next call.
 */
const DzJson *
DzPagesNext(DzPages *pages, size_t *count)
{
	const DzAnswer *answer;
	const DzJson *items;

	if (pages->current != NULL)
		DzCallRelease(pages->current);
	pages->current = pages->next;
	pages->next = NULL;
	if (pages->current == NULL)
		return NULL;

	answer = pages->answer = DzCallWait(pages->current);
	items = DzPageItems(answer, count);
	if (pages->wanted >= 0)
	{
		*count = Min(*count, (size_t) pages->wanted);
		pages->wanted -= *count;
	}
	request_following(pages, answer);
	return items;
}

/* The answer that the current page's items are from. */
const DzAnswer *
DzPagesAnswer(const DzPages *pages)
{
	return pages->answer;
}

/*
 * The array of an answer's items.  Some operations leave an empty one out: then
 * the count is 0, and what is returned is only not NULL.
 */
const DzJson *
DzPageItems(const DzAnswer *answer, size_t *count)
{
	const DzOperation *op = answer->op;
	const char *key = op->pager->result_key;
	const DzJson *items = DzJsonMember(answer->body, key);
	const DzMember *member = NULL;

	if (op->output != DZ_NO_SHAPE)
		member = DzShapeMember(&dz_shapes[op->output], key, strlen(key));

	*count = 0;
	if ((items == NULL || DzJsonTypeOf(items) == DZ_JSON_NULL) &&
		member != NULL && !(member->flags & DZ_MEMBER_REQUIRED))
		return answer->body;
	if (items == NULL || DzJsonTypeOf(items) != DZ_JSON_ARRAY)
		DzUnexpectedAnswer(answer, "The answer has no array \"%s\".", key);
	*count = DzJsonLength(items);
	return items;
}

/* Ask for the page behind "answer", if there is one and it is wanted. */
static void
request_following(DzPages *pages, const DzAnswer *answer)
{
	char *token = DzPageToken(answer);

	if (token == NULL || pages->wanted == 0)
		return;

	DzTokenCycleCheck(&pages->cycle, answer, token);
	request_page(pages, token);
	pfree(token);

	/* let the request leave before the caller gets busy */
	DzLoopTurn(0);
}

/* "token" NULL: the first page. */
static void
request_page(DzPages *pages, char *token)
{
	MemoryContext old = MemoryContextSwitchTo(pages->cxt);
	MemoryContext scratch = AllocSetContextCreate(
		pages->cxt, "datazone page request", ALLOCSET_SMALL_SIZES);
	DzParams *params;

	MemoryContextSwitchTo(scratch);
	params = DzParamsCopy(pages->params);
	DzParamsText(params, pages->op->pager->input_token, token);
	set_page_size(pages, params);

	MemoryContextSwitchTo(pages->cxt);
	pages->next = DzCallStart(pages->client, pages->op, params, pages->root,
							  pages->default_domain);
	MemoryContextDelete(scratch);
	MemoryContextSwitchTo(old);
}

/* As many items as are wanted and a page may have, unless the caller says. */
static void
set_page_size(const DzPages *pages, DzParams *params)
{
	const DzPager *pager = pages->op->pager;
	JsonbValue given;
	int64 size = pager->limit_max;

	if (pager->limit_key == NULL || pager->limit_max == 0)
		return;
	if (given_value(pages, pager->limit_key, &given))
		return;

	if (pages->wanted >= 0)
		size = Max(Min(size, pages->wanted), pager->limit_min);
	DzParamsInteger(params, pager->limit_key, size);
}

/* The answer's token in CurrentMemoryContext; NULL on the last page. */
char *
DzPageToken(const DzAnswer *answer)
{
	const char *name = answer->op->pager->output_token;
	const DzJson *member = DzJsonMember(answer->body, name);
	const char *text;
	size_t len;

	if (member == NULL || DzJsonTypeOf(member) == DZ_JSON_NULL)
		return NULL;
	text = DzJsonString(member, &len);
	if (text == NULL)
		DzUnexpectedAnswer(answer, "Member \"%s\" is not a string but: %s.",
						   name, DzJsonTypeName(member));
	if (len == 0)
		return NULL;

	/*
	 * Params are in the server's encoding; the token is none of our business.
	 * It is ASCII, mostly, and converting wants a transaction.
	 */
	for (size_t i = 0; i < len; i++)
		if (IS_HIGHBIT_SET(text[i]))
			return pstrdup(pg_any_to_server(text, (int) len, PG_UTF8));
	return pnstrdup(text, len);
}

/* What is remembered of a listing's tokens is kept in "cxt". */
void
DzTokenCycleInit(DzTokenCycle *cycle, MemoryContext cxt)
{
	memset(cycle, 0, sizeof(*cycle));
	cycle->cxt = cxt;
}

/*
 * "token", out of "answer", is the listing's next one.  Throws HV00M if the
 * tokens go round in a circle.
 *
 * A service that repeats a token would keep us busy for ever.  Comparing each
 * token with the one before, and with one kept since a power of two ago
 * (Brent's cycle detection), finds any cycle in constant memory.
 */
void
DzTokenCycleCheck(DzTokenCycle *cycle, const DzAnswer *answer,
				  const char *token)
{
	if ((cycle->last && strcmp(cycle->last, token) == 0) ||
		(cycle->kept && strcmp(cycle->kept, token) == 0))
		DzUnexpectedAnswer(answer,
						   "The service repeated a \"%s\": the listing would "
						   "never end.",
						   answer->op->pager->output_token);

	remember(&cycle->last, token, cycle->cxt);
	cycle->count++;
	if ((cycle->count & (cycle->count - 1)) == 0)
		remember(&cycle->kept, token, cycle->cxt);
}

static void
remember(char **slot, const char *token, MemoryContext cxt)
{
	if (*slot != NULL)
		pfree(*slot);
	*slot = MemoryContextStrdup(cxt, token);
}
