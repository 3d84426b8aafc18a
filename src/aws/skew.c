/*-------------------------------------------------------------------------
 *
 * skew.c
 *		How far this machine's clock is from the service's.
 *
 * The service's time is compared with the middle between sending and
 * receiving, which bounds the error by half of the round trip.
 *
 * Whether a refusal is the clock's fault is decided by how far off the
 * request's own time was, not by how far off our clock is: on a machine whose
 * clock is wrong for good, a correction that is already applied explains
 * nothing, and an AccessDeniedException is final there as everywhere.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/skew.h"

#include <stddef.h>
#include <string.h>

#include "aws/timestamp.h"

#define MINUTE_US (INT64_C(60) * 1000000)
#define THRESHOLD_US (4 * MINUTE_US)
#define MAX_TRIP_US (15 * MINUTE_US)

bool
DzSkewMeasure(const char *date, bool has_age, int64_t sent_us,
			  int64_t received_us, int64_t *skew_us)
{
	int64_t server_us;
	int64_t trip_us = received_us > sent_us ? received_us - sent_us : 0;

	if (date == NULL || has_age || trip_us > MAX_TRIP_US ||
		!DzTimestampParse(date, strlen(date), &server_us))
		return false;
	*skew_us = server_us - (sent_us + trip_us / 2);

	return true;
}

bool
DzSkewExplains(const char *code, int64_t measured_us, int64_t applied_us)
{
	static const char *const codes[] = {
		"AccessDeniedException",     "AuthFailure",
		"InvalidSignatureException", "RequestExpired",
		"RequestInTheFuture",        "RequestTimeTooSkewed",
		"SignatureDoesNotMatch"};
	int64_t off_us = measured_us - applied_us;

	if (code == NULL || (off_us < THRESHOLD_US && off_us > -THRESHOLD_US))
		return false;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
	{
		if (strcmp(code, codes[i]) == 0)
			return true;
	}

	return false;
}

void
DzSkewNote(DzSkew *skew, int64_t measured_us)
{
	skew->is_measured = true;
	skew->measured_us = measured_us;
}

bool
DzSkewCorrect(DzSkew *skew, const char *code, int64_t applied_us)
{
	if (!skew->is_measured ||
		!DzSkewExplains(code, skew->measured_us, applied_us))
		return false;
	skew->applied_us = skew->measured_us;

	return true;
}
