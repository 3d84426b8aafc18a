/*-------------------------------------------------------------------------
 *
 * http.c
 *		One HTTP request and its answer, as a transfer on the loop.
 *
 * A transfer lives in a memory context of its caller's.  Resetting that
 * context takes the request off the loop, wherever it stands: this is how a
 * cancelled statement lets go of the network.
 *
 * Every failure is data (DzHttpOutcome and a text), never an ERROR: whether
 * it is tried again is for the room above to decide.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <fcntl.h>
#include <unistd.h>

#include "lib/ilist.h"
#include "utils/memutils.h"

#include "net/clean.h"
#include "net/loop.h"
#include "net/net.h"

/* easy handles kept for reuse: each also keeps its TLS sessions */
#define DZ_MAX_SPARE_HANDLES 32

/* all header lines of an answer together; DataZone's are below 2 kB */
#define DZ_MAX_HEADER_BYTES (64 * 1024)

#define DZ_HEADERS_TOO_LARGE "The answer's headers are larger than allowed"

/* receive buffer: a page of 50 runs comes in one or two reads */
#define DZ_RECEIVE_BUFFER (64L * 1024)

/*
 * Seconds that an idle connection may be reused.  Load balancers drop theirs
 * after 60 by default, and a request on such a connection is lost.
 */
#define DZ_MAX_IDLE_SECONDS 50L

struct DzHttpTransfer
{
	dlist_node node; /* in "finished" when done but not yet dispatched */
	bool is_listed;
	DzGuard *guard; /* releases the easy handle and the header list */
	DzHttpDoneFn done;
	void *arg;

	CURL *easy;
	struct curl_slist *headers;
	bool on_loop;
	CURLcode setup; /* first failure while configuring */
	size_t max_body;
	bool is_secret;

	MemoryContext owner;
	char *body;
	size_t body_len;
	size_t body_size;
	size_t header_len;
	bool has_whole_head; /* the empty line after the headers has come */

	DzHttpOutcome outcome;
	long status;
	bool was_sent; /* some of the request left */
	const char *limit; /* which limit of ours the answer broke */
	char error[CURL_ERROR_SIZE];
};

/* finished transfers whose owners are not yet told */
static dlist_head finished = DLIST_STATIC_INIT(finished);

static CURL *spare_handles[DZ_MAX_SPARE_HANDLES];
static int spare_count = 0;

/* transfers that are on the loop */
static int under_way = 0;

static void configure(DzHttpTransfer *t, const DzHttpRequest *r);
static void configure_method(DzHttpTransfer *t, const DzHttpRequest *r);
static void configure_headers(DzHttpTransfer *t, const DzHttpRequest *r);
static void put_on_loop(DzHttpTransfer *t);
static void let_go(void *handle);
static void note_whether_sent(DzHttpTransfer *t);
static void settle(DzHttpTransfer *t, CURLcode result);
static DzHttpOutcome judge(const DzHttpTransfer *t, CURLcode result);
static void wipe_body(DzHttpTransfer *t);

/* ---- libcurl's callbacks: they store, and never throw ---- */

/*
 * Make room for "need" bytes and a terminating NUL.  Growing doubles, so that
 * a long answer is not copied over and over.
 */
static bool
grow_body(DzHttpTransfer *t, size_t need)
{
	size_t size = Max(t->body_size, 4096);
	curl_off_t announced = -1;
	char *grown;

	if (need + 1 <= t->body_size)
		return true;

	if (t->body == NULL &&
		curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
						  &announced) == CURLE_OK &&
		announced > 0 && (size_t) announced <= t->max_body)
		size = Max(size, (size_t) announced + 1);
	while (size < need + 1)
		size *= 2;

	grown = MemoryContextAllocExtended(t->owner, size,
									   MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE);
	if (grown == NULL)
		return false;
	if (t->body != NULL)
	{
		memcpy(grown, t->body, t->body_len);
		wipe_body(t);
		pfree(t->body);
	}
	t->body = grown;
	t->body_size = size;
	return true;
}

static size_t
on_body(char *data, size_t unit, size_t count, void *arg)
{
	DzHttpTransfer *t = arg;
	size_t len = unit * count;

	if (len > t->max_body - t->body_len)
	{
		t->outcome = DZ_HTTP_TOO_LARGE;
		t->limit = "The answer is larger than allowed";
		return CURL_WRITEFUNC_ERROR;
	}
	if (!grow_body(t, t->body_len + len))
	{
		t->outcome = DZ_HTTP_NO_MEMORY;
		return CURL_WRITEFUNC_ERROR;
	}
	memcpy(t->body + t->body_len, data, len);
	t->body_len += len;
	t->body[t->body_len] = '\0';
	if (t->is_secret)
		explicit_bzero(data, len);
	return len;
}

/*
 * libcurl keeps the lines itself (curl_easy_header).  We limit them, and note
 * the empty line at their end: to libcurl, a connection that closes before
 * it is the end of an answer without a body.
 */
static size_t
on_header(char *data, size_t unit, size_t count, void *arg)
{
	DzHttpTransfer *t = arg;
	size_t len = unit * count;

	if (len > DZ_MAX_HEADER_BYTES - t->header_len)
	{
		t->outcome = DZ_HTTP_TOO_LARGE;
		t->limit = DZ_HEADERS_TOO_LARGE;
		return 0;
	}
	t->header_len += len;

	/* a status line begins another head, as after "100 Continue" */
	if (len >= 5 && memcmp(data, "HTTP/", 5) == 0)
		t->has_whole_head = false;
	else if (len == 0 || data[0] == '\r' || data[0] == '\n')
		t->has_whole_head = true;
	return len;
}

static curl_socket_t
on_open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *addr)
{
	int fd = socket(addr->family, addr->socktype, addr->protocol);

	if (fd < 0)
		return CURL_SOCKET_BAD;
	(void) fcntl(fd, F_SETFD, FD_CLOEXEC);
	DzLoopCountSocket(1);
	return fd;
}

static int
on_close_socket(void *arg, curl_socket_t fd)
{
	DzLoopCountSocket(-1);
	return close(fd);
}

/* ---- starting ---- */

/*
 * Start a request.  The transfer and its answer live in "owner"; the
 * request's body must do so too, all else is copied.  "done" is called from
 * DzLoopTurn() when it has ended; it may throw and may release the transfer.
 */
DzHttpTransfer *
DzHttpStart(MemoryContext owner, const DzHttpRequest *request,
			DzHttpDoneFn done, void *arg)
{
	DzHttpTransfer *t = MemoryContextAllocZero(owner, sizeof(DzHttpTransfer));

	(void) DzLoopMulti();

	t->owner = owner;
	t->done = done;
	t->arg = arg;
	t->max_body = request->max_body;
	t->guard = DzGuardCreate(owner, let_go);
	t->guard->handle = t;
	t->is_secret = request->is_secret;
	if (t->is_secret)
		DzCleanBegin();

	t->easy =
		spare_count > 0 ? spare_handles[--spare_count] : curl_easy_init();
	if (t->easy == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for libcurl")));

	configure(t, request);
	if (t->setup != CURLE_OK)
		ereport(ERROR, (errcode(t->setup == CURLE_OUT_OF_MEMORY
									? ERRCODE_OUT_OF_MEMORY
									: ERRCODE_SYSTEM_ERROR),
						errmsg("could not prepare an HTTP request: %s",
							   curl_easy_strerror(t->setup))));
	put_on_loop(t);
	return t;
}

static void
set_long(DzHttpTransfer *t, CURLoption option, long value)
{
	if (t->setup == CURLE_OK)
		t->setup = curl_easy_setopt(t->easy, option, value);
}

static void
set_text(DzHttpTransfer *t, CURLoption option, const char *value)
{
	if (t->setup == CURLE_OK)
		t->setup = curl_easy_setopt(t->easy, option, value);
}

static void
set_data(DzHttpTransfer *t, CURLoption option, void *value)
{
	if (t->setup == CURLE_OK)
		t->setup = curl_easy_setopt(t->easy, option, value);
}

/* Callbacks differ in type, so this has to be a macro. */
#define set_function(t, option, fn) \
	do \
	{ \
		if ((t)->setup == CURLE_OK) \
			(t)->setup = curl_easy_setopt((t)->easy, (option), (fn)); \
	} while (0)

static void
configure(DzHttpTransfer *t, const DzHttpRequest *r)
{
	bool plain = strncmp(r->url, "http://", 7) == 0;

	set_text(t, CURLOPT_URL, r->url);
	/* the room above lets http through for loopback only */
	set_text(t, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
	/* a redirect would carry the signature to another place */
	set_long(t, CURLOPT_FOLLOWLOCATION, 0);
	/* what was signed is what is sent */
	set_long(t, CURLOPT_PATH_AS_IS, 1);
	set_long(t, CURLOPT_HTTP_VERSION,
			 plain || r->is_secret ? CURL_HTTP_VERSION_1_1
								   : CURL_HTTP_VERSION_2TLS);
	set_long(t, CURLOPT_PIPEWAIT, plain ? 0 : 1);
	set_long(t, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	set_text(t, CURLOPT_ACCEPT_ENCODING, "");
	set_long(t, CURLOPT_NETRC, CURL_NETRC_IGNORED);

	set_long(t, CURLOPT_NOSIGNAL, 1);
	/* removing a handle must not wait for a hanging name lookup */
	set_long(t, CURLOPT_QUICK_EXIT, 1);
	set_long(t, CURLOPT_CONNECTTIMEOUT_MS, r->connect_timeout_ms);
	set_long(t, CURLOPT_TIMEOUT_MS, r->request_timeout_ms);
	set_long(t, CURLOPT_MAXAGE_CONN, DZ_MAX_IDLE_SECONDS);
	/* of single use are these connections: kept, they would pile up */
	set_long(t, CURLOPT_FRESH_CONNECT, r->send_once ? 1 : 0);
	set_long(t, CURLOPT_FORBID_REUSE, r->send_once ? 1 : 0);
	set_long(t, CURLOPT_BUFFERSIZE, DZ_RECEIVE_BUFFER);

	/*
	 * Plain http is for this host only: a proxy from the environment would
	 * carry the session token elsewhere, in clear.
	 */
	if (plain)
		set_text(t, CURLOPT_PROXY, "");
	else if (r->proxy != NULL)
	{
		set_text(t, CURLOPT_PROXY, r->proxy);
		/* who names one means it, whatever no_proxy of the environment says */
		set_text(t, CURLOPT_NOPROXY, "");
	}
	if (r->ca_file != NULL)
		set_text(t, CURLOPT_CAINFO, r->ca_file);
	/* OpenSSL's copy of the answer: see clean.c */
	if (r->is_secret)
		set_function(t, CURLOPT_SSL_CTX_FUNCTION, DzCleanTls);

	set_function(t, CURLOPT_WRITEFUNCTION, on_body);
	set_data(t, CURLOPT_WRITEDATA, t);
	set_function(t, CURLOPT_HEADERFUNCTION, on_header);
	set_data(t, CURLOPT_HEADERDATA, t);
	set_function(t, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
	set_function(t, CURLOPT_CLOSESOCKETFUNCTION, on_close_socket);
	set_data(t, CURLOPT_ERRORBUFFER, t->error);
	set_data(t, CURLOPT_PRIVATE, t);

	configure_method(t, r);
	configure_headers(t, r);
}

/*
 * Only the methods' bodies need care: POST, PUT and PATCH say their length
 * even when it is 0, DELETE has no body.
 */
static void
configure_method(DzHttpTransfer *t, const DzHttpRequest *r)
{
	bool wants_body = strcmp(r->method, "POST") == 0 ||
					  strcmp(r->method, "PUT") == 0 ||
					  strcmp(r->method, "PATCH") == 0;

	if (wants_body || r->body_len > 0)
	{
		set_long(t, CURLOPT_POST, 1);
		set_text(t, CURLOPT_POSTFIELDS, r->body_len > 0 ? r->body : "");
		if (t->setup == CURLE_OK)
			t->setup = curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE,
										(curl_off_t) r->body_len);
	}
	else
		set_long(t, CURLOPT_HTTPGET, 1);

	set_text(t, CURLOPT_CUSTOMREQUEST, r->method);
}

static void
add_header(DzHttpTransfer *t, const char *line)
{
	struct curl_slist *longer = curl_slist_append(t->headers, line);

	if (longer != NULL)
		t->headers = longer;
	else if (t->setup == CURLE_OK)
		t->setup = CURLE_OUT_OF_MEMORY;
}

/*
 * The caller's headers, and none that libcurl would add: a Content-Type that
 * was not signed, or an Expect that waits a second for a "100 Continue".
 */
static void
configure_headers(DzHttpTransfer *t, const DzHttpRequest *r)
{
	bool has_type = false;

	for (int i = 0; i < r->nheaders; i++)
	{
		const DzHttpHeader *h = &r->headers[i];
		/* a semicolon is libcurl's way to send a header without a value */
		const char *colon = h->value[0] == '\0' ? ";" : ": ";
		size_t size = strlen(h->name) + strlen(colon) + strlen(h->value) + 1;
		char *line = palloc(size);

		snprintf(line, size, "%s%s%s", h->name, colon, h->value);
		add_header(t, line);
		explicit_bzero(line, size);
		pfree(line);
		if (pg_strcasecmp(h->name, "content-type") == 0)
			has_type = true;
	}

	if (!has_type)
		add_header(t, "Content-Type:");
	add_header(t, "Expect:");
	set_data(t, CURLOPT_HTTPHEADER, t->headers);
}

static void
put_on_loop(DzHttpTransfer *t)
{
	CURLM *multi = DzLoopMulti();
	sigset_t saved;
	CURLMcode rc;

	DzLoopBlockSignals(&saved);
	rc = curl_multi_add_handle(multi, t->easy);
	DzLoopRestoreSignals(&saved);
	t->on_loop = rc == CURLM_OK;
	under_way += t->on_loop ? 1 : 0;
	DzLoopSettleDescriptors();

	if (rc != CURLM_OK)
		ereport(ERROR,
				(errcode(rc == CURLM_OUT_OF_MEMORY ? ERRCODE_OUT_OF_MEMORY
												   : ERRCODE_SYSTEM_ERROR),
				 errmsg("could not start an HTTP request: %s",
						curl_multi_strerror(rc))));
}

/* ---- ending ---- */

/*
 * The guard's release: take the transfer off the loop and give the easy
 * handle back.  Only one that got an answer is reused: of one that was stopped
 * a name lookup may still be under way, and after a failed lookup libcurl
 * (seen with 7.88) refuses options of a handle even when it was reset.
 */
static void
let_go(void *handle)
{
	DzHttpTransfer *t = handle;

	if (t->is_listed)
	{
		dlist_delete(&t->node);
		t->is_listed = false;
	}

	if (t->on_loop)
	{
		sigset_t saved;

		DzLoopBlockSignals(&saved);
		(void) curl_multi_remove_handle(DzLoopMulti(), t->easy);
		DzLoopRestoreSignals(&saved);
		t->on_loop = false;
		under_way--;
	}

	if (t->easy != NULL)
	{
		if (t->outcome == DZ_HTTP_ANSWERED &&
			spare_count < DZ_MAX_SPARE_HANDLES)
		{
			curl_easy_reset(t->easy);
			spare_handles[spare_count++] = t->easy;
		}
		else
			curl_easy_cleanup(t->easy);
		t->easy = NULL;
	}
	/* signature and session token are among the lines */
	for (struct curl_slist *line = t->headers; line != NULL; line = line->next)
		explicit_bzero(line->data, strlen(line->data));
	curl_slist_free_all(t->headers);
	t->headers = NULL;
	wipe_body(t);
	if (t->is_secret)
		DzCleanEnd();
	DzLoopSettleDescriptors();
}

int
DzHttpUnderWay(void)
{
	return under_way;
}

/* Of an answer that holds credentials nothing stays in freed memory. */
static void
wipe_body(DzHttpTransfer *t)
{
	if (t->is_secret && t->body != NULL)
		explicit_bzero(t->body, t->body_size);
}

/* Take what has ended off libcurl's list.  Does not throw. */
void
DzHttpHarvest(CURLM *multi)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(multi, &left)) != NULL)
	{
		CURL *easy = msg->easy_handle;
		CURLcode result = msg->data.result;
		char *private = NULL;
		DzHttpTransfer *t;

		if (msg->msg != CURLMSG_DONE ||
			curl_easy_getinfo(easy, CURLINFO_PRIVATE, &private) != CURLE_OK)
			continue;
		t = (DzHttpTransfer *) private;

		(void) curl_multi_remove_handle(multi, easy);
		t->on_loop = false;
		under_way--;
		settle(t, result);
		dlist_push_tail(&finished, &t->node);
		t->is_listed = true;
	}
	DzLoopSettleDescriptors();
}

/*
 * Tell the owners.  An owner that throws leaves the rest on the list for the
 * next turn.
 */
void
DzHttpDispatch(void)
{
	while (!dlist_is_empty(&finished))
	{
		DzHttpTransfer *t = dlist_container(DzHttpTransfer, node,
											dlist_pop_head_node(&finished));

		t->is_listed = false;
		t->done(t, t->arg);
	}
}

/*
 * Whether any of the request left.  A proxy's CONNECT counts as bytes sent,
 * too, but comes before the transfer begins.
 */
static void
note_whether_sent(DzHttpTransfer *t)
{
	long bytes = 0;
	curl_off_t begun_us = 0;

	(void) curl_easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &bytes);
	(void) curl_easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &begun_us);
	t->was_sent = bytes > 0 && begun_us > 0;
}

/* Note how the transfer ended. */
static void
settle(DzHttpTransfer *t, CURLcode result)
{
	(void) curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &t->status);
	note_whether_sent(t);

	/* the callbacks may have said already what is wrong */
	if (t->outcome == DZ_HTTP_PENDING)
		t->outcome = judge(t, result);
	if (t->outcome == DZ_HTTP_TOO_LARGE && t->limit == NULL)
		t->limit = DZ_HEADERS_TOO_LARGE;
	if (t->outcome == DZ_HTTP_ANSWERED || t->error[0] != '\0')
		return;
	if (result == CURLE_OK)
		strlcpy(t->error, "The connection closed within the headers",
				sizeof(t->error));
	else
		strlcpy(t->error, curl_easy_strerror(result), sizeof(t->error));
}

/*
 * What libcurl's code means for us.  Whether anything was sent decides
 * between "not connected" and "lost": only the first is surely harmless.
 */
static DzHttpOutcome
judge(const DzHttpTransfer *t, CURLcode result)
{
	switch (result)
	{
		case CURLE_OK:
			return t->has_whole_head ? DZ_HTTP_ANSWERED : DZ_HTTP_LOST;
		case CURLE_OPERATION_TIMEDOUT:
			return t->was_sent ? DZ_HTTP_TIMEOUT : DZ_HTTP_CONNECT_TIMEOUT;
		case CURLE_OUT_OF_MEMORY:
			/* also libcurl's word for a header line above its own limit */
			return t->status != 0 ? DZ_HTTP_TOO_LARGE : DZ_HTTP_NO_MEMORY;
#if LIBCURL_VERSION_NUM >= 0x080600
		case CURLE_TOO_LARGE:
			/* its word for the same since 8.6 */
			return DZ_HTTP_TOO_LARGE;
#endif
		case CURLE_WEIRD_SERVER_REPLY:
		case CURLE_BAD_CONTENT_ENCODING:
		case CURLE_UNSUPPORTED_PROTOCOL:
			return DZ_HTTP_GARBLED;
		default:
			return t->was_sent ? DZ_HTTP_LOST : DZ_HTTP_NOT_CONNECTED;
	}
}

/* ---- reading the answer ---- */

DzHttpOutcome
DzHttpResult(const DzHttpTransfer *transfer)
{
	return transfer->outcome;
}

/* Why a transfer failed, in libcurl's words or ours; "" if it did not. */
const char *
DzHttpFailureText(const DzHttpTransfer *transfer)
{
	if (transfer->limit != NULL)
		return transfer->limit;
	return transfer->outcome == DZ_HTTP_ANSWERED ? "" : transfer->error;
}

/* The status code; 0 if none arrived. */
int
DzHttpStatus(const DzHttpTransfer *transfer)
{
	return (int) transfer->status;
}

/* The body, with a NUL behind its "len" bytes. */
const char *
DzHttpBody(const DzHttpTransfer *transfer, size_t *len)
{
	*len = transfer->body_len;
	return transfer->body != NULL ? transfer->body : "";
}

/* A header's first value, or NULL; valid until the transfer is released. */
const char *
DzHttpHeaderValue(DzHttpTransfer *transfer, const char *name)
{
	struct curl_header *header;

	if (transfer->easy == NULL ||
		curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header) !=
			CURLHE_OK)
		return NULL;
	return header->value;
}
