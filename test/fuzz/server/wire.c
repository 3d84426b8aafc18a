/*-------------------------------------------------------------------------
 *
 * wire.c
 *		What stands for the network: answers out of a script, and a clock
 *		that only timers move.
 *
 * Takes the place of net/http.c and net/loop.c.  An answer of the script is
 *
 *	 three digits and a line end	the status; below 100: no answer at all,
 *									and its last digit says how it failed
 *	 name: value and a line end		headers, as many as there are
 *	 a line end
 *	 the body
 *
 * and without such digits all of it is the body of a success.  The byte 0x1E
 * ends an answer, another one may follow.
 *
 * A request must be one that could be sent: that is looked at here, too.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/ilist.h"
#include "mb/pg_wchar.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "fuzz_server.h"

#define ANSWER_END '\x1E'

#define UNRESERVED \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

struct DzHttpTransfer
{
	dlist_node node; /* in "pending" until it is done */
	bool is_pending;
	MemoryContext owner;
	DzHttpDoneFn done;
	void *arg;
	DzHttpOutcome outcome;
	int status;
	const char *headers; /* lines, as they stand in the script */
	size_t headers_len;
	char *body; /* malloc'd: the sanitizer knows where it ends */
	size_t body_len;
};

static dlist_head pending = DLIST_STATIC_INIT(pending);
static dlist_head timers = DLIST_STATIC_INIT(timers);
static int64 now_us = 0;
static int sent = 0;
static const char *script = "";
static size_t script_len = 0;

/* DzTimer has no dlist_node: what it has is as large */
typedef struct Armed
{
	dlist_node node;
	DzTimer *timer;
} Armed;

static void release(void *handle);
static void read_answer(DzHttpTransfer *t);
static bool is_digit(char c);
static const char *find_byte(const char *text, const char *end, char byte);
static void check_request(const DzHttpRequest *request);
static void check_url(const char *url);
static bool has_greedy_labels(void);
static void check_headers(const DzHttpRequest *request);
static const char *content_type(const DzHttpRequest *request);
static void check_body(const DzHttpRequest *request);

void
DzWireScript(const char *text, size_t len)
{
	script = text;
	script_len = len;
	sent = 0;
	now_us = 0;
}

int
DzWireSent(void)
{
	return sent;
}

void
DzWireRequireSettled(void)
{
	DzFuzzRequire(dlist_is_empty(&pending));
	DzFuzzRequire(dlist_is_empty(&timers));
}

/* ---- net/loop.c ---- */

int64
DzNowMonotonicUs(void)
{
	return now_us;
}

void
DzTimerSet(DzTimer *timer, int64 delay_us, DzTimerFn fn, void *arg)
{
	Armed *armed;

	DzTimerCancel(timer);
	DzFuzzRequire(delay_us >= 0);
	armed = malloc(sizeof(Armed));
	DzFuzzRequire(armed != NULL);
	armed->timer = timer;
	timer->armed = true;
	timer->due_us = now_us + delay_us;
	timer->fn = fn;
	timer->arg = arg;
	dlist_push_tail(&timers, &armed->node);
}

void
DzTimerCancel(DzTimer *timer)
{
	dlist_mutable_iter iter;

	timer->armed = false;
	dlist_foreach_modify (iter, &timers)
	{
		Armed *armed = dlist_container(Armed, node, iter.cur);

		if (armed->timer == timer)
		{
			dlist_delete(&armed->node);
			free(armed);
		}
	}
}

/* One thing that was waited for happens; nothing would be a wait for ever. */
void
DzLoopTurn(int64 max_wait_us)
{
	DzTimer *next = NULL;
	dlist_iter iter;

	if (!dlist_is_empty(&pending))
	{
		DzHttpTransfer *t = dlist_container(DzHttpTransfer, node,
											dlist_pop_head_node(&pending));

		t->is_pending = false;
		t->done(t, t->arg);
		return;
	}
	dlist_foreach (iter, &timers)
	{
		DzTimer *timer = dlist_container(Armed, node, iter.cur)->timer;

		if (next == NULL || timer->due_us < next->due_us)
			next = timer;
	}
	if (next != NULL && (max_wait_us < 0 || next->due_us <= now_us))
	{
		now_us = Max(now_us, next->due_us);
		DzTimerCancel(next);
		next->fn(next->arg);
		return;
	}
	DzFuzzRequire(max_wait_us >= 0);
}

/* ---- net/http.c ---- */

DzHttpTransfer *
DzHttpStart(MemoryContext owner, const DzHttpRequest *request,
			DzHttpDoneFn done, void *arg)
{
	DzGuard *guard = DzGuardCreate(owner, release);
	DzHttpTransfer *t = MemoryContextAllocZero(owner, sizeof(DzHttpTransfer));

	check_request(request);
	sent++;
	t->owner = owner;
	t->done = done;
	t->arg = arg;
	read_answer(t);
	guard->handle = t;
	dlist_push_tail(&pending, &t->node);
	t->is_pending = true;
	return t;
}

static void
release(void *handle)
{
	DzHttpTransfer *t = handle;

	if (t->is_pending)
		dlist_delete(&t->node);
	t->is_pending = false;
	free(t->body);
	t->body = NULL;
	t->headers_len = 0;
}

/* Take the next answer off the script, unless it is the last one. */
static void
read_answer(DzHttpTransfer *t)
{
	const char *p = script;
	const char *end = find_byte(p, p + script_len, ANSWER_END);
	size_t used = end - p;

	if (used < script_len)
	{
		script += used + 1;
		script_len -= used + 1;
	}

	t->outcome = DZ_HTTP_ANSWERED;
	t->status = 200;
	t->headers = p;
	if (end - p >= 4 && is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]) &&
		p[3] == '\n')
	{
		t->status = (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
		p += 4;
		t->headers = p;
		while (p < end && *p != '\n')
			p = Min(find_byte(p, end, '\n') + 1, end);
		t->headers_len = p - t->headers;
		p += p < end ? 1 : 0;
		if (t->status < 100)
		{
			t->outcome = DZ_HTTP_ANSWERED + t->status % 8;
			t->status = 0;
		}
	}
	DzFuzzRequire(p <= end);
	t->body_len = end - p;
	t->body = malloc(t->body_len + 1);
	DzFuzzRequire(t->body != NULL);
	memcpy(t->body, p, t->body_len);
	t->body[t->body_len] = '\0';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Where "byte" is, or the end. */
static const char *
find_byte(const char *text, const char *end, char byte)
{
	const char *found = memchr(text, byte, end - text);

	return found != NULL ? found : end;
}

DzHttpOutcome
DzHttpResult(const DzHttpTransfer *transfer)
{
	return transfer->is_pending ? DZ_HTTP_PENDING : transfer->outcome;
}

const char *
DzHttpFailureText(const DzHttpTransfer *transfer)
{
	return transfer->outcome == DZ_HTTP_ANSWERED ? "" : "the wire broke";
}

int
DzHttpStatus(const DzHttpTransfer *transfer)
{
	return transfer->status;
}

const char *
DzHttpBody(const DzHttpTransfer *transfer, size_t *len)
{
	*len = transfer->body_len;
	return transfer->body != NULL ? transfer->body : "";
}

/* As libcurl does it: names in any case, values without space around. */
const char *
DzHttpHeaderValue(DzHttpTransfer *transfer, const char *name)
{
	const char *p = transfer->headers;
	const char *end = p + transfer->headers_len;
	size_t len = strlen(name);

	while (p < end)
	{
		const char *line_end = find_byte(p, end, '\n');
		const char *value = p + len + 1;

		if ((size_t) (line_end - p) > len && p[len] == ':' &&
			pg_strncasecmp(p, name, len) == 0 &&
			memchr(p, '\0', line_end - p) == NULL)
		{
			char *copy;

			while (value < line_end && strchr(" \t\r", *value))
				value++;
			while (line_end > value && strchr(" \t\r", line_end[-1]))
				line_end--;
			copy =
				MemoryContextAllocZero(transfer->owner, line_end - value + 1);
			memcpy(copy, value, line_end - value);
			return copy;
		}
		p = line_end + 1;
	}
	return NULL;
}

size_t
DzHttpBytesSent(const DzHttpTransfer *transfer)
{
	return transfer->outcome == DZ_HTTP_NOT_CONNECTED ? 0 : 1;
}

/* ---- what is sent ---- */

static void
check_request(const DzHttpRequest *request)
{
	check_url(request->url);
	check_headers(request);
	check_body(request);
}

/* Percent-encoded throughout, and no segment that goes on the way. */
static void
check_url(const char *url)
{
	const char *host = strstr(url, "://") + strlen("://");
	const char *path = host + strcspn(host, "/");
	const char *query = path + strcspn(path, "?");

	DzFuzzRequireOf(*path == '/', url);
	for (const char *p = path; *p != '\0'; p++)
	{
		if (*p == '%')
			DzFuzzRequireOf(strspn(p + 1, "0123456789ABCDEF") >= 2, url);
		else if (*p == '?')
			DzFuzzRequireOf(p == query && p[1] != '\0', url);
		else
			DzFuzzRequireOf(strchr(UNRESERVED "/&=", *p) != NULL, url);
	}
	for (const char *p = path; p < query; p += strcspn(p, "/?"))
	{
		size_t len = strcspn(++p, "/?");

		DzFuzzRequireOf(len > 0 || p == query || has_greedy_labels(), url);
		DzFuzzRequireOf(!(len == 1 && p[0] == '.'), url);
		DzFuzzRequireOf(!(len == 2 && p[0] == '.' && p[1] == '.'), url);
	}
}

/* Whether a label of some operation takes slashes, two in a row as well. */
static bool
has_greedy_labels(void)
{
	static int found = -1;

	for (int i = 0; found < 0 && i < dz_noperations; i++)
	{
		const DzOperation *op = &dz_operations[i];

		for (int j = 0; j < op->nparts; j++)
			if (dz_path_parts[op->first_part + j].is_greedy)
				found = 1;
	}
	if (found < 0)
		found = 0;
	return found == 1;
}

static void
check_headers(const DzHttpRequest *request)
{
	for (int i = 0; i < request->nheaders; i++)
	{
		const DzHttpHeader *header = &request->headers[i];

		DzFuzzRequireOf(header->name[0] != '\0' &&
							strspn(header->name, UNRESERVED "!#$%&'*+^`|") ==
								strlen(header->name),
						header->name);
		for (const char *p = header->value; *p != '\0'; p++)
			DzFuzzRequireOf((unsigned char) *p >= ' ' && *p != 0x7F,
							header->value);
	}
}

static const char *
content_type(const DzHttpRequest *request)
{
	for (int i = 0; i < request->nheaders; i++)
		if (pg_strcasecmp(request->headers[i].name, "content-type") == 0)
			return request->headers[i].value;
	return NULL;
}

/* JSON where it says so, and never without a type. */
static void
check_body(const DzHttpRequest *request)
{
	const char *type = content_type(request);
	const char *body = request->body;
	char *text;

	if (type == NULL)
	{
		DzFuzzRequire(request->body_len == 0);
		return;
	}
	if (strcmp(type, "application/json") != 0)
		return;
	DzFuzzRequire(strlen(body) == request->body_len);
	DzFuzzRequireOf(
		pg_verify_mbstr(PG_UTF8, body, (int) request->body_len, true), body);

	/* throws if it is none, with an SQLSTATE that is not expected */
	text = pg_any_to_server(body, (int) request->body_len, PG_UTF8);
	(void) DirectFunctionCall1(jsonb_in, CStringGetDatum(text));
}
