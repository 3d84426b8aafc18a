/*-------------------------------------------------------------------------
 *
 * retry.h
 *		The arithmetic of the AWS SDKs' "standard" retry mode of 2026.
 *
 * Pure: needs no server, no clock and no random source.  The order is the
 * caller's: is the failure retryable, are attempts left, does the quota
 * allow it, then wait.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_RETRY_H
#define DATAZONE_AWS_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#define DZ_RETRY_QUOTA_CAPACITY 500

typedef enum DzRetryMode
{
	DZ_RETRY_STANDARD,
	DZ_RETRY_ADAPTIVE /* with the rate limiter of limiter.h */
} DzRetryMode;

typedef enum DzRetryClass
{
	DZ_RETRY_NONE, /* final */
	DZ_RETRY_TRANSIENT,
	DZ_RETRY_THROTTLING
} DzRetryClass;

/*
 * Class of a failed attempt.  "http_status" 0 is a failure of the transport
 * (connection, TLS, time-out); "code" is the service's error code, or NULL or
 * "".  The code decides before the status does.
 */
extern DzRetryClass DzRetryClassify(int http_status, const char *code);

/* What a client may still spend on retries; shared by its calls. */
typedef struct DzRetryQuota
{
	int available; /* 0 .. DZ_RETRY_QUOTA_CAPACITY */
} DzRetryQuota;

extern void DzRetryQuotaInit(DzRetryQuota *quota);

/*
 * Pay for one retry.  False: too little is left (or the class is final), and
 * nothing is taken.  *cost is what was taken, for the refund.
 */
extern bool DzRetryQuotaTake(DzRetryQuota *quota, DzRetryClass retry_class,
							 int *cost);

/*
 * After a call that ended with 2xx, and only then: give back what its last
 * retry cost.  "last_cost" 0 says that the first attempt succeeded.
 */
extern void DzRetryQuotaRefund(DzRetryQuota *quota, int last_cost);

/*
 * Microseconds to wait before retry "retry_index" (0 is the first retry).
 * "random01" is uniform in [0, 1].  "x_amz_retry_after" is the value of that
 * header (milliseconds) or NULL; one that is no whole number is ignored.
 */
extern int64_t DzRetryDelayUs(DzRetryClass retry_class, int retry_index,
							  double random01, const char *x_amz_retry_after);

#endif /* DATAZONE_AWS_RETRY_H */
