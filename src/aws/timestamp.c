/*-------------------------------------------------------------------------
 *
 * timestamp.c
 *		Timestamps as the AWS protocols write them.
 *
 * Numbers are read digit by digit: as a double, 1762021397.763 is off by a
 * part of a microsecond, and strtod(), strptime() and timegm() follow the
 * locale, the platform or its limits.  The calendar is the proleptic Gregorian
 * one, as in ISO 8601.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/timestamp.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "aws/ascii.h"

#define US_PER_SECOND INT64_C(1000000)
#define SECONDS_PER_DAY 86400

/* 0001-01-01T00:00:00Z, and the end of 9999-12-31, exclusive */
#define MIN_SECONDS INT64_C(-62135596800)
#define END_SECONDS INT64_C(253402300800)

/* exponents beyond this are the same to us: too large, or zero */
#define MAX_EXPONENT 1000000000

typedef struct Civil
{
	int year;
	int month; /* 1 .. 12 */
	int day; /* 1 .. 31 */
	int hour;
	int minute;
	int second; /* 60 when read: the second that follows */
} Civil;

/* The text that is still to be read. */
typedef struct Cursor
{
	const char *p;
	const char *end;
} Cursor;

static const char month_names[12][4] = {"Jan", "Feb", "Mar", "Apr",
										"May", "Jun", "Jul", "Aug",
										"Sep", "Oct", "Nov", "Dec"};
static const char day_names[7][4] = {"Sun", "Mon", "Tue", "Wed",
									 "Thu", "Fri", "Sat"};

static bool parse_iso(Cursor *c, int64_t *unix_us);
static bool parse_http_date(Cursor *c, int64_t *unix_us);
static bool parse_epoch(Cursor *c, int64_t *unix_us);
static bool scale_digits(const char *digits, const char *end, int64_t wanted,
						 int64_t *value);
static bool read_offset(Cursor *c, int *seconds);
static bool read_clock(Cursor *c, Civil *civil, int *us);
static bool read_fraction(Cursor *c, int *us);
static bool read_exponent(Cursor *c, int64_t *exponent);
static int read_name(Cursor *c, const char names[][4], int nnames);
static bool read_number(Cursor *c, int width, int *value);
static bool read_char(Cursor *c, const char *choices);
static bool to_unix_us(const Civil *civil, int us, int offset_seconds,
					   int64_t *unix_us);
static bool is_in_range(int64_t unix_us);
static int days_in_month(int year, int month);
static int64_t days_from_civil(int year, int month, int day);
static bool split(int64_t unix_us, Civil *civil, int *us, int *weekday);
static int append_fraction(char *dst, int us);

bool
DzTimestampParse(const char *text, size_t len, int64_t *unix_us)
{
	Cursor c = {text, text + len};

	if (len == 0)
		return false;
	/* "1.5e-3" has its hyphen there, too */
	if (len > 4 && DzIsDigit(text[0]) && DzIsDigit(text[3]) && text[4] == '-')
		return parse_iso(&c, unix_us);
	if (DzIsDigit(text[0]) || text[0] == '-')
		return parse_epoch(&c, unix_us);
	return parse_http_date(&c, unix_us);
}

bool
DzTimestampFromDouble(double seconds, int64_t *unix_us)
{
	int64_t us;

	/* written so that NaN fails, and llround() cannot overflow */
	if (!(seconds >= (double) MIN_SECONDS && seconds < (double) END_SECONDS))
		return false;
	us = llround(seconds * (double) US_PER_SECOND);
	if (!is_in_range(us))
		return false;
	*unix_us = us;

	return true;
}

int
DzTimestampFormatIso(int64_t unix_us, char *dst)
{
	Civil civil;
	int us;
	int len;

	dst[0] = '\0';
	if (!split(unix_us, &civil, &us, NULL))
		return 0;
	len = snprintf(dst, DZ_TIMESTAMP_MAX, "%04d-%02d-%02dT%02d:%02d:%02d",
				   civil.year, civil.month, civil.day, civil.hour,
				   civil.minute, civil.second);
	len += append_fraction(dst + len, us);
	dst[len++] = 'Z';
	dst[len] = '\0';

	return len;
}

int
DzTimestampFormatHttpDate(int64_t unix_us, char *dst)
{
	Civil civil;
	int us;
	int weekday;

	dst[0] = '\0';
	if (!split(unix_us, &civil, &us, &weekday))
		return 0;

	return snprintf(dst, DZ_TIMESTAMP_MAX,
					"%s, %02d %s %04d %02d:%02d:%02d GMT", day_names[weekday],
					civil.day, month_names[civil.month - 1], civil.year,
					civil.hour, civil.minute, civil.second);
}

int
DzTimestampFormatEpoch(int64_t unix_us, char *dst)
{
	int64_t magnitude;
	int len;

	dst[0] = '\0';
	if (!is_in_range(unix_us))
		return 0;
	magnitude = unix_us < 0 ? -unix_us : unix_us;
	len = snprintf(dst, DZ_TIMESTAMP_MAX, "%s%lld", unix_us < 0 ? "-" : "",
				   (long long) (magnitude / US_PER_SECOND));
	len += append_fraction(dst + len, (int) (magnitude % US_PER_SECOND));

	return len;
}

int
DzTimestampFormatBasic(int64_t unix_us, char *dst)
{
	Civil civil;
	int us;

	dst[0] = '\0';
	if (!split(unix_us, &civil, &us, NULL))
		return 0;

	return snprintf(dst, DZ_TIMESTAMP_MAX, "%04d%02d%02dT%02d%02d%02dZ",
					civil.year, civil.month, civil.day, civil.hour,
					civil.minute, civil.second);
}

/* 2026-01-02T03:04[:05[.678]][Z|+01:00|+0100|+01] */
static bool
parse_iso(Cursor *c, int64_t *unix_us)
{
	Civil civil = {0};
	int us = 0;
	int offset = 0;

	if (!read_number(c, 4, &civil.year) || !read_char(c, "-") ||
		!read_number(c, 2, &civil.month) || !read_char(c, "-") ||
		!read_number(c, 2, &civil.day) || !read_char(c, "Tt ") ||
		!read_clock(c, &civil, &us) || !read_offset(c, &offset) ||
		c->p != c->end)
		return false;

	return to_unix_us(&civil, us, offset, unix_us);
}

/*
 * Fri, 02 Jan 2026 03:04:05[.678] GMT.  Smithy's http-date may have the
 * fraction.  The day of the week is not compared with the date.
 */
static bool
parse_http_date(Cursor *c, int64_t *unix_us)
{
	Civil civil = {0};
	int us = 0;

	if (read_name(c, day_names, 7) < 0 || !read_char(c, ",") ||
		!read_char(c, " ") || !read_number(c, 2, &civil.day) ||
		!read_char(c, " "))
		return false;
	civil.month = read_name(c, month_names, 12) + 1;
	if (civil.month == 0 || !read_char(c, " ") ||
		!read_number(c, 4, &civil.year) || !read_char(c, " ") ||
		!read_clock(c, &civil, &us) || !read_char(c, " ") ||
		!read_char(c, "G") || !read_char(c, "M") || !read_char(c, "T") ||
		c->p != c->end)
		return false;

	return to_unix_us(&civil, us, 0, unix_us);
}

/*
 * A JSON number of seconds.  Its digits are taken as they stand up to six
 * places after the point that the exponent leaves; the next one rounds.
 */
static bool
parse_epoch(Cursor *c, int64_t *unix_us)
{
	bool is_negative = read_char(c, "-");
	const char *digits = c->p;
	const char *digits_end;
	int64_t point; /* digits before the point */
	int64_t exponent = 0;
	int64_t us;

	while (c->p < c->end && DzIsDigit(*c->p))
		c->p++;
	point = c->p - digits;
	if (point == 0)
		return false;
	if (read_char(c, "."))
	{
		const char *fraction = c->p;

		while (c->p < c->end && DzIsDigit(*c->p))
			c->p++;
		if (c->p == fraction)
			return false;
	}
	digits_end = c->p;
	if (!read_exponent(c, &exponent) || c->p != c->end)
		return false;

	if (!scale_digits(digits, digits_end, point + exponent + 6, &us))
		return false;
	if (is_negative)
		us = -us;
	if (!is_in_range(us))
		return false;
	*unix_us = us;

	return true;
}

/*
 * The number that the first "wanted" digits make, rounded by the next one.
 * Zeros stand for digits that are missing.  False: beyond the range.
 */
static bool
scale_digits(const char *digits, const char *end, int64_t wanted,
			 int64_t *value)
{
	int64_t seen = 0;

	*value = 0;
	for (const char *p = digits; p < end && seen <= wanted; p++)
	{
		if (*p == '.')
			continue;
		if (seen < wanted)
			*value = *value * 10 + (*p - '0');
		else if (*p >= '5')
			*value += 1;
		if (*value > END_SECONDS * US_PER_SECOND)
			return false;
		seen++;
	}
	for (; *value > 0 && seen < wanted; seen++)
	{
		*value *= 10;
		if (*value > END_SECONDS * US_PER_SECOND)
			return false;
	}

	return true;
}

/* Nothing is UTC. */
static bool
read_offset(Cursor *c, int *seconds)
{
	bool is_west = c->p < c->end && *c->p == '-';
	int hours;
	int minutes = 0;

	*seconds = 0;
	if (c->p == c->end || read_char(c, "Zz"))
		return true;
	if (!read_char(c, "+-") || !read_number(c, 2, &hours))
		return false;
	if (c->p < c->end)
	{
		(void) read_char(c, ":");
		if (!read_number(c, 2, &minutes))
			return false;
	}
	if (hours > 23 || minutes > 59)
		return false;
	*seconds = (hours * 60 + minutes) * 60;
	if (is_west)
		*seconds = -*seconds;

	return true;
}

/* 03:04 or 03:04:05 or 03:04:05.678 */
static bool
read_clock(Cursor *c, Civil *civil, int *us)
{
	if (!read_number(c, 2, &civil->hour) || !read_char(c, ":") ||
		!read_number(c, 2, &civil->minute))
		return false;
	if (!read_char(c, ":"))
		return true;
	return read_number(c, 2, &civil->second) && read_fraction(c, us);
}

/* "." and digits, or nothing; 1000000 us if it rounds up to a second. */
static bool
read_fraction(Cursor *c, int *us)
{
	int ndigits = 0;

	*us = 0;
	if (!read_char(c, ".,"))
		return true;
	for (; c->p < c->end && DzIsDigit(*c->p); c->p++)
	{
		if (ndigits < 6)
			*us = *us * 10 + (*c->p - '0');
		else if (ndigits == 6 && *c->p >= '5')
			*us += 1;
		if (ndigits < 7)
			ndigits++;
	}
	for (int i = ndigits; i < 6; i++)
		*us *= 10;

	return ndigits > 0;
}

/* e9, E-3 or nothing; clamped. */
static bool
read_exponent(Cursor *c, int64_t *exponent)
{
	bool is_negative;
	const char *digits;

	*exponent = 0;
	if (!read_char(c, "eE"))
		return true;
	is_negative = c->p < c->end && *c->p == '-';
	(void) read_char(c, "+-");
	for (digits = c->p; c->p < c->end && DzIsDigit(*c->p); c->p++)
	{
		if (*exponent < MAX_EXPONENT)
			*exponent = *exponent * 10 + (*c->p - '0');
	}
	if (is_negative)
		*exponent = -*exponent;

	return c->p > digits;
}

/* Index of the name that comes next, in any case; -1: none. */
static int
read_name(Cursor *c, const char names[][4], int nnames)
{
	if (c->end - c->p < 3)
		return -1;
	for (int i = 0; i < nnames; i++)
	{
		if (DzLower(c->p[0]) == DzLower(names[i][0]) &&
			DzLower(c->p[1]) == DzLower(names[i][1]) &&
			DzLower(c->p[2]) == DzLower(names[i][2]))
		{
			c->p += 3;
			return i;
		}
	}

	return -1;
}

/* Exactly "width" digits. */
static bool
read_number(Cursor *c, int width, int *value)
{
	*value = 0;
	if (c->end - c->p < width)
		return false;
	for (int i = 0; i < width; i++, c->p++)
	{
		if (!DzIsDigit(*c->p))
			return false;
		*value = *value * 10 + (*c->p - '0');
	}

	return true;
}

/* One character out of "choices"; nothing is read if it is another one. */
static bool
read_char(Cursor *c, const char *choices)
{
	if (c->p == c->end || *c->p == '\0' || strchr(choices, *c->p) == NULL)
		return false;
	c->p++;

	return true;
}

static bool
to_unix_us(const Civil *civil, int us, int offset_seconds, int64_t *unix_us)
{
	int64_t seconds;
	int64_t result;

	if (civil->year < 1 || civil->month < 1 || civil->month > 12 ||
		civil->day < 1 ||
		civil->day > days_in_month(civil->year, civil->month) ||
		civil->hour > 23 || civil->minute > 59 || civil->second > 60)
		return false;

	seconds = days_from_civil(civil->year, civil->month, civil->day) *
			  SECONDS_PER_DAY;
	seconds += (civil->hour * 60 + civil->minute) * 60 + civil->second;
	result = (seconds - offset_seconds) * US_PER_SECOND + us;
	if (!is_in_range(result))
		return false;
	*unix_us = result;

	return true;
}

static bool
is_in_range(int64_t unix_us)
{
	return unix_us >= MIN_SECONDS * US_PER_SECOND &&
		   unix_us < END_SECONDS * US_PER_SECOND;
}

static int
days_in_month(int year, int month)
{
	static const int days[12] = {31, 28, 31, 30, 31, 30,
								 31, 31, 30, 31, 30, 31};
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

/*
 * Days since 1970-01-01.  Years are counted from March, so that the leap day
 * is the last of its year; 719468 days lie between 0000-03-01 and 1970-01-01.
 */
static int64_t
days_from_civil(int year, int month, int day)
{
	int y = month > 2 ? year : year - 1;
	int m = month > 2 ? month - 3 : month + 9; /* March is 0 */
	int64_t days = 365 * (int64_t) y + y / 4 - y / 100 + y / 400;

	/* 153 days in each five months from March on */
	return days + (153 * m + 2) / 5 + day - 1 - 719468;
}

/* The reverse; "weekday" may be NULL, Sunday is 0. */
static bool
split(int64_t unix_us, Civil *civil, int *us, int *weekday)
{
	int64_t since_min;
	int64_t days;
	int seconds;

	if (!is_in_range(unix_us))
		return false;

	/* counted from the first moment in range, nothing is negative */
	since_min = unix_us - MIN_SECONDS * US_PER_SECOND;
	*us = (int) (since_min % US_PER_SECOND);
	seconds = (int) (since_min / US_PER_SECOND % SECONDS_PER_DAY);
	days = since_min / US_PER_SECOND / SECONDS_PER_DAY;
	civil->hour = seconds / 3600;
	civil->minute = seconds / 60 % 60;
	civil->second = seconds % 60;
	if (weekday != NULL)
		*weekday = (int) ((days + 1) % 7); /* 0001-01-01 was a Monday */

	/* 400 years have 146097 days; this is right or one year too early */
	civil->year = (int) (days * 400 / 146097) + 1;
	days += MIN_SECONDS / SECONDS_PER_DAY;
	if (days_from_civil(civil->year + 1, 1, 1) <= days)
		civil->year++;
	civil->month = 1;
	days -= days_from_civil(civil->year, 1, 1);
	while (days >= days_in_month(civil->year, civil->month))
		days -= days_in_month(civil->year, civil->month++);
	civil->day = (int) days + 1;

	return true;
}

/* "." and digits without trailing zeros; nothing for 0. */
static int
append_fraction(char *dst, int us)
{
	int len;

	if (us == 0)
		return 0;
	len = snprintf(dst, 8, ".%06d", us);
	while (dst[len - 1] == '0')
		len--;
	dst[len] = '\0';

	return len;
}
