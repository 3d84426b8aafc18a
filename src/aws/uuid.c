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

static void
write_text(uint8 bytes[UUID_BYTES], int version, char *text)
{
	static const char hex[] = "0123456789abcdef";
	char *p = text;

	bytes[6] = (bytes[6] & 0x0f) | (version << 4);
	bytes[8] = (bytes[8] & 0x3f) | 0x80; /* variant */
	for (int i = 0; i < UUID_BYTES; i++)
	{
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = hex[bytes[i] >> 4];
		*p++ = hex[bytes[i] & 0x0f];
	}
	*p = '\0';
}

void
DzUuidRandom(char text[DZ_UUID_TEXT_SIZE])
{
	uint8 bytes[UUID_BYTES];

	take_random(bytes);
	write_text(bytes, 4, text);
}

void
DzUuidTimed(int64_t unix_us, char text[DZ_UUID_TEXT_SIZE])
{
	uint8 bytes[UUID_BYTES];
	uint64 ms = (uint64) unix_us / 1000;
	uint32 fraction = (uint32) ((uint64) unix_us % 1000) * 4096 / 1000;

	take_random(bytes);
	for (int i = 0; i < 6; i++)
		bytes[i] = (uint8) (ms >> (8 * (5 - i)));
	bytes[6] = (uint8) (fraction >> 8);
	bytes[7] = (uint8) fraction;
	write_text(bytes, 7, text);
}
