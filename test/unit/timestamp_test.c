/*-------------------------------------------------------------------------
 *
 * timestamp_test.c
 *		Timestamps in each of the three forms, to the microsecond.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/timestamp.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "tap.h"

#define MIN_US INT64_C(-62135596800000000)
#define MAX_US INT64_C(253402300799999999)

/* 2026-01-02T03:04:05Z and two microseconds beside it */
#define T INT64_C(1767323045000000)

static const struct
{
	const char *text;
	int64_t us;
} good[] = {
	/* ISO 8601 */
	{"2026-01-02T03:04:05Z", T},
	{"2026-01-02t03:04:05z", T},
	{"2026-01-02 03:04:05", T},
	{"2026-01-02T03:04:05", T},
	{"2026-01-02T03:04Z", INT64_C(1767323040000000)},
	{"2026-01-02T03:04:05+00:00", T},
	{"2026-01-02T03:04:05-00:00", T},
	{"2026-01-02T04:34:05+01:30", T},
	{"2026-01-02T04:34:05+0130", T},
	{"2026-01-01T19:04:05-08", T},
	{"2026-01-03T03:03:05+23:59", T},
	{"2026-01-02T03:04:05.678Z", T + 678000},
	{"2026-01-02T03:04:05,678Z", T + 678000},
	{"2026-01-02T03:04:05.6Z", T + 600000},
	{"2026-01-02T03:04:05.000001Z", T + 1},
	{"2026-01-02T03:04:05.123456789Z", T + 123457},
	{"2026-01-02T03:04:05.1234564999999999999999Z", T + 123456},
	{"2026-01-02T03:04:05.1234565Z", T + 123457},
	{"2026-01-02T03:04:05.9999995Z", T + 1000000},
	{"2026-01-02T03:04:05.678", T + 678000},
	{"1970-01-01T00:00:00Z", 0},
	{"1969-12-31T23:59:59.5Z", -500000},
	{"2000-02-29T12:00:00Z", INT64_C(951825600000000)},
	{"1600-02-29T00:00:00Z", INT64_C(-11670998400000000)},
	{"2016-12-31T23:59:60Z", INT64_C(1483228800000000)},
	{"2016-12-31T23:59:60.25Z", INT64_C(1483228800250000)},
	{"0001-01-01T00:00:00Z", MIN_US},
	{"0001-01-01T01:00:00+01:00", MIN_US},
	{"9999-12-31T23:59:59.999999Z", MAX_US},

	/* epoch seconds */
	{"0", 0},
	{"-0", 0},
	{"0.0", 0},
	{"1767323045", T},
	{"1767323045.678", T + 678000},
	{"1.762021397763E9", INT64_C(1762021397763000)},
	{"1.762021397763e+9", INT64_C(1762021397763000)},
	{"1762021397.763", INT64_C(1762021397763000)},
	{"1762021397.000001", INT64_C(1762021397000001)},
	{"17620213977630E-4", INT64_C(1762021397763000)},
	{"1762021397763000e-06", INT64_C(1762021397763000)},
	{"0.00000000176202139776300e18", INT64_C(1762021397763000)},
	{"00001767323045", T},
	{"1767323045.0000004999999999999999999", T},
	{"1767323045.0000005", T + 1},
	{"1767323045.9999995", T + 1000000},
	{"-0.5", -500000},
	{"-1.5e-3", -1500},
	{"1.5e-3", 1500},
	{"123e-5", 1230},
	{"5e-7", 1},
	{"4e-7", 0},
	{"9e-8", 0},
	{"-5e-7", -1},
	{"1e-999999999999999999999", 0},
	{"0e999999999999999999999", 0},
	{"253402300799.999999", MAX_US},
	{"-62135596800", MIN_US},
	{"2.53402300799999999E11", MAX_US},

	/* http-date */
	{"Fri, 02 Jan 2026 03:04:05 GMT", T},
	{"fri, 02 JAN 2026 03:04:05 GMT", T},
	{"Fri, 02 Jan 2026 03:04:05.678 GMT", T + 678000},
	{"Sun, 06 Nov 1994 08:49:37 GMT", INT64_C(784111777000000)},
};

static const char *const bad[] = {
	"",
	" ",
	"x",
	"-",
	"now",
	"infinity",
	"NaN",
	"null",

	/* almost ISO 8601 */
	"2026-01-02",
	"2026-01-02T",
	"2026-01-02T03",
	"2026-01-02T03:",
	"2026-01-02T03:04:",
	"2026-01-02T3:04:05Z",
	"2026-1-2T03:04:05Z",
	"2026-01-02X03:04:05Z",
	"2026-01-02T03:04:05.Z",
	"2026-01-02T03:04.5Z",
	"2026-01-02T03:04:05Z ",
	" 2026-01-02T03:04:05Z",
	"2026-01-02T03:04:05ZZ",
	"2026-01-02T03:04:05+",
	"2026-01-02T03:04:05+1",
	"2026-01-02T03:04:05+01:",
	"2026-01-02T03:04:05+01:0",
	"2026-01-02T03:04:05+24:00",
	"2026-01-02T03:04:05+01:60",
	"2026-01-02T03:04:05 UTC",
	"20260102T030405Z",
	"+2026-01-02T03:04:05Z",
	"-2026-01-02T03:04:05Z",
	"12026-01-02T03:04:05Z",

	/* no such time */
	"2026-00-02T03:04:05Z",
	"2026-13-02T03:04:05Z",
	"2026-01-00T03:04:05Z",
	"2026-01-32T03:04:05Z",
	"2026-02-29T03:04:05Z",
	"1900-02-29T03:04:05Z",
	"2026-04-31T03:04:05Z",
	"2026-01-02T24:00:00Z",
	"2026-01-02T03:60:05Z",
	"2026-01-02T03:04:61Z",

	/* out of range */
	"0000-12-31T23:59:59Z",
	"0001-01-01T00:00:00+00:01",
	"9999-12-31T23:59:59-00:01",
	"9999-12-31T23:59:59.9999995Z",
	"9999-12-31T23:59:60Z",
	"253402300800",
	"253402300799.9999995",
	"-62135596800.000001",
	"1e12",
	"1e999999999999999999999",
	"99999999999999999999999999999999999999",
	"-99999999999999999999999999999999999999",

	/* almost numbers */
	"+1",
	"1.",
	".5",
	"1e",
	"1e+",
	"1.e3",
	"--1",
	"1 ",
	"1x",
	"0x10",
	"1,5",
	"1_000",

	/* almost http-date, and its obsolete forms */
	"Fri, 02 Jan 2026 03:04:05",
	"Fri, 02 Jan 2026 03:04:05 UTC",
	"Fri, 02 Jan 2026 03:04:05 GMTx",
	"Fri 02 Jan 2026 03:04:05 GMT",
	"Fri, 2 Jan 2026 03:04:05 GMT",
	"Fri, 02 Foo 2026 03:04:05 GMT",
	"Foo, 02 Jan 2026 03:04:05 GMT",
	"Fri, 30 Feb 2026 03:04:05 GMT",
	"Fri, 02 Jan 26 03:04:05 GMT",
	"Fr",
	"Friday, 02-Jan-26 03:04:05 GMT",
	"Fri Jan  2 03:04:05 2026",
};

static const struct
{
	int64_t us;
	const char *iso;
	const char *http;
	const char *epoch;
	const char *basic;
} formats[] = {
	{T, "2026-01-02T03:04:05Z", "Fri, 02 Jan 2026 03:04:05 GMT", "1767323045",
	 "20260102T030405Z"},
	{T + 678000, "2026-01-02T03:04:05.678Z", "Fri, 02 Jan 2026 03:04:05 GMT",
	 "1767323045.678", "20260102T030405Z"},
	{T + 1, "2026-01-02T03:04:05.000001Z", "Fri, 02 Jan 2026 03:04:05 GMT",
	 "1767323045.000001", "20260102T030405Z"},
	{T + 500000, "2026-01-02T03:04:05.5Z", "Fri, 02 Jan 2026 03:04:05 GMT",
	 "1767323045.5", "20260102T030405Z"},
	{0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "0",
	 "19700101T000000Z"},
	{-1, "1969-12-31T23:59:59.999999Z", "Wed, 31 Dec 1969 23:59:59 GMT",
	 "-0.000001", "19691231T235959Z"},
	{-1500000, "1969-12-31T23:59:58.5Z", "Wed, 31 Dec 1969 23:59:58 GMT",
	 "-1.5", "19691231T235958Z"},
	{INT64_C(951825600000000), "2000-02-29T12:00:00Z",
	 "Tue, 29 Feb 2000 12:00:00 GMT", "951825600", "20000229T120000Z"},
	{MIN_US, "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT",
	 "-62135596800", "00010101T000000Z"},
	{MAX_US, "9999-12-31T23:59:59.999999Z", "Fri, 31 Dec 9999 23:59:59 GMT",
	 "253402300799.999999", "99991231T235959Z"},
	{MIN_US - 1, "", "", "", ""},
	{MAX_US + 1, "", "", "", ""},
	{INT64_MIN, "", "", "", ""},
	{INT64_MAX, "", "", "", ""},
};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

/* Parse a copy that is exactly as long, so that reading on is seen. */
static bool
parse(const char *text, size_t len, int64_t *us)
{
	char *copy = tap_alloc(len);
	bool is_ok;

	memcpy(copy, text, len);
	is_ok = DzTimestampParse(copy, len, us);
	free(copy);

	return is_ok;
}

static void
test_parse(void)
{
	int64_t us;

	for (size_t i = 0; i < NELEMS(good); i++)
	{
		us = INT64_MIN;
		(void) parse(good[i].text, strlen(good[i].text), &us);
		tap_int(us, good[i].us, "read %s", good[i].text);
	}
	for (size_t i = 0; i < NELEMS(bad); i++)
		tap_ok(!parse(bad[i], strlen(bad[i]), &us), "refuse \"%s\"", bad[i]);

	tap_ok(!parse("2026-01-02T03:04:05\0Z", 21, &us), "refuse a NUL");
	tap_ok(!parse("1767323045\0", 11, &us), "refuse a NUL behind a number");

	/* whatever is cut off a timestamp, nothing behind it is read */
	for (size_t len = 0; len < strlen(good[0].text); len++)
		(void) parse(good[0].text, len, &us);
	for (size_t len = 0; len < 29; len++)
		tap_ok(!parse("Fri, 02 Jan 2026 03:04:05 GMT", len, &us),
			   "refuse the first %d bytes of an http-date", (int) len);
}

static void
test_double(void)
{
	static const struct
	{
		double seconds;
		int64_t us;
	} doubles[] = {
		{0.0, 0},
		{1762021397.763, INT64_C(1762021397763000)},
		{1.762021397763E9, INT64_C(1762021397763000)},
		{1762021397.000001, INT64_C(1762021397000001)},
		{-0.5, -500000},
		{5e-7, 1},
		{4e-7, 0},
		{253402300799.0, INT64_C(253402300799000000)},
		{-62135596800.0, MIN_US},
	};
	static const double refused[] = {253402300800.0, -62135596801.0, 1e300,
									 -1e300};
	int64_t us;

	for (size_t i = 0; i < NELEMS(doubles); i++)
	{
		us = INT64_MIN;
		(void) DzTimestampFromDouble(doubles[i].seconds, &us);
		tap_int(us, doubles[i].us, "double %.9g", doubles[i].seconds);
	}
	for (size_t i = 0; i < NELEMS(refused); i++)
		tap_ok(!DzTimestampFromDouble(refused[i], &us), "refuse double %g",
			   refused[i]);
	tap_ok(!DzTimestampFromDouble((double) NAN, &us), "refuse NaN");
	tap_ok(!DzTimestampFromDouble((double) INFINITY, &us), "refuse infinity");
	tap_ok(!DzTimestampFromDouble(-(double) INFINITY, &us),
		   "refuse minus infinity");
}

static void
test_format(void)
{
	char text[DZ_TIMESTAMP_MAX];

	for (size_t i = 0; i < NELEMS(formats); i++)
	{
		int64_t us = formats[i].us;
		int len;

		len = DzTimestampFormatIso(us, text);
		tap_text(text, formats[i].iso, "ISO 8601 of %" PRId64, us);
		tap_int(len, (int) strlen(text), "its length");
		len = DzTimestampFormatHttpDate(us, text);
		tap_text(text, formats[i].http, "http-date of %" PRId64, us);
		tap_int(len, (int) strlen(text), "its length");
		len = DzTimestampFormatEpoch(us, text);
		tap_text(text, formats[i].epoch, "epoch seconds of %" PRId64, us);
		tap_int(len, (int) strlen(text), "its length");
		len = DzTimestampFormatBasic(us, text);
		tap_text(text, formats[i].basic, "basic form of %" PRId64, us);
		tap_int(len, (int) strlen(text), "its length");
	}
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/*
 * Count the days from 0001-01-01 on by turning the leaves of a calendar, and
 * compare the first and last day of each month in all forms, both ways.
 */
static void
test_calendar(void)
{
	static const char names[7][4] = {"Mon", "Tue", "Wed", "Thu",
									 "Fri", "Sat", "Sun"};
	int64_t days = 0;
	int mismatches = 0;
	int64_t us;

	for (int month = 0; month < 9999 * 12; month++)
	{
		static const int lengths[12] = {31, 28, 31, 30, 31, 30,
										31, 31, 30, 31, 30, 31};
		int year = month / 12 + 1;
		int m = month % 12;
		int length = lengths[m] + (m == 1 && is_leap(year));

		for (int day = 1; day <= length; day += length - 1)
		{
			int64_t at = MIN_US + (days + day - 1) * INT64_C(86400000000);
			char expected[64];
			char text[DZ_TIMESTAMP_MAX];

			(void) snprintf(expected, sizeof(expected),
							"%04d-%02d-%02dT00:00:00Z", year, m + 1, day);
			(void) DzTimestampFormatIso(at, text);
			mismatches += strcmp(text, expected) != 0;
			mismatches +=
				!DzTimestampParse(expected, strlen(expected), &us) || us != at;
			(void) DzTimestampFormatHttpDate(at, text);
			mismatches += strncmp(text, names[(days + day - 1) % 7], 3) != 0;
			mismatches +=
				!DzTimestampParse(text, strlen(text), &us) || us != at;
			(void) DzTimestampFormatEpoch(at, text);
			mismatches +=
				!DzTimestampParse(text, strlen(text), &us) || us != at;
		}
		days += length;
	}
	tap_int(days, 3652059, "9,999 years have 3,652,059 days");
	tap_int(mismatches, 0, "all months' first and last days, both ways");
}

/* Random moments, every form that keeps microseconds, both ways. */
static void
test_round_trip(void)
{
	uint64_t state = 88172645463325252U;
	int mismatches = 0;

	for (int i = 0; i < 20000; i++)
	{
		char text[DZ_TIMESTAMP_MAX];
		int64_t at;
		int64_t us;

		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		at = MIN_US + (int64_t) (state % (uint64_t) (MAX_US - MIN_US));
		(void) DzTimestampFormatIso(at, text);
		mismatches += !DzTimestampParse(text, strlen(text), &us) || us != at;
		(void) DzTimestampFormatEpoch(at, text);
		mismatches += !DzTimestampParse(text, strlen(text), &us) || us != at;
	}
	tap_int(mismatches, 0, "20,000 random moments, both ways");
}

int
main(void)
{
	/* neither may matter */
	(void) setenv("TZ", "America/St_Johns", 1);
	tzset();
	(void) setlocale(LC_ALL, "");

	test_parse();
	test_double();
	test_format();
	test_calendar();
	test_round_trip();

	return tap_done();
}
