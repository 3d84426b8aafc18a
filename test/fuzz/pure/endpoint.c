/*-------------------------------------------------------------------------
 *
 * endpoint.c
 *		Fuzz: endpoints out of Regions and out of URLs.
 *
 * What is signed must be what libcurl sends.  So for each endpoint that is
 * accepted, libcurl's own parser must find the same scheme, host, port and
 * path in its URL.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/endpoint.h"

#include <curl/curl.h>

#include "fuzz.h"

static void check_endpoint(const char *service, const DzEndpoint *endpoint);
static void check_curl(const DzEndpoint *endpoint);
static void require_part(CURLU *url, CURLUPart part, unsigned int flags,
						 const char *wanted);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t flags = fuzz_byte(&data, &size);
	const char *service = flags & 2 ? "sts" : "datazone";
	char *region = fuzz_text(&data, &size);
	char *url = fuzz_text(&data, &size);
	DzEndpoint endpoint;
	const char *error = NULL;

	if (DzEndpointResolve(service, region, flags & 1, url, &endpoint, &error))
	{
		REQUIRE(error == NULL);
		check_endpoint(service, &endpoint);
		if (url[0] == '\0')
			REQUIRE(DzRegionIsValid(region));
	}
	else
		REQUIRE(error != NULL);

	(void) DzHostIsLoopback(url);
	free(region);
	free(url);
	return 0;
}

/* Its own URL gives the same endpoint again. */
static void
check_endpoint(const char *service, const DzEndpoint *endpoint)
{
	DzEndpoint again;
	const char *error;

	REQUIRE(DzEndpointResolve(service, NULL, false, endpoint->url, &again,
							  &error));
	REQUIRE(strcmp(again.scheme, endpoint->scheme) == 0);
	REQUIRE(strcmp(again.host, endpoint->host) == 0);
	REQUIRE(again.port == endpoint->port);
	REQUIRE(strcmp(again.path, endpoint->path) == 0);
	REQUIRE(strcmp(again.host_header, endpoint->host_header) == 0);
	REQUIRE(strcmp(again.url, endpoint->url) == 0);
	if (strcmp(endpoint->scheme, "https") != 0)
		REQUIRE(strcmp(endpoint->scheme, "http") == 0 &&
				DzHostIsLoopback(endpoint->host));
	check_curl(endpoint);
}

static void
check_curl(const DzEndpoint *endpoint)
{
	CURLU *url = curl_url();
	char text[sizeof(endpoint->url) + 8];
	char port[12];
	char path[sizeof(endpoint->path) + 8];

	REQUIRE(url != NULL);
	(void) snprintf(text, sizeof(text), "%s/x?y=z", endpoint->url);
	(void) snprintf(port, sizeof(port), "%d", endpoint->port);
	(void) snprintf(path, sizeof(path), "%s/x", endpoint->path);

	REQUIRE(curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK);
	require_part(url, CURLUPART_SCHEME, 0, endpoint->scheme);
	require_part(url, CURLUPART_HOST, 0, endpoint->host);
	require_part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT, port);
	require_part(url, CURLUPART_PATH, 0, path);
	require_part(url, CURLUPART_QUERY, 0, "y=z");
	require_part(url, CURLUPART_USER, 0, NULL);
	require_part(url, CURLUPART_PASSWORD, 0, NULL);
	require_part(url, CURLUPART_ZONEID, 0, NULL);
	curl_url_cleanup(url);
}

static void
require_part(CURLU *url, CURLUPart part, unsigned int flags,
			 const char *wanted)
{
	char *found = NULL;

	if (curl_url_get(url, part, &found, flags) != CURLUE_OK)
		found = NULL;
	if (wanted == NULL)
		REQUIRE(found == NULL);
	else
		REQUIRE(found != NULL && strcmp(found, wanted) == 0);
	curl_free(found);
}
