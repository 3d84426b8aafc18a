/*-------------------------------------------------------------------------
 *
 * secret.c
 *		Texts that are wiped before their memory is given back.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/secret.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

char *
DzSecretCopy(const char *text, size_t len)
{
	char *copy = malloc(len + 1);

	if (copy == NULL)
		return NULL;
	if (len > 0)
		memcpy(copy, text, len);
	copy[len] = '\0';

	return copy;
}

bool
DzSecretSet(char **place, const char *text)
{
	DzSecretFree(*place);
	*place = text != NULL ? DzSecretCopy(text, strlen(text)) : NULL;

	return text == NULL || *place != NULL;
}

void
DzSecretFree(char *text)
{
	if (text == NULL)
		return;
	OPENSSL_cleanse(text, strlen(text));
	free(text);
}
