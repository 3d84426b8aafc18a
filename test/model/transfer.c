/*-------------------------------------------------------------------------
 *
 * transfer.c
 *		Test module: the network room's answers, out of what a test gives.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "transfer.h"

/* Names of headers have no case: so libcurl finds them, and so must this. */
const char *
DzHttpHeaderValue(DzHttpTransfer *transfer, const char *name)
{
	JsonbIterator *it = JsonbIteratorInit(&transfer->headers->root);
	JsonbIteratorToken token;
	JsonbValue v;

	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		if (token != WJB_KEY || v.val.string.len != (int) strlen(name) ||
			pg_strncasecmp(v.val.string.val, name, v.val.string.len) != 0)
			continue;
		(void) JsonbIteratorNext(&it, &v, true);
		return pnstrdup(v.val.string.val, v.val.string.len);
	}
	return NULL;
}

int
DzHttpStatus(const DzHttpTransfer *transfer)
{
	return transfer->status;
}

DzHttpOutcome
DzHttpResult(const DzHttpTransfer *transfer)
{
	return transfer->outcome;
}

const char *
DzHttpFailureText(const DzHttpTransfer *transfer)
{
	return transfer->failure;
}

const char *
DzHttpBody(const DzHttpTransfer *transfer, size_t *len)
{
	*len = transfer->body_len;
	return transfer->body;
}
