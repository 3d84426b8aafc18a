/*-------------------------------------------------------------------------
 *
 * sigv4_suite_test.c
 *		Published signing suites, where they are present.
 *
 * Three sets: AWS's suite of the C SDK (any service), the double-encoding
 * cases of the Rust SDK, and requests of DataZone signed by botocore.  The
 * suites' requests are raw text that no HTTP client would send, hence the
 * lenient reader here.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/sigv4.h"
#include "aws/timestamp.h"

#include <dirent.h>
#include <stdlib.h>
#include <strings.h>

#include "shared.h"
#include "tap.h"

#define ACCESS_KEY_ID "AKIDEXAMPLE"
#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define MAX_HEADERS 32

/* A request taken apart in place: all pointers lead into "text". */
typedef struct Request
{
	char *text;
	char *method;
	char *path;
	char *query;
	DzSignHeader headers[MAX_HEADERS];
	int nheaders;
	const char *body;
	size_t body_len;
} Request;

/* Cut the line off that begins at *text, and go on behind it. */
static char *
next_line(char **text)
{
	char *line = *text;
	char *end = strchr(line, '\n');

	if (end != NULL)
	{
		*end = '\0';
		*text = end + 1;
	}
	else
		*text = line + strlen(line);

	return line;
}

/* The target goes up to the last " HTTP/1.1": it may hold spaces. */
static bool
split_request_line(char *line, Request *request)
{
	char *target = strchr(line, ' ');
	char *end = NULL;

	if (target == NULL)
		return false;
	*target++ = '\0';
	for (char *p = target; (p = strstr(p, " HTTP/1.1")) != NULL; p++)
		end = p;
	if (end == NULL)
		return false;
	*end = '\0';

	request->method = line;
	request->path = target;
	request->query = strchr(target, '?');
	if (request->query != NULL)
		*request->query++ = '\0';

	return true;
}

/* Headers up to an empty line; one that begins with a space goes on. */
static bool
split_headers(char **text, Request *request)
{
	while (**text != '\0' && **text != '\n')
	{
		char *line = next_line(text);
		char *colon = strchr(line, ':');

		while (**text == ' ' || **text == '\t')
		{
			(*text)[-1] = '\n'; /* the line was cut here */
			(void) next_line(text);
		}
		if (colon == NULL || request->nheaders == MAX_HEADERS)
			return false;
		*colon = '\0';
		request->headers[request->nheaders++] =
			(DzSignHeader){line, colon + 1};
	}
	if (**text == '\n')
		(*text)++;

	return true;
}

static bool
read_request(const char *name, Request *request)
{
	size_t len;
	char *rest;

	*request = (Request){0};
	request->text = rest = shared_read(name, &len);
	if (rest == NULL || !split_request_line(next_line(&rest), request) ||
		!split_headers(&rest, request))
		return false;
	request->body = rest;
	request->body_len = strlen(rest);

	return true;
}

/* The signer adds the date itself. */
static void
remove_header(Request *request, const char *name)
{
	int kept = 0;

	for (int i = 0; i < request->nheaders; i++)
	{
		if (strcasecmp(request->headers[i].name, name) != 0)
			request->headers[kept++] = request->headers[i];
	}
	request->nheaders = kept;
}

static DzSignInput
input_of(const Request *request)
{
	DzSignInput in = {0};

	in.method = request->method;
	in.path = request->path;
	in.query = request->query;
	in.headers = request->headers;
	in.nheaders = request->nheaders;
	in.body = request->body;
	in.body_len = request->body_len;
	in.access_key_id = ACCESS_KEY_ID;
	in.secret_access_key = SECRET;

	return in;
}

/* Compare with a file of the case, whose last newline does not count. */
static void
compare_file(const char *got, const char *directory, const char *file)
{
	char name[512];
	size_t len = 0;
	char *text;

	(void) snprintf(name, sizeof(name), "%s/%s", directory, file);
	text = shared_read(name, &len);
	if (text != NULL && len > 0 && text[len - 1] == '\n')
		text[len - 1] = '\0';
	tap_text(got, text != NULL ? text : "(no file)", "%s", name);
	free(text);
}

static const char *
signature_in(const char *authorization)
{
	const char *p = strstr(authorization, "Signature=");

	return p != NULL ? p + strlen("Signature=") : "(none)";
}

static const char *
string_member(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* ---- sigv4-suite ---- */

static bool
apply_context(const json_t *context, DzSignInput *in)
{
	const json_t *credentials = json_object_get(context, "credentials");
	const char *time = string_member(context, "timestamp");
	int64_t us;

	if (time == NULL || !DzTimestampParse(time, strlen(time), &us))
		return false;
	in->unix_time = us / 1000000;
	in->region = string_member(context, "region");
	in->service = string_member(context, "service");
	in->access_key_id = string_member(credentials, "access_key_id");
	in->secret_access_key = string_member(credentials, "secret_access_key");
	in->session_token = string_member(credentials, "token");
	in->keep_path = json_is_false(json_object_get(context, "normalize"));
	in->sign_payload_header =
		json_is_true(json_object_get(context, "sign_body"));
	in->omit_session_token =
		json_is_true(json_object_get(context, "omit_session_token"));

	return in->region != NULL && in->service != NULL &&
		   in->access_key_id != NULL && in->secret_access_key != NULL;
}

static void
test_suite_case(DzSigner *signer, const char *directory)
{
	char name[512];
	Request request;
	DzSignInput in;
	DzSignOutput out;
	json_t *context;

	(void) snprintf(name, sizeof(name), "%s/context.json", directory);
	context = shared_json(name);
	(void) snprintf(name, sizeof(name), "%s/request.txt", directory);
	if (!read_request(name, &request))
		tap_ok(false, "%s cannot be read", name);
	else
	{
		in = input_of(&request);
		if (apply_context(context, &in) && DzSign(signer, &in, &out))
		{
			compare_file(DzSignerCanonicalRequest(signer), directory,
						 "header-canonical-request.txt");
			compare_file(DzSignerStringToSign(signer), directory,
						 "header-string-to-sign.txt");
			compare_file(signature_in(out.authorization), directory,
						 "header-signature.txt");
		}
		else
			tap_ok(false, "%s cannot be signed", directory);
	}
	free(request.text);
	json_decref(context);
}

static void
test_suite(DzSigner *signer)
{
	char path[SHARED_PATH_MAX];
	DIR *suite = NULL;
	const struct dirent *entry;
	int ncases = 0;

	if (!shared_has("sigv4-suite"))
	{
		tap_skip("sigv4-suite", SHARED_ABSENT);
		return;
	}
	if (shared_path("sigv4-suite", path))
		suite = opendir(path);
	while (suite != NULL && (entry = readdir(suite)) != NULL)
	{
		char directory[300];
		char context[320];

		(void) snprintf(directory, sizeof(directory), "sigv4-suite/%s",
						entry->d_name);
		(void) snprintf(context, sizeof(context), "%s/context.json",
						directory);
		if (entry->d_name[0] == '.' || !shared_has(context))
			continue;
		test_suite_case(signer, directory);
		ncases++;
	}
	if (suite != NULL)
		(void) closedir(suite);
	tap_int(ncases, 38, "the suite has 38 cases");
}

/* ---- sigv4-extra ---- */

static void
test_double_url_encode(DzSigner *signer)
{
	static const char directory[] = "sigv4-extra/double-url-encode";
	Request request;
	DzSignInput in;
	DzSignOutput out;

	if (!tap_ok(read_request("sigv4-extra/double-url-encode/request.txt",
							 &request),
				"%s is read", directory))
		return;
	remove_header(&request, "X-Amz-Date");
	in = input_of(&request);
	in.region = "us-east-2";
	in.service = "lambda";
	in.unix_time = 1620747645; /* 2021-05-11T15:40:45Z */
	if (!DzSign(signer, &in, &out))
		tap_ok(false, "%s cannot be signed", directory);
	else
	{
		compare_file(DzSignerCanonicalRequest(signer), directory,
					 "header-canonical-request.txt");
		compare_file(DzSignerStringToSign(signer), directory,
					 "header-string-to-sign.txt");
		tap_text(signature_in(out.authorization),
				 "4b93abbcc68be32bd64c18e2c711506"
				 "60ab4c29bbd6c32a383a7517a88fc1804",
				 "%s: signature", directory);
	}
	free(request.text);
}

/* Its files disagree about the date, so only the path can be compared. */
static void
test_double_encode_path(DzSigner *signer)
{
	static const char directory[] = "sigv4-extra/double-encode-path";
	Request request;
	DzSignInput in;
	DzSignOutput out;

	if (!tap_ok(read_request("sigv4-extra/double-encode-path/request.txt",
							 &request),
				"%s is read", directory))
		return;
	remove_header(&request, "X-Amz-Date");
	in = input_of(&request);
	in.region = "us-east-1";
	in.service = "execute-api";
	in.unix_time = 1620747645;
	if (!DzSign(signer, &in, &out))
		tap_ok(false, "%s cannot be signed", directory);
	else
	{
		char *canonical = strdup(DzSignerCanonicalRequest(signer));
		char *rest = canonical;

		(void) next_line(&rest);
		tap_text(next_line(&rest), "/test/%40connections/JBDvjfGEIAMCERw%253D",
				 "%s: path", directory);
		free(canonical);
	}
	free(request.text);
}

static void
test_extra(DzSigner *signer)
{
	if (!shared_has("sigv4-extra"))
	{
		tap_skip("sigv4-extra", SHARED_ABSENT);
		return;
	}
	test_double_url_encode(signer);
	test_double_encode_path(signer);
}

/* ---- datazone/sigv4-vectors.json ---- */

/* https://host/path?query, cut up in place */
static bool
split_url(char *url, Request *request)
{
	char *host = url + strlen("https://");
	char *path = strchr(host, '/');

	if (path == NULL)
		return false;
	memmove(host - 1, host, (size_t) (path - host));
	path[-1] = '\0';
	request->headers[request->nheaders++] = (DzSignHeader){"host", host - 1};
	request->path = path;
	request->query = strchr(path, '?');
	if (request->query != NULL)
		*request->query++ = '\0';

	return true;
}

static void
test_vector(DzSigner *signer, const json_t *vector, int number)
{
	const char *operation = string_member(vector, "operation");
	const char *body = string_member(vector, "body");
	const char *authorization = "(none)";
	json_t *headers = json_object_get(vector, "headers");
	Request request = {0};
	DzSignInput in;
	DzSignOutput out;
	const char *name;
	json_t *value;

	request.text = strdup(string_member(vector, "url"));
	if (!split_url(request.text, &request))
		tap_ok(false, "vector %d has a URL", number);
	json_object_foreach(headers, name, value)
	{
		if (strcmp(name, "Authorization") == 0)
			authorization = json_string_value(value);
		else if (strncasecmp(name, "X-Amz-", 6) != 0 &&
				 strcmp(name, "Content-Length") != 0)
			request.headers[request.nheaders++] =
				(DzSignHeader){name, json_string_value(value)};
	}
	in = input_of(&(Request){0});
	in.method = string_member(vector, "method");
	in.path = request.path;
	in.query = request.query;
	in.headers = request.headers;
	in.nheaders = request.nheaders;
	in.body = body;
	in.body_len = body != NULL ? strlen(body) : 0;
	in.region = "us-east-1";
	in.service = "datazone";
	in.session_token = string_member(vector, "session_token");
	in.unix_time = 1795219200; /* 2026-11-21T00:00:00Z */

	tap_ok(DzSign(signer, &in, &out), "vector %d is signed", number);
	tap_text(DzSignerCanonicalRequest(signer),
			 string_member(vector, "canonical_request"),
			 "vector %d, %s: canonical request", number, operation);
	tap_text(DzSignerStringToSign(signer),
			 string_member(vector, "string_to_sign"),
			 "vector %d, %s: string to sign", number, operation);
	tap_text(out.authorization, authorization, "vector %d, %s: Authorization",
			 number, operation);
	free(request.text);
}

static void
test_vectors(DzSigner *signer)
{
	static const char name[] = "datazone/sigv4-vectors.json";
	json_t *vectors;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	vectors = shared_json(name);
	tap_int((int64_t) json_array_size(vectors), 9, "9 vectors of DataZone");
	for (size_t i = 0; i < json_array_size(vectors); i++)
		test_vector(signer, json_array_get(vectors, i), (int) i + 1);
	json_decref(vectors);
}

int
main(void)
{
	DzSigner *signer = DzSignerCreate();

	if (!tap_ok(signer != NULL, "make a signer"))
		return tap_done();
	test_suite(signer);
	test_extra(signer);
	test_vectors(signer);
	DzSignerFree(signer);

	return tap_done();
}
