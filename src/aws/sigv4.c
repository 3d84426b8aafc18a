/*-------------------------------------------------------------------------
 *
 * sigv4.c
 *		AWS Signature Version 4 in the Authorization header.
 *
 * libcurl can sign, too, but many of its releases encode DataZone's paths or
 * queries otherwise than the service does.  Signing is also on the way of each
 * attempt of each request, so it is built to cost little more than the hashing
 * itself: the signing key and all memory stay with the signer.
 *
 * The canonical request, the string to sign and the Authorization value are
 * built in buffers that only grow; a failure to grow is asked for once, before
 * a buffer's contents are used.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/sigv4.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "aws/ascii.h"
#include "aws/buffer.h"
#include "aws/digest.h"
#include "aws/timestamp.h"
#include "aws/uri.h"

#define ALGORITHM "AWS4-HMAC-SHA256"
#define SCOPE_END "aws4_request"
#define DATE_LEN 8 /* YYYYMMDD, the beginning of x-amz-date */

/* A header to be signed; the lower-case name lies in the signer's "names". */
typedef struct SignedHeader
{
	const char *name;
	size_t name_at;
	size_t name_len;
	const char *value;
	size_t order; /* as given: repeated names keep it */
} SignedHeader;

struct DzSigner
{
	DzHasher *hasher; /* holds the signing key */

	/*
	 * What the signing key was derived from: access key id, date, Region and
	 * service, each with its NUL, and the secret's digest.  The digest, so
	 * that no copy of the secret is kept.  Empty: there is no key.
	 */
	DzBuffer key_source;
	unsigned char key_secret[DZ_SHA256_LEN];

	/* scratch */
	DzBuffer wanted_source;
	DzBuffer names;
	SignedHeader *headers;
	size_t nheaders;
	size_t maxheaders;
	DzUriQuery query;

	/* results */
	DzBuffer canonical;
	size_t signed_names_at; /* in "canonical" */
	size_t signed_names_len;
	DzBuffer string_to_sign;
	DzBuffer authorization;
};

static bool format_date(int64_t unix_time, char *amz_date);
static bool hash_hex(DzSigner *signer, const void *data, size_t len,
					 char *hex);
static bool build_canonical(DzSigner *signer, const DzSignInput *in,
							const DzSignOutput *out);
static bool collect_headers(DzSigner *signer, const DzSignInput *in,
							const DzSignOutput *out);
static bool add_header(DzSigner *signer, const char *name, const char *value);
static int compare_headers(const void *a, const void *b);
static bool same_name(const SignedHeader *a, const SignedHeader *b);
static void append_headers(DzSigner *signer);
static void append_value(DzBuffer *out, const char *value);
static bool is_space(char c);
static void append_scope(DzBuffer *out, const DzSignInput *in,
						 const char *amz_date);
static bool build_string_to_sign(DzSigner *signer, const DzSignInput *in,
								 const char *amz_date);
static bool ensure_key(DzSigner *signer, const DzSignInput *in,
					   const char *amz_date);
static bool derive_key(DzHasher *hasher, const DzSignInput *in,
					   const char *amz_date);
static bool set_first_key(DzHasher *hasher, const char *secret);
static bool build_authorization(DzSigner *signer, const DzSignInput *in,
								const char *amz_date);

DzSigner *
DzSignerCreate(void)
{
	DzSigner *signer = calloc(1, sizeof(DzSigner));

	if (signer == NULL)
		return NULL;
	signer->hasher = DzHasherCreate();
	if (signer->hasher == NULL)
	{
		free(signer);
		return NULL;
	}

	return signer;
}

void
DzSignerFree(DzSigner *signer)
{
	if (signer == NULL)
		return;
	DzHasherFree(signer->hasher);
	DzBufferFree(&signer->key_source);
	DzBufferFree(&signer->wanted_source);
	DzBufferFree(&signer->names);
	free(signer->headers);
	DzUriQueryFree(&signer->query);
	DzBufferFree(&signer->canonical);
	DzBufferFree(&signer->string_to_sign);
	DzBufferFree(&signer->authorization);
	OPENSSL_cleanse(signer, sizeof(DzSigner));
	free(signer);
}

bool
DzSign(DzSigner *signer, const DzSignInput *in, DzSignOutput *out)
{
	out->authorization = NULL;

	if (!format_date(in->unix_time, out->amz_date) ||
		!hash_hex(signer, in->body, in->body_len, out->payload_sha256) ||
		!build_canonical(signer, in, out) ||
		!build_string_to_sign(signer, in, out->amz_date) ||
		!ensure_key(signer, in, out->amz_date) ||
		!build_authorization(signer, in, out->amz_date))
		return false;

	out->authorization = signer->authorization.data;
	return true;
}

const char *
DzSignerCanonicalRequest(const DzSigner *signer)
{
	return signer->canonical.data != NULL ? signer->canonical.data : "";
}

const char *
DzSignerStringToSign(const DzSigner *signer)
{
	return signer->string_to_sign.data != NULL ? signer->string_to_sign.data
											   : "";
}

static bool
format_date(int64_t unix_time, char *amz_date)
{
	char text[DZ_TIMESTAMP_MAX];
	int len;

	if (unix_time > INT64_MAX / 1000000 || unix_time < INT64_MIN / 1000000)
		return false;
	len = DzTimestampFormatBasic(unix_time * 1000000, text);
	if (len <= 0)
		return false;
	memcpy(amz_date, text, (size_t) len + 1);

	return true;
}

static bool
hash_hex(DzSigner *signer, const void *data, size_t len, char *hex)
{
	unsigned char digest[DZ_SHA256_LEN];

	if (!DzSha256(signer->hasher, data, len, digest))
		return false;
	DzSha256Hex(digest, hex);

	return true;
}

static bool
build_canonical(DzSigner *signer, const DzSignInput *in,
				const DzSignOutput *out)
{
	DzBuffer *buf = &signer->canonical;

	if (!collect_headers(signer, in, out))
		return false;

	DzBufferReset(buf);
	DzBufferAppendText(buf, in->method);
	DzBufferAppendChar(buf, '\n');
	DzUriCanonicalPath(buf, in->path, in->keep_path);
	DzBufferAppendChar(buf, '\n');
	if (in->query != NULL)
		DzUriCanonicalQuery(buf, in->query, &signer->query);
	DzBufferAppendChar(buf, '\n');
	append_headers(signer);
	DzBufferAppendChar(buf, '\n');
	DzBufferAppendText(buf, out->payload_sha256);

	return !buf->failed;
}

/* All headers to be signed, with lower-case names, sorted. */
static bool
collect_headers(DzSigner *signer, const DzSignInput *in,
				const DzSignOutput *out)
{
	bool ok = true;

	signer->nheaders = 0;
	DzBufferReset(&signer->names);

	for (int i = 0; i < in->nheaders && ok; i++)
		ok = add_header(signer, in->headers[i].name, in->headers[i].value);
	ok = ok && add_header(signer, "x-amz-date", out->amz_date);
	if (in->session_token != NULL && !in->omit_session_token)
		ok = ok &&
			 add_header(signer, "x-amz-security-token", in->session_token);
	if (in->sign_payload_header)
		ok = ok &&
			 add_header(signer, "x-amz-content-sha256", out->payload_sha256);
	if (!ok)
		return false;

	/* the names have stopped moving */
	for (size_t i = 0; i < signer->nheaders; i++)
		signer->headers[i].name =
			signer->names.data + signer->headers[i].name_at;
	qsort(signer->headers, signer->nheaders, sizeof(SignedHeader),
		  compare_headers);

	return true;
}

static bool
add_header(DzSigner *signer, const char *name, const char *value)
{
	DzBuffer *names = &signer->names;
	size_t len = strlen(name);
	SignedHeader *header;

	if (signer->nheaders == signer->maxheaders)
	{
		size_t max = signer->maxheaders > 0 ? signer->maxheaders * 2 : 16;
		SignedHeader *headers =
			realloc(signer->headers, max * sizeof(SignedHeader));

		if (headers == NULL)
			return false;
		signer->headers = headers;
		signer->maxheaders = max;
	}

	header = &signer->headers[signer->nheaders];
	header->name_at = names->len;
	header->name_len = len;
	header->value = value;
	header->order = signer->nheaders;
	signer->nheaders++;

	if (!DzBufferReserve(names, len))
		return false;
	for (size_t i = 0; i < len; i++)
		names->data[names->len++] = DzLower(name[i]);
	names->data[names->len] = '\0';

	return true;
}

static int
compare_headers(const void *a, const void *b)
{
	const SignedHeader *x = a;
	const SignedHeader *y = b;
	size_t len = x->name_len < y->name_len ? x->name_len : y->name_len;
	int order = memcmp(x->name, y->name, len);

	if (order != 0)
		return order;
	if (x->name_len != y->name_len)
		return x->name_len < y->name_len ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static bool
same_name(const SignedHeader *a, const SignedHeader *b)
{
	return a->name_len == b->name_len &&
		   memcmp(a->name, b->name, a->name_len) == 0;
}

/* One line per name, an empty line, and the names again. */
static void
append_headers(DzSigner *signer)
{
	DzBuffer *buf = &signer->canonical;
	const SignedHeader *headers = signer->headers;

	for (size_t i = 0; i < signer->nheaders; i++)
	{
		if (i > 0 && same_name(&headers[i - 1], &headers[i]))
		{
			buf->len -= buf->failed ? 0 : 1; /* the line goes on */
			DzBufferAppendChar(buf, ',');
		}
		else
		{
			DzBufferAppend(buf, headers[i].name, headers[i].name_len);
			DzBufferAppendChar(buf, ':');
		}
		append_value(buf, headers[i].value);
		DzBufferAppendChar(buf, '\n');
	}

	DzBufferAppendChar(buf, '\n');
	signer->signed_names_at = buf->len;
	for (size_t i = 0; i < signer->nheaders; i++)
	{
		if (i > 0 && same_name(&headers[i - 1], &headers[i]))
			continue;
		if (i > 0)
			DzBufferAppendChar(buf, ';');
		DzBufferAppend(buf, headers[i].name, headers[i].name_len);
	}
	signer->signed_names_len = buf->len - signer->signed_names_at;
}

/* The value trimmed, each run of white space in it as one space. */
static void
append_value(DzBuffer *out, const char *value)
{
	const char *p = value;

	while (is_space(*p))
		p++;
	while (*p != '\0')
	{
		const char *word = p;

		while (*p != '\0' && !is_space(*p))
			p++;
		DzBufferAppend(out, word, (size_t) (p - word));
		while (is_space(*p))
			p++;
		if (*p != '\0')
			DzBufferAppendChar(out, ' ');
	}
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* YYYYMMDD/region/service/aws4_request */
static void
append_scope(DzBuffer *out, const DzSignInput *in, const char *amz_date)
{
	DzBufferAppend(out, amz_date, DATE_LEN);
	DzBufferAppendChar(out, '/');
	DzBufferAppendText(out, in->region);
	DzBufferAppendChar(out, '/');
	DzBufferAppendText(out, in->service);
	DzBufferAppendText(out, "/" SCOPE_END);
}

static bool
build_string_to_sign(DzSigner *signer, const DzSignInput *in,
					 const char *amz_date)
{
	DzBuffer *buf = &signer->string_to_sign;
	char hex[DZ_SHA256_HEX_SIZE];

	if (!hash_hex(signer, signer->canonical.data, signer->canonical.len, hex))
		return false;

	DzBufferReset(buf);
	DzBufferAppendText(buf, ALGORITHM "\n");
	DzBufferAppendText(buf, amz_date);
	DzBufferAppendChar(buf, '\n');
	append_scope(buf, in, amz_date);
	DzBufferAppendChar(buf, '\n');
	DzBufferAppendText(buf, hex);

	return !buf->failed;
}

/*
 * Have the hasher hold the signing key that "in" needs.  A change of any part
 * that the key depends on, the secret included, derives it anew.
 */
static bool
ensure_key(DzSigner *signer, const DzSignInput *in, const char *amz_date)
{
	DzBuffer *wanted = &signer->wanted_source;
	DzBuffer *held = &signer->key_source;
	unsigned char secret[DZ_SHA256_LEN];
	DzBuffer old;

	if (!DzSha256(signer->hasher, in->secret_access_key,
				  strlen(in->secret_access_key), secret))
		return false;

	/* with their NULs, so that no two sets of parts look the same */
	DzBufferReset(wanted);
	DzBufferAppend(wanted, in->access_key_id, strlen(in->access_key_id) + 1);
	DzBufferAppend(wanted, in->region, strlen(in->region) + 1);
	DzBufferAppend(wanted, in->service, strlen(in->service) + 1);
	DzBufferAppend(wanted, amz_date, DATE_LEN);
	if (wanted->failed)
		return false;

	if (held->len == wanted->len &&
		memcmp(held->data, wanted->data, held->len) == 0 &&
		CRYPTO_memcmp(signer->key_secret, secret, sizeof(secret)) == 0)
		return true;

	DzBufferReset(held);
	if (!derive_key(signer->hasher, in, amz_date))
		return false;

	memcpy(signer->key_secret, secret, sizeof(secret));
	old = *held;
	*held = *wanted;
	*wanted = old;

	return true;
}

/* HMAC by HMAC: "AWS4" and secret, date, Region, service, "aws4_request". */
static bool
derive_key(DzHasher *hasher, const DzSignInput *in, const char *amz_date)
{
	const char *parts[] = {amz_date, in->region, in->service, SCOPE_END};
	unsigned char key[DZ_SHA256_LEN];
	bool ok = set_first_key(hasher, in->secret_access_key);

	for (int i = 0; i < 4 && ok; i++)
	{
		size_t len = i == 0 ? DATE_LEN : strlen(parts[i]);

		ok = DzHmac(hasher, parts[i], len, key) &&
			 DzHmacSetKey(hasher, key, sizeof(key));
	}
	OPENSSL_cleanse(key, sizeof(key));

	return ok;
}

static bool
set_first_key(DzHasher *hasher, const char *secret)
{
	DzBuffer key = {0};
	bool ok;

	DzBufferAppendText(&key, "AWS4");
	DzBufferAppendText(&key, secret);
	ok = !key.failed && DzHmacSetKey(hasher, key.data, key.len);
	DzBufferFree(&key);

	return ok;
}

static bool
build_authorization(DzSigner *signer, const DzSignInput *in,
					const char *amz_date)
{
	DzBuffer *buf = &signer->authorization;
	const DzBuffer *to_sign = &signer->string_to_sign;
	unsigned char signature[DZ_SHA256_LEN];
	char hex[DZ_SHA256_HEX_SIZE];

	if (!DzHmac(signer->hasher, to_sign->data, to_sign->len, signature))
	{
		/* the hasher has lost the key */
		DzBufferReset(&signer->key_source);
		return false;
	}
	DzSha256Hex(signature, hex);

	DzBufferReset(buf);
	DzBufferAppendText(buf, ALGORITHM " Credential=");
	DzBufferAppendText(buf, in->access_key_id);
	DzBufferAppendChar(buf, '/');
	append_scope(buf, in, amz_date);
	DzBufferAppendText(buf, ", SignedHeaders=");
	DzBufferAppend(buf, signer->canonical.data + signer->signed_names_at,
				   signer->signed_names_len);
	DzBufferAppendText(buf, ", Signature=");
	DzBufferAppendText(buf, hex);

	return !buf->failed;
}
