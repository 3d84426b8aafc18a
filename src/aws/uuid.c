/*-------------------------------------------------------------------------
 *
 * uuid.c
 *		Client tokens and invocation ids.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "aws/uuid.h"

void
DzUuidRandom(char text[DZ_UUID_TEXT_SIZE])
{
	static const char hex[] = "0123456789abcdef";
	uint8 bytes[16];
	char *p = text;

	if (!pg_strong_random(bytes, sizeof(bytes)))
		ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
						errmsg("could not generate random values")));

	bytes[6] = (bytes[6] & 0x0f) | 0x40; /* version */
	bytes[8] = (bytes[8] & 0x3f) | 0x80; /* variant */
	for (int i = 0; i < (int) lengthof(bytes); i++)
	{
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = hex[bytes[i] >> 4];
		*p++ = hex[bytes[i] & 0x0f];
	}
	*p = '\0';
}
