/*-------------------------------------------------------------------------
 *
 * uuid.h
 *		Identifiers that nobody else makes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_UUID_H
#define DATAZONE_AWS_UUID_H

#include <stdint.h>

/* A UUID as text, with its terminating NUL. */
#define DZ_UUID_TEXT_SIZE 37

/*
 * Write a random UUID (RFC 9562, section 5.4: version 4) to "text", in lower
 * case, as the SDKs make client tokens and invocation ids.
 *
 * Throws if the system has no random values.
 */
extern void DzUuidRandom(char text[DZ_UUID_TEXT_SIZE]);

/*
 * The same with a UUID that sorts by time (RFC 9562, section 5.7: version 7).
 * "unix_us" are microseconds since 1970, of which the fraction of a
 * millisecond goes into rand_a (section 6.2, method 3).
 */
extern void DzUuidTimed(int64_t unix_us, char text[DZ_UUID_TEXT_SIZE]);

#endif /* DATAZONE_AWS_UUID_H */
