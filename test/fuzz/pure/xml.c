/*-------------------------------------------------------------------------
 *
 * xml.c
 *		Fuzz: the small reader of XML, and answers of STS.
 *
 *-------------------------------------------------------------------------
 */
#include "credentials/sts.h"
#include "credentials/xml.h"

#include "fuzz.h"

static bool check_leaf(void *arg, const char *path, const char *text,
					   size_t len);
static DzXmlResult read_with(const char *before, const uint8_t *data,
							 size_t size, const char *after);
static char *append(char *p, const char *bytes, size_t len);
static void check_sts(const char *text, size_t len);
static void check_visible(const char *text);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (read_with("", data, size, "") == DZ_XML_DONE)
	{
		/* a document is all there is: nothing before it, nothing behind */
		REQUIRE(read_with("", data, size, "x") == DZ_XML_REFUSED);
		REQUIRE(read_with("", data, size, "<a/>") == DZ_XML_REFUSED);
		REQUIRE(read_with("x", data, size, "") == DZ_XML_REFUSED);
		REQUIRE(read_with("<a>", data, size, "") == DZ_XML_REFUSED);
	}
	check_sts((const char *) data, size);
	return 0;
}

static char *
append(char *p, const char *bytes, size_t len)
{
	if (len > 0)
		memcpy(p, bytes, len);
	return p + len;
}

/* From memory of exactly its size. */
static DzXmlResult
read_with(const char *before, const uint8_t *data, size_t size,
		  const char *after)
{
	size_t len = strlen(before) + size + strlen(after);
	char *text = fuzz_alloc(len);
	char *p = text;
	int leaves = 0;
	DzXmlResult result;

	p = append(p, before, strlen(before));
	p = append(p, (const char *) data, size);
	(void) append(p, after, strlen(after));
	result = DzXmlRead(text, len, check_leaf, &leaves);
	REQUIRE(result != DZ_XML_NO_MEMORY);
	if (result == DZ_XML_DONE)
		REQUIRE(leaves > 0);
	free(text);

	return result;
}

static bool
check_leaf(void *arg, const char *path, const char *text, size_t len)
{
	int *leaves = arg;

	(*leaves)++;
	REQUIRE(path[0] != '\0' && strlen(path) < DZ_XML_MAX_PATH);
	REQUIRE(strlen(text) == len);
	return true;
}

static void
check_sts(const char *text, size_t len)
{
	DzCredentials credentials = {0};
	DzProblem problem = {0};
	DzStsError error;

	if (DzStsRead(text, len, &credentials, &problem))
	{
		REQUIRE(credentials.expires);
		check_visible(credentials.access_key_id);
		check_visible(credentials.secret_access_key);
		if (credentials.session_token != NULL)
			check_visible(credentials.session_token);
	}
	else
		REQUIRE(problem.kind == DZ_PROBLEM_ANSWER &&
				credentials.access_key_id == NULL);
	DzCredentialsFree(&credentials);

	if (DzStsReadError(text, len, &error))
		check_visible(error.code);
	else
		REQUIRE(error.code[0] == '\0' && error.message[0] == '\0');
	REQUIRE(strlen(error.message) < sizeof(error.message));
}

/* What a header can hold. */
static void
check_visible(const char *text)
{
	REQUIRE(text[0] != '\0');
	for (; *text != '\0'; text++)
		REQUIRE(*text > ' ' && *text <= '~');
}
