/*-------------------------------------------------------------------------
 *
 * digest_test.c
 *		SHA-256 and HMAC with contexts that are used again and again.
 *
 * Built twice: the second time as for an OpenSSL whose HMAC context cannot be
 * restarted with the key it holds.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/digest.h"

#include <stdlib.h>

#include <openssl/err.h>

#include "tap.h"

static char hex[DZ_SHA256_HEX_SIZE];

static const char *
sha256_of(DzHasher *hasher, const void *data, size_t len)
{
	unsigned char digest[DZ_SHA256_LEN];

	if (!DzSha256(hasher, data, len, digest))
		return "failed";
	DzSha256Hex(digest, hex);

	return hex;
}

static const char *
hmac_of(DzHasher *hasher, const void *data, size_t len)
{
	unsigned char digest[DZ_SHA256_LEN];

	if (!DzHmac(hasher, data, len, digest))
		return "failed";
	DzSha256Hex(digest, hex);

	return hex;
}

static void
test_sha256(DzHasher *hasher)
{
	size_t len = 1000000;
	char *a = tap_alloc(len);

	memset(a, 'a', len);
	tap_text(sha256_of(hasher, "abc", 3),
			 "ba7816bf8f01cfea414140de5dae2223"
			 "b00361a396177a9cb410ff61f20015ad",
			 "SHA-256 of abc");
	tap_text(sha256_of(hasher, "", 0),
			 "e3b0c44298fc1c149afbf4c8996fb924"
			 "27ae41e4649b934ca495991b7852b855",
			 "of nothing");
	tap_text(sha256_of(hasher, NULL, 0),
			 "e3b0c44298fc1c149afbf4c8996fb924"
			 "27ae41e4649b934ca495991b7852b855",
			 "of nothing at no address");
	tap_text(sha256_of(hasher, a, len),
			 "cdc76e5c9914fb9281a1c7e284d73e67"
			 "f1809a48a497200e046d39ccc7112cd0",
			 "of a million a");
	free(a);
}

/* RFC 4231, test cases 1, 2 and 6. */
static void
test_hmac(DzHasher *hasher)
{
	static const char large[] =
		"Test Using Larger Than Block-Size Key - Hash Key First";
	static const char jefe[] = "what do ya want for nothing?";
	unsigned char key[131];

	tap_text(hmac_of(hasher, "x", 1), "failed", "no HMAC without a key");

	memset(key, 0x0b, 20);
	tap_ok(DzHmacSetKey(hasher, key, 20), "a key of 20 bytes");
	for (int i = 0; i < 3; i++)
		tap_text(hmac_of(hasher, "Hi There", 8),
				 "b0344c61d8db38535ca8afceaf0bf12b"
				 "881dc200c9833da726e9376c2e32cff7",
				 "its HMAC, time %d", i + 1);

	memset(key, 0xaa, sizeof(key));
	tap_ok(DzHmacSetKey(hasher, key, sizeof(key)), "a key of 131 bytes");
	memset(key, 0, sizeof(key)); /* it is not needed any more */
	tap_text(hmac_of(hasher, large, strlen(large)),
			 "60e431591ee0b67f0d8a26aacbf5b77f"
			 "8e0bc6213728c5140546040f0ee37f54",
			 "its HMAC");
	tap_ok(strcmp(sha256_of(hasher, "abc", 3), "failed") != 0,
		   "hashing in between");
	tap_text(hmac_of(hasher, large, strlen(large)),
			 "60e431591ee0b67f0d8a26aacbf5b77f"
			 "8e0bc6213728c5140546040f0ee37f54",
			 "changes nothing");

	tap_ok(DzHmacSetKey(hasher, "Jefe", 4), "a shorter key after it");
	tap_text(hmac_of(hasher, jefe, strlen(jefe)),
			 "5bdcc146bf60754e6a042426089575c7"
			 "5a003f089d2739839dec58b964ec3843",
			 "its HMAC");
	tap_text(hmac_of(hasher, NULL, 0),
			 "923598ca6d64af2a5dba79dcd021a8a0"
			 "fe5c5f557519adaaf0ad532d4506dd30",
			 "its HMAC of nothing");
}

int
main(void)
{
	DzHasher *hasher = DzHasherCreate();
	DzHasher *other = DzHasherCreate();

	if (!tap_ok(hasher != NULL && other != NULL, "make two hashers"))
		return tap_done();
	test_sha256(hasher);
	test_hmac(hasher);
	tap_text(hmac_of(other, "x", 1), "failed", "keys are each hasher's own");
	tap_int((int64_t) ERR_peek_error(), 0, "OpenSSL's error queue is empty");
	DzHasherFree(hasher);
	DzHasherFree(other);
	DzHasherFree(NULL);

	return tap_done();
}
