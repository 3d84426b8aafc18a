/*-------------------------------------------------------------------------
 *
 * vault.c
 *		Credentials in shared memory: one fetch for all processes.
 *
 *		 nobody's ──► claimed ──► item ──► claimed again, ahead of its expiry
 *		               │ ▲         ▲  │
 *		        failed ▼ │         └──┘ a fetch failed: the last good item
 *		               none             stays until it expires
 *
 * There are secrets in it, and all processes of the cluster map it: nothing
 * but this file reads them, and only for whoever comes with the whole key.
 * An item is wiped when it expires, by the launcher; when another takes its
 * place; when server, mapping or database are dropped; and when the postmaster
 * ends.
 *
 * A claim is a process's, by its number, and ends with it.  It also ends
 * when it has not been renewed for some seconds: a process that is stopped,
 * or waits for a lock and turns no loop, must not keep all others from
 * credentials.  Whoever has lost a claim publishes nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/proc.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "net/net.h"
#include "shared/segment.h"

/* how long a claim lasts that its process does not renew, once a second */
#define CLAIM_US INT64CONST(5000000)

/* how long at most nobody fetches after a fetch that failed */
#define MAX_DENIAL_US INT64CONST(8000000)

/* between fetches that a refusal of the service causes */
#define BETWEEN_FORCED_US INT64CONST(5000000)

/* when an item that nobody asks for makes room for one of its database */
#define STALE_US INT64CONST(300000000)

static int
entry_count(void)
{
	return DzSegmentOf()->nvault;
}

static void
lock_vault(void)
{
	LWLockAcquire(DzSegmentLock(DZ_LOCK_VAULT), LW_EXCLUSIVE);
}

static void
unlock_vault(void)
{
	LWLockRelease(DzSegmentLock(DZ_LOCK_VAULT));
}

/* The clock that expiries are told by. */
static int64
now_us(void)
{
	return GetCurrentTimestamp() +
		   (int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY;
}

/* ----------
 * Entries; the vault is locked
 * ----------
 */

static void
clear(DzVaultEntry *entry)
{
	explicit_bzero(entry, sizeof(*entry));
	entry->claimant = DZ_NO_PROCESS;
}

static bool
is_claimed(const DzVaultEntry *entry)
{
	return entry->claimant != DZ_NO_PROCESS &&
		   DzNowMonotonicUs() - entry->claimed_at < CLAIM_US;
}

static bool
is_of(const DzVaultEntry *entry, const DzVaultKey *key)
{
	return entry->database == MyDatabaseId &&
		   entry->key.server == key->server &&
		   entry->key.mapping == key->mapping;
}

static bool
has_digest(const DzVaultEntry *entry, const DzVaultKey *key)
{
	return memcmp(entry->key.digest, key->digest, DZ_VAULT_DIGEST_SIZE) == 0;
}

/* Find the entry of server and mapping; NULL: there is none. */
static DzVaultEntry *
find(const DzVaultKey *key)
{
	DzVaultEntry *entries = DzSegmentVault();

	for (int i = 0; i < entry_count(); i++)
		if (is_of(&entries[i], key))
			return &entries[i];
	return NULL;
}

/* The entry that the caller has claimed; NULL: it has lost it. */
static DzVaultEntry *
find_claimed(const DzVaultKey *key)
{
	DzVaultEntry *entry = find(key);

	return entry != NULL && has_digest(entry, key) &&
				   entry->claimant == DzMyProcNumber
			   ? entry
			   : NULL;
}

/*
 * What has expired is nothing but a risk.  Returns when the next one does;
 * PG_INT64_MAX: never.
 */
static int64
wipe_expired(int64 now)
{
	DzVaultEntry *entries = DzSegmentVault();
	int64 next = PG_INT64_MAX;

	for (int i = 0; i < entry_count(); i++)
	{
		DzVaultItem *item = &entries[i].item;

		if (item->generation == 0)
			continue;
		if (item->expires_us <= now)
			explicit_bzero(item, sizeof(*item));
		else
			next = Min(next, item->expires_us);
	}
	return next;
}

/* Whether an entry has nothing that anybody could use, nor will soon. */
static bool
is_idle(const DzVaultEntry *entry)
{
	return entry->item.generation == 0 && !is_claimed(entry);
}

/*
 * How willingly an entry is given to another key: 0 is not at all.  One that
 * holds an item is another database's own for as long as it lasts; within a
 * database those go for which nobody has asked for a while, and not those
 * that were put there just now: with more keys than entries all would go
 * before they are of use to anybody.
 */
static int
willingness(const DzVaultEntry *entry)
{
	if (!OidIsValid(entry->database))
		return 3;
	if (is_idle(entry))
		return 2;
	return entry->database == MyDatabaseId && !is_claimed(entry) &&
				   DzNowMonotonicUs() - entry->used_at >= STALE_US
			   ? 1
			   : 0;
}

/*
 * The key's entry: an old one, or one that is taken for it; of those that are
 * as willing, the one that has not been asked for longest.  NULL: no room.
 */
static DzVaultEntry *
find_or_take(const DzVaultKey *key)
{
	DzVaultEntry *entries = DzSegmentVault();
	DzVaultEntry *chosen = find(key);
	int best = 0;

	if (chosen != NULL && has_digest(chosen, key))
		return chosen;

	for (int i = 0; chosen == NULL && i < entry_count(); i++)
		best = Max(best, willingness(&entries[i]));
	for (int i = 0; best > 0 && i < entry_count(); i++)
		if (willingness(&entries[i]) == best &&
			(chosen == NULL || entries[i].used_at < chosen->used_at))
			chosen = &entries[i];
	if (chosen == NULL)
		return NULL;

	clear(chosen);
	chosen->database = MyDatabaseId;
	chosen->key = *key;
	return chosen;
}

/* ----------
 * Asking
 * ----------
 */

static DzVaultAnswer
claim(DzVaultEntry *entry, DzVaultQuestion *question)
{
	entry->is_forced = !question->ahead && entry->item.generation != 0;
	entry->claimant = DzMyProcNumber;
	entry->ticket = ++DzSegmentOf()->vault_serial;
	entry->claimed_at = DzNowMonotonicUs();
	question->nfailures = entry->nfailures;
	return DZ_VAULT_YOURS;
}

/* Whoever waited for a fetch that failed, or asks soon after one. */
static bool
is_failed(const DzVaultEntry *entry, const DzVaultQuestion *question)
{
	if (question->ticket != 0 && entry->failed_ticket >= question->ticket)
		return true;
	return !question->ahead && !is_claimed(entry) &&
		   DzNowMonotonicUs() < entry->denied_until_us;
}

/* The vault is locked. */
static DzVaultAnswer
answer(DzVaultEntry *entry, DzVaultQuestion *question, DzVaultItem *item)
{
	if (entry->item.generation > question->newer_than)
	{
		memcpy(item, &entry->item, sizeof(*item));
		return DZ_VAULT_TAKEN;
	}
	if (is_failed(entry, question))
	{
		question->ticket = entry->failed_ticket;
		question->failure_len = entry->failure_len;
		memcpy(question->failure, entry->failure, entry->failure_len);
		return DZ_VAULT_FAILED;
	}
	if (is_claimed(entry))
	{
		/* one who waits on, for a later fetch, ends with the first failure */
		if (question->ticket == 0)
			question->ticket = entry->ticket;
		return DZ_VAULT_BUSY;
	}
	if (question->ahead && now_us() < entry->retry_at_us)
	{
		question->retry_at_us = entry->retry_at_us;
		return DZ_VAULT_LATER;
	}
	/* refused as soon as it came: the next one would be as well */
	if (!question->ahead && entry->item.generation != 0 &&
		entry->forced_at != 0 &&
		DzNowMonotonicUs() - entry->forced_at < BETWEEN_FORCED_US)
	{
		memcpy(item, &entry->item, sizeof(*item));
		return DZ_VAULT_TAKEN;
	}
	return claim(entry, question);
}

/* This process ends: whatever it was fetching, somebody else has to. */
static void
abandon_all(int code, Datum arg)
{
	DzVaultEntry *entries = DzSegmentVault();

	lock_vault();
	for (int i = 0; i < entry_count(); i++)
		if (entries[i].claimant == DzMyProcNumber)
			entries[i].claimant = DZ_NO_PROCESS;
	unlock_vault();
}

DzVaultAnswer
DzVaultAsk(const DzVaultKey *key, DzVaultQuestion *question, DzVaultItem *item)
{
	static bool registered = false;
	DzVaultEntry *entry;
	DzVaultAnswer given = DZ_VAULT_NONE;

	if (!DzSharedIsThere())
		return DZ_VAULT_NONE;

	/* before there is a claim; there is room, or that is fatal */
	if (!registered)
		before_shmem_exit(abandon_all, (Datum) 0);
	registered = true;

	lock_vault();
	(void) wipe_expired(now_us());
	entry = find_or_take(key);
	if (entry != NULL)
	{
		entry->used_at = DzNowMonotonicUs();
		given = answer(entry, question, item);
	}
	unlock_vault();
	return given;
}

/* ----------
 * The end of a claim
 * ----------
 */

bool
DzVaultRenew(const DzVaultKey *key)
{
	DzVaultEntry *entry;

	if (!DzSharedIsThere())
		return false;

	lock_vault();
	entry = find_claimed(key);
	if (entry != NULL)
		entry->claimed_at = DzNowMonotonicUs();
	unlock_vault();
	return entry != NULL;
}

void
DzVaultPublish(const DzVaultKey *key, DzVaultItem *item)
{
	DzVaultEntry *entry;
	bool is_first = false;

	item->generation = 0;
	if (!DzSharedIsThere())
		return;

	lock_vault();
	entry = find_claimed(key);
	if (entry != NULL)
	{
		item->generation = ++DzSegmentOf()->vault_serial;
		explicit_bzero(&entry->item, sizeof(entry->item));
		memcpy(&entry->item, item, offsetof(DzVaultItem, bytes) + item->len);
		is_first = item->expires_us < DzSegmentOf()->vault_wipe_us;
		entry->claimant = DZ_NO_PROCESS;
		entry->nfailures = 0;
		entry->retry_at_us = 0;
		entry->denied_until_us = 0;
		entry->forced_at = entry->is_forced ? DzNowMonotonicUs() : 0;
	}
	unlock_vault();

	/* it sleeps for longer than this one is of use */
	if (is_first)
		DzLauncherWake();
}

void
DzVaultFail(const DzVaultKey *key, const char *failure, size_t len,
			int64 retry_at_us)
{
	DzVaultEntry *entry;

	Assert(len <= DZ_VAULT_FAILURE_SIZE);
	if (!DzSharedIsThere())
		return;

	lock_vault();
	entry = find_claimed(key);
	if (entry != NULL)
	{
		entry->claimant = DZ_NO_PROCESS;
		entry->nfailures++;
		entry->failed_ticket = entry->ticket;
		entry->retry_at_us = retry_at_us;
		entry->denied_until_us =
			DzNowMonotonicUs() + Min(retry_at_us - now_us(), MAX_DENIAL_US);
		entry->failure_len = len;
		memcpy(entry->failure, failure, len);
	}
	unlock_vault();
}

void
DzVaultAbandon(const DzVaultKey *key)
{
	DzVaultEntry *entry;

	if (!DzSharedIsThere())
		return;

	lock_vault();
	entry = find_claimed(key);
	if (entry != NULL)
		entry->claimant = DZ_NO_PROCESS;
	unlock_vault();
}

/* ----------
 * Forgetting
 * ----------
 */

/*
 * Wipe what belongs to a database, of which "server" and "mapping" say more
 * unless they are InvalidOid.  Claims go, too: what is being fetched now is
 * not wanted any more.
 */
void
DzVaultForget(Oid database, Oid server, Oid mapping)
{
	DzVaultEntry *entries;

	if (!DzSharedIsThere())
		return;

	entries = DzSegmentVault();
	lock_vault();
	for (int i = 0; i < entry_count(); i++)
		if (entries[i].database == database &&
			(!OidIsValid(server) || entries[i].key.server == server) &&
			(!OidIsValid(mapping) || entries[i].key.mapping == mapping))
			clear(&entries[i]);
	unlock_vault();
}

int64
DzVaultWipeExpired(void)
{
	int64 now = now_us();
	int64 next;

	if (!DzSharedIsThere())
		return -1;

	lock_vault();
	next = wipe_expired(now);
	DzSegmentOf()->vault_wipe_us = next;
	unlock_vault();
	return next == PG_INT64_MAX ? -1 : next - now;
}

/* In memory that is zeroed: nobody's entries. */
void
DzVaultLayOut(DzVaultEntry *entries, int count)
{
	for (int i = 0; i < count; i++)
		entries[i].claimant = DZ_NO_PROCESS;
}

/* All that there is goes; nobody else is there any more to be locked out. */
void
DzVaultWipe(void)
{
	explicit_bzero(DzSegmentVault(), entry_count() * sizeof(DzVaultEntry));
}
