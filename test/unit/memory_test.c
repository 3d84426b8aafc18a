/*-------------------------------------------------------------------------
 *
 * memory_test.c
 *		Running out of memory anywhere: false, no leak, and usable again.
 *
 * The linker sends the pure files' allocations here (--wrap), and OpenSSL is
 * given allocators of ours, so that the n-th allocation can be made to fail,
 * for every n.  The sanitizer reports what leaks.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/digest.h"
#include "aws/sigv4.h"

#include <stdlib.h>

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "tap.h"

/* Allocations left before one fails; negative: none fails. */
static long until_failure = -1;

extern void *__real_malloc(size_t size);
extern void *__real_calloc(size_t n, size_t size);
extern void *__real_realloc(void *old, size_t size);
extern void *__wrap_malloc(size_t size);
extern void *__wrap_calloc(size_t n, size_t size);
extern void *__wrap_realloc(void *old, size_t size);

static bool
fails_now(void)
{
	if (until_failure < 0)
		return false;

	until_failure--;
	return until_failure < 0;
}

void *
__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return fails_now() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *old, size_t size)
{
	return fails_now() ? NULL : __real_realloc(old, size);
}

static void *
openssl_malloc(size_t size, const char *file, int line)
{
	(void) file;
	(void) line;
	return fails_now() ? NULL : __real_malloc(size);
}

static void *
openssl_realloc(void *old, size_t size, const char *file, int line)
{
	(void) file;
	(void) line;
	return fails_now() ? NULL : __real_realloc(old, size);
}

static void
openssl_free(void *old, const char *file, int line)
{
	(void) file;
	(void) line;
	free(old);
}

static DzSignInput
make_input(void)
{
	static DzSignHeader headers[40];
	static const char parameter[] = "name=a%20value&";
	static char query[100 * sizeof(parameter)];
	DzSignInput in = {0};

	/* enough to make each buffer and array grow */
	for (int i = 0; i < 40; i++)
		headers[i] = (DzSignHeader){"x-header-with-a-long-name", "a value"};
	for (size_t i = 0; i < 100; i++)
		memcpy(query + i * strlen(parameter), parameter, sizeof(parameter));

	in.method = "POST";
	in.path = "/a/path";
	in.query = query;
	in.headers = headers;
	in.nheaders = 40;
	in.body = "body";
	in.body_len = 4;
	in.region = "eu-west-1";
	in.service = "datazone";
	in.access_key_id = "AKIDEXAMPLE";
	in.secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
	in.session_token = "token";
	in.unix_time = 1767323045;

	return in;
}

/* With a new signer for each n, the whole of signing. */
static void
test_first_signature(const DzSignInput *in, const char *expected)
{
	int refused = 0;
	int wrong = 0;
	int leftover = 0;
	bool is_done = false;

	for (long n = 0; n < 10000 && !is_done; n++)
	{
		DzSigner *signer;
		DzSignOutput out;
		bool is_ok;

		until_failure = n;
		signer = DzSignerCreate();
		is_ok = signer != NULL && DzSign(signer, in, &out);
		is_done = until_failure >= 0; /* there was no n-th allocation */
		until_failure = -1;

		refused += !is_ok;
		wrong += is_ok && strcmp(out.authorization, expected) != 0;
		leftover += ERR_peek_error() != 0;
		if (signer != NULL && !is_ok)
			wrong += !DzSign(signer, in, &out) ||
					 strcmp(out.authorization, expected) != 0;
		DzSignerFree(signer);
	}
	tap_ok(is_done, "each allocation was made to fail once");
	tap_ok(refused > 20, "at least 20 of them matter (%d)", refused);
	tap_int(wrong, 0, "no failure leads to a wrong signature, then or later");
	tap_int(leftover, 0, "none leaves an error in OpenSSL's queue");
}

/* With the key at hand; a failure may lose it, and it is derived again. */
static void
test_next_signature(const DzSignInput *in, const char *expected)
{
	DzSigner *signer = DzSignerCreate();
	DzSignOutput out;
	int wrong = 0;
	bool is_done = false;

	for (long n = 0; n < 10000 && !is_done; n++)
	{
		wrong += !DzSign(signer, in, &out) ||
				 strcmp(out.authorization, expected) != 0;
		until_failure = n;
		if (DzSign(signer, in, &out))
			wrong += strcmp(out.authorization, expected) != 0;
		is_done = until_failure >= 0;
		until_failure = -1;
	}
	tap_ok(is_done, "each allocation with a key at hand was made to fail");
	tap_int(wrong, 0, "the signer signs as before each time");
	DzSignerFree(signer);
}

/* A change of credentials that fails half-way must not leave a mixture. */
static void
test_change_of_key(const DzSignInput *in, const char *expected)
{
	DzSigner *signer = DzSignerCreate();
	DzSignInput other = *in;
	DzSignOutput out;
	int wrong = 0;
	bool is_done = false;

	other.secret_access_key = "another secret";
	for (long n = 0; n < 10000 && !is_done; n++)
	{
		wrong += !DzSign(signer, in, &out) ||
				 strcmp(out.authorization, expected) != 0;
		until_failure = n;
		if (DzSign(signer, &other, &out))
			wrong += strcmp(out.authorization, expected) == 0;
		is_done = until_failure >= 0;
		until_failure = -1;
	}
	tap_ok(is_done, "each allocation of a change of key was made to fail");
	tap_int(wrong, 0, "the old credentials sign as before each time");
	DzSignerFree(signer);
}

/* A key that could not be set must not leave the old one in use. */
static void
test_hmac_key(void)
{
	DzHasher *hasher = DzHasherCreate();
	unsigned char digest[DZ_SHA256_LEN];
	int refused = 0;
	int in_use = 0;
	bool is_done = false;

	for (long n = 0; n < 1000 && !is_done && hasher != NULL; n++)
	{
		bool is_ok = DzHmacSetKey(hasher, "old key", 7);

		until_failure = n;
		is_ok = is_ok && DzHmacSetKey(hasher, "new key", 7);
		is_done = until_failure >= 0;
		until_failure = -1;
		refused += !is_ok;
		in_use += !is_ok && DzHmac(hasher, "data", 4, digest);
	}
	tap_ok(is_done && refused > 0, "setting a key may fail");
	tap_int(in_use, 0, "the key before it is not used then");
	DzHasherFree(hasher);
}

int
main(void)
{
	DzSignInput in = make_input();
	DzSigner *signer;
	DzSignOutput out;
	char *expected = NULL;

	if (!tap_ok(CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc,
										 openssl_free) == 1,
				"OpenSSL takes our allocators"))
		return tap_done();
	signer = DzSignerCreate();
	if (signer != NULL && DzSign(signer, &in, &out))
		expected = strdup(out.authorization);
	tap_ok(expected != NULL, "sign with enough memory");
	DzSignerFree(signer);

	if (expected != NULL)
	{
		test_first_signature(&in, expected);
		test_next_signature(&in, expected);
		test_change_of_key(&in, expected);
	}
	free(expected);
	test_hmac_key();

	return tap_done();
}
