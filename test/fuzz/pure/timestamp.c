/*-------------------------------------------------------------------------
 *
 * timestamp.c
 *		Fuzz: timestamps as text, as a double, as a count of microseconds.
 *
 * Whatever is read can be written in every form and read again; a number of
 * seconds is what the C library takes it for.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/timestamp.h"

#include <math.h>

#include "fuzz.h"

#define US 1000000

/* well inside the years 1 to 9999 */
#define LOW_SECONDS (-62135596000.0)
#define HIGH_SECONDS 253402300000.0

static void check_forms(int64_t us);
static int64_t parse_back(const char *text, int len);
static void check_number(const char *text, size_t len);
static bool is_number(const char *text);
static bool is_near(int64_t us, double seconds);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int64_t us;
	double seconds;

	if (DzTimestampParse((const char *) data, size, &us))
		check_forms(us);
	check_number((const char *) data, size);

	if (size >= sizeof(us))
	{
		memcpy(&us, data, sizeof(us));
		check_forms(us);
		memcpy(&seconds, data, sizeof(seconds));
		if (DzTimestampFromDouble(seconds, &us))
		{
			check_forms(us);
			REQUIRE(is_near(us, seconds));
		}
		else
			REQUIRE(!(seconds > LOW_SECONDS && seconds < HIGH_SECONDS));
	}
	return 0;
}

/* Out of range in one form is so in all. */
static void
check_forms(int64_t us)
{
	char text[DZ_TIMESTAMP_MAX];
	int64_t past_second = (us % US + US) % US;
	int len = DzTimestampFormatIso(us, text);

	if (len == 0)
	{
		REQUIRE(DzTimestampFormatEpoch(us, text) == 0 && text[0] == '\0');
		REQUIRE(DzTimestampFormatHttpDate(us, text) == 0 && text[0] == '\0');
		REQUIRE(DzTimestampFormatBasic(us, text) == 0 && text[0] == '\0');
		return;
	}
	REQUIRE(parse_back(text, len) == us);
	len = DzTimestampFormatEpoch(us, text);
	REQUIRE(parse_back(text, len) == us);
	len = DzTimestampFormatHttpDate(us, text);
	REQUIRE(len == 29 && parse_back(text, len) == us - past_second);
	len = DzTimestampFormatBasic(us, text);
	REQUIRE(len == 16 && strlen(text) == 16);
}

static int64_t
parse_back(const char *text, int len)
{
	int64_t us;

	REQUIRE(len > 0 && len < DZ_TIMESTAMP_MAX && (size_t) len == strlen(text));
	REQUIRE(DzTimestampParse(text, (size_t) len, &us));
	return us;
}

/* A number within the years is a timestamp, and the one that it says. */
static void
check_number(const char *text, size_t len)
{
	char copy[64];
	double seconds;
	int64_t us;

	if (len >= sizeof(copy) || memchr(text, '\0', len) != NULL)
		return;
	memcpy(copy, text, len);
	copy[len] = '\0';
	if (!is_number(copy))
		return;
	seconds = strtod(copy, NULL);
	if (DzTimestampParse(text, len, &us))
		REQUIRE(is_near(us, seconds));
	else
		REQUIRE(!(seconds > LOW_SECONDS && seconds < HIGH_SECONDS));
}

/* -?digits[.digits][e[+-]digits] */
static bool
is_number(const char *text)
{
	static const char digits[] = "0123456789";
	const char *p = text + (*text == '-' ? 1 : 0);
	size_t n = strspn(p, digits);

	p += n;
	if (n > 0 && *p == '.')
	{
		n = strspn(p + 1, digits);
		p += 1 + n;
	}
	if (n > 0 && (*p == 'e' || *p == 'E'))
	{
		p += p[1] == '+' || p[1] == '-' ? 2 : 1;
		n = strspn(p, digits);
		p += n;
	}
	return n > 0 && *p == '\0';
}

/* Within the rounding to microseconds, and that of the double itself. */
static bool
is_near(int64_t us, double seconds)
{
	double wanted = seconds * US;

	return fabs((double) us - wanted) <= 0.51 + fabs(wanted) * 4e-16;
}
