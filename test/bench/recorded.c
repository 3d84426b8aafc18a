/*-------------------------------------------------------------------------
 *
 * recorded.c
 *		A request as it was recorded from the wire, for bare libcurl to repeat.
 *
 * Baselines send the extension's own bytes, signature and all, so that both
 * sides of a comparison are answered for the same.
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "recorded.h"

#define MAX_REQUEST (1024 * 1024)

void
fail(const char *what)
{
	fprintf(stderr, "libcurl client: %s\n", what);
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

void
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
	if (!r->has_type)
		add_header(r, "Content-Type:");
	add_header(r, "Expect:");
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

/* An easy handle that sends it, again and again. */
CURL *
prepare(Recorded *r, const char *base, const char *ca_file, size_t *received)
{
	CURL *easy;
	size_t url_len = strlen(base) + strlen(r->target) + 1;
	char *url = malloc(url_len);
	bool ok = true;

	easy = curl_easy_init();
	if (easy == NULL || url == NULL)
		fail("out of memory");
	(void) snprintf(url, url_len, "%s%s", base, r->target);

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

void
forget_request(Recorded *r)
{
	curl_slist_free_all(r->headers);
	free(r->text);
}
