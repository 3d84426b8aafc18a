/*-------------------------------------------------------------------------
 *
 * clean.c
 *		Of transfers with secrets nothing stays in freed memory.
 *
 * What fetches credentials sends tokens and is answered with keys, and both
 * pass through buffers that libcurl and OpenSSL free as they are.  Which of
 * them malloc() gives out again, and how soon, is chance.  So libcurl gets its
 * memory from here, and while such a transfer is under way all that it frees
 * is wiped; at other times that would cost each request some microseconds.
 *
 * If another library of this process has initialised libcurl before, it keeps
 * the allocator that it has, and this comes down to the body of the answer,
 * which http.c wipes itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#if defined(__APPLE__)
#include <malloc/malloc.h>
#elif defined(__FreeBSD__)
#include <malloc_np.h>
#else
#include <malloc.h>
#endif

#include <openssl/ssl.h>

#include "net/clean.h"

static volatile int under_way = 0; /* transfers with secrets */

static size_t
usable_size(void *block)
{
#if defined(__APPLE__)
	return malloc_size(block);
#else
	return malloc_usable_size(block);
#endif
}

/*
 * Name lookups free from their own threads: those see "under_way" now or a
 * little later, and hold nothing that is secret.
 */
static void
wiping_free(void *block)
{
	if (block != NULL && under_way > 0)
		explicit_bzero(block, usable_size(block));
	free(block);
}

/* Not realloc(): that would leave the old block as it is. */
static void *
wiping_realloc(void *block, size_t size)
{
	void *grown;

	if (block == NULL || under_way == 0)
		return realloc(block, size);

	grown = malloc(size);
	if (grown == NULL)
		return NULL;
	memcpy(grown, block, Min(size, usable_size(block)));
	wiping_free(block);
	return grown;
}

/* curl_global_init(), with our allocator. */
CURLcode
DzCleanInitLibcurl(void)
{
	return curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wiping_free,
								wiping_realloc, strdup, calloc);
}

/* A transfer with secrets begins, or has ended and is off libcurl's hands. */
void
DzCleanBegin(void)
{
	under_way++;
}

void
DzCleanEnd(void)
{
	Assert(under_way > 0);
	under_way--;
}

/*
 * CURLOPT_SSL_CTX_FUNCTION: OpenSSL wipes what it decrypted, once libcurl has
 * it (SSL_CTX_set_options(3ssl)).  Its buffers are its own, and live as long
 * as the connection.
 */
CURLcode
DzCleanTls(CURL *easy, void *context, void *arg)
{
	(void) SSL_CTX_set_options(context, SSL_OP_CLEANSE_PLAINTEXT);
	return CURLE_OK;
}
