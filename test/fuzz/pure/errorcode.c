/*-------------------------------------------------------------------------
 *
 * errorcode.c
 *		Fuzz: the error code in a header or a member of an error's body.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/errorcode.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	const char *code = NULL;
	const char *again = NULL;
	size_t len = DzErrorCodeCut(text, size, &code);

	if (len == 0)
		return 0;
	REQUIRE(len <= DZ_ERROR_CODE_MAX);
	REQUIRE(code >= text && code + len <= text + size);

	/* it can be shown as it is, and is the code of itself */
	for (size_t i = 0; i < len; i++)
		REQUIRE(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					   "0123456789._-",
					   code[i]) != NULL &&
				code[i] != '\0');
	REQUIRE(DzErrorCodeCut(code, len, &again) == len && again == code);
	return 0;
}
