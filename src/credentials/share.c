/*-------------------------------------------------------------------------
 *
 * share.c
 *		Credentials that the processes of a cluster fetch for each other.
 *
 * An item's bytes are texts, each with a NUL behind it: access key id, secret
 * access key, session token or "", Region or "".  A failure's are those of the
 * struct: all processes run the same library.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/pg_prng.h"

#include "credentials/share.h"

StaticAssertDecl(sizeof(DzAwsFailure) <= DZ_VAULT_FAILURE_SIZE,
				 "a failure must fit into the vault");

/* between renewals of a claim */
#define RENEWAL_US INT64CONST(1000000)

/* while another refreshes, before the next look: it has a lock for all */
#define SOON_US 100000
#define SOON_SPREAD_US 400000.0

static int64 soon_us(void);
static void renew(void *arg);
static void drop_claim(DzShare *share);
static bool append_text(DzVaultItem *item, const char *text);
static const char *next_text(const DzVaultItem *item, size_t *at);
static bool take_item(DzVaultItem *item, DzShared *out);

static DzShareAnswer
ask_vault(DzShare *share, bool ahead, DzShared *out)
{
	DzVaultQuestion question = {0};
	DzVaultItem item;
	bool has_waited = share->ticket != 0;

	memset(out, 0, sizeof(*out));
	out->nfailures = -1;
	if (!share->is_on)
		return DZ_SHARE_FETCH;

	/* before there is a claim: this may throw */
	DzTimerSet(&share->renewal, RENEWAL_US, renew, share);
	question.newer_than = share->generation;
	question.ahead = ahead;
	question.ticket = share->ticket;
	share->ticket = 0;
	switch (DzVaultAsk(&share->key, &question, &item))
	{
		case DZ_VAULT_TAKEN:
			share->generation = item.generation;
			return take_item(&item, out) ? DZ_SHARE_TAKEN : DZ_SHARE_FETCH;
		case DZ_VAULT_YOURS:
			share->has_claim = true;
			out->nfailures = question.nfailures;
			return DZ_SHARE_FETCH;
		case DZ_VAULT_BUSY:
			if (ahead)
			{
				out->retry_at_us = DzFetchNowUs() + soon_us();
				return DZ_SHARE_LATER;
			}
			share->ticket = question.ticket;
			return DZ_SHARE_WAIT;
		case DZ_VAULT_LATER:
			out->retry_at_us = question.retry_at_us;
			return DZ_SHARE_LATER;
		case DZ_VAULT_FAILED:
			if (question.failure_len != sizeof(out->failure))
				return DZ_SHARE_FETCH;
			/* who only begins to wait is told when it asks again */
			if (!has_waited)
			{
				share->ticket = question.ticket;
				return DZ_SHARE_WAIT;
			}
			memcpy(&out->failure, question.failure, sizeof(out->failure));
			return DZ_SHARE_FAILED;
		case DZ_VAULT_NONE:
			break;
	}
	return DZ_SHARE_FETCH;
}

static int64
soon_us(void)
{
	double random01 = pg_prng_double(&pg_global_prng_state);

	return SOON_US + (int64) (SOON_SPREAD_US * random01);
}

DzShareAnswer
DzShareAsk(DzShare *share, bool ahead, DzShared *out)
{
	DzShareAnswer answer = ask_vault(share, ahead, out);

	if (!share->has_claim)
		DzTimerCancel(&share->renewal);
	return answer;
}

/*
 * A process that turns no loop renews nothing, and carries no fetch on either:
 * another may then.
 */
static void
renew(void *arg)
{
	DzShare *share = arg;

	if (DzVaultRenew(&share->key))
		DzTimerSet(&share->renewal, RENEWAL_US, renew, share);
}

static void
drop_claim(DzShare *share)
{
	DzTimerCancel(&share->renewal);
	share->has_claim = false;
}

/* What never expires is kept until somebody has it fetched anew. */
void
DzSharePublish(DzShare *share, const DzCredentials *have, int64 refresh_at_us,
			   const char *region)
{
	DzVaultItem item;

	/*
	 * Without the claim these keys are not the vault's, but they are no reason
	 * to take older ones from it: the generation seen last stays.
	 */
	if (!share->has_claim)
		return;
	drop_claim(share);

	item.generation = 0;
	item.len = 0;
	item.expires_us = have->expires ? have->expires_us : PG_INT64_MAX;
	item.refresh_at_us = refresh_at_us;
	if (append_text(&item, have->access_key_id) &&
		append_text(&item, have->secret_access_key) &&
		append_text(&item, have->session_token) && append_text(&item, region))
	{
		DzVaultPublish(&share->key, &item);
		share->generation = Max(share->generation, item.generation);
	}
	else
		DzVaultAbandon(&share->key);
	explicit_bzero(&item, sizeof(item));
}

void
DzShareFail(DzShare *share, const DzAwsFailure *failure, int64 retry_at_us)
{
	if (share->has_claim)
		DzVaultFail(&share->key, (const char *) failure, sizeof(*failure),
					retry_at_us);
	drop_claim(share);
}

void
DzShareAbandon(DzShare *share)
{
	if (share->has_claim)
		DzVaultAbandon(&share->key);
	drop_claim(share);
	share->ticket = 0;
}

static bool
append_text(DzVaultItem *item, const char *text)
{
	size_t len = text != NULL ? strlen(text) + 1 : 1;

	if (len > sizeof(item->bytes) - item->len)
		return false;
	memcpy(item->bytes + item->len, text != NULL ? text : "", len);
	item->len += len;
	return true;
}

/* The text at *at; NULL: there is none.  *at moves behind it. */
static const char *
next_text(const DzVaultItem *item, size_t *at)
{
	const char *text = item->bytes + *at;
	size_t left = *at < item->len ? item->len - *at : 0;
	size_t len = strnlen(text, left);

	if (len == left)
		return NULL;
	*at += len + 1;
	return text;
}

/* False: it is not what DzSharePublish() makes, or memory ran out. */
static bool
take_item(DzVaultItem *item, DzShared *out)
{
	size_t at = 0;
	const char *id = next_text(item, &at);
	const char *secret = next_text(item, &at);
	const char *token = next_text(item, &at);
	const char *region = next_text(item, &at);
	DzProblem problem;
	bool is_ok =
		region != NULL && DzCredentialsSet(&out->have, id, secret, token, NULL,
										   "Another process", &problem);

	if (is_ok)
	{
		out->have.expires = item->expires_us != PG_INT64_MAX;
		out->have.expires_us = item->expires_us;
		out->refresh_at_us = item->refresh_at_us;
		strlcpy(out->region, region, sizeof(out->region));
	}
	else
		DzCredentialsFree(&out->have);
	explicit_bzero(item, sizeof(*item));
	return is_ok;
}
