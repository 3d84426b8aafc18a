/*-------------------------------------------------------------------------
 *
 * retry.c
 *		The arithmetic of the AWS SDKs' "standard" retry mode of 2026.
 *
 * Source of the numbers: "Retry behavior" in the AWS SDKs and Tools reference
 * guide, revision 2.1 of the specification, which the SDKs announced in May
 * 2026.  Against its predecessor it waits 50 ms instead of a second after
 * a transient failure, and pays for that with a dearer quota.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/retry.h"

#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "aws/ascii.h"

#define TRANSIENT_BASE_US INT64_C(50000)
#define THROTTLING_BASE_US INT64_C(1000000)
#define MAX_BACKOFF_US INT64_C(20000000)

/* how far the server's wish may go beyond the computed delay */
#define MAX_EXTRA_US INT64_C(5000000)

#define TRANSIENT_COST 14
#define THROTTLING_COST 5
#define FIRST_TRY_REFUND 1

static const char *const throttling_codes[] = {
	"Throttling",
	"ThrottlingException",
	"ThrottledException",
	"RequestThrottledException",
	"TooManyRequestsException",
	"ProvisionedThroughputExceededException",
	"TransactionInProgressException",
	"RequestLimitExceeded",
	"BandwidthLimitExceeded",
	"LimitExceededException",
	"RequestThrottled",
	"SlowDown",
	"PriorRequestNotComplete",
	"EC2ThrottledException",
	NULL};

static const char *const transient_codes[] = {
	"RequestTimeout", "RequestTimeoutException", "InternalError",
	"IDPCommunicationError", /* STS, for web identities */
	NULL};

static bool is_one_of(const char *code, const char *const *codes);
static int64_t backoff_us(DzRetryClass retry_class, int retry_index,
						  double random01);
static bool parse_hint_ms(const char *text, int64_t *ms);

DzRetryClass
DzRetryClassify(int http_status, const char *code)
{
	if (code != NULL && is_one_of(code, throttling_codes))
		return DZ_RETRY_THROTTLING;
	if (code != NULL && is_one_of(code, transient_codes))
		return DZ_RETRY_TRANSIENT;

	switch (http_status)
	{
		case 0:
		case 500:
		case 502:
		case 503:
		case 504:
			return DZ_RETRY_TRANSIENT;

			/* a proxy's, say: the SDKs differ, and it asks us to slow down */
		case 429:
			return DZ_RETRY_THROTTLING;

		default:
			return DZ_RETRY_NONE;
	}
}

static bool
is_one_of(const char *code, const char *const *codes)
{
	for (; *codes != NULL; codes++)
	{
		if (strcmp(code, *codes) == 0)
			return true;
	}

	return false;
}

void
DzRetryQuotaInit(DzRetryQuota *quota)
{
	quota->available = DZ_RETRY_QUOTA_CAPACITY;
}

bool
DzRetryQuotaTake(DzRetryQuota *quota, DzRetryClass retry_class, int *cost)
{
	int wanted =
		retry_class == DZ_RETRY_THROTTLING ? THROTTLING_COST : TRANSIENT_COST;

	*cost = 0;
	if (retry_class == DZ_RETRY_NONE || quota->available < wanted)
		return false;
	quota->available -= wanted;
	*cost = wanted;

	return true;
}

void
DzRetryQuotaRefund(DzRetryQuota *quota, int last_cost)
{
	quota->available += last_cost > 0 ? last_cost : FIRST_TRY_REFUND;
	if (quota->available > DZ_RETRY_QUOTA_CAPACITY)
		quota->available = DZ_RETRY_QUOTA_CAPACITY;
}

int64_t
DzRetryDelayUs(DzRetryClass retry_class, int retry_index, double random01,
			   const char *x_amz_retry_after)
{
	int64_t delay = backoff_us(retry_class, retry_index, random01);
	int64_t hint_ms;

	if (x_amz_retry_after != NULL &&
		parse_hint_ms(x_amz_retry_after, &hint_ms))
	{
		int64_t hint = hint_ms * 1000;

		if (hint > delay + MAX_EXTRA_US)
			delay += MAX_EXTRA_US;
		else if (hint > delay)
			delay = hint;
	}

	return delay;
}

/* random * min(base * 2^index, 20 s) */
static int64_t
backoff_us(DzRetryClass retry_class, int retry_index, double random01)
{
	int64_t delay = retry_class == DZ_RETRY_THROTTLING ? THROTTLING_BASE_US
													   : TRANSIENT_BASE_US;

	for (int i = 0; i < retry_index && delay < MAX_BACKOFF_US; i++)
		delay *= 2;
	if (delay > MAX_BACKOFF_US)
		delay = MAX_BACKOFF_US;

	return llround((double) delay * random01);
}

/* A whole number of milliseconds; one that is too large to matter is cut. */
static bool
parse_hint_ms(const char *text, int64_t *ms)
{
	const char *p = text;
	const char *digits;

	while (*p == ' ' || *p == '\t')
		p++;
	*ms = 0;
	for (digits = p; DzIsDigit(*p); p++)
	{
		if (*ms <= INT_MAX)
			*ms = *ms * 10 + (*p - '0');
	}
	if (p == digits)
		return false;
	while (*p == ' ' || *p == '\t')
		p++;

	return *p == '\0';
}
