/*-------------------------------------------------------------------------
 *
 * retry.c
 *		Fuzz: the header x-amz-retry-after, error codes, and the quota.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/retry.h"

#include "fuzz.h"

#define LONGEST_US INT64_C(20000000)
#define EXTRA_US INT64_C(5000000)

static int64_t hinted_delay(int64_t plain, const char *header);
static void check_quota(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	DzRetryClass class =
		fuzz_byte(&data, &size) % 2 ? DZ_RETRY_THROTTLING : DZ_RETRY_TRANSIENT;
	int index = fuzz_byte(&data, &size);
	int status = fuzz_byte(&data, &size) * 3;
	double random01 = fuzz_byte(&data, &size) / 255.0;
	char *text = fuzz_text(&data, &size);
	int64_t plain = DzRetryDelayUs(class, index, random01, NULL);

	REQUIRE(plain >= 0 && plain <= LONGEST_US);
	REQUIRE(DzRetryDelayUs(class, index, random01, text) ==
			hinted_delay(plain, text));
	REQUIRE(DzRetryClassify(status, text) <= DZ_RETRY_THROTTLING);
	free(text);
	check_quota(data, size);
	return 0;
}

/* A whole number of milliseconds, kept between the delay and 5 s more. */
static int64_t
hinted_delay(int64_t plain, const char *header)
{
	const char *digits = header + strspn(header, " \t");
	size_t n = strspn(digits, "0123456789");
	const char *end = digits + n + strspn(digits + n, " \t");
	double us;

	if (n == 0 || *end != '\0')
		return plain;
	us = strtod(digits, NULL) * 1000;
	if (us <= (double) plain)
		return plain;
	return us >= (double) (plain + EXTRA_US) ? plain + EXTRA_US : (int64_t) us;
}

/* What is taken was there, and what is given back was once taken or earned. */
static void
check_quota(const uint8_t *data, size_t size)
{
	DzRetryQuota quota;
	int cost = 0;

	DzRetryQuotaInit(&quota);
	for (size_t i = 0; i < size; i++)
	{
		int before = quota.available;

		if (data[i] % 4 == 3)
			DzRetryQuotaRefund(&quota, cost);
		else if (DzRetryQuotaTake(&quota, (DzRetryClass) (data[i] % 4), &cost))
			REQUIRE(cost > 0 && quota.available == before - cost);
		else
			REQUIRE(cost == 0 && quota.available == before);
		REQUIRE(quota.available >= 0 &&
				quota.available <= DZ_RETRY_QUOTA_CAPACITY);
	}
}
