/*-------------------------------------------------------------------------
 *
 * skew_test.c
 *		How far the clock is off, and whether that explains a refusal.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/skew.h"

#include "tap.h"

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define DATE "Fri, 02 Jan 2026 03:04:05 GMT"
#define DATE_US (INT64_C(1767323045) * SECOND)
#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))
#define NOTHING INT64_MAX

static const struct
{
	const char *date;
	bool has_age;
	int64_t sent_us;
	int64_t received_us;
	int64_t skew_us; /* NOTHING: not measured */
} measurements[] = {
	{DATE, false, DATE_US, DATE_US, 0},
	{DATE, false, DATE_US - SECOND, DATE_US + SECOND, 0},
	{DATE, false, DATE_US, DATE_US + 2 * SECOND, -SECOND},
	{DATE, false, DATE_US - 10 * MINUTE, DATE_US - 10 * MINUTE + SECOND,
	 10 * MINUTE - SECOND / 2},
	{DATE, false, DATE_US + 9 * MINUTE, DATE_US + 9 * MINUTE, -9 * MINUTE},
	{DATE, true, DATE_US, DATE_US, NOTHING},
	{NULL, false, DATE_US, DATE_US, NOTHING},
	{"", false, DATE_US, DATE_US, NOTHING},
	{"yesterday", false, DATE_US, DATE_US, NOTHING},
	{DATE, false, DATE_US, DATE_US + 15 * MINUTE, -15 * MINUTE / 2},
	{DATE, false, DATE_US, DATE_US + 15 * MINUTE + 1, NOTHING},
	/* our clock was set back in between */
	{DATE, false, DATE_US + SECOND, DATE_US, -SECOND},
};

static const struct
{
	const char *code;
	int64_t measured_us;
	int64_t applied_us;
	bool expected;
} refusals[] = {
	{"AccessDeniedException", 4 * MINUTE, 0, true},
	{"AccessDeniedException", -4 * MINUTE, 0, true},
	{"AccessDeniedException", 4 * MINUTE - 1, 0, false},
	{"AccessDeniedException", 1 - 4 * MINUTE, 0, false},
	{"AccessDeniedException", 0, 0, false},
	{"InvalidSignatureException", 5 * MINUTE, 0, true},
	{"SignatureDoesNotMatch", 5 * MINUTE, 0, true},
	{"AuthFailure", 5 * MINUTE, 0, true},
	{"RequestTimeTooSkewed", 5 * MINUTE, 0, true},
	{"RequestExpired", 5 * MINUTE, 0, true},
	{"RequestInTheFuture", 5 * MINUTE, 0, true},
	{"ValidationException", 60 * MINUTE, 0, false},
	{"", 60 * MINUTE, 0, false},
	{NULL, 60 * MINUTE, 0, false},

	/* what was corrected already explains nothing */
	{"AccessDeniedException", 60 * MINUTE, 60 * MINUTE, false},
	{"AccessDeniedException", 60 * MINUTE, 58 * MINUTE, false},
	{"AccessDeniedException", 0, 60 * MINUTE, true},
};

/* The clock is ten minutes slow, is corrected, and then is set right. */
static void
test_correction(void)
{
	DzSkew skew = {0};
	const char *code = "InvalidSignatureException";

	tap_int(DzSkewCorrect(&skew, code, 0), false, "nothing is known yet");
	DzSkewNote(&skew, 10 * MINUTE);
	tap_int(skew.applied_us, 0, "what works is left alone");
	tap_int(DzSkewCorrect(&skew, "ValidationException", 0), false,
			"a code that is not about time");
	tap_int(skew.applied_us, 0, "... changes nothing");
	tap_int(DzSkewCorrect(&skew, code, 0), true, "a slow clock");
	tap_int(skew.applied_us, 10 * MINUTE, "... is corrected");
	tap_int(DzSkewCorrect(&skew, code, 10 * MINUTE), false,
			"a refusal after that has another reason");
	tap_int(DzSkewCorrect(&skew, code, 0), true,
			"one that was under way meanwhile has not");
	DzSkewNote(&skew, SECOND);
	tap_int(skew.applied_us, 10 * MINUTE, "set right, but nobody complains");
	tap_int(DzSkewCorrect(&skew, code, 10 * MINUTE), true,
			"the correction has become wrong");
	tap_int(skew.applied_us, SECOND, "... and goes");
	DzSkewNote(&skew, -10 * MINUTE);
	tap_int(DzSkewCorrect(&skew, code, SECOND), true, "a fast clock");
	tap_int(skew.applied_us, -10 * MINUTE, "... is corrected");
}

int
main(void)
{
	test_correction();
	for (size_t i = 0; i < NELEMS(measurements); i++)
	{
		int64_t skew_us = NOTHING;
		bool is_ok = DzSkewMeasure(
			measurements[i].date, measurements[i].has_age,
			measurements[i].sent_us, measurements[i].received_us, &skew_us);

		tap_int(skew_us, measurements[i].skew_us, "measurement %d", (int) i);
		tap_int(is_ok, measurements[i].skew_us != NOTHING, "is one or not");
	}
	for (size_t i = 0; i < NELEMS(refusals); i++)
		tap_int(DzSkewExplains(refusals[i].code, refusals[i].measured_us,
							   refusals[i].applied_us),
				refusals[i].expected, "refusal %d", (int) i);

	return tap_done();
}
