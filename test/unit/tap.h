/*-------------------------------------------------------------------------
 *
 * tap.h
 *		The Test Anything Protocol, as far as the unit tests need it.
 *
 * Each program includes this once and ends with "return tap_done();".  The
 * plan comes last, so a program that dies on the way is seen to have failed.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_UNIT_TAP_H
#define DATAZONE_UNIT_TAP_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_tests = 0;
static int tap_failures = 0;

#define TAP_PRINTF(text, first) \
	__attribute__((format(printf, text, first), unused))

/* An explanation; each line of it becomes a comment. */
static inline void
tap_note_text(const char *title, const char *text)
{
	printf("#   %s: ", title);
	for (const char *p = text; *p != '\0'; p++)
	{
		putchar(*p);
		if (*p == '\n')
			printf("#     ");
	}
	putchar('\n');
}

static inline bool
tap_result(bool is_ok, const char *format, va_list args)
{
	tap_tests++;
	printf("%sok %d - ", is_ok ? "" : "not ", tap_tests);
	vprintf(format, args);
	putchar('\n');
	if (!is_ok)
		tap_failures++;

	return is_ok;
}

/* One test; the rest is its name.  Returns whether it passed. */
TAP_PRINTF(2, 3)
static bool
tap_ok(bool is_ok, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void) tap_result(is_ok, format, args);
	va_end(args);

	return is_ok;
}

/* Passes if the texts are the same; NULL is the same as NULL only. */
TAP_PRINTF(3, 4)
static bool
tap_text(const char *got, const char *expected, const char *format, ...)
{
	bool is_ok = got == NULL || expected == NULL ? got == expected
												 : strcmp(got, expected) == 0;
	va_list args;

	va_start(args, format);
	(void) tap_result(is_ok, format, args);
	va_end(args);
	if (!is_ok)
	{
		tap_note_text("got", got != NULL ? got : "(null)");
		tap_note_text("expected", expected != NULL ? expected : "(null)");
	}

	return is_ok;
}

TAP_PRINTF(3, 4)
static bool
tap_int(int64_t got, int64_t expected, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void) tap_result(got == expected, format, args);
	va_end(args);
	if (got != expected)
		printf("#   got: %" PRId64 "\n#   expected: %" PRId64 "\n", got,
			   expected);

	return got == expected;
}

/* Count a test that cannot run here. */
static inline void
tap_skip(const char *name, const char *reason)
{
	tap_tests++;
	printf("ok %d - %s # SKIP %s\n", tap_tests, name, reason);
}

/* Memory of exactly this size; a test that gets none has failed. */
static inline void *
tap_alloc(size_t size)
{
	void *memory = malloc(size > 0 ? size : 1);

	if (memory == NULL)
		abort();

	return memory;
}

/* The exit status of the program. */
static inline int
tap_done(void)
{
	printf("1..%d\n", tap_tests);

	return tap_failures > 0 ? 1 : 0;
}

#endif /* DATAZONE_UNIT_TAP_H */
