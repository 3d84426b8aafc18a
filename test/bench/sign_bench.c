/*-------------------------------------------------------------------------
 *
 * sign_bench.c
 *		One signature against the hashing that no signature can do without.
 *
 *		sign_bench ROUNDS COUNT
 *
 * Prints a line a round: microseconds of one DzSign() of a 2 KB request with
 * the signing key at hand, and of SHA-256 of its body, SHA-256 of its
 * canonical request and HMAC of its string to sign, done with OpenSSL
 * directly.  The two take turns, so that both meet the same machine.
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/params.h>

#include "aws/sigv4.h"

#define BODY_LEN 2048

static void
fail(const char *what)
{
	fprintf(stderr, "sign_bench: %s\n", what);
	exit(1);
}

static double
now_us(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static double
time_signing(DzSigner *signer, const DzSignInput *in, long count)
{
	DzSignOutput out;
	double began = now_us();

	for (long i = 0; i < count; i++)
		if (!DzSign(signer, in, &out))
			fail("cannot sign");
	return (now_us() - began) / (double) count;
}

static void
hash(EVP_MD_CTX *ctx, const EVP_MD *md, const void *data, size_t len)
{
	unsigned char digest[EVP_MAX_MD_SIZE];

	if (EVP_DigestInit_ex2(ctx, md, NULL) != 1 ||
		EVP_DigestUpdate(ctx, data, len) != 1 ||
		EVP_DigestFinal_ex(ctx, digest, NULL) != 1)
		fail("cannot hash");
}

static void
authenticate(EVP_MAC_CTX *ctx, const void *data, size_t len)
{
	unsigned char mac[EVP_MAX_MD_SIZE];
	size_t mac_len;

	if (EVP_MAC_init(ctx, NULL, 0, NULL) != 1 ||
		EVP_MAC_update(ctx, data, len) != 1 ||
		EVP_MAC_final(ctx, mac, &mac_len, sizeof(mac)) != 1)
		fail("cannot authenticate");
}

static EVP_MAC_CTX *
keyed_mac(void)
{
	static const unsigned char key[32] = "what a derived key looks like..";
	char name[] = "SHA256";
	OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string("digest", name, 0),
						   OSSL_PARAM_construct_end()};
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *ctx = EVP_MAC_CTX_new(mac);

	if (ctx == NULL || EVP_MAC_init(ctx, key, sizeof(key), params) != 1)
		fail("OpenSSL has no HMAC");
	EVP_MAC_free(mac);
	return ctx;
}

static double
time_hashing(const DzSigner *signer, const DzSignInput *in, EVP_MD_CTX *md_ctx,
			 const EVP_MD *md, EVP_MAC_CTX *mac_ctx, long count)
{
	const char *canonical = DzSignerCanonicalRequest(signer);
	const char *to_sign = DzSignerStringToSign(signer);
	size_t canonical_len = strlen(canonical);
	size_t to_sign_len = strlen(to_sign);
	double began = now_us();

	for (long i = 0; i < count; i++)
	{
		hash(md_ctx, md, in->body, in->body_len);
		hash(md_ctx, md, canonical, canonical_len);
		authenticate(mac_ctx, to_sign, to_sign_len);
	}
	return (now_us() - began) / (double) count;
}

int
main(int argc, char **argv)
{
	static char body[BODY_LEN];
	DzSignHeader headers[] = {
		{"host", "datazone.eu-west-1.api.aws"},
		{"Client-Token", "01941f29-7c00-4000-8000-000000000001"},
		{"Content-Type", "application/octet-stream"}};
	DzSignInput in = {
		.method = "POST",
		.path = "/v2/domains/dzd_benchmark/lineage/events",
		.query = "clientToken=01941f29-7c00-4000-8000-000000000001",
		.headers = headers,
		.nheaders = 3,
		.body = body,
		.body_len = sizeof(body),
		.region = "eu-west-1",
		.service = "datazone",
		.access_key_id = "AKIDEXAMPLE",
		.secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
		.unix_time = 1767225600};
	long rounds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	long count = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
	DzSigner *signer = DzSignerCreate();
	EVP_MD *md = EVP_MD_fetch(NULL, "SHA256", NULL);
	EVP_MD_CTX *md_ctx = EVP_MD_CTX_new();
	EVP_MAC_CTX *mac_ctx = keyed_mac();

	if (rounds < 1 || count < 1)
		fail("usage: sign_bench ROUNDS COUNT");
	if (signer == NULL || md == NULL || md_ctx == NULL)
		fail("out of memory");
	memset(body, 'x', sizeof(body));

	(void) time_signing(signer, &in, 1000); /* derives the key */
	for (long i = 0; i < rounds; i++)
	{
		double signing = time_signing(signer, &in, count);
		double hashing = time_hashing(signer, &in, md_ctx, md, mac_ctx, count);

		printf("%.4f %.4f\n", signing, hashing);
	}

	DzSignerFree(signer);
	EVP_MAC_CTX_free(mac_ctx);
	EVP_MD_CTX_free(md_ctx);
	EVP_MD_free(md);
	return 0;
}
