/*-------------------------------------------------------------------------
 *
 * regulator.c
 *		What a call asks of its endpoint's regulator, and tells it.
 *
 * Each function here is one visit: enter, a few additions, leave.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <time.h>

#include "aws/client.h"

static const DzRegulatorKeeper *the_keeper = NULL;

static DzRegulator *enter(DzAwsClient *client);
static void leave(const DzAwsClient *client, const DzRegulator *regulator);

void
DzRegulatorsKeptBy(const DzRegulatorKeeper *keeper)
{
	the_keeper = keeper;
}

void
DzRegulatorInit(DzRegulator *regulator, int64_t now_us)
{
	memset(regulator, 0, sizeof(*regulator));
	DzRetryQuotaInit(&regulator->quota);
	DzRateLimiterInit(&regulator->limiter, now_us);
}

static DzRegulator *
enter(DzAwsClient *client)
{
	DzRegulator *regulator = NULL;

	/* a client that is not located yet has sent nothing either */
	if (the_keeper != NULL && client->id != 0 && client->is_located)
		regulator = the_keeper->enter(client->id, client->endpoint.url);
	return regulator != NULL ? regulator : &client->regulator;
}

static void
leave(const DzAwsClient *client, const DzRegulator *regulator)
{
	if (regulator != &client->regulator)
		the_keeper->leave();
}

/* Microseconds since 1970 by this machine's clock, right or wrong. */
int64
DzAwsClockUs(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_REALTIME, &now);
	return (int64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/*
 * Take the token of an attempt.  0: it may be sent; else, in adaptive mode
 * only, ask again after so many microseconds (see limiter.h).
 */
int64
DzAwsTakeToken(DzAwsClient *client)
{
	DzRegulator *regulator;
	int64 wait_us;

	if (client->retry_mode != DZ_RETRY_ADAPTIVE)
		return 0;
	regulator = enter(client);
	wait_us = DzRateLimiterTake(&regulator->limiter, DzNowMonotonicUs());
	leave(client, regulator);
	return wait_us;
}

/* The attempt was not sent after all. */
void
DzAwsGiveTokenBack(DzAwsClient *client)
{
	DzRegulator *regulator;

	if (client->retry_mode != DZ_RETRY_ADAPTIVE)
		return;
	regulator = enter(client);
	DzRateLimiterGiveBack(&regulator->limiter);
	leave(client, regulator);
}

/* Pay for a retry; arguments and result are DzRetryQuotaTake()'s. */
bool
DzAwsPayRetry(DzAwsClient *client, DzRetryClass retry_class, int *cost)
{
	DzRegulator *regulator = enter(client);
	bool is_paid = DzRetryQuotaTake(&regulator->quota, retry_class, cost);

	leave(client, regulator);
	return is_paid;
}

/* What an attempt has to know of the time when it is signed. */
DzSkew
DzAwsSkewOf(DzAwsClient *client)
{
	DzRegulator *regulator = enter(client);
	DzSkew skew = regulator->skew;

	leave(client, regulator);
	if (client->no_skew_correction)
		skew.applied_us = 0;
	return skew;
}

/*
 * An attempt has ended, with an answer or without one.  It was sent at
 * "sent_us" of DzAwsClockUs().  "last_cost" is what the last retry of the call
 * cost if it has succeeded with this one, else -1.  All in one visit: there is
 * one lock for all processes.
 */
void
DzAwsNoteAnswer(DzAwsClient *client, DzHttpTransfer *transfer, int64 sent_us,
				bool throttled, int last_cost)
{
	int64 skew_us;
	bool is_measured =
		DzSkewMeasure(DzHttpHeaderValue(transfer, "date"),
					  DzHttpHeaderValue(transfer, "age") != NULL, sent_us,
					  DzAwsClockUs(), &skew_us);
	DzRegulator *regulator = enter(client);

	if (is_measured)
		DzSkewNote(&regulator->skew, skew_us);
	if (client->retry_mode == DZ_RETRY_ADAPTIVE)
		DzRateLimiterUpdate(&regulator->limiter, throttled,
							DzNowMonotonicUs());
	if (last_cost >= 0)
		DzRetryQuotaRefund(&regulator->quota, last_cost);
	leave(client, regulator);
}

/*
 * Whether a refusal with this code may be due to the time that the request
 * was signed with, "applied_us" away from our clock's.  The next one will be
 * signed with another then.
 */
bool
DzAwsCorrectSkew(DzAwsClient *client, const char *code, int64 applied_us)
{
	DzRegulator *regulator;
	bool is_corrected;

	if (client->no_skew_correction)
		return false;
	regulator = enter(client);
	is_corrected = DzSkewCorrect(&regulator->skew, code, applied_us);
	leave(client, regulator);
	return is_corrected;
}
