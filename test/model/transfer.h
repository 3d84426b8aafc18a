/*-------------------------------------------------------------------------
 *
 * transfer.h
 *		Test module: what stands for an HTTP transfer.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_TEST_TRANSFER_H
#define DATAZONE_TEST_TRANSFER_H

#include "net/net.h"
#include "utils/jsonb.h"

struct DzHttpTransfer
{
	Jsonb *headers; /* an object */
	int status;
	const char *body;
	size_t body_len;
	DzHttpOutcome outcome;
	const char *failure; /* libcurl's words */
};

#endif /* DATAZONE_TEST_TRANSFER_H */
