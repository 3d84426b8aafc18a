/*-------------------------------------------------------------------------
 *
 * pollset.h
 *		One descriptor that stands for many: epoll or kqueue.
 *
 * A WaitEventSet cannot drop an event, while libcurl opens and closes sockets
 * all the time.  So its sockets live in one kernel object, whose descriptor
 * never changes, and the WaitEventSet holds that one.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_POLLSET_H
#define DATAZONE_POLLSET_H

#define DZ_POLL_READ 1
#define DZ_POLL_WRITE 2
#define DZ_POLL_ERROR 4

typedef struct DzPollEvent
{
	int fd;
	int events; /* DZ_POLL_… */
} DzPollEvent;

/* None of these throws: they are called from libcurl's callbacks. */
extern int DzPollsetCreate(void);
extern bool DzPollsetWatch(int pollset, int fd, int events, bool known);
extern bool DzPollsetForget(int pollset, int fd);
extern int DzPollsetReady(int pollset, DzPollEvent *events, int max);

#endif /* DATAZONE_POLLSET_H */
