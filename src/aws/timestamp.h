/*-------------------------------------------------------------------------
 *
 * timestamp.h
 *		Timestamps as the AWS protocols write them.
 *
 * Pure: needs no server; knows neither locale nor time zone of the process.
 * A time is a count of microseconds since 1970-01-01 00:00 UTC, within the
 * years 1 to 9999.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_TIMESTAMP_H
#define DATAZONE_AWS_TIMESTAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* what each of the format functions needs at most, NUL included */
#define DZ_TIMESTAMP_MAX 40

/*
 * Read a timestamp, whichever of these it is:
 *
 *	 2026-01-02T03:04:05.678+01:00	ISO 8601 date-time; no offset means UTC
 *	 1762021397.763, 1.762021397763E9	epoch seconds as a JSON number
 *	 Fri, 02 Jan 2026 03:04:05 GMT	http-date (IMF-fixdate of RFC 9110)
 *
 * Fractions may have any length and are rounded to microseconds, halves away
 * from zero.  A leap second (:60) is the second that follows.  False:
 * anything else, or out of range.
 */
extern bool DzTimestampParse(const char *text, size_t len, int64_t *unix_us);

/* Epoch seconds, rounded to microseconds.  False: out of range, or NaN. */
extern bool DzTimestampFromDouble(double seconds, int64_t *unix_us);

/*
 * Write a timestamp into "dst" (DZ_TIMESTAMP_MAX bytes).  Return the length;
 * 0 and an empty string if the time is out of range.
 *
 *	 Iso		2026-01-02T03:04:05Z; a fraction only if there is one
 *	 HttpDate	Fri, 02 Jan 2026 03:04:05 GMT; a fraction is cut off
 *	 Epoch		1767323045.5; a JSON number without exponent
 *	 Basic		20260102T030405Z, x-amz-date's form; a fraction is cut off
 */
extern int DzTimestampFormatIso(int64_t unix_us, char *dst);
extern int DzTimestampFormatHttpDate(int64_t unix_us, char *dst);
extern int DzTimestampFormatEpoch(int64_t unix_us, char *dst);
extern int DzTimestampFormatBasic(int64_t unix_us, char *dst);

#endif /* DATAZONE_AWS_TIMESTAMP_H */
