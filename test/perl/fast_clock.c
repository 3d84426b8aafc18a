/*-------------------------------------------------------------------------
 *
 * fast_clock.c
 *		A preloaded library in whose processes a day takes a minute.
 *
 * For tests only.  Every clock that programs read goes FAST_CLOCK_SCALE times
 * as fast from the moment FAST_CLOCK_ORIGIN on (real seconds since 1970),
 * and who waits for events with a time-out waits accordingly less.  The
 * origin is the same for all processes, however late they start, so that a
 * server and a simulator agree about the time; libfaketime's clocks begin
 * with each program, and those two would drift apart by hours.
 *
 * Plain sleeps (select, nanosleep) and interval timers stay real: pg_ctl
 * would else give up before a server has started, and PostgreSQL's time-outs
 * are none that tests of this kind wait for.
 *
 *-------------------------------------------------------------------------
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/time.h>
#include <time.h>

#define NSEC 1000000000LL

static long long origin; /* nanoseconds since 1970 */
static long long monotonic; /* CLOCK_MONOTONIC at the origin */
static long long scale = 1;

static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_epoll_wait)(int, struct epoll_event *, int, int);
static int (*real_epoll_pwait)(int, struct epoll_event *, int, int,
							   const sigset_t *);

static long long
read_clock(clockid_t clock)
{
	struct timespec now;

	real_clock_gettime(clock, &now);
	return now.tv_sec * NSEC + now.tv_nsec;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *at = getenv("FAST_CLOCK_ORIGIN");
	const char *times = getenv("FAST_CLOCK_SCALE");

	real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
	real_epoll_wait = dlsym(RTLD_NEXT, "epoll_wait");
	real_epoll_pwait = dlsym(RTLD_NEXT, "epoll_pwait");
	if (at == NULL || times == NULL)
		return;
	origin = atoll(at) * NSEC;
	monotonic =
		origin - (read_clock(CLOCK_REALTIME) - read_clock(CLOCK_MONOTONIC));
	scale = atoll(times);
}

/* The time of a clock; those of the CPU stay as they are. */
static long long
fast(clockid_t clock)
{
	long long now = read_clock(clock);

	switch (clock)
	{
		case CLOCK_REALTIME:
		case CLOCK_REALTIME_COARSE:
			return origin + (now - origin) * scale;
		case CLOCK_MONOTONIC:
		case CLOCK_MONOTONIC_RAW:
		case CLOCK_MONOTONIC_COARSE:
		case CLOCK_BOOTTIME:
			return monotonic + (now - monotonic) * scale;
		default:
			return now;
	}
}

/* A time-out in milliseconds; never nothing where something was asked for. */
static int
shorter(int timeout)
{
	return timeout <= 0 ? timeout : (int) ((timeout + scale - 1) / scale);
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	long long time;

	if (real_clock_gettime == NULL)
		begin();
	time = fast(clock);
	now->tv_sec = time / NSEC;
	now->tv_nsec = time % NSEC;
	return 0;
}

int
gettimeofday(struct timeval *now, void *zone)
{
	struct timespec time;

	(void) zone;
	clock_gettime(CLOCK_REALTIME, &time);
	now->tv_sec = time.tv_sec;
	now->tv_usec = time.tv_nsec / 1000;
	return 0;
}

time_t
time(time_t *where)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (where != NULL)
		*where = now.tv_sec;
	return now.tv_sec;
}

int
epoll_wait(int fd, struct epoll_event *events, int max, int timeout)
{
	return real_epoll_wait(fd, events, max, shorter(timeout));
}

int
epoll_pwait(int fd, struct epoll_event *events, int max, int timeout,
			const sigset_t *mask)
{
	return real_epoll_pwait(fd, events, max, shorter(timeout), mask);
}
