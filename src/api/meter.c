/*-------------------------------------------------------------------------
 *
 * meter.c
 *		Calls and the shared memory: token buckets and counters.
 *
 * Buckets are known by the client's id, the foreign server's OID, and the
 * operation's number; how much they hold is said by the client, else by the
 * operation.  Without preloading all of this does nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/meter.h"
#include "shared/shared.h"

/*
 * Requests a second where the server's option rate_limit says nothing: what
 * the service's documented quotas allow to an account and Region.
 */
#define DZ_USUAL_RATE 20.0
#define DZ_GENERATION_RATE 10.0

/* The operations that may be called less often than the others. */
static bool
is_metadata_generation(const DzOperation *op)
{
	return strcmp(op->name, "StartMetadataGenerationRun") == 0;
}

static double
limit_of(const DzAwsClient *client, const DzOperation *op)
{
	double given = DzAwsClientRateLimit(client);

	if (given >= 0)
		return given;
	return is_metadata_generation(op) ? DZ_GENERATION_RATE : DZ_USUAL_RATE;
}

static int
number_of(const DzOperation *op)
{
	return (int) (op - dz_operations);
}

/*
 * Take the token of a call's first attempt, for DzCallStartTaken().  Returns 0
 * if there was one, else how many microseconds to wait before asking again.
 */
int64
DzCallTakeToken(const DzAwsClient *client, const DzOperation *op)
{
	return DzRateTake(DzAwsClientId(client), number_of(op),
					  limit_of(client, op));
}

/* An attempt goes out now, whatever the bucket holds. */
void
DzMeterDraw(const DzAwsClient *client, const DzOperation *op)
{
	DzRateDraw(DzAwsClientId(client), number_of(op), limit_of(client, op), 1);
}

/* An attempt was throttled. */
void
DzMeterThrottled(const DzAwsClient *client, const DzOperation *op)
{
	DzRateThrottled(DzAwsClientId(client), number_of(op),
					limit_of(client, op));
}

/* A call has ended; "sqlstate" of its failure, 0 for a success. */
void
DzMeterCount(const DzAwsReply *reply, int sqlstate)
{
	DzCallFigures figures = {
		.attempts = reply->attempts,
		.throttles = reply->throttles,
		.bytes_sent = reply->bytes_sent,
		.bytes_received = reply->bytes_received,
		.latency_us = reply->latency_us,
		.sqlstate = sqlstate,
	};

	DzStatCount(&figures);
}
