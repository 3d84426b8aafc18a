/*-------------------------------------------------------------------------
 *
 * loop.c
 *		The process's event loop: libcurl's sockets, our timers, interrupts.
 *
 * A backend turns the loop until its request is done; the worker turns it for
 * ever.  One turn waits in one call for the latch, the postmaster's death,
 * libcurl's sockets and the nearest timer, lets libcurl act, and calls the
 * owners of what is finished.
 *
 * Life: everything is made at a process's first request.  The postmaster
 * never gets here, so that neither libcurl nor OpenSSL crosses a fork().  At
 * exit nothing is torn down: the kernel does it, and a hanging name lookup
 * could only delay us.
 *
 * Throwing: libcurl's callbacks below only store values.  All else happens
 * after libcurl has returned, so that an ERROR never unwinds its frames.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <time.h>
#include <unistd.h>

#include "miscadmin.h"
#include "storage/fd.h"
#include "storage/ipc.h"
#include "utils/memutils.h"

#include "compat.h"
#include "net/clean.h"
#include "net/loop.h"
#include "net/net.h"
#include "net/pollset.h"

#define DZ_POLL_BATCH 64
#define USEC_PER_MSEC 1000

/* positions in the wait event set */
#define EVENT_LATCH 0
#define EVENT_SOCKETS 1
#define EVENT_POSTMASTER 2
#define EVENT_COUNT 3

/*
 * Connections that are kept open while idle: a backend talks to one or two
 * endpoints, and there may be hundreds of backends.
 */
#define DZ_MAX_IDLE_CONNECTIONS 8L

/*
 * Since 8.20 libcurl's name lookups share threads, 20 of them where nothing is
 * said.  A lookup takes two (IPv4, IPv6) and one that hangs keeps them, also
 * when nobody waits for it any more: ten would hold up every other name.  So
 * as many are allowed as the requests of a process and what those that were
 * given up leave behind can need.  They are started when there is something
 * to look up, and end after two idle seconds.
 */
#define DZ_LOOKUP_THREADS 256L
#define DZ_LOOKUP_THREADS_EACH 8L

static CURLM *multi = NULL;
static int pollset = -1;
static WaitEventSet *wait_set = NULL;

/* how pg_stat_activity calls our waits (17 and later); the second is for those
 * without a request under way */
static uint32 http_wait = 0;
static uint32 idle_wait = 0;

/* when libcurl wants to be called, by the monotonic clock; -1: not at all */
static int64 curl_due_us = -1;

static pairingheap *timers = NULL;
static dlist_head watches = DLIST_STATIC_INIT(watches);

/* sockets that libcurl has open, and how many of them fd.c knows of */
static int open_sockets = 0;
static int counted_sockets = 0;

static void start_loop(void);
static void start_libcurl(void);
static void allow_lookups(long threads);
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user,
					 void *known);
static int on_timer(CURLM *m, long timeout_ms, void *user);
static int compare_timers(const pairingheap_node *a, const pairingheap_node *b,
						  void *arg);
static int64 time_to_wait(int64 max_wait_us);
static bool wait_for_events(int64 wait_us);
static void act_on_sockets(void);
static void act_on_timeout(void);
static void run_timers(void);
static bool note_ready(int fd);
static void run_watches(void);

/* Microseconds of a clock that nobody sets. */
int64
DzNowMonotonicUs(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/*
 * The process's multi handle, made when first asked for.  Throws if this
 * machine's libcurl is not one that we can live with.
 */
CURLM *
DzLoopMulti(void)
{
	if (wait_set == NULL)
		start_loop();
	return multi;
}

/*
 * Make the loop.  Each step is kept if a later one throws, and the next call
 * goes on from there: nothing is made twice.
 */
static void
start_loop(void)
{
	if (multi == NULL)
		start_libcurl();

	if (pollset < 0)
	{
		pollset = DzPollsetCreate();
		if (pollset < 0)
			ereport(ERROR, (errcode_for_socket_access(),
							errmsg("could not create a poll descriptor: %m")));
		ReserveExternalFD();
	}

	if (timers == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);

		timers = pairingheap_allocate(compare_timers, NULL);
		MemoryContextSwitchTo(old);
	}

	if (http_wait == 0)
		http_wait = DzWaitEventNew("DatazoneHttp");
	if (idle_wait == 0)
		idle_wait = DzWaitEventNew("DatazoneDelay");

	if (wait_set == NULL)
	{
		WaitEventSet *set = DzCreateWaitEventSet(EVENT_COUNT);

		AddWaitEventToSet(set, WL_LATCH_SET, PGINVALID_SOCKET, MyLatch, NULL);
		AddWaitEventToSet(set, WL_SOCKET_READABLE, pollset, NULL, NULL);
		/* a single-user server has no postmaster to watch */
		if (IsUnderPostmaster)
			AddWaitEventToSet(set, WL_EXIT_ON_PM_DEATH, PGINVALID_SOCKET, NULL,
							  NULL);
		wait_set = set;
	}
}

/* libcurl itself: the right flavour, and one multi handle. */
static void
start_libcurl(void)
{
	curl_version_info_data *info;
	CURLM *m;

	Assert(IsUnderPostmaster || !IsPostmasterEnvironment);

	if (DzCleanInitLibcurl() != CURLE_OK)
		ereport(ERROR, (errcode(ERRCODE_SYSTEM_ERROR),
						errmsg("could not initialise libcurl")));

	/*
	 * Two TLS libraries in one process have crashed servers, and libcurl's
	 * other flavours link another one than PostgreSQL.  Before 7.87 a hanging
	 * name lookup would hold a cancel; without asynchronous lookups every
	 * lookup would.
	 */
	info = curl_version_info(CURLVERSION_NOW);
	if (info->version_num < 0x075700 || info->ssl_version == NULL ||
		strncmp(info->ssl_version, "OpenSSL/", 8) != 0 ||
		(info->features & CURL_VERSION_ASYNCHDNS) == 0)
		ereport(
			ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("this libcurl cannot be used"),
			 errdetail("It is version %s with %s.", info->version,
					   info->ssl_version ? info->ssl_version : "no TLS"),
			 errhint("Install libcurl 7.87 or later in its OpenSSL flavour, "
					 "with asynchronous name lookups.")));

	m = curl_multi_init();
	if (m == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for libcurl")));

	if (curl_multi_setopt(m, CURLMOPT_SOCKETFUNCTION, on_socket) != CURLM_OK ||
		curl_multi_setopt(m, CURLMOPT_TIMERFUNCTION, on_timer) != CURLM_OK ||
		curl_multi_setopt(m, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX) !=
			CURLM_OK ||
		curl_multi_setopt(m, CURLMOPT_MAXCONNECTS, DZ_MAX_IDLE_CONNECTIONS) !=
			CURLM_OK)
	{
		curl_multi_cleanup(m);
		ereport(ERROR, (errcode(ERRCODE_SYSTEM_ERROR),
						errmsg("could not configure libcurl")));
	}
	multi = m;
	allow_lookups(DZ_LOOKUP_THREADS);
}

/* Raising the limit may start threads at once. */
static void
allow_lookups(long threads)
{
#if LIBCURL_VERSION_NUM >= 0x081400
	sigset_t saved;

	DzLoopBlockSignals(&saved);
	/* an older library than its header has no limit */
	(void) curl_multi_setopt(multi, CURLMOPT_RESOLVE_THREADS_MAX, threads);
	DzLoopRestoreSignals(&saved);
#endif
}

/*
 * This process may have "n" requests under way at once: keep as many
 * connections while they are idle, and let none wait for another's name
 * lookup.
 */
void
DzLoopExpectRequests(int n)
{
	(void) DzLoopMulti();
	(void) curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS,
							 Max((long) n, DZ_MAX_IDLE_CONNECTIONS));
	allow_lookups(Max(n * DZ_LOOKUP_THREADS_EACH, DZ_LOOKUP_THREADS));
}

/*
 * Let pg_stat_activity (17 and later) call this process's waits by this name
 * while no request is under way; else they are those of a session that waits
 * for its time: back-off, rate limit, the end of a run.
 */
void
DzLoopNameIdleWait(const char *name)
{
	idle_wait = DzWaitEventNew(name);
}

/*
 * Block every signal around a call that may start a resolver thread: the
 * thread inherits the mask, and PostgreSQL's handlers must run in no thread
 * but this one.
 */
void
DzLoopBlockSignals(sigset_t *saved)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, saved);
}

void
DzLoopRestoreSignals(const sigset_t *saved)
{
	sigprocmask(SIG_SETMASK, saved, NULL);
}

/* Called below libcurl: only counts. */
void
DzLoopCountSocket(int change)
{
	open_sockets += change;
}

/*
 * Tell fd.c of the sockets that libcurl opened and closed, so that
 * PostgreSQL's own budget of open files stays true.  Not done in the
 * callbacks themselves, since fd.c may have to close files to make room.
 */
void
DzLoopSettleDescriptors(void)
{
	while (counted_sockets < open_sockets)
	{
		ReserveExternalFD();
		counted_sockets++;
	}
	while (counted_sockets > open_sockets)
	{
		ReleaseExternalFD();
		counted_sockets--;
	}
}

/* CURLMOPT_SOCKETFUNCTION: what libcurl wants to know of a socket. */
static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *user, void *known)
{
	int events = 0;

	if (what == CURL_POLL_REMOVE)
	{
		(void) curl_multi_assign(multi, fd, NULL);
		return DzPollsetForget(pollset, fd) ? 0 : -1;
	}

	if (what & CURL_POLL_IN)
		events |= DZ_POLL_READ;
	if (what & CURL_POLL_OUT)
		events |= DZ_POLL_WRITE;

	if (!DzPollsetWatch(pollset, fd, events, known != NULL))
		return -1;

	/* any pointer will do: it only says that the set knows the socket */
	if (known == NULL)
		(void) curl_multi_assign(multi, fd, &pollset);
	return 0;
}

/* CURLMOPT_TIMERFUNCTION: libcurl's one deadline. */
static int
on_timer(CURLM *m, long timeout_ms, void *user)
{
	curl_due_us = timeout_ms < 0 ? -1
								 : DzNowMonotonicUs() +
									   (int64) timeout_ms * USEC_PER_MSEC;
	return 0;
}

/* The heap's root is its greatest element: the timer due first. */
static int
compare_timers(const pairingheap_node *a, const pairingheap_node *b, void *arg)
{
	int64 due_a = pairingheap_const_container(DzTimer, node, a)->due_us;
	int64 due_b = pairingheap_const_container(DzTimer, node, b)->due_us;

	return due_a < due_b ? 1 : due_a > due_b ? -1 : 0;
}

/* Call "fn" in a turn of the loop "delay_us" from now. */
void
DzTimerSet(DzTimer *timer, int64 delay_us, DzTimerFn fn, void *arg)
{
	(void) DzLoopMulti();
	DzTimerCancel(timer);
	timer->fn = fn;
	timer->arg = arg;
	timer->due_us = DzNowMonotonicUs() + Max(delay_us, 0);
	timer->armed = true;
	pairingheap_add(timers, &timer->node);
}

void
DzTimerCancel(DzTimer *timer)
{
	if (!timer->armed)
		return;
	timer->armed = false;
	pairingheap_remove(timers, &timer->node);
}

/*
 * Call "fn" in each turn of the loop in which "fd" can be read or is at its
 * end.  Throws if it cannot be watched.
 */
void
DzWatchSet(DzWatch *watch, int fd, DzTimerFn fn, void *arg)
{
	(void) DzLoopMulti();
	DzWatchCancel(watch);
	if (!DzPollsetWatch(pollset, fd, DZ_POLL_READ, false))
		ereport(ERROR, (errcode_for_socket_access(),
						errmsg("could not watch a descriptor: %m")));
	watch->fd = fd;
	watch->fn = fn;
	watch->arg = arg;
	watch->is_ready = false;
	watch->active = true;
	dlist_push_tail(&watches, &watch->node);
}

void
DzWatchCancel(DzWatch *watch)
{
	if (!watch->active)
		return;
	watch->active = false;
	dlist_delete(&watch->node);
	(void) DzPollsetForget(pollset, watch->fd);
}

/* Whether it is one of ours; what is ready is called after libcurl's turn. */
static bool
note_ready(int fd)
{
	dlist_iter iter;

	dlist_foreach (iter, &watches)
	{
		DzWatch *watch = dlist_container(DzWatch, node, iter.cur);

		if (watch->fd == fd)
		{
			watch->is_ready = true;
			return true;
		}
	}
	return false;
}

/* Each call may change the list, so the search begins anew. */
static void
run_watches(void)
{
	DzWatch *ready;

	do
	{
		dlist_iter iter;

		ready = NULL;
		dlist_foreach (iter, &watches)
		{
			ready = dlist_container(DzWatch, node, iter.cur);
			if (ready->is_ready)
				break;
			ready = NULL;
		}
		if (ready != NULL)
		{
			ready->is_ready = false;
			ready->fn(ready->arg);
		}
	} while (ready != NULL);
}

/*
 * One turn: wait at most "max_wait_us" (negative: until something happens),
 * then act.  Returns after any event, so callers loop until what they wait
 * for is true.  Interrupts are served here, so this may throw 57014, and
 * whatever the owners' functions throw.
 */
void
DzLoopTurn(int64 max_wait_us)
{
	int64 wait_us;

	(void) DzLoopMulti();
	CHECK_FOR_INTERRUPTS();

	wait_us = time_to_wait(max_wait_us);

	/* libcurl is due at once: the sockets can wait for the next turn */
	if (wait_us == 0 && curl_due_us >= 0 && curl_due_us <= DzNowMonotonicUs())
		act_on_timeout();
	else
	{
		if (wait_for_events(wait_us))
			act_on_sockets();
		if (curl_due_us >= 0 && curl_due_us <= DzNowMonotonicUs())
			act_on_timeout();
	}

	DzHttpHarvest(multi);
	DzHttpDispatch();
	run_watches();
	run_timers();
}

/* How long this turn may wait, in microseconds; -1: for ever. */
static int64
time_to_wait(int64 max_wait_us)
{
	int64 wait_us = max_wait_us < 0 ? -1 : max_wait_us;
	int64 due_us = curl_due_us;

	if (!pairingheap_is_empty(timers))
	{
		DzTimer *first =
			pairingheap_container(DzTimer, node, pairingheap_first(timers));

		if (due_us < 0 || first->due_us < due_us)
			due_us = first->due_us;
	}

	if (due_us >= 0)
	{
		int64 left = Max(due_us - DzNowMonotonicUs(), 0);

		if (wait_us < 0 || left < wait_us)
			wait_us = left;
	}

	return wait_us;
}

/* Wait; true if libcurl's sockets have something to say. */
static bool
wait_for_events(int64 wait_us)
{
	WaitEvent events[EVENT_COUNT];
	long timeout_ms = -1;
	bool sockets = false;
	int n;

	/* round up: waking before the deadline would only turn idly */
	if (wait_us >= 0)
		timeout_ms = (long) Min((wait_us + USEC_PER_MSEC - 1) / USEC_PER_MSEC,
								(int64) INT_MAX);

	n = WaitEventSetWait(wait_set, timeout_ms, events, EVENT_COUNT,
						 DzHttpUnderWay() > 0 ? http_wait : idle_wait);

	for (int i = 0; i < n; i++)
	{
		if (events[i].events & WL_LATCH_SET)
			ResetLatch(MyLatch);
		if (events[i].pos == EVENT_SOCKETS)
			sockets = true;
	}

	CHECK_FOR_INTERRUPTS();
	return sockets;
}

/* Let libcurl read and write what is ready. */
static void
act_on_sockets(void)
{
	DzPollEvent ready[DZ_POLL_BATCH];
	int n = DzPollsetReady(pollset, ready, DZ_POLL_BATCH);
	sigset_t saved;
	int running;

	DzLoopBlockSignals(&saved);
	for (int i = 0; i < n; i++)
	{
		int mask = 0;

		if (note_ready(ready[i].fd))
			continue;
		if (ready[i].events & DZ_POLL_READ)
			mask |= CURL_CSELECT_IN;
		if (ready[i].events & DZ_POLL_WRITE)
			mask |= CURL_CSELECT_OUT;
		if (ready[i].events & DZ_POLL_ERROR)
			mask |= CURL_CSELECT_ERR;
		(void) curl_multi_socket_action(multi, ready[i].fd, mask, &running);
	}
	DzLoopRestoreSignals(&saved);
	DzLoopSettleDescriptors();
}

/* Let libcurl do what its deadline was for. */
static void
act_on_timeout(void)
{
	sigset_t saved;
	int running;

	curl_due_us = -1; /* libcurl sets the next one itself */
	DzLoopBlockSignals(&saved);
	(void) curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
	DzLoopRestoreSignals(&saved);
	DzLoopSettleDescriptors();
}

/*
 * Call the timers that are due.  Each is disarmed before its function runs,
 * so that one that throws is not called for ever.
 */
static void
run_timers(void)
{
	int64 now = DzNowMonotonicUs();

	while (!pairingheap_is_empty(timers))
	{
		DzTimer *timer =
			pairingheap_container(DzTimer, node, pairingheap_first(timers));

		if (timer->due_us > now)
			break;
		DzTimerCancel(timer);
		timer->fn(timer->arg);
	}
}
