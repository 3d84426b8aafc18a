/*-------------------------------------------------------------------------
 *
 * disk_full.c
 *		A preloaded library in whose processes a directory's disk is full.
 *
 * For tests only.  While a file named DISK_FULL_DIR with ".full" at its end
 * exists, no file below DISK_FULL_DIR grows: what would make one longer fails
 * with ENOSPC.  What is there can be written again, as on a real file system
 * that is full.
 *
 * Only calls that take a descriptor are needed: PostgreSQL's relations grow
 * by pwrite(), pwritev() and posix_fallocate().
 *
 *		cc -shared -fPIC -o disk_full.so disk_full.c -ldl
 *		LD_PRELOAD=$PWD/disk_full.so DISK_FULL_DIR=/some/dir postgres ...
 *
 *-------------------------------------------------------------------------
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Whether the file is in the directory, and that is full at the moment. */
static int
is_on_full_disk(int fd)
{
	const char *dir = getenv("DISK_FULL_DIR");
	char path[PATH_MAX];
	char file[PATH_MAX];
	ssize_t len;

	if (dir == NULL)
		return 0;
	snprintf(path, sizeof(path), "%s.full", dir);
	if (access(path, F_OK) != 0)
		return 0;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	len = readlink(path, file, sizeof(file) - 1);
	if (len < 0)
		return 0;
	file[len] = '\0';
	return strncmp(file, dir, strlen(dir)) == 0 && file[strlen(dir)] == '/';
}

/* Whether there is no room for the file to have this size. */
static int
lacks_room(int fd, off_t size)
{
	int kept = errno;
	struct stat now;
	int lacks =
		is_on_full_disk(fd) && fstat(fd, &now) == 0 && size > now.st_size;

	errno = lacks ? ENOSPC : kept;
	return lacks;
}

static void *
original(const char *function)
{
	void *found = dlsym(RTLD_NEXT, function);

	if (found == NULL)
		abort();
	return found;
}

ssize_t
pwrite(int fd, const void *data, size_t len, off_t at)
{
	static ssize_t (*next)(int, const void *, size_t, off_t);

	if (next == NULL)
		*(void **) (&next) = original("pwrite");
	return lacks_room(fd, at + (off_t) len) ? -1 : next(fd, data, len, at);
}

ssize_t
pwritev(int fd, const struct iovec *pieces, int n, off_t at)
{
	static ssize_t (*next)(int, const struct iovec *, int, off_t);
	off_t end = at;

	if (next == NULL)
		*(void **) (&next) = original("pwritev");
	for (int i = 0; i < n; i++)
		end += (off_t) pieces[i].iov_len;
	return lacks_room(fd, end) ? -1 : next(fd, pieces, n, at);
}

/* This one returns the error. */
int
posix_fallocate(int fd, off_t at, off_t len)
{
	static int (*next)(int, off_t, off_t);

	if (next == NULL)
		*(void **) (&next) = original("posix_fallocate");
	return lacks_room(fd, at + len) ? ENOSPC : next(fd, at, len);
}
