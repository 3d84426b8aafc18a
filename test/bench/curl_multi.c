/*-------------------------------------------------------------------------
 *
 * curl_multi.c
 *		The baseline of delivery: libcurl's multi interface and nothing else.
 *
 *		curl_multi REQUEST BASE-URL IN-FLIGHT [CA-FILE]
 *
 * REQUEST is a file with a request as it was recorded from the wire; it is
 * sent again and again, byte for byte, so many at once, each over a kept
 * connection of its own.  Each line of standard input is a number of requests;
 * each is answered by a line with the seconds that they took and the seconds
 * of CPU, both with a fraction.
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "recorded.h"

#define MAX_COUNT 10000000L
#define MAX_IN_FLIGHT 1024
#define WAIT_MS 10000

static CURL *easies[MAX_IN_FLIGHT];
static size_t received[MAX_IN_FLIGHT];

static double
seconds(clockid_t clock)
{
	struct timespec now;

	(void) clock_gettime(clock, &now);
	return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
start(CURLM *multi, CURL *easy)
{
	size_t *size;

	(void) curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **) &size);
	*size = 0;
	if (curl_multi_add_handle(multi, easy) != CURLM_OK)
		fail("libcurl takes no handle");
}

/* Take the answered ones off; returns how many there were. */
static long
take_answers(CURLM *multi, long *to_start)
{
	CURLMsg *message;
	long taken = 0;
	int left;

	while ((message = curl_multi_info_read(multi, &left)) != NULL)
	{
		CURL *easy = message->easy_handle;
		long status = 0;
		size_t *size;

		if (message->msg != CURLMSG_DONE)
			continue;
		if (message->data.result != CURLE_OK)
			fail(curl_easy_strerror(message->data.result));
		(void) curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
		(void) curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **) &size);
		if (status != 200 || *size == 0)
			fail("an answer was not 200, or empty");
		if (curl_multi_remove_handle(multi, easy) != CURLM_OK)
			fail("libcurl does not let go of a handle");
		taken++;
		if (*to_start > 0)
		{
			start(multi, easy);
			(*to_start)--;
		}
	}
	return taken;
}

static void
run(CURLM *multi, long count, int in_flight)
{
	double began = seconds(CLOCK_MONOTONIC);
	double used = seconds(CLOCK_PROCESS_CPUTIME_ID);
	long to_start = count;
	long open = count;

	for (int i = 0; i < in_flight && to_start > 0; i++, to_start--)
		start(multi, easies[i]);
	while (open > 0)
	{
		int running;
		long taken;

		if (curl_multi_perform(multi, &running) != CURLM_OK)
			fail("libcurl does not go on");
		taken = take_answers(multi, &to_start);
		open -= taken;
		if (open > 0 && taken == 0 &&
			curl_multi_poll(multi, NULL, 0, WAIT_MS, NULL) != CURLM_OK)
			fail("libcurl does not wait");
	}
	printf("%.6f %.6f\n", seconds(CLOCK_MONOTONIC) - began,
		   seconds(CLOCK_PROCESS_CPUTIME_ID) - used);
	(void) fflush(stdout);
}

int
main(int argc, char **argv)
{
	Recorded recorded = {0};
	char line[64];
	CURLM *multi;
	int in_flight;

	if (argc < 4)
		fail("usage: curl_multi REQUEST BASE-URL IN-FLIGHT [CA-FILE]");
	in_flight = (int) strtol(argv[3], NULL, 10);
	if (in_flight < 1 || in_flight > MAX_IN_FLIGHT)
		fail("the number of requests in flight is out of range");
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		fail("libcurl does not start");
	multi = curl_multi_init();
	if (multi == NULL || curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS,
										   (long) in_flight) != CURLM_OK)
		fail("out of memory");
	read_request(argv[1], &recorded);
	for (int i = 0; i < in_flight; i++)
	{
		easies[i] = prepare(&recorded, argv[2], argc > 4 ? argv[4] : NULL,
							&received[i]);
		(void) curl_easy_setopt(easies[i], CURLOPT_PRIVATE, &received[i]);
	}
	while (fgets(line, sizeof(line), stdin) != NULL)
	{
		long count = strtol(line, NULL, 10);

		if (count < 1 || count > MAX_COUNT)
			fail("a count is out of range");
		run(multi, count, in_flight);
	}
	for (int i = 0; i < in_flight; i++)
		curl_easy_cleanup(easies[i]);
	(void) curl_multi_cleanup(multi);
	forget_request(&recorded);
	curl_global_cleanup();
	return 0;
}
