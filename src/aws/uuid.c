/*-------------------------------------------------------------------------
 *
 * uuid.c
 *		Client tokens and invocation ids.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "aws/uuid.h"

#define UUID_BYTES 16

/*
 * Random bytes taken ahead: asking the system costs as much for 16 as for all.
 * Filled at a process's first use, so never in the postmaster, and wiped as
 * they are used.
 */
static uint8 pool[512];
static size_t pool_left = 0;

static void
take_random(uint8 bytes[UUID_BYTES])
{
	uint8 *taken;

	if (pool_left == 0)
	{
		if (!pg_strong_random(pool, sizeof(pool)))
			ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
							errmsg("could not generate random values")));
		pool_left = sizeof(pool);
	}
	pool_left -= UUID_BYTES;
	taken = &pool[pool_left];
	memcpy(bytes, taken, UUID_BYTES);
	explicit_bzero(taken, UUID_BYTES);
}

void
DzUuidRandom(char text[DZ_UUID_TEXT_SIZE])
{
	static const char hex[] = "0123456789abcdef";
	uint8 bytes[UUID_BYTES];
	char *p = text;

	take_random(bytes);

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
