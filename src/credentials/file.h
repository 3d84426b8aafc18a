/*-------------------------------------------------------------------------
 *
 * file.h
 *		Small files that belong to the host: profiles, tokens.
 *
 * Pure.  They are read as the server's operating system user.  Links are
 * followed, since a container's secrets are links; what is no regular file is
 * refused, since a pipe would hold the process.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_FILE_H
#define DATAZONE_CREDENTIALS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aws/buffer.h"

typedef enum DzFileResult
{
	DZ_FILE_READ,
	DZ_FILE_ABSENT, /* nor can it be seen whether it is there */
	DZ_FILE_UNREADABLE, /* "why" says why, in a phrase */
	DZ_FILE_NO_MEMORY
} DzFileResult;

/* What changes when a file does.  Zeroed = there is none. */
typedef struct DzFileStamp
{
	bool exists;
	uint64_t device;
	uint64_t inode;
	int64_t size;
	int64_t modified_ns; /* its content */
	int64_t changed_ns; /* or who may read it */
} DzFileStamp;

/*
 * Read the whole file into "out", which is empty at first and wiped by the
 * caller.  One above "max" bytes is unreadable, and so is one that does not
 * stop changing.  "why" is a constant, or strerror()'s until its next call.
 * "*stamp", if not NULL, becomes that of what was read, before and after.
 */
extern DzFileResult DzFileRead(const char *path, size_t max, DzBuffer *out,
							   const char **why, DzFileStamp *stamp);

extern DzFileStamp DzFileLook(const char *path);
extern bool DzFileStampsEqual(const DzFileStamp *a, const DzFileStamp *b);

/*
 * Whether it looks as one does that somebody is about to write anew: gone,
 * empty, or the same file cut short.  Another file that took the name is none.
 */
extern bool DzFileIsLess(const DzFileStamp *now, const DzFileStamp *before);

#endif /* DATAZONE_CREDENTIALS_FILE_H */
