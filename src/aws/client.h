/*-------------------------------------------------------------------------
 *
 * client.h
 *		Inside of the AWS room: what a client is made of, and its replies.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_CLIENT_H
#define DATAZONE_AWS_CLIENT_H

#include "aws/aws.h"
#include "aws/endpoint.h"
#include "aws/regulator.h"
#include "aws/retry.h"
#include "aws/sigv4.h"

/*
 * Counted references: the connection cache holds one, each call in flight
 * another.  A catalog change replaces the cached client, and calls that began
 * with the old one end with it.
 */
struct DzAwsClient
{
	MemoryContext cxt; /* holds all of this */
	int references;

	char *name;
	char *service;
	char *region; /* NULL: the provider has not told it yet */
	bool is_located; /* the endpoint is known */
	DzEndpoint endpoint;
	bool use_fips;
	bool use_dual_stack;

	DzAwsProvider *provider; /* NULL: nothing is signed */
	char *keys_from;
	DzSigner *signer;
	DzAwsReadErrorFn read_error;

	int connect_timeout_ms;
	int request_timeout_ms;
	int max_attempts;
	DzRetryMode retry_mode;
	bool no_skew_correction;
	DzRegulator regulator; /* unless somebody keeps one for us */
	char *proxy;
	char *ca_file;
	char *user_agent;
	char *trace_id; /* NULL: none */

	unsigned int id;
	double rate_limit;
};

/* client.c */
extern bool DzAwsClientLocate(DzAwsClient *client, DzAwsFailure *failure);

/* regulator.c */
extern int64 DzAwsClockUs(void);
extern int64 DzAwsTakeToken(DzAwsClient *client);
extern void DzAwsGiveTokenBack(DzAwsClient *client);
extern bool DzAwsPayRetry(DzAwsClient *client, DzRetryClass retry_class,
						  int *cost);
extern DzSkew DzAwsSkewOf(DzAwsClient *client);
extern void DzAwsNoteAnswer(DzAwsClient *client, DzHttpTransfer *transfer,
							int64 sent_us, bool throttled, int last_cost);
extern bool DzAwsCorrectSkew(DzAwsClient *client, const char *code,
							 int64 applied_us);

/* reply.c: what it takes to read an answer, and to show what it says */
typedef struct DzAwsReading
{
	const DzAwsKeys *keys; /* that signed the request; NULL: none did */
	const char *secret; /* another that must not be shown; NULL: none */
	DzAwsReadErrorFn read_error; /* NULL: errors are restJson1's */
} DzAwsReading;

extern void DzAwsReplyRead(DzAwsReply *reply, const DzAwsReading *reading,
						   DzHttpTransfer *transfer, MemoryContext cxt);

#endif /* DATAZONE_AWS_CLIENT_H */
