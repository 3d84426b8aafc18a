/*-------------------------------------------------------------------------
 *
 * share.h
 *		Credentials that the processes of a cluster fetch for each other.
 *
 * What goes between a provider and the vault (shared/vault.h): who fetches,
 * and how credentials become the bytes of an item and back.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_CREDENTIALS_SHARE_H
#define DATAZONE_CREDENTIALS_SHARE_H

#include "credentials/fetch.h"
#include "shared/vault.h"

#define DZ_REGION_SIZE 64

/* One provider's dealings with the vault.  Zeroed = nothing is shared. */
typedef struct DzShare
{
	bool is_on;
	DzVaultKey key;
	bool has_claim;
	DzTimer renewal; /* of the claim, in turns of the loop */
	uint64 ticket; /* of another process's fetch; 0: waits for none */
	uint64 generation; /* the vault's, seen last; 0: none */
} DzShare;

/* What came of asking; which of the members is set depends on the answer. */
typedef struct DzShared
{
	DzCredentials have; /* TAKEN; the caller frees them */
	char region[DZ_REGION_SIZE]; /* TAKEN; "": none */
	int64 refresh_at_us; /* TAKEN */
	DzAwsFailure failure; /* FAILED */
	int nfailures; /* FETCH: in a row so far, by whomever; -1: not known */
	int64 retry_at_us; /* LATER; 0: not known */
} DzShared;

typedef enum DzShareAnswer
{
	DZ_SHARE_FETCH, /* the asker is to fetch */
	DZ_SHARE_TAKEN, /* another has fetched */
	DZ_SHARE_WAIT, /* another fetches: ask again in a moment */
	DZ_SHARE_LATER, /* ahead only: go on with what there is */
	DZ_SHARE_FAILED /* the fetch that was waited for has failed */
} DzShareAnswer;

/*
 * "ahead": what the asker has is still of use, and it does not wait.  The
 * share must not move afterwards.  Throws only when there is no loop to be
 * had, and then nothing was asked.
 */
extern DzShareAnswer DzShareAsk(DzShare *share, bool ahead, DzShared *out);

/* Each gives the claim back, if there is one.  None of these throws. */
extern void DzSharePublish(DzShare *share, const DzCredentials *have,
						   int64 refresh_at_us, const char *region);
extern void DzShareFail(DzShare *share, const DzAwsFailure *failure,
						int64 retry_at_us);
extern void DzShareAbandon(DzShare *share);

#endif /* DATAZONE_CREDENTIALS_SHARE_H */
