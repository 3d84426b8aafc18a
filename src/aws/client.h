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
	char *region;
	DzEndpoint endpoint;

	char *access_key_id;
	char *secret_access_key; /* wiped before it is freed, like the next */
	char *session_token;
	DzSigner *signer;

	int connect_timeout_ms;
	int request_timeout_ms;
	int max_attempts;
	DzRetryQuota quota;
	char *proxy;
	char *ca_file;
	char *user_agent;

	unsigned int id;
	double rate_limit;
};

/* reply.c */
extern void DzAwsReplyRead(DzAwsReply *reply, const DzAwsClient *client,
						   DzHttpTransfer *transfer, MemoryContext cxt);

#endif /* DATAZONE_AWS_CLIENT_H */
