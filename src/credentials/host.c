/*-------------------------------------------------------------------------
 *
 * host.c
 *		What the database host itself says: environment and files.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "credentials/file.h"
#include "credentials/host.h"
#include "net/net.h"

/* how often files are looked at, at most */
#define LOOK_EVERY_US INT64CONST(1000000)

static const char *get_variable(void *arg, const char *name);

static const DzEnvironment environment = {get_variable, NULL};
static DzProfiles profiles;
static DzFileStamp stamps[DZ_PROFILE_FILES];
static uint64 generation = 0; /* 0: nothing has been read yet */
static int64 looked_us = 0; /* monotonic clock */

static bool look(DzProfileFile file, DzFileStamp *stamp, DzBuffer *path);
static void read_files(void);
static void read_file(DzProfileFile file, const char *path);

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

const DzProfiles *
DzHostProfiles(void)
{
	return &profiles;
}

uint64
DzHostGeneration(void)
{
	int64 now = DzNowMonotonicUs();
	bool has_changed = generation == 0;

	if (!has_changed && now - looked_us < LOOK_EVERY_US)
		return generation;
	looked_us = now;

	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		DzFileStamp stamp;

		(void) look((DzProfileFile) file, &stamp, NULL);
		if (!DzFileStampsEqual(&stamp, &stamps[file]))
			has_changed = true;
	}
	if (has_changed)
		read_files();
	return generation;
}

/*
 * Look at one of the files; false: there can be none.  "path", if not NULL, is
 * set to where it is.
 */
static bool
look(DzProfileFile file, DzFileStamp *stamp, DzBuffer *path)
{
	DzBuffer at = {0};
	bool is_known = DzEnvironmentFile(&environment, file, &at);

	memset(stamp, 0, sizeof(*stamp));
	if (at.failed)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
						errmsg("out of memory for the AWS files")));
	if (is_known)
		*stamp = DzFileLook(at.data);
	if (is_known && path != NULL)
		*path = at;
	else
		DzBufferFree(&at);
	return is_known;
}

/* The stamps are taken first: what changes meanwhile is read once more. */
static void
read_files(void)
{
	DzProfilesFree(&profiles);
	for (int file = 0; file < DZ_PROFILE_FILES; file++)
	{
		DzBuffer path = {0};

		if (look((DzProfileFile) file, &stamps[file], &path))
			read_file((DzProfileFile) file, path.data);
		DzBufferFree(&path);
	}
	generation++;
}

static void
read_file(DzProfileFile file, const char *path)
{
	DzBuffer text = {0};
	const char *why = "";

	/* with one that is broken nothing in "profiles" is to be used */
	if (profiles.problem.kind != DZ_PROBLEM_NONE)
		return;

	switch (DzFileRead(path, DZ_PROFILE_MAX_FILE, &text, &why))
	{
		case DZ_FILE_READ:
			(void) DzProfilesRead(&profiles, file, path, text.data, text.len);
			break;
		case DZ_FILE_UNREADABLE:
			DzProfilesUnreadable(&profiles, file, path, why);
			break;
		case DZ_FILE_NO_MEMORY:
			(void) DzProblemNoMemory(&profiles.problem);
			break;
		case DZ_FILE_ABSENT:
			/* messages name the place where it would be */
			(void) DzProfilesRead(&profiles, file, path, "", 0);
			break;
	}
	DzBufferFree(&text);
}
