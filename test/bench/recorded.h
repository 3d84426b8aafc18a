/*-------------------------------------------------------------------------
 *
 * recorded.h
 *		What the clients of bare libcurl share.
 *
 * They are programs that end at the first trouble.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BENCH_RECORDED_H
#define BENCH_RECORDED_H

#include <stdbool.h>
#include <stddef.h>

#include <curl/curl.h>

/* A recorded request, cut into lines that end with NUL. */
typedef struct Recorded
{
	char *text;
	const char *method;
	const char *target; /* path and query */
	struct curl_slist *headers;
	bool has_type;
	const char *body;
	size_t body_len;
} Recorded;

extern void fail(const char *what) __attribute__((noreturn));
extern void read_request(const char *name, Recorded *r);
extern CURL *prepare(Recorded *r, const char *base, const char *ca_file,
					 size_t *received);
extern void forget_request(Recorded *r);

#endif /* BENCH_RECORDED_H */
