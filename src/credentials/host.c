/*-------------------------------------------------------------------------
 *
 * host.c
 *		What the database host itself says: environment and files.
 *
 * Tools write these files in place as well: they cut them, and then write.
 * Who reads one at such a moment finds it empty or in part, and an empty file
 * is a perfect one, by which the chain goes on to another identity.  Hence:
 *
 *	 - a file is read until it was the same before and after (file.c);
 *	 - one that is just being written, or looks so, is read again in a moment,
 *	   by whoever needs it;
 *	 - files that got worse make nothing stale until they have been so for
 *	   some seconds: connections that work go on.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "credentials/fetch.h"
#include "credentials/file.h"
#include "credentials/host.h"
#include "net/net.h"

/* how often files are looked at, at most */
#define LOOK_EVERY_US INT64CONST(1000000)

/* how long files that got worse are taken for some that are being written */
#define GRACE_US INT64CONST(3000000)

/* a file that has not changed for so long is nobody's work under way */
#define QUIET_US INT64CONST(20000)

/* ... and so long if it is broken, empty or cut; the wait for it, at most */
#define SETTLE_US INT64CONST(500000)

#define SETTLE_LOOK_US 10000L

static const char *get_variable(void *arg, const char *name);

static const DzEnvironment environment = {get_variable, NULL};
static DzProfiles profiles;
static bool is_read = false; /* "profiles" holds what the files say */

static DzFileStamp stamps[DZ_PROFILE_FILES]; /* of this generation */
static uint64 generation = 0; /* 0: nothing has been looked at yet */
static int64 looked_us = 0; /* monotonic clock */
static int64 worse_us = 0; /* since when they are worse; 0: they are not */

static bool find_path(DzProfileFile file, DzBuffer *path);
static void look(DzFileStamp *seen);
static bool have_changed(const DzFileStamp *seen);
static bool are_worse(const DzFileStamp *seen);
static bool are_settled(const DzFileStamp *seen);
static void read_files(DzProfiles *out, DzFileStamp *seen);
static void read_file(DzProfiles *out, DzProfileFile file, const char *path,
					  DzFileStamp *stamp);

static const char *
get_variable(void *arg, const char *name)
{
	return getenv(name);
}

const DzEnvironment *
DzHostEnvironment(void)
{
	return &environment;
}

uint64
DzHostGeneration(void)
{
	int64 now = DzNowMonotonicUs();
	DzFileStamp seen[DZ_PROFILE_FILES];

	if (generation != 0 && now - looked_us < LOOK_EVERY_US)
		return generation;
	looked_us = now;

	look(seen);
	if (generation != 0)
	{
		if (!have_changed(seen))
		{
			worse_us = 0;
			return generation;
		}
		if (are_worse(seen))
		{
			if (worse_us == 0)
				worse_us = now;
			if (now - worse_us < GRACE_US)
				return generation;
		}
	}
	worse_us = 0;
	memcpy(stamps, seen, sizeof(stamps));
	return ++generation;
}

const DzProfiles *
DzHostProfiles(void)
{
	int64 until = DzNowMonotonicUs() + SETTLE_US;
	DzFileStamp seen[DZ_PROFILE_FILES];

	if (is_read)
		return &profiles;

	read_files(&profiles, seen);
	while (!are_settled(seen) && DzNowMonotonicUs() < until)
	{
		DzHostProfilesFree();
		pg_usleep(SETTLE_LOOK_US);
		CHECK_FOR_INTERRUPTS();
		read_files(&profiles, seen);
	}
	is_read = true;
	return &profiles;
}

void
DzHostProfilesFree(void)
{
	DzProfilesFree(&profiles);
	is_read = false;
}

/* ----------
 * Looking
 * ----------
 */

/* Where the file is, if there is one; false: there can be none. */
static bool
find_path(DzProfileFile file, DzBuffer *path)
{
	bool is_known = DzEnvironmentFile(&environment, file, path);

	if (path->failed)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for the AWS files")));
	return is_known;
}

static void
look(DzFileStamp *seen)
{
	memset(seen, 0, sizeof(DzFileStamp) * DZ_PROFILE_FILES);
	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		DzBuffer path = {0};

		if (find_path((DzProfileFile) file, &path))
			seen[file] = DzFileLook(path.data);
		DzBufferFree(&path);
	}
}

static bool
have_changed(const DzFileStamp *seen)
{
	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		if (!DzFileStampsEqual(&seen[file], &stamps[file]))
			return true;
	}
	return false;
}

/* Than in this generation: one of them is less, or they are broken. */
static bool
are_worse(const DzFileStamp *seen)
{
	DzProfiles now = {0};
	DzFileStamp unused[DZ_PROFILE_FILES];
	bool is_broken;

	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		if (!DzFileStampsEqual(&seen[file], &stamps[file]) &&
			DzFileIsLess(&seen[file], &stamps[file]))
			return true;
	}
	read_files(&now, unused);
	is_broken = now.problem.kind != DZ_PROBLEM_NONE;
	DzProfilesFree(&now);
	return is_broken;
}

/*
 * Nobody seems to be writing what was read into "profiles".  Of a file that
 * has gone it is not known when.
 */
static bool
are_settled(const DzFileStamp *seen)
{
	int64 now_us = DzFetchNowUs();
	bool is_broken = profiles.problem.kind != DZ_PROBLEM_NONE;

	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		int64 age_us = now_us - seen[file].changed_ns / 1000;
		bool is_less = DzFileIsLess(&seen[file], &stamps[file]);

		if (!seen[file].exists && is_less)
			return false;
		/* one of the future says nothing */
		if (seen[file].exists && age_us >= 0 &&
			age_us < (is_less || is_broken ? SETTLE_US : QUIET_US))
			return false;
	}
	return true;
}

/* ----------
 * Reading
 * ----------
 */

static void
read_files(DzProfiles *out, DzFileStamp *seen)
{
	memset(seen, 0, sizeof(DzFileStamp) * DZ_PROFILE_FILES);
	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		DzBuffer path = {0};

		if (find_path((DzProfileFile) file, &path))
			read_file(out, (DzProfileFile) file, path.data, &seen[file]);
		DzBufferFree(&path);
	}
}

static void
read_file(DzProfiles *out, DzProfileFile file, const char *path,
		  DzFileStamp *stamp)
{
	DzBuffer text = {0};
	const char *why = "";

	*stamp = DzFileLook(path);

	/* with one that is broken nothing in "out" is to be used */
	if (out->problem.kind != DZ_PROBLEM_NONE)
		return;

	switch (DzFileRead(path, DZ_PROFILE_MAX_FILE, &text, &why, stamp))
	{
		case DZ_FILE_READ:
			(void) DzProfilesRead(out, file, path, text.data, text.len);
			break;
		case DZ_FILE_UNREADABLE:
			DzProfilesUnreadable(out, file, path, why);
			break;
		case DZ_FILE_NO_MEMORY:
			(void) DzProblemNoMemory(&out->problem);
			break;
		case DZ_FILE_ABSENT:
			/* messages name the place where it would be */
			(void) DzProfilesRead(out, file, path, "", 0);
			break;
	}
	DzBufferFree(&text);
}
