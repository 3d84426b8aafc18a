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
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <curl/curl.h>

#define MAX_REQUEST (1024 * 1024)
#define MAX_COUNT 10000000L

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

static void
fail(const char *what)
{
	fprintf(stderr, "curl_loop: %s\n", what);
	exit(1);
}

static void
read_file(const char *name, Recorded *r, size_t *len)
{
	FILE *file = fopen(name, "rb");

	r->text = malloc(MAX_REQUEST + 1);
	if (file == NULL || r->text == NULL)
		fail("cannot read the request");
	*len = fread(r->text, 1, MAX_REQUEST, file);
	if (*len == 0 || !feof(file))
		fail("the request is empty, larger than expected, or unreadable");
	r->text[*len] = '\0';
	(void) fclose(file);
}

/* The lines that libcurl writes by itself, the same as in the recording. */
static bool
is_libcurls_own(const char *line)
{
	static const char *const names[] = {
		"Host:", "Accept:", "Accept-Encoding:", "Content-Length:"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncasecmp(line, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static void
add_header(Recorded *r, const char *line)
{
	struct curl_slist *longer = curl_slist_append(r->headers, line);

	if (longer == NULL)
		fail("out of memory");
	r->headers = longer;
}

/* End the line at "line"; returns where the next one begins. */
static char *
cut_line(char *line)
{
	char *end = strstr(line, "\r\n");

	if (end == NULL)
		fail("the request has no end of headers");
	*end = '\0';
	return end + 2;
}

static void
read_request(const char *name, Recorded *r)
{
	size_t len;
	char *line;
	char *next;
	char *space;

	read_file(name, r, &len);
	next = cut_line(r->text);
	r->method = r->text;
	space = strchr(r->text, ' ');
	if (space == NULL)
		fail("the request line has no target");
	*space = '\0';
	r->target = space + 1;
	space = strchr(space + 1, ' ');
	if (space == NULL)
		fail("the request line has no version");
	*space = '\0';

	for (line = next; *line != '\r'; line = next)
	{
		next = cut_line(line);
		if (strncasecmp(line, "Content-Type:", 13) == 0)
			r->has_type = true;
		if (!is_libcurls_own(line))
			add_header(r, line);
	}
	r->body = line + 2;
	r->body_len = len - (size_t) (r->body - r->text);
}

static size_t
count_bytes(char *data, size_t unit, size_t count, void *arg)
{
	(void) data;
	*(size_t *) arg += unit * count;
	return unit * count;
}

static CURL *
prepare(Recorded *r, const char *base, const char *ca_file, size_t *received)
{
	CURL *easy;
	size_t url_len = strlen(base) + strlen(r->target) + 1;
	char *url = malloc(url_len);
	bool ok = true;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		fail("libcurl does not start");
	easy = curl_easy_init();
	if (easy == NULL || url == NULL)
		fail("out of memory");
	(void) snprintf(url, url_len, "%s%s", base, r->target);
	if (!r->has_type)
		add_header(r, "Content-Type:");
	add_header(r, "Expect:");

#define SET(option, value) \
	ok = ok && curl_easy_setopt(easy, (option), (value)) == CURLE_OK
	SET(CURLOPT_URL, url);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_PATH_AS_IS, 1L);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_ACCEPT_ENCODING, "");
	SET(CURLOPT_HTTPHEADER, r->headers);
	SET(CURLOPT_WRITEFUNCTION, count_bytes);
	SET(CURLOPT_WRITEDATA, received);
	if (r->body_len > 0)
	{
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) r->body_len);
		SET(CURLOPT_POSTFIELDS, r->body);
	}
	SET(CURLOPT_CUSTOMREQUEST, r->method);
	if (ca_file != NULL)
		SET(CURLOPT_CAINFO, ca_file);
#undef SET
	free(url);
	if (!ok)
		fail("libcurl refused an option");
	return easy;
}

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
	curl_slist_free_all(recorded.headers);
	free(recorded.text);
	curl_global_cleanup();
	return 0;
}
