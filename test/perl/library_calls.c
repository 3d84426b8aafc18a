/*-------------------------------------------------------------------------
 *
 * library_calls.c
 *		Tell which processes initialise libcurl or fetch OpenSSL algorithms.
 *
 * Neither library survives fork(), so the postmaster must never use them.
 * Preloaded into a server, this notes the process of each call in the file
 * that LIBRARY_CALLS names: a line with its id and the function.  The
 * functions are those that the extension needs first and that PostgreSQL
 * itself does not call.
 *
 *		cc -shared -fPIC -o library_calls.so library_calls.c -ldl
 *		LD_PRELOAD=$PWD/library_calls.so LIBRARY_CALLS=/some/file postgres ...
 *
 *-------------------------------------------------------------------------
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One write, so that processes do not mix their lines. */
static void
note(const char *function)
{
	const char *path = getenv("LIBRARY_CALLS");
	char line[100];
	int len;
	int fd;

	if (path == NULL)
		return;
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT, 0600);
	if (fd < 0)
		return;
	len = snprintf(line, sizeof(line), "%d %s\n", (int) getpid(), function);
	if (write(fd, line, len) != len)
		abort();
	close(fd);
}

static void *
original(const char *function)
{
	void *found = dlsym(RTLD_NEXT, function);

	note(function);
	if (found == NULL)
		abort();
	return found;
}

int
curl_global_init(long flags)
{
	int (*next)(long);

	*(void **) (&next) = original("curl_global_init");
	return next(flags);
}

void *
curl_multi_init(void)
{
	void *(*next)(void);

	*(void **) (&next) = original("curl_multi_init");
	return next();
}

void *
curl_easy_init(void)
{
	void *(*next)(void);

	*(void **) (&next) = original("curl_easy_init");
	return next();
}

void *
EVP_MAC_fetch(void *libctx, const char *algorithm, const char *properties)
{
	void *(*next)(void *, const char *, const char *);

	*(void **) (&next) = original("EVP_MAC_fetch");
	return next(libctx, algorithm, properties);
}
