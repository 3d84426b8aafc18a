/*-------------------------------------------------------------------------
 *
 * vault.h
 *		Credentials that one process fetched, for all that use the mapping.
 *
 * Without this, 200 backends are 200 calls of AssumeRole an hour.  The vault
 * knows nothing of what it keeps: an *item* is bytes with two times.  Its
 * *key* says whose it is and, by a digest, what it follows from (files,
 * options, plan): whoever would get other credentials has another key, so
 * a changed mapping never meets old ones.  There is one item for each pair of
 * server and mapping, that of the last digest to be asked for.
 *
 * A *claim* is one process's right to fetch a key's next item; it ends with
 * DzVaultPublish(), DzVaultFail() or DzVaultAbandon(), or with the process,
 * however that ends, and when it is not renewed.  Of all others who ask meanwhile, those who have nothing
 * wait (poll), and those who only refresh ahead go on with what they have.
 *
 * Without preloading, without room, or for an item that is too large, there
 * is no vault, and each process fetches for itself.
 *
 * Nothing here throws.  Times are microseconds since 1970.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_VAULT_H
#define DATAZONE_VAULT_H

/*
 * Bytes of an item: AWS sets no limit on a session token and says to expect
 * 4096; the keys before it are some hundred.
 */
#define DZ_VAULT_ITEM_SIZE 6144
#define DZ_VAULT_FAILURE_SIZE 2048
#define DZ_VAULT_DIGEST_SIZE 32

/* All are of the current database.  Zero it first: it is compared bytewise. */
typedef struct DzVaultKey
{
	Oid server;
	Oid mapping; /* the user mapping's; PUBLIC's serves many roles */
	unsigned char digest[DZ_VAULT_DIGEST_SIZE];
} DzVaultKey;

/* A copy of an item: a secret, to be wiped by whoever has it. */
typedef struct DzVaultItem
{
	uint64 generation; /* the vault's: later ones are greater; never 0 */
	int64 expires_us; /* never given out after that */
	int64 refresh_at_us; /* when it is to be fetched anew, by one process */
	size_t len;
	char bytes[DZ_VAULT_ITEM_SIZE];
} DzVaultItem;

typedef struct DzVaultQuestion
{
	/* in */
	uint64 newer_than; /* generation of what the asker has; 0: nothing */
	bool ahead; /* what the asker has is still of use: it does not wait */
	uint64 ticket; /* of an answer BUSY before; 0: asks for the first time */

	/* out, besides the ticket of an answer BUSY or FAILED */
	int nfailures; /* YOURS: of fetches for this key, in a row */
	int64 retry_at_us; /* LATER */
	size_t failure_len; /* FAILED */
	char failure[DZ_VAULT_FAILURE_SIZE];
} DzVaultQuestion;

typedef enum DzVaultAnswer
{
	DZ_VAULT_NONE, /* nothing is shared: fetch, and tell nobody */
	DZ_VAULT_TAKEN, /* *item is the one to use, mostly a newer one */
	DZ_VAULT_YOURS, /* the asker has the claim now */
	DZ_VAULT_BUSY, /* another has it: ask again in some 10 ms */
	DZ_VAULT_FAILED, /* that fetch or a later one failed, or just has */
	DZ_VAULT_LATER /* ahead only: a fetch failed, the next is not due yet */
} DzVaultAnswer;

extern DzVaultAnswer DzVaultAsk(const DzVaultKey *key,
								DzVaultQuestion *question, DzVaultItem *item);

/*
 * The fetch goes on: to be called once a second while it does, or another may
 * take the claim.  False: one has, or there never was any.
 */
extern bool DzVaultRenew(const DzVaultKey *key);

/* Each ends the caller's claim; without one (NONE, or lost) nothing happens. */

/* Put "item" there and set its generation; 0 if it is not shared after all. */
extern void DzVaultPublish(const DzVaultKey *key, DzVaultItem *item);

/*
 * The fetch failed: those who wait for it, or ask soon after it, get "failure"
 * (bytes without a secret).  An item that has not expired stays, and nobody
 * refreshes it before "retry_at_us"; nor does anybody else fetch before, or
 * for eight seconds if that is sooner.
 */
extern void DzVaultFail(const DzVaultKey *key, const char *failure, size_t len,
						int64 retry_at_us);

/* It was given up, and nothing is known: the next who asks gets the claim. */
extern void DzVaultAbandon(const DzVaultKey *key);

/*
 * Wipe what has expired: the launcher's.  Returns in how many microseconds
 * the next item does; -1: there is none that expires.
 */
extern int64 DzVaultWipeExpired(void);

/*
 * Wipe all of a database, or what of it belongs to a server or to a mapping
 * (InvalidOid: to any): it was dropped or changed.
 */
extern void DzVaultForget(Oid database, Oid server, Oid mapping);

#endif /* DATAZONE_VAULT_H */
