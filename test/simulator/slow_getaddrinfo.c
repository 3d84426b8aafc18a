/*-------------------------------------------------------------------------
 *
 * slow_getaddrinfo.c
 *		Make name lookups hang, for tests of cancel during DNS.
 *
 * libcurl's threaded resolver calls getaddrinfo() in a thread of its own, and
 * no setting points glibc at a port where a test could listen.  Preloaded
 * into the process under test, this waits before each lookup of a name that
 * ends in ".stall.test".  A name that ends in ".here.test" is this machine:
 * libcurl looks up neither "localhost" nor an address, and a test may want a
 * lookup that succeeds.  Every other name goes straight through.  Names in
 * ".test" never resolve (RFC 6761), so the wait ends in EAI_NONAME without
 * asking anybody.
 *
 *		cc -shared -fPIC -o slow_getaddrinfo.so slow_getaddrinfo.c -ldl
 *		LD_PRELOAD=$PWD/slow_getaddrinfo.so STALL_SECONDS=30 postgres ...
 *
 * STALL_SECONDS defaults to 30.  Tests only; production never needs it.
 *
 *-------------------------------------------------------------------------
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int
ends_in(const char *node, const char *suffix)
{
	size_t length = node ? strlen(node) : 0;
	size_t wanted = strlen(suffix);

	return length >= wanted && strcmp(node + length - wanted, suffix) == 0;
}

/* Wait the whole time: a signal must not shorten the lookup. */
static void
stall(void)
{
	const char *given = getenv("STALL_SECONDS");
	struct timespec left = {given ? atoi(given) : 30, 0};

	while (nanosleep(&left, &left) != 0)
		continue;
}

int
getaddrinfo(const char *node, const char *service,
			const struct addrinfo *hints, struct addrinfo **result)
{
	static int (*original)(const char *, const char *, const struct addrinfo *,
						   struct addrinfo **);

	if (ends_in(node, ".stall.test"))
	{
		stall();
		return EAI_NONAME;
	}
	if (original == NULL)
		*(void **) (&original) = dlsym(RTLD_NEXT, "getaddrinfo");
	return original(ends_in(node, ".here.test") ? "127.0.0.1" : node, service,
					hints, result);
}
