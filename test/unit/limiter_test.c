/*-------------------------------------------------------------------------
 *
 * limiter_test.c
 *		The rate limiter of the adaptive retry mode.
 *
 * The series was computed with an independent model of the published rules:
 * an answer every 200 ms, four of them throttled.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/limiter.h"

#include <math.h>

#include "tap.h"

#define START INT64_C(100000000)

static const struct
{
	int64_t now_us;
	bool throttled;
	double measured;
	double fill_rate;
} series[] = {
	{100200000, false, 0.000000000, 0.500000000},
	{100400000, false, 0.000000000, 0.500000000},
	{100600000, false, 4.800000000, 0.500000000},
	{100800000, false, 4.800000000, 0.500000000},
	{101000000, false, 4.160000000, 0.500000000},
	{101200000, false, 4.160000000, 0.691200000},
	{101400000, false, 4.160000000, 1.097600000},
	{101600000, false, 5.632000000, 1.638400000},
	{101800000, true, 5.632000000, 3.942400000},
	{102000000, false, 4.326400000, 4.495142434},
	{102200000, false, 4.326400000, 4.911901252},
	{102400000, false, 4.326400000, 5.211876453},
	{102600000, false, 5.665280000, 5.414268037},
	{102800000, false, 5.665280000, 5.538276004},
	{103000000, false, 4.333056000, 5.603100354},
	{103200000, true, 4.333056000, 3.033139200},
	{103400000, true, 4.333056000, 2.123197440},
	{103600000, false, 5.666611200, 2.478395257},
	{103800000, false, 5.666611200, 2.726535985},
	{104000000, false, 4.333322240, 2.886819626},
	{104200000, false, 4.333322240, 2.978446179},
	{104400000, false, 4.333322240, 3.020615644},
	{104600000, true, 5.666664448, 2.114430951},
	{104800000, false, 5.666664448, 2.468572304},
	{105000000, false, 4.333332890, 2.715830577},
	{105200000, false, 4.333332890, 2.875405770},
	{105400000, false, 4.333332890, 2.966497883},
	{105600000, false, 5.666666578, 3.008306915},
	{105800000, false, 5.666666578, 3.020032868},
	{106000000, false, 4.333333316, 3.020875740},
};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

static bool
is_near(double a, double b)
{
	return fabs(a - b) < 1e-8;
}

static void
test_series(void)
{
	DzRateLimiter l;

	DzRateLimiterInit(&l, START);
	for (size_t i = 0; i < NELEMS(series); i++)
	{
		DzRateLimiterUpdate(&l, series[i].throttled, series[i].now_us);
		tap_ok(is_near(l.measured, series[i].measured),
			   "answer %d: the measured rate is %.9f", (int) i, l.measured);
		tap_ok(is_near(l.fill_rate, series[i].fill_rate),
			   "answer %d: the rate is %.9f", (int) i, l.fill_rate);
		tap_ok(l.is_enabled == (i >= 8), "answer %d: enabled or not", (int) i);
	}
}

static void
test_tokens(void)
{
	DzRateLimiter l;
	int64_t now = START;

	DzRateLimiterInit(&l, now);
	for (int i = 0; i < 1000; i++)
	{
		if (DzRateLimiterTake(&l, now) != 0)
			tap_ok(false, "no wait before the first throttling");
	}
	DzRateLimiterUpdate(&l, true, now);
	tap_ok(is_near(l.fill_rate, 0.5), "at least one request in two seconds");
	tap_int(DzRateLimiterTake(&l, now), 2000000, "the first one waits");
	tap_int(DzRateLimiterTake(&l, now), 2000000,
			"another as well, for nobody has paid");
	tap_int(DzRateLimiterTake(&l, now + 1000000), 1000000,
			"a third, a second later");
	tap_int(DzRateLimiterTake(&l, now + 2000000), 0, "who asks then gets it");
	tap_int(DzRateLimiterTake(&l, now + 2000000), 2000000, "and no other");
	DzRateLimiterGiveBack(&l);
	tap_int(DzRateLimiterTake(&l, now + 2000000), 0,
			"a token that was given back");
	tap_int(DzRateLimiterTake(&l, now + 60000000), 0, "tokens are saved");
	tap_int(DzRateLimiterTake(&l, now + 60000000), 2000000,
			"but no more than one at this rate");

	/* a clock that jumps back */
	tap_int(DzRateLimiterTake(&l, now), 2000000, "gives nothing");
	for (int i = 0; i < 10; i++)
		DzRateLimiterGiveBack(&l);
	tap_ok(l.tokens <= l.capacity, "nor do those who give back too much");
}

/* However many wait, the wait is for one token, and shrinks with the rate. */
static void
test_many(void)
{
	DzRateLimiter l;
	int64_t now = START;
	int64_t longest = 0;

	DzRateLimiterInit(&l, now);
	for (int i = 0; i < 200; i++)
		DzRateLimiterUpdate(&l, false, now += 50000);
	for (int i = 0; i < 20; i++)
		DzRateLimiterUpdate(&l, true, now += 1000);
	for (int i = 0; i < 200; i++)
	{
		int64_t wait = DzRateLimiterTake(&l, now);

		longest = wait > longest ? wait : longest;
	}
	tap_ok(longest > 500000 && longest <= 2000000,
		   "two hundred wait for the next token: %d ms",
		   (int) (longest / 1000));
	for (int i = 0; i < 200; i++)
		DzRateLimiterUpdate(&l, false, now += 50000);
	tap_ok(DzRateLimiterTake(&l, now) < 100000,
		   "and see that the rate has grown");
}

/* Without further throttling the rate comes back, and goes beyond. */
static void
test_recovery(void)
{
	DzRateLimiter l;
	int64_t now = START;
	int64_t back_us = 0;

	DzRateLimiterInit(&l, now);
	for (int i = 0; i < 200; i++)
		DzRateLimiterUpdate(&l, false, now += 50000);
	DzRateLimiterUpdate(&l, true, now += 50000);
	tap_ok(l.fill_rate > 13 && l.fill_rate < 15, "70 %% of 20 a second: %.2f",
		   l.fill_rate);
	for (int i = 0; i < 400 && l.fill_rate < 35; i++)
	{
		DzRateLimiterUpdate(&l, false, now += 50000);
		if (back_us == 0 && l.fill_rate >= l.last_max_rate)
			back_us = now - l.last_throttle_us;
	}
	tap_ok(back_us > 2000000 && back_us < 3000000,
		   "back after some 2.5 s: %d ms", (int) (back_us / 1000));
	tap_ok(l.fill_rate >= 35, "and up to what is measured, twice: %.2f",
		   l.fill_rate);
	for (int i = 0; i < 400; i++)
		DzRateLimiterUpdate(&l, false, now += 50000);
	tap_ok(l.fill_rate <= 2 * l.measured + 1e-9, "but not above that");
}

int
main(void)
{
	test_series();
	test_tokens();
	test_many();
	test_recovery();

	return tap_done();
}
