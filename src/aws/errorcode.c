/*-------------------------------------------------------------------------
 *
 * errorcode.c
 *		The error code in an answer of the restJson1 protocol.
 *
 * Rule: the sections on operation error serialization of Smithy's restJson1
 * page.  Services qualify the name in front, with a namespace and '#', or
 * behind, with ':' and a URI, which may hold a '#' of its own.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/errorcode.h"

#include <stdbool.h>
#include <string.h>

#include "aws/ascii.h"

static bool is_code_char(char c);

size_t
DzErrorCodeCut(const char *text, size_t len, const char **code)
{
	const char *start = text;
	const char *end = memchr(text, ':', len);
	const char *hash;

	if (end == NULL)
		end = text + len;
	hash = memchr(text, '#', (size_t) (end - text));
	if (hash != NULL)
		start = hash + 1;

	/* a JSON member may be padded, as a header's value may not */
	while (start < end && *start == ' ')
		start++;
	while (start < end && end[-1] == ' ')
		end--;

	if (end - start > DZ_ERROR_CODE_MAX)
		return 0;
	for (const char *p = start; p < end; p++)
	{
		if (!is_code_char(*p))
			return 0;
	}

	*code = start;
	return (size_t) (end - start);
}

static bool
is_code_char(char c)
{
	return DzIsAlnum(c) || c == '.' || c == '_' || c == '-';
}

bool
DzErrorCodeRefusesKeys(const char *code)
{
	static const char *const codes[] = {
		"ExpiredToken",
		"ExpiredTokenException",
		"InvalidAccessKeyId",
		"InvalidClientTokenId",
		"InvalidToken",
		"UnrecognizedClient",
		"UnrecognizedClientException",
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
	{
		if (strcmp(code, codes[i]) == 0)
			return true;
	}
	return false;
}
