/*-------------------------------------------------------------------------
 *
 * ascii.h
 *		Classes of ASCII characters, whatever the locale.
 *
 * A server runs in any locale, and isalnum() or tolower() follow it: in a
 * Turkish one a header's "I" would not become "i".  What is signed must not
 * depend on that.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_ASCII_H
#define DATAZONE_AWS_ASCII_H

#include <stdbool.h>

static inline bool
DzIsDigit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
DzIsAlnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || DzIsDigit(c);
}

static inline char
DzLower(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char) (c - 'A' + 'a');
	return c;
}

/* Value of a hexadecimal digit; -1: it is none. */
static inline int
DzHexValue(char c)
{
	char lower = DzLower(c);

	if (DzIsDigit(c))
		return c - '0';
	if (lower >= 'a' && lower <= 'f')
		return lower - 'a' + 10;
	return -1;
}

/* Whether "text" is "word", which is in lower case, in any case. */
static inline bool
DzIsWord(const char *text, const char *word)
{
	while (*word != '\0' && DzLower(*text) == *word)
	{
		text++;
		word++;
	}

	return *word == '\0' && *text == '\0';
}

#endif /* DATAZONE_AWS_ASCII_H */
