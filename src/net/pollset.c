/*-------------------------------------------------------------------------
 *
 * pollset.c
 *		epoll on Linux, kqueue on the BSDs and macOS.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#if defined(HAVE_SYS_EPOLL_H) || defined(__linux__)
#include <sys/epoll.h>
#define DZ_USE_EPOLL
#else
#include <sys/event.h>
#include <sys/time.h>
#endif

#include "net/pollset.h"

/* more are taken in the next round */
#define DZ_MAX_READY 64

#ifdef DZ_USE_EPOLL

/* Make an empty set; -1 with errno on failure. */
int
DzPollsetCreate(void)
{
	return epoll_create1(EPOLL_CLOEXEC);
}

/* Watch "fd" for "events", which replace earlier ones if it is known. */
bool
DzPollsetWatch(int pollset, int fd, int events, bool known)
{
	struct epoll_event ev = {0};

	if (events & DZ_POLL_READ)
		ev.events |= EPOLLIN;
	if (events & DZ_POLL_WRITE)
		ev.events |= EPOLLOUT;
	ev.data.fd = fd;

	/*
	 * A failure would fail every transfer of the process, so be lenient: what
	 * libcurl closed and opened again may be known here or not.
	 */
	if (known && epoll_ctl(pollset, EPOLL_CTL_MOD, fd, &ev) == 0)
		return true;
	if (epoll_ctl(pollset, EPOLL_CTL_ADD, fd, &ev) == 0)
		return true;
	return errno == EEXIST && epoll_ctl(pollset, EPOLL_CTL_MOD, fd, &ev) == 0;
}

/* Stop watching; a descriptor that was closed meanwhile is no failure. */
bool
DzPollsetForget(int pollset, int fd)
{
	struct epoll_event ev = {0};

	return epoll_ctl(pollset, EPOLL_CTL_DEL, fd, &ev) == 0 ||
		   errno == ENOENT || errno == EBADF;
}

/* What is ready now, without waiting; returns how many. */
int
DzPollsetReady(int pollset, DzPollEvent *events, int max)
{
	struct epoll_event ready[DZ_MAX_READY];
	int n = epoll_wait(pollset, ready, Min(max, DZ_MAX_READY), 0);

	for (int i = 0; i < n; i++)
	{
		events[i].fd = ready[i].data.fd;
		events[i].events = 0;
		if (ready[i].events & EPOLLIN)
			events[i].events |= DZ_POLL_READ;
		if (ready[i].events & EPOLLOUT)
			events[i].events |= DZ_POLL_WRITE;
		if (ready[i].events & (EPOLLERR | EPOLLHUP))
			events[i].events |= DZ_POLL_ERROR;
	}

	return Max(n, 0);
}

#else /* kqueue */

int
DzPollsetCreate(void)
{
	int fd = kqueue();

	if (fd >= 0)
		(void) fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

static bool
change_filter(int pollset, int fd, int filter, bool wanted)
{
	struct kevent ev;

	EV_SET(&ev, fd, filter, wanted ? EV_ADD : EV_DELETE, 0, 0, NULL);

	return kevent(pollset, &ev, 1, NULL, 0, NULL) == 0 ||
		   (!wanted && (errno == ENOENT || errno == EBADF));
}

bool
DzPollsetWatch(int pollset, int fd, int events, bool known)
{
	return change_filter(pollset, fd, EVFILT_READ,
						 (events & DZ_POLL_READ) != 0) &&
		   change_filter(pollset, fd, EVFILT_WRITE,
						 (events & DZ_POLL_WRITE) != 0);
}

bool
DzPollsetForget(int pollset, int fd)
{
	return DzPollsetWatch(pollset, fd, 0, true);
}

int
DzPollsetReady(int pollset, DzPollEvent *events, int max)
{
	struct kevent ready[DZ_MAX_READY];
	struct timespec no_wait = {0, 0};
	int n = kevent(pollset, NULL, 0, ready, Min(max, DZ_MAX_READY), &no_wait);

	for (int i = 0; i < n; i++)
	{
		events[i].fd = (int) ready[i].ident;
		events[i].events =
			ready[i].filter == EVFILT_WRITE ? DZ_POLL_WRITE : DZ_POLL_READ;
		if (ready[i].flags & EV_ERROR)
			events[i].events |= DZ_POLL_ERROR;
	}

	return Max(n, 0);
}

#endif
