/*-------------------------------------------------------------------------
 *
 * metadata.c
 *		Fuzz: URIs of containers' credentials, and the endpoint of IMDS.
 *
 * Plain http must not leave the machine, whatever the environment says, and
 * what decides that is how libcurl reads the URI that it is given.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/metadata.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>

#include "fuzz.h"

typedef struct Input
{
	char *full;
	char *relative;
	char *token;
	char *endpoint;
	char *mode;
} Input;

static void check_container(const DzEnvironment *env);
static void check_imds(const DzEnvironment *env);
static char *part(CURLU *url, CURLUPart which);
static bool is_local(const char *host);
static const char *get_variable(void *arg, const char *name);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Input in;
	DzEnvironment env = {get_variable, &in};

	in.full = fuzz_text(&data, &size);
	in.relative = fuzz_text(&data, &size);
	in.token = fuzz_text(&data, &size);
	in.endpoint = fuzz_text(&data, &size);
	in.mode = fuzz_text(&data, &size);
	check_container(&env);
	check_imds(&env);
	free(in.full);
	free(in.relative);
	free(in.token);
	free(in.endpoint);
	free(in.mode);
	return 0;
}

static void
check_container(const DzEnvironment *env)
{
	DzContainer container = {0};
	DzProblem problem = {0};

	if (DzContainerResolve(env, &container, &problem))
	{
		CURLU *url = curl_url();
		char *scheme;
		char *host;

		REQUIRE(url != NULL &&
				curl_url_set(url, CURLUPART_URL, container.uri.data, 0) ==
					CURLUE_OK);
		scheme = part(url, CURLUPART_SCHEME);
		host = part(url, CURLUPART_HOST);
		REQUIRE(scheme != NULL && host != NULL);
		REQUIRE(strcmp(scheme, "https") == 0 ||
				(strcmp(scheme, "http") == 0 && is_local(host)));
		REQUIRE(part(url, CURLUPART_USER) == NULL);
		REQUIRE(part(url, CURLUPART_FRAGMENT) == NULL);
		if (container.token != NULL)
			REQUIRE(strpbrk(container.token, "\r\n") == NULL);
		curl_free(scheme);
		curl_free(host);
		curl_url_cleanup(url);
	}
	else
		REQUIRE(problem.kind != DZ_PROBLEM_NONE && problem.detail[0] != '\0');
	DzBufferFree(&container.uri);
}

static void
check_imds(const DzEnvironment *env)
{
	DzProfiles profiles = {0};
	DzBuffer endpoint = {0};
	DzProblem problem = {0};

	if (DzImdsEndpoint(env, &profiles, NULL, &endpoint, &problem))
	{
		CURLU *url = curl_url();
		char *path;
		size_t len;

		REQUIRE(endpoint.data[endpoint.len - 1] != '/');
		DzBufferAppendText(&endpoint, DZ_IMDS_TOKEN_PATH);
		REQUIRE(url != NULL && curl_url_set(url, CURLUPART_URL, endpoint.data,
											CURLU_PATH_AS_IS) == CURLUE_OK);
		path = part(url, CURLUPART_PATH);
		REQUIRE(path != NULL);
		len = strlen(path);
		REQUIRE(len >= strlen(DZ_IMDS_TOKEN_PATH) &&
				strcmp(path + len - strlen(DZ_IMDS_TOKEN_PATH),
					   DZ_IMDS_TOKEN_PATH) == 0);
		REQUIRE(part(url, CURLUPART_QUERY) == NULL);
		curl_free(path);
		curl_url_cleanup(url);
	}
	else
		REQUIRE(problem.kind != DZ_PROBLEM_NONE && problem.detail[0] != '\0');
	DzBufferFree(&endpoint);
}

static char *
part(CURLU *url, CURLUPart which)
{
	char *text = NULL;

	return curl_url_get(url, which, &text, 0) == CURLUE_OK ? text : NULL;
}

/* By the addresses themselves, independently of the code in question. */
static bool
is_local(const char *host)
{
	char bare[INET6_ADDRSTRLEN] = "";
	struct in_addr v4;
	struct in6_addr v6;
	struct in6_addr eks;
	size_t len = strlen(host);

	if (strcmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &v4) == 1)
		return (ntohl(v4.s_addr) >> 24) == 127 ||
			   ntohl(v4.s_addr) == 0xa9feaa02 ||
			   ntohl(v4.s_addr) == 0xa9feaa17;
	if (host[0] != '[' || len < 3 || len - 2 >= sizeof(bare))
		return false;
	memcpy(bare, host + 1, len - 2);
	REQUIRE(inet_pton(AF_INET6, "fd00:ec2::23", &eks) == 1);

	return inet_pton(AF_INET6, bare, &v6) == 1 &&
		   (IN6_IS_ADDR_LOOPBACK(&v6) || memcmp(&v6, &eks, sizeof(v6)) == 0);
}

static const char *
get_variable(void *arg, const char *name)
{
	const Input *in = arg;

	if (strcmp(name, "AWS_CONTAINER_CREDENTIALS_FULL_URI") == 0)
		return in->full;
	if (strcmp(name, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") == 0)
		return in->relative;
	if (strcmp(name, "AWS_CONTAINER_AUTHORIZATION_TOKEN") == 0)
		return in->token;
	if (strcmp(name, "AWS_EC2_METADATA_SERVICE_ENDPOINT") == 0)
		return in->endpoint;
	if (strcmp(name, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE") == 0)
		return in->mode;
	return NULL;
}
