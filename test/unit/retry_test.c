/*-------------------------------------------------------------------------
 *
 * retry_test.c
 *		Classes, quota and delays of the standard retry mode.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/retry.h"

#include <limits.h>
#include <math.h>

#include "shared.h"
#include "tap.h"

#define N DZ_RETRY_NONE
#define TRANSIENT DZ_RETRY_TRANSIENT
#define THROTTLING DZ_RETRY_THROTTLING

static const struct
{
	int status;
	const char *code;
	DzRetryClass expected;
} classes[] = {
	{0, NULL, TRANSIENT},
	{0, "", TRANSIENT},
	{500, NULL, TRANSIENT},
	{500, "InternalServerException", TRANSIENT},
	{502, "", TRANSIENT},
	{503, "", TRANSIENT},
	{504, "", TRANSIENT},
	{501, "", N},
	{505, "", N},
	{200, "", N},
	{301, "", N},
	{400, "ValidationException", N},
	{401, "UnauthorizedException", N},
	{402, "ServiceQuotaExceededException", N},
	{403, "AccessDeniedException", N},
	{404, "ResourceNotFoundException", N},
	{409, "ConflictException", N},
	{429, "ThrottlingException", THROTTLING},
	{429, "", THROTTLING},
	{429, "SomethingNew", THROTTLING},

	/* the code decides before the status does */
	{400, "ThrottlingException", THROTTLING},
	{503, "SlowDown", THROTTLING},
	{500, "RequestLimitExceeded", THROTTLING},
	{400, "RequestTimeout", TRANSIENT},
	{400, "RequestTimeoutException", TRANSIENT},
	{400, "IDPCommunicationError", TRANSIENT},
	{400, "InternalError", TRANSIENT},

	/* whole names, in their case */
	{400, "throttlingexception", N},
	{400, "Throttling ", N},
	{400, "ThrottlingExceptionX", N},
	{400, "Throttl", N},
};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

static void
test_classes(void)
{
	for (size_t i = 0; i < NELEMS(classes); i++)
		tap_int((int64_t) DzRetryClassify(classes[i].status, classes[i].code),
				(int64_t) classes[i].expected, "class of %d \"%s\"",
				classes[i].status,
				classes[i].code != NULL ? classes[i].code : "(none)");
}

static void
test_quota(void)
{
	DzRetryQuota quota;
	int cost = -1;
	int taken = 0;

	DzRetryQuotaInit(&quota);
	tap_int(quota.available, 500, "the quota begins with 500");
	tap_ok(DzRetryQuotaTake(&quota, TRANSIENT, &cost), "transient is granted");
	tap_int(cost, 14, "and costs 14");
	tap_int(quota.available, 486, "which is taken");
	DzRetryQuotaRefund(&quota, 0);
	tap_int(quota.available, 487, "a first try that succeeds gives back 1");
	tap_ok(DzRetryQuotaTake(&quota, THROTTLING, &cost),
		   "throttling is granted");
	tap_int(cost, 5, "and costs 5");
	DzRetryQuotaRefund(&quota, cost);
	tap_int(quota.available, 487, "success after a retry gives its cost back");
	DzRetryQuotaRefund(&quota, 14);
	tap_int(quota.available, 500, "never more than 500");
	DzRetryQuotaRefund(&quota, 0);
	tap_int(quota.available, 500, "not by first tries either");

	tap_ok(!DzRetryQuotaTake(&quota, N, &cost), "final is not granted");
	tap_int(cost, 0, "costs nothing");
	tap_int(quota.available, 500, "and takes nothing");

	while (DzRetryQuotaTake(&quota, TRANSIENT, &cost))
		taken++;
	tap_int(taken, 35, "500 pay for 35 transient retries");
	tap_int(quota.available, 10, "and 10 are left");
	tap_int(cost, 0, "a refusal costs nothing");
	tap_ok(DzRetryQuotaTake(&quota, THROTTLING, &cost),
		   "which still pay for throttling");
	tap_ok(DzRetryQuotaTake(&quota, THROTTLING, &cost), "twice");
	tap_int(quota.available, 0, "to the last one");
	tap_ok(!DzRetryQuotaTake(&quota, THROTTLING, &cost), "and no more");
}

static void
test_backoff(void)
{
	static const int64_t transient_ms[] = {50,   100,  200,  400,   800,
										   1600, 3200, 6400, 12800, 20000};
	static const int64_t throttling_ms[] = {1000,  2000,  4000, 8000,
											16000, 20000, 20000};

	for (size_t i = 0; i < NELEMS(transient_ms); i++)
		tap_int(DzRetryDelayUs(TRANSIENT, (int) i, 1.0, NULL),
				transient_ms[i] * 1000, "transient retry %d", (int) i);
	for (size_t i = 0; i < NELEMS(throttling_ms); i++)
		tap_int(DzRetryDelayUs(THROTTLING, (int) i, 1.0, NULL),
				throttling_ms[i] * 1000, "throttling retry %d", (int) i);

	tap_int(DzRetryDelayUs(TRANSIENT, INT_MAX, 1.0, NULL), 20000000,
			"an absurd index is the maximum");
	tap_int(DzRetryDelayUs(TRANSIENT, 0, 0.0, NULL), 0, "random 0");
	tap_int(DzRetryDelayUs(TRANSIENT, 0, 0.5, NULL), 25000, "random 0.5");
	tap_int(DzRetryDelayUs(TRANSIENT, 20, 0.25, NULL), 5000000,
			"random applies after the maximum");
}

/* x-amz-retry-after is clamped to what lies within 5 s of the delay. */
static void
test_hint(void)
{
	static const struct
	{
		const char *header;
		int64_t delay_us;
	} hints[] = {
		{NULL, 50000},
		{"1500", 1500000},
		{"51", 51000},
		{"50", 50000},
		{"0", 50000},
		{"5050", 5050000},
		{"5051", 5050000},
		{"10000", 5050000},
		{"99999999999999999999999999", 5050000},
		{" 1500\t", 1500000},
		{"invalid", 50000},
		{"", 50000},
		{" ", 50000},
		{"-100", 50000},
		{"+1500", 50000},
		{"1500ms", 50000},
		{"1500.5", 50000},
		{"1 500", 50000},
		{"Fri, 02 Jan 2026 03:04:05 GMT", 50000},
	};

	for (size_t i = 0; i < NELEMS(hints); i++)
		tap_int(DzRetryDelayUs(TRANSIENT, 0, 1.0, hints[i].header),
				hints[i].delay_us, "x-amz-retry-after \"%s\"",
				hints[i].header != NULL ? hints[i].header : "(none)");
	tap_int(DzRetryDelayUs(THROTTLING, 3, 0.5, "1500"), 4000000,
			"a hint below the computed delay does not shorten it");
	tap_int(DzRetryDelayUs(THROTTLING, 3, 0.0, "1500"), 1500000,
			"the computed delay is the one with the random factor");
}

/* ---- botocore's vectors ---- */

static double
number_at(const json_t *array, size_t i)
{
	return json_number_value(json_array_get(array, i));
}

static void
test_shared_delays(const json_t *vectors)
{
	const json_t *delays =
		json_object_get(vectors, "backoff_transient_by_attempt_1_to_11");
	const json_t *hints = json_object_get(vectors, "x_amz_retry_after_ms");

	tap_int((int64_t) json_array_size(delays), 11, "11 shared delays");
	for (size_t i = 0; i < json_array_size(delays); i++)
		tap_int(DzRetryDelayUs(TRANSIENT, (int) i, 1.0, NULL),
				llround(number_at(delays, i) * 1e6),
				"shared delay of attempt %d", (int) i + 1);

	tap_int((int64_t) json_array_size(hints), 5, "5 shared hints");
	for (size_t i = 0; i < json_array_size(hints); i++)
	{
		const json_t *hint = json_array_get(hints, i);
		const char *header =
			json_string_value(json_object_get(hint, "header"));
		double delay = json_number_value(json_object_get(hint, "delay_s"));

		tap_int(DzRetryDelayUs(TRANSIENT, 0, 1.0, header),
				llround(delay * 1e6), "shared hint \"%s\"", header);
	}
}

/* An event's text says what happens to a quota of so much. */
static int
quota_after(const char *event, int before)
{
	DzRetryQuota quota = {before};
	int cost;

	if (strcmp(event, "throttling") == 0)
		(void) DzRetryQuotaTake(&quota, THROTTLING, &cost);
	else if (strcmp(event, "transient") == 0 || strcmp(event, "timeout") == 0)
		(void) DzRetryQuotaTake(&quota, TRANSIENT, &cost);
	else if (strcmp(event, "transient then success") == 0)
		DzRetryQuotaRefund(&quota, 14);
	else if (strncmp(event, "first-try success", 17) == 0)
		DzRetryQuotaRefund(&quota, 0);
	else if (strstr(event, "second transient retry refused") != NULL)
	{
		(void) DzRetryQuotaTake(&quota, TRANSIENT, &cost);
		if (DzRetryQuotaTake(&quota, TRANSIENT, &cost))
			return -1;
	}
	else
		return -1;

	return quota.available;
}

static void
test_shared_quota(const json_t *vectors)
{
	const json_t *quota = json_object_get(vectors, "quota");
	const json_t *cases = json_object_get(quota, "cases");

	tap_int((int64_t) json_array_size(cases), 6, "6 shared quota cases");
	for (size_t i = 0; i < json_array_size(cases); i++)
	{
		const json_t *c = json_array_get(cases, i);
		const char *event = json_string_value(json_array_get(c, 0));

		tap_int(quota_after(event, (int) number_at(c, 1)),
				(int64_t) number_at(c, 2), "shared quota case: %s", event);
	}
}

/* Each code must be of this class; a remark in brackets may follow it. */
static void
test_shared_codes(const json_t *codes, DzRetryClass expected, size_t ncodes)
{
	tap_int((int64_t) json_array_size(codes), (int64_t) ncodes,
			"%d shared codes of class %d", (int) ncodes, (int) expected);
	for (size_t i = 0; i < json_array_size(codes); i++)
	{
		const char *text = json_string_value(json_array_get(codes, i));
		char code[64];

		(void) snprintf(code, sizeof(code), "%.*s", (int) strcspn(text, " "),
						text);
		tap_int((int64_t) DzRetryClassify(400, code), (int64_t) expected,
				"shared code %s", code);
	}
}

static void
test_shared(void)
{
	static const char name[] = "retry-vectors.json";
	json_t *vectors;
	const json_t *statuses;

	if (!shared_has(name))
	{
		tap_skip(name, SHARED_ABSENT);
		return;
	}
	vectors = shared_json(name);
	if (!tap_ok(vectors != NULL, "%s is JSON", name))
		return;

	test_shared_delays(vectors);
	test_shared_quota(vectors);
	test_shared_codes(json_object_get(vectors, "throttling_codes"), THROTTLING,
					  14);
	test_shared_codes(json_object_get(vectors, "transient_codes"), TRANSIENT,
					  4);
	statuses = json_object_get(vectors, "transient_statuses");
	tap_int((int64_t) json_array_size(statuses), 4, "4 shared statuses");
	for (size_t i = 0; i < json_array_size(statuses); i++)
		tap_int((int64_t) DzRetryClassify((int) number_at(statuses, i), NULL),
				(int64_t) TRANSIENT, "shared status %d",
				(int) number_at(statuses, i));
	json_decref(vectors);
}

int
main(void)
{
	test_classes();
	test_quota();
	test_backoff();
	test_hint();
	test_shared();

	return tap_done();
}
