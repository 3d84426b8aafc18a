/*-------------------------------------------------------------------------
 *
 * file.c
 *		Small files that belong to the host: profiles, tokens.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK 4096

/* readings of a file that somebody writes meanwhile */
#define MAX_READINGS 5

#ifdef __APPLE__
#define st_mtim st_mtimespec
#define st_ctim st_ctimespec
#endif

static DzFileResult read_all(int fd, size_t max, DzBuffer *out,
							 const char **why);
static DzFileResult read_still(int fd, size_t max, DzBuffer *out,
							   const char **why, DzFileStamp *stamp);
static DzFileStamp stamp_of(const struct stat *st);
static int64_t nanoseconds(const struct timespec *time);

DzFileResult
DzFileRead(const char *path, size_t max, DzBuffer *out, const char **why,
		   DzFileStamp *stamp)
{
	struct stat st;
	DzFileStamp unused;
	DzFileResult result;
	int fd;

	if (stamp == NULL)
		stamp = &unused;

	/*
	 * A directory that may not be searched hides what is in it: the home of
	 * another user, say, which a server started by hand has as its own.
	 */
	if (stat(path, &st) != 0 &&
		(errno == ENOENT || errno == ENOTDIR || errno == EACCES))
		return DZ_FILE_ABSENT;

	/* without O_NONBLOCK, opening a pipe waits for its writer */
	fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
	{
		*why = strerror(errno);
		return DZ_FILE_UNREADABLE;
	}
	if (fstat(fd, &st) != 0)
	{
		*why = strerror(errno);
		result = DZ_FILE_UNREADABLE;
	}
	else if (!S_ISREG(st.st_mode))
	{
		*why = "it is not a regular file";
		result = DZ_FILE_UNREADABLE;
	}
	else
	{
		*stamp = stamp_of(&st);
		result = read_still(fd, max, out, why, stamp);
	}
	(void) close(fd);

	return result;
}

/*
 * Read it until it was the same before and after.  One that is written in
 * place would else be read as its first part.
 */
static DzFileResult
read_still(int fd, size_t max, DzBuffer *out, const char **why,
		   DzFileStamp *stamp)
{
	for (int i = 0; i < MAX_READINGS; i++)
	{
		struct stat st;
		DzFileStamp before = *stamp;
		DzFileResult result;

		DzBufferReset(out);
		if (lseek(fd, 0, SEEK_SET) < 0)
		{
			*why = strerror(errno);
			return DZ_FILE_UNREADABLE;
		}
		result = read_all(fd, max, out, why);
		if (result != DZ_FILE_READ)
			return result;
		if (fstat(fd, &st) != 0)
		{
			*why = strerror(errno);
			return DZ_FILE_UNREADABLE;
		}
		*stamp = stamp_of(&st);
		if (DzFileStampsEqual(&before, stamp))
			return DZ_FILE_READ;
	}
	*why = "it changes while it is read";
	return DZ_FILE_UNREADABLE;
}

static DzFileResult
read_all(int fd, size_t max, DzBuffer *out, const char **why)
{
	for (;;)
	{
		ssize_t got;

		if (!DzBufferReserve(out, CHUNK))
			return DZ_FILE_NO_MEMORY;
		got = read(fd, out->data + out->len, CHUNK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
		{
			*why = strerror(errno);
			return DZ_FILE_UNREADABLE;
		}
		if (got == 0)
			break;
		out->len += (size_t) got;
		if (out->len > max)
		{
			*why = "it is too large";
			return DZ_FILE_UNREADABLE;
		}
	}
	out->data[out->len] = '\0';

	return DZ_FILE_READ;
}

DzFileStamp
DzFileLook(const char *path)
{
	DzFileStamp none;
	struct stat st;

	memset(&none, 0, sizeof(none));

	return stat(path, &st) == 0 ? stamp_of(&st) : none;
}

static DzFileStamp
stamp_of(const struct stat *st)
{
	DzFileStamp stamp;

	memset(&stamp, 0, sizeof(stamp));
	stamp.exists = true;
	stamp.device = (uint64_t) st->st_dev;
	stamp.inode = (uint64_t) st->st_ino;
	stamp.size = (int64_t) st->st_size;
	stamp.modified_ns = nanoseconds(&st->st_mtim);
	stamp.changed_ns = nanoseconds(&st->st_ctim);

	return stamp;
}

static int64_t
nanoseconds(const struct timespec *time)
{
	return (int64_t) time->tv_sec * 1000000000 + time->tv_nsec;
}

bool
DzFileStampsEqual(const DzFileStamp *a, const DzFileStamp *b)
{
	return a->exists == b->exists && a->device == b->device &&
		   a->inode == b->inode && a->size == b->size &&
		   a->modified_ns == b->modified_ns && a->changed_ns == b->changed_ns;
}

bool
DzFileIsLess(const DzFileStamp *now, const DzFileStamp *before)
{
	if (!now->exists)
		return before->exists;

	return now->size == 0 ||
		   (now->device == before->device && now->inode == before->inode &&
			now->size < before->size);
}
