/*-------------------------------------------------------------------------
 *
 * digest.c
 *		SHA-256 and HMAC-SHA-256 at the price of the hashing itself.
 *
 * EVP_MAC_init() with a NULL key is meant to start anew with the key that the
 * context holds.  Providers have differed in that, and a wrong signature would
 * be refused by the service with no hint of the cause.  So the first hasher of
 * a process tries it on a published vector; where it does not hold, each hasher
 * keeps its key and passes it at every start, which is slower but sure.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/digest.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

struct DzHasher
{
	EVP_MD_CTX *md_ctx;
	EVP_MAC_CTX *mac_ctx; /* holds the key; NULL after a failure */
	bool has_key;

	/* only where a context cannot be started with the key it holds */
	unsigned char *key;
	size_t key_len;
};

/* Fetched once per process and never freed. */
static EVP_MD *sha256 = NULL;
static EVP_MAC *hmac = NULL;
static bool hmac_restarts = false;

static bool fetch_algorithms(void);
static DzHasher *new_hasher(void);
static EVP_MAC_CTX *new_mac_ctx(void);
static bool check_restart(void);
static bool start_hmac(DzHasher *hasher, const void *key, size_t len);
static bool keep_key(DzHasher *hasher, const void *key, size_t len);
static void forget_key(DzHasher *hasher);
static void give_up_hmac(DzHasher *hasher);

DzHasher *
DzHasherCreate(void)
{
	DzHasher *hasher = fetch_algorithms() ? new_hasher() : NULL;

	if (hasher == NULL)
		ERR_clear_error();

	return hasher;
}

void
DzHasherFree(DzHasher *hasher)
{
	if (hasher == NULL)
		return;
	forget_key(hasher);
	EVP_MAC_CTX_free(hasher->mac_ctx);
	EVP_MD_CTX_free(hasher->md_ctx);
	free(hasher);
}

bool
DzSha256(DzHasher *hasher, const void *data, size_t len,
		 unsigned char digest[DZ_SHA256_LEN])
{
	if (EVP_DigestInit_ex2(hasher->md_ctx, sha256, NULL) == 1 &&
		EVP_DigestUpdate(hasher->md_ctx, data, len) == 1 &&
		EVP_DigestFinal_ex(hasher->md_ctx, digest, NULL) == 1)
		return true;

	ERR_clear_error();
	return false;
}

bool
DzHmacSetKey(DzHasher *hasher, const void *key, size_t len)
{
	forget_key(hasher);
	if (hasher->mac_ctx == NULL)
		hasher->mac_ctx = new_mac_ctx();
	if (hasher->mac_ctx != NULL &&
		(hmac_restarts || keep_key(hasher, key, len)) &&
		start_hmac(hasher, key, len))
	{
		hasher->has_key = true;
		return true;
	}

	give_up_hmac(hasher);
	return false;
}

bool
DzHmac(DzHasher *hasher, const void *data, size_t len,
	   unsigned char digest[DZ_SHA256_LEN])
{
	size_t digest_len;

	/* with hmac_restarts, "key" is NULL: start with the key it holds */
	if (hasher->has_key && start_hmac(hasher, hasher->key, hasher->key_len) &&
		EVP_MAC_update(hasher->mac_ctx, data, len) == 1 &&
		EVP_MAC_final(hasher->mac_ctx, digest, &digest_len, DZ_SHA256_LEN) ==
			1)
		return true;

	give_up_hmac(hasher);
	return false;
}

void
DzSha256Hex(const unsigned char digest[DZ_SHA256_LEN],
			char hex[DZ_SHA256_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	char *p = hex;

	for (int i = 0; i < DZ_SHA256_LEN; i++)
	{
		*p++ = digits[digest[i] >> 4];
		*p++ = digits[digest[i] & 0x0f];
	}
	*p = '\0';
}

static bool
fetch_algorithms(void)
{
	if (sha256 != NULL && hmac != NULL)
		return true;

	if (sha256 == NULL)
		sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (hmac == NULL)
		hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	if (sha256 == NULL || hmac == NULL)
		return false;

	hmac_restarts = check_restart();
	return true;
}

static DzHasher *
new_hasher(void)
{
	DzHasher *hasher = calloc(1, sizeof(DzHasher));

	if (hasher == NULL)
		return NULL;

	hasher->md_ctx = EVP_MD_CTX_new();
	hasher->mac_ctx = new_mac_ctx();
	if (hasher->md_ctx == NULL || hasher->mac_ctx == NULL)
	{
		DzHasherFree(hasher);
		return NULL;
	}

	return hasher;
}

static EVP_MAC_CTX *
new_mac_ctx(void)
{
	EVP_MAC_CTX *ctx = EVP_MAC_CTX_new(hmac);
	char name[] = "SHA256";
	OSSL_PARAM params[2];

	params[0] =
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0);
	params[1] = OSSL_PARAM_construct_end();
	if (ctx != NULL && EVP_MAC_CTX_set_params(ctx, params) != 1)
	{
		EVP_MAC_CTX_free(ctx);
		ctx = NULL;
	}

	return ctx;
}

/*
 * Whether a context started with a NULL key gives the right MAC again: test
 * case 2 of RFC 4231, twice.  DZ_HMAC_ASSUME_NO_RESTART is for the unit tests
 * of the other way.
 */
static bool
check_restart(void)
{
#ifdef DZ_HMAC_ASSUME_NO_RESTART
	return false;
#else
	static const char data[] = "what do ya want for nothing?";
	static const char expected[] =
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
	DzHasher *hasher = new_hasher();
	unsigned char digest[DZ_SHA256_LEN];
	char hex[DZ_SHA256_HEX_SIZE];
	bool is_right;

	/* this makes DzHmac() try without a key */
	hmac_restarts = true;
	is_right = hasher != NULL && DzHmacSetKey(hasher, "Jefe", 4);
	for (int round = 0; round < 2 && is_right; round++)
	{
		is_right = DzHmac(hasher, data, strlen(data), digest);
		if (is_right)
			DzSha256Hex(digest, hex);
		is_right = is_right && strcmp(hex, expected) == 0;
	}
	DzHasherFree(hasher);
	ERR_clear_error();

	return is_right;
#endif
}

/* A NULL key means the one that the context holds. */
static bool
start_hmac(DzHasher *hasher, const void *key, size_t len)
{
	return EVP_MAC_init(hasher->mac_ctx, key, len, NULL) == 1;
}

static bool
keep_key(DzHasher *hasher, const void *key, size_t len)
{
	hasher->key = malloc(len > 0 ? len : 1);
	if (hasher->key == NULL)
		return false;
	memcpy(hasher->key, key, len);
	hasher->key_len = len;

	return true;
}

static void
forget_key(DzHasher *hasher)
{
	if (hasher->key != NULL)
		OPENSSL_cleanse(hasher->key, hasher->key_len);
	free(hasher->key);
	hasher->key = NULL;
	hasher->key_len = 0;
	hasher->has_key = false;
}

/*
 * After a failure, begin with a new context: it may be half made, and to start
 * such a one again crashes in OpenSSL 3.5 (openssl/openssl#31831), where the
 * inner digest has an algorithm and no state.  The key goes with it.
 */
static void
give_up_hmac(DzHasher *hasher)
{
	forget_key(hasher);
	EVP_MAC_CTX_free(hasher->mac_ctx);
	hasher->mac_ctx = NULL;
	ERR_clear_error();
}
