/*-------------------------------------------------------------------------
 *
 * curl_loop.c
 *		The baseline of a synchronous call: libcurl and nothing else.
 *
 *		curl_loop REQUEST BASE-URL [CA-FILE]
 *
 * REQUEST is a file with a request as it was recorded from the wire; it is
 * sent again and again, byte for byte, with one easy handle over one kept
 * connection.  Each line of standard input is a number of requests; each is
 * answered by a line with their median and mean in microseconds.
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "recorded.h"

#define MAX_COUNT 10000000L

static double
now_us(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *) a;
	double y = *(const double *) b;

	return (x > y) - (x < y);
}

static void
run(CURL *easy, long count, const size_t *received)
{
	double *took = malloc((size_t) count * sizeof(double));
	double began = now_us();
	double last = began;

	if (took == NULL)
		fail("out of memory");
	for (long i = 0; i < count; i++)
	{
		size_t before = *received;
		CURLcode rc = curl_easy_perform(easy);
		long status = 0;
		double now;

		if (rc != CURLE_OK)
			fail(curl_easy_strerror(rc));
		(void) curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
		if (status != 200 || *received == before)
			fail("an answer was not 200, or empty");
		now = now_us();
		took[i] = now - last;
		last = now;
	}
	qsort(took, (size_t) count, sizeof(double), compare);
	printf("%.3f %.3f\n", took[count / 2], (last - began) / (double) count);
	(void) fflush(stdout);
	free(took);
}

int
main(int argc, char **argv)
{
	Recorded recorded = {0};
	size_t received = 0;
	char line[64];
	CURL *easy;

	if (argc < 3)
		fail("usage: curl_loop REQUEST BASE-URL [CA-FILE]");
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		fail("libcurl does not start");
	read_request(argv[1], &recorded);
	easy = prepare(&recorded, argv[2], argc > 3 ? argv[3] : NULL, &received);
	while (fgets(line, sizeof(line), stdin) != NULL)
	{
		long count = strtol(line, NULL, 10);

		if (count < 1 || count > MAX_COUNT)
			fail("a count is out of range");
		run(easy, count, &received);
	}
	curl_easy_cleanup(easy);
	forget_request(&recorded);
	curl_global_cleanup();
	return 0;
}
