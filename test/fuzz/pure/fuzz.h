/*-------------------------------------------------------------------------
 *
 * fuzz.h
 *		What the fuzzers of the pure parts share.
 *
 * A sanitizer sees memory that is misused and arithmetic that is undefined.
 * Whether an answer is right, only a statement about it can tell: REQUIRE
 * ends the program where one does not hold, and libFuzzer keeps the input.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_FUZZ_H
#define DATAZONE_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) \
	do \
	{ \
		if (!(condition)) \
			fuzz_fail(__FILE__, __LINE__, #condition); \
	} while (0)

static inline void
fuzz_fail(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, condition);
	abort();
}

static inline void *
fuzz_alloc(size_t size)
{
	void *memory = malloc(size > 0 ? size : 1);

	if (memory == NULL)
	{
		fprintf(stderr, "out of memory for %zu bytes\n", size);
		_Exit(1);
	}
	return memory;
}

/*
 * A C string of what comes before the next NUL, no byte larger than that; it
 * moves *data behind the NUL.  The caller frees.
 */
static inline char *
fuzz_text(const uint8_t **data, size_t *size)
{
	size_t len = strnlen((const char *) *data, *size);
	size_t step = len < *size ? len + 1 : len;
	char *text = fuzz_alloc(len + 1);

	memcpy(text, *data, len);
	text[len] = '\0';
	*data += step;
	*size -= step;

	return text;
}

/* The next byte; 0 at the end. */
static inline uint8_t
fuzz_byte(const uint8_t **data, size_t *size)
{
	if (*size == 0)
		return 0;
	(*size)--;
	return *(*data)++;
}

#endif /* DATAZONE_FUZZ_H */
