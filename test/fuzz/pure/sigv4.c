/*-------------------------------------------------------------------------
 *
 * sigv4.c
 *		Fuzz: signatures of requests of any form.
 *
 * The signer keeps its key and its memory between requests.  So each request
 * is signed by one that has signed all before and by a new one, and by a
 * third way: OpenSSL's own functions over what was to be signed.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/sigv4.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "fuzz.h"

#define MAX_HEADERS 8
#define MAX_TEXTS (8 + 2 * MAX_HEADERS)

static int read_input(DzSignInput *in, DzSignHeader *headers, char **texts,
					  const uint8_t *data, size_t size);
static void check_signature(const DzSigner *signer, const DzSignInput *in,
							const DzSignOutput *out);
static void hash_hex(const void *data, size_t len, char *hex);
static void signature_hex(const DzSignInput *in, const char *date,
						  const char *string_to_sign, char *hex);
static void to_hex(const unsigned char *digest, char *hex);
static bool has_suffix(const char *text, const char *suffix);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static DzSigner *kept = NULL;
	DzSigner *fresh = DzSignerCreate();
	DzSignHeader headers[MAX_HEADERS];
	char *texts[MAX_TEXTS] = {0};
	DzSignInput in = {0};
	DzSignOutput out;
	int ntexts = read_input(&in, headers, texts, data, size);

	if (kept == NULL)
		kept = DzSignerCreate();
	REQUIRE(kept != NULL && fresh != NULL);
	if (DzSign(kept, &in, &out))
	{
		char *first = strdup(out.authorization);

		check_signature(kept, &in, &out);
		REQUIRE(DzSign(fresh, &in, &out));
		REQUIRE(first != NULL && strcmp(first, out.authorization) == 0);
		REQUIRE(DzSign(kept, &in, &out));
		REQUIRE(strcmp(first, out.authorization) == 0);
		free(first);
	}
	else
		REQUIRE(out.authorization == NULL && !DzSign(fresh, &in, &out));

	DzSignerFree(fresh);
	for (int i = 0; i < ntexts; i++)
		free(texts[i]);
	return 0;
}

/* Flags, a time, texts with a NUL behind each; what is left is the body. */
static int
read_input(DzSignInput *in, DzSignHeader *headers, char **texts,
		   const uint8_t *data, size_t size)
{
	uint8_t flags = fuzz_byte(&data, &size);
	int n = 0;

	in->keep_path = flags & 1;
	in->sign_payload_header = flags & 2;
	in->omit_session_token = flags & 4;
	for (int i = 0; i < (flags & 8 ? 8 : 4); i++)
		in->unix_time = (int64_t) ((uint64_t) in->unix_time << 8 |
								   fuzz_byte(&data, &size));
	in->nheaders = fuzz_byte(&data, &size) % (MAX_HEADERS + 1);

	while (n < 8 + 2 * in->nheaders)
		texts[n++] = fuzz_text(&data, &size);
	in->method = texts[0];
	in->path = texts[1];
	in->query = flags & 16 ? NULL : texts[2];
	in->region = texts[3];
	in->service = texts[4];
	in->access_key_id = texts[5];
	in->secret_access_key = texts[6];
	in->session_token = flags & 32 ? NULL : texts[7];
	for (int i = 0; i < in->nheaders; i++)
		headers[i] = (DzSignHeader){texts[8 + 2 * i], texts[9 + 2 * i]};
	in->headers = headers;
	in->body = data;
	in->body_len = size;
	return n;
}

static void
check_signature(const DzSigner *signer, const DzSignInput *in,
				const DzSignOutput *out)
{
	const char *canonical = DzSignerCanonicalRequest(signer);
	const char *string_to_sign = DzSignerStringToSign(signer);
	char hex[2 * SHA256_DIGEST_LENGTH + 1];

	hash_hex(in->body, in->body_len, hex);
	REQUIRE(strcmp(out->payload_sha256, hex) == 0);
	REQUIRE(strncmp(canonical, in->method, strlen(in->method)) == 0);
	REQUIRE(has_suffix(canonical, hex));
	hash_hex(canonical, strlen(canonical), hex);
	REQUIRE(has_suffix(string_to_sign, hex));
	signature_hex(in, out->amz_date, string_to_sign, hex);
	REQUIRE(has_suffix(out->authorization, hex));
}

static void
hash_hex(const void *data, size_t len, char *hex)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];

	REQUIRE(SHA256(data, len, digest) != NULL);
	to_hex(digest, hex);
}

/* The chain of keys as the guide writes it, without a cache. */
static void
signature_hex(const DzSignInput *in, const char *date,
			  const char *string_to_sign, char *hex)
{
	const char *steps[] = {date, in->region, in->service, "aws4_request",
						   string_to_sign};
	size_t len = strlen("AWS4") + strlen(in->secret_access_key);
	char *first = fuzz_alloc(len + 1);
	unsigned char key[EVP_MAX_MD_SIZE];
	unsigned int key_len = 0;

	(void) snprintf(first, len + 1, "AWS4%s", in->secret_access_key);
	for (int i = 0; i < 5; i++)
	{
		unsigned char digest[EVP_MAX_MD_SIZE];

		REQUIRE(HMAC(EVP_sha256(), i == 0 ? (const void *) first : key,
					 i == 0 ? (int) len : (int) key_len,
					 (const unsigned char *) steps[i],
					 i == 0 ? 8 : strlen(steps[i]), digest, &key_len) != NULL);
		memcpy(key, digest, key_len);
	}
	free(first);
	to_hex(key, hex);
}

static void
to_hex(const unsigned char *digest, char *hex)
{
	for (int i = 0; i < SHA256_DIGEST_LENGTH; i++)
		(void) snprintf(hex + (size_t) 2 * i, 3, "%02x", digest[i]);
}

static bool
has_suffix(const char *text, const char *suffix)
{
	size_t len = strlen(text);
	size_t suffix_len = strlen(suffix);

	return len >= suffix_len && strcmp(text + len - suffix_len, suffix) == 0;
}
