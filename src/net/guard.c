/*-------------------------------------------------------------------------
 *
 * guard.c
 *		Release a foreign handle when its memory context goes.
 *
 * libcurl, jansson and OpenSSL allocate with malloc(): an ERROR that unwinds
 * past their objects would leave them allocated until the process ends.  So
 * the guard is made first, empty, while nothing can be lost yet; the handle
 * goes into it the moment it exists.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "net/net.h"

/*
 * Make an empty guard in "owner"; "release" will be called once, for a
 * handle that is not NULL.  Throws on out of memory.
 */
DzGuard *
DzGuardCreate(MemoryContext owner, DzReleaseFn release)
{
	DzGuard *guard = MemoryContextAllocZero(owner, sizeof(DzGuard));

	guard->release = release;
	guard->cb.func = DzGuardRelease;
	guard->cb.arg = guard;
	MemoryContextRegisterResetCallback(owner, &guard->cb);

	return guard;
}

/*
 * Release the handle now.  The context's reset will call this again, as no
 * callback can be unregistered before PostgreSQL 19: by then there is nothing
 * left to do.
 */
void
DzGuardRelease(void *arg)
{
	DzGuard *guard = arg;
	void *handle = guard->handle;

	guard->handle = NULL;
	if (handle != NULL)
		guard->release(handle);
}
