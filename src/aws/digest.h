/*-------------------------------------------------------------------------
 *
 * digest.h
 *		SHA-256 and HMAC-SHA-256 at the price of the hashing itself.
 *
 * OpenSSL 3 looks an algorithm up by name at each one-shot call, which costs
 * more than hashing a short text.  A *hasher* therefore keeps one context of
 * each kind, made from algorithms that were fetched once per process.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_DIGEST_H
#define DATAZONE_AWS_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define DZ_SHA256_LEN 32
#define DZ_SHA256_HEX_SIZE (2 * DZ_SHA256_LEN + 1)

typedef struct DzHasher DzHasher;

/*
 * Make a hasher; NULL: out of memory, or OpenSSL lacks SHA-256 or HMAC.  Must
 * not be called before the process has forked for the last time.
 */
extern DzHasher *DzHasherCreate(void);

/* Free, with the key in it; OpenSSL wipes that.  NULL is allowed. */
extern void DzHasherFree(DzHasher *hasher);

/*
 * Each of these returns false if OpenSSL fails, with its error queue cleared,
 * so that PostgreSQL's own TLS code does not report our error.
 */
extern bool DzSha256(DzHasher *hasher, const void *data, size_t len,
					 unsigned char digest[DZ_SHA256_LEN]);

/*
 * Set the key of the calls of DzHmac() that follow.  After a failure of either
 * function there is no key, and DzHmac() fails until one has been set.
 */
extern bool DzHmacSetKey(DzHasher *hasher, const void *key, size_t len);
extern bool DzHmac(DzHasher *hasher, const void *data, size_t len,
				   unsigned char digest[DZ_SHA256_LEN]);

/* Lower-case hex, NUL-terminated. */
extern void DzSha256Hex(const unsigned char digest[DZ_SHA256_LEN],
						char hex[DZ_SHA256_HEX_SIZE]);

#endif /* DATAZONE_AWS_DIGEST_H */
