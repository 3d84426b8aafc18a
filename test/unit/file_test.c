/*-------------------------------------------------------------------------
 *
 * file_test.c
 *		Reading the host's small files, and noticing that they changed.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

static char directory[] = "/tmp/dz_file_testXXXXXX";

/* The path of "name" in the test's directory; good until the next call. */
static const char *
at(const char *name)
{
	static char path[256];

	(void) snprintf(path, sizeof(path), "%s/%s", directory, name);

	return path;
}

static void
write_file(const char *name, const char *text, size_t len)
{
	FILE *file = fopen(at(name), "w");

	if (file == NULL || fwrite(text, 1, len, file) != len || fclose(file) != 0)
		abort();
}

static void
test_result(const char *name, size_t max, DzFileResult expected,
			const char *text, const char *what)
{
	DzBuffer out = {0};
	const char *why = "";
	DzFileStamp stamp;
	DzFileResult result = DzFileRead(at(name), max, &out, &why, &stamp);
	DzFileStamp looked = DzFileLook(at(name));

	tap_int((int64_t) result, (int64_t) expected, "%s", what);
	if (expected == DZ_FILE_READ)
		tap_ok(result == expected && strcmp(out.data, text) == 0,
			   "... and its text is what was written");
	if (expected == DZ_FILE_READ)
		tap_ok(DzFileStampsEqual(&stamp, &looked), "... and its stamp");
	if (expected == DZ_FILE_UNREADABLE)
		tap_ok(why[0] != '\0', "... and why is said: %s", why);
	DzBufferFree(&out);
}

static void
test_reading(void)
{
	static char large[10000];

	memset(large, 'x', sizeof(large) - 1);
	write_file("some", "text\n", 5);
	write_file("empty", "", 0);
	write_file("large", large, sizeof(large) - 1);
	write_file("locked", "text", 4);
	if (symlink("some", at("link")) != 0 ||
		symlink("nowhere", at("dangling")) != 0 ||
		mkfifo(at("pipe"), 0600) != 0 || mkdir(at("folder"), 0700) != 0 ||
		chmod(at("locked"), 0) != 0)
		abort();

	test_result("some", 100, DZ_FILE_READ, "text\n", "a file is read");
	test_result("empty", 100, DZ_FILE_READ, "", "an empty file is read");
	test_result("link", 100, DZ_FILE_READ, "text\n", "a link is followed");
	test_result("large", 9999, DZ_FILE_READ, large, "one of just the limit");
	test_result("large", 9998, DZ_FILE_UNREADABLE, NULL, "one above it");
	test_result("absent", 100, DZ_FILE_ABSENT, NULL, "one that is not there");
	test_result("dangling", 100, DZ_FILE_ABSENT, NULL, "a link to nothing");
	test_result("some/thing", 100, DZ_FILE_ABSENT, NULL,
				"one below what is no directory");
	test_result("folder", 100, DZ_FILE_UNREADABLE, NULL, "a directory");
	test_result("pipe", 100, DZ_FILE_UNREADABLE, NULL,
				"a pipe, which nobody writes to");
	if (geteuid() == 0)
		tap_skip("a file without rights", "root may read it");
	else
		test_result("locked", 100, DZ_FILE_UNREADABLE, NULL,
					"a file without rights");
}

static void
test_stamps(void)
{
	DzFileStamp none = {0};
	DzFileStamp before;
	DzFileStamp after;

	after = DzFileLook(at("watched"));
	tap_ok(!after.exists && DzFileStampsEqual(&none, &after),
		   "no file has an empty stamp");
	write_file("watched", "one", 3);
	before = DzFileLook(at("watched"));
	tap_ok(before.exists && !DzFileStampsEqual(&none, &before),
		   "a file that came has another");
	after = DzFileLook(at("watched"));
	tap_ok(DzFileStampsEqual(&before, &after),
		   "one that did not change has the same");

	/* as tools write them: another file takes the name */
	write_file("new", "two", 3);
	{
		char from[256];

		(void) snprintf(from, sizeof(from), "%s", at("new"));
		if (rename(from, at("watched")) != 0)
			abort();
	}
	after = DzFileLook(at("watched"));
	tap_ok(!DzFileStampsEqual(&before, &after),
		   "one that was replaced has another");
	before = after;
	if (chmod(at("watched"), 0400) != 0)
		abort();
	after = DzFileLook(at("watched"));
	tap_ok(!DzFileStampsEqual(&before, &after),
		   "so has one that others may read now");
	(void) unlink(at("watched"));
	after = DzFileLook(at("watched"));
	tap_ok(DzFileStampsEqual(&none, &after), "and one that went has none");
}

/* Whoever reads a file meets one that is being written, now and then. */
static void
test_writing(void)
{
	static char text[8193];
	int status = -1;
	int torn = 0;
	pid_t writer;

	memset(text, 'x', sizeof(text) - 1);
	write_file("written", text, sizeof(text) - 1);
	writer = fork();
	if (writer == 0)
	{
		/* a part, and then the whole, without a pause between them */
		for (int i = 0; i < 20000; i++)
		{
			int fd = open(at("written"), O_WRONLY | O_TRUNC);

			if (fd < 0 || write(fd, text, 4096) != 4096 ||
				write(fd, text, 4096) != 4096 || close(fd) != 0)
				_exit(1);
		}
		_exit(0);
	}
	while (writer > 0 && waitpid(writer, &status, WNOHANG) == 0)
	{
		DzBuffer out = {0};
		const char *why = "";
		DzFileStamp stamp;

		if (DzFileRead(at("written"), 10000, &out, &why, &stamp) ==
				DZ_FILE_READ &&
			(int64_t) out.len != stamp.size)
			torn++;
		DzBufferFree(&out);
	}
	tap_int(status, 0, "a file is written again and again");
	tap_int(torn, 0, "what is read of it is what its stamp is of");
	(void) unlink(at("written"));
}

static void
test_less(void)
{
	DzFileStamp none = {0};
	DzFileStamp before = {true, 1, 2, 100, 5, 5};
	DzFileStamp now = before;

	tap_ok(!DzFileIsLess(&now, &before), "the same file is not less");
	now.size = 99;
	tap_ok(DzFileIsLess(&now, &before), "cut short it is");
	now.inode = 3;
	tap_ok(!DzFileIsLess(&now, &before), "a smaller one in its place is not");
	now.size = 0;
	tap_ok(DzFileIsLess(&now, &before), "an empty one is");
	tap_ok(DzFileIsLess(&none, &before), "none is");
	tap_ok(!DzFileIsLess(&none, &none), "none is not if there was none");
	now.size = 1;
	tap_ok(!DzFileIsLess(&now, &none), "one that came is not");
}

int
main(void)
{
	static const char *const names[] = {"some", "empty",    "large", "locked",
										"link", "dangling", "pipe"};

	if (mkdtemp(directory) == NULL)
		abort();
	test_reading();
	test_stamps();
	test_writing();
	test_less();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void) unlink(at(names[i]));
	(void) rmdir(at("folder"));
	(void) rmdir(directory);

	return tap_done();
}
